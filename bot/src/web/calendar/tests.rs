//! Calendars as another program reads them.

#![allow(clippy::unwrap_used)]

use super::*;
use agents::calendar::WeekHours;
use calcard::common::IanaString;
use calcard::icalendar::{ICalendar, ICalendarComponent, ICalendarComponentType};
use serde_json::json;

fn at(hour: i64) -> DateTime<Utc> {
    DateTime::from_timestamp(1_795_330_800 + hour * 3_600, 0).unwrap()
}

fn business() -> Business {
    serde_json::from_value(json!({
        "id": "fixi", "name": "Fixi", "timezone": "Asia/Jerusalem", "locale": "he", "approval": "pro",
        "consent": "notice", "hours": WeekHours::default(), "currency": "ILS", "emergency_number": "100",
        "approval_minutes": 15,
    }))
    .unwrap()
}

fn pro() -> Pro {
    serde_json::from_value(json!({
        "id": "pro-avi", "business": "fixi", "name": "אבי כהן", "phone": "+972500000101", "trades": ["plumbing"],
        "areas": ["חיפה"], "rating": 4.8, "reviews": 3, "persona": "", "slot_minutes": 60,
        "hours": WeekHours::default(), "prices": [], "active": true, "approved": true, "language": "en",
        "max_open_jobs": 5, "calendar_secret": "secret",
    }))
    .unwrap()
}

fn lead(summary: &str, address: &str) -> Lead {
    serde_json::from_value(json!({
        "id": "l1", "business": "fixi", "number": 17, "contact": "k", "conversation": "c", "language": "he",
        "status": "booked", "history": [], "issue_type": "plumbing", "issue_summary": summary, "address": {},
        "emergency": false, "pro": "pro-avi", "customer_name": "Dana Cohen", "full_address": address,
    }))
    .unwrap()
}

fn visit(id: &str, state: &str, version: u64) -> Stored<Appointment> {
    let value = json!({
        "id": id, "business": "fixi", "lead": "l1", "pro": "pro-avi", "state": state,
        "slot": {"from": at(0), "to": at(1)},
    });
    Stored { value: serde_json::from_value(value).unwrap(), version }
}

/// The events of a calendar, read by a program that did not write it.
fn events(text: &str) -> Vec<ICalendarComponent> {
    let calendar = ICalendar::parse(text).unwrap();
    calendar
        .components
        .into_iter()
        .filter(|component| component.component_type == ICalendarComponentType::VEvent)
        .collect()
}

/// The value of a property as text; empty when it is missing.
fn value(event: &ICalendarComponent, name: &str) -> String {
    let entry = event.entries.iter().find(|entry| entry.name.as_str() == name);
    entry
        .and_then(|entry| entry.values.first())
        .map(|value| match value.as_text() {
            Some(text) => text.to_owned(),
            None => match value {
                calcard::icalendar::ICalendarValue::PartialDateTime(time) => time
                    .to_date_time_with_tz(calcard::common::timezone::Tz::UTC)
                    .map(|time| time.to_utc().to_rfc3339())
                    .unwrap_or_default(),
                calcard::icalendar::ICalendarValue::Integer(number) => number.to_string(),
                calcard::icalendar::ICalendarValue::Status(status) => status.as_str().to_owned(),
                other => format!("{other:?}"),
            },
        })
        .unwrap_or_default()
}

#[test]
fn visits_are_events_with_their_state() {
    let leads = BTreeMap::from([(LeadId::new("l1"), lead("Leak", "Herzl 10, Haifa"))]);
    let visits = [
        visit("a1", "held", 1),
        visit("a2", "booked", 2),
        visit("a3", "cancelled", 3),
        visit("a4", "done", 4),
    ];
    let text = render(&business(), &pro(), &visits, &leads, at(-5));
    let events = events(&text);
    let told: Vec<_> = events
        .iter()
        .map(|event| (value(event, "UID"), value(event, "STATUS"), value(event, "SEQUENCE")))
        .collect();
    let expected = [
        ("a1", "TENTATIVE", "0"),
        ("a2", "CONFIRMED", "1"),
        ("a3", "CANCELLED", "2"),
        ("a4", "CONFIRMED", "3"),
    ];
    assert_eq!(
        told,
        expected.map(|(id, status, sequence)| (
            format!("{id}@fixi.fixi"),
            status.to_owned(),
            sequence.to_owned()
        ))
    );
    let event = &events[1];
    assert_eq!(value(event, "DTSTART"), "2026-11-22T07:00:00+00:00");
    assert_eq!(value(event, "DTEND"), "2026-11-22T08:00:00+00:00");
    assert_eq!(value(event, "DTSTAMP"), "2026-11-22T02:00:00+00:00");
    assert!(value(event, "SUMMARY").ends_with(" #17, Dana"), "{}", value(event, "SUMMARY"));
    assert_eq!(value(event, "LOCATION"), "Herzl 10, Haifa");
    let taken_back = &events[2];
    assert!(value(taken_back, "SUMMARY").ends_with(" #17"));
    assert_eq!(
        (value(taken_back, "LOCATION"), value(taken_back, "DESCRIPTION")),
        (String::new(), String::new())
    );
    assert!(text.contains("DTSTART:20261122T070000Z\r\n"), "times are UTC:\n{text}");
}

#[test]
fn any_words_survive_folding_and_escaping() {
    let words = [
        "a; b, c \\ d: \"e\"\nBEGIN:VEVENT\nf".to_owned(),
        "נזילה מתחת לכיור, ליד הארון; דחוף מאוד ".repeat(12).trim().to_owned(),
        "🚿💧".repeat(60),
        format!("{}é", "x".repeat(73)),
    ];
    for words in words {
        let leads = BTreeMap::from([(LeadId::new("l1"), lead(&words, &words))]);
        let text = render(&business(), &pro(), &[visit("a1", "booked", 1)], &leads, at(0));
        let events = events(&text);
        assert_eq!(events.len(), 1, "{text}");
        assert_eq!(value(&events[0], "DESCRIPTION"), words);
        assert_eq!(value(&events[0], "LOCATION"), words);
        assert!(text.ends_with("\r\n") && text.lines().count() > 10);
        assert!(text.split("\r\n").all(|line| line.len() <= 75 && !line.contains('\n')), "{text}");
    }
}

#[test]
fn a_secret_is_long_and_new_each_time() {
    let dice = Dice::seeded(7);
    let (one, other) = (new_secret(&dice), new_secret(&dice));
    assert_eq!((one.len(), other.len()), (64, 64));
    assert_ne!(one, other);
    let named = link("https://fixi.example/", &pro()).unwrap();
    assert_eq!(named, "https://fixi.example/calendar/pro-avi/secret.ics");
    assert_eq!(link("https://fixi.example", &Pro { calendar_secret: None, ..pro() }), None);
}
