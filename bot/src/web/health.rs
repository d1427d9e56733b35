//! Whether the process is alive, whether it can serve and why not, and its counters.

use crate::app::App;
use axum::extract::State;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use axum::{Json, Router};
use serde_json::json;
use std::sync::Arc;
use std::time::Duration;

/// How long the store may take to answer before this server is not ready: monitors give up soon after.
const ANSWERS_WITHIN: Duration = Duration::from_millis(1_500);

/// The routes.
pub fn router(app: Arc<App>) -> Router {
    Router::new()
        .route("/healthz", get(|| async { "ok" }))
        .route("/readyz", get(ready))
        .route("/metrics", get(metrics))
        .with_state(app)
}

async fn ready(State(app): State<Arc<App>>) -> Response {
    let mut reasons = Vec::new();
    let asked = async { tokio::join!(app.store.ping(), app.business(), app.store.workload(app.now())) };
    let jobs = match tokio::time::timeout(ANSWERS_WITHIN, asked).await {
        Ok((pinged, business, jobs)) => {
            if let Err(error) = pinged {
                reasons.push(format!("store: {error}"));
            }
            match business {
                Ok(Some(_)) => {}
                Ok(None) => {
                    reasons.push("business: none yet, run `fixi business import FILE.toml`".to_owned())
                }
                Err(error) => reasons.push(format!("business: {error}")),
            }
            jobs.ok()
        }
        Err(_) => {
            reasons.push(format!("store: no answer within {} ms", ANSWERS_WITHIN.as_millis()));
            None
        }
    };
    if app.config.accounts.is_empty() {
        reasons.push("channels: no account is set, see GREEN_API_ID and META_WA_PHONE_NUMBER_ID".to_owned());
    }
    let jobs = jobs.map(|jobs| json!({ "ready": jobs.due, "running": jobs.running, "dead": jobs.dead }));
    let models: Vec<_> = app
        .models
        .health(app.now())
        .into_iter()
        .map(|(model, available)| json!({ "model": model.as_str(), "available": available }))
        .collect();
    let status = if reasons.is_empty() { StatusCode::OK } else { StatusCode::SERVICE_UNAVAILABLE };
    let body = json!({ "ready": reasons.is_empty(), "reasons": reasons, "jobs": jobs, "models": models });
    (status, Json(body)).into_response()
}

async fn metrics(State(app): State<Arc<App>>) -> Response {
    (
        [(header::CONTENT_TYPE, "application/openmetrics-text; version=1.0.0; charset=utf-8")],
        app.counters.text(),
    )
        .into_response()
}
