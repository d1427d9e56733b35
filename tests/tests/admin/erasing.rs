//! B130, B131 and X18: everything of a person taken out, and everything of them gone, from every collection.

use crate::office::{Customer, Office, hour, slot};
use agents::conversation::Place;
use agents::decision::{Note, Purpose, Wake};
use agents::id::{BusinessId, ConversationId, InboundId, LeadId, OutboxId};
use agents::lead::{Lead, Status};
use agents::message::{Attachment, AttachmentKind, Button, Channel, Content, Inbound, Outbound};
use axum::http::{Method, StatusCode};
use bot::app::{contact_id, conversation_id};
use bot::people::erase;
use bot::store::documents::{
    Accept, Accepted, Commit, DeliveryState, Document, Expect, InboundRow, JobKind, NewJob, Oddity,
    OutboxRow, StatusEvent,
};
use bot::store::erasing::FoundRow;
use chrono::{DateTime, Utc};
use serde_json::{Value, json};
use std::sync::Arc;

/// What names Dana, as strangers would look for her.
const DANA: [&str; 7] =
    ["972500001001", "0500001001", "050-000-1001", "זבולון", "הרצל 10", "OTcyNTAwMDAxMDAx", "כמוס"];

fn message(place: &Place, chat: &ConversationId, id: &str, content: Content, sent: DateTime<Utc>) -> Accept {
    let digits = place.address.split('@').next().unwrap_or_default();
    let row = InboundRow {
        business: BusinessId::new("fixi"),
        conversation: chat.clone(),
        place: place.clone(),
        phone: Some(format!("+{digits}")),
        inbound: Inbound { id: InboundId::new(id), at: sent, content, reply_to: None, sender_name: None },
        received_at: sent,
    };
    let turn = NewJob { kind: JobKind::Turn { conversation: chat.clone() }, due: sent, gather_ms: None };
    Accept { row, turn }
}

fn text(words: &str) -> Content {
    Content::Text { text: words.to_owned() }
}

fn row(id: &str, chat: &ConversationId, words: &str, lead: Option<&LeadId>) -> OutboxRow {
    let message = Outbound {
        text: words.to_owned(),
        buttons: lead
            .map(|lead| Button { payload: format!("approve:{lead}:1"), label: "אשר".to_owned() })
            .into_iter()
            .collect(),
        figures: None,
    };
    let row = OutboxRow::queued(OutboxId::new(id), BusinessId::new("fixi"), chat.clone(), message, hour(0));
    OutboxRow { lead: lead.cloned(), purpose: Purpose::Duty, ..row }
}

/// Dana with something in every collection, and others beside her who must stay as they are.
async fn full(office: &Office) -> (Customer, LeadId, LeadId) {
    let dana = office.customer("דנה זבולון", "972500001001").await;
    let noa = office.customer("נועה", "972500001002").await;
    let avi = office.customer("אבי כהן", "972500000101").await;
    let (open, visit) = office.booked(&dana, 1, slot(4)).await;
    let (done, _) = office.booked(&dana, 2, slot(6)).await;
    let (others, _) = office.booked(&noa, 3, slot(1)).await;
    let mut of_noa = office.lead(&others).await;
    of_noa.value.address.street = Some("ויצמן".to_owned());
    of_noa.value.full_address = "ויצמן 10, תל אביב".to_owned();
    let mut lead = office.lead(&done).await;
    assert!(lead.value.become_(Status::Completed, hour(0), "done"));
    lead.value.final_price = Some(450);
    lead.value.commission = Some(45);
    lead.value.review =
        Some(serde_json::from_value(json!({"stars": 5, "words": "כמוס ביותר", "at": hour(0)})).unwrap());
    lead.value.media = vec![Attachment {
        kind: AttachmentKind::Image,
        reference: "https://example.com/כמוס".to_owned(),
        mime: "image/jpeg".to_owned(),
        caption: None,
        file_name: None,
    }];
    let mut chat_of_avi = office.store().conversation(&avi.chat).await.unwrap().unwrap();
    chat_of_avi.value.pending = Some(
        serde_json::from_value(json!({
            "question": {"kind": "final_price"}, "lead": done, "asked_at": hour(0), "expires_at": hour(4),
        }))
        .unwrap(),
    );
    let alert: agents::care::Raised = serde_json::from_value(json!({
        "id": format!("escalated/{open}"), "business": "fixi", "kind": "escalated", "words": "1", "first_at": hour(0),
        "last_at": hour(0), "occurrences": 1, "suppressed": 0, "waits": true,
    }))
    .unwrap();
    let applicant: agents::pro::Pro = agents::pro::Pro {
        id: bot::business_file::pro_id(&BusinessId::new("fixi"), &dana.phone),
        phone: dana.phone.clone(),
        name: "דנה זבולון".to_owned(),
        approved: false,
        active: false,
        desk: serde_json::from_value(json!({"sign_up": {"at": hour(0)}})).unwrap(),
        ..office.pros[1].clone()
    };
    let reminder = Wake::Reminder { lead: open.clone(), appointment: visit.clone(), hours: 2 };
    let commit = Commit {
        documents: vec![
            (Expect::Version(1), Document::Lead(lead.value)),
            (Expect::Version(1), Document::Lead(of_noa.value)),
            (Expect::Version(1), Document::Conversation(chat_of_avi.value)),
            (Expect::Absent, Document::Alert(alert)),
            (Expect::Absent, Document::Pro(applicant)),
        ],
        outbox: vec![
            row(&format!("{}.2.1", dana.chat), &dana.chat, "שלום דנה זבולון", None),
            row(
                &format!("{}.2.2", dana.chat),
                &avi.chat,
                "עבודה: דנה זבולון, הרצל 10, 050-000-1001",
                Some(&open),
            ),
            row("timer.agenda.1", &avi.chat, "היום: 13:00 לדנה זבולון, הרצל 10", None),
            row(&format!("{}.2.1", noa.chat), &noa.chat, "שלום נועה", Some(&others)),
        ],
        jobs: vec![
            NewJob {
                kind: JobKind::Deliver { conversation: dana.chat.clone() },
                due: hour(0),
                gather_ms: None,
            },
            NewJob { kind: JobKind::Wake { wake: reminder }, due: hour(2), gather_ms: None },
            NewJob {
                kind: JobKind::Deliver { conversation: noa.chat.clone() },
                due: hour(0),
                gather_ms: None,
            },
        ],
        notes: vec![
            Note { key: "booked".to_owned(), lead: Some(open.clone()), detail: format!("visit={visit}") },
            Note { key: "booked".to_owned(), lead: Some(others.clone()), detail: String::new() },
        ],
        ..Commit::default()
    };
    office.store().commit(commit, hour(0)).await.unwrap();
    let photo = Attachment {
        kind: AttachmentKind::Image,
        reference: "https://example.com/1".to_owned(),
        mime: "image/jpeg".to_owned(),
        caption: None,
        file_name: None,
    };
    let items = vec![
        message(&dana.place, &dana.chat, "in-dana-1", text("כמוס: יש לי נזילה"), hour(-1)),
        message(&dana.place, &dana.chat, "in-dana-2", Content::Media { attachment: photo }, hour(-1)),
        message(&avi.place, &avi.chat, "in-avi-1", text("דיברתי עם דנה זבולון, 0500001001"), hour(-1)),
        message(&noa.place, &noa.chat, "in-noa-1", text("תמסרו לשכנה 0500001001 שאני כאן"), hour(-1)),
    ];
    office.store().accept(items).await.unwrap();
    let oddity = Oddity {
        channel: Channel::GreenApi,
        reason: "unknown_kind".to_owned(),
        body: r#"{"sender":"972500001001@c.us"}"#.to_owned(),
        at: hour(0),
    };
    office.store().keep_oddity(oddity).await.unwrap();
    let early = StatusEvent {
        channel: Channel::Meta,
        provider_id: "wamid.HBgMOTcyNTAwMDAxMDAxFQIAEhgg".to_owned(),
        outbox: None,
        state: DeliveryState::Delivered,
        reason: None,
        at: hour(0),
    };
    office.store().record_statuses(vec![early], hour(0)).await.unwrap();
    (dana, open, others)
}

/// The rows of every collection in which a stranger finds her; `more` are ids.
async fn named(office: &Office, more: &[String]) -> Vec<FoundRow> {
    let more = more.to_vec();
    let is_named = move |text: &str| {
        DANA.iter().any(|mark| text.contains(mark)) || more.iter().any(|id| text.contains(id.as_str()))
    };
    office.store().find_rows(Arc::new(is_named)).await.unwrap()
}

fn ids(dana: &Customer) -> Vec<String> {
    vec![dana.contact.to_string(), dana.chat.to_string()]
}

async fn erase_dana(office: &Office, dana: &Customer) -> Value {
    let confirm = format!("erase {}", dana.contact);
    office.post(&format!("/contacts/{}/erase", dana.contact), json!({ "confirm": confirm })).await
}

#[tokio::test]
async fn nothing_names_a_person_who_was_erased() {
    let office = Office::open().await;
    let (dana, open, others) = full(&office).await;
    // What the console was answered about her is kept for a day for whoever repeats the request.
    let one = office.customer("דנה זבולון", "972500001003").await;
    let body = json!({"other": one.contact, "version": 1});
    let path = format!("/contacts/{}/merge", dana.contact);
    let (status, _) =
        office.send_with("olga", Method::POST, &path, body, &[("Idempotency-Key", "merge-1")]).await;
    assert_eq!(status, StatusCode::OK);
    let mut marks = ids(&dana);
    marks.extend([one.contact.to_string(), one.chat.to_string(), "972500001003".to_owned()]);
    let mut collections: Vec<_> = named(&office, &marks).await.iter().map(|row| row.collection).collect();
    collections.dedup();
    assert_eq!(
        collections,
        [
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
            "changes",
            "answers",
        ],
        "she is everywhere"
    );

    let erased = erase_dana(&office, &dana).await;
    assert_eq!(erased["left"], 0);
    assert!(erased["documents"].as_u64().unwrap() > 20, "{erased}");
    let left: Vec<_> =
        named(&office, &marks).await.into_iter().map(|row| (row.collection, row.text)).collect();
    assert_eq!(left, [], "a reading of everything finds nothing");

    // What she did is left as figures.
    let fixi = BusinessId::new("fixi");
    let lead = |number| {
        let office = &office;
        let fixi = &fixi;
        async move { office.store().lead_by_number(fixi, number).await.unwrap().unwrap().value }
    };
    let done: Lead = lead(2).await;
    assert_eq!((done.status, done.final_price, done.commission), (Status::Completed, Some(450), Some(45)));
    assert_eq!(done.review.as_ref().map(|review| (review.stars, review.words.clone())), Some((5, None)));
    assert_eq!(done.history.len(), 4);
    let cancelled: Lead = lead(1).await;
    assert_eq!(cancelled.status, Status::Cancelled);
    assert_eq!(office.store().lead(&open).await.unwrap(), None, "its id was made of hers");

    // Her pro is told that the time is free, by number and time alone; the time can be had again.
    let told = office.told().await;
    assert!(told.iter().any(|text| text.contains("עבודה 1 ") && text.contains("13:00")), "{told:?}");
    assert!(told.iter().any(|text| text == "היום: 13:00 …, …"), "{told:?}");
    assert!(told.contains(&"שלום נועה".to_owned()));
    let claims =
        office.store().claims(&[office.pros[0].id.clone()], hour(0), hour(24), hour(0)).await.unwrap();
    assert_eq!(claims.len(), 2, "the hour of the other customer");

    // Others are as they were.
    assert_eq!(office.lead(&others).await.version, 2);
    let avi = bot::app::conversation_id(&fixi, &place("972500000101"));
    let chat = office.store().conversation(&avi).await.unwrap().unwrap().value;
    assert_eq!(chat.pending, None, "nobody is asked about what is no more");
    let noa = office.store().messages_of(&conversation_id(&fixi, &place("972500001002"))).await.unwrap();
    assert!(noa[0].inbound.content == text("תמסרו לשכנה … שאני כאן"));
    let said = office.store().messages_of(&avi).await.unwrap();
    assert!(said[0].inbound.content == text("דיברתי עם …, …"));
    assert_eq!(
        office.audit().await[0],
        ("olga".to_owned(), "contact.erase".to_owned(), "contacts/erased".to_owned()),
        "it is noted without naming her"
    );
    let (status, _) =
        office.send("olga", Method::GET, &format!("/contacts/{}", dana.contact), Value::Null).await;
    assert_eq!(status, StatusCode::NOT_FOUND);
}

fn place(digits: &str) -> Place {
    Place { channel: Channel::GreenApi, account: "7103000001".to_owned(), address: format!("{digits}@c.us") }
}

#[tokio::test]
async fn what_was_on_its_way_brings_nobody_back() {
    let office = Office::open().await;
    let (dana, ..) = full(&office).await;
    let turn =
        office.store().claim(hour(0), "worker", chrono::TimeDelta::seconds(60)).await.unwrap().unwrap();
    erase_dana(&office, &dana).await;
    let late = message(&dana.place, &dana.chat, "in-dana-9", text("כמוס"), hour(0));
    assert_eq!(office.store().accept(vec![late.clone()]).await.unwrap(), [Accepted::Repeated]);
    let again = message(&dana.place, &dana.chat, "in-dana-1", text("כמוס: יש לי נזילה"), hour(-1));
    assert_eq!(
        office.store().accept(vec![again]).await.unwrap(),
        [Accepted::Repeated],
        "delivered once more"
    );
    // A turn that was under way writes nothing: what it answers is gone.
    let new = contact_id(&BusinessId::new("fixi"), Some(&dana.phone), &dana.place);
    let person = serde_json::from_value(json!({"id": new, "business": "fixi", "phone": dana.phone})).unwrap();
    let commit = Commit {
        under: Some(turn),
        documents: vec![(Expect::Absent, Document::Contact(person))],
        handled: vec![InboundId::new("in-dana-1")],
        ..Commit::default()
    };
    assert!(office.store().commit(commit, hour(0)).await.is_err());
    assert!(named(&office, &ids(&dana)).await.is_empty());
    // Whoever writes anew afterwards is a new person.
    let anew = message(&dana.place, &dana.chat, "in-dana-10", text("שלום"), hour(1));
    assert_eq!(office.store().accept(vec![anew]).await.unwrap(), [Accepted::New]);
}

/// What a future comes to, unless it is dropped before, when it has been polled so often.
async fn until_killed<F: Future>(polls: usize, future: F) -> Option<F::Output> {
    let mut future = std::pin::pin!(future);
    let mut left = polls;
    std::future::poll_fn(|context| match left.checked_sub(1) {
        None => std::task::Poll::Ready(None),
        Some(less) => {
            left = less;
            future.as_mut().poll(context).map(Some)
        }
    })
    .await
}

/// Wherever it dies, running it again finishes it: as long as anything is left, what tells where to look is there.
#[tokio::test]
async fn an_erasing_that_was_interrupted_anywhere_is_finished() {
    let mut deaths = 0;
    for polls in (1..).step_by(6) {
        let office = Office::open().await;
        let (dana, ..) = full(&office).await;
        let business = office.store().business(&BusinessId::new("fixi")).await.unwrap().unwrap();
        let erasing = erase::erase(&office.app, &business, &dana.contact, |_| Vec::new());
        let is_done = until_killed(polls, erasing).await.is_some();
        // What was under way when it died is written or not; a read behind it tells when that is settled.
        office.store().ping().await.unwrap();
        if !is_done && office.store().contact(&dana.contact).await.unwrap().is_some() {
            deaths += 1;
            erase_dana(&office, &dana).await;
        }
        let left: Vec<_> =
            named(&office, &ids(&dana)).await.into_iter().map(|row| (row.collection, row.text)).collect();
        assert_eq!(left, [], "after {polls} steps");
        let told = office.told().await;
        let freed = told.iter().filter(|text| text.contains("עבודה 1 ")).count();
        assert_eq!(freed, 1, "the pro is told once, after {polls} steps: {told:?}");
        if is_done {
            break;
        }
    }
    assert!(deaths > 5, "it died {deaths} times on its way");
}

#[tokio::test]
async fn only_with_the_word_and_only_customers_are_erased() {
    let office = Office::open().await;
    let (dana, ..) = full(&office).await;
    let path = format!("/contacts/{}/erase", dana.contact);
    for confirm in ["", "erase", "erase other", "yes"] {
        let refused = office.refused(Method::POST, &path, json!({ "confirm": confirm })).await;
        assert_eq!((refused.0, refused.1.as_str()), (422, "invalid"), "B132: {confirm}");
    }
    let body = json!({ "confirm": format!("erase {}", dana.contact) });
    for (user, expected) in
        [("adi", StatusCode::FORBIDDEN), ("gil", StatusCode::FORBIDDEN), ("eve", StatusCode::NOT_FOUND)]
    {
        assert_eq!(office.send(user, Method::POST, &path, body.clone()).await.0, expected, "{user}");
    }
    let avi = contact_id(&BusinessId::new("fixi"), Some("+972500000101"), &place("972500000101"));
    let body = json!({ "confirm": format!("erase {avi}") });
    let refused = office.refused(Method::POST, &format!("/contacts/{avi}/erase"), body).await;
    assert_eq!((refused.0, refused.1.as_str()), (409, "not_now"), "a pro is no customer");
    assert!(office.store().contact(&dana.contact).await.unwrap().is_some());
    assert!(office.audit().await.is_empty());
}

/// B95, B125: a person of the same phone in another business is somebody else.
#[tokio::test]
async fn the_same_phone_elsewhere_is_not_touched() {
    let office = Office::open().await;
    let (dana, ..) = full(&office).await;
    let other = BusinessId::new("other");
    let theirs = contact_id(&other, Some(&dana.phone), &dana.place);
    let person = serde_json::from_value(
        json!({"id": theirs, "business": "other", "phone": dana.phone, "name": "דנה זבולון"}),
    )
    .unwrap();
    office.put(vec![Document::Contact(person)]).await;
    erase_dana(&office, &dana).await;
    let left: Vec<_> = named(&office, &ids(&dana)).await.iter().map(|row| row.collection).collect();
    assert_eq!(left, ["contacts"]);
    let stored = office.store().contact(&theirs).await.unwrap().unwrap();
    assert_eq!((stored.version, stored.value.phone.as_deref()), (1, Some(dana.phone.as_str())));
}

/// B131: nothing of their own is masked, and nothing of others is in it.
#[tokio::test]
async fn a_person_gets_all_of_theirs() {
    let office = Office::open().await;
    let (dana, ..) = full(&office).await;
    let export = office.get(&format!("/contacts/{}/export", dana.contact)).await;
    let data = &export["data"];
    assert_eq!(data["contact"]["phone"], "+972500001001");
    let received = data["chats"][0]["received"].as_array().unwrap();
    assert_eq!(received.len(), 2);
    assert_eq!(received[0]["inbound"]["content"]["text"], "כמוס: יש לי נזילה");
    assert_eq!(data["chats"][0]["sent"][0]["message"]["text"], "שלום דנה זבולון");
    assert_eq!((data["leads"].as_array().unwrap().len(), data["visits"].as_array().unwrap().len()), (2, 2));
    assert_eq!(data["reviews"], json!([{"lead": 2, "stars": 5, "words": "כמוס ביותר", "at": hour(0)}]));
    assert_eq!(data["audit"].as_array().unwrap().len(), 1);
    assert!(!export.to_string().contains("נועה"), "nobody else");
    let (status, _) =
        office.send("adi", Method::GET, &format!("/contacts/{}/export", dana.contact), Value::Null).await;
    assert_eq!(status, StatusCode::FORBIDDEN);
    assert_eq!(office.audit().await.len(), 1, "whoever takes data out is noted, and whoever may not is not");
}

#[test]
fn the_audit_names_nobody() {
    assert_eq!(erase::subject(), "contacts/erased");
}
