//! Filling an empty database. While it is being filled one document says how far it is, and it is not served.

use super::Mongo;
use super::dump::is_own;
use super::errors::Failure;
use super::rows::{date, maybe_date, stored_count, text};
use super::transaction::Transaction;
use crate::store::StoreError;
use crate::store::moves::Filled;
use crate::store::records::{COLLECTIONS, Record};
use futures::TryStreamExt;
use mongodb::bson::{Document, doc};
use mongodb::options::Hint;
use mongodb::{ClientSession, Database};
use std::collections::BTreeMap;

/// The collection of the document that says how far the filling is.
pub(super) const MARKS: &str = "filling";

/// Its key.
const MARK: &str = "filling";

/// How far a half full database is; none of one that is served.
pub(super) async fn filled(database: &Database) -> Result<Option<Filled>, StoreError> {
    let mark = database.collection::<Document>(MARKS).find_one(doc! { "_id": MARK }).await?;
    Ok(mark.map(|mark| Filled {
        rows: super::rows::count(&mark, "rows"),
        digest: text(&mark, "digest").unwrap_or_default(),
    }))
}

impl Mongo {
    pub(in crate::store) async fn begin_filling(&self) -> Result<Option<Filled>, StoreError> {
        self.within(async {
            if let Some(filled) = filled(&self.inner.database).await? {
                return Ok(Some(filled));
            }
            for collection in COLLECTIONS {
                // More than a database has of its own while it is empty.
                let rows = self.collection(collection);
                let few = rows.find(doc! {}).hint(Hint::Keys(doc! { "_id": 1 })).limit(8).await?;
                let few: Vec<Document> = few.try_collect().await?;
                let is_empty = *collection == "counters"
                    && few.iter().all(|row| text(row, "_id").is_some_and(|name| is_own(&name)));
                if !few.is_empty() && !is_empty {
                    return Ok(None);
                }
            }
            let mark = doc! { "_id": MARK, "rows": 0_i64, "digest": "" };
            self.collection(MARKS).insert_one(mark).await?;
            Ok(Some(Filled::default()))
        })
        .await
    }

    pub(in crate::store) async fn fill(&self, rows: Vec<Record>, filled: Filled) -> Result<(), StoreError> {
        let first = stored_count(filled.rows) - i64::try_from(rows.len()).unwrap_or_default();
        let mut batches: BTreeMap<&'static str, Vec<Document>> = BTreeMap::new();
        let mut lanes: BTreeMap<String, i64> = BTreeMap::new();
        for (record, place) in rows.iter().zip(first + 1..) {
            let row = document(record, place)?;
            if matches!(record, Record::Outbox(_))
                && let Some(chat) = text(&row, "conversation")
            {
                lanes.insert(chat, place);
            }
            batches.entry(record.collection()).or_default().push(row);
        }
        let mut transaction = Transaction::of(self, std::iter::empty()).await?;
        loop {
            transaction.begin().await?;
            let written = self.write_batch(&mut transaction.session, &batches, &lanes, &filled).await;
            if transaction.end(written).await?.is_some() {
                return Ok(());
            }
        }
    }

    async fn write_batch(
        &self,
        session: &mut ClientSession,
        batches: &BTreeMap<&'static str, Vec<Document>>,
        lanes: &BTreeMap<String, i64>,
        filled: &Filled,
    ) -> Result<(), Failure> {
        for (collection, rows) in batches {
            self.collection(collection).insert_many(rows).session(&mut *session).await?;
        }
        if !lanes.is_empty() {
            let counted: Vec<Document> = lanes
                .iter()
                .map(|(chat, place)| {
                    doc! {
                        "q": { "_id": format!("lane/{chat}") }, "u": { "$max": { "value": place } }, "upsert": true,
                    }
                })
                .collect();
            let command = doc! { "update": "counters", "updates": counted };
            let answer = self.inner.database.run_command(command).session(&mut *session).await?;
            if let Some((_, code)) = super::asks::write_errors(&answer).first() {
                return Err(StoreError::Unavailable(format!("MongoDB refused a write ({code})")).into());
            }
        }
        let far = doc! { "$set": { "rows": stored_count(filled.rows), "digest": &filled.digest } };
        let marked = self.collection(MARKS).update_one(doc! { "_id": MARK }, far).session(session).await?;
        match marked.matched_count {
            1 => Ok(()),
            _ => Err(StoreError::Unavailable("somebody else ended the filling".to_owned()).into()),
        }
    }

    pub(in crate::store) async fn end_filling(&self) -> Result<(), StoreError> {
        self.within(async { Ok(self.collection(MARKS).drop().await?) }).await
    }
}

/// A row and whatever its queries look at. Its place in the whole is its place in every order of its collection.
fn document(record: &Record, place: i64) -> Result<Document, StoreError> {
    let body = |body: &serde_json::Value| super::rows::body(record.collection(), "", body);
    Ok(match record {
        Record::Businesses(row)
        | Record::Members(row)
        | Record::Contacts(row)
        | Record::Conversations(row)
        | Record::Leads(row)
        | Record::Appointments(row)
        | Record::Alerts(row)
        | Record::Users(row)
        | Record::Changes(row)
        | Record::Accounts(row)
        | Record::Places(row)
        | Record::Feeds(row) => {
            let mut fields = match record.document()? {
                Some(document) => super::documents::fields(&document)?,
                None => Document::new(),
            };
            fields.extend(doc! {
                "_id": &row.id, "version": stored_count(row.version), "schema": row.schema, "arrival": place,
                "body": body(&row.body)?,
            });
            fields
        }
        Record::SlotClaims(row) => doc! {
            "_id": { "pro": &row.pro, "step": date(row.step) },
            "pro": &row.pro, "step": date(row.step), "appointment": &row.appointment,
            "until": maybe_date(row.until),
        },
        Record::Messages(row) => {
            let mut fields = super::accept::message(&record.inbound(row)?)?;
            fields.extend(doc! {
                "_id": &row.id, "schema": row.schema, "arrival": place, "is_asked": true,
                "is_handled": row.handled_at.is_some(), "handled_at": maybe_date(row.handled_at),
                "body": body(&row.body)?,
            });
            fields
        }
        Record::Outbox(row) => {
            let message = record.outbound(row)?;
            let mut fields = super::outbox::fields(&message)?;
            fields.extend(doc! {
                "_id": message.id.as_str(), "business": message.business.as_str(),
                "conversation": message.conversation.as_str(), "created_at": date(message.created_at),
                "schema": row.schema, "arrival": place, "sequence": place, "body": body(&row.body)?,
            });
            fields
        }
        Record::Jobs(row) => doc! {
            "_id": &row.id, "schema": row.schema, "body": body(&row.body)?, "class": &row.class,
            "state": &row.state, "due": maybe_date(row.due), "wake_at": maybe_date(row.due),
            "first_asked_at": maybe_date(row.first_asked_at), "at_once": maybe_date(row.at_once),
            "held_until": maybe_date(row.held_until), "attempts": row.attempts, "reason": row.reason.as_deref(),
            "dead_at": maybe_date(row.dead_at), "token": 0_i64,
            "last": row.last.as_ref().map(body).transpose()?,
        },
        Record::Audit(row) => doc! {
            "schema": row.schema, "business": row.business.as_deref(), "at": date(row.at), "arrival": place,
            "body": body(&row.body)?,
        },
        Record::Oddities(row) => doc! { "schema": row.schema, "arrival": place, "body": body(&row.body)? },
        Record::EarlyStatuses(row) => doc! {
            "_id": { "channel": &row.channel, "provider_id": &row.provider_id },
            "channel": &row.channel, "provider_id": &row.provider_id, "state": &row.state,
            "reason": row.reason.as_deref(), "at": date(row.at), "kept_at": date(row.kept_at),
        },
        Record::ErasedChats(row) => doc! { "_id": &row.id, "at": date(row.at) },
        Record::Usage(row) => {
            let call = record.call(row)?;
            let mut fields = super::usage::fields(&call)?;
            fields.extend(doc! {
                "_id": &call.id, "schema": row.schema, "arrival": place, "body": body(&row.body)?,
            });
            fields
        }
        Record::UsageDays(row) => super::usage::total_row(row),
        Record::Counters(row) => doc! { "_id": &row.name, "value": row.value },
    })
}
