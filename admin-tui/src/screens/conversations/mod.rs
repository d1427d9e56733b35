//! Chats: a live list, what is said in one, and a person in the bot's place.

mod chat;
mod deeds;
mod list;
mod talk;

use super::{Cx, Link, Screen, ScreenId, Ticket, Word};
use crate::ask::{Answer, Ask};
use crate::keys::{self, Binding, ENTER, ESC, Key, ch};
use crate::model::Shared;
use crate::paged::{Paged, Row};
use crate::paint::{Painter, Size};
use admin_api::client::Failure;
use admin_api::conversation::{ConversationFilter, ConversationLine};
use admin_api::event::Event;
use chat::Chat;
use ratatui::layout::Rect;
use std::collections::BTreeMap;

/// From this width on the list stays beside the open chat.
const WIDE: u16 = 120;

impl Row for ConversationLine {
    fn id(&self) -> &str {
        &self.id
    }
}

/// The chats.
#[derive(Default)]
pub struct Conversations {
    list: Paged<ConversationLine>,
    typed: String,
    filter: ConversationFilter,
    chat: Option<Chat>,
    /// What was typed in chats and not sent: by chat.
    drafts: BTreeMap<String, String>,
    /// What was said and is on its way: put back when it cannot be sent.
    sending: BTreeMap<Ticket, (String, String)>,
    /// A take-over that can be given back once the new version is known.
    undo: Option<String>,
    /// What the next reply of a prompt or choice is about.
    deed: Option<deeds::Deed>,
    /// What is done once the answer is there.
    awaited: Option<(Ticket, deeds::Awaited)>,
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
    Open,
    Close,
    Human,
    Paused,
    Write,
    TakeOver,
    GiveBack,
    Toggle,
    Template,
    TemplateNamed,
    TemplateFilled,
    Media,
    Copy,
    CopyAll,
    Lead,
    Contact,
    Next,
    Previous,
    Bot,
}

const LIST: &[Binding<Msg>] = &[
    Binding { keys: &[ENTER], msg: Msg::Open, help: "console-key-open" },
    Binding { keys: &[ch('t')], msg: Msg::TakeOver, help: "console-chats-take-over" },
    Binding { keys: &[ch('r')], msg: Msg::GiveBack, help: "console-chats-give-back" },
    Binding { keys: &[ch('w')], msg: Msg::Human, help: "console-leads-human" },
    Binding { keys: &[ch('m')], msg: Msg::Paused, help: "console-chats-paused" },
    Binding { keys: &[ch('l')], msg: Msg::Lead, help: "console-chats-lead" },
    Binding { keys: &[ch('b')], msg: Msg::Toggle, help: "console-chats-toggle" },
    Binding { keys: &[ch('p')], msg: Msg::Contact, help: "console-chats-contact" },
    Binding { keys: &[ch('j'), keys::DOWN], msg: Msg::Down, help: "console-key-down" },
    Binding { keys: &[ch('k'), keys::UP], msg: Msg::Up, help: "console-key-up" },
    Binding { keys: &[keys::PAGE_DOWN, keys::ctrl('d')], msg: Msg::PageDown, help: "console-key-page-down" },
    Binding { keys: &[keys::PAGE_UP, keys::ctrl('u')], msg: Msg::PageUp, help: "console-key-page-up" },
    Binding { keys: &[keys::HOME, ch('g')], msg: Msg::First, help: "console-key-first" },
    Binding { keys: &[keys::END, ch('G')], msg: Msg::Last, help: "console-key-last" },
];

const CHAT: &[Binding<Msg>] = &[
    Binding { keys: &[ch('i'), ENTER], msg: Msg::Write, help: "console-chats-write" },
    Binding { keys: &[ch('t')], msg: Msg::TakeOver, help: "console-chats-take-over" },
    Binding { keys: &[ch('r')], msg: Msg::GiveBack, help: "console-chats-give-back" },
    Binding { keys: &[ch('T')], msg: Msg::Template, help: "console-chats-template" },
    Binding { keys: &[ESC], msg: Msg::Close, help: "console-key-close" },
    Binding { keys: &[ch('o')], msg: Msg::Media, help: "console-chats-media" },
    Binding { keys: &[ch('l')], msg: Msg::Lead, help: "console-chats-lead" },
    Binding { keys: &[ch('y')], msg: Msg::Copy, help: "console-key-copy" },
    Binding { keys: &[ch('Y')], msg: Msg::CopyAll, help: "console-chats-copy-all" },
    Binding { keys: &[ch('b')], msg: Msg::Toggle, help: "console-chats-toggle" },
    Binding { keys: &[ch('p')], msg: Msg::Contact, help: "console-chats-contact" },
    Binding { keys: &[ch('j'), keys::DOWN], msg: Msg::Down, help: "console-key-down" },
    Binding { keys: &[ch('k'), keys::UP], msg: Msg::Up, help: "console-key-up" },
    Binding { keys: &[keys::PAGE_DOWN, keys::ctrl('d')], msg: Msg::PageDown, help: "console-key-page-down" },
    Binding { keys: &[keys::PAGE_UP, keys::ctrl('u')], msg: Msg::PageUp, help: "console-key-page-up" },
    Binding { keys: &[keys::HOME, ch('g')], msg: Msg::First, help: "console-key-first" },
    Binding { keys: &[keys::END, ch('G')], msg: Msg::Last, help: "console-key-last" },
    Binding { keys: &[ch('J'), keys::RIGHT], msg: Msg::Next, help: "console-chats-next" },
    Binding { keys: &[ch('K'), keys::LEFT], msg: Msg::Previous, help: "console-chats-previous" },
];

const WORDS: &[Word<Msg>] = &[
    Word { name: "take", msg: Msg::TakeOver, help: "console-chats-word-take" },
    Word { name: "giveback", msg: Msg::GiveBack, help: "console-chats-give-back" },
    Word { name: "template", msg: Msg::Template, help: "console-chats-template" },
    Word { name: "human", msg: Msg::Human, help: "console-leads-human" },
    Word { name: "paused", msg: Msg::Paused, help: "console-chats-paused" },
    Word { name: "bot", msg: Msg::Bot, help: "console-chats-word-bot" },
];

impl Conversations {
    fn height(&self, cx: &Cx<'_, Msg>) -> usize {
        cx.shared.body_rows().saturating_sub(1).max(1)
    }

    /// The chat that keys are about.
    fn line(&self) -> Option<&ConversationLine> {
        match &self.chat {
            Some(chat) => chat.detail.as_ref().map(|detail| &detail.line).or_else(|| self.list.chosen()),
            None => self.list.chosen(),
        }
    }

    fn fill(&mut self, cx: &mut Cx<'_, Msg>) {
        let height = self.height(cx);
        if let Some((page, window)) = self.list.wanted(height) {
            let ticket = cx.ask(Ask::Conversations(ConversationFilter { window, ..self.filter.clone() }));
            self.list.asked(ticket, page);
        }
        if let Some(chat) = &mut self.chat {
            chat.fill(cx);
        }
    }

    fn open(&mut self, id: &str, cx: &mut Cx<'_, Msg>) {
        if self.chat.as_ref().is_none_or(|chat| chat.id != id) {
            self.keep_draft();
            let draft = self.drafts.remove(id).unwrap_or_default();
            self.chat = Some(Chat::new(id, &draft));
        }
        self.fill(cx);
    }

    /// What is typed and not sent is there again when the chat is opened next.
    fn keep_draft(&mut self) {
        if let Some(chat) = &mut self.chat {
            let draft = chat.input.take();
            if !draft.trim().is_empty() {
                self.drafts.insert(chat.id.clone(), draft);
            }
        }
    }

    fn step(&mut self, by: isize, cx: &mut Cx<'_, Msg>) {
        let height = self.height(cx);
        match &mut self.chat {
            Some(chat) => chat.step(by),
            None => self.list.step(by, height),
        }
        self.fill(cx);
    }

    /// Another chat of the list, while one is open.
    fn turn(&mut self, by: isize, cx: &mut Cx<'_, Msg>) {
        let height = self.height(cx);
        self.list.step(by, height);
        if let Some(id) = self.list.chosen().map(|line| line.id.clone()) {
            self.open(&id, cx);
        }
    }

    fn set_filter(&mut self, text: &str, cx: &mut Cx<'_, Msg>) {
        text.clone_into(&mut self.typed);
        self.filter = read(text);
        self.list = Paged::default();
        self.fill(cx);
    }

    /// Puts a word into the filter, or takes it out.
    fn switch(&mut self, word: &str, cx: &mut Cx<'_, Msg>) {
        let mut words: Vec<&str> = self.typed.split_whitespace().filter(|typed| *typed != word).collect();
        if words.len() == self.typed.split_whitespace().count() {
            words.push(word);
        }
        let text = words.join(" ");
        self.set_filter(&text, cx);
    }
}

/// What is typed behind `/`: `human`, `paused`, and the beginning of a name or phone.
fn read(text: &str) -> ConversationFilter {
    let mut filter = ConversationFilter::default();
    let mut words = Vec::new();
    for word in text.split_whitespace() {
        match word {
            "human" | "!" => filter.needs_human = true,
            "paused" => filter.paused = true,
            word => words.push(word),
        }
    }
    filter.q = (!words.is_empty()).then(|| words.join(" "));
    filter
}

impl Screen for Conversations {
    type Msg = Msg;
    const ID: ScreenId = ScreenId::Conversations;

    fn keys(&self) -> &'static [Binding<Msg>] {
        if self.chat.is_some() { CHAT } else { LIST }
    }

    fn commands(&self) -> &'static [Word<Msg>] {
        WORDS
    }

    fn arguments(&self, msg: Msg) -> Vec<String> {
        let words: &[&str] = match msg {
            Msg::TakeOver => &["15", "30", "60", "240", "1440"],
            Msg::Bot => &["on", "off"],
            _ => &[],
        };
        words.iter().map(|word| (*word).to_owned()).collect()
    }

    fn shown(&mut self, cx: &mut Cx<'_, Msg>) {
        self.fill(cx);
    }

    fn update(&mut self, msg: Msg, given: &str, cx: &mut Cx<'_, Msg>) {
        let page = isize::try_from(self.height(cx)).unwrap_or(10);
        match msg {
            Msg::Down => self.step(1, cx),
            Msg::Up => self.step(-1, cx),
            Msg::PageDown => self.step(page, cx),
            Msg::PageUp => self.step(-page, cx),
            Msg::First => self.step(isize::MIN / 2, cx),
            Msg::Last => self.step(isize::MAX / 2, cx),
            Msg::Next => self.turn(1, cx),
            Msg::Previous => self.turn(-1, cx),
            Msg::Open => {
                if let Some(id) = self.list.chosen().map(|line| line.id.clone()) {
                    self.open(&id, cx);
                }
            }
            Msg::Close => {
                self.keep_draft();
                self.chat = None;
            }
            Msg::Human => self.switch("human", cx),
            Msg::Paused => self.switch("paused", cx),
            Msg::Lead => {
                if let Some(lead) = self.line().and_then(|line| line.lead.clone()) {
                    cx.go(Link::Lead(lead));
                }
            }
            Msg::Contact => {
                if let Some(contact) = self.line().map(|line| line.contact.clone()) {
                    cx.go(Link::Contact(contact));
                }
            }
            Msg::Write => self.write(cx),
            Msg::TakeOver => self.take_over(given, cx),
            Msg::GiveBack => self.give_back(cx),
            Msg::Toggle => self.toggle(cx),
            Msg::Template => self.template(given, cx),
            Msg::TemplateNamed => self.template_named(given, cx),
            Msg::TemplateFilled => self.template_filled(given, cx),
            Msg::Media => self.media(cx),
            Msg::Copy => self.copy(cx),
            Msg::CopyAll => self.copy_all(cx),
            Msg::Bot => self.bot(given, cx),
        }
    }

    fn answered(&mut self, ticket: Ticket, answer: Result<Answer, Failure>, cx: &mut Cx<'_, Msg>) {
        if self.list.waits_for(ticket) {
            match answer {
                Ok(Answer::Conversations(page)) => {
                    self.list.take(page);
                    self.fill(cx);
                }
                Ok(_) | Err(_) => self.list.failed(),
            }
            return;
        }
        if let Some((_, awaited)) = self.awaited.take_if(|(asked, _)| *asked == ticket) {
            self.arrived(awaited, answer, cx);
            return;
        }
        if let Some((chat, text)) = self.sending.remove(&ticket) {
            self.said(&chat, text, answer);
            return;
        }
        if let Some(chat) = &mut self.chat
            && chat.answered(ticket, answer)
        {
            chat.fill(cx);
            self.offer_undo(cx);
        }
    }

    fn happened(&mut self, event: &Event, cx: &mut Cx<'_, Msg>) {
        let about = match event {
            Event::Resync | Event::Settings => {
                self.list.outdate();
                None
            }
            Event::Conversation { id } => {
                self.list.outdate();
                Some(id)
            }
            Event::Delivery { conversation } => Some(conversation),
            Event::Lead { .. } => {
                // The number of the lead stands in the list.
                self.list.outdate();
                if cx.front {
                    self.fill(cx);
                }
                return;
            }
            Event::Pro { .. } | Event::Appointment { .. } | Event::Jobs => return,
        };
        if let Some(chat) = &mut self.chat
            && about.is_none_or(|id| *id == chat.id)
        {
            chat.outdate();
        }
        if cx.front {
            self.fill(cx);
        }
    }

    fn opened(&mut self, link: &Link, cx: &mut Cx<'_, Msg>) {
        if let Link::Conversation(id) = link {
            self.open(id, cx);
        }
    }

    fn ticked(&mut self, cx: &mut Cx<'_, Msg>) {
        self.fill(cx);
    }

    fn filter(&self) -> Option<&str> {
        Some(&self.typed)
    }

    fn filtered(&mut self, text: &str, cx: &mut Cx<'_, Msg>) {
        self.set_filter(text, cx);
    }

    fn typing(&self) -> bool {
        self.chat.as_ref().is_some_and(|chat| chat.writing)
    }

    fn typed(&mut self, key: Key, cx: &mut Cx<'_, Msg>) {
        self.write_key(key, cx);
    }

    fn pasted(&mut self, text: &str, _cx: &mut Cx<'_, Msg>) {
        if let Some(chat) = self.chat.as_mut().filter(|chat| chat.writing) {
            chat.input.insert(text);
        }
    }

    fn clicked(&mut self, list: u8, row: usize, cx: &mut Cx<'_, Msg>) {
        match (list, &mut self.chat) {
            (talk::LINES, Some(chat)) => chat.chosen = Some(row),
            _ => {
                let height = self.height(cx);
                let again = self.list.cursor.chosen == row;
                self.list.put(row, height);
                if again || self.chat.is_some() {
                    self.update(Msg::Open, "", cx);
                }
            }
        }
    }

    fn view(&self, paint: &mut Painter<'_>, area: Rect, shared: &Shared) {
        match &self.chat {
            None => list::view(paint, area, &self.list),
            Some(chat) if area.width < WIDE => talk::view(paint, area, chat, shared),
            Some(chat) => {
                let parts = paint.columns(area, &[Size::Share(2), Size::Share(3)]);
                list::view(paint, parts[0], &self.list);
                talk::view(paint, parts[1], chat, shared);
            }
        }
    }
}
