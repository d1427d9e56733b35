//! From a model's words to a typed answer. Fences, a sentence around the JSON and figures in the place of texts are
//! forgiven; whether the answer is true is not asked here.

use super::failure::Failure;
use agents::dispatcher::Understood;
use agents::persona::{Spoken, cut_deal_marker};
use agents::text::is_blank;
use agents::turn::{Answer, Ask};
use serde::de::DeserializeOwned;
use serde_json::{Map, Value};

/// At so many places a text is looked at for the beginning of an object.
const PLACES: usize = 20;

/// The answer in these words, to a question with this schema.
pub(super) fn read(ask: &Ask, schema: &Value, text: &str) -> Result<Answer, Failure> {
    match ask {
        Ask::Dispatch(_) => {
            let understood: Understood = value(schema, text)?;
            Ok(Answer::Dispatch(Box::new(Understood { by_model: true, ..understood })))
        }
        Ask::Persona(_) => {
            let spoken = if is_told_with_a_deal(text) {
                Spoken { reply: text.trim().to_owned(), ..Spoken::default() }
            } else {
                value(schema, text)?
            };
            // A reply is what was asked for. Without one only a wish for a person means anything.
            if is_blank(&spoken.reply) && !spoken.hand_off {
                return Err(Failure::Empty);
            }
            Ok(Answer::Persona(Box::new(Spoken { by_model: true, ..spoken })))
        }
    }
}

/// Whether it is the answer of a model without structured output: words, then `[DEAL: ...]` at the end.
fn is_told_with_a_deal(text: &str) -> bool {
    let text = text.trim();
    // A placeholder may come first; JSON that was cut may not.
    let is_json = text.starts_with(['[', '`'])
        || text.strip_prefix('{').is_some_and(|rest| rest.trim_start().starts_with('"'))
        || objects(text).any(|object| object.contains_key("reply"));
    if is_json || !text.ends_with(']') {
        return false;
    }
    let (words, deal) = cut_deal_marker(text);
    deal.is_some() && !is_blank(&words)
}

fn value<T: DeserializeOwned>(schema: &Value, text: &str) -> Result<T, Failure> {
    let fields = schema.get("properties").and_then(Value::as_object).ok_or(Failure::Malformed)?;
    let known = |object: &Map<String, Value>| object.keys().any(|name| fields.contains_key(name));
    let object = objects(text).find(known).ok_or(Failure::Malformed)?;
    let fitted: Map<String, Value> = object
        .into_iter()
        .filter_map(|(name, value)| {
            let kind = fields.get(&name)?.get("type")?.as_str()?;
            Some((name, fitted(kind, value)))
        })
        .collect();
    serde_json::from_value(Value::Object(fitted)).map_err(|_| Failure::Malformed)
}

/// The whole objects in a text, in order, whatever stands around them.
fn objects(text: &str) -> impl Iterator<Item = Map<String, Value>> {
    text.match_indices('{').take(PLACES).filter_map(|(start, _)| {
        let mut values = serde_json::Deserializer::from_str(&text[start..]).into_iter::<Map<String, Value>>();
        values.next()?.ok()
    })
}

/// A value of the kind that the schema names; null when it cannot be one.
fn fitted(kind: &str, value: Value) -> Value {
    match (kind, value) {
        ("STRING", Value::Number(number)) => Value::String(number.to_string()),
        ("STRING", Value::String(text)) => Value::String(text),
        ("INTEGER", Value::Number(number)) => whole(&number).map_or(Value::Null, Value::from),
        ("INTEGER", Value::String(text)) => text.trim().parse::<i64>().map_or(Value::Null, Value::from),
        ("BOOLEAN", Value::Bool(flag)) => Value::Bool(flag),
        ("BOOLEAN", Value::String(text)) => match text.trim() {
            "true" => Value::Bool(true),
            "false" => Value::Bool(false),
            _ => Value::Null,
        },
        ("ARRAY", Value::Array(items)) => Value::Array(items.into_iter().filter(Value::is_string).collect()),
        ("ARRAY", Value::String(text)) => Value::Array(vec![Value::String(text)]),
        _ => Value::Null,
    }
}

/// `2` and `2.0`, but not `2.5`.
fn whole(number: &serde_json::Number) -> Option<i64> {
    number.as_i64().or_else(|| {
        let text = number.to_string();
        text.strip_suffix(".0")?.parse().ok()
    })
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use agents::dispatcher::Intent;

    fn understood(text: &str) -> Result<Understood, Failure> {
        value(prompts::dispatcher_schema(), text)
    }

    fn spoken(text: &str) -> Result<Spoken, Failure> {
        value(prompts::persona_schema(), text)
    }

    #[test]
    fn json_is_found_whatever_stands_around_it() {
        for text in [
            r#"{"intent":"status","city":"חיפה"}"#,
            "Here is the JSON:\n```json\n{\"intent\":\"status\",\"city\":\"חיפה\"}\n```\nAnything else?",
            "\u{FEFF} [{\"intent\":\"status\",\"city\":\"חיפה\"}]",
            "{thinking} {\"note\":{}} {\"intent\":\"status\",\"city\":\"חיפה\"} {\"intent\":\"human\"}",
        ] {
            let understood = understood(text).unwrap();
            assert_eq!(
                (understood.intent, understood.city.as_deref()),
                (Some(Intent::Status), Some("חיפה")),
                "{text}"
            );
        }
    }

    #[test]
    fn what_is_no_answer_is_malformed() {
        for text in
            ["", "שלום", "{}", "[]", "null", r#"{"intent":"status","city":"חי"#, r#"{"weather":1}"#, "{{{{"]
        {
            assert_eq!(understood(text).map(|_| ()), Err(Failure::Malformed), "{text}");
        }
    }

    #[test]
    fn values_of_another_kind_are_forgiven() {
        let read =
            understood(r#"{"intent":"no_such_thing","floor":3,"apartment":[1],"emergency":"true","x":{}}"#)
                .unwrap();
        assert_eq!(read.intent, None);
        assert_eq!((read.floor.as_deref(), read.apartment, read.emergency), (Some("3"), None, Some(true)));
        let read =
            spoken(r#"{"reply":null,"chosen_slot":"2","is_deal":null,"quoted_items":"leak","city":7.5}"#)
                .unwrap();
        assert_eq!((read.reply.as_str(), read.chosen_slot, read.is_deal), ("", Some(2), false));
        assert_eq!(read.quoted_items, ["leak"]);
        assert_eq!(spoken(r#"{"reply":"x","chosen_slot":2.0}"#).unwrap().chosen_slot, Some(2));
        assert_eq!(spoken(r#"{"reply":"x","chosen_slot":2.5}"#).unwrap().chosen_slot, None);
    }

    #[test]
    fn a_deal_is_told_at_the_end_of_words() {
        assert!(is_told_with_a_deal("מצוין, נתראה! [DEAL: מחר בעשר | הרצל 10, תל אביב | נזילה]"));
        assert!(is_told_with_a_deal("Great {slot:1}. [deal: now | here | leak] \n"));
        for text in
            ["[DEAL: a | b | c]", "[DEAL: a | b | c] words", "words", r#"{"reply":"x [DEAL: a]"}"#, ""]
        {
            assert!(!is_told_with_a_deal(text), "{text}");
        }
    }

    #[test]
    fn a_text_of_braces_is_looked_at_in_a_few_places_only() {
        let text = "{\"a\":".repeat(20_000);
        assert_eq!(understood(&text).map(|_| ()), Err(Failure::Malformed));
    }
}
