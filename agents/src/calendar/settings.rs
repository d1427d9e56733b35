//! What a pro settles about their calendar, as stored. It holds values and searches nothing.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

/// What a pro settles about their calendar beside the hours of the week.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct ProCalendar {
    /// Times at which they do not work, in order.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub blocked: Vec<Blocked>,
}

impl ProCalendar {
    /// Whether nothing is settled.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

/// A time at which a pro does not work.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Blocked {
    /// Start (UTC).
    pub from: DateTime<Utc>,
    /// End, not included.
    pub to: DateTime<Utc>,
    /// Why, as a key: `break`, `vacation`, `other_calendar`.
    pub reason: String,
    /// Who said so.
    #[serde(default)]
    pub by: BlockedBy,
}

/// Who blocked a time.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum BlockedBy {
    /// The file of the business: an import without it takes it back.
    #[default]
    File,
    /// The pro: an import lets it stand.
    Pro,
}
