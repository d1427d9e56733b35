//! `fixi chat`: the demo in a terminal. A line is a message; `/as PHONE` takes another phone, a customer's or a pro's.

use crate::config::Config;
use crate::demo::{Demo, Seed};
use clap::Args;
use emulator::{Channel, ShownMessage};
use std::collections::HashMap;
use std::path::PathBuf;
use std::sync::PoisonError;
use std::time::Duration;
use tokio::io::{AsyncBufReadExt, BufReader};

/// How often the phone is looked at.
const LOOK_EVERY: Duration = Duration::from_millis(60);
/// How long an answer is waited for after the input has ended.
const LAST_WAIT: Duration = Duration::from_secs(8);
/// How long the phone must be quiet before the input counts as answered.
const QUIET: Duration = Duration::from_millis(2_500);
const HELP: &str = "A line is a message. /as PHONE takes another phone, /who lists the phones, /tap N taps a button, /quit ends.";

#[derive(Args, Debug)]
pub(super) struct Options {
    /// The phone to begin with; a new customer without it.
    #[arg(long = "as", value_name = "PHONE")]
    phone: Option<String>,
    /// Where the state is kept; by default `demo` under FIXI_DATA_DIR.
    #[arg(long, value_name = "DIR")]
    data: Option<PathBuf>,
}

/// Whose phone is held.
struct Phone {
    channel: Channel,
    number: String,
    name: String,
}

struct Chat {
    demo: Demo,
    phone: Phone,
    /// How many messages of each phone were shown.
    shown: HashMap<String, usize>,
}

pub(super) async fn run(config: Config, options: Options) -> anyhow::Result<()> {
    let directory = options.data.unwrap_or_else(|| config.data_dir.join("demo"));
    let demo = Demo::start(config, 0, &directory, Seed::Marketplace).await?;
    let number = options.phone.unwrap_or_else(|| new_number(&demo));
    let phone = held(&demo, &number);
    let mut chat = Chat { demo, phone, shown: HashMap::new() };
    super::print(&format!("{HELP}\nYou are {} ({}).", chat.phone.number, chat.who()));
    chat.show();
    let mut lines = BufReader::new(tokio::io::stdin()).lines();
    loop {
        tokio::select! {
            line = lines.next_line() => match line? {
                Some(line) if line.trim() == "/quit" => break,
                Some(line) => chat.typed(line.trim()),
                None => {
                    chat.wait_for_answer().await;
                    break;
                }
            },
            () = tokio::time::sleep(LOOK_EVERY) => {
                chat.show();
            }
        }
    }
    chat.demo.stop().await
}

/// The number of a customer who has not written yet.
fn new_number(demo: &Demo) -> String {
    let world = demo.world.lock().unwrap_or_else(PoisonError::into_inner);
    let known = world.phones(Channel::Meta);
    (1010..2000)
        .map(|number| format!("97250000{number}"))
        .find(|number| !known.contains(number))
        .unwrap_or_else(|| "972500002000".to_owned())
}

fn held(demo: &Demo, number: &str) -> Phone {
    let number: String = number.chars().filter(char::is_ascii_digit).collect();
    // 050… as people write it at home.
    let number = number.strip_prefix('0').map_or(number.clone(), |rest| format!("972{rest}"));
    let known = demo.phones.customers.iter().chain(&demo.phones.pros).find(|person| person.phone == number);
    match known {
        Some(person) => Phone { channel: person.channel, number, name: person.name.clone() },
        None => Phone { channel: Channel::Meta, number, name: String::new() },
    }
}

impl Chat {
    fn who(&self) -> String {
        let is_pro = self.demo.phones.pros.iter().any(|pro| pro.phone == self.phone.number);
        match (is_pro, self.phone.name.as_str()) {
            (true, name) => format!("{name}, pro"),
            (false, "") => "new customer".to_owned(),
            (false, name) => format!("{name}, customer"),
        }
    }

    fn screen(&self) -> Vec<ShownMessage> {
        let world = self.demo.world.lock().unwrap_or_else(PoisonError::into_inner);
        world.phone_screen(self.phone.channel, &self.phone.number)
    }

    /// Prints what came since the last look.
    fn show(&mut self) -> bool {
        let screen = self.screen();
        let seen = self.shown.entry(self.phone.number.clone()).or_default();
        let mut any = false;
        for message in screen.iter().skip(*seen).filter(|message| !message.from_me) {
            any = true;
            let mut text = message.text.clone();
            for (number, button) in (1..).zip(&message.buttons) {
                text.push_str(&format!("\n  [{number}] {}", button.title));
            }
            super::print(&format!("< {}", text.replace('\n', "\n  ")));
        }
        *seen = screen.len();
        any
    }

    fn typed(&mut self, line: &str) {
        let now = chrono::Utc::now().timestamp_millis();
        let (word, rest) = line.split_once(' ').unwrap_or((line, ""));
        match word {
            "" => {}
            "/help" => super::print(HELP),
            "/who" => {
                for person in self.demo.phones.customers.iter().chain(&self.demo.phones.pros) {
                    super::print(&format!("{}  {}", person.phone, person.name));
                }
            }
            "/as" if rest.chars().any(|c| c.is_ascii_digit()) => {
                self.phone = held(&self.demo, rest);
                super::print(&format!("You are {} ({}).", self.phone.number, self.who()));
                self.show();
            }
            "/tap" => self.tap(rest, now),
            _ if word.starts_with('/') => super::print(HELP),
            _ => {
                let mut world = self.demo.world.lock().unwrap_or_else(PoisonError::into_inner);
                world.phone_sends_text(now, self.phone.channel, &self.phone.number, &self.phone.name, line);
                drop(world);
                self.demo.bell.notify_one();
            }
        }
    }

    fn tap(&mut self, number: &str, now: i64) {
        let message =
            self.screen().into_iter().rev().find(|message| !message.from_me && !message.buttons.is_empty());
        let index = number.trim().parse::<usize>().ok().and_then(|number| number.checked_sub(1));
        let (Some(message), Some(index)) = (message, index) else {
            super::print(
                "There is no such button. /tap 1 taps the first one of the newest message that has some.",
            );
            return;
        };
        let mut world = self.demo.world.lock().unwrap_or_else(PoisonError::into_inner);
        let tapped = world.phone_taps_button(now, self.phone.channel, &self.phone.number, &message.id, index);
        drop(world);
        match tapped {
            Ok(_) => self.demo.bell.notify_one(),
            Err(error) => super::print(&error.to_string()),
        }
    }

    /// Prints what still comes after the last line, so that a piped conversation shows its end.
    async fn wait_for_answer(&mut self) {
        let start = std::time::Instant::now();
        let mut quiet_since = start;
        while start.elapsed() < LAST_WAIT && quiet_since.elapsed() < QUIET {
            tokio::time::sleep(LOOK_EVERY).await;
            if self.show() {
                quiet_since = std::time::Instant::now();
            }
        }
    }
}
