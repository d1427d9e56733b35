//! Signing in, out, and what is shown first.

use super::Command;
use crate::ask::Ask;
use crate::keys::{self, ENTER, ESC, Key, TAB};
use crate::model::{Link, Model, Notice, SignInForm, Stage};
use admin_api::session::{Me, SignIn};

impl Model {
    pub(super) fn sign_in_key(&mut self, key: Key) -> Vec<Command> {
        let Stage::SigningIn(form) = &mut self.stage else { return Vec::new() };
        match key {
            ESC => return vec![Command::Quit],
            TAB | keys::BACK_TAB | keys::UP | keys::DOWN => form.at_password = !form.at_password,
            ENTER if !form.at_password => form.at_password = true,
            ENTER if form.sent || form.name.text().trim().is_empty() || form.password.text().is_empty() => {}
            ENTER => {
                form.sent = true;
                let name = form.name.text().trim().to_owned();
                let password = form.password.text().to_owned();
                return self.ask_for_itself(Ask::SignIn(SignIn { name, password }));
            }
            key if form.at_password => drop(form.password.key(key)),
            key => drop(form.name.key(key)),
        }
        Vec::new()
    }

    /// The session is there: shows the first screen.
    pub(super) fn begin(&mut self, me: Me) -> Vec<Command> {
        if let Ok(zone) = me.business.timezone.parse() {
            self.shared.look.zone = zone;
        }
        self.shared.look.currency.clone_from(&me.business.currency);
        self.shared.me = Some(me);
        self.shared.link = Link::Up;
        self.stage = Stage::Working;
        self.notice = None;
        let mut commands = vec![Command::Listen];
        commands.extend(self.with_screen(|screen, out| screen.shown(out)));
        commands
    }

    /// The session is over: forgets everything that it showed.
    pub(super) fn signed_out(&mut self) -> Vec<Command> {
        let name = self.shared.me.take().map(|me| me.name).unwrap_or_default();
        self.forget();
        self.stage = Stage::SigningIn(SignInForm::of(&name));
        let text = self.shared.look.t("console-problem-sign-in-again");
        self.say(Notice::plain(text));
        vec![Command::Session(None)]
    }

    /// Forgets what was shown: of another user, or of another business.
    pub(super) fn forget(&mut self) {
        self.screens = crate::screens::all();
        self.current = 0;
        self.back.clear();
        self.undo.clear();
        self.waiting.clear();
        self.shared.waiting = 0;
        self.overlay = None;
    }
}
