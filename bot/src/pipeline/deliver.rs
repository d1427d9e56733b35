//! Deliver: one chat's outbox to the provider, in order, one message at a time. What is said was chosen long before;
//! here it is only decided whether it may leave, and found out what became of it. A message whose fate is unknown is
//! never sent again blindly.

use super::departure::{self, Beyond, Departure, Facts};
use super::{accounts, undelivered};
use crate::app::App;
use crate::channels::{self, Class, Found, SendOutcome};
use crate::crash::Step;
use crate::jobs::Lease;
use crate::jobs::schedule::backoff;
use crate::store::StoreError;
use crate::store::documents::{Commit, DeliveryState, Job, JobKind, NewJob, OutboxRow, Settlement};
use crate::store::outer::AccountHealth;
use crate::web::strip::StripEvent;
use agents::conversation::Conversation;
use agents::decision::Purpose;
use agents::id::{ConversationId, OutboxId};
use agents::template::Filled;
use chrono::{DateTime, Duration, Utc};
use futures::FutureExt;

/// How often one message is handed over before it is given up.
pub const ATTEMPTS: u32 = 8;
/// How long the provider gets to write down what it took before it is asked.
const ASK_AFTER: Duration = Duration::seconds(5);
/// How long a message whose fate is unknown waits for word of it before an operator must look.
const SETTLE_WITHIN: Duration = Duration::minutes(5);

/// How long a lane goes on with the next message before it makes room for other lanes and comes back.
const LANE_BUDGET: Duration = Duration::seconds(60);

/// What the lane does next.
enum Next {
    /// Nothing: its job is settled.
    Settled,
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
    let accounts: Vec<String> =
        app.config.accounts.iter().map(|of| AccountHealth::id_of(of.channel(), of.account())).collect();
    loop {
        let now = app.now();
        let front = app.store.front(app.business_id().as_ref(), chat, &accounts, now).boxed().await?;
        let Some(conversation) = front.conversation.map(|stored| stored.value) else {
            let settlement = Settlement::Dead { reason: "no_conversation".to_owned() };
            return app.store.settle(job, settlement, now).await;
        };
        let lane = front.lane;
        let next = match lane.front {
            Some(row) if row.state == DeliveryState::Sending => settle(app, job, &conversation, row).await?,
            Some(row) => match front.business {
                Some(business) => {
                    let facts = Facts {
                        business: business.value,
                        conversation,
                        contact: front.contact.map(|stored| stored.value),
                        lead: front.lead.map(|stored| stored.value),
                        accounts: front.accounts,
                    };
                    hand_over(app, lease, &facts, row, lane.is_last).await?
                }
                None => Next::Later { after: Duration::minutes(1), reason: "no_business".to_owned() },
            },
            None => {
                let settlement = match lane.due {
                    Some(due) => {
                        Settlement::Again { due: due.max(now), reason: "not_yet".to_owned(), failed: false }
                    }
                    None => Settlement::Done,
                };
                return app.store.settle(job, settlement, now).await;
            }
        };
        let next = match next {
            Next::GoOn if lease.is_wanted_back() || app.now() - began > LANE_BUDGET => {
                Next::Later { after: Duration::zero(), reason: "goes_on".to_owned() }
            }
            next => next,
        };
        match next {
            Next::GoOn => {}
            Next::Settled => return Ok(()),
            Next::Later { after, reason } => {
                let settlement = Settlement::Again { due: app.now() + after, reason, failed: false };
                return app.store.settle(job, settlement, app.now()).await;
            }
        }
    }
}

/// Hands one message over, if it may leave. What came to its end as the last one of its lane settles the lane's job with
/// it: whatever is queued meanwhile asks for the job again.
///
/// A worker that was frozen may wake at any line with its lease long gone. Of two who mark one message the later is
/// refused. The gap between the mark and the provider cannot be fenced, so the lease is asked once more right before it,
/// and the mark is taken back; a message that stays marked is settled by whoever has the lane now, who asks the provider.
/// What remains is a freeze within the sending itself.
async fn hand_over(
    app: &App,
    lease: &Lease,
    facts: &Facts,
    mut row: OutboxRow,
    is_last: bool,
) -> Result<Next, StoreError> {
    let job = &lease.job;
    let Facts { business, conversation, .. } = facts;
    let channel = conversation.place.channel.key();
    let (account, mut template, is_probe) = match departure::of(app, facts, &row).await? {
        Departure::Leaves { account, template, is_probe } => (account, template, is_probe),
        Departure::Elsewhere(chat) => return move_elsewhere(app, job, conversation, row, chat).await,
        Departure::Waits { until, reason } => return hold(app, job, row, until, reason).await,
        Departure::Postponed(until) => {
            row.not_before = Some(until);
            app.store.update_outbox(job, row, app.now()).await?;
            return Ok(Next::GoOn);
        }
        Departure::Ends(state, reason) => {
            row.state = state;
            row.reason = Some(reason.to_owned());
            return finish(app, job, conversation, row).await;
        }
    };
    let read = row;
    let named = template.as_ref().map(|template| template.name.clone());
    let mut row = match app.store.mark_sending(job, &read, named, app.now()).await {
        // Somebody who has lost the lane marked it: what became of that is to be found out.
        Err(StoreError::Version { .. }) => return Ok(Next::GoOn),
        marked => marked?,
    };
    app.crash.passed(Step::MarkedSending);
    if !lease.holds() {
        // It was not handed over, which nobody else can know.
        return match app.store.unmark(&row, &read).await {
            Ok(()) | Err(StoreError::Version { .. }) => Err(StoreError::LeaseLost { job: job.kind.id() }),
            Err(error) => Err(error),
        };
    }
    let mut outcome = send(app, account, conversation, &row, template.as_ref()).await;
    if let SendOutcome::Refused { class: Class::WindowClosed, .. } = outcome
        && template.is_none()
    {
        // The provider counts the window otherwise than we do.
        match departure::beyond_window(app, business, conversation, &row).await? {
            Beyond::Template(filled) => {
                row.template = Some(filled.name.clone());
                template = Some(filled);
                outcome = send(app, account, conversation, &row, template.as_ref()).await;
            }
            Beyond::Elsewhere(chat) => return move_elsewhere(app, job, conversation, row, chat).await,
            Beyond::Nothing => {}
        }
    }
    app.crash.passed(Step::HandedOver);
    if is_probe && shows_that_it_works(&outcome) {
        accounts::works(app, account).await?;
    }
    match outcome {
        SendOutcome::Accepted { provider_id } => {
            row.provider_id = Some(provider_id);
            row.state = DeliveryState::Sent;
            row.reason = None;
            record(app, job, conversation, row, is_last).await
        }
        SendOutcome::Ambiguous { reason } => {
            app.counters.delivery(channel, "ambiguous");
            row.reason = Some(reason.clone());
            app.store.update_outbox(job, row, app.now()).await?;
            Ok(Next::Later { after: ASK_AFTER, reason })
        }
        SendOutcome::Refused { reason, class: Class::StopChannel } => {
            accounts::stop(app, business, account, &reason).await?;
            // It was the account's fault: the message is as if it had not been tried.
            row.attempts = row.attempts.saturating_sub(1);
            row.template = None;
            let until = accounts::next_probe(app, account).await?;
            hold(app, job, row, until, accounts::ACCOUNT_STOPPED).await
        }
        SendOutcome::Refused { reason, class } => refused(app, job, conversation, row, reason, class).await,
    }
}

async fn send(
    app: &App,
    account: &channels::Settings,
    conversation: &Conversation,
    row: &OutboxRow,
    template: Option<&Filled>,
) -> SendOutcome {
    let place = &conversation.place;
    match template {
        Some(template) => channels::send_template(account, &app.outside, place, template, &row.id).await,
        None => channels::send(account, &app.outside, place, &row.message, &row.id, None).await,
    }
}

/// Whether an answer shows that the account works: the message was taken, or refused for its own sake.
fn shows_that_it_works(outcome: &SendOutcome) -> bool {
    match outcome {
        SendOutcome::Accepted { .. } => true,
        SendOutcome::Ambiguous { .. } => false,
        SendOutcome::Refused { class, .. } => match class {
            Class::Undeliverable | Class::RetryThisPerson { .. } | Class::WindowClosed | Class::Never => true,
            Class::Retry { .. } | Class::StopChannel => false,
        },
    }
}

/// Leaves a message at the front of its lane, with the reason for whoever looks.
async fn hold(
    app: &App,
    job: &Job,
    mut row: OutboxRow,
    until: DateTime<Utc>,
    reason: &'static str,
) -> Result<Next, StoreError> {
    let now = app.now();
    if row.state != DeliveryState::Queued || row.reason.as_deref() != Some(reason) {
        row.state = DeliveryState::Queued;
        row.reason = Some(reason.to_owned());
        app.store.update_outbox(job, row, now).await?;
        app.counters.note("message_held");
    }
    Ok(Next::Later { after: (until - now).max(Duration::seconds(1)), reason: reason.to_owned() })
}

/// Puts a message into the lane of another chat of the same person. Its id there is made of its own, so it is there once
/// whatever dies in between.
async fn move_elsewhere(
    app: &App,
    job: &Job,
    conversation: &Conversation,
    mut row: OutboxRow,
    chat: ConversationId,
) -> Result<Next, StoreError> {
    let now = app.now();
    let moved = OutboxRow {
        purpose: row.purpose,
        lead: row.lead.clone(),
        by: row.by.clone(),
        ..OutboxRow::queued(
            OutboxId::new(format!("{}.elsewhere", row.id)),
            row.business.clone(),
            chat.clone(),
            row.message.clone(),
            now,
        )
    };
    let jobs = vec![NewJob { kind: JobKind::Deliver { conversation: chat }, due: now, gather_ms: None }];
    match app.store.commit(Commit { outbox: vec![moved], jobs, ..Commit::default() }, now).await {
        // It is there already.
        Ok(()) | Err(StoreError::Version { .. }) => {}
        Err(error) => return Err(error),
    }
    app.wake.notify_one();
    // What was handed over and refused can only have failed here.
    row.state = match row.state {
        DeliveryState::Sending => DeliveryState::Failed,
        DeliveryState::Queued
        | DeliveryState::Sent
        | DeliveryState::Delivered
        | DeliveryState::Read
        | DeliveryState::Failed
        | DeliveryState::Suppressed
        | DeliveryState::Unsettled => DeliveryState::Suppressed,
    };
    row.reason = Some(undelivered::ELSEWHERE.to_owned());
    finish(app, job, conversation, row).await
}

/// Gives a lane up after too many failures: the message that stands in its way is put aside for a person to see, and
/// the rest goes on. Without one the job becomes a dead letter.
///
/// # Errors
/// When the store fails: the job is then tried once more.
pub async fn give_up(app: &App, job: &Job, chat: &ConversationId, reason: String) -> Result<(), StoreError> {
    let now = app.now();
    let lane = app.store.lane(chat, now).await?;
    if let Some(mut row) = lane.front {
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
        app.store.update_outbox(job, row, now).await?;
    }
    // Before the end, so that who dies in between, or never hears that it was written, leaves no lane that nobody serves.
    if let Some(due) = app.store.lane(chat, now).await?.due {
        let kind = JobKind::Deliver { conversation: chat.clone() };
        app.store.ask(vec![NewJob { kind, due: due.max(now), gather_ms: None }], now).await?;
    }
    app.store.settle(job, Settlement::Dead { reason }, now).await
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
        // The account's fault, which never comes here.
        Class::StopChannel => Some(None),
        Class::WindowClosed | Class::Undeliverable | Class::Never => None,
    };
    row.reason = Some(reason.clone());
    match after.filter(|_| row.attempts < ATTEMPTS) {
        Some(at_least) => {
            let wait = backoff(row.attempts, &app.outside.dice).max(at_least.unwrap_or_default());
            row.state = DeliveryState::Queued;
            app.counters.delivery(conversation.place.channel.key(), "retry");
            app.store.update_outbox(job, row, app.now()).await?;
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
            app.store.update_outbox(job, row, now).await?;
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
    record(app, job, conversation, row, false).await
}

/// The same; the last of its lane ends the lane's job with it once it is sent.
async fn record(
    app: &App,
    job: &Job,
    conversation: &Conversation,
    row: OutboxRow,
    is_last: bool,
) -> Result<Next, StoreError> {
    let now = app.now();
    // First, since nobody looks at a row again that says that nothing is left to be done: who dies in between is followed
    // by somebody who finds it as it was, and to raise twice is to raise once.
    undelivered::follow(app, &row).await?;
    let followed = row.state;
    let is_sent = followed == DeliveryState::Sent;
    let row = if is_sent {
        app.store.record_sent(job, row, is_last, now).await?
    } else {
        app.store.update_outbox(job, row, now).await?
    };
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
    // A status that came meanwhile knew better; or another message was settled meanwhile, and the flag of both was taken.
    if row.state != followed || row.state == DeliveryState::Unsettled {
        undelivered::follow(app, &row).await?;
        if followed == DeliveryState::Unsettled && row.state != followed {
            undelivered::settled(app, &row).await?;
        }
    }
    Ok(if is_sent && is_last { Next::Settled } else { Next::GoOn })
}
