//! The store: few verbs, each with a promise. It knows no rules of the business and makes no decisions.
//!
//! - [`Store::accept`] makes inbound messages durable, each once, and their chat's turn due.
//! - [`Store::commit`] writes everything that a turn decided, or nothing.
//! - [`Store::claim`], [`Store::renew`] and [`Store::settle`] hand out work under a lease with a fencing token.
//! - [`Store::mark_sending`], [`Store::record_sent`], [`Store::update_outbox`] and [`Store::record_statuses`] keep where each
//!   message stands.
//! - [`Store::news`] tells whoever watches what changed.
//! - The rest are named read-only queries.
//!
//! All times are UTC. `now` is always an argument.

pub mod documents;
mod embedded;
pub mod erasing;
mod history;
mod jobs;
pub mod lane;
pub mod lists;
mod mongo;
mod moves;
pub mod news;
pub mod operators;
pub mod outer;
pub mod people;
mod queries;
pub mod records;
mod upgrades;
pub mod usage;
pub mod views;
pub mod waiting;

pub use embedded::{Broken, Embedded, FILE as EMBEDDED_FILE};
pub(crate) use embedded::{Gate, Moment, Stepped};
pub use mongo::Mongo;
pub use moves::Filled;

use crate::config::Config;
use agents::id::BusinessId;
use chrono::{DateTime, Duration, Utc};
use documents::{
    Accept, Accepted, Claimed, Commit, Document, Expect, Job, JobClass, JobKind, NewJob, Oddity, OutboxRow,
    Recorded, Settlement, StatusEvent,
};
use secrecy::ExposeSecret;
use std::path::Path;
use tokio::sync::Notify;

/// Where everything is kept. A clone is the same store.
///
/// Every verb that writes does so whole or not at all, and answers `Ok` only once that is durable. A caller that
/// stops waiting does not undo its write. [`StoreError::Unavailable`] from a write mostly means that nothing was
/// written; only when the answer itself was lost can it have been, so the caller tries again and every verb bears it.
#[derive(Clone, Debug)]
pub enum Store {
    /// One file on this machine.
    Embedded(Embedded),
    /// A database of MongoDB, for several processes and machines.
    Mongo(Mongo),
}

impl Store {
    /// Opens the store of the settings: MongoDB where its address is set, else the embedded one.
    pub async fn open(config: &Config) -> Result<Self, StoreError> {
        match &config.mongo_uri {
            Some(uri) => Self::open_mongo(uri.expose_secret()).await,
            None => Self::open_embedded(&config.data_dir).await,
        }
    }

    /// Opens a database of MongoDB by its address, and makes collections and indexes where they are missing. A server
    /// that is no replica set, or that cannot be reached within 5 seconds, is [`StoreError::Unavailable`] with what to
    /// check.
    pub async fn open_mongo(uri: &str) -> Result<Self, StoreError> {
        Mongo::open(uri).await.map(Self::Mongo)
    }

    /// Opens the embedded store in a directory; makes directory and file where they are missing, and upgrades a file
    /// of an older version. A file of a newer version is [`StoreError::Unreadable`] and stays as it is.
    pub async fn open_embedded(directory: &Path) -> Result<Self, StoreError> {
        Embedded::open(directory).await.map(Self::Embedded)
    }

    /// The store of a simulation: in memory, and without threads.
    pub(crate) fn stepped(stepped: Stepped) -> Self {
        Self::Embedded(Embedded::stepped(stepped))
    }

    /// Finishes what is under way and lets go of the file. Later calls, also of clones, are `Unavailable`.
    pub async fn close(&self) -> Result<(), StoreError> {
        match self {
            Self::Embedded(store) => store.close().await,
            Self::Mongo(store) => store.close().await,
        }
    }

    /// What changes, for whoever watches. On MongoDB also what other processes change, from the first call on.
    #[must_use]
    pub fn news(&self) -> &news::Feed {
        match self {
            Self::Embedded(store) => store.feed(),
            Self::Mongo(store) => store.feed(),
        }
    }

    /// Whether it can be read and written just now.
    pub async fn ping(&self) -> Result<(), StoreError> {
        match self {
            Self::Embedded(store) => store.ping().await,
            Self::Mongo(store) => store.ping().await,
        }
    }

    /// Makes messages durable, each once, and asks for the turns of those that are new; all in one write. An id that
    /// is there already is `Repeated`, also within `items`, and changes nothing. The answers are in the order of the
    /// items.
    pub async fn accept(&self, items: Vec<Accept>) -> Result<Vec<Accepted>, StoreError> {
        match self {
            Self::Embedded(store) => {
                let chats: Vec<_> = items
                    .iter()
                    .map(|item| (item.row.business.clone(), item.row.conversation.clone()))
                    .collect();
                let accepted = store.accept(items).await?;
                for ((business, id), _) in
                    chats.into_iter().zip(&accepted).filter(|(_, accepted)| **accepted == Accepted::New)
                {
                    store.feed().tell(Some(&business), news::Event::Conversation { id });
                }
                Ok(accepted)
            }
            Self::Mongo(store) => store.accept(items).await,
        }
    }

    /// Writes everything of a turn, or nothing:
    ///
    /// - [`StoreError::LeaseLost`] when the lease of `under` ended or passed to another worker;
    /// - [`StoreError::Version`] when a document is not as expected or as it was read, a message of the outbox is there
    ///   already, or a row of the inbox is handled already;
    /// - [`StoreError::SlotTaken`] when a step is live under another visit, or a calendar has a visit in it that was not
    ///   seen. A hold whose end has come is not live. Commits that look at one calendar come one after the other, so
    ///   none is written over what another one took.
    ///
    /// The messages get the next places in the lanes of their chats, in order. What the commit asks of its own job
    /// counts as asked during the run.
    pub async fn commit(&self, commit: Commit, now: DateTime<Utc>) -> Result<(), StoreError> {
        match self {
            Self::Embedded(store) => {
                let events = news::of_commit(&commit);
                let gives_up = commit.settle.as_ref().is_some_and(news::gives_up);
                store.commit(commit, now).await?;
                store.feed().tell_all(events);
                if gives_up {
                    store.feed().tell(None, news::Event::Jobs);
                }
                Ok(())
            }
            Self::Mongo(store) => store.commit(commit, now).await,
        }
    }

    /// Writes documents outside of any turn: all of them, or none.
    pub async fn put_documents(
        &self,
        documents: Vec<(Expect, Document)>,
        now: DateTime<Utc>,
    ) -> Result<(), StoreError> {
        self.commit(Commit { documents, ..Commit::default() }, now).await
    }

    /// The next short number of a lead of a business: never given before, with gaps.
    pub async fn next_number(&self, business: &BusinessId) -> Result<u64, StoreError> {
        match self {
            Self::Embedded(store) => store.next_number(business).await,
            Self::Mongo(store) => store.next_number(business).await,
        }
    }

    /// Asks for jobs outside of any turn: see [`NewJob`].
    pub async fn ask(&self, jobs: Vec<NewJob>, now: DateTime<Utc>) -> Result<(), StoreError> {
        match self {
            Self::Embedded(store) => store.ask(jobs, now).await,
            Self::Mongo(store) => store.ask(jobs, now).await,
        }
    }

    /// Hands out the job that is due for the longest, or whose lease ended the longest ago, until `now + lease`. No
    /// two live leases are for the same job, and no two leases ever have the same token.
    pub async fn claim(
        &self,
        now: DateTime<Utc>,
        owner: &str,
        lease: Duration,
    ) -> Result<Option<Job>, StoreError> {
        self.claim_of(JobClass::ALL, now, owner, lease).await
    }

    /// As [`Store::claim`], among some classes of jobs only.
    pub async fn claim_of(
        &self,
        classes: &[JobClass],
        now: DateTime<Utc>,
        owner: &str,
        lease: Duration,
    ) -> Result<Option<Job>, StoreError> {
        match self {
            Self::Embedded(store) => store.claim(classes, now, owner, lease).await,
            Self::Mongo(store) => store.claim(classes, now, owner, lease).await,
        }
    }

    /// As [`Store::claim`], several jobs at once: of each class up to as many as there is room for, class by class in
    /// the order given. Also tells when to look again.
    pub async fn claim_some(
        &self,
        now: DateTime<Utc>,
        owner: &str,
        lease: Duration,
        room: &[(JobClass, usize)],
    ) -> Result<Claimed, StoreError> {
        match self {
            Self::Embedded(store) => store.claim_some(now, owner, lease, room).await,
            Self::Mongo(store) => store.claim_some(now, owner, lease, room).await,
        }
    }

    /// Makes a job that is not there, and revives one that gave up. One that waits or runs stays as it is, so any
    /// number of processes may do this at any time.
    pub async fn ensure(&self, kind: JobKind, due: DateTime<Utc>) -> Result<(), StoreError> {
        match self {
            Self::Embedded(store) => store.ensure(kind, due).await,
            Self::Mongo(store) => store.ensure(kind, due).await,
        }
    }

    /// Asks for the turns of messages whose turn was never asked for, since a process died between the two, and
    /// returns how many chats were concerned. It never touches a message that was asked for, so a turn that gave up
    /// stays given up. On one file accepting is one write, so there are none.
    pub async fn sweep(&self, now: DateTime<Utc>) -> Result<u64, StoreError> {
        match self {
            Self::Embedded(_) => Ok(0),
            Self::Mongo(store) => store.sweep(now).await,
        }
    }

    /// Makes a lease last until `now + lease`. False when it was lost: whatever was done under it will be refused.
    pub async fn renew(&self, job: &Job, now: DateTime<Utc>, lease: Duration) -> Result<bool, StoreError> {
        match self {
            Self::Embedded(store) => store.renew(job, now, lease).await,
            Self::Mongo(store) => store.renew(job, now, lease).await,
        }
    }

    /// Ends a lease: see [`Settlement`]. [`StoreError::LeaseLost`] when it ended already.
    pub async fn settle(
        &self,
        job: &Job,
        settlement: Settlement,
        now: DateTime<Utc>,
    ) -> Result<(), StoreError> {
        match self {
            Self::Embedded(store) => {
                let gives_up = news::gives_up(&settlement);
                store.settle(job, settlement, now).await?;
                if gives_up {
                    store.feed().tell(None, news::Event::Jobs);
                }
                Ok(())
            }
            Self::Mongo(store) => store.settle(job, settlement, now).await,
        }
    }

    /// Ends the leases of a process that is known to be dead, so that its work is claimed again at once instead of when
    /// the leases run out. Only for whoever has the store to themselves: on one file only one server may run. On MongoDB
    /// others may live, so there it does nothing. A holder that lives after all is refused like any whose lease was
    /// lost. Returns how many leases ended.
    pub async fn end_leases(&self, now: DateTime<Utc>) -> Result<u64, StoreError> {
        match self {
            Self::Embedded(store) => store.end_leases(now).await,
            Self::Mongo(_) => Ok(0),
        }
    }

    /// Makes a dead job due at once, with no failed attempts. False when there is no such dead job.
    pub async fn retry_dead(&self, id: &str, now: DateTime<Utc>) -> Result<bool, StoreError> {
        match self {
            Self::Embedded(store) => {
                let is_done = store.retry_dead(id, now).await?;
                if is_done {
                    store.feed().tell(None, news::Event::Jobs);
                }
                Ok(is_done)
            }
            Self::Mongo(store) => store.retry_dead(id, now).await,
        }
    }

    /// Forgets a dead job. False when there is no such dead job.
    pub async fn discard_dead(&self, id: &str) -> Result<bool, StoreError> {
        match self {
            Self::Embedded(store) => {
                let is_done = store.discard_dead(id).await?;
                if is_done {
                    store.feed().tell(None, news::Event::Jobs);
                }
                Ok(is_done)
            }
            Self::Mongo(store) => store.discard_dead(id).await,
        }
    }

    /// Marks a message as being handed over, if it still is as it was read, and returns it so. Whoever was there first
    /// has it: the other one is refused, as a version or as a lost lease.
    ///
    /// On MongoDB the lease is not asked as long as nobody came after: whoever marks looks at the lease once more before
    /// it hands over, and takes the mark back when it is over, see [`Store::unmark`].
    pub async fn mark_sending(
        &self,
        under: &Job,
        read: &OutboxRow,
        template: Option<String>,
        now: DateTime<Utc>,
    ) -> Result<OutboxRow, StoreError> {
        let marked = read.clone().handed_over(template, now);
        match self {
            Self::Embedded(store) => {
                store.mark_sending(under, read, &marked, now).await?;
                let conversation = marked.conversation.clone();
                store.feed().tell(Some(&marked.business), news::Event::Delivery { conversation });
            }
            Self::Mongo(store) => store.mark_sending(under, read, &marked, now).await?,
        }
        Ok(marked)
    }

    /// Writes down that the provider took a message, whoever has its lane by now: what is known is not lost with a lease.
    /// The last of its lane ends the lane's job; that its lease was lost is told after the row is written.
    pub async fn record_sent(
        &self,
        under: &Job,
        row: OutboxRow,
        is_last: bool,
        now: DateTime<Utc>,
    ) -> Result<OutboxRow, StoreError> {
        let (row, is_held) = match self {
            Self::Embedded(store) => {
                let (row, is_held) = store.record_sent(under, row, is_last, now).await?;
                let conversation = row.conversation.clone();
                store.feed().tell(Some(&row.business), news::Event::Delivery { conversation });
                (row, is_held)
            }
            Self::Mongo(store) => store.record_sent(under, row, is_last, now).await?,
        };
        if is_held { Ok(row) } else { Err(StoreError::LeaseLost { job: under.kind.id() }) }
    }

    /// Takes the mark of [`Store::mark_sending`] back from a message that was not handed over, whoever has its lane. Refused as a
    /// version once somebody found out what became of it.
    pub async fn unmark(&self, marked: &OutboxRow, read: &OutboxRow) -> Result<(), StoreError> {
        match self {
            Self::Embedded(store) => store.unmark(marked, read).await,
            Self::Mongo(store) => store.unmark(marked, read).await,
        }
    }

    /// Writes where a message stands, under the lease of its lane; returns the row as it is now. A state never goes back (see [`documents::DeliveryState::may_become`]): what a status told in
    /// the meantime stands, and a status that came before the row had its provider's id is applied now. Place,
    /// chat and business of a row never change.
    pub async fn update_outbox(
        &self,
        under: &Job,
        row: OutboxRow,
        now: DateTime<Utc>,
    ) -> Result<OutboxRow, StoreError> {
        match self {
            Self::Embedded(store) => {
                let row = store.update_outbox(under, row, now).await?;
                let conversation = row.conversation.clone();
                store.feed().tell(Some(&row.business), news::Event::Delivery { conversation });
                Ok(row)
            }
            Self::Mongo(store) => store.update_outbox(under, row, now).await,
        }
    }

    /// Records what providers told, in order and in one write. A message is found by our id where the event has it,
    /// else by the provider's. A message never goes back; one that waited in its lane, or that nobody could tell
    /// about, is settled by this and its lane is made due.
    pub async fn record_statuses(
        &self,
        events: Vec<StatusEvent>,
        now: DateTime<Utc>,
    ) -> Result<Vec<Recorded>, StoreError> {
        match self {
            Self::Embedded(store) => {
                let recorded = store.record_statuses(events, now).await?;
                for told in &recorded {
                    if let Recorded::Changed { row, .. } = told {
                        let conversation = row.conversation.clone();
                        store.feed().tell(Some(&row.business), news::Event::Delivery { conversation });
                    }
                }
                Ok(recorded)
            }
            Self::Mongo(store) => store.record_statuses(events, now).await,
        }
    }

    /// Statuses that were kept since nobody knew their message, and that belong to one by now: a process died between
    /// writing the provider's id and looking for them. On one file that is one write, so there are none.
    pub async fn kept_statuses(&self) -> Result<Vec<StatusEvent>, StoreError> {
        match self {
            Self::Embedded(_) => Ok(Vec::new()),
            Self::Mongo(store) => store.kept_statuses().await,
        }
    }

    /// Keeps statuses no longer that were recorded after all.
    pub async fn forget_statuses(&self, recorded: &[StatusEvent]) -> Result<(), StoreError> {
        match self {
            Self::Embedded(_) => Ok(()),
            Self::Mongo(store) => store.forget_statuses(recorded).await,
        }
    }

    /// Rings a bell when another process asked for a job; never returns. It only hastens: nothing may depend on it.
    pub async fn watch(&self, bell: &Notify) {
        match self {
            // Whoever has the file open in another process only reads, or is an operator.
            Self::Embedded(_) => std::future::pending().await,
            Self::Mongo(store) => store.watch(bell).await,
        }
    }

    /// Keeps an event that nobody understood. The oldest go when there are more than [`documents::ODDITIES_KEPT`].
    pub async fn keep_oddity(&self, oddity: Oddity) -> Result<(), StoreError> {
        match self {
            Self::Embedded(store) => store.keep_oddity(oddity).await,
            Self::Mongo(store) => store.keep_oddity(oddity).await,
        }
    }
}

/// Why the store did not do what it was asked for.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// It cannot be reached or written just now; the caller tells its own caller to try again.
    #[error("store unavailable: {0}")]
    Unavailable(String),
    /// A document was changed by somebody else; the caller loads again and decides again.
    #[error("{collection}/{id} is not at the expected version")]
    Version {
        /// Which collection.
        collection: &'static str,
        /// Which document.
        id: String,
    },
    /// A step of the wanted time belongs to another visit; the caller decides again.
    #[error("slot of {pro} is taken")]
    SlotTaken {
        /// Whose time.
        pro: String,
    },
    /// Another worker has the job; the caller drops what it did.
    #[error("lease of {job} was lost")]
    LeaseLost {
        /// Which job.
        job: String,
    },
    /// A document cannot be read, or comes from a newer version of the program.
    #[error("{collection}/{id} cannot be read: {problem}")]
    Unreadable {
        /// Which collection.
        collection: &'static str,
        /// Which document.
        id: String,
        /// What is wrong with it.
        problem: String,
    },
}
