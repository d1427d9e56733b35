//! Figures: periods, tables, the file.

use crate::data::office::{golden, open, open_as, sized};
use crate::harness::Console;
use admin_api::access::Role;
use admin_api::analytics::Period;
use admin_api::event::Event;
use admin_tui::ask::Ask;
use admin_tui::update::Command;
use chrono::Duration;
use locales::Locale;

fn console() -> Console {
    open(Locale::En, "analytics")
}

/// The period that was asked for last.
#[track_caller]
fn last(console: &Console) -> (String, String) {
    match console.asked.last() {
        Some(Ask::Analytics(Period { from, to, .. })) => (from.to_string(), to.to_string()),
        other => panic!("{other:?}"),
    }
}

fn period(from: &str, to: &str) -> (String, String) {
    (from.to_owned(), to.to_owned())
}

#[test]
fn the_funnel_stands_with_shares() {
    let console = console();
    for shown in ["this week", "leads          40  100%", "booked         20   50%", "₪12,800", "₪1,280"]
    {
        console.shows(shown);
    }
}

#[test]
fn models_are_counted_by_booked_job() {
    let console = console();
    console.shows("tokens per booked job");
    console.shows("10,000");
    console.shows("<$0.01");
}

#[test]
fn the_period_moves_and_stops_at_today() {
    let mut console = console();
    console.press("[");
    assert_eq!(last(&console), period("2026-11-15", "2026-11-21"));
    console.press("]");
    assert_eq!(last(&console), period("2026-11-22", "2026-11-25"));
    let asked = console.asked.len();
    console.press("]");
    assert_eq!(console.asked.len(), asked, "there are no figures of the future");
}

#[test]
fn today_week_and_month() {
    let mut console = console();
    console.press("t");
    assert_eq!(last(&console), period("2026-11-25", "2026-11-25"));
    console.press("m");
    assert_eq!(last(&console), period("2026-11-01", "2026-11-25"));
    console.press("w");
    assert_eq!(last(&console), period("2026-11-22", "2026-11-25"));
}

#[test]
fn any_days_are_typed() {
    let mut console = console();
    console.press("c Ctrl-u");
    console.type_text("2026-10-01 2026-10-10");
    console.press("Enter");
    assert_eq!(last(&console), period("2026-10-01", "2026-10-10"));
    console.press("[");
    assert_eq!(last(&console), period("2026-09-21", "2026-09-30"));
    console.command("period yesterday");
    console.shows("days look like");
}

#[test]
fn tables_by_day_trade_and_pro() {
    let mut console = console();
    console.shows("Wed 25 Nov");
    console.press("v");
    console.shows("plumbing");
    console.press("v");
    console.shows("Sami Haddad");
    console.press("v");
    console.shows("Wed 25 Nov");
}

#[test]
fn days_are_saved_as_a_file() {
    let mut console = console();
    console.press("e");
    let name = "fixi-2026-11-22-2026-11-25.csv".to_owned();
    assert_eq!(console.told.last(), Some(&Command::Save(name, b"date,leads\n".to_vec())));
}

#[test]
fn leads_that_come_do_not_ask_for_heavy_figures() {
    let mut console = console();
    for number in 0..5 {
        console.event(Event::Lead { id: format!("l{number}"), number, version: 1 });
    }
    assert_eq!(console.asked, []);
    console.press("Ctrl-r");
    assert_eq!(console.asked.len(), 1);
}

#[test]
fn over_night_this_week_is_another() {
    let mut console = console();
    console.later(Duration::days(4));
    console.command("analytics");
    assert_eq!(last(&console), period("2026-11-29", "2026-11-29"));
}

#[test]
fn charts_show_where_there_is_room() {
    console().hides("Day by day");
    sized(Locale::En, "analytics", 160, 50).shows("Day by day");
}

#[test]
fn an_agent_sees_no_figures() {
    let console = open_as(Role::Agent, "analytics");
    assert!(!console.asked.iter().any(|ask| matches!(ask, Ask::Analytics(_))));
}

#[test]
fn golden_screens() {
    golden("analytics", "analytics", "m");
    golden("analytics_trades", "analytics", "v");
}
