//! The workers of a process: one claimer, which asks the store for as much as there is room for, and one apalis worker
//! per class of jobs, which runs each job in a task of its own.

use super::attempt;
use super::backend::{Claimed, FromStore, Queue};
use super::lease::Moment;
use super::{Pace, Stop, recurring, schedule};
use crate::app::App;
use crate::pipeline;
use crate::store::documents::{Claimed as Claims, JobClass};
use apalis::prelude::{BoxDynError, Monitor, ParallelizeExt, WorkerBuilder};
use chrono::{DateTime, Utc};
use futures::FutureExt;
use futures::future::BoxFuture;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::Notify;
use tokio::time::Instant;
use tokio_util::sync::CancellationToken;

/// The longest sleep without looking for work: the safety net behind the bell.
const LONGEST_SLEEP: Duration = Duration::from_secs(1);
/// The longest sleep while the store cannot be asked.
const LONGEST_PAUSE: Duration = Duration::from_secs(3);
/// The shortest time between two looks, for each job that runs: the more there is to do, the more is gathered for one look,
/// and who has nothing else to do looks at once.
const ROUND_PER_JOB: Duration = Duration::from_micros(750);
/// No look is put off for longer, so that nobody notices it.
const LONGEST_ROUND: Duration = Duration::from_millis(25);
/// How long a claim that is under way is waited for once the stop was asked for.
const LAST_CLAIM: Duration = Duration::from_secs(2);

/// In which order the classes are claimed: what is decided already is not held up by a backlog of what is not.
const ORDER: [JobClass; 4] = [JobClass::Deliver, JobClass::Wake, JobClass::Recurring, JobClass::Turn];

/// Works until `stop` is asked for, then finishes what is under way, or hands it back when that takes too long.
pub async fn work_until(app: Arc<App>, owner: String, stop: CancellationToken) {
    work_at_pace(app.clone(), owner, stop, Pace::REAL).await;
    if let Err(error) = pipeline::write_left_over(&app).await {
        tracing::warn!(%error, "calls of models whose turns came to nothing could not be written down");
    }
}

/// As [`work_until`], at another pace: for tests.
pub async fn work_at_pace(app: Arc<App>, owner: String, stop: CancellationToken, pace: Pace) {
    let stop = Stop { asked: stop, cut: CancellationToken::new() };
    let cut = async {
        stop.asked.cancelled().await;
        tokio::time::sleep(pace.drain).await;
        stop.cut.cancel();
        std::future::pending::<()>().await;
    };
    tokio::select! {
        () = run_workers(app, owner, pace, stop.clone()) => {}
        () = cut => {}
    }
}

/// Not an `async fn`: what the stack of a worker promises can only be seen where its types are whole.
fn run_workers(app: Arc<App>, owner: String, pace: Pace, stop: Stop) -> BoxFuture<'static, ()> {
    let freed = Arc::new(Notify::new());
    let queues: Vec<(JobClass, Arc<Queue>)> =
        ORDER.into_iter().map(|class| (class, Queue::new(pace.of(class).at_once, freed.clone()))).collect();
    let mut monitor = Monitor::new();
    for (class, queue) in queues.clone() {
        monitor = monitor.register(move |_| {
            WorkerBuilder::new(class.key())
                .backend(FromStore::new(queue.clone()))
                .parallelize(tokio::spawn)
                .build(run)
        });
    }
    let cut = stop.cut.clone();
    let monitor = monitor.should_restart(|_, _| true).with_terminator(async move {
        cut.cancelled().await;
        tokio::time::sleep(pace.hand_back).await;
    });
    let claimer = Claimer { app, owner, pace, stop, queues, freed };
    async move {
        // The workers stop when the claimer has: nothing is handed to a worker that has closed.
        let claimed = async move {
            claimer.claim_until_stopped().await;
            Ok(())
        };
        if let Err(error) = monitor.run_with_signal(claimed).await {
            tracing::error!(%error, "the workers ended badly");
        }
    }
    .boxed()
}

/// Boxed, so that the layers of a worker are compiled over a short type.
fn run(claimed: Claimed) -> BoxFuture<'static, Result<(), BoxDynError>> {
    async move {
        claimed.run().await;
        Ok(())
    }
    .boxed()
}

struct Claimer {
    app: Arc<App>,
    owner: String,
    pace: Pace,
    stop: Stop,
    queues: Vec<(JobClass, Arc<Queue>)>,
    freed: Arc<Notify>,
}

impl Claimer {
    async fn claim_until_stopped(self) {
        let app = self.app.clone();
        let mut failures = 0_u32;
        let mut are_there = false;
        let mut last_look = Instant::now();
        let mut watching = std::pin::pin!(app.store.watch(&app.wake));
        while !self.stop.asked.is_cancelled() {
            if !are_there {
                are_there = recurring::ensure(&app).await.is_ok();
            }
            let room: Vec<(JobClass, usize)> =
                self.queues.iter().map(|(class, queue)| (*class, queue.room())).collect();
            let room: Vec<_> = room.into_iter().filter(|(_, places)| *places > 0).collect();
            let has_room = !room.is_empty();
            let mut next = None;
            if has_room {
                app.pressure.eased().await;
                tokio::time::sleep_until(last_look + self.round()).await;
                last_look = Instant::now();
                match self.claim(&room).await {
                    Ok(then) => {
                        failures = 0;
                        next = then;
                    }
                    Err(problem) => {
                        failures = failures.saturating_add(1);
                        tracing::warn!(problem, failures, "no work could be claimed");
                    }
                }
            }
            let sleep = match failures {
                0 => next.map_or(LONGEST_SLEEP, |next| self.until(next)),
                failures => {
                    let pause = schedule::backoff(failures, &app.outside.dice).to_std();
                    pause.unwrap_or(LONGEST_PAUSE).min(LONGEST_PAUSE)
                }
            };
            tokio::select! {
                () = self.stop.asked.cancelled() => {}
                // Rings the same bell for what other processes ask for.
                () = &mut watching => {}
                () = app.wake.notified(), if has_room && failures == 0 => {}
                () = self.freed.notified() => {}
                () = tokio::time::sleep(sleep), if has_room => {}
            }
        }
    }

    /// Claims what there is room for, and hands it to the workers. Tells when there may be more, unless the bell rings.
    async fn claim(&self, room: &[(JobClass, usize)]) -> Result<Option<DateTime<Utc>>, String> {
        let at = Moment::now(&self.app.outside.clock);
        let too_late = async {
            self.stop.asked.cancelled().await;
            tokio::time::sleep(LAST_CLAIM).await;
        };
        let Claims { jobs, next } = tokio::select! {
            claimed = self.app.store.claim_some(at.wall, &self.owner, self.pace.lease(), room) => {
                claimed.map_err(|error| error.to_string())?
            }
            () = too_late => return Ok(None),
        };
        for job in jobs {
            let queue = self.queues.iter().find(|(class, _)| *class == job.kind.class());
            let place = queue.and_then(|(_, queue)| queue.place());
            match (queue, place) {
                (Some((_, queue)), Some(place)) if !self.stop.asked.is_cancelled() => {
                    let (app, pace, stop) = (self.app.clone(), self.pace, self.stop.clone());
                    queue.push(Claimed { app, job, at, pace, stop, place });
                }
                _ => attempt::hand_back(&self.app, &job).await,
            }
        }
        Ok(next)
    }

    /// How long after a look the next one is made at the earliest.
    fn round(&self) -> Duration {
        let running: usize =
            self.queues.iter().map(|(class, queue)| self.pace.of(*class).at_once - queue.room()).sum();
        (ROUND_PER_JOB * u32::try_from(running).unwrap_or(1_000)).min(LONGEST_ROUND)
    }

    fn until(&self, next: DateTime<Utc>) -> Duration {
        (next - self.app.now()).to_std().unwrap_or_default().min(LONGEST_SLEEP)
    }
}
