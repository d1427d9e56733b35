//! Clock times: "15:30", "בשלוש וחצי", "רבע לשלוש", "half past three", "between 10 and 12", and the parts of the day.
//! It reads hours as they are said; whether a bare hour is before or after noon is answered by [`Clock::readings`].

use chrono::NaiveTime;

use super::atoms::{Atom, Found, Reader, Time};
use super::lexicon::{Term, Unit};
use super::{ClarifyReason, DayPart, local};

/// A time on the clock's face.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Clock {
    pub(super) hour: u32,
    pub(super) minute: u32,
    /// Whether the half of the day is known, as in "09:30" and "5pm".
    pub(super) literal: bool,
}

impl Clock {
    /// Minutes after midnight, best reading first. Two readings mean that a person must choose.
    pub(super) fn readings(self, part: Option<DayPart>, hours: Option<(NaiveTime, NaiveTime)>) -> Vec<u32> {
        let on_face = self.hour % 12;
        let (am, pm) = (on_face * 60 + self.minute, (on_face + 12) * 60 + self.minute);
        if self.literal || self.hour > 12 || self.hour == 0 {
            // After midnight, "01:00 at night" belongs to the night that the day ends with.
            let tonight = part == Some(DayPart::Night) && self.hour < 6;
            return vec![(self.hour + if tonight { 24 } else { 0 }) * 60 + self.minute];
        }
        match part {
            Some(DayPart::Dawn | DayPart::Morning) => vec![am],
            Some(DayPart::Noon) if (9..12).contains(&self.hour) => vec![am],
            Some(DayPart::Noon | DayPart::Afternoon) => vec![pm],
            Some(DayPart::Evening) if (4..12).contains(&self.hour) => vec![pm],
            Some(DayPart::Night) if (6..12).contains(&self.hour) => vec![pm],
            Some(DayPart::Evening | DayPart::Night) => vec![am + 24 * 60],
            None => {
                let open = |minutes: u32| {
                    hours.is_some_and(|(from, to)| {
                        (local::minutes(from)..local::minutes(to)).contains(&minutes)
                    })
                };
                match self.hour {
                    _ if open(am) && !open(pm) => vec![am],
                    _ if open(pm) && !open(am) => vec![pm],
                    1..=6 | 12 => vec![pm],
                    7 | 8 => vec![pm, am],
                    _ => vec![am],
                }
            }
        }
    }

    /// The clock with its half of the day settled by a part of the day; night hours stay as they are.
    fn in_part(self, part: DayPart) -> Self {
        match self.readings(Some(part), None)[..] {
            [minutes] if minutes <= 24 * 60 => {
                Self { hour: minutes / 60, minute: minutes % 60, literal: true }
            }
            _ => self,
        }
    }

    /// The reading that is left when the usual one has gone by.
    pub(super) fn evening_reading(self) -> Option<u32> {
        (!self.literal && (1..12).contains(&self.hour)).then_some((self.hour + 12) * 60 + self.minute)
    }
}

/// How a word before a clock or a part of the day turns it into a time.
type MakeTime<T> = fn(T) -> Time;

type ClockOr = Result<Clock, ClarifyReason>;

/// How sure it is that the number is an hour at all.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Cue {
    /// A word before it demands a time: "at", "after", "between".
    Demanded,
    /// Nothing but its own form speaks for it.
    Own,
}

impl Reader<'_> {
    pub(super) fn time(&self, at: usize, before: Option<&Atom>) -> Found<Atom> {
        self.time_range(at, before).or_else(|| self.qualified(at)).or_else(|| self.plain(at, before))
    }

    /// "בין 10 ל-2", "מעשר עד שתיים", "17:00-18:00", "10am to 2pm".
    fn time_range(&self, at: usize, before: Option<&Atom>) -> Found<Atom> {
        let mut start = at;
        let mut announced = false;
        while matches!(self.term(start), Some(Term::Between | Term::From | Term::At)) {
            announced |= self.term(start) != Some(Term::At);
            start += 1;
        }
        announced |= self.prefixed(start, 'מ') || self.prefixed(start, 'ב') || start > at;
        let (mut first, mut middle) = self.clock(start, Cue::Demanded)?;
        // "מ-9 בבוקר עד 12 בצהריים": each end has its own part of the day.
        let own_parts = match (first, self.term(middle)) {
            (Ok(clock), Some(Term::Part(part))) => {
                (first, middle) = (Ok(clock.in_part(part)), middle + 1);
                true
            }
            _ => false,
        };
        let (second_at, joined_by_dash) = match self.term(middle)? {
            Term::Sign('-') => (middle + 1, true),
            Term::To | Term::Until => (middle + 1, false),
            Term::And if matches!(self.term(at), Some(Term::Between)) => (middle + 1, false),
            Term::Number { .. } if self.prefixed(middle, 'ל') && announced => (middle, false),
            _ => return None,
        };
        let (mut second, mut end) = self.clock(second_at, Cue::Demanded)?;
        if let (true, Ok(clock), Some(Term::Part(part))) = (own_parts, second, self.term(end)) {
            (second, end) = (Ok(clock.in_part(part)), end + 1);
        }
        let written = |at: usize| self.is_sign(at + 1, ':');
        let after_day = matches!(before, Some(Atom::Day(_) | Atom::Days { .. }));
        let certain = announced
            || written(start)
            || second.is_ok_and(|clock| clock.literal)
            || after_day
            || self.context.asked_for_time && at == 0;
        let quantity = joined_by_dash && !self.may_end(end);
        if !certain || quantity {
            return None;
        }
        match (first, second) {
            (Ok(mut first), Ok(second)) => {
                // "10-2pm" says the half of the day once, for both.
                if second.literal
                    && second.hour > 12
                    && !written(second_at)
                    && !first.literal
                    && first.hour < second.hour - 12
                {
                    first.hour += 12;
                }
                Some((Atom::Time(Time::Between(first, second)), end))
            }
            (Err(reason), _) | (_, Err(reason)) => Some((Atom::Clarify(reason), end)),
        }
    }

    /// A clock or a part of the day with a word before it: "אחרי חמש", "around 5", "עד הצהריים".
    fn qualified(&self, at: usize) -> Found<Atom> {
        let prefix_from = self.prefixed(at, 'מ') && matches!(self.term(at), Some(Term::Number { .. }));
        if prefix_from {
            let (clock, next) = self.clock(at, Cue::Demanded)?;
            let next = next + usize::from(self.term(next) == Some(Term::Onwards));
            return Some((clock.map_or_else(Atom::Clarify, |clock| Atom::Time(Time::After(clock))), next));
        }
        if self.prefixed(at, 'כ') && self.tokens[at].digits() > 0 {
            let (clock, next) = self.clock(at, Cue::Demanded).filter(|(_, next)| self.may_end(*next))?;
            return Some((clock.map_or_else(Atom::Clarify, |clock| Atom::Time(Time::Around(clock))), next));
        }
        let word = self.term(at)?;
        let (of_clock, of_part): (MakeTime<Clock>, MakeTime<DayPart>) = match word {
            Term::After | Term::From => (Time::After, Time::AfterPart),
            Term::Before | Term::Until => (Time::Before, Time::BeforePart),
            Term::Around => (Time::Around, Time::Part),
            _ => return None,
        };
        let mut next = at + 1;
        while matches!(self.term(next), Some(Term::At | Term::Around)) {
            next += 1;
        }
        // "about 5", "before 3" need a time after them that nothing else owns ("about 5 people").
        if let Some((clock, end)) = self.clock(next, Cue::Demanded).filter(|(_, end)| self.may_end(*end)) {
            let end = end + usize::from(self.term(end) == Some(Term::Onwards));
            return Some((clock.map_or_else(Atom::Clarify, |clock| Atom::Time(of_clock(clock))), end));
        }
        match self.term(next)? {
            Term::Part(part) => Some((Atom::Time(of_part(part)), next + 1)),
            _ => None,
        }
    }

    fn plain(&self, at: usize, before: Option<&Atom>) -> Found<Atom> {
        match self.term(at)? {
            Term::Part(_) if self.prefixed(at, 'מ') => return Some((Atom::History, at + 1)),
            Term::Part(part) => return Some((Atom::Time(Time::Part(part)), at + 1)),
            Term::SameTime => return Some((Atom::Time(Time::Same), at + 1)),
            Term::Midnight => {
                return Some((Atom::Time(Time::Clock(Clock { hour: 24, minute: 0, literal: true })), at + 1));
            }
            _ => {}
        }
        let announced = self.term(at) == Some(Term::At)
            || self.is_sign(at, '@')
            || matches!(self.term(at), Some(Term::Unit(Unit::Hour)))
                && self.tokens[at].word.ends_with("שעה")
                && self.tokens.get(at + 1).is_some_and(|next| next.digits() > 0 || next.number().is_some());
        let after_day = matches!(before, Some(Atom::Day(_) | Atom::Days { .. }));
        let after_or = matches!(before, Some(Atom::Or));
        let alone = self.context.asked_for_time && at == 0;
        let loose = after_day || after_or || alone;
        let start = at + usize::from(announced);
        let cue = if announced || loose { Cue::Demanded } else { Cue::Own };
        let (clock, next) = self.clock(start, cue)?;
        // A number that only stands near a day must not belong to the word after it ("מחר 3 אנשים").
        let near_only = loose && !announced && self.tokens[start].prefix.is_empty();
        // "at 12 Herzl": without minutes or a day beside it, the figure may be a house.
        let bare_english = announced && !after_day && self.tokens[at].word == "at" && next == start + 1;
        if bare_english && self.term(next) == Some(Term::Unknown) && self.tokens[next].prefix.is_empty() {
            return None;
        }
        if near_only && !self.may_end(next) && next == start + 1 {
            return None;
        }
        Some((clock.map_or_else(Atom::Clarify, |clock| Atom::Time(Time::Clock(clock))), next))
    }

    /// A clock time and where it ends; an impossible one ("25:00") is found as well.
    fn clock(&self, at: usize, cue: Cue) -> Found<ClockOr> {
        let (clock, next) = self
            .digital(at, cue)
            .or_else(|| self.minutes_to(at))
            .or_else(|| self.past_to(at))
            .or_else(|| self.spoken(at, cue))?;
        let (clock, next) = self.half_of_day(clock, next);
        let known = clock.hour < 24 && clock.minute < 60 || clock.hour == 24 && clock.minute == 0;
        Some((if known { Ok(clock) } else { Err(ClarifyReason::ImpossibleTime) }, next))
    }

    /// "15:30", "15.30", "1530".
    fn digital(&self, at: usize, cue: Cue) -> Found<Clock> {
        let token = self.tokens.get(at)?;
        let hour = token.number().filter(|_| token.digits() > 0)?;
        if token.digits() == 4 || token.digits() == 3 && cue == Cue::Demanded {
            let whole = self.context.asked_for_time && self.tokens.len() <= 2;
            let told = at > 0 && self.term(at - 1) == Some(Term::At);
            let plausible = hour / 100 < 24 && hour % 100 < 60;
            return ((whole || told) && plausible)
                .then_some((Clock { hour: hour / 100, minute: hour % 100, literal: true }, at + 1));
        }
        let sign = self.term(at + 1)?;
        let minute_token = self.tokens.get(at + 2).filter(|token| token.glued && token.digits() == 2)?;
        let minute = minute_token.number()?;
        let glued = self.tokens[at + 1].glued && token.digits() <= 2;
        let dotted = sign == Term::Sign('.')
            && (minute > 12 || cue == Cue::Demanded && at > 0 && self.term(at - 1) == Some(Term::At));
        let colon = sign == Term::Sign(':');
        if !glued || !(colon || dotted && !self.is_sign(at + 3, '.')) {
            return None;
        }
        // "09:30" says the half of the day; "3:30" is how people write half past three in the afternoon.
        let literal = token.digits() == 2 || !(1..=6).contains(&hour);
        let seconds =
            self.is_sign(at + 3, ':') && self.tokens.get(at + 4).is_some_and(|token| token.digits() == 2);
        Some((Clock { hour, minute, literal }, at + if seconds { 5 } else { 3 }))
    }

    /// "רבע לשלוש", "עשרים לשבע".
    fn minutes_to(&self, at: usize) -> Found<Clock> {
        let less = match self.term(at)? {
            Term::Quarter => 15,
            Term::Number { value: value @ (5 | 10 | 20 | 25), digits: 0 } => value,
            _ => return None,
        };
        let hour = self
            .tokens
            .get(at + 1)
            .filter(|token| token.prefix == "ל")?
            .number()
            .filter(|hour| (1..=12).contains(hour))?;
        Some((before_hour(hour, less), at + 2))
    }

    /// "half past three", "quarter to five", "ten past nine".
    fn past_to(&self, at: usize) -> Found<Clock> {
        let minutes = match self.term(at)? {
            Term::Half => 30,
            Term::Quarter => 15,
            Term::Number { value, digits: 0 } if value < 30 => value,
            _ => return None,
        };
        let word = self.term(at + 1)?;
        let hour = self.tokens.get(at + 2)?.number().filter(|hour| (1..=12).contains(hour))?;
        let minutes_known = minutes % 5 == 0 && minutes > 0;
        match word {
            Term::Past if minutes_known => Some((Clock { hour, minute: minutes, literal: false }, at + 3)),
            Term::To
                if minutes_known
                    && self.tokens[at + 2].digits() == 0
                    && !(at > 0 && matches!(self.term(at - 1), Some(Term::From | Term::At))) =>
            {
                Some((before_hour(hour, minutes), at + 3))
            }
            _ => None,
        }
    }

    /// An hour with or without minutes after it: "בעשר", "שלוש וחצי", "שלוש ארבעים וחמש", "9 בבוקר".
    fn spoken(&self, at: usize, cue: Cue) -> Found<Clock> {
        let token = self.tokens.get(at)?;
        let mut hour = token.number()?;
        let as_word = token.digits() == 0;
        let mut next = at + 1;
        if as_word && hour == 20 && self.prefixed(next, 'ו') {
            // "בעשרים ואחת": hours of the evening in words.
            if let Some(more) =
                self.tokens[next].number().filter(|more| *more < 4 && self.tokens[next].digits() == 0)
            {
                hour += more;
                next += 1;
            }
        }
        let (minute, after) = self.spoken_minutes(next, as_word).unwrap_or((0, next));
        let with_minutes = after > next;
        let next = after;
        let told = token.has_prefix('ב') || token.prefix == "ל" && at > 0 && self.day_before(at);
        let followed = matches!(self.term(next), Some(Term::Part(_) | Term::Am | Term::Pm | Term::Oclock));
        if !(cue == Cue::Demanded || told || followed || with_minutes) || token.digits() > 2 {
            return None;
        }
        // A figure above the clock's face is an impossible time only where a colon shows that a time was meant.
        if hour > 24 || self.is_sign(next, '/') || self.glued_fraction(next) {
            return None;
        }
        let counted = matches!(
            self.term(next),
            Some(
                Term::Unit(_)
                    | Term::Measure
                    | Term::Ordinal
                    | Term::Month(_)
                    | Term::DayOfMonth
                    | Term::Sign('%')
            )
        ) && (!self.prefixed(next, 'ב')
            || matches!(self.term(next), Some(Term::Month(_) | Term::DayOfMonth)));
        // "באחת הדירות": one of them.
        let one_of = as_word
            && hour == 1
            && self
                .tokens
                .get(next)
                .is_some_and(|after| after.term == Term::Unknown && after.word.starts_with('ה'));
        if counted || one_of {
            return None;
        }
        Some((Clock { hour, minute, literal: false }, next))
    }

    /// A figure that goes on after a point ("4.5") is no hour.
    fn glued_fraction(&self, at: usize) -> bool {
        self.is_sign(at, '.')
            && self.tokens[at].glued
            && self.tokens.get(at + 1).is_some_and(|token| token.glued && token.digits() > 0)
    }

    fn day_before(&self, at: usize) -> bool {
        (at.saturating_sub(3)..at)
            .any(|at| matches!(self.term(at), Some(Term::DaysAhead(_) | Term::Weekday(_))))
    }

    fn spoken_minutes(&self, at: usize, hour_as_word: bool) -> Found<u32> {
        let joined = self.prefixed(at, 'ו') || at > 0 && self.term(at) == Some(Term::And);
        let at = at + usize::from(self.term(at) == Some(Term::And));
        let token = self.tokens.get(at)?;
        let (minute, mut next) = match token.term {
            Term::Half if joined => (30, at + 1),
            Term::Quarter if joined => (15, at + 1),
            // "תשע אפס חמש".
            Term::Number { value: 0, digits: 0 } if hour_as_word => {
                (self.tokens.get(at + 1)?.number().filter(|n| *n < 10)?, at + 2)
            }
            Term::Number { value, digits: 0 }
                if hour_as_word && (5..60).contains(&value) && (value >= 10 || joined) =>
            {
                let units = self.tokens.get(at + 1).filter(|unit| {
                    value % 10 == 0
                        && value >= 20
                        && unit.digits() == 0
                        && (unit.prefix == "ו" || unit.word.is_ascii())
                });
                match units.and_then(|unit| unit.number()).filter(|unit| (1..10).contains(unit)) {
                    Some(unit) => (value + unit, at + 2),
                    None => (value, at + 1),
                }
            }
            _ => return None,
        };
        if joined && !token.prefix.is_empty() && token.prefix != "ו" {
            return None;
        }
        // "שלוש וחצי שעות" lasts; "שלוש ועשרים דקות" is a time.
        if matches!(self.term(next), Some(Term::Unit(Unit::Minute)))
            && minute < 60
            && token.number().is_some()
        {
            next += 1;
        }
        (!matches!(self.term(next), Some(Term::Unit(_))) || self.prefixed(next, 'ב'))
            .then_some((minute, next))
    }

    /// "pm", "o'clock".
    fn half_of_day(&self, clock: Clock, at: usize) -> (Clock, usize) {
        let after_noon = match self.term(at) {
            Some(Term::Am) => false,
            Some(Term::Pm) => true,
            Some(Term::Oclock) => return self.half_of_day(clock, at + 1),
            _ => return (clock, at),
        };
        (with_half(clock, after_noon), at + 1)
    }
}

fn with_half(clock: Clock, after_noon: bool) -> Clock {
    if clock.hour > 12 {
        return clock;
    }
    let hour = clock.hour % 12 + if after_noon { 12 } else { 0 };
    Clock { hour, minute: clock.minute, literal: true }
}

fn before_hour(hour: u32, minutes: u32) -> Clock {
    Clock { hour: if hour == 1 { 12 } else { hour - 1 }, minute: 60 - minutes, literal: false }
}
