//! Measures the console against a bot with 100,000 leads and 1,000,000 messages in its store, as an operator has both: the
//! real programs, a real terminal, HTTP between them. Both are built before, in the same profile:
//!
//! ```sh
//! cargo build --release -p bot --bin fixi -p admin-tui --bin fixi-admin
//! cargo run --release -p tests --bin console_figures
//! ```

#![allow(clippy::print_stdout, reason = "what it prints is what it is for")]

use agents::conversation::Place;
use agents::id::BusinessId;
use anyhow::Context;
use bot::app::{contact_id, conversation_id};
use bot::store::documents::SCHEMA_VERSION;
use bot::store::records::{Bare, Received, Record, Whole};
use bot::store::{Filled, Store};
use chrono::{DateTime, Duration, Utc};
use emulator::Channel;
use pty_process::blocking::Command;
use serde_json::{Value, json};
use std::path::Path;
use std::time::Instant;
use tests::binary::{self, memory_mib};
use tests::house::House;
use tests::terminal::Terminal;

/// How many leads there are, when no other number is given.
const LEADS: u64 = 100_000;
/// Of each chat, half of them from its person.
const LINES: u64 = 10;
const PASSWORD: &str = "twenty-two pipes";
/// How often the console is opened.
const OPENINGS: usize = 20;
/// How often somebody writes while it is looked at.
const EVENTS: usize = 20;

#[tokio::main]
async fn main() -> anyhow::Result<()> {
    let leads = std::env::args().nth(1).map_or(Ok(LEADS), |leads| leads.parse())?;
    let mut house = House::empty().await?;
    let began = Instant::now();
    fill(&house.data(), leads, house.street.now()).await?;
    println!(
        "{leads} leads and {} messages put in, in {:.0} s",
        leads * LINES,
        began.elapsed().as_secs_f64()
    );
    house.move_in()?;
    house.user("olga", "owner", PASSWORD)?;
    let address = house.start(None).await?;
    let home = tempfile::tempdir()?;
    let open = || Terminal::start(command(home.path(), &format!("http://{address}"))?, 120, 40);

    let console = open()?;
    console.shows("Sign in").await?;
    console.types(&format!("olga\t{PASSWORD}\r"))?;
    console.shows("Leads by status").await?;
    drop(console);

    let (mut pictures, mut figures) = (Vec::new(), Vec::new());
    for _ in 0..OPENINGS {
        let console = open()?;
        let began = Instant::now();
        pictures.extend(console.drawn_after("").await?);
        console.shows("Leads by status").await?;
        figures.push(began.elapsed());
    }
    told("from the start to the first picture", pictures);
    told("from the start to the dashboard's figures", figures);

    let console = open()?;
    console.shows("Leads by status").await?;
    let mut keys = Vec::new();
    for key in script() {
        keys.extend(console.drawn_after(key).await?);
    }
    told("from a key to its picture", keys);

    let mut waits = Vec::new();
    let middle = leads / 2;
    let (newest, person) = (format!("#{leads}"), format!("person {}", leads - 1));
    let (find, found) = (format!("/{middle}\r"), format!("#{middle} "));
    for (keys, shown) in [
        ("1", "Leads by status"),
        ("2", newest.as_str()),
        (find.as_str(), found.as_str()),
        ("3g", person.as_str()),
        ("\r", "i to answer"),
    ] {
        let began = Instant::now();
        console.types(keys)?;
        console.shows(shown).await.with_context(|| format!("after {keys:?}"))?;
        waits.push(began.elapsed());
    }
    told("from a key to rows of the store", waits);

    let mut events = Vec::new();
    for at in 0..EVENTS {
        let words = format!("word {at} of somebody");
        let began = Instant::now();
        house.street.writes(Channel::Green, &phone(leads - 1), &words);
        console.shows(&words).await?;
        events.push(began.elapsed());
    }
    told("from a message to the screen, webhook included", events);
    if let Some(memory) = memory_mib(console.id()) {
        println!("memory of the console: {memory} MiB at most");
    }
    if let Some(memory) = memory_mib(house.program()?.id()) {
        println!("memory of the bot: {memory} MiB at most");
    }
    house.stop().await
}

fn command(home: &Path, url: &str) -> anyhow::Result<Command> {
    Ok(Command::new(binary::console()?)
        .args(["--url", url, "--lang", "en"])
        .env_clear()
        .env("HOME", home)
        .env("TERM", "xterm-256color"))
}

/// What somebody presses who looks for something.
fn script() -> Vec<&'static str> {
    let mut keys = vec!["2"];
    for _ in 0..40 {
        keys.extend(["j", "j", "k", "\x1b[6~"]);
    }
    keys.extend(["G", "k", "k", "\x1b[5~", "g", "\r", "\x1b", "b", "b", "3", "j", "j", "\x1b[6~", "\r"]);
    for _ in 0..20 {
        keys.extend(["k", "j"]);
    }
    keys.extend(["\x1b", "5", "j", "k", "4", "j", "k", "6", "7", "j", "8", "9", "1", "2", "?", "\x1b"]);
    keys
}

fn told(what: &str, mut times: Vec<std::time::Duration>) {
    times.sort_unstable();
    let at = |share: f64| times[((times.len() - 1) as f64 * share).round() as usize].as_secs_f64() * 1_000.0;
    if times.is_empty() {
        return;
    }
    println!(
        "{what}: p50 {:.1} ms, p95 {:.1} ms, p99 {:.1} ms, worst {:.1} ms ({} times)",
        at(0.5),
        at(0.95),
        at(0.99),
        at(1.0),
        times.len()
    );
}

fn phone(number: u64) -> String {
    format!("97250{number:07}")
}

/// Fills an empty store as a backup would be read.
async fn fill(data: &Path, leads: u64, now: DateTime<Utc>) -> anyhow::Result<()> {
    let account = emulator::Settings::default().green.id_instance.to_string();
    let store = Store::open_embedded_to_fill(data).await?;
    store.begin_filling().await?;
    let mut filled = Filled::default();
    for first in (0..leads).step_by(500) {
        let rows: Vec<Record> = (first..(first + 500).min(leads))
            .flat_map(|number| {
                person(number, &account, now - Duration::minutes(i64::try_from(leads - number).unwrap_or(0)))
            })
            .collect();
        filled.rows += u64::try_from(rows.len())?;
        store.fill(rows, filled.clone()).await?;
    }
    store.end_filling().await?;
    Ok(store.close().await?)
}

/// A person, their chat, what was said in it, and their lead.
fn person(number: u64, account: &str, at: DateTime<Utc>) -> Vec<Record> {
    let place = Place {
        channel: agents::message::Channel::GreenApi,
        account: account.to_owned(),
        address: format!("{}@c.us", phone(number)),
    };
    let business = BusinessId::new("fixi");
    let contact = contact_id(&business, Some(&format!("+{}", phone(number))), &place).to_string();
    let chat = conversation_id(&business, &place).to_string();
    let lead = format!("l{number}");
    let whole = |id: &str, body: Value| Whole {
        id: id.to_owned(),
        version: 1,
        schema: i64::from(SCHEMA_VERSION),
        body,
    };
    let schema = i64::from(SCHEMA_VERSION);
    let statuses = ["contacted", "completed", "cancelled", "closed", "rejected", "pending_admin_review"];
    let status = statuses[usize::try_from(number).unwrap_or(0) % statuses.len()];
    let mut rows = vec![
        Record::Contacts(whole(
            &contact,
            json!({
                "id": contact, "business": "fixi", "phone": format!("+{}", phone(number)), "name": format!("person {number}"),
                "language": "he", "disclosed_at": at, "consented_at": at,
            }),
        )),
        Record::Conversations(whole(
            &chat,
            json!({
                "id": chat, "business": "fixi", "contact": contact, "place": place, "language": "he", "last_inbound_at": at,
                "lead": lead,
            }),
        )),
        Record::Leads(whole(
            &lead,
            json!({
                "id": lead, "business": "fixi", "number": number + 1, "contact": contact, "conversation": chat,
                "language": "he", "status": status, "issue_type": "plumbing", "issue_summary": "נזילה במטבח",
                "history": [{"status": status, "at": at, "reason": "stated"}], "address": {"city": "haifa"},
                "emergency": false, "customer_name": format!("person {number}"),
            }),
        )),
    ];
    for line in 0..LINES / 2 {
        let at = at - Duration::seconds(i64::try_from(20 * (LINES - line)).unwrap_or(0));
        let id = format!("green_api:{account}:{number}-{line}");
        rows.push(Record::Messages(Received {
            id: id.clone(),
            schema,
            body: json!({
                "business": "fixi", "conversation": chat, "place": place, "phone": format!("+{}", phone(number)),
                "inbound": {"id": id, "at": at, "content": {"kind": "text", "text": format!("יש לי נזילה {line}")}},
                "received_at": at,
            }),
            handled_at: Some(at),
        }));
        rows.push(Record::Outbox(Bare {
            schema,
            body: json!({
                "id": format!("o{number}-{line}"), "business": "fixi", "conversation": chat, "state": "read",
                "message": {"text": "מה הכתובת המלאה?"}, "purpose": "answer", "created_at": at, "tried_at": at,
                "provider_id": format!("BAE{number}-{line}"),
            }),
        }));
    }
    rows
}
