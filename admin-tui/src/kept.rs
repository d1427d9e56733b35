//! One answer that a screen shows: asked for while it is missing, asked for again once it is old, shown meanwhile. One
//! question at a time, so that many events are not many questions.

use crate::ask::Ask;
use crate::paint::{Painter, Side};
use crate::screens::{Cx, Ticket};
use ratatui::layout::Rect;

/// An answer that is kept.
#[derive(Clone, Debug)]
pub struct Kept<T> {
    value: Option<T>,
    asked: Option<Ticket>,
    /// Something changed since it was asked for.
    old: bool,
}

impl<T> Default for Kept<T> {
    fn default() -> Self {
        Self { value: None, asked: None, old: false }
    }
}

impl<T> Kept<T> {
    /// What is known.
    #[must_use]
    pub fn get(&self) -> Option<&T> {
        self.value.as_ref()
    }

    /// Asks if it is missing or old and nobody has asked yet.
    pub fn need<M>(&mut self, cx: &mut Cx<'_, M>, ask: impl FnOnce() -> Ask) {
        if self.asked.is_none() && (self.value.is_none() || self.old) {
            self.anew(cx, ask());
        }
    }

    /// Asks something else; the answer to what was asked before is of no use any more.
    pub fn anew<M>(&mut self, cx: &mut Cx<'_, M>, ask: Ask) {
        self.old = false;
        self.asked = Some(cx.ask(ask));
    }

    /// It changed at the bot.
    pub fn outdate(&mut self) {
        self.old = true;
    }

    /// Whether an answer belongs to it.
    #[must_use]
    pub fn waits_for(&self, ticket: Ticket) -> bool {
        self.asked == Some(ticket)
    }

    /// Takes the answer; none when there is no good one, and then what was known stays and is old.
    pub fn take(&mut self, answer: Option<T>) {
        self.asked = None;
        match answer {
            Some(value) => self.value = Some(value),
            None => self.old = true,
        }
    }

    /// Takes what the bot says after a change.
    pub fn put(&mut self, value: T) {
        self.value = Some(value);
    }
}

/// What shows until the first answer is there.
pub fn waiting(paint: &mut Painter<'_>, area: Rect) {
    say_in_the_middle(paint, area, "console-opening");
}

/// What shows where a list is empty.
pub fn nothing(paint: &mut Painter<'_>, area: Rect) {
    say_in_the_middle(paint, area, "console-nothing");
}

fn say_in_the_middle(paint: &mut Painter<'_>, area: Rect, key: &str) {
    let words = paint.look.t(key);
    let style = paint.look.theme.dim;
    let line = Rect { y: area.y + area.height / 2, height: area.height.min(1), ..area };
    paint.text(line, &words, style, Side::Middle);
}
