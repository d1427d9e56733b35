//! Days as columns of half hours, and the moments at which these begin. A half hour that the clock leaves out in spring
//! begins with the next one there is.

use admin_api::schedule::{Day, ProSchedule, Span, SpanKind};
use chrono::{DateTime, Duration, LocalResult, NaiveDate, TimeZone, Utc};
use chrono_tz::Tz;

/// Half hours of a day.
pub(super) const SLOTS: usize = 48;
/// Minutes of a slot.
pub(super) const MINUTES: u16 = 30;

/// A day of a pro.
#[derive(Clone, Copy)]
pub(super) struct Column<'a> {
    pub(super) pro: &'a ProSchedule,
    pub(super) day: &'a Day,
}

/// What a half hour is.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Slot<'a> {
    /// Outside the hours.
    Closed,
    /// Free, by the hours of every week.
    Free,
    /// Free, by other hours of this day.
    FreeByException,
    /// Taken; and how many half hours of it came before.
    Taken(&'a Span, usize),
}

/// A column for each day of each pro.
pub(super) fn columns(days: &[ProSchedule]) -> Vec<Column<'_>> {
    days.iter().flat_map(|pro| pro.days.iter().map(move |day| Column { pro, day })).collect()
}

/// When so many minutes after local midnight are.
pub(super) fn moment(zone: Tz, day: NaiveDate, minutes: u16) -> DateTime<Utc> {
    let midnight = day.and_time(chrono::NaiveTime::MIN);
    let mut local = midnight + Duration::minutes(minutes.into());
    // No gap of any zone is longer than a day.
    for _ in 0..SLOTS {
        match zone.from_local_datetime(&local) {
            LocalResult::Single(at) | LocalResult::Ambiguous(at, _) => return at.with_timezone(&Utc),
            LocalResult::None => local += Duration::minutes(MINUTES.into()),
        }
    }
    midnight.and_utc()
}

/// When a slot begins; the one after the last is the next midnight.
pub(super) fn begins(zone: Tz, day: NaiveDate, slot: usize) -> DateTime<Utc> {
    let minutes = u16::try_from(slot).unwrap_or(0) * MINUTES;
    moment(zone, day, minutes)
}

impl<'a> Column<'a> {
    /// What a slot is. Where spans meet within one, what is agreed shows rather than what is blocked.
    pub(super) fn slot(&self, slot: usize, zone: Tz) -> Slot<'a> {
        let (from, to) = (begins(zone, self.day.date, slot), begins(zone, self.day.date, slot + 1));
        let within = self.day.spans.iter().filter(|span| span.from < to && span.to > from);
        if let Some(span) = within.min_by_key(|span| (span.kind == SpanKind::Blocked, span.from)) {
            let before = (from - span.from.max(begins(zone, self.day.date, 0))).num_minutes().max(0);
            let before = usize::try_from(before).unwrap_or(0).div_ceil(usize::from(MINUTES));
            return Slot::Taken(span, before);
        }
        let minute = u16::try_from(slot).unwrap_or(0) * MINUTES;
        let open = self.day.open.iter().any(|(from, to)| *from <= minute && minute < *to);
        match (open, self.day.exception) {
            (false, _) => Slot::Closed,
            (true, false) => Slot::Free,
            (true, true) => Slot::FreeByException,
        }
    }
}

/// How many half hours a span takes.
pub(super) fn length(span: &Span) -> usize {
    let minutes = (span.to - span.from).num_minutes().max(1);
    usize::try_from(minutes).unwrap_or(1).div_ceil(usize::from(MINUTES))
}

#[cfg(test)]
mod tests {
    use super::*;
    use chrono_tz::Asia::Jerusalem;

    fn day(date: &str) -> NaiveDate {
        date.parse().expect("a day")
    }

    #[test]
    fn slots_follow_the_clock_of_the_business() {
        let at = |date, slot| begins(Jerusalem, day(date), slot).format("%H:%M").to_string();
        assert_eq!(at("2026-11-25", 16), "06:00");
        assert_eq!(at("2026-07-01", 16), "05:00");
        // On 27 March 2026 the clock goes from 02:00 to 03:00.
        assert_eq!(at("2026-03-27", 4), at("2026-03-27", 6));
        assert_eq!(begins(Jerusalem, day("2026-11-25"), 48), begins(Jerusalem, day("2026-11-26"), 0));
    }

    #[test]
    fn what_is_agreed_shows_above_what_is_blocked() {
        let date = day("2026-11-25");
        let span = |kind, from, to| Span {
            from: begins(Jerusalem, date, from),
            to: begins(Jerusalem, date, to),
            kind,
            appointment: None,
            version: None,
            lead: None,
            lead_number: None,
            label: String::new(),
            confirmed: false,
        };
        let spans = vec![span(SpanKind::Blocked, 16, 24), span(SpanKind::Booked, 18, 20)];
        let day = Day { date, open: vec![(480, 1_080)], exception: false, closed: None, spans };
        let pro = ProSchedule { pro: "p".into(), name: "P".into(), version: 1, days: vec![] };
        let column = Column { pro: &pro, day: &day };
        let kind = |slot| match column.slot(slot, Jerusalem) {
            Slot::Taken(span, before) => Some((span.kind, before)),
            Slot::Closed | Slot::Free | Slot::FreeByException => None,
        };
        assert_eq!(kind(17), Some((SpanKind::Blocked, 1)));
        assert_eq!(kind(18), Some((SpanKind::Booked, 0)));
        assert_eq!(column.slot(24, Jerusalem), Slot::Free);
        assert_eq!(column.slot(40, Jerusalem), Slot::Closed);
    }
}
