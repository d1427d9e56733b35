//! What is known of the world outside, and the lanes that wait for it.

use crate::fixtures::*;
use agents::id::ProId;
use agents::message::Channel;
use bot::store::Store;
use bot::store::documents::{Commit, DeliveryState, Document, Expect};
use bot::store::outer::{AccountHealth, Feed, KnownPlace};
use serde_json::json;

pub(crate) fn account(channel: &str, stopped: Option<&str>) -> AccountHealth {
    let stopped =
        stopped.map(|reason| json!({"since": at(0), "reason": reason, "probes": 1, "next_probe_at": at(30)}));
    serde_json::from_value(json!({
        "id": format!("{channel}/1"), "business": "fixi", "channel": channel, "account": "1", "stopped": stopped,
        "changed_at": at(0),
    }))
    .unwrap()
}

pub(crate) fn place() -> KnownPlace {
    serde_json::from_value(json!({
        "id": "fixi/גן נר", "business": "fixi", "name": "גן נר", "latitude": 32.53, "longitude": 35.34,
        "found_at": at(0),
    }))
    .unwrap()
}

pub(crate) fn feed() -> Feed {
    serde_json::from_value(json!({
        "id": "p-avi", "business": "fixi", "address": "0123456789abcdef", "etag": "\"7\"", "read_at": at(0),
        "whole_at": at(0), "failures": 0,
    }))
    .unwrap()
}

pub(crate) async fn what_is_known_of_the_outside_is_found(store: &Store) {
    let documents = [
        Document::Account(account("meta", Some("meta_190"))),
        Document::Account(account("green_api", None)),
        Document::Place(place()),
        Document::Feed(feed()),
    ];
    let absent = documents.into_iter().map(|document| (Expect::Absent, document));
    store.put_documents(absent.collect(), at(0)).await.unwrap();
    let found = store.account(Channel::Meta, "1").await.unwrap().unwrap();
    assert_eq!((found.value, found.version), (account("meta", Some("meta_190")), 1));
    assert_eq!(store.account(Channel::Meta, "2").await.unwrap(), None);
    assert_eq!(store.accounts().await.unwrap().len(), 2);
    assert_eq!(store.place("fixi/גן נר").await.unwrap().unwrap().value, place());
    assert_eq!(store.feed(&ProId::new("p-avi")).await.unwrap().unwrap().value, feed());
    assert_eq!(store.feeds().await.unwrap().len(), 1);
}

pub(crate) async fn lanes_in_which_something_waits(store: &Store) {
    assert_eq!(store.waiting_lanes().await.unwrap(), []);
    let rows =
        vec![outgoing(&dana(), "o1", at(0)), outgoing(&dana(), "o2", at(0)), outgoing(&noa(), "o3", at(0))];
    let jobs = vec![delivery(&dana(), at(0))];
    store.commit(Commit { outbox: rows.clone(), jobs, ..Commit::default() }, at(0)).await.unwrap();
    let mut lanes = store.waiting_lanes().await.unwrap();
    lanes.sort();
    assert_eq!(lanes, [dana(), noa()]);
    let job = claim(store, 0).await;
    for row in &rows[..2] {
        store.update_outbox(&job, in_state(row, DeliveryState::Sent), at(1)).await.unwrap();
    }
    assert_eq!(store.waiting_lanes().await.unwrap(), [noa()]);
}
