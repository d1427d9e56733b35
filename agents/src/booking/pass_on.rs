//! The way on: which pro takes a request, and what becomes of it when that pro says no or nothing. The customer hears
//! of every step and never has to write anything twice.

use super::free::{Errand, alternatives, free_slots, may_take};
use super::offer::{make_offer, price_line, release};
use crate::care::{Alert, AlertKind};
use crate::concern::Concern;
use crate::conversation::{Conversation, Pending, Question};
use crate::decision::{Purpose, Recipient, Reply, Timer, Wake};
use crate::id::ProId;
use crate::lead::{Lead, Slot, Status};
use crate::message::Outbound;
use crate::policy;
use crate::pro::Pro;
use crate::request::Point;
use crate::request::Request;
use crate::routing::{self, Routing, RoutingQuestion};
use crate::say;
use crate::turn::{Desk, Need};
use crate::understanding::places;
use crate::when::When;
use chrono::{DateTime, Utc};
use locales::args;

/// How often silence moves a request to another pro before a person takes over (L11).
const MOST_MOVES: u32 = 3;

/// Why an offer ended without a visit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Why {
    /// The pro said no.
    Rejected,
    /// The pro said nothing in time.
    Silent,
    /// The customer did not want to wait any longer.
    Impatient,
    /// The question never reached the pro.
    Unreachable,
    /// The question had not left when its time was over: it still waited for its turn.
    NotSent,
    /// The time had gone to somebody else before the pro said yes.
    SlotGone,
    /// The pro took a booked job back.
    TakenBack,
}

/// Ranks the pros for a request: those are preferred who are free at the agreed time, else at the wished one.
pub(crate) fn route(desk: &Desk<'_>, lead: &Lead, wish: Option<&When>) -> Result<Routing, Need> {
    let city = lead.address.city.as_deref();
    // Where a map service had to be asked, the answer stands with the address.
    let position = |name: &str| {
        let asked = lead.address.point.filter(|_| city == Some(name));
        places::position(name).or_else(|| asked.map(Point::degrees))
    };
    let candidates = desk.pros()?;
    // Nobody is sent to themselves.
    let is_customer = |pro: &Pro| lead.customer_phone.as_deref() == Some(pro.phone.as_str());
    let of_trade: Vec<_> = candidates
        .iter()
        .filter(|candidate| candidate.pro.trades.contains(&lead.issue_type) && !is_customer(&candidate.pro))
        .collect();
    let ids: Vec<_> = of_trade.iter().map(|candidate| candidate.pro.id.clone()).collect();
    desk.calendars(&ids)?;
    let mut asked = Vec::with_capacity(of_trade.len());
    for candidate in &of_trade {
        let free = free_slots(desk, &candidate.pro, Errand::of_lead(lead))?;
        let is_wanted = |slot: &Slot| match (lead.slot, wish) {
            (Some(agreed), _) => *slot == agreed,
            (None, Some(wish)) => names_a_time(wish) && wish.allows(slot.from, desk.business.timezone),
            (None, None) => false,
        };
        asked.push(routing::Candidate {
            pro: &candidate.pro,
            open_jobs: candidate.open_jobs,
            next_free: free.first().map(|slot| slot.from),
            has_slot_in_wanted: free.iter().any(is_wanted),
            has_served: lead.served_by.contains(&candidate.pro.id),
        });
    }
    Ok(routing::rank(&RoutingQuestion {
        trade: lead.issue_type,
        city,
        emergency: lead.emergency,
        now: desk.now,
        declined: &lead.declined,
        candidates: &asked,
        city_text: Some(lead.full_address.as_str()).filter(|_| city.and_then(position).is_none()),
        ring_km: &routing::RINGS_KM,
        position: &position,
    }))
}

/// Whether a wish says more than "whenever".
fn names_a_time(wish: &When) -> bool {
    match wish {
        When::Point(_)
        | When::Range { .. }
        | When::Date(_)
        | When::Days { .. }
        | When::Candidates(_)
        | When::Exclusion(_) => true,
        When::Earliest | When::Any | When::Past | When::Clarify(_) | When::None => false,
    }
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
        Why::Impatient => "customer_wants_another",
        Why::Unreachable => "offer_undeliverable",
        Why::NotSent => "offer_not_sent",
        Why::SlotGone => "slot_gone",
        Why::TakenBack => "cancelled_by_pro",
    };
    let _ = lead.become_(Status::Rejected, desk.now, reason);
    release(desk, lead);
    lead.offer = None;
    if why == Why::Unreachable && lead.needs_human == Some(Concern::DeliveryFailed) {
        // What follows is just what a person would have to see to.
        lead.needs_human = None;
    }
    if !lead.declined.contains(pro) {
        lead.declined.push(pro.clone());
    }
    desk.note("declined", Some(&lead.id), format!("pro={pro} why={reason}"));
    if matches!(why, Why::Silent | Why::Impatient) {
        if lead.care.reassigned >= MOST_MOVES {
            escalate(desk, lead, why);
            return Ok(true);
        }
        lead.care.reassigned += 1;
    }
    pass_on(desk, lead, why)?;
    Ok(true)
}

/// One pro after the other was silent: a person must take over, is called for out of band, and the customer is
/// promised a call (L11). The lead is never closed by this.
fn escalate(desk: &mut Desk<'_>, lead: &mut Lead, why: Why) {
    const CONCERN: Concern = Concern::MovedTooOften;
    lead.pro = None;
    let _ = lead.become_(Status::PendingAdminReview, desk.now, CONCERN.key());
    desk.flag(lead, CONCERN);
    // Called for by the alert: the reporter's batch leaves it out.
    lead.care.reported = lead.needs_human;
    let args = args![lead = lead.number.to_string(), count = i64::from(lead.care.reassigned)];
    let words = locales::text(desk.business.locale, "operator-escalated", &args);
    desk.decision.alerts.push(Alert { kind: AlertKind::Escalated, lead: Some(lead.id.clone()), words });
    let message = say::message(lead.language, "customer-callback-promised", &args![]);
    tell_customer(desk, lead, message, why);
}

/// Finds the next pro: the same time if they have it, else new times for the customer to choose from, else a person.
pub(super) fn pass_on(desk: &mut Desk<'_>, lead: &mut Lead, why: Why) -> Result<(), Need> {
    let routing = route(desk, lead, None)?;
    lead.routing = routing.ranked.clone();
    let chosen =
        routing.chosen.and_then(|id| desk.pros().ok()?.iter().find(|candidate| candidate.pro.id == id));
    let Some(next) = chosen.map(|candidate| &candidate.pro) else {
        give_to_person(desk, lead, Concern::NoProLeft, why);
        return Ok(());
    };
    lead.quote = next.quote(lead.item.as_deref());
    desk.note("routed", Some(&lead.id), format!("pro={}", next.id));
    let same_time = match lead.slot {
        Some(slot) => may_take(desk, next, Errand::of_lead(lead), slot)?.ok().map(|()| slot),
        None => None,
    };
    if let Some(slot) = same_time {
        offer_same_time(desk, lead, next, slot, why);
        return Ok(());
    }
    let told_at = moment_for_customer(desk, lead, why);
    let header = "customer-next-pro-times";
    match offer_new_times(desk, lead, next, "new_times_offered", header, told_at)? {
        Some(message) => tell_customer(desk, lead, message, why),
        // The customer talks about something else by now: a number in that chat would mean that.
        None => give_to_person(desk, lead, Concern::NewTimesNeeded, why),
    }
    Ok(())
}

/// Asks another pro about the agreed time, and tells the customer who it is.
pub(super) fn offer_same_time(desk: &mut Desk<'_>, lead: &mut Lead, pro: &Pro, slot: Slot, why: Why) {
    make_offer(desk, lead, pro, slot);
    let args = args![
        pro = pro.name.as_str(),
        slot = say::slot(desk.business, lead.language, &slot, desk.now),
        price = price_line(desk, lead.language, lead)
    ];
    let message = say::message(lead.language, "customer-next-pro", &args);
    tell_customer(desk, lead, message, why);
}

/// Puts a lead back to where its customer chooses a time of this pro, and opens that question in the chat. Returns what
/// is to be said under this header, which has `$pro` and `$price`; none when the chat is about something else by now.
pub(crate) fn offer_new_times(
    desk: &mut Desk<'_>,
    lead: &mut Lead,
    pro: &Pro,
    reason: &str,
    header: &str,
    told_at: Option<DateTime<Utc>>,
) -> Result<Option<Outbound>, Need> {
    let free = free_slots(desk, pro, Errand::of_lead(lead))?;
    let wanted = lead.slot.map(|slot| When::Point(slot.from));
    let (slots, _) = alternatives(desk, &free, wanted.as_ref());
    let chat = desk.conversation(&lead.conversation)?;
    let Some(mut conversation) = chat.filter(|chat| is_free_for(chat, lead) && !slots.is_empty()) else {
        return Ok(None);
    };
    let _ = lead.become_(Status::Contacted, desk.now, reason);
    lead.pro = Some(pro.id.clone());
    lead.slot = None;
    lead.appointment_time = None;
    if conversation.lead.is_none() {
        conversation.request = request_of(lead);
        conversation.lead = Some(lead.id.clone());
    }
    // The time that was agreed is gone with the pro: it must not be taken for a wish again.
    conversation.request.when = None;
    conversation.pending = Some(Pending {
        question: Question::ChooseSlot { pro: pro.id.clone(), slots: slots.clone() },
        lead: Some(lead.id.clone()),
        asked_at: desk.now,
        // The question is open from when it is read.
        expires_at: told_at.unwrap_or(desk.now) + policy::QUESTION_LIFE,
    });
    desk.save_conversation(conversation);
    let (lines, buttons) = say::slot_choice(desk.business, lead.language, &slots, desk.now);
    let args = args![pro = pro.name.as_str(), price = price_line(desk, lead.language, lead)];
    let mut message = say::message(lead.language, header, &args);
    message.text = format!("{}\n{}", message.text, lines.join("\n"));
    message.buttons = buttons;
    Ok(Some(message))
}

/// Whether a chat is still about this lead, or about nothing.
pub(crate) fn is_free_for(conversation: &Conversation, lead: &Lead) -> bool {
    match &conversation.lead {
        Some(under_way) => *under_way == lead.id,
        None => conversation.request.issue.is_none(),
    }
}

/// The facts of a lead, for a chat that had put them aside.
pub(crate) fn request_of(lead: &Lead) -> Request {
    Request {
        name: lead.customer_name.clone(),
        trade: Some(lead.issue_type),
        issue: Some(lead.issue_summary.clone()),
        item: lead.item.clone(),
        address: lead.address.clone(),
        emergency: lead.emergency,
        asked_same_pro: true,
        media: lead.media.clone(),
        ..Request::default()
    }
}

/// Nobody can be asked: a person must look, and the customer knows.
fn give_to_person(desk: &mut Desk<'_>, lead: &mut Lead, concern: Concern, why: Why) {
    lead.pro = None;
    let _ = lead.become_(Status::PendingAdminReview, desk.now, concern.key());
    desk.flag(lead, concern);
    let message = say::message(lead.language, "customer-no-pro-left", &args![]);
    tell_customer(desk, lead, message, why);
}

/// When the customer is told: at once when a person just did something, at a decent hour when nobody did.
fn moment_for_customer(desk: &Desk<'_>, lead: &Lead, why: Why) -> Option<DateTime<Utc>> {
    match why {
        Why::Rejected | Why::SlotGone | Why::Impatient | Why::TakenBack => None,
        Why::Silent | Why::Unreachable | Why::NotSent => {
            policy::polite_moment(desk.business, desk.now, lead.emergency)
        }
    }
}

pub(super) fn tell_customer(desk: &mut Desk<'_>, lead: &Lead, message: Outbound, why: Why) {
    let not_before = moment_for_customer(desk, lead, why);
    desk.decision.replies.push(Reply {
        to: Recipient::Conversation(lead.conversation.clone()),
        purpose: Purpose::Update,
        message,
        lead: Some(lead.id.clone()),
        not_before,
    });
}

/// Looks whether an offer is still unanswered when its time is over, and offers the request on if so (B72, L10).
pub(crate) fn offer_expired(desk: &mut Desk<'_>, lead: &Lead, round: u32) -> Result<(), Need> {
    let Some(offer) = lead.offer.as_ref().filter(|offer| offer.round == round) else { return Ok(()) };
    if offer.expires_at > desk.now {
        // It was lengthened meanwhile.
        let wake = Wake::OfferExpired { lead: lead.id.clone(), round };
        desk.decision.timers.push(Timer { due: offer.expires_at, wake });
        return Ok(());
    }
    // A pro whom the question never reached was not silent.
    let why = if offer.thinking_since.is_some() { Why::Silent } else { Why::NotSent };
    take_back(desk, lead, &offer.pro, why)
}

/// Offers the request on when the question could not be delivered to the pro and was not answered either.
pub(crate) fn offer_undeliverable(desk: &mut Desk<'_>, lead: &Lead, round: u32) -> Result<(), Need> {
    match &lead.offer {
        Some(offer) if offer.round == round => take_back(desk, lead, &offer.pro, Why::Unreachable),
        Some(_) | None => Ok(()),
    }
}

/// Takes an offer back from a pro, who may have left the business since.
pub(crate) fn take_back(desk: &mut Desk<'_>, lead: &Lead, asked: &ProId, why: Why) -> Result<(), Need> {
    let mut lead = lead.clone();
    if take_from(desk, &mut lead, asked, why)? {
        desk.decision.leads.push(lead);
    }
    Ok(())
}

/// As [`take_back`], for a lead that the caller saves. Returns whether there was anything to take back.
pub(crate) fn take_from(desk: &mut Desk<'_>, lead: &mut Lead, asked: &ProId, why: Why) -> Result<bool, Need> {
    let pro =
        desk.pros()?.iter().find(|candidate| candidate.pro.id == *asked).map(|candidate| &candidate.pro);
    if !decline(desk, lead, asked, why)? {
        return Ok(false);
    }
    if let Some(pro) = pro.filter(|_| matches!(why, Why::Silent | Why::Impatient)) {
        let args = args![lead = lead.number.to_string()];
        let told = say::message(pro.language, "pro-offer-moved", &args);
        desk.say(Recipient::Pro(asked.clone()), Purpose::Duty, told, Some(lead));
        let mut pro = pro.clone();
        pro.desk.offers_missed += 1;
        desk.decision.pros.push(pro);
    }
    Ok(true)
}
