//! The lane of a chat: what waits to be sent, in the order in which it was decided.

use super::documents::{DeliveryState, OutboxRow};
use super::{Store, StoreError};
use agents::id::ConversationId;
use chrono::{DateTime, Utc};

/// How many messages of a lane are looked at. Those behind so many that wait for their time wait with them.
pub(super) const LOOKED_AT: u32 = 1_000;

/// A lane as it stands.
#[derive(Clone, Debug, PartialEq)]
pub struct Lane {
    /// What is being sent, and must be settled first; else the first that may be sent now.
    pub front: Option<OutboxRow>,
    /// Whether nothing waits beside that.
    pub is_last: bool,
    /// When the first of all that wait may be sent, which may be in the past.
    pub due: Option<DateTime<Utc>>,
}

impl Lane {
    pub(super) fn of(waiting: Vec<OutboxRow>, now: DateTime<Utc>) -> Self {
        let is_last = waiting.len() == 1;
        let due = waiting.iter().map(|row| row.not_before.unwrap_or(row.created_at)).min();
        let is_sending = |row: &OutboxRow| row.state == DeliveryState::Sending;
        let may_leave = |row: &OutboxRow| row.not_before.is_none_or(|not_before| not_before <= now);
        let at = waiting.iter().position(is_sending).or_else(|| waiting.iter().position(may_leave));
        Self { front: at.and_then(|at| waiting.into_iter().nth(at)), is_last, due }
    }
}

impl Store {
    /// The lane of a chat, in one look.
    pub async fn lane(&self, conversation: &ConversationId, now: DateTime<Utc>) -> Result<Lane, StoreError> {
        Ok(Lane::of(self.outbox_waiting(conversation, LOOKED_AT).await?, now))
    }

    /// The messages of a chat that were handed over without an answer being written down, in order.
    pub async fn outbox_sending(&self, conversation: &ConversationId) -> Result<Vec<OutboxRow>, StoreError> {
        let waiting = self.outbox_waiting(conversation, LOOKED_AT).await?;
        Ok(waiting.into_iter().filter(|row| row.state == DeliveryState::Sending).collect())
    }

    /// The first messages of a chat that are queued or being sent, in order.
    async fn outbox_waiting(
        &self,
        conversation: &ConversationId,
        limit: u32,
    ) -> Result<Vec<OutboxRow>, StoreError> {
        match self {
            Self::Embedded(store) => store.outbox_waiting(conversation, limit).await,
            Self::Mongo(store) => store.outbox_waiting(conversation, limit).await,
        }
    }
}
