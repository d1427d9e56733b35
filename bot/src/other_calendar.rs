//! A calendar that a pro keeps elsewhere (RFC 5545), read for the times at which they are busy. It fetches nothing and keeps
//! nothing of what events are about.
//!
//! The crate reads and repeats one event well. What belongs together is put together here: an occurrence that was moved
//! stands for the one of its series, whatever their sequence numbers, and a series without an end takes no room from
//! others, since each is repeated by itself.

use calcard::common::timezone::Tz as Zone;
use calcard::icalendar::{
    ICalendar, ICalendarComponent, ICalendarComponentType, ICalendarEntry, ICalendarProperty,
    ICalendarStatus, ICalendarTransparency, ICalendarValue,
};
use chrono::{DateTime, Utc};
use chrono_tz::Tz;
use std::collections::BTreeMap;

/// The most occurrences of one series, from its beginning: every day for half a century.
const OCCURRENCES: usize = 20_000;
/// The most events that are looked at.
const EVENTS: usize = 20_000;

/// A half-open span of time.
pub(crate) type Span = (DateTime<Utc>, DateTime<Utc>);

/// Why a calendar cannot be used.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub(crate) enum Unreadable {
    /// It is no calendar.
    #[error("it is no calendar")]
    NoCalendar,
    /// It has more events than are looked at.
    #[error("it has too many events")]
    TooLong,
}

/// When somebody is busy between two moments: spans that do not touch, in order. Times without a zone are those of
/// `zone` (B78); an event that ends before it begins, or at once, takes no time (B77).
pub(crate) fn busy(
    text: &str,
    zone: Tz,
    from: DateTime<Utc>,
    to: DateTime<Utc>,
) -> Result<Vec<Span>, Unreadable> {
    let calendar = ICalendar::parse(text).map_err(|_| Unreadable::NoCalendar)?;
    let is_calendar =
        |component: &ICalendarComponent| component.component_type == ICalendarComponentType::VCalendar;
    if !calendar.components.iter().any(is_calendar) {
        return Err(Unreadable::NoCalendar);
    }
    let zones: Vec<ICalendarComponent> = calendar.timezones().cloned().collect();
    let resolver = calendar.build_tz_resolver().with_default(zone);
    let events: Vec<&ICalendarComponent> = calendar
        .components
        .iter()
        .filter(|component| component.component_type == ICalendarComponentType::VEvent)
        .collect();
    if events.len() > EVENTS {
        return Err(Unreadable::TooLong);
    }
    // Which occurrences of which series are told elsewhere.
    let mut moved: BTreeMap<&str, Vec<i64>> = BTreeMap::new();
    for event in &events {
        if let Some((entry, ICalendarValue::PartialDateTime(of))) =
            value(event, &ICalendarProperty::RecurrenceId)
            && let Some(of) = of.to_date_time_with_tz(resolver.resolve_or_default(entry.tz_id()))
        {
            moved.entry(uid(event)).or_default().push(of.timestamp());
        }
    }
    let mut spans = Vec::new();
    for event in events.into_iter().filter(|event| takes_time(event)) {
        let is_occurrence = value(event, &ICalendarProperty::RecurrenceId).is_some();
        let of_series = moved.get(uid(event)).filter(|_| !is_occurrence);
        for (start, end) in occurrences(event, &zones, zone) {
            let is_told_elsewhere = of_series.is_some_and(|starts| starts.contains(&start.timestamp()));
            if !is_told_elsewhere && start < end && start < to && end > from {
                spans.push((start.max(from), end.min(to)));
            }
        }
    }
    Ok(joined(spans))
}

/// Whether an event takes the time of its owner, and how long.
fn takes_time(event: &ICalendarComponent) -> bool {
    let is = |property: &ICalendarProperty, unwanted: &ICalendarValue| {
        value(event, property).is_some_and(|(_, value)| value == unwanted)
    };
    let is_off = is(&ICalendarProperty::Status, &ICalendarValue::Status(ICalendarStatus::Cancelled))
        || is(&ICalendarProperty::Transp, &ICalendarValue::Transparency(ICalendarTransparency::Transparent));
    // An event with a time and without an end is a moment.
    let has_end = value(event, &ICalendarProperty::Dtend).is_some()
        || value(event, &ICalendarProperty::Duration).is_some();
    let is_moment = !has_end
        && matches!(
            value(event, &ICalendarProperty::Dtstart),
            Some((_, ICalendarValue::PartialDateTime(start))) if start.has_time()
        );
    !is_off && !is_moment
}

/// When an event takes place, without the occurrences that are told elsewhere being known.
fn occurrences(event: &ICalendarComponent, zones: &[ICalendarComponent], zone: Tz) -> Vec<Span> {
    let alone = ICalendarComponent { component_ids: Vec::new(), ..event.clone() };
    let components = zones.iter().cloned().chain([alone]).collect();
    // The crate repeats a series that begins at a time of UTC in the default zone, so that must be its own.
    let own = match value(event, &ICalendarProperty::Dtstart) {
        Some((_, ICalendarValue::PartialDateTime(start))) => {
            start.to_date_time().and_then(|start| start.tz())
        }
        _ => None,
    };
    let zone = own.unwrap_or(Zone::from(zone));
    let expanded = ICalendar { components }.expand_dates(zone, OCCURRENCES);
    let spans = expanded.events.into_iter().filter_map(|event| {
        let (start, end) = match event.clone().try_into_date_time() {
            Some(event) => (event.start.timestamp(), event.end.timestamp()),
            // It ends at a local time that its day has twice or not at all.
            None => event.timestamps(),
        };
        Some((DateTime::from_timestamp(start, 0)?, DateTime::from_timestamp(end, 0)?))
    });
    spans.collect()
}

fn uid(event: &ICalendarComponent) -> &str {
    event.uid().unwrap_or_default()
}

fn value<'a>(
    event: &'a ICalendarComponent,
    property: &ICalendarProperty,
) -> Option<(&'a ICalendarEntry, &'a ICalendarValue)> {
    let entry = event.entries.iter().find(|entry| entry.name == *property)?;
    Some((entry, entry.values.first()?))
}

/// Spans in order, those that touch put together.
fn joined(mut spans: Vec<Span>) -> Vec<Span> {
    spans.sort_unstable();
    let mut joined: Vec<Span> = Vec::with_capacity(spans.len());
    for (start, end) in spans {
        match joined.last_mut().filter(|last| start <= last.1) {
            Some(last) => last.1 = last.1.max(end),
            None => joined.push((start, end)),
        }
    }
    joined
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;
    use chrono::TimeZone;
    use chrono_tz::Asia::Jerusalem;

    /// The busy times of a week from Sunday 2026-11-22, local.
    fn week(events: &[&str]) -> Vec<String> {
        let from = Jerusalem.with_ymd_and_hms(2026, 11, 22, 0, 0, 0).unwrap().to_utc();
        let text = format!(
            "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//test\r\n{}END:VCALENDAR\r\n",
            events
                .iter()
                .map(|lines| format!("BEGIN:VEVENT\r\n{}\r\nEND:VEVENT\r\n", lines.replace('|', "\r\n")))
                .collect::<String>()
        );
        let spans = busy(&text, Jerusalem, from, from + chrono::Duration::days(7)).unwrap();
        let shown = |at: DateTime<Utc>| at.with_timezone(&Jerusalem).format("%d %H:%M").to_string();
        spans.into_iter().map(|(start, end)| format!("{} - {}", shown(start), shown(end))).collect()
    }

    #[test]
    fn times_with_an_offset_with_a_zone_and_without() {
        assert_eq!(
            week(&[
                "UID:a|DTSTART:20261122T080000Z|DTEND:20261122T090000Z",
                "UID:b|DTSTART;TZID=Europe/Berlin:20261123T080000|DTEND;TZID=Europe/Berlin:20261123T090000",
                "UID:c|DTSTART:20261124T080000|DURATION:PT90M",
                "UID:d|DTSTART;VALUE=DATE:20261125",
            ]),
            ["22 10:00 - 22 11:00", "23 09:00 - 23 10:00", "24 08:00 - 24 09:30", "25 00:00 - 26 00:00"],
            "B78"
        );
    }

    #[test]
    fn what_takes_no_time_is_left_out() {
        let none: [&str; 5] = [
            "UID:a|DTSTART:20261122T080000Z|DTEND:20261122T070000Z",
            "UID:b|DTSTART:20261122T080000Z|DTEND:20261122T090000Z|STATUS:CANCELLED",
            "UID:c|DTSTART:20261122T080000Z|DTEND:20261122T090000Z|TRANSP:TRANSPARENT",
            "UID:d|DTSTART:20261122T080000Z",
            "UID:e|DTSTART:20261101T080000Z|DTEND:20261101T090000Z",
        ];
        assert_eq!(week(&none), Vec::<String>::new(), "B77 is the first");
    }

    #[test]
    fn a_series_without_an_end_goes_on_and_leaves_room_for_others() {
        let weekly = "DTSTART;TZID=Asia/Jerusalem:20180107T180000|DTEND;TZID=Asia/Jerusalem:20180107T190000";
        let series = format!("UID:a|{weekly}|RRULE:FREQ=WEEKLY;BYDAY=SU,TU");
        assert_eq!(week(&[&series]), ["22 18:00 - 22 19:00", "24 18:00 - 24 19:00"]);
        let utc = "UID:a|DTSTART:20200105T080000Z|DTEND:20200105T090000Z|RRULE:FREQ=WEEKLY";
        assert_eq!(week(&[utc]), ["22 10:00 - 22 11:00"]);
        let floating = "UID:a|DTSTART:20200105T080000|DTEND:20200105T090000|RRULE:FREQ=WEEKLY";
        assert_eq!(week(&[floating]), ["22 08:00 - 22 09:00"]);
        assert_eq!(
            week(&[
                &series,
                "UID:b|DTSTART:20100101T050000Z|DTEND:20100101T053000Z|RRULE:FREQ=DAILY",
                "UID:c|DTSTART:20261122T120000Z|DTEND:20261122T130000Z|RRULE:FREQ=DAILY;COUNT=2",
            ])
            .len(),
            2 + 7 + 2
        );
    }

    #[test]
    fn an_occurrence_that_was_moved_stands_for_its_own_whatever_its_sequence() {
        let series = "UID:a|SEQUENCE:0|DTSTART:20261101T080000Z|DTEND:20261101T090000Z|RRULE:FREQ=WEEKLY";
        let moved =
            "UID:a|SEQUENCE:3|RECURRENCE-ID:20261122T080000Z|DTSTART:20261123T100000Z|DTEND:20261123T110000Z";
        assert_eq!(week(&[series, moved]), ["23 12:00 - 23 13:00"]);
        let gone = "UID:a|RECURRENCE-ID:20261122T080000Z|STATUS:CANCELLED|DTSTART:20261122T080000Z|DTEND:20261122T090000Z";
        assert_eq!(week(&[series, gone]), Vec::<String>::new());
        let without = format!("{series}|EXDATE:20261122T080000Z");
        assert_eq!(week(&[&without]), Vec::<String>::new());
    }

    #[test]
    fn spans_that_touch_are_one() {
        assert_eq!(
            week(&[
                "UID:a|DTSTART:20261122T080000Z|DTEND:20261122T090000Z",
                "UID:b|DTSTART:20261122T090000Z|DTEND:20261122T100000Z",
                "UID:c|DTSTART:20261122T083000Z|DTEND:20261122T091500Z",
            ]),
            ["22 10:00 - 22 12:00"]
        );
    }

    #[test]
    fn what_is_no_calendar_is_refused_and_never_a_panic() {
        let now = DateTime::UNIX_EPOCH;
        for text in ["", "<html>", "BEGIN:VCARD\r\nEND:VCARD\r\n", "BEGIN:VEVENT", "\u{0}\u{FEFF}"] {
            assert_eq!(busy(text, Jerusalem, now, now), Err(Unreadable::NoCalendar), "{text}");
        }
        let broken = [
            "UID:a|DTSTART:99999999T999999|DTEND:20261122T090000Z",
            "UID:b|DTSTART:20261122T080000Z|DTEND:x|RRULE:FREQ=NEVER;INTERVAL=0",
            "UID:c|DTSTART:20261122T080000Z|DURATION:-PT5H",
            "UID:d|DTSTART:20261122T080000Z|DTEND:20261122T083000Z|RRULE:FREQ=SECONDLY",
        ];
        let _ = week(&broken);
    }
}
