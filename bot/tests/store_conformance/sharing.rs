//! MongoDB as several processes share it: what one writes the other sees, what was answered stays, and a server that
//! cannot keep the promises is refused.

use crate::fixtures::*;
use crate::mongodb_server::{self, Database};
use agents::id::{BusinessId, LeadId};
use agents::message::Channel;
use bot::store::documents::{
    Accepted, Commit, DeliveryState, Document, Expect, JobClass, Recorded, Settlement, StatusEvent,
};
use bot::store::news::{Event, News};
use bot::store::{Store, StoreError};
use chrono::TimeDelta;
use futures::future::join_all;
use mongodb::bson::{Bson, Document as Row, doc};
use std::time::Duration;
use tokio::sync::Notify;
use tokio::sync::broadcast::Receiver;

/// How many write to the lane of one chat at once.
const WRITERS: i64 = 32;

async fn open(database: &Database) -> Store {
    Store::open_mongo(&database.uri).await.unwrap()
}

async fn rows(database: &Database, collection: &str) -> mongodb::Collection<Row> {
    database.inside().await.collection(collection)
}

#[tokio::test]
async fn a_closed_store_answers_unavailable_and_opens_again() {
    let database = mongodb_server::database("closed").await;
    let store = open(&database).await;
    store.ping().await.unwrap();
    accept(&store, message(&dana(), "m1", "שלום", at(0))).await;
    store.close().await.unwrap();
    store.close().await.expect("closing twice is no harm");
    assert!(matches!(store.inbox(&dana()).await, Err(StoreError::Unavailable(_))));
    assert!(matches!(store.ping().await, Err(StoreError::Unavailable(_))));
    let refused = store.accept(vec![message(&dana(), "m2", "שלום", at(0))]).await;
    assert!(matches!(refused, Err(StoreError::Unavailable(_))));

    let store = open(&database).await;
    assert_eq!(accept(&store, message(&dana(), "m1", "שלום", at(0))).await, Accepted::Repeated);
    database.forget().await;
}

/// What is told next, of which business; what is told of everything is passed over.
async fn next_news(live: &mut Receiver<News>) -> (Option<BusinessId>, Event) {
    let told = tokio::time::timeout(Duration::from_secs(30), live.recv()).await;
    let news = told.expect("news come within seconds").expect("the feed lives");
    (news.business, news.event)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn consoles_hear_what_another_process_changes() {
    let database = mongodb_server::database("news").await;
    let (ours, other) = (open(&database).await, open(&database).await);
    let mut live = ours.news().watch(None).live;
    assert_eq!(next_news(&mut live).await, (None, Event::Anything), "from here on nothing is missed");

    let documents = vec![
        (Expect::Absent, Document::Conversation(conversation(&dana(), "k-dana", "meta", at(0)))),
        new_lead("l1", 7),
        (Expect::Absent, Document::Pro(pro("p-avi", "+972500000101"))),
    ];
    let outbox = vec![outgoing(&dana(), "one", at(0))];
    let jobs = vec![delivery(&dana(), at(0))];
    other.commit(Commit { documents, outbox, jobs, ..Commit::default() }, at(0)).await.unwrap();
    let chat = || Event::Conversation { id: dana() };
    let expected = [
        chat(),
        Event::Lead { id: LeadId::new("l1"), number: 7, version: 1 },
        Event::Pro { id: avi() },
        chat(),
    ];
    for event in expected {
        assert_eq!(next_news(&mut live).await, (Some(business()), event));
    }

    accept(&other, message(&dana(), "m1", "שלום", at(1))).await;
    assert_eq!(next_news(&mut live).await, (Some(business()), chat()));
    let lane = other.claim_of(&[JobClass::Deliver], at(2), "other", LEASE).await.unwrap().unwrap();
    let row = may_leave(other.lane(&dana(), at(2)).await.unwrap()).unwrap();
    other.mark_sending(&lane, &row, None, at(2)).await.unwrap();
    let delivery = Event::Delivery { conversation: dana() };
    assert_eq!(next_news(&mut live).await, (Some(business()), delivery));
    other.settle(&lane, Settlement::Dead { reason: "x".to_owned() }, at(3)).await.unwrap();
    assert_eq!(next_news(&mut live).await, (None, Event::Jobs));
    database.forget().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn many_writers_of_two_processes_are_all_served() {
    let database = mongodb_server::database("many_writers").await;
    let stores = [open(&database).await, open(&database).await];
    let tasks = (0..WRITERS).map(|task| {
        let store = stores[usize::from(task % 2 == 0)].clone();
        tokio::spawn(async move {
            for round in 0..10 {
                let accepted =
                    accept(&store, message(&dana(), &format!("{task}/{round}"), "שלום", at(round))).await;
                assert_eq!(accepted, Accepted::New);
                let lead = new_lead(&format!("l{task}/{round}"), u64::try_from(task * 10 + round).unwrap());
                let turn = || Commit {
                    documents: vec![lead.clone()],
                    outbox: vec![outgoing(&dana(), &format!("o{task}/{round}"), at(0))],
                    jobs: vec![delivery(&dana(), at(0))],
                    ..Commit::default()
                };
                store.commit(turn(), at(0)).await.unwrap();
                let again = store.commit(turn(), at(0)).await;
                assert!(matches!(again, Err(StoreError::Version { .. })), "what was answered is seen");
            }
        })
    });
    for done in join_all(tasks).await {
        done.unwrap();
    }
    let all = u64::try_from(WRITERS * 10).unwrap();
    let counts = stores[0].counts().await.unwrap();
    assert_eq!((counts["messages"], counts["leads"], counts["outbox"], counts["jobs"]), (all, all, all, 2));
    let mut places = Vec::new();
    let mut found = rows(&database, "outbox").await.find(doc! {}).await.unwrap();
    while found.advance().await.unwrap() {
        places.push(found.deserialize_current().unwrap().get_i64("sequence").unwrap());
    }
    places.sort_unstable();
    assert_eq!(places, (1..=WRITERS * 10).collect::<Vec<_>>(), "each has its own place in the lane");
    database.forget().await;
}

#[tokio::test]
async fn a_lease_that_passes_to_another_process_gets_a_higher_token() {
    let database = mongodb_server::database("tokens").await;
    let [first, second] = [open(&database).await, open(&database).await];
    // The first process has the lower block of tokens, the second the higher one.
    first.ask(vec![turn(&noa(), at(0))], at(0)).await.unwrap();
    claim(&first, 0).await;
    first.ask(vec![turn(&dana(), at(0))], at(0)).await.unwrap();
    let old = claim(&second, 0).await;
    let new = loop {
        let job = claim(&first, 60).await;
        if job.kind == old.kind {
            break job;
        }
    };
    assert!(new.token > old.token, "{} after {}", new.token, old.token);
    assert!(matches!(second.settle(&old, Settlement::Done, at(61)).await, Err(StoreError::LeaseLost { .. })));
    first.settle(&new, Settlement::Done, at(61)).await.unwrap();
    database.forget().await;
}

#[tokio::test]
async fn a_message_whose_turn_was_never_asked_for_is_found() {
    let database = mongodb_server::database("sweep").await;
    let store = open(&database).await;
    accept(&store, message(&dana(), "m1", "שלום", at(0))).await;
    accept(&store, message(&noa(), "m2", "שלום", at(0))).await;
    // The process died between its two writes.
    rows(&database, "jobs").await.delete_many(doc! {}).await.unwrap();
    let unasked = doc! { "$set": { "is_asked": false } };
    rows(&database, "messages").await.update_one(doc! { "_id": "m1" }, unasked).await.unwrap();

    let next = open(&database).await;
    assert_eq!(next.sweep(at(9)).await.unwrap(), 0, "the other process may still be about to ask");
    nothing_due(&next, 9).await;
    assert_eq!(next.sweep(at(19)).await.unwrap(), 1);
    assert_eq!(next.sweep(at(19)).await.unwrap(), 0);
    let job = claim(&next, 19).await;
    assert_eq!(job.kind.id(), "turn/c-dana", "and not the one that was asked for");
    nothing_due(&next, 19).await;
    next.settle(&job, Settlement::Done, at(20)).await.unwrap();
    nothing_due(&next, 1_000).await;
    database.forget().await;
}

#[tokio::test]
async fn a_job_of_another_process_rings_the_bell() {
    let database = mongodb_server::database("watch").await;
    let [worker, web] = [open(&database).await, open(&database).await];
    let bell = Notify::new();
    // A change stream tells what comes after it began, and when that is nobody can see: so ask until it rings.
    let asking = async {
        for second in 0.. {
            accept(&web, message(&dana(), &format!("m{second}"), "שלום", at(second))).await;
        }
    };
    let rung = async {
        tokio::select! {
            () = worker.watch(&bell) => unreachable!("it never returns"),
            () = asking => unreachable!("it never ends"),
            () = bell.notified() => {}
        }
    };
    tokio::time::timeout(Duration::from_secs(20), rung).await.expect("the bell rings");
    database.forget().await;
}

#[tokio::test]
async fn rows_of_a_newer_program_are_refused_by_name() {
    let database = mongodb_server::database("newer").await;
    let store = open(&database).await;
    let (_, document) = new_lead("l1", 1);
    store.put_documents(vec![(Expect::Absent, document)], at(0)).await.unwrap();
    let newer = doc! { "$set": { "schema": 99 } };
    rows(&database, "leads").await.update_one(doc! { "_id": "l1" }, newer.clone()).await.unwrap();
    let refused = store.leads_of_pro(&avi()).await.unwrap_err();
    assert!(
        matches!(&refused, StoreError::Unreadable { collection: "leads", id, .. } if id == "l1"),
        "{refused}"
    );

    store.ask(vec![turn(&dana(), at(0)), turn(&noa(), at(1))], at(0)).await.unwrap();
    rows(&database, "jobs").await.update_one(doc! { "_id": "turn/c-dana" }, newer).await.unwrap();
    assert_eq!(claim(&store, 2).await.kind.id(), "turn/c-noa", "it does not block the others");
    let dead = store.dead_jobs().await.unwrap();
    assert_eq!((dead[0].id.as_str(), dead[0].reason.as_str()), ("turn/c-dana", "unreadable"));

    let layout = doc! { "$set": { "value": 99 } };
    rows(&database, "counters").await.update_one(doc! { "_id": "layout" }, layout).await.unwrap();
    let refused = Store::open_mongo(&database.uri).await.unwrap_err();
    assert!(matches!(refused, StoreError::Unreadable { collection: "store", .. }), "{refused}");
    database.forget().await;
}

#[tokio::test]
async fn what_is_wrong_with_a_row_is_told_without_its_words() {
    let database = mongodb_server::database("words").await;
    let store = open(&database).await;
    let (_, document) = new_lead("l1", 1);
    store.put_documents(vec![(Expect::Absent, document)], at(0)).await.unwrap();
    let broken = doc! { "$set": { "body.status": "972500000001" } };
    rows(&database, "leads").await.update_one(doc! { "_id": "l1" }, broken).await.unwrap();
    let refused = store.leads_of_pro(&avi()).await.unwrap_err();
    assert!(!refused.to_string().contains("97250"), "{refused}");
    database.forget().await;
}

#[tokio::test]
async fn nobody_there_is_told_soon_and_without_the_password() {
    let nobody = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let uri = format!("mongodb://fixi:hunter2@{nobody}/fixi?replicaSet=rs0");
    let started = std::time::Instant::now();
    let refused = Store::open_mongo(&uri).await.unwrap_err().to_string();
    assert!(started.elapsed() < Duration::from_secs(8), "{:?}", started.elapsed());
    assert!(refused.contains(&nobody.to_string()) && !refused.contains("hunter2"), "{refused}");
    for uri in ["mongodb://hunter2@:1/", "mongodb://fixi:hunter2@127.0.0.1:none/"] {
        let refused = Store::open_mongo(uri).await.unwrap_err().to_string();
        assert!(refused.contains("MONGO_URI") && !refused.contains("hunter2"), "{refused}");
    }
}

/// Bodies are documents with the names of serde and not texts, so that people and other programs can read them.
#[tokio::test]
async fn bodies_are_readable_documents() {
    let database = mongodb_server::database("readable").await;
    let store = open(&database).await;
    store.put_documents(vec![new_lead("l1", 7)], at(0)).await.unwrap();
    let commit = Commit { slots: vec![hold("a1", 0, 1_800, Some(600))], ..Commit::default() };
    store.commit(commit, at(0)).await.unwrap();
    let lead = rows(&database, "leads").await.find_one(doc! { "_id": "l1" }).await.unwrap().unwrap();
    assert_eq!(lead.get_document("body").unwrap().get_str("issue_type").unwrap(), "plumbing");
    assert_eq!((lead.get_i64("number").unwrap(), lead.get_str("business").unwrap()), (7, "fixi"));
    let step = rows(&database, "slot_claims").await.find_one(doc! {}).await.unwrap().unwrap();
    let until = at(0) + TimeDelta::seconds(600);
    let date = mongodb::bson::DateTime::from_millis(until.timestamp_millis());
    assert_eq!(step.get("until"), Some(&Bson::DateTime(date)), "times are dates, in UTC");
    database.forget().await;
}

#[tokio::test]
async fn what_a_dead_process_left_open_holds_nobody_up_for_long() {
    let database = mongodb_server::database("left_open").await;
    let store = open(&database).await;
    accept(&store, message(&dana(), "m1", "שלום", at(0))).await;
    // As a process of ours that dies between two steps of a transaction, with locks on the job.
    let mut options = mongodb::options::ClientOptions::parse(&database.uri).await.unwrap();
    options.app_name = Some("fixi".to_owned());
    let other = mongodb::Client::with_options(options).unwrap();
    let mut session = other.start_session().await.unwrap();
    session.start_transaction().await.unwrap();
    let jobs = other.default_database().unwrap().collection::<Row>("jobs");
    let touch = doc! { "$inc": { "writes": 1_i64 } };
    jobs.update_one(doc! { "_id": format!("turn/{}", dana()) }, touch).session(&mut session).await.unwrap();

    // A call waits for 10 seconds, the server for a minute and more.
    let claimed = claim(&store, 0).await;
    assert_eq!(claimed.kind.id(), format!("turn/{}", dana()));
    assert!(session.commit_transaction().await.is_err(), "who comes back finds it gone");
    database.forget().await;
}

#[tokio::test]
async fn a_status_is_found_that_a_process_kept_before_it_died() {
    let database = mongodb_server::database("kept_statuses").await;
    let store = open(&database).await;
    let told = |provider_id: &str| StatusEvent {
        channel: Channel::Meta,
        provider_id: provider_id.to_owned(),
        outbox: None,
        state: DeliveryState::Failed,
        reason: Some("meta_131026".to_owned()),
        at: at(1),
    };
    let row = in_state(&outgoing(&dana(), "one", at(0)), DeliveryState::Sent);
    store.commit(Commit { outbox: vec![row], ..Commit::default() }, at(0)).await.unwrap();
    let events = vec![told("wamid.one"), told("wamid.nobodys")];
    assert_eq!(store.record_statuses(events, at(2)).await.unwrap(), [Recorded::Unknown, Recorded::Unknown]);
    assert_eq!(store.kept_statuses().await.unwrap(), [], "nobody knows them yet");
    // The lane writes the provider's id and dies before it looks for what was told.
    let learns = doc! { "$set": { "provider_id": "wamid.one", "body.provider_id": "wamid.one" } };
    rows(&database, "outbox").await.update_one(doc! { "_id": "one" }, learns).await.unwrap();
    let kept = store.kept_statuses().await.unwrap();
    assert_eq!(kept, [told("wamid.one")]);
    let recorded = store.record_statuses(kept.clone(), at(3)).await.unwrap();
    assert!(matches!(&recorded[0], Recorded::Changed { row, .. } if row.state == DeliveryState::Failed));
    store.forget_statuses(&kept).await.unwrap();
    assert_eq!(store.kept_statuses().await.unwrap(), []);
    assert_eq!(store.counts().await.unwrap()["early_statuses"], 1, "that of nobody's message");
    database.forget().await;
}
