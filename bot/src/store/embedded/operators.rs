//! Users, sessions and what users changed.

use super::Embedded;
use super::rows::{documents, micros, rows};
use crate::store::StoreError;
use crate::store::documents::{Change, Session, Stored, User};
use crate::store::operators::{ENDING, WhichChanges};
use agents::id::BusinessId;
use chrono::{DateTime, Utc};
use rusqlite::types::Value;
use rusqlite::{params, params_from_iter};

impl Embedded {
    pub(in crate::store) async fn users(
        &self,
        business: &BusinessId,
    ) -> Result<Vec<Stored<User>>, StoreError> {
        let business = business.clone();
        self.read(move |connection| {
            let sql = "SELECT id, schema, body, version FROM users WHERE business = ?1 ORDER BY id";
            documents(connection, "users", sql, [business.as_str()])
        })
        .await
    }

    pub(in crate::store) async fn has_users(&self) -> Result<bool, StoreError> {
        self.read(|connection| Ok(connection.prepare_cached("SELECT 1 FROM users LIMIT 1")?.exists([])?))
            .await
    }

    pub(in crate::store) async fn sessions(
        &self,
        business: &BusinessId,
        now: DateTime<Utc>,
    ) -> Result<Vec<Stored<Session>>, StoreError> {
        let business = business.clone();
        self.read(move |connection| {
            let sql = "SELECT id, schema, body, version FROM sessions
                       WHERE business = ?1 AND ends_at > ?2 ORDER BY ends_at, id";
            documents(connection, "sessions", sql, params![business.as_str(), micros(now)])
        })
        .await
    }

    pub(in crate::store) async fn changes(
        &self,
        business: &BusinessId,
        which: &WhichChanges,
        limit: u32,
    ) -> Result<Vec<Change>, StoreError> {
        let business = business.clone();
        let which = which.clone();
        self.read(move |connection| {
            let mut sql = "SELECT id, schema, body FROM changes WHERE business = ?".to_owned();
            let mut values = vec![Value::from(business.as_str().to_owned())];
            let conditions =
                [("author = ?", which.by), ("subject = ?", which.subject), ("id < ?", which.before)];
            for (condition, value) in conditions {
                if let Some(value) = value {
                    sql.push_str(" AND ");
                    sql.push_str(condition);
                    values.push(Value::from(value));
                }
            }
            sql.push_str(" ORDER BY id DESC LIMIT ?");
            values.push(Value::from(i64::from(limit)));
            rows(connection, "changes", &sql, params_from_iter(values))
        })
        .await
    }

    pub(in crate::store) async fn forget_ended(&self, now: DateTime<Utc>) -> Result<(), StoreError> {
        self.write(move |connection| {
            for collection in ENDING {
                let sql = format!("DELETE FROM {collection} WHERE ends_at <= ?1");
                connection.prepare_cached(&sql)?.execute([micros(now)])?;
            }
            Ok(())
        })
        .await
    }
}
