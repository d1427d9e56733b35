//! Receive: a proven body becomes durable rows, each once, before the provider is answered. Nothing slow happens here.

use super::{accounts, change, undelivered};
use crate::app::{App, conversation_id};
use crate::channels::{self, Event, IncomingMessage, Standing, Unreadable, Verified, Words};
use crate::store::StoreError;
use crate::store::documents::{
    Accept, Accepted, DeliveryState, InboundRow, JobKind, NewJob, Oddity, Recorded, StatusEvent,
};
use crate::web::strip::StripEvent;
use agents::business::Business;
use agents::conversation::Place;
use agents::id::ConversationId;
use agents::message::{Channel, Content, Inbound};
use agents::policy;
use chrono::{DateTime, Duration, Utc};

/// The longest body of an odd event that is kept, in bytes.
const LONGEST_ODDITY: usize = 16 * 1024;

/// Why a body was not received.
#[derive(Debug, thiserror::Error)]
pub enum ReceiveError {
    /// It is proven but cannot be read; it was kept.
    #[error("the body cannot be read")]
    Unreadable(#[from] Unreadable),
    /// The store did not take it: the provider is to send it again.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Makes everything in a proven body durable.
///
/// # Errors
/// When the body cannot be read (it is kept for a person to look at), or the store is not available.
pub async fn receive(app: &App, verified: &Verified) -> Result<(), ReceiveError> {
    let channel = verified.channel();
    let now = app.now();
    let events = match channels::parse(verified, now) {
        Ok(events) => events,
        Err(unreadable) => {
            app.counters.event(channel.key(), "unreadable");
            keep(app, channel, "unreadable_body", verified.body()).await?;
            return Err(unreadable.into());
        }
    };
    let _waits = app.pressure.enter();
    let Some(business) = app.business_lately().await? else {
        return Err(StoreError::Unavailable(
            "no business yet: run `fixi business import FILE.toml`".to_owned(),
        )
        .into());
    };
    let mut messages = Vec::new();
    let mut statuses = Vec::new();
    for event in events {
        match event {
            Event::Message(message) => messages.push(message),
            Event::Status(status) => statuses.push(status),
            Event::Undecryptable(incident) => messages.push(IncomingMessage {
                place: incident.place,
                phone: incident.phone,
                business_scoped_id: incident.business_scoped_id,
                inbound: Inbound {
                    id: incident.id,
                    at: incident.at,
                    content: Content::Other { name: "undecryptable".to_owned() },
                    reply_to: None,
                    sender_name: None,
                },
                advertisement: None,
            }),
            Event::HumanAnswered { incident, .. } => {
                app.counters.event(channel.key(), "human_answered");
                pause(app, &business, &incident.place).await?;
            }
            Event::AccountState { standing, reason, account, .. } => {
                app.counters.event(channel.key(), "account_state");
                account_stands(app, &business, channel, &account, standing, &reason).await?;
                match standing {
                    Standing::Stopped | Standing::Alert | Standing::Limited => {
                        tracing::error!(
                            channel = channel.key(),
                            reason,
                            "the account at the provider needs attention"
                        );
                    }
                    Standing::Works | Standing::Waits | Standing::Slowed | Standing::Note => {
                        tracing::info!(
                            channel = channel.key(),
                            reason,
                            "the account at the provider changed"
                        );
                    }
                }
            }
            Event::Unknown { reason } => {
                app.counters.event(channel.key(), reason);
                keep(app, channel, reason, verified.body()).await?;
            }
            Event::Ignored { reason } => app.counters.event(channel.key(), reason),
            Event::Edited { .. } => app.counters.event(channel.key(), "edited"),
            Event::Deleted { .. } => app.counters.event(channel.key(), "deleted"),
            Event::Reaction { .. } => app.counters.event(channel.key(), "reaction"),
            Event::MissedCall(_) => app.counters.event(channel.key(), "missed_call"),
            Event::IdentityChanged { .. } => app.counters.event(channel.key(), "identity_changed"),
            Event::Marketing { .. } => app.counters.event(channel.key(), "marketing"),
            Event::Echo { place, provider_id, text, at } => {
                app.counters.event(channel.key(), "echo");
                let chat = conversation_id(&business.id, &place);
                statuses.extend(proof_of_sending(app, &chat, provider_id, text, at).await?);
            }
            Event::Template { .. } => app.counters.event(channel.key(), "template"),
        }
    }
    record(app, channel, statuses).await?;
    accept(app, &business, messages).await?;
    app.crash.passed(crate::crash::Step::Accepted);
    Ok(())
}

/// Makes messages durable and their turns due; a message at an account that is not ours is counted and left alone.
async fn accept(app: &App, business: &Business, messages: Vec<IncomingMessage>) -> Result<(), StoreError> {
    let now = app.now();
    let mut items = Vec::with_capacity(messages.len());
    for message in messages {
        let channel = message.place.channel;
        if app.account(&message.place).is_none() {
            app.counters.event(channel.key(), "unknown_channel");
            tracing::warn!(channel = channel.key(), "a message came for an account that is not configured");
            continue;
        }
        let conversation = conversation_id(&business.id, &message.place);
        let kind = JobKind::Turn { conversation: conversation.clone() };
        let turn = if policy::is_answered_at_once(&message.inbound) {
            NewJob { kind, due: now, gather_ms: None }
        } else {
            let due = now + Duration::milliseconds(policy::GATHER_MS);
            NewJob { kind, due, gather_ms: Some(policy::GATHER_AT_MOST_MS) }
        };
        let row = InboundRow {
            business: business.id.clone(),
            conversation,
            place: message.place,
            phone: message.phone,
            inbound: message.inbound,
            received_at: now,
        };
        items.push(Accept { row, turn });
    }
    if items.is_empty() {
        return Ok(());
    }
    let facts: Vec<_> =
        items.iter().map(|item| (item.row.place.channel, item.row.conversation.clone())).collect();
    let accepted = app.store.accept(items).await?;
    for ((channel, conversation), accepted) in facts.iter().zip(&accepted) {
        match accepted {
            Accepted::New => {
                app.counters.event(channel.key(), "message");
                let event =
                    StripEvent::received(now.timestamp_millis(), "", conversation.as_str(), "customer", 1);
                app.strip.add(&event);
            }
            Accepted::Repeated => app.counters.event(channel.key(), "repeated"),
        }
    }
    app.wake.notify_one();
    Ok(())
}

/// Writes down what the provider told of our messages. A failure that matters is raised to an operator (B13).
async fn record(app: &App, channel: Channel, statuses: Vec<StatusEvent>) -> Result<(), StoreError> {
    if statuses.is_empty() {
        return Ok(());
    }
    let now = app.now();
    // First, since a status that is recorded is a repeated one the next time: who dies in between hears it again, as it
    // was not answered.
    for status in statuses.iter().filter(|status| status.state == DeliveryState::Failed) {
        follow_failure(app, status).await?;
    }
    for recorded in app.store.record_statuses(statuses, now).await? {
        match recorded {
            Recorded::Changed { from, row } => {
                app.counters.delivery(channel.key(), row.state.key());
                if row.state == DeliveryState::Failed {
                    // Once more: its message may not have been known the first time.
                    undelivered::follow(app, &row).await?;
                    let reason = row.reason.as_deref().unwrap_or("unknown");
                    tracing::warn!(outbox.id = %row.id, reason, "the provider could not deliver a message");
                } else if from == DeliveryState::Unsettled {
                    undelivered::settled(app, &row).await?;
                }
            }
            Recorded::Unchanged => app.counters.event(channel.key(), "status_repeated"),
            Recorded::Unknown => app.counters.event(channel.key(), "status_unknown"),
        }
    }
    app.wake.notify_one();
    Ok(())
}

/// Writes down statuses that were kept since nobody knew their message, and that belong to one by now; returns how many.
///
/// # Errors
/// When the store fails: they stay for the next time.
pub(crate) async fn record_kept(app: &App) -> Result<usize, StoreError> {
    let kept = app.store.kept_statuses().await?;
    for status in &kept {
        record(app, status.channel, vec![status.clone()]).await?;
    }
    if !kept.is_empty() {
        app.store.forget_statuses(&kept).await?;
    }
    Ok(kept.len())
}

/// What follows when a provider says that a message failed of which something else was known so far.
async fn follow_failure(app: &App, status: &StatusEvent) -> Result<(), StoreError> {
    let by_id = match &status.outbox {
        Some(id) => app.store.outbox_by_id(id).await?,
        None => None,
    };
    let found = match by_id {
        Some(row) => Some(row),
        None => app.store.outbox_by_provider_id(status.channel, &status.provider_id).await?,
    };
    let Some(mut row) = found.filter(|row| row.state.learns(status.state)) else { return Ok(()) };
    row.state = status.state;
    row.reason.clone_from(&status.reason);
    undelivered::follow(app, &row).await
}

/// What an echo proves: a message that was handed over without an answer, and says the same in the same chat, was sent.
async fn proof_of_sending(
    app: &App,
    chat: &ConversationId,
    provider_id: String,
    text: Option<Words>,
    at: DateTime<Utc>,
) -> Result<Option<StatusEvent>, StoreError> {
    let Some(Words(text)) = text else { return Ok(None) };
    if app.store.outbox_by_provider_id(Channel::GreenApi, &provider_id).await?.is_some() {
        return Ok(None);
    }
    // With buttons the echo holds the words above them.
    let waiting = app.store.outbox_sending(chat).await?;
    let same = waiting.into_iter().find(|row| row.message.text == text);
    Ok(same.map(|row| StatusEvent {
        channel: Channel::GreenApi,
        provider_id,
        outbox: Some(row.id),
        state: DeliveryState::Sent,
        reason: None,
        at,
    }))
}

/// What news about one of our accounts mean for what waits to leave (L34).
async fn account_stands(
    app: &App,
    business: &Business,
    channel: Channel,
    account: &str,
    standing: Standing,
    reason: &str,
) -> Result<(), StoreError> {
    let ours =
        app.config.accounts.iter().filter(|ours| ours.channel() == channel && ours.is_meant_by(account));
    for ours in ours {
        match standing {
            Standing::Works => accounts::works(app, ours).await?,
            Standing::Stopped => accounts::stop(app, business, ours, reason).await?,
            Standing::Waits | Standing::Slowed | Standing::Limited | Standing::Alert | Standing::Note => {}
        }
    }
    Ok(())
}

/// A person of the business wrote from the phone: the bot is silent in this chat for a while.
async fn pause(app: &App, business: &Business, place: &Place) -> Result<(), StoreError> {
    let id = conversation_id(&business.id, place);
    let until = Some(app.now() + policy::PAUSE);
    // A chat that the bot does not know has nothing to be silent in.
    change::chat(app, &id, |chat| {
        chat.paused_until = until;
        true
    })
    .await?;
    Ok(())
}

async fn keep(app: &App, channel: Channel, reason: &str, body: &[u8]) -> Result<(), StoreError> {
    let body = String::from_utf8_lossy(&body[..body.len().min(LONGEST_ODDITY)]).into_owned();
    app.store.keep_oddity(Oddity { channel, reason: reason.to_owned(), body, at: app.now() }).await
}
