//! Which few of the free slots are offered. The same slots and wishes always give the same choice.

use super::local;
use crate::lead::Slot;
use chrono::{DateTime, Duration, NaiveDate, Utc};
use chrono_tz::Tz;

/// Up to `count` slots to offer.
///
/// With a wished moment: the slots whose start is nearest to it, nearest first, the earlier of two that are equally
/// near. Without: a varied choice in order of time. The soonest slot comes in first, then the soonest of each other
/// half of a day, then slots that begin at least two hours from every chosen one, then slots that do not overlap a
/// chosen one, then any.
#[must_use]
pub fn spread(slots: &[Slot], count: usize, near: Option<DateTime<Utc>>, zone: Tz) -> Vec<Slot> {
    let mut slots = slots.to_vec();
    slots.sort_unstable();
    slots.dedup();
    match near {
        Some(near) => {
            slots.sort_by_key(|slot| ((slot.from - near).abs(), slot.from));
            slots.truncate(count);
            slots
        }
        None => varied(&slots, count, zone),
    }
}

/// Up to `count` slots to offer, those that are wanted first; each part is chosen by [`spread`], and a slot that is
/// not wanted comes in only when the wanted ones do not fill the offer.
#[must_use]
pub fn spread_wanted(
    slots: &[Slot],
    wanted: impl Fn(&Slot) -> bool,
    count: usize,
    near: Option<DateTime<Utc>>,
    zone: Tz,
) -> Vec<Slot> {
    let (fitting, others): (Vec<Slot>, Vec<Slot>) = slots.iter().copied().partition(wanted);
    let mut chosen = spread(&fitting, count, near, zone);
    let near = near.or(chosen.first().map(|slot| slot.from));
    chosen.extend(spread(&others, count - chosen.len(), near, zone));
    chosen
}

fn varied(slots: &[Slot], count: usize, zone: Tz) -> Vec<Slot> {
    type Rule<'a> = &'a dyn Fn(&Slot, &Slot) -> bool;
    let other_half: Rule<'_> = &|slot, chosen| half_day(slot, zone) != half_day(chosen, zone);
    let far: Rule<'_> =
        &|slot, chosen| (slot.from - chosen.from).abs() >= Duration::hours(2) && apart(slot, chosen);
    let beside: Rule<'_> = &|slot, chosen| apart(slot, chosen);
    let another: Rule<'_> = &|slot, chosen| slot != chosen;
    let mut varied: Vec<Slot> = Vec::new();
    for rule in [other_half, far, beside, another] {
        for slot in slots {
            if varied.len() < count && varied.iter().all(|chosen| rule(slot, chosen)) {
                varied.push(*slot);
            }
        }
    }
    varied.sort_unstable();
    varied
}

fn apart(a: &Slot, b: &Slot) -> bool {
    a.to <= b.from || b.to <= a.from
}

/// The local day and whether it is its second half.
fn half_day(slot: &Slot, zone: Tz) -> (NaiveDate, bool) {
    let local = local(slot.from, zone);
    (local.date, local.hour >= 12)
}
