//! Handing out jobs: writes of one document each, outside of any transaction, so that of many workers who want a job
//! one gets it and the others get the next.

use super::Mongo;
use super::asks::lease;
use super::rows::{count, date, maybe_time, number, parse};
use crate::store::StoreError;
use crate::store::documents::{Job, JobClass, JobKind};
use chrono::{DateTime, Duration, Utc};
use mongodb::bson::{Bson, Document, doc};
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
        self.within(async {
            loop {
                let due = self.due(classes, now, 1).await?;
                if due.is_empty() {
                    return Ok(None);
                }
                // None of it may mean that others were faster, or that it could not be read: there may be another.
                let mut jobs = self.lease(due, now, owner, lasts).await?;
                if !jobs.is_empty() {
                    return Ok(jobs.pop());
                }
            }
        })
        .await
    }

    /// Looks once at what is due, and takes it with one write. Under a lot of work one class could hide another, so each
    /// that is not full then is looked at by itself.
    pub(in crate::store) async fn claim_some(
        &self,
        now: DateTime<Utc>,
        owner: &str,
        lasts: Duration,
        room: &[(JobClass, usize)],
    ) -> Result<Vec<Job>, StoreError> {
        self.within(async {
            let classes: Vec<JobClass> = room.iter().map(|(class, _)| *class).collect();
            let places: usize = room.iter().map(|(_, places)| *places).sum();
            let due = self.due(&classes, now, places).await?;
            let is_all = due.len() < places;
            let mut chosen = Vec::new();
            for (class, places) in room {
                let of_class =
                    due.iter().filter(|row| row.get_str("class").is_ok_and(|of| of == class.key()));
                let mut of_class: Vec<Document> = of_class.take(*places).cloned().collect();
                if !is_all && of_class.len() < *places {
                    of_class = self.due(&[*class], now, *places).await?;
                }
                chosen.extend(of_class);
            }
            self.lease(chosen, now, owner, lasts).await
        })
        .await
    }

    /// Jobs that are due, or whose lease ended, the longest waiting first.
    async fn due(
        &self,
        classes: &[JobClass],
        now: DateTime<Utc>,
        limit: usize,
    ) -> Result<Vec<Document>, StoreError> {
        let keys: Vec<&str> = classes.iter().map(|class| class.key()).collect();
        let wanted = doc! { "class": { "$in": keys }, "wake_at": { "$lte": date(now) } };
        let limit = u32::try_from(limit).unwrap_or(u32::MAX);
        Ok(self.find("jobs", wanted, doc! { "wake_at": 1 }, Some(limit)).await?)
    }

    /// Leases jobs as they were seen, with one command whose statements each change one document: of many workers who
    /// want a job one gets it. The jobs that were leased, in their order.
    ///
    /// It is not tried again: a lease whose answer is lost ends by itself.
    async fn lease(
        &self,
        seen: Vec<Document>,
        now: DateTime<Utc>,
        owner: &str,
        lasts: Duration,
    ) -> Result<Vec<Job>, StoreError> {
        let until = date(now + lasts);
        let mut wanted = Vec::with_capacity(seen.len());
        let mut updates = Vec::with_capacity(seen.len());
        for before in seen {
            let token = self.next_token().await?;
            updates.push(doc! {
                "q": {
                    "_id": before.get("_id").cloned(), "wake_at": before.get("wake_at").cloned(),
                    "token": before.get("token").cloned(),
                },
                "u": {
                    "$set": {
                        "state": "leased", "lease_until": until, "wake_at": until, "owner": owner, "token": token,
                        "due": null, "first_asked_at": null, "at_once": null, "held_until": null,
                    },
                    "$inc": { "attempts": 1_i64 },
                },
            });
            wanted.push((token, before));
        }
        if updates.is_empty() {
            return Ok(Vec::new());
        }
        let command = doc! {
            "update": "jobs", "updates": updates, "ordered": false, "writeConcern": { "w": "majority", "j": true },
        };
        let answer = self.inner.database.run_command(command).await?;
        if usize::try_from(number(&answer, "nModified")) != Ok(wanted.len()) {
            wanted = self.still_ours(wanted).await?;
        }
        let mut jobs = Vec::with_capacity(wanted.len());
        for (token, before) in wanted {
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
            jobs.push(job);
        }
        Ok(jobs)
    }

    /// Which of these jobs carry the token that was meant for them.
    async fn still_ours(&self, wanted: Vec<(i64, Document)>) -> Result<Vec<(i64, Document)>, StoreError> {
        let ids: Vec<Bson> = wanted.iter().filter_map(|(_, before)| before.get("_id").cloned()).collect();
        let now = self.find("jobs", doc! { "_id": { "$in": ids } }, doc! {}, None).await?;
        let is_ours = |(token, before): &(i64, Document)| {
            now.iter().any(|row| row.get("_id") == before.get("_id") && number(row, "token") == *token)
        };
        Ok(wanted.into_iter().filter(is_ours).collect())
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
