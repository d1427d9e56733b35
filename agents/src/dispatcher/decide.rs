//! One turn of a customer: everything that waits is read together and answered once. Where the chat stands and what came
//! are looked up in the table, which says what is done; the cell is noted with the decision.

use super::read::Heard;
use super::state::{intent_of, state_of};
use super::talk::Talk;
use super::{acts, limits, waitlist};
use crate::conversation::Conversation;
use crate::lead::Status;
use crate::policy;
use crate::table::customer::{Act, Intent, State, act};
use crate::table::{Cell, Role as Table};
use crate::turn::{Desk, Inbox, Need};
use crate::words;
use chrono::Duration;
use locales::{Role, Word, args};

/// After so long a time in review the next words start a request of their own (L14).
const REVIEW_LIFE: Duration = Duration::hours(24);

/// Answers everything that a customer wrote.
pub(crate) fn decide(desk: &mut Desk<'_>, inbox: &Inbox) -> Result<(), Need> {
    let counted = limits::count(inbox);
    let mut talk = Talk::new(desk, &counted.inbox);
    talk.conversation.minute = counted.minute;
    talk.conversation.last_inbound_at = talk.conversation.last_inbound_at.max(counted.newest);
    super::quoted::turn_to(desk, &mut talk)?;
    answer(desk, &mut talk, counted.is_over)?;
    talk.finish(desk);
    Ok(())
}

fn answer(desk: &mut Desk<'_>, talk: &mut Talk<'_>, is_over: bool) -> Result<(), Need> {
    let had_consent_word = consent_words(desk, talk);
    let is_all_said = had_consent_word && talk.is_empty();
    if !is_all_said && !talk.inbox.inbound.is_empty() {
        forget_what_is_over(desk, talk);
        by_table(desk, talk)?;
    }
    if is_over {
        desk.note("throttled", None, "");
        talk.say("customer-slow-down", &args![]);
    }
    Ok(())
}

/// Looks up what is done here and does it.
pub(super) fn by_table(desk: &mut Desk<'_>, talk: &mut Talk<'_>) -> Result<(), Need> {
    let (state, intent) = (state_of(desk, talk), intent_of(talk));
    let act = act(state, intent);
    note(desk, talk, state, intent.key(), act);
    acts::carry_out(desk, talk, state, act, Heard::default())
}

/// Notes through which cell of the table the decision came.
pub(super) fn note(desk: &mut Desk<'_>, talk: &Talk<'_>, state: State, intent: &'static str, act: Act) {
    let cell = Cell { role: Table::Customer, state: state.key(), intent, act: act.key() };
    desk.note("cell", talk.lead.as_ref().map(|lead| &lead.id), cell.key());
}

/// Questions that nobody answered in time are gone, and so is a pause that has passed; a request that a person has had
/// for a day makes room for a fresh one.
fn forget_what_is_over(desk: &Desk<'_>, talk: &mut Talk<'_>) {
    let Conversation { pending, paused_until, .. } = &mut talk.conversation;
    if pending.as_ref().is_some_and(|pending| pending.expires_at <= desk.now) {
        *pending = None;
    }
    if paused_until.is_some_and(|until| until <= desk.now) {
        *paused_until = None;
    }
    let is_old = talk.lead.as_ref().is_some_and(|lead| {
        lead.status == Status::PendingAdminReview
            && lead.history.last().is_some_and(|change| change.at + REVIEW_LIFE <= desk.now)
    });
    let says_something_new = match intent_of(talk) {
        Intent::Words | Intent::Picture | Intent::Voice => true,
        Intent::Stop
        | Intent::Start
        | Intent::Human
        | Intent::Status
        | Intent::Cancel
        | Intent::Reschedule
        | Intent::Reset
        | Intent::Help
        | Intent::TellIfFree
        | Intent::Yes
        | Intent::No
        | Intent::One
        | Intent::Two
        | Intent::Number
        | Intent::SlotTap
        | Intent::VisitTap
        | Intent::Place
        | Intent::Emoji
        | Intent::Unreadable => false,
    };
    if is_old && says_something_new && talk.conversation.paused_until.is_none() {
        talk.start_new_request();
    }
}

/// Opt-out and opt-in as whole messages beat everything (B97, B103). Returns whether there was one.
fn consent_words(desk: &mut Desk<'_>, talk: &mut Talk<'_>) -> bool {
    let mut any = false;
    for text in std::mem::take(&mut talk.texts) {
        let intent = match words::whole_message(&text, Role::Anyone) {
            Some(Word::Stop) => Intent::Stop,
            Some(Word::Start) => Intent::Start,
            _ => {
                talk.texts.push(text);
                continue;
            }
        };
        let state = state_of(desk, talk);
        let act = act(state, intent);
        note(desk, talk, state, intent.key(), act);
        let is_out = intent == Intent::Stop;
        talk.contact.opted_out_at = is_out.then(|| talk.contact.opted_out_at.unwrap_or(desk.now));
        desk.note(if is_out { "opted_out" } else { "opted_in" }, None, "");
        if is_out {
            waitlist::stop_waiting(desk, talk);
        }
        talk.say(if is_out { "customer-stopped" } else { "customer-started" }, &args![]);
        any = true;
    }
    if any {
        // The wish to be left alone is no place for introductions.
        talk.contact.disclosed_at.get_or_insert(desk.now);
    }
    any
}

/// A chat that a person has taken over stays silent, and each message starts the pause anew (L16, M25).
pub(super) fn stay_silent(desk: &Desk<'_>, talk: &mut Talk<'_>) {
    talk.conversation.paused_until = Some(desk.now + policy::PAUSE);
}
