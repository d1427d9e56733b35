//! What a customer says about an earlier time, and what they are told.

use super::commands::pro_of;
use super::progress::{self, Pick};
use super::talk::Talk;
use crate::care::CustomerTap;
use crate::conversation::Question;
use crate::decision::{Purpose, Recipient};
use crate::lead::Status;
use crate::message::{Button, Outbound};
use crate::say;
use crate::turn::{Desk, Need};
use crate::understanding::Reading;
use crate::waitlist;
use crate::when::When;
use locales::args;

/// The customer is told when an earlier time is free.
pub(super) fn wait(desk: &mut Desk<'_>, talk: &mut Talk<'_>) -> Result<(), Need> {
    if talk.lead.is_none() {
        // What was put aside may be meant: the visit that is agreed, if it is only one.
        let mut agreed = talk.leads.iter().filter(|lead| matches!(lead.status, Status::New | Status::Booked));
        if let (Some(lead), None, None) = (agreed.next(), agreed.next(), &talk.conversation.request.issue) {
            let lead = lead.clone();
            talk.take_up(&lead);
        }
    }
    let Some(mut lead) = talk.lead.clone() else {
        talk.say("customer-wait-nothing", &args![]);
        return Ok(());
    };
    let is_able = matches!(lead.status, Status::Contacted | Status::New | Status::Booked);
    let Some(pro) = pro_of(desk, &lead)?.filter(|_| is_able && lead.address.is_findable()) else {
        talk.say("customer-wait-nothing", &args![]);
        return Ok(());
    };
    let offered = match talk.conversation.pending.as_ref().map(|pending| &pending.question) {
        Some(Question::ChooseSlot { slots, .. }) => slots.iter().map(|slot| slot.from).min(),
        _ => None,
    };
    // A wish that was met is no wish any more.
    let wish = talk.conversation.request.when.clone().filter(|wish| {
        super::guard::is_a_wish(wish)
            && *wish != When::Earliest
            && lead.slot.is_none()
            && !offered.is_some_and(|offered| wish.allows(offered, desk.business.timezone))
    });
    let before = offered.filter(|_| wish.is_none());
    if lead.waits.is_none() {
        waitlist::wait(desk, &mut lead, pro, wish, before);
    }
    talk.say("customer-wait-noted", &args![pro = pro.name.as_str()]);
    talk.lead = Some(lead);
    Ok(())
}

/// Offers to tell the customer when a better time is free, with one tap.
pub(super) fn suggest(talk: &mut Talk<'_>) {
    let Some(lead) = talk.lead.as_ref().filter(|lead| lead.waits.is_none()) else { return };
    let tap = CustomerTap::TellIfFree(lead.id.clone());
    let label = locales::text(talk.language, "button-tell-if-free", &args![]);
    let text = locales::text(talk.language, "customer-wait-hint", &args![]);
    talk.say_message(Outbound { text, buttons: vec![Button { payload: tap.payload(), label }] });
}

/// Which of the offered times the open question is about; 0 when it is about none.
pub(super) fn asked_round(talk: &Talk<'_>) -> u32 {
    match talk.conversation.pending.as_ref().map(|pending| &pending.question) {
        Some(Question::EarlierOffered { round }) => *round,
        _ => 0,
    }
}

/// The customer takes the earlier time.
pub(super) fn take(desk: &mut Desk<'_>, talk: &mut Talk<'_>, round: u32) -> Result<(), Need> {
    close_question(talk, round);
    let Some(mut lead) = talk.lead.clone() else { return Ok(()) };
    let Some(pro) = pro_of(desk, &lead)? else {
        talk.say("customer-earlier-gone", &args![]);
        return Ok(());
    };
    let taken = waitlist::take(desk, &mut lead, pro, round)?;
    talk.lead = Some(lead.clone());
    let Ok(taken) = taken else {
        talk.say("customer-earlier-gone", &args![]);
        return Ok(());
    };
    let Some(previous) = taken.previous else {
        talk.freed = Some(taken.held_by);
        return progress::advance(desk, talk, Pick::Chosen(taken.slot.from), &Reading::default());
    };
    let (business, now) = (desk.business, desk.now);
    let when = |language| {
        let at = |slot| say::slot(business, language, slot, now);
        (at(&previous), at(&taken.slot))
    };
    let (from, to) = when(pro.language);
    let told = args![lead = lead.number.to_string(), previous = from, slot = to];
    let told = say::message(pro.language, "pro-customer-rescheduled", &told);
    desk.say(Recipient::Pro(pro.id.clone()), Purpose::Duty, told, Some(&lead));
    let (from, to) = when(talk.language);
    talk.say("customer-earlier-taken", &args![pro = pro.name.as_str(), previous = from, slot = to]);
    Ok(())
}

/// The customer does not want the earlier time.
pub(super) fn leave(desk: &mut Desk<'_>, talk: &mut Talk<'_>, round: u32) {
    close_question(talk, round);
    let Some(mut lead) = talk.lead.clone() else { return };
    let left = waitlist::leave(desk, &mut lead, round);
    let slot = lead.slot.map(|slot| say::slot(desk.business, talk.language, &slot, desk.now));
    talk.lead = Some(lead);
    match slot {
        _ if !left => talk.say("customer-earlier-gone", &args![]),
        Some(slot) => talk.say("customer-kept", &args![slot = slot]),
        None => talk.say("customer-request-kept", &args![]),
    }
}

fn close_question(talk: &mut Talk<'_>, round: u32) {
    talk.conversation.pending.take_if(|pending| pending.question == Question::EarlierOffered { round });
}

/// Whoever opts out waits for nothing any more.
pub(super) fn stop_waiting(desk: &mut Desk<'_>, talk: &mut Talk<'_>) {
    let under_way = talk.lead.as_ref().map(|lead| lead.id.clone());
    for changed in waitlist::drop_all(desk, talk.leads) {
        if Some(&changed.id) == under_way.as_ref() {
            talk.lead = Some(changed);
        } else {
            talk.save(changed);
        }
    }
    talk.conversation.pending.take_if(|pending| matches!(pending.question, Question::EarlierOffered { .. }));
}
