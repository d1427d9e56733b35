//! A lead that waits for a person goes to a pro whom somebody chose: the owner, or the pro who looked for work.

use super::free::{Errand, free_slots};
use super::pass_on::{Why, is_free_for, offer_new_times, offer_same_time, tell_customer};
use crate::lead::{Lead, Status};
use crate::pro::Pro;
use crate::say;
use crate::turn::{Desk, Need};
use locales::args;

/// What became of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Assigned {
    /// The agreed time is held and the pro is asked.
    Offered,
    /// The customer is to choose one of the pro's times.
    TimesOffered,
    /// The pro has no free time, or the lead does not wait any more.
    Impossible,
}

/// Gives a lead in review to a pro.
pub(crate) fn assign(desk: &mut Desk<'_>, lead: &mut Lead, pro: &Pro, by: &str) -> Result<Assigned, Need> {
    if lead.status != Status::PendingAdminReview {
        return Ok(Assigned::Impossible);
    }
    let free = free_slots(desk, pro, Errand::of_lead(lead))?;
    let same_time = lead.slot.filter(|slot| free.contains(slot));
    // In a chat that is about something else by now, a number would mean that.
    let chat = desk.conversation(&lead.conversation)?.filter(|chat| is_free_for(chat, lead));
    if free.is_empty() || (same_time.is_none() && chat.is_none()) {
        return Ok(Assigned::Impossible);
    }
    lead.needs_human = None;
    lead.quote = pro.quote(lead.item.as_deref());
    desk.note("assigned", Some(&lead.id), format!("by={by} pro={}", pro.id));
    if let Some(slot) = same_time {
        offer_same_time(desk, lead, pro, slot, Why::Rejected);
        return Ok(Assigned::Offered);
    }
    if let Some(mut chat) = chat {
        chat.needs_human = None;
        desk.save_conversation(chat);
    }
    if let Some(message) = offer_new_times(desk, lead, pro, "assigned", "customer-found-pro-times", None)? {
        tell_customer(desk, lead, message, Why::Rejected);
    }
    Ok(Assigned::TimesOffered)
}

/// Closes a lead in review without work; the customer is told.
///
/// Returns false when it does not wait any more.
pub(crate) fn close(desk: &mut Desk<'_>, lead: &mut Lead) -> bool {
    if lead.status != Status::PendingAdminReview || !lead.become_(Status::Closed, desk.now, "closed_by_owner")
    {
        return false;
    }
    lead.needs_human = None;
    desk.note("closed", Some(&lead.id), "by=owner");
    let message = say::message(lead.language, "customer-closed-by-team", &args![]);
    tell_customer(desk, lead, message, Why::Rejected);
    true
}
