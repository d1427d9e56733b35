//! Local hours as spans of UTC, exact on the days when the clocks are changed.
//!
//! A moment is open when the clock on the wall then shows a time within the hours of its day. So only UTC is turned
//! into local time, which always has one answer: an hour that the clocks skip is never open, and one that they show
//! twice is open twice.

use super::{Opening, WeekHours, local};
use chrono::{DateTime, Days, Duration, NaiveDate, NaiveTime, Offset, TimeZone, Utc};
use chrono_tz::Tz;

/// A half-open span of time.
pub(super) type Span = (DateTime<Utc>, DateTime<Utc>);

/// Whether the clock shows a time within the hours.
#[must_use]
pub fn is_open(hours: &WeekHours, zone: Tz, moment: DateTime<Utc>) -> bool {
    let local = local(moment, zone);
    let minute = local.minute_of_day();
    hours.days[usize::from(local.weekday)].iter().any(|(from, to)| (*from..*to).contains(&minute))
}

/// When a local day begins. Where the clocks skip midnight, it begins an hour later.
#[must_use]
pub fn day_begins(zone: Tz, date: NaiveDate) -> DateTime<Utc> {
    let midnight = date.and_time(NaiveTime::MIN);
    let late = || zone.from_local_datetime(&(midnight + Duration::hours(1))).earliest();
    let begins = zone.from_local_datetime(&midnight).earliest().or_else(late);
    begins.map_or_else(|| midnight.and_utc(), |begins| begins.to_utc())
}

/// The moment itself when it is within the hours, else when they next begin; none when that is not within nine days,
/// so for hours that never open.
#[must_use]
pub fn next_open(hours: &WeekHours, zone: Tz, moment: DateTime<Utc>) -> Option<DateTime<Utc>> {
    let until = moment.checked_add_signed(Duration::days(9))?;
    open_spans(Opening::of_week(hours), zone, moment, until).first().map(|(from, _)| (*from).max(moment))
}

/// The spans of opening that meet `from..to`, in order, joined where one begins as another ends. The first and the
/// last are not cut, so that a slot at the edge is seen to be wholly inside.
pub(super) fn open_spans(
    opening: Opening<'_>,
    zone: Tz,
    from: DateTime<Utc>,
    to: DateTime<Utc>,
) -> Vec<Span> {
    let mut spans: Vec<Span> = Vec::new();
    // A day more on both sides, for spans that touch at midnight.
    let first = local(from, zone).date.checked_sub_days(Days::new(1));
    let last = local(to, zone).date.checked_add_days(Days::new(1));
    let (Some(mut date), Some(last)) = (first, last) else { return spans };
    while date <= last {
        day_spans(opening, zone, date, &mut spans);
        let Some(next) = date.succ_opt() else { break };
        date = next;
    }
    spans.sort_unstable();
    let mut joined: Vec<Span> = Vec::new();
    for span in spans {
        match joined.last_mut() {
            Some(previous) if span.0 <= previous.1 => previous.1 = previous.1.max(span.1),
            _ => joined.push(span),
        }
    }
    joined.retain(|span| span.0 < to && from < span.1);
    joined
}

fn day_spans(opening: Opening<'_>, zone: Tz, date: NaiveDate, spans: &mut Vec<Span>) {
    let midnight = date.and_time(NaiveTime::MIN).and_utc();
    let hours = opening.on(date);
    // No zone is further than 16 hours from UTC, so the whole local day lies between these.
    let begin = midnight.checked_sub_signed(Duration::hours(16));
    let end = midnight.checked_add_signed(Duration::hours(40));
    let (Some(begin), Some(end)) = (begin, end) else { return };
    for (offset, since, until) in offsets(zone, begin, end) {
        for (open, close) in &hours {
            let at =
                |minutes: u16| midnight.checked_add_signed(Duration::minutes(i64::from(minutes)) - offset);
            let (Some(open), Some(close)) = (at(*open), at(*close)) else { continue };
            let (open, close) = (open.max(since), close.min(until));
            if open < close {
                spans.push((open, close));
            }
        }
    }
}

/// The offsets from UTC within a span shorter than the time between two changes of the clocks, and when each holds.
fn offsets(
    zone: Tz,
    begin: DateTime<Utc>,
    end: DateTime<Utc>,
) -> Vec<(Duration, DateTime<Utc>, DateTime<Utc>)> {
    let offset = |moment: DateTime<Utc>| {
        let seconds = zone.offset_from_utc_datetime(&moment.naive_utc()).fix().local_minus_utc();
        Duration::seconds(i64::from(seconds))
    };
    let (first, last) = (offset(begin), offset(end));
    if first == last {
        return vec![(first, begin, end)];
    }
    let (mut before, mut after) = (begin, end);
    while after - before > Duration::seconds(1) {
        let middle = before + Duration::seconds((after - before).num_seconds() / 2);
        if offset(middle) == first {
            before = middle;
        } else {
            after = middle;
        }
    }
    vec![(first, begin, after), (last, after, end)]
}
