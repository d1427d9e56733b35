//! People: search, merge, take out, erase.

use crate::page::Window;
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use std::fmt;

/// `GET /contacts`: whose name or phone begins so; all, newest first, without.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ContactFilter {
    /// A name, or digits of a phone.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub q: Option<String>,
    /// Which page.
    #[serde(flatten)]
    pub window: Window,
}

/// A person. `GET /contacts` answers a page, `GET /contacts/{id}` one.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ContactLine {
    /// Their id.
    pub id: String,
    /// Their version.
    pub version: u64,
    /// What they are called.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// E.164, where it shows.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub phone: Option<String>,
    /// The code of their language.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub language: Option<String>,
    /// Since when nothing but answers may be sent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub opted_out_at: Option<DateTime<Utc>>,
    /// How many leads.
    pub leads: u32,
    /// Their last chat.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub conversation: Option<String>,
}

impl fmt::Debug for ContactLine {
    /// Names neither person nor phone.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ContactLine").field("id", &self.id).finish_non_exhaustive()
    }
}

/// `POST /contacts/{id}/merge`: the other's chats and leads become this one's; the other is gone.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Merge {
    /// Who is merged into this one.
    pub other: String,
    /// The version of this one that was seen.
    pub version: u64,
}

/// `GET /contacts/{id}/export`: the person's data, readable, as one JSON document.
#[derive(Clone, PartialEq, Serialize, Deserialize)]
pub struct Export {
    /// When it was made.
    pub made_at: DateTime<Utc>,
    /// Collection → documents.
    pub data: serde_json::Value,
}

impl fmt::Debug for Export {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Export")
    }
}

/// `POST /contacts/{id}/erase`: removes the person for good.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Erase {
    /// The word `erase` and the id, as in `erase p0123`.
    pub confirm: String,
}

impl fmt::Debug for Erase {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Erase")
    }
}

/// Its answer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Erased {
    /// How many documents were removed or made anonymous.
    pub documents: u64,
    /// How many places still name the person after a scan: 0.
    pub left: u64,
}
