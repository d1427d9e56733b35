//! Green API by its documentation: keys, limits, the queue, the journal, notifications strictly in order.

use http::Method;
use serde_json::{Value, json};

use super::{GreenAccountState, TapName};
use crate::testing::*;
use crate::{
    Channel, Fault, FaultOn, MediaKind, MessageState, PhoneFile, Place, Presence, Provider, Reply,
    WebhookFault, WebhookPost, World,
};

const MINUTE: i64 = 60_000;
const DAY: i64 = 24 * 60 * MINUTE;

fn chat_id() -> String {
    format!("{DANA}@c.us")
}

fn post(world: &mut World, now_ms: i64, method: &str, body: Value) -> (u16, Value) {
    green(world, now_ms, Method::POST, method, &body)
}

fn get(world: &mut World, now_ms: i64, method: &str) -> (u16, Value) {
    green(world, now_ms, Method::GET, method, &Value::Null)
}

fn say(world: &mut World, now_ms: i64, text: &str) -> String {
    let (status, answer) =
        post(world, now_ms, "sendMessage", json!({ "chatId": chat_id(), "message": text }));
    assert_eq!(status, 200, "{answer}");
    answer["idMessage"].as_str().expect("an id").to_owned()
}

fn buttons(buttons: &[(&str, &str)]) -> Value {
    let buttons =
        buttons.iter().map(|(id, text)| json!({ "buttonId": id, "buttonText": text })).collect::<Vec<_>>();
    json!({ "chatId": chat_id(), "header": "Lead", "body": "Approve?", "footer": "or write", "buttons": buttons })
}

fn kinds(posts: &[WebhookPost]) -> Vec<String> {
    let kind = |post: &WebhookPost| {
        let body = body(post);
        let status = body["status"].as_str().map(|status| format!(" {status}")).unwrap_or_default();
        format!("{}{status}", body["typeWebhook"].as_str().unwrap_or_default())
    };
    posts.iter().map(kind).collect()
}

#[test]
fn wrong_keys_and_methods_are_refused_as_green_api_does() {
    let mut world = world();
    let mut ask = |method, uri: &str| {
        let outcome = world.handle(NOW, Provider::Green, request(method, uri, &[], &Value::Null));
        let answer = outcome.answer().expect("an answer");
        (answer.status().as_u16(), answer.body().is_empty())
    };
    let token = "emulated-green-instance-token";
    assert_eq!(ask(Method::GET, "/waInstance7103000001/getStateInstance/wrong"), (401, true));
    assert_eq!(ask(Method::GET, &format!("/waInstance1/getStateInstance/{token}")), (403, true));
    assert_eq!(ask(Method::GET, &format!("/waInstance7103000001/sendMesage/{token}")), (404, false));
    assert_eq!(ask(Method::POST, &format!("/waInstance7103000001/sendButtons/{token}")), (403, true));
    assert_eq!(ask(Method::GET, "/"), (404, false));
    assert_eq!(get(&mut world, NOW, "getStateInstance"), (200, json!({ "stateInstance": "authorized" })));
    assert_eq!(get(&mut world, NOW, "receiveNotification").0, 400);
}

#[test]
fn every_limit_is_held() {
    let mut world = world();
    let long = |length: usize| "ש".repeat(length);
    let mut status = |method: &str, body: Value| post(&mut world, NOW, method, body).0;
    let text = |message: &str| json!({ "chatId": chat_id(), "message": message });
    assert_eq!(status("sendMessage", text(&long(20_000))), 200);
    assert_eq!(status("sendMessage", text(&long(20_001))), 400);
    assert_eq!(status("sendMessage", text("")), 400);
    assert_eq!(status("sendMessage", json!({ "chatId": "dana", "message": "x" })), 400);
    assert_eq!(status("sendMessage", json!({ "chatId": "x@c.us", "message": "x" })), 400);
    assert_eq!(status("sendMessage", json!({ "chatId": chat_id(), "message": "x", "typingTime": 999 })), 400);

    let send = "sendInteractiveButtonsReply";
    assert_eq!(status(send, buttons(&[("1", &long(25)), ("2", "b"), ("3", "c")])), 200);
    assert_eq!(status(send, buttons(&[("1", &long(26))])), 400);
    assert_eq!(status(send, buttons(&[("1", "")])), 400);
    assert_eq!(status(send, buttons(&[("", "a")])), 400);
    assert_eq!(status(send, buttons(&[("1", "a"), ("1", "b")])), 400);
    assert_eq!(status(send, buttons(&[])), 400);
    assert_eq!(status(send, buttons(&[("1", "a"), ("2", "b"), ("3", "c"), ("4", "d")])), 400);

    let file =
        |name: &str| json!({ "chatId": chat_id(), "urlFile": "https://example.invalid/a", "fileName": name });
    assert_eq!(status("sendFileByUrl", file("a.pdf")), 200);
    assert_eq!(status("sendFileByUrl", file("a")), 400);
    assert_eq!(status("sendTyping", json!({ "chatId": chat_id(), "typingTime": 20_001 })), 400);
    assert_eq!(status("setSettings", json!({ "delaySendMessagesMilliseconds": 499 })), 400);
    assert_eq!(status("setSettings", json!({ "incomingWebhook": "maybe" })), 400);
    assert_eq!(status("setSettings", json!({ "colour": "yes" })), 400);
    assert_eq!(status("checkWhatsapp", json!({ "phoneNumber": "?" })), 400);
}

#[test]
fn messages_leave_the_queue_one_by_one_and_are_echoed() {
    let mut world = world();
    let first = say(&mut world, NOW, "one");
    let second = say(&mut world, NOW, "two");
    let shown = |world: &World| {
        world.phone_screen(Channel::Green, DANA).into_iter().map(|shown| shown.text).collect::<Vec<_>>()
    };
    assert_eq!(shown(&world), ["one"]);
    let (_, queue) = get(&mut world, NOW, "showMessagesQueue");
    assert_eq!(
        (queue[0]["messageID"].as_str(), queue.as_array().map(Vec::len)),
        (Some(second.as_str()), Some(1))
    );
    let posts = take_all(&mut world, NOW + MINUTE);
    assert_eq!(shown(&world), ["one", "two"]);
    assert_eq!(get(&mut world, NOW + MINUTE, "showMessagesQueue").1, json!([]));
    let echo = body(&posts[0]);
    assert_eq!(echo["typeWebhook"], "outgoingAPIMessageReceived");
    assert_eq!(
        (echo["idMessage"].as_str(), &echo["senderData"]["chatId"]),
        (Some(first.as_str()), &json!(chat_id()))
    );
    assert_eq!(echo["messageData"]["extendedTextMessageData"]["text"], "one");
    let of_second = posts.into_iter().filter(|post| body(post)["idMessage"] == second).collect::<Vec<_>>();
    assert_eq!(
        kinds(&of_second),
        ["outgoingAPIMessageReceived", "outgoingMessageStatus sent", "outgoingMessageStatus delivered"]
    );
    assert_eq!(body(&of_second[1])["sendByApi"], true);
}

#[test]
fn nothing_leaves_while_the_account_is_out() {
    let mut world = world();
    world.green_account_becomes(NOW, GreenAccountState::NotAuthorized);
    say(&mut world, NOW, "waits");
    take_all(&mut world, NOW + MINUTE);
    assert!(world.phone_screen(Channel::Green, DANA).is_empty());
    world.green_account_becomes(NOW + MINUTE, GreenAccountState::Starting);
    let body_of = json!({ "chatId": chat_id(), "message": "x" });
    let (status, answer) = post(&mut world, NOW + MINUTE, "sendMessage", body_of);
    assert_eq!((status, answer["message"].as_str()), (400, Some("instance in starting process try later")));
    world.green_account_becomes(NOW + MINUTE, GreenAccountState::Authorized);
    let posts = take_all(&mut world, NOW + 2 * MINUTE);
    assert_eq!(world.phone_screen(Channel::Green, DANA).len(), 1);
    let states = posts.iter().filter(|post| body(post)["typeWebhook"] == "stateInstanceChanged");
    let states = states.map(|post| body(post)["stateInstance"].clone()).collect::<Vec<_>>();
    assert_eq!(states, ["starting", "authorized"]);
}

#[test]
fn a_cleared_queue_sends_nothing() {
    let mut world = world();
    say(&mut world, NOW, "one");
    say(&mut world, NOW, "two");
    assert_eq!(get(&mut world, NOW, "clearMessagesQueue").1, json!({ "isCleared": true }));
    take_all(&mut world, NOW + MINUTE);
    assert_eq!(world.phone_screen(Channel::Green, DANA).len(), 1);
}

#[test]
fn the_journal_tells_what_a_cut_call_has_done() {
    let mut world = world();
    world.faults(Provider::Green).next_call(FaultOn::Sending, Fault::DropAfter);
    assert_eq!(get(&mut world, NOW, "lastOutgoingMessages?minutes=5").1, json!([]));
    let call = to_green(Method::POST, "sendInteractiveButtonsReply", &buttons(&[("1", "Yes")]));
    let outcome = world.handle(NOW, Provider::Green, call);
    assert!(matches!(outcome.reply, Reply::Dropped));
    assert_eq!(world.phone_screen(Channel::Green, DANA)[0].text, "Lead\nApprove?\nor write");
    take_all(&mut world, NOW + MINUTE);
    say(&mut world, NOW + MINUTE, "text");
    let (_, rows) = get(&mut world, NOW + MINUTE, "lastOutgoingMessages?minutes=5");
    assert_eq!((&rows[0]["textMessage"], &rows[0]["statusMessage"]), (&json!("text"), &json!("sent")));
    assert_eq!((&rows[1]["type"], &rows[1]["statusMessage"]), (&json!("outgoing"), &json!("delivered")));
    assert_eq!((&rows[1]["chatId"], &rows[1]["sendByApi"]), (&json!(chat_id()), &json!(true)));
    assert_eq!(rows[1]["interactiveButtonsReply"]["contentText"], "Approve?");
    assert_eq!(rows[1]["timestamp"], NOW / 1000);
    assert_eq!(get(&mut world, NOW + 10 * MINUTE, "lastOutgoingMessages?minutes=5").1, json!([]));
    world.green().journal_lag_ms = 3_600_000;
    assert_eq!(get(&mut world, NOW + MINUTE, "lastOutgoingMessages").1, json!([]));
}

#[test]
fn notifications_come_in_order_and_one_bad_one_blocks_the_rest() {
    let mut world = world();
    world.phone_sends_text(NOW, Channel::Green, DANA, "דנה", "one");
    world.phone_sends_text(NOW, Channel::Green, DANA, "", "two");
    let first = world.due_webhooks(NOW);
    assert_eq!(first.len(), 1);
    assert_eq!(first[0].headers["authorization"], "Bearer emulated-green-webhook-token");
    assert_eq!(body(&first[0])["messageData"]["textMessageData"]["textMessage"], "one");
    assert_eq!(body(&first[0])["senderData"]["senderName"], "דנה");
    assert!(world.due_webhooks(NOW + 1000).is_empty());
    world.webhook_answered(NOW + 1000, first[0].id, 500);
    assert_eq!(world.next_webhook_at(), Some(NOW + 1000 + MINUTE));
    assert!(world.due_webhooks(NOW + MINUTE).is_empty());
    let again = world.due_webhooks(NOW + 1000 + MINUTE);
    assert_eq!((again[0].id, again[0].attempt, &again[0].body), (first[0].id, 2, &first[0].body));
    // Three minutes without an answer count as none.
    let third = world.due_webhooks(NOW + 1000 + 5 * MINUTE);
    assert_eq!(third[0].id, first[0].id);
    world.webhook_answered(NOW + 6 * MINUTE, third[0].id, 200);
    let second = world.due_webhooks(NOW + 6 * MINUTE);
    assert_eq!(body(&second[0])["messageData"]["textMessageData"]["textMessage"], "two");
    world.webhook_answered(NOW + 6 * MINUTE, second[0].id, 200);
    assert_eq!(world.next_webhook_at(), None);
}

#[test]
fn notifications_are_kept_for_a_day() {
    let mut world = world();
    world.phone_sends_text(NOW, Channel::Green, DANA, "Dana", "old");
    world.phone_sends_text(NOW + DAY, Channel::Green, DANA, "Dana", "new");
    let posts = world.due_webhooks(NOW + DAY);
    assert_eq!(body(&posts[0])["messageData"]["textMessageData"]["textMessage"], "new");
}

#[test]
fn a_notification_can_come_twice_at_once() {
    let mut world = world();
    world.faults(Provider::Green).next_webhook(WebhookFault::Twice { after_ms: 0 });
    world.phone_sends_text(NOW, Channel::Green, DANA, "Dana", "one");
    world.phone_sends_text(NOW, Channel::Green, DANA, "Dana", "two");
    let posts = world.due_webhooks(NOW);
    assert_eq!((posts.len(), posts[0].body == posts[1].body), (2, true));
    posts.iter().for_each(|post| world.webhook_answered(NOW, post.id, 200));
    assert_eq!(world.due_webhooks(NOW).len(), 1);
}

#[test]
fn a_tap_comes_under_each_of_four_names() {
    for (name, type_message, pointer) in [
        (
            TapName::InteractiveButtonsResponse,
            "interactiveButtonsResponse",
            "/interactiveButtonsResponse/selectedId",
        ),
        (TapName::InteractiveButtonsReply, "interactiveButtonsReply", "/interactiveButtonsReply/selectedId"),
        (
            TapName::TemplateButtonsReplyMessage,
            "templateButtonsReplyMessage",
            "/templateButtonReplyMessage/selectedId",
        ),
        (
            TapName::ButtonsResponseMessage,
            "buttonsResponseMessage",
            "/buttonsResponseMessage/selectedButtonId",
        ),
    ] {
        let mut world = world();
        world.green().tap_name = name;
        post(&mut world, NOW, "sendInteractiveButtonsReply", buttons(&[("yes:1", "Yes"), ("no:1", "No")]));
        take_all(&mut world, NOW + MINUTE);
        let id = world.phone_screen(Channel::Green, DANA)[0].id.clone();
        world.phone_taps_button(NOW + MINUTE, Channel::Green, DANA, &id, 1).expect("a button");
        let posts = take_all(&mut world, NOW + MINUTE);
        let data = &body(&posts[0])["messageData"];
        assert_eq!(data["typeMessage"], type_message);
        assert_eq!(data.pointer(pointer), Some(&json!("no:1")), "{data}");
        assert!(data.to_string().contains(&id));
    }
}

#[test]
fn quotes_files_places_and_hand_written_answers_arrive_in_their_forms() {
    let mut world = world();
    let id = say(&mut world, NOW, "09:00?");
    take_all(&mut world, NOW + MINUTE);
    let now = NOW + MINUTE;
    world.phone_replies(now, Channel::Green, DANA, &id, "yes").expect("a shown message");
    let file = PhoneFile {
        kind: MediaKind::Image,
        mime: "image/jpeg".to_owned(),
        bytes: b"jpeg".as_slice().into(),
        caption: "look".to_owned(),
        file_name: String::new(),
    };
    let image = world.phone_sends_file(now, Channel::Green, DANA, "", file);
    let place = Place { latitude: 32.5, longitude: 34.75, name: None, address: Some("Street 1".to_owned()) };
    world.phone_sends_location(now, Channel::Green, DANA, "", place);
    world.business_types(now, Channel::Green, DANA, "a person here").expect("a known chat");
    let bodies = take_all(&mut world, now).iter().map(body).collect::<Vec<_>>();
    assert_eq!(bodies[0]["messageData"]["quotedMessage"]["stanzaId"], id);
    assert_eq!(bodies[0]["messageData"]["extendedTextMessageData"]["text"], "yes");
    assert_eq!(bodies[1]["messageData"]["typeMessage"], "imageMessage");
    assert_eq!(bodies[1]["messageData"]["fileMessageData"]["caption"], "look");
    assert_eq!(bodies[2]["messageData"]["locationMessageData"]["address"], "Street 1");
    assert_eq!(bodies[3]["typeWebhook"], "outgoingMessageReceived");

    let url =
        bodies[1]["messageData"]["fileMessageData"]["downloadUrl"].as_str().expect("an address").to_owned();
    let outcome = world.handle(now, Provider::Green, request(Method::GET, &url, &[], &Value::Null));
    assert_eq!(outcome.answer().expect("an answer").body().as_ref(), b"jpeg");
    let (_, answer) =
        post(&mut world, now, "downloadFile", json!({ "chatId": chat_id(), "idMessage": image }));
    assert_eq!(answer["downloadUrl"], url);
    let (_, rows) = get(&mut world, now, "lastIncomingMessages?minutes=1");
    assert_eq!(rows.as_array().map(Vec::len), Some(3));
}

#[test]
fn reading_and_typing_are_seen_on_the_phone() {
    let mut world = world();
    let id = world.phone_sends_text(NOW, Channel::Green, DANA, "Dana", "hi");
    let read = json!({ "chatId": chat_id(), "idMessage": id });
    assert_eq!(post(&mut world, NOW, "readChat", read), (200, json!({ "setRead": true })));
    assert_eq!(world.phone_screen(Channel::Green, DANA)[0].state, MessageState::Read);
    let typing = to_green(Method::POST, "sendTyping", &json!({ "chatId": chat_id(), "typingTime": 2_000 }));
    let outcome = world.handle(NOW, Provider::Green, typing);
    let answer = outcome.answer().expect("an answer");
    assert!(answer.status() == 200 && answer.body().is_empty());
    assert!(world.phone_sees_typing(NOW + 1_999, Channel::Green, DANA));
    assert!(!world.phone_sees_typing(NOW + 2_000, Channel::Green, DANA));
}

#[test]
fn settings_switch_notifications_and_their_token() {
    let mut world = world();
    let off =
        json!({ "outgoingAPIMessageWebhook": "no", "outgoingWebhook": "no", "webhookUrlToken": "other" });
    assert_eq!(post(&mut world, NOW, "setSettings", off), (200, json!({ "saveSettings": true })));
    assert_eq!(get(&mut world, NOW, "getSettings").1["outgoingWebhook"], "no");
    say(&mut world, NOW, "quiet");
    assert!(take_all(&mut world, NOW + MINUTE).is_empty());
    world.phone_sends_text(NOW, Channel::Green, DANA, "", "x");
    assert_eq!(world.due_webhooks(NOW + MINUTE)[0].headers["authorization"], "Bearer other");
    // A failure is told all the same.
    world.phone_is(NOW + MINUTE, Channel::Green, AVI, Presence::NoAccount);
    let to = json!({ "chatId": format!("{AVI}@c.us"), "message": "x" });
    post(&mut world, NOW + MINUTE, "sendMessage", to);
    let exists = post(&mut world, NOW, "checkWhatsapp", json!({ "phoneNumber": 972_500_001_002_u64 }));
    assert_eq!(exists.1, json!({ "existsWhatsapp": false }));
    world.phone_reads(NOW + MINUTE, Channel::Green, AVI);
    let posts = take_all(&mut world, NOW + 20 * MINUTE);
    assert_eq!(kinds(&posts).last().map(String::as_str), Some("outgoingMessageStatus noAccount"));
}

#[test]
fn quota_and_rate_limits_have_their_own_statuses() {
    let mut world = world();
    world.green().quota_reached = true;
    let send = || json!({ "chatId": chat_id(), "message": "x" });
    let (status, answer) = post(&mut world, NOW, "sendMessage", send());
    assert_eq!((status, answer["invokeStatus"]["status"].as_str()), (466, Some("QUOTE_EXCEEDED")));
    world.green().quota_reached = false;
    for (fault, expected) in [
        (Fault::RateLimited { retry_after_s: 1 }, 429),
        (Fault::QuotaReached, 466),
        (Fault::ServerError, 500),
        (Fault::Answer { status: 502, body: "<html></html>".to_owned() }, 502),
    ] {
        world.faults(Provider::Green).next_call(FaultOn::Sending, fault);
        assert_eq!(post(&mut world, NOW, "sendMessage", send()).0, expected);
    }
    assert!(world.phone_screen(Channel::Green, DANA).is_empty());
}

#[test]
fn notifications_have_the_recorded_forms() {
    let mut world = world();
    world.phone_sends_text(NOW, Channel::Green, DANA, "Dana", "hi");
    let id = say(&mut world, NOW, "09:00?");
    post(&mut world, NOW, "sendInteractiveButtonsReply", buttons(&[("yes:1", "Yes")]));
    world.phone_replies(NOW, Channel::Green, DANA, &id, "yes").expect("a shown message");
    let file = PhoneFile {
        kind: MediaKind::Image,
        mime: "image/jpeg".to_owned(),
        bytes: b"jpeg".as_slice().into(),
        caption: "look".to_owned(),
        file_name: String::new(),
    };
    world.phone_sends_file(NOW, Channel::Green, DANA, "", file);
    let mut posts = take_all(&mut world, NOW + MINUTE);
    let asked = world.phone_screen(Channel::Green, DANA).into_iter().find(|shown| !shown.buttons.is_empty());
    let asked = asked.expect("the buttons have arrived").id;
    world.phone_taps_button(NOW + MINUTE, Channel::Green, DANA, &asked, 0).expect("a button");
    world.green_account_becomes(NOW + MINUTE, GreenAccountState::Starting);
    posts.extend(take_all(&mut world, NOW + MINUTE));
    let forms = posts.iter().map(|post| form(&body(post))).collect::<Vec<_>>();
    for (name, payload) in [
        ("text", include_str!("fixtures/in_text_english.json")),
        ("tap", include_str!("fixtures/in_interactive_buttons_response.json")),
        ("quote", include_str!("fixtures/in_quoted_message_type.json")),
        ("image", include_str!("fixtures/in_image_caption.json")),
        ("echo", include_str!("fixtures/out_api_echo_text.json")),
        ("status", include_str!("fixtures/st_delivered.json")),
        ("state", include_str!("fixtures/state_starting.json")),
    ] {
        assert!(forms.contains(&recorded(payload)), "{name}");
    }
}

#[test]
fn a_hidden_number_is_reached_by_its_linked_id() {
    let mut world = world();
    world.phone_hides_number(Channel::Green, DANA);
    world.phone_sends_text(NOW, Channel::Green, DANA, "Dana", "hi");
    let posts = take_all(&mut world, NOW);
    assert!(!String::from_utf8_lossy(&posts[0].body).contains(DANA));
    let chat_id = body(&posts[0])["senderData"]["chatId"].clone();
    assert!(chat_id.as_str().is_some_and(|id| id.ends_with("@lid")));
    let say = json!({ "chatId": chat_id, "message": "x" });
    assert_eq!(post(&mut world, NOW, "sendMessage", say).0, 200);
    assert_eq!(world.phone_screen(Channel::Green, DANA).len(), 2);
    let posts = take_all(&mut world, NOW + MINUTE);
    assert!(posts.iter().all(|post| !String::from_utf8_lossy(&post.body).contains(DANA)));
    let unknown = json!({ "chatId": "1@lid", "message": "x" });
    assert_eq!(post(&mut world, NOW, "sendMessage", unknown).0, 400);
    let check = json!({ "phoneNumber": 972_500_001_001_u64 });
    let (_, answer) = post(&mut world, NOW, "checkWhatsapp", check);
    assert_eq!(answer, json!({ "existsWhatsapp": true, "chatId": chat_id }));
}
