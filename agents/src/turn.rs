//! A turn: one answer to everything that waits in a chat, or to a timer, as a machine that never does anything itself.
//!
//! [`Turn::step`] either asks a model something, wants something looked up, or is done. The caller fetches it, says
//! [`Turn::answered`] or [`Turn::found`], and steps again. Inside, the decision is one straight function over what is
//! known so far; where it lacks something it stops with a `Need`, and the next step runs it again from the start.
//! So the order of questions is the order of the code, and the same facts always give the same decision.

use crate::booking::ladder;
use crate::business::Business;
use crate::concern::Concern;
use crate::contact::Contact;
use crate::conversation::Conversation;
use crate::decision::{Decision, Note, Purpose, Recipient, Reply, Wake};
use crate::dispatcher::{self, Understood};
use crate::id::{ConversationId, LeadId, ProId};
use crate::lead::Lead;
use crate::message::{Inbound, Outbound};
use crate::operator::Order;
use crate::persona::{self, Spoken};
use crate::pro::Pro;
use crate::request::Point;
use crate::{booking, care, operator, reception, waitlist};
use chrono::{DateTime, Utc};
use std::collections::BTreeMap;

#[cfg(test)]
pub(crate) mod stage;

/// What is loaded before a turn begins.
#[derive(Clone, Debug)]
pub struct Snapshot {
    /// The moment of the turn (UTC).
    pub now: DateTime<Utc>,
    /// Whose chat it is.
    pub business: Business,
    /// Why there is a turn.
    pub occasion: Occasion,
}

/// Why there is a turn.
#[derive(Clone, Debug)]
pub enum Occasion {
    /// Somebody wrote.
    Inbox(Box<Inbox>),
    /// A timer rang.
    Wake {
        /// Which.
        wake: Wake,
        /// What it is about, as it is now.
        about: Box<About>,
    },
    /// Somebody decided something at the console.
    Order {
        /// What.
        order: Order,
        /// The lead that it is about, where it is about one.
        lead: Option<Box<Lead>>,
    },
}

/// What a timer is about, as it is now.
#[derive(Clone, Debug)]
pub enum About {
    /// A lead.
    Lead(Lead),
    /// A chat.
    Conversation(Conversation),
    /// A pro.
    Pro(Box<Pro>),
}

/// A chat with its unanswered messages.
#[derive(Clone, Debug)]
pub struct Inbox {
    /// The chat; new ones are made by the caller.
    pub conversation: Conversation,
    /// The person.
    pub contact: Contact,
    /// The pro that the person is, if they are one.
    pub pro: Option<Pro>,
    /// What waits, in the order in which it was sent.
    pub inbound: Vec<Inbound>,
    /// What was said before, oldest first: the newest 30 lines.
    pub history: Vec<Line>,
    /// The person's leads as a customer, newest first.
    pub leads: Vec<Lead>,
    /// The open leads of the pro that the person is, oldest offer first.
    pub jobs: Vec<Lead>,
    /// Whether the person is an owner of the business.
    pub is_owner: bool,
    /// The id that the person has or would have as a pro; none for who hides their number.
    pub pro_id: Option<ProId>,
}

/// A line of a chat's past.
#[derive(Clone, PartialEq, Eq)]
pub struct Line {
    /// Whether we said it.
    pub by_us: bool,
    /// What.
    pub text: String,
}

impl std::fmt::Debug for Line {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Line({} characters)", self.text.chars().count())
    }
}

/// What a turn wants next.
#[derive(Debug)]
pub enum Step {
    /// Ask a model, or the rules when there is none.
    Ask(Ask),
    /// Look something up in the store.
    Look(Lookup),
    /// Everything is decided.
    Done(Box<Decision>),
}

/// A question to a model. Every question can also be answered by rules alone.
#[derive(Clone, Debug)]
pub enum Ask {
    /// What does the customer want?
    Dispatch(Box<dispatcher::Question>),
    /// How does the pro say it?
    Persona(Box<persona::Question>),
}

/// A model's answer, parsed.
#[derive(Clone, Debug)]
pub enum Answer {
    /// To [`Ask::Dispatch`].
    Dispatch(Box<Understood>),
    /// To [`Ask::Persona`].
    Persona(Box<Spoken>),
}

/// Something to look up.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Lookup {
    /// All pros of the business with how much they have to do.
    Pros,
    /// When these pros are taken, from the beginning of this local day to the end of the booking horizon.
    Calendars(Vec<ProId>),
    /// The next short number of a lead.
    LeadNumber,
    /// What a message of ours was about, by the provider's id of the message.
    Quoted(String),
    /// The ended leads of a pro, newest first.
    EndedLeads(ProId),
    /// The open leads of a pro.
    JobsOf(ProId),
    /// The leads of the business: the newest, and every one that is booked or waits for a person.
    BusinessLeads,
    /// A lead.
    Lead(LeadId),
    /// A chat.
    Conversation(ConversationId),
    /// Where a place is that the gazetteer does not know, by the customer's name for it.
    Place(String),
}

/// What was found.
#[derive(Clone, Debug)]
pub enum Found {
    /// For [`Lookup::Pros`].
    Pros(Vec<Candidate>),
    /// For [`Lookup::Calendars`]: visits, half open, each once.
    Calendars(BTreeMap<ProId, Vec<Busy>>),
    /// For [`Lookup::LeadNumber`].
    LeadNumber(u64),
    /// For [`Lookup::Quoted`].
    Quoted(String, Option<Quoted>),
    /// For [`Lookup::EndedLeads`].
    EndedLeads(Vec<Lead>),
    /// For [`Lookup::JobsOf`].
    JobsOf(ProId, Vec<Lead>),
    /// For [`Lookup::BusinessLeads`], each once, newest first.
    BusinessLeads(Vec<Lead>),
    /// For [`Lookup::Lead`].
    Lead(LeadId, Option<Box<Lead>>),
    /// For [`Lookup::Conversation`].
    Conversation(ConversationId, Option<Box<Conversation>>),
    /// For [`Lookup::Place`]; none when nobody knows, or nobody could be asked.
    Place(String, Option<Point>),
}

/// What a message of ours was about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Quoted {
    /// The lead.
    pub lead: LeadId,
    /// The round of the offer, when the message was one.
    pub round: Option<u32>,
}

/// A pro and what they have to do.
#[derive(Clone, Debug)]
pub struct Candidate {
    /// The pro.
    pub pro: Pro,
    /// How many of their leads are offered or booked.
    pub open_jobs: u32,
}

/// A span of a pro's time that is taken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Busy {
    /// Start.
    pub from: DateTime<Utc>,
    /// End, not included.
    pub to: DateTime<Utc>,
    /// By which visit.
    pub appointment: crate::id::AppointmentId,
    /// The key or name of the town that it is in, as far as it is known.
    pub city: Option<String>,
}

/// What the decision lacks.
#[derive(Debug)]
pub(crate) enum Need {
    /// An answer of a model.
    Ask(Ask),
    /// Something from the store.
    Look(Lookup),
}

/// What was fetched so far.
#[derive(Clone, Debug, Default)]
pub(crate) struct Known {
    pub(crate) dispatch: Option<Understood>,
    pub(crate) persona: Vec<Spoken>,
    /// The rules answered because the models' budget of the day is used up.
    pub(crate) is_budget_used: bool,
    pros: Option<Vec<Candidate>>,
    calendars: BTreeMap<ProId, Vec<Busy>>,
    lead_number: Option<u64>,
    quoted: BTreeMap<String, Option<Quoted>>,
    ended_leads: Option<Vec<Lead>>,
    jobs_of: BTreeMap<ProId, Vec<Lead>>,
    business_leads: Option<Vec<Lead>>,
    leads: BTreeMap<LeadId, Option<Lead>>,
    conversations: BTreeMap<ConversationId, Option<Conversation>>,
    places: BTreeMap<String, Option<Point>>,
}

/// The machine.
#[derive(Debug)]
pub struct Turn {
    snapshot: Snapshot,
    known: Known,
}

impl Turn {
    /// A turn over what was loaded.
    #[must_use]
    pub fn new(snapshot: Snapshot) -> Self {
        Self { snapshot, known: Known::default() }
    }

    /// Goes as far as what is known allows.
    #[must_use]
    pub fn step(&self) -> Step {
        let mut desk = Desk {
            now: self.snapshot.now,
            business: &self.snapshot.business,
            known: &self.known,
            decision: Decision::default(),
        };
        let outcome = match &self.snapshot.occasion {
            Occasion::Inbox(inbox) => reception::answer(&mut desk, inbox),
            Occasion::Wake { wake, about } => rings(&mut desk, wake, about),
            Occasion::Order { order, lead } => operator::carry_out(&mut desk, order, lead.as_deref()),
        };
        let seen = outcome.and_then(|()| {
            booking::further::free_what_is_over(&mut desk);
            waitlist::watch(&mut desk);
            booking::note_what_was_seen(&mut desk)
        });
        match seen {
            Ok(()) => {
                if self.known.is_budget_used {
                    care::tell_of_used_budget(&mut desk);
                }
                care::watch(&mut desk.decision, &self.snapshot.business, self.snapshot.now);
                Step::Done(Box::new(desk.decision))
            }
            Err(Need::Ask(ask)) => Step::Ask(ask),
            Err(Need::Look(lookup)) => Step::Look(lookup),
        }
    }

    /// Takes a model's answer.
    pub fn answered(&mut self, answer: Answer) {
        match answer {
            Answer::Dispatch(understood) => self.known.dispatch = Some(*understood),
            Answer::Persona(spoken) => self.known.persona.push(*spoken),
        }
    }

    /// Takes the rules' answer, given because the models' budget of the day is used up: what the rules do not understand
    /// goes to a person, and the owners are told once that day (L37, B141).
    pub fn answered_without_budget(&mut self, by_rules: Answer) {
        self.known.is_budget_used = true;
        self.answered(by_rules);
    }

    /// Takes what was looked up.
    pub fn found(&mut self, found: Found) {
        match found {
            Found::Pros(pros) => self.known.pros = Some(pros),
            Found::Calendars(calendars) => self.known.calendars.extend(calendars),
            Found::LeadNumber(number) => self.known.lead_number = Some(number),
            Found::Quoted(message, quoted) => {
                self.known.quoted.insert(message, quoted);
            }
            Found::EndedLeads(leads) => self.known.ended_leads = Some(leads),
            Found::JobsOf(pro, leads) => {
                self.known.jobs_of.insert(pro, leads);
            }
            Found::BusinessLeads(leads) => self.known.business_leads = Some(leads),
            Found::Lead(id, lead) => {
                self.known.leads.insert(id, lead.map(|lead| *lead));
            }
            Found::Conversation(id, conversation) => {
                self.known.conversations.insert(id, conversation.map(|conversation| *conversation));
            }
            Found::Place(name, point) => {
                self.known.places.insert(name, point);
            }
        }
    }
}

/// What a timer finds. One whose subject is not what it should be finds nothing.
fn rings(desk: &mut Desk<'_>, wake: &Wake, about: &About) -> Result<(), Need> {
    match (wake, about) {
        (Wake::OfferExpired { round, .. }, About::Lead(lead)) => booking::offer_expired(desk, lead, *round),
        (Wake::OfferUndeliverable { round, .. }, About::Lead(lead)) => {
            booking::offer_undeliverable(desk, lead, *round)
        }
        (Wake::OfferDelivered { round, .. }, About::Lead(lead)) => {
            ladder::offer_delivered(desk, lead, *round);
            Ok(())
        }
        (Wake::OfferUnanswered { round, rung, .. }, About::Lead(lead)) => {
            ladder::offer_unanswered(desk, lead, *round, *rung)
        }
        (Wake::Reminder { appointment, hours, .. }, About::Lead(lead)) => {
            care::remind(desk, lead, appointment, *hours)
        }
        (Wake::VisitOver { appointment, asked, .. }, About::Lead(lead)) => {
            care::visit_over(desk, lead, appointment, *asked)
        }
        (Wake::Stale { .. }, About::Lead(lead)) => care::stale(desk, lead),
        (Wake::Abandoned { .. }, About::Lead(lead)) => care::abandoned(desk, lead),
        (Wake::EarlierExpired { round, .. }, About::Lead(lead)) => {
            waitlist::earlier_expired(desk, lead, *round)
        }
        (Wake::VisitUnanswered { appointment, .. }, About::Lead(lead)) => {
            booking::further::visit_unanswered(desk, lead, appointment)
        }
        (Wake::TimeFreed { .. }, About::Pro(pro)) => waitlist::time_freed(desk, pro),
        (Wake::IntakeSilent { .. }, About::Conversation(chat)) => care::intake_silent(desk, chat),
        (Wake::PauseOver { .. }, About::Conversation(chat)) => care::pause_over(desk, chat),
        (
            Wake::OfferExpired { .. }
            | Wake::OfferUndeliverable { .. }
            | Wake::OfferDelivered { .. }
            | Wake::OfferUnanswered { .. }
            | Wake::Reminder { .. }
            | Wake::VisitOver { .. }
            | Wake::Stale { .. }
            | Wake::Abandoned { .. }
            | Wake::EarlierExpired { .. }
            | Wake::VisitUnanswered { .. },
            About::Conversation(_) | About::Pro(_),
        )
        | (Wake::IntakeSilent { .. } | Wake::PauseOver { .. }, About::Lead(_) | About::Pro(_))
        | (Wake::TimeFreed { .. }, About::Lead(_) | About::Conversation(_)) => Ok(()),
    }
}

/// Where a decision is made: what is known on one side, what is decided so far on the other.
pub(crate) struct Desk<'a> {
    pub(crate) now: DateTime<Utc>,
    pub(crate) business: &'a Business,
    pub(crate) known: &'a Known,
    pub(crate) decision: Decision,
}

impl<'a> Desk<'a> {
    pub(crate) fn pros(&self) -> Result<&'a [Candidate], Need> {
        self.known.pros.as_deref().ok_or(Need::Look(Lookup::Pros))
    }

    /// When these pros are taken; asks for all that are missing at once.
    pub(crate) fn calendars(&self, pros: &[ProId]) -> Result<&'a BTreeMap<ProId, Vec<Busy>>, Need> {
        let missing: Vec<ProId> =
            pros.iter().filter(|pro| !self.known.calendars.contains_key(*pro)).cloned().collect();
        if missing.is_empty() {
            Ok(&self.known.calendars)
        } else {
            Err(Need::Look(Lookup::Calendars(missing)))
        }
    }

    pub(crate) fn lead_number(&self) -> Result<u64, Need> {
        self.known.lead_number.ok_or(Need::Look(Lookup::LeadNumber))
    }

    pub(crate) fn ended_leads(&self, pro: &ProId) -> Result<&'a [Lead], Need> {
        self.known.ended_leads.as_deref().ok_or_else(|| Need::Look(Lookup::EndedLeads(pro.clone())))
    }

    /// The open leads of a pro who is not the one of the turn.
    pub(crate) fn jobs_of(&self, pro: &ProId) -> Result<&'a [Lead], Need> {
        match self.known.jobs_of.get(pro) {
            Some(leads) => Ok(leads),
            None => Err(Need::Look(Lookup::JobsOf(pro.clone()))),
        }
    }

    pub(crate) fn business_leads(&self) -> Result<&'a [Lead], Need> {
        self.known.business_leads.as_deref().ok_or(Need::Look(Lookup::BusinessLeads))
    }

    /// Where a place is that the gazetteer does not know.
    pub(crate) fn place(&self, name: &str) -> Result<Option<Point>, Need> {
        match self.known.places.get(name) {
            Some(point) => Ok(*point),
            None => Err(Need::Look(Lookup::Place(name.to_owned()))),
        }
    }

    pub(crate) fn quoted(&self, message: &str) -> Result<Option<&'a Quoted>, Need> {
        match self.known.quoted.get(message) {
            Some(quoted) => Ok(quoted.as_ref()),
            None => Err(Need::Look(Lookup::Quoted(message.to_owned()))),
        }
    }

    pub(crate) fn lead(&self, id: &LeadId) -> Result<Option<&'a Lead>, Need> {
        match self.known.leads.get(id) {
            Some(lead) => Ok(lead.as_ref()),
            None => Err(Need::Look(Lookup::Lead(id.clone()))),
        }
    }

    /// Another chat than that of the turn, as this decision leaves it so far.
    pub(crate) fn conversation(&self, id: &ConversationId) -> Result<Option<Conversation>, Need> {
        if let Some(changed) = self.decision.other_conversations.iter().find(|other| other.id == *id) {
            return Ok(Some(changed.clone()));
        }
        match self.known.conversations.get(id) {
            Some(conversation) => Ok(conversation.clone()),
            None => Err(Need::Look(Lookup::Conversation(id.clone()))),
        }
    }

    /// Keeps another chat as changed; what this decision said of it before is part of the change.
    pub(crate) fn save_conversation(&mut self, conversation: Conversation) {
        self.decision.other_conversations.retain(|other| other.id != conversation.id);
        self.decision.other_conversations.push(conversation);
    }

    pub(crate) fn say(&mut self, to: Recipient, purpose: Purpose, message: Outbound, lead: Option<&Lead>) {
        self.decision.replies.push(Reply {
            to,
            purpose,
            message,
            lead: lead.map(|lead| lead.id.clone()),
            not_before: None,
        });
    }

    /// Marks a lead for a person to look at, whatever it was marked for before, and notes it.
    pub(crate) fn flag(&mut self, lead: &mut Lead, concern: Concern) {
        lead.needs_human = Some(concern);
        self.note("needs_human", Some(&lead.id), concern.key());
    }

    pub(crate) fn note(&mut self, key: &str, lead: Option<&LeadId>, detail: impl Into<String>) {
        self.decision.notes.push(Note { key: key.to_owned(), lead: lead.cloned(), detail: detail.into() });
    }
}
