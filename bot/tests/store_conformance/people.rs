//! People: lists, searches, and what removing one rests on.

use crate::fixtures::*;
use agents::contact::Contact;
use agents::decision::Note;
use agents::id::{AppointmentId, ContactId, ConversationId, LeadId};
use agents::lead::Lead;
use agents::message::Channel;
use bot::store::Store;
use bot::store::documents::{Accepted, Commit, DeliveryState, Document, Expect, Oddity, StatusEvent};
use bot::store::erasing::{FoundRow, RowChange};
use serde_json::json;
use std::sync::Arc;

fn contact(id: &str, name: &str) -> Contact {
    serde_json::from_value(json!({"id": id, "business": "fixi", "name": name})).unwrap()
}

pub(crate) async fn what_there_is_of_people(store: &Store) {
    let chats = [
        conversation(&dana(), "p1", "meta", at(5)),
        conversation(&noa(), "p1", "green_api", at(9)),
        conversation(&ConversationId::new("c-ben"), "p2", "meta", at(1)),
    ];
    let leads =
        [("l1", "p1"), ("l2", "p1"), ("l3", "p3")].into_iter().zip(1..).map(|((id, contact), number)| {
            Document::Lead(Lead { contact: ContactId::new(contact), ..lead(id, number, "new") })
        });
    let documents = chats.into_iter().map(Document::Conversation).chain(leads);
    store.put_documents(documents.map(|document| (Expect::Absent, document)).collect(), at(0)).await.unwrap();
    let people = ["p1", "p2", "p9"].map(ContactId::new);
    let found = store.conversations_of_contacts(&people).await.unwrap();
    let found: Vec<_> = found.iter().map(|stored| stored.value.id.as_str()).collect();
    assert_eq!(found, ["c-noa", "c-dana", "c-ben"], "the latest of each first");
    let counts = store.lead_counts(&people).await.unwrap();
    assert_eq!(counts.into_iter().collect::<Vec<_>>(), [(ContactId::new("p1"), 2)]);

    let visit = |id: &str, lead: &str| {
        let visit = json!({
            "id": id, "business": "fixi", "lead": lead, "pro": "p-avi", "state": "held",
            "slot": {"from": at(0), "to": at(3_600)},
        });
        (Expect::Absent, Document::Appointment(serde_json::from_value(visit).unwrap()))
    };
    let visits = vec![visit("a2", "l1"), visit("a1", "l2"), visit("a3", "l3")];
    store.put_documents(visits, at(0)).await.unwrap();
    let found = store.appointments_of_leads(&["l1", "l2", "l9"].map(LeadId::new)).await.unwrap();
    assert_eq!(found.iter().map(|stored| stored.value.id.as_str()).collect::<Vec<_>>(), ["a1", "a2"]);

    for (id, sent) in [("m2", 7), ("m1", 3)] {
        accept(store, message(&dana(), id, "שלום", at(sent))).await;
    }
    accept(store, message(&noa(), "m3", "שלום", at(1))).await;
    let messages = store.messages_of(&dana()).await.unwrap();
    assert_eq!(messages.iter().map(|row| row.inbound.id.as_str()).collect::<Vec<_>>(), ["m1", "m2"]);
    let outbox =
        vec![outgoing(&dana(), "o1", at(1)), outgoing(&noa(), "o2", at(1)), outgoing(&dana(), "o3", at(2))];
    store.commit(Commit { outbox, ..Commit::default() }, at(3)).await.unwrap();
    let outbox = store.outbox_of(&dana()).await.unwrap();
    assert_eq!(outbox.iter().map(|row| row.id.as_str()).collect::<Vec<_>>(), ["o1", "o3"]);
}

/// A row in each collection that names somebody.
async fn everywhere(store: &Store) {
    let visit = serde_json::from_value(json!({
        "id": "a-marked", "business": "fixi", "lead": "l1", "pro": "p-avi", "state": "booked",
        "slot": {"from": at(0), "to": at(3_600)},
    }))
    .unwrap();
    let alert = agents::care::Alert {
        kind: agents::care::AlertKind::Escalated,
        lead: Some(LeadId::new("l-marked")),
        words: String::new(),
    };
    let alert = agents::care::Raised::after(None, &alert, &business(), at(0));
    let documents = vec![
        Document::Pro(pro("p-marked", "+972500000101")),
        Document::Contact(contact("p1", "Marked One")),
        Document::Conversation(conversation(&ConversationId::new("c-marked"), "p1", "meta", at(5))),
        Document::Lead(Lead { full_address: "marked 1".to_owned(), ..lead("l1", 1, "new") }),
        Document::Appointment(visit),
        Document::Alert(alert),
    ];
    let note = Note { key: "routed".to_owned(), lead: Some(LeadId::new("l-marked")), detail: String::new() };
    let commit = Commit {
        documents: documents.into_iter().map(|document| (Expect::Absent, document)).collect(),
        slots: vec![hold("a-marked", 0, 3_600, None)],
        outbox: vec![outgoing(&dana(), "o-marked", at(1)), outgoing(&dana(), "o-other", at(1))],
        jobs: vec![delivery(&ConversationId::new("c-marked"), at(1))],
        notes: vec![note],
        ..Commit::default()
    };
    store.commit(commit, at(1)).await.unwrap();
    accept(store, message(&dana(), "m1", "I am marked", at(1))).await;
    let oddity = Oddity {
        channel: Channel::Meta,
        reason: "unknown_kind".to_owned(),
        body: "marked".to_owned(),
        at: at(1),
    };
    store.keep_oddity(oddity).await.unwrap();
    let early = StatusEvent {
        channel: Channel::Meta,
        provider_id: "wamid.marked".to_owned(),
        outbox: None,
        state: DeliveryState::Delivered,
        reason: None,
        at: at(3),
    };
    store.record_statuses(vec![early], at(4)).await.unwrap();
}

async fn marked(store: &Store) -> Vec<FoundRow> {
    let is_marked = |text: &str| text.to_lowercase().contains("marked");
    let mut found = store.find_rows(Arc::new(is_marked)).await.unwrap();
    // The places in lanes, which only one of the stores counts apart.
    found.retain(|row| row.collection != "counters");
    found.sort_by_key(|row| row.collection);
    found
}

pub(crate) async fn rows_are_found_whatever_holds_the_words(store: &Store) {
    everywhere(store).await;
    let found = marked(store).await;
    let collections: Vec<_> = found.iter().map(|row| row.collection).collect();
    assert_eq!(
        collections,
        [
            "alerts",
            "appointments",
            "audit",
            "contacts",
            "conversations",
            "early_statuses",
            "jobs",
            "leads",
            "members",
            "messages",
            "oddities",
            "outbox",
            "slot_claims",
            "slot_claims",
        ]
    );
    assert!(!format!("{found:?}").to_lowercase().contains("marked"), "nothing of it shows in a log");

    let changes = found.into_iter().map(|row| match row.collection {
        "leads" => {
            let mut anew = lead("l-anew", 1, "closed");
            anew.contact = ContactId::new("erased");
            RowChange::Replace(row, Box::new(Document::Lead(anew)))
        }
        "audit" => {
            let mut body = row.body.clone().unwrap();
            body["lead"] = json!("erased");
            RowChange::Rewrite(row, body)
        }
        "conversations" => {
            let mut body = row.body.clone().unwrap();
            body["id"] = json!("c-plain");
            RowChange::Rewrite(row, body)
        }
        _ => RowChange::Remove(row),
    });
    store.change_rows(changes.collect()).await.unwrap();
    let left: Vec<_> = marked(store).await.iter().map(|row| row.collection).collect();
    assert_eq!(left, ["conversations"], "its key; the body is as it was told");
    let stored = store.conversation(&ConversationId::new("c-marked")).await.unwrap().unwrap();
    assert_eq!((stored.value.id.as_str(), stored.version), ("c-plain", 2));
    assert_eq!(store.lead(&LeadId::new("l1")).await.unwrap(), None);
    let lead = store.lead_by_number(&business(), 1).await.unwrap().unwrap();
    assert_eq!((lead.value.id.as_str(), lead.version), ("l-anew", 1));
    assert_eq!(store.notes(9).await.unwrap()[0].note.lead, Some(LeadId::new("erased")));
    let outbox = store.outbox_of(&dana()).await.unwrap();
    assert_eq!(outbox.iter().map(|row| row.id.as_str()).collect::<Vec<_>>(), ["o-other"]);
    // The times of the visit are free.
    store.commit(slots(vec![hold("a-new", 0, 3_600, None)]), at(2)).await.unwrap();
    store.free_visits(vec![AppointmentId::new("a-new")], at(3)).await.unwrap();
    store.commit(slots(vec![hold("a-newer", 0, 3_600, None)]), at(4)).await.unwrap();
}

pub(crate) async fn a_row_that_changed_meanwhile_is_left_as_it_is(store: &Store) {
    everywhere(store).await;
    let found = marked(store).await;
    let chat = found.iter().find(|row| row.collection == "conversations").unwrap().clone();
    let lead = found.iter().find(|row| row.collection == "leads").unwrap().clone();
    let stored = store.conversation(&ConversationId::new("c-marked")).await.unwrap().unwrap();
    let mut changed = stored.value;
    changed.leads_made = 7;
    store.put_documents(vec![(Expect::Version(1), Document::Conversation(changed))], at(2)).await.unwrap();

    let stale = RowChange::Rewrite(chat.clone(), chat.body.clone().unwrap());
    store.change_rows(vec![stale, RowChange::Remove(lead.clone())]).await.unwrap();
    let stored = store.conversation(&ConversationId::new("c-marked")).await.unwrap().unwrap();
    assert_eq!((stored.value.leads_made, stored.version), (7, 2), "the newer one stands");
    let anew = Document::Lead(crate::fixtures::lead("l-anew", 2, "new"));
    let again = vec![RowChange::Remove(lead.clone()), RowChange::Replace(lead, Box::new(anew))];
    store.change_rows(again).await.unwrap();
    assert_eq!(store.lead(&LeadId::new("l-anew")).await.unwrap(), None, "nothing is put where nothing was");
}

pub(crate) async fn what_an_erased_person_sent_before_is_not_accepted(store: &Store) {
    store.remember_erased(&[dana()], at(100)).await.unwrap();
    assert_eq!(accept(store, message(&dana(), "m1", "late", at(100))).await, Accepted::Repeated);
    assert_eq!(accept(store, message(&noa(), "m2", "hello", at(50))).await, Accepted::New);
    assert!(store.messages_of(&dana()).await.unwrap().is_empty());
    assert_eq!(accept(store, message(&dana(), "m3", "again", at(101))).await, Accepted::New, "a new start");
    assert_eq!(store.messages_of(&dana()).await.unwrap().len(), 1);
    // A message that was refused asks for no turn; an earlier moment does not bring back a later one.
    store.remember_erased(&[dana()], at(20)).await.unwrap();
    assert_eq!(accept(store, message(&dana(), "m4", "late", at(90))).await, Accepted::Repeated);
    let month = 31 * 86_400;
    store.remember_erased(&[noa()], at(month)).await.unwrap();
    assert_eq!(accept(store, message(&dana(), "m5", "old", at(90))).await, Accepted::New, "it is forgotten");
}
