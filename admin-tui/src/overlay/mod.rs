//! What lies above a screen and takes the keys: help, the `:` line, the `/` line, confirmations, prompts, choices, conflicts.
//! Each is a value with its own keys and view; what it comes to is told as an [`Outcome`].

mod ask_first;
mod choose;
mod conflict;
mod help;
mod palette;
mod reading;

pub use ask_first::Asking;
pub use choose::Choosing;
pub use conflict::Conflict;
pub use help::Help;
pub use palette::{Candidate, Filtering, Palette, Prompting};
pub use reading::Reading;

use crate::change::Change;
use crate::keys::Key;
use crate::look::Look;
use crate::paint::Painter;
use crate::screens::Ticket;
use ratatui::layout::Rect;

/// What lies above the screen.
#[derive(Clone, Debug, PartialEq)]
pub enum Overlay {
    /// What the keys do.
    Help(Help),
    /// The `:` line.
    Palette(Palette),
    /// The `/` line.
    Filter(Filtering),
    /// Yes or no.
    Confirm(Asking),
    /// A line to type.
    Prompt(Prompting),
    /// Rows to choose from.
    Choose(Choosing),
    /// Somebody else was faster.
    Conflict(Conflict),
    /// A long text.
    Read(Reading),
}

/// What an overlay comes to with a key.
#[derive(Clone, Debug, PartialEq)]
pub enum Outcome {
    /// It stays.
    Stay,
    /// It goes, and nothing is done.
    Close,
    /// It goes, and these changes are made for the screen under this ticket.
    Change(Ticket, Vec<Change>),
    /// It goes, and the screen is told this.
    Reply(String),
    /// It goes, and this `:` line is run.
    Run(String),
    /// It stays, and the filter is this now.
    Filter(String),
    /// It goes, and the filter stays as this.
    Filtered(String),
}

impl Overlay {
    /// A key.
    pub fn key(&mut self, key: Key) -> Outcome {
        match self {
            Self::Help(help) => help.key(key),
            Self::Palette(palette) => palette.key(key),
            Self::Filter(filtering) => filtering.key(key),
            Self::Confirm(asking) => asking.key(key),
            Self::Prompt(prompting) => prompting.key(key),
            Self::Choose(choosing) => choosing.key(key),
            Self::Conflict(conflict) => conflict.key(key),
            Self::Read(reading) => reading.key(key),
        }
    }

    /// Text that was pasted.
    pub fn paste(&mut self, text: &str) -> Outcome {
        let line = text.replace(['\n', '\r'], " ");
        match self {
            Self::Palette(palette) => palette.input.insert(&line),
            Self::Prompt(prompting) => prompting.input.insert(&line),
            Self::Confirm(asking) => asking.input.insert(&line),
            Self::Filter(filtering) => {
                filtering.input.insert(&line);
                return Outcome::Filter(filtering.input.text().to_owned());
            }
            Self::Help(_) | Self::Choose(_) | Self::Conflict(_) | Self::Read(_) => {}
        }
        Outcome::Stay
    }

    /// A click on a row.
    pub fn click(&mut self, row: usize) -> Outcome {
        match self {
            Self::Choose(choosing) => choosing.click(row),
            _ => Outcome::Stay,
        }
    }

    /// How it looks.
    pub fn view(&self, paint: &mut Painter<'_>, area: Rect) {
        match self {
            Self::Help(help) => help.view(paint, area),
            Self::Palette(palette) => palette.view(paint, area),
            Self::Filter(filtering) => filtering.view(paint, area),
            Self::Confirm(asking) => asking.view(paint, area),
            Self::Prompt(prompting) => prompting.view(paint, area),
            Self::Choose(choosing) => choosing.view(paint, area),
            Self::Conflict(conflict) => conflict.view(paint, area),
            Self::Read(reading) => reading.view(paint, area),
        }
    }
}

/// Paints rows of keys and what they do at the foot of a window, each of which can be clicked.
fn foot(paint: &mut Painter<'_>, area: Rect, keys: &[(Key, &str)]) {
    let Look { theme, .. } = paint.look;
    let (accent, dim) = (theme.accent, theme.dim);
    let mut rest = area;
    for (key, help) in keys {
        let words = paint.look.t(help);
        let before = rest;
        rest = paint.pieces(rest, &[(&key.to_string(), accent), (&words, dim), (" ", dim)]);
        let width = before.width - rest.width;
        let x = if rest.x > before.x { before.x } else { rest.right() };
        paint.hit(Rect { x, width, height: 1, ..before }, crate::paint::Hit::Key(*key));
    }
}
