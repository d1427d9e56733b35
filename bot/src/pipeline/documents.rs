//! What a turn has loaded, with the versions under which it was loaded: a decision is written only if none of it has
//! changed since.

use crate::store::documents::{Document, Expect, Stored};
use agents::business::Business;
use agents::contact::Contact;
use agents::conversation::Conversation;
use agents::id::ProId;
use agents::lead::Lead;
use agents::pro::Pro;
use std::collections::{BTreeSet, HashMap};

/// What a turn is made of.
pub(super) trait Versioned {
    /// Where it is kept.
    const COLLECTION: &'static str;

    /// Under which key.
    fn key(&self) -> &str;
}

macro_rules! versioned {
    ($($kind:ty => $collection:expr),* $(,)?) => {
        $(impl Versioned for $kind {
            const COLLECTION: &'static str = $collection;

            fn key(&self) -> &str {
                self.id.as_str()
            }
        })*
    };
}

versioned! {
    Business => "businesses",
    Pro => PROS,
    Contact => "contacts",
    Conversation => "conversations",
    Lead => "leads",
}

/// Where pros are kept.
const PROS: &str = "members";

/// The versions of everything that was loaded.
#[derive(Debug, Default)]
pub(super) struct Versions(HashMap<(&'static str, String), u64>);

impl Versions {
    /// Remembers a document's version and hands the document on.
    pub(super) fn keep<T: Versioned>(&mut self, stored: Stored<T>) -> T {
        // Read twice, the first version counts: some of the decision may be made of what was read then.
        self.0.entry((T::COLLECTION, stored.value.key().to_owned())).or_insert(stored.version);
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
