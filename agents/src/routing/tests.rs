//! The rules of routing, by their numbers.

#![allow(clippy::unwrap_used)]

use super::*;
use crate::calendar::{ProCalendar, WeekHours};
use crate::id::BusinessId;
use crate::pro::Area;
use chrono::{Duration, TimeZone};

fn position(name: &str) -> Option<(f64, f64)> {
    match name {
        "tel_aviv" | "תל אביב" => Some((32.081, 34.781)),
        "רמת גן" => Some((32.068, 34.824)),
        "פתח תקווה" => Some((32.087, 34.886)),
        "ראשון לציון" => Some((31.964, 34.804)),
        "נתניה" => Some((32.328, 34.857)),
        "haifa" | "חיפה" => Some((32.794, 34.990)),
        "באר שבע" => Some((31.252, 34.791)),
        _ => None,
    }
}

fn now() -> DateTime<Utc> {
    Utc.with_ymd_and_hms(2026, 11, 22, 7, 0, 0).unwrap()
}

fn plumber(id: &str, rating: f64, area: &str) -> Pro {
    Pro {
        id: ProId::new(id),
        business: BusinessId::new("fixi"),
        name: id.to_owned(),
        phone: "+972500000101".to_owned(),
        trades: vec![Trade::Plumbing],
        areas: vec![Area::Place(area.to_owned())],
        rating,
        reviews: 100,
        persona: String::new(),
        slot_minutes: 60,
        hours: WeekHours::default(),
        prices: Vec::new(),
        active: true,
        approved: true,
        on_vacation: false,
        language: serde_json::from_str("\"he\"").unwrap(),
        max_open_jobs: 3,
        calendar: ProCalendar::default(),
        no_shows: 0,
        calendar_secret: None,
        desk: Default::default(),
        agenda_on: None,
    }
}

fn free(pro: &Pro) -> Candidate<'_> {
    Candidate {
        pro,
        open_jobs: 0,
        next_free: Some(now() + Duration::hours(3)),
        has_slot_in_wanted: false,
        has_served: false,
    }
}

fn question<'a>(candidates: &'a [Candidate<'a>]) -> RoutingQuestion<'a> {
    RoutingQuestion {
        trade: Trade::Plumbing,
        city: Some("tel_aviv"),
        city_text: None,
        emergency: false,
        now: now(),
        declined: &[],
        candidates,
        ring_km: &RINGS_KM,
        position: &position,
    }
}

fn ids(routing: &Routing) -> Vec<&str> {
    routing.ranked.iter().map(|ranked| ranked.pro.as_str()).collect()
}

fn reasons<'a>(routing: &'a Routing, id: &str) -> &'a [String] {
    &routing.ranked.iter().find(|ranked| ranked.pro.as_str() == id).unwrap().reasons
}

fn has_reason(routing: &Routing, id: &str, reason: &str) -> bool {
    reasons(routing, id).iter().any(|found| found == reason)
}

#[track_caller]
fn check(question: &RoutingQuestion<'_>, expected: Result<&str, Fallback>) -> Routing {
    let routing = rank(question);
    assert_eq!(
        routing.chosen.as_ref().map(ProId::as_str).ok_or(routing.fallback),
        expected.map_err(Some),
        "{routing:?}"
    );
    assert_eq!(routing.ranked.len(), question.candidates.len());
    assert!(routing.ranked.iter().all(|ranked| !ranked.reasons.is_empty()));
    assert_eq!(routing.chosen.is_some(), routing.fallback.is_none());
    routing
}

#[test]
fn r5_a_pro_with_free_slots_beats_a_better_one_without() {
    let (best, good) = (plumber("best", 5.0, "תל אביב"), plumber("good", 4.8, "תל אביב"));
    let candidates = [Candidate { next_free: None, ..free(&best) }, free(&good)];
    let routing = check(&question(&candidates), Ok("good"));
    assert!(has_reason(&routing, "best", "no_free_slot"));
    assert_eq!(routing.ranked[1].score, None);
    let candidates = [free(&best), Candidate { has_slot_in_wanted: true, ..free(&good) }];
    let routing = check(&question(&candidates), Ok("good"));
    assert!(has_reason(&routing, "good", "wanted_slot"));
    check(&question(&[free(&good), free(&best)]), Ok("best"));
}

#[test]
fn r6_pros_with_all_the_jobs_they_take_leave_it_to_the_fourth() {
    let pros = [5.0, 4.9, 4.8, 4.0].map(|rating| plumber(&format!("p{rating}"), rating, "תל אביב"));
    let mut candidates: Vec<_> = pros.iter().map(|pro| Candidate { open_jobs: 3, ..free(pro) }).collect();
    candidates[3].open_jobs = 0;
    let routing = check(&question(&candidates), Ok("p4"));
    assert!(has_reason(&routing, "p5", "overloaded") && has_reason(&routing, "p5", "open_jobs=3/3"));
}

#[test]
fn r7_an_overloaded_ring_passes_on_to_the_next_and_only_then_to_review() {
    let (near, far) = (plumber("near", 5.0, "רמת גן"), plumber("far", 3.0, "ראשון לציון"));
    let busy = |pro| Candidate { open_jobs: 3, ..free(pro) };
    check(&question(&[free(&near), free(&far)]), Ok("near"));
    check(&question(&[busy(&near), free(&far)]), Ok("far"));
    check(&question(&[busy(&near), busy(&far)]), Err(Fallback::AllBusy));
}

#[test]
fn r8_r9_r10_rings_are_searched_from_the_nearest() {
    let pros = [
        plumber("0", 2.0, "תל אביב"),
        plumber("10", 2.5, "רמת גן"),
        plumber("20", 4.0, "ראשון לציון"),
        plumber("30", 5.0, "נתניה"),
        plumber("90", 5.0, "חיפה"),
    ];
    let all: Vec<_> = pros.iter().map(free).collect();
    let routing = check(&question(&all), Ok("0"));
    assert_eq!(ids(&routing), ["0", "10", "20", "30", "90"]);
    assert!(has_reason(&routing, "20", "ring=2") && has_reason(&routing, "30", "ring=3"));
    assert!(has_reason(&routing, "90", "too_far"));
    let scores: Vec<f64> = routing.ranked.iter().filter_map(|ranked| ranked.score).collect();
    assert!(scores.windows(2).all(|pair| pair[0] >= pair[1]), "higher is better over rings too: {scores:?}");
    check(&question(&all[2..]), Ok("20"));
    check(&question(&all[3..]), Ok("30"));
    check(&question(&all[4..]), Err(Fallback::NoneNear));
}

#[test]
fn r12_l42_a_place_without_position_is_matched_by_its_name() {
    let (listed, other) = (plumber("listed", 4.0, "כפר הדוגמה"), plumber("other", 5.0, "תל אביב"));
    let candidates = [free(&listed), free(&other)];
    for (city, text) in [
        (Some("כפר-הדוגמה"), None),
        (None, Some("כפר הדוגמה")),
        (None, Some("אני גר בכפר הדוגמה")),
        (Some("nowhere"), Some("רחוב הגפן 3, כפר הדוגמה")),
    ] {
        let routing =
            check(&RoutingQuestion { city, city_text: text, ..question(&candidates) }, Ok("listed"));
        assert!(has_reason(&routing, "listed", "area=text") && has_reason(&routing, "other", "area_unknown"));
    }
    for text in ["כפר", "הדוגמה כפר", "כפר הדוגמהות"] {
        let question = RoutingQuestion { city: None, city_text: Some(text), ..question(&candidates) };
        check(&question, Err(Fallback::NoneNear));
    }
    check(
        &RoutingQuestion { city: None, city_text: Some(" , "), ..question(&candidates) },
        Err(Fallback::PlaceUnknown),
    );
    check(&RoutingQuestion { city: None, ..question(&candidates) }, Err(Fallback::PlaceUnknown));
}

#[test]
fn r13_a_whole_address_is_searched_for_the_places_of_pros() {
    let (haifa, tel_aviv) = (plumber("haifa", 4.0, "חיפה"), plumber("tel_aviv", 5.0, "תל אביב"));
    let candidates = [free(&haifa), free(&tel_aviv)];
    let address = Some("הרצל 10 דירה 4, חיפה והקריות");
    check(&RoutingQuestion { city: None, city_text: address, ..question(&candidates) }, Ok("haifa"));
    // Where the position is known, a street that is called like a town misleads nobody.
    let street = Some("דרך חיפה 10, תל אביב");
    let routing = check(&RoutingQuestion { city_text: street, ..question(&candidates) }, Ok("tel_aviv"));
    assert!(has_reason(&routing, "haifa", "too_far"));
}

#[test]
fn r14_whoever_may_not_work_is_never_chosen() {
    let good = plumber("good", 3.5, "תל אביב");
    let inactive = Pro { active: false, ..plumber("inactive", 5.0, "תל אביב") };
    let not_approved = Pro { approved: false, ..plumber("not_approved", 5.0, "תל אביב") };
    let on_vacation = Pro { on_vacation: true, ..plumber("on_vacation", 5.0, "תל אביב") };
    let no_trade = Pro { trades: Vec::new(), ..plumber("other_trade", 5.0, "תל אביב") };
    let outs = [&inactive, &not_approved, &on_vacation, &no_trade];
    let mut candidates: Vec<_> = outs.map(free).into_iter().collect();
    check(&question(&candidates), Err(Fallback::NoPro));
    candidates.push(free(&good));
    let routing = check(&question(&candidates), Ok("good"));
    for out in outs {
        assert!(
            has_reason(&routing, out.id.as_str(), out.id.as_str()),
            "{:?}",
            reasons(&routing, out.id.as_str())
        );
    }
    check(&question(&[]), Err(Fallback::NoPro));
}

#[test]
fn x16_a_leak_never_goes_to_an_electrician() {
    let electrician =
        Pro { trades: vec![Trade::Electricity], ..plumber("electrician", 5.0, "תל אביב") };
    let plumber = plumber("plumber", 3.0, "נתניה");
    check(&question(&[free(&electrician), free(&plumber)]), Ok("plumber"));
    check(&question(&[free(&electrician)]), Err(Fallback::NoPro));
}

#[test]
fn l8_l9_after_a_no_the_next_best_is_asked() {
    let pros = [5.0, 4.5, 4.0].map(|rating| plumber(&format!("p{rating}"), rating, "תל אביב"));
    let candidates: Vec<_> = pros.iter().map(free).collect();
    let mut declined = Vec::new();
    for expected in [Ok("p5"), Ok("p4.5"), Ok("p4"), Err(Fallback::AllDeclined)] {
        let routing = check(&RoutingQuestion { declined: &declined, ..question(&candidates) }, expected);
        assert!(declined.iter().all(|id: &ProId| has_reason(&routing, id.as_str(), "declined")));
        declined.extend(routing.chosen);
    }
}

#[test]
fn l48_matching_by_text_keeps_every_other_rule() {
    let excluded = plumber("excluded", 4.9, "כפר הדוגמה");
    let not_approved = Pro { approved: false, ..plumber("not_approved", 5.0, "כפר הדוגמה") };
    let second = plumber("second", 4.2, "כפר הדוגמה");
    let candidates = [free(&excluded), free(&not_approved), free(&second)];
    let question = RoutingQuestion {
        city: None,
        city_text: Some("הגפן 3, כפר הדוגמה, קומה 2"),
        declined: std::slice::from_ref(&excluded.id),
        ..question(&candidates)
    };
    check(&question, Ok("second"));
}

#[test]
fn a_few_reviews_prove_little() {
    let new = Pro { reviews: 1, ..plumber("new", 5.0, "תל אביב") };
    let proven = plumber("proven", 4.7, "תל אביב");
    check(&question(&[free(&new), free(&proven)]), Ok("proven"));
    let unknown = Pro { reviews: 0, rating: 0.0, ..plumber("unknown", 0.0, "תל אביב") };
    let bad = plumber("bad", 2.5, "תל אביב");
    check(&question(&[free(&bad), free(&unknown)]), Ok("unknown"));
}

#[test]
fn among_equals_the_nearest_wins_then_the_least_busy() {
    let (far, near) = (plumber("a_far", 4.8, "פתח תקווה"), plumber("b_near", 4.8, "רמת גן"));
    check(&question(&[free(&far), free(&near)]), Ok("b_near"));
    let (a, b) = (plumber("a", 4.8, "תל אביב"), plumber("b", 4.8, "תל אביב"));
    check(&question(&[Candidate { open_jobs: 1, ..free(&a) }, free(&b)]), Ok("b"));
    let forward = check(&question(&[free(&a), free(&b)]), Ok("a"));
    assert_eq!(
        forward,
        check(&question(&[free(&b), free(&a)]), Ok("a")),
        "the order of the question plays no part"
    );
}

#[test]
fn a_radius_reaches_its_towns() {
    let around = Pro {
        areas: vec![Area::Around { city: "פתח תקווה".to_owned(), radius_km: 15.0 }],
        ..plumber("around", 4.5, "")
    };
    let routing = check(&question(&[free(&around)]), Ok("around"));
    assert!(has_reason(&routing, "around", "area=own"));
    assert!(serves(&around, "תל אביב", &position) && serves(&around, "נתניה", &position));
    assert!(!serves(&around, "haifa", &position) && !serves(&around, "כפר הדוגמה", &position));
    assert!(!serves(&Pro { approved: false, ..around.clone() }, "תל אביב", &position));
    assert!(serves(&Pro { on_vacation: true, ..around }, "תל אביב", &position));
}

#[test]
fn in_an_emergency_the_soonest_is_worth_more_than_the_best() {
    let (best, soonest) = (plumber("best", 5.0, "תל אביב"), plumber("soonest", 4.3, "תל אביב"));
    let candidates =
        [Candidate { next_free: Some(now() + Duration::hours(20)), ..free(&best) }, free(&soonest)];
    check(&question(&candidates), Ok("best"));
    check(&RoutingQuestion { emergency: true, ..question(&candidates) }, Ok("soonest"));
}

#[test]
fn a_customer_is_sent_to_the_pro_who_served_them_well_unless_that_costs_too_much() {
    let (best, known) = (plumber("best", 4.9, "תל אביב"), plumber("known", 4.2, "תל אביב"));
    let served = |pro| Candidate { has_served: true, ..free(pro) };
    check(&question(&[free(&best), free(&known)]), Ok("best"));
    let routing = check(&question(&[free(&best), served(&known)]), Ok("known"));
    assert!(has_reason(&routing, "known", "returning_customer"));
    assert!(!has_reason(&routing, "best", "returning_customer"));
    // No bonus reaches over a ring, or past a no.
    let far = plumber("far", 5.0, "נתניה");
    check(&question(&[free(&best), served(&far)]), Ok("best"));
    let declined = [ProId::new("known")];
    let no = RoutingQuestion { declined: &declined, ..question(&[]) };
    check(&RoutingQuestion { candidates: &[free(&best), served(&known)], ..no }, Ok("best"));
}

#[test]
fn whoever_did_not_come_is_asked_later() {
    let reliable = plumber("reliable", 4.5, "תל אביב");
    let missed = Pro { no_shows: 2, ..plumber("missed", 4.9, "תל אביב") };
    let routing = check(&question(&[free(&missed), free(&reliable)]), Ok("reliable"));
    assert!(has_reason(&routing, "missed", "no_shows=2"));
    let never = Pro { no_shows: 0, ..missed.clone() };
    check(&question(&[free(&never), free(&reliable)]), Ok("missed"));
    // The cost has an end: a bad pro who always comes is not better for ever.
    let often = Pro { no_shows: 500, ..missed };
    let bad = plumber("bad", 2.5, "תל אביב");
    check(&question(&[free(&often), free(&bad)]), Ok("missed"));
}

#[test]
fn r11_a_place_that_was_not_found_once_is_looked_up_again() {
    use std::cell::{Cell, RefCell};
    let pro = plumber("near", 4.0, "תל אביב");
    let (is_up, asked) = (Cell::new(false), RefCell::new(Vec::new()));
    let lookup = |name: &str| {
        asked.borrow_mut().push(name.to_owned());
        if name == "כפר הדוגמה" {
            Some((32.09, 34.80)).filter(|_| is_up.get())
        } else {
            position(name)
        }
    };
    let candidates = [free(&pro)];
    let question =
        RoutingQuestion { city: Some("כפר הדוגמה"), position: &lookup, ..question(&candidates) };
    // Nobody names it and nobody knows where it is: a person looks, and nothing is remembered of it.
    check(&question, Err(Fallback::NoneNear));
    let times = asked.borrow().len();
    is_up.set(true);
    let routing = check(&question, Ok("near"));
    assert!(has_reason(&routing, "near", "ring=1"));
    assert!(asked.borrow()[times..].iter().any(|name| name == "כפר הדוגמה"), "it was asked for again");
}

#[test]
fn l13_only_a_pro_ninety_kilometres_away_leaves_it_to_a_person() {
    let far = plumber("far", 5.0, "חיפה");
    let candidates = [free(&far)];
    for rings in 1..=RINGS_KM.len() {
        let question = RoutingQuestion { ring_km: &RINGS_KM[..rings], ..question(&candidates) };
        let routing = check(&question, Err(Fallback::NoneNear));
        assert!(has_reason(&routing, "far", "too_far"), "{rings} rings");
    }
}

#[test]
fn r12_a_place_on_no_map_is_found_by_the_name_that_pros_give_it() {
    let pros =
        [plumber("a", 4.0, "תל אביב"), plumber("b", 4.0, "כפר הדוגמה"), plumber("c", 4.0, "כפר הדוגמה החדש")];
    let named = |text: &str| named_place(&pros, text, &position);
    assert_eq!(named("יש לי נזילה בכפר הדוגמה, הגפן 3"), Some("כפר הדוגמה"));
    assert_eq!(named("בכפר הדוגמה החדש"), Some("כפר הדוגמה החדש"));
    assert_eq!(named("יש לי נזילה בתל אביב"), None, "what is on the map is the gazetteer's");
    assert_eq!((named("כפר אחר"), named("")), (None, None));
}
