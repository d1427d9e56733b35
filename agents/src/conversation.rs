//! One chat: where it takes place, what is being asked in it, and the facts of the request under way.

use crate::calendar::WeekHours;
use crate::concern::Concern;
use crate::id::{AppointmentId, BusinessId, ContactId, ConversationId, LeadId, ProId};
use crate::language::Language;
use crate::lead::Slot;
use crate::message::{Channel, Inbound};
use crate::request::Request;
use crate::trade::Trade;
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
    /// A pro or an owner is served as a customer until then, and as long as their request is open; none when they are
    /// not.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub customer_mode_until: Option<DateTime<Utc>>,
    /// What came while the business was paused: it is read together with the first message after the pause (B9).
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub unanswered: Vec<Inbound>,
    /// How many leads this chat had; ids are made of it.
    #[serde(default)]
    pub leads_made: u32,
    /// Why a person should look; none when nobody needs to.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub needs_human: Option<Concern>,
    /// The reason for a person to look that the operator was told of.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reported: Option<Concern>,
    /// How many messages came in the minute that is counted (B15).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub minute: Option<Minute>,
}

impl Conversation {
    /// Whether a person must look at it and the operator has not been told yet why. An owner who paused the business knows
    /// that its chats wait.
    #[must_use]
    pub fn is_unreported(&self) -> bool {
        let concern = self.needs_human.filter(|concern| *concern != Concern::BusinessPaused);
        concern.is_some() && concern != self.reported
    }
}

/// A minute in which messages are counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Minute {
    /// When its first message was sent.
    pub began_at: DateTime<Utc>,
    /// How many came.
    pub messages: u32,
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
    /// One of the answers to a question that has only a few.
    Choice,
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
    ConfirmCancel {
        /// Whether it was asked a second time: other words are then heard as usual (B86).
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        again: bool,
    },
    /// A few words about the work, after the stars?
    ReviewWords,
    /// Is it an emergency?
    Emergency,
    /// The same pro as last time?
    SamePro {
        /// Who.
        pro: ProId,
    },
    /// Something new, or about the agreed visit?
    NewOrExisting {
        /// What was written, so that nobody writes it twice.
        words: String,
    },
    /// The pro is silent: another one?
    AnotherPro,
    /// Nobody came to the chat in time: shall we call?
    CallOffered,
    /// Was the work done?
    VisitDone,
    /// Another visit is needed: does this time suit?
    VisitOffered {
        /// Which.
        appointment: AppointmentId,
    },
    /// An earlier time is free: will you take it?
    EarlierOffered {
        /// Which of the times that were offered to this customer.
        round: u32,
    },
    /// To a pro: which of these leads do you mean?
    WhichLead {
        /// What the pro wants to do with it.
        action: ProAction,
        /// The leads that were listed, by number.
        numbers: Vec<u64>,
        /// The time of another visit, where that is what the pro wants.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        slot: Option<Slot>,
    },
    /// To a pro: what was paid?
    FinalPrice,
    /// To a pro, at their desk.
    Desk(DeskQuestion),
    /// To an owner, about the business.
    Owner(OwnerQuestion),
    /// To somebody who wants to work with the business.
    SignUp(SignUpDraft),
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
            Self::ConfirmCancel { .. } => "confirm_cancel",
            Self::ReviewWords => "review_words",
            Self::Emergency => "emergency",
            Self::SamePro { .. } => "same_pro",
            Self::NewOrExisting { .. } => "new_or_existing",
            Self::AnotherPro => "another_pro",
            Self::CallOffered => "call_offered",
            Self::VisitDone => "visit_done",
            Self::VisitOffered { .. } => "visit_offered",
            Self::EarlierOffered { .. } => "earlier_offered",
            Self::WhichLead { .. } => "which_lead",
            Self::FinalPrice => "final_price",
            Self::Desk(_) => "desk",
            Self::Owner(_) => "owner",
            Self::SignUp(_) => "sign_up",
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
    /// ביטול: the booked job goes to another pro.
    Cancel,
    /// הזז
    Move,
    /// לא היה
    NoShow,
    /// ביקור נוסף: another visit for a job.
    AnotherVisit,
    /// Free the time of an offer, which the pro had blocked, and approve it.
    FreeAndApprove,
}

/// What a pro is asked besides which lead and what price.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "ask", rename_all = "snake_case")]
pub enum DeskQuestion {
    /// Why is the job taken back? The answer is told to the customer.
    CancelReason,
    /// To which of these times is the visit moved?
    MoveTo {
        /// In the order in which they were shown, numbered from 1.
        slots: Vec<Slot>,
    },
    /// Do you need somebody yourself?
    AsCustomer {
        /// What they wrote, answered at once when they do.
        words: String,
        /// Whether the question was repeated once already.
        again: bool,
    },
    /// Are these your hours?
    Hours {
        /// The whole week as it would be.
        hours: WeekHours,
    },
}

/// What an owner is asked. Nothing changes before the last answer.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "ask", rename_all = "snake_case")]
pub enum OwnerQuestion {
    /// Which of these leads, numbered from 1?
    PickLead {
        /// In the order in which they were shown.
        leads: Vec<LeadId>,
    },
    /// What is to be done with the lead?
    LeadAction,
    /// Which of these pros takes it, numbered from 1?
    PickPro {
        /// In the order in which they were shown.
        pros: Vec<ProId>,
        /// How many of the first may be assigned without another question.
        fitting: usize,
    },
    /// Really?
    Confirm {
        /// What happens on a yes.
        change: OwnerChange,
    },
    /// Which of these applicants, numbered from 1?
    PickApplicant {
        /// In the order in which they were shown.
        pros: Vec<ProId>,
    },
    /// Is this applicant taken?
    Applicant {
        /// Who.
        pro: ProId,
    },
}

/// What an owner is about to change about the lead of the question.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "change", rename_all = "snake_case")]
pub enum OwnerChange {
    /// The lead is closed without work.
    Close,
    /// The lead goes to this pro.
    Assign {
        /// Who.
        pro: ProId,
    },
}

/// A questionnaire under way.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct SignUpDraft {
    /// What is asked now.
    pub step: SignUpStep,
    /// What customers would be told.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub name: String,
    /// What they do.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub trades: Vec<Trade>,
    /// Where they go, as they wrote it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub areas: Vec<String>,
    /// What they wrote about prices.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub prices: Option<String>,
}

/// A step of the questionnaire.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SignUpStep {
    /// What are you called?
    Name,
    /// What do you do?
    Trade,
    /// Where do you go?
    Areas,
    /// What does it cost?
    Prices,
    /// Is it all right so?
    Confirm,
}
