//! Removing a person for good (B130, X18). First nothing may come in that was on its way; then what is agreed is freed and
//! its pro told; then every row of every collection is read, whatever it is for, and what names the person is removed or
//! made anonymous, until a reading finds nothing. The contact goes last: as long as it is there, whoever runs this again
//! after an interruption knows what to look for.
//!
//! What is kept: figures of leads, without anybody's name, words or place, and that somebody was removed.

use super::Person;
use super::marks::{Marks, any_text, rewrite};
use crate::app::{App, contact_id};
use crate::pipeline::order::{self, OrderError};
use crate::store::StoreError;
use crate::store::documents::{Commit, Document, Expect, Removed, Stored};
use crate::store::erasing::{FoundRow, RowChange};
use agents::business::Business;
use agents::conversation::Place;
use agents::id::{AppointmentId, ContactId, ConversationId};
use agents::lead::{ERASED, Lead};
use agents::message::Channel;
use agents::operator::Order;
use std::collections::BTreeMap;
use std::sync::Arc;

/// How often everything is read: once to find, once to prove, and a few times for what was written meanwhile.
const READINGS: u32 = 6;
/// How many rows are changed in one write.
const AT_ONCE: usize = 100;

/// Why a person was not removed.
#[derive(Debug, thiserror::Error)]
pub enum EraseError {
    /// The store could not be read or written; what was begun is finished when it is run again.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// There is no such person in this business.
    #[error("there is no such person")]
    NotFound,
    /// They work here.
    #[error("this is a pro or an owner: take them out of the business first")]
    WorksHere,
    /// Something about them was written again and again.
    #[error("{0} places still name the person: run it again when less goes on")]
    Left(u64),
}

/// What was done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Erased {
    /// How many rows were removed or made anonymous.
    pub rows: u64,
    /// How many rows still name the person after everything was read: 0, unless a program that this one does not know keeps
    /// something in a form that it cannot change.
    pub left: u64,
}

/// Removes a person; `with` is written when the last of them goes.
///
/// # Errors
/// See [`EraseError`]. It may be run again at any time.
pub async fn erase(
    app: &App,
    business: &Stored<Business>,
    id: &ContactId,
    with: impl FnOnce(Erased) -> Vec<(Expect, Document)>,
) -> Result<Erased, EraseError> {
    let Some(person) = Person::load(&app.store, &business.value.id, id).await? else {
        return Err(EraseError::NotFound);
    };
    let staff = staff(app, &business.value).await?;
    if person.contact.value.phones().any(|phone| staff.phones.iter().any(|other| other == phone)) {
        return Err(EraseError::WorksHere);
    }
    let chats: Vec<ConversationId> = person.chats.iter().map(|chat| chat.value.id.clone()).collect();
    app.store.remember_erased(&chats, app.now()).await?;
    free_what_is_agreed(app, business, &person).await?;
    let eraser = Arc::new(Eraser {
        business: business.value.id.to_string(),
        contact: id.clone(),
        chats: chats.iter().map(ToString::to_string).collect(),
        leads: person.leads.iter().map(|lead| (lead.value.id.to_string(), lead.value.clone())).collect(),
        visits: person.visits.iter().map(|visit| visit.value.id.to_string()).collect(),
        marks: Marks::of(&person),
        staff: staff.chats,
        now: app.now(),
    });
    app.strip.forget();
    let mut rows = 0;
    for _ in 0..READINGS {
        let (changes, left) = reading(app, &eraser).await?;
        // Chats and leads tell what else is theirs: they go once nothing else is left, so that whoever goes on after an
        // interruption knows as much.
        let (telling, others): (Vec<_>, Vec<_>) = changes.into_iter().partition(is_telling);
        let changes = if others.is_empty() { telling } else { others };
        if changes.is_empty() {
            return finish(app, &eraser, Erased { rows: rows + 1, left }, with).await;
        }
        for some in changes.chunks(AT_ONCE) {
            app.store.change_rows(some.to_vec()).await?;
        }
        rows += changes.len() as u64;
    }
    let (changes, left) = reading(app, &eraser).await?;
    Err(EraseError::Left(changes.len() as u64 + left))
}

fn is_telling(change: &RowChange) -> bool {
    match change {
        RowChange::Replace(..) => true,
        RowChange::Remove(row) => row.collection == "conversations",
        RowChange::Rewrite(..) => false,
    }
}

/// Reads everything: what is to be changed, and how many rows name the person and cannot be.
async fn reading(app: &App, eraser: &Arc<Eraser>) -> Result<(Vec<RowChange>, u64), StoreError> {
    let (mut changes, mut left) = (Vec::new(), 0);
    for row in app.store.find_rows(is_about(eraser)).await? {
        match eraser.fate(row) {
            Fate::Changes(change) => changes.push(*change),
            Fate::Stays => {}
            Fate::Stuck => left += 1,
        }
    }
    Ok((changes, left))
}

/// Nothing but the contact names the person any more: it goes, and what was done is noted with it.
async fn finish(
    app: &App,
    eraser: &Eraser,
    erased: Erased,
    with: impl FnOnce(Erased) -> Vec<(Expect, Document)>,
) -> Result<Erased, EraseError> {
    let with = with(erased);
    loop {
        let Some(contact) = app.store.contact(&eraser.contact).await? else { return Ok(erased) };
        let removed = vec![Removed {
            collection: "contacts",
            id: eraser.contact.to_string(),
            version: contact.version,
        }];
        let commit = Commit { documents: with.clone(), removed, ..Commit::default() };
        match app.store.commit(commit, app.now()).await {
            Ok(()) => return Ok(erased),
            Err(StoreError::Version { collection: "contacts", .. }) => {}
            Err(error) => return Err(error.into()),
        }
    }
}

/// Cancels what is open, and tells pros whose time is free again; what is over is left to the readings.
async fn free_what_is_agreed(
    app: &App,
    business: &Stored<Business>,
    person: &Person,
) -> Result<(), EraseError> {
    for lead in person.leads.iter().filter(|lead| lead.value.status.is_open()) {
        let about = order::About { lead: Some(&lead.value.id), is_as_seen: &|_| true, with: Vec::new() };
        match order::carry_out(app, business, &Order::RemovePerson, about).await {
            Ok(_) | Err(OrderError::Changed | OrderError::Refused(_)) => {}
            Err(OrderError::Store(error)) => return Err(error.into()),
            Err(OrderError::Endless) => return Err(EraseError::Left(1)),
        }
    }
    let visits: Vec<AppointmentId> = person.visits.iter().map(|visit| visit.value.id.clone()).collect();
    Ok(app.store.free_visits(visits, app.now()).await?)
}

/// Who works in a business, and where they are spoken with.
struct Staff {
    phones: Vec<String>,
    chats: Vec<String>,
}

async fn staff(app: &App, business: &Business) -> Result<Staff, StoreError> {
    let pros = app.store.pros(&business.id).await?;
    // Who signed up and was not taken is nobody's pro.
    let pros = pros.iter().filter(|pro| !pro.value.is_pending()).map(|pro| pro.value.phone.clone());
    let phones: Vec<String> = pros.chain(app.owner_phones(business).map(str::to_owned)).collect();
    // With a phone the place does not matter.
    let place = Place { channel: Channel::Meta, account: String::new(), address: String::new() };
    let contacts: Vec<ContactId> =
        phones.iter().map(|phone| contact_id(&business.id, Some(phone), &place)).collect();
    let chats = app.store.conversations_of_contacts(&contacts).await?;
    Ok(Staff { phones, chats: chats.into_iter().map(|chat| chat.value.id.to_string()).collect() })
}

fn is_about(eraser: &Arc<Eraser>) -> crate::store::erasing::IsLookedFor {
    let eraser = Arc::clone(eraser);
    Arc::new(move |text| {
        eraser.marks.is_theirs(text)
            || (eraser.staff.iter().any(|chat| text.contains(chat.as_str())) && eraser.marks.is_named(text))
    })
}

/// Knows what becomes of a row that names the person.
struct Eraser {
    business: String,
    contact: ContactId,
    chats: Vec<String>,
    leads: BTreeMap<String, Lead>,
    visits: Vec<String>,
    marks: Marks,
    /// Chats with pros and owners. In these the person's name is theirs; in other customers' chats it is only a name.
    staff: Vec<String>,
    now: chrono::DateTime<chrono::Utc>,
}

/// What becomes of a row that names the person.
enum Fate {
    /// It is the contact, which goes last, or another business's.
    Stays,
    /// It is changed.
    Changes(Box<RowChange>),
    /// Nothing in it can be changed.
    Stuck,
}

impl Eraser {
    fn fate(&self, row: FoundRow) -> Fate {
        let body = row.body.clone().unwrap_or_default();
        let field = |name: &str| body[name].as_str().unwrap_or_default();
        if !field("business").is_empty() && field("business") != self.business {
            return Fate::Stays;
        }
        let is_own_chat = |id: &str| self.chats.iter().any(|chat| chat == id);
        let is_own_lead = |id: &str| self.leads.contains_key(id);
        let removed = match row.collection {
            "contacts" if field("id") == self.contact.as_str() => return Fate::Stays,
            "conversations" => is_own_chat(field("id")),
            "appointments" => {
                self.marks.is_theirs(field("lead"))
                    || is_own_lead(field("lead"))
                    || self.visits.iter().any(|id| id == field("id"))
            }
            "messages" => is_own_chat(field("conversation")),
            // Also what was said to others about their request, under ids that are made of theirs.
            "outbox" => {
                is_own_chat(field("conversation"))
                    || is_own_lead(field("lead"))
                    || self.marks.is_theirs(field("id"))
            }
            // Whoever signed up and was not taken.
            "members" => body["approved"] == false && self.marks.is_theirs(field("phone")),
            // Work on what is no more, raw bodies, counts under their ids, answers to operators that hold their words.
            "slot_claims" | "jobs" | "oddities" | "early_statuses" | "alerts" | "counters" | "answers"
            | "usage" => true,
            _ => false,
        };
        if removed {
            return Fate::Changes(Box::new(RowChange::Remove(row)));
        }
        match (row.collection, self.leads.get(field("id"))) {
            ("leads", Some(known)) => {
                // As it is now, for it may have changed since.
                let lead: Lead = serde_json::from_value(body).unwrap_or_else(|_| known.clone());
                let left = lead.without_person(self.now);
                Fate::Changes(Box::new(RowChange::Replace(row, Box::new(Document::Lead(left)))))
            }
            ("conversations", _) => self.without_their_leads(row, body),
            _ => self.blotted(row, body),
        }
    }

    /// A chat of somebody else: a question about their lead is closed.
    fn without_their_leads(&self, row: FoundRow, mut body: serde_json::Value) -> Fate {
        for field in ["pending", "lead"] {
            if any_text(&body[field], &|text| self.marks.is_theirs(text)) {
                body[field] = serde_json::Value::Null;
            }
        }
        self.blotted(row, body)
    }

    /// A row of somebody else, without ids, phones and, where it is spoken with the staff, names.
    fn blotted(&self, row: FoundRow, mut body: serde_json::Value) -> Fate {
        let is_staff = self.staff.iter().any(|chat| row.text.contains(chat.as_str()));
        rewrite(&mut body, &|text| {
            let text = self.marks.without_ids(text);
            if is_staff { self.marks.without_names(&text) } else { text }
        });
        match Some(&body) == row.body.as_ref() {
            true => Fate::Stuck,
            false => Fate::Changes(Box::new(RowChange::Rewrite(row, body))),
        }
    }
}

/// In audits, in the place of the person.
#[must_use]
pub fn subject() -> String {
    format!("contacts/{ERASED}")
}
