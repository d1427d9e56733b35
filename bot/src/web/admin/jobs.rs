//! Background work: what waits and runs, what gave up and why, what comes back by itself, and events that nobody understood.

use super::call::{Call, Done};
use super::refusal::Refusal;
use super::route::{Nothing, Route};
use crate::store::documents::{Commit, DeadJob, JobKind, JobRow, NewJob, Recurring};
use admin_api::access::Action;
use admin_api::job;
use agents::decision::WakeSubject;
use agents::id::{BusinessId, ConversationId};
use serde_json::{Value, json};
use std::collections::HashMap;

/// How many odd events are shown.
const ODDITIES: u32 = 50;

pub(super) fn routes() -> Vec<Route> {
    let run = Action::RunJobs;
    vec![
        Route::get(
            "/jobs",
            run,
            "Background work: counts, dead letters, recurring jobs and odd events.",
            all,
        ),
        Route::post("/jobs/retry", run, "Does a job again that gave up.", retry),
        Route::post("/jobs/discard", run, "Forgets a job that gave up.", discard),
    ]
}

async fn all(call: Call<Nothing>) -> Result<job::Jobs, Refusal> {
    let store = &call.app.store;
    let counted = store.jobs(0).await?;
    let mut dead = Vec::new();
    for job in store.dead_jobs().await? {
        if is_own(&call, &job).await? {
            dead.push(shown(job));
        }
    }
    let ids = Recurring::ALL.iter().map(|name| JobKind::Recurring { name: *name }.id()).collect();
    let mut rows: HashMap<String, JobRow> =
        store.jobs_with(ids).await?.into_iter().map(|row| (row.id.clone(), row)).collect();
    let recurring = Recurring::ALL.iter().map(|name| {
        let row = rows.remove(&JobKind::Recurring { name: *name }.id());
        recurring(*name, row, !call.app.config.jobs_off.contains(name))
    });
    let oddities = store.oddities(ODDITIES).await?.into_iter().map(|odd| job::Oddity {
        at: odd.at,
        channel: odd.channel.key().to_owned(),
        reason: odd.reason,
    });
    Ok(job::Jobs {
        ready: counted.ready,
        running: counted.leased,
        dead,
        recurring: recurring.collect(),
        oddities: oddities.collect(),
    })
}

fn shown(dead: DeadJob) -> job::DeadJob {
    let kind = dead.id.split('/').next().unwrap_or_default().to_owned();
    job::DeadJob { kind, id: dead.id, reason: dead.reason, attempts: dead.attempts, at: Some(dead.at) }
}

fn recurring(name: Recurring, row: Option<JobRow>, on: bool) -> job::RecurringJob {
    let last = row.as_ref().and_then(|row| row.last.clone());
    job::RecurringJob {
        name: name.key().to_owned(),
        on,
        next: row.and_then(|row| row.due),
        last_at: last.as_ref().map(|last| last.at),
        last_failed: last.as_ref().is_some_and(|last| last.failed),
        last_outcome: last.map(|last| last.outcome).unwrap_or_default(),
    }
}

/// Whether a dead job is this business's, or nobody's: what comes back by itself, and what is about something that is gone.
async fn is_own<T>(call: &Call<T>, dead: &DeadJob) -> Result<bool, Refusal> {
    let Some(kind) = call.app.store.dead_job(&dead.id).await? else { return Ok(false) };
    let whose = whose(call, &kind).await?;
    Ok(whose.is_none_or(|business| business == call.business().id))
}

async fn whose<T>(call: &Call<T>, kind: &JobKind) -> Result<Option<BusinessId>, Refusal> {
    let store = &call.app.store;
    let of_chat = async |id: &ConversationId| -> Result<Option<BusinessId>, Refusal> {
        if let Some(chat) = store.conversation(id).await? {
            return Ok(Some(chat.value.business));
        }
        // A first message has no chat yet when its turn gives up.
        Ok(store.inbox(id).await?.into_iter().next().map(|row| row.business))
    };
    match kind {
        JobKind::Turn { conversation } | JobKind::Deliver { conversation } => of_chat(conversation).await,
        JobKind::Wake { wake } => match wake.subject() {
            WakeSubject::Lead(lead) => Ok(store.lead(lead).await?.map(|lead| lead.value.business)),
            WakeSubject::Conversation(chat) => of_chat(chat).await,
            WakeSubject::Pro(pro) => Ok(store.pro(pro).await?.map(|pro| pro.value.business)),
        },
        JobKind::Recurring { .. } => Ok(None),
    }
}

/// What a dead job does, if it is one that the caller may touch.
async fn dead(call: &Call<job::JobId>) -> Result<JobKind, Refusal> {
    let kind = call.app.store.dead_job(&call.asked.id).await?.ok_or_else(Refusal::not_found)?;
    match whose(call, &kind).await? {
        Some(business) if business != call.business().id => Err(Refusal::not_found()),
        Some(_) | None => Ok(kind),
    }
}

async fn retry(call: Call<job::JobId>) -> Result<(), Refusal> {
    let kind = dead(&call).await?;
    let jobs = vec![NewJob { kind, due: call.now(), gather_ms: None }];
    let done = done(&call, "job.retry", json!("ready"));
    call.commit(Commit { jobs, ..Commit::default() }, done).await
}

async fn discard(call: Call<job::JobId>) -> Result<(), Refusal> {
    dead(&call).await?;
    let discarded = vec![call.asked.id.clone()];
    let done = done(&call, "job.discard", Value::Null);
    call.commit(Commit { discarded, ..Commit::default() }, done).await
}

fn done(call: &Call<job::JobId>, action: &'static str, after: Value) -> Done {
    let state = |state: Value| json!({ "state": state });
    Done {
        action,
        subject: format!("jobs/{}", call.asked.id),
        before: state(json!("dead")),
        after: state(after),
    }
}
