//! The workers and what holds a job: places per class, time-outs, panics, leases that are kept, lost and handed back.
//! Where real workers run, so does the real clock, and a test waits for what it expects.

#![allow(clippy::unwrap_used, reason = "a test may fail by a panic")]

use super::backend::{Claimed, FromStore, Queue};
use super::lease::Moment;
use super::*;
use crate::config::Config;
use crate::outside::{Clock, Dice, InProcess, ManualClock, Outside, Request, Transport, TransportError};
use crate::pipeline::deliver;
use crate::store::Store;
use crate::store::documents::{
    Commit, DeliveryState, Document, Expect, Job, JobKind, JobRow, JobState, NewJob, OutboxRow, Recurring,
};
use agents::conversation::{Conversation, Place};
use agents::id::{BusinessId, ContactId, ConversationId, OutboxId};
use agents::message::{Channel, Outbound};
use apalis::prelude::{Backend, WorkerContext};
use chrono::{DateTime, TimeDelta, Utc};
use std::future::{pending, poll_fn};
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Instant;
use tempfile::TempDir;
use tokio::sync::{Notify, watch};
use tokio::task::JoinHandle;

const BUSINESS: &str = include_str!("../../demo/fixi.toml");
const GREEN: [(&str, &str); 3] = [
    ("GREEN_API_ID", "7103000001"),
    ("GREEN_API_TOKEN", "token"),
    ("GREEN_API_BASE_URL", "http://127.0.0.1:9/green"),
];
/// Quick enough for tests, slow enough for a busy machine.
const QUICK: Pace = Pace {
    lease: Duration::from_secs(2),
    renew_every: Duration::from_millis(100),
    drain: Duration::from_millis(50),
    ..Pace::REAL
};

fn network(
    answer: impl Fn(Request) -> futures::future::BoxFuture<'static, ()> + Send + Sync + 'static,
) -> InProcess {
    Arc::new(move |request| {
        let answered = answer(request);
        Box::pin(async move {
            answered.await;
            Err(TransportError::NotAllowed)
        })
    })
}

async fn app_on(directory: &Path, clock: Clock, network: InProcess) -> Arc<App> {
    let find =
        |name: &str| GREEN.iter().find(|(known, _)| *known == name).map(|(_, value)| (*value).to_owned());
    let mut config = Config::read(&find, None).unwrap();
    // One recurring job is enough to see how they go.
    config.jobs_off = Recurring::ALL.iter().copied().filter(|name| *name != Recurring::Sweep).collect();
    let outside = Outside { clock, transport: Transport::InProcess(network), dice: Dice::seeded(1) };
    App::new(config, Store::open_embedded(directory).await.unwrap(), outside)
}

async fn open(clock: Clock, network: InProcess) -> (TempDir, Arc<App>) {
    let directory = tempfile::tempdir().unwrap();
    let app = app_on(directory.path(), clock, network).await;
    let business = crate::business_file::parse(BUSINESS).unwrap().business;
    let documents = vec![(Expect::Absent, Document::Business(business))];
    app.store.put_documents(documents, app.now()).await.unwrap();
    (directory, app)
}

fn real() -> Clock {
    Clock::System { ahead: TimeDelta::zero() }
}

fn chat(number: usize) -> ConversationId {
    ConversationId::new(format!("c{number}"))
}

/// A chat with a message to be delivered, and its lane due.
async fn lane(app: &App, number: usize) {
    let id = chat(number);
    let place = Place {
        channel: Channel::GreenApi,
        account: "7103000001".to_owned(),
        address: format!("97250000{number:04}@c.us"),
    };
    let mut conversation: Conversation = serde_json::from_value(serde_json::json!({
        "id": id, "business": "fixi", "contact": "k", "last_inbound_at": app.now(), "place": place,
    }))
    .unwrap();
    conversation.contact = ContactId::new(format!("k{number}"));
    let row = OutboxRow::queued(
        OutboxId::new(format!("o{number}")),
        BusinessId::new("fixi"),
        id.clone(),
        Outbound::text("hello".to_owned()),
        app.now(),
    );
    let commit = Commit {
        documents: vec![(Expect::Absent, Document::Conversation(conversation))],
        outbox: vec![row],
        jobs: vec![NewJob { kind: JobKind::Deliver { conversation: id }, due: app.now(), gather_ms: None }],
        ..Commit::default()
    };
    app.store.commit(commit, app.now()).await.unwrap();
    app.wake.notify_one();
}

/// A provider that never answers; the gauge counts who waits for it.
fn endless(gauge: Arc<Gauge>) -> InProcess {
    network(move |_| {
        let guard = gauge.enter();
        Box::pin(async move {
            let _guard = guard;
            pending().await
        })
    })
}

fn work(app: &Arc<App>, pace: Pace) -> (CancellationToken, JoinHandle<()>) {
    let stop = CancellationToken::new();
    let working = tokio::spawn(work_at_pace(app.clone(), "worker".to_owned(), stop.clone(), pace));
    (stop, working)
}

/// Waits until something is so; fails after a time in which it must have been.
async fn until(what: &str, mut is_so: impl AsyncFnMut() -> bool) {
    let waited = tokio::time::timeout(Duration::from_secs(20), async {
        while !is_so().await {
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
    });
    waited.await.unwrap_or_else(|_| panic!("{what} did not happen"));
}

fn ended(app: &App, class: JobClass, outcome: &str) -> u64 {
    app.counters.value(&format!(r#"fixi_jobs_total{{kind="{}",outcome="{outcome}"}}"#, class.key()))
}

async fn row(app: &App, id: &str) -> JobRow {
    let rows = app.store.jobs(100).await.unwrap().rows;
    rows.into_iter().find(|row| row.id == id).unwrap_or_else(|| panic!("there is no {id}"))
}

async fn message(app: &App, number: usize) -> OutboxRow {
    app.store.outbox_by_id(&OutboxId::new(format!("o{number}"))).await.unwrap().unwrap()
}

/// Counts how many are inside at once.
#[derive(Default)]
struct Gauge {
    now: AtomicUsize,
    most: AtomicUsize,
}

struct Inside(Arc<Gauge>);

impl Gauge {
    fn enter(self: &Arc<Self>) -> Inside {
        let now = self.now.fetch_add(1, Ordering::SeqCst) + 1;
        self.most.fetch_max(now, Ordering::SeqCst);
        Inside(self.clone())
    }
}

impl Drop for Inside {
    fn drop(&mut self) {
        self.0.now.fetch_sub(1, Ordering::SeqCst);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_flood_of_one_class_keeps_to_its_places_and_holds_up_no_other() {
    let gauge = Arc::new(Gauge::default());
    let (release, released) = watch::channel(false);
    let inside = gauge.clone();
    let (_directory, app) = open(
        real(),
        network(move |_| {
            let (guard, mut released) = (inside.enter(), released.clone());
            Box::pin(async move {
                let _guard = guard;
                let _ = released.wait_for(|released| *released).await;
            })
        }),
    )
    .await;
    for number in 0..7 {
        lane(&app, number).await;
    }
    let deliver = Limits { at_once: 3, ..Pace::REAL.deliver };
    let (stop, working) = work(&app, Pace { deliver, drain: Duration::from_secs(10), ..QUICK });
    until("three deliveries", async || gauge.now.load(Ordering::SeqCst) == 3).await;
    let due = app.now();
    app.store.ask(vec![sweep_at(due)], due).await.unwrap();
    app.wake.notify_one();
    until("a recurring job beside them", async || ended(&app, JobClass::Recurring, "done") > 0).await;
    assert_eq!(app.store.jobs(0).await.unwrap().leased, 3, "the others are not even claimed");
    release.send(true).unwrap();
    until("all deliveries", async || ended(&app, JobClass::Deliver, "done") == 7).await;
    assert_eq!(gauge.most.load(Ordering::SeqCst), 3);
    stop.cancel();
    working.await.unwrap();
    for line in ["fixi_job_seconds_bucket{", "fixi_job_pickup_seconds_count{kind=\"deliver\"} 7"] {
        assert!(app.counters.text().contains(line), "{line}");
    }
}

fn sweep_at(due: DateTime<Utc>) -> NewJob {
    NewJob { kind: JobKind::Recurring { name: Recurring::Sweep }, due, gather_ms: None }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_panic_is_a_failed_attempt_and_the_worker_goes_on() {
    let (_directory, app) = open(
        real(),
        network(|request| {
            let is_first = String::from_utf8_lossy(&request.body).contains("972500000000");
            Box::pin(async move { assert!(!is_first, "on purpose") })
        }),
    )
    .await;
    lane(&app, 0).await;
    let (stop, working) = work(&app, QUICK);
    until("the panic", async || ended(&app, JobClass::Deliver, "panicked") == 1).await;
    lane(&app, 1).await;
    until("the next delivery", async || message(&app, 1).await.state == DeliveryState::Failed).await;
    stop.cancel();
    working.await.unwrap();
    let row = row(&app, "deliver/c0").await;
    assert!(row.attempts > 0 || row.reason.as_deref() == Some("settling"), "{row:?}");
    assert_eq!(message(&app, 0).await.state, DeliveryState::Sending, "nobody knows whether it was sent");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn what_takes_too_long_is_ended_and_tried_again() {
    let gauge = Arc::new(Gauge::default());
    let (_directory, app) = open(real(), endless(gauge.clone())).await;
    lane(&app, 0).await;
    let deliver = Limits { at_once: 1, time_out: Duration::from_millis(100) };
    let (stop, working) = work(&app, Pace { deliver, ..QUICK });
    until("the time-out", async || ended(&app, JobClass::Deliver, "timed_out") > 0).await;
    until("the end of the work", async || gauge.now.load(Ordering::SeqCst) == 0).await;
    stop.cancel();
    working.await.unwrap();
    assert!(matches!(row(&app, "deliver/c0").await.state, JobState::Ready));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn what_hangs_at_the_stop_is_handed_back() {
    let gauge = Arc::new(Gauge::default());
    let (_directory, app) = open(real(), endless(gauge.clone())).await;
    lane(&app, 0).await;
    let (stop, working) = work(&app, QUICK);
    until("the delivery", async || gauge.now.load(Ordering::SeqCst) == 1).await;
    let asked = Instant::now();
    stop.cancel();
    working.await.unwrap();
    assert!(asked.elapsed() < Duration::from_secs(3), "{:?}", asked.elapsed());
    assert_eq!(gauge.now.load(Ordering::SeqCst), 0);
    let row = row(&app, "deliver/c0").await;
    assert_eq!((row.state, row.attempts, row.reason.as_deref()), (JobState::Ready, 0, Some("stopped")));
    assert!(row.due.unwrap() <= app.now(), "others need not wait for a lease to run out");
    assert_eq!(ended(&app, JobClass::Deliver, "handed_back"), 1);
}

#[test]
fn the_stop_takes_less_than_supervisors_give() {
    let whole = Pace::REAL.drain + Pace::REAL.hand_back;
    assert!(whole + Duration::from_secs(3) < Duration::from_secs(20));
    assert!(Pace::REAL.lease + Duration::from_secs(1) < Duration::from_secs(10), "what a dead process left");
    assert!(Pace::REAL.renew_every * 3 < Pace::REAL.lease);
}

#[tokio::test]
async fn what_was_claimed_and_not_begun_is_handed_back() {
    let clock = ManualClock::new(DateTime::UNIX_EPOCH + TimeDelta::days(20_000));
    let (_directory, app) =
        open(Clock::Manual(clock), network(|_| Box::pin(async { panic!("it was begun") }))).await;
    lane(&app, 0).await;
    let queue = Queue::new(2, Arc::new(Notify::new()));
    queue.push(Claimed {
        at: Moment::now(&app.outside.clock),
        job: claim(&app, 8).await,
        app: app.clone(),
        pace: Pace::REAL,
        stop: Stop::default(),
        place: queue.place().unwrap(),
    });
    let mut backend = FromStore::new(queue.clone());
    let context = WorkerContext::new("deliver");
    poll_fn(|waker| backend.poll_close(waker, &context)).await.unwrap();
    let row = row(&app, "deliver/c0").await;
    assert_eq!((row.state, row.attempts), (JobState::Ready, 0));
    assert_eq!(queue.room(), 2);
}

async fn claim(app: &App, seconds: i64) -> Job {
    app.store.claim(app.now(), "test", TimeDelta::seconds(seconds)).await.unwrap().unwrap()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_lease_is_kept_while_its_work_blocks_its_thread() {
    let (go, wait) = std::sync::mpsc::channel::<()>();
    let wait = Arc::new(std::sync::Mutex::new(wait));
    let (_directory, app) = open(
        real(),
        network(move |_| {
            let wait = wait.clone();
            Box::pin(async move {
                let _ = wait.lock().unwrap().recv();
            })
        }),
    )
    .await;
    lane(&app, 0).await;
    let (stop, working) = work(&app, QUICK);
    let first = Arc::new(std::sync::Mutex::new(None));
    until("a lease far beyond the first", async || {
        let Some(end) = row(&app, "deliver/c0").await.lease_until else { return false };
        let first = *first.lock().unwrap().get_or_insert(end);
        end > first + TimeDelta::seconds(2)
    })
    .await;
    let other = app.store.claim_of(&[JobClass::Deliver], app.now(), "other", TimeDelta::seconds(8)).await;
    assert_eq!(other.unwrap(), None, "it is still the first worker's");
    go.send(()).unwrap();
    until("the delivery", async || ended(&app, JobClass::Deliver, "done") == 1).await;
    stop.cancel();
    working.await.unwrap();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn work_goes_on_without_the_store_until_its_lease_is_over() {
    let gauge = Arc::new(Gauge::default());
    let (_directory, app) = open(real(), endless(gauge.clone())).await;
    lane(&app, 0).await;
    let (stop, working) = work(&app, Pace { drain: Duration::from_secs(30), ..QUICK });
    until("the delivery", async || gauge.now.load(Ordering::SeqCst) == 1).await;
    let gone = Instant::now();
    app.store.close().await.unwrap();
    until("the end of the work", async || gauge.now.load(Ordering::SeqCst) == 0).await;
    assert!(
        gone.elapsed() > Duration::from_millis(500),
        "one failed renewal ends nothing: {:?}",
        gone.elapsed()
    );
    until("its end", async || ended(&app, JobClass::Deliver, "lease_lost") == 1).await;
    stop.cancel();
    working.await.unwrap();
}

/// A process that was frozen beyond its lease wakes with a message in its hands, at whichever line.
#[tokio::test]
async fn a_worker_that_was_frozen_sends_nothing() {
    let clock = ManualClock::new(DateTime::UNIX_EPOCH + TimeDelta::days(20_000));
    let calls = Arc::new(AtomicUsize::new(0));
    let called = calls.clone();
    let network = network(move |_| {
        called.fetch_add(1, Ordering::SeqCst);
        Box::pin(async {})
    });
    let (_directory, app) = open(Clock::Manual(clock.clone()), network).await;
    let lost = |sent: Result<(), StoreError>| matches!(sent, Err(StoreError::LeaseLost { .. }));
    let lease_of = |job: Job| {
        let moment = Moment::now(&app.outside.clock);
        Lease::new(job, app.outside.clock.clone(), moment, Pace::REAL.lease, CancellationToken::new())
    };

    // Before the mark: another worker has the lane, and the mark is refused.
    lane(&app, 0).await;
    let frozen = lease_of(claim(&app, 8).await);
    clock.advance(Duration::from_secs(9));
    let other = claim(&app, 8).await;
    assert!(lost(deliver::run(&app, &frozen, &chat(0)).await));
    assert_eq!((calls.load(Ordering::SeqCst), message(&app, 0).await.state), (0, DeliveryState::Queued));
    deliver::run(&app, &lease_of(other), &chat(0)).await.unwrap();
    assert_eq!(calls.load(Ordering::SeqCst), 1);

    // Between the mark and the provider: the store would still have it, but our own clock knows better.
    lane(&app, 1).await;
    let frozen = lease_of(claim(&app, 60).await);
    clock.advance(Duration::from_millis(7_100));
    assert!(!frozen.holds());
    assert!(lost(deliver::run(&app, &frozen, &chat(1)).await));
    assert_eq!(calls.load(Ordering::SeqCst), 1, "nothing was sent");
    let row = message(&app, 1).await;
    let state = (row.state, row.attempts, row.tried_at);
    assert_eq!(
        state,
        (DeliveryState::Queued, 0, None),
        "nobody has to ask the provider: the mark is taken back"
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_recurring_job_runs_once_per_due_time_however_many_processes_there_are() {
    let clock = ManualClock::new(DateTime::UNIX_EPOCH + TimeDelta::days(20_000));
    let quiet = || network(|_| Box::pin(async {}));
    let (directory, one) = open(Clock::Manual(clock.clone()), quiet()).await;
    let two = app_on(directory.path(), Clock::Manual(clock.clone()), quiet()).await;
    let runs = || ended(&one, JobClass::Recurring, "done") + ended(&two, JobClass::Recurring, "done");
    for round in 1..=5 {
        for app in [&one, &two] {
            recurring::ensure(app).await.unwrap();
        }
        assert!(!run_one(&one, "one").await.unwrap(), "it is not due yet");
        // The last time everything is down for a day: what was missed is run once.
        clock.advance(Duration::from_secs(if round == 5 { 86_400 } else { 20 }));
        let workers = (0..8).map(|worker| {
            let app = if worker % 2 == 0 { one.clone() } else { two.clone() };
            tokio::spawn(async move { while run_one(&app, &format!("w{worker}")).await.unwrap() {} })
        });
        futures::future::try_join_all(workers).await.unwrap();
        assert_eq!(runs(), round);
    }
    let row = row(&one, "recurring/sweep").await;
    assert_eq!(row.due, Some(one.now() + TimeDelta::seconds(20)));
    let last = row.last.unwrap();
    assert_eq!((last.at, last.outcome.as_str(), last.failed), (one.now(), "swept", false));
}

#[tokio::test]
async fn a_recurring_job_that_fails_is_noted_and_comes_back() {
    let clock = ManualClock::new(DateTime::UNIX_EPOCH + TimeDelta::days(20_000));
    let (_directory, app) = open(Clock::Manual(clock.clone()), network(|_| Box::pin(async {}))).await;
    recurring::ensure(&app).await.unwrap();
    clock.advance(Duration::from_secs(20));
    // Whoever takes it dies of it.
    for _ in 0..MOST_CLAIMS {
        claim(&app, 8).await;
        clock.advance(Duration::from_secs(8));
    }
    assert!(run_one(&app, "survivor").await.unwrap());
    let noted = row(&app, "recurring/sweep").await;
    assert_eq!((noted.state, noted.attempts), (JobState::Ready, 0));
    assert_eq!(noted.due, Some(app.now() + TimeDelta::seconds(20)));
    let last = noted.last.unwrap();
    assert_eq!((last.outcome.as_str(), last.failed), ("ended_the_process", true));
    clock.advance(Duration::from_secs(20));
    assert!(run_one(&app, "survivor").await.unwrap());
    assert!(!row(&app, "recurring/sweep").await.last.unwrap().failed);
}

#[tokio::test]
async fn a_recurring_job_that_is_off_does_not_run() {
    let clock = ManualClock::new(DateTime::UNIX_EPOCH + TimeDelta::days(20_000));
    let (_directory, app) = open(Clock::Manual(clock.clone()), network(|_| Box::pin(async {}))).await;
    let mut config = app.config.clone();
    config.jobs_off = Recurring::ALL.to_vec();
    let off = App::new(config, app.store.clone(), app.outside.clone());
    recurring::ensure(&off).await.unwrap();
    assert_eq!(off.store.jobs(0).await.unwrap().ready, 0);
    recurring::ensure(&app).await.unwrap();
    clock.advance(Duration::from_secs(20));
    assert!(run_one(&off, "worker").await.unwrap());
    let row = row(&off, "recurring/sweep").await;
    assert_eq!((row.reason.as_deref(), row.last, row.attempts), (Some("off"), None, 0));
    assert_eq!(row.due, Some(off.now() + TimeDelta::seconds(20)));
}

#[test]
fn an_outcome_is_a_key_with_what_was_counted() {
    let outcome = Outcome { key: "healed", counts: vec![("reassigned", 2), ("nudged", 0)] };
    assert_eq!(outcome.to_string(), "healed reassigned=2");
}
