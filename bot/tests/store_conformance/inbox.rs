//! Accepting: each message once, durable before it is answered.

use crate::fixtures::*;
use agents::message::Channel;
use bot::store::Store;
use bot::store::documents::{Accepted, ODDITIES_KEPT, Oddity};
use futures::future::join_all;

pub(crate) async fn a_message_is_new_once_whoever_races(store: &Store) {
    let tasks = (0..32).map(|_| {
        let store = store.clone();
        tokio::spawn(async move { accept(&store, message(&dana(), "m1", "שלום", at(0))).await })
    });
    let accepted: Vec<_> = join_all(tasks).await.into_iter().map(Result::unwrap).collect();
    assert_eq!(accepted.iter().filter(|accepted| **accepted == Accepted::New).count(), 1);
    assert_eq!(store.inbox(&dana()).await.unwrap().len(), 1);
    assert_eq!(store.counts().await.unwrap()["jobs"], 1);
}

pub(crate) async fn repeated_within_one_delivery(store: &Store) {
    let items = ["m1", "m2", "m1"].map(|id| message(&dana(), id, "שלום", at(0)));
    let accepted = store.accept(items.to_vec()).await.unwrap();
    assert_eq!(accepted, [Accepted::New, Accepted::New, Accepted::Repeated]);
}

pub(crate) async fn only_new_messages_ask_for_a_turn(store: &Store) {
    accept(store, message(&dana(), "m1", "שלום", at(0))).await;
    let job = claim(store, 0).await;
    store.settle(&job, bot::store::documents::Settlement::Done, at(1)).await.unwrap();
    assert_eq!(accept(store, message(&dana(), "m1", "שלום", at(0))).await, Accepted::Repeated);
    nothing_due(store, 100).await;
}

pub(crate) async fn the_inbox_is_in_the_order_of_sending(store: &Store) {
    for (id, sent) in [("late", 30), ("early", 10), ("tie one", 20), ("tie two", 20)] {
        accept(store, message(&dana(), id, id, at(sent))).await;
    }
    accept(store, message(&noa(), "other", "other", at(0))).await;
    let ids: Vec<_> =
        store.inbox(&dana()).await.unwrap().iter().map(|row| row.inbound.id.to_string()).collect();
    assert_eq!(ids, ["early", "tie one", "tie two", "late"]);
}

pub(crate) async fn the_oldest_oddities_go(store: &Store) {
    let kept = i64::from(ODDITIES_KEPT);
    let odd = |second: i64| Oddity {
        channel: Channel::GreenApi,
        reason: "unknown_kind".to_owned(),
        body: String::new(),
        at: at(second),
    };
    for chunk in (0..kept + 10).collect::<Vec<_>>().chunks(50) {
        join_all(chunk.iter().map(|second| store.keep_oddity(odd(*second)))).await;
    }
    let oddities = store.oddities(u32::MAX).await.unwrap();
    assert_eq!(oddities.len(), usize::try_from(kept).unwrap());
    assert_eq!(oddities[0].at, at(kept + 9), "the newest is first");
}
