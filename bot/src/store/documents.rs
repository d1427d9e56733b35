//! What is stored: the collections, their keys, and the rows that only the store and the pipeline know.

pub use super::jobs::{
    Claimed, DeadJob, Job, JobClass, JobKind, JobList, JobRow, JobState, LastRun, NewJob, Recurring,
    Settlement, Workload,
};
pub use super::operators::{Answered, Change, Session, SignIns, User};
use super::outer::{AccountHealth, Feed, KnownPlace};
use super::usage::ModelCall;
use agents::business::Business;
use agents::care::Raised;
use agents::contact::Contact;
use agents::conversation::{Conversation, Place};
use agents::decision::{CalendarSeen, Note, Purpose, SlotChange};
use agents::id::{AppointmentId, BusinessId, ConversationId, InboundId, LeadId, OutboxId, ProId};
use agents::lead::{Appointment, Lead};
use agents::message::{Channel, Inbound, Outbound};
use agents::pro::Pro;
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use std::fmt;

/// The version of the shape of every stored document. A document with a higher one is refused, not guessed.
pub const SCHEMA_VERSION: u32 = 1;

/// A thing that is stored whole and replaced whole, only if its version is unchanged.
#[derive(Clone, Debug, PartialEq)]
pub enum Document {
    /// Collection `businesses`.
    Business(Business),
    /// Collection `members`.
    Pro(Pro),
    /// Collection `contacts`.
    Contact(Contact),
    /// Collection `conversations`.
    Conversation(Conversation),
    /// Collection `leads`.
    Lead(Lead),
    /// Collection `appointments`.
    Appointment(Appointment),
    /// Collection `alerts`.
    Alert(Raised),
    /// Collection `users`.
    User(User),
    /// Collection `sessions`.
    Session(Session),
    /// Collection `answers`.
    Answered(Answered),
    /// Collection `sign_ins`.
    SignIns(SignIns),
    /// Collection `changes`.
    Change(Change),
    /// Collection `accounts`.
    Account(AccountHealth),
    /// Collection `places`.
    Place(KnownPlace),
    /// Collection `feeds`.
    Feed(Feed),
}

impl Document {
    /// The collection that it is kept in.
    #[must_use]
    pub fn collection(&self) -> &'static str {
        match self {
            Self::Business(_) => "businesses",
            Self::Pro(_) => "members",
            Self::Contact(_) => "contacts",
            Self::Conversation(_) => "conversations",
            Self::Lead(_) => "leads",
            Self::Appointment(_) => "appointments",
            Self::Alert(_) => "alerts",
            Self::User(_) => "users",
            Self::Session(_) => "sessions",
            Self::Answered(_) => "answers",
            Self::SignIns(_) => "sign_ins",
            Self::Change(_) => "changes",
            Self::Account(_) => "accounts",
            Self::Place(_) => "places",
            Self::Feed(_) => "feeds",
        }
    }

    /// Its key in the collection.
    #[must_use]
    pub fn id(&self) -> &str {
        match self {
            Self::Business(business) => business.id.as_str(),
            Self::Pro(pro) => pro.id.as_str(),
            Self::Contact(contact) => contact.id.as_str(),
            Self::Conversation(conversation) => conversation.id.as_str(),
            Self::Lead(lead) => lead.id.as_str(),
            Self::Appointment(appointment) => appointment.id.as_str(),
            Self::Alert(alert) => &alert.id,
            Self::User(user) => &user.name,
            Self::Session(session) => &session.id,
            Self::Answered(answered) => &answered.id,
            Self::SignIns(sign_ins) => &sign_ins.id,
            Self::Change(change) => &change.id,
            Self::Account(account) => &account.id,
            Self::Place(place) => &place.id,
            Self::Feed(feed) => feed.id.as_str(),
        }
    }

    /// Whose it is.
    #[must_use]
    pub fn business(&self) -> &BusinessId {
        match self {
            Self::Business(business) => &business.id,
            Self::Pro(pro) => &pro.business,
            Self::Contact(contact) => &contact.business,
            Self::Conversation(conversation) => &conversation.business,
            Self::Lead(lead) => &lead.business,
            Self::Appointment(appointment) => &appointment.business,
            Self::Alert(alert) => &alert.business,
            Self::User(user) => &user.business,
            Self::Session(session) => &session.business,
            Self::Answered(answered) => &answered.business,
            Self::SignIns(sign_ins) => &sign_ins.business,
            Self::Change(change) => &change.business,
            Self::Account(account) => &account.business,
            Self::Place(place) => &place.business,
            Self::Feed(feed) => &feed.business,
        }
    }
}

/// A document and the version under which it was read.
#[derive(Clone, Debug, PartialEq)]
pub struct Stored<T> {
    /// The document.
    pub value: T,
    /// Counts up from 1 with every write.
    pub version: u64,
}

/// What must be true of a document for a write to happen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Expect {
    /// It does not exist.
    Absent,
    /// It has this version.
    Version(u64),
}

/// A document that is no more after a write.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Removed {
    /// Its collection.
    pub collection: &'static str,
    /// Its key.
    pub id: String,
    /// The version that it must have.
    pub version: u64,
}

/// A message that came in, as kept in `messages`.
#[derive(Clone, PartialEq, Serialize, Deserialize)]
pub struct InboundRow {
    /// Whose.
    pub business: BusinessId,
    /// In which chat.
    pub conversation: ConversationId,
    /// Where that chat takes place, so that a first message can make it.
    pub place: Place,
    /// The sender's phone, E.164, as far as it shows.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub phone: Option<String>,
    /// The message.
    pub inbound: Inbound,
    /// When it was accepted (UTC).
    pub received_at: DateTime<Utc>,
}

impl fmt::Debug for InboundRow {
    /// Names neither the phone nor the address.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("InboundRow")
            .field("conversation", &self.conversation)
            .field("inbound", &self.inbound)
            .field("received_at", &self.received_at)
            .finish_non_exhaustive()
    }
}

/// A message to accept, and the turn that it asks for.
#[derive(Clone, Debug)]
pub struct Accept {
    /// The message.
    pub row: InboundRow,
    /// Asked for only if the message is new.
    pub turn: NewJob,
}

/// What became of a message to accept. Either way it is durable.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Accepted {
    /// Kept now, and its turn was asked for.
    New,
    /// Kept before; nothing changed.
    Repeated,
}

/// Where a message to a person stands. The order is the order of progress: a status never goes back.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DeliveryState {
    /// Waits for its turn in the lane of its chat.
    Queued,
    /// Handed to the provider, whose answer is not written down yet. After a crash it is settled, never sent again
    /// blindly.
    Sending,
    /// The provider took it.
    Sent,
    /// It is on the person's phone.
    Delivered,
    /// The person saw it.
    Read,
    /// It will not arrive; the reason says why.
    Failed,
    /// Not sent on purpose: the person opted out, or nothing leaves (dry run).
    Suppressed,
    /// Nobody can tell whether it was sent: an operator must look.
    Unsettled,
}

impl DeliveryState {
    /// Each of them.
    pub const ALL: [Self; 8] = [
        Self::Queued,
        Self::Sending,
        Self::Sent,
        Self::Delivered,
        Self::Read,
        Self::Failed,
        Self::Suppressed,
        Self::Unsettled,
    ];

    /// The stored word.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Self::Queued => "queued",
            Self::Sending => "sending",
            Self::Sent => "sent",
            Self::Delivered => "delivered",
            Self::Read => "read",
            Self::Failed => "failed",
            Self::Suppressed => "suppressed",
            Self::Unsettled => "unsettled",
        }
    }

    /// Whether the lane may write `next` over this. Only one step goes back: `Sending` to `Queued`, when the provider
    /// clearly did not take the message and it is to be tried again.
    #[must_use]
    pub fn may_become(self, next: Self) -> bool {
        match self {
            Self::Queued => true,
            Self::Sending => next != Self::Suppressed,
            Self::Sent => matches!(next, Self::Sent | Self::Delivered | Self::Read | Self::Failed),
            Self::Delivered => matches!(next, Self::Delivered | Self::Read),
            Self::Read | Self::Failed | Self::Suppressed | Self::Unsettled => next == self,
        }
    }

    /// Whether a provider's word that the message is `told` changes anything.
    #[must_use]
    pub fn learns(self, told: Self) -> bool {
        matches!(told, Self::Sent | Self::Delivered | Self::Read | Self::Failed)
            && self != told
            && (self == Self::Unsettled || self.may_become(told))
    }
}

/// A message to a person, as kept in `outbox`.
#[derive(Clone, PartialEq, Serialize, Deserialize)]
pub struct OutboxRow {
    /// Made of the turn and the place in it: the same decision makes the same id.
    pub id: OutboxId,
    /// Whose.
    pub business: BusinessId,
    /// To which chat.
    pub conversation: ConversationId,
    /// What.
    pub message: Outbound,
    /// Why.
    pub purpose: Purpose,
    /// About which lead.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub lead: Option<LeadId>,
    /// Not before this moment.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub not_before: Option<DateTime<Utc>>,
    /// Where it stands.
    pub state: DeliveryState,
    /// Why it failed or waits, as a key.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
    /// The provider's id, once it took it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub provider_id: Option<String>,
    /// How often it was handed over.
    #[serde(default)]
    pub attempts: u32,
    /// When it was decided.
    pub created_at: DateTime<Utc>,
    /// When it was last handed over.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tried_at: Option<DateTime<Utc>>,
    /// Which user of the console wrote it; none for the bot.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub by: Option<String>,
    /// The approved template as which it was handed over, where free words were not allowed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub template: Option<String>,
}

impl OutboxRow {
    /// An answer that nobody has handed over yet, about no lead, to be sent at once.
    #[must_use]
    pub fn queued(
        id: OutboxId,
        business: BusinessId,
        conversation: ConversationId,
        message: Outbound,
        created_at: DateTime<Utc>,
    ) -> Self {
        Self {
            id,
            business,
            conversation,
            message,
            purpose: Purpose::Answer,
            lead: None,
            not_before: None,
            state: DeliveryState::Queued,
            reason: None,
            provider_id: None,
            attempts: 0,
            created_at,
            tried_at: None,
            by: None,
            template: None,
        }
    }

    /// The row as it is handed over at this moment, once more; beyond the service window as this template.
    #[must_use]
    pub fn handed_over(self, template: Option<String>, at: DateTime<Utc>) -> Self {
        let attempts = self.attempts.saturating_add(1);
        Self { state: DeliveryState::Sending, attempts, tried_at: Some(at), template, ..self }
    }

    /// Whether this is how the row was read: nobody has handed it over since, nor found out what became of that.
    pub(super) fn is_as_read(&self, read: &Self) -> bool {
        self.state == read.state && self.attempts == read.attempts
    }
}

impl fmt::Debug for OutboxRow {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("OutboxRow")
            .field("id", &self.id)
            .field("state", &self.state)
            .field("attempts", &self.attempts)
            .finish_non_exhaustive()
    }
}

/// What a provider tells about a message of ours.
#[derive(Clone, Debug, PartialEq)]
pub struct StatusEvent {
    /// On which channel.
    pub channel: Channel,
    /// The provider's id of the message.
    pub provider_id: String,
    /// Our own id, where the provider gives it back.
    pub outbox: Option<OutboxId>,
    /// `Sent`, `Delivered`, `Read` or `Failed`.
    pub state: DeliveryState,
    /// Why it failed, as a key with the provider's code.
    pub reason: Option<String>,
    /// When, as the provider says.
    pub at: DateTime<Utc>,
}

/// What became of a status.
#[derive(Clone, Debug, PartialEq)]
pub enum Recorded {
    /// The message moved on.
    Changed {
        /// Where it stood before.
        from: DeliveryState,
        /// The message as it is now.
        row: Box<OutboxRow>,
    },
    /// It was as far already: a repeated or a late status.
    Unchanged,
    /// No message of ours has this id yet. The status is kept for a while, in case it came before the answer to the
    /// sending was written down.
    Unknown,
}

/// An event that nobody understood, kept for a person to look at. The oldest go when there are more than 1,000.
#[derive(Clone, PartialEq, Serialize, Deserialize)]
pub struct Oddity {
    /// Where it came from.
    pub channel: Channel,
    /// What was odd, as a key: `unknown_kind`, `unreadable_body`.
    pub reason: String,
    /// The body as received, cut to 16 KiB.
    pub body: String,
    /// When.
    pub at: DateTime<Utc>,
}

impl fmt::Debug for Oddity {
    /// Leaves out the body, which may hold words of people.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Oddity")
            .field("channel", &self.channel)
            .field("reason", &self.reason)
            .finish_non_exhaustive()
    }
}

/// How many odd events are kept.
pub const ODDITIES_KEPT: u32 = 1_000;

/// A line of the audit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Noted {
    /// Whose, as far as the commit tells.
    pub business: Option<BusinessId>,
    /// When it was committed.
    pub at: DateTime<Utc>,
    /// What happened.
    pub note: Note,
}

/// The length of a step of a pro's calendar, in minutes. Steps begin at the full and half hours of UTC.
pub const STEP_MINUTES: i64 = 30;

/// A step of a pro's calendar that is taken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Claim {
    /// Whose time.
    pub pro: ProId,
    /// The start of the step.
    pub step: DateTime<Utc>,
    /// For which visit.
    pub appointment: AppointmentId,
    /// Free again by itself from then on; none for a booking.
    pub until: Option<DateTime<Utc>>,
}

/// Whether a decision saw this visit in a calendar, or takes time for it itself.
pub(super) fn was_seen(seen: &CalendarSeen, changes: &[SlotChange], visit: &str) -> bool {
    let is_claimed = |change: &SlotChange| match change {
        SlotChange::Claim { appointment, .. } => appointment.as_str() == visit,
        SlotChange::Release { .. } => false,
    };
    seen.visits.iter().any(|seen| seen.as_str() == visit) || changes.iter().any(is_claimed)
}

/// Everything that one turn writes: all of it or nothing.
#[derive(Clone, Debug, Default)]
pub struct Commit {
    /// The job under whose lease this is written; the write fails when the lease was lost.
    pub under: Option<Job>,
    /// What becomes of that job; none keeps the lease.
    pub settle: Option<Settlement>,
    /// Documents with what must be true of each.
    pub documents: Vec<(Expect, Document)>,
    /// What was decided from and is not written: collection, id and the version under which it was read.
    pub unchanged: Vec<(&'static str, String, u64)>,
    /// What pros' calendars must not have more in them than, before this takes any time.
    pub calendars: Vec<CalendarSeen>,
    /// Documents that are no more.
    pub removed: Vec<Removed>,
    /// Slots to take or free.
    pub slots: Vec<SlotChange>,
    /// Messages to send, in order.
    pub outbox: Vec<OutboxRow>,
    /// Jobs to make.
    pub jobs: Vec<NewJob>,
    /// Dead jobs to forget, by their ids.
    pub discarded: Vec<String>,
    /// Inbox rows that are answered by this.
    pub handled: Vec<InboundId>,
    /// What happened, for the audit.
    pub notes: Vec<Note>,
    /// Calls of models, each counted once however often it is written.
    pub usage: Vec<ModelCall>,
}

/// A line of a chat's past.
#[derive(Clone, PartialEq, Eq)]
pub struct Said {
    /// Whether we said it.
    pub by_us: bool,
    /// What.
    pub text: String,
    /// When.
    pub at: DateTime<Utc>,
}

impl fmt::Debug for Said {
    /// Leaves out the words.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Said").field("by_us", &self.by_us).field("at", &self.at).finish_non_exhaustive()
    }
}
