//! Care, decision by decision: what is healed, what is left alone, and that nothing is said twice.

#![allow(clippy::unwrap_used)]

use super::{Alert, AlertKind, Raised, Step, agenda, report};
use crate::concern::Concern;
use crate::decision::{Asked, Decision, Purpose, Recipient, Rung, Wake};
use crate::id::{AppointmentId, BusinessId, LeadId, ProId};
use crate::language::Language;
use crate::lead::Status;
use crate::turn::stage::Stage;
use chrono::Duration;

fn stale(lead: &LeadId) -> Wake {
    Wake::Stale { lead: lead.clone() }
}

fn news(decision: &Decision) -> usize {
    decision.replies.iter().filter(|reply| reply.purpose == Purpose::Update).count()
}

#[test]
fn the_healer_moves_an_offer_on_whose_timer_was_lost() {
    // L10
    let mut stage = Stage::new();
    let id = stage.offered(17, "avi");
    stage.now += Duration::minutes(56);
    let decision = stage.rings(stale(&id));
    let lead = &decision.leads[0];
    assert_eq!((lead.status, lead.care.reassigned), (Status::New, 1));
    let offer = lead.offer.as_ref().unwrap();
    assert_eq!((offer.pro.as_str(), offer.nudged_at), ("michal", None));
    assert_eq!(news(&decision), 1);
    let first = Recipient::Pro(ProId::new("avi"));
    assert!(decision.replies.iter().any(|reply| reply.to == first), "the first pro is told");
}

#[test]
fn the_healer_leaves_an_open_offer_to_its_timer_and_sets_that_again() {
    let mut stage = Stage::new();
    let id = stage.offered(17, "avi");
    stage.now += Duration::minutes(30);
    let decision = stage.rings(stale(&id));
    assert_eq!(decision.leads[0].care.looked_at, Some(stage.now));
    assert!(decision.replies.is_empty());
    assert!(matches!(decision.timers[0].wake, Wake::OfferExpired { round: 1, .. }));
    assert_eq!(decision.leads[0].stale_since(), Some(stage.now), "the next look comes later");
}

#[test]
fn the_healer_flags_what_it_cannot_heal_and_flags_it_once() {
    let mut stage = Stage::new();
    let id = stage.offered(17, "avi");
    stage.lead_mut(&id).offer = None;
    let decision = stage.rings(stale(&id));
    assert_eq!(decision.leads[0].needs_human, Some(Concern::NobodyIsAsked));
    assert_eq!(decision.leads[0].stale_since(), None, "a person looks by now");
    *stage.lead_mut(&id) = decision.leads[0].clone();
    assert_eq!(stage.rings(stale(&id)), Decision::default());
}

#[test]
fn a_request_that_waits_for_its_customer_is_left_alone_and_a_forgotten_one_is_flagged() {
    let mut stage = Stage::new();
    let id = stage.offered(17, "avi");
    let now = stage.now;
    let lead = stage.lead_mut(&id);
    assert!(lead.become_(Status::Contacted, now, "new_times_offered"));
    lead.offer = None;
    let decision = stage.rings(stale(&id));
    assert_eq!(decision.leads[0].needs_human, None);
    stage.lead_mut(&id).pro = None;
    let decision = stage.rings(stale(&id));
    assert_eq!(decision.leads[0].needs_human, Some(Concern::Stuck));
}

#[test]
fn an_escalated_lead_is_escalated_once() {
    // L11, L12
    let mut stage = Stage::new();
    let id = stage.offered(17, "avi");
    stage.lead_mut(&id).care.reassigned = 3;
    stage.now += Duration::minutes(60);
    let expired = Wake::OfferExpired { lead: id.clone(), round: 1 };
    let decision = stage.rings(expired.clone());
    let lead = decision.leads[0].clone();
    assert_eq!(lead.status, Status::PendingAdminReview);
    assert!(!lead.is_unreported(), "nothing goes to the admin by WhatsApp");
    assert_eq!(decision.alerts.len(), 1);
    assert_eq!(decision.alerts[0].kind, AlertKind::Escalated);
    assert_eq!(news(&decision), 1, "the customer is promised a call");
    *stage.lead_mut(&id) = lead;
    for wake in [expired, stale(&id)] {
        assert_eq!(stage.rings(wake), Decision::default());
    }
}

#[test]
fn each_rung_is_taken_once() {
    // L18, L19
    let mut stage = Stage::new();
    let id = stage.offered(17, "avi");
    let nudge = Wake::OfferUnanswered { lead: id.clone(), round: 1, rung: Rung::Nudge };
    let early = stage.rings(nudge.clone());
    assert_eq!((early.replies.len(), early.timers.len()), (0, 1), "too early: it sets itself again");
    stage.now += Duration::minutes(5);
    let decision = stage.rings(nudge.clone());
    assert_eq!(decision.replies.len(), 1);
    *stage.lead_mut(&id) = decision.leads[0].clone();
    assert_eq!(stage.rings(nudge), Decision::default());
}

#[test]
fn a_reminder_is_sent_once_and_only_of_the_visit_that_stands() {
    // B104, B106
    let mut stage = Stage::new();
    let id = stage.booked(17, "avi");
    let appointment = AppointmentId::new(format!("{id}-1"));
    let ring = |appointment: &AppointmentId| Wake::Reminder {
        lead: id.clone(),
        appointment: appointment.clone(),
        hours: 2,
    };
    stage.now += Duration::hours(2);
    assert_eq!(stage.rings(ring(&AppointmentId::new("another"))), Decision::default());
    let decision = stage.rings(ring(&appointment));
    assert_eq!(news(&decision), 1);
    assert_eq!(decision.replies[0].message.buttons.len(), 3);
    *stage.lead_mut(&id) = decision.leads[0].clone();
    for _ in 0..2 {
        assert_eq!(news(&stage.rings(ring(&appointment))), 0);
    }
}

#[test]
fn a_visit_of_yesterday_ends_with_a_person_when_nobody_says_anything() {
    let mut stage = Stage::new();
    let id = stage.booked(17, "avi");
    let appointment = AppointmentId::new(format!("{id}-1"));
    let ring = |asked| Wake::VisitOver { lead: id.clone(), appointment: appointment.clone(), asked };
    stage.now += Duration::hours(60);
    let decision = stage.rings(ring(Asked::Person));
    assert_eq!(decision.leads[0].needs_human, Some(Concern::VisitUnclear));
    let mut done = stage.leads[0].clone();
    assert!(done.become_(Status::Completed, stage.now, "done"));
    *stage.lead_mut(&id) = done;
    assert_eq!(stage.rings(ring(Asked::Person)), Decision::default());
}

#[test]
fn an_alert_within_its_cool_down_is_counted_and_not_told() {
    // B113, B152
    let now = Stage::new().now;
    let business = BusinessId::new("fixi");
    let alert = Alert { kind: AlertKind::HumanWanted, lead: None, words: "x".to_owned() };
    let first = Raised::after(None, &alert, &business, now);
    assert_eq!((first.waits, first.occurrences, first.suppressed), (true, 1, 0));
    let told = Raised { waits: false, told_at: Some(now), ..first };
    let again = Raised::after(Some(told.clone()), &alert, &business, now + Duration::seconds(89));
    assert_eq!((again.waits, again.occurrences, again.suppressed), (false, 2, 1));
    let later = Raised::after(Some(again), &alert, &business, now + Duration::seconds(91));
    assert_eq!((later.waits, later.occurrences, later.suppressed), (true, 3, 1));
}

#[test]
fn a_day_is_told_in_order_and_a_day_without_visits_is_not() {
    let mut stage = Stage::new();
    stage.booked(17, "avi");
    let later = stage.booked(18, "avi");
    stage.lead_mut(&later).slot = Some(stage.slot(1));
    stage.offered(19, "avi");
    let date = stage.now.with_timezone(&stage.business.timezone).date_naive();
    let told = agenda(&stage.business, &stage.pros[0], &stage.leads, date, stage.now).unwrap().text;
    assert!(told.find("18").unwrap() < told.find("17").unwrap(), "{told}");
    assert!(!told.contains("19"), "an offer is no visit yet");
    let tomorrow = date.succ_opt().unwrap();
    assert_eq!(agenda(&stage.business, &stage.pros[0], &stage.leads, tomorrow, stage.now), None);
}

#[test]
fn a_report_names_leads_by_number_and_nobody_by_name() {
    let mut stage = Stage::new();
    assert_eq!(report(Language::He, &stage.leads, &[]), None);
    for number in 1..=12 {
        let id = stage.offered(number, "avi");
        stage.lead_mut(&id).needs_human = Some(Concern::Stuck);
    }
    let told = report(Language::He, &stage.leads, &[]).unwrap().text;
    assert!(told.contains("12") && told.contains("תקועה: 1, 2, 3") && told.ends_with('…'), "{told}");
    assert!(!told.contains("דנה"));
}

#[test]
fn a_step_is_taken_once() {
    let now = Stage::new().now;
    let mut care = super::Care::default();
    let step = || Step::Confirmed { appointment: AppointmentId::new("a1") };
    assert!(care.once(step(), now) && !care.once(step(), now));
    assert_eq!(care.confirmed_at(&AppointmentId::new("a1")), Some(now));
    assert_eq!(care.confirmed_at(&AppointmentId::new("a2")), None);
}
