//! A sheet: headings, facts and texts below each other, wrapped to the width and scrolled by lines.

use crate::paint::{Painter, Side, Size};
use crate::text::{self, Direction};
use ratatui::layout::Rect;
use ratatui::style::Style;

/// How wide the labels of facts are.
const LABEL: u16 = 16;

/// Something that stands on a sheet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Item {
    /// A heading.
    Heading(String),
    /// A label, and what stands beside it.
    Fact(String, String, Style),
    /// Words of people over the whole width, in their own direction.
    Text(String, Style),
    /// Words of ours over the whole width.
    Ours(String, Style),
    /// An empty line.
    Gap,
}

/// Paints a sheet from the line `above` on, or from further up if there is less. Gives how many lines it has.
pub fn sheet(paint: &mut Painter<'_>, area: Rect, items: &[Item], above: usize) -> usize {
    if area.is_empty() {
        return 0;
    }
    let theme = paint.look.theme.clone();
    let lines = lines(paint, area, items);
    let above = above.min(lines.len().saturating_sub(area.height.into()));
    for (y, line) in (area.y..area.bottom()).zip(lines.iter().skip(above)) {
        let row = Rect { y, height: 1, ..area };
        if line.label.is_none() && line.whole {
            paint.directed(row, &line.text, line.direction, line.style);
            continue;
        }
        let cells = paint.columns(row, &[Size::Fixed(LABEL.min(area.width / 2)), Size::Share(1)]);
        if let Some(label) = &line.label {
            paint.text(cells[0], label, theme.dim, Side::Start);
        }
        // Beside a label a text begins where the label ends, whatever its direction.
        let width = u16::try_from(text::width(&line.text)).unwrap_or(cells[1].width).min(cells[1].width);
        let x = match paint.look.direction() {
            Direction::Ltr => cells[1].x,
            Direction::Rtl => cells[1].right() - width,
        };
        paint.directed(Rect { x, width, ..cells[1] }, &line.text, line.direction, line.style);
    }
    lines.len()
}

struct Line {
    label: Option<String>,
    text: String,
    direction: Direction,
    style: Style,
    whole: bool,
}

fn lines(paint: &Painter<'_>, area: Rect, items: &[Item]) -> Vec<Line> {
    let console = paint.look.direction();
    let mut lines = Vec::new();
    for item in items {
        match item {
            Item::Gap => lines.push(Line {
                label: None,
                text: String::new(),
                direction: console,
                style: Style::new(),
                whole: true,
            }),
            Item::Heading(words) => lines.push(Line {
                label: None,
                text: text::fit(&text::one_line(words), area.width.into()),
                direction: console,
                style: paint.look.theme.accent,
                whole: true,
            }),
            Item::Text(words, style) | Item::Ours(words, style) => {
                for paragraph in text::clean(words).split('\n') {
                    let direction = match item {
                        Item::Ours(..) => text::direction_within(paragraph, console),
                        _ => text::direction(paragraph).unwrap_or(Direction::Ltr),
                    };
                    lines.extend(text::wrap(paragraph, area.width.into()).into_iter().map(|text| Line {
                        label: None,
                        text,
                        direction,
                        style: *style,
                        whole: true,
                    }));
                }
            }
            Item::Fact(label, words, style) => {
                let cleaned = text::clean(words);
                let direction = text::direction_within(&cleaned, console);
                let room = area.width - LABEL.min(area.width / 2);
                for (at, text) in text::wrap(&cleaned, room.into()).into_iter().enumerate() {
                    let label = (at == 0).then(|| label.clone());
                    lines.push(Line { label, text, direction, style: *style, whole: false });
                }
            }
        }
    }
    lines
}
