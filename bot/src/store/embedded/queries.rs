//! Questions by name. Each has an index that answers it, and each sees everything that was committed before.

use super::Embedded;
use super::rows::{
    Raw, count, documents, id_list, maybe_time, micros, of_word, rows, stored_count, time, word,
};
use super::schema::COLLECTIONS;
use super::slots::{STEP, step_of};
use crate::store::StoreError;
use crate::store::documents::{Claim, InboundRow, Noted, Oddity, OutboxRow, Said, Stored};
use crate::store::history::merged;
use agents::conversation::Conversation;
use agents::id::{AppointmentId, BusinessId, ContactId, ConversationId, ProId};
use agents::lead::{Appointment, Lead, Status};
use agents::pro::Pro;
use chrono::{DateTime, Utc};
use rusqlite::types::Value;
use rusqlite::{Connection, params, params_from_iter};
use serde::de::DeserializeOwned;
use std::collections::{BTreeMap, HashMap};

/// How many jobs pros have: every turn asks, so no lead is read for it.
pub(super) const JOBS: &str = "SELECT pro, count(*) FROM leads INDEXED BY leads_by_pro_and_status
    WHERE business = ?1 AND pro IN (SELECT value FROM json_each(?2)) AND status IN ('new', 'booked') GROUP BY pro";

impl Embedded {
    /// The document with this id in one of the collections of documents.
    pub(in crate::store) async fn document<T: DeserializeOwned + Send + 'static>(
        &self,
        collection: &'static str,
        id: &str,
    ) -> Result<Option<Stored<T>>, StoreError> {
        let found = self.find(collection, "id = ?1", vec![Value::from(id.to_owned())]).await?;
        Ok(found.into_iter().next())
    }

    pub(in crate::store) async fn all<T: DeserializeOwned + Send + 'static>(
        &self,
        collection: &'static str,
    ) -> Result<Vec<Stored<T>>, StoreError> {
        self.find(collection, "true ORDER BY id", vec![]).await
    }

    /// The documents with these ids in a collection.
    pub(in crate::store) async fn documents_with<T: DeserializeOwned + Send + 'static>(
        &self,
        collection: &'static str,
        ids: Vec<&str>,
    ) -> Result<Vec<Stored<T>>, StoreError> {
        let wanted = "id IN (SELECT value FROM json_each(?1))";
        self.find(collection, wanted, vec![Value::from(id_list(ids.into_iter()))]).await
    }

    pub(in crate::store) async fn appointments_of_pro(
        &self,
        pro: &ProId,
        from: DateTime<Utc>,
        to: DateTime<Utc>,
        limit: u32,
    ) -> Result<Vec<Stored<Appointment>>, StoreError> {
        let wanted = "pro = ?1 AND starts_at >= ?2 AND starts_at < ?3 ORDER BY starts_at, id LIMIT ?4";
        let values = vec![
            Value::from(pro.as_str().to_owned()),
            Value::from(micros(from)),
            Value::from(micros(to)),
            Value::from(i64::from(limit)),
        ];
        self.find("appointments", wanted, values).await
    }

    pub(in crate::store) async fn pros(&self, business: &BusinessId) -> Result<Vec<Stored<Pro>>, StoreError> {
        self.find("members", "business = ?1 ORDER BY id", vec![Value::from(business.as_str().to_owned())])
            .await
    }

    /// The newest documents of a business in a collection, newest first.
    pub(in crate::store) async fn documents_of<T: serde::de::DeserializeOwned + Send + 'static>(
        &self,
        collection: &'static str,
        business: &BusinessId,
        limit: u32,
    ) -> Result<Vec<Stored<T>>, StoreError> {
        let values = vec![Value::from(business.as_str().to_owned()), Value::from(i64::from(limit))];
        self.find(collection, "business = ?1 ORDER BY rowid DESC LIMIT ?2", values).await
    }

    pub(in crate::store) async fn pro_by_phone(
        &self,
        business: &BusinessId,
        phone: &str,
    ) -> Result<Option<Stored<Pro>>, StoreError> {
        let values = vec![Value::from(business.as_str().to_owned()), Value::from(phone.to_owned())];
        let found = self.find("members", "business = ?1 AND phone = ?2 ORDER BY id LIMIT 1", values).await?;
        Ok(found.into_iter().next())
    }

    pub(in crate::store) async fn conversation_of_contact(
        &self,
        contact: &ContactId,
    ) -> Result<Option<Stored<Conversation>>, StoreError> {
        let wanted = "contact = ?1 ORDER BY last_inbound_at DESC, id LIMIT 1";
        let found =
            self.find("conversations", wanted, vec![Value::from(contact.as_str().to_owned())]).await?;
        Ok(found.into_iter().next())
    }

    pub(in crate::store) async fn conversations_of_contact(
        &self,
        contact: &ContactId,
    ) -> Result<Vec<Stored<Conversation>>, StoreError> {
        let wanted = "contact = ?1 ORDER BY last_inbound_at DESC, id";
        self.find("conversations", wanted, vec![Value::from(contact.as_str().to_owned())]).await
    }

    pub(in crate::store) async fn leads_of_contact(
        &self,
        contact: &ContactId,
    ) -> Result<Vec<Stored<Lead>>, StoreError> {
        let wanted = "contact = ?1 ORDER BY number DESC";
        self.find("leads", wanted, vec![Value::from(contact.as_str().to_owned())]).await
    }

    pub(in crate::store) async fn leads_of_pro(&self, pro: &ProId) -> Result<Vec<Stored<Lead>>, StoreError> {
        let wanted = "pro = ?1 AND is_open = 1 ORDER BY number";
        self.find("leads", wanted, vec![Value::from(pro.as_str().to_owned())]).await
    }

    pub(in crate::store) async fn ended_leads_of_pro(
        &self,
        pro: &ProId,
        limit: u32,
    ) -> Result<Vec<Stored<Lead>>, StoreError> {
        let wanted = "pro = ?1 AND is_open = 0 ORDER BY number DESC LIMIT ?2";
        self.find("leads", wanted, vec![Value::from(pro.as_str().to_owned()), Value::from(i64::from(limit))])
            .await
    }

    pub(in crate::store) async fn leads_in(
        &self,
        business: &BusinessId,
        status: Status,
        limit: u32,
    ) -> Result<Vec<Stored<Lead>>, StoreError> {
        let values = vec![
            Value::from(business.as_str().to_owned()),
            Value::from(word(&status)),
            Value::from(i64::from(limit)),
        ];
        self.find("leads", "business = ?1 AND status = ?2 ORDER BY number DESC LIMIT ?3", values).await
    }

    pub(in crate::store) async fn lead_by_number(
        &self,
        business: &BusinessId,
        number: u64,
    ) -> Result<Option<Stored<Lead>>, StoreError> {
        let values = vec![Value::from(business.as_str().to_owned()), Value::from(stored_count(number))];
        let found = self.find("leads", "business = ?1 AND number = ?2", values).await?;
        Ok(found.into_iter().next())
    }

    pub(in crate::store) async fn leads_by_status(
        &self,
        business: &BusinessId,
    ) -> Result<HashMap<Status, u64>, StoreError> {
        let business = business.clone();
        self.read(move |connection| {
            let mut statement = connection
                .prepare_cached("SELECT status, count(*) FROM leads WHERE business = ?1 GROUP BY status")?;
            let rows = statement.query_map([business.as_str()], |row| {
                Ok((row.get::<_, String>(0)?, row.get::<_, i64>(1)?))
            })?;
            rows.map(|row| {
                let (status, leads) = row?;
                Ok((of_word("leads", status)?, count(leads)))
            })
            .collect()
        })
        .await
    }

    pub(in crate::store) async fn open_job_counts(
        &self,
        business: &BusinessId,
        pros: &[ProId],
    ) -> Result<HashMap<ProId, u32>, StoreError> {
        let (business, pros) = (business.clone(), pros.to_vec());
        self.read(move |connection| {
            let mut statement = connection.prepare_cached(JOBS)?;
            let mut counts: HashMap<_, _> = pros.iter().map(|pro| (pro.clone(), 0)).collect();
            let ids = id_list(pros.iter().map(ProId::as_str));
            let mut rows = statement.query(params![business.as_str(), ids])?;
            while let Some(row) = rows.next()? {
                counts.insert(ProId::new(row.get::<_, String>(0)?), row.get(1)?);
            }
            Ok(counts)
        })
        .await
    }

    pub(in crate::store) async fn claims(
        &self,
        pros: &[ProId],
        from: DateTime<Utc>,
        to: DateTime<Utc>,
        now: DateTime<Utc>,
    ) -> Result<Vec<Claim>, StoreError> {
        let pros = id_list(pros.iter().map(ProId::as_str));
        self.read(move |connection| {
            let mut statement = connection.prepare_cached(
                "SELECT pro, step, appointment, until FROM slot_claims
                 WHERE pro IN (SELECT value FROM json_each(?1)) AND step >= ?2 AND step < ?3
                   AND (until IS NULL OR until > ?4)
                 ORDER BY pro, step",
            )?;
            let first = step_of(from);
            let mut rows =
                statement.query(params![pros, first, micros(to).min(i64::MAX - STEP), micros(now)])?;
            let mut claims = Vec::new();
            while let Some(row) = rows.next()? {
                claims.push(Claim {
                    pro: ProId::new(row.get::<_, String>(0)?),
                    step: time(row.get(1)?)?,
                    appointment: AppointmentId::new(row.get::<_, String>(2)?),
                    until: maybe_time(row.get(3)?)?,
                });
            }
            Ok(claims)
        })
        .await
    }

    pub(in crate::store) async fn inbox(
        &self,
        conversation: &ConversationId,
    ) -> Result<Vec<InboundRow>, StoreError> {
        let conversation = conversation.clone();
        self.read(move |connection| {
            rows(
                connection,
                "messages",
                "SELECT id, schema, body FROM messages
                 WHERE conversation = ?1 AND handled_at IS NULL ORDER BY at, arrival",
                [conversation.as_str()],
            )
        })
        .await
    }

    pub(in crate::store) async fn history(
        &self,
        conversation: &ConversationId,
        limit: u32,
    ) -> Result<Vec<Said>, StoreError> {
        let conversation = conversation.clone();
        self.read(move |connection| history(connection, &conversation, limit)).await
    }

    pub(in crate::store) async fn oddities(&self, limit: u32) -> Result<Vec<Oddity>, StoreError> {
        self.read(move |connection| {
            rows(
                connection,
                "oddities",
                "SELECT CAST(number AS TEXT), schema, body FROM oddities ORDER BY number DESC LIMIT ?1",
                [limit],
            )
        })
        .await
    }

    pub(in crate::store) async fn notes(&self, limit: u32) -> Result<Vec<Noted>, StoreError> {
        self.read(move |connection| {
            let mut statement = connection.prepare_cached(
                "SELECT CAST(number AS TEXT), schema, body, business, at FROM audit ORDER BY number DESC LIMIT ?1",
            )?;
            let mut rows = statement.query([limit])?;
            let mut notes = Vec::new();
            while let Some(row) = rows.next()? {
                notes.push(Noted {
                    business: row.get::<_, Option<String>>(3)?.map(BusinessId::new),
                    at: time(row.get(4)?)?,
                    note: Raw::of(row)?.parse("audit")?,
                });
            }
            Ok(notes)
        })
        .await
    }

    pub(in crate::store) async fn counts(&self) -> Result<BTreeMap<&'static str, u64>, StoreError> {
        self.read(|connection| {
            COLLECTIONS
                .iter()
                .map(|collection| {
                    let sql = format!("SELECT count(*) FROM {collection}");
                    let found = connection.prepare_cached(&sql)?.query_row([], |row| row.get(0))?;
                    Ok((*collection, count(found)))
                })
                .collect()
        })
        .await
    }

    async fn find<T: DeserializeOwned + Send + 'static>(
        &self,
        collection: &'static str,
        wanted: &'static str,
        values: Vec<Value>,
    ) -> Result<Vec<Stored<T>>, StoreError> {
        self.read(move |connection| {
            let sql = format!("SELECT id, schema, body, version FROM {collection} WHERE {wanted}");
            documents(connection, collection, &sql, params_from_iter(values))
        })
        .await
    }
}

/// Each side gives its newest lines, so that a long past is never read whole.
fn history(
    connection: &Connection,
    conversation: &ConversationId,
    limit: u32,
) -> Result<Vec<Said>, StoreError> {
    let heard: Vec<InboundRow> = rows(
        connection,
        "messages",
        "SELECT id, schema, body FROM messages WHERE conversation = ?1 AND has_words = 1
         ORDER BY at DESC, arrival DESC LIMIT ?2",
        params![conversation.as_str(), limit],
    )?;
    let told: Vec<OutboxRow> = rows(
        connection,
        "outbox",
        "SELECT id, schema, body FROM outbox WHERE conversation = ?1 AND state <> 'suppressed'
         ORDER BY created_at DESC, sequence DESC LIMIT ?2",
        params![conversation.as_str(), limit],
    )?;
    Ok(merged(heard, told, limit))
}
