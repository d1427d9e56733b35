//! People: sought, merged, taken out, erased.

use crate::data::office::{golden, open, open_as, open_readonly, sized};
use crate::harness::Console;
use admin_api::access::Role;
use admin_api::contact::{ContactFilter, Erase, Erased, Merge};
use admin_tui::ask::{Answer, Ask};
use admin_tui::update::Command;
use chrono::Duration;
use locales::Locale;

fn console() -> Console {
    open(Locale::En, "contacts")
}

/// What was sought, in order.
fn sought(console: &Console) -> Vec<String> {
    let queries = console.asked.iter().filter_map(|ask| match ask {
        Ask::Contacts(ContactFilter { q, .. }) => Some(q.clone().unwrap_or_default()),
        _ => None,
    });
    queries.collect()
}

#[test]
fn people_stand_with_phone_and_leads() {
    let console = console();
    for shown in ["יול הנד", "+972500000401", "opted out", "✗ 14:00"] {
        console.shows(shown);
    }
}

#[test]
fn control_characters_of_names_do_no_harm() {
    let console = console();
    console.shows("Tom␛]0;x␇ Smith");
}

#[test]
fn typing_fast_asks_once_a_tick() {
    let mut console = console();
    console.press("/");
    console.type_text("דנה");
    assert_eq!(sought(&console), [] as [&str; 0]);
    console.later(Duration::seconds(1));
    console.type_text(" ל");
    console.type_text("ו");
    console.later(Duration::seconds(1));
    console.later(Duration::seconds(1));
    assert_eq!(sought(&console), ["דנה", "דנה לו"]);
    console.press("Enter");
    console.shows("יול הנד");
    console.hides("Smith");
}

#[test]
fn an_answer_to_what_is_not_sought_any_more_is_no_use() {
    let mut console = console();
    console.hold();
    console.filter("a");
    console.later(Duration::seconds(1));
    console.filter("b");
    console.later(Duration::seconds(1));
    let late = console.open.remove(0).0;
    let page = admin_api::page::Page { rows: crate::data::office::people(), next: None, total: None };
    console.send(admin_tui::update::Msg::Answered(late, Box::new(Ok(Answer::Contacts(page)))));
    console.hides("Smith");
}

#[test]
fn one_person_whole() {
    let mut console = console();
    console.press("Enter");
    console.shows("Person");
    console.shows("c1");
    assert_eq!(console.asked, [Ask::Contact("c1".into())]);
    console.press("Esc");
    console.hides("Person");
}

#[test]
fn beside_the_list_the_person_follows_without_a_question() {
    let mut console = sized(Locale::En, "contacts", 160, 50);
    console.press("Enter Down Down");
    console.shows("c3");
    assert_eq!(console.asked.len(), 1, "{:?}", console.asked);
}

#[test]
fn merging_needs_two() {
    let mut console = console();
    console.press("Space m");
    console.shows("mark two people");
    assert_eq!(console.changes, []);
}

#[test]
fn a_merge_shows_what_comes_of_it_and_asks() {
    let mut console = console();
    console.press("Space Space m");
    console.shows("Who stays?");
    console.press("Enter");
    console.shows("│ +972500000402");
    console.shows("leads afterwards: 4, of them moved: 1");
    console.shows("the phones differ");
    console.shows("one of them opted out");
    assert_eq!(console.changes, []);
    console.press("y");
    assert_eq!(console.changes, [Ask::Merge("c1".into(), Merge { other: "c2".into(), version: 4 })]);
    console.hides("+ יול");
}

#[test]
fn the_other_may_stay() {
    let mut console = console();
    console.press("Space Space m Down Enter y");
    assert_eq!(console.changes, [Ask::Merge("c2".into(), Merge { other: "c1".into(), version: 4 })]);
}

#[test]
fn a_third_mark_takes_the_place_of_the_first() {
    let mut console = console();
    console.press("Space Space Space m Enter y");
    assert_eq!(console.changes, [Ask::Merge("c2".into(), Merge { other: "c3".into(), version: 4 })]);
}

#[test]
fn an_export_is_saved_under_a_harmless_name() {
    let mut console = console();
    console.press("e");
    let Some(Command::Save(name, bytes)) = console.told.last() else { panic!("{:?}", console.told) };
    assert_eq!(name, "contact-c1-20261125-1400.json");
    assert!(String::from_utf8_lossy(bytes).contains("leads"));
}

#[test]
fn erasing_needs_the_word() {
    let mut console = console();
    console.press("E");
    console.shows("to confirm, type: erase c1");
    console.press("y Enter");
    assert_eq!(console.changes, [], "a yes is not enough");
    console.press("Ctrl-u");
    console.type_text("erase c1");
    console.press("Enter");
    assert_eq!(console.changes, [Ask::Erase("c1".into(), Erase { confirm: "erase c1".into() })]);
    console.shows("documents removed or made anonymous: 12");
}

#[test]
fn a_removal_that_left_something_says_so() {
    let mut console = console();
    console.serve(|ask| match ask {
        Ask::Erase(..) => Ok(Answer::Erased(Erased { documents: 3, left: 2 })),
        ask => crate::data::answer(ask),
    });
    console.press("E");
    console.type_text("erase c1");
    console.press("Enter");
    console.shows("not wholly erased, places left: 2");
}

#[test]
fn an_admin_merges_but_does_not_take_out_or_erase() {
    let mut console = open_as(Role::Admin, "contacts");
    console.press("e");
    console.shows("this user may not do that");
    console.press("E");
    console.hides("to confirm");
    console.press("Space Space m Enter y");
    assert_eq!(console.changes.len(), 1);
}

#[test]
fn readonly_takes_out_but_changes_nothing() {
    let mut console = open_readonly("contacts");
    console.press("Space Space m E");
    assert_eq!(console.changes, []);
    console.press("e");
    assert!(matches!(console.told.last(), Some(Command::Save(..))));
}

#[test]
fn the_chat_is_a_key_away() {
    let mut console = console();
    console.press("c");
    assert!(console.asked.contains(&Ask::Conversation("c1".into())), "{:?}", console.asked);
    console.command("contacts");
    console.press("Down Down c");
    console.shows("there is no chat with this person");
}

#[test]
fn golden_screens() {
    golden("contacts", "contacts", "");
    golden("contact", "contacts", "Enter");
    golden("contacts_merge", "contacts", "Space Space m Enter");
}
