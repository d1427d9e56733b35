//! What is read together is what each question alone would tell, of one moment.

use crate::fixtures::*;
use crate::outer::account;
use agents::business::Business;
use agents::contact::Contact;
use agents::conversation::Conversation;
use agents::id::{BusinessId, ContactId, LeadId, ProId};
use agents::lead::Lead;
use bot::store::Store;
use bot::store::documents::{Commit, DeliveryState, Document, Expect, OutboxRow};
use bot::store::views::{Front, Opening, Person};
use serde_json::json;

fn office(id: &str, name: &str) -> Business {
    serde_json::from_value(json!({
        "id": id, "name": name, "timezone": "Asia/Jerusalem", "locale": "he", "approval": "pro",
        "consent": "notice", "hours": agents::calendar::WeekHours::default(), "currency": "ILS",
        "emergency_number": "100", "approval_minutes": 15,
    }))
    .unwrap()
}

fn person(id: &str, phone: &str) -> Contact {
    serde_json::from_value(json!({"id": id, "business": "fixi", "phone": phone})).unwrap()
}

fn chat() -> Conversation {
    conversation(&dana(), "k-dana", "meta", at(0))
}

async fn put(store: &Store, documents: Vec<(Expect, Document)>) {
    store.put_documents(documents, at(0)).await.unwrap();
}

async fn opening(store: &Store, business: Option<&str>, history: u32) -> Opening {
    let business = business.map(BusinessId::new);
    store.opening(business.as_ref(), &dana(), history).await.unwrap()
}

pub(crate) async fn what_a_turn_begins_with(store: &Store) {
    let nothing = opening(store, None, 5).await;
    assert!(nothing.business.is_none() && nothing.conversation.is_none());
    assert!(nothing.inbox.is_empty() && nothing.history.is_empty());

    let documents = [office("fixi", "Fixi"), office("other", "Other")].map(Document::Business);
    put(store, documents.into_iter().map(|document| (Expect::Absent, document)).collect()).await;
    put(store, vec![(Expect::Absent, Document::Conversation(chat()))]).await;
    for (id, text, sent) in [("m2", "ושוב", 6), ("m1", "שלום", 1), ("m3", "יש מישהו?", 9)] {
        accept(store, message(&dana(), id, text, at(sent))).await;
    }
    accept(store, message(&noa(), "n1", "אחרת", at(2))).await;
    let said = OutboxRow { state: DeliveryState::Sent, ..outgoing(&dana(), "answer", at(3)) };
    let handled = vec![message(&dana(), "m1", "", at(1)).row.inbound.id];
    store.commit(Commit { outbox: vec![said], handled, ..Commit::default() }, at(4)).await.unwrap();

    let found = opening(store, None, 5).await;
    assert_eq!(found.business.unwrap().value.name, "Fixi", "the first by id");
    assert_eq!(found.conversation.unwrap().version, 1);
    let inbox: Vec<&str> = found.inbox.iter().map(|row| row.inbound.id.as_str()).collect();
    assert_eq!(inbox, ["m2", "m3"], "what is not answered, in the order of sending");
    assert_eq!(found.history, store.history(&dana(), 5).await.unwrap());
    assert_eq!(found.history.len(), 4);
    assert_eq!(opening(store, None, 2).await.history, store.history(&dana(), 2).await.unwrap());
    assert_eq!(opening(store, Some("other"), 1).await.business.unwrap().value.name, "Other");
    assert!(opening(store, Some("gone"), 1).await.business.is_none());

    // A change is seen at once.
    put(store, vec![(Expect::Version(1), Document::Business(office("fixi", "Fixi 2")))]).await;
    let again = opening(store, None, 1).await.business.unwrap();
    assert_eq!((again.value.name.as_str(), again.version), ("Fixi 2", 2));
}

pub(crate) async fn what_is_known_of_a_person(store: &Store) {
    const PHONE: &str = "+972500000001";
    let ask = async |contact: &str| -> Person {
        store.person(&business(), &ContactId::new(contact)).await.unwrap()
    };
    let nobody = ask("k-dana").await;
    assert!(nobody.contact.is_none() && nobody.pros.is_empty() && nobody.leads.is_empty());
    put(
        store,
        vec![
            (Expect::Absent, Document::Contact(person("k-dana", PHONE))),
            (Expect::Absent, Document::Pro(pro("p-avi", PHONE))),
            new_lead("l1", 1),
            new_lead("l2", 2),
        ],
    )
    .await;
    let dana = ask("k-dana").await;
    assert_eq!(dana.contact.unwrap().value.phone.as_deref(), Some(PHONE));
    let pros: Vec<_> = dana.pros.iter().map(|at_work| (&at_work.pro.value.id, at_work.open_jobs)).collect();
    assert_eq!(pros, [(&avi(), 2)]);
    let leads: Vec<u64> = dana.leads.iter().map(|lead| lead.value.number).collect();
    assert_eq!(leads, [2, 1], "newest first");
    assert!(ask("k-noa").await.leads.is_empty());
}

pub(crate) async fn the_front_of_a_lane_with_what_decides(store: &Store) {
    let front = async |seconds: i64| -> Front {
        let accounts = ["meta/1".to_owned(), "green_api/1".to_owned()];
        store.front(None, &dana(), &accounts, at(seconds)).await.unwrap()
    };
    let nothing = front(0).await;
    assert!(nothing.conversation.is_none() && nothing.lane.front.is_none() && nothing.accounts.is_empty());
    put(
        store,
        vec![
            (Expect::Absent, Document::Business(office("fixi", "Fixi"))),
            (Expect::Absent, Document::Conversation(chat())),
            (Expect::Absent, Document::Contact(person("k-dana", "+972500000001"))),
            (Expect::Absent, Document::Account(account("meta", Some("meta_190")))),
            new_lead("l1", 1),
            new_lead("l2", 2),
        ],
    )
    .await;
    let about = |id: &str, lead: Option<&str>, not_before: Option<i64>| OutboxRow {
        lead: lead.map(LeadId::new),
        not_before: not_before.map(at),
        ..outgoing(&dana(), id, at(0))
    };
    let job = lane(store, vec![about("later", Some("l1"), Some(50)), about("now", Some("l2"), None)]).await;
    let found = front(1).await;
    assert_eq!(found.business.unwrap().value.name, "Fixi");
    assert_eq!(found.contact.unwrap().value.id, ContactId::new("k-dana"));
    assert_eq!(found.accounts.len(), 1);
    let row = found.lane.front.unwrap();
    assert_eq!((row.id.as_str(), found.lane.is_last), ("now", false));
    assert_eq!(found.lead.unwrap().value.id, LeadId::new("l2"), "the lead of the message that may leave");
    store.update_outbox(&job, in_state(&row, DeliveryState::Suppressed), at(2)).await.unwrap();
    let found = front(2).await;
    assert!(found.lane.front.is_none() && found.lead.is_none(), "the other one waits for its time");
    assert_eq!(found.lane.due, Some(at(50)));
    let found = front(50).await;
    assert_eq!(found.lead.unwrap().value.id, LeadId::new("l1"));
    assert!(found.lane.is_last);
}

pub(crate) async fn the_pros_with_their_jobs(store: &Store) {
    let jobs = async || -> Vec<(String, u32)> {
        let pros = store.pros_at_work(&business()).await.unwrap();
        pros.into_iter().map(|at_work| (at_work.pro.value.id.to_string(), at_work.open_jobs)).collect()
    };
    assert_eq!(jobs().await, []);
    let first = [
        Document::Pro(pro("p-avi", "+972500000101")),
        Document::Lead(lead("l1", 1, "booked")),
        Document::Lead(lead("l2", 2, "contacted")),
        Document::Lead(Lead { pro: Some(ProId::new("p-ben")), ..lead("l3", 3, "new") }),
    ];
    put(store, first.map(|document| (Expect::Absent, document)).to_vec()).await;
    for _ in 0..2 {
        assert_eq!(jobs().await, [("p-avi".to_owned(), 1)]);
    }
    // Somebody new, whose jobs were there before, and a job more for who was known.
    let more = [
        Document::Pro(pro("p-ben", "+972500000102")),
        Document::Pro(pro("p-gil", "+972500000103")),
        Document::Lead(lead("l4", 4, "new")),
    ];
    put(store, more.map(|document| (Expect::Absent, document)).to_vec()).await;
    for _ in 0..2 {
        let expected = [("p-avi", 2), ("p-ben", 1), ("p-gil", 0)].map(|(pro, jobs)| (pro.to_owned(), jobs));
        assert_eq!(jobs().await, expected);
    }
}
