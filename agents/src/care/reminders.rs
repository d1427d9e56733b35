//! Reminders of a visit, with one tap to confirm, to move or to cancel that visit (B80, B104–B106). Timers are set with the
//! booking: cheap, exact, and gone with the visit, where a scan would read every visit again and again.

use super::record::Step;
use super::taps::CustomerTap;
use crate::booking;
use crate::business::Business;
use crate::decision::{Purpose, Recipient, Timer, Wake};
use crate::id::AppointmentId;
use crate::lead::{AppointmentState, Lead, Status};
use crate::message::Button;
use crate::policy;
use crate::say;
use crate::turn::{Desk, Need};
use chrono::{DateTime, Duration, Utc};
use locales::{args, text};

/// How long before the visit a reminder must be on the phone to be of any use.
const USEFUL: Duration = Duration::minutes(45);

/// The timers of a booked visit that lie ahead.
pub(super) fn timers(business: &Business, lead: &Lead, now: DateTime<Utc>) -> Vec<Timer> {
    let (Some(slot), Some(appointment)) = (lead.slot, &lead.appointment) else { return Vec::new() };
    business
        .reminder_hours
        .iter()
        .map(|hours| (slot.from - Duration::hours(i64::from(*hours)), *hours))
        .filter(|(due, _)| *due > now)
        .map(|(due, hours)| {
            let wake = Wake::Reminder { lead: lead.id.clone(), appointment: appointment.clone(), hours };
            Timer { due, wake }
        })
        .collect()
}

/// Reminds the customer of a visit that still stands, at a decent hour, once. A reminder that would come together with
/// the next one, or too late to be of use, is left out.
pub(crate) fn remind(
    desk: &mut Desk<'_>,
    lead: &Lead,
    appointment: &AppointmentId,
    hours: u32,
) -> Result<(), Need> {
    let stands = lead.slot_of(appointment).filter(|_| lead.status == Status::Booked);
    let Some(slot) = stands else { return Ok(()) };
    let due = slot.from - Duration::hours(i64::from(hours));
    if due > desk.now {
        // The hours of the business or of the visit were changed meanwhile.
        let wake = Wake::Reminder { lead: lead.id.clone(), appointment: appointment.clone(), hours };
        desk.decision.timers.push(Timer { due, wake });
        return Ok(());
    }
    // At night it waits for the opening, in an emergency too: a visit that is booked is no danger any more.
    if let Some(open) = policy::polite_moment(desk.business, desk.now, false) {
        let wake = Wake::Reminder { lead: lead.id.clone(), appointment: appointment.clone(), hours };
        desk.decision.timers.push(Timer { due: open, wake });
        return Ok(());
    }
    let next = desk.business.reminder_hours.iter().filter(|other| **other < hours).max();
    let next_at = next.map(|hours| slot.from - Duration::hours(i64::from(*hours)));
    if next_at.is_some_and(|next| next <= desk.now) || desk.now + USEFUL > slot.from {
        return Ok(());
    }
    let Some(conversation) = desk.conversation(&lead.conversation)? else { return Ok(()) };
    let mut lead = lead.clone();
    if !lead.care.once(Step::Reminded { appointment: appointment.clone(), hours }, desk.now) {
        return Ok(());
    }
    if !policy::is_window_open(&conversation, desk.now) {
        // Without an approved template nothing may be said; it is noted where operators look (B111).
        desk.note("reminder_held", Some(&lead.id), "window_closed");
        lead.needs_human.get_or_insert_with(|| "reminder_held".to_owned());
        desk.decision.leads.push(lead);
        return Ok(());
    }
    let language = lead.language;
    let pros = desk.pros()?;
    let pro = pros.iter().find(|candidate| Some(&candidate.pro.id) == lead.pro.as_ref());
    let pro = pro.map(|candidate| candidate.pro.name.clone()).unwrap_or_default();
    let args = args![
        pro = pro,
        slot = say::slot(desk.business, language, &slot, desk.now),
        address = say::address(language, &lead.address)
    ];
    let mut message = say::message(language, "customer-reminder", &args);
    message.buttons = [
        (CustomerTap::Confirm(appointment.clone()), "button-confirm"),
        (CustomerTap::Move(appointment.clone()), "button-move"),
        (CustomerTap::Cancel(appointment.clone()), "button-cancel"),
    ]
    .map(|(tap, label)| Button { payload: tap.payload(), label: text(language, label, &args![]) })
    .to_vec();
    desk.note("reminded", Some(&lead.id), format!("hours={hours}"));
    desk.say(Recipient::Conversation(lead.conversation.clone()), Purpose::Update, message, Some(&lead));
    desk.decision.leads.push(lead);
    Ok(())
}

/// The customer confirms a visit: that one, not merely the next (B80). Returns false when it no longer stands.
pub(crate) fn confirm(desk: &mut Desk<'_>, lead: &mut Lead, appointment: &AppointmentId) -> bool {
    let (Some(slot), Some(pro)) = (lead.slot_of(appointment), lead.pro.clone()) else { return false };
    if lead.status != Status::Booked {
        return false;
    }
    if lead.care.once(Step::Confirmed { appointment: appointment.clone() }, desk.now) {
        booking::set_visit(desk, lead, &pro, appointment, slot, AppointmentState::Booked);
        desk.note("visit_confirmed", Some(&lead.id), "");
    }
    true
}
