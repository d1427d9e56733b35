//! What a pro does to a booked visit besides finishing it: takes it back, moves it, finds nobody there. The customer
//! hears of each with what comes next.

use super::offer::{release, set_visit, take};
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

/// Nobody was there: the visit is over, the lead is closed, and the customer may ask for another time.
///
/// Returns false when the lead is not booked, or the visit has not begun.
pub(crate) fn no_show(desk: &mut Desk<'_>, lead: &mut Lead, pro: &Pro) -> bool {
    let Some(slot) = lead.slot.filter(|slot| slot.from <= desk.now) else { return false };
    if lead.status != Status::Booked || !lead.become_(Status::Closed, desk.now, "customer_no_show") {
        return false;
    }
    if let Some(appointment) = lead.appointment.clone() {
        desk.decision.slots.push(crate::decision::SlotChange::Release { appointment: appointment.clone() });
        set_visit(desk, lead, &pro.id, &appointment, slot, AppointmentState::NoShow);
    }
    desk.note("no_show", Some(&lead.id), format!("pro={}", pro.id));
    let told = say::message(lead.language, "customer-no-show", &args![pro = pro.name.as_str()]);
    desk.say(Recipient::Conversation(lead.conversation.clone()), Purpose::Update, told, Some(lead));
    true
}
