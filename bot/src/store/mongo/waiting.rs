//! What waits for somebody, each by an index of its own.

use super::Mongo;
use super::rows::{date, text, time};
use crate::store::StoreError;
use crate::store::documents::Stored;
use crate::store::waiting::{Cursor, Left};
use agents::care::Raised;
use agents::conversation::Conversation;
use agents::id::{BusinessId, LeadId};
use agents::lead::Lead;
use chrono::{DateTime, Utc};
use futures::TryStreamExt;
use mongodb::bson::{Document, doc};

impl Mongo {
    pub(in crate::store) async fn left_leads(
        &self,
        business: &BusinessId,
        left: Left,
        before: DateTime<Utc>,
        after: Option<&Cursor>,
        limit: u32,
    ) -> Result<Vec<Cursor>, StoreError> {
        self.within(async {
            let (mut wanted, since) = match left {
                Left::Stale => (doc! { "business": business.as_str() }, "stale_since"),
                Left::Lying => {
                    (doc! { "business": business.as_str(), "status": "contacted" }, "status_since")
                }
            };
            let from = after.map_or(DateTime::UNIX_EPOCH, |after| after.since);
            // Both ends, so that the partial index is known to hold every answer.
            wanted.insert(since, doc! { "$gte": date(from), "$lte": date(before) });
            if let Some(after) = after {
                let beyond = doc! { since: { "$gt": date(after.since) } };
                wanted.insert("$or", [beyond, doc! { "_id": { "$gt": after.lead.as_str() } }]);
            }
            if limit == 0 {
                return Ok(Vec::new());
            }
            // The index has all that is asked for, so no document is read.
            let found = self
                .collection("leads")
                .find(wanted)
                .projection(doc! { since: 1 })
                .sort(doc! { since: 1, "_id": 1 })
                .limit(i64::from(limit))
                .await?;
            let rows: Vec<Document> = found.try_collect().await?;
            rows.iter()
                .map(|row| {
                    let lead = LeadId::new(text(row, "_id").unwrap_or_default());
                    Ok(Cursor { since: time("leads", row, since)?, lead })
                })
                .collect()
        })
        .await
    }

    pub(in crate::store) async fn unreported_leads(
        &self,
        business: &BusinessId,
        limit: u32,
    ) -> Result<Vec<Stored<Lead>>, StoreError> {
        let wanted = doc! { "business": business.as_str(), "is_unreported": true };
        self.documents("leads", wanted, doc! { "number": 1 }, Some(limit)).await
    }

    pub(in crate::store) async fn unreported_chats(
        &self,
        business: &BusinessId,
        limit: u32,
    ) -> Result<Vec<Stored<Conversation>>, StoreError> {
        let wanted = doc! { "business": business.as_str(), "is_unreported": true };
        self.documents("conversations", wanted, doc! { "_id": 1 }, Some(limit)).await
    }

    pub(in crate::store) async fn waiting_alerts(
        &self,
        business: &BusinessId,
        limit: u32,
    ) -> Result<Vec<Stored<Raised>>, StoreError> {
        let wanted = doc! { "business": business.as_str(), "waits": true };
        self.documents("alerts", wanted, doc! { "_id": 1 }, Some(limit)).await
    }
}
