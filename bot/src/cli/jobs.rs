//! `fixi jobs`: what waits, what runs, and what was given up.

use crate::config::Config;
use crate::store::Store;
use crate::store::documents::JobState;
use chrono::Utc;
use clap::Subcommand;

/// How many jobs are listed.
const LISTED: u32 = 200;

#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// List jobs, those that were given up last.
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
            let jobs = store.jobs(LISTED).await?;
            super::print(&format!("{} waiting, {} running, {} given up", jobs.ready, jobs.leased, jobs.dead));
            for job in jobs.rows {
                let state = match job.state {
                    JobState::Ready => "waiting",
                    JobState::Leased => "running",
                    JobState::Dead => "given up",
                };
                let due = job.due.map(|due| due.to_rfc3339()).unwrap_or_default();
                let reason = job.reason.unwrap_or_default();
                super::print(&format!("{state:9} {:40} {due:32} attempts {} {reason}", job.id, job.attempts));
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
