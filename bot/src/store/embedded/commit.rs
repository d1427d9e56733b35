//! Writing what a turn decided: everything in one savepoint, so that a refusal leaves nothing behind.

use super::rows::{body, check_unchanged, micros, write_document};
use super::{Embedded, jobs, outbox, slots};
use crate::store::StoreError;
use crate::store::documents::{Commit, SCHEMA_VERSION};
use agents::id::{BusinessId, InboundId};
use chrono::{DateTime, Utc};
use rusqlite::{Connection, params};

impl Embedded {
    pub(in crate::store) async fn commit(
        &self,
        commit: Commit,
        now: DateTime<Utc>,
    ) -> Result<(), StoreError> {
        self.write(move |connection| write(connection, &commit, now)).await
    }

    pub(in crate::store) async fn next_number(&self, business: &BusinessId) -> Result<u64, StoreError> {
        let business = business.clone();
        self.write(move |connection| {
            // Starts above what is there, so that restored leads keep their numbers to themselves.
            let number = connection
                .prepare_cached(
                    "INSERT INTO counters(name, value)
                     VALUES('lead/' || ?1, 1 + coalesce((SELECT max(number) FROM leads WHERE business = ?1), 0))
                     ON CONFLICT DO UPDATE SET value = max(value + 1, excluded.value) RETURNING value",
                )?
                .query_row([business.as_str()], |row| row.get(0))?;
            Ok(super::rows::count(number))
        })
        .await
    }
}

fn write(connection: &Connection, commit: &Commit, now: DateTime<Utc>) -> Result<(), StoreError> {
    if let Some(job) = &commit.under {
        jobs::check_lease(connection, job, now)?;
    }
    for (expect, document) in &commit.documents {
        write_document(connection, *expect, document)?;
    }
    for (collection, id, version) in &commit.unchanged {
        check_unchanged(connection, collection, id, *version)?;
    }
    for seen in &commit.calendars {
        slots::check(connection, seen, &commit.slots, now)?;
    }
    for change in &commit.slots {
        slots::change(connection, change, now)?;
    }
    for row in &commit.outbox {
        outbox::insert(connection, row)?;
    }
    for id in &commit.handled {
        mark_handled(connection, id, now)?;
    }
    write_notes(connection, commit, now)?;
    // Before the settling: what the turn asks of its own job is an ask made during the run.
    for job in &commit.jobs {
        jobs::ask(connection, job, now)?;
    }
    if let (Some(job), Some(settlement)) = (&commit.under, &commit.settle) {
        jobs::settle(connection, job, settlement, now)?;
    }
    Ok(())
}

/// A message is answered once: one that is answered already fails the commit.
fn mark_handled(connection: &Connection, id: &InboundId, now: DateTime<Utc>) -> Result<(), StoreError> {
    let marked = connection
        .prepare_cached("UPDATE messages SET handled_at = ?2 WHERE id = ?1 AND handled_at IS NULL")?
        .execute(params![id.as_str(), micros(now)])?;
    match marked {
        0 => Err(StoreError::Version { collection: "messages", id: id.to_string() }),
        _ => Ok(()),
    }
}

fn write_notes(connection: &Connection, commit: &Commit, now: DateTime<Utc>) -> Result<(), StoreError> {
    let business = commit
        .documents
        .first()
        .map(|(_, document)| document.business())
        .or_else(|| commit.outbox.first().map(|row| &row.business))
        .map(BusinessId::as_str);
    for note in &commit.notes {
        connection
            .prepare_cached("INSERT INTO audit(business, at, schema, body) VALUES(?1, ?2, ?3, ?4)")?
            .execute(params![business, micros(now), SCHEMA_VERSION, body("audit", &note.key, note)?])?;
    }
    Ok(())
}
