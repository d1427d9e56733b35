//! Looks for messages whose turn nobody asked for, because a process died between making them durable and asking.

use super::{JobError, Outcome};
use crate::app::App;

/// Asks for the turns that are missing.
pub(super) async fn run(app: &App) -> Result<Outcome, JobError> {
    let asked = app.store.sweep(app.now()).await?;
    if asked > 0 {
        app.wake.notify_one();
    }
    Ok(Outcome { key: "swept", counts: vec![("asked", asked)] })
}
