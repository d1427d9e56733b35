//! Background work: a closed list of jobs (`store::documents::JobKind`), handed out by the store under a lease. A
//! worker runs several at once, renews their leases, bounds their attempts and leaves a dead letter when it gives up.

pub mod schedule;

use crate::app::App;
use crate::pipeline::{deliver, raise, turn};
use crate::store::StoreError;
use crate::store::documents::{Job, JobKind, Settlement};
use chrono::Duration;
use futures::FutureExt;
use std::panic::AssertUnwindSafe;
use std::sync::Arc;
use tokio::task::JoinSet;
use tokio_util::sync::CancellationToken;

/// How long a job belongs to the worker that claimed it, unless it is renewed. Longer than the longest single wait.
pub const LEASE: Duration = Duration::seconds(60);
/// How often a lease is renewed while its job runs.
const RENEW_EVERY: std::time::Duration = std::time::Duration::from_secs(20);
/// How often a turn or a timer is tried before it is a dead letter.
pub const ATTEMPTS: u32 = 6;
/// How often a job is begun without ever coming to an end before it is a dead letter.
const MOST_CLAIMS: u32 = 20;
/// How many jobs run at once.
const AT_ONCE: usize = 16;
/// The longest sleep without looking for work: the safety net behind the bell.
const LONGEST_SLEEP: std::time::Duration = std::time::Duration::from_secs(1);
/// How long the work under way may take after the stop was asked for.
const DRAIN: std::time::Duration = std::time::Duration::from_secs(20);

/// Claims and runs the job that is due for the longest. Returns whether there was one.
///
/// # Errors
/// When the store cannot be asked.
pub async fn run_one(app: &App, owner: &str) -> Result<bool, StoreError> {
    let Some(job) = app.store.claim(app.now(), owner, LEASE).await? else { return Ok(false) };
    run(app, &job).await;
    Ok(true)
}

/// Runs a claimed job to its end: done, to be tried again, or dead.
async fn run(app: &App, job: &Job) {
    let class = job.kind.class().key();
    if job.attempts > MOST_CLAIMS {
        // Whoever took it died of it, again and again, before they could even say so.
        if let Err(error) = give_up(app, job, "ended_the_process".to_owned()).await {
            tracing::warn!(job.id = job.kind.id(), error, "a job could not be given up");
        }
        return;
    }
    let work = AssertUnwindSafe(work(app, job)).catch_unwind();
    let failure = match work.await {
        Ok(Ok(())) => {
            app.counters.job(class, "done");
            return;
        }
        Ok(Err(failure)) => failure,
        Err(_) => "panicked".to_owned(),
    };
    app.counters.job(class, "failed");
    tracing::warn!(job.id = job.kind.id(), attempts = job.attempts, failure, "a job failed");
    let settled = if job.attempts >= ATTEMPTS {
        give_up(app, job, failure).await
    } else {
        let due = app.now() + schedule::backoff(job.attempts, &app.outside.dice);
        app.store
            .settle(job, Settlement::Again { due, reason: failure, failed: true }, app.now())
            .await
            .map_err(|error| error.to_string())
    };
    if let Err(error) = settled {
        // The lease runs out and somebody tries again.
        tracing::warn!(job.id = job.kind.id(), error, "a failed job could not be settled");
    }
}

async fn work(app: &App, job: &Job) -> Result<(), String> {
    let result = match &job.kind {
        JobKind::Turn { conversation } => turn::run(app, job, turn::Subject::Chat(conversation)).await,
        JobKind::Wake { wake } => turn::run(app, job, turn::Subject::Timer(wake)).await,
        JobKind::Deliver { conversation } => deliver::run(app, job, conversation).await.map_err(Into::into),
    };
    match result {
        // Somebody else has the job by now; it is theirs to end.
        Err(turn::TurnError::Store(StoreError::LeaseLost { .. })) => Ok(()),
        other => other.map_err(|error| error.to_string()),
    }
}

async fn give_up(app: &App, job: &Job, reason: String) -> Result<(), String> {
    tracing::error!(job.id = job.kind.id(), reason, "a job was given up; see `fixi jobs list`");
    app.counters.job(job.kind.class().key(), "dead");
    match &job.kind {
        JobKind::Turn { conversation } => {
            turn::give_up(app, job, conversation, reason).await.map_err(|error| error.to_string())
        }
        JobKind::Deliver { conversation } => {
            deliver::give_up(app, job, conversation, reason).await.map_err(|error| error.to_string())
        }
        JobKind::Wake { wake } => {
            // Nobody looks after this lead any more.
            raise(app, wake.lead(), "timer_failed").await.map_err(|error| error.to_string())?;
            app.store
                .settle(job, Settlement::Dead { reason }, app.now())
                .await
                .map_err(|error| error.to_string())
        }
    }
}

/// Works until `stop` is asked for, then finishes what is under way.
pub async fn work_until(app: Arc<App>, owner: String, stop: CancellationToken) {
    let mut running = JoinSet::new();
    let mut failures = 0_u32;
    let mut watching = std::pin::pin!(app.store.watch(&app.wake));
    while !stop.is_cancelled() {
        if running.len() < AT_ONCE {
            match app.store.claim_some(app.now(), &owner, LEASE, AT_ONCE - running.len()).await {
                Ok(jobs) => {
                    failures = 0;
                    for job in jobs {
                        running.spawn(keep_and_run(app.clone(), job));
                    }
                }
                Err(error) => {
                    failures = failures.saturating_add(1);
                    tracing::warn!(%error, failures, "no work could be claimed");
                }
            }
        }
        let sleep = match failures {
            0 => until_next(&app).await,
            failures => schedule::backoff(failures, &app.outside.dice).to_std().unwrap_or(LONGEST_SLEEP),
        };
        tokio::select! {
            () = stop.cancelled() => {}
            // Rings the same bell for what other processes ask for.
            () = &mut watching => {}
            () = app.wake.notified(), if running.len() < AT_ONCE => {}
            Some(_) = running.join_next(), if !running.is_empty() => {}
            () = tokio::time::sleep(sleep), if running.len() < AT_ONCE => {}
        }
    }
    let drained = tokio::time::timeout(DRAIN, async { while running.join_next().await.is_some() {} }).await;
    if drained.is_err() {
        tracing::warn!(
            left = running.len(),
            "stopped with work under way; its leases run out and it is done again"
        );
    }
}

/// How long there is surely nothing to do, unless the bell rings.
async fn until_next(app: &App) -> std::time::Duration {
    let due = app.store.next_due().await.ok().flatten();
    due.map_or(LONGEST_SLEEP, |due| (due - app.now()).to_std().unwrap_or_default().min(LONGEST_SLEEP))
}

/// Runs a job and renews its lease meanwhile. A lost lease ends the work: whatever it would write is refused anyway.
async fn keep_and_run(app: Arc<App>, job: Job) {
    let mut work = std::pin::pin!(run(&app, &job));
    loop {
        tokio::select! {
            () = &mut work => return,
            () = tokio::time::sleep(RENEW_EVERY) => match app.store.renew(&job, app.now(), LEASE).await {
                Ok(true) => {}
                Ok(false) => {
                    tracing::warn!(job.id = job.kind.id(), "a lease was lost; the job is another worker's");
                    return;
                }
                Err(error) => tracing::warn!(%error, "a lease could not be renewed"),
            },
        }
    }
}
