//! Times at which a pro does not work, blocked and freed in chat. A visit that stands in a blocked time is named, never
//! dropped.

use super::decide::Seat;
use crate::booking;
use crate::calendar::{self, Blocked, BlockedBy};
use crate::lead::{Lead, Status};
use crate::message::Outbound;
use crate::say;
use crate::turn::Desk;
use crate::waitlist;
use crate::when::{self, When};
use crate::words;
use chrono::{DateTime, Days, NaiveDate, TimeZone, Utc};
use locales::{Word, args};

/// The longest time that is blocked by one message, in days.
const LONGEST_DAYS: i64 = 90;

/// The time that the words name; none when it is no span or has gone by.
fn span(desk: &Desk<'_>, words: &str) -> Option<(DateTime<Utc>, DateTime<Utc>)> {
    let zone = desk.business.timezone;
    let midnight = |date: NaiveDate| {
        let midnight = date.and_hms_opt(0, 0, 0)?;
        // Where the clocks skip midnight, the day begins an hour later.
        let late = || zone.from_local_datetime(&(midnight + chrono::Duration::hours(1))).earliest();
        zone.from_local_datetime(&midnight).earliest().or_else(late).map(|at| at.to_utc())
    };
    let after = |date: NaiveDate| date.checked_add_days(Days::new(1));
    let (from, to) = match when::read(words, &when::Context::new(desk.now, zone)) {
        When::Range { from, to } => (from, to),
        When::Date(date) => (midnight(date)?, midnight(after(date)?)?),
        When::Days { from, to: Some(to) } => (midnight(from)?, midnight(to)?),
        When::Point(_)
        | When::Days { to: None, .. }
        | When::Candidates(_)
        | When::Earliest
        | When::Any
        | When::Exclusion(_)
        | When::Past
        | When::Clarify(_)
        | When::None => return None,
    };
    (from < to && desk.now < to && to - from <= chrono::Duration::days(LONGEST_DAYS)).then_some((from, to))
}

/// A span as people read it: `מחר 23.11 10:00-12:00`, or the day alone.
pub(super) fn spoken(desk: &Desk<'_>, seat: &Seat, from: DateTime<Utc>, to: DateTime<Utc>) -> String {
    let business = desk.business;
    let day = |at| say::day(business, seat.pro.language, at, desk.now);
    let local = |at| calendar::local(at, business.timezone);
    let (first, last) = (local(from), local(to - chrono::Duration::seconds(1)));
    let is_whole_days = first.minute_of_day() == 0 && local(to).minute_of_day() == 0;
    match (is_whole_days, first.date == last.date) {
        (true, true) => day(from),
        (true, false) => format!("{} - {}", day(from), day(to - chrono::Duration::seconds(1))),
        (false, true) => {
            format!("{} {}-{}", day(from), say::time(business, from), say::time(business, to))
        }
        (false, false) => {
            format!("{} {} - {} {}", day(from), say::time(business, from), day(to), say::time(business, to))
        }
    }
}

/// Blocks the time after the word; without one, shows what is blocked.
pub(super) fn block(desk: &mut Desk<'_>, seat: &mut Seat, words: &str) {
    let rest = words::after(words, Word::Block).unwrap_or_default();
    if rest.is_empty() {
        show(desk, seat);
        return;
    }
    let Some((from, to)) = span(desk, rest) else {
        seat.tell(desk, "pro-block-unclear", &args![]);
        return;
    };
    let now = desk.now;
    let blocked = &mut seat.pro.calendar.blocked;
    blocked.retain(|other| other.to > now);
    blocked.push(Blocked { from, to, reason: "break".to_owned(), by: BlockedBy::Pro });
    blocked.sort();
    blocked.dedup();
    seat.pro_changed = true;
    booking::watch_calendar(desk, &seat.pro.id, from, to);
    desk.note("blocked", None, format!("pro={}", seat.pro.id));
    let mut lines = vec![seat.text("pro-blocked", &args![time = spoken(desk, seat, from, to)])];
    let meets = |lead: &&Lead| lead.slot.is_some_and(|slot| slot.from < to && from < slot.to);
    let visits = [Status::Booked, Status::New].map(|status| seat.jobs_of(status)).concat();
    for lead in visits.iter().filter(|lead| meets(lead)) {
        let slot = lead.slot.map(|slot| say::slot(desk.business, seat.pro.language, &slot, desk.now));
        let args = args![lead = lead.number.to_string(), slot = slot.unwrap_or_default()];
        lines.push(seat.text("pro-blocked-visit", &args));
    }
    seat.send(desk, Outbound::text(lines.join("\n")), None);
}

fn show(desk: &mut Desk<'_>, seat: &Seat) {
    let ahead: Vec<String> = seat
        .pro
        .calendar
        .blocked
        .iter()
        .filter(|blocked| blocked.to > desk.now)
        .map(|blocked| spoken(desk, seat, blocked.from, blocked.to))
        .collect();
    let how = seat.text("pro-block-how", &args![]);
    if ahead.is_empty() {
        seat.send(desk, Outbound::text(how), None);
        return;
    }
    let header = seat.text("pro-blocked-header", &args![]);
    seat.send(desk, Outbound::text(format!("{header}\n{}\n{how}", ahead.join("\n"))), None);
}

/// Frees the time after the word, or everything that the pro blocked.
pub(super) fn unblock(desk: &mut Desk<'_>, seat: &mut Seat, words: &str) {
    let rest = words::after(words, Word::Unblock).unwrap_or_default();
    let wanted = if rest.is_empty() { None } else { span(desk, rest) };
    if wanted.is_none() && !rest.is_empty() {
        seat.tell(desk, "pro-block-unclear", &args![]);
        return;
    }
    let before = seat.pro.calendar.blocked.len();
    seat.pro.calendar.blocked.retain(|blocked| {
        let is_meant = wanted.is_none_or(|(from, to)| blocked.from < to && from < blocked.to);
        // What the file of the business blocks is not the pro's to free.
        blocked.by == BlockedBy::File || !is_meant
    });
    let freed = before - seat.pro.calendar.blocked.len();
    if freed == 0 {
        seat.tell(desk, "pro-nothing-blocked", &args![]);
        return;
    }
    seat.pro_changed = true;
    desk.note("unblocked", None, format!("pro={}", seat.pro.id));
    waitlist::look_again(desk, &seat.pro.id, desk.now);
    seat.tell(desk, "pro-unblocked", &args![count = i64::try_from(freed).unwrap_or(i64::MAX)]);
}
