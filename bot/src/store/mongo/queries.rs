//! Questions by name. Each has an index that answers it, and each sees everything that was committed before.

use super::rows::{
    arrival, body, count, date, maybe_time, of_word, parse, parse_all, stored, stored_count, text, time, word,
};
use super::setup::COLLECTIONS;
use super::several::Question;
use super::slots::step_of;
use super::{Mongo, views};
use crate::store::documents::{
    Claim, InboundRow, Noted, ODDITIES_KEPT, Oddity, SCHEMA_VERSION, Said, Stored,
};
use crate::store::{StoreError, history};
use agents::conversation::Conversation;
use agents::id::{AppointmentId, BusinessId, ContactId, ConversationId, ProId};
use agents::lead::{Appointment, Lead, Status};
use agents::pro::Pro;
use chrono::{DateTime, Utc};
use futures::TryStreamExt;
use futures::future::try_join_all;
use mongodb::ClientSession;
use mongodb::bson::{self, Document, doc};
use serde::de::DeserializeOwned;
use std::collections::{BTreeMap, HashMap};

impl Mongo {
    /// The document with this id in one of the collections of documents.
    pub(in crate::store) async fn document<T: DeserializeOwned>(
        &self,
        collection: &'static str,
        id: &str,
    ) -> Result<Option<Stored<T>>, StoreError> {
        self.first(collection, doc! { "_id": id }, doc! {}).await
    }

    pub(in crate::store) async fn all<T: DeserializeOwned>(
        &self,
        collection: &'static str,
    ) -> Result<Vec<Stored<T>>, StoreError> {
        self.documents(collection, doc! {}, doc! { "_id": 1 }, None).await
    }

    /// The documents with these ids in a collection.
    pub(in crate::store) async fn documents_with<T: DeserializeOwned>(
        &self,
        collection: &'static str,
        ids: Vec<&str>,
    ) -> Result<Vec<Stored<T>>, StoreError> {
        self.documents(collection, doc! { "_id": { "$in": ids } }, doc! { "_id": 1 }, None).await
    }

    pub(in crate::store) async fn appointments_of_pro(
        &self,
        pro: &ProId,
        from: DateTime<Utc>,
        to: DateTime<Utc>,
        limit: u32,
    ) -> Result<Vec<Stored<Appointment>>, StoreError> {
        let wanted = doc! { "pro": pro.as_str(), "starts_at": { "$gte": date(from), "$lt": date(to) } };
        self.documents("appointments", wanted, doc! { "starts_at": 1, "_id": 1 }, Some(limit)).await
    }

    pub(in crate::store) async fn pros(&self, business: &BusinessId) -> Result<Vec<Stored<Pro>>, StoreError> {
        self.within(async {
            let [pros] = self.several([pros(business)]).await?;
            self.known("members", &pros).await
        })
        .await
    }

    /// The newest documents of a business in a collection, newest first.
    pub(in crate::store) async fn documents_of<T: DeserializeOwned>(
        &self,
        collection: &'static str,
        business: &BusinessId,
        limit: u32,
    ) -> Result<Vec<Stored<T>>, StoreError> {
        let wanted = doc! { "business": business.as_str() };
        self.documents(collection, wanted, doc! { "arrival": -1 }, Some(limit)).await
    }

    pub(in crate::store) async fn pro_by_phone(
        &self,
        business: &BusinessId,
        phone: &str,
    ) -> Result<Option<Stored<Pro>>, StoreError> {
        let wanted = doc! { "business": business.as_str(), "phone": phone };
        self.first("members", wanted, doc! { "_id": 1 }).await
    }

    pub(in crate::store) async fn conversation_of_contact(
        &self,
        contact: &ContactId,
    ) -> Result<Option<Stored<Conversation>>, StoreError> {
        let wanted = doc! { "contact": contact.as_str() };
        self.first("conversations", wanted, doc! { "last_inbound_at": -1, "_id": 1 }).await
    }

    pub(in crate::store) async fn conversations_of_contact(
        &self,
        contact: &ContactId,
    ) -> Result<Vec<Stored<Conversation>>, StoreError> {
        let wanted = doc! { "contact": contact.as_str() };
        self.documents("conversations", wanted, doc! { "last_inbound_at": -1, "_id": 1 }, None).await
    }

    pub(in crate::store) async fn leads_of_contact(
        &self,
        contact: &ContactId,
    ) -> Result<Vec<Stored<Lead>>, StoreError> {
        self.within(async {
            let [leads] = self.several([leads_of(contact)]).await?;
            leads.iter().map(|row| stored("leads", row)).collect()
        })
        .await
    }

    pub(in crate::store) async fn leads_of_pro(&self, pro: &ProId) -> Result<Vec<Stored<Lead>>, StoreError> {
        let wanted = doc! { "pro": pro.as_str(), "is_open": true };
        self.documents("leads", wanted, doc! { "number": 1 }, None).await
    }

    pub(in crate::store) async fn ended_leads_of_pro(
        &self,
        pro: &ProId,
        limit: u32,
    ) -> Result<Vec<Stored<Lead>>, StoreError> {
        let wanted = doc! { "pro": pro.as_str(), "is_open": false };
        self.documents("leads", wanted, doc! { "number": -1 }, Some(limit)).await
    }

    pub(in crate::store) async fn leads_in(
        &self,
        business: &BusinessId,
        status: Status,
        limit: u32,
    ) -> Result<Vec<Stored<Lead>>, StoreError> {
        let wanted = doc! { "business": business.as_str(), "status": word(&status) };
        self.documents("leads", wanted, doc! { "number": -1 }, Some(limit)).await
    }

    pub(in crate::store) async fn lead_by_number(
        &self,
        business: &BusinessId,
        number: u64,
    ) -> Result<Option<Stored<Lead>>, StoreError> {
        let wanted = doc! { "business": business.as_str(), "number": stored_count(number) };
        self.first("leads", wanted, doc! {}).await
    }

    pub(in crate::store) async fn leads_by_status(
        &self,
        business: &BusinessId,
    ) -> Result<HashMap<Status, u64>, StoreError> {
        self.within(async {
            let stages = [
                doc! { "$match": { "business": business.as_str() } },
                doc! { "$group": { "_id": "$status", "leads": { "$sum": 1 } } },
            ];
            let groups: Vec<Document> =
                self.collection("leads").aggregate(stages).await?.try_collect().await?;
            groups.iter().map(|group| Ok((of_word("leads", group, "_id")?, count(group, "leads")))).collect()
        })
        .await
    }

    pub(in crate::store) async fn open_job_counts(
        &self,
        business: &BusinessId,
        pros: &[ProId],
    ) -> Result<HashMap<ProId, u32>, StoreError> {
        self.within(async {
            let [groups] = self.several([jobs_of(business, pros.iter())]).await?;
            let mut counts: HashMap<_, _> = pros.iter().map(|pro| (pro.clone(), 0)).collect();
            counts.extend(counted(&groups));
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
        self.within(async {
            let ids: Vec<&str> = pros.iter().map(ProId::as_str).collect();
            let first = bson::DateTime::from_millis(step_of(from));
            let wanted = doc! {
                "pro": { "$in": ids }, "step": { "$gte": first, "$lt": date(to) },
                "$or": [{ "until": null }, { "until": { "$gt": date(now) } }],
            };
            let rows = self.find("slot_claims", wanted, doc! { "pro": 1, "step": 1 }, None).await?;
            rows.iter()
                .map(|row| {
                    Ok(Claim {
                        pro: ProId::new(text(row, "pro").unwrap_or_default()),
                        step: time("slot_claims", row, "step")?,
                        appointment: AppointmentId::new(text(row, "appointment").unwrap_or_default()),
                        until: maybe_time(row, "until"),
                    })
                })
                .collect()
        })
        .await
    }

    pub(in crate::store) async fn inbox(
        &self,
        conversation: &ConversationId,
    ) -> Result<Vec<InboundRow>, StoreError> {
        self.within(async {
            let [inbox] = self.several([views::inbox(conversation)]).await?;
            parse_all("messages", &inbox)
        })
        .await
    }

    /// Each side gives its newest lines, so that a long past is never read whole.
    pub(in crate::store) async fn history(
        &self,
        conversation: &ConversationId,
        limit: u32,
    ) -> Result<Vec<Said>, StoreError> {
        self.within(async {
            // The server refuses a limit of nothing.
            if limit == 0 {
                return Ok(Vec::new());
            }
            let questions = [views::heard(conversation, limit), views::told(conversation, limit)];
            let [heard, told] = self.several(questions).await?;
            Ok(history::merged(parse_all("messages", &heard)?, parse_all("outbox", &told)?, limit))
        })
        .await
    }

    pub(in crate::store) async fn keep_oddity(&self, oddity: Oddity) -> Result<(), StoreError> {
        self.within(async {
            let oddities = self.collection("oddities");
            oddities
                .insert_one(doc! {
                    "schema": SCHEMA_VERSION, "arrival": arrival(),
                    "body": body("oddities", &oddity.reason, &oddity)?,
                })
                .await?;
            let surplus = oddities
                .find_one(doc! {})
                .sort(doc! { "arrival": -1 })
                .skip(u64::from(ODDITIES_KEPT))
                .projection(doc! { "arrival": 1 })
                .await?;
            if let Some(surplus) = surplus {
                let oldest = super::rows::number(&surplus, "arrival");
                oddities.delete_many(doc! { "arrival": { "$lte": oldest } }).await?;
            }
            Ok(())
        })
        .await
    }

    pub(in crate::store) async fn oddities(&self, limit: u32) -> Result<Vec<Oddity>, StoreError> {
        self.within(async {
            parse_all("oddities", &self.find("oddities", doc! {}, doc! { "arrival": -1 }, Some(limit)).await?)
        })
        .await
    }

    pub(in crate::store) async fn notes(&self, limit: u32) -> Result<Vec<Noted>, StoreError> {
        self.within(async {
            let rows = self.find("audit", doc! {}, doc! { "arrival": -1 }, Some(limit)).await?;
            rows.iter()
                .map(|row| {
                    Ok(Noted {
                        business: text(row, "business").map(BusinessId::new),
                        at: time("audit", row, "at")?,
                        note: parse("audit", row)?,
                    })
                })
                .collect()
        })
        .await
    }

    pub(in crate::store) async fn counts(&self) -> Result<BTreeMap<&'static str, u64>, StoreError> {
        self.within(async {
            let counts = COLLECTIONS.iter().map(|name| async move {
                Ok::<_, StoreError>((*name, self.collection(name).estimated_document_count().await?))
            });
            Ok(try_join_all(counts).await?.into_iter().collect())
        })
        .await
    }

    async fn first<T: DeserializeOwned>(
        &self,
        collection: &'static str,
        wanted: Document,
        order: Document,
    ) -> Result<Option<Stored<T>>, StoreError> {
        self.within(async {
            let found = self.collection(collection).find_one(wanted).sort(order).await?;
            found.map(|row| stored(collection, &row)).transpose()
        })
        .await
    }

    pub(super) async fn documents<T: DeserializeOwned>(
        &self,
        collection: &'static str,
        wanted: Document,
        order: Document,
        limit: Option<u32>,
    ) -> Result<Vec<Stored<T>>, StoreError> {
        self.within(async {
            let rows = self.find(collection, wanted, order, limit).await?;
            rows.iter().map(|row| stored(collection, row)).collect()
        })
        .await
    }

    /// Rows in order, as many as wanted. To the server a limit of nothing is no limit.
    pub(super) async fn find(
        &self,
        collection: &'static str,
        wanted: Document,
        order: Document,
        limit: Option<u32>,
    ) -> Result<Vec<Document>, StoreError> {
        if limit == Some(0) {
            return Ok(Vec::new());
        }
        let limit = limit.map_or(0, i64::from);
        let rows = self.collection(collection).find(wanted).sort(order).limit(limit).await?;
        Ok(rows.try_collect().await?)
    }

    /// The same, as a transaction sees it.
    pub(super) async fn find_within(
        &self,
        session: &mut ClientSession,
        collection: &'static str,
        wanted: Document,
        order: Document,
        limit: Option<u32>,
    ) -> Result<Vec<Document>, super::errors::Failure> {
        if limit == Some(0) {
            return Ok(Vec::new());
        }
        let limit = limit.map_or(0, i64::from);
        let rows = self.collection(collection);
        let mut rows = rows.find(wanted).sort(order).limit(limit).session(&mut *session).await?;
        Ok(rows.stream(session).try_collect().await?)
    }
}

/// The leads of a person, newest first.
pub(super) fn leads_of(contact: &ContactId) -> Question {
    Question::of("leads", doc! { "contact": contact.as_str() }, doc! { "number": -1 }, None)
}

/// The pros of a business, by id: their versions only, see [`Mongo::known`].
pub(super) fn pros(business: &BusinessId) -> Question {
    let wanted = doc! { "business": business.as_str() };
    Question::of("members", wanted, doc! { "_id": 1 }, None).only_versions()
}

/// How many jobs each of these pros has, from an index alone.
pub(super) fn jobs_of<'a>(business: &BusinessId, pros: impl Iterator<Item = &'a ProId>) -> Question {
    let pros: Vec<&str> = pros.map(ProId::as_str).collect();
    let wanted = doc! {
        "business": business.as_str(), "pro": { "$in": pros }, "status": { "$in": ["new", "booked"] },
    };
    Question::of("leads", wanted, doc! {}, None).counted_by("pro")
}

/// The answer to [`jobs_of`]; without those who have none.
pub(super) fn counted(groups: &[Document]) -> HashMap<ProId, u32> {
    let pro = |group: &Document| ProId::new(text(group, "_id").unwrap_or_default());
    let jobs = |group: &Document| u32::try_from(count(group, "count")).unwrap_or(u32::MAX);
    groups.iter().map(|group| (pro(group), jobs(group))).collect()
}
