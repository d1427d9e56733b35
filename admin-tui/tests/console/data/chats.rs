//! Chats: five that are told apart, and what is said in them.

use crate::harness::now;
use admin_api::conversation::{
    Answering, ConversationDetail, ConversationFilter, ConversationLine, Line, Speaker, Template,
};
use admin_api::page::{Page, Window};
use chrono::Duration;

pub(crate) fn line(number: u64) -> ConversationLine {
    ConversationLine {
        id: format!("c{number}"),
        version: 5,
        contact: format!("k{number}"),
        name: Some("דנה לוי".to_owned()),
        phone: Some(format!("+97250000{number:04}")),
        channel: "green_api".to_owned(),
        role: "customer".to_owned(),
        last_inbound_at: Some(now() - Duration::minutes(4)),
        window_until: None,
        last_words: Some("יש לי נזילה במטבח".to_owned()),
        answering: Answering::Bot,
        paused_until: None,
        needs_human: None,
        lead: Some(format!("l{number}")),
        lead_number: Some(number),
        opted_out: false,
    }
}

/// The five chats, the one that was written in last first.
pub(crate) fn all() -> Vec<ConversationLine> {
    let meta = |number: u64, left: Duration| ConversationLine {
        channel: "meta".to_owned(),
        window_until: Some(now() + left),
        ..line(number)
    };
    vec![
        line(23),
        ConversationLine {
            needs_human: Some("asked_for_human".to_owned()),
            name: Some("John Smith".to_owned()),
            last_words: Some("Can I talk to a person?".to_owned()),
            ..meta(21, Duration::minutes(200))
        },
        ConversationLine {
            answering: Answering::Person,
            paused_until: Some(now() + Duration::minutes(25)),
            name: Some("سامي حداد".to_owned()),
            last_words: Some("شكرا".to_owned()),
            ..meta(18, Duration::minutes(12))
        },
        ConversationLine { name: None, opted_out: true, ..meta(17, -Duration::hours(1)) },
        ConversationLine {
            name: Some("אבי כהן".to_owned()),
            role: "pro".to_owned(),
            lead: None,
            lead_number: None,
            last_words: Some("אשר".to_owned()),
            ..line(90)
        },
    ]
}

pub(crate) fn page(filter: &ConversationFilter) -> Page<ConversationLine> {
    let rows = all().into_iter().filter(|row| {
        (!filter.needs_human || row.needs_human.is_some())
            && (!filter.paused || row.answering == Answering::Person)
            && filter.q.as_ref().is_none_or(|q| {
                [&row.name, &row.phone]
                    .iter()
                    .any(|field| field.as_ref().is_some_and(|field| field.starts_with(q)))
            })
    });
    Page { rows: rows.collect(), next: None, total: None }
}

pub(crate) fn detail(id: &str) -> ConversationDetail {
    let line = all().into_iter().find(|row| row.id == id).unwrap_or_else(|| ConversationLine {
        id: id.to_owned(),
        ..line(id.trim_start_matches('c').parse().unwrap())
    });
    ConversationDetail {
        language: Some("he".to_owned()),
        waits_for: Some("choose_slot".to_owned()),
        leads: line.lead.clone().into_iter().zip(line.lead_number).collect(),
        line,
    }
}

pub(crate) fn words(number: i64, by: Speaker, text: &str) -> Line {
    Line {
        id: format!("m{number}"),
        at: now() - Duration::minutes(100 - number),
        by,
        text: text.to_owned(),
        kind: None,
        media_url: None,
        delivery: (by != Speaker::Person).then(|| "read".to_owned()),
        reason: None,
    }
}

/// What is said: six lines, the last with a picture.
pub(crate) fn said_so_far() -> Vec<Line> {
    vec![
        words(40, Speaker::Person, "שלום, יש לי נזילה (חמורה) במטבח"),
        words(41, Speaker::Bot, "היי! באיזו עיר?"),
        words(60, Speaker::Person, "תל אביב, הרצל 12"),
        words(61, Speaker::Bot, "אבי כהן פנוי היום ב-17:00. מתאים?\nהמחיר: 250 עד 450 ש״ח"),
        words(94, Speaker::Operator, "כאן דנה מהמשרד, אני איתך"),
        Line {
            kind: Some("image".to_owned()),
            media_url: Some("https://media.example.com/leak.jpg".to_owned()),
            ..words(96, Speaker::Person, "ככה זה נראה")
        },
    ]
}

pub(crate) fn lines(window: &Window) -> Page<Line> {
    let rows = if window.after.is_none() { said_so_far() } else { Vec::new() };
    Page { rows, next: None, total: None }
}

/// A page of a chat with a thousand lines.
pub(crate) fn long(window: &Window) -> Page<Line> {
    let end = window.after.as_ref().map_or(1_000, |after| after.parse::<i64>().unwrap());
    let start = (end - i64::from(window.limit.unwrap_or(50))).max(0);
    let line = |number: i64| Line {
        at: now() - Duration::minutes(1_000 - number),
        ..words(number, Speaker::Person, &format!("line {number}"))
    };
    Page { rows: (start..end).map(line).collect(), next: (start > 0).then(|| start.to_string()), total: None }
}

pub(crate) fn said(text: &str) -> Line {
    Line { delivery: Some("queued".to_owned()), ..words(100, Speaker::Operator, text) }
}

pub(crate) fn templates() -> Vec<Template> {
    let template = |name: &str, language: &str, parameters: &[&str]| Template {
        name: name.to_owned(),
        language: language.to_owned(),
        purpose: "reminder".to_owned(),
        parameters: parameters.iter().map(|name| (*name).to_owned()).collect(),
    };
    vec![
        template("visit_reminder", "en", &["name", "time"]),
        template("visit_reminder", "he", &["name", "time"]),
        template("hello_again", "he", &[]),
    ]
}
