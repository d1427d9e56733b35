//! Tells the operator on Telegram what cannot wait. An alert is marked as told after Telegram took it: a process that dies
//! in between tells it twice, which is better than never.

use super::{JobError, Outcome};
use crate::app::App;
use crate::config::Telegram;
use crate::outside::{Request, Url};
use crate::store::StoreError;
use crate::store::documents::{Commit, Document, Expect};
use http::Method;
use secrecy::ExposeSecret;
use serde_json::json;

/// How many alerts one run tells.
const MOST: u32 = 50;
/// How often an alert is tried before it is left to the list of what waits for a person.
const TRIES: u32 = 60;

/// Tells what waits.
pub(super) async fn run(app: &App) -> Result<Outcome, JobError> {
    let Some(telegram) = &app.config.telegram else {
        return Ok(Outcome { key: "no_telegram", counts: Vec::new() });
    };
    let Some(business) = app.business().await? else {
        return Ok(Outcome { key: "no_business", counts: Vec::new() });
    };
    let (mut told, mut failed) = (0, 0);
    for stored in app.store.waiting_alerts(&business.value.id, MOST).await? {
        let mut alert = stored.value;
        let sent = !app.config.dry_run && send(app, telegram, &alert.words).await;
        if sent {
            alert.waits = false;
            alert.told_at = Some(app.now());
            alert.failures = 0;
            told += 1;
        } else {
            alert.failures = alert.failures.saturating_add(1);
            // After an hour it is old news; its lead is still in the list of what waits for a person.
            alert.waits = alert.failures < TRIES;
            failed += 1;
        }
        let documents = vec![(Expect::Version(stored.version), Document::Alert(alert))];
        match app.store.commit(Commit { documents, ..Commit::default() }, app.now()).await {
            // It occurred again meanwhile, which counts and asks for nothing more.
            Ok(()) | Err(StoreError::Version { .. }) => {}
            Err(error) => return Err(error.into()),
        }
    }
    Ok(Outcome { key: "told", counts: vec![("told", told), ("failed", failed)] })
}

/// Whether Telegram took it.
async fn send(app: &App, telegram: &Telegram, words: &str) -> bool {
    let address = format!("{}/bot{}/sendMessage", telegram.base_url, telegram.token.expose_secret());
    let Ok(url) = Url::parse(&address) else { return false };
    let text: String = words.chars().take(4_000).collect();
    let request = Request::new(Method::POST, url).json(&json!({ "chat_id": telegram.chat, "text": text }));
    match app.outside.transport.send(request).await {
        Ok(response) if response.status.is_success() => true,
        Ok(response) => {
            tracing::warn!(http.status = response.status.as_u16(), "Telegram refused an alert");
            false
        }
        Err(error) => {
            tracing::warn!(%error, "Telegram could not be reached");
            false
        }
    }
}
