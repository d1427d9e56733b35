//! Leads: the board, one lead whole, and what operators do with it. What becomes of an order is decided by `agents`, as if
//! an owner had said it in chat.

use super::call::{Call, Done};
use super::contacts::sealed;
use super::cursor;
use super::orders::not_carried_out;
use super::refusal::Refusal;
use super::route::{Nothing, Route};
use super::shown::{self, Names};
use crate::pipeline::order;
use crate::store::documents::{Change, Commit, Document, Expect, Stored};
use crate::store::lists::{Behind, FindLeads, ReadUpTo, WhichLeads};
use crate::store::operators::WhichChanges;
use admin_api::access::Action;
use admin_api::lead::{
    AddNote, Assign, LeadDetail, LeadFilter, LeadLine, LeadStatus, Moment, RankedPro, SetStatus,
};
use admin_api::page::Page;
use agents::id::{ContactId, LeadId, ProId};
use agents::lead::{Lead, Remark};
use agents::operator::Order;
use agents::text::{clean, fold};
use agents::understanding::places;
use chrono::{DateTime, Utc};
use serde_json::json;

/// How many of the newest words of the chat come with a lead.
const WORDS: u32 = 20;
/// How many changes by users come with a lead.
const CHANGES: u32 = 200;
/// The longest note, in characters.
const LONGEST_NOTE: usize = 2_000;
/// The most notes of a lead.
const MOST_NOTES: usize = 200;

pub(super) fn routes() -> Vec<Route> {
    vec![
        Route::get("/leads", Action::Read, "Leads, newest change of status first.", list),
        Route::get("/leads/{id}", Action::Read, "One lead, whole.", one),
        Route::post(
            "/leads/{id}/assign",
            Action::WorkLeads,
            "Gives a lead that waits for a person to a pro, as an owner does in chat.",
            assign,
        ),
        Route::post(
            "/leads/{id}/status",
            Action::WorkLeads,
            "Completes, closes or cancels a lead, or gives it to a person; see `may_become`.",
            set_status,
        ),
        Route::post("/leads/{id}/notes", Action::WorkLeads, "Adds a note that only operators see.", add_note),
    ]
}

async fn list(call: Call<LeadFilter>) -> Result<Page<LeadLine>, Refusal> {
    let asked = &call.asked;
    let limit = Call::<LeadFilter>::rows(&asked.window);
    let behind: Option<Behind> = Call::<LeadFilter>::behind(&asked.window)?;
    let which = WhichLeads {
        status: asked.status.map(shown::status_of),
        pro: asked.pro.clone().map(ProId::new),
        contact: asked.contact.clone().map(ContactId::new),
        needs_human: asked.needs_human,
        find: asked.q.as_deref().and_then(find),
    };
    let business = call.business();
    let store = &call.app.store;
    let (found, pros) = tokio::try_join!(
        store.list_leads(&business.id, &which, behind.as_ref(), limit + 1),
        store.pros(&business.id)
    )?;
    let names = shown::names(&pros);
    let place = |stored: &Stored<Lead>| Behind {
        at: stored.value.status_since().unwrap_or(DateTime::<Utc>::UNIX_EPOCH),
        id: stored.value.id.to_string(),
    };
    Ok(cursor::page(found, limit, place, |stored| shown::lead(business, &names, &stored)))
}

/// What was typed, as what leads are found by; none when nothing was.
fn find(typed: &str) -> Option<FindLeads> {
    let words = fold(typed);
    if words.is_empty() {
        return None;
    }
    let begins_so = |place: &&places::Place| place.names().any(|name| fold(name).starts_with(&words));
    let cities = places::all().iter().filter(begins_so).map(|place| place.key.to_owned()).collect();
    let number = words.trim_start_matches('#').parse().ok();
    Some(FindLeads { number, words, cities })
}

async fn one(call: Call<Nothing>) -> Result<LeadDetail, Refusal> {
    let stored = call.lead(&LeadId::new(call.id("id"))).await?;
    detail(&call, &stored).await
}

/// Everything about a lead.
pub(super) async fn detail<T>(call: &Call<T>, stored: &Stored<Lead>) -> Result<LeadDetail, Refusal> {
    let (business, store, lead) = (call.business(), &call.app.store, &stored.value);
    let which = WhichChanges { subject: Some(subject(&lead.id)), ..WhichChanges::default() };
    let (pros, words, changes) = tokio::try_join!(
        store.pros(&business.id),
        store.chat_lines(&lead.conversation, ReadUpTo::default(), WORDS),
        store.changes(&business.id, &which, CHANGES)
    )?;
    let names = shown::names(&pros);
    Ok(LeadDetail {
        line: shown::lead(business, &names, stored),
        contact: lead.contact.to_string(),
        phone: lead.customer_phone.clone(),
        full_address: Some(lead.full_address.clone()).filter(|address| !address.is_empty()),
        quote: lead.quote.as_ref().map(|quote| (quote.min, quote.max)),
        paid: lead.final_price,
        commission: lead.commission,
        moves: lead.care.reassigned,
        stars: lead.review.as_ref().map(|review| review.stars),
        review: lead.review.as_ref().and_then(|review| review.words.clone()),
        timeline: timeline(lead, changes),
        words: words.lines.iter().map(shown::line).collect(),
        ranked: ranked(lead, &names),
        may_become: may_become(lead),
    })
}

/// A lead as audit and timeline name it.
pub(super) fn subject(id: &LeadId) -> String {
    format!("leads/{id}")
}

/// What happened, oldest first.
fn timeline(lead: &Lead, changes: Vec<Change>) -> Vec<Moment> {
    let statuses = lead.history.iter().map(|change| Moment {
        at: change.at,
        what: shown::status(change.status).key().to_owned(),
        detail: change.reason.clone(),
        by: None,
    });
    let notes = lead.remarks.iter().map(|remark| Moment {
        at: remark.at,
        what: "note".to_owned(),
        detail: remark.text.clone(),
        by: Some(remark.by.clone()),
    });
    // A note is there with its words.
    let changes = changes.into_iter().rev().filter(|change| change.action != NOTE).map(|change| Moment {
        at: change.at,
        what: change.action,
        detail: String::new(),
        by: Some(change.by),
    });
    let mut all: Vec<Moment> = statuses.chain(notes).chain(changes).collect();
    all.sort_by_key(|moment| moment.at);
    all
}

/// The audit's key of a note.
const NOTE: &str = "lead.note";

fn ranked(lead: &Lead, names: &Names) -> Vec<RankedPro> {
    let row = |ranked: &agents::lead::Ranked| RankedPro {
        pro: ranked.pro.to_string(),
        name: names.get(&ranked.pro).cloned().unwrap_or_default(),
        score: ranked.score,
        reasons: ranked.reasons.clone(),
    };
    lead.routing.iter().map(row).collect()
}

/// Where an operator may send it from here. A pro is asked and a visit is booked by assigning, not by naming a status.
fn may_become(lead: &Lead) -> Vec<LeadStatus> {
    let by_name =
        [LeadStatus::Completed, LeadStatus::PendingAdminReview, LeadStatus::Cancelled, LeadStatus::Closed];
    let may = |status: &LeadStatus| lead.status.may_become(shown::status_of(*status));
    by_name.into_iter().filter(may).collect()
}

async fn assign(call: Call<Assign>) -> Result<LeadDetail, Refusal> {
    let id = LeadId::new(call.id("id"));
    let pro = ProId::new(call.asked.pro.clone());
    let stored = as_seen(&call, &id, call.asked.version).await?;
    // One of another business is nobody here (B125).
    call.pro(&pro).await?;
    let done = Done {
        action: "lead.assign",
        subject: subject(&id),
        before: json!({ "pro": stored.value.pro, "status": stored.value.status }),
        after: json!({ "pro": pro }),
    };
    carry_out(&call, &stored, &Order::Assign { pro }, done).await
}

async fn set_status(call: Call<SetStatus>) -> Result<LeadDetail, Refusal> {
    let id = LeadId::new(call.id("id"));
    let stored = as_seen(&call, &id, call.asked.version).await?;
    let reason = clean(&call.asked.reason);
    if reason.chars().count() > LONGEST_NOTE {
        return Err(Refusal::invalid("reason: write at most 2,000 characters"));
    }
    let status = shown::status_of(call.asked.status);
    let done = Done {
        action: "lead.status",
        subject: subject(&id),
        before: json!({ "status": stored.value.status }),
        after: json!({ "status": status }),
    };
    let remark = (!reason.is_empty()).then(|| remark(&call, reason));
    carry_out(&call, &stored, &Order::Become { status, remark }, done).await
}

/// The lead in the version that the caller saw.
async fn as_seen<T>(call: &Call<T>, id: &LeadId, version: u64) -> Result<Stored<Lead>, Refusal> {
    let stored = call.lead(id).await?;
    if stored.version == version {
        return Ok(stored);
    }
    Err(Refusal::conflict(&detail(call, &stored).await?))
}

async fn carry_out<T>(
    call: &Call<T>,
    stored: &Stored<Lead>,
    order: &Order,
    done: Done,
) -> Result<LeadDetail, Refusal> {
    let is_as_seen =
        |found: Option<&Stored<Lead>>| found.is_some_and(|found| found.version == stored.version);
    let about =
        order::About { lead: Some(&stored.value.id), is_as_seen: &is_as_seen, with: sealed(call, done) };
    order::carry_out(&call.app, &call.caller.business, order, about).await.map_err(not_carried_out)?;
    let stored = call.lead(&stored.value.id).await?;
    detail(call, &stored).await
}

fn remark<T>(call: &Call<T>, text: String) -> Remark {
    Remark { at: call.now(), by: call.caller.name.clone(), text }
}

/// A note names no version: it changes nothing that somebody else could have changed.
async fn add_note(call: Call<AddNote>) -> Result<LeadDetail, Refusal> {
    let text = clean(&call.asked.text);
    if text.is_empty() || text.chars().count() > LONGEST_NOTE {
        return Err(Refusal::invalid("text: write 1 to 2,000 characters"));
    }
    let Stored { value: mut lead, version } = call.lead(&LeadId::new(call.id("id"))).await?;
    if lead.remarks.len() >= MOST_NOTES {
        return Err(Refusal::not_now("this lead has 200 notes already, which is all that it holds"));
    }
    lead.remarks.push(remark(&call, text));
    let done = Done {
        action: NOTE,
        subject: subject(&lead.id),
        before: serde_json::Value::Null,
        after: json!({ "notes": lead.remarks.len() }),
    };
    let documents = vec![(Expect::Version(version), Document::Lead(lead.clone()))];
    call.commit(Commit { documents, ..Commit::default() }, done).await?;
    detail(&call, &Stored { value: lead, version: version + 1 }).await
}
