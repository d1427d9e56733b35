//! What a customer says about one of several visits of a job, and what they are told.

use super::commands::pro_of;
use super::talk::Talk;
use crate::booking::further;
use crate::conversation::Question;
use crate::decision::{Purpose, Recipient};
use crate::id::AppointmentId;
use crate::lead::{Lead, Slot};
use crate::pro::Pro;
use crate::say;
use crate::turn::{Desk, Need};
use locales::args;

/// The visit that the open question is about.
fn asked(talk: &Talk<'_>) -> Option<AppointmentId> {
    match talk.conversation.pending.as_ref().map(|pending| &pending.question) {
        Some(Question::VisitOffered { appointment }) => Some(appointment.clone()),
        _ => None,
    }
}

/// The other visit suits.
pub(super) fn take(desk: &mut Desk<'_>, talk: &mut Talk<'_>) -> Result<(), Need> {
    match asked(talk) {
        Some(appointment) => take_this(desk, talk, &appointment),
        None => gone(talk),
    }
}

/// The other visit does not suit.
pub(super) fn refuse(desk: &mut Desk<'_>, talk: &mut Talk<'_>) -> Result<(), Need> {
    match asked(talk) {
        Some(appointment) => refuse_this(desk, talk, &appointment),
        None => gone(talk),
    }
}

/// This visit suits, whatever else is spoken of.
pub(super) fn take_this(
    desk: &mut Desk<'_>,
    talk: &mut Talk<'_>,
    appointment: &AppointmentId,
) -> Result<(), Need> {
    let Some(mut lead) = close_question(talk, appointment) else { return gone(talk) };
    let Some(pro) = pro_of(desk, &lead)? else { return gone(talk) };
    let Some(slot) = further::accept(desk, &mut lead, pro, appointment) else { return gone(talk) };
    let slot = say::slot(desk.business, talk.language, &slot, desk.now);
    let args = args![pro = pro.name.as_str(), slot = slot, phone = say::phone(&pro.phone)];
    talk.say("customer-another-visit-agreed", &args);
    keep(talk, lead);
    Ok(())
}

/// This visit does not suit.
pub(super) fn refuse_this(
    desk: &mut Desk<'_>,
    talk: &mut Talk<'_>,
    appointment: &AppointmentId,
) -> Result<(), Need> {
    let Some(mut lead) = close_question(talk, appointment) else { return gone(talk) };
    let Some(pro) = pro_of(desk, &lead)? else { return gone(talk) };
    if !further::refuse(desk, &mut lead, pro, appointment) {
        return gone(talk);
    }
    talk.say("customer-another-visit-refused", &args![pro = pro.name.as_str()]);
    keep(talk, lead);
    Ok(())
}

fn gone(talk: &mut Talk<'_>) -> Result<(), Need> {
    talk.conversation.pending.take_if(|pending| matches!(pending.question, Question::VisitOffered { .. }));
    talk.say("customer-visit-gone", &args![]);
    Ok(())
}

/// The lead that this visit is held for; its question is answered now.
fn close_question(talk: &mut Talk<'_>, appointment: &AppointmentId) -> Option<Lead> {
    let question = Question::VisitOffered { appointment: appointment.clone() };
    talk.conversation.pending.take_if(|pending| pending.question == question);
    let has_it = |lead: &&Lead| lead.further.iter().any(|visit| visit.appointment == *appointment);
    talk.lead.iter().chain(talk.leads).find(has_it).cloned()
}

fn keep(talk: &mut Talk<'_>, lead: Lead) {
    match &talk.lead {
        Some(under_way) if under_way.id == lead.id => talk.lead = Some(lead),
        Some(_) | None => talk.save(lead),
    }
}

/// Turns to one of several visits of the lead under way: what is asked next is about it.
pub(super) fn turn_to(talk: &mut Talk<'_>, appointment: &AppointmentId) {
    let Some(lead) = talk.lead.as_mut() else { return };
    if lead.appointment.as_ref() != Some(appointment) && lead.turn_to(appointment) {
        talk.conversation.pending = None;
    }
}

/// One of several visits is taken back for good; the others stand. Returns false when it is the only one.
pub(super) fn cancel_one(desk: &mut Desk<'_>, talk: &mut Talk<'_>) -> Result<bool, Need> {
    let Some(mut lead) = talk.lead.clone().filter(Lead::has_several_visits) else { return Ok(false) };
    let Some(pro) = pro_of(desk, &lead)? else { return Ok(false) };
    let at = |slot: Slot, language| say::slot(desk.business, language, &slot, desk.now);
    let (told, said) = match lead.slot {
        Some(slot) => (at(slot, pro.language), at(slot, talk.language)),
        None => return Ok(false),
    };
    talk.conversation.pending = None;
    let next = further::cancel_visit(desk, &mut lead, pro).map(|slot| at_time(desk, talk, slot));
    let args = args![lead = lead.number.to_string(), slot = told];
    let told = say::message(pro.language, "pro-visit-cancelled", &args);
    desk.say(Recipient::Pro(pro.id.clone()), Purpose::Duty, told, Some(&lead));
    talk.say("customer-visit-cancelled", &args![slot = said]);
    if let Some(next) = next {
        talk.say("customer-further-visit", &args![slot = next]);
    }
    talk.lead = Some(lead);
    Ok(true)
}

/// One of several visits is moved to this free time.
pub(super) fn move_one(desk: &mut Desk<'_>, talk: &mut Talk<'_>, mut lead: Lead, pro: &Pro, slot: Slot) {
    let previous = lead.slot.map(|slot| at_time(desk, talk, slot)).unwrap_or_default();
    further::move_one(desk, &mut lead, pro, slot);
    let args = args![pro = pro.name.as_str(), previous = previous, slot = at_time(desk, talk, slot)];
    talk.say("customer-visit-moved", &args);
    talk.lead = Some(lead);
}

fn at_time(desk: &Desk<'_>, talk: &Talk<'_>, slot: Slot) -> String {
    say::slot(desk.business, talk.language, &slot, desk.now)
}

/// Names the other agreed visits of the lead under way.
pub(super) fn tell_further(desk: &Desk<'_>, talk: &mut Talk<'_>, lead: &Lead) {
    let mut others: Vec<Slot> = lead
        .further
        .iter()
        .filter(|visit| visit.asked_until.is_none() && visit.slot.to > desk.now)
        .map(|visit| visit.slot)
        .collect();
    others.sort_unstable();
    for slot in others {
        let slot = at_time(desk, talk, slot);
        talk.say("customer-further-visit", &args![slot = slot]);
    }
}
