//! What a turn has loaded, with the versions under which it was loaded: a decision is written only if none of it has
//! changed since.

use crate::store::documents::{Document, Expect, Stored};
use agents::id::ProId;
use std::collections::{BTreeSet, HashMap};

/// The versions of everything that was loaded.
#[derive(Debug, Default)]
pub(super) struct Versions(HashMap<(&'static str, String), u64>);

impl Versions {
    /// Remembers a document's version and hands the document on.
    pub(super) fn keep<T>(&mut self, stored: Stored<T>, document: impl Fn(T) -> Document) -> T
    where
        T: Clone,
    {
        let key = document(stored.value.clone());
        // Read twice, the first version counts: some of the decision may be made of what was read then.
        self.0.entry((key.collection(), key.id().to_owned())).or_insert(stored.version);
        stored.value
    }

    /// What must be true of a document for the decision to hold: what was true when it was loaded.
    pub(super) fn expect(&self, document: &Document) -> Expect {
        match self.0.get(&(document.collection(), document.id().to_owned())) {
            Some(version) => Expect::Version(*version),
            None => Expect::Absent,
        }
    }

    /// The pros whose calendars a decision was made of, as far as they were loaded and are not written with it.
    pub(super) fn of_pros<'a>(
        &self,
        pros: impl Iterator<Item = &'a ProId>,
        written: &[(Expect, Document)],
    ) -> Vec<(&'static str, String, u64)> {
        const PROS: &str = "members";
        let ids: BTreeSet<&str> = pros.map(ProId::as_str).collect();
        let is_written =
            |id: &str| written.iter().any(|(_, other)| other.collection() == PROS && other.id() == id);
        ids.into_iter()
            .filter(|id| !is_written(id))
            .filter_map(|id| Some((PROS, id.to_owned(), *self.0.get(&(PROS, id.to_owned()))?)))
            .collect()
    }

    /// The version under which a document was loaded; 0 for a new one.
    pub(super) fn of(&self, collection: &'static str, id: &str) -> u64 {
        self.0.get(&(collection, id.to_owned())).copied().unwrap_or(0)
    }
}
