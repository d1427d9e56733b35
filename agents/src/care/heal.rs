//! Healing: a look at a lead on which nobody has acted for long. Timers see to every lead already; this is the net below
//! them, for what was lost, restored from a backup, or changed by hand.

use crate::booking::{self, Why};
use crate::concern::Concern;
use crate::decision::{Timer, Wake};
use crate::lead::{Lead, Status};
use crate::policy;
use crate::turn::{Desk, Need};
use chrono::Duration;

/// Heals a lead that is stuck on us, or says who must look. One that waits for its customer is left alone.
pub(crate) fn stale(desk: &mut Desk<'_>, lead: &Lead) -> Result<(), Need> {
    if lead.stale_since().is_none() {
        return Ok(());
    }
    match lead.status {
        Status::New => match &lead.offer {
            Some(offer) if offer.expires_at <= desk.now => {
                desk.note("healed", Some(&lead.id), "offer_expired");
                booking::take_back(desk, lead, &offer.pro, Why::Silent)
            }
            Some(offer) => {
                // It is not over. Its timer may be lost all the same, and costs nothing twice.
                let wake = Wake::OfferExpired { lead: lead.id.clone(), round: offer.round };
                desk.decision.timers.push(Timer { due: offer.expires_at, wake });
                looked(desk, lead.clone());
                Ok(())
            }
            None => {
                flag(desk, lead.clone(), Concern::NobodyIsAsked);
                Ok(())
            }
        },
        Status::Rejected => {
            flag(desk, lead.clone(), Concern::LeftRejected);
            Ok(())
        }
        Status::Contacted => contacted(desk, lead),
        Status::Booked
        | Status::Completed
        | Status::Closed
        | Status::Cancelled
        | Status::PendingAdminReview => Ok(()),
    }
}

/// A lead whose customer was asked something waits for them. One whose chat has no question open and no pro was forgotten.
fn contacted(desk: &mut Desk<'_>, lead: &Lead) -> Result<(), Need> {
    let chat = desk.conversation(&lead.conversation)?;
    match chat {
        Some(chat) if chat.lead.as_ref() == Some(&lead.id) => {
            let is_with_person = chat.paused_until.is_some_and(|until| until > desk.now);
            let is_recent = chat.last_inbound_at.is_some_and(|at| at + Duration::hours(1) > desk.now);
            if chat.pending.is_none() && lead.pro.is_none() && !is_with_person && !is_recent {
                flag(desk, lead.clone(), Concern::Stuck);
            } else {
                looked(desk, lead.clone());
            }
        }
        // The customer talks about something else; the janitor ends it in time.
        Some(_) => looked(desk, lead.clone()),
        None => flag(desk, lead.clone(), Concern::ChatIsGone),
    }
    Ok(())
}

fn flag(desk: &mut Desk<'_>, mut lead: Lead, concern: Concern) {
    desk.flag(&mut lead, concern);
    desk.decision.leads.push(lead);
}

/// Remembers that nothing was to be done, so that the next look comes later.
fn looked(desk: &mut Desk<'_>, mut lead: Lead) {
    lead.care.looked_at = Some(desk.now);
    desk.decision.leads.push(lead);
}

/// Ends a request whose customer has not written for so long. Never one that a person looks after.
pub(crate) fn abandoned(desk: &mut Desk<'_>, lead: &Lead) -> Result<(), Need> {
    let after = policy::ABANDONED_AFTER;
    let untouched = lead.status_since().is_none_or(|since| since + after <= desk.now);
    if lead.status != Status::Contacted || lead.needs_human.is_some() || !untouched {
        return Ok(());
    }
    let chat = desk.conversation(&lead.conversation)?;
    let is_silent = |at: Option<chrono::DateTime<chrono::Utc>>| at.is_none_or(|at| at + after <= desk.now);
    if chat
        .as_ref()
        .is_some_and(|chat| chat.lead.as_ref() == Some(&lead.id) && !is_silent(chat.last_inbound_at))
    {
        return Ok(());
    }
    let mut lead = lead.clone();
    if !lead.become_(Status::Closed, desk.now, "abandoned") {
        return Ok(());
    }
    booking::release(desk, &mut lead);
    desk.note("abandoned", Some(&lead.id), "");
    if let Some(mut chat) = chat.filter(|chat| chat.lead.as_ref() == Some(&lead.id)) {
        chat.lead = None;
        chat.request = crate::request::Request { name: chat.request.name, ..Default::default() };
        chat.pending = None;
        chat.misses.clear();
        if chat.needs_human == Some(Concern::PartialIntake) {
            chat.needs_human = None;
        }
        desk.save_conversation(chat);
    }
    desk.decision.leads.push(lead);
    Ok(())
}
