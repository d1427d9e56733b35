//! Measures the healer on the embedded store: how long it takes to find what is stuck among very many open leads, and how
//! many are healed per second, each in a turn of its own.
//!
//! `cargo run --release --example measure_healer`

#![allow(clippy::print_stdout, reason = "it prints figures for people")]

use agents::lead::Lead;
use bot::app::App;
use bot::business_file;
use bot::config::Config;
use bot::jobs::{self, recurring};
use bot::outside::Outside;
use bot::store::Store;
use bot::store::documents::{Document, Expect};
use bot::store::waiting::Left;
use chrono::{DateTime, TimeDelta, Utc};
use serde_json::json;
use std::time::Instant;

const OPEN: u64 = 100_000;
const STUCK: u64 = 2_000;

#[tokio::main]
async fn main() -> anyhow::Result<()> {
    let folder = tempfile::tempdir()?;
    let store = Store::open_embedded(folder.path()).await?;
    let file = business_file::parse(include_str!("../demo/fixi.toml"))?;
    let (business, pro) = (file.business.id.clone(), file.pros[0].id.clone());
    let now = Utc::now();
    let mut documents: Vec<_> = std::iter::once(Document::Business(file.business))
        .chain(file.pros.into_iter().map(Document::Pro))
        .collect();
    let lead = |number: u64, status: &str, since: DateTime<Utc>, offer: serde_json::Value| {
        serde_json::from_value::<Lead>(json!({
            "id": format!("l{number}"), "business": business, "number": number, "contact": "k", "pro": pro,
            "conversation": format!("c{number}"), "language": "he", "status": status, "issue_type": "plumbing",
            "history": [{"status": status, "at": since, "reason": "x"}], "issue_summary": "x", "address": {},
            "emergency": false, "offer": offer,
        }))
    };
    for number in 1..=OPEN {
        documents.push(Document::Lead(lead(number, "contacted", now, json!(null))?));
    }
    for number in OPEN + 1..=OPEN + STUCK {
        let long_ago = now - TimeDelta::hours(2);
        let offer = json!({
            "pro": pro, "round": 1, "made_at": long_ago, "expires_at": long_ago + TimeDelta::hours(1),
        });
        documents.push(Document::Lead(lead(number, "new", long_ago, offer)?));
    }
    for page in documents.chunks(2_000) {
        let page = page.iter().map(|document| (Expect::Absent, document.clone())).collect();
        store.put_documents(page, now).await?;
    }
    let began = Instant::now();
    let before = now - TimeDelta::hours(1);
    let (mut found, mut cursor) = (0, None);
    loop {
        let page = store.left_leads(&business, Left::Stale, before, cursor.as_ref(), 500).await?;
        let Some(last) = page.last().cloned() else { break };
        found += page.len();
        cursor = Some(last);
    }
    println!("found {found} stuck leads among {} in {:?}", OPEN + STUCK, began.elapsed());
    let mut config = Config::read(&|_| None, None)?;
    config.data_dir = folder.path().to_owned();
    let app = App::new(config, store, Outside::real()?);
    recurring::ensure(&app).await?;
    let healer = bot::store::documents::JobKind::Recurring { name: bot::store::documents::Recurring::Healer };
    let due = bot::store::documents::NewJob { kind: healer, due: now, gather_ms: None };
    app.store.ask(vec![due], now).await?;
    let began = Instant::now();
    let mut runs = 0_u32;
    while jobs::run_one(&app, "measure").await? {
        runs += 1;
    }
    let took = began.elapsed();
    println!("{runs} jobs in {took:?}: {:.0} leads healed per second", STUCK as f64 / took.as_secs_f64());
    println!("left: {:?}", app.store.leads_by_status(&business).await?);
    Ok(())
}
