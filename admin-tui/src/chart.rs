//! Small pictures of figures: bars and sparklines. In right-to-left languages time runs to the left, as everything does.

use crate::paint::{Painter, Side, Size};
use ratatui::layout::Rect;
use ratatui::style::Style;

const STEPS: [&str; 8] = ["▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"];

/// A bar that begins where the language begins, as long as its share of the most.
pub fn bar(paint: &mut Painter<'_>, area: Rect, value: u64, most: u64, style: Style) {
    let cells = u64::from(area.width);
    let length = if most == 0 { 0 } else { (value * cells).div_ceil(most).min(cells) };
    let bar = "█".repeat(usize::try_from(length).unwrap_or(0));
    paint.text(area, &bar, style, Side::Start);
}

/// The newest values as steps, the newest last; a gap for an hour or day without one.
pub fn sparkline(paint: &mut Painter<'_>, area: Rect, values: &[Option<u64>], style: Style) {
    let shown = &values[values.len().saturating_sub(area.width.into())..];
    let most = shown.iter().flatten().copied().max().unwrap_or(0).max(1);
    let cells = paint.columns(area, &vec![Size::Fixed(1); shown.len()]);
    for (cell, value) in cells.iter().zip(shown) {
        let sign = match value {
            None => "·",
            Some(value) => {
                let step = usize::try_from(*value * 7 / most).unwrap_or(0);
                STEPS[step.min(7)]
            }
        };
        paint.put(cell.x, cell.y, sign, style);
    }
}
