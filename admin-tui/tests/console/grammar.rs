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

/// A console without a session.
fn at_the_door() -> Console {
    let mut console = Console::new(Locale::En, 80, 24);
    console.answer(Err(refused(Problem::SignInAgain, "the session ended")));
    console.told.clear();
    console.hold();
    console
}

#[test]
fn name_and_password_sign_in_and_the_password_never_shows() {
    let mut console = at_the_door();
    console.type_text("dana");
    console.press("Enter");
    console.type_text("correct horse");
    console.shows("•••••");
    console.hides("horse");
    console.press("Enter Enter");
    assert_eq!(console.open.len(), 1, "a second Enter asks nothing more");
    assert!(!format!("{:?}", console.open).contains("horse"));
    let me = crate::data::me(admin_api::access::Role::Owner);
    let expires_at = now() + Duration::hours(8);
    let signed_in = admin_api::session::SignedIn { token: "t0ken".to_owned(), expires_at, me };
    console.answer(Ok(Answer::SignedIn(signed_in)));
    assert_eq!(console.told, [Command::Session(Some("t0ken".to_owned())), Command::Listen]);
    console.shows("Dashboard");
}

#[test]
fn a_wrong_password_is_asked_for_again() {
    let mut console = at_the_door();
    console.type_text("dana");
    console.press("Tab");
    console.type_text("wrong");
    console.press("Enter");
    console.answer(Err(refused(Problem::WrongPassword, "wrong name or password")));
    console.shows("wrong name or password");
    console.shows("dana");
    console.hides("•");
}

#[test]
fn a_locked_door_says_how_long() {
    let mut console = at_the_door();
    console.type_text("dana");
    console.press("Enter");
    console.type_text("wrong");
    console.press("Enter");
    let Failure::Refused(mut locked) = refused(Problem::LockedOut, "locked out") else {
        panic!("it is refused")
    };
    locked.retry_after_s = Some(900);
    console.answer(Err(Failure::Refused(locked)));
    console.shows("try again in 15m");
}

#[test]
fn each_wrong_server_is_one_clear_line() {
    let failures = [
        (Failure::Certificate, "certificate is not trusted"),
        (Failure::NoTls, "does not speak https"),
        (Failure::NotFixi { status: 404 }, "(404) is no bot"),
        (Failure::OldServer { server: "0.0.9".to_owned() }, "version 0.0.9"),
        (Failure::Unreadable, "differ in version"),
    ];
    for (failure, words) in failures {
        let mut console = Console::new(Locale::En, 100, 24);
        console.answer(Err(failure));
        console.shows(words);
    }
}

#[test]
fn a_wrong_certificate_is_not_tried_again() {
    let mut console = Console::new(Locale::En, 80, 24);
    console.answer(Err(Failure::Certificate));
    console.asked.clear();
    console.later(Duration::seconds(5));
    assert_eq!(console.asked, []);
    console.press("q");
    assert_eq!(console.told, [Command::Quit]);
}

#[test]
fn a_session_that_ends_at_work_shows_nothing_of_it_any_more() {
    let mut console = Console::at(Locale::En, "2");
    console.serve(|_| Err(refused(Problem::SignInAgain, "the session ended")));
    console.press("Ctrl-r");
    console.shows("Sign in");
    console.hides("#23");
    assert_eq!(console.told.last(), Some(&Command::Session(None)));
}

#[test]
fn signing_out_ends_the_session_at_the_bot_too() {
    let mut console = Console::at(Locale::En, "1");
    console.command("signout");
    assert!(console.asked.contains(&Ask::SignOut));
    assert_eq!(console.told.last(), Some(&Command::Session(None)));
    console.shows("Sign in");
}

#[test]
fn another_business_shows_nothing_of_the_former() {
    let mut console = Console::new(Locale::En, 80, 24);
    console.sign_in_as(admin_api::access::Role::SystemAdmin);
    console.press("2");
    console.shows("#23");
    console.hold();
    console.command("business north");
    console.hides("#23");
    assert!(console.told.contains(&Command::Business("north".to_owned())));
    console.command("business nowhere");
    console.shows("fixi, north");
}

#[test]
fn answers_to_the_former_business_are_not_shown() {
    let mut console = Console::new(Locale::En, 80, 24);
    console.sign_in_as(admin_api::access::Role::SystemAdmin);
    console.hold();
    console.press("2");
    console.command("business north");
    // The leads of the former business come late.
    let (ticket, _) = console.open.remove(0);
    let late = Answer::Leads(crate::data::leads::page(&admin_api::lead::LeadFilter::default()));
    console.send(Msg::Answered(ticket, Box::new(Ok(late))));
    console.press("2");
    console.hides("#23");
}

#[test]
fn control_c_leaves_and_closes_what_is_typed_first() {
    let mut console = Console::at(Locale::En, "1");
    console.press(": Ctrl-c");
    assert!(!console.told.contains(&Command::Quit));
    console.press("Ctrl-c");
    assert_eq!(console.told.last(), Some(&Command::Quit));
}

#[test]
fn a_word_may_be_shortened_as_far_as_it_is_the_only_one() {
    let mut console = Console::at(Locale::En, "1");
    console.command("lea");
    console.shows("#23");
    console.command("re");
    console.shows("no such command, or several: re");
    console.command("nonsense");
    console.shows("no such command, or several: nonsense");
}

#[test]
fn tabs_turn_both_ways_and_can_be_clicked() {
    let mut console = Console::at(Locale::En, "1");
    console.press("Tab");
    console.shows("#23");
    console.press("Shift-Tab");
    console.shows("Leads by status");
    // Where there is no room for their names, the tabs are their numbers.
    console.click("2  3");
    console.shows("#23");
}

#[test]
fn a_notice_goes_by_itself() {
    let mut console = Console::at(Locale::En, "1");
    console.press("u");
    console.shows("nothing to undo");
    console.later(Duration::seconds(9));
    console.hides("nothing to undo");
}

#[test]
fn pasting_into_a_line_runs_nothing() {
    let mut console = Console::at(Locale::En, "1");
    console.press(":");
    console.send(Msg::Paste("quit\n".to_owned()));
    assert!(!console.told.contains(&Command::Quit));
    console.shows(":quit");
}

#[test]
fn without_colour_nothing_has_a_colour_and_the_chosen_row_still_shows() {
    let mut console = Console::at(Locale::En, "2");
    console.command("theme mono");
    let buffer = console.buffer();
    let colourless = |cell: &ratatui::buffer::Cell| {
        cell.fg == ratatui::style::Color::Reset && cell.bg == ratatui::style::Color::Reset
    };
    assert!(buffer.content.iter().all(colourless));
    console.shows("› #23");
}

#[test]
fn a_terminal_that_reorders_gets_words_as_they_are_stored() {
    let mut console = Console::at(Locale::En, "2");
    console.command("bidi terminal");
    console.shows("דנה לוי");
    console.command("bidi app");
    console.shows("יול הנד");
}

#[test]
fn every_language_paints_every_screen() {
    for locale in Locale::ALL {
        for digit in ["1", "2", "3"] {
            let mut console = Console::at(locale, digit);
            console.press("?");
            console.press("Esc");
            let screen = console.screen();
            assert!(!screen.contains("console-"), "{locale} {digit}:\n{screen}");
        }
    }
}
