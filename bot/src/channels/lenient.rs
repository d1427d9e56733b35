//! Reading JSON of others without being thrown by it: a field of the wrong type is a field that is missing, an element
//! that cannot be read is an empty one. It knows no provider.

use chrono::{DateTime, Utc};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Deserializer};
use serde_json::Value;

/// The body is not JSON, or not an object.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the webhook body is not a JSON object")]
pub struct Unreadable;

/// The JSON object in these bytes.
///
/// A half of a surrogate pair, which a cut emoji leaves behind, or bytes that are not UTF-8 become the replacement
/// character: one broken letter must not make a whole batch unreadable, to be delivered again for days.
pub(super) fn read<T: DeserializeOwned>(bytes: &[u8]) -> Result<T, Unreadable> {
    let value: Value = match serde_json::from_slice(bytes) {
        Ok(value) => value,
        Err(_) => serde_json::from_str(&mend(bytes)).map_err(|_| Unreadable)?,
    };
    if !value.is_object() {
        return Err(Unreadable);
    }
    // Through a value rather than directly: a repeated key is then the last one, not an error.
    serde_json::from_value(value).map_err(|_| Unreadable)
}

/// The text with every lone surrogate escape replaced.
fn mend(bytes: &[u8]) -> String {
    let text = String::from_utf8_lossy(bytes);
    let unit = |at: usize| -> Option<u16> {
        let digits = text.get(at..at + 6)?.strip_prefix("\\u")?;
        u16::from_str_radix(digits, 16).ok()
    };
    let mut mended = String::with_capacity(text.len());
    let mut at = 0;
    while let Some(rest) = text.get(at..).filter(|rest| !rest.is_empty()) {
        let length = match (unit(at), unit(at + 6)) {
            (Some(0xD800..=0xDBFF), Some(0xDC00..=0xDFFF)) => 12,
            (Some(0xD800..=0xDFFF), _) => {
                mended.push_str("\\ufffd");
                at += 6;
                continue;
            }
            (Some(_), _) => 6,
            // A backslash takes the next character with it, so that `\\ud800` is not read as an escape.
            (None, _) if rest.starts_with('\\') => rest.chars().take(2).map(char::len_utf8).sum(),
            (None, _) => rest.chars().next().map_or(1, char::len_utf8),
        };
        mended.push_str(&rest[..length]);
        at += length;
    }
    mended
}

/// A string, or a number or truth value as its text.
pub(super) fn text<'de, D: Deserializer<'de>>(from: D) -> Result<Option<String>, D::Error> {
    Ok(match Value::deserialize(from)? {
        Value::String(text) => Some(text),
        Value::Number(number) => Some(number.to_string()),
        Value::Bool(truth) => Some(truth.to_string()),
        Value::Null | Value::Array(_) | Value::Object(_) => None,
    })
}

/// A whole number, also when it is written as a string.
pub(super) fn whole<'de, D: Deserializer<'de>>(from: D) -> Result<Option<i64>, D::Error> {
    Ok(match Value::deserialize(from)? {
        Value::Number(number) => number.as_i64(),
        Value::String(text) => text.trim().parse().ok(),
        Value::Null | Value::Bool(_) | Value::Array(_) | Value::Object(_) => None,
    })
}

/// A finite number, also when it is written as a string.
pub(super) fn number<'de, D: Deserializer<'de>>(from: D) -> Result<Option<f64>, D::Error> {
    let number = match Value::deserialize(from)? {
        Value::Number(number) => number.as_f64(),
        Value::String(text) => text.trim().parse().ok(),
        Value::Null | Value::Bool(_) | Value::Array(_) | Value::Object(_) => None,
    };
    Ok(number.filter(|number| number.is_finite()))
}

/// True, also when it is written as a string; everything else is false.
pub(super) fn truth<'de, D: Deserializer<'de>>(from: D) -> Result<bool, D::Error> {
    Ok(match Value::deserialize(from)? {
        Value::Bool(truth) => truth,
        Value::String(text) => text.eq_ignore_ascii_case("true"),
        Value::Null | Value::Number(_) | Value::Array(_) | Value::Object(_) => false,
    })
}

/// An object; none when it is something else.
pub(super) fn object<'de, D: Deserializer<'de>, T: DeserializeOwned>(from: D) -> Result<Option<T>, D::Error> {
    let value = Value::deserialize(from)?;
    Ok(if value.is_object() { serde_json::from_value(value).ok() } else { None })
}

/// A list; an element that cannot be read is an empty one, so that it is noticed rather than lost.
pub(super) fn list<'de, D: Deserializer<'de>, T: DeserializeOwned + Default>(
    from: D,
) -> Result<Vec<T>, D::Error> {
    Ok(match Value::deserialize(from)? {
        Value::Array(values) => {
            values.into_iter().map(|value| serde_json::from_value(value).unwrap_or_default()).collect()
        }
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) | Value::Object(_) => Vec::new(),
    })
}

/// The moment of these seconds since 1970; `otherwise` when they are missing or make no sense.
pub(super) fn moment(seconds: Option<i64>, otherwise: DateTime<Utc>) -> DateTime<Utc> {
    seconds
        .filter(|seconds| (1..=253_402_300_799).contains(seconds))
        .and_then(|seconds| DateTime::from_timestamp(seconds, 0))
        .unwrap_or(otherwise)
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn half_a_surrogate_pair_breaks_one_letter_only() {
        for (body, text) in [
            (r#"{"a":"x\ud83dy"}"#, "x\u{fffd}y"),
            (r#"{"a":"x\ude00\ud83d\ude00"}"#, "x\u{fffd}😀"),
            (r#"{"a":"\\ud83d \ud83d"}"#, "\\ud83d \u{fffd}"),
            (r#"{"a":"א\ud83d\u05d0"}"#, "א\u{fffd}א"),
        ] {
            let value: Value = read(body.as_bytes()).unwrap();
            assert_eq!(value["a"], text, "{body}");
        }
        let value: Value = read(b"{\"a\":\"x\xffy\"}").unwrap();
        assert_eq!(value["a"], "x\u{fffd}y");
    }

    #[test]
    fn what_is_not_an_object_is_unreadable() {
        for body in ["", "{", "[]", "null", "7", "\"\\ud83d\"", "{\"a\":\\u"] {
            assert_eq!(read::<Value>(body.as_bytes()), Err(Unreadable), "{body}");
        }
        let deep = "{\"a\":".repeat(100_000);
        assert_eq!(read::<Value>(deep.as_bytes()), Err(Unreadable));
    }

    #[test]
    fn a_moment_that_makes_no_sense_is_now() {
        let now = DateTime::from_timestamp(1_790_000_000, 0).unwrap();
        for odd in [None, Some(0), Some(-5), Some(i64::MAX), Some(1_790_000_000_000)] {
            assert_eq!(moment(odd, now), now);
        }
        assert_eq!(moment(Some(5), now).timestamp(), 5);
    }
}
