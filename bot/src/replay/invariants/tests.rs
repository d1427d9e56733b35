//! Every invariant is shown a moment that breaks it: one that cannot fail proves nothing.

#![allow(clippy::unwrap_used)]

use super::*;
use crate::replay::script;
use agents::id::{AppointmentId, OutboxId};
use agents::message::Outbound;
use chrono::Duration;

/// The moment after a booking and an open offer of a second customer, in which everything holds.
async fn moment() -> Facts {
    let story = "clock 2026-11-22 09:00\n\
        dana> יש לי נזילה במטבח בתל אביב, הרצל 10 קומה 3 דירה 12, שמי דנה\n\
        dana> 2\n\
        avi> אשר\n\
        yossi> יש לי נזילה במטבח בתל אביב, הרצל 12 קומה 3 דירה 12, שמי יוסי\n\
        yossi> 1\n";
    let steps = script::parse(story).unwrap();
    let mut world = World::start(&steps).await.unwrap();
    for (_, step) in &steps {
        world.step(step).await.unwrap();
    }
    world.check_invariants().await.unwrap();
    let facts = world.facts().await.unwrap();
    world.stop().await;
    let statuses: Vec<Status> = facts.leads.iter().map(|lead| lead.status).collect();
    assert!(statuses.contains(&Status::Booked) && statuses.contains(&Status::New), "{statuses:?}");
    facts
}

fn broken(facts: &Facts, change: impl FnOnce(&mut Facts)) -> Vec<String> {
    let mut changed = facts.clone();
    change(&mut changed);
    INVARIANTS.iter().filter_map(|holds| holds(&changed).err()).collect()
}

#[track_caller]
fn fails_with(problems: &[String], expected: &str) {
    assert!(problems.iter().any(|problem| problem.contains(expected)), "no `{expected}` in {problems:?}");
}

fn booked(facts: &mut Facts) -> &mut Lead {
    facts.leads.iter_mut().find(|lead| lead.status == Status::Booked).unwrap()
}

fn offered(facts: &mut Facts) -> &mut Lead {
    facts.leads.iter_mut().find(|lead| lead.status == Status::New).unwrap()
}

/// The booking's news to the customer, as a timer would have sent it.
fn news(facts: &mut Facts) -> &mut OutboxRow {
    facts.outbox.iter_mut().find(|row| row.purpose == Purpose::Update).unwrap()
}

#[tokio::test]
async fn every_invariant_can_fail() {
    let facts = moment().await;
    assert_eq!(broken(&facts, |_| {}), Vec::<String>::new());

    let problems = broken(&facts, |facts| {
        let id = facts.outbox[0].provider_id.clone();
        facts.outbox[1].provider_id = id;
    });
    fails_with(&problems, "two messages have the provider's id");

    let problems = broken(&facts, |facts| {
        let screen = &mut facts.screens.iter_mut().find(|(who, _)| who == "dana").unwrap().1;
        let message = screen.iter().find(|message| !message.from_me).unwrap().clone();
        screen.push(message);
    });
    fails_with(&problems, "twice");

    let problems = broken(&facts, |facts| {
        facts.outbox.pop();
    });
    fails_with(&problems, "never committed");

    let problems = broken(&facts, |facts| {
        let mut other =
            facts.visits.iter().find(|visit| visit.state == AppointmentState::Booked).unwrap().clone();
        other.id = AppointmentId::new("other");
        other.slot.from += Duration::minutes(30);
        facts.visits.push(other);
    });
    fails_with(&problems, "overlap");

    let problems = broken(&facts, |facts| {
        let rules = &mut facts.business.calendar.visits;
        rules.buffer_after_minutes = Some(24 * 60);
    });
    fails_with(&problems, "too near to others: conflict");
    let problems = broken(&facts, |facts| facts.business.calendar.visits.max_visits_a_day = Some(1));
    fails_with(&problems, "too near to others: day_full");

    let problems = broken(&facts, |facts| facts.claims.clear());
    fails_with(&problems, "its time is not its own");
    let problems = broken(&facts, |facts| booked(facts).slot = None);
    fails_with(&problems, "booked without a time");

    let problems = broken(&facts, |facts| {
        booked(facts).history.pop();
    });
    fails_with(&problems, "does not end in its status");
    let problems = broken(&facts, |facts| booked(facts).history[0].status = Status::Completed);
    fails_with(&problems, "went from");

    let problems = broken(&facts, |facts| facts.jobs.clear());
    fails_with(&problems, "nobody looks after the offer");
    let problems = broken(&facts, |facts| offered(facts).offer = None);
    fails_with(&problems, "whom nobody asked");

    let problems = broken(&facts, |facts| {
        let chat = facts.chats[0].id.clone();
        facts.waiting.push(chat);
    });
    fails_with(&problems, "no turn will answer");

    let problems = broken(&facts, |facts| {
        let early = facts.now - Duration::days(1);
        facts.contacts.values_mut().for_each(|contact| contact.opted_out_at = Some(early));
    });
    fails_with(&problems, "opted out");

    let problems = broken(&facts, |facts| {
        let night = facts.now + Duration::hours(16);
        let row = news(facts);
        row.id = OutboxId::new(format!("timer.{}", row.id));
        row.tried_at = Some(night);
    });
    fails_with(&problems, "outside of business hours");

    let say = |facts: &mut Facts, text: &str| {
        let screen = &mut facts.screens.iter_mut().find(|(who, _)| who == "dana").unwrap().1;
        screen.iter_mut().find(|message| !message.from_me).unwrap().text = Outbound::text(text).text;
    };
    let problems = broken(&facts, |facts| say(facts, "המחיר 77 ש״ח"));
    fails_with(&problems, "in no price list");
    let problems = broken(&facts, |facts| say(facts, "מחר בשעה 14:17"));
    fails_with(&problems, "in no calendar");
}

#[test]
fn amounts_and_times_are_found_in_texts() {
    assert_eq!(amounts("תיקון נזילה: 250 עד 450 ש״ח. עוד 3 דברים"), [250, 450]);
    assert_eq!(amounts("קומה 3"), Vec::<u32>::new());
    assert_eq!(clock_minutes("בשעה 14:00 או 9:30, יחס 1:2"), [0, 30]);
}
