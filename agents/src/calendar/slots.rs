//! Free slots: visits of a length that fit into the opening hours, lie in the future, share no time with others, and
//! leave time for the pause and the way between them.

use super::open::{Span, open_spans};
use super::{HORIZON_DAYS, Opening, STEP_MINUTES, Travel, VisitRules, WeekHours, local};
use crate::lead::Slot;
use crate::understanding::places::distance_between;
use chrono::{DateTime, Duration, NaiveDate, Utc};
use chrono_tz::Tz;
use std::collections::BTreeMap;

const STEP_SECONDS: i64 = STEP_MINUTES as i64 * 60;

/// A visit that takes time.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Taken {
    /// Start.
    pub from: DateTime<Utc>,
    /// End, not included.
    pub to: DateTime<Utc>,
    /// Where, in degrees north and east, as far as it is known.
    pub place: Option<(f64, f64)>,
}

/// A question about free time. Begin with [`SlotSearch::new`] and change what differs.
#[derive(Clone, Copy, Debug)]
pub struct SlotSearch<'a> {
    /// When visits are possible, local to `zone`.
    pub opening: Opening<'a>,
    /// The zone of the hours.
    pub zone: Tz,
    /// The present.
    pub now: DateTime<Utc>,
    /// The earliest start.
    pub from: DateTime<Utc>,
    /// No start at or after this; a visit that began before may last longer.
    pub to: DateTime<Utc>,
    /// The length of the visit. A visit without length has no slots.
    pub minutes: u32,
    /// The distance between two offered starts, rounded up to whole steps of the calendar; counted from the first
    /// step after each opening.
    pub step_minutes: u32,
    /// How long from now a visit begins at the earliest.
    pub notice_minutes: u32,
    /// The pause that is kept before every visit.
    pub buffer_before_minutes: u32,
    /// The pause that is kept after every visit. Between two visits there is the pause after the first, the way, and
    /// the pause before the second.
    pub buffer_after_minutes: u32,
    /// How the way from one visit to the next is reckoned.
    pub travel: Travel,
    /// Where the visit is, in degrees north and east; where either place is not known there is no way.
    pub place: Option<(f64, f64)>,
    /// The most visits that begin on one local day.
    pub max_a_day: Option<u32>,
    /// The visits that there are already, in any order.
    pub taken: &'a [Taken],
    /// Times without work: half-open spans, in any order. No pause is kept around them.
    pub blocked: &'a [(DateTime<Utc>, DateTime<Utc>)],
    /// The most slots that are wanted.
    pub limit: usize,
}

/// Why a time cannot be taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// It ends before it begins, or at once.
    InvalidRange,
    /// It lies in the past or too soon.
    TooSoon,
    /// The door is closed then, or for some of it.
    Closed,
    /// The pro does not work then.
    Blocked,
    /// There are as many visits on that day as may be.
    DayFull,
    /// Another visit is then, or so near that there is no time for the pause and the way.
    Conflict,
}

impl Refusal {
    /// The reason as a key.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Self::InvalidRange => "invalid_range",
            Self::TooSoon => "too_soon",
            Self::Closed => "closed",
            Self::Blocked => "blocked",
            Self::DayFull => "day_full",
            Self::Conflict => "conflict",
        }
    }
}

impl<'a> SlotSearch<'a> {
    /// Visits of an hour within the booking horizon, with an hour of notice, nothing taken, no pauses and no ways.
    #[must_use]
    pub fn new(hours: &'a WeekHours, zone: Tz, now: DateTime<Utc>) -> Self {
        Self {
            opening: Opening::of_week(hours),
            zone,
            now,
            from: now,
            to: after(now, Duration::days(HORIZON_DAYS)),
            minutes: 60,
            step_minutes: STEP_MINUTES,
            notice_minutes: 60,
            buffer_before_minutes: 0,
            buffer_after_minutes: 0,
            travel: Travel::NONE,
            place: None,
            max_a_day: None,
            taken: &[],
            blocked: &[],
            limit: usize::MAX,
        }
    }

    /// The same search under these rules.
    #[must_use]
    pub fn under(self, rules: VisitRules, emergency: bool) -> Self {
        Self {
            to: after(self.now, Duration::days(rules.window())),
            notice_minutes: rules.notice(emergency),
            buffer_before_minutes: rules.buffer_before_minutes.unwrap_or(0),
            buffer_after_minutes: rules.buffer_after_minutes.unwrap_or(0),
            travel: rules.travel(),
            max_a_day: rules.max_visits_a_day,
            ..self
        }
    }

    fn earliest(&self) -> DateTime<Utc> {
        after(self.now, minutes(self.notice_minutes))
    }
}

/// The free slots of a search, soonest first.
///
/// Every start is a whole step of UTC; that is a full or half hour of local time, but in the few zones whose distance
/// from UTC is an odd number of quarters of an hour (Nepal) it is a quarter past or to.
#[must_use]
pub fn free_slots(search: &SlotSearch<'_>) -> Vec<Slot> {
    let mut slots = Vec::new();
    let length = minutes(search.minutes);
    let stride = minutes(search.step_minutes.div_ceil(STEP_MINUTES).max(1).saturating_mul(STEP_MINUTES));
    let earliest = search.earliest().max(search.from);
    if length.is_zero() || earliest >= search.to {
        return slots;
    }
    let day = Day::of(search);
    for (open, close) in open_spans(search.opening, search.zone, earliest, search.to) {
        let mut next = round_up(open);
        while let Some(from) = next.filter(|from| *from < search.to) {
            let Some(to) = from.checked_add_signed(length).filter(|to| *to <= close) else { break };
            if slots.len() >= search.limit {
                return slots;
            }
            let slot = Slot { from, to };
            if from >= earliest && day.refuses(search, slot).is_none() {
                slots.push(slot);
            }
            next = from.checked_add_signed(stride);
        }
    }
    slots
}

/// Whether this very slot could be booked: see [`may_take`].
#[must_use]
pub fn is_free(search: &SlotSearch<'_>, slot: Slot) -> bool {
    may_take(search, slot).is_ok()
}

/// Whether this very slot could be booked, and else why not: within one span of the hours, late enough from now,
/// outside of blocked times, on a day that is not full, with time for the pause and the way to other visits. The slot
/// brings its own time and length, so `from`, `to`, `minutes`, `step_minutes` and `limit` of the search play no part,
/// nor need it begin on a step.
///
/// # Errors
/// The first reason against it.
pub fn may_take(search: &SlotSearch<'_>, slot: Slot) -> Result<(), Refusal> {
    if slot.from >= slot.to {
        return Err(Refusal::InvalidRange);
    }
    if slot.from < search.earliest() {
        return Err(Refusal::TooSoon);
    }
    let is_within = |(open, close): &Span| *open <= slot.from && slot.to <= *close;
    if !open_spans(search.opening, search.zone, slot.from, slot.to).iter().any(is_within) {
        return Err(Refusal::Closed);
    }
    Day::of(search).refuses(search, slot).map_or(Ok(()), Err)
}

/// What is taken, reckoned once for all slots of a search.
struct Day {
    /// For each visit: the span with pauses and ways that no slot may meet, and the steps that no slot may touch.
    walls: Vec<(Span, Span)>,
    /// How many visits begin on each local day; empty when that plays no part.
    visits: BTreeMap<NaiveDate, u32>,
}

impl Day {
    fn of(search: &SlotSearch<'_>) -> Self {
        let visits = search.taken.iter().filter(|taken| taken.from < taken.to);
        let pause = search.buffer_before_minutes.saturating_add(search.buffer_after_minutes);
        let wall = |taken: &Taken| {
            let way = match (search.place, taken.place) {
                (Some(here), Some(there)) => search.travel.minutes(distance_between(here, there)),
                (Some(_) | None, None) | (None, Some(_)) => 0,
            };
            let apart = minutes(pause.saturating_add(way));
            let from = taken.from.checked_sub_signed(apart).unwrap_or(DateTime::<Utc>::MIN_UTC);
            ((from, after(taken.to, apart)), (down(taken.from), up(taken.to)))
        };
        let walls = visits.clone().map(wall).collect();
        let mut counts = BTreeMap::new();
        if search.max_a_day.is_some() {
            for visit in visits {
                *counts.entry(local(visit.from, search.zone).date).or_insert(0) += 1;
            }
        }
        Self { walls, visits: counts }
    }

    fn refuses(&self, search: &SlotSearch<'_>, slot: Slot) -> Option<Refusal> {
        let span = (slot.from, slot.to);
        if search.blocked.iter().any(|blocked| meet(span, *blocked)) {
            return Some(Refusal::Blocked);
        }
        // A slot that is offered can also be claimed, step by step.
        let steps = (down(slot.from), up(slot.to));
        if self.walls.iter().any(|(apart, taken)| meet(span, *apart) || meet(steps, *taken)) {
            return Some(Refusal::Conflict);
        }
        let is_full = search.max_a_day.is_some_and(|most| {
            let date = local(slot.from, search.zone).date;
            self.visits.get(&date).copied().unwrap_or(0) >= most
        });
        is_full.then_some(Refusal::DayFull)
    }
}

/// Whether two slots touch a step in common, so that both cannot be claimed.
#[must_use]
pub fn share_a_step(one: Slot, other: Slot) -> bool {
    let taken = steps(one);
    steps(other).iter().any(|step| taken.contains(step))
}

/// The beginning of every step that a slot touches: what a claim takes.
#[must_use]
pub fn steps(slot: Slot) -> Vec<DateTime<Utc>> {
    let mut steps = Vec::new();
    let mut next = round_down(slot.from);
    while let Some(step) = next.filter(|step| *step < slot.to) {
        steps.push(step);
        next = step.checked_add_signed(Duration::seconds(STEP_SECONDS));
    }
    steps
}

fn meet(a: Span, b: Span) -> bool {
    a.0 < b.1 && b.0 < a.1
}

fn down(moment: DateTime<Utc>) -> DateTime<Utc> {
    round_down(moment).unwrap_or(moment)
}

fn up(moment: DateTime<Utc>) -> DateTime<Utc> {
    round_up(moment).unwrap_or(moment)
}

fn minutes(minutes: u32) -> Duration {
    Duration::minutes(i64::from(minutes))
}

fn after(moment: DateTime<Utc>, time: Duration) -> DateTime<Utc> {
    moment.checked_add_signed(time).unwrap_or(DateTime::<Utc>::MAX_UTC)
}

fn round_down(moment: DateTime<Utc>) -> Option<DateTime<Utc>> {
    let seconds = moment.timestamp();
    DateTime::from_timestamp(seconds - seconds.rem_euclid(STEP_SECONDS), 0)
}

fn round_up(moment: DateTime<Utc>) -> Option<DateTime<Utc>> {
    let down = round_down(moment)?;
    if down == moment { Some(down) } else { down.checked_add_signed(Duration::seconds(STEP_SECONDS)) }
}
