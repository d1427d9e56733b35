//! Changes, confirmations, prompts and choices as values: what will be done is known before anybody says yes.

use crate::ask::Ask;
use serde::Serialize;
use serde_json::Value;

/// A change, and what is needed when it goes well or does not.
#[derive(Clone, Debug, PartialEq)]
pub struct Change {
    /// What is asked of the bot.
    pub ask: Ask,
    /// The thing as its author saw it, to show what somebody else changed meanwhile.
    pub seen: Option<Value>,
    /// What is said when it is done.
    pub done: String,
}

impl Change {
    /// A change of a thing that is made rather than changed: nobody can be faster.
    #[must_use]
    pub fn new(ask: Ask, done: impl Into<String>) -> Self {
        Self { ask, seen: None, done: done.into() }
    }

    /// A change of this thing.
    #[must_use]
    pub fn of(seen: &impl Serialize, ask: Ask, done: impl Into<String>) -> Self {
        Self { ask, seen: serde_json::to_value(seen).ok(), done: done.into() }
    }
}

/// A question before a change that cannot be taken back.
#[derive(Clone, Debug, PartialEq)]
pub struct Confirm {
    /// What will be done, as a question.
    pub question: String,
    /// What follows from it, line by line.
    pub lines: Vec<String>,
    /// What must be typed instead of `y`, for what removes something for good.
    pub word: Option<String>,
    /// What is done then, one after another.
    pub changes: Vec<Change>,
}

/// A line to type.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Prompt {
    /// What is asked for.
    pub title: String,
    /// What stands there first.
    pub text: String,
    /// Whether it must not be shown.
    pub secret: bool,
}

/// Rows to choose from.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Choice {
    /// What is chosen.
    pub title: String,
    /// The rows.
    pub rows: Vec<ChoiceRow>,
}

/// A row to choose.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ChoiceRow {
    /// What the screen is told.
    pub value: String,
    /// What is shown.
    pub label: String,
    /// Why, or what more there is to know; wrapped below the label.
    pub detail: String,
    /// Whether it can be chosen.
    pub off: bool,
}

/// How the last change is taken back.
#[derive(Clone, Debug, PartialEq)]
pub struct Undo {
    /// What is taken back, for people.
    pub label: String,
    /// How.
    pub change: Change,
}
