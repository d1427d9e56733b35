//! One attempt at one job, from claimed to settled: done, to be tried again, given up, handed back, or lost to another
//! worker, which then ends it.

use super::lease::{Lease, Moment};
use super::{ATTEMPTS, JobError, MOST_CLAIMS, Pace, Stop, recurring, schedule};
use crate::app::App;
use crate::pipeline::turn::TurnError;
use crate::pipeline::{deliver, raise, raise_chat, turn};
use crate::store::StoreError;
use crate::store::documents::{Job, JobKind, Settlement};
use agents::concern::Concern;
use agents::decision::WakeSubject;
use futures::FutureExt;
use std::panic::AssertUnwindSafe;
use std::sync::Arc;
use std::time::{Duration, Instant};
use tracing::Instrument;

/// How the work of an attempt ended.
enum Ended {
    /// It is done and settled.
    Done,
    /// It failed, for this reason.
    Failed(String),
    /// It took too long.
    TimedOut,
    /// It panicked.
    Panicked,
    /// The job is another worker's by now.
    Lost,
    /// The process stops.
    Cut,
}

impl Ended {
    fn key(&self) -> &'static str {
        match self {
            Self::Done => "done",
            Self::Failed(_) => "failed",
            Self::TimedOut => "timed_out",
            Self::Panicked => "panicked",
            Self::Lost => "lease_lost",
            Self::Cut => "handed_back",
        }
    }
}

/// Runs a job that was claimed at this moment to the end of this attempt.
pub(super) async fn run(app: &App, job: Job, claimed: Moment, pace: &Pace, stop: &Stop) {
    let class = job.kind.class();
    let span =
        tracing::info_span!("job", job.id = job.kind.id(), job.kind = class.key(), attempt = job.attempts);
    let began = Instant::now();
    app.counters.job_waited(class.key(), job.waited.to_std().unwrap_or_default());
    let lease = Lease::new(job, app.outside.clock.clone(), claimed, pace.lease, stop.asked.clone());
    let lease = Arc::new(lease);
    let _kept = lease.keep(&app.store, pace.renew_every);
    async {
        let ended = work_within(app, &lease, pace.of(class).time_out, stop).await;
        app.counters.job(class.key(), ended.key());
        app.counters.job_took(class.key(), began.elapsed());
        settle(app, &lease, ended, pace.hand_back).await;
    }
    .instrument(span)
    .await;
}

async fn work_within(app: &App, lease: &Lease, time_out: Duration, stop: &Stop) -> Ended {
    if lease.job.attempts > MOST_CLAIMS {
        // Whoever took it died of it, again and again, before they could even say so.
        return Ended::Failed("ended_the_process".to_owned());
    }
    let work = AssertUnwindSafe(work(app, lease)).catch_unwind();
    tokio::select! {
        biased;
        worked = tokio::time::timeout(time_out, work) => match worked {
            Ok(Ok(Ok(()))) => Ended::Done,
            // Somebody else has the job by now; it is theirs to end.
            Ok(Ok(Err(
                JobError::Store(StoreError::LeaseLost { .. })
                | JobError::Turn(TurnError::Store(StoreError::LeaseLost { .. })),
            ))) => Ended::Lost,
            Ok(Ok(Err(error))) => Ended::Failed(error.to_string()),
            Ok(Err(_)) => Ended::Panicked,
            Err(_) => Ended::TimedOut,
        },
        () = lease.over() => Ended::Lost,
        () = stop.cut.cancelled() => Ended::Cut,
    }
}

/// Each kind of work boxed, so that none makes the stack of the others longer.
async fn work(app: &App, lease: &Lease) -> Result<(), JobError> {
    let job = &lease.job;
    match &job.kind {
        JobKind::Turn { conversation } => {
            Ok(turn::run(app, job, turn::Subject::Chat(conversation)).boxed().await?)
        }
        JobKind::Wake { wake } => Ok(turn::run(app, job, turn::Subject::Timer(wake)).boxed().await?),
        JobKind::Deliver { conversation } => Ok(deliver::run(app, lease, conversation).boxed().await?),
        JobKind::Recurring { name } => recurring::run(app, job, *name).await,
    }
}

/// Writes down what an attempt came to, where the work has not done so itself.
async fn settle(app: &App, lease: &Lease, ended: Ended, hand_back: Duration) {
    let job = &lease.job;
    let key = ended.key();
    let failure = match ended {
        Ended::Done => return,
        Ended::Lost => return tracing::warn!("a lease was lost; the job is another worker's"),
        Ended::Cut => {
            return match tokio::time::timeout(hand_back, self::hand_back(app, job)).await {
                Ok(()) => {}
                Err(_) => tracing::warn!("a job could not be handed back in time; its lease runs out"),
            };
        }
        Ended::Failed(failure) => failure,
        Ended::TimedOut | Ended::Panicked => key.to_owned(),
    };
    tracing::warn!(failure, "a job failed");
    let settled = if job.attempts >= ATTEMPTS {
        give_up(app, job, failure).await
    } else {
        let due = app.now() + schedule::backoff(job.attempts, &app.outside.dice);
        let settlement = Settlement::Again { due, reason: failure, failed: true };
        app.store.settle(job, settlement, app.now()).await.map_err(JobError::from)
    };
    if let Err(error) = settled {
        // The lease runs out and somebody tries again.
        tracing::warn!(%error, "a failed job could not be settled");
    }
}

/// Makes a claimed job due at once for others, as if it had not been claimed.
pub(super) async fn hand_back(app: &App, job: &Job) {
    let again = Settlement::Again { due: app.now(), reason: "stopped".to_owned(), failed: false };
    if let Err(error) = app.store.settle(job, again, app.now()).await {
        tracing::warn!(job.id = job.kind.id(), %error, "a job could not be handed back; its lease runs out");
    }
}

async fn give_up(app: &App, job: &Job, reason: String) -> Result<(), JobError> {
    tracing::error!(reason, "a job was given up; see `fixi jobs list`");
    app.counters.job(job.kind.class().key(), "dead");
    match &job.kind {
        JobKind::Turn { conversation } => Ok(turn::give_up(app, job, conversation, reason).await?),
        JobKind::Deliver { conversation } => Ok(deliver::give_up(app, job, conversation, reason).await?),
        JobKind::Wake { wake } => {
            // Nobody looks after this any more.
            match wake.subject() {
                WakeSubject::Lead(lead) => raise(app, lead, Concern::TimerFailed).await?,
                WakeSubject::Conversation(chat) => raise_chat(app, chat, Concern::TimerFailed).await?,
                // Nobody is left without an answer: the next time that is freed is looked at anew.
                WakeSubject::Pro(_) => {}
            }
            Ok(app.store.settle(job, Settlement::Dead { reason }, app.now()).await?)
        }
        JobKind::Recurring { name } => recurring::give_up(app, job, *name, reason).await,
    }
}
