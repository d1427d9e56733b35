//! Who changed what: the list, and one change with its fields before and after side by side.

use super::{Cx, Effect, Link, Screen, ScreenId, Ticket};
use crate::ask::{Answer, Ask};
use crate::compare::{fields, side_by_side};
use crate::delay::Delayed;
use crate::kept::{nothing, waiting};
use crate::keys::{self, Binding, ENTER, ESC, ch};
use crate::model::Shared;
use crate::paged::{Paged, Row};
use crate::paint::{Painter, Side, Size, rows};
use crate::steps::{Step, with_steps};
use crate::table::{Column, Line, cell, table};
use admin_api::audit::{AuditFilter, AuditLine};
use admin_api::client::Failure;
use admin_api::event::Event;
use admin_api::page::Window;
use ratatui::layout::Rect;

impl Row for AuditLine {
    fn id(&self) -> &str {
        &self.id
    }
}

/// The audit.
#[derive(Default)]
pub struct Audit {
    list: Paged<AuditLine>,
    typed: Delayed,
    filter: AuditFilter,
    /// The lines above the open change; none when only the list shows.
    open: Option<usize>,
}

/// What keys say.
#[derive(Clone, Copy)]
#[expect(missing_docs, reason = "the key table says what each does")]
pub enum Msg {
    Move(Step),
    Open,
    Close,
    Next,
    Previous,
    ByThis,
    AboutThis,
    All,
    Go,
    Copy,
}

const LIST: &[Binding<Msg>] = with_steps![Msg::Move;
    Binding { keys: &[ENTER], msg: Msg::Open, help: "console-audit-open" },
    Binding { keys: &[ch('b')], msg: Msg::ByThis, help: "console-audit-by-this" },
    Binding { keys: &[ch('s')], msg: Msg::AboutThis, help: "console-audit-about-this" },
    Binding { keys: &[ch('x'), ESC], msg: Msg::All, help: "console-audit-all" },
    Binding { keys: &[ch('o')], msg: Msg::Go, help: "console-audit-go" },
    Binding { keys: &[ch('y')], msg: Msg::Copy, help: "console-key-copy" },
];

const DETAIL: &[Binding<Msg>] = with_steps![Msg::Move;
    Binding { keys: &[ESC, ENTER], msg: Msg::Close, help: "console-key-close" },
    Binding { keys: &[ch('l'), keys::RIGHT], msg: Msg::Next, help: "console-audit-next" },
    Binding { keys: &[ch('h'), keys::LEFT], msg: Msg::Previous, help: "console-audit-previous" },
    Binding { keys: &[ch('o')], msg: Msg::Go, help: "console-audit-go" },
    Binding { keys: &[ch('y')], msg: Msg::Copy, help: "console-key-copy" },
];

const COLUMNS: &[Column] = &[
    Column::new("console-audit-at", Size::Fixed(13)),
    Column::new("console-audit-by", Size::Fixed(14)),
    Column::new("console-audit-action", Size::Share(2)),
    Column::new("console-audit-subject", Size::Share(2)),
    Column::new("console-audit-fields", Size::Share(3)).from(100),
];

/// Reads a filter: `@dana` is a user, `leads/l1` a thing.
fn read(text: &str) -> AuditFilter {
    let mut filter = AuditFilter::default();
    for word in text.split_whitespace() {
        match word.strip_prefix('@') {
            Some("") => {}
            Some(user) => filter.by = Some(user.to_owned()),
            None => filter.subject = Some(word.to_owned()),
        }
    }
    filter
}

/// The place in the console that shows what a change was about.
fn place(subject: &str) -> Option<Link> {
    let (collection, id) = subject.split_once('/')?;
    let id = id.to_owned();
    Some(match collection {
        "leads" => Link::Lead(id),
        "conversations" => Link::Conversation(id),
        "contacts" => Link::Contact(id),
        "pros" | "members" => Link::Pro(id),
        "users" => Link::Screen(ScreenId::Users),
        "businesses" | "settings" => Link::Screen(ScreenId::Settings),
        "jobs" => Link::Screen(ScreenId::Jobs),
        _ => return None,
    })
}

impl Audit {
    fn height(cx: &Cx<'_, Msg>) -> usize {
        cx.shared.body_rows().saturating_sub(1).max(1)
    }

    fn fill(&mut self, cx: &mut Cx<'_, Msg>) {
        if let Some((page, window)) = self.list.wanted(Self::height(cx)) {
            let ticket = cx.ask(Ask::Audit(AuditFilter { window, ..self.filter.clone() }));
            self.list.asked(ticket, page);
        }
    }

    fn narrow(&mut self, text: &str, cx: &mut Cx<'_, Msg>) {
        self.typed.set(text);
        self.settle(cx);
    }

    /// Asks anew if the filter is another one by now.
    fn settle(&mut self, cx: &mut Cx<'_, Msg>) {
        let Some(filter) = self.typed.tick().map(read) else { return };
        if filter != self.filter {
            self.filter = AuditFilter { window: Window::default(), ..filter };
            self.list = Paged::default();
            self.fill(cx);
        }
    }

    fn step(&mut self, by: isize, cx: &mut Cx<'_, Msg>) {
        self.list.step(by, Self::height(cx));
        self.fill(cx);
    }

    fn detail(&self, paint: &mut Painter<'_>, area: Rect, line: &AuditLine, above: usize) {
        let look = paint.look;
        let theme = &look.theme;
        let parts = rows(area, &[Size::Fixed(1), Size::Fixed(1), Size::Share(1)]);
        let at = look.date_and_time(line.at);
        let action = look.word("console-action-", &line.action);
        paint.pieces(
            parts[0],
            &[(&at, theme.dim), (&line.by, theme.text), (&action, theme.accent), (&line.subject, theme.dim)],
        );
        let fields = fields(&line.before, &line.after);
        let inside = paint.boxed(
            Rect { y: parts[1].y, height: parts[1].height + parts[2].height, ..area },
            &look.t("console-audit-before-after"),
            theme.edge,
        );
        if fields.is_empty() {
            let words = look.t("console-audit-no-fields");
            paint.text(Rect { height: inside.height.min(1), ..inside }, &words, theme.dim, Side::Start);
        }
        side_by_side(paint, inside, &fields, above);
    }
}

impl Screen for Audit {
    type Msg = Msg;
    const ID: ScreenId = ScreenId::Audit;

    fn keys(&self) -> &'static [Binding<Msg>] {
        if self.open.is_some() { DETAIL } else { LIST }
    }

    fn shown(&mut self, cx: &mut Cx<'_, Msg>) {
        self.fill(cx);
    }

    fn update(&mut self, msg: Msg, _given: &str, cx: &mut Cx<'_, Msg>) {
        let chosen = self.list.chosen().cloned();
        match (msg, chosen) {
            (Msg::Move(step), line) => match (&mut self.open, line) {
                (Some(above), Some(line)) => {
                    let most = fields(&line.before, &line.after).len().saturating_sub(1);
                    *above = above.saturating_add_signed(step.by(Self::height(cx))).min(most);
                }
                _ => self.step(step.by(Self::height(cx)), cx),
            },
            (Msg::Close, _) => self.open = None,
            (Msg::All, _) => self.narrow("", cx),
            (Msg::Next, _) => {
                self.open = Some(0);
                self.step(1, cx);
            }
            (Msg::Previous, _) => {
                self.open = Some(0);
                self.step(-1, cx);
            }
            (Msg::Open, Some(_)) => self.open = Some(0),
            (Msg::ByThis, Some(line)) => self.narrow(&format!("@{}", line.by), cx),
            (Msg::AboutThis, Some(line)) => self.narrow(&line.subject, cx),
            (Msg::Go, Some(line)) => {
                if let Some(link) = place(&line.subject) {
                    cx.go(link);
                }
            }
            (Msg::Copy, Some(line)) => cx.effect(Effect::Copy(line.subject)),
            (Msg::Open | Msg::ByThis | Msg::AboutThis | Msg::Go | Msg::Copy, None) => {}
        }
    }

    fn answered(&mut self, ticket: Ticket, answer: Result<Answer, Failure>, cx: &mut Cx<'_, Msg>) {
        if !self.list.waits_for(ticket) {
            return;
        }
        match answer {
            Ok(Answer::Audit(page)) => {
                self.list.take(page);
                if cx.front {
                    self.fill(cx);
                }
            }
            Ok(_) | Err(_) => self.list.failed(),
        }
    }

    fn happened(&mut self, event: &Event, cx: &mut Cx<'_, Msg>) {
        // Every event may come from a change; only a resync is worth asking for while it shows.
        self.list.outdate();
        if cx.front && matches!(event, Event::Resync) {
            self.fill(cx);
        }
    }

    fn ticked(&mut self, cx: &mut Cx<'_, Msg>) {
        self.settle(cx);
    }

    fn filter(&self) -> Option<&str> {
        Some(self.typed.text())
    }

    fn filtered(&mut self, text: &str, _cx: &mut Cx<'_, Msg>) {
        self.typed.set(text);
    }

    fn clicked(&mut self, _list: u8, row: usize, cx: &mut Cx<'_, Msg>) {
        if self.list.cursor.chosen == row {
            self.update(Msg::Open, "", cx);
        }
        self.list.put(row, Self::height(cx));
    }

    fn view(&self, paint: &mut Painter<'_>, area: Rect, _shared: &Shared) {
        if !self.list.is_known() {
            return waiting(paint, area);
        }
        if let (Some(above), Some(line)) = (self.open, self.list.chosen()) {
            return self.detail(paint, area, line, above);
        }
        if self.list.is_empty() {
            return nothing(paint, area);
        }
        let (look, now) = (paint.look, paint.now);
        let theme = &look.theme;
        table(paint, area, COLUMNS, 0, self.list.cursor, self.list.len(), |at| {
            let line = self.list.get(at)?;
            let changed: Vec<String> = fields(&line.before, &line.after)
                .into_iter()
                .filter(|field| field.before != field.after)
                .map(|field| look.word("console-field-", &field.name))
                .collect();
            let cells = vec![
                cell(look.moment(line.at, now), theme.dim),
                cell(&line.by, theme.text),
                cell(look.word("console-action-", &line.action), theme.text),
                cell(&line.subject, theme.dim),
                cell(changed.join(", "), theme.dim),
            ];
            Some(Line { cells, marked: false })
        });
    }
}
