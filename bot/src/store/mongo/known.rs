//! Documents that every turn reads and few change: the business and its pros. Their versions are read each time, and the
//! rest only when a version is new. Every write makes a new version; what somebody changes by hand without one is seen
//! within seconds.

use super::Mongo;
use super::rows::{count, stored, text};
use crate::store::StoreError;
use crate::store::documents::Stored;
use agents::id::{BusinessId, ProId};
use mongodb::bson::{Document, doc};
use serde::de::DeserializeOwned;
use std::any::Any;
use std::collections::{BTreeSet, HashMap};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

/// How long a document is not read again whose version stays.
const READ_AGAIN: Duration = Duration::from_secs(5);

/// More documents than a market has pros. When there are more, all are forgotten.
const MOST: usize = 10_000;

/// What was read of them.
#[derive(Default)]
pub(super) struct Known {
    rows: Mutex<HashMap<(&'static str, String), Read>>,
    /// Who the pros of a business were.
    pros: Mutex<HashMap<BusinessId, Arc<BTreeSet<ProId>>>>,
}

struct Read {
    version: u64,
    at: Instant,
    value: Arc<dyn Any + Send + Sync>,
}

impl Known {
    fn rows(&self) -> MutexGuard<'_, HashMap<(&'static str, String), Read>> {
        self.rows.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Who the pros of a business were when they were last looked at; nobody before that.
    pub(super) fn pros_of(&self, business: &BusinessId) -> Arc<BTreeSet<ProId>> {
        let pros = self.pros.lock().unwrap_or_else(PoisonError::into_inner);
        pros.get(business).cloned().unwrap_or_default()
    }

    pub(super) fn put_pros(&self, business: &BusinessId, pros: BTreeSet<ProId>) {
        let mut known = self.pros.lock().unwrap_or_else(PoisonError::into_inner);
        known.insert(business.clone(), Arc::new(pros));
    }

    fn get<T: Clone + 'static>(&self, collection: &'static str, id: &str, version: u64) -> Option<T> {
        let rows = self.rows();
        let read = rows.get(&(collection, id.to_owned()))?;
        let is_fresh = read.version == version && read.at.elapsed() < READ_AGAIN;
        read.value.downcast_ref::<T>().filter(|_| is_fresh).cloned()
    }

    fn put<T: Send + Sync + 'static>(&self, collection: &'static str, id: &str, version: u64, value: T) {
        let mut rows = self.rows();
        if rows.len() >= MOST {
            rows.clear();
        }
        let read = Read { version, at: Instant::now(), value: Arc::new(value) };
        rows.insert((collection, id.to_owned()), read);
    }
}

impl Mongo {
    /// The documents whose ids and versions these rows tell, in their order; without those that are gone by now.
    pub(super) async fn known<T: DeserializeOwned + Clone + Send + Sync + 'static>(
        &self,
        collection: &'static str,
        rows: &[Document],
    ) -> Result<Vec<Stored<T>>, StoreError> {
        let known = &self.inner.known;
        let mut found: HashMap<String, Stored<T>> = HashMap::new();
        let ids: Vec<String> = rows.iter().filter_map(|row| text(row, "_id")).collect();
        for (id, row) in ids.iter().zip(rows) {
            let version = count(row, "version");
            if let Some(value) = known.get(collection, id, version) {
                found.insert(id.clone(), Stored { value, version });
            }
        }
        let missing: Vec<&str> =
            ids.iter().filter(|id| !found.contains_key(*id)).map(String::as_str).collect();
        if !missing.is_empty() {
            for row in self.find(collection, doc! { "_id": { "$in": missing } }, doc! {}, None).await? {
                let document: Stored<T> = stored(collection, &row)?;
                let id = text(&row, "_id").unwrap_or_default();
                known.put(collection, &id, document.version, document.value.clone());
                found.insert(id, document);
            }
        }
        Ok(ids.iter().filter_map(|id| found.remove(id)).collect())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_version_that_was_read_is_known() {
        let known = Known::default();
        assert_eq!(known.get::<String>("members", "avi", 1), None);
        known.put("members", "avi", 1, "Avi".to_owned());
        assert_eq!(known.get::<String>("members", "avi", 1).as_deref(), Some("Avi"));
        assert_eq!(known.get::<String>("members", "avi", 2), None, "it was changed");
        assert_eq!(known.get::<String>("businesses", "avi", 1), None, "it is another one");
        assert_eq!(known.get::<u64>("members", "avi", 1), None, "it is something else");
        known.put("members", "avi", 2, "Avi K".to_owned());
        assert_eq!(known.get::<String>("members", "avi", 2).as_deref(), Some("Avi K"));
        assert_eq!(known.get::<String>("members", "avi", 1), None);
    }
}
