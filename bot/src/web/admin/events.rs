//! Live events, server-sent: what changes in the business, as ids without words. A reader that comes back gets what it
//! missed or learns that it is gone; one that is too slow is cut off and told so when it reads again; one whose session
//! ended gets nothing more.

use super::call::Call;
use super::guard;
use super::refusal::Refusal;
use super::route::{Nothing, Route};
use crate::app::App;
use crate::store::news::{self, Feed, News};
use admin_api::access::Action;
use admin_api::event::Event;
use agents::id::BusinessId;
use axum::body::{Body, Bytes};
use axum::http::{HeaderMap, header};
use axum::response::{IntoResponse, Response};
use futures::stream::{self, StreamExt};
use std::collections::VecDeque;
use std::convert::Infallible;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::broadcast::Receiver;
use tokio::sync::broadcast::error::RecvError;

/// How often a quiet stream says that it is alive, and looks whether its session is.
const HEARTBEAT: Duration = Duration::from_secs(15);
/// Where a reader goes on.
const LAST_EVENT_ID: &str = "last-event-id";

pub(super) fn routes() -> Vec<Route> {
    let about = "What changes, as it happens: server-sent events.";
    vec![Route::raw("/events", Action::Read, about, "text/event-stream", listen)]
}

async fn listen(call: Call<Nothing>, headers: HeaderMap) -> Result<Response, Refusal> {
    let feed = call.app.store.news().clone();
    let last = headers.get(LAST_EVENT_ID).and_then(|id| id.to_str().ok());
    let after = last.map(|id| place(&feed, id));
    let watch = feed.watch(after.flatten());
    let mut ready = VecDeque::from([Bytes::from_static(b": hello\n\n")]);
    let business = call.business().id.clone();
    match (after, watch.missed) {
        (None, _) => ready.push_back(mark(&feed, watch.last)),
        (Some(_), Some(missed)) => {
            ready.extend(missed.iter().filter_map(|news| told(&feed, &business, news)));
        }
        (Some(_), None) => ready.push_back(written(&feed, watch.last, &Event::Resync)),
    }
    let token = guard::token(&headers).unwrap_or_default().to_owned();
    let reader = Reader { app: call.app, feed, business, token, ready, live: Some(watch.live) };
    let body = Body::from_stream(stream::unfold(reader, next).map(Ok::<_, Infallible>));
    Ok(([(header::CONTENT_TYPE, "text/event-stream"), (header::CACHE_CONTROL, "no-cache")], body)
        .into_response())
}

struct Reader {
    app: Arc<App>,
    feed: Feed,
    business: BusinessId,
    token: String,
    ready: VecDeque<Bytes>,
    /// None once the stream is to end.
    live: Option<Receiver<News>>,
}

/// The next piece of the stream; none at its end.
async fn next(mut reader: Reader) -> Option<(Bytes, Reader)> {
    loop {
        if let Some(piece) = reader.ready.pop_front() {
            return Some((piece, reader));
        }
        let live = reader.live.as_mut()?;
        match tokio::time::timeout(HEARTBEAT, live.recv()).await {
            Ok(Ok(news)) => {
                if news.event == news::Event::Closing {
                    return None;
                }
                reader.ready.extend(told(&reader.feed, &reader.business, &news));
            }
            Ok(Err(RecvError::Lagged(_))) => {
                let last = reader.feed.watch(None).last;
                reader.ready.push_back(written(&reader.feed, last, &Event::Resync));
                reader.live = None;
            }
            Ok(Err(RecvError::Closed)) => return None,
            Err(_) => {
                let now = reader.app.now();
                match guard::session(&reader.app.store, &reader.token, now).await {
                    Ok(Some(_)) => reader.ready.push_back(Bytes::from_static(b": alive\n\n")),
                    Ok(None) | Err(_) => return None,
                }
            }
        }
    }
}

/// The number behind an id of ours; none for one of another life of the server.
fn place(feed: &Feed, id: &str) -> Option<u64> {
    let (life, number) = id.split_once('-')?;
    (u64::from_str_radix(life, 16) == Ok(feed.life())).then(|| number.parse().ok())?
}

/// News of this business as it is written; none for news of others.
fn told(feed: &Feed, business: &BusinessId, news: &News) -> Option<Bytes> {
    if news.business.as_ref().is_some_and(|of| of != business) {
        return None;
    }
    let event = match &news.event {
        news::Event::Lead { id, number, version } => {
            Event::Lead { id: id.to_string(), number: *number, version: *version }
        }
        news::Event::Conversation { id } => Event::Conversation { id: id.to_string() },
        news::Event::Delivery { conversation } => Event::Delivery { conversation: conversation.to_string() },
        news::Event::Pro { id } => Event::Pro { id: id.to_string() },
        news::Event::Appointment { id, pro } => {
            Event::Appointment { id: id.to_string(), pro: pro.to_string() }
        }
        news::Event::Business => Event::Settings,
        news::Event::Jobs => Event::Jobs,
        news::Event::Anything => Event::Resync,
        news::Event::Closing => return None,
    };
    Some(written(feed, news.number, &event))
}

fn written(feed: &Feed, number: u64, event: &Event) -> Bytes {
    let data = serde_json::to_string(event).unwrap_or_default();
    Bytes::from(format!("id: {:x}-{number}\ndata: {data}\n\n", feed.life()))
}

/// An id without an event, so that a reader who is cut off before the first one knows where it was. Readers keep it and
/// dispatch nothing.
fn mark(feed: &Feed, number: u64) -> Bytes {
    Bytes::from(format!("id: {:x}-{number}\n\n", feed.life()))
}
