//! A pro: trades, areas, hours, prices and the voice in which Fixi speaks for them.

use crate::calendar::WeekHours;
use crate::id::{BusinessId, ProId};
use crate::language::Language;
use crate::trade::Trade;
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::fmt;

/// A pro as stored.
#[derive(Clone, PartialEq, Serialize, Deserialize)]
pub struct Pro {
    /// Stable over re-imports: made of the business and the phone.
    pub id: ProId,
    /// Whose pro it is.
    pub business: BusinessId,
    /// What customers are told.
    pub name: String,
    /// E.164 with a leading plus sign.
    pub phone: String,
    /// What they do.
    pub trades: Vec<Trade>,
    /// Where they go.
    pub areas: Vec<Area>,
    /// Average of the reviews, 1 to 5; 0 when there is none.
    pub rating: f64,
    /// How many reviews the average is made of.
    pub reviews: u32,
    /// The tone, in the owner's words.
    pub persona: String,
    /// The length of a visit when the price list does not say, in minutes.
    pub slot_minutes: u32,
    /// When visits are possible, local to the business.
    pub hours: WeekHours,
    /// What things cost.
    pub prices: Vec<Price>,
    /// Whether the pro takes jobs at all.
    pub active: bool,
    /// Whether the business approved the pro.
    pub approved: bool,
    /// On vacation since the pro said so; no new job until they say they are back.
    #[serde(default)]
    pub on_vacation: bool,
    /// The language in which the pro is written to.
    pub language: Language,
    /// How many jobs may be open at once.
    pub max_open_jobs: u32,
    /// The local date whose visits they were told of last.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub agenda_on: Option<NaiveDate>,
}

impl fmt::Debug for Pro {
    /// Names neither person nor phone.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Pro").field("id", &self.id).field("trades", &self.trades).finish_non_exhaustive()
    }
}

impl Pro {
    /// The line of the price list with this key.
    #[must_use]
    pub fn price(&self, item: &str) -> Option<&Price> {
        self.prices.iter().find(|price| price.item == item)
    }

    /// How long a visit for this item takes, in minutes: one answer, wherever it is asked (B66).
    #[must_use]
    pub fn visit_minutes(&self, item: Option<&str>) -> u32 {
        item.and_then(|item| self.price(item)).map_or(self.slot_minutes, |price| price.minutes)
    }

    /// Adds one review of `stars` (1 to 5) to the average.
    pub fn add_review(&mut self, stars: u8) {
        let total = self.rating * f64::from(self.reviews) + f64::from(stars);
        self.reviews = self.reviews.saturating_add(1);
        self.rating = total / f64::from(self.reviews);
    }
}

/// Where a pro goes.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Area {
    /// Everything within a distance of a place.
    Around {
        /// The place, by any name that the gazetteer knows.
        city: String,
        /// Kilometres in a straight line.
        radius_km: f64,
    },
    /// A place, by any name that the gazetteer knows, or by a name that only the pro uses.
    Place(String),
}

/// A line of a price list. Amounts are whole units of the business's currency.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Price {
    /// The key by which prompts and code speak of it.
    pub item: String,
    /// What people call it, by language code.
    pub names: BTreeMap<String, String>,
    /// From.
    pub min: u32,
    /// To; the same as `min` for a fixed price.
    pub max: u32,
    /// How long the visit takes.
    pub minutes: u32,
}

impl Price {
    /// What the item is called in a language: else in Hebrew, else whatever there is, else its key.
    #[must_use]
    pub fn name(&self, language: Language) -> &str {
        self.names
            .get(language.code())
            .or_else(|| self.names.get("he"))
            .or_else(|| self.names.values().next())
            .map_or(self.item.as_str(), String::as_str)
    }
}
