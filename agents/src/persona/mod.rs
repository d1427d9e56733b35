//! The persona: how a pro says what code has decided. It proposes words with placeholders; code checks them and fills
//! in every figure. It never decides a price, a time or a status.

mod ask;
mod guard;
mod offline;
#[cfg(test)]
mod tests;

pub use ask::{rendered_prompt, transcript};
pub use guard::{Violation, render};
pub use offline::speak as speak_by_rules;

pub(crate) use guard::{fill_finished, is_harmless};
pub(crate) use offline::{ask, ask_key};

use crate::business::Business;
use crate::conversation::Need;
use crate::language::Language;
use crate::lead::Slot;
use crate::pro::Pro;
use crate::request::Address;
use crate::turn::Line;
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

/// What the pro should say, and everything they may speak of.
#[derive(Clone)]
pub struct Question {
    /// 1, or 2 when the first answer was refused.
    pub attempt: u8,
    /// Why the first answer was refused, as a key.
    pub refused: Option<&'static str>,
    /// Whose business it is.
    pub business: Business,
    /// The pro who speaks.
    pub pro: Pro,
    /// In which language.
    pub language: Language,
    /// What the reply must achieve.
    pub goal: Goal,
    /// The times that may be spoken of as `{slot:1}`, `{slot:2}` and so on.
    pub slots: Vec<Slot>,
    /// The line of the price list that the request is most likely about.
    pub item: Option<String>,
    /// What is called for: the customer asked what it costs.
    pub asks_price: bool,
    /// The customer asked when somebody can come.
    pub asks_times: bool,
    /// Whether the pro has not spoken to this customer yet.
    pub introduces: bool,
    /// What is known of the address.
    pub address: Address,
    /// What the customer is called.
    pub customer: Option<String>,
    /// The problem in the customer's words.
    pub issue: String,
    /// What was said before, oldest first.
    pub history: Vec<Line>,
    /// What the customer just wrote.
    pub words: String,
    /// The moment (UTC).
    pub now: DateTime<Utc>,
}

impl std::fmt::Debug for Question {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("persona::Question")
            .field("attempt", &self.attempt)
            .field("goal", &self.goal)
            .field("slots", &self.slots.len())
            .finish_non_exhaustive()
    }
}

/// What a reply must achieve.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Goal {
    /// Ask for a fact.
    Ask {
        /// Which.
        need: Need,
        /// It was asked for before and not given.
        again: bool,
    },
    /// Offer the slots.
    OfferSlots {
        /// Why these.
        why: Offering,
    },
    /// Answer what was asked; nothing is missing.
    Converse,
}

/// Why slots are offered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Offering {
    /// The customer has not said when.
    First,
    /// These are within what the customer asked for.
    Wanted,
    /// What the customer asked for is not free; these are near.
    Instead,
    /// What was chosen was taken by somebody else a moment ago.
    Taken,
}

/// What a model proposed to say.
#[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Spoken {
    /// The text with placeholders.
    #[serde(deserialize_with = "crate::text::null_is_default")]
    pub reply: String,
    /// Price-list keys that the text speaks of.
    #[serde(deserialize_with = "crate::text::null_is_default")]
    pub quoted_items: Vec<String>,
    /// The customer's own words about time.
    pub appointment_time: Option<String>,
    /// Which of the offered slots the customer chose, from 1.
    pub chosen_slot: Option<i64>,
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
    /// Whether the customer agreed to everything.
    #[serde(deserialize_with = "crate::text::null_is_default")]
    pub is_deal: bool,
    /// Whether a person is needed.
    #[serde(deserialize_with = "crate::text::null_is_default")]
    pub hand_off: bool,
    /// Whether a model said it; false for the rules.
    #[serde(skip)]
    pub by_model: bool,
}

impl std::fmt::Debug for Spoken {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Spoken")
            .field("chosen_slot", &self.chosen_slot)
            .field("is_deal", &self.is_deal)
            .finish_non_exhaustive()
    }
}

/// The deal marker of models without structured output, cut out of a text: `[DEAL: time | address | issue]` (L43).
///
/// Returns the text without it, and the words for time and address if it was there. A customer never sees the marker,
/// whatever is wrong with its inside.
#[must_use]
pub fn cut_deal_marker(text: &str) -> (String, Option<(String, String)>) {
    let Some(start) = find_ignoring_case(text, "[deal") else { return (text.to_owned(), None) };
    let rest = &text[start..];
    let end = rest.find(']').map_or(text.len(), |end| start + end + 1);
    let inside = rest[..end - start].trim_end_matches(']');
    let inside = inside.split_once(':').map_or("", |(_, inside)| inside);
    let mut parts = inside.split('|').map(|part| part.trim().to_owned());
    let deal = (parts.next().unwrap_or_default(), parts.next().unwrap_or_default());
    let without = format!("{}{}", text[..start].trim_end(), &text[end..]).trim().to_owned();
    let (without, _) = cut_deal_marker(&without);
    (without, Some(deal))
}

fn find_ignoring_case(text: &str, ascii: &str) -> Option<usize> {
    text.as_bytes().windows(ascii.len()).position(|window| window.eq_ignore_ascii_case(ascii.as_bytes()))
}
