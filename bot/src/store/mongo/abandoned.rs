//! Transactions that nobody will end. A process that dies or freezes between two steps of one leaves its locks behind,
//! and the server keeps them for more than a minute; meanwhile the chat stands still, and whoever claims jobs waits for
//! it. So every process looks for them: one whose connection is gone has lost its process and is ended at once, one
//! that is merely silent may belong to a process that is only slow. To end one loses nothing: nothing of it was
//! committed, and a process that comes back to it is told to begin again.

use super::errors::told;
use super::rows::number;
use futures::TryStreamExt;
use mongodb::Client;
use mongodb::bson::{Bson, Document, doc};
use mongodb::error::Error;
use mongodb::options::ReadConcern;
use std::time::Duration;
use tokio_util::task::AbortOnDropHandle;

/// For how long a transaction may wait for its next steps, all in all. They take milliseconds.
const LONGEST_SILENCE: Duration = Duration::from_secs(4);

/// The same for one whose last connection is closed. Pools close connections of the living as well, though hardly ever
/// between two steps.
const LONGEST_SILENCE_OF_THE_GONE: Duration = Duration::from_millis(500);

/// How often is looked: with the silence, well within a lease, since it is the lease of the dead that others wait for.
const EVERY: Duration = Duration::from_millis(500);

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
    let shown = [
        doc! { "$currentOp": { "idleSessions": true, "idleConnections": true } },
        doc! { "$match": { "appName": app_name } },
        doc! { "$project": {
            "type": 1, "active": 1, "connectionId": 1, "shard": 1, "lsid": 1, "transaction.timeInactiveMicros": 1,
        } },
    ];
    let admin = client.database("admin");
    // What goes on just now is in no snapshot; the server refuses any other concern.
    let looked = admin.aggregate(shown).read_concern(ReadConcern::local());
    let shown: Vec<Document> = looked.await?.try_collect().await?;
    let sessions = abandoned(&shown);
    let count = sessions.len();
    if count > 0 {
        admin.run_command(doc! { "killSessions": sessions }).await?;
    }
    Ok(count)
}

/// The sessions whose transactions were abandoned, among everything that the server shows of our program.
fn abandoned(shown: &[Document]) -> Vec<Bson> {
    let is_session = |shown: &&Document| shown.get_str("type").is_ok_and(|kind| kind == "idleSession");
    let connection = |shown: &Document| shown.get("connectionId").cloned();
    let connections: Vec<Bson> =
        shown.iter().filter(|shown| !is_session(shown)).filter_map(connection).collect();
    let sessions = shown.iter().filter(is_session).filter(|shown| !shown.get_bool("active").unwrap_or(false));
    let silent = sessions.filter(|shown| {
        // Behind a router the connections are the router's, which outlive ours.
        let is_gone = !shown.contains_key("shard")
            && connection(shown).is_some_and(|connection| !connections.contains(&connection));
        let longest = if is_gone { LONGEST_SILENCE_OF_THE_GONE } else { LONGEST_SILENCE };
        let silence = shown.get_document("transaction").map(|of| number(of, "timeInactiveMicros"));
        silence
            .is_ok_and(|silence| u128::try_from(silence).is_ok_and(|silence| silence > longest.as_micros()))
    });
    silent
        .filter_map(|shown| shown.get_document("lsid").ok()?.get("id").cloned())
        .map(|id| Bson::Document(doc! { "id": id }))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn session(id: i32, connection: i32, silent_ms: i64) -> Document {
        doc! {
            "type": "idleSession", "active": false, "connectionId": connection, "lsid": { "id": id },
            "transaction": { "timeInactiveMicros": silent_ms * 1_000 },
        }
    }

    #[track_caller]
    fn check(shown: Document, is_abandoned: bool) {
        let open = doc! { "type": "op", "active": false, "connectionId": 7 };
        let found = abandoned(&[open, shown.clone()]);
        assert_eq!(found.len(), usize::from(is_abandoned), "{shown}");
    }

    #[test]
    fn whose_connection_is_gone_is_given_up_sooner() {
        check(session(1, 7, 600), false);
        check(session(1, 7, 4_100), true);
        check(session(1, 8, 400), false);
        check(session(1, 8, 600), true);
        let mut routed = session(1, 8, 600);
        routed.insert("shard", "s1");
        check(routed, false);
        let mut at_work = session(1, 8, 600);
        at_work.insert("active", true);
        check(at_work, false);
        check(doc! { "type": "op", "active": false, "connectionId": 8 }, false);
    }
}
