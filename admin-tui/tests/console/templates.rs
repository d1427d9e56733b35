//! Templates: read, found, copied.

use crate::data::office::{golden, open, sized};
use admin_tui::ask::Ask;
use admin_tui::update::Command;
use locales::Locale;

#[test]
fn the_list_names_purpose_and_parameters() {
    let console = open(Locale::En, "templates");
    let template = crate::data::chats::templates().remove(0);
    console.shows(&template.name);
    console.shows("purpose");
    console.shows(&template.parameters[0]);
}

#[test]
fn one_template_shows_its_parameters_by_number() {
    let mut console = open(Locale::En, "templates");
    console.press("Enter");
    console.shows("{{1}}");
    console.press("Esc");
    console.hides("{{1}}");
}

#[test]
fn a_name_is_copied() {
    let mut console = open(Locale::En, "templates");
    console.press("y");
    let name = crate::data::chats::templates().remove(0).name;
    assert_eq!(console.told.last(), Some(&Command::Copy(name)));
}

#[test]
fn the_filter_narrows_and_empty_says_so() {
    let mut console = open(Locale::En, "templates");
    console.filter("no such template");
    console.shows("nothing here");
    assert_eq!(console.asked, [], "the list is here already");
}

#[test]
fn coming_back_does_not_ask_again() {
    let mut console = open(Locale::En, "templates");
    console.command("dashboard");
    console.command("templates");
    assert!(!console.asked.contains(&Ask::Templates));
}

#[test]
fn a_small_window_does() {
    sized(Locale::He, "templates", 40, 10).shows("תוינבת");
}

#[test]
fn golden_screens() {
    golden("templates", "templates", "");
}
