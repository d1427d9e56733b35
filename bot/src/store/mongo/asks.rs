//! Asking for jobs and settling them, as updates that the server works out from the job as it is at that moment. One
//! update changes one document, so two asks at once are both kept, inside a transaction and outside.

use super::errors::{CONFLICT, DUPLICATE, Failure, is_duplicate};
use super::rows::{body, date, stored_count};
use crate::store::StoreError;
use crate::store::documents::{Job, NewJob, SCHEMA_VERSION, Settlement};
use chrono::{DateTime, Utc};
use mongodb::bson::{Bson, Document, doc};
use mongodb::{ClientSession, Database};
use std::time::Duration;

/// How often an ask outside of a transaction is tried again.
const TRIES: u32 = 5;

/// The longest time that asks are gathered, in milliseconds: far more than anybody waits, and it fits into a date.
const LONGEST_GATHER_MS: i64 = 1_000_000_000_000;

/// Makes jobs, or makes them due again, outside of any transaction. To ask twice is to ask once, so what failed is
/// tried again.
pub(super) async fn ask(
    database: &Database,
    jobs: &[NewJob],
    asked_at: DateTime<Utc>,
) -> Result<(), StoreError> {
    let asks = jobs.iter().map(|job| ask_update(job, asked_at)).collect::<Result<Vec<_>, _>>()?;
    send_asks(database, asks).await
}

/// Sends the updates of [`ask_update`].
pub(super) async fn send_asks(database: &Database, mut asks: Vec<Document>) -> Result<(), StoreError> {
    for attempt in 1.. {
        if asks.is_empty() {
            break;
        }
        let command = doc! {
            "update": "jobs", "updates": asks.clone(), "ordered": false,
            "writeConcern": { "w": "majority", "j": true },
        };
        match database.run_command(command).await {
            Ok(answer) => {
                if answer.contains_key("writeConcernError") {
                    return Err(StoreError::Unavailable("MongoDB did not confirm a write".to_owned()));
                }
                let errors = write_errors(&answer);
                let is_passing = |code: i32| code == DUPLICATE || code == CONFLICT;
                if let Some((_, code)) =
                    errors.iter().find(|(_, code)| attempt >= TRIES || !is_passing(*code))
                {
                    return Err(StoreError::Unavailable(format!("MongoDB refused a write ({code})")));
                }
                // Two that make the same job at once: the later one finds it the next time.
                asks = errors.iter().filter_map(|(at, _)| asks.get(*at).cloned()).collect();
            }
            Err(error) if attempt < TRIES && error.contains_label(mongodb::error::RETRYABLE_WRITE_ERROR) => {
                tokio::time::sleep(Duration::from_millis(20 << attempt)).await;
            }
            Err(error) => return Err(error.into()),
        }
    }
    Ok(())
}

/// Makes jobs in a transaction.
pub(super) async fn ask_within(
    database: &Database,
    session: &mut ClientSession,
    jobs: &[NewJob],
    asked_at: DateTime<Utc>,
) -> Result<(), Failure> {
    if jobs.is_empty() {
        return Ok(());
    }
    let asks = jobs.iter().map(|job| ask_update(job, asked_at)).collect::<Result<Vec<_>, _>>()?;
    update_within(database, session, "jobs", asks).await?;
    Ok(())
}

/// Several updates of one collection in one command of a transaction; returns the server's answer. Two that insert the
/// same at once: the one that was later tries again and finds it.
pub(super) async fn update_within(
    database: &Database,
    session: &mut ClientSession,
    collection: &str,
    updates: Vec<Document>,
) -> Result<Document, Failure> {
    let command = doc! { "update": collection, "updates": updates };
    let answer = match database.run_command(command).session(session).await {
        Ok(answer) => answer,
        Err(error) if is_duplicate(&error) => return Err(Failure::Conflict),
        Err(error) => return Err(error.into()),
    };
    match write_errors(&answer).first() {
        None => Ok(answer),
        Some((_, code)) if [DUPLICATE, CONFLICT].contains(code) => Err(Failure::Conflict),
        Some((_, code)) => Err(StoreError::Unavailable(format!("MongoDB refused a write ({code})")).into()),
    }
}

/// The places and codes of the statements that failed.
pub(super) fn write_errors(answer: &Document) -> Vec<(usize, i32)> {
    let errors = answer.get_array("writeErrors").map(Vec::as_slice).unwrap_or_default();
    errors
        .iter()
        .filter_map(Bson::as_document)
        .map(|error| {
            let at = usize::try_from(super::rows::number(error, "index")).unwrap_or(usize::MAX);
            (at, i32::try_from(super::rows::number(error, "code")).unwrap_or_default())
        })
        .collect()
}

/// Makes a job, or makes it due again: see [`NewJob`]. The stages see the fields as the stage before left them.
pub(super) fn ask_update(job: &NewJob, asked_at: DateTime<Utc>) -> Result<Document, StoreError> {
    let id = job.kind.id();
    let due = date(job.due);
    let is_new = doc! { "$not": [{ "$in": ["$state", ["ready", "leased"]] }] };
    let is_first = doc! { "$or": [is_new.clone(), { "$eq": [{ "$ifNull": ["$due", null] }, null] }] };
    let at_once = match job.gather_ms {
        None => Bson::DateTime(due),
        Some(_) => Bson::Null,
    };
    let both = match job.gather_ms {
        None => doc! { "$min": ["$due", due] },
        Some(gather) => {
            let gather = gather.clamp(0, LONGEST_GATHER_MS);
            doc! { "$min": [{ "$max": ["$due", due] }, { "$add": ["$first_asked_at", gather] }] }
        }
    };
    // `$min` and `$max` pass over null, so an ask that never was counts for nothing.
    let stages = vec![
        doc! { "$set": {
            "schema": { "$ifNull": ["$schema", SCHEMA_VERSION] },
            "class": { "$ifNull": ["$class", job.kind.class().key()] },
            "body": { "$ifNull": ["$body", { "$literal": body("jobs", &id, &job.kind)? }] },
            "token": { "$ifNull": ["$token", 0_i64] },
            "is_new": is_new,
            "is_first": is_first.clone(),
            "first_asked_at": { "$cond": [is_first.clone(), date(asked_at), { "$ifNull": ["$first_asked_at", "$due"] }] },
            "at_once": { "$cond": [is_first, at_once.clone(), { "$min": ["$at_once", at_once] }] },
        } },
        doc! { "$set": { "due": { "$min": [{ "$cond": ["$is_first", due, both] }, "$at_once"] } } },
        doc! { "$set": {
            "held_until": { "$cond": ["$is_new", null, { "$ifNull": ["$held_until", null] }] },
            "reason": { "$cond": ["$is_new", null, "$reason"] },
            "dead_at": { "$cond": ["$is_new", null, "$dead_at"] },
            "attempts": { "$cond": ["$is_new", 0_i64, "$attempts"] },
            "state": { "$cond": ["$is_new", "ready", "$state"] },
        } },
        doc! { "$set": { "due": { "$max": ["$due", "$held_until"] } } },
        wake(),
        doc! { "$unset": ["is_new", "is_first"] },
    ];
    Ok(doc! { "q": { "_id": id }, "u": stages, "upsert": true })
}

/// Keeps the moment at which a job may be handed out beside what it follows from, for the index.
fn wake() -> Document {
    doc! { "$set": { "wake_at": { "$switch": {
        "branches": [
            { "case": { "$eq": ["$state", "ready"] }, "then": "$due" },
            { "case": { "$eq": ["$state", "leased"] }, "then": "$lease_until" },
        ],
        "default": null,
    } } } }
}

/// The job, if its lease holds.
pub(super) fn lease(job: &Job, now: DateTime<Utc>) -> Document {
    doc! {
        "_id": job.kind.id(), "state": "leased", "token": stored_count(job.token),
        "lease_until": { "$gt": date(now) },
    }
}

/// The job, if its lease holds and nobody asked for it during the run.
pub(super) fn unasked(job: &Job, now: DateTime<Utc>) -> Document {
    let mut unasked = lease(job, now);
    unasked.insert("due", Bson::Null);
    unasked
}

/// Settles a job, in a transaction or by itself. False when the lease was lost.
pub(super) async fn settle(
    database: &Database,
    mut session: Option<&mut ClientSession>,
    job: &Job,
    settlement: &Settlement,
    now: DateTime<Utc>,
) -> Result<bool, Failure> {
    if matches!(settlement, Settlement::Done) {
        let jobs = database.collection::<Document>("jobs");
        let delete = jobs.delete_one(unasked(job, now));
        let deleted = match session.as_deref_mut() {
            Some(session) => delete.session(session).await?,
            None => delete.await?,
        };
        if deleted.deleted_count == 1 {
            return Ok(true);
        }
        // It was asked for during the run, or the lease is lost: the next write tells.
    }
    settle_asked(database, session, job, settlement, now).await
}

/// Settles a job that stays, since it is not done or was asked for during the run. False when the lease was lost.
pub(super) async fn settle_asked(
    database: &Database,
    session: Option<&mut ClientSession>,
    job: &Job,
    settlement: &Settlement,
    now: DateTime<Utc>,
) -> Result<bool, Failure> {
    let jobs = database.collection::<Document>("jobs");
    let update = jobs.update_one(lease(job, now), settle_stages(job, settlement, now)?);
    let updated = match session {
        Some(session) => update.session(session).await?,
        None => update.await?,
    };
    Ok(updated.matched_count == 1)
}

fn settle_stages(
    job: &Job,
    settlement: &Settlement,
    now: DateTime<Utc>,
) -> Result<Vec<Document>, StoreError> {
    let was_asked = doc! { "$ne": [{ "$ifNull": ["$due", null] }, null] };
    let ready_again = doc! { "state": "ready", "attempts": 0_i64, "reason": null };
    let settled = match settlement {
        Settlement::Done => vec![doc! { "$set": ready_again }],
        Settlement::Next { due, last } => {
            let again = date(*due);
            let last = body("jobs", &job.kind.id(), last)?;
            // What was asked for meanwhile may be earlier; `$min` passes over null.
            vec![doc! { "$set": {
                "state": "ready",
                "due": { "$min": ["$due", "$at_once", again] },
                "first_asked_at": { "$ifNull": ["$first_asked_at", date(now)] },
                "at_once": { "$min": ["$at_once", again] },
                "held_until": null, "reason": null, "attempts": 0_i64,
                "last": { "$literal": last },
            } }]
        }
        Settlement::Dead { reason } => vec![
            doc! { "$set": { "was_asked": was_asked } },
            doc! { "$set": {
                "state": { "$cond": ["$was_asked", "ready", "dead"] },
                "attempts": { "$cond": ["$was_asked", 0_i64, "$attempts"] },
                "reason": { "$cond": ["$was_asked", null, { "$literal": reason }] },
                "dead_at": { "$cond": ["$was_asked", null, date(now)] },
                "held_until": null,
            } },
            doc! { "$unset": "was_asked" },
        ],
        Settlement::Again { due, reason, failed } => {
            let again = date(*due);
            let (next, at_once) = if *failed {
                (Bson::DateTime(again), doc! { "$cond": [was_asked, "$at_once", again] })
            } else {
                let earliest = doc! { "$min": ["$due", "$at_once", again] };
                (Bson::Document(earliest), doc! { "$min": ["$at_once", again] })
            };
            vec![doc! { "$set": {
                "state": "ready",
                "due": next,
                "first_asked_at": { "$ifNull": ["$first_asked_at", date(now)] },
                "at_once": at_once,
                "held_until": if *failed { Bson::DateTime(again) } else { Bson::Null },
                "reason": { "$literal": reason },
                "attempts": { "$max": [{ "$subtract": ["$attempts", i64::from(!failed)] }, 0_i64] },
            } }]
        }
    };
    let freed = doc! { "$set": { "lease_until": null, "owner": null } };
    Ok(settled.into_iter().chain([freed, wake()]).collect())
}
