//! The stored form of the rows that only the store knows: a rename here would make old files unreadable.

use crate::fixtures::*;
use agents::decision::Wake;
use agents::id::LeadId;
use bot::store::documents::{Commit, DeliveryState, InboundRow, JobKind, LastRun, OutboxRow, Recurring};
use serde_json::json;

#[test]
fn an_inbound_row() {
    let stored = json!({
        "business": "fixi", "conversation": "c-dana", "phone": "+972500000001",
        "place": {"channel": "meta", "account": "1", "address": "972500000001"},
        "inbound": {"id": "m1", "at": "2026-11-22T07:00:01Z", "content": {"kind": "text", "text": "שלום"}},
        "received_at": "2026-11-22T07:00:01Z",
    });
    let row = message(&dana(), "m1", "שלום", at(1)).row;
    assert_eq!(serde_json::to_value(&row).unwrap(), stored);
    assert_eq!(serde_json::from_value::<InboundRow>(stored).unwrap(), row);
}

#[test]
fn an_outbox_row() {
    let stored = json!({
        "id": "o1", "business": "fixi", "conversation": "c-dana", "message": {"text": "text of o1"},
        "purpose": "answer", "state": "queued", "attempts": 0, "created_at": "2026-11-22T07:00:00Z",
    });
    let row = outgoing(&dana(), "o1", at(0));
    assert_eq!(serde_json::to_value(&row).unwrap(), stored);
    assert_eq!(serde_json::from_value::<OutboxRow>(stored).unwrap(), row);
}

#[test]
fn the_words_of_states_are_those_of_their_columns() {
    use DeliveryState::{Delivered, Failed, Queued, Read, Sending, Sent, Suppressed, Unsettled};
    for state in [Queued, Sending, Sent, Delivered, Read, Failed, Suppressed, Unsettled] {
        assert_eq!(serde_json::to_value(state).unwrap(), state.key());
    }
}

#[test]
fn jobs() {
    let wake = Wake::OfferExpired { lead: LeadId::new("l1"), round: 2 };
    let kinds = [
        (JobKind::Turn { conversation: dana() }, json!({"kind": "turn", "conversation": "c-dana"})),
        (JobKind::Deliver { conversation: dana() }, json!({"kind": "deliver", "conversation": "c-dana"})),
        (
            JobKind::Wake { wake },
            json!({"kind": "wake", "wake": {"kind": "offer_expired", "lead": "l1", "round": 2}}),
        ),
        (JobKind::Recurring { name: Recurring::Sweep }, json!({"kind": "recurring", "name": "sweep"})),
    ];
    for (kind, stored) in kinds {
        assert_eq!(serde_json::to_value(&kind).unwrap(), stored);
        assert_eq!(serde_json::from_value::<JobKind>(stored).unwrap(), kind);
    }
}

#[test]
fn the_last_run_of_a_recurring_job() {
    let stored = json!({"at": "2026-11-22T07:00:00Z", "took_ms": 20, "outcome": "swept asked=2"});
    let last = LastRun { at: at(0), took_ms: 20, outcome: "swept asked=2".to_owned(), failed: false };
    assert_eq!(serde_json::to_value(&last).unwrap(), stored);
    assert_eq!(serde_json::from_value::<LastRun>(stored).unwrap(), last);
}

#[test]
fn nothing_of_a_person_shows_in_debug() {
    let item = message(&dana(), "m1", "secret words", at(0));
    let commit = Commit {
        documents: vec![new_lead("l1", 1)],
        outbox: vec![outgoing(&dana(), "o1", at(0))],
        ..Commit::default()
    };
    let shown = format!("{item:?} {commit:?}");
    for hidden in ["97250", "secret", "text of", "נזילה"] {
        assert!(!shown.contains(hidden), "{shown}");
    }
}
