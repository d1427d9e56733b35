//! When a failed attempt is made again, and when a recurring job comes back. Pure but for the dice, which are handed in.

use crate::outside::Dice;
use chrono::{DateTime, Duration, NaiveDate, NaiveTime, TimeZone, Utc};
use chrono_tz::Tz;

/// The wait after the first failure.
const FIRST: Duration = Duration::seconds(1);
/// No wait is longer.
const LONGEST: Duration = Duration::minutes(10);

/// How long to wait after this many attempts: doubling from one second to ten minutes, each shortened by up to half at
/// random, so that what failed together does not come back together.
#[must_use]
pub fn backoff(attempts: u32, dice: &Dice) -> Duration {
    let doubled = FIRST * 2_i32.pow(attempts.saturating_sub(1).min(10));
    let wait = doubled.min(LONGEST);
    let half = wait / 2;
    let jitter =
        i64::try_from(dice.below(u64::try_from(half.num_milliseconds()).unwrap_or(1).max(1))).unwrap_or(0);
    half + Duration::milliseconds(jitter)
}

/// When a recurring job comes back.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Schedule {
    /// So many seconds after it last ended. What was missed is not made up for.
    Every {
        /// How many.
        seconds: u32,
    },
    /// Once on every date of the zone, at this time of day.
    Daily {
        /// 0 to 23.
        hour: u32,
        /// 0 to 59.
        minute: u32,
    },
}

impl Schedule {
    /// The first time after this moment. A daily time that a date does not have is the moment at which its clocks are
    /// put forward; of one that a date has twice, the first counts.
    #[must_use]
    pub fn next(self, after: DateTime<Utc>, zone: Tz) -> DateTime<Utc> {
        match self {
            Self::Every { seconds } => after + Duration::seconds(seconds.into()),
            Self::Daily { hour, minute } => {
                let time = NaiveTime::from_hms_opt(hour, minute, 0).unwrap_or_default();
                let today = after.with_timezone(&zone).date_naive();
                let dates = today.iter_days().take(3);
                let mut times = dates.filter_map(|date| on(date, time, zone));
                times.find(|at| *at > after).unwrap_or(after + Duration::days(1))
            }
        }
    }
}

/// When a time of day comes on a date. None only where a zone leaves out more than the rest of the date.
fn on(date: NaiveDate, time: NaiveTime, zone: Tz) -> Option<DateTime<Utc>> {
    let mut local = date.and_time(time);
    for _ in 0..=24 * 60 {
        if let Some(at) = zone.from_local_datetime(&local).earliest() {
            return Some(at.with_timezone(&Utc));
        }
        local += Duration::minutes(1);
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;
    use chrono_tz::Asia::Jerusalem;

    /// The local times at which a daily job runs, each asked for when the one before has ended.
    #[track_caller]
    fn check_daily(hour: u32, minute: u32, from: &str, expected: &[&str]) {
        let mut at: DateTime<Utc> = from.parse().expect("a moment");
        let schedule = Schedule::Daily { hour, minute };
        let told: Vec<String> = expected
            .iter()
            .map(|_| {
                at = schedule.next(at, Jerusalem);
                let told = at.with_timezone(&Jerusalem).format("%d %H:%M %:z").to_string();
                at += Duration::seconds(3);
                told
            })
            .collect();
        assert_eq!(told, expected);
    }

    #[test]
    fn a_day_without_the_time_has_one_run_when_its_clocks_are_put_forward() {
        let expected = ["26 02:30 +02:00", "27 03:00 +03:00", "28 02:30 +03:00"];
        check_daily(2, 30, "2026-03-25T12:00:00Z", &expected);
    }

    #[test]
    fn a_day_with_the_time_twice_has_one_run() {
        let expected = ["24 01:30 +03:00", "25 01:30 +03:00", "26 01:30 +02:00"];
        check_daily(1, 30, "2026-10-23T12:00:00Z", &expected);
    }

    #[test]
    fn a_process_that_starts_between_the_two_waits_for_the_next_date() {
        // 01:45 for the second time.
        check_daily(1, 30, "2026-10-24T23:45:00Z", &["26 01:30 +02:00"]);
    }

    #[test]
    fn the_morning_stays_the_morning() {
        let expected = ["26 09:00 +02:00", "27 09:00 +03:00", "28 09:00 +03:00"];
        check_daily(9, 0, "2026-03-25T07:00:00Z", &expected);
        check_daily(9, 0, "2026-03-26T06:59:59Z", &["26 09:00 +02:00", "27 09:00 +03:00"]);
        check_daily(0, 0, "2026-10-24T12:00:00Z", &["25 00:00 +03:00", "26 00:00 +02:00"]);
    }

    #[test]
    fn what_was_missed_is_not_made_up_for() {
        let now: DateTime<Utc> = "2026-10-25T00:30:00Z".parse().expect("a moment");
        assert_eq!(Schedule::Every { seconds: 90 }.next(now, Jerusalem), now + Duration::seconds(90));
        let daily = Schedule::Daily { hour: 9, minute: 0 }.next(now, Jerusalem);
        assert_eq!(daily.to_rfc3339(), "2026-10-25T07:00:00+00:00", "one, however long ago the last was");
    }

    #[test]
    fn waits_double_up_to_a_limit_and_never_vanish() {
        let dice = Dice::seeded(7);
        for attempts in 1..40 {
            let wait = backoff(attempts, &dice);
            assert!(wait >= FIRST / 2 && wait <= LONGEST, "{attempts}: {wait}");
        }
        assert!(backoff(12, &dice) >= LONGEST / 2);
    }
}
