//! Gemini: one question, one request, one answer or the reason why there is none. It never tries twice, chooses no
//! model and believes nothing that a model says.

mod wire;

use super::cost::Usage;
use super::failure::Failure;
use super::name::ModelName;
use crate::outside::{Request, Transport, TransportError, Url};
use agents::turn::Line;
use http::{HeaderName, Method};
use secrecy::{ExposeSecret, SecretString};
use serde_json::Value;
use std::fmt;
use std::time::Duration;

/// Where Google answers.
pub const GOOGLE: &str = "https://generativelanguage.googleapis.com";

/// The key stands in a header, never in the address: addresses end up in logs.
const KEY: HeaderName = HeaderName::from_static("x-goog-api-key");

/// The longest response that is read. An answer at the limit of its length is far below.
const LONGEST_RESPONSE: usize = 256 * 1024;

/// How Gemini is reached.
#[derive(Clone)]
pub struct Settings {
    /// The key.
    pub api_key: SecretString,
    /// The address before `/v1beta`; [`GOOGLE`] unless something stands in for it.
    pub base_url: Url,
}

impl fmt::Debug for Settings {
    /// Names the host only.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "gemini::Settings({})", self.base_url.host_str().unwrap_or("?"))
    }
}

/// What a model is asked, in nobody's wire format.
pub(super) struct Prompt {
    /// The instructions.
    pub(super) system: String,
    /// The conversation.
    pub(super) lines: Vec<Line>,
    /// The schema of the answer.
    pub(super) schema: &'static Value,
}

/// How a request ended.
pub(super) struct Generated {
    /// The model's words, or why there are none.
    pub(super) text: Result<String, Failure>,
    /// What it took; worthless answers cost, too.
    pub(super) usage: Option<Usage>,
}

/// Asks a model once.
pub(super) async fn generate(
    settings: &Settings,
    transport: &Transport,
    model: &ModelName,
    prompt: &Prompt,
    timeout: Duration,
) -> Generated {
    let mut url = settings.base_url.clone();
    url.set_path(&format!("{}/v1beta/models/{model}:generateContent", url.path().trim_end_matches('/')));
    url.set_query(None);
    let request = Request { timeout, limit: LONGEST_RESPONSE, ..Request::new(Method::POST, url) }
        .json(&wire::body(model, prompt))
        .secret_header(KEY, settings.api_key.expose_secret());
    match transport.send(request).await {
        Ok(response) => wire::read(model, &response),
        Err(error) => {
            let failure = match error {
                TransportError::Timeout => Failure::Timeout,
                TransportError::Connect | TransportError::Broken => Failure::Connection,
                TransportError::NotAllowed => Failure::Refused,
                TransportError::TooLarge => Failure::Unreadable,
            };
            Generated { text: Err(failure), usage: None }
        }
    }
}
