//! What follows when a message will not reach its person: whoever depends on it learns of it. It sends nothing.

use super::write::is_report;
use super::{alerts, change};
use crate::app::App;
use crate::store::StoreError;
use crate::store::documents::{DeliveryState, JobKind, NewJob, OutboxRow};
use agents::booking::is_offer;
use agents::concern::Concern;
use agents::decision::{Note, Wake};
use agents::id::{ConversationId, LeadId};
use agents::lead::{Lead, Status};
use agents::template::TemplateUse;

/// Why a message was not sent where it was to be: it went to another chat of the same person.
pub(super) const ELSEWHERE: &str = "sent_elsewhere";

/// Raises the lead of a message that failed, was held back, or whose fate nobody knows (B13). An offer that cannot
/// reach its pro is passed on at once (X5).
pub(super) async fn follow(app: &App, row: &OutboxRow) -> Result<(), StoreError> {
    let concern = match row.state {
        DeliveryState::Failed if row.reason.as_deref() == Some(ELSEWHERE) => return Ok(()),
        DeliveryState::Failed if is_held_reminder(row) => Concern::ReminderHeld,
        DeliveryState::Failed => Concern::DeliveryFailed,
        DeliveryState::Unsettled => Concern::DeliveryUnknown,
        DeliveryState::Suppressed if row.reason.as_deref() == Some("opted_out") => Concern::OptedOut,
        DeliveryState::Suppressed
        | DeliveryState::Queued
        | DeliveryState::Sending
        | DeliveryState::Sent
        | DeliveryState::Delivered
        | DeliveryState::Read => return Ok(()),
    };
    let Some(lead) = &row.lead else {
        if row.state == DeliveryState::Failed && is_report(&row.id) {
            return alerts::report_failed(app, row).await;
        }
        return raise_chat(app, &row.conversation, concern).await;
    };
    raise(app, lead, concern).await?;
    if row.state == DeliveryState::Failed {
        pass_on(app, row, lead).await?;
    }
    Ok(())
}

/// Whether a message is a reminder for which there is neither an open window nor a template (B111).
fn is_held_reminder(row: &OutboxRow) -> bool {
    let is_reminder =
        row.message.figures.as_ref().is_some_and(|figures| figures.purpose == TemplateUse::Reminder);
    is_reminder && row.reason.as_deref().is_some_and(|reason| reason.starts_with("window_closed"))
}

/// Takes the flag of a message back whose fate was unknown, once the provider has told it after all, unless another
/// message about the same lead is like that.
pub(super) async fn settled(app: &App, row: &OutboxRow) -> Result<(), StoreError> {
    let Some(lead) = &row.lead else { return Ok(()) };
    if app.store.count_unsettled(&row.business, Some(lead)).await? > 0 {
        return Ok(());
    }
    change::lead(app, lead, Vec::new(), |lead| {
        lead.needs_human.take_if(|concern| *concern == Concern::DeliveryUnknown).is_some()
    })
    .await?;
    Ok(())
}

/// Starts the ladder of an offer once the provider has taken its question (X5).
pub(super) async fn delivered(app: &App, row: &OutboxRow) -> Result<(), StoreError> {
    let Some(lead) = &row.lead else { return Ok(()) };
    let Some(round) = open_offer(app, row, lead).await? else { return Ok(()) };
    let wake = Wake::OfferDelivered { lead: lead.clone(), round };
    let now = app.now();
    app.store.ask(vec![NewJob { kind: JobKind::Wake { wake }, due: now, gather_ms: None }], now).await?;
    app.wake.notify_one();
    Ok(())
}

/// The round of the open offer whose question this message is.
async fn open_offer(app: &App, row: &OutboxRow, lead: &LeadId) -> Result<Option<u32>, StoreError> {
    if row.message.buttons.is_empty() {
        return Ok(None);
    }
    let Some(stored) = app.store.lead(lead).await? else { return Ok(None) };
    let offer = stored.value.offer.filter(|_| stored.value.status == Status::New);
    Ok(offer.map(|offer| offer.round).filter(|round| is_offer(&row.message, lead, *round)))
}

/// Makes the look at an offer due now, if this message was the question of the offer that is open.
async fn pass_on(app: &App, row: &OutboxRow, lead: &LeadId) -> Result<(), StoreError> {
    let Some(round) = open_offer(app, row, lead).await? else { return Ok(()) };
    let wake = Wake::OfferUndeliverable { lead: lead.clone(), round };
    let now = app.now();
    app.store.ask(vec![NewJob { kind: JobKind::Wake { wake }, due: now, gather_ms: None }], now).await?;
    app.wake.notify_one();
    Ok(())
}

/// Marks a chat for a person to look at, where a message belonged to no lead. A reason that could pass by itself gives
/// way.
pub(crate) async fn raise_chat(app: &App, chat: &ConversationId, concern: Concern) -> Result<(), StoreError> {
    // Nobody is to look because a person who asked to be left alone was.
    if concern == Concern::OptedOut {
        return Ok(());
    }
    if change::chat(app, chat, |chat| concern.raise(&mut chat.needs_human)).await? {
        app.counters.note("needs_human");
    }
    Ok(())
}

/// Marks a lead for a person to look at; a reason that it has already stands. A lead that changes meanwhile is loaded
/// again.
pub(crate) async fn raise(app: &App, lead: &LeadId, concern: Concern) -> Result<(), StoreError> {
    let note =
        Note { key: "needs_human".to_owned(), lead: Some(lead.clone()), detail: concern.key().to_owned() };
    let flag = |lead: &mut Lead| {
        let is_new = lead.needs_human.is_none();
        lead.needs_human.get_or_insert(concern);
        is_new
    };
    if change::lead(app, lead, vec![note], flag).await? {
        app.counters.note("needs_human");
    }
    Ok(())
}
