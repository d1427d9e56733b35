//! The first screen: what is going on, at a glance.

use crate::lead::LeadStatus;
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// `GET /dashboard`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Dashboard {
    /// When it was made.
    pub at: DateTime<Utc>,
    /// How many leads stand where.
    pub leads: BTreeMap<LeadStatus, u64>,
    /// How many leads and chats wait for a person.
    pub needs_human: u64,
    /// Today's visits, by time.
    pub today: Vec<Visit>,
    /// Seconds from a customer's message to our answer, the median of each of the last 24 hours, oldest first; none for an
    /// hour without any.
    pub answer_seconds: Vec<Option<u32>>,
    /// Leads made in each of the last 14 local days, oldest first.
    pub leads_per_day: Vec<u32>,
    /// Background work.
    pub queue: Queue,
    /// Accounts and models.
    pub providers: Vec<ProviderHealth>,
    /// What models cost today, in millionths of a dollar; none when nobody knows.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub model_cost_today: Option<u64>,
    /// Whether the bot is silent towards customers.
    pub paused: bool,
}

/// A visit of today.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Visit {
    /// Start.
    pub from: DateTime<Utc>,
    /// End, not included.
    pub to: DateTime<Utc>,
    /// The pro's name.
    pub pro_name: String,
    /// The lead.
    pub lead: String,
    /// ... and its number.
    pub lead_number: u64,
    /// The town.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub city: Option<String>,
    /// Whether the customer confirmed.
    pub confirmed: bool,
    /// Whether it is only held.
    pub held: bool,
}

/// Background work.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Queue {
    /// Due and not taken.
    pub ready: u64,
    /// Under way.
    pub running: u64,
    /// Gave up.
    pub dead: u64,
    /// Messages that nobody can tell about.
    pub unsettled: u64,
}

/// Whether something outside works.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ProviderHealth {
    /// `green_api`, `meta`, the name of a model, `rules` where no model is set, `store`.
    pub name: String,
    /// Whether it works.
    pub ok: bool,
    /// Why not, as a key: `resting` of a model that failed and is left alone for a while, of an account the provider's
    /// refusal.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
    /// Since when it does not, where that is known (UTC).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub since: Option<DateTime<Utc>>,
}
