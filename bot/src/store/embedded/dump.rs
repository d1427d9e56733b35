//! Everything in the file as one snapshot, beside whoever writes meanwhile.

use super::Embedded;
use super::rows::{count, maybe_time, time};
use crate::store::StoreError;
use crate::store::moves::AT_ONCE;
use crate::store::records::{
    Asked, Bare, COLLECTIONS, Claimed, Counter, Early, ErasedChat, Line, Received, Record, Whole, in_order,
    to_millis,
};
use chrono::{DateTime, Utc};
use rusqlite::types::ValueRef;
use rusqlite::{Connection, Row};
use serde_json::Value;
use tokio::sync::mpsc::Sender;

impl Embedded {
    pub(in crate::store) async fn read_all(&self, rows: Sender<Vec<Record>>) -> Result<(), StoreError> {
        self.read(move |connection| {
            for collection in COLLECTIONS {
                if !read_collection(connection, collection, &rows)? {
                    break;
                }
            }
            Ok(())
        })
        .await
    }
}

/// Hands over the rows of a collection. False when nobody takes them any more.
fn read_collection(
    connection: &Connection,
    collection: &'static str,
    rows: &Sender<Vec<Record>>,
) -> Result<bool, StoreError> {
    let sql = format!("SELECT {} FROM {collection} ORDER BY {}", columns(collection), order(collection));
    let mut statement = connection.prepare(&sql)?;
    let mut found = statement.query([])?;
    let mut batch = Vec::with_capacity(AT_ONCE);
    while let Some(row) = found.next()? {
        batch.push(record(collection, row)?);
        if batch.len() == AT_ONCE && rows.blocking_send(std::mem::take(&mut batch)).is_err() {
            return Ok(false);
        }
    }
    Ok(batch.is_empty() || rows.blocking_send(batch).is_ok())
}

fn columns(collection: &str) -> &'static str {
    match collection {
        "slot_claims" => "pro, step, appointment, until",
        "messages" => "id, schema, body, handled_at",
        "outbox" => "id, schema, body",
        "jobs" => {
            "id, schema, body, class, state, due, first_asked_at, at_once, held_until, lease_until, attempts, \
             reason, dead_at, last"
        }
        "audit" => "CAST(number AS TEXT), schema, body, business, at",
        "oddities" => "CAST(number AS TEXT), schema, body",
        "usage" => "id, schema, body",
        "usage_days" => super::usage::COLUMNS,
        "early_statuses" => "channel, provider_id, state, reason, at, kept_at",
        "erased_chats" => "id, at",
        "counters" => "name, value",
        _ => "id, schema, body, version",
    }
}

/// The order of coming where it is kept, else of the key.
fn order(collection: &str) -> &'static str {
    match collection {
        "slot_claims" => "pro, step",
        "messages" => "arrival",
        "outbox" => "sequence",
        "audit" | "oddities" | "usage" => "number",
        "usage_days" => "business, day, model, agent, part",
        "jobs" => "id",
        "early_statuses" => "channel, provider_id",
        "erased_chats" => "id",
        "counters" => "name",
        _ => "rowid",
    }
}

fn record(collection: &'static str, row: &Row<'_>) -> Result<Record, StoreError> {
    Ok(match collection {
        "slot_claims" => Record::SlotClaims(Claimed {
            pro: row.get(0)?,
            step: moment(row.get(1)?)?,
            appointment: row.get(2)?,
            until: maybe_moment(row.get(3)?)?,
        }),
        "messages" => Record::Messages(Received {
            id: row.get(0)?,
            schema: row.get(1)?,
            body: body(collection, row)?,
            handled_at: maybe_moment(row.get(3)?)?,
        }),
        "outbox" => Record::Outbox(Bare { schema: row.get(1)?, body: body(collection, row)? }),
        "oddities" => Record::Oddities(Bare { schema: row.get(1)?, body: body(collection, row)? }),
        "jobs" => {
            let job = Asked {
                id: row.get(0)?,
                schema: row.get(1)?,
                body: body(collection, row)?,
                class: row.get(3)?,
                state: row.get(4)?,
                due: maybe_moment(row.get(5)?)?,
                first_asked_at: maybe_moment(row.get(6)?)?,
                at_once: maybe_moment(row.get(7)?)?,
                held_until: maybe_moment(row.get(8)?)?,
                attempts: row.get(10)?,
                reason: row.get(11)?,
                dead_at: maybe_moment(row.get(12)?)?,
                last: maybe_json(collection, row, 13)?,
            };
            Record::Jobs(job.without_lease(maybe_moment(row.get(9)?)?))
        }
        "audit" => Record::Audit(Line {
            business: row.get(3)?,
            at: moment(row.get(4)?)?,
            schema: row.get(1)?,
            body: body(collection, row)?,
        }),
        "early_statuses" => Record::EarlyStatuses(Early {
            channel: row.get(0)?,
            provider_id: row.get(1)?,
            state: row.get(2)?,
            reason: row.get(3)?,
            at: moment(row.get(4)?)?,
            kept_at: moment(row.get(5)?)?,
        }),
        "erased_chats" => Record::ErasedChats(ErasedChat { id: row.get(0)?, at: moment(row.get(1)?)? }),
        "usage" => Record::Usage(Bare { schema: row.get(1)?, body: body(collection, row)? }),
        "usage_days" => Record::UsageDays(super::usage::total(row)?),
        "counters" => Record::Counters(Counter { name: row.get(0)?, value: row.get(1)? }),
        _ => Record::of_document(
            collection,
            Whole {
                id: row.get(0)?,
                version: count(row.get(3)?),
                schema: row.get(1)?,
                body: body(collection, row)?,
            },
        ),
    })
}

/// The body of a row whose first columns are its id, the version of its shape, and the body.
fn body(collection: &'static str, row: &Row<'_>) -> Result<Value, StoreError> {
    json(collection, row, 2)
}

fn maybe_json(collection: &'static str, row: &Row<'_>, column: usize) -> Result<Option<Value>, StoreError> {
    match row.get_ref(column)? {
        ValueRef::Null => Ok(None),
        _ => json(collection, row, column).map(Some),
    }
}

fn json(collection: &'static str, row: &Row<'_>, column: usize) -> Result<Value, StoreError> {
    let text = row.get_ref(column)?.as_str().map_err(rusqlite::Error::from)?;
    match serde_json::from_str(text) {
        Ok(body) => Ok(in_order(body)),
        Err(error) => Err(StoreError::Unreadable {
            collection,
            id: row.get(0)?,
            problem: format!("its body is no JSON at column {}", error.column()),
        }),
    }
}

fn moment(micros: i64) -> Result<DateTime<Utc>, StoreError> {
    Ok(to_millis(time(micros)?))
}

fn maybe_moment(micros: Option<i64>) -> Result<Option<DateTime<Utc>>, StoreError> {
    Ok(maybe_time(micros)?.map(to_millis))
}
