//! One turn at the pro's desk: every message is heard, looked up in the table once, and done.

use super::{calendar, change, figures, find, hear, hours, jobs, mode, visits};
use crate::conversation::{DeskQuestion, Pending, ProAction, Question};
use crate::decision::{Purpose, Recipient};
use crate::lead::{Lead, Status};
use crate::message::{Inbound, Outbound};
use crate::pro::Pro;
use crate::reception;
use crate::say;
use crate::table::pro::{Act, State, act, cell};
use crate::turn::{Desk, Inbox, Need};
use chrono::{DateTime, Duration, Utc};
use locales::{Args, args, text};

/// What a turn at the desk works on.
pub(super) struct Seat {
    pub(super) pro: Pro,
    pub(super) pro_changed: bool,
    pub(super) room: Inbox,
    /// The question that was open when the message came.
    pub(super) pending: Option<Pending>,
    /// The pro's open leads, as changed so far, and which of them changed.
    pub(super) jobs: Vec<(Lead, bool)>,
}

/// Answers everything that a pro wrote.
pub(crate) fn decide(desk: &mut Desk<'_>, room: &Inbox) -> Result<(), Need> {
    let Some(pro) = room.pro.clone() else { return Ok(()) };
    let jobs = room.jobs.iter().map(|lead| (lead.clone(), false)).collect();
    let mut seat = Seat { pro, pro_changed: false, room: room.clone(), pending: None, jobs };
    for inbound in &room.inbound {
        let last = seat.room.conversation.last_inbound_at;
        seat.room.conversation.last_inbound_at = last.max(Some(inbound.at));
        answer(desk, &mut seat, inbound)?;
    }
    desk.decision.leads.extend(seat.jobs.into_iter().filter(|(_, changed)| *changed).map(|(lead, _)| lead));
    if seat.pro_changed {
        desk.decision.pros.push(seat.pro);
    }
    desk.decision.conversation = Some(seat.room.conversation);
    desk.decision.contact = Some(seat.room.contact);
    Ok(())
}

/// Where the chat stands: the only reader of what is stored for the table.
pub(super) fn state_of(room: &Inbox, now: DateTime<Utc>) -> State {
    if reception::is_as_customer(room, now) {
        return State::CustomerMode;
    }
    let pending = room.conversation.pending.as_ref().filter(|pending| pending.expires_at > now);
    match pending.map(|pending| &pending.question) {
        Some(Question::WhichLead { .. }) => State::WhichLead,
        Some(Question::FinalPrice) => State::Price,
        Some(Question::Desk(DeskQuestion::CancelReason)) => State::CancelReason,
        Some(Question::Desk(DeskQuestion::MoveTo { .. })) => State::MoveTo,
        Some(Question::Desk(DeskQuestion::AsCustomer { .. })) => State::AsCustomer,
        Some(Question::Desk(DeskQuestion::Hours { .. })) => State::Hours,
        // What was asked of the same person as a customer or an owner is no question of the desk.
        Some(
            Question::Consent
            | Question::Tell { .. }
            | Question::SameAddress
            | Question::ChooseSlot { .. }
            | Question::ConfirmCancel { .. }
            | Question::ReviewWords
            | Question::Emergency
            | Question::SamePro { .. }
            | Question::NewOrExisting { .. }
            | Question::AnotherPro
            | Question::CallOffered
            | Question::VisitDone
            | Question::EarlierOffered { .. }
            | Question::VisitOffered { .. }
            | Question::Owner(_)
            | Question::SignUp(_),
        )
        | None => State::Idle,
    }
}

fn answer(desk: &mut Desk<'_>, seat: &mut Seat, inbound: &Inbound) -> Result<(), Need> {
    let state = state_of(&seat.room, desk.now);
    let pending = seat.room.conversation.pending.take().filter(|pending| pending.expires_at > desk.now);
    // What was paid may be told after something else was done in between; a customer's question is not the desk's.
    seat.room.conversation.pending = pending
        .clone()
        .filter(|pending| state == State::CustomerMode || pending.question == Question::FinalPrice);
    let heard = hear::hear(inbound, pending.as_ref());
    seat.pending = pending;
    let act = act(state, heard.intent);
    desk.note("cell", None, cell(state, heard.intent).key());
    // A digit that stands for a word is no number of a lead.
    let number = heard.number.filter(|_| !heard.is_digit());
    match act {
        Act::Approve => jobs::act(desk, seat, ProAction::Approve, number, inbound),
        Act::Reject => jobs::act(desk, seat, ProAction::Reject, number, inbound),
        Act::Done => jobs::act(desk, seat, ProAction::Done, number, inbound),
        Act::Pause => jobs::act(desk, seat, ProAction::Pause, number, inbound),
        Act::Resume => jobs::act(desk, seat, ProAction::Resume, number, inbound),
        Act::CancelJob => jobs::act(desk, seat, ProAction::Cancel, number, inbound),
        Act::MoveJob => jobs::act(desk, seat, ProAction::Move, number, inbound),
        Act::NoShow => jobs::act(desk, seat, ProAction::NoShow, number, inbound),
        Act::AnotherVisit => visits::another(desk, seat, &heard.words, inbound),
        Act::AnswerTap => match heard.tap {
            Some((action, lead, round)) => jobs::act_on(desk, seat, action, &lead, Some(round)),
            None => Ok(()),
        },
        Act::AnswerVisitTap => match heard.visit {
            Some(tap) => jobs::visit_answered(desk, seat, &tap),
            None => Ok(()),
        },
        Act::ApproveOnly => jobs::act_on_only(desk, seat, ProAction::Approve, inbound),
        Act::RejectOnly => jobs::act_on_only(desk, seat, ProAction::Reject, inbound),
        Act::PickLead => jobs::pick(desk, seat, heard.number),
        Act::AskWhichAgain => jobs::ask_again(desk, seat),
        Act::SavePrice => jobs::price(desk, seat, &heard.words),
        Act::CancelWithReason => change::cancel(desk, seat, Some(&heard.words)),
        Act::CancelWithoutReason => change::cancel(desk, seat, None),
        Act::AskReasonAgain => change::ask_reason_again(desk, seat),
        Act::PickTime => change::pick_time(desk, seat, heard.number),
        Act::AskTimeAgain => change::ask_time_again(desk, seat),
        Act::LeaveQuestion => {
            seat.room.conversation.pending = None;
            seat.tell(desk, "pro-left-as-it-was", &args![]);
            Ok(())
        }
        Act::EnterCustomerMode => {
            mode::enter(desk, seat);
            Ok(())
        }
        Act::LeaveCustomerMode => {
            mode::leave(desk, seat);
            Ok(())
        }
        Act::StayPro => {
            seat.tell(desk, "pro-stays-pro", &args![]);
            Ok(())
        }
        Act::AskIntent => {
            mode::ask(desk, seat, &heard.words);
            Ok(())
        }
        Act::AskIntentAgain => {
            mode::ask_again(desk, seat);
            Ok(())
        }
        // Whoever serves a customer is not here.
        Act::Serve => Ok(()),
        Act::Vacation => {
            mode::vacation(desk, seat, true);
            Ok(())
        }
        Act::Available => {
            mode::vacation(desk, seat, false);
            Ok(())
        }
        Act::Stop => {
            mode::opt_out(desk, seat);
            Ok(())
        }
        Act::Start => {
            mode::opt_in(desk, seat);
            Ok(())
        }
        Act::Menu => {
            figures::menu(desk, seat);
            Ok(())
        }
        Act::Offers => {
            figures::offers(desk, seat);
            Ok(())
        }
        Act::Today => {
            figures::today(desk, seat);
            Ok(())
        }
        Act::Jobs => {
            figures::jobs(desk, seat);
            Ok(())
        }
        Act::History => figures::history(desk, seat),
        Act::Stats => figures::stats(desk, seat),
        Act::Reviews => figures::reviews(desk, seat),
        Act::Find => find::find(desk, seat),
        Act::ShowHours => {
            hours::show(desk, seat);
            Ok(())
        }
        Act::ProposeHours => {
            hours::propose(desk, seat, &heard.words);
            Ok(())
        }
        Act::SaveHours => {
            hours::save(desk, seat);
            Ok(())
        }
        Act::AskHoursAgain => {
            hours::ask_again(desk, seat);
            Ok(())
        }
        Act::Block => {
            calendar::block(desk, seat, &heard.words);
            Ok(())
        }
        Act::Unblock => {
            calendar::unblock(desk, seat, &heard.words);
            Ok(())
        }
    }
}

impl Seat {
    /// Answers with a text of the locale files.
    pub(super) fn tell(&self, desk: &mut Desk<'_>, key: &str, args: &Args<'_>) {
        self.send(desk, say::message(self.pro.language, key, args), None);
    }

    /// Answers with a finished message.
    pub(super) fn send(&self, desk: &mut Desk<'_>, message: Outbound, lead: Option<&Lead>) {
        let to = Recipient::Conversation(self.room.conversation.id.clone());
        desk.say(to, Purpose::Answer, message, lead);
    }

    /// A text in the pro's language.
    pub(super) fn text(&self, key: &str, args: &Args<'_>) -> String {
        text(self.pro.language, key, args)
    }

    /// Opens a question.
    pub(super) fn ask(&mut self, desk: &Desk<'_>, question: Question, lead: Option<&Lead>, life: Duration) {
        self.room.conversation.pending = Some(Pending {
            question,
            lead: lead.map(|lead| lead.id.clone()),
            asked_at: desk.now,
            expires_at: desk.now + life,
        });
    }

    /// The pro's leads of a status, by the time of the visit.
    pub(super) fn jobs_of(&self, status: Status) -> Vec<&Lead> {
        let mut jobs: Vec<&Lead> =
            self.jobs.iter().map(|(lead, _)| lead).filter(|lead| lead.status == status).collect();
        jobs.sort_by_key(|lead| (lead.slot, lead.number));
        jobs
    }

    /// The job that the open question is about, with its place.
    pub(super) fn job_of_question(&self) -> Option<(usize, Lead)> {
        let id = self.pending.as_ref()?.lead.as_ref()?;
        let index = self.jobs.iter().position(|(lead, _)| lead.id == *id)?;
        Some((index, self.jobs[index].0.clone()))
    }
}
