//! Business files: what is read, what is refused and with which words, and that writing and reading agree.

#![allow(clippy::unwrap_used)]

use super::country::Country;
use super::*;
use agents::business::{Approval, Consent};
use agents::pro::Area;
use agents::trade::Trade;
use chrono_tz::Asia::Jerusalem;
use std::collections::BTreeSet;

const BUSINESS: &str = r#"
[business]
key = "fixi"
name = "Fixi"
timezone = "Asia/Jerusalem"
locale = "he"
approval = "pro"
consent = "notice"
hours = { sunday-thursday = "08:00-21:00", friday = "08:00-14:00" }
"#;

const PRO: &str = r#"
[[pros]]
name = "אבי כהן"
phone = "050-0000101"
trades = ["plumbing"]
areas = ["תל אביב", { city = "חיפה", radius_km = 15 }]
rating = 4.8
reviews = 120
persona = "קצר, \"חם\", בלי סלנג"
slot_minutes = 45
hours = { sunday-thursday = "08:00-12:00, 16:00-20:00", friday = "08:00-12:00" }
[[pros.prices]]
item = "leak_repair"
names = { he = "תיקון נזילה", en = "Leak repair" }
min = 250
max = 450
"#;

fn sample() -> String {
    format!("{BUSINESS}{PRO}")
}

#[test]
fn a_file_is_read_with_its_defaults() {
    let file = parse(&sample()).unwrap();
    let business = &file.business;
    assert_eq!((business.id.as_str(), business.timezone, business.locale.code()), ("fixi", Jerusalem, "he"));
    assert_eq!((business.approval, business.consent), (Approval::Pro, Consent::Notice));
    assert_eq!((business.currency.as_str(), business.emergency_number.as_str()), ("ILS", "100"));
    assert_eq!(business.hours.days[5], [(480, 840)]);

    let [pro] = file.pros.as_slice() else { panic!("one pro") };
    assert_eq!(pro.phone, "+972500000101");
    assert_eq!(pro.id, pro_id(&business.id, "+972500000101"));
    assert_eq!(pro.business, business.id);
    assert_eq!(pro.trades, [Trade::Plumbing]);
    assert_eq!(pro.areas[0], Area::Place("תל אביב".to_owned()));
    assert_eq!(pro.areas[1], Area::Around { city: "חיפה".to_owned(), radius_km: 15.0 });
    assert_eq!((pro.rating, pro.reviews, pro.slot_minutes, pro.max_open_jobs), (4.8, 120, 45, 3));
    assert_eq!((pro.active, pro.approved, pro.on_vacation, pro.language.code()), (true, true, false, "he"));
    assert_eq!((pro.prices[0].min, pro.prices[0].max, pro.prices[0].minutes), (250, 450, 45));

    let without_hours = sample().replace(
        "hours = { sunday-thursday = \"08:00-12:00, 16:00-20:00\", friday = \"08:00-12:00\" }\n",
        "",
    );
    assert_eq!(parse(&without_hours).unwrap().pros[0].hours, business.hours);
    assert!(parse(BUSINESS).unwrap().pros.is_empty());
}

#[test]
fn the_id_of_a_pro_is_stable_and_holds_no_phone() {
    let fixi = BusinessId::new("fixi");
    let id = pro_id(&fixi, "+972500000101");
    assert_eq!(id, pro_id(&fixi, "+972500000101"));
    assert_eq!(id.as_str().len(), "pro-".len() + 12);
    assert!(!id.as_str().contains("0000101"));
    assert_ne!(id, pro_id(&BusinessId::new("other"), "+972500000101"));
}

#[test]
fn what_is_printed_is_read_back_the_same() {
    let mut file = parse(&sample()).unwrap();
    let printed = print(&file.business, &file.pros);
    assert_eq!(parse(&printed).unwrap(), file);
    assert!(printed.contains(r#"hours = { "#), "hours stay on one line:\n{printed}");

    file.business.name = "Quote \" backslash \\ and line\u{2028}".trim().to_owned();
    file.business.approval = Approval::Auto;
    file.business.consent = Consent::Ask;
    file.business.hours = agents::calendar::WeekHours::default();
    file.pros[0].add_review(1);
    file.pros[0].on_vacation = true;
    file.pros[0].active = false;
    file.pros[0].persona = "שורה\nעוד \"שורה\" '''".to_owned();
    let printed = print(&file.business, &file.pros);
    let again = parse(&printed).unwrap();
    assert_eq!(again.pros, file.pros);
    assert_eq!(again.business.hours, file.business.hours);
    assert_eq!(print(&again.business, &again.pros), print(&parse(&printed).unwrap().business, &again.pros));
}

#[test]
fn a_wrong_file_is_refused_with_the_place_and_what_to_do() {
    let check = |from: &str, to: &str, expected: &str| {
        let text = sample();
        assert!(text.contains(from), "{from}");
        let error = parse(&text.replacen(from, to, 1)).unwrap_err().to_string();
        assert!(error.contains(expected), "{to}: {error}");
        assert!(!error.contains("0000101") && !error.contains("אבי"), "{error}");
    };
    check("key = \"fixi\"", "key = \"Fixi Ltd\"", "[business] key: write 1 to 40 lower-case");
    check("key = \"fixi\"", "kee = \"fixi\"", "unknown field `kee`");
    check("name = \"Fixi\"\n", "", "[business]: missing field `name`");
    check("Asia/Jerusalem", "Jerusalem", "[business] timezone: no known zone");
    check("locale = \"he\"", "locale = \"fr\"", "[business], locale: unknown variant `fr`");
    check(
        "friday = \"08:00-14:00\"",
        "friday = \"14:00-08:00\"",
        "[business] hours: \"friday\": in \"14:00-08:00\"",
    );
    check("[business]", "[buisness]", "[business]: the table is missing");
    check(
        "consent = \"notice\"",
        "consent = \"notice\"\nvat = \"excluded\"",
        "[business], vat: unknown variant",
    );
    check(
        "consent = \"notice\"",
        "consent = \"notice\"\ncurrency = \"shekel\"",
        "[business] currency: write three",
    );
    check("approval = \"pro\"", "approval = \"pro", "line 7: ");
    check("050-0000101", "050-000010", "[[pros]] 1, phone: no phone number");
    check("phone = \"050-0000101\"", "phone = 0500000101", "line 13: ");
    check("phone = \"050-0000101\"", "phone = 500000101", "[[pros]] 1, phone: invalid type");
    check(
        "reviews = 120",
        "reviews = \"050-0000101\"",
        "[[pros]] 1, reviews: invalid type: text, expected u32",
    );
    check("[\"plumbing\"]", "[\"magic\"]", "[[pros]] 1, trades");
    check("[\"plumbing\"]", "[\"+972500000101\"]", "[[pros]] 1, trades");
    check("[\"plumbing\"]", "[]", "[[pros]] 1, trades: name at least one trade");
    check("[\"plumbing\"]", "[\"plumbing\", \"plumbing\"]", "[[pros]] 1, trades: name each trade once");
    check("radius_km = 15", "radius = 15", "[[pros]] 1, areas 2");
    check("radius_km = 15", "radius_km = -1", "[[pros]] 1, areas 2, radius_km: write a distance");
    check("radius_km = 15", "radius_km = nan", "[[pros]] 1, areas 2, radius_km: write a distance");
    check("\"תל אביב\"", "7", "[[pros]] 1, areas 1: write the name of a place");
    check("\"תל אביב\"", "\" \"", "[[pros]] 1, areas 1: empty");
    check("rating = 4.8", "rating = 48", "[[pros]] 1, rating: write 1 to 5");
    check("slot_minutes = 45", "slot_minutes = 0", "[[pros]] 1, slot_minutes: write 1 to 1440");
    check("reviews = 120", "reviews = 120\nmax_open_jobs = 0", "[[pros]] 1, max_open_jobs: write at least 1");
    check("min = 250", "min = 500", "[[pros]] 1, [[prices]] 1, max: less than min");
    check("min = 250", "min = -250", "[[pros]] 1, [[prices]] 1, min: invalid value");
    check("en = \"Leak", "xx = \"Leak", "[[prices]] 1, names, xx: unknown variant `xx`");
    check(
        "item = \"leak_repair\"",
        "item = \"leak repair\"",
        "[[pros]] 1, [[prices]] 1, item: write 1 to 40",
    );

    let twice = format!("{BUSINESS}{PRO}{}", PRO.replace("050-0000101", "+972 50 0000101"));
    let error = parse(&twice).unwrap_err();
    assert_eq!(
        error.to_string(),
        "[[pros]] 2, phone: the same number as [[pros]] 1, every pro needs one of their own"
    );
    let price = &PRO[PRO.find("[[pros.prices]]").unwrap()..];
    let error = parse(&format!("{}{price}", sample())).unwrap_err();
    assert_eq!(error.place, "[[pros]] 1, [[prices]] 2, item");
    assert_eq!(parse("").unwrap_err().place, "[business]");
}

#[test]
fn phone_numbers_are_taken_by_their_shape() {
    let check = |country: Country, text: &str, expected: Option<&str>| {
        assert_eq!(country.phone(text).as_deref(), expected, "{text}");
    };
    for text in [
        "+972500000101",
        "050-0000101",
        "00972 50-000-0101",
        "(050) 000.0101",
        "٠٥٠٠٠٠٠١٠١",
        "\u{202A}+972-50-0000101\u{202C}",
    ] {
        check(Country::Israel, text, Some("+972500000101"));
    }
    check(Country::Israel, "03-5000001", Some("+97235000001"));
    check(Country::Israel, "+1 312 500 0001", Some("+13125000001"));
    for text in [
        "",
        "0",
        "500000101",
        "+9725000001011",
        "+97250000010",
        "+9720500000101",
        "050-0000O101",
        "+",
        "+0123456789",
    ] {
        check(Country::Israel, text, None);
    }
    check(Country::of(chrono_tz::America::Chicago), "(312) 500-0001", Some("+13125000001"));
    check(Country::of(chrono_tz::America::Chicago), "1-312-500-0001", Some("+13125000001"));
    check(Country::of(chrono_tz::America::Chicago), "112-500-0001", None);
    check(Country::of(chrono_tz::Europe::Paris), "+33 1 23 45 67 89", Some("+33123456789"));
    check(Country::of(chrono_tz::Europe::Paris), "01 23 45 67 89", None);
}

#[test]
fn importing_keeps_what_happened_since() {
    let imported = parse(&sample()).unwrap().pros.remove(0);
    let mut existing = imported.clone();
    existing.add_review(1);
    existing.on_vacation = true;
    existing.name = "שם ישן".to_owned();
    let merged = merge(&existing, imported.clone());
    assert_eq!((merged.rating, merged.reviews, merged.on_vacation), (existing.rating, 121, true));
    assert_eq!(merged.name, imported.name);
    assert_eq!(merge(&merged, imported.clone()), merged, "importing twice changes nothing");

    let newer = agents::pro::Pro { reviews: 500, rating: 4.2, ..imported };
    let merged = merge(&existing, newer);
    assert_eq!((merged.rating, merged.reviews), (4.2, 500));
}

#[test]
fn the_demo_is_a_business_with_pros_of_many_trades_and_cities() {
    let file = parse(include_str!("../../demo/fixi.toml")).unwrap();
    assert_eq!((file.business.id.as_str(), file.pros.len()), ("fixi", 10));
    assert_eq!(parse(&print(&file.business, &file.pros)).unwrap(), file);
    for (index, pro) in file.pros.iter().enumerate() {
        assert_eq!(pro.phone, format!("+972500000{}", 101 + index));
        assert!(pro.reviews > 0 && pro.active && pro.approved, "{pro:?}");
        assert!(!pro.prices.is_empty(), "{pro:?}");
        for price in &pro.prices {
            let languages: Vec<&str> = price.names.keys().map(String::as_str).collect();
            assert_eq!(languages, ["ar", "en", "he", "ru"], "{}", price.item);
        }
    }
    let trades: BTreeSet<Trade> = file.pros.iter().flat_map(|pro| pro.trades.clone()).collect();
    assert!(trades.len() >= 6, "{trades:?}");
    let personas: BTreeSet<&str> = file.pros.iter().map(|pro| pro.persona.as_str()).collect();
    assert_eq!(personas.len(), file.pros.len());
    let places: BTreeSet<&str> = file
        .pros
        .iter()
        .flat_map(|pro| &pro.areas)
        .map(|area| match area {
            Area::Place(name) | Area::Around { city: name, .. } => name.as_str(),
        })
        .collect();
    for city in ["תל אביב", "רמת גן", "חיפה", "ירושלים", "באר שבע", "ראשון לציון", "פתח תקווה"]
    {
        assert!(places.contains(city), "{city}");
    }
    let plumbers_of = |city: &str| {
        let serves = |area: &Area| match area {
            Area::Place(name) | Area::Around { city: name, .. } => name == city,
        };
        let is_plumber =
            |pro: &&agents::pro::Pro| pro.trades.contains(&Trade::Plumbing) && pro.areas.iter().any(serves);
        file.pros.iter().filter(is_plumber).count()
    };
    assert_eq!((plumbers_of("תל אביב"), plumbers_of("חיפה")), (2, 1));
}

const CALENDARS: &str = r#"
closed_days = "Sun, Monday, 2, 6"
closed_dates = ["2027-08-01 to 2027-08-10", "2026-12-31"]
holidays = "israel"
holiday_eves = "13:00"
visits = { buffer_after_minutes = 15, travel_km_h = 40, notice_minutes = 90, emergencies_only_until = "12:00" }
"#;

const OF_PRO: &str = r#"
no_shows = 2
works_on_holidays = true
other_days = { "2026-12-25" = "closed", "2026-12-24" = "08:00-10:00, 12:00-14:00" }
blocked = [{ from = "2026-11-22 14:00", to = "2026-11-22 16:00", reason = "dentist" }]
visits = { max_visits_a_day = 3, window_days = 7, buffer_before_minutes = 10, emergency_notice_minutes = 20 }
"#;

/// The sample with these lines in the tables of the business and of the pro.
fn with(business: &str, pro: &str) -> String {
    let text = sample().replacen("slot_minutes = 45\n", &format!("slot_minutes = 45\n{pro}\n"), 1);
    text.replacen("[[pros]]", &format!("{business}\n[[pros]]"), 1)
}

#[test]
fn calendars_are_read_and_written_back() {
    let file = parse(&with(CALENDARS, OF_PRO)).unwrap();
    let closures = &file.business.calendar.closures;
    // B63: Sunday, Monday and Wednesday, since 0 is Monday.
    assert_eq!(closures.weekdays, [0, 1, 3]);
    assert_eq!(closures.eves_close_at, Some(13 * 60));
    assert_eq!(closures.dates[0].from.to_string(), "2026-12-31");
    assert_eq!(closures.dates[1].to.to_string(), "2027-08-10");
    let pro = &file.pros[0];
    let rules = pro.calendar.visits.or(file.business.calendar.visits);
    assert_eq!((rules.buffer_before_minutes, rules.buffer_after_minutes), (Some(10), Some(15)));
    assert_eq!((rules.notice(false), rules.notice(true), rules.window()), (90, 20, 7));
    assert_eq!((rules.travel().km_h, rules.travel().extra_minutes), (40, 10));
    assert_eq!((rules.max_visits_a_day, rules.emergencies_only_until), (Some(3), Some(720)));
    assert_eq!(pro.calendar.other_days[0].hours, [(480, 600), (720, 840)]);
    assert!(pro.calendar.other_days[1].hours.is_empty() && pro.calendar.works_on_holidays);
    assert_eq!(pro.calendar.blocked[0].from.to_rfc3339(), "2026-11-22T12:00:00+00:00");
    assert_eq!((pro.calendar.blocked[0].reason.as_str(), pro.no_shows), ("dentist", 2));

    let printed = print(&file.business, &file.pros);
    assert_eq!(parse(&printed).unwrap(), file, "{printed}");
    let plain = parse(&sample()).unwrap();
    assert!(!print(&plain.business, &plain.pros).contains("visits"), "what is left open is not written");
}

#[test]
fn wrong_calendars_are_refused_with_the_place_and_what_to_do() {
    let business = |line: &str, expected: &str| {
        let error = parse(&with(line, "")).unwrap_err().to_string();
        assert!(error.contains(expected), "{line}: {error}");
    };
    business("closed_days = \"Sun, Funday\"", "[business] closed_days: \"Funday\": \"funday\" is no weekday");
    business("closed_days = \"7\"", "[business] closed_days: \"7\": \"7\" is no weekday");
    business("closed_dates = [\"31.12.2026\"]", "[business] closed_dates 1: no date");
    business("closed_dates = [\"2026-12-31 to 2026-12-01\"]", "closed_dates 1: the last day is before");
    business("holidays = \"france\"", "[business], holidays: unknown variant `france`");
    business("holiday_eves = \"13:00\"", "[business] holiday_eves: say whose");
    business("holidays = \"israel\"\nholiday_eves = \"1pm\"", "[business] holiday_eves: no time of day");
    business("visits = { window_days = 15 }", "[business] visits, window_days: write 1 to 14");
    business("visits = { window = 1 }", "unknown field `window`");

    let pro = |line: &str, expected: &str| {
        let error = parse(&with("", line)).unwrap_err().to_string();
        assert!(error.contains(expected), "{line}: {error}");
    };
    pro("visits = { max_visits_a_day = 0 }", "[[pros]] 1, visits, max_visits_a_day: write 1 to 48");
    // B64, also for the hours of one day.
    pro("other_days = { \"2026-12-24\" = \"12:00-12:00\" }", "[[pros]] 1, other_days: \"2026-12-24\": in");
    pro("other_days = { \"2026-12-24\" = \"08:00-12:00, 11:00-13:00\" }", "overlap");
    pro("other_days = { \"tomorrow\" = \"closed\" }", "[[pros]] 1, other_days: no date");
    let blocked = |from: &str, to: &str| format!("blocked = [{{ from = \"{from}\", to = \"{to}\" }}]");
    pro(&blocked("2026-11-22 14:00", "2026-11-22 14:00"), "[[pros]] 1, blocked 1: the end is not later");
    pro(&blocked("2026-11-22", "2026-11-22 14:00"), "[[pros]] 1, blocked 1, from: no moment");
    pro(&blocked("2026-03-27 02:30", "2026-03-27 04:00"), "blocked 1, from: the clocks skip this time");
}

#[test]
fn importing_keeps_what_a_pro_blocked_and_their_link() {
    let imported = parse(&with(CALENDARS, OF_PRO)).unwrap().pros.remove(0);
    let mut existing = imported.clone();
    existing.calendar_secret = Some("secret".to_owned());
    existing.no_shows = 5;
    let of_file = existing.calendar.blocked[0].clone();
    let of_pro = agents::calendar::Blocked {
        from: of_file.to,
        to: of_file.to + chrono::Duration::hours(1),
        reason: "break".to_owned(),
        by: BlockedBy::Pro,
    };
    existing.calendar.blocked.push(of_pro.clone());
    let merged = merge(&existing, imported.clone());
    assert_eq!(merged, existing, "importing again changes nothing");

    let mut without = imported;
    without.calendar.blocked.clear();
    let merged = merge(&existing, without);
    assert_eq!(merged.calendar.blocked, [of_pro], "what the file no longer says is taken back");
    assert_eq!((merged.calendar_secret.as_deref(), merged.no_shows), (Some("secret"), 5));

    // What was exported holds what the pro blocked, and importing it gives the same.
    let file = parse(&with(CALENDARS, "")).unwrap();
    let printed = print(&file.business, std::slice::from_ref(&existing));
    assert!(!printed.contains("secret"), "{printed}");
    let again = parse(&printed).unwrap().pros.remove(0);
    assert_eq!(merge(&existing, again), existing);
}

#[test]
fn r3_a_pro_who_is_not_approved_stays_so() {
    let pro = parse(&with("", "approved = false")).unwrap().pros.remove(0);
    assert!(!pro.approved);
    assert!(!merge(&pro, pro.clone()).approved);
    let printed = print(&parse(&sample()).unwrap().business, std::slice::from_ref(&pro));
    assert!(!parse(&printed).unwrap().pros[0].approved);
}

/// B51.
#[test]
fn words_of_danger_are_read_written_and_checked() {
    let with = |line: &str| {
        sample().replacen("consent = \"notice\"\n", &format!("consent = \"notice\"\n{line}\n"), 1)
    };
    let file = parse(&with(r#"emergency_words = [" צינור .. התפוצץ ", "gas leak*"]"#)).unwrap();
    assert_eq!(file.business.emergency_words, ["צינור .. התפוצץ", "gas leak*"]);
    assert_eq!(parse(&print(&file.business, &file.pros)).unwrap().business, file.business);
    assert!(parse(&sample()).unwrap().business.emergency_words.is_empty());
    for wrong in [
        r#"emergency_words = [""]"#,
        r#"emergency_words = ["100"]"#,
        &format!("emergency_words = [\"{}\"]", "מ".repeat(61)),
    ] {
        let refused = parse(&with(wrong)).unwrap_err();
        assert_eq!(refused.place, "[business] emergency_words", "{wrong}");
    }
}
