//! Whatever is asked for wrongly is answered as JSON that says what to do, and never repeats what was sent.

use crate::office::Office;
use axum::http::Method;
use serde_json::{Value, json};

#[tokio::test]
async fn what_is_not_there_or_cannot_be_read_is_refused_as_json() {
    let office = Office::open().await;
    let long = format!("/leads?q={}", "a".repeat(3000));
    for (user, method, path, body, status, problem) in [
        ("olga", Method::GET, "/nothing", "", 404, "not_found"),
        ("olga", Method::GET, "/leads/l1/nothing", "", 404, "not_found"),
        ("olga", Method::GET, "", "", 404, "not_found"),
        ("olga", Method::PUT, "/leads", "", 405, "not_found"),
        ("olga", Method::DELETE, "/leads/l1", "", 405, "not_found"),
        ("", Method::GET, "/leads", "", 401, "sign_in_again"),
        ("nobody", Method::GET, "/leads", "", 401, "sign_in_again"),
        ("gil", Method::GET, "/users", "", 403, "forbidden"),
        ("olga", Method::GET, "/leads/l1", "", 404, "not_found"),
        ("olga", Method::GET, "/leads?limit=many", "", 400, "invalid"),
        ("olga", Method::GET, "/leads?status=lost", "", 400, "invalid"),
        ("olga", Method::GET, "/leads?after=secretsecret", "", 422, "invalid"),
        ("olga", Method::POST, "/leads/l1/notes", "{\"text\":\"secret\"", 400, "invalid"),
        ("olga", Method::POST, "/leads/l1/notes", "{\"txet\":\"secret\"}", 400, "invalid"),
        ("olga", Method::POST, "/leads/l1/notes", "\u{fffd}secret", 400, "invalid"),
        ("olga", Method::POST, "/leads/l1/assign", "{\"pro\":7,\"version\":1}", 400, "invalid"),
        ("olga", Method::POST, "/leads/l1/assign", "{\"pro\":\"x\",\"version\":-1}", 400, "invalid"),
        ("", Method::POST, "/session", "{}", 400, "invalid"),
    ] {
        let (found, answer) = office.send_text(user, method.clone(), path, body).await;
        let answer: Value =
            serde_json::from_str(&answer).unwrap_or_else(|_| panic!("{path}: no JSON: {answer}"));
        assert_eq!((found.as_u16(), answer["problem"].as_str()), (status, Some(problem)), "{method} {path}");
        assert!(!answer.to_string().contains("secret"), "{answer}");
        assert!(answer["message"].as_str().is_some_and(|message| message.len() > 10), "{answer}");
        assert_eq!(answer["request"].as_str().map(str::len), Some(16), "{answer}");
    }
    assert_eq!(office.send("olga", Method::GET, &long, Value::Null).await.0.as_u16(), 200);
    let large = format!("{{\"text\":\"{}\"}}", "x".repeat(1 << 20));
    let (status, answer) = office.send_text("olga", Method::POST, "/leads/l1/notes", &large).await;
    assert_eq!(status.as_u16(), 413, "{answer}");
}

#[tokio::test]
async fn a_store_that_is_away_is_told_with_when_to_try_again() {
    let office = Office::open().await;
    office.store().close().await.unwrap();
    let signs_in = json!({ "name": "olga", "password": "whatever it is" });
    for (method, path, body) in [
        (Method::GET, "/leads", Value::Null),
        (Method::GET, "/session", Value::Null),
        (Method::POST, "/session", signs_in),
        (Method::POST, "/leads/l1/notes", json!({ "text": "x" })),
    ] {
        let (status, answer) = office.send("olga", method, path, body).await;
        assert_eq!((status.as_u16(), answer["problem"].as_str()), (503, Some("unavailable")), "{path}");
        assert!(answer["retry_after_s"].as_u64().is_some_and(|seconds| seconds > 0), "{answer}");
    }
}
