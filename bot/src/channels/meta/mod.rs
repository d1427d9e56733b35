//! WhatsApp through Meta's Cloud API. It never stores and never decides what to say.

mod content;
pub(super) mod inbound;
pub(super) mod outbound;
mod refusal;
mod wire;

use super::compose::{Abilities, ButtonLimits};
use super::verify::{self, Unauthorized, Verified};
use crate::outside::Url;
use agents::message::Channel;
use bytes::Bytes;
use http::{HeaderMap, HeaderName};
use secrecy::{ExposeSecret, SecretString};

/// Where the Cloud API is, and which version of it.
pub const DEFAULT_BASE_URL: &str = "https://graph.facebook.com/v24.0";

/// What a number on the Cloud API can do.
pub const ABILITIES: Abilities = Abilities {
    longest_text: 4096,
    buttons: Some(ButtonLimits { most: 3, longest_label: 20, longest_payload: 256, longest_text: 1024 }),
    service_window_hours: Some(24),
    can_ask_for_sent: false,
    brings_back_outbox_id: true,
};

/// One number on the Cloud API.
#[derive(Clone, Debug)]
pub struct Settings {
    /// The token for requests.
    pub access_token: SecretString,
    /// The id of the number, which is also the account of its places.
    pub phone_number_id: String,
    /// The id of the WhatsApp business account that owns the number.
    pub waba_id: Option<String>,
    /// What Meta has to say in the handshake.
    pub verify_token: SecretString,
    /// The key with which Meta signs webhooks.
    pub app_secret: SecretString,
    /// [`DEFAULT_BASE_URL`], or the emulator.
    pub base_url: String,
}

/// A body that Meta signed.
///
/// # Errors
/// When the signature is missing, malformed or of other bytes.
pub fn verify(app_secret: &SecretString, headers: &HeaderMap, body: Bytes) -> Result<Verified, Unauthorized> {
    let header = HeaderName::from_static("x-hub-signature-256");
    verify::by_signature(Channel::Meta, app_secret, headers, &header, body)
}

/// The answer to the handshake with which Meta checks a webhook address: the challenge, when the token is ours.
/// Answered as plain text.
#[must_use]
pub fn handshake(query: &str, verify_token: &SecretString) -> Option<String> {
    let expected = verify_token.expose_secret();
    // Only for its reading of the query.
    let mut url = Url::parse("http://localhost/").ok()?;
    url.set_query(Some(query));
    let value =
        |name: &str| url.query_pairs().find(|(key, _)| key == name).map(|(_, value)| value.into_owned());
    let ours = verify::same(value("hub.verify_token")?.as_bytes(), expected.as_bytes());
    let challenge = value("hub.challenge")?;
    let plain = challenge.len() <= 1024
        && challenge.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_.".contains(&byte));
    (!expected.is_empty() && bool::from(ours) && value("hub.mode")? == "subscribe" && plain)
        .then_some(challenge)
}
