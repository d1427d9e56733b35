//! How the grid looks: days beside each other in the order of the language, half hours below each other. What a half hour
//! is shows by a sign as well as by colour.

use super::deeds::span_words;
use super::grid::{Column, MINUTES, SLOTS, Slot};
use super::{Carried, Schedule};
use crate::kept::{nothing, waiting};
use crate::look::Look;
use crate::paint::{Hit, Painter, Side, Size, rows};
use crate::week;
use admin_api::schedule::{Span, SpanKind};
use chrono::{Datelike, NaiveDate};
use locales::args;
use ratatui::layout::Rect;
use ratatui::style::Style;

/// A column of a day of all is at least so wide.
const NARROWEST: u16 = 13;
/// The hours that show even when nobody works then.
const USUAL: (usize, usize) = (14, 38);

fn sign(span: &Span) -> &'static str {
    match (span.kind, span.confirmed) {
        (SpanKind::Held, _) => "?",
        (SpanKind::Booked, true) => "✓",
        (SpanKind::Booked, false) => "■",
        (SpanKind::Done, _) => "=",
        (SpanKind::NoShow, _) => "✗",
        (SpanKind::Blocked, _) => "▒",
    }
}

fn style(span: &Span, look: &Look) -> Style {
    let theme = &look.theme;
    match span.kind {
        SpanKind::Held => theme.warn,
        SpanKind::Booked => theme.good,
        SpanKind::Done | SpanKind::Blocked => theme.dim,
        SpanKind::NoShow => theme.bad,
    }
}

fn kind(span: &Span, look: &Look) -> String {
    look.t(match (span.kind, span.confirmed) {
        (SpanKind::Held, _) => "console-schedule-kind-held",
        (SpanKind::Booked, true) => "console-schedule-kind-confirmed",
        (SpanKind::Booked, false) => "console-schedule-kind-booked",
        (SpanKind::Done, _) => "console-schedule-kind-done",
        (SpanKind::NoShow, _) => "console-schedule-kind-no-show",
        (SpanKind::Blocked, _) => "console-schedule-kind-blocked",
    })
}

/// What a cell of a taken time says: its number first, then its words, then only that it goes on.
fn words(span: &Span, before: usize, width: u16) -> String {
    let number = span.lead_number.map(|number| format!("#{number}"));
    match (before, number) {
        (0, Some(number)) => format!("{}{number}", sign(span)),
        (0, None) => format!("{} {}", sign(span), span.label),
        (1, Some(_)) => format!("│{}", span.label),
        (_, None) => sign(span).repeat(usize::from(width.saturating_sub(1))),
        (_, Some(_)) => "│".to_owned(),
    }
}

/// The half hours that show: the usual ones and all that something happens in.
fn range(columns: &[(usize, &Column<'_>)], cursor: usize, look: &Look) -> (usize, usize) {
    let (mut first, mut last) = USUAL;
    for (_, column) in columns {
        for slot in 0..SLOTS {
            if column.slot(slot, look.zone) != Slot::Closed {
                first = first.min(slot);
                last = last.max(slot + 1);
            }
        }
    }
    (first.min(cursor), last.max(cursor + 1))
}

impl Schedule {
    pub(super) fn paint(&self, paint: &mut Painter<'_>, area: Rect) {
        if self.days.get().is_none() {
            return waiting(paint, area);
        }
        let columns = self.columns();
        if columns.is_empty() {
            return nothing(paint, area);
        }
        let legend = u16::from(area.height >= 18);
        let parts = rows(
            area,
            &[Size::Fixed(1), Size::Fixed(1), Size::Share(1), Size::Fixed(1), Size::Fixed(legend)],
        );
        self.heading(paint, parts[0], &columns);
        self.grid(paint, Rect { y: parts[1].y, height: parts[1].height + parts[2].height, ..area }, &columns);
        self.foot(paint, parts[3], &columns);
        let look = paint.look;
        paint.text(parts[4], &look.t("console-schedule-legend"), look.theme.dim, Side::Start);
    }

    fn heading(&self, paint: &mut Painter<'_>, area: Rect, columns: &[Column<'_>]) {
        let look = paint.look;
        let theme = &look.theme;
        let (Some(first), Some(last)) = (columns.first(), columns.last()) else { return };
        let (who, when) = match &self.pro {
            Some(_) => {
                let (from, to) = (look.date(first.day.date), look.date(last.day.date));
                let days = look.say("console-analytics-from-to", &args![from = &from, to = &to]);
                (first.pro.name.clone(), days)
            }
            None => {
                let date = first.day.date;
                let day = format!("{} {}", look.weekday(date), look.date(date));
                (look.say("console-schedule-all", &args![count = columns.len()]), day)
            }
        };
        let rest = paint.pieces(area, &[(&when, theme.accent), ("·", theme.dim), (&who, theme.text)]);
        if let Some(carried) = &self.carried {
            let number = carried.span.lead_number.unwrap_or_default();
            let words = format!("» #{number}");
            paint.text(rest, &words, theme.warn, Side::End);
        }
    }

    fn grid(&self, paint: &mut Painter<'_>, area: Rect, columns: &[Column<'_>]) {
        let look = paint.look;
        let theme = &look.theme;
        let room = area.width.saturating_sub(6);
        let most = if self.pro.is_some() { 7 } else { usize::from(room / NARROWEST).max(1) };
        let leftmost = (self.column + 1).saturating_sub(most);
        let shown: Vec<(usize, &Column<'_>)> = columns.iter().enumerate().skip(leftmost).take(most).collect();
        let mut sizes = vec![Size::Fixed(6)];
        sizes.extend(shown.iter().flat_map(|_| [Size::Share(1), Size::Fixed(1)]));
        let title = Rect { height: area.height.min(1), ..area };
        for (place, (at, column)) in paint.columns(title, &sizes).iter().skip(1).step_by(2).zip(&shown) {
            let style = if *at == self.column { theme.accent } else { theme.dim };
            paint.text(*place, &self.title(column, look), style, Side::Start);
        }
        let body = Rect { y: area.y + title.height, height: area.height - title.height, ..area };
        let (first, last) = range(&shown, self.slot, look);
        let length = usize::from(body.height);
        // The cursor keeps some rows around it where there are some.
        let top =
            (self.slot + 4).saturating_sub(length).max(first).min(last.saturating_sub(length).max(first));
        let top = top.min(self.slot);
        for (y, slot) in (body.y..body.bottom()).zip(top..last) {
            let line = Rect { y, height: 1, ..body };
            let places = paint.columns(line, &sizes);
            if slot.is_multiple_of(2) || slot == self.slot {
                let time = week::time(u16::try_from(slot).unwrap_or(0) * MINUTES);
                let style = if slot == self.slot { theme.accent } else { theme.dim };
                paint.text(places[0], &time, style, Side::Start);
            }
            for (place, (at, column)) in places.iter().skip(1).step_by(2).zip(&shown) {
                self.cell(paint, *place, column, slot, *at == self.column);
                if let Ok(list) = u8::try_from(*at) {
                    paint.hit(*place, Hit::Row(list, slot));
                }
            }
        }
    }

    fn title(&self, column: &Column<'_>, look: &Look) -> String {
        let star = if column.day.exception { "*" } else { "" };
        let day = |date: NaiveDate| format!("{} {}", look.short_weekday(date), date.day());
        match &self.pro {
            Some(_) => format!("{}{star}", day(column.day.date)),
            None => format!("{}{star}", column.pro.name),
        }
    }

    fn cell(&self, paint: &mut Painter<'_>, place: Rect, column: &Column<'_>, slot: usize, chosen: bool) {
        let look = paint.look;
        let theme = &look.theme;
        let (from, to) = self.marked();
        let marked = chosen && self.mark.is_some() && (from..to).contains(&slot);
        if let Some(text) = self.in_hand(chosen, slot) {
            paint.text(place, &text, theme.warn, Side::Start);
        } else if marked {
            paint.text(place, "┃", theme.marked, Side::Start);
        } else {
            match column.slot(slot, look.zone) {
                Slot::Closed if slot == 20 => {
                    // Why the whole business is closed, once.
                    let why = column.day.closed.as_deref().unwrap_or_default();
                    paint.text(place, why, theme.dim, Side::Start);
                }
                Slot::Closed => {}
                Slot::Free => drop(paint.text(place, "·", theme.dim, Side::Start)),
                Slot::FreeByException => drop(paint.text(place, "+", theme.accent, Side::Start)),
                Slot::Taken(span, before) => {
                    let in_hand = self.carried.as_ref().is_some_and(|carried| {
                        carried.span.appointment == span.appointment && carried.span.from == span.from
                    });
                    let style = if in_hand { theme.dim } else { style(span, look) };
                    paint.text(place, &words(span, before, place.width), style, Side::Start);
                }
            }
        }
        if marked {
            paint.tint(place, theme.marked);
        }
        if chosen && slot == self.slot {
            paint.tint(place, theme.chosen);
        }
    }

    /// What the visit in hand says in a cell that it would take.
    fn in_hand(&self, chosen: bool, slot: usize) -> Option<String> {
        let Carried { span, slots, .. } = self.carried.as_ref().filter(|_| chosen)?;
        (self.slot..self.slot + slots)
            .contains(&slot)
            .then(|| format!("»#{}", span.lead_number.unwrap_or_default()))
    }

    /// What is under the cursor, in words.
    fn foot(&self, paint: &mut Painter<'_>, area: Rect, columns: &[Column<'_>]) {
        let look = paint.look;
        let theme = &look.theme;
        let Some(column) = columns.get(self.column) else { return };
        let day = format!("{} {}", look.weekday(column.day.date), look.date(column.day.date));
        match column.slot(self.slot, look.zone) {
            Slot::Taken(span, _) => {
                let time = span_words(span.from, span.to, look);
                let number = span.lead_number.map(|number| format!("#{number}")).unwrap_or_default();
                let kind = kind(span, look);
                paint.pieces(
                    area,
                    &[
                        (&time, theme.text),
                        (&column.pro.name, theme.dim),
                        (&kind, style(span, look)),
                        (&number, theme.accent),
                        (&span.label, theme.text),
                    ],
                );
            }
            Slot::Closed => {
                let closed = column.day.closed.clone().unwrap_or_else(|| look.t("console-closed"));
                paint
                    .pieces(area, &[(&day, theme.text), (&column.pro.name, theme.dim), (&closed, theme.dim)]);
            }
            Slot::Free | Slot::FreeByException => {
                let (free, hours) = (look.t("console-schedule-free"), week::written(&column.day.open));
                let pieces = [
                    (&day, theme.text),
                    (&column.pro.name, theme.dim),
                    (&free, theme.text),
                    (&hours, theme.dim),
                ];
                paint.pieces(area, &pieces.map(|(text, style)| (text.as_str(), style)));
            }
        }
    }
}
