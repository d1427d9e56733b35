//! What a pro may type or tap, word by word, and what becomes of an offer by it.

#![allow(clippy::unwrap_used)]

use crate::calendar::{Blocked, BlockedBy, ProCalendar, WeekHours};
use crate::conversation::{Pending, ProAction, Question};
use crate::decision::{Decision, Purpose, Recipient, SlotChange};
use crate::id::ProId;
use crate::lead::{AppointmentState, Status};
use crate::turn::Quoted;
use crate::turn::stage::{Stage, tap, text};
use chrono::Duration;

fn answers(decision: &Decision) -> Vec<&str> {
    let is_answer = |reply: &&crate::decision::Reply| reply.purpose == Purpose::Answer;
    decision.replies.iter().filter(is_answer).map(|reply| reply.message.text.as_str()).collect()
}

#[track_caller]
fn says(decision: &Decision, part: &str) {
    let said = answers(decision);
    assert!(said.iter().any(|text| text.contains(part)), "no `{part}` in {said:?}");
}

fn statuses(decision: &Decision) -> Vec<(u64, Status)> {
    decision.leads.iter().map(|lead| (lead.number, lead.status)).collect()
}

#[test]
fn every_way_to_say_yes_books() {
    for words in
        ["אשר", " אשר! ", "1", "approve", "Approve.", "מאשר", "אשר 17", "אשר #17", "א\u{05B7}ש\u{05B5}ר"]
    {
        let mut stage = Stage::new();
        stage.offered(17, "avi");
        let decision = stage.pro_writes("avi", words);
        assert_eq!(statuses(&decision), [(17, Status::Booked)], "{words}");
        says(&decision, "נקבעה");
    }
}

#[test]
fn every_way_to_say_no_offers_on() {
    for words in ["דחה", "2", "reject", "דוחה", "דחה 17", "לדחות"] {
        let mut stage = Stage::new();
        stage.offered(17, "avi");
        let decision = stage.pro_writes("avi", words);
        assert_eq!(statuses(&decision), [(17, Status::New)], "{words}");
        assert_eq!(decision.leads[0].pro, Some(ProId::new("michal")), "{words}");
        assert_eq!(decision.leads[0].declined, [ProId::new("avi")]);
    }
}

#[test]
fn what_is_no_whole_command_changes_nothing() {
    let free =
        ["אשר בבקשה את זה", "אני לא מאשר", "1 17", "12", "אשר שבע", "approve it", "👍", "מתי?", "סטטוס"];
    for words in free {
        let mut stage = Stage::new();
        stage.offered(17, "avi");
        let decision = stage.pro_writes("avi", words);
        assert_eq!(statuses(&decision), [], "{words}");
        says(&decision, "הנה המצב");
        assert_eq!(decision.replies.len(), 1, "{words}");
    }
}

#[test]
fn approving_books_the_held_time_and_tells_both() {
    let mut stage = Stage::new();
    let id = stage.offered(17, "avi");
    let decision = stage.pro_writes("avi", "אשר");
    let lead = &decision.leads[0];
    assert_eq!(lead.offer, None);
    let SlotChange::Claim { until: None, appointment, .. } = &decision.slots[0] else {
        panic!("{:?}", decision.slots)
    };
    assert_eq!(Some(appointment), lead.appointment.as_ref());
    assert_eq!(decision.appointments[0].state, AppointmentState::Booked);
    let news = decision.replies.iter().find(|reply| reply.purpose == Purpose::Update).unwrap();
    assert_eq!(news.to, Recipient::Conversation(stage.lead_mut(&id).conversation.clone()));
    assert!(news.message.text.contains("250 עד 450"), "{}", news.message.text);
    assert_eq!(news.not_before, None);
}

#[test]
fn several_offers_are_asked_about_and_a_number_picks() {
    let mut stage = Stage::new();
    stage.offered(17, "avi");
    stage.offered(18, "avi");
    let decision = stage.pro_writes("avi", "אשר");
    assert_eq!(statuses(&decision), []);
    says(&decision, "18");
    stage.pending = decision.conversation.unwrap().pending;
    assert!(matches!(
        stage.pending.as_ref().unwrap().question,
        Question::WhichLead { action: ProAction::Approve, .. }
    ));
    assert_eq!(statuses(&stage.pro_writes("avi", "18")), [(18, Status::Booked)]);
    // A number that was not listed picks nothing; an expired question is gone.
    assert_eq!(statuses(&stage.pro_writes("avi", "19")), []);
    stage.now += Duration::hours(5);
    assert_eq!(statuses(&stage.pro_writes("avi", "18")), []);
}

#[test]
fn a_number_without_an_offer_is_named() {
    let mut stage = Stage::new();
    stage.offered(17, "avi");
    stage.offered(18, "michal");
    for words in ["אשר 18", "דחה 99"] {
        let decision = stage.pro_writes("avi", words);
        assert_eq!(statuses(&decision), [], "{words}");
        says(&decision, "אין הצעה פתוחה עם המספר");
    }
    says(&Stage::new().pro_writes("avi", "אשר"), "אין כרגע הצעות");
}

#[test]
fn a_quoted_offer_is_the_one_that_is_meant() {
    let mut stage = Stage::new();
    stage.offered(17, "avi");
    let lead = stage.offered(18, "avi");
    stage.quoted.insert("message-of-18".to_owned(), Quoted { lead: lead.clone(), round: Some(1) });
    stage.quoted.insert("notice-of-18".to_owned(), Quoted { lead: lead.clone(), round: None });
    stage.quoted.insert("an-earlier-offer".to_owned(), Quoted { lead, round: Some(0) });
    let decision = stage.pro_sends("avi", &[(text("אשר"), Some("message-of-18"))]);
    assert_eq!(statuses(&decision), [(18, Status::Booked)]);
    let decision = stage.pro_sends("avi", &[(text("אשר"), Some("notice-of-18"))]);
    assert_eq!(statuses(&decision), [(18, Status::Booked)]);
    let decision = stage.pro_sends("avi", &[(text("אשר"), Some("an-earlier-offer"))]);
    assert_eq!(statuses(&decision), []);
    says(&decision, "לא השתנה דבר");
    // A quote of something else leaves the words to themselves.
    let decision = stage.pro_sends("avi", &[(text("אשר 17"), Some("unknown"))]);
    assert_eq!(statuses(&decision), [(17, Status::Booked)]);
}

#[test]
fn payloads_answer_their_own_offer_and_no_other() {
    let mut stage = Stage::new();
    stage.offered(17, "avi");
    stage.offered(18, "michal");
    let cases = [
        ("approve:chat-17-1:1", vec![(17, Status::Booked)]),
        ("reject:chat-17-1:1", vec![(17, Status::New)]),
        // An earlier or a later round, somebody else's offer, a lead that is not there.
        ("approve:chat-17-1:0", vec![]),
        ("approve:chat-17-1:2", vec![]),
        ("approve:chat-18-1:1", vec![]),
        ("approve:chat-99-1:1", vec![]),
        ("approve::1", vec![]),
    ];
    for (payload, expected) in cases {
        let decision = stage.pro_sends("avi", &[(tap(payload), None)]);
        assert_eq!(statuses(&decision), expected, "{payload}");
        if expected.is_empty() {
            says(&decision, "לא השתנה דבר");
            assert!(decision.notes.iter().any(|note| note.key == "action_refused"), "{payload}");
        }
    }
}

#[test]
fn what_stands_behind_a_foreign_button_is_read_by_its_label() {
    let mut stage = Stage::new();
    stage.offered(17, "avi");
    for payload in ["", "v1:lead:1:accept", "later:chat-17-1:1", "approve:chat-17-1", "approve:chat-17-1:x"] {
        let decision = stage.pro_sends("avi", &[(tap(payload), None)]);
        // The label was אשר, and a label may be typed as well.
        assert_eq!(statuses(&decision), [(17, Status::Booked)], "{payload}");
    }
}

#[test]
fn a_second_answer_in_the_same_burst_has_no_effect() {
    let mut stage = Stage::new();
    stage.offered(17, "avi");
    let twice = [(tap("approve:chat-17-1:1"), None), (tap("reject:chat-17-1:1"), None)];
    let decision = stage.pro_sends("avi", &twice);
    assert_eq!(statuses(&decision), [(17, Status::Booked)]);
    says(&decision, "לא השתנה דבר");
}

#[test]
fn a_time_that_went_to_another_visit_is_not_booked() {
    let mut stage = Stage::new();
    stage.offered(17, "avi");
    let slot = stage.slot(4);
    stage.take("avi", slot);
    let decision = stage.pro_writes("avi", "אשר");
    assert_eq!(statuses(&decision), [(17, Status::New)]);
    assert_eq!(decision.leads[0].pro, Some(ProId::new("michal")));
    says(&decision, "כבר תפוס ביומן שלך");
    let reasons: Vec<_> = decision.leads[0].history.iter().map(|change| change.reason.as_str()).collect();
    assert!(reasons.contains(&"slot_gone"), "{reasons:?}");
}

#[test]
fn a_burst_that_changes_one_chat_twice_writes_it_once() {
    let mut stage = Stage::new();
    stage.booked(17, "avi");
    let id = stage.booked(18, "avi");
    // Both leads are of one customer.
    stage.lead_mut(&id).conversation = crate::id::ConversationId::new("chat-17");
    let decision = stage.pro_sends("avi", &[(text("השהה 17"), None), (text("המשך 18"), None)]);
    assert_eq!(decision.other_conversations.len(), 1);
    assert_eq!(decision.other_conversations[0].paused_until, None);
}

#[test]
fn prices_are_read_as_people_write_them() {
    let cases = [
        ("450", Some(450)),
        ("450 ש״ח", Some(450)),
        ("450ש\"ח", Some(450)),
        ("₪ 1,200", Some(1200)),
        ("1200 שקל", Some(1200)),
        ("450 NIS", Some(450)),
        ("٤٥٠", Some(450)),
        ("450.", Some(450)),
        ("0", None),
        ("450-500", None),
        ("בערך 450", None),
        ("99999999999", None),
        ("1000000", None),
    ];
    for (words, expected) in cases {
        let mut stage = Stage::new();
        let id = stage.booked(17, "avi");
        let done = stage.pro_writes("avi", "סיימתי");
        assert_eq!(statuses(&done), [(17, Status::Completed)]);
        *stage.lead_mut(&id) = done.leads[0].clone();
        stage.pending = done.conversation.unwrap().pending;
        let decision = stage.pro_writes("avi", words);
        let price = decision.leads.first().and_then(|lead| lead.final_price);
        assert_eq!(price, expected, "{words}");
        let is_open = decision.conversation.unwrap().pending.is_some();
        assert_eq!(is_open, expected.is_none(), "{words}: an answer closes the question");
    }
}

#[test]
fn a_digit_is_a_command_even_while_the_price_is_asked() {
    let mut stage = Stage::new();
    let done = stage.booked(17, "avi");
    stage.booked(18, "avi");
    stage.pending = Some(Pending {
        question: Question::FinalPrice,
        lead: Some(done),
        asked_at: stage.now,
        expires_at: stage.now + Duration::minutes(10),
    });
    let decision = stage.pro_writes("avi", "3 ");
    says(&decision, "על איזו עבודה");
    let decision = stage.pro_writes("avi", "אשר");
    says(&decision, "אין כרגע הצעות");
    let pending = decision.conversation.unwrap().pending.unwrap();
    assert_eq!(pending.question, Question::FinalPrice, "the price may still be told");
}

#[test]
fn a_finished_job_asks_the_customer_once() {
    let mut stage = Stage::new();
    stage.booked(17, "avi");
    let decision = stage.pro_writes("avi", "done");
    let lead = &decision.leads[0];
    assert_eq!(lead.status, Status::Completed);
    assert_eq!(lead.rating_asked_at, Some(stage.now));
    assert_eq!(decision.appointments[0].state, AppointmentState::Done);
    assert_eq!(decision.replies.iter().filter(|reply| reply.purpose == Purpose::Update).count(), 1);
    // An offer is no job: there is nothing to finish.
    let mut stage = Stage::new();
    stage.offered(17, "avi");
    says(&stage.pro_writes("avi", "done"), "אין כרגע עבודות");
}

#[test]
fn vacation_stop_and_start_are_kept() {
    let stage = Stage::new();
    for (words, on_vacation) in [("חופשה", true), ("הפסקה", true), ("זמין", false), ("זמינה", false)]
    {
        let decision = stage.pro_writes("avi", words);
        assert_eq!(decision.pros[0].on_vacation, on_vacation, "{words}");
    }
    let decision = stage.pro_writes("avi", "STOP");
    assert_eq!(decision.contact.unwrap().opted_out_at, Some(stage.now));
    assert_eq!(stage.pro_writes("avi", "start").contact.unwrap().opted_out_at, None);
}

/// B59: whatever stands against a yes is named, the offer and its time stay, and how to go on is said.
#[test]
fn a_yes_against_the_calendar_is_stopped_with_the_reason() {
    type Change<'a> = &'a dyn Fn(&mut Stage);
    let block = |stage: &mut Stage, by| {
        let slot = stage.slot(4);
        let reason = "break".to_owned();
        stage.pros[0].calendar.blocked.push(Blocked { from: slot.from, to: slot.to, reason, by });
    };
    let cases: [(&str, Change<'_>, &str, usize); 5] = [
        ("blocked by the pro", &|stage| block(stage, BlockedBy::Pro), "שחסמת ביומן", 2),
        ("blocked by the business", &|stage| block(stage, BlockedBy::File), "שהעסק חסם", 1),
        ("not the hours any more", &|stage| stage.pros[0].hours = WeekHours::default(), "שעות העבודה", 1),
        (
            "the day is full",
            &|stage| {
                stage.pros[0].calendar.visits.max_visits_a_day = Some(1);
                let slot = stage.slot(7);
                stage.take("avi", slot);
            },
            "מספר הביקורים המרבי",
            1,
        ),
        (
            "another visit is too near",
            &|stage| {
                stage.pros[0].calendar.visits.buffer_after_minutes = Some(60);
                let slot = stage.slot(5);
                stage.take("avi", slot);
            },
            "צמודה מדי",
            1,
        ),
    ];
    for (what, change, said, buttons) in cases {
        let mut stage = Stage::new();
        stage.offered(17, "avi");
        change(&mut stage);
        let decision = stage.pro_writes("avi", "אשר");
        says(&decision, said);
        says(&decision, "דחה 17");
        assert_eq!((statuses(&decision), decision.slots.len()), (vec![], 0), "{what}: nothing is lost");
        assert_eq!(decision.replies[0].message.buttons.len(), buttons, "{what}");
        // What stands against it is taken away, and the same yes books.
        stage.pros[0].calendar = ProCalendar::default();
        stage.pros[0].hours = Stage::new().pros[0].hours.clone();
        stage.busy.clear();
        assert_eq!(statuses(&stage.pro_writes("avi", "אשר 17")), [(17, Status::Booked)], "{what}");
    }
}

/// B59: one tap frees the time of the offer, and nothing else, out of what the pro blocked.
#[test]
fn a_tap_frees_the_time_of_the_offer_and_approves() {
    let mut stage = Stage::new();
    let id = stage.offered(17, "avi");
    let slot = stage.slot(4);
    let hour = Duration::hours(1);
    let blocked = |from, to, by| Blocked { from, to, reason: "break".to_owned(), by };
    let before = blocked(slot.from - hour, slot.from, BlockedBy::Pro);
    stage.pros[0].calendar.blocked = vec![blocked(slot.from - hour, slot.to + hour, BlockedBy::Pro)];
    let decision = stage.pro_sends("avi", &[(tap(&format!("free_approve:{id}:1")), None)]);
    assert_eq!(statuses(&decision), [(17, Status::Booked)]);
    let left = &decision.pros.last().unwrap().calendar.blocked;
    assert_eq!(*left, [before, blocked(slot.to, slot.to + hour, BlockedBy::Pro)]);
    // An old button of an earlier round frees nothing.
    let decision = stage.pro_sends("avi", &[(tap(&format!("free_approve:{id}:9")), None)]);
    assert_eq!((statuses(&decision), decision.pros.len()), (vec![], 0));
}

/// B60, B65: whatever takes time says what it took the calendar for, around the visit and over its whole day.
#[test]
fn a_decision_that_takes_time_says_what_it_saw() {
    let mut stage = Stage::new();
    stage.offered(17, "avi");
    let other = stage.slot(7);
    stage.take("avi", other);
    let decision = stage.pro_writes("avi", "אשר");
    let [seen] = decision.calendars.as_slice() else { panic!("{:?}", decision.calendars) };
    let slot = stage.slot(4);
    assert_eq!((seen.pro.as_str(), seen.visits.len()), ("avi", 1));
    assert!(seen.from <= stage.now && seen.to >= slot.to + Duration::hours(24), "{seen:?}");
    // Closing time looks out for who takes it meanwhile; freeing nothing takes none.
    let decision = stage.pro_writes("avi", "חסום מחר 10-12");
    assert_eq!((decision.calendars.len(), decision.slots.len()), (1, 0));
    assert_eq!(stage.pro_writes("avi", "תפריט").calendars, []);
}
