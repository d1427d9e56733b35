//! Whether the process is alive, whether it can serve and why not, and its counters.

use crate::app::App;
use crate::store::outer::AccountHealth;
use axum::extract::State;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use axum::{Json, Router};
use serde_json::{Value, json};
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
    let asked = tokio::time::timeout(ANSWERS_WITHIN, asked);
    // Side by side, so that a store that does not answer is waited for once.
    let (asked, (accounts, warnings)) = tokio::join!(asked, accounts(&app));
    let jobs = match asked {
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
        .flatten()
        .map(|(model, available)| json!({ "model": model.as_str(), "available": available }))
        .collect();
    let status = if reasons.is_empty() { StatusCode::OK } else { StatusCode::SERVICE_UNAVAILABLE };
    let body = json!({
        "ready": reasons.is_empty(), "reasons": reasons, "warnings": warnings, "jobs": jobs, "models": models,
        "accounts": accounts,
    });
    (status, Json(body)).into_response()
}

/// How the accounts at the providers stand, and what is wrong with them. That nothing can be sent is no reason to take
/// nothing in, so it does not make the server unready.
async fn accounts(app: &App) -> (Vec<Value>, Vec<String>) {
    let mut warnings = Vec::new();
    let known = async { tokio::join!(app.store.accounts(), app.business()) };
    let Ok((Ok(known), Ok(business))) = tokio::time::timeout(ANSWERS_WITHIN, known).await else {
        return (Vec::new(), warnings);
    };
    if business.is_some_and(|business| business.value.sending_stopped_at.is_some()) {
        warnings.push("sending: stopped by hand, `fixi resume` lets messages leave again".to_owned());
    }
    let shown = app.config.accounts.iter().map(|account| {
        let channel = account.channel().key();
        let health = AccountHealth::among(&known, account.channel(), account.account());
        let stopped = health.and_then(|stored| stored.value.stopped.as_ref());
        app.counters.account_stopped(channel, stopped.is_some());
        if let Some(stopped) = stopped {
            let since = stopped.since.format("%Y-%m-%d %H:%M");
            warnings.push(format!("{channel}: nothing leaves since {since} UTC ({})", stopped.reason));
        }
        json!({
            "channel": channel, "works": stopped.is_none(), "reason": stopped.map(|stopped| &stopped.reason),
            "since": stopped.map(|stopped| stopped.since),
        })
    });
    (shown.collect(), warnings)
}

async fn metrics(State(app): State<Arc<App>>) -> Response {
    // The gauges of the accounts are those of the store: another process may have found one stopped.
    accounts(&app).await;
    (
        [(header::CONTENT_TYPE, "application/openmetrics-text; version=1.0.0; charset=utf-8")],
        app.counters.text(),
    )
        .into_response()
}
