//! Local wall-clock times to instants and back, whatever the clocks do that night.

use chrono::{DateTime, Days, Duration, LocalResult, NaiveDate, NaiveTime, TimeZone, Timelike, Utc};
use chrono_tz::Tz;

use super::DayPart;

/// The instant of `minutes` after the midnight that begins `date`, on the wall clock; more than a day is allowed.
///
/// A time that the clocks skip is moved forward by what they skip; of a time that comes twice, the first is meant.
pub(super) fn instant(date: NaiveDate, minutes: u32, zone: Tz) -> Option<DateTime<Utc>> {
    let day = date.checked_add_days(Days::new(u64::from(minutes / 1_440)))?;
    let wall = day.and_hms_opt(minutes % 1_440 / 60, minutes % 60, 0)?;
    match zone.from_local_datetime(&wall) {
        LocalResult::Single(instant) | LocalResult::Ambiguous(instant, _) => {
            Some(instant.with_timezone(&Utc))
        }
        LocalResult::None => {
            // The offset that held before the gap carries the time over it. No gap is longer than a day.
            let day = Duration::days(1);
            let before = zone.from_local_datetime(&wall.checked_sub_signed(day)?).latest()?;
            before.with_timezone(&Utc).checked_add_signed(day)
        }
    }
}

/// Minutes since local midnight.
pub(super) fn minutes(time: NaiveTime) -> u32 {
    time.hour() * 60 + time.minute()
}

/// Whether the instant falls into that part of its day.
pub(super) fn in_part(instant: DateTime<Utc>, part: DayPart, zone: Tz) -> bool {
    let hour = instant.with_timezone(&zone).hour();
    let (from, to) = part.hours();
    (from..to).contains(&hour) || (from..to).contains(&(hour + 24))
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    fn check(date: &str, minutes: u32, expected: &str) {
        let instant = instant(date.parse().unwrap(), minutes, chrono_tz::Asia::Jerusalem).unwrap();
        assert_eq!(instant, expected.parse::<DateTime<Utc>>().unwrap());
    }

    #[test]
    fn a_skipped_time_moves_forward_by_the_gap() {
        check("2026-03-27", 150, "2026-03-27T00:30:00Z");
        check("2026-03-26", 1_440 + 150, "2026-03-27T00:30:00Z");
    }

    #[test]
    fn of_a_repeated_time_the_first_is_meant() {
        check("2026-10-25", 90, "2026-10-24T22:30:00Z");
    }

    #[test]
    fn the_night_reaches_into_the_next_day() {
        let at = |text: &str| text.parse::<DateTime<Utc>>().unwrap();
        assert!(in_part(at("2026-02-08T23:30:00Z"), DayPart::Night, chrono_tz::Asia::Jerusalem));
        assert!(!in_part(at("2026-02-09T00:30:00Z"), DayPart::Night, chrono_tz::Asia::Jerusalem));
    }
}
