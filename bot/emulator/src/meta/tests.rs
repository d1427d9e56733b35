//! Meta by its documentation: keys, limits, windows, statuses, signatures, redelivery.

use http::{Method, Request};
use serde_json::{Value, json};

use super::webhooks::{escaped, signature};
use super::{ClosedWindow, Template, user_id};
use crate::testing::*;
use crate::{
    Channel, Fault, FaultOn, MediaKind, MessageState, PhoneError, PhoneFile, Place, Presence, Provider,
    Reply, Settings, WebhookFault, World,
};

const HOUR: i64 = 3_600_000;

/// A world in which Dana has just written, and the bot knows it.
fn open_world() -> World {
    let mut world = world();
    world.phone_sends_text(NOW, Channel::Meta, DANA, "Dana", "hello");
    take_all(&mut world, NOW);
    world
}

fn text(to: &str, body: &str) -> Value {
    json!({ "messaging_product": "whatsapp", "recipient_type": "individual", "to": to, "type": "text",
            "text": { "preview_url": false, "body": body } })
}

fn interactive(part: Value) -> Value {
    json!({ "messaging_product": "whatsapp", "to": DANA, "type": "interactive", "interactive": part })
}

fn buttons(buttons: &[(&str, &str)]) -> Value {
    let buttons = buttons
        .iter()
        .map(|(id, title)| json!({ "type": "reply", "reply": { "id": id, "title": title } }))
        .collect::<Vec<_>>();
    interactive(json!({ "type": "button", "body": { "text": "Approve?" }, "action": { "buttons": buttons } }))
}

fn list(rows: usize, sections: usize) -> Value {
    let section = |section: usize| {
        let rows = (0..rows)
            .map(|row| json!({ "id": format!("{section}-{row}"), "title": format!("Row {row}"), "description": "d" }));
        json!({ "title": format!("Section {section}"), "rows": rows.collect::<Vec<_>>() })
    };
    let sections = (0..sections).map(section).collect::<Vec<_>>();
    interactive(json!({ "type": "list", "body": { "text": "When?" },
                        "action": { "button": "Choose", "sections": sections } }))
}

#[track_caller]
fn refused(body: &Value, code: i64) {
    let mut world = open_world();
    let (status, answer) = meta(&mut world, NOW, body);
    assert_eq!((status, answer["error"]["code"].as_i64()), (400, Some(code)), "{answer}");
    assert_eq!(answer["error"]["type"], "OAuthException");
    assert!(answer["error"]["error_data"]["details"].is_string());
    assert_eq!(world.phone_screen(Channel::Meta, DANA).len(), 1, "nothing reaches the phone");
}

#[track_caller]
fn accepted(body: &Value) {
    let mut world = open_world();
    let (status, answer) = meta(&mut world, NOW, body);
    assert_eq!(status, 200, "{answer}");
    assert!(answer["messages"][0]["id"].as_str().expect("an id").starts_with("wamid."));
    assert_eq!(world.phone_screen(Channel::Meta, DANA).len(), 2);
}

#[test]
fn a_text_reaches_the_phone_and_its_statuses_reach_the_bot() {
    let mut world = open_world();
    let mut body = text(DANA, "שלום");
    body["biz_opaque_callback_data"] = json!("outbox:1");
    let (status, answer) = meta(&mut world, NOW, &body);
    assert_eq!(status, 200);
    assert_eq!(answer["contacts"], json!([{ "input": DANA, "wa_id": DANA }]));
    assert!(answer.get("biz_opaque_callback_data").is_none());
    let id = answer["messages"][0]["id"].as_str().expect("an id").to_owned();

    let screen = world.phone_screen(Channel::Meta, DANA);
    assert!(screen[1].id == id && screen[1].text == "שלום" && !screen[1].from_me);

    world.phone_is(NOW, Channel::Meta, DANA, Presence::ChatOpen);
    let posts = take_all(&mut world, NOW + 60_000);
    assert_eq!(meta_statuses(&posts), ["sent", "delivered", "read"]);
    let value = body_value(&posts[0]);
    assert_eq!(value["statuses"][0]["id"], id);
    assert_eq!(value["statuses"][0]["biz_opaque_callback_data"], "outbox:1");
    assert_eq!(value["statuses"][0]["recipient_id"], DANA);
    assert_eq!(value["statuses"][0]["timestamp"], "1790000000");
    assert_eq!(world.phone_screen(Channel::Meta, DANA)[1].state, MessageState::Read);
}

fn body_value(post: &crate::WebhookPost) -> Value {
    body(post)["entry"][0]["changes"][0]["value"].clone()
}

#[test]
fn every_limit_of_texts_and_buttons_is_held() {
    let long = |length: usize| "ש".repeat(length);
    accepted(&text(DANA, &long(4096)));
    refused(&text(DANA, &long(4097)), 100);
    refused(&text(DANA, ""), 100);
    // Outside the basic plane a character counts twice.
    refused(&text(DANA, &"🔧".repeat(2049)), 100);

    accepted(&buttons(&[("a", "A"), ("b", "B"), ("c", "C")]));
    accepted(&buttons(&[(&long(256), &long(20))]));
    refused(&buttons(&[]), 131_009);
    refused(&buttons(&[("a", "A"), ("b", "B"), ("c", "C"), ("d", "D")]), 131_009);
    refused(&buttons(&[("a", &long(21))]), 131_009);
    refused(&buttons(&[("a", "")]), 131_009);
    refused(&buttons(&[(&long(257), "A")]), 131_009);
    refused(&buttons(&[("a", "A"), ("b", "A")]), 131_009);
    refused(&buttons(&[("a", "A"), ("a", "B")]), 131_009);

    let with = |pointer: &str, part: Value| {
        let mut body = buttons(&[("a", "A")]);
        body["interactive"][pointer] = part;
        body
    };
    accepted(&with("body", json!({ "text": long(1024) })));
    refused(&with("body", json!({ "text": long(1025) })), 131_009);
    refused(&with("body", json!({})), 131_008);
    accepted(&with("header", json!({ "type": "text", "text": long(60) })));
    refused(&with("header", json!({ "type": "text", "text": long(61) })), 131_009);
    accepted(&with("footer", json!({ "text": long(60) })));
    refused(&with("footer", json!({ "text": long(61) })), 131_009);
    refused(&with("type", json!("carousel")), 131_009);
}

#[test]
fn every_limit_of_lists_is_held() {
    accepted(&list(10, 1));
    accepted(&list(5, 2));
    refused(&list(11, 1), 131_009);
    refused(&list(6, 2), 131_009);
    refused(&list(0, 1), 131_009);
    refused(&list(1, 0), 131_009);

    let with = |pointer: &str, value: Value| {
        let mut body = list(1, 2);
        *body.pointer_mut(pointer).expect("a part of the list") = value;
        body
    };
    let action = "/interactive/action";
    let row = format!("{action}/sections/0/rows/0");
    accepted(&with(&format!("{row}/title"), json!("x".repeat(24))));
    refused(&with(&format!("{row}/title"), json!("x".repeat(25))), 131_009);
    accepted(&with(&format!("{row}/description"), json!("x".repeat(72))));
    refused(&with(&format!("{row}/description"), json!("x".repeat(73))), 131_009);
    refused(&with(&format!("{row}/id"), json!("x".repeat(201))), 131_009);
    refused(&with(&format!("{row}/id"), json!("1-0")), 131_009);
    refused(&with(&format!("{action}/sections/0/title"), json!("")), 131_009);
    refused(&with(&format!("{action}/sections/0/title"), json!("x".repeat(25))), 131_009);
    refused(&with(&format!("{action}/button"), json!("x".repeat(21))), 131_009);
    accepted(&with("/interactive/body/text", json!("x".repeat(4096))));
    refused(&with("/interactive/body/text", json!("x".repeat(4097))), 131_009);
}

#[test]
fn requests_that_are_wrong_in_themselves_are_refused() {
    refused(&json!({ "to": DANA, "type": "text", "text": { "body": "x" } }), 100);
    refused(&json!({ "messaging_product": "whatsapp", "type": "text", "text": { "body": "x" } }), 100);
    refused(&text("dana", "x"), 131_009);
    refused(&text(&Settings::default().meta.display_phone, "x"), 131_021);
    refused(&json!({ "messaging_product": "whatsapp", "to": DANA, "type": "poll" }), 100);
    let mut body = text(DANA, "x");
    body["biz_opaque_callback_data"] = json!("x".repeat(513));
    refused(&body, 131_009);
    refused(
        &json!({ "messaging_product": "whatsapp", "to": DANA, "type": "image", "image": { "id": "1" } }),
        131_009,
    );
    accepted(&json!({ "messaging_product": "whatsapp", "to": DANA, "type": "image",
                      "image": { "link": "https://example.invalid/a.jpg", "caption": "x" } }));
}

#[test]
fn a_wrong_token_and_an_unknown_number_are_refused() {
    let mut world = open_world();
    let uri = "/v24.0/200000000000001/messages";
    let wrong = request(Method::POST, uri, &[("authorization", "Bearer wrong")], &text(DANA, "x"));
    let (status, answer) = answered(&world.handle(NOW, Provider::Meta, wrong));
    assert_eq!((status, answer["error"]["code"].as_i64()), (401, Some(190)));
    assert!(answer["error"].get("error_data").is_none());

    let bearer = format!("Bearer {}", Settings::default().meta.access_token);
    for uri in ["/v24.0/999/messages", "/latest/200000000000001/messages", "/v24.0"] {
        let unknown = request(Method::POST, uri, &[("authorization", &bearer)], &text(DANA, "x"));
        let (status, answer) = answered(&world.handle(NOW, Provider::Meta, unknown));
        assert_eq!((status, answer["error"]["error_subcode"].as_i64()), (400, Some(33)), "{uri}");
    }
    let number =
        request(Method::GET, "/meta/v24.0/200000000000001", &[("authorization", &bearer)], &Value::Null);
    let (status, answer) = answered(&world.handle(NOW, Provider::Meta, number));
    assert_eq!((status, answer["display_phone_number"].as_str()), (200, Some("972500009999")));
}

#[test]
fn after_24_hours_only_known_templates_pass() {
    let mut world = open_world();
    assert_eq!(meta(&mut world, NOW + 24 * HOUR - 1, &text(DANA, "x")).0, 200);
    let (status, answer) = meta(&mut world, NOW + 24 * HOUR, &text(DANA, "x"));
    assert_eq!((status, answer["error"]["code"].as_i64()), (400, Some(131_047)));
    assert_eq!(meta(&mut world, NOW, &text(AVI, "never wrote")).1["error"]["code"], 131_047);

    let template = json!({ "messaging_product": "whatsapp", "to": AVI, "type": "template", "template": {
        "name": "reminder", "language": { "code": "he" }, "components": [
            { "type": "body", "parameters": [{ "type": "text", "text": "Dana" }] },
            { "type": "button", "sub_type": "quick_reply", "index": "0",
              "parameters": [{ "type": "payload", "payload": "ok:1" }] } ] } });
    let (status, answer) = meta(&mut world, NOW, &template);
    assert_eq!((status, answer["error"]["code"].as_i64()), (404, Some(132_001)));
    world.meta().templates.push(Template {
        name: "reminder".to_owned(),
        language: "he".to_owned(),
        body: "{{1}}".to_owned(),
        buttons: vec!["ok".to_owned()],
    });
    let (status, answer) = meta(&mut world, NOW, &template);
    assert_eq!((status, answer["messages"][0]["message_status"].as_str()), (200, Some("accepted")));

    world.meta().closed_window = ClosedWindow::FailsLater;
    let late = NOW + 48 * HOUR;
    take_all(&mut world, late);
    assert_eq!(meta(&mut world, late, &text(DANA, "x")).0, 200);
    let posts = take_all(&mut world, late + 60_000);
    assert_eq!(meta_statuses(&posts), ["failed"]);
    let value = body_value(&posts[0]);
    assert_eq!(value["statuses"][0]["errors"][0]["code"], 131_047);
    assert!(value.get("contacts").is_none());
}

#[test]
fn a_known_template_is_filled_and_its_reply_comes_back() {
    let mut world = open_world();
    world.meta().templates.push(Template {
        name: "offer".to_owned(),
        language: "he".to_owned(),
        body: "Job in {{1}} at {{2}}".to_owned(),
        buttons: vec!["Take".to_owned()],
    });
    let send = |name: &str, words: &[&str]| {
        let words = words.iter().map(|word| json!({ "type": "text", "text": word })).collect::<Vec<_>>();
        json!({ "messaging_product": "whatsapp", "to": DANA, "type": "template", "template": {
            "name": name, "language": { "code": "he" }, "components": [
                { "type": "body", "parameters": words },
                { "type": "button", "sub_type": "quick_reply", "index": "0",
                  "parameters": [{ "type": "payload", "payload": "take:1" }] } ] } })
    };
    assert_eq!(meta(&mut world, NOW, &send("offer", &["Haifa"])).1["error"]["code"], 132_000);
    assert_eq!(meta(&mut world, NOW, &send("other", &[])).1["error"]["code"], 132_001);
    let (_, answer) = meta(&mut world, NOW, &send("offer", &["Haifa", "09:00"]));
    let id = answer["messages"][0]["id"].as_str().expect("an id").to_owned();
    let shown = world.phone_screen(Channel::Meta, DANA).pop().expect("the template");
    assert!(shown.text == "Job in Haifa at 09:00" && shown.buttons[0].title == "Take");
    world.phone_taps_button(NOW, Channel::Meta, DANA, &id, 0).expect("a button");
    let posts = take_all(&mut world, NOW);
    assert_eq!(
        body_value(&posts[0])["messages"][0]["button"],
        json!({ "payload": "take:1", "text": "Take" })
    );
}

#[test]
fn taps_and_quotes_name_the_message_they_answer() {
    let mut world = open_world();
    let sent = |world: &mut World, body: &Value| {
        let (_, answer) = meta(world, NOW, body);
        answer["messages"][0]["id"].as_str().expect("an id").to_owned()
    };
    let asked = sent(&mut world, &buttons(&[("v1:yes", "Yes"), ("v1:no", "No")]));
    let listed = sent(&mut world, &list(2, 1));
    let tap =
        |world: &mut World, id: &str, index| world.phone_taps_button(NOW, Channel::Meta, DANA, id, index);
    assert_eq!(tap(&mut world, &asked, 2), Err(PhoneError::NoSuchButton));
    assert_eq!(tap(&mut world, "wamid.x", 0), Err(PhoneError::UnknownMessage));
    tap(&mut world, &asked, 1).expect("a button");
    tap(&mut world, &listed, 1).expect("a row");
    world.phone_replies(NOW, Channel::Meta, DANA, &asked, "both").expect("a shown message");
    let posts = take_all(&mut world, NOW);
    let messages = posts.iter().map(|post| body_value(post)["messages"][0].clone()).collect::<Vec<_>>();
    assert_eq!(messages[0]["interactive"]["button_reply"], json!({ "id": "v1:no", "title": "No" }));
    assert_eq!(messages[0]["context"], json!({ "from": "972500009999", "id": asked }));
    let row = json!({ "id": "0-1", "title": "Row 1", "description": "d" });
    assert_eq!(messages[1]["interactive"], json!({ "type": "list_reply", "list_reply": row }));
    assert_eq!(
        (&messages[2]["text"]["body"], &messages[2]["context"]["id"]),
        (&json!("both"), &json!(asked))
    );
    assert_eq!(
        world.phone_screen(Channel::Meta, DANA).last().and_then(|shown| shown.quoted.clone()),
        Some(asked)
    );
}

#[test]
fn reading_marks_the_thread_and_typing_shows_for_a_while() {
    let mut world = open_world();
    let second = world.phone_sends_text(NOW, Channel::Meta, DANA, "", "again");
    let mut read = json!({ "messaging_product": "whatsapp", "status": "read", "message_id": second });
    assert_eq!(meta(&mut world, NOW, &read), (200, json!({ "success": true })));
    assert!(world.phone_screen(Channel::Meta, DANA).iter().all(|shown| shown.state == MessageState::Read));
    assert!(!world.phone_sees_typing(NOW, Channel::Meta, DANA));

    read["typing_indicator"] = json!({ "type": "text" });
    meta(&mut world, NOW, &read);
    assert!(world.phone_sees_typing(NOW + 24_999, Channel::Meta, DANA));
    assert!(!world.phone_sees_typing(NOW + 25_000, Channel::Meta, DANA));
    meta(&mut world, NOW, &text(DANA, "done"));
    assert!(!world.phone_sees_typing(NOW + 1, Channel::Meta, DANA));

    read["message_id"] = json!("wamid.unknown");
    assert_eq!(meta(&mut world, NOW, &read).0, 400);
}

#[test]
fn a_hidden_number_is_reached_by_its_user_id() {
    let mut world = world();
    world.phone_hides_number(Channel::Meta, DANA);
    world.phone_sends_text(NOW, Channel::Meta, DANA, "Dana", "hi");
    let posts = take_all(&mut world, NOW);
    assert!(!String::from_utf8_lossy(&posts[0].body).contains(DANA));
    let value = body_value(&posts[0]);
    let user = value["messages"][0]["from_user_id"].as_str().expect("a user id").to_owned();
    assert_eq!((value["contacts"][0]["user_id"].as_str(), &user), (Some(user.as_str()), &user_id(DANA)));

    let body = json!({ "messaging_product": "whatsapp", "recipient": user, "type": "text", "text": { "body": "x" } });
    let (status, answer) = meta(&mut world, NOW, &body);
    assert_eq!((status, &answer["contacts"]), (200, &json!([{ "input": user, "user_id": user }])));
    let posts = take_all(&mut world, NOW + 60_000);
    assert!(body_value(&posts[0])["statuses"][0].get("recipient_id").is_none());
}

#[test]
fn the_recorded_signature_is_made_again() {
    let body = include_bytes!("fixtures/text_hebrew.json");
    let made = signature("test-app-secret-0123456789abcdef", body);
    assert_eq!(made, "sha256=c99a6050d2529fb37b1c868dd94b312ca8e9a1a4df786b2908fbd0b2de24649c");
}

#[test]
fn bodies_are_escaped_and_the_signature_covers_the_bytes() {
    assert_eq!(escaped(r#"{"a":"של/🔧"}"#), r#"{"a":"\u05e9\u05dc\/\ud83d\udd27"}"#);
    let mut world = world();
    world.phone_sends_text(NOW, Channel::Meta, DANA, "דנה", "שלום a/b");
    let post = world.due_webhooks(NOW).pop().expect("a webhook");
    assert!(post.body.is_ascii());
    assert!(String::from_utf8_lossy(&post.body).contains(r"\u05e9\u05dc\u05d5\u05dd a\/b"));
    assert_eq!(body_value(&post)["messages"][0]["text"]["body"], "שלום a/b");
    let secret = Settings::default().meta.app_secret;
    assert_eq!(post.headers["x-hub-signature-256"], signature(&secret, &post.body));
    assert_eq!((post.path.as_str(), &post.method), ("/webhook/meta", &Method::POST));
}

#[test]
fn a_webhook_comes_again_less_and_less_often_for_seven_days() {
    let mut world = world();
    world.phone_sends_text(NOW, Channel::Meta, DANA, "Dana", "hi");
    let first = world.due_webhooks(NOW).pop().expect("a webhook");
    assert!(world.due_webhooks(NOW).is_empty(), "handed out once");
    let (mut now, mut pauses) = (NOW, Vec::new());
    world.webhook_answered(now, first.id, 503);
    for attempt in 2..=6 {
        let at = world.next_webhook_at().expect("another attempt");
        pauses.push(at - now);
        now = at;
        let again = world.due_webhooks(now).pop().expect("a webhook");
        assert_eq!((again.id, again.attempt, &again.body), (first.id, attempt, &first.body));
        world.webhook_answered(now, again.id, if attempt % 2 == 0 { 0 } else { 500 });
    }
    assert!(pauses.is_sorted() && pauses[0] < pauses[4], "{pauses:?}");
    // Another webhook is not held back.
    let second = world.phone_sends_text(now, Channel::Meta, DANA, "", "second");
    let post = world.due_webhooks(now).pop().expect("a webhook");
    assert_eq!(body_value(&post)["messages"][0]["id"], second);
    world.webhook_answered(now, post.id, 200);
    // Answered at last, or dropped after a week.
    let mut kept = World::load(Settings::default(), world.save()).expect("a saved world");
    world.due_webhooks(now + HOUR);
    world.webhook_answered(now + HOUR, first.id, 200);
    assert_eq!(world.next_webhook_at(), None);
    assert!(kept.due_webhooks(NOW + 7 * 24 * HOUR).is_empty());
    assert_eq!(kept.next_webhook_at(), None);
}

#[test]
fn an_unreported_post_counts_as_unanswered() {
    let mut world = world();
    world.phone_sends_text(NOW, Channel::Meta, DANA, "Dana", "hi");
    let first = world.due_webhooks(NOW);
    let at = world.next_webhook_at().expect("another attempt");
    assert!(at > NOW + 10_000);
    assert_eq!(world.due_webhooks(at)[0].id, first[0].id);
}

#[test]
fn several_updates_can_share_a_post() {
    let mut world = world();
    world.meta().updates_per_post = 2;
    for (phone, text) in [(DANA, "one"), (AVI, "two"), (DANA, "three")] {
        world.phone_sends_text(NOW, Channel::Meta, phone, "", text);
    }
    let posts = world.due_webhooks(NOW);
    let texts = posts.iter().map(|post| {
        let body = body(post);
        let changes = body["entry"][0]["changes"].as_array().expect("changes").clone();
        changes
            .iter()
            .map(|change| change["value"]["messages"][0]["text"]["body"].clone())
            .collect::<Vec<_>>()
    });
    assert_eq!(texts.collect::<Vec<_>>(), [vec![json!("one"), json!("two")], vec![json!("three")]]);
}

#[test]
fn statuses_come_out_of_order_or_incomplete_on_request() {
    let mut world = open_world();
    world.phone_is(NOW, Channel::Meta, DANA, Presence::ChatOpen);
    for (fault, expected) in [
        (Fault::OutOfOrder, vec!["read", "delivered", "sent"]),
        (Fault::DeliveredMissing, vec!["sent", "read"]),
        (Fault::FailsLater { code: 131_049 }, vec!["failed"]),
    ] {
        world.faults(Provider::Meta).next_call(FaultOn::Sending, fault);
        assert_eq!(meta(&mut world, NOW, &text(DANA, "x")).0, 200);
        let posts = take_all(&mut world, NOW + HOUR);
        assert_eq!(meta_statuses(&posts), expected);
    }
}

#[test]
fn a_switched_off_phone_gets_its_messages_later() {
    let mut world = open_world();
    world.phone_is(NOW, Channel::Meta, DANA, Presence::Offline);
    meta(&mut world, NOW, &text(DANA, "x"));
    assert_eq!(meta_statuses(&take_all(&mut world, NOW + HOUR)), ["sent"]);
    world.phone_is(NOW + HOUR, Channel::Meta, DANA, Presence::Online);
    assert_eq!(meta_statuses(&take_all(&mut world, NOW + 2 * HOUR)), ["delivered"]);
    world.phone_reads(NOW + 2 * HOUR, Channel::Meta, DANA);
    assert_eq!(meta_statuses(&take_all(&mut world, NOW + 2 * HOUR)), ["read"]);
    world.phone_is(NOW + 2 * HOUR, Channel::Meta, DANA, Presence::NoAccount);
    meta(&mut world, NOW + 2 * HOUR, &text(DANA, "x"));
    assert_eq!(meta_statuses(&take_all(&mut world, NOW + 3 * HOUR)), ["failed"]);
}

#[test]
fn a_webhook_can_come_twice_at_once_or_late() {
    let mut world = world();
    world
        .faults(Provider::Meta)
        .next_webhook(WebhookFault::Twice { after_ms: 0 })
        .next_webhook(WebhookFault::Late { delay_ms: 5_000 });
    world.phone_sends_text(NOW, Channel::Meta, DANA, "Dana", "one");
    world.phone_sends_text(NOW, Channel::Meta, DANA, "Dana", "two");
    let posts = world.due_webhooks(NOW);
    assert_eq!(posts.len(), 2);
    assert!(posts[0].body == posts[1].body && posts[0].id != posts[1].id);
    posts.iter().for_each(|post| world.webhook_answered(NOW, post.id, 200));
    assert_eq!(world.next_webhook_at(), Some(NOW + 5_000));
}

#[test]
fn rate_limits_and_outages_have_metas_codes() {
    let mut world = open_world();
    for (fault, expected) in [
        (Fault::RateLimited { retry_after_s: 1 }, (429, Some(130_429))),
        (Fault::PairLimited, (400, Some(131_056))),
        (Fault::QuotaReached, (400, Some(80_007))),
        (Fault::ServerError, (500, Some(131_000))),
        (Fault::Unavailable, (503, Some(131_016))),
    ] {
        world.faults(Provider::Meta).next_call(FaultOn::Sending, fault);
        let (status, answer) = meta(&mut world, NOW, &text(DANA, "x"));
        assert_eq!((status, answer["error"]["code"].as_i64()), expected);
    }
    assert_eq!(world.phone_screen(Channel::Meta, DANA).len(), 1);
}

#[test]
fn a_cut_connection_may_hide_an_accepted_message() {
    let mut world = open_world();
    let mut send = |fault: Fault| {
        world.faults(Provider::Meta).next_call(FaultOn::Sending, fault);
        let mut body = text(DANA, "x");
        body["biz_opaque_callback_data"] = json!("outbox:9");
        let outcome = world.handle(NOW, Provider::Meta, to_meta(&body));
        (outcome.reply, outcome.delay_ms, world.phone_screen(Channel::Meta, DANA).len())
    };
    assert!(matches!(send(Fault::DropBefore), (Reply::Dropped, 0, 1)));
    assert!(matches!(send(Fault::Hang), (Reply::Hang, 0, 1)));
    assert!(matches!(send(Fault::DropAfter), (Reply::Dropped, 0, 2)));
    assert!(matches!(send(Fault::HangAfter), (Reply::Hang, 0, 3)));
    assert!(matches!(send(Fault::Late { delay_ms: 7_000 }), (Reply::Answer(_), 7_000, 4)));
    let posts = take_all(&mut world, NOW + HOUR);
    assert_eq!(body_value(&posts[0])["statuses"][0]["biz_opaque_callback_data"], "outbox:9");
}

#[test]
fn media_is_fetched_in_two_hops_that_expire() {
    let mut world = world();
    let bearer = format!("Bearer {}", Settings::default().meta.access_token);
    let headers = [("authorization", bearer.as_str()), ("user-agent", "test")];
    let file = PhoneFile {
        kind: MediaKind::Voice,
        mime: "audio/ogg; codecs=opus".to_owned(),
        bytes: b"OggS".as_slice().into(),
        caption: String::new(),
        file_name: String::new(),
    };
    world.phone_sends_file(NOW, Channel::Meta, DANA, "Dana", file);
    let audio = body_value(&take_all(&mut world, NOW)[0])["messages"][0]["audio"].clone();
    assert_eq!((&audio["voice"], &audio["mime_type"]), (&json!(true), &json!("audio/ogg; codecs=opus")));
    let uri = format!("/v24.0/{}", audio["id"].as_str().expect("an id"));
    let hop = request(Method::GET, &uri, &headers, &Value::Null);
    let (_, object) = answered(&world.handle(NOW, Provider::Meta, hop));
    assert_eq!(object["file_size"], 4);
    let url = object["url"].as_str().expect("an address").to_owned();
    let mut fetch = |now, headers: &[(&str, &str)]| {
        let outcome = world.handle(now, Provider::Meta, request(Method::GET, &url, headers, &Value::Null));
        let answer = outcome.answer().expect("an answer");
        (answer.status().as_u16(), answer.body().clone())
    };
    assert_eq!(fetch(NOW, &headers), (200, b"OggS".as_slice().into()));
    assert_eq!(fetch(NOW, &headers[..1]).0, 400);
    assert_eq!(fetch(NOW, &headers[1..]).0, 401);
    assert_eq!(fetch(NOW + 301_000, &headers).0, 404);
}

#[test]
fn places_and_hand_written_answers_arrive_in_their_forms() {
    let mut world = open_world();
    let place = Place { latitude: 32.5, longitude: 34.75, name: Some("Square".to_owned()), address: None };
    world.phone_sends_location(NOW, Channel::Meta, DANA, "", place);
    assert!(world.business_types(NOW, Channel::Meta, DANA, "a person here").is_some());
    assert!(world.business_types(NOW, Channel::Meta, AVI, "nobody").is_none());
    let posts = take_all(&mut world, NOW);
    let location = json!({ "latitude": 32.5, "longitude": 34.75, "name": "Square" });
    assert_eq!(body_value(&posts[0])["messages"][0]["location"], location);
    assert_eq!(body(&posts[1])["entry"][0]["changes"][0]["field"], "smb_message_echoes");
    assert_eq!(body_value(&posts[1])["message_echoes"][0]["to"], DANA);
}

#[test]
fn the_handshake_is_a_get_with_the_verify_token() {
    let mut world = world();
    let verify = world.verify_request();
    let uri: http::Uri = verify.path.parse().expect("a path");
    let query = uri.query().expect("a query");
    assert!(
        query.contains("hub.mode=subscribe") && query.contains("hub.verify_token=emulated-meta-verify-token")
    );
    assert!(query.contains(&format!("hub.challenge={}", verify.challenge)));
    assert_ne!(verify, world.verify_request());
}

#[test]
fn a_body_that_is_not_json_is_refused() {
    let mut world = open_world();
    let (parts, _) = to_meta(&Value::Null).into_parts();
    let outcome = world.handle(NOW, Provider::Meta, Request::from_parts(parts, b"{oops".as_slice().into()));
    assert_eq!(answered(&outcome).1["error"]["code"], 100);
}

#[test]
fn webhooks_have_the_recorded_forms() {
    let mut world = world();
    world.phone_sends_text(NOW, Channel::Meta, DANA, "Dana", "hi");
    let mut send = buttons(&[("v1:yes", "Yes")]);
    send["biz_opaque_callback_data"] = json!("outbox:1");
    let (_, answer) = meta(&mut world, NOW, &send);
    let id = answer["messages"][0]["id"].as_str().expect("an id");
    world.phone_taps_button(NOW, Channel::Meta, DANA, id, 0).expect("a button");
    world.faults(Provider::Meta).next_call(FaultOn::Sending, Fault::FailsLater { code: 131_047 });
    meta(&mut world, NOW + HOUR, &text(DANA, "x"));
    let forms = take_all(&mut world, NOW + 2 * HOUR).iter().map(|post| form(&body(post))).collect::<Vec<_>>();
    assert_eq!(forms[0], recorded(include_str!("fixtures/text_hebrew.json")));
    assert_eq!(forms[1], recorded(include_str!("fixtures/button_reply.json")));
    assert_eq!(forms[3], recorded(include_str!("fixtures/status_delivered.json")));
    assert_eq!(forms[4], recorded(include_str!("fixtures/status_failed.json")));
}
