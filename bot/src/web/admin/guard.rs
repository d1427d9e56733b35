//! Who asks: a session behind a bearer token, its user and the business that is looked at; and whether the same request
//! was made before. It lets in or refuses, and changes nothing but when a session was last used.

use super::refusal::Refusal;
use crate::app::App;
use crate::operators::{IDLE, LONGEST_SESSION, id_of_token};
use crate::store::documents::{Answered, Document, Expect, Session, Stored, User};
use crate::store::{Store, StoreError};
use admin_api::access::Role;
use agents::business::Business;
use agents::id::BusinessId;
use axum::http::{HeaderMap, header};
use chrono::{DateTime, TimeDelta, Utc};
use sha2::{Digest, Sha256};
use std::fmt::Write as _;
use std::sync::Arc;
use subtle::ConstantTimeEq;

/// How often its use is written down at most.
const USE_KEPT: TimeDelta = TimeDelta::minutes(1);
/// The header that chooses a business, for whoever sees several.
pub(crate) const BUSINESS: &str = "fixi-business";
/// The longest idempotency key.
const LONGEST_KEY: usize = 200;

/// Who asks, and in which business.
#[derive(Clone, Debug)]
pub(crate) struct Caller {
    /// The user's name.
    pub(crate) name: String,
    /// What they may do.
    pub(crate) role: Role,
    /// The business that is looked at.
    pub(crate) business: Arc<Stored<Business>>,
    /// The session.
    pub(crate) session: Stored<Session>,
}

/// The digest of a secret, in hexadecimal digits.
pub(crate) fn digest(parts: &[&[u8]]) -> String {
    let mut hash = Sha256::new();
    for part in parts {
        // The length before each part, so that no two lists of parts look the same.
        hash.update((part.len() as u64).to_le_bytes());
        hash.update(part);
    }
    let mut text = String::with_capacity(64);
    for byte in hash.finalize() {
        let _ = write!(text, "{byte:02x}");
    }
    text
}

/// The session and the user behind a token, if both are good at `now`.
pub(crate) async fn session(
    store: &Store,
    token: &str,
    now: DateTime<Utc>,
) -> Result<Option<(Stored<Session>, Stored<User>)>, StoreError> {
    let id = id_of_token(token);
    let Some(session) = store.session(&id).await? else { return Ok(None) };
    // The store compared digests; this makes it certain that nothing shorter was enough.
    let is_same: bool = session.value.id.as_bytes().ct_eq(id.as_bytes()).into();
    if !is_same || session.value.ends_at <= now {
        return Ok(None);
    }
    let Some(user) = store.user(&session.value.user).await? else { return Ok(None) };
    let is_good = user.value.active
        && user.value.epoch == session.value.epoch
        && user.value.business == session.value.business;
    Ok(is_good.then_some((session, user)))
}

/// The token of a request.
pub(super) fn token(headers: &HeaderMap) -> Option<&str> {
    let value = headers.get(header::AUTHORIZATION)?.to_str().ok()?;
    let (scheme, token) = value.split_once(' ')?;
    scheme.eq_ignore_ascii_case("bearer").then(|| token.trim()).filter(|token| !token.is_empty())
}

/// Lets in whoever has a session.
pub(super) async fn caller(app: &App, headers: &HeaderMap, now: DateTime<Utc>) -> Result<Caller, Refusal> {
    let token = token(headers).ok_or_else(Refusal::sign_in_again)?;
    let found = session(&app.store, token, now).await?;
    let (session, user) = found.ok_or_else(Refusal::sign_in_again)?;
    let user = user.value;
    let wanted = match headers.get(BUSINESS) {
        None => user.business.clone(),
        Some(key) => BusinessId::new(key.to_str().map_err(|_| Refusal::not_found())?),
    };
    if wanted != user.business
        && !admin_api::access::allow(user.role, admin_api::access::Action::SeeBusinesses)
    {
        return Err(Refusal::not_found());
    }
    let business = app.store.business(&wanted).await?.ok_or_else(Refusal::not_found)?;
    let session = keep_alive(app, session, now).await?;
    Ok(Caller { name: user.name, role: user.role, business: Arc::new(business), session })
}

/// Moves the end of a session on. Two requests at once may both want to; one of them is enough.
async fn keep_alive(
    app: &App,
    session: Stored<Session>,
    now: DateTime<Utc>,
) -> Result<Stored<Session>, StoreError> {
    if now - session.value.used_at < USE_KEPT {
        return Ok(session);
    }
    let value = Session {
        used_at: now,
        ends_at: (now + IDLE).min(session.value.created_at + LONGEST_SESSION),
        ..session.value.clone()
    };
    let write = (Expect::Version(session.version), Document::Session(value.clone()));
    match app.store.put_documents(vec![write], now).await {
        Ok(()) => Ok(Stored { value, version: session.version + 1 }),
        Err(StoreError::Version { .. }) => Ok(session),
        Err(error) => Err(error),
    }
}

/// By what a request is known when it comes again.
#[derive(Clone, Debug)]
pub(crate) struct Key {
    /// Made of the user and the caller's key.
    pub(crate) id: String,
    /// The digest of the request.
    pub(crate) request: String,
    /// The version of an older answer whose day is over.
    pub(crate) over: Option<u64>,
}

impl Key {
    /// The key of a request, if it has one.
    pub(super) fn of(
        caller: &Caller,
        headers: &HeaderMap,
        request: &[&[u8]],
    ) -> Result<Option<Self>, Refusal> {
        let Some(key) = headers.get(admin_api::IDEMPOTENCY_KEY) else { return Ok(None) };
        let bytes = key.as_bytes();
        if bytes.is_empty() || bytes.len() > LONGEST_KEY {
            return Err(Refusal::invalid("Idempotency-Key: must have 1 to 200 characters"));
        }
        let id = digest(&[caller.name.as_bytes(), bytes]);
        let business = caller.business.value.id.as_str().as_bytes();
        let parts: Vec<&[u8]> = std::iter::once(business).chain(request.iter().copied()).collect();
        Ok(Some(Self { id, request: digest(&parts), over: None }))
    }

    /// The answer that the same request had before. Remembers an answer that is over, so that it can be replaced.
    pub(super) async fn earlier(
        &mut self,
        store: &Store,
        now: DateTime<Utc>,
    ) -> Result<Option<Answered>, Refusal> {
        let Some(stored) = store.answered(&self.id).await? else { return Ok(None) };
        if stored.value.ends_at <= now {
            self.over = Some(stored.version);
            return Ok(None);
        }
        if stored.value.request != self.request {
            return Err(Refusal::invalid("Idempotency-Key: was used for another request; make a new one"));
        }
        if stored.value.status == 0 {
            return Err(Refusal::not_now("this was done, but its answer was lost; look at it as it is now"));
        }
        Ok(Some(stored.value))
    }

    /// Keeps the answer of a request that is done. One that is lost is no harm: nothing is done twice either way.
    pub(super) async fn keep(&self, store: &Store, status: u16, body: &str, now: DateTime<Utc>) {
        let kept = async {
            let Some(stored) = store.answered(&self.id).await? else { return Ok(()) };
            let answered = Answered { status, body: body.to_owned(), ..stored.value };
            let write = (Expect::Version(stored.version), Document::Answered(answered));
            store.put_documents(vec![write], now).await
        };
        if let Err(error) = kept.await {
            tracing::warn!(%error, "the answer to a request could not be kept for its repetition");
        }
    }
}
