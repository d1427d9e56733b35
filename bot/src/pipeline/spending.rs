//! What the models of a turn took, until it is written: with the turn's commit, and where there is none by whoever writes
//! next. A call that was made is paid for, whatever became of its turn, so nothing here is ever thrown away.

use crate::app::App;
use crate::models::{Asked, Attempt, Failure, Usage};
use crate::store::StoreError;
use crate::store::documents::Job;
use crate::store::usage::{ModelCall, Tokens};
use agents::business::Business;
use agents::decision::Decision;
use agents::id::{ConversationId, LeadId};
use agents::turn::Ask;
use std::sync::{Mutex, PoisonError};

/// Calls whose turn came to nothing, in this process.
#[derive(Debug, Default)]
pub struct Unwritten(Mutex<Vec<ModelCall>>);

impl Unwritten {
    fn take(&self) -> Vec<ModelCall> {
        std::mem::take(&mut *self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }

    fn put(&self, calls: &mut Vec<ModelCall>) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).append(calls);
    }
}

/// The calls of a turn that are not written yet. Dropped with any in it, it leaves them to whoever writes next.
pub(super) struct Spending<'a> {
    app: &'a App,
    calls: Vec<ModelCall>,
    made: u32,
}

impl Drop for Spending<'_> {
    fn drop(&mut self) {
        self.app.unwritten.put(&mut self.calls);
    }
}

impl<'a> Spending<'a> {
    /// What earlier turns left, and nothing of this one yet.
    pub(super) fn new(app: &'a App) -> Self {
        Self { app, calls: app.unwritten.take(), made: 0 }
    }

    /// Takes note of a question to models.
    pub(super) fn add(
        &mut self,
        job: &Job,
        business: &Business,
        chat: &ConversationId,
        ask: &Ask,
        asked: &Asked,
    ) {
        let (agent, pro) = match ask {
            Ask::Dispatch(_) => ("dispatcher", None),
            Ask::Persona(question) => ("persona", Some(question.pro.id.clone())),
        };
        let prompt = asked.prompt.map(|(id, version)| format!("{id}.{version}")).unwrap_or_default();
        for attempt in asked.attempts.iter().filter(|attempt| may_cost(attempt)) {
            self.made += 1;
            let at = self.app.now();
            let day = business.day(at);
            let usage = attempt.usage.as_ref();
            self.calls.push(ModelCall {
                id: format!("{}.{}.{}", job.kind.id(), job.token, self.made),
                business: business.id.clone(),
                conversation: chat.clone(),
                lead: None,
                agent: agent.to_owned(),
                pro: pro.clone(),
                model: usage.map_or(&attempt.model, |usage| &usage.model).as_str().to_owned(),
                prompt: prompt.clone(),
                outcome: attempt.outcome().to_owned(),
                at,
                day,
                tokens: usage.map(tokens).unwrap_or_default(),
                micro_dollars: usage
                    .and_then(|usage| usage.nano_dollars(day))
                    .map(|nano| nano.div_ceil(1_000)),
            });
        }
    }

    /// The calls to write with a decision. Those of this turn belong to the lead that it is about or made.
    pub(super) fn to_write(&self, chat: &ConversationId, decision: &Decision) -> Vec<ModelCall> {
        let lead = lead_of(decision);
        let mut calls = self.calls.clone();
        for call in calls.iter_mut().filter(|call| call.conversation == *chat && call.lead.is_none()) {
            call.lead = lead.cloned();
        }
        calls
    }

    /// They are written.
    pub(super) fn written(&mut self) {
        self.calls.clear();
    }

    /// Whether the business has spent what it may on this day of its zone. What is not written yet counts.
    pub(super) async fn is_used_up(&self, business: &Business) -> Result<bool, StoreError> {
        let Some(budget) = business.model_budget_micro_dollars else { return Ok(false) };
        let day = business.day(self.app.now());
        let mut spent = self.app.store.spent_on(&business.id, day).await?;
        for call in self.calls.iter().filter(|call| call.business == business.id && call.day == day) {
            spent += call.spent();
        }
        Ok(spent.micro_dollars >= budget)
    }
}

/// Writes what turns of this process left unwritten; returns how many calls.
///
/// # Errors
/// When the store fails: they stay for the next time.
pub(crate) async fn write_left_over(app: &App) -> Result<usize, StoreError> {
    let mut spending = Spending::new(app);
    if !spending.calls.is_empty() {
        app.store.record_usage(spending.calls.clone(), app.now()).await?;
    }
    let written = spending.calls.len();
    spending.written();
    Ok(written)
}

/// Whether a try can have cost anything: the vendor said what it took, or gave no answer to a request that it may have
/// worked on.
fn may_cost(attempt: &Attempt) -> bool {
    attempt.usage.is_some() || attempt.failure == Some(Failure::Timeout)
}

fn tokens(usage: &Usage) -> Tokens {
    Tokens { prompt: usage.prompt, answer: usage.answer, thoughts: usage.thoughts, cached: usage.cached }
}

/// The lead under way in the chat, else the only one that the decision changes.
fn lead_of(decision: &Decision) -> Option<&LeadId> {
    let under_way = decision.conversation.as_ref().and_then(|chat| chat.lead.as_ref());
    let [only] = decision.leads.as_slice() else { return under_way };
    under_way.or(Some(&only.id))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;
    use crate::config::Config;
    use crate::models::{ModelName, Usage};
    use crate::outside::{Clock, Dice, ManualClock, Outside, Request, Transport, TransportError};
    use crate::store::Store;
    use crate::store::documents::JobKind;
    use agents::dispatcher;
    use chrono::{DateTime, Duration};
    use std::sync::Arc;

    fn business(budget: Option<u64>) -> Business {
        let mut business =
            crate::business_file::parse(include_str!("../../demo/fixi.toml")).unwrap().business;
        business.model_budget_micro_dollars = budget;
        business
    }

    async fn app(directory: &std::path::Path) -> Arc<App> {
        let nobody = Arc::new(|_: Request| -> futures::future::BoxFuture<'static, _> {
            Box::pin(async { Err(TransportError::NotAllowed) })
        });
        let outside = Outside {
            clock: Clock::Manual(ManualClock::new(DateTime::from_timestamp(1_795_330_800, 0).unwrap())),
            transport: Transport::InProcess(nobody),
            dice: Dice::seeded(1),
        };
        let store = Store::open_embedded(directory).await.unwrap();
        App::new(Config::read(&|_| None, None).unwrap(), store, outside)
    }

    fn asked(business: &Business, models: &[&str]) -> (Ask, Asked) {
        let ask = Ask::Dispatch(Box::new(dispatcher::Question {
            business: business.clone(),
            trades: Vec::new(),
            language: business.locale,
            facts: Vec::new(),
            asked: String::new(),
            history: Vec::new(),
            words: "x".to_owned(),
            now: DateTime::UNIX_EPOCH,
        }));
        let attempts = models.iter().map(|model| Attempt {
            model: ModelName::parse(model).unwrap(),
            failure: None,
            took: std::time::Duration::ZERO,
            usage: Some(Usage {
                model: ModelName::parse(model).unwrap(),
                prompt: 1_000,
                answer: 100,
                thoughts: 0,
                cached: 0,
            }),
        });
        let answer = crate::models::by_rules(&ask);
        let asked =
            Asked { answer, prompt: Some(("dispatcher", 3)), attempts: attempts.collect(), degraded: false };
        (ask, asked)
    }

    fn job(token: u64) -> Job {
        let kind = JobKind::Turn { conversation: ConversationId::new("c") };
        Job { kind, token, attempts: 1, waited: Duration::zero() }
    }

    /// A turn that came to nothing has spent all the same, and whoever writes next writes it, once.
    #[tokio::test]
    async fn what_a_failed_turn_spent_is_written_by_the_next_and_counts_once() {
        let directory = tempfile::tempdir().unwrap();
        let app = app(directory.path()).await;
        let business = business(None);
        let chat = ConversationId::new("c");
        let (ask, asked) = asked(&business, &["gemini-2.5-flash-lite"]);
        {
            let mut failed = Spending::new(&app);
            failed.add(&job(1), &business, &chat, &ask, &asked);
        }
        let mut next = Spending::new(&app);
        next.add(&job(2), &business, &chat, &ask, &asked);
        let calls = next.to_write(&chat, &Decision::default());
        let ids: Vec<&str> = calls.iter().map(|call| call.id.as_str()).collect();
        assert_eq!(ids, ["turn/c.1.1", "turn/c.2.1"]);
        app.store.record_usage(calls, app.now()).await.unwrap();
        // The answer of the store was lost: the turn does not know that it was written.
        drop(next);
        assert_eq!(write_left_over(&app).await.unwrap(), 2);
        assert_eq!(write_left_over(&app).await.unwrap(), 0);
        let spent = app.store.spent_on(&business.id, business.day(app.now())).await.unwrap();
        assert_eq!((spent.calls, spent.micro_dollars, spent.unknown), (2, 280, 0));
    }

    /// L37, B142: what is not written yet counts towards the budget, what has no known price does not.
    #[tokio::test]
    async fn a_budget_is_used_up_by_what_is_known_to_be_spent_today() {
        let directory = tempfile::tempdir().unwrap();
        let app = app(directory.path()).await;
        let chat = ConversationId::new("c");
        let with = business(Some(280));
        let mut spending = Spending::new(&app);
        assert!(!spending.is_used_up(&with).await.unwrap());
        let (ask, unknown) = asked(&with, &["gemini-9-flash"]);
        spending.add(&job(1), &with, &chat, &ask, &unknown);
        let (_, known) = asked(&with, &["gemini-2.5-flash-lite"]);
        spending.add(&job(1), &with, &chat, &ask, &known);
        assert!(!spending.is_used_up(&with).await.unwrap());
        app.store.record_usage(spending.to_write(&chat, &Decision::default()), app.now()).await.unwrap();
        spending.written();
        spending.add(&job(2), &with, &chat, &ask, &known);
        assert!(spending.is_used_up(&with).await.unwrap());
        assert!(!spending.is_used_up(&business(None)).await.unwrap(), "no budget, no limit");
        assert!(Spending::new(&app).is_used_up(&business(Some(0))).await.unwrap(), "nothing may be spent");
        let spent = app.store.spent_on(&with.id, with.day(app.now())).await.unwrap();
        assert_eq!((spent.calls, spent.micro_dollars, spent.unknown), (2, 140, 1));
    }
}
