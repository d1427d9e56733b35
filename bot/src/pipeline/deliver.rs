//! Deliver: one chat's outbox to the provider, in order, one message at a time. What is said was chosen long before;
//! here it is only decided whether it may leave, and found out what became of it. A message whose fate is unknown is
//! never sent again blindly.

use super::undelivered;
use super::write::is_from_timer;
use crate::app::App;
use crate::channels::{self, Class, Found, SendOutcome};
use crate::crash::Step;
use crate::jobs::Lease;
use crate::jobs::schedule::backoff;
use crate::store::StoreError;
use crate::store::documents::{DeliveryState, Job, JobKind, NewJob, OutboxRow, Settlement};
use crate::web::strip::StripEvent;
use agents::conversation::Conversation;
use agents::decision::Purpose;
use agents::id::ConversationId;
use agents::policy;
use chrono::{DateTime, Duration, Utc};

/// How often one message is handed over before it is given up.
pub const ATTEMPTS: u32 = 8;
/// How long the provider gets to write down what it took before it is asked.
const ASK_AFTER: Duration = Duration::seconds(5);
/// How long a message whose fate is unknown waits for word of it before an operator must look.
const SETTLE_WITHIN: Duration = Duration::minutes(5);
/// How long a lane waits when nothing can be sent on its channel.
const CHANNEL_STOPPED: Duration = Duration::minutes(5);

/// How long a lane goes on with the next message before it makes room for other lanes and comes back.
const LANE_BUDGET: Duration = Duration::seconds(60);

/// What the lane does next.
enum Next {
    /// Look for the next message.
    GoOn,
    /// Come back then.
    Later { after: Duration, reason: String },
}

/// Hands over everything that may leave now, and settles the lane's job.
///
/// # Errors
/// When the store fails; the job is then to be tried again.
pub async fn run(app: &App, lease: &Lease, chat: &ConversationId) -> Result<(), StoreError> {
    let job = &lease.job;
    let began = app.now();
    app.crash.passed(Step::LaneClaimed);
    let Some(conversation) = app.store.conversation(chat).await? else {
        return app
            .store
            .settle(job, Settlement::Dead { reason: "no_conversation".to_owned() }, app.now())
            .await;
    };
    let conversation = conversation.value;
    loop {
        let now = app.now();
        let next = match app.store.outbox_sending(chat).await?.into_iter().next() {
            Some(row) => settle(app, job, &conversation, row).await?,
            None => match app.store.outbox_next(chat, now).await? {
                Some(row) => hand_over(app, lease, &conversation, row).await?,
                None => {
                    let settlement = match app.store.outbox_next_due(chat).await? {
                        Some(due) => Settlement::Again {
                            due: due.max(now),
                            reason: "not_yet".to_owned(),
                            failed: false,
                        },
                        None => Settlement::Done,
                    };
                    return app.store.settle(job, settlement, now).await;
                }
            },
        };
        let next = match next {
            Next::GoOn if lease.is_wanted_back() || app.now() - began > LANE_BUDGET => {
                Next::Later { after: Duration::zero(), reason: "goes_on".to_owned() }
            }
            next => next,
        };
        if let Next::Later { after, reason } = next {
            let settlement = Settlement::Again { due: app.now() + after, reason, failed: false };
            return app.store.settle(job, settlement, app.now()).await;
        }
    }
}

/// Hands one message over, if it may leave.
///
/// A worker that was frozen may wake at any line with its lease long gone. The mark is refused then, like every write.
/// The gap between the mark and the provider cannot be fenced, so the lease is asked once more right before it: a
/// message that is marked and not sent is settled by whoever has the lane now, who asks the provider. What remains is a
/// freeze within the sending itself.
async fn hand_over(
    app: &App,
    lease: &Lease,
    conversation: &Conversation,
    mut row: OutboxRow,
) -> Result<Next, StoreError> {
    let job = &lease.job;
    let now = app.now();
    let channel = conversation.place.channel.key();
    let contact = app.store.contact(&conversation.contact).await?;
    let opted_out = contact.is_some_and(|contact| contact.value.opted_out_at.is_some());
    let account = app.account(&conversation.place);
    let stop = if opted_out && !policy::reaches_opted_out(row.purpose) {
        Some((DeliveryState::Suppressed, "opted_out"))
    } else if is_outdated(app, &row).await? {
        Some((DeliveryState::Suppressed, "outdated"))
    } else if app.config.dry_run {
        Some((DeliveryState::Suppressed, "dry_run"))
    } else if account.is_none() {
        Some((DeliveryState::Failed, "account_not_configured"))
    } else if policy::window_closes_at(conversation.place.channel, conversation.last_inbound_at)
        .is_some_and(|closes| closes <= now)
    {
        Some((DeliveryState::Failed, "window_closed"))
    } else {
        None
    };
    if stop.is_none()
        && let Some(opens) = polite_moment(app, &row, now).await?
    {
        row.not_before = Some(opens);
        app.store.update_outbox(job, row, None, now).await?;
        return Ok(Next::GoOn);
    }
    let Some(account) = account.filter(|_| stop.is_none()) else {
        let (state, reason) = stop.unwrap_or((DeliveryState::Failed, "account_not_configured"));
        row.state = state;
        row.reason = Some(reason.to_owned());
        return finish(app, job, conversation, row).await;
    };
    row.state = DeliveryState::Sending;
    row.attempts += 1;
    let marked_at = app.now();
    row.tried_at = Some(marked_at);
    row = app.store.update_outbox(job, row, None, marked_at).await?;
    app.crash.passed(Step::MarkedSending);
    if !lease.holds() {
        return Err(StoreError::LeaseLost { job: job.kind.id() });
    }
    let outcome =
        channels::send(account, &app.outside, &conversation.place, &row.message, &row.id, None).await;
    app.crash.passed(Step::HandedOver);
    match outcome {
        SendOutcome::Accepted { provider_id } => {
            row.provider_id = Some(provider_id);
            row.state = DeliveryState::Sent;
            row.reason = None;
            finish(app, job, conversation, row).await
        }
        SendOutcome::Ambiguous { reason } => {
            app.counters.delivery(channel, "ambiguous");
            row.reason = Some(reason.clone());
            app.store.update_outbox(job, row, None, app.now()).await?;
            Ok(Next::Later { after: ASK_AFTER, reason })
        }
        SendOutcome::Refused { reason, class } => refused(app, job, conversation, row, reason, class).await,
    }
}

/// When a message may leave that was decided by day and is late, because its process was dead or its provider did not
/// take it: nobody is woken by news that nobody asked for. None for now.
async fn polite_moment(
    app: &App,
    row: &OutboxRow,
    now: DateTime<Utc>,
) -> Result<Option<DateTime<Utc>>, StoreError> {
    if row.purpose != Purpose::Update || !is_from_timer(&row.id) {
        return Ok(None);
    }
    let Some(business) = app.store.business(&row.business).await? else { return Ok(None) };
    let lead = match &row.lead {
        Some(lead) => app.store.lead(lead).await?,
        None => None,
    };
    let is_emergency = lead.is_some_and(|lead| lead.value.emergency);
    Ok(policy::polite_moment(&business.value, now, is_emergency))
}

/// Whether a message that waited for a decent hour tells of what is past: its lead has changed since it was decided.
async fn is_outdated(app: &App, row: &OutboxRow) -> Result<bool, StoreError> {
    let (Some(_), Some(lead), 0) = (row.not_before, &row.lead, row.attempts) else { return Ok(false) };
    let lead = app.store.lead(lead).await?;
    let changed = lead.and_then(|lead| lead.value.history.last().map(|change| change.at));
    Ok(changed.is_some_and(|changed| changed > row.created_at))
}

/// Gives a lane up after too many failures: the message that stands in its way is put aside for a person to see, and
/// the rest goes on. Without one the job becomes a dead letter.
///
/// # Errors
/// When the store fails: the job is then tried once more.
pub async fn give_up(app: &App, job: &Job, chat: &ConversationId, reason: String) -> Result<(), StoreError> {
    let now = app.now();
    let front = match app.store.outbox_sending(chat).await?.into_iter().next() {
        Some(row) => Some(row),
        None => app.store.outbox_next(chat, now).await?,
    };
    if let Some(mut row) = front {
        // What may have been handed over is never called failed: nobody knows.
        row.state = match row.state {
            DeliveryState::Sending => DeliveryState::Unsettled,
            DeliveryState::Queued
            | DeliveryState::Sent
            | DeliveryState::Delivered
            | DeliveryState::Read
            | DeliveryState::Failed
            | DeliveryState::Suppressed
            | DeliveryState::Unsettled => DeliveryState::Failed,
        };
        row.reason = Some("lane_gave_up".to_owned());
        undelivered::follow(app, &row).await?;
        app.store.update_outbox(job, row, None, now).await?;
    }
    app.store.settle(job, Settlement::Dead { reason }, now).await?;
    if let Some(due) = app.store.outbox_next_due(chat).await? {
        let kind = JobKind::Deliver { conversation: chat.clone() };
        app.store.ask(vec![NewJob { kind, due: due.max(now), gather_ms: None }], now).await?;
    }
    Ok(())
}

/// What follows a refusal: another try later, or the end.
async fn refused(
    app: &App,
    job: &Job,
    conversation: &Conversation,
    mut row: OutboxRow,
    reason: String,
    class: Class,
) -> Result<Next, StoreError> {
    let after = match class {
        Class::Retry { after } => Some(after.and_then(|after| Duration::from_std(after).ok())),
        Class::RetryThisPerson { after } => Some(Duration::from_std(after).ok()),
        Class::StopChannel => Some(Some(CHANNEL_STOPPED)),
        Class::WindowClosed | Class::Undeliverable | Class::Never => None,
    };
    row.reason = Some(reason.clone());
    match after.filter(|_| row.attempts < ATTEMPTS) {
        Some(at_least) => {
            let wait = backoff(row.attempts, &app.outside.dice).max(at_least.unwrap_or_default());
            row.state = DeliveryState::Queued;
            app.counters.delivery(conversation.place.channel.key(), "retry");
            app.store.update_outbox(job, row, None, app.now()).await?;
            Ok(Next::Later { after: wait, reason })
        }
        None => {
            tracing::warn!(outbox.id = %row.id, reason, class = class.key(), "a message will not be delivered");
            row.state = DeliveryState::Failed;
            finish(app, job, conversation, row).await
        }
    }
}

/// Finds out what became of a message that was handed over without an answer.
async fn settle(
    app: &App,
    job: &Job,
    conversation: &Conversation,
    mut row: OutboxRow,
) -> Result<Next, StoreError> {
    let now = app.now();
    let tried_at = row.tried_at.unwrap_or(row.created_at);
    let earliest = tried_at + ASK_AFTER;
    if now < earliest {
        return Ok(Next::Later { after: earliest - now, reason: "settling".to_owned() });
    }
    let Some(account) = app.account(&conversation.place) else {
        row.state = DeliveryState::Unsettled;
        row.reason = Some("account_not_configured".to_owned());
        return finish(app, job, conversation, row).await;
    };
    let known = app.store.provider_ids(&conversation.id, 50).await?;
    let found =
        channels::find_sent(account, &app.outside, &conversation.place, &row.message, tried_at, &known).await;
    match found {
        Ok(Found::Sent { provider_id }) => {
            app.counters.delivery(conversation.place.channel.key(), "settled_sent");
            row.provider_id = Some(provider_id);
            row.state = DeliveryState::Sent;
            finish(app, job, conversation, row).await
        }
        Ok(Found::NotSent) => {
            app.counters.delivery(conversation.place.channel.key(), "settled_not_sent");
            row.state = DeliveryState::Queued;
            app.store.update_outbox(job, row, None, now).await?;
            Ok(Next::GoOn)
        }
        // Not being able to ask says nothing: there is time for a status to come.
        Ok(Found::CannotTell) | Err(_) if now < tried_at + SETTLE_WITHIN => {
            Ok(Next::Later { after: Duration::seconds(15), reason: "settling".to_owned() })
        }
        Ok(Found::CannotTell) | Err(_) => {
            tracing::error!(outbox.id = %row.id, "nobody can tell whether a message was sent; an operator must look");
            row.state = DeliveryState::Unsettled;
            row.reason = Some("no_word_from_provider".to_owned());
            finish(app, job, conversation, row).await
        }
    }
}

/// Writes down what became of a message; what a person must know of is raised.
async fn finish(
    app: &App,
    job: &Job,
    conversation: &Conversation,
    row: OutboxRow,
) -> Result<Next, StoreError> {
    let now = app.now();
    // First, since nobody looks at a row again that says that nothing is left to be done: who dies in between is followed
    // by somebody who finds it as it was, and to raise twice is to raise once.
    undelivered::follow(app, &row).await?;
    let followed = row.state;
    let row = app.store.update_outbox(job, row, None, now).await?;
    app.crash.passed(Step::Recorded);
    app.counters.delivery(conversation.place.channel.key(), row.state.key());
    let chat = conversation.id.as_str();
    let to = match row.purpose {
        Purpose::Duty => "pro",
        Purpose::Answer | Purpose::Update => "customer",
    };
    match row.state {
        DeliveryState::Failed | DeliveryState::Unsettled => {
            let reason = row.reason.as_deref().unwrap_or("unknown");
            app.strip.add(&StripEvent::failed(now.timestamp_millis(), "", chat, reason));
        }
        DeliveryState::Queued
        | DeliveryState::Sending
        | DeliveryState::Sent
        | DeliveryState::Delivered
        | DeliveryState::Read
        | DeliveryState::Suppressed => {
            let event = StripEvent::delivered(now.timestamp_millis(), "", chat, to);
            app.strip.add(&event.with("state", row.state.key()));
        }
    }
    if row.state == DeliveryState::Sent {
        undelivered::delivered(app, &row).await?;
    }
    // A status that came meanwhile knew better.
    if row.state != followed {
        undelivered::follow(app, &row).await?;
        if followed == DeliveryState::Unsettled {
            undelivered::settled(app, &row).await?;
        }
    }
    Ok(Next::GoOn)
}
