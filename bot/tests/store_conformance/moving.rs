//! Everything moves: from the embedded store into a file, into MongoDB, and back, with nothing lost, doubled or served
//! half, and the work goes on where it stopped.

use crate::fixtures::*;
use crate::mongodb_server::{self, Database};
use agents::care::{Alert, AlertKind, Raised};
use agents::id::LeadId;
use agents::lead::Status;
use agents::message::Channel;
use bot::moving::{self, Moved, Place};
use bot::store::documents::{
    Accepted, Commit, DeliveryState, Document, Expect, Oddity, Settlement, StatusEvent,
};
use bot::store::records::{COLLECTIONS, Record};
use bot::store::waiting::{Cursor, Left};
use bot::store::{Store, StoreError};
use chrono::TimeDelta;
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

async fn open(directory: &Path) -> Store {
    Store::open_embedded(directory).await.unwrap()
}

fn place(path: &Path) -> Place {
    Place::named(path.to_str().unwrap()).unwrap()
}

fn mongo(database: &Database) -> Place {
    Place::named(&database.uri).unwrap()
}

async fn moved(from: &Place, to: &Place) -> Moved {
    let moved = moving::run(from, to).await.unwrap_or_else(|error| panic!("{error:#}"));
    assert!(moved.is_whole(), "{}", moved.table());
    moved
}

async fn refused(from: &Place, to: &Place) -> String {
    format!("{:#}", moving::run(from, to).await.unwrap_err())
}

/// A store with something in each collection: an offer that is open, a hold, a chat that waits for its turn, a job that
/// runs, a message that is being sent, and a dead letter.
async fn busy(store: &Store) {
    let pro = Document::Pro(pro("p-avi", "+972500000101"));
    let chat = Document::Conversation(conversation(&dana(), "k-dana", "meta", at(0)));
    let person = serde_json::json!({"id": "k-dana", "business": "fixi", "phone": "+972500000001"});
    let visit = serde_json::json!({
        "id": "a1", "business": "fixi", "lead": "l1", "pro": "p-avi", "state": "held",
        "slot": {"from": at(0), "to": at(1_800)},
    });
    let business = serde_json::json!({
        "id": "fixi", "name": "Fixi", "timezone": "Asia/Jerusalem", "locale": "he", "currency": "ILS",
        "approval": "pro", "consent": "notice", "approval_minutes": 15, "emergency_number": "100",
        "hours": agents::calendar::WeekHours::default(),
    });
    let number = store.next_number(&crate::fixtures::business()).await.unwrap();
    let mut lead = lead("l1", number, "new");
    lead.routing =
        vec![agents::lead::Ranked { pro: avi(), score: Some(32.085_300_000_000_004), reasons: vec![] }];
    lead.history =
        vec![agents::lead::StatusChange { status: lead.status, at: at(0), reason: "agreed".to_owned() }];
    let alert = Alert { kind: AlertKind::ModelsDown, lead: None, words: "x".to_owned() };
    let documents = vec![
        (Expect::Absent, Document::Account(crate::outer::account("meta", Some("meta_190")))),
        (Expect::Absent, Document::Place(crate::outer::place())),
        (Expect::Absent, Document::Feed(crate::outer::feed())),
        (Expect::Absent, Document::Business(serde_json::from_value(business).unwrap())),
        (Expect::Absent, pro),
        (Expect::Absent, Document::Contact(serde_json::from_value(person).unwrap())),
        (Expect::Absent, chat),
        (Expect::Absent, Document::Lead(lead.clone())),
        (Expect::Absent, Document::Appointment(serde_json::from_value(visit).unwrap())),
        (Expect::Absent, crate::listed::user("olga")),
        (Expect::Absent, crate::listed::change("c1", "olga", "leads/l1")),
        (Expect::Absent, Document::Alert(Raised::after(None, &alert, &crate::fixtures::business(), at(0)))),
    ];
    accept(store, message(&dana(), "meta/wamid.1", "יש לי נזילה", at(0))).await;
    let gone = agents::id::ConversationId::new("c-gone");
    store.remember_erased(&[gone], at(0)).await.unwrap();
    let turn = claim(store, 0).await;
    let commit = Commit {
        under: Some(turn),
        settle: Some(Settlement::Done),
        documents,
        unchanged: Vec::new(),
        calendars: Vec::new(),
        slots: vec![hold("a1", 0, 1_800, Some(600))],
        outbox: (0..3).map(|at_| outgoing(&dana(), &format!("o{at_}"), at(0))).collect(),
        jobs: vec![delivery(&dana(), at(0))],
        handled: vec![agents::id::InboundId::new("meta/wamid.1")],
        notes: vec![agents::decision::Note {
            key: "routed".to_owned(),
            lead: Some(LeadId::new("l1")),
            detail: "p-avi".to_owned(),
        }],
        usage: vec![crate::usage::call("turn/c-dana.1.1", 22, "lite", "persona", Some(9))],
        ..Commit::default()
    };
    store.commit(commit, at(0)).await.unwrap();
    store.put_documents(vec![(Expect::Version(1), Document::Lead(lead))], at(0)).await.unwrap();
    let lane = claim(store, 0).await;
    let first = may_leave(store.lane(&dana(), at(0)).await.unwrap()).unwrap();
    store.update_outbox(&lane, in_state(&first, DeliveryState::Sending), at(0)).await.unwrap();
    // The lane runs, with a lease until 60. A chat waits, with a row whose time is finer than a millisecond.
    let fine = at(5) + TimeDelta::microseconds(1_234);
    accept(store, message(&noa(), "meta/wamid.2", "שלום", fine)).await;
    store.ask(vec![turn_of("c-dead", 1)], at(1)).await.unwrap();
    let dead = claim(store, 1).await;
    store.settle(&dead, Settlement::Dead { reason: "gave_up".to_owned() }, at(2)).await.unwrap();
    let oddity = Oddity {
        channel: Channel::Meta,
        reason: "unknown_kind".to_owned(),
        body: "{}".to_owned(),
        at: at(2),
    };
    store.keep_oddity(oddity).await.unwrap();
    store.record_statuses(vec![early("wamid.early")], at(4)).await.unwrap();
}

fn turn_of(chat: &str, seconds: i64) -> bot::store::documents::NewJob {
    crate::fixtures::turn(&agents::id::ConversationId::new(chat), at(seconds))
}

fn early(provider_id: &str) -> StatusEvent {
    StatusEvent {
        channel: Channel::Meta,
        provider_id: provider_id.to_owned(),
        outbox: None,
        state: DeliveryState::Delivered,
        reason: None,
        at: at(3),
    }
}

/// The story goes on in a store that was moved.
async fn goes_on(store: &Store) {
    assert_eq!(accept(store, message(&dana(), "meta/wamid.1", "שלום", at(9))).await, Accepted::Repeated);
    assert_eq!(store.inbox(&noa()).await.unwrap().len(), 1);
    assert_eq!(store.inbox(&dana()).await.unwrap().len(), 0, "what was answered is");
    let contested = store.commit(slots(vec![hold("a2", 0, 1_800, None)]), at(10)).await;
    assert!(matches!(contested, Err(StoreError::SlotTaken { .. })), "a hold is held");
    store.commit(slots(vec![hold("a2", 0, 1_800, None)]), at(601)).await.expect("and ends in its time");
    let dead = store.dead_jobs().await.unwrap();
    assert_eq!((dead.len(), dead[0].reason.as_str()), (1, "gave_up"));

    let mut stored = store.lead(&LeadId::new("l1")).await.unwrap().unwrap();
    assert_eq!(stored.version, 2, "versions go on");
    let stale = store.left_leads(&business(), Left::Stale, at(60), None, 9).await.unwrap();
    assert_eq!(stale, [Cursor { since: at(0), lead: LeadId::new("l1") }], "what was left alone is found");
    assert!(stored.value.become_(Status::Booked, at(11), "approved"));
    let approved = vec![(Expect::Version(2), Document::Lead(stored.value))];
    store.put_documents(approved, at(11)).await.expect("an offer from before is approved after");
    assert!(store.next_number(&business()).await.unwrap() > 1, "numbers go on");

    assert_eq!(store.waiting_alerts(&business(), 9).await.unwrap().len(), 1, "what waits still waits");

    let again = crate::usage::call("turn/c-dana.1.1", 22, "lite", "persona", Some(9));
    let day = again.day;
    store.record_usage(vec![again], at(12)).await.unwrap();
    assert_eq!(
        store.spent_on(&business(), day).await.unwrap().calls,
        1,
        "what was counted is not counted again"
    );

    nothing_of_lane(store).await;
    let noas = claim(store, 20).await;
    assert_eq!(noas.kind.id(), "turn/c-noa");
    assert!(noas.token > 3, "no token is given twice: {}", noas.token);
    let lane = claim(store, 60).await;
    assert_eq!((lane.kind.id().as_str(), lane.attempts), ("deliver/c-dana", 2), "as if its worker had died");
    let sending = store.outbox_sending(&dana()).await.unwrap();
    assert_eq!(sending.len(), 1, "what was being sent is settled, not sent again");
    let row = in_state(&sending[0], DeliveryState::Sent);
    store.update_outbox(&lane, row, at(61)).await.unwrap();
    let next = may_leave(store.lane(&dana(), at(61)).await.unwrap()).unwrap();
    assert_eq!(next.id.as_str(), "o1", "the lane goes on in its order");
    store
        .commit(Commit { outbox: vec![outgoing(&dana(), "o9", at(62))], ..Commit::default() }, at(62))
        .await
        .unwrap();
    let newest = store.outbox_of_business(&business(), 1).await.unwrap();
    assert_eq!(newest[0].id.as_str(), "o9", "what comes later is later");
}

/// The lane that ran is not handed out before the end of the lease that was lost.
async fn nothing_of_lane(store: &Store) {
    let classes = [bot::store::documents::JobClass::Deliver];
    assert_eq!(store.claim_of(&classes, at(59), "test", LEASE).await.unwrap(), None);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn everything_goes_through_files_and_both_stores_and_goes_on() {
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name);
    let database = mongodb_server::database("moving").await;
    let store = open(&path("a")).await;
    busy(&store).await;
    let counts = store.counts().await.unwrap();
    let is_part = |name: &str| !NOT_MOVED.contains(&name) && counts.get(name) == Some(&0);
    assert!(!counts.keys().any(|name| is_part(name)), "every collection takes part: {counts:?}");

    let first = moved(&place(&path("a")), &place(&path("1.jsonl"))).await;
    let second = moved(&place(&path("1.jsonl")), &mongo(&database)).await;
    let third = moved(&mongo(&database), &place(&path("2.jsonl"))).await;
    let fourth = moved(&place(&path("2.jsonl")), &place(&path("b"))).await;
    let fifth = moved(&mongo(&database), &place(&path("c"))).await;
    for later in [second, third, fourth, fifth] {
        assert_eq!(first.source, later.target, "{}", first.source.beside(&later.target));
    }
    // The header tells where a file comes from, and the end has a digest of the header too.
    let [one, two] = ["1.jsonl", "2.jsonl"].map(|name| std::fs::read_to_string(path(name)).unwrap());
    let rows = |text: &str| text.lines().skip(1).filter(|it| !it.starts_with("{\"end\"")).collect::<String>();
    assert!(
        rows(&one) == rows(&two) && rows(&one).contains("32.085300000000004"),
        "the same, to the last digit"
    );
    store.close().await.unwrap();

    let served = Store::open_mongo(&database.uri).await.unwrap();
    for store in [&served, &open(&path("b")).await] {
        goes_on(store).await;
    }
    database.forget().await;
}

/// A turn that was never asked for, since a process of MongoDB died between its two writes, is asked for by the move.
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_turn_that_was_never_asked_for_is_not_lost() {
    use mongodb::bson::{Document as Row, doc};
    let folder = tempfile::tempdir().unwrap();
    let database = mongodb_server::database("moving_missed").await;
    let store = Store::open_mongo(&database.uri).await.unwrap();
    for (chat, id) in [(dana(), "m1"), (noa(), "m2")] {
        accept(&store, message(&chat, id, "שלום", at(0))).await;
    }
    let inside = database.inside().await;
    inside.collection::<Row>("jobs").delete_one(doc! { "_id": "turn/c-dana" }).await.unwrap();
    let unasked = doc! { "$set": { "is_asked": false } };
    inside.collection::<Row>("messages").update_one(doc! { "_id": "m1" }, unasked).await.unwrap();
    moved(&mongo(&database), &place(&folder.path().join("a"))).await;
    let store = open(&folder.path().join("a")).await;
    let chats = [claim(&store, 0).await, claim(&store, 0).await].map(|job| job.kind.id());
    assert_eq!(BTreeSet::from(chats), ["turn/c-dana", "turn/c-noa"].map(str::to_owned).into());
    database.forget().await;
}

/// Two processes whose clocks differ wrote to one lane: its order is that of the lane.
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn the_order_of_a_lane_is_kept_whatever_the_clocks_said() {
    use mongodb::bson::{Document as Row, doc};
    let folder = tempfile::tempdir().unwrap();
    let database = mongodb_server::database("moving_lanes").await;
    let store = Store::open_mongo(&database.uri).await.unwrap();
    let outbox = (0..3).map(|place| outgoing(&dana(), &format!("o{place}"), at(0))).collect();
    store.commit(Commit { outbox, ..Commit::default() }, at(0)).await.unwrap();
    let early = doc! { "$set": { "arrival": 1_i64 } };
    let rows = database.inside().await.collection::<Row>("outbox");
    rows.update_one(doc! { "_id": "o2" }, early).await.unwrap();
    moved(&mongo(&database), &place(&folder.path().join("a"))).await;
    let store = open(&folder.path().join("a")).await;
    let ids: Vec<String> = store
        .outbox_of_business(&business(), 9)
        .await
        .unwrap()
        .into_iter()
        .map(|row| row.id.to_string())
        .collect();
    assert_eq!(ids, ["o2", "o1", "o0"], "newest first");
    database.forget().await;
}

/// What is over soon anyway: whoever moves signs in again.
const NOT_MOVED: [&str; 3] = ["sessions", "answers", "sign_ins"];

/// A new table or collection must be moved too: whoever adds one adds it to `records`.
#[tokio::test]
async fn every_table_and_every_collection_is_moved() {
    let moved: BTreeSet<String> =
        COLLECTIONS.iter().chain(&NOT_MOVED).map(|name| (*name).to_owned()).collect();
    let folder = tempfile::tempdir().unwrap();
    open(folder.path()).await.close().await.unwrap();
    let file = rusqlite::Connection::open(folder.path().join("fixi.db")).unwrap();
    let mut tables = file
        .prepare("SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'")
        .unwrap();
    let tables: BTreeSet<String> =
        tables.query_map([], |row| row.get(0)).unwrap().map(Result::unwrap).collect();
    assert_eq!(tables, moved);
    let database = mongodb_server::database("moving_all").await;
    Store::open_mongo(&database.uri).await.unwrap().close().await.unwrap();
    let collections: BTreeSet<String> =
        database.inside().await.list_collection_names().await.unwrap().into_iter().collect();
    assert_eq!(collections, moved);
    database.forget().await;
}

/// Every column is in the common form, or follows from it.
#[tokio::test]
async fn every_column_is_moved_or_follows_from_what_is() {
    let folder = tempfile::tempdir().unwrap();
    let store = open(&folder.path().join("a")).await;
    busy(&store).await;
    moved(&place(&folder.path().join("a")), &place(&folder.path().join("b"))).await;
    let [a, b] =
        ["a", "b"].map(|name| rusqlite::Connection::open(folder.path().join(name).join("fixi.db")).unwrap());
    // What a lease leaves behind is not moved; rows get new places; bodies are the same with their fields in order.
    let unmoved = ["lease_until", "owner", "token", "body", "arrival", "sequence"];
    let to_millis =
        ["due", "first_asked_at", "at_once", "held_until", "dead_at", "handled_at", "until", "kept_at"];
    for table in COLLECTIONS {
        let read = |file: &rusqlite::Connection| -> BTreeSet<String> {
            let wanted =
                if *table == "jobs" { "WHERE state <> 'leased' AND id <> 'deliver/c-dana'" } else { "" };
            let mut rows = file.prepare(&format!("SELECT * FROM {table} {wanted}")).unwrap();
            let names: Vec<String> = rows.column_names().map(str::to_owned).collect();
            rows.query_map([], |row| {
                let cell = |at: usize| -> rusqlite::Result<String> {
                    let value: rusqlite::types::Value = row.get(at)?;
                    Ok(match value {
                        rusqlite::types::Value::Integer(time)
                            if to_millis.contains(&names[at].as_str()) || names[at] == "wake_at" =>
                        {
                            format!("{}={}", names[at], time / 1_000)
                        }
                        value => format!("{}={value:?}", names[at]),
                    })
                };
                (0..names.len()).filter(|at| !unmoved.contains(&names[*at].as_str())).map(cell).collect()
            })
            .unwrap()
            .map(|cells: rusqlite::Result<Vec<String>>| cells.unwrap().join(" "))
            .collect()
        };
        assert_eq!(read(&b), read(&a), "{table}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_backup_beside_a_running_server_is_one_moment() {
    let folder = tempfile::tempdir().unwrap();
    let database = mongodb_server::database("moving_beside").await;
    let stores = [
        (open(&folder.path().join("a")).await, place(&folder.path().join("a"))),
        (Store::open_mongo(&database.uri).await.unwrap(), mongo(&database)),
    ];
    for (at_, (store, from)) in stores.iter().enumerate() {
        let (stop, stopped) = tokio::sync::oneshot::channel::<()>();
        let writer = store.clone();
        // Every commit writes a lead, a message and a line of the audit: a moment has as many of each.
        let writing = tokio::spawn(async move {
            let mut number = 0;
            let mut stopped = std::pin::pin!(stopped);
            while futures::FutureExt::now_or_never(&mut stopped).is_none() {
                number += 1;
                let commit = Commit {
                    documents: vec![new_lead(&format!("l{number}"), number)],
                    outbox: vec![outgoing(&dana(), &format!("o{number}"), at(0))],
                    notes: vec![agents::decision::Note {
                        key: "routed".to_owned(),
                        lead: None,
                        detail: String::new(),
                    }],
                    ..Commit::default()
                };
                writer.commit(commit, at(0)).await.unwrap();
            }
            number
        });
        for round in 0..5 {
            let file = folder.path().join(format!("{at_}-{round}.jsonl"));
            let moved = moved(from, &place(&file)).await;
            let sums = moved.target.sums();
            let rows = |collection: &str| sums[collection].rows;
            assert_eq!((rows("leads"), rows("outbox")), (rows("audit"), rows("audit")), "{}", moved.table());
        }
        stop.send(()).unwrap();
        assert!(writing.await.unwrap() > 0);
    }
    database.forget().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_half_full_store_is_not_served_and_another_source_is_noticed() {
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name);
    let database = mongodb_server::database("moving_half").await;
    let source = open(&path("a")).await;
    busy(&source).await;
    let (sender, mut receiver) = tokio::sync::mpsc::channel(64);
    source.read_all(sender).await.unwrap();
    let mut rows: Vec<Record> = Vec::new();
    while let Ok(next) = receiver.try_recv() {
        rows.extend(next);
    }
    let first = &rows[..5];
    let mut so_far = moving::Tally::default();
    first.iter().for_each(|row| so_far.add(row.collection(), &row.line().unwrap()));
    let half = bot::store::Filled { rows: 5, digest: so_far.digest() };

    let targets = [place(&path("b")), mongo(&database)];
    let stores = [
        Store::open_embedded_to_fill(&path("b")).await.unwrap(),
        Store::open_mongo_to_fill(&database.uri).await.unwrap(),
    ];
    for store in stores {
        assert_eq!(store.begin_filling().await.unwrap(), Some(bot::store::Filled::default()));
        store.fill(first.to_vec(), half.clone()).await.unwrap();
        assert_eq!(store.begin_filling().await.unwrap(), Some(half.clone()));
        store.close().await.unwrap();
    }
    for half_full in [Store::open_embedded(&path("b")).await, Store::open_mongo(&database.uri).await] {
        let told = half_full.unwrap_err().to_string();
        assert!(told.contains("interrupted") && told.contains("fixi restore"), "{told}");
    }
    let other = open(&path("other")).await;
    other.put_documents((1..20).map(|at| new_lead(&format!("x{at}"), at)).collect(), at(0)).await.unwrap();
    let small = open(&path("small")).await;
    small.put_documents(vec![new_lead("x", 1)], at(0)).await.unwrap();
    for target in &targets {
        for source in ["other", "small"] {
            let told = refused(&place(&path(source)), target).await;
            assert!(told.contains("the source changed, or it is another one"), "{told}");
        }
        moved(&place(&path("a")), target).await;
        let told = refused(&place(&path("a")), target).await;
        assert!(told.contains("it is not empty"), "{told}");
    }
    let full = open(&path("b")).await;
    goes_on(&full).await;
    database.forget().await;
}

#[tokio::test]
async fn a_backup_that_is_not_as_it_was_written_is_refused_and_nothing_is_filled() {
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name);
    let store = open(&path("a")).await;
    busy(&store).await;
    moved(&place(&path("a")), &place(&path("good.jsonl"))).await;
    let good = std::fs::read_to_string(path("good.jsonl")).unwrap();
    let lines: Vec<&str> = good.lines().collect();
    let line = |start: &str| lines.iter().position(|line| line.starts_with(start)).unwrap();
    let without = |at: usize| [&lines[..at], &lines[at + 1..]].concat().join("\n") + "\n";
    let lead = line("{\"leads\":");
    let mut swapped = lines.clone();
    swapped.swap(lead, line("{\"members\":"));
    let cases = [
        ("cut at a line", lines[..lead].join("\n") + "\n", format!("cut off after line {lead}")),
        (
            "cut within a line",
            good[..good.len() - 40].to_owned(),
            format!("line {}: it is cut off", lines.len()),
        ),
        ("without its leads", without(lead), "leads: 0 rows, but 1 were written".to_owned()),
        (
            "with another phone",
            good.replace("+972500000101", "+972500000102"),
            "members: a row is not".to_owned(),
        ),
        ("with other order", swapped.join("\n") + "\n", "come earlier".to_owned()),
        (
            "with nonsense",
            good.replacen("{\"leads\":", "{\"leeds\":", 1),
            format!("line {}: it is no row", lead + 1),
        ),
        ("with an addition", good.clone() + "\n", format!("line {}: something was added", lines.len() + 1)),
        (
            "of a newer format",
            good.replacen("\"format\":1", "\"format\":2", 1),
            "a newer fixi made it".to_owned(),
        ),
        (
            "of a newer schema",
            good.replacen("\"schema\":1", "\"schema\":99", 1),
            "a newer fixi made it".to_owned(),
        ),
        (
            "of another source",
            good.replacen("\"embedded\"", "\"mongodb\"", 1),
            "the header is not as".to_owned(),
        ),
        ("that is empty", String::new(), "it is no backup".to_owned()),
        ("that is a letter", "שלום\n".to_owned(), "line 1: it is no backup".to_owned()),
    ];
    for (name, text, told) in cases {
        std::fs::write(path("bad.jsonl"), text).unwrap();
        let error = refused(&place(&path("bad.jsonl")), &place(&path("b"))).await;
        assert!(error.contains(&told), "{name}: {error}");
        assert!(!error.contains("97250"), "no words of people: {error}");
    }
    assert!(!path("b").exists());
    let told = refused(&place(&path("a")), &place(&path("good.jsonl"))).await;
    assert!(told.contains("is there already"), "{told}");
    let told = refused(&place(&path("nothing")), &place(&path("c.jsonl"))).await;
    assert!(told.contains("there is no fixi.db in it; expected mongodb://"), "{told}");
    let told = refused(&place(&path("nothing.jsonl")), &place(&path("b"))).await;
    assert!(told.contains("nothing.jsonl cannot be read"), "{told}");
}

#[tokio::test]
async fn a_directory_that_is_served_is_not_filled() {
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| -> PathBuf { folder.path().join(name) };
    busy(&open(&path("a")).await).await;
    let _server = bot::server::Alone::on(&path("b")).unwrap();
    let told = refused(&place(&path("a")), &place(&path("b"))).await;
    assert!(told.contains("another fixi runs on"), "{told}");
}
