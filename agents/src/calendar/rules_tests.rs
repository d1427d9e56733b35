//! The rules of planning, by their numbers; the holidays of nine years; and a comparison with plain counting.

#![allow(clippy::unwrap_used)]

use super::tests::{Dice, at, hours, slot, starts, utc};
use super::*;
use crate::lead::Slot;
use crate::understanding::places::{distance_between, position};
use crate::when::hebrew_calendar::{is_day_of_rest, is_eve_of_rest};
use chrono::Duration;
use chrono_tz::America::Chicago;
use chrono_tz::Asia::Jerusalem;

/// The days on which businesses in Israel close, as published: new year, Yom Kippur, Sukkot, Shemini Atzeret, first and
/// seventh day of Pesach, Independence Day as it was or will be kept, Shavuot.
const DAYS_OF_REST: [[&str; 9]; 9] = [
    [
        "2024-10-03",
        "2024-10-04",
        "2024-10-12",
        "2024-10-17",
        "2024-10-24",
        "2024-04-23",
        "2024-04-29",
        "2024-05-14",
        "2024-06-12",
    ],
    [
        "2025-09-23",
        "2025-09-24",
        "2025-10-02",
        "2025-10-07",
        "2025-10-14",
        "2025-04-13",
        "2025-04-19",
        "2025-05-01",
        "2025-06-02",
    ],
    [
        "2026-09-12",
        "2026-09-13",
        "2026-09-21",
        "2026-09-26",
        "2026-10-03",
        "2026-04-02",
        "2026-04-08",
        "2026-04-22",
        "2026-05-22",
    ],
    [
        "2027-10-02",
        "2027-10-03",
        "2027-10-11",
        "2027-10-16",
        "2027-10-23",
        "2027-04-22",
        "2027-04-28",
        "2027-05-12",
        "2027-06-11",
    ],
    [
        "2028-09-21",
        "2028-09-22",
        "2028-09-30",
        "2028-10-05",
        "2028-10-12",
        "2028-04-11",
        "2028-04-17",
        "2028-05-02",
        "2028-05-31",
    ],
    [
        "2029-09-10",
        "2029-09-11",
        "2029-09-19",
        "2029-09-24",
        "2029-10-01",
        "2029-03-31",
        "2029-04-06",
        "2029-04-19",
        "2029-05-20",
    ],
    [
        "2030-09-28",
        "2030-09-29",
        "2030-10-07",
        "2030-10-12",
        "2030-10-19",
        "2030-04-18",
        "2030-04-24",
        "2030-05-08",
        "2030-06-07",
    ],
    [
        "2031-09-18",
        "2031-09-19",
        "2031-09-27",
        "2031-10-02",
        "2031-10-09",
        "2031-04-08",
        "2031-04-14",
        "2031-04-29",
        "2031-05-28",
    ],
    [
        "2032-09-06",
        "2032-09-07",
        "2032-09-15",
        "2032-09-20",
        "2032-09-27",
        "2032-03-27",
        "2032-04-02",
        "2032-04-15",
        "2032-05-16",
    ],
];

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn closures() -> Closures {
    Closures { holidays: Some(Holidays::Israel), eves_close_at: Some(13 * 60), ..Closures::default() }
}

#[test]
fn holidays_are_those_that_were_published_and_no_other_days() {
    for (year, published) in (2024..).zip(DAYS_OF_REST) {
        let mut expected = published.map(day);
        expected.sort_unstable();
        let found: Vec<_> = day(&format!("{year}-01-01"))
            .iter_days()
            .take_while(|day| day.year() == year)
            .filter(|day| is_day_of_rest(*day))
            .collect();
        assert_eq!(found, expected, "{year}");
    }
    // Whoever rests on two days has one eve; the eve of Independence Day is Memorial Day.
    for (date, expected) in [
        ("2026-09-11", true),
        ("2026-09-12", false),
        ("2026-04-21", true),
        ("2026-04-22", false),
        ("2026-11-22", false),
    ] {
        assert_eq!(is_eve_of_rest(day(date)), expected, "{date}");
    }
}

#[test]
fn closed_days_dates_and_holidays_are_never_open() {
    let week = hours(&[("sunday-saturday", "08:00-18:00")]);
    let closures = Closures {
        weekdays: vec![6],
        dates: vec![Days { from: day("2026-09-14"), to: day("2026-09-15") }],
        ..closures()
    };
    let of = |works_on_holidays| Opening {
        closures: Some(&closures),
        works_on_holidays,
        ..Opening::of_week(&week)
    };
    let full = vec![(480, 1080)];
    for (date, usual, at_work_on_holidays) in [
        ("2026-09-10", full.clone(), full.clone()),
        ("2026-09-11", vec![(480, 780)], full.clone()),
        ("2026-09-12", vec![], vec![]), // A holiday, and a Saturday.
        ("2026-09-13", vec![], full.clone()),
        ("2026-09-14", vec![], vec![]),
        ("2026-09-15", vec![], vec![]),
        ("2026-09-16", full.clone(), full.clone()),
        ("2026-09-20", vec![(480, 780)], full.clone()),
        ("2026-09-21", vec![], full.clone()),
    ] {
        assert_eq!(of(false).on(day(date)), usual, "{date}");
        assert_eq!(of(true).on(day(date)), at_work_on_holidays, "{date}, at work on holidays");
    }
}

#[test]
fn other_hours_of_a_day_count_before_everything() {
    let week = hours(&[("sunday-thursday", "08:00-18:00")]);
    let closures = closures();
    let other_days = [
        OtherDay { date: day("2026-09-13"), hours: vec![(600, 720)] },
        OtherDay { date: day("2026-09-14"), hours: vec![] },
        OtherDay { date: day("2026-09-19"), hours: vec![(1260, 1380)] },
    ];
    let opening = Opening { other_days: &other_days, closures: Some(&closures), ..Opening::of_week(&week) };
    let search =
        SlotSearch { opening, ..SlotSearch::new(&week, Jerusalem, at(Jerusalem, "2026-09-11 14:00")) };
    let first: Vec<Slot> = free_slots(&search).into_iter().take(3).collect();
    assert_eq!(starts(Jerusalem, &first), "13/09 10:00 13/09 10:30 13/09 11:00");
    let on = |date: &str| {
        free_slots(&search).iter().filter(|slot| local(slot.from, Jerusalem).date == day(date)).count()
    };
    assert_eq!((on("2026-09-14"), on("2026-09-15"), on("2026-09-19")), (0, 19, 3));
}

#[test]
fn b54_mornings_are_kept_for_emergencies() {
    let week = hours(&[("sunday-thursday", "08:00-18:00")]);
    let rules = VisitRules { emergencies_only_until: Some(720), ..VisitRules::default() };
    let (pro, business) = (ProCalendar::default(), BusinessCalendar::default());
    let first = |emergency| {
        let opening = Opening::of_pro(&week, &pro, &business, rules, emergency);
        let now = at(Jerusalem, "2026-11-22 08:00");
        let search = SlotSearch { opening, ..SlotSearch::new(&week, Jerusalem, now).under(rules, emergency) };
        starts(Jerusalem, &free_slots(&search)[..1])
    };
    assert_eq!(first(true), "22/11 09:00");
    assert_eq!(first(false), "22/11 12:00");
}

#[test]
fn notice_is_shorter_in_an_emergency_and_the_window_ends() {
    let week = hours(&[("sunday-saturday", "00:00-24:00")]);
    let rules = VisitRules {
        notice_minutes: Some(180),
        emergency_notice_minutes: Some(30),
        window_days: Some(2),
        ..VisitRules::default()
    };
    let now = at(Jerusalem, "2026-11-22 08:00");
    let slots = |emergency| free_slots(&SlotSearch::new(&week, Jerusalem, now).under(rules, emergency));
    assert_eq!(starts(Jerusalem, &slots(false)[..1]), "22/11 11:00");
    assert_eq!(starts(Jerusalem, &slots(true)[..1]), "22/11 08:30");
    assert_eq!(starts(Jerusalem, slots(false).last().map(std::slice::from_ref).unwrap()), "24/11 07:30");
    assert_eq!(VisitRules { window_days: Some(99), ..rules }.window(), HORIZON_DAYS);
    assert_eq!(VisitRules { notice_minutes: Some(10), ..VisitRules::default() }.notice(true), 10);
}

#[test]
fn b65_a_day_with_all_its_visits_passes_on_to_the_next() {
    let week = hours(&[("sunday-thursday", "08:00-18:00")]);
    let now = at(Jerusalem, "2026-11-22 10:30");
    // The first was this morning and counts too.
    let taken: Vec<Taken> = ["08:00", "12:00", "15:00"]
        .map(|time| slot(Jerusalem, &format!("2026-11-22 {time}"), 60))
        .map(|slot| Taken { from: slot.from, to: slot.to, place: None })
        .to_vec();
    let search = SlotSearch { max_a_day: Some(3), taken: &taken, ..SlotSearch::new(&week, Jerusalem, now) };
    assert_eq!(starts(Jerusalem, &free_slots(&search)[..1]), "23/11 08:00");
    assert_eq!(may_take(&search, slot(Jerusalem, "2026-11-22 16:00", 60)), Err(Refusal::DayFull));
    let roomy = SlotSearch { max_a_day: Some(4), ..search };
    assert_eq!(starts(Jerusalem, &free_slots(&roomy)[..1]), "22/11 13:00");
}

#[test]
fn the_way_between_two_towns_takes_time() {
    let week = hours(&[("sunday-thursday", "08:00-18:00")]);
    let busy = slot(Jerusalem, "2026-11-22 12:00", 60);
    let at_place =
        |town: Option<&str>| vec![Taken { from: busy.from, to: busy.to, place: town.and_then(position) }];
    let around = |taken: &[Taken], town: &str| {
        let search = SlotSearch {
            taken,
            travel: VisitRules::default().travel(),
            place: position(town),
            buffer_after_minutes: 10,
            ..SlotSearch::new(&week, Jerusalem, at(Jerusalem, "2026-11-22 07:00"))
        };
        let slots = free_slots(&search);
        let before =
            slots.iter().rfind(|slot| slot.to <= busy.from).map(|slot| (busy.from - slot.to).num_minutes());
        let later =
            slots.iter().find(|slot| slot.from >= busy.to).map(|slot| (slot.from - busy.to).num_minutes());
        (before.unwrap(), later.unwrap())
    };
    // Tel Aviv to Netanya are about 28 km: 56 minutes and 10 more, after the pause of 10.
    let way = VisitRules::default()
        .travel()
        .minutes(distance_between(position("tel_aviv").unwrap(), position("netanya").unwrap()));
    assert!((60..75).contains(&way), "{way}");
    assert_eq!(around(&at_place(Some("tel_aviv")), "netanya"), (90, 90));
    assert_eq!(
        around(&at_place(Some("tel_aviv")), "tel_aviv"),
        (30, 30),
        "within one town the pause stands for it"
    );
    assert_eq!(around(&at_place(None), "netanya"), (30, 30), "an unknown place has the pause only");
    assert_eq!((Travel::NONE.minutes(90.0), Travel { km_h: 30, extra_minutes: 0 }.minutes(1.01)), (0, 3));
}

#[test]
fn b59_b92_b93_b94_a_time_is_refused_with_its_reason() {
    let week = hours(&[("sunday-thursday", "08:00-18:00")]);
    let own = slot(Jerusalem, "2026-11-22 10:00", 60);
    let other = slot(Jerusalem, "2026-11-22 14:00", 60);
    let taken = [Taken { from: other.from, to: other.to, place: None }];
    let blocked = [(at(Jerusalem, "2026-11-22 15:00"), at(Jerusalem, "2026-11-22 16:00"))];
    let now = at(Jerusalem, "2026-11-22 07:00");
    // The visit that moves is not among the taken ones: it does not stand in its own way.
    let search = SlotSearch { taken: &taken, blocked: &blocked, ..SlotSearch::new(&week, Jerusalem, now) };
    let check = |time: &str, minutes: i64, expected: Result<(), Refusal>| {
        let wanted = slot(Jerusalem, &format!("2026-11-22 {time}"), minutes);
        assert_eq!(may_take(&search, wanted), expected, "{time} for {minutes}");
    };
    check("10:15", 60, Ok(()));
    check("13:30", 60, Err(Refusal::Conflict));
    check("15:30", 60, Err(Refusal::Blocked));
    check("16:00", 60, Ok(()));
    check("17:30", 60, Err(Refusal::Closed));
    check("07:30", 60, Err(Refusal::TooSoon));
    check("10:00", 0, Err(Refusal::InvalidRange));
    let backwards = Slot { from: own.to, to: own.from };
    assert_eq!(may_take(&search, backwards), Err(Refusal::InvalidRange));
    let keys = [
        Refusal::InvalidRange,
        Refusal::TooSoon,
        Refusal::Closed,
        Refusal::Blocked,
        Refusal::DayFull,
        Refusal::Conflict,
    ];
    assert_eq!(
        keys.map(Refusal::key),
        ["invalid_range", "too_soon", "closed", "blocked", "day_full", "conflict"]
    );
}

#[test]
fn b63_closed_days_are_names_or_numbers_from_monday() {
    assert_eq!(parse_weekdays("Sun, Monday, 2, 6").unwrap(), [0, 1, 3]);
    assert_eq!(parse_weekdays("friday-saturday").unwrap(), [5, 6]);
    assert_eq!(parse_weekdays("0").unwrap(), [1]);
    assert_eq!(parse_weekdays("").unwrap(), [0_u8; 0]);
    assert_eq!(parse_weekdays(&write_weekdays(&[0, 3, 6])).unwrap(), [0, 3, 6]);
    for wrong in ["7", "-1", "Sun, Funday"] {
        assert!(parse_weekdays(wrong).is_err(), "{wrong}");
    }
}

#[test]
fn no_free_slot_breaks_any_rule_whatever_they_are() {
    let towns = ["tel_aviv", "netanya", "haifa", "jerusalem", "ramat_gan"];
    let zones = [
        (Jerusalem, "2026-03-22 06:00"),
        (Jerusalem, "2026-10-20 06:00"),
        (Chicago, "2026-10-28 12:00"),
        (Chicago, "2026-03-03 12:00"),
    ];
    let mut total = 0;
    for seed in 0..150_u64 {
        let mut dice = Dice(seed);
        let (zone, begin) = zones[usize::from(dice.small(4))];
        let now = utc(begin) + dice.minutes(4000);
        let mut week = WeekHours::default();
        for day in &mut week.days {
            let open = dice.small(600);
            day.push((open, open + 120 + dice.small(700)));
        }
        let today = local(now, zone).date;
        let in_days = |dice: &mut Dice| today + chrono::Days::new(dice.below(14));
        let closures = Closures {
            weekdays: vec![u8::try_from(dice.small(7)).unwrap()],
            dates: vec![Days { from: in_days(&mut dice), to: today + chrono::Days::new(8) }],
            holidays: Some(Holidays::Israel).filter(|_| dice.below(2) > 0),
            eves_close_at: Some(600 + dice.small(300)),
        };
        let other_days = [OtherDay { date: in_days(&mut dice), hours: vec![(480, 900)] }];
        let visit = |dice: &mut Dice| {
            let from = now - Duration::hours(6) + dice.minutes(14 * 24 * 60);
            let place = position(towns[usize::from(dice.small(5))]).filter(|_| dice.below(4) > 0);
            Taken { from, to: from + Duration::minutes(15) + dice.minutes(200), place }
        };
        let taken: Vec<Taken> = (0..dice.below(12)).map(|_| visit(&mut dice)).collect();
        let blocked: Vec<_> =
            (0..dice.below(4)).map(|_| visit(&mut dice)).map(|span| (span.from, span.to)).collect();
        let rules = VisitRules {
            buffer_before_minutes: Some(u32::from(dice.small(30))),
            buffer_after_minutes: Some(u32::from(dice.small(30))),
            travel_km_h: Some(u32::from(dice.small(3)) * 30),
            max_visits_a_day: Some(u32::from(dice.small(3)) + 1),
            notice_minutes: Some(u32::from(dice.small(300))),
            window_days: Some(u32::from(dice.small(14)) + 1),
            emergencies_only_until: Some(dice.small(700)),
            ..VisitRules::default()
        };
        let place = position(towns[usize::from(dice.small(5))]);
        let opening = Opening {
            other_days: &other_days,
            closures: Some(&closures),
            not_before: rules.emergencies_only_until.unwrap(),
            ..Opening::of_week(&week)
        };
        let search = SlotSearch {
            opening,
            minutes: 30 + u32::from(dice.small(120)),
            place,
            taken: &taken,
            blocked: &blocked,
            ..SlotSearch::new(&week, zone, now).under(rules, false)
        };
        let found = free_slots(&search);
        total += found.len();
        for slot in &found {
            let context = format!("seed {seed}, {slot:?}");
            let begins = local(slot.from, zone);
            let ends = local(slot.to - Duration::seconds(1), zone);
            assert!(slot.from >= now + Duration::minutes(i64::from(rules.notice(false))), "{context}");
            assert!(slot.from < now + Duration::days(rules.window()), "{context}");
            assert!(begins.minute_of_day() >= rules.emergencies_only_until.unwrap(), "{context}");
            if begins.date != other_days[0].date {
                assert!(!closures.weekdays.contains(&begins.weekday), "{context}");
                assert!(
                    !closures.dates.iter().any(|days| (days.from..=days.to).contains(&begins.date)),
                    "{context}"
                );
                let rests = closures.holidays.is_some() && is_day_of_rest(begins.date);
                assert!(!rests, "{context}");
                let is_eve = closures.holidays.is_some() && is_eve_of_rest(begins.date);
                assert!(!is_eve || ends.minute_of_day() < closures.eves_close_at.unwrap(), "{context}");
            }
            let same_day = taken.iter().filter(|taken| local(taken.from, zone).date == begins.date).count();
            assert!(u32::try_from(same_day).unwrap() < rules.max_visits_a_day.unwrap(), "{context}");
            assert!(blocked.iter().all(|(from, to)| slot.to <= *from || *to <= slot.from), "{context}");
            for taken in &taken {
                let way =
                    place.zip(taken.place).map_or(0, |(a, b)| rules.travel().minutes(distance_between(a, b)));
                let pause = rules.buffer_before_minutes.unwrap() + rules.buffer_after_minutes.unwrap() + way;
                let pause = Duration::minutes(i64::from(pause));
                assert!(
                    slot.to + pause <= taken.from || taken.to + pause <= slot.from,
                    "{context}: {taken:?}"
                );
                let claimed = steps(Slot { from: taken.from, to: taken.to });
                assert!(!steps(*slot).iter().any(|step| claimed.contains(step)), "{context}: {taken:?}");
            }
            assert_eq!(may_take(&search, *slot), Ok(()), "{context}");
        }
    }
    assert!(total > 2000, "the searches find something: {total}");
}
