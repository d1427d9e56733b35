//! What a decision that takes time took the calendar for, written down with it: a visit that another turn put into that
//! calendar meanwhile, so near that the pause, the way or the day's number no longer holds, makes the decision be made again.

use crate::calendar::HORIZON_DAYS;
use crate::decision::{CalendarSeen, SlotChange};
use crate::id::ProId;
use crate::turn::{Desk, Need};
use chrono::{DateTime, Duration, Timelike, Utc};

/// How far a visit reaches around itself: a whole local day, also one on which the clocks are changed. No pause that the
/// business file allows and no way within a country is longer.
const REACH: Duration = Duration::hours(25);

/// Looks out for visits that come into a pro's calendar between these moments before this is written.
pub(crate) fn watch_calendar(desk: &mut Desk<'_>, pro: &ProId, from: DateTime<Utc>, to: DateTime<Utc>) {
    desk.decision.calendars.push(CalendarSeen { pro: pro.clone(), from, to, visits: Vec::new() });
}

/// Writes down what was seen of every calendar in which the decision takes time or looks out for visits.
///
/// # Errors
/// A calendar that the decision has not looked at yet.
pub(crate) fn note_what_was_seen(desk: &mut Desk<'_>) -> Result<(), Need> {
    let mut watched = std::mem::take(&mut desk.decision.calendars);
    for change in &desk.decision.slots {
        if let SlotChange::Claim { pro, slot, .. } = change {
            let (from, to) = (slot.from - REACH, slot.to + REACH);
            watched.push(CalendarSeen { pro: pro.clone(), from, to, visits: Vec::new() });
        }
    }
    // What was looked up begins with the local day and ends a day after the horizon.
    let today = desk.now.with_timezone(&desk.business.timezone).num_seconds_from_midnight();
    let first = desk.now - Duration::seconds(i64::from(today));
    let last = desk.now + Duration::days(HORIZON_DAYS + 1);
    for watched in watched {
        let busy = desk.calendars(std::slice::from_ref(&watched.pro))?.get(&watched.pro);
        let visits = busy.into_iter().flatten().map(|busy| busy.appointment.clone()).collect();
        let seen = CalendarSeen {
            from: watched.from.max(first),
            to: watched.to.min(last),
            visits,
            pro: watched.pro,
        };
        if seen.from < seen.to && !desk.decision.calendars.contains(&seen) {
            desk.decision.calendars.push(seen);
        }
    }
    Ok(())
}
