//! Somebody else was faster: what they changed, side by side, and the choice between theirs and one's own on top of it.

use super::{Outcome, foot};
use crate::change::Change;
use crate::compare;
use crate::keys::{Binding, ESC, Key, ch, find};
use crate::paint::{Painter, Side, Size};
use crate::screens::Ticket;
use ratatui::layout::Rect;
use serde_json::Value;

/// A refused change.
#[derive(Clone, Debug, PartialEq)]
pub struct Conflict {
    /// Under which ticket the screen is told.
    pub ticket: Ticket,
    /// What was to be changed.
    pub change: Change,
    /// The thing as it is now, if the server said.
    pub current: Option<Value>,
}

const KEYS: &[Binding<bool>] = &[
    Binding { keys: &[ch('k'), ESC], msg: false, help: "console-conflict-keep" },
    Binding { keys: &[ch('m')], msg: true, help: "console-conflict-mine" },
];

/// Fields that no decision rests on: they change with every word that is said, or stand in one form of a thing and not in
/// the other.
const NOISE: &[&str] = &[
    "version",
    "since",
    "timeline",
    "words",
    "ranked",
    "may_become",
    "last_words",
    "last_inbound_at",
    "window_until",
    "waits_for",
    "language",
    "leads",
    "contact",
    "phone",
    "full_address",
    "quote",
    "moves",
];

impl Conflict {
    /// The fields that differ: name, as it was seen, as it is now.
    #[must_use]
    pub fn differences(&self) -> Vec<(String, String, String)> {
        let (Some(Value::Object(seen)), Some(Value::Object(current))) = (&self.change.seen, &self.current)
        else {
            return Vec::new();
        };
        let mut names: Vec<&String> = seen.keys().chain(current.keys()).collect();
        names.sort();
        names.dedup();
        names
            .into_iter()
            .filter(|name| !NOISE.contains(&name.as_str()))
            // A server may answer with less than was seen; what it leaves out has not changed.
            .filter(|name| current.contains_key(*name) || !current.contains_key("version"))
            .filter(|name| seen.get(*name) != current.get(*name))
            .map(|name| (name.clone(), short(seen.get(name)), short(current.get(name))))
            .collect()
    }

    /// The same change on top of what others did, if that touched nothing that a decision rests on: in a chat every word
    /// makes a new version.
    #[must_use]
    pub fn harmless(&self) -> Option<Change> {
        let is_known = self.change.seen.is_some() && self.current.is_some();
        if is_known && self.differences().is_empty() { self.on_top() } else { None }
    }

    /// The same change with the present version.
    fn on_top(&self) -> Option<Change> {
        let ask = self.change.ask.clone().with_version(self.version()?);
        Some(Change { ask, seen: self.current.clone(), done: self.change.done.clone() })
    }

    fn version(&self) -> Option<u64> {
        self.current.as_ref()?.get("version")?.as_u64()
    }

    pub(super) fn key(&mut self, key: Key) -> Outcome {
        match (find(KEYS, key), self.on_top()) {
            (Some(true), Some(change)) => Outcome::Change(self.ticket, vec![change]),
            (Some(false), _) => Outcome::Close,
            (Some(true), None) | (None, _) => Outcome::Stay,
        }
    }

    pub(super) fn view(&self, paint: &mut Painter<'_>, area: Rect) {
        let differences = self.differences();
        let height =
            u16::try_from(differences.len().max(1)).unwrap_or(area.height).saturating_add(6).min(area.height);
        let title = paint.look.t("console-conflict");
        let inside = paint.window(area, area.width.min(76), height, &title);
        let theme = paint.look.theme.clone();
        let lead = paint.look.t("console-conflict-lead");
        let used = paint.paragraph(Rect { height: inside.height.min(2), ..inside }, &lead, theme.text);
        let mut rest = Rect { y: inside.y + used, height: inside.height.saturating_sub(used + 2), ..inside };
        for (name, before, after) in &differences {
            if rest.height == 0 {
                break;
            }
            let line = Rect { height: 1, ..rest };
            let parts =
                paint.columns(line, &[Size::Fixed(18), Size::Share(1), Size::Fixed(3), Size::Share(1)]);
            let [before, after] = [before, after].map(|value| compare::said(paint.look, name, value));
            let name = paint.look.word("console-field-", name);
            let arrow = if paint.look.locale.is_rtl() { "←" } else { "→" };
            paint.text(parts[0], &name, theme.accent, Side::Start);
            paint.text(parts[1], &before, theme.dim, Side::Start);
            paint.put(parts[2].x + 1, line.y, arrow, theme.dim);
            paint.text(parts[3], &after, theme.warn, Side::Start);
            rest.y += 1;
            rest.height -= 1;
        }
        let last = Rect { y: inside.bottom().saturating_sub(1), height: 1, ..inside };
        let keys: &[(Key, &str)] = match self.version() {
            Some(_) => &[(ch('k'), "console-conflict-keep"), (ch('m'), "console-conflict-mine")],
            None => &[(ch('k'), "console-conflict-keep")],
        };
        foot(paint, last, keys);
    }
}

fn short(value: Option<&Value>) -> String {
    match value {
        None | Some(Value::Null) => "—".to_owned(),
        Some(Value::String(text)) => text.clone(),
        Some(other) => other.to_string(),
    }
}
