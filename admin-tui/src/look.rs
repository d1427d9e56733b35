//! How things are shown to this operator: language, direction, colours, zone. Every word comes from the locale files.

use crate::text::{Bidi, Direction};
use crate::theme::Theme;
use chrono::{DateTime, Datelike, Duration, NaiveDate, TimeZone, Utc, Weekday};
use chrono_tz::Tz;
use locales::{Args, Locale, args, text};

/// How things are shown.
#[derive(Clone, Debug, PartialEq)]
pub struct Look {
    /// The language of the console itself; customers write in any.
    pub locale: Locale,
    /// Who reorders right-to-left text.
    pub bidi: Bidi,
    /// The colours.
    pub theme: Theme,
    /// The zone of the business: every time on the screen is local there.
    pub zone: Tz,
    /// The code of its currency.
    pub currency: String,
}

impl Look {
    /// A text of the locale files without variables.
    #[must_use]
    pub fn t(&self, key: &str) -> String {
        text(self.locale, key, &args![])
    }

    /// A text of the locale files.
    #[must_use]
    pub fn say(&self, key: &str, args: &Args<'_>) -> String {
        text(self.locale, key, args)
    }

    /// A text of a family, such as `console-status-` and `booked`; the word itself when there is none: newer servers know
    /// more words than this program.
    #[must_use]
    pub fn word(&self, family: &str, word: &str) -> String {
        self.known_word(&[family], word).unwrap_or_else(|| word.to_owned())
    }

    /// A text of the first of these families that has one for the word.
    #[must_use]
    pub fn known_word(&self, families: &[&str], word: &str) -> Option<String> {
        let word = word.replace([' ', '.'], "-");
        let mut keys = families.iter().map(|family| format!("{family}{word}"));
        keys.find(|key| locales::variables(key).is_some()).map(|key| self.t(&key))
    }

    /// The direction of the console.
    #[must_use]
    pub fn direction(&self) -> Direction {
        if self.locale.is_rtl() { Direction::Rtl } else { Direction::Ltr }
    }

    /// The sign before what is chosen: it points the way one reads.
    #[must_use]
    pub fn arrow(&self) -> &'static str {
        if self.locale.is_rtl() { "‹" } else { "›" }
    }

    /// `14:30`.
    #[must_use]
    pub fn time(&self, at: DateTime<Utc>) -> String {
        self.zone.from_utc_datetime(&at.naive_utc()).format("%H:%M").to_string()
    }

    /// The local day.
    #[must_use]
    pub fn day(&self, at: DateTime<Utc>) -> NaiveDate {
        self.zone.from_utc_datetime(&at.naive_utc()).date_naive()
    }

    /// `25.11`, in the order of the language.
    #[must_use]
    pub fn date(&self, day: NaiveDate) -> String {
        self.say("date-day-month", &args![day = day.day(), month = day.month()])
    }

    /// The name of the day of the week.
    #[must_use]
    pub fn weekday(&self, day: NaiveDate) -> String {
        self.t(match day.weekday() {
            Weekday::Sun => "weekday-sunday",
            Weekday::Mon => "weekday-monday",
            Weekday::Tue => "weekday-tuesday",
            Weekday::Wed => "weekday-wednesday",
            Weekday::Thu => "weekday-thursday",
            Weekday::Fri => "weekday-friday",
            Weekday::Sat => "weekday-saturday",
        })
    }

    /// The same as short as the language writes it, for the heads of narrow columns.
    #[must_use]
    pub fn short_weekday(&self, day: NaiveDate) -> String {
        self.t(match day.weekday() {
            Weekday::Sun => "console-day-sunday",
            Weekday::Mon => "console-day-monday",
            Weekday::Tue => "console-day-tuesday",
            Weekday::Wed => "console-day-wednesday",
            Weekday::Thu => "console-day-thursday",
            Weekday::Fri => "console-day-friday",
            Weekday::Sat => "console-day-saturday",
        })
    }

    /// `14:30` today, `25.11 14:30` otherwise.
    #[must_use]
    pub fn moment(&self, at: DateTime<Utc>, now: DateTime<Utc>) -> String {
        if self.day(at) == self.day(now) { self.time(at) } else { self.date_and_time(at) }
    }

    /// `25.11 14:30`.
    #[must_use]
    pub fn date_and_time(&self, at: DateTime<Utc>) -> String {
        format!("{} {}", self.date(self.day(at)), self.time(at))
    }

    /// A length of time in the largest unit that fits: `40s`, `12m`, `3h`, `5d` with the language's letters.
    #[must_use]
    pub fn span(&self, span: Duration) -> String {
        let seconds = span.num_seconds().max(0);
        match seconds {
            0..60 => self.say("console-seconds", &args![count = seconds]),
            60..3_600 => self.say("console-minutes", &args![count = seconds / 60]),
            3_600..172_800 => self.say("console-hours", &args![count = seconds / 3_600]),
            _ => self.say("console-days", &args![count = seconds / 86_400]),
        }
    }

    /// An amount of whole units of the business's currency.
    #[must_use]
    pub fn money(&self, amount: u64) -> String {
        let sign = match self.currency.as_str() {
            "ILS" => "₪",
            "USD" => "$",
            "EUR" => "€",
            "GBP" => "£",
            other => other,
        };
        format!("{sign}{}", grouped(amount))
    }

    /// Millionths of a dollar as dollars.
    #[must_use]
    pub fn dollars(&self, millionths: u64) -> String {
        let cents = (millionths + 5_000) / 10_000;
        if millionths > 0 && cents == 0 {
            return "<$0.01".to_owned();
        }
        format!("${}.{:02}", grouped(cents / 100), cents % 100)
    }
}

/// `1,234,567`.
#[must_use]
pub fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let mut out = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}
