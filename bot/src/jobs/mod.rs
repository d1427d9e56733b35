//! Background work: a closed list of jobs (`store::documents::JobKind`), handed out by the store under a lease, and run
//! by apalis workers, one per class, so that a flood of one class holds up no other.
//!
//! [`run_one`] and the workers run a job by the same code (`attempt`): its lease is renewed beside it, its time is
//! bounded, a panic is a failed attempt, and what it came to is settled in the store under its lease. apalis keeps the
//! workers going and drains them; it retries nothing and remembers nothing, since both belong to the store.

mod accounts;
mod agenda;
mod attempt;
mod backend;
mod feeds;
mod healer;
mod janitor;
mod lease;
mod pager;
pub mod recurring;
mod reporter;
pub mod schedule;
mod sweep;
#[cfg(test)]
mod tests;
mod workers;

pub use lease::Lease;
pub use recurring::Outcome;
pub use workers::{work_at_pace, work_until};

use crate::app::App;
use crate::models::TURN_BUDGET;
use crate::pipeline::turn::TurnError;
use crate::store::StoreError;
use crate::store::documents::JobClass;
use lease::Moment;
use std::time::Duration;
use tokio_util::sync::CancellationToken;

/// How often a job is tried before it is a dead letter, or noted as failed if it comes back by itself.
pub const ATTEMPTS: u32 = 6;
/// How often a job is begun without ever coming to an end before it is given up.
const MOST_CLAIMS: u32 = 20;

/// How fast and how patient the work is.
#[derive(Clone, Copy, Debug)]
pub struct Pace {
    /// How long a job belongs to whoever claimed it. Longer than any time without a renewal, not than the job: so what
    /// a dead process leaves is taken up within this and a second more.
    pub lease: Duration,
    /// How often a lease is renewed while its job runs: a third of it, so that two renewals may fail.
    pub renew_every: Duration,
    /// How long work under way may take once the stop was asked for: a turn's whole budget for models.
    pub drain: Duration,
    /// How long handing back may take after that. Both together leave room in the 20 seconds that supervisors give.
    pub hand_back: Duration,
    /// Answering what came in.
    pub turn: Limits,
    /// Handing over what was decided.
    pub deliver: Limits,
    /// Timers.
    pub wake: Limits,
    /// What comes back by itself.
    pub recurring: Limits,
}

/// What holds for the jobs of one class.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// How many run at once in this process.
    pub at_once: usize,
    /// How long one may take; one that takes longer is ended, and has failed this time.
    pub time_out: Duration,
}

impl Pace {
    /// The real one.
    pub const REAL: Self = Self {
        lease: Duration::from_secs(8),
        renew_every: Duration::from_millis(2_500),
        drain: TURN_BUDGET,
        hand_back: Duration::from_secs(3),
        // The models' budget, the courtesy of showing that we type, and three calls of the store that each take as long
        // as they may, which is 10 seconds.
        turn: Limits { at_once: 16, time_out: Duration::from_secs(TURN_BUDGET.as_secs() + 3 + 30) },
        // A lane stops by itself after a minute (`pipeline::deliver`); what it began then may be asking after a lost
        // message (two requests of 30 seconds) or a send (one), with calls of the store. The 150 seconds after which a
        // journal can be believed are waited for outside of any job.
        deliver: Limits { at_once: 16, time_out: Duration::from_secs(180) },
        // A timer is a turn without an inbox.
        wake: Limits { at_once: 8, time_out: Duration::from_secs(TURN_BUDGET.as_secs() + 3 + 30) },
        // Nobody waits for these, and each comes back.
        recurring: Limits { at_once: 2, time_out: Duration::from_secs(300) },
    };

    /// That of [`run_one`]. A clock that is turned by hand jumps, and nothing is renewed within a jump, so a lease is
    /// longer than any wait of a job.
    const BY_HAND: Self = Self { lease: Duration::from_secs(60), ..Self::REAL };

    /// What holds for a class.
    #[must_use]
    pub fn of(&self, class: JobClass) -> Limits {
        match class {
            JobClass::Turn => self.turn,
            JobClass::Deliver => self.deliver,
            JobClass::Wake => self.wake,
            JobClass::Recurring => self.recurring,
        }
    }

    fn lease(&self) -> chrono::Duration {
        chrono::Duration::from_std(self.lease).unwrap_or(chrono::Duration::MAX)
    }
}

/// Why a job did not come to its end.
#[derive(Debug, thiserror::Error)]
pub enum JobError {
    /// The store could not be read or written, or the lease was lost.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The turn failed.
    #[error(transparent)]
    Turn(#[from] TurnError),
    /// Anything else, as a key without words of people.
    #[error("{0}")]
    Failed(&'static str),
}

/// How work is asked to end.
#[derive(Clone, Debug, Default)]
struct Stop {
    /// Begin nothing more.
    asked: CancellationToken,
    /// Leave what is under way, and hand it back.
    cut: CancellationToken,
}

/// Claims the job that is due for the longest and runs it to its end, in the caller's task. Returns whether there was
/// one. Tests with a clock of their own come in here and have leases of a minute; workers of processes do not.
///
/// # Errors
/// When the store cannot be asked.
pub async fn run_one(app: &App, owner: &str) -> Result<bool, StoreError> {
    let pace = &Pace::BY_HAND;
    let moment = Moment::now(&app.outside.clock);
    let Some(job) = app.store.claim(moment.wall, owner, pace.lease()).await? else { return Ok(false) };
    attempt::run(app, job, moment, pace, &Stop::default()).await;
    Ok(true)
}
