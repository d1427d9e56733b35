//! Looking for messages whose turn was never asked for, because a process died between the two writes of accepting.
//! It never touches a message that was asked for, so a turn that gave up stays given up.

use super::rows::{date, text};
use super::{Mongo, asks};
use crate::store::StoreError;
use crate::store::documents::{JobKind, NewJob};
use agents::id::ConversationId;
use chrono::{DateTime, TimeDelta, Utc};
use mongodb::bson::{Document, doc};
use std::collections::BTreeSet;

/// How long the other process may take between its two writes.
const GRACE: TimeDelta = TimeDelta::seconds(10);

/// How many messages are looked at in one go.
const AT_ONCE: u32 = 500;

impl Mongo {
    /// Asks for the turns that are missing, and returns how many chats were concerned.
    pub(in crate::store) async fn sweep(&self, now: DateTime<Utc>) -> Result<u64, StoreError> {
        self.within(self.ask_for_missed(now)).await
    }

    async fn ask_for_missed(&self, now: DateTime<Utc>) -> Result<u64, StoreError> {
        let missed = doc! { "is_asked": false, "received_at": { "$lte": date(now - GRACE) } };
        let rows = self.find("messages", missed, doc! { "received_at": 1 }, Some(AT_ONCE)).await?;
        if rows.is_empty() {
            return Ok(0);
        }
        let is_handled = |row: &&Document| row.get_bool("is_handled").unwrap_or(false);
        let chats: BTreeSet<String> =
            rows.iter().filter(|row| !is_handled(row)).filter_map(|row| text(row, "conversation")).collect();
        let turns: Vec<NewJob> = chats
            .iter()
            .map(|chat| JobKind::Turn { conversation: ConversationId::new(chat.clone()) })
            .map(|kind| NewJob { kind, due: now, gather_ms: None })
            .collect();
        asks::ask(&self.inner.database, &turns, now).await?;
        let ids: Vec<_> = rows.iter().filter_map(|row| row.get("_id").cloned()).collect();
        self.collection("messages")
            .update_many(doc! { "_id": { "$in": ids } }, doc! { "$set": { "is_asked": true } })
            .await?;
        Ok(u64::try_from(turns.len()).unwrap_or_default())
    }
}
