//! The waitlist: customers who want an earlier time than they have or were offered, and what becomes of a pro's time that is
//! free again. One customer at a time is offered it, held for them for a while, the longest waiting first.
//!
//! Whoever frees time need not think of it: [`watch`] reads a finished decision. A look is at the present and may find
//! nothing, so it may be asked for as often as one likes.

mod freed;
mod wish;

pub(crate) use freed::{earlier_expired, time_freed};
pub(crate) use wish::{drop_all, leave, take, wait};

use crate::booking;
use crate::calendar;
use crate::decision::{Decision, SlotChange, Timer, Wake};
use crate::id::{AppointmentId, ProId};
use crate::lead::{AppointmentState, Lead, Slot, Status};
use crate::turn::Desk;
use crate::when::When;
use chrono::{DateTime, Duration, Utc};
use chrono_tz::Tz;
use serde::{Deserialize, Serialize};

/// How long a customer waits at most.
const LIFE: Duration = Duration::days(14);
/// How long a time that became free is held for the customer who is asked.
pub const HELD: Duration = Duration::minutes(20);
/// How many times are offered to one customer who does not answer or does not want them.
const MOST_OFFERS: u32 = 3;

/// A customer waits for an earlier time with the pro of their request.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Waits {
    /// With whom.
    pub pro: ProId,
    /// The longest waiting comes first.
    pub since: DateTime<Utc>,
    /// From when they wait no more.
    pub until: DateTime<Utc>,
    /// The time that was wanted and not free; none when only earlier counts.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub wish: Option<When>,
    /// Earlier than this, while no visit is agreed: the soonest of the times that were offered.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub before: Option<DateTime<Utc>>,
    /// The time that is held for them just now.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub offer: Option<EarlierOffer>,
    /// How many times they were asked.
    #[serde(default)]
    pub asked: u32,
    /// The beginnings of all times that were free when they were asked: a free morning is one message, and none is offered
    /// twice.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub known: Vec<DateTime<Utc>>,
}

/// A time that became free, held for a customer who thinks about it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct EarlierOffer {
    /// The first offer to this customer is 1.
    pub round: u32,
    /// When.
    pub slot: Slot,
    /// The visit that holds it.
    pub appointment: AppointmentId,
    /// Until when.
    pub expires_at: DateTime<Utc>,
}

impl Waits {
    /// Whether this time is what the customer of the lead waits for.
    fn suits(&self, lead: &Lead, slot: &Slot, zone: Tz) -> bool {
        let limit = lead.slot.map(|agreed| agreed.from).or(self.before);
        limit.is_none_or(|limit| slot.from < limit)
            && self.wish.as_ref().is_none_or(|wish| wish.allows(slot.from, zone))
            && !self.known.contains(&slot.from)
    }

    /// Whether it is over: for too long, or since the visit has begun.
    fn is_over(&self, lead: &Lead, now: DateTime<Utc>) -> bool {
        self.until <= now || lead.slot.is_some_and(|slot| slot.from <= now)
    }
}

/// Ends the waiting of leads that this decision takes from their pro or to their end, and asks for a look at the calendars
/// in which it frees time.
pub(crate) fn watch(desk: &mut Desk<'_>) {
    let mut leads = std::mem::take(&mut desk.decision.leads);
    for lead in &mut leads {
        let stays = matches!(lead.status, Status::Contacted | Status::New | Status::Booked);
        let is_over =
            lead.waits.as_ref().is_some_and(|waits| !stays || lead.pro.as_ref() != Some(&waits.pro));
        if is_over {
            end(desk, lead);
        }
    }
    desk.decision.leads = leads;
    for pro in freed(&desk.decision, desk.now) {
        look_again(desk, &pro, desk.now);
    }
}

/// Asks for a look at who waits for this pro.
pub(crate) fn look_again(desk: &mut Desk<'_>, pro: &ProId, due: DateTime<Utc>) {
    let timer = Timer { due, wake: Wake::TimeFreed { pro: pro.clone() } };
    if !desk.decision.timers.contains(&timer) {
        desk.decision.timers.push(timer);
    }
}

/// The pros in whose calendars a decision frees time that lies ahead.
fn freed(decision: &Decision, now: DateTime<Utc>) -> Vec<ProId> {
    let released = decision.slots.iter().filter_map(|change| match change {
        SlotChange::Release { appointment } => Some(appointment),
        SlotChange::Claim { .. } => None,
    });
    let mut pros: Vec<ProId> = released
        .filter_map(|released| decision.appointments.iter().find(|visit| visit.id == *released))
        .filter(|visit| visit.slot.to > now)
        .map(|visit| visit.pro.clone())
        .collect();
    pros.sort();
    pros.dedup();
    pros
}

/// Nobody waits any more on this lead; a time that was held for them is free.
pub(crate) fn end(desk: &mut Desk<'_>, lead: &mut Lead) {
    let Some(waits) = lead.waits.take() else { return };
    if let Some(offer) = waits.offer {
        let_go(desk, lead, &waits.pro, &offer);
    }
}

/// A time is taken for the visit of this lead. A time that was held for them meanwhile gives way where it shares any of
/// that, or is no earlier; they wait on for one that is.
pub(crate) fn give_way(desk: &mut Desk<'_>, lead: &mut Lead, taken: Slot) {
    let is_in_the_way =
        |offer: &mut EarlierOffer| offer.slot.from >= taken.from || calendar::share_a_step(offer.slot, taken);
    let Some(waits) = lead.waits.as_mut() else { return };
    let Some(offer) = waits.offer.take_if(is_in_the_way) else { return };
    let pro = waits.pro.clone();
    let_go(desk, lead, &pro, &offer);
}

/// Frees the time that was held for a customer.
fn let_go(desk: &mut Desk<'_>, lead: &Lead, pro: &ProId, offer: &EarlierOffer) {
    desk.decision.slots.push(SlotChange::Release { appointment: offer.appointment.clone() });
    booking::set_visit(desk, lead, pro, &offer.appointment, offer.slot, AppointmentState::Cancelled);
}
