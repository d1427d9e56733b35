//! The board, one lead whole, and what operators do with leads.

use crate::office::{Office, hour};
use agents::concern::Concern;
use agents::id::BusinessId;
use agents::lead::Status;
use agents::message::Channel;
use axum::http::Method;
use bot::store::documents::{Document, Expect};
use bot::store::outer::{AccountHealth, Stopped};
use serde_json::{Value, json};

fn numbers(page: &Value) -> Vec<u64> {
    page["rows"].as_array().unwrap().iter().map(|row| row["number"].as_u64().unwrap()).collect()
}

/// Leads 1 to 7, each changed an hour after the one before.
async fn board(office: &Office) {
    let customer = office.customer("יעל לוי", "972500000555").await;
    for number in 1..=7_u64 {
        let hours = i64::try_from(number).unwrap();
        let (id, _) = office.booked(&customer, number, crate::office::slot(hours + 30)).await;
        let mut stored = office.lead(&id).await;
        let lead = &mut stored.value;
        let next = match number {
            1 | 2 => Status::Completed,
            3 => Status::Cancelled,
            _ => Status::Rejected,
        };
        assert!(lead.become_(next, hour(hours), "x"));
        if number > 5 {
            lead.pro = Some(office.pros[1].id.clone());
            lead.needs_human = Some(Concern::Stuck);
        }
        if number == 7 {
            lead.customer_name = Some("Maya".to_owned());
            lead.address.city = Some("haifa".to_owned());
            lead.issue_summary = "The boiler leaks".to_owned();
        }
        let write = (Expect::Version(1), Document::Lead(stored.value));
        office.store().put_documents(vec![write], office.app.now()).await.unwrap();
    }
}

#[tokio::test]
async fn leads_are_listed_newest_change_first_by_every_filter_page_by_page() {
    let office = Office::open().await;
    board(&office).await;
    let (avi, michal) = (office.pros[0].id.clone(), office.pros[1].id.clone());
    for (query, expected) in [
        (String::new(), vec![7, 6, 5, 4, 3, 2, 1]),
        ("?status=rejected".to_owned(), vec![7, 6, 5, 4]),
        (format!("?pro={michal}"), vec![7, 6]),
        (format!("?pro={avi}&status=completed"), vec![2, 1]),
        ("?needs_human=true".to_owned(), vec![7, 6]),
        ("?needs_human=true&status=completed".to_owned(), vec![]),
        ("?q=4".to_owned(), vec![4]),
        ("?q=%234".to_owned(), vec![4]),
        ("?q=may".to_owned(), vec![7]),
        ("?q=MAYA".to_owned(), vec![7]),
        ("?q=the%20boil".to_owned(), vec![7]),
        ("?q=haif".to_owned(), vec![7]),
        ("?q=%D7%97%D7%99%D7%A4%D7%94".to_owned(), vec![7]),
        ("?q=%D7%99%D7%A2%D7%9C&status=cancelled".to_owned(), vec![3]),
        ("?q=levi".to_owned(), vec![]),
        ("?contact=nobody".to_owned(), vec![]),
    ] {
        assert_eq!(numbers(&office.get(&format!("/leads{query}")).await), expected, "{query}");
        // The same page by page.
        let (mut paged, mut after) = (Vec::new(), String::new());
        loop {
            let joint = if query.is_empty() { "?" } else { "&" };
            let page = office.get(&format!("/leads{query}{joint}limit=2{after}")).await;
            paged.extend(numbers(&page));
            let Some(next) = page["next"].as_str() else { break };
            after = format!("&after={next}");
        }
        assert_eq!(paged, expected, "{query}, two a page");
    }
    // A lead that changes while somebody pages repeats or moves; nothing that stood still is left out.
    let first = office.get("/leads?limit=3").await;
    let id = first["rows"][0]["id"].as_str().unwrap();
    office.post(&format!("/leads/{id}/notes"), json!({ "text": "x" })).await;
    let next = office.get(&format!("/leads?limit=9&after={}", first["next"].as_str().unwrap())).await;
    assert_eq!(numbers(&next), [4, 3, 2, 1]);
}

#[tokio::test]
async fn one_lead_shows_everything_that_happened() {
    let office = Office::open().await;
    let lead = office.waiting(17).await;
    let path = format!("/leads/{lead}");
    office.post(&format!("{path}/notes"), json!({ "text": "התקשרתי, אין מענה" })).await;
    let shown = office.get(&path).await;
    assert_eq!(
        (shown["number"].as_u64(), shown["status"].as_str()),
        (Some(17), Some("pending_admin_review"))
    );
    assert_eq!(shown["city"], "תל אביב");
    assert_eq!(shown["needs_human"], "no_pro_left");
    assert_eq!(shown["may_become"], json!(["cancelled", "closed"]));
    let timeline: Vec<String> = shown["timeline"]
        .as_array()
        .unwrap()
        .iter()
        .map(|moment| {
            format!("{} {}", moment["what"].as_str().unwrap(), moment["by"].as_str().unwrap_or("-"))
        })
        .collect();
    assert_eq!(timeline, ["contacted -", "new -", "booked -", "pending_admin_review -", "note olga"]);
    // Words of an operator are on the lead, not in the audit.
    assert!(!office.get("/audit").await.to_string().contains("התקשרתי"));
    for text in ["", " \u{200F} ", &"א".repeat(2001)] {
        let refused = office.refused(Method::POST, &format!("{path}/notes"), json!({ "text": text })).await;
        assert_eq!((refused.0, refused.1.as_str()), (422, "invalid"));
    }
}

/// The console assigns by the decision of an owner in chat: the time is held, the pro is asked, the customer told, the
/// timer set, and all of it in one write with the line of the audit.
#[tokio::test]
async fn a_lead_is_assigned_and_everybody_is_told() {
    let office = Office::open().await;
    let lead = office.waiting(17).await;
    let pro = office.pros[0].id.clone();
    let path = format!("/leads/{lead}/assign");
    let before = office.lead(&lead).await;
    let shown = office.post(&path, json!({ "pro": pro, "version": before.version })).await;
    assert_eq!((shown["status"].as_str(), shown["pro"].as_str()), (Some("new"), Some(pro.as_str())));
    assert_eq!(shown["needs_human"], Value::Null);
    let after = office.lead(&lead).await;
    assert_eq!(after.version, before.version + 1);
    let visit = after.value.appointment.clone().expect("a visit");
    let claims = office.store().claims(std::slice::from_ref(&pro), hour(0), hour(48), hour(0)).await.unwrap();
    assert!(
        claims.iter().any(|claim| claim.appointment == visit && claim.until.is_some()),
        "the time is held"
    );
    assert_eq!(office.told().await.len(), 2, "the pro is asked and the customer is told");
    let jobs = office.store().jobs(50).await.unwrap().rows;
    assert!(jobs.iter().any(|job| job.id == format!("offer_expired/{lead}/2")), "{jobs:?}");
    assert_eq!(
        office.audit().await,
        [("olga".to_owned(), "lead.assign".to_owned(), format!("leads/{lead}"))]
    );
    let last = shown["timeline"].as_array().unwrap().last().unwrap().clone();
    assert!(
        shown["timeline"].as_array().unwrap().iter().any(|moment| moment["what"] == "lead.assign"),
        "{last}"
    );

    let again = json!({ "pro": pro, "version": after.version });
    let refused = office.refused(Method::POST, &path, again).await;
    assert_eq!((refused.0, refused.1.as_str()), (409, "not_now"), "it does not wait any more: {}", refused.2);
    let refused =
        office.refused(Method::POST, &path, json!({ "pro": "nobody", "version": after.version })).await;
    assert_eq!(refused.0, 404);
    assert_eq!(office.audit().await.len(), 1, "what is refused leaves no line");
}

#[tokio::test]
async fn a_lead_goes_on_to_where_it_may_and_both_hear_of_it() {
    let office = Office::open().await;
    let customer = office.customer("דנה", "972500000556").await;
    let (booked, _) = office.booked(&customer, 18, crate::office::slot(4)).await;
    let path = format!("/leads/{booked}/status");
    let shown =
        office.post(&path, json!({ "status": "cancelled", "reason": "she moved", "version": 1 })).await;
    assert_eq!(shown["status"], "cancelled");
    assert!(shown["timeline"].to_string().contains("she moved"));
    let told = office.told().await;
    assert_eq!(told.len(), 2);
    assert!(!told.join(" ").contains("she moved"), "the reason is for the team");
    let free = office.store().claims(&[office.pros[0].id.clone()], hour(0), hour(48), hour(0)).await.unwrap();
    assert!(free.is_empty(), "the time is free again");
    for status in ["booked", "new", "completed"] {
        let refused = office.refused(Method::POST, &path, json!({ "status": status, "version": 2 })).await;
        assert_eq!((refused.0, refused.1.as_str()), (409, "not_now"), "{status}");
    }
}

#[tokio::test]
async fn the_dashboard_counts_what_there_is() {
    let office = Office::open().await;
    board(&office).await;
    let customer = office.customer("דנה", "972500000557").await;
    office.booked(&customer, 18, crate::office::slot(4)).await;
    office.hears(&customer, "m1", "status").await;
    let shown = office.get("/dashboard").await;
    assert_eq!(shown["leads"], json!({ "booked": 1, "cancelled": 1, "completed": 2, "rejected": 4 }));
    assert_eq!(shown["needs_human"], 2);
    assert_eq!(shown["today"].as_array().unwrap().len(), 1);
    assert_eq!(
        (shown["today"][0]["lead_number"].as_u64(), shown["today"][0]["held"].as_bool()),
        (Some(18), Some(false))
    );
    assert_eq!(shown["leads_per_day"].as_array().unwrap().len(), 14);
    assert_eq!(shown["leads_per_day"].as_array().unwrap().iter().filter_map(Value::as_u64).sum::<u64>(), 8);
    assert_eq!(shown["answer_seconds"].as_array().unwrap().len(), 24);
    assert_eq!(shown["answer_seconds"][23], 0, "answered at once by the standing clock");
    assert_eq!(shown["paused"], false);
    let works = |name: &str| json!({ "name": name, "ok": true });
    assert_eq!(shown["providers"], json!([works("green_api"), works("rules"), works("store")]));

    let account = office.app.config.accounts[0].account();
    let stopped =
        Stopped { since: hour(-2), reason: "unauthorized_401".to_owned(), probes: 3, next_probe_at: hour(1) };
    let health = AccountHealth {
        id: AccountHealth::id_of(Channel::GreenApi, account),
        business: BusinessId::new("fixi"),
        channel: Channel::GreenApi,
        account: account.to_owned(),
        stopped: Some(stopped),
        changed_at: hour(-2),
    };
    office.store().put_documents(vec![(Expect::Absent, Document::Account(health))], hour(0)).await.unwrap();
    let shown = office.get("/dashboard").await;
    let down = json!({ "name": "green_api", "ok": false, "reason": "unauthorized_401", "since": hour(-2) });
    assert_eq!(shown["providers"][0], down);
}
