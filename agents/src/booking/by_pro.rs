//! What a pro does to a booked visit besides finishing it: takes it back or moves it. The customer hears of each with
//! what comes next.

use super::offer::{release, take};
use super::pass_on::{Why, pass_on};
use crate::decision::{Purpose, Recipient};
use crate::lead::{AppointmentState, Lead, Slot, Status};
use crate::message::Outbound;
use crate::pro::Pro;
use crate::say;
use crate::turn::{Desk, Need};
use locales::{args, text};

/// The pro takes a booked job back: the time is free, the customer is told why, and the request moves on (B96).
///
/// Returns false when the lead is not booked with this pro.
pub(crate) fn take_back_booking(
    desk: &mut Desk<'_>,
    lead: &mut Lead,
    pro: &Pro,
    reason: Option<&str>,
) -> Result<bool, Need> {
    if lead.status != Status::Booked || lead.pro.as_ref() != Some(&pro.id) {
        return Ok(false);
    }
    let Some(slot) = lead.slot else { return Ok(false) };
    let _ = lead.become_(Status::Rejected, desk.now, "cancelled_by_pro");
    release(desk, lead);
    lead.offer = None;
    if !lead.declined.contains(&pro.id) {
        lead.declined.push(pro.id.clone());
    }
    desk.note("cancelled", Some(&lead.id), format!("by=pro pro={}", pro.id));
    let args =
        args![pro = pro.name.as_str(), slot = say::slot(desk.business, lead.language, &slot, desk.now)];
    let told = text(lead.language, "customer-pro-cancelled", &args);
    let told = Outbound::text(match reason {
        Some(reason) => {
            format!("{told}\n{}", text(lead.language, "customer-reason", &args![reason = reason]))
        }
        None => told,
    });
    desk.say(Recipient::Conversation(lead.conversation.clone()), Purpose::Update, told, Some(lead));
    pass_on(desk, lead, Why::TakenBack)?;
    Ok(true)
}

/// The pro moves a booked visit to another time, which must be free; the customer is told both (L30).
pub(crate) fn move_visit(desk: &mut Desk<'_>, lead: &mut Lead, pro: &Pro, slot: Slot) {
    let previous = lead.slot;
    release(desk, lead);
    take(desk, lead, pro, slot, AppointmentState::Booked);
    lead.moved_by_pro += 1;
    desk.note("moved", Some(&lead.id), format!("by=pro pro={}", pro.id));
    let language = lead.language;
    let when = |slot: &Slot| say::slot(desk.business, language, slot, desk.now);
    let args = args![
        pro = pro.name.as_str(),
        previous = previous.as_ref().map(when).unwrap_or_default(),
        slot = when(&slot)
    ];
    let told = say::message(language, "customer-pro-moved", &args);
    desk.say(Recipient::Conversation(lead.conversation.clone()), Purpose::Update, told, Some(lead));
}
