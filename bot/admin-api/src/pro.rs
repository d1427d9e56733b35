//! Pros: the list, one whole, changes, sign-ups, and how one would sound.

use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Whether a pro gets jobs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ProState {
    /// Yes.
    Active,
    /// Says not for now.
    Vacation,
    /// Switched off.
    Inactive,
    /// Signed up and waits for a yes.
    Applicant,
    /// Signed up and was declined.
    Declined,
}

/// A pro in the list. `GET /pros` answers all of them, by name.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ProLine {
    /// Their id.
    pub id: String,
    /// Their version.
    pub version: u64,
    /// What customers are told.
    pub name: String,
    /// E.164.
    pub phone: String,
    /// Whether they get jobs.
    pub state: ProState,
    /// Keys of trades.
    pub trades: Vec<String>,
    /// Where they go, for people.
    pub areas: Vec<String>,
    /// 1 to 5; 0 when there is no review.
    pub rating: f64,
    /// How many reviews.
    pub reviews: u32,
    /// Offered and booked leads.
    pub open_jobs: u32,
    /// How many of a hundred offers they took.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub acceptance_percent: Option<u32>,
}

/// `GET /pros/{id}`: everything.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ProDetail {
    /// As in the list.
    #[serde(flatten)]
    pub line: ProLine,
    /// The tone, in the owner's words.
    pub persona: String,
    /// What things cost.
    pub prices: Vec<Price>,
    /// The areas as the business file writes them: a place, or a place and kilometres.
    pub area_rules: Vec<AreaRule>,
    /// The usual length of a visit, in minutes.
    pub slot_minutes: u32,
    /// How many jobs may be open at once.
    pub max_open_jobs: u32,
    /// The code of their language.
    pub language: String,
    /// The week, as the business file writes it: `sunday` → `08:00-18:00`. A day that is missing is free.
    pub hours: BTreeMap<String, String>,
    /// What an applicant wrote about prices.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub applied_prices: Option<String>,
}

/// A line of a price list, in whole units of the currency.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Price {
    /// Its key.
    pub item: String,
    /// What people call it, by code of a language.
    pub names: BTreeMap<String, String>,
    /// From.
    pub min: u32,
    /// To, at least `min`.
    pub max: u32,
    /// How long the visit takes, in minutes.
    pub minutes: u32,
}

/// Where a pro goes.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct AreaRule {
    /// A place, by a name that the gazetteer knows.
    pub city: String,
    /// Everything within so many kilometres of it; none: just the place.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub radius_km: Option<f64>,
}

/// `PATCH /pros/{id}`: what is given changes. Answers with the [`ProDetail`].
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct EditPro {
    /// The version that was seen.
    pub version: u64,
    /// See [`ProLine::name`].
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// See [`ProDetail::persona`].
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub persona: Option<String>,
    /// See [`ProLine::trades`].
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub trades: Option<Vec<String>>,
    /// See [`ProDetail::area_rules`].
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub area_rules: Option<Vec<AreaRule>>,
    /// The whole list.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub prices: Option<Vec<Price>>,
    /// The whole week.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub hours: Option<BTreeMap<String, String>>,
    /// Whether they get jobs at all.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub active: Option<bool>,
    /// Whether they are away.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub on_vacation: Option<bool>,
    /// See [`ProDetail::slot_minutes`].
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub slot_minutes: Option<u32>,
    /// See [`ProDetail::max_open_jobs`].
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub max_open_jobs: Option<u32>,
}

/// `POST /pros/{id}/decide`: takes or declines an applicant; they are told.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DecideApplicant {
    /// Whether they are taken.
    pub take: bool,
    /// The version that was seen.
    pub version: u64,
}

/// `POST /pros/{id}/preview`: how this pro would answer these words. Nothing is sent or kept.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Preview {
    /// What a customer writes.
    pub text: String,
    /// A persona to try instead of the stored one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub persona: Option<String>,
}

/// Its answer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Previewed {
    /// What the customer would read.
    pub reply: String,
    /// Which model said it; `rules` when none did.
    pub model: String,
}
