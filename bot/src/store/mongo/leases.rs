//! Handing out jobs: writes of one document each, outside of any transaction, so that of many workers who want a job
//! one gets it and the others get the next.

use super::Mongo;
use super::asks::lease;
use super::rows::{count, date, maybe_time, number, parse};
use super::several::Question;
use crate::store::StoreError;
use crate::store::documents::{Claimed, Job, JobClass, JobKind};
use chrono::{DateTime, Duration, Utc};
use mongodb::bson::{Bson, Document, doc};
use mongodb::options::ReturnDocument;
use std::collections::BTreeMap;
use tokio::sync::Mutex;

/// How many jobs are looked at in one round: it comes again soon, and what is seen and not taken was read for nothing.
const MOST_AT_ONCE: usize = 16;

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

    /// Looks at what is due and takes it with one write. One look is enough, unless so much is due that some classes were
    /// not reached: those are looked at once more.
    pub(in crate::store) async fn claim_some(
        &self,
        now: DateTime<Utc>,
        owner: &str,
        lasts: Duration,
        room: &[(JobClass, usize)],
    ) -> Result<Claimed, StoreError> {
        self.within(async {
            let mut chosen: BTreeMap<&str, Vec<Document>> = BTreeMap::new();
            let mut unseen = room.to_vec();
            let mut next = None;
            while !unseen.is_empty() {
                let classes: Vec<JobClass> = unseen.iter().map(|(class, _)| *class).collect();
                let places = unseen.iter().map(|(_, places)| *places).sum::<usize>().min(MOST_AT_ONCE);
                let (due, later) = self.due(&classes, now, places).await?;
                let is_all = due.len() < places;
                for row in due {
                    let fits = |(class, _): &&(JobClass, usize)| {
                        row.get_str("class").is_ok_and(|of| of == class.key())
                    };
                    let Some((class, places)) = unseen.iter().find(fits) else { continue };
                    let of_class = chosen.entry(class.key()).or_default();
                    if of_class.len() < *places {
                        of_class.push(row);
                    }
                }
                if is_all {
                    next = next.or(later);
                    break;
                }
                next = Some(now);
                // They come class by class, so those before the last that was reached were seen whole.
                let last = chosen.keys().copied().max().unwrap_or_default();
                unseen.retain(|(class, _)| class.key() > last);
            }
            let in_order = room.iter().flat_map(|(class, _)| chosen.remove(class.key()).unwrap_or_default());
            Ok(Claimed { jobs: self.lease(in_order.collect(), now, owner, lasts).await?, next })
        })
        .await
    }

    /// One job, with one write that the server repeats itself where others are faster.
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
            let found = self
                .collection("jobs")
                .find_one_and_update(
                    doc! { "class": { "$in": &keys }, "wake_at": { "$lte": date(now) } },
                    leased(now + lasts, owner, token),
                )
                .sort(doc! { "wake_at": 1 })
                .return_document(ReturnDocument::Before)
                .await?;
            let Some(before) = found else {
                self.give_back(token).await;
                return Ok(None);
            };
            if let Some(job) = self.ours(token, &before, now).await? {
                return Ok(Some(job));
            }
        }
    }

    /// Jobs that are due, or whose lease ended, class by class in the order of their keys, the longest waiting first;
    /// and when the first of all that are not is.
    async fn due(
        &self,
        classes: &[JobClass],
        now: DateTime<Utc>,
        limit: usize,
    ) -> Result<(Vec<Document>, Option<DateTime<Utc>>), StoreError> {
        let keys: Vec<&str> = classes.iter().map(|class| class.key()).collect();
        let limit = u32::try_from(limit).unwrap_or(u32::MAX);
        let due = doc! { "class": { "$in": &keys }, "wake_at": { "$lte": date(now) } };
        let later = doc! { "class": { "$in": keys }, "wake_at": { "$gt": date(now) } };
        let [due, later] = self
            .several([
                Question::of("jobs", due, doc! { "class": 1, "wake_at": 1 }, Some(limit)),
                Question::of("jobs", later, doc! { "wake_at": 1 }, Some(1)),
            ])
            .await?;
        Ok((due, later.first().and_then(|row| maybe_time(row, "wake_at"))))
    }

    /// Leases jobs as they were seen, with one command whose statements each change one document: of many workers who
    /// want a job one gets it. The jobs that were leased, in their order.
    ///
    /// It is not tried again: a lease whose answer is lost ends by itself. It is waited for until it is durable, since what a
    /// job is about is then too: it was asked for in the same write.
    async fn lease(
        &self,
        seen: Vec<Document>,
        now: DateTime<Utc>,
        owner: &str,
        lasts: Duration,
    ) -> Result<Vec<Job>, StoreError> {
        let mut wanted = Vec::with_capacity(seen.len());
        let mut updates = Vec::with_capacity(seen.len());
        for before in seen {
            let token = self.next_token().await?;
            updates.push(doc! {
                "q": {
                    "_id": before.get("_id").cloned(), "wake_at": before.get("wake_at").cloned(),
                    "token": before.get("token").cloned(),
                },
                "u": leased(now + lasts, owner, token),
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
        if answer.contains_key("writeConcernError") {
            return Err(StoreError::Unavailable("MongoDB did not confirm a lease".to_owned()));
        }
        if usize::try_from(number(&answer, "nModified")) != Ok(wanted.len()) {
            wanted = self.still_ours(wanted).await?;
        }
        let mut jobs = Vec::with_capacity(wanted.len());
        for (token, before) in wanted {
            jobs.extend(self.ours(token, &before, now).await?);
        }
        Ok(jobs)
    }

    /// The job that was leased under this token, as it was before. None when nobody can read it, or its lease was lost.
    async fn ours(
        &self,
        token: i64,
        before: &Document,
        now: DateTime<Utc>,
    ) -> Result<Option<Job>, StoreError> {
        let Ok(kind) = parse::<JobKind>("jobs", before) else {
            // Left as it is, it would be the first in the queue again and again.
            self.bury_unreadable(before.get("_id"), token, now).await?;
            return Ok(None);
        };
        let attempts = u32::try_from(number(before, "attempts") + 1).unwrap_or(u32::MAX);
        let token = u64::try_from(token).unwrap_or_default();
        let waited = maybe_time(before, "wake_at").map_or(Duration::zero(), |due| now - due);
        let mut job = Job { kind, token, attempts, waited };
        let is_ours = count(before, "token") <= job.token || self.renumber(&mut job, now).await?;
        Ok(is_ours.then_some(job))
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

/// What a lease changes in a job.
fn leased(until: DateTime<Utc>, owner: &str, token: i64) -> Document {
    let until = date(until);
    doc! {
        "$set": {
            "state": "leased", "lease_until": until, "wake_at": until, "owner": owner, "token": token, "due": null,
            "first_asked_at": null, "at_once": null, "held_until": null,
        },
        "$inc": { "attempts": 1_i64 },
    }
}
