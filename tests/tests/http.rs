//! What providers are answered, status by status, through the real routes; and what two workers do with one message.

#![allow(clippy::unwrap_used)]

#[path = "http/app.rs"]
mod app;

use app::{Door, GREEN_TOKEN, PANICS, QUIET, fixture, green, meta, plain, sign};
use axum::http::{Method, StatusCode};
use bot::store::documents::{DeliveryState, Document, Expect, JobClass};

const UNAUTHORIZED: &str = r#"fixi_security_total{channel="meta",reason="unauthorized"}"#;
const UNAUTHORIZED_GREEN: &str = r#"fixi_security_total{channel="green_api",reason="unauthorized"}"#;

#[tokio::test]
async fn a_wrong_or_missing_signature_is_refused_and_nothing_is_stored() {
    let door = Door::open(QUIET).await;
    let body = fixture("meta/wh_text_hebrew.json");
    let right = sign(&body);
    let wrong = [
        None,
        Some(String::new()),
        Some(right.replace("sha256=", "")),
        Some(right.replace("sha256=", "sha1=")),
        Some(right[..right.len() - 2].to_owned()),
        Some(sign(b"another body")),
        Some("sha256=é".to_owned()),
    ];
    for (index, signature) in wrong.iter().enumerate() {
        let status = door.post("/webhook/meta", "x-hub-signature-256", signature.as_deref(), &body).await;
        assert_eq!(status, StatusCode::UNAUTHORIZED, "{index}");
        assert_eq!(door.counter(UNAUTHORIZED), index as u64 + 1);
    }
    assert_eq!(door.rows("messages").await, 0);
    assert_eq!(door.rows("oddities").await, 0);
}

#[tokio::test]
async fn a_right_signature_over_the_raw_body_is_taken_whatever_the_query() {
    let door = Door::open(QUIET).await;
    for (index, path) in
        ["/webhook/meta", "/webhook/meta?source=a&b=%D7%A9", "/webhook/meta?"].iter().enumerate()
    {
        let body = fixture("meta/wh_utf8_unescaped_body.json");
        let body = String::from_utf8(body).unwrap().replace("wamid.", &format!("wamid.{index}"));
        let signature = sign(body.as_bytes());
        let status = door.post(path, "x-hub-signature-256", Some(&signature), body.as_bytes()).await;
        assert_eq!(status, StatusCode::OK, "{path}");
    }
    assert_eq!(door.rows("messages").await, 3);
}

#[tokio::test]
async fn a_wrong_or_missing_token_of_green_api_is_refused() {
    let door = Door::open(QUIET).await;
    let body = fixture("green_api/in_text_english.json");
    let wrong = [None, Some("Bearer wrong".to_owned()), Some(format!("Bearer {}", &GREEN_TOKEN[..8]))];
    for token in &wrong {
        let status = door.post("/webhook/green-api", "authorization", token.as_deref(), &body).await;
        assert_eq!(status, StatusCode::UNAUTHORIZED);
    }
    assert_eq!(door.counter(UNAUTHORIZED_GREEN), 3);
    assert_eq!(door.rows("messages").await, 0);
    for path in ["/webhook", "/webhook/green-api"] {
        let token = format!("Bearer {GREEN_TOKEN}");
        assert_eq!(door.post(path, "authorization", Some(&token), &body).await, StatusCode::OK);
    }
    assert_eq!(door.rows("messages").await, 1);
}

#[tokio::test]
async fn the_handshake_answers_the_right_token_only() {
    let door = Door::open(QUIET).await;
    let ask = |token: &str| {
        format!("/webhook/meta?hub.mode=subscribe&hub.verify_token={token}&hub.challenge=1158201444")
    };
    let (status, body) = door.get(&ask("verify")).await;
    assert_eq!((status, body.as_str()), (StatusCode::OK, "1158201444"));
    assert_eq!(door.get(&ask("other")).await.0, StatusCode::FORBIDDEN);
}

#[tokio::test]
async fn a_body_beyond_four_mebibytes_is_too_large_and_one_of_three_is_read() {
    let door = Door::open(QUIET).await;
    let padded = |bytes: usize| {
        let mut body = fixture("meta/ac_unknown_field.json");
        body.resize(bytes, b' ');
        body
    };
    assert_eq!(door.send(&meta(&padded(3 << 20))).await, StatusCode::OK);
    assert_eq!(door.send(&meta(&padded((4 << 20) + 1))).await, StatusCode::PAYLOAD_TOO_LARGE);
    assert_eq!(door.send(&green(&padded((4 << 20) + 1))).await, StatusCode::PAYLOAD_TOO_LARGE);
}

#[tokio::test]
async fn an_unreadable_body_is_kept_and_answered_as_the_provider_needs_it() {
    let door = Door::open(QUIET).await;
    for body in [&fixture("meta/wh_invalid_json.truncated"), &b"[]"[..].to_vec(), &vec![0xFF, 0xFE, 0x00]] {
        assert_eq!(door.send(&meta(body)).await, StatusCode::BAD_REQUEST);
        assert_eq!(door.send(&green(body)).await, StatusCode::OK);
    }
    assert_eq!(door.rows("oddities").await, 6);
    assert_eq!(door.rows("messages").await, 0);
}

#[tokio::test]
async fn a_store_that_is_away_makes_the_provider_come_again() {
    let door = Door::open(QUIET).await;
    door.app.store.close().await.unwrap();
    assert_eq!(door.send(&meta(&fixture("meta/wh_text_hebrew.json"))).await, StatusCode::SERVICE_UNAVAILABLE);
    let body = fixture("green_api/in_text_english.json");
    assert_eq!(door.send(&green(&body)).await, StatusCode::SERVICE_UNAVAILABLE);
    let (status, reasons) = door.get("/readyz").await;
    assert_eq!(status, StatusCode::SERVICE_UNAVAILABLE);
    assert!(reasons.contains("store"), "{reasons}");
    assert_eq!(door.get("/healthz").await.0, StatusCode::OK);
}

#[tokio::test]
async fn a_ready_server_says_so_and_unknown_paths_and_verbs_do_nothing() {
    let door = Door::open(QUIET).await;
    assert_eq!(door.get("/readyz").await.0, StatusCode::OK);
    assert!(door.get("/metrics").await.1.ends_with("# EOF\n"));
    assert_eq!(door.get("/webhook/nobody").await.0, StatusCode::NOT_FOUND);
    assert_eq!(door.send(&plain(Method::PUT, "/webhook/meta")).await, StatusCode::METHOD_NOT_ALLOWED);
    assert_eq!(door.rows("messages").await, 0);
}

/// B2: the same message twice at the same instant, and two workers at once.
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn one_message_delivered_twice_at_once_to_two_workers_has_one_answer() {
    let door = Door::open(QUIET).await;
    let post = meta(&fixture("meta/wh_text_hebrew.json"));
    let (one, two) = tokio::join!(door.send(&post), door.send(&post));
    assert_eq!((one, two), (StatusCode::OK, StatusCode::OK));
    door.pass(chrono::Duration::seconds(10));
    let work = |owner: &'static str| {
        let app = door.app.clone();
        tokio::spawn(async move { while bot::jobs::run_one(&app, owner).await.unwrap() {} })
    };
    let (a, b) = (work("a"), work("b"));
    a.await.unwrap();
    b.await.unwrap();
    assert_eq!(door.rows("messages").await, 1);
    assert_eq!(door.rows("outbox").await, 1);
    assert_eq!(door.counter(r#"fixi_events_total{channel="meta",kind="repeated"}"#), 1);
    let left = door.app.store.jobs(10).await.unwrap().rows;
    let waits = |id: &str| ["deliver/", "intake_silent/"].iter().any(|start| id.starts_with(start));
    assert!(left.iter().all(|job| waits(&job.id)), "{left:?}");
}

/// A lane that fails again and again ends where a person sees it, and does not block what comes after.
#[tokio::test]
async fn a_lane_that_gives_up_leaves_its_message_visible_and_goes_on() {
    let door = Door::open(PANICS).await;
    let body = String::from_utf8(fixture("green_api/in_text_english.json")).unwrap();
    // A command needs no model, so that nothing but the delivery meets the broken network.
    let body = body.replace("Hi, my AC stopped cooling. Can someone come tomorrow 9:00-12:00?", "status");
    assert_eq!(door.send(&green(body.as_bytes())).await, StatusCode::OK);
    for _ in 0..40 {
        door.pass(chrono::Duration::minutes(10));
        while bot::jobs::run_one(&door.app, "worker").await.unwrap() {}
    }
    let rows = door.outbox().await;
    let states: Vec<_> = rows.iter().map(|row| (row.state, row.reason.as_deref())).collect();
    assert_eq!(states, [(DeliveryState::Unsettled, Some("lane_gave_up"))]);
    let dead = door.app.store.dead_jobs().await.unwrap();
    assert_eq!(dead.iter().map(|job| job.reason.as_str()).collect::<Vec<_>>(), ["panicked"]);
    assert!(dead[0].id.starts_with(JobClass::Deliver.key()));
    assert!(door.needs_human().await, "a person is asked to look");
}

#[tokio::test]
async fn a_calendar_is_shown_to_whoever_knows_its_secret_and_to_nobody_else() {
    let door = Door::open(QUIET).await;
    let business = door.app.business().await.unwrap().unwrap().value;
    let mut stored = door.app.store.pros(&business.id).await.unwrap();
    let (avi, michal) = (stored.remove(0), stored.remove(0));
    let path = |pro: &agents::pro::Pro, secret: &str| format!("/calendar/{}/{secret}.ics", pro.id);
    let status = async |path: String| door.get(&path).await.0;
    assert_eq!(status(path(&avi.value, "")).await, StatusCode::NOT_FOUND, "nobody asked for a link yet");

    let keep = async |stored: bot::store::documents::Stored<agents::pro::Pro>, secret: &str| {
        let pro = agents::pro::Pro { calendar_secret: Some(secret.to_owned()), ..stored.value };
        let change = (Expect::Version(stored.version), Document::Pro(pro));
        door.app.store.put_documents(vec![change], door.app.now()).await.unwrap();
    };
    keep(avi.clone(), "one").await;
    keep(michal.clone(), "two").await;
    let slot =
        serde_json::json!({ "from": door.app.now(), "to": door.app.now() + chrono::Duration::hours(1) });
    let visit = serde_json::json!({
        "id": "a1", "business": business.id, "lead": "gone", "pro": avi.value.id, "slot": slot, "state": "booked",
    });
    let visit = Document::Appointment(serde_json::from_value(visit).unwrap());
    door.app.store.put_documents(vec![(Expect::Absent, visit)], door.app.now()).await.unwrap();

    let (shown, text) = door.get(&path(&avi.value, "one")).await;
    assert_eq!(shown, StatusCode::OK);
    assert!(text.starts_with("BEGIN:VCALENDAR\r\n") && text.contains("UID:a1@fixi.fixi"), "{text}");
    assert!(!door.get(&path(&michal.value, "two")).await.1.contains("VEVENT"), "each pro has their own");
    let wrong = [
        path(&avi.value, "two"),
        path(&avi.value, "on"),
        path(&avi.value, ""),
        path(&michal.value, "one"),
        format!("/calendar/{}/one", avi.value.id),
        "/calendar/pro-nobody/one.ics".to_owned(),
        "/calendar/%00/%ff.ics".to_owned(),
    ];
    for path in wrong {
        let found = status(path.clone()).await;
        assert!(matches!(found, StatusCode::NOT_FOUND | StatusCode::BAD_REQUEST), "{path}: {found}");
    }
    // A new secret ends the old link.
    let avi = door.app.store.pro(&avi.value.id).await.unwrap().unwrap();
    let id = avi.value.clone();
    keep(avi, "three").await;
    assert_eq!(status(path(&id, "one")).await, StatusCode::NOT_FOUND);
    assert_eq!(status(path(&id, "three")).await, StatusCode::OK);

    let request = http::Request::get(path(&id, "three")).body(axum::body::Body::empty()).unwrap();
    let answer = tower::ServiceExt::oneshot(door.router.clone(), request).await.unwrap();
    assert_eq!(answer.headers()["cache-control"], "private");
    assert_eq!(answer.headers()["content-type"], "text/calendar; charset=utf-8");
    door.app.store.close().await.unwrap();
    assert_eq!(status(path(&id, "three")).await, StatusCode::SERVICE_UNAVAILABLE);
}
