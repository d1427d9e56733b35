//! Audit: found by user and thing, read side by side.

use crate::data::office::{golden, open, open_as};
use crate::harness::Console;
use admin_api::access::Role;
use admin_api::audit::AuditFilter;
use admin_tui::ask::Ask;
use chrono::Duration;
use locales::Locale;

fn console() -> Console {
    open(Locale::En, "audit")
}

/// Who and what was asked for last.
fn last(console: &Console) -> (Option<String>, Option<String>) {
    match console.asked.last() {
        Some(Ask::Audit(AuditFilter { by, subject, .. })) => (by.clone(), subject.clone()),
        other => panic!("{other:?}"),
    }
}

#[test]
fn changes_stand_with_words_for_what_was_done() {
    let console = console();
    for shown in ["dana", "lead assigned", "leads/l17", "settings.change"] {
        console.shows(shown);
    }
}

#[test]
fn before_and_after_stand_side_by_side() {
    let mut console = console();
    console.press("Enter");
    console.shows("Before and after");
    let screen = console.screen();
    let line = screen.lines().find(|line| line.contains("hours.friday")).unwrap();
    assert!(line.find("08:00-12:00") < line.find("08:00-14:00"), "{line}");
    console.shows("commission");
}

#[test]
fn in_hebrew_before_is_on_the_right() {
    let mut console = open(Locale::He, "audit");
    console.press("Enter");
    let screen = console.screen();
    let line = screen.lines().find(|line| line.contains("hours.friday")).unwrap();
    assert!(line.find("08:00-12:00") > line.find("08:00-14:00"), "{line}");
}

#[test]
fn the_next_change_is_a_key_away() {
    let mut console = console();
    console.press("Enter l");
    console.shows("leads/l17");
    console.press("h");
    console.shows("businesses/fixi");
    console.press("Esc");
    console.shows("leads/l17");
}

#[test]
fn only_this_user() {
    let mut console = console();
    console.press("Down b");
    assert_eq!(last(&console), (Some("eli".into()), None));
    console.shows("leads/l17");
    console.hides("users/noa");
    console.press("x");
    console.shows("users/noa");
}

#[test]
fn only_this_thing() {
    let mut console = console();
    console.press("s");
    assert_eq!(last(&console), (None, Some("businesses/fixi".into())));
}

#[test]
fn typing_a_filter_asks_once_a_tick() {
    let mut console = console();
    console.filter("@eli");
    assert_eq!(console.asked, [], "nothing is asked while one types");
    console.later(Duration::seconds(1));
    assert_eq!(last(&console), (Some("eli".into()), None));
    console.later(Duration::seconds(1));
    assert_eq!(console.asked.len(), 1);
}

#[test]
fn a_change_leads_to_what_it_was_about() {
    let mut console = console();
    console.press("Down o");
    assert!(console.asked.contains(&Ask::Lead("l17".into())), "{:?}", console.asked);
}

#[test]
fn a_change_of_a_user_leads_to_the_users() {
    let mut console = console();
    console.press("Down Down o");
    console.shows("dana (you)");
}

#[test]
fn an_admin_does_not_see_the_audit() {
    let console = open_as(Role::Admin, "audit");
    assert!(!console.asked.iter().any(|ask| matches!(ask, Ask::Audit(_))));
}

#[test]
fn golden_screens() {
    golden("audit", "audit", "");
    golden("audit_change", "audit", "Enter");
}
