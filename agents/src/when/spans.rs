//! Lengths of time ("בעוד שעה וחצי", "within two days", "יום לפני") and stretches of days ("סוף שבוע הבא").

use chrono::{DateTime, Datelike, Duration, Months, NaiveDate, Timelike, Utc, Weekday};

use super::ClarifyReason;
use super::atoms::{Atom, Day, Found, Reader, Time};
use super::days::plus;
use super::lexicon::{Term, Unit};
use super::local;

/// A length: minutes elapse, days and months are counted on the calendar.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
struct Amount {
    minutes: i64,
    days: i64,
    months: u32,
}

impl Reader<'_> {
    /// Expressions that count from now, from a clock time or from the appointment.
    pub(super) fn shift(&self, at: usize) -> Found<Atom> {
        match self.term(at)? {
            Term::In => {
                if self.term(at + 1) == Some(Term::Few) && matches!(self.term(at + 2), Some(Term::Unit(_))) {
                    return Some((Atom::Clarify(ClarifyReason::HowLong), at + 3));
                }
                let (amount, next) = self.amount(at + 1)?;
                Some((self.ahead(amount)?, next))
            }
            Term::Within => {
                let (amount, next) = self.amount(at + 1)?;
                let end = self.wall_shift(self.context.now, amount)?;
                Some((Atom::Window(self.context.now, end), next))
            }
            _ => {
                let (amount, next) = self.amount(at)?;
                // "a week from tomorrow".
                if self.term(next) == Some(Term::From)
                    && amount.minutes == 0
                    && let Some((Atom::Day(mut day), end)) = self.days(next + 1)
                {
                    for date in &mut day.dates {
                        *date = plus(date.checked_add_months(Months::new(amount.months))?, amount.days)?;
                    }
                    return Some((Atom::Day(Day { rolls: false, ..day }), end));
                }
                let after = match self.term(next)? {
                    Term::After => true,
                    Term::Before => false,
                    _ if self.tokens[next].word == "from" && self.term(next + 1) == Some(Term::Earliest) => {
                        return Some((self.ahead(amount)?, next + 2));
                    }
                    _ => return None,
                };
                if let Some((Atom::Time(Time::Clock(clock)), end)) = self.time(next + 1, Some(&Atom::Or)) {
                    let minutes = i32::try_from(amount.minutes)
                        .ok()
                        .filter(|_| amount.days == 0 && amount.months == 0)?;
                    return Some((
                        Atom::Time(Time::Offset(clock, if after { minutes } else { -minutes })),
                        end,
                    ));
                }
                let alone =
                    self.term(next + 1).is_none_or(|word| matches!(word, Term::Sign(_) | Term::Neutral))
                        || self.tokens[next + 1].word.starts_with("הפגישה")
                        || self.tokens[next + 1].word.starts_with("התור");
                (!after && alone).then(|| (self.before_appointment(amount), next + 1))
            }
        }
    }

    fn ahead(&self, amount: Amount) -> Option<Atom> {
        if amount.minutes > 0 {
            let days = self.wall_shift(self.context.now, Amount { minutes: 0, ..amount })?;
            return Some(Atom::Points(vec![days.checked_add_signed(Duration::minutes(amount.minutes))?]));
        }
        let date = self.today.checked_add_months(Months::new(amount.months))?;
        Some(Atom::Day(Day::exact(plus(date, amount.days)?)))
    }

    /// Days and months move the wall clock, minutes elapse.
    fn wall_shift(&self, from: DateTime<Utc>, amount: Amount) -> Option<DateTime<Utc>> {
        let elapsed = Duration::minutes(amount.minutes);
        if amount.days == 0 && amount.months == 0 {
            return from.checked_add_signed(elapsed);
        }
        let wall = from.with_timezone(&self.context.zone).naive_local();
        let date = plus(wall.date().checked_add_months(Months::new(amount.months))?, amount.days)?;
        local::instant(date, local::minutes(wall.time()), self.context.zone)?.checked_add_signed(elapsed)
    }

    /// "יום לפני" keeps the wall clock; so does "24 hours before", with the elapsed reading beside it.
    fn before_appointment(&self, amount: Amount) -> Atom {
        let Some(appointment) = self.context.appointment else {
            return Atom::Clarify(ClarifyReason::WhichAppointment);
        };
        let wall = appointment.with_timezone(&self.context.zone).naive_local();
        let on_wall = |days: i64, months: u32| {
            let date = plus(wall.date().checked_sub_months(Months::new(months))?, -days)?;
            local::instant(date, wall.hour() * 60 + wall.minute(), self.context.zone)
        };
        let elapsed = appointment.checked_sub_signed(Duration::minutes(amount.minutes));
        let mut points = Vec::new();
        if amount.days > 0 || amount.months > 0 {
            points.extend(
                on_wall(amount.days, amount.months)
                    .and_then(|point| point.checked_sub_signed(Duration::minutes(amount.minutes))),
            );
        } else {
            if amount.minutes % 1_440 == 0 {
                points.extend(on_wall(amount.minutes / 1_440, 0));
            }
            points.extend(elapsed.filter(|point| !points.contains(point)));
        }
        Atom::Points(points)
    }

    fn amount(&self, at: usize) -> Found<Amount> {
        let (quarters, unit, next) = match self.term(at)? {
            Term::Half if self.tokens[at].word == "полчаса" => (2, Unit::Hour, at + 1),
            Term::Half => (2, self.unit(at + 1)?, at + 2),
            Term::Quarter => (1, self.unit(at + 1)?, at + 2),
            Term::ThreeQuarters => (3, self.unit(at + 1)?, at + 2),
            Term::Counted(count, unit) => (count * 4, unit, at + 1),
            Term::Unit(unit) => match self.tokens.get(at + 1) {
                // "שעה אחת", and "dakika"-like orders with the number after the unit.
                Some(token)
                    if token.number() == Some(1) && token.digits() == 0 && token.prefix.is_empty() =>
                {
                    (4, unit, at + 2)
                }
                _ => (4, unit, at + 1),
            },
            Term::Number { value, .. } => {
                let mut value = value;
                let mut next = at + 1;
                let tens = value >= 20 && value % 10 == 0;
                if let Some(units) = self
                    .tokens
                    .get(next)
                    .filter(|token| tens && token.prefix == "ו" && token.digits() == 0)
                    .and_then(|token| token.number())
                {
                    value += units;
                    next += 1;
                }
                let half = self.term(next) == Some(Term::Half) && self.prefixed(next, 'ו')
                    || self.term(next) == Some(Term::And) && self.term(next + 1) == Some(Term::Half);
                let half_words = if self.term(next) == Some(Term::And) { 2 } else { 1 };
                if half && let Some(unit) = self.unit(next + half_words) {
                    (value.saturating_mul(4).saturating_add(2), unit, next + half_words + 1)
                } else {
                    (value.saturating_mul(4), self.unit(next)?, next + 1)
                }
            }
            _ => return None,
        };
        let mut quarters = quarters;
        let mut next = next;
        let joined = self.prefixed(next, 'ו') || self.term(next) == Some(Term::And);
        let fraction_at = next + usize::from(self.term(next) == Some(Term::And));
        let fraction = match self.term(fraction_at) {
            Some(Term::Half) if joined => 2,
            Some(Term::Quarter) if joined => 1,
            _ => 0,
        };
        if fraction > 0 {
            quarters += fraction;
            next = fraction_at + 1;
        }
        Some((amount_of(quarters, unit)?, next))
    }

    fn unit(&self, at: usize) -> Option<Unit> {
        match self.term(at)? {
            Term::Unit(unit) => Some(unit),
            Term::Holiday(super::hebrew_calendar::Holiday::Shavuot) => Some(Unit::Week),
            _ => None,
        }
    }

    /// Stretches of days: weeks, weekends, months.
    pub(super) fn span(&self, at: usize) -> Found<Atom> {
        let saturday = self.today.weekday() == Weekday::Sat;
        let edge = match self.term(at)? {
            word @ (Term::Start | Term::Middle | Term::End) => Some(word),
            _ => None,
        };
        if matches!(self.term(at)?, Term::LaterIn | Term::Vague) && self.term(at + 1) == Some(Term::ThisWeek)
        {
            let from = plus(self.today, 1)?;
            let to = if saturday { plus(self.next_sunday()?, 7)? } else { self.next_sunday()? };
            return Some((days(from, to), at + 2));
        }
        if edge.is_none()
            && let Some(found) = self.weekend(at)
        {
            return Some(found);
        }
        let (from, to, next) = self.whole(at + usize::from(edge.is_some()))?;
        let is_week = (to - from).num_days() == 7;
        let (from, to) = match (edge, is_week) {
            (None, _) => (from, to),
            (Some(Term::Start), true) => (from, plus(from, 2)?),
            (Some(Term::Middle), true) => (plus(from, 2)?, plus(from, 4)?),
            (Some(_), true) => (plus(to, -2)?, to),
            (Some(Term::Start), false) => (from, plus(from, 10)?),
            (Some(Term::Middle), false) => (plus(from, 10)?, plus(from, 20)?),
            (Some(_), false) => (plus(to, -10)?, to),
        };
        let from = from.max(self.today);
        if from >= to {
            return Some((Atom::Gone, next));
        }
        Some((days(from, to), next))
    }

    fn weekend(&self, at: usize) -> Found<Atom> {
        let leading = matches!(self.term(at)?, Term::Next | Term::This | Term::Coming);
        if self.term(at + usize::from(leading)) != Some(Term::Weekend) {
            return None;
        }
        let mut next = at + 1 + usize::from(leading);
        let mut is_next = leading && self.term(at) == Some(Term::Next);
        if !leading && matches!(self.term(next), Some(Term::Next | Term::Coming | Term::This)) {
            is_next = self.term(next) == Some(Term::Next);
            next += 1;
        }
        let sunday = self.next_sunday()?;
        let end = if is_next { plus(sunday, 7)? } else { sunday };
        let from = plus(end, -2)?.max(self.today);
        Some((days(from, end), next))
    }

    /// A whole week or month, with what is left of it decided by the caller.
    fn whole(&self, at: usize) -> Option<(NaiveDate, NaiveDate, usize)> {
        let sunday = self.next_sunday()?;
        let saturday = self.today.weekday() == Weekday::Sat;
        let next_month = self.today.with_day(1)?.checked_add_months(Months::new(1))?;
        match (self.term(at)?, self.term(at + 1)) {
            // On Saturday the rest of the week is today alone: the coming one is meant.
            (Term::ThisWeek, _) if saturday => Some((sunday, plus(sunday, 7)?, at + 1)),
            (Term::ThisWeek, _) => Some((plus(sunday, -7)?, sunday, at + 1)),
            (Term::ThisMonth, None | Some(_)) if self.term(at + 1) != Some(Term::Next) => {
                Some((self.today.with_day(1)?, next_month, at + 1))
            }
            (Term::Unit(Unit::Week), Some(Term::Next | Term::Coming))
            | (Term::Next | Term::Coming, Some(Term::Unit(Unit::Week))) => {
                Some((sunday, plus(sunday, 7)?, at + 2))
            }
            (Term::Unit(Unit::Month) | Term::ThisMonth, Some(Term::Next))
            | (Term::Next, Some(Term::Unit(Unit::Month))) => {
                Some((next_month, next_month.checked_add_months(Months::new(1))?, at + 2))
            }
            (Term::Unit(Unit::Week), _) if at > 0 && self.edge_with_article(at) => {
                Some((plus(sunday, -7)?, sunday, at + 1))
            }
            (Term::Unit(Unit::Month), _) if at > 0 && self.edge_with_article(at) => {
                Some((self.today.with_day(1)?, next_month, at + 1))
            }
            _ => None,
        }
    }

    /// "end of the week": after an edge, a unit alone is the present one.
    fn edge_with_article(&self, at: usize) -> bool {
        matches!(self.term(at - 1), Some(Term::Start | Term::Middle | Term::End))
    }
}

fn amount_of(quarters: u32, unit: Unit) -> Option<Amount> {
    let quarters_long = i64::from(quarters);
    Some(match unit {
        Unit::Minute => Amount { minutes: quarters_long / 4, ..Amount::default() },
        Unit::Hour => Amount { minutes: quarters_long * 15, ..Amount::default() },
        Unit::Day => {
            Amount { days: quarters_long / 4, minutes: quarters_long % 4 * 360, ..Amount::default() }
        }
        Unit::Week => Amount { days: quarters_long * 7 / 4, ..Amount::default() },
        Unit::Month => {
            Amount { months: quarters / 4, days: i64::from(quarters % 4) * 30 / 4, ..Amount::default() }
        }
        Unit::Year => Amount { months: quarters.checked_mul(3)?, ..Amount::default() },
    })
}

fn days(from: NaiveDate, to: NaiveDate) -> Atom {
    Atom::Days { from, to: Some(to), week: (to - from).num_days() <= 7 }
}
