//! What the operator is told by WhatsApp: one message with everything that waits for a person, by reason. Names leads by
//! number and nobody by name.

use crate::language::Language;
use crate::lead::Lead;
use crate::message::Outbound;
use locales::{args, text};
use std::collections::BTreeMap;

/// How many numbers of leads a line names.
const NAMED: usize = 10;

/// The report on leads that a person must look at; none when there are none.
#[must_use]
pub fn report(language: Language, leads: &[Lead]) -> Option<Outbound> {
    let mut by_reason: BTreeMap<&str, Vec<u64>> = BTreeMap::new();
    for lead in leads {
        if let Some(reason) = lead.needs_human.as_deref() {
            by_reason.entry(reason).or_default().push(lead.number);
        }
    }
    if by_reason.is_empty() {
        return None;
    }
    let count: usize = by_reason.values().map(Vec::len).sum();
    let header = args![count = i64::try_from(count).unwrap_or(i64::MAX)];
    let mut lines = vec![text(language, "operator-report-header", &header)];
    for (reason, mut numbers) in by_reason {
        numbers.sort_unstable();
        let named: Vec<String> = numbers.iter().take(NAMED).map(u64::to_string).collect();
        let more = if numbers.len() > NAMED { " …" } else { "" };
        let args = args![reason = reason, numbers = format!("{}{more}", named.join(", "))];
        lines.push(text(language, "operator-report-line", &args));
    }
    Some(Outbound::text(lines.join("\n")))
}
