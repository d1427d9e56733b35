//! Statuses: in any order, repeated, too early, about nobody's message; and never a step back.

use crate::fixtures::*;
use DeliveryState::{Delivered, Failed, Read, Sending, Sent, Suppressed, Unsettled};
use agents::id::OutboxId;
use agents::message::Channel;
use bot::store::Store;
use bot::store::documents::{Commit, DeliveryState, OutboxRow, Recorded, Settlement, StatusEvent};

fn status(state: DeliveryState, provider_id: &str) -> StatusEvent {
    StatusEvent {
        channel: Channel::Meta,
        provider_id: provider_id.to_owned(),
        outbox: None,
        state,
        reason: (state == Failed).then(|| "meta_131026".to_owned()),
        at: at(9),
    }
}

async fn put(store: &Store, row: OutboxRow) {
    store.commit(Commit { outbox: vec![row], ..Commit::default() }, at(0)).await.unwrap();
}

fn sent(id: &str) -> OutboxRow {
    OutboxRow { provider_id: Some(format!("wamid.{id}")), ..in_state(&outgoing(&dana(), id, at(0)), Sent) }
}

async fn state(store: &Store, id: &str) -> DeliveryState {
    store.outbox_by_id(&OutboxId::new(id)).await.unwrap().unwrap().state
}

pub(crate) async fn in_any_order_and_repeated(store: &Store) {
    put(store, sent("one")).await;
    let events = [Read, Sent, Delivered, Read].map(|state| status(state, "wamid.one"));
    let recorded = store.record_statuses(events.to_vec(), at(10)).await.unwrap();
    let Recorded::Changed { from: Sent, row } = &recorded[0] else { panic!("{recorded:?}") };
    assert_eq!(row.state, Read);
    assert_eq!(recorded[1..], [Recorded::Unchanged, Recorded::Unchanged, Recorded::Unchanged]);
    assert_eq!(state(store, "one").await, Read);
    nothing_due(store, 1_000).await;
}

pub(crate) async fn a_message_in_flight_is_settled_and_its_lane_due(store: &Store) {
    let row = outgoing(&dana(), "one", at(0));
    let job = lane(store, vec![row.clone(), outgoing(&dana(), "two", at(0))]).await;
    store.update_outbox(&job, in_state(&row, Sending), at(1)).await.unwrap();
    // The sender dies here. The provider gives our id back.
    let event = StatusEvent { outbox: Some(row.id.clone()), ..status(Delivered, "wamid.one") };
    let recorded = store.record_statuses(vec![event], at(2)).await.unwrap();
    assert!(matches!(recorded[0], Recorded::Changed { from: Sending, .. }));
    let found = store.outbox_by_provider_id(Channel::Meta, "wamid.one").await.unwrap().unwrap();
    assert_eq!((found.id.as_str(), found.state), ("one", Delivered));

    // The sender was only slow: what it writes does not take the message back, and the lane is looked at again.
    let slow = OutboxRow { provider_id: Some("wamid.one".to_owned()), ..in_state(&row, Sent) };
    let row = store.record_sent(&job, slow, true, at(3)).await.unwrap();
    assert_eq!(row.state, Delivered);
    assert_eq!(claim(store, 3).await.kind.id(), "deliver/c-dana");
    assert_eq!(may_leave(store.lane(&dana(), at(3)).await.unwrap()).unwrap().id, OutboxId::new("two"));
}

pub(crate) async fn an_unsettled_message_is_settled(store: &Store) {
    for (id, told) in [("good", Sent), ("bad", Failed)] {
        put(store, in_state(&outgoing(&dana(), id, at(0)), Unsettled)).await;
        let event = StatusEvent { outbox: Some(OutboxId::new(id)), ..status(told, &format!("wamid.{id}")) };
        let recorded = store.record_statuses(vec![event], at(2)).await.unwrap();
        let Recorded::Changed { from: Unsettled, row } = &recorded[0] else { panic!("{recorded:?}") };
        assert_eq!((row.state, row.reason.is_some()), (told, told == Failed));
        let job = claim(store, 2).await;
        store.settle(&job, Settlement::Done, at(2)).await.unwrap();
    }
}

pub(crate) async fn before_the_answer_was_written_down(store: &Store) {
    let row = outgoing(&dana(), "one", at(0));
    let job = lane(store, vec![row.clone()]).await;
    let sending = in_state(&row, Sending);
    store.update_outbox(&job, sending.clone(), at(1)).await.unwrap();
    let events = [Delivered, Sent].map(|state| status(state, "wamid.one"));
    let recorded = store.record_statuses(events.to_vec(), at(1)).await.unwrap();
    assert_eq!(recorded, [Recorded::Unknown, Recorded::Unknown]);

    let answered = OutboxRow { provider_id: Some("wamid.one".to_owned()), ..in_state(&row, Sent) };
    let written = store.record_sent(&job, answered, false, at(2)).await.unwrap();
    assert_eq!(written.state, Delivered, "the furthest that was told");
    assert_eq!(state(store, "one").await, Delivered);
    assert_eq!(store.counts().await.unwrap()["early_statuses"], 0);
}

pub(crate) async fn at_the_moment_of_the_answer(store: &Store) {
    for round in 0..30 {
        let (id, provider_id) = (format!("o{round}"), format!("wamid.{round}"));
        let row = outgoing(&dana(), &id, at(0));
        let job = lane(store, vec![row.clone()]).await;
        store.update_outbox(&job, in_state(&row, Sending), at(1)).await.unwrap();
        let answered = OutboxRow { provider_id: Some(provider_id.clone()), ..in_state(&row, Sent) };
        let (written, told) = futures::join!(
            store.record_sent(&job, answered, true, at(2)),
            store.record_statuses(vec![status(Delivered, &provider_id)], at(2)),
        );
        let told = told.unwrap();
        let knows = written.unwrap().state == Delivered || matches!(told[0], Recorded::Changed { .. });
        assert!(knows, "one of the two tells its caller that it was delivered");
        assert_eq!(state(store, &id).await, Delivered, "whoever was first");
    }
    assert_eq!(store.counts().await.unwrap()["early_statuses"], 0);
}

pub(crate) async fn unknown_ones_are_reported(store: &Store) {
    let nobodys = StatusEvent { outbox: Some(OutboxId::new("nothing")), ..status(Read, "wamid.nothing") };
    let events = vec![nobodys.clone(), status(Read, "wamid.other"), nobodys];
    let recorded = store.record_statuses(events, at(1)).await.unwrap();
    assert_eq!(recorded, [Recorded::Unknown, Recorded::Unknown, Recorded::Unknown]);
    assert_eq!(store.counts().await.unwrap()["early_statuses"], 2);
    for chunk in 0..30 {
        let many = (0..50).map(|n| status(Read, &format!("{chunk}/{n}"))).collect();
        store.record_statuses(many, at(2 + chunk)).await.unwrap();
    }
    assert_eq!(store.counts().await.unwrap()["early_statuses"], 1_000, "the oldest go");
}

pub(crate) async fn a_failure_does_not_undo_a_delivery(store: &Store) {
    put(store, sent("one")).await;
    put(store, sent("two")).await;
    put(store, in_state(&outgoing(&dana(), "three", at(0)), Suppressed)).await;
    let events =
        vec![status(Delivered, "wamid.one"), status(Failed, "wamid.one"), status(Failed, "wamid.two")];
    store.record_statuses(events, at(1)).await.unwrap();
    let late = StatusEvent { outbox: Some(OutboxId::new("three")), ..status(Sent, "wamid.three") };
    let recorded = store.record_statuses(vec![status(Read, "wamid.two"), late], at(2)).await.unwrap();
    assert_eq!(recorded, [Recorded::Unchanged, Recorded::Unchanged]);
    assert_eq!(state(store, "one").await, Delivered);
    assert_eq!(state(store, "two").await, Failed, "final");
    assert_eq!(state(store, "three").await, Suppressed, "final");
}
