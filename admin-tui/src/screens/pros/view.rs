//! How pros look: the list, and one pro whole.

use super::deeds::{areas, view_hours};
use super::{Mode, Open, Pros, WIDE};
use crate::kept::{nothing, waiting};
use crate::look::Look;
use crate::paint::{Painter, Size, rows};
use crate::sheet::{Item, sheet};
use crate::table::{Column, Line, cell, table};
use crate::theme::Theme;
use crate::week::{self, Week};
use admin_api::pro::{ProDetail, ProLine, ProState};
use locales::args;
use ratatui::layout::Rect;
use ratatui::style::Style;

const COLUMNS: &[Column] = &[
    Column::new("console-pros-name", Size::Share(2)),
    Column::new("console-pros-state", Size::Fixed(14)),
    Column::new("console-pros-rating", Size::Fixed(12)).from(76),
    Column::new("console-pros-load", Size::Fixed(7)).number(),
    Column::new("console-pros-acceptance", Size::Fixed(8)).number().from(76),
    Column::new("console-pros-trades-title", Size::Share(2)),
    Column::new("console-pros-areas-column", Size::Share(2)).from(100),
    Column::new("console-contacts-phone", Size::Fixed(16)).from(120),
];

/// How wide the editor's text is on a terminal of this width.
pub(super) fn editor_width(columns: u16) -> usize {
    let pane = if columns < WIDE { columns } else { columns - columns * 2 / 5 };
    usize::from(pane.saturating_sub(2)).max(1)
}

fn state(state: ProState, look: &Look) -> (String, Style) {
    let theme: &Theme = &look.theme;
    let (sign, key, style) = match state {
        ProState::Active => ("✓", "console-pros-state-active", theme.good),
        ProState::Vacation => ("☼", "console-pros-state-vacation", theme.warn),
        ProState::Inactive => ("✗", "console-pros-state-inactive", theme.dim),
        ProState::Applicant => ("?", "console-pros-state-applicant", theme.accent),
        ProState::Declined => ("✗", "console-pros-state-declined", theme.dim),
    };
    (format!("{sign} {}", look.t(key)), style)
}

fn rating(line: &ProLine) -> String {
    if line.reviews == 0 { "—".to_owned() } else { format!("{:.1} ★ ({})", line.rating, line.reviews) }
}

fn percent(of: Option<u32>) -> String {
    of.map_or("—".to_owned(), |percent| format!("{percent}%"))
}

fn trades(keys: &[String], look: &Look) -> String {
    keys.iter().map(|key| look.word("trade-", key)).collect::<Vec<_>>().join(", ")
}

impl Pros {
    pub(super) fn paint(&self, paint: &mut Painter<'_>, area: Rect) {
        let Some(open) = &self.open else { return self.paint_list(paint, area) };
        if area.width < WIDE {
            return self.paint_open(paint, area, open);
        }
        let list = area.width * 2 / 5;
        let parts = paint.columns(area, &[Size::Fixed(list), Size::Share(1)]);
        self.paint_list(paint, parts[0]);
        self.paint_open(paint, parts[1], open);
    }

    fn paint_list(&self, paint: &mut Painter<'_>, area: Rect) {
        if self.list.get().is_none() {
            return waiting(paint, area);
        }
        let lines = self.rows();
        if lines.is_empty() {
            return nothing(paint, area);
        }
        let look = paint.look;
        let theme = &look.theme;
        table(paint, area, COLUMNS, 0, self.cursor, lines.len(), |at| {
            let line = lines.get(at)?;
            let (word, style) = state(line.state, look);
            let drafted = if self.draft_of(&line.id).is_some() { " ✎" } else { "" };
            let cells = vec![
                cell(format!("{}{drafted}", line.name), theme.text),
                cell(word, style),
                cell(rating(line), theme.text),
                cell(line.open_jobs.to_string(), theme.text),
                cell(percent(line.acceptance_percent), theme.text),
                cell(trades(&line.trades, look), theme.dim),
                cell(line.areas.join(", "), theme.dim),
                cell(&line.phone, theme.dim),
            ];
            Some(Line { cells, marked: false })
        });
    }

    fn paint_open(&self, paint: &mut Painter<'_>, area: Rect, open: &Open) {
        let look = paint.look;
        let name = self.line().map(|line| line.name).unwrap_or_default();
        let title = match &open.mode {
            Mode::Sheet => name,
            Mode::Persona(_) => look.say("console-pros-persona-of", &args![name = name]),
            Mode::Prices(_) => look.say("console-pros-prices-of", &args![name = name]),
        };
        let inside = paint.boxed(area, &title, look.theme.accent);
        let Some(detail) = open.detail.get() else { return waiting(paint, inside) };
        match &open.mode {
            Mode::Sheet => {
                let items = self.items(detail, look);
                sheet(paint, inside, &items, open.above);
            }
            Mode::Persona(editor) => {
                let parts = rows(inside, &[Size::Share(1), Size::Fixed(2)]);
                editor.view(paint, parts[0], look.theme.text);
                paint.paragraph(parts[1], &look.t("console-pros-persona-hint"), look.theme.dim);
            }
            Mode::Prices(prices) => prices.paint(paint, inside),
        }
    }

    fn items(&self, detail: &ProDetail, look: &Look) -> Vec<Item> {
        let theme = &look.theme;
        let line = &detail.line;
        let fact = |key: &str, value: String| Item::Fact(look.t(key), value, theme.text);
        let (word, style) = state(line.state, look);
        let mut items = vec![
            Item::Fact(look.t("console-pros-state"), word, style),
            fact("console-contacts-phone", line.phone.clone()),
            fact("console-pros-rating", rating(line)),
            fact("console-pros-load", format!("{} / {}", line.open_jobs, detail.max_open_jobs)),
            fact("console-pros-acceptance", percent(line.acceptance_percent)),
            fact("console-pros-trades-title", trades(&line.trades, look)),
            fact("console-pros-areas-column", areas(&detail.area_rules)),
            fact("console-pros-visit", look.say("console-minutes", &args![count = detail.slot_minutes])),
            fact("console-contacts-language", detail.language.clone()),
        ];
        if let Some(applied) = &detail.applied_prices {
            items.push(Item::Fact(look.t("console-pros-applied-prices"), applied.clone(), theme.warn));
        }
        items.extend([Item::Gap, Item::Heading(look.t("console-pros-persona-title"))]);
        items.push(Item::Text(detail.persona.clone(), theme.text));
        if let Some(draft) = self.draft_of(&line.id) {
            if let Some(persona) = &draft.persona {
                items.push(Item::Heading(format!("✎ {}", look.t("console-pros-draft"))));
                items.push(Item::Text(persona.clone(), theme.warn));
            }
            if draft.prices.is_some() {
                items.push(Item::Text(format!("✎ {}", look.t("console-pros-draft-prices")), theme.warn));
            }
        }
        items.extend([Item::Gap, Item::Heading(look.t("console-pros-prices-title"))]);
        items.extend(detail.prices.iter().map(|price| {
            let own = price.names.get(look.locale.code()).or_else(|| price.names.values().next());
            let name = own.unwrap_or(&price.item);
            let (min, max) = (look.money(price.min.into()), look.money(price.max.into()));
            let minutes = look.say("console-minutes", &args![count = price.minutes]);
            Item::Fact(name.clone(), format!("{min} – {max} · {minutes}"), theme.text)
        }));
        items.extend([Item::Gap, Item::Heading(look.t("console-pros-hours-title"))]);
        let week = Week::of(&detail.hours);
        items.extend(week::DAYS.iter().zip(&week.0).map(|((_, name), spans)| {
            let style = if spans.is_empty() { theme.dim } else { theme.text };
            Item::Fact(look.t(name), view_hours(spans, look), style)
        }));
        items
    }
}
