//! What we ask of the providers, against the recorded exchanges: the request is the documented one, the answer is
//! understood. Exchanges for what is not built yet are named with the reason.

use super::{fixture, rows};
use agents::conversation::Place;
use agents::id::{InboundId, OutboxId};
use agents::message::{Button, Channel, Outbound};
use agents::template::Filled;
use bot::channels::{
    NotDone, SendOutcome, Settings, Typing, green_api, mark_read, meta, send, send_template, standing,
};
use bot::outside::{Clock, Dice, ManualClock, Outside, Request, Response, Transport, TransportError};
use bytes::Bytes;
use futures::FutureExt;
use http::{HeaderMap, StatusCode};
use secrecy::SecretString;
use serde_json::{Value, json};
use std::collections::BTreeSet;
use std::sync::{Arc, Mutex};

const GREETING: &str = "היי דנה, איך אפשר לעזור?";

/// Exchanges that no code makes yet.
const META_NOT_USED_YET: &[(&str, &str)] = &[
    ("api_media_download_expired.json", "media is kept by reference; fetching comes with media"),
    ("api_media_download_html_200.json", "media is kept by reference; fetching comes with media"),
    ("api_media_download_no_user_agent.json", "the transport always names itself; fetching comes with media"),
    ("api_media_get_expired_id.json", "media is kept by reference; fetching comes with media"),
    ("api_media_upload.json", "we send words and buttons only"),
    ("api_send_cta_url.json", "we send words and buttons only"),
    ("api_send_flow.json", "we send words and buttons only"),
    ("api_send_image_by_id.json", "we send words and buttons only"),
    ("api_send_list.json", "we send words and buttons only"),
    ("api_send_voice.json", "we send words and buttons only"),
];

/// Exchanges that no code makes yet.
const GREEN_API_NOT_USED_YET: &[(&str, &str)] = &[
    ("api_delete_notification.json", "notifications come by webhook; polling comes later"),
    ("api_delete_notification_false.json", "notifications come by webhook; polling comes later"),
    ("api_download_file.json", "media is kept by reference; fetching comes with media"),
    ("api_polling_webhook_set_400.json", "notifications come by webhook; polling comes later"),
    ("api_receive_notification.json", "notifications come by webhook; polling comes later"),
    ("api_receive_notification_null.json", "notifications come by webhook; polling comes later"),
    ("api_send_buttons_old_403.json", "the provider has retired the method"),
    ("api_send_contact.json", "we send words and buttons only"),
    ("api_send_file_by_upload.json", "we send words and buttons only"),
    ("api_send_file_by_url.json", "we send words and buttons only"),
    ("api_send_location.json", "we send words and buttons only"),
    ("api_send_poll.json", "we send words and buttons only"),
    ("api_upload_file.json", "we send words and buttons only"),
];

/// The outside world that gives these answers in turn, and the requests that it got.
pub(crate) struct World {
    pub(crate) outside: Outside,

    requests: Arc<Mutex<Vec<Request>>>,
}

pub(crate) fn world(answers: Vec<Result<Response, TransportError>>) -> World {
    let requests = Arc::new(Mutex::new(Vec::new()));
    let seen = requests.clone();
    let answers = Arc::new(Mutex::new(answers.into_iter()));
    let clock = Clock::Manual(ManualClock::new(super::received_at()));
    let transport = Transport::InProcess(Arc::new(move |request| {
        seen.lock().unwrap().push(request);
        let answer = answers.lock().unwrap().next().expect("no more requests than answers");
        async move { answer }.boxed()
    }));
    let outside = Outside { clock, transport, dice: Dice::seeded(1) };
    World { outside, requests }
}

impl World {
    pub(crate) fn requests(&self) -> Vec<Request> {
        self.requests.lock().unwrap().clone()
    }
}

pub(crate) fn response(status: u16, body: impl Into<Bytes>) -> Response {
    let status = StatusCode::from_u16(status).unwrap();
    Response { status, headers: HeaderMap::new(), body: body.into() }
}

fn recorded_response(exchange: &Value) -> Response {
    let recorded = &exchange["response"];
    let body = match &recorded["body"] {
        Value::String(text) => text.clone(),
        json => json.to_string(),
    };
    response(u16::try_from(recorded["status"].as_u64().unwrap()).unwrap(), body)
}

fn meta_settings() -> Settings {
    Settings::Meta(meta::Settings {
        access_token: SecretString::from("TEST_TOKEN"),
        phone_number_id: "200000000000001".to_string(),
        waba_id: None,
        verify_token: SecretString::from("v"),
        app_secret: SecretString::from("s"),
        base_url: meta::DEFAULT_BASE_URL.to_string(),
    })
}

pub(crate) fn green_api_settings(interactive_buttons: bool) -> Settings {
    Settings::GreenApi(green_api::Settings {
        id: "7103000001".to_string(),
        token: SecretString::from("test-instance-token-000000000000000000000000000000"),
        base_url: "https://7103.api.greenapi.com".to_string(),
        webhook_token: None,
        interactive_buttons,
    })
}

pub(crate) fn place(settings: &Settings, address: &str) -> Place {
    Place {
        channel: settings.channel(),
        account: settings.account().to_string(),
        address: address.to_string(),
    }
}

fn approval() -> Outbound {
    let button =
        |payload: &str, label: &str| Button { payload: payload.to_string(), label: label.to_string() };
    Outbound {
        text: "לאשר את הפנייה?".to_string(),
        buttons: vec![button("v1:lead:123:accept:9f2c", "מאשר"), button("v1:lead:123:reject:9f2c", "דוחה")],
        figures: None,
    }
}

/// `accepted ID`, `refused CLASS REASON` or `ambiguous REASON`.
fn shown(outcome: &SendOutcome) -> String {
    match outcome {
        SendOutcome::Accepted { provider_id } => format!("accepted {provider_id}"),
        SendOutcome::Refused { reason, class } => format!("refused {} {reason}", class.key()),
        SendOutcome::Ambiguous { reason } => format!("ambiguous {reason}"),
    }
}

async fn outcome(settings: &Settings, answer: Result<Response, TransportError>) -> String {
    let to = place(
        settings,
        if settings.channel() == Channel::Meta { "972500001001" } else { "972500001001@c.us" },
    );
    let world = world(vec![answer]);
    shown(&send(settings, &world.outside, &to, &Outbound::text("x"), &OutboxId::new("o"), None).await)
}

/// Checks method, address, header names and body. `documented` may hold parts that we leave out.
fn check_request(request: &Request, documented: &Value, left_out: &[&str]) {
    assert_eq!(request.method.as_str(), documented["method"].as_str().unwrap());
    let url = match documented["path"].as_str() {
        Some(path) => format!("https://graph.facebook.com{path}"),
        None => documented["url"].as_str().unwrap().to_string(),
    };
    assert_eq!(request.url.as_str(), url);
    let mut body: Value = serde_json::from_slice(&request.body).unwrap();
    let mut expected = documented["body"].clone();
    // Our own id is optional, and so is saying that there is no preview, which is what happens by default.
    body.as_object_mut().unwrap().remove("biz_opaque_callback_data");
    for text in [&mut body["text"], &mut expected["text"]].into_iter().filter_map(Value::as_object_mut) {
        text.remove("preview_url");
    }
    for tree in [&mut body, &mut expected] {
        if tree["text"].is_null() {
            tree.as_object_mut().unwrap().remove("text");
        }
    }
    for path in left_out {
        let (parent, name) = path.rsplit_once('/').unwrap();
        expected
            .pointer_mut(parent)
            .unwrap()
            .as_object_mut()
            .unwrap()
            .remove(name)
            .expect("it is documented");
    }
    assert_eq!(body, expected);
    let ours: BTreeSet<String> = request.headers.keys().map(|name| name.as_str().to_string()).collect();
    let documented = documented["headers"].as_object().unwrap();
    let theirs = documented.keys().map(|name| name.to_lowercase()).chain(["user-agent".to_string()]);
    assert_eq!(ours, theirs.collect());
    for (name, value) in documented {
        assert_eq!(request.headers[name.as_str()], value.as_str().unwrap());
    }
}

/// Rows of the index that begin with `api_` are those of the tables, each once.
fn check_accounted_for(folder: &str, tables: &[&[(&str, &str)]], elsewhere: &[&str]) {
    let tabled = tables.iter().flat_map(|table| table.iter().map(|(file, _)| *file));
    let mut tabled: Vec<String> = tabled.chain(elsewhere.iter().copied()).map(str::to_string).collect();
    let mut indexed: Vec<String> = rows(folder, "INDEX.csv")
        .into_iter()
        .map(|row| row[0].clone())
        .filter(|file| file.starts_with("api_"))
        .collect();
    tabled.sort();
    indexed.sort();
    assert_eq!(tabled, indexed);
}

#[tokio::test]
async fn messages_to_meta_are_the_documented_requests() {
    let settings = meta_settings();
    // What we send, and what becomes of it. An empty line: the request is not one that we would make.
    let used: &[(&str, &str)] = &[
        ("api_send_text_ok.json", "accepted wamid.HBgMOTcyNTAwMDAxMDAxFQIAERgSMDAwMDAwMDAwMDAwMDAwMDNDAA=="),
        (
            "api_send_reply_context.json",
            "accepted wamid.HBgMOTcyNTAwMDAxMDAxFQIAERgSMDAwMDAwMDAwMDAwMDAwMDNFAA==",
        ),
        ("api_send_buttons.json", "accepted wamid.HBgMOTcyNTAwMDAxMDAxFQIAERgSMDAwMDAwMDAwMDAwMDAwMDNGAA=="),
        ("api_err_131056_pair.json", "refused retry_this_person meta_131056"),
        ("api_err_100_param.json", "refused never meta_100"),
        ("api_err_131062_bsuid.json", "refused undeliverable meta_131062"),
    ];
    for (file, expected) in used {
        let exchange: Value = serde_json::from_slice(&fixture("meta", file)).unwrap();
        let (message, reply_to, left_out) = match *file {
            "api_send_text_ok.json" => (Some(Outbound::text(GREETING)), None, &[][..]),
            "api_send_reply_context.json" => (
                Some(Outbound::text("עונה על ההודעה שלך")),
                Some("wamid.HBgMOTcyNTAwMDAxMDAxFQIAEhgUM0EwMDAwMDAwMDAwMDAwMDAwMDEA"),
                &[][..],
            ),
            "api_send_buttons.json" => {
                (Some(approval()), None, &["/interactive/header", "/interactive/footer"][..])
            }
            "api_err_131056_pair.json" => (Some(Outbound::text("x")), None, &[][..]),
            // Requests that we do not make: an empty text, a template.
            _ => (None, None, &[][..]),
        };
        let world = world(vec![Ok(recorded_response(&exchange))]);
        let outbound = message.clone().unwrap_or_else(|| Outbound::text("x"));
        let to = place(&settings, "972500001001");
        let outbox = OutboxId::new("outbox-1");
        let found = send(&settings, &world.outside, &to, &outbound, &outbox, reply_to).await;
        assert_eq!(shown(&found), *expected, "{file}");
        let requests = world.requests();
        assert_eq!(requests.len(), 1);
        let body: Value = serde_json::from_slice(&requests[0].body).unwrap();
        assert_eq!(body["biz_opaque_callback_data"], "outbox-1");
        if message.is_some() {
            check_request(&requests[0], &exchange["request"], left_out);
        }
    }
    check_accounted_for(
        "meta",
        &[used, META_NOT_USED_YET],
        &["api_mark_read.json", "api_send_template.json", "api_verify_get_bad_token.json"],
    );
}

/// Outside of the window (B111): figures in the body, what comes back behind each quick reply.
#[tokio::test]
async fn a_template_to_meta_is_the_documented_request() {
    let settings = meta_settings();
    let exchange: Value = serde_json::from_slice(&fixture("meta", "api_send_template.json")).unwrap();
    let world = world(vec![Ok(recorded_response(&exchange))]);
    let template = Filled {
        name: "appointment_reminder".to_string(),
        language: "he".to_string(),
        parameters: vec!["דנה".to_string(), "מחר 09:00".to_string()],
        payloads: vec!["v1:appt:9:ok".to_string()],
    };
    let to = place(&settings, "972500001001");
    let found = send_template(&settings, &world.outside, &to, &template, &OutboxId::new("outbox-1")).await;
    assert!(shown(&found).starts_with("accepted wamid."), "{}", shown(&found));
    let body: Value = serde_json::from_slice(&world.requests()[0].body).unwrap();
    assert_eq!(body["biz_opaque_callback_data"], "outbox-1");
    check_request(&world.requests()[0], &exchange["request"], &[]);

    let green = green_api_settings(true);
    let to = place(&green, "972500001001@c.us");
    let found = send_template(&green, &world.outside, &to, &template, &OutboxId::new("outbox-1")).await;
    assert_eq!(shown(&found), "refused never no_templates_here");
    assert_eq!(world.requests().len(), 1, "nothing was asked of Green API");
}

#[tokio::test]
async fn messages_to_green_api_are_the_documented_requests() {
    let settings = green_api_settings(true);
    let used: &[(&str, &str)] = &[
        ("api_send_message_ok.json", "accepted BAE50000000000CA"),
        ("api_send_message_lid.json", "accepted BAE50000000000CE"),
        ("api_send_buttons_reply.json", "accepted BAE5000000000007"),
        ("api_err_400_starting.json", "refused retry green_api_400"),
        ("api_err_401_empty.json", "refused stop_channel green_api_401"),
        ("api_err_403.json", "refused stop_channel green_api_403"),
        ("api_err_404_html.json", "refused never green_api_404"),
        ("api_err_429.json", "refused retry green_api_429"),
        ("api_err_500.json", "ambiguous green_api_500"),
    ];
    for (file, expected) in used {
        let exchange: Value = serde_json::from_slice(&fixture("green_api", file)).unwrap();
        let (message, left_out) = match *file {
            "api_send_message_lid.json" => (Outbound::text("أهلا"), &[][..]),
            "api_send_buttons_reply.json" => (approval(), &["/header", "/footer"][..]),
            _ => (Outbound::text(GREETING), &[][..]),
        };
        let mut request = exchange["request"].clone();
        if *file == "api_err_404_html.json" {
            // The recorded call has a misspelt method, which we do not make.
            request["url"] = json!(request["url"].as_str().unwrap().replace("sendMesage", "sendMessage"));
        }
        let to = place(&settings, request["body"]["chatId"].as_str().unwrap());
        let world = world(vec![Ok(recorded_response(&exchange))]);
        let found = send(&settings, &world.outside, &to, &message, &OutboxId::new("o"), None).await;
        assert_eq!(shown(&found), *expected, "{file}");
        check_request(&world.requests()[0], &request, left_out);
    }
    check_accounted_for(
        "green_api",
        &[used, GREEN_API_NOT_USED_YET],
        &["api_get_state.json", "api_get_state_not_authorized.json"],
    );
}

#[tokio::test]
async fn green_api_quotes_and_writes_numbered_lines_without_buttons() {
    let settings = green_api_settings(false);
    let world = world(vec![Ok(response(200, r#"{"idMessage":"B"}"#))]);
    let to = place(&settings, "972500001001@c.us");
    let found = send(&settings, &world.outside, &to, &approval(), &OutboxId::new("o"), Some("BAE5")).await;
    assert_eq!(shown(&found), "accepted B");
    let request = &world.requests()[0];
    assert!(request.url.path().contains("/sendMessage/"));
    let body: Value = serde_json::from_slice(&request.body).unwrap();
    let text = "לאשר את הפנייה?\n\n1. מאשר\n2. דוחה";
    assert_eq!(body, json!({"chatId": "972500001001@c.us", "message": text, "quotedMessageId": "BAE5"}));
}

#[tokio::test]
async fn a_person_who_hides_the_number_is_reached_by_the_scoped_id() {
    let settings = meta_settings();
    let world = world(vec![Ok(response(200, r#"{"messages":[{"id":"w"}]}"#))]);
    let to = place(&settings, "IL.1000000000000003");
    send(&settings, &world.outside, &to, &Outbound::text("x"), &OutboxId::new("o"), None).await;
    let body: Value = serde_json::from_slice(&world.requests()[0].body).unwrap();
    assert_eq!((&body["recipient"], &body["to"]), (&json!("IL.1000000000000003"), &Value::Null));
}

#[tokio::test]
async fn reading_and_typing_are_shown() {
    let settings = meta_settings();
    let exchange: Value = serde_json::from_slice(&fixture("meta", "api_mark_read.json")).unwrap();
    let id = InboundId::new(format!("meta:{}", exchange["request"]["body"]["message_id"].as_str().unwrap()));
    let to = place(&settings, "972500001001");
    let read = world(vec![Ok(recorded_response(&exchange)), Ok(recorded_response(&exchange))]);
    mark_read(&settings, &read.outside, &to, &id, Typing::Hidden).await.unwrap();
    check_request(&read.requests()[0], &exchange["request"], &[]);
    // Typing is one and the same request.
    mark_read(&settings, &read.outside, &to, &id, Typing::Shown).await.unwrap();
    let mut typing = exchange["request"].clone();
    typing["body"]["typing_indicator"] = json!({"type": "text"});
    check_request(&read.requests()[1], &typing, &[]);

    let settings = green_api_settings(false);
    let to = place(&settings, "972500001001@c.us");
    let id = InboundId::new("green_api:7103000001:3A00");
    let read = world(vec![Ok(response(200, r#"{"setRead":true}"#)), Ok(response(200, ""))]);
    mark_read(&settings, &read.outside, &to, &id, Typing::Shown).await.unwrap();
    let bodies: Vec<Value> =
        read.requests().iter().map(|request| serde_json::from_slice(&request.body).unwrap()).collect();
    assert_eq!(bodies[0], json!({"chatId": "972500001001@c.us", "idMessage": "3A00"}));
    assert_eq!(bodies[1]["chatId"], "972500001001@c.us");
    assert!((1000..=20_000).contains(&bodies[1]["typingTime"].as_u64().unwrap()));
    let paths: Vec<String> = read.requests().iter().map(|request| request.url.path().to_string()).collect();
    assert!(paths[0].contains("/readChat/") && paths[1].contains("/sendTyping/"));

    let refused = world(vec![Ok(response(429, ""))]);
    let found = mark_read(&settings, &refused.outside, &to, &id, Typing::Shown).await;
    assert_eq!(found, Err(NotDone::Refused(429)));
}

#[tokio::test]
async fn the_state_of_an_instance_is_understood() {
    for (file, expected) in [
        ("api_get_state.json", "Works state:authorized"),
        ("api_get_state_not_authorized.json", "Stopped state:notAuthorized"),
    ] {
        let exchange: Value = serde_json::from_slice(&fixture("green_api", file)).unwrap();
        let world = world(vec![Ok(recorded_response(&exchange))]);
        let (found, reason) = standing(&green_api_settings(false), &world.outside).await.unwrap().unwrap();
        assert_eq!(format!("{found:?} {reason}"), expected);
        let request = &world.requests()[0];
        assert_eq!(request.method.as_str(), exchange["request"]["method"].as_str().unwrap());
        assert_eq!(request.url.as_str(), exchange["request"]["url"].as_str().unwrap());
    }
    let broken = world(vec![Ok(response(200, "[]"))]);
    assert_eq!(standing(&green_api_settings(false), &broken.outside).await, Err(NotDone::Unreadable));
}

#[tokio::test]
async fn errors_of_meta_are_read_by_their_code() {
    let settings = meta_settings();
    for (codes, status, expected) in [
        (&[0, 190, 3, 10, 200, 299, 368, 131_031, 131_042, 131_048, 133_016][..], 400, "stop_channel"),
        (&[1, 2, 4, 80_007, 130_429, 131_000, 131_016][..], 500, "retry"),
        (&[131_056][..], 429, "retry_this_person"),
        (&[131_047, 470][..], 400, "window_closed"),
        (&[131_026, 131_049, 130_472, 131_050, 130_403, 131_062, 130_497][..], 400, "undeliverable"),
        (&[100, 33, 131_008, 131_009, 131_021, 132_001, 132_015, 777_777][..], 400, "never"),
    ] {
        for code in codes {
            let answer = response(status, json!({"error": {"code": code}}).to_string());
            assert_eq!(outcome(&settings, Ok(answer)).await, format!("refused {expected} meta_{code}"));
        }
    }
    for (status, body, expected) in [
        (503, r#"{"error":{"code":777777}}"#, "ambiguous meta_777777"),
        (502, "<html>", "ambiguous meta_http_502"),
        (200, "{}", "ambiguous meta_no_id"),
        (200, "<html>", "ambiguous meta_no_id"),
        (401, "", "refused stop_channel meta_http_401"),
        (404, "", "refused never meta_http_404"),
        (302, "", "refused never meta_http_302"),
        (429, "", "refused retry meta_http_429"),
    ] {
        assert_eq!(outcome(&settings, Ok(response(status, body))).await, expected);
    }
}

#[tokio::test]
async fn errors_of_green_api_are_read_by_their_status() {
    let settings = green_api_settings(false);
    for (status, body, expected) in [
        (200, "", "ambiguous green_api_no_id"),
        (200, r#"{"idMessage":""}"#, "ambiguous green_api_no_id"),
        (400, r#"{"message":"instance is starting or not authorized"}"#, "refused retry green_api_400"),
        (400, r#"{"message":"Instance account is expired"}"#, "refused stop_channel green_api_400"),
        (400, r#"{"message":"Validation failed. Details: chatId"}"#, "refused never green_api_400"),
        (400, "bad request data", "refused never green_api_400"),
        (
            466,
            r#"{"correspondentsStatus":{"status":"CORRESPONDENTS_QUOTE_EXCEEDED"}}"#,
            "refused undeliverable green_api_466",
        ),
        (466, r#"{"invokeStatus":{"status":"QUOTE_EXCEEDED"}}"#, "refused stop_channel green_api_466"),
        (499, "", "ambiguous green_api_499"),
        (502, "<html>", "ambiguous green_api_502"),
    ] {
        assert_eq!(outcome(&settings, Ok(response(status, body))).await, expected, "{status} {body}");
    }
}

#[tokio::test]
async fn only_what_was_surely_not_sent_may_be_sent_again() {
    for settings in [meta_settings(), green_api_settings(true)] {
        for (error, expected) in [
            (TransportError::Connect, "refused retry no_connection"),
            (TransportError::NotAllowed, "refused never request_not_allowed"),
            (TransportError::Timeout, "ambiguous timeout"),
            (TransportError::Broken, "ambiguous connection_lost"),
            (TransportError::TooLarge, "ambiguous answer_too_large"),
        ] {
            assert_eq!(outcome(&settings, Err(error)).await, expected);
        }
        let there = settings.place_of("+972500001001");
        let usual = if settings.channel() == Channel::Meta { "972500001001" } else { "972500001001@c.us" };
        assert!(settings.owns(&there) && there.address == usual);
        let nothing = world(vec![]);
        let id = OutboxId::new("o");
        let foreign = Place { account: "1".to_string(), ..place(&settings, "972500001001") };
        let found = send(&settings, &nothing.outside, &foreign, &Outbound::text("x"), &id, None).await;
        assert_eq!(shown(&found), "refused never wrong_account");
        let ours = place(&settings, "972500001001");
        for text in [" ".to_string(), "a".repeat(20_001)] {
            let found = send(&settings, &nothing.outside, &ours, &Outbound::text(text), &id, None).await;
            assert_eq!(shown(&found), "refused never does_not_fit");
        }
        assert!(
            !format!("{settings:?}").contains("oken-0") && !format!("{settings:?}").contains("TEST_TOKEN")
        );
    }
}
