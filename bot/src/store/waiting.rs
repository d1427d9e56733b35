//! Questions about what waits for somebody, for the jobs that come back by themselves. Each reads an index and as many rows
//! as it is asked for, however many leads there are.

use super::documents::Stored;
use super::{Store, StoreError};
use agents::care::Raised;
use agents::conversation::Conversation;
use agents::id::{BusinessId, LeadId};
use agents::lead::Lead;
use chrono::{DateTime, Utc};

/// Which leads are looked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Left {
    /// Those on which nobody has acted: [`Lead::stale_since`].
    Stale,
    /// Requests without a deal, by when they were stated: `contacted`, by [`Lead::status_since`].
    Lying,
}

/// A lead that was left alone, and since when; also where the next page begins.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cursor {
    /// Since when.
    pub since: DateTime<Utc>,
    /// Which.
    pub lead: LeadId,
}

impl Store {
    /// The leads of a business that were left alone since `before` or longer, the longest first, after the last of the
    /// page before.
    pub async fn left_leads(
        &self,
        business: &BusinessId,
        left: Left,
        before: DateTime<Utc>,
        after: Option<&Cursor>,
        limit: u32,
    ) -> Result<Vec<Cursor>, StoreError> {
        match self {
            Self::Embedded(store) => store.left_leads(business, left, before, after, limit).await,
            Self::Mongo(store) => store.left_leads(business, left, before, after, limit).await,
        }
    }

    /// The leads of a business that a person must look at and that the operator was not told of, by number.
    pub async fn unreported_leads(
        &self,
        business: &BusinessId,
        limit: u32,
    ) -> Result<Vec<Stored<Lead>>, StoreError> {
        match self {
            Self::Embedded(store) => store.unreported_leads(business, limit).await,
            Self::Mongo(store) => store.unreported_leads(business, limit).await,
        }
    }

    /// The chats of a business that a person must look at and that the operator was not told of, by id.
    pub async fn unreported_chats(
        &self,
        business: &BusinessId,
        limit: u32,
    ) -> Result<Vec<Stored<Conversation>>, StoreError> {
        match self {
            Self::Embedded(store) => store.unreported_chats(business, limit).await,
            Self::Mongo(store) => store.unreported_chats(business, limit).await,
        }
    }

    /// The alert with this id.
    pub async fn alert(&self, id: &str) -> Result<Option<Stored<Raised>>, StoreError> {
        match self {
            Self::Embedded(store) => store.document("alerts", id).await,
            Self::Mongo(store) => store.document("alerts", id).await,
        }
    }

    /// The alerts of a business that the operator is still to be told of, by id.
    pub async fn waiting_alerts(
        &self,
        business: &BusinessId,
        limit: u32,
    ) -> Result<Vec<Stored<Raised>>, StoreError> {
        match self {
            Self::Embedded(store) => store.waiting_alerts(business, limit).await,
            Self::Mongo(store) => store.waiting_alerts(business, limit).await,
        }
    }
}
