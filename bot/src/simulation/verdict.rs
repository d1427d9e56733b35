//! What must be true of a world: during the story the invariants of every moment, and at rest that nothing was lost,
//! doubled, mixed up or left waiting. What arrived is told by the phones, not by our own records.

use super::director::Director;
use crate::replay::facts::{Facts, Seen};
use crate::replay::invariants;
use crate::store::documents::DeliveryState;
use agents::calendar;
use agents::decision::Purpose;
use agents::lead::{AppointmentState, Lead, Status};
use chrono::{DateTime, Duration, Utc};
use futures::FutureExt;
use std::collections::{BTreeMap, BTreeSet};

/// What is so in a world now.
fn facts(world: &Director) -> Result<Facts, String> {
    let unhindered = "nobody hinders the director's looking";
    let businesses = world.store.businesses().now_or_never().ok_or(unhindered)?;
    let business = businesses.map_err(|error| error.to_string())?.into_iter().next().ok_or("no business")?;
    let accounts = &world.config.accounts;
    let seen = world.people.iter().map(|person| Seen {
        who: person.name.to_owned(),
        places: accounts.iter().map(|account| account.place_of(&format!("+{}", person.phone))).collect(),
        screen: person.screen(&world.stage),
    });
    Facts::read(&world.store, business.value, world.stage.now(), seen.collect())
        .now_or_never()
        .ok_or(unhindered)?
        .map_err(|error| error.to_string())
}

/// Checked again and again while the world runs.
pub(super) fn during(world: &Director) -> Result<(), String> {
    let facts = facts(world)?;
    nothing_arrived_twice(world)?;
    messages_are_where_they_belong(world, &facts)?;
    invariants::check(&facts)
}

/// Checked when nothing is left to do.
pub(super) fn at_rest(world: &Director) -> Result<(), String> {
    let facts = facts(world)?;
    for (status, count) in count_of(&facts) {
        for _ in 0..count {
            world.stage.count(status);
        }
    }
    during(world)?;
    nothing_is_lost(world)?;
    every_message_of_ours_has_an_end(world, &facts)?;
    no_work_is_left(world, &facts)?;
    nobody_waits_for_ever(&facts)?;
    no_message_is_answered_twice(world)?;
    no_history_is_rewritten(world)?;
    visits_and_leads_agree(&facts)?;
    every_visit_has_all_its_time(world, &facts)
}

/// How leads ended, for the tally.
fn count_of(facts: &Facts) -> BTreeMap<&'static str, u32> {
    let mut counts = BTreeMap::new();
    for lead in &facts.leads {
        let name = match lead.status {
            Status::Contacted => "lead ends contacted",
            Status::New => "lead ends new",
            Status::Booked => "lead ends booked",
            Status::Completed => "lead ends completed",
            Status::Closed => "lead ends closed",
            Status::Rejected => "lead ends rejected",
            Status::Cancelled => "lead ends cancelled",
            Status::PendingAdminReview => "lead ends with a person",
        };
        *counts.entry(name).or_default() += 1;
        for change in &lead.history {
            if change.status == Status::Booked {
                *counts.entry("lead booked").or_default() += 1;
            }
        }
    }
    for row in &facts.outbox {
        let name = match row.state {
            DeliveryState::Queued => "message ends queued",
            DeliveryState::Sending => "message ends sending",
            DeliveryState::Sent => "message ends sent",
            DeliveryState::Delivered => "message ends delivered",
            DeliveryState::Read => "message ends read",
            DeliveryState::Failed => "message ends failed",
            DeliveryState::Suppressed => "message ends suppressed",
            DeliveryState::Unsettled => "message ends unsettled",
        };
        *counts.entry(name).or_default() += 1;
    }
    counts
}

/// A message of a person in a post that was answered with 200 is durable, and at rest it is handled.
fn nothing_is_lost(world: &Director) -> Result<(), String> {
    let accepted: BTreeMap<String, bool> =
        world.database.accepted().map_err(|error| error.to_string())?.into_iter().collect();
    for id in &world.taken {
        // Stored under the channel and the provider's id.
        match accepted.iter().find(|(stored, _)| stored.ends_with(id.as_str())) {
            None => return Err(format!("the message {id} was taken with 200 and is not stored")),
            Some((_, false)) => return Err(format!("the message {id} was taken with 200 and never handled")),
            Some((_, true)) => {}
        }
    }
    Ok(())
}

/// Under one key of ours at most one message arrived on a phone. Meta is given our key with every message.
fn nothing_arrived_twice(world: &Director) -> Result<(), String> {
    let state = crate::replay::net::locked(&world.stage.state);
    match state.arrived.iter().find(|(_, count)| **count > 1) {
        Some((id, count)) => Err(format!("{id} arrived {count} times")),
        None => Ok(()),
    }
}

/// A bubble on a phone belongs to the chat of that phone, was not sent to somebody who had opted out, and holds no
/// words that belong to another customer. What is on a phone without a row that knows it is at most what is unsure there.
fn messages_are_where_they_belong(world: &Director, facts: &Facts) -> Result<(), String> {
    let rows: BTreeMap<&str, _> =
        facts.outbox.iter().filter_map(|row| Some((row.provider_id.as_deref()?, row))).collect();
    let chats: BTreeMap<_, _> = facts.chats.iter().map(|chat| (&chat.id, chat)).collect();
    for (person, (_, screen)) in world.people.iter().zip(&facts.screens) {
        let digits = |text: &str| text.chars().filter(char::is_ascii_digit).collect::<String>();
        let mut unknown = Vec::new();
        for bubble in screen.iter().filter(|bubble| !bubble.from_me) {
            let Some(row) = rows.get(bubble.id.as_str()) else {
                unknown.push(bubble);
                continue;
            };
            let chat = chats.get(&row.conversation).ok_or("a message without a chat")?;
            if digits(&chat.place.address) != person.phone {
                return Err(format!("{} got {}, which is for somebody else", person.name, row.id));
            }
            let opted_out = facts.contacts.get(&chat.contact).and_then(|contact| contact.opted_out_at);
            let arrived = DateTime::from_timestamp_millis(bubble.at_ms).unwrap_or(facts.now);
            // What was handed over before the word was read may arrive a moment after it.
            if row.purpose == Purpose::Update
                && opted_out.is_some_and(|at| at + Duration::minutes(3) < arrived)
                && row.tried_at.zip(opted_out).is_some_and(|(tried, at)| at < tried)
            {
                return Err(format!("{} got {} after opting out", person.name, row.id));
            }
            let others = world.people.iter().filter(|other| other.is_customer() && other.name != person.name);
            for other in others.filter(|_| person.is_customer()) {
                if bubble.text.contains(&other.street) || digits(&bubble.text).contains(&other.phone[3..]) {
                    return Err(format!("{} was told where {} lives: {}", person.name, other.name, row.id));
                }
            }
        }
        let unsure = facts.outbox.iter().filter(|row| {
            matches!(row.state, DeliveryState::Sending | DeliveryState::Unsettled)
                && chats
                    .get(&row.conversation)
                    .is_some_and(|chat| digits(&chat.place.address) == person.phone)
        });
        let texts: Vec<&str> = unsure.map(|row| row.message.text.as_str()).collect();
        if unknown.len() > texts.len() {
            let text = unknown.last().map(|bubble| bubble.text.as_str()).unwrap_or_default();
            return Err(format!(
                "{} got a message that nobody decided, or one of them twice: {text}",
                person.name
            ));
        }
    }
    Ok(())
}

/// Everything that was decided was sent, or is known not to be, or a person looks.
fn every_message_of_ours_has_an_end(world: &Director, facts: &Facts) -> Result<(), String> {
    let now = world.stage.now();
    for row in &facts.outbox {
        let waits = row.not_before.is_some_and(|not_before| not_before > now);
        if matches!(row.state, DeliveryState::Queued | DeliveryState::Sending) && !waits {
            return Err(format!(
                "{} of {} for {:?} is {:?} at rest: {:?}",
                row.id, row.created_at, row.not_before, row.state, row.reason
            ));
        }
        if matches!(row.state, DeliveryState::Failed | DeliveryState::Unsettled) {
            let lead = facts.leads.iter().find(|lead| Some(&lead.id) == row.lead.as_ref());
            let chat = facts.chats.iter().find(|chat| chat.id == row.conversation);
            // A lead may have been looked at and gone on since.
            let is_seen = match lead {
                Some(lead) => lead.needs_human.is_some() || went_on_since(lead, row.created_at),
                None => chat.is_none_or(|chat| chat.needs_human.is_some()),
            };
            if !is_seen {
                return Err(format!(
                    "{} of lead {:?} did not arrive ({:?}), and nobody is told",
                    row.id,
                    lead.map(|lead| lead.number),
                    row.reason
                ));
            }
        }
    }
    Ok(())
}

fn went_on_since(lead: &Lead, moment: DateTime<Utc>) -> bool {
    !lead.status.is_open() || lead.history.last().is_some_and(|change| change.at > moment)
}

fn no_work_is_left(world: &Director, facts: &Facts) -> Result<(), String> {
    let now = world.stage.now();
    if let Some(due) = world.next_work()?.filter(|due| *due <= now) {
        return Err(format!("work that was due at {due} is not done: {:?}", facts.jobs));
    }
    if !world.tasks.is_empty() {
        return Err(format!("{} futures never ended", world.tasks.len()));
    }
    Ok(())
}

/// Every open lead is somebody's move: a person's who was asked last, a timer's, or an operator's.
fn nobody_waits_for_ever(facts: &Facts) -> Result<(), String> {
    for lead in facts.leads.iter().filter(|lead| lead.status.is_open() && lead.needs_human.is_none()) {
        let has_job = facts.jobs.iter().any(|job| job.contains(lead.id.as_str()));
        let is_somebodys_move = match lead.status {
            // The customer was answered last: see that nothing of theirs waits.
            Status::Contacted => !facts.waiting.contains(&lead.conversation),
            // However long ago the visit was, somebody is asked about it next, or a person was told above.
            Status::Booked => lead.appointment.as_ref().is_some_and(|visit| {
                let asks = format!("visit_over/{visit}/");
                facts.jobs.iter().any(|job| job.starts_with(&asks))
            }),
            Status::New | Status::Rejected | Status::PendingAdminReview => has_job,
            Status::Completed | Status::Closed | Status::Cancelled => true,
        };
        if !is_somebodys_move {
            return Err(format!("lead {} is {:?} and nobody looks after it", lead.number, lead.status));
        }
    }
    Ok(())
}

/// A booked visit, also one that is over, has each of its steps to itself.
fn every_visit_has_all_its_time(world: &Director, facts: &Facts) -> Result<(), String> {
    let pros: Vec<_> = facts.pros.iter().map(|pro| pro.id.clone()).collect();
    let long_ago = facts.now - Duration::days(60);
    let claims = world
        .store
        .claims(&pros, long_ago, facts.now + Duration::days(60), long_ago)
        .now_or_never()
        .ok_or("nobody hinders this")?
        .map_err(|error| error.to_string())?;
    let taken: BTreeSet<_> =
        claims.iter().map(|claim| (&claim.pro, claim.step, &claim.appointment)).collect();
    for visit in facts.visits.iter().filter(|visit| visit.state == AppointmentState::Booked) {
        for step in calendar::steps(visit.slot) {
            if !taken.contains(&(&visit.pro, step, &visit.id)) {
                return Err(format!("the booked visit {} does not have the time {step}", visit.id));
            }
        }
    }
    Ok(())
}

/// However often a provider repeats a message, one turn handles it.
fn no_message_is_answered_twice(world: &Director) -> Result<(), String> {
    let handled = world.database.handled().map_err(|error| error.to_string())?;
    match handled.iter().find(|(_, times)| *times > 1) {
        Some((id, times)) => Err(format!("the message {id} was answered {times} times")),
        None => Ok(()),
    }
}

/// What a lead went through is only ever added to: who writes over somebody else's step loses it.
fn no_history_is_rewritten(world: &Director) -> Result<(), String> {
    let mut before = BTreeMap::new();
    for lead in world.database.forms_of_leads().map_err(|error| error.to_string())? {
        let history = lead.history;
        let earlier: Option<&Vec<_>> = before.get(&lead.id);
        if earlier.is_some_and(|earlier| !history.starts_with(earlier)) {
            return Err(format!("a step of the history of lead {} was written over", lead.number));
        }
        before.insert(lead.id, history);
    }
    Ok(())
}

/// A visit that somebody comes to is the visit of a lead that is booked, and the other way round.
fn visits_and_leads_agree(facts: &Facts) -> Result<(), String> {
    for visit in facts.visits.iter().filter(|visit| visit.state == AppointmentState::Booked) {
        let lead = facts.leads.iter().find(|lead| lead.id == visit.lead);
        let expects = lead.is_some_and(|lead| {
            lead.status == Status::Booked && lead.appointment.as_ref() == Some(&visit.id)
        });
        if !expects {
            let status = lead.map(|lead| lead.status);
            return Err(format!("the visit {} is booked, its lead is {status:?}", visit.id));
        }
    }
    for lead in facts.leads.iter().filter(|lead| lead.status == Status::Booked) {
        let visit = facts.visits.iter().find(|visit| Some(&visit.id) == lead.appointment.as_ref());
        if visit.map(|visit| visit.state) != Some(AppointmentState::Booked) {
            return Err(format!("lead {} is booked, its visit is not", lead.number));
        }
    }
    Ok(())
}
