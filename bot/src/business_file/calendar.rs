//! The calendars in a business file: how visits are planned, closed days, other hours of a date, blocked times. Dates
//! and times in the file are local to the business. Reading what was written gives the same values.

use super::FileError;
use super::check::{check, is_key, wrong};
use super::print::line;
use crate::outside::Url;
use agents::calendar::{
    Blocked, BlockedBy, BusinessCalendar, Closures, Days, FeedAddress, HORIZON_DAYS, Holidays, OtherDay,
    ProCalendar, VisitRules, parse_day, parse_time, parse_weekdays, write_day, write_time, write_weekdays,
};
use chrono::{DateTime, NaiveDate, NaiveDateTime, TimeZone, Utc};
use chrono_tz::Tz;
use serde::Deserialize;
use std::collections::BTreeMap;
use toml::{Table, Value};

const DAY: &str = "%Y-%m-%d";
const MOMENT: &str = "%Y-%m-%d %H:%M";
const DAY_MINUTES: u32 = 24 * 60;
/// A way at this speed is made by helicopter.
const KM_H_MOST: u32 = 200;
const REASON_UNKNOWN: &str = "blocked";

/// `[business.visits]` and `[pros.visits]`.
#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct VisitsTable {
    buffer_before_minutes: Option<u32>,
    buffer_after_minutes: Option<u32>,
    travel_km_h: Option<u32>,
    travel_extra_minutes: Option<u32>,
    max_visits_a_day: Option<u32>,
    notice_minutes: Option<u32>,
    emergency_notice_minutes: Option<u32>,
    window_days: Option<u32>,
    emergencies_only_until: Option<String>,
}

/// A time in `blocked`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct BlockedTable {
    from: String,
    to: String,
    reason: Option<String>,
    #[serde(default)]
    by: BlockedBy,
}

/// What `[business]` says of calendars.
pub(super) struct BusinessFields<'a> {
    pub(super) visits: VisitsTable,
    pub(super) closed_days: Option<&'a str>,
    pub(super) closed_dates: &'a [String],
    pub(super) holidays: Option<Holidays>,
    pub(super) holiday_eves: Option<&'a str>,
}

/// What a table of `[[pros]]` says of the pro's calendar.
pub(super) struct ProFields<'a> {
    pub(super) visits: VisitsTable,
    pub(super) works_on_holidays: bool,
    pub(super) other_days: &'a BTreeMap<String, String>,
    pub(super) blocked: Vec<BlockedTable>,
    pub(super) feed: Option<String>,
}

/// Reads what a business settles; `place` names a field of it.
pub(super) fn of_business(
    place: &dyn Fn(&str) -> String,
    fields: BusinessFields<'_>,
) -> Result<BusinessCalendar, FileError> {
    let weekdays = parse_weekdays(fields.closed_days.unwrap_or_default())
        .map_err(|error| wrong(&place("closed_days"), &error.to_string()))?;
    let mut dates = fields
        .closed_dates
        .iter()
        .enumerate()
        .map(|(index, text)| days(&place(&format!("closed_dates {}", index + 1)), text))
        .collect::<Result<Vec<_>, _>>()?;
    dates.sort_unstable();
    dates.dedup();
    let eves_close_at = fields.holiday_eves.map(|text| time(&place("holiday_eves"), text)).transpose()?;
    check(
        &place("holiday_eves"),
        eves_close_at.is_none() || fields.holidays.is_some(),
        "say whose eves they are, with holidays = \"israel\"",
    )?;
    let closures = Closures { weekdays, dates, holidays: fields.holidays, eves_close_at };
    Ok(BusinessCalendar { visits: visits(place, fields.visits)?, closures })
}

/// Reads what a pro settles; `place` names a field of it.
pub(super) fn of_pro(
    place: &dyn Fn(&str) -> String,
    fields: ProFields<'_>,
    zone: Tz,
) -> Result<ProCalendar, FileError> {
    let mut other_days = Vec::new();
    for (date, hours) in fields.other_days {
        let place = place("other_days");
        let date_read = day(&place, date)?;
        let hours = parse_day(date, hours).map_err(|error| wrong(&place, &error.to_string()))?;
        other_days.push(OtherDay { date: date_read, hours });
    }
    other_days.sort_unstable();
    let mut blocked = Vec::new();
    for (index, table) in fields.blocked.into_iter().enumerate() {
        blocked.push(span(&place(&format!("blocked {}", index + 1)), table, zone)?);
    }
    blocked.sort_unstable();
    blocked.dedup();
    let is_address = |text: &String| {
        Url::parse(text).is_ok_and(|url| {
            let is_here = matches!(url.host_str(), Some("localhost" | "127.0.0.1"));
            url.scheme() == "https" || (url.scheme() == "http" && is_here)
        })
    };
    check(
        &place("calendar_feed"),
        fields.feed.as_ref().is_none_or(is_address),
        "write the https address at which the calendar program gives the calendar away as iCalendar",
    )?;
    Ok(ProCalendar {
        feed: fields.feed.map(FeedAddress),
        visits: visits(place, fields.visits)?,
        works_on_holidays: fields.works_on_holidays,
        other_days,
        blocked,
    })
}

fn visits(place: &dyn Fn(&str) -> String, table: VisitsTable) -> Result<VisitRules, FileError> {
    let at_most = |field: &str, value: Option<u32>, least: u32, most: u32| match value {
        Some(value) if !(least..=most).contains(&value) => {
            Err(wrong(&place(&format!("visits, {field}")), &format!("write {least} to {most}")))
        }
        Some(_) | None => Ok(()),
    };
    let days = u32::try_from(HORIZON_DAYS).unwrap_or(u32::MAX);
    at_most("buffer_before_minutes", table.buffer_before_minutes, 0, DAY_MINUTES)?;
    at_most("buffer_after_minutes", table.buffer_after_minutes, 0, DAY_MINUTES)?;
    at_most("travel_km_h", table.travel_km_h, 0, KM_H_MOST)?;
    at_most("travel_extra_minutes", table.travel_extra_minutes, 0, DAY_MINUTES)?;
    at_most("max_visits_a_day", table.max_visits_a_day, 1, 48)?;
    at_most("notice_minutes", table.notice_minutes, 0, days * DAY_MINUTES)?;
    at_most("emergency_notice_minutes", table.emergency_notice_minutes, 0, days * DAY_MINUTES)?;
    at_most("window_days", table.window_days, 1, days)?;
    let until = table.emergencies_only_until.as_deref();
    let until = until.map(|text| time(&place("visits, emergencies_only_until"), text)).transpose()?;
    Ok(VisitRules {
        buffer_before_minutes: table.buffer_before_minutes,
        buffer_after_minutes: table.buffer_after_minutes,
        travel_km_h: table.travel_km_h,
        travel_extra_minutes: table.travel_extra_minutes,
        max_visits_a_day: table.max_visits_a_day,
        notice_minutes: table.notice_minutes,
        emergency_notice_minutes: table.emergency_notice_minutes,
        window_days: table.window_days,
        emergencies_only_until: until,
    })
}

fn time(place: &str, text: &str) -> Result<u16, FileError> {
    parse_time(text).ok_or_else(|| wrong(place, "no time of day, write it like 12:00"))
}

fn day(place: &str, text: &str) -> Result<NaiveDate, FileError> {
    NaiveDate::parse_from_str(text.trim(), DAY).map_err(|_| wrong(place, "no date, write it like 2026-12-31"))
}

/// One day, or `2026-08-01 to 2026-08-10`.
fn days(place: &str, text: &str) -> Result<Days, FileError> {
    let (from, to) = text.split_once(" to ").unwrap_or((text, text));
    let days = Days { from: day(place, from)?, to: day(place, to)? };
    check(place, days.from <= days.to, "the last day is before the first, swap them")?;
    Ok(days)
}

fn span(place: &str, table: BlockedTable, zone: Tz) -> Result<Blocked, FileError> {
    let moment = |field: &str, text: &str| {
        let place = format!("{place}, {field}");
        let local = NaiveDateTime::parse_from_str(text.trim(), MOMENT)
            .map_err(|_| wrong(&place, "no moment, write it like 2026-12-31 14:00"))?;
        let moment = zone.from_local_datetime(&local).earliest();
        moment
            .map(|moment| moment.to_utc())
            .ok_or_else(|| wrong(&place, "the clocks skip this time on that day, write the one after it"))
    };
    let (from, to) = (moment("from", &table.from)?, moment("to", &table.to)?);
    check(place, from < to, "the end is not later than the beginning")?;
    let reason = table.reason.unwrap_or_else(|| REASON_UNKNOWN.to_owned());
    let is_right = is_key(&reason);
    check(&format!("{place}, reason"), is_right, "write 1 to 40 lower-case Latin letters, digits, - or _")?;
    Ok(Blocked { from, to, reason, by: table.by })
}

/// Writes what a business settles, but for the table of visits, which comes after all other fields.
pub(super) fn print_business(out: &mut String, calendar: &BusinessCalendar) {
    let Closures { weekdays, dates, holidays, eves_close_at } = &calendar.closures;
    if !weekdays.is_empty() {
        line(out, "closed_days", write_weekdays(weekdays));
    }
    if !dates.is_empty() {
        let day = |date: NaiveDate| date.format(DAY).to_string();
        let days = |days: &Days| match days.from == days.to {
            true => day(days.from),
            false => format!("{} to {}", day(days.from), day(days.to)),
        };
        line(out, "closed_dates", dates.iter().map(days).collect::<Vec<_>>());
    }
    match holidays {
        Some(Holidays::Israel) => line(out, "holidays", "israel"),
        None => {}
    }
    if let Some(minute) = eves_close_at {
        line(out, "holiday_eves", write_time(*minute));
    }
    print_visits(out, &calendar.visits);
}

/// Writes what a pro settles.
pub(super) fn print_pro(out: &mut String, calendar: &ProCalendar, zone: Tz) {
    if calendar.works_on_holidays {
        line(out, "works_on_holidays", true);
    }
    if !calendar.other_days.is_empty() {
        let day = |day: &OtherDay| (day.date.format(DAY).to_string(), Value::from(write_day(&day.hours)));
        line(out, "other_days", calendar.other_days.iter().map(day).collect::<Table>());
    }
    if let Some(feed) = &calendar.feed {
        line(out, "calendar_feed", feed.0.as_str());
    }
    // What is read from there is read again by whoever has the file.
    let by_people = calendar.blocked.iter().filter(|blocked| blocked.by != BlockedBy::Feed);
    let blocked: Vec<Value> = by_people.map(|blocked| Value::Table(blocked_table(blocked, zone))).collect();
    if !blocked.is_empty() {
        line(out, "blocked", blocked);
    }
    print_visits(out, &calendar.visits);
}

fn blocked_table(blocked: &Blocked, zone: Tz) -> Table {
    let local = |moment: DateTime<Utc>| Value::from(moment.with_timezone(&zone).format(MOMENT).to_string());
    let mut table = Table::from_iter([
        ("from".to_owned(), local(blocked.from)),
        ("to".to_owned(), local(blocked.to)),
        ("reason".to_owned(), Value::from(blocked.reason.as_str())),
    ]);
    match blocked.by {
        BlockedBy::File | BlockedBy::Feed => {}
        BlockedBy::Pro => {
            table.insert("by".to_owned(), Value::from("pro"));
        }
    }
    table
}

fn print_visits(out: &mut String, rules: &VisitRules) {
    let mut table = Table::new();
    let numbers = [
        ("buffer_before_minutes", rules.buffer_before_minutes),
        ("buffer_after_minutes", rules.buffer_after_minutes),
        ("travel_km_h", rules.travel_km_h),
        ("travel_extra_minutes", rules.travel_extra_minutes),
        ("max_visits_a_day", rules.max_visits_a_day),
        ("notice_minutes", rules.notice_minutes),
        ("emergency_notice_minutes", rules.emergency_notice_minutes),
        ("window_days", rules.window_days),
    ];
    for (key, value) in numbers {
        if let Some(value) = value {
            table.insert(key.to_owned(), Value::from(i64::from(value)));
        }
    }
    if let Some(minute) = rules.emergencies_only_until {
        table.insert("emergencies_only_until".to_owned(), Value::from(write_time(minute)));
    }
    if !table.is_empty() {
        line(out, "visits", table);
    }
}
