//! What a word can be to the reader of times, and how it is looked up. The words themselves are in the table
//! beside this file; what they mean together is decided elsewhere.

use chrono::Weekday;
use std::collections::HashMap;
use std::sync::LazyLock;

use super::words::LEXICON;
use super::{DayPart, hebrew_calendar::Holiday};

/// The most words in one phrase of the table.
pub(super) const LONGEST: usize = 5;

/// A unit in which people count time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Unit {
    Minute,
    Hour,
    Day,
    Week,
    Month,
    Year,
}

/// What a word is to the reader of times.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Term {
    /// A number; `digits` is 0 when it was written as a word.
    Number {
        value: u32,
        digits: usize,
    },
    /// Too many digits for a time.
    LongNumber(usize),
    Sign(char),
    Unknown,
    /// Says nothing; left out of the stream.
    Filler,
    /// Read as something that is surely not a time.
    Opaque,
    /// A word people put around a time ("can", "fits", "please"): it neither ends an expression nor adds to it.
    Neutral,
    DaysAhead(i64),
    Gone,
    Weekday(Weekday),
    Month(u32),
    Part(DayPart),
    TodayPart(DayPart),
    Midnight,
    SabbathEnd,
    Unit(Unit),
    Counted(u32, Unit),
    Few,
    ThisWeek,
    ThisMonth,
    Weekend,
    Next,
    Coming,
    This,
    Start,
    Middle,
    End,
    LaterIn,
    DayOfMonth,
    Holiday(Holiday),
    Eve,
    In,
    Within,
    At,
    Around,
    After,
    Before,
    Until,
    From,
    Onwards,
    Between,
    To,
    Past,
    Half,
    Quarter,
    ThreeQuarters,
    Am,
    Pm,
    Oclock,
    SameTime,
    Earliest,
    AnyTime,
    Vague,
    AfterWork,
    Every,
    Except,
    And,
    Or,
    Not,
    But,
    Correction,
    Ordinal,
    StreetCue,
    StreetAfter,
    NumberCue,
    PriceCue,
    Measure,
}

/// What a phrase means, and its words after the first.
type Phrase = (Term, Vec<&'static str>);

/// The phrases of the table by their first words.
static PHRASES: LazyLock<HashMap<&str, Vec<Phrase>>> = LazyLock::new(|| {
    let mut phrases: HashMap<&str, Vec<Phrase>> = HashMap::new();
    for (term, written) in LEXICON {
        for phrase in *written {
            let mut words = phrase.split(' ');
            let first = words.next().unwrap_or_default();
            phrases.entry(first).or_default().push((*term, words.collect()));
        }
    }
    phrases
});

/// The meaning of `stem` and the words after it, the longest phrase first, with the number of words it took.
pub(super) fn find(stem: &str, after: &[&str]) -> Option<(Term, usize)> {
    let mut best = None;
    for (term, rest) in PHRASES.get(stem)? {
        let length = 1 + rest.len();
        if after.starts_with(rest) && best.is_none_or(|(_, longest)| length > longest) {
            best = Some((*term, length));
        }
    }
    best
}
