//! The addresses that providers call. A body is proven over its raw bytes before anything else is done with it, and
//! answered with 200 only once everything in it is durable.

use crate::app::App;
use crate::channels::{self, Verified, green_api, meta};
use crate::pipeline::receive::{ReceiveError, receive};
use crate::store::StoreError;
use agents::message::Channel;
use axum::Router;
use axum::body::Bytes;
use axum::extract::{DefaultBodyLimit, RawQuery, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use std::sync::Arc;
use std::time::Duration;

/// The largest body that is read: Meta sends up to 3 MB.
pub const LARGEST_BODY: usize = 4 * 1024 * 1024;

/// How long making a body durable may take. Providers give up soon after, and repeat it either way.
const DURABLE_WITHIN: Duration = Duration::from_millis(4_500);

/// The routes of all providers.
pub fn router(app: Arc<App>) -> Router {
    Router::new()
        .route("/webhook", post(from_green_api))
        .route("/webhook/green-api", post(from_green_api))
        .route("/webhook/meta", get(meta_handshake).post(from_meta))
        .layer(DefaultBodyLimit::max(LARGEST_BODY))
        .with_state(app)
}

async fn from_green_api(State(app): State<Arc<App>>, headers: HeaderMap, body: Bytes) -> Response {
    for account in &app.config.accounts {
        if let channels::Settings::GreenApi(green_api::Settings { webhook_token: Some(token), .. }) = account
            && let Ok(verified) = green_api::verify(token, &headers, body.clone())
        {
            return answer(&app, Channel::GreenApi, &verified).await;
        }
    }
    refuse(&app, Channel::GreenApi)
}

async fn from_meta(State(app): State<Arc<App>>, headers: HeaderMap, body: Bytes) -> Response {
    for account in &app.config.accounts {
        if let channels::Settings::Meta(meta::Settings { app_secret, .. }) = account
            && let Ok(verified) = meta::verify(app_secret, &headers, body.clone())
        {
            return answer(&app, Channel::Meta, &verified).await;
        }
    }
    refuse(&app, Channel::Meta)
}

async fn meta_handshake(State(app): State<Arc<App>>, RawQuery(query): RawQuery) -> Response {
    let query = query.unwrap_or_default();
    for account in &app.config.accounts {
        if let channels::Settings::Meta(meta::Settings { verify_token, .. }) = account
            && let Some(challenge) = meta::handshake(&query, verify_token)
        {
            return challenge.into_response();
        }
    }
    app.counters.refused(Channel::Meta.key(), "handshake");
    StatusCode::FORBIDDEN.into_response()
}

fn refuse(app: &App, channel: Channel) -> Response {
    app.counters.refused(channel.key(), "unauthorized");
    tracing::warn!(channel = channel.key(), "a webhook with a wrong or missing proof was refused");
    StatusCode::UNAUTHORIZED.into_response()
}

async fn answer(app: &App, channel: Channel, verified: &Verified) -> Response {
    // A caller that stops waiting undoes no write: what was made durable after all is known when it is repeated.
    let received = tokio::time::timeout(DURABLE_WITHIN, receive(app, verified)).await;
    let too_slow = || Err(ReceiveError::Store(StoreError::Unavailable("no answer in time".to_owned())));
    match received.unwrap_or_else(|_| too_slow()) {
        Ok(()) => StatusCode::OK.into_response(),
        // Green API repeats a body until it is taken and sends nothing else meanwhile: an unreadable one is kept, and
        // taken.
        Err(ReceiveError::Unreadable(_)) => match channel {
            Channel::GreenApi => StatusCode::OK.into_response(),
            Channel::Meta => StatusCode::BAD_REQUEST.into_response(),
        },
        Err(ReceiveError::Store(error)) => {
            app.counters.event(channel.key(), "not_accepted");
            tracing::error!(channel = channel.key(), %error, "a webhook could not be made durable; the provider will repeat it");
            StatusCode::SERVICE_UNAVAILABLE.into_response()
        }
    }
}
