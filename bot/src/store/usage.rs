//! What models were asked and what it took: every call as a row, and running totals of each local day, so that a budget
//! and a month of figures are read from a few rows. A call is written once, however often its write is tried; the
//! totals change in the same write as its row.

use super::{Store, StoreError};
use agents::id::{BusinessId, ConversationId, LeadId, ProId};
use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::ops::AddAssign;

/// One call of a model, as kept in `usage`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ModelCall {
    /// Made of the job's lease and a count: no two calls ever have the same.
    pub id: String,
    /// Whose.
    pub business: BusinessId,
    /// In which chat.
    pub conversation: ConversationId,
    /// About which lead, as far as the turn that asked was about one or made one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub lead: Option<LeadId>,
    /// Which agent asked: `dispatcher` or `persona`.
    pub agent: String,
    /// The pro for whom was spoken.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pro: Option<ProId>,
    /// The model that really answered, which may be another than the first of the chain.
    pub model: String,
    /// The prompt's id and version, such as `dispatcher.3`.
    pub prompt: String,
    /// What came of it: `answered`, or why not.
    pub outcome: String,
    /// When it ended (UTC).
    pub at: DateTime<Utc>,
    /// The day on which it counts, in the zone of the business.
    pub day: NaiveDate,
    /// What it took.
    pub tokens: Tokens,
    /// What it cost, in millionths of a US dollar, rounded up; none when the model's price is not known (B142).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub micro_dollars: Option<u64>,
}

/// Tokens of a call.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tokens {
    /// Of the question, those from a cache among them.
    pub prompt: u64,
    /// Of the answer, without thoughts.
    pub answer: u64,
    /// Of thoughts.
    pub thoughts: u64,
    /// Of the question, from a cache.
    pub cached: u64,
}

/// Calls, summed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Spent {
    /// How many.
    pub calls: u64,
    /// What they took.
    pub tokens: Tokens,
    /// What those of them cost whose price is known, in millionths of a US dollar.
    pub micro_dollars: u64,
    /// How many have no known price.
    pub unknown: u64,
}

/// The running total of one day, model and agent, or a part of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DayTotal {
    /// Whose.
    pub business: String,
    /// Which day, in the zone of the business.
    pub day: NaiveDate,
    /// Which model answered.
    pub model: String,
    /// Which agent asked.
    pub agent: String,
    /// Which part.
    pub part: i64,
    /// How much.
    pub spent: Spent,
}

/// What one job took.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct JobUsage {
    /// Which lead.
    pub lead: LeadId,
    /// Its short number.
    pub number: u64,
    /// What its calls took.
    pub spent: Spent,
}

impl ModelCall {
    /// The call alone, as a sum.
    #[must_use]
    pub fn spent(&self) -> Spent {
        Spent {
            calls: 1,
            tokens: self.tokens,
            micro_dollars: self.micro_dollars.unwrap_or(0),
            unknown: u64::from(self.micro_dollars.is_none()),
        }
    }
}

impl AddAssign for Spent {
    fn add_assign(&mut self, other: Self) {
        let add = |sum: &mut u64, more: u64| *sum = sum.saturating_add(more);
        add(&mut self.calls, other.calls);
        add(&mut self.tokens.prompt, other.tokens.prompt);
        add(&mut self.tokens.answer, other.tokens.answer);
        add(&mut self.tokens.thoughts, other.tokens.thoughts);
        add(&mut self.tokens.cached, other.tokens.cached);
        add(&mut self.micro_dollars, other.micro_dollars);
        add(&mut self.unknown, other.unknown);
    }
}

impl Store {
    /// Writes calls of models outside of any turn. One that is there already stays as it is and is not counted again.
    pub async fn record_usage(&self, calls: Vec<ModelCall>, now: DateTime<Utc>) -> Result<(), StoreError> {
        self.commit(super::documents::Commit { usage: calls, ..Default::default() }, now).await
    }

    /// What a business spent on a day of its zone, read from the running totals.
    pub async fn spent_on(&self, business: &BusinessId, day: NaiveDate) -> Result<Spent, StoreError> {
        let mut spent = Spent::default();
        for total in self.day_totals(business, day, day).await? {
            spent += total.spent;
        }
        Ok(spent)
    }

    /// What a business spent on each day from `from` to `to`, both included, in its zone; days without calls are left
    /// out.
    pub async fn usage_by_day(
        &self,
        business: &BusinessId,
        from: NaiveDate,
        to: NaiveDate,
    ) -> Result<BTreeMap<NaiveDate, Spent>, StoreError> {
        self.summed(business, from, to, |total| total.day).await
    }

    /// What a business spent from `from` to `to`, both included, by the model that really answered.
    pub async fn usage_by_model(
        &self,
        business: &BusinessId,
        from: NaiveDate,
        to: NaiveDate,
    ) -> Result<BTreeMap<String, Spent>, StoreError> {
        self.summed(business, from, to, |total| total.model.clone()).await
    }

    /// What a business spent from `from` to `to`, both included, by the agent that asked.
    pub async fn usage_by_agent(
        &self,
        business: &BusinessId,
        from: NaiveDate,
        to: NaiveDate,
    ) -> Result<BTreeMap<String, Spent>, StoreError> {
        self.summed(business, from, to, |total| total.agent.clone()).await
    }

    /// What each job took that stands as booked or completed since a moment at or after `from` and before `to`, the
    /// newest first; at most `limit` of them. Calls before a request was stated belong to no job.
    pub async fn usage_by_booked_job(
        &self,
        business: &BusinessId,
        from: DateTime<Utc>,
        to: DateTime<Utc>,
        limit: u32,
    ) -> Result<Vec<JobUsage>, StoreError> {
        let leads = match self {
            Self::Embedded(store) => store.won_leads(business, from, to, limit).await?,
            Self::Mongo(store) => store.won_leads(business, from, to, limit).await?,
        };
        let ids: Vec<&str> = leads.iter().map(|stored| stored.value.id.as_str()).collect();
        let calls = match self {
            Self::Embedded(store) => store.calls_of_leads(ids).await?,
            Self::Mongo(store) => store.calls_of_leads(ids).await?,
        };
        let mut by_lead: BTreeMap<LeadId, Spent> = BTreeMap::new();
        for call in calls {
            let spent = call.spent();
            if let Some(lead) = call.lead {
                *by_lead.entry(lead).or_default() += spent;
            }
        }
        let mut jobs: Vec<JobUsage> = leads
            .into_iter()
            .map(|stored| {
                let lead = stored.value;
                let spent = by_lead.get(&lead.id).copied().unwrap_or_default();
                JobUsage { lead: lead.id, number: lead.number, spent }
            })
            .collect();
        jobs.sort_by_key(|job| std::cmp::Reverse(job.number));
        Ok(jobs)
    }

    /// The newest calls of models of a business, newest first.
    pub async fn model_calls(&self, business: &BusinessId, limit: u32) -> Result<Vec<ModelCall>, StoreError> {
        match self {
            Self::Embedded(store) => store.model_calls(business, limit).await,
            Self::Mongo(store) => store.model_calls(business, limit).await,
        }
    }

    async fn summed<K: Ord>(
        &self,
        business: &BusinessId,
        from: NaiveDate,
        to: NaiveDate,
        key: impl Fn(&DayTotal) -> K,
    ) -> Result<BTreeMap<K, Spent>, StoreError> {
        let mut sums: BTreeMap<K, Spent> = BTreeMap::new();
        for total in self.day_totals(business, from, to).await? {
            *sums.entry(key(&total)).or_default() += total.spent;
        }
        Ok(sums)
    }

    async fn day_totals(
        &self,
        business: &BusinessId,
        from: NaiveDate,
        to: NaiveDate,
    ) -> Result<Vec<DayTotal>, StoreError> {
        match self {
            Self::Embedded(store) => store.day_totals(business, from, to).await,
            Self::Mongo(store) => store.day_totals(business, from, to).await,
        }
    }
}
