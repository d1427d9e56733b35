//! Everything that a store holds, row by row, in a form that both stores and a backup file have in common.
//!
//! What only one store needs is not in it: columns that follow from a body, places in an order, leases. Nor is what is over
//! soon anyway: sessions, answers to repeated requests, failures to sign in. Rows of one
//! collection come in the order in which they came into being, where that matters, so that reading them in order and
//! writing them in order keeps it. Times beside bodies are to the millisecond, which is what MongoDB keeps; bodies stay
//! as they are, with the version of their shape.

use super::StoreError;
use super::documents::{Document, InboundRow, OutboxRow};
use super::upgrades::upgrade;
use super::usage::{DayTotal, ModelCall};
use chrono::{DateTime, DurationRound, TimeDelta, Utc};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use std::fmt;

/// The names of the collections, in the order in which they are moved.
pub const COLLECTIONS: &[&str] = &[
    "businesses",
    "members",
    "contacts",
    "conversations",
    "leads",
    "appointments",
    "slot_claims",
    "messages",
    "outbox",
    "jobs",
    "audit",
    "oddities",
    "early_statuses",
    "alerts",
    "erased_chats",
    "users",
    "changes",
    "usage",
    "usage_days",
    "accounts",
    "places",
    "feeds",
    "counters",
];

/// One row of a store.
#[derive(Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Record {
    /// A business.
    Businesses(Whole),
    /// A pro.
    Members(Whole),
    /// A person.
    Contacts(Whole),
    /// A chat.
    Conversations(Whole),
    /// A lead.
    Leads(Whole),
    /// A visit.
    Appointments(Whole),
    /// A step of a pro's time.
    SlotClaims(Claimed),
    /// A message that came in; its id is what refuses it a second time.
    Messages(Received),
    /// A message to a person; rows of one chat are in the order of its lane.
    Outbox(Bare),
    /// A job or a dead letter.
    Jobs(Asked),
    /// A line of the audit.
    Audit(Line),
    /// An event that nobody understood.
    Oddities(Bare),
    /// A status that came before its message was known.
    EarlyStatuses(Early),
    /// What the operator is told.
    Alerts(Whole),
    /// A chat whose person was removed.
    ErasedChats(ErasedChat),
    /// A user of the console.
    Users(Whole),
    /// What a user changed.
    Changes(Whole),
    /// A call of a model.
    Usage(Bare),
    /// The running total of a day.
    UsageDays(DayTotal),
    /// How an account stands.
    Accounts(Whole),
    /// A place that was found.
    Places(Whole),
    /// What came of reading a calendar.
    Feeds(Whole),
    /// A number that is never given twice.
    Counters(Counter),
}

/// A document with its version.
#[derive(Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Whole {
    /// Its key.
    pub id: String,
    /// Counts its writes.
    pub version: u64,
    /// The version of its shape.
    pub schema: i64,
    /// The document.
    pub body: Value,
}

/// A row that is its body.
#[derive(Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Bare {
    /// The version of its shape.
    pub schema: i64,
    /// The row.
    pub body: Value,
}

/// A message that came in.
#[derive(Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Received {
    /// Its key.
    pub id: String,
    /// The version of its shape.
    pub schema: i64,
    /// The message.
    pub body: Value,
    /// When it was answered.
    pub handled_at: Option<DateTime<Utc>>,
}

/// A step of a pro's time.
#[derive(Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Claimed {
    /// Whose.
    pub pro: String,
    /// Its start.
    pub step: DateTime<Utc>,
    /// For which visit.
    pub appointment: String,
    /// The end of a hold.
    pub until: Option<DateTime<Utc>>,
}

/// A job. One that ran is as it would be had its worker died: ready at the end of the lease.
#[derive(Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Asked {
    /// Its key.
    pub id: String,
    /// The version of its shape.
    pub schema: i64,
    /// What is to be done.
    pub body: Value,
    /// Its kind.
    pub class: String,
    /// `ready` or `dead`.
    pub state: String,
    /// When it starts.
    pub due: Option<DateTime<Utc>>,
    /// When it was first asked for.
    pub first_asked_at: Option<DateTime<Utc>>,
    /// The earliest due time that was asked for without gathering.
    pub at_once: Option<DateTime<Utc>>,
    /// Not before, after a failure.
    pub held_until: Option<DateTime<Utc>>,
    /// How often it was tried.
    pub attempts: i64,
    /// Why it is tried again or gave up.
    pub reason: Option<String>,
    /// When it gave up.
    pub dead_at: Option<DateTime<Utc>>,
    /// How a recurring job went the last time.
    pub last: Option<Value>,
}

impl Asked {
    /// The job as its worker's death would leave it.
    pub(super) fn without_lease(self, lease_until: Option<DateTime<Utc>>) -> Self {
        if self.state != "leased" {
            return self;
        }
        let due = self.due.into_iter().chain(lease_until).min();
        let first_asked_at = self.first_asked_at.or(due);
        Self { state: "ready".to_owned(), due, first_asked_at, at_once: due, held_until: None, ..self }
    }
}

/// A line of the audit.
#[derive(Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Line {
    /// Whose.
    pub business: Option<String>,
    /// When.
    pub at: DateTime<Utc>,
    /// The version of its shape.
    pub schema: i64,
    /// What happened.
    pub body: Value,
}

/// A status that came early.
#[derive(Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Early {
    /// On which channel.
    pub channel: String,
    /// The provider's id of the message.
    pub provider_id: String,
    /// What it told.
    pub state: String,
    /// Why it failed.
    pub reason: Option<String>,
    /// When, as the provider says.
    pub at: DateTime<Utc>,
    /// When it came.
    pub kept_at: DateTime<Utc>,
}

/// A chat whose person was removed.
#[derive(Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ErasedChat {
    /// A digest of its id.
    pub id: String,
    /// When the person was removed: nothing that was sent before is taken in.
    pub at: DateTime<Utc>,
}

/// A number that is never given twice.
#[derive(Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Counter {
    /// Of what.
    pub name: String,
    /// The last one that was given.
    pub value: i64,
}

impl fmt::Debug for Record {
    /// Bodies hold words and phones of people.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Record").field(&self.collection()).field(&self.name()).finish()
    }
}

impl Record {
    /// The collection that it is kept in.
    #[must_use]
    pub fn collection(&self) -> &'static str {
        match self {
            Self::Businesses(_) => "businesses",
            Self::Members(_) => "members",
            Self::Contacts(_) => "contacts",
            Self::Conversations(_) => "conversations",
            Self::Leads(_) => "leads",
            Self::Appointments(_) => "appointments",
            Self::SlotClaims(_) => "slot_claims",
            Self::Messages(_) => "messages",
            Self::Outbox(_) => "outbox",
            Self::Jobs(_) => "jobs",
            Self::Audit(_) => "audit",
            Self::Oddities(_) => "oddities",
            Self::EarlyStatuses(_) => "early_statuses",
            Self::Alerts(_) => "alerts",
            Self::ErasedChats(_) => "erased_chats",
            Self::Users(_) => "users",
            Self::Changes(_) => "changes",
            Self::Usage(_) => "usage",
            Self::UsageDays(_) => "usage_days",
            Self::Accounts(_) => "accounts",
            Self::Places(_) => "places",
            Self::Feeds(_) => "feeds",
            Self::Counters(_) => "counters",
        }
    }

    /// The row of a document in its collection.
    pub(super) fn of_document(collection: &'static str, row: Whole) -> Self {
        match collection {
            "businesses" => Self::Businesses(row),
            "members" => Self::Members(row),
            "contacts" => Self::Contacts(row),
            "conversations" => Self::Conversations(row),
            "leads" => Self::Leads(row),
            "alerts" => Self::Alerts(row),
            "users" => Self::Users(row),
            "changes" => Self::Changes(row),
            "accounts" => Self::Accounts(row),
            "places" => Self::Places(row),
            "feeds" => Self::Feeds(row),
            _ => Self::Appointments(row),
        }
    }

    /// Its line in a backup: the same for the same row, whatever store it came from.
    ///
    /// # Errors
    /// When it cannot be written as JSON.
    pub fn line(&self) -> Result<String, StoreError> {
        serde_json::to_string(self).map_err(|_| self.unreadable("it cannot be written as JSON".to_owned()))
    }

    /// Reads its line. What is wrong is told without the line's words.
    ///
    /// # Errors
    /// When it is no line of a backup.
    pub fn of_line(line: &str) -> Result<Self, String> {
        serde_json::from_str(line).map_err(|error| format!("it is no row, at column {}", error.column()))
    }

    /// The document of a row that is one.
    pub(super) fn document(&self) -> Result<Option<Document>, StoreError> {
        Ok(Some(match self {
            Self::Businesses(row) => Document::Business(self.parse(row.schema, &row.body)?),
            Self::Members(row) => Document::Pro(self.parse(row.schema, &row.body)?),
            Self::Contacts(row) => Document::Contact(self.parse(row.schema, &row.body)?),
            Self::Conversations(row) => Document::Conversation(self.parse(row.schema, &row.body)?),
            Self::Leads(row) => Document::Lead(self.parse(row.schema, &row.body)?),
            Self::Appointments(row) => Document::Appointment(self.parse(row.schema, &row.body)?),
            Self::Alerts(row) => Document::Alert(self.parse(row.schema, &row.body)?),
            Self::Users(row) => Document::User(self.parse(row.schema, &row.body)?),
            Self::Changes(row) => Document::Change(self.parse(row.schema, &row.body)?),
            Self::Accounts(row) => Document::Account(self.parse(row.schema, &row.body)?),
            Self::Places(row) => Document::Place(self.parse(row.schema, &row.body)?),
            Self::Feeds(row) => Document::Feed(self.parse(row.schema, &row.body)?),
            Self::SlotClaims(_)
            | Self::Messages(_)
            | Self::Outbox(_)
            | Self::Jobs(_)
            | Self::Audit(_)
            | Self::Oddities(_)
            | Self::EarlyStatuses(_)
            | Self::ErasedChats(_)
            | Self::Usage(_)
            | Self::UsageDays(_)
            | Self::Counters(_) => return Ok(None),
        }))
    }

    /// The document that a body is, in a collection of documents.
    pub(super) fn document_of(
        collection: &'static str,
        body: &Value,
    ) -> Result<Option<Document>, StoreError> {
        const DOCUMENTS: &[&str] = &[
            "businesses",
            "members",
            "contacts",
            "conversations",
            "leads",
            "appointments",
            "alerts",
            "users",
            "changes",
        ];
        if !DOCUMENTS.contains(&collection) {
            return Ok(None);
        }
        let row = Whole {
            id: body["id"].as_str().unwrap_or_default().to_owned(),
            version: 0,
            schema: i64::from(super::documents::SCHEMA_VERSION),
            body: body.clone(),
        };
        Self::of_document(collection, row).document()
    }

    /// The message of a row of the inbox.
    pub(super) fn inbound(&self, row: &Received) -> Result<InboundRow, StoreError> {
        self.parse(row.schema, &row.body)
    }

    /// The message of a row of the outbox.
    pub(super) fn outbound(&self, row: &Bare) -> Result<OutboxRow, StoreError> {
        self.parse(row.schema, &row.body)
    }

    /// The call of a row of the usage.
    pub(super) fn call(&self, row: &Bare) -> Result<ModelCall, StoreError> {
        self.parse(row.schema, &row.body)
    }

    fn parse<T: DeserializeOwned>(&self, schema: i64, body: &Value) -> Result<T, StoreError> {
        let upgraded = upgrade(self.collection(), schema, body.clone()).map_err(|it| self.unreadable(it))?;
        serde_json::from_value(upgraded)
            .map_err(|_| self.unreadable("its body is not as expected".to_owned()))
    }

    fn unreadable(&self, problem: String) -> StoreError {
        StoreError::Unreadable { collection: self.collection(), id: self.name().to_owned(), problem }
    }

    /// What to call it in an error.
    fn name(&self) -> &str {
        match self {
            Self::Businesses(row)
            | Self::Members(row)
            | Self::Contacts(row)
            | Self::Conversations(row)
            | Self::Leads(row)
            | Self::Appointments(row)
            | Self::Alerts(row)
            | Self::Users(row)
            | Self::Changes(row)
            | Self::Accounts(row)
            | Self::Places(row)
            | Self::Feeds(row) => &row.id,
            Self::SlotClaims(row) => &row.pro,
            Self::Messages(row) => &row.id,
            Self::Outbox(row) => row.body["id"].as_str().unwrap_or_default(),
            Self::Jobs(row) => &row.id,
            Self::Audit(_) => "a line",
            Self::Oddities(_) => "an event",
            Self::EarlyStatuses(row) => &row.channel,
            Self::ErasedChats(row) => &row.id,
            Self::Usage(row) => row.body["id"].as_str().unwrap_or_default(),
            Self::UsageDays(row) => &row.model,
            Self::Counters(row) => &row.name,
        }
    }
}

/// A time to the millisecond, rounded down as MongoDB does.
pub(super) fn to_millis(time: DateTime<Utc>) -> DateTime<Utc> {
    time.duration_trunc(TimeDelta::milliseconds(1)).unwrap_or(time)
}

/// A body with the names of its fields in order, however it was kept.
pub(super) fn in_order(mut body: Value) -> Value {
    body.sort_all_objects();
    body
}
