//! Between values and documents: bodies with the field names of serde and the version of their shape, queried times
//! as dates of BSON. A date holds milliseconds, rounded down on both sides of every comparison; bodies keep times as
//! they are.
//!
//! What is wrong with a document is told by place only, never by its content, which may be somebody's words.

use crate::store::StoreError;
use crate::store::documents::Stored;
use crate::store::upgrades::upgrade;
use chrono::{DateTime, Utc};
use mongodb::bson::{self, Bson, Document};
use mongodb::options::{Acknowledgment, WriteConcern};
use serde::Serialize;
use serde::de::DeserializeOwned;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::SystemTime;

/// A time as stored.
pub(super) fn date(time: DateTime<Utc>) -> bson::DateTime {
    bson::DateTime::from_millis(time.timestamp_millis())
}

/// A time that may be missing, as stored.
pub(super) fn maybe_date(time: Option<DateTime<Utc>>) -> Bson {
    time.map_or(Bson::Null, |time| Bson::DateTime(date(time)))
}

/// For what may be forgotten when the primary dies: it is not waited until others and the journal have it.
pub(super) fn not_waiting() -> WriteConcern {
    WriteConcern::builder().w(Some(Acknowledgment::Nodes(1))).build()
}

/// The stored time under a name, unless it is null or missing.
pub(super) fn maybe_time(row: &Document, name: &str) -> Option<DateTime<Utc>> {
    row.get_datetime(name).ok().and_then(|date| DateTime::from_timestamp_millis(date.timestamp_millis()))
}

/// The stored time under a name.
pub(super) fn time(
    collection: &'static str,
    row: &Document,
    name: &'static str,
) -> Result<DateTime<Utc>, StoreError> {
    maybe_time(row, name).ok_or_else(|| unreadable(collection, row, format!("{name} is not a time")))
}

/// The text under a name, unless it is null or missing.
pub(super) fn text(row: &Document, name: &str) -> Option<String> {
    row.get_str(name).ok().map(str::to_owned)
}

/// The number under a name, of whatever width; 0 when it is missing.
pub(super) fn number(row: &Document, name: &str) -> i64 {
    match row.get(name) {
        Some(Bson::Int32(number)) => i64::from(*number),
        Some(Bson::Int64(number)) => *number,
        // Tools that write JavaScript numbers store whole ones like this.
        #[allow(clippy::cast_possible_truncation, reason = "a whole number, or nothing that was counted")]
        Some(Bson::Double(number)) => *number as i64,
        _ => 0,
    }
}

/// A number that was counted; a negative one cannot have been written.
pub(super) fn count(row: &Document, name: &str) -> u64 {
    u64::try_from(number(row, name)).unwrap_or(0)
}

/// A count as stored. One that does not fit cannot be reached by counting.
pub(super) fn stored_count(count: u64) -> i64 {
    i64::try_from(count).unwrap_or(i64::MAX)
}

/// The stored word of an enum without fields.
pub(super) fn word<T: Serialize>(value: &T) -> String {
    match serde_json::to_value(value) {
        Ok(serde_json::Value::String(word)) => word,
        Ok(_) | Err(_) => String::new(),
    }
}

/// The enum without fields that has the stored word under a name.
pub(super) fn of_word<T: DeserializeOwned>(
    collection: &'static str,
    row: &Document,
    name: &'static str,
) -> Result<T, StoreError> {
    let word = text(row, name).unwrap_or_default();
    serde_json::from_value(serde_json::Value::String(word))
        .map_err(|_| unreadable(collection, row, format!("{name} is a word that this program does not know")))
}

/// A value as a body: the same fields and forms as its JSON.
pub(super) fn body<T: Serialize>(collection: &'static str, id: &str, value: &T) -> Result<Bson, StoreError> {
    serde_json::to_value(value).ok().and_then(|json| bson::serialize_to_bson(&json).ok()).ok_or_else(|| {
        StoreError::Unreadable {
            collection,
            id: id.to_owned(),
            problem: "it cannot be written as a document".to_owned(),
        }
    })
}

/// The value of a document in today's shape, unless a newer program wrote it.
pub(super) fn parse<T: DeserializeOwned>(collection: &'static str, row: &Document) -> Result<T, StoreError> {
    let parsed = json_body(row)
        .ok_or_else(|| "it has no body".to_owned())
        .and_then(|body| upgrade(collection, number(row, "schema"), body))
        .and_then(|body| serde_json::from_value(body).map_err(|_| "its body is not as expected".to_owned()));
    parsed.map_err(|problem| unreadable(collection, row, problem))
}

/// The body of a document, in the shape in which it is kept.
pub(super) fn json_body(row: &Document) -> Option<serde_json::Value> {
    bson::deserialize_from_bson(row.get("body")?.clone()).ok()
}

/// A document with its version.
pub(super) fn stored<T: DeserializeOwned>(
    collection: &'static str,
    row: &Document,
) -> Result<Stored<T>, StoreError> {
    Ok(Stored { value: parse(collection, row)?, version: count(row, "version") })
}

/// The values of several documents.
pub(super) fn parse_all<T: DeserializeOwned>(
    collection: &'static str,
    rows: &[Document],
) -> Result<Vec<T>, StoreError> {
    rows.iter().map(|row| parse(collection, row)).collect()
}

/// A document that cannot be read, by its id.
pub(super) fn unreadable(collection: &'static str, row: &Document, problem: String) -> StoreError {
    let id = match row.get("_id") {
        Some(Bson::String(id)) => id.clone(),
        Some(Bson::ObjectId(id)) => id.to_hex(),
        _ => String::new(),
    };
    StoreError::Unreadable { collection, id, problem }
}

/// The next place in the order of coming: microseconds of the clock, and never the same twice in this process. Other
/// processes fit in as well as the clocks agree; nothing but the order of equals and of lists depends on it.
pub(super) fn arrival() -> i64 {
    static LAST: AtomicI64 = AtomicI64::new(0);
    let clock = SystemTime::now()
        .duration_since(SystemTime::UNIX_EPOCH)
        .map_or(0, |since| i64::try_from(since.as_micros()).unwrap_or(i64::MAX - 1));
    let next = |last: i64| Some(clock.max(last.saturating_add(1)));
    match LAST.fetch_update(Ordering::Relaxed, Ordering::Relaxed, next) {
        Ok(last) | Err(last) => clock.max(last.saturating_add(1)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::documents::Oddity;
    use mongodb::bson::doc;

    #[test]
    fn a_row_of_an_older_shape_is_upgraded_when_it_is_read() {
        let row = |schema: i64, reason: &str| {
            doc! {
                "_id": "1", "schema": schema,
                "body": { "channel": "meta", reason: "unknown_kind", "body": "{}", "at": "2026-11-22T07:00:02Z" },
            }
        };
        let read = |row: &Document| parse::<Oddity>("oddities", row);
        let older = read(&row(0, "why")).expect("an older shape");
        assert!(older == read(&row(1, "reason")).expect("today's shape"));
        let refused = read(&row(2, "reason")).expect_err("a newer shape").to_string();
        assert!(refused.contains("schema version is 2"), "{refused}");
    }
}
