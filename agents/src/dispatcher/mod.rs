//! The dispatcher: who writes, what is broken, where, when and how urgent; and what happens next. A model may read
//! the words, the rules always read them too, and code alone decides.

mod acts;
mod ask;
mod choices;
mod commands;
mod decide;
mod facts;
mod files;
mod guard;
mod limits;
mod offline;
mod progress;
mod quoted;
mod read;
mod reply;
mod review;
mod state;
mod talk;
#[cfg(test)]
mod tests;
mod visits;
mod waitlist;
mod wish;

pub use ask::{rendered_prompt, transcript};
pub use offline::understand as understand_by_rules;

pub(crate) use ask::{language_line, now_line, with_words};
pub(crate) use decide::decide;
pub(crate) use guard::present;

use crate::business::Business;
use crate::language::Language;
use crate::trade::Trade;
use crate::turn::Line;
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

/// What a model is asked about a customer's words.
#[derive(Clone)]
pub struct Question {
    /// Whose customer it is.
    pub business: Business,
    /// What the business does.
    pub trades: Vec<Trade>,
    /// The language so far.
    pub language: Language,
    /// What is known, as lines `field: value`.
    pub facts: Vec<(&'static str, String)>,
    /// What we asked last, as a key; empty when nothing.
    pub asked: String,
    /// What was said before, oldest first.
    pub history: Vec<Line>,
    /// What the customer just wrote, at most 4,000 characters.
    pub words: String,
    /// The moment (UTC).
    pub now: DateTime<Utc>,
}

impl std::fmt::Debug for Question {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("dispatcher::Question")
            .field("characters", &self.words.chars().count())
            .finish_non_exhaustive()
    }
}

/// What the customer wants.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Intent {
    /// Something is to be done.
    #[default]
    ServiceRequest,
    /// Another time for something agreed.
    BookingChange,
    /// Something agreed is to be taken back.
    Cancellation,
    /// How does it stand?
    Status,
    /// A person is wanted.
    Human,
    /// A question about price, area or the pro.
    Question,
    /// Something went wrong.
    Complaint,
    /// Greetings and thanks.
    SmallTalk,
    /// Nothing for a service business.
    OffTopic,
}

/// A model's answer, parsed. Nothing in it is believed before it was checked.
#[derive(Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Understood {
    /// What the customer wants; none when the answer names something that does not exist (B42).
    #[serde(deserialize_with = "known_or_none")]
    pub intent: Option<Intent>,
    /// BCP 47.
    pub language: Option<String>,
    /// As the customer said.
    pub customer_name: Option<String>,
    /// As the customer said.
    pub city: Option<String>,
    /// As the customer said.
    pub street: Option<String>,
    /// As the customer said.
    pub street_number: Option<String>,
    /// As the customer said.
    pub floor: Option<String>,
    /// As the customer said.
    pub apartment: Option<String>,
    /// The key of a trade.
    pub issue_type: Option<String>,
    /// The problem in one line.
    pub issue_summary: Option<String>,
    /// Whether something is in danger now.
    pub emergency: Option<bool>,
    /// The customer's own words about time.
    pub appointment_time: Option<String>,
    /// Of a voice note.
    pub transcription: Option<String>,
    /// What a photo or film shows.
    pub media_findings: Option<String>,
    /// Words that ask for what is missing.
    pub reply: Option<String>,
    /// Whether a model said it; false for the rules.
    #[serde(skip)]
    pub by_model: bool,
}

impl std::fmt::Debug for Understood {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Understood")
            .field("intent", &self.intent)
            .field("by_model", &self.by_model)
            .finish_non_exhaustive()
    }
}

fn known_or_none<'de, D: serde::Deserializer<'de>>(deserializer: D) -> Result<Option<Intent>, D::Error> {
    let name = Option::<String>::deserialize(deserializer)?;
    Ok(name.and_then(|name| serde_json::from_value(serde_json::Value::String(name)).ok()))
}
