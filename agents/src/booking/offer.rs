//! The deal, the question to the pro, the yes, the end. Each writes the lead's status through its one door and claims
//! or frees the time in the same decision.

use crate::concern::Concern;
use crate::decision::{Purpose, Recipient, SlotChange, Timer, Wake};
use crate::id::{AppointmentId, LeadId, ProId};
use crate::language::Language;
use crate::lead::{Appointment, AppointmentState, Lead, Offer, Slot, Status};
use crate::message::{Button, Outbound};
use crate::pro::Pro;
use crate::say;
use crate::turn::Desk;
use crate::waitlist;
use chrono::{DateTime, Duration, Utc};
use locales::{args, text};

/// The agreed price as people read it, or that it is told after a look.
pub(crate) fn price_line(desk: &Desk<'_>, language: Language, lead: &Lead) -> String {
    match &lead.quote {
        Some(quote) => say::amount(desk.business, language, quote.min, quote.max),
        None => text(language, "price-after-visit", &args![]),
    }
}

/// Closes the deal for this time: under `approval = "auto"` it is booked, else the time is held and the pro is asked.
/// Returns what the customer is told.
pub(crate) fn close_deal(desk: &mut Desk<'_>, lead: &mut Lead, pro: &Pro, slot: Slot) -> Outbound {
    lead.quote = pro.quote(lead.item.as_deref());
    tell_of_move(desk, lead, pro, slot);
    match desk.business.approval {
        crate::business::Approval::Auto => {
            take(desk, lead, pro, slot, AppointmentState::Booked);
            let _ = lead.become_(Status::Booked, desk.now, "auto_approved");
            desk.note("booked", Some(&lead.id), "auto");
            let told = pro_message(desk, lead, pro, "pro-booked-notice", slot);
            desk.say(Recipient::Pro(pro.id.clone()), Purpose::Duty, told, Some(lead));
            booked_message(desk, lead, pro, slot)
        }
        crate::business::Approval::Pro => {
            make_offer(desk, lead, pro, slot);
            let args = args![
                pro = pro.name.as_str(),
                slot = say::slot(desk.business, lead.language, &slot, desk.now),
                minutes = i64::from(desk.business.approval_minutes)
            ];
            say::message(lead.language, "customer-waiting-for-pro", &args)
        }
    }
}

/// Tells a pro that a visit which they know of is to be at another time (L27).
fn tell_of_move(desk: &mut Desk<'_>, lead: &Lead, pro: &Pro, slot: Slot) {
    let is_known = matches!(lead.status, Status::New | Status::Booked) && lead.pro.as_ref() == Some(&pro.id);
    let Some(previous) = lead.slot.filter(|previous| is_known && *previous != slot) else { return };
    let args = args![
        lead = lead.number.to_string(),
        previous = say::slot(desk.business, pro.language, &previous, desk.now),
        slot = say::slot(desk.business, pro.language, &slot, desk.now)
    ];
    let told = say::message(pro.language, "pro-customer-rescheduled", &args);
    desk.say(Recipient::Pro(pro.id.clone()), Purpose::Duty, told, Some(lead));
}

/// What stands behind the buttons of an offer. It names the round, so that an old button never answers a later offer.
pub(crate) fn offer_payload(action: &str, lead: &LeadId, round: u32) -> String {
    format!("{action}:{lead}:{round}")
}

/// Whether a message is the question of this round to a pro.
#[must_use]
pub fn is_offer(message: &Outbound, lead: &LeadId, round: u32) -> bool {
    let payload = offer_payload("approve", lead, round);
    message.buttons.iter().any(|button| button.payload == payload)
}

/// The round of the offer that a message is; none for every other message.
#[must_use]
pub fn offered_round(message: &Outbound, lead: &LeadId) -> Option<u32> {
    let prefix = format!("approve:{lead}:");
    message.buttons.iter().find_map(|button| button.payload.strip_prefix(&prefix)?.parse().ok())
}

/// Holds the time for a pro and asks them.
pub(crate) fn make_offer(desk: &mut Desk<'_>, lead: &mut Lead, pro: &Pro, slot: Slot) {
    take(desk, lead, pro, slot, AppointmentState::Held);
    let expires_at = desk.now + Duration::minutes(i64::from(desk.business.approval_minutes));
    lead.offer = Some(Offer {
        pro: pro.id.clone(),
        round: lead.offers_made,
        made_at: desk.now,
        expires_at,
        thinking_since: None,
        nudged_at: None,
        customer_asked_at: None,
    });
    let _ = lead.become_(Status::New, desk.now, "offered");
    desk.decision.timers.push(Timer {
        due: expires_at,
        wake: Wake::OfferExpired { lead: lead.id.clone(), round: lead.offers_made },
    });
    desk.note("offered", Some(&lead.id), format!("pro={} round={}", pro.id, lead.offers_made));
    let mut offer = pro_message(desk, lead, pro, "pro-offer", slot);
    offer.buttons = [("approve", "button-approve"), ("reject", "button-reject")]
        .map(|(action, label)| Button {
            payload: offer_payload(action, &lead.id, lead.offers_made),
            label: text(pro.language, label, &args![]),
        })
        .to_vec();
    desk.say(Recipient::Pro(pro.id.clone()), Purpose::Duty, offer, Some(lead));
}

/// Takes the time for a new visit of this lead, whatever visit it had before.
pub(super) fn take(desk: &mut Desk<'_>, lead: &mut Lead, pro: &Pro, slot: Slot, state: AppointmentState) {
    waitlist::give_way(desk, lead, slot);
    lead.offers_made += 1;
    let appointment = AppointmentId::new(format!("{}-{}", lead.id, lead.offers_made));
    let until = match state {
        AppointmentState::Held => {
            Some(desk.now + Duration::minutes(i64::from(desk.business.approval_minutes)))
        }
        AppointmentState::Booked
        | AppointmentState::Done
        | AppointmentState::Cancelled
        | AppointmentState::NoShow => None,
    };
    desk.decision.slots.push(SlotChange::Claim {
        pro: pro.id.clone(),
        slot,
        appointment: appointment.clone(),
        until,
    });
    desk.decision.appointments.push(Appointment {
        id: appointment.clone(),
        business: lead.business.clone(),
        lead: lead.id.clone(),
        pro: pro.id.clone(),
        slot,
        state,
        city: lead.address.city.clone(),
        confirmed_at: None,
    });
    lead.pro = Some(pro.id.clone());
    lead.slot = Some(slot);
    lead.appointment_time = Some(slot.from);
    lead.appointment = Some(appointment);
    if lead.needs_human.is_some_and(Concern::is_settled_by_a_slot) {
        lead.needs_human = None;
    }
}

/// Holds a time for a lead beside the visit that it has already, until this moment. Returns the visit that holds it.
pub(crate) fn hold_aside(
    desk: &mut Desk<'_>,
    lead: &mut Lead,
    pro: &Pro,
    slot: Slot,
    until: DateTime<Utc>,
) -> AppointmentId {
    lead.offers_made += 1;
    let appointment = AppointmentId::new(format!("{}-{}", lead.id, lead.offers_made));
    desk.decision.slots.push(SlotChange::Claim {
        pro: pro.id.clone(),
        slot,
        appointment: appointment.clone(),
        until: Some(until),
    });
    set_visit(desk, lead, &pro.id, &appointment, slot, AppointmentState::Held);
    appointment
}

/// The pro says yes: the held time is booked and the customer is told by whom, when, where and for how much.
///
/// Returns false when there is nothing to say yes to.
pub(crate) fn approve(desk: &mut Desk<'_>, lead: &mut Lead, pro: &Pro) -> bool {
    let (Some(slot), Some(appointment)) = (lead.slot, lead.appointment.clone()) else { return false };
    if lead.offer.as_ref().is_none_or(|offer| offer.pro != pro.id)
        || !lead.become_(Status::Booked, desk.now, "approved")
    {
        return false;
    }
    lead.offer = None;
    desk.decision.slots.push(SlotChange::Claim {
        pro: pro.id.clone(),
        slot,
        appointment: appointment.clone(),
        until: None,
    });
    set_visit(desk, lead, &pro.id, &appointment, slot, AppointmentState::Booked);
    desk.note("booked", Some(&lead.id), format!("pro={}", pro.id));
    let message = booked_message(desk, lead, pro, slot);
    desk.say(Recipient::Conversation(lead.conversation.clone()), Purpose::Update, message, Some(lead));
    true
}

fn booked_message(desk: &Desk<'_>, lead: &Lead, pro: &Pro, slot: Slot) -> Outbound {
    let language = lead.language;
    let args = args![
        pro = pro.name.as_str(),
        trade = say::trade(language, lead.issue_type),
        slot = say::slot(desk.business, language, &slot, desk.now),
        address = say::address(language, &lead.address),
        price = price_line(desk, language, lead),
        phone = say::phone(&pro.phone)
    ];
    say::message(language, "customer-booked", &args)
}

/// What a pro needs to know of a visit.
fn pro_message(desk: &Desk<'_>, lead: &Lead, pro: &Pro, key: &str, slot: Slot) -> Outbound {
    let language = pro.language;
    let unknown = || text(language, "unknown", &args![]);
    let mut issue = lead.issue_summary.clone();
    if !lead.media.is_empty() {
        let count = i64::try_from(lead.media.len()).unwrap_or(i64::MAX);
        issue = format!("{issue} ({})", text(language, "pro-media-count", &args![count = count]));
    }
    let args = args![
        lead = lead.number.to_string(),
        issue = issue,
        name = lead.customer_name.clone().unwrap_or_else(unknown),
        phone = lead.customer_phone.as_deref().map_or_else(unknown, say::phone),
        address = say::address(language, &lead.address),
        slot = say::slot(desk.business, language, &slot, desk.now),
        price = price_line(desk, language, lead),
        link = say::navigation_link(&lead.address).unwrap_or_default()
    ];
    say::message(language, key, &args)
}

/// The pro is done: the customer is asked how it was.
///
/// Returns false when the lead was not booked.
pub(crate) fn complete(desk: &mut Desk<'_>, lead: &mut Lead, pro: &Pro) -> bool {
    if !lead.become_(Status::Completed, desk.now, "done") {
        return false;
    }
    if let (Some(appointment), Some(slot)) = (lead.appointment.clone(), lead.slot) {
        set_visit(desk, lead, &pro.id, &appointment, slot, AppointmentState::Done);
    }
    desk.note("completed", Some(&lead.id), format!("pro={}", pro.id));
    if lead.review.is_some() {
        // A job that went on after they had said how it was.
        return true;
    }
    lead.rating_asked_at = Some(desk.now);
    let question = say::message(lead.language, "customer-rating-question", &args![pro = pro.name.as_str()]);
    desk.say(Recipient::Conversation(lead.conversation.clone()), Purpose::Update, question, Some(lead));
    true
}

/// The customer takes it back: the time is free and the pro who was asked or booked is told.
///
/// Returns false when it was over already.
pub(crate) fn cancel(desk: &mut Desk<'_>, lead: &mut Lead, pro: Option<&Pro>) -> bool {
    let asked = matches!(lead.status, Status::New | Status::Booked);
    if !lead.become_(Status::Cancelled, desk.now, "cancelled_by_customer") {
        return false;
    }
    lead.offer = None;
    release(desk, lead);
    if let (Some(slot), Some(pro)) = (lead.slot, pro.filter(|_| asked)) {
        let told = pro_message(desk, lead, pro, "pro-customer-cancelled", slot);
        desk.say(Recipient::Pro(pro.id.clone()), Purpose::Duty, told, Some(lead));
    }
    desk.note("cancelled", Some(&lead.id), "by=customer");
    true
}

/// Frees the time of a lead's visit, whoever took it back.
pub(crate) fn release(desk: &mut Desk<'_>, lead: &mut Lead) {
    if let (Some(appointment), Some(slot), Some(pro)) = (lead.appointment.take(), lead.slot, lead.pro.clone())
    {
        desk.decision.slots.push(SlotChange::Release { appointment: appointment.clone() });
        set_visit(desk, lead, &pro, &appointment, slot, AppointmentState::Cancelled);
    }
}

/// Records what became of a visit.
pub(crate) fn set_visit(
    desk: &mut Desk<'_>,
    lead: &Lead,
    pro: &ProId,
    appointment: &AppointmentId,
    slot: Slot,
    state: AppointmentState,
) {
    desk.decision.appointments.push(Appointment {
        id: appointment.clone(),
        business: lead.business.clone(),
        lead: lead.id.clone(),
        pro: pro.clone(),
        slot,
        state,
        city: lead.address.city.clone(),
        confirmed_at: lead.care.confirmed_at(appointment),
    });
}
