//! What must be true after every step of every scenario, whatever the scenario is about. Each invariant is a plain
//! function over the facts of one moment, so that a broken moment can be shown to it.

use super::World;
use super::facts::{Facts, Seen};
use crate::pipeline::is_from_timer;
use crate::store::documents::{DeliveryState, OutboxRow};
use crate::store::{Store, StoreError};
use agents::calendar;
use agents::decision::Purpose;
use agents::id::ProId;
use agents::lead::{Appointment, AppointmentState, Lead, Status};
use chrono::{DateTime, Duration, Utc};
use std::collections::{BTreeMap, BTreeSet};

/// A rule about one moment: what is wrong with it, if anything.
type Invariant = fn(&Facts) -> Result<(), String>;

/// Every invariant.
const INVARIANTS: [Invariant; 10] = [
    every_message_was_committed_and_shown_once,
    no_slot_is_held_twice,
    visits_keep_their_distance,
    every_booking_owns_its_time,
    every_status_is_in_its_history,
    every_open_offer_is_watched,
    every_accepted_message_is_answered_or_has_a_turn,
    whoever_opted_out_is_left_alone,
    nobody_is_woken,
    no_figure_is_invented,
];

impl World {
    /// Checks all invariants.
    ///
    /// # Errors
    /// The first that does not hold.
    pub async fn check_invariants(&self) -> Result<(), String> {
        if self.app.store.ping().await.is_err() {
            // Nothing can be seen in a broken store; what it lost shows when it works again.
            return Ok(());
        }
        check(&self.facts().await?)
    }
}

/// Checks all invariants on a store that other processes work on, and on what people see on their phones. Those that
/// speak of work under way hold at rest only: store and phones cannot be looked at in the same instant.
///
/// # Errors
/// The first that does not hold, or why the store cannot be read.
pub async fn check_invariants(store: &Store, now: DateTime<Utc>, people: Vec<Seen>) -> Result<(), String> {
    let told = |error: StoreError| error.to_string();
    let business = store.businesses().await.map_err(told)?.into_iter().next().ok_or("no business")?.value;
    let facts = Facts::read(store, business, now, people).await.map_err(told)?;
    check(&facts)
}

/// Checks all invariants.
///
/// # Errors
/// The first that does not hold.
pub(crate) fn check(facts: &Facts) -> Result<(), String> {
    INVARIANTS.iter().try_for_each(|holds| holds(facts))
}

/// No reply without a committed turn, no message twice under one key.
fn every_message_was_committed_and_shown_once(facts: &Facts) -> Result<(), String> {
    let mut ids = BTreeMap::<&str, u32>::new();
    for id in facts.outbox.iter().filter_map(|row| row.provider_id.as_deref()) {
        *ids.entry(id).or_default() += 1;
    }
    if let Some((id, _)) = ids.iter().find(|(_, count)| **count > 1) {
        return Err(format!("two messages have the provider's id {id}"));
    }
    // What may be on a phone without its id being written down yet.
    let is_unsure = |row: &&OutboxRow| matches!(row.state, DeliveryState::Sending | DeliveryState::Unsettled);
    let unsure = facts.outbox.iter().filter(is_unsure).count();
    let mut unknown = 0;
    for (who, screen) in &facts.screens {
        let mut shown = BTreeSet::new();
        for message in screen.iter().filter(|message| !message.from_me) {
            if !shown.insert(&message.id) {
                return Err(format!("{who} got the message {} twice", message.id));
            }
            unknown += usize::from(!ids.contains_key(message.id.as_str()));
        }
    }
    if unknown > unsure {
        return Err(format!(
            "{unknown} messages on phones were never committed, only {unsure} are being settled"
        ));
    }
    Ok(())
}

/// No two booked visits of a pro overlap.
fn no_slot_is_held_twice(facts: &Facts) -> Result<(), String> {
    let booked: Vec<_> =
        facts.visits.iter().filter(|visit| visit.state == AppointmentState::Booked).collect();
    for (index, visit) in booked.iter().enumerate() {
        let clash = booked[index + 1..].iter().find(|other| {
            other.pro == visit.pro && other.slot.from < visit.slot.to && visit.slot.from < other.slot.to
        });
        if let Some(other) = clash {
            return Err(format!("{} and {} overlap", visit.id, other.id));
        }
    }
    Ok(())
}

/// Between two visits of a pro that lie ahead there is the pause and the way, and no day has more of them than it may.
fn visits_keep_their_distance(facts: &Facts) -> Result<(), String> {
    let is_live = |visit: &&Appointment| {
        matches!(visit.state, AppointmentState::Held | AppointmentState::Booked)
            && visit.slot.from >= facts.now
            && facts.claims.iter().any(|claim| claim.appointment == visit.id)
    };
    let live: Vec<&Appointment> = facts.visits.iter().filter(is_live).collect();
    for visit in &live {
        let Some(pro) = facts.pros.iter().find(|pro| pro.id == visit.pro) else { continue };
        let rules = pro.calendar.visits.or(facts.business.calendar.visits);
        let others: Vec<&Appointment> =
            live.iter().filter(|other| other.pro == visit.pro && other.id != visit.id).copied().collect();
        if let Some(broken) = calendar::crowd(rules, facts.business.timezone, visit, &others) {
            return Err(format!("{} stands too near to others: {broken}", visit.id));
        }
    }
    Ok(())
}

/// Every step of a booked visit that lies ahead belongs to it, for good.
fn every_booking_owns_its_time(facts: &Facts) -> Result<(), String> {
    let booked = facts.leads.iter().filter(|lead| lead.status == Status::Booked);
    for lead in booked.flat_map(Lead::by_visit) {
        let (Some(slot), Some(pro), Some(appointment)) = (lead.slot, &lead.pro, &lead.appointment) else {
            return Err(format!("lead {} is booked without a time, a pro or a visit", lead.number));
        };
        let ahead = calendar::steps(slot).into_iter().filter(|step| *step >= facts.now);
        for step in ahead {
            let is_owned = facts.claims.iter().any(|claim| {
                claim.pro == *pro
                    && claim.step == step
                    && claim.appointment == *appointment
                    && claim.until.is_none()
            });
            if !is_owned {
                return Err(format!("lead {} is booked, but its time is not its own", lead.number));
            }
        }
    }
    Ok(())
}

fn every_status_is_in_its_history(facts: &Facts) -> Result<(), String> {
    for lead in &facts.leads {
        if lead.history.last().map(|change| change.status) != Some(lead.status) {
            return Err(format!("the history of lead {} does not end in its status", lead.number));
        }
        let illegal = lead.history.windows(2).find(|pair| !pair[0].status.may_become(pair[1].status));
        if let Some(pair) = illegal {
            return Err(format!(
                "lead {} went from {:?} to {:?}",
                lead.number, pair[0].status, pair[1].status
            ));
        }
    }
    Ok(())
}

/// Nobody waits for ever: a lead in `new` has an open offer and a timer that looks after it, or a person does.
fn every_open_offer_is_watched(facts: &Facts) -> Result<(), String> {
    for lead in facts.leads.iter().filter(|lead| lead.status == Status::New && lead.needs_human.is_none()) {
        let Some(offer) = &lead.offer else {
            return Err(format!("lead {} waits for a pro whom nobody asked", lead.number));
        };
        if !facts.jobs.contains(&format!("offer_expired/{}/{}", lead.id, offer.round)) {
            return Err(format!("nobody looks after the offer of lead {}", lead.number));
        }
    }
    Ok(())
}

/// Nothing accepted is lost: it is handled, or a job is there that will.
fn every_accepted_message_is_answered_or_has_a_turn(facts: &Facts) -> Result<(), String> {
    match facts.waiting.iter().find(|chat| !facts.jobs.contains(&format!("turn/{chat}"))) {
        Some(chat) => Err(format!("messages wait in {chat} and no turn will answer them")),
        None => Ok(()),
    }
}

/// A STOP counts from when its turn is written: at most a lease after the turn began, which is its moment. What is being
/// handed over meanwhile cannot be called back.
const STOP_UNDER_WAY: Duration = Duration::seconds(10);

/// Nothing but answers and duty to anyone who opted out.
fn whoever_opted_out_is_left_alone(facts: &Facts) -> Result<(), String> {
    for row in facts.outbox.iter().filter(|row| row.purpose == Purpose::Update && left(row)) {
        let chat = facts.chats.iter().find(|chat| chat.id == row.conversation);
        let opted_out =
            chat.and_then(|chat| facts.contacts.get(&chat.contact)).and_then(|contact| contact.opted_out_at);
        if let Some((opted_out, tried_at)) = opted_out.zip(row.tried_at)
            && opted_out + STOP_UNDER_WAY < tried_at
        {
            return Err(format!(
                "{} went at {tried_at} to somebody who had opted out at {opted_out}",
                row.id
            ));
        }
    }
    Ok(())
}

/// What the bot has to say by itself waits until the business opens, unless something is in danger.
fn nobody_is_woken(facts: &Facts) -> Result<(), String> {
    let is_emergency = |row: &OutboxRow| {
        let lead: Option<&Lead> = facts.leads.iter().find(|lead| Some(&lead.id) == row.lead.as_ref());
        lead.is_some_and(|lead| lead.emergency)
    };
    for row in &facts.outbox {
        let Some(tried_at) = row.tried_at.filter(|_| left(row)) else { continue };
        if row.purpose == Purpose::Update
            && is_from_timer(&row.id)
            && !is_emergency(row)
            && !calendar::is_open(&facts.business.hours, facts.business.timezone, tried_at)
        {
            return Err(format!("{} went to a customer outside of business hours, at {tried_at}", row.id));
        }
    }
    Ok(())
}

/// Whether a message was handed to a provider, as far as is known.
fn left(row: &OutboxRow) -> bool {
    matches!(
        row.state,
        DeliveryState::Sending | DeliveryState::Sent | DeliveryState::Delivered | DeliveryState::Read
    )
}

/// No price in a message to anyone that is not in a price list or told by a pro, and no time off the calendar's grid.
fn no_figure_is_invented(facts: &Facts) -> Result<(), String> {
    let listed = facts.pros.iter().flat_map(|pro| pro.prices.iter()).flat_map(|price| [price.min, price.max]);
    let told = facts.leads.iter().flat_map(|lead| [lead.final_price, lead.commission]).flatten();
    let mut allowed: BTreeSet<u32> = listed.chain(told).collect();
    // Figures of a pro and of the business are sums of what was paid by the time when they were told.
    let pros = facts.pros.iter().map(|pro| Some(&pro.id));
    for whose in pros.chain([None]) {
        allowed.extend(sums_of_some(facts, whose, |lead| lead.final_price));
        allowed.extend(sums_of_some(facts, whose, |lead| lead.commission));
    }
    for (who, screen) in &facts.screens {
        for message in screen.iter().filter(|message| !message.from_me) {
            if let Some(amount) = amounts(&message.text).into_iter().find(|amount| !allowed.contains(amount))
            {
                return Err(format!(
                    "{who} was told the amount {amount}, which is in no price list:\n{}",
                    message.text
                ));
            }
            if clock_minutes(&message.text).into_iter().any(|minute| minute % 30 != 0) {
                return Err(format!("{who} was told a time that is in no calendar:\n{}", message.text));
            }
        }
    }
    Ok(())
}

/// What some of the jobs of a pro, or of the business, add up to; 0 for none of them.
fn sums_of_some(facts: &Facts, whose: Option<&ProId>, part: fn(&Lead) -> Option<u32>) -> BTreeSet<u32> {
    let is_theirs = |lead: &&Lead| whose.is_none_or(|pro| lead.pro.as_ref() == Some(pro));
    let mut sums = BTreeSet::from([0]);
    for amount in facts.leads.iter().filter(is_theirs).filter_map(part) {
        sums.extend(sums.iter().map(|sum| sum + amount).collect::<Vec<_>>());
    }
    sums
}

/// The amounts in a text: figures in front of a currency, also the first of a range.
fn amounts(text: &str) -> Vec<u32> {
    const CURRENCIES: [&str; 6] = ["₪", "ש״ח", "ש\"ח", "ILS", "شيكل", "шек"];
    let mut found = Vec::new();
    for currency in CURRENCIES {
        for (at, _) in text.match_indices(currency) {
            let before: String =
                text[..at].chars().rev().take(24).collect::<Vec<_>>().into_iter().rev().collect();
            // What stands before a comma or a colon belongs to something else, such as the number of a lead.
            let line = before.rsplit(['\n', ':', ',']).next().unwrap_or_default();
            found.extend(
                line.split(|c: char| !c.is_ascii_digit()).filter_map(|figure| figure.parse::<u32>().ok()),
            );
        }
    }
    found
}

/// The minutes of the clock times in a text.
fn clock_minutes(text: &str) -> Vec<u32> {
    let characters: Vec<char> = text.chars().collect();
    let digit = |index: usize| characters.get(index).and_then(|c| c.to_digit(10));
    (1..characters.len())
        .filter(|index| characters[*index] == ':' && digit(index - 1).is_some() && digit(index + 3).is_none())
        .filter_map(|index| Some(digit(index + 1)? * 10 + digit(index + 2)?))
        .collect()
}

#[cfg(test)]
mod tests;
