//! One chat: where it takes place, what is being asked in it, and the facts of the request under way.

use crate::id::{BusinessId, ContactId, ConversationId, LeadId, ProId};
use crate::language::Language;
use crate::lead::Slot;
use crate::message::Channel;
use crate::request::Request;
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::fmt;

/// Where to answer a person on a channel.
#[derive(Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Place {
    /// The channel.
    pub channel: Channel,
    /// Our account there: Meta's phone number id, Green API's instance id.
    pub account: String,
    /// The person there: digits of a phone number, a business-scoped user id, a chat id.
    pub address: String,
}

impl fmt::Debug for Place {
    /// Names the channel only: the address may be a phone number.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Place({})", self.channel.key())
    }
}

/// A chat as stored.
#[derive(Clone, PartialEq, Serialize, Deserialize)]
pub struct Conversation {
    /// Made of the place.
    pub id: ConversationId,
    /// Whose chat it is.
    pub business: BusinessId,
    /// With whom.
    pub contact: ContactId,
    /// Where.
    pub place: Place,
    /// The language of the person's last words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub language: Option<Language>,
    /// The facts of the request under way.
    #[serde(default)]
    pub request: Request,
    /// The lead that the request became.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub lead: Option<LeadId>,
    /// The question that the next message may answer.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pending: Option<Pending>,
    /// How often a needed fact was asked for and not given.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub misses: BTreeMap<Need, u8>,
    /// Until when the bot is silent here because a person has taken over.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub paused_until: Option<DateTime<Utc>>,
    /// When the person last wrote, by the provider's clock: the 24-hour service window counts from here.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub last_inbound_at: Option<DateTime<Utc>>,
    /// How many leads this chat had; ids are made of it.
    #[serde(default)]
    pub leads_made: u32,
    /// Why a person should look, as a key; none when nobody needs to.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub needs_human: Option<String>,
}

impl fmt::Debug for Conversation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Conversation")
            .field("id", &self.id)
            .field("lead", &self.lead)
            .field("pending", &self.pending.as_ref().map(|pending| pending.question.key()))
            .finish_non_exhaustive()
    }
}

/// A fact that a booking needs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Need {
    /// What is broken.
    Issue,
    /// In which city.
    City,
    /// Street and number.
    Address,
    /// Floor and apartment.
    FloorApartment,
    /// What to call the customer.
    Name,
    /// Which slot.
    Slot,
}

/// A question that was asked and is open: an answer is read against it and only against it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Pending {
    /// What was asked.
    pub question: Question,
    /// About which lead, where it is about one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub lead: Option<LeadId>,
    /// When it was asked.
    pub asked_at: DateTime<Utc>,
    /// From when it is gone.
    pub expires_at: DateTime<Utc>,
}

/// What can be asked.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Question {
    /// May an assistant serve you?
    Consent,
    /// A fact that the booking needs.
    Tell {
        /// Which.
        need: Need,
    },
    /// Is it at the address of last time?
    SameAddress,
    /// Which of these times?
    ChooseSlot {
        /// The pro whose times they are.
        pro: ProId,
        /// In the order in which they were shown, numbered from 1.
        slots: Vec<Slot>,
    },
    /// Really cancel?
    ConfirmCancel,
    /// A few words about the work, after the stars?
    ReviewWords,
    /// Shall another pro be tried, since this one is silent? 1 is yes, 2 is to wait on (L20, L21).
    AnotherPro,
    /// Shall somebody call, since nobody has written? (L17)
    CallOffered,
    /// Was the work done?
    VisitDone,
    /// To a pro: which of these leads do you mean?
    WhichLead {
        /// What the pro wants to do with it.
        action: ProAction,
        /// The leads that were listed, by number.
        numbers: Vec<u64>,
    },
    /// To a pro: what was paid?
    FinalPrice,
}

impl Question {
    /// A stable key, for logs.
    #[must_use]
    pub fn key(&self) -> &'static str {
        match self {
            Self::Consent => "consent",
            Self::Tell { .. } => "tell",
            Self::SameAddress => "same_address",
            Self::ChooseSlot { .. } => "choose_slot",
            Self::ConfirmCancel => "confirm_cancel",
            Self::ReviewWords => "review_words",
            Self::AnotherPro => "another_pro",
            Self::CallOffered => "call_offered",
            Self::VisitDone => "visit_done",
            Self::WhichLead { .. } => "which_lead",
            Self::FinalPrice => "final_price",
        }
    }
}

/// What a pro does with a lead.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ProAction {
    /// אשר
    Approve,
    /// דחה
    Reject,
    /// סיימתי
    Done,
    /// השהה
    Pause,
    /// המשך
    Resume,
}
