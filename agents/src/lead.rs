//! A lead: a stated request for service, its status and everything that led there.

use crate::care::Care;
use crate::concern::Concern;
use crate::id::{AppointmentId, BusinessId, ContactId, ConversationId, LeadId, ProId};
use crate::language::Language;
use crate::message::Attachment;
use crate::request::Address;
use crate::trade::Trade;
use crate::waitlist::Waits;
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use std::fmt;

/// In the place of the ids of a person who was removed.
pub const ERASED: &str = "erased";

/// Where a lead stands. The stored words are fixed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Status {
    /// A request was stated and a pro speaks with the customer.
    Contacted,
    /// The deal is made, the slot is held, the pro is asked.
    New,
    /// The pro said yes.
    Booked,
    /// The work is done.
    Completed,
    /// Ended without work and without anybody's decision.
    Closed,
    /// The pro said no. Another pro may still take it.
    Rejected,
    /// The customer took it back.
    Cancelled,
    /// No pro could take it: a person must look.
    PendingAdminReview,
}

impl Status {
    /// Whether something can still become of the lead.
    #[must_use]
    pub fn is_open(self) -> bool {
        match self {
            Self::Contacted | Self::New | Self::Booked | Self::Rejected | Self::PendingAdminReview => true,
            Self::Completed | Self::Closed | Self::Cancelled => false,
        }
    }

    /// Whether a lead may go from this status to `next`.
    #[must_use]
    pub fn may_become(self, next: Self) -> bool {
        use Status::{Booked, Cancelled, Closed, Completed, Contacted, New, PendingAdminReview, Rejected};
        match self {
            Contacted => matches!(next, New | Booked | Cancelled | Closed | PendingAdminReview | Contacted),
            New => {
                matches!(next, New | Booked | Rejected | Cancelled | Closed | PendingAdminReview | Contacted)
            }
            Rejected => matches!(next, New | Contacted | Cancelled | Closed | PendingAdminReview),
            Booked => matches!(next, Completed | Cancelled | Contacted | New | Rejected | Closed),
            PendingAdminReview => matches!(next, Contacted | New | Cancelled | Closed),
            // The pro comes once more.
            Completed => matches!(next, Booked),
            Closed | Cancelled => false,
        }
    }
}

/// One step of a lead's life.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct StatusChange {
    /// What it became.
    pub status: Status,
    /// When.
    pub at: DateTime<Utc>,
    /// Why, as a key for operators.
    pub reason: String,
}

/// A visit's time: half open, UTC.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Slot {
    /// Start.
    pub from: DateTime<Utc>,
    /// End, not included.
    pub to: DateTime<Utc>,
}

/// The question to a pro whether they take the job.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Offer {
    /// Who is asked.
    pub pro: ProId,
    /// The first offer of a lead is 1.
    pub round: u32,
    /// When the offer was made.
    pub made_at: DateTime<Utc>,
    /// When it is taken back.
    pub expires_at: DateTime<Utc>,
    /// Since when the pro can think about it: when the provider took the question, or when the customer chose to wait
    /// on. The approval ladder counts from here (X5).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub thinking_since: Option<DateTime<Utc>>,
    /// When the pro was nudged.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub nudged_at: Option<DateTime<Utc>>,
    /// When the customer was asked whether another pro should be tried.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub customer_asked_at: Option<DateTime<Utc>>,
}

/// A price range that was quoted, in whole units of the business's currency.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Quote {
    /// The key in the price list.
    pub item: String,
    /// From.
    pub min: u32,
    /// To.
    pub max: u32,
}

/// Why a pro was or was not chosen.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Ranked {
    /// The pro.
    pub pro: ProId,
    /// Higher is better; none for a pro who was ruled out.
    pub score: Option<f64>,
    /// The reasons, as keys with figures, for operators.
    pub reasons: Vec<String>,
}

/// What the customer said of the work.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Review {
    /// 1 to 5.
    pub stars: u8,
    /// Their words, when they gave some.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub words: Option<String>,
    /// When the stars came.
    pub at: DateTime<Utc>,
}

impl fmt::Debug for Review {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Review({} stars)", self.stars)
    }
}

/// A lead as stored.
#[derive(Clone, PartialEq, Serialize, Deserialize)]
pub struct Lead {
    /// Made of the conversation and how many leads it had before.
    pub id: LeadId,
    /// Whose lead it is.
    pub business: BusinessId,
    /// The short number that people say; counts up within the business, with gaps.
    pub number: u64,
    /// Who asked.
    pub contact: ContactId,
    /// Where they are answered.
    pub conversation: ConversationId,
    /// The language in which they are answered.
    pub language: Language,
    /// Where it stands. Written only by [`Lead::become_`].
    pub status: Status,
    /// How it came there, oldest first.
    pub history: Vec<StatusChange>,
    /// What the customer is called.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub customer_name: Option<String>,
    /// The customer's phone, E.164, as far as it shows.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub customer_phone: Option<String>,
    /// The trade that the problem needs.
    pub issue_type: Trade,
    /// The problem in the customer's own words.
    pub issue_summary: String,
    /// The line of the price list that it is about.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub item: Option<String>,
    /// The address, part by part.
    pub address: Address,
    /// The address as one line in the business's language; empty until it is findable.
    #[serde(default)]
    pub full_address: String,
    /// Whether something was in danger.
    pub emergency: bool,
    /// Photos and voice notes, kept by reference.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub media: Vec<Attachment>,
    /// The pro who speaks with the customer, is asked, or comes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pro: Option<ProId>,
    /// The start of the agreed visit.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub appointment_time: Option<DateTime<Utc>>,
    /// The agreed visit.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub slot: Option<Slot>,
    /// The visit that holds the slot.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub appointment: Option<AppointmentId>,
    /// The open offer; none when nobody is asked.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub offer: Option<Offer>,
    /// How many offers were made.
    #[serde(default)]
    pub offers_made: u32,
    /// Pros who said no, or did not answer.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub declined: Vec<ProId>,
    /// Why this pro: the ranked list of the last routing.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub routing: Vec<Ranked>,
    /// The price that the customer was told.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub quote: Option<Quote>,
    /// How often the visit was moved by the customer (L27).
    #[serde(default, skip_serializing_if = "is_zero")]
    pub moves: u32,
    /// What was paid, in whole units, as the pro says.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub final_price: Option<u32>,
    /// The business's share of it, in whole units.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub commission: Option<u32>,
    /// How often the pro moved the visit.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub moved_by_pro: u32,
    /// When the customer was asked for a rating.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rating_asked_at: Option<DateTime<Utc>>,
    /// What they answered.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub review: Option<Review>,
    /// Why a person should look; none when nobody needs to.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub needs_human: Option<Concern>,
    /// The pros who did work for the customer before, and well, when the lead was made: the latest first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub served_by: Vec<ProId>,
    /// What was done for it unasked.
    #[serde(default, skip_serializing_if = "Care::is_empty")]
    pub care: Care,
    /// Visits of the same job besides the one of `slot`, in no order.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub further: Vec<FurtherVisit>,
    /// How many visits of the job were done before the one of `slot`.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub visits_done: u32,
    /// Its customer waits for an earlier time.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub waits: Option<Box<Waits>>,
    /// What people of the business noted; only they see it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub remarks: Vec<Remark>,
}

/// A note of somebody of the business.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Remark {
    /// When.
    pub at: DateTime<Utc>,
    /// Which user of the console.
    pub by: String,
    /// The words.
    pub text: String,
}

impl fmt::Debug for Remark {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Remark").field("at", &self.at).finish_non_exhaustive()
    }
}

fn is_zero(number: &u32) -> bool {
    *number == 0
}

/// Whether two people, each with these leads, are to be in two places at once: then they are not one person.
#[must_use]
pub fn visits_clash(one: &[Lead], other: &[Lead]) -> bool {
    let visits = |leads: &[Lead]| -> Vec<Slot> {
        let stands = |lead: &&Lead| matches!(lead.status, Status::New | Status::Booked);
        leads.iter().filter(stands).filter_map(|lead| lead.slot).collect()
    };
    let (one, other) = (visits(one), visits(other));
    one.iter().any(|a| other.iter().any(|b| a.from < b.to && b.from < a.to))
}

impl Lead {
    /// Whether the work was done and the customer did not complain of it: they may want the same pro again.
    #[must_use]
    pub fn went_well(&self) -> bool {
        self.status == Status::Completed && self.review.as_ref().is_none_or(|review| review.stars >= 3)
    }

    /// When it came to this status, the last time.
    #[must_use]
    pub fn became_at(&self, status: Status) -> Option<DateTime<Utc>> {
        self.history.iter().rev().find(|change| change.status == status).map(|change| change.at)
    }

    /// Since when it stands where it stands.
    #[must_use]
    pub fn status_since(&self) -> Option<DateTime<Utc>> {
        self.history.last().map(|change| change.at)
    }

    /// Since when nobody has acted on it who should have, for the healer's index: none while it is over, agreed, or
    /// with a person.
    #[must_use]
    pub fn stale_since(&self) -> Option<DateTime<Utc>> {
        let since = match self.status {
            Status::New => self.offer.as_ref().map(|offer| offer.made_at).or(self.status_since()),
            Status::Contacted | Status::Rejected => self.status_since(),
            Status::Booked
            | Status::Completed
            | Status::Closed
            | Status::Cancelled
            | Status::PendingAdminReview => None,
        };
        since.filter(|_| self.needs_human.is_none()).max(self.care.looked_at.filter(|_| since.is_some()))
    }

    /// Whether a person must look at it and the operator has not been told yet why.
    #[must_use]
    pub fn is_unreported(&self) -> bool {
        self.needs_human.is_some() && self.needs_human != self.care.reported
    }

    /// What is left of the lead when its person is removed: figures, and which pro did what when. It gets a new id, since
    /// the old one is made of the chat's.
    #[must_use]
    pub fn without_person(&self, now: DateTime<Utc>) -> Self {
        let mut left = Self {
            id: LeadId::new(format!("erased-{}-{}", self.business, self.number)),
            contact: ContactId::new(ERASED),
            conversation: ConversationId::new(ERASED),
            customer_name: None,
            customer_phone: None,
            issue_summary: String::new(),
            address: Address::default(),
            full_address: String::new(),
            media: Vec::new(),
            slot: None,
            appointment: None,
            offer: None,
            routing: Vec::new(),
            review: self.review.clone().map(|review| Review { words: None, ..review }),
            needs_human: None,
            served_by: Vec::new(),
            care: Care::default(),
            remarks: Vec::new(),
            ..self.clone()
        };
        if left.status.is_open() {
            let _ = left.become_(Status::Cancelled, now, "person_removed");
        }
        left
    }

    /// The only writer of the status: checks the transition and appends to the history.
    ///
    /// Returns false and changes nothing when the step is not allowed.
    #[must_use]
    pub fn become_(&mut self, status: Status, at: DateTime<Utc>, reason: &str) -> bool {
        if !self.history.is_empty() && !self.status.may_become(status) {
            return false;
        }
        self.status = status;
        self.history.push(StatusChange { status, at, reason: reason.to_owned() });
        true
    }
}

/// A visit of a job that needs more than one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FurtherVisit {
    /// Which.
    pub appointment: AppointmentId,
    /// Who comes.
    pub pro: ProId,
    /// When.
    pub slot: Slot,
    /// Held until then for a customer who was asked whether it suits; none once they said yes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub asked_until: Option<DateTime<Utc>>,
}

impl Lead {
    /// Whether the job has or had more visits than the one of `slot`.
    #[must_use]
    pub fn has_several_visits(&self) -> bool {
        self.visits_done > 0 || self.further.iter().any(|visit| visit.asked_until.is_none())
    }

    /// The time of an agreed visit; none of one that does not stand.
    #[must_use]
    pub fn slot_of(&self, appointment: &AppointmentId) -> Option<Slot> {
        if self.appointment.as_ref() == Some(appointment) {
            return self.slot;
        }
        let is_it = |visit: &&FurtherVisit| visit.asked_until.is_none() && visit.appointment == *appointment;
        self.further.iter().find(is_it).map(|visit| visit.slot)
    }

    /// Makes an agreed visit the one of `slot`, so that what is done next is done to it. False when it does not stand.
    pub fn turn_to(&mut self, appointment: &AppointmentId) -> bool {
        if self.appointment.as_ref() == Some(appointment) {
            return true;
        }
        let is_it = |visit: &FurtherVisit| visit.asked_until.is_none() && visit.appointment == *appointment;
        let Some(index) = self.further.iter().position(is_it) else { return false };
        let next = self.further.remove(index);
        if let (Some(slot), Some(appointment)) = (self.slot, self.appointment.take()) {
            self.further.push(FurtherVisit { appointment, pro: next.pro.clone(), slot, asked_until: None });
        }
        self.put_first(next.appointment, next.slot);
        true
    }

    /// Makes the soonest visit that is not over the one of `slot`; without any it stays.
    pub fn turn_to_next(&mut self, now: DateTime<Utc>) {
        let soonest =
            self.agreed().into_iter().filter(|(_, slot)| slot.to > now).min_by_key(|(_, slot)| slot.from);
        if let Some((appointment, _)) = soonest {
            let _ = self.turn_to(&appointment);
        }
    }

    /// Makes the first visit that has begun the one of `slot`, else the soonest.
    pub fn turn_to_begun(&mut self, now: DateTime<Utc>) {
        let first = self.agreed().into_iter().min_by_key(|(_, slot)| slot.from);
        match first {
            Some((appointment, slot)) if slot.from <= now => {
                let _ = self.turn_to(&appointment);
            }
            Some(_) | None => self.turn_to_next(now),
        }
    }

    /// The visit of `slot` is over or off: the soonest of the others takes its place. Returns its time; none when there is
    /// no other.
    pub fn go_on_to_next_visit(&mut self) -> Option<Slot> {
        let agreed = self.further.iter().enumerate().filter(|(_, visit)| visit.asked_until.is_none());
        let (index, _) = agreed.min_by_key(|(_, visit)| visit.slot.from)?;
        let next = self.further.remove(index);
        let slot = next.slot;
        self.put_first(next.appointment, slot);
        Some(slot)
    }

    fn put_first(&mut self, appointment: AppointmentId, slot: Slot) {
        self.appointment_time = Some(slot.from);
        self.slot = Some(slot);
        self.appointment = Some(appointment);
    }

    /// The agreed visits that were not done, in no order.
    fn agreed(&self) -> Vec<(AppointmentId, Slot)> {
        let first = self.appointment.clone().zip(self.slot);
        let further = self.further.iter().filter(|visit| visit.asked_until.is_none());
        first.into_iter().chain(further.map(|visit| (visit.appointment.clone(), visit.slot))).collect()
    }

    /// The lead once for each of its agreed visits, each time as if it had only that one: for lists of visits.
    #[must_use]
    pub fn by_visit(&self) -> Vec<Self> {
        if self.further.is_empty() {
            return vec![self.clone()];
        }
        let of = |(appointment, slot): (AppointmentId, Slot)| {
            let mut lead = Self { further: Vec::new(), ..self.clone() };
            lead.put_first(appointment, slot);
            lead
        };
        self.agreed().into_iter().map(of).collect()
    }
}

impl fmt::Debug for Lead {
    /// Names neither person, phone, address nor words.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Lead")
            .field("id", &self.id)
            .field("number", &self.number)
            .field("status", &self.status)
            .finish_non_exhaustive()
    }
}

/// What became of a visit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AppointmentState {
    /// Kept free until the pro answers.
    Held,
    /// The pro comes.
    Booked,
    /// The pro was there.
    Done,
    /// Nobody comes; the time is free again.
    Cancelled,
    /// The pro was there and the customer was not.
    NoShow,
}

/// A visit of a pro, with its own life beside the lead's.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Appointment {
    /// Made of the lead and the round of the offer.
    pub id: AppointmentId,
    /// Whose it is.
    pub business: BusinessId,
    /// For which lead.
    pub lead: LeadId,
    /// Who comes.
    pub pro: ProId,
    /// When.
    pub slot: Slot,
    /// What became of it.
    pub state: AppointmentState,
    /// The key or name of the town.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub city: Option<String>,
    /// When the customer confirmed it (B80, B81).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub confirmed_at: Option<DateTime<Utc>>,
}
