//! The people of a world: customers who write in bursts, repeat themselves, change their mind, cancel and opt out, and
//! pros who say yes, no, nothing, too late, or tap what is long over, and an owner who takes leads into their own
//! hands. They see nothing but their phones.

use super::chance::Chance;
use super::stage::Stage;
use super::words::{ODD, OWNER_WORDS, PRO_SECOND_THOUGHTS, PRO_WORDS, PROBLEMS, SECOND_THOUGHTS, STREETS};
use crate::replay::net::locked;
use crate::replay::people::{CUSTOMERS, PROS};
use chrono::{DateTime, Utc};
use emulator::{Channel, MediaKind, PhoneFile, Presence, ShownMessage, WebhookFault};
use std::time::Duration;

/// Whether somebody asks for work, does it, or runs the business.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Role {
    Customer,
    Pro,
    Owner,
}

/// When people look at their phones.
#[derive(Clone, Copy, Debug)]
pub(super) struct Habits {
    /// At multiples of this.
    pub(super) rhythm: chrono::Duration,
    /// At every one of them, as everybody else in their world does, so that they get into each other's way.
    pub(super) in_step: bool,
}

/// Somebody with a phone.
pub(super) struct Person {
    pub(super) name: &'static str,
    pub(super) phone: &'static str,
    pub(super) channel: Channel,
    role: Role,
    /// The words that nobody else's messages hold: the street of a customer.
    pub(super) street: String,
    /// When they look at their phone next.
    pub(super) acts_at: DateTime<Utc>,
    /// How often they still act.
    patience: u32,
    /// How often in ten thousand times they do something odd.
    oddness: u32,
    habits: Habits,
    seen: usize,
    last: String,
}

impl Person {
    /// The customer of this place in the list.
    pub(super) fn customer(index: usize, begin: DateTime<Utc>, habits: Habits, chance: &mut Chance) -> Self {
        // The first of the list is the operator.
        let (name, phone, _) = CUSTOMERS[index + 1];
        let channel = if chance.happens(3_000) { Channel::Green } else { Channel::Meta };
        let mut person = Self::new(Role::Customer, name, phone, channel, begin, habits);
        if !habits.in_step {
            let later = begin + chance.length(Duration::from_secs(1), Duration::from_secs(7_200));
            person.acts_at = at_beat(later, habits.rhythm);
        }
        person.street = STREETS[index].to_owned();
        person.patience = 8 + u32::try_from(chance.below(14)).unwrap_or(0);
        person.oddness = if habits.in_step { 2_500 } else { *chance.one_of(&[200, 1_000, 3_500]) };
        person
    }

    /// The pro of this place in the list, who looks when something comes.
    pub(super) fn pro(index: usize, begin: DateTime<Utc>, habits: Habits, chance: &mut Chance) -> Self {
        let (name, phone) = PROS[index];
        let mut person = Self::new(Role::Pro, name, phone, Channel::Green, begin, habits);
        // One in eight never answers.
        person.patience = if chance.happens(1_250) { 0 } else { 40 };
        person.oddness = *chance.one_of(&[100, 1_000, 4_000]);
        person
    }

    /// Whoever runs the business.
    pub(super) fn owner(begin: DateTime<Utc>, habits: Habits) -> Self {
        let (name, phone, _) = CUSTOMERS[0];
        let mut person = Self::new(Role::Owner, name, phone, Channel::Meta, begin, habits);
        person.patience = 40;
        person
    }

    fn new(
        role: Role,
        name: &'static str,
        phone: &'static str,
        channel: Channel,
        begin: DateTime<Utc>,
        habits: Habits,
    ) -> Self {
        Self {
            name,
            phone,
            channel,
            role,
            street: String::new(),
            acts_at: at_beat(begin, habits.rhythm),
            patience: 0,
            oddness: 0,
            habits,
            seen: 0,
            last: String::new(),
        }
    }

    pub(super) fn is_customer(&self) -> bool {
        self.role == Role::Customer
    }

    pub(super) fn screen(&self, stage: &Stage) -> Vec<ShownMessage> {
        locked(&stage.emulator).phone_screen(self.channel, self.phone)
    }

    /// Looks at the phone, perhaps does something, and says when to look again.
    pub(super) fn act(&mut self, stage: &Stage, chance: &mut Chance, sent: &mut Vec<String>) {
        let now = stage.now();
        if self.patience == 0 {
            self.acts_at = now + chrono::Duration::days(400);
            return;
        }
        let (shortest, longest) = match self.role {
            Role::Customer => (2, 3 * 3_600),
            Role::Pro | Role::Owner => (20, 2 * 3_600),
        };
        let pause = chance.length(Duration::from_secs(shortest), Duration::from_secs(longest));
        let next = if self.habits.in_step { now } else { now + pause };
        self.acts_at = at_beat(next, self.habits.rhythm);
        let has_news = self.bubbles(stage) > self.seen;
        let acts = match self.role {
            Role::Customer => true,
            Role::Pro => has_news || chance.happens(800),
            Role::Owner => has_news || chance.happens(300),
        };
        if acts {
            self.patience -= 1;
            let screen = self.screen(stage);
            match self.role {
                Role::Customer => self.customer_acts(stage, chance, &screen, sent),
                Role::Pro => self.pro_acts(stage, chance, &screen, sent),
                Role::Owner => self.owner_acts(stage, chance, &screen, sent),
            }
        }
        self.seen = self.bubbles(stage);
        if chance.happens(500) {
            let presence = *chance.one_of(&[Presence::Offline, Presence::Online, Presence::ChatOpen]);
            locked(&stage.emulator).phone_is(stage.now_ms(), self.channel, self.phone, presence);
        }
    }

    fn bubbles(&self, stage: &Stage) -> usize {
        locked(&stage.emulator).phone_bubbles(self.channel, self.phone)
    }

    fn customer_acts(
        &mut self,
        stage: &Stage,
        chance: &mut Chance,
        screen: &[ShownMessage],
        sent: &mut Vec<String>,
    ) {
        if screen.is_empty() {
            // Who act in step want the same, so that they meet at one pro's time.
            let problem = if self.habits.in_step { PROBLEMS[0] } else { *chance.one_of(&PROBLEMS) };
            let (street, name) = (self.street.clone(), self.name);
            if self.habits.in_step || chance.happens(6_000) {
                let all = format!("{problem} בתל אביב, {street} קומה 3 דירה 12, שמי {name}");
                return self.writes(stage, chance, &all, sent);
            }
            stage.count("person writes a burst");
            for piece in [problem.to_owned(), "תל אביב".to_owned(), street] {
                self.writes(stage, chance, &piece, sent);
            }
            return;
        }
        if chance.happens(self.oddness) {
            return self.does_something_odd(stage, chance, screen, sent);
        }
        let last = screen.iter().rev().find(|message| !message.from_me);
        let Some(last) = last else { return };
        if self.habits.in_step && chance.happens(1_500) {
            let word = *chance.one_of(&SECOND_THOUGHTS);
            return self.writes(stage, chance, word, sent);
        }
        if !last.buttons.is_empty() && chance.happens(7_000) {
            let index = if self.habits.in_step { 0 } else { chance.below(last.buttons.len().min(3)) };
            return self.taps(stage, last, index, sent);
        }
        if last.text.contains("\n1. ") || last.text.contains("1. ") {
            // Most take the first: what the others were shown as well.
            let choice = *chance.one_of(&["1", "1", "1", "2", "3"]);
            return self.writes(stage, chance, choice, sent);
        }
        let answer = if last.text.contains("קומה") {
            "קומה 3 דירה 12".to_owned()
        } else if last.text.contains("כתובת") || last.text.contains("רחוב") || last.text.contains("עיר")
        {
            format!("{}, תל אביב", self.street)
        } else if last.text.contains("שם") {
            self.name.to_owned()
        } else if last.text.contains("1 עד 5") {
            chance.one_of(&["5", "4", "1"]).to_string()
        } else if chance.happens(3_000) {
            "כן".to_owned()
        } else {
            // Nothing was asked: they wait.
            return;
        };
        self.writes(stage, chance, &answer, sent);
    }

    fn does_something_odd(
        &mut self,
        stage: &Stage,
        chance: &mut Chance,
        screen: &[ShownMessage],
        sent: &mut Vec<String>,
    ) {
        match chance.below(10) {
            0 if !self.last.is_empty() => {
                stage.count("person repeats themselves");
                let again = self.last.clone();
                self.writes(stage, chance, &again, sent);
            }
            1 => {
                stage.count("person sends a photo");
                stage.say(&format!("{} sends a photo", self.name));
                let file = PhoneFile {
                    kind: MediaKind::Image,
                    mime: "image/jpeg".to_owned(),
                    bytes: bytes::Bytes::from_static(b"not really a file"),
                    caption: chance.one_of(&["", "זה המצב"]).to_string(),
                    file_name: String::new(),
                };
                let id = locked(&stage.emulator).phone_sends_file(
                    stage.now_ms(),
                    self.channel,
                    self.phone,
                    "",
                    file,
                );
                sent.push(id);
            }
            2 => self.taps_what_is_over(stage, chance, screen, sent),
            3 => {
                stage.count("person writes a burst");
                for _ in 0..3 {
                    let word = *chance.one_of(&ODD);
                    self.writes(stage, chance, word, sent);
                }
            }
            _ => {
                let word = *chance.one_of(&ODD);
                self.writes(stage, chance, word, sent);
            }
        }
    }

    fn pro_acts(
        &mut self,
        stage: &Stage,
        chance: &mut Chance,
        screen: &[ShownMessage],
        sent: &mut Vec<String>,
    ) {
        if chance.happens(self.oddness) {
            if chance.happens(3_000) {
                return self.taps_what_is_over(stage, chance, screen, sent);
            }
            let word = *chance.one_of(&PRO_WORDS);
            return self.writes(stage, chance, word, sent);
        }
        let last = screen.iter().rev().find(|message| !message.from_me);
        let Some(last) = last else { return };
        if self.habits.in_step && chance.happens(1_000) {
            let word = *chance.one_of(&PRO_SECOND_THOUGHTS);
            return self.writes(stage, chance, word, sent);
        }
        if !last.buttons.is_empty() {
            let index = usize::from(chance.happens(2_500)).min(last.buttons.len() - 1);
            stage.count(if index == 0 { "pro approves" } else { "pro declines" });
            return self.taps(stage, last, index, sent);
        }
        if last.text.contains("נקבעה") || chance.happens(1_000) {
            return self.writes(stage, chance, "סיימתי", sent);
        }
        if last.text.contains("כמה שולם") {
            self.writes(stage, chance, "450", sent);
        }
    }

    /// An owner answers the question that is open, or asks for what can be asked for.
    fn owner_acts(
        &mut self,
        stage: &Stage,
        chance: &mut Chance,
        screen: &[ShownMessage],
        sent: &mut Vec<String>,
    ) {
        let last = screen.iter().rev().find(|message| !message.from_me);
        let is_asked = last.is_some_and(|last| last.text.contains("1. "));
        if is_asked && chance.happens(8_000) {
            stage.count("owner chooses");
            let choice = *chance.one_of(&["1", "1", "2", "2", "3"]);
            return self.writes(stage, chance, choice, sent);
        }
        if last.is_some_and(|last| !last.buttons.is_empty()) && chance.happens(7_000) {
            return self.taps_what_is_over(stage, chance, screen, sent);
        }
        if chance.happens(1_500) {
            return self.writes(stage, chance, "כן", sent);
        }
        let word = *chance.one_of(&OWNER_WORDS);
        self.writes(stage, chance, word, sent);
    }

    fn taps_what_is_over(
        &mut self,
        stage: &Stage,
        chance: &mut Chance,
        screen: &[ShownMessage],
        sent: &mut Vec<String>,
    ) {
        let with_buttons: Vec<&ShownMessage> =
            screen.iter().filter(|message| !message.from_me && !message.buttons.is_empty()).collect();
        if with_buttons.is_empty() {
            return;
        }
        stage.count("person taps an old button");
        let message = *chance.one_of(&with_buttons);
        let index = chance.below(message.buttons.len());
        self.taps(stage, message, index, sent);
    }

    fn taps(&mut self, stage: &Stage, message: &ShownMessage, index: usize, sent: &mut Vec<String>) {
        let index = index.min(message.buttons.len().saturating_sub(1));
        let Some(button) = message.buttons.get(index) else { return };
        stage.say(&format!("{} taps {}", self.name, button.title));
        stage.count("person taps");
        let tapped = locked(&stage.emulator).phone_taps_button(
            stage.now_ms(),
            self.channel,
            self.phone,
            &message.id,
            index,
        );
        sent.extend(tapped.ok());
    }

    fn writes(&mut self, stage: &Stage, chance: &mut Chance, text: &str, sent: &mut Vec<String>) {
        stage.say(&format!("{}> {text}", self.name));
        stage.count(match text {
            "הסר" => "person opts out",
            "התחל" => "person opts in",
            "ביטול" => "person cancels",
            "שינוי" => "person reschedules",
            "נציג" => "person asks for a human",
            "סטטוס" => "person asks for the status",
            "חופשה" => "pro goes on vacation",
            "סיימתי" => "pro finishes",
            _ => "person writes",
        });
        let mut emulator = locked(&stage.emulator);
        let faulty = locked(&stage.state).faults_of_calls > 0;
        if faulty && chance.happens(1_500) {
            let provider = match self.channel {
                Channel::Meta => emulator::Provider::Meta,
                Channel::Green => emulator::Provider::Green,
            };
            let late = WebhookFault::Late { delay_ms: chance.next() % 120_000 };
            let twice = [0, 700, 90_000].map(|after_ms| WebhookFault::Twice { after_ms });
            let fault = if chance.happens(5_000) { late } else { chance.one_of(&twice).clone() };
            stage.count(match fault {
                WebhookFault::Late { .. } => "webhook late",
                WebhookFault::Twice { .. } | WebhookFault::None => "webhook twice",
            });
            emulator.faults(provider).next_webhook(fault);
        }
        sent.push(emulator.phone_sends_text(stage.now_ms(), self.channel, self.phone, "", text));
        self.last = text.to_owned();
    }
}

/// The next beat of a rhythm after a moment.
fn at_beat(moment: DateTime<Utc>, rhythm: chrono::Duration) -> DateTime<Utc> {
    let beat = rhythm.num_milliseconds().max(1);
    moment + chrono::Duration::milliseconds(beat - moment.timestamp_millis().rem_euclid(beat))
}
