//! What a customer says about an earlier time: tell me when one is free, I take it, no. The words of the answers are the
//! dispatcher's; here is what becomes of the lead.

use super::{LIFE, MOST_OFFERS, Waits, end, let_go, look_again};
use crate::booking::{self, Errand};
use crate::decision::SlotChange;
use crate::id::AppointmentId;
use crate::lead::{AppointmentState, Lead, Slot, Status};
use crate::pro::Pro;
use crate::turn::{Desk, Need};
use crate::when::When;
use chrono::{DateTime, Utc};

/// The customer waits from now on. `wish` is the time that was wanted and not free, `before` the soonest that was offered.
/// A time that suits and is free already is offered at once.
pub(crate) fn wait(
    desk: &mut Desk<'_>,
    lead: &mut Lead,
    pro: &Pro,
    wish: Option<When>,
    before: Option<DateTime<Utc>>,
) {
    lead.waits = Some(Box::new(Waits {
        pro: pro.id.clone(),
        since: desk.now,
        until: desk.now + LIFE,
        wish,
        before,
        offer: None,
        asked: 0,
        known: Vec::new(),
    }));
    desk.note("waits", Some(&lead.id), format!("pro={}", pro.id));
    look_again(desk, &pro.id, desk.now);
}

/// Why a time that became free cannot be taken any more.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Refused;

/// What the customer took.
pub(crate) struct Taken {
    /// The time.
    pub(crate) slot: Slot,
    /// The visit that held it; free by now unless the lead's visit is moved there.
    pub(crate) held_by: AppointmentId,
    /// The time of the visit before, when that was booked and is moved now.
    pub(crate) previous: Option<Slot>,
}

/// The customer takes the time of this round. A booked visit is moved there at once: the pro has said yes to the job, and
/// the time is free in their own calendar. Otherwise the time is let go for the caller to close the deal with.
///
/// # Errors
/// What has to be looked up first.
pub(crate) fn take(
    desk: &mut Desk<'_>,
    lead: &mut Lead,
    pro: &Pro,
    round: u32,
) -> Result<Result<Taken, Refused>, Need> {
    let offer = lead.waits.as_ref().and_then(|waits| waits.offer.clone());
    let Some(offer) = offer.filter(|offer| offer.round == round && offer.expires_at > desk.now) else {
        return Ok(Err(Refused));
    };
    if booking::may_take(desk, pro, Errand::approved(lead), offer.slot)?.is_err() {
        // The pro blocked it meanwhile, or does not work then any more (B59).
        if let Some(waits) = lead.waits.as_mut() {
            waits.offer = None;
        }
        let_go(desk, lead, &pro.id, &offer);
        return Ok(Err(Refused));
    }
    let previous = lead.slot.filter(|_| lead.status == Status::Booked);
    if previous.is_some() {
        lead.waits = None;
        booking::release(desk, lead);
        lead.slot = Some(offer.slot);
        lead.appointment_time = Some(offer.slot.from);
        lead.appointment = Some(offer.appointment.clone());
        lead.moves += 1;
        desk.decision.slots.push(SlotChange::Claim {
            pro: pro.id.clone(),
            slot: offer.slot,
            appointment: offer.appointment.clone(),
            until: None,
        });
        booking::set_visit(desk, lead, &pro.id, &offer.appointment, offer.slot, AppointmentState::Booked);
        desk.note("rescheduled", Some(&lead.id), "earlier");
    } else {
        end(desk, lead);
    }
    Ok(Ok(Taken { slot: offer.slot, held_by: offer.appointment, previous }))
}

/// The customer does not want the time of this round; it is never offered to them again. Returns false when there is no
/// such offer.
pub(crate) fn leave(desk: &mut Desk<'_>, lead: &mut Lead, round: u32) -> bool {
    let Some(waits) = lead.waits.as_mut() else { return false };
    let Some(offer) = waits.offer.take_if(|offer| offer.round == round) else { return false };
    let pro = waits.pro.clone();
    if waits.asked >= MOST_OFFERS {
        lead.waits = None;
    }
    let_go(desk, lead, &pro, &offer);
    desk.note("earlier_left", Some(&lead.id), "");
    true
}

/// Whoever opts out waits for nothing any more. Returns the leads that changed.
pub(crate) fn drop_all(desk: &mut Desk<'_>, leads: &[Lead]) -> Vec<Lead> {
    let mut changed = Vec::new();
    for lead in leads.iter().filter(|lead| lead.waits.is_some()) {
        let mut lead = lead.clone();
        end(desk, &mut lead);
        changed.push(lead);
    }
    changed
}
