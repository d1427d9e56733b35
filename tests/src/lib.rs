//! What tests of the real program share: where it is, how it is started and killed, and pretended providers on
//! loopback that talk to it. It holds no test and knows no rule of the business.

pub mod binary;
pub mod cluster;
pub mod crowd;
pub mod house;
pub mod mongod;
pub mod street;

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
