//! Accepting messages: a row that is its own dedupe key, and the turn that it asks for, in one write.

use super::erasing::was_erased;
use super::rows::{body, micros};
use super::{Embedded, jobs};
use crate::store::StoreError;
use crate::store::documents::{Accept, Accepted, InboundRow, ODDITIES_KEPT, Oddity, SCHEMA_VERSION};
use rusqlite::{Connection, params};

impl Embedded {
    pub(in crate::store) async fn accept(&self, items: Vec<Accept>) -> Result<Vec<Accepted>, StoreError> {
        self.write(move |connection| items.iter().map(|item| accept(connection, item)).collect()).await
    }

    pub(in crate::store) async fn keep_oddity(&self, oddity: Oddity) -> Result<(), StoreError> {
        self.write(move |connection| {
            let text = body("oddities", &oddity.reason, &oddity)?;
            connection
                .prepare_cached("INSERT INTO oddities(schema, body) VALUES(?1, ?2)")?
                .execute(params![SCHEMA_VERSION, text])?;
            connection
                .prepare_cached(
                    "DELETE FROM oddities WHERE number <= (SELECT max(number) FROM oddities) - ?1",
                )?
                .execute([ODDITIES_KEPT])?;
            Ok(())
        })
        .await
    }
}

fn accept(connection: &Connection, item: &Accept) -> Result<Accepted, StoreError> {
    let Accept { row, turn } = item;
    if was_erased(connection, &row.conversation, row.inbound.at)? {
        return Ok(Accepted::Repeated);
    }
    if !insert(connection, row)? {
        return Ok(Accepted::Repeated);
    }
    jobs::ask(connection, turn, row.received_at)?;
    Ok(Accepted::New)
}

/// Whether the row is new.
fn insert(connection: &Connection, row: &InboundRow) -> Result<bool, StoreError> {
    let id = row.inbound.id.as_str();
    let added = connection
        .prepare_cached(
            "INSERT INTO messages(id, schema, body, business, conversation, at, has_words)
             VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7) ON CONFLICT DO NOTHING",
        )?
        .execute(params![
            id,
            SCHEMA_VERSION,
            body("messages", id, row)?,
            row.business.as_str(),
            row.conversation.as_str(),
            micros(row.inbound.at),
            row.inbound.content.words().is_some(),
        ])?;
    Ok(added == 1)
}
