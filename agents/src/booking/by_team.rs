//! What the team does to a visit from the console: moves it or cancels it. Customer and pro both hear of it, since
//! neither of them did it.

use super::free::{Errand, may_take};
use super::offer::{release, take};
use crate::calendar::Refusal;
use crate::decision::{Purpose, Recipient};
use crate::lead::{AppointmentState, Lead, Slot, Status};
use crate::message::Outbound;
use crate::pro::Pro;
use crate::say;
use crate::turn::{Desk, Need};
use chrono::{DateTime, Utc};
use locales::{args, text};

/// Moves a booked visit to another time of the same pro, as long as it was. Says why not, and changes nothing then.
pub(crate) fn move_by_team(
    desk: &mut Desk<'_>,
    lead: &mut Lead,
    pro: &Pro,
    from: DateTime<Utc>,
) -> Result<Result<(), Refusal>, Need> {
    let Some(previous) = lead.slot.filter(|_| lead.status == Status::Booked) else {
        return Ok(Err(Refusal::InvalidRange));
    };
    let slot = Slot { from, to: from + (previous.to - previous.from) };
    if slot == previous {
        return Ok(Ok(()));
    }
    if let Err(refusal) = may_take(desk, pro, Errand::anew(lead), slot)? {
        return Ok(Err(refusal));
    }
    release(desk, lead);
    take(desk, lead, pro, slot, AppointmentState::Booked);
    desk.note("moved", Some(&lead.id), format!("by=team pro={}", pro.id));
    let when = |language, slot: &Slot| say::slot(desk.business, language, slot, desk.now);
    let told_customer = say::message(
        lead.language,
        "customer-pro-moved",
        &args![
            pro = pro.name.as_str(),
            previous = when(lead.language, &previous),
            slot = when(lead.language, &slot)
        ],
    );
    let told_pro = say::message(
        pro.language,
        "pro-team-moved",
        &args![
            lead = lead.number.to_string(),
            previous = when(pro.language, &previous),
            slot = when(pro.language, &slot)
        ],
    );
    let customer = Recipient::Conversation(lead.conversation.clone());
    desk.say(customer, Purpose::Update, told_customer, Some(lead));
    desk.say(Recipient::Pro(pro.id.clone()), Purpose::Duty, told_pro, Some(lead));
    Ok(Ok(()))
}

/// Cancels a visit, held or booked, and with it the lead. Both are told, and why where there is a reason.
///
/// Returns false when there is no visit to cancel.
pub(crate) fn cancel_by_team(desk: &mut Desk<'_>, lead: &mut Lead, pro: &Pro, reason: &str) -> bool {
    let Some(slot) = end(desk, lead, "cancelled_by_team") else { return false };
    desk.note("cancelled", Some(&lead.id), "by=team");
    let because = |language| {
        let reason = (!reason.is_empty()).then(|| text(language, "customer-reason", &args![reason = reason]));
        reason.map(|reason| format!("\n{reason}")).unwrap_or_default()
    };
    let when = |language| say::slot(desk.business, language, &slot, desk.now);
    let args = args![slot = when(lead.language), pro = pro.name.as_str()];
    let told_customer = text(lead.language, "customer-team-cancelled", &args) + &because(lead.language);
    let args = args![lead = lead.number.to_string(), slot = when(pro.language)];
    let told_pro = text(pro.language, "pro-team-cancelled", &args) + &because(pro.language);
    let customer = Recipient::Conversation(lead.conversation.clone());
    desk.say(customer, Purpose::Update, Outbound::text(told_customer), Some(lead));
    desk.say(Recipient::Pro(pro.id.clone()), Purpose::Duty, Outbound::text(told_pro), Some(lead));
    true
}

/// Cancels whatever is agreed on a lead whose person is being removed. The pro is told which time is free, and nothing that
/// names the person or leads back to them; the person is told nothing.
pub(crate) fn cancel_for_removal(desk: &mut Desk<'_>, lead: &mut Lead, pro: Option<&Pro>) {
    let Some(slot) = end(desk, lead, "person_removed") else {
        let _ = lead.become_(Status::Cancelled, desk.now, "person_removed");
        return;
    };
    if let Some(pro) = pro {
        let slot = say::slot(desk.business, pro.language, &slot, desk.now);
        let args = args![lead = lead.number.to_string(), slot = slot];
        let told = say::message(pro.language, "pro-team-cancelled", &args);
        desk.say(Recipient::Pro(pro.id.clone()), Purpose::Duty, told, None);
    }
}

/// Ends a lead with a visit and frees its time; none when it has no visit.
fn end(desk: &mut Desk<'_>, lead: &mut Lead, reason: &str) -> Option<Slot> {
    let slot = lead.slot.filter(|_| matches!(lead.status, Status::New | Status::Booked))?;
    if !lead.become_(Status::Cancelled, desk.now, reason) {
        return None;
    }
    lead.offer = None;
    release(desk, lead);
    Some(slot)
}
