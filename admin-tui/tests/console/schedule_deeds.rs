//! The schedule as it is changed: times blocked and freed, other hours, visits moved and cancelled.

use crate::data::office::{at, day, open, open_as, open_readonly};
use crate::harness::Console;
use admin_api::access::Role;
use admin_api::schedule::{Block, CancelVisit, MoveVisit, SetException, Unblock};
use admin_tui::ask::Ask;
use chrono::{DateTime, Utc};
use locales::Locale;

fn console() -> Console {
    open(Locale::En, "schedule")
}

fn times(console: &mut Console, key: &str, count: usize) {
    for _ in 0..count {
        console.press(key);
    }
}

fn wednesday(hour: i64, minute: i64) -> DateTime<Utc> {
    at(day("2026-11-25"), hour, minute)
}

fn thursday(hour: i64, minute: i64) -> DateTime<Utc> {
    at(day("2026-11-26"), hour, minute)
}

/// On the visit of 15:00 on Wednesday, in the week of its pro.
fn on_a_visit() -> Console {
    let mut console = console();
    console.press("w");
    times(&mut console, "Down", 14);
    console.shows("confirmed #17");
    console
}

fn moved(from: DateTime<Utc>) -> Ask {
    Ask::MoveVisit("a17".into(), MoveVisit { from, version: 2 })
}

#[test]
fn a_marked_time_is_blocked_with_a_reason() {
    let mut console = console();
    console.press("Space");
    times(&mut console, "Down", 1);
    console.shows("┃");
    console.press("b");
    console.shows("08:00–09:00");
    console.type_text("doctor");
    console.press("Enter");
    let block = Block { from: wednesday(8, 0), to: wednesday(9, 0), reason: "doctor".into(), version: 3 };
    assert_eq!(console.changes, [Ask::Block("p1".into(), block)]);
    console.shows("blocked: 25 Nov 08:00–09:00");
    console.hides("┃");
}

#[test]
fn a_mark_goes_upwards_too() {
    let mut console = console();
    console.press("Down Space Up b Enter");
    let Some(Ask::Block(_, block)) = console.changes.last() else { panic!("nothing was blocked") };
    assert_eq!((block.from, block.to), (wednesday(8, 0), wednesday(9, 0)));
}

#[test]
fn a_block_is_taken_back() {
    let mut console = console();
    console.press("b Enter u");
    let back = Unblock { from: wednesday(8, 0), to: wednesday(8, 30), version: 3 };
    assert_eq!(console.changes.last(), Some(&Ask::Unblock("p1".into(), back)));
}

#[test]
fn a_blocked_time_is_freed_and_blocked_again() {
    let mut console = console();
    console.press("w Right x");
    let free = Unblock { from: thursday(8, 0), to: thursday(8, 30), version: 3 };
    assert_eq!(console.changes, [Ask::Unblock("p1".into(), free)]);
    console.press("u");
    let block = Block { from: thursday(8, 0), to: thursday(10, 0), reason: "רופא".into(), version: 3 };
    assert_eq!(console.changes.last(), Some(&Ask::Block("p1".into(), block)));
}

#[test]
fn nothing_blocked_is_nothing_to_free() {
    let mut console = console();
    console.press("x");
    console.shows("nothing is blocked here");
    assert_eq!(console.changes, []);
}

#[test]
fn a_day_gets_other_hours() {
    let mut console = console();
    console.press("e");
    console.shows("08:00-18:00");
    console.press("Ctrl-u");
    console.type_text("10-12");
    console.press("Enter");
    let hours = Some("10:00-12:00".to_owned());
    let set = SetException { date: day("2026-11-25"), hours, version: 3 };
    assert_eq!(console.changes, [Ask::SetException("p1".into(), set)]);
    console.press("u");
    let back = SetException { date: day("2026-11-25"), hours: None, version: 3 };
    assert_eq!(console.changes.last(), Some(&Ask::SetException("p1".into(), back)));
}

#[test]
fn an_empty_line_puts_the_week_back() {
    let mut console = console();
    console.press("w Right e Ctrl-u Enter");
    let set = SetException { date: day("2026-11-26"), hours: None, version: 3 };
    assert_eq!(console.changes, [Ask::SetException("p1".into(), set)]);
}

#[test]
fn hours_that_are_none_are_asked_again() {
    let mut console = console();
    console.press("e Ctrl-u");
    console.type_text("noon");
    console.press("Enter");
    console.shows("hours look like");
    console.shows("noon");
    assert_eq!(console.changes, []);
}

#[test]
fn a_visit_is_carried_and_put_down_after_a_yes() {
    let mut console = on_a_visit();
    console.press("m");
    console.shows("#17 in hand");
    console.press("Right");
    times(&mut console, "Up", 3);
    console.shows("»#17");
    console.press("Enter");
    console.shows("Move #17 from Wednesday 25 Nov 15:00 to Thursday 26 Nov 13:30?");
    console.shows("outside the hours");
    console.shows("Customer and pro are told.");
    assert_eq!(console.changes, []);
    console.press("y");
    assert_eq!(console.changes, [moved(thursday(13, 30))]);
    console.hides("»#17");
}

#[test]
fn a_taken_time_is_said_before_it_is_sent() {
    let mut console = on_a_visit();
    console.press("m Right");
    times(&mut console, "Up", 6);
    console.press("Enter");
    console.shows("the new time is taken: 26 Nov 12:00–13:00");
    console.press("n");
    assert_eq!(console.changes, []);
    console.shows("»#17");
}

#[test]
fn a_visit_picked_up_in_its_middle_is_held_by_its_beginning() {
    let mut console = on_a_visit();
    console.press("Down Down m Down Enter y");
    assert_eq!(console.changes, [moved(wednesday(15, 30))]);
}

#[test]
fn a_visit_is_carried_into_the_next_week() {
    let mut console = on_a_visit();
    console.press("m ] Enter");
    console.shows("to Wednesday 2 Dec 15:00?");
    console.press("y");
    assert_eq!(console.changes, [moved(at(day("2026-12-02"), 15, 0))]);
}

#[test]
fn escape_leaves_the_visit_where_it_was() {
    let mut console = on_a_visit();
    console.press("m Down Down Esc");
    console.hides("»#17");
    assert_eq!(console.changes, []);
    console.press("m Enter");
    assert_eq!(console.changes, [], "nowhere else is no move");
}

#[test]
fn a_visit_does_not_move_to_another_pro() {
    let mut console = console();
    times(&mut console, "Down", 14);
    console.press("m Right");
    console.shows("moves within its pro's days");
    console.press("Esc Right");
    console.hides("in hand");
}

#[test]
fn what_is_done_or_blocked_is_not_carried() {
    let mut console = console();
    console.press("Down Down m");
    console.shows("no visit here");
    console.press("c");
    console.hides("Why cancel");
}

#[test]
fn a_visit_is_cancelled_with_a_reason_after_a_yes() {
    let mut console = on_a_visit();
    console.press("c");
    console.type_text("the pro is ill");
    console.press("Enter");
    console.shows("Cancel the visit of #17?");
    console.shows("the pro is ill");
    assert_eq!(console.changes, []);
    console.press("y");
    let cancel = CancelVisit { reason: "the pro is ill".into(), version: 2 };
    assert_eq!(console.changes, [Ask::CancelVisit("a17".into(), cancel)]);
}

#[test]
fn an_agent_moves_visits_but_blocks_nothing() {
    let mut console = open_as(Role::Agent, "schedule");
    console.press("b");
    console.shows("this user may not do that");
    console.press("e x");
    times(&mut console, "Down", 14);
    console.press("m Down Enter y");
    assert_eq!(console.changes, [moved(wednesday(15, 30))]);
}

#[test]
fn readonly_changes_nothing() {
    let mut console = open_readonly("schedule");
    console.press("b e x");
    times(&mut console, "Down", 14);
    console.press("m c");
    console.shows("nothing was changed");
    assert_eq!(console.changes, []);
}
