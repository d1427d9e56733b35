//! Weekly hours as people write them, `sunday-thursday = "08:00-18:00"`, read and written. It never guesses: what is
//! not clear is an error that names the line.

use super::WeekHours;
use std::collections::BTreeMap;
use std::fmt;

const WEEKDAYS: [&str; 7] = ["sunday", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday"];
const DAY_END: u16 = 24 * 60;

/// Why hours cannot be read. `key` is the days as they were written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum HoursError {
    /// A word that is no weekday.
    UnknownDay {
        /// The days as written.
        key: String,
        /// The word.
        day: String,
    },
    /// Not of the form `08:00-18:00`.
    NotASpan {
        /// The days as written.
        key: String,
        /// The span as written.
        span: String,
    },
    /// The closing is not later than the opening.
    ClosesTooEarly {
        /// The days as written.
        key: String,
        /// The span as written.
        span: String,
    },
    /// Two spans of one day share time.
    Overlap {
        /// The days as written, of the later line.
        key: String,
        /// The weekday.
        day: &'static str,
    },
}

impl fmt::Display for HoursError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::UnknownDay { key, day } => {
                write!(f, "\"{key}\": \"{day}\" is no weekday, write one of {}", WEEKDAYS.join(", "))
            }
            Self::NotASpan { key, span } => {
                write!(f, "\"{key}\": \"{span}\" is no span of time, write it like 08:00-18:00")
            }
            Self::ClosesTooEarly { key, span } => {
                write!(
                    f,
                    "\"{key}\": in \"{span}\" the closing is not later than the opening, split hours at midnight"
                )
            }
            Self::Overlap { key, day } => {
                write!(f, "\"{key}\": the hours of {day} overlap, write every time of a day once")
            }
        }
    }
}

impl std::error::Error for HoursError {}

impl WeekHours {
    /// Reads hours by days: `sunday-thursday`, `friday`, `sunday, tuesday`, each with one or several spans,
    /// `08:00-12:00, 16:00-20:00`. Days that are not named are closed; so are days whose value is `closed`. A range
    /// may go over the end of the week (`friday-sunday`), a span may end at `24:00` but not go over midnight.
    pub fn parse(map: &BTreeMap<String, String>) -> Result<Self, HoursError> {
        let mut hours = Self::default();
        for (key, value) in map {
            let spans = parse_spans(key, value)?;
            for day in parse_days(key)? {
                hours.days[day].extend(&spans);
                hours.days[day].sort_unstable();
                if hours.days[day].windows(2).any(|pair| pair[1].0 < pair[0].1) {
                    return Err(HoursError::Overlap { key: key.clone(), day: WEEKDAYS[day] });
                }
            }
        }
        Ok(hours)
    }

    /// The hours as [`WeekHours::parse`] reads them, days with the same hours together.
    #[must_use]
    pub fn to_map(&self) -> BTreeMap<String, String> {
        let mut groups: BTreeMap<&[(u16, u16)], Vec<usize>> = BTreeMap::new();
        for (day, spans) in self.days.iter().enumerate().filter(|(_, spans)| !spans.is_empty()) {
            groups.entry(spans).or_default().push(day);
        }
        groups.into_iter().map(|(spans, days)| (write_days(&days), write_spans(spans))).collect()
    }
}

fn parse_days(key: &str) -> Result<Vec<usize>, HoursError> {
    let weekday = |word: &str| {
        let word = word.trim().to_lowercase();
        WEEKDAYS
            .iter()
            .position(|day| *day == word || (word.len() == 3 && day.starts_with(&word)))
            .ok_or_else(|| HoursError::UnknownDay { key: key.to_owned(), day: word })
    };
    let mut days = Vec::new();
    for part in key.split(',') {
        let Some((first, last)) = part.split_once(['-', '–']) else {
            days.push(weekday(part)?);
            continue;
        };
        let (mut day, last) = (weekday(first)?, weekday(last)?);
        days.push(day);
        while day != last {
            day = (day + 1) % WEEKDAYS.len();
            days.push(day);
        }
    }
    days.sort_unstable();
    days.dedup();
    Ok(days)
}

/// Reads the spans of one day, `08:00-12:00, 16:00-20:00` or `closed`; `key` says which day, for errors. They come in
/// order and do not overlap.
///
/// # Errors
/// The first span that is none, that ends before it begins, or that overlaps another.
pub fn parse_day(key: &str, value: &str) -> Result<Vec<(u16, u16)>, HoursError> {
    let mut spans = parse_spans(key, value)?;
    spans.sort_unstable();
    match spans.windows(2).any(|pair| pair[1].0 < pair[0].1) {
        true => Err(HoursError::Overlap { key: key.to_owned(), day: "that day" }),
        false => Ok(spans),
    }
}

/// Reads closed days, `Sun, Monday, 2, 6`: names of weekdays, or numbers of which 0 is Monday. Sunday is 0 in what is
/// returned, each day once, in order.
///
/// # Errors
/// The first word that is neither.
pub fn parse_weekdays(text: &str) -> Result<Vec<u8>, HoursError> {
    let mut days = Vec::new();
    for word in text.split(',').map(str::trim).filter(|word| !word.is_empty()) {
        match word.parse::<u8>() {
            Ok(number) if number < 7 => days.push((number + 1) % 7),
            Ok(_) => return Err(HoursError::UnknownDay { key: text.to_owned(), day: word.to_owned() }),
            Err(_) => days.extend(parse_days(word)?.into_iter().filter_map(|day| u8::try_from(day).ok())),
        }
    }
    days.sort_unstable();
    days.dedup();
    Ok(days)
}

/// Weekdays by their names, as [`parse_weekdays`] reads them.
#[must_use]
pub fn write_weekdays(days: &[u8]) -> String {
    days.iter().filter_map(|day| WEEKDAYS.get(usize::from(*day)).copied()).collect::<Vec<_>>().join(", ")
}

fn parse_spans(key: &str, value: &str) -> Result<Vec<(u16, u16)>, HoursError> {
    if value.trim().eq_ignore_ascii_case("closed") {
        return Ok(Vec::new());
    }
    value.split(',').map(|span| parse_span(key, span.trim())).collect()
}

fn parse_span(key: &str, span: &str) -> Result<(u16, u16), HoursError> {
    let times = span.split_once(['-', '–']).and_then(|(from, to)| parse_time(from).zip(parse_time(to)));
    let Some((from, to)) = times else {
        return Err(HoursError::NotASpan { key: key.to_owned(), span: span.to_owned() });
    };
    if to <= from {
        return Err(HoursError::ClosesTooEarly { key: key.to_owned(), span: span.to_owned() });
    }
    Ok((from, to))
}

/// The minute of the day of a time like `08:00`, up to `24:00`.
#[must_use]
pub fn parse_time(text: &str) -> Option<u16> {
    let (hour, minute) = text.trim().split_once(':')?;
    let number = |digits: &str, most: usize| {
        let is_number =
            (1..=most).contains(&digits.len()) && digits.bytes().all(|byte| byte.is_ascii_digit());
        is_number.then(|| digits.parse::<u16>().ok()).flatten()
    };
    let (hour, minute) = (number(hour, 2)?, number(minute, 2).filter(|_| minute.len() == 2)?);
    let time = hour * 60 + minute;
    (minute < 60 && time <= DAY_END).then_some(time)
}

fn write_days(days: &[usize]) -> String {
    days.chunk_by(|a, b| a + 1 == *b)
        .map(|run| match run {
            [day] => WEEKDAYS[*day].to_owned(),
            [first, .., last] => format!("{}-{}", WEEKDAYS[*first], WEEKDAYS[*last]),
            [] => String::new(),
        })
        .collect::<Vec<_>>()
        .join(", ")
}

/// The spans of one day, as [`parse_day`] reads them.
#[must_use]
pub fn write_day(spans: &[(u16, u16)]) -> String {
    if spans.is_empty() { "closed".to_owned() } else { write_spans(spans) }
}

/// A minute of the day as the clock shows it.
#[must_use]
pub fn write_time(minutes: u16) -> String {
    format!("{:02}:{:02}", minutes / 60, minutes % 60)
}

fn write_spans(spans: &[(u16, u16)]) -> String {
    let span = |(from, to): &(u16, u16)| format!("{}-{}", write_time(*from), write_time(*to));
    spans.iter().map(span).collect::<Vec<_>>().join(", ")
}
