//! The board of leads: a column for each status, each a list of its own.

use super::Msg;
use super::rows::urgent;
use crate::ask::{Answer, Ask};
use crate::look::grouped;
use crate::paged::Paged;
use crate::paint::{Hit, Painter, Side, Size};
use crate::screens::dashboard::status_style;
use crate::screens::{Cx, Ticket};
use admin_api::client::Failure;
use admin_api::lead::{LeadFilter, LeadLine, LeadStatus};
use ratatui::layout::Rect;
use std::collections::BTreeMap;

/// The least width of a column.
const LEAST: u16 = 26;
/// How many rows a card has.
const CARD: usize = 3;

/// The board.
pub(super) struct Board {
    columns: Vec<Paged<LeadLine>>,
    at: usize,
}

impl Default for Board {
    fn default() -> Self {
        Self { columns: LeadStatus::ALL.iter().map(|_| Paged::default()).collect(), at: 0 }
    }
}

impl Board {
    fn cards(height: usize) -> usize {
        (height / CARD).max(1)
    }

    pub(super) fn chosen(&self) -> Option<&LeadLine> {
        self.columns[self.at].chosen()
    }

    pub(super) fn step(&mut self, by: isize, height: usize) {
        self.columns[self.at].step(by, Self::cards(height));
    }

    /// Another column.
    pub(super) fn turn(&mut self, by: isize) {
        self.at = self.at.saturating_add_signed(by).min(self.columns.len() - 1);
    }

    pub(super) fn outdate(&mut self) {
        self.columns.iter_mut().for_each(Paged::outdate);
    }

    pub(super) fn fill(&mut self, filter: &LeadFilter, height: usize, cx: &mut Cx<'_, Msg>) {
        for (list, status) in self.columns.iter_mut().zip(LeadStatus::ALL) {
            // A filter for one status leaves the other columns empty.
            if filter.status.is_some_and(|wanted| wanted != *status) {
                continue;
            }
            if let Some((page, window)) = list.wanted(Self::cards(height)) {
                let ticket =
                    cx.ask(Ask::Leads(LeadFilter { status: Some(*status), window, ..filter.clone() }));
                list.asked(ticket, page);
            }
        }
    }

    pub(super) fn waits_for(&self, ticket: Ticket) -> bool {
        self.columns.iter().any(|list| list.waits_for(ticket))
    }

    pub(super) fn answered(&mut self, ticket: Ticket, answer: Result<Answer, Failure>) {
        let Some(list) = self.columns.iter_mut().find(|list| list.waits_for(ticket)) else { return };
        match answer {
            Ok(Answer::Leads(page)) => list.take(page),
            Ok(_) | Err(_) => list.failed(),
        }
    }

    /// A click on a card. True when it was the chosen one already.
    pub(super) fn click(&mut self, list: u8, row: usize, height: usize) -> bool {
        let list = usize::from(list).min(self.columns.len() - 1);
        let again = self.at == list && self.columns[list].cursor.chosen == row;
        self.at = list;
        self.columns[list].put(row, Self::cards(height));
        again
    }

    pub(super) fn view(&self, paint: &mut Painter<'_>, area: Rect, marked: &BTreeMap<String, LeadLine>) {
        let fitting = usize::from(area.width / LEAST).clamp(1, self.columns.len());
        let first = (self.at + 1).saturating_sub(fitting);
        let places = paint.columns(area, &vec![Size::Share(1); fitting]);
        for (place, at) in places.into_iter().zip(first..) {
            self.column(paint, place, at, marked);
        }
    }

    fn column(&self, paint: &mut Painter<'_>, area: Rect, at: usize, marked: &BTreeMap<String, LeadLine>) {
        let (list, status) = (&self.columns[at], LeadStatus::ALL[at]);
        let theme = paint.look.theme.clone();
        let name = paint.look.word("console-status-", status.key());
        let count = match list.total {
            Some(total) => grouped(total),
            None if list.len() >= 100 => format!("{}+", list.len()),
            None => list.len().to_string(),
        };
        let here = at == self.at;
        let edge = if here { theme.accent } else { theme.edge };
        let inside = paint.boxed(area, &format!("{name} {count}"), edge);
        let cards = Self::cards(inside.height.into());
        let first = list.cursor.first(cards);
        for (place, row) in (0..cards).zip(first..list.len()) {
            let top = inside.y + u16::try_from(place * CARD).unwrap_or(0);
            let height = 2.min(inside.bottom().saturating_sub(top));
            let card = Rect { y: top, height, ..inside };
            let chosen = here && row == list.cursor.chosen;
            let Some(lead) = list.get(row) else { continue };
            let line = Rect { height: height.min(1), ..card };
            let sign = if marked.contains_key(&lead.id) { "+" } else { "" };
            let number = format!("{sign}{}#{}", urgent(lead), lead.number);
            let since = paint.look.span(paint.now - lead.since);
            let style = if lead.emergency { theme.bad } else { status_style(&theme, status) };
            paint.pieces(
                line,
                &[
                    (if chosen { paint.look.arrow() } else { "" }, theme.accent),
                    (&number, style),
                    (lead.customer.as_deref().unwrap_or_default(), theme.text),
                    (&since, theme.dim),
                ],
            );
            let more = [lead.issue.as_deref(), lead.city.as_deref(), lead.pro_name.as_deref()];
            let more = more.into_iter().flatten().collect::<Vec<_>>().join(" · ");
            let below = Rect { y: top + 1, height: height.saturating_sub(1), ..inside };
            paint.text(below, &more, theme.dim, Side::Start);
            if chosen {
                paint.tint(card, theme.chosen);
            }
            paint.hit(card, Hit::Row(u8::try_from(at).unwrap_or(0), row));
        }
    }
}
