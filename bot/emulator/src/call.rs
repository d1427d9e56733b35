//! One request as a provider reads it, and the answers a provider can give. It never knows which provider it is for.

use std::fmt;

use ::http::{HeaderMap, Method, Request, Response, StatusCode};
use bytes::Bytes;
use serde_json::Value;

/// What became of one request.
#[derive(Debug)]
pub struct Outcome {
    /// How long the provider took.
    pub delay_ms: u64,
    /// Whether an answer came.
    pub reply: Reply,
}

/// The end of one request.
pub enum Reply {
    /// An HTTP answer.
    Answer(Response<Bytes>),
    /// The connection stays open and nothing comes.
    Hang,
    /// The connection is cut; the provider may have done what was asked.
    Dropped,
}

impl Outcome {
    pub(crate) fn at_once(response: Response<Bytes>) -> Outcome {
        Outcome { delay_ms: 0, reply: Reply::Answer(response) }
    }

    pub(crate) fn hang() -> Outcome {
        Outcome { delay_ms: 0, reply: Reply::Hang }
    }

    pub(crate) fn dropped() -> Outcome {
        Outcome { delay_ms: 0, reply: Reply::Dropped }
    }

    /// The answer, when one came.
    pub fn answer(&self) -> Option<&Response<Bytes>> {
        match &self.reply {
            Reply::Answer(response) => Some(response),
            Reply::Hang | Reply::Dropped => None,
        }
    }
}

impl fmt::Debug for Reply {
    // Bodies hold people's words and numbers.
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Reply::Answer(response) => write!(out, "Answer({})", response.status().as_u16()),
            Reply::Hang => out.write_str("Hang"),
            Reply::Dropped => out.write_str("Dropped"),
        }
    }
}

pub(crate) struct Call {
    pub(crate) method: Method,
    pub(crate) path: String,
    query: String,
    headers: HeaderMap,
    pub(crate) body: Bytes,
}

impl Call {
    /// Reads a request; the prefix under which the provider is served is optional.
    pub(crate) fn read(request: Request<Bytes>, prefix: &str) -> Call {
        let (parts, body) = request.into_parts();
        let path = parts.uri.path();
        let path = match path.strip_prefix(prefix) {
            Some(rest) if rest.starts_with('/') => rest,
            _ => path,
        };
        Call {
            method: parts.method,
            path: path.to_owned(),
            query: parts.uri.query().unwrap_or_default().to_owned(),
            headers: parts.headers,
            body,
        }
    }

    pub(crate) fn segments(&self) -> Vec<&str> {
        self.path.split('/').filter(|segment| !segment.is_empty()).collect()
    }

    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name).and_then(|value| value.to_str().ok())
    }

    /// A query value as written; the values that are looked at never need decoding.
    pub(crate) fn query(&self, name: &str) -> Option<&str> {
        self.query.split('&').find_map(|pair| pair.strip_prefix(name)?.strip_prefix('='))
    }

    pub(crate) fn bearer(&self) -> Option<&str> {
        self.header("authorization")?.strip_prefix("Bearer ")
    }

    pub(crate) fn json(&self) -> Option<Value> {
        serde_json::from_slice(&self.body).ok()
    }
}

/// A JSON answer.
pub(crate) fn json(status: u16, body: &Value) -> Response<Bytes> {
    answer(status, "application/json; charset=utf-8", Bytes::from(body.to_string()))
}

/// An answer of any kind.
pub(crate) fn answer(status: u16, content_type: &str, body: impl Into<Bytes>) -> Response<Bytes> {
    let mut response = Response::new(body.into());
    *response.status_mut() = StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    if let Ok(value) = content_type.parse() {
        response.headers_mut().insert(http::header::CONTENT_TYPE, value);
    }
    response
}

/// An answer without a body.
pub(crate) fn empty(status: u16) -> Response<Bytes> {
    answer(status, "application/json; charset=utf-8", Bytes::new())
}

/// Length as the providers' limits are counted here: UTF-16 units, the stricter reading.
pub(crate) fn length(text: &str) -> usize {
    text.encode_utf16().count()
}

/// The text at a JSON pointer, or nothing.
pub(crate) fn text_at<'a>(value: &'a Value, pointer: &str) -> &'a str {
    value.pointer(pointer).and_then(Value::as_str).unwrap_or_default()
}

/// The digits of a phone number, however it was written.
pub(crate) fn digits(phone: &str) -> String {
    phone.chars().filter(char::is_ascii_digit).collect()
}

/// A stable number of fifteen digits in place of a phone number, from which nobody reads the phone number.
pub(crate) fn hidden_number(phone: &str) -> u64 {
    // FNV-1a: the same in every version of this program, which saved worlds rely on.
    let scattered = phone.bytes().fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3)
    });
    100_000_000_000_000 + scattered % 900_000_000_000_000
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_prefix_of_the_provider_is_optional() {
        let read = |uri: &str| {
            let request = Request::get(uri).body(Bytes::new()).expect("a valid request");
            Call::read(request, "/meta")
        };
        assert_eq!(read("http://host/meta/v24.0/1/messages").path, "/v24.0/1/messages");
        assert_eq!(read("https://graph.facebook.com/v24.0/1/messages").path, "/v24.0/1/messages");
        assert_eq!(read("/metadata").path, "/metadata");
        assert_eq!(read("/x?minutes=5&a=b").query("minutes"), Some("5"));
    }
}
