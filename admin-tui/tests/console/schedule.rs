//! The schedule as it shows: days, weeks, order of the language, what is taken.

use crate::data::office::{day, golden, open, sized};
use crate::harness::Console;
use admin_api::event::Event;
use admin_api::schedule::ScheduleWindow;
use admin_tui::ask::Ask;
use locales::Locale;

fn console() -> Console {
    open(Locale::En, "schedule")
}

/// What was asked for last.
#[track_caller]
fn last(console: &Console) -> ScheduleWindow {
    match console.asked.last() {
        Some(Ask::Schedule(window)) => window.clone(),
        other => panic!("{other:?}"),
    }
}

fn window(from: &str, days: u32, pro: Option<&str>) -> ScheduleWindow {
    ScheduleWindow { from: day(from), days, pro: pro.map(str::to_owned) }
}

/// Where this stands in its line.
#[track_caller]
fn column(console: &Console, text: &str) -> usize {
    let screen = console.screen();
    screen.lines().find_map(|line| line.find(text).map(|at| line[..at].chars().count())).unwrap_or_else(
        || {
            panic!("{text} is not on the screen:\n{screen}");
        },
    )
}

#[test]
fn first_today_of_all_shows() {
    let console = console();
    for shown in ["Wednesday 25 Nov", "all pros: 3", "ןהכ יבא", "Sami Haddad", "✓#17", "=#12"] {
        console.shows(shown);
    }
}

#[test]
fn a_week_of_one() {
    let mut console = console();
    console.press("w");
    assert_eq!(last(&console), window("2026-11-22", 7, Some("p1")));
    for shown in ["22 Nov to 28 Nov", "Thu 26*", "■#30", "▒"] {
        console.shows(shown);
    }
}

#[test]
fn days_run_as_the_language_does() {
    let order = |locale, first: &str, last: &str| {
        let mut console = sized(locale, "schedule", 160, 50);
        console.press("w");
        column(&console, first) < column(&console, last)
    };
    assert!(order(Locale::En, "Sun 22", "Sat 28"));
    assert!(!order(Locale::He, "22 ׳א", "28 ׳ש"));
}

#[test]
fn left_is_left_in_hebrew_too() {
    let mut console = open(Locale::He, "schedule");
    console.press("w Left Down Down Down Down");
    // Left of Wednesday is Thursday there, with other hours.
    console.shows("08:00-14:00");
    console.press("Right Right");
    console.hides("08:00-14:00");
}

#[test]
fn the_cursor_says_what_is_under_it() {
    let mut console = console();
    console.shows("free 08:00-18:00");
    console.press("PgDn");
    for _ in 0..6 {
        console.press("Down");
    }
    console.shows("confirmed #17");
    console.shows("15:00–17:00");
}

#[test]
fn other_hours_and_closed_days_look_different() {
    let mut console = console();
    console.press("w");
    console.shows("Thu 26*");
    console.press("Right");
    for _ in 0..5 {
        console.press("Down");
    }
    console.shows("+");
    console.press("Right Right");
    console.shows("תבש");
}

#[test]
fn the_period_moves() {
    let mut console = console();
    console.press("]");
    assert_eq!(last(&console), window("2026-11-26", 1, None));
    console.press("w ]");
    assert_eq!(last(&console), window("2026-11-29", 7, Some("p1")));
    console.press("t");
    assert_eq!(last(&console), window("2026-11-22", 7, Some("p1")));
    console.press("d");
    assert_eq!(last(&console), window("2026-11-25", 1, None));
}

#[test]
fn over_the_edge_of_a_week_is_the_next() {
    let mut console = console();
    console.press("w Right Right Right");
    assert_eq!(console.asked.len(), 1);
    console.press("Right");
    assert_eq!(last(&console), window("2026-11-29", 7, Some("p1")));
    console.press("Left");
    assert_eq!(last(&console), window("2026-11-22", 7, Some("p1")));
}

#[test]
fn somebody_else_is_chosen_by_name() {
    let mut console = console();
    console.press("p");
    console.type_text("sami");
    console.press("Enter");
    assert_eq!(last(&console), window("2026-11-22", 7, Some("p3")));
    console.command("week משה");
    assert_eq!(last(&console), window("2026-11-22", 7, Some("p2")));
}

#[test]
fn a_day_is_gone_to_by_its_date() {
    let mut console = console();
    console.command("goto 2026-12-01");
    assert_eq!(last(&console), window("2026-12-01", 1, None));
    console.command("goto tomorrow");
    console.shows("days look like");
}

#[test]
fn only_events_that_touch_what_shows_ask_again() {
    let mut console = console();
    console.press("w");
    console.asked.clear();
    console.event(Event::Appointment { id: "a1".into(), pro: "p3".into() });
    console.event(Event::Jobs);
    assert_eq!(console.asked, []);
    console.event(Event::Appointment { id: "a1".into(), pro: "p1".into() });
    assert_eq!(console.asked.len(), 1);
}

#[test]
fn a_visit_leads_to_its_lead() {
    let mut console = console();
    console.press("Down Down Enter");
    assert!(console.asked.contains(&Ask::Lead("l12".into())), "{:?}", console.asked);
}

#[test]
fn a_link_to_one_pro_leads_to_the_others_too() {
    let mut console = open(Locale::En, "pros");
    console.press("s p");
    assert_eq!(last(&console), window("2026-11-25", 1, None));
    console.press("p");
    console.shows("Sami Haddad");
}

#[test]
fn a_held_visit_has_its_own_sign() {
    let mut console = console();
    for _ in 0..18 {
        console.press("Down");
    }
    console.shows("?#21");
    console.shows("held #21");
}

#[test]
fn a_click_goes_to_the_cell() {
    let mut console = console();
    console.click("✓#17");
    console.shows("confirmed #17");
}

#[test]
fn small_windows_keep_the_cursor() {
    for rows in [10, 14, 20] {
        let mut console = sized(Locale::En, "schedule", 60, rows);
        for _ in 0..30 {
            console.press("Down");
        }
        console.shows("23:00");
        for _ in 0..47 {
            console.press("Up");
        }
        console.shows("00:00");
    }
}

#[test]
fn golden_screens() {
    golden("schedule_day", "schedule", "");
    golden("schedule_week", "schedule", "w Down Down");
    golden("schedule_carrying", "schedule", "w Down Down Down Down PgDn Down Down m Down");
}
