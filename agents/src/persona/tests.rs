//! The check of a model's words, and that the rules' own words pass it.

use super::*;
use crate::business::{Approval, Consent};
use crate::calendar::{BusinessCalendar, ProCalendar, WeekHours};
use crate::id::{BusinessId, ProId};
use crate::pro::Price;
use crate::trade::Trade;
use chrono::{Duration, TimeZone, Utc};
use std::collections::BTreeMap;

fn question(language: Language, goal: Goal) -> Question {
    let now = Utc.with_ymd_and_hms(2026, 11, 22, 7, 0, 0).unwrap();
    let slot = |hours| Slot { from: now + Duration::hours(hours), to: now + Duration::hours(hours + 1) };
    Question {
        attempt: 1,
        refused: None,
        business: Business {
            id: BusinessId::new("fixi"),
            name: "Fixi".to_owned(),
            timezone: chrono_tz::Asia::Jerusalem,
            locale: Language::He,
            approval: Approval::Pro,
            consent: Consent::Notice,
            hours: WeekHours::default(),
            currency: "ILS".to_owned(),
            emergency_number: "100".to_owned(),
            approval_minutes: 60,
            calendar: BusinessCalendar::default(),
            owners: Vec::new(),
            commission_percent: 10,
            paused_at: None,
            emergency_words: Vec::new(),
            reminder_hours: vec![24, 2],
        },
        pro: Pro {
            id: ProId::new("pro-1"),
            business: BusinessId::new("fixi"),
            name: "אבי כהן".to_owned(),
            phone: "+972500000101".to_owned(),
            trades: vec![Trade::Plumbing],
            areas: Vec::new(),
            rating: 4.8,
            reviews: 120,
            persona: String::new(),
            slot_minutes: 60,
            hours: WeekHours::default(),
            prices: vec![Price {
                item: "leak_repair".to_owned(),
                names: BTreeMap::from([
                    ("he".to_owned(), "תיקון נזילה".to_owned()),
                    ("en".to_owned(), "Leak repair".to_owned()),
                ]),
                min: 250,
                max: 450,
                minutes: 60,
            }],
            active: true,
            approved: true,
            on_vacation: false,
            language: Language::He,
            max_open_jobs: 3,
            calendar: ProCalendar::default(),
            no_shows: 0,
            calendar_secret: None,
            desk: Default::default(),
            agenda_on: None,
        },
        language,
        goal,
        slots: vec![slot(5), slot(24)],
        item: Some("leak_repair".to_owned()),
        asks_price: false,
        asks_times: false,
        address: Address::default(),
        introduces: true,
        customer: Some("דנה".to_owned()),
        issue: "נזילה במטבח".to_owned(),
        history: Vec::new(),
        words: "אני בהרצל 10".to_owned(),
        now,
    }
}

fn goals() -> Vec<Goal> {
    let needs = [Need::Issue, Need::City, Need::Address, Need::FloorApartment, Need::Name, Need::Slot];
    let why = [Offering::First, Offering::Wanted, Offering::Instead, Offering::Taken];
    let asks = needs.into_iter().flat_map(|need| [false, true].map(|again| Goal::Ask { need, again }));
    asks.chain(why.map(|why| Goal::OfferSlots { why })).chain([Goal::Converse]).collect()
}

#[test]
fn the_rules_have_words_for_every_goal_in_every_language() {
    for language in Language::ALL {
        for goal in goals() {
            for (introduces, asks_price, item, reviews) in [
                (true, false, true, 120),
                (false, true, true, 0),
                (false, true, false, 3),
                (true, true, false, 0),
                (false, false, true, 9),
            ] {
                let mut question = question(language, goal);
                (question.introduces, question.asks_price, question.pro.reviews) =
                    (introduces, asks_price, reviews);
                question.item = question.item.filter(|_| item);
                let spoken = speak_by_rules(&question);
                let text = fill_finished(&spoken.reply, &question);
                assert!(
                    !text.trim().is_empty() && !text.contains('{'),
                    "{language} {goal:?}: {text}\n{}",
                    spoken.reply
                );
            }
        }
    }
}

#[test]
fn placeholders_become_checked_figures() {
    let question = question(Language::He, Goal::Converse);
    let text = render("{pro}, {rating}: {price:leak_repair}, {slot:1}", &question).expect("all known");
    assert!(
        text.contains("אבי כהן") && text.contains("4.8") && text.contains("250") && text.contains("14:00"),
        "{text}"
    );
}

#[test]
fn figures_of_a_models_own_are_refused() {
    let question = question(Language::He, Goal::Converse);
    for (reply, violation) in [
        ("זה יעלה 300 ש\"ח", Violation::OwnPrice),
        ("It costs 300 NIS", Violation::OwnPrice),
        ("מאתיים שקל", Violation::OwnPrice),
        ("אגיע מחר בעשר", Violation::OwnTime),
        ("I can come tomorrow at 10:00", Violation::OwnTime),
        ("ביום שלישי", Violation::OwnTime),
        ("קבעתי לך תור", Violation::OwnStatus),
        ("Your visit is booked!", Violation::OwnStatus),
        ("{price:gold_tap}", Violation::UnknownPlaceholder),
        ("{slot:3}", Violation::UnknownPlaceholder),
        ("{secret}", Violation::UnknownPlaceholder),
        ("{price:leak_repair", Violation::UnknownPlaceholder),
        ("דירוג 4.9 מתוך 5", Violation::OwnFigure),
        ("הנה https://example.com", Violation::OwnLink),
        ("  \u{200F} ", Violation::Empty),
    ] {
        assert_eq!(render(reply, &question), Err(violation), "{reply}");
    }
    assert_eq!(render(&"א".repeat(901), &question), Err(Violation::TooLong));
}

#[test]
fn the_customers_own_figures_may_be_repeated() {
    let question = question(Language::He, Goal::Converse);
    assert!(render("הרצל 10, נכון? באיזו קומה?", &question).is_ok());
    assert_eq!(render("הרצל 11, נכון?", &question), Err(Violation::OwnFigure));
}

#[test]
fn the_deal_marker_is_never_shown() {
    for (text, shown) in [
        ("מעולה! [DEAL: מחר בעשר | הרצל 10 | נזילה]", "מעולה!"),
        ("מעולה! [deal: x | y", "מעולה!"),
        ("[DEAL] א [DEAL: a|b|c] ב", "א ב"),
    ] {
        let (without, deal) = cut_deal_marker(text);
        assert_eq!(without.replace("  ", " "), shown);
        assert!(deal.is_some());
    }
    assert_eq!(cut_deal_marker("אין כאן").1, None);
}
