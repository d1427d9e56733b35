//! A person: how they may be reached, what they are called, and what they agreed to.

use crate::id::{BusinessId, ContactId};
use crate::language::Language;
use crate::request::Address;
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use std::fmt;

/// A person as stored. One person is one contact on every channel on which their phone number shows.
#[derive(Clone, PartialEq, Serialize, Deserialize)]
pub struct Contact {
    /// Made of the business and the phone, else of the business, the channel and the address there.
    pub id: ContactId,
    /// Whose contact it is.
    pub business: BusinessId,
    /// E.164 with a leading plus sign; none for people who hide their number.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub phone: Option<String>,
    /// What they said that they are called.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// The name on their channel profile; used only when they said none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub profile_name: Option<String>,
    /// The language of their last words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub language: Option<Language>,
    /// Where the last visit was, offered again the next time (B25).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub address: Option<Address>,
    /// When they were told that an assistant answers.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub disclosed_at: Option<DateTime<Utc>>,
    /// When they agreed to that, where the business asks.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub consented_at: Option<DateTime<Utc>>,
    /// Since when nothing but answers may be sent to them.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub opted_out_at: Option<DateTime<Utc>>,
    /// Whom a person found to be the same, and merged into this one: their chats are this one's now.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub also: Vec<Alias>,
}

/// A contact that was merged into another one and is no more.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Alias {
    /// The id that it had.
    pub id: ContactId,
    /// Its phone, E.164, where it showed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub phone: Option<String>,
}

impl fmt::Debug for Alias {
    /// Leaves out the phone.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Alias").field("id", &self.id).finish_non_exhaustive()
    }
}

impl Contact {
    /// Every phone under which they are known, E.164: their own first.
    pub fn phones(&self) -> impl Iterator<Item = &str> {
        let merged = self.also.iter().filter_map(|alias| alias.phone.as_deref());
        self.phone.as_deref().into_iter().chain(merged)
    }

    /// This contact with another one in it that is the same person. What this one says counts; who opted out under either
    /// stays opted out.
    #[must_use]
    pub fn with(self, other: Self) -> Self {
        let alias = Alias { id: other.id, phone: other.phone };
        let also = self.also.into_iter().chain([alias]).chain(other.also).collect();
        Self {
            name: self.name.or(other.name),
            profile_name: self.profile_name.or(other.profile_name),
            language: self.language.or(other.language),
            address: self.address.or(other.address),
            disclosed_at: self.disclosed_at.or(other.disclosed_at),
            consented_at: self.consented_at.or(other.consented_at),
            opted_out_at: self.opted_out_at.into_iter().chain(other.opted_out_at).min(),
            also,
            ..self
        }
    }

    /// What to call them: what they said, else what their profile says.
    #[must_use]
    pub fn called(&self) -> Option<&str> {
        self.name.as_deref().or(self.profile_name.as_deref())
    }
}

impl fmt::Debug for Contact {
    /// Names neither person nor phone.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Contact").field("id", &self.id).finish_non_exhaustive()
    }
}
