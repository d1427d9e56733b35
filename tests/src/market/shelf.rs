//! Everything that turns read and write, in memory. A write that a store would refuse is an error here: nothing else
//! happens between a decision and its write, so it could never be written.

use agents::business::Business;
use agents::calendar;
use agents::contact::Contact;
use agents::conversation::{Conversation, Place};
use agents::decision::{CalendarSeen, Decision, SlotChange};
use agents::id::{AppointmentId, ContactId, ConversationId, LeadId, ProId};
use agents::lead::{Appointment, Lead, Status};
use agents::message::{Inbound, Outbound};
use agents::pro::{Area, Pro};
use agents::turn::{Busy, Candidate, Found, Inbox, Line, Lookup};
use anyhow::{Context, ensure};
use bot::app::{contact_id, conversation_id};
use chrono::{DateTime, Duration, Timelike, Utc};
use serde_json::json;
use std::collections::{BTreeMap, HashMap, VecDeque};

/// The marketplace is the demo's.
const DEMO: &str = include_str!("../../../bot/demo/fixi.toml");
/// How often each pro of the demo works on this market, each time also somewhere else.
const ROUNDS: usize = 6;
/// How many leads a pro's figures are made of.
const ENDED: usize = 300;
/// How many lines of a chat a turn sees.
const HISTORY: usize = 30;

/// Who has a step of a pro's time, and until when; for good when there is no end.
pub(super) type Taken = (AppointmentId, Option<DateTime<Utc>>);

pub(super) struct Shelf {
    pub(super) business: Business,
    pub(super) pros: Vec<Pro>,
    pub(super) conversations: HashMap<ConversationId, Conversation>,
    pub(super) leads: HashMap<LeadId, Lead>,
    pub(super) appointments: HashMap<AppointmentId, Appointment>,
    pub(super) steps: BTreeMap<(ProId, DateTime<Utc>), Taken>,
    contacts: HashMap<ContactId, Contact>,
    phones: HashMap<ConversationId, String>,
    leads_of: HashMap<ContactId, Vec<LeadId>>,
    history: HashMap<ConversationId, VecDeque<Line>>,
    numbers: u64,
}

impl Shelf {
    pub(super) fn of_the_demo() -> anyhow::Result<Self> {
        let file = bot::business_file::parse(DEMO)?;
        let mut pros = file.pros.clone();
        // Enough of them that most requests find somebody, also further away.
        for round in 1..ROUNDS {
            for (index, pro) in file.pros.iter().enumerate() {
                let phone = format!("+9725000002{}{index}", round % 10);
                let mut areas = pro.areas.clone();
                areas.push(Area::Around { city: super::people::CITIES[round].to_owned(), radius_km: 20.0 });
                let id = ProId::new(format!("{}-{round}", pro.id));
                pros.push(Pro { id, phone, areas, ..pro.clone() });
            }
        }
        Ok(Self {
            business: file.business,
            pros,
            conversations: HashMap::new(),
            leads: HashMap::new(),
            appointments: HashMap::new(),
            steps: BTreeMap::new(),
            contacts: HashMap::new(),
            phones: HashMap::new(),
            leads_of: HashMap::new(),
            history: HashMap::new(),
            numbers: 0,
        })
    }

    pub(super) fn phone_of(&self, chat: &ConversationId) -> Option<&String> {
        self.phones.get(chat)
    }

    pub(super) fn contact_of(&self, chat: &ConversationId) -> Option<&Contact> {
        self.contacts.get(&self.conversations.get(chat)?.contact)
    }

    /// What a turn of a chat begins with.
    pub(super) fn inbox(
        &mut self,
        place: &Place,
        phone: &str,
        inbound: Vec<Inbound>,
    ) -> anyhow::Result<Inbox> {
        let id = conversation_id(&self.business.id, place);
        let contact = contact_id(&self.business.id, Some(phone), place);
        self.phones.entry(id.clone()).or_insert_with(|| phone.to_owned());
        let conversation = match self.conversations.get(&id) {
            Some(known) => known.clone(),
            None => serde_json::from_value(json!({
                "id": id, "business": self.business.id, "contact": contact, "place": place,
            }))?,
        };
        let known = match self.contacts.get(&contact) {
            Some(known) => known.clone(),
            None => serde_json::from_value(
                json!({ "id": contact, "business": self.business.id, "phone": phone }),
            )?,
        };
        let pro = self.pros.iter().find(|pro| pro.phone == phone).cloned();
        let mut jobs: Vec<Lead> = match &pro {
            Some(pro) => {
                let theirs = |lead: &&Lead| lead.pro.as_ref() == Some(&pro.id) && lead.status.is_open();
                self.leads.values().filter(theirs).cloned().collect()
            }
            None => Vec::new(),
        };
        jobs.sort_by_key(|lead| (lead.offer.as_ref().map(|offer| offer.made_at), lead.number));
        let of_contact = self.leads_of.get(&contact).into_iter().flatten().rev();
        let leads = of_contact.filter_map(|id| self.leads.get(id)).cloned().collect();
        let history = self.history.entry(id.clone()).or_default();
        let past = history.iter().cloned().collect();
        for message in &inbound {
            if let Some(words) = message.content.words() {
                history.push_back(Line { by_us: false, text: words.to_owned() });
            }
        }
        let pro_id = pro.as_ref().map(|pro| pro.id.clone());
        let is_owner = false;
        Ok(Inbox { conversation, contact: known, pro, inbound, history: past, leads, jobs, is_owner, pro_id })
    }

    /// Remembers what was said in a chat.
    pub(super) fn said(&mut self, chat: &ConversationId, message: &Outbound) {
        let history = self.history.entry(chat.clone()).or_default();
        history.push_back(Line { by_us: true, text: message.text.clone() });
        while history.len() > HISTORY {
            history.pop_front();
        }
    }

    pub(super) fn look(&mut self, now: DateTime<Utc>, lookup: Lookup) -> anyhow::Result<Found> {
        Ok(match lookup {
            Lookup::Pros => Found::Pros(self.candidates()),
            Lookup::Calendars(pros) => {
                let calendars = pros.into_iter().map(|pro| {
                    let busy = self.busy(&pro, now);
                    (pro, busy)
                });
                Found::Calendars(calendars.collect())
            }
            Lookup::LeadNumber => {
                self.numbers += 1;
                Found::LeadNumber(self.numbers)
            }
            Lookup::Quoted(message) => Found::Quoted(message, None),
            Lookup::EndedLeads(pro) => {
                let ended = |lead: &&Lead| lead.pro.as_ref() == Some(&pro) && !lead.status.is_open();
                Found::EndedLeads(self.newest(ended))
            }
            Lookup::JobsOf(pro) => {
                let mut jobs: Vec<Lead> = self
                    .leads
                    .values()
                    .filter(|lead| lead.pro.as_ref() == Some(&pro) && lead.status.is_open())
                    .cloned()
                    .collect();
                jobs.sort_by_key(|lead| lead.number);
                Found::JobsOf(pro, jobs)
            }
            Lookup::BusinessLeads => Found::BusinessLeads(self.newest(|_| true)),
            Lookup::Lead(id) => {
                let lead = self.leads.get(&id).cloned().map(Box::new);
                Found::Lead(id, lead)
            }
            Lookup::Conversation(id) => {
                let conversation = self.conversations.get(&id).cloned().map(Box::new);
                Found::Conversation(id, conversation)
            }
        })
    }

    /// The newest of some leads.
    fn newest(&self, are_meant: impl Fn(&&Lead) -> bool) -> Vec<Lead> {
        let mut leads: Vec<Lead> = self.leads.values().filter(are_meant).cloned().collect();
        leads.sort_by_key(|lead| std::cmp::Reverse(lead.number));
        leads.truncate(ENDED);
        leads
    }

    /// The leads on which nobody has acted since then who should have.
    pub(super) fn stuck(&self, since: DateTime<Utc>) -> Vec<LeadId> {
        self.ids(|lead| lead.stale_since().is_some_and(|stale| stale <= since))
    }

    /// The requests that stand where they stand since then.
    pub(super) fn lying(&self, since: DateTime<Utc>) -> Vec<LeadId> {
        self.ids(|lead| {
            lead.status == Status::Contacted && lead.status_since().is_some_and(|stale| stale <= since)
        })
    }

    /// In the order of their numbers, so that the same seed gives the same season.
    fn ids(&self, are_meant: impl Fn(&Lead) -> bool) -> Vec<LeadId> {
        let mut found: Vec<&Lead> = self.leads.values().filter(|lead| are_meant(lead)).collect();
        found.sort_by_key(|lead| lead.number);
        found.into_iter().map(|lead| lead.id.clone()).collect()
    }

    fn candidates(&self) -> Vec<Candidate> {
        let mut open: HashMap<&ProId, u32> = HashMap::new();
        for lead in self.leads.values().filter(|lead| matches!(lead.status, Status::New | Status::Booked)) {
            if let Some(pro) = &lead.pro {
                *open.entry(pro).or_default() += 1;
            }
        }
        let candidate =
            |pro: &Pro| Candidate { open_jobs: open.get(&pro.id).copied().unwrap_or(0), pro: pro.clone() };
        self.pros.iter().map(candidate).collect()
    }

    /// The visits of a pro, each once, as a store finds them: from the beginning of this local day.
    fn busy(&self, pro: &ProId, now: DateTime<Utc>) -> Vec<Busy> {
        let length = Duration::minutes(i64::from(calendar::STEP_MINUTES));
        let since_midnight = now.with_timezone(&self.business.timezone).num_seconds_from_midnight();
        let from = now - Duration::seconds(i64::from(since_midnight)) - Duration::hours(1);
        let until = now + Duration::days(calendar::HORIZON_DAYS + 1);
        let mut found: Vec<Busy> = Vec::new();
        for ((_, step), (visit, end)) in self.steps.range((pro.clone(), from)..(pro.clone(), until)) {
            if end.is_some_and(|end| end <= now) {
                continue;
            }
            if let Some(last) = found.last_mut().filter(|last| last.appointment == *visit) {
                last.to = *step + length;
                continue;
            }
            let known = self.appointments.get(visit);
            found.push(Busy {
                from: known.map_or(*step, |known| known.slot.from),
                to: *step + length,
                appointment: visit.clone(),
                city: known.and_then(|known| known.city.clone()),
            });
        }
        found
    }

    /// The visits of a pro that have time which lies ahead.
    pub(super) fn live_visits(&self, pro: &ProId, now: DateTime<Utc>) -> Vec<&Appointment> {
        let ids: Vec<AppointmentId> = self.busy(pro, now).into_iter().map(|busy| busy.appointment).collect();
        ids.iter().filter_map(|id| self.appointments.get(id)).collect()
    }

    /// Writes a decision whole.
    pub(super) fn write(&mut self, now: DateTime<Utc>, decision: Decision) -> anyhow::Result<()> {
        let chats = decision.other_conversations.into_iter().chain(decision.conversation);
        for chat in chats {
            self.conversations.insert(chat.id.clone(), chat);
        }
        if let Some(contact) = decision.contact {
            self.contacts.insert(contact.id.clone(), contact);
        }
        for lead in decision.leads {
            let known = self.leads.insert(lead.id.clone(), lead.clone());
            if known.is_none() {
                self.leads_of.entry(lead.contact.clone()).or_default().push(lead.id);
            }
        }
        for pro in decision.pros {
            let known = self.pros.iter_mut().find(|known| known.id == pro.id).context("an unknown pro")?;
            *known = pro;
        }
        for visit in decision.appointments {
            self.appointments.insert(visit.id.clone(), visit);
        }
        for change in &decision.slots {
            if let SlotChange::Claim { pro, slot, .. } = change {
                let covers = |seen: &CalendarSeen| {
                    seen.pro == *pro && seen.from <= slot.from.max(now) && slot.to <= seen.to
                };
                ensure!(
                    decision.calendars.iter().any(covers),
                    "time was taken in a calendar nobody looked at"
                );
            }
        }
        for change in decision.slots {
            match change {
                SlotChange::Release { appointment } => {
                    self.steps.retain(|_, (holder, _)| *holder != appointment);
                }
                SlotChange::Claim { pro, slot, appointment, until } => {
                    for step in calendar::steps(slot) {
                        let key = (pro.clone(), step);
                        if let Some((holder, end)) = self.steps.get(&key) {
                            let is_free = *holder == appointment || end.is_some_and(|end| end <= now);
                            ensure!(is_free, "{appointment} takes the time of {holder}");
                        }
                        self.steps.insert(key, (appointment.clone(), until));
                    }
                }
            }
        }
        Ok(())
    }
}
