//! Chats: the list, what was said, and a person taking over.

use crate::page::Window;
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use std::fmt;

/// `GET /conversations`: which; the one that was written in last comes first.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ConversationFilter {
    /// Only those that wait for a person.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub needs_human: bool,
    /// Only those in which the bot is silent.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub paused: bool,
    /// A name or phone that begins so.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub q: Option<String>,
    /// Which page.
    #[serde(flatten)]
    pub window: Window,
}

/// Who answers in a chat.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Answering {
    /// The bot.
    Bot,
    /// A person, until [`ConversationLine::paused_until`].
    Person,
    /// Nobody: the business is paused.
    Nobody,
}

/// A chat in a list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ConversationLine {
    /// Its id.
    pub id: String,
    /// Its version.
    pub version: u64,
    /// The person.
    pub contact: String,
    /// What they are called.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// Their phone, E.164, where it shows.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub phone: Option<String>,
    /// `green_api` or `meta`.
    pub channel: String,
    /// `customer`, `pro` or `owner`.
    pub role: String,
    /// When the person wrote last.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub last_inbound_at: Option<DateTime<Utc>>,
    /// Until when free text may be sent (Meta's 24 hours); none where the channel has no such window.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub window_until: Option<DateTime<Utc>>,
    /// The beginning of the last words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub last_words: Option<String>,
    /// Who answers.
    pub answering: Answering,
    /// Until when the bot is silent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub paused_until: Option<DateTime<Utc>>,
    /// Why a person must look, as a key.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub needs_human: Option<String>,
    /// The lead under way.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub lead: Option<String>,
    /// ... and its number.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub lead_number: Option<u64>,
    /// Whether the person opted out.
    pub opted_out: bool,
}

/// What is said in a chat. `GET /conversations/{id}/lines` answers a page, newest page first, each page oldest line first.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Line {
    /// Its id.
    pub id: String,
    /// When.
    pub at: DateTime<Utc>,
    /// Who.
    pub by: Speaker,
    /// The words, as stored: logical order, control characters and all. Whoever shows them must make them harmless.
    pub text: String,
    /// What else it holds: `image`, `audio`, `video`, `document`, `location`, `buttons`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub kind: Option<String>,
    /// Where the file can be had, if there is one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub media_url: Option<String>,
    /// How far a message of ours came: `queued`, `sending`, `sent`, `delivered`, `read`, `failed`, `suppressed`,
    /// `unsettled`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub delivery: Option<String>,
    /// Why it failed or waits, as a key.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
}

impl fmt::Debug for Line {
    /// Leaves out the words.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Line").field("id", &self.id).field("by", &self.by).finish_non_exhaustive()
    }
}

/// Who said something.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Speaker {
    /// The person.
    Person,
    /// The bot.
    Bot,
    /// A user of the console.
    Operator,
}

/// `GET /conversations/{id}`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ConversationDetail {
    /// As in the list.
    #[serde(flatten)]
    pub line: ConversationLine,
    /// The language of the person's last words, as a code.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub language: Option<String>,
    /// What the bot waits for, as a key.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub waits_for: Option<String>,
    /// The leads of the person, newest first: id and number.
    pub leads: Vec<(String, u64)>,
}

/// `POST /conversations/{id}/take-over`: the bot is silent here for so long, and the person is told that somebody comes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct TakeOver {
    /// 1 to 1,440.
    pub minutes: u32,
    /// The version that was seen.
    pub version: u64,
}

/// `POST /conversations/{id}/give-back`: the bot answers again, from the next message on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct GiveBack {
    /// The version that was seen.
    pub version: u64,
}

/// `POST /conversations/{id}/answer`: words of a person of the business. Outside the window it is `not_now`. Answers with
/// the [`Line`] that waits to be delivered.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Say {
    /// 1 to 4,096 characters.
    pub text: String,
}

impl fmt::Debug for Say {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Say")
    }
}

/// `POST /conversations/{id}/template`: an approved template, also outside the window. `GET /templates` lists them.
/// Answers the [`Line`] that waits to be delivered.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct SendTemplate {
    /// Its name.
    pub name: String,
    /// The code of its language.
    pub language: String,
    /// What its parameters become, in order; none empty, 1,024 characters together at most.
    pub parameters: Vec<String>,
}

impl fmt::Debug for SendTemplate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "SendTemplate({})", self.name)
    }
}

/// An approved template. `GET /templates` answers a list of them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Template {
    /// Its name at the provider.
    pub name: String,
    /// The code of its language.
    pub language: String,
    /// What it is for, as a key.
    pub purpose: String,
    /// What its parameters are, in order, as keys.
    pub parameters: Vec<String>,
}
