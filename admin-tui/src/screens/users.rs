//! Users of the console: who they are, what they may do, whether they may sign in. Passwords are typed twice, are never
//! shown, and are forgotten as soon as they are sent.

use super::{Cx, Screen, ScreenId, Ticket, Word};
use crate::ask::{Answer, Ask};
use crate::change::{Change, Choice, ChoiceRow, Confirm, Prompt};
use crate::kept::{Kept, waiting};
use crate::keys::{Binding, ch};
use crate::model::{Notice, Shared};
use crate::paged::Cursor;
use crate::paint::{Painter, Size};
use crate::steps::{Step, with_steps};
use crate::table::{Column, Line, cell, table};
use admin_api::access::{Action, Role};
use admin_api::client::Failure;
use admin_api::event::Event;
use admin_api::user::{EditUser, NewUser, User};
use locales::args;
use ratatui::layout::Rect;

/// Fewer characters are no password.
const SHORTEST_PASSWORD: usize = 10;

/// The users.
#[derive(Default)]
pub struct Users {
    list: Kept<Vec<User>>,
    cursor: Cursor,
    filter: String,
    under_way: UnderWay,
}

/// What was typed so far of a new user or password. It has no `Debug`: there is a password in it.
#[derive(Default)]
struct UnderWay {
    /// The user as seen; none for a new one.
    user: Option<User>,
    name: String,
    role: Option<Role>,
    password: String,
}

/// What keys, commands and replies say.
#[derive(Clone, Copy)]
#[expect(missing_docs, reason = "the key table says what each does; the others are replies to prompts")]
pub enum Msg {
    Move(Step),
    Add,
    AddName,
    AddRole,
    Role,
    RoleTo,
    Switch,
    Password,
    PasswordText,
    PasswordAgain,
}

const KEYS: &[Binding<Msg>] = with_steps![Msg::Move;
    Binding { keys: &[ch('a')], msg: Msg::Add, help: "console-users-add" },
    Binding { keys: &[ch('r')], msg: Msg::Role, help: "console-users-role" },
    Binding { keys: &[ch('s')], msg: Msg::Switch, help: "console-users-switch" },
    Binding { keys: &[ch('p')], msg: Msg::Password, help: "console-users-password" },
];

const WORDS: &[Word<Msg>] = &[
    Word { name: "adduser", msg: Msg::Add, help: "console-users-add" },
    Word { name: "role", msg: Msg::Role, help: "console-users-role" },
    Word { name: "passwd", msg: Msg::Password, help: "console-users-password" },
];

const COLUMNS: &[Column] = &[
    Column::new("console-users-name", Size::Share(2)),
    Column::new("console-users-role-title", Size::Fixed(14)),
    Column::new("console-users-active", Size::Fixed(12)),
    Column::new("console-users-seen", Size::Fixed(14)),
    Column::new("console-users-sessions", Size::Fixed(10)).number(),
];

fn role_word(look: &crate::look::Look, role: Role) -> String {
    look.word("console-role-", role.key())
}

impl Users {
    fn rows(&self) -> Vec<&User> {
        let wanted = self.filter.to_lowercase();
        let all = self.list.get().map(Vec::as_slice).unwrap_or_default();
        all.iter().filter(|user| user.name.to_lowercase().contains(&wanted)).collect()
    }

    /// The chosen user, if this operator may change them; else says why not. Roles are ordered, the mightiest first.
    fn editable(&self, cx: &mut Cx<'_, Msg>) -> Option<User> {
        let user = (*self.rows().get(self.cursor.chosen)?).clone();
        if cx.barred(Action::EditUsers) {
            return None;
        }
        if own_role(cx).is_none_or(|own| user.role < own) {
            let text = cx.look().t("console-users-mightier");
            cx.notice(Notice::bad(text));
            return None;
        }
        Some(user)
    }

    fn choose_role(&self, msg: Msg, cx: &mut Cx<'_, Msg>) {
        let Some(own) = own_role(cx) else { return };
        let look = cx.look();
        let rows = Role::ALL.iter().filter(|role| **role >= own).map(|role| ChoiceRow {
            value: role.key().to_owned(),
            label: role_word(look, *role),
            detail: look.word("console-users-may-", role.key()),
            off: false,
        });
        let choice = Choice {
            title: look.say("console-users-role-of", &args![name = &self.under_way.name]),
            rows: rows.collect(),
        };
        cx.choose(msg, choice);
    }

    fn ask_password(&self, msg: Msg, cx: &mut Cx<'_, Msg>) {
        let name = &self.under_way.name;
        let title = match msg {
            Msg::PasswordAgain => cx.look().say("console-users-password-again", &args![name = name]),
            _ => cx.look().say("console-users-password-new", &args![name = name]),
        };
        cx.prompt(msg, Prompt { title, text: String::new(), secret: true });
    }

    fn name_given(&mut self, name: &str, cx: &mut Cx<'_, Msg>) {
        let good = |c: char| c.is_alphanumeric() || matches!(c, '.' | '-');
        if name.is_empty() || name.chars().count() > 64 || !name.chars().all(good) {
            let text = cx.look().t("console-users-bad-name");
            cx.notice(Notice::bad(text));
            return;
        }
        self.under_way = UnderWay { name: name.to_owned(), ..UnderWay::default() };
        self.choose_role(Msg::AddRole, cx);
    }

    fn password_repeated(&mut self, given: &str, cx: &mut Cx<'_, Msg>) {
        let UnderWay { user, name, role, password } = std::mem::take(&mut self.under_way);
        if password != given {
            let text = cx.look().t("console-users-password-differs");
            cx.notice(Notice::bad(text));
            return;
        }
        match (user, role) {
            (Some(user), _) => {
                let done = cx.look().say("console-users-password-done", &args![name = &name]);
                let edit =
                    EditUser { version: user.version, password: Some(password), ..EditUser::default() };
                cx.change(Change::of(&user, Ask::EditUser(name, edit), done));
            }
            (None, Some(role)) => {
                let done = cx.look().say("console-users-added", &args![name = &name]);
                cx.change(Change::new(Ask::AddUser(NewUser { name, role, password }), done));
            }
            (None, None) => {}
        }
    }

    fn switch(&self, cx: &mut Cx<'_, Msg>) {
        let Some(user) = self.editable(cx) else { return };
        if cx.shared.me.as_ref().is_some_and(|me| me.name == user.name) {
            let text = cx.look().t("console-users-not-oneself");
            cx.notice(Notice::bad(text));
            return;
        }
        let (name, active) = (user.name.clone(), !user.active);
        let edit = EditUser { version: user.version, active: Some(active), ..EditUser::default() };
        if active {
            let done = cx.look().say("console-users-switched-on", &args![name = &name]);
            cx.change(Change::of(&user, Ask::EditUser(name, edit), done));
            return;
        }
        let done = cx.look().say("console-users-switched-off", &args![name = &name]);
        cx.confirm(Confirm {
            question: cx.look().say("console-users-switch-off", &args![name = &name]),
            lines: vec![cx.look().say("console-users-ends-sessions", &args![count = user.sessions])],
            word: None,
            changes: vec![Change::of(&user, Ask::EditUser(name, edit), done)],
        });
    }

    fn set_role(&mut self, given: &str, cx: &mut Cx<'_, Msg>) {
        let role = Role::ALL.iter().copied().find(|role| role.key() == given);
        let (Some(user), Some(role)) = (self.under_way.user.take(), role) else { return };
        if user.role == role {
            return;
        }
        let name = user.name.clone();
        let word = role_word(cx.look(), role);
        let edit = EditUser { version: user.version, role: Some(role), ..EditUser::default() };
        let done = cx.look().say("console-users-role-done", &args![name = &name, role = &word]);
        cx.confirm(Confirm {
            question: cx.look().say("console-users-role-sure", &args![name = &name, role = &word]),
            lines: vec![cx.look().say("console-users-ends-sessions", &args![count = user.sessions])],
            word: None,
            changes: vec![Change::of(&user, Ask::EditUser(name, edit), done)],
        });
    }
}

fn own_role(cx: &Cx<'_, Msg>) -> Option<Role> {
    cx.shared.me.as_ref().map(|me| me.role)
}

impl Screen for Users {
    type Msg = Msg;
    const ID: ScreenId = ScreenId::Users;

    fn keys(&self) -> &'static [Binding<Msg>] {
        KEYS
    }

    fn commands(&self) -> &'static [Word<Msg>] {
        WORDS
    }

    fn arguments(&self, msg: Msg) -> Vec<String> {
        match msg {
            Msg::Role => Role::ALL.iter().map(|role| role.key().to_owned()).collect(),
            _ => Vec::new(),
        }
    }

    fn shown(&mut self, cx: &mut Cx<'_, Msg>) {
        self.list.need(cx, || Ask::Users);
    }

    fn update(&mut self, msg: Msg, given: &str, cx: &mut Cx<'_, Msg>) {
        // Whoever left a prompt begins anew, and no password is kept.
        if matches!(msg, Msg::Move(_) | Msg::Add | Msg::Switch) {
            self.under_way = UnderWay::default();
        }
        match msg {
            Msg::Move(step) => {
                let (length, height) = (self.rows().len(), cx.shared.body_rows() - 1);
                step.apply(&mut self.cursor, length, height);
            }
            Msg::Add if cx.barred(Action::EditUsers) => {}
            Msg::Add if given.is_empty() => {
                let title = cx.look().t("console-users-new-name");
                cx.prompt(Msg::AddName, Prompt { title, ..Prompt::default() });
            }
            Msg::Add | Msg::AddName => self.name_given(given.trim(), cx),
            Msg::AddRole => {
                self.under_way.role = Role::ALL.iter().copied().find(|role| role.key() == given);
                self.ask_password(Msg::PasswordText, cx);
            }
            Msg::Role => {
                let Some(user) = self.editable(cx) else { return };
                self.under_way =
                    UnderWay { name: user.name.clone(), user: Some(user), ..UnderWay::default() };
                match given {
                    "" => self.choose_role(Msg::RoleTo, cx),
                    role => self.set_role(role, cx),
                }
            }
            Msg::RoleTo => self.set_role(given, cx),
            Msg::Switch => self.switch(cx),
            Msg::Password => {
                let Some(user) = self.editable(cx) else { return };
                self.under_way =
                    UnderWay { name: user.name.clone(), user: Some(user), ..UnderWay::default() };
                self.ask_password(Msg::PasswordText, cx);
            }
            Msg::PasswordText if given.chars().count() < SHORTEST_PASSWORD => {
                let text = cx.look().say("console-users-password-short", &args![count = SHORTEST_PASSWORD]);
                cx.notice(Notice::bad(text));
                self.ask_password(Msg::PasswordText, cx);
            }
            Msg::PasswordText => {
                given.clone_into(&mut self.under_way.password);
                self.ask_password(Msg::PasswordAgain, cx);
            }
            Msg::PasswordAgain => self.password_repeated(given, cx),
        }
    }

    fn answered(&mut self, ticket: Ticket, answer: Result<Answer, Failure>, cx: &mut Cx<'_, Msg>) {
        if self.list.waits_for(ticket) {
            self.list.take(if let Ok(Answer::Users(list)) = answer { Some(list) } else { None });
            let (length, height) = (self.rows().len(), cx.shared.body_rows() - 1);
            self.cursor.step(0, length, height);
        }
    }

    fn happened(&mut self, event: &Event, cx: &mut Cx<'_, Msg>) {
        // No event tells of users: they change seldom, and whoever changes them here gets a resync.
        if matches!(event, Event::Resync) {
            self.list.outdate();
            if cx.front {
                self.list.need(cx, || Ask::Users);
            }
        }
    }

    fn filter(&self) -> Option<&str> {
        Some(&self.filter)
    }

    fn filtered(&mut self, text: &str, _cx: &mut Cx<'_, Msg>) {
        text.clone_into(&mut self.filter);
        self.cursor = Cursor::default();
    }

    fn clicked(&mut self, _list: u8, row: usize, _cx: &mut Cx<'_, Msg>) {
        self.cursor.chosen = row;
    }

    fn view(&self, paint: &mut Painter<'_>, area: Rect, shared: &Shared) {
        if self.list.get().is_none() {
            return waiting(paint, area);
        }
        let rows = self.rows();
        let (look, now) = (paint.look, paint.now);
        let theme = &look.theme;
        let own = shared.me.as_ref().map(|me| me.name.as_str());
        table(paint, area, COLUMNS, 0, self.cursor, rows.len(), |at| {
            let user = rows.get(at)?;
            let style = if user.active { theme.text } else { theme.dim };
            let oneself = if own == Some(user.name.as_str()) {
                format!("{} ({})", user.name, look.t("console-users-you"))
            } else {
                user.name.clone()
            };
            let active = if user.active {
                cell(format!("✓ {}", look.t("console-on")), theme.good)
            } else {
                cell(format!("✗ {}", look.t("console-off")), theme.warn)
            };
            let seen = user.last_seen_at.map_or_else(|| "—".to_owned(), |at| look.moment(at, now));
            let cells = vec![
                cell(oneself, style),
                cell(role_word(look, user.role), style),
                active,
                cell(seen, theme.dim),
                cell(user.sessions.to_string(), theme.dim),
            ];
            Some(Line { cells, marked: false })
        });
    }
}
