//! What is known of the world outside: how our accounts at providers stand, places that a geocoder found, and what came
//! of reading the calendars that pros keep elsewhere. Values only; what follows from them is decided elsewhere.

use super::documents::Stored;
use super::{Store, StoreError};
use agents::id::{BusinessId, ConversationId, ProId};
use agents::message::Channel;
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

/// An account of ours at a provider, as kept in `accounts`. One that never stopped has none.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AccountHealth {
    /// Made of channel and account.
    pub id: String,
    /// Whose.
    pub business: BusinessId,
    /// On which channel.
    pub channel: Channel,
    /// Which account there.
    pub account: String,
    /// Why nothing leaves through it; none while it works.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub stopped: Option<Stopped>,
    /// When it last stopped or began to work again (UTC).
    pub changed_at: DateTime<Utc>,
}

/// An account through which nothing leaves.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Stopped {
    /// Since when (UTC).
    pub since: DateTime<Utc>,
    /// Why, as a key with the provider's code.
    pub reason: String,
    /// How often it was tried since.
    pub probes: u32,
    /// When one message may be tried next (UTC).
    pub next_probe_at: DateTime<Utc>,
}

impl AccountHealth {
    /// The key of an account.
    #[must_use]
    pub fn id_of(channel: Channel, account: &str) -> String {
        format!("{}/{account}", channel.key())
    }

    /// That of an account among those that were read; none of one that never stopped.
    #[must_use]
    pub fn among<'a>(known: &'a [Stored<Self>], channel: Channel, account: &str) -> Option<&'a Stored<Self>> {
        let id = Self::id_of(channel, account);
        known.iter().find(|stored| stored.value.id == id)
    }
}

/// A place that a geocoder found, as kept in `places`. What it did not find is not kept.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct KnownPlace {
    /// The name, folded, with the business before it.
    pub id: String,
    /// Whose customers named it.
    pub business: BusinessId,
    /// The name, folded.
    pub name: String,
    /// Degrees north.
    pub latitude: f64,
    /// Degrees east.
    pub longitude: f64,
    /// When it was found (UTC).
    pub found_at: DateTime<Utc>,
}

/// What came of reading the calendar of a pro, as kept in `feeds`. The times themselves are blocked times of the pro.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Feed {
    /// The pro's id.
    pub id: ProId,
    /// Whose pro.
    pub business: BusinessId,
    /// A digest of the address that was read: another address is read anew.
    pub address: String,
    /// The tag that the host gave the calendar.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub etag: Option<String>,
    /// When the host says that it last changed, in its words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub last_modified: Option<String>,
    /// When it was last read well (UTC).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub read_at: Option<DateTime<Utc>>,
    /// When it was last read whole, since its host did not say that nothing changed (UTC).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub whole_at: Option<DateTime<Utc>>,
    /// What is wrong with it since then, as a key; none when it was read well.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub problem: Option<String>,
    /// How often it was tried in vain since.
    #[serde(default)]
    pub failures: u32,
}

impl Store {
    /// How an account stands; none of one that never stopped.
    pub async fn account(
        &self,
        channel: Channel,
        account: &str,
    ) -> Result<Option<Stored<AccountHealth>>, StoreError> {
        let id = AccountHealth::id_of(channel, account);
        match self {
            Self::Embedded(store) => store.document("accounts", &id).await,
            Self::Mongo(store) => store.document("accounts", &id).await,
        }
    }

    /// The accounts that stopped at some time, whether they work again or not, by id.
    pub async fn accounts(&self) -> Result<Vec<Stored<AccountHealth>>, StoreError> {
        match self {
            Self::Embedded(store) => store.all("accounts").await,
            Self::Mongo(store) => store.all("accounts").await,
        }
    }

    /// The place with this id.
    pub async fn place(&self, id: &str) -> Result<Option<Stored<KnownPlace>>, StoreError> {
        match self {
            Self::Embedded(store) => store.document("places", id).await,
            Self::Mongo(store) => store.document("places", id).await,
        }
    }

    /// What came of reading a pro's calendar; none when it was never tried.
    pub async fn feed(&self, pro: &ProId) -> Result<Option<Stored<Feed>>, StoreError> {
        match self {
            Self::Embedded(store) => store.document("feeds", pro.as_str()).await,
            Self::Mongo(store) => store.document("feeds", pro.as_str()).await,
        }
    }

    /// What came of reading the calendars of all pros, by pro.
    pub async fn feeds(&self) -> Result<Vec<Stored<Feed>>, StoreError> {
        match self {
            Self::Embedded(store) => store.all("feeds").await,
            Self::Mongo(store) => store.all("feeds").await,
        }
    }

    /// The chats in whose lanes something waits.
    pub async fn waiting_lanes(&self) -> Result<Vec<ConversationId>, StoreError> {
        match self {
            Self::Embedded(store) => store.waiting_lanes().await,
            Self::Mongo(store) => store.waiting_lanes().await,
        }
    }
}
