//! The embedded store: one SQLite file in WAL mode. One thread writes, a few connections read.
//!
//! It keeps every promise of [`crate::store::Store`] by itself; it never waits for anything outside this machine.

mod accept;
mod commit;
mod dump;
mod erasing;
#[cfg(test)]
mod full_disk;
mod jobs;
mod lists;
mod load;
mod operators;
mod outbox;
mod people;
mod queries;
mod rows;
mod schema;
mod slots;
mod statuses;
mod stepped;
#[cfg(test)]
mod tests;
mod usage;
mod waiting;
mod writer;

pub use stepped::Broken;
pub(crate) use stepped::{Gate, Moment, Stepped};

use super::StoreError;
use super::news::Feed;
use rusqlite::config::DbConfig;
use rusqlite::{Connection, OpenFlags};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;
use tokio::sync::Semaphore;
use writer::Writer;

/// The name of the file in the data directory.
pub const FILE: &str = "fixi.db";

/// How long a connection waits for another process that has the file locked.
const LOCK_WAIT: Duration = Duration::from_secs(2);

/// How many reads run at once.
const READERS: usize = 4;

/// How many prepared statements a connection keeps: more than there are in the code.
const STATEMENTS: usize = 128;

/// The embedded store. A clone is the same store.
#[derive(Clone)]
pub struct Embedded {
    reach: Reach,
    feed: Feed,
}

/// How the file is reached.
#[derive(Clone)]
enum Reach {
    /// Through threads, as it should be.
    Threads(Arc<Inner>),
    /// Step by step, in a simulation.
    Stepped(Stepped),
}

struct Inner {
    file: PathBuf,
    writer: Writer,
    idle: Mutex<Vec<Connection>>,
    reading: Semaphore,
}

impl std::fmt::Debug for Embedded {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match &self.reach {
            Reach::Threads(inner) => f.debug_tuple("Embedded").field(&inner.file).finish(),
            Reach::Stepped(_) => f.write_str("Embedded(stepped)"),
        }
    }
}

impl Embedded {
    /// Opens the store in a directory, and makes what is missing of it. One that is half full is refused.
    pub(super) async fn open(directory: &Path) -> Result<Self, StoreError> {
        Self::open_if(directory, load::check_full).await
    }

    /// The same for whoever fills it.
    pub(super) async fn open_to_fill(directory: &Path) -> Result<Self, StoreError> {
        Self::open_if(directory, |_| Ok(())).await
    }

    async fn open_if(
        directory: &Path,
        check: fn(&Connection) -> Result<(), StoreError>,
    ) -> Result<Self, StoreError> {
        let directory = directory.to_owned();
        let (file, connection) = tokio::task::spawn_blocking(move || {
            let file = prepare_file(&directory)
                .map_err(|error| StoreError::Unavailable(format!("{}: {error}", directory.display())))?;
            let mut connection = connect(&file, OpenFlags::SQLITE_OPEN_READ_WRITE)?;
            connection.pragma_update(None, "journal_mode", "WAL")?;
            connection.pragma_update(None, "synchronous", "FULL")?;
            schema::upgrade(&mut connection)?;
            check(&connection)?;
            Ok::<_, StoreError>((file, connection))
        })
        .await
        .map_err(|error| StoreError::Unavailable(error.to_string()))??;
        let writer = Writer::start(connection)?;
        let inner = Inner { file, writer, idle: Mutex::default(), reading: Semaphore::new(READERS) };
        Ok(Self { reach: Reach::Threads(Arc::new(inner)), feed: Feed::default() })
    }

    /// The store of a simulation.
    pub(super) fn stepped(stepped: Stepped) -> Self {
        Self { reach: Reach::Stepped(stepped), feed: Feed::default() }
    }

    pub(super) fn feed(&self) -> &Feed {
        &self.feed
    }

    /// The promise that a simulation broke on purpose.
    fn broken(&self) -> Option<Broken> {
        match &self.reach {
            Reach::Threads(_) => None,
            Reach::Stepped(stepped) => stepped.broken,
        }
    }

    /// Finishes what is queued and closes the file. Afterwards every verb answers `Unavailable`.
    pub(super) async fn close(&self) -> Result<(), StoreError> {
        let Reach::Threads(inner) = &self.reach else { return Ok(()) };
        inner.reading.close();
        let inner = Arc::clone(inner);
        tokio::task::spawn_blocking(move || {
            inner.idle().clear();
            inner.writer.stop();
        })
        .await
        .map_err(|error| StoreError::Unavailable(error.to_string()))
    }

    /// Runs `write` in the writer's thread, all of it or nothing, and answers once it is durable.
    async fn write<T: Send + 'static, W>(&self, write: W) -> Result<T, StoreError>
    where
        W: FnOnce(&Connection) -> Result<T, StoreError> + Send + 'static,
    {
        match &self.reach {
            Reach::Threads(inner) => inner.writer.write(write).await,
            Reach::Stepped(stepped) => stepped.write(std::any::type_name::<W>(), write).await,
        }
    }

    /// Runs `read` on one snapshot that holds everything that was committed before.
    async fn read<T: Send + 'static, R>(&self, read: R) -> Result<T, StoreError>
    where
        R: FnOnce(&Connection) -> Result<T, StoreError> + Send + 'static,
    {
        let inner = match &self.reach {
            Reach::Threads(inner) => inner,
            Reach::Stepped(stepped) => return stepped.read(std::any::type_name::<R>(), read).await,
        };
        let _reading = inner.reading.acquire().await.map_err(|_| closed())?;
        let inner = Arc::clone(inner);
        tokio::task::spawn_blocking(move || {
            let idle = inner.idle().pop();
            let connection = match idle {
                Some(connection) => connection,
                None => connect(&inner.file, OpenFlags::SQLITE_OPEN_READ_WRITE).and_then(|connection| {
                    connection.pragma_update(None, "query_only", true)?;
                    Ok(connection)
                })?,
            };
            let snapshot = connection.unchecked_transaction()?;
            let found = read(&snapshot);
            snapshot.finish()?;
            if !inner.reading.is_closed() {
                inner.idle().push(connection);
            }
            found
        })
        .await
        .map_err(|error| StoreError::Unavailable(error.to_string()))?
    }

    /// Whether the file can be read and written at this moment, and has room for what is about to come.
    pub(super) async fn ping(&self) -> Result<(), StoreError> {
        self.read(|connection| Ok(connection.query_row("SELECT 1", [], |_| Ok(()))?)).await?;
        self.write(|connection| {
            // A row of 64 KiB that is gone again takes pages and leaves nothing.
            connection.execute("INSERT INTO counters(name, value) VALUES(hex(zeroblob(32768)), 0)", [])?;
            connection.execute("DELETE FROM counters WHERE name = hex(zeroblob(32768))", [])?;
            connection.execute(
                "INSERT INTO counters(name, value) VALUES('ping', 1)
                 ON CONFLICT DO UPDATE SET value = value + 1",
                [],
            )?;
            Ok(())
        })
        .await
    }
}

impl Inner {
    /// The idle connections. A panic elsewhere cannot leave the list half-changed.
    fn idle(&self) -> std::sync::MutexGuard<'_, Vec<Connection>> {
        self.idle.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn closed() -> StoreError {
    StoreError::Unavailable("it is closed".to_owned())
}

fn connect(file: &Path, flags: OpenFlags) -> Result<Connection, StoreError> {
    let connection = Connection::open_with_flags(file, flags | OpenFlags::SQLITE_OPEN_NO_MUTEX)?;
    connection.busy_timeout(LOCK_WAIT)?;
    keep_statements(&connection)?;
    Ok(connection)
}

/// Statements are planned once, whatever values they are given: SQLite would plan many of them anew for every value, to
/// see whether a partial index fits it, which took a sixth of all the time.
fn keep_statements(connection: &Connection) -> Result<(), StoreError> {
    connection.set_prepared_statement_cache_capacity(STATEMENTS);
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true)?;
    Ok(())
}

/// Makes the directory and an empty file where they are missing, for this user only: the store holds phone numbers.
fn prepare_file(directory: &Path) -> std::io::Result<PathBuf> {
    let mut folder = std::fs::DirBuilder::new();
    let mut options = std::fs::OpenOptions::new();
    options.create(true).append(true);
    folder.recursive(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt};
        folder.mode(0o700);
        options.mode(0o600);
    }
    folder.create(directory)?;
    let file = directory.join(FILE);
    options.open(&file)?;
    Ok(file)
}

impl From<rusqlite::Error> for StoreError {
    /// SQLite's own words name tables and columns, never what is in them.
    fn from(error: rusqlite::Error) -> Self {
        Self::Unavailable(error.to_string())
    }
}
