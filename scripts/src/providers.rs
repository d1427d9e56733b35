//! The pretended providers of the benchmark, on loopback: they answer at once, and note when each person was first
//! written to and when a pro was offered a job. By their clock and the server's it is a Monday noon, when pros work.

use anyhow::Context;
use axum::Router;
use axum::body::{Body, to_bytes};
use axum::extract::{Request, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use emulator::{Channel, GeminiAnswer, GeminiDefault, Provider, Reply, World};
use serde_json::{Value, json};
use std::collections::HashMap;
use std::net::{Ipv4Addr, SocketAddr};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};
use tokio::net::TcpListener;

/// The providers.
pub(crate) struct Providers {
    world: Mutex<World>,
    reached: Mutex<HashMap<String, Instant>>,
    questions: AtomicUsize,
    first_question: Mutex<Option<Instant>>,
    offers: Mutex<Vec<Instant>>,
    ahead_seconds: u64,
}

fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// What the title of an offer says on the phones of the demo's pros.
const OFFER: [&str; 3] = ["עבודה חדשה", "عمل جديد", "Новая заявка"];

fn is_offer(body: &[u8]) -> bool {
    std::str::from_utf8(body).is_ok_and(|body| OFFER.iter().any(|title| body.contains(title)))
}

fn since_epoch() -> Duration {
    SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default()
}

/// How far ahead the next Monday, 9:00 UTC, is; the first day of the epoch was a Thursday.
fn until_monday() -> u64 {
    const DAY: u64 = 24 * 3_600;
    let into_week = (since_epoch().as_secs() + 7 * DAY - (4 * DAY + 9 * 3_600)) % (7 * DAY);
    7 * DAY - into_week
}

impl Providers {
    /// Starts them.
    pub(crate) async fn start() -> anyhow::Result<(Arc<Self>, SocketAddr)> {
        let mut world = World::new(emulator::Settings::default());
        // A question for the city follows: one question to the model, one message.
        let understood = json!({
            "intent": "service_request", "language": "he", "customer_name": null, "city": null, "street": null,
            "street_number": null, "floor": null, "apartment": null, "issue_type": "plumbing",
            "issue_summary": "נזילה במטבח", "emergency": false, "appointment_time": null, "transcription": null,
            "media_findings": null, "reply": null,
        });
        world.gemini_otherwise(GeminiDefault::Answer(GeminiAnswer::Json(understood)));
        let providers = Arc::new(Self {
            world: Mutex::new(world),
            reached: Mutex::default(),
            questions: AtomicUsize::new(0),
            first_question: Mutex::default(),
            offers: Mutex::default(),
            ahead_seconds: until_monday(),
        });
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await?;
        let address = listener.local_addr()?;
        let routes = Router::new().fallback(answer).with_state(providers.clone());
        tokio::spawn(async move {
            if let Err(error) = axum::serve(listener, routes).await {
                eprintln!("the pretended providers ended: {error}");
            }
        });
        Ok((providers, address))
    }

    /// Signed webhooks, as they go over the wire: this text, once from each of these people.
    pub(crate) fn webhooks(&self, people: std::ops::Range<u32>, text: &str) -> Vec<Vec<u8>> {
        let mut world = locked(&self.world);
        let now = self.now_ms();
        for person in people {
            world.phone_sends_text(now, Channel::Meta, &phone(person), "", text);
        }
        let posts = world.due_webhooks(now);
        for post in &posts {
            world.webhook_answered(now, post.id, 200);
        }
        posts.iter().map(crate::load::wire).collect()
    }

    /// How far the clock is ahead of the machine's.
    pub(crate) fn ahead_seconds(&self) -> u64 {
        self.ahead_seconds
    }

    fn now_ms(&self) -> i64 {
        let now = since_epoch() + Duration::from_secs(self.ahead_seconds);
        i64::try_from(now.as_millis()).unwrap_or(i64::MAX)
    }

    /// What a person was told so far.
    pub(crate) fn screen(&self, person: u32) -> Vec<String> {
        let screen = locked(&self.world).phone_screen(Channel::Meta, &phone(person));
        screen.into_iter().filter(|message| !message.from_me).map(|message| message.text).collect()
    }

    /// When pros were offered jobs.
    pub(crate) fn offers(&self) -> Vec<Instant> {
        locked(&self.offers).clone()
    }

    /// How many questions the model was asked.
    pub(crate) fn questions(&self) -> usize {
        self.questions.load(Ordering::Relaxed)
    }

    /// When the model was first asked.
    pub(crate) fn first_question(&self) -> Option<Instant> {
        *locked(&self.first_question)
    }

    /// When a person was first written to.
    pub(crate) fn reached(&self, person: u32) -> Option<Instant> {
        locked(&self.reached).get(&phone(person)).copied()
    }

    /// When the people of this range were first written to, those who were, earliest first.
    pub(crate) fn reached_of(&self, people: std::ops::Range<u32>) -> Vec<Instant> {
        let reached = locked(&self.reached);
        let mut moments: Vec<_> = people.filter_map(|person| reached.get(&phone(person)).copied()).collect();
        moments.sort_unstable();
        moments
    }
}

fn phone(person: u32) -> String {
    format!("97250000{:06}", person)
}

async fn answer(State(providers): State<Arc<Providers>>, request: Request) -> Response {
    respond(&providers, request).await.unwrap_or_else(|_| StatusCode::BAD_REQUEST.into_response())
}

async fn respond(providers: &Providers, request: Request) -> anyhow::Result<Response> {
    let (parts, body) = request.into_parts();
    let body = to_bytes(body, 4 * 1024 * 1024).await?;
    let provider = Provider::of_path(parts.uri.path()).context("a provider")?;
    if provider == Provider::Gemini {
        providers.questions.fetch_add(1, Ordering::Relaxed);
        locked(&providers.first_question).get_or_insert_with(Instant::now);
    }
    if provider == Provider::Meta
        && let Ok(Value::Object(message)) = serde_json::from_slice(&body)
        && let Some(to) = message.get("to").and_then(Value::as_str)
    {
        locked(&providers.reached).entry(to.to_owned()).or_insert_with(Instant::now);
    }
    if provider == Provider::Green && is_offer(&body) {
        locked(&providers.offers).push(Instant::now());
    }
    let request = axum::http::Request::from_parts(parts, body);
    match locked(&providers.world).handle(providers.now_ms(), provider, request).reply {
        Reply::Answer(response) => Ok(response.map(Body::from)),
        Reply::Hang | Reply::Dropped => anyhow::bail!("no fault was asked for"),
    }
}
