//! Ends requests whose customers have not written for days. Each is looked at in a turn of its own, which leaves alone what
//! a person looks after.

use super::healer::ask_for_each;
use super::{JobError, Outcome};
use crate::app::App;
use crate::store::waiting::Left;
use agents::decision::Wake;
use agents::policy::ABANDONED_AFTER;

/// Asks for a look at every request that was left lying.
pub(super) async fn run(app: &App) -> Result<Outcome, JobError> {
    let before = app.now() - ABANDONED_AFTER;
    let asked = ask_for_each(app, Left::Lying, before, |lead| Wake::Abandoned { lead }).await?;
    Ok(Outcome { key: "looked", counts: vec![("leads", asked)] })
}
