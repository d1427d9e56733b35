//! The hours of a week as the business file writes them: `sunday-thursday` → `08:00-12:00, 16:00-20:00`. Here a week is
//! seven lines, Sunday first, each of which can be edited by itself.

use std::collections::BTreeMap;
use std::fmt::Write;

/// The days as the file names them, and the keys of their names.
pub const DAYS: [(&str, &str); 7] = [
    ("sunday", "weekday-sunday"),
    ("monday", "weekday-monday"),
    ("tuesday", "weekday-tuesday"),
    ("wednesday", "weekday-wednesday"),
    ("thursday", "weekday-thursday"),
    ("friday", "weekday-friday"),
    ("saturday", "weekday-saturday"),
];

/// Spans of a day in minutes since midnight.
pub type Spans = Vec<(u16, u16)>;

/// A week, Sunday first; a day without spans is closed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Week(pub [Spans; 7]);

impl Week {
    /// Reads what the bot writes. What cannot be read is closed: only the bot's own words come here.
    #[must_use]
    pub fn of(map: &BTreeMap<String, String>) -> Self {
        let mut week = Self::default();
        for (days, hours) in map {
            let spans = read(hours).unwrap_or_default();
            for day in days_of(days) {
                week.0[day].extend(&spans);
                week.0[day].sort_unstable();
            }
        }
        week
    }

    /// The week as the bot reads it, a line for each day that is open.
    #[must_use]
    pub fn to_map(&self) -> BTreeMap<String, String> {
        let open = self.0.iter().zip(DAYS).filter(|(spans, _)| !spans.is_empty());
        open.map(|(spans, (day, _))| (day.to_owned(), written(spans))).collect()
    }
}

fn days_of(key: &str) -> Vec<usize> {
    let day = |word: &str| {
        let word = word.trim().to_lowercase();
        DAYS.iter().position(|(name, _)| *name == word || (word.len() == 3 && name.starts_with(&word)))
    };
    let mut days = Vec::new();
    for part in key.split(',') {
        let (first, last) = part.split_once(['-', '–']).unwrap_or((part, part));
        let (Some(first), Some(last)) = (day(first), day(last)) else { continue };
        // `friday-sunday` goes over the end of the week.
        let length = (last + 7 - first) % 7;
        days.extend((first..=first + length).map(|day| day % 7));
    }
    days
}

/// Reads the hours of a day, `08:00-12:00, 16:00-20:00`; nothing, `-` and `closed` are closed. None when it is neither.
#[must_use]
pub fn read(text: &str) -> Option<Spans> {
    let text = text.trim();
    if text.is_empty() || text == "-" || text == "closed" {
        return Some(Vec::new());
    }
    let mut spans = Spans::new();
    for part in text.split(',') {
        let (from, to) = part.split_once(['-', '–'])?;
        let (from, to) = (clock(from)?, clock(to)?);
        if from >= to {
            return None;
        }
        spans.push((from, to));
    }
    spans.sort_unstable();
    spans.windows(2).all(|pair| pair[0].1 <= pair[1].0).then_some(spans)
}

/// Minutes since midnight of `8`, `8:30`, `08:00`, at most `24:00`.
fn clock(text: &str) -> Option<u16> {
    let (hours, minutes) = text.trim().split_once(':').unwrap_or((text.trim(), "0"));
    let (hours, minutes): (u16, u16) = (hours.parse().ok()?, minutes.parse().ok()?);
    (minutes < 60 && hours * 60 + minutes <= 24 * 60).then_some(hours * 60 + minutes)
}

/// Spans as the bot reads them; `closed` for none.
#[must_use]
pub fn written(spans: &[(u16, u16)]) -> String {
    if spans.is_empty() {
        return "closed".to_owned();
    }
    let mut out = String::new();
    for (from, to) in spans {
        let comma = if out.is_empty() { "" } else { ", " };
        // Writing to a string cannot fail.
        let _ = write!(out, "{comma}{}-{}", time(*from), time(*to));
    }
    out
}

/// `08:30`.
#[must_use]
pub fn time(minutes: u16) -> String {
    format!("{:02}:{:02}", minutes / 60, minutes % 60)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ranges_of_days_become_days_and_back() {
        let map = BTreeMap::from([
            ("sunday-tuesday, thu".to_owned(), "8-12, 16:00-20:00".to_owned()),
            ("friday-saturday".to_owned(), "closed".to_owned()),
        ]);
        let week = Week::of(&map);
        assert_eq!(week.0.iter().map(Vec::len).collect::<Vec<_>>(), [2, 2, 2, 0, 2, 0, 0]);
        assert_eq!(week.to_map()["thursday"], "08:00-12:00, 16:00-20:00");
        assert_eq!(Week::of(&week.to_map()), week);
        assert_eq!(days_of("friday-sunday"), [5, 6, 0]);
    }

    #[test]
    fn what_is_no_time_is_refused() {
        for wrong in ["12-8", "8-25", "8:70-9", "x", "08:00", "8-12,11-13"] {
            assert_eq!(read(wrong), None, "{wrong}");
        }
        assert_eq!(read(" - "), Some(vec![]));
        assert_eq!(read("0-24"), Some(vec![(0, 1_440)]));
    }
}
