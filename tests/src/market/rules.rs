//! What must hold after every turn of a season, and at its end.

use super::shelf::Shelf;
use agents::calendar;
use agents::decision::Wake;
use agents::id::LeadId;
use agents::lead::{Lead, Status};
use agents::message::Outbound;
use anyhow::{Context, ensure};
use chrono::{DateTime, Utc};
use std::collections::BTreeMap;

/// What must hold for a lead that a turn has changed.
pub(super) fn lead(
    shelf: &Shelf,
    timers: &BTreeMap<String, DateTime<Utc>>,
    now: DateTime<Utc>,
    id: &LeadId,
) -> anyhow::Result<()> {
    let lead = shelf.leads.get(id).context("a lead was written")?;
    let number = lead.number;
    let last = lead.history.last().context("a lead without history")?;
    ensure!(last.status == lead.status, "the history of lead {number} does not end in its status");
    for change in &lead.history {
        let has_words = |family: &str| locales::variables(&format!("{family}{}", change.reason)).is_some();
        ensure!(
            has_words("console-because-") || has_words("concern-"),
            "no operator can read why lead {number} is {:?}: {}",
            change.status,
            change.reason
        );
    }
    for pair in lead.history.windows(2) {
        let is_allowed = pair[0].status.may_become(pair[1].status);
        ensure!(is_allowed, "lead {number} went from {:?} to {:?}", pair[0].status, pair[1].status);
    }
    match lead.status {
        Status::New if lead.needs_human.is_none() => {
            let offer =
                lead.offer.as_ref().with_context(|| format!("nobody was asked about lead {number}"))?;
            let watched = Wake::OfferExpired { lead: lead.id.clone(), round: offer.round }.id();
            ensure!(timers.contains_key(&watched), "nobody looks after the offer of lead {number}");
            owns_its_time(shelf, lead, now)?;
            keeps_its_distance(shelf, lead, now)?;
        }
        Status::Booked => {
            for visit in lead.by_visit() {
                owns_its_time(shelf, &visit, now)?;
                keeps_its_distance(shelf, &visit, now)?;
            }
        }
        Status::PendingAdminReview => {
            ensure!(lead.needs_human.is_some(), "nobody looks at lead {number}");
        }
        Status::New
        | Status::Contacted
        | Status::Rejected
        | Status::Completed
        | Status::Closed
        | Status::Cancelled => {}
    }
    waits_for_one_thing(shelf, lead, now)
}

/// A time that is held for a customer who waits, or who was asked about another visit, is theirs as long as it is held, and
/// somebody looks after it.
fn waits_for_one_thing(shelf: &Shelf, lead: &Lead, now: DateTime<Utc>) -> anyhow::Result<()> {
    let number = lead.number;
    let offered = lead.waits.as_ref().and_then(|waits| waits.offer.as_ref());
    let offered = offered.map(|offer| (&offer.appointment, offer.slot, offer.expires_at));
    let further =
        lead.further.iter().filter_map(|visit| Some((&visit.appointment, visit.slot, visit.asked_until?)));
    for (visit, slot, until) in offered.into_iter().chain(further) {
        if until <= now {
            continue;
        }
        let pro = lead.pro.clone().with_context(|| format!("lead {number} waits for nobody"))?;
        for step in calendar::steps(slot).into_iter().filter(|step| *step > now) {
            let holder = shelf.steps.get(&(pro.clone(), step)).map(|(holder, _)| holder);
            ensure!(holder == Some(visit), "the time that lead {number} is asked about is not held for it");
        }
    }
    Ok(())
}

/// Every step of a visit that lies ahead is the visit's own.
fn owns_its_time(shelf: &Shelf, lead: &Lead, now: DateTime<Utc>) -> anyhow::Result<()> {
    let number = lead.number;
    let slot = lead.slot.with_context(|| format!("lead {number} has no time"))?;
    let pro = lead.pro.clone().with_context(|| format!("lead {number} has no pro"))?;
    let visit = lead.appointment.as_ref().with_context(|| format!("lead {number} has no visit"))?;
    ensure!(shelf.appointments.contains_key(visit), "the visit of lead {number} is not there");
    for step in calendar::steps(slot).into_iter().filter(|step| *step > now) {
        let taken = shelf.steps.get(&(pro.clone(), step));
        let is_own = taken.is_some_and(|(holder, _)| holder == visit);
        ensure!(is_own, "the time of lead {number} is not its own");
    }
    Ok(())
}

/// Between a visit that lies ahead and every other one of the pro there is the pause and the way, and the day has no more
/// of them than it may.
fn keeps_its_distance(shelf: &Shelf, lead: &Lead, now: DateTime<Utc>) -> anyhow::Result<()> {
    let number = lead.number;
    let (Some(visit), Some(pro)) = (&lead.appointment, &lead.pro) else { return Ok(()) };
    let visit = shelf.appointments.get(visit).context("a visit")?;
    let pro = shelf.pros.iter().find(|known| known.id == *pro).context("a pro")?;
    let rules = pro.calendar.visits.or(shelf.business.calendar.visits);
    let mut others = shelf.live_visits(&pro.id, now);
    others.retain(|other| other.id != visit.id);
    let crowd = calendar::crowd(rules, shelf.business.timezone, visit, &others);
    ensure!(crowd.is_none(), "lead {number} {}", crowd.unwrap_or_default());
    Ok(())
}

/// What must hold for everything that is said: there are words, and few enough buttons with labels that fit.
pub(super) fn message(shelf: &Shelf, message: &Outbound) -> anyhow::Result<()> {
    ensure!(!message.text.trim().is_empty(), "an empty message");
    ensure!(message.buttons.len() <= 3, "{} buttons", message.buttons.len());
    for button in &message.buttons {
        ensure!(button.payload.len() <= 200, "a payload of {} bytes", button.payload.len());
        ensure!(!button.label.trim().is_empty(), "a button without a label");
    }
    for mark in ["{$", "{ $", "{price", "{slot", "[DEAL", "undefined"] {
        ensure!(!message.text.contains(mark), "a message shows {mark}: {}", shelf.business.name);
    }
    Ok(())
}

/// Long after the last word of anybody, whoever still waits is looked after by a person, or it is their own turn.
pub(super) fn is_at_rest(lead: &Lead, shelf: &Shelf, now: DateTime<Utc>) -> anyhow::Result<()> {
    let number = lead.number;
    match lead.status {
        Status::New | Status::Rejected => {
            ensure!(lead.needs_human.is_some(), "lead {number} waits for ever as {:?}", lead.status);
        }
        Status::PendingAdminReview => ensure!(lead.needs_human.is_some(), "lead {number} waits for ever"),
        Status::Contacted => {
            let told = shelf.conversations.get(&lead.conversation).context("the chat of a lead")?;
            let is_heard = told.last_inbound_at.is_some();
            ensure!(is_heard, "the customer of lead {number} never wrote");
        }
        // The pro has not said that the work is done.
        Status::Booked => {
            ensure!(lead.slot.is_some_and(|slot| slot.to < now), "lead {number} waits for ever");
        }
        Status::Completed | Status::Closed | Status::Cancelled => {}
    }
    Ok(())
}
