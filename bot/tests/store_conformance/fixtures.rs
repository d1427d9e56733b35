//! The people, chats and rows of the tests. Built from their stored form, which the contract fixes.

use agents::calendar::WeekHours;
use agents::conversation::{Conversation, Place};
use agents::decision::SlotChange;
use agents::id::{AppointmentId, BusinessId, ConversationId, InboundId, OutboxId, ProId};
use agents::lead::{Lead, Slot};
use agents::message::{Channel, Content, Inbound, Outbound};
use agents::pro::Pro;
use bot::store::Store;
use bot::store::documents::{
    Accept, Accepted, Commit, DeliveryState, Document, Expect, InboundRow, Job, JobKind, NewJob, OutboxRow,
};
use chrono::{DateTime, Duration, TimeDelta, Utc};
use serde_json::json;

pub(crate) const LEASE: Duration = TimeDelta::seconds(60);

/// A moment of the tests, in seconds after 2026-11-22 07:00 UTC.
pub(crate) fn at(seconds: i64) -> DateTime<Utc> {
    DateTime::from_timestamp(1_795_330_800 + seconds, 0).unwrap()
}

pub(crate) fn business() -> BusinessId {
    BusinessId::new("fixi")
}

pub(crate) fn dana() -> ConversationId {
    ConversationId::new("c-dana")
}

pub(crate) fn noa() -> ConversationId {
    ConversationId::new("c-noa")
}

pub(crate) fn avi() -> ProId {
    ProId::new("p-avi")
}

pub(crate) fn turn(conversation: &ConversationId, due: DateTime<Utc>) -> NewJob {
    NewJob { kind: JobKind::Turn { conversation: conversation.clone() }, due, gather_ms: None }
}

pub(crate) fn gathered(conversation: &ConversationId, due: DateTime<Utc>) -> NewJob {
    NewJob { gather_ms: Some(6_000), ..turn(conversation, due) }
}

pub(crate) fn delivery(conversation: &ConversationId, due: DateTime<Utc>) -> NewJob {
    NewJob { kind: JobKind::Deliver { conversation: conversation.clone() }, due, gather_ms: None }
}

pub(crate) fn message(conversation: &ConversationId, id: &str, text: &str, sent: DateTime<Utc>) -> Accept {
    let inbound = Inbound {
        id: InboundId::new(id),
        at: sent,
        content: Content::Text { text: text.to_owned() },
        reply_to: None,
        sender_name: None,
    };
    let row = InboundRow {
        business: business(),
        conversation: conversation.clone(),
        place: Place { channel: Channel::Meta, account: "1".to_owned(), address: "972500000001".to_owned() },
        phone: Some("+972500000001".to_owned()),
        inbound,
        received_at: sent,
    };
    Accept { row, turn: turn(conversation, sent) }
}

pub(crate) async fn accept(store: &Store, item: Accept) -> Accepted {
    store.accept(vec![item]).await.unwrap()[0]
}

pub(crate) fn conversation(
    id: &ConversationId,
    contact: &str,
    channel: &str,
    last: DateTime<Utc>,
) -> Conversation {
    serde_json::from_value(json!({
        "id": id, "business": "fixi", "contact": contact, "last_inbound_at": last,
        "place": {"channel": channel, "account": "1", "address": "972500000001"},
    }))
    .unwrap()
}

pub(crate) fn lead(id: &str, number: u64, status: &str) -> Lead {
    serde_json::from_value(json!({
        "id": id, "business": "fixi", "number": number, "contact": "k-dana", "conversation": "c-dana",
        "language": "he", "status": status, "history": [], "issue_type": "plumbing", "issue_summary": "נזילה",
        "address": {}, "emergency": false, "pro": "p-avi",
    }))
    .unwrap()
}

pub(crate) fn pro(id: &str, phone: &str) -> Pro {
    serde_json::from_value(json!({
        "id": id, "business": "fixi", "name": "אבי", "phone": phone, "trades": ["plumbing"], "areas": ["חיפה"],
        "rating": 4.8, "reviews": 3, "persona": "", "slot_minutes": 60, "hours": WeekHours::default(),
        "prices": [], "active": true, "approved": true, "language": "he", "max_open_jobs": 5,
    }))
    .unwrap()
}

pub(crate) fn new_lead(id: &str, number: u64) -> (Expect, Document) {
    (Expect::Absent, Document::Lead(lead(id, number, "new")))
}

pub(crate) fn outgoing(conversation: &ConversationId, id: &str, created_at: DateTime<Utc>) -> OutboxRow {
    OutboxRow::queued(
        OutboxId::new(id),
        business(),
        conversation.clone(),
        Outbound::text(format!("text of {id}")),
        created_at,
    )
}

pub(crate) fn in_state(row: &OutboxRow, state: DeliveryState) -> OutboxRow {
    OutboxRow { state, ..row.clone() }
}

/// Puts messages into lanes and claims the lane of Dana's chat.
pub(crate) async fn lane(store: &Store, rows: Vec<OutboxRow>) -> Job {
    let jobs = vec![delivery(&dana(), at(0))];
    store.commit(Commit { outbox: rows, jobs, ..Commit::default() }, at(0)).await.unwrap();
    claim(store, 0).await
}

pub(crate) async fn claim(store: &Store, seconds: i64) -> Job {
    store.claim(at(seconds), "test", LEASE).await.unwrap().expect("a job is due")
}

pub(crate) async fn nothing_due(store: &Store, seconds: i64) {
    let job = store.claim(at(seconds), "test", LEASE).await.unwrap();
    assert_eq!(job, None, "nothing is due");
}

pub(crate) fn hold(appointment: &str, from: i64, to: i64, until: Option<i64>) -> SlotChange {
    SlotChange::Claim {
        pro: avi(),
        slot: Slot { from: at(from), to: at(to) },
        appointment: AppointmentId::new(appointment),
        until: until.map(at),
    }
}

pub(crate) fn slots(slots: Vec<SlotChange>) -> Commit {
    Commit { slots, ..Commit::default() }
}

/// What may be sent next, unless something is being sent.
pub(crate) fn may_leave(lane: bot::store::lane::Lane) -> Option<OutboxRow> {
    lane.front.filter(|row| row.state == DeliveryState::Queued)
}
