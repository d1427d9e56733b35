//! Tables: titles, rows of cells, the chosen and the marked row. Only the rows that show are looked at.

use crate::paged::Cursor;
use crate::paint::{Hit, Painter, Side, Size};
use ratatui::layout::Rect;
use ratatui::style::Style;

/// A column.
#[derive(Clone, Copy, Debug)]
pub struct Column {
    /// The key of its title.
    pub title: &'static str,
    /// How wide it is.
    pub size: Size,
    /// It shows on tables that are at least so wide.
    pub from: u16,
    /// Where its text stands.
    pub side: Side,
}

impl Column {
    /// A column that always shows.
    #[must_use]
    pub const fn new(title: &'static str, size: Size) -> Self {
        Self { title, size, from: 0, side: Side::Start }
    }

    /// The same only on tables that are at least so wide.
    #[must_use]
    pub const fn from(self, from: u16) -> Self {
        Self { from, ..self }
    }

    /// The same with numbers, which stand at the end.
    #[must_use]
    pub const fn number(self) -> Self {
        Self { side: Side::End, ..self }
    }
}

/// A cell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cell {
    /// What it says.
    pub text: String,
    /// How it looks.
    pub style: Style,
}

/// A cell.
#[must_use]
pub fn cell(text: impl Into<String>, style: Style) -> Cell {
    Cell { text: text.into(), style }
}

/// A row as it is painted.
pub struct Line {
    /// A cell for each column, also for those that do not show.
    pub cells: Vec<Cell>,
    /// Whether it is marked.
    pub marked: bool,
}

/// Paints a table of `length` rows. `row` is asked for those that show; one that is not held yet is none. Clicks are
/// noted as rows of the list with this number.
pub fn table(
    paint: &mut Painter<'_>,
    area: Rect,
    columns: &[Column],
    list: u8,
    cursor: Cursor,
    length: usize,
    row: impl Fn(usize) -> Option<Line>,
) {
    let theme = paint.look.theme.clone();
    let shown: Vec<usize> = (0..columns.len()).filter(|at| columns[*at].from <= area.width).collect();
    // The first two cells are for the signs of the chosen and the marked row, and between columns one is free.
    let mut sizes = vec![Size::Fixed(2)];
    sizes.extend(shown.iter().flat_map(|at| [columns[*at].size, Size::Fixed(1)]));
    let title = Rect { height: area.height.min(1), ..area };
    for (place, at) in paint.columns(title, &sizes).iter().skip(1).step_by(2).zip(&shown) {
        let words = paint.look.t(columns[*at].title);
        paint.text(*place, &words, theme.dim, columns[*at].side);
    }
    let body = Rect { y: area.y + title.height, height: area.height - title.height, ..area };
    let first = cursor.first(body.height.into());
    for (y, at) in (body.y..body.bottom()).zip(first..length) {
        let line = Rect { y, height: 1, ..body };
        let places = paint.columns(line, &sizes);
        let found = row(at);
        let marked = found.as_ref().is_some_and(|line| line.marked);
        let arrow = paint.look.arrow();
        let both = format!("{arrow}+");
        let sign: &str = match (at == cursor.chosen, marked) {
            (true, true) => &both,
            (true, false) => arrow,
            (false, true) => " +",
            (false, false) => "",
        };
        paint.text(places[0], sign, theme.accent, Side::Start);
        match found {
            None => drop(paint.text(places[1], "…", theme.dim, Side::Start)),
            Some(found) => {
                for (place, column) in places.iter().skip(1).step_by(2).zip(&shown) {
                    if let Some(cell) = found.cells.get(*column) {
                        paint.text(*place, &cell.text, cell.style, columns[*column].side);
                    }
                }
                if marked {
                    paint.tint(line, theme.marked);
                }
            }
        }
        if at == cursor.chosen {
            paint.tint(line, theme.chosen);
        }
        paint.hit(line, Hit::Row(list, at));
    }
}
