//! MongoDB as the store, for several processes and machines: a replica set, majority and journalled writes.
//!
//! It keeps the same promises as the embedded store. A turn is one transaction; jobs are handed out, asked for and
//! settled by writes of single documents, which never conflict for long. Texts of errors name kinds and codes, never
//! keys, values or the address with its password.

mod abandoned;
mod accept;
mod asks;
mod commit;
mod connect;
mod documents;
mod dump;
mod erasing;
mod errors;
mod jobs;
mod known;
mod lanes;
mod leases;
mod listed;
mod lists;
mod load;
mod news;
mod operators;
mod outbox;
mod people;
mod queries;
mod rows;
mod setup;
mod several;
mod slots;
mod statuses;
mod sweep;
mod transaction;
mod usage;
mod views;
mod waiting;
mod watch;

pub(super) use erasing::Kept;

use super::StoreError;
use super::news::Feed;
use accept::Accepts;
use connect::Connected;
use mongodb::bson::{Document, doc};
use mongodb::{Client, Collection, Database};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, OnceLock};
use std::time::Duration;
use tokio_util::task::AbortOnDropHandle;

/// How long a caller waits.
const WAIT: Duration = Duration::from_secs(10);

/// A database of MongoDB. A clone is the same store.
#[derive(Clone)]
pub struct Mongo {
    inner: Arc<Inner>,
}

struct Inner {
    client: Client,
    database: Database,
    accepts: Accepts,
    lanes: lanes::Lanes,
    totals: lanes::Parts,
    known: known::Known,
    tokens: leases::Tokens,
    is_closed: AtomicBool,
    feed: Feed,
    telling: OnceLock<AbortOnDropHandle<()>>,
    _abandoned: AbortOnDropHandle<()>,
}

impl std::fmt::Debug for Mongo {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_tuple("Mongo").field(&self.inner.database.name()).finish()
    }
}

impl Mongo {
    /// Connects, refuses a server without transactions, and makes collections and indexes where they are missing.
    /// One that is half full is refused.
    pub(super) async fn open(uri: &str) -> Result<Self, StoreError> {
        let store = Self::open_to_fill(uri).await?;
        match load::filled(&store.inner.database).await? {
            None => Ok(store),
            Some(_) => Err(super::moves::half_full(store.inner.database.name().to_owned())),
        }
    }

    /// The same for whoever fills it.
    pub(super) async fn open_to_fill(uri: &str) -> Result<Self, StoreError> {
        let Connected { client, database, app_name } = connect::connect(uri).await?;
        setup::prepare(&database).await?;
        let inner = Inner {
            accepts: Accepts::start(database.clone()),
            lanes: lanes::Lanes::default(),
            totals: lanes::Parts::default(),
            known: known::Known::default(),
            tokens: leases::Tokens::default(),
            is_closed: AtomicBool::new(false),
            feed: Feed::default(),
            telling: OnceLock::new(),
            _abandoned: abandoned::keep_ending(client.clone(), app_name),
            client,
            database,
        };
        Ok(Self { inner: Arc::new(inner) })
    }

    /// What changes, from the first call on.
    pub(super) fn feed(&self) -> &Feed {
        self.inner
            .telling
            .get_or_init(|| news::keep_telling(self.inner.database.clone(), self.inner.feed.clone()));
        &self.inner.feed
    }

    /// Finishes what is queued and closes the connections. Afterwards every verb answers `Unavailable`.
    pub(super) async fn close(&self) -> Result<(), StoreError> {
        if self.inner.is_closed.swap(true, Ordering::SeqCst) {
            return Ok(());
        }
        self.inner.accepts.stop().await;
        self.inner.client.clone().shutdown().immediate(true).await;
        Ok(())
    }

    /// Whether the set has a primary that takes a write of its majority.
    pub(super) async fn ping(&self) -> Result<(), StoreError> {
        self.within(async {
            self.collection("counters")
                .update_one(doc! { "_id": "ping" }, doc! { "$inc": { "value": 1_i64 } })
                .upsert(true)
                .await?;
            Ok(())
        })
        .await
    }

    fn collection(&self, name: &str) -> Collection<Document> {
        self.inner.database.collection(name)
    }

    /// Runs a verb, unless the store is closed, and bounds its time. What was begun and is given up is undone by the
    /// server, or was whole already.
    async fn within<T>(&self, work: impl Future<Output = Result<T, StoreError>>) -> Result<T, StoreError> {
        if self.inner.is_closed.load(Ordering::SeqCst) {
            return Err(closed());
        }
        match tokio::time::timeout(WAIT, work).await {
            Ok(done) => done,
            Err(_) => Err(StoreError::Unavailable("no answer in time".to_owned())),
        }
    }
}

fn closed() -> StoreError {
    StoreError::Unavailable("it is closed".to_owned())
}
