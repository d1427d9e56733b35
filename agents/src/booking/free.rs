//! Which of a pro's times are free. It reads the calendar and decides nothing.

use crate::calendar::{self, SlotSearch};
use crate::id::AppointmentId;
use crate::lead::Slot;
use crate::pro::Pro;
use crate::turn::{Desk, Need};
use crate::when::When;
use chrono::{DateTime, Duration, Utc};

/// How many slots are offered at once: as many as a message has buttons.
const OFFERED: usize = 3;
/// The shortest visit in an emergency, in minutes (B55).
const EMERGENCY_MINUTES: u32 = 60;

/// Every free slot of a pro for a visit of this length within the booking horizon, soonest first. The time of
/// `ignoring` counts as free: a visit does not stand in its own way (B93).
pub(crate) fn free_slots(
    desk: &Desk<'_>,
    pro: &Pro,
    item: Option<&str>,
    emergency: bool,
    ignoring: Option<&AppointmentId>,
) -> Result<Vec<Slot>, Need> {
    let calendars = desk.calendars(std::slice::from_ref(&pro.id))?;
    let taken: Vec<(DateTime<Utc>, DateTime<Utc>)> = calendars
        .get(&pro.id)
        .into_iter()
        .flatten()
        .filter(|busy| Some(&busy.appointment) != ignoring)
        .map(|busy| (busy.from, busy.to))
        .chain(pro.calendar.blocked.iter().map(|blocked| (blocked.from, blocked.to)))
        .collect();
    let minutes = pro.visit_minutes(item);
    let minutes = if emergency { minutes.max(EMERGENCY_MINUTES) } else { minutes };
    Ok(calendar::free_slots(&SlotSearch {
        from: desk.now,
        to: desk.now + Duration::days(calendar::HORIZON_DAYS),
        minutes,
        taken: &taken,
        ..SlotSearch::new(&pro.hours, desk.business.timezone, desk.now)
    }))
}

/// The free slot that begins then.
pub(crate) fn slot_at(free: &[Slot], start: DateTime<Utc>) -> Option<Slot> {
    free.iter().find(|slot| slot.from == start).copied()
}

/// A few of the free slots to offer, and whether they are within what was wanted: those that fit, else the nearest.
pub(crate) fn alternatives(desk: &Desk<'_>, free: &[Slot], wanted: Option<&When>) -> (Vec<Slot>, bool) {
    let zone = desk.business.timezone;
    let fits = |slot: &Slot| match wanted {
        Some(When::Earliest | When::Any | When::None | When::Past | When::Clarify(_)) | None => false,
        Some(when) => when.allows(slot.from, zone),
    };
    if matches!(wanted, Some(When::Earliest)) {
        return (free.iter().take(OFFERED).copied().collect(), true);
    }
    let fitting: Vec<Slot> = free.iter().filter(|slot| fits(slot)).copied().collect();
    if !fitting.is_empty() {
        return (calendar::spread(&fitting, OFFERED, None, zone), true);
    }
    let near = wanted.and_then(|when| middle(when, desk));
    let mut nearest = calendar::spread(free, OFFERED, near, zone);
    // Chosen by nearness, read as a calendar.
    nearest.sort_unstable();
    (nearest, false)
}

/// A moment that stands for the wanted time, to find what is near it.
fn middle(when: &When, desk: &Desk<'_>) -> Option<DateTime<Utc>> {
    let noon = |date: chrono::NaiveDate| {
        date.and_hms_opt(12, 0, 0)
            .and_then(|noon| noon.and_local_timezone(desk.business.timezone).earliest())
            .map(|noon| noon.to_utc())
    };
    match when {
        When::Point(at) => Some(*at),
        When::Range { from, to } => Some(*from + (*to - *from) / 2),
        When::Date(date) => noon(*date),
        When::Days { from, .. } => noon(*from),
        When::Candidates(readings) => readings.first().and_then(|reading| middle(reading, desk)),
        When::Earliest | When::Any | When::Exclusion(_) | When::Past | When::Clarify(_) | When::None => None,
    }
}
