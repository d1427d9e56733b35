//! The approval ladder: what happens while a pro is silent. The pro is nudged, then the customer is asked whether
//! another pro should be tried, then the request moves on by itself (`offer_expired` in `pass_on`). It counts from when the
//! provider took the question, anew for every pro (X5, X15), and says each thing once.

use super::hindrance::{Hindrance, hindrance};
use super::offer::price_line;
use super::pass_on::{Why, is_free_for, route, take_from};
use crate::care::CustomerTap;
use crate::conversation::{Pending, Question};
use crate::decision::{Purpose, Recipient, Rung, SlotChange, Timer, Wake};
use crate::lead::{Lead, Status};
use crate::message::Button;
use crate::policy;
use crate::say;
use crate::turn::{Desk, Need};
use chrono::{DateTime, Duration, Utc};
use locales::{args, text};

/// How long after another question in the chat it is tried again to ask the customer.
const CHAT_IS_BUSY: Duration = Duration::minutes(3);

/// How long a pro is silent before a rung is due (L18, L20); in an emergency sooner (L22).
fn patience(rung: Rung, emergency: bool) -> Duration {
    Duration::minutes(match (rung, emergency) {
        (Rung::Nudge, false) => 10,
        (Rung::Nudge, true) => 5,
        (Rung::AskCustomer, false) => 25,
        (Rung::AskCustomer, true) => 12,
    })
}

/// The provider took the question: from now on the pro is thinking, the time is held for as long, and the rungs are set.
pub(crate) fn offer_delivered(desk: &mut Desk<'_>, lead: &Lead, round: u32) {
    let is_first =
        lead.offer.as_ref().is_some_and(|offer| offer.round == round && offer.thinking_since.is_none());
    let is_over = lead.offer.as_ref().is_some_and(|offer| offer.expires_at <= desk.now);
    if !is_first || is_over || lead.status != Status::New {
        // One that is over is just being taken back: its time is not held any more.
        return;
    }
    let mut lead = lead.clone();
    think_from_now(desk, &mut lead);
    desk.decision.leads.push(lead);
}

/// Starts the ladder of the open offer at its foot: both timers, the end of the offer and the hold count from now.
fn think_from_now(desk: &mut Desk<'_>, lead: &mut Lead) {
    let minutes = Duration::minutes(i64::from(desk.business.approval_minutes));
    let (id, now, emergency) = (lead.id.clone(), desk.now, lead.emergency);
    let Some(offer) = lead.offer.as_mut() else { return };
    offer.thinking_since = Some(now);
    offer.expires_at = now + minutes;
    offer.nudged_at = None;
    offer.customer_asked_at = None;
    let (round, pro) = (offer.round, offer.pro.clone());
    for rung in [Rung::Nudge, Rung::AskCustomer] {
        if patience(rung, emergency) < minutes {
            let wake = Wake::OfferUnanswered { lead: id.clone(), round, rung };
            desk.decision.timers.push(Timer { due: now + patience(rung, emergency), wake });
        }
    }
    desk.decision.timers.push(Timer { due: now + minutes, wake: Wake::OfferExpired { lead: id, round } });
    if let (Some(slot), Some(appointment)) = (lead.slot, lead.appointment.clone()) {
        desk.decision.slots.push(SlotChange::Claim { pro, slot, appointment, until: Some(now + minutes) });
    }
}

/// Looks whether a rung is due.
pub(crate) fn offer_unanswered(desk: &mut Desk<'_>, lead: &Lead, round: u32, rung: Rung) -> Result<(), Need> {
    let Some(offer) = lead.offer.as_ref().filter(|offer| offer.round == round) else { return Ok(()) };
    let Some(since) = offer.thinking_since.filter(|_| lead.status == Status::New) else { return Ok(()) };
    let due = since + patience(rung, lead.emergency);
    if due > desk.now {
        // The customer chose to wait on meanwhile.
        ring_again(desk, lead, round, rung, due);
        return Ok(());
    }
    match rung {
        Rung::Nudge if offer.nudged_at.is_none() => nudge(desk, lead.clone()),
        Rung::AskCustomer if offer.customer_asked_at.is_none() => ask_customer(desk, lead, round),
        Rung::Nudge | Rung::AskCustomer => Ok(()),
    }
}

fn ring_again(desk: &mut Desk<'_>, lead: &Lead, round: u32, rung: Rung, due: DateTime<Utc>) {
    if lead.offer.as_ref().is_some_and(|offer| due < offer.expires_at) {
        let wake = Wake::OfferUnanswered { lead: lead.id.clone(), round, rung };
        desk.decision.timers.push(Timer { due, wake });
    }
}

/// Reminds the pro once, at any hour (L18, L19, L23). Without buttons: they are the question's, which stands above.
fn nudge(desk: &mut Desk<'_>, mut lead: Lead) -> Result<(), Need> {
    let now = desk.now;
    let Some(offer) = lead.offer.as_mut() else { return Ok(()) };
    offer.nudged_at = Some(now);
    let asked = offer.pro.clone();
    let pro = desk.pros()?.iter().find(|candidate| candidate.pro.id == asked).map(|candidate| &candidate.pro);
    if let Some(pro) = pro {
        let slot = lead.slot.map(|slot| say::slot(desk.business, pro.language, &slot, now));
        let args = args![
            lead = lead.number.to_string(),
            slot = slot.unwrap_or_default(),
            price = price_line(desk, pro.language, &lead)
        ];
        let message = say::message(pro.language, "pro-offer-nudge", &args);
        desk.say(Recipient::Pro(asked), Purpose::Duty, message, Some(&lead));
        desk.note("pro_nudged", Some(&lead.id), format!("pro={}", pro.id));
    }
    desk.decision.leads.push(lead);
    Ok(())
}

/// Asks the customer whether another pro should be tried, when there is one, at a decent hour, and when nothing else is
/// being asked in the chat (L20, L23).
fn ask_customer(desk: &mut Desk<'_>, lead: &Lead, round: u32) -> Result<(), Need> {
    if let Some(open) = policy::polite_moment(desk.business, desk.now, lead.emergency) {
        ring_again(desk, lead, round, Rung::AskCustomer, open);
        return Ok(());
    }
    let Some(offer) = &lead.offer else { return Ok(()) };
    let pros = desk.pros()?;
    let Some(pro) =
        pros.iter().find(|candidate| candidate.pro.id == offer.pro).map(|candidate| &candidate.pro)
    else {
        return Ok(());
    };
    let mut without = lead.clone();
    without.declined.push(offer.pro.clone());
    if route(desk, &without, None)?.chosen.is_none() {
        // Nobody is asked to choose between waiting and nothing.
        return Ok(());
    }
    let Some(mut conversation) = desk.conversation(&lead.conversation)? else { return Ok(()) };
    if !is_free_for(&conversation, lead) || !policy::may_be_asked(&conversation, desk.now) {
        return Ok(());
    }
    if conversation.pending.as_ref().is_some_and(|pending| pending.expires_at > desk.now) {
        ring_again(desk, lead, round, Rung::AskCustomer, desk.now + CHAT_IS_BUSY);
        return Ok(());
    }
    conversation.lead = Some(lead.id.clone());
    conversation.pending = Some(Pending {
        question: Question::AnotherPro,
        lead: Some(lead.id.clone()),
        asked_at: desk.now,
        expires_at: offer.expires_at,
    });
    desk.save_conversation(conversation);
    let language = lead.language;
    let mut message =
        say::message(language, "customer-another-pro-question", &args![pro = pro.name.as_str()]);
    message.buttons = [
        (CustomerTap::AnotherPro(lead.id.clone(), round), "button-another-pro"),
        (CustomerTap::KeepWaiting(lead.id.clone(), round), "button-keep-waiting"),
    ]
    .map(|(tap, label)| Button { payload: tap.payload(), label: text(language, label, &args![]) })
    .to_vec();
    let mut lead = lead.clone();
    if let Some(offer) = lead.offer.as_mut() {
        offer.customer_asked_at = Some(desk.now);
    }
    desk.note("customer_asked_to_wait", Some(&lead.id), "");
    desk.say(Recipient::Conversation(lead.conversation.clone()), Purpose::Update, message, Some(&lead));
    desk.decision.leads.push(lead);
    Ok(())
}

/// The customer wants another pro: the request moves on at once, and the pro who was silent is told (L20). The caller
/// saves the lead; what the customer is told is said here.
///
/// # Errors
/// What has to be looked up first.
pub(crate) fn another_pro_wanted(desk: &mut Desk<'_>, lead: &mut Lead) -> Result<(), Need> {
    match lead.offer.as_ref().map(|offer| offer.pro.clone()) {
        Some(asked) => take_from(desk, lead, &asked, Why::Impatient).map(|_| ()),
        None => Ok(()),
    }
}

/// The customer waits on: the pro stays and both timers start anew (L21). The caller saves the lead; what the customer is
/// told is said here.
///
/// # Errors
/// What has to be looked up first.
pub(crate) fn keep_waiting(desk: &mut Desk<'_>, lead: &mut Lead) -> Result<(), Need> {
    let Some(asked) = lead.offer.as_ref().map(|offer| offer.pro.clone()) else { return Ok(()) };
    if lead.status != Status::New {
        return Ok(());
    }
    let pro = desk.pros()?.iter().find(|candidate| candidate.pro.id == asked);
    if let Some(candidate) = pro
        && hindrance(desk, lead, &candidate.pro)? == Some(Hindrance::Gone)
    {
        // The hold ran out while the customer thought, and somebody else was faster.
        return take_from(desk, lead, &asked, Why::SlotGone).map(|_| ());
    }
    think_from_now(desk, lead);
    let name = pro.map(|candidate| candidate.pro.name.clone()).unwrap_or_default();
    let message = say::message(lead.language, "customer-still-waiting", &args![pro = name]);
    desk.note("customer_waits_on", Some(&lead.id), "");
    desk.say(Recipient::Conversation(lead.conversation.clone()), Purpose::Answer, message, Some(lead));
    Ok(())
}
