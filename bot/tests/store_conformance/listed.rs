//! Lists for people who look, and what is stored of those people.

use crate::fixtures::*;
use agents::concern::Concern;
use agents::contact::Contact;
use agents::conversation::Conversation;
use agents::id::{BusinessId, ProId};
use agents::lead::Lead;
use bot::store::Store;
use bot::store::documents::{Change, Commit, Document, Expect, SignIns, User};
use bot::store::lists::{Behind, ChatLine, FindLeads, FindPeople, ReadUpTo, WhichChats, WhichLeads};
use bot::store::operators::WhichChanges;
use serde_json::json;

pub(crate) fn user(name: &str) -> Document {
    let value = json!({
        "name": name, "business": "fixi", "role": "owner", "active": true, "password": "p", "created_at": at(0),
    });
    Document::User(serde_json::from_value::<User>(value).unwrap())
}

pub(crate) fn change(id: &str, by: &str, subject: &str) -> Document {
    let value = json!({
        "id": id, "business": "fixi", "at": at(0), "by": by, "action": "x", "subject": subject,
        "before": {}, "after": {},
    });
    Document::Change(serde_json::from_value::<Change>(value).unwrap())
}

async fn put(store: &Store, documents: Vec<Document>) {
    let documents = documents.into_iter().map(|document| (Expect::Absent, document)).collect();
    store.put_documents(documents, at(0)).await.unwrap();
}

fn numbers(leads: &[bot::store::documents::Stored<Lead>]) -> Vec<u64> {
    leads.iter().map(|lead| lead.value.number).collect()
}

pub(crate) async fn leads_by_every_filter_behind_a_row(store: &Store) {
    for number in 1..=6_u64 {
        let mut lead = lead(&format!("l{number}"), number, "new");
        // Two changed at the same moment.
        let moment = at(i64::try_from(number / 2).unwrap());
        assert!(lead.become_(
            if number < 3 { agents::lead::Status::Booked } else { lead.status },
            moment,
            "x"
        ));
        lead.customer_name = Some(if number == 4 { "Maya" } else { "דנה" }.to_owned());
        lead.address.city = (number == 5).then(|| "haifa".to_owned());
        lead.needs_human = (number > 4).then_some(Concern::Stuck);
        lead.pro = Some(ProId::new(if number % 2 == 0 { "p-avi" } else { "p-noa" }));
        put(store, vec![Document::Lead(lead)]).await;
    }
    let find = |words: &str, number, cities: &[&str]| WhichLeads {
        find: Some(FindLeads {
            number,
            words: words.to_owned(),
            cities: cities.iter().map(|city| (*city).to_owned()).collect(),
        }),
        ..WhichLeads::default()
    };
    let status = Some(agents::lead::Status::Booked);
    for (which, expected) in [
        (WhichLeads::default(), vec![6, 5, 4, 3, 2, 1]),
        (WhichLeads { status, ..WhichLeads::default() }, vec![2, 1]),
        (WhichLeads { pro: Some(avi()), ..WhichLeads::default() }, vec![6, 4, 2]),
        (WhichLeads { pro: Some(avi()), status, ..WhichLeads::default() }, vec![2]),
        (WhichLeads { needs_human: true, ..WhichLeads::default() }, vec![6, 5]),
        (find("may", None, &[]), vec![4]),
        (find("x", Some(3), &["haifa"]), vec![5, 3]),
        (find("נזי", None, &[]), vec![6, 5, 4, 3, 2, 1]),
    ] {
        let (mut paged, mut behind) = (Vec::new(), None);
        loop {
            let page = store.list_leads(&business(), &which, behind.as_ref(), 2).await.unwrap();
            let Some(last) = page.last() else { break };
            let at = last.value.status_since().unwrap();
            behind = Some(Behind { at, id: last.value.id.to_string() });
            paged.extend(numbers(&page));
        }
        assert_eq!(paged, expected, "{which:?}");
    }
    let other = BusinessId::new("other");
    assert!(store.list_leads(&other, &WhichLeads::default(), None, 9).await.unwrap().is_empty());
    assert_eq!(store.count_waiting_for_human(&business()).await.unwrap(), 2);
    let made = store.leads_made(&business(), at(1), at(3), None, 9).await.unwrap();
    assert_eq!(numbers(&made), [2, 3, 4, 5]);
    assert_eq!(store.moments_of_leads(&business(), at(3)).await.unwrap(), [at(3)]);
}

pub(crate) async fn chats_and_people_by_name_and_phone(store: &Store) {
    for (number, name) in ["Dana", "Maya", "Noa"].iter().enumerate() {
        let number = i64::try_from(number).unwrap();
        let contact: Contact = serde_json::from_value(json!({
            "id": format!("k{number}"), "business": "fixi", "phone": format!("+97250000000{number}"), "name": name,
        }))
        .unwrap();
        let chat: Conversation = serde_json::from_value(json!({
            "id": format!("c{number}"), "business": "fixi", "contact": format!("k{number}"),
            "last_inbound_at": at(number), "place": { "channel": "meta", "account": "1", "address": "1" },
            "paused_until": (number == 1).then(|| at(100)),
        }))
        .unwrap();
        put(store, vec![Document::Contact(contact), Document::Conversation(chat)]).await;
    }
    let found = async |which: WhichChats| -> Vec<String> {
        let chats = store.list_conversations(&business(), &which, None, 9).await.unwrap();
        chats.into_iter().map(|chat| chat.value.id.to_string()).collect()
    };
    let find = |name: &str, phone: Option<&str>| FindPeople {
        name: name.to_owned(),
        phone: phone.map(str::to_owned),
    };
    assert_eq!(found(WhichChats::default()).await, ["c2", "c1", "c0"]);
    assert_eq!(found(WhichChats { paused_at: Some(at(50)), ..WhichChats::default() }).await, ["c1"]);
    assert!(found(WhichChats { paused_at: Some(at(100)), ..WhichChats::default() }).await.is_empty());
    let by_name = WhichChats { find: Some(find("ma", None)), ..WhichChats::default() };
    assert_eq!(found(by_name).await, ["c1"]);
    let by_phone = WhichChats { find: Some(find("+9725", Some("+97250000000"))), ..WhichChats::default() };
    assert_eq!(found(by_phone).await, ["c2", "c1", "c0"]);
    let first = store.list_contacts(&business(), None, None, 2).await.unwrap();
    let rest =
        store.list_contacts(&business(), None, first.last().map(|(place, _)| *place), 2).await.unwrap();
    let names: Vec<_> = first.iter().chain(&rest).map(|(_, one)| one.value.name.clone().unwrap()).collect();
    assert_eq!(names, ["Noa", "Maya", "Dana"], "whoever came last comes first");
}

pub(crate) async fn both_sides_of_a_chat_page_by_page(store: &Store) {
    for number in 0..5 {
        accept(store, message(&dana(), &format!("m{number}"), "x", at(number))).await;
        let outbox = vec![outgoing(&dana(), &format!("o{number}"), at(number))];
        store.commit(Commit { outbox, ..Commit::default() }, at(number)).await.unwrap();
    }
    let (mut all, mut read) = (Vec::new(), ReadUpTo::default());
    loop {
        let page = store.chat_lines(&dana(), read, 3).await.unwrap();
        let ids = page.lines.iter().map(|line| match line {
            ChatLine::Heard(row) => row.inbound.id.to_string(),
            ChatLine::Told(row) => row.id.to_string(),
        });
        let mut ids: Vec<String> = ids.collect();
        ids.extend(all);
        all = ids;
        let Some(before) = page.before else { break };
        read = before;
    }
    assert_eq!(all, ["m0", "o0", "m1", "o1", "m2", "o2", "m3", "o3", "m4", "o4"]);
}

pub(crate) async fn users_and_what_they_changed(store: &Store) {
    assert!(!store.has_users().await.unwrap());
    put(store, vec![user("olga"), user("adi")]).await;
    assert!(store.has_users().await.unwrap());
    let users = store.users(&business()).await.unwrap();
    assert_eq!(users.iter().map(|user| user.value.name.as_str()).collect::<Vec<_>>(), ["adi", "olga"]);
    put(
        store,
        vec![change("1", "olga", "leads/l1"), change("2", "adi", "leads/l1"), change("3", "olga", "users/x")],
    )
    .await;
    let found = async |which: WhichChanges| -> Vec<String> {
        let changes = store.changes(&business(), &which, 9).await.unwrap();
        changes.into_iter().map(|change| change.id).collect()
    };
    let some = |text: &str| Some(text.to_owned());
    assert_eq!(found(WhichChanges::default()).await, ["3", "2", "1"]);
    assert_eq!(found(WhichChanges { by: some("olga"), ..WhichChanges::default() }).await, ["3", "1"]);
    assert_eq!(
        found(WhichChanges { subject: some("leads/l1"), ..WhichChanges::default() }).await,
        ["2", "1"]
    );
    assert_eq!(found(WhichChanges { before: some("3"), ..WhichChanges::default() }).await, ["2", "1"]);
}

pub(crate) async fn what_is_over_is_forgotten(store: &Store) {
    let failures = |id: &str, end| {
        Document::SignIns(SignIns {
            id: id.to_owned(),
            business: BusinessId::new(""),
            failures: 1,
            locked_until: None,
            ends_at: at(end),
        })
    };
    put(store, vec![failures("a", 10), failures("b", 20)]).await;
    store.forget_ended(at(10)).await.unwrap();
    assert!(store.sign_ins("a").await.unwrap().is_none());
    assert!(store.sign_ins("b").await.unwrap().is_some());
}
