//! The way from an operator's program to the bot: every route as a typed method, and the live events as a stream that
//! heals. It decides nothing, keeps nothing on disk, and its errors name neither tokens nor people.

mod failure;
mod live;
mod routes;

pub use failure::Failure;
pub use live::{Live, Signal};

use crate::error::Refused;
use crate::{IDEMPOTENCY_KEY, ROOT};
use reqwest::header::{ACCEPT, AUTHORIZATION, CONTENT_TYPE, HeaderValue};
use reqwest::{Method, Response, Url};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;
use std::fmt;
use std::time::Duration;

/// Names the business that is looked at.
pub const BUSINESS: &str = "Fixi-Business";

/// How long an answer may take.
const TIMEOUT: Duration = Duration::from_secs(20);
/// How long a connection may take.
const CONNECT_TIMEOUT: Duration = Duration::from_secs(5);
/// An answer longer than this is not read further.
const LONGEST_ANSWER: usize = 32 * 1024 * 1024;

/// A way to one server, signed in or not. Cheap to clone.
#[derive(Clone)]
pub struct Client {
    http: reqwest::Client,
    base: Url,
    token: Option<HeaderValue>,
    business: Option<HeaderValue>,
}

impl fmt::Debug for Client {
    /// Names the host only.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Client({})", self.base.host_str().unwrap_or("?"))
    }
}

impl Client {
    /// A way to the server at this address, such as `https://bot.example.com` or `http://127.0.0.1:8080`.
    ///
    /// # Errors
    /// When the address cannot be one, or would send a token in the clear to another machine.
    pub fn new(address: &str) -> Result<Self, Failure> {
        let mut base = Url::parse(address.trim()).map_err(|_| Failure::BadAddress)?;
        if base.host_str().is_none() || base.cannot_be_a_base() {
            return Err(Failure::BadAddress);
        }
        if !may_be_called(&base) {
            return Err(Failure::Insecure);
        }
        base.set_query(None);
        base.set_fragment(None);
        let path = format!("{}{ROOT}/", base.path().trim_end_matches('/'));
        base.set_path(&path);
        // The provider belongs to the process; an error only says that it is installed already.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let http = reqwest::Client::builder()
            .redirect(reqwest::redirect::Policy::none())
            .connect_timeout(CONNECT_TIMEOUT)
            .user_agent(concat!("fixi-admin/", env!("CARGO_PKG_VERSION")))
            .build()
            .map_err(|_| Failure::NoCertificates)?;
        Ok(Self { http, base, token: None, business: None })
    }

    /// The same with this session, or with none.
    #[must_use]
    pub fn signed_in(&self, token: Option<&str>) -> Self {
        let token = token.and_then(|token| HeaderValue::from_str(&format!("Bearer {token}")).ok()).map(
            |mut value| {
                value.set_sensitive(true);
                value
            },
        );
        Self { token, ..self.clone() }
    }

    /// The same, looking at the business with this key; at the user's own with none.
    #[must_use]
    pub fn looking_at(&self, business: Option<&str>) -> Self {
        let business = business.and_then(|key| HeaderValue::from_str(key).ok());
        Self { business, ..self.clone() }
    }

    /// Where the server is, without the path of the API.
    #[must_use]
    pub fn host(&self) -> String {
        let port = self.base.port().map(|port| format!(":{port}")).unwrap_or_default();
        format!("{}{port}", self.base.host_str().unwrap_or_default())
    }

    fn url(&self, path: &[&str]) -> Url {
        let mut url = self.base.clone();
        // An address with a host always has segments.
        if let Ok(mut segments) = url.path_segments_mut() {
            segments.pop_if_empty().extend(path);
        }
        url
    }

    fn request(&self, method: Method, url: Url) -> reqwest::RequestBuilder {
        let mut request = self.http.request(method, url);
        if let Some(token) = &self.token {
            request = request.header(AUTHORIZATION, token.clone());
        }
        if let Some(business) = &self.business {
            request = request.header(BUSINESS, business.clone());
        }
        request
    }

    /// Asks for something. `query` becomes the address's query: an object without nesting.
    async fn get<T: DeserializeOwned>(&self, path: &[&str], query: &impl Serialize) -> Result<T, Failure> {
        let body = self.get_bytes(path, query).await?;
        serde_json::from_slice(&body).map_err(|_| Failure::Unreadable)
    }

    async fn get_bytes(&self, path: &[&str], query: &impl Serialize) -> Result<Vec<u8>, Failure> {
        let mut url = self.url(path);
        add_query(&mut url, query);
        let request =
            self.request(Method::GET, url).header(ACCEPT, "application/json, text/csv").timeout(TIMEOUT);
        read(request.send().await.map_err(|error| Failure::of(&error))?).await
    }

    /// Changes something. The key makes it safe to ask again, which happens once when the connection is lost after the
    /// request may have arrived.
    async fn change<T: DeserializeOwned>(
        &self,
        method: Method,
        path: &[&str],
        body: &impl Serialize,
        key: &str,
    ) -> Result<T, Failure> {
        let body = serde_json::to_vec(body).map_err(|_| Failure::Unreadable)?;
        let mut again = true;
        let answer = loop {
            let request = self
                .request(method.clone(), self.url(path))
                .header(CONTENT_TYPE, "application/json")
                .header(IDEMPOTENCY_KEY, key)
                .body(body.clone())
                .timeout(TIMEOUT);
            let answer = match request.send().await {
                Ok(response) => read(response).await,
                Err(error) => Err(Failure::of(&error)),
            };
            match answer {
                Err(Failure::Lost) if again => again = false,
                answer => break answer?,
            }
        };
        // Some changes answer nothing.
        let text: &[u8] = if answer.is_empty() { b"null" } else { &answer };
        serde_json::from_slice(text).map_err(|_| Failure::Unreadable)
    }
}

/// Only https, except to this machine: a token must not travel in the clear.
fn may_be_called(url: &Url) -> bool {
    let host = url.host_str().unwrap_or_default();
    let address = host.trim_start_matches('[').trim_end_matches(']');
    let here = host == "localhost" || address.parse::<std::net::IpAddr>().is_ok_and(|ip| ip.is_loopback());
    url.scheme() == "https" || (url.scheme() == "http" && here)
}

fn add_query(url: &mut Url, query: &impl Serialize) {
    let Ok(Value::Object(fields)) = serde_json::to_value(query) else { return };
    if fields.is_empty() {
        return;
    }
    let mut pairs = url.query_pairs_mut();
    for (name, value) in fields {
        match value {
            Value::Null | Value::Array(_) | Value::Object(_) => {}
            Value::String(text) => drop(pairs.append_pair(&name, &text)),
            value @ (Value::Bool(_) | Value::Number(_)) => drop(pairs.append_pair(&name, &value.to_string())),
        }
    }
}

/// The whole answer of a success; else why not.
async fn read(mut response: Response) -> Result<Vec<u8>, Failure> {
    let status = response.status();
    let mut body = Vec::new();
    while let Some(piece) = response.chunk().await.map_err(|error| Failure::of(&error))? {
        if body.len() + piece.len() > LONGEST_ANSWER {
            return Err(Failure::Unreadable);
        }
        body.extend_from_slice(&piece);
    }
    if status.is_success() {
        return Ok(body);
    }
    match serde_json::from_slice::<Refused>(&body) {
        Ok(refused) => Err(Failure::Refused(Box::new(refused))),
        // Something answers, but it is not a bot that knows this API.
        Err(_) => Err(Failure::NotFixi { status: status.as_u16() }),
    }
}

#[cfg(test)]
mod tests;
