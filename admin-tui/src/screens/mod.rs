//! The contract of screens. A screen is one file: its state, its messages, what they do, how it looks, its keys and its
//! `:` commands. It does no IO: what it wants of the world it tells [`Cx`]. To add one: write its file, add it to [`all`].

mod host;

pub mod analytics;
pub mod audit;
pub mod contacts;
pub mod conversations;
pub mod dashboard;
pub mod jobs;
pub mod leads;
pub mod pros;
pub mod schedule;
pub mod settings;
pub mod templates;
pub mod users;

pub use host::{AnyScreen, Host, Out};

use crate::ask::{Answer, Ask};
use crate::change::{Change, Choice, Confirm, Prompt, Undo};
use crate::keys::{Binding, Key};
use crate::look::Look;
use crate::model::{Notice, Shared};
use crate::paint::Painter;
use admin_api::access::{Action, allow};
use admin_api::client::Failure;
use admin_api::event::Event;
use chrono::{DateTime, NaiveDate, Utc};
use ratatui::layout::Rect;

/// Every screen, in the order of the tabs and of the digits that open them.
#[must_use]
pub fn all() -> Vec<Box<dyn AnyScreen>> {
    vec![
        Host::boxed(dashboard::Dashboard::default()),
        Host::boxed(leads::Leads::default()),
        Host::boxed(conversations::Conversations::default()),
        Host::boxed(pros::Pros::default()),
        Host::boxed(schedule::Schedule::default()),
        Host::boxed(contacts::Contacts::default()),
        Host::boxed(jobs::Jobs::default()),
        Host::boxed(templates::Templates::default()),
        Host::boxed(settings::Settings::default()),
        Host::boxed(users::Users::default()),
        Host::boxed(audit::Audit::default()),
        Host::boxed(analytics::Analytics::default()),
    ]
}

/// Which screen.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[expect(missing_docs, reason = "each is the screen of that name")]
pub enum ScreenId {
    Dashboard,
    Leads,
    Conversations,
    Pros,
    Schedule,
    Contacts,
    Jobs,
    Templates,
    Settings,
    Users,
    Audit,
    Analytics,
}

impl ScreenId {
    /// Its `:` command, which is also the end of the key of its title: `console-screen-leads`.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Dashboard => "dashboard",
            Self::Leads => "leads",
            Self::Conversations => "conversations",
            Self::Pros => "pros",
            Self::Schedule => "schedule",
            Self::Contacts => "contacts",
            Self::Jobs => "jobs",
            Self::Templates => "templates",
            Self::Settings => "settings",
            Self::Users => "users",
            Self::Audit => "audit",
            Self::Analytics => "analytics",
        }
    }

    /// The key of its title.
    #[must_use]
    pub fn title(self) -> &'static str {
        match self {
            Self::Dashboard => "console-screen-dashboard",
            Self::Leads => "console-screen-leads",
            Self::Conversations => "console-screen-conversations",
            Self::Pros => "console-screen-pros",
            Self::Schedule => "console-screen-schedule",
            Self::Contacts => "console-screen-contacts",
            Self::Jobs => "console-screen-jobs",
            Self::Templates => "console-screen-templates",
            Self::Settings => "console-screen-settings",
            Self::Users => "console-screen-users",
            Self::Audit => "console-screen-audit",
            Self::Analytics => "console-screen-analytics",
        }
    }

    /// What one must be allowed to do to see it.
    #[must_use]
    pub fn needs(self) -> Action {
        match self {
            Self::Dashboard
            | Self::Leads
            | Self::Conversations
            | Self::Pros
            | Self::Schedule
            | Self::Templates
            | Self::Settings => Action::Read,
            Self::Contacts => Action::EditContacts,
            Self::Jobs => Action::RunJobs,
            Self::Users => Action::EditUsers,
            Self::Audit => Action::SeeAudit,
            Self::Analytics => Action::SeeFigures,
        }
    }
}

/// A way to a place in the console.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Link {
    /// A screen as it was left.
    Screen(ScreenId),
    /// The lead with this id.
    Lead(String),
    /// The chat with this id.
    Conversation(String),
    /// The person with this id.
    Contact(String),
    /// The pro with this id.
    Pro(String),
    /// The week of a pro, or of all, around a day.
    Schedule(Option<String>, Option<NaiveDate>),
}

impl Link {
    /// The screen that shows it.
    #[must_use]
    pub fn screen(&self) -> ScreenId {
        match self {
            Self::Screen(screen) => *screen,
            Self::Lead(_) => ScreenId::Leads,
            Self::Conversation(_) => ScreenId::Conversations,
            Self::Contact(_) => ScreenId::Contacts,
            Self::Pro(_) => ScreenId::Pros,
            Self::Schedule(..) => ScreenId::Schedule,
        }
    }
}

/// Which question an answer belongs to. Whoever asks anew forgets the ticket before; an answer with a forgotten ticket is
/// of no use any more.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Ticket(pub u64);

/// A `:` command.
#[derive(Clone, Copy, Debug)]
pub struct Word<M: 'static> {
    /// What is typed.
    pub name: &'static str,
    /// What it does; it is given what was typed behind the word.
    pub msg: M,
    /// The key of its text in the locale files.
    pub help: &'static str,
}

/// What a screen is.
pub trait Screen: 'static {
    /// What its keys, commands, prompts and choices say to it.
    type Msg: Copy + 'static;
    /// Which it is.
    const ID: ScreenId;

    /// The key table as it holds now; what comes first is hinted at first.
    fn keys(&self) -> &'static [Binding<Self::Msg>];
    /// The `:` commands.
    fn commands(&self) -> &'static [Word<Self::Msg>] {
        &[]
    }
    /// What could stand behind a `:` command, for completion.
    fn arguments(&self, _msg: Self::Msg) -> Vec<String> {
        Vec::new()
    }

    /// It comes to the front, for the first time or again, or the server is back: ask for what is missing or old.
    fn shown(&mut self, cx: &mut Cx<'_, Self::Msg>);
    /// A key, a `:` command with what was typed behind it, a prompt with its text, a choice with its row's value.
    fn update(&mut self, msg: Self::Msg, given: &str, cx: &mut Cx<'_, Self::Msg>);
    /// An answer to what it asked. A failure has been told to the operator already.
    fn answered(&mut self, ticket: Ticket, answer: Result<Answer, Failure>, cx: &mut Cx<'_, Self::Msg>);
    /// Something changed at the bot. It is told while it does not show, too, and should then only note that it is old.
    fn happened(&mut self, event: &Event, cx: &mut Cx<'_, Self::Msg>);
    /// A link to something that this screen shows.
    fn opened(&mut self, _link: &Link, _cx: &mut Cx<'_, Self::Msg>) {}
    /// A second has passed.
    fn ticked(&mut self, _cx: &mut Cx<'_, Self::Msg>) {}

    /// The filter that holds, if this screen has one.
    fn filter(&self) -> Option<&str> {
        None
    }
    /// Another filter, with every letter that is typed.
    fn filtered(&mut self, _text: &str, _cx: &mut Cx<'_, Self::Msg>) {}

    /// Whether keys are text just now.
    fn typing(&self) -> bool {
        false
    }
    /// A key while [`Screen::typing`].
    fn typed(&mut self, _key: Key, _cx: &mut Cx<'_, Self::Msg>) {}
    /// Text that was pasted.
    fn pasted(&mut self, _text: &str, _cx: &mut Cx<'_, Self::Msg>) {}
    /// A click on a row that it noted as a hit: which list, which row, and whether it was chosen before.
    fn clicked(&mut self, _list: u8, _row: usize, _cx: &mut Cx<'_, Self::Msg>) {}

    /// How it looks.
    fn view(&self, paint: &mut Painter<'_>, area: Rect, shared: &Shared);
}

/// What a screen wants of the world around it.
#[derive(Debug)]
pub enum Effect {
    /// Ask the bot something.
    Ask(Ticket, Ask),
    /// Change something at the bot.
    Change(Ticket, Change),
    /// Let the operator say yes first.
    Confirm(Ticket, Confirm),
    /// Let the operator type a line; it comes back to [`Screen::update`].
    Prompt(Prompt),
    /// Let the operator choose; the row's value comes back to [`Screen::update`].
    Choose(Choice),
    /// Show a long text.
    Show(String, String),
    /// Say something in the status line.
    Notice(Notice),
    /// Go somewhere.
    Go(Link),
    /// Put text on the clipboard, as it is stored.
    Copy(String),
    /// Open an address in a browser.
    Browse(String),
    /// Write a file into the folder in which the console was started.
    Save(String, Vec<u8>),
    /// Note how the last change is undone.
    Undo(Undo),
}

/// What a screen sees of the console, and where it puts what it wants.
pub struct Cx<'a, M> {
    /// What all screens share.
    pub shared: &'a Shared,
    /// Whether this screen is the one that shows.
    pub front: bool,
    pub(crate) effects: &'a mut Vec<Effect>,
    pub(crate) next_ticket: &'a mut u64,
    /// Who gets what a prompt or a choice gives.
    pub(crate) pending: Option<M>,
}

impl<M> Cx<'_, M> {
    /// How things are shown.
    #[must_use]
    pub fn look(&self) -> &Look {
        &self.shared.look
    }

    /// What time it is.
    #[must_use]
    pub fn now(&self) -> DateTime<Utc> {
        self.shared.now
    }

    /// Whether this operator may do this.
    #[must_use]
    pub fn may(&self, action: Action) -> bool {
        self.shared.me.as_ref().is_some_and(|me| allow(me.role, action))
    }

    /// Whether a change would be refused here already; then it says so. Asked before one lets people type much.
    pub fn barred(&mut self, action: Action) -> bool {
        let key = if self.shared.readonly {
            "console-readonly-refused"
        } else if self.may(action) {
            return false;
        } else {
            "console-forbidden"
        };
        let refusal = Notice::bad(self.look().t(key));
        self.notice(refusal);
        true
    }

    fn ticket(&mut self) -> Ticket {
        *self.next_ticket += 1;
        Ticket(*self.next_ticket)
    }

    /// Asks the bot.
    pub fn ask(&mut self, ask: Ask) -> Ticket {
        let ticket = self.ticket();
        self.effects.push(Effect::Ask(ticket, ask));
        ticket
    }

    /// Changes something at once: for what is easily undone.
    pub fn change(&mut self, change: Change) -> Ticket {
        let ticket = self.ticket();
        self.effects.push(Effect::Change(ticket, change));
        ticket
    }

    /// Changes something once the operator said yes. When they say no, no answer comes.
    pub fn confirm(&mut self, confirm: Confirm) -> Ticket {
        let ticket = self.ticket();
        self.effects.push(Effect::Confirm(ticket, confirm));
        ticket
    }

    /// Lets the operator type a text, which comes back with this message.
    pub fn prompt(&mut self, msg: M, prompt: Prompt) {
        self.pending = Some(msg);
        self.effects.push(Effect::Prompt(prompt));
    }

    /// Lets the operator choose a row, whose value comes back with this message.
    pub fn choose(&mut self, msg: M, choice: Choice) {
        self.pending = Some(msg);
        self.effects.push(Effect::Choose(choice));
    }

    /// Says something in the status line.
    pub fn notice(&mut self, notice: Notice) {
        self.effects.push(Effect::Notice(notice));
    }

    /// Goes somewhere.
    pub fn go(&mut self, link: Link) {
        self.effects.push(Effect::Go(link));
    }

    /// Anything else.
    pub fn effect(&mut self, effect: Effect) {
        self.effects.push(effect);
    }
}
