//! Lets screens with messages of different types stand in one list.

use super::{Answer, Cx, Effect, Failure, Link, Screen, ScreenId, Shared, Ticket};
use crate::keys::{Key, find};
use crate::paint::Painter;
use admin_api::event::Event;
use ratatui::layout::Rect;

/// Where a screen's wishes go.
pub struct Out<'a> {
    /// What all screens share.
    pub shared: &'a Shared,
    /// Whether the screen shows.
    pub front: bool,
    /// What it wants.
    pub effects: Vec<Effect>,
    /// The last ticket that was given out.
    pub next_ticket: &'a mut u64,
}

/// A screen whose messages nobody else needs to know.
pub trait AnyScreen {
    /// Which it is.
    fn id(&self) -> ScreenId;
    /// The key table, first the keys, then the key of the text.
    fn keys(&self) -> Vec<(&'static [Key], &'static str)>;
    /// The `:` commands with the keys of their texts.
    fn commands(&self) -> Vec<(&'static str, &'static str)>;
    /// What could stand behind a `:` command.
    fn arguments(&self, command: &str) -> Vec<String>;
    /// See [`Screen::shown`].
    fn shown(&mut self, out: &mut Out<'_>);
    /// A key of the table; false when it is none.
    fn key(&mut self, key: Key, out: &mut Out<'_>) -> bool;
    /// A `:` command; false when it is none.
    fn command(&mut self, name: &str, given: &str, out: &mut Out<'_>) -> bool;
    /// What a prompt or choice gave.
    fn replied(&mut self, given: &str, out: &mut Out<'_>);
    /// See [`Screen::answered`].
    fn answered(&mut self, ticket: Ticket, answer: Result<Answer, Failure>, out: &mut Out<'_>);
    /// See [`Screen::happened`].
    fn happened(&mut self, event: &Event, out: &mut Out<'_>);
    /// See [`Screen::opened`].
    fn opened(&mut self, link: &Link, out: &mut Out<'_>);
    /// See [`Screen::ticked`].
    fn ticked(&mut self, out: &mut Out<'_>);
    /// See [`Screen::filter`].
    fn filter(&self) -> Option<&str>;
    /// See [`Screen::filtered`].
    fn filtered(&mut self, text: &str, out: &mut Out<'_>);
    /// See [`Screen::typing`].
    fn typing(&self) -> bool;
    /// See [`Screen::typed`].
    fn typed(&mut self, key: Key, out: &mut Out<'_>);
    /// See [`Screen::pasted`].
    fn pasted(&mut self, text: &str, out: &mut Out<'_>);
    /// See [`Screen::clicked`].
    fn clicked(&mut self, list: u8, row: usize, out: &mut Out<'_>);
    /// See [`Screen::view`].
    fn view(&self, paint: &mut Painter<'_>, area: Rect, shared: &Shared);
}

/// A screen, and which of its messages waits for what a prompt or choice gives.
pub struct Host<S: Screen> {
    screen: S,
    pending: Option<S::Msg>,
}

impl<S: Screen> Host<S> {
    /// The screen for the list.
    pub fn boxed(screen: S) -> Box<dyn AnyScreen> {
        Box::new(Self { screen, pending: None })
    }

    fn with(&mut self, out: &mut Out<'_>, act: impl FnOnce(&mut S, &mut Cx<'_, S::Msg>)) {
        let mut cx = Cx {
            shared: out.shared,
            front: out.front,
            effects: &mut out.effects,
            next_ticket: out.next_ticket,
            pending: None,
        };
        act(&mut self.screen, &mut cx);
        if let Some(pending) = cx.pending {
            self.pending = Some(pending);
        }
    }
}

impl<S: Screen> AnyScreen for Host<S> {
    fn id(&self) -> ScreenId {
        S::ID
    }

    fn keys(&self) -> Vec<(&'static [Key], &'static str)> {
        self.screen.keys().iter().map(|binding| (binding.keys, binding.help)).collect()
    }

    fn commands(&self) -> Vec<(&'static str, &'static str)> {
        self.screen.commands().iter().map(|word| (word.name, word.help)).collect()
    }

    fn arguments(&self, command: &str) -> Vec<String> {
        let word = self.screen.commands().iter().find(|word| word.name == command);
        word.map(|word| self.screen.arguments(word.msg)).unwrap_or_default()
    }

    fn shown(&mut self, out: &mut Out<'_>) {
        self.with(out, |screen, cx| screen.shown(cx));
    }

    fn key(&mut self, key: Key, out: &mut Out<'_>) -> bool {
        let Some(msg) = find(self.screen.keys(), key) else { return false };
        self.with(out, |screen, cx| screen.update(msg, "", cx));
        true
    }

    fn command(&mut self, name: &str, given: &str, out: &mut Out<'_>) -> bool {
        let Some(msg) = self.screen.commands().iter().find(|word| word.name == name).map(|word| word.msg)
        else {
            return false;
        };
        self.with(out, |screen, cx| screen.update(msg, given, cx));
        true
    }

    fn replied(&mut self, given: &str, out: &mut Out<'_>) {
        if let Some(msg) = self.pending.take() {
            self.with(out, |screen, cx| screen.update(msg, given, cx));
        }
    }

    fn answered(&mut self, ticket: Ticket, answer: Result<Answer, Failure>, out: &mut Out<'_>) {
        self.with(out, |screen, cx| screen.answered(ticket, answer, cx));
    }

    fn happened(&mut self, event: &Event, out: &mut Out<'_>) {
        self.with(out, |screen, cx| screen.happened(event, cx));
    }

    fn opened(&mut self, link: &Link, out: &mut Out<'_>) {
        self.with(out, |screen, cx| screen.opened(link, cx));
    }

    fn ticked(&mut self, out: &mut Out<'_>) {
        self.with(out, |screen, cx| screen.ticked(cx));
    }

    fn filter(&self) -> Option<&str> {
        self.screen.filter()
    }

    fn filtered(&mut self, text: &str, out: &mut Out<'_>) {
        self.with(out, |screen, cx| screen.filtered(text, cx));
    }

    fn typing(&self) -> bool {
        self.screen.typing()
    }

    fn typed(&mut self, key: Key, out: &mut Out<'_>) {
        self.with(out, |screen, cx| screen.typed(key, cx));
    }

    fn pasted(&mut self, text: &str, out: &mut Out<'_>) {
        self.with(out, |screen, cx| screen.pasted(text, cx));
    }

    fn clicked(&mut self, list: u8, row: usize, out: &mut Out<'_>) {
        self.with(out, |screen, cx| screen.clicked(list, row, cx));
    }

    fn view(&self, paint: &mut Painter<'_>, area: Rect, shared: &Shared) {
        self.screen.view(paint, area, shared);
    }
}
