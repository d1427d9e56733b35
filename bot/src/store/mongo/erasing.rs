//! Removing a person for good: every document of every collection is read as text.

use super::Mongo;
use super::documents::fields;
use super::errors::{Failure, is_duplicate};
use super::rows::{arrival, body, date, json_body, time};
use super::transaction::Transaction;
use crate::store::StoreError;
use crate::store::documents::Document as Value;
use crate::store::documents::SCHEMA_VERSION;
use crate::store::erasing::{At, FoundRow, IsLookedFor, REMEMBERED, RowChange, erased_id};
use crate::store::records::Record;
use agents::id::ConversationId;
use chrono::{DateTime, Utc};
use futures::TryStreamExt;
use mongodb::bson::{Bson, Document, doc};
use std::collections::HashMap;

/// Which document it is, and its body as it is kept.
#[derive(Clone)]
pub(in crate::store) struct Kept {
    id: Bson,
    body: Option<Bson>,
}

impl Mongo {
    /// Reads as long as it takes: the limit of a call is not for this.
    pub(in crate::store) async fn find_rows(
        &self,
        collection: &'static str,
        is_looked_for: IsLookedFor,
    ) -> Result<Vec<FoundRow>, StoreError> {
        let mut rows = self.collection(collection).find(doc! {}).await?;
        let mut found = Vec::new();
        while let Some(row) = rows.try_next().await? {
            let text = serde_json::to_string(&row).unwrap_or_default();
            if is_looked_for(&text) {
                let id = row.get("_id").cloned().unwrap_or(Bson::Null);
                let kept = Kept { id, body: row.get("body").cloned() };
                found.push(FoundRow { collection, text, body: json_body(&row), at: At::Collection(kept) });
            }
        }
        Ok(found)
    }

    pub(in crate::store) async fn change_rows(&self, changes: Vec<RowChange>) -> Result<(), StoreError> {
        for change in &changes {
            self.within(self.change_row(change)).await?;
        }
        Ok(())
    }

    async fn change_row(&self, change: &RowChange) -> Result<(), StoreError> {
        match change {
            RowChange::Remove(row) => {
                if let At::Collection(kept) = &row.at {
                    self.collection(row.collection).delete_one(doc! { "_id": &kept.id }).await?;
                }
            }
            RowChange::Rewrite(row, becomes) => {
                let At::Collection(Kept { id, body: Some(kept) }) = &row.at else { return Ok(()) };
                let rows = self.collection(row.collection);
                let unchanged = doc! { "_id": id, "body": kept };
                let document = Record::document_of(row.collection, becomes)?;
                let mut fields = document.as_ref().map(fields).transpose()?.unwrap_or_default();
                fields.insert("body", body(row.collection, "", becomes)?);
                fields.insert("schema", SCHEMA_VERSION);
                let mut update = doc! { "$set": fields };
                if document.is_some() {
                    update.insert("$inc", doc! { "version": 1_i64 });
                }
                rows.update_one(unchanged, update).await?;
            }
            RowChange::Replace(row, document) => {
                let mut transaction = Transaction::of(self, std::iter::empty()).await?;
                loop {
                    transaction.begin().await?;
                    let replaced = self.replace(&mut transaction, row, document).await;
                    if transaction.end(replaced).await?.is_some() {
                        break;
                    }
                }
            }
        }
        Ok(())
    }

    async fn replace(
        &self,
        transaction: &mut Transaction,
        row: &FoundRow,
        document: &Value,
    ) -> Result<(), Failure> {
        let At::Collection(Kept { id, .. }) = &row.at else { return Ok(()) };
        let session = &mut transaction.session;
        let rows = self.collection(row.collection);
        if rows.delete_one(doc! { "_id": id }).session(&mut *session).await?.deleted_count == 0 {
            return Ok(());
        }
        let mut fields = fields(document)?;
        fields.extend(doc! { "_id": document.id(), "version": 1_i64, "arrival": arrival() });
        match self.collection(document.collection()).insert_one(fields).session(session).await {
            Ok(_) => Ok(()),
            Err(error) if is_duplicate(&error) => {
                Err(StoreError::Version { collection: document.collection(), id: document.id().to_owned() }
                    .into())
            }
            Err(error) => Err(error.into()),
        }
    }

    pub(in crate::store) async fn remember_erased(
        &self,
        ids: Vec<String>,
        at: DateTime<Utc>,
    ) -> Result<(), StoreError> {
        self.within(async {
            let chats = self.collection("erased_chats");
            for id in &ids {
                let later = doc! { "$max": { "at": date(at) } };
                chats.update_one(doc! { "_id": id }, later).upsert(true).await?;
            }
            chats.delete_many(doc! { "at": { "$lt": date(at - REMEMBERED) } }).await?;
            Ok(())
        })
        .await
    }
}

/// When the people of these chats were removed, of those who were.
pub(super) async fn erased(
    database: &mongodb::Database,
    chats: &[&ConversationId],
) -> Result<HashMap<String, DateTime<Utc>>, StoreError> {
    let ids: Vec<String> = chats.iter().map(|chat| erased_id(chat)).collect();
    let rows = database.collection::<Document>("erased_chats");
    let rows: Vec<Document> = rows.find(doc! { "_id": { "$in": ids } }).await?.try_collect().await?;
    rows.iter()
        .map(|row| {
            let id = row.get_str("_id").unwrap_or_default().to_owned();
            Ok((id, time("erased_chats", row, "at")?))
        })
        .collect()
}
