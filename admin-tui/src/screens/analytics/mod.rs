//! Figures by period: the funnel, how fast pros answer, what was earned, what models cost. The days also as CSV.

mod period;
mod view;

use super::{Cx, Effect, Screen, ScreenId, Ticket, Word};
use crate::ask::{Answer, Ask};
use crate::change::Prompt;
use crate::kept::{Kept, waiting};
use crate::keys::{Binding, ch};
use crate::model::{Notice, Shared};
use crate::paged::Cursor;
use crate::paint::Painter;
use crate::steps::{Step, with_steps};
use admin_api::analytics::{Analytics as Figures, Period};
use admin_api::client::Failure;
use admin_api::event::Event;
use locales::args;
use period::Range;
use ratatui::layout::Rect;

/// The figures.
#[derive(Default)]
pub struct Analytics {
    figures: Kept<Figures>,
    range: Range,
    /// The days that the figures were asked for.
    period: Option<Period>,
    table: Table,
    cursor: Cursor,
    csv: Option<(Ticket, Period)>,
}

/// What the table lists.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Table {
    #[default]
    Days,
    Trades,
    Pros,
}

/// What keys, commands and replies say.
#[derive(Clone, Copy)]
#[expect(missing_docs, reason = "the key table says what each does; the last is the reply to a prompt")]
pub enum Msg {
    Move(Step),
    Earlier,
    Later,
    Today,
    Week,
    Month,
    Custom,
    Table,
    Csv,
    Given,
}

const KEYS: &[Binding<Msg>] = with_steps![Msg::Move;
    Binding { keys: &[ch('[')], msg: Msg::Earlier, help: "console-analytics-earlier" },
    Binding { keys: &[ch(']')], msg: Msg::Later, help: "console-analytics-later" },
    Binding { keys: &[ch('t')], msg: Msg::Today, help: "console-analytics-today" },
    Binding { keys: &[ch('w')], msg: Msg::Week, help: "console-analytics-week" },
    Binding { keys: &[ch('m')], msg: Msg::Month, help: "console-analytics-month" },
    Binding { keys: &[ch('c')], msg: Msg::Custom, help: "console-analytics-custom" },
    Binding { keys: &[ch('v')], msg: Msg::Table, help: "console-analytics-table" },
    Binding { keys: &[ch('e')], msg: Msg::Csv, help: "console-analytics-csv" },
];

const WORDS: &[Word<Msg>] = &[
    Word { name: "period", msg: Msg::Custom, help: "console-analytics-custom" },
    Word { name: "csv", msg: Msg::Csv, help: "console-analytics-csv" },
];

impl Analytics {
    /// Asks for the range as it lies around today.
    fn anew(&mut self, cx: &mut Cx<'_, Msg>) {
        let period = self.range.days(cx.look().day(cx.now()));
        self.figures.anew(cx, Ask::Analytics(period.clone()));
        self.period = Some(period);
        self.cursor = Cursor::default();
    }

    fn go(&mut self, range: Range, cx: &mut Cx<'_, Msg>) {
        if range != self.range || self.period.is_none() {
            self.range = range;
            self.anew(cx);
        }
    }

    fn csv(&mut self, cx: &mut Cx<'_, Msg>) {
        let period = self.range.days(cx.look().day(cx.now()));
        let ticket = cx.ask(Ask::AnalyticsCsv(period.clone()));
        self.csv = Some((ticket, period));
    }

    fn custom(&mut self, given: &str, cx: &mut Cx<'_, Msg>) {
        match Range::read(given) {
            Some(range) => self.go(range, cx),
            None => {
                let text = cx.look().t("console-analytics-bad-period");
                cx.notice(Notice::bad(text));
            }
        }
    }

    fn length(&self) -> usize {
        self.figures.get().map_or(0, |figures| match self.table {
            Table::Days => figures.days.len(),
            Table::Trades => figures.trades.len(),
            Table::Pros => figures.pros.len(),
        })
    }
}

impl Screen for Analytics {
    type Msg = Msg;
    const ID: ScreenId = ScreenId::Analytics;

    fn keys(&self) -> &'static [Binding<Msg>] {
        KEYS
    }

    fn commands(&self) -> &'static [Word<Msg>] {
        WORDS
    }

    fn arguments(&self, msg: Msg) -> Vec<String> {
        match msg {
            Msg::Custom => ["today", "week", "month"].map(str::to_owned).to_vec(),
            _ => Vec::new(),
        }
    }

    fn shown(&mut self, cx: &mut Cx<'_, Msg>) {
        let today = self.range.days(cx.look().day(cx.now()));
        // Over night "this week" became other days.
        if self.period.as_ref() != Some(&today) {
            self.anew(cx);
        } else {
            self.figures.need(cx, || Ask::Analytics(today));
        }
    }

    fn update(&mut self, msg: Msg, given: &str, cx: &mut Cx<'_, Msg>) {
        match msg {
            Msg::Move(step) => {
                let height = view::table_rows(cx.shared.size);
                let length = self.length();
                step.apply(&mut self.cursor, length, height);
            }
            Msg::Earlier => self.go(self.range.moved(-1, cx.look().day(cx.now())), cx),
            Msg::Later => self.go(self.range.moved(1, cx.look().day(cx.now())), cx),
            Msg::Today => self.go(Range::Day(0), cx),
            Msg::Week => self.go(Range::Week(0), cx),
            Msg::Month => self.go(Range::Month(0), cx),
            Msg::Custom if given.is_empty() => {
                let period = self.range.days(cx.look().day(cx.now()));
                let title = cx.look().t("console-analytics-custom-title");
                let text = format!("{} {}", period.from, period.to);
                cx.prompt(Msg::Given, Prompt { title, text, secret: false });
            }
            Msg::Custom | Msg::Given => self.custom(given, cx),
            Msg::Table => {
                self.table = match self.table {
                    Table::Days => Table::Trades,
                    Table::Trades => Table::Pros,
                    Table::Pros => Table::Days,
                };
                self.cursor = Cursor::default();
            }
            Msg::Csv => self.csv(cx),
        }
    }

    fn answered(&mut self, ticket: Ticket, answer: Result<Answer, Failure>, cx: &mut Cx<'_, Msg>) {
        if self.figures.waits_for(ticket) {
            self.figures.take(if let Ok(Answer::Analytics(figures)) = answer {
                Some(*figures)
            } else {
                None
            });
            return;
        }
        if let Some((_, period)) = self.csv.take_if(|(asked, _)| *asked == ticket)
            && let Ok(Answer::Csv(bytes)) = answer
        {
            cx.effect(Effect::Save(format!("fixi-{}-{}.csv", period.from, period.to), bytes));
        }
    }

    fn happened(&mut self, event: &Event, cx: &mut Cx<'_, Msg>) {
        // Figures of a period are heavy: they are asked for again when one comes back or asks for it, not with every lead.
        self.figures.outdate();
        if cx.front && matches!(event, Event::Resync) {
            self.shown(cx);
        }
    }

    fn clicked(&mut self, _list: u8, row: usize, _cx: &mut Cx<'_, Msg>) {
        self.cursor.chosen = row;
    }

    fn view(&self, paint: &mut Painter<'_>, area: Rect, _shared: &Shared) {
        let (Some(figures), Some(period)) = (self.figures.get(), &self.period) else {
            return waiting(paint, area);
        };
        let look = paint.look;
        let days = if period.from == period.to {
            format!("{} {}", look.weekday(period.from), look.date(period.from))
        } else {
            look.say(
                "console-analytics-from-to",
                &args![from = look.date(period.from), to = look.date(period.to)],
            )
        };
        let heading = format!("{} · {days}", look.t(self.range.name()));
        view::paint(paint, area, &heading, figures, self.table, self.cursor);
    }
}
