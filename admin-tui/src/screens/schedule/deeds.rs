//! What is done on the grid: blocking and freeing a time, other hours for a day, moving and cancelling visits.

use super::grid::{self, Column, Slot};
use super::{Carried, Cx, Msg, Schedule};
use crate::ask::Ask;
use crate::change::{Change, Confirm, Prompt, Undo};
use crate::look::Look;
use crate::model::Notice;
use crate::screens::Effect;
use crate::week;
use admin_api::access::Action;
use admin_api::schedule::{Block, CancelVisit, MoveVisit, SetException, Span, SpanKind, Unblock};
use chrono::{DateTime, NaiveDate, Utc};
use locales::args;

/// What a prompt's reply is about, as it was when the prompt came up: whose, at which version.
pub(super) enum Aim {
    Block { pro: String, version: u64, from: DateTime<Utc>, to: DateTime<Utc> },
    Exception { pro: String, version: u64, date: NaiveDate, before: Option<String> },
    Cancel(Span),
}

/// What takes a change back; the version is filled in when it is known.
pub(super) enum Back {
    Unblock { pro: String, from: DateTime<Utc>, to: DateTime<Utc> },
    Block { pro: String, from: DateTime<Utc>, to: DateTime<Utc>, reason: String },
    Exception { pro: String, date: NaiveDate, hours: Option<String> },
}

impl Back {
    fn pro(&self) -> &str {
        match self {
            Self::Unblock { pro, .. } | Self::Block { pro, .. } | Self::Exception { pro, .. } => pro,
        }
    }

    fn ask(self, version: u64) -> Ask {
        match self {
            Self::Unblock { pro, from, to } => Ask::Unblock(pro, Unblock { from, to, version }),
            Self::Block { pro, from, to, reason } => Ask::Block(pro, Block { from, to, reason, version }),
            Self::Exception { pro, date, hours } => {
                Ask::SetException(pro, SetException { date, hours, version })
            }
        }
    }
}

/// `25 Nov 08:00–09:00`.
pub(super) fn span_words(from: DateTime<Utc>, to: DateTime<Utc>, look: &Look) -> String {
    format!("{} {}–{}", look.date(look.day(from)), look.time(from), look.time(to))
}

fn moves(span: &Span) -> bool {
    matches!(span.kind, SpanKind::Held | SpanKind::Booked) && span.appointment.is_some()
}

impl Schedule {
    fn here(&self) -> Option<Column<'_>> {
        self.columns().get(self.column).copied()
    }

    /// What is under the cursor.
    pub(super) fn span(&self, cx: &Cx<'_, Msg>) -> Option<Span> {
        match self.here()?.slot(self.slot, cx.look().zone) {
            Slot::Taken(span, _) => Some(span.clone()),
            Slot::Closed | Slot::Free | Slot::FreeByException => None,
        }
    }

    /// The marked half hours, or the one under the cursor.
    pub(super) fn marked(&self) -> (usize, usize) {
        let other = self.mark.unwrap_or(self.slot);
        (other.min(self.slot), other.max(self.slot) + 1)
    }

    fn marked_time(&self, cx: &Cx<'_, Msg>) -> Option<(DateTime<Utc>, DateTime<Utc>)> {
        let (first, last) = self.marked();
        let (zone, day) = (cx.look().zone, self.here()?.day.date);
        Some((grid::begins(zone, day, first), grid::begins(zone, day, last)))
    }

    pub(super) fn block(&mut self, cx: &mut Cx<'_, Msg>) {
        let (Some(column), Some((from, to))) = (self.here(), self.marked_time(cx)) else { return };
        let (pro, version) = (column.pro.pro.clone(), column.pro.version);
        if cx.barred(Action::EditPros) {
            return;
        }
        self.aim = Some(Aim::Block { pro, version, from, to });
        let title =
            format!("{} · {}", span_words(from, to, cx.look()), cx.look().t("console-schedule-why-block"));
        cx.prompt(Msg::BlockGiven, Prompt { title, ..Prompt::default() });
    }

    pub(super) fn block_given(&mut self, reason: &str, cx: &mut Cx<'_, Msg>) {
        let Some(Aim::Block { pro, version, from, to }) = self.aim.take() else { return };
        let span = span_words(from, to, cx.look());
        let done = cx.look().say("console-schedule-blocked", &args![span = &span]);
        let block = Block { from, to, reason: reason.trim().to_owned(), version };
        let ticket = cx.change(Change::new(Ask::Block(pro.clone(), block), done));
        self.back = Some((ticket, Back::Unblock { pro, from, to }));
    }

    pub(super) fn unblock(&mut self, cx: &mut Cx<'_, Msg>) {
        let (Some(column), Some((from, to))) = (self.here(), self.marked_time(cx)) else { return };
        let touched = column.day.spans.iter();
        let mut touched =
            touched.filter(|span| span.kind == SpanKind::Blocked && span.from < to && span.to > from);
        let Some(blocked) = touched.next().cloned() else {
            let text = cx.look().t("console-schedule-nothing-blocked");
            return cx.notice(Notice::plain(text));
        };
        let only = touched.next().is_none();
        let (pro, version) = (column.pro.pro.clone(), column.pro.version);
        let span = span_words(blocked.from, blocked.to, cx.look());
        let done = cx.look().say("console-schedule-unblocked", &args![span = &span]);
        let ticket = cx.change(Change::new(Ask::Unblock(pro.clone(), Unblock { from, to, version }), done));
        // Of several only one could be put back.
        if only {
            let (from, to, reason) = (blocked.from, blocked.to, blocked.label);
            self.back = Some((ticket, Back::Block { pro, from, to, reason }));
        }
    }

    pub(super) fn exception(&mut self, cx: &mut Cx<'_, Msg>) {
        let Some(column) = self.here() else { return };
        let (pro, version, date) = (column.pro.pro.clone(), column.pro.version, column.day.date);
        let hours = week::written(&column.day.open);
        let before = column.day.exception.then(|| hours.clone());
        if cx.barred(Action::EditPros) {
            return;
        }
        self.aim = Some(Aim::Exception { pro, version, date, before });
        Self::ask_hours(date, hours, cx);
    }

    fn ask_hours(date: NaiveDate, text: String, cx: &mut Cx<'_, Msg>) {
        let day = format!("{} {}", cx.look().weekday(date), cx.look().date(date));
        let title = cx.look().say("console-schedule-exception-title", &args![day = &day]);
        cx.prompt(Msg::ExceptionGiven, Prompt { title, text, secret: false });
    }

    pub(super) fn exception_given(&mut self, given: &str, cx: &mut Cx<'_, Msg>) {
        let Some(Aim::Exception { pro, version, date, before }) = self.aim.take() else { return };
        let hours = match given.trim() {
            "" => None,
            text => match week::read(text) {
                Some(spans) => Some(week::written(&spans)),
                None => {
                    let text = cx.look().t("console-settings-bad-hours");
                    cx.notice(Notice::bad(text));
                    self.aim = Some(Aim::Exception { pro, version, date, before });
                    return Self::ask_hours(date, given.to_owned(), cx);
                }
            },
        };
        let done = cx.look().say("console-schedule-exception-done", &args![day = cx.look().date(date)]);
        let set = SetException { date, hours, version };
        let ticket = cx.change(Change::new(Ask::SetException(pro.clone(), set), done));
        self.back = Some((ticket, Back::Exception { pro, date, hours: before }));
    }

    /// The change was made and the pro's new version is here: now it can be taken back.
    pub(super) fn offer_undo(&mut self, cx: &mut Cx<'_, Msg>) {
        let Some(back) = self.made.take() else { return };
        let pros = self.days.get().map(Vec::as_slice).unwrap_or_default();
        let Some(version) = pros.iter().find(|pro| pro.pro == back.pro()).map(|pro| pro.version) else {
            return;
        };
        let label = cx.look().t("console-schedule-undone");
        let change = Change::new(back.ask(version), label.clone());
        cx.effect(Effect::Undo(Undo { label, change }));
    }

    /// The visit under the cursor; else says that there is none.
    fn visit(&self, cx: &mut Cx<'_, Msg>) -> Option<Span> {
        let span = self.span(cx).filter(moves);
        if span.is_none() {
            let text = cx.look().t("console-schedule-no-visit");
            cx.notice(Notice::plain(text));
        }
        span
    }

    pub(super) fn pick_up(&mut self, cx: &mut Cx<'_, Msg>) {
        let Some(span) = self.visit(cx) else { return };
        let Some(pro) = self.here().map(|column| column.pro.pro.clone()) else { return };
        if cx.barred(Action::WorkLeads) {
            return;
        }
        let number = span.lead_number.unwrap_or_default().to_string();
        let text = cx.look().say("console-schedule-carrying", &args![number = number]);
        cx.notice(Notice::plain(text));
        self.mark = None;
        // The hand is at the beginning of what it holds.
        let day = cx.look().day(span.from);
        self.slot = (0..grid::SLOTS)
            .rev()
            .find(|slot| grid::begins(cx.look().zone, day, *slot) <= span.from)
            .unwrap_or(self.slot);
        self.carried = Some(Carried { slots: grid::length(&span), span, pro });
    }

    pub(super) fn put_down(&mut self, cx: &mut Cx<'_, Msg>) {
        let (Some(carried), Some(column)) = (&self.carried, self.here()) else { return };
        let (span, zone) = (&carried.span, cx.look().zone);
        if column.pro.pro != carried.pro {
            let text = cx.look().t("console-schedule-same-pro");
            return cx.notice(Notice::bad(text));
        }
        let to = grid::begins(zone, column.day.date, self.slot);
        let (Some(appointment), Some(version)) = (&span.appointment, span.version) else { return };
        if to == span.from {
            self.carried = None;
            return;
        }
        let look = cx.look();
        let mut lines = Vec::new();
        let until = to + (span.to - span.from);
        let taken = column
            .day
            .spans
            .iter()
            .find(|other| other.appointment != span.appointment && other.from < until && other.to > to);
        if let Some(other) = taken {
            let what = span_words(other.from, other.to, look);
            lines.push(look.say("console-schedule-taken", &args![what = &what]));
        }
        let ends = self.slot + carried.slots;
        let outside = (self.slot..ends).any(|slot| column.slot(slot, zone) == Slot::Closed);
        if outside {
            lines.push(look.t("console-schedule-outside"));
        }
        lines.push(look.t("console-schedule-both-told"));
        let number = span.lead_number.unwrap_or_default().to_string();
        let moment =
            |at| format!("{} {} {}", look.weekday(look.day(at)), look.date(look.day(at)), look.time(at));
        let question = look.say(
            "console-schedule-move-sure",
            &args![number = &number, from = moment(span.from), to = moment(to)],
        );
        let done = look.say("console-schedule-moved", &args![number = &number]);
        let ask = Ask::MoveVisit(appointment.clone(), MoveVisit { from: to, version });
        let changes = vec![Change::of(span, ask, done)];
        cx.confirm(Confirm { question, lines, word: None, changes });
    }

    pub(super) fn cancel(&mut self, cx: &mut Cx<'_, Msg>) {
        let Some(span) = self.visit(cx) else { return };
        if cx.barred(Action::WorkLeads) {
            return;
        }
        let number = span.lead_number.unwrap_or_default().to_string();
        let title = cx.look().say("console-schedule-why-cancel", &args![number = number]);
        self.aim = Some(Aim::Cancel(span));
        cx.prompt(Msg::CancelGiven, Prompt { title, ..Prompt::default() });
    }

    pub(super) fn cancel_given(&mut self, reason: &str, cx: &mut Cx<'_, Msg>) {
        let Some(Aim::Cancel(span)) = self.aim.take() else { return };
        let (Some(appointment), Some(version)) = (&span.appointment, span.version) else { return };
        let look = cx.look();
        let number = span.lead_number.unwrap_or_default().to_string();
        let mut lines = vec![format!("{} {}", span_words(span.from, span.to, look), span.label)];
        lines.extend(Some(reason.trim().to_owned()).filter(|reason| !reason.is_empty()));
        lines.push(look.t("console-schedule-both-told"));
        let cancel = CancelVisit { reason: reason.trim().to_owned(), version };
        let done = look.say("console-schedule-cancelled", &args![number = &number]);
        let question = look.say("console-schedule-cancel-sure", &args![number = &number]);
        let changes = vec![Change::of(&span, Ask::CancelVisit(appointment.clone(), cancel), done)];
        cx.confirm(Confirm { question, lines, word: None, changes });
    }
}
