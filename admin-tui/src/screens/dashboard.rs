//! What is going on, at a glance: the funnel, today's visits, how fast we answer, and whether everything works.

use super::{Cx, Link, Screen, ScreenId, Ticket};
use crate::ask::{Answer, Ask};
use crate::chart;
use crate::keys::{self, Binding, ENTER, ch};
use crate::model::Shared;
use crate::paint::{Hit, Painter, Side, Size, rows};
use admin_api::client::Failure;
use admin_api::dashboard::{Dashboard as Figures, Visit};
use admin_api::event::Event;
use admin_api::lead::LeadStatus;
use chrono::{DateTime, Duration, Utc};
use locales::args;
use ratatui::layout::Rect;
use ratatui::style::Style;

/// The dashboard.
#[derive(Default)]
pub struct Dashboard {
    figures: Option<Box<Figures>>,
    asked: Option<Ticket>,
    /// Something changed since the figures were asked for.
    old: bool,
    /// When the figures came.
    at: Option<DateTime<Utc>>,
    /// Which of today's visits.
    chosen: usize,
}

/// What keys say.
#[derive(Clone, Copy)]
pub enum Msg {
    /// The next visit.
    Down,
    /// The one before.
    Up,
    /// The lead of the visit.
    Open,
    /// The leads.
    Leads,
    /// The chats.
    Chats,
}

const KEYS: &[Binding<Msg>] = &[
    Binding { keys: &[ENTER], msg: Msg::Open, help: "console-dashboard-open" },
    Binding { keys: &[ch('j'), keys::DOWN], msg: Msg::Down, help: "console-key-down" },
    Binding { keys: &[ch('k'), keys::UP], msg: Msg::Up, help: "console-key-up" },
    Binding { keys: &[ch('l')], msg: Msg::Leads, help: "console-screen-leads" },
    Binding { keys: &[ch('c')], msg: Msg::Chats, help: "console-screen-conversations" },
];

/// Figures that are older than this are asked for again without any event: hours pass by themselves.
const FRESH: Duration = Duration::seconds(60);

impl Dashboard {
    fn ask(&mut self, cx: &mut Cx<'_, Msg>) {
        // One question at a time: with many events the figures are as new as the server is fast.
        if self.asked.is_none() {
            self.old = false;
            self.asked = Some(cx.ask(Ask::Dashboard));
        } else {
            self.old = true;
        }
    }

    fn visits(&self) -> &[Visit] {
        self.figures.as_ref().map_or(&[], |figures| &figures.today)
    }
}

impl Screen for Dashboard {
    type Msg = Msg;
    const ID: ScreenId = ScreenId::Dashboard;

    fn keys(&self) -> &'static [Binding<Msg>] {
        KEYS
    }

    fn shown(&mut self, cx: &mut Cx<'_, Msg>) {
        if self.figures.is_none() || self.old {
            self.ask(cx);
        }
    }

    fn update(&mut self, msg: Msg, _given: &str, cx: &mut Cx<'_, Msg>) {
        let last = self.visits().len().saturating_sub(1);
        match msg {
            Msg::Down => self.chosen = (self.chosen + 1).min(last),
            Msg::Up => self.chosen = self.chosen.saturating_sub(1),
            Msg::Open => {
                if let Some(visit) = self.visits().get(self.chosen) {
                    cx.go(Link::Lead(visit.lead.clone()));
                }
            }
            Msg::Leads => cx.go(Link::Screen(ScreenId::Leads)),
            Msg::Chats => cx.go(Link::Screen(ScreenId::Conversations)),
        }
    }

    fn answered(&mut self, ticket: Ticket, answer: Result<Answer, Failure>, cx: &mut Cx<'_, Msg>) {
        if self.asked != Some(ticket) {
            return;
        }
        self.asked = None;
        match answer {
            Ok(Answer::Dashboard(figures)) => {
                self.figures = Some(figures);
                self.at = Some(cx.now());
                self.chosen = self.chosen.min(self.visits().len().saturating_sub(1));
                if self.old && cx.front {
                    self.ask(cx);
                }
            }
            Ok(_) => {}
            Err(_) => self.old = true,
        }
    }

    fn happened(&mut self, _event: &Event, cx: &mut Cx<'_, Msg>) {
        if cx.front {
            self.ask(cx);
        } else {
            self.old = true;
        }
    }

    fn ticked(&mut self, cx: &mut Cx<'_, Msg>) {
        if self.asked.is_none() && self.at.is_some_and(|at| cx.now() - at > FRESH) {
            self.ask(cx);
        }
    }

    fn clicked(&mut self, _list: u8, row: usize, cx: &mut Cx<'_, Msg>) {
        if self.chosen == row {
            self.update(Msg::Open, "", cx);
        }
        self.chosen = row;
    }

    fn view(&self, paint: &mut Painter<'_>, area: Rect, _shared: &Shared) {
        let Some(figures) = &self.figures else {
            let waiting = paint.look.t("console-opening");
            let style = paint.look.theme.dim;
            paint.text(
                Rect { y: area.y + area.height / 2, height: 1, ..area },
                &waiting,
                style,
                Side::Middle,
            );
            return;
        };
        let sides = paint.columns(area, &[Size::Share(1), Size::Share(1)]);
        let left = rows(sides[0], &[Size::Fixed(12), Size::Share(1)]);
        let right = rows(sides[1], &[Size::Share(1), Size::Fixed(health_rows(figures).min(area.height / 2))]);
        funnel(paint, left[0], figures);
        pace(paint, left[1], figures);
        self.today(paint, right[0]);
        health(paint, right[1], figures);
    }
}

fn funnel(paint: &mut Painter<'_>, area: Rect, figures: &Figures) {
    let title = paint.look.t("console-dashboard-funnel");
    let edge = paint.look.theme.edge;
    let inside = paint.boxed(area, &title, edge);
    let theme = paint.look.theme.clone();
    let most = figures.leads.values().copied().max().unwrap_or(0);
    for (y, status) in (inside.y..inside.bottom()).zip(LeadStatus::ALL) {
        let count = figures.leads.get(status).copied().unwrap_or(0);
        let line = Rect { y, height: 1, ..inside };
        let cells = paint.columns(line, &[Size::Fixed(14), Size::Fixed(7), Size::Fixed(1), Size::Share(1)]);
        let name = paint.look.word("console-status-", status.key());
        let style = status_style(&theme, *status);
        paint.text(cells[0], &name, theme.text, Side::Start);
        let number = crate::look::grouped(count);
        paint.text(cells[1], &number, theme.text, Side::End);
        chart::bar(paint, cells[3], count, most, style);
    }
    let waiting = paint.look.say("console-dashboard-waiting", &args![count = figures.needs_human]);
    let style = if figures.needs_human > 0 { theme.warn } else { theme.dim };
    let last = Rect { y: inside.bottom().saturating_sub(1), height: 1, ..inside };
    paint.text(last, &waiting, style, Side::Start);
}

/// The colour of a status.
pub(crate) fn status_style(theme: &crate::theme::Theme, status: LeadStatus) -> Style {
    match status {
        LeadStatus::Contacted | LeadStatus::New => theme.accent,
        LeadStatus::Booked | LeadStatus::Completed => theme.good,
        LeadStatus::PendingAdminReview => theme.warn,
        LeadStatus::Rejected | LeadStatus::Cancelled | LeadStatus::Closed => theme.dim,
    }
}

fn pace(paint: &mut Painter<'_>, area: Rect, figures: &Figures) {
    let title = paint.look.t("console-dashboard-pace");
    let edge = paint.look.theme.edge;
    let inside = paint.boxed(area, &title, edge);
    let theme = paint.look.theme.clone();
    let answers: Vec<Option<u64>> = figures.answer_seconds.iter().map(|value| value.map(u64::from)).collect();
    let newest = answers.iter().rev().flatten().next().copied();
    let newest = newest.map_or("—".to_owned(), |seconds| {
        paint.look.span(Duration::seconds(i64::try_from(seconds).unwrap_or(i64::MAX)))
    });
    let leads: Vec<Option<u64>> = figures.leads_per_day.iter().map(|count| Some(u64::from(*count))).collect();
    let today = figures.leads_per_day.last().copied().unwrap_or(0).to_string();
    let charts = [("console-dashboard-answer", answers, newest), ("console-dashboard-per-day", leads, today)];
    let mut y = inside.y;
    for (label, values, newest) in charts {
        if y + 1 >= inside.bottom() {
            break;
        }
        let label = paint.look.t(label);
        let line = Rect { y, height: 1, ..inside };
        paint.pieces(line, &[(&label, theme.dim), (&newest, theme.text)]);
        chart::sparkline(paint, Rect { y: y + 1, height: 1, ..inside }, &values, theme.accent);
        y += 3;
    }
}

fn health_rows(figures: &Figures) -> u16 {
    u16::try_from(figures.providers.len()).unwrap_or(8).saturating_add(5)
}

fn health(paint: &mut Painter<'_>, area: Rect, figures: &Figures) {
    let title = paint.look.t("console-dashboard-health");
    let edge = paint.look.theme.edge;
    let inside = paint.boxed(area, &title, edge);
    let theme = paint.look.theme.clone();
    let queue = &figures.queue;
    let jobs =
        paint.look.say("console-dashboard-queue", &args![ready = queue.ready, running = queue.running]);
    let dead =
        paint.look.say("console-dashboard-dead", &args![dead = queue.dead, unsettled = queue.unsettled]);
    let cost = match figures.model_cost_today {
        Some(cost) => paint.look.say("console-dashboard-cost", &args![cost = paint.look.dollars(cost)]),
        None => paint.look.t("console-dashboard-cost-unknown"),
    };
    let bad = queue.dead > 0 || queue.unsettled > 0;
    let mut lines = vec![
        (String::new(), theme.text, jobs, theme.text),
        (if bad { "!" } else { "" }.to_owned(), theme.bad, dead, if bad { theme.bad } else { theme.dim }),
        (String::new(), theme.text, cost, theme.text),
    ];
    if figures.paused {
        lines.insert(0, ("!".to_owned(), theme.warn, paint.look.t("console-dashboard-paused"), theme.warn));
    }
    for provider in &figures.providers {
        let (sign, style) = if provider.ok { ("✓", theme.good) } else { ("✗", theme.bad) };
        let name = paint.look.word("console-provider-", &provider.name);
        let reason = provider.reason.as_ref().map(|reason| paint.look.word("console-down-", reason));
        let text = match (reason, provider.since) {
            (None, _) => name,
            (Some(reason), None) => format!("{name}: {reason}"),
            (Some(reason), Some(since)) => {
                let since = paint.look.moment(since, figures.at);
                let since = paint.look.say("console-dashboard-since", &args![since = since]);
                format!("{name}: {reason}, {since}")
            }
        };
        lines.push((sign.to_owned(), style, text, theme.text));
    }
    for (y, (sign, sign_style, text, style)) in (inside.y..inside.bottom()).zip(&lines) {
        let cells = paint.columns(Rect { y, height: 1, ..inside }, &[Size::Fixed(2), Size::Share(1)]);
        paint.text(cells[0], sign, *sign_style, Side::Start);
        paint.text(cells[1], text, *style, Side::Start);
    }
}

impl Dashboard {
    fn today(&self, paint: &mut Painter<'_>, area: Rect) {
        let title = paint.look.say("console-dashboard-today", &args![count = self.visits().len()]);
        let edge = paint.look.theme.edge;
        let inside = paint.boxed(area, &title, edge);
        let theme = paint.look.theme.clone();
        if self.visits().is_empty() {
            let none = paint.look.t("console-dashboard-no-visits");
            paint.text(Rect { height: inside.height.min(1), ..inside }, &none, theme.dim, Side::Start);
            return;
        }
        let room = usize::from(inside.height);
        let first = (self.chosen + 1).saturating_sub(room);
        for (y, (at, visit)) in (inside.y..inside.bottom()).zip(self.visits().iter().enumerate().skip(first))
        {
            let line = Rect { y, height: 1, ..inside };
            let sizes = [
                Size::Fixed(2),
                Size::Fixed(6),
                Size::Fixed(7),
                Size::Share(3),
                Size::Share(2),
                Size::Fixed(2),
            ];
            let cells = paint.columns(line, &sizes);
            let past = visit.to < paint.now;
            let style = if past { theme.dim } else { theme.text };
            if at == self.chosen {
                paint.text(cells[0], paint.look.arrow(), theme.accent, Side::Start);
            }
            let time = paint.look.time(visit.from);
            paint.text(cells[1], &time, style, Side::Start);
            paint.text(cells[2], &format!("#{}", visit.lead_number), theme.dim, Side::Start);
            paint.text(cells[3], &visit.pro_name, style, Side::Start);
            paint.text(cells[4], visit.city.as_deref().unwrap_or_default(), style, Side::Start);
            let (sign, sign_style) = match (visit.held, visit.confirmed) {
                (true, _) => ("?", theme.warn),
                (false, true) => ("✓", theme.good),
                (false, false) => ("", theme.dim),
            };
            paint.text(cells[5], sign, sign_style, Side::End);
            if at == self.chosen {
                paint.tint(line, theme.chosen);
            }
            paint.hit(line, Hit::Row(0, at));
        }
    }
}
