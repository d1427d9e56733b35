//! Pros: the list, changes under the rules of the business file, who signed up, and how one would sound.

use crate::office::Office;
use agents::id::{BusinessId, ProId};
use agents::pro::{Pro, SignUp};
use axum::http::{Method, StatusCode};
use bot::business_file;
use bot::store::documents::Document;
use serde_json::{Value, json};

#[tokio::test]
async fn every_pro_is_listed_and_shown_whole() {
    let office = Office::open().await;
    let list = office.get("/pros").await;
    let names: Vec<_> = list.as_array().unwrap().iter().map(|pro| pro["name"].as_str().unwrap()).collect();
    assert!(names.len() == office.pros.len() && names.is_sorted(), "{names:?}");
    let avi = office.pro(&office.pros[0].id).await;
    assert_eq!(
        (&avi["name"], &avi["state"], &avi["trades"]),
        (&json!("אבי כהן"), &json!("active"), &json!(["plumbing"]))
    );
    assert_eq!(avi["area_rules"], json!([{"city": "תל אביב"}, {"city": "רמת גן"}]));
    assert_eq!(avi["hours"], json!({"friday": "08:00-12:00", "sunday-thursday": "08:00-18:00"}));
    assert_eq!(office.send("gil", Method::GET, "/pros", Value::Null).await.0, StatusCode::OK);
    let (_, others) = office.send("eve", Method::GET, "/pros", Value::Null).await;
    assert_eq!(others, json!([]));
    let path = format!("/pros/{}", office.pros[0].id);
    assert_eq!(office.send("eve", Method::GET, &path, Value::Null).await.0, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn a_pro_is_changed_under_the_rules_of_the_file() {
    let office = Office::open().await;
    let id = office.pros[0].id.clone();
    let path = format!("/pros/{id}");
    let prices = json!([{"item": "leak_repair", "names": {"he": "תיקון נזילה"}, "min": 300, "max": 500, "minutes": 90}]);
    let body = json!({
        "version": 1, "name": " אבי  כהן-לוי ", "prices": prices, "on_vacation": true, "max_open_jobs": 5,
        "area_rules": [{"city": "חיפה", "radius_km": 15.0}, {"city": "עכו"}],
        "hours": {"sunday": "09:00-13:00, 16:00-19:00"},
    });
    let (status, changed) = office.send("adi", Method::PATCH, &path, body).await;
    assert_eq!(status, StatusCode::OK, "{changed}");
    assert_eq!(
        (&changed["name"], &changed["version"], &changed["state"]),
        (&json!("אבי כהן-לוי"), &json!(2), &json!("vacation"))
    );
    assert_eq!((&changed["prices"], &changed["max_open_jobs"]), (&prices, &json!(5)));
    assert_eq!(changed["area_rules"], json!([{"city": "חיפה", "radius_km": 15.0}, {"city": "עכו"}]));
    assert_eq!(office.pro(&id).await, changed);
    let stored = office.store().pro(&id).await.unwrap().unwrap().value;
    let expected = Pro {
        name: stored.name.clone(),
        prices: stored.prices.clone(),
        areas: stored.areas.clone(),
        hours: stored.hours.clone(),
        on_vacation: true,
        max_open_jobs: 5,
        ..office.pros[0].clone()
    };
    assert_eq!(stored, expected, "nothing else changed");
    assert_eq!(office.audit().await, [("adi".to_owned(), "pro.change".to_owned(), format!("members/{id}"))]);

    let stale = office.refused(Method::PATCH, &path, json!({"version": 1, "name": "דן"})).await;
    assert_eq!((stale.0, stale.1.as_str()), (409, "conflict"));
    for (field, value) in [
        ("name", json!("")),
        ("trades", json!(["magic"])),
        ("area_rules", json!([{"city": "חיפה", "radius_km": 900.0}])),
        ("prices", json!([{"item": "a", "names": {"he": "א"}, "min": 5, "max": 1, "minutes": 60}])),
        ("hours", json!({"sunday": "18:00-08:00"})),
        ("slot_minutes", json!(0)),
        ("max_open_jobs", json!(0)),
        ("persona", json!("x".repeat(1001))),
    ] {
        let refused = office.refused(Method::PATCH, &path, json!({"version": 2, field: value})).await;
        let name = if field == "area_rules" { "areas" } else { field };
        assert!(
            (refused.0, refused.1.as_str()) == (422, "invalid") && refused.2.contains(name),
            "{refused:?}"
        );
    }
    assert_eq!(
        office.send("gil", Method::PATCH, &path, json!({"version": 2})).await.0,
        StatusCode::FORBIDDEN
    );
    assert_eq!(office.audit().await.len(), 1);
}

fn applicant(office: &Office) -> Pro {
    let phone = "+972500000999";
    let mut pro = Pro {
        id: business_file::pro_id(&BusinessId::new("fixi"), phone),
        phone: phone.to_owned(),
        name: "רמי".to_owned(),
        approved: false,
        active: false,
        ..office.pros[0].clone()
    };
    pro.desk.sign_up = Some(SignUp {
        at: office.clock.now(),
        city: None,
        prices: Some("200 לשעה".to_owned()),
        declined_at: None,
    });
    pro
}

#[tokio::test]
async fn who_signed_up_is_taken_or_declined_once_and_told() {
    let office = Office::open().await;
    let pro = applicant(&office);
    let (id, path) = (pro.id.clone(), format!("/pros/{}/decide", pro.id));
    office.put(vec![Document::Pro(pro)]).await;
    let shown = office.pro(&id).await;
    assert_eq!((&shown["state"], &shown["applied_prices"]), (&json!("applicant"), &json!("200 לשעה")));
    let key = [("Idempotency-Key", "take-1")];
    let body = json!({"take": true, "version": 1});
    let (status, taken) = office.send_with("adi", Method::POST, &path, body.clone(), &key).await;
    assert_eq!((status, &taken["state"]), (StatusCode::OK, &json!("active")));
    let (status, again) = office.send_with("adi", Method::POST, &path, body.clone(), &key).await;
    assert_eq!((status, again), (StatusCode::OK, taken), "the same request again changes nothing");
    assert_eq!(office.told().await.len(), 1, "they are told once");
    assert_eq!(office.audit().await, [("adi".to_owned(), "pro.take".to_owned(), format!("members/{id}"))]);
    assert_eq!(office.refused(Method::POST, &path, body).await.1, "conflict");
    let late = office.refused(Method::POST, &path, json!({"take": false, "version": 2})).await;
    assert_eq!((late.0, late.1.as_str()), (409, "not_now"));
    let nobody = ProId::new("pro-nobody");
    let gone = office
        .refused(Method::POST, &format!("/pros/{nobody}/decide"), json!({"take": true, "version": 1}))
        .await;
    assert_eq!(gone.0, 404);
}

#[tokio::test]
async fn a_voice_is_tried_without_a_trace() {
    let office = Office::open().await;
    let path = format!("/pros/{}/preview", office.pros[0].id);
    let before = office.store().counts().await.unwrap();
    let number = office.store().next_number(&BusinessId::new("fixi")).await.unwrap();
    let said = office.post(&path, json!({"text": "יש לי נזילה במטבח, כמה זה עולה?"})).await;
    let reply = said["reply"].as_str().unwrap();
    assert!(reply.contains("אבי כהן") && reply.contains("450"), "the pro's name and price: {reply}");
    assert_eq!(said["model"], "rules");
    let said =
        office.post(&path, json!({"text": "the sink leaks, when can you come?", "persona": "short"})).await;
    assert!(!said["reply"].as_str().unwrap().is_empty());
    assert_eq!(office.store().counts().await.unwrap(), before, "nothing is kept");
    assert_eq!(
        office.store().next_number(&BusinessId::new("fixi")).await.unwrap(),
        number + 1,
        "no number is used"
    );
    assert!(office.told().await.is_empty() && office.audit().await.is_empty());
    for body in [
        json!({"text": " "}),
        json!({"text": "x".repeat(1001)}),
        json!({"text": "a", "persona": "x".repeat(1001)}),
    ] {
        assert_eq!(office.refused(Method::POST, &path, body).await.0, 422);
    }
}
