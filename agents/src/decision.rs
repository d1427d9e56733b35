//! A decision: everything that one turn changes and says, as a value that can be printed and compared. Nothing of it
//! has happened yet; the store makes all of it happen in one atomic write, or none.

use crate::business::Business;
use crate::care::Alert;
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
    /// What pros' calendars were taken for. One that has filled since fails the whole decision.
    pub calendars: Vec<CalendarSeen>,
    /// What is said, in order.
    pub replies: Vec<Reply>,
    /// What is to happen later.
    pub timers: Vec<Timer>,
    /// What the operator must be told, out of band.
    pub alerts: Vec<Alert>,
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

/// What a pro's calendar was taken for where a decision takes time or closes it. Steps that are taken refuse a visit at the
/// same time; this refuses one that came so near meanwhile that there is no pause or way left, or one too many for the
/// day. A visit that went away does no harm.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CalendarSeen {
    /// Whose.
    pub pro: ProId,
    /// From this moment on (UTC).
    pub from: DateTime<Utc>,
    /// To this one, not included.
    pub to: DateTime<Utc>,
    /// No visits but these, and those that the decision itself takes time for.
    pub visits: Vec<AppointmentId>,
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

/// What a timer looks at. Every look is at the present: a timer that rings early sets itself again, one that rings in
/// vain does nothing.
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
    /// The provider took the question: from now on the pro is thinking.
    OfferDelivered {
        /// Of which lead.
        lead: LeadId,
        /// Which offer.
        round: u32,
    },
    /// The pro has been silent for a while: a rung of the approval ladder.
    OfferUnanswered {
        /// Of which lead.
        lead: LeadId,
        /// Which offer.
        round: u32,
        /// What is due.
        rung: Rung,
    },
    /// A visit comes near: the customer is reminded.
    Reminder {
        /// Of which lead.
        lead: LeadId,
        /// Which visit.
        appointment: AppointmentId,
        /// How many hours before.
        hours: u32,
    },
    /// A visit should be over: was the work done?
    VisitOver {
        /// Of which lead.
        lead: LeadId,
        /// Which visit.
        appointment: AppointmentId,
        /// Who is asked.
        asked: Asked,
    },
    /// Nobody has acted on a lead for long: is it stuck on us?
    Stale {
        /// Which.
        lead: LeadId,
    },
    /// A request was left lying for days: has its customer given up?
    Abandoned {
        /// Which.
        lead: LeadId,
    },
    /// Time of a pro is free again: does somebody wait for it?
    TimeFreed {
        /// Whose.
        pro: ProId,
    },
    /// Has the customer answered whether they take an earlier time?
    EarlierExpired {
        /// Of which lead.
        lead: LeadId,
        /// Which of the times that were offered.
        round: u32,
    },
    /// Has the customer answered whether another visit suits them?
    VisitUnanswered {
        /// Of which lead.
        lead: LeadId,
        /// Which visit.
        appointment: AppointmentId,
    },
    /// A customer stated a problem and fell silent.
    IntakeSilent {
        /// In which chat.
        conversation: ConversationId,
    },
    /// The bot was silent for a person who may not have come.
    PauseOver {
        /// In which chat.
        conversation: ConversationId,
    },
}

/// A rung of the approval ladder.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Rung {
    /// The pro is nudged.
    Nudge,
    /// The customer is asked whether another pro should be tried.
    AskCustomer,
}

impl Rung {
    /// The stored word.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Self::Nudge => "nudge",
            Self::AskCustomer => "ask_customer",
        }
    }
}

/// Who is asked whether a visit took place.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Asked {
    /// The pro, first.
    Pro,
    /// The customer, a day later.
    Customer,
    /// Nobody answered: a person must find out.
    Person,
}

impl Asked {
    /// The stored word.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Self::Pro => "pro",
            Self::Customer => "customer",
            Self::Person => "person",
        }
    }
}

/// What a timer is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WakeSubject<'a> {
    /// A lead.
    Lead(&'a LeadId),
    /// A chat, whether it has a lead or not.
    Conversation(&'a ConversationId),
    /// A pro.
    Pro(&'a ProId),
}

impl Wake {
    /// What it is about.
    #[must_use]
    pub fn subject(&self) -> WakeSubject<'_> {
        match self {
            Self::OfferExpired { lead, .. }
            | Self::OfferUndeliverable { lead, .. }
            | Self::OfferDelivered { lead, .. }
            | Self::OfferUnanswered { lead, .. }
            | Self::Reminder { lead, .. }
            | Self::VisitOver { lead, .. }
            | Self::Stale { lead }
            | Self::EarlierExpired { lead, .. }
            | Self::VisitUnanswered { lead, .. }
            | Self::Abandoned { lead } => WakeSubject::Lead(lead),
            Self::TimeFreed { pro } => WakeSubject::Pro(pro),
            Self::IntakeSilent { conversation } | Self::PauseOver { conversation } => {
                WakeSubject::Conversation(conversation)
            }
        }
    }

    /// The id under which there is at most one timer.
    #[must_use]
    pub fn id(&self) -> String {
        match self {
            Self::OfferExpired { lead, round } => format!("offer_expired/{lead}/{round}"),
            Self::OfferUndeliverable { lead, round } => format!("offer_undeliverable/{lead}/{round}"),
            Self::OfferDelivered { lead, round } => format!("offer_delivered/{lead}/{round}"),
            Self::OfferUnanswered { lead, round, rung } => {
                format!("offer_unanswered/{lead}/{round}/{}", rung.key())
            }
            Self::Reminder { appointment, hours, .. } => format!("reminder/{appointment}/{hours}"),
            Self::VisitOver { appointment, asked, .. } => format!("visit_over/{appointment}/{}", asked.key()),
            Self::Stale { lead } => format!("stale/{lead}"),
            Self::Abandoned { lead } => format!("abandoned/{lead}"),
            Self::TimeFreed { pro } => format!("time_freed/{pro}"),
            Self::EarlierExpired { lead, round } => format!("earlier_expired/{lead}/{round}"),
            Self::VisitUnanswered { appointment, .. } => format!("visit_unanswered/{appointment}"),
            Self::IntakeSilent { conversation } => format!("intake_silent/{conversation}"),
            Self::PauseOver { conversation } => format!("pause_over/{conversation}"),
        }
    }

    /// A stable key, part of the ids of messages.
    #[must_use]
    pub fn key(&self) -> String {
        match self {
            Self::OfferExpired { round, .. } => format!("offer_expired.{round}"),
            Self::OfferUndeliverable { round, .. } => format!("offer_undeliverable.{round}"),
            Self::OfferDelivered { round, .. } => format!("offer_delivered.{round}"),
            Self::OfferUnanswered { round, rung, .. } => format!("offer_unanswered.{round}.{}", rung.key()),
            Self::Reminder { hours, .. } => format!("reminder.{hours}"),
            Self::VisitOver { asked, .. } => format!("visit_over.{}", asked.key()),
            Self::Stale { .. } => "stale".to_owned(),
            Self::Abandoned { .. } => "abandoned".to_owned(),
            Self::TimeFreed { .. } => "time_freed".to_owned(),
            Self::EarlierExpired { round, .. } => format!("earlier_expired.{round}"),
            Self::VisitUnanswered { .. } => "visit_unanswered".to_owned(),
            Self::IntakeSilent { .. } => "intake_silent".to_owned(),
            Self::PauseOver { .. } => "pause_over".to_owned(),
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
