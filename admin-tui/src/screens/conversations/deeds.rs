//! A person in the bot's place: taking over and giving back, answering, templates, media, and the bot as a whole.

use super::{Conversations, Msg};
use crate::ask::{Answer, Ask};
use crate::change::{Change, Choice, ChoiceRow, Confirm, Prompt, Undo};
use crate::keys::{ENTER, ESC, Key};
use crate::model::Notice;
use crate::screens::{Cx, Effect};
use crate::text::isolate;
use admin_api::client::Failure;
use admin_api::conversation::{Answering, ConversationLine, GiveBack, Say, SendTemplate, TakeOver, Template};
use admin_api::settings::EditSettings;
use locales::args;

/// How long a take-over lasts when nothing else is said, in minutes.
const MINUTES: u32 = 30;
/// How long the bot is switched off in a chat: the longest that the server takes.
const DAY: u32 = 1_440;

/// What the next reply is about.
#[derive(Clone)]
pub(super) enum Deed {
    /// Which template goes to this chat.
    Template(String, Vec<Template>),
    /// What the parameters of this template become.
    Fill(String, Template, Vec<String>),
}

/// What is done once an answer is there.
#[derive(Clone)]
pub(super) enum Awaited {
    /// The templates, for this chat; with a name that was typed.
    Templates(String, String),
    /// The settings: whether the bot is to be silent.
    Bot { silent: bool },
}

fn called(line: &ConversationLine) -> String {
    isolate(line.name.as_deref().or(line.phone.as_deref()).unwrap_or(&line.id))
}

impl Conversations {
    pub(super) fn take_over(&mut self, given: &str, cx: &mut Cx<'_, Msg>) {
        let minutes = match given.trim() {
            "" => Some(MINUTES),
            given => given.parse().ok().filter(|minutes| (1..=DAY).contains(minutes)),
        };
        let (Some(line), Some(minutes)) = (self.line().cloned(), minutes) else {
            if minutes.is_none() {
                cx.notice(Notice::bad(
                    cx.look().say("console-no-such-value", &args![word = "take", values = "1–1440"]),
                ));
            }
            return;
        };
        let done = cx.look().say("console-chats-taken", &args![name = called(&line), minutes = minutes]);
        let ask = Ask::TakeOver(line.id.clone(), TakeOver { minutes, version: line.version });
        self.undo = (line.answering == Answering::Bot).then(|| line.id.clone());
        // At once: `u` gives it back. Whoever takes over does not want to be asked.
        cx.change(Change::of(&line, ask, done));
        if self.chat.as_ref().is_none_or(|chat| chat.id != line.id) {
            self.open(&line.id, cx);
        }
    }

    pub(super) fn give_back(&mut self, cx: &mut Cx<'_, Msg>) {
        let Some(line) = self.line().cloned() else { return };
        if line.answering == Answering::Bot {
            cx.notice(Notice::plain(cx.look().t("console-chats-bot-already")));
            return;
        }
        let done = cx.look().say("console-chats-given-back", &args![name = called(&line)]);
        let ask = Ask::GiveBack(line.id.clone(), GiveBack { version: line.version });
        cx.change(Change::of(&line, ask, done));
    }

    /// Switches the bot off in this chat for a day, or on again.
    pub(super) fn toggle(&mut self, cx: &mut Cx<'_, Msg>) {
        let Some(line) = self.line().cloned() else { return };
        if line.answering != Answering::Bot {
            self.give_back(cx);
            return;
        }
        let look = cx.look();
        let done = look.say("console-chats-taken", &args![name = called(&line), minutes = DAY]);
        let ask = Ask::TakeOver(line.id.clone(), TakeOver { minutes: DAY, version: line.version });
        let confirm = Confirm {
            question: look.say("console-chats-off-sure", &args![name = called(&line)]),
            lines: vec![look.t("console-chats-off-follows")],
            word: None,
            changes: vec![Change::of(&line, ask, done)],
        };
        self.undo = Some(line.id.clone());
        cx.confirm(confirm);
    }

    /// The chat after a take-over: `u` gives it back.
    pub(super) fn offer_undo(&mut self, cx: &mut Cx<'_, Msg>) {
        let Some(detail) = self.chat.as_ref().and_then(|chat| chat.detail.as_ref()) else { return };
        let line = &detail.line;
        if line.answering != Answering::Person || self.undo.take_if(|id| *id == line.id).is_none() {
            return;
        }
        let label = cx.look().say("console-chats-given-back", &args![name = called(line)]);
        let ask = Ask::GiveBack(line.id.clone(), GiveBack { version: line.version });
        let change = Change::of(line, ask, label.clone());
        cx.effect(Effect::Undo(Undo { label, change }));
    }

    /// Whether free text may be sent now; if not, it is said.
    fn may_write(&self, cx: &mut Cx<'_, Msg>) -> bool {
        let over = self.line().and_then(|line| line.window_until).is_some_and(|until| until <= cx.now());
        let key = match (cx.shared.readonly, over) {
            (true, _) => "console-readonly-refused",
            (false, true) => "console-chats-only-template",
            (false, false) => return true,
        };
        cx.notice(Notice::bad(cx.look().t(key)));
        false
    }

    pub(super) fn write(&mut self, cx: &mut Cx<'_, Msg>) {
        if !self.may_write(cx) {
            return;
        }
        if self.line().is_some_and(|line| line.answering == Answering::Bot) {
            cx.notice(Notice::plain(cx.look().t("console-chats-bot-answers")));
        }
        if let Some(chat) = &mut self.chat {
            chat.writing = true;
        }
    }

    pub(super) fn write_key(&mut self, key: Key, cx: &mut Cx<'_, Msg>) {
        let Some(chat) = &mut self.chat else { return };
        match key {
            ESC => chat.writing = false,
            ENTER => self.send(cx),
            key => drop(chat.input.key(key)),
        }
    }

    fn send(&mut self, cx: &mut Cx<'_, Msg>) {
        // The window may have closed while one typed.
        if !self.may_write(cx) {
            return;
        }
        let Some(chat) = &mut self.chat else { return };
        if chat.input.text().trim().is_empty() {
            return;
        }
        let text = chat.input.take();
        chat.chosen = None;
        let id = chat.id.clone();
        let ask = Ask::Say(id.clone(), Say { text: text.clone() });
        let ticket = cx.change(Change::new(ask, ""));
        self.sending.insert(ticket, (id, text));
    }

    /// What was said is on its way, or could not be sent and is put back.
    pub(super) fn said(&mut self, chat: &str, text: String, answer: Result<Answer, Failure>) {
        let open = self.chat.as_mut().filter(|open| open.id == chat);
        match (answer, open) {
            (Ok(Answer::Said(line)), Some(open)) => {
                if !open.lines.iter().any(|known| known.id == line.id) {
                    open.lines.push(line);
                }
            }
            (Ok(_), _) => {}
            (Err(_), Some(open)) if open.input.text().is_empty() => open.input.set(text),
            (Err(_), _) => drop(self.drafts.insert(chat.to_owned(), text)),
        }
    }

    pub(super) fn template(&mut self, given: &str, cx: &mut Cx<'_, Msg>) {
        let Some(id) = self.line().map(|line| line.id.clone()) else { return };
        let ticket = cx.ask(Ask::Templates);
        self.awaited = Some((ticket, Awaited::Templates(id, given.to_owned())));
    }

    pub(super) fn arrived(
        &mut self,
        awaited: Awaited,
        answer: Result<Answer, Failure>,
        cx: &mut Cx<'_, Msg>,
    ) {
        match (awaited, answer) {
            (Awaited::Templates(chat, named), Ok(Answer::Templates(templates))) => {
                self.choose_template(chat, &named, templates, cx);
            }
            (Awaited::Bot { silent }, Ok(Answer::Settings(settings))) => {
                let look = cx.look();
                let (question, done) = if silent {
                    (look.t("console-chats-silence-sure"), look.t("console-chats-silenced"))
                } else {
                    (look.t("console-chats-speak-sure"), look.t("console-chats-speaks"))
                };
                let change = EditSettings {
                    version: settings.version,
                    paused: Some(silent),
                    ..EditSettings::default()
                };
                let changes = vec![Change::of(&settings, Ask::EditSettings(change), done)];
                cx.confirm(Confirm { question, lines: Vec::new(), word: None, changes });
            }
            (_, Ok(_) | Err(_)) => {}
        }
    }

    fn choose_template(
        &mut self,
        chat: String,
        named: &str,
        mut templates: Vec<Template>,
        cx: &mut Cx<'_, Msg>,
    ) {
        let language = self.chat.as_ref().and_then(|chat| chat.detail.as_ref()?.language.clone());
        // Those in the person's language first.
        templates
            .sort_by_key(|template| (Some(&template.language) != language.as_ref(), template.name.clone()));
        if templates.is_empty() {
            cx.notice(Notice::bad(cx.look().t("console-chats-no-templates")));
            return;
        }
        let rows = templates.iter().enumerate().map(|(at, template)| ChoiceRow {
            value: at.to_string(),
            label: format!("{} ({})", isolate(&template.name), isolate(&template.language)),
            detail: format!(
                "{} {}",
                cx.look().word("console-purpose-", &template.purpose),
                template.parameters.join(", ")
            ),
            off: false,
        });
        let choice = Choice { title: cx.look().t("console-chats-template-which"), rows: rows.collect() };
        let exact = templates.iter().position(|template| template.name == named);
        self.deed = Some(Deed::Template(chat, templates));
        match exact {
            Some(at) => self.template_named(&at.to_string(), cx),
            None => cx.choose(Msg::TemplateNamed, choice),
        }
    }

    pub(super) fn template_named(&mut self, given: &str, cx: &mut Cx<'_, Msg>) {
        let Some(Deed::Template(chat, templates)) = self.deed.take() else { return };
        let Some(template) = given.parse::<usize>().ok().and_then(|at| templates.get(at).cloned()) else {
            return;
        };
        self.deed = Some(Deed::Fill(chat, template, Vec::new()));
        self.ask_parameter(cx);
    }

    pub(super) fn template_filled(&mut self, given: &str, cx: &mut Cx<'_, Msg>) {
        if let Some(Deed::Fill(_, _, filled)) = &mut self.deed {
            // Providers refuse empty parameters; the same is asked again.
            if !given.trim().is_empty() {
                filled.push(given.trim().to_owned());
            }
            self.ask_parameter(cx);
        }
    }

    /// Asks for the next parameter; with all of them, whether to send.
    fn ask_parameter(&mut self, cx: &mut Cx<'_, Msg>) {
        let Some(Deed::Fill(chat, template, filled)) = self.deed.clone() else { return };
        if let Some(parameter) = template.parameters.get(filled.len()) {
            let name = cx.look().word("console-parameter-", parameter);
            let place = format!("{}/{}", filled.len() + 1, template.parameters.len());
            let title = format!("{} {}: {name}", isolate(&template.name), isolate(&place));
            cx.prompt(Msg::TemplateFilled, Prompt { title, ..Prompt::default() });
            return;
        }
        self.deed = None;
        let look = cx.look();
        let name = self.line().filter(|line| line.id == chat).map(called).unwrap_or_default();
        let done = look.say("console-chats-template-sent", &args![template = &template.name]);
        let question =
            look.say("console-chats-template-sure", &args![template = isolate(&template.name), name = name]);
        let lines = template.parameters.iter().zip(&filled).map(|(parameter, value)| {
            format!("{}: {}", look.word("console-parameter-", parameter), isolate(value))
        });
        let lines = lines.collect();
        let send = SendTemplate { name: template.name, language: template.language, parameters: filled };
        let changes = vec![Change::new(Ask::SendTemplate(chat, send), done)];
        cx.confirm(Confirm { question, lines, word: None, changes });
    }

    pub(super) fn media(&self, cx: &mut Cx<'_, Msg>) {
        let Some(chat) = &self.chat else { return };
        let chosen = chat.line().and_then(|line| line.media_url.clone());
        let newest = || chat.lines.iter().rev().find_map(|line| line.media_url.clone());
        match chosen.or_else(newest) {
            Some(url) if is_address(&url) => cx.effect(Effect::Browse(url)),
            Some(_) => cx.notice(Notice::bad(cx.look().t("console-chats-odd-link"))),
            None => cx.notice(Notice::plain(cx.look().t("console-chats-no-media"))),
        }
    }

    pub(super) fn copy(&self, cx: &mut Cx<'_, Msg>) {
        if let Some(line) = self.chat.as_ref().and_then(|chat| chat.line()) {
            cx.effect(Effect::Copy(line.text.clone()));
        }
    }

    pub(super) fn copy_all(&self, cx: &mut Cx<'_, Msg>) {
        let Some(chat) = &self.chat else { return };
        let look = cx.look();
        let mut out = String::new();
        for line in &chat.lines {
            let who = match line.by {
                admin_api::conversation::Speaker::Person => look.t("console-by-person"),
                admin_api::conversation::Speaker::Bot => look.t("console-by-bot"),
                admin_api::conversation::Speaker::Operator => look.t("console-by-operator"),
            };
            out.push_str(&format!(
                "{} {} {who}: {}\n",
                look.date(look.day(line.at)),
                look.time(line.at),
                line.text
            ));
        }
        cx.effect(Effect::Copy(out));
    }

    /// Whether the bot speaks with customers at all.
    pub(super) fn bot(&mut self, given: &str, cx: &mut Cx<'_, Msg>) {
        let silent = match given {
            "off" => true,
            "on" => false,
            _ => {
                let text = cx.look().say("console-no-such-value", &args![word = "bot", values = "on, off"]);
                cx.notice(Notice::bad(text));
                return;
            }
        };
        let ticket = cx.ask(Ask::Settings);
        self.awaited = Some((ticket, Awaited::Bot { silent }));
    }
}

/// Whether a link may be handed to a program that opens it: customers choose what stands in it.
fn is_address(url: &str) -> bool {
    let rest = url.strip_prefix("https://").or_else(|| url.strip_prefix("http://"));
    rest.is_some_and(|rest| !rest.is_empty()) && url.chars().all(|c| c.is_ascii_graphic())
}
