//! People: search while one types, one person's facts, merging two, a person's data as a file, removing a person for good.

use super::{Cx, Effect, Link, Screen, ScreenId, Ticket, Word};
use crate::ask::{Answer, Ask};
use crate::change::{Change, Choice, ChoiceRow, Confirm};
use crate::delay::Delayed;
use crate::kept::{nothing, waiting};
use crate::keys::{Binding, ENTER, ESC, SPACE, ch};
use crate::look::Look;
use crate::model::{Notice, Shared};
use crate::paged::{Paged, Row};
use crate::paint::{Painter, Size};
use crate::sheet::{Item, sheet};
use crate::steps::{Step, with_steps};
use crate::table::{Column, Line, cell, table};
use admin_api::access::Action;
use admin_api::client::Failure;
use admin_api::contact::{ContactFilter, ContactLine, Erase, Export, Merge};
use admin_api::event::Event;
use locales::args;
use ratatui::layout::Rect;

/// From this width on the list stays beside the open person.
const WIDE: u16 = 100;

impl Row for ContactLine {
    fn id(&self) -> &str {
        &self.id
    }
}

/// The people.
#[derive(Default)]
pub struct Contacts {
    list: Paged<ContactLine>,
    typed: Delayed,
    /// What the list was asked for.
    sought: String,
    /// People that are marked, as they were when they were; two can be merged.
    marked: Vec<ContactLine>,
    open: Option<Open>,
    export: Option<(Ticket, String)>,
}

/// The person that is open: from the list, or asked for by a link.
struct Open {
    id: String,
    person: Option<Box<ContactLine>>,
    asked: Option<Ticket>,
}

/// What keys, commands and replies say.
#[derive(Clone, Copy)]
#[expect(missing_docs, reason = "the key table says what each does; the last is the reply to a choice")]
pub enum Msg {
    Move(Step),
    Open,
    Close,
    Mark,
    Merge,
    Export,
    Erase,
    Chat,
    Copy,
    MergeInto,
}

const KEYS: &[Binding<Msg>] = with_steps![Msg::Move;
    Binding { keys: &[ENTER], msg: Msg::Open, help: "console-key-open" },
    Binding { keys: &[SPACE], msg: Msg::Mark, help: "console-key-mark" },
    Binding { keys: &[ch('m')], msg: Msg::Merge, help: "console-contacts-merge" },
    Binding { keys: &[ch('e')], msg: Msg::Export, help: "console-contacts-export" },
    Binding { keys: &[ch('E')], msg: Msg::Erase, help: "console-contacts-erase" },
    Binding { keys: &[ch('c')], msg: Msg::Chat, help: "console-contacts-chat" },
    Binding { keys: &[ch('y')], msg: Msg::Copy, help: "console-contacts-copy" },
    Binding { keys: &[ESC], msg: Msg::Close, help: "console-key-close" },
];

const WORDS: &[Word<Msg>] = &[
    Word { name: "merge", msg: Msg::Merge, help: "console-contacts-merge" },
    Word { name: "export", msg: Msg::Export, help: "console-contacts-export" },
    Word { name: "erase", msg: Msg::Erase, help: "console-contacts-erase" },
];

const COLUMNS: &[Column] = &[
    Column::new("console-contacts-name", Size::Share(3)),
    Column::new("console-contacts-phone", Size::Fixed(16)),
    Column::new("console-contacts-language", Size::Fixed(5)),
    Column::new("console-contacts-leads", Size::Fixed(8)).number(),
    Column::new("console-contacts-opted-out", Size::Fixed(12)),
];

fn called(person: &ContactLine) -> String {
    let known = person.name.as_ref().or(person.phone.as_ref());
    known.unwrap_or(&person.id).clone()
}

fn summary(person: &ContactLine, look: &Look) -> String {
    let leads = look.say("console-contacts-leads-count", &args![count = person.leads]);
    format!("{} · {leads}", called(person))
}

/// A phone on a line of its own: beside Hebrew words its plus would stand at the wrong end.
fn phone(person: &ContactLine) -> String {
    person.phone.clone().unwrap_or_default()
}

/// A name for a file that cannot lead anywhere else, whatever the id is.
fn file_name(id: &str, look: &Look, now: chrono::DateTime<chrono::Utc>) -> String {
    let safe: String = id.chars().filter(|c| c.is_ascii_alphanumeric() || *c == '-').take(40).collect();
    format!("contact-{safe}-{}-{}.json", look.day(now).format("%Y%m%d"), look.time(now).replace(':', ""))
}

impl Contacts {
    fn height(cx: &Cx<'_, Msg>) -> usize {
        cx.shared.body_rows().saturating_sub(1).max(1)
    }

    fn fill(&mut self, cx: &mut Cx<'_, Msg>) {
        if let Some((page, window)) = self.list.wanted(Self::height(cx)) {
            let q = (!self.sought.is_empty()).then(|| self.sought.clone());
            let ticket = cx.ask(Ask::Contacts(ContactFilter { q, window }));
            self.list.asked(ticket, page);
        }
    }

    /// The person that keys are about: the open one, else the chosen one.
    fn person(&self) -> Option<ContactLine> {
        match &self.open {
            Some(open) => open.person.as_deref().cloned(),
            None => self.list.chosen().cloned(),
        }
    }

    fn open(&mut self, id: String, person: Option<ContactLine>, cx: &mut Cx<'_, Msg>) {
        // The list may be old: the person is asked for also when the list has them.
        let asked = Some(cx.ask(Ask::Contact(id.clone())));
        self.open = Some(Open { id, person: person.map(Box::new), asked });
    }

    fn mark(&mut self, cx: &mut Cx<'_, Msg>) {
        let Some(person) = self.person() else { return };
        match self.marked.iter().position(|marked| marked.id == person.id) {
            Some(at) => drop(self.marked.remove(at)),
            None => {
                self.marked.push(person);
                // Two can be merged; who is marked as the third takes the place of the first.
                let over = self.marked.len().saturating_sub(2);
                self.marked.drain(..over);
            }
        }
        if self.open.is_none() {
            self.step(1, cx);
        }
    }

    fn merge(&mut self, cx: &mut Cx<'_, Msg>) {
        if cx.barred(Action::EditContacts) {
            return;
        }
        let [first, second] = self.marked.as_slice() else {
            let text = cx.look().t("console-contacts-mark-two");
            cx.notice(Notice::bad(text));
            return;
        };
        let look = cx.look();
        let rows = [first, second].map(|person| ChoiceRow {
            value: person.id.clone(),
            label: called(person),
            detail: phone(person),
            off: false,
        });
        let choice = Choice { title: look.t("console-contacts-who-stays"), rows: rows.to_vec() };
        cx.choose(Msg::MergeInto, choice);
    }

    fn merge_into(&mut self, id: &str, cx: &mut Cx<'_, Msg>) {
        let [first, second] = self.marked.as_slice() else { return };
        let (stays, goes) = if first.id == id { (first, second) } else { (second, first) };
        let look = cx.look();
        let mut lines = vec![
            look.say("console-contacts-stays", &args![person = summary(stays, look)]),
            phone(stays),
            look.say("console-contacts-goes", &args![person = summary(goes, look)]),
            phone(goes),
            look.say(
                "console-contacts-merged-leads",
                &args![count = stays.leads + goes.leads, moved = goes.leads],
            ),
        ];
        if stays.phone != goes.phone {
            lines.push(look.t("console-contacts-phones-differ"));
        }
        if goes.opted_out_at.is_some() != stays.opted_out_at.is_some() {
            lines.push(look.t("console-contacts-one-opted-out"));
        }
        let merge = Merge { other: goes.id.clone(), version: stays.version };
        let done = look.say("console-contacts-merged", &args![name = called(stays)]);
        let confirm = Confirm {
            question: look
                .say("console-contacts-merge-sure", &args![name = called(stays), other = called(goes)]),
            lines,
            word: None,
            changes: vec![Change::of(stays, Ask::Merge(stays.id.clone(), merge), done)],
        };
        cx.confirm(confirm);
    }

    fn export(&mut self, cx: &mut Cx<'_, Msg>) {
        let Some(person) = self.person() else { return };
        if !cx.may(Action::ErasePeople) {
            let text = cx.look().t("console-forbidden");
            cx.notice(Notice::bad(text));
            return;
        }
        let ticket = cx.ask(Ask::Export(person.id.clone()));
        self.export = Some((ticket, person.id));
        let text = cx.look().t("console-contacts-exporting");
        cx.notice(Notice::plain(text));
    }

    fn save(&self, export: &Export, id: &str, cx: &mut Cx<'_, Msg>) {
        match serde_json::to_vec_pretty(export) {
            Ok(bytes) => {
                let name = file_name(id, cx.look(), cx.now());
                cx.effect(Effect::Save(name, bytes));
            }
            Err(_) => {
                let text = cx.look().t("console-failure-unreadable");
                cx.notice(Notice::bad(text));
            }
        }
    }

    fn erase(&mut self, cx: &mut Cx<'_, Msg>) {
        let Some(person) = self.person() else { return };
        let word = format!("erase {}", person.id);
        let look = cx.look();
        let confirm = Confirm {
            question: look.say("console-contacts-erase-sure", &args![name = called(&person)]),
            lines: vec![summary(&person, look), phone(&person), look.t("console-contacts-erase-lines")],
            word: Some(word.clone()),
            // What is said when it is done comes with the answer: how much was removed.
            changes: vec![Change::new(Ask::Erase(person.id.clone(), Erase { confirm: word }), "")],
        };
        cx.confirm(confirm);
    }

    fn step(&mut self, by: isize, cx: &mut Cx<'_, Msg>) {
        self.list.step(by, Self::height(cx));
        self.fill(cx);
        // Beside the list the open person follows the chosen row, without a question for each row on the way.
        if cx.shared.size.0 >= WIDE
            && let (Some(open), Some(person)) = (&mut self.open, self.list.chosen())
        {
            *open = Open { id: person.id.clone(), person: Some(Box::new(person.clone())), asked: None };
        }
    }

    fn detail(&self, paint: &mut Painter<'_>, area: Rect, open: &Open) {
        let look = paint.look;
        let theme = &look.theme;
        let inside = paint.boxed(area, &look.t("console-contacts-person"), theme.accent);
        let Some(person) = &open.person else { return waiting(paint, inside) };
        let fact = |key: &str, value: String| Item::Fact(look.t(key), value, theme.text);
        let or_dash = |value: &Option<String>| value.clone().unwrap_or_else(|| "—".to_owned());
        let items = [
            fact("console-contacts-name", or_dash(&person.name)),
            fact("console-contacts-phone", or_dash(&person.phone)),
            fact("console-contacts-language", or_dash(&person.language)),
            fact("console-contacts-leads", person.leads.to_string()),
            match person.opted_out_at {
                Some(at) => {
                    Item::Fact(look.t("console-contacts-opted-out"), look.moment(at, paint.now), theme.warn)
                }
                None => fact("console-contacts-opted-out", "—".to_owned()),
            },
            fact("console-contacts-id", person.id.clone()),
        ];
        sheet(paint, inside, &items, 0);
    }

    fn rows(&self, paint: &mut Painter<'_>, area: Rect) {
        if self.list.is_empty() {
            return nothing(paint, area);
        }
        let (look, now) = (paint.look, paint.now);
        let theme = &look.theme;
        table(paint, area, COLUMNS, 0, self.list.cursor, self.list.len(), |at| {
            let person = self.list.get(at)?;
            let name = person.name.as_deref().unwrap_or("—");
            let out = person.opted_out_at.map_or(String::new(), |at| format!("✗ {}", look.moment(at, now)));
            let cells = vec![
                cell(name, theme.text),
                cell(person.phone.as_deref().unwrap_or("—"), theme.text),
                cell(person.language.as_deref().unwrap_or("—"), theme.dim),
                cell(person.leads.to_string(), theme.text),
                cell(out, theme.warn),
            ];
            Some(Line { cells, marked: self.marked.iter().any(|marked| marked.id == person.id) })
        });
    }
}

impl Screen for Contacts {
    type Msg = Msg;
    const ID: ScreenId = ScreenId::Contacts;

    fn keys(&self) -> &'static [Binding<Msg>] {
        KEYS
    }

    fn commands(&self) -> &'static [Word<Msg>] {
        WORDS
    }

    fn shown(&mut self, cx: &mut Cx<'_, Msg>) {
        self.fill(cx);
    }

    fn update(&mut self, msg: Msg, given: &str, cx: &mut Cx<'_, Msg>) {
        match msg {
            Msg::Move(step) => self.step(step.by(Self::height(cx)), cx),
            Msg::Open => {
                if let Some(person) = self.list.chosen().cloned() {
                    self.open(person.id.clone(), Some(person), cx);
                }
            }
            Msg::Close if self.open.is_some() => self.open = None,
            Msg::Close => self.marked.clear(),
            Msg::Mark => self.mark(cx),
            Msg::Merge => self.merge(cx),
            Msg::MergeInto => self.merge_into(given, cx),
            Msg::Export => self.export(cx),
            Msg::Erase => self.erase(cx),
            Msg::Chat => match self.person().map(|person| person.conversation) {
                Some(Some(chat)) => cx.go(Link::Conversation(chat)),
                Some(None) => {
                    let text = cx.look().t("console-contacts-no-chat");
                    cx.notice(Notice::plain(text));
                }
                None => {}
            },
            Msg::Copy => {
                if let Some(phone) = self.person().and_then(|person| person.phone) {
                    cx.effect(Effect::Copy(phone));
                }
            }
        }
    }

    fn answered(&mut self, ticket: Ticket, answer: Result<Answer, Failure>, cx: &mut Cx<'_, Msg>) {
        if self.list.waits_for(ticket) {
            match answer {
                Ok(Answer::Contacts(page)) => {
                    self.list.take(page);
                    if cx.front {
                        self.fill(cx);
                    }
                }
                Ok(_) | Err(_) => self.list.failed(),
            }
            return;
        }
        match answer {
            Ok(Answer::Contact(person)) => {
                if let Some(open) = &mut self.open
                    && open.asked == Some(ticket)
                {
                    open.asked = None;
                    open.person = Some(person);
                }
            }
            Ok(Answer::Export(export)) => {
                if let Some((_, id)) = self.export.take_if(|(asked, _)| *asked == ticket) {
                    self.save(&export, &id, cx);
                }
            }
            Ok(Answer::Erased(erased)) => {
                self.open = None;
                self.marked.clear();
                let look = cx.look();
                let notice = if erased.left == 0 {
                    Notice::good(look.say("console-contacts-erased", &args![count = erased.documents]))
                } else {
                    Notice::bad(look.say("console-contacts-erased-left", &args![count = erased.left]))
                };
                cx.notice(notice);
            }
            // The two that were marked are one now.
            Ok(Answer::Done) => self.marked.clear(),
            Ok(_) => {}
            Err(_) => {
                // A person that is gone is not kept open.
                if self.open.as_ref().is_some_and(|open| open.asked == Some(ticket)) {
                    self.open = None;
                }
            }
        }
    }

    fn happened(&mut self, event: &Event, cx: &mut Cx<'_, Msg>) {
        if matches!(event, Event::Resync | Event::Conversation { .. }) {
            self.list.outdate();
        }
        if cx.front && matches!(event, Event::Resync) {
            self.fill(cx);
            if let Some(open) = &mut self.open {
                open.asked = Some(cx.ask(Ask::Contact(open.id.clone())));
            }
        }
    }

    fn opened(&mut self, link: &Link, cx: &mut Cx<'_, Msg>) {
        if let Link::Contact(id) = link {
            self.open(id.clone(), None, cx);
        }
    }

    fn ticked(&mut self, cx: &mut Cx<'_, Msg>) {
        let Some(sought) = self.typed.tick().map(|text| text.trim().to_owned()) else { return };
        if sought != self.sought {
            self.sought = sought;
            self.list = Paged::default();
            self.fill(cx);
        }
    }

    fn filter(&self) -> Option<&str> {
        Some(self.typed.text())
    }

    fn filtered(&mut self, text: &str, _cx: &mut Cx<'_, Msg>) {
        self.typed.set(text);
    }

    fn clicked(&mut self, _list: u8, row: usize, cx: &mut Cx<'_, Msg>) {
        let again = self.list.cursor.chosen == row;
        self.list.put(row, Self::height(cx));
        if again {
            self.update(Msg::Open, "", cx);
        }
    }

    fn view(&self, paint: &mut Painter<'_>, area: Rect, _shared: &Shared) {
        let Some(open) = &self.open else {
            if !self.list.is_known() {
                return waiting(paint, area);
            }
            return self.rows(paint, area);
        };
        if area.width < WIDE {
            return self.detail(paint, area, open);
        }
        let parts = paint.columns(area, &[Size::Share(3), Size::Share(2)]);
        self.rows(paint, parts[0]);
        self.detail(paint, parts[1], open);
    }
}
