//! The Hebrew calendar by arithmetic, as far as appointments need it: when the holidays fall, and on which of them
//! businesses in Israel close. It never reads a clock and knows nothing of opening hours.
//!
//! The new year follows the mean conjunction and its four postponements as given by E. M. Reingold and
//! N. Dershowitz, *Calendrical Calculations* (4th edition, chapter 8). Independence Day follows the Israeli
//! Independence Day Law, 1949, as amended in 1951 (5 Iyar on Friday or Saturday is kept on the Thursday before)
//! and in 2004 (5 Iyar on Monday is kept on Tuesday, so that Memorial Day does not begin as the Sabbath ends).
//! The Fast of Av moves from Saturday to Sunday. Days are those in Israel: one day of each festival, two of the
//! new year. A day is named by its daylight; the evening before it belongs to the "eve".

use chrono::{Datelike, Days, NaiveDate, Weekday};

/// 1 Tishri of year 1, in days of which the first is 1 January of year 1 (Gregorian).
const EPOCH: i64 = -1_373_427;

/// A holiday or season that people name when they speak of a time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Holiday {
    /// 1-2 Tishri.
    NewYear,
    /// 10 Tishri.
    YomKippur,
    /// 15-21 Tishri.
    Sukkot,
    /// 22 Tishri, the end of the autumn holidays.
    SimchatTorah,
    /// Eight days from 25 Kislev.
    Hanukkah,
    /// 15 Shevat.
    TuBishvat,
    /// 14 Adar, in leap years of the second Adar.
    Purim,
    /// 15-21 Nisan.
    Passover,
    /// The day before Independence Day.
    MemorialDay,
    /// About 5 Iyar, see the rules above.
    IndependenceDay,
    /// 18 Iyar.
    LagBaomer,
    /// 28 Iyar.
    JerusalemDay,
    /// 6 Sivan.
    Shavuot,
    /// 9 Av or the Sunday after.
    TishaBeav,
    /// The weekdays inside Passover or Sukkot, whichever is nearer.
    CholHamoed,
    /// The nearest full day of rest of those the Torah names.
    AnyFestival,
    /// From the new year to Simchat Torah, or Passover, whichever ends first.
    Season,
}

/// The first day and the day after the last one.
pub type Span = (NaiveDate, NaiveDate);

/// The occurrence of the holiday that is under way or comes next.
#[must_use]
pub fn next(holiday: Holiday, today: NaiveDate) -> Option<Span> {
    let year = i64::from(today.year()) + 3760;
    (year..=year + 2)
        .flat_map(|year| occurrences(holiday, year))
        .flatten()
        .filter(|(_, end)| *end > today)
        .min_by_key(|(start, _)| *start)
}

/// The day before the next occurrence that has not begun; that day itself counts.
#[must_use]
pub fn next_eve(holiday: Holiday, today: NaiveDate) -> Option<NaiveDate> {
    let year = i64::from(today.year()) + 3760;
    (year..=year + 2)
        .flat_map(|year| occurrences(holiday, year))
        .flatten()
        .filter_map(|(start, _)| start.checked_sub_days(Days::new(1)))
        .filter(|eve| *eve >= today)
        .min()
}

/// Whether businesses in Israel close on this day: the days of rest of the festivals, and Independence Day.
#[must_use]
pub fn is_day_of_rest(day: NaiveDate) -> bool {
    // The Hebrew year changes in autumn, so a day lies in one of two.
    let year = i64::from(day.year()) + 3760;
    (year..=year + 1)
        .flat_map(|year| {
            [Holiday::AnyFestival, Holiday::IndependenceDay]
                .into_iter()
                .flat_map(move |holiday| occurrences(holiday, year))
        })
        .flatten()
        .any(|(first, end)| first <= day && day < end)
}

/// Whether a day of rest begins in the evening of this day, which is none itself.
#[must_use]
pub fn is_eve_of_rest(day: NaiveDate) -> bool {
    !is_day_of_rest(day) && day.succ_opt().is_some_and(is_day_of_rest)
}

fn occurrences(holiday: Holiday, year: i64) -> Vec<Option<Span>> {
    let tishri = |day: i64, length: i64| span(new_year(year) + day - 1, length);
    let from_nisan = |days: i64, length: i64| span(first_of_nisan(year) + days, length);
    match holiday {
        Holiday::NewYear => vec![tishri(1, 2)],
        Holiday::YomKippur => vec![tishri(10, 1)],
        Holiday::Sukkot => vec![tishri(15, 7)],
        Holiday::SimchatTorah => vec![tishri(22, 1)],
        Holiday::Hanukkah => {
            let heshvan = if year_length(year) % 10 == 5 { 30 } else { 29 };
            vec![span(new_year(year) + 30 + heshvan + 24, 8)]
        }
        Holiday::TuBishvat => {
            let adars = if year_length(year) > 380 { 59 } else { 29 };
            vec![from_nisan(-adars - 30 + 14, 1)]
        }
        Holiday::Purim => vec![from_nisan(-29 + 13, 1)],
        Holiday::Passover => vec![from_nisan(14, 7)],
        Holiday::MemorialDay => {
            vec![independence_day(year).and_then(|day| Some((day.checked_sub_days(Days::new(1))?, day)))]
        }
        Holiday::IndependenceDay => {
            vec![independence_day(year).and_then(|day| Some((day, day.succ_opt()?)))]
        }
        Holiday::LagBaomer => vec![from_nisan(30 + 17, 1)],
        Holiday::JerusalemDay => vec![from_nisan(30 + 27, 1)],
        Holiday::Shavuot => vec![from_nisan(30 + 29 + 5, 1)],
        Holiday::TishaBeav => {
            let ninth = first_of_nisan(year) + 30 + 29 + 30 + 29 + 8;
            let saturday = date(ninth).is_some_and(|day| day.weekday() == Weekday::Sat);
            vec![span(ninth + i64::from(saturday), 1)]
        }
        Holiday::CholHamoed => vec![tishri(16, 6), from_nisan(15, 5)],
        Holiday::AnyFestival => {
            vec![
                tishri(1, 2),
                tishri(10, 1),
                tishri(15, 1),
                tishri(22, 1),
                from_nisan(14, 1),
                from_nisan(20, 1),
                from_nisan(30 + 29 + 5, 1),
            ]
        }
        Holiday::Season => vec![tishri(1, 22), from_nisan(14, 7)],
    }
}

fn independence_day(year: i64) -> Option<NaiveDate> {
    let fifth = first_of_nisan(year) + 30 + 4;
    let moved = match date(fifth)?.weekday() {
        Weekday::Fri => -1,
        Weekday::Sat => -2,
        Weekday::Mon if year >= 5764 => 1,
        _ => 0,
    };
    date(fifth + moved)
}

fn span(first: i64, length: i64) -> Option<Span> {
    Some((date(first)?, date(first + length)?))
}

fn date(day: i64) -> Option<NaiveDate> {
    NaiveDate::from_num_days_from_ce_opt(i32::try_from(day).ok()?)
}

/// The six months from Nisan to Elul never change their length.
fn first_of_nisan(year: i64) -> i64 {
    new_year(year + 1) - 177
}

fn year_length(year: i64) -> i64 {
    new_year(year + 1) - new_year(year)
}

fn new_year(year: i64) -> i64 {
    let (before, this, after) = (elapsed_days(year - 1), elapsed_days(year), elapsed_days(year + 1));
    // Without this a year would last 356 or 382 days, which no Hebrew year may.
    let correction = if after - this == 356 { 2 } else { i64::from(this - before == 382) };
    EPOCH + this + correction
}

/// Days from the epoch to the conjunction of Tishri, postponed past noon and off Sunday, Wednesday and Friday.
fn elapsed_days(year: i64) -> i64 {
    let months = (235 * year - 234).div_euclid(19);
    let parts = 12_084 + 13_753 * months;
    let day = 29 * months + parts.div_euclid(25_920);
    if (3 * (day + 1)).rem_euclid(7) < 3 { day + 1 } else { day }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn check(holiday: Holiday, from: &str, expected: &str) {
        assert_eq!(next(holiday, day(from)).unwrap().0, day(expected), "{holiday:?} after {from}");
    }

    #[test]
    fn the_new_year_of_known_years() {
        for date in [
            "2015-09-14",
            "2016-10-03",
            "2017-09-21",
            "2018-09-10",
            "2019-09-30",
            "2020-09-19",
            "2021-09-07",
            "2022-09-26",
            "2023-09-16",
            "2024-10-03",
            "2025-09-23",
            "2026-09-12",
            "2027-10-02",
            "2028-09-21",
        ] {
            check(Holiday::NewYear, &format!("{}-06-01", &date[..4]), date);
        }
    }

    #[test]
    fn passover_and_purim_in_common_and_leap_years() {
        for (purim, passover) in [
            ("2019-03-21", "2019-04-20"),
            ("2020-03-10", "2020-04-09"),
            ("2021-02-26", "2021-03-28"),
            ("2022-03-17", "2022-04-16"),
            ("2023-03-07", "2023-04-06"),
            ("2024-03-24", "2024-04-23"),
            ("2025-03-14", "2025-04-13"),
            ("2026-03-03", "2026-04-02"),
            ("2027-03-23", "2027-04-22"),
        ] {
            let january = format!("{}-01-01", &purim[..4]);
            check(Holiday::Purim, &january, purim);
            check(Holiday::Passover, &january, passover);
        }
    }

    #[test]
    fn independence_day_keeps_away_from_the_sabbath() {
        for date in [
            "2003-05-07",
            "2011-05-10",
            "2012-04-26",
            "2013-04-16",
            "2014-05-06",
            "2015-04-23",
            "2016-05-12",
            "2017-05-02",
            "2020-04-29",
            "2021-04-15",
            "2022-05-05",
            "2023-04-26",
            "2024-05-14",
            "2025-05-01",
            "2026-04-22",
            "2005-05-12",
        ] {
            check(Holiday::IndependenceDay, &format!("{}-01-01", &date[..4]), date);
        }
    }

    #[test]
    fn before_the_amendment_of_2004_monday_stayed_monday() {
        check(Holiday::IndependenceDay, "2001-01-01", "2001-04-26");
        check(Holiday::IndependenceDay, "1997-01-01", "1997-05-12");
    }

    #[test]
    fn the_other_days_of_the_year() {
        check(Holiday::Hanukkah, "2025-06-01", "2025-12-15");
        check(Holiday::Hanukkah, "2024-06-01", "2024-12-26");
        check(Holiday::Hanukkah, "2023-06-01", "2023-12-08");
        check(Holiday::TuBishvat, "2024-01-01", "2024-01-25");
        check(Holiday::TuBishvat, "2025-01-01", "2025-02-13");
        check(Holiday::LagBaomer, "2026-01-01", "2026-05-05");
        check(Holiday::Shavuot, "2026-01-01", "2026-05-22");
        check(Holiday::Shavuot, "2025-01-01", "2025-06-02");
        check(Holiday::TishaBeav, "2022-01-01", "2022-08-07");
        check(Holiday::TishaBeav, "2026-01-01", "2026-07-23");
        check(Holiday::MemorialDay, "2026-01-01", "2026-04-21");
        check(Holiday::YomKippur, "2026-01-01", "2026-09-21");
        check(Holiday::SimchatTorah, "2026-01-01", "2026-10-03");
        check(Holiday::JerusalemDay, "2025-01-01", "2025-05-26");
    }

    #[test]
    fn a_season_under_way_is_the_next_one() {
        assert_eq!(
            next(Holiday::CholHamoed, day("2026-04-05")),
            Some((day("2026-04-03"), day("2026-04-08")))
        );
        assert_eq!(next(Holiday::Season, day("2026-09-15")).unwrap().1, day("2026-10-04"));
        assert_eq!(next(Holiday::Season, day("2026-03-15")).unwrap().1, day("2026-04-09"));
        assert_eq!(next_eve(Holiday::AnyFestival, day("2026-09-11")), Some(day("2026-09-11")));
    }
}
