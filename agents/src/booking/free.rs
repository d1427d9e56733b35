//! Which of a pro's times are free. It reads the calendar and decides nothing.

use crate::calendar::{self, Opening, Refusal, SlotSearch, Taken};
use crate::id::AppointmentId;
use crate::lead::{Lead, Slot};
use crate::pro::Pro;
use crate::request::Request;
use crate::turn::{Desk, Need};
use crate::understanding::places;
use crate::when::When;
use chrono::{DateTime, Utc};

/// How many slots are offered at once: as many as a message has buttons.
const OFFERED: usize = 3;
/// The shortest visit in an emergency, in minutes (B55).
const EMERGENCY_MINUTES: u32 = 60;

/// What a visit is for, as far as its time depends on it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Errand<'a> {
    item: Option<&'a str>,
    emergency: bool,
    city: Option<&'a str>,
    ignoring: [Option<&'a AppointmentId>; 2],
    /// How late a visit may still be agreed on.
    notice: Notice,
}

/// How late a visit may still be agreed on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Notice {
    /// As long before as the pro wants to know it.
    Kept,
    /// Until it begins: the pro says yes to it now.
    Waived,
}

impl<'a> Errand<'a> {
    /// A visit for what is known of a request.
    pub(crate) fn of_request(request: &'a Request) -> Self {
        Self {
            item: request.item.as_deref(),
            emergency: request.emergency,
            city: request.address.city.as_deref(),
            ignoring: [None; 2],
            notice: Notice::Kept,
        }
    }

    /// A visit for a lead. The time of the visit that it has already counts as taken.
    pub(crate) fn of_lead(lead: &'a Lead) -> Self {
        Self {
            item: lead.item.as_deref(),
            emergency: lead.emergency,
            city: lead.address.city.as_deref(),
            ignoring: [None; 2],
            notice: Notice::Kept,
        }
    }

    /// Another time for the visit of a lead, which does not stand in its own way (B93).
    pub(crate) fn anew(lead: &'a Lead) -> Self {
        let held = lead.waits.as_ref().and_then(|waits| waits.offer.as_ref()).map(|offer| &offer.appointment);
        Self { ignoring: [lead.appointment.as_ref(), held], ..Self::of_lead(lead) }
    }

    /// The same, where the time that this visit holds does not count as taken.
    pub(crate) fn without(self, held: Option<&'a AppointmentId>) -> Self {
        Self { ignoring: [self.ignoring[0], held.or(self.ignoring[1])], ..self }
    }

    /// Another visit for a lead beside those that it has; the pro names the time, so no notice is due.
    pub(crate) fn further(lead: &'a Lead) -> Self {
        Self { notice: Notice::Waived, ..Self::of_lead(lead) }
    }

    /// The visit that a pro was asked about and says yes to now.
    pub(crate) fn approved(lead: &'a Lead) -> Self {
        Self { notice: Notice::Waived, ..Self::anew(lead) }
    }
}

/// Every free slot of a pro for a visit within the booking window, soonest first.
pub(crate) fn free_slots(desk: &Desk<'_>, pro: &Pro, errand: Errand<'_>) -> Result<Vec<Slot>, Need> {
    search(desk, pro, errand, calendar::free_slots)
}

/// Whether a visit can be at this very time, as everything stands now: the hours, what the pro blocked and what others
/// took since it was offered (B59).
pub(crate) fn may_take(
    desk: &Desk<'_>,
    pro: &Pro,
    errand: Errand<'_>,
    slot: Slot,
) -> Result<Result<(), Refusal>, Need> {
    search(desk, pro, errand, |search| calendar::may_take(search, slot))
}

fn search<T>(
    desk: &Desk<'_>,
    pro: &Pro,
    errand: Errand<'_>,
    ask: impl FnOnce(&SlotSearch<'_>) -> T,
) -> Result<T, Need> {
    let calendars = desk.calendars(std::slice::from_ref(&pro.id))?;
    let busy = calendars.get(&pro.id).into_iter().flatten();
    let taken: Vec<Taken> = busy
        .filter(|busy| !errand.ignoring.contains(&Some(&busy.appointment)))
        .map(|busy| Taken {
            from: busy.from,
            to: busy.to,
            place: busy.city.as_deref().and_then(places::position),
        })
        .collect();
    let blocked: Vec<_> = pro.calendar.blocked.iter().map(|blocked| (blocked.from, blocked.to)).collect();
    let rules = pro.calendar.visits.or(desk.business.calendar.visits);
    let minutes = pro.visit_minutes(errand.item);
    let known = SlotSearch::new(&pro.hours, desk.business.timezone, desk.now).under(rules, errand.emergency);
    let search = SlotSearch {
        notice_minutes: match errand.notice {
            Notice::Kept => known.notice_minutes,
            Notice::Waived => 0,
        },
        opening: Opening::of_pro(&pro.hours, &pro.calendar, &desk.business.calendar, rules, errand.emergency),
        minutes: if errand.emergency { minutes.max(EMERGENCY_MINUTES) } else { minutes },
        place: errand.city.and_then(places::position),
        taken: &taken,
        blocked: &blocked,
        ..known
    };
    Ok(ask(&search))
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
