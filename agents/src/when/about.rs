//! A time that is said while a day is being talked about: after "Tuesday at 8, 9 or 10?" the answer "half past nine"
//! means that Tuesday. Pure, like the reader beneath it.

use super::{Context, When, read};
use crate::text::fold;
use chrono::{DateTime, Days, NaiveDate, TimeZone, Utc};

/// Words that fix the day to the one on which they are said, folded.
const TODAY: &[&str] = &[
    "היום",
    "הערב",
    "הלילה",
    "עכשיו",
    "today",
    "tonight",
    "now",
    "сегодня",
    "сейчас",
    "اليوم",
    "الان",
    "الآن",
];

/// Reads the time that the text names; a time without a day is one of `day`.
#[must_use]
pub fn read_about(text: &str, context: &Context, day: NaiveDate) -> When {
    let plain = read(text, context);
    let folded = fold(text);
    if folded.split(|c: char| !c.is_alphanumeric()).any(|word| TODAY.contains(&word)) {
        return plain;
    }
    // A time that moves with the day on which it is read names no day itself.
    let on = |day: NaiveDate| {
        let now = early(context, day)?;
        let reading = read(text, &Context { now, ..context.clone() });
        (first_day(&reading, context) == Some(day)).then_some(reading)
    };
    let other = day.checked_add_days(Days::new(3));
    match (on(day), other.and_then(on)) {
        (Some(reading), Some(_)) => reading,
        _ => plain,
    }
}

/// Five in the morning of a day: before everything that people plan.
fn early(context: &Context, day: NaiveDate) -> Option<DateTime<Utc>> {
    let local = context.zone.from_local_datetime(&day.and_hms_opt(5, 0, 0)?);
    local.earliest().map(|moment| moment.to_utc())
}

fn first_day(when: &When, context: &Context) -> Option<NaiveDate> {
    match when {
        When::Point(at) | When::Range { from: at, .. } => Some(at.with_timezone(&context.zone).date_naive()),
        When::Candidates(readings) => first_day(readings.first()?, context),
        When::Date(_)
        | When::Days { .. }
        | When::Earliest
        | When::Any
        | When::Exclusion(_)
        | When::Past
        | When::Clarify(_)
        | When::None => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Sunday 2026-11-22, 09:00 in Jerusalem; Tuesday the 24th is talked about.
    fn read_on_tuesday(text: &str) -> String {
        let now = Utc.with_ymd_and_hms(2026, 11, 22, 7, 0, 0).unwrap();
        let context = Context::new(now, chrono_tz::Asia::Jerusalem);
        let tuesday = NaiveDate::from_ymd_opt(2026, 11, 24).unwrap();
        match read_about(text, &context, tuesday) {
            When::Point(at) => at.with_timezone(&context.zone).format("%d %H:%M").to_string(),
            When::Range { from, to } => {
                let hour = |at: DateTime<Utc>| at.with_timezone(&context.zone).format("%d %H").to_string();
                format!("{}-{}", hour(from), hour(to))
            }
            other => format!("{other:?}"),
        }
    }

    #[test]
    fn a_time_without_a_day_is_on_the_day_that_is_talked_about() {
        for (text, expected) in [
            ("9:30 works", "24 09:30"),
            ("בתשע וחצי", "24 09:30"),
            ("אפשר אחרי הצהריים?", "24 14-24 18"),
            ("at 5pm", "24 17:00"),
        ] {
            assert_eq!(read_on_tuesday(text), expected, "{text}");
        }
    }

    #[test]
    fn a_time_with_a_day_keeps_its_day() {
        for (text, expected) in [
            ("מחר ב-9:30", "23 09:30"),
            ("היום ב-17:00", "22 17:00"),
            ("25/11 9:30", "25 09:30"),
            ("ביום רביעי בעשר", "25 10:00"),
            ("tonight at 8", "22 20:00"),
        ] {
            assert_eq!(read_on_tuesday(text), expected, "{text}");
        }
    }
}
