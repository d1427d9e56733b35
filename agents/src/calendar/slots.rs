//! Free slots: visits of a length that fit into the opening hours, lie in the future and share no time with others.

use super::open::open_spans;
use super::{HORIZON_DAYS, STEP_MINUTES, WeekHours};
use crate::lead::Slot;
use chrono::{DateTime, Duration, Utc};
use chrono_tz::Tz;

const STEP_SECONDS: i64 = STEP_MINUTES as i64 * 60;

/// A question about free time. Begin with [`SlotSearch::new`] and change what differs.
#[derive(Clone, Copy, Debug)]
pub struct SlotSearch<'a> {
    /// When visits are possible, local to `zone`.
    pub hours: &'a WeekHours,
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
    /// The pause that is kept before and after a visit.
    pub buffer_minutes: u32,
    /// What is taken: half-open spans, in any order.
    pub taken: &'a [(DateTime<Utc>, DateTime<Utc>)],
    /// The most slots that are wanted.
    pub limit: usize,
}

impl<'a> SlotSearch<'a> {
    /// Visits of an hour within the booking horizon, with an hour of notice, nothing taken.
    #[must_use]
    pub fn new(hours: &'a WeekHours, zone: Tz, now: DateTime<Utc>) -> Self {
        Self {
            hours,
            zone,
            now,
            from: now,
            to: after(now, Duration::days(HORIZON_DAYS)),
            minutes: 60,
            step_minutes: STEP_MINUTES,
            notice_minutes: 60,
            buffer_minutes: 0,
            taken: &[],
            limit: usize::MAX,
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
    for (open, close) in open_spans(search.hours, search.zone, earliest, search.to) {
        let mut next = round_up(open);
        while let Some(from) = next.filter(|from| *from < search.to) {
            let Some(to) = from.checked_add_signed(length).filter(|to| *to <= close) else { break };
            if slots.len() >= search.limit {
                return slots;
            }
            let slot = Slot { from, to };
            if from >= earliest && !is_taken(search, slot) {
                slots.push(slot);
            }
            next = from.checked_add_signed(stride);
        }
    }
    slots
}

/// Whether this very slot could be booked: within one span of the hours, late enough from now, sharing no time with
/// what is taken. The slot brings its own time and length, so `from`, `to`, `minutes`, `step_minutes` and `limit` of
/// the search play no part, nor need it begin on a step.
#[must_use]
pub fn is_free(search: &SlotSearch<'_>, slot: Slot) -> bool {
    slot.from < slot.to
        && slot.from >= search.earliest()
        && open_spans(search.hours, search.zone, slot.from, slot.to)
            .iter()
            .any(|(open, close)| *open <= slot.from && slot.to <= *close)
        && !is_taken(search, slot)
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

/// Time is shared when visits and their pauses meet, or when both need the same step of the calendar: a slot that is
/// offered can also be claimed.
fn is_taken(search: &SlotSearch<'_>, slot: Slot) -> bool {
    let pause = minutes(search.buffer_minutes);
    let down = |moment| round_down(moment).unwrap_or(moment);
    let up = |moment| round_up(moment).unwrap_or(moment);
    search.taken.iter().filter(|(from, to)| from < to).any(|(from, to)| {
        let meets = slot.from < after(*to, pause) && *from < after(slot.to, pause);
        let shares_step = down(slot.from) < up(*to) && down(*from) < up(slot.to);
        meets || shares_step
    })
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
