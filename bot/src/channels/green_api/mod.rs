//! WhatsApp through Green API. It never stores and never decides what to say.

mod content;
pub(super) mod inbound;
pub(super) mod journal;
pub(super) mod outbound;
mod refusal;
mod wire;

use super::compose::{Abilities, ButtonLimits};
use super::verify::{self, Unauthorized, Verified};
use agents::message::Channel;
use bytes::Bytes;
use http::HeaderMap;
use http::header::AUTHORIZATION;
use secrecy::SecretString;

/// The general host; most instances have their own, which the console shows.
pub const DEFAULT_BASE_URL: &str = "https://api.green-api.com";

/// One instance of Green API.
#[derive(Clone, Debug)]
pub struct Settings {
    /// The id of the instance, which is also the account of its places.
    pub id: String,
    /// The token for requests.
    pub token: SecretString,
    /// The host of the instance, or the emulator.
    pub base_url: String,
    /// What notifications have to bring in `Authorization`; without one, none is believed.
    pub webhook_token: Option<SecretString>,
    /// Whether to send real buttons, which the provider calls beta, rather than numbered lines.
    pub interactive_buttons: bool,
}

impl Settings {
    /// What the instance can do.
    #[must_use]
    pub fn abilities(&self) -> Abilities {
        let limits = ButtonLimits { most: 3, longest_label: 25, longest_payload: 256, longest_text: 20_000 };
        Abilities {
            longest_text: 20_000,
            buttons: self.interactive_buttons.then_some(limits),
            service_window_hours: None,
            can_ask_for_sent: true,
            brings_back_outbox_id: false,
        }
    }
}

/// A body that came with our token.
///
/// # Errors
/// When the token is missing or another one.
pub fn verify(token: &SecretString, headers: &HeaderMap, body: Bytes) -> Result<Verified, Unauthorized> {
    verify::by_token(Channel::GreenApi, token, headers, &AUTHORIZATION, body)
}
