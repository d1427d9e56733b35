//! After a visit: was the work done? The pro is asked first, the customer a day later, then a person finds out. And what
//! becomes of a visit whose customer was not there.

use super::record::Step;
use super::taps::{CustomerTap, ProTap};
use crate::booking;
use crate::concern::Concern;
use crate::conversation::{Pending, Question};
use crate::decision::{Asked, Purpose, Recipient, Reply, SlotChange, Timer, Wake};
use crate::id::AppointmentId;
use crate::lead::{AppointmentState, Lead, Slot, Status};
use crate::message::{Button, Outbound};
use crate::policy;
use crate::pro::Pro;
use crate::say;
use crate::template::TemplateUse;
use crate::turn::{Desk, Need};
use chrono::{DateTime, Duration, Utc};
use locales::{args, text};

/// The timer of a booked visit.
pub(super) fn timer(lead: &Lead, now: DateTime<Utc>) -> Option<Timer> {
    let (slot, appointment) = lead.slot.zip(lead.appointment.clone())?;
    let is_asked = lead.care.has(&Step::ProAsked { appointment: appointment.clone() });
    let due = slot.to + policy::VISIT_OVER;
    (!is_asked && due > now).then(|| Timer { due, wake: wake(lead, &appointment, Asked::Pro) })
}

fn wake(lead: &Lead, appointment: &AppointmentId, asked: Asked) -> Wake {
    Wake::VisitOver { lead: lead.id.clone(), appointment: appointment.clone(), asked }
}

/// Looks whether a visit that should be over was done, and asks whoever is next if nobody has said so.
pub(crate) fn visit_over(
    desk: &mut Desk<'_>,
    lead: &Lead,
    appointment: &AppointmentId,
    asked: Asked,
) -> Result<(), Need> {
    let stands = lead.slot_of(appointment).filter(|_| lead.status == Status::Booked);
    let Some(slot) = stands else { return Ok(()) };
    let due = slot.to
        + match asked {
            Asked::Pro => policy::VISIT_OVER,
            Asked::Customer => Duration::hours(24),
            Asked::Person => Duration::hours(48),
        };
    if due > desk.now {
        desk.decision.timers.push(Timer { due, wake: wake(lead, appointment, asked) });
        return Ok(());
    }
    match asked {
        Asked::Pro => ask_pro(desk, lead.clone(), appointment, slot),
        Asked::Customer => ask_customer(desk, lead.clone(), appointment, slot),
        Asked::Person => {
            let mut lead = lead.clone();
            for_a_person(desk, &mut lead, Concern::VisitUnclear);
            desk.decision.leads.push(lead);
            Ok(())
        }
    }
}

fn for_a_person(desk: &mut Desk<'_>, lead: &mut Lead, concern: Concern) {
    if lead.needs_human.is_none() {
        desk.flag(lead, concern);
    }
}

fn ask_pro(desk: &mut Desk<'_>, mut lead: Lead, appointment: &AppointmentId, slot: Slot) -> Result<(), Need> {
    if !lead.care.once(Step::ProAsked { appointment: appointment.clone() }, desk.now) {
        return Ok(());
    }
    let pros = desk.pros()?;
    let pro = pros.iter().find(|candidate| Some(&candidate.pro.id) == lead.pro.as_ref());
    if let Some(pro) = pro.map(|candidate| &candidate.pro) {
        let args = args![
            lead = lead.number.to_string(),
            slot = say::slot(desk.business, pro.language, &slot, desk.now)
        ];
        let mut message = say::message(pro.language, "pro-visit-done-question", &args);
        message.buttons = [
            (ProTap::Done(appointment.clone()), "button-visit-done"),
            (ProTap::NotYet(appointment.clone()), "button-visit-not-yet"),
            (ProTap::NotThere(appointment.clone()), "button-visit-not-there"),
        ]
        .map(|(tap, label)| Button { payload: tap.payload(), label: text(pro.language, label, &args![]) })
        .to_vec();
        desk.say(Recipient::Pro(pro.id.clone()), Purpose::Duty, message, Some(&lead));
    }
    let due = slot.to + Duration::hours(24);
    desk.decision.timers.push(Timer { due, wake: wake(&lead, appointment, Asked::Customer) });
    desk.note("visit_asked", Some(&lead.id), "asked=pro");
    desk.decision.leads.push(lead);
    Ok(())
}

fn ask_customer(
    desk: &mut Desk<'_>,
    mut lead: Lead,
    appointment: &AppointmentId,
    slot: Slot,
) -> Result<(), Need> {
    if let Some(open) = policy::polite_moment(desk.business, desk.now, false) {
        desk.decision.timers.push(Timer { due: open, wake: wake(&lead, appointment, Asked::Customer) });
        return Ok(());
    }
    let Some(mut conversation) = desk.conversation(&lead.conversation)? else { return Ok(()) };
    let is_busy = conversation.pending.as_ref().is_some_and(|pending| pending.expires_at > desk.now);
    let due = slot.to + Duration::hours(48);
    desk.decision.timers.push(Timer { due, wake: wake(&lead, appointment, Asked::Person) });
    let may_be_asked = policy::may_be_asked_as(desk.business, &conversation, TemplateUse::News, desk.now);
    if is_busy || !may_be_asked {
        // The person who looks tomorrow will have to ask.
        return Ok(());
    }
    if !lead.care.once(Step::CustomerAsked { appointment: appointment.clone() }, desk.now) {
        return Ok(());
    }
    let _ = lead.turn_to(appointment);
    conversation.pending = Some(Pending {
        question: Question::VisitDone,
        lead: Some(lead.id.clone()),
        asked_at: desk.now,
        expires_at: desk.now + Duration::hours(24),
    });
    desk.save_conversation(conversation);
    let pros = desk.pros()?;
    let pro = pros.iter().find(|candidate| Some(&candidate.pro.id) == lead.pro.as_ref());
    let language = lead.language;
    let args = args![
        pro = pro.map(|candidate| candidate.pro.name.clone()).unwrap_or_default(),
        slot = say::slot(desk.business, language, &slot, desk.now)
    ];
    let mut message = say::message(language, "customer-visit-done-question", &args);
    message.buttons = [
        (CustomerTap::WorkDone(appointment.clone()), "button-yes"),
        (CustomerTap::WorkNotDone(appointment.clone()), "button-no"),
    ]
    .map(|(tap, label)| Button { payload: tap.payload(), label: text(language, label, &args![]) })
    .to_vec();
    desk.note("visit_asked", Some(&lead.id), "asked=customer");
    desk.say(Recipient::Conversation(lead.conversation.clone()), Purpose::Update, message, Some(&lead));
    desk.decision.leads.push(lead);
    Ok(())
}

/// The pro is not done yet: the customer is asked tomorrow all the same, so that nothing is forgotten.
#[must_use]
pub(crate) fn not_yet(pro: &Pro, lead: &Lead) -> Outbound {
    say::message(pro.language, "pro-visit-not-yet", &args![lead = lead.number.to_string()])
}

/// The customer says whether the work was done. Returns what they are told.
pub(crate) fn work_was_done(desk: &mut Desk<'_>, lead: &mut Lead, done: bool) -> Result<Outbound, Need> {
    if lead.status != Status::Booked {
        return Ok(say::message(lead.language, "customer-visit-settled", &args![]));
    }
    if !done {
        for_a_person(desk, lead, Concern::WorkNotDone);
        return Ok(say::message(lead.language, "customer-visit-not-done", &args![]));
    }
    let pros = desk.pros()?;
    let pro = pros.iter().find(|candidate| Some(&candidate.pro.id) == lead.pro.as_ref());
    if let Some(pro) = pro.map(|candidate| &candidate.pro) {
        // Asks for a rating, when it was the last visit.
        let _ = booking::further::finish(desk, lead, pro);
    }
    Ok(say::message(lead.language, "customer-visit-settled", &args![]))
}

/// The customer was not there: the visit is over, and they get one message with other times to choose from. Returns what
/// the pro is told; none when the visit no longer stands.
pub(crate) fn customer_not_there(
    desk: &mut Desk<'_>,
    lead: &mut Lead,
    pro: &Pro,
    appointment: &AppointmentId,
) -> Result<Option<Outbound>, Need> {
    let Some(slot) = lead.slot.filter(|_| lead.status == Status::Booked) else { return Ok(None) };
    if lead.appointment.as_ref() != Some(appointment) {
        return Ok(None);
    }
    if lead.has_several_visits() {
        booking::further::missed_one(desk, lead, pro);
        let args = args![lead = lead.number.to_string()];
        return Ok(Some(say::message(pro.language, "pro-visit-missed", &args)));
    }
    let told_at = policy::polite_moment(desk.business, desk.now, false);
    let header = "customer-was-not-there";
    let offered = booking::offer_new_times(desk, lead, pro, "customer_not_there", header, told_at)?;
    let _ = lead.care.once(Step::Missed { appointment: appointment.clone() }, desk.now);
    desk.decision.slots.push(SlotChange::Release { appointment: appointment.clone() });
    booking::set_visit(desk, lead, &pro.id, appointment, slot, AppointmentState::NoShow);
    lead.appointment = None;
    desk.note("customer_not_there", Some(&lead.id), format!("pro={}", pro.id));
    match offered {
        Some(message) => desk.decision.replies.push(Reply {
            to: Recipient::Conversation(lead.conversation.clone()),
            purpose: Purpose::Update,
            message,
            lead: Some(lead.id.clone()),
            not_before: told_at,
        }),
        None => {
            let _ = lead.become_(Status::Contacted, desk.now, "customer_not_there");
            for_a_person(desk, lead, Concern::CustomerNotThere);
        }
    }
    Ok(Some(say::message(pro.language, "pro-customer-not-there", &args![lead = lead.number.to_string()])))
}
