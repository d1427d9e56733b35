//! What the atoms of a message mean together: which day goes with which time, what was ruled out, what was taken
//! back, and which readings remain. It reads no words.

use super::atoms::{Atom, Day, Reader, Time};
use super::days::plus;
use super::resolve::resolve;
use super::{ClarifyReason, Excluded, When};
use chrono::{DateTime, NaiveDate, Utc};

/// One wish: a day and a time that belong together.
#[derive(Debug, Clone, Default)]
pub(super) struct Wish {
    pub(super) day: Option<Day>,
    pub(super) days: Option<(NaiveDate, Option<NaiveDate>)>,
    pub(super) part: Option<super::DayPart>,
    pub(super) time: Option<Time>,
    pub(super) points: Vec<DateTime<Utc>>,
    pub(super) window: Option<(DateTime<Utc>, DateTime<Utc>)>,
    pub(super) clarify: Option<ClarifyReason>,
    /// Ruled out instead of asked for.
    negated: bool,
    gone: bool,
    /// Named as an alternative to the wish before it, not in another breath.
    joined: bool,
    corrects: bool,
}

impl Wish {
    pub(super) fn has_day(&self) -> bool {
        self.day.is_some() || self.days.is_some()
    }

    pub(super) fn has_time(&self) -> bool {
        self.part.is_some() || self.time.is_some()
    }

    fn weight(&self) -> usize {
        let whole = !self.points.is_empty() || self.window.is_some() || self.clarify.is_some();
        if whole { 2 } else { usize::from(self.has_day()) + usize::from(self.has_time()) }
    }

    fn is_empty(&self) -> bool {
        self.weight() == 0 && !self.gone
    }

    fn take_day(&mut self, other: &Self) {
        self.day.clone_from(&other.day);
        self.days = other.days;
    }

    fn take_time(&mut self, other: &Self) {
        self.part = other.part;
        self.time = other.time;
    }

    /// Adds the atom, or says that it does not fit into this wish.
    fn add(&mut self, atom: &Atom) -> bool {
        match atom {
            Atom::Day(day) => return self.add_day(day),
            Atom::Days { from, to, week } => match &self.day {
                Some(day) if *week && day.weekday.is_some() && !day.dated => return self.move_into(*from),
                None if self.days.is_none() && !self.gone => self.days = Some((*from, *to)),
                _ => return false,
            },
            Atom::Time(Time::Part(part)) if self.part.is_none() => self.part = Some(*part),
            Atom::Time(time)
                if self.time.is_none() && !matches!(time, Time::Part(_)) && self.points.is_empty() =>
            {
                self.time = Some(*time);
            }
            Atom::Points(points) if self.is_empty() => self.points.clone_from(points),
            Atom::Window(from, to) if self.is_empty() => self.window = Some((*from, *to)),
            Atom::Clarify(reason) if self.clarify.is_none() => self.clarify = Some(*reason),
            Atom::Gone if !self.has_day() => self.gone = true,
            _ => return false,
        }
        true
    }

    fn add_day(&mut self, day: &Day) -> bool {
        if self.gone || !self.points.is_empty() || self.window.is_some() {
            return false;
        }
        if let Some((from, _)) = self
            .days
            .filter(|(from, to)| day.weekday.is_some() && to.is_some_and(|to| (to - *from).num_days() <= 7))
        {
            self.days = None;
            self.day = Some(day.clone());
            return self.move_into(from);
        }
        match &self.day {
            None if self.days.is_none() => self.day = Some(day.clone()),
            Some(known) if known.weekday.is_some() && day.dated || known.dated && day.weekday.is_some() => {
                let (named, dated) = if known.dated { (day, known) } else { (known, day) };
                let agrees = dated
                    .dates
                    .first()
                    .is_some_and(|date| named.weekday == Some(chrono::Datelike::weekday(date)));
                if agrees {
                    self.day = Some(dated.clone());
                } else {
                    self.clarify = Some(ClarifyReason::WeekdayMismatch);
                }
            }
            // "מחר, יום שני": the same day named twice.
            Some(known) if known.dates.iter().any(|date| day.dates.contains(date)) => {}
            _ => return false,
        }
        true
    }

    /// "Tuesday next week": the weekday inside the named week.
    fn move_into(&mut self, from: NaiveDate) -> bool {
        let Some(day) = &mut self.day else { return false };
        let found = (0..7)
            .filter_map(|ahead| plus(from, ahead))
            .find(|date| Some(chrono::Datelike::weekday(date)) == day.weekday);
        day.dates = found.into_iter().collect();
        day.rolls = false;
        found.is_some()
    }
}

/// The meaning of the whole message.
pub(super) fn compose(atoms: &[Atom], reader: &Reader<'_>) -> When {
    let mut all = gather(atoms);
    keep_the_day(&mut all);
    let (mut wishes, ruled_out): (Vec<Wish>, Vec<Wish>) = all.into_iter().partition(|wish| !wish.negated);
    correct(&mut wishes);
    let gone = wishes.iter().any(|wish| wish.gone);
    wishes.retain(|wish| !wish.gone && !wish.is_empty());
    prefer_the_fullest(&mut wishes);
    share(&mut wishes);
    if let Some(reason) = wishes
        .iter()
        .find_map(|wish| wish.clarify.filter(|reason| *reason != ClarifyReason::AfterWork || !wish.has_day()))
    {
        return When::Clarify(reason);
    }
    let mut readings: Vec<When> = Vec::new();
    let mut past = gone;
    for wish in &wishes {
        let not_then = ruled_out.iter().filter(|out| !out.has_day()).find_map(|out| out.part);
        for reading in resolve(wish, not_then, reader) {
            if reading == When::Past {
                past = true;
            } else if !readings.contains(&reading) {
                readings.push(reading);
            }
        }
    }
    match readings.len() {
        0 => nothing_asked(atoms, &ruled_out, past, reader),
        1 => readings.remove(0),
        _ => When::Candidates(readings),
    }
}

fn nothing_asked(atoms: &[Atom], ruled_out: &[Wish], past: bool, reader: &Reader<'_>) -> When {
    let said = |atom: &Atom| {
        atoms.iter().enumerate().any(|(at, found)| found == atom && (at == 0 || atoms[at - 1] != Atom::Not))
    };
    if said(&Atom::Earliest) {
        return When::Earliest;
    }
    if past {
        return When::Past;
    }
    if let Some(out) = ruled_out.first() {
        if let (Some(part), false, None) = (out.part, out.has_day(), out.time) {
            return When::Exclusion(Excluded::Part(part));
        }
        let mut times: Vec<When> = ruled_out
            .iter()
            .flat_map(|out| resolve(out, None, reader))
            .filter(|times| *times != When::Past)
            .collect();
        return match times.len() {
            0 => When::None,
            1 => When::Exclusion(Excluded::Times(Box::new(times.remove(0)))),
            _ => When::Exclusion(Excluded::Times(Box::new(When::Candidates(times)))),
        };
    }
    if said(&Atom::AnyTime) { When::Any } else { When::None }
}

/// What lies between two times decides whether they belong together.
#[derive(Default)]
struct Gap {
    negated: bool,
    /// A new wish must begin.
    closed: bool,
    joined: bool,
    corrects: bool,
}

fn gather(atoms: &[Atom]) -> Vec<Wish> {
    let mut wishes = vec![Wish::default()];
    let mut gap = Gap::default();
    for (at, atom) in atoms.iter().enumerate() {
        let last = wishes.len() - 1;
        let begun = !wishes[last].is_empty();
        match atom {
            Atom::Not => {
                let next = atoms[at + 1..].iter().find(|atom| **atom != Atom::Neutral);
                let taken_back = begun
                    && matches!(next, Some(Atom::Comma))
                    && matches!(atoms.get(at + 1), Some(Atom::Comma));
                if next.is_some_and(Atom::is_time) {
                    gap.negated = true;
                    // What is ruled out stands for itself, but a ruled-out time may be that of the day before it.
                    gap.closed = true;
                } else if taken_back {
                    gap.corrects = true;
                    gap.closed = true;
                } else if begun && ends_with_time(&atoms[..at]) {
                    wishes[last].negated = true;
                    gap.closed = true;
                }
            }
            Atom::Correction => {
                gap = Gap { corrects: begun, closed: begun, ..Gap::default() };
            }
            Atom::But => {
                gap = Gap {
                    closed: gap.closed || wishes[last].negated,
                    corrects: gap.corrects,
                    ..Gap::default()
                };
            }
            Atom::Or => {
                gap.joined = begun;
                gap.closed = begun;
            }
            Atom::And => gap.joined = begun,
            Atom::Comma => {
                gap.joined = begun;
                gap.negated = false;
                gap.closed |= wishes[last].negated || wishes[last].gone;
            }
            Atom::Stop | Atom::Word => {
                gap.negated = false;
                gap.joined = false;
                gap.closed |= wishes[last].negated || wishes[last].gone;
            }
            Atom::Gone
            | Atom::Day(_)
            | Atom::Days { .. }
            | Atom::Time(_)
            | Atom::Points(_)
            | Atom::Window(..)
            | Atom::Clarify(_) => {
                let (atom, negated) = match (atom, gap.negated) {
                    // "not before ten" asks for what comes after.
                    (Atom::Time(Time::Before(clock)), true) => (Atom::Time(Time::After(*clock)), false),
                    (Atom::Time(Time::After(clock)), true) => (Atom::Time(Time::Before(*clock)), false),
                    (atom, negated) => (atom.clone(), negated),
                };
                let turned = gap.negated && !negated;
                let reopened = turned && !wishes[last].negated;
                let fits =
                    (!gap.closed || reopened) && wishes[last].negated == negated && wishes[last].add(&atom);
                if !fits {
                    let mut wish =
                        Wish { negated, joined: gap.joined, corrects: gap.corrects, ..Wish::default() };
                    wish.add(&atom);
                    wishes.push(wish);
                }
                // "not Sunday and not in the morning": a list stays ruled out until something ends it.
                gap = Gap { negated, ..Gap::default() };
            }
            Atom::History | Atom::Earliest | Atom::AnyTime | Atom::Neutral => {
                gap.closed |= wishes[last].gone;
            }
        }
    }
    wishes.retain(|wish| !wish.is_empty());
    wishes
}

fn ends_with_time(atoms: &[Atom]) -> bool {
    atoms.iter().rev().find(|atom| **atom != Atom::Neutral).is_some_and(Atom::is_time)
}

/// "Not tomorrow morning, in the afternoon": the ruled-out time was one of that day, the day itself stays.
fn keep_the_day(wishes: &mut [Wish]) {
    for at in 1..wishes.len() {
        let before = wishes[at - 1].clone();
        let wish = &mut wishes[at];
        if before.negated
            && before.has_day()
            && before.has_time()
            && !wish.negated
            && wish.has_time()
            && !wish.has_day()
        {
            wish.take_day(&before);
        }
    }
}

/// The last correction wins; what it leaves open stays as it was.
fn correct(wishes: &mut Vec<Wish>) {
    while let Some(at) = wishes.iter().position(|wish| wish.corrects) {
        if let Some(before) = at.checked_sub(1).map(|before| wishes[before].clone()) {
            let wish = &mut wishes[at];
            if !wish.has_day() && wish.points.is_empty() {
                wish.take_day(&before);
            }
            if !wish.has_time() && wish.points.is_empty() {
                wish.take_time(&before);
            }
        }
        wishes[at].corrects = false;
        wishes.drain(..at);
    }
}

/// A wish in another breath counts only if it says as much as the fullest one: the rest is talk around it.
fn prefer_the_fullest(wishes: &mut Vec<Wish>) {
    let most = wishes.iter().map(Wish::weight).max().unwrap_or(0);
    let joined: Vec<bool> = (0..wishes.len())
        .map(|at| wishes[at].joined || wishes.get(at + 1).is_some_and(|next| next.joined))
        .collect();
    let mut at = 0;
    wishes.retain(|wish| {
        at += 1;
        wish.weight() == most || joined[at - 1]
    });
}

/// Alternatives share what only one of them says: "שני או שלישי בבוקר", "מחר בעשר או באחת עשרה".
fn share(wishes: &mut [Wish]) {
    for at in 1..wishes.len() {
        let before = wishes[at - 1].clone();
        if !wishes[at].has_day() && wishes[at].has_time() && before.has_day() {
            wishes[at].take_day(&before);
        }
    }
    for at in (1..wishes.len()).rev() {
        let after = wishes[at].clone();
        let before = &mut wishes[at - 1];
        if after.joined && before.has_day() && !before.has_time() {
            before.take_time(&after);
        }
        if after.joined && before.has_time() && !before.has_day() {
            before.take_day(&after);
        }
        // "10 or 11 in the morning".
        if after.joined && before.part.is_none() && before.time.is_some() && before.day == after.day {
            before.part = after.part;
        }
    }
}
