//! The named questions.

use crate::fixtures::*;
use agents::id::{AppointmentId, ContactId, LeadId, ProId};
use agents::lead::{Appointment, Lead, Status};
use agents::message::{Content, Outbound};
use bot::store::documents::{Commit, DeliveryState, Document, Expect, OutboxRow, Stored};
use bot::store::{Store, StoreError};
use futures::future::join_all;
use serde_json::json;

fn absent(documents: Vec<Document>) -> Vec<(Expect, Document)> {
    documents.into_iter().map(|document| (Expect::Absent, document)).collect()
}

pub(crate) async fn documents_by_id_and_by_name(store: &Store) {
    let office: agents::business::Business = serde_json::from_value(json!({
        "id": "fixi", "name": "Fixi", "timezone": "Asia/Jerusalem", "locale": "he", "approval": "pro",
        "consent": "notice", "hours": agents::calendar::WeekHours::default(), "currency": "ILS",
        "emergency_number": "100", "approval_minutes": 15,
    }))
    .unwrap();
    let person: agents::contact::Contact =
        serde_json::from_value(json!({"id": "k-dana", "business": "fixi", "phone": "+972500000001"}))
            .unwrap();
    let visit: agents::lead::Appointment = serde_json::from_value(json!({
        "id": "a1", "business": "fixi", "lead": "l1", "pro": "p-avi", "state": "held",
        "slot": {"from": at(0), "to": at(3_600)},
    }))
    .unwrap();
    let [avi, ben] = [pro("p-avi", "+972500000101"), pro("p-ben", "+972500000102")];
    let chats =
        [conversation(&dana(), "k-dana", "meta", at(5)), conversation(&noa(), "k-dana", "green_api", at(9))];
    let everything = vec![
        Document::Business(office.clone()),
        Document::Pro(avi.clone()),
        Document::Pro(ben.clone()),
        Document::Contact(person.clone()),
        Document::Conversation(chats[0].clone()),
        Document::Conversation(chats[1].clone()),
        Document::Appointment(visit.clone()),
    ];
    store.put_documents(absent(everything), at(0)).await.unwrap();

    assert_eq!(store.business(&office.id).await.unwrap(), Some(Stored { value: office.clone(), version: 1 }));
    assert_eq!(store.businesses().await.unwrap(), [Stored { value: office, version: 1 }]);
    assert_eq!(store.contact(&person.id).await.unwrap().unwrap().value, person);
    assert_eq!(store.appointment(&visit.id).await.unwrap().unwrap().value, visit);
    assert_eq!(store.conversation(&dana()).await.unwrap().unwrap().value, chats[0]);
    assert_eq!(
        store.conversation_of_contact(&person.id).await.unwrap().unwrap().value,
        chats[1],
        "the latest"
    );
    assert_eq!(store.conversation_of_contact(&ContactId::new("nobody")).await.unwrap(), None);
    assert_eq!(store.pro(&avi.id).await.unwrap().unwrap().value, avi);
    assert_eq!(store.pros(&business()).await.unwrap().len(), 2);
    let found = store.pro_by_phone(&business(), "+972500000102").await.unwrap().unwrap();
    assert_eq!(found.value, ben);
    assert_eq!(store.pro_by_phone(&business(), "+972500000109").await.unwrap(), None);
    assert_eq!(store.lead(&LeadId::new("nothing")).await.unwrap(), None);
}

pub(crate) async fn leads_of_people_and_pros(store: &Store) {
    let statuses = ["contacted", "new", "booked", "completed", "rejected", "booked"];
    let leads = (1..)
        .zip(statuses)
        .map(|(number, status)| Document::Lead(lead(&format!("l{number}"), number, status)));
    store.put_documents(absent(leads.collect()), at(0)).await.unwrap();

    let numbers = |leads: Vec<Stored<Lead>>| leads.iter().map(|lead| lead.value.number).collect::<Vec<_>>();
    let of_dana = store.leads_of_contact(&ContactId::new("k-dana")).await.unwrap();
    assert_eq!(numbers(of_dana), [6, 5, 4, 3, 2, 1], "newest first");
    assert_eq!(numbers(store.leads_of_pro(&avi()).await.unwrap()), [1, 2, 3, 5, 6], "the open ones");
    assert_eq!(numbers(store.ended_leads_of_pro(&avi(), 10).await.unwrap()), [4], "the ended ones");
    let others = ["completed", "cancelled"].into_iter().zip(7..);
    let others =
        others.map(|(status, number)| Document::Lead(lead(&format!("l{number}"), number, status))).collect();
    store.put_documents(absent(others), at(0)).await.unwrap();
    assert_eq!(numbers(store.ended_leads_of_pro(&avi(), 2).await.unwrap()), [8, 7], "the newest first");
    assert_eq!(numbers(store.ended_leads_of_pro(&ProId::new("p-ben"), 2).await.unwrap()), [0_u64; 0]);
    assert_eq!(numbers(store.leads_in(&business(), Status::Booked, 10).await.unwrap()), [6, 3]);
    assert_eq!(numbers(store.leads_in(&business(), Status::Booked, 1).await.unwrap()), [6]);
    assert_eq!(numbers(store.leads_in(&business(), Status::Closed, 10).await.unwrap()), [0_u64; 0]);
    assert_eq!(store.lead_by_number(&business(), 4).await.unwrap().unwrap().value.id, LeadId::new("l4"));
    let by_status = store.leads_by_status(&business()).await.unwrap();
    assert_eq!((by_status[&Status::Booked], by_status[&Status::Rejected]), (2, 1));
    let counts = store.open_job_counts(&business(), &[avi(), ProId::new("p-ben")]).await.unwrap();
    assert_eq!((counts[&avi()], counts[&ProId::new("p-ben")]), (3, 0));
}

pub(crate) async fn appointments_of_a_pro_by_time(store: &Store) {
    let visit = |id: &str, pro: &str, hour: i64, state: &str| -> Document {
        let slot = json!({"from": at(hour * 3_600), "to": at(hour * 3_600 + 1_800)});
        let visit = json!({
            "id": id, "business": "fixi", "lead": "l1", "pro": pro, "state": state, "slot": slot, "city": "haifa",
        });
        Document::Appointment(serde_json::from_value(visit).unwrap())
    };
    let visits = vec![
        visit("late", "p-avi", 5, "booked"),
        visit("early", "p-avi", 1, "cancelled"),
        visit("twin", "p-avi", 1, "held"),
        visit("before", "p-avi", 0, "done"),
        visit("after", "p-avi", 9, "booked"),
        visit("other", "p-ben", 2, "booked"),
    ];
    store.put_documents(absent(visits), at(0)).await.unwrap();
    let ids = |visits: Vec<Stored<Appointment>>| {
        visits.into_iter().map(|visit| visit.value.id.to_string()).collect::<Vec<_>>()
    };
    let pro = avi();
    let from_to = |limit| store.appointments_of_pro(&pro, at(3_600), at(9 * 3_600), limit);
    assert_eq!(ids(from_to(10).await.unwrap()), ["early", "twin", "late"], "by time and then by id");
    assert_eq!(ids(from_to(2).await.unwrap()), ["early", "twin"]);
    assert_eq!(ids(from_to(0).await.unwrap()), [""; 0]);

    // One that moves is found where it is now.
    let moved = (Expect::Version(1), visit("early", "p-avi", 7, "booked"));
    store.put_documents(vec![moved], at(0)).await.unwrap();
    assert_eq!(ids(from_to(10).await.unwrap()), ["twin", "late", "early"]);

    let wanted = ["early", "nothing", "other"].map(AppointmentId::new);
    let mut found = store.appointments(&wanted).await.unwrap();
    found.sort_by(|a, b| a.value.id.cmp(&b.value.id));
    assert_eq!(found.iter().map(|visit| visit.version).collect::<Vec<_>>(), [2, 1]);
    assert_eq!(found[0].value.city.as_deref(), Some("haifa"));
    assert_eq!(ids(found), ["early", "other"]);
    assert_eq!(store.appointments(&[]).await.unwrap(), []);

    store.put_documents(vec![new_lead("l1", 1), new_lead("l2", 2)], at(0)).await.unwrap();
    let leads = store.leads(&["l2", "nothing"].map(LeadId::new)).await.unwrap();
    assert_eq!(leads.iter().map(|lead| lead.value.number).collect::<Vec<_>>(), [2]);
}

pub(crate) async fn numbers_count_up_whoever_races(store: &Store) {
    store.put_documents(vec![new_lead("imported", 40)], at(0)).await.unwrap();
    let tasks = (0..32).map(|_| {
        let store = store.clone();
        tokio::spawn(async move { store.next_number(&business()).await.unwrap() })
    });
    let mut numbers: Vec<_> = join_all(tasks).await.into_iter().map(Result::unwrap).collect();
    numbers.sort_unstable();
    assert_eq!(numbers, (41..=72).collect::<Vec<_>>());
}

pub(crate) async fn a_number_belongs_to_one_lead(store: &Store) {
    store.put_documents(vec![new_lead("l1", 1), new_lead("l2", 2)], at(0)).await.unwrap();
    let twin = store.put_documents(vec![new_lead("l3", 1)], at(0)).await;
    assert!(matches!(twin, Err(StoreError::Version { .. })));
    let moved =
        store.put_documents(vec![(Expect::Version(1), Document::Lead(lead("l2", 1, "new")))], at(0)).await;
    assert!(matches!(moved, Err(StoreError::Version { .. })));
}

pub(crate) async fn history_is_the_newest_lines_oldest_first(store: &Store) {
    for (id, sent) in [("in 10", 10), ("in 30", 30), ("in 20", 20)] {
        accept(store, message(&dana(), id, id, at(sent))).await;
    }
    let mut point = message(&dana(), "point", "", at(31));
    point.row.inbound.content = Content::Location { latitude: 32.1, longitude: 34.8, place: None };
    accept(store, point).await;
    accept(store, message(&noa(), "other", "other", at(30))).await;
    let said = |text: &str, seconds| OutboxRow {
        message: Outbound::text(text),
        ..outgoing(&dana(), text, at(seconds))
    };
    let outbox = vec![
        said("out 20", 20),
        said("out 20 too", 20),
        in_state(&said("held back", 25), DeliveryState::Suppressed),
        said("out 40", 40),
    ];
    store.commit(Commit { outbox, ..Commit::default() }, at(0)).await.unwrap();

    let all = store.history(&dana(), 50).await.unwrap();
    let texts: Vec<_> = all.iter().map(|line| line.text.as_str()).collect();
    assert_eq!(texts, ["in 10", "in 20", "out 20", "out 20 too", "in 30", "out 40"]);
    assert_eq!(
        all.iter().map(|line| line.by_us).collect::<Vec<_>>(),
        [false, false, true, true, false, true]
    );
    assert_eq!(store.history(&dana(), 3).await.unwrap(), all[3..]);
    assert_eq!(store.history(&dana(), 0).await.unwrap(), []);
}
