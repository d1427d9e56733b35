//! The settings of a business that can be changed while it runs.

use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// `GET /settings`; `PATCH /settings` answers it too.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Settings {
    /// The version of the business.
    pub version: u64,
    /// What customers call it.
    pub name: String,
    /// The code of its language.
    pub locale: String,
    /// The IANA name of its zone.
    pub timezone: String,
    /// Whether the bot is silent towards customers.
    pub paused: bool,
    /// `pro` or `auto`.
    pub approval: String,
    /// `notice` or `ask`.
    pub consent: String,
    /// When people answer, as the business file writes it.
    pub hours: BTreeMap<String, String>,
    /// How long a pro may think about an offer, in minutes.
    pub approval_minutes: u32,
    /// How many hours before a visit its customer is reminded.
    pub reminder_hours: Vec<u32>,
    /// The business's share, in percent.
    pub commission_percent: u32,
    /// The number of the emergency services.
    pub emergency_number: String,
    /// The words that make an emergency; empty: the usual ones.
    #[serde(default)]
    pub emergency_words: Vec<String>,
    /// The chain of models, first to last, which the environment sets.
    pub models: Vec<String>,
    /// The recurring jobs that are off, which the environment sets.
    pub jobs_off: Vec<String>,
}

/// `PATCH /settings`: what is given changes.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct EditSettings {
    /// The version that was seen.
    pub version: u64,
    /// See [`Settings::name`].
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// See [`Settings::paused`].
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub paused: Option<bool>,
    /// See [`Settings::approval`].
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub approval: Option<String>,
    /// See [`Settings::hours`]; the whole week.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub hours: Option<BTreeMap<String, String>>,
    /// See [`Settings::approval_minutes`]; 1 to 1,440.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub approval_minutes: Option<u32>,
    /// See [`Settings::reminder_hours`].
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reminder_hours: Option<Vec<u32>>,
    /// See [`Settings::commission_percent`]; 0 to 100.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub commission_percent: Option<u32>,
    /// See [`Settings::emergency_words`].
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub emergency_words: Option<Vec<String>>,
}
