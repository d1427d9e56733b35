//! Who the pro is just now: at work, on vacation, a customer, or somebody who wants no messages.

use super::decide::Seat;
use super::figures;
use crate::conversation::{DeskQuestion, Question};
use crate::policy;
use crate::turn::Desk;
use crate::waitlist;
use chrono::Duration;
use locales::args;

/// How long the question stays open whether a pro needs somebody (M45).
const INTENT_LIFE: Duration = Duration::minutes(5);

/// The pro is served as a customer from now on (L28).
pub(super) fn enter(desk: &mut Desk<'_>, seat: &mut Seat) {
    seat.room.conversation.customer_mode_until = Some(desk.now + policy::QUESTION_LIFE);
    desk.note("customer_mode", None, format!("pro={}", seat.pro.id));
    // Words that led here are answered at once; the word alone gets an answer of its own.
    let was_asked = matches!(
        seat.pending.as_ref().map(|pending| &pending.question),
        Some(Question::Desk(DeskQuestion::AsCustomer { .. }))
    );
    if !was_asked {
        seat.tell(desk, "pro-customer-mode", &args![]);
    }
}

/// The pro is a pro again (L29).
pub(super) fn leave(desk: &mut Desk<'_>, seat: &mut Seat) {
    let conversation = &mut seat.room.conversation;
    conversation.customer_mode_until = None;
    // What was asked of the customer is not asked of the pro.
    conversation.pending = None;
    desk.note("pro_mode", None, format!("pro={}", seat.pro.id));
    seat.tell(desk, "pro-back-at-desk", &args![]);
    figures::menu(desk, seat);
}

/// Asks whether the pro needs somebody (B119).
pub(super) fn ask(desk: &mut Desk<'_>, seat: &mut Seat, words: &str) {
    let question = DeskQuestion::AsCustomer { words: words.to_owned(), again: false };
    seat.ask(desk, Question::Desk(question), None, INTENT_LIFE);
    seat.tell(desk, "pro-ask-intent", &args![]);
}

/// Asks so once more; then the pro is taken for a pro (M43).
pub(super) fn ask_again(desk: &mut Desk<'_>, seat: &mut Seat) {
    let asked = seat.pending.as_ref().map(|pending| (pending.question.clone(), pending.expires_at));
    match asked {
        Some((Question::Desk(DeskQuestion::AsCustomer { words, again: false }), expires_at)) => {
            let question = DeskQuestion::AsCustomer { words, again: true };
            seat.ask(desk, Question::Desk(question), None, expires_at - desk.now);
            seat.tell(desk, "pro-ask-intent-again", &args![]);
        }
        _ => figures::menu(desk, seat),
    }
}

/// No new jobs, or new jobs again (R2).
pub(super) fn vacation(desk: &mut Desk<'_>, seat: &mut Seat, begins: bool) {
    seat.pro.on_vacation = begins;
    seat.pro_changed = true;
    if !begins {
        waitlist::look_again(desk, &seat.pro.id, desk.now);
    }
    let key = if begins { "pro-vacation" } else { "pro-available" };
    desk.note(key, None, format!("pro={}", seat.pro.id));
    seat.tell(desk, key, &args![]);
}

/// No messages but answers and work.
pub(super) fn opt_out(desk: &mut Desk<'_>, seat: &mut Seat) {
    seat.room.contact.opted_out_at.get_or_insert(desk.now);
    desk.note("opted_out", None, "");
    seat.tell(desk, "customer-stopped", &args![]);
}

/// Messages again.
pub(super) fn opt_in(desk: &mut Desk<'_>, seat: &mut Seat) {
    seat.room.contact.opted_out_at = None;
    desk.note("opted_in", None, "");
    seat.tell(desk, "customer-started", &args![]);
}
