//! Handing out jobs: one write of one document, outside of any transaction, so that of many workers who want a job
//! one gets it and the others get the next.

use super::Mongo;
use super::asks::lease;
use super::rows::{count, date, maybe_time, number, parse};
use crate::store::StoreError;
use crate::store::documents::{Job, JobClass, JobKind};
use chrono::{DateTime, Duration, Utc};
use mongodb::bson::{Bson, doc};
use mongodb::options::ReturnDocument;
use tokio::sync::Mutex;

/// How many tokens are fetched at once.
const BLOCK: i64 = 64;

/// Tokens that this process may give to leases: never given before, by anybody.
#[derive(Debug, Default)]
pub(super) struct Tokens {
    left: Mutex<std::ops::Range<i64>>,
}

impl Mongo {
    pub(in crate::store) async fn claim(
        &self,
        classes: &[JobClass],
        now: DateTime<Utc>,
        owner: &str,
        lasts: Duration,
    ) -> Result<Option<Job>, StoreError> {
        self.within(async { self.claim_one(classes, now, owner, lasts).await }).await
    }

    /// One claim after another, each a write of its own. What was claimed before a failure is not given up for it.
    pub(in crate::store) async fn claim_some(
        &self,
        now: DateTime<Utc>,
        owner: &str,
        lasts: Duration,
        room: &[(JobClass, usize)],
    ) -> Result<Vec<Job>, StoreError> {
        let mut jobs = Vec::new();
        for (class, limit) in room {
            for _ in 0..*limit {
                match self.claim(&[*class], now, owner, lasts).await {
                    Ok(Some(job)) => jobs.push(job),
                    Ok(None) => break,
                    Err(_) if !jobs.is_empty() => return Ok(jobs),
                    Err(error) => return Err(error),
                }
            }
        }
        Ok(jobs)
    }

    async fn claim_one(
        &self,
        classes: &[JobClass],
        now: DateTime<Utc>,
        owner: &str,
        lasts: Duration,
    ) -> Result<Option<Job>, StoreError> {
        let keys: Vec<&str> = classes.iter().map(|class| class.key()).collect();
        loop {
            let token = self.next_token().await?;
            let until = date(now + lasts);
            let found = self
                .collection("jobs")
                .find_one_and_update(
                    doc! { "class": { "$in": &keys }, "wake_at": { "$lte": date(now) } },
                    doc! {
                        "$set": {
                            "state": "leased", "lease_until": until, "wake_at": until, "owner": owner,
                            "token": token, "due": null, "first_asked_at": null, "at_once": null,
                            "held_until": null,
                        },
                        "$inc": { "attempts": 1_i64 },
                    },
                )
                .sort(doc! { "wake_at": 1 })
                .return_document(ReturnDocument::Before)
                .await?;
            let Some(before) = found else {
                self.give_back(token).await;
                return Ok(None);
            };
            let Ok(kind) = parse::<JobKind>("jobs", &before) else {
                // Left as it is, it would be the first in the queue again and again.
                self.bury_unreadable(before.get("_id"), token, now).await?;
                continue;
            };
            let attempts = u32::try_from(number(&before, "attempts") + 1).unwrap_or(u32::MAX);
            let token = u64::try_from(token).unwrap_or_default();
            let waited = maybe_time(&before, "wake_at").map_or(Duration::zero(), |due| now - due);
            let mut job = Job { kind, token, attempts, waited };
            if count(&before, "token") > job.token && !self.renumber(&mut job, now).await? {
                continue;
            }
            return Ok(Some(job));
        }
    }

    /// Gives a lease a token above that of the lease before it, which another process gave from a later block.
    /// False when the lease ended meanwhile.
    async fn renumber(&self, job: &mut Job, now: DateTime<Utc>) -> Result<bool, StoreError> {
        let token = {
            let mut left = self.inner.tokens.left.lock().await;
            *left = self.fetch_tokens().await?;
            left.next().unwrap_or(left.end)
        };
        let set = doc! { "$set": { "token": token } };
        let renumbered = self.collection("jobs").update_one(lease(job, now), set).await?;
        job.token = u64::try_from(token).unwrap_or_default();
        Ok(renumbered.matched_count == 1)
    }

    async fn bury_unreadable(
        &self,
        id: Option<&Bson>,
        token: i64,
        now: DateTime<Utc>,
    ) -> Result<(), StoreError> {
        let set = doc! { "$set": {
            "state": "dead", "reason": "unreadable", "dead_at": date(now), "wake_at": null, "lease_until": null,
            "owner": null,
        } };
        self.collection("jobs").update_one(doc! { "_id": id.cloned(), "token": token }, set).await?;
        Ok(())
    }

    async fn next_token(&self) -> Result<i64, StoreError> {
        let mut left = self.inner.tokens.left.lock().await;
        if left.is_empty() {
            *left = self.fetch_tokens().await?;
        }
        Ok(left.next().unwrap_or(left.end))
    }

    /// Keeps an unused token, so that asking an idle store does not use them up. One that was overtaken is dropped.
    async fn give_back(&self, token: i64) {
        let mut left = self.inner.tokens.left.lock().await;
        if left.start == token + 1 {
            left.start = token;
        }
    }

    async fn fetch_tokens(&self) -> Result<std::ops::Range<i64>, StoreError> {
        let last = self.count_up("job_token", BLOCK).await?;
        Ok(last - BLOCK + 1..last + 1)
    }

    /// Adds to a counter and returns what it is then.
    pub(super) async fn count_up(&self, name: &str, by: i64) -> Result<i64, StoreError> {
        let counted = self
            .collection("counters")
            .find_one_and_update(doc! { "_id": name }, doc! { "$inc": { "value": by } })
            .upsert(true)
            .return_document(ReturnDocument::After)
            .await?;
        Ok(counted.map_or(by, |row| number(&row, "value")))
    }

    pub(in crate::store) async fn renew(
        &self,
        job: &Job,
        now: DateTime<Utc>,
        lasts: Duration,
    ) -> Result<bool, StoreError> {
        self.within(async {
            let until = date(now + lasts);
            let set = doc! { "$set": { "lease_until": until, "wake_at": until } };
            let renewed = self.collection("jobs").update_one(lease(job, now), set).await?;
            Ok(renewed.matched_count == 1)
        })
        .await
    }

    /// Whether a lease holds, for the reason of a refusal.
    pub(super) async fn holds(&self, job: &Job, now: DateTime<Utc>) -> Result<bool, StoreError> {
        Ok(self.collection("jobs").find_one(lease(job, now)).await?.is_some())
    }
}
