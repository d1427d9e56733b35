//! Requests that come again, and two people who change one thing.

use crate::office::Office;
use axum::http::Method;
use bot::operators::id_of_token;
use chrono::Duration;
use serde_json::{Value, json};

async fn note(office: &Office, user: &str, lead: &str, text: &str, key: &str) -> (u16, Value) {
    let headers = [("idempotency-key", key)];
    let path = format!("/leads/{lead}/notes");
    let (status, answer) =
        office.send_with(user, Method::POST, &path, json!({ "text": text }), &headers).await;
    (status.as_u16(), answer)
}

async fn notes(office: &Office, lead: &agents::id::LeadId) -> usize {
    office.lead(lead).await.value.remarks.len()
}

#[tokio::test]
async fn the_same_key_gives_the_first_answer_again_and_changes_nothing() {
    let office = Office::open().await;
    let lead = office.waiting(17).await;
    let id = lead.as_str();
    let first = note(&office, "olga", id, "call her", "k1").await;
    assert_eq!(first.0, 200);
    note(&office, "olga", id, "another", "k2").await;
    assert_eq!(
        note(&office, "olga", id, "call her", "k1").await,
        first,
        "the same answer, although the lead went on"
    );
    assert_eq!(notes(&office, &lead).await, 2);
    // A key is good for one request of one user.
    let (status, answer) = note(&office, "olga", id, "something else", "k1").await;
    assert_eq!((status, answer["problem"].as_str()), (422, Some("invalid")));
    assert_eq!(note(&office, "gil", id, "call her", "k1").await.0, 200);
    assert_eq!(notes(&office, &lead).await, 3);
    assert_eq!(note(&office, "olga", id, "x", &"k".repeat(201)).await.0, 422);
    // What was refused is tried again.
    let key = [("idempotency-key", "k3")];
    let wrong = json!({ "status": "completed", "version": 1 });
    let path = format!("/leads/{id}/status");
    let (status, _) = office.send_with("olga", Method::POST, &path, wrong, &key).await;
    assert_eq!(status.as_u16(), 409);
    // After a day the key is new.
    office.clock.set(office.clock.now() + Duration::hours(25));
    let session = office.store().session(&id_of_token("olga")).await.unwrap().unwrap();
    assert!(session.value.ends_at > office.clock.now());
    assert_eq!(note(&office, "olga", id, "call her", "k1").await.0, 200);
    assert_eq!(notes(&office, &lead).await, 4);
}

/// The same request twice at once is one change.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_request_that_comes_twice_at_once_is_done_once() {
    let office = Office::open().await;
    let lead = office.waiting(17).await;
    let asks = (0..6).map(|_| note(&office, "olga", lead.as_str(), "call her", "k1"));
    let answers = futures::future::join_all(asks).await;
    assert_eq!(notes(&office, &lead).await, 1);
    assert_eq!(office.audit().await.len(), 1);
    let done = answers.iter().filter(|(status, _)| *status == 200).count();
    assert!(done >= 1 && answers.iter().all(|(status, _)| [200, 409].contains(status)), "{answers:?}");
}

/// X17: two operators edit one lead; the second sees what changed.
#[tokio::test]
async fn whoever_comes_second_sees_how_it_is_now() {
    let office = Office::open().await;
    let lead = office.waiting(17).await;
    let shown = office.get(&format!("/leads/{lead}")).await;
    let body = json!({ "status": "closed", "reason": "she called", "version": shown["version"] });
    let path = format!("/leads/{lead}/status");
    office.post(&path, body.clone()).await;
    let (status, answer) = office.send("gil", Method::POST, &path, body).await;
    assert_eq!((status.as_u16(), answer["problem"].as_str()), (409, Some("conflict")));
    assert_eq!(answer["current"], office.get(&format!("/leads/{lead}")).await);
    assert_eq!(answer["current"]["status"], "closed");
    assert_eq!(office.audit().await.len(), 1, "the second changed nothing");
}
