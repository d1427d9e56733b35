//! A pro's week: when visits are possible, what is held, booked and blocked.

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

/// `GET /schedule?from=DATE&days=N[&pro=ID]`: local days, at most 31; all pros unless one is named.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ScheduleWindow {
    /// The first local day.
    pub from: NaiveDate,
    /// How many.
    pub days: u32,
    /// Whose; none for all.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pro: Option<String>,
}

/// Its answer: a line per pro.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProSchedule {
    /// Who.
    pub pro: String,
    /// Their name.
    pub name: String,
    /// The version of the pro, for changes.
    pub version: u64,
    /// Day by day.
    pub days: Vec<Day>,
}

/// A local day of a pro.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Day {
    /// Which.
    pub date: NaiveDate,
    /// When visits are possible, in minutes since local midnight; empty when closed.
    pub open: Vec<(u16, u16)>,
    /// Whether the hours differ from the weekly template.
    pub exception: bool,
    /// The business is closed: a holiday or a closed day, as a key or name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub closed: Option<String>,
    /// What is in it, by time.
    pub spans: Vec<Span>,
}

/// A taken span.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Span {
    /// Start.
    pub from: DateTime<Utc>,
    /// End, not included.
    pub to: DateTime<Utc>,
    /// What it is.
    pub kind: SpanKind,
    /// The visit.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub appointment: Option<String>,
    /// ... and its version.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub version: Option<u64>,
    /// The lead.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub lead: Option<String>,
    /// ... and its number.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub lead_number: Option<u64>,
    /// Customer and town, or why it is blocked.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub label: String,
    /// Whether the customer confirmed.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub confirmed: bool,
}

/// What a span is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SpanKind {
    /// Held while the pro thinks.
    Held,
    /// Agreed.
    Booked,
    /// Done.
    Done,
    /// Nobody was there.
    NoShow,
    /// The pro is not to be had.
    Blocked,
}

/// `POST /pros/{id}/block`: no new visits then. Visits that are agreed stay.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Block {
    /// Start.
    pub from: DateTime<Utc>,
    /// End, not included.
    pub to: DateTime<Utc>,
    /// Why.
    #[serde(default)]
    pub reason: String,
    /// The version of the pro that was seen.
    pub version: u64,
}

/// `POST /pros/{id}/unblock`: frees every blocked span that touches this time.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Unblock {
    /// Start.
    pub from: DateTime<Utc>,
    /// End, not included.
    pub to: DateTime<Utc>,
    /// The version of the pro that was seen.
    pub version: u64,
}

/// `POST /pros/{id}/exception`: other hours on one local day; none puts the template back.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SetException {
    /// Which local day.
    pub date: NaiveDate,
    /// `08:00-12:00, 16:00-20:00`, or `closed`; none: as every week.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub hours: Option<String>,
    /// The version of the pro that was seen.
    pub version: u64,
}

/// `POST /appointments/{id}/move`: to another time of the same pro; customer and pro are told. `not_now` when it is taken.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MoveVisit {
    /// The new start, on a half hour.
    pub from: DateTime<Utc>,
    /// The version of the appointment that was seen.
    pub version: u64,
}

/// `POST /appointments/{id}/cancel`: customer and pro are told.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CancelVisit {
    /// Why, told to both.
    #[serde(default)]
    pub reason: String,
    /// The version of the appointment that was seen.
    pub version: u64,
}
