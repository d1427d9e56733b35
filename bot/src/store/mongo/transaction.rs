//! Transactions of several documents: begun, committed, and tried again when another one was there first. Those of this
//! process that write to the lane of one chat go one after the other, see [`super::lanes`].

use super::Mongo;
use super::errors::Failure;
use super::lanes::Turn;
use crate::store::StoreError;
use agents::id::ConversationId;
use mongodb::ClientSession;
use mongodb::error::{TRANSIENT_TRANSACTION_ERROR, UNKNOWN_TRANSACTION_COMMIT_RESULT};
use std::time::{Duration, Instant};

/// How long a transaction is tried again. Shorter than the caller waits, so that the reason is told.
const WAIT: Duration = Duration::from_secs(8);

/// The longest pause before the next try.
const LONGEST_PAUSE_MS: u64 = 64;

/// A transaction that is tried until it is committed or refused.
pub(super) struct Transaction {
    pub(super) session: ClientSession,
    until: Instant,
    tries: u32,
    _turn: Turn,
}

impl Transaction {
    /// One that writes to the lanes of these chats, once it is its turn there.
    pub(super) async fn of<'a>(
        store: &Mongo,
        chats: impl Iterator<Item = &'a ConversationId>,
    ) -> Result<Self, StoreError> {
        let until = Instant::now() + WAIT;
        let turn = store.inner.lanes.turn(chats.map(ConversationId::as_str)).await;
        let session = store.inner.client.start_session().await?;
        Ok(Self { session, until, tries: 0, _turn: turn })
    }

    /// Begins the next try.
    pub(super) async fn begin(&mut self) -> Result<(), StoreError> {
        self.tries += 1;
        // Both concerns are those of the client; a snapshot is what makes the steps see one state.
        Ok(self.session.start_transaction().read_concern(mongodb::options::ReadConcern::snapshot()).await?)
    }

    /// Ends a try: commits what was done, or undoes it. None when it is to be tried again.
    pub(super) async fn end<T>(&mut self, done: Result<T, Failure>) -> Result<Option<T>, StoreError> {
        let failure = match done {
            Ok(value) => match self.commit().await {
                Ok(()) => return Ok(Some(value)),
                Err(failure) => failure,
            },
            Err(failure) => {
                // If this fails the server undoes it by itself.
                let _ = self.session.abort_transaction().await;
                failure
            }
        };
        let is_transient = match &failure {
            Failure::Refused(_) => false,
            Failure::Conflict => true,
            Failure::Driver(error) => error.contains_label(TRANSIENT_TRANSACTION_ERROR),
        };
        if !is_transient || Instant::now() >= self.until {
            return Err(failure.into());
        }
        let longest = LONGEST_PAUSE_MS.min(1 << self.tries.min(6));
        tokio::time::sleep(Duration::from_millis(rand::random_range(0..longest))).await;
        Ok(None)
    }

    /// Committing again what was committed changes nothing, so an unknown result is asked for again.
    async fn commit(&mut self) -> Result<(), Failure> {
        loop {
            match self.session.commit_transaction().await {
                Ok(()) => return Ok(()),
                Err(error)
                    if error.contains_label(UNKNOWN_TRANSACTION_COMMIT_RESULT)
                        && Instant::now() < self.until =>
                {
                    tokio::time::sleep(Duration::from_millis(LONGEST_PAUSE_MS)).await;
                }
                Err(error) => return Err(error.into()),
            }
        }
    }
}
