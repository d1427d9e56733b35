//! Looks for leads on which nobody has acted for long, and has each looked at in a turn of its own. The index tells which;
//! the turn decides under the lead's version, so two processes, or one that dies in between, heal nothing twice.

use super::{JobError, Outcome};
use crate::app::App;
use crate::store::documents::{JobKind, NewJob};
use crate::store::waiting::{Cursor, Left};
use agents::decision::Wake;
use agents::id::LeadId;
use chrono::{DateTime, Duration, Utc};

/// How many leads are read and asked for at once.
const PAGE: u32 = 500;
/// How many leads one run takes; the rest waits for the next.
const MOST: usize = 20_000;

/// Asks for a look at every stale lead.
pub(super) async fn run(app: &App) -> Result<Outcome, JobError> {
    let before = app.now() - Duration::minutes(i64::from(app.config.sos_timeout_minutes));
    let asked = ask_for_each(app, Left::Stale, before, |lead| Wake::Stale { lead }).await?;
    Ok(Outcome { key: "looked", counts: vec![("leads", asked)] })
}

/// Asks for a timer for every lead that was left alone since before then, page by page.
pub(super) async fn ask_for_each(
    app: &App,
    left: Left,
    before: DateTime<Utc>,
    wake: impl Fn(LeadId) -> Wake,
) -> Result<u64, JobError> {
    let Some(business) = app.business().await? else { return Ok(0) };
    let mut cursor: Option<Cursor> = None;
    let mut asked = 0_usize;
    while asked < MOST {
        let page = app.store.left_leads(&business.value.id, left, before, cursor.as_ref(), PAGE).await?;
        let Some(last) = page.last().cloned() else { break };
        asked += page.len();
        let now = app.now();
        let is_last = page.len() < PAGE as usize;
        let jobs = page.into_iter().map(|found| {
            let kind = JobKind::Wake { wake: wake(found.lead) };
            NewJob { kind, due: now, gather_ms: None }
        });
        app.store.ask(jobs.collect(), now).await?;
        cursor = Some(last);
        if is_last {
            break;
        }
    }
    if asked > 0 {
        app.wake.notify_one();
    }
    Ok(u64::try_from(asked).unwrap_or(u64::MAX))
}
