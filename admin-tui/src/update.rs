//! What happens when something happens: a message changes the model and gives commands. No IO, no clock, no chance.

mod commands;
mod effects;
mod sign_in;

use crate::ask::{Answer, Ask};
use crate::frame;
use crate::keys::{self, Binding, ESC, Key, ch, code, ctrl, find};
use crate::model::{Link, Model, Notice, Stage};
use crate::overlay::{Filtering, Help, Outcome, Overlay, Palette};
use crate::paint::Hit;
use crate::screens::{Link as Place, Ticket};
use admin_api::client::{Failure, Signal};
use admin_api::error::Problem;
use admin_api::event::Event;
use chrono::{DateTime, Duration, Utc};
use locales::args;
use ratatui::crossterm::event::{KeyCode, MouseButton, MouseEvent, MouseEventKind};
use ratatui::layout::Position;

/// Something that happened.
#[derive(Clone, Debug)]
pub enum Msg {
    /// A key.
    Key(Key),
    /// Text was pasted.
    Paste(String),
    /// The mouse.
    Mouse(MouseEvent),
    /// The terminal has this many columns and rows now.
    Resize(u16, u16),
    /// It is this late now.
    Tick(DateTime<Utc>),
    /// An answer.
    Answered(Ticket, Box<Result<Answer, Failure>>),
    /// The stream of live events.
    Live(Signal),
    /// The runtime has something to say: a key of the locale files, and what it is about.
    Told(&'static str, String),
}

/// What the runtime is to do.
#[derive(Clone, Debug, PartialEq)]
pub enum Command {
    /// Ask the bot.
    Ask(Ticket, Ask),
    /// Use and keep this session; none forgets it.
    Session(Option<String>),
    /// Look at this business from now on.
    Business(String),
    /// Listen to live events, anew if it does already.
    Listen,
    /// Put this on the clipboard.
    Copy(String),
    /// Open this address.
    Browse(String),
    /// Write this file.
    Save(String, Vec<u8>),
    /// End.
    Quit,
}

/// How long a notice stays.
const NOTICE: i64 = 8;

#[derive(Clone, Copy)]
enum Global {
    Help,
    Palette,
    Filter,
    Undo,
    Next,
    Previous,
    Refresh,
    Back,
    Quit,
}

const GLOBAL: &[Binding<Global>] = &[
    Binding { keys: &[ch('?')], msg: Global::Help, help: "console-key-help" },
    Binding { keys: &[ch(':')], msg: Global::Palette, help: "console-key-palette" },
    Binding { keys: &[ch('/')], msg: Global::Filter, help: "console-key-filter" },
    Binding { keys: &[ch('u')], msg: Global::Undo, help: "console-key-undo" },
    Binding { keys: &[keys::TAB], msg: Global::Next, help: "console-key-next-screen" },
    Binding { keys: &[keys::BACK_TAB], msg: Global::Previous, help: "console-key-previous-screen" },
    Binding { keys: &[ctrl('r'), code(KeyCode::F(5))], msg: Global::Refresh, help: "console-key-refresh" },
    Binding { keys: &[ctrl('o'), code(KeyCode::Backspace)], msg: Global::Back, help: "console-key-back" },
    Binding { keys: &[ch('q'), ctrl('c')], msg: Global::Quit, help: "console-key-quit" },
];

/// What the keys of the console do around every screen: the keys, and the key of the text.
pub(crate) fn global_keys() -> impl Iterator<Item = (&'static [Key], &'static str)> {
    GLOBAL.iter().map(|binding| (binding.keys, binding.help))
}

pub(crate) use commands::own_words;

/// What the console does first.
pub fn start(model: &mut Model) -> Vec<Command> {
    match model.stage {
        Stage::Opening => model.ask_for_itself(Ask::Me),
        Stage::SigningIn(_) | Stage::Working => Vec::new(),
    }
}

/// What follows from a message.
pub fn update(model: &mut Model, msg: Msg) -> Vec<Command> {
    match msg {
        Msg::Key(key) => model.key(key),
        Msg::Paste(text) => model.paste(&text),
        Msg::Mouse(mouse) => model.mouse(mouse),
        Msg::Resize(columns, rows) => {
            model.shared.size = (columns, rows);
            Vec::new()
        }
        Msg::Tick(now) => model.tick(now),
        Msg::Answered(ticket, answer) => model.answered(ticket, *answer),
        Msg::Live(signal) => model.live(signal),
        Msg::Told(key, about) => {
            let text = if about.is_empty() {
                model.shared.look.t(key)
            } else {
                model.shared.look.say(key, &args![about = about])
            };
            model.say(Notice::plain(text));
            Vec::new()
        }
    }
}

impl Model {
    /// Says something in the status line.
    pub(crate) fn say(&mut self, notice: Notice) {
        self.notice = Some((notice, self.shared.now));
    }

    fn key(&mut self, key: Key) -> Vec<Command> {
        if key == ctrl('c') && (self.overlay.is_none() || !matches!(self.stage, Stage::Working)) {
            return vec![Command::Quit];
        }
        match &mut self.stage {
            Stage::Opening => {
                return if matches!(key, ESC)
                    || find(GLOBAL, key).is_some_and(|global| matches!(global, Global::Quit))
                {
                    vec![Command::Quit]
                } else {
                    Vec::new()
                };
            }
            Stage::SigningIn(_) => return self.sign_in_key(key),
            Stage::Working => {}
        }
        if let Some(overlay) = &mut self.overlay {
            let outcome = overlay.key(key);
            return self.outcome(outcome);
        }
        if self.screens[self.current].typing() {
            return self.with_screen(|screen, out| screen.typed(key, out));
        }
        let mut taken = false;
        let commands = self.with_screen(|screen, out| taken = screen.key(key, out));
        if taken {
            return commands;
        }
        if let Some(digit) = key.typed().and_then(|c| c.to_digit(10)) {
            let place = (digit as usize + 9) % 10;
            let Some((at, _)) = self.visible().nth(place) else { return Vec::new() };
            return self.turn_to(at);
        }
        match find(GLOBAL, key) {
            Some(global) => self.global(global),
            None => Vec::new(),
        }
    }

    fn global(&mut self, global: Global) -> Vec<Command> {
        match global {
            Global::Help => {
                self.overlay = Some(Overlay::Help(Help { lines: frame::help(self), above: 0 }));
                Vec::new()
            }
            Global::Palette => {
                self.overlay = Some(Overlay::Palette(Palette::new(self.candidates(), self.history.clone())));
                Vec::new()
            }
            Global::Filter => {
                if let Some(filter) = self.screen().filter() {
                    self.overlay = Some(Overlay::Filter(Filtering::new(filter)));
                }
                Vec::new()
            }
            Global::Undo => self.undo(),
            Global::Next => self.turn(1),
            Global::Previous => self.turn(-1),
            Global::Refresh => self.refresh(),
            Global::Back => match self.back.pop() {
                Some(at) => {
                    self.current = at;
                    self.with_screen(|screen, out| screen.shown(out))
                }
                None => Vec::new(),
            },
            Global::Quit => vec![Command::Quit],
        }
    }

    fn turn(&mut self, by: isize) -> Vec<Command> {
        let places: Vec<usize> = self.visible().map(|(at, _)| at).collect();
        let here = places.iter().position(|at| *at == self.current).unwrap_or(0);
        let count = places.len().max(1);
        let next = (here + count).wrapping_add_signed(by) % count;
        places.get(next).map(|at| self.turn_to(*at)).unwrap_or_default()
    }

    /// Shows the screen at this place.
    fn turn_to(&mut self, at: usize) -> Vec<Command> {
        if at != self.current {
            self.back.push(self.current);
            self.back.drain(..self.back.len().saturating_sub(20));
            self.current = at;
        }
        self.with_screen(|screen, out| screen.shown(out))
    }

    /// Goes to a place, if this operator may see it.
    pub(crate) fn go(&mut self, place: &Place) -> Vec<Command> {
        let wanted = place.screen();
        let Some(at) = self.visible().find(|(_, id)| *id == wanted).map(|(at, _)| at) else {
            let text = self.shared.look.t("console-no-such-screen");
            self.say(Notice::bad(text));
            return Vec::new();
        };
        let mut commands = self.turn_to(at);
        commands.extend(self.with_screen(|screen, out| screen.opened(place, out)));
        commands
    }

    fn refresh(&mut self) -> Vec<Command> {
        let mut commands = self.tell_all(&Event::Resync);
        commands.extend(self.with_screen(|screen, out| screen.shown(out)));
        commands
    }

    fn paste(&mut self, text: &str) -> Vec<Command> {
        match &mut self.stage {
            Stage::Opening => Vec::new(),
            Stage::SigningIn(form) => {
                let line = text.replace(['\n', '\r'], "");
                if form.at_password {
                    form.password.insert(&line)
                } else {
                    form.name.insert(&line)
                }
                Vec::new()
            }
            Stage::Working => match &mut self.overlay {
                Some(overlay) => {
                    let outcome = overlay.paste(text);
                    self.outcome(outcome)
                }
                None => self.with_screen(|screen, out| screen.pasted(text, out)),
            },
        }
    }

    fn mouse(&mut self, mouse: MouseEvent) -> Vec<Command> {
        match mouse.kind {
            MouseEventKind::ScrollDown => self.key(keys::DOWN),
            MouseEventKind::ScrollUp => self.key(keys::UP),
            MouseEventKind::Down(MouseButton::Left) => {
                let at = Position { x: mouse.column, y: mouse.row };
                let hit = frame::hits(self)
                    .into_iter()
                    .rev()
                    .find(|(area, _)| area.contains(at))
                    .map(|(_, hit)| hit);
                match (hit, &mut self.overlay) {
                    (Some(Hit::Key(key)), _) => self.key(key),
                    (Some(Hit::Row(_, row)), Some(overlay)) => {
                        let outcome = overlay.click(row);
                        self.outcome(outcome)
                    }
                    (Some(Hit::Row(list, row)), None) => {
                        self.with_screen(|screen, out| screen.clicked(list, row, out))
                    }
                    (Some(Hit::Screen(id)), None) => self.go(&Place::Screen(id)),
                    (Some(Hit::Screen(_)) | None, _) => Vec::new(),
                }
            }
            _ => Vec::new(),
        }
    }

    fn tick(&mut self, now: DateTime<Utc>) -> Vec<Command> {
        self.shared.now = now;
        if self.notice.as_ref().is_some_and(|(_, since)| now - *since > Duration::seconds(NOTICE)) {
            self.notice = None;
        }
        match self.stage {
            Stage::Working => self.with_screen(|screen, out| screen.ticked(out)),
            Stage::Opening if self.must_ask_again() => self.ask_for_itself(Ask::Me),
            Stage::Opening | Stage::SigningIn(_) => Vec::new(),
        }
    }

    fn outcome(&mut self, outcome: Outcome) -> Vec<Command> {
        match outcome {
            Outcome::Stay => Vec::new(),
            Outcome::Close => {
                self.overlay = None;
                Vec::new()
            }
            Outcome::Change(ticket, changes) => {
                self.overlay = None;
                let screen = self.screens[self.current].id();
                changes.into_iter().flat_map(|change| self.make(screen, ticket, change)).collect()
            }
            Outcome::Reply(given) => {
                self.overlay = None;
                self.with_screen(|screen, out| screen.replied(&given, out))
            }
            Outcome::Run(line) => {
                self.overlay = None;
                self.run(&line)
            }
            Outcome::Filter(text) => self.with_screen(|screen, out| screen.filtered(&text, out)),
            Outcome::Filtered(text) => {
                self.overlay = None;
                if self.screen().filter() == Some(text.as_str()) {
                    return Vec::new();
                }
                self.with_screen(|screen, out| screen.filtered(&text, out))
            }
        }
    }

    fn live(&mut self, signal: Signal) -> Vec<Command> {
        match signal {
            Signal::Up => {
                let was_down = matches!(self.shared.link, Link::Down(..));
                self.shared.link = Link::Up;
                if !was_down {
                    return Vec::new();
                }
                let text = self.shared.look.t("console-link-again");
                self.say(Notice::good(text));
                self.refresh()
            }
            Signal::Event(event) => self.tell_all(&event),
            Signal::Down(failure) => {
                self.lost(failure);
                Vec::new()
            }
            Signal::Ended(failure) if failure.problem() == Some(Problem::SignInAgain) => self.signed_out(),
            Signal::Ended(failure) => {
                self.lost(failure);
                Vec::new()
            }
        }
    }

    /// Notes that the server cannot be reached, since when it first could not.
    pub(crate) fn lost(&mut self, failure: Failure) {
        let since = match &self.shared.link {
            Link::Down(since, _) => *since,
            Link::Unknown | Link::Up => self.shared.now,
        };
        self.shared.link = Link::Down(since, failure);
    }
}
