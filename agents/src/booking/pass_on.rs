//! The way on: which pro takes a request, and what becomes of it when that pro says no or nothing. The customer hears
//! of every step and never has to write anything twice.

use super::free::{alternatives, free_slots};
use super::offer::{make_offer, price_line, release};
use crate::conversation::{Pending, Question};
use crate::decision::{Purpose, Recipient, Reply};
use crate::id::ProId;
use crate::lead::{Lead, Quote, Status};
use crate::message::Outbound;
use crate::policy;
use crate::routing::{self, Routing, RoutingQuestion};
use crate::say;
use crate::turn::{Desk, Need};
use crate::understanding::places;
use crate::when::When;
use locales::Args;

/// Why an offer ended without a visit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Why {
    /// The pro said no.
    Rejected,
    /// The pro said nothing in time.
    Silent,
    /// The time had gone to somebody else before the pro said yes.
    SlotGone,
}

/// Ranks the pros for a request.
pub(crate) fn route(desk: &Desk<'_>, lead: &Lead) -> Result<Routing, Need> {
    let candidates = desk.pros()?;
    let of_trade: Vec<_> =
        candidates.iter().filter(|candidate| candidate.pro.trades.contains(&lead.issue_type)).collect();
    let ids: Vec<_> = of_trade.iter().map(|candidate| candidate.pro.id.clone()).collect();
    desk.calendars(&ids)?;
    let mut asked = Vec::with_capacity(of_trade.len());
    for candidate in &of_trade {
        let free = free_slots(desk, &candidate.pro, lead.item.as_deref(), lead.emergency, None)?;
        asked.push(routing::Candidate {
            pro: &candidate.pro,
            open_jobs: candidate.open_jobs,
            next_free: free.first().map(|slot| slot.from),
            has_slot_in_wanted: lead.slot.is_some_and(|slot| free.contains(&slot)),
        });
    }
    Ok(routing::rank(&RoutingQuestion {
        trade: lead.issue_type,
        city: lead.address.city.as_deref(),
        emergency: lead.emergency,
        now: desk.now,
        declined: &lead.declined,
        candidates: &asked,
        city_text: None,
        ring_km: &routing::RINGS_KM,
        position: &|place| {
            places::by_key(place)
                .or_else(|| places::by_name(place))
                .map(|place| (place.latitude, place.longitude))
        },
    }))
}

/// Takes an offer or a booking from a pro, frees the time and offers the request on.
///
/// Returns false when this pro has nothing of the sort.
pub(crate) fn decline(desk: &mut Desk<'_>, lead: &mut Lead, pro: &ProId, why: Why) -> Result<bool, Need> {
    if lead.offer.as_ref().is_none_or(|offer| offer.pro != *pro) || lead.status != Status::New {
        return Ok(false);
    }
    let reason = match why {
        Why::Rejected => "rejected_by_pro",
        Why::Silent => "offer_expired",
        Why::SlotGone => "slot_gone",
    };
    let _ = lead.become_(Status::Rejected, desk.now, reason);
    release(desk, lead);
    lead.offer = None;
    if !lead.declined.contains(pro) {
        lead.declined.push(pro.clone());
    }
    desk.note("declined", Some(&lead.id), format!("pro={pro} why={reason}"));
    pass_on(desk, lead, why)?;
    Ok(true)
}

/// Finds the next pro: the same time if they have it, else new times for the customer to choose from, else a person.
fn pass_on(desk: &mut Desk<'_>, lead: &mut Lead, why: Why) -> Result<(), Need> {
    let routing = route(desk, lead)?;
    lead.routing = routing.ranked.clone();
    let chosen =
        routing.chosen.and_then(|id| desk.pros().ok()?.iter().find(|candidate| candidate.pro.id == id));
    let Some(next) = chosen.map(|candidate| &candidate.pro) else {
        lead.pro = None;
        let _ = lead.become_(Status::PendingAdminReview, desk.now, "no_pro_left");
        lead.needs_human = Some("no_pro_left".to_owned());
        desk.note("needs_human", Some(&lead.id), "no_pro_left");
        let message = say::message(lead.language, "customer-no-pro-left", &Args::new());
        tell_customer(desk, lead, message, why);
        return Ok(());
    };
    let free = free_slots(desk, next, lead.item.as_deref(), lead.emergency, None)?;
    lead.quote = lead.item.as_deref().and_then(|item| next.price(item)).map(|price| Quote {
        item: price.item.clone(),
        min: price.min,
        max: price.max,
    });
    desk.note("routed", Some(&lead.id), format!("pro={}", next.id));
    if let Some(slot) = lead.slot.filter(|slot| free.contains(slot)) {
        make_offer(desk, lead, next, slot);
        let args = Args::new()
            .text("pro", next.name.as_str())
            .text("slot", say::slot(desk.business, lead.language, &slot, desk.now))
            .text("price", price_line(desk, lead.language, lead));
        let message = say::message(lead.language, "customer-next-pro", &args);
        tell_customer(desk, lead, message, why);
        return Ok(());
    }
    let wanted = lead.slot.map(|slot| When::Point(slot.from));
    let (slots, _) = alternatives(desk, &free, wanted.as_ref());
    let mut conversation = desk.conversation(&lead.conversation)?.cloned();
    let _ = lead.become_(Status::Contacted, desk.now, "new_times_offered");
    lead.pro = Some(next.id.clone());
    lead.slot = None;
    lead.appointment_time = None;
    if let Some(conversation) = conversation.as_mut() {
        // The time that was agreed is gone with the pro: it must not be taken for a wish again.
        conversation.request.when = None;
        conversation.pending = Some(Pending {
            question: Question::ChooseSlot { pro: next.id.clone(), slots: slots.clone() },
            lead: Some(lead.id.clone()),
            asked_at: desk.now,
            expires_at: desk.now + policy::QUESTION_LIFE,
        });
    }
    desk.decision.other_conversations.extend(conversation);
    let (lines, buttons) = say::slot_choice(desk.business, lead.language, &slots, desk.now);
    let args =
        Args::new().text("pro", next.name.as_str()).text("price", price_line(desk, lead.language, lead));
    let header = locales::text(lead.language, "customer-next-pro-times", &args);
    let message = Outbound { text: format!("{header}\n{}", lines.join("\n")), buttons };
    tell_customer(desk, lead, message, why);
    Ok(())
}

/// Tells the customer: at once when a person just did something, at a decent hour when a timer did.
fn tell_customer(desk: &mut Desk<'_>, lead: &Lead, message: Outbound, why: Why) {
    let not_before = match why {
        Why::Rejected | Why::SlotGone => None,
        Why::Silent => policy::polite_moment(desk.business, desk.now, lead.emergency),
    };
    desk.decision.replies.push(Reply {
        to: Recipient::Conversation(lead.conversation.clone()),
        purpose: Purpose::Update,
        message,
        lead: Some(lead.id.clone()),
        not_before,
    });
}

/// Looks whether an offer is still unanswered when its time is over, and offers the request on if so.
pub(crate) fn offer_expired(desk: &mut Desk<'_>, lead: &Lead, round: u32) -> Result<(), Need> {
    let is_open =
        lead.offer.as_ref().is_some_and(|offer| offer.round == round && offer.expires_at <= desk.now);
    if lead.status != Status::New || !is_open {
        return Ok(());
    }
    let Some(asked) = lead.offer.as_ref().map(|offer| offer.pro.clone()) else { return Ok(()) };
    let pro = desk.pros()?.iter().find(|candidate| candidate.pro.id == asked).map(|candidate| &candidate.pro);
    let mut lead = lead.clone();
    if decline(desk, &mut lead, &asked, Why::Silent)? {
        if let Some(pro) = pro {
            let args = Args::new().text("lead", lead.number.to_string());
            desk.say(
                Recipient::Pro(asked),
                Purpose::Duty,
                say::message(pro.language, "pro-offer-moved", &args),
                Some(&lead),
            );
        }
        desk.decision.leads.push(lead);
    }
    Ok(())
}
