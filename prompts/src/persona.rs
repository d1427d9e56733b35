//! The second question to a model: answer the customer in a professional's tone, with placeholders in the place of every
//! figure. The template is `persona.md`. No price reaches the model; times reach it only to be compared.

use crate::Fact;
use crate::schema::{address, flag, list, number, object, required_text, text};
use crate::template::{Rendered, Template};
use serde::Serialize;
use serde_json::Value;
use std::sync::LazyLock;

/// What the persona's prompt is filled in with. The conversation itself is sent as turns, not here.
#[derive(Clone, Debug, Eq, PartialEq, Serialize)]
pub struct PersonaVariables {
    /// The business's name.
    pub business: String,
    /// The customer's language, such as `Hebrew (he)`.
    pub language: String,
    /// Local weekday, date, time and zone.
    pub now: String,
    /// The professional's trade, in plain words.
    pub trade: String,
    /// How the professional wants to sound.
    pub persona: String,
    /// Whether there is a rating to put in the place of `{rating}`.
    pub rated: bool,
    /// The price list without figures.
    pub prices: Vec<PriceItem>,
    /// The free appointments that may be offered.
    pub slots: Vec<OfferedSlot>,
    /// What is known already.
    pub known: Vec<Fact>,
    /// The fields still to be asked for, in order.
    pub missing: Vec<String>,
}

/// A line of the price list.
#[derive(Clone, Debug, Eq, PartialEq, Serialize)]
pub struct PriceItem {
    /// The key, which stands in `{price:KEY}`.
    pub key: String,
    /// What it is called in the customer's language.
    pub name: String,
}

/// An appointment that may be offered.
#[derive(Clone, Debug, Eq, PartialEq, Serialize)]
pub struct OfferedSlot {
    /// The number in `{slot:N}` and in `chosen_slot`.
    pub number: u32,
    /// The local time, for comparison with the customer's wish.
    pub time: String,
}

static TEMPLATE: LazyLock<Template> = LazyLock::new(|| {
    Template::read(include_str!("../persona.md")).expect("the template is part of the program and tested")
});

static SCHEMA: LazyLock<Value> = LazyLock::new(|| {
    let choices = [
        text("appointment_time", "the customer's own words about when, verbatim"),
        number("chosen_slot", "N of the free appointment that the customer accepted"),
    ];
    let answer = [
        flag("is_deal", "work and time agreed, nothing missing"),
        flag("hand_off", "a person must answer"),
        required_text("reply", "text with placeholders, no figures outside them"),
        list("quoted_items", "keys of the price placeholders in the reply"),
    ];
    object(choices.into_iter().chain(address()).chain(answer))
});

/// The persona's prompt, filled in.
#[must_use]
pub fn persona(variables: &PersonaVariables) -> Rendered {
    TEMPLATE.render(variables).expect("a test compares the template's variables with the struct")
}

/// The schema of the persona's answer. What the customer chose comes first, so that the reply follows from it.
#[must_use]
pub fn persona_schema() -> &'static Value {
    &SCHEMA
}

pub(crate) fn version() -> (&'static str, u32) {
    (TEMPLATE.id, TEMPLATE.version)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::schema::tests::check_schema;
    use std::collections::BTreeSet;

    fn variables() -> PersonaVariables {
        PersonaVariables {
            business: "Fixi Haifa".to_owned(),
            language: "Hebrew (he)".to_owned(),
            now: "Sunday 2026-11-22 09:00 Asia/Jerusalem".to_owned(),
            trade: "locksmith services".to_owned(),
            persona: "קצר, חם\nבלי סלנג".to_owned(),
            rated: true,
            prices: vec![PriceItem { key: "door_opening".to_owned(), name: "פתיחת דלת".to_owned() }],
            slots: vec![
                OfferedSlot { number: 1, time: "Sunday 2026-11-22 14:00".to_owned() },
                OfferedSlot { number: 2, time: "Monday 2026-11-23 08:00".to_owned() },
            ],
            known: vec![Fact { name: "city".to_owned(), value: "חיפה {price:door_opening}".to_owned() }],
            missing: vec!["floor".to_owned()],
        }
    }

    #[test]
    fn template_and_struct_name_the_same_variables() {
        let filled = serde_json::to_value(variables()).expect("serializable");
        let fields: BTreeSet<String> = filled.as_object().expect("an object").keys().cloned().collect();
        assert_eq!(TEMPLATE.variables(), fields);
    }

    #[test]
    fn every_variable_is_shown_and_fenced() {
        let rendered = persona(&variables());
        assert_eq!((rendered.id, rendered.version), ("persona", TEMPLATE.version));
        let expected = [
            "Fixi Haifa, who works in locksmith services.",
            "It is now Sunday 2026-11-22 09:00 Asia/Jerusalem.",
            "the customer's language: Hebrew (he).",
            "<data>\nקצר, חם בלי סלנג\n</data>",
            "<data>\n{price:door_opening}: פתיחת דלת\n</data>",
            "<data>\n{slot:1}: Sunday 2026-11-22 14:00\n{slot:2}: Monday 2026-11-23 08:00\n</data>",
            "<data>\ncity: חיפה (price:door_opening)\n</data>",
            "<data>\nfloor\n</data>",
            "`{rating}` for the professional's rating. Write them",
        ];
        for part in expected {
            assert!(rendered.system.contains(part), "{part} is not in\n{}", rendered.system);
        }
    }

    #[test]
    fn without_ratings_slots_and_prices_the_prompt_says_so() {
        let (prices, slots) = (Vec::new(), Vec::new());
        let system = persona(&PersonaVariables { rated: false, prices, slots, ..variables() }).system;
        let expected = ["(empty: a price can only be", "<data>\n(none)\n</data>", "There is no rating yet"];
        for part in expected {
            assert!(system.contains(part), "{part} is not in\n{system}");
        }
    }

    const FIELDS: [&str; 11] = [
        "appointment_time",
        "chosen_slot",
        "city",
        "street",
        "street_number",
        "floor",
        "apartment",
        "is_deal",
        "hand_off",
        "reply",
        "quoted_items",
    ];

    #[test]
    fn the_schema_has_the_agreed_fields() {
        check_schema(persona_schema(), &FIELDS, &FIELDS);
    }

    #[test]
    fn every_field_is_explained_and_every_example_has_all_of_them() {
        let system = persona(&variables()).system;
        for field in FIELDS {
            assert!(system.contains(&format!("`{field}`")), "{field}");
        }
        let examples: Vec<Value> =
            system.lines().filter_map(|line| serde_json::from_str(line).ok()).collect();
        assert_eq!(examples.len(), 3);
        for example in examples {
            let named: BTreeSet<&str> =
                example.as_object().expect("an object").keys().map(String::as_str).collect();
            assert_eq!(named, FIELDS.into_iter().collect());
        }
    }
}
