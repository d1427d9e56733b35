//! How many rows of what, and digests by which two wholes are compared.

use crate::store::records::COLLECTIONS;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;
use std::fmt::Write;

/// Counts and digests of rows, as they pass.
#[derive(Clone, Default)]
pub struct Tally {
    parts: BTreeMap<&'static str, (u64, Sha256)>,
    rows: u64,
    whole: Sha256,
}

/// What a tally came to for one collection, as the last line of a backup keeps it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Sum {
    /// How many rows.
    pub rows: u64,
    /// The SHA-256 of their lines, in hexadecimal digits.
    pub sha256: String,
}

impl Tally {
    /// Counts a row.
    pub fn add(&mut self, collection: &'static str, line: &str) {
        let (rows, digest) = self.parts.entry(collection).or_default();
        *rows += 1;
        self.rows += 1;
        for digest in [digest, &mut self.whole] {
            digest.update(line.as_bytes());
            digest.update(b"\n");
        }
    }

    /// How many rows so far.
    #[must_use]
    pub fn rows(&self) -> u64 {
        self.rows
    }

    /// The digest of all rows so far, in hexadecimal digits.
    #[must_use]
    pub fn digest(&self) -> String {
        hexadecimal(&self.whole)
    }

    /// What it came to, by collection; every collection is there.
    #[must_use]
    pub fn sums(&self) -> BTreeMap<String, Sum> {
        COLLECTIONS.iter().map(|collection| ((*collection).to_owned(), self.sum(collection))).collect()
    }

    fn sum(&self, collection: &str) -> Sum {
        let (rows, digest) = self.parts.get(collection).cloned().unwrap_or_default();
        Sum { rows, sha256: hexadecimal(&digest) }
    }

    /// Both, collection by collection, for people.
    #[must_use]
    pub fn beside(&self, other: &Self) -> String {
        let mut table = format!("{:<15} {:>10} {:>10}\n", "", "source", "target");
        for collection in COLLECTIONS {
            let (ours, theirs) = (self.sum(collection), other.sum(collection));
            let verdict = if ours == theirs { "same" } else { "DIFFERENT" };
            let _ = writeln!(table, "{collection:<15} {:>10} {:>10}  {verdict}", ours.rows, theirs.rows);
        }
        let _ = write!(table, "{:<15} {:>10} {:>10}  sha256 {}", "all", self.rows, other.rows, self.digest());
        table
    }
}

impl PartialEq for Tally {
    fn eq(&self, other: &Self) -> bool {
        self.rows == other.rows && self.digest() == other.digest() && self.sums() == other.sums()
    }
}

impl std::fmt::Debug for Tally {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} rows, sha256 {}", self.rows, self.digest())
    }
}

/// A digest so far.
pub(super) fn hexadecimal(digest: &Sha256) -> String {
    digest.clone().finalize().iter().fold(String::new(), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}
