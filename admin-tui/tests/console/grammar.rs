//! What holds on every screen: help, `:` commands, signing in, a lost server.

use crate::harness::{Console, now, refused};
use admin_api::client::{Failure, Signal};
use admin_api::error::Problem;
use admin_tui::ask::{Answer, Ask};
use admin_tui::update::{Command, Msg};
use chrono::Duration;
use locales::Locale;

#[test]
fn help_shows_the_key_table() {
    let mut console = Console::at(Locale::En, "1");
    console.press("?");
    console.shows("Everywhere");
    console.shows("j/↓");
    console.press("Esc");
    console.hides("Everywhere");
}

#[test]
fn a_kept_session_that_ended_asks_to_sign_in() {
    let mut console = Console::new(Locale::En, 80, 24);
    console.answer(Err(refused(Problem::SignInAgain, "the session ended")));
    console.shows("Sign in");
    console.shows("sign in again");
    assert_eq!(console.told, [Command::Session(None)]);
}

#[test]
fn a_lost_server_shows_and_heals() {
    let mut console = Console::at(Locale::En, "1");
    console.send(Msg::Live(Signal::Down(Failure::Lost)));
    console.later(Duration::seconds(5));
    console.shows("server lost for 5s");
    console.asked.clear();
    console.send(Msg::Live(Signal::Up));
    console.hides("server lost");
    console.shows("the server is back");
    assert_eq!(console.asked, [Ask::Dashboard], "what is shown is asked for again");
    assert!(console.model.shared.now > now());
}

#[test]
fn a_server_that_is_away_at_the_start_is_asked_again() {
    let mut console = Console::new(Locale::En, 80, 24);
    console.answer(Err(Failure::Unreachable));
    console.shows("nothing answers at that address");
    console.later(Duration::seconds(1));
    console.answer(Ok(Answer::Me(crate::data::me(admin_api::access::Role::Owner))));
    console.shows("Dashboard");
}

#[test]
fn a_command_is_completed_and_kept() {
    let mut console = Console::at(Locale::En, "1");
    console.press(":");
    console.type_text("the");
    console.shows(":theme");
    console.press("Tab");
    console.type_text(" lig");
    console.press("Tab Enter");
    assert_eq!(console.model.shared.look.theme.name, "light");
    console.command("theme dark");
    console.press(": Up Up Enter");
    assert_eq!(console.model.shared.look.theme.name, "light", "two lines back");
}

#[test]
fn readonly_shows_and_cannot_be_left() {
    let mut console = Console::readonly(Locale::En);
    console.sign_in();
    console.shows("read only");
    console.command("readonly");
    console.shows("read only");
}

#[test]
fn the_language_changes_while_it_runs() {
    let mut console = Console::at(Locale::En, "1");
    console.command("lang he");
    console.shows("חול");
    console.command("lang xx");
    console.shows("he, en, ar, ru");
}

#[test]
fn a_hint_can_be_clicked() {
    let mut console = Console::at(Locale::En, "1");
    console.click("? help");
    console.shows("Everywhere");
}

#[test]
fn a_screen_without_a_filter_has_none() {
    let mut console = Console::at(Locale::En, "1");
    console.serve(crate::data::answer);
    console.filter("q");
    // What was typed were keys: `q` left the console.
    assert_eq!(console.told.last(), Some(&Command::Quit));
}
