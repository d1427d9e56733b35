//! Between values and rows: bodies as JSON text with the version of their shape, times as microseconds.
//!
//! What is wrong with a row is told by place only, never by its content, which may be somebody's words.

use crate::store::StoreError;
use crate::store::documents::{Document, Expect, SCHEMA_VERSION, Stored};
use crate::store::upgrades::upgrade;
use chrono::{DateTime, Utc};
use rusqlite::types::Value;
use rusqlite::{Connection, Params, Row, params_from_iter};
use serde::Serialize;
use serde::de::DeserializeOwned;

/// A time as stored.
pub(super) fn micros(time: DateTime<Utc>) -> i64 {
    time.timestamp_micros()
}

/// A stored time.
pub(super) fn time(micros: i64) -> Result<DateTime<Utc>, StoreError> {
    DateTime::from_timestamp_micros(micros).ok_or_else(|| StoreError::Unreadable {
        collection: "store",
        id: micros.to_string(),
        problem: "it is not a time".to_owned(),
    })
}

/// A stored time that may be missing.
pub(super) fn maybe_time(micros: Option<i64>) -> Result<Option<DateTime<Utc>>, StoreError> {
    micros.map(time).transpose()
}

/// A stored count; a negative one cannot have been written.
pub(super) fn count(stored: i64) -> u64 {
    u64::try_from(stored).unwrap_or(0)
}

/// A count as stored. One that does not fit cannot be reached by counting.
pub(super) fn stored_count(count: u64) -> i64 {
    i64::try_from(count).unwrap_or(i64::MAX)
}

/// Ids as one parameter, for `IN (SELECT value FROM json_each(?))`.
pub(super) fn id_list<'a>(ids: impl Iterator<Item = &'a str>) -> String {
    serde_json::Value::from_iter(ids).to_string()
}

/// The stored word of an enum without fields.
pub(super) fn word<T: Serialize>(value: &T) -> String {
    match serde_json::to_value(value) {
        Ok(serde_json::Value::String(word)) => word,
        Ok(_) | Err(_) => String::new(),
    }
}

/// The enum without fields that has this stored word.
pub(super) fn of_word<T: DeserializeOwned>(collection: &'static str, word: String) -> Result<T, StoreError> {
    serde_json::from_value(serde_json::Value::String(word)).map_err(|_| StoreError::Unreadable {
        collection,
        id: "status".to_owned(),
        problem: "it holds a word that this program does not know".to_owned(),
    })
}

/// A value as a body.
pub(super) fn body<T: Serialize>(
    collection: &'static str,
    id: &str,
    value: &T,
) -> Result<String, StoreError> {
    serde_json::to_string(value).map_err(|_| StoreError::Unreadable {
        collection,
        id: id.to_owned(),
        problem: "it cannot be written as JSON".to_owned(),
    })
}

/// The columns `id`, `schema` and `body` of a row.
pub(super) struct Raw {
    pub(super) id: String,
    pub(super) schema: i64,
    pub(super) body: String,
}

impl Raw {
    /// Reads the first three columns, which must be `id`, `schema`, `body`.
    pub(super) fn of(row: &Row<'_>) -> rusqlite::Result<Self> {
        Ok(Self { id: row.get(0)?, schema: row.get(1)?, body: row.get(2)? })
    }

    /// The value in today's shape, unless a newer program wrote it.
    pub(super) fn parse<T: DeserializeOwned>(self, collection: &'static str) -> Result<T, StoreError> {
        let place =
            |error: serde_json::Error| format!("its body is not as expected at column {}", error.column());
        let parsed = if self.schema == i64::from(SCHEMA_VERSION) {
            serde_json::from_str(&self.body).map_err(place)
        } else {
            serde_json::from_str(&self.body)
                .map_err(place)
                .and_then(|body| upgrade(collection, self.schema, body))
                .and_then(|body| serde_json::from_value(body).map_err(place))
        };
        parsed.map_err(|problem| StoreError::Unreadable { collection, id: self.id, problem })
    }
}

/// The rows of a query whose first columns are `id`, `schema`, `body`.
pub(super) fn rows<T: DeserializeOwned>(
    connection: &Connection,
    collection: &'static str,
    sql: &str,
    parameters: impl Params,
) -> Result<Vec<T>, StoreError> {
    let mut statement = connection.prepare_cached(sql)?;
    let mut found = Vec::new();
    for raw in statement.query_map(parameters, Raw::of)? {
        found.push(raw?.parse(collection)?);
    }
    Ok(found)
}

/// The documents of a query whose columns are `id`, `schema`, `body`, `version`.
pub(super) fn documents<T: DeserializeOwned>(
    connection: &Connection,
    collection: &'static str,
    sql: &str,
    parameters: impl Params,
) -> Result<Vec<Stored<T>>, StoreError> {
    let mut statement = connection.prepare_cached(sql)?;
    let mut found = Vec::new();
    for raw in statement.query_map(parameters, |row| Ok((Raw::of(row)?, row.get::<_, i64>(3)?)))? {
        let (raw, version) = raw?;
        found.push(Stored { value: raw.parse(collection)?, version: count(version) });
    }
    Ok(found)
}

/// Fails when a document that was only read has been changed since.
pub(super) fn check_unchanged(
    connection: &Connection,
    collection: &'static str,
    id: &str,
    version: u64,
) -> Result<(), StoreError> {
    let sql = format!("SELECT 1 FROM {collection} WHERE id = ?1 AND version = ?2");
    match connection.prepare_cached(&sql)?.exists(rusqlite::params![id, stored_count(version)])? {
        true => Ok(()),
        false => Err(StoreError::Version { collection, id: id.to_owned() }),
    }
}

/// Writes a document whole, if what is expected of it is true.
pub(super) fn write_document(
    connection: &Connection,
    expect: Expect,
    document: &Document,
) -> Result<(), StoreError> {
    let collection = document.collection();
    let id = document.id();
    let conflict = || StoreError::Version { collection, id: id.to_owned() };
    let text = match document {
        Document::Business(business) => body(collection, id, business)?,
        Document::Pro(pro) => body(collection, id, pro)?,
        Document::Contact(contact) => body(collection, id, contact)?,
        Document::Conversation(conversation) => body(collection, id, conversation)?,
        Document::Lead(lead) => body(collection, id, lead)?,
        Document::Appointment(appointment) => body(collection, id, appointment)?,
        Document::Alert(alert) => body(collection, id, alert)?,
    };
    let mut names = vec!["id", "schema", "body"];
    let mut values =
        vec![Value::from(id.to_owned()), Value::from(i64::from(SCHEMA_VERSION)), Value::from(text)];
    for (name, value) in columns(document) {
        names.push(name);
        values.push(value);
    }
    let sql = match expect {
        Expect::Absent => format!(
            "INSERT INTO {collection}({}, version) VALUES({}1) ON CONFLICT DO NOTHING",
            names.join(", "),
            "?, ".repeat(names.len()),
        ),
        Expect::Version(version) => {
            values.push(Value::from(stored_count(version)));
            format!(
                "UPDATE OR IGNORE {collection} SET version = version + 1, {} WHERE id = ?1 AND version = ?{}",
                (1..names.len())
                    .map(|at| format!("{} = ?{}", names[at], at + 1))
                    .collect::<Vec<_>>()
                    .join(", "),
                values.len(),
            )
        }
    };
    // A lead whose number is taken by another lead counts as a conflict too: the caller gets a fresh number.
    match connection.prepare_cached(&sql)?.execute(params_from_iter(values))? {
        0 => Err(conflict()),
        _ => Ok(()),
    }
}

/// What is kept beside the body of a document, for queries.
pub(super) fn columns(document: &Document) -> Vec<(&'static str, Value)> {
    let mut columns = match document {
        // Its own id says whose it is.
        Document::Business(_) => return Vec::new(),
        Document::Pro(pro) => vec![("phone", Value::from(pro.phone.clone()))],
        Document::Contact(_) => Vec::new(),
        Document::Conversation(conversation) => vec![
            ("contact", Value::from(conversation.contact.as_str().to_owned())),
            ("channel", Value::from(conversation.place.channel.key().to_owned())),
            ("last_inbound_at", Value::from(conversation.last_inbound_at.map(micros))),
            ("is_unreported", Value::from(conversation.is_unreported())),
        ],
        Document::Lead(lead) => vec![
            ("number", Value::from(stored_count(lead.number))),
            ("contact", Value::from(lead.contact.as_str().to_owned())),
            ("pro", Value::from(lead.pro.as_ref().map(|pro| pro.as_str().to_owned()))),
            ("status", Value::from(word(&lead.status))),
            ("is_open", Value::from(lead.status.is_open())),
            ("status_since", Value::from(lead.status_since().map(micros))),
            ("stale_since", Value::from(lead.stale_since().map(micros))),
            ("is_unreported", Value::from(lead.is_unreported())),
        ],
        Document::Appointment(appointment) => vec![
            ("lead", Value::from(appointment.lead.as_str().to_owned())),
            ("pro", Value::from(appointment.pro.as_str().to_owned())),
            ("starts_at", Value::from(micros(appointment.slot.from))),
        ],
        Document::Alert(alert) => vec![("waits", Value::from(alert.waits))],
    };
    columns.push(("business", Value::from(document.business().as_str().to_owned())));
    columns
}
