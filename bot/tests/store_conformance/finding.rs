//! What waits is found in MongoDB by an index alone, also what a program wrote that did not look for it yet.

use crate::fixtures::*;
use crate::mongodb_server::{self, Database};
use agents::care::{Alert, AlertKind, Raised};
use agents::concern::Concern;
use agents::decision::CalendarSeen;
use agents::id::{AppointmentId, ConversationId, LeadId};
use agents::lead::{Lead, StatusChange};
use bot::store::Store;
use bot::store::documents::{Commit, Document, Expect, JobKind, NewJob};
use bot::store::waiting::Left;
use mongodb::bson::{Bson, Document as Row, doc};

fn since(id: &str, number: u64, status: &str, seconds: i64) -> Lead {
    let mut lead = lead(id, number, status);
    lead.history = vec![StatusChange { status: lead.status, at: at(seconds), reason: String::new() }];
    lead
}

fn flagged(id: &str, number: u64, status: &str) -> Lead {
    Lead { needs_human: Some(Concern::Stuck), ..since(id, number, status, 0) }
}

async fn put(store: &Store, leads: Vec<Lead>) {
    let file = bot::business_file::parse(include_str!("../../demo/fixi.toml")).unwrap();
    assert_eq!(file.business.id, business());
    let documents = leads.into_iter().map(Document::Lead).chain([Document::Business(file.business)]);
    let documents = documents.map(|document| (Expect::Absent, document)).collect();
    store.put_documents(documents, at(0)).await.unwrap();
}

async fn left(store: &Store, left: Left) -> Vec<String> {
    let found = store.left_leads(&business(), left, at(60), None, 10).await.unwrap();
    found.into_iter().map(|found| found.lead.to_string()).collect()
}

async fn leads(database: &Database) -> Vec<Row> {
    let leads = database.inside().await.collection::<Row>("leads");
    let mut found = leads.find(doc! {}).sort(doc! { "_id": 1 }).await.unwrap();
    let mut rows = Vec::new();
    while found.advance().await.unwrap() {
        rows.push(found.deserialize_current().unwrap());
    }
    rows
}

#[tokio::test]
async fn leads_of_an_older_program_are_found_from_the_next_start() {
    let database = mongodb_server::database("older_leads").await;
    let store = Store::open_mongo(&database.uri).await.unwrap();
    let written = vec![
        since("contacted", 1, "contacted", 5),
        since("new", 2, "new", 6),
        since("rejected", 3, "rejected", 7),
        since("booked", 4, "booked", 0),
        since("closed", 5, "closed", 0),
        flagged("flagged", 6, "contacted"),
        flagged("review", 7, "pending_admin_review"),
        lead("nameless", 8, "contacted"),
    ];
    put(&store, written).await;
    let before = leads(&database).await;
    let fields = doc! { "$unset": { "status_since": "", "stale_since": "", "is_unreported": "" } };
    let inside = database.inside().await.collection::<Row>("leads");
    assert_eq!(inside.update_many(doc! {}, fields).await.unwrap().modified_count, 8);
    assert!(left(&store, Left::Stale).await.is_empty(), "they are as an older program left them");

    let next = Store::open_mongo(&database.uri).await.unwrap();
    let by_name = |rows: Vec<Row>| -> Vec<serde_json::Value> {
        rows.into_iter().map(|row| serde_json::to_value(row).unwrap()).collect()
    };
    assert_eq!(by_name(leads(&database).await), by_name(before), "as if this program had written them");
    assert_eq!(left(&next, Left::Stale).await, ["contacted", "new", "rejected"]);
    assert_eq!(left(&next, Left::Lying).await, ["flagged", "contacted"]);
    let unreported = next.unreported_leads(&business(), 10).await.unwrap();
    let ids: Vec<&LeadId> = unreported.iter().map(|stored| &stored.value.id).collect();
    assert_eq!(ids, [&LeadId::new("flagged"), &LeadId::new("review")]);
    database.forget().await;
}

/// The server tells of each question how it was answered: by which index, and how much of it was read.
#[tokio::test]
async fn every_question_reads_what_it_answers_and_no_more() {
    let database = mongodb_server::database("plans").await;
    let store = Store::open_mongo(&database.uri).await.unwrap();
    let waiting = |number: u64| match number {
        0..20 => since(&format!("l{number:03}"), number, "contacted", 1),
        20..30 => flagged(&format!("l{number:03}"), number, "rejected"),
        30..100 => since(&format!("l{number:03}"), number, "contacted", 1_000),
        _ => since(&format!("l{number:03}"), number, "booked", 0),
    };
    put(&store, (0..300).map(waiting).collect()).await;
    for name in 0..30 {
        let about = Some(LeadId::new(format!("l{name:03}")));
        let alert = Alert { kind: AlertKind::Escalated, lead: about, words: String::new() };
        let raised = Raised { waits: name < 5, ..Raised::after(None, &alert, &business(), at(0)) };
        store.put_documents(vec![(Expect::Absent, Document::Alert(raised))], at(0)).await.unwrap();
    }
    let inside = database.inside().await;
    inside.run_command(doc! { "profile": 2 }).await.unwrap();
    for kind in [Left::Stale, Left::Lying] {
        let first = store.left_leads(&business(), kind, at(60), None, 12).await.unwrap();
        assert_eq!(first.len(), 12);
        let second = store.left_leads(&business(), kind, at(60), first.last(), 12).await.unwrap();
        assert_eq!(second.len(), 8);
    }
    assert_eq!(store.unreported_leads(&business(), 100).await.unwrap().len(), 10);
    assert_eq!(store.waiting_alerts(&business(), 100).await.unwrap().len(), 5);
    assert_eq!(store.unreported_chats(&business(), 100).await.unwrap().len(), 0);
    inside.run_command(doc! { "profile": 0 }).await.unwrap();

    let mut told = Vec::new();
    let mut lines = inside.collection::<Row>("system.profile").find(doc! {}).await.unwrap();
    while lines.advance().await.unwrap() {
        let line: Row = lines.deserialize_current().unwrap();
        let of = line.get_str("ns").unwrap_or_default().rsplit('.').next().unwrap_or_default().to_owned();
        if line.get_str("op").is_ok_and(|op| op == "query")
            && ["leads", "alerts", "conversations"].contains(&of.as_str())
        {
            let count = |name: &str| match line.get(name) {
                Some(Bson::Int32(count)) => i64::from(*count),
                Some(Bson::Int64(count)) => *count,
                _ => panic!("{name}: {line}"),
            };
            told.push((
                line.get_str("planSummary").unwrap().to_owned(),
                (count("docsExamined"), count("nreturned")),
                count("keysExamined") <= 22,
            ));
        }
    }
    let stale = "IXSCAN { business: 1, stale_since: 1, _id: 1 }";
    let lying = "IXSCAN { business: 1, status: 1, status_since: 1, _id: 1 }";
    let expected = [
        (stale.to_owned(), (0, 12)),
        // The next page begins at a moment or, within one, at an id.
        (format!("{stale}, {stale}"), (0, 8)),
        (lying.to_owned(), (0, 12)),
        (format!("{lying}, {lying}"), (0, 8)),
        ("IXSCAN { business: 1, number: 1, is_unreported: 1 }".to_owned(), (10, 10)),
        ("IXSCAN { business: 1, waits: 1, _id: 1 }".to_owned(), (5, 5)),
        ("IXSCAN { business: 1, _id: 1, is_unreported: 1 }".to_owned(), (0, 0)),
    ]
    .map(|(plan, read)| (plan, read, true));
    assert_eq!(told, expected);
    database.forget().await;
}

/// Jobs are claimed and time is looked at by their indexes, however many there are.
#[tokio::test]
async fn a_claim_reads_the_job_that_it_gets() {
    let database = mongodb_server::database("claim_plans").await;
    let store = Store::open_mongo(&database.uri).await.unwrap();
    let job = |number: i64| NewJob {
        kind: JobKind::Turn { conversation: ConversationId::new(format!("c{number}")) },
        due: at(number),
        gather_ms: None,
    };
    store.ask((0..400).map(job).collect(), at(0)).await.unwrap();
    let taken =
        (0..40).map(|hour| hold(&format!("a{hour}"), hour * 3_600, hour * 3_600 + 1_800, None)).collect();
    store.commit(slots(taken), at(0)).await.unwrap();
    let inside = database.inside().await;
    inside.run_command(doc! { "profile": 2 }).await.unwrap();
    assert!(store.claim(at(300), "test", LEASE).await.unwrap().is_some());
    let seen = CalendarSeen {
        pro: avi(),
        from: at(36_000),
        to: at(43_200),
        visits: (10..12).map(|hour| AppointmentId::new(format!("a{hour}"))).collect(),
    };
    let look = Commit { calendars: vec![seen], ..slots(vec![hold("new", 37_800, 39_600, None)]) };
    store.commit(look, at(0)).await.unwrap();
    inside.run_command(doc! { "profile": 0 }).await.unwrap();

    let mut told = Vec::new();
    let mut lines = inside.collection::<Row>("system.profile").find(doc! {}).await.unwrap();
    while lines.advance().await.unwrap() {
        let line: Row = lines.deserialize_current().unwrap();
        let of = line.get_str("ns").unwrap_or_default().rsplit('.').next().unwrap_or_default().to_owned();
        let Ok(plan) = line.get_str("planSummary") else { continue };
        if ["jobs", "slot_claims"].contains(&of.as_str()) {
            let read = line.get_i32("docsExamined").unwrap_or_default();
            assert!(plan.starts_with("IXSCAN") || plan == "IDHACK" || plan == "EXPRESS_IXSCAN", "{plan}");
            assert!(read <= 4, "{of} by {plan}: {read} documents were read");
            told.push((of, plan.to_owned()));
        }
    }
    let by = |of: &str, plan: &str| told.iter().any(|(told, by)| told == of && by.contains(plan));
    assert!(by("jobs", "{ class: 1, wake_at: 1 }"), "{told:?}");
    assert!(by("slot_claims", "{ pro: 1, step: 1 }"), "{told:?}");
    database.forget().await;
}

/// Every turn asks who has how much to do, in markets with very many open leads.
#[tokio::test]
async fn jobs_are_counted_without_reading_a_lead() {
    let database = mongodb_server::database("job_counts").await;
    let store = Store::open_mongo(&database.uri).await.unwrap();
    let status = |number| if number <= 5 { "booked" } else { "contacted" };
    let leads = (1..=300).map(|number| lead(&format!("l{number}"), number, status(number))).collect();
    put(&store, leads).await;
    let inside = database.inside().await;
    inside.run_command(doc! { "profile": 2 }).await.unwrap();
    assert_eq!(store.open_job_counts(&business(), &[avi()]).await.unwrap()[&avi()], 5);
    inside.run_command(doc! { "profile": 0 }).await.unwrap();

    let asked = doc! { "ns": { "$regex": "leads$" } };
    let line = inside.collection::<Row>("system.profile").find_one(asked).await.unwrap().unwrap();
    let plan = line.get_str("planSummary").unwrap();
    assert_eq!(plan, "IXSCAN { business: 1, pro: 1, status: 1, changed_at: -1, _id: -1 }");
    assert_eq!(line.get_i32("docsExamined").unwrap(), 0);
    assert!(line.get_i32("keysExamined").unwrap() < 12, "{line}");
    database.forget().await;
}
