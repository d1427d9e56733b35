//! The expressions of time in `tests/fixtures/cases`, each read and compared with what it is known to mean.

#![allow(clippy::unwrap_used)]

use agents::when::{Context, When, read};
use chrono::{DateTime, SecondsFormat, Timelike, Utc};
use chrono_tz::{Asia::Jerusalem, Tz};

const SHARED: &str = include_str!("../../tests/fixtures/cases/hebrew_time.csv");
const OWN: &str = include_str!("../../tests/fixtures/cases/hebrew_time_in_sentences.csv");

/// The columns of a line, with quotes as in RFC 4180.
fn columns(line: &str) -> Vec<String> {
    let (mut out, mut quoted) = (vec![String::new()], false);
    let mut characters = line.chars().peekable();
    while let Some(c) = characters.next() {
        match c {
            '"' if quoted && characters.peek() == Some(&'"') => {
                characters.next();
                out.last_mut().unwrap().push('"');
            }
            '"' => quoted = !quoted,
            ',' if !quoted => out.push(String::new()),
            other => out.last_mut().unwrap().push(other),
        }
    }
    out
}

fn rows(csv: &str) -> Vec<Vec<String>> {
    csv.lines().skip(1).filter(|line| !line.is_empty()).map(columns).collect()
}

fn context(now: &str, notes: &str) -> Context {
    let appointment = if notes.contains("2026-10-25 09:00") {
        Some("2026-10-25T07:00:00Z")
    } else if notes.contains("appointment") {
        Some("2026-03-27T06:00:00Z")
    } else {
        None
    };
    Context {
        now: now.parse().unwrap(),
        zone: Jerusalem,
        asked_for_time: notes.contains("asked"),
        appointment: appointment.map(|instant| instant.parse().unwrap()),
        hours: None,
    }
}

fn show(when: &When, zone: Tz) -> String {
    let local =
        |instant: &DateTime<Utc>| instant.with_timezone(&zone).to_rfc3339_opts(SecondsFormat::Secs, false);
    match when {
        When::Point(point) => local(point),
        When::Range { from, to } => format!("{}/{}", local(from), local(to)),
        When::Date(date) => date.to_string(),
        When::Days { from, to } => format!("{from}/{}", to.map_or("..".to_owned(), |to| to.to_string())),
        When::Candidates(all) => all.iter().map(|one| show(one, zone)).collect::<Vec<_>>().join("|"),
        When::Earliest => "EARLIEST".to_owned(),
        When::Past => "PAST".to_owned(),
        When::Clarify(_) => "CLARIFY".to_owned(),
        When::Any => "ANY".to_owned(),
        When::Exclusion(_) => "EXCLUSION".to_owned(),
        When::None => "NONE".to_owned(),
    }
}

fn report(failures: Vec<String>, rows: usize, expected: usize) {
    assert!(failures.is_empty(), "{} of {rows} rows differ:\n{}", failures.len(), failures.join("\n"));
    assert_eq!(rows, expected, "the number of rows changed");
}

#[test]
fn the_known_expressions() {
    let rows = rows(SHARED);
    let mut failures = Vec::new();
    for row in &rows {
        let [text, now, expected, notes] = &row[..] else { panic!("four columns: {row:?}") };
        let mut context = context(now, notes);
        context.asked_for_time = false;
        let mut found = show(&read(text, &context), Jerusalem);
        // A value that depends on the question before it is listed with both outcomes.
        if expected.ends_with("|NONE") {
            context.asked_for_time = true;
            found = format!("{}|{found}", show(&read(text, &context), Jerusalem));
        }
        // The table writes a filter without a time as NONE.
        if found == "EXCLUSION" && notes.contains("exclusion") {
            found = "NONE".to_owned();
        }
        // In the small hours "tomorrow" has two readings; a row that lists one is about the literal, first one.
        let small_hours = context.now.with_timezone(&Jerusalem).hour() < 4;
        if small_hours && text == "מחר" && !expected.contains('|') {
            found = found.split('|').next().unwrap_or_default().to_owned();
        }
        if &found != expected {
            failures.push(format!("{text}  ({notes})\n    expected {expected}\n    found    {found}"));
        }
    }
    report(failures, rows.len(), 109);
}

#[test]
fn whole_sentences_and_further_expressions() {
    let rows = rows(OWN);
    let mut failures = Vec::new();
    for row in &rows {
        let [text, now, expected, notes] = &row[..] else { panic!("four columns: {row:?}") };
        let found = show(&read(text, &context(now, notes)), Jerusalem);
        if &found != expected {
            failures.push(format!("{text}  ({notes})\n    expected {expected}\n    found    {found}"));
        }
    }
    report(failures, rows.len(), 112);
}

#[test]
fn opening_hours_decide_between_the_readings_of_a_bare_hour() {
    let mut context = context("2026-02-11T08:00:00Z", "");
    let time = |hour| chrono::NaiveTime::from_hms_opt(hour, 0, 0).unwrap();
    context.hours = Some((time(7), time(17)));
    assert_eq!(show(&read("יום ראשון בשבע", &context), Jerusalem), "2026-02-15T07:00:00+02:00");
    context.hours = Some((time(16), time(23)));
    assert_eq!(show(&read("מחר ב-9", &context), Jerusalem), "2026-02-12T21:00:00+02:00");
}

#[test]
fn a_reading_allows_the_slots_it_names_and_survives_storage() {
    let context = context("2026-02-08T08:00:00Z", "");
    let at = |text: &str| text.parse::<DateTime<Utc>>().unwrap();
    for (text, inside, outside) in [
        ("מחר", "2026-02-08T22:00:00Z", "2026-02-08T21:59:00Z"),
        ("מחר בבוקר", "2026-02-09T06:00:00Z", "2026-02-09T10:00:00Z"),
        ("מחר בעשר", "2026-02-09T08:00:00Z", "2026-02-09T08:30:00Z"),
        ("שבוע הבא", "2026-02-15T08:00:00Z", "2026-02-14T08:00:00Z"),
        ("לא בבוקר", "2026-02-09T12:00:00Z", "2026-02-09T08:00:00Z"),
        ("שני או רביעי", "2026-02-11T12:00:00Z", "2026-02-10T12:00:00Z"),
    ] {
        let when = read(text, &context);
        assert!(when.allows(at(inside), Jerusalem), "{text} allows {inside}");
        assert!(!when.allows(at(outside), Jerusalem), "{text} does not allow {outside}");
        let stored = serde_json::to_string(&when).unwrap();
        assert_eq!(serde_json::from_str::<When>(&stored).unwrap(), when);
    }
}

#[test]
fn nothing_a_person_may_type_breaks_the_reader() {
    let pieces = [
        "מחר",
        "ב-",
        "99",
        ":",
        "31/4",
        "עוד",
        "9999",
        "שנים",
        "לא",
        "או",
        "-",
        "'",
        "\"",
        "ב'",
        "2026-99-99",
        "בין",
        "לפני",
        "יום",
        "שבוע",
        "סוף",
        "פסח",
        "ערב",
        "and",
        "half",
        "to",
        ".",
        "،",
        "\u{200f}",
        "0",
    ];
    for first in pieces {
        for second in pieces {
            for third in pieces.iter().step_by(4) {
                for now in ["2026-02-08T08:00:00Z", "9999-12-30T00:00:00Z"] {
                    let _ = read(&format!("{first}{second} {third}"), &context(now, "asked, appointment"));
                }
            }
        }
    }
}
