//! What models took: each call once, and the totals of each day with it.

use crate::fixtures::*;
use agents::id::LeadId;
use agents::lead::{Lead, StatusChange};
use bot::store::documents::{Commit, Document, Expect, Settlement};
use bot::store::usage::{ModelCall, Spent, Tokens};
use bot::store::{Store, StoreError};
use chrono::NaiveDate;
use futures::future::join_all;

pub(crate) fn call(id: &str, day: u32, model: &str, agent: &str, micro_dollars: Option<u64>) -> ModelCall {
    ModelCall {
        id: id.to_owned(),
        business: business(),
        conversation: dana(),
        lead: None,
        agent: agent.to_owned(),
        pro: None,
        model: model.to_owned(),
        prompt: "dispatcher.3".to_owned(),
        outcome: "answered".to_owned(),
        at: at(0),
        day: date(day),
        tokens: Tokens { prompt: 1_000, answer: 100, thoughts: 10, cached: 400 },
        micro_dollars,
    }
}

fn date(day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 11, day).unwrap()
}

fn sum(calls: u64, micro_dollars: u64, unknown: u64) -> Spent {
    let tokens =
        Tokens { prompt: calls * 1_000, answer: calls * 100, thoughts: calls * 10, cached: calls * 400 };
    Spent { calls, tokens, micro_dollars, unknown }
}

/// B140, B142: by day, by model, by agent; an unknown price is counted as such and never guessed.
pub(crate) async fn calls_are_summed_by_day_model_and_agent(store: &Store) {
    let calls = vec![
        call("a", 22, "lite", "dispatcher", Some(140)),
        call("b", 22, "flash", "persona", Some(1_000)),
        call("c", 22, "new", "persona", None),
        call("d", 23, "lite", "dispatcher", Some(60)),
        call("e", 24, "lite", "dispatcher", Some(7)),
    ];
    store.record_usage(calls, at(0)).await.unwrap();
    let (from, to) = (date(22), date(23));
    let days = store.usage_by_day(&business(), from, to).await.unwrap();
    assert_eq!(days.into_iter().collect::<Vec<_>>(), [(from, sum(3, 1_140, 1)), (to, sum(1, 60, 0))]);
    let models = store.usage_by_model(&business(), from, to).await.unwrap();
    let expected = [("flash", sum(1, 1_000, 0)), ("lite", sum(2, 200, 0)), ("new", sum(1, 0, 1))];
    assert_eq!(models.into_iter().collect::<Vec<_>>(), expected.map(|(name, sum)| (name.to_owned(), sum)));
    let agents = store.usage_by_agent(&business(), from, to).await.unwrap();
    let expected = [("dispatcher", sum(2, 200, 0)), ("persona", sum(2, 1_000, 1))];
    assert_eq!(agents.into_iter().collect::<Vec<_>>(), expected.map(|(name, sum)| (name.to_owned(), sum)));
    assert_eq!(store.spent_on(&business(), to).await.unwrap(), sum(1, 60, 0));
    assert_eq!(store.spent_on(&business(), date(25)).await.unwrap(), Spent::default());
    let newest = store.model_calls(&business(), 2).await.unwrap();
    assert_eq!(newest.iter().map(|call| call.id.as_str()).collect::<Vec<_>>(), ["e", "d"]);
}

/// A write that is tried again, by whomever, counts once; a turn that is refused writes none of it.
pub(crate) async fn a_call_counts_once_whoever_races(store: &Store) {
    let calls: Vec<ModelCall> =
        (0..12).map(|at| call(&format!("c{at}"), 22, "lite", "persona", Some(5))).collect();
    let written = join_all((0..8).map(|_| store.record_usage(calls.clone(), at(0))))
        .await
        .into_iter()
        .collect::<Result<Vec<_>, _>>();
    written.unwrap();
    assert_eq!(store.spent_on(&business(), date(22)).await.unwrap(), sum(12, 60, 0));
    assert_eq!(store.counts().await.unwrap()["usage"], 12);

    store.ask(vec![turn(&dana(), at(0))], at(0)).await.unwrap();
    let job = claim(store, 0).await;
    store.settle(&job, Settlement::Done, at(1)).await.unwrap();
    let late = Commit {
        under: Some(job),
        settle: Some(Settlement::Done),
        usage: vec![call("late", 22, "lite", "persona", Some(5))],
        ..Commit::default()
    };
    assert!(matches!(store.commit(late, at(2)).await, Err(StoreError::LeaseLost { .. })));
    assert_eq!(store.spent_on(&business(), date(22)).await.unwrap(), sum(12, 60, 0));
}

/// What each job took that is booked or done; what never became one is left out.
pub(crate) async fn what_each_booked_job_took(store: &Store) {
    let since = |id: &str, number: u64, status: &str, seconds: i64| -> (Expect, Document) {
        let mut lead: Lead = lead(id, number, status);
        lead.history = vec![StatusChange { status: lead.status, at: at(seconds), reason: String::new() }];
        (Expect::Absent, Document::Lead(lead))
    };
    let leads = vec![
        since("l1", 1, "booked", 10),
        since("l2", 2, "completed", 20),
        since("l3", 3, "closed", 20),
        since("l4", 4, "booked", 99),
    ];
    store.put_documents(leads, at(0)).await.unwrap();
    let of = |id: &str, lead: &str| ModelCall {
        lead: Some(LeadId::new(lead)),
        ..call(id, 22, "lite", "persona", Some(100))
    };
    store
        .record_usage(vec![of("a", "l1"), of("b", "l1"), of("c", "l3"), of("d", "l4")], at(0))
        .await
        .unwrap();
    let jobs = store.usage_by_booked_job(&business(), at(0), at(50), 10).await.unwrap();
    let found: Vec<_> =
        jobs.iter().map(|job| (job.number, job.spent.calls, job.spent.micro_dollars)).collect();
    assert_eq!(found, [(2, 0, 0), (1, 2, 200)]);
    let newest = store.usage_by_booked_job(&business(), at(0), at(50), 1).await.unwrap();
    assert_eq!(newest.len(), 1);
}
