//! Calls of models and the running totals of days.

use super::Embedded;
use super::rows::{body, count, documents, id_list, micros, rows, stored_count};
use crate::store::StoreError;
use crate::store::documents::{SCHEMA_VERSION, Stored};
use crate::store::usage::{DayTotal, ModelCall, Spent, Tokens};
use agents::id::BusinessId;
use agents::lead::Lead;
use chrono::{DateTime, NaiveDate, Utc};
use rusqlite::{Connection, Row, params};

/// The columns of a running total, in the order in which they are read.
pub(super) const COLUMNS: &str =
    "business, day, model, agent, part, calls, prompt, answer, thoughts, cached, micro_dollars, unknown";

impl Embedded {
    pub(in crate::store) async fn day_totals(
        &self,
        business: &BusinessId,
        from: NaiveDate,
        to: NaiveDate,
    ) -> Result<Vec<DayTotal>, StoreError> {
        let business = business.clone();
        self.read(move |connection| {
            let sql = format!(
                "SELECT {COLUMNS} FROM usage_days WHERE business = ?1 AND day BETWEEN ?2 AND ?3
                 ORDER BY day, model, agent, part"
            );
            let mut statement = connection.prepare_cached(&sql)?;
            let mut found = statement.query(params![business.as_str(), from.to_string(), to.to_string()])?;
            let mut totals = Vec::new();
            while let Some(row) = found.next()? {
                totals.push(total(row)?);
            }
            Ok(totals)
        })
        .await
    }

    pub(in crate::store) async fn won_leads(
        &self,
        business: &BusinessId,
        from: DateTime<Utc>,
        to: DateTime<Utc>,
        limit: u32,
    ) -> Result<Vec<Stored<Lead>>, StoreError> {
        let business = business.clone();
        self.read(move |connection| {
            documents(
                connection,
                "leads",
                "SELECT id, schema, body, version FROM leads
                 WHERE business = ?1 AND status IN ('booked', 'completed') AND status_since >= ?2 AND status_since < ?3
                 ORDER BY status_since DESC, id DESC LIMIT ?4",
                params![business.as_str(), micros(from), micros(to), limit],
            )
        })
        .await
    }

    pub(in crate::store) async fn model_calls(
        &self,
        business: &BusinessId,
        limit: u32,
    ) -> Result<Vec<ModelCall>, StoreError> {
        let business = business.clone();
        self.read(move |connection| {
            rows(
                connection,
                "usage",
                "SELECT id, schema, body FROM usage WHERE business = ?1 ORDER BY number DESC LIMIT ?2",
                params![business.as_str(), limit],
            )
        })
        .await
    }

    pub(in crate::store) async fn calls_of_leads(
        &self,
        leads: Vec<&str>,
    ) -> Result<Vec<ModelCall>, StoreError> {
        let leads = id_list(leads.into_iter());
        self.read(move |connection| {
            rows(
                connection,
                "usage",
                "SELECT id, schema, body FROM usage WHERE lead IN (SELECT value FROM json_each(?1)) ORDER BY number",
                [leads],
            )
        })
        .await
    }
}

/// Writes calls that are not there yet, and counts them.
pub(super) fn write(connection: &Connection, calls: &[ModelCall]) -> Result<(), StoreError> {
    for call in calls {
        let added = connection
            .prepare_cached(
                "INSERT INTO usage(id, schema, body, business, lead) VALUES(?1, ?2, ?3, ?4, ?5) ON CONFLICT DO NOTHING",
            )?
            .execute(params![
                call.id,
                SCHEMA_VERSION,
                body("usage", &call.id, call)?,
                call.business.as_str(),
                call.lead.as_ref().map(agents::id::LeadId::as_str),
            ])?;
        if added == 1 {
            add(connection, call)?;
        }
    }
    Ok(())
}

fn add(connection: &Connection, call: &ModelCall) -> Result<(), StoreError> {
    let spent = call.spent();
    connection
        .prepare_cached(
            "INSERT INTO usage_days VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)
             ON CONFLICT DO UPDATE SET calls = calls + excluded.calls, prompt = prompt + excluded.prompt,
               answer = answer + excluded.answer, thoughts = thoughts + excluded.thoughts,
               cached = cached + excluded.cached, micro_dollars = micro_dollars + excluded.micro_dollars,
               unknown = unknown + excluded.unknown",
        )?
        .execute(params![
            call.business.as_str(),
            call.day.to_string(),
            call.model,
            call.agent,
            // Only one writes at a time, so nothing is gained by parts.
            0,
            stored_count(spent.calls),
            stored_count(spent.tokens.prompt),
            stored_count(spent.tokens.answer),
            stored_count(spent.tokens.thoughts),
            stored_count(spent.tokens.cached),
            stored_count(spent.micro_dollars),
            stored_count(spent.unknown),
        ])?;
    Ok(())
}

/// A row whose columns are [`COLUMNS`].
pub(super) fn total(row: &Row<'_>) -> Result<DayTotal, StoreError> {
    let day: String = row.get(1)?;
    let day = day.parse().map_err(|_| StoreError::Unreadable {
        collection: "usage_days",
        id: day.clone(),
        problem: "it is not a day".to_owned(),
    })?;
    let number = |at: usize| -> Result<u64, StoreError> { Ok(count(row.get(at)?)) };
    Ok(DayTotal {
        business: row.get(0)?,
        day,
        model: row.get(2)?,
        agent: row.get(3)?,
        part: row.get(4)?,
        spent: Spent {
            calls: number(5)?,
            tokens: Tokens {
                prompt: number(6)?,
                answer: number(7)?,
                thoughts: number(8)?,
                cached: number(9)?,
            },
            micro_dollars: number(10)?,
            unknown: number(11)?,
        },
    })
}
