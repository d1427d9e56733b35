//! A console without a world: keys go in as their names, questions come out as values, answers are fed as messages, and
//! the screen is read as text.
//!
//! ```ignore
//! let mut console = Console::new(Locale::En, 80, 24);
//! console.sign_in();                       // whoever asks for anything gets it from `data`
//! console.press("2 j j Enter");
//! assert!(console.screen().contains("#17"));
//! ```

use crate::data;
use admin_api::access::Role;
use admin_api::client::{Failure, Signal};
use admin_api::error::{Problem, Refused};
use admin_api::event::Event;
use admin_tui::ask::{Answer, Ask};
use admin_tui::frame;
use admin_tui::keys::{Key, ch};
use admin_tui::look::Look;
use admin_tui::model::{Link, Model, Shared};
use admin_tui::screens::Ticket;
use admin_tui::text::Bidi;
use admin_tui::theme::Theme;
use admin_tui::update::{Command, Msg, start, update};
use chrono::{DateTime, Duration, Utc};
use locales::Locale;
use ratatui::Terminal;
use ratatui::backend::TestBackend;
use ratatui::buffer::Buffer;
use ratatui::crossterm::event::{KeyModifiers, MouseButton, MouseEvent, MouseEventKind};
use std::path::PathBuf;

/// The pretended bot.
pub(crate) type Server = Box<dyn FnMut(&Ask) -> Result<Answer, Failure>>;

/// The console under test.
pub(crate) struct Console {
    pub(crate) model: Model,
    /// Everything that was asked and is not answered yet.
    pub(crate) open: Vec<(Ticket, Ask)>,
    /// Every change that was asked for, in order.
    pub(crate) changes: Vec<Ask>,
    /// Every question that was asked, in order.
    pub(crate) asked: Vec<Ask>,
    /// The commands that are no questions.
    pub(crate) told: Vec<Command>,
    /// Answers everything at once, unless a test answers by itself.
    pub(crate) server: Option<Server>,
}

/// What time it is in tests: Wednesday, 25 November 2026, 14:00 in Jerusalem.
pub(crate) fn now() -> DateTime<Utc> {
    "2026-11-25T12:00:00Z".parse().unwrap()
}

impl Console {
    /// A console in this language on a terminal of this size, before anything was asked.
    pub(crate) fn new(locale: Locale, columns: u16, rows: u16) -> Self {
        Self::with(locale, columns, rows, false)
    }

    /// The same, started with `--readonly`.
    pub(crate) fn readonly(locale: Locale) -> Self {
        Self::with(locale, 80, 24, true)
    }

    fn with(locale: Locale, columns: u16, rows: u16, readonly: bool) -> Self {
        let look = Look {
            locale,
            bidi: Bidi::App,
            theme: Theme::mono(),
            zone: chrono_tz::UTC,
            currency: String::new(),
        };
        let shared = Shared {
            me: None,
            look,
            now: now(),
            size: (columns, rows),
            readonly,
            link: Link::Unknown,
            waiting: 0,
        };
        let mut console = Self {
            model: Model::new(shared, true),
            open: Vec::new(),
            changes: Vec::new(),
            asked: Vec::new(),
            told: Vec::new(),
            server: Some(Box::new(data::answer)),
        };
        let commands = start(&mut console.model);
        console.take(commands);
        console
    }

    /// A console at work in this language on 80 columns and 24 rows, on the screen of this digit.
    pub(crate) fn at(locale: Locale, digit: &str) -> Self {
        let mut console = Self::new(locale, 80, 24);
        console.sign_in();
        console.press(digit);
        console
    }

    /// Lets the kept session be good.
    pub(crate) fn sign_in(&mut self) {
        self.sign_in_as(Role::Owner);
    }

    /// Lets the kept session be good for a user of this role.
    pub(crate) fn sign_in_as(&mut self, role: Role) {
        let (ticket, _) = self.open.remove(0);
        self.send(Msg::Answered(ticket, Box::new(Ok(Answer::Me(data::me(role))))));
    }

    /// Something happens.
    pub(crate) fn send(&mut self, msg: Msg) {
        let commands = update(&mut self.model, msg);
        self.take(commands);
    }

    fn take(&mut self, commands: Vec<Command>) {
        let mut commands = std::collections::VecDeque::from(commands);
        while let Some(command) = commands.pop_front() {
            match command {
                Command::Ask(ticket, ask) => {
                    self.asked.push(ask.clone());
                    if ask.is_change() {
                        self.changes.push(ask.clone());
                    }
                    match &mut self.server {
                        Some(server) if ask != Ask::Me => {
                            let answer = server(&ask);
                            commands.extend(update(&mut self.model, Msg::Answered(ticket, Box::new(answer))));
                        }
                        _ => self.open.push((ticket, ask)),
                    }
                }
                other => self.told.push(other),
            }
        }
    }

    /// From now on the test answers.
    pub(crate) fn hold(&mut self) {
        self.server = None;
    }

    /// From now on this answers.
    pub(crate) fn serve(&mut self, server: impl FnMut(&Ask) -> Result<Answer, Failure> + 'static) {
        self.server = Some(Box::new(server));
    }

    /// Answers the oldest open question.
    pub(crate) fn answer(&mut self, answer: Result<Answer, Failure>) {
        let (ticket, _) = self.open.remove(0);
        self.send(Msg::Answered(ticket, Box::new(answer)));
    }

    /// Presses keys by their names, apart by spaces: `j j Enter Ctrl-r`.
    pub(crate) fn press(&mut self, keys: &str) {
        for name in keys.split_whitespace() {
            let key = match name {
                "Up" => admin_tui::keys::UP,
                "Down" => admin_tui::keys::DOWN,
                "Left" => admin_tui::keys::LEFT,
                "Right" => admin_tui::keys::RIGHT,
                name => Key::parse(name).unwrap_or_else(|| panic!("{name} is no key")),
            };
            self.send(Msg::Key(key));
        }
    }

    /// Types text letter by letter.
    pub(crate) fn type_text(&mut self, text: &str) {
        for c in text.chars() {
            self.send(Msg::Key(ch(c)));
        }
    }

    /// Types a `:` line.
    pub(crate) fn command(&mut self, line: &str) {
        self.press(":");
        self.type_text(line);
        self.press("Enter");
    }

    /// Sets the filter.
    pub(crate) fn filter(&mut self, text: &str) {
        self.press("/");
        self.type_text(text);
        self.press("Enter");
    }

    /// A live event.
    pub(crate) fn event(&mut self, event: Event) {
        self.send(Msg::Live(Signal::Event(event)));
    }

    /// So much later.
    pub(crate) fn later(&mut self, by: Duration) {
        let then = self.model.shared.now + by;
        self.send(Msg::Tick(then));
    }

    /// A click on the first place where the screen shows this.
    pub(crate) fn click(&mut self, shown: &str) {
        let screen = self.screen();
        for (row, line) in screen.lines().enumerate() {
            if let Some(at) = line.find(shown) {
                let column = admin_tui::text::width(&line[..at]);
                let (column, row) = (u16::try_from(column).unwrap(), u16::try_from(row).unwrap());
                let kind = MouseEventKind::Down(MouseButton::Left);
                self.send(Msg::Mouse(MouseEvent { kind, column, row, modifiers: KeyModifiers::NONE }));
                return;
            }
        }
        panic!("{shown} is not on the screen:\n{screen}");
    }

    /// The cells of the screen.
    pub(crate) fn buffer(&self) -> Buffer {
        let (columns, rows) = self.model.shared.size;
        let mut terminal = Terminal::new(TestBackend::new(columns, rows)).unwrap();
        terminal
            .draw(|drawn| {
                frame::paint(&self.model, drawn.buffer_mut());
            })
            .unwrap();
        terminal.backend().buffer().clone()
    }

    /// The screen as text, a line each row, without what is empty at the ends.
    pub(crate) fn screen(&self) -> String {
        let buffer = self.buffer();
        let mut lines = Vec::new();
        for y in 0..buffer.area.height {
            let mut line = String::new();
            let mut covered = 0;
            for x in 0..buffer.area.width {
                // The second cell of a wide letter is no letter.
                if covered > 0 {
                    covered -= 1;
                    continue;
                }
                let symbol = buffer[(x, y)].symbol();
                covered = admin_tui::text::width(symbol).saturating_sub(1);
                line.push_str(symbol);
            }
            lines.push(line.trim_end().to_owned());
        }
        lines.join("\n") + "\n"
    }

    /// Fails unless the screen shows this.
    #[track_caller]
    pub(crate) fn shows(&self, text: &str) {
        let screen = self.screen();
        assert!(screen.contains(text), "`{text}` is not on the screen:\n{screen}");
    }

    /// Fails if the screen shows this.
    #[track_caller]
    pub(crate) fn hides(&self, text: &str) {
        let screen = self.screen();
        assert!(!screen.contains(text), "`{text}` is on the screen:\n{screen}");
    }

    /// Compares the screen with the one kept under this name; `UPDATE_SCREENS=1` keeps it instead.
    #[track_caller]
    pub(crate) fn golden(&self, name: &str) {
        let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../tests/fixtures/console");
        let path = folder.join(format!("{name}.txt"));
        let screen = self.screen();
        if std::env::var_os("UPDATE_SCREENS").is_some() {
            std::fs::create_dir_all(&folder).unwrap();
            std::fs::write(&path, &screen).unwrap();
            return;
        }
        let kept = std::fs::read_to_string(&path).unwrap_or_default();
        assert!(
            kept == screen,
            "{name} differs (UPDATE_SCREENS=1 keeps the new one)\nkept:\n{kept}\nnow:\n{screen}"
        );
    }
}

/// The server says no.
pub(crate) fn refused(problem: Problem, message: &str) -> Failure {
    Failure::Refused(Box::new(Refused {
        problem,
        message: message.to_owned(),
        current: None,
        retry_after_s: None,
        request: None,
    }))
}
