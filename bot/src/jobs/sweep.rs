//! Looks for what a process left that died between two writes: messages whose turn nobody asked for, and statuses of our
//! messages that nobody wrote down. Also writes down the calls of models whose turns came to nothing.

use super::{JobError, Outcome};
use crate::app::App;
use crate::pipeline;

/// Asks for the turns that are missing.
pub(super) async fn run(app: &App) -> Result<Outcome, JobError> {
    let asked = app.store.sweep(app.now()).await?;
    if asked > 0 {
        app.wake.notify_one();
    }
    let statuses = pipeline::record_kept(app).await?;
    let statuses = u64::try_from(statuses).unwrap_or(u64::MAX);
    let calls = pipeline::write_left_over(app).await?;
    let calls = u64::try_from(calls).unwrap_or(u64::MAX);
    Ok(Outcome { key: "swept", counts: vec![("asked", asked), ("statuses", statuses), ("calls", calls)] })
}
