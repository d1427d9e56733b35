//! Older shapes of stored documents, brought up to today's when they are read. A document is written in today's shape
//! when it is next saved; nothing walks over a store to rewrite it.
//!
//! An upgrade is a pure function from the body of one version to that of the next, so a document of any age goes
//! through all that came after it, in order. What is here has been released: it is never edited, only followed. A new
//! field with a default needs no upgrade. A field that has a column or a field of its own beside the body (see `rows`
//! of the stores) keeps the old one until the document is saved: change such a field by an upgrade of the tables too.

use super::documents::SCHEMA_VERSION;
use serde_json::Value;

/// From the body of one version to that of the next.
type Upgrade = fn(Value) -> Value;

/// Of which collection, from which version, how. A version that changed nothing of a collection is not here.
#[cfg(not(test))]
const UPGRADES: &[(&str, u32, Upgrade)] = &[];

/// No shape has changed since the first, so the tests of the stores go by an upgrade to it that nobody else has.
#[cfg(test)]
const UPGRADES: &[(&str, u32, Upgrade)] = &[("oddities", 0, tests::reason_from_why)];

/// A body in today's shape, or what is wrong with its version.
///
/// # Errors
/// A newer version than this program knows is refused, not guessed at.
pub(super) fn upgrade(collection: &str, schema: i64, body: Value) -> Result<Value, String> {
    along(UPGRADES, SCHEMA_VERSION, collection, schema, body)
}

fn along(
    upgrades: &[(&str, u32, Upgrade)],
    today: u32,
    collection: &str,
    schema: i64,
    body: Value,
) -> Result<Value, String> {
    if schema > i64::from(today) {
        return Err(format!("its schema version is {schema}, this program knows versions up to {today}"));
    }
    let written = u32::try_from(schema).unwrap_or(0);
    let upgraded = (written..today).fold(body, |body, from| {
        let found = upgrades.iter().find(|(of, version, _)| *of == collection && *version == from);
        found.map_or_else(|| body.clone(), |(_, _, upgrade)| upgrade(body.clone()))
    });
    Ok(upgraded)
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;
    use serde_json::json;

    pub(super) fn reason_from_why(body: Value) -> Value {
        renamed(body, "why", "reason")
    }

    fn renamed(mut body: Value, from: &str, to: &str) -> Value {
        if let Some(fields) = body.as_object_mut()
            && let Some(value) = fields.remove(from)
        {
            fields.insert(to.to_owned(), value);
        }
        body
    }

    const CHAIN: &[(&str, u32, Upgrade)] = &[
        ("leads", 1, |body| renamed(body, "a", "b")),
        ("leads", 3, |body| renamed(body, "b", "c")),
        ("members", 2, |body| renamed(body, "a", "z")),
    ];

    #[test]
    fn a_document_goes_through_all_that_came_after_it() {
        let upgraded = |collection, schema| along(CHAIN, 4, collection, schema, json!({"a": 1}));
        assert_eq!(upgraded("leads", 1), Ok(json!({"c": 1})), "two upgrades, and a version between");
        assert_eq!(upgraded("leads", 2), Ok(json!({"a": 1})), "the first is behind it");
        assert_eq!(upgraded("leads", 4), Ok(json!({"a": 1})), "today's is left as it is");
        assert_eq!(upgraded("members", 1), Ok(json!({"z": 1})), "each collection has its own");
        assert!(upgraded("leads", 5).is_err_and(|problem| problem.contains("is 5")), "a newer one");
    }
}
