//! Background work and settings.

use crate::office::{Office, hour};
use agents::id::{BusinessId, ConversationId};
use agents::message::Channel;
use axum::http::{Method, StatusCode};
use bot::store::documents::{
    Commit, Document, Expect, JobKind, LastRun, NewJob, Oddity, Recurring, Settlement,
};
use serde_json::{Value, json};

/// A delivery that gave up.
async fn give_up(office: &Office, chat: &ConversationId) -> String {
    let kind = JobKind::Deliver { conversation: chat.clone() };
    let id = kind.id();
    office.store().ask(vec![NewJob { kind, due: hour(-1), gather_ms: None }], hour(-1)).await.unwrap();
    let lease = chrono::TimeDelta::seconds(60);
    let job = office.store().claim(hour(0), "worker", lease).await.unwrap().unwrap();
    let dead = Settlement::Dead { reason: "provider_refused".to_owned() };
    office.store().settle(&job, dead, hour(0)).await.unwrap();
    id
}

#[tokio::test]
async fn dead_letters_are_seen_retried_and_discarded() {
    let office = Office::open().await;
    let dana = office.customer("דנה", "972500001001").await;
    let elsewhere: agents::conversation::Conversation = serde_json::from_value(json!({
        "id": "c-other", "business": "other", "contact": "p-other",
        "place": {"channel": "meta", "account": "1", "address": "972500001002"},
    }))
    .unwrap();
    office.put(vec![Document::Conversation(elsewhere)]).await;
    let id = give_up(&office, &dana.chat).await;
    let others = give_up(&office, &ConversationId::new("c-other")).await;
    office.store().ensure(JobKind::Recurring { name: Recurring::Healer }, hour(-1)).await.unwrap();
    let lease = chrono::TimeDelta::seconds(60);
    let job = office.store().claim(hour(0), "worker", lease).await.unwrap().unwrap();
    let last = LastRun { at: hour(0), took_ms: 5, outcome: "healed asked=2".to_owned(), failed: false };
    office.store().settle(&job, Settlement::Next { due: hour(1), last }, hour(0)).await.unwrap();
    let oddity = Oddity {
        channel: Channel::Meta,
        reason: "unknown_kind".to_owned(),
        body: "{}".to_owned(),
        at: hour(0),
    };
    office.store().keep_oddity(oddity).await.unwrap();

    let jobs = office.get("/jobs").await;
    assert_eq!(
        jobs["dead"],
        json!([{
            "id": id, "kind": "deliver", "reason": "provider_refused", "attempts": 1, "at": hour(0),
        }]),
        "another business's is not there"
    );
    let healer = jobs["recurring"].as_array().unwrap().iter().find(|job| job["name"] == "healer").unwrap();
    assert_eq!(
        healer,
        &json!({
            "name": "healer", "on": true, "next": hour(1), "last_at": hour(0), "last_outcome": "healed asked=2",
        })
    );
    assert_eq!(jobs["recurring"].as_array().unwrap().len(), Recurring::ALL.len());
    assert_eq!(jobs["oddities"], json!([{"at": hour(0), "channel": "meta", "reason": "unknown_kind"}]));

    for (path, id) in
        [("/jobs/retry", others.as_str()), ("/jobs/discard", others.as_str()), ("/jobs/retry", "turn/nobody")]
    {
        assert_eq!(office.refused(Method::POST, path, json!({ "id": id })).await.0, 404, "{path} {id}");
    }
    assert_eq!(
        office.send("gil", Method::POST, "/jobs/retry", json!({ "id": id })).await.0,
        StatusCode::FORBIDDEN
    );
    office.post("/jobs/retry", json!({ "id": id })).await;
    assert_eq!(office.get("/jobs").await["dead"], json!([]));
    let now = office.app.now();
    let again = office.store().claim(now, "worker", lease).await.unwrap().unwrap();
    assert_eq!(
        (again.kind.id(), again.attempts),
        (id.clone(), 1),
        "it is done again, with no failed attempts"
    );
    let dead = Settlement::Dead { reason: "provider_refused".to_owned() };
    office.store().settle(&again, dead, now).await.unwrap();
    office.post("/jobs/discard", json!({ "id": id })).await;
    assert_eq!(office.refused(Method::POST, "/jobs/discard", json!({ "id": id })).await.0, 404);
    let actions: Vec<_> = office.audit().await.into_iter().map(|(_, action, _)| action).collect();
    assert_eq!(actions, ["job.discard", "job.retry"]);
    let (_, theirs) = office.send("eve", Method::GET, "/jobs", Value::Null).await;
    assert_eq!(theirs["dead"][0]["id"], json!(others));
}

#[tokio::test]
async fn settings_are_changed_under_the_rules_of_the_file() {
    let office = Office::open().await;
    let before = office.get("/settings").await;
    assert_eq!(
        (&before["name"], &before["paused"], &before["approval"]),
        (&json!("Fixi"), &json!(false), &json!("pro"))
    );
    let body = json!({
        "version": 1, "name": "תיקונים", "paused": true, "approval": "auto", "approval_minutes": 30,
        "reminder_hours": [24], "commission_percent": 12, "hours": {"sunday-friday": "07:00-22:00"},
        "emergency_words": ["צינור .. התפוצץ"],
    });
    let (status, changed) = office.send("olga", Method::PATCH, "/settings", body.clone()).await;
    assert_eq!(status, StatusCode::OK, "{changed}");
    for field in body.as_object().unwrap().keys().filter(|field| *field != "version") {
        assert_eq!(changed[field.as_str()], body[field.as_str()], "{field}");
    }
    assert_eq!((&changed["version"], office.get("/settings").await), (&json!(2), changed.clone()));
    let stored = office.store().business(&BusinessId::new("fixi")).await.unwrap().unwrap().value;
    assert!(stored.paused_at.is_some(), "the bot is silent from now on");
    let conflict =
        office.send("olga", Method::PATCH, "/settings", json!({"version": 1, "paused": false})).await;
    assert_eq!((conflict.0, &conflict.1["current"]), (StatusCode::CONFLICT, &changed), "with how it is now");
    for (field, value) in [
        ("name", json!(" ")),
        ("approval", json!("maybe")),
        ("approval_minutes", json!(0)),
        ("reminder_hours", json!([0])),
        ("commission_percent", json!(101)),
        ("hours", json!({"someday": "08:00-09:00"})),
        ("emergency_words", json!(["100"])),
    ] {
        let refused = office.refused(Method::PATCH, "/settings", json!({"version": 2, field: value})).await;
        assert!(
            (refused.0, refused.1.as_str()) == (422, "invalid") && refused.2.contains(field),
            "{refused:?}"
        );
    }
    office.send("olga", Method::PATCH, "/settings", json!({"version": 2, "paused": false})).await;
    assert_eq!(office.get("/settings").await["paused"], json!(false));
    for user in ["adi", "gil"] {
        assert_eq!(
            office.send(user, Method::PATCH, "/settings", json!({"version": 3})).await.0,
            StatusCode::FORBIDDEN
        );
    }
    let audit = office.audit().await;
    assert_eq!(audit.len(), 2);
    assert_eq!(audit[0], ("olga".to_owned(), "settings.change".to_owned(), "businesses/fixi".to_owned()));
}

/// L35: changing a setting lets nothing leave that somebody stopped.
#[tokio::test]
async fn a_change_of_settings_lets_nothing_leave_that_was_stopped() {
    let office = Office::open().await;
    let id = BusinessId::new("fixi");
    let mut stopped = office.store().business(&id).await.unwrap().unwrap();
    stopped.value.sending_stopped_at = Some(hour(-1));
    stopped.value.budget_told_on = Some(stopped.value.day(hour(0)));
    let documents = vec![(Expect::Version(stopped.version), Document::Business(stopped.value.clone()))];
    office.store().commit(Commit { documents, ..Commit::default() }, hour(0)).await.unwrap();
    let body = json!({"version": stopped.version + 1, "approval_minutes": 30});
    let (status, changed) = office.send("olga", Method::PATCH, "/settings", body).await;
    assert_eq!(status, StatusCode::OK, "{changed}");
    let stored = office.store().business(&id).await.unwrap().unwrap().value;
    assert_eq!(stored, agents::business::Business { approval_minutes: 30, ..stopped.value });
}
