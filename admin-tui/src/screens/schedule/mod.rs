//! The schedule: the week of one pro or a day of all, in half hours. Visits are moved and cancelled, times are blocked,
//! days get other hours, all by keyboard. Left and right are those of the screen: in Hebrew the next day is to the left.

mod deeds;
mod grid;
mod view;

use super::{Cx, Link, Screen, ScreenId, Ticket, Word};
use crate::ask::{Answer, Ask};
use crate::change::{Choice, ChoiceRow, Prompt};
use crate::kept::Kept;
use crate::keys::{self, Binding, ENTER, ESC, SPACE, ch};
use crate::model::{Notice, Shared};
use crate::paint::Painter;
use crate::text::Direction;
use admin_api::client::Failure;
use admin_api::event::Event;
use admin_api::schedule::{ProSchedule, ScheduleWindow, Span};
use chrono::{Datelike, Days, NaiveDate};
use deeds::{Aim, Back};
use grid::{Column, SLOTS};
use ratatui::layout::Rect;

/// The slot at which the cursor stands first: eight o'clock.
const FIRST_SLOT: usize = 16;

/// The schedule.
pub struct Schedule {
    days: Kept<Vec<ProSchedule>>,
    /// Everybody who was ever listed: id and name.
    names: Vec<(String, String)>,
    /// Whose week shows; none: a day of all.
    pro: Option<String>,
    /// The day that shows, or the Sunday of the week; none until the clock is known.
    first: Option<NaiveDate>,
    /// Which column and which half hour of the day.
    column: usize,
    slot: usize,
    /// Where a mark began.
    mark: Option<usize>,
    carried: Option<Carried>,
    /// What the next reply of a prompt is about.
    aim: Option<Aim>,
    /// What takes a change back once it is made and the new version is known.
    back: Option<(Ticket, Back)>,
    made: Option<Back>,
}

/// A visit in hand.
struct Carried {
    span: Span,
    pro: String,
    /// How many half hours it takes.
    slots: usize,
}

impl Default for Schedule {
    fn default() -> Self {
        Self {
            days: Kept::default(),
            names: Vec::new(),
            pro: None,
            first: None,
            column: 0,
            slot: FIRST_SLOT,
            mark: None,
            carried: None,
            aim: None,
            back: None,
            made: None,
        }
    }
}

/// What keys, commands and replies say.
#[derive(Clone, Copy)]
#[expect(missing_docs, reason = "the key table says what each does; the others are replies")]
pub enum Msg {
    Down,
    Up,
    Left,
    Right,
    FarDown,
    FarUp,
    Earlier,
    Later,
    Today,
    Week,
    Day,
    Who,
    WhoGiven,
    Goto,
    Open,
    Pro,
    Mark,
    Drop,
    PickUp,
    PutDown,
    Block,
    BlockGiven,
    Unblock,
    Exception,
    ExceptionGiven,
    Cancel,
    CancelGiven,
}

macro_rules! with_moves {
    ($($first:expr),* $(,)?) => {
        &[
            $($first,)*
            Binding { keys: &[keys::DOWN, ch('j')], msg: Msg::Down, help: "console-key-down" },
            Binding { keys: &[keys::UP, ch('k')], msg: Msg::Up, help: "console-key-up" },
            Binding { keys: &[keys::LEFT, ch('h')], msg: Msg::Left, help: "console-key-left" },
            Binding { keys: &[keys::RIGHT, ch('l')], msg: Msg::Right, help: "console-key-right" },
            Binding { keys: &[keys::PAGE_DOWN, keys::ctrl('d')], msg: Msg::FarDown, help: "console-key-page-down" },
            Binding { keys: &[keys::PAGE_UP, keys::ctrl('u')], msg: Msg::FarUp, help: "console-key-page-up" },
            Binding { keys: &[ch('[')], msg: Msg::Earlier, help: "console-schedule-earlier" },
            Binding { keys: &[ch(']')], msg: Msg::Later, help: "console-schedule-later" },
            Binding { keys: &[ch('t')], msg: Msg::Today, help: "console-schedule-today" },
        ]
    };
}

const KEYS: &[Binding<Msg>] = with_moves![
    Binding { keys: &[ENTER], msg: Msg::Open, help: "console-schedule-open" },
    Binding { keys: &[ch('m')], msg: Msg::PickUp, help: "console-schedule-pick-up" },
    Binding { keys: &[ch('c')], msg: Msg::Cancel, help: "console-schedule-cancel" },
    Binding { keys: &[SPACE], msg: Msg::Mark, help: "console-schedule-mark" },
    Binding { keys: &[ch('b')], msg: Msg::Block, help: "console-schedule-block" },
    Binding { keys: &[ch('x')], msg: Msg::Unblock, help: "console-schedule-unblock" },
    Binding { keys: &[ch('e')], msg: Msg::Exception, help: "console-schedule-exception" },
    Binding { keys: &[ch('w')], msg: Msg::Week, help: "console-schedule-week" },
    Binding { keys: &[ch('d')], msg: Msg::Day, help: "console-schedule-day" },
    Binding { keys: &[ch('p')], msg: Msg::Who, help: "console-schedule-who" },
    Binding { keys: &[ch('o')], msg: Msg::Pro, help: "console-schedule-pro" },
    Binding { keys: &[ESC], msg: Msg::Drop, help: "console-schedule-unmark" },
];

const CARRYING: &[Binding<Msg>] = with_moves![
    Binding { keys: &[ENTER, ch('m')], msg: Msg::PutDown, help: "console-schedule-put-down" },
    Binding { keys: &[ESC], msg: Msg::Drop, help: "console-schedule-drop" },
];

const WORDS: &[Word<Msg>] = &[
    Word { name: "goto", msg: Msg::Goto, help: "console-schedule-goto" },
    Word { name: "week", msg: Msg::WhoGiven, help: "console-schedule-week" },
    Word { name: "day", msg: Msg::Day, help: "console-schedule-day" },
];

/// The Sunday of a day's week.
fn sunday(day: NaiveDate) -> NaiveDate {
    let back = Days::new(u64::from(day.weekday().num_days_from_sunday()));
    day.checked_sub_days(back).unwrap_or(day)
}

fn days_after(day: NaiveDate, by: i64) -> NaiveDate {
    let days = Days::new(by.unsigned_abs());
    let moved = if by < 0 { day.checked_sub_days(days) } else { day.checked_add_days(days) };
    moved.unwrap_or(day)
}

impl Schedule {
    fn first(&self, cx: &Cx<'_, Msg>) -> NaiveDate {
        self.first.unwrap_or_else(|| cx.look().day(cx.now()))
    }

    fn window(&self, cx: &Cx<'_, Msg>) -> ScheduleWindow {
        let first = self.first(cx);
        match &self.pro {
            Some(pro) => ScheduleWindow { from: sunday(first), days: 7, pro: Some(pro.clone()) },
            None => ScheduleWindow { from: first, days: 1, pro: None },
        }
    }

    fn need(&mut self, cx: &mut Cx<'_, Msg>) {
        let window = self.window(cx);
        self.days.need(cx, || Ask::Schedule(window));
    }

    /// Other days or somebody else: what shows stays until the answer is there.
    fn turn(&mut self, cx: &mut Cx<'_, Msg>) {
        self.mark = None;
        let window = self.window(cx);
        self.days.anew(cx, Ask::Schedule(window));
    }

    fn columns(&self) -> Vec<Column<'_>> {
        grid::columns(self.days.get().map(Vec::as_slice).unwrap_or_default())
    }

    /// The day under the cursor.
    fn day(&self, cx: &Cx<'_, Msg>) -> NaiveDate {
        self.columns().get(self.column).map_or_else(|| self.first(cx), |column| column.day.date)
    }

    /// The week of somebody around a day.
    fn show_week(&mut self, pro: String, day: NaiveDate, cx: &mut Cx<'_, Msg>) {
        self.pro = Some(pro);
        self.first = Some(sunday(day));
        self.column = usize::try_from(day.weekday().num_days_from_sunday()).unwrap_or(0);
        self.turn(cx);
    }

    fn show_day(&mut self, day: NaiveDate, cx: &mut Cx<'_, Msg>) {
        // Whoever's week it was stays under the cursor.
        let pro = self.pro.take();
        self.column = self.names.iter().position(|(id, _)| Some(id) == pro.as_ref()).unwrap_or(0);
        self.first = Some(day);
        self.turn(cx);
    }

    fn sideways(&mut self, right: bool, cx: &mut Cx<'_, Msg>) {
        let forward = right == (cx.look().direction() == Direction::Ltr);
        if self.carried.is_some() && self.pro.is_none() {
            let text = cx.look().t("console-schedule-same-pro");
            return cx.notice(Notice::plain(text));
        }
        let count = self.columns().len();
        match (forward, self.pro.is_some()) {
            (true, _) if self.column + 1 < count => self.column += 1,
            (false, _) if self.column > 0 => self.column -= 1,
            // Over the edge of a week is the next one.
            (true, true) => {
                self.column = 0;
                return self.page(1, cx);
            }
            (false, true) => {
                self.column = 6;
                return self.page(-1, cx);
            }
            (_, false) => {}
        }
        self.mark = None;
    }

    /// So many weeks or days on.
    fn page(&mut self, by: i64, cx: &mut Cx<'_, Msg>) {
        let step = if self.pro.is_some() { 7 } else { 1 };
        self.first = Some(days_after(self.first(cx), by * step));
        self.turn(cx);
    }

    fn vertical(&mut self, by: isize) {
        let last = SLOTS - self.carried.as_ref().map_or(1, |carried| carried.slots.min(SLOTS));
        self.slot = self.slot.saturating_add_signed(by).min(last);
    }

    fn choose_who(&mut self, cx: &mut Cx<'_, Msg>) {
        // Whoever came by a link to one pro has not seen the others yet.
        if self.names.is_empty() {
            let day = self.day(cx);
            return self.show_day(day, cx);
        }
        let rows = self.names.iter().map(|(id, name)| ChoiceRow {
            value: id.clone(),
            label: name.clone(),
            ..ChoiceRow::default()
        });
        let choice = Choice { title: cx.look().t("console-schedule-who"), rows: rows.collect() };
        cx.choose(Msg::WhoGiven, choice);
    }

    fn who_given(&mut self, given: &str, cx: &mut Cx<'_, Msg>) {
        let known = self.names.iter().find(|(id, name)| id == given || name.starts_with(given));
        if let Some(id) = known.map(|(id, _)| id.clone()) {
            let day = self.day(cx);
            self.show_week(id, day, cx);
        }
    }

    fn goto(&mut self, given: &str, cx: &mut Cx<'_, Msg>) {
        if given.is_empty() {
            let title = cx.look().t("console-schedule-goto");
            return cx.prompt(Msg::Goto, Prompt { title, ..Prompt::default() });
        }
        let Ok(day) = given.trim().parse::<NaiveDate>() else {
            let text = cx.look().t("console-schedule-bad-day");
            return cx.notice(Notice::bad(text));
        };
        self.show(day, cx);
    }

    /// Shows this day, as a day of all or within the week.
    fn show(&mut self, day: NaiveDate, cx: &mut Cx<'_, Msg>) {
        match self.pro.clone() {
            Some(pro) => self.show_week(pro, day, cx),
            None => {
                self.first = Some(day);
                self.turn(cx);
            }
        }
    }
}

impl Screen for Schedule {
    type Msg = Msg;
    const ID: ScreenId = ScreenId::Schedule;

    fn keys(&self) -> &'static [Binding<Msg>] {
        if self.carried.is_some() { CARRYING } else { KEYS }
    }

    fn commands(&self) -> &'static [Word<Msg>] {
        WORDS
    }

    fn arguments(&self, msg: Msg) -> Vec<String> {
        match msg {
            Msg::WhoGiven => self.names.iter().map(|(_, name)| name.clone()).collect(),
            _ => Vec::new(),
        }
    }

    fn shown(&mut self, cx: &mut Cx<'_, Msg>) {
        self.need(cx);
    }

    fn update(&mut self, msg: Msg, given: &str, cx: &mut Cx<'_, Msg>) {
        match msg {
            Msg::Down => self.vertical(1),
            Msg::Up => self.vertical(-1),
            Msg::FarDown => self.vertical(8),
            Msg::FarUp => self.vertical(-8),
            Msg::Left => self.sideways(false, cx),
            Msg::Right => self.sideways(true, cx),
            Msg::Earlier => self.page(-1, cx),
            Msg::Later => self.page(1, cx),
            Msg::Today => {
                let today = cx.look().day(cx.now());
                self.show(today, cx);
            }
            Msg::Week => {
                let here = self.columns().get(self.column).map(|column| column.pro.pro.clone());
                if let Some(pro) = here {
                    let day = self.day(cx);
                    self.show_week(pro, day, cx);
                }
            }
            Msg::Day => {
                let day = self.day(cx);
                self.show_day(day, cx);
            }
            Msg::Who => self.choose_who(cx),
            Msg::WhoGiven => self.who_given(given, cx),
            Msg::Goto => self.goto(given, cx),
            Msg::Open => {
                if let Some(lead) = self.span(cx).and_then(|span| span.lead) {
                    cx.go(Link::Lead(lead));
                }
            }
            Msg::Pro => {
                let here = self.columns().get(self.column).map(|column| column.pro.pro.clone());
                if let Some(pro) = here {
                    cx.go(Link::Pro(pro));
                }
            }
            Msg::Mark => self.mark = if self.mark.is_some() { None } else { Some(self.slot) },
            Msg::Drop => {
                self.mark = None;
                self.carried = None;
            }
            Msg::PickUp => self.pick_up(cx),
            Msg::PutDown => self.put_down(cx),
            Msg::Block => self.block(cx),
            Msg::BlockGiven => self.block_given(given, cx),
            Msg::Unblock => self.unblock(cx),
            Msg::Exception => self.exception(cx),
            Msg::ExceptionGiven => self.exception_given(given, cx),
            Msg::Cancel => self.cancel(cx),
            Msg::CancelGiven => self.cancel_given(given, cx),
        }
    }

    fn answered(&mut self, ticket: Ticket, answer: Result<Answer, Failure>, cx: &mut Cx<'_, Msg>) {
        if self.days.waits_for(ticket) {
            if let Ok(Answer::Schedule(days)) = answer {
                if self.pro.is_none() {
                    self.names = days.iter().map(|pro| (pro.pro.clone(), pro.name.clone())).collect();
                }
                self.days.take(Some(days));
                self.column = self.column.min(self.columns().len().saturating_sub(1));
                self.offer_undo(cx);
                if cx.front {
                    self.need(cx);
                }
            } else {
                self.days.take(None);
            }
            return;
        }
        if answer.is_ok() {
            self.mark = None;
            self.carried = None;
            self.made = self.back.take_if(|(asked, _)| *asked == ticket).map(|(_, back)| back);
        }
    }

    fn happened(&mut self, event: &Event, cx: &mut Cx<'_, Msg>) {
        let touches = match event {
            Event::Resync | Event::Settings => true,
            Event::Pro { id } | Event::Appointment { pro: id, .. } => {
                self.pro.as_ref().is_none_or(|pro| pro == id)
            }
            Event::Lead { .. } | Event::Conversation { .. } | Event::Delivery { .. } | Event::Jobs => false,
        };
        if touches {
            self.days.outdate();
            if cx.front {
                self.need(cx);
            }
        }
    }

    fn opened(&mut self, link: &Link, cx: &mut Cx<'_, Msg>) {
        if let Link::Schedule(pro, day) = link {
            let day = day.unwrap_or_else(|| cx.look().day(cx.now()));
            match pro {
                Some(pro) => self.show_week(pro.clone(), day, cx),
                None => self.show_day(day, cx),
            }
        }
    }

    fn clicked(&mut self, list: u8, row: usize, cx: &mut Cx<'_, Msg>) {
        let again = (self.column, self.slot) == (list.into(), row);
        if self.carried.is_none() || self.pro.is_some() {
            self.column = list.into();
        }
        self.slot = row.min(SLOTS - 1);
        if again && self.carried.is_none() {
            self.update(Msg::Open, "", cx);
        }
    }

    fn view(&self, paint: &mut Painter<'_>, area: Rect, _shared: &Shared) {
        self.paint(paint, area);
    }
}
