//! What is said in a chat, and the line to answer in.

use super::chat::Chat;
use super::list::{answering, window};
use crate::look::Look;
use crate::model::Shared;
use crate::paint::{Hit, Painter, Side, Size, rows};
use crate::text::{self, Direction, isolate};
use admin_api::conversation::{ConversationDetail, Line, Speaker};
use chrono::Duration;
use locales::args;
use ratatui::layout::Rect;
use ratatui::style::Style;

/// The number of the list of lines, for clicks.
pub(super) const LINES: u8 = 1;
/// Lines of the same speaker within so long stand under one heading.
const TOGETHER: Duration = Duration::minutes(10);
/// So far words of ours are set in.
const INDENT: u16 = 8;

/// Paints it.
pub(super) fn view(paint: &mut Painter<'_>, area: Rect, chat: &Chat, shared: &Shared) {
    let theme = paint.look.theme.clone();
    let title = chat.detail.as_ref().map(|detail| name(detail)).unwrap_or_default();
    let inside = paint.boxed(area, &title, theme.edge);
    let parts = rows(inside, &[Size::Fixed(2), Size::Share(1), Size::Fixed(2)]);
    if let Some(detail) = &chat.detail {
        head(paint, parts[0], detail);
    }
    said(paint, parts[1], chat);
    writing(paint, parts[2], chat, shared);
}

fn name(detail: &ConversationDetail) -> String {
    detail.line.name.clone().or_else(|| detail.line.phone.clone()).unwrap_or_else(|| detail.line.id.clone())
}

fn head(paint: &mut Painter<'_>, area: Rect, detail: &ConversationDetail) {
    let theme = paint.look.theme.clone();
    let look = paint.look.clone();
    let line = &detail.line;
    let (who, who_style) = answering(line, &look);
    let until = line.paused_until.filter(|until| *until > paint.now);
    let who = match until {
        Some(until) => {
            look.say("console-chats-until", &args![who = who, time = look.moment(until, paint.now)])
        }
        None => who,
    };
    let (left, left_style) = window(line.window_until, &look, paint.now);
    let left = if left.is_empty() {
        left
    } else {
        look.say("console-chats-window-left", &args![left = isolate(&left)])
    };
    let first = Rect { height: 1.min(area.height), ..area };
    paint.pieces(
        first,
        &[(&who, who_style), (&left, left_style), (line.phone.as_deref().unwrap_or_default(), theme.dim)],
    );
    let lead = line
        .lead_number
        .map(|number| look.say("console-leads-title", &args![number = number]))
        .unwrap_or_default();
    let why = line
        .needs_human
        .as_deref()
        .map(|why| format!("! {}", look.word("concern-", why)))
        .unwrap_or_default();
    let waits = detail.waits_for.as_deref().map(|what| look.word("console-waits-", what)).unwrap_or_default();
    let opted_out = if line.opted_out { look.t("console-chats-opted-out") } else { String::new() };
    let second = Rect { y: area.y + 1, height: area.height.saturating_sub(1).min(1), ..area };
    paint.pieces(
        second,
        &[(&why, theme.warn), (&opted_out, theme.bad), (&lead, theme.text), (&waits, theme.dim)],
    );
}

/// A row of the picture.
enum Row {
    Heading(String, Style, bool),
    Words { text: String, direction: Direction, style: Style, ours: bool, chosen: bool, at: usize },
}

fn said(paint: &mut Painter<'_>, area: Rect, chat: &Chat) {
    let theme = paint.look.theme.clone();
    if chat.lines.is_empty() {
        let key = if chat.is_known() { "console-nothing" } else { "console-opening" };
        let words = paint.look.t(key);
        paint.text(Rect { y: area.y + area.height / 2, height: 1, ..area }, &words, theme.dim, Side::Middle);
        return;
    }
    let height = usize::from(area.height);
    // From the newest line upwards, until the picture is full; it ends with the chosen one at the top at the latest.
    let mut picture: Vec<Row> = Vec::new();
    let mut first = chat.lines.len();
    while first > 0 && picture.len() < height {
        first -= 1;
        picture.splice(0..0, rows_of(paint, chat, first, area.width));
    }
    let mut above = picture.len().saturating_sub(height);
    if let Some(chosen) = chat.chosen.filter(|chosen| *chosen <= first) {
        picture.clear();
        let mut next = chosen;
        while next < chat.lines.len() && picture.len() < height {
            picture.extend(rows_of(paint, chat, next, area.width));
            next += 1;
        }
        above = 0;
    }
    if above == 0 && chat.has_older() {
        let words = paint.look.t("console-chats-older");
        paint.text(Rect { height: 1, ..area }, &words, theme.dim, Side::Middle);
    }
    // A short chat stands at the foot, where one types.
    let top = area.y + area.height.saturating_sub(u16::try_from(picture.len() - above).unwrap_or(u16::MAX));
    for (y, row) in (top..area.bottom()).zip(picture.into_iter().skip(above)) {
        let line = Rect { y, height: 1, ..area };
        match row {
            Row::Heading(words, style, ours) => {
                let place = bubble(paint, line, ours);
                paint.text(place, &words, style, Side::Start);
            }
            Row::Words { text, direction, style, ours, chosen, at } => {
                let place = bubble(paint, line, ours);
                paint.directed(place, &text, direction, style);
                if chosen {
                    paint.tint(place, theme.chosen);
                    paint.text(
                        Rect { width: 1, ..sign_place(paint, line) },
                        paint.look.arrow(),
                        theme.accent,
                        Side::Start,
                    );
                }
                paint.hit(line, Hit::Row(LINES, at));
            }
        }
    }
}

/// Words of people begin where the language begins, ours are set in.
fn bubble(paint: &Painter<'_>, line: Rect, ours: bool) -> Rect {
    let indent = INDENT.min(line.width / 4);
    let sizes = if ours {
        [Size::Fixed(1 + indent), Size::Share(1), Size::Fixed(0)]
    } else {
        [Size::Fixed(1), Size::Share(1), Size::Fixed(indent)]
    };
    paint.columns(line, &sizes)[1]
}

fn sign_place(paint: &Painter<'_>, line: Rect) -> Rect {
    paint.columns(line, &[Size::Fixed(1), Size::Share(1)])[0]
}

fn rows_of(paint: &Painter<'_>, chat: &Chat, at: usize, width: u16) -> Vec<Row> {
    let look = paint.look;
    let line = &chat.lines[at];
    let ours = line.by != Speaker::Person;
    let (who, style) = match line.by {
        Speaker::Person => ("console-by-person", look.theme.text),
        Speaker::Bot => ("console-by-bot", look.theme.bot),
        Speaker::Operator => ("console-by-operator", look.theme.operator),
    };
    let mut rows = Vec::new();
    let before = at.checked_sub(1).map(|before| &chat.lines[before]);
    if before.is_none_or(|before| before.by != line.by || line.at - before.at > TOGETHER) {
        let when = look.moment(line.at, paint.now);
        rows.push(Row::Heading(format!("{} {}", isolate(&when), look.t(who)), look.theme.dim, ours));
    }
    let words = text::clean(&line.text);
    let tag = line.kind.as_ref().map(|kind| {
        let link = if line.media_url.is_some() { " ↗" } else { "" };
        format!("[{}{link}]", look.word("console-kind-", kind))
    });
    let (mark, mark_style) = delivery(line, look);
    let chosen = chat.chosen == Some(at);
    let indent = INDENT.min(width / 4);
    let room = usize::from(width.saturating_sub(1 + indent));
    let failed = matches!(line.delivery.as_deref(), Some("failed" | "unsettled"));
    for (place, paragraph) in words.split('\n').enumerate() {
        let own = text::direction(paragraph);
        let direction = own.unwrap_or(if words.is_empty() { look.direction() } else { Direction::Ltr });
        let paragraph = match &tag {
            Some(tag) if place == 0 => format!("{} {paragraph}", isolate(tag)),
            _ => paragraph.to_owned(),
        };
        for text in text::wrap(&paragraph, room) {
            rows.push(Row::Words { text, direction, style, ours, chosen, at });
        }
    }
    if !mark.is_empty() && (failed || chosen || at + 1 == chat.lines.len()) {
        rows.push(Row::Heading(mark, mark_style, ours));
    }
    rows
}

/// How far a message of ours came.
fn delivery(line: &Line, look: &Look) -> (String, Style) {
    let Some(delivery) = line.delivery.as_deref() else { return (String::new(), look.theme.dim) };
    let (sign, style) = match delivery {
        "queued" | "sending" => ("…", look.theme.dim),
        "sent" => ("✓", look.theme.dim),
        "delivered" => ("✓✓", look.theme.dim),
        "read" => ("✓✓", look.theme.good),
        "failed" => ("✗", look.theme.bad),
        _ => ("?", look.theme.warn),
    };
    let words = look.word("console-delivery-", delivery);
    let reason = line.reason.as_ref().map(|reason| format!(": {}", isolate(reason))).unwrap_or_default();
    (format!("{sign} {words}{reason}"), style)
}

fn writing(paint: &mut Painter<'_>, area: Rect, chat: &Chat, shared: &Shared) {
    let theme = paint.look.theme.clone();
    if area.height < 2 {
        return;
    }
    let line = Rect { height: 1, ..area };
    let rule = "─".repeat(area.width.into());
    paint.text(line, &rule, theme.edge, Side::Start);
    let below = Rect { y: area.y + 1, height: 1, ..area };
    if chat.writing {
        let cells = paint.columns(below, &[Size::Fixed(2), Size::Share(1)]);
        paint.text(cells[0], paint.look.arrow(), theme.accent, Side::Start);
        let (shown, at) = chat.input.shown();
        paint.input(cells[1], &shown, at, theme.text);
        let words = paint.look.t("console-chats-writing");
        paint.text(
            Rect { x: line.x + 1, width: line.width.saturating_sub(2), ..line },
            &format!(" {words} "),
            theme.dim,
            Side::End,
        );
        return;
    }
    let draft = chat.input.text();
    let words = if !draft.is_empty() {
        paint.look.say("console-chats-draft", &args![text = isolate(draft)])
    } else if shared.readonly {
        paint.look.t("console-readonly")
    } else {
        paint.look.t("console-chats-hint")
    };
    paint.text(below, &words, theme.dim, Side::Start);
}
