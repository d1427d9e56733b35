//! What providers tell about our messages: in any order, repeated, and sometimes before their own answer to the
//! sending. A status never takes a message back.

use super::errors::Failure;
use super::rows::{date, of_word, text, word};
use super::transaction::Transaction;
use super::{Mongo, asks};
use crate::store::StoreError;
use crate::store::documents::{DeliveryState, JobKind, NewJob, OutboxRow, Recorded, StatusEvent};
use chrono::{DateTime, Utc};
use mongodb::ClientSession;
use mongodb::bson::{Bson, Document, doc};
use mongodb::options::ReturnDocument;

/// How many statuses of unknown messages are kept. They may also belong to messages that somebody sent by hand.
const EARLY_KEPT: u64 = 1_000;

impl Mongo {
    pub(in crate::store) async fn record_statuses(
        &self,
        events: Vec<StatusEvent>,
        now: DateTime<Utc>,
    ) -> Result<Vec<Recorded>, StoreError> {
        self.within(async {
            let mut transaction = Transaction::of(self, std::iter::empty()).await?;
            let recorded = loop {
                transaction.begin().await?;
                let recorded = self.record_all(&mut transaction.session, &events, now).await;
                if let Some(recorded) = transaction.end(recorded).await? {
                    break recorded;
                }
            };
            if recorded.contains(&Recorded::Unknown) {
                self.forget_oldest().await?;
            }
            Ok(recorded)
        })
        .await
    }

    async fn record_all(
        &self,
        session: &mut ClientSession,
        events: &[StatusEvent],
        now: DateTime<Utc>,
    ) -> Result<Vec<Recorded>, Failure> {
        let mut recorded = Vec::with_capacity(events.len());
        for event in events {
            recorded.push(self.record(session, event, now).await?);
        }
        Ok(recorded)
    }

    async fn record(
        &self,
        session: &mut ClientSession,
        event: &StatusEvent,
        now: DateTime<Utc>,
    ) -> Result<Recorded, Failure> {
        let by_id = match &event.outbox {
            Some(id) => self.find_outbox(session, id).await?,
            None => None,
        };
        let found = match by_id {
            Some(row) => Some(row),
            None => self.find_by_provider_id(Some(&mut *session), event.channel, &event.provider_id).await?,
        };
        let Some(mut row) = found else {
            self.keep_early(session, event, now).await?;
            return Ok(Recorded::Unknown);
        };
        let from = row.state;
        let had_provider_id = row.provider_id.is_some();
        row.learn(event.state, event.reason.as_deref());
        if !had_provider_id {
            row.provider_id = Some(event.provider_id.clone());
            self.apply_early(session, &mut row).await?;
        }
        if had_provider_id && row.state == from {
            return Ok(Recorded::Unchanged);
        }
        self.write_outbox(session, &row).await?;
        if row.state == from {
            return Ok(Recorded::Unchanged);
        }
        if from.is_in_lane() {
            let kind = JobKind::Deliver { conversation: row.conversation.clone() };
            let delivery = NewJob { kind, due: now, gather_ms: None };
            asks::ask_within(&self.inner.database, session, &[delivery], now).await?;
        }
        Ok(Recorded::Changed { from, row: Box::new(row) })
    }

    /// Applies the status that came before the row had its provider's id, and forgets it.
    ///
    /// It is written to before it is deleted, also when it is not there: two transactions, one that keeps a status of
    /// a message it does not find and one that gives the message its id, then meet, and the later one sees the other.
    pub(super) async fn apply_early(
        &self,
        session: &mut ClientSession,
        row: &mut OutboxRow,
    ) -> Result<(), Failure> {
        let Some(provider_id) = row.provider_id.clone() else { return Ok(()) };
        let early = self.collection("early_statuses");
        let channel = self.channel_of(Some(&mut *session), row.conversation.as_str()).await?;
        let kept = match channel {
            Some(channel) => {
                let key = key(&channel, &provider_id);
                let kept = early
                    .find_one_and_update(doc! { "_id": key.clone() }, doc! { "$set": { "is_taken": true } })
                    .upsert(true)
                    .return_document(ReturnDocument::Before)
                    .session(&mut *session)
                    .await?;
                early.delete_one(doc! { "_id": key }).session(session).await?;
                kept
            }
            None => early.find_one_and_delete(doc! { "provider_id": provider_id }).session(session).await?,
        };
        if let Some(kept) = kept {
            row.learn(of_word("early_statuses", &kept, "state")?, text(&kept, "reason").as_deref());
        }
        Ok(())
    }

    /// Keeps the furthest status of an unknown message.
    async fn keep_early(
        &self,
        session: &mut ClientSession,
        event: &StatusEvent,
        now: DateTime<Utc>,
    ) -> Result<(), Failure> {
        let early = self.collection("early_statuses");
        let channel = event.channel.key();
        let key = key(channel, &event.provider_id);
        let before = match early.find_one(doc! { "_id": key.clone() }).session(&mut *session).await? {
            Some(row) => of_word("early_statuses", &row, "state")?,
            None => DeliveryState::Sending,
        };
        if !before.learns(event.state) {
            return Ok(());
        }
        let row = doc! {
            "channel": channel, "provider_id": &event.provider_id, "state": word(&event.state),
            "reason": event.reason.as_deref().map_or(Bson::Null, Bson::from),
            "at": date(event.at), "kept_at": date(now),
        };
        early.update_one(doc! { "_id": key }, doc! { "$set": row }).upsert(true).session(session).await?;
        Ok(())
    }

    /// The oldest go when there are too many.
    async fn forget_oldest(&self) -> Result<(), StoreError> {
        let early = self.collection("early_statuses");
        let last = early
            .find_one(doc! {})
            .sort(doc! { "kept_at": -1 })
            .skip(EARLY_KEPT - 1)
            .projection(doc! { "kept_at": 1 })
            .await?;
        if let Some(Bson::DateTime(last)) = last.and_then(|row| row.get("kept_at").cloned()) {
            early.delete_many(doc! { "kept_at": { "$lt": last } }).await?;
        }
        Ok(())
    }
}

fn key(channel: &str, provider_id: &str) -> Document {
    doc! { "channel": channel, "provider_id": provider_id }
}
