//! Between screens and the world: what a screen wants becomes commands, what the bot answers finds its screen.

use super::Command;
use crate::ask::{Answer, Ask};
use crate::change::Change;
use crate::model::{Link, Model, Notice, Stage, Waiting};
use crate::overlay::{Asking, Choosing, Conflict, Overlay, Prompting, Reading};
use crate::screens::{AnyScreen, Effect, Out, ScreenId, Ticket};
use admin_api::access::allow;
use admin_api::client::Failure;
use admin_api::error::Problem;
use admin_api::event::Event;
use locales::args;

/// The most changes that can be taken back.
const UNDO: usize = 20;

impl Model {
    /// Lets the screen that shows do something.
    pub(super) fn with_screen(&mut self, act: impl FnOnce(&mut dyn AnyScreen, &mut Out<'_>)) -> Vec<Command> {
        self.with_screen_at(self.current, act)
    }

    fn with_screen_at(
        &mut self,
        at: usize,
        act: impl FnOnce(&mut dyn AnyScreen, &mut Out<'_>),
    ) -> Vec<Command> {
        let mut out = Out {
            shared: &self.shared,
            front: at == self.current,
            effects: Vec::new(),
            next_ticket: &mut self.next_ticket,
        };
        let screen = &mut self.screens[at];
        act(screen.as_mut(), &mut out);
        let (effects, id) = (out.effects, screen.id());
        effects.into_iter().flat_map(|effect| self.effect(id, effect)).collect()
    }

    /// Tells every screen what changed.
    pub(super) fn tell_all(&mut self, event: &Event) -> Vec<Command> {
        (0..self.screens.len())
            .flat_map(|at| self.with_screen_at(at, |screen, out| screen.happened(event, out)))
            .collect()
    }

    fn effect(&mut self, screen: ScreenId, effect: Effect) -> Vec<Command> {
        match effect {
            Effect::Ask(ticket, ask) => {
                self.wait(ticket, Waiting { screen: Some(screen), ticket, change: None, again: false });
                return vec![Command::Ask(ticket, ask)];
            }
            Effect::Change(ticket, change) => return self.make(screen, ticket, change),
            Effect::Confirm(ticket, confirm) => {
                // Nobody is asked about what would be refused anyway.
                match confirm.changes.iter().find_map(|change| self.refusal(&change.ask)) {
                    Some(refusal) => self.say(refusal),
                    None => self.overlay = Some(Overlay::Confirm(Asking::new(ticket, confirm))),
                }
            }
            Effect::Prompt(prompt) => self.overlay = Some(Overlay::Prompt(Prompting::new(prompt))),
            Effect::Choose(choice) => self.overlay = Some(Overlay::Choose(Choosing::new(choice))),
            Effect::Show(title, text) => {
                self.overlay = Some(Overlay::Read(Reading { title, text, above: 0 }))
            }
            Effect::Notice(notice) => self.say(notice),
            Effect::Go(link) => return self.go(&link),
            Effect::Copy(text) => return vec![Command::Copy(text)],
            Effect::Browse(url) => return vec![Command::Browse(url)],
            Effect::Save(name, bytes) => return vec![Command::Save(name, bytes)],
            Effect::Undo(undo) => {
                self.undo.push((screen, undo));
                self.undo.drain(..self.undo.len().saturating_sub(UNDO));
            }
        }
        Vec::new()
    }

    fn wait(&mut self, ticket: Ticket, waiting: Waiting) {
        self.waiting.insert(ticket, waiting);
        self.shared.waiting = self.waiting.len();
    }

    pub(super) fn new_ticket(&mut self) -> Ticket {
        self.next_ticket += 1;
        Ticket(self.next_ticket)
    }

    /// Asks something for the console itself.
    pub(super) fn ask_for_itself(&mut self, ask: Ask) -> Vec<Command> {
        let ticket = self.new_ticket();
        self.wait(ticket, Waiting { screen: None, ticket, change: None, again: false });
        vec![Command::Ask(ticket, ask)]
    }

    /// Makes a change for a screen, unless it is refused here already.
    pub(super) fn make(&mut self, screen: ScreenId, ticket: Ticket, change: Change) -> Vec<Command> {
        if let Some(refusal) = self.refusal(&change.ask) {
            self.say(refusal);
            return Vec::new();
        }
        let ask = change.ask.clone();
        // Several changes of one confirmation share the screen's ticket and have one each here.
        let own = if self.waiting.contains_key(&ticket) { self.new_ticket() } else { ticket };
        self.wait(own, Waiting { screen: Some(screen), ticket, change: Some(change), again: false });
        vec![Command::Ask(own, ask)]
    }

    /// Why this console does not even ask, if so.
    fn refusal(&self, ask: &Ask) -> Option<Notice> {
        let look = &self.shared.look;
        if self.shared.readonly && ask.is_change() {
            return Some(Notice::bad(look.t("console-readonly-refused")));
        }
        let role = self.shared.me.as_ref()?.role;
        (!allow(role, ask.action())).then(|| Notice::bad(look.t("console-forbidden")))
    }

    /// Takes the last change back.
    pub(super) fn undo(&mut self) -> Vec<Command> {
        let Some((screen, undo)) = self.undo.pop() else {
            let text = self.shared.look.t("console-nothing-to-undo");
            self.say(Notice::plain(text));
            return Vec::new();
        };
        let ticket = self.new_ticket();
        self.make(screen, ticket, undo.change)
    }

    pub(super) fn answered(&mut self, ticket: Ticket, answer: Result<Answer, Failure>) -> Vec<Command> {
        let Some(waiting) = self.waiting.remove(&ticket) else { return Vec::new() };
        self.shared.waiting = self.waiting.len();
        let Some(screen) = waiting.screen else { return self.answered_itself(answer) };
        let mut commands = Vec::new();
        let changed = waiting.change.is_some();
        match (&answer, waiting.change) {
            (Ok(_), Some(change)) if !change.done.is_empty() => self.say(Notice::good(change.done)),
            (Ok(_), _) => {}
            (Err(failure), change) => match (failure.problem(), change) {
                (Some(Problem::SignInAgain), _) => return self.signed_out(),
                (Some(Problem::Conflict), Some(change)) => {
                    let Failure::Refused(refused) = failure else { return Vec::new() };
                    let current = refused.current.clone();
                    let conflict = Conflict { ticket: waiting.ticket, change, current };
                    match conflict.harmless() {
                        Some(change) if !waiting.again => {
                            let commands = self.make(screen, waiting.ticket, change);
                            let same =
                                self.waiting.values_mut().filter(|other| other.ticket == waiting.ticket);
                            same.for_each(|other| other.again = true);
                            return commands;
                        }
                        _ => self.overlay = Some(Overlay::Conflict(conflict)),
                    }
                }
                _ => self.failed(failure),
            },
        }
        if let Some(at) = self.screens.iter().position(|other| other.id() == screen) {
            let changed = changed && answer.is_ok();
            commands
                .extend(self.with_screen_at(at, |screen, out| screen.answered(waiting.ticket, answer, out)));
            if changed {
                // Live events tell it too, but not while their stream is down.
                commands.extend(self.with_screen_at(at, |screen, out| screen.happened(&Event::Resync, out)));
            }
        }
        commands
    }

    /// Tells the operator that something did not work.
    pub(super) fn failed(&mut self, failure: &Failure) {
        if matches!(failure, Failure::Unreachable | Failure::Lost | Failure::Timeout) {
            // The status line shows a lost server as long as it is lost.
            self.lost(failure.clone());
        }
        let text = self.words_for(failure);
        self.say(Notice::bad(text));
    }

    /// A failure in the operator's language.
    #[must_use]
    pub fn words_for(&self, failure: &Failure) -> String {
        let look = &self.shared.look;
        match failure {
            Failure::BadAddress => look.t("console-failure-address"),
            Failure::Insecure => look.t("console-failure-insecure"),
            Failure::NoCertificates => look.t("console-failure-no-certificates"),
            Failure::Certificate => look.t("console-failure-certificate"),
            Failure::NoTls => look.t("console-failure-no-tls"),
            Failure::Unreachable => look.t("console-failure-unreachable"),
            Failure::Timeout => look.t("console-failure-timeout"),
            Failure::Lost => look.t("console-failure-lost"),
            Failure::NotFixi { status } => look.say("console-failure-not-fixi", &args![status = *status]),
            Failure::OldServer { server } => look.say("console-failure-old", &args![version = server]),
            Failure::Unreadable => look.t("console-failure-unreadable"),
            Failure::Refused(refused) => match refused.problem {
                Problem::SignInAgain => look.t("console-problem-sign-in-again"),
                Problem::WrongPassword => look.t("console-problem-wrong-password"),
                Problem::LockedOut => {
                    let seconds = i64::try_from(refused.retry_after_s.unwrap_or(60)).unwrap_or(60);
                    let wait = look.span(chrono::Duration::seconds(seconds));
                    look.say("console-problem-locked-out", &args![wait = wait])
                }
                Problem::Forbidden => look.t("console-forbidden"),
                Problem::NotFound => look.t("console-problem-not-found"),
                Problem::Conflict => look.t("console-problem-conflict"),
                // What exactly is in the way only the server knows; it says so in English.
                Problem::NotNow => look.say("console-problem-not-now", &args![why = &refused.message]),
                Problem::Invalid => look.say("console-problem-invalid", &args![why = &refused.message]),
                Problem::Unavailable => look.t("console-problem-unavailable"),
                Problem::Broken => {
                    let request = refused.request.clone().unwrap_or_else(|| "?".to_owned());
                    look.say("console-problem-broken", &args![request = request])
                }
            },
        }
    }

    fn answered_itself(&mut self, answer: Result<Answer, Failure>) -> Vec<Command> {
        match answer {
            Ok(Answer::SignedIn(signed_in)) => {
                let mut commands = vec![Command::Session(Some(signed_in.token))];
                commands.extend(self.begin(signed_in.me));
                commands
            }
            Ok(Answer::Me(me)) => self.begin(me),
            // The rest of what the console asks for itself needs no answer.
            Ok(_) => Vec::new(),
            Err(failure) if failure.problem() == Some(Problem::SignInAgain) => self.signed_out(),
            Err(failure) => {
                self.failed(&failure);
                if let Stage::SigningIn(form) = &mut self.stage {
                    form.sent = false;
                    form.password.take();
                } else if self.stage == Stage::Opening && !failure.may_pass() {
                    self.lost(failure);
                }
                Vec::new()
            }
        }
    }

    /// Whether the kept session must be asked about again: the server could not be reached.
    #[must_use]
    pub(super) fn must_ask_again(&self) -> bool {
        self.stage == Stage::Opening
            && self.waiting.is_empty()
            && matches!(&self.shared.link, Link::Down(_, failure) if failure.may_pass())
    }
}
