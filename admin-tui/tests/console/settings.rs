//! Settings: switched, typed, checked, taken back; what the environment sets stays.

use crate::data::office::{golden, open, open_as, open_readonly, settings};
use crate::harness::{Console, refused};
use admin_api::access::Role;
use admin_api::client::Failure;
use admin_api::error::{Problem, Refused};
use admin_api::event::Event;
use admin_api::settings::EditSettings;
use admin_tui::ask::Ask;
use locales::Locale;

fn console() -> Console {
    open(Locale::En, "settings")
}

fn edit(edit: EditSettings) -> Ask {
    Ask::EditSettings(EditSettings { version: 7, ..edit })
}

/// Edits the line that the filter leaves: empties the prompt and types this.
fn type_into(console: &mut Console, line: &str, text: &str) {
    console.press("/ Ctrl-u");
    console.type_text(line);
    console.press("Enter Enter Ctrl-u");
    console.type_text(text);
    console.press("Enter");
}

#[test]
fn every_setting_has_a_line() {
    let console = console();
    for shown in
        ["the bot", "answers", "hours: Sunday", "08:00-21:00", "24, 2", "12%", "gemini-2.5-flash-lite"]
    {
        console.shows(shown);
    }
}

#[test]
fn pausing_the_bot_is_asked_about() {
    let mut console = console();
    console.press("Enter");
    console.shows("Silence the bot");
    assert_eq!(console.changes, []);
    console.press("y");
    assert_eq!(console.changes, [edit(EditSettings { paused: Some(true), ..EditSettings::default() })]);
    console.shows("is silent");
}

#[test]
fn a_change_is_taken_back_at_the_version_that_it_made() {
    let mut console = console();
    console.command("pause");
    console.press("y u");
    let back = EditSettings { version: 8, paused: Some(false), ..EditSettings::default() };
    assert_eq!(console.changes.last(), Some(&Ask::EditSettings(back)));
}

#[test]
fn resuming_is_not_asked_about() {
    let mut console = console();
    console.command("resume");
    assert_eq!(console.changes, [edit(EditSettings { paused: Some(false), ..EditSettings::default() })]);
}

#[test]
fn approval_is_chosen() {
    let mut console = console();
    console.press("Down Enter");
    console.type_text("nobody");
    console.press("Enter");
    let approval = Some("auto".to_owned());
    assert_eq!(console.changes, [edit(EditSettings { approval, ..EditSettings::default() })]);
}

#[test]
fn the_hours_of_one_day_leave_the_others() {
    let mut console = console();
    type_into(&mut console, "friday", "closed");
    let [Ask::EditSettings(EditSettings { hours: Some(hours), version: 7, .. })] = &console.changes[..]
    else {
        panic!("{:?}", console.changes)
    };
    assert!(!hours.contains_key("friday"));
    assert_eq!(hours["thursday"], "08:00-21:00");
}

#[test]
fn hours_that_are_none_are_refused_and_kept_to_mend() {
    let mut console = console();
    type_into(&mut console, "friday", "14-8");
    assert_eq!(console.changes, []);
    console.shows("hours look like");
    console.shows("14-8");
    console.press("Ctrl-u");
    console.type_text("8-14");
    console.press("Enter");
    assert_eq!(console.changes, [], "that is what holds already");
}

#[test]
fn reminders_are_a_list_of_hours() {
    let mut console = console();
    type_into(&mut console, "reminders", "48, 24, 3");
    let reminder_hours = Some(vec![48, 24, 3]);
    assert_eq!(console.changes, [edit(EditSettings { reminder_hours, ..EditSettings::default() })]);
    type_into(&mut console, "reminders", "300");
    console.shows("hours from 1 to 168");
    assert_eq!(console.changes.len(), 1);
}

#[test]
fn commission_is_a_percent() {
    let mut console = console();
    type_into(&mut console, "commission", "120");
    console.shows("a number from 0 to 100");
    console.press("Ctrl-u");
    console.type_text("15%");
    console.press("Enter");
    let commission_percent = Some(15);
    assert_eq!(console.changes, [edit(EditSettings { commission_percent, ..EditSettings::default() })]);
}

#[test]
fn emergency_words_are_a_list_and_none_means_the_usual() {
    let mut console = console();
    console.shows("the usual ones");
    type_into(&mut console, "emergency words", "הצפה, שריפה");
    let emergency_words = Some(vec!["הצפה".to_owned(), "שריפה".to_owned()]);
    assert_eq!(console.changes, [edit(EditSettings { emergency_words, ..EditSettings::default() })]);
}

#[test]
fn models_are_read_only() {
    let mut console = console();
    console.filter("models");
    console.press("Enter");
    console.shows("the environment or the business file");
    assert_eq!(console.changes, []);
}

#[test]
fn readonly_and_admins_change_nothing() {
    for mut console in [open_readonly("settings"), open_as(Role::Admin, "settings")] {
        console.press("Down Enter Enter");
        console.press("Esc Up Enter y");
        assert_eq!(console.changes, []);
    }
}

#[test]
fn a_conflict_shows_both_and_keeps_theirs_on_k() {
    let mut console = console();
    let mut now = settings();
    now.version = 9;
    now.commission_percent = 20;
    let current = serde_json::to_value(now).unwrap();
    console.serve(move |ask| match ask {
        Ask::EditSettings(_) => Err(Failure::Refused(Box::new(Refused {
            current: Some(current.clone()),
            ..match refused(Problem::Conflict, "changed") {
                Failure::Refused(refused) => *refused,
                _ => unreachable!("a refusal"),
            }
        }))),
        ask => crate::data::answer(ask),
    });
    type_into(&mut console, "commission", "15");
    console.shows("Somebody else was faster");
    console.shows("20");
    console.press("k");
    console.hides("Somebody else was faster");
    assert_eq!(console.changes.len(), 1);
}

#[test]
fn an_event_asks_again() {
    let mut console = console();
    console.event(Event::Settings);
    assert_eq!(console.asked, [Ask::Settings]);
}

#[test]
fn golden_screens() {
    golden("settings", "settings", "");
}
