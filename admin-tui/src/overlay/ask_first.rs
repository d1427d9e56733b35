//! Yes or no, before what cannot be taken back. What will be done is in it as a value.

use super::{Outcome, foot};
use crate::change::Confirm;
use crate::input::Input;
use crate::keys::{ENTER, ESC, Key, ch, find};
use crate::paint::{Painter, Side};
use crate::screens::Ticket;
use crate::{keys::Binding, text};
use ratatui::layout::Rect;

/// A question that waits for a yes.
#[derive(Clone, Debug, PartialEq)]
pub struct Asking {
    /// What is asked and what is done.
    pub confirm: Confirm,
    /// Under which ticket the screen is told.
    pub ticket: Ticket,
    /// What was typed, where a word is wanted.
    pub input: Input,
}

const KEYS: &[Binding<bool>] = &[
    Binding { keys: &[ch('y'), ch('Y')], msg: true, help: "console-key-yes" },
    Binding { keys: &[ch('n'), ch('N'), ESC], msg: false, help: "console-key-no" },
];

impl Asking {
    /// Asks.
    #[must_use]
    pub fn new(ticket: Ticket, confirm: Confirm) -> Self {
        Self { confirm, ticket, input: Input::default() }
    }

    fn yes(&mut self) -> Outcome {
        Outcome::Change(self.ticket, std::mem::take(&mut self.confirm.changes))
    }

    pub(super) fn key(&mut self, key: Key) -> Outcome {
        let Some(word) = &self.confirm.word else {
            return match find(KEYS, key) {
                Some(true) => self.yes(),
                Some(false) => Outcome::Close,
                // Enter alone must not do it: it is what one presses without reading.
                None => Outcome::Stay,
            };
        };
        if key == ESC {
            return Outcome::Close;
        }
        if key == ENTER {
            return if self.input.text().trim() == word { self.yes() } else { Outcome::Stay };
        }
        self.input.key(key);
        Outcome::Stay
    }

    pub(super) fn view(&self, paint: &mut Painter<'_>, area: Rect) {
        let width = area.width.min(72);
        let room = usize::from(width.saturating_sub(4));
        let wrapped = |text: &str| text::wrap(&text::clean(text), room).len();
        let lines: usize = wrapped(&self.confirm.question)
            + self.confirm.lines.iter().map(|line| wrapped(line)).sum::<usize>();
        let height = u16::try_from(lines).unwrap_or(area.height).saturating_add(5).min(area.height);
        let title = paint.look.t("console-confirm");
        let inside = paint.window(area, width, height, &title);
        let (bad, plain, accent) = (paint.look.theme.bad, paint.look.theme.text, paint.look.theme.accent);
        let mut rest = Rect { height: inside.height.saturating_sub(2), ..inside };
        let used = paint.paragraph(rest, &self.confirm.question, bad);
        rest.y += used;
        rest.height -= used;
        for line in &self.confirm.lines {
            let used = paint.paragraph(rest, line, plain);
            rest.y += used;
            rest.height -= used;
        }
        let last = Rect { y: inside.bottom().saturating_sub(1), height: 1, ..inside };
        match &self.confirm.word {
            None => foot(paint, last, &[(ch('y'), "console-key-yes"), (ch('n'), "console-key-no")]),
            Some(word) => {
                let asked = paint.look.say("console-confirm-word", &locales::args![word = word]);
                let above = Rect { y: last.y.saturating_sub(1), ..last };
                paint.text(above, &asked, accent, Side::Start);
                let (shown, at) = self.input.shown();
                paint.input(last, &shown, at, plain);
            }
        }
    }
}
