//! Care: what is done unasked, so that nobody waits without knowing why. Reminders, questions after a visit, a word to
//! who fell silent, healing of what is stuck, and what the operator is told. Only decisions: every timer looks at the
//! present, and what was done is kept on the lead, so that nothing is said twice.
//!
//! [`watch`] sets the timers: it reads a finished decision and not the code that made it, so whoever books a visit or opens a
//! request need not think of them.

mod agenda;
mod alert;
mod heal;
mod intake;
mod record;
mod reminders;
mod report;
mod taps;
#[cfg(test)]
mod tests;
mod visits;

pub use agenda::agenda;
pub use alert::{Alert, AlertKind, Raised};
pub use record::{Care, Done, Step};
pub use report::{WaitingChat, report};
pub use taps::{CustomerTap, ProTap};

pub(crate) use heal::{abandoned, stale};
pub(crate) use intake::{intake_silent, pause_over};
pub(crate) use reminders::{confirm, remind};
pub(crate) use visits::{customer_not_there, not_yet, visit_over, work_was_done};

use crate::business::Business;
use crate::decision::{Decision, Timer, Wake};
use crate::lead::Status;
use crate::policy;
use crate::say;
use chrono::{DateTime, Utc};
use locales::{args, text};

/// Sets the timers that a decision asks for by what it leaves behind. A timer that is there already stays.
pub(crate) fn watch(decision: &mut Decision, business: &Business, now: DateTime<Utc>) {
    let mut timers: Vec<Timer> = Vec::new();
    for lead in decision.leads.iter().filter(|lead| lead.status == Status::Booked) {
        for visit in lead.by_visit() {
            timers.extend(reminders::timers(business, &visit, now));
            timers.extend(visits::timer(&visit, now));
        }
    }
    for chat in decision.conversation.iter().chain(&decision.other_conversations) {
        if let Some(until) = chat.paused_until.filter(|until| *until > now) {
            let wake = Wake::PauseOver { conversation: chat.id.clone() };
            timers.push(Timer { due: until, wake });
        }
    }
    if let Some(chat) = &decision.conversation
        && chat.request.issue.is_some()
        && chat.request.followed_up_at.is_none()
        && chat.pending.is_some()
        && decision
            .leads
            .iter()
            .all(|lead| lead.status == Status::Contacted || Some(&lead.id) != chat.lead.as_ref())
    {
        let wake = Wake::IntakeSilent { conversation: chat.id.clone() };
        timers.push(Timer { due: now + policy::INTAKE_SILENCE, wake });
    }
    tell_operator(decision, business);
    for timer in timers {
        if !decision.timers.contains(&timer) {
            decision.timers.push(timer);
        }
    }
}

/// Tells the operator at once of danger (B52) and of customers who ask for a person (L15), whoever decided it.
fn tell_operator(decision: &mut Decision, business: &Business) {
    let language = business.locale;
    let Some(chat) = &decision.conversation else { return };
    for note in &decision.notes {
        let words = match (note.key.as_str(), note.detail.as_str()) {
            ("emergency", _) => {
                let unknown = || text(language, "unknown", &args![]);
                let address = say::address(language, &chat.request.address);
                let address = if address.is_empty() { unknown() } else { address };
                let issue = chat.request.issue.clone().unwrap_or_else(unknown);
                let args = args![issue = issue, address = address];
                (AlertKind::Emergency, text(language, "operator-emergency", &args))
            }
            ("needs_human", "asked_for_human") => {
                let lead = decision.leads.iter().find(|lead| Some(&lead.id) == note.lead.as_ref());
                let number = lead.map_or_else(|| "-".to_owned(), |lead| lead.number.to_string());
                let args = args![lead = number];
                (AlertKind::HumanWanted, text(language, "operator-human-wanted", &args))
            }
            _ => continue,
        };
        let lead = note.lead.clone().or(chat.lead.clone());
        decision.alerts.push(Alert { kind: words.0, lead, words: words.1 });
    }
}
