//! The real console in a real terminal against the real bot: what an operator types, and what stands on the screen. What
//! each screen does is tested without a terminal (`admin-tui/tests/console`); here the two programs meet.
//!
//! `cargo nextest run --release -p tests --test console --no-capture` prints figures.

#![allow(clippy::unwrap_used)]

use emulator::Channel;
use pty_process::blocking::Command;
use std::net::SocketAddr;
use std::path::Path;
use std::time::{Duration, Instant};
use tests::binary::{self, memory_mib};
use tests::eventually;
use tests::house::House;
use tests::terminal::Terminal;

const PASSWORD: &str = "twenty-two pipes";
const DANA: &str = "972500001002";

/// The bot with users `olga` and `gil`, and the console's folder.
struct Office {
    house: House,
    home: tempfile::TempDir,
    address: SocketAddr,
}

impl Office {
    async fn open() -> Self {
        let mut house = House::build().await.unwrap();
        house.user("olga", "owner", PASSWORD).unwrap();
        house.user("gil", "agent", PASSWORD).unwrap();
        house.stays_in_place().unwrap();
        let address = house.start(None).await.unwrap();
        Self { house, home: tempfile::tempdir().unwrap(), address }
    }

    /// The console with these flags; each name has a folder of its own.
    fn console(&self, name: &str, flags: &[&str]) -> Terminal {
        Terminal::start(
            command(&self.home.path().join(name), &format!("http://{}", self.address), flags),
            100,
            30,
        )
        .unwrap()
    }

    /// The console of somebody who has signed in.
    async fn signed_in(&self, name: &str, flags: &[&str]) -> Terminal {
        let console = self.console(name, flags);
        console.shows("Sign in").await.unwrap();
        console.types(&format!("{name}\t{PASSWORD}\r")).unwrap();
        console.shows("Leads by status").await.unwrap();
        console
    }

    /// Somebody writes, and the bot answers.
    async fn writes(&self, text: &str) {
        let street = &self.house.street;
        let before = street.heard(Channel::Green, DANA).len();
        street.writes(Channel::Green, DANA, text);
        let answered = async || (street.heard(Channel::Green, DANA).len() > before).then_some(());
        let answered = eventually("an answer", Duration::from_secs(30), answered).await;
        answered.map_err(|error| error.context(self.house.log())).unwrap();
    }
}

/// Opens the only chat, once the list shows it.
async fn open_chat(console: &Terminal, listed: &str) {
    console.types("3").unwrap();
    console.shows(listed).await.unwrap();
    console.types("\r").unwrap();
}

fn command(home: &Path, address: &str, flags: &[&str]) -> Command {
    Command::new(binary::console().unwrap())
        .args(["--url", address])
        .args(flags)
        .env_clear()
        .env("HOME", home)
        .env("TERM", "xterm-256color")
        .env("LANG", "en_US.UTF-8")
}

/// An operator sees what a customer writes as it comes, takes the chat over, answers, and gives it back.
#[tokio::test(flavor = "multi_thread")]
async fn a_chat_is_watched_taken_over_answered_and_given_back() {
    let office = Office::open().await;
    office.writes("Hello, my name is Dana. I have a leak in the kitchen.").await;
    drop(office.signed_in("olga", &[]).await);

    // Whoever signed in once is still signed in.
    let begun = Instant::now();
    let mut console = office.console("olga", &[]);
    console.shows("Leads by status").await.unwrap();
    let painted = begun.elapsed();
    open_chat(&console, "Dana").await;
    console.shows("leak in the kitchen").await.unwrap();
    console.shows("i to answer").await.unwrap();

    let words = "It is in Haifa";
    let asked = Instant::now();
    office.house.street.writes(Channel::Green, DANA, words);
    console.shows(words).await.unwrap();
    let seen = asked.elapsed();

    console.types("t").unwrap();
    console.shows("Dana is yours for 30 minutes").await.unwrap();
    console.types("iOlga here, I am on my way\r").unwrap();
    let street = &office.house.street;
    let arrived = async || {
        let heard = street.heard(Channel::Green, DANA);
        heard.iter().any(|text| text == "Olga here, I am on my way").then_some(())
    };
    eventually("the answer", Duration::from_secs(30), arrived).await.unwrap();
    console.types("\x1b").unwrap();
    console.until("the editor is closed", |screen| screen.contains("i to answer")).await.unwrap();
    console.types("r").unwrap();
    console.until("the bot answers", |screen| screen.contains("│bot +972")).await.unwrap();
    if let Some(memory) = memory_mib(console.id()) {
        eprintln!(
            "first figures on the screen {painted:?} after the start; a message on the screen {seen:?} after it was sent; \
             memory at most {memory} MiB"
        );
    }
    console.types("q").unwrap();
    let status = console.end().await.unwrap();
    assert!(status.success() && console.is_given_back(), "{status}\n{}", console.screen());
}

/// The bot is killed under the console: it says so, and goes on by itself once the bot is back.
#[tokio::test(flavor = "multi_thread")]
async fn a_lost_server_shows_and_heals() {
    let mut office = Office::open().await;
    office.writes("Hello, my name is Dana. I have a leak in the kitchen.").await;
    let console = office.signed_in("olga", &[]).await;
    open_chat(&console, "Dana").await;
    console.shows("leak in the kitchen").await.unwrap();
    // The bot has written down that its answer went out; else the restarted one would wait to see whether it did. Green
    // API posts one webhook after the other, and what it could not post again only a minute later.
    console.shows("✓").await.unwrap();
    office.house.street.close_door().await;
    office.house.program().unwrap().kill().unwrap();
    console.shows("server lost").await.unwrap();
    // Keys do something meanwhile.
    console.types("\x1b").unwrap();
    console.until("the list", |screen| !screen.contains("i to answer")).await.unwrap();
    office.house.start(None).await.unwrap();
    console.until("the server is back", |screen| !screen.contains("server lost")).await.unwrap();
    office.writes("It is in Haifa").await;
    console.types("\r").unwrap();
    console.shows("It is in Haifa").await.unwrap();
}

/// Two operators change one lead: the second sees what the first did, and chooses.
#[tokio::test(flavor = "multi_thread")]
async fn the_second_of_two_operators_sees_what_the_first_did() {
    let office = Office::open().await;
    office.writes("Hello, my name is Dana. I have a leak in the kitchen.").await;
    let olga = office.signed_in("olga", &[]).await;
    let gil = office.signed_in("gil", &[]).await;
    for console in [&olga, &gil] {
        console.types("2").unwrap();
        console.shows("Dana").await.unwrap();
        console.types("s").unwrap();
        console.shows("in review").await.unwrap();
    }
    // Gil has the list of statuses before him while Olga answers hers.
    olga.types("\r\ry").unwrap();
    olga.shows("lead 1: in review").await.unwrap();
    gil.types("\x1b[B\x1b[B\r\ry").unwrap();
    gil.shows("Somebody else was faster").await.unwrap();
    let screen = gil.screen();
    assert!(screen.lines().any(|line| line.contains("contacted") && line.contains("in review")), "{screen}");
    gil.types("k").unwrap();
    gil.until("theirs is kept", |screen| !screen.contains("Somebody else was faster")).await.unwrap();
    let leads = olga.screen();
    assert!(leads.contains("in review") && !leads.contains("closed"), "{leads}");
}

/// What a customer writes draws nothing but letters: no colours, no other screen, no name of the window, no bell.
#[tokio::test(flavor = "multi_thread")]
async fn escape_sequences_of_customers_are_harmless() {
    let office = Office::open().await;
    let evil = "leak \x1b]0;owned\x07 \x1b[2J\x1b[1;1Howned \x1b]52;c;b3duZWQ=\x07 \x1bc \u{202e}kitchen\u{9b}31m \x07 end";
    office.writes(&format!("Hello, my name is Dana. {evil}")).await;
    let console = office.signed_in("olga", &[]).await;
    open_chat(&console, "Dana").await;
    console.shows("end").await.unwrap();
    let screen = console.screen();
    assert!(screen.starts_with("Fixi 1"), "{screen}");
    assert!(screen.contains("i to answer"), "{screen}");
    assert!(screen.lines().filter(|line| line.contains("owned")).all(|line| line.contains('│')), "{screen}");
    assert_eq!(console.tricks(), 0, "{screen}");
    assert!(console.is_taken());
}

/// With `--readonly` nothing is changed, whatever the user may do.
#[tokio::test(flavor = "multi_thread")]
async fn whoever_only_looks_changes_nothing() {
    let office = Office::open().await;
    office.writes("Hello, my name is Dana. I have a leak in the kitchen.").await;
    let console = office.signed_in("olga", &["--readonly"]).await;
    open_chat(&console, "Dana").await;
    console.shows("leak in the kitchen").await.unwrap();
    console.types("t").unwrap();
    console.shows("read only: nothing was changed").await.unwrap();
    let before = office.house.street.heard(Channel::Green, DANA).len();
    office.writes("It is in Haifa").await;
    assert!(office.house.street.heard(Channel::Green, DANA).len() > before, "the bot still answers");
}

/// The same console in Hebrew: letters stand as a person reads them, from right to left, in any size of the window; a
/// terminal that orders them itself gets them as they are written.
#[tokio::test(flavor = "multi_thread")]
async fn hebrew_is_painted_from_right_to_left_and_the_window_may_change() {
    let office = Office::open().await;
    office.writes("שלום, יש לי נזילה במטבח").await;
    let visual: String = "נזילה במטבח".chars().rev().collect();
    for (bidi, words) in [("app", visual.as_str()), ("terminal", "נזילה במטבח")] {
        let console = office.console(bidi, &["--lang", "he", "--bidi", bidi]);
        let sign_in = locales::text(locales::Locale::He, "console-sign-in", &locales::args![]);
        let sign_in: String = if bidi == "app" { sign_in.chars().rev().collect() } else { sign_in };
        console.shows(&sign_in).await.unwrap();
        console.types(&format!("olga\t{PASSWORD}\r")).unwrap();
        console.shows("Fixi").await.unwrap();
        open_chat(&console, "#1").await;
        console.shows(words).await.unwrap();
        for (columns, rows) in [(160, 50), (80, 24)] {
            console.resize(columns, rows).unwrap();
            let is_whole = |screen: &str| {
                screen.contains(words)
                    && screen.lines().any(|line| line.chars().count() == usize::from(columns))
            };
            console.until("it fills the window", is_whole).await.unwrap();
        }
    }
}

/// A console that is told to end gives the terminal back, as one that is left does.
#[tokio::test(flavor = "multi_thread")]
async fn a_console_that_is_ended_gives_the_terminal_back() {
    let office = Office::open().await;
    let mut console = office.signed_in("olga", &[]).await;
    assert!(console.is_taken() && !console.is_given_back());
    let sent = std::process::Command::new("kill").arg(console.id().to_string()).status().unwrap();
    assert!(sent.success());
    let status = console.end().await.unwrap();
    assert!(status.success() && console.is_given_back(), "{status}\n{}", console.screen());
}

/// What cannot be an address is told in one line; where nothing answers, the console says so and goes on trying.
#[tokio::test(flavor = "multi_thread")]
async fn a_wrong_address_is_one_clear_line() {
    let home = tempfile::tempdir().unwrap();
    let nowhere = "http://127.0.0.1:1";
    for (address, told) in [
        ("bot example com", "that is no address of a server"),
        ("http://bot.example.com", "plain http to another machine would show the session to others"),
    ] {
        let console = command(home.path(), address, &[]);
        let mut console = Terminal::start(console, 160, 24).unwrap();
        let status = console.end().await.unwrap();
        let screen = console.screen();
        assert!(!status.success() && screen.contains(told), "{screen}");
        assert_eq!(screen.lines().count(), 1, "{screen}");
        assert!(console.is_given_back());
    }
    let console = Terminal::start(command(home.path(), nowhere, &[]), 100, 30).unwrap();
    console.shows("Sign in").await.unwrap();
    console.types("olga\tsecret secret\r").unwrap();
    console.shows("nothing answers at that address; is the bot running?").await.unwrap();
}
