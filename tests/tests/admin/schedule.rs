//! The week of pros: what is in it, blocked times, other hours, and visits that are moved and cancelled.

use crate::office::{Office, hour, slot};
use agents::decision::SlotChange;
use agents::id::AppointmentId;
use agents::lead::{AppointmentState, Status};
use axum::http::{Method, StatusCode};
use bot::store::StoreError;
use bot::store::documents::{Commit, Document, Expect};
use serde_json::{Value, json};

/// The first pro's day of the window.
async fn day(office: &Office, of: usize) -> Value {
    let weeks = office.get(&format!("/schedule?from=2026-11-22&days=7&pro={}", office.pros[0].id)).await;
    weeks[0]["days"][of].clone()
}

fn kinds(day: &Value) -> Vec<(&str, &str)> {
    let spans = day["spans"].as_array().unwrap();
    spans
        .iter()
        .map(|span| (span["kind"].as_str().unwrap(), span["label"].as_str().unwrap_or_default()))
        .collect()
}

#[tokio::test]
async fn a_week_shows_hours_and_everything_in_them() {
    let office = Office::open().await;
    let dana = office.customer("דנה", "972500001001").await;
    let (lead, visit) = office.booked(&dana, 17, slot(4)).await;
    let all = office.get("/schedule?from=2026-11-22&days=7").await;
    assert_eq!(all.as_array().unwrap().len(), office.pros.len());
    let sunday = day(&office, 0).await;
    assert_eq!(sunday["date"], "2026-11-22");
    assert_eq!(sunday["open"], json!([[480, 1080]]));
    let span = &sunday["spans"][0];
    assert_eq!((&span["kind"], &span["label"]), (&json!("booked"), &json!("דנה, תל אביב")));
    assert_eq!(
        (&span["appointment"], &span["lead"], &span["lead_number"]),
        (&json!(visit), &json!(lead), &json!(17))
    );
    assert_eq!(day(&office, 6).await["open"], json!([]), "no hours on Saturday");

    let business = office.store().business(&agents::id::BusinessId::new("fixi")).await.unwrap().unwrap();
    let mut closed = business.value;
    closed.calendar.closures.weekdays = vec![1];
    let documents = vec![(Expect::Version(1), Document::Business(closed))];
    office.store().commit(Commit { documents, ..Commit::default() }, hour(0)).await.unwrap();
    let monday = day(&office, 1).await;
    assert_eq!((&monday["open"], &monday["closed"]), (&json!([]), &json!("closed_weekday")));
    for path in ["/schedule?from=2026-11-22&days=0", "/schedule?from=2026-11-22&days=32"] {
        assert_eq!(office.refused(Method::GET, path, Value::Null).await.0, 422);
    }
    let (_, others) = office.send("eve", Method::GET, "/schedule?from=2026-11-22&days=7", Value::Null).await;
    assert_eq!(others, json!([]));
}

#[tokio::test]
async fn times_are_blocked_and_freed_and_a_day_has_other_hours() {
    let office = Office::open().await;
    let id = office.pros[0].id.clone();
    let dana = office.customer("דנה", "972500001001").await;
    office.booked(&dana, 17, slot(4)).await;
    let path = |what: &str| format!("/pros/{id}/{what}");
    let blocked = office
        .post(&path("block"), json!({"from": hour(3), "to": hour(30), "reason": "vacation", "version": 1}))
        .await;
    assert_eq!(blocked["version"], 2);
    assert_eq!(
        kinds(&day(&office, 0).await),
        [("blocked", "vacation"), ("booked", "דנה, תל אביב")],
        "what is agreed stays"
    );
    assert_eq!(kinds(&day(&office, 1).await), [("blocked", "vacation")], "cut at midnight, local time");
    assert_eq!(day(&office, 1).await["spans"][0]["from"], "2026-11-22T22:00:00Z");
    for body in [
        json!({"from": hour(3), "to": hour(3), "version": 2}),
        json!({"from": hour(-9), "to": hour(-8), "version": 2}),
        json!({"from": hour(3), "to": hour(4), "reason": "בגלל", "version": 2}),
    ] {
        assert_eq!(office.refused(Method::POST, &path("block"), body).await.0, 422);
    }
    let stale = office
        .refused(Method::POST, &path("unblock"), json!({"from": hour(5), "to": hour(6), "version": 1}))
        .await;
    assert_eq!(stale.1, "conflict");
    office.post(&path("unblock"), json!({"from": hour(5), "to": hour(6), "version": 2})).await;
    assert_eq!(kinds(&day(&office, 1).await), []);
    let nothing = office
        .refused(Method::POST, &path("unblock"), json!({"from": hour(5), "to": hour(6), "version": 3}))
        .await;
    assert_eq!((nothing.0, nothing.1.as_str()), (409, "not_now"));

    let hours = json!({"date": "2026-11-28", "hours": "10:00-12:00", "version": 3});
    office.post(&path("exception"), hours).await;
    let saturday = day(&office, 6).await;
    assert_eq!((&saturday["open"], &saturday["exception"]), (&json!([[600, 720]]), &json!(true)));
    let wrong = office
        .refused(
            Method::POST,
            &path("exception"),
            json!({"date": "2026-11-28", "hours": "12:00-10:00", "version": 4}),
        )
        .await;
    assert!(wrong.0 == 422 && wrong.2.starts_with("hours"), "{wrong:?}");
    office.post(&path("exception"), json!({"date": "2026-11-28", "version": 4})).await;
    assert_eq!(day(&office, 6).await["open"], json!([]));
    let actions: Vec<_> = office.audit().await.into_iter().map(|(_, action, _)| action).collect();
    assert_eq!(actions, ["pro.exception", "pro.exception", "pro.unblock", "pro.block"]);
    let (status, _) = office
        .send("gil", Method::POST, &path("block"), json!({"from": hour(3), "to": hour(4), "version": 5}))
        .await;
    assert_eq!(status, StatusCode::FORBIDDEN);
}

#[tokio::test]
async fn a_visit_is_moved_and_both_are_told() {
    let office = Office::open().await;
    let (dana, noa) =
        (office.customer("דנה", "972500001001").await, office.customer("נועה", "972500001002").await);
    let (lead, visit) = office.booked(&dana, 17, slot(4)).await;
    office.booked(&noa, 18, slot(6)).await;
    let path = format!("/appointments/{visit}/move");
    for (from, status, problem) in [
        (hour(6), 409, "not_now"),
        (hour(-1), 409, "not_now"),
        (hour(20), 409, "not_now"),
        (hour(7) + chrono::Duration::minutes(10), 422, "invalid"),
    ] {
        let refused = office.refused(Method::POST, &path, json!({"from": from, "version": 1})).await;
        assert_eq!((refused.0, refused.1.as_str()), (status, problem), "{from}: {}", refused.2);
    }
    assert_eq!(
        office.refused(Method::POST, &path, json!({"from": hour(8), "version": 9})).await.1,
        "conflict"
    );
    assert!(
        office.told().await.is_empty() && office.audit().await.is_empty(),
        "what is refused changes nothing"
    );

    let key = [("Idempotency-Key", "move-1")];
    let body = json!({"from": hour(8), "version": 1});
    let (status, moved) = office.send_with("gil", Method::POST, &path, body.clone(), &key).await;
    assert_eq!(status, StatusCode::OK, "{moved}");
    let again = office.send_with("gil", Method::POST, &path, body, &key).await;
    assert_eq!(again, (StatusCode::OK, moved.clone()));
    assert_eq!((&moved["from"], &moved["kind"]), (&json!(hour(8)), &json!("booked")));
    let stored = office.lead(&lead).await.value;
    assert_eq!((stored.status, stored.slot), (Status::Booked, Some(slot(8))));
    let told = office.told().await;
    assert_eq!(told.len(), 2, "once each: {told:?}");
    assert!(told.iter().all(|text| text.contains("13:00") && text.contains("17:00")), "{told:?}");
    assert_eq!(
        office.audit().await,
        [("gil".to_owned(), "visit.move".to_owned(), format!("appointments/{visit}"))]
    );

    // The old time can be had again, the new one cannot.
    let claim = |hours| SlotChange::Claim {
        pro: office.pros[0].id.clone(),
        slot: slot(hours),
        appointment: AppointmentId::new(format!("other-{hours}")),
        until: None,
    };
    let take = async |hours| {
        office.store().commit(Commit { slots: vec![claim(hours)], ..Commit::default() }, hour(0)).await
    };
    take(4).await.unwrap();
    assert!(matches!(take(8).await, Err(StoreError::SlotTaken { .. })));
    let old = office.refused(Method::POST, &path, json!({"from": hour(9), "version": 2})).await;
    assert_eq!((old.0, old.1.as_str()), (409, "not_now"), "the old visit is no more");
}

#[tokio::test]
async fn a_visit_is_cancelled_and_both_are_told_why() {
    let office = Office::open().await;
    let dana = office.customer("דנה", "972500001001").await;
    let (lead, visit) = office.booked(&dana, 17, slot(4)).await;
    let path = format!("/appointments/{visit}/cancel");
    assert_eq!(office.send("eve", Method::POST, &path, json!({"version": 1})).await.0, StatusCode::NOT_FOUND);
    let (status, _) =
        office.send("gil", Method::POST, &path, json!({"reason": "שיטפון ברחוב", "version": 1})).await;
    assert_eq!(status, StatusCode::NO_CONTENT);
    assert_eq!(office.lead(&lead).await.value.status, Status::Cancelled);
    let stored = office.store().appointment(&visit).await.unwrap().unwrap();
    assert_eq!(stored.value.state, AppointmentState::Cancelled);
    let told = office.told().await;
    assert!(told.len() == 2 && told.iter().all(|text| text.contains("שיטפון ברחוב")), "{told:?}");
    assert_eq!(kinds(&day(&office, 0).await), []);
    let again = office.refused(Method::POST, &path, json!({"version": 2})).await;
    assert_eq!((again.0, again.1.as_str()), (409, "not_now"));
    let changes = office.get("/audit").await;
    assert!(!changes.to_string().contains("שיטפון"), "words of people stay out of the audit");
    assert_eq!(office.told().await.len(), 2);
}
