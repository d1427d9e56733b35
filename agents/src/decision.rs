//! A decision: everything that one turn changes and says, as a value that can be printed and compared. Nothing of it
//! has happened yet; the store makes all of it happen in one atomic write, or none.

use crate::business::Business;
use crate::contact::Contact;
use crate::conversation::Conversation;
use crate::id::{AppointmentId, ConversationId, LeadId, ProId};
use crate::lead::{Appointment, Lead, Slot};
use crate::message::Outbound;
use crate::pro::Pro;
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

/// What a turn ends in.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Decision {
    /// The chat's next state; none when the turn belongs to no chat (a timer).
    pub conversation: Option<Conversation>,
    /// Other chats that change with it.
    pub other_conversations: Vec<Conversation>,
    /// The person's next state.
    pub contact: Option<Contact>,
    /// Leads that are new or changed, whole.
    pub leads: Vec<Lead>,
    /// Visits that are new or changed, whole.
    pub appointments: Vec<Appointment>,
    /// Pros that are new or changed, whole.
    pub pros: Vec<Pro>,
    /// The business, when it changed.
    pub business: Option<Business>,
    /// Slots to take or free. A slot that somebody else has taken fails the whole decision.
    pub slots: Vec<SlotChange>,
    /// What is said, in order.
    pub replies: Vec<Reply>,
    /// What is to happen later.
    pub timers: Vec<Timer>,
    /// What happened, for operators, counters and the demo's strip.
    pub notes: Vec<Note>,
}

/// Taking or freeing a pro's time.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SlotChange {
    /// Take every step that the slot covers, for this visit. A visit may take its own steps again.
    Claim {
        /// Whose time.
        pro: ProId,
        /// Which.
        slot: Slot,
        /// For which visit.
        appointment: AppointmentId,
        /// Free again by itself from then on; none for a booking.
        until: Option<DateTime<Utc>>,
    },
    /// Free every step of this visit.
    Release {
        /// Which visit.
        appointment: AppointmentId,
    },
}

/// A message and whom it is for.
#[derive(Clone, Debug, PartialEq)]
pub struct Reply {
    /// Whom.
    pub to: Recipient,
    /// Why it is said, which decides what may hold it back.
    pub purpose: Purpose,
    /// What.
    pub message: Outbound,
    /// The lead that it is about: an answer that quotes it means that lead.
    pub lead: Option<LeadId>,
    /// Not before this moment.
    pub not_before: Option<DateTime<Utc>>,
}

/// Whom a message is for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Recipient {
    /// A chat.
    Conversation(ConversationId),
    /// A pro, in the chat in which they last wrote, else in a new one.
    Pro(ProId),
    /// Every owner, in the chat in which they last wrote, else in a new one.
    Owners,
}

/// Why something is said.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Purpose {
    /// An answer to what the person just wrote: always allowed.
    Answer,
    /// News about the person's own request that they did not just ask for: not to somebody who opted out.
    Update,
    /// Work for a pro: not held back by an opt-out from customer messages.
    Duty,
}

/// Something that is to be looked at later. Looking may find that nothing needs doing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Timer {
    /// When.
    pub due: DateTime<Utc>,
    /// What.
    pub wake: Wake,
}

/// What a timer looks at.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Wake {
    /// Has the pro answered this offer?
    OfferExpired {
        /// Of which lead.
        lead: LeadId,
        /// Which offer.
        round: u32,
    },
    /// The question never reached the pro: the request must not wait for an answer that cannot come.
    OfferUndeliverable {
        /// Of which lead.
        lead: LeadId,
        /// Which offer.
        round: u32,
    },
}

impl Wake {
    /// The lead that it is about.
    #[must_use]
    pub fn lead(&self) -> &LeadId {
        match self {
            Self::OfferExpired { lead, .. } | Self::OfferUndeliverable { lead, .. } => lead,
        }
    }

    /// A stable key, part of the ids of jobs and messages.
    #[must_use]
    pub fn key(&self) -> String {
        match self {
            Self::OfferExpired { round, .. } => format!("offer_expired.{round}"),
            Self::OfferUndeliverable { round, .. } => format!("offer_undeliverable.{round}"),
        }
    }
}

/// Something that happened, for the audit, the counters and the demo's strip. Holds no words of people.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Note {
    /// A stable key: `routed`, `opted_out`, `slot_taken`.
    pub key: String,
    /// The lead that it is about.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub lead: Option<LeadId>,
    /// Figures and keys that explain it.
    #[serde(default)]
    pub detail: String,
}
