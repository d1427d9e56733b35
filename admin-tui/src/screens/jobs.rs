//! Background work: what gave up and why, what comes back by itself, and events that nobody understood.

use super::{Cx, Effect, Screen, ScreenId, Ticket, Word};
use crate::ask::{Answer, Ask};
use crate::change::{Change, Confirm};
use crate::kept::{Kept, waiting};
use crate::keys::{self, Binding, ENTER, ESC, SPACE, ch};
use crate::model::Shared;
use crate::paged::Cursor;
use crate::paint::{Painter, Side, Size, rows};
use crate::steps::{Step, with_steps};
use crate::table::{Column, Line, cell, table};
use admin_api::access::Action;
use admin_api::client::Failure;
use admin_api::event::Event;
use admin_api::job::{DeadJob, JobId, Jobs as Work};
use chrono::{DateTime, Duration, Utc};
use locales::args;
use ratatui::layout::Rect;
use std::collections::BTreeSet;

/// Older ones are asked for again without any event: recurring jobs run by themselves.
const FRESH: Duration = Duration::seconds(30);

/// The jobs.
#[derive(Default)]
pub struct Jobs {
    work: Kept<Work>,
    at: Option<DateTime<Utc>>,
    /// Which of the three lists has the keys.
    list: usize,
    cursors: [Cursor; 3],
    /// Jobs that are marked, by id.
    marked: BTreeSet<String>,
}

/// What keys and commands say.
#[derive(Clone, Copy)]
#[expect(missing_docs, reason = "the key table says what each does")]
pub enum Msg {
    Move(Step),
    NextList,
    PreviousList,
    Mark,
    Unmark,
    Why,
    Retry,
    RetryAll,
    Discard,
    Copy,
}

const KEYS: &[Binding<Msg>] = with_steps![Msg::Move;
    Binding { keys: &[ENTER], msg: Msg::Why, help: "console-jobs-why" },
    Binding { keys: &[ch('r')], msg: Msg::Retry, help: "console-jobs-retry" },
    Binding { keys: &[ch('d')], msg: Msg::Discard, help: "console-jobs-discard" },
    Binding { keys: &[ch('l'), keys::RIGHT], msg: Msg::NextList, help: "console-jobs-next-list" },
    Binding { keys: &[ch('h'), keys::LEFT], msg: Msg::PreviousList, help: "console-jobs-previous-list" },
    Binding { keys: &[SPACE], msg: Msg::Mark, help: "console-key-mark" },
    Binding { keys: &[ESC], msg: Msg::Unmark, help: "console-key-unmark" },
    Binding { keys: &[ch('y')], msg: Msg::Copy, help: "console-key-copy" },
];

const WORDS: &[Word<Msg>] = &[
    Word { name: "retry", msg: Msg::Retry, help: "console-jobs-retry" },
    Word { name: "retryall", msg: Msg::RetryAll, help: "console-jobs-retry-all" },
    Word { name: "discard", msg: Msg::Discard, help: "console-jobs-discard" },
];

const DEAD: &[Column] = &[
    Column::new("console-jobs-kind", Size::Share(2)),
    Column::new("console-jobs-reason", Size::Share(4)),
    Column::new("console-jobs-attempts", Size::Fixed(8)).number(),
    Column::new("console-jobs-at", Size::Fixed(13)),
];
const RECURRING: &[Column] = &[
    Column::new("console-jobs-kind", Size::Share(2)),
    Column::new("console-jobs-next", Size::Fixed(13)),
    Column::new("console-jobs-last", Size::Fixed(13)),
    Column::new("console-jobs-outcome", Size::Share(3)),
];
const ODD: &[Column] = &[
    Column::new("console-jobs-at", Size::Fixed(13)),
    Column::new("console-jobs-channel", Size::Fixed(14)),
    Column::new("console-jobs-reason", Size::Share(1)),
];

impl Jobs {
    fn need(&mut self, cx: &mut Cx<'_, Msg>) {
        self.work.need(cx, || Ask::Jobs);
    }

    fn lengths(&self) -> [usize; 3] {
        self.work.get().map_or([0; 3], |work| [work.dead.len(), work.recurring.len(), work.oddities.len()])
    }

    fn step(&mut self, step: Step, cx: &Cx<'_, Msg>) {
        let heights = heights(u16::try_from(cx.shared.body_rows()).unwrap_or(u16::MAX));
        let height = usize::from(heights[self.list].saturating_sub(3)).max(1);
        let length = self.lengths()[self.list];
        step.apply(&mut self.cursors[self.list], length, height);
    }

    fn chosen(&self) -> Option<&DeadJob> {
        (self.list == 0).then(|| self.work.get()?.dead.get(self.cursors[0].chosen)).flatten()
    }

    /// The marked jobs, or the chosen one when none is marked.
    fn meant(&self) -> Vec<DeadJob> {
        let dead = self.work.get().map(|work| work.dead.as_slice()).unwrap_or_default();
        let marked: Vec<DeadJob> = dead.iter().filter(|job| self.marked.contains(&job.id)).cloned().collect();
        if marked.is_empty() { self.chosen().cloned().into_iter().collect() } else { marked }
    }

    fn retry(&mut self, jobs: Vec<DeadJob>, cx: &mut Cx<'_, Msg>) {
        if cx.barred(Action::RunJobs) {
            return;
        }
        for job in jobs {
            let done = cx.look().say("console-jobs-retried", &args![kind = kind(cx, &job.kind)]);
            cx.change(Change::new(Ask::Retry(JobId { id: job.id }), done));
        }
        self.marked.clear();
    }

    fn discard(&mut self, cx: &mut Cx<'_, Msg>) {
        let jobs = self.meant();
        if jobs.is_empty() {
            return;
        }
        let lines = jobs.iter().map(|job| format!("{}: {}", kind(cx, &job.kind), job.reason)).collect();
        let done = cx.look().t("console-jobs-discarded");
        let discards = jobs.iter().map(|job| Ask::Discard(JobId { id: job.id.clone() }));
        cx.confirm(Confirm {
            question: cx.look().say("console-jobs-discard-sure", &args![count = jobs.len()]),
            lines,
            word: None,
            changes: discards.map(|ask| Change::new(ask, &done)).collect(),
        });
    }

    fn why(&self, cx: &mut Cx<'_, Msg>) {
        let Some(work) = self.work.get() else { return };
        let at = self.cursors[self.list].chosen;
        let look = cx.look();
        let when = |at: Option<DateTime<Utc>>| at.map_or("—".to_owned(), |at| look.moment(at, cx.now()));
        let line = |key: &str, value: &str| format!("{}: {value}", look.t(key));
        let shown = match self.list {
            0 => work.dead.get(at).map(|job| {
                let lines = [
                    line("console-jobs-at", &when(job.at)),
                    line("console-jobs-attempts", &job.attempts.to_string()),
                    line("console-jobs-id", &job.id),
                    String::new(),
                    job.reason.clone(),
                ];
                (kind(cx, &job.kind), lines.join("\n"))
            }),
            1 => work.recurring.get(at).map(|job| {
                let lines = [
                    line("console-jobs-next", &when(job.next)),
                    line("console-jobs-last", &when(job.last_at)),
                    String::new(),
                    job.last_outcome.clone(),
                ];
                (kind(cx, &job.name), lines.join("\n"))
            }),
            _ => work.oddities.get(at).map(|odd| {
                let lines = [line("console-jobs-at", &when(Some(odd.at))), String::new(), odd.reason.clone()];
                (odd.channel.clone(), lines.join("\n"))
            }),
        };
        if let Some((title, text)) = shown {
            cx.effect(Effect::Show(title, text));
        }
    }

    fn dead(&self, paint: &mut Painter<'_>, area: Rect, work: &Work) {
        let look = paint.look;
        let theme = &look.theme;
        let now = paint.now;
        let title = look.say(
            "console-jobs-dead",
            &args![count = work.dead.len(), ready = work.ready, running = work.running],
        );
        let inside = self.pane(paint, area, 0, &title);
        table(paint, inside, DEAD, 0, self.cursors[0], work.dead.len(), |at| {
            let job = work.dead.get(at)?;
            let cells = vec![
                cell(look.word("console-job-", &job.kind), theme.text),
                cell(&job.reason, theme.bad),
                cell(job.attempts.to_string(), theme.text),
                cell(job.at.map_or("—".to_owned(), |at| look.moment(at, now)), theme.dim),
            ];
            Some(Line { cells, marked: self.marked.contains(&job.id) })
        });
        self.empty(paint, inside, work.dead.is_empty(), "console-jobs-none-dead");
    }

    fn recurring(&self, paint: &mut Painter<'_>, area: Rect, work: &Work) {
        let look = paint.look;
        let theme = &look.theme;
        let now = paint.now;
        let inside = self.pane(paint, area, 1, &look.t("console-jobs-recurring"));
        table(paint, inside, RECURRING, 1, self.cursors[1], work.recurring.len(), |at| {
            let job = work.recurring.get(at)?;
            let when = |at: Option<DateTime<Utc>>| at.map_or("—".to_owned(), |at| look.moment(at, now));
            let next = if job.on { when(job.next) } else { look.t("console-off") };
            let (sign, style) = match (job.last_failed, job.last_at) {
                (true, _) => ("✗ ", theme.bad),
                (false, Some(_)) => ("✓ ", theme.good),
                (false, None) => ("", theme.dim),
            };
            let cells = vec![
                cell(look.word("console-job-", &job.name), if job.on { theme.text } else { theme.dim }),
                cell(next, if job.on { theme.text } else { theme.warn }),
                cell(when(job.last_at), theme.dim),
                cell(format!("{sign}{}", job.last_outcome), style),
            ];
            Some(Line { cells, marked: false })
        });
    }

    fn odd(&self, paint: &mut Painter<'_>, area: Rect, work: &Work) {
        let look = paint.look;
        let theme = &look.theme;
        let now = paint.now;
        let title = look.say("console-jobs-odd", &args![count = work.oddities.len()]);
        let inside = self.pane(paint, area, 2, &title);
        table(paint, inside, ODD, 2, self.cursors[2], work.oddities.len(), |at| {
            let odd = work.oddities.get(at)?;
            let cells = vec![
                cell(look.moment(odd.at, now), theme.dim),
                cell(&odd.channel, theme.text),
                cell(&odd.reason, theme.warn),
            ];
            Some(Line { cells, marked: false })
        });
        self.empty(paint, inside, work.oddities.is_empty(), "console-jobs-none-odd");
    }

    fn pane(&self, paint: &mut Painter<'_>, area: Rect, list: usize, title: &str) -> Rect {
        let theme = &paint.look.theme;
        // The list that has the keys shows by a sign, too.
        match self.list == list {
            true => paint.boxed(area, &format!("› {title}"), theme.accent),
            false => paint.boxed(area, title, theme.edge),
        }
    }

    fn empty(&self, paint: &mut Painter<'_>, inside: Rect, empty: bool, key: &str) {
        if empty && inside.height > 1 {
            let words = paint.look.t(key);
            let style = paint.look.theme.dim;
            paint.text(Rect { y: inside.y + 1, height: 1, ..inside }, &words, style, Side::Start);
        }
    }
}

fn kind(cx: &Cx<'_, Msg>, key: &str) -> String {
    cx.look().word("console-job-", key)
}

/// How high the three lists are.
fn heights(whole: u16) -> [u16; 3] {
    let parts = rows(
        Rect { x: 0, y: 0, width: 1, height: whole },
        &[Size::Share(4), Size::Fixed(9.min(whole / 2)), Size::Share(3)],
    );
    [parts[0].height, parts[1].height, parts[2].height]
}

impl Screen for Jobs {
    type Msg = Msg;
    const ID: ScreenId = ScreenId::Jobs;

    fn keys(&self) -> &'static [Binding<Msg>] {
        KEYS
    }

    fn commands(&self) -> &'static [Word<Msg>] {
        WORDS
    }

    fn shown(&mut self, cx: &mut Cx<'_, Msg>) {
        self.need(cx);
    }

    fn update(&mut self, msg: Msg, _given: &str, cx: &mut Cx<'_, Msg>) {
        match msg {
            Msg::Move(step) => self.step(step, cx),
            Msg::NextList => self.list = (self.list + 1) % 3,
            Msg::PreviousList => self.list = (self.list + 2) % 3,
            Msg::Mark => {
                if let Some(id) = self.chosen().map(|job| job.id.clone()) {
                    if !self.marked.remove(&id) {
                        self.marked.insert(id);
                    }
                    self.step(Step::Down, cx);
                }
            }
            Msg::Unmark => self.marked.clear(),
            Msg::Why => self.why(cx),
            Msg::Retry => self.retry(self.meant(), cx),
            Msg::RetryAll => {
                let all = self.work.get().map(|work| work.dead.clone()).unwrap_or_default();
                self.retry(all, cx);
            }
            Msg::Discard => self.discard(cx),
            Msg::Copy => {
                if let Some(id) = self.chosen().map(|job| job.id.clone()) {
                    cx.effect(Effect::Copy(id));
                }
            }
        }
    }

    fn answered(&mut self, ticket: Ticket, answer: Result<Answer, Failure>, cx: &mut Cx<'_, Msg>) {
        if !self.work.waits_for(ticket) {
            return;
        }
        let work = if let Ok(Answer::Jobs(work)) = answer { Some(work) } else { None };
        let good = work.is_some();
        self.work.take(work);
        if good {
            self.at = Some(cx.now());
            let known: BTreeSet<&str> =
                self.work.get().into_iter().flat_map(|work| &work.dead).map(|job| job.id.as_str()).collect();
            self.marked.retain(|id| known.contains(id.as_str()));
            let lengths = self.lengths();
            for (cursor, length) in self.cursors.iter_mut().zip(lengths) {
                cursor.chosen = cursor.chosen.min(length.saturating_sub(1));
                cursor.top = cursor.top.min(cursor.chosen);
            }
            if cx.front {
                self.need(cx);
            }
        }
    }

    fn happened(&mut self, event: &Event, cx: &mut Cx<'_, Msg>) {
        if matches!(event, Event::Resync | Event::Jobs) {
            self.work.outdate();
            if cx.front {
                self.need(cx);
            }
        }
    }

    fn ticked(&mut self, cx: &mut Cx<'_, Msg>) {
        if self.at.is_some_and(|at| cx.now() - at > FRESH) {
            self.work.outdate();
            self.need(cx);
        }
    }

    fn clicked(&mut self, list: u8, row: usize, cx: &mut Cx<'_, Msg>) {
        let list = usize::from(list).min(2);
        if self.list == list && self.cursors[list].chosen == row {
            self.why(cx);
        }
        self.list = list;
        self.cursors[list].chosen = row;
    }

    fn view(&self, paint: &mut Painter<'_>, area: Rect, _shared: &Shared) {
        let Some(work) = self.work.get() else { return waiting(paint, area) };
        let sizes = heights(area.height).map(Size::Fixed);
        let parts = rows(area, &sizes);
        self.dead(paint, parts[0], work);
        self.recurring(paint, parts[1], work);
        self.odd(paint, parts[2], work);
    }
}
