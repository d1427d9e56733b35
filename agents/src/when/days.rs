//! Days: "מחר", "יום שלישי הבא", "24/12", "ה-12 בפברואר", "ערב חג". It knows the calendar and the week from Sunday to
//! Saturday, and leaves the time of day to others.

use chrono::{Datelike, Days, NaiveDate, Timelike, Weekday};

use super::ClarifyReason;
use super::atoms::{Atom, Day, Found, Reader};
use super::hebrew_calendar::{self, Holiday};
use super::lexicon::{Term, Unit};

/// From this hour on, a weekday that is today's and comes without a time means next week's.
const DAY_IS_OVER: u32 = 18;

pub(super) fn plus(date: NaiveDate, days: i64) -> Option<NaiveDate> {
    if days < 0 {
        date.checked_sub_days(Days::new(days.unsigned_abs()))
    } else {
        date.checked_add_days(Days::new(days.unsigned_abs()))
    }
}

impl Reader<'_> {
    pub(super) fn days(&self, at: usize) -> Found<Atom> {
        self.day_range(at)
            .or_else(|| self.bounded_day(at))
            .or_else(|| self.holiday(at))
            .or_else(|| self.single_day(at))
    }

    fn single_day(&self, at: usize) -> Found<Atom> {
        let excepted = at > 0 && self.term(at - 1) == Some(Term::Except);
        let from_then = self.prefixed(at, 'מ') && !excepted;
        let (day, next) = match self.day(at)? {
            (Ok(day), next) => (day, next),
            (Err(reason), next) => return Some((Atom::Clarify(reason), next)),
        };
        if !from_then {
            return Some((Atom::Day(day), next));
        }
        let ahead = matches!(self.term(at), Some(Term::DaysAhead(_)));
        if self.term(next) == Some(Term::Onwards) || ahead {
            let next = next + usize::from(self.term(next) == Some(Term::Onwards));
            return Some((Atom::Days { from: *day.dates.first()?, to: None, week: false }, next));
        }
        Some((Atom::History, next))
    }

    /// "מראשון עד חמישי", "בין שני לרביעי", "Sunday to Thursday".
    fn day_range(&self, at: usize) -> Found<Atom> {
        let opened = matches!(self.term(at), Some(Term::Between | Term::From));
        let (first, middle) = self.day(at + usize::from(opened))?;
        let step = match self.term(middle)? {
            Term::Until | Term::To | Term::Sign('-') => 1,
            Term::And if opened => 1,
            _ if opened && self.prefixed(middle, 'ל') => 0,
            _ => return None,
        };
        let (second, end) = self.day(middle + step)?;
        let (Ok(first), Ok(second)) = (first, second) else {
            return Some((Atom::Clarify(ClarifyReason::ImpossibleDate), end));
        };
        let from = *first.dates.first()?;
        let mut last = *second.dates.first()?;
        while last < from {
            last = plus(last, 7)?;
        }
        Some((Atom::Days { from, to: Some(plus(last, 1)?), week: false }, end))
    }

    /// "עד יום חמישי", "before Friday", "אחרי ראש השנה", "starting Monday".
    fn bounded_day(&self, at: usize) -> Found<Atom> {
        let word = self.term(at)?;
        if !matches!(word, Term::After | Term::Before | Term::Until | Term::From) {
            return None;
        }
        let (first, end, next) = match self.holiday_span(at + 1) {
            Some(((first, end), next)) => (first, end, next),
            None => {
                let (day, next) = self.day(at + 1)?;
                let first = *day.ok()?.dates.first()?;
                (first, plus(first, 1)?, next)
            }
        };
        let since = word == Term::From && matches!(self.tokens[at].word.as_str(), "since" | "מאז");
        let atom = match word {
            _ if since => Atom::History,
            Term::After => Atom::Days { from: end, to: None, week: false },
            Term::From => Atom::Days { from: first, to: None, week: false },
            Term::Before => {
                // "by Tuesday" lets Tuesday in, "before Tuesday" does not.
                let to = if self.tokens[at].word == "by" { end } else { first };
                Atom::Days { from: self.today, to: Some(to), week: false }
            }
            _ => Atom::Days { from: self.today, to: Some(end), week: false },
        };
        Some((atom, next + usize::from(self.term(next) == Some(Term::Onwards))))
    }

    fn holiday(&self, at: usize) -> Found<Atom> {
        let eve = matches!(self.term(at), Some(Term::Eve | Term::Part(super::DayPart::Evening)));
        if eve && let Some(Term::Holiday(holiday)) = self.term(at + 1) {
            let date = hebrew_calendar::next_eve(holiday, self.today)?;
            return Some((Atom::Day(Day::exact(date)), at + 2));
        }
        if eve && self.term(at + 1) == Some(Term::Weekday(Weekday::Sat)) && self.tokens[at].prefix.is_empty()
        {
            let date = self.nearest(Weekday::Fri)?;
            return Some((Atom::Day(Day::exact(date)), at + 2));
        }
        let ((from, to), next) = self.holiday_span(at)?;
        let atom = if plus(from, 1)? == to {
            Atom::Day(Day::exact(from))
        } else {
            Atom::Days { from, to: Some(to), week: false }
        };
        Some((atom, next))
    }

    fn holiday_span(&self, at: usize) -> Found<hebrew_calendar::Span> {
        let Some(Term::Holiday(holiday)) = self.term(at) else { return None };
        // "3 שבועות" are weeks, not the festival.
        let counted = holiday == Holiday::Shavuot
            && at > 0
            && matches!(self.term(at - 1), Some(Term::Number { .. } | Term::Few));
        (!counted).then(|| hebrew_calendar::next(holiday, self.today)).flatten().map(|span| (span, at + 1))
    }

    fn day(&self, at: usize) -> Found<Result<Day, ClarifyReason>> {
        self.relative_day(at)
            .or_else(|| self.weekday(at))
            .map(|(day, next)| (Ok(day), next))
            .or_else(|| self.calendar_date(at))
    }

    fn relative_day(&self, at: usize) -> Found<Day> {
        let Some(Term::DaysAhead(days)) = self.term(at) else { return None };
        let literal = plus(self.today, days)?;
        let mut day = Day::exact(literal);
        if days == 1 && self.small_hours() {
            day.dates.push(self.today);
        }
        Some((day, at + 1))
    }

    fn weekday(&self, at: usize) -> Found<Day> {
        let leading = match self.term(at)? {
            word @ (Term::Next | Term::Coming | Term::This) => Some(word),
            _ => None,
        };
        let named_at = at + usize::from(leading.is_some());
        let weekday = match self.term(named_at) {
            Some(Term::Weekday(weekday)) => weekday,
            _ => {
                return self.letter_in_list(at).and_then(|weekday| {
                    let day = Day {
                        dates: vec![self.nearest(weekday)?],
                        weekday: Some(weekday),
                        rolls: true,
                        dated: false,
                    };
                    Some((day, at + 1))
                });
            }
        };
        let following = self.term(named_at + 1).filter(|word| {
            leading.is_none()
                && matches!(word, Term::Next | Term::Coming | Term::This)
                && self.term(named_at + 2) != Some(Term::Unit(Unit::Week))
        });
        let next = named_at + 1 + usize::from(following.is_some());
        if leading.is_none() && following.is_none() && !self.surely_weekday(named_at) {
            return None;
        }
        let nearest = self.nearest(weekday)?;
        let exact = |dates| Day { dates, weekday: Some(weekday), rolls: false, dated: false };
        let day = match leading.or(following) {
            Some(Term::Next) => {
                let next_week = plus(self.next_sunday()?, i64::from(weekday.num_days_from_sunday()))?;
                let mut dates = vec![next_week];
                // On Saturday evening the coming week is both "next" and already "this".
                if self.today.weekday() == Weekday::Sat && self.local.hour() >= 17 {
                    dates.push(plus(next_week, 7)?);
                }
                exact(dates)
            }
            Some(Term::Coming) => {
                exact(vec![if nearest == self.today { plus(nearest, 7)? } else { nearest }])
            }
            _ => Day { dates: vec![nearest], weekday: Some(weekday), rolls: true, dated: false },
        };
        Some((day, next))
    }

    /// "יום א' או ג'": a letter alone is a weekday only after another one.
    fn letter_in_list(&self, at: usize) -> Option<Weekday> {
        let first = at.checked_sub(2).and_then(|at| self.term(at));
        let joined =
            at > 0 && matches!(self.term(at - 1), Some(Term::Or | Term::Until | Term::Sign('-' | ',')));
        if !joined || !matches!(first, Some(Term::Weekday(_))) {
            return None;
        }
        match self.tokens.get(at)?.word.as_str() {
            "א'" => Some(Weekday::Sun),
            "ב'" => Some(Weekday::Mon),
            "ג'" => Some(Weekday::Tue),
            "ד'" => Some(Weekday::Wed),
            "ה'" => Some(Weekday::Thu),
            "ו'" => Some(Weekday::Fri),
            _ => None,
        }
    }

    /// Ordinals are weekdays in Hebrew and short names are words in English: those need company that fits.
    fn surely_weekday(&self, at: usize) -> bool {
        let token = &self.tokens[at];
        let stem = token.word.strip_prefix(token.prefix.as_str()).unwrap_or(&token.word);
        let safe = stem.starts_with("יום")
            || stem.starts_with("ימי")
            || stem.contains("day")
            || !matches!(
                stem,
                "ראשון"
                    | "שני"
                    | "שלישי"
                    | "רביעי"
                    | "חמישי"
                    | "שישי"
                    | "ששי"
                    | "sun"
                    | "sat"
                    | "mon"
                    | "wed"
                    | "thu"
                    | "fri"
                    | "tue"
            );
        let figure = self.tokens.get(at + 1).is_some_and(|next| next.digits() > 0);
        let after_ordinal_noun = at > 0 && matches!(self.term(at - 1), Some(Term::NumberCue | Term::Measure));
        safe || (self.may_end(at + 1) || figure) && !after_ordinal_noun
    }

    pub(super) fn nearest(&self, weekday: Weekday) -> Option<NaiveDate> {
        let ahead = (7 + weekday.num_days_from_sunday() - self.today.weekday().num_days_from_sunday()) % 7;
        plus(self.today, i64::from(ahead))
    }

    /// The Sunday that begins the next calendar week.
    pub(super) fn next_sunday(&self) -> Option<NaiveDate> {
        plus(self.today, 7 - i64::from(self.today.weekday().num_days_from_sunday()))
    }

    /// Whether a weekday without a time may still mean today.
    pub(super) fn day_is_over(&self) -> bool {
        self.local.hour() >= DAY_IS_OVER
    }

    fn calendar_date(&self, at: usize) -> Found<Result<Day, ClarifyReason>> {
        self.iso_date(at)
            .or_else(|| self.numeric_date(at))
            .or_else(|| self.named_month(at))
            .or_else(|| self.day_of_month(at))
    }

    fn figure(&self, at: usize, most: usize) -> Option<u32> {
        let token = self.tokens.get(at)?;
        (1..=most).contains(&token.digits()).then(|| token.number()).flatten()
    }

    fn iso_date(&self, at: usize) -> Found<Result<Day, ClarifyReason>> {
        let year = self.figure(at, 4).filter(|year| (1900..2200).contains(year))?;
        if !(self.is_sign(at + 1, '-') || self.is_sign(at + 1, '/') || self.is_sign(at + 1, '.'))
            || self.term(at + 1) != self.term(at + 3)
        {
            return None;
        }
        let (month, day) = (self.figure(at + 2, 2)?, self.figure(at + 4, 2)?);
        Some((self.dated(day, month, Some(year)), at + 5))
    }

    /// "24/12", "12.2.2026", "12-02-2026": the day comes first, in every language.
    fn numeric_date(&self, at: usize) -> Found<Result<Day, ClarifyReason>> {
        let day = self.figure(at, 2)?;
        let Some(Term::Sign(sign @ ('/' | '.' | '-'))) = self.term(at + 1) else { return None };
        let month = self.figure(at + 2, 2)?;
        if !self.tokens[at + 1].glued || !self.tokens[at + 2].glued {
            return None;
        }
        let year = (self.is_sign(at + 3, sign) && self.tokens.get(at + 4).is_some_and(|token| token.glued))
            .then(|| self.figure(at + 4, 4).map(|year| if year < 100 { year + 2_000 } else { year }))
            .flatten();
        let next = at + if year.is_some() { 5 } else { 3 };
        let in_place = self.may_stand_as_date(at, next, sign);
        if year.is_none() && (sign == '-' || day > 39 || month > 31 || !in_place || sign == '.' && month > 12)
        {
            return None;
        }
        Some((self.dated(day, month, year), next))
    }

    /// A date without a year looks like a house and a flat, a fraction or a score: what is around it decides.
    fn may_stand_as_date(&self, at: usize, next: usize, sign: char) -> bool {
        let before_fits = at == 0
            || !self.tokens[at].prefix.is_empty()
            || !matches!(
                self.term(at - 1),
                Some(Term::Unknown | Term::Opaque | Term::NumberCue | Term::PriceCue | Term::StreetCue)
            );
        let told =
            at > 0 && matches!(self.tokens[at - 1].word.as_str(), "תאריך" | "בתאריך" | "לתאריך" | "date");
        let clock_follows = self.figure(next, 2).is_some() && self.is_sign(next + 1, ':');
        let time_follows = clock_follows
            || self.prefixed(next, 'ב')
            || matches!(self.term(next), Some(Term::Part(_) | Term::At));
        // After a day that is already named, "10.05" is a time.
        let after_day = at > 0 && matches!(self.term(at - 1), Some(Term::DaysAhead(_) | Term::At));
        (before_fits && self.may_end(next) || told || time_follows) && !(sign == '.' && after_day)
    }

    /// "12 בפברואר", "12th of February", "Feb 12".
    fn named_month(&self, at: usize) -> Found<Result<Day, ClarifyReason>> {
        if let Some(Term::Month(month)) = self.term(at) {
            let day = self.figure(at + 1, 2).filter(|day| (1..=39).contains(day))?;
            let next = at + 2 + usize::from(self.term(at + 2) == Some(Term::Ordinal));
            let comma = usize::from(self.is_sign(next, ','));
            let year = self.figure(next + comma, 4).filter(|year| *year > 1_900);
            let end = if year.is_some() { next + comma + 1 } else { next };
            let is_clock = self.is_sign(at + 2, ':');
            return (!is_clock).then(|| (self.dated(day, month, year), end));
        }
        let day = self
            .tokens
            .get(at)?
            .number()
            .filter(|day| (1..=39).contains(day) && self.tokens[at].digits() < 3)?;
        let month_at = at + 1 + usize::from(self.term(at + 1) == Some(Term::Ordinal));
        let Some(Term::Month(month)) = self.term(month_at) else { return None };
        let year = self.figure(month_at + 1, 4).filter(|year| *year > 1_900);
        Some((self.dated(day, month, year), month_at + 1 + usize::from(year.is_some())))
    }

    /// "12 לחודש", "the 12th", "ה-12".
    fn day_of_month(&self, at: usize) -> Found<Result<Day, ClarifyReason>> {
        let day = self.figure(at, 2)?;
        let marked = matches!(self.term(at + 1), Some(Term::DayOfMonth | Term::Ordinal));
        let article = self.prefixed(at, 'ה') && self.may_end(at + 1) && !self.is_sign(at + 1, ':');
        let ordinal_of_thing = self.term(at + 1) == Some(Term::Ordinal) && !self.may_end(at + 2);
        if !(marked || article) || ordinal_of_thing {
            return None;
        }
        let next = at + 1 + usize::from(marked);
        if !(1..=31).contains(&day) {
            return Some((Err(ClarifyReason::ImpossibleDate), next));
        }
        let (mut year, mut month) = (self.today.year(), self.today.month());
        for _ in 0..4 {
            if let Some(date) = NaiveDate::from_ymd_opt(year, month, day).filter(|date| *date >= self.today) {
                return Some((Ok(Day { dated: true, ..Day::exact(date) }), next));
            }
            (year, month) = if month == 12 { (year + 1, 1) } else { (year, month + 1) };
        }
        None
    }

    /// A date without a year is the next such day; an old year is moved to this one where that is still ahead.
    fn dated(&self, day: u32, month: u32, year: Option<u32>) -> Result<Day, ClarifyReason> {
        let this_year = self.today.year();
        let on = |year: i32| NaiveDate::from_ymd_opt(year, month, day);
        let date = match year {
            Some(year) => {
                let written = i32::try_from(year).ok().and_then(on).ok_or(ClarifyReason::ImpossibleDate)?;
                if written < self.today {
                    on(this_year).filter(|date| *date > self.today).unwrap_or(written)
                } else {
                    written
                }
            }
            // The next leap day is never more than eight years away.
            None => (this_year..this_year + 9)
                .filter_map(on)
                .find(|date| *date >= self.today)
                .ok_or(ClarifyReason::ImpossibleDate)?,
        };
        Ok(Day { dated: true, ..Day::exact(date) })
    }
}
