//! Background work: what waits, what gave up, what comes back by itself.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

/// `GET /jobs`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Jobs {
    /// How many are due or will be.
    pub ready: u64,
    /// How many are under way.
    pub running: u64,
    /// Those that gave up, oldest first.
    pub dead: Vec<DeadJob>,
    /// Those that come back by themselves.
    pub recurring: Vec<RecurringJob>,
    /// The newest odd events, newest first.
    pub oddities: Vec<Oddity>,
}

/// A job that gave up. `POST /jobs/retry` and `POST /jobs/discard` take a [`JobId`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DeadJob {
    /// Its id.
    pub id: String,
    /// What it does, as a key.
    pub kind: String,
    /// Why it gave up.
    pub reason: String,
    /// After how many tries.
    pub attempts: u32,
    /// When.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub at: Option<DateTime<Utc>>,
}

/// Which job.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct JobId {
    /// Its id.
    pub id: String,
}

/// A job that comes back by itself.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RecurringJob {
    /// Its name.
    pub name: String,
    /// Whether it is switched on.
    pub on: bool,
    /// When it runs next.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub next: Option<DateTime<Utc>>,
    /// When it last ran.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub last_at: Option<DateTime<Utc>>,
    /// What came of it.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub last_outcome: String,
    /// Whether that was a failure.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub last_failed: bool,
}

/// An event that nobody understood.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Oddity {
    /// When.
    pub at: DateTime<Utc>,
    /// From where.
    pub channel: String,
    /// What was odd, as a key.
    pub reason: String,
}
