//! What the table says, done: one line per act. Acts are in the file of their subject; here they are only found.

use super::progress::{self, Pick};
use super::read::Heard;
use super::talk::Talk;
use super::{choices, commands, decide, files, read, reply, review, visits, waitlist};
use crate::concern::Concern;
use crate::conversation::Need as Fact;
use crate::table::customer::{Act, State};
use crate::turn::{Desk, Need};
use crate::understanding::Reading;
use locales::args;

/// Does what the table says. `heard` is empty unless words were read.
pub(super) fn carry_out(
    desk: &mut Desk<'_>,
    talk: &mut Talk<'_>,
    state: State,
    act: Act,
    heard: Heard,
) -> Result<(), Need> {
    match act {
        // Heard before everything else, see `decide`.
        Act::OptOut | Act::OptIn => {}
        Act::HandToPerson => return commands::human(desk, talk, state),
        Act::StaySilent => decide::stay_silent(desk, talk),
        Act::AskConsent => commands::ask_consent(desk, talk),
        Act::Agree => return commands::agree(desk, talk),
        Act::Refuse => {
            talk.conversation.pending = None;
            talk.say("customer-consent-refused", &args![]);
        }
        Act::Read => return read::read(desk, talk, state),
        Act::GoOn => return read::go_on(desk, talk, heard),
        Act::AskNewOrExisting => return choices::ask_new_or_existing(desk, talk, heard),
        Act::StartNew => return choices::start_new(desk, talk),
        Act::AddToExisting => return choices::add_to_existing(desk, talk, heard),
        Act::TellStatus => return commands::status(desk, talk),
        Act::AskToCancel => return commands::ask_to_cancel(desk, talk),
        Act::DropRequest => return commands::drop_request(desk, talk),
        Act::CancelIt => return commands::cancel_it(desk, talk),
        Act::KeepIt => commands::keep_it(desk, talk),
        Act::RepeatCancel => return commands::repeat_cancel(desk, talk),
        Act::OfferTimes => return commands::reschedule(desk, talk),
        Act::TakeNumber => return choices::take_number(desk, talk),
        Act::TakeTapped => {
            let pick = talk.tapped_slot().map_or(Pick::Nothing, Pick::Chosen);
            return progress::advance(desk, talk, pick, &Reading::default());
        }
        Act::TakeOnly => return choices::take_only(desk, talk),
        Act::TakeWish => return choices::take_wish(desk, talk, heard),
        Act::AskForNumber => return choices::ask_for_number(desk, talk),
        Act::KeepTime => commands::keep_time(desk, talk),
        Act::StartOver => return commands::reset(desk, talk),
        Act::TellHelp => talk.say("customer-help", &args![business = desk.business.name.as_str()]),
        Act::AnswerQuestion => return read::answer_question(desk, talk, heard),
        Act::SteerBack => {
            talk.say("customer-off-topic", &args![]);
            talk.ask_for_fact(desk.now, Fact::Issue);
        }
        Act::Welcome => return commands::welcome(desk, talk, heard),
        Act::HearComplaint => commands::hear_complaint(desk, talk),
        Act::LeaveIt => {
            talk.conversation.pending = None;
            talk.say("customer-later", &args![]);
        }
        Act::ConfirmVisit => return commands::confirm_visit(desk, talk),
        Act::StillWaiting => return commands::still_waiting(desk, talk),
        Act::StillChecking => return progress::advance(desk, talk, Pick::Nothing, &heard.reading),
        Act::TakeSameAddress => return choices::take_same_address(desk, talk),
        Act::AnotherAddress => return choices::another_address(desk, talk, heard),
        Act::TakeSamePro => return choices::take_same_pro(desk, talk),
        Act::TakeAnyPro => {
            talk.conversation.pending = None;
            return progress::advance(desk, talk, Pick::Nothing, &Reading::default());
        }
        Act::MarkEmergency => return choices::mark_emergency(desk, talk),
        Act::NoEmergency => {
            talk.conversation.pending = None;
            return progress::advance(desk, talk, Pick::Nothing, &Reading::default());
        }
        Act::TakeAnotherPro => return choices::take_another_pro(desk, talk),
        Act::KeepWaiting => return choices::keep_waiting(desk, talk),
        Act::AcceptCall => return choices::accept_call(desk, talk),
        Act::DeclineCall => {
            talk.conversation.pending = None;
            // Other reasons to look are not theirs to take back.
            talk.conversation.needs_human.take_if(|concern| *concern == Concern::AskedForHuman);
            talk.say("customer-call-declined", &args![]);
        }
        Act::AnswerTap => return commands::tapped(desk, talk),
        Act::WorkDone => return commands::work_was_done(desk, talk, true),
        Act::WorkNotDone => return commands::work_was_done(desk, talk, false),
        Act::TakeVisit => return visits::take(desk, talk),
        Act::RefuseVisit => return visits::refuse(desk, talk),
        Act::WaitForEarlier => return waitlist::wait(desk, talk),
        Act::TakeEarlier => return waitlist::take(desk, talk, waitlist::asked_round(talk)),
        Act::LeaveEarlier => waitlist::leave(desk, talk, waitlist::asked_round(talk)),
        Act::AskAgain => return reply::ask_again(desk, talk),
        Act::Rate => return review::rate(desk, talk),
        Act::KeepReview => review::keep_words(desk, talk),
        Act::SkipReview => review::skip_words(talk),
        Act::KeepFile => return files::keep(desk, talk),
        Act::KeepFileAskAgain => {
            files::keep(desk, talk)?;
            talk.in_passing = true;
            return reply::ask_again(desk, talk);
        }
        Act::AskAboutPicture => {
            talk.say("customer-media-received", &args![]);
            talk.ask_for_fact(desk.now, Fact::Issue);
        }
        Act::AskForVoiceWords => {
            talk.say("customer-voice-unheard", &args![]);
            talk.ask_for_fact(desk.now, Fact::Issue);
        }
        Act::ThankForPlace => {
            talk.say("customer-location-received", &args![]);
            talk.ask_for_fact(desk.now, Fact::Issue);
        }
        Act::AskForWords => reply::ask_for_words(desk, talk),
    }
    Ok(())
}
