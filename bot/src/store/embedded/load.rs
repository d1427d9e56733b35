//! Filling an empty file. While it is being filled it has a table that says how far it is, and is not served.

use super::rows::{columns, micros, stored_count};
use super::{Embedded, FILE};
use crate::store::StoreError;
use crate::store::moves::{Filled, half_full};
use crate::store::records::{COLLECTIONS, Record};
use rusqlite::types::Value;
use rusqlite::{Connection, params_from_iter};

/// The table of a file that is being filled.
const MARK: &str = "filling";

impl Embedded {
    pub(in crate::store) async fn begin_filling(&self) -> Result<Option<Filled>, StoreError> {
        self.write(|connection| {
            if is_half_full(connection)? {
                let sql = format!("SELECT rows, digest FROM {MARK}");
                let (rows, digest) =
                    connection.query_row(&sql, [], |row| Ok((row.get::<_, i64>(0)?, row.get(1)?)))?;
                return Ok(Some(Filled { rows: super::rows::count(rows), digest }));
            }
            for collection in COLLECTIONS {
                let sql = format!("SELECT 1 FROM {collection}");
                if connection.prepare(&sql)?.exists([])? {
                    return Ok(None);
                }
            }
            connection.execute_batch(&format!(
                "CREATE TABLE {MARK}(rows INTEGER NOT NULL, digest TEXT NOT NULL) STRICT;
                 INSERT INTO {MARK} VALUES(0, '')"
            ))?;
            Ok(Some(Filled::default()))
        })
        .await
    }

    pub(in crate::store) async fn fill(&self, rows: Vec<Record>, filled: Filled) -> Result<(), StoreError> {
        self.write(move |connection| {
            rows.iter().try_for_each(|record| write(connection, record))?;
            connection
                .prepare_cached(&format!("UPDATE {MARK} SET rows = ?1, digest = ?2"))?
                .execute((stored_count(filled.rows), filled.digest))?;
            Ok(())
        })
        .await
    }

    pub(in crate::store) async fn end_filling(&self) -> Result<(), StoreError> {
        self.write(|connection| Ok(connection.execute_batch(&format!("DROP TABLE {MARK}"))?)).await
    }
}

/// Refuses a file that is half full.
pub(super) fn check_full(connection: &Connection) -> Result<(), StoreError> {
    if is_half_full(connection)? { Err(half_full(FILE.to_owned())) } else { Ok(()) }
}

fn is_half_full(connection: &Connection) -> Result<bool, StoreError> {
    Ok(connection
        .prepare("SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = ?1")?
        .exists([MARK])?)
}

/// Writes a row, and whatever its queries look at.
fn write(connection: &Connection, record: &Record) -> Result<(), StoreError> {
    let text = |text: &str| Value::from(text.to_owned());
    let body = |body: &serde_json::Value| Value::from(body.to_string());
    let mut fields: Vec<(&str, Value)> = Vec::with_capacity(14);
    match record {
        Record::Businesses(row)
        | Record::Members(row)
        | Record::Contacts(row)
        | Record::Conversations(row)
        | Record::Leads(row)
        | Record::Appointments(row)
        | Record::Alerts(row)
        | Record::Users(row)
        | Record::Changes(row)
        | Record::Accounts(row)
        | Record::Places(row)
        | Record::Feeds(row) => {
            fields.extend([
                ("id", text(&row.id)),
                ("version", Value::from(stored_count(row.version))),
                ("schema", Value::from(row.schema)),
                ("body", body(&row.body)),
            ]);
            fields.extend(record.document()?.iter().flat_map(columns));
        }
        Record::SlotClaims(row) => fields.extend([
            ("pro", text(&row.pro)),
            ("step", Value::from(micros(row.step))),
            ("appointment", text(&row.appointment)),
            ("until", Value::from(row.until.map(micros))),
        ]),
        Record::Messages(row) => {
            let message = record.inbound(row)?;
            fields.extend([
                ("id", text(&row.id)),
                ("schema", Value::from(row.schema)),
                ("body", body(&row.body)),
                ("business", text(message.business.as_str())),
                ("conversation", text(message.conversation.as_str())),
                ("at", Value::from(micros(message.inbound.at))),
                ("has_words", Value::from(message.inbound.content.words().is_some())),
                ("handled_at", Value::from(row.handled_at.map(micros))),
            ]);
        }
        Record::Outbox(row) => {
            let message = record.outbound(row)?;
            fields.extend([
                ("id", text(message.id.as_str())),
                ("schema", Value::from(row.schema)),
                ("body", body(&row.body)),
                ("business", text(message.business.as_str())),
                ("conversation", text(message.conversation.as_str())),
                ("state", text(message.state.key())),
                ("provider_id", Value::from(message.provider_id)),
                ("not_before", Value::from(message.not_before.map(micros))),
                ("created_at", Value::from(micros(message.created_at))),
            ]);
        }
        Record::Jobs(row) => fields.extend([
            ("id", text(&row.id)),
            ("schema", Value::from(row.schema)),
            ("body", body(&row.body)),
            ("class", text(&row.class)),
            ("state", text(&row.state)),
            ("due", Value::from(row.due.map(micros))),
            ("first_asked_at", Value::from(row.first_asked_at.map(micros))),
            ("at_once", Value::from(row.at_once.map(micros))),
            ("held_until", Value::from(row.held_until.map(micros))),
            ("attempts", Value::from(row.attempts)),
            ("reason", Value::from(row.reason.clone())),
            ("dead_at", Value::from(row.dead_at.map(micros))),
            ("last", Value::from(row.last.as_ref().map(ToString::to_string))),
        ]),
        Record::Audit(row) => fields.extend([
            ("business", Value::from(row.business.clone())),
            ("at", Value::from(micros(row.at))),
            ("schema", Value::from(row.schema)),
            ("body", body(&row.body)),
        ]),
        Record::Oddities(row) => {
            fields.extend([("schema", Value::from(row.schema)), ("body", body(&row.body))]);
        }
        Record::EarlyStatuses(row) => fields.extend([
            ("channel", text(&row.channel)),
            ("provider_id", text(&row.provider_id)),
            ("state", text(&row.state)),
            ("reason", Value::from(row.reason.clone())),
            ("at", Value::from(micros(row.at))),
            ("kept_at", Value::from(micros(row.kept_at))),
        ]),
        Record::ErasedChats(row) => {
            fields.extend([("id", text(&row.id)), ("at", Value::from(micros(row.at)))]);
        }
        Record::Usage(row) => {
            let call = record.call(row)?;
            fields.extend([
                ("id", text(&call.id)),
                ("schema", Value::from(row.schema)),
                ("body", body(&row.body)),
                ("business", text(call.business.as_str())),
                ("lead", Value::from(call.lead.map(|lead| lead.as_str().to_owned()))),
            ]);
        }
        Record::UsageDays(row) => {
            let number = |count: u64| Value::from(stored_count(count));
            let spent = row.spent;
            fields.extend([
                ("business", text(&row.business)),
                ("day", text(&row.day.to_string())),
                ("model", text(&row.model)),
                ("agent", text(&row.agent)),
                ("part", Value::from(row.part)),
                ("calls", number(spent.calls)),
                ("prompt", number(spent.tokens.prompt)),
                ("answer", number(spent.tokens.answer)),
                ("thoughts", number(spent.tokens.thoughts)),
                ("cached", number(spent.tokens.cached)),
                ("micro_dollars", number(spent.micro_dollars)),
                ("unknown", number(spent.unknown)),
            ]);
        }
        Record::Counters(row) => {
            fields.extend([("name", text(&row.name)), ("value", Value::from(row.value))]);
        }
    }
    let (names, values): (Vec<&str>, Vec<Value>) = fields.into_iter().unzip();
    let sql = format!(
        "INSERT INTO {}({}) VALUES(?{})",
        record.collection(),
        names.join(", "),
        ", ?".repeat(names.len() - 1)
    );
    connection.prepare_cached(&sql)?.execute(params_from_iter(values))?;
    Ok(())
}
