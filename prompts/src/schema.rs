//! Answer schemas in the subset of OpenAPI that Gemini's `responseSchema` reads: upper-case types, `nullable`,
//! `propertyOrdering`. Every field is required and says by `nullable` whether it may be absent in meaning; small models
//! then fill in all of them instead of forgetting some. Lengths and formats are checked by code, not asked for here.

use serde_json::{Map, Value, json};

/// A field of an answer.
pub(crate) struct Field {
    pub(crate) name: &'static str,
    pub(crate) schema: Value,
}

/// A text that may be null.
pub(crate) fn text(name: &'static str, description: &str) -> Field {
    Field { name, schema: json!({ "type": "STRING", "nullable": true, "description": description }) }
}

/// A text that is always there.
pub(crate) fn required_text(name: &'static str, description: &str) -> Field {
    Field { name, schema: json!({ "type": "STRING", "description": description }) }
}

/// One of a few texts.
pub(crate) fn choice(name: &'static str, choices: &[&str]) -> Field {
    Field { name, schema: json!({ "type": "STRING", "format": "enum", "enum": choices }) }
}

/// True or false.
pub(crate) fn flag(name: &'static str, description: &str) -> Field {
    Field { name, schema: json!({ "type": "BOOLEAN", "description": description }) }
}

/// A whole number that may be null.
pub(crate) fn number(name: &'static str, description: &str) -> Field {
    Field { name, schema: json!({ "type": "INTEGER", "nullable": true, "description": description }) }
}

/// A list of texts, perhaps empty.
pub(crate) fn list(name: &'static str, description: &str) -> Field {
    Field {
        name,
        schema: json!({ "type": "ARRAY", "items": { "type": "STRING" }, "description": description }),
    }
}

/// The parts of an address, the same in every answer.
pub(crate) fn address() -> [Field; 5] {
    [
        text("city", "town as the customer wrote it"),
        text("street", "street name alone"),
        text("street_number", "house number, with letter or entrance"),
        text("floor", "floor; 0 for ground floor, - for a private house"),
        text("apartment", "apartment; - for a private house"),
    ]
}

/// An object with these fields, in this order.
pub(crate) fn object(fields: impl IntoIterator<Item = Field>) -> Value {
    let (mut order, mut properties) = (Vec::new(), Map::new());
    for field in fields {
        order.push(field.name);
        properties.insert(field.name.to_owned(), field.schema);
    }
    json!({ "type": "OBJECT", "properties": properties, "required": order, "propertyOrdering": order })
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;
    use std::collections::BTreeSet;

    /// The schema names exactly these fields, orders all of them and uses types that Gemini knows.
    #[track_caller]
    pub(crate) fn check_schema(schema: &Value, names: &[&str], ordered: &[&str]) {
        let properties = schema["properties"].as_object().expect("an object");
        let found: BTreeSet<&str> = properties.keys().map(String::as_str).collect();
        assert_eq!(found, names.iter().copied().collect());
        assert_eq!(schema["propertyOrdering"], json!(ordered));
        assert_eq!(schema["required"], json!(ordered));
        for (name, property) in properties {
            let kind = property["type"].as_str().expect("a type");
            assert!(["STRING", "BOOLEAN", "INTEGER", "ARRAY"].contains(&kind), "{name}");
        }
    }
}
