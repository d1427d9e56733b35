//! One wish turned into instants: which day a time without a day is on, what has gone by, and where a stretch of the
//! day begins and ends.

use chrono::{DateTime, NaiveDate, Timelike, Utc};

use super::atoms::{Reader, Time};
use super::clock::Clock;
use super::compose::Wish;
use super::days::plus;
use super::{ClarifyReason, DayPart, When, local};

/// A start, or a stretch, in minutes after the midnight that begins the day.
#[derive(Clone, Copy)]
struct Stretch {
    from: u32,
    to: Option<u32>,
}

/// Where the day of appointments begins and ends when only one end was said.
const DAY_BEGINS: u32 = 6 * 60;
const EVENING_ENDS: u32 = 22 * 60;
const NIGHT_ENDS: u32 = 26 * 60;
/// Stretches that have less than this left are over.
const LEAST_LEFT: i64 = 60;

/// All readings of the wish, best first; `not_then` is a part of the day that was ruled out.
pub(super) fn resolve(wish: &Wish, not_then: Option<DayPart>, reader: &Reader<'_>) -> Vec<When> {
    if !wish.points.is_empty() {
        return wish
            .points
            .iter()
            .map(|point| if *point < reader.context.now { When::Past } else { When::Point(*point) })
            .collect();
    }
    if let Some((from, to)) = wish.window {
        return vec![When::Range { from, to }];
    }
    let mut stretches = stretches(wish, reader);
    let mut without = false;
    if let Some(part) = not_then.filter(|_| stretches.is_empty() && wish.has_day()) {
        stretches = rest_of_day(part);
        without = true;
    }
    match (&wish.day, wish.days) {
        (Some(day), _) if stretches.is_empty() => day
            .dates
            .iter()
            .filter_map(|date| {
                let over = day.rolls && *date == reader.today && reader.day_is_over();
                let date = if over { plus(*date, 7)? } else { *date };
                Some(if date < reader.today { When::Past } else { When::Date(date) })
            })
            .collect(),
        (Some(day), _) => {
            let mut readings = Vec::new();
            for date in &day.dates {
                let mut found = on_day(*date, &stretches, wish, reader);
                if found.is_empty() && day.rolls {
                    found =
                        plus(*date, 7).map(|date| on_day(date, &stretches, wish, reader)).unwrap_or_default();
                }
                readings.extend(found);
            }
            if readings.is_empty() { vec![When::Past] } else { readings }
        }
        (None, Some((from, to))) => {
            let short = to.filter(|to| (*to - from).num_days() <= 7);
            match short {
                Some(to) if !stretches.is_empty() && !without => (0..7)
                    .filter_map(|ahead| plus(from, ahead))
                    .filter(|date| *date < to)
                    .flat_map(|date| on_day(date, &stretches, wish, reader))
                    .collect(),
                _ => vec![When::Days { from, to }],
            }
        }
        (None, None) => on_any_day(&stretches, wish, reader),
    }
}

fn stretches(wish: &Wish, reader: &Reader<'_>) -> Vec<Stretch> {
    let hours = reader.context.hours;
    let readings = |clock: Clock| clock.readings(wish.part, hours);
    let point = |from: u32| Stretch { from, to: None };
    match wish.time {
        Some(Time::Clock(clock)) => readings(clock).into_iter().map(point).collect(),
        Some(Time::Between(first, second)) => vec![between(first, second, wish, reader)],
        Some(Time::After(clock)) => readings(clock).into_iter().map(until_night).collect(),
        Some(Time::Before(clock)) => readings(clock).into_iter().map(from_morning).collect(),
        Some(Time::Around(clock)) => readings(clock)
            .into_iter()
            .map(|minutes| Stretch { from: minutes.saturating_sub(30), to: Some(minutes + 30) })
            .collect(),
        Some(Time::AfterPart(part)) => vec![until_night(part.hours().1 * 60)],
        Some(Time::BeforePart(part)) => vec![from_morning(part.hours().0 * 60)],
        Some(Time::Offset(clock, by)) => readings(clock)
            .into_iter()
            .filter_map(|minutes| minutes.checked_add_signed(by))
            .map(point)
            .collect(),
        Some(Time::Same) => {
            let moment = reader.context.appointment.unwrap_or(reader.context.now);
            vec![point(local::minutes(moment.with_timezone(&reader.context.zone).time()))]
        }
        Some(Time::Part(part)) => vec![of_part(part)],
        None => match (wish.part, wish.clarify) {
            (Some(part), _) => vec![of_part(part)],
            (None, Some(ClarifyReason::AfterWork)) => vec![until_night(17 * 60)],
            (None, _) => Vec::new(),
        },
    }
}

fn of_part(part: DayPart) -> Stretch {
    let (from, to) = part.hours();
    Stretch { from: from * 60, to: Some(to * 60) }
}

fn until_night(from: u32) -> Stretch {
    Stretch { from, to: Some(if from < EVENING_ENDS { EVENING_ENDS } else { NIGHT_ENDS.max(from + 60) }) }
}

fn from_morning(to: u32) -> Stretch {
    Stretch { from: if to > DAY_BEGINS { DAY_BEGINS } else { 0 }, to: Some(to) }
}

/// The working day without one of its parts.
fn rest_of_day(part: DayPart) -> Vec<Stretch> {
    let (from, to) = part.hours();
    [(8, from), (to, 22)]
        .into_iter()
        .filter(|(from, to)| *from < *to && *to <= 22)
        .map(|(from, to)| Stretch { from: from * 60, to: Some(to * 60) })
        .collect()
}

fn between(first: Clock, second: Clock, wish: &Wish, reader: &Reader<'_>) -> Stretch {
    let readings = first.readings(wish.part, reader.context.hours);
    // Of the two readings of "between 8 and 10", the earlier one: nobody says it of the night without saying so.
    let from = readings.iter().copied().min().unwrap_or(0);
    let minutes = second.hour % 24 * 60 + second.minute;
    let to = if second.literal || second.hour > 12 || second.hour == 0 {
        second.hour * 60 + second.minute
    } else {
        let on_face = minutes % 720;
        [on_face, on_face + 720, on_face + 1_440].into_iter().find(|to| *to > from).unwrap_or(on_face + 1_440)
    };
    Stretch { from, to: Some(if to > from { to } else { to + 1_440 }) }
}

fn instant(date: NaiveDate, minutes: u32, reader: &Reader<'_>) -> Option<DateTime<Utc>> {
    local::instant(date, minutes, reader.context.zone)
}

/// The readings on a day that was named; those that have gone by are left out.
fn on_day(date: NaiveDate, stretches: &[Stretch], wish: &Wish, reader: &Reader<'_>) -> Vec<When> {
    let now = reader.context.now;
    let found: Vec<When> = stretches
        .iter()
        .filter_map(|stretch| reading(date, *stretch, wish, reader))
        .filter(|reading| is_ahead(reading, now))
        .collect();
    if found.is_empty()
        && date == reader.today
        && let (Some(Time::Clock(clock)), None) = (wish.time, wish.part)
    {
        // "Today at nine", said at ten: nine in the evening is what is left.
        return clock
            .evening_reading()
            .and_then(|minutes| instant(date, minutes, reader))
            .filter(|point| *point >= now)
            .map(When::Point)
            .into_iter()
            .collect();
    }
    found
}

fn on_any_day(stretches: &[Stretch], wish: &Wish, reader: &Reader<'_>) -> Vec<When> {
    let now = reader.context.now;
    let days = (-1..=1).filter_map(|ahead| plus(reader.today, ahead));
    for date in days {
        let readings: Vec<When> = stretches
            .iter()
            .filter(|stretch| {
                date >= reader.today || stretch.from >= 1_440 || stretch.to.is_some_and(|to| to > 1_440)
            })
            .filter_map(|stretch| reading(date, *stretch, wish, reader))
            .filter(|reading| is_ahead(reading, now) && !is_nearly_over(reading, wish, reader))
            .collect();
        if !readings.is_empty() {
            return readings;
        }
    }
    Vec::new()
}

fn reading(date: NaiveDate, stretch: Stretch, wish: &Wish, reader: &Reader<'_>) -> Option<When> {
    let from = instant(date, stretch.from, reader)?;
    let Some(to) = stretch.to else { return Some(When::Point(from)) };
    let to = instant(date, to, reader)?;
    // "Until five", said at noon, begins now.
    let open_start = matches!(wish.time, Some(Time::Before(_) | Time::BeforePart(_)));
    Some(When::Range {
        from: if open_start && to > reader.context.now { from.max(reader.context.now) } else { from },
        to,
    })
}

fn is_ahead(reading: &When, now: DateTime<Utc>) -> bool {
    match reading {
        When::Point(point) => *point >= now,
        When::Range { to, .. } => *to > now,
        _ => true,
    }
}

/// "In the morning", said at ten, is tomorrow's morning; "in the evening", said at seven, is still this one.
fn is_nearly_over(reading: &When, wish: &Wish, reader: &Reader<'_>) -> bool {
    let When::Range { from, to } = reading else { return false };
    let now = reader.context.now;
    let morning = wish.time.is_none() && wish.part == Some(DayPart::Morning) && reader.local.hour() >= 9;
    *from < now && (morning || (*to - now).num_minutes() < LEAST_LEFT)
}
