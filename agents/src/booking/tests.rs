//! The life of an offer: what a yes, a no, silence and an unreachable pro make of it, and whom the customer hears of.

#![allow(clippy::unwrap_used)]

use super::is_offer;
use crate::concern::Concern;
use crate::conversation::Question;
use crate::decision::{Decision, Purpose, Recipient, Reply, SlotChange, Timer, Wake};
use crate::id::{AppointmentId, ConversationId, LeadId, ProId};
use crate::lead::{Appointment, AppointmentState, FurtherVisit, Lead, Status};
use crate::turn::stage::Stage;
use chrono::Duration;

fn expired(lead: &LeadId, round: u32) -> Wake {
    Wake::OfferExpired { lead: lead.clone(), round }
}

fn undeliverable(lead: &LeadId, round: u32) -> Wake {
    Wake::OfferUndeliverable { lead: lead.clone(), round }
}

fn news(decision: &Decision) -> Vec<&Reply> {
    decision.replies.iter().filter(|reply| reply.purpose == Purpose::Update).collect()
}

fn to_pro<'a>(decision: &'a Decision, pro: &str) -> Vec<&'a Reply> {
    let to = Recipient::Pro(ProId::new(pro));
    decision.replies.iter().filter(|reply| reply.to == to).collect()
}

fn after_an_hour() -> (Stage, LeadId) {
    let mut stage = Stage::new();
    let id = stage.offered(17, "avi");
    stage.now += Duration::minutes(55);
    (stage, id)
}

#[track_caller]
fn only_lead(decision: &Decision) -> &Lead {
    assert_eq!(decision.leads.len(), 1);
    &decision.leads[0]
}

#[test]
fn an_offer_that_nobody_answers_goes_to_the_next_pro_for_the_same_time() {
    let (stage, id) = after_an_hour();
    let decision = stage.rings(expired(&id, 1));
    let lead = only_lead(&decision);
    let offer = lead.offer.as_ref().unwrap();
    assert_eq!((lead.status, offer.pro.as_str(), offer.round), (Status::New, "michal", 2));
    assert_eq!(offer.expires_at, stage.now + Duration::minutes(60));
    assert_eq!(decision.timers[0].wake, expired(&id, 2));
    assert_eq!(decision.timers[0].due, offer.expires_at);
    assert!(is_offer(&to_pro(&decision, "michal")[0].message, &id, 2));
    assert!(!is_offer(&to_pro(&decision, "michal")[0].message, &id, 1));
    assert!(to_pro(&decision, "avi")[0].message.text.contains("עברה לבעל מקצוע אחר"));
    assert_eq!(news(&decision).len(), 1);
    // The old time is freed, the new one held until the offer ends.
    let released = decision.slots.iter().any(|change| matches!(change, SlotChange::Release { .. }));
    let held = decision.slots.iter().any(
        |change| matches!(change, SlotChange::Claim { until: Some(until), .. } if *until == offer.expires_at),
    );
    assert!(released && held, "{:?}", decision.slots);
}

#[test]
fn a_timer_that_is_no_longer_true_does_nothing() {
    let (stage, id) = after_an_hour();
    let nothing = Decision::default();
    let mut early = Stage::new();
    early.offered(17, "avi");
    let again = early.rings(expired(&id, 1));
    assert_eq!(again.timers.len(), 1, "too early: it sets itself again");
    assert_eq!(again, Decision { timers: again.timers.clone(), ..Decision::default() });
    assert_eq!(stage.rings(expired(&id, 2)), nothing, "another round");
    assert_eq!(stage.rings(undeliverable(&id, 2)), nothing, "another round");
    let mut booked = Stage::new();
    let id = booked.booked(17, "avi");
    booked.now += Duration::hours(2);
    assert_eq!(booked.rings(expired(&id, 1)), nothing, "answered");
    assert_eq!(booked.rings(undeliverable(&id, 1)), nothing, "answered");
}

#[test]
fn a_pro_who_vanished_holds_nothing_up() {
    let (mut stage, id) = after_an_hour();
    stage.pros.retain(|pro| pro.id.as_str() != "avi");
    let decision = stage.rings(expired(&id, 1));
    assert_eq!(only_lead(&decision).pro, Some(ProId::new("michal")));
    assert_eq!(to_pro(&decision, "avi").len(), 0, "nobody is there to be told");
    stage.pros.clear();
    let decision = stage.rings(expired(&id, 1));
    let lead = only_lead(&decision);
    assert_eq!(lead.status, Status::PendingAdminReview);
    assert_eq!(lead.needs_human, Some(Concern::NoProLeft));
}

#[test]
fn an_offer_that_cannot_be_delivered_goes_on_at_once() {
    let mut stage = Stage::new();
    let id = stage.offered(17, "avi");
    let decision = stage.rings(undeliverable(&id, 1));
    let lead = only_lead(&decision);
    assert_eq!(lead.pro, Some(ProId::new("michal")));
    assert_eq!(lead.history[2].reason, "offer_undeliverable");
    assert_eq!(to_pro(&decision, "avi").len(), 0, "who cannot be reached is not written to again");
}

#[test]
fn the_customer_hears_at_a_decent_hour_but_in_an_emergency_at_once() {
    // (hours until the timer rings, emergency, whether the news waits)
    for (hours, emergency, waits) in
        [(1, false, false), (13, false, true), (13, true, false), (17, false, true)]
    {
        let mut stage = Stage::new();
        let id = stage.offered(17, "avi");
        stage.lead_mut(&id).emergency = emergency;
        let tomorrow = stage.slot(30);
        stage.lead_mut(&id).slot = Some(tomorrow);
        stage.now += Duration::hours(hours);
        let decision = stage.rings(expired(&id, 1));
        let told = news(&decision)[0].not_before;
        assert_eq!(told.is_some(), waits, "after {hours} hours");
        if let Some(told) = told {
            // Monday at eight, local time.
            assert_eq!(told.to_rfc3339(), "2026-11-23T06:00:00+00:00");
        }
    }
}

#[test]
fn a_next_pro_without_that_time_lets_the_customer_choose() {
    let (mut stage, id) = after_an_hour();
    let slot = stage.lead_mut(&id).slot.unwrap();
    stage.take("michal", slot);
    let decision = stage.rings(expired(&id, 1));
    let lead = only_lead(&decision);
    assert_eq!((lead.status, lead.pro.clone()), (Status::Contacted, Some(ProId::new("michal"))));
    assert_eq!((lead.slot, lead.appointment_time, lead.appointment.clone()), (None, None, None));
    let chat = &decision.other_conversations[0];
    let pending = chat.pending.clone().unwrap();
    let Question::ChooseSlot { pro, slots } = pending.question else { panic!("another question") };
    assert_eq!((pro.as_str(), slots.len()), ("michal", 3));
    assert!(slots.is_sorted(), "times are read in their order");
    assert!(!slots.contains(&slot));
    assert_eq!(pending.lead, Some(id));
    assert_eq!(news(&decision)[0].message.buttons.len(), 3);
    let freed = Wake::TimeFreed { pro: ProId::new("avi") };
    assert_eq!(decision.timers, [Timer { due: stage.now, wake: freed }], "others may wait for avi's time");
}

#[test]
fn a_question_that_is_told_in_the_morning_is_open_in_the_morning() {
    let mut stage = Stage::new();
    let id = stage.offered(17, "avi");
    stage.now += Duration::hours(14);
    let decision = stage.rings(expired(&id, 1));
    let told = news(&decision)[0].not_before.unwrap();
    let pending = decision.other_conversations[0].pending.clone().unwrap();
    assert!(pending.expires_at > told, "it must not end before it is read");
}

#[test]
fn a_chat_that_is_about_something_else_is_not_asked() {
    let (mut stage, id) = after_an_hour();
    let slot = stage.lead_mut(&id).slot.unwrap();
    stage.take("michal", slot);
    stage.chats[0].lead = Some(LeadId::new("chat-17-2"));
    let decision = stage.rings(expired(&id, 1));
    let lead = only_lead(&decision);
    assert_eq!(lead.status, Status::PendingAdminReview);
    assert_eq!(lead.needs_human, Some(Concern::NewTimesNeeded));
    assert_eq!(decision.other_conversations, []);
    // A chat that started over is free for it, and gets the facts back.
    stage.chats[0].lead = None;
    stage.chats[0].request = crate::request::Request::default();
    let decision = stage.rings(expired(&id, 1));
    let chat = &decision.other_conversations[0];
    assert_eq!(chat.lead, Some(id));
    assert_eq!(chat.request.address.street.as_deref(), Some("הרצל"));
    assert_eq!(chat.request.name.as_deref(), Some("דנה"));
}

#[test]
fn when_everybody_declined_a_person_takes_over_and_the_customer_knows() {
    let (mut stage, id) = after_an_hour();
    stage.lead_mut(&id).declined = vec![ProId::new("michal")];
    let decision = stage.rings(expired(&id, 1));
    let lead = only_lead(&decision);
    assert_eq!(lead.status, Status::PendingAdminReview);
    assert_eq!((lead.pro.clone(), lead.offer.clone(), lead.appointment.clone()), (None, None, None));
    assert_eq!(lead.declined.len(), 2);
    let news = news(&decision);
    assert_eq!(news[0].to, Recipient::Conversation(ConversationId::new("chat-17")));
    assert!(decision.notes.iter().any(|note| note.key == "needs_human"));
    assert_eq!(decision.appointments[0].state, AppointmentState::Cancelled);
}

#[test]
fn a_pro_on_vacation_or_with_enough_to_do_is_not_asked() {
    let changes: [fn(&mut Stage); 4] = [
        |stage| stage.pros[1].on_vacation = true,
        |stage| stage.pros[1].active = false,
        |stage| stage.pros[1].approved = false,
        |stage| stage.pros[1].max_open_jobs = 0,
    ];
    for (index, change) in changes.iter().enumerate() {
        let (mut stage, id) = after_an_hour();
        change(&mut stage);
        let decision = stage.rings(expired(&id, 1));
        assert_eq!(only_lead(&decision).status, Status::PendingAdminReview, "{index}");
    }
}

#[test]
fn the_same_facts_give_the_same_decision() {
    let (stage, id) = after_an_hour();
    assert_eq!(stage.rings(expired(&id, 1)), stage.rings(expired(&id, 1)));
}

/// A lead with a booked visit in four hours and two more, agreed and asked about.
fn with_three_visits(stage: &mut Stage) -> LeadId {
    let id = stage.booked(17, "avi");
    let visit = |name: &str, slot, asked_until| FurtherVisit {
        appointment: AppointmentId::new(name),
        pro: ProId::new("avi"),
        slot,
        asked_until,
    };
    let (agreed, asked) = (stage.slot(30), stage.slot(54));
    let until = Some(stage.now + Duration::hours(24));
    stage.lead_mut(&id).further = vec![visit("later", agreed, None), visit("asked", asked, until)];
    id
}

#[test]
fn every_agreed_visit_of_a_job_is_one_of_its_visits() {
    let mut stage = Stage::new();
    let id = with_three_visits(&mut stage);
    let (first, later) = (stage.slot(4), stage.slot(30));
    let lead = stage.lead_mut(&id);
    let slots: Vec<_> = lead.by_visit().into_iter().map(|visit| visit.slot).collect();
    assert_eq!(slots, [Some(first), Some(later)], "one that is only asked about is none");
    assert_eq!(lead.slot_of(&AppointmentId::new("later")), Some(later));
    assert_eq!(lead.slot_of(&AppointmentId::new("asked")), None);
    let was = lead.appointment.clone().unwrap();
    assert!(lead.turn_to(&AppointmentId::new("later")) && !lead.turn_to(&AppointmentId::new("asked")));
    assert_eq!((lead.slot, lead.appointment_time), (Some(later), Some(later.from)));
    lead.turn_to_next(first.from);
    assert_eq!((lead.slot, lead.appointment.clone()), (Some(first), Some(was)));
    lead.turn_to_next(first.to);
    assert_eq!(lead.slot, Some(later), "the first is over");
    lead.turn_to_begun(first.to);
    assert_eq!(lead.slot, Some(first), "it is the one to be finished");
    assert_eq!((lead.go_on_to_next_visit(), lead.go_on_to_next_visit()), (Some(later), None));
}

#[test]
fn a_job_that_is_taken_back_frees_all_its_visits() {
    let mut stage = Stage::new();
    let id = with_three_visits(&mut stage);
    let asked = stage.pro_writes("avi", "ביטול");
    stage.pending = asked.conversation.unwrap().pending;
    let decision = stage.pro_writes("avi", "דלג");
    let released: Vec<String> = decision
        .slots
        .iter()
        .filter_map(|change| match change {
            SlotChange::Release { appointment } => Some(appointment.to_string()),
            SlotChange::Claim { .. } => None,
        })
        .collect();
    for visit in [format!("{id}-1").as_str(), "later", "asked"] {
        assert!(released.iter().any(|released| released == visit), "{visit}: {released:?}");
    }
    assert!(decision.leads[0].further.is_empty());
    let is_off = |visit: &&Appointment| visit.state == AppointmentState::Cancelled;
    assert_eq!(decision.appointments.iter().filter(is_off).count(), 3);
    assert!(decision.appointments.iter().filter(is_off).all(|visit| visit.pro.as_str() == "avi"));
}
