//! Asks the providers how accounts stand through which nothing leaves, so that one that works again is found without a
//! message to try it with and without the provider's word, which may not come.

use super::{JobError, Outcome};
use crate::app::App;
use crate::pipeline::accounts;

/// Asks after each of them once.
pub(super) async fn run(app: &App) -> Result<Outcome, JobError> {
    Ok(Outcome { key: "asked", counts: vec![("mended", accounts::ask_after(app).await?)] })
}
