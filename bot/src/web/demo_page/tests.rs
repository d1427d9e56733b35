//! The page's requests over a real socket, with a world and nobody else: the test plays the bot's side by hand.

use super::*;
use std::sync::atomic::{AtomicI64, Ordering};

use crate::web::strip::StripStep;
use emulator::{Provider, Settings};
use reqwest::header::ORIGIN;
use reqwest::{Client, StatusCode};

const CUSTOMER: &str = "972500000001";
const NOON: i64 = 1_795_255_200_000;

struct Demo {
    door: DemoDoor,
    clock: Arc<AtomicI64>,
    url: String,
    client: Client,
}

impl Demo {
    async fn open() -> Demo {
        // A second installation is refused and changes nothing.
        let _already_there = rustls::crypto::ring::default_provider().install_default();
        let clock = Arc::new(AtomicI64::new(NOON));
        let time = Arc::clone(&clock);
        let person = |phone: &str, name: &str| DemoPerson {
            channel: Channel::Meta,
            phone: phone.to_owned(),
            name: name.to_owned(),
        };
        let phones = DemoPhones {
            customers: vec![person(CUSTOMER, "דנה")],
            pros: vec![person("972500000101", "אבי")],
        };
        let door = DemoDoor {
            world: Arc::new(Mutex::new(World::new(Settings::default()))),
            clock: Arc::new(move || time.load(Ordering::SeqCst)),
            wake: Arc::new(Notify::new()),
            phones,
            events: broadcast::channel(64).0,
            recent: Arc::default(),
            leads: Arc::new(|| Box::pin(async { json!([{ "number": 7, "status": "booked" }]) })),
        };
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("a free port");
        let url = format!("http://{}", listener.local_addr().expect("a bound socket"));
        let app = router(door.clone());
        tokio::spawn(async move { axum::serve(listener, app).await });
        Demo { door, clock, url, client: Client::new() }
    }

    async fn get(&self, path: &str) -> (StatusCode, String) {
        let answer = self.client.get(format!("{}{path}", self.url)).send().await.expect("an answer");
        (answer.status(), answer.text().await.expect("a text"))
    }

    async fn get_json(&self, path: &str) -> Value {
        serde_json::from_str(&self.get(path).await.1).expect("JSON")
    }

    async fn post(&self, path: &str, body: Value) -> (StatusCode, Value) {
        let answer =
            self.client.post(format!("{}{path}", self.url)).json(&body).send().await.expect("an answer");
        (answer.status(), answer.json().await.expect("JSON"))
    }

    async fn screen(&self) -> Value {
        self.get_json(&format!("/demo/screen?channel=Meta&phone={CUSTOMER}")).await
    }

    fn later(&self, ms: i64) {
        let now = self.clock.fetch_add(ms, Ordering::SeqCst) + ms;
        let _posts = self.door.world().due_webhooks(now);
    }

    /// The bot sends a question with two buttons, as Meta documents it.
    fn bot_asks(&self, text: &str) {
        let settings = Settings::default().meta;
        let button =
            |id: &str, title: &str| json!({ "type": "reply", "reply": { "id": id, "title": title } });
        let body = json!({
            "messaging_product": "whatsapp", "recipient_type": "individual", "to": CUSTOMER, "type": "interactive",
            "interactive": { "type": "button", "body": { "text": text },
                "action": { "buttons": [button("yes", "כן"), button("no", "לא")] } },
        });
        let request = http::Request::post(format!("/v25.0/{}/messages", settings.phone_number_id))
            .header("authorization", format!("Bearer {}", settings.access_token))
            .header("content-type", "application/json")
            .body(bytes::Bytes::from(body.to_string()))
            .expect("a request");
        let now = self.door.now();
        let outcome = self.door.world().handle(now, Provider::Meta, request);
        assert_eq!(outcome.answer().map(http::Response::status), Some(http::StatusCode::OK));
    }
}

fn written(text: &str) -> Value {
    json!({ "channel": "Meta", "phone": CUSTOMER, "name": "דנה", "text": text })
}

#[tokio::test]
async fn a_person_writes_reads_and_taps() {
    let demo = Demo::open().await;
    let (status, sent) = demo.post("/demo/send", written("יש לי נזילה במטבח")).await;
    assert_eq!(status, StatusCode::OK, "{sent}");
    assert!(!demo.door.world().due_webhooks(NOON).is_empty(), "the bot hears of it");
    // The permit is there: whoever posts the webhooks was woken.
    demo.door.wake.notified().await;

    demo.bot_asks("זה דחוף?");
    let screen = demo.screen().await;
    assert_eq!(screen["messages"].as_array().map(Vec::len), Some(1), "it has not arrived yet");
    assert_eq!(screen["typing"], true);
    demo.later(5_000);
    let screen = demo.screen().await;
    assert_eq!(screen["messages"][0]["from_me"], true);
    assert_eq!((&screen["messages"][1]["state"], &screen["typing"]), (&json!("delivered"), &json!(false)));
    assert_eq!(screen["messages"][1]["buttons"][1]["title"], "לא");

    demo.post("/demo/read", json!({ "channel": "Meta", "phone": CUSTOMER })).await;
    assert_eq!(demo.screen().await["messages"][1]["state"], "read");

    let question = screen["messages"][1]["id"].clone();
    let tap = |button: usize| json!({ "channel": "Meta", "phone": CUSTOMER, "message": question, "button": button });
    assert_eq!(demo.post("/demo/tap", tap(1)).await.0, StatusCode::OK);
    let screen = demo.screen().await;
    assert_eq!((&screen["messages"][2]["text"], &screen["messages"][2]["quoted"]), (&json!("לא"), &question));
    assert_eq!(demo.post("/demo/tap", tap(9)).await.0, StatusCode::NOT_FOUND);

    let mut reply = written("בעצם כן");
    reply["reply_to"] = question.clone();
    assert_eq!(demo.post("/demo/send", reply).await.0, StatusCode::OK);
    assert_eq!(demo.screen().await["messages"][3]["quoted"], question);
}

#[tokio::test]
async fn what_no_phone_could_send_is_refused_with_a_sentence() {
    let demo = Demo::open().await;
    let mut wrong_number = written("שלום");
    wrong_number["phone"] = json!("12x");
    let mut unknown_quote = written("שלום");
    unknown_quote["reply_to"] = json!("wamid.nothing");
    let cases = [
        (written("   "), StatusCode::BAD_REQUEST),
        (written(&"א".repeat(LONGEST_TEXT + 1)), StatusCode::PAYLOAD_TOO_LARGE),
        (written(&"א".repeat(LARGEST_BODY)), StatusCode::PAYLOAD_TOO_LARGE),
        (wrong_number, StatusCode::BAD_REQUEST),
        (unknown_quote, StatusCode::NOT_FOUND),
        (json!({ "text": "שלום" }), StatusCode::BAD_REQUEST),
    ];
    for (body, expected) in cases {
        let (status, answer) = demo.post("/demo/send", body).await;
        assert_eq!(status, expected, "{answer}");
        assert!(answer["error"].as_str().is_some_and(|sentence| sentence.ends_with('.')), "{answer}");
    }
    assert!(demo.door.world().phones(Channel::Meta).is_empty());
}

#[tokio::test]
async fn another_site_cannot_post() {
    let demo = Demo::open().await;
    for (origin, expected) in
        [("https://example.com", StatusCode::FORBIDDEN), (demo.url.as_str(), StatusCode::OK)]
    {
        let request = demo.client.post(format!("{}/demo/send", demo.url)).header(ORIGIN, origin);
        let answer = request.json(&written("שלום")).send().await.expect("an answer");
        assert_eq!(answer.status(), expected, "{origin}");
    }
}

#[tokio::test]
async fn the_page_its_people_its_words_and_the_leads_are_served() {
    let demo = Demo::open().await;
    for (path, mark) in
        [("/", "<!doctype html>"), ("/demo/style.css", ":root"), ("/demo/script.js", "EventSource")]
    {
        let (status, text) = demo.get(path).await;
        assert!(status == StatusCode::OK && text.contains(mark), "{path}");
        assert!(!text.contains("https://"), "{path} fetches nothing from elsewhere");
    }
    let people = demo.get_json("/demo/people").await;
    assert_eq!(people["customers"][0]["phone"], CUSTOMER);
    assert_eq!(people["pros"][0]["channel"], "Meta");
    let texts = demo.get_json("/demo/texts?lang=ar").await;
    assert_eq!((&texts["dir"], &texts["texts"]["demo-send"]), (&json!("rtl"), &json!("إرسال")));
    assert_eq!(texts["texts"]["demo-unread"].as_str().map(|text| text.contains("{count}")), Some(true));
    assert_eq!(demo.get_json("/demo/texts?lang=xx").await["lang"], "he");
    assert_eq!(demo.get_json("/demo/leads").await[0]["number"], 7);
}

#[tokio::test]
async fn a_page_hears_what_was_what_is_and_when_a_phone_changes() {
    let demo = Demo::open().await;
    let event = |turn: &str| StripEvent::new(NOON, turn, "chat", StripStep::Received);
    demo.door.publish(&event("kept"));
    let request = demo.client.get(format!("{}/demo/events", demo.url));
    let mut stream = request.send().await.expect("an answer");
    let mut heard = String::new();
    let mut published = false;
    while !(heard.contains("event: strip") && heard.contains("event: screens")) {
        let chunk = stream.chunk().await.expect("a stream").expect("more to come");
        heard.push_str(&String::from_utf8_lossy(&chunk));
        if !published && heard.contains("event: replay") {
            published = true;
            demo.door.publish(&event("fresh"));
            demo.post("/demo/send", written("שלום")).await;
        }
    }
    assert_eq!(heard.matches("\"turn\":\"kept\"").count(), 1, "{heard}");
    assert_eq!(heard.matches("\"turn\":\"fresh\"").count(), 1, "{heard}");
    assert!(heard.contains(CUSTOMER), "the changed phone is named");
    assert!(!heard.contains("שלום"), "no text travels with it");

    demo.door.close();
    while stream.chunk().await.expect("a clean end").is_some() {}
}

#[tokio::test]
async fn only_the_newest_events_are_kept() {
    let demo = Demo::open().await;
    for number in 0..KEPT_EVENTS + 5 {
        demo.door.publish(&StripEvent::new(NOON, &number.to_string(), "chat", StripStep::Note));
    }
    let recent = demo.door.recent.lock().expect("nobody panicked");
    assert_eq!((recent.len(), recent[0]["turn"].as_str()), (KEPT_EVENTS, Some("5")));
}
