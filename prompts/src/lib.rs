//! What Fixi says to models: one Markdown template per question, with the variables that fill it and the schema of the
//! answer. Never calls a model, never reads an answer, never reads a file at run time.
//!
//! A template begins with a header: its id, its version, which is stored with every answer, and its variables. Raise the
//! version whenever the words change. Header and template are compared when it is read, the struct in a test.

mod dispatcher;
mod persona;
mod schema;
mod template;

pub use dispatcher::{DispatcherVariables, Trade, dispatcher, dispatcher_schema};
pub use persona::{OfferedSlot, PersonaVariables, PriceItem, persona, persona_schema};
pub use template::Rendered;

use serde::Serialize;

/// Something that is already known, told to the model so that it does not ask again. The value may come from a customer:
/// it is fenced as data and left out of `Debug`.
#[derive(Clone, Eq, PartialEq, Serialize)]
pub struct Fact {
    /// The field, by its name in the answer's schema (`city`, `floor`, ...) or in plain English.
    pub name: String,
    /// What is known.
    pub value: String,
}

impl std::fmt::Debug for Fact {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.debug_struct("Fact").field("name", &self.name).finish_non_exhaustive()
    }
}

/// The id and version of every template, for diagnosis.
#[must_use]
pub fn versions() -> [(&'static str, u32); 2] {
    [dispatcher::version(), persona::version()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn debug_shows_which_fact_and_not_its_value() {
        let fact = Fact { name: "street".to_owned(), value: "Herzl 10".to_owned() };
        let shown = format!("{fact:?}");
        assert!(shown.contains("street") && !shown.contains("Herzl"), "{shown}");
    }

    #[test]
    fn every_template_has_its_own_id() {
        let [(dispatcher, _), (persona, _)] = versions();
        assert_eq!((dispatcher, persona), ("dispatcher", "persona"));
    }
}
