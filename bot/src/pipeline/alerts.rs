//! Alerts that no decision made: that all models are down (B44), that the operator's own report did not arrive (B114). They
//! are stored like a decision's, and told by the pager.

use super::write::raised;
use crate::app::App;
use crate::jobs::recurring;
use crate::models::Asked;
use crate::store::StoreError;
use crate::store::documents::{Commit, JobKind, NewJob, OutboxRow, Recurring};
use agents::business::Business;
use agents::care::{Alert, AlertKind};
use chrono::{DateTime, Duration, Utc};
use locales::{args, text};
use std::sync::{Mutex, PoisonError};

/// How long models are down before the operator is told.
const OUTAGE: Duration = Duration::seconds(60);

/// Since when no model has answered in this process.
#[derive(Debug, Default)]
pub struct Outage(Mutex<Option<DateTime<Utc>>>);

impl Outage {
    /// Takes note of an answer; true once models have been down for long enough to tell.
    fn lasts(&self, degraded: bool, asked_any: bool, now: DateTime<Utc>) -> bool {
        let mut since = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if !degraded {
            // Without models the rules answer, which is no outage and ends none.
            if asked_any {
                *since = None;
            }
            return false;
        }
        now - *since.get_or_insert(now) >= OUTAGE
    }
}

/// Takes note of whether models answer.
pub(super) async fn models_asked(app: &App, business: &Business, asked: &Asked) -> Result<(), StoreError> {
    if !app.outage.lasts(asked.degraded, !asked.attempts.is_empty(), app.now()) {
        return Ok(());
    }
    let words = text(business.locale, "operator-models-down", &args![]);
    raise(app, business, &Alert { kind: AlertKind::ModelsDown, lead: None, words }).await
}

/// The operator's report was not delivered: they are told on the other way.
pub(super) async fn report_failed(app: &App, row: &OutboxRow) -> Result<(), StoreError> {
    let Some(business) = app.business().await?.map(|business| business.value) else { return Ok(()) };
    let words = text(business.locale, "operator-report-failed", &args![report = row.message.text.as_str()]);
    raise(app, &business, &Alert { kind: AlertKind::ReportFailed, lead: None, words }).await
}

pub(super) async fn raise(app: &App, business: &Business, alert: &Alert) -> Result<(), StoreError> {
    let Some(document) = raised(app, business, alert).await? else { return Ok(()) };
    let now = app.now();
    let jobs = pager_job(app, now).into_iter().collect();
    match app.store.commit(Commit { documents: vec![document], jobs, ..Commit::default() }, now).await {
        // Somebody else has raised it in this moment.
        Ok(()) | Err(StoreError::Version { .. }) => Ok(()),
        Err(error) => Err(error),
    }
}

/// The pager at once. None where nobody can be paged: a job that is asked for while it is off would come back for ever.
pub(super) fn pager_job(app: &App, now: DateTime<Utc>) -> Option<NewJob> {
    let kind = JobKind::Recurring { name: Recurring::Pager };
    let is_on = app.config.telegram.is_some() && recurring::is_on(app, Recurring::Pager);
    is_on.then_some(NewJob { kind, due: now, gather_ms: None })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_outage_is_told_after_a_minute_and_ends_with_an_answer() {
        let outage = Outage::default();
        let now = DateTime::UNIX_EPOCH;
        assert!(!outage.lasts(true, true, now));
        assert!(!outage.lasts(true, false, now + Duration::seconds(59)));
        assert!(outage.lasts(true, true, now + Duration::seconds(60)));
        assert!(!outage.lasts(false, true, now + Duration::seconds(61)));
        assert!(!outage.lasts(true, true, now + Duration::seconds(62)), "it begins anew");
    }
}
