//! What the pretended bot knows beside leads and chats: pros, their days, people, jobs, settings, users, changes, figures.

use crate::harness::{Console, now};
use admin_api::access::Role;
use admin_api::analytics::{Analytics, DayFigures, Figures, Period};
use admin_api::audit::{AuditFilter, AuditLine};
use admin_api::contact::{ContactFilter, ContactLine, Erased, Export};
use admin_api::job::{DeadJob, Jobs, Oddity, RecurringJob};
use admin_api::page::Page;
use admin_api::pro::{AreaRule, Previewed, Price, ProDetail, ProLine, ProState};
use admin_api::schedule::{Day, ProSchedule, ScheduleWindow, Span, SpanKind};
use admin_api::settings::Settings;
use admin_api::user::User;
use admin_tui::ask::{Answer, Ask};
use chrono::{DateTime, Days, Duration, NaiveDate, Utc};
use locales::Locale;
use serde_json::{Value, json};
use std::collections::BTreeMap;

/// Answers what a bot that is well answers on these screens.
pub(crate) fn answer(ask: &Ask) -> Option<Answer> {
    Some(match ask {
        Ask::Pros => Answer::Pros(pros()),
        Ask::Pro(id) => Answer::Pro(Box::new(pro(id))),
        Ask::EditPro(id, edit) => {
            let mut pro = pro(id);
            pro.line.version += 1;
            pro.persona = edit.persona.clone().unwrap_or(pro.persona);
            pro.prices = edit.prices.clone().unwrap_or(pro.prices);
            Answer::Pro(Box::new(pro))
        }
        Ask::Preview(..) => Answer::Previewed(Previewed {
            reply: "שלום, אבי כאן. מגיע היום ב־16:00.".to_owned(),
            model: "gemini-2.5-flash-lite".to_owned(),
        }),
        Ask::Schedule(window) => Answer::Schedule(schedule(window)),
        Ask::Contacts(filter) => Answer::Contacts(contacts(filter)),
        Ask::Contact(id) => Answer::Contact(Box::new(people().into_iter().find(|one| one.id == *id)?)),
        Ask::Export(_) => Answer::Export(Box::new(Export { made_at: now(), data: json!({"leads": []}) })),
        Ask::Erase(..) => Answer::Erased(Erased { documents: 12, left: 0 }),
        Ask::Jobs => Answer::Jobs(jobs()),
        Ask::Settings => Answer::Settings(Box::new(settings())),
        Ask::EditSettings(edit) => {
            let paused = edit.paused.unwrap_or_default();
            Answer::Settings(Box::new(Settings { version: 8, paused, ..settings() }))
        }
        Ask::Users => Answer::Users(users()),
        Ask::Audit(filter) => Answer::Audit(audit(filter)),
        Ask::Analytics(period) => Answer::Analytics(Box::new(analytics(period))),
        Ask::AnalyticsCsv(_) => Answer::Csv(b"date,leads\n".to_vec()),
        _ => return None,
    })
}

/// A console on the screen of this word.
pub(crate) fn open(locale: Locale, word: &str) -> Console {
    sized(locale, word, 80, 24)
}

pub(crate) fn sized(locale: Locale, word: &str, columns: u16, rows: u16) -> Console {
    let mut console = Console::new(locale, columns, rows);
    console.sign_in();
    console.command(word);
    console.asked.clear();
    console
}

/// A console on the screen of this word for a user of this role.
pub(crate) fn open_as(role: Role, word: &str) -> Console {
    let mut console = Console::new(Locale::En, 80, 24);
    console.sign_in_as(role);
    console.command(word);
    console
}

/// A console that refuses changes, on the screen of this word.
pub(crate) fn open_readonly(word: &str) -> Console {
    let mut console = Console::readonly(Locale::En);
    console.sign_in();
    console.command(word);
    console
}

/// Keeps or compares this screen in two languages and two sizes, after these keys.
#[track_caller]
pub(crate) fn golden(name: &str, word: &str, keys: &str) {
    for locale in [Locale::En, Locale::He] {
        for (columns, rows) in [(80, 24), (160, 50)] {
            let mut console = sized(locale, word, columns, rows);
            console.press(keys);
            console.golden(&format!("{name}_{locale}_{columns}x{rows}"));
        }
    }
}

fn line(id: &str, name: &str, state: ProState, trades: &[&str], areas: &[&str]) -> ProLine {
    ProLine {
        id: id.to_owned(),
        version: 3,
        name: name.to_owned(),
        phone: format!("+97250000010{}", &id[1..]),
        state,
        trades: trades.iter().map(|key| (*key).to_owned()).collect(),
        areas: areas.iter().map(|area| (*area).to_owned()).collect(),
        rating: 4.8,
        reviews: if state == ProState::Applicant { 0 } else { 120 },
        open_jobs: 2,
        acceptance_percent: (state != ProState::Applicant).then_some(87),
    }
}

pub(crate) fn pros() -> Vec<ProLine> {
    vec![
        line("p1", "אבי כהן", ProState::Active, &["plumbing"], &["תל אביב", "רמת גן"]),
        line("p2", "משה לוי", ProState::Vacation, &["electricity"], &["חיפה"]),
        line("p3", "Sami Haddad", ProState::Active, &["air_conditioning"], &["חיפה"]),
        line("p4", "דוד ביטון", ProState::Applicant, &["locksmith"], &["באר שבע"]),
        line("p5", "Eve\u{1b}[31m\u{202e}", ProState::Inactive, &["painting"], &[]),
    ]
}

pub(crate) fn pro(id: &str) -> ProDetail {
    let price = |item: &str, he: &str, en: &str, min, max| Price {
        item: item.to_owned(),
        names: BTreeMap::from([("he".to_owned(), he.to_owned()), ("en".to_owned(), en.to_owned())]),
        min,
        max,
        minutes: 60,
    };
    let hours = [("sunday-thursday", "08:00-18:00"), ("friday", "08:00-12:00")];
    ProDetail {
        line: pros().into_iter().find(|line| line.id == id).unwrap(),
        persona: "קצר, חם, בלי סלנג".to_owned(),
        prices: vec![
            price("leak_repair", "תיקון נזילה", "Leak repair", 250, 450),
            price("blockage", "פתיחת סתימה", "Blockage", 300, 600),
        ],
        area_rules: vec![
            AreaRule { city: "תל אביב".to_owned(), radius_km: None },
            AreaRule { city: "רמת גן".to_owned(), radius_km: Some(5.0) },
        ],
        slot_minutes: 60,
        max_open_jobs: 6,
        language: "he".to_owned(),
        hours: hours.map(|(day, hours)| (day.to_owned(), hours.to_owned())).into(),
        applied_prices: None,
    }
}

/// A local time in winter.
pub(crate) fn at(day: NaiveDate, hour: i64, minute: i64) -> DateTime<Utc> {
    day.and_time(chrono::NaiveTime::MIN).and_utc() + Duration::hours(hour - 2) + Duration::minutes(minute)
}

pub(crate) fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn span(from: DateTime<Utc>, hours: i64, kind: SpanKind, number: Option<u64>, label: &str) -> Span {
    Span {
        from,
        to: from + Duration::hours(hours),
        kind,
        appointment: number.map(|number| format!("a{number}")),
        version: number.map(|_| 2),
        lead: number.map(|number| format!("l{number}")),
        lead_number: number,
        label: label.to_owned(),
        confirmed: number == Some(17),
    }
}

/// Wednesday has visits, Thursday a block and other hours, Saturday is closed.
pub(crate) fn schedule(window: &ScheduleWindow) -> Vec<ProSchedule> {
    let of_day = |date: NaiveDate| {
        use chrono::{Datelike, Weekday};
        let mut spans = Vec::new();
        if date == day("2026-11-25") {
            spans.push(span(at(date, 9, 0), 1, SpanKind::Done, Some(12), "רות, תל אביב"));
            spans.push(span(at(date, 15, 0), 2, SpanKind::Booked, Some(17), "דנה, רמת גן"));
            spans.push(span(at(date, 17, 0), 1, SpanKind::Held, Some(21), "Tom, תל אביב"));
        }
        if date == day("2026-11-26") {
            spans.push(span(at(date, 8, 0), 2, SpanKind::Blocked, None, "רופא"));
            spans.push(span(at(date, 12, 0), 1, SpanKind::Booked, Some(30), "Lea, חיפה"));
        }
        let exception = date == day("2026-11-26");
        let open = match (date.weekday(), exception) {
            (Weekday::Sat, _) => vec![],
            (_, true) => vec![(480, 840)],
            (Weekday::Fri, _) => vec![(480, 720)],
            _ => vec![(480, 1_080)],
        };
        let closed = (date.weekday() == Weekday::Sat).then(|| "שבת".to_owned());
        Day { date, open, exception, closed, spans }
    };
    let days: Vec<NaiveDate> =
        (0..window.days).map(|by| window.from.checked_add_days(Days::new(by.into())).unwrap()).collect();
    let active = pros().into_iter().filter(|pro| window.pro.as_ref().is_none_or(|id| *id == pro.id));
    active
        .filter(|pro| !matches!(pro.state, ProState::Applicant | ProState::Inactive))
        .map(|pro| {
            let days = days.iter().copied().map(of_day);
            // Only the first has anything to do.
            let days = days.map(|day| if pro.id == "p1" { day } else { Day { spans: vec![], ..day } });
            ProSchedule { pro: pro.id.clone(), name: pro.name, version: 3, days: days.collect() }
        })
        .collect()
}

pub(crate) fn people() -> Vec<ContactLine> {
    let person = |id: &str, name: Option<&str>, leads, out: bool| ContactLine {
        id: id.to_owned(),
        version: 4,
        name: name.map(str::to_owned),
        phone: Some(format!("+9725000004{:0>2}", &id[1..])),
        language: Some("he".to_owned()),
        opted_out_at: out.then(now),
        leads,
        conversation: (id != "c3").then(|| id.to_owned()),
    };
    vec![
        person("c1", Some("דנה לוי"), 3, false),
        person("c2", Some("דנה ל."), 1, true),
        person("c3", None, 0, false),
        person("c4", Some("Tom\u{1b}]0;x\u{7} Smith"), 2, false),
    ]
}

fn contacts(filter: &ContactFilter) -> Page<ContactLine> {
    let q = filter.q.clone().unwrap_or_default();
    let fits = |one: &ContactLine| one.name.as_deref().unwrap_or_default().starts_with(&q);
    Page { rows: people().into_iter().filter(fits).collect(), next: None, total: None }
}

pub(crate) fn jobs() -> Jobs {
    let dead = |id: &str, kind: &str, reason: &str| DeadJob {
        id: id.to_owned(),
        kind: kind.to_owned(),
        reason: reason.to_owned(),
        attempts: 8,
        at: Some(now() - Duration::hours(2)),
    };
    let recurring = |name: &str, on, failed, outcome: &str| RecurringJob {
        name: name.to_owned(),
        on,
        next: Some(now() + Duration::minutes(10)),
        last_at: Some(now() - Duration::minutes(5)),
        last_outcome: outcome.to_owned(),
        last_failed: failed,
    };
    Jobs {
        ready: 2,
        running: 1,
        dead: vec![
            dead("j1", "deliver", "401 from green_api: the token is wrong"),
            dead("j2", "turn", "gemini: no answer in 30 s"),
        ],
        recurring: vec![
            recurring("healer", true, false, "done healed=2"),
            recurring("reporter", true, true, "the store is away"),
            recurring("agenda", false, false, ""),
        ],
        oddities: vec![Oddity {
            at: now() - Duration::hours(30),
            channel: "meta".to_owned(),
            reason: "unknown_field".to_owned(),
        }],
    }
}

pub(crate) fn settings() -> Settings {
    let hours = [("sunday-thursday", "08:00-21:00"), ("friday", "08:00-14:00")];
    Settings {
        version: 7,
        name: "Fixi".to_owned(),
        locale: "he".to_owned(),
        timezone: "Asia/Jerusalem".to_owned(),
        paused: false,
        approval: "pro".to_owned(),
        consent: "notice".to_owned(),
        hours: hours.map(|(day, hours)| (day.to_owned(), hours.to_owned())).into(),
        approval_minutes: 15,
        reminder_hours: vec![24, 2],
        commission_percent: 12,
        emergency_number: "100".to_owned(),
        emergency_words: vec![],
        models: vec!["gemini-2.5-flash-lite".to_owned(), "gemini-3.5-flash".to_owned()],
        jobs_off: vec!["agenda".to_owned()],
    }
}

pub(crate) fn users() -> Vec<User> {
    let user = |name: &str, role, active, sessions| User {
        name: name.to_owned(),
        version: 5,
        role,
        active,
        last_seen_at: active.then(|| now() - Duration::days(1)),
        sessions,
    };
    vec![
        user("boss", Role::SystemAdmin, true, 1),
        user("dana", Role::Owner, true, 2),
        user("eli", Role::Admin, true, 1),
        user("noa", Role::Agent, false, 0),
    ]
}

pub(crate) fn audit(filter: &AuditFilter) -> Page<AuditLine> {
    let change = |id: &str, by: &str, action: &str, subject: &str, before: Value, after: Value| AuditLine {
        id: id.to_owned(),
        at: now() - Duration::hours(1),
        by: by.to_owned(),
        action: action.to_owned(),
        subject: subject.to_owned(),
        before,
        after,
    };
    let rows = vec![
        change(
            "x3",
            "dana",
            "settings.change",
            "businesses/fixi",
            json!({"commission_percent": 10, "hours": {"friday": "08:00-12:00"}}),
            json!({"commission_percent": 12, "hours": {"friday": "08:00-14:00"}}),
        ),
        change("x2", "eli", "lead.assign", "leads/l17", json!({"pro": null}), json!({"pro": "אבי כהן"})),
        change("x1", "dana", "user.change", "users/noa", json!({"active": true}), json!({"active": false})),
    ];
    let by = |line: &AuditLine| filter.by.as_ref().is_none_or(|by| *by == line.by);
    let about = |line: &AuditLine| filter.subject.as_ref().is_none_or(|subject| *subject == line.subject);
    Page { rows: rows.into_iter().filter(by).filter(about).collect(), next: None, total: None }
}

pub(crate) fn analytics(period: &Period) -> Analytics {
    let figures = |leads: u32| Figures {
        leads,
        offered: leads * 8 / 10,
        booked: leads / 2,
        completed: leads / 4,
        lost: leads / 5,
        revenue: u64::from(leads) * 320,
        commission: u64::from(leads) * 32,
        pro_answer_seconds: (leads > 0).then_some(420),
        stars: (leads > 0).then_some(4.6),
        tokens: u64::from(leads) * 5_000,
        model_cost: u64::from(leads) * 2_000,
    };
    let days = (period.to - period.from).num_days() + 1;
    let days = (0..days).map(|by| {
        let date = period.from.checked_add_days(Days::new(by.unsigned_abs())).unwrap();
        DayFigures { date, figures: figures(u32::try_from(by * 7 % 11).unwrap()) }
    });
    Analytics {
        usage_known: true,
        days: days.collect(),
        total: figures(40),
        trades: vec![("plumbing".to_owned(), figures(30)), ("electricity".to_owned(), figures(10))],
        pros: vec![("אבי כהן".to_owned(), figures(25)), ("Sami Haddad".to_owned(), figures(15))],
    }
}
