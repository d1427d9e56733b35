//! The demo's page with two phones and the requests behind it. It plays people on the emulated phones and shows what
//! the phones show; it never reaches into the bot, which hears of everything by webhook.
//!
//! | path | |
//! | --- | --- |
//! | `GET /`, `/demo/style.css`, `/demo/script.js` | the page |
//! | `GET /demo/people` | who has a phone, and the zone in which times are shown |
//! | `GET /demo/texts?lang=` | the page's words |
//! | `GET /demo/screen?channel=&phone=` | what a phone shows |
//! | `POST /demo/send`, `/demo/tap`, `/demo/read` | what a person does |
//! | `GET /demo/leads` | the leads, small |
//! | `GET /demo/events` | server-sent events: `replay`, `strip`, `screens` |

mod feed;
mod guard;
mod texts;

#[cfg(test)]
mod tests;

use std::collections::VecDeque;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use axum::extract::rejection::{JsonRejection, QueryRejection};
use axum::extract::{DefaultBodyLimit, Query, State};
use axum::http::{HeaderName, HeaderValue, header};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use axum::{Json, Router, middleware};
use emulator::{Channel, MessageState, ShownMessage, World};
use futures::future::BoxFuture;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use tokio::sync::{Notify, broadcast};

use crate::web::strip::StripEvent;
use guard::Refusal;

/// The zone of the demo's business: the phones show its clock, wherever the browser is.
const TIMEZONE: &str = "Asia/Jerusalem";
/// No WhatsApp message is longer.
const LONGEST_TEXT: usize = 4096;
const LONGEST_NAME: usize = 60;
const LONGEST_ID: usize = 200;
const LARGEST_BODY: usize = 32 * 1024;
/// A message that is longer on its way waits for a phone that is switched off.
const LONGEST_WAY_MS: i64 = 3_000;
/// How many events of the strip a page that opens late still sees.
const KEPT_EVENTS: usize = 400;
const CONTENT_POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; \
     img-src 'self' data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/// What the page may do. The demo command makes one.
#[derive(Clone)]
pub struct DemoDoor {
    /// The pretended providers and the phones behind them.
    pub world: Arc<Mutex<World>>,
    /// The time, in unix milliseconds.
    pub clock: Arc<dyn Fn() -> i64 + Send + Sync>,
    /// Tells whoever posts the webhooks that a phone did something.
    pub wake: Arc<Notify>,
    /// Who has a phone.
    pub phones: DemoPhones,
    /// Events of the strip, to pages that are open. `null` ends every stream.
    pub events: broadcast::Sender<Value>,
    /// The newest events of the strip, for pages that open later.
    pub recent: Arc<Mutex<VecDeque<Value>>>,
    /// The leads as a list of `{number, status, slot, pro}`, newest first: `status` is the stored word, `slot` unix
    /// milliseconds, a finished text or null, `pro` a name or null; `trade` (a key) and `customer` are shown when given.
    pub leads: Arc<dyn Fn() -> BoxFuture<'static, Value> + Send + Sync>,
}

/// The people of the demo.
#[derive(Clone, Default, Serialize)]
pub struct DemoPhones {
    /// Who needs something.
    pub customers: Vec<DemoPerson>,
    /// Who does it.
    pub pros: Vec<DemoPerson>,
}

/// Somebody with a phone.
#[derive(Clone, Serialize)]
pub struct DemoPerson {
    /// Through which provider they talk with the business.
    pub channel: Channel,
    /// The number, digits only.
    pub phone: String,
    /// What they are called.
    pub name: String,
}

impl DemoDoor {
    /// Keeps an event for pages that open later and shows it on those that are open.
    pub fn publish(&self, event: &StripEvent) {
        // Text, numbers and lists of them: there is nothing in an event that JSON cannot hold.
        let event = serde_json::to_value(event).unwrap_or(Value::Null);
        if event.is_null() {
            return;
        }
        // Sent under the lock, so that a page that opens meanwhile gets the event once: kept or sent, not both.
        let mut recent = self.recent.lock().unwrap_or_else(PoisonError::into_inner);
        recent.push_back(event.clone());
        let surplus = recent.len().saturating_sub(KEPT_EVENTS);
        recent.drain(..surplus);
        let _nobody_watches = self.events.send(event);
    }

    /// Ends every open stream, which would otherwise hold up a graceful shutdown.
    pub fn close(&self) {
        let _nobody_watches = self.events.send(Value::Null);
    }

    // A panic elsewhere leaves the world as it was between two calls, which is good enough to go on with.
    fn world(&self) -> MutexGuard<'_, World> {
        self.world.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn now(&self) -> i64 {
        (self.clock)()
    }
}

/// The page and its requests, to be served on a loopback address only.
pub fn router(door: DemoDoor) -> Router {
    let acts = Router::new()
        .route("/demo/send", post(send))
        .route("/demo/tap", post(tap))
        .route("/demo/read", post(read))
        .layer(DefaultBodyLimit::max(LARGEST_BODY))
        .layer(middleware::from_fn(guard::same_site));
    Router::new()
        .route("/", get(page))
        .route("/demo/style.css", get(|| asset("text/css; charset=utf-8", include_str!("demo/style.css"))))
        .route(
            "/demo/script.js",
            get(|| asset("text/javascript; charset=utf-8", include_str!("demo/script.js"))),
        )
        .route("/demo/people", get(people))
        .route("/demo/texts", get(texts::answer))
        .route("/demo/screen", get(screen))
        .route("/demo/leads", get(leads))
        .route("/demo/events", get(feed::answer))
        .merge(acts)
        .with_state(door)
}

async fn page() -> Response {
    let mut page = asset("text/html; charset=utf-8", include_str!("demo/index.html")).await;
    page.headers_mut().insert(header::CONTENT_SECURITY_POLICY, HeaderValue::from_static(CONTENT_POLICY));
    page
}

async fn asset(kind: &'static str, text: &'static str) -> Response {
    let headers: [(HeaderName, &'static str); 3] = [
        (header::CONTENT_TYPE, kind),
        (header::CACHE_CONTROL, "no-cache"),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    ];
    (headers, text).into_response()
}

async fn people(State(door): State<DemoDoor>) -> Json<Value> {
    Json(json!({
        "customers": door.phones.customers,
        "pros": door.phones.pros,
        "timezone": TIMEZONE,
        "now": door.now(),
    }))
}

async fn leads(State(door): State<DemoDoor>) -> Json<Value> {
    Json((door.leads)().await)
}

#[derive(Deserialize)]
struct Phone {
    channel: Channel,
    phone: String,
}

async fn screen(
    State(door): State<DemoDoor>,
    phone: Result<Query<Phone>, QueryRejection>,
) -> Result<Json<Value>, Refusal> {
    let Query(Phone { channel, phone }) = phone.map_err(|_| Refusal::Unreadable)?;
    guard::number(&phone)?;
    let now = door.now();
    let (messages, typing) = on_screen(&door.world(), now, channel, &phone);
    Ok(Json(json!({ "messages": messages, "typing": typing, "now": now })))
}

/// What a phone shows, and whether the business seems to type: what the phone wrote and what has reached it. The world
/// also remembers what is still on its way; for that moment the dots stay, so that they do not blink.
fn on_screen(world: &World, now: i64, channel: Channel, phone: &str) -> (Vec<ShownMessage>, bool) {
    let (shown, coming): (Vec<_>, Vec<_>) =
        world.phone_screen(channel, phone).into_iter().partition(|message| {
            message.from_me || matches!(message.state, MessageState::Delivered | MessageState::Read)
        });
    let is_near = |message: &ShownMessage| {
        message.state == MessageState::Sent && now.saturating_sub(message.at_ms) < LONGEST_WAY_MS
    };
    (shown, coming.iter().any(is_near) || world.phone_sees_typing(now, channel, phone))
}

#[derive(Deserialize)]
struct Sending {
    channel: Channel,
    phone: String,
    #[serde(default)]
    name: String,
    text: String,
    reply_to: Option<String>,
}

async fn send(
    State(door): State<DemoDoor>,
    sending: Result<Json<Sending>, JsonRejection>,
) -> Result<Json<Value>, Refusal> {
    let Json(sending) = sending.map_err(Refusal::of_body)?;
    guard::number(&sending.phone)?;
    guard::length(&sending.text, LONGEST_TEXT)?;
    guard::length(&sending.name, LONGEST_NAME)?;
    if sending.text.trim().is_empty() {
        return Err(Refusal::NothingWritten);
    }
    let (now, channel, phone) = (door.now(), sending.channel, sending.phone.as_str());
    let id = match &sending.reply_to {
        None => Ok(door.world().phone_sends_text(now, channel, phone, &sending.name, &sending.text)),
        Some(quoted) => {
            guard::length(quoted, LONGEST_ID)?;
            door.world().phone_replies(now, channel, phone, quoted, &sending.text)
        }
    };
    done(&door, id.map_err(Refusal::from)?)
}

#[derive(Deserialize)]
struct Tapping {
    channel: Channel,
    phone: String,
    message: String,
    button: usize,
}

async fn tap(
    State(door): State<DemoDoor>,
    tapping: Result<Json<Tapping>, JsonRejection>,
) -> Result<Json<Value>, Refusal> {
    let Json(Tapping { channel, phone, message, button }) = tapping.map_err(Refusal::of_body)?;
    guard::number(&phone)?;
    guard::length(&message, LONGEST_ID)?;
    let id = door.world().phone_taps_button(door.now(), channel, &phone, &message, button);
    done(&door, id.map_err(Refusal::from)?)
}

async fn read(
    State(door): State<DemoDoor>,
    phone: Result<Json<Phone>, JsonRejection>,
) -> Result<Json<Value>, Refusal> {
    let Json(Phone { channel, phone }) = phone.map_err(Refusal::of_body)?;
    guard::number(&phone)?;
    door.world().phone_reads(door.now(), channel, &phone);
    done(&door, String::new())
}

fn done(door: &DemoDoor, id: String) -> Result<Json<Value>, Refusal> {
    door.wake.notify_one();
    Ok(Json(json!({ "id": id })))
}
