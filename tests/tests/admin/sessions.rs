//! Signing in and out: what lets in, what does not, for how long, and what the store holds of it.

use crate::office::{Office, hour};
use axum::http::Method;
use bot::operators::{self, id_of_name};
use chrono::Duration;
use secrecy::SecretString;
use serde_json::{Value, json};

const PASSWORD: &str = "correct horse battery";

/// An office in which a user has a real password.
async fn office() -> Office {
    let office = Office::open().await;
    operators::set_password(
        office.store(),
        "olga",
        SecretString::from(PASSWORD.to_owned()),
        office.app.now(),
    )
    .await
    .unwrap();
    office
}

async fn sign_in(office: &Office, name: &str, password: &str) -> (u16, Value) {
    let body = json!({ "name": name, "password": password });
    let (status, answer) = office.send("", Method::POST, "/session", body).await;
    (status.as_u16(), answer)
}

async fn works(office: &Office, token: &str) -> bool {
    office.send(token, Method::GET, "/session", Value::Null).await.0.is_success()
}

#[tokio::test]
async fn a_session_begins_with_the_right_password_and_ends_by_signing_out() {
    let office = office().await;
    assert!(!works(&office, "olga").await, "a new password ended the sessions before");
    let (status, answer) = sign_in(&office, "olga", PASSWORD).await;
    assert_eq!(status, 200, "{answer}");
    let me = &answer["me"];
    assert_eq!((me["name"].as_str(), me["role"].as_str()), (Some("olga"), Some("owner")));
    assert_eq!(me["business"]["timezone"], "Asia/Jerusalem");
    assert_eq!(me["businesses"].as_array().unwrap().len(), 1);
    let token = answer["token"].as_str().unwrap().to_owned();
    assert_eq!(token.len(), 64);
    assert_eq!(office.send(&token, Method::GET, "/session", Value::Null).await.1, *me);
    // The store has the digest of the token and of the password, and neither of them.
    let held = format!(
        "{:?}",
        office.store().session(&operators::id_of_token(&token)).await.unwrap().unwrap().value.id
    );
    assert!(!held.contains(&token));
    assert!(office.store().session(&token).await.unwrap().is_none());
    let digest = office.store().user("olga").await.unwrap().unwrap().value.password;
    assert!(digest.starts_with("$argon2id$") && !digest.contains(PASSWORD), "{digest}");

    let other = sign_in(&office, "olga", PASSWORD).await.1["token"].as_str().unwrap().to_owned();
    let (status, _) = office.send(&token, Method::DELETE, "/session", Value::Null).await;
    assert_eq!(status.as_u16(), 204);
    assert!(!works(&office, &token).await);
    assert!(works(&office, &other).await, "another session goes on");
    let (_, sam) = office.send("sam", Method::GET, "/session", Value::Null).await;
    assert_eq!(
        sam["businesses"].as_array().unwrap().len(),
        2,
        "who runs the installation sees every business"
    );
}

#[tokio::test]
async fn a_wrong_name_is_refused_like_a_wrong_password_and_both_are_locked_out() {
    let office = office().await;
    for name in ["olga", "nobody", "correct horse battery"] {
        for _ in 0..5 {
            let (status, answer) = sign_in(&office, name, "wrong password").await;
            assert_eq!((status, answer["problem"].as_str()), (401, Some("wrong_password")), "{name}");
        }
        let (status, answer) = sign_in(&office, name, PASSWORD).await;
        assert_eq!((status, answer["problem"].as_str()), (429, Some("locked_out")), "{name}");
        assert_eq!(answer["retry_after_s"], 60, "{name}");
    }
    // Kept under a digest: somebody may have typed a password for a name.
    assert!(office.store().sign_ins("correct horse battery").await.unwrap().is_none());
    assert!(office.store().sign_ins(&id_of_name("correct horse battery")).await.unwrap().is_some());
    office.work(Duration::seconds(61)).await;
    assert_eq!(sign_in(&office, "olga", "wrong password").await.0, 401, "one more try");
    let (status, answer) = sign_in(&office, "olga", PASSWORD).await;
    assert_eq!((status, answer["retry_after_s"].as_u64()), (429, Some(120)), "the time doubles");
    office.work(Duration::seconds(121)).await;
    assert_eq!(sign_in(&office, "olga", PASSWORD).await.0, 200);
    for _ in 0..4 {
        sign_in(&office, "olga", "wrong password").await;
    }
    assert_eq!(sign_in(&office, "olga", PASSWORD).await.0, 200, "signing in forgets the failures");
    // What is over is not kept for ever.
    office.work(Duration::days(2)).await;
    sign_in(&office, "olga", PASSWORD).await;
    assert!(office.store().sign_ins(&id_of_name("nobody")).await.unwrap().is_none());
}

/// Many tries at once count as many.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn tries_at_once_are_counted_each() {
    let office = office().await;
    let tries = (0..12).map(|_| sign_in(&office, "olga", "wrong password"));
    let statuses: Vec<u16> =
        futures::future::join_all(tries).await.into_iter().map(|(status, _)| status).collect();
    let let_through = statuses.iter().filter(|status| **status == 401).count();
    assert!(let_through <= 5, "{statuses:?}");
    assert_eq!(sign_in(&office, "olga", PASSWORD).await.0, 429);
}

#[tokio::test]
async fn a_session_ends_when_it_is_not_used_and_after_a_week_in_any_case() {
    let office = office().await;
    let token = sign_in(&office, "olga", PASSWORD).await.1["token"].as_str().unwrap().to_owned();
    office.clock.set(hour(11));
    assert!(works(&office, &token).await, "used within twelve hours");
    office.clock.set(hour(22));
    assert!(works(&office, &token).await, "every use moves the end on");
    office.clock.set(hour(35));
    assert!(!works(&office, &token).await, "thirteen hours without");
    let token = sign_in(&office, "olga", PASSWORD).await.1["token"].as_str().unwrap().to_owned();
    for hours in (1..17).map(|step| 35 + step * 10) {
        office.clock.set(hour(hours));
        assert!(works(&office, &token).await, "{hours}");
    }
    office.clock.set(hour(35 + 24 * 7 + 1));
    assert!(!works(&office, &token).await, "a week is the most");
}

#[tokio::test]
async fn a_user_who_is_switched_off_or_may_less_signs_in_again() {
    let office = office().await;
    let token = sign_in(&office, "olga", PASSWORD).await.1["token"].as_str().unwrap().to_owned();
    let version = |users: &Value| {
        let users = users.as_array().unwrap();
        users.iter().find(|user| user["name"] == "olga").unwrap()["version"].as_u64().unwrap()
    };
    let (_, users) = office.send("sam", Method::GET, "/users", Value::Null).await;
    let edit = json!({ "version": version(&users), "role": "admin" });
    let (status, user) = office.send("sam", Method::PATCH, "/users/olga", edit).await;
    assert_eq!((status.as_u16(), user["role"].as_str()), (200, Some("admin")), "{user}");
    assert!(!works(&office, &token).await, "a lower role");
    let token = sign_in(&office, "olga", PASSWORD).await.1["token"].as_str().unwrap().to_owned();
    let (_, users) = office.send("sam", Method::GET, "/users", Value::Null).await;
    let edit = json!({ "version": version(&users), "active": false });
    let (status, _) = office.send("sam", Method::PATCH, "/users/olga", edit).await;
    assert_eq!(status.as_u16(), 200);
    assert!(!works(&office, &token).await, "switched off");
    assert_eq!(sign_in(&office, "olga", PASSWORD).await.0, 401);
}
