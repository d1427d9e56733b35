//! The contract with the WhatsApp providers: recorded webhooks are read as the events that they are, requests are the
//! documented ones, and answers are understood. Every row of the two indexes of fixtures is accounted for.
//! No network and no clock.

#![allow(clippy::unwrap_used)]

mod broken;
mod exchanges;
mod further_events;
mod green_api_events;
mod meta_events;
mod proofs;
mod settling;
mod shown;

use bot::channels::{Event, Unreadable, Verified, green_api, meta, parse};
use bytes::Bytes;
use chrono::{DateTime, Utc};
use http::{HeaderMap, HeaderName, HeaderValue};
use secrecy::SecretString;
use std::collections::BTreeSet;
use std::path::PathBuf;

/// Stands in for times that are missing.
fn received_at() -> DateTime<Utc> {
    DateTime::from_timestamp(1_800_000_000, 0).unwrap()
}

fn fixture(folder: &str, file: &str) -> Vec<u8> {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("fixtures").join(folder).join(file);
    std::fs::read(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// The rows of a table of fixtures, without its heading.
fn rows(folder: &str, table: &str) -> Vec<Vec<String>> {
    let bytes = fixture(folder, table);
    let mut reader = csv::Reader::from_reader(bytes.as_slice());
    reader.records().map(|row| row.unwrap().iter().map(str::to_string).collect()).collect()
}

fn headers(name: &'static str, value: &[u8]) -> HeaderMap {
    let value = HeaderValue::from_bytes(value).unwrap();
    HeaderMap::from_iter([(HeaderName::from_static(name), value)])
}

/// The body as one that came from Green API.
fn from_green_api(body: Vec<u8>) -> Verified {
    let token = SecretString::from("test-webhook-token-0001");
    let headers = headers("authorization", b"Bearer test-webhook-token-0001");
    green_api::verify(&token, &headers, Bytes::from(body)).unwrap()
}

/// The body as one that Meta signed.
fn from_meta(body: Vec<u8>) -> Verified {
    let secret = SecretString::from("any-secret");
    let headers = headers("x-hub-signature-256", proofs::signature("any-secret", &body).as_bytes());
    meta::verify(&secret, &headers, Bytes::from(body)).unwrap()
}

fn shown(events: Result<Vec<Event>, Unreadable>) -> Vec<String> {
    match events {
        Ok(events) => events.iter().map(shown::event).collect(),
        Err(Unreadable) => vec!["unreadable".to_string()],
    }
}

/// Checks every webhook of a folder against a table, and that the rows of its index are exactly those of the table and
/// of `elsewhere`, which other tests look at.
fn check_folder(
    folder: &str,
    prove: fn(Vec<u8>) -> Verified,
    expected: &[(&str, &[&str])],
    elsewhere: impl Fn(&str) -> bool,
) {
    let mut problems = String::new();
    for (file, events) in expected {
        let found = shown(parse(&prove(fixture(folder, file)), received_at()));
        if found != *events {
            problems += &format!("    (\"{file}\", &[\n");
            for line in &found {
                problems += &format!("        {line:?},\n");
            }
            problems += "    ]),\n";
        }
    }
    assert!(problems.is_empty(), "{folder}: these are read otherwise:\n{problems}");
    let tabled: BTreeSet<String> = expected.iter().map(|(file, _)| (*file).to_string()).collect();
    assert_eq!(tabled.len(), expected.len(), "a file stands in the table twice");
    let indexed: BTreeSet<String> = rows(folder, "INDEX.csv")
        .into_iter()
        .map(|row| row[0].clone())
        .filter(|file| !elsewhere(file))
        .collect();
    assert_eq!(indexed, tabled, "the index and the table name other files");
}

#[test]
fn every_indexed_file_is_there_and_every_file_is_indexed() {
    for folder in ["meta", "green_api"] {
        let indexed: BTreeSet<String> =
            rows(folder, "INDEX.csv").into_iter().map(|row| row[0].clone()).collect();
        let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("fixtures").join(folder);
        let there: BTreeSet<String> = std::fs::read_dir(path)
            .unwrap()
            .map(|entry| entry.unwrap().file_name().into_string().unwrap())
            .filter(|file| !file.ends_with(".csv"))
            .collect();
        assert_eq!(indexed, there, "{folder}");
    }
}
