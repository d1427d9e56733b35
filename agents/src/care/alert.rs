//! What the operator is told out of band, and when it is told again: an alert of one kind about one thing is one alert
//! that counts its occurrences (B113, B152).

use crate::id::{BusinessId, LeadId};
use chrono::{DateTime, Duration, Utc};
use serde::{Deserialize, Serialize};

/// What an alert is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AlertKind {
    /// A request was moved too often; a person must call the customer (L11).
    Escalated,
    /// A customer is in danger (B52).
    Emergency,
    /// A customer asked for a person (L15).
    HumanWanted,
    /// All models are down (B44).
    ModelsDown,
    /// The models' budget of the day is used up (B141).
    BudgetUsed,
    /// Nothing leaves through the account at Meta (L34).
    MetaStopped,
    /// Nothing leaves through the account at Green API (L34).
    GreenApiStopped,
    /// The operator's report could not be delivered by WhatsApp (B114).
    ReportFailed,
}

impl AlertKind {
    /// The stored word.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Self::Escalated => "escalated",
            Self::Emergency => "emergency",
            Self::HumanWanted => "human_wanted",
            Self::ModelsDown => "models_down",
            Self::BudgetUsed => "budget_used",
            Self::MetaStopped => "meta_stopped",
            Self::GreenApiStopped => "green_api_stopped",
            Self::ReportFailed => "report_failed",
        }
    }

    /// How long after it was told the same is not told again.
    #[must_use]
    pub fn cool_down(self) -> Duration {
        match self {
            // Once per lead; a lead escalates again only after a person dealt with it.
            Self::Escalated => Duration::hours(12),
            Self::Emergency | Self::HumanWanted => Duration::seconds(90),
            Self::ModelsDown | Self::ReportFailed | Self::MetaStopped | Self::GreenApiStopped => {
                Duration::minutes(30)
            }
            // Raised once a day, by the mark on the business.
            Self::BudgetUsed => Duration::zero(),
        }
    }
}

/// Something to tell the operator, in the business's language.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Alert {
    /// What it is about.
    pub kind: AlertKind,
    /// About which lead.
    pub lead: Option<LeadId>,
    /// What is told. Names leads by number and nobody by name.
    pub words: String,
}

impl Alert {
    /// The id under which its occurrences are counted.
    #[must_use]
    pub fn id(&self) -> String {
        match &self.lead {
            Some(lead) => format!("{}/{lead}", self.kind.key()),
            None => self.kind.key().to_owned(),
        }
    }
}

/// An alert as stored.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Raised {
    /// Made of its kind and the lead.
    pub id: String,
    /// Whose operator is told.
    pub business: BusinessId,
    /// What it is about.
    pub kind: AlertKind,
    /// What is told.
    pub words: String,
    /// When it first occurred.
    pub first_at: DateTime<Utc>,
    /// When it last occurred.
    pub last_at: DateTime<Utc>,
    /// How often it occurred.
    pub occurrences: u32,
    /// How often it occurred without being told again.
    pub suppressed: u32,
    /// Whether it is to be told.
    pub waits: bool,
    /// When it was last told.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub told_at: Option<DateTime<Utc>>,
    /// How often telling it failed since.
    #[serde(default)]
    pub failures: u32,
}

impl Raised {
    /// What is stored once an alert occurs, over what is stored of it already. Within its cool-down it is only counted.
    #[must_use]
    pub fn after(known: Option<Self>, alert: &Alert, business: &BusinessId, now: DateTime<Utc>) -> Self {
        let Some(known) = known else {
            return Self {
                id: alert.id(),
                business: business.clone(),
                kind: alert.kind,
                words: alert.words.clone(),
                first_at: now,
                last_at: now,
                occurrences: 1,
                suppressed: 0,
                waits: true,
                told_at: None,
                failures: 0,
            };
        };
        let is_fresh = known.waits || known.told_at.is_some_and(|told| now < told + known.kind.cool_down());
        Self {
            words: alert.words.clone(),
            last_at: now,
            occurrences: known.occurrences.saturating_add(1),
            suppressed: known.suppressed.saturating_add(u32::from(is_fresh)),
            waits: known.waits || !is_fresh,
            ..known
        }
    }
}
