//! What follows when a message will not reach its person: whoever depends on it learns of it. It sends nothing.

use crate::app::App;
use crate::store::StoreError;
use crate::store::documents::{Commit, DeliveryState, Document, Expect, JobKind, NewJob, OutboxRow};
use agents::booking::is_offer;
use agents::decision::{Note, Wake};
use agents::id::{ConversationId, LeadId};
use agents::lead::Status;

/// Why a person must look at a message whose fate nobody knows.
const UNKNOWN: &str = "delivery_unknown";

/// Raises the lead of a message that failed, was held back, or whose fate nobody knows (B13). An offer that cannot
/// reach its pro is passed on at once (X5).
pub(super) async fn follow(app: &App, row: &OutboxRow) -> Result<(), StoreError> {
    let reason = match row.state {
        DeliveryState::Failed => "delivery_failed",
        DeliveryState::Unsettled => UNKNOWN,
        DeliveryState::Suppressed if row.reason.as_deref() == Some("opted_out") => "opted_out",
        DeliveryState::Suppressed
        | DeliveryState::Queued
        | DeliveryState::Sending
        | DeliveryState::Sent
        | DeliveryState::Delivered
        | DeliveryState::Read => return Ok(()),
    };
    let Some(lead) = &row.lead else { return raise_chat(app, &row.conversation, reason).await };
    raise(app, lead, reason).await?;
    if row.state == DeliveryState::Failed {
        pass_on(app, row, lead).await?;
    }
    Ok(())
}

/// Takes the flag of a message back whose fate was unknown, once the provider has told it after all.
pub(super) async fn settled(app: &App, row: &OutboxRow) -> Result<(), StoreError> {
    let Some(lead) = &row.lead else { return Ok(()) };
    for _ in 0..5 {
        let Some(mut stored) = app.store.lead(lead).await? else { return Ok(()) };
        if stored.value.needs_human.as_deref() != Some(UNKNOWN) {
            return Ok(());
        }
        stored.value.needs_human = None;
        let change = vec![(Expect::Version(stored.version), Document::Lead(stored.value))];
        match app.store.put_documents(change, app.now()).await {
            Err(StoreError::Version { .. }) => {}
            other => return other,
        }
    }
    Ok(())
}

/// Makes the look at an offer due now, if this message was the question of the offer that is open.
async fn pass_on(app: &App, row: &OutboxRow, lead: &LeadId) -> Result<(), StoreError> {
    let Some(stored) = app.store.lead(lead).await? else { return Ok(()) };
    let Some(offer) = stored.value.offer.filter(|_| stored.value.status == Status::New) else {
        return Ok(());
    };
    if !is_offer(&row.message, lead, offer.round) {
        return Ok(());
    }
    let wake = Wake::OfferUndeliverable { lead: lead.clone(), round: offer.round };
    let now = app.now();
    app.store.ask(vec![NewJob { kind: JobKind::Wake { wake }, due: now, gather_ms: None }], now).await?;
    app.wake.notify_one();
    Ok(())
}

/// Marks a chat for a person to look at, where a message belonged to no lead.
async fn raise_chat(app: &App, chat: &ConversationId, reason: &str) -> Result<(), StoreError> {
    // Nobody is to look because a person who asked to be left alone was.
    if reason == "opted_out" {
        return Ok(());
    }
    for _ in 0..5 {
        let Some(mut stored) = app.store.conversation(chat).await? else { return Ok(()) };
        if stored.value.needs_human.is_some() {
            return Ok(());
        }
        stored.value.needs_human = Some(reason.to_owned());
        let change = vec![(Expect::Version(stored.version), Document::Conversation(stored.value))];
        match app.store.put_documents(change, app.now()).await {
            Err(StoreError::Version { .. }) => {}
            Ok(()) => {
                app.counters.note("needs_human");
                return Ok(());
            }
            Err(error) => return Err(error),
        }
    }
    Ok(())
}

/// Marks a lead for a person to look at; a reason that it has already stands. A lead that changes meanwhile is loaded
/// again.
pub(crate) async fn raise(app: &App, lead: &LeadId, reason: &str) -> Result<(), StoreError> {
    for _ in 0..5 {
        let Some(mut stored) = app.store.lead(lead).await? else { return Ok(()) };
        if stored.value.needs_human.is_some() {
            return Ok(());
        }
        stored.value.needs_human = Some(reason.to_owned());
        let note =
            Note { key: "needs_human".to_owned(), lead: Some(lead.clone()), detail: reason.to_owned() };
        let commit = Commit {
            documents: vec![(Expect::Version(stored.version), Document::Lead(stored.value))],
            notes: vec![note],
            ..Commit::default()
        };
        match app.store.commit(commit, app.now()).await {
            Err(StoreError::Version { .. }) => {}
            Ok(()) => {
                app.counters.note("needs_human");
                return Ok(());
            }
            Err(error) => return Err(error),
        }
    }
    Ok(())
}
