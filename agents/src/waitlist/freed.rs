//! A pro's time is free again: the customer who waits the longest and whom it suits is asked, and it is held for them.

use super::{EarlierOffer, HELD, MOST_OFFERS, end, let_go, look_again};
use crate::booking::{self, Errand};
use crate::calendar;
use crate::care::CustomerTap;
use crate::conversation::{Conversation, Pending, Question};
use crate::decision::{Purpose, Recipient, Timer, Wake};
use crate::lead::{Lead, Slot};
use crate::message::Button;
use crate::policy;
use crate::pro::Pro;
use crate::say;
use crate::turn::{Desk, Need};
use chrono::{DateTime, Utc};
use locales::{args, text};

/// Looks who waits for this pro and offers the first whom a free time suits just one; the next look is at the next. At
/// night nobody is asked; whose chat is about something else just now is passed over until it is not.
pub(crate) fn time_freed(desk: &mut Desk<'_>, pro: &Pro) -> Result<(), Need> {
    let mut waiting: Vec<Lead> =
        desk.jobs_of(&pro.id)?.iter().filter(|lead| lead.waits.is_some()).cloned().collect();
    if waiting.is_empty() {
        return Ok(());
    }
    if let Some(open) = policy::polite_moment(desk.business, desk.now, false) {
        look_again(desk, &pro.id, open);
        return Ok(());
    }
    waiting.sort_by_key(|lead| (lead.waits.as_ref().map(|waits| waits.since), lead.number));
    let mut later: Option<DateTime<Utc>> = None;
    for mut lead in waiting {
        let Some(waits) = lead.waits.clone() else { continue };
        if waits.is_over(&lead, desk.now) {
            end(desk, &mut lead);
            desk.decision.leads.push(lead);
            continue;
        }
        if waits.offer.is_some() || !pro.active || pro.on_vacation {
            continue;
        }
        let free = booking::free_slots(desk, pro, Errand::anew(&lead))?;
        let zone = desk.business.timezone;
        // Until the customer has chosen, both times are theirs, so they cannot share any of it.
        let own = lead.slot.filter(|_| lead.appointment.is_some());
        let is_apart = |slot: &Slot| own.is_none_or(|own| !calendar::share_a_step(own, *slot));
        let suits = |slot: &Slot| waits.suits(&lead, slot, zone) && is_apart(slot);
        let suiting: Vec<Slot> = free.into_iter().filter(suits).collect();
        if suiting.is_empty() {
            continue;
        }
        let Some(chat) = desk.conversation(&lead.conversation)? else { continue };
        match may_be_asked(&chat, &lead, desk.now) {
            Chat::Free => {
                offer(desk, lead, chat, pro, &suiting);
                look_again(desk, &pro.id, desk.now);
                return Ok(());
            }
            Chat::BusyUntil(at) => later = Some(later.map_or(at, |earlier| earlier.min(at))),
            Chat::Closed => desk.note("earlier_held", Some(&lead.id), "window_closed"),
        }
    }
    if let Some(at) = later {
        look_again(desk, &pro.id, at);
    }
    Ok(())
}

/// Whether a customer can be asked just now.
enum Chat {
    Free,
    /// A person has taken over, or another question is open.
    BusyUntil(DateTime<Utc>),
    /// The provider does not let us write, or the chat is about another request.
    Closed,
}

fn may_be_asked(chat: &Conversation, lead: &Lead, now: DateTime<Utc>) -> Chat {
    if !booking::is_free_for(chat, lead) || !policy::is_window_open(chat, now) {
        return Chat::Closed;
    }
    if let Some(until) = chat.paused_until.filter(|until| *until > now) {
        return Chat::BusyUntil(until);
    }
    match &chat.pending {
        // The list of other times gives way to a better one; its buttons still count.
        Some(Pending { question: Question::ChooseSlot { .. }, lead: about, .. })
            if about.as_ref() == Some(&lead.id) =>
        {
            Chat::Free
        }
        Some(open) if open.expires_at > now => Chat::BusyUntil(open.expires_at),
        Some(_) | None => Chat::Free,
    }
}

/// Offers the soonest of the free times that suit.
fn offer(desk: &mut Desk<'_>, mut lead: Lead, mut chat: Conversation, pro: &Pro, suiting: &[Slot]) {
    let (Some(slot), Some(mut waits)) = (suiting.first().copied(), lead.waits.take()) else { return };
    let expires_at = desk.now + HELD;
    let appointment = booking::hold_aside(desk, &mut lead, pro, slot, expires_at);
    waits.known.retain(|known| *known > desk.now);
    waits.known.extend(suiting.iter().map(|slot| slot.from));
    waits.asked += 1;
    let round = waits.asked;
    waits.offer = Some(EarlierOffer { round, slot, appointment, expires_at });
    lead.waits = Some(waits);
    desk.decision
        .timers
        .push(Timer { due: expires_at, wake: Wake::EarlierExpired { lead: lead.id.clone(), round } });
    if chat.lead.is_none() {
        chat.request = booking::request_of(&lead);
        chat.lead = Some(lead.id.clone());
    }
    chat.pending = Some(Pending {
        question: Question::EarlierOffered { round },
        lead: Some(lead.id.clone()),
        asked_at: desk.now,
        expires_at,
    });
    desk.save_conversation(chat);
    let language = lead.language;
    let when = |slot: &Slot| say::slot(desk.business, language, slot, desk.now);
    let (pro_name, minutes) = (pro.name.as_str(), HELD.num_minutes());
    let mut message = match &lead.slot {
        Some(agreed) => say::message(
            language,
            "customer-earlier-instead",
            &args![pro = pro_name, slot = when(&slot), previous = when(agreed), minutes = minutes],
        ),
        None => say::message(
            language,
            "customer-earlier-free",
            &args![pro = pro_name, slot = when(&slot), minutes = minutes],
        ),
    };
    message.buttons = [
        (CustomerTap::TakeEarlier(lead.id.clone(), round), "button-take-earlier"),
        (CustomerTap::LeaveEarlier(lead.id.clone(), round), "button-leave-earlier"),
    ]
    .map(|(tap, label)| Button { payload: tap.payload(), label: text(language, label, &args![]) })
    .to_vec();
    desk.note("earlier_offered", Some(&lead.id), format!("pro={} round={round}", pro.id));
    desk.say(Recipient::Conversation(lead.conversation.clone()), Purpose::Update, message, Some(&lead));
    desk.decision.leads.push(lead);
}

/// The customer has not answered in time: the next one is asked. Who lets three pass waits no more.
pub(crate) fn earlier_expired(desk: &mut Desk<'_>, lead: &Lead, round: u32) -> Result<(), Need> {
    let mut lead = lead.clone();
    let Some(waits) = lead.waits.as_mut() else { return Ok(()) };
    let Some(offer) = waits.offer.take_if(|offer| offer.round == round) else { return Ok(()) };
    if offer.expires_at > desk.now {
        let wake = Wake::EarlierExpired { lead: lead.id.clone(), round };
        desk.decision.timers.push(Timer { due: offer.expires_at, wake });
        return Ok(());
    }
    let pro = waits.pro.clone();
    if waits.asked >= MOST_OFFERS {
        lead.waits = None;
    }
    let_go(desk, &lead, &pro, &offer);
    if let Some(mut chat) = desk.conversation(&lead.conversation)? {
        let is_it = |pending: &mut Pending| {
            pending.question == Question::EarlierOffered { round } && pending.lead.as_ref() == Some(&lead.id)
        };
        if chat.pending.take_if(is_it).is_some() {
            desk.save_conversation(chat);
        }
    }
    desk.note("earlier_expired", Some(&lead.id), "");
    desk.decision.leads.push(lead);
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::decision::{Decision, SlotChange};
    use crate::id::ProId;
    use crate::turn::Busy;
    use crate::turn::stage::Stage;
    use crate::waitlist::Waits;
    use chrono::Duration;

    /// A booked visit in four hours whose customer waits for an earlier time; its pro is busy until so many minutes from
    /// now. What comes of it when the pro's time is free again.
    fn freed_after(minutes: i64) -> (Stage, Decision) {
        let mut stage = Stage::new();
        let pro = ProId::new("avi");
        let id = stage.booked(17, "avi");
        let now = stage.now;
        for chat in &mut stage.chats {
            chat.last_inbound_at = Some(now);
        }
        let lead = stage.lead_mut(&id);
        lead.waits = Some(Box::new(Waits {
            pro: pro.clone(),
            since: now,
            until: now + Duration::days(7),
            wish: None,
            before: None,
            offer: None,
            asked: 0,
            known: Vec::new(),
        }));
        let (own, appointment) = (lead.slot.unwrap(), lead.appointment.clone().unwrap());
        stage.take("avi", Slot { from: now, to: now + Duration::minutes(minutes) });
        let own = Busy { from: own.from, to: own.to, appointment, city: None };
        stage.busy.entry(pro.clone()).or_default().push(own);
        let decision = stage.rings(Wake::TimeFreed { pro });
        (stage, decision)
    }

    #[test]
    fn an_earlier_time_is_offered_that_shares_nothing_with_the_booked_one() {
        let (stage, decision) = freed_after(180);
        let held: Vec<Slot> = decision
            .slots
            .iter()
            .filter_map(|change| match change {
                SlotChange::Claim { slot, .. } => Some(*slot),
                SlotChange::Release { .. } => None,
            })
            .collect();
        assert_eq!(held, [stage.slot(3)]);
        assert_eq!(decision.replies.len(), 1);
    }

    /// Both times are held until the customer has chosen, and the store gives none of them twice.
    #[test]
    fn half_of_the_booked_time_is_not_offered() {
        let (_, decision) = freed_after(210);
        assert!(decision.slots.is_empty() && decision.replies.is_empty());
    }
}
