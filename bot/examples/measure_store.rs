//! Measures a store without a program around it: accepting, committing, claiming, and many who want one slot. With
//! `MONGO_TEST_URI` it is MongoDB in a database of its own, else the embedded one in a temporary folder; it never touches
//! a store that is in use. `cargo xtask bench` runs it.

#![allow(clippy::print_stdout, reason = "it prints figures for people")]

use agents::conversation::Place;
use agents::decision::{Note, SlotChange};
use agents::id::{AppointmentId, BusinessId, ConversationId, InboundId, LeadId, OutboxId, ProId};
use agents::lead::Slot;
use agents::message::{Channel, Content, Inbound, Outbound};
use bot::store::documents::{
    Accept, Commit, Document, Expect, InboundRow, Job, JobClass, JobKind, NewJob, OutboxRow, Settlement,
};
use bot::store::{Store, StoreError};
use chrono::{DateTime, TimeDelta, Utc};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

const TASKS: usize = 32;
const MESSAGES: usize = 6_000;
const SLOTS: usize = 30;

#[tokio::main]
async fn main() -> anyhow::Result<()> {
    let Ok(uri) = std::env::var("MONGO_TEST_URI") else {
        let folder = tempfile::tempdir()?;
        return measure("embedded", Store::open_embedded(folder.path()).await?).await;
    };
    let (hosts, options) = uri.split_once("/?").unwrap_or((&uri, ""));
    let name = format!("fixi_measure_{}", std::process::id());
    let uri = format!("{}/{name}?{options}", hosts.trim_end_matches('/'));
    measure("MongoDB", Store::open_mongo(&uri).await?).await?;
    mongodb::Client::with_uri_str(&uri).await?.database(&name).drop().await?;
    Ok(())
}

async fn measure(name: &str, store: Store) -> anyhow::Result<()> {
    let accepts = many(MESSAGES, |at| {
        let store = store.clone();
        async move { store.accept(vec![message(at)]).await.map(|_| ()) }
    });
    report(name, "accepts", accepts.await?);

    let jobs = Arc::new(std::sync::Mutex::new(Vec::new()));
    let claims = many(MESSAGES, |_| {
        let (store, jobs) = (store.clone(), jobs.clone());
        async move {
            let job = store.claim_of(&[JobClass::Turn], moment(), "measure", TimeDelta::hours(1)).await?;
            jobs.lock().expect("no task panics").extend(job);
            Ok(())
        }
    });
    report(name, "claims", claims.await?);

    let jobs = jobs.lock().expect("no task panics").clone();
    let jobs = Arc::new(jobs);
    let commits = many(jobs.len(), |at| {
        let (store, jobs) = (store.clone(), jobs.clone());
        async move { store.commit(turn(at, &jobs[at]), moment()).await }
    });
    report(name, "commits of a turn", commits.await?);

    let alone = one_by_one(300, |at| {
        let store = store.clone();
        async move {
            let kind = JobKind::Turn { conversation: ConversationId::new(format!("p{at}")) };
            store.ask(vec![NewJob { kind, due: moment(), gather_ms: None }], moment()).await?;
            let asked = Instant::now();
            store.claim_of(&[JobClass::Turn], moment(), "measure", TimeDelta::hours(1)).await?;
            Ok(asked.elapsed())
        }
    });
    report(name, "claims, one at a time", alone.await?);

    let won = Arc::new(AtomicUsize::new(0));
    let races = many(SLOTS * 200, |at| {
        let (store, won) = (store.clone(), won.clone());
        async move {
            let from = moment() + TimeDelta::hours(i64::try_from(at / 200).unwrap_or_default());
            let change = SlotChange::Claim {
                pro: ProId::new("p-avi"),
                slot: Slot { from, to: from + TimeDelta::minutes(30) },
                appointment: AppointmentId::new(format!("a{at}")),
                until: None,
            };
            match store.commit(Commit { slots: vec![change], ..Commit::default() }, moment()).await {
                Ok(()) => {
                    won.fetch_add(1, Ordering::Relaxed);
                    Ok(())
                }
                Err(StoreError::SlotTaken { .. }) => Ok(()),
                Err(other) => Err(other),
            }
        }
    });
    report(name, "tries for 30 slots, 200 each", races.await?);
    let won = won.load(Ordering::Relaxed);
    println!("{name}: {won} of {SLOTS} slots were given");
    anyhow::ensure!(won == SLOTS, "each slot is given exactly once");
    store.close().await?;
    Ok(())
}

/// Does something many times in some tasks at once; returns how long it all took, and each.
async fn many<F: Future<Output = Result<(), StoreError>> + Send + 'static>(
    times: usize,
    work: impl Fn(usize) -> F,
) -> anyhow::Result<(Duration, Vec<Duration>)> {
    let started = Instant::now();
    let mut tasks = tokio::task::JoinSet::new();
    let works: Vec<F> = (0..times).map(work).collect();
    let queue = Arc::new(tokio::sync::Mutex::new(works.into_iter()));
    for _ in 0..TASKS {
        let queue = queue.clone();
        tasks.spawn(async move {
            let mut took = Vec::new();
            loop {
                let Some(work) = queue.lock().await.next() else { return Ok::<_, StoreError>(took) };
                let started = Instant::now();
                work.await?;
                took.push(started.elapsed());
            }
        });
    }
    let mut took = Vec::new();
    while let Some(done) = tasks.join_next().await {
        took.extend(done??);
    }
    Ok((started.elapsed(), took))
}

async fn one_by_one<F: Future<Output = Result<Duration, StoreError>>>(
    times: usize,
    work: impl Fn(usize) -> F,
) -> anyhow::Result<(Duration, Vec<Duration>)> {
    let mut took = Vec::new();
    for at in 0..times {
        took.push(work(at).await?);
    }
    Ok((took.iter().sum(), took))
}

fn report(store: &str, what: &str, (all, mut took): (Duration, Vec<Duration>)) {
    took.sort_unstable();
    let place = |percent: usize| took.get(took.len() * percent / 100).copied().unwrap_or_default();
    println!(
        "{store:9} {what:30} {:7.0}/s   p50 {:7.2} ms   p95 {:7.2} ms   p99 {:7.2} ms",
        took.len() as f64 / all.as_secs_f64(),
        place(50).as_secs_f64() * 1e3,
        place(95).as_secs_f64() * 1e3,
        place(99).as_secs_f64() * 1e3,
    );
}

fn moment() -> DateTime<Utc> {
    DateTime::UNIX_EPOCH + TimeDelta::days(20_000)
}

fn message(at: usize) -> Accept {
    let conversation = ConversationId::new(format!("c{at}"));
    let inbound = Inbound {
        id: InboundId::new(format!("meta/wamid.{at}")),
        at: moment(),
        content: Content::Text {
            text: "יש לי נזילה במטבח בתל אביב, הרצל 10".to_owned()
        },
        reply_to: None,
        sender_name: None,
    };
    let row = InboundRow {
        business: BusinessId::new("fixi"),
        conversation: conversation.clone(),
        place: Place { channel: Channel::Meta, account: "1".to_owned(), address: "972500000001".to_owned() },
        phone: Some("+972500000001".to_owned()),
        inbound,
        received_at: moment(),
    };
    Accept { row, turn: NewJob { kind: JobKind::Turn { conversation }, due: moment(), gather_ms: None } }
}

/// What a usual turn writes: the chat, a lead, an answer with its delivery, the message handled, two lines of audit.
fn turn(at: usize, job: &Job) -> Commit {
    let JobKind::Turn { conversation } = &job.kind else { return Commit::default() };
    let number = conversation.as_str()[1..].to_owned();
    let lead = format!("l{number}");
    let value = |json: serde_json::Value| json;
    let chat = value(serde_json::json!({
        "id": conversation, "business": "fixi", "contact": format!("k{number}"), "last_inbound_at": moment(),
        "place": {"channel": "meta", "account": "1", "address": "972500000001"},
    }));
    let case = value(serde_json::json!({
        "id": lead, "business": "fixi", "number": at + 1, "contact": format!("k{number}"),
        "conversation": conversation, "language": "he", "status": "new", "history": [],
        "issue_type": "plumbing", "issue_summary": "נזילה", "address": {}, "emergency": false, "pro": "p-avi",
    }));
    let note = |key: &str| Note {
        key: key.to_owned(),
        lead: Some(LeadId::new(lead.clone())),
        detail: "p-avi".to_owned(),
    };
    Commit {
        under: Some(job.clone()),
        settle: Some(Settlement::Done),
        documents: vec![
            (Expect::Absent, Document::Conversation(serde_json::from_value(chat).expect("its stored form"))),
            (Expect::Absent, Document::Lead(serde_json::from_value(case).expect("its stored form"))),
        ],
        unchanged: Vec::new(),
        calendars: Vec::new(),
        slots: vec![],
        outbox: vec![OutboxRow::queued(
            OutboxId::new(format!("o{number}")),
            BusinessId::new("fixi"),
            conversation.clone(),
            Outbound::text("מה הכתובת המלאה?"),
            moment(),
        )],
        jobs: vec![NewJob {
            kind: JobKind::Deliver { conversation: conversation.clone() },
            due: moment(),
            gather_ms: None,
        }],
        handled: vec![InboundId::new(format!("meta/wamid.{number}"))],
        notes: vec![note("routed"), note("asked")],
    }
}
