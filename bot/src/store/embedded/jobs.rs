//! Jobs: one row per id, handed out under a lease with a token that no other lease ever had.

use super::Embedded;
use super::rows::{Raw, body, count, maybe_time, micros, stored_count, time};
use crate::store::StoreError;
use crate::store::documents::{
    Claimed, DeadJob, Job, JobClass, JobKind, JobList, JobRow, JobState, LastRun, NewJob, SCHEMA_VERSION,
    Settlement, Workload,
};
use chrono::{DateTime, Duration, Utc};
use rusqlite::{Connection, OptionalExtension, Row, params};

/// When the first job of a class is due, or its lease ends.
fn next_wake(connection: &Connection, class: JobClass) -> Result<Option<DateTime<Utc>>, StoreError> {
    maybe_time(
        connection
            .prepare_cached("SELECT min(wake_at) FROM jobs WHERE class = ?1 AND wake_at IS NOT NULL")?
            .query_row([class.key()], |row| row.get(0))?,
    )
}

impl Embedded {
    pub(in crate::store) async fn claim(
        &self,
        classes: &[JobClass],
        now: DateTime<Utc>,
        owner: &str,
        lease: Duration,
    ) -> Result<Option<Job>, StoreError> {
        let classes = classes.to_vec();
        let owner = owner.to_owned();
        self.write(move |connection| claim(connection, &classes, now, &owner, lease)).await
    }

    pub(in crate::store) async fn claim_some(
        &self,
        now: DateTime<Utc>,
        owner: &str,
        lease: Duration,
        room: &[(JobClass, usize)],
    ) -> Result<Claimed, StoreError> {
        let owner = owner.to_owned();
        let room = room.to_vec();
        self.write(move |connection| {
            let mut claimed = Claimed::default();
            for (class, limit) in room {
                let before = claimed.jobs.len();
                while claimed.jobs.len() - before < limit {
                    let Some(job) = claim(connection, &[class], now, &owner, lease)? else {
                        let next = next_wake(connection, class)?;
                        claimed.next = claimed.next.into_iter().chain(next).min();
                        break;
                    };
                    claimed.jobs.push(job);
                }
            }
            Ok(claimed)
        })
        .await
    }

    pub(in crate::store) async fn ensure(&self, kind: JobKind, due: DateTime<Utc>) -> Result<(), StoreError> {
        self.write(move |connection| {
            let id = kind.id();
            let lives = connection
                .prepare_cached("SELECT 1 FROM jobs WHERE id = ?1 AND state <> 'dead'")?
                .exists([&id])?;
            // One that gave up may be of a newer program, with a body that nobody here could read.
            connection.prepare_cached("DELETE FROM jobs WHERE id = ?1 AND state = 'dead'")?.execute([&id])?;
            if lives { Ok(()) } else { ask(connection, &NewJob { kind, due, gather_ms: None }, due) }
        })
        .await
    }

    pub(in crate::store) async fn renew(
        &self,
        job: &Job,
        now: DateTime<Utc>,
        lease: Duration,
    ) -> Result<bool, StoreError> {
        let job = job.clone();
        self.write(move |connection| {
            let renewed = connection
                .prepare_cached(
                    "UPDATE jobs SET lease_until = ?4
                     WHERE id = ?1 AND state = 'leased' AND token = ?2 AND lease_until > ?3",
                )?
                .execute(params![job.kind.id(), stored_count(job.token), micros(now), micros(now + lease)])?;
            Ok(renewed == 1)
        })
        .await
    }

    pub(in crate::store) async fn settle(
        &self,
        job: &Job,
        settlement: Settlement,
        now: DateTime<Utc>,
    ) -> Result<(), StoreError> {
        let job = job.clone();
        self.write(move |connection| {
            check_lease(connection, &job, now)?;
            settle(connection, &job, &settlement, now)
        })
        .await
    }

    pub(in crate::store) async fn ask(
        &self,
        jobs: Vec<NewJob>,
        now: DateTime<Utc>,
    ) -> Result<(), StoreError> {
        self.write(move |connection| jobs.iter().try_for_each(|job| ask(connection, job, now))).await
    }

    pub(in crate::store) async fn next_due(&self) -> Result<Option<DateTime<Utc>>, StoreError> {
        self.read(|connection| earliest(connection, JobState::Ready)).await
    }

    pub(in crate::store) async fn next_lease_end(&self) -> Result<Option<DateTime<Utc>>, StoreError> {
        self.read(|connection| earliest(connection, JobState::Leased)).await
    }

    pub(in crate::store) async fn retry_dead(
        &self,
        id: &str,
        now: DateTime<Utc>,
    ) -> Result<bool, StoreError> {
        let id = id.to_owned();
        self.write(move |connection| {
            let retried = connection
                .prepare_cached(
                    "UPDATE jobs SET state = 'ready', due = ?2, first_asked_at = ?2, at_once = ?2, attempts = 0,
                       reason = NULL, dead_at = NULL
                     WHERE id = ?1 AND state = 'dead'",
                )?
                .execute(params![id, micros(now)])?;
            Ok(retried == 1)
        })
        .await
    }

    pub(in crate::store) async fn end_leases(&self, now: DateTime<Utc>) -> Result<u64, StoreError> {
        self.write(move |connection| {
            let ended = connection
                .prepare_cached(
                    "UPDATE jobs SET lease_until = ?1 WHERE state = 'leased' AND lease_until > ?1",
                )?
                .execute([micros(now)])?;
            Ok(ended as u64)
        })
        .await
    }

    pub(in crate::store) async fn discard_dead(&self, id: &str) -> Result<bool, StoreError> {
        let id = id.to_owned();
        self.write(move |connection| match discard(connection, &id) {
            Ok(()) => Ok(true),
            Err(StoreError::Version { .. }) => Ok(false),
            Err(error) => Err(error),
        })
        .await
    }

    pub(in crate::store) async fn dead_job(&self, id: &str) -> Result<Option<JobKind>, StoreError> {
        let id = id.to_owned();
        self.read(move |connection| {
            let sql = "SELECT id, schema, body FROM jobs WHERE id = ?1 AND state = 'dead'";
            Ok(super::rows::rows(connection, "jobs", sql, [id])?.into_iter().next())
        })
        .await
    }

    pub(in crate::store) async fn jobs_with(&self, ids: Vec<String>) -> Result<Vec<JobRow>, StoreError> {
        let ids = super::rows::id_list(ids.iter().map(String::as_str));
        self.read(move |connection| {
            let mut statement = connection.prepare_cached(
                "SELECT id, state, due, lease_until, owner, attempts, reason, last FROM jobs
                 WHERE id IN (SELECT value FROM json_each(?1))",
            )?;
            let mut rows = statement.query([ids])?;
            let mut found = Vec::new();
            while let Some(row) = rows.next()? {
                found.push(job_row(row)?);
            }
            Ok(found)
        })
        .await
    }

    pub(in crate::store) async fn dead_jobs(&self) -> Result<Vec<DeadJob>, StoreError> {
        self.read(|connection| {
            let mut statement = connection.prepare_cached(
                "SELECT id, coalesce(reason, ''), attempts, dead_at FROM jobs WHERE state = 'dead'
                 ORDER BY dead_at, id",
            )?;
            let rows = statement
                .query_map([], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get::<_, i64>(3)?)))?;
            rows.map(|row| {
                let (id, reason, attempts, at) = row?;
                Ok(DeadJob { id, reason, attempts, at: time(at)? })
            })
            .collect()
        })
        .await
    }

    pub(in crate::store) async fn workload(&self, now: DateTime<Utc>) -> Result<Workload, StoreError> {
        self.read(move |connection| {
            let many = |state: JobState, until: i64| -> Result<u64, rusqlite::Error> {
                let mut statement = connection
                    .prepare_cached("SELECT count(*) FROM jobs WHERE state = ?1 AND wake_at <= ?2")?;
                Ok(count(statement.query_row(params![state.key(), until], |row| row.get(0))?))
            };
            let dead = "SELECT count(*) FROM jobs WHERE state = 'dead'";
            Ok(Workload {
                due: many(JobState::Ready, micros(now))?,
                running: many(JobState::Leased, i64::MAX)?,
                dead: count(connection.prepare_cached(dead)?.query_row([], |row| row.get(0))?),
            })
        })
        .await
    }

    pub(in crate::store) async fn jobs(&self, limit: u32) -> Result<JobList, StoreError> {
        self.read(move |connection| {
            let mut list = JobList::default();
            let mut statement =
                connection.prepare_cached("SELECT state, count(*) FROM jobs GROUP BY state")?;
            for row in statement.query_map([], |row| Ok((state(row, 0)?, row.get::<_, i64>(1)?)))? {
                let (state, jobs) = row?;
                *match state {
                    JobState::Ready => &mut list.ready,
                    JobState::Leased => &mut list.leased,
                    JobState::Dead => &mut list.dead,
                } = count(jobs);
            }
            let mut statement = connection.prepare_cached(
                "SELECT id, state, due, lease_until, owner, attempts, reason, last FROM jobs
                 ORDER BY wake_at IS NULL, wake_at, id LIMIT ?1",
            )?;
            let mut rows = statement.query([limit])?;
            while let Some(row) = rows.next()? {
                list.rows.push(job_row(row)?);
            }
            Ok(list)
        })
        .await
    }
}

/// A job as operators see it, of the columns in the order of the queries above.
fn job_row(row: &rusqlite::Row<'_>) -> Result<JobRow, StoreError> {
    Ok(JobRow {
        id: row.get(0)?,
        state: state(row, 1)?,
        due: maybe_time(row.get(2)?)?,
        lease_until: maybe_time(row.get(3)?)?,
        owner: row.get(4)?,
        attempts: row.get(5)?,
        reason: row.get(6)?,
        last: last_run(row, 7)?,
    })
}

/// Forgets a dead job.
pub(super) fn discard(connection: &Connection, id: &str) -> Result<(), StoreError> {
    let mut statement = connection.prepare_cached("DELETE FROM jobs WHERE id = ?1 AND state = 'dead'")?;
    match statement.execute([id])? {
        0 => Err(StoreError::Version { collection: "jobs", id: id.to_owned() }),
        _ => Ok(()),
    }
}

/// What a job is asked for next.
#[derive(Clone, Copy)]
struct Ask {
    due: i64,
    first_asked_at: i64,
    /// The earliest due time that was asked for without gathering.
    at_once: Option<i64>,
}

impl Ask {
    fn new(job: &NewJob, asked_at: DateTime<Utc>) -> Self {
        let due = micros(job.due);
        Self { due, first_asked_at: micros(asked_at), at_once: job.gather_ms.is_none().then_some(due) }
    }

    /// The two asks as one.
    fn and(self, job: &NewJob, asked_at: DateTime<Utc>) -> Self {
        let new = Self::new(job, asked_at);
        let at_once = self.at_once.into_iter().chain(new.at_once).min();
        let due = match job.gather_ms {
            None => self.due.min(new.due),
            Some(gather) => {
                let latest = self.first_asked_at.saturating_add(gather.max(0).saturating_mul(1_000));
                self.due.max(new.due).min(latest)
            }
        };
        Self { due: at_once.map_or(due, |at_once| due.min(at_once)), at_once, ..self }
    }

    fn of(row: &Row<'_>, from: usize) -> rusqlite::Result<Option<Self>> {
        let due: Option<i64> = row.get(from)?;
        let first_asked_at: Option<i64> = row.get(from + 1)?;
        let at_once = row.get(from + 2)?;
        Ok(due.map(|due| Self { due, first_asked_at: first_asked_at.unwrap_or(due), at_once }))
    }
}

/// Makes a job, or makes it due again: see [`NewJob`].
pub(super) fn ask(connection: &Connection, job: &NewJob, asked_at: DateTime<Utc>) -> Result<(), StoreError> {
    let id = job.kind.id();
    let found = connection
        .prepare_cached("SELECT state, held_until, due, first_asked_at, at_once FROM jobs WHERE id = ?1")?
        .query_row([&id], |row| Ok((state(row, 0)?, row.get::<_, Option<i64>>(1)?, Ask::of(row, 2)?)))
        .optional()?;
    let first = Ask::new(job, asked_at);
    match found {
        None => {
            connection
                .prepare_cached(
                    "INSERT INTO jobs(id, schema, body, class, state, due, first_asked_at, at_once)
                     VALUES(?1, ?2, ?3, ?4, 'ready', ?5, ?6, ?7)",
                )?
                .execute(params![
                    id,
                    SCHEMA_VERSION,
                    body("jobs", &id, &job.kind)?,
                    job.kind.class().key(),
                    first.due,
                    first.first_asked_at,
                    first.at_once,
                ])?;
        }
        Some((JobState::Dead, _, _)) => {
            connection
                .prepare_cached(
                    "UPDATE jobs SET state = 'ready', due = ?2, first_asked_at = ?3, at_once = ?4, attempts = 0,
                       held_until = NULL, reason = NULL, dead_at = NULL WHERE id = ?1",
                )?
                .execute(params![id, first.due, first.first_asked_at, first.at_once])?;
        }
        Some((JobState::Ready | JobState::Leased, held_until, before)) => {
            let asked = before.map_or(first, |before| before.and(job, asked_at));
            let due = held_until.map_or(asked.due, |held_until| asked.due.max(held_until));
            connection
                .prepare_cached("UPDATE jobs SET due = ?2, first_asked_at = ?3, at_once = ?4 WHERE id = ?1")?
                .execute(params![id, due, asked.first_asked_at, asked.at_once])?;
        }
    }
    Ok(())
}

fn claim(
    connection: &Connection,
    classes: &[JobClass],
    now: DateTime<Utc>,
    owner: &str,
    lease: Duration,
) -> Result<Option<Job>, StoreError> {
    while let Some((wake_at, raw)) = first_due(connection, classes, now)? {
        let id = raw.id.clone();
        let Ok(kind) = raw.parse::<JobKind>("jobs") else {
            // Left as it is, it would be the first in the queue for ever.
            bury(connection, &id, "unreadable", now)?;
            continue;
        };
        // Over all jobs, since a job that is done leaves no row that could remember its last token.
        let token: i64 = connection
            .prepare_cached(
                "INSERT INTO counters(name, value) VALUES('job_token', 1)
                 ON CONFLICT DO UPDATE SET value = value + 1 RETURNING value",
            )?
            .query_row([], |row| row.get(0))?;
        let attempts = connection
            .prepare_cached(
                "UPDATE jobs SET state = 'leased', lease_until = ?2, owner = ?3, token = ?4,
                   attempts = attempts + 1, due = NULL, first_asked_at = NULL, at_once = NULL, held_until = NULL
                 WHERE id = ?1 RETURNING attempts",
            )?
            .query_row(params![id, micros(now + lease), owner, token], |row| row.get(0))?;
        return Ok(Some(Job { kind, token: count(token), attempts, waited: now - time(wake_at)? }));
    }
    Ok(None)
}

/// The job that is due for the longest, or whose lease ended the longest ago.
fn first_due(
    connection: &Connection,
    classes: &[JobClass],
    now: DateTime<Utc>,
) -> Result<Option<(i64, Raw)>, StoreError> {
    let mut first: Option<(i64, Raw)> = None;
    for class in classes {
        let found = connection
            .prepare_cached(
                "SELECT id, schema, body, wake_at FROM jobs
                 WHERE class = ?1 AND wake_at IS NOT NULL AND wake_at <= ?2 ORDER BY wake_at LIMIT 1",
            )?
            .query_row(params![class.key(), micros(now)], |row| Ok((row.get(3)?, Raw::of(row)?)))
            .optional()?;
        if let Some((wake_at, raw)) = found
            && first.as_ref().is_none_or(|(before, _)| wake_at < *before)
        {
            first = Some((wake_at, raw));
        }
    }
    Ok(first)
}

/// Fails when the lease ended or the job was handed out again.
pub(super) fn check_lease(connection: &Connection, job: &Job, now: DateTime<Utc>) -> Result<(), StoreError> {
    let id = job.kind.id();
    let holds = connection
        .prepare_cached(
            "SELECT 1 FROM jobs WHERE id = ?1 AND state = 'leased' AND token = ?2 AND lease_until > ?3",
        )?
        .exists(params![id, stored_count(job.token), micros(now)])?;
    if holds { Ok(()) } else { Err(StoreError::LeaseLost { job: id }) }
}

/// Settles a job whose lease was checked.
pub(super) fn settle(
    connection: &Connection,
    job: &Job,
    settlement: &Settlement,
    now: DateTime<Utc>,
) -> Result<(), StoreError> {
    let id = job.kind.id();
    let asked = connection
        .prepare_cached("SELECT due, first_asked_at, at_once FROM jobs WHERE id = ?1")?
        .query_row([&id], |row| Ask::of(row, 0))?;
    match (settlement, asked) {
        (Settlement::Done, None) => {
            connection.prepare_cached("DELETE FROM jobs WHERE id = ?1")?.execute([id])?;
        }
        (Settlement::Done | Settlement::Dead { .. }, Some(_)) => {
            connection
                .prepare_cached(
                    "UPDATE jobs SET state = 'ready', lease_until = NULL, owner = NULL, attempts = 0,
                       reason = NULL WHERE id = ?1",
                )?
                .execute([id])?;
        }
        (Settlement::Next { due, last }, asked) => {
            let again = NewJob { kind: job.kind.clone(), due: *due, gather_ms: None };
            let next = asked.map_or(Ask::new(&again, now), |asked| asked.and(&again, now));
            let last = serde_json::to_string(last).unwrap_or_default();
            connection
                .prepare_cached(
                    "UPDATE jobs SET state = 'ready', lease_until = NULL, owner = NULL, due = ?2,
                       first_asked_at = ?3, at_once = ?4, held_until = NULL, reason = NULL, attempts = 0, last = ?5
                     WHERE id = ?1",
                )?
                .execute(params![id, next.due, next.first_asked_at, next.at_once, last])?;
        }
        (Settlement::Dead { reason }, None) => bury(connection, &id, reason, now)?,
        (Settlement::Again { due, reason, failed }, asked) => {
            let again = NewJob { kind: job.kind.clone(), due: *due, gather_ms: None };
            let next = match asked {
                Some(asked) if *failed => Ask { due: micros(*due), ..asked },
                Some(asked) => asked.and(&again, now),
                None => Ask::new(&again, now),
            };
            connection
                .prepare_cached(
                    "UPDATE jobs SET state = 'ready', lease_until = NULL, owner = NULL, due = ?2,
                       first_asked_at = ?3, at_once = ?4, held_until = ?5, reason = ?6,
                       attempts = max(attempts - ?7, 0)
                     WHERE id = ?1",
                )?
                .execute(params![
                    id,
                    next.due,
                    next.first_asked_at,
                    next.at_once,
                    failed.then_some(micros(*due)),
                    reason,
                    i64::from(!failed),
                ])?;
        }
    }
    Ok(())
}

fn bury(connection: &Connection, id: &str, reason: &str, now: DateTime<Utc>) -> Result<(), StoreError> {
    connection
        .prepare_cached(
            "UPDATE jobs SET state = 'dead', due = NULL, first_asked_at = NULL, at_once = NULL, held_until = NULL,
               lease_until = NULL, owner = NULL, reason = ?2, dead_at = ?3 WHERE id = ?1",
        )?
        .execute(params![id, reason, micros(now)])?;
    Ok(())
}

fn earliest(connection: &Connection, state: JobState) -> Result<Option<DateTime<Utc>>, StoreError> {
    let found = connection
        .prepare_cached("SELECT min(wake_at) FROM jobs WHERE state = ?1")?
        .query_row([state.key()], |row| row.get(0))?;
    maybe_time(found)
}

/// How a recurring job went. What a newer program wrote there is for it to read.
fn last_run(row: &Row<'_>, column: usize) -> rusqlite::Result<Option<LastRun>> {
    let written: Option<String> = row.get(column)?;
    Ok(written.and_then(|written| serde_json::from_str(&written).ok()))
}

fn state(row: &Row<'_>, column: usize) -> rusqlite::Result<JobState> {
    let word: String = row.get(column)?;
    [JobState::Ready, JobState::Leased, JobState::Dead]
        .into_iter()
        .find(|state| state.key() == word)
        .ok_or_else(|| rusqlite::Error::InvalidColumnType(column, word, rusqlite::types::Type::Text))
}
