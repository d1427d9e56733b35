//! Figures by period, and the CSV of them.

use crate::office::Office;
use agents::calendar;
use agents::id::{BusinessId, ConversationId};
use agents::lead::Lead;
use axum::http::{Method, StatusCode};
use bot::store::documents::{Commit, Document, Expect};
use bot::store::usage::{ModelCall, Tokens};
use serde_json::{Value, json};

fn lead(number: u64, made: &str, status: &str, pro: &str, trade: &str) -> Document {
    let mut history = vec![json!({"status": "contacted", "at": made, "reason": "stated"})];
    if ["booked", "completed", "cancelled"].contains(&status) {
        let at = |minutes: i64| {
            made.parse::<chrono::DateTime<chrono::Utc>>().unwrap() + chrono::Duration::minutes(minutes)
        };
        history.push(json!({"status": "new", "at": at(1), "reason": "offered"}));
        history.push(json!({"status": "booked", "at": at(6), "reason": "approved"}));
    }
    history.push(json!({"status": status, "at": "2026-12-31T00:00:00Z", "reason": "x"}));
    let lead: Lead = serde_json::from_value(json!({
        "id": format!("l{number}"), "business": "fixi", "number": number, "contact": "k", "conversation": "c",
        "language": "he", "status": status, "history": history, "issue_type": trade, "issue_summary": "x",
        "address": {}, "emergency": false, "pro": pro, "final_price": 900, "commission": 90,
    }))
    .unwrap();
    Document::Lead(lead)
}

async fn with_leads() -> Office {
    let office = Office::open().await;
    let [avi, dan] = [office.pros[0].id.as_str(), office.pros[1].id.as_str()];
    let leads = vec![
        // The last minute of the day before, local time, and the first of this one.
        lead(1, "2026-11-21T21:59:00Z", "completed", avi, "plumbing"),
        lead(2, "2026-11-21T22:00:00Z", "completed", avi, "plumbing"),
        lead(3, "2026-11-22T10:00:00Z", "cancelled", avi, "plumbing"),
        lead(4, "2026-11-23T10:00:00Z", "contacted", dan, "electricity"),
        lead(5, "2026-11-24T22:00:00Z", "booked", dan, "electricity"),
    ];
    office.put(leads).await;
    office
}

#[tokio::test]
async fn a_period_counts_the_leads_that_were_made_in_it_by_local_days() {
    let office = with_leads().await;
    let found = office.get("/analytics?from=2026-11-22&to=2026-11-24").await;
    let days: Vec<_> = found["days"]
        .as_array()
        .unwrap()
        .iter()
        .map(|day| (day["date"].as_str().unwrap(), day["leads"].as_u64().unwrap()))
        .collect();
    assert_eq!(days, [("2026-11-22", 2), ("2026-11-23", 1), ("2026-11-24", 0)]);
    let total = &found["total"];
    // B134, B135: a cancelled one was booked and earned nothing.
    for (field, expected) in [
        ("leads", 3),
        ("offered", 2),
        ("booked", 2),
        ("completed", 1),
        ("lost", 1),
        ("revenue", 900),
        ("commission", 90),
    ] {
        assert_eq!(total[field], json!(expected), "{field}");
    }
    assert_eq!(total["pro_answer_seconds"], json!(300));
    assert_eq!((&found["trades"][0][0], &found["trades"][0][1]["leads"]), (&json!("plumbing"), &json!(2)));
    assert_eq!(found["pros"][0][0], json!(office.pros[0].name));
    assert_eq!((&found["usage_known"], &total["tokens"]), (&json!(true), &json!(0)), "no model was asked");
    for query in ["from=2026-11-24&to=2026-11-22", "from=2025-11-22&to=2026-11-24"] {
        assert_eq!(office.refused(Method::GET, &format!("/analytics?{query}"), Value::Null).await.0, 422);
    }
    let (_, theirs) =
        office.send("eve", Method::GET, "/analytics?from=2026-11-22&to=2026-11-24", Value::Null).await;
    assert_eq!(theirs["total"]["leads"], json!(0));
    let (status, _) =
        office.send("gil", Method::GET, "/analytics?from=2026-11-22&to=2026-11-24", Value::Null).await;
    assert_eq!(status, StatusCode::FORBIDDEN);
}

/// What a model took on a day; `cost` is none where its price is not known.
fn call(at: &str, business: &str, cost: Option<u64>) -> ModelCall {
    let at: chrono::DateTime<chrono::Utc> = at.parse().unwrap();
    ModelCall {
        id: format!("{business}.{at}"),
        business: BusinessId::new(business),
        conversation: ConversationId::new("c"),
        lead: None,
        agent: "dispatcher".to_owned(),
        pro: None,
        model: if cost.is_some() { "gemini-2.5-flash".to_owned() } else { "gemini-9".to_owned() },
        prompt: "dispatcher.1".to_owned(),
        outcome: "answered".to_owned(),
        at,
        day: calendar::local(at, chrono_tz::Asia::Jerusalem).date,
        tokens: Tokens { prompt: 1_000, answer: 100, thoughts: 10, cached: 900 },
        micro_dollars: cost,
    }
}

/// B141, B142: what models took stands beside what came of it, by the local day; a price that nobody knows is not
/// passed off as nothing.
#[tokio::test]
async fn what_models_took_is_told_by_day_and_for_today() {
    let office = with_leads().await;
    let calls = vec![
        call("2026-11-21T21:59:00Z", "fixi", Some(999)),
        call("2026-11-22T06:00:00Z", "fixi", Some(250)),
        call("2026-11-22T06:00:00Z", "other", Some(111)),
        call("2026-11-23T06:00:00Z", "fixi", Some(50)),
    ];
    office.store().record_usage(calls, office.clock.now()).await.unwrap();
    let found = office.get("/analytics?from=2026-11-22&to=2026-11-24").await;
    let of = |figures: &Value| (figures["tokens"].as_u64().unwrap(), figures["model_cost"].as_u64().unwrap());
    let days: Vec<_> = found["days"].as_array().unwrap().iter().map(of).collect();
    assert_eq!(days, [(1_110, 250), (1_110, 50), (0, 0)]);
    assert_eq!(of(&found["total"]), (2_220, 300));
    assert_eq!(office.get("/dashboard").await["model_cost_today"], json!(250));
    let unpriced = call("2026-11-22T06:30:00Z", "fixi", None);
    office.store().record_usage(vec![unpriced], office.clock.now()).await.unwrap();
    assert_eq!(office.get("/dashboard").await["model_cost_today"], Value::Null);
}

/// B139.
#[tokio::test]
async fn the_csv_is_read_by_any_program_and_runs_nothing() {
    let office = with_leads().await;
    let mut pro = office.store().pro(&office.pros[0].id).await.unwrap().unwrap().value;
    pro.name = "=HYPERLINK(\"http://example.com\",\"a\")".to_owned();
    let documents = vec![(Expect::Version(1), Document::Pro(pro))];
    office.store().commit(Commit { documents, ..Commit::default() }, office.clock.now()).await.unwrap();
    for (by, first, rows) in [("", "day", 3), ("&by=trade", "trade", 2), ("&by=pro", "pro", 2)] {
        let path = format!("/analytics.csv?from=2026-11-22&to=2026-11-24{by}");
        let text = office.get(&path).await;
        let text = text.as_str().unwrap();
        let mut reader = csv::Reader::from_reader(text.as_bytes());
        assert_eq!(&reader.headers().unwrap()[0], first);
        let records: Vec<_> = reader.records().map(Result::unwrap).collect();
        assert_eq!(records.len(), rows, "{by}");
        for cell in records.iter().flatten() {
            assert!(!cell.starts_with(['=', '+', '-', '@']), "{cell}");
        }
        let total: u64 = records.iter().map(|record| record[1].parse::<u64>().unwrap()).sum();
        assert_eq!(total, 3);
    }
    assert_eq!(office.store().leads_by_status(&BusinessId::new("fixi")).await.unwrap().len(), 4);
}
