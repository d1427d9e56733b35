//! What is stored: the collections, their keys, and the rows that only the store and the pipeline know.

use agents::business::Business;
use agents::contact::Contact;
use agents::conversation::{Conversation, Place};
use agents::decision::{Purpose, Wake};
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

/// A message that came in, as kept in `messages`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
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

/// Work to be done: what kind, on what. The id of a job is its kind and subject, so there is one job per subject.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum JobKind {
    /// Answer what is in a chat's inbox. Its lease is the chat's lock.
    Turn {
        /// Which chat.
        conversation: ConversationId,
    },
    /// Hand a chat's outbox to the provider, in order. Its lease is the lane.
    Deliver {
        /// Which chat.
        conversation: ConversationId,
    },
    /// Look at what a timer was set for.
    Wake {
        /// What.
        wake: Wake,
    },
}

impl JobKind {
    /// The id under which there is at most one job.
    #[must_use]
    pub fn id(&self) -> String {
        match self {
            Self::Turn { conversation } => format!("turn/{conversation}"),
            Self::Deliver { conversation } => format!("deliver/{conversation}"),
            Self::Wake { wake: Wake::OfferExpired { lead, round } } => {
                format!("offer_expired/{lead}/{round}")
            }
        }
    }
}

/// A job to be made, or to be made due if it has not started.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewJob {
    /// What.
    pub kind: JobKind,
    /// Not before.
    pub due: DateTime<Utc>,
    /// When a job of this id waits already: the later of the two due times, but not later than this long after the
    /// first (milliseconds). None takes the earlier of the two.
    pub gather_ms: Option<i64>,
}

/// A job that was claimed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Job {
    /// What.
    pub kind: JobKind,
    /// Proof of the lease: a write under an older one fails.
    pub token: u64,
    /// How often it was claimed since it last succeeded, this time included.
    pub attempts: u32,
}

/// A job that gave up.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DeadJob {
    /// Its id.
    pub id: String,
    /// Why.
    pub reason: String,
    /// How often it was tried.
    pub attempts: u32,
    /// When it gave up.
    pub at: DateTime<Utc>,
}

/// What becomes of a claimed job.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Settlement {
    /// It is done. If it was asked for again meanwhile, it is ready again at once.
    Done,
    /// It is to be tried again then.
    Again {
        /// When.
        due: DateTime<Utc>,
        /// Why, as a key without words of people.
        reason: String,
        /// Whether this counts as a failed attempt.
        failed: bool,
    },
    /// It gave up: a dead letter that an operator sees.
    Dead {
        /// Why.
        reason: String,
    },
}

/// Everything that one turn writes: all of it or nothing.
#[derive(Clone, Debug, Default)]
pub struct Commit {
    /// The job under whose lease this is written; the write fails when the lease was lost.
    pub under: Option<Job>,
    /// What becomes of that job.
    pub settle: Option<Settlement>,
    /// Documents with what must be true of each.
    pub documents: Vec<(Expect, Document)>,
    /// Slots to take or free.
    pub slots: Vec<agents::decision::SlotChange>,
    /// Messages to send, in order.
    pub outbox: Vec<OutboxRow>,
    /// Jobs to make.
    pub jobs: Vec<NewJob>,
    /// Inbox rows that are answered by this.
    pub handled: Vec<InboundId>,
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
