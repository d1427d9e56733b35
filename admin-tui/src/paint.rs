//! Painting: text, boxes and columns on the cells of a buffer. In Hebrew and Arabic everything is mirrored: the first
//! column is the right one. What can be clicked is noted beside what is painted.

use crate::keys::Key;
use crate::look::Look;
use crate::screens::ScreenId;
use crate::text::{self, Direction};
use chrono::{DateTime, Utc};
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::style::Style;

/// What a click means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Hit {
    /// As if this key were pressed.
    Key(Key),
    /// This screen.
    Screen(ScreenId),
    /// A row of a list of the screen or overlay that is on top: which list, which row.
    Row(u8, usize),
}

/// Where a text stands in its cells.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    /// Where the console's language begins.
    Start,
    /// Where it ends.
    End,
    /// Where the text's own language begins.
    Own,
    /// In the middle.
    Middle,
}

/// How wide or high a part is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Size {
    /// So many cells.
    Fixed(u16),
    /// A share of what is left.
    Share(u16),
}

/// A brush on a buffer.
pub struct Painter<'a> {
    /// The cells.
    pub buffer: &'a mut Buffer,
    /// How things are shown.
    pub look: &'a Look,
    /// What time it is.
    pub now: DateTime<Utc>,
    /// What can be clicked; later ones lie above earlier ones.
    pub hits: Vec<(Rect, Hit)>,
    /// Where the terminal's cursor stands, if it shows.
    pub cursor: Option<Position>,
}

impl<'a> Painter<'a> {
    /// A brush.
    pub fn new(buffer: &'a mut Buffer, look: &'a Look, now: DateTime<Utc>) -> Self {
        Self { buffer, look, now, hits: Vec::new(), cursor: None }
    }

    /// Parts beside each other, the first where the language begins.
    #[must_use]
    pub fn columns(&self, area: Rect, sizes: &[Size]) -> Vec<Rect> {
        let mut x = area.x;
        let mut parts: Vec<Rect> = share(area.width, sizes)
            .into_iter()
            .map(|width| {
                let part = Rect { x, width, ..area };
                x += width;
                part
            })
            .collect();
        if self.look.direction() == Direction::Rtl {
            let right = area.right();
            for part in &mut parts {
                part.x = area.x + (right - part.right());
            }
        }
        parts
    }

    /// One line of people's or our text. Gives the cells that it took.
    pub fn text(&mut self, area: Rect, text: &str, style: Style, side: Side) -> Rect {
        let none = Rect { width: 0, ..area };
        if area.is_empty() || text.is_empty() {
            return none;
        }
        let line = text::fit(&text::one_line(text), area.width.into());
        let own = match side {
            Side::Own => text::direction(&line).unwrap_or(Direction::Ltr),
            Side::Start | Side::End | Side::Middle => text::direction_within(&line, self.look.direction()),
        };
        let towards = match side {
            Side::Start | Side::Middle => self.look.direction(),
            Side::End => opposite(self.look.direction()),
            Side::Own => own,
        };
        let width = u16::try_from(text::width(&line)).unwrap_or(area.width).min(area.width);
        let free = area.width - width;
        let x = match (side, towards) {
            (Side::Middle, _) => area.x + free / 2,
            (_, Direction::Ltr) => area.x,
            (_, Direction::Rtl) => area.x + free,
        };
        let visual = text::visual(&line, own, self.look.bidi);
        self.letters(Rect { x, width, height: 1, ..area }, &visual, style);
        Rect { x, width, height: 1, ..area }
    }

    fn letters(&mut self, area: Rect, visual: &text::Visual<'_>, style: Style) {
        let mut x = area.x;
        for letter in &visual.letters {
            let wide = u16::try_from(letter.width).unwrap_or(1);
            if x + wide > area.right() || !self.buffer.area.contains(Position { x, y: area.y }) {
                break;
            }
            if wide == 0 {
                continue;
            }
            self.buffer[(x, area.y)].set_symbol(letter.glyph).set_style(style);
            for covered in x + 1..x + wide {
                // A wide letter covers two cells; the second must be empty.
                if self.buffer.area.contains(Position { x: covered, y: area.y }) {
                    self.buffer[(covered, area.y)].reset();
                    self.buffer[(covered, area.y)].set_style(style);
                }
            }
            x += wide;
        }
    }

    /// Pieces of one line one after another, beginning where the language begins, a cell apart. Gives the room left over.
    pub fn pieces(&mut self, area: Rect, pieces: &[(&str, Style)]) -> Rect {
        let mut rest = Rect { height: area.height.min(1), ..area };
        for (text, style) in pieces.iter().filter(|(text, _)| !text.is_empty()) {
            let used = self.text(rest, text, *style, Side::Start).width;
            let step = (used + 1).min(rest.width);
            rest.width -= step;
            if self.look.direction() == Direction::Ltr {
                rest.x += step;
            }
        }
        rest
    }

    /// A text of ours over several lines. Gives how many lines it took.
    pub fn paragraph(&mut self, area: Rect, text: &str, style: Style) -> u16 {
        let cleaned = text::clean(text);
        let own = text::direction_within(&cleaned, self.look.direction());
        let mut used = 0;
        for line in text::wrap(&cleaned, area.width.into()) {
            if used >= area.height {
                break;
            }
            self.directed(Rect { y: area.y + used, height: 1, ..area }, &line, own, style);
            used += 1;
        }
        used
    }

    /// One cleaned line of a paragraph that has this direction.
    pub fn directed(&mut self, area: Rect, line: &str, direction: Direction, style: Style) {
        if area.is_empty() {
            return;
        }
        let width = u16::try_from(text::width(line)).unwrap_or(area.width).min(area.width);
        let x = match direction {
            Direction::Ltr => area.x,
            Direction::Rtl => area.right() - width,
        };
        let visual = text::visual(line, direction, self.look.bidi);
        self.letters(Rect { x, width, height: 1, ..area }, &visual, style);
    }

    /// A line that is typed into, with the cursor; of a longer one the part around the cursor.
    pub fn input(&mut self, area: Rect, text: &str, at: usize, style: Style) {
        if area.is_empty() {
            return;
        }
        // What stands before the cursor is cleaned by itself so that the cursor keeps its place.
        let before = text::one_line(&text[..at]);
        let whole = format!("{before}{}", text::one_line(&text[at..]));
        let room = usize::from(area.width.max(2)) - 1;
        let mut start = 0;
        while text::width(&whole[start..before.len()]) >= room {
            start += whole[start..].chars().next().map_or(1, char::len_utf8);
        }
        let mut line = String::new();
        for c in whole[start..].chars() {
            if text::width(&line) + 2 > room + 1 {
                break;
            }
            line.push(c);
        }
        let direction = text::direction(&whole).unwrap_or_else(|| self.look.direction());
        let visual = text::visual(&line, direction, self.look.bidi);
        let column = visual.column(before.len() - start, line.len(), direction);
        let width: usize = text::width(&line);
        let width = u16::try_from(width).unwrap_or(area.width).min(area.width);
        let column = u16::try_from(column).unwrap_or(0);
        let at_end = before.len() - start >= line.len();
        let (x, cursor) = match direction {
            Direction::Ltr => (area.x, area.x + column),
            // The cursor at the end stands left of the text.
            Direction::Rtl => {
                let x = area.right() - width;
                (x, if at_end { x.saturating_sub(1).max(area.x) } else { x + column })
            }
        };
        self.letters(Rect { x, width, height: 1, ..area }, &visual, style);
        self.cursor = Some(Position { x: cursor.min(area.right() - 1), y: area.y });
    }

    /// A box with a title. Gives what is inside.
    pub fn boxed(&mut self, area: Rect, title: &str, style: Style) -> Rect {
        if area.width < 2 || area.height < 2 {
            return Rect { width: 0, height: 0, ..area };
        }
        let (left, right, top, bottom) = (area.x, area.right() - 1, area.y, area.bottom() - 1);
        for x in left + 1..right {
            self.put(x, top, "─", style);
            self.put(x, bottom, "─", style);
        }
        for y in top + 1..bottom {
            self.put(left, y, "│", style);
            self.put(right, y, "│", style);
        }
        for (x, y, corner) in [(left, top, "┌"), (right, top, "┐"), (left, bottom, "└"), (right, bottom, "┘")]
        {
            self.put(x, y, corner, style);
        }
        let inside = Rect { x: left + 1, y: top + 1, width: area.width - 2, height: area.height - 2 };
        if !title.is_empty() && inside.width > 4 {
            let room = Rect { x: inside.x + 1, y: top, width: inside.width - 2, height: 1 };
            let used = self.text(room, title, self.look.theme.accent, Side::Start);
            if used.x > left {
                self.put(used.x - 1, top, " ", style);
            }
            self.put(used.right(), top, " ", style);
        }
        inside
    }

    /// One sign.
    pub fn put(&mut self, x: u16, y: u16, sign: &str, style: Style) {
        if self.buffer.area.contains(Position { x, y }) {
            self.buffer[(x, y)].set_symbol(sign).set_style(style);
        }
    }

    /// Empties cells.
    pub fn clear(&mut self, area: Rect, style: Style) {
        let area = area.intersection(self.buffer.area);
        for y in area.top()..area.bottom() {
            for x in area.left()..area.right() {
                self.buffer[(x, y)].reset();
                self.buffer[(x, y)].set_style(style);
            }
        }
    }

    /// Gives cells a style and leaves what they show.
    pub fn tint(&mut self, area: Rect, style: Style) {
        self.buffer.set_style(area.intersection(self.buffer.area), style);
    }

    /// Notes what a click there means.
    pub fn hit(&mut self, area: Rect, hit: Hit) {
        self.hits.push((area, hit));
    }

    /// A box in the middle of the area, at most so large, emptied; gives what is inside.
    pub fn window(&mut self, area: Rect, width: u16, height: u16, title: &str) -> Rect {
        let width = width.min(area.width);
        let height = height.min(area.height);
        let place = Rect {
            x: area.x + (area.width - width) / 2,
            y: area.y + (area.height - height) / 2,
            width,
            height,
        };
        self.clear(place, self.look.theme.text);
        let style = self.look.theme.accent;
        let inside = self.boxed(place, title, style);
        Rect { x: inside.x + inside.width.min(1), width: inside.width.saturating_sub(2), ..inside }
    }
}

fn opposite(direction: Direction) -> Direction {
    match direction {
        Direction::Ltr => Direction::Rtl,
        Direction::Rtl => Direction::Ltr,
    }
}

/// Parts below each other.
#[must_use]
pub fn rows(area: Rect, sizes: &[Size]) -> Vec<Rect> {
    let mut y = area.y;
    share(area.height, sizes)
        .into_iter()
        .map(|height| {
            let part = Rect { y, height, ..area };
            y += height;
            part
        })
        .collect()
}

/// Shares a length out: fixed parts first, as far as there is room, the rest by shares.
fn share(whole: u16, sizes: &[Size]) -> Vec<u16> {
    let mut left = whole;
    let mut parts: Vec<u16> = sizes
        .iter()
        .map(|size| match size {
            Size::Fixed(cells) => {
                let cells = (*cells).min(left);
                left -= cells;
                cells
            }
            Size::Share(_) => 0,
        })
        .collect();
    let mut shares: u16 =
        sizes.iter().map(|size| if let Size::Share(share) = size { *share } else { 0 }).sum();
    for (part, size) in parts.iter_mut().zip(sizes) {
        if let Size::Share(share) = size
            && shares > 0
        {
            *part = u16::try_from(u32::from(left) * u32::from(*share) / u32::from(shares)).unwrap_or(left);
            left -= *part;
            shares -= share;
        }
    }
    parts
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn everything_is_shared_out() {
        assert_eq!(share(80, &[Size::Fixed(10), Size::Share(1), Size::Share(2)]), [10, 23, 47]);
        assert_eq!(share(7, &[Size::Fixed(5), Size::Fixed(5), Size::Share(1)]), [5, 2, 0]);
    }
}
