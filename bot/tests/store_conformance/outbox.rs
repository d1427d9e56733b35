//! Lanes: the messages of a chat leave in the order in which they were decided, and each only once.

use crate::fixtures::*;
use agents::id::{BusinessId, ConversationId, LeadId, OutboxId};
use agents::message::Channel;
use bot::store::documents::{Commit, DeliveryState, Document, Expect, OutboxRow, Settlement};
use bot::store::{Store, StoreError};

async fn next(store: &Store, seconds: i64) -> Option<String> {
    let row = may_leave(store.lane(&dana(), at(seconds)).await.unwrap());
    row.map(|row| row.id.to_string())
}

pub(crate) async fn a_lane_goes_in_order(store: &Store) {
    let rows = ["z", "a", "m"].map(|id| outgoing(&dana(), id, at(0)));
    let job = lane(store, [rows.to_vec(), vec![outgoing(&noa(), "other", at(0))]].concat()).await;
    for row in &rows {
        assert_eq!(next(store, 0).await.as_deref(), Some(row.id.as_str()));
        store.update_outbox(&job, in_state(row, DeliveryState::Sending), at(1)).await.unwrap();
        store.update_outbox(&job, in_state(row, DeliveryState::Sent), at(1)).await.unwrap();
    }
    assert_eq!(next(store, 0).await, None);
    assert_eq!(store.lane(&dana(), at(0)).await.unwrap().due, None);
    assert_eq!(store.lane(&noa(), at(0)).await.unwrap().due, Some(at(0)));
}

pub(crate) async fn a_later_message_waits_for_one_that_is_being_sent(store: &Store) {
    let rows = ["one", "two"].map(|id| outgoing(&dana(), id, at(0)));
    let job = lane(store, rows.to_vec()).await;
    let sending = in_state(&rows[0], DeliveryState::Sending);
    store.update_outbox(&job, sending.clone(), at(1)).await.unwrap();
    assert_eq!(next(store, 1).await, None);
    assert_eq!(store.outbox_sending(&dana()).await.unwrap(), [sending]);
    store.update_outbox(&job, in_state(&rows[0], DeliveryState::Unsettled), at(1)).await.unwrap();
    store.settle(&job, Settlement::Done, at(1)).await.unwrap();
    assert_eq!(next(store, 1).await.as_deref(), Some("two"));
    assert_eq!(store.counts().await.unwrap()["jobs"], 0, "the lane's job was settled");
}

pub(crate) async fn messages_of_unknown_fate_are_counted(store: &Store) {
    let about =
        |id: &str, lead: &str| OutboxRow { lead: Some(LeadId::new(lead)), ..outgoing(&dana(), id, at(0)) };
    let rows =
        [about("one", "l1"), about("two", "l1"), about("three", "l2"), outgoing(&dana(), "four", at(0))];
    let job = lane(store, rows.to_vec()).await;
    for row in &rows {
        store.update_outbox(&job, in_state(row, DeliveryState::Unsettled), at(1)).await.unwrap();
    }
    let of = async |lead: &str| store.count_unsettled(&business(), Some(&LeadId::new(lead))).await.unwrap();
    assert_eq!((of("l1").await, of("l2").await, of("l3").await), (2, 1, 0));
    assert_eq!(store.count_unsettled(&business(), None).await.unwrap(), 4);
    let elsewhere = BusinessId::new("elsewhere");
    assert_eq!(store.count_unsettled(&elsewhere, None).await.unwrap(), 0);
}

pub(crate) async fn a_message_is_held_until_its_time(store: &Store) {
    let held = OutboxRow { not_before: Some(at(100)), ..outgoing(&dana(), "held", at(0)) };
    lane(store, vec![held]).await;
    assert_eq!(next(store, 99).await, None);
    assert_eq!(store.lane(&dana(), at(0)).await.unwrap().due, Some(at(100)));
    assert_eq!(next(store, 100).await.as_deref(), Some("held"));
}

pub(crate) async fn a_lane_that_was_lost_writes_nothing(store: &Store) {
    let row = outgoing(&dana(), "one", at(0));
    let job = lane(store, vec![row.clone()]).await;
    let refused = store.update_outbox(&job, in_state(&row, DeliveryState::Sending), at(60)).await;
    assert!(matches!(refused, Err(StoreError::LeaseLost { .. })));
    assert_eq!(store.outbox_by_id(&row.id).await.unwrap(), Some(row));
    assert_eq!(store.outbox_by_id(&OutboxId::new("nothing")).await.unwrap(), None);
}

pub(crate) async fn a_message_is_marked_by_one(store: &Store) {
    let row = outgoing(&dana(), "one", at(0));
    let job = lane(store, vec![row.clone()]).await;
    let marked = store.mark_sending(&job, &row, Some("reminder".to_owned()), at(1)).await.unwrap();
    let expected = OutboxRow {
        attempts: 1,
        tried_at: Some(at(1)),
        template: Some("reminder".to_owned()),
        ..in_state(&row, DeliveryState::Sending)
    };
    assert_eq!(marked, expected);
    assert_eq!(store.outbox_by_id(&row.id).await.unwrap().as_ref(), Some(&marked));
    let again = store.mark_sending(&job, &row, None, at(2)).await;
    assert!(matches!(again, Err(StoreError::Version { .. })), "{again:?}");
    assert_eq!(store.outbox_by_id(&row.id).await.unwrap().as_ref(), Some(&marked));

    store.unmark(&marked, &row).await.unwrap();
    assert_eq!(
        store.outbox_by_id(&row.id).await.unwrap().as_ref(),
        Some(&row),
        "as if it had not been tried"
    );
    assert_eq!(next(store, 3).await.as_deref(), Some("one"));
    // What somebody found out stands.
    let marked = store.mark_sending(&job, &row, None, at(4)).await.unwrap();
    let queued = store.update_outbox(&job, in_state(&marked, DeliveryState::Queued), at(5)).await.unwrap();
    let late = store.unmark(&marked, &row).await;
    assert!(matches!(late, Err(StoreError::Version { .. })), "{late:?}");
    assert_eq!(store.outbox_by_id(&row.id).await.unwrap(), Some(queued));
}

pub(crate) async fn who_lost_a_lane_does_not_mark_what_another_one_marked(store: &Store) {
    let row = outgoing(&dana(), "one", at(0));
    let late = lane(store, vec![row.clone()]).await;
    let holder = claim(store, 60).await;
    // Where the lease is not asked the mark is taken back, and until then nobody else can mark.
    match store.mark_sending(&late, &row, None, at(60)).await {
        Err(StoreError::LeaseLost { .. }) => {}
        marked => {
            let refused = store.mark_sending(&holder, &row, None, at(60)).await;
            assert!(matches!(refused, Err(StoreError::Version { .. })), "{refused:?}");
            store.unmark(&marked.unwrap(), &row).await.unwrap();
        }
    }
    let marked = store.mark_sending(&holder, &row, None, at(61)).await.unwrap();
    let refused = store.mark_sending(&late, &row, None, at(61)).await;
    assert!(matches!(refused, Err(StoreError::LeaseLost { .. })), "{refused:?}");
    assert_eq!(store.outbox_by_id(&row.id).await.unwrap(), Some(marked));
}

pub(crate) async fn that_a_message_was_taken_is_not_lost_with_a_lease(store: &Store) {
    let row = outgoing(&dana(), "one", at(0));
    let late = lane(store, vec![row.clone()]).await;
    let marked = store.mark_sending(&late, &row, None, at(1)).await.unwrap();
    let holder = claim(store, 60).await;
    let sent = OutboxRow { provider_id: Some("w1".to_owned()), ..in_state(&marked, DeliveryState::Sent) };
    let told = store.record_sent(&late, sent.clone(), true, at(61)).await;
    assert!(matches!(told, Err(StoreError::LeaseLost { .. })), "{told:?}");
    assert_eq!(store.outbox_by_id(&row.id).await.unwrap().as_ref(), Some(&sent));
    // What the holder found out too late does not undo it.
    let queued = in_state(&marked, DeliveryState::Queued);
    assert_eq!(store.update_outbox(&holder, queued, at(62)).await.unwrap().state, DeliveryState::Sent);
    assert_eq!(store.counts().await.unwrap()["jobs"], 1, "its job is the holder's to settle");
    store.settle(&holder, Settlement::Done, at(62)).await.unwrap();
}

pub(crate) async fn the_last_of_a_lane_ends_its_job(store: &Store) {
    let rows = ["one", "two"].map(|id| outgoing(&dana(), id, at(0)));
    let job = lane(store, rows.to_vec()).await;
    let sent = |row: &OutboxRow| OutboxRow {
        provider_id: Some(format!("w-{}", row.id)),
        ..in_state(row, DeliveryState::Sent)
    };
    let marked = store.mark_sending(&job, &rows[0], None, at(1)).await.unwrap();
    store.record_sent(&job, sent(&marked), false, at(1)).await.unwrap();
    assert_eq!(store.counts().await.unwrap()["jobs"], 1, "something waits still");
    let marked = store.mark_sending(&job, &rows[1], None, at(2)).await.unwrap();
    let row = store.record_sent(&job, sent(&marked), true, at(2)).await.unwrap();
    assert_eq!((row.state, row.provider_id.as_deref()), (DeliveryState::Sent, Some("w-two")));
    assert_eq!(store.counts().await.unwrap()["jobs"], 0);
}

pub(crate) async fn a_lane_that_is_asked_for_meanwhile_is_served_again(store: &Store) {
    let row = outgoing(&dana(), "one", at(0));
    let job = lane(store, vec![row.clone()]).await;
    let marked = store.mark_sending(&job, &row, None, at(1)).await.unwrap();
    store.ask(vec![delivery(&dana(), at(2))], at(2)).await.unwrap();
    let sent = in_state(&marked, DeliveryState::Sent);
    store.record_sent(&job, sent, true, at(3)).await.unwrap();
    assert_eq!(claim(store, 3).await.kind, job.kind);
}

pub(crate) async fn a_state_never_goes_back(store: &Store) {
    use DeliveryState::{Delivered, Failed, Queued, Read, Sending, Sent, Suppressed, Unsettled};
    let all = [Queued, Sending, Sent, Delivered, Read, Failed, Suppressed, Unsettled];
    let forward = |from, to| match from {
        Queued => true,
        Sending => to != Suppressed,
        Sent => [Delivered, Read, Failed].contains(&to),
        Delivered => to == Read,
        Read | Failed | Suppressed | Unsettled => false,
    };
    let pairs: Vec<_> = all.iter().flat_map(|from| all.iter().map(move |to| (*from, *to))).collect();
    let row = |from: DeliveryState, to: DeliveryState| {
        in_state(&outgoing(&dana(), &format!("{}-{}", from.key(), to.key()), at(0)), from)
    };
    let job = lane(store, pairs.iter().map(|(from, to)| row(*from, *to)).collect()).await;
    for (from, to) in pairs {
        let written = store.update_outbox(&job, in_state(&row(from, to), to), at(1)).await.unwrap();
        let expected = if forward(from, to) { to } else { from };
        assert_eq!(written.state, expected, "{from:?} to {to:?}");
        assert_eq!(store.outbox_by_id(&written.id).await.unwrap(), Some(written));
    }
}

pub(crate) async fn a_refused_message_is_queued_again(store: &Store) {
    let row = outgoing(&dana(), "one", at(0));
    let job = lane(store, vec![row.clone()]).await;
    let sending = OutboxRow { attempts: 1, tried_at: Some(at(1)), ..in_state(&row, DeliveryState::Sending) };
    store.update_outbox(&job, sending.clone(), at(1)).await.unwrap();
    let settle = Settlement::Again { due: at(30), reason: "too_many_requests".to_owned(), failed: true };
    let queued = in_state(&sending, DeliveryState::Queued);
    store.update_outbox(&job, queued, at(2)).await.unwrap();
    store.settle(&job, settle, at(2)).await.unwrap();
    let next = may_leave(store.lane(&dana(), at(30)).await.unwrap()).unwrap();
    assert_eq!((next.attempts, next.tried_at), (1, Some(at(1))));
    assert_eq!(claim(store, 30).await.attempts, 2);
}

pub(crate) async fn two_providers_with_one_id(store: &Store) {
    let green = ConversationId::new("c-green");
    let chats =
        [conversation(&dana(), "k-dana", "meta", at(0)), conversation(&green, "k-dana", "green_api", at(0))];
    let sent = |chat: &ConversationId, id: &str| OutboxRow {
        provider_id: Some("same".to_owned()),
        ..in_state(&outgoing(chat, id, at(0)), DeliveryState::Sent)
    };
    let commit = Commit {
        documents: chats.into_iter().map(|chat| (Expect::Absent, Document::Conversation(chat))).collect(),
        outbox: vec![sent(&dana(), "one"), sent(&green, "two")],
        ..Commit::default()
    };
    store.commit(commit, at(0)).await.unwrap();
    for (channel, id) in [(Channel::Meta, "one"), (Channel::GreenApi, "two")] {
        let found = store.outbox_by_provider_id(channel, "same").await.unwrap().unwrap();
        assert_eq!(found.id, OutboxId::new(id));
    }
    assert_eq!(store.outbox_by_provider_id(Channel::Meta, "other").await.unwrap(), None);
}
