//! Who is believed: every recorded signature and every recorded `Authorization` header, and the handshake.

use super::{fixture, headers, rows};
use bot::channels::{Unauthorized, green_api, meta};
use bytes::Bytes;
use hmac::{Hmac, KeyInit, Mac};
use http::{HeaderMap, HeaderName, HeaderValue};
use secrecy::SecretString;
use serde_json::Value;
use sha2::Sha256;

/// What Meta would write into `X-Hub-Signature-256`.
pub(crate) fn signature(secret: &str, body: &[u8]) -> String {
    let mut mac = Hmac::<Sha256>::new_from_slice(secret.as_bytes()).unwrap();
    mac.update(body);
    let hex: String = mac.finalize().into_bytes().iter().map(|byte| format!("{byte:02x}")).collect();
    format!("sha256={hex}")
}

#[test]
fn every_recorded_signature_is_judged_right() {
    let mut valid = 0;
    let rows = rows("meta", "SIGNATURES.csv");
    for row in &rows {
        let [file, secret, signature, expected] = &row[..] else { panic!("{row:?}") };
        let body = Bytes::from(fixture("meta", file));
        let secret = SecretString::from(secret.as_str());
        let found =
            meta::verify(&secret, &headers("x-hub-signature-256", signature.as_bytes()), body.clone());
        let expected = expected == "yes";
        valid += usize::from(expected);
        assert_eq!(found.is_ok(), expected, "{file} {signature}");
        if let Ok(verified) = found {
            assert_eq!(verified.body(), &body);
        }
    }
    assert!(valid > 70 && rows.len() - valid == 8, "{valid} of {}", rows.len());
}

#[test]
fn a_signature_is_needed_once_and_of_these_bytes() {
    let body = fixture("meta", "wh_text_hebrew.json");
    let secret = SecretString::from("s");
    let good = headers("x-hub-signature-256", signature("s", &body).as_bytes());
    let verify = |secret: &SecretString, headers: &HeaderMap, body: &[u8]| {
        meta::verify(secret, headers, Bytes::copy_from_slice(body)).map(|_| ())
    };
    assert_eq!(verify(&secret, &good, &body), Ok(()));
    assert_eq!(verify(&secret, &HeaderMap::new(), &body), Err(Unauthorized));
    let mut twice = good.clone();
    twice.append(HeaderName::from_static("x-hub-signature-256"), HeaderValue::from_static("sha256=0"));
    assert_eq!(verify(&secret, &twice, &body), Err(Unauthorized));
    for at in [0, body.len() / 2, body.len() - 1] {
        let mut other = body.clone();
        other[at] ^= 1;
        assert_eq!(verify(&secret, &good, &other), Err(Unauthorized));
    }
    // Without a secret nothing is proven, not even by a signature made with an empty one.
    let empty = headers("x-hub-signature-256", signature("", &body).as_bytes());
    assert_eq!(verify(&SecretString::from(""), &empty, &body), Err(Unauthorized));
}

#[test]
fn every_recorded_authorization_is_judged_right() {
    let token = SecretString::from("test-webhook-token-0001");
    let mut seen = 0;
    for row in rows("green_api", "INDEX.csv").iter().filter(|row| row[0].starts_with("http_")) {
        let exchange: Value = serde_json::from_slice(&fixture("green_api", &row[0])).unwrap();
        let given = exchange["request"]["headers"]["Authorization"].as_str();
        let given = given.map_or_else(HeaderMap::new, |value| headers("authorization", value.as_bytes()));
        let body = Bytes::from(fixture("green_api", exchange["request"]["body_file"].as_str().unwrap()));
        let status = if green_api::verify(&token, &given, body).is_ok() { 200 } else { 401 };
        assert_eq!(exchange["expected_status"], status, "{}", row[0]);
        seen += 1;
    }
    assert_eq!(seen, 6);
}

#[test]
fn a_token_may_be_bare_or_behind_a_scheme() {
    let check = |token: &str, given: &[u8]| {
        green_api::verify(&SecretString::from(token), &headers("authorization", given), Bytes::new()).is_ok()
    };
    for given in ["tok", "Bearer tok", "bearer tok", "Basic tok", "Bearer  tok"] {
        assert!(check("tok", given.as_bytes()), "{given}");
    }
    assert!(check("Bearer tok", b"Bearer tok"));
    for given in ["", "to", "tokk", "Bearer", "Bearer ", "Basic to", "Digest tok", "tok tok", "TOK"] {
        assert!(!check("tok", given.as_bytes()), "{given}");
    }
    assert!(!check("tok", &[0xff, 0xfe]));
    assert!(!check("", b""));
    assert!(!check("", b"Bearer "));
}

#[test]
fn the_handshake_gives_the_challenge_to_the_right_token_only() {
    let recorded: Value = serde_json::from_slice(&fixture("meta", "api_verify_get_bad_token.json")).unwrap();
    let recorded = recorded["request"]["path"].as_str().unwrap().split_once('?').unwrap().1;
    let good = recorded.replace("wrong", "our+token%21");
    for (query, token, challenge) in [
        (recorded, "our token!", None),
        (good.as_str(), "our token!", Some("1158201444")),
        (good.as_str(), "", None),
        ("hub.mode=subscribe&hub.challenge=1&hub.verify_token=", "", None),
        ("hub.mode=unsubscribe&hub.challenge=1&hub.verify_token=t", "t", None),
        ("hub.challenge=1&hub.verify_token=t", "t", None),
        ("hub.mode=subscribe&hub.verify_token=t", "t", None),
        ("hub.mode=subscribe&hub.challenge=<script>&hub.verify_token=t", "t", None),
        ("%ff%fe=&&==", "t", None),
    ] {
        assert_eq!(meta::handshake(query, &SecretString::from(token)).as_deref(), challenge, "{query}");
    }
}
