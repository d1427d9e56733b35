//! Webhooks waiting to be posted to the bot, and the rules both providers share. When one is due again is each
//! provider's own rule.

use std::fmt;

use ::http::{HeaderMap, Method};
use bytes::Bytes;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::chat::Channel;

/// One HTTP request from a provider to the bot.
#[derive(Clone, PartialEq, Eq)]
pub struct WebhookPost {
    /// Named when its answer is reported; the same for every attempt.
    pub id: u64,
    /// Who posts.
    pub channel: Channel,
    /// 1 for the first.
    pub attempt: u32,
    /// Always POST.
    pub method: Method,
    /// Path on the bot.
    pub path: String,
    /// Headers, signature or authorization included.
    pub headers: HeaderMap,
    /// The exact bytes that were signed.
    pub body: Bytes,
}

/// Meta's handshake: a GET that the bot must answer 200 with the challenge as its whole body.
#[derive(Clone, PartialEq, Eq)]
pub struct VerifyRequest {
    /// Path and query on the bot.
    pub path: String,
    /// The expected body.
    pub challenge: String,
}

#[derive(Clone, Serialize, Deserialize)]
pub(crate) struct Pending {
    pub(crate) id: u64,
    pub(crate) body: Value,
    /// When the thing happened; redelivery ends some time after it.
    pub(crate) born_ms: i64,
    pub(crate) due_ms: i64,
    pub(crate) attempts: u32,
    /// Handed out together with the one before it, whatever became of that one.
    pub(crate) with_previous: bool,
}

impl Pending {
    pub(crate) fn new(id: u64, body: Value, born_ms: i64, due_ms: i64) -> Pending {
        Pending { id, body, born_ms, due_ms, attempts: 0, with_previous: false }
    }
}

impl fmt::Debug for WebhookPost {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.debug_struct("WebhookPost")
            .field("id", &self.id)
            .field("channel", &self.channel)
            .field("attempt", &self.attempt)
            .field("bytes", &self.body.len())
            .finish_non_exhaustive()
    }
}

impl fmt::Debug for VerifyRequest {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.debug_struct("VerifyRequest").finish_non_exhaustive()
    }
}
