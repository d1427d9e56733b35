//! Measures the healer: how long it takes to find what is stuck among very many open leads, and how many are healed per
//! second, each in a turn of its own. With `MONGO_TEST_URI` on MongoDB in a database of its own, else on the embedded
//! store.
//!
//! `cargo run --release --example measure_healer`, `scripts/mongod run cargo run --release --example measure_healer`

#![allow(clippy::print_stdout, reason = "it prints figures for people")]

use agents::id::ProId;
use agents::lead::Lead;
use agents::pro::Pro;
use bot::app::App;
use bot::business_file;
use bot::config::Config;
use bot::jobs::{self, recurring};
use bot::outside::Outside;
use bot::store::documents::{Document, SCHEMA_VERSION};
use bot::store::records::{Record, Whole};
use bot::store::waiting::Left;
use bot::store::{Filled, Store};
use chrono::{DateTime, TimeDelta, Utc};
use serde_json::json;
use std::path::Path;
use std::time::Instant;

const OPEN: u64 = 100_000;
const STUCK: u64 = 2_000;
/// How many pros there are for each of the demo's.
const COPIES: usize = 20;

#[tokio::main]
async fn main() -> anyhow::Result<()> {
    let folder = tempfile::tempdir()?;
    let Ok(server) = std::env::var("MONGO_TEST_URI") else {
        return measure(Store::open_embedded_to_fill(folder.path()).await?, folder.path()).await;
    };
    let (hosts, options) = server.split_once("/?").unwrap_or((server.as_str(), ""));
    let name = format!("fixi_test_healer_{:x}", rand::random::<u32>());
    let uri = format!("{}/{name}?{options}", hosts.trim_end_matches('/'));
    measure(Store::open_mongo_to_fill(&uri).await?, folder.path()).await?;
    mongodb::Client::with_uri_str(&uri).await?.database(&name).drop().await?;
    Ok(())
}

async fn measure(store: Store, folder: &Path) -> anyhow::Result<()> {
    let file = business_file::parse(include_str!("../demo/fixi.toml"))?;
    let business = file.business.id.clone();
    let now = Utc::now();
    let pros = crowd(&file.pros);
    let pro_of = |number: u64| {
        let at = usize::try_from(number).unwrap_or_default() % pros.len();
        pros[at].id.clone()
    };
    let lead = |number: u64, status: &str, since: DateTime<Utc>, offer: serde_json::Value| {
        serde_json::from_value::<Lead>(json!({
            "id": format!("l{number}"), "business": business, "number": number, "contact": format!("k{number}"),
            "pro": pro_of(number),
            "conversation": format!("c{number}"), "language": "he", "status": status, "issue_type": "plumbing",
            "history": [{"status": status, "at": since, "reason": "x"}], "issue_summary": "x",
            "address": {"city": "haifa"}, "emergency": false, "offer": offer,
        }))
    };
    let mut documents = vec![Document::Business(file.business)];
    documents.extend(pros.iter().cloned().map(Document::Pro));
    for number in 1..=OPEN {
        documents.push(Document::Lead(lead(number, "contacted", now, json!(null))?));
    }
    for number in OPEN + 1..=OPEN + STUCK {
        let long_ago = now - TimeDelta::hours(2);
        let offer = json!({
            "pro": pro_of(number), "round": 1, "made_at": long_ago, "expires_at": long_ago + TimeDelta::hours(1),
        });
        documents.push(Document::Lead(lead(number, "new", long_ago, offer)?));
    }
    fill(&store, &documents).await?;
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
    config.data_dir = folder.to_owned();
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

/// Each pro many times over, each time with an id and a phone of their own.
fn crowd(pros: &[Pro]) -> Vec<Pro> {
    let copies = pros.iter().flat_map(|pro| (0..COPIES).map(move |copy| (pro, copy)));
    let named = (0..).zip(copies).map(|(number, (pro, copy))| Pro {
        id: ProId::new(format!("{}-{copy}", pro.id)),
        phone: format!("+9725000{number:05}"),
        // Everybody has room for one more, so that healing is to give a lead to somebody else.
        max_open_jobs: 1_000,
        ..pro.clone()
    });
    named.collect()
}

/// As a backup is read: much faster than turns.
async fn fill(store: &Store, documents: &[Document]) -> anyhow::Result<()> {
    store.begin_filling().await?;
    let mut filled = Filled::default();
    for page in documents.chunks(1_000) {
        let rows = page.iter().map(record).collect::<anyhow::Result<Vec<_>>>()?;
        filled.rows += u64::try_from(rows.len())?;
        store.fill(rows, filled.clone()).await?;
    }
    Ok(store.end_filling().await?)
}

fn record(document: &Document) -> anyhow::Result<Record> {
    let whole =
        |body| Whole { id: document.id().to_owned(), version: 1, schema: i64::from(SCHEMA_VERSION), body };
    Ok(match document {
        Document::Business(business) => Record::Businesses(whole(serde_json::to_value(business)?)),
        Document::Pro(pro) => Record::Members(whole(serde_json::to_value(pro)?)),
        Document::Lead(lead) => Record::Leads(whole(serde_json::to_value(lead)?)),
        other => anyhow::bail!("it needs no {}", other.collection()),
    })
}
