//! Golden documents: what every collection of MongoDB holds, as files. They are put into a database as they are, read
//! by the store, written by it into another one, and must look the same there. A renamed field shows in both ways.

use crate::fixtures::*;
use crate::mongodb_server;
use agents::decision::{Note, SlotChange};
use agents::id::{AppointmentId, BusinessId, ContactId, ConversationId, LeadId, ProId};
use agents::lead::Slot;
use agents::message::Channel;
use bot::store::Store;
use bot::store::documents::{
    Accept, Commit, DeliveryState, Document, Expect, NewJob, OutboxRow, StatusEvent,
};
use bot::store::operators::WhichChanges;
use chrono::TimeDelta;
use mongodb::bson::{Bson, Document as Row, doc};
use std::path::{Path, PathBuf};

const COLLECTIONS: [&str; 25] = [
    "users",
    "sessions",
    "answers",
    "sign_ins",
    "changes",
    "businesses",
    "members",
    "contacts",
    "conversations",
    "leads",
    "appointments",
    "slot_claims",
    "messages",
    "outbox",
    "jobs",
    "audit",
    "oddities",
    "early_statuses",
    "alerts",
    "erased_chats",
    "usage",
    "usage_days",
    "accounts",
    "places",
    "feeds",
];

fn golden(collection: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("../tests/fixtures/stored/{collection}.json"))
}

/// The documents of a file, in the extended JSON of MongoDB's own tools.
fn read(collection: &str) -> Vec<Row> {
    let path = golden(collection);
    let text = std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    serde_json::from_str(&text).unwrap()
}

/// Without what is another one each time.
fn comparable(mut row: Row) -> serde_json::Value {
    row.remove("arrival");
    // Whichever part of a total is free is added to.
    row.remove("part");
    if let Some(Bson::Document(id)) = row.get_mut("_id") {
        id.remove("part");
    }
    if matches!(row.get("_id"), Some(Bson::ObjectId(_))) {
        row.remove("_id");
    }
    serde_json::to_value(row).unwrap()
}

async fn all(database: &mongodb::Database, collection: &str) -> Vec<serde_json::Value> {
    let mut rows = Vec::new();
    let mut found =
        database.collection::<Row>(collection).find(doc! {}).sort(doc! { "_id": 1 }).await.unwrap();
    while found.advance().await.unwrap() {
        rows.push(comparable(found.deserialize_current().unwrap()));
    }
    rows
}

/// Writes what one store holds into another one, through the verbs.
async fn copy(from: &Store, to: &Store) {
    let business = BusinessId::new("fixi");
    let mut documents = vec![
        Document::Business(from.business(&business).await.unwrap().unwrap().value),
        Document::Pro(from.pro(&ProId::new("p-avi")).await.unwrap().unwrap().value),
        Document::Contact(from.contact(&ContactId::new("k-dana")).await.unwrap().unwrap().value),
        Document::Conversation(
            from.conversation(&ConversationId::new("c-dana")).await.unwrap().unwrap().value,
        ),
        Document::Appointment(from.appointment(&AppointmentId::new("a1")).await.unwrap().unwrap().value),
    ];
    for lead in ["l1", "l2"] {
        documents.push(Document::Lead(from.lead(&LeadId::new(lead)).await.unwrap().unwrap().value));
    }
    documents.push(Document::Account(from.account(Channel::Meta, "1").await.unwrap().unwrap().value));
    documents.push(Document::Place(from.place("fixi/גן נר").await.unwrap().unwrap().value));
    documents.push(Document::Feed(from.feed(&ProId::new("p-avi")).await.unwrap().unwrap().value));
    for alert in ["escalated/l1", "models_down"] {
        documents.push(Document::Alert(from.alert(alert).await.unwrap().unwrap().value));
    }
    documents.push(Document::User(from.user("olga").await.unwrap().unwrap().value));
    documents.push(Document::Session(from.session("5f").await.unwrap().unwrap().value));
    documents.push(Document::Answered(from.answered("a5").await.unwrap().unwrap().value));
    documents.push(Document::SignIns(from.sign_ins("d1").await.unwrap().unwrap().value));
    let changes = from.changes(&business, &WhichChanges::default(), 10).await.unwrap();
    documents.extend(changes.into_iter().map(Document::Change));
    to.put_documents(documents.into_iter().map(|one| (Expect::Absent, one)).collect(), at(0)).await.unwrap();

    for row in from.inbox(&dana()).await.unwrap() {
        let turn = NewJob { gather_ms: Some(6_000), ..turn(&dana(), at(2)) };
        to.accept(vec![Accept { row, turn }]).await.unwrap();
    }
    let slots = from.claims(&[avi()], at(0), at(86_400), at(0)).await.unwrap().into_iter().map(|claim| {
        let slot = Slot { from: claim.step, to: claim.step + TimeDelta::minutes(30) };
        SlotChange::Claim { pro: claim.pro, slot, appointment: claim.appointment, until: claim.until }
    });
    let notes: Vec<Note> = from.notes(10).await.unwrap().into_iter().map(|noted| noted.note).collect();
    let outbox: Vec<OutboxRow> = from.outbox_of_business(&business, 10).await.unwrap();
    let usage = from.model_calls(&business, 10).await.unwrap();
    let commit = Commit { slots: slots.collect(), outbox, notes, usage, ..Commit::default() };
    to.commit(commit, at(1)).await.unwrap();
    for oddity in from.oddities(10).await.unwrap() {
        to.keep_oddity(oddity).await.unwrap();
    }
    // No question shows an early status: it is told anew.
    let early = StatusEvent {
        channel: Channel::Meta,
        provider_id: "wamid.early".to_owned(),
        outbox: None,
        state: DeliveryState::Delivered,
        reason: None,
        at: at(3),
    };
    to.record_statuses(vec![early], at(4)).await.unwrap();
    // Nor that a chat's person was removed.
    to.remember_erased(&[ConversationId::new("c-gone")], at(9)).await.unwrap();
}

#[tokio::test]
async fn every_collection_is_read_and_written_as_its_golden_documents() {
    let [given, made] = [mongodb_server::database("golden").await, mongodb_server::database("made").await];
    let from = Store::open_mongo(&given.uri).await.unwrap();
    let inside = given.inside().await;
    for collection in COLLECTIONS {
        let rows = read(collection);
        inside.collection::<Row>(collection).insert_many(rows).await.unwrap();
    }
    let to = Store::open_mongo(&made.uri).await.unwrap();
    copy(&from, &to).await;
    let written = made.inside().await;
    for collection in COLLECTIONS {
        let expected: Vec<_> = read(collection).into_iter().map(comparable).collect();
        assert_eq!(all(&written, collection).await, expected, "{}", golden(collection).display());
    }
    // The early status of the files is known too: it is applied once its message has the provider's id.
    assert_eq!(from.counts().await.unwrap()["early_statuses"], 1);
    given.forget().await;
    made.forget().await;
}
