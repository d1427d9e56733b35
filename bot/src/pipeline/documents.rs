//! What a turn has loaded, with the versions under which it was loaded: a decision is written only if none of it has
//! changed since.

use crate::store::documents::{Document, Expect, Stored};
use std::collections::HashMap;

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
        self.0.insert((key.collection(), key.id().to_owned()), stored.version);
        stored.value
    }

    /// What must be true of a document for the decision to hold: what was true when it was loaded.
    pub(super) fn expect(&self, document: &Document) -> Expect {
        match self.0.get(&(document.collection(), document.id().to_owned())) {
            Some(version) => Expect::Version(*version),
            None => Expect::Absent,
        }
    }

    /// The version under which a document was loaded; 0 for a new one.
    pub(super) fn of(&self, collection: &'static str, id: &str) -> u64 {
        self.0.get(&(collection, id.to_owned())).copied().unwrap_or(0)
    }
}
