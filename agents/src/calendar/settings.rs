//! What a business and its pros settle about their calendars, as stored: pauses, ways, limits, closed days, other hours
//! and blocked times. It holds values and answers what applies; it searches nothing.

use super::HORIZON_DAYS;
use crate::when::hebrew_calendar;
use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

/// How visits are planned. What a pro leaves open is the business's; what both leave open is the default.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct VisitRules {
    /// Kept free before a visit, in minutes; default 0.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub buffer_before_minutes: Option<u32>,
    /// Kept free after a visit, in minutes; default 0.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub buffer_after_minutes: Option<u32>,
    /// How fast the way between two places is made, in kilometres of straight line per hour; 0 reckons with no way,
    /// default 30.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub travel_km_h: Option<u32>,
    /// What a way takes besides, for parking and stairs, in minutes; default 10.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub travel_extra_minutes: Option<u32>,
    /// The most visits of a pro that begin on one local day; default none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub max_visits_a_day: Option<u32>,
    /// How long from now a visit begins at the earliest, in minutes; default 60.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub notice_minutes: Option<u32>,
    /// The same in an emergency; default 60, and never more than `notice_minutes`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub emergency_notice_minutes: Option<u32>,
    /// How many days ahead visits are offered; default and most [`HORIZON_DAYS`].
    #[serde(skip_serializing_if = "Option::is_none")]
    pub window_days: Option<u32>,
    /// Before this minute of the local day only emergencies are offered; default none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub emergencies_only_until: Option<u16>,
}

const TRAVEL_KM_H: u32 = 30;
const TRAVEL_EXTRA_MINUTES: u32 = 10;
const NOTICE_MINUTES: u32 = 60;

impl VisitRules {
    /// Whether everything is left open.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// These rules, and the others where these leave something open.
    #[must_use]
    pub fn or(self, other: Self) -> Self {
        Self {
            buffer_before_minutes: self.buffer_before_minutes.or(other.buffer_before_minutes),
            buffer_after_minutes: self.buffer_after_minutes.or(other.buffer_after_minutes),
            travel_km_h: self.travel_km_h.or(other.travel_km_h),
            travel_extra_minutes: self.travel_extra_minutes.or(other.travel_extra_minutes),
            max_visits_a_day: self.max_visits_a_day.or(other.max_visits_a_day),
            notice_minutes: self.notice_minutes.or(other.notice_minutes),
            emergency_notice_minutes: self.emergency_notice_minutes.or(other.emergency_notice_minutes),
            window_days: self.window_days.or(other.window_days),
            emergencies_only_until: self.emergencies_only_until.or(other.emergencies_only_until),
        }
    }

    /// How long from now a visit begins at the earliest, in minutes.
    #[must_use]
    pub fn notice(&self, emergency: bool) -> u32 {
        let usual = self.notice_minutes.unwrap_or(NOTICE_MINUTES);
        if emergency { self.emergency_notice_minutes.unwrap_or(NOTICE_MINUTES).min(usual) } else { usual }
    }

    /// How many days ahead visits are offered.
    #[must_use]
    pub fn window(&self) -> i64 {
        self.window_days.map_or(HORIZON_DAYS, i64::from).min(HORIZON_DAYS)
    }

    /// The way between two places.
    #[must_use]
    pub fn travel(&self) -> Travel {
        Travel {
            km_h: self.travel_km_h.unwrap_or(TRAVEL_KM_H),
            extra_minutes: self.travel_extra_minutes.unwrap_or(TRAVEL_EXTRA_MINUTES),
        }
    }
}

/// How the way between two places is reckoned.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Travel {
    /// Kilometres of straight line per hour; 0 when no way is reckoned with.
    pub km_h: u32,
    /// What a way takes besides, in minutes.
    pub extra_minutes: u32,
}

impl Travel {
    /// Nobody has to go anywhere.
    pub const NONE: Self = Self { km_h: 0, extra_minutes: 0 };

    /// Whole minutes for so many kilometres, rounded up. Positions are those of towns, so a way within one town is not
    /// known and the buffer stands for it.
    #[must_use]
    pub fn minutes(self, kilometres: f64) -> u32 {
        if self.km_h == 0 || kilometres.is_nan() || kilometres < 0.1 {
            return 0;
        }
        let driving = (kilometres * 60.0 / f64::from(self.km_h)).ceil() as u32;
        driving.saturating_add(self.extra_minutes)
    }
}

/// When a business is closed, whatever the hours of the week say.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Closures {
    /// Weekdays, Sunday is 0; each once, in order.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub weekdays: Vec<u8>,
    /// Spans of days, in order.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub dates: Vec<Days>,
    /// Whose holidays are kept; none when the business works on all of them.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub holidays: Option<Holidays>,
    /// The minute of the local day at which the eve of a holiday ends; none when eves are days like others.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub eves_close_at: Option<u16>,
}

/// Whose holidays are kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Holidays {
    /// The days on which businesses in Israel close.
    Israel,
}

/// Days from the first to the last, both included.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Days {
    /// The first day.
    pub from: NaiveDate,
    /// The last day.
    pub to: NaiveDate,
}

impl Closures {
    /// Whether nothing is closed.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// Until which minute of a local day work is possible: 0 on a closed day, none when there is no limit. Who works
    /// on holidays is bound by the other closures only.
    #[must_use]
    pub fn closes_at(&self, date: NaiveDate, works_on_holidays: bool) -> Option<u16> {
        if self.why_closed(date, works_on_holidays).is_some() {
            return Some(0);
        }
        match self.holidays.filter(|_| !works_on_holidays)? {
            Holidays::Israel => self.eves_close_at.filter(|_| hebrew_calendar::is_eve_of_rest(date)),
        }
    }

    /// Why a whole local day is closed, as a key: `closed_weekday`, `closed_date` or `holiday`.
    #[must_use]
    pub fn why_closed(&self, date: NaiveDate, works_on_holidays: bool) -> Option<&'static str> {
        use chrono::Datelike;
        let weekday = u8::try_from(date.weekday().num_days_from_sunday()).ok();
        if weekday.is_some_and(|weekday| self.weekdays.contains(&weekday)) {
            return Some("closed_weekday");
        }
        if self.dates.iter().any(|days| days.from <= date && date <= days.to) {
            return Some("closed_date");
        }
        match self.holidays.filter(|_| !works_on_holidays)? {
            Holidays::Israel => hebrew_calendar::is_day_of_rest(date).then_some("holiday"),
        }
    }
}

/// What a business settles about all calendars.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct BusinessCalendar {
    /// How visits are planned where the pro does not say.
    #[serde(skip_serializing_if = "VisitRules::is_empty")]
    pub visits: VisitRules,
    /// When nobody works.
    #[serde(skip_serializing_if = "Closures::is_empty")]
    pub closures: Closures,
}

impl BusinessCalendar {
    /// Whether nothing is settled.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

/// What a pro settles about their calendar beside the hours of the week.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct ProCalendar {
    /// How their visits are planned.
    #[serde(skip_serializing_if = "VisitRules::is_empty")]
    pub visits: VisitRules,
    /// Whether they work on holidays and late on their eves, when the business does not.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub works_on_holidays: bool,
    /// Days with other hours than those of the week, in order, each once. They count before any closure.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub other_days: Vec<OtherDay>,
    /// Times at which they do not work, in order.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub blocked: Vec<Blocked>,
    /// The address of a calendar that they keep elsewhere, whose busy times are blocked here.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub feed: Option<FeedAddress>,
}

/// The address of a calendar (https). Whoever has it may read the calendar, so it is never shown.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct FeedAddress(pub String);

impl std::fmt::Debug for FeedAddress {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("FeedAddress")
    }
}

impl ProCalendar {
    /// No work from then to then (UTC, the end not included); what is past is forgotten.
    pub fn block(&mut self, blocked: Blocked, now: DateTime<Utc>) {
        self.blocked.retain(|other| other.to > now);
        self.blocked.push(blocked);
        self.blocked.sort();
        self.blocked.dedup();
    }

    /// Frees every blocked time that touches this one, whoever blocked it. Returns how many.
    pub fn unblock(&mut self, from: DateTime<Utc>, to: DateTime<Utc>) -> usize {
        let before = self.blocked.len();
        self.blocked.retain(|blocked| blocked.to <= from || to <= blocked.from);
        before - self.blocked.len()
    }

    /// Other hours on one local day, or the hours of the week again.
    pub fn set_day(&mut self, date: NaiveDate, hours: Option<Vec<(u16, u16)>>) {
        self.other_days.retain(|day| day.date != date);
        self.other_days.extend(hours.map(|hours| OtherDay { date, hours }));
        self.other_days.sort_unstable();
    }

    /// Whether nothing is settled.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

/// A day with hours of its own.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct OtherDay {
    /// The local day.
    pub date: NaiveDate,
    /// Half-open spans in minutes after local midnight, in order; none on a day off.
    pub hours: Vec<(u16, u16)>,
}

/// A time at which a pro does not work.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Blocked {
    /// Start (UTC).
    pub from: DateTime<Utc>,
    /// End, not included.
    pub to: DateTime<Utc>,
    /// Why, as a key: `break`, `vacation`, `other_calendar`.
    pub reason: String,
    /// Who said so.
    #[serde(default)]
    pub by: BlockedBy,
}

/// Who blocked a time.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum BlockedBy {
    /// The file of the business: an import without it takes it back.
    #[default]
    File,
    /// The pro: an import lets it stand.
    Pro,
    /// A calendar that the pro keeps elsewhere: whoever reads it replaces it.
    Feed,
}
