//! Weekly hours, slots and choices, with the days when the clocks change; and a comparison with counting by hand.

#![allow(clippy::unwrap_used)]

use super::*;
use crate::lead::Slot;
use chrono::{Duration, TimeZone};
use chrono_tz::America::Chicago;
use chrono_tz::Asia::{Jerusalem, Kathmandu};
use std::collections::BTreeMap;

fn map(lines: &[(&str, &str)]) -> BTreeMap<String, String> {
    lines.iter().map(|(days, spans)| ((*days).to_owned(), (*spans).to_owned())).collect()
}

pub(super) fn hours(lines: &[(&str, &str)]) -> WeekHours {
    WeekHours::parse(&map(lines)).unwrap()
}

pub(super) fn utc(text: &str) -> DateTime<Utc> {
    chrono::NaiveDateTime::parse_from_str(text, "%Y-%m-%d %H:%M").unwrap().and_utc()
}

/// A local time that exists once.
pub(super) fn at(zone: Tz, text: &str) -> DateTime<Utc> {
    let local = chrono::NaiveDateTime::parse_from_str(text, "%Y-%m-%d %H:%M").unwrap();
    zone.from_local_datetime(&local).single().unwrap().to_utc()
}

pub(super) fn slot(zone: Tz, from: &str, minutes: i64) -> Slot {
    let from = at(zone, from);
    Slot { from, to: from + Duration::minutes(minutes) }
}

/// A visit at an unknown place.
fn visit(slot: Slot) -> Taken {
    Taken { from: slot.from, to: slot.to, place: None }
}

pub(super) fn starts(zone: Tz, slots: &[Slot]) -> String {
    slots
        .iter()
        .map(|slot| slot.from.with_timezone(&zone).format("%d/%m %H:%M").to_string())
        .collect::<Vec<_>>()
        .join(" ")
}

#[test]
fn hours_are_read_and_written_back() {
    let week = hours(&[("sunday-thursday", "08:00-18:00"), ("friday", "8:00-12:00")]);
    assert_eq!(week.days[0], [(480, 1080)]);
    assert_eq!(week.days[4], [(480, 1080)]);
    assert_eq!(week.days[5], [(480, 720)]);
    assert!(week.days[6].is_empty());
    assert_eq!(week.to_map(), map(&[("sunday-thursday", "08:00-18:00"), ("friday", "08:00-12:00")]));

    let split = hours(&[
        ("sunday, Tuesday", "16:00-20:00, 08:00-12:00"),
        ("sat", "20:00-24:00"),
        ("friday", "closed"),
    ]);
    assert_eq!(split.days[2], [(480, 720), (960, 1200)]);
    assert_eq!(
        split.to_map(),
        map(&[("sunday, tuesday", "08:00-12:00, 16:00-20:00"), ("saturday", "20:00-24:00")])
    );
    assert_eq!(WeekHours::parse(&split.to_map()).unwrap(), split);

    let over_the_end = hours(&[("friday-sunday", "10:00-11:00")]);
    assert_eq!(over_the_end.to_map(), map(&[("sunday, friday-saturday", "10:00-11:00")]));
    let in_two_lines = hours(&[("sunday", "08:00-12:00"), ("sunday-monday", "12:00-13:00")]);
    assert_eq!(in_two_lines.days[0], [(480, 720), (720, 780)]);
}

#[test]
fn hours_that_are_wrong_are_refused_with_their_line() {
    let check = |days: &str, spans: &str, expected: &str| {
        let error = WeekHours::parse(&map(&[(days, spans)])).unwrap_err().to_string();
        assert!(error.contains(expected) && error.contains(days), "{days} = {spans}: {error}");
    };
    // B64: closing not later than opening.
    check("friday", "12:00-08:00", "not later");
    check("friday", "12:00-12:00", "not later");
    check("friday", "20:00-02:00", "split hours at midnight");
    check("sunday-firday", "08:00-12:00", "\"firday\" is no weekday");
    check("", "08:00-12:00", "is no weekday");
    check("monday", "08:00-12:00, 11:00-13:00", "overlap");
    for span in
        ["8-12", "08:00", "", "08:0-12:00", "08:60-12:00", "08:00-24:01", "+8:00-12:00", "25:00-26:00"]
    {
        check("monday", span, "write it like");
    }
    let twice = WeekHours::parse(&map(&[("monday", "08:00-12:00"), ("sunday-thursday", "09:00-10:00")]));
    assert_eq!(twice, Err(HoursError::Overlap { key: "sunday-thursday".to_owned(), day: "monday" }));
}

#[test]
fn hours_are_stored_as_seven_lists_of_minutes() {
    let week = hours(&[("friday", "08:00-12:00")]);
    let stored = serde_json::to_string(&week).unwrap();
    assert_eq!(stored, "[[],[],[],[],[],[[480,720]],[]]");
    assert_eq!(serde_json::from_str::<WeekHours>(&stored).unwrap(), week);
}

#[test]
fn a_pause_around_a_visit_is_kept() {
    // B60.
    let week = hours(&[("sunday-thursday", "08:00-18:00")]);
    let taken = [visit(slot(Jerusalem, "2026-11-22 10:00", 60))];
    let now = at(Jerusalem, "2026-11-21 09:00");
    let search =
        SlotSearch { buffer_after_minutes: 15, taken: &taken, ..SlotSearch::new(&week, Jerusalem, now) };
    assert!(!is_free(&search, slot(Jerusalem, "2026-11-22 10:50", 30)));
    assert!(is_free(&search, slot(Jerusalem, "2026-11-22 11:20", 30)));
    assert!(!is_free(&search, slot(Jerusalem, "2026-11-22 11:00", 30)));
    assert!(!is_free(&search, slot(Jerusalem, "2026-11-22 09:30", 30)));
    assert!(is_free(&search, slot(Jerusalem, "2026-11-22 09:00", 30)));
}

#[test]
fn closed_days_and_early_hours_are_not_free() {
    // B61.
    let week = hours(&[("monday-friday", "08:00-17:00")]);
    let search = SlotSearch::new(&week, Jerusalem, at(Jerusalem, "2026-11-20 18:00"));
    assert!(!is_free(&search, slot(Jerusalem, "2026-11-22 12:00", 60)));
    assert!(!is_free(&search, slot(Jerusalem, "2026-11-23 07:00", 60)));
    assert!(is_free(&search, slot(Jerusalem, "2026-11-23 09:00", 60)));
    assert!(!is_free(&search, slot(Jerusalem, "2026-11-23 16:30", 60)));
    assert!(!is_free(&search, slot(Jerusalem, "2026-11-20 09:00", 60)), "the past is not free");
    assert!(!is_free(&search, slot(Jerusalem, "2026-11-23 09:00", 0)));
}

#[test]
fn a_visit_that_does_not_fit_before_closing_moves_to_the_next_open_day() {
    // B62.
    let week = hours(&[("sunday-thursday", "08:00-17:00")]);
    let now = at(Jerusalem, "2026-11-19 12:00");
    let search = SlotSearch {
        from: at(Jerusalem, "2026-11-19 16:30"),
        minutes: 120,
        limit: 1,
        ..SlotSearch::new(&week, Jerusalem, now)
    };
    assert_eq!(starts(Jerusalem, &free_slots(&search)), "22/11 08:00");
}

#[test]
fn a_full_day_moves_the_offer_to_the_next() {
    // B65: whatever fills the day, the next free slot is the next day's.
    let week = hours(&[("sunday-thursday", "08:00-11:00")]);
    let taken: Vec<_> = ["08:00", "09:00", "10:00"]
        .map(|time| visit(slot(Jerusalem, &format!("2026-11-22 {time}"), 60)))
        .to_vec();
    let now = at(Jerusalem, "2026-11-21 20:00");
    let search = SlotSearch { taken: &taken, limit: 2, ..SlotSearch::new(&week, Jerusalem, now) };
    assert_eq!(starts(Jerusalem, &free_slots(&search)), "23/11 08:00 23/11 08:30");
}

#[test]
fn hours_are_local_across_the_change_of_clocks_in_chicago() {
    // B67: 8 March and 1 November 2026; stored in UTC, shown with the local weekday and time.
    let week = hours(&[("saturday-monday", "09:00-10:00")]);
    for (now, expected) in [
        ("2026-03-07 00:00", ["2026-03-07 15:00", "2026-03-08 14:00", "2026-03-09 14:00"]),
        ("2026-10-31 00:00", ["2026-10-31 14:00", "2026-11-01 15:00", "2026-11-02 15:00"]),
    ] {
        let search = SlotSearch { limit: 3, ..SlotSearch::new(&week, Chicago, utc(now)) };
        let slots = free_slots(&search);
        assert_eq!(slots.iter().map(|slot| slot.from).collect::<Vec<_>>(), expected.map(utc));
        for (slot, weekday) in slots.iter().zip([6, 0, 1]) {
            let local = local(slot.from, Chicago);
            assert_eq!((local.weekday, local.hour, local.minute), (weekday, 9, 0));
        }
    }
}

#[test]
fn an_hour_that_is_skipped_is_never_offered() {
    // Friday 27 March 2026 in Jerusalem: 02:00 becomes 03:00.
    let check = |spans: &str, minutes: u32, expected: &str| {
        let week = hours(&[("friday", spans)]);
        let now = at(Jerusalem, "2026-03-26 12:00");
        let search =
            SlotSearch { minutes, to: now + Duration::days(2), ..SlotSearch::new(&week, Jerusalem, now) };
        assert_eq!(starts(Jerusalem, &free_slots(&search)), expected, "{spans}");
    };
    check("01:00-04:00", 60, "27/03 01:00 27/03 01:30 27/03 03:00");
    check("02:30-04:00", 30, "27/03 03:00 27/03 03:30");
    check("01:00-02:30", 30, "27/03 01:00 27/03 01:30");
    check("02:00-03:00", 30, "");
}

#[test]
fn an_hour_that_comes_twice_is_open_twice() {
    // Sunday 25 October 2026 in Jerusalem: 02:00 becomes 01:00.
    let check = |spans: &str, expected: &[&str]| {
        let week = hours(&[("sunday", spans)]);
        let now = utc("2026-10-24 10:00");
        let search = SlotSearch { to: now + Duration::days(2), ..SlotSearch::new(&week, Jerusalem, now) };
        let found: Vec<_> = free_slots(&search).iter().map(|slot| slot.from).collect();
        assert_eq!(
            found,
            expected.iter().map(|time| utc(&format!("2026-10-{time}"))).collect::<Vec<_>>(),
            "{spans}"
        );
    };
    check("01:00-02:00", &["24 22:00", "24 22:30", "24 23:00"]);
    check("00:30-01:30", &["24 21:30"]);
    check("01:30-03:00", &["24 23:30", "25 00:00"]);
    let first = local(utc("2026-10-24 22:30"), Jerusalem);
    assert_eq!(first, local(utc("2026-10-24 23:30"), Jerusalem));
    assert_eq!((first.weekday, first.hour, first.minute), (0, 1, 30));
}

#[test]
fn work_around_the_clock_does_not_end_at_midnight() {
    let week = hours(&[("sunday-saturday", "00:00-24:00")]);
    let search = SlotSearch::new(&week, Jerusalem, at(Jerusalem, "2026-11-22 20:00"));
    assert!(is_free(&search, slot(Jerusalem, "2026-11-22 23:30", 120)));
}

#[test]
fn slots_keep_notice_limits_and_the_grid() {
    let week = hours(&[("sunday-thursday", "08:10-12:00")]);
    let now = at(Jerusalem, "2026-11-22 08:05");
    let search =
        SlotSearch { to: at(Jerusalem, "2026-11-22 11:00"), ..SlotSearch::new(&week, Jerusalem, now) };
    assert_eq!(starts(Jerusalem, &free_slots(&search)), "22/11 09:30 22/11 10:00 22/11 10:30");
    let hourly = SlotSearch { step_minutes: 45, notice_minutes: 0, ..search };
    assert_eq!(starts(Jerusalem, &free_slots(&hourly)), "22/11 08:30 22/11 09:30 22/11 10:30");
    assert!(free_slots(&SlotSearch { minutes: 0, ..search }).is_empty());
    assert!(free_slots(&SlotSearch { minutes: u32::MAX, ..search }).is_empty());
    assert!(free_slots(&SlotSearch { limit: 0, ..search }).is_empty());
    let long_ago = SlotSearch { to: now - Duration::days(1), ..search };
    assert!(free_slots(&long_ago).is_empty());
    // A taken span that lies across steps takes them whole, since a claim would.
    let taken = [visit(slot(Jerusalem, "2026-11-22 10:20", 20))];
    let beside = SlotSearch { taken: &taken, minutes: 30, ..search };
    assert_eq!(starts(Jerusalem, &free_slots(&beside)), "22/11 09:30");

    let nepal = SlotSearch { limit: 2, ..SlotSearch::new(&week, Kathmandu, utc("2026-11-22 00:00")) };
    assert_eq!(starts(Kathmandu, &free_slots(&nepal)), "22/11 08:15 22/11 08:45");
}

#[test]
fn a_visit_touches_every_step_it_covers_in_part() {
    let check = |from: &str, minutes: i64, expected: &[&str]| {
        let from = utc(&format!("2026-11-22 {from}"));
        let found = steps(Slot { from, to: from + Duration::minutes(minutes) });
        assert_eq!(found, expected.iter().map(|time| utc(&format!("2026-11-22 {time}"))).collect::<Vec<_>>());
    };
    check("10:00", 60, &["10:00", "10:30"]);
    check("10:00", 45, &["10:00", "10:30"]);
    check("10:50", 30, &["10:30", "11:00"]);
    check("10:00", 0, &[]);
}

#[test]
fn the_next_opening_is_now_when_it_is_open() {
    let week = hours(&[("sunday-thursday", "08:00-21:00"), ("friday", "08:00-14:00")]);
    let check = |now: &str, expected: &str| {
        let now = at(Jerusalem, now);
        assert_eq!(next_open(&week, Jerusalem, now), Some(at(Jerusalem, expected)));
        assert_eq!(is_open(&week, Jerusalem, now), next_open(&week, Jerusalem, now) == Some(now));
    };
    check("2026-11-22 09:17", "2026-11-22 09:17");
    check("2026-11-22 21:00", "2026-11-23 08:00");
    check("2026-11-20 14:00", "2026-11-22 08:00");
    check("2026-11-22 03:00", "2026-11-22 08:00");
    assert_eq!(next_open(&WeekHours::default(), Jerusalem, utc("2026-11-22 09:00")), None);
}

#[test]
fn an_offer_is_varied_or_near() {
    let week = hours(&[("sunday-thursday", "08:00-18:00")]);
    let now = at(Jerusalem, "2026-11-22 09:00");
    let free = free_slots(&SlotSearch::new(&week, Jerusalem, now));
    let times = |slots: &[Slot]| starts(Jerusalem, slots);
    assert_eq!(times(&spread(&free, 3, None, Jerusalem)), "22/11 10:00 22/11 12:00 23/11 08:00");
    let near = Some(at(Jerusalem, "2026-11-23 14:00"));
    assert_eq!(times(&spread(&free, 3, near, Jerusalem)), "23/11 14:00 23/11 13:30 23/11 14:30");

    let tomorrow_afternoon = |slot: &Slot| {
        let local = local(slot.from, Jerusalem);
        local.date.to_string() == "2026-11-23" && local.hour >= 12
    };
    let fitting = spread_wanted(&free, tomorrow_afternoon, 3, None, Jerusalem);
    assert_eq!(times(&fitting), "23/11 12:00 23/11 14:00 23/11 16:00");
    let at_four = |slot: &Slot| slot.from == at(Jerusalem, "2026-11-23 16:00");
    assert_eq!(
        times(&spread_wanted(&free, at_four, 3, None, Jerusalem)),
        "23/11 16:00 23/11 15:30 23/11 16:30"
    );

    assert_eq!(times(&spread(&free[..3], 3, None, Jerusalem)), "22/11 10:00 22/11 10:30 22/11 11:00");
    assert!(spread(&[], 3, None, Jerusalem).is_empty());
    assert!(spread_wanted(&free, |_| true, 0, None, Jerusalem).is_empty());
}

/// A small generator (splitmix64), so that a failure is made again from its seed.
pub(super) struct Dice(pub(super) u64);

impl Dice {
    pub(super) fn below(&mut self, limit: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        (z ^ (z >> 31)) % limit
    }

    pub(super) fn small(&mut self, limit: u16) -> u16 {
        u16::try_from(self.below(u64::from(limit))).unwrap()
    }

    pub(super) fn minutes(&mut self, limit: u64) -> Duration {
        Duration::minutes(i64::try_from(self.below(limit)).unwrap())
    }
}

#[test]
fn searching_finds_just_what_counting_every_minute_finds() {
    let zones = [Jerusalem, Chicago, chrono_tz::Australia::Lord_Howe, Kathmandu, chrono_tz::Pacific::Apia];
    let days =
        ["2026-03-26 20:00", "2026-10-24 12:00", "2026-03-07 22:00", "2026-10-31 10:00", "2026-04-04 06:00"];
    let mut total = 0;
    for seed in 0..120_u64 {
        let mut dice = Dice(seed);
        let zone = zones[usize::from(dice.small(5))];
        let mut week = WeekHours::default();
        for day in &mut week.days {
            let mut open = dice.small(700);
            while open < 1300 && dice.below(4) > 0 {
                let close = (open + 1 + dice.small(800)).min(1440);
                day.push((open, close));
                open = close + dice.small(200);
            }
        }
        let now = utc(days[usize::from(dice.small(5))]) + dice.minutes(600);
        let taken: Vec<_> = (0..dice.below(4))
            .map(|_| {
                let from = now + dice.minutes(3000);
                visit(Slot { from, to: from + dice.minutes(200) })
            })
            .collect();
        let search = SlotSearch {
            from: now + dice.minutes(300),
            to: now + dice.minutes(2900),
            minutes: u32::from(dice.small(240)) + 1,
            notice_minutes: u32::from(dice.small(120)),
            buffer_before_minutes: u32::from(dice.small(2)) * 15,
            taken: &taken,
            ..SlotSearch::new(&week, zone, now)
        };
        let found = free_slots(&search);
        assert_eq!(found, count(&search), "seed {seed}");
        assert!(found.iter().all(|slot| is_free(&search, *slot)), "seed {seed}");
        total += found.len();
    }
    assert!(total > 1000, "the searches find something: {total}");
}

/// Free slots by trying every step and looking at every minute of the visit.
fn count(search: &SlotSearch<'_>) -> Vec<Slot> {
    let mut slots = Vec::new();
    let mut from = DateTime::from_timestamp(search.from.timestamp() / 1800 * 1800, 0).unwrap();
    let pause = Duration::minutes(i64::from(search.buffer_before_minutes));
    while from < search.to {
        let slot = Slot { from, to: from + Duration::minutes(i64::from(search.minutes)) };
        let all_open = (0..search.minutes).all(|minute| {
            is_open(search.opening.week, search.zone, from + Duration::minutes(i64::from(minute)))
        });
        let in_time =
            from >= search.from && from >= search.now + Duration::minutes(i64::from(search.notice_minutes));
        let apart = search.taken.iter().all(|Taken { from: busy, to: done, .. }| {
            let busy_steps = steps(Slot { from: *busy, to: *done });
            let meets = *busy < *done && slot.from < *done + pause && *busy < slot.to + pause;
            !meets && !steps(slot).iter().any(|step| busy_steps.contains(step))
        });
        if all_open && in_time && apart {
            slots.push(slot);
        }
        from += Duration::minutes(30);
    }
    slots
}
