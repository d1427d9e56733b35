//! Everything in the database as one snapshot, beside whoever writes meanwhile. The server keeps the past for some
//! minutes; a database that cannot be read within them is refused, with what to do.

use super::rows::{date, json_body, maybe_time, number, text, time, unreadable};
use super::slots::CALENDARS;
use super::{Mongo, closed};
use crate::store::StoreError;
use crate::store::documents::{JobKind, SCHEMA_VERSION};
use crate::store::moves::AT_ONCE;
use crate::store::records::{
    Asked, Bare, COLLECTIONS, Claimed, Counter, Early, Line, Received, Record, Whole, in_order,
};
use agents::id::ConversationId;
use chrono::{DateTime, Utc};
use mongodb::ClientSession;
use mongodb::bson::{Document, deserialize_from_bson, doc};
use mongodb::error::{Error, ErrorKind};
use mongodb::options::{Hint, ReadConcern};
use std::collections::BTreeMap;
use std::sync::atomic::Ordering;
use tokio::sync::mpsc::Sender;

/// The code of a past that the server no longer has.
const SNAPSHOT_TOO_OLD: i32 = 239;

/// What is counted for this database alone.
const OWN_COUNTERS: [&str; 2] = ["ping", "layout"];

/// The counters of lanes, which follow from the outbox.
const LANES: &str = "lane/";

/// Turns that were never asked for, because a process died between the two writes of accepting: by job, the chat and
/// when its first message came.
type Missed = BTreeMap<String, (ConversationId, DateTime<Utc>)>;

impl Mongo {
    pub(in crate::store) async fn read_all(&self, rows: Sender<Vec<Record>>) -> Result<(), StoreError> {
        if self.inner.is_closed.load(Ordering::SeqCst) {
            return Err(closed());
        }
        let mut session = self.inner.client.start_session().snapshot(true).await?;
        let mut missed = self.missed(&mut session).await?;
        if session.snapshot_time().is_none() {
            return Err(StoreError::Unavailable("MongoDB did not say which moment it reads".to_owned()));
        }
        for collection in COLLECTIONS {
            if !self.read_collection(&mut session, collection, &mut missed, &rows).await? {
                break;
            }
        }
        Ok(())
    }

    /// Hands over the rows of a collection. False when nobody takes them any more.
    async fn read_collection(
        &self,
        session: &mut ClientSession,
        collection: &'static str,
        missed: &mut Missed,
        rows: &Sender<Vec<Record>>,
    ) -> Result<bool, StoreError> {
        let mut found = self
            .collection(collection)
            .aggregate(in_order_of(collection))
            .hint(Hint::Keys(doc! { "_id": 1 }))
            .read_concern(ReadConcern::snapshot())
            .allow_disk_use(true)
            .batch_size(u32::try_from(AT_ONCE).unwrap_or(u32::MAX))
            .session(&mut *session)
            .await
            .map_err(too_slow)?;
        let mut batch = Vec::with_capacity(AT_ONCE);
        while found.advance(&mut *session).await.map_err(too_slow)? {
            let row = found.deserialize_current()?;
            let Some(mut record) = record(collection, &row)? else { continue };
            if let Record::Jobs(job) = &mut record {
                while let Some(first) = missed.first_entry()
                    && *first.key() < job.id
                {
                    batch.push(turn(first.key().clone(), first.get())?);
                    first.remove();
                }
                if let Some(ask) = missed.remove(&job.id)
                    && let Record::Jobs(asked) = turn(job.id.clone(), &ask)?
                    && (job.state == "dead" || asked.due < job.due)
                {
                    *job = asked;
                }
            }
            batch.push(record);
            if batch.len() >= AT_ONCE && rows.send(std::mem::take(&mut batch)).await.is_err() {
                return Ok(false);
            }
        }
        if collection == "jobs" {
            while let Some((id, ask)) = missed.pop_first() {
                batch.push(turn(id, &ask)?);
            }
        }
        Ok(batch.is_empty() || rows.send(batch).await.is_ok())
    }

    async fn missed(&self, session: &mut ClientSession) -> Result<Missed, StoreError> {
        let wanted = doc! { "is_asked": false, "received_at": { "$gt": date(DateTime::UNIX_EPOCH) } };
        let mut found = self
            .collection("messages")
            .find(wanted)
            .sort(doc! { "received_at": 1 })
            // By name, since the session does not change the concern of the client.
            .read_concern(ReadConcern::snapshot())
            .session(&mut *session)
            .await
            .map_err(too_slow)?;
        let mut missed = Missed::new();
        while found.advance(&mut *session).await.map_err(too_slow)? {
            let row = found.deserialize_current()?;
            if !row.get_bool("is_handled").unwrap_or(false) {
                let chat = ConversationId::new(text(&row, "conversation").unwrap_or_default());
                let kind = JobKind::Turn { conversation: chat.clone() };
                missed.entry(kind.id()).or_insert((chat, time("messages", &row, "received_at")?));
            }
        }
        Ok(missed)
    }
}

/// The order of coming where it is kept, else of the key. Processes whose clocks differ may have given places in a lane
/// and arrivals in different orders: the lane is right.
fn in_order_of(collection: &str) -> Vec<Document> {
    let by = |order: Document| doc! { "$sort": order };
    match collection {
        "slot_claims" => vec![by(doc! { "pro": 1, "step": 1 })],
        "early_statuses" => vec![by(doc! { "channel": 1, "provider_id": 1 })],
        "jobs" | "counters" => vec![by(doc! { "_id": 1 })],
        "outbox" => vec![
            doc! { "$setWindowFields": {
                "partitionBy": "$conversation", "sortBy": { "sequence": 1 },
                "output": { "place": {
                    "$max": "$arrival", "window": { "documents": ["unbounded", "current"] },
                } },
            } },
            by(doc! { "place": 1, "conversation": 1, "sequence": 1 }),
        ],
        _ => vec![by(doc! { "arrival": 1, "_id": 1 })],
    }
}

/// None for what only this database needs.
fn record(collection: &'static str, row: &Document) -> Result<Option<Record>, StoreError> {
    let id = || text(row, "_id").unwrap_or_default();
    let named = |name: &str| text(row, name).unwrap_or_default();
    let schema = number(row, "schema");
    let body = || {
        let body = json_body(row).ok_or_else(|| unreadable(collection, row, "it has no body".to_owned()));
        body.map(in_order)
    };
    Ok(Some(match collection {
        "slot_claims" => Record::SlotClaims(Claimed {
            pro: named("pro"),
            step: time(collection, row, "step")?,
            appointment: named("appointment"),
            until: maybe_time(row, "until"),
        }),
        "messages" => Record::Messages(Received {
            id: id(),
            schema,
            body: body()?,
            handled_at: maybe_time(row, "handled_at"),
        }),
        "outbox" => Record::Outbox(Bare { schema, body: body()? }),
        "oddities" => Record::Oddities(Bare { schema, body: body()? }),
        "jobs" => {
            let job = Asked {
                id: id(),
                schema,
                body: body()?,
                class: named("class"),
                state: named("state"),
                due: maybe_time(row, "due"),
                first_asked_at: maybe_time(row, "first_asked_at"),
                at_once: maybe_time(row, "at_once"),
                held_until: maybe_time(row, "held_until"),
                attempts: number(row, "attempts"),
                reason: text(row, "reason"),
                dead_at: maybe_time(row, "dead_at"),
                last: row.get("last").and_then(|last| deserialize_from_bson(last.clone()).ok()).map(in_order),
            };
            Record::Jobs(job.without_lease(maybe_time(row, "lease_until")))
        }
        "audit" => Record::Audit(Line {
            business: text(row, "business"),
            at: time(collection, row, "at")?,
            schema,
            body: body()?,
        }),
        "early_statuses" => Record::EarlyStatuses(Early {
            channel: named("channel"),
            provider_id: named("provider_id"),
            state: named("state"),
            reason: text(row, "reason"),
            at: time(collection, row, "at")?,
            kept_at: time(collection, row, "kept_at")?,
        }),
        "counters" => {
            let name = id();
            if is_own(&name) {
                return Ok(None);
            }
            Record::Counters(Counter { name, value: number(row, "value") })
        }
        _ => Record::of_document(
            collection,
            Whole { id: id(), version: super::rows::count(row, "version"), schema, body: body()? },
        ),
    }))
}

/// Whether a counter is of this database alone.
pub(super) fn is_own(counter: &str) -> bool {
    OWN_COUNTERS.contains(&counter) || counter.starts_with(LANES) || counter.starts_with(CALENDARS)
}

/// A turn that was never asked for, as if it had been asked for when its message came.
fn turn(id: String, (chat, at): &(ConversationId, DateTime<Utc>)) -> Result<Record, StoreError> {
    let kind = JobKind::Turn { conversation: chat.clone() };
    let body = serde_json::to_value(&kind).map_err(|_| StoreError::Unreadable {
        collection: "jobs",
        id: id.clone(),
        problem: "it cannot be written as JSON".to_owned(),
    })?;
    Ok(Record::Jobs(Asked {
        id,
        schema: i64::from(SCHEMA_VERSION),
        body: in_order(body),
        class: kind.class().key().to_owned(),
        state: "ready".to_owned(),
        due: Some(*at),
        first_asked_at: Some(*at),
        at_once: Some(*at),
        held_until: None,
        attempts: 0,
        reason: None,
        dead_at: None,
        last: None,
    }))
}

fn too_slow(error: Error) -> StoreError {
    match &*error.kind {
        ErrorKind::Command(command) if command.code == SNAPSHOT_TOO_OLD => StoreError::Unavailable(
            "MongoDB no longer has the moment at which the reading began: try again when it has less to do, or raise \
             its parameter minSnapshotHistoryWindowInSeconds (300 by default)"
                .to_owned(),
        ),
        _ => error.into(),
    }
}
