//! A request that was let in: who asks, in which business, what for; and what every handler needs to answer it. A
//! handler may be run again from the start when somebody else was faster, so it writes once, at its end, with
//! [`Call::commit`].

use super::cursor;
use super::guard::{Caller, Key};
use super::refusal::Refusal;
use crate::app::App;
use crate::store::documents::{Answered, Change, Commit, Document, Expect, Stored};
use admin_api::page::{MOST_ROWS, Window};
use agents::business::Business;
use agents::contact::Contact;
use agents::conversation::Conversation;
use agents::id::{AppointmentId, BusinessId, ContactId, ConversationId, LeadId, ProId};
use agents::lead::{Appointment, Lead};
use agents::pro::Pro;
use chrono::{DateTime, TimeDelta, Utc};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Map, Value};
use std::collections::BTreeMap;
use std::sync::Arc;

/// How many rows a page has when the caller does not say.
const USUAL_ROWS: u32 = 50;

/// How long an answer is kept for whoever repeats the request.
const ANSWER_KEPT: TimeDelta = TimeDelta::days(1);

/// A request that was let in.
#[derive(Clone)]
pub(crate) struct Call<T> {
    pub(crate) app: Arc<App>,
    pub(crate) caller: Caller,
    /// The body, or the query of a GET.
    pub(crate) asked: T,
    pub(super) parameters: BTreeMap<String, String>,
    pub(super) key: Option<Key>,
    pub(super) now: DateTime<Utc>,
}

/// What was done, for the audit. Values hold no words of people, no phones and no passwords.
pub(crate) struct Done {
    /// A key such as `lead.assign`.
    pub(crate) action: &'static str,
    /// Collection and id.
    pub(crate) subject: String,
    /// The changed fields as they were.
    pub(crate) before: Value,
    /// ... and as they became.
    pub(crate) after: Value,
}

impl Done {
    /// The given fields, as far as they differ.
    pub(crate) fn changed(
        action: &'static str,
        subject: String,
        before: &impl Serialize,
        after: &impl Serialize,
        fields: &[&str],
    ) -> Self {
        let [before, after] = [serde_json::to_value(before), serde_json::to_value(after)]
            .map(|value| value.unwrap_or_default());
        let of = |value: &Value, other: &Value| -> Value {
            let differs = fields.iter().filter(|field| value.get(**field) != other.get(**field));
            let pairs =
                differs.map(|field| ((*field).to_owned(), value.get(*field).cloned().unwrap_or_default()));
            Value::Object(pairs.collect::<Map<_, _>>())
        };
        Self { action, subject, before: of(&before, &after), after: of(&after, &before) }
    }
}

impl<T> Call<T> {
    /// The moment of the request.
    pub(crate) fn now(&self) -> DateTime<Utc> {
        self.now
    }

    /// The business that is looked at.
    pub(crate) fn business(&self) -> &Business {
        &self.caller.business.value
    }

    /// A part of the path.
    pub(crate) fn id(&self, name: &str) -> &str {
        self.parameters.get(name).map(String::as_str).unwrap_or_default()
    }

    /// Keeps only what is of the caller's business; anything else is not there (B125).
    pub(crate) fn own<D>(
        &self,
        found: Option<Stored<D>>,
        business: fn(&D) -> &BusinessId,
    ) -> Result<Stored<D>, Refusal> {
        let own = &self.caller.business.value.id;
        found.filter(|stored| business(&stored.value) == own).ok_or_else(Refusal::not_found)
    }

    pub(crate) async fn lead(&self, id: &LeadId) -> Result<Stored<Lead>, Refusal> {
        self.own(self.app.store.lead(id).await?, |lead| &lead.business)
    }

    pub(crate) async fn conversation(&self, id: &ConversationId) -> Result<Stored<Conversation>, Refusal> {
        self.own(self.app.store.conversation(id).await?, |chat| &chat.business)
    }

    pub(crate) async fn contact(&self, id: &ContactId) -> Result<Stored<Contact>, Refusal> {
        self.own(self.app.store.contact(id).await?, |contact| &contact.business)
    }

    pub(crate) async fn pro(&self, id: &ProId) -> Result<Stored<Pro>, Refusal> {
        self.own(self.app.store.pro(id).await?, |pro| &pro.business)
    }

    pub(crate) async fn appointment(&self, id: &AppointmentId) -> Result<Stored<Appointment>, Refusal> {
        self.own(self.app.store.appointment(id).await?, |visit| &visit.business)
    }

    /// Adds to a commit what belongs to every change: its line of the audit, and the mark by which the same request is
    /// known when it comes again.
    pub(crate) fn seal(&self, commit: &mut Commit, done: Done) {
        let chance = self.app.outside.dice.below(u64::MAX);
        let change = Change {
            id: format!("{:013x}{chance:016x}", self.now.timestamp_micros()),
            business: self.business().id.clone(),
            at: self.now,
            by: self.caller.name.clone(),
            action: done.action.to_owned(),
            subject: done.subject,
            before: done.before,
            after: done.after,
        };
        commit.documents.push((Expect::Absent, Document::Change(change)));
        if let Some(key) = &self.key {
            let answered = Answered {
                id: key.id.clone(),
                business: self.business().id.clone(),
                request: key.request.clone(),
                status: 0,
                body: String::new(),
                ends_at: self.now + ANSWER_KEPT,
            };
            let expect = key.over.map_or(Expect::Absent, Expect::Version);
            commit.documents.push((expect, Document::Answered(answered)));
        }
    }

    /// Writes a change with what belongs to it, all or nothing, and wakes whoever has work by it.
    pub(crate) async fn commit(&self, mut commit: Commit, done: Done) -> Result<(), Refusal> {
        self.seal(&mut commit, done);
        self.app.store.commit(commit, self.now).await?;
        self.app.wake.notify_one();
        Ok(())
    }

    /// How many rows a page is to have.
    pub(crate) fn rows(window: &Window) -> u32 {
        window.limit.unwrap_or(USUAL_ROWS).clamp(1, MOST_ROWS)
    }

    /// Where a page begins.
    pub(crate) fn behind<C: DeserializeOwned>(window: &Window) -> Result<Option<C>, Refusal> {
        window.after.as_deref().map(cursor::read).transpose()
    }
}
