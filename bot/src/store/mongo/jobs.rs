//! Jobs as the verbs and the operators see them.

use super::errors::is_duplicate;
use super::rows::{body, date, maybe_time, not_waiting, number, text, time, unreadable};
use super::{Mongo, asks};
use crate::store::StoreError;
use crate::store::documents::{
    DeadJob, Job, JobKind, JobList, JobRow, JobState, NewJob, SCHEMA_VERSION, Settlement, Workload,
};
use chrono::{DateTime, Utc};
use mongodb::bson::{Document, doc};
use std::future::IntoFuture;

impl Mongo {
    pub(in crate::store) async fn settle(
        &self,
        job: &Job,
        settlement: Settlement,
        now: DateTime<Utc>,
    ) -> Result<(), StoreError> {
        self.within(async {
            if asks::settle(&self.inner.database, None, job, &settlement, now).await? {
                return Ok(());
            }
            Err(StoreError::LeaseLost { job: job.kind.id() })
        })
        .await
    }

    /// Ends a job that is done, where it does not matter if a primary that dies takes it back. False when the lease was lost.
    pub(super) async fn end_not_waiting(&self, job: &Job, now: DateTime<Utc>) -> Result<bool, StoreError> {
        let jobs = self.collection("jobs");
        let delete = jobs.delete_one(asks::unasked(job, now));
        if delete.write_concern(not_waiting()).await?.deleted_count == 1 {
            return Ok(true);
        }
        Ok(asks::settle_asked(&self.inner.database, None, job, &Settlement::Done, now).await?)
    }

    /// One job is one write. Several are one transaction: all of them or none.
    pub(in crate::store) async fn ask(
        &self,
        jobs: Vec<NewJob>,
        now: DateTime<Utc>,
    ) -> Result<(), StoreError> {
        match jobs.as_slice() {
            [] => Ok(()),
            [_] => self.within(asks::ask(&self.inner.database, &jobs, now)).await,
            _ => self.commit(crate::store::documents::Commit { jobs, ..Default::default() }, now).await,
        }
    }

    pub(in crate::store) async fn ensure(&self, kind: JobKind, due: DateTime<Utc>) -> Result<(), StoreError> {
        self.within(async {
            let id = kind.id();
            let due = date(due);
            let ready = doc! {
                "schema": SCHEMA_VERSION, "class": kind.class().key(), "body": body("jobs", &id, &kind)?,
                "state": "ready", "due": due, "wake_at": due, "first_asked_at": due, "at_once": due,
                "held_until": null, "attempts": 0_i64, "reason": null, "dead_at": null,
            };
            let jobs = self.collection("jobs");
            // One that gave up may be of a newer program, with a body that nobody here could read.
            let dead = doc! { "_id": &id, "state": "dead" };
            jobs.update_one(dead, doc! { "$set": ready.clone() }).await?;
            let mut new = ready;
            new.insert("token", 0_i64);
            let there = doc! { "_id": &id };
            match jobs.update_one(there, doc! { "$setOnInsert": new }).upsert(true).await {
                // Another process made it at the same moment.
                Err(error) if is_duplicate(&error) => Ok(()),
                made => {
                    made?;
                    Ok(())
                }
            }
        })
        .await
    }

    pub(in crate::store) async fn next_due(&self) -> Result<Option<DateTime<Utc>>, StoreError> {
        self.within(self.earliest(JobState::Ready)).await
    }

    pub(in crate::store) async fn next_lease_end(&self) -> Result<Option<DateTime<Utc>>, StoreError> {
        self.within(self.earliest(JobState::Leased)).await
    }

    async fn earliest(&self, state: JobState) -> Result<Option<DateTime<Utc>>, StoreError> {
        let found = self
            .collection("jobs")
            .find_one(doc! { "state": state.key() })
            .sort(doc! { "wake_at": 1 })
            .projection(doc! { "wake_at": 1 })
            .await?;
        Ok(found.and_then(|row| maybe_time(&row, "wake_at")))
    }

    pub(in crate::store) async fn retry_dead(
        &self,
        id: &str,
        now: DateTime<Utc>,
    ) -> Result<bool, StoreError> {
        self.within(async {
            let now = date(now);
            let set = doc! { "$set": {
                "state": "ready", "due": now, "wake_at": now, "first_asked_at": now, "at_once": now,
                "attempts": 0_i64, "reason": null, "dead_at": null,
            } };
            let dead = doc! { "_id": id, "state": "dead" };
            Ok(self.collection("jobs").update_one(dead, set).await?.matched_count == 1)
        })
        .await
    }

    pub(in crate::store) async fn discard_dead(&self, id: &str) -> Result<bool, StoreError> {
        self.within(async {
            let dead = doc! { "_id": id, "state": "dead" };
            Ok(self.collection("jobs").delete_one(dead).await?.deleted_count == 1)
        })
        .await
    }

    pub(in crate::store) async fn dead_job(&self, id: &str) -> Result<Option<JobKind>, StoreError> {
        self.within(async {
            let found = self.collection("jobs").find_one(doc! { "_id": id, "state": "dead" }).await?;
            found.map(|row| super::rows::parse("jobs", &row)).transpose()
        })
        .await
    }

    pub(in crate::store) async fn jobs_with(&self, ids: Vec<String>) -> Result<Vec<JobRow>, StoreError> {
        self.within(async {
            let rows = self.find("jobs", doc! { "_id": { "$in": ids } }, doc! {}, None).await?;
            rows.iter().map(job_row).collect()
        })
        .await
    }

    pub(in crate::store) async fn dead_jobs(&self) -> Result<Vec<DeadJob>, StoreError> {
        self.within(async {
            let order = doc! { "dead_at": 1, "_id": 1 };
            let rows = self.find("jobs", doc! { "state": "dead" }, order, None).await?;
            rows.iter()
                .map(|row| {
                    Ok(DeadJob {
                        id: text(row, "_id").unwrap_or_default(),
                        reason: text(row, "reason").unwrap_or_default(),
                        attempts: attempts(row),
                        at: time("jobs", row, "dead_at")?,
                    })
                })
                .collect()
        })
        .await
    }

    pub(in crate::store) async fn workload(&self, now: DateTime<Utc>) -> Result<Workload, StoreError> {
        self.within(async {
            let jobs = self.collection("jobs");
            let many = |which: Document| jobs.count_documents(which).into_future();
            let (due, running, dead) = futures::try_join!(
                many(doc! { "state": JobState::Ready.key(), "wake_at": { "$lte": date(now) } }),
                many(doc! { "state": JobState::Leased.key() }),
                many(doc! { "state": JobState::Dead.key() }),
            )?;
            Ok(Workload { due, running, dead })
        })
        .await
    }

    pub(in crate::store) async fn jobs(&self, limit: u32) -> Result<JobList, StoreError> {
        self.within(async {
            let jobs = self.collection("jobs");
            let many = |state: JobState| jobs.count_documents(doc! { "state": state.key() }).into_future();
            let (ready, leased, dead) =
                futures::try_join!(many(JobState::Ready), many(JobState::Leased), many(JobState::Dead))?;
            let mut list = JobList { ready, leased, dead, rows: Vec::new() };
            let order = doc! { "wake_at": 1, "_id": 1 };
            let living = doc! { "state": { "$in": ["ready", "leased"] } };
            let mut rows = self.find("jobs", living, order.clone(), Some(limit)).await?;
            let left = limit.saturating_sub(u32::try_from(rows.len()).unwrap_or(u32::MAX));
            rows.extend(self.find("jobs", doc! { "state": "dead" }, order, Some(left)).await?);
            for row in &rows {
                list.rows.push(job_row(row)?);
            }
            Ok(list)
        })
        .await
    }
}

/// A job as operators see it.
fn job_row(row: &Document) -> Result<JobRow, StoreError> {
    Ok(JobRow {
        id: text(row, "_id").unwrap_or_default(),
        state: state(row)?,
        due: maybe_time(row, "due"),
        lease_until: maybe_time(row, "lease_until"),
        owner: text(row, "owner"),
        attempts: attempts(row),
        reason: text(row, "reason"),
        // What a newer program wrote there is for it to read.
        last: row.get("last").and_then(|last| mongodb::bson::deserialize_from_bson(last.clone()).ok()),
    })
}

fn attempts(row: &Document) -> u32 {
    u32::try_from(number(row, "attempts")).unwrap_or_default()
}

fn state(row: &Document) -> Result<JobState, StoreError> {
    let word = text(row, "state").unwrap_or_default();
    let known = [JobState::Ready, JobState::Leased, JobState::Dead];
    known
        .into_iter()
        .find(|state| state.key() == word)
        .ok_or_else(|| unreadable("jobs", row, "state is a word that this program does not know".to_owned()))
}
