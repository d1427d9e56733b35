//! Moving everything between the embedded store, MongoDB and backup files: whole, counted, compared, and gone on with
//! after an interruption.
//!
//! A move reads its source as one snapshot and hands on row after row ([`crate::store::records`]). A file is written
//! beside its name and gets it at the end. A store is filled batch by batch and is not served before the end: only then
//! it is read back, and what came out is compared with what went in. It never changes the source, and never a target
//! that holds anything else.

mod file;
mod place;
mod progress;
mod tally;

pub use place::Place;
pub use tally::Tally;

use crate::crash::{CrashPlan, Step};
use crate::store::records::Record;
use crate::store::{Filled, Store, StoreError};
use anyhow::{Context, bail, ensure};
use place::Source;
use progress::Progress;
use std::path::Path;
use tokio::sync::mpsc::{Receiver, channel};

/// How many rows are written at once.
const ROWS: usize = 500;

/// How many bytes are written at once, about. Far below what a transaction of MongoDB may hold.
const BYTES: usize = 2 << 20;

/// How many batches may wait for their writer.
const WAITING: usize = 4;

/// What was read from the source, and what is in the target now.
#[derive(Debug)]
pub struct Moved {
    /// What went in.
    pub source: Tally,
    /// What came out when the target was read back.
    pub target: Tally,
}

impl Moved {
    /// Whether every row arrived.
    #[must_use]
    pub fn is_whole(&self) -> bool {
        self.source == self.target
    }

    /// What was moved, for people: how many of what, and whether they are the same.
    #[must_use]
    pub fn table(&self) -> String {
        self.source.beside(&self.target)
    }
}

/// Moves everything from one place to another, and compares. A target that differs stays unserved.
///
/// # Errors
/// When a place cannot be used, with what to do.
pub async fn run(from: &Place, to: &Place) -> anyhow::Result<Moved> {
    let source = from.open_source().await.with_context(|| format!("cannot read {from}"))?;
    let moved = match to {
        Place::File(path) => into_file(&source, path).await,
        Place::Embedded(_) | Place::Mongo(_) => into_store(from, &source, to).await,
    };
    source.close().await?;
    moved.with_context(|| format!("cannot move {from} to {to}"))
}

async fn into_file(source: &Source, path: &Path) -> anyhow::Result<Moved> {
    let mut writer = file::Writer::begin(path, source.kind())?;
    let mut progress = Progress::new("reading", source.expected().await?);
    let (sender, receiver) = channel(WAITING);
    let (read, wrote) = futures::join!(source.read(sender), write(receiver, &mut writer, &mut progress));
    wrote?;
    read?;
    let total = writer.end()?;
    progress.next("checking", total.rows());
    let target = file::check(&writer.part())?;
    let moved = Moved { source: total, target };
    if moved.is_whole() {
        writer.keep()?;
    }
    Ok(moved)
}

/// Writes all that is handed over. The receiver ends with it, so that a reader does not wait for a writer that failed.
async fn write(
    mut rows: Receiver<Vec<Record>>,
    writer: &mut file::Writer,
    progress: &mut Progress,
) -> anyhow::Result<()> {
    while let Some(next) = rows.recv().await {
        progress.add(next.len());
        next.iter().try_for_each(|record| writer.write(record))?;
    }
    Ok(())
}

async fn into_store(from: &Place, source: &Source, to: &Place) -> anyhow::Result<Moved> {
    let (target, alone) = to.open_target().await?;
    if from.is_served() {
        tracing::warn!(
            "a server runs on the source: what it takes from now on is not in the target; stop it to move"
        );
    }
    let Some(begun) = target.begin_filling().await? else {
        bail!(
            "it is not empty: name an empty one, or empty it first (delete fixi.db*, or drop the database of MongoDB)"
        );
    };
    let mut progress = Progress::new("copying", source.expected().await?);
    let (sender, receiver) = channel(WAITING);
    let (read, poured) = futures::join!(source.read(sender), pour(receiver, &target, begun, &mut progress));
    let total = poured?;
    read?;
    progress.next("checking", total.rows());
    let read_back = tally(&target, &mut progress).await?;
    let moved = Moved { source: total, target: read_back };
    if moved.is_whole() {
        target.end_filling().await?;
    }
    target.close().await?;
    drop(alone);
    Ok(moved)
}

/// Reads a store and keeps nothing but its counts and digests.
async fn tally(store: &Store, progress: &mut Progress) -> Result<Tally, StoreError> {
    let (sender, mut receiver) = channel::<Vec<Record>>(WAITING);
    let count = async move {
        let mut tally = Tally::default();
        while let Some(rows) = receiver.recv().await {
            progress.add(rows.len());
            for record in &rows {
                tally.add(record.collection(), &record.line()?);
            }
        }
        Ok::<_, StoreError>(tally)
    };
    let (read, tally) = futures::join!(store.read_all(sender), count);
    read?;
    tally
}

/// Writes what comes after what is there already, batch by batch.
async fn pour(
    mut rows: Receiver<Vec<Record>>,
    target: &Store,
    begun: Filled,
    progress: &mut Progress,
) -> anyhow::Result<Tally> {
    let crash = CrashPlan::from_environment();
    let changed = || {
        anyhow::anyhow!(
            "what was moved before the interruption is no longer how the source begins: the source changed, or it is \
             another one. Empty the target (delete fixi.db*, or drop the database of MongoDB) and move again, best \
             with the server of the source stopped or from a backup file"
        )
    };
    let mut tally = Tally::default();
    let mut batch = Vec::new();
    let mut bytes = 0;
    while let Some(next) = rows.recv().await {
        progress.add(next.len());
        for record in next {
            let line = record.line()?;
            tally.add(record.collection(), &line);
            if tally.rows() <= begun.rows {
                ensure!(tally.rows() < begun.rows || tally.digest() == begun.digest, changed());
                continue;
            }
            bytes += line.len();
            batch.push(record);
            if batch.len() >= ROWS || bytes >= BYTES {
                bytes = 0;
                let filled = Filled { rows: tally.rows(), digest: tally.digest() };
                target.fill(std::mem::take(&mut batch), filled).await?;
                crash.passed(Step::BatchMoved);
            }
        }
    }
    ensure!(tally.rows() >= begun.rows, changed());
    if !batch.is_empty() {
        target.fill(batch, Filled { rows: tally.rows(), digest: tally.digest() }).await?;
        crash.passed(Step::BatchMoved);
    }
    Ok(tally)
}
