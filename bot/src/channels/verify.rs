//! Who may call our webhooks. The only place where a [`Verified`] body can be made, so that nothing unproven is ever
//! parsed. All comparisons take the same time whatever is wrong.

use agents::message::Channel;
use bytes::Bytes;
use hmac::{Hmac, KeyInit, Mac};
use http::{HeaderMap, HeaderName};
use secrecy::{ExposeSecret, SecretString};
use sha2::{Digest, Sha256};
use std::fmt;
use subtle::ConstantTimeEq;

/// The caller of a webhook could not prove who it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("webhook call without a valid proof of its sender")]
pub struct Unauthorized;

/// The body of a webhook whose sender is proven. Holds the bytes exactly as they came.
#[derive(Clone, PartialEq, Eq)]
pub struct Verified {
    channel: Channel,
    body: Bytes,
}

impl Verified {
    /// Which provider sent it.
    #[must_use]
    pub fn channel(&self) -> Channel {
        self.channel
    }

    /// The bytes as they came.
    #[must_use]
    pub fn body(&self) -> &Bytes {
        &self.body
    }
}

impl fmt::Debug for Verified {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Verified({}, {} bytes)", self.channel.key(), self.body.len())
    }
}

/// A body that is signed with `sha256=` and the lower-case hex of HMAC-SHA256 in this header. An empty secret proves
/// nothing.
pub(super) fn by_signature(
    channel: Channel,
    secret: &SecretString,
    headers: &HeaderMap,
    header: &HeaderName,
    body: Bytes,
) -> Result<Verified, Unauthorized> {
    let secret = secret.expose_secret().as_bytes();
    if secret.is_empty() {
        return Err(Unauthorized);
    }
    let given = only(headers, header)?;
    let signature = given.strip_prefix(b"sha256=").and_then(unhex).ok_or(Unauthorized)?;
    let mut mac = Hmac::<Sha256>::new_from_slice(secret).map_err(|_| Unauthorized)?;
    mac.update(&body);
    mac.verify_slice(&signature).map_err(|_| Unauthorized)?;
    Ok(Verified { channel, body })
}

/// A body that comes with this token in the header: bare, or after `Bearer` or `Basic`. Which of them a provider sends
/// depends on how the token was typed into its console. An empty token proves nothing.
pub(super) fn by_token(
    channel: Channel,
    token: &SecretString,
    headers: &HeaderMap,
    header: &HeaderName,
    body: Bytes,
) -> Result<Verified, Unauthorized> {
    let token = token.expose_secret().as_bytes();
    if token.is_empty() {
        return Err(Unauthorized);
    }
    let given = only(headers, header)?;
    let bare = [b"bearer ".as_slice(), b"basic "]
        .into_iter()
        .find(|scheme| given.len() > scheme.len() && given[..scheme.len()].eq_ignore_ascii_case(scheme))
        .map_or(given, |scheme| given[scheme.len()..].trim_ascii_start());
    if bool::from(same(given, token) | same(bare, token)) {
        Ok(Verified { channel, body })
    } else {
        Err(Unauthorized)
    }
}

/// Whether two secrets are the same, in a time that depends on neither.
pub(super) fn same(one: &[u8], other: &[u8]) -> subtle::Choice {
    Sha256::digest(one).ct_eq(&Sha256::digest(other))
}

/// The bytes of a header that is there exactly once: two of them would leave open which one is meant.
fn only<'a>(headers: &'a HeaderMap, name: &HeaderName) -> Result<&'a [u8], Unauthorized> {
    let mut values = headers.get_all(name).iter();
    match (values.next(), values.next()) {
        (Some(value), None) => Ok(value.as_bytes()),
        _ => Err(Unauthorized),
    }
}

/// 32 bytes from 64 lower-case hex digits. Upper case is refused: the provider writes lower case, and a signature has
/// one spelling.
fn unhex(text: &[u8]) -> Option<[u8; 32]> {
    let digit = |byte: u8| match byte {
        b'0'..=b'9' => Some(byte - b'0'),
        b'a'..=b'f' => Some(byte - b'a' + 10),
        _ => None,
    };
    let text: &[u8; 64] = text.try_into().ok()?;
    let mut bytes = [0; 32];
    for (byte, pair) in bytes.iter_mut().zip(text.chunks_exact(2)) {
        *byte = digit(pair[0])? << 4 | digit(pair[1])?;
    }
    Some(bytes)
}
