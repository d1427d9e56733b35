//! `fixi jobs`: what waits, what runs, and what was given up.

use crate::config::Config;
use crate::store::Store;
use crate::store::documents::{JobKind, JobRow, JobState, Recurring};
use chrono::{DateTime, Utc};
use clap::Subcommand;

/// How many jobs are listed, beside those that come back by themselves.
const LISTED: usize = 200;

#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// List jobs: those that come back by themselves, those that wait or run, and those that were given up.
    List,
    /// Do a job that was given up again.
    Retry {
        /// Its id, as `list` shows it.
        id: String,
    },
    /// Forget a job that was given up.
    Discard {
        /// Its id, as `list` shows it.
        id: String,
    },
}

pub(super) async fn run(config: Config, command: Command) -> anyhow::Result<()> {
    let store = Store::open(&config).await?;
    match command {
        Command::List => {
            let jobs = store.jobs(u32::MAX >> 1).await?;
            super::print(&format!("{} waiting, {} running, {} given up", jobs.ready, jobs.leased, jobs.dead));
            let (recurring, others): (Vec<_>, Vec<_>) =
                jobs.rows.into_iter().partition(|job| job.id.starts_with("recurring/"));
            for name in Recurring::ALL.iter().copied() {
                let id = JobKind::Recurring { name }.id();
                let row = recurring.iter().find(|row| row.id == id);
                super::print(&recurring_line(&id, row, config.jobs_off.contains(&name)));
            }
            // What a newer version left is shown like any other.
            let is_known = |row: &&JobRow| {
                Recurring::ALL.iter().any(|name| row.id == JobKind::Recurring { name: *name }.id())
            };
            for job in recurring.iter().filter(|row| !is_known(row)).chain(others.iter().take(LISTED)) {
                let due = shown(job.due);
                let reason = job.reason.as_deref().unwrap_or_default();
                super::print(&format!(
                    "{:9} {:40} {due:32} attempts {} {reason}",
                    state(job),
                    job.id,
                    job.attempts
                ));
            }
        }
        Command::Retry { id } => {
            anyhow::ensure!(
                store.retry_dead(&id, Utc::now()).await?,
                "no job that was given up has the id {id}; see `fixi jobs list`"
            );
            super::print(&format!("{id} is done again as soon as the bot runs"));
        }
        Command::Discard { id } => {
            anyhow::ensure!(
                store.discard_dead(&id).await?,
                "no job that was given up has the id {id}; see `fixi jobs list`"
            );
            super::print(&format!("{id} is forgotten"));
        }
    }
    store.close().await?;
    Ok(())
}

fn state(job: &JobRow) -> &'static str {
    match job.state {
        JobState::Ready => "waiting",
        JobState::Leased => "running",
        JobState::Dead => "given up",
    }
}

fn shown(at: Option<DateTime<Utc>>) -> String {
    at.map(|at| at.to_rfc3339()).unwrap_or_default()
}

/// Its name, whether it is on, when it runs next, and how it went the last time.
fn recurring_line(id: &str, row: Option<&JobRow>, is_off: bool) -> String {
    let switch = if is_off { "off" } else { "on" };
    let Some(row) = row else { return format!("{switch:9} {id:40} {:32} never ran", "") };
    let next = shown(row.due);
    let last = match &row.last {
        None => "never ran".to_owned(),
        Some(last) => {
            let result = if last.failed { "failed: " } else { "" };
            format!("last {} in {} ms: {result}{}", last.at.to_rfc3339(), last.took_ms, last.outcome)
        }
    };
    let now = match row.state {
        JobState::Ready if row.attempts > 0 => {
            format!(", tried again after {}", row.reason.as_deref().unwrap_or("?"))
        }
        JobState::Ready => String::new(),
        JobState::Leased | JobState::Dead => format!(", {}", state(row)),
    };
    format!("{switch:9} {id:40} {next:32} {last}{now}")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::documents::LastRun;

    fn row() -> JobRow {
        JobRow {
            id: "recurring/sweep".to_owned(),
            state: JobState::Ready,
            due: DateTime::from_timestamp(1_795_330_800, 0),
            lease_until: None,
            owner: None,
            attempts: 0,
            reason: None,
            last: None,
        }
    }

    fn check(row: Option<&JobRow>, is_off: bool, expected: &str) {
        let line = recurring_line("recurring/sweep", row, is_off);
        assert_eq!(line.split_whitespace().collect::<Vec<_>>().join(" "), expected);
    }

    #[test]
    fn a_recurring_job_shows_its_next_run_and_its_last() {
        check(None, true, "off recurring/sweep never ran");
        check(Some(&row()), false, "on recurring/sweep 2026-11-22T07:00:00+00:00 never ran");
        let last = LastRun {
            at: DateTime::UNIX_EPOCH,
            took_ms: 12,
            outcome: "swept asked=2".to_owned(),
            failed: false,
        };
        let ran = JobRow { last: Some(last.clone()), ..row() };
        let expected = "on recurring/sweep 2026-11-22T07:00:00+00:00 last 1970-01-01T00:00:00+00:00 in 12 ms: swept asked=2";
        check(Some(&ran), false, expected);
        let last = LastRun { outcome: "panicked".to_owned(), failed: true, ..last };
        let again = JobRow { last: Some(last), attempts: 2, reason: Some("timed_out".to_owned()), ..row() };
        let expected = "on recurring/sweep 2026-11-22T07:00:00+00:00 last 1970-01-01T00:00:00+00:00 in 12 ms: failed: panicked, tried again after timed_out";
        check(Some(&again), false, expected);
    }
}
