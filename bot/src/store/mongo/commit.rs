//! Writing what a turn decided: one transaction, so that a refusal leaves nothing behind.

use super::errors::{Failure, is_duplicate};
use super::rows::{arrival, body, date, not_waiting, number, stored_count};
use super::transaction::Transaction;
use super::{Mongo, asks};
use crate::store::StoreError;
use crate::store::documents::{Commit, Job, JobKind, SCHEMA_VERSION, Settlement};
use agents::id::{BusinessId, ConversationId, InboundId};
use chrono::{DateTime, Utc};
use mongodb::ClientSession;
use mongodb::bson::{Bson, Document, doc};
use mongodb::options::ReturnDocument;

impl Mongo {
    pub(in crate::store) async fn commit(
        &self,
        commit: Commit,
        now: DateTime<Utc>,
    ) -> Result<(), StoreError> {
        self.within(async {
            if let Some((expect, document)) = only_document(&commit) {
                return Ok(self.write_document(None, *expect, document).await?);
            }
            let mut transaction = Transaction::of(self, lanes_of(&commit)).await?;
            // After the lanes, as everybody does.
            let part = match commit.usage.as_slice() {
                [] => None,
                _ => Some(self.inner.totals.free().await),
            };
            let part = part.as_ref().map_or(0, |part| part.number);
            let refused = loop {
                transaction.begin().await?;
                let written = self.write(&mut transaction.session, &commit, part, now).await;
                match transaction.end(written).await {
                    Ok(Some(())) => return Ok(()),
                    Ok(None) => {}
                    Err(error) => break error,
                }
            };
            Err(self.reason(commit.under.as_ref(), refused, now).await)
        })
        .await
    }

    /// The next number of a lead. Starts above what is there, so that restored leads keep their numbers.
    ///
    /// A primary that dies may take a number back that was given. Whoever writes a lead with it second is refused by the
    /// index, and gets another one.
    pub(in crate::store) async fn next_number(&self, business: &BusinessId) -> Result<u64, StoreError> {
        self.within(async {
            let counter = doc! { "_id": format!("lead/{business}") };
            let counters = self.collection("counters");
            let next = counters
                .find_one_and_update(counter.clone(), doc! { "$inc": { "value": 1_i64 } })
                .return_document(ReturnDocument::After)
                .write_concern(not_waiting())
                .await?;
            if let Some(row) = next {
                return Ok(super::rows::count(&row, "value"));
            }
            let highest = self
                .collection("leads")
                .find_one(doc! { "business": business.as_str() })
                .sort(doc! { "number": -1 })
                .projection(doc! { "number": 1 })
                .await?
                .map_or(0, |lead| number(&lead, "number"));
            let next = doc! { "$max": [{ "$add": [{ "$ifNull": ["$value", 0_i64] }, 1_i64] }, highest + 1] };
            loop {
                let counted = counters
                    .find_one_and_update(counter.clone(), vec![doc! { "$set": { "value": next.clone() } }])
                    .upsert(true)
                    .return_document(ReturnDocument::After)
                    .await;
                match counted {
                    // Two made the first number at once; the counter is there now.
                    Err(error) if is_duplicate(&error) => {}
                    counted => return Ok(counted?.map_or(0, |row| super::rows::count(&row, "value"))),
                }
            }
        })
        .await
    }

    async fn write(
        &self,
        session: &mut ClientSession,
        commit: &Commit,
        part: i64,
        now: DateTime<Utc>,
    ) -> Result<(), Failure> {
        if let (Some(job), None) = (&commit.under, &commit.settle) {
            self.hold(session, job, now).await?;
        }
        // First, so that whoever was too late has written nothing yet that others would wait for.
        for seen in &commit.calendars {
            self.check_calendar(session, seen, &commit.slots, now).await?;
        }
        for (collection, id, version) in &commit.unchanged {
            self.check_unchanged(session, collection, id, *version).await?;
        }
        for (expect, document) in &commit.documents {
            self.write_document(Some(&mut *session), *expect, document).await?;
        }
        for removed in &commit.removed {
            let as_read = doc! { "_id": &removed.id, "version": stored_count(removed.version) };
            let rows = self.collection(removed.collection);
            if rows.delete_one(as_read).session(&mut *session).await?.deleted_count == 0 {
                let (collection, id) = (removed.collection, removed.id.clone());
                return Err(StoreError::Version { collection, id }.into());
            }
        }
        for change in &commit.slots {
            self.change_slot(session, change, now).await?;
        }
        self.queue_outbox(session, &commit.outbox).await?;
        self.mark_handled(session, &commit.handled, now).await?;
        self.write_notes(session, commit, now).await?;
        // Before the settling: what the turn asks of its own job is an ask made during the run.
        asks::ask_within(&self.inner.database, session, &commit.jobs, now).await?;
        for id in &commit.discarded {
            let dead = doc! { "_id": id, "state": "dead" };
            if self.collection("jobs").delete_one(dead).session(&mut *session).await?.deleted_count == 0 {
                return Err(StoreError::Version { collection: "jobs", id: id.clone() }.into());
            }
        }
        if let (Some(job), Some(settlement)) = (&commit.under, &commit.settle) {
            self.settle_within(session, job, settlement, now).await?;
        }
        // Last, since turns of the whole business meet here.
        self.write_usage(session, &commit.usage, part).await
    }

    /// Fails when the lease was lost, and makes whoever takes it over meanwhile conflict with this transaction: to
    /// read it would not.
    pub(super) async fn hold(
        &self,
        session: &mut ClientSession,
        job: &Job,
        now: DateTime<Utc>,
    ) -> Result<(), Failure> {
        let touch = doc! { "$inc": { "writes": 1_i64 } };
        let held = self.collection("jobs").update_one(asks::lease(job, now), touch).session(session).await?;
        match held.matched_count {
            1 => Ok(()),
            _ => Err(StoreError::LeaseLost { job: job.kind.id() }.into()),
        }
    }

    pub(super) async fn settle_within(
        &self,
        session: &mut ClientSession,
        job: &Job,
        settlement: &Settlement,
        now: DateTime<Utc>,
    ) -> Result<(), Failure> {
        if asks::settle(&self.inner.database, Some(session), job, settlement, now).await? {
            return Ok(());
        }
        Err(StoreError::LeaseLost { job: job.kind.id() }.into())
    }

    /// The reason to tell: a lost lease explains every other one, since its new holder has written meanwhile.
    pub(super) async fn reason(
        &self,
        under: Option<&Job>,
        refused: StoreError,
        now: DateTime<Utc>,
    ) -> StoreError {
        match (under, &refused) {
            (Some(job), StoreError::Version { .. } | StoreError::SlotTaken { .. }) => {
                match self.holds(job, now).await {
                    Ok(false) => StoreError::LeaseLost { job: job.kind.id() },
                    Ok(true) | Err(_) => refused,
                }
            }
            _ => refused,
        }
    }

    /// A message is answered once: one that is answered already fails the commit.
    async fn mark_handled(
        &self,
        session: &mut ClientSession,
        handled: &[InboundId],
        now: DateTime<Utc>,
    ) -> Result<(), Failure> {
        if handled.is_empty() {
            return Ok(());
        }
        let ids: Vec<&str> = handled.iter().map(InboundId::as_str).collect();
        let messages = self.collection("messages");
        let marked = messages
            .update_many(
                doc! { "_id": { "$in": &ids }, "is_handled": false },
                doc! { "$set": { "is_handled": true, "handled_at": date(now) } },
            )
            .session(&mut *session)
            .await?;
        if usize::try_from(marked.matched_count) == Ok(handled.len()) {
            return Ok(());
        }
        // Those that this transaction marked carry its moment, so the first that does not is named.
        let ours = doc! { "_id": { "$in": &ids }, "handled_at": date(now) };
        let ours = self.find_within(session, "messages", ours, doc! {}, None).await?;
        let is_ours =
            |id: &&InboundId| ours.iter().any(|row| row.get_str("_id").is_ok_and(|ours| ours == id.as_str()));
        let first = handled.iter().find(|id| !is_ours(id)).unwrap_or(&handled[0]);
        Err(StoreError::Version { collection: "messages", id: first.to_string() }.into())
    }

    async fn write_notes(
        &self,
        session: &mut ClientSession,
        commit: &Commit,
        now: DateTime<Utc>,
    ) -> Result<(), Failure> {
        if commit.notes.is_empty() {
            return Ok(());
        }
        let business = commit
            .documents
            .first()
            .map(|(_, document)| document.business())
            .or_else(|| commit.outbox.first().map(|row| &row.business))
            .map_or(Bson::Null, |business| business.as_str().into());
        let rows: Vec<Document> = commit
            .notes
            .iter()
            .map(|note| {
                let body = body("audit", &note.key, note)?;
                Ok(doc! {
                    "schema": SCHEMA_VERSION, "business": business.clone(), "at": date(now),
                    "arrival": arrival(), "body": body,
                })
            })
            .collect::<Result<_, StoreError>>()?;
        self.collection("audit").insert_many(rows).session(session).await?;
        Ok(())
    }

    /// The next `wanted` places in the lane of a chat; returns the first. Commits to one lane meet here, so that
    /// their places are in the order in which they are committed.
    pub(super) async fn places(
        &self,
        session: &mut ClientSession,
        conversation: &str,
        wanted: usize,
    ) -> Result<i64, Failure> {
        let wanted = stored_count(wanted.try_into().unwrap_or(u64::MAX));
        let counted = self
            .collection("counters")
            .find_one_and_update(
                doc! { "_id": format!("lane/{conversation}") },
                doc! { "$inc": { "value": wanted } },
            )
            .upsert(true)
            .return_document(ReturnDocument::After)
            .session(session)
            .await;
        match counted {
            Ok(row) => Ok(row.map_or(wanted, |row| number(&row, "value")) - wanted + 1),
            Err(error) if is_duplicate(&error) => Err(Failure::Conflict),
            Err(error) => Err(error.into()),
        }
    }
}

/// The chats whose lanes a commit writes to: they get messages, or are to be served.
fn lanes_of(commit: &Commit) -> impl Iterator<Item = &ConversationId> {
    let served = commit.jobs.iter().filter_map(|job| match &job.kind {
        JobKind::Deliver { conversation } => Some(conversation),
        JobKind::Turn { .. } | JobKind::Wake { .. } | JobKind::Recurring { .. } => None,
    });
    commit.outbox.iter().map(|row| &row.conversation).chain(served)
}

/// The document of a commit that is nothing else.
fn only_document(
    commit: &Commit,
) -> Option<&(crate::store::documents::Expect, crate::store::documents::Document)> {
    let Commit {
        under: None,
        settle: None,
        documents,
        unchanged,
        calendars,
        removed,
        slots,
        outbox,
        jobs,
        discarded,
        handled,
        notes,
        usage,
    } = commit
    else {
        return None;
    };
    let takes_no_time = unchanged.is_empty() && calendars.is_empty() && slots.is_empty();
    let is_alone = takes_no_time
        && removed.is_empty()
        && discarded.is_empty()
        && outbox.is_empty()
        && jobs.is_empty()
        && handled.is_empty()
        && notes.is_empty()
        && usage.is_empty();
    match documents.as_slice() {
        [only] if is_alone => Some(only),
        _ => None,
    }
}
