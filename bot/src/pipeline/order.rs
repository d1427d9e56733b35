//! Orders from the console: decided by `agents` as a turn is, and written whole or not at all, together with whatever the
//! caller wants written with it, such as a line of the audit. No job is under way and no model is asked.

use super::documents::Versions;
use super::load::look;
use super::show::show;
use super::write::commit_of;
use crate::app::App;
use crate::store::StoreError;
use crate::store::documents::{Document, Expect, Stored};
use agents::business::Business;
use agents::decision::Decision;
use agents::id::{ConversationId, LeadId, OutboxId, ProId};
use agents::lead::Lead;
use agents::operator::{Order, Refused};
use agents::turn::{Occasion, Snapshot, Step, Turn};
use std::collections::BTreeMap;

/// How often a decision is made again because what it was made of had changed.
const RELOADS: u32 = 10;
/// More steps than any order needs.
const STEPS: u32 = 32;

/// Why an order was not carried out.
#[derive(Debug, thiserror::Error)]
pub enum OrderError {
    /// The store could not be read or written.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// It cannot be done as things are.
    #[error("the order was refused")]
    Refused(Refused),
    /// What it is about is not as its author saw it, or is gone.
    #[error("the order is about what is no longer so")]
    Changed,
    /// What it was made of changed again and again, or asked without end.
    #[error("the order did not end")]
    Endless,
}

/// What an order is about, and what is written with it.
pub struct About<'a> {
    /// The lead, where it is about one.
    pub lead: Option<&'a LeadId>,
    /// Whether what its author saw is still so, asked before every decision. `None` of the lead is a lead that is gone.
    pub is_as_seen: &'a (dyn Fn(Option<&Stored<Lead>>) -> bool + Send + Sync),
    /// Written in the same commit.
    pub with: Vec<(Expect, Document)>,
}

/// A chat that an order is about, and what is written with it.
pub struct InChat<'a> {
    /// Which.
    pub chat: &'a ConversationId,
    /// The version that its author saw, where it matters.
    pub seen: Option<u64>,
    /// The user, when what is said is theirs.
    pub said_by: Option<&'a str>,
    /// Written in the same commit.
    pub with: Vec<(Expect, Document)>,
}

/// Carries an order about a chat out. Returns the ids of the messages that it sends.
///
/// # Errors
/// See [`OrderError`]; nothing is written then.
pub async fn carry_out_in_chat(
    app: &App,
    business: &Stored<Business>,
    order: &Order,
    about: InChat<'_>,
) -> Result<Vec<OutboxId>, OrderError> {
    for _ in 0..RELOADS {
        let mut versions = Versions::default();
        let occasion = Occasion::Order { order: order.clone(), lead: None };
        let own = versions.keep(business.clone());
        let (decision, names) = decide(app, &own, occasion, &mut versions).await?;
        let version = versions.of("conversations", about.chat.as_str());
        if about.seen.is_some_and(|seen| seen != version) {
            return Err(OrderError::Changed);
        }
        show(app, about.chat, &decision, &names, "team");
        let origin = format!("order.{}.{}", about.chat, version + 1);
        let mut commit = commit_of(app, &own, None, origin, decision, &[], &versions).await?;
        commit.documents.extend(about.with.iter().cloned());
        for row in &mut commit.outbox {
            row.by = about.said_by.map(str::to_owned);
        }
        let said = commit.outbox.iter().map(|row| row.id.clone()).collect();
        match app.store.commit(commit, app.now()).await {
            Ok(()) => {
                app.wake.notify_one();
                return Ok(said);
            }
            Err(error) if is_race(&error) => app.counters.job("order", "conflict"),
            Err(error) => return Err(error.into()),
        }
    }
    Err(OrderError::Endless)
}

/// Whether deciding again may help: not when the same request was answered already by another process.
fn is_race(error: &StoreError) -> bool {
    match error {
        StoreError::Version { collection, .. } => *collection != "answers",
        StoreError::SlotTaken { .. } => true,
        StoreError::Unavailable(_) | StoreError::LeaseLost { .. } | StoreError::Unreadable { .. } => false,
    }
}

/// Steps a turn that asks no model to its decision.
async fn decide(
    app: &App,
    business: &Business,
    occasion: Occasion,
    versions: &mut Versions,
) -> Result<(Decision, BTreeMap<ProId, String>), OrderError> {
    let mut turn = Turn::new(Snapshot { now: app.now(), business: business.clone(), occasion });
    let mut names = BTreeMap::new();
    for _ in 0..STEPS {
        match turn.step() {
            Step::Ask(_) => return Err(OrderError::Endless),
            Step::Look(lookup) => turn.found(look(app, business, lookup, versions, &mut names).await?),
            Step::Done(decision) => {
                return match decision.refused {
                    Some(refused) => Err(OrderError::Refused(refused)),
                    None => Ok((*decision, names)),
                };
            }
        }
    }
    Err(OrderError::Endless)
}

/// Carries an order out. Returns whether anything was changed.
///
/// # Errors
/// See [`OrderError`]; nothing is written then.
pub async fn carry_out(
    app: &App,
    business: &Stored<Business>,
    order: &Order,
    about: About<'_>,
) -> Result<bool, OrderError> {
    for _ in 0..RELOADS {
        match once(app, business, order, &about).await {
            Err(OrderError::Store(error)) if is_race(&error) => app.counters.job("order", "conflict"),
            other => return other,
        }
    }
    Err(OrderError::Endless)
}

async fn once(
    app: &App,
    business: &Stored<Business>,
    order: &Order,
    about: &About<'_>,
) -> Result<bool, OrderError> {
    let mut versions = Versions::default();
    let business = versions.keep(business.clone());
    let stored = match about.lead {
        Some(id) => app.store.lead(id).await?.filter(|lead| lead.value.business == business.id),
        None => None,
    };
    if (about.lead.is_some() && stored.is_none()) || !(about.is_as_seen)(stored.as_ref()) {
        return Err(OrderError::Changed);
    }
    let lead = stored.map(|stored| versions.keep(stored));
    let (origin, chat) = match &lead {
        Some(lead) => {
            let version = versions.of("leads", lead.id.as_str()) + 1;
            // The ids of messages that outlive a person are not made of theirs.
            let subject = match order {
                Order::RemovePerson => lead.without_person(app.now()).id,
                _ => lead.id.clone(),
            };
            (format!("order.{subject}.{version}"), lead.conversation.clone())
        }
        None => (format!("order.{}", app.now().timestamp_micros()), ConversationId::new("")),
    };
    let occasion = Occasion::Order { order: order.clone(), lead: lead.map(Box::new) };
    let (decision, names) = decide(app, &business, occasion, &mut versions).await?;
    if decision.leads.is_empty() && decision.pros.is_empty() {
        return Ok(false);
    }
    show(app, &chat, &decision, &names, "team");
    let mut commit = commit_of(app, &business, None, origin, decision, &[], &versions).await?;
    commit.documents.extend(about.with.iter().cloned());
    app.store.commit(commit, app.now()).await?;
    app.wake.notify_one();
    Ok(true)
}
