//! What was answered is there after any end: a clean one, a dropped store, and a process that died.

use crate::fixtures::*;
use bot::store::documents::{Accepted, Commit, Settlement};
use bot::store::{Store, StoreError};
use futures::future::join_all;
use std::path::Path;

async fn open(directory: &Path) -> Store {
    Store::open_embedded(directory).await.unwrap()
}

#[tokio::test]
async fn a_closed_store_answers_unavailable_and_opens_again() {
    let directory = tempfile::tempdir().unwrap();
    let folder = directory.path().join("made/on/the/way");
    let store = open(&folder).await;
    accept(&store, message(&dana(), "m1", "שלום", at(0))).await;
    store.close().await.unwrap();
    store.close().await.expect("closing twice is no harm");
    assert!(matches!(store.inbox(&dana()).await, Err(StoreError::Unavailable(_))));
    assert!(matches!(store.ping().await, Err(StoreError::Unavailable(_))));
    let refused = store.accept(vec![message(&dana(), "m2", "שלום", at(0))]).await;
    assert!(matches!(refused, Err(StoreError::Unavailable(_))));

    let store = open(&folder).await;
    store.ping().await.unwrap();
    assert_eq!(accept(&store, message(&dana(), "m1", "שלום", at(0))).await, Accepted::Repeated);
}

#[tokio::test]
async fn a_dropped_store_opens_again() {
    let directory = tempfile::tempdir().unwrap();
    let store = open(directory.path()).await;
    accept(&store, message(&dana(), "m1", "שלום", at(0))).await;
    drop(store);
    let store = open(directory.path()).await;
    assert_eq!(store.inbox(&dana()).await.unwrap().len(), 1);
}

#[tokio::test]
async fn two_stores_on_one_file_see_each_other() {
    let directory = tempfile::tempdir().unwrap();
    let [server, console] = [open(directory.path()).await, open(directory.path()).await];
    accept(&server, message(&dana(), "m1", "שלום", at(0))).await;
    assert_eq!(accept(&console, message(&dana(), "m1", "שלום", at(0))).await, Accepted::Repeated);
    assert_eq!(console.inbox(&dana()).await.unwrap().len(), 1);
}

/// The files as they lie on the disk at this moment are all that a process that is killed now leaves behind.
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn what_was_answered_survives_a_kill_at_any_moment() {
    let directory = tempfile::tempdir().unwrap();
    let store = open(directory.path()).await;
    for round in 0..5 {
        let tasks = (0..32).map(|task| {
            let store = store.clone();
            tokio::spawn(async move {
                accept(&store, message(&dana(), &format!("m{round}/{task}"), "שלום", at(task))).await
            })
        });
        for accepted in join_all(tasks).await {
            assert_eq!(accepted.unwrap(), Accepted::New);
        }
        let commit = Commit {
            documents: vec![new_lead(&format!("l{round}"), round)],
            outbox: vec![outgoing(&dana(), &format!("o{round}"), at(0))],
            ..Commit::default()
        };
        store.commit(commit, at(0)).await.unwrap();

        let left = tempfile::tempdir().unwrap();
        for file in ["fixi.db", "fixi.db-wal"] {
            std::fs::copy(directory.path().join(file), left.path().join(file)).unwrap();
        }
        let counts = open(left.path()).await.counts().await.unwrap();
        let rounds = round + 1;
        assert_eq!((counts["messages"], counts["leads"], counts["outbox"]), (32 * rounds, rounds, rounds));
    }
}

#[tokio::test]
async fn a_dead_workers_job_goes_to_the_next_one() {
    let directory = tempfile::tempdir().unwrap();
    let store = open(directory.path()).await;
    accept(&store, message(&dana(), "m1", "שלום", at(0))).await;
    let old = claim(&store, 0).await;
    drop(store);
    let store = open(directory.path()).await;
    nothing_due(&store, 1).await;
    let new = claim(&store, 60).await;
    assert!(new.token > old.token, "tokens count on");
    store.settle(&new, Settlement::Done, at(61)).await.unwrap();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn many_writers_at_once_are_all_served() {
    let directory = tempfile::tempdir().unwrap();
    let store = open(directory.path()).await;
    let tasks = (0..64).map(|task| {
        let store = store.clone();
        tokio::spawn(async move {
            for round in 0..20 {
                let accepted =
                    accept(&store, message(&dana(), &format!("{task}/{round}"), "שלום", at(round))).await;
                assert_eq!(accepted, Accepted::New);
                let lead = new_lead(&format!("l{task}/{round}"), u64::try_from(task * 20 + round).unwrap());
                store.put_documents(vec![lead.clone()], at(0)).await.unwrap();
                let again = store.put_documents(vec![lead], at(0)).await;
                assert!(matches!(again, Err(StoreError::Version { .. })), "what was answered is seen");
            }
        })
    });
    for done in join_all(tasks).await {
        done.unwrap();
    }
    let counts = store.counts().await.unwrap();
    assert_eq!((counts["messages"], counts["leads"], counts["jobs"]), (1_280, 1_280, 1));
}
