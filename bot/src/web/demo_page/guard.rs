//! What the demo's page refuses: requests of other sites, and input that no phone could have sent. The sentences are
//! for whoever calls by hand; the page shows its own words.

use axum::Json;
use axum::extract::Request;
use axum::extract::rejection::JsonRejection;
use axum::http::{HeaderMap, StatusCode, Uri, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use emulator::PhoneError;
use serde_json::json;

/// Why a request was refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub(super) enum Refusal {
    #[error("The demo answers only to its own page on this machine.")]
    OtherSite,
    #[error("The request is not the JSON or the query that this path takes.")]
    Unreadable,
    #[error("The phone number must have 8 to 15 digits.")]
    NotANumber,
    #[error("The text is too long.")]
    TooLong,
    #[error("The message is empty.")]
    NothingWritten,
    #[error("The phone does not show this message or this button.")]
    NotOnScreen,
}

impl Refusal {
    pub(super) fn of_body(rejection: JsonRejection) -> Refusal {
        match rejection.status() {
            StatusCode::PAYLOAD_TOO_LARGE => Refusal::TooLong,
            _ => Refusal::Unreadable,
        }
    }

    fn status(self) -> StatusCode {
        match self {
            Refusal::OtherSite => StatusCode::FORBIDDEN,
            Refusal::TooLong => StatusCode::PAYLOAD_TOO_LARGE,
            Refusal::Unreadable | Refusal::NotANumber | Refusal::NothingWritten => StatusCode::BAD_REQUEST,
            Refusal::NotOnScreen => StatusCode::NOT_FOUND,
        }
    }
}

impl From<PhoneError> for Refusal {
    fn from(error: PhoneError) -> Refusal {
        match error {
            PhoneError::UnknownMessage | PhoneError::NoSuchButton => Refusal::NotOnScreen,
        }
    }
}

impl IntoResponse for Refusal {
    fn into_response(self) -> Response {
        (self.status(), Json(json!({ "error": self.to_string() }))).into_response()
    }
}

/// Lets a request through when it is for a loopback name and comes from our own page or from no page at all.
pub(super) async fn same_site(request: Request, next: Next) -> Response {
    if is_same_site(request.headers()) { next.run(request).await } else { Refusal::OtherSite.into_response() }
}

fn is_same_site(headers: &HeaderMap) -> bool {
    let Some(host) = headers.get(header::HOST).and_then(|host| host.to_str().ok()) else { return false };
    if !is_loopback(host) {
        return false;
    }
    match headers.get(header::ORIGIN) {
        None => true,
        // The whole origin: another server on this machine is another site.
        Some(origin) => origin.to_str().ok().and_then(|origin| origin.strip_prefix("http://")) == Some(host),
    }
}

fn is_loopback(host: &str) -> bool {
    // A name that only resolves to loopback, as in DNS rebinding, must not count.
    let Ok(uri) = host.parse::<Uri>() else { return false };
    matches!(uri.host(), Some("localhost" | "127.0.0.1" | "[::1]"))
}

pub(super) fn number(phone: &str) -> Result<(), Refusal> {
    let digits = phone.strip_prefix('+').unwrap_or(phone);
    let is_number = (8..=15).contains(&digits.len()) && digits.bytes().all(|byte| byte.is_ascii_digit());
    if is_number { Ok(()) } else { Err(Refusal::NotANumber) }
}

pub(super) fn length(text: &str, longest: usize) -> Result<(), Refusal> {
    if text.chars().count() <= longest { Ok(()) } else { Err(Refusal::TooLong) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(host: &str, origin: Option<&str>, expected: bool) {
        let mut headers = HeaderMap::new();
        headers.insert(header::HOST, host.parse().expect("a header value"));
        if let Some(origin) = origin {
            headers.insert(header::ORIGIN, origin.parse().expect("a header value"));
        }
        assert_eq!(is_same_site(&headers), expected, "{host} {origin:?}");
    }

    #[test]
    fn only_our_own_page_on_loopback_may_act() {
        check("127.0.0.1:8080", None, true);
        check("localhost:8080", Some("http://localhost:8080"), true);
        check("[::1]:8080", Some("http://[::1]:8080"), true);
        check("localhost", None, true);
        check("127.0.0.1:8080", Some("http://127.0.0.1:9090"), false);
        check("127.0.0.1:8080", Some("https://127.0.0.1:8080"), false);
        check("127.0.0.1:8080", Some("https://example.com"), false);
        check("127.0.0.1:8080", Some("null"), false);
        check("127.0.0.1.example.com", None, false);
        check("example.com:8080", None, false);
        check("localhost@example.com", None, false);
        assert!(!is_same_site(&HeaderMap::new()));
    }

    #[test]
    fn a_phone_number_is_digits() {
        assert_eq!(number("972500000101"), Ok(()));
        assert_eq!(number("+972500000101"), Ok(()));
        for bad in ["", "+", "1234567", "97250000x101", "٩٧٢٥٠٠٠٠٠١٠١", "1234567890123456"] {
            assert_eq!(number(bad), Err(Refusal::NotANumber), "{bad}");
        }
    }
}
