//! What providers tell about our messages: in any order, repeated, and sometimes before their own answer to the
//! sending. A status never takes a message back.

use super::rows::{micros, of_word, word};
use super::{Embedded, jobs, outbox};
use crate::store::StoreError;
use crate::store::documents::{DeliveryState, JobKind, NewJob, OutboxRow, Recorded, StatusEvent};
use chrono::{DateTime, Utc};
use rusqlite::{Connection, OptionalExtension, params};

/// How many statuses of unknown messages are kept. They may also belong to messages that somebody sent by hand.
const EARLY_KEPT: u32 = 1_000;

impl Embedded {
    pub(in crate::store) async fn record_statuses(
        &self,
        events: Vec<StatusEvent>,
        now: DateTime<Utc>,
    ) -> Result<Vec<Recorded>, StoreError> {
        self.write(move |connection| events.iter().map(|event| record(connection, event, now)).collect())
            .await
    }
}

fn record(connection: &Connection, event: &StatusEvent, now: DateTime<Utc>) -> Result<Recorded, StoreError> {
    let by_id = match &event.outbox {
        Some(id) => outbox::find(connection, id)?,
        None => None,
    };
    let found = match by_id {
        Some(row) => Some(row),
        None => outbox::find_by_provider_id(connection, event.channel, &event.provider_id)?,
    };
    let Some(mut row) = found else {
        keep_early(connection, event, now)?;
        return Ok(Recorded::Unknown);
    };
    let from = row.state;
    let had_provider_id = row.provider_id.is_some();
    row.learn(event.state, event.reason.as_deref());
    if !had_provider_id {
        row.provider_id = Some(event.provider_id.clone());
        apply_early(connection, &mut row)?;
    }
    if had_provider_id && row.state == from {
        return Ok(Recorded::Unchanged);
    }
    outbox::write(connection, &row)?;
    if row.state == from {
        return Ok(Recorded::Unchanged);
    }
    if from.is_in_lane() {
        let kind = JobKind::Deliver { conversation: row.conversation.clone() };
        jobs::ask(connection, &NewJob { kind, due: now, gather_ms: None }, now)?;
    }
    Ok(Recorded::Changed { from, row: Box::new(row) })
}

/// Applies the status that came before the row had its provider's id, and forgets it.
pub(super) fn apply_early(connection: &Connection, row: &mut OutboxRow) -> Result<(), StoreError> {
    let Some(provider_id) = &row.provider_id else { return Ok(()) };
    let kept = connection
        .prepare_cached(
            "DELETE FROM early_statuses WHERE provider_id = ?1
               AND channel = coalesce((SELECT channel FROM conversations WHERE id = ?2), channel)
             RETURNING state, reason",
        )?
        .query_row(params![provider_id, row.conversation.as_str()], |kept| {
            Ok((kept.get(0)?, kept.get::<_, Option<String>>(1)?))
        })
        .optional()?;
    if let Some((state, reason)) = kept {
        row.learn(of_word("early_statuses", state)?, reason.as_deref());
    }
    Ok(())
}

/// Keeps the furthest status of an unknown message. The oldest go when there are too many.
fn keep_early(connection: &Connection, event: &StatusEvent, now: DateTime<Utc>) -> Result<(), StoreError> {
    let channel = event.channel.key();
    let before: Option<String> = connection
        .prepare_cached("SELECT state FROM early_statuses WHERE channel = ?1 AND provider_id = ?2")?
        .query_row(params![channel, event.provider_id], |row| row.get(0))
        .optional()?;
    let before = match before {
        Some(word) => of_word("early_statuses", word)?,
        None => DeliveryState::Sending,
    };
    if !before.learns(event.state) {
        return Ok(());
    }
    connection
        .prepare_cached(
            "INSERT OR REPLACE INTO early_statuses(channel, provider_id, state, reason, at, kept_at)
             VALUES(?1, ?2, ?3, ?4, ?5, ?6)",
        )?
        .execute(params![
            channel,
            event.provider_id,
            word(&event.state),
            event.reason,
            micros(event.at),
            micros(now)
        ])?;
    connection
        .prepare_cached(
            "DELETE FROM early_statuses WHERE kept_at < (
               SELECT kept_at FROM early_statuses ORDER BY kept_at DESC LIMIT 1 OFFSET ?1)",
        )?
        .execute([EARLY_KEPT - 1])?;
    Ok(())
}
