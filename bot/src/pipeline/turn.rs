//! Understand, decide, commit: one turn of a chat, or of a timer. The decision is made by `agents`; here it is fed,
//! and written whole or not at all. Nothing is sent here.

use super::alerts;
use super::documents::Versions;
use super::load::{load, look, names_of, new_conversation};
use super::show::show;
use super::spending::Spending;
use super::write::{commit_of, origin_of};
use crate::app::App;
use crate::channels::{self, Typing};
use crate::crash::Step as Crash;
use crate::models::{self, TURN_BUDGET};
use crate::store::StoreError;
use crate::store::documents::{Commit, Document, Job, JobKind, NewJob, OutboxRow, Settlement};
use crate::web::strip::StripEvent;
use agents::concern::Concern;
use agents::decision::Wake;
use agents::id::{ConversationId, OutboxId};
use agents::message::Outbound;
use agents::turn::{About, Found, Occasion, Snapshot, Step, Turn};
use chrono::{DateTime, Utc};
use futures::FutureExt;
use std::collections::BTreeMap;

/// How often a decision is made again because what it was made of had changed.
const RELOADS: u32 = 10;
/// How long the courtesy of ticks and typing may hold a turn up.
const COURTESY: std::time::Duration = std::time::Duration::from_secs(3);
/// More steps than any turn needs: a turn that wants more is broken.
const STEPS: u32 = 64;

/// Why a turn did not come to an end.
#[derive(Debug, thiserror::Error)]
pub enum TurnError {
    /// The store could not be read or written.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// What it was made of changed again and again.
    #[error("the turn met too many conflicts")]
    Contended,
    /// The machine asked without end.
    #[error("the turn did not end")]
    Endless,
    /// There is no business.
    #[error("no business: run `fixi business import FILE.toml`")]
    NoBusiness,
}

/// What a turn is about.
#[derive(Clone, Copy, Debug)]
pub enum Subject<'a> {
    /// A chat with messages that wait.
    Chat(&'a ConversationId),
    /// A timer that rang.
    Timer(&'a Wake),
}

/// Makes the turn, however often what it is made of changes, and settles its job with it.
///
/// # Errors
/// When the store fails, or the turn does not come to an end; the job is then to be tried again.
pub async fn run(app: &App, job: &Job, subject: Subject<'_>) -> Result<(), TurnError> {
    app.crash.passed(Crash::TurnClaimed);
    let deadline = app.now() + TURN_BUDGET;
    let mut spending = Spending::new(app);
    for attempt in 1..=RELOADS {
        match once(app, job, subject, deadline, attempt, &mut spending).await {
            Err(TurnError::Store(StoreError::Version { .. } | StoreError::SlotTaken { .. })) => {
                app.counters.job("turn", "conflict");
            }
            other => return other,
        }
    }
    Err(TurnError::Contended)
}

async fn once(
    app: &App,
    job: &Job,
    subject: Subject<'_>,
    deadline: DateTime<Utc>,
    attempt: u32,
    spending: &mut Spending<'_>,
) -> Result<(), TurnError> {
    let mut versions = Versions::default();
    // Boxed, as what is loaded takes more of the stack than all that follows.
    let loaded = load(app, subject, &mut versions).boxed().await?.ok_or(TurnError::NoBusiness)?;
    let business = loaded.business;
    let now = app.now();
    let Some((occasion, rows)) = loaded.occasion else {
        app.store.settle(job, Settlement::Done, now).await?;
        return Ok(());
    };
    let chat = match &occasion {
        Occasion::Inbox(inbox) => inbox.conversation.id.clone(),
        Occasion::Wake { about, .. } => match about.as_ref() {
            About::Lead(lead) => lead.conversation.clone(),
            About::Conversation(chat) => chat.id.clone(),
            // A look at a calendar belongs to no chat; the strip shows it under the pro.
            About::Pro(pro) => ConversationId::new(pro.id.as_str()),
        },
        // An order is no turn of a chat: see `order`.
        Occasion::Order { .. } => return Err(TurnError::Endless),
    };
    let mut names = BTreeMap::new();
    let from = match &occasion {
        Occasion::Inbox(inbox) if inbox.pro.is_some() => "pro",
        Occasion::Inbox(_) | Occasion::Wake { .. } | Occasion::Order { .. } => "customer",
    };
    let place = rows.last().map(|row| (row.place.clone(), row.inbound.id.clone()));
    let mut turn = Turn::new(Snapshot { now, business: business.clone(), occasion });
    if let Some(candidates) = loaded.candidates {
        names.extend(names_of(&candidates));
        turn.found(Found::Pros(candidates));
    }
    let mut shown_typing = false;
    let may_show = !app.config.dry_run && business.sending_stopped_at.is_none();
    for _ in 0..STEPS {
        match turn.step() {
            Step::Ask(ask) if spending.is_used_up(&business).await? => {
                app.counters.model("none", "budget_used");
                turn.answered_without_budget(models::by_rules(&ask));
            }
            Step::Ask(ask) => {
                if let Some((place, inbound)) = place.as_ref().filter(|_| !shown_typing) {
                    shown_typing = true;
                    if let Some(account) = app.account(place).filter(|_| may_show) {
                        // Blue ticks and typing are a courtesy: nothing depends on them.
                        let marked =
                            channels::mark_read(account, &app.outside, place, inbound, Typing::Shown);
                        let shown = tokio::time::timeout(COURTESY, marked).await;
                        app.counters.delivery(
                            place.channel.key(),
                            if shown.is_ok_and(|shown| shown.is_ok()) {
                                "marked_read"
                            } else {
                                "mark_read_failed"
                            },
                        );
                    }
                }
                let left = (deadline - app.now()).to_std().unwrap_or_default();
                let asked = app.models.ask(&app.outside, &ask, left).await;
                for attempt in &asked.attempts {
                    app.counters.model(attempt.model.as_str(), attempt.outcome());
                }
                for usage in asked.usage() {
                    app.counters.tokens(usage.model.as_str(), "in", usage.prompt);
                    app.counters.tokens(usage.model.as_str(), "out", usage.answer);
                }
                spending.add(job, &business, &chat, &ask, &asked);
                alerts::models_asked(app, &business, &asked).await?;
                turn.answered(asked.answer);
            }
            Step::Look(lookup) => {
                let found = look(app, &business, lookup, &mut versions, &mut names).await?;
                turn.found(found);
            }
            Step::Done(decision) => {
                app.crash.passed(Crash::Decided);
                show(app, &chat, &decision, &names, from);
                let usage = spending.to_write(&chat, &decision);
                let origin = origin_of(subject, &decision, &versions);
                let commit =
                    commit_of(app, &business, Some(job), origin, *decision, &rows, &versions).await?;
                let commit = Commit { usage, ..commit };
                let replies = commit.outbox.len();
                app.store.commit(commit, app.now()).await?;
                spending.written();
                app.crash.passed(Crash::Committed);
                let at = app.now().timestamp_millis();
                let event = StripEvent::committed(at, &job.kind.id(), chat.as_str(), attempt);
                app.strip.add(&event.with("replies", &replies.to_string()));
                app.wake.notify_one();
                return Ok(());
            }
        }
    }
    Err(TurnError::Endless)
}

/// Gives a turn up: the customer hears an apology once, and a person sees the chat (B10).
///
/// # Errors
/// When the store fails: the job is then tried once more.
pub async fn give_up(app: &App, job: &Job, chat: &ConversationId, reason: String) -> Result<(), TurnError> {
    let now = app.now();
    let mut versions = Versions::default();
    let business = app.business().await?.ok_or(TurnError::NoBusiness)?.value;
    let rows = app.store.inbox(chat).await?;
    let Some(last) = rows.last() else {
        app.store.settle(job, Settlement::Dead { reason }, now).await?;
        return Ok(());
    };
    let mut conversation = match app.store.conversation(chat).await? {
        Some(stored) => versions.keep(stored),
        None => new_conversation(&business, &last.place, last.phone.as_deref()),
    };
    conversation.needs_human = Some(Concern::TurnFailed);
    let language = conversation.language.unwrap_or(business.locale);
    let args = locales::args![number = business.emergency_number.as_str()];
    let message = Outbound::text(locales::text(language, "customer-apology", &args));
    let origin = format!("{chat}.{}", versions.of("conversations", chat.as_str()) + 1);
    let document = Document::Conversation(conversation);
    let commit = Commit {
        under: Some(job.clone()),
        settle: Some(Settlement::Dead { reason }),
        documents: vec![(versions.expect(&document), document)],
        outbox: vec![OutboxRow::queued(
            OutboxId::new(format!("{origin}.apology")),
            business.id,
            chat.clone(),
            message,
            now,
        )],
        jobs: vec![NewJob {
            kind: JobKind::Deliver { conversation: chat.clone() },
            due: now,
            gather_ms: None,
        }],
        handled: rows.into_iter().map(|row| row.inbound.id).collect(),
        ..Commit::default()
    };
    app.store.commit(commit, now).await?;
    app.wake.notify_one();
    Ok(())
}
