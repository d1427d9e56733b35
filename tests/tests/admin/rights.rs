//! Who may do what: every role on every route (B124), and every route with things of another business (B125).

use crate::office::{Office, hour, morning, slot};
use admin_api::access::{Role, allow};
use agents::contact::Contact;
use agents::conversation::Conversation;
use agents::id::{BusinessId, ProId};
use agents::lead::{Appointment, Lead};
use agents::pro::Pro;
use axum::http::Method;
use bot::store::documents::{Change, Document, User};
use bot::web::admin::{Line, Needs, table};
use serde_json::{Value, json};

/// One body that every route can read.
fn body(other: &str) -> Value {
    json!({
        "version": 1, "pro": other, "status": "closed", "reason": "", "text": "x", "minutes": 5, "name": "x",
        "language": "he", "parameters": [], "take": true, "from": hour(3), "to": hour(4), "date": "2026-11-24",
        "other": other, "confirm": format!("erase {other}"), "id": other, "role": "agent", "password": "0123456789",
        "purpose": "reminder",
    })
}

/// A path with something in the place of every name.
fn filled(line: &Line, id: &str) -> String {
    let parts = line.path.split('/').map(|part| if part.starts_with('{') { id } else { part });
    let path = parts.collect::<Vec<_>>().join("/");
    match line.path {
        "/schedule" => format!("{path}?from=2026-11-22&days=7"),
        "/analytics" | "/analytics.csv" => format!("{path}?from=2026-11-01&to=2026-11-22"),
        _ => path,
    }
}

fn body_for(line: &Line, id: &str) -> Value {
    if line.method == Method::GET || line.method == Method::DELETE { Value::Null } else { body(id) }
}

/// B124: what a role may not do it is told so, before anything else is looked at; what it may do is not forbidden.
#[tokio::test]
async fn every_role_on_every_route_may_what_the_table_says() {
    let office = Office::open().await;
    let users =
        [("sam", Role::SystemAdmin), ("olga", Role::Owner), ("adi", Role::Admin), ("gil", Role::Agent)];
    assert_eq!(users.map(|(_, role)| role).as_slice(), Role::ALL);
    let mut asked = 0;
    for line in table() {
        // A stream has no end, and signing out ends what the next ask needs.
        let is_lasting = line.path == "/events" || line.method == Method::DELETE;
        for (user, role) in users {
            if is_lasting && line.path != "/events" {
                continue;
            }
            let path = filled(&line, "nothing");
            let (status, answer) =
                office.begin(user, line.method.clone(), &path, body_for(&line, "nothing")).await;
            let may = match line.needs {
                Needs::Nothing | Needs::Session => true,
                Needs::Right(action) => allow(role, action),
            };
            let is_forbidden = status.as_u16() == 403 && answer.contains("your role may not do this");
            assert_eq!(!is_forbidden, may, "{user} {} {path}: {status} {answer}", line.method);
            let is_own_refusal = line.path == "/session" && line.needs == Needs::Nothing;
            assert!(status.as_u16() != 401 || is_own_refusal, "{user} {path}");
            assert!(status.as_u16() < 500, "{user} {path}: {answer}");
            asked += 1;
        }
        let (status, answer) =
            office.begin("", line.method.clone(), &filled(&line, "x"), body_for(&line, "x")).await;
        let is_open = line.needs == Needs::Nothing;
        assert!(
            is_open || (status.as_u16() == 401 && answer.contains("sign_in_again")),
            "{line:?}: {status}"
        );
    }
    assert!(asked > 150, "{asked}");
}

/// A business with one of everything, whose ids and words begin with `their`.
async fn strangers(office: &Office) {
    let pro: Pro = Pro {
        id: ProId::new("their-pro"),
        business: BusinessId::new("other"),
        name: "their-name".to_owned(),
        phone: "+972500009999".to_owned(),
        ..office.pros[0].clone()
    };
    let place = json!({ "channel": "green_api", "account": "7103000001", "address": "972500008888@c.us" });
    let contact: Contact = serde_json::from_value(json!({
        "id": "their-contact", "business": "other", "phone": "+972500008888", "name": "their-customer",
    }))
    .unwrap();
    let chat: Conversation = serde_json::from_value(json!({
        "id": "their-chat", "business": "other", "contact": "their-contact", "place": place,
        "last_inbound_at": morning(), "needs_human": "complaint",
    }))
    .unwrap();
    let lead: Lead = serde_json::from_value(json!({
        "id": "their-lead", "business": "other", "number": 1, "contact": "their-contact",
        "conversation": "their-chat", "language": "he", "status": "booked", "issue_type": "plumbing",
        "history": [{ "status": "booked", "at": morning(), "reason": "their-reason" }],
        "issue_summary": "their-issue", "address": { "city": "haifa" }, "emergency": false, "pro": "their-pro",
        "slot": slot(3), "appointment": "their-visit", "customer_name": "their-customer",
    }))
    .unwrap();
    let visit: Appointment = serde_json::from_value(json!({
        "id": "their-visit", "business": "other", "lead": "their-lead", "pro": "their-pro", "slot": slot(3),
        "state": "booked",
    }))
    .unwrap();
    let change: Change = serde_json::from_value(json!({
        "id": "their-change", "business": "other", "at": morning(), "by": "their-user", "action": "x",
        "subject": "leads/their-lead",
    }))
    .unwrap();
    let user: User = serde_json::from_value(json!({
        "name": "their-user", "business": "other", "role": "agent", "active": true, "password": "none",
        "created_at": morning(),
    }))
    .unwrap();
    office
        .put(vec![
            Document::Pro(pro),
            Document::Contact(contact),
            Document::Conversation(chat),
            Document::Lead(lead),
            Document::Appointment(visit),
            Document::Change(change),
            Document::User(user),
        ])
        .await;
}

/// B125: another business's things are not there, by whatever route, whoever asks; only who runs the installation sees
/// them, by saying which business they mean.
#[tokio::test]
async fn nothing_of_another_business_is_reached_by_any_route() {
    let office = Office::open().await;
    strangers(&office).await;
    let before = office.fingerprint("other").await;
    let mut seen = Vec::new();
    for line in table().into_iter().filter(|line| line.path != "/events" && line.method != Method::DELETE) {
        let id = match line.path.split('/').nth(1).unwrap() {
            "leads" => "their-lead",
            "conversations" => "their-chat",
            "contacts" => "their-contact",
            "pros" => "their-pro",
            "appointments" => "their-visit",
            "users" => "their-user",
            _ => "their-pro",
        };
        for user in ["olga", "sam"] {
            let path = filled(&line, id);
            let (status, answer) = office.begin(user, line.method.clone(), &path, body_for(&line, id)).await;
            if line.path.contains('{') {
                assert_eq!(status.as_u16(), 404, "{user} {} {path}: {answer}", line.method);
            }
            assert!(!answer.contains("their-"), "{user} {} {path}: {answer}", line.method);
        }
        if line.method == Method::GET && line.needs != Needs::Nothing {
            let headers = [("fixi-business", "other")];
            let (status, _) =
                office.send_with("olga", Method::GET, &filled(&line, id), Value::Null, &headers).await;
            assert_eq!(status.as_u16(), 404, "{}: an owner names another business", line.path);
            seen.push(filled(&line, id));
        }
    }
    for q in ["pro=their-pro", "contact=their-contact", "q=their", "q=1", "q=%D7%97%D7%99%D7%A4%D7%94"] {
        assert_eq!(office.get(&format!("/leads?{q}")).await["rows"], json!([]), "{q}");
    }
    for path in ["/conversations?q=their", "/conversations?q=050-000-8888", "/audit?subject=leads/their-lead"]
    {
        assert_eq!(office.get(path).await["rows"], json!([]), "{path}");
    }
    assert_eq!(office.fingerprint("other").await, before, "nothing of theirs was written");
    for path in seen {
        let (status, answer) =
            office.send_with("sam", Method::GET, &path, Value::Null, &[("fixi-business", "other")]).await;
        assert!(status.is_success(), "{path}: {answer}");
    }
}

/// A pro of another business cannot be given a lead either.
#[tokio::test]
async fn a_lead_is_not_given_to_a_stranger() {
    let office = Office::open().await;
    strangers(&office).await;
    let lead = office.waiting(17).await;
    let body = json!({ "pro": "their-pro", "version": 2 });
    let refused = office.refused(Method::POST, &format!("/leads/{lead}/assign"), body).await;
    assert_eq!((refused.0, refused.1.as_str()), (404, "not_found"));
}
