//! Another visit for a job that needs one: the pro names the time, it is held until the customer says yes, and from then on
//! it is a visit like the first. The job is done when its last visit is.

use super::offer::{complete, hold_aside, release, set_visit, take};
use crate::care::CustomerTap;
use crate::concern::Concern;
use crate::conversation::{Pending, Question};
use crate::decision::{Purpose, Recipient, SlotChange, Timer, Wake};
use crate::id::AppointmentId;
use crate::lead::{AppointmentState, FurtherVisit, Lead, Slot, Status};
use crate::message::Button;
use crate::policy;
use crate::pro::Pro;
use crate::say;
use crate::turn::{Desk, Need};
use chrono::Duration;
use locales::{args, text};

/// How long a further visit is held for a customer who does not answer; never beyond its beginning.
const HELD: Duration = Duration::hours(24);

/// What became of the wish for another visit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Proposed {
    /// The time is held and the customer is asked.
    Asked,
    /// The customer cannot be written to.
    Unreachable,
}

/// Holds a time that is free for another visit and asks the customer, at once: the pro has just said so.
pub(crate) fn propose(desk: &mut Desk<'_>, lead: &mut Lead, pro: &Pro, slot: Slot) -> Result<Proposed, Need> {
    let chat = desk.conversation(&lead.conversation)?;
    let Some(mut chat) = chat.filter(|chat| policy::is_window_open(chat, desk.now)) else {
        return Ok(Proposed::Unreachable);
    };
    let until = (desk.now + HELD).min(slot.from);
    let appointment = hold_aside(desk, lead, pro, slot, until);
    lead.further.push(FurtherVisit {
        appointment: appointment.clone(),
        pro: pro.id.clone(),
        slot,
        asked_until: Some(until),
    });
    let wake = Wake::VisitUnanswered { lead: lead.id.clone(), appointment: appointment.clone() };
    desk.decision.timers.push(Timer { due: until, wake });
    let is_busy = chat.pending.as_ref().is_some_and(|pending| pending.expires_at > desk.now);
    let is_with_person = chat.paused_until.is_some_and(|until| until > desk.now);
    if !is_busy && !is_with_person {
        // Where something else is asked the buttons alone are the question.
        chat.pending = Some(Pending {
            question: Question::VisitOffered { appointment: appointment.clone() },
            lead: Some(lead.id.clone()),
            asked_at: desk.now,
            expires_at: until,
        });
        desk.save_conversation(chat);
    }
    let language = lead.language;
    let args = args![
        pro = pro.name.as_str(),
        issue = lead.issue_summary.as_str(),
        slot = say::slot(desk.business, language, &slot, desk.now)
    ];
    let mut message = say::message(language, "customer-another-visit-question", &args);
    message.buttons = [
        (CustomerTap::TakeVisit(appointment.clone()), "button-yes"),
        (CustomerTap::RefuseVisit(appointment), "button-no"),
    ]
    .map(|(tap, label)| Button { payload: tap.payload(), label: text(language, label, &args![]) })
    .to_vec();
    desk.note("visit_proposed", Some(&lead.id), format!("pro={}", pro.id));
    desk.say(Recipient::Conversation(lead.conversation.clone()), Purpose::Update, message, Some(lead));
    Ok(Proposed::Asked)
}

/// The customer says yes to another visit: it is booked, and a job that was finished goes on. Returns its time; none when
/// it is not held any more.
pub(crate) fn accept(
    desk: &mut Desk<'_>,
    lead: &mut Lead,
    pro: &Pro,
    appointment: &AppointmentId,
) -> Option<Slot> {
    let visit = lead.further.iter_mut().find(|visit| visit.appointment == *appointment)?;
    let slot = visit.slot;
    if visit.asked_until.is_none() {
        // Said once more.
        return Some(slot);
    }
    if visit.asked_until.is_some_and(|until| until <= desk.now)
        || !matches!(lead.status, Status::Booked | Status::Completed)
    {
        return None;
    }
    visit.asked_until = None;
    desk.decision.slots.push(SlotChange::Claim {
        pro: pro.id.clone(),
        slot,
        appointment: appointment.clone(),
        until: None,
    });
    if lead.status == Status::Completed && lead.become_(Status::Booked, desk.now, "another_visit") {
        lead.visits_done += 1;
        lead.appointment = None;
        let _ = lead.go_on_to_next_visit();
    }
    set_visit(desk, lead, &pro.id, appointment, slot, AppointmentState::Booked);
    desk.note("visit_agreed", Some(&lead.id), format!("pro={}", pro.id));
    tell_pro(desk, lead, pro, "pro-another-visit-agreed", slot);
    Some(slot)
}

/// The customer says no to another visit: its time is free and the pro is told. Returns false when it is not asked about.
pub(crate) fn refuse(desk: &mut Desk<'_>, lead: &mut Lead, pro: &Pro, appointment: &AppointmentId) -> bool {
    let Some(slot) = let_go(desk, lead, appointment) else { return false };
    desk.note("visit_refused", Some(&lead.id), format!("pro={}", pro.id));
    tell_pro(desk, lead, pro, "pro-another-visit-refused", slot);
    true
}

/// The customer has not answered in time: the time is free and the pro is told.
pub(crate) fn visit_unanswered(
    desk: &mut Desk<'_>,
    lead: &Lead,
    appointment: &AppointmentId,
) -> Result<(), Need> {
    let asked = lead.further.iter().find(|visit| visit.appointment == *appointment);
    let Some(until) = asked.and_then(|visit| visit.asked_until) else { return Ok(()) };
    if until > desk.now {
        let wake = Wake::VisitUnanswered { lead: lead.id.clone(), appointment: appointment.clone() };
        desk.decision.timers.push(Timer { due: until, wake });
        return Ok(());
    }
    let pros = desk.pros()?;
    let pro = pros.iter().find(|candidate| Some(&candidate.pro.id) == lead.pro.as_ref());
    let mut lead = lead.clone();
    if let Some(slot) = let_go(desk, &mut lead, appointment)
        && let Some(candidate) = pro
    {
        desk.note("visit_unanswered", Some(&lead.id), format!("pro={}", candidate.pro.id));
        tell_pro(desk, &lead, &candidate.pro, "pro-another-visit-silent", slot);
    }
    desk.decision.leads.push(lead);
    Ok(())
}

/// Frees the time of a visit that was asked about. Returns its time; none when it is not asked about.
fn let_go(desk: &mut Desk<'_>, lead: &mut Lead, appointment: &AppointmentId) -> Option<Slot> {
    let is_it = |visit: &FurtherVisit| visit.asked_until.is_some() && visit.appointment == *appointment;
    let index = lead.further.iter().position(is_it)?;
    let visit = lead.further.remove(index);
    desk.decision.slots.push(SlotChange::Release { appointment: appointment.clone() });
    set_visit(desk, lead, &visit.pro, appointment, visit.slot, AppointmentState::Cancelled);
    Some(visit.slot)
}

fn tell_pro(desk: &mut Desk<'_>, lead: &Lead, pro: &Pro, key: &str, slot: Slot) {
    let args =
        args![lead = lead.number.to_string(), slot = say::slot(desk.business, pro.language, &slot, desk.now)];
    let told = say::message(pro.language, key, &args);
    desk.say(Recipient::Pro(pro.id.clone()), Purpose::Duty, told, Some(lead));
}

/// The pro is done with the visit of `slot`: the job goes on with its next visit, else it is complete. Returns the time of
/// the next one.
pub(crate) fn finish(desk: &mut Desk<'_>, lead: &mut Lead, pro: &Pro) -> Option<Slot> {
    let done = lead.appointment.clone().zip(lead.slot);
    let is_booked = lead.status == Status::Booked;
    if let Some((appointment, slot)) = done.filter(|_| is_booked)
        && let Some(next) = lead.go_on_to_next_visit()
    {
        set_visit(desk, lead, &pro.id, &appointment, slot, AppointmentState::Done);
        lead.visits_done += 1;
        desk.note("visit_done", Some(&lead.id), format!("pro={}", pro.id));
        return Some(next);
    }
    complete(desk, lead, pro);
    None
}

/// One of several visits is taken back, whoever does it: its time is free, the others stand. When none is left, the job
/// that was begun is complete. Returns the time of the next visit.
pub(crate) fn cancel_visit(desk: &mut Desk<'_>, lead: &mut Lead, pro: &Pro) -> Option<Slot> {
    release(desk, lead);
    desk.note("visit_cancelled", Some(&lead.id), format!("pro={}", pro.id));
    let next = lead.go_on_to_next_visit();
    if next.is_none() {
        complete(desk, lead, pro);
    }
    next
}

/// One of several visits is moved at once to a time of the pro's that is free: the pro has said yes to the job, and is told
/// both times.
pub(crate) fn move_one(desk: &mut Desk<'_>, lead: &mut Lead, pro: &Pro, slot: Slot) {
    let previous = lead.slot;
    release(desk, lead);
    take(desk, lead, pro, slot, AppointmentState::Booked);
    lead.moves += 1;
    desk.note("rescheduled", Some(&lead.id), "one_of_several");
    let when = |slot: &Slot| say::slot(desk.business, pro.language, slot, desk.now);
    let args = args![
        lead = lead.number.to_string(),
        previous = previous.as_ref().map(when).unwrap_or_default(),
        slot = when(&slot)
    ];
    let told = say::message(pro.language, "pro-customer-rescheduled", &args);
    desk.say(Recipient::Pro(pro.id.clone()), Purpose::Duty, told, Some(lead));
}

/// The customer was not there for one of several visits: it is over, the others stand, and a person sees to it.
pub(crate) fn missed_one(desk: &mut Desk<'_>, lead: &mut Lead, pro: &Pro) {
    if let (Some(appointment), Some(slot)) = (lead.appointment.take(), lead.slot) {
        desk.decision.slots.push(SlotChange::Release { appointment: appointment.clone() });
        set_visit(desk, lead, &pro.id, &appointment, slot, AppointmentState::NoShow);
    }
    desk.note("customer_not_there", Some(&lead.id), format!("pro={}", pro.id));
    if lead.go_on_to_next_visit().is_none() {
        complete(desk, lead, pro);
    }
    lead.needs_human.get_or_insert(Concern::CustomerNotThere);
}

/// Frees the further visits of leads that this decision ends or takes from their pro.
pub(crate) fn free_what_is_over(desk: &mut Desk<'_>) {
    let mut leads = std::mem::take(&mut desk.decision.leads);
    for lead in &mut leads {
        let stays = match lead.status {
            Status::Booked | Status::Completed => true,
            Status::Contacted
            | Status::New
            | Status::Rejected
            | Status::Closed
            | Status::Cancelled
            | Status::PendingAdminReview => false,
        };
        for visit in lead.further.extract_if(.., |_| !stays).collect::<Vec<_>>() {
            desk.decision.slots.push(SlotChange::Release { appointment: visit.appointment.clone() });
            set_visit(desk, lead, &visit.pro, &visit.appointment, visit.slot, AppointmentState::Cancelled);
        }
    }
    desk.decision.leads = leads;
}
