//! What the pretended bot knows: a business in Jerusalem with some leads, chats and pros. Names and words are made up.

pub(crate) mod chats;
pub(crate) mod leads;
pub(crate) mod office;

use crate::harness::now;
use admin_api::access::Role;
use admin_api::client::Failure;
use admin_api::dashboard::{Dashboard, ProviderHealth, Queue, Visit};
use admin_api::error::Problem;
use admin_api::lead::LeadStatus;
use admin_api::session::{BusinessLine, Me};
use admin_tui::ask::{Answer, Ask};
use chrono::Duration;

/// Answers any question as a bot that is well.
pub(crate) fn answer(ask: &Ask) -> Result<Answer, Failure> {
    if let Some(answer) = office::answer(ask) {
        return Ok(answer);
    }
    Ok(match ask {
        Ask::Me => Answer::Me(me(Role::Owner)),
        Ask::Dashboard => Answer::Dashboard(Box::new(dashboard())),
        Ask::Leads(filter) => Answer::Leads(leads::page(filter)),
        Ask::Lead(id) => Answer::Lead(Box::new(leads::detail(id))),
        Ask::Conversations(filter) => Answer::Conversations(chats::page(filter)),
        Ask::Conversation(id) => Answer::Conversation(Box::new(chats::detail(id))),
        Ask::Lines(_, window) => Answer::Lines(chats::lines(window)),
        Ask::Templates => Answer::Templates(chats::templates()),
        Ask::Say(_, words) => Answer::Said(chats::said(&words.text)),
        ask if ask.is_change() => Answer::Done,
        _ => return Err(crate::harness::refused(Problem::NotFound, "there is no such thing")),
    })
}

pub(crate) fn me(role: Role) -> Me {
    let business = |key: &str, name: &str| BusinessLine {
        key: key.to_owned(),
        name: name.to_owned(),
        timezone: "Asia/Jerusalem".to_owned(),
        currency: "ILS".to_owned(),
        locale: "he".to_owned(),
    };
    let own = business("fixi", "Fixi");
    let businesses = match role {
        Role::SystemAdmin => vec![own.clone(), business("north", "צפון")],
        Role::Owner | Role::Admin | Role::Agent => vec![own.clone()],
    };
    Me {
        name: "dana".to_owned(),
        role,
        business: own,
        businesses,
        server: env!("CARGO_PKG_VERSION").to_owned(),
    }
}

pub(crate) fn dashboard() -> Dashboard {
    let visit = |hours: i64, number: u64, pro: &str, city: &str, confirmed: bool, held: bool| Visit {
        from: now() + Duration::hours(hours),
        to: now() + Duration::hours(hours + 1),
        pro_name: pro.to_owned(),
        lead: format!("l{number}"),
        lead_number: number,
        city: Some(city.to_owned()),
        confirmed,
        held,
    };
    Dashboard {
        at: now(),
        leads: [
            (LeadStatus::Contacted, 14),
            (LeadStatus::New, 6),
            (LeadStatus::Booked, 9),
            (LeadStatus::Completed, 1_240),
            (LeadStatus::PendingAdminReview, 2),
            (LeadStatus::Rejected, 3),
            (LeadStatus::Cancelled, 31),
            (LeadStatus::Closed, 55),
        ]
        .into(),
        needs_human: 3,
        today: vec![
            visit(-3, 12, "אבי כהן", "תל אביב", true, false),
            visit(1, 17, "משה לוי", "רמת גן", true, false),
            visit(3, 19, "Sami Haddad", "חיפה", false, false),
            visit(5, 21, "אבי כהן", "גבעתיים", false, true),
        ],
        answer_seconds: (0..24).map(|hour| if hour % 5 == 4 { None } else { Some(4 + hour) }).collect(),
        leads_per_day: vec![3, 5, 8, 2, 0, 4, 9, 11, 7, 6, 5, 2, 8, 6],
        queue: Queue { ready: 2, running: 1, dead: 1, unsettled: 0 },
        providers: vec![
            ProviderHealth { name: "store".to_owned(), ok: true, reason: None, since: None },
            ProviderHealth { name: "green_api".to_owned(), ok: true, reason: None, since: None },
            ProviderHealth {
                name: "gemini-2.5-flash-lite".to_owned(),
                ok: false,
                reason: Some("resting".to_owned()),
                since: None,
            },
        ],
        model_cost_today: Some(1_234_567),
        paused: false,
    }
}
