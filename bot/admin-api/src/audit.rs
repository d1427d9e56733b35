//! Who changed what.

use crate::page::Window;
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use serde_json::Value;

/// `GET /audit`: which; newest first.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct AuditFilter {
    /// By this user.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub by: Option<String>,
    /// About this thing, as in [`AuditLine::subject`].
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub subject: Option<String>,
    /// Which page.
    #[serde(flatten)]
    pub window: Window,
}

/// A change.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct AuditLine {
    /// Its id.
    pub id: String,
    /// When.
    pub at: DateTime<Utc>,
    /// Which user.
    pub by: String,
    /// What was done, as a key such as `lead.assign`.
    pub action: String,
    /// To what: collection and id, such as `leads/l1`.
    pub subject: String,
    /// The changed fields as they were. Words of people, phones and passwords are left out.
    pub before: Value,
    /// ... and as they became.
    pub after: Value,
}
