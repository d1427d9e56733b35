//! A business as a file: read, checked and written as TOML. It touches no disk and no store, and its errors name a
//! place in the file and never repeat a phone number.

mod calendar;
mod check;
mod country;
mod edit;
mod print;
#[cfg(test)]
mod tests;

use agents::business::Business;
use agents::calendar::{Blocked, BlockedBy};
use agents::id::{BusinessId, ProId};
use agents::pro::Pro;
use sha2::{Digest, Sha256};
use std::fmt::Write;

pub(crate) use check::is_key;
pub use edit::{edit_business, edit_pro, phone_prefix};
pub use print::print;

/// A business and its pros, as a file states them.
#[derive(Clone, Debug, PartialEq)]
pub struct BusinessFile {
    /// The business.
    pub business: Business,
    /// Its pros, in the order of the file.
    pub pros: Vec<Pro>,
}

/// Why a file cannot be used: where, and what to do about it.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{place}: {problem}")]
pub struct FileError {
    /// The line, or the table and the field; pros and prices are counted from 1.
    pub place: String,
    /// What is wrong there.
    pub problem: String,
}

/// Reads a business file. The whole file is right, or nothing of it is used.
pub fn parse(text: &str) -> Result<BusinessFile, FileError> {
    check::file(text)
}

/// The id of a pro: the same for every import, and without the phone number in it.
#[must_use]
pub fn pro_id(business: &BusinessId, phone: &str) -> ProId {
    let digest = Sha256::digest(format!("{business}/{phone}").as_bytes());
    let mut id = "pro-".to_owned();
    for byte in digest.iter().take(6) {
        write!(id, "{byte:02x}").expect("writing to a string cannot fail");
    }
    ProId::new(id)
}

/// What to store when a pro of a file exists already: the file decides, but for what happened since. A vacation and
/// a time off that the pro took stay, as do times from a calendar that they keep elsewhere, and so do a rating that rests on at least as many reviews as the file's, visits
/// that were missed, what they did at their desk, and the link to the pro's calendar.
#[must_use]
pub fn merge(existing: &Pro, imported: Pro) -> Pro {
    let (rating, reviews) = if existing.reviews >= imported.reviews {
        (existing.rating, existing.reviews)
    } else {
        (imported.rating, imported.reviews)
    };
    let mut merged = Pro {
        rating,
        reviews,
        on_vacation: existing.on_vacation,
        no_shows: existing.no_shows.max(imported.no_shows),
        desk: existing.desk.clone(),
        agenda_on: existing.agenda_on,
        calendar_secret: existing.calendar_secret.clone(),
        ..imported
    };
    let merged_feed = merged.calendar.feed.clone();
    let blocked = &mut merged.calendar.blocked;
    let is_of_now = existing.calendar.feed == merged_feed;
    let stays = |one: &&Blocked| match one.by {
        BlockedBy::File => false,
        BlockedBy::Pro => true,
        BlockedBy::Feed => is_of_now,
    };
    blocked.extend(existing.calendar.blocked.iter().filter(stays).cloned());
    blocked.sort_unstable();
    blocked.dedup();
    merged
}
