//! What waits for somebody, each by an index of its own.

use super::Embedded;
use super::rows::{documents, micros, time};
use crate::store::StoreError;
use crate::store::documents::Stored;
use crate::store::waiting::{Cursor, Left};
use agents::care::Raised;
use agents::conversation::Conversation;
use agents::id::{BusinessId, LeadId};
use agents::lead::Lead;
use chrono::{DateTime, Utc};
use rusqlite::params;

/// Rows beyond the last of the page before, in the order of the index. Where they begin is said twice, since the index
/// is entered there by the column alone.
const STALE: &str = "SELECT id, stale_since FROM leads
    WHERE business = ?1 AND stale_since BETWEEN ?3 AND ?2 AND (stale_since, id) > (?3, ?4)
    ORDER BY stale_since, id LIMIT ?5";
const LYING: &str = "SELECT id, status_since FROM leads
    WHERE business = ?1 AND status = 'contacted' AND status_since BETWEEN ?3 AND ?2
      AND (status_since, id) > (?3, ?4)
    ORDER BY status_since, id LIMIT ?5";

impl Embedded {
    pub(in crate::store) async fn left_leads(
        &self,
        business: &BusinessId,
        left: Left,
        before: DateTime<Utc>,
        after: Option<&Cursor>,
        limit: u32,
    ) -> Result<Vec<Cursor>, StoreError> {
        let business = business.clone();
        let (since, lead) =
            after.map_or((i64::MIN, String::new()), |after| (micros(after.since), after.lead.to_string()));
        self.read(move |connection| {
            let sql = match left {
                Left::Stale => STALE,
                Left::Lying => LYING,
            };
            let mut statement = connection.prepare_cached(sql)?;
            let mut rows = statement.query(params![business.as_str(), micros(before), since, lead, limit])?;
            let mut found = Vec::new();
            while let Some(row) = rows.next()? {
                let lead = LeadId::new(row.get::<_, String>(0)?);
                found.push(Cursor { since: time(row.get(1)?)?, lead });
            }
            Ok(found)
        })
        .await
    }

    pub(in crate::store) async fn unreported_leads(
        &self,
        business: &BusinessId,
        limit: u32,
    ) -> Result<Vec<Stored<Lead>>, StoreError> {
        let business = business.clone();
        self.read(move |connection| {
            let sql = "SELECT id, schema, body, version FROM leads
                       WHERE business = ?1 AND is_unreported = 1 ORDER BY number LIMIT ?2";
            documents(connection, "leads", sql, params![business.as_str(), limit])
        })
        .await
    }

    pub(in crate::store) async fn unreported_chats(
        &self,
        business: &BusinessId,
        limit: u32,
    ) -> Result<Vec<Stored<Conversation>>, StoreError> {
        let business = business.clone();
        self.read(move |connection| {
            let sql = "SELECT id, schema, body, version FROM conversations
                       WHERE business = ?1 AND is_unreported = 1 ORDER BY id LIMIT ?2";
            documents(connection, "conversations", sql, params![business.as_str(), limit])
        })
        .await
    }

    pub(in crate::store) async fn waiting_alerts(
        &self,
        business: &BusinessId,
        limit: u32,
    ) -> Result<Vec<Stored<Raised>>, StoreError> {
        let business = business.clone();
        self.read(move |connection| {
            let sql = "SELECT id, schema, body, version FROM alerts
                       WHERE business = ?1 AND waits = 1 ORDER BY id LIMIT ?2";
            documents(connection, "alerts", sql, params![business.as_str(), limit])
        })
        .await
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;
    use crate::store::Store;

    /// No question of a recurring job reads the whole table.
    #[tokio::test]
    async fn every_question_is_answered_by_its_index() {
        let directory = tempfile::tempdir().unwrap();
        let Store::Embedded(store) = Store::open_embedded(directory.path()).await.unwrap() else {
            panic!("it is the embedded store")
        };
        let unreported =
            "SELECT body FROM leads WHERE business = 'b' AND is_unreported = 1 ORDER BY number LIMIT 9";
        let chats =
            "SELECT body FROM conversations WHERE business = 'b' AND is_unreported = 1 ORDER BY id LIMIT 9";
        let alerts = "SELECT body FROM alerts WHERE business = 'b' AND waits = 1 ORDER BY id LIMIT 9";
        for (sql, plan) in [
            (
                STALE,
                "SEARCH leads USING COVERING INDEX stale_leads (business=? AND stale_since>? AND stale_since<?)",
            ),
            (
                LYING,
                "SEARCH leads USING COVERING INDEX leads_by_status \
                 (business=? AND status=? AND status_since>? AND status_since<?)",
            ),
            (unreported, "SEARCH leads USING INDEX unreported_leads (business=?)"),
            (chats, "SEARCH conversations USING INDEX unreported_chats (business=?)"),
            (alerts, "SEARCH alerts USING INDEX waiting_alerts (business=?)"),
        ] {
            let (sql, plan) = (format!("EXPLAIN QUERY PLAN {sql}"), plan.to_owned());
            let found: Vec<String> = store
                .read(move |connection| {
                    let mut statement = connection.prepare(&sql)?;
                    let count = statement.parameter_count();
                    let values = (0..count).map(|_| rusqlite::types::Null);
                    let rows = statement
                        .query_map(rusqlite::params_from_iter(values), |row| row.get::<_, String>(3))?;
                    Ok(rows.collect::<Result<_, _>>()?)
                })
                .await
                .unwrap();
            assert_eq!(found, [plan]);
        }
        store.close().await.unwrap();
    }
}
