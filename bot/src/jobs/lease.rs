//! The lease of a job that runs: renewed beside it, and over when our own clock says so. What holds it asks it before
//! anything that cannot be fenced, which is handing a message to a provider; everything else the store refuses by
//! itself once the lease has passed on.

use crate::outside::Clock;
use crate::store::Store;
use crate::store::documents::Job;
use chrono::{DateTime, Utc};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};
use tokio_util::sync::CancellationToken;
use tokio_util::task::AbortOnDropHandle;

/// A lease counts as over this long before it is, since the clocks of machines differ a little.
const MARGIN: Duration = Duration::from_secs(1);

/// One moment on two clocks: one that others share, and one that nobody can put back.
#[derive(Clone, Copy, Debug)]
pub(super) struct Moment {
    pub(super) wall: DateTime<Utc>,
    steady: Instant,
}

impl Moment {
    pub(super) fn now(clock: &Clock) -> Self {
        Self { wall: clock.now(), steady: Instant::now() }
    }
}

/// The lease of a job that runs.
#[derive(Debug)]
pub struct Lease {
    /// The job, with the token that its writes are fenced by.
    pub job: Job,
    clock: Clock,
    length: Duration,
    /// When the claim or the last renewal that succeeded was asked for.
    since: Mutex<Moment>,
    over: CancellationToken,
    stop: CancellationToken,
}

impl Lease {
    pub(super) fn new(
        job: Job,
        clock: Clock,
        since: Moment,
        length: Duration,
        stop: CancellationToken,
    ) -> Self {
        Self { job, clock, length, since: Mutex::new(since), over: CancellationToken::new(), stop }
    }

    /// Whether the job is surely still ours. A process that was frozen and goes on, or whose renewals failed, finds
    /// that it is not.
    #[must_use]
    pub fn holds(&self) -> bool {
        let since = *self.since.lock().unwrap_or_else(PoisonError::into_inner);
        let length = self.length.saturating_sub(MARGIN.min(self.length / 4));
        let by_wall = (self.clock.now() - since.wall).to_std().unwrap_or_default();
        // Neither clock is enough: one can be put back, the other may stand still while the machine sleeps.
        !self.over.is_cancelled() && by_wall < length && since.steady.elapsed() < length
    }

    /// Whether the process is about to stop: what can be left for another to go on with should be.
    #[must_use]
    pub fn is_wanted_back(&self) -> bool {
        self.stop.is_cancelled()
    }

    /// Returns when the lease is over.
    pub(super) async fn over(&self) {
        self.over.cancelled().await;
    }

    /// Renews the lease until what is returned is dropped. In a task of its own, so that work that keeps its thread busy
    /// does not lose its lease by that.
    pub(super) fn keep(self: &Arc<Self>, store: &Store, every: Duration) -> AbortOnDropHandle<()> {
        AbortOnDropHandle::new(tokio::spawn(keep(self.clone(), store.clone(), every)))
    }
}

async fn keep(lease: Arc<Lease>, store: Store, every: Duration) {
    let length = chrono::Duration::from_std(lease.length).unwrap_or(chrono::Duration::MAX);
    let mut pause = every;
    loop {
        tokio::time::sleep(pause).await;
        let asked = Moment::now(&lease.clock);
        let renewed = if lease.holds() {
            tokio::time::timeout(every, store.renew(&lease.job, asked.wall, length)).await
        } else {
            Ok(Ok(false))
        };
        match renewed {
            Ok(Ok(true)) => {
                *lease.since.lock().unwrap_or_else(PoisonError::into_inner) = asked;
                pause = every;
            }
            Ok(Ok(false)) => return lease.over.cancel(),
            // The store may be back before the lease is over, so the work goes on until then.
            Ok(Err(_)) | Err(_) => pause = every / 5,
        }
    }
}
