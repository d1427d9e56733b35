//! The table of leads.

use crate::look::Look;
use crate::paged::Paged;
use crate::paint::{Painter, Side, Size};
use crate::screens::dashboard::status_style;
use crate::table::{Column, Line, cell, table};
use admin_api::lead::LeadLine;
use chrono::{DateTime, Utc};
use ratatui::layout::Rect;
use std::collections::BTreeMap;

const COLUMNS: &[Column] = &[
    Column::new("console-leads-number", Size::Fixed(7)),
    Column::new("console-leads-state", Size::Fixed(11)),
    Column::new("console-leads-since", Size::Fixed(5)).number(),
    Column::new("console-leads-customer", Size::Share(3)),
    Column::new("console-leads-issue", Size::Share(4)),
    Column::new("console-leads-city", Size::Share(3)).from(70),
    Column::new("console-leads-with", Size::Share(3)).from(50),
    Column::new("console-leads-visit", Size::Fixed(12)).from(90),
    Column::new("console-leads-trade", Size::Share(3)).from(120),
    Column::new("console-leads-why", Size::Share(3)).from(140),
];

/// Paints it.
pub(super) fn view(
    paint: &mut Painter<'_>,
    area: Rect,
    list: &Paged<LeadLine>,
    marked: &BTreeMap<String, LeadLine>,
) {
    let theme = paint.look.theme.clone();
    if list.is_empty() {
        let key = if list.is_known() { "console-nothing" } else { "console-opening" };
        let words = paint.look.t(key);
        paint.text(Rect { y: area.y + area.height / 2, height: 1, ..area }, &words, theme.dim, Side::Middle);
        return;
    }
    let (look, now) = (paint.look.clone(), paint.now);
    table(paint, area, COLUMNS, 0, list.cursor, list.len(), |at| {
        list.get(at).map(|row| Line { cells: cells(row, &look, now), marked: marked.contains_key(&row.id) })
    });
}

fn cells(row: &LeadLine, look: &Look, now: DateTime<Utc>) -> Vec<crate::table::Cell> {
    let theme = &look.theme;
    let text = |value: &Option<String>| cell(value.clone().unwrap_or_default(), theme.text);
    let number_style = if row.emergency { theme.bad } else { theme.text };
    let state = look.word("console-status-", row.status.key());
    let state_style = if row.needs_human.is_some() { theme.warn } else { status_style(theme, row.status) };
    vec![
        cell(format!("{}#{}", urgent(row), row.number), number_style),
        cell(state, state_style),
        cell(look.span(now - row.since), theme.dim),
        text(&row.customer),
        text(&row.issue),
        text(&row.city),
        text(&row.pro_name),
        cell(row.visit_from.map(|at| look.moment(at, now)).unwrap_or_default(), theme.text),
        cell(row.trade.as_deref().map(|trade| look.word("trade-", trade)).unwrap_or_default(), theme.text),
        cell(
            row.needs_human.as_deref().map(|why| look.word("concern-", why)).unwrap_or_default(),
            theme.warn,
        ),
    ]
}

/// The sign before the number: an emergency, or somebody must look.
pub(super) fn urgent(row: &LeadLine) -> &'static str {
    match (row.emergency, row.needs_human.is_some()) {
        (true, _) => "‼",
        (false, true) => "!",
        (false, false) => "",
    }
}
