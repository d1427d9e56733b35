//! Leads: seven that are told apart, and a crowd for lists that are long.

use crate::harness::now;
use admin_api::conversation::{Line, Speaker};
use admin_api::lead::{LeadDetail, LeadFilter, LeadLine, LeadStatus, Moment, RankedPro};
use admin_api::page::Page;
use chrono::Duration;

pub(crate) fn line(number: u64) -> LeadLine {
    LeadLine {
        id: format!("l{number}"),
        number,
        version: 3,
        status: LeadStatus::Contacted,
        since: now() - Duration::minutes(12),
        created_at: now() - Duration::hours(2),
        customer: Some("דנה לוי".to_owned()),
        trade: Some("plumbing".to_owned()),
        issue: Some("נזילה במטבח".to_owned()),
        city: Some("תל אביב".to_owned()),
        emergency: false,
        pro: Some("p1".to_owned()),
        pro_name: Some("אבי כהן".to_owned()),
        visit_from: None,
        visit_to: None,
        needs_human: None,
        conversation: format!("c{number}"),
    }
}

/// The seven leads, newest change first.
pub(crate) fn all() -> Vec<LeadLine> {
    let booked = LeadLine {
        status: LeadStatus::Booked,
        visit_from: Some(now() + Duration::hours(3)),
        visit_to: Some(now() + Duration::hours(4)),
        ..line(19)
    };
    vec![
        line(23),
        LeadLine { emergency: true, issue: Some("פיצוץ בצינור".to_owned()), ..line(22) },
        LeadLine {
            status: LeadStatus::New,
            customer: Some("John Smith".to_owned()),
            city: Some("Haifa".to_owned()),
            issue: Some("No hot water".to_owned()),
            ..line(21)
        },
        booked,
        LeadLine {
            status: LeadStatus::PendingAdminReview,
            needs_human: Some("no_pro_left".to_owned()),
            pro: None,
            pro_name: None,
            customer: Some("سامي حداد".to_owned()),
            ..line(18)
        },
        LeadLine { status: LeadStatus::Completed, since: now() - Duration::days(3), ..line(17) },
        LeadLine { status: LeadStatus::Cancelled, customer: None, issue: None, city: None, ..line(16) },
    ]
}

/// A page of the seven.
pub(crate) fn page(filter: &LeadFilter) -> Page<LeadLine> {
    let rows = all().into_iter().filter(|row| {
        filter.status.is_none_or(|status| row.status == status)
            && filter.pro.as_ref().is_none_or(|pro| row.pro.as_ref() == Some(pro))
            && (!filter.needs_human || row.needs_human.is_some())
            && filter.q.as_ref().is_none_or(|q| {
                row.number.to_string() == *q
                    || [&row.customer, &row.city, &row.issue]
                        .iter()
                        .any(|field| field.as_ref().is_some_and(|field| field.starts_with(q)))
            })
    });
    Page { rows: rows.collect(), next: None, total: None }
}

/// A page of a hundred thousand.
pub(crate) fn crowd(filter: &LeadFilter) -> Page<LeadLine> {
    const ALL: u64 = 100_000;
    let start = filter.window.after.as_ref().map_or(0, |after| after.parse::<u64>().unwrap());
    let end = (start + u64::from(filter.window.limit.unwrap_or(50))).min(ALL);
    Page {
        rows: (start..end).map(|at| line(ALL - at)).collect(),
        next: (end < ALL).then(|| end.to_string()),
        total: Some(ALL),
    }
}

pub(crate) fn detail(id: &str) -> LeadDetail {
    let number: u64 = id.trim_start_matches('l').parse().unwrap();
    let line = all().into_iter().find(|row| row.id == id).unwrap_or_else(|| line(number));
    let may_become = match line.status {
        LeadStatus::Contacted | LeadStatus::New => vec![LeadStatus::Closed, LeadStatus::Cancelled],
        LeadStatus::Booked => vec![LeadStatus::Completed, LeadStatus::Cancelled],
        LeadStatus::PendingAdminReview => vec![LeadStatus::Closed],
        LeadStatus::Completed | LeadStatus::Closed | LeadStatus::Rejected | LeadStatus::Cancelled => vec![],
    };
    let moment = |minutes: i64, what: &str, detail: &str, by: Option<&str>| Moment {
        at: now() - Duration::minutes(minutes),
        what: what.to_owned(),
        detail: detail.to_owned(),
        by: by.map(str::to_owned),
    };
    let ranked = |pro: &str, name: &str, score: Option<f64>, reasons: &[&str]| RankedPro {
        pro: pro.to_owned(),
        name: name.to_owned(),
        score,
        reasons: reasons.iter().map(|reason| (*reason).to_owned()).collect(),
    };
    let said = |minutes: i64, by: Speaker, text: &str| Line {
        id: format!("m{minutes}"),
        at: now() - Duration::minutes(minutes),
        by,
        text: text.to_owned(),
        kind: None,
        media_url: None,
        delivery: None,
        reason: None,
    };
    LeadDetail {
        contact: "k1".to_owned(),
        phone: Some("+972500000001".to_owned()),
        full_address: Some("הרצל 12, קומה 3, תל אביב".to_owned()),
        quote: Some((250, 450)),
        paid: None,
        commission: None,
        moves: 1,
        stars: None,
        review: None,
        timeline: vec![
            moment(120, "contacted", "", None),
            moment(60, "note", "הלקוחה לא עונה לפני 17:00", Some("dana")),
            moment(12, "lead.assign", "אבי כהן", Some("dana")),
        ],
        words: vec![
            said(14, Speaker::Person, "יש לי נזילה (חמורה) במטבח"),
            said(13, Speaker::Bot, "אבי פנוי היום ב-17:00. מתאים?"),
        ],
        ranked: vec![
            ranked(
                "p1",
                "אבי כהן",
                Some(0.92),
                &["ring=1", "rating=4.8 reviews=120", "free_in_hours=2.0", "area=own"],
            ),
            ranked("p2", "משה לוי", Some(0.71), &["distance_km=6.4", "rating=4.5"]),
            ranked("p3", "Sami Haddad", None, &["on_vacation"]),
        ],
        may_become,
        line,
    }
}
