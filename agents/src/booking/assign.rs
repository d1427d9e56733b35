//! A lead that waits for a person goes to a pro whom somebody chose: the owner, or the pro who looked for work.

use super::free::{Errand, alternatives, free_slots};
use super::offer::{make_offer, price_line};
use super::pass_on::{Why, is_free_for, request_of, tell_customer};
use crate::conversation::{Pending, Question};
use crate::lead::{Lead, Quote, Status};
use crate::message::Outbound;
use crate::policy;
use crate::pro::Pro;
use crate::say;
use crate::turn::{Desk, Need};
use crate::when::When;
use locales::{args, text};

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
    lead.quote = lead.item.as_deref().and_then(|item| pro.price(item)).map(|price| Quote {
        item: price.item.clone(),
        min: price.min,
        max: price.max,
    });
    desk.note("assigned", Some(&lead.id), format!("by={by} pro={}", pro.id));
    if let Some(slot) = same_time {
        make_offer(desk, lead, pro, slot);
        let args = args![
            pro = pro.name.as_str(),
            slot = say::slot(desk.business, lead.language, &slot, desk.now),
            price = price_line(desk, lead.language, lead)
        ];
        let message = say::message(lead.language, "customer-next-pro", &args);
        tell_customer(desk, lead, message, Why::Rejected);
        return Ok(Assigned::Offered);
    }
    let wanted = lead.slot.map(|slot| When::Point(slot.from));
    let (slots, _) = alternatives(desk, &free, wanted.as_ref());
    let _ = lead.become_(Status::Contacted, desk.now, "assigned");
    lead.pro = Some(pro.id.clone());
    lead.slot = None;
    lead.appointment_time = None;
    if let Some(mut chat) = chat {
        if chat.lead.is_none() {
            chat.request = request_of(lead);
            chat.lead = Some(lead.id.clone());
        }
        chat.request.when = None;
        chat.needs_human = None;
        chat.pending = Some(Pending {
            question: Question::ChooseSlot { pro: pro.id.clone(), slots: slots.clone() },
            lead: Some(lead.id.clone()),
            asked_at: desk.now,
            expires_at: desk.now + policy::QUESTION_LIFE,
        });
        desk.save_conversation(chat);
    }
    let (lines, buttons) = say::slot_choice(desk.business, lead.language, &slots, desk.now);
    let args = args![pro = pro.name.as_str(), price = price_line(desk, lead.language, lead)];
    let header = text(lead.language, "customer-found-pro-times", &args);
    let message = Outbound { text: format!("{header}\n{}", lines.join("\n")), buttons };
    tell_customer(desk, lead, message, Why::Rejected);
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
