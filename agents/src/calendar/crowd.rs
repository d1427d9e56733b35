//! Whether visits that stand stand too near one another: what a search for free time keeps to, asked about what is there.

use super::slots::{SlotSearch, Taken, may_take};
use super::{Refusal, VisitRules, WeekHours};
use crate::lead::Appointment;
use crate::understanding::places;
use chrono::Duration;
use chrono_tz::Tz;

/// Which rule a visit and the others of the same pro break together, as a key; none when they keep them all.
#[must_use]
pub fn crowd(
    rules: VisitRules,
    zone: Tz,
    visit: &Appointment,
    others: &[&Appointment],
) -> Option<&'static str> {
    let always = WeekHours { days: std::array::from_fn(|_| vec![(0, 24 * 60)]) };
    let place = |visit: &Appointment| visit.city.as_deref().and_then(places::position);
    let taken: Vec<Taken> = others
        .iter()
        .map(|other| Taken { from: other.slot.from, to: other.slot.to, place: place(other) })
        .collect();
    // Long before the visit, when nothing stood against it but the others.
    let now = visit.slot.from - Duration::days(1);
    let search = SlotSearch {
        notice_minutes: 0,
        place: place(visit),
        taken: &taken,
        ..SlotSearch::new(&always, zone, now).under(rules, true)
    };
    match may_take(&search, visit.slot) {
        Err(refusal @ (Refusal::Conflict | Refusal::DayFull)) => Some(refusal.key()),
        Err(Refusal::InvalidRange | Refusal::TooSoon | Refusal::Closed | Refusal::Blocked) | Ok(()) => None,
    }
}
