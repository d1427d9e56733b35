//! The store: few verbs, each with a promise. It knows no rules of the business and makes no decisions.
//!
//! - [`Store::accept`] makes inbound messages durable, each once, and their chat's turn due.
//! - [`Store::commit`] writes everything that a turn decided, or nothing.
//! - [`Store::claim`], [`Store::renew`] and [`Store::settle`] hand out work under a lease with a fencing token.
//! - [`Store::record_statuses`] and [`Store::update_outbox`] keep where each message stands.
//! - The rest are named read-only queries.
//!
//! All times are UTC. `now` is always an argument.

pub mod documents;
mod embedded;

pub use embedded::Embedded;

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
