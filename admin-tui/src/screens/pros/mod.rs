//! Pros: the list, sign-ups, and one pro whole: persona, prices, areas, trades, hours, and how they would answer.

mod deeds;
mod prices;
mod view;

use super::{Cx, Effect, Link, Screen, ScreenId, Ticket, Word};
use crate::ask::{Answer, Ask};
use crate::editor::Editor;
use crate::kept::Kept;
use crate::keys::{self, Binding, ENTER, ESC, Key, ch, ctrl, find};
use crate::model::{Notice, Shared};
use crate::paged::Cursor;
use crate::paint::Painter;
use crate::steps::{Step, with_steps};
use admin_api::client::Failure;
use admin_api::event::Event;
use admin_api::pro::{EditPro, Price, ProDetail, ProLine};
use prices::Prices;
use ratatui::layout::Rect;
use std::collections::{BTreeMap, BTreeSet};

/// From this width on the list stays beside the open pro.
const WIDE: u16 = 120;

/// The pros.
#[derive(Default)]
pub struct Pros {
    list: Kept<Vec<ProLine>>,
    cursor: Cursor,
    filter: String,
    open: Option<Open>,
    /// What was edited and not saved, by pro.
    drafts: BTreeMap<String, Draft>,
    /// A change on its way: about whom, and what takes it back.
    sent: Option<(Ticket, String, EditPro)>,
    /// A preview on its way, and what the customer writes in it.
    preview: Option<(Ticket, String)>,
    /// What a customer writes in previews.
    sample: String,
    /// The trades that are being chosen.
    trades: BTreeSet<String>,
    /// The day whose hours are typed.
    day: usize,
    /// What is done once the pro that was asked for is there whole.
    intent: Option<Msg>,
}

/// The pro that is open.
struct Open {
    id: String,
    detail: Kept<ProDetail>,
    above: usize,
    mode: Mode,
}

/// What is done with the pro that is open.
#[derive(Default)]
enum Mode {
    /// Reading.
    #[default]
    Sheet,
    /// Editing the persona.
    Persona(Editor),
    /// Editing the price list.
    Prices(Prices),
}

/// What was edited and not saved.
#[derive(Default)]
struct Draft {
    persona: Option<String>,
    prices: Option<Vec<Price>>,
}

/// What keys, commands and replies say.
#[derive(Clone, Copy)]
#[expect(missing_docs, reason = "the key table says what each does; the others are replies")]
pub enum Msg {
    Move(Step),
    Open,
    Close,
    Approve,
    Decline,
    Persona,
    Prices,
    Areas,
    AreasGiven,
    Trades,
    TradeGiven,
    Hours,
    DayGiven,
    HoursGiven,
    Vacation,
    Active,
    Preview,
    PreviewGiven,
    Schedule,
    Copy,
    Save,
    Forget,
    Add,
    Change,
    Remove,
    NextField,
    PreviousField,
    Take,
}

macro_rules! about_a_pro {
    ($($first:expr),* $(,)?) => {
        with_steps![Msg::Move;
            $($first,)*
            Binding { keys: &[ch('a')], msg: Msg::Approve, help: "console-pros-approve" },
            Binding { keys: &[ch('d')], msg: Msg::Decline, help: "console-pros-decline" },
            Binding { keys: &[ch('e')], msg: Msg::Persona, help: "console-pros-persona" },
            Binding { keys: &[ch('p')], msg: Msg::Prices, help: "console-pros-prices" },
            Binding { keys: &[ch('r')], msg: Msg::Preview, help: "console-pros-preview" },
            Binding { keys: &[ch('v')], msg: Msg::Vacation, help: "console-pros-vacation" },
            Binding { keys: &[ch('x')], msg: Msg::Active, help: "console-pros-active" },
            Binding { keys: &[ch('t')], msg: Msg::Trades, help: "console-pros-trades" },
            Binding { keys: &[ch('w')], msg: Msg::Areas, help: "console-pros-areas" },
            Binding { keys: &[ch('H')], msg: Msg::Hours, help: "console-pros-hours" },
            Binding { keys: &[ch('s')], msg: Msg::Schedule, help: "console-pros-schedule" },
            Binding { keys: &[ch('y')], msg: Msg::Copy, help: "console-contacts-copy" },
        ]
    };
}

const LIST: &[Binding<Msg>] =
    about_a_pro![Binding { keys: &[ENTER], msg: Msg::Open, help: "console-key-open" }];
const SHEET: &[Binding<Msg>] =
    about_a_pro![Binding { keys: &[ESC], msg: Msg::Close, help: "console-key-close" }];
const PERSONA: &[Binding<Msg>] = &[
    Binding { keys: &[ctrl('s')], msg: Msg::Save, help: "console-pros-save" },
    Binding { keys: &[ctrl('p')], msg: Msg::Preview, help: "console-pros-preview" },
    Binding { keys: &[ESC], msg: Msg::Close, help: "console-pros-keep-draft" },
];
const PRICES: &[Binding<Msg>] = with_steps![Msg::Move;
    Binding { keys: &[ctrl('s')], msg: Msg::Save, help: "console-pros-save" },
    Binding { keys: &[ch('a')], msg: Msg::Add, help: "console-pros-price-add" },
    Binding { keys: &[ENTER, ch('e')], msg: Msg::Change, help: "console-pros-price-change" },
    Binding { keys: &[ch('d'), keys::code(ratatui::crossterm::event::KeyCode::Delete)], msg: Msg::Remove, help: "console-pros-price-remove" },
    Binding { keys: &[ESC], msg: Msg::Close, help: "console-pros-keep-draft" },
];
const FORM: &[Binding<Msg>] = &[
    Binding { keys: &[ENTER], msg: Msg::Take, help: "console-key-take" },
    Binding { keys: &[keys::TAB, keys::DOWN], msg: Msg::NextField, help: "console-pros-next-field" },
    Binding {
        keys: &[keys::BACK_TAB, keys::UP],
        msg: Msg::PreviousField,
        help: "console-pros-previous-field",
    },
    Binding { keys: &[ESC], msg: Msg::Close, help: "console-key-close" },
];

const WORDS: &[Word<Msg>] = &[
    Word { name: "approve", msg: Msg::Approve, help: "console-pros-approve" },
    Word { name: "decline", msg: Msg::Decline, help: "console-pros-decline" },
    Word { name: "persona", msg: Msg::Persona, help: "console-pros-persona" },
    Word { name: "prices", msg: Msg::Prices, help: "console-pros-prices" },
    Word { name: "preview", msg: Msg::Preview, help: "console-pros-preview" },
    Word { name: "forget", msg: Msg::Forget, help: "console-pros-forget" },
];

impl Pros {
    fn height(cx: &Cx<'_, Msg>) -> usize {
        cx.shared.body_rows().saturating_sub(1).max(1)
    }

    fn rows(&self) -> Vec<&ProLine> {
        let wanted = self.filter.to_lowercase();
        let all = self.list.get().map(Vec::as_slice).unwrap_or_default();
        let fits = |pro: &&ProLine| {
            pro.name.to_lowercase().contains(&wanted)
                || pro.phone.contains(&wanted)
                || pro.areas.iter().chain(&pro.trades).any(|word| word.to_lowercase().contains(&wanted))
        };
        all.iter().filter(fits).collect()
    }

    /// The pro that keys are about: the open one, else the chosen one.
    fn line(&self) -> Option<ProLine> {
        match &self.open {
            Some(open) => {
                let listed = || self.list.get()?.iter().find(|line| line.id == open.id);
                open.detail.get().map(|detail| &detail.line).or_else(listed).cloned()
            }
            None => self.rows().get(self.cursor.chosen).map(|line| (*line).clone()),
        }
    }

    fn detail(&self) -> Option<&ProDetail> {
        self.open.as_ref()?.detail.get()
    }

    fn need(&mut self, cx: &mut Cx<'_, Msg>) {
        self.list.need(cx, || Ask::Pros);
        if let Some(open) = &mut self.open {
            let id = open.id.clone();
            open.detail.need(cx, || Ask::Pro(id));
        }
    }

    fn open(&mut self, id: &str, cx: &mut Cx<'_, Msg>) {
        if self.open.as_ref().is_none_or(|open| open.id != id) {
            self.keep_draft();
            let open = Open { id: id.to_owned(), detail: Kept::default(), above: 0, mode: Mode::Sheet };
            self.open = Some(open);
        }
        self.need(cx);
    }

    /// The pro whole, opened if it is not. When it must be asked for, this is done once it is there.
    fn whole(&mut self, then: Msg, cx: &mut Cx<'_, Msg>) -> Option<ProDetail> {
        let line = self.line()?;
        self.open(&line.id, cx);
        let detail = self.detail().cloned();
        self.intent = detail.is_none().then_some(then);
        detail
    }

    /// Leaves an editor and keeps what was edited.
    fn keep_draft(&mut self) -> bool {
        let Some(open) = &mut self.open else { return false };
        let (id, stored) = (open.id.clone(), open.detail.get());
        let draft = self.drafts.entry(id.clone()).or_default();
        match std::mem::take(&mut open.mode) {
            Mode::Sheet => {}
            Mode::Persona(editor) => {
                let same = stored.is_some_and(|stored| stored.persona == editor.text());
                draft.persona = (!same).then(|| editor.text().to_owned());
            }
            Mode::Prices(prices) => {
                let same = stored.is_some_and(|stored| stored.prices == prices.lines);
                draft.prices = (!same).then_some(prices.lines);
            }
        }
        let kept = draft.persona.is_some() || draft.prices.is_some();
        if !kept {
            self.drafts.remove(&id);
        }
        kept
    }

    fn close(&mut self, cx: &mut Cx<'_, Msg>) {
        let Some(open) = &mut self.open else { return };
        match &mut open.mode {
            Mode::Sheet => self.open = None,
            Mode::Prices(prices) if prices.form.is_some() => prices.form = None,
            Mode::Persona(_) | Mode::Prices(_) => {
                if self.keep_draft() {
                    let text = cx.look().t("console-pros-draft-kept");
                    cx.notice(Notice::plain(text));
                }
            }
        }
    }

    fn step(&mut self, step: Step, cx: &mut Cx<'_, Msg>) {
        let height = Self::height(cx);
        match &mut self.open {
            Some(Open { mode: Mode::Prices(prices), .. }) => {
                let length = prices.lines.len();
                step.apply(&mut prices.cursor, length, height);
            }
            Some(open) => open.above = open.above.saturating_add_signed(step.by(height)).min(500),
            None => {
                let length = self.rows().len();
                step.apply(&mut self.cursor, length, height);
            }
        }
    }
}

impl Screen for Pros {
    type Msg = Msg;
    const ID: ScreenId = ScreenId::Pros;

    fn keys(&self) -> &'static [Binding<Msg>] {
        match self.open.as_ref().map(|open| &open.mode) {
            None => LIST,
            Some(Mode::Sheet) => SHEET,
            Some(Mode::Persona(_)) => PERSONA,
            Some(Mode::Prices(prices)) if prices.form.is_some() => FORM,
            Some(Mode::Prices(_)) => PRICES,
        }
    }

    fn commands(&self) -> &'static [Word<Msg>] {
        WORDS
    }

    fn shown(&mut self, cx: &mut Cx<'_, Msg>) {
        self.need(cx);
    }

    fn update(&mut self, msg: Msg, given: &str, cx: &mut Cx<'_, Msg>) {
        // Another key means something else by now.
        self.intent = None;
        match msg {
            Msg::Move(step) => self.step(step, cx),
            Msg::Open => {
                if let Some(line) = self.line() {
                    self.open(&line.id, cx);
                }
            }
            Msg::Close => self.close(cx),
            Msg::Approve => self.decide(true, cx),
            Msg::Decline => self.decide(false, cx),
            Msg::Persona => self.persona(cx),
            Msg::Prices => self.prices(cx),
            Msg::Areas => self.areas(cx),
            Msg::AreasGiven => self.areas_given(given, cx),
            Msg::Trades => self.choose_trades(cx),
            Msg::TradeGiven => self.trade_given(given, cx),
            Msg::Hours => self.choose_day(cx),
            Msg::DayGiven => self.day_given(given, cx),
            Msg::HoursGiven => self.hours_given(given, cx),
            Msg::Vacation => self.vacation(cx),
            Msg::Active => self.active(cx),
            Msg::Preview if given.is_empty() => self.ask_sample(cx),
            Msg::Preview | Msg::PreviewGiven => self.preview(given, cx),
            Msg::Schedule => {
                if let Some(line) = self.line() {
                    cx.go(Link::Schedule(Some(line.id), None));
                }
            }
            Msg::Copy => {
                if let Some(line) = self.line() {
                    cx.effect(Effect::Copy(line.phone));
                }
            }
            Msg::Save => self.save(cx),
            Msg::Forget => self.forget(cx),
            Msg::Add | Msg::Change | Msg::Remove | Msg::NextField | Msg::PreviousField | Msg::Take => {
                if let Some(Open { mode: Mode::Prices(prices), .. }) = &mut self.open {
                    prices.update(msg, cx);
                }
            }
        }
    }

    fn answered(&mut self, ticket: Ticket, answer: Result<Answer, Failure>, cx: &mut Cx<'_, Msg>) {
        if self.list.waits_for(ticket) {
            self.list.take(if let Ok(Answer::Pros(list)) = answer { Some(list) } else { None });
            let (length, height) = (self.rows().len(), Self::height(cx));
            self.cursor.step(0, length, height);
            return;
        }
        if let Some(open) = &mut self.open
            && open.detail.waits_for(ticket)
        {
            open.detail.take(if let Ok(Answer::Pro(detail)) = answer { Some(*detail) } else { None });
            let known = open.detail.get().is_some();
            if let Some(intent) = self.intent.take_if(|_| known && cx.front) {
                self.update(intent, "", cx);
            }
            return;
        }
        match answer {
            Ok(Answer::Previewed(previewed)) => self.previewed(ticket, &previewed, cx),
            Ok(Answer::Pro(detail)) => self.changed(ticket, *detail, cx),
            Ok(_) => {}
            Err(_) => drop(self.preview.take_if(|(asked, _)| *asked == ticket)),
        }
    }

    fn happened(&mut self, event: &Event, cx: &mut Cx<'_, Msg>) {
        match event {
            Event::Resync => {
                self.list.outdate();
                if let Some(open) = &mut self.open {
                    open.detail.outdate();
                }
            }
            Event::Pro { id } => {
                self.list.outdate();
                if let Some(open) = self.open.as_mut().filter(|open| open.id == *id) {
                    open.detail.outdate();
                }
            }
            // How many jobs are open is not worth a question with every lead.
            Event::Lead { .. } => return self.list.outdate(),
            _ => return,
        }
        if cx.front {
            self.need(cx);
        }
    }

    fn opened(&mut self, link: &Link, cx: &mut Cx<'_, Msg>) {
        if let Link::Pro(id) = link {
            self.open(id, cx);
        }
    }

    fn filter(&self) -> Option<&str> {
        self.open.is_none().then_some(self.filter.as_str())
    }

    fn filtered(&mut self, text: &str, _cx: &mut Cx<'_, Msg>) {
        text.clone_into(&mut self.filter);
        self.cursor = Cursor::default();
    }

    fn typing(&self) -> bool {
        match self.open.as_ref().map(|open| &open.mode) {
            Some(Mode::Persona(_)) => true,
            Some(Mode::Prices(prices)) => prices.form.is_some(),
            Some(Mode::Sheet) | None => false,
        }
    }

    fn typed(&mut self, key: Key, cx: &mut Cx<'_, Msg>) {
        // Letters are text here, so that only the keys of the table that are no letters count.
        if let Some(msg) = find(self.keys(), key) {
            return self.update(msg, "", cx);
        }
        let width = view::editor_width(cx.shared.size.0);
        match self.open.as_mut().map(|open| &mut open.mode) {
            Some(Mode::Persona(editor)) => editor.key(key, width),
            Some(Mode::Prices(Prices { form: Some(form), .. })) => form.key(key),
            _ => {}
        }
    }

    fn pasted(&mut self, text: &str, _cx: &mut Cx<'_, Msg>) {
        match self.open.as_mut().map(|open| &mut open.mode) {
            Some(Mode::Persona(editor)) => editor.insert(text),
            Some(Mode::Prices(Prices { form: Some(form), .. })) => form.insert(text),
            _ => {}
        }
    }

    fn clicked(&mut self, list: u8, row: usize, cx: &mut Cx<'_, Msg>) {
        match &mut self.open {
            Some(Open { mode: Mode::Prices(prices), .. }) if list == 1 => prices.cursor.chosen = row,
            _ if list == 0 => {
                let again = self.cursor.chosen == row || self.open.is_some();
                self.cursor.chosen = row;
                if again && let Some(id) = self.rows().get(row).map(|line| line.id.clone()) {
                    self.open(&id, cx);
                }
            }
            _ => {}
        }
    }

    fn view(&self, paint: &mut Painter<'_>, area: Rect, _shared: &Shared) {
        self.paint(paint, area);
    }
}
