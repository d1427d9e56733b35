//! A text of several lines that is typed into: wrapped to the width, with a cursor that moves over the wrapped lines.

use crate::input::Input;
use crate::keys::{self, Key};
use crate::paint::Painter;
use crate::text::{self, Direction};
use ratatui::layout::{Position, Rect};
use ratatui::style::Style;
use unicode_segmentation::UnicodeSegmentation;

/// A text under way.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Editor {
    input: Input,
}

/// A line as it is wrapped: where it begins and ends in the text, in bytes.
type Line = (usize, usize);

impl Editor {
    /// Begins with this text, the cursor behind it.
    #[must_use]
    pub fn with(text: &str) -> Self {
        Self { input: Input::with(text) }
    }

    /// The text.
    #[must_use]
    pub fn text(&self) -> &str {
        self.input.text()
    }

    /// Inserts what was pasted.
    pub fn insert(&mut self, text: &str) {
        self.input.insert(text);
    }

    /// Does what a key does in a text that is wrapped to so many cells.
    pub fn key(&mut self, key: Key, width: usize) {
        match key {
            keys::ENTER => self.input.insert("\n"),
            keys::UP => self.vertical(-1, width),
            keys::DOWN => self.vertical(1, width),
            key => drop(self.input.key(key)),
        }
    }

    fn vertical(&mut self, by: isize, width: usize) {
        let lines = wrapped(self.text(), width);
        let row = row_of(&lines, self.input.at());
        let (start, _) = lines[row];
        let letters = self.text()[start..self.input.at()].graphemes(true).count();
        let Some((start, end)) = row.checked_add_signed(by).and_then(|row| lines.get(row)).copied() else {
            return;
        };
        let line = &self.text()[start..end];
        let at = line.grapheme_indices(true).nth(letters).map_or(end, |(at, _)| start + at);
        self.input.put(at);
    }

    /// Paints the lines around the cursor.
    pub fn view(&self, paint: &mut Painter<'_>, area: Rect, style: Style) {
        if area.is_empty() {
            return;
        }
        let lines = wrapped(self.text(), area.width.into());
        let at = self.input.at();
        let row = row_of(&lines, at);
        let first = (row + 1).saturating_sub(area.height.into());
        for (y, (number, (start, end))) in (area.y..area.bottom()).zip(lines.iter().enumerate().skip(first)) {
            let place = Rect { y, height: 1, ..area };
            let line = text::one_line(&self.text()[*start..*end]);
            let direction = self.direction_at(*start, paint);
            if number != row {
                paint.directed(place, &line, direction, style);
                continue;
            }
            let before = text::one_line(&self.text()[*start..at]);
            let after = text::one_line(&self.text()[at..*end]);
            let whole = format!("{before}{after}");
            paint.directed(place, &whole, direction, style);
            let visual = text::visual(&whole, direction, paint.look.bidi);
            let column = u16::try_from(visual.column(before.len(), whole.len(), direction)).unwrap_or(0);
            let width = u16::try_from(text::width(&whole)).unwrap_or(area.width).min(area.width);
            let x = match direction {
                Direction::Ltr => area.x + column,
                Direction::Rtl if after.is_empty() => (area.right() - width).saturating_sub(1).max(area.x),
                Direction::Rtl => area.right() - width + column,
            };
            paint.cursor = Some(Position { x: x.min(area.right() - 1), y });
        }
    }

    /// The direction of the paragraph in which a line begins.
    fn direction_at(&self, start: usize, paint: &Painter<'_>) -> Direction {
        let paragraph = self.text()[..start].rfind('\n').map_or(0, |at| at + 1);
        let words = self.text()[paragraph..].split('\n').next().unwrap_or_default();
        text::direction(words).unwrap_or_else(|| paint.look.direction())
    }
}

/// Wraps at spaces where there are some; a cell is left for the cursor.
fn wrapped(whole: &str, width: usize) -> Vec<Line> {
    let room = width.saturating_sub(1).max(1);
    let mut lines = Vec::new();
    let mut start = 0;
    for paragraph in whole.split('\n') {
        let end = start + paragraph.len();
        let (mut from, mut used, mut space) = (start, 0, None);
        for (at, letter) in paragraph.grapheme_indices(true) {
            let at = start + at;
            let wide = text::width(&text::one_line(letter));
            if used + wide > room && at > from {
                let cut = space.filter(|space| *space > from).unwrap_or(at);
                lines.push((from, cut));
                from = cut;
                used = text::width(&text::one_line(&whole[cut..at]));
                space = None;
            }
            used += wide;
            if letter == " " {
                space = Some(at + 1);
            }
        }
        lines.push((from, end));
        start = end + 1;
    }
    lines
}

/// The line in which the cursor stands: at a wrap the one that begins there.
fn row_of(lines: &[Line], at: usize) -> usize {
    lines.iter().rposition(|(start, _)| *start <= at).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::keys::{DOWN, ENTER, HOME, UP, ch};

    fn lines(text: &str, width: usize) -> Vec<&str> {
        wrapped(text, width).into_iter().map(|(start, end)| &text[start..end]).collect()
    }

    #[test]
    fn lines_are_cut_at_spaces_and_lose_nothing() {
        assert_eq!(lines("one two three", 9), ["one two ", "three"]);
        assert_eq!(lines("abcdefgh", 5), ["abcd", "efgh"]);
        assert_eq!(lines("a\n\nb", 9), ["a", "", "b"]);
        assert_eq!(lines("", 9), [""]);
        assert_eq!(lines("קצר חם בלי סלנג", 9).concat(), "קצר חם בלי סלנג");
    }

    #[test]
    fn the_cursor_moves_over_wrapped_lines() {
        let mut editor = Editor::with("one two three");
        editor.key(UP, 9);
        editor.key(ch('X'), 9);
        assert_eq!(editor.text(), "one tXwo three");
        editor.key(DOWN, 9);
        editor.key(ENTER, 9);
        assert_eq!(editor.text().lines().count(), 2);
        editor.key(HOME, 9);
        editor.key(UP, 9);
        editor.key(UP, 9);
        assert!(editor.text().starts_with("one"));
    }
}
