//! From tokens to atoms: each a day, a time, a span or a word that joins them. It does not yet ask what they mean
//! together; [`super::compose`] does.

use chrono::{DateTime, NaiveDate, NaiveDateTime, Timelike, Utc, Weekday};

use super::clock::Clock;
use super::lexicon::{Term, Unit};
use super::tokens::Token;
use super::{ClarifyReason, Context, DayPart};

/// A day or the few days a word may mean, best first.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Day {
    pub(super) dates: Vec<NaiveDate>,
    pub(super) weekday: Option<Weekday>,
    /// Said without "next" or "coming": when today's time has gone by, the same weekday next week is meant.
    pub(super) rolls: bool,
    /// A calendar date ("9/2"), which a weekday beside it must agree with.
    pub(super) dated: bool,
}

/// A time of day, still without its day.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Time {
    Clock(Clock),
    Part(DayPart),
    Between(Clock, Clock),
    After(Clock),
    Before(Clock),
    Around(Clock),
    /// The end of a part: "after noon", "before the evening".
    AfterPart(DayPart),
    BeforePart(DayPart),
    /// Minutes before or after a clock time.
    Offset(Clock, i32),
    Same,
}

/// A piece of meaning.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Atom {
    Day(Day),
    Days {
        from: NaiveDate,
        to: Option<NaiveDate>,
        week: bool,
    },
    Time(Time),
    Points(Vec<DateTime<Utc>>),
    Window(DateTime<Utc>, DateTime<Utc>),
    Clarify(ClarifyReason),
    Gone,
    /// Since yesterday, since the morning: it tells of the past and asks for nothing.
    History,
    Earliest,
    AnyTime,
    Not,
    Or,
    And,
    But,
    Correction,
    Comma,
    Stop,
    Neutral,
    Word,
}

impl Atom {
    /// Whether it names a time.
    pub(super) fn is_time(&self) -> bool {
        matches!(
            self,
            Self::Day(_)
                | Self::Days { .. }
                | Self::Time(_)
                | Self::Points(_)
                | Self::Window(..)
                | Self::Clarify(_)
        )
    }
}

/// The tokens and the moment, with one method per kind of expression in the files beside this one.
///
/// Each such method looks at one position and answers with what it found and the position after it.
pub(super) struct Reader<'a> {
    pub(super) tokens: &'a [Token],
    pub(super) context: &'a Context,
    pub(super) local: NaiveDateTime,
    pub(super) today: NaiveDate,
}

pub(super) type Found<T> = Option<(T, usize)>;

impl<'a> Reader<'a> {
    pub(super) fn new(tokens: &'a [Token], context: &'a Context) -> Self {
        let local = context.now.with_timezone(&context.zone).naive_local();
        Self { tokens, context, local, today: local.date() }
    }

    pub(super) fn term(&self, at: usize) -> Option<Term> {
        self.tokens.get(at).map(|token| token.term)
    }

    pub(super) fn is_sign(&self, at: usize, sign: char) -> bool {
        self.term(at) == Some(Term::Sign(sign))
    }

    pub(super) fn prefixed(&self, at: usize, letter: char) -> bool {
        self.tokens.get(at).is_some_and(|token| token.has_prefix(letter))
    }

    /// Between midnight and four, when "tomorrow" may still be the day before one's sleep.
    pub(super) fn small_hours(&self) -> bool {
        self.local.hour() < 4
    }

    /// Whether an expression may end before this token: nothing unknown follows that could own the number.
    pub(super) fn may_end(&self, at: usize) -> bool {
        !matches!(
            self.term(at),
            Some(
                Term::Unknown
                    | Term::Opaque
                    | Term::Unit(_)
                    | Term::Measure
                    | Term::NumberCue
                    | Term::StreetAfter
                    | Term::Number { .. }
            )
        ) || self.prefixed(at, 'ב')
            || self.prefixed(at, 'ל')
    }

    pub(super) fn atoms(&self) -> Vec<Atom> {
        let mut atoms = Vec::new();
        let mut at = 0;
        while at < self.tokens.len() {
            // "וב-12", "ובשלישי": the joining letter is an atom of its own.
            if self.prefixed(at, 'ו') && !self.tokens[at].prefix.contains("מו") {
                atoms.push(Atom::And);
            }
            let (found, next) = self.atom(at, atoms.last());
            atoms.extend(found);
            at = next.max(at + 1);
        }
        atoms
    }

    fn atom(&self, at: usize, before: Option<&Atom>) -> (Vec<Atom>, usize) {
        if let Some((atoms, next)) = self.today_part(at) {
            return (atoms, next);
        }
        if self.term(at) == Some(Term::Every) {
            return self.every(at);
        }
        let found = self
            .shift(at)
            .or_else(|| self.span(at))
            .or_else(|| self.days(at))
            .or_else(|| self.time(at, before));
        if let Some((atom, next)) = found {
            return (vec![atom], next);
        }
        let atom = match self.term(at) {
            Some(Term::Gone) => {
                if self.prefixed(at, 'מ') {
                    Atom::History
                } else {
                    Atom::Gone
                }
            }
            Some(Term::Earliest) => Atom::Earliest,
            Some(Term::AnyTime) => Atom::AnyTime,
            Some(Term::AfterWork) => Atom::Clarify(ClarifyReason::AfterWork),
            Some(Term::Not | Term::Except) => Atom::Not,
            Some(Term::Sign('/')) if at > 0 && self.tokens[at - 1].number().is_some() => Atom::Word,
            Some(Term::Or | Term::Sign('/')) => Atom::Or,
            Some(Term::And) => Atom::And,
            Some(Term::But) => Atom::But,
            Some(Term::Correction) => Atom::Correction,
            Some(Term::Sign(',' | '،')) => Atom::Comma,
            Some(Term::Sign('.' | '!' | '?' | ';' | '؟')) => Atom::Stop,
            Some(Term::Unknown | Term::Opaque | Term::Measure | Term::Number { .. } | Term::NumberCue) => {
                Atom::Word
            }
            _ => Atom::Neutral,
        };
        (vec![atom], at + 1)
    }

    /// "כל יום שני" is a recurrence; "כל יום חוץ משבת" is not.
    fn every(&self, at: usize) -> (Vec<Atom>, usize) {
        match (self.term(at + 1), self.term(at + 2)) {
            (Some(Term::Unit(Unit::Day)), Some(Term::Except)) => (vec![Atom::Neutral], at + 2),
            (Some(Term::Weekday(_) | Term::Unit(Unit::Day | Unit::Week | Unit::Month)), _) => {
                (vec![Atom::Clarify(ClarifyReason::Recurrence)], at + 2)
            }
            _ => (vec![Atom::Neutral], at + 1),
        }
    }

    /// "הערב", "tonight": a day and a part in one word.
    fn today_part(&self, at: usize) -> Found<Vec<Atom>> {
        if self.term(at) == Some(Term::SabbathEnd) {
            let saturday = self.nearest(Weekday::Sat)?;
            return Some((
                vec![Atom::Day(Day::exact(saturday)), Atom::Time(Time::Part(DayPart::Evening))],
                at + 1,
            ));
        }
        let Some(Term::TodayPart(part)) = self.term(at) else { return None };
        if self.prefixed(at, 'מ') {
            return Some((vec![Atom::History], at + 1));
        }
        let night = part == DayPart::Night && self.local.hour() < 2;
        let date = if night { self.today.pred_opt()? } else { self.today };
        let follows_day = at > 0
            && matches!(
                self.term(at - 1),
                Some(Term::DaysAhead(_) | Term::Weekday(_) | Term::At | Term::Unit(Unit::Hour))
            );
        let time = Atom::Time(Time::Part(part));
        let atoms = if follows_day { vec![time] } else { vec![Atom::Day(Day::exact(date)), time] };
        Some((atoms, at + 1))
    }
}

impl Day {
    /// This day and no other.
    pub(super) fn exact(date: NaiveDate) -> Self {
        Self { dates: vec![date], weekday: None, rolls: false, dated: false }
    }
}
