//! A pro: trades, areas, hours, prices and the voice in which Fixi speaks for them.

use crate::calendar::{ProCalendar, WeekHours};
use crate::id::{BusinessId, ProId};
use crate::language::Language;
use crate::lead::Quote;
use crate::trade::Trade;
use chrono::{DateTime, NaiveDate, Utc};
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
    /// How their visits are planned, days with other hours, and blocked times.
    #[serde(default, skip_serializing_if = "ProCalendar::is_empty")]
    pub calendar: ProCalendar,
    /// How often they did not come.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub no_shows: u32,
    /// Who knows it may read the pro's visits as a calendar; none until a link is asked for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub calendar_secret: Option<String>,
    /// What they did at their desk.
    #[serde(default, skip_serializing_if = "ProDesk::is_empty")]
    pub desk: ProDesk,
    /// The local date whose visits they were told of last.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub agenda_on: Option<NaiveDate>,
}

/// What a pro did at their desk in chat; no file of a business knows of it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct ProDesk {
    /// How they came, when it was by the questionnaire.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sign_up: Option<SignUp>,
    /// When they last looked for a stuck lead.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub searched_at: Option<DateTime<Utc>>,
    /// How many offers they took.
    #[serde(skip_serializing_if = "is_zero")]
    pub offers_taken: u32,
    /// How many offers they declined.
    #[serde(skip_serializing_if = "is_zero")]
    pub offers_declined: u32,
    /// How many offers they let pass.
    #[serde(skip_serializing_if = "is_zero")]
    pub offers_missed: u32,
    /// How many booked jobs they took back.
    #[serde(skip_serializing_if = "is_zero")]
    pub jobs_cancelled: u32,
    /// How many customers were not there.
    #[serde(skip_serializing_if = "is_zero")]
    pub customer_no_shows: u32,
}

fn is_zero(number: &u32) -> bool {
    *number == 0
}

impl ProDesk {
    /// Whether nothing happened yet.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// How many of a hundred answered or missed offers were taken; none when there was no offer.
    #[must_use]
    pub fn acceptance_percent(&self) -> Option<u32> {
        let offers = self.offers_taken + self.offers_declined + self.offers_missed;
        (self.offers_taken * 100 + offers / 2).checked_div(offers)
    }
}

/// A sign-up by the questionnaire.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SignUp {
    /// When.
    pub at: DateTime<Utc>,
    /// The place that the pro works from, by its key: the first of the areas that the gazetteer knows.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub city: Option<String>,
    /// What they wrote about prices, for the owner to read.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub prices: Option<String>,
    /// When an owner said no.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub declined_at: Option<DateTime<Utc>>,
}

impl fmt::Debug for SignUp {
    /// Leaves out what they wrote.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SignUp").field("at", &self.at).field("city", &self.city).finish_non_exhaustive()
    }
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

    /// Whether the pro signed up and no owner has approved it: until then they are a customer like others.
    #[must_use]
    pub fn is_pending(&self) -> bool {
        !self.approved && self.desk.sign_up.is_some()
    }

    /// The range that is quoted for this item; none when the price list does not name it.
    #[must_use]
    pub fn quote(&self, item: Option<&str>) -> Option<Quote> {
        let price = self.price(item?)?;
        Some(Quote { item: price.item.clone(), min: price.min, max: price.max })
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
