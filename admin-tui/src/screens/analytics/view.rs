//! How figures look: the funnel and the money above, charts beside them, a table below.

use super::Table;
use crate::chart;
use crate::look::{Look, grouped};
use crate::paged::Cursor;
use crate::paint::{Painter, Side, Size, rows};
use crate::table::{Column, Line, cell, table};
use admin_api::analytics::{Analytics, Figures};
use chrono::Duration;
use ratatui::layout::Rect;

const TOP: u16 = 9;

const COLUMNS: &[Column] = &[
    Column::new("console-analytics-of", Size::Share(1)),
    Column::new("console-analytics-leads", Size::Fixed(8)).number(),
    Column::new("console-analytics-booked", Size::Fixed(8)).number(),
    Column::new("console-analytics-completed", Size::Fixed(8)).number(),
    Column::new("console-analytics-conversion", Size::Fixed(8)).number(),
    Column::new("console-analytics-answer", Size::Fixed(10)).number(),
    Column::new("console-analytics-revenue", Size::Fixed(12)).number(),
    Column::new("console-analytics-commission", Size::Fixed(10)).number().from(100),
    Column::new("console-analytics-stars", Size::Fixed(6)).number().from(100),
    Column::new("console-analytics-tokens", Size::Fixed(12)).number().from(120),
    Column::new("console-analytics-cost", Size::Fixed(9)).number().from(120),
];

/// How many rows the table shows on a terminal of this size.
pub(super) fn table_rows(size: (u16, u16)) -> usize {
    usize::from(size.1.saturating_sub(crate::frame::AROUND + 1 + TOP + 3)).max(1)
}

/// So many of a hundred.
fn percent(part: u32, whole: u32) -> String {
    if whole == 0 {
        "—".to_owned()
    } else {
        format!("{}%", (u64::from(part) * 100 + u64::from(whole) / 2) / u64::from(whole))
    }
}

/// A share of the whole for each booked job.
fn per_booked(amount: u64, figures: &Figures) -> Option<u64> {
    amount.checked_div(u64::from(figures.booked))
}

fn answer_time(figures: &Figures, look: &Look) -> String {
    figures
        .pro_answer_seconds
        .map_or("—".to_owned(), |seconds| look.span(Duration::seconds(seconds.into())))
}

/// Paints everything.
pub(super) fn paint(
    paint: &mut Painter<'_>,
    area: Rect,
    heading: &str,
    figures: &Analytics,
    shown: Table,
    cursor: Cursor,
) {
    let look = paint.look;
    let parts = rows(area, &[Size::Fixed(1), Size::Fixed(TOP), Size::Share(1)]);
    paint.text(parts[0], heading, look.theme.accent, Side::Start);
    let top = match area.width {
        0..120 => paint.columns(parts[1], &[Size::Share(1), Size::Share(1)]),
        _ => paint.columns(parts[1], &[Size::Share(1), Size::Share(1), Size::Share(1)]),
    };
    funnel(paint, top[0], &figures.total);
    money(paint, top[1], &figures.total);
    if let Some(area) = top.get(2) {
        charts(paint, *area, figures);
    }
    let title = look.t(match shown {
        Table::Days => "console-analytics-by-day",
        Table::Trades => "console-analytics-by-trade",
        Table::Pros => "console-analytics-by-pro",
    });
    let inside = paint.boxed(parts[2], &title, look.theme.edge);
    let lines: Vec<(String, &Figures)> = match shown {
        // The newest day first: it is the one that is looked for.
        Table::Days => figures
            .days
            .iter()
            .rev()
            .map(|day| (format!("{} {}", look.short_weekday(day.date), look.date(day.date)), &day.figures))
            .collect(),
        Table::Trades => figures.trades.iter().map(|(key, of)| (look.word("trade-", key), of)).collect(),
        Table::Pros => figures.pros.iter().map(|(name, of)| (name.clone(), of)).collect(),
    };
    table(paint, inside, COLUMNS, 0, cursor, lines.len(), |at| {
        let (name, of) = lines.get(at)?;
        let style = if of.leads == 0 { look.theme.dim } else { look.theme.text };
        let texts = [
            name.clone(),
            of.leads.to_string(),
            of.booked.to_string(),
            of.completed.to_string(),
            percent(of.booked, of.leads),
            answer_time(of, look),
            look.money(of.revenue),
            look.money(of.commission),
            of.stars.map_or("—".to_owned(), |stars| format!("{stars:.1}")),
            grouped(of.tokens),
            look.dollars(of.model_cost),
        ];
        Some(Line { cells: texts.into_iter().map(|text| cell(text, style)).collect(), marked: false })
    });
}

fn funnel(paint: &mut Painter<'_>, area: Rect, of: &Figures) {
    let look = paint.look;
    let theme = &look.theme;
    let inside = paint.boxed(area, &look.t("console-analytics-funnel"), theme.edge);
    let steps = [
        ("console-analytics-leads", of.leads, theme.accent),
        ("console-analytics-offered", of.offered, theme.accent),
        ("console-analytics-booked", of.booked, theme.good),
        ("console-analytics-completed", of.completed, theme.good),
        ("console-analytics-lost", of.lost, theme.warn),
    ];
    for (y, (key, count, style)) in (inside.y..inside.bottom()).zip(steps) {
        let line = Rect { y, height: 1, ..inside };
        let sizes = [Size::Fixed(11), Size::Fixed(6), Size::Fixed(6), Size::Fixed(1), Size::Share(1)];
        let cells = paint.columns(line, &sizes);
        paint.text(cells[0], &look.t(key), theme.text, Side::Start);
        paint.text(cells[1], &grouped(count.into()), theme.text, Side::End);
        paint.text(cells[2], &percent(count, of.leads), theme.dim, Side::End);
        chart::bar(paint, cells[4], count.into(), of.leads.into(), style);
    }
}

fn money(paint: &mut Painter<'_>, area: Rect, of: &Figures) {
    let look = paint.look;
    let theme = &look.theme;
    let inside = paint.boxed(area, &look.t("console-analytics-money"), theme.edge);
    let or_dash = |amount: Option<String>| amount.unwrap_or_else(|| "—".to_owned());
    let facts = [
        ("console-analytics-revenue", look.money(of.revenue)),
        ("console-analytics-commission", look.money(of.commission)),
        ("console-analytics-answer-time", answer_time(of, look)),
        ("console-analytics-stars", or_dash(of.stars.map(|stars| format!("{stars:.1} ★")))),
        ("console-analytics-tokens-per-job", or_dash(per_booked(of.tokens, of).map(grouped))),
        (
            "console-analytics-cost-per-job",
            or_dash(per_booked(of.model_cost, of).map(|cost| look.dollars(cost))),
        ),
        ("console-analytics-model-cost", look.dollars(of.model_cost)),
    ];
    for (y, (key, value)) in (inside.y..inside.bottom()).zip(facts) {
        let line = Rect { y, height: 1, ..inside };
        let cells = paint.columns(line, &[Size::Share(1), Size::Fixed(12)]);
        paint.text(cells[0], &look.t(key), theme.dim, Side::Start);
        paint.text(cells[1], &value, theme.text, Side::End);
    }
}

fn charts(paint: &mut Painter<'_>, area: Rect, figures: &Analytics) {
    let look = paint.look;
    let theme = &look.theme;
    let inside = paint.boxed(area, &look.t("console-analytics-charts"), theme.edge);
    let series = |value: fn(&Figures) -> Option<u64>| {
        figures.days.iter().map(|day| value(&day.figures)).collect::<Vec<_>>()
    };
    let charts = [
        ("console-analytics-leads", series(|of| Some(of.leads.into()))),
        ("console-analytics-revenue", series(|of| Some(of.revenue))),
        ("console-analytics-answer-time", series(|of| of.pro_answer_seconds.map(u64::from))),
    ];
    let mut y = inside.y;
    for (key, values) in charts {
        if y + 1 >= inside.bottom() {
            break;
        }
        paint.text(Rect { y, height: 1, ..inside }, &look.t(key), theme.dim, Side::Start);
        chart::sparkline(paint, Rect { y: y + 1, height: 1, ..inside }, &values, theme.accent);
        y += 2;
    }
}
