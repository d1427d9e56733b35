//! Chats: the list, what was said, and people of the business taking over.

use crate::office::{Office, hour};
use agents::conversation::{Conversation, Place};
use agents::id::{BusinessId, ConversationId};
use agents::message::Channel;
use agents::template;
use axum::http::Method;
use bot::store::documents::{Commit, Document, Expect};
use chrono::Duration;
use serde_json::{Value, json};

async fn chat(office: &Office, id: &agents::id::ConversationId) -> Value {
    office.get(&format!("/conversations/{id}")).await
}

/// B123: the bot is silent from the taking over to the giving back, whatever the customer writes.
#[tokio::test]
async fn a_chat_that_is_taken_over_is_silent_until_it_is_given_back() {
    let office = Office::open().await;
    let dana = office.customer("דנה", "972500000558").await;
    let path = format!("/conversations/{}", dana.chat);
    let shown = chat(&office, &dana.chat).await;
    assert_eq!((shown["answering"].as_str(), shown["role"].as_str()), (Some("bot"), Some("customer")));
    let taken = office.post(&format!("{path}/take-over"), json!({ "minutes": 60, "version": 1 })).await;
    assert_eq!(taken["answering"], "person");
    assert_eq!(office.told().await.len(), 1, "the person is told that somebody comes");
    office.work(Duration::minutes(1)).await;
    office.hears(&dana, "m1", "סטטוס").await;
    office.work(Duration::minutes(50)).await;
    office.hears(&dana, "m2", "סטטוס").await;
    assert_eq!(office.told().await.len(), 1, "the bot is silent");
    let version = chat(&office, &dana.chat).await["version"].clone();
    let said = office.post(&format!("{path}/answer"), json!({ "text": "שלום, כאן אולגה" })).await;
    assert_eq!((said["by"].as_str(), said["delivery"].as_str()), (Some("operator"), Some("queued")));
    let refused =
        office.refused(Method::POST, &format!("{path}/give-back"), json!({ "version": version })).await;
    assert_eq!((refused.0, refused.1.as_str()), (409, "conflict"), "the answer changed the chat");
    let version = chat(&office, &dana.chat).await["version"].clone();
    let given = office.post(&format!("{path}/give-back"), json!({ "version": version })).await;
    assert_eq!(given["answering"], "bot");
    office.work(Duration::minutes(1)).await;
    office.hears(&dana, "m3", "סטטוס").await;
    let lines = office.get(&format!("{path}/lines")).await;
    let said: Vec<String> = lines["rows"]
        .as_array()
        .unwrap()
        .iter()
        .map(|line| line["by"].as_str().unwrap().to_owned())
        .collect();
    assert_eq!(said, ["bot", "person", "person", "operator", "person", "bot"]);
    let actions: Vec<String> = office.audit().await.into_iter().map(|(_, action, _)| action).collect();
    assert_eq!(actions, ["conversation.give_back", "conversation.answer", "conversation.take_over"]);
    assert!(!office.get("/audit").await.to_string().contains("אולגה"), "the audit holds no words");
    for minutes in [0, 1_441] {
        let body = json!({ "minutes": minutes, "version": 1 });
        assert_eq!(office.refused(Method::POST, &format!("{path}/take-over"), body).await.0, 422);
    }
    for text in ["", "  ", &"x".repeat(4_097)] {
        assert_eq!(
            office.refused(Method::POST, &format!("{path}/answer"), json!({ "text": text })).await.0,
            422
        );
    }
}

#[tokio::test]
async fn chats_are_listed_by_who_wrote_last_and_found_by_name_and_phone() {
    let office = Office::open().await;
    let mut chats = Vec::new();
    for (at, name) in ["דנה כהן", "Maya", "יוסי"].iter().enumerate() {
        let customer = office.customer(name, &format!("97250000060{at}")).await;
        office.work(Duration::minutes(5)).await;
        office.hears(&customer, &format!("m{at}"), "סטטוס").await;
        chats.push(customer);
    }
    let names = async |query: &str| -> Vec<String> {
        let page = office.get(&format!("/conversations{query}")).await;
        page["rows"].as_array().unwrap().iter().map(|row| row["name"].as_str().unwrap().to_owned()).collect()
    };
    assert_eq!(names("").await, ["יוסי", "Maya", "דנה כהן"]);
    assert_eq!(names("?q=may").await, ["Maya"]);
    assert_eq!(names("?q=%D7%93%D7%A0%D7%94").await, ["דנה כהן"]);
    assert_eq!(names("?q=050-000-06").await, ["יוסי", "Maya", "דנה כהן"]);
    assert_eq!(names("?q=%2B972500000601").await, ["Maya"]);
    assert_eq!(names("?needs_human=true").await, Vec::<String>::new());
    let first = office.get("/conversations?limit=2").await;
    let next = office.get(&format!("/conversations?limit=2&after={}", first["next"].as_str().unwrap())).await;
    assert_eq!(next["rows"][0]["name"], "דנה כהן");
    assert!(next["rows"][0]["last_words"].as_str().is_some_and(|words| !words.is_empty()));
    let path = format!("/conversations/{}", chats[1].chat);
    let version = chat(&office, &chats[1].chat).await["version"].clone();
    office.post(&format!("{path}/take-over"), json!({ "minutes": 5, "version": version })).await;
    assert_eq!(names("?paused=true").await, ["Maya"]);
}

#[tokio::test]
async fn what_was_said_comes_page_by_page_the_newest_first() {
    let office = Office::open().await;
    let dana = office.customer("דנה", "972500000559").await;
    for at in 0..5 {
        office.work(Duration::minutes(5)).await;
        office.hears(&dana, &format!("m{at}"), "סטטוס").await;
    }
    let path = format!("/conversations/{}/lines", dana.chat);
    let all = office.get(&path).await["rows"].as_array().unwrap().clone();
    assert!(all.len() >= 10, "{}", all.len());
    let times: Vec<&str> = all.iter().map(|line| line["at"].as_str().unwrap()).collect();
    assert!(times.is_sorted(), "{times:?}");
    let (mut paged, mut after): (Vec<Value>, _) = (Vec::new(), String::new());
    loop {
        let page = office.get(&format!("{path}?limit=3{after}")).await;
        let mut rows = page["rows"].as_array().unwrap().clone();
        rows.extend(paged);
        paged = rows;
        let Some(next) = page["next"].as_str() else { break };
        after = format!("&after={next}");
    }
    assert_eq!(paged, all);
}

/// B111: where the window is closed an operator sends an approved template, filled as they say, and the person's chat on
/// a channel without templates gets none.
#[tokio::test]
async fn a_template_is_sent_beyond_the_window() {
    let office = Office::open().await;
    let dana = office.customer("דנה", "972500000561").await;
    assert_eq!(office.get("/templates").await, json!([]));
    let id = BusinessId::new("fixi");
    let mut business = office.store().business(&id).await.unwrap().unwrap();
    business.value.templates = serde_json::from_value(json!([
        {"purpose": "news", "name": "news_he", "language": "he", "parameters": ["business", "text"]},
    ]))
    .unwrap();
    let place = Place { channel: Channel::Meta, account: "1".to_owned(), address: "972500000561".to_owned() };
    let meta = Conversation {
        id: ConversationId::new("c-meta"),
        place,
        last_inbound_at: Some(hour(-48)),
        ..office.store().conversation(&dana.chat).await.unwrap().unwrap().value
    };
    let documents = vec![
        (Expect::Version(business.version), Document::Business(business.value.clone())),
        (Expect::Absent, Document::Conversation(meta)),
    ];
    office.store().commit(Commit { documents, ..Commit::default() }, hour(0)).await.unwrap();
    assert_eq!(
        office.get("/templates").await,
        json!([{"name": "news_he", "language": "he", "purpose": "news", "parameters": ["business", "text"]}])
    );
    let body = |parameters: Value| json!({"name": "news_he", "language": "he", "parameters": parameters});
    let path = "/conversations/c-meta/template";
    let refused = office.refused(Method::POST, "/conversations/c-meta/answer", json!({"text": "שלום"})).await;
    assert_eq!((refused.0, refused.1.as_str()), (409, "not_now"), "free words are not taken");
    for (path, body, status) in [
        (path, body(json!(["Fixi"])), 409),
        (path, body(json!(["Fixi", " "])), 422),
        (path, body(json!(["Fixi", "x".repeat(1_021)])), 422),
        (path, json!({"name": "news_he", "language": "en", "parameters": ["Fixi", "x"]}), 409),
        (&format!("/conversations/{}/template", dana.chat), body(json!(["Fixi", "x"])), 409),
        ("/conversations/nobody/template", body(json!(["Fixi", "x"])), 404),
    ] {
        assert_eq!(office.refused(Method::POST, path, body.clone()).await.0, status, "{path} {body}");
    }
    let line = office.post(path, body(json!(["Fixi", "החלק הגיע"]))).await;
    assert_eq!((&line["by"], &line["text"]), (&json!("operator"), &json!("Fixi · החלק הגיע")));
    let row = office.store().outbox_of(&ConversationId::new("c-meta")).await.unwrap().remove(0);
    let filled = template::fill(&business.value, &row.message).unwrap();
    assert_eq!(
        (filled.name.as_str(), filled.parameters),
        ("news_he", vec!["Fixi".into(), "החלק הגיע".into()])
    );
    let audit = office.get("/audit").await;
    assert_eq!(audit["rows"][0]["action"], "conversation.template");
    assert!(!audit.to_string().contains("החלק"), "the audit holds no words");
}

/// Nobody looks for a phone number who looks for a pro.
#[tokio::test]
async fn a_pro_is_called_by_their_name_where_they_told_none() {
    let office = Office::open().await;
    let pro = office.pros[0].clone();
    let avi = office.customer("x", pro.phone.trim_start_matches('+')).await;
    let mut contact = office.store().contact(&avi.contact).await.unwrap().unwrap();
    contact.value.name = None;
    let documents = vec![(Expect::Version(contact.version), Document::Contact(contact.value))];
    office.store().put_documents(documents, hour(0)).await.unwrap();
    let shown = chat(&office, &avi.chat).await;
    assert_eq!((shown["name"].as_str(), shown["role"].as_str()), (Some(pro.name.as_str()), Some("pro")));
    let shown = office.get(&format!("/contacts/{}", avi.contact)).await;
    assert_eq!(shown["name"].as_str(), Some(pro.name.as_str()));
}
