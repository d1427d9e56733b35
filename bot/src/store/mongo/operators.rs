//! Users, sessions and what users changed.

use super::Mongo;
use super::rows::{date, parse_all};
use crate::store::StoreError;
use crate::store::documents::{Change, Session, Stored, User};
use crate::store::operators::{ENDING, WhichChanges};
use agents::id::BusinessId;
use chrono::{DateTime, Utc};
use mongodb::bson::doc;

impl Mongo {
    pub(in crate::store) async fn users(
        &self,
        business: &BusinessId,
    ) -> Result<Vec<Stored<User>>, StoreError> {
        self.documents("users", doc! { "business": business.as_str() }, doc! { "_id": 1 }, None).await
    }

    pub(in crate::store) async fn has_users(&self) -> Result<bool, StoreError> {
        self.within(async { Ok(self.collection("users").find_one(doc! {}).await?.is_some()) }).await
    }

    pub(in crate::store) async fn sessions(
        &self,
        business: &BusinessId,
        now: DateTime<Utc>,
    ) -> Result<Vec<Stored<Session>>, StoreError> {
        let wanted = doc! { "business": business.as_str(), "ends_at": { "$gt": date(now) } };
        self.documents("sessions", wanted, doc! { "ends_at": 1, "_id": 1 }, None).await
    }

    pub(in crate::store) async fn changes(
        &self,
        business: &BusinessId,
        which: &WhichChanges,
        limit: u32,
    ) -> Result<Vec<Change>, StoreError> {
        self.within(async {
            let mut wanted = doc! { "business": business.as_str() };
            if let Some(by) = &which.by {
                wanted.insert("author", by);
            }
            if let Some(subject) = &which.subject {
                wanted.insert("subject", subject);
            }
            if let Some(before) = &which.before {
                wanted.insert("_id", doc! { "$lt": before });
            }
            parse_all("changes", &self.find("changes", wanted, doc! { "_id": -1 }, Some(limit)).await?)
        })
        .await
    }

    pub(in crate::store) async fn forget_ended(&self, now: DateTime<Utc>) -> Result<(), StoreError> {
        self.within(async {
            for collection in ENDING {
                let ended = doc! { "ends_at": { "$lte": date(now) } };
                self.collection(collection).delete_many(ended).await?;
            }
            Ok(())
        })
        .await
    }
}
