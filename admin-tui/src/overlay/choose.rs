//! Rows to choose from, narrowed by typing.

use super::{Outcome, foot};
use crate::change::Choice;
use crate::input::Input;
use crate::keys::{self, ENTER, ESC, Key};
use crate::paint::{Hit, Painter, Side};
use crate::text;
use ratatui::layout::Rect;

/// A choice under way.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Choosing {
    /// What there is.
    pub choice: Choice,
    /// Which of the rows that are left.
    pub at: usize,
    /// What was typed to narrow them.
    pub input: Input,
}

impl Choosing {
    /// Starts at the first row.
    #[must_use]
    pub fn new(choice: Choice) -> Self {
        Self { choice, at: 0, input: Input::default() }
    }

    fn left(&self) -> Vec<usize> {
        let typed = self.input.text().to_lowercase();
        let rows = self.choice.rows.iter().enumerate();
        rows.filter(|(_, row)| row.label.to_lowercase().contains(&typed)).map(|(at, _)| at).collect()
    }

    fn take(&self) -> Outcome {
        match self.left().get(self.at).map(|at| &self.choice.rows[*at]) {
            Some(row) if !row.off => Outcome::Reply(row.value.clone()),
            _ => Outcome::Stay,
        }
    }

    pub(super) fn click(&mut self, row: usize) -> Outcome {
        let again = self.at == row;
        self.at = row.min(self.left().len().saturating_sub(1));
        if again { self.take() } else { Outcome::Stay }
    }

    pub(super) fn key(&mut self, key: Key) -> Outcome {
        let last = self.left().len().saturating_sub(1);
        match key {
            ESC => return Outcome::Close,
            ENTER => return self.take(),
            keys::UP | keys::BACK_TAB => self.at = self.at.saturating_sub(1),
            keys::DOWN | keys::TAB => self.at = (self.at + 1).min(last),
            keys::HOME | keys::PAGE_UP => self.at = 0,
            keys::END | keys::PAGE_DOWN => self.at = last,
            key => {
                if self.input.key(key) {
                    self.at = 0;
                }
            }
        }
        Outcome::Stay
    }

    pub(super) fn view(&self, paint: &mut Painter<'_>, area: Rect) {
        let left = self.left();
        let width = area.width.min(76);
        let room = usize::from(width.saturating_sub(6));
        let lines_of = |at: usize| {
            let row = &self.choice.rows[at];
            let detail =
                if row.detail.is_empty() { 0 } else { text::wrap(&text::clean(&row.detail), room).len() };
            1 + detail
        };
        let all: usize = left.iter().map(|at| lines_of(*at)).sum();
        let height = u16::try_from(all.max(1)).unwrap_or(area.height).saturating_add(5).min(area.height);
        let inside = paint.window(area, width, height, &self.choice.title);
        let theme = paint.look.theme.clone();
        let typed = Rect { height: inside.height.min(1), ..inside };
        let (shown, at) = self.input.shown();
        paint.pieces(typed, &[("/", theme.accent)]);
        let line = paint.columns(typed, &[crate::paint::Size::Fixed(2), crate::paint::Size::Share(1)]);
        paint.input(line[1], &shown, at, theme.text);
        let list = Rect { y: inside.y + 1, height: inside.height.saturating_sub(3), ..inside };
        // The chosen row must be whole on the window.
        let mut first = 0;
        let lines_between = |first: usize| {
            left[first..=self.at.min(left.len().saturating_sub(1))]
                .iter()
                .map(|at| lines_of(*at))
                .sum::<usize>()
        };
        while !left.is_empty() && first < self.at && lines_between(first) > usize::from(list.height) {
            first += 1;
        }
        let mut rest = list;
        for (place, row) in left.iter().enumerate().skip(first) {
            if rest.height == 0 {
                break;
            }
            let row = &self.choice.rows[*row];
            let chosen = place == self.at;
            let style = if row.off { theme.dim } else { theme.text };
            let top = rest;
            let line = Rect { height: 1, ..rest };
            let parts = paint.columns(line, &[crate::paint::Size::Fixed(2), crate::paint::Size::Share(1)]);
            if chosen {
                paint.text(parts[0], paint.look.arrow(), theme.accent, Side::Start);
            }
            paint.text(parts[1], &row.label, style, Side::Start);
            rest.y += 1;
            rest.height -= 1;
            if !row.detail.is_empty() {
                let detail = Rect {
                    height: rest.height,
                    ..paint.columns(rest, &[crate::paint::Size::Fixed(2), crate::paint::Size::Share(1)])[1]
                };
                let used = paint.paragraph(detail, &row.detail, theme.dim);
                rest.y += used;
                rest.height -= used;
            }
            if chosen {
                paint.tint(line, theme.chosen);
            }
            paint.hit(Rect { height: rest.y - top.y, ..top }, Hit::Row(0, place));
        }
        if left.is_empty() {
            let none = paint.look.t("console-nothing");
            paint.text(Rect { height: 1, ..list }, &none, theme.dim, Side::Start);
        }
        let last = Rect { y: inside.bottom().saturating_sub(1), height: 1, ..inside };
        foot(paint, last, &[(ENTER, "console-key-take"), (ESC, "console-key-close")]);
    }
}
