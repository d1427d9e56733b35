//! Whether a message whose answer was lost was sent: what the provider's queue and journal prove, and what they do not.

use super::exchanges::{green_api_settings, place, response, world};
use super::received_at;
use agents::message::{Button, Outbound};
use bot::channels::{Found, NotDone, find_sent};
use chrono::TimeDelta;
use serde_json::{Value, json};

/// Asks `later` seconds after the message was handed over.
async fn found(message: &Outbound, queue: Value, journal: Value, later: i64) -> Found {
    let settings = green_api_settings(true);
    let world = world(vec![Ok(response(200, queue.to_string())), Ok(response(200, journal.to_string()))]);
    let tried_at = received_at() - TimeDelta::seconds(later);
    let to = place(&settings, "972500001001@c.us");
    let known = ["KNOWN".to_string()];
    let found = find_sent(&settings, &world.outside, &to, message, tried_at, &known).await.unwrap();
    let asked: Vec<String> = world.requests().iter().map(|request| request.url.to_string()).collect();
    let token = "test-instance-token-000000000000000000000000000000";
    let base = "https://7103.api.greenapi.com/waInstance7103000001";
    assert_eq!(asked[0], format!("{base}/showMessagesQueue/{token}"));
    let minutes = (later / 60 + 2).min(1440);
    assert_eq!(asked[1], format!("{base}/lastOutgoingMessages/{token}?minutes={minutes}"));
    found
}

/// A line of the journal as documented, so many seconds after the message was handed over 200 seconds ago.
fn line(id: &str, text: &str, after: i64) -> Value {
    json!({
        "type": "outgoing", "idMessage": id, "timestamp": received_at().timestamp() - 200 + after,
        "typeMessage": "textMessage", "chatId": "972500001001@c.us", "textMessage": text,
        "statusMessage": "sent", "sendByApi": true,
    })
}

fn with(mut row: Value, field: &str, value: Value) -> Value {
    row[field] = value;
    row
}

#[tokio::test]
async fn a_message_is_known_by_chat_text_and_time() {
    let sent = || Found::Sent { provider_id: "B".to_string() };
    let hello = Outbound::text("שלום");
    let waiting = json!({"messageID": "B", "type": "sendMessage", "body": {"chatId": "972500001001@c.us", "message": "שלום"}});
    for (queue, journal, expected) in [
        (json!([]), json!([]), Found::NotSent),
        (json!([waiting.clone()]), json!([]), sent()),
        (json!([]), json!([line("B", "שלום", 1)]), sent()),
        // The provider's clock may be somewhat behind.
        (json!([]), json!([line("B", "שלום", -20)]), sent()),
        (json!([]), json!([with(line("B", "", 1), "extendedTextMessage", json!({"text": "שלום"}))]), sent()),
        (json!([]), json!([line("KNOWN", "שלום", 1), line("B", "שלום", 2)]), sent()),
        (json!([]), json!([line("KNOWN", "שלום", 1)]), Found::NotSent),
        (json!([]), json!([line("B", "שלום", -60)]), Found::NotSent),
        (json!([]), json!([line("B", "שלום לך", 1)]), Found::NotSent),
        (
            json!([]),
            json!([with(line("B", "שלום", 1), "chatId", json!("972500001002@c.us"))]),
            Found::NotSent,
        ),
        // A human who typed the same on the phone is not us.
        (json!([]), json!([with(line("B", "שלום", 1), "sendByApi", json!(false))]), Found::NotSent),
        // Nor is a message that only quotes the text.
        (
            json!([]),
            json!([with(line("B", "אחר", 1), "quotedMessage", json!({"textMessage": "שלום"}))]),
            Found::NotSent,
        ),
        (json!([null, 3, {"body": 1}]), json!([null, [], {"timestamp": "x"}]), Found::NotSent),
    ] {
        assert_eq!(found(&hello, queue.clone(), journal.clone(), 200).await, expected, "{queue} {journal}");
    }
}

#[tokio::test]
async fn buttons_are_found_by_the_words_above_them() {
    let button = Button { payload: "p".to_string(), label: "כן".to_string() };
    let message = Outbound { text: "לאשר?".to_string(), buttons: vec![button], figures: None };
    let body = json!({"chatId": "972500001001@c.us", "body": "לאשר?", "buttons": []});
    let queue = json!([{"messageID": "B", "type": "sendInteractiveButtonsReply", "body": body}]);
    assert_eq!(found(&message, queue, json!([]), 200).await, Found::Sent { provider_id: "B".to_string() });
}

#[tokio::test]
async fn not_finding_it_proves_nothing_too_early_or_too_late() {
    let hello = Outbound::text("שלום");
    for (later, expected) in [
        (10, Found::CannotTell),
        (149, Found::CannotTell),
        (150, Found::NotSent),
        (86_000, Found::NotSent),
        (90_000, Found::CannotTell),
    ] {
        assert_eq!(found(&hello, json!([]), json!([]), later).await, expected, "{later}");
    }
}

#[tokio::test]
async fn a_provider_that_cannot_be_asked_proves_nothing() {
    let settings = green_api_settings(false);
    let to = place(&settings, "972500001001@c.us");
    for (answers, expected) in [
        (vec![Ok(response(429, ""))], NotDone::Refused(429)),
        (vec![Ok(response(200, "[]")), Ok(response(200, "<html>"))], NotDone::Unreadable),
    ] {
        let world = world(answers);
        let asked = find_sent(&settings, &world.outside, &to, &Outbound::text("x"), received_at(), &[]).await;
        assert_eq!(asked, Err(expected));
    }
}
