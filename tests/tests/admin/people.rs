//! The list and the search of people, and two made one.

use crate::office::{Office, hour, slot};
use agents::id::ContactId;
use axum::http::{Method, StatusCode};
use bot::store::documents::{Commit, Document, Expect};
use serde_json::{Value, json};

fn names(page: &Value) -> Vec<&str> {
    page["rows"].as_array().unwrap().iter().map(|row| row["name"].as_str().unwrap()).collect()
}

#[tokio::test]
async fn people_are_found_by_the_beginning_of_a_name_or_phone() {
    let office = Office::open().await;
    for (name, digits) in [
        ("דנה כהן", "972500001001"),
        ("דנה לוי", "972500001002"),
        ("Noa", "972500001013"),
        ("אורי", "972530001001"),
    ] {
        office.customer(name, digits).await;
    }
    let all = office.get("/contacts").await;
    assert_eq!(names(&all), ["אורי", "Noa", "דנה לוי", "דנה כהן"], "newest first");
    assert_eq!(all["next"], Value::Null);
    assert_eq!(names(&office.get("/contacts?q=%D7%93%D7%A0%D7%94").await), ["דנה לוי", "דנה כהן"]);
    assert_eq!(names(&office.get("/contacts?q=NOA").await), ["Noa"]);
    assert_eq!(names(&office.get("/contacts?q=050-000-100").await), ["דנה לוי", "דנה כהן"]);
    assert_eq!(names(&office.get("/contacts?q=%2B97253").await), ["אורי"]);
    assert_eq!(names(&office.get("/contacts?q=xyz").await), [""; 0]);

    let first = office.get("/contacts?limit=3").await;
    let next = first["next"].as_str().unwrap();
    office.customer("חדש", "972500001009").await;
    let second = office.get(&format!("/contacts?limit=3&after={next}")).await;
    assert_eq!(
        (names(&first).len(), names(&second)),
        (3, vec!["דנה כהן"]),
        "whoever came meanwhile shifts nobody"
    );

    let line = &first["rows"][2];
    assert_eq!((&line["phone"], &line["leads"]), (&json!("+972500001002"), &json!(0)));
    assert!(line["conversation"].is_string());
    let id = line["id"].as_str().unwrap();
    assert_eq!(&office.get(&format!("/contacts/{id}")).await, line);
    let (status, _) = office.send("eve", Method::GET, &format!("/contacts/{id}"), Value::Null).await;
    assert_eq!(status, StatusCode::NOT_FOUND, "B125: another business's person is not there");
    let (_, page) = office.send("eve", Method::GET, "/contacts", Value::Null).await;
    assert_eq!(page["rows"], json!([]));
    let (status, _) = office.send("gil", Method::GET, "/contacts", Value::Null).await;
    assert_eq!(status, StatusCode::FORBIDDEN);
}

#[tokio::test]
async fn two_contacts_become_one_person() {
    let office = Office::open().await;
    let one = office.customer("דנה כהן", "972500001001").await;
    let other = office.customer("דנה", "972500001002").await;
    let (kept, _) = office.booked(&one, 1, slot(4)).await;
    let (lead, _) = office.booked(&other, 2, slot(6)).await;
    let opted_out = office.store().contact(&other.contact).await.unwrap().unwrap();
    let mut person = opted_out.value;
    person.opted_out_at = Some(hour(0));
    let documents = vec![(Expect::Version(1), Document::Contact(person))];
    office.store().commit(Commit { documents, ..Commit::default() }, hour(0)).await.unwrap();

    let path = format!("/contacts/{}/merge", one.contact);
    let stale = office.refused(Method::POST, &path, json!({"other": other.contact, "version": 7})).await;
    assert_eq!((stale.0, stale.1.as_str()), (409, "conflict"));
    let itself = office.refused(Method::POST, &path, json!({"other": one.contact, "version": 1})).await;
    assert_eq!((itself.0, itself.1.as_str()), (422, "invalid"));
    let nobody = office.refused(Method::POST, &path, json!({"other": "p-nobody", "version": 1})).await;
    assert_eq!(nobody.0, 404);

    let merged = office.post(&path, json!({"other": other.contact, "version": 1})).await;
    assert_eq!(
        (&merged["leads"], &merged["version"], &merged["name"]),
        (&json!(2), &json!(2), &json!("דנה כהן"))
    );
    assert!(merged["opted_out_at"].is_string(), "who opted out under either stays opted out");
    assert_eq!(office.store().contact(&other.contact).await.unwrap(), None);
    assert_eq!(office.lead(&lead).await.value.contact, one.contact);
    assert_eq!(office.lead(&kept).await.version, 1, "what was theirs is not touched");
    let chat = office.store().conversation(&other.chat).await.unwrap().unwrap();
    assert_eq!(chat.value.contact, one.contact, "the next message there is theirs");
    let stored = office.store().contact(&one.contact).await.unwrap().unwrap();
    assert_eq!(stored.value.phones().collect::<Vec<_>>(), [&one.phone, &other.phone]);
    assert_eq!(
        office.audit().await[0],
        ("olga".to_owned(), "contact.merge".to_owned(), format!("contacts/{}", one.contact))
    );
}

#[tokio::test]
async fn whoever_is_to_be_in_two_places_is_not_one_person() {
    let office = Office::open().await;
    let one = office.customer("דנה", "972500001001").await;
    let other = office.customer("דן", "972500001002").await;
    office.booked(&one, 1, slot(4)).await;
    let pro = office.pros[1].id.clone();
    let (lead, _) = office.booked(&other, 2, slot(6)).await;
    // With another pro at the time of the first.
    let mut stored = office.lead(&lead).await;
    (stored.value.slot, stored.value.pro) = (Some(slot(4)), Some(pro));
    let documents = vec![(Expect::Version(1), Document::Lead(stored.value))];
    office.store().commit(Commit { documents, ..Commit::default() }, hour(0)).await.unwrap();
    let path = format!("/contacts/{}/merge", one.contact);
    let clash = office.refused(Method::POST, &path, json!({"other": other.contact, "version": 1})).await;
    assert_eq!((clash.0, clash.1.as_str()), (409, "not_now"));

    // A pro's own contact is found by their phone.
    let pro = office.customer("אבי", "972500000101").await;
    let works = office.refused(Method::POST, &path, json!({"other": pro.contact, "version": 1})).await;
    assert_eq!((works.0, works.1.as_str()), (409, "not_now"));
    assert!(office.store().contact(&ContactId::new(pro.contact.as_str())).await.unwrap().is_some());
    assert!(office.audit().await.is_empty(), "what was refused is no change");
}
