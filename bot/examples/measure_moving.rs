//! Measures moving on this machine: leads with their messages from the embedded store into a file, into MongoDB, and back.
//! It never touches a store that is in use.
//!
//! `scripts/mongod run cargo run --release --example measure_moving -- 100000`

#![allow(clippy::print_stdout, reason = "it prints figures for people")]

use bot::moving::{self, Place};
use bot::store::Store;
use bot::store::documents::{Commit, Document, Expect, OutboxRow};
use chrono::{DateTime, TimeDelta, Utc};
use serde_json::json;
use std::time::Instant;

#[tokio::main]
async fn main() -> anyhow::Result<()> {
    let leads: u64 = std::env::args().nth(1).map_or(Ok(100_000), |leads| leads.parse())?;
    let folder = tempfile::tempdir()?;
    let path = |name: &str| folder.path().join(name).to_string_lossy().into_owned();
    let uri = std::env::var("MONGO_TEST_URI")?;
    let (hosts, options) = uri.split_once("/?").unwrap_or((&uri, ""));
    let name = format!("fixi_measure_{}", std::process::id());
    let uri = format!("{}/{name}?{options}", hosts.trim_end_matches('/'));

    let store = Store::open_embedded(folder.path()).await?;
    for first in (1..=leads).step_by(500) {
        store.commit(some(first..(first + 500).min(leads + 1)), moment()).await?;
    }
    store.close().await?;
    let ways = [
        (path(""), path("1.jsonl")),
        (path("1.jsonl"), uri.clone()),
        (uri.clone(), path("2.jsonl")),
        (path("2.jsonl"), path("b")),
    ];
    for ((from, to), what) in
        ways.iter().zip(["embedded to file", "file to MongoDB", "MongoDB to file", "file to embedded"])
    {
        let started = Instant::now();
        let moved = moving::run(&Place::named(from)?, &Place::named(to)?).await?;
        anyhow::ensure!(moved.is_whole(), "{}", moved.table());
        println!("{what:18} {:7} rows {:6.1} s", moved.source.rows(), started.elapsed().as_secs_f64());
    }
    println!("{:.1} MB in the file", std::fs::metadata(path("1.jsonl"))?.len() as f64 / 1e6);
    mongodb::Client::with_uri_str(&uri).await?.database(&name).drop().await?;
    Ok(())
}

fn moment() -> DateTime<Utc> {
    DateTime::UNIX_EPOCH + TimeDelta::days(20_000)
}

/// A lead and the message to its customer, for each number.
fn some(numbers: std::ops::Range<u64>) -> Commit {
    let lead = |number: u64| {
        let lead = json!({
            "id": format!("l{number}"), "business": "fixi", "number": number, "contact": format!("k{number}"),
            "conversation": format!("c{number}"), "language": "he", "status": "new",
            "history": [{"status": "new", "at": moment(), "reason": "deal"}], "issue_type": "plumbing",
            "issue_summary": "יש לי נזילה במטבח בתל אביב", "address": {}, "emergency": false, "pro": "p-avi",
        });
        (Expect::Absent, Document::Lead(serde_json::from_value(lead).expect("its stored form")))
    };
    let message = |number: u64| -> OutboxRow {
        let row = json!({
            "id": format!("o{number}"), "business": "fixi", "conversation": format!("c{number}"), "state": "sent",
            "message": {"text": "מה הכתובת המלאה?"}, "purpose": "answer", "created_at": moment(),
        });
        serde_json::from_value(row).expect("its stored form")
    };
    Commit {
        documents: numbers.clone().map(lead).collect(),
        outbox: numbers.map(message).collect(),
        ..Commit::default()
    }
}
