//! The list of chats.

use crate::look::Look;
use crate::paged::Paged;
use crate::paint::{Painter, Side, Size};
use crate::table::{Cell, Column, Line, cell, table};
use admin_api::conversation::{Answering, ConversationLine};
use chrono::{DateTime, Duration, Utc};
use ratatui::layout::Rect;
use ratatui::style::Style;

const COLUMNS: &[Column] = &[
    Column::new("console-chats-name", Size::Share(5)),
    Column::new("console-chats-words", Size::Share(6)),
    Column::new("console-chats-ago", Size::Fixed(5)).number(),
    Column::new("console-chats-answers", Size::Fixed(7)),
    Column::new("console-chats-window", Size::Fixed(6)).number().from(60),
    Column::new("console-chats-lead", Size::Fixed(8)).from(50),
    Column::new("console-leads-why", Size::Share(3)).from(100),
    Column::new("console-chats-role", Size::Fixed(8)).from(120),
    Column::new("console-chats-channel", Size::Fixed(10)).from(120),
];

/// Paints it.
pub(super) fn view(paint: &mut Painter<'_>, area: Rect, list: &Paged<ConversationLine>) {
    let theme = paint.look.theme.clone();
    if list.is_empty() {
        let key = if list.is_known() { "console-nothing" } else { "console-opening" };
        let words = paint.look.t(key);
        paint.text(Rect { y: area.y + area.height / 2, height: 1, ..area }, &words, theme.dim, Side::Middle);
        return;
    }
    let (look, now) = (paint.look.clone(), paint.now);
    table(paint, area, COLUMNS, 0, list.cursor, list.len(), |at| {
        list.get(at).map(|line| Line { cells: cells(line, &look, now), marked: false })
    });
}

fn cells(line: &ConversationLine, look: &Look, now: DateTime<Utc>) -> Vec<Cell> {
    let theme = &look.theme;
    let waits = line.needs_human.is_some();
    let name = line.name.clone().or_else(|| line.phone.clone()).unwrap_or_else(|| line.id.clone());
    let name = if waits { format!("! {name}") } else { name };
    let (answering, style) = answering(line, look);
    let (window, window_style) = window(line.window_until, look, now);
    vec![
        cell(name, if waits { theme.warn } else { theme.text }),
        cell(line.last_words.clone().unwrap_or_default(), theme.dim),
        cell(line.last_inbound_at.map(|at| look.span(now - at)).unwrap_or_default(), theme.dim),
        cell(answering, style),
        cell(window, window_style),
        cell(line.lead_number.map(|number| format!("#{number}")).unwrap_or_default(), theme.text),
        cell(
            line.needs_human.as_deref().map(|why| look.word("concern-", why)).unwrap_or_default(),
            theme.warn,
        ),
        cell(look.word("console-chat-role-", &line.role), theme.dim),
        cell(look.word("console-provider-", &line.channel), theme.dim),
    ]
}

/// Who answers.
pub(super) fn answering(line: &ConversationLine, look: &Look) -> (String, Style) {
    match line.answering {
        Answering::Bot => (look.t("console-chats-bot"), look.theme.bot),
        Answering::Person => (look.t("console-chats-person"), look.theme.operator),
        Answering::Nobody => (look.t("console-chats-nobody"), look.theme.warn),
    }
}

/// How long free text may still be sent: hours and minutes, in the last hour minutes and seconds.
pub(super) fn window(until: Option<DateTime<Utc>>, look: &Look, now: DateTime<Utc>) -> (String, Style) {
    let Some(until) = until else { return (String::new(), look.theme.dim) };
    let left = until - now;
    if left <= Duration::zero() {
        return (look.t("console-chats-window-over"), look.theme.bad);
    }
    let seconds = left.num_seconds();
    if seconds >= 3_600 {
        (format!("{}:{:02}h", seconds / 3_600, seconds / 60 % 60), look.theme.dim)
    } else {
        (format!("{}:{:02}", seconds / 60, seconds % 60), look.theme.warn)
    }
}
