//! Figures by period, also as CSV.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

/// `GET /analytics?from=DATE&to=DATE`: local days, both included, at most 366. `GET /analytics.csv` gives the days as CSV.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Period {
    /// The first local day.
    pub from: NaiveDate,
    /// The last.
    pub to: NaiveDate,
}

/// Its answer.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Analytics {
    /// Day by day, oldest first.
    pub days: Vec<DayFigures>,
    /// The whole period.
    pub total: Figures,
    /// By trade, the most leads first.
    pub trades: Vec<(String, Figures)>,
    /// By pro's name, the most leads first.
    pub pros: Vec<(String, Figures)>,
}

/// A local day.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct DayFigures {
    /// Which.
    pub date: NaiveDate,
    /// What.
    #[serde(flatten)]
    pub figures: Figures,
}

/// What was counted, of the leads that were made in the time. Amounts are whole units of the currency.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Figures {
    /// Leads made.
    pub leads: u32,
    /// Of those, ever offered to a pro.
    pub offered: u32,
    /// Of those, ever booked (B134).
    pub booked: u32,
    /// Of those, completed.
    pub completed: u32,
    /// Of those, cancelled, closed or declined by all.
    pub lost: u32,
    /// What was paid for completed ones (B135).
    pub revenue: u64,
    /// Of that, the business's share.
    pub commission: u64,
    /// The median of the seconds from an offer to the pro's answer.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pro_answer_seconds: Option<u32>,
    /// Average stars.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub stars: Option<f64>,
    /// Tokens of models.
    pub tokens: u64,
    /// What they cost, in millionths of a dollar, as far as prices are known.
    pub model_cost: u64,
}
