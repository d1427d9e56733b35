//! Expressions of time ("מחר אחרי הצהריים", "Tuesday at 5pm") read into a typed value.
//!
//! Pure: the present moment and the zone are arguments. It never looks at opening hours beyond a hint, never clamps
//! to them, and never picks among readings that a person must choose from.

mod atoms;
mod clock;
mod compose;
mod days;
pub mod hebrew_calendar;
mod lexicon;
mod local;
mod masks;
mod resolve;
mod spans;
mod tokens;
mod words;

use chrono::{DateTime, NaiveDate, NaiveTime, Utc};
use chrono_tz::Tz;
use serde::{Deserialize, Serialize};

/// What an expression of time means. Dates are in the business's zone; instants are UTC.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum When {
    /// An exact start.
    Point(DateTime<Utc>),
    /// Any start from `from`, before `to`.
    Range {
        /// The first instant inside.
        from: DateTime<Utc>,
        /// The first instant after.
        to: DateTime<Utc>,
    },
    /// A day; the time is still missing.
    Date(NaiveDate),
    /// Several days, before `to`, or without an end.
    Days {
        /// The first day.
        from: NaiveDate,
        /// The day after the last one.
        to: Option<NaiveDate>,
    },
    /// Every reading must be offered; the best one comes first. Never nested, never fewer than two.
    Candidates(Vec<When>),
    /// As soon as possible.
    Earliest,
    /// The customer leaves the time to us.
    Any,
    /// When it must not be: a filter for the search of a slot.
    Exclusion(Excluded),
    /// A time that has gone by.
    Past,
    /// A time was meant, and a person must say more.
    Clarify(ClarifyReason),
    /// No time was named.
    None,
}

/// What an exclusion rules out.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Excluded {
    /// This part of any day.
    Part(DayPart),
    /// Whatever this reading allows.
    Times(Box<When>),
}

/// Why a person must say more.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ClarifyReason {
    /// The hour or the minute does not exist ("25:00").
    ImpossibleTime,
    /// The day does not exist ("31/4").
    ImpossibleDate,
    /// The weekday and the date contradict each other.
    WeekdayMismatch,
    /// A recurrence ("every Monday") is not one appointment.
    Recurrence,
    /// After work: starts in the evening, from 17:00, are to be offered.
    AfterWork,
    /// In a few days, in some hours: how many was not said.
    HowLong,
    /// "The day before" without an appointment that it could be before.
    WhichAppointment,
}

/// Parts of the day, half open.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DayPart {
    /// 04-06.
    Dawn,
    /// 08-12.
    Morning,
    /// 12-14.
    Noon,
    /// 14-18.
    Afternoon,
    /// 18-22.
    Evening,
    /// 22-02, of the night that follows the day.
    Night,
}

impl DayPart {
    /// The first and the last hour, counted from the midnight that begins the day.
    #[must_use]
    pub fn hours(self) -> (u32, u32) {
        match self {
            Self::Dawn => (4, 6),
            Self::Morning => (8, 12),
            Self::Noon => (12, 14),
            Self::Afternoon => (14, 18),
            Self::Evening => (18, 22),
            Self::Night => (22, 26),
        }
    }
}

/// What the reader must know besides the words.
#[derive(Debug, Clone)]
pub struct Context {
    /// The moment at which the words were said.
    pub now: DateTime<Utc>,
    /// The business's zone.
    pub zone: Tz,
    /// Whether the words answer a question for a time, so that a bare number is one.
    pub asked_for_time: bool,
    /// The appointment that "the day before" and "the same time" refer to.
    pub appointment: Option<DateTime<Utc>>,
    /// Opening and closing time, used only to decide between the two readings of a bare hour.
    pub hours: Option<(NaiveTime, NaiveTime)>,
}

impl Context {
    /// Words that nobody asked for, at this moment in this zone.
    #[must_use]
    pub fn new(now: DateTime<Utc>, zone: Tz) -> Self {
        Self { now, zone, asked_for_time: false, appointment: None, hours: None }
    }
}

/// Reads the time that the text names.
#[must_use]
pub fn read(text: &str, context: &Context) -> When {
    let mut tokens = tokens::tokenize(text);
    masks::mask(&mut tokens);
    let reader = atoms::Reader::new(&tokens, context);
    compose::compose(&reader.atoms(), &reader)
}

impl When {
    /// Whether an offered slot that begins at `start` is what the expression asked for.
    #[must_use]
    pub fn allows(&self, start: DateTime<Utc>, zone: Tz) -> bool {
        let date = start.with_timezone(&zone).date_naive();
        match self {
            Self::Point(point) => *point == start,
            Self::Range { from, to } => *from <= start && start < *to,
            Self::Date(day) => *day == date,
            Self::Days { from, to } => *from <= date && to.is_none_or(|to| date < to),
            Self::Candidates(readings) => readings.iter().any(|reading| reading.allows(start, zone)),
            Self::Earliest | Self::Any => true,
            Self::Exclusion(Excluded::Part(part)) => !local::in_part(start, *part, zone),
            Self::Exclusion(Excluded::Times(times)) => !times.allows(start, zone),
            Self::Past | Self::Clarify(_) | Self::None => false,
        }
    }
}
