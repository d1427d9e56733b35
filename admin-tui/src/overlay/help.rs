//! What the keys and `:` commands do, from the one key table.

use super::Outcome;
use crate::keys::{self, ESC, Key, ch};
use crate::paint::{Painter, Side, Size};
use ratatui::layout::Rect;

/// The help of a moment: of the screen that shows and of the console around it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Help {
    /// Headings (without keys), and lines: what is pressed or typed, and the key of what it does.
    pub lines: Vec<(String, &'static str)>,
    /// Lines above the window.
    pub above: usize,
}

impl Help {
    pub(super) fn key(&mut self, key: Key) -> Outcome {
        let most = self.lines.len().saturating_sub(1);
        let letter = key.latin().unwrap_or(key);
        match letter {
            keys::DOWN => self.above = (self.above + 1).min(most),
            keys::UP => self.above = self.above.saturating_sub(1),
            keys::PAGE_DOWN | keys::SPACE => self.above = (self.above + 10).min(most),
            keys::PAGE_UP => self.above = self.above.saturating_sub(10),
            ESC | keys::ENTER => return Outcome::Close,
            key if key == ch('j') => self.above = (self.above + 1).min(most),
            key if key == ch('k') => self.above = self.above.saturating_sub(1),
            key if key == ch('q') || key == ch('?') => return Outcome::Close,
            _ => {}
        }
        Outcome::Stay
    }

    pub(super) fn view(&self, paint: &mut Painter<'_>, area: Rect) {
        let title = paint.look.t("console-help");
        // Two columns where there is room.
        let columns: u16 = if area.width >= 120 { 2 } else { 1 };
        let wanted = u16::try_from(self.lines.len()).unwrap_or(area.height).div_ceil(columns) + 2;
        let inside = paint.window(area, (columns * 70).min(area.width), wanted.min(area.height), &title);
        let theme = paint.look.theme.clone();
        let rows = usize::from(inside.height);
        let above = self.above.min(self.lines.len().saturating_sub(rows * usize::from(columns)));
        let parts = paint.columns(inside, &vec![Size::Share(1); usize::from(columns)]);
        for (part, lines) in parts.iter().zip(self.lines[above..].chunks(rows.max(1))) {
            for (y, (keys, help)) in (part.y..part.bottom()).zip(lines) {
                let line = Rect { y, height: 1, ..*part };
                let words = paint.look.t(help);
                if keys.is_empty() {
                    paint.text(line, &words, theme.accent, Side::Start);
                    continue;
                }
                let cells = paint.columns(line, &[Size::Fixed(22), Size::Share(1)]);
                paint.text(cells[0], keys, theme.warn, Side::Start);
                paint.text(cells[1], &words, theme.text, Side::Start);
            }
        }
    }
}
