//! The price list: lines added, changed, removed, checked as one types, saved as a whole.

use crate::data::office::{open, pro};
use crate::harness::Console;
use admin_api::pro::{EditPro, Price};
use admin_tui::ask::Ask;
use locales::Locale;

fn prices() -> Console {
    let mut console = open(Locale::En, "pros");
    console.press("p");
    console
}

/// The list that was sent last.
#[track_caller]
fn sent(console: &Console) -> Vec<Price> {
    match console.changes.last() {
        Some(Ask::EditPro(id, EditPro { prices: Some(prices), version: 3, .. })) if id == "p1" => {
            prices.clone()
        }
        other => panic!("{other:?}"),
    }
}

/// Types into the fields of the form in their order.
fn fill(console: &mut Console, fields: &[&str]) {
    for text in fields {
        console.press("Ctrl-u");
        console.type_text(text);
        console.press("Tab");
    }
}

#[test]
fn lines_stand_with_amounts_and_minutes() {
    let console = prices();
    for shown in ["Price list of", "leak_repair", "Leak repair", "₪250", "₪450", "60"] {
        console.shows(shown);
    }
}

#[test]
fn a_line_is_added_and_the_whole_list_is_sent() {
    let mut console = prices();
    console.press("a");
    fill(&mut console, &["tap", "ברז", "Tap", "", "", "100", "200", "45"]);
    console.press("Enter");
    assert_eq!(console.changes, [], "only saving sends");
    console.press("Ctrl-s");
    let sent = sent(&console);
    assert_eq!(sent.len(), 3);
    let tap = &sent[2];
    assert_eq!((tap.item.as_str(), tap.min, tap.max, tap.minutes), ("tap", 100, 200, 45));
    assert_eq!(tap.names.keys().collect::<Vec<_>>(), ["en", "he"]);
}

#[test]
fn a_line_is_changed() {
    let mut console = prices();
    console.press("Enter Up Up Ctrl-u");
    console.type_text("500");
    console.press("Enter Ctrl-s");
    let sent = sent(&console);
    assert_eq!((sent[0].max, sent[1].max), (500, 600));
}

#[test]
fn a_line_is_removed_and_put_back() {
    let mut console = prices();
    console.press("d Ctrl-s");
    assert_eq!(sent(&console).len(), 1);
    console.press("u");
    let Some(Ask::EditPro(_, edit)) = console.changes.last() else { panic!("nothing was sent") };
    assert_eq!(edit.prices, Some(pro("p1").prices));
}

#[test]
fn what_is_wrong_shows_with_every_letter() {
    let mut console = prices();
    console.press("Enter");
    console.hides("✗");
    console.press("Up Up Ctrl-u");
    console.shows("✗ a whole number");
    console.type_text("2");
    console.shows("✗ less than from");
    console.type_text("60");
    console.hides("✗");
}

#[test]
fn a_line_with_a_problem_is_not_taken() {
    let mut console = prices();
    console.press("Enter Up Up Ctrl-u 9 Enter");
    console.shows("change the line");
    console.press("Esc Ctrl-s");
    assert_eq!(console.changes, []);
}

#[test]
fn a_key_is_plain_and_stands_once() {
    let mut console = prices();
    console.press("a");
    console.type_text("Leak");
    console.shows("small Latin letters");
    console.press("Ctrl-u");
    console.type_text("blockage");
    console.shows("there is such a line");
}

#[test]
fn minutes_have_an_end() {
    let mut console = prices();
    console.press("Enter Up Ctrl-u");
    console.type_text("1441");
    console.shows("1 to 1440");
}

#[test]
fn a_draft_of_prices_is_kept() {
    let mut console = prices();
    console.press("d Esc");
    console.shows("has changes that are not saved");
    console.press("p Ctrl-s");
    assert_eq!(sent(&console).len(), 1);
}

#[test]
fn nothing_changed_sends_nothing() {
    let mut console = prices();
    console.press("Ctrl-s");
    assert_eq!(console.changes, []);
    console.hides("Price list of");
}
