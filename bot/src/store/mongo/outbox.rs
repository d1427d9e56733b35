//! Messages to people: the lane of each chat, in the order in which they were decided.

use super::errors::{Failure, is_duplicate};
use super::rows::{arrival, body, date, maybe_date, parse, parse_all, text};
use super::transaction::Transaction;
use super::{Mongo, views};
use crate::store::StoreError;
use crate::store::documents::{DeliveryState, Job, OutboxRow, SCHEMA_VERSION};
use agents::id::{BusinessId, ConversationId, OutboxId};
use agents::message::Channel;
use chrono::{DateTime, Utc};
use mongodb::ClientSession;
use mongodb::bson::{Bson, Document, doc};
use std::collections::BTreeMap;

/// A row as it was written.
struct Written {
    row: OutboxRow,
    /// Whether it has its provider's id only now: what a status told before that was kept elsewhere.
    learned_id: bool,
}

impl Mongo {
    pub(in crate::store) async fn outbox_waiting(
        &self,
        conversation: &ConversationId,
        limit: u32,
    ) -> Result<Vec<OutboxRow>, StoreError> {
        self.within(async {
            let [waiting] = self.several([views::waiting(conversation, limit)]).await?;
            parse_all("outbox", &waiting)
        })
        .await
    }

    pub(in crate::store) async fn outbox_of_business(
        &self,
        business: &BusinessId,
        limit: u32,
    ) -> Result<Vec<OutboxRow>, StoreError> {
        self.within(async {
            let wanted = doc! { "business": business.as_str() };
            parse_all("outbox", &self.find("outbox", wanted, doc! { "arrival": -1 }, Some(limit)).await?)
        })
        .await
    }

    pub(in crate::store) async fn waiting_lanes(&self) -> Result<Vec<ConversationId>, StoreError> {
        self.within(async {
            let lanes = self
                .collection("outbox")
                .distinct("conversation", doc! { "conversation": { "$gt": "" }, "is_waiting": true })
                .await?;
            let names = lanes.iter().filter_map(|lane| lane.as_str());
            Ok(names.map(|name| ConversationId::new(name.to_owned())).collect())
        })
        .await
    }

    pub(in crate::store) async fn provider_ids(
        &self,
        conversation: &ConversationId,
        limit: u32,
    ) -> Result<Vec<String>, StoreError> {
        self.within(async {
            let wanted = doc! { "conversation": conversation.as_str(), "provider_id": { "$type": "string" } };
            // In the order of the index; within a lane it is the order of deciding.
            let order = doc! { "created_at": -1, "sequence": -1 };
            let rows = self.find("outbox", wanted, order, Some(limit)).await?;
            Ok(rows.iter().filter_map(|row| text(row, "provider_id")).collect())
        })
        .await
    }

    pub(in crate::store) async fn outbox_by_id(
        &self,
        id: &OutboxId,
    ) -> Result<Option<OutboxRow>, StoreError> {
        self.within(async {
            let found = self.collection("outbox").find_one(doc! { "_id": id.as_str() }).await?;
            found.map(|row| parse("outbox", &row)).transpose()
        })
        .await
    }

    pub(in crate::store) async fn outbox_by_provider_id(
        &self,
        channel: Channel,
        provider_id: &str,
    ) -> Result<Option<OutboxRow>, StoreError> {
        self.within(async { Ok(self.find_by_provider_id(None, channel, provider_id).await?) }).await
    }

    pub(in crate::store) async fn update_outbox(
        &self,
        under: &Job,
        row: OutboxRow,
        now: DateTime<Utc>,
    ) -> Result<OutboxRow, StoreError> {
        self.within(async {
            match self.write_over(Some(under), &row, now).await {
                Ok(written) => self.with_early_if_new(written, now).await,
                Err(refused) => Err(self.reason(Some(under), refused, now).await),
            }
        })
        .await
    }

    /// Two writes and no transaction: who dies in between leaves a job whose lease ends, and a lane in which nothing waits. The
    /// second is not waited for, since it would be done again.
    pub(in crate::store) async fn record_sent(
        &self,
        under: &Job,
        row: OutboxRow,
        is_last: bool,
        now: DateTime<Utc>,
    ) -> Result<(OutboxRow, bool), StoreError> {
        self.within(async {
            let marked = OutboxRow { state: DeliveryState::Sending, ..row.clone() };
            let written = match self.replace_as_read(&marked, &row).await {
                Ok(()) => Written { row, learned_id: true },
                // A status was faster, or somebody found out what became of it.
                Err(StoreError::Version { .. }) => self.write_over(None, &row, now).await?,
                Err(error) => return Err(error),
            };
            let row = self.with_early_if_new(written, now).await?;
            let is_held = !is_last || self.end_not_waiting(under, now).await?;
            Ok((row, is_held))
        })
        .await
    }

    /// The row, with what a status told of it before it had its provider's id.
    async fn with_early_if_new(&self, written: Written, now: DateTime<Utc>) -> Result<OutboxRow, StoreError> {
        if written.learned_id { self.with_early(written.row, now).await } else { Ok(written.row) }
    }

    /// Writes a row over the one that is there: under the lease of its lane, or whoever has it.
    async fn write_over(
        &self,
        under: Option<&Job>,
        row: &OutboxRow,
        now: DateTime<Utc>,
    ) -> Result<Written, StoreError> {
        let mut transaction = Transaction::of(self, std::iter::once(&row.conversation)).await?;
        loop {
            transaction.begin().await?;
            let session = &mut transaction.session;
            let written = async {
                if let Some(job) = under {
                    self.hold(session, job, now).await?;
                }
                self.write_over_within(session, row).await
            };
            let written = written.await;
            if let Some(written) = transaction.end(written).await? {
                return Ok(written);
            }
        }
    }

    /// One write and no transaction: whether the row is as it was read is guard enough against another one who hands it
    /// over, so the lease is not asked here.
    pub(in crate::store) async fn mark_sending(
        &self,
        under: &Job,
        read: &OutboxRow,
        marked: &OutboxRow,
        now: DateTime<Utc>,
    ) -> Result<(), StoreError> {
        self.within(async {
            match self.replace_as_read(read, marked).await {
                Err(refused) => Err(self.reason(Some(under), refused, now).await),
                written => written,
            }
        })
        .await
    }

    pub(in crate::store) async fn unmark(
        &self,
        marked: &OutboxRow,
        read: &OutboxRow,
    ) -> Result<(), StoreError> {
        self.within(self.replace_as_read(marked, read)).await
    }

    /// Writes a row over the one that was read: see [`OutboxRow::is_as_read`].
    async fn replace_as_read(&self, read: &OutboxRow, row: &OutboxRow) -> Result<(), StoreError> {
        let as_read = doc! {
            "_id": row.id.as_str(), "state": read.state.key(), "body.attempts": i64::from(read.attempts),
        };
        let written = self.collection("outbox").update_one(as_read, doc! { "$set": fields(row)? }).await?;
        match written.matched_count {
            1 => Ok(()),
            _ => Err(StoreError::Version { collection: "outbox", id: row.id.to_string() }),
        }
    }

    /// Writes a row over the one that is there. Mostly nobody else has written to it, which one write finds out.
    async fn write_over_within(
        &self,
        session: &mut ClientSession,
        row: &OutboxRow,
    ) -> Result<Written, Failure> {
        let before: Vec<&str> = DeliveryState::ALL
            .iter()
            .filter(|before| before.may_become(row.state))
            .map(|before| before.key())
            .collect();
        let unknown = doc! { "_id": row.id.as_str(), "state": { "$in": before }, "provider_id": null };
        let rows = self.collection("outbox");
        let written = rows.update_one(unknown, doc! { "$set": fields(row)? }).session(&mut *session).await?;
        if written.matched_count == 1 {
            return Ok(Written { row: row.clone(), learned_id: row.provider_id.is_some() });
        }
        let Some(before) = self.find_outbox(session, &row.id).await? else {
            return Err(StoreError::Version { collection: "outbox", id: row.id.to_string() }.into());
        };
        let learned_id = row.provider_id.is_some() && before.provider_id != row.provider_id;
        let row = row.clone().written_over(before);
        self.write_outbox(session, &row).await?;
        Ok(Written { row, learned_id })
    }

    /// Adds rows at the ends of their chats' lanes, in order. A decision is committed once, so its rows cannot be
    /// there yet.
    pub(super) async fn queue_outbox(
        &self,
        session: &mut ClientSession,
        rows: &[OutboxRow],
    ) -> Result<(), Failure> {
        if rows.is_empty() {
            return Ok(());
        }
        let mut lanes = BTreeMap::<&str, usize>::new();
        for row in rows {
            *lanes.entry(row.conversation.as_str()).or_default() += 1;
        }
        let mut places = BTreeMap::new();
        for (conversation, wanted) in lanes {
            places.insert(conversation, self.places(session, conversation, wanted).await?);
        }
        let mut documents = Vec::with_capacity(rows.len());
        for row in rows {
            let mut document = fields(row)?;
            if let Some(place) = places.get_mut(row.conversation.as_str()) {
                document.insert("sequence", *place);
                *place += 1;
            }
            document.insert("_id", row.id.as_str());
            document.insert("business", row.business.as_str());
            document.insert("conversation", row.conversation.as_str());
            document.insert("created_at", date(row.created_at));
            document.insert("arrival", arrival());
            documents.push(document);
        }
        match self.collection("outbox").insert_many(documents).session(session).await {
            Ok(_) => Ok(()),
            Err(error) if is_duplicate(&error) => {
                let id = self.first_known(rows).await?;
                Err(StoreError::Version { collection: "outbox", id }.into())
            }
            Err(error) => Err(error.into()),
        }
    }

    /// The first row that is there already, or else is twice in one commit.
    async fn first_known(&self, rows: &[OutboxRow]) -> Result<String, Failure> {
        let ids: Vec<&str> = rows.iter().map(|row| row.id.as_str()).collect();
        let known = self.collection("outbox").find_one(doc! { "_id": { "$in": &ids } }).await?;
        let twice = || ids.iter().enumerate().find(|(at, id)| ids[..*at].contains(id)).map(|(_, id)| *id);
        let id = known.and_then(|row| text(&row, "_id")).or_else(|| twice().map(str::to_owned));
        Ok(id.unwrap_or_default())
    }

    /// Writes a row whole, at its place in the lane.
    pub(super) async fn write_outbox(
        &self,
        session: &mut ClientSession,
        row: &OutboxRow,
    ) -> Result<(), Failure> {
        let wanted = doc! { "_id": row.id.as_str() };
        self.collection("outbox").update_one(wanted, doc! { "$set": fields(row)? }).session(session).await?;
        Ok(())
    }

    pub(super) async fn find_outbox(
        &self,
        session: &mut ClientSession,
        id: &OutboxId,
    ) -> Result<Option<OutboxRow>, Failure> {
        let found = self.collection("outbox").find_one(doc! { "_id": id.as_str() }).session(session).await?;
        Ok(found.map(|row| parse("outbox", &row)).transpose()?)
    }

    /// The row with a provider's id. Two providers may use the same id, so the channel of the chat must fit.
    pub(super) async fn find_by_provider_id(
        &self,
        mut session: Option<&mut ClientSession>,
        channel: Channel,
        provider_id: &str,
    ) -> Result<Option<OutboxRow>, Failure> {
        let wanted = doc! { "provider_id": provider_id };
        let order = doc! { "arrival": -1 };
        let rows = match session.as_deref_mut() {
            Some(session) => self.find_within(session, "outbox", wanted, order, None).await?,
            None => self.find("outbox", wanted, order, None).await?,
        };
        for row in rows {
            let conversation = text(&row, "conversation").unwrap_or_default();
            let of_chat = self.channel_of(session.as_deref_mut(), &conversation).await?;
            if of_chat.is_none_or(|of_chat| of_chat == channel.key()) {
                return Ok(Some(parse("outbox", &row)?));
            }
        }
        Ok(None)
    }

    /// The channel of a chat that is stored.
    pub(super) async fn channel_of(
        &self,
        session: Option<&mut ClientSession>,
        conversation: &str,
    ) -> Result<Option<String>, Failure> {
        let conversations = self.collection("conversations");
        let find = conversations.find_one(doc! { "_id": conversation }).projection(doc! { "channel": 1 });
        let found = match session {
            Some(session) => find.session(session).await?,
            None => find.await?,
        };
        Ok(found.and_then(|row| text(&row, "channel")))
    }
}

/// What changes with a row. Place, chat and business never do.
pub(super) fn fields(row: &OutboxRow) -> Result<Document, StoreError> {
    Ok(doc! {
        "schema": SCHEMA_VERSION,
        "state": row.state.key(),
        "is_waiting": matches!(row.state, DeliveryState::Queued | DeliveryState::Sending),
        "provider_id": row.provider_id.as_deref().map_or(Bson::Null, Bson::from),
        "not_before": maybe_date(row.not_before),
        "due": date(row.not_before.unwrap_or(row.created_at)),
        "body": body("outbox", row.id.as_str(), row)?,
    })
}
