//! Messages to people: the lane of each chat, in the order in which they were decided.

use super::rows::{Raw, body, micros, rows};
use super::{Embedded, jobs, statuses};
use crate::store::StoreError;
use crate::store::documents::{Job, OutboxRow, SCHEMA_VERSION, Settlement};
use agents::id::{BusinessId, ConversationId, OutboxId};
use agents::message::Channel;
use chrono::{DateTime, Utc};
use rusqlite::{Connection, OptionalExtension, params};

impl Embedded {
    pub(in crate::store) async fn outbox_waiting(
        &self,
        conversation: &ConversationId,
        limit: u32,
    ) -> Result<Vec<OutboxRow>, StoreError> {
        let conversation = conversation.clone();
        self.read(move |connection| {
            rows(
                connection,
                "outbox",
                "SELECT id, schema, body FROM outbox
                 WHERE conversation = ?1 AND state IN ('queued', 'sending') ORDER BY sequence LIMIT ?2",
                params![conversation.as_str(), limit],
            )
        })
        .await
    }

    pub(in crate::store) async fn outbox_of_business(
        &self,
        business: &BusinessId,
        limit: u32,
    ) -> Result<Vec<OutboxRow>, StoreError> {
        let business = business.clone();
        self.read(move |connection| {
            rows(
                connection,
                "outbox",
                "SELECT id, schema, body FROM outbox WHERE business = ?1 ORDER BY sequence DESC LIMIT ?2",
                params![business.as_str(), limit],
            )
        })
        .await
    }

    pub(in crate::store) async fn waiting_lanes(&self) -> Result<Vec<ConversationId>, StoreError> {
        self.read(|connection| {
            let sql = "SELECT DISTINCT conversation FROM outbox WHERE state IN ('queued', 'sending')";
            let mut statement = connection.prepare_cached(sql)?;
            let lanes = statement.query_map([], |row| row.get::<_, String>(0))?;
            Ok(lanes.map(|lane| lane.map(ConversationId::new)).collect::<Result<_, _>>()?)
        })
        .await
    }

    pub(in crate::store) async fn provider_ids(
        &self,
        conversation: &ConversationId,
        limit: u32,
    ) -> Result<Vec<String>, StoreError> {
        let conversation = conversation.clone();
        self.read(move |connection| {
            let mut statement = connection.prepare_cached(
                "SELECT provider_id FROM outbox WHERE conversation = ?1 AND provider_id IS NOT NULL
                 ORDER BY sequence DESC LIMIT ?2",
            )?;
            let ids = statement.query_map(params![conversation.as_str(), limit], |row| row.get(0))?;
            Ok(ids.collect::<Result<_, _>>()?)
        })
        .await
    }

    pub(in crate::store) async fn outbox_by_id(
        &self,
        id: &OutboxId,
    ) -> Result<Option<OutboxRow>, StoreError> {
        let id = id.clone();
        self.read(move |connection| find(connection, &id)).await
    }

    pub(in crate::store) async fn outbox_by_provider_id(
        &self,
        channel: Channel,
        provider_id: &str,
    ) -> Result<Option<OutboxRow>, StoreError> {
        let provider_id = provider_id.to_owned();
        self.read(move |connection| find_by_provider_id(connection, channel, &provider_id)).await
    }

    pub(in crate::store) async fn update_outbox(
        &self,
        under: &Job,
        row: OutboxRow,
        now: DateTime<Utc>,
    ) -> Result<OutboxRow, StoreError> {
        let under = under.clone();
        self.write(move |connection| {
            jobs::check_lease(connection, &under, now)?;
            update(connection, row)
        })
        .await
    }

    pub(in crate::store) async fn record_sent(
        &self,
        under: &Job,
        row: OutboxRow,
        is_last: bool,
        now: DateTime<Utc>,
    ) -> Result<(OutboxRow, bool), StoreError> {
        let under = under.clone();
        self.write(move |connection| {
            let row = update(connection, row)?;
            if !is_last {
                return Ok((row, true));
            }
            match jobs::check_lease(connection, &under, now) {
                Ok(()) => jobs::settle(connection, &under, &Settlement::Done, now)?,
                Err(StoreError::LeaseLost { .. }) => return Ok((row, false)),
                Err(error) => return Err(error),
            }
            Ok((row, true))
        })
        .await
    }

    pub(in crate::store) async fn mark_sending(
        &self,
        under: &Job,
        read: &OutboxRow,
        marked: &OutboxRow,
        now: DateTime<Utc>,
    ) -> Result<(), StoreError> {
        let (under, read, marked) = (under.clone(), read.clone(), marked.clone());
        self.write(move |connection| {
            jobs::check_lease(connection, &under, now)?;
            replace(connection, &read, &marked)
        })
        .await
    }

    pub(in crate::store) async fn unmark(
        &self,
        marked: &OutboxRow,
        read: &OutboxRow,
    ) -> Result<(), StoreError> {
        let (read, marked) = (read.clone(), marked.clone());
        self.write(move |connection| replace(connection, &marked, &read)).await
    }
}

/// Writes a row over the one that was read.
fn replace(connection: &Connection, read: &OutboxRow, row: &OutboxRow) -> Result<(), StoreError> {
    match find(connection, &row.id)? {
        Some(before) if before.is_as_read(read) => write(connection, row),
        _ => Err(StoreError::Version { collection: "outbox", id: row.id.to_string() }),
    }
}

/// Adds a row at the end of its chat's lane. A decision is committed once, so its rows cannot be there yet.
pub(super) fn insert(connection: &Connection, row: &OutboxRow) -> Result<(), StoreError> {
    let id = row.id.as_str();
    let added = connection
        .prepare_cached(
            "INSERT INTO outbox(id, schema, body, business, conversation, state, provider_id, not_before, created_at)
             VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9) ON CONFLICT DO NOTHING",
        )?
        .execute(params![
            id,
            SCHEMA_VERSION,
            body("outbox", id, row)?,
            row.business.as_str(),
            row.conversation.as_str(),
            row.state.key(),
            row.provider_id,
            row.not_before.map(micros),
            micros(row.created_at),
        ])?;
    match added {
        0 => Err(StoreError::Version { collection: "outbox", id: id.to_owned() }),
        _ => Ok(()),
    }
}

/// Writes what the lane knows of a row. What a status told in the meantime stands.
fn update(connection: &Connection, row: OutboxRow) -> Result<OutboxRow, StoreError> {
    let Some(before) = find(connection, &row.id)? else {
        return Err(StoreError::Version { collection: "outbox", id: row.id.to_string() });
    };
    let learned_id = row.provider_id.is_some() && row.provider_id != before.provider_id;
    let mut next = row.written_over(before);
    if learned_id {
        statuses::apply_early(connection, &mut next)?;
    }
    write(connection, &next)?;
    Ok(next)
}

/// Writes a row whole, at its place in the lane.
pub(super) fn write(connection: &Connection, row: &OutboxRow) -> Result<(), StoreError> {
    let id = row.id.as_str();
    connection
        .prepare_cached(
            "UPDATE outbox SET schema = ?2, body = ?3, state = ?4, provider_id = ?5, not_before = ?6 WHERE id = ?1",
        )?
        .execute(params![
            id,
            SCHEMA_VERSION,
            body("outbox", id, row)?,
            row.state.key(),
            row.provider_id,
            row.not_before.map(micros),
        ])?;
    Ok(())
}

pub(super) fn find(connection: &Connection, id: &OutboxId) -> Result<Option<OutboxRow>, StoreError> {
    connection
        .prepare_cached("SELECT id, schema, body FROM outbox WHERE id = ?1")?
        .query_row([id.as_str()], Raw::of)
        .optional()?
        .map(|raw| raw.parse("outbox"))
        .transpose()
}

/// The row with a provider's id. Two providers may use the same id, so the channel of the chat must fit.
pub(super) fn find_by_provider_id(
    connection: &Connection,
    channel: Channel,
    provider_id: &str,
) -> Result<Option<OutboxRow>, StoreError> {
    connection
        .prepare_cached(
            "SELECT outbox.id, outbox.schema, outbox.body FROM outbox
             LEFT JOIN conversations ON conversations.id = outbox.conversation
             WHERE outbox.provider_id = ?1 AND coalesce(conversations.channel, ?2) = ?2
             ORDER BY outbox.sequence DESC LIMIT 1",
        )?
        .query_row(params![provider_id, channel.key()], Raw::of)
        .optional()?
        .map(|raw| raw.parse("outbox"))
        .transpose()
}
