//! The network of a story: pretended providers without sockets, the posts that they make, and what people planned to
//! write. It knows no steps and expects nothing.

use super::people::{name, phone, pro_phone};
use crate::outside::{ManualClock, Request, Response, TransportError};
use axum::Router;
use axum::body::Body;
use chrono::{DateTime, Duration, Utc};
use emulator::{Channel, Provider, Reply};
use std::collections::BTreeSet;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use tower::ServiceExt;

/// A message that a person will send when its time has come.
#[derive(Clone, Debug)]
pub(super) struct Planned {
    pub(super) at: DateTime<Utc>,
    pub(super) who: String,
    pub(super) text: String,
}

/// What the network needs to know, shared with the transport.
pub(super) struct Net {
    pub(super) emulator: Mutex<emulator::World>,
    pub(super) clock: ManualClock,
    pub(super) router: Mutex<Option<Router>>,
    pub(super) planned: Mutex<Vec<Planned>>,
    pub(super) green: Mutex<BTreeSet<String>>,
    pub(super) meta: Mutex<BTreeSet<String>>,
}

pub(crate) fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Net {
    pub(super) fn now_ms(&self) -> i64 {
        self.clock.now().timestamp_millis()
    }

    pub(super) fn channel(&self, who: &str) -> Channel {
        let is_green_pro = pro_phone(who).is_some() && !locked(&self.meta).contains(who);
        if is_green_pro || locked(&self.green).contains(who) { Channel::Green } else { Channel::Meta }
    }

    pub(super) fn writes(&self, who: &str, text: &str) {
        let channel = self.channel(who);
        locked(&self.emulator).phone_sends_text(self.now_ms(), channel, &phone(who), name(who), text);
    }

    /// Posts what the providers have to say by now. Returns whether there was anything.
    pub(super) async fn post_webhooks(&self) -> bool {
        let posts = locked(&self.emulator).due_webhooks(self.now_ms());
        let any = !posts.is_empty();
        for post in posts {
            let router = locked(&self.router).clone();
            let status = match router {
                Some(router) => call(router, &post).await,
                None => 0,
            };
            locked(&self.emulator).webhook_answered(self.now_ms(), post.id, status);
        }
        any
    }

    /// Lets time pass while somebody waits: what people planned happens in it, and the providers tell of it.
    async fn pass(&self, by: Duration) {
        let end = self.clock.now() + by;
        loop {
            let next = {
                let planned = locked(&self.planned).iter().map(|planned| planned.at).min();
                let webhook =
                    locked(&self.emulator).next_webhook_at().and_then(DateTime::from_timestamp_millis);
                planned.into_iter().chain(webhook).min().filter(|next| *next <= end)
            };
            let Some(next) = next else { break };
            self.clock.set(next.max(self.clock.now()));
            self.send_planned();
            if !self.post_webhooks().await && locked(&self.planned).is_empty() {
                break;
            }
        }
        self.clock.set(end.max(self.clock.now()));
    }

    pub(super) fn send_planned(&self) {
        let now = self.clock.now();
        let due: Vec<Planned> = {
            let mut planned = locked(&self.planned);
            let (due, later) = planned.drain(..).partition(|planned| planned.at <= now);
            *planned = later;
            due
        };
        for message in due {
            self.writes(&message.who, &message.text);
        }
    }

    /// Plays the network for one request.
    pub(super) async fn answer(self: Arc<Self>, request: Request) -> Result<Response, TransportError> {
        let (wait, result) = hand_over(&self.emulator, self.now_ms(), request)?;
        if wait > Duration::zero() {
            self.pass(wait).await;
        }
        result
    }
}

/// Hands a request to its provider: how long the bot waits for the end of it, and what that is.
pub(crate) fn hand_over(
    emulator: &Mutex<emulator::World>,
    now_ms: i64,
    request: Request,
) -> Result<(Duration, Result<Response, TransportError>), TransportError> {
    let provider = Provider::of_path(request.url.path()).ok_or(TransportError::Connect)?;
    let target = request.url.path().to_owned()
        + &request.url.query().map(|query| format!("?{query}")).unwrap_or_default();
    let mut wire = http::Request::builder().method(request.method).uri(target);
    if let Some(headers) = wire.headers_mut() {
        *headers = request.headers;
    }
    let wire = wire.body(request.body).map_err(|_| TransportError::NotAllowed)?;
    let outcome = locked(emulator).handle(now_ms, provider, wire);
    let timeout = Duration::from_std(request.timeout).unwrap_or(Duration::seconds(30));
    let delay = Duration::milliseconds(i64::try_from(outcome.delay_ms).unwrap_or(i64::MAX));
    Ok(match outcome.reply {
        Reply::Answer(_) if delay >= timeout => (timeout, Err(TransportError::Timeout)),
        Reply::Answer(answer) => {
            let (parts, body) = answer.into_parts();
            (delay, Ok(Response { status: parts.status, headers: parts.headers, body }))
        }
        Reply::Hang => (timeout, Err(TransportError::Timeout)),
        Reply::Dropped => (delay.min(timeout), Err(TransportError::Broken)),
    })
}

/// Posts one webhook through the routes; 0 stands for no answer.
pub(crate) async fn call(router: Router, post: &emulator::WebhookPost) -> u16 {
    let mut request = http::Request::builder().method(post.method.clone()).uri(post.path.clone());
    if let Some(headers) = request.headers_mut() {
        headers.clone_from(&post.headers);
    }
    let Ok(request) = request.body(Body::from(post.body.clone())) else { return 0 };
    router.oneshot(request).await.map_or(0, |response| response.status().as_u16())
}
