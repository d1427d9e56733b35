//! Everything that the console knows. It is changed by `update` alone and painted by `frame` alone.

use crate::change::{Change, Undo};
use crate::input::Input;
use crate::look::Look;
use crate::overlay::Overlay;
use crate::screens::{AnyScreen, ScreenId, Ticket};
use admin_api::client::Failure;
use admin_api::session::Me;
use chrono::{DateTime, Utc};
use std::collections::BTreeMap;

/// What all screens share.
#[derive(Clone, Debug)]
pub struct Shared {
    /// Who is signed in.
    pub me: Option<Me>,
    /// How things are shown.
    pub look: Look,
    /// What time it is; it moves with every tick.
    pub now: DateTime<Utc>,
    /// The cells of the terminal: columns and rows.
    pub size: (u16, u16),
    /// Whether every change is refused.
    pub readonly: bool,
    /// Whether the server can be reached.
    pub link: Link,
    /// How many answers are waited for.
    pub waiting: usize,
}

impl Shared {
    /// How many rows the body of a screen has, about: for keys that move by a page.
    #[must_use]
    pub fn body_rows(&self) -> usize {
        usize::from(self.size.1.saturating_sub(crate::frame::AROUND)).max(1)
    }
}

/// Whether the server can be reached.
#[derive(Clone, Debug, PartialEq)]
pub enum Link {
    /// It was not tried yet.
    Unknown,
    /// Yes, and live events come.
    Up,
    /// Not since then; it is tried again and again.
    Down(DateTime<Utc>, Failure),
}

/// How important a line of the status is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Weight {
    /// It went well.
    Good,
    /// It is only said.
    Plain,
    /// It was refused or did not work.
    Bad,
}

/// A line of the status.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Notice {
    /// How important it is.
    pub weight: Weight,
    /// What is said.
    pub text: String,
}

impl Notice {
    /// Something went well.
    #[must_use]
    pub fn good(text: impl Into<String>) -> Self {
        Self { weight: Weight::Good, text: text.into() }
    }

    /// Something is said.
    #[must_use]
    pub fn plain(text: impl Into<String>) -> Self {
        Self { weight: Weight::Plain, text: text.into() }
    }

    /// Something did not work.
    #[must_use]
    pub fn bad(text: impl Into<String>) -> Self {
        Self { weight: Weight::Bad, text: text.into() }
    }
}

/// Which part of the console is on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Stage {
    /// Asking who the kept session belongs to.
    Opening,
    /// Asking for name and password.
    SigningIn(SignInForm),
    /// At work.
    Working,
}

/// The form of name and password.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SignInForm {
    /// The name.
    pub name: Input,
    /// The password.
    pub password: Input,
    /// Whether the password is typed into.
    pub at_password: bool,
    /// Whether the answer is waited for.
    pub sent: bool,
}

impl SignInForm {
    /// A form for this user, as far as known.
    #[must_use]
    pub fn of(name: &str) -> Self {
        Self {
            name: Input::with(name),
            password: Input::secret(),
            at_password: !name.is_empty(),
            sent: false,
        }
    }
}

/// A question that waits for its answer.
#[derive(Debug)]
pub(crate) struct Waiting {
    /// Who asked; none for the console itself.
    pub(crate) screen: Option<ScreenId>,
    /// The ticket that the screen knows.
    pub(crate) ticket: Ticket,
    /// What was to be changed, for changes.
    pub(crate) change: Option<Change>,
    /// Whether it was made again already because somebody else was faster.
    pub(crate) again: bool,
}

/// The console.
pub struct Model {
    /// What all screens share.
    pub shared: Shared,
    /// Which part is on.
    pub stage: Stage,
    /// What lies above the screen.
    pub overlay: Option<Overlay>,
    /// The last line of the status.
    pub notice: Option<(Notice, DateTime<Utc>)>,
    pub(crate) screens: Vec<Box<dyn AnyScreen>>,
    pub(crate) current: usize,
    pub(crate) back: Vec<usize>,
    pub(crate) undo: Vec<(ScreenId, Undo)>,
    pub(crate) waiting: BTreeMap<Ticket, Waiting>,
    pub(crate) next_ticket: u64,
    /// The `:` commands of before, oldest first.
    pub(crate) history: Vec<String>,
}

impl Model {
    /// A console that has not asked anything yet.
    #[must_use]
    pub fn new(shared: Shared, kept_session: bool) -> Self {
        Self {
            shared,
            stage: if kept_session { Stage::Opening } else { Stage::SigningIn(SignInForm::of("")) },
            overlay: None,
            notice: None,
            screens: crate::screens::all(),
            current: 0,
            back: Vec::new(),
            undo: Vec::new(),
            waiting: BTreeMap::new(),
            next_ticket: 0,
            history: Vec::new(),
        }
    }

    /// The screen that shows.
    #[must_use]
    pub fn screen(&self) -> &dyn AnyScreen {
        self.screens[self.current].as_ref()
    }

    /// The screens that this operator may see, with their places.
    pub(crate) fn visible(&self) -> impl Iterator<Item = (usize, ScreenId)> {
        let role = self.shared.me.as_ref().map(|me| me.role);
        self.screens
            .iter()
            .map(|screen| screen.id())
            .enumerate()
            .filter(move |(_, id)| role.is_none_or(|role| admin_api::access::allow(role, id.needs())))
    }
}
