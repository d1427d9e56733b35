//! Pros: the list, sign-ups, persona, areas, trades, hours, previews.

use crate::data::office::{golden, open, open_as, open_readonly, pro, sized};
use crate::harness::{Console, refused};
use admin_api::access::Role;
use admin_api::client::Failure;
use admin_api::error::{Problem, Refused};
use admin_api::event::Event;
use admin_api::pro::{AreaRule, DecideApplicant, EditPro, Preview};
use admin_tui::ask::Ask;
use admin_tui::update::{Command, Msg};
use locales::Locale;

fn console() -> Console {
    open(Locale::En, "pros")
}

fn edit(id: &str, edit: EditPro) -> Ask {
    Ask::EditPro(id.to_owned(), EditPro { version: 3, ..edit })
}

#[test]
fn the_list_says_state_rating_load_and_acceptance() {
    let console = console();
    for shown in ["ןהכ יבא", "✓ active", "☼ away", "? applied", "4.8 ★ (120)", "87%", "plumbing"]
    {
        console.shows(shown);
    }
}

#[test]
fn control_characters_of_names_do_no_harm() {
    let console = console();
    console.shows("Eve␛[31m");
}

#[test]
fn the_filter_finds_by_name_trade_and_area() {
    let mut console = console();
    console.filter("electr");
    console.shows("יול השמ");
    console.hides("ןהכ יבא");
    console.press("/ Ctrl-u");
    console.type_text("באר");
    console.press("Enter");
    console.shows("ןוטיב דוד");
}

#[test]
fn one_pro_whole() {
    let mut console = console();
    console.press("Enter");
    for shown in ["2 / 6", "Leak repair", "₪250 – ₪450", "5+ ןג תמר"] {
        console.shows(shown);
    }
    console.press("PgDn");
    console.shows("Saturday");
    console.press("Esc");
    console.shows("☼ away");
}

#[test]
fn an_applicant_is_taken_after_a_yes() {
    let mut console = console();
    console.press("Down Down Down a");
    console.shows("Take ");
    console.shows("They are told.");
    console.press("Enter");
    assert_eq!(console.changes, []);
    console.press("y");
    assert_eq!(console.changes, [Ask::Decide("p4".into(), DecideApplicant { take: true, version: 3 })]);
}

#[test]
fn an_applicant_is_declined_after_a_yes() {
    let mut console = console();
    console.press("Down Down Down d y");
    assert_eq!(console.changes, [Ask::Decide("p4".into(), DecideApplicant { take: false, version: 3 })]);
}

#[test]
fn who_is_no_applicant_is_not_decided_about() {
    let mut console = console();
    console.press("a d");
    console.shows("does not wait for a yes");
    assert_eq!(console.changes, []);
}

#[test]
fn a_persona_is_written_over_several_lines_and_saved() {
    let mut console = console();
    console.press("e");
    console.shows("Persona of");
    console.press("Enter");
    console.type_text("q? :/ are letters here");
    console.press("Ctrl-s");
    let persona = Some("קצר, חם, בלי סלנג\nq? :/ are letters here".to_owned());
    assert_eq!(console.changes, [edit("p1", EditPro { persona, ..EditPro::default() })]);
    console.shows("persona saved");
    console.hides("Persona of");
}

#[test]
fn a_saved_persona_is_taken_back() {
    let mut console = console();
    console.press("e ! Ctrl-s u");
    let persona = Some("קצר, חם, בלי סלנג".to_owned());
    let back = EditPro { version: 4, persona, ..EditPro::default() };
    assert_eq!(console.changes.last(), Some(&Ask::EditPro("p1".into(), back)));
}

#[test]
fn a_draft_outlives_its_editor_and_can_be_thrown_away() {
    let mut console = console();
    console.press("e ! ! Esc");
    console.shows("the draft is kept here");
    console.shows("A draft that is not saved");
    console.press("Esc");
    console.shows("✎");
    console.press("Enter e Ctrl-s");
    let persona = Some("קצר, חם, בלי סלנג!!".to_owned());
    assert_eq!(console.changes, [edit("p1", EditPro { persona, ..EditPro::default() })]);
    console.press("e ? Esc");
    console.command("forget");
    console.hides("A draft that is not saved");
}

#[test]
fn a_persona_that_did_not_change_is_not_sent() {
    let mut console = console();
    console.press("e Ctrl-s");
    assert_eq!(console.changes, []);
    console.hides("Persona of");
}

#[test]
fn pasting_keeps_lines() {
    let mut console = console();
    console.press("e");
    console.send(Msg::Paste("a\r\nb".to_owned()));
    console.press("Ctrl-s");
    let Some(Ask::EditPro(_, edit)) = console.changes.last() else { panic!("nothing was sent") };
    assert!(edit.persona.as_ref().unwrap().ends_with("סלנגa\nb"));
}

#[test]
fn a_preview_asks_with_the_stored_persona() {
    let mut console = console();
    console.press("r");
    console.type_text("יש לי נזילה");
    console.press("Enter");
    let preview = Preview { text: "יש לי נזילה".into(), persona: None };
    assert_eq!(console.asked.last(), Some(&Ask::Preview("p1".into(), preview)));
    console.shows("gemini-2.5-flash-lite");
    console.shows("16:00");
    assert_eq!(console.changes, []);
}

#[test]
fn a_preview_asks_with_the_edited_persona_before_it_is_saved() {
    let mut console = console();
    console.press("e ! Ctrl-p");
    console.type_text("hello");
    console.press("Enter");
    let preview = Preview { text: "hello".into(), persona: Some("קצר, חם, בלי סלנג!".into()) };
    assert_eq!(console.asked.last(), Some(&Ask::Preview("p1".into(), preview)));
    console.press("Esc");
    console.shows("Persona of");
    assert_eq!(console.changes, []);
}

#[test]
fn readonly_previews_and_edits_nothing() {
    let mut console = open_readonly("pros");
    console.press("e p t w H v x");
    assert_eq!(console.changes, []);
    console.shows("nothing was changed");
    console.press("r");
    console.type_text("hello");
    console.press("Enter");
    assert!(matches!(console.asked.last(), Some(Ask::Preview(..))));
}

#[test]
fn an_agent_reads_pros_and_edits_none() {
    let mut console = open_as(Role::Agent, "pros");
    console.press("e");
    console.shows("this user may not do that");
    console.press("v");
    assert_eq!(console.changes, []);
}

#[test]
fn vacation_goes_on_and_off() {
    let mut console = console();
    console.press("v");
    let away = |on_vacation| EditPro { on_vacation: Some(on_vacation), ..EditPro::default() };
    assert_eq!(console.changes, [edit("p1", away(true))]);
    console.press("Esc Down v");
    assert_eq!(console.changes[1], edit("p2", away(false)));
}

#[test]
fn a_pro_is_switched_off() {
    let mut console = console();
    console.press("x");
    assert_eq!(console.changes, [edit("p1", EditPro { active: Some(false), ..EditPro::default() })]);
}

#[test]
fn areas_are_typed_with_distances() {
    let mut console = console();
    console.press("w Ctrl-u");
    console.type_text("חיפה +x");
    console.press("Enter");
    console.shows("an area is a name");
    assert_eq!(console.changes, []);
    console.press("Ctrl-u");
    console.type_text("חיפה +15, נשר");
    console.press("Enter");
    let rule = |city: &str, radius_km| AreaRule { city: city.to_owned(), radius_km };
    let area_rules = Some(vec![rule("חיפה", Some(15.0)), rule("נשר", None)]);
    assert_eq!(console.changes, [edit("p1", EditPro { area_rules, ..EditPro::default() })]);
}

#[test]
fn trades_are_switched_one_by_one_and_saved_together() {
    let mut console = console();
    console.press("t");
    console.type_text("painting");
    console.press("Enter");
    console.type_text("✓ painting");
    console.shows("✓ painting");
    console.press("Ctrl-u");
    console.type_text("→");
    console.press("Enter");
    let trades = Some(vec!["painting".to_owned(), "plumbing".to_owned()]);
    assert_eq!(console.changes, [edit("p1", EditPro { trades, ..EditPro::default() })]);
}

#[test]
fn the_hours_of_one_day_leave_the_others() {
    let mut console = console();
    console.press("H");
    console.type_text("friday");
    console.press("Enter Ctrl-u");
    console.type_text("closed");
    console.press("Enter");
    let Some(Ask::EditPro(_, EditPro { hours: Some(hours), .. })) = console.changes.last() else {
        panic!("{:?}", console.changes)
    };
    assert_eq!((hours.get("friday"), hours["sunday"].as_str()), (None, "08:00-18:00"));
}

#[test]
fn a_conflict_shows_what_changed_and_can_go_on_top() {
    let mut console = console();
    let mut now = pro("p1");
    now.line.version = 9;
    now.persona = "formal".to_owned();
    let current = serde_json::to_value(now).unwrap();
    console.serve(move |ask| match ask {
        Ask::EditPro(_, edit) if edit.version == 3 => Err(Failure::Refused(Box::new(Refused {
            current: Some(current.clone()),
            ..match refused(Problem::Conflict, "changed") {
                Failure::Refused(refused) => *refused,
                _ => unreachable!("a refusal"),
            }
        }))),
        ask => crate::data::answer(ask),
    });
    console.press("e ! Ctrl-s");
    console.shows("Somebody else was faster");
    console.shows("formal");
    console.press("k");
    console.shows("Persona of");
    console.press("Ctrl-s m");
    let Some(Ask::EditPro(_, edit)) = console.changes.last() else { panic!("nothing was sent") };
    assert_eq!((edit.version, edit.persona.as_deref()), (9, Some("קצר, חם, בלי סלנג!")));
}

#[test]
fn events_about_this_pro_ask_again() {
    let mut console = console();
    console.press("Enter");
    console.asked.clear();
    console.event(Event::Pro { id: "p2".into() });
    assert_eq!(console.asked, [Ask::Pros]);
    console.event(Event::Pro { id: "p1".into() });
    assert!(console.asked.contains(&Ask::Pro("p1".into())));
}

#[test]
fn the_schedule_of_a_pro_is_a_key_away() {
    let mut console = console();
    console.press("s");
    let Some(Ask::Schedule(window)) = console.asked.last() else { panic!("{:?}", console.asked) };
    assert_eq!(window.pro.as_deref(), Some("p1"));
}

#[test]
fn a_phone_is_copied() {
    let mut console = console();
    console.press("y");
    assert_eq!(console.told.last(), Some(&Command::Copy("+972500000101".to_owned())));
}

#[test]
fn keys_of_a_hebrew_keyboard_do_the_same() {
    let mut console = open(Locale::He, "pros");
    // The key in the place of `v`.
    console.press("ה");
    assert_eq!(console.changes.len(), 1);
}

#[test]
fn a_wide_window_keeps_the_list() {
    let mut console = sized(Locale::En, "pros", 160, 50);
    console.press("Enter");
    console.shows("☼ away");
    console.shows("Leak repair");
}

#[test]
fn golden_screens() {
    golden("pros", "pros", "");
    golden("pro", "pros", "Enter");
    golden("pro_persona", "pros", "e Enter a b Up");
    golden("pro_prices", "pros", "p Enter");
}
