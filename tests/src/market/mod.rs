//! A whole season of a marketplace in memory: many customers and all pros of the demo live through weeks in which
//! every turn is decided by `agents` alone, one after another, and everything that must hold is checked after each.
//! There is no store, no network and no race here (the simulation of worlds has those); so it is fast enough for
//! hundreds of thousands of leads. The same seed gives the same season.

mod people;
mod rules;
mod shelf;

use agents::booking::offered_round;
use agents::conversation::Place;
use agents::decision::{Decision, Recipient, Wake, WakeSubject};
use agents::id::{ConversationId, InboundId, LeadId};
use agents::lead::Status;
use agents::message::{Channel, Content, Inbound, Outbound};
use agents::policy;
use agents::turn::{About, Answer, Ask, Occasion, Snapshot, Step, Turn};
use agents::{dispatcher, persona};
use anyhow::{Context, bail};
use bot::app::conversation_id;
use chrono::{DateTime, Duration, TimeZone, Utc};
use people::{Act, Person};
use shelf::Shelf;
use std::collections::{BTreeMap, HashMap};

/// More steps than any turn needs.
const STEPS: u32 = 64;
/// How many days customers keep coming.
const DAYS: i64 = 60;
/// How often somebody looks for leads that are stuck, and from when a lead counts so.
const LOOK_EVERY: Duration = Duration::hours(6);
const STUCK: Duration = Duration::minutes(60);
/// How long after the last customer everything must have come to rest.
const AFTERWARDS: Duration = Duration::days(45);

/// What came of a season.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Season {
    /// How many turns were decided.
    pub turns: u64,
    /// How many messages people got.
    pub messages: u64,
    /// How many leads stand so at the end, by status.
    pub leads: BTreeMap<&'static str, u64>,
    /// How many of the open leads are with a person, by why.
    pub with_a_person: BTreeMap<String, u64>,
}

impl Season {
    /// All leads.
    #[must_use]
    pub fn count(&self) -> u64 {
        self.leads.values().sum()
    }

    /// Both together.
    #[must_use]
    pub fn and(mut self, other: &Self) -> Self {
        self.turns += other.turns;
        self.messages += other.messages;
        for (status, count) in &other.leads {
            *self.leads.entry(status).or_default() += count;
        }
        for (why, count) in &other.with_a_person {
            *self.with_a_person.entry(why.clone()).or_default() += count;
        }
        self
    }
}

/// Something that will happen.
#[derive(Clone, Debug)]
enum Event {
    /// A person does something.
    Acts(usize, Act),
    /// A timer rings, if it is still the one that was set.
    Rings(Wake),
    /// Somebody looks at every lead that may be stuck or abandoned, as the healer and the janitor do.
    Looks,
}

struct Market {
    now: DateTime<Utc>,
    shelf: Shelf,
    /// The pros come first.
    people: Vec<Person>,
    by_phone: HashMap<String, usize>,
    agenda: BTreeMap<(DateTime<Utc>, u64), Event>,
    timers: BTreeMap<String, DateTime<Utc>>,
    booked: u64,
    end: DateTime<Utc>,
    season: Season,
}

/// Lets a season with so many customers pass.
///
/// # Errors
/// What does not hold, with the moment and the lead or chat that it was seen in.
pub fn season(seed: u64, customers: usize) -> anyhow::Result<Season> {
    let mut market = Market::open(seed, customers)?;
    while let Some(((at, _), event)) = market.agenda.pop_first() {
        market.now = at;
        market.live(event).with_context(|| format!("seed {seed}, {at}"))?;
    }
    market.close().with_context(|| format!("seed {seed}, at the end"))
}

impl Market {
    fn open(seed: u64, customers: usize) -> anyhow::Result<Self> {
        let start = Utc.with_ymd_and_hms(2026, 9, 1, 5, 0, 0).single().context("a moment")?;
        let shelf = Shelf::of_the_demo()?;
        let people = people::everybody(seed, customers, &shelf.pros)?;
        let by_phone =
            people.iter().enumerate().map(|(index, person)| (person.phone.clone(), index)).collect();
        let mut market = Self {
            now: start,
            shelf,
            people,
            by_phone,
            agenda: BTreeMap::new(),
            timers: BTreeMap::new(),
            booked: 0,
            end: start + Duration::days(DAYS) + AFTERWARDS,
            season: Season::default(),
        };
        market.plan(start, Event::Looks);
        for index in 0..market.people.len() {
            let person = &mut market.people[index];
            if let Some(first) = person.first_words() {
                let within = person.dice.below(u64::try_from(DAYS * 24 * 60)?);
                let at = start + Duration::minutes(i64::try_from(within)?);
                market.plan(at, Event::Acts(index, first));
            }
        }
        Ok(market)
    }

    fn plan(&mut self, at: DateTime<Utc>, event: Event) {
        self.booked += 1;
        self.agenda.insert((at, self.booked), event);
    }

    fn live(&mut self, event: Event) -> anyhow::Result<()> {
        match event {
            Event::Acts(index, act) => {
                let contents = {
                    let chat = self.chat_of(index);
                    let conversation = self.shelf.conversations.get(&chat);
                    let lead = conversation
                        .and_then(|chat| chat.lead.as_ref())
                        .and_then(|lead| self.shelf.leads.get(lead));
                    self.people[index].says(act, conversation, lead)
                };
                if contents.is_empty() {
                    return Ok(());
                }
                self.turn_of(index, contents)
            }
            Event::Rings(wake) => {
                if self.timers.get(&wake.id()).is_none_or(|due| *due > self.now) {
                    return Ok(());
                }
                self.timers.remove(&wake.id());
                self.ring(wake)
            }
            Event::Looks => {
                for lead in self.shelf.stuck(self.now - STUCK) {
                    self.ring(Wake::Stale { lead })?;
                }
                for lead in self.shelf.lying(self.now - policy::ABANDONED_AFTER) {
                    self.ring(Wake::Abandoned { lead })?;
                }
                if self.now < self.end {
                    self.plan(self.now + LOOK_EVERY, Event::Looks);
                }
                Ok(())
            }
        }
    }

    fn ring(&mut self, wake: Wake) -> anyhow::Result<()> {
        let about = match wake.subject() {
            WakeSubject::Lead(id) => self.shelf.leads.get(id).cloned().map(About::Lead),
            WakeSubject::Pro(id) => {
                let pro = self.shelf.pros.iter().find(|pro| pro.id == *id).cloned();
                pro.map(|pro| About::Pro(Box::new(pro)))
            }
            WakeSubject::Conversation(id) => {
                self.shelf.conversations.get(id).cloned().map(About::Conversation)
            }
        };
        let Some(about) = about else { return Ok(()) };
        let decision = self.decide(Occasion::Wake { wake, about: Box::new(about) })?;
        self.write(decision)
    }

    fn chat_of(&self, index: usize) -> ConversationId {
        conversation_id(&self.shelf.business.id, &self.place_of(index))
    }

    fn place_of(&self, index: usize) -> Place {
        let address = self.people[index].phone.trim_start_matches('+').to_owned();
        Place { channel: Channel::GreenApi, account: "1".to_owned(), address }
    }

    fn turn_of(&mut self, index: usize, contents: Vec<Content>) -> anyhow::Result<()> {
        let place = self.place_of(index);
        let phone = self.people[index].phone.clone();
        let mut inbound = Vec::new();
        for content in contents {
            self.booked += 1;
            inbound.push(Inbound {
                id: InboundId::new(format!("in-{}", self.booked)),
                at: self.now,
                content,
                reply_to: None,
                sender_name: None,
            });
        }
        let inbox = self.shelf.inbox(&place, &phone, inbound)?;
        let decision = self.decide(Occasion::Inbox(Box::new(inbox)))?;
        anyhow::ensure!(decision.conversation.is_some(), "a turn forgot its chat");
        self.write(decision)
    }

    fn decide(&mut self, occasion: Occasion) -> anyhow::Result<Decision> {
        self.season.turns += 1;
        let snapshot = Snapshot { now: self.now, business: self.shelf.business.clone(), occasion };
        let mut turn = Turn::new(snapshot);
        for _ in 0..STEPS {
            match turn.step() {
                Step::Done(decision) => return Ok(*decision),
                Step::Look(lookup) => turn.found(self.shelf.look(self.now, lookup)?),
                Step::Ask(Ask::Dispatch(question)) => {
                    turn.answered(Answer::Dispatch(Box::new(dispatcher::understand_by_rules(&question))));
                }
                Step::Ask(Ask::Persona(question)) => {
                    turn.answered(Answer::Persona(Box::new(persona::speak_by_rules(&question))));
                }
            }
        }
        bail!("a turn did not end")
    }

    /// Keeps a decision, checks what must hold, and lets people read what they were told.
    fn write(&mut self, decision: Decision) -> anyhow::Result<()> {
        let timers = decision.timers.clone();
        let replies = decision.replies.clone();
        let changed: Vec<LeadId> = decision.leads.iter().map(|lead| lead.id.clone()).collect();
        self.shelf.write(self.now, decision)?;
        for timer in timers {
            // As in the store: one job a timer, and the earlier of two moments counts.
            let id = timer.wake.id();
            let due = self.timers.get(&id).map_or(timer.due, |known| timer.due.min(*known)).max(self.now);
            self.timers.insert(id, due);
            self.plan(due, Event::Rings(timer.wake));
        }
        for reply in replies {
            // A market without an owner: nobody reads what is meant for them.
            if reply.to == Recipient::Owners {
                continue;
            }
            let index = self.reader(&reply.to)?;
            if let Some(lead) = &reply.lead
                && let Some(round) = offered_round(&reply.message, lead)
            {
                let wake = Wake::OfferDelivered { lead: lead.clone(), round };
                self.timers.insert(wake.id(), self.now);
                self.plan(self.now, Event::Rings(wake));
            }
            let at = reply.not_before.map_or(self.now, |at| at.max(self.now));
            let chat = self.chat_of(index);
            rules::message(&self.shelf, &reply.message)?;
            let opted_out = self.shelf.contact_of(&chat).is_some_and(|person| person.opted_out_at.is_some());
            if opted_out && !policy::reaches_opted_out(reply.purpose) {
                continue;
            }
            self.season.messages += 1;
            self.shelf.said(&chat, &reply.message);
            self.reads(index, at, reply.message);
        }
        for lead in changed {
            rules::lead(&self.shelf, &self.timers, self.now, &lead)?;
        }
        Ok(())
    }

    fn reader(&self, to: &Recipient) -> anyhow::Result<usize> {
        let found = match to {
            Recipient::Conversation(chat) => {
                self.shelf.phone_of(chat).and_then(|phone| self.by_phone.get(phone)).copied()
            }
            Recipient::Owners => None,
            Recipient::Pro(pro) => self.people.iter().position(|person| person.pro.as_ref() == Some(pro)),
        };
        found.context("a message for nobody")
    }

    fn reads(&mut self, index: usize, at: DateTime<Utc>, message: Outbound) {
        let chat = self.chat_of(index);
        let paused = self.shelf.conversations.get(&chat).is_some_and(|chat| chat.paused_until.is_some());
        for (wait, act) in self.people[index].reacts(message, paused) {
            self.plan(at + wait, Event::Acts(index, act));
        }
    }

    fn close(mut self) -> anyhow::Result<Season> {
        self.now = self.now.max(self.end);
        for lead in self.shelf.leads.values() {
            rules::is_at_rest(lead, &self.shelf, self.now)?;
            *self.season.leads.entry(status_key(lead.status)).or_default() += 1;
            if let Some(why) = lead.needs_human.filter(|_| lead.status.is_open()) {
                *self.season.with_a_person.entry(why.key().to_owned()).or_default() += 1;
            }
        }
        Ok(self.season)
    }
}

fn status_key(status: Status) -> &'static str {
    match status {
        Status::Contacted => "contacted",
        Status::New => "new",
        Status::Booked => "booked",
        Status::Completed => "completed",
        Status::Closed => "closed",
        Status::Rejected => "rejected",
        Status::Cancelled => "cancelled",
        Status::PendingAdminReview => "pending_admin_review",
    }
}
