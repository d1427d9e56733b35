//! A long text to read.

use super::{Outcome, foot};
use crate::keys::{self, ESC, Key, ch};
use crate::paint::Painter;
use crate::text::{self, Direction};
use ratatui::layout::Rect;

/// A text and how far it was read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reading {
    /// What it is.
    pub title: String,
    /// The text.
    pub text: String,
    /// Lines above the window.
    pub above: usize,
}

impl Reading {
    pub(super) fn key(&mut self, key: Key) -> Outcome {
        let most = self.text.len();
        match key {
            keys::DOWN => self.above = (self.above + 1).min(most),
            keys::UP => self.above = self.above.saturating_sub(1),
            keys::PAGE_DOWN | keys::SPACE => self.above = (self.above + 10).min(most),
            keys::PAGE_UP => self.above = self.above.saturating_sub(10),
            keys::HOME => self.above = 0,
            keys::ENTER | ESC => return Outcome::Close,
            key if key == ch('q') || key.latin() == Some(ch('q')) => return Outcome::Close,
            key if key == ch('j') => self.above = (self.above + 1).min(most),
            key if key == ch('k') => self.above = self.above.saturating_sub(1),
            _ => {}
        }
        Outcome::Stay
    }

    pub(super) fn view(&self, paint: &mut Painter<'_>, area: Rect) {
        let inside = paint.window(area, area.width.min(100), area.height, &self.title);
        let room = Rect { height: inside.height.saturating_sub(1), ..inside };
        let cleaned = text::clean(&self.text);
        let mut lines: Vec<(String, Direction)> = Vec::new();
        for paragraph in cleaned.split('\n') {
            let direction = text::direction(paragraph).unwrap_or_else(|| paint.look.direction());
            lines
                .extend(text::wrap(paragraph, inside.width.into()).into_iter().map(|line| (line, direction)));
        }
        let above = self.above.min(lines.len().saturating_sub(room.height.into()));
        let style = paint.look.theme.text;
        for (row, (line, direction)) in (0..room.height).zip(lines.iter().skip(above)) {
            paint.directed(Rect { y: room.y + row, height: 1, ..room }, line, *direction, style);
        }
        foot(paint, Rect { y: room.bottom(), height: 1, ..room }, &[(ESC, "console-key-close")]);
    }
}
