//! Leads: a table and a board, one lead whole with its timeline, and what is done with leads: assign, status, notes.

mod board;
mod deeds;
mod detail;
mod filter;
mod rows;

use super::{Cx, Link, Screen, ScreenId, Ticket, Word};
use crate::ask::{Answer, Ask};
use crate::keys::{self, Binding, ENTER, ESC, SPACE, ch};
use crate::model::Shared;
use crate::paged::{Paged, Row};
use crate::paint::{Painter, Size};
use admin_api::client::Failure;
use admin_api::error::Problem;
use admin_api::event::Event;
use admin_api::lead::{LeadDetail, LeadFilter, LeadLine, LeadStatus};
use board::Board;
use ratatui::layout::Rect;
use std::collections::BTreeMap;

/// From this width on the list stays beside the open lead.
const WIDE: u16 = 120;

impl Row for LeadLine {
    fn id(&self) -> &str {
        &self.id
    }
}

/// The leads.
#[derive(Default)]
pub struct Leads {
    list: Paged<LeadLine>,
    board: Board,
    on_board: bool,
    typed: String,
    /// The pros that were on the screen: id and name.
    pros: BTreeMap<String, String>,
    filter: LeadFilter,
    /// Leads that are marked, as they were when they were.
    marked: BTreeMap<String, LeadLine>,
    open: Option<Open>,
    /// What is done once the lead that was asked for is there.
    intent: Option<(Ticket, Intent)>,
    /// A status change that can be taken back once the new version is known: lead, status before.
    undo: Option<(String, LeadStatus)>,
    /// What the next reply of a prompt or choice is about.
    deed: Option<deeds::Deed>,
}

/// The lead that is open.
struct Open {
    id: String,
    detail: Option<Box<LeadDetail>>,
    asked: Option<Ticket>,
    old: bool,
    above: usize,
}

/// What is done once a lead is there.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Intent {
    Assign,
    Status,
}

/// What keys, commands and replies say.
#[derive(Clone, Copy)]
#[expect(missing_docs, reason = "the key table says what each does")]
pub enum Msg {
    Down,
    Up,
    PageDown,
    PageUp,
    First,
    Last,
    Left,
    Right,
    Open,
    Close,
    Board,
    Mark,
    Human,
    Assign,
    AssignTo,
    Status,
    StatusTo,
    StatusWhy,
    Note,
    NoteText,
    Chat,
    Pro,
    Copy,
    Jump,
    Csv,
}

macro_rules! moves {
    ($($more:expr),* $(,)?) => {
        &[
            $($more,)*
            Binding { keys: &[ch('a')], msg: Msg::Assign, help: "console-leads-assign" },
            Binding { keys: &[ch('s')], msg: Msg::Status, help: "console-leads-status" },
            Binding { keys: &[ch('n')], msg: Msg::Note, help: "console-leads-note" },
            Binding { keys: &[ch('c')], msg: Msg::Chat, help: "console-leads-chat" },
            Binding { keys: &[ch('p')], msg: Msg::Pro, help: "console-leads-pro" },
            Binding { keys: &[SPACE], msg: Msg::Mark, help: "console-key-mark" },
            Binding { keys: &[ch('b')], msg: Msg::Board, help: "console-leads-board" },
            Binding { keys: &[ch('w')], msg: Msg::Human, help: "console-leads-human" },
            Binding { keys: &[ch('y')], msg: Msg::Copy, help: "console-key-copy" },
            Binding { keys: &[ch('j'), keys::DOWN], msg: Msg::Down, help: "console-key-down" },
            Binding { keys: &[ch('k'), keys::UP], msg: Msg::Up, help: "console-key-up" },
            Binding { keys: &[keys::PAGE_DOWN, keys::ctrl('d')], msg: Msg::PageDown, help: "console-key-page-down" },
            Binding { keys: &[keys::PAGE_UP, keys::ctrl('u')], msg: Msg::PageUp, help: "console-key-page-up" },
            Binding { keys: &[keys::HOME, ch('g')], msg: Msg::First, help: "console-key-first" },
            Binding { keys: &[keys::END, ch('G')], msg: Msg::Last, help: "console-key-last" },
        ]
    };
}

const LIST: &[Binding<Msg>] = moves![
    Binding { keys: &[ENTER], msg: Msg::Open, help: "console-key-open" },
    Binding { keys: &[ESC], msg: Msg::Close, help: "console-key-unmark" },
];
const BOARD: &[Binding<Msg>] = moves![
    Binding { keys: &[ENTER], msg: Msg::Open, help: "console-key-open" },
    Binding { keys: &[ch('h'), keys::LEFT], msg: Msg::Left, help: "console-key-left" },
    Binding { keys: &[ch('l'), keys::RIGHT], msg: Msg::Right, help: "console-key-right" },
    Binding { keys: &[ESC], msg: Msg::Close, help: "console-key-unmark" },
];
const DETAIL: &[Binding<Msg>] = moves![
    Binding { keys: &[ESC], msg: Msg::Close, help: "console-key-close" },
    Binding { keys: &[ch('l'), keys::RIGHT], msg: Msg::Right, help: "console-leads-next" },
    Binding { keys: &[ch('h'), keys::LEFT], msg: Msg::Left, help: "console-leads-previous" },
];

const WORDS: &[Word<Msg>] = &[
    Word { name: "lead", msg: Msg::Jump, help: "console-leads-word-lead" },
    Word { name: "assign", msg: Msg::Assign, help: "console-leads-assign" },
    Word { name: "status", msg: Msg::Status, help: "console-leads-status" },
    Word { name: "note", msg: Msg::Note, help: "console-leads-note" },
    Word { name: "board", msg: Msg::Board, help: "console-leads-board" },
    Word { name: "human", msg: Msg::Human, help: "console-leads-human" },
    Word { name: "csv", msg: Msg::Csv, help: "console-leads-csv" },
];

impl Leads {
    fn height(&self, cx: &Cx<'_, Msg>) -> usize {
        // The titles of the columns take a row.
        cx.shared.body_rows().saturating_sub(1).max(1)
    }

    /// The row that keys are about.
    fn row(&self) -> Option<&LeadLine> {
        if let Some(open) = &self.open {
            return open.detail.as_ref().map(|detail| &detail.line).or_else(|| self.listed());
        }
        self.listed()
    }

    fn listed(&self) -> Option<&LeadLine> {
        if self.on_board { self.board.chosen() } else { self.list.chosen() }
    }

    /// Asks for pages that show and are not there.
    fn fill(&mut self, cx: &mut Cx<'_, Msg>) {
        let height = self.height(cx);
        if self.on_board {
            self.board.fill(&self.filter, height, cx);
        } else if let Some((page, window)) = self.list.wanted(height) {
            let ticket = cx.ask(Ask::Leads(LeadFilter { window, ..self.filter.clone() }));
            self.list.asked(ticket, page);
        }
    }

    /// Asks for the open lead, if it is not there or old.
    fn fill_open(&mut self, cx: &mut Cx<'_, Msg>) {
        if let Some(open) = &mut self.open
            && open.asked.is_none()
            && (open.detail.is_none() || open.old)
        {
            open.old = false;
            open.asked = Some(cx.ask(Ask::Lead(open.id.clone())));
        }
    }

    fn open(&mut self, id: String, cx: &mut Cx<'_, Msg>) {
        if self.open.as_ref().is_none_or(|open| open.id != id) {
            self.open = Some(Open { id, detail: None, asked: None, old: false, above: 0 });
        }
        self.fill_open(cx);
    }

    fn step(&mut self, by: isize, cx: &mut Cx<'_, Msg>) {
        let height = self.height(cx);
        match &mut self.open {
            Some(open) => open.above = open.above.saturating_add_signed(by),
            None if self.on_board => self.board.step(by, height),
            None => self.list.step(by, height),
        }
        self.fill(cx);
    }

    /// Another lead of the list, while one is open.
    fn turn(&mut self, by: isize, cx: &mut Cx<'_, Msg>) {
        let height = self.height(cx);
        if self.on_board {
            self.board.step(by, height)
        } else {
            self.list.step(by, height)
        }
        self.fill(cx);
        if let Some(id) = self.listed().map(|row| row.id.clone()) {
            self.open(id, cx);
        }
    }

    fn set_filter(&mut self, text: &str, cx: &mut Cx<'_, Msg>) {
        text.clone_into(&mut self.typed);
        self.filter = filter::read(text, &self.pros);
        // The old rows go: they would be answers to another question.
        self.list = Paged::default();
        self.board = Board::default();
        self.fill(cx);
    }

    /// Everything that shows may be old.
    fn outdate(&mut self, cx: &mut Cx<'_, Msg>) {
        self.list.outdate();
        self.board.outdate();
        if let Some(open) = &mut self.open {
            open.old = true;
        }
        if cx.front {
            self.fill(cx);
            self.fill_open(cx);
        }
    }

    /// A lead has come, whole.
    fn take_lead(&mut self, detail: Box<LeadDetail>, cx: &mut Cx<'_, Msg>) {
        if let Some(row) = self.list.find_mut(&detail.line.id) {
            row.clone_from(&detail.line);
        }
        if let Some(marked) = self.marked.get_mut(&detail.line.id) {
            marked.clone_from(&detail.line);
        }
        self.offer_undo(&detail, cx);
        if let Some(open) = &mut self.open
            && open.id == detail.line.id
        {
            open.detail = Some(detail);
        }
    }
}

impl Screen for Leads {
    type Msg = Msg;
    const ID: ScreenId = ScreenId::Leads;

    fn keys(&self) -> &'static [Binding<Msg>] {
        match (&self.open, self.on_board) {
            (Some(_), _) => DETAIL,
            (None, true) => BOARD,
            (None, false) => LIST,
        }
    }

    fn commands(&self) -> &'static [Word<Msg>] {
        WORDS
    }

    fn arguments(&self, msg: Msg) -> Vec<String> {
        match msg {
            Msg::Status => LeadStatus::ALL.iter().map(|status| status.key().to_owned()).collect(),
            Msg::Assign => self.ranked_names(),
            _ => Vec::new(),
        }
    }

    fn shown(&mut self, cx: &mut Cx<'_, Msg>) {
        self.fill(cx);
        self.fill_open(cx);
    }

    fn update(&mut self, msg: Msg, given: &str, cx: &mut Cx<'_, Msg>) {
        let height = self.height(cx);
        let page = isize::try_from(height).unwrap_or(10);
        match msg {
            Msg::Down => self.step(1, cx),
            Msg::Up => self.step(-1, cx),
            Msg::PageDown => self.step(page, cx),
            Msg::PageUp => self.step(-page, cx),
            Msg::First => self.step(isize::MIN / 2, cx),
            Msg::Last => self.step(isize::MAX / 2, cx),
            Msg::Left if self.open.is_some() => self.turn(-1, cx),
            Msg::Right if self.open.is_some() => self.turn(1, cx),
            Msg::Left => self.board.turn(-1),
            Msg::Right => self.board.turn(1),
            Msg::Open => {
                if let Some(id) = self.listed().map(|row| row.id.clone()) {
                    self.open(id, cx);
                }
            }
            Msg::Close if self.open.is_some() => self.open = None,
            Msg::Close => self.marked.clear(),
            Msg::Board => {
                self.on_board = !self.on_board;
                self.fill(cx);
            }
            Msg::Mark => {
                if let Some(row) = self.row().cloned()
                    && self.marked.remove(&row.id).is_none()
                {
                    self.marked.insert(row.id.clone(), row);
                }
                if self.open.is_none() {
                    self.step(1, cx);
                }
            }
            Msg::Human => {
                let rest: Vec<&str> = self.typed.split_whitespace().filter(|word| *word != "human").collect();
                let text = if self.filter.needs_human {
                    rest.join(" ")
                } else {
                    format!("{} human", rest.join(" "))
                };
                self.set_filter(text.trim(), cx);
            }
            Msg::Chat => {
                if let Some(row) = self.row() {
                    cx.go(Link::Conversation(row.conversation.clone()));
                }
            }
            Msg::Pro => {
                if let Some(pro) = self.row().and_then(|row| row.pro.clone()) {
                    cx.go(Link::Pro(pro));
                }
            }
            Msg::Jump => self.set_filter(given.trim_start_matches('#'), cx),
            Msg::Copy => self.copy(cx),
            Msg::Csv => self.csv(cx),
            Msg::Assign => self.assign(given, cx),
            Msg::AssignTo => self.assign_to(given, cx),
            Msg::Status => self.status(given, cx),
            Msg::StatusTo => self.status_to(given, cx),
            Msg::StatusWhy => self.status_why(given, cx),
            Msg::Note => self.note(given, cx),
            Msg::NoteText => self.note_text(given, cx),
        }
    }

    fn answered(&mut self, ticket: Ticket, answer: Result<Answer, Failure>, cx: &mut Cx<'_, Msg>) {
        if self.list.waits_for(ticket) {
            match answer {
                Ok(Answer::Leads(page)) => {
                    let named =
                        page.rows.iter().filter_map(|row| Some((row.pro.clone()?, row.pro_name.clone()?)));
                    self.pros.extend(named);
                    self.list.take(page);
                    self.fill(cx);
                }
                Ok(_) | Err(_) => self.list.failed(),
            }
            return;
        }
        if self.board.waits_for(ticket) {
            let height = self.height(cx);
            self.board.answered(ticket, answer);
            if self.on_board {
                self.board.fill(&self.filter, height, cx);
            }
            return;
        }
        let intent = self.intent.take_if(|(asked, _)| *asked == ticket).map(|(_, intent)| intent);
        let of_open = self.open.as_ref().is_some_and(|open| open.asked == Some(ticket));
        if of_open && let Some(open) = &mut self.open {
            open.asked = None;
        }
        match answer {
            Ok(Answer::Lead(detail)) => {
                if let Some(intent) = intent {
                    self.with_lead(intent, &detail, cx);
                }
                self.take_lead(detail, cx);
                if of_open {
                    self.fill_open(cx);
                }
            }
            Ok(_) => {}
            Err(failure) => {
                // A lead that is gone does not come by asking again.
                if of_open && failure.problem() == Some(Problem::NotFound) {
                    self.open = None;
                } else if of_open && let Some(open) = &mut self.open {
                    open.old = true;
                }
            }
        }
    }

    fn happened(&mut self, event: &Event, cx: &mut Cx<'_, Msg>) {
        match event {
            Event::Resync => self.outdate(cx),
            Event::Lead { id, version, .. } => {
                if let Some(open) = &mut self.open
                    && open.id == *id
                    && open.detail.as_ref().is_none_or(|detail| detail.line.version < *version)
                {
                    open.old = true;
                }
                self.list.outdate();
                self.board.outdate();
            }
            Event::Conversation { id } => {
                if let Some(open) = &mut self.open
                    && open.detail.as_ref().is_some_and(|detail| detail.line.conversation == *id)
                {
                    open.old = true;
                }
            }
            Event::Delivery { .. }
            | Event::Pro { .. }
            | Event::Appointment { .. }
            | Event::Settings
            | Event::Jobs => return,
        }
        if cx.front {
            self.fill(cx);
            self.fill_open(cx);
        }
    }

    fn opened(&mut self, link: &Link, cx: &mut Cx<'_, Msg>) {
        if let Link::Lead(id) = link {
            self.open(id.clone(), cx);
        }
    }

    fn ticked(&mut self, cx: &mut Cx<'_, Msg>) {
        // What failed is asked for again with time, not at once.
        self.fill(cx);
        self.fill_open(cx);
    }

    fn filter(&self) -> Option<&str> {
        Some(&self.typed)
    }

    fn filtered(&mut self, text: &str, cx: &mut Cx<'_, Msg>) {
        self.set_filter(text, cx);
    }

    fn clicked(&mut self, list: u8, row: usize, cx: &mut Cx<'_, Msg>) {
        let height = self.height(cx);
        let again = if self.on_board {
            self.board.click(list, row, height)
        } else {
            let again = self.list.cursor.chosen == row;
            self.list.put(row, height);
            again
        };
        if again || self.open.is_some() {
            self.update(Msg::Open, "", cx);
        }
    }

    fn view(&self, paint: &mut Painter<'_>, area: Rect, shared: &Shared) {
        let list = |paint: &mut Painter<'_>, area: Rect| {
            if self.on_board {
                self.board.view(paint, area, &self.marked);
            } else {
                rows::view(paint, area, &self.list, &self.marked);
            }
        };
        match &self.open {
            None => list(paint, area),
            Some(open) if area.width < WIDE => detail::view(paint, area, open, shared),
            Some(open) => {
                let parts = paint.columns(area, &[Size::Share(1), Size::Share(1)]);
                list(paint, parts[0]);
                detail::view(paint, parts[1], open, shared);
            }
        }
    }
}
