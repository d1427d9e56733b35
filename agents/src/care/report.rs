//! What the operator is told by WhatsApp: one message with everything that waits for a person, by reason. Names leads by
//! number and nobody by name.

use crate::concern::Concern;
use crate::language::Language;
use crate::lead::Lead;
use crate::message::Outbound;
use crate::say;
use locales::{args, text};
use std::collections::{BTreeMap, BTreeSet};

/// How many numbers of leads a line names.
const NAMED: usize = 10;

/// A chat that a person must look at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WaitingChat {
    /// Why.
    pub concern: Concern,
    /// The number of the lead under way in it; none when no request was stated.
    pub number: Option<u64>,
}

/// What waits for one reason: leads by number, and chats without any.
#[derive(Default)]
struct Waiting {
    numbers: BTreeSet<u64>,
    unnumbered: i64,
}

/// The report on leads and chats that a person must look at; none when there are none. A lead whose chat waits for the same
/// reason is told of once.
#[must_use]
pub fn report(language: Language, leads: &[Lead], chats: &[WaitingChat]) -> Option<Outbound> {
    let mut by_reason: BTreeMap<Concern, Waiting> = BTreeMap::new();
    for lead in leads {
        if let Some(concern) = lead.needs_human {
            by_reason.entry(concern).or_default().numbers.insert(lead.number);
        }
    }
    for chat in chats {
        let waiting = by_reason.entry(chat.concern).or_default();
        match chat.number {
            Some(number) => {
                waiting.numbers.insert(number);
            }
            None => waiting.unnumbered += 1,
        }
    }
    if by_reason.is_empty() {
        return None;
    }
    let figure = |count: usize| i64::try_from(count).unwrap_or(i64::MAX);
    let count: i64 =
        by_reason.values().map(|waiting| figure(waiting.numbers.len()) + waiting.unnumbered).sum();
    let mut lines = vec![text(language, "operator-report-header", &args![count = count])];
    for (concern, waiting) in by_reason {
        let reason = say::concern(language, concern);
        if !waiting.numbers.is_empty() {
            let named: Vec<String> = waiting.numbers.iter().take(NAMED).map(u64::to_string).collect();
            let more = if waiting.numbers.len() > NAMED { " …" } else { "" };
            let args = args![reason = reason.as_str(), numbers = format!("{}{more}", named.join(", "))];
            lines.push(text(language, "operator-report-line", &args));
        }
        if waiting.unnumbered > 0 {
            let args = args![reason = reason.as_str(), count = waiting.unnumbered];
            lines.push(text(language, "operator-report-chats", &args));
        }
    }
    Some(Outbound::text(lines.join("\n")))
}
