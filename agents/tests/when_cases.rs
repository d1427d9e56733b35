//! The expressions of time in `tests/fixtures/cases`, each read and compared with what it is known to mean.

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
    report(failures, rows.len(), 98);
}
