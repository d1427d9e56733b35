//! What providers tell about our messages: in any order, repeated, and sometimes before their own answer to the
//! sending. A status never takes a message back.

use super::errors::Failure;
use super::rows::{date, of_word, parse, text, time, word};
use super::transaction::Transaction;
use super::{Mongo, asks};
use crate::store::StoreError;
use crate::store::documents::{DeliveryState, JobKind, NewJob, OutboxRow, Recorded, StatusEvent};
use agents::message::Channel;
use chrono::{DateTime, Utc};
use mongodb::ClientSession;
use mongodb::bson::{Bson, Document, doc};

/// How many statuses of unknown messages are kept. They may also belong to messages that somebody sent by hand.
const EARLY_KEPT: u64 = 1_000;

impl Mongo {
    pub(in crate::store) async fn record_statuses(
        &self,
        events: Vec<StatusEvent>,
        now: DateTime<Utc>,
    ) -> Result<Vec<Recorded>, StoreError> {
        self.within(async {
            let mut recorded = Vec::with_capacity(events.len());
            for (event, told) in events.iter().zip(self.record_within(&events, now).await?) {
                recorded.push(match told {
                    (Recorded::Unknown, _) => self.look_again(event, now).await?,
                    (told, None) => told,
                    (told, Some(row)) => {
                        let from = match told {
                            Recorded::Changed { from, .. } => from,
                            Recorded::Unchanged | Recorded::Unknown => row.state,
                        };
                        let row = Box::new(self.with_early(row, now).await?);
                        if row.state == from { Recorded::Unchanged } else { Recorded::Changed { from, row } }
                    }
                });
            }
            if recorded.contains(&Recorded::Unknown) {
                self.forget_oldest().await?;
            }
            Ok(recorded)
        })
        .await
    }

    /// Looks once more for the message of a status that was kept: the lane that has learned its id meanwhile may have
    /// looked for the status too soon.
    async fn look_again(&self, event: &StatusEvent, now: DateTime<Utc>) -> Result<Recorded, StoreError> {
        if self.find_by_provider_id(None, event.channel, &event.provider_id).await?.is_none() {
            return Ok(Recorded::Unknown);
        }
        let event = std::slice::from_ref(event);
        let recorded = self.record_within(event, now).await?;
        self.forget_statuses(event).await?;
        Ok(recorded.into_iter().next().map_or(Recorded::Unchanged, |(told, _)| told))
    }

    /// What became of each event, with the row that has its provider's id only by it.
    async fn record_within(
        &self,
        events: &[StatusEvent],
        now: DateTime<Utc>,
    ) -> Result<Vec<(Recorded, Option<OutboxRow>)>, StoreError> {
        let mut transaction = Transaction::of(self, std::iter::empty()).await?;
        loop {
            transaction.begin().await?;
            let recorded = self.record_all(&mut transaction.session, events, now).await;
            let Some(recorded) = transaction.end(recorded).await? else { continue };
            return Ok(recorded);
        }
    }

    async fn record_all(
        &self,
        session: &mut ClientSession,
        events: &[StatusEvent],
        now: DateTime<Utc>,
    ) -> Result<Vec<(Recorded, Option<OutboxRow>)>, Failure> {
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
    ) -> Result<(Recorded, Option<OutboxRow>), Failure> {
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
            return Ok((Recorded::Unknown, None));
        };
        let from = row.state;
        let learns_id = row.provider_id.is_none();
        row.learn(event.state, event.reason.as_deref());
        row.provider_id.get_or_insert_with(|| event.provider_id.clone());
        if row.state == from && !learns_id {
            return Ok((Recorded::Unchanged, None));
        }
        self.write_outbox(session, &row).await?;
        let learned = learns_id.then(|| row.clone());
        if row.state == from {
            return Ok((Recorded::Unchanged, learned));
        }
        if from.is_in_lane() {
            let kind = JobKind::Deliver { conversation: row.conversation.clone() };
            let delivery = NewJob { kind, due: now, gather_ms: None };
            asks::ask_within(&self.inner.database, session, &[delivery], now).await?;
        }
        Ok((Recorded::Changed { from, row: Box::new(row) }, learned))
    }

    /// Applies the status that came before a row had its provider's id, which was written just now; returns the row as it
    /// is then. Who keeps a status of a message that is not found looks for it once more afterwards, and this looks
    /// after writing: whoever is later sees the other. If a process dies before its look, [`Mongo::kept_statuses`] has it.
    pub(super) async fn with_early(
        &self,
        row: OutboxRow,
        now: DateTime<Utc>,
    ) -> Result<OutboxRow, StoreError> {
        let Some(provider_id) = &row.provider_id else { return Ok(row) };
        let wanted = doc! { "provider_id": provider_id.as_str() };
        let kept = self.known_of(self.find("early_statuses", wanted, doc! {}, None).await?).await?;
        if kept.is_empty() {
            return Ok(row);
        }
        self.record_within(&kept, now).await?;
        self.forget_statuses(&kept).await?;
        let found = self.collection("outbox").find_one(doc! { "_id": row.id.as_str() }).await?;
        Ok(found.map(|found| parse("outbox", &found)).transpose()?.unwrap_or(row))
    }

    /// Statuses that were kept of messages that are known by now: a process died before it looked for them.
    pub(in crate::store) async fn kept_statuses(&self) -> Result<Vec<StatusEvent>, StoreError> {
        self.within(async {
            let kept = self.find("early_statuses", doc! {}, doc! { "kept_at": -1 }, None).await?;
            self.known_of(kept).await
        })
        .await
    }

    /// Those of messages that are known.
    async fn known_of(&self, kept: Vec<Document>) -> Result<Vec<StatusEvent>, StoreError> {
        let mut known = Vec::new();
        for row in kept {
            let channel: Channel = of_word("early_statuses", &row, "channel")?;
            let provider_id = text(&row, "provider_id").unwrap_or_default();
            if self.find_by_provider_id(None, channel, &provider_id).await?.is_some() {
                known.push(StatusEvent {
                    channel,
                    outbox: None,
                    provider_id,
                    state: of_word("early_statuses", &row, "state")?,
                    reason: text(&row, "reason"),
                    at: time("early_statuses", &row, "at")?,
                });
            }
        }
        Ok(known)
    }

    /// Keeps statuses no longer that were recorded.
    pub(in crate::store) async fn forget_statuses(&self, recorded: &[StatusEvent]) -> Result<(), StoreError> {
        let keys: Vec<Document> =
            recorded.iter().map(|event| key(event.channel.key(), &event.provider_id)).collect();
        self.collection("early_statuses").delete_many(doc! { "_id": { "$in": keys } }).await?;
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
