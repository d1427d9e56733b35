//! The check of a model's facts, the merging of facts, the small readings of a burst, and what comes next, as tables.

use super::facts::merge;
use super::guard::{Checked, check};
use super::talk::Talk;
use super::{Intent, Understood, understand_by_rules, wish};
use crate::business::{Approval, Business, Consent};
use crate::calendar::{BusinessCalendar, ProCalendar, WeekHours};
use crate::contact::Contact;
use crate::conversation::{Conversation, Need as Fact, Pending, Place, Question};
use crate::decision::Decision;
use crate::id::{BusinessId, ContactId, ConversationId, InboundId, ProId};
use crate::language::Language;
use crate::lead::{Slot, Status};
use crate::message::{Channel, Content, Inbound};
use crate::persona::{Goal, Offering};
use crate::pro::{Area, Price, Pro};
use crate::request::{Address, Request};
use crate::trade::Trade;
use crate::turn::{
    Answer, Ask, Candidate, Desk, Found, Inbox, Known, Lookup, Occasion, Snapshot, Step, Turn,
};
use crate::understanding::{self, Context, Expecting};
use crate::when::{self, When};
use chrono::{DateTime, Duration, TimeZone, Utc};
use std::collections::BTreeMap;

/// Sunday, 22 November 2026, 09:00 in Jerusalem.
fn now() -> DateTime<Utc> {
    Utc.with_ymd_and_hms(2026, 11, 22, 7, 0, 0).unwrap()
}

fn time() -> when::Context {
    when::Context::new(now(), chrono_tz::Asia::Jerusalem)
}

fn said(text: &str) -> Option<String> {
    Some(text.to_owned())
}

fn checked(understood: &Understood, words: &str) -> Checked {
    check(understood, words, &[Trade::Plumbing], &time())
}

#[test]
fn a_fact_counts_only_when_the_customer_wrote_it() {
    let claimed = Understood {
        customer_name: said("דנה"),
        city: said("תל אביב"),
        street: said("הרצל"),
        street_number: said("10"),
        floor: said("3"),
        apartment: said("12"),
        appointment_time: said("מחר ב-10"),
        ..Understood::default()
    };
    let all = checked(&claimed, "דנה, הרצל 10 תל אביב קומה 3 דירה 12, מחר ב-10");
    assert_eq!(all.name.as_deref(), Some("דנה"));
    assert_eq!(all.street.as_deref(), Some("הרצל"));
    assert_eq!(all.street_number.as_deref(), Some("10"));
    assert_eq!(all.floor.as_deref(), Some("3"));
    assert_eq!(all.apartment.as_deref(), Some("12"));
    assert!(all.when.is_some());
    let none = checked(&claimed, "יש לי נזילה");
    let nothing = Checked { city: said("tel_aviv"), ..Checked::default() };
    // A city exists whoever names it; everything else must have been written.
    assert_eq!(none, nothing);
}

#[test]
fn digits_are_traced_as_whole_figures() {
    let claims = |number: &str| Understood {
        street_number: said(number),
        floor: said(number),
        ..Understood::default()
    };
    assert_eq!(checked(&claims("1"), "הרצל 10").street_number, None);
    assert_eq!(checked(&claims("10א"), "הרצל 10 א").street_number.as_deref(), Some("10א"));
    assert_eq!(checked(&claims("١٠"), "هرتسل 10").street_number.as_deref(), Some("10"));
    assert_eq!(checked(&claims("123456789"), "123456789").floor, None);
}

#[test]
fn what_does_not_exist_is_nothing() {
    let claimed = Understood {
        intent: Some(Intent::Question),
        customer_name: said("n/a"),
        city: said("Atlantis"),
        street: said("unknown"),
        issue_type: said("rockets"),
        issue_summary: said(" - "),
        appointment_time: said("null"),
        ..Understood::default()
    };
    let expected = Checked { intent: Some(Intent::Question), ..Checked::default() };
    assert_eq!(checked(&claimed, "n/a unknown null Atlantis"), expected);
    let served =
        |key: &str| checked(&Understood { issue_type: said(key), ..Understood::default() }, "").trade;
    assert_eq!(served("plumbing"), Some(Trade::Plumbing));
    assert_eq!(served("electricity"), None, "the business does not do it");
}

#[test]
fn a_name_has_no_digits_and_is_short() {
    let named =
        |name: &str| checked(&Understood { customer_name: said(name), ..Understood::default() }, name).name;
    assert_eq!(named("דנה כהן").as_deref(), Some("דנה כהן"));
    assert_eq!(named("דנה 050-0000000"), None);
    assert_eq!(named(&"א".repeat(61)), None);
}

#[test]
fn an_intent_that_does_not_exist_is_none() {
    let read = |json: &str| serde_json::from_str::<Understood>(json).expect("readable").intent;
    assert_eq!(read(r#"{"intent":"launch_rocket"}"#), None);
    assert_eq!(read(r#"{"intent":null}"#), None);
    assert_eq!(read(r#"{"intent":"human"}"#), Some(Intent::Human));
}

/// Merges messages one after the other by rules alone.
fn request_of(messages: &[(&str, Option<Expecting>)]) -> Request {
    let mut request = Request::default();
    for (words, expecting) in messages {
        let city = request.address.city.clone();
        let context = Context { trades: &[Trade::Plumbing], city: city.as_deref(), expecting: *expecting };
        let reading = understanding::read(words, &context);
        let when = when::read(words, &time());
        merge(&mut request, &reading, &Checked::default(), &when, words, *expecting);
    }
    request
}

#[test]
fn facts_are_sticky_and_only_the_one_spoken_of_is_replaced() {
    let request = request_of(&[
        ("יש לי נזילה במטבח בתל אביב", None),
        ("הרצל 10 קומה 3 דירה 12", Some(Expecting::Address)),
        ("טעות, דירה 5", None),
    ]);
    assert_eq!(request.trade, Some(Trade::Plumbing));
    assert_eq!(request.issue.as_deref(), Some("נזילה במטבח"));
    let address = Address {
        city: said("tel_aviv"),
        street: said("הרצל"),
        street_number: said("10"),
        floor: said("3"),
        apartment: said("5"),
        ..Address::default()
    };
    assert_eq!(request.address, address);
}

#[test]
fn a_bare_figure_completes_a_street() {
    let request = request_of(&[
        ("נזילה בתל אביב", None),
        ("רחוב הרצל", Some(Expecting::Address)),
        ("10", Some(Expecting::Address)),
    ]);
    assert_eq!(request.address.street_number.as_deref(), Some("10"));
    assert!(request.address.is_findable());
}

#[test]
fn a_question_for_an_area_moves_nobody() {
    let request = request_of(&[("נזילה בתל אביב", None), ("אתם מגיעים לחיפה?", None)]);
    assert_eq!(request.address.city.as_deref(), Some("tel_aviv"));
    let request = request_of(&[("נזילה בתל אביב", None), ("אני בחיפה", None)]);
    assert_eq!(request.address.city.as_deref(), Some("haifa"));
}

#[test]
fn a_second_problem_is_added_once() {
    let request = request_of(&[("נזילה במטבח", None), ("וגם סתימה במקלחת", None), ("סתימה במקלחת", None)]);
    assert_eq!(request.issue.as_deref(), Some("נזילה במטבח, סתימה במקלחת"));
}

fn business() -> Business {
    let hours = BTreeMap::from([("sunday-thursday".to_owned(), "08:00-18:00".to_owned())]);
    Business {
        id: BusinessId::new("fixi"),
        name: "Fixi".to_owned(),
        timezone: chrono_tz::Asia::Jerusalem,
        locale: Language::He,
        approval: Approval::Pro,
        consent: Consent::Notice,
        hours: WeekHours::parse(&hours).expect("hours"),
        currency: "ILS".to_owned(),
        emergency_number: "100".to_owned(),
        approval_minutes: 60,
        calendar: BusinessCalendar::default(),
        owners: Vec::new(),
        commission_percent: 10,
        paused_at: None,
        emergency_words: Vec::new(),
        reminder_hours: vec![24, 2],
    }
}

fn pro() -> Pro {
    Pro {
        id: ProId::new("avi"),
        business: BusinessId::new("fixi"),
        name: "אבי כהן".to_owned(),
        phone: "+972500000101".to_owned(),
        trades: vec![Trade::Plumbing],
        areas: vec![Area::Place("תל אביב".to_owned())],
        rating: 4.8,
        reviews: 120,
        persona: String::new(),
        slot_minutes: 60,
        hours: business().hours,
        prices: vec![Price {
            item: "leak_repair".to_owned(),
            names: BTreeMap::from([("he".to_owned(), "תיקון נזילה".to_owned())]),
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
    }
}

fn inbox(texts: &[&str]) -> Inbox {
    let id = ConversationId::new("chat");
    let inbound = texts.iter().enumerate().map(|(index, text)| Inbound {
        id: InboundId::new(format!("message-{index}")),
        at: now(),
        content: Content::Text { text: (*text).to_owned() },
        reply_to: None,
        sender_name: None,
    });
    Inbox {
        conversation: Conversation {
            id,
            business: BusinessId::new("fixi"),
            contact: ContactId::new("dana"),
            place: Place {
                channel: Channel::Meta,
                account: "1".to_owned(),
                address: "972500001001".to_owned(),
            },
            language: None,
            request: Request::default(),
            lead: None,
            pending: None,
            misses: BTreeMap::new(),
            paused_until: None,
            last_inbound_at: None,
            customer_mode_until: None,
            unanswered: Vec::new(),
            leads_made: 0,
            needs_human: None,
            reported: None,
            minute: None,
        },
        contact: Contact {
            id: ContactId::new("dana"),
            business: BusinessId::new("fixi"),
            phone: Some("+972500001001".to_owned()),
            name: None,
            profile_name: None,
            language: None,
            address: None,
            disclosed_at: None,
            consented_at: None,
            opted_out_at: None,
        },
        pro: None,
        inbound: inbound.collect(),
        history: Vec::new(),
        leads: Vec::new(),
        jobs: Vec::new(),
        is_owner: false,
        pro_id: None,
    }
}

/// Looks at the talk over an inbox.
fn talk<T>(inbox: &Inbox, look: impl FnOnce(&Talk<'_>) -> T) -> T {
    let business = business();
    let known = Known::default();
    let desk = Desk { now: now(), business: &business, known: &known, decision: Decision::default() };
    look(&Talk::new(&desk, inbox))
}

#[test]
fn stars_are_one_digit_or_as_many_signs() {
    for (text, stars) in [
        ("5", Some(5)),
        ("⭐⭐⭐", Some(3)),
        ("0", None),
        ("6", None),
        ("5 כוכבים", None),
        ("55", None),
        ("", None),
    ] {
        assert_eq!(talk(&inbox(&[text]), |talk| talk.stars()), stars, "{text}");
    }
    assert_eq!(talk(&inbox(&["5", "4"]), |talk| talk.stars()), None, "two messages are no rating");
}

#[test]
fn a_burst_is_read_together_and_a_command_stands_alone() {
    let burst = inbox(&["יש לי", "נזילה"]);
    assert_eq!(talk(&burst, |talk| talk.words()), "יש לי, נזילה");
    assert_eq!(talk(&burst, |talk| talk.command()), None);
    assert!(talk(&inbox(&["נציג"]), |talk| talk.command()).is_some());
    assert!(talk(&inbox(&["אני רוצה נציג בבקשה דחוף"]), |talk| talk.command()).is_none());
    assert!(talk(&inbox(&["12"]), |talk| talk.number() == Some(12)));
    assert!(talk(&inbox(&["12 בערב"]), |talk| talk.number().is_none()));
    assert!(talk(&inbox(&["כן אבל רק אחרי שלוש בצהריים אם אפשר"]), |talk| talk
        .says_more_than_yes()));
    assert!(!talk(&inbox(&["כן בבקשה"]), |talk| talk.says_more_than_yes()));
    assert!(talk(&inbox(&["\u{200F}😀", "\u{200B}"]), |talk| talk.has_nothing_to_read()));
}

#[test]
fn the_language_stays_over_names_and_slips() {
    let in_hebrew = |text: &str, need: Option<Fact>| {
        let mut inbox = inbox(&[text]);
        inbox.conversation.language = Some(Language::He);
        inbox.conversation.pending = need.map(|need| Pending {
            question: Question::Tell { need },
            lead: None,
            asked_at: now(),
            expires_at: now() + Duration::hours(1),
        });
        talk(&inbox, |talk| talk.language)
    };
    assert_eq!(in_hebrew("Herzl 10 floor 2 apt 5", Some(Fact::Address)), Language::He);
    assert_eq!(in_hebrew("Dana Cohen", Some(Fact::Name)), Language::He);
    assert_eq!(in_hebrew("asdkjh", None), Language::He);
    assert_eq!(in_hebrew("hello", None), Language::En);
    assert_eq!(in_hebrew("my sink is leaking", None), Language::En);
    assert_eq!(in_hebrew("😀", None), Language::He);
}

#[test]
fn a_bare_hour_means_the_day_in_question() {
    let zone = chrono_tz::Asia::Jerusalem;
    let wednesday = |hour: u32| Utc.with_ymd_and_hms(2026, 11, 25, hour - 2, 0, 0).unwrap();
    let mut chat = inbox(&[]).conversation;
    chat.pending = Some(Pending {
        question: Question::ChooseSlot {
            pro: ProId::new("avi"),
            slots: [9, 11].map(|hour| Slot { from: wednesday(hour), to: wednesday(hour + 1) }).to_vec(),
        },
        lead: None,
        asked_at: now(),
        expires_at: now() + Duration::hours(1),
    });
    let context = when::Context { asked_for_time: true, ..time() };
    assert!(wish::read("ב-16:00", &chat, &context).allows(wednesday(16), zone));
    assert!(wish::read("at 3 pm", &chat, &context).allows(wednesday(15), zone));
    let tomorrow = Utc.with_ymd_and_hms(2026, 11, 23, 14, 0, 0).unwrap();
    assert!(wish::read("מחר ב-16:00", &chat, &context).allows(tomorrow, zone));
    chat.pending = None;
    let today = Utc.with_ymd_and_hms(2026, 11, 22, 14, 0, 0).unwrap();
    assert_eq!(wish::read("היום ב-16:00", &chat, &context), When::Point(today));
}

/// What a turn comes to for a customer of whom nothing is known.
#[derive(Debug, PartialEq)]
enum Next {
    Says(Goal),
    Status(Status),
    NoLead,
}

fn next(words: &str, taken: &[(i64, i64)]) -> Next {
    let occasion = Occasion::Inbox(Box::new(inbox(&[words])));
    let mut turn = Turn::new(Snapshot { now: now(), business: business(), occasion });
    for _ in 0..20 {
        match turn.step() {
            Step::Ask(Ask::Dispatch(question)) => {
                turn.answered(Answer::Dispatch(Box::new(understand_by_rules(&question))));
            }
            Step::Ask(Ask::Persona(question)) => return Next::Says(question.goal),
            Step::Look(Lookup::Pros) => {
                turn.found(Found::Pros(vec![Candidate { pro: pro(), open_jobs: 0 }]));
            }
            Step::Look(Lookup::Calendars(pros)) => {
                let busy = |(from, to): &(i64, i64)| crate::turn::Busy {
                    from: now() + Duration::hours(*from),
                    to: now() + Duration::hours(*to),
                    appointment: crate::id::AppointmentId::new("other"),
                    city: None,
                };
                let taken: Vec<_> = taken.iter().map(busy).collect();
                turn.found(Found::Calendars(pros.into_iter().map(|pro| (pro, taken.clone())).collect()));
            }
            Step::Look(Lookup::LeadNumber) => turn.found(Found::LeadNumber(1)),
            Step::Look(other) => panic!("nobody needs {other:?}"),
            Step::Done(decision) => {
                return decision.leads.first().map_or(Next::NoLead, |lead| Next::Status(lead.status));
            }
        }
    }
    panic!("the turn does not end");
}

#[test]
fn what_comes_next_follows_from_what_is_known() {
    let ask = |need| Next::Says(Goal::Ask { need, again: false });
    let offer = |why| Next::Says(Goal::OfferSlots { why });
    let table = [
        ("היי", Next::NoLead),
        ("נזילה", Next::Status(Status::Contacted)),
        ("נזילה בתל אביב", ask(Fact::Address)),
        ("נזילה בתל אביב, רחוב הרצל", ask(Fact::Address)),
        ("נזילה בתל אביב, מחר ב-10", ask(Fact::Address)),
        ("נזילה בתל אביב, הרצל 10", offer(Offering::First)),
        ("נזילה בתל אביב, הרצל 10, מחר אחרי הצהריים", offer(Offering::Wanted)),
        ("נזילה בתל אביב, הרצל 10, מחר ב-22:00", offer(Offering::Instead)),
        ("נזילה בתל אביב, הרצל 10, מחר ב-10:00", ask(Fact::FloorApartment)),
        ("נזילה בתל אביב, הרצל 10 קומה 1, מחר ב-10:00", ask(Fact::FloorApartment)),
        ("נזילה בתל אביב, הרצל 10 בית פרטי, מחר ב-10:00", ask(Fact::Name)),
        ("נזילה בתל אביב, הרצל 10 קומה 1 דירה 2, מחר ב-10:00", ask(Fact::Name)),
        ("שמי דנה, נזילה בתל אביב, הרצל 10 קומה 1 דירה 2, מחר ב-10:00", Next::Status(Status::New)),
        ("נזילה באילת", Next::Status(Status::PendingAdminReview)),
        ("אין לי חשמל בתל אביב", Next::Status(Status::PendingAdminReview)),
    ];
    for (words, expected) in table {
        assert_eq!(next(words, &[]), expected, "{words}");
    }
}

#[test]
fn a_full_calendar_is_a_person_s_case() {
    let all = [(0, 24 * 60)];
    assert_eq!(next("נזילה בתל אביב, הרצל 10", &all), Next::Status(Status::PendingAdminReview));
    // The hour that is wanted is somebody else's: others are offered.
    let tomorrow_at_ten = [(25, 26)];
    assert_eq!(
        next("נזילה בתל אביב, הרצל 10, מחר ב-10:00", &tomorrow_at_ten),
        Next::Says(Goal::OfferSlots { why: Offering::Instead })
    );
}
