//! The events of the demo's strip "what happened inside": one [`StripEvent`] per step of a turn, as the page reads it.
//! It holds keys, figures and names of demo pros; never a message's text or a phone number.
//!
//! ```
//! use bot::web::strip::{RankedPro, StripEvent};
//!
//! let event = StripEvent::understood(1_000, "turn-1", "chat-1", "by=rules trade=plumbing city=tel_aviv").took(3);
//! assert_eq!(event.detail["trade"], "plumbing");
//! let routed = StripEvent::routed(1_001, "turn-1", "chat-1", "Avi", vec![RankedPro::new("Avi", Some(0.9), &["rating=4.8"])]);
//! assert_eq!(routed.lead(17).lead, Some(17));
//! ```

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

/// Which step of a turn it was.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum StripStep {
    /// Messages were accepted and are durable. Detail: `count`, `from` (`customer` or `pro`).
    Received,
    /// They were read. Detail: `by` (`rules`, `model`, or a model's name), `intent`, `trade`, `city` and the flags of
    /// the note `understood`.
    Understood,
    /// A pro was chosen, or nobody. Detail: `pro`; `ranked` holds everybody who was considered.
    Routed,
    /// The turn ended in a decision. Detail: figures such as `replies` and `timers`.
    Decided,
    /// The decision was written, whole. Detail: figures, `attempts` when it took more than one.
    Committed,
    /// The provider took a message. Detail: `to` (`customer` or `pro`), `state`.
    Delivered,
    /// Something did not work. Detail: `reason`, a key.
    Failed,
    /// Anything else worth a line. Detail: `key`, then what the note says.
    Note,
}

/// A pro who was considered.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct RankedPro {
    /// The name, or the id when there is none at hand.
    pub pro: String,
    /// Higher is better; none for a pro who was ruled out.
    pub score: Option<f64>,
    /// Keys with figures, such as `distance_km=3`.
    pub reasons: Vec<String>,
}

impl RankedPro {
    /// A pro with a score, or ruled out, and why.
    #[must_use]
    pub fn new(pro: &str, score: Option<f64>, reasons: &[impl AsRef<str>]) -> RankedPro {
        let reasons = reasons.iter().map(|reason| reason.as_ref().to_owned()).collect();
        RankedPro { pro: pro.to_owned(), score, reasons }
    }

    /// Reads the detail of the note `ranked`: `pro=ID score=0.92 reason, reason`. None when there is no `pro=`.
    #[must_use]
    pub fn from_note(detail: &str) -> Option<RankedPro> {
        let (pro, rest) = detail.strip_prefix("pro=")?.split_once(' ')?;
        let (score, reasons) = match rest.strip_prefix("score=") {
            Some(scored) => scored.split_once(' ').unwrap_or((scored, "")),
            None => ("", rest),
        };
        let reasons = reasons.split(',').map(str::trim).filter(|reason| !reason.is_empty());
        Some(RankedPro::new(pro, score.parse().ok(), &reasons.collect::<Vec<_>>()))
    }
}

/// One line of the strip. Events with the same `turn` are shown together, in the order in which they came.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct StripEvent {
    /// When it happened, in unix milliseconds.
    #[serde(rename = "at")]
    pub at_ms: i64,
    /// Groups the events of one turn; any opaque text.
    pub turn: String,
    /// Whose chat it was; any opaque text that is no phone number.
    pub conversation: String,
    /// What happened.
    pub step: StripStep,
    /// The short number of the lead, once there is one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub lead: Option<u64>,
    /// How long the step took; without it the page shows the time since the step before.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub took_ms: Option<u64>,
    /// What there is to say, as keys and figures. Values that are keys (trades, cities, intents) are put into words by
    /// the page.
    #[serde(default)]
    pub detail: BTreeMap<String, String>,
    /// The pros who were considered, best first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub ranked: Vec<RankedPro>,
}

impl StripEvent {
    /// An event without detail.
    #[must_use]
    pub fn new(at_ms: i64, turn: &str, conversation: &str, step: StripStep) -> StripEvent {
        StripEvent {
            at_ms,
            turn: turn.to_owned(),
            conversation: conversation.to_owned(),
            step,
            lead: None,
            took_ms: None,
            detail: BTreeMap::new(),
            ranked: Vec::new(),
        }
    }

    /// `count` messages came in; `from` is `customer` or `pro`.
    #[must_use]
    pub fn received(at_ms: i64, turn: &str, conversation: &str, from: &str, count: usize) -> StripEvent {
        let event = StripEvent::new(at_ms, turn, conversation, StripStep::Received);
        event.with("from", from).with("count", &count.to_string())
    }

    /// What was read, from the detail of the note `understood`: `by=rules intent=ServiceRequest trade=plumbing name`.
    #[must_use]
    pub fn understood(at_ms: i64, turn: &str, conversation: &str, note: &str) -> StripEvent {
        StripEvent::new(at_ms, turn, conversation, StripStep::Understood).with_note(note)
    }

    /// Who was chosen (empty: nobody) and among whom.
    #[must_use]
    pub fn routed(
        at_ms: i64,
        turn: &str,
        conversation: &str,
        chosen: &str,
        ranked: Vec<RankedPro>,
    ) -> StripEvent {
        let event = StripEvent::new(at_ms, turn, conversation, StripStep::Routed);
        StripEvent { ranked, ..event.with("pro", chosen) }
    }

    /// The turn's decision, in figures.
    #[must_use]
    pub fn decided(at_ms: i64, turn: &str, conversation: &str, replies: usize, timers: usize) -> StripEvent {
        let event = StripEvent::new(at_ms, turn, conversation, StripStep::Decided);
        event.with("replies", &replies.to_string()).with("timers", &timers.to_string())
    }

    /// It was written, on which attempt.
    #[must_use]
    pub fn committed(at_ms: i64, turn: &str, conversation: &str, attempts: u32) -> StripEvent {
        StripEvent::new(at_ms, turn, conversation, StripStep::Committed)
            .with("attempts", &attempts.to_string())
    }

    /// A message left; `to` is `customer` or `pro`.
    #[must_use]
    pub fn delivered(at_ms: i64, turn: &str, conversation: &str, to: &str) -> StripEvent {
        StripEvent::new(at_ms, turn, conversation, StripStep::Delivered).with("to", to)
    }

    /// Something did not work; `reason` is a key, never a text from outside.
    #[must_use]
    pub fn failed(at_ms: i64, turn: &str, conversation: &str, reason: &str) -> StripEvent {
        StripEvent::new(at_ms, turn, conversation, StripStep::Failed).with("reason", reason)
    }

    /// A note of the decision, by its key and its detail.
    #[must_use]
    pub fn note(at_ms: i64, turn: &str, conversation: &str, key: &str, detail: &str) -> StripEvent {
        StripEvent::new(at_ms, turn, conversation, StripStep::Note).with_note(detail).with("key", key)
    }

    /// With one more key and value.
    #[must_use]
    pub fn with(mut self, key: &str, value: &str) -> StripEvent {
        self.detail.insert(key.to_owned(), value.to_owned());
        self
    }

    /// With everything that a note's detail says: `key=value` apart by spaces; a word alone is a flag, `yes`.
    #[must_use]
    pub fn with_note(mut self, detail: &str) -> StripEvent {
        for word in detail.split_whitespace() {
            let (key, value) = word.split_once('=').unwrap_or((word, "yes"));
            self.detail.insert(key.to_owned(), value.to_owned());
        }
        self
    }

    /// With the lead's short number.
    #[must_use]
    pub fn lead(self, number: u64) -> StripEvent {
        StripEvent { lead: Some(number), ..self }
    }

    /// With how long the step took.
    #[must_use]
    pub fn took(self, ms: u64) -> StripEvent {
        StripEvent { took_ms: Some(ms), ..self }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_note_becomes_keys_values_and_flags() {
        let event =
            StripEvent::understood(5, "t", "c", "by=rules intent=ServiceRequest city=tel_aviv emergency");
        let wire = serde_json::to_value(event.lead(12).took(3)).expect("plain data");
        assert_eq!(
            wire,
            serde_json::json!({
                "at": 5, "turn": "t", "conversation": "c", "step": "understood", "lead": 12, "took_ms": 3,
                "detail": { "by": "rules", "intent": "ServiceRequest", "city": "tel_aviv", "emergency": "yes" },
            })
        );
    }

    #[test]
    fn a_ranked_note_is_read_with_and_without_a_score() {
        let reasons = ["distance_km=3", "rating=4.8"];
        assert_eq!(
            RankedPro::from_note("pro=avi score=0.92 distance_km=3, rating=4.8"),
            Some(RankedPro::new("avi", Some(0.92), &reasons))
        );
        assert_eq!(
            RankedPro::from_note("pro=dan score=out on_vacation"),
            Some(RankedPro::new("dan", None, &["on_vacation"]))
        );
        assert_eq!(RankedPro::from_note("pro=dan score=out"), Some(RankedPro::new("dan", None, &[""; 0])));
        assert_eq!(RankedPro::from_note("nobody"), None);
    }
}
