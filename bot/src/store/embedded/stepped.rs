//! The embedded store without threads, for simulations: one database in memory, and a gate before every access, so that
//! a seeded scheduler decides who goes first, who waits, who is refused, and whose answer is lost. Only the simulation
//! can make one; no setting leads here.

use super::rows::{Raw, count, maybe_time};
use super::{StoreError, keep_statements, schema};
use crate::store::documents::{Commit, Expect};
use agents::lead::Lead;
use chrono::{DateTime, Utc};
use futures::future::BoxFuture;
use rusqlite::{Connection, OptionalExtension};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// A moment of an access at which the gate is asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Moment {
    /// Before a read. A no is an unavailable store.
    BeforeReading,
    /// Before a write. A no is an unavailable store that wrote nothing.
    BeforeWriting,
    /// After a write was kept. A no is an answer that was lost.
    AfterWriting,
}

/// Whoever lets accesses through: told the moment and the name of the verb, it answers when it lets it go on, and
/// whether.
pub(crate) type Gate = Arc<dyn Fn(Moment, &'static str) -> BoxFuture<'static, bool> + Send + Sync>;

/// A promise of the store that is broken on purpose, so that a simulation can show that it would notice.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Broken {
    /// A message that came again is a new message.
    Dedupe,
    /// A document is written over whatever was written meanwhile.
    Version,
    /// A step of a calendar that is taken is given to whoever asks last.
    Slot,
    /// All leases have the same token, so who lost one to another writes on as long as that one works.
    Fence,
}

/// What the database itself saw, whatever the program says of it: every handling of a message and every form of a lead.
const WITNESS: &str = "
CREATE TABLE witness(nr INTEGER PRIMARY KEY, kind TEXT NOT NULL, id TEXT NOT NULL, body TEXT);
CREATE TRIGGER witness_handled AFTER UPDATE OF handled_at ON messages
  BEGIN INSERT INTO witness(kind, id) VALUES('handled', NEW.id); END;
CREATE TRIGGER witness_new_lead AFTER INSERT ON leads
  BEGIN INSERT INTO witness(kind, id, body) VALUES('lead', NEW.id, NEW.body); END;
CREATE TRIGGER witness_lead AFTER UPDATE OF body ON leads
  BEGIN INSERT INTO witness(kind, id, body) VALUES('lead', NEW.id, NEW.body); END;
";

/// A database in memory and the gate before it.
#[derive(Clone)]
pub(crate) struct Stepped {
    connection: Arc<Mutex<Connection>>,
    gate: Option<Gate>,
    pub(super) broken: Option<Broken>,
}

impl Stepped {
    /// An empty store.
    pub(crate) fn new(broken: Option<Broken>) -> Result<Self, StoreError> {
        let mut connection = Connection::open_in_memory()?;
        keep_statements(&connection)?;
        schema::upgrade(&mut connection)?;
        connection.execute_batch(WITNESS)?;
        match broken {
            Some(Broken::Dedupe) => connection.execute_batch(
                "CREATE TRIGGER forget BEFORE INSERT ON messages
                 BEGIN DELETE FROM messages WHERE id = NEW.id; END",
            )?,
            Some(Broken::Slot) => connection.execute_batch(
                "CREATE TRIGGER forget BEFORE INSERT ON slot_claims
                 BEGIN DELETE FROM slot_claims WHERE pro = NEW.pro AND step = NEW.step; END",
            )?,
            Some(Broken::Fence) => connection.execute_batch(
                "CREATE TRIGGER forget AFTER UPDATE ON counters WHEN NEW.name = 'job_token'
                 BEGIN UPDATE counters SET value = 1 WHERE name = 'job_token' AND value > 1; END",
            )?,
            // Broken where commits are written.
            Some(Broken::Version) | None => {}
        }
        Ok(Self { connection: Arc::new(Mutex::new(connection)), gate: None, broken })
    }

    /// The same database behind this gate.
    pub(crate) fn behind(&self, gate: Gate) -> Self {
        Self { connection: self.connection.clone(), gate: Some(gate), broken: self.broken }
    }

    /// When a job is due next or a lease ends.
    pub(crate) fn next_wake(&self) -> Result<Option<DateTime<Utc>>, StoreError> {
        let connection = self.connection();
        let mut statement =
            connection.prepare_cached("SELECT min(wake_at) FROM jobs WHERE wake_at IS NOT NULL")?;
        maybe_time(statement.query_row([], |row| row.get(0))?)
    }

    /// The ids of the messages that were accepted, each with whether it is handled.
    pub(crate) fn accepted(&self) -> Result<Vec<(String, bool)>, StoreError> {
        let connection = self.connection();
        let mut statement = connection.prepare_cached("SELECT id, handled_at IS NOT NULL FROM messages")?;
        let rows = statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }

    /// How often each message was handled.
    pub(crate) fn handled(&self) -> Result<Vec<(String, u32)>, StoreError> {
        let connection = self.connection();
        let mut statement = connection
            .prepare_cached("SELECT id, count(*) FROM witness WHERE kind = 'handled' GROUP BY id")?;
        let rows = statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }

    /// Every form that a lead ever had, oldest first.
    pub(crate) fn forms_of_leads(&self) -> Result<Vec<Lead>, StoreError> {
        let connection = self.connection();
        let mut statement =
            connection.prepare_cached("SELECT id, 1, body FROM witness WHERE kind = 'lead' ORDER BY nr")?;
        let rows = statement.query_map([], Raw::of)?;
        rows.map(|raw| raw?.parse("leads")).collect()
    }

    pub(super) async fn write<T>(
        &self,
        name: &'static str,
        write: impl FnOnce(&Connection) -> Result<T, StoreError>,
    ) -> Result<T, StoreError> {
        self.pass(Moment::BeforeWriting, name).await?;
        let written = {
            let connection = self.connection();
            connection.execute_batch("BEGIN IMMEDIATE")?;
            let written = write(&connection);
            connection.execute_batch(if written.is_ok() { "COMMIT" } else { "ROLLBACK" })?;
            written
        };
        self.pass(Moment::AfterWriting, name).await?;
        written
    }

    pub(super) async fn read<T>(
        &self,
        name: &'static str,
        read: impl FnOnce(&Connection) -> Result<T, StoreError>,
    ) -> Result<T, StoreError> {
        self.pass(Moment::BeforeReading, name).await?;
        read(&self.connection())
    }

    async fn pass(&self, moment: Moment, name: &'static str) -> Result<(), StoreError> {
        let Some(gate) = &self.gate else { return Ok(()) };
        match gate(moment, name).await {
            true => Ok(()),
            false => Err(StoreError::Unavailable("simulated".to_owned())),
        }
    }

    /// A panic elsewhere leaves an open transaction at worst, which the next write refuses to begin upon.
    fn connection(&self) -> MutexGuard<'_, Connection> {
        self.connection.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Makes a commit ask for nothing that a broken promise would have refused.
pub(super) fn forget(connection: &Connection, broken: Broken, commit: &mut Commit) -> Result<(), StoreError> {
    match broken {
        Broken::Version => commit.unchanged.clear(),
        // A claim that nobody refuses would still be refused by the look at the calendar.
        Broken::Slot => commit.calendars.clear(),
        Broken::Dedupe | Broken::Fence => {}
    }
    for (expect, document) in commit.documents.iter_mut().filter(|_| broken == Broken::Version) {
        let sql = format!("SELECT version FROM {} WHERE id = ?1", document.collection());
        let found: Option<i64> =
            connection.prepare_cached(&sql)?.query_row([document.id()], |row| row.get(0)).optional()?;
        *expect = found.map_or(Expect::Absent, |version| Expect::Version(count(version)));
    }
    Ok(())
}
