//! The dashboard.

use crate::data;
use crate::harness::Console;
use admin_api::client::Failure;
use admin_api::dashboard::ProviderHealth;
use admin_api::event::Event;
use admin_tui::ask::{Answer, Ask};
use chrono::Duration;
use locales::Locale;

fn dashboard(locale: Locale) -> Console {
    Console::at(locale, "1")
}

#[test]
fn the_first_picture_needs_no_answer() {
    let mut console = Console::new(Locale::En, 80, 24);
    console.shows("one moment");
    console.hold();
    console.sign_in();
    console.shows("Dashboard");
    assert_eq!(console.open[0].1, Ask::Dashboard);
}

#[test]
fn the_funnel_counts_every_status() {
    let console = dashboard(Locale::En);
    for shown in ["contacted", "1,240", "in review", "wait for a person: 3"] {
        console.shows(shown);
    }
}

#[test]
fn visits_stand_in_the_business_zone() {
    dashboard(Locale::En).shows("15:00");
}

#[test]
fn health_names_what_is_broken() {
    let console = dashboard(Locale::En);
    console.shows("✗ gemini-2.5-flash-lite: it f");
    console.shows("$1.23");
    console.shows("gave up: 1");
}

#[test]
fn health_tells_since_when_an_account_is_stopped_and_that_no_model_is_set() {
    let mut console = Console::new(Locale::En, 160, 50);
    console.sign_in();
    console.hold();
    let mut shown = data::dashboard();
    let health = |name: &str, ok, reason: Option<&str>, since| ProviderHealth {
        name: name.to_owned(),
        ok,
        reason: reason.map(str::to_owned),
        since,
    };
    shown.providers = vec![
        health("green_api", false, Some("unauthorized_401"), Some(shown.at - Duration::hours(1))),
        health("rules", true, None, None),
    ];
    console.event(Event::Jobs);
    console.answer(Ok(Answer::Dashboard(Box::new(shown))));
    console.shows("✗ green_api: unauthorized_401, since ");
    console.shows("✓ rules (no key for a model)");
}

#[test]
fn many_events_are_one_question_at_a_time() {
    let mut console = dashboard(Locale::En);
    console.hold();
    console.asked.clear();
    for _ in 0..10 {
        console.event(Event::Jobs);
    }
    assert_eq!(console.asked, [Ask::Dashboard]);
    console.answer(Ok(Answer::Dashboard(Box::new(data::dashboard()))));
    assert_eq!(console.asked.len(), 2, "what came meanwhile is asked about once more");
}

#[test]
fn an_old_picture_is_asked_for_again() {
    let mut console = dashboard(Locale::En);
    console.asked.clear();
    console.later(Duration::seconds(30));
    assert_eq!(console.asked, []);
    console.later(Duration::seconds(40));
    assert_eq!(console.asked, [Ask::Dashboard]);
}

#[test]
fn a_failure_keeps_the_old_figures() {
    let mut console = dashboard(Locale::En);
    console.hold();
    console.event(Event::Jobs);
    console.answer(Err(Failure::Timeout));
    console.shows("1,240");
    console.shows("no answer in time");
}

#[test]
fn golden() {
    for locale in [Locale::En, Locale::He] {
        for (columns, rows) in [(80, 24), (160, 50)] {
            let mut console = Console::new(locale, columns, rows);
            console.sign_in();
            console.golden(&format!("dashboard_{locale}_{columns}x{rows}"));
        }
    }
}
