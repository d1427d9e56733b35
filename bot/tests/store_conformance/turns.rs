//! Committing: everything of a turn or nothing, and no time given twice.

use crate::fixtures::*;
use agents::decision::{CalendarSeen, Note, SlotChange};
use agents::id::{AppointmentId, InboundId, LeadId};
use bot::store::documents::{Commit, Document, Expect, Settlement};
use bot::store::{Store, StoreError};
use futures::future::join_all;

fn whole_turn() -> Commit {
    Commit {
        documents: vec![new_lead("l1", 1)],
        slots: vec![hold("a1", 0, 3_600, Some(600))],
        outbox: vec![outgoing(&dana(), "o1", at(1)), outgoing(&noa(), "o2", at(1))],
        jobs: vec![delivery(&dana(), at(1)), delivery(&noa(), at(1))],
        handled: vec![InboundId::new("m1")],
        notes: vec![Note {
            key: "routed".to_owned(),
            lead: Some(LeadId::new("l1")),
            detail: "p-avi".to_owned(),
        }],
        ..Commit::default()
    }
}

pub(crate) async fn everything_of_a_turn_is_written(store: &Store) {
    accept(store, message(&dana(), "m1", "נזילה", at(0))).await;
    let job = claim(store, 0).await;
    let commit = Commit { under: Some(job), settle: Some(Settlement::Done), ..whole_turn() };
    store.commit(commit, at(1)).await.unwrap();

    let counts = store.counts().await.unwrap();
    let expected =
        [("leads", 1), ("slot_claims", 2), ("outbox", 2), ("jobs", 2), ("audit", 1), ("messages", 1)];
    for (collection, rows) in expected {
        assert_eq!(counts[collection], rows, "{collection}");
    }
    assert_eq!(store.inbox(&dana()).await.unwrap(), []);
    let noted = store.notes(10).await.unwrap();
    assert_eq!((noted[0].note.key.as_str(), noted[0].at), ("routed", at(1)));
    assert_eq!(noted[0].business, Some(business()));
}

pub(crate) async fn all_or_nothing(store: &Store) {
    accept(store, message(&dana(), "m1", "נזילה", at(0))).await;
    store.commit(slots(vec![hold("other", 1_800, 3_600, None)]), at(0)).await.unwrap();
    store.put_documents(vec![new_lead("taken", 7)], at(0)).await.unwrap();
    let before = store.counts().await.unwrap();
    let job = claim(store, 0).await;
    let turn = || Commit { under: Some(job.clone()), settle: Some(Settlement::Done), ..whole_turn() };
    let free = || Commit { slots: vec![], ..turn() };

    let refused = store.commit(turn(), at(1)).await.unwrap_err();
    assert!(matches!(refused, StoreError::SlotTaken { .. }), "{refused}");
    let twice =
        Commit { outbox: vec![outgoing(&dana(), "o1", at(1)), outgoing(&dana(), "o1", at(1))], ..free() };
    let unknown = Commit { handled: vec![InboundId::new("m1"), InboundId::new("never came")], ..free() };
    let exists = Commit { documents: vec![new_lead("l1", 1), new_lead("taken", 9)], ..free() };
    let missing = Commit {
        documents: vec![new_lead("l1", 1), (Expect::Version(1), Document::Lead(lead("nobody", 3, "new")))],
        ..free()
    };
    for commit in [twice, unknown, exists, missing] {
        let refused = store.commit(commit, at(1)).await.unwrap_err();
        assert!(matches!(refused, StoreError::Version { .. }), "{refused}");
    }
    assert_eq!(store.counts().await.unwrap(), before, "nothing of a refused turn is left");
    assert_eq!(store.inbox(&dana()).await.unwrap().len(), 1);
    store.commit(free(), at(1)).await.expect("the job is still leased");
}

pub(crate) async fn a_document_is_replaced_only_as_read(store: &Store) {
    store.put_documents(vec![new_lead("l1", 1)], at(0)).await.unwrap();
    let read = store.lead(&LeadId::new("l1")).await.unwrap().unwrap();
    assert_eq!((read.version, &read.value), (1, &lead("l1", 1, "new")));

    let booked = Document::Lead(lead("l1", 1, "booked"));
    store.put_documents(vec![(Expect::Version(1), booked.clone())], at(0)).await.unwrap();
    let refused = store.put_documents(vec![(Expect::Version(1), booked.clone())], at(0)).await.unwrap_err();
    assert!(matches!(&refused, StoreError::Version { collection: "leads", id } if id == "l1"), "{refused}");
    assert!(store.put_documents(vec![(Expect::Absent, booked)], at(0)).await.is_err());
    let read = store.lead(&LeadId::new("l1")).await.unwrap().unwrap();
    assert_eq!((read.version, read.value), (2, lead("l1", 1, "booked")));
}

pub(crate) async fn one_of_many_writers_wins(store: &Store) {
    store.put_documents(vec![new_lead("l1", 1)], at(0)).await.unwrap();
    let tasks = (0..32).map(|_| {
        let store = store.clone();
        tokio::spawn(async move {
            let booked = Document::Lead(lead("l1", 1, "booked"));
            store.put_documents(vec![(Expect::Version(1), booked)], at(0)).await.is_ok()
        })
    });
    assert_eq!(join_all(tasks).await.into_iter().filter(|won| *won.as_ref().unwrap()).count(), 1);
    assert_eq!(store.lead(&LeadId::new("l1")).await.unwrap().unwrap().version, 2);
}

pub(crate) async fn a_decision_is_committed_once(store: &Store) {
    let decision = || Commit { outbox: vec![outgoing(&dana(), "o1", at(0))], ..Commit::default() };
    store.commit(decision(), at(0)).await.unwrap();
    let refused = store.commit(decision(), at(0)).await.unwrap_err();
    assert!(matches!(refused, StoreError::Version { collection: "outbox", .. }), "{refused}");
}

pub(crate) async fn a_message_is_answered_once(store: &Store) {
    accept(store, message(&dana(), "m1", "נזילה", at(0))).await;
    let answer = || Commit { handled: vec![InboundId::new("m1")], ..Commit::default() };
    store.commit(answer(), at(0)).await.unwrap();
    let refused = store.commit(answer(), at(0)).await.unwrap_err();
    assert!(matches!(refused, StoreError::Version { collection: "messages", .. }), "{refused}");
}

pub(crate) async fn one_visit_gets_a_contested_slot(store: &Store) {
    for round in 0..20 {
        let day = round * 86_400;
        let tasks = (0..32_i64).map(|racer| {
            let store = store.clone();
            // Every length and start differs, and all of them hold the step at 09:00.
            let from = day + 7_200 - (racer % 4) * 1_800;
            let to = day + 7_200 + 1_800 * (1 + racer % 3);
            let change = hold(&format!("{round}/{racer}"), from, to, None);
            tokio::spawn(async move { store.commit(slots(vec![change]), at(0)).await })
        });
        let answers: Vec<_> = join_all(tasks).await.into_iter().map(Result::unwrap).collect();
        assert_eq!(answers.iter().filter(|answer| answer.is_ok()).count(), 1, "round {round}");
        let only_taken =
            answers.iter().all(|answer| matches!(answer, Ok(()) | Err(StoreError::SlotTaken { .. })));
        assert!(only_taken, "round {round}");
        let claims = store.claims(&[avi()], at(day), at(day + 86_400), at(0)).await.unwrap();
        assert!(
            claims.windows(2).all(|pair| pair[0].appointment == pair[1].appointment),
            "one visit has them all"
        );
    }
}

pub(crate) async fn an_expired_hold_is_free_without_cleaning(store: &Store) {
    let change = |appointment| slots(vec![hold(appointment, 0, 3_600, Some(600))]);
    store.commit(change("a1"), at(0)).await.unwrap();
    assert_eq!(store.claims(&[avi()], at(0), at(3_600), at(599)).await.unwrap().len(), 2);
    assert!(matches!(store.commit(change("a2"), at(599)).await, Err(StoreError::SlotTaken { .. })));
    assert_eq!(store.claims(&[avi()], at(0), at(3_600), at(600)).await.unwrap(), []);
    store.commit(slots(vec![hold("a2", 0, 3_600, None)]), at(600)).await.unwrap();
    let claims = store.claims(&[avi()], at(0), at(3_600), at(9_999_999)).await.unwrap();
    assert!(
        claims.iter().all(|claim| claim.appointment == AppointmentId::new("a2") && claim.until.is_none())
    );
    assert_eq!(claims.len(), 2);
}

pub(crate) async fn a_visit_takes_its_own_steps_again_and_frees_them(store: &Store) {
    store.commit(slots(vec![hold("a1", 0, 3_600, Some(600))]), at(0)).await.unwrap();
    store.commit(slots(vec![hold("a1", 0, 3_600, None)]), at(1)).await.expect("a hold becomes a booking");
    assert_eq!(store.claims(&[avi()], at(0), at(3_600), at(601)).await.unwrap().len(), 2);
    let release = SlotChange::Release { appointment: AppointmentId::new("a1") };
    store.commit(slots(vec![release, hold("a2", 1_800, 3_600, None)]), at(2)).await.unwrap();
    let claims = store.claims(&[avi()], at(0), at(3_600), at(2)).await.unwrap();
    assert_eq!(claims.iter().map(|claim| claim.step).collect::<Vec<_>>(), [at(1_800)]);
}

pub(crate) async fn a_slot_off_the_grid_takes_every_step_it_touches(store: &Store) {
    store.commit(slots(vec![hold("a1", 1_700, 3_601, None)]), at(0)).await.unwrap();
    let claims = store.claims(&[avi()], at(0), at(86_400), at(0)).await.unwrap();
    assert_eq!(claims.iter().map(|claim| claim.step).collect::<Vec<_>>(), [at(0), at(1_800), at(3_600)]);
    assert_eq!(
        store.claims(&[avi()], at(5_399), at(9_000), at(0)).await.unwrap().len(),
        1,
        "it touches the step"
    );
    assert_eq!(store.claims(&[avi()], at(5_400), at(9_000), at(0)).await.unwrap().len(), 0);
    store.commit(slots(vec![hold("a2", 5_400, 5_400, None)]), at(0)).await.unwrap();
    assert_eq!(
        store.claims(&[avi()], at(5_400), at(5_401), at(0)).await.unwrap().len(),
        1,
        "even an empty slot"
    );
}

pub(crate) async fn what_a_turn_asks_of_itself_comes_after_it(store: &Store) {
    accept(store, message(&dana(), "m1", "נזילה", at(0))).await;
    let job = claim(store, 0).await;
    let commit = Commit {
        under: Some(job),
        settle: Some(Settlement::Done),
        jobs: vec![turn(&dana(), at(50))],
        ..Commit::default()
    };
    store.commit(commit, at(1)).await.unwrap();
    nothing_due(store, 49).await;
    assert_eq!(claim(store, 50).await.attempts, 1);
}

fn seen(from: i64, to: i64, visits: &[&str]) -> CalendarSeen {
    let visits = visits.iter().map(|visit| AppointmentId::new(*visit)).collect();
    CalendarSeen { pro: avi(), from: at(from), to: at(to), visits }
}

/// A visit of half an hour with the look at the hours around it that its decision was made of.
fn with_pause(visit: &str, from: i64, visits: &[&str]) -> Commit {
    let change = hold(visit, from, from + 1_800, None);
    Commit { calendars: vec![seen(from - 3_600, from + 5_400, visits)], ..slots(vec![change]) }
}

/// B60, B65.
pub(crate) async fn a_visit_that_was_not_seen_refuses_one_too_near(store: &Store) {
    store.commit(with_pause("a1", 36_000, &[]), at(0)).await.unwrap();
    // Not at the same time, but nearer than the decision knew.
    let refused = store.commit(with_pause("a2", 39_600, &[]), at(0)).await.unwrap_err();
    assert!(matches!(refused, StoreError::SlotTaken { .. }), "{refused}");
    assert_eq!(store.claims(&[avi()], at(0), at(86_400), at(0)).await.unwrap().len(), 1);
    // It decided again, and found that there is room.
    store.commit(with_pause("a2", 39_600, &["a1"]), at(0)).await.unwrap();
    // Its own time, and what went away since, are no surprise.
    store.commit(with_pause("a2", 39_600, &["a1"]), at(0)).await.unwrap();
    let release = SlotChange::Release { appointment: AppointmentId::new("a1") };
    store.commit(slots(vec![release]), at(0)).await.unwrap();
    store.commit(with_pause("a3", 43_200, &["a1", "a2"]), at(0)).await.unwrap();
    // A hold that ran out is nobody's.
    store.commit(slots(vec![hold("a4", 72_000, 73_800, Some(600))]), at(0)).await.unwrap();
    assert!(store.commit(with_pause("a5", 73_800, &[]), at(599)).await.is_err());
    store.commit(with_pause("a5", 73_800, &[]), at(600)).await.unwrap();
}

/// B60, B65: two hundred customers want other times of one afternoon, all near one another.
pub(crate) async fn one_of_many_visits_that_are_too_near_wins(store: &Store) {
    let tasks = (0..200_i64).map(|racer| {
        let store = store.clone();
        let commit = with_pause(&format!("r{racer}"), 36_000 + (racer % 2) * 3_600, &[]);
        tokio::spawn(async move { store.commit(commit, at(0)).await })
    });
    let answers: Vec<_> = join_all(tasks).await.into_iter().map(Result::unwrap).collect();
    assert_eq!(answers.iter().filter(|answer| answer.is_ok()).count(), 1);
    let is_clean =
        |answer: &Result<(), StoreError>| matches!(answer, Ok(()) | Err(StoreError::SlotTaken { .. }));
    assert!(answers.iter().all(is_clean), "{:?}", answers.iter().find(|answer| !is_clean(answer)));
}

/// B59: a pro who closes a time and a customer who takes it never both succeed unawares.
pub(crate) async fn what_was_read_refuses_when_it_changed(store: &Store) {
    store.put_documents(vec![new_lead("l1", 1)], at(0)).await.unwrap();
    let made_of = |version| Commit {
        unchanged: vec![("leads", "l1".to_owned(), version)],
        ..with_pause("a1", 36_000, &[])
    };
    let changed = Document::Lead(lead("l1", 1, "booked"));
    store.put_documents(vec![(Expect::Version(1), changed)], at(0)).await.unwrap();
    let refused = store.commit(made_of(1), at(0)).await.unwrap_err();
    assert!(matches!(&refused, StoreError::Version { collection: "leads", id } if id == "l1"), "{refused}");
    assert_eq!(store.claims(&[avi()], at(0), at(86_400), at(0)).await.unwrap(), []);
    store.commit(made_of(2), at(0)).await.unwrap();
    assert_eq!(store.lead(&LeadId::new("l1")).await.unwrap().unwrap().version, 2, "it was only read");

    for round in 3..20_u64 {
        let day = i64::try_from(round).unwrap() * 86_400;
        let taking = Commit {
            unchanged: vec![("leads", "l1".to_owned(), round - 1)],
            ..with_pause(&format!("b{round}"), day, &[])
        };
        let closing = Commit {
            documents: vec![(Expect::Version(round - 1), Document::Lead(lead("l1", 1, "booked")))],
            calendars: vec![seen(day, day + 3_600, &[])],
            ..Commit::default()
        };
        let (one, other) = (store.clone(), store.clone());
        let taking = tokio::spawn(async move { one.commit(taking, at(0)).await });
        let closing = tokio::spawn(async move { other.commit(closing, at(0)).await });
        let (taken, closed) = (taking.await.unwrap(), closing.await.unwrap());
        assert!(taken.is_ok() != closed.is_ok(), "round {round}: {taken:?} {closed:?}");
        if closed.is_err() {
            let changed = Document::Lead(lead("l1", 1, "booked"));
            store.put_documents(vec![(Expect::Version(round - 1), changed)], at(0)).await.unwrap();
        }
    }
}
