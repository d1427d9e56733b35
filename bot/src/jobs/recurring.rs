//! Jobs that come back by themselves. Each is one row of the store, so it happens once per due time however many
//! processes there are; a run settles itself with its next time, worked out from the present. Running one twice must be
//! safe: a process may die between the work and the settling.

use super::schedule::Schedule;
use super::{JobError, accounts, agenda, feeds, healer, janitor, pager, reporter, sweep};
use crate::app::App;
use crate::store::StoreError;
use crate::store::documents::{Job, JobKind, LastRun, Recurring, Settlement};
use chrono::{DateTime, Utc};
use chrono_tz::Tz;
use futures::future::BoxFuture;
use std::fmt;

/// What a run came to: a key, and what was counted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Outcome {
    /// What happened, as a key.
    pub key: &'static str,
    /// What was counted. What is zero is not shown.
    pub counts: Vec<(&'static str, u64)>,
}

impl fmt::Display for Outcome {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.key)?;
        for (name, count) in self.counts.iter().filter(|(_, count)| *count > 0) {
            write!(f, " {name}={count}")?;
        }
        Ok(())
    }
}

/// When one comes back and what it does.
struct Definition {
    schedule: Schedule,
    run: for<'a> fn(&'a App) -> BoxFuture<'a, Result<Outcome, JobError>>,
}

fn definition(name: Recurring) -> Definition {
    match name {
        Recurring::Sweep => {
            Definition { schedule: Schedule::Every { seconds: 20 }, run: |app| Box::pin(sweep::run(app)) }
        }
        Recurring::Healer => {
            Definition { schedule: Schedule::Every { seconds: 600 }, run: |app| Box::pin(healer::run(app)) }
        }
        Recurring::Reporter => {
            Definition { schedule: Schedule::Every { seconds: 600 }, run: |app| Box::pin(reporter::run(app)) }
        }
        Recurring::Janitor => Definition {
            schedule: Schedule::Daily { hour: 4, minute: 30 },
            run: |app| Box::pin(janitor::run(app)),
        },
        Recurring::Agenda => Definition {
            schedule: Schedule::Daily { hour: 8, minute: 0 },
            run: |app| Box::pin(agenda::run(app)),
        },
        Recurring::Pager => {
            Definition { schedule: Schedule::Every { seconds: 60 }, run: |app| Box::pin(pager::run(app)) }
        }
        Recurring::Feeds => {
            Definition { schedule: Schedule::Every { seconds: 900 }, run: |app| Box::pin(feeds::run(app)) }
        }
        Recurring::Accounts => {
            Definition { schedule: Schedule::Every { seconds: 60 }, run: |app| Box::pin(accounts::run(app)) }
        }
    }
}

/// Whether the settings leave it on.
#[must_use]
pub fn is_on(app: &App, name: Recurring) -> bool {
    !app.config.jobs_off.contains(&name)
}

/// Makes those that are on and not there. One that is there keeps its time: one that was missed while everything was
/// down is run once.
///
/// # Errors
/// When the store fails.
pub async fn ensure(app: &App) -> Result<(), StoreError> {
    let zone = zone(app).await?;
    for name in Recurring::ALL.iter().copied().filter(|name| is_on(app, *name)) {
        app.store.ensure(JobKind::Recurring { name }, next(name, app.now(), zone)).await?;
    }
    Ok(())
}

/// Runs it once and settles it with its next time.
pub(super) async fn run(app: &App, job: &Job, name: Recurring) -> Result<(), JobError> {
    if !is_on(app, name) {
        let due = next(name, app.now(), zone(app).await?);
        let off = Settlement::Again { due, reason: "off".to_owned(), failed: false };
        return Ok(app.store.settle(job, off, app.now()).await?);
    }
    let began = app.now();
    let outcome = (definition(name).run)(app).await?;
    if outcome.counts.iter().any(|(_, count)| *count > 0) {
        tracing::info!(%outcome, "a recurring job ran");
    } else {
        tracing::debug!(%outcome, "a recurring job ran");
    }
    come_back(app, job, name, began, outcome.to_string(), false).await
}

/// Notes that it failed this time; it comes back at its next.
pub(super) async fn give_up(app: &App, job: &Job, name: Recurring, reason: String) -> Result<(), JobError> {
    come_back(app, job, name, app.now(), reason, true).await
}

async fn come_back(
    app: &App,
    job: &Job,
    name: Recurring,
    began: DateTime<Utc>,
    outcome: String,
    failed: bool,
) -> Result<(), JobError> {
    let zone = zone(app).await?;
    let now = app.now();
    let took_ms = u64::try_from((now - began).num_milliseconds()).unwrap_or_default();
    let last = LastRun { at: now, took_ms, outcome, failed };
    Ok(app.store.settle(job, Settlement::Next { due: next(name, now, zone), last }, now).await?)
}

fn next(name: Recurring, after: DateTime<Utc>, zone: Tz) -> DateTime<Utc> {
    definition(name).schedule.next(after, zone)
}

/// The zone in which times of day are meant.
async fn zone(app: &App) -> Result<Tz, StoreError> {
    Ok(app.business().await?.map_or(app.config.timezone, |business| business.value.timezone))
}
