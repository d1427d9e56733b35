//! Transactions that nobody will end. A process that dies or freezes between two steps of one leaves its locks behind,
//! and the server keeps them for more than a minute; meanwhile the chat stands still, and whoever claims jobs waits for
//! it. So every process looks for them. To end one loses nothing: nothing of it was committed, and a process that
//! comes back to it is told to begin again.

use super::errors::told;
use futures::TryStreamExt;
use mongodb::Client;
use mongodb::bson::{Bson, Document, doc};
use mongodb::error::Error;
use mongodb::options::ReadConcern;
use std::time::Duration;
use tokio_util::task::AbortOnDropHandle;

/// For how long a transaction may wait for its next steps, all in all. They take milliseconds.
const LONGEST_SILENCE: Duration = Duration::from_secs(4);

/// How often is looked: with the silence, well within a lease, since it is the lease of the dead that others wait for.
const EVERY: Duration = Duration::from_secs(1);

/// Looks until what is returned is dropped.
pub(super) fn keep_ending(client: Client, app_name: String) -> AbortOnDropHandle<()> {
    AbortOnDropHandle::new(tokio::spawn(async move {
        loop {
            tokio::time::sleep(EVERY).await;
            match end(&client, &app_name).await {
                Ok(0) => {}
                Ok(ended) => {
                    tracing::warn!(ended, "transactions of a process that does not go on were ended")
                }
                // Without the right to do this the server's own limit holds.
                Err(error) => {
                    tracing::debug!(problem = told(&error), "abandoned transactions could not be looked for");
                }
            }
        }
    }))
}

/// Ends those of our own user and program, and returns how many there were.
async fn end(client: &Client, app_name: &str) -> Result<usize, Error> {
    let silence = i64::try_from(LONGEST_SILENCE.as_micros()).unwrap_or(i64::MAX);
    let abandoned = [
        doc! { "$currentOp": { "idleSessions": true } },
        doc! { "$match": {
            "active": false, "appName": app_name, "transaction.timeInactiveMicros": { "$gt": silence },
        } },
        doc! { "$project": { "lsid": 1 } },
    ];
    let admin = client.database("admin");
    // What goes on just now is in no snapshot; the server refuses any other concern.
    let looked = admin.aggregate(abandoned).read_concern(ReadConcern::local());
    let found: Vec<Document> = looked.await?.try_collect().await?;
    let sessions: Vec<Bson> = found
        .iter()
        .filter_map(|found| found.get_document("lsid").ok()?.get("id").cloned())
        .map(|id| Bson::Document(doc! { "id": id }))
        .collect();
    let count = sessions.len();
    if count > 0 {
        admin.run_command(doc! { "killSessions": sessions }).await?;
    }
    Ok(count)
}
