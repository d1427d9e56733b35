//! Removing a person for good: every row of every table is read as text.

use super::Embedded;
use super::rows::{columns, micros, write_document};
use crate::store::StoreError;
use crate::store::documents::{Expect, SCHEMA_VERSION};
use crate::store::erasing::{At, FoundRow, IsLookedFor, REMEMBERED, RowChange, erased_id};
use crate::store::records::Record;
use agents::id::ConversationId;
use chrono::{DateTime, Utc};
use rusqlite::types::{Value, ValueRef};
use rusqlite::{Connection, OptionalExtension, Row, params, params_from_iter};

impl Embedded {
    pub(in crate::store) async fn find_rows(
        &self,
        collection: &'static str,
        is_looked_for: IsLookedFor,
    ) -> Result<Vec<FoundRow>, StoreError> {
        self.read(move |connection| {
            let place = if is_without_rowid(collection) { "0" } else { "rowid" };
            let mut statement = connection.prepare(&format!("SELECT {place}, * FROM {collection}"))?;
            let names: Vec<String> = statement.column_names().map(str::to_owned).collect();
            let mut rows = statement.query([])?;
            let mut found = Vec::new();
            while let Some(row) = rows.next()? {
                let text = text_of(row, names.len())?;
                if is_looked_for(&text) {
                    found.push(found_row(collection, row, &names, text)?);
                }
            }
            Ok(found)
        })
        .await
    }

    pub(in crate::store) async fn change_rows(&self, changes: Vec<RowChange>) -> Result<(), StoreError> {
        self.write(move |connection| changes.iter().try_for_each(|change| change_row(connection, change)))
            .await
    }

    pub(in crate::store) async fn remember_erased(
        &self,
        ids: Vec<String>,
        at: DateTime<Utc>,
    ) -> Result<(), StoreError> {
        self.write(move |connection| {
            for id in &ids {
                connection
                    .prepare_cached(
                        "INSERT INTO erased_chats(id, at) VALUES(?1, ?2)
                         ON CONFLICT DO UPDATE SET at = max(at, excluded.at)",
                    )?
                    .execute(params![id, micros(at)])?;
            }
            connection
                .prepare_cached("DELETE FROM erased_chats WHERE at < ?1")?
                .execute([micros(at - REMEMBERED)])?;
            Ok(())
        })
        .await
    }
}

/// Whether the person of a chat was removed after something was sent.
pub(super) fn was_erased(
    connection: &Connection,
    chat: &ConversationId,
    sent: DateTime<Utc>,
) -> Result<bool, StoreError> {
    let at: Option<i64> = connection
        .prepare_cached("SELECT at FROM erased_chats WHERE id = ?1")?
        .query_row([erased_id(chat)], |row| row.get(0))
        .optional()?;
    Ok(at.is_some_and(|at| micros(sent) <= at))
}

fn is_without_rowid(collection: &str) -> bool {
    matches!(collection, "slot_claims" | "counters")
}

/// The texts of all columns, a line each. Numbers name nobody.
fn text_of(row: &Row<'_>, columns: usize) -> rusqlite::Result<String> {
    let mut text = String::new();
    for at in 0..columns {
        if let ValueRef::Text(cell) = row.get_ref(at)? {
            text.push_str(&String::from_utf8_lossy(cell));
            text.push('\n');
        }
    }
    Ok(text)
}

fn found_row(
    collection: &'static str,
    row: &Row<'_>,
    names: &[String],
    text: String,
) -> Result<FoundRow, StoreError> {
    let kept: Option<String> =
        if names.iter().any(|name| name == "body") { Some(row.get("body")?) } else { None };
    // A body that cannot be read is text all the same.
    let body = kept.as_deref().and_then(|body| serde_json::from_str(body).ok());
    let at = match collection {
        "slot_claims" => At::Step(row.get("pro")?, row.get("step")?),
        "counters" => At::Name(row.get("name")?),
        _ => At::Row(row.get(0)?, kept),
    };
    Ok(FoundRow { collection, text, body, at })
}

fn change_row(connection: &Connection, change: &RowChange) -> Result<(), StoreError> {
    match change {
        RowChange::Remove(row) => remove(connection, row).map(|_| ()),
        RowChange::Rewrite(row, body) => {
            let At::Row(place, Some(kept)) = &row.at else { return Ok(()) };
            let mut fields = vec![
                ("body", Value::from(body.to_string())),
                ("schema", Value::from(i64::from(SCHEMA_VERSION))),
            ];
            let document = Record::document_of(row.collection, body)?;
            let version = if document.is_some() { ", version = version + 1" } else { "" };
            fields.extend(document.iter().flat_map(columns));
            let (names, mut values): (Vec<&str>, Vec<Value>) = fields.into_iter().unzip();
            let set: Vec<String> = (1..).zip(&names).map(|(at, name)| format!("{name} = ?{at}")).collect();
            values.extend([Value::from(*place), Value::from(kept.clone())]);
            let sql = format!(
                "UPDATE {} SET {}{version} WHERE rowid = ?{} AND body = ?{}",
                row.collection,
                set.join(", "),
                names.len() + 1,
                names.len() + 2
            );
            connection.execute(&sql, params_from_iter(values))?;
            Ok(())
        }
        RowChange::Replace(row, document) => match remove(connection, row)? {
            0 => Ok(()),
            _ => write_document(connection, Expect::Absent, document),
        },
    }
}

fn remove(connection: &Connection, row: &FoundRow) -> Result<usize, StoreError> {
    let collection = row.collection;
    Ok(match &row.at {
        At::Row(place, _) => {
            connection.execute(&format!("DELETE FROM {collection} WHERE rowid = ?1"), [place])?
        }
        At::Name(name) => connection.execute(&format!("DELETE FROM {collection} WHERE name = ?1"), [name])?,
        At::Step(pro, step) => connection
            .execute(&format!("DELETE FROM {collection} WHERE pro = ?1 AND step = ?2"), params![pro, step])?,
        At::Collection(_) => 0,
    })
}
