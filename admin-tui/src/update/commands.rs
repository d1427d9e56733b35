//! The `:` commands of the console itself; those of the screens stand in their files.

use super::Command;
use crate::ask::Ask;
use crate::model::{Model, Notice};
use crate::overlay::Candidate;
use crate::screens::Link;
use crate::text::Bidi;
use crate::theme::Theme;
use locales::{Locale, args};

/// How many lines of before are kept.
const HISTORY: usize = 100;

/// The words, and the keys of their texts.
const WORDS: &[(&str, &str)] = &[
    ("quit", "console-key-quit"),
    ("help", "console-key-help"),
    ("undo", "console-key-undo"),
    ("refresh", "console-key-refresh"),
    ("lang", "console-word-lang"),
    ("theme", "console-word-theme"),
    ("bidi", "console-word-bidi"),
    ("readonly", "console-word-readonly"),
    ("business", "console-word-business"),
    ("signout", "console-word-signout"),
];

/// The words with the keys of their texts.
pub(crate) fn own_words() -> impl Iterator<Item = (&'static str, &'static str)> {
    WORDS.iter().copied()
}

impl Model {
    /// Everything that can be typed behind `:`.
    pub(super) fn candidates(&self) -> Vec<Candidate> {
        let of = |name: &str, help, arguments| Candidate { name: name.to_owned(), help, arguments };
        let mut all: Vec<Candidate> =
            WORDS.iter().map(|(name, help)| of(name, help, self.known(name))).collect();
        all.extend(self.visible().map(|(_, id)| of(id.word(), id.title(), Vec::new())));
        let screen = self.screen();
        all.extend(screen.commands().into_iter().map(|(name, help)| of(name, help, screen.arguments(name))));
        all
    }

    fn known(&self, word: &str) -> Vec<String> {
        let words = |words: &[&str]| words.iter().map(|word| (*word).to_owned()).collect();
        match word {
            "lang" => Locale::ALL.iter().map(|locale| locale.code().to_owned()).collect(),
            "theme" => words(Theme::NAMES),
            "bidi" => words(&["app", "terminal"]),
            "business" => {
                let me = self.shared.me.as_ref();
                me.map(|me| me.businesses.iter().map(|business| business.key.clone()).collect())
                    .unwrap_or_default()
            }
            _ => Vec::new(),
        }
    }

    /// Runs a `:` line. A beginning that fits one word only is that word.
    pub(super) fn run(&mut self, line: &str) -> Vec<Command> {
        if self.history.last().is_none_or(|last| last != line) {
            self.history.push(line.to_owned());
            self.history.drain(..self.history.len().saturating_sub(HISTORY));
        }
        let (typed, given) = line.split_once(' ').unwrap_or((line, ""));
        let given = given.trim();
        let candidates = self.candidates();
        let mut fitting: Vec<&str> =
            candidates.iter().map(|word| word.name.as_str()).filter(|name| name.starts_with(typed)).collect();
        if fitting.contains(&typed) {
            fitting = vec![typed];
        }
        let [name] = fitting.as_slice() else {
            let text = self.shared.look.say("console-no-such-word", &args![word = typed]);
            self.say(Notice::bad(text));
            return Vec::new();
        };
        let mut taken = false;
        let commands = self.with_screen(|screen, out| taken = screen.command(name, given, out));
        if taken {
            return commands;
        }
        let screen = self.visible().map(|(_, id)| id).find(|id| id.word() == *name);
        if let Some(id) = screen {
            return self.go(&Link::Screen(id));
        }
        self.run_own(name, given)
    }

    fn run_own(&mut self, name: &str, given: &str) -> Vec<Command> {
        let done = match name {
            "quit" => return vec![Command::Quit],
            "help" => return self.global(super::Global::Help),
            "undo" => return self.undo(),
            "refresh" => return self.refresh(),
            "signout" => {
                let mut commands = self.ask_for_itself(Ask::SignOut);
                commands.extend(self.signed_out());
                return commands;
            }
            "business" => return self.look_at(given),
            // It can be switched on here and not off: whoever starts with --readonly means it.
            "readonly" => {
                self.shared.readonly = true;
                return Vec::new();
            }
            "lang" => Locale::from_tag(given).map(|locale| self.shared.look.locale = locale),
            "theme" => Theme::named(given).map(|theme| self.shared.look.theme = theme),
            "bidi" => Bidi::named(given).map(|bidi| self.shared.look.bidi = bidi),
            _ => None,
        };
        if done.is_none() {
            let text = self
                .shared
                .look
                .say("console-no-such-value", &args![word = name, values = self.known(name).join(", ")]);
            self.say(Notice::bad(text));
        }
        Vec::new()
    }

    fn look_at(&mut self, key: &str) -> Vec<Command> {
        let known = self.known("business");
        if !known.iter().any(|business| business == key) {
            let text = self
                .shared
                .look
                .say("console-no-such-value", &args![word = "business", values = known.join(", ")]);
            self.say(Notice::bad(text));
            return Vec::new();
        }
        self.forget();
        let mut commands = vec![Command::Business(key.to_owned())];
        commands.extend(self.ask_for_itself(Ask::Me));
        commands
    }
}
