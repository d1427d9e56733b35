//! What tests of the real program share: where it is, how it is started and killed, and pretended providers on
//! loopback that talk to it, a terminal to look at. It holds no test and knows no rule of the business.

pub mod binary;
pub mod cluster;
pub mod crowd;
pub mod house;
pub mod market;
pub mod mongod;
pub mod street;
pub mod terminal;
pub mod worlds;

use bot::store::documents::{JobRow, JobState};
use chrono::{DateTime, Utc};
use std::time::Duration;

/// How often a condition is looked at.
const LOOK_EVERY: Duration = Duration::from_millis(10);

/// Looks again and again until the condition gives something.
///
/// # Errors
/// When that has not happened in time.
pub async fn eventually<T>(
    what: &str,
    within: Duration,
    mut condition: impl AsyncFnMut() -> Option<T>,
) -> anyhow::Result<T> {
    let looking = async {
        loop {
            if let Some(found) = condition().await {
                return found;
            }
            tokio::time::sleep(LOOK_EVERY).await;
        }
    };
    tokio::time::timeout(within, looking)
        .await
        .map_err(|_| anyhow::anyhow!("{what}: not within {} s", within.as_secs_f32()))
}

/// Whether a job is a timer that waits for its time, or what comes back by itself for ever: there is nothing to do.
#[must_use]
pub fn sleeps(job: &JobRow, now: DateTime<Utc>) -> bool {
    let is_work = ["turn/", "deliver/"].iter().any(|kind| job.id.starts_with(kind));
    let lies_ahead = job.id.starts_with("recurring/") || job.due.is_some_and(|due| due > now);
    job.state == JobState::Ready && !is_work && lies_ahead
}
