//! Calls of models and the running totals of days.

use super::errors::Failure;
use super::rows::{arrival, body, count, date, number, parse_all, stored_count, text, unreadable};
use super::{Mongo, asks};
use crate::store::StoreError;
use crate::store::documents::{SCHEMA_VERSION, Stored};
use crate::store::usage::{DayTotal, ModelCall, Spent, Tokens};
use agents::id::{BusinessId, LeadId};
use agents::lead::Lead;
use chrono::{DateTime, NaiveDate, Utc};
use mongodb::ClientSession;
use mongodb::bson::{Bson, Document, doc};

impl Mongo {
    pub(in crate::store) async fn day_totals(
        &self,
        business: &BusinessId,
        from: NaiveDate,
        to: NaiveDate,
    ) -> Result<Vec<DayTotal>, StoreError> {
        self.within(async {
            let days = doc! { "$gte": from.to_string(), "$lte": to.to_string() };
            let wanted = doc! { "business": business.as_str(), "day": days };
            let order = doc! { "day": 1, "model": 1, "agent": 1, "part": 1 };
            let rows = self.find("usage_days", wanted, order, None).await?;
            rows.iter().map(total).collect()
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
        let wanted = doc! {
            "business": business.as_str(), "status": { "$in": ["booked", "completed"] },
            "status_since": { "$gte": date(from), "$lt": date(to) },
        };
        self.documents("leads", wanted, doc! { "status_since": -1, "_id": -1 }, Some(limit)).await
    }

    pub(in crate::store) async fn model_calls(
        &self,
        business: &BusinessId,
        limit: u32,
    ) -> Result<Vec<ModelCall>, StoreError> {
        self.within(async {
            let wanted = doc! { "business": business.as_str() };
            parse_all("usage", &self.find("usage", wanted, doc! { "arrival": -1 }, Some(limit)).await?)
        })
        .await
    }

    pub(in crate::store) async fn calls_of_leads(
        &self,
        leads: Vec<&str>,
    ) -> Result<Vec<ModelCall>, StoreError> {
        self.within(async {
            let wanted = doc! { "lead": { "$in": leads } };
            parse_all("usage", &self.find("usage", wanted, doc! { "arrival": 1 }, None).await?)
        })
        .await
    }

    /// Writes calls that are not there yet, and counts them in this part of their totals: one command for the calls and one
    /// for the totals, however many there are.
    pub(super) async fn write_usage(
        &self,
        session: &mut ClientSession,
        calls: &[ModelCall],
        part: i64,
    ) -> Result<(), Failure> {
        if calls.is_empty() {
            return Ok(());
        }
        let mut rows = Vec::with_capacity(calls.len());
        for call in calls {
            let mut row = fields(call)?;
            row.insert("arrival", arrival());
            rows.push(doc! { "q": { "_id": &call.id }, "u": { "$setOnInsert": row }, "upsert": true });
        }
        let database = &self.inner.database;
        let written = asks::update_within(database, session, "usage", rows).await?;
        let added = written.get_array("upserted").map(Vec::as_slice).unwrap_or_default();
        let places = added.iter().filter_map(Bson::as_document).map(|one| count(one, "index"));
        let new = places.filter_map(|place| calls.get(usize::try_from(place).ok()?));
        let totals: Vec<Document> = new.map(|call| counted(call, part)).collect();
        if !totals.is_empty() {
            asks::update_within(database, session, "usage_days", totals).await?;
        }
        Ok(())
    }
}

/// What a call adds to its part of the day's total.
fn counted(call: &ModelCall, part: i64) -> Document {
    let Spent { calls, tokens, micro_dollars, unknown } = call.spent();
    let key = doc! {
        "business": call.business.as_str(), "day": call.day.to_string(), "model": &call.model,
        "agent": &call.agent, "part": part,
    };
    let change = doc! {
        "$inc": {
            "calls": stored_count(calls), "prompt": stored_count(tokens.prompt),
            "answer": stored_count(tokens.answer), "thoughts": stored_count(tokens.thoughts),
            "cached": stored_count(tokens.cached), "micro_dollars": stored_count(micro_dollars),
            "unknown": stored_count(unknown),
        },
        "$setOnInsert": key.clone(),
    };
    doc! { "q": { "_id": key }, "u": change, "upsert": true }
}

/// Everything that is kept of a call but its key and its place.
pub(super) fn fields(call: &ModelCall) -> Result<Document, StoreError> {
    Ok(doc! {
        "schema": SCHEMA_VERSION, "business": call.business.as_str(),
        "lead": call.lead.as_ref().map_or(Bson::Null, |lead| LeadId::as_str(lead).into()),
        "body": body("usage", &call.id, call)?,
    })
}

/// A running total as it is kept.
pub(super) fn total_row(total: &DayTotal) -> Document {
    let Spent { calls, tokens, micro_dollars, unknown } = total.spent;
    let key = doc! {
        "business": &total.business, "day": total.day.to_string(), "model": &total.model, "agent": &total.agent,
        "part": total.part,
    };
    let mut row = key.clone();
    row.insert("_id", key);
    row.extend(doc! {
        "calls": stored_count(calls), "prompt": stored_count(tokens.prompt), "answer": stored_count(tokens.answer),
        "thoughts": stored_count(tokens.thoughts), "cached": stored_count(tokens.cached),
        "micro_dollars": stored_count(micro_dollars), "unknown": stored_count(unknown),
    });
    row
}

/// A running total from what is kept.
pub(super) fn total(row: &Document) -> Result<DayTotal, StoreError> {
    let day = text(row, "day").and_then(|day| day.parse().ok());
    let day = day.ok_or_else(|| unreadable("usage_days", row, "day is not a day".to_owned()))?;
    Ok(DayTotal {
        business: text(row, "business").unwrap_or_default(),
        day,
        model: text(row, "model").unwrap_or_default(),
        agent: text(row, "agent").unwrap_or_default(),
        part: number(row, "part"),
        spent: Spent {
            calls: count(row, "calls"),
            tokens: Tokens {
                prompt: count(row, "prompt"),
                answer: count(row, "answer"),
                thoughts: count(row, "thoughts"),
                cached: count(row, "cached"),
            },
            micro_dollars: count(row, "micro_dollars"),
            unknown: count(row, "unknown"),
        },
    })
}
