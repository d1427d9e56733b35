//! Lines to type at the foot of the console: `:` commands with completion and history, the `/` filter, prompts.

use super::Outcome;
use crate::change::Prompt;
use crate::input::Input;
use crate::keys::{self, ENTER, ESC, Key, ctrl};
use crate::paint::{Painter, Side, Size};
use ratatui::layout::Rect;

/// The `:` line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Palette {
    /// What is typed.
    pub input: Input,
    /// Every command with the key of its text, and what may stand behind it.
    pub commands: Vec<Candidate>,
    /// The lines of before, oldest first.
    pub history: Vec<String>,
    /// Which of them shows; none for the new line.
    pub back: Option<usize>,
    /// Which of the matches Tab took last.
    pub taken: Option<usize>,
    /// What was typed before Tab.
    pub stem: String,
}

/// A command that can be completed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Candidate {
    /// The word.
    pub name: String,
    /// The key of its text.
    pub help: &'static str,
    /// What may stand behind it.
    pub arguments: Vec<String>,
}

impl Palette {
    /// An empty line.
    #[must_use]
    pub fn new(commands: Vec<Candidate>, history: Vec<String>) -> Self {
        Self { input: Input::default(), commands, history, back: None, taken: None, stem: String::new() }
    }

    /// The lines that begin as what was typed, each with the key of its text.
    #[must_use]
    pub fn matches(&self) -> Vec<(String, &'static str)> {
        let typed = if self.taken.is_some() { self.stem.as_str() } else { self.input.text() };
        match typed.split_once(' ') {
            None => {
                let mut found: Vec<_> = self
                    .commands
                    .iter()
                    .filter(|command| command.name.starts_with(typed))
                    .map(|command| (command.name.clone(), command.help))
                    .collect();
                found.sort();
                found
            }
            Some((name, argument)) => {
                let Some(command) = self.commands.iter().find(|command| command.name == name) else {
                    return Vec::new();
                };
                let argument = argument.to_lowercase();
                command
                    .arguments
                    .iter()
                    .filter(|known| known.to_lowercase().starts_with(&argument))
                    .map(|known| (format!("{name} {known}"), command.help))
                    .collect()
            }
        }
    }

    fn complete(&mut self, forward: bool) {
        if self.taken.is_none() {
            self.stem = self.input.text().to_owned();
        }
        let matches = self.matches();
        if matches.is_empty() {
            return;
        }
        let next = match (self.taken, forward) {
            (None, true) => 0,
            (None, false) => matches.len() - 1,
            (Some(at), true) => (at + 1) % matches.len(),
            (Some(at), false) => (at + matches.len() - 1) % matches.len(),
        };
        self.input.set(matches[next].0.clone());
        self.taken = Some(next);
    }

    fn recall(&mut self, older: bool) {
        let next = match (self.back, older) {
            (None, true) => self.history.len().checked_sub(1),
            (Some(at), true) => Some(at.saturating_sub(1)),
            (Some(at), false) if at + 1 < self.history.len() => Some(at + 1),
            (_, false) => None,
        };
        if next.is_none() && self.back.is_none() {
            return;
        }
        self.back = next;
        self.taken = None;
        self.input.set(next.map(|at| self.history[at].clone()).unwrap_or_default());
    }

    pub(super) fn key(&mut self, key: Key) -> Outcome {
        match key {
            ESC => return Outcome::Close,
            ENTER => {
                let line = self.input.text().trim().to_owned();
                return if line.is_empty() { Outcome::Close } else { Outcome::Run(line) };
            }
            keys::TAB => self.complete(true),
            keys::BACK_TAB => self.complete(false),
            keys::UP => self.recall(true),
            keys::DOWN => self.recall(false),
            key if key == ctrl('c') => return Outcome::Close,
            // An empty line that is deleted once more closes, as in vi.
            key if key == keys::code(ratatui::crossterm::event::KeyCode::Backspace)
                && self.input.text().is_empty() =>
            {
                return Outcome::Close;
            }
            key => {
                if self.input.key(key) {
                    self.taken = None;
                    self.back = None;
                }
            }
        }
        Outcome::Stay
    }

    pub(super) fn view(&self, paint: &mut Painter<'_>, area: Rect) {
        let matches = self.matches();
        let theme = paint.look.theme.clone();
        let shown = u16::try_from(matches.len()).unwrap_or(8).min(8).min(area.height.saturating_sub(1));
        let line = Rect { y: area.bottom().saturating_sub(1), height: 1, ..area };
        let first = self.taken.unwrap_or(0).saturating_sub(usize::from(shown).saturating_sub(1));
        for (row, (at, (name, help))) in (0..shown).zip(matches.iter().enumerate().skip(first)) {
            let place = Rect { y: line.y - shown + row, height: 1, ..area };
            paint.clear(place, theme.text);
            let cells = paint.columns(place, &[Size::Fixed(2), Size::Fixed(30), Size::Share(1)]);
            if self.taken == Some(at) {
                paint.text(cells[0], paint.look.arrow(), theme.accent, Side::Start);
            }
            paint.text(cells[1], &format!(":{name}"), theme.accent, Side::Start);
            let words = paint.look.t(help);
            paint.text(cells[2], &words, theme.dim, Side::Start);
            if self.taken == Some(at) {
                paint.tint(place, theme.chosen);
            }
        }
        paint_line(paint, line, ":", &self.input);
    }
}

/// The `/` line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Filtering {
    /// What is typed.
    pub input: Input,
    /// What held before, for Escape.
    pub before: String,
}

impl Filtering {
    /// Begins with the filter that holds.
    #[must_use]
    pub fn new(now: &str) -> Self {
        Self { input: Input::with(now), before: now.to_owned() }
    }

    pub(super) fn key(&mut self, key: Key) -> Outcome {
        match key {
            ESC => Outcome::Filtered(self.before.clone()),
            ENTER => Outcome::Filtered(self.input.text().to_owned()),
            key => {
                let before = self.input.text().to_owned();
                self.input.key(key);
                if before == self.input.text() {
                    Outcome::Stay
                } else {
                    Outcome::Filter(self.input.text().to_owned())
                }
            }
        }
    }

    pub(super) fn view(&self, paint: &mut Painter<'_>, area: Rect) {
        let line = Rect { y: area.bottom().saturating_sub(1), height: 1, ..area };
        paint_line(paint, line, "/", &self.input);
    }
}

/// A line that a screen asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Prompting {
    /// What is asked for.
    pub title: String,
    /// What is typed.
    pub input: Input,
}

impl Prompting {
    /// Asks.
    #[must_use]
    pub fn new(prompt: Prompt) -> Self {
        let mut input = if prompt.secret { Input::secret() } else { Input::default() };
        input.set(prompt.text);
        Self { title: prompt.title, input }
    }

    pub(super) fn key(&mut self, key: Key) -> Outcome {
        match key {
            ESC => Outcome::Close,
            ENTER => Outcome::Reply(self.input.text().to_owned()),
            key => {
                self.input.key(key);
                Outcome::Stay
            }
        }
    }

    pub(super) fn view(&self, paint: &mut Painter<'_>, area: Rect) {
        let inside = paint.window(area, area.width.min(76), 5, &self.title);
        let (shown, at) = self.input.shown();
        let style = paint.look.theme.text;
        paint.input(Rect { height: 1, ..inside }, &shown, at, style);
        let last = Rect { y: inside.bottom().saturating_sub(1), height: 1, ..inside };
        super::foot(paint, last, &[(ENTER, "console-key-take"), (ESC, "console-key-close")]);
    }
}

fn paint_line(paint: &mut Painter<'_>, line: Rect, sign: &str, input: &Input) {
    let theme = paint.look.theme.clone();
    paint.clear(line, theme.text);
    let cells = paint.columns(line, &[Size::Fixed(1), Size::Share(1)]);
    paint.text(cells[0], sign, theme.accent, Side::Start);
    let (shown, at) = input.shown();
    paint.input(cells[1], &shown, at, theme.text);
}
