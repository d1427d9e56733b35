//! Moving everything: a store read as one snapshot, row by row, and an empty store filled, batch by batch, which is
//! served only once it is full.
//!
//! How far the filling came is written with every batch in one transaction, together with a digest of all that came so
//! far. Whoever goes on after an interruption reads the source from the start and compares: another source, or one that
//! changed, is noticed.

use super::records::Record;
use super::{Embedded, Mongo, Store, StoreError};
use std::path::Path;
use tokio::sync::mpsc::Sender;

/// How many rows a reader hands over at once.
pub(super) const AT_ONCE: usize = 256;

/// How far the filling of a store came.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Filled {
    /// How many rows are in it.
    pub rows: u64,
    /// The SHA-256 of their lines, in hexadecimal digits.
    pub digest: String,
}

impl Store {
    /// Opens an embedded store that is empty or half full. Nobody else may open it meanwhile.
    pub async fn open_embedded_to_fill(directory: &Path) -> Result<Self, StoreError> {
        Embedded::open_to_fill(directory).await.map(Self::Embedded)
    }

    /// Opens a database of MongoDB that is empty or half full.
    pub async fn open_mongo_to_fill(uri: &str) -> Result<Self, StoreError> {
        Mongo::open_to_fill(uri).await.map(Self::Mongo)
    }

    /// Hands over all rows of one moment, in the order of [`super::records::COLLECTIONS`], until there are no more or
    /// nobody takes them.
    pub async fn read_all(&self, rows: Sender<Vec<Record>>) -> Result<(), StoreError> {
        match self {
            Self::Embedded(store) => store.read_all(rows).await,
            Self::Mongo(store) => store.read_all(rows).await,
        }
    }

    /// Begins to fill an empty store, or goes on; from now on it is not served. Returns how far it is. None when it
    /// holds something that no filling put there.
    pub async fn begin_filling(&self) -> Result<Option<Filled>, StoreError> {
        match self {
            Self::Embedded(store) => store.begin_filling().await,
            Self::Mongo(store) => store.begin_filling().await,
        }
    }

    /// Writes the next rows, and that the store is filled as far as `filled` says; all of it or nothing.
    pub async fn fill(&self, rows: Vec<Record>, filled: Filled) -> Result<(), StoreError> {
        match self {
            Self::Embedded(store) => store.fill(rows, filled).await,
            Self::Mongo(store) => store.fill(rows, filled).await,
        }
    }

    /// The store is full: from now on it may be served.
    pub async fn end_filling(&self) -> Result<(), StoreError> {
        match self {
            Self::Embedded(store) => store.end_filling().await,
            Self::Mongo(store) => store.end_filling().await,
        }
    }
}

/// Why a half full store is not opened.
pub(super) fn half_full(id: String) -> StoreError {
    StoreError::Unreadable {
        collection: "store",
        id,
        problem: "a move into it was interrupted; run the same `fixi restore` or `fixi copy` again to finish it, or \
                  empty it (delete fixi.db*, or drop the database of MongoDB)"
            .to_owned(),
    }
}
