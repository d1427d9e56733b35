//! Waking up for what other processes ask for. A change stream only hastens: whoever waits also looks by himself, so
//! nothing depends on a change being told.

use super::Mongo;
use futures::StreamExt;
use mongodb::bson::{Document, doc};
use mongodb::error::Error;
use std::time::Duration;
use tokio::sync::Notify;

/// How long to wait before listening again.
const PAUSE: Duration = Duration::from_secs(2);

impl Mongo {
    /// Rings the bell when a job was asked for, by whomever; never returns.
    pub(in crate::store) async fn watch(&self, bell: &Notify) {
        loop {
            if let Err(error) = self.listen(bell).await {
                tracing::debug!(
                    problem = super::errors::told(&error),
                    "changes of jobs are not told; they are looked for instead"
                );
            }
            tokio::time::sleep(PAUSE).await;
        }
    }

    async fn listen(&self, bell: &Notify) -> Result<(), Error> {
        // Claims, renewals and ends set no due time, so the workers' own writes wake nobody.
        let asked = doc! { "$match": { "$or": [
            { "operationType": { "$in": ["insert", "replace"] } },
            { "updateDescription.updatedFields.due": { "$type": "date" } },
        ] } };
        let only_that = doc! { "$project": { "_id": 1 } };
        let jobs = self.collection("jobs");
        let changes = jobs.watch().pipeline([asked, only_that]).await?;
        let mut changes = changes.with_type::<Document>();
        while let Some(change) = changes.next().await {
            change?;
            bell.notify_one();
        }
        Ok(())
    }
}
