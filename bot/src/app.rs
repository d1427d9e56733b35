//! The app: everything that the pipeline, the jobs and the pages share. It is a value; two of them may live in one
//! process.

use crate::channels;
use crate::config::Config;
use crate::counters::Counters;
use crate::crash::CrashPlan;
use crate::models::Models;
use crate::outside::Outside;
use crate::pipeline::alerts::Outage;
use crate::pipeline::spending::Unwritten;
use crate::pressure::Pressure;
use crate::store::documents::Stored;
use crate::store::{Store, StoreError};
use crate::web::strip::StripEvent;
use agents::business::Business;
use agents::conversation::Place;
use agents::id::{BusinessId, ContactId, ConversationId};
use chrono::{DateTime, TimeDelta, Utc};
use sha2::{Digest, Sha256};
use std::collections::VecDeque;
use std::fmt::Write as _;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use tokio::sync::{Notify, Semaphore, broadcast};

/// How many events of the strip are kept for pages that open later.
const KEPT_EVENTS: usize = 300;

/// How old a look at the business may be where only whose something is matters.
const LATELY: TimeDelta = TimeDelta::seconds(1);

/// Everything that is shared.
#[derive(Debug)]
pub struct App {
    /// The settings.
    pub config: Config,
    /// Where state is.
    pub store: Store,
    /// The models, with the rules behind them.
    pub models: Models,
    /// Clock, network and dice.
    pub outside: Outside,
    /// What happened, in figures.
    pub counters: Counters,
    /// What happened, as lines for the demo's strip.
    pub strip: Strip,
    /// Whether models answer.
    pub outage: Outage,
    /// Calls of models that are still to be written down.
    pub unwritten: Unwritten,
    /// Rings when there may be work.
    pub wake: Notify,
    /// How many passwords are hashed at once: each takes a core and 19 MiB.
    pub hashing: Semaphore,
    /// Where to die in crash tests.
    pub crash: CrashPlan,
    /// How many webhooks wait.
    pub pressure: Pressure,
    seen: Mutex<Option<Seen>>,
}

/// The business as it was at a moment.
#[derive(Debug)]
struct Seen {
    at: DateTime<Utc>,
    business: Arc<Business>,
}

impl App {
    /// An app over an open store.
    #[must_use]
    pub fn new(config: Config, store: Store, outside: Outside) -> Arc<Self> {
        Self::dying(config, store, outside, CrashPlan::from_environment())
    }

    /// An app that dies as planned.
    pub(crate) fn dying(config: Config, store: Store, outside: Outside, crash: CrashPlan) -> Arc<Self> {
        let models = Models::new(config.chain.clone(), config.gemini.clone());
        Arc::new(Self {
            config,
            store,
            models,
            outside,
            counters: Counters::default(),
            strip: Strip::default(),
            outage: Outage::default(),
            unwritten: Unwritten::default(),
            wake: Notify::new(),
            hashing: Semaphore::new(2),
            crash,
            pressure: Pressure::default(),
            seen: Mutex::new(None),
        })
    }

    /// The moment (UTC).
    #[must_use]
    pub fn now(&self) -> DateTime<Utc> {
        self.outside.clock.now()
    }

    /// The business that the accounts belong to.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub async fn business(&self) -> Result<Option<Stored<Business>>, StoreError> {
        match self.business_id() {
            Some(id) => self.store.business(&id).await,
            None => Ok(self.store.businesses().await?.into_iter().next()),
        }
    }

    /// The business of the settings; none when it is the only one.
    #[must_use]
    pub fn business_id(&self) -> Option<BusinessId> {
        self.config.business.clone().map(BusinessId::new)
    }

    /// The same as it was within the last second, for what comes in: whose it is does not change, and nothing is decided by
    /// it.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub async fn business_lately(&self) -> Result<Option<Arc<Business>>, StoreError> {
        let now = self.now();
        let lately = |seen: &&Seen| seen.at <= now && now - seen.at < LATELY;
        if let Some(seen) = self.seen().as_ref().filter(lately) {
            return Ok(Some(seen.business.clone()));
        }
        let Some(stored) = self.business().await? else { return Ok(None) };
        let business = Arc::new(stored.value);
        *self.seen() = Some(Seen { at: now, business: business.clone() });
        Ok(Some(business))
    }

    fn seen(&self) -> MutexGuard<'_, Option<Seen>> {
        self.seen.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Whether this phone is an owner's.
    #[must_use]
    pub fn is_owner(&self, business: &Business, phone: &str) -> bool {
        self.owner_phones(business).any(|owner| owner == phone)
    }

    /// The phones of the owners: those of the business, then the one of the settings.
    pub fn owner_phones<'a>(&'a self, business: &'a Business) -> impl Iterator<Item = &'a str> {
        let stored = business.owners.iter().map(|owner| owner.phone.as_str());
        let is_stored = |phone: &&str| business.owners.iter().any(|owner| owner.phone == *phone);
        stored.chain(self.config.admin_phone.as_deref().filter(move |phone| !is_stored(phone)))
    }

    /// Our account to which a place belongs; none for a place that is not ours (B6).
    #[must_use]
    pub fn account(&self, place: &Place) -> Option<&channels::Settings> {
        self.config.accounts.iter().find(|account| account.owns(place))
    }
}

/// The id of the chat at a place. The address may be a phone number, so the id is a digest.
#[must_use]
pub fn conversation_id(business: &BusinessId, place: &Place) -> ConversationId {
    ConversationId::new(digest(
        "c",
        &[business.as_str(), place.channel.key(), &place.account, &place.address],
    ))
}

/// The id of a person: by phone where it shows, so that one person is one contact on every channel; else by place.
#[must_use]
pub fn contact_id(business: &BusinessId, phone: Option<&str>, place: &Place) -> ContactId {
    ContactId::new(match phone {
        Some(phone) => digest("p", &[business.as_str(), phone]),
        None => digest("p", &[business.as_str(), place.channel.key(), &place.address]),
    })
}

fn digest(prefix: &str, parts: &[&str]) -> String {
    let mut hash = Sha256::new();
    for part in parts {
        hash.update(part.as_bytes());
        hash.update([0]);
    }
    let mut id = prefix.to_owned();
    for byte in hash.finalize().iter().take(8) {
        let _ = write!(id, "{byte:02x}");
    }
    id
}

/// The events of the strip: sent to whoever watches, and the newest kept.
#[derive(Clone, Debug)]
pub struct Strip {
    /// To whoever watches.
    pub live: broadcast::Sender<serde_json::Value>,
    /// The newest.
    pub recent: Arc<Mutex<VecDeque<serde_json::Value>>>,
}

impl Default for Strip {
    fn default() -> Self {
        Self { live: broadcast::channel(256).0, recent: Arc::default() }
    }
}

impl Strip {
    /// Forgets what happened so far: it may have named somebody who was removed.
    pub fn forget(&self) {
        self.recent.lock().unwrap_or_else(PoisonError::into_inner).clear();
    }

    /// Adds an event.
    pub fn add(&self, event: &StripEvent) {
        let Ok(value) = serde_json::to_value(event) else { return };
        let mut recent = self.recent.lock().unwrap_or_else(PoisonError::into_inner);
        if recent.len() == KEPT_EVENTS {
            recent.pop_front();
        }
        recent.push_back(value.clone());
        // Sent under the lock, so that a page that opens meanwhile gets it once. Nobody watching is no failure.
        let _ = self.live.send(value);
    }
}
