//! Ranges of days: today, a week that begins on Sunday, a month, or any days; each so many steps away from now.

use admin_api::analytics::Period;
use chrono::{Datelike, Days, Months, NaiveDate};

/// The most days that the bot counts at once.
const MOST: i64 = 366;

/// A range of days as it lies around today.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Range {
    /// So many days after today.
    Day(i32),
    /// So many weeks after this one.
    Week(i32),
    /// So many months after this one.
    Month(i32),
    /// These days, both included.
    Custom(NaiveDate, NaiveDate),
}

impl Default for Range {
    fn default() -> Self {
        Self::Week(0)
    }
}

impl Range {
    /// Its days, up to today: what is to come has no figures.
    pub(super) fn days(self, today: NaiveDate) -> Period {
        let (from, to) = match self {
            Self::Day(by) => (after(today, by), after(today, by)),
            Self::Week(by) => {
                let sunday =
                    after(today, -i32::try_from(today.weekday().num_days_from_sunday()).unwrap_or(0));
                let first = after(sunday, by.saturating_mul(7));
                (first, after(first, 6))
            }
            Self::Month(by) => {
                let first = month_after(today.with_day(1).unwrap_or(today), by);
                (first, after(month_after(first, 1), -1))
            }
            Self::Custom(from, to) => (from, to),
        };
        Period { from, to: if from <= today { to.min(today) } else { to }, by: None }
    }

    /// The range as many steps later; never into the future.
    pub(super) fn moved(self, by: i32, today: NaiveDate) -> Self {
        match self {
            Self::Day(at) => Self::Day((at + by).min(0)),
            Self::Week(at) => Self::Week((at + by).min(0)),
            Self::Month(at) => Self::Month((at + by).min(0)),
            Self::Custom(from, to) => {
                let length = i32::try_from((to - from).num_days() + 1).unwrap_or(1);
                let step = by.saturating_mul(length);
                let (from, to) = (after(from, step), after(to, step));
                if from > today { self } else { Self::Custom(from, to) }
            }
        }
    }

    /// Reads `2026-11-01 2026-11-25`, one day, or `today`, `week`, `month`.
    pub(super) fn read(text: &str) -> Option<Self> {
        let words: Vec<&str> = text.split_whitespace().collect();
        match words.as_slice() {
            ["today"] => Some(Self::Day(0)),
            ["week"] => Some(Self::Week(0)),
            ["month"] => Some(Self::Month(0)),
            [day] => day.parse().ok().map(|day| Self::Custom(day, day)),
            [from, to] => {
                let (from, to): (NaiveDate, NaiveDate) = (from.parse().ok()?, to.parse().ok()?);
                (from <= to && (to - from).num_days() < MOST).then_some(Self::Custom(from, to))
            }
            _ => None,
        }
    }

    /// The key of its name.
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Day(0) => "console-analytics-today",
            Self::Day(_) => "console-analytics-day",
            Self::Week(0) => "console-analytics-this-week",
            Self::Week(_) => "console-analytics-week",
            Self::Month(0) => "console-analytics-this-month",
            Self::Month(_) => "console-analytics-month",
            Self::Custom(..) => "console-analytics-custom",
        }
    }
}

fn after(day: NaiveDate, by: i32) -> NaiveDate {
    let days = Days::new(u64::from(by.unsigned_abs()));
    let moved = if by < 0 { day.checked_sub_days(days) } else { day.checked_add_days(days) };
    moved.unwrap_or(day)
}

fn month_after(first: NaiveDate, by: i32) -> NaiveDate {
    let months = Months::new(by.unsigned_abs());
    let moved = if by < 0 { first.checked_sub_months(months) } else { first.checked_add_months(months) };
    moved.unwrap_or(first)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(range: Range) -> String {
        let today = "2026-11-25".parse().expect("a day");
        let Period { from, to, .. } = range.days(today);
        format!("{from} {to}")
    }

    #[test]
    fn ranges_end_today_and_weeks_begin_on_sunday() {
        assert_eq!(shown(Range::Day(0)), "2026-11-25 2026-11-25");
        assert_eq!(shown(Range::Week(0)), "2026-11-22 2026-11-25");
        assert_eq!(shown(Range::Week(-1)), "2026-11-15 2026-11-21");
        assert_eq!(shown(Range::Month(0)), "2026-11-01 2026-11-25");
        assert_eq!(shown(Range::Month(-9)), "2026-02-01 2026-02-28");
    }

    #[test]
    fn nothing_is_asked_of_the_future() {
        let today = "2026-11-25".parse().expect("a day");
        assert_eq!(Range::Week(0).moved(1, today), Range::Week(0));
        let custom = Range::read("2026-11-20 2026-11-24").expect("days");
        assert_eq!(shown(custom.moved(-1, today)), "2026-11-15 2026-11-19");
        assert_eq!(shown(custom.moved(1, today)), "2026-11-25 2026-11-25");
        assert_eq!(custom.moved(2, today), custom);
    }

    #[test]
    fn what_is_no_period_is_refused() {
        for wrong in ["", "x", "2026-11-02 2026-11-01", "2024-01-01 2026-01-01", "a b c"] {
            assert_eq!(Range::read(wrong), None, "{wrong}");
        }
    }
}
