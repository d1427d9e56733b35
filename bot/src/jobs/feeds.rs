//! Reads the calendars that pros keep elsewhere, so that nobody is offered a time at which they are busy. What it finds are
//! blocked times of the pro with their origin; times that people blocked are never touched. A calendar that cannot be read
//! keeps its last good times, and what is wrong is kept for whoever looks.

use super::{JobError, Outcome};
use crate::app::App;
use crate::other_calendar::{self, Span};
use crate::outside::{Request, Url};
use crate::store::StoreError;
use crate::store::documents::{Commit, Document, Expect, Stored};
use crate::store::outer::Feed;
use agents::business::Business;
use agents::calendar::{Blocked, BlockedBy, FeedAddress, HORIZON_DAYS};
use agents::pro::Pro;
use chrono::{DateTime, Duration, Utc};
use futures::{FutureExt, StreamExt};
use http::header::{ETAG, IF_MODIFIED_SINCE, IF_NONE_MATCH, LAST_MODIFIED};
use http::{HeaderName, HeaderValue, Method, StatusCode};
use sha2::{Digest, Sha256};
use std::fmt::Write as _;

/// How long a host may take.
const TIME_OUT: std::time::Duration = std::time::Duration::from_secs(15);
/// The longest calendar that is read, in bytes.
const LONGEST: usize = 4 * 1024 * 1024;
/// How many are read at once.
const AT_ONCE: usize = 4;
/// A calendar is read whole after so long, even if its host says that nothing changed: what repeats goes on.
const WHOLE_AFTER: Duration = Duration::days(7);
/// Why a time is blocked.
const REASON: &str = "other_calendar";
/// How often a write is made again because the pro changed meanwhile.
const RELOADS: u32 = 5;

/// What came of one calendar.
enum Read {
    /// Nothing changed since.
    Unchanged,
    /// These are the busy times.
    Whole { spans: Vec<Span>, etag: Option<String>, last_modified: Option<String> },
}

/// Reads all of them once.
pub(super) async fn run(app: &App) -> Result<Outcome, JobError> {
    let Some(business) = app.business().await? else {
        return Ok(Outcome { key: "no_business", counts: Vec::new() });
    };
    let business = &business.value;
    let mut pros = app.store.pros(&business.id).await?;
    pros.retain(|stored| stored.value.active && has_to_do_with_feeds(&stored.value));
    let mut readings = Vec::with_capacity(pros.len());
    for stored in &pros {
        readings.push(look_after(app, business, stored).boxed());
    }
    let mut done = futures::stream::iter(readings).buffer_unordered(AT_ONCE);
    let (mut read, mut unchanged, mut failed) = (0, 0, 0);
    while let Some(ended) = done.next().await {
        match ended? {
            Some(Ok(Read::Whole { .. })) => read += 1,
            Some(Ok(Read::Unchanged)) => unchanged += 1,
            Some(Err(_)) => failed += 1,
            None => {}
        }
    }
    Ok(Outcome { key: "read", counts: vec![("read", read), ("unchanged", unchanged), ("failed", failed)] })
}

fn has_to_do_with_feeds(pro: &Pro) -> bool {
    pro.calendar.feed.is_some() || pro.calendar.blocked.iter().any(|blocked| blocked.by == BlockedBy::Feed)
}

/// Reads the calendar of a pro and writes what came of it; none where there is none any more.
async fn look_after(
    app: &App,
    business: &Business,
    stored: &Stored<Pro>,
) -> Result<Option<Result<Read, &'static str>>, StoreError> {
    let Some(address) = &stored.value.calendar.feed else {
        // It is kept elsewhere no longer.
        keep(app, stored, Some(&[]), None).await?;
        return Ok(None);
    };
    let known = app.store.feed(&stored.value.id).await?;
    let digest = digest(address);
    let before = known.as_ref().map(|known| &known.value).filter(|known| known.address == digest);
    let now = app.now();
    let read = fetch(app, business, address, before).await;
    let mut feed = Feed {
        id: stored.value.id.clone(),
        business: business.id.clone(),
        address: digest,
        etag: before.and_then(|before| before.etag.clone()),
        last_modified: before.and_then(|before| before.last_modified.clone()),
        read_at: before.and_then(|before| before.read_at),
        whole_at: before.and_then(|before| before.whole_at),
        problem: None,
        failures: 0,
    };
    let mut spans = None;
    match &read {
        Ok(Read::Unchanged) => feed.read_at = Some(now),
        Ok(Read::Whole { spans: found, etag, last_modified }) => {
            spans = Some(found.as_slice());
            (feed.read_at, feed.whole_at) = (Some(now), Some(now));
            feed.etag.clone_from(etag);
            feed.last_modified.clone_from(last_modified);
        }
        Err(problem) => {
            feed.failures = before.map_or(0, |before| before.failures).saturating_add(1);
            feed.problem = Some((*problem).to_owned());
            if feed.failures == 1 {
                tracing::warn!(pro.id = %feed.id, problem, "the calendar of a pro cannot be read");
            }
        }
    }
    let expect = known.map_or(Expect::Absent, |known| Expect::Version(known.version));
    keep(app, stored, spans, Some((expect, feed))).await?;
    Ok(Some(read))
}

/// Writes the busy times, if they are others than before, and what is known of the calendar.
async fn keep(
    app: &App,
    stored: &Stored<Pro>,
    spans: Option<&[Span]>,
    feed: Option<(Expect, Feed)>,
) -> Result<(), StoreError> {
    let mut current = Some(stored.clone());
    for _ in 0..RELOADS {
        let Some(mut found) = current.take() else { return Ok(()) };
        let mut documents = Vec::new();
        if let Some((expect, feed)) = &feed {
            documents.push((*expect, Document::Feed(feed.clone())));
        }
        let blocked = spans.map(|spans| with_feed(&found.value.calendar.blocked, spans));
        if let Some(blocked) = blocked.filter(|blocked| *blocked != found.value.calendar.blocked) {
            found.value.calendar.blocked = blocked;
            documents.push((Expect::Version(found.version), Document::Pro(found.value.clone())));
        }
        if documents.is_empty() {
            return Ok(());
        }
        match app.store.commit(Commit { documents, ..Commit::default() }, app.now()).await {
            Ok(()) => return Ok(()),
            // The pro did something meanwhile, or somebody else reads the same calendar.
            Err(StoreError::Version { collection: "feeds", .. }) => return Ok(()),
            Err(StoreError::Version { .. }) => current = app.store.pro(&found.value.id).await?,
            Err(error) => return Err(error),
        }
    }
    Ok(())
}

/// The blocked times with these in place of those that came from the calendar before.
fn with_feed(blocked: &[Blocked], spans: &[Span]) -> Vec<Blocked> {
    let by_people = blocked.iter().filter(|blocked| blocked.by != BlockedBy::Feed).cloned();
    let by_feed = spans.iter().map(|(from, to)| Blocked {
        from: *from,
        to: *to,
        reason: REASON.to_owned(),
        by: BlockedBy::Feed,
    });
    let mut all: Vec<Blocked> = by_people.chain(by_feed).collect();
    all.sort_unstable();
    all
}

async fn fetch(
    app: &App,
    business: &Business,
    address: &FeedAddress,
    before: Option<&Feed>,
) -> Result<Read, &'static str> {
    let url = Url::parse(&address.0).map_err(|_| "bad_address")?;
    let mut request = Request { timeout: TIME_OUT, limit: LONGEST, ..Request::new(Method::GET, url) };
    let now = app.now();
    let is_fresh = |whole: DateTime<Utc>| now - whole < WHOLE_AFTER;
    if let Some(before) = before.filter(|before| before.whole_at.is_some_and(is_fresh)) {
        put(&mut request, IF_NONE_MATCH, before.etag.as_deref());
        put(&mut request, IF_MODIFIED_SINCE, before.last_modified.as_deref());
    }
    let response = app.outside.transport.send(request).await.map_err(|error| error.key())?;
    match response.status {
        StatusCode::NOT_MODIFIED => return Ok(Read::Unchanged),
        StatusCode::OK => {}
        StatusCode::NOT_FOUND | StatusCode::GONE => return Err("not_found"),
        StatusCode::UNAUTHORIZED | StatusCode::FORBIDDEN => return Err("not_allowed"),
        _ => return Err("refused"),
    }
    let text = std::str::from_utf8(&response.body).map_err(|_| "no_calendar")?;
    // What repeats is known beyond the horizon until the calendar is next read whole.
    let until = now + Duration::days(HORIZON_DAYS + 1) + WHOLE_AFTER;
    let spans = other_calendar::busy(text, business.timezone, now, until).map_err(|error| match error {
        other_calendar::Unreadable::NoCalendar => "no_calendar",
        other_calendar::Unreadable::TooLong => "too_long",
    })?;
    let header = |name: HeaderName| {
        response.headers.get(name).and_then(|value| value.to_str().ok()).map(str::to_owned)
    };
    Ok(Read::Whole { spans, etag: header(ETAG), last_modified: header(LAST_MODIFIED) })
}

fn put(request: &mut Request, name: HeaderName, value: Option<&str>) {
    if let Some(value) = value.and_then(|value| HeaderValue::from_str(value).ok()) {
        request.headers.insert(name, value);
    }
}

/// What an address is known by: whoever has it may read the calendar.
fn digest(address: &FeedAddress) -> String {
    let mut digest = String::new();
    for byte in Sha256::digest(address.0.as_bytes()).iter().take(8) {
        let _ = write!(digest, "{byte:02x}");
    }
    digest
}

#[cfg(test)]
mod tests {
    use super::*;

    fn blocked(from: i64, by: BlockedBy) -> Blocked {
        let at = |hour| DateTime::UNIX_EPOCH + Duration::hours(hour);
        Blocked { from: at(from), to: at(from + 1), reason: REASON.to_owned(), by }
    }

    #[test]
    fn times_that_people_blocked_are_never_touched() {
        let before = vec![
            blocked(1, BlockedBy::File),
            blocked(2, BlockedBy::Feed),
            blocked(3, BlockedBy::Pro),
            blocked(4, BlockedBy::Feed),
        ];
        let new = blocked(5, BlockedBy::Feed);
        let expected = vec![blocked(1, BlockedBy::File), blocked(3, BlockedBy::Pro), new.clone()];
        assert_eq!(with_feed(&before, &[(new.from, new.to)]), expected);
        assert_eq!(with_feed(&expected, &[]), &expected[..2]);
    }
}
