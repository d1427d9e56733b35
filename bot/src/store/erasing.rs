//! Removing a person for good: a search through every row of every collection, whatever it holds, and changes of what was
//! found. What names a person and what becomes of a row is the caller's to say.

use super::documents::Document;
use super::records::COLLECTIONS;
use super::{Store, StoreError};
use agents::id::{AppointmentId, ConversationId};
use chrono::{DateTime, TimeDelta, Utc};
use serde_json::Value;
use sha2::{Digest, Sha256};
use std::fmt::{self, Write as _};
use std::sync::Arc;

/// What is never moved names people too.
const NOT_MOVED: &[&str] = &["sessions", "answers", "sign_ins"];

/// For how long it is remembered that a chat's person was removed: longer than any provider keeps a message before it
/// gives up delivering it.
pub const REMEMBERED: TimeDelta = TimeDelta::days(30);

/// Tells from a row as text whether it is looked for. The text holds the body as JSON and every other column.
pub type IsLookedFor = Arc<dyn Fn(&str) -> bool + Send + Sync>;

/// A row that was found.
#[derive(Clone)]
pub struct FoundRow {
    /// In which collection.
    pub collection: &'static str,
    /// The row as text: the body as JSON, and every other column.
    pub text: String,
    /// Its body, where it has one.
    pub body: Option<Value>,
    /// Which row it is and how its body is kept, in the store's own terms: by these it is known later whether it changed.
    pub(super) at: At,
}

impl fmt::Debug for FoundRow {
    /// Rows hold words and phones of people.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("FoundRow").field("collection", &self.collection).finish_non_exhaustive()
    }
}

/// Which row it is.
#[derive(Clone)]
pub(super) enum At {
    /// Of a table by its place, with its body where it has one.
    Row(i64, Option<String>),
    /// Of a table by its name.
    Name(String),
    /// A step of a pro's time.
    Step(String, i64),
    /// In a collection of MongoDB.
    Collection(super::mongo::Kept),
}

/// What becomes of a row that was found.
#[derive(Clone, Debug)]
pub enum RowChange {
    /// It is gone.
    Remove(FoundRow),
    /// Its body becomes this one, if it is still as it was found; its other columns stay. A document gets the next
    /// version.
    Rewrite(FoundRow, Value),
    /// It is gone, and a new document is in its place, under another id.
    Replace(FoundRow, Box<Document>),
}

impl Store {
    /// The rows of every collection that are looked for. Every row is read, in no order and not as of one moment: what is
    /// written meanwhile may be seen or not.
    pub async fn find_rows(&self, is_looked_for: IsLookedFor) -> Result<Vec<FoundRow>, StoreError> {
        let mut found = Vec::new();
        for collection in COLLECTIONS.iter().chain(NOT_MOVED) {
            found.extend(self.find_rows_in(collection, Arc::clone(&is_looked_for)).await?);
        }
        Ok(found)
    }

    /// The same of one collection.
    pub async fn find_rows_in(
        &self,
        collection: &'static str,
        is_looked_for: IsLookedFor,
    ) -> Result<Vec<FoundRow>, StoreError> {
        match self {
            Self::Embedded(store) => store.find_rows(collection, is_looked_for).await,
            Self::Mongo(store) => store.find_rows(collection, is_looked_for).await,
        }
    }

    /// Changes rows, each whole or not at all. One that was changed or removed since it was found is left as it is, so this
    /// may be repeated.
    pub async fn change_rows(&self, changes: Vec<RowChange>) -> Result<(), StoreError> {
        match self {
            Self::Embedded(store) => store.change_rows(changes).await,
            Self::Mongo(store) => store.change_rows(changes).await,
        }
    }

    /// Frees every step of these visits.
    pub async fn free_visits(
        &self,
        visits: Vec<AppointmentId>,
        now: DateTime<Utc>,
    ) -> Result<(), StoreError> {
        let slots = visits
            .into_iter()
            .map(|appointment| agents::decision::SlotChange::Release { appointment })
            .collect();
        self.commit(super::documents::Commit { slots, ..Default::default() }, now).await
    }

    /// Remembers that the people of these chats were removed: nothing that they sent before `at` is accepted any more, as
    /// if it had come before. What is remembered for longer than [`REMEMBERED`] is forgotten.
    pub async fn remember_erased(
        &self,
        chats: &[ConversationId],
        at: DateTime<Utc>,
    ) -> Result<(), StoreError> {
        let ids = chats.iter().map(erased_id).collect();
        match self {
            Self::Embedded(store) => store.remember_erased(ids, at).await,
            Self::Mongo(store) => store.remember_erased(ids, at).await,
        }
    }
}

/// Under what it is remembered that the person of a chat was removed. Whoever has the person's phone can compute it, so it
/// is forgotten after a while.
pub(super) fn erased_id(chat: &ConversationId) -> String {
    let digest = Sha256::digest(format!("erased/{chat}").as_bytes());
    digest.iter().take(12).fold(String::new(), |mut id, byte| {
        let _ = write!(id, "{byte:02x}");
        id
    })
}
