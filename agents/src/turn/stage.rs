//! A stage for tests of turns: a business, two plumbers, leads and calendars made by hand, and a loop that answers what
//! a turn looks up. A turn that asks a model has no place here.

#![allow(clippy::unwrap_used)]

use super::{About, Busy, Candidate, Found, Inbox, Lookup, Occasion, Quoted, Snapshot, Step, Turn};
use crate::business::{Approval, Business, Consent};
use crate::calendar::{BusinessCalendar, ProCalendar, WeekHours};
use crate::contact::Contact;
use crate::conversation::{Conversation, Pending, Place};
use crate::decision::{Decision, Wake, WakeSubject};
use crate::id::{AppointmentId, BusinessId, ContactId, ConversationId, InboundId, LeadId, ProId};
use crate::language::Language;
use crate::lead::{Lead, Offer, Quote, Slot, Status, StatusChange};
use crate::message::{Channel, Content, Inbound};
use crate::pro::{Area, Price, Pro};
use crate::request::{Address, Request};
use crate::trade::Trade;
use chrono::{DateTime, Duration, TimeZone, Utc};
use std::collections::BTreeMap;

/// Everything that turns find.
pub(crate) struct Stage {
    pub(crate) now: DateTime<Utc>,
    pub(crate) business: Business,
    pub(crate) pros: Vec<Pro>,
    pub(crate) busy: BTreeMap<ProId, Vec<Busy>>,
    pub(crate) leads: Vec<Lead>,
    pub(crate) chats: Vec<Conversation>,
    pub(crate) quoted: BTreeMap<String, Quoted>,
    /// What is open in the pro's own chat.
    pub(crate) pending: Option<Pending>,
}

fn hours(days: &str, span: &str) -> WeekHours {
    WeekHours::parse(&BTreeMap::from([(days.to_owned(), span.to_owned())])).unwrap()
}

fn pro(id: &str, rating: f64) -> Pro {
    let price = Price {
        item: "leak_repair".to_owned(),
        names: BTreeMap::from([("he".to_owned(), "תיקון נזילה".to_owned())]),
        min: 250,
        max: 450,
        minutes: 60,
    };
    Pro {
        id: ProId::new(id),
        business: BusinessId::new("fixi"),
        name: id.to_owned(),
        phone: "+972500000101".to_owned(),
        trades: vec![Trade::Plumbing],
        areas: vec![Area::Place("תל אביב".to_owned())],
        rating,
        reviews: 100,
        persona: String::new(),
        slot_minutes: 60,
        hours: hours("sunday-thursday", "08:00-18:00"),
        prices: vec![price],
        active: true,
        approved: true,
        on_vacation: false,
        language: Language::He,
        max_open_jobs: 3,
        calendar: ProCalendar::default(),
        no_shows: 0,
        calendar_secret: None,
        desk: Default::default(),
        agenda_on: None,
    }
}

pub(crate) fn text(words: &str) -> Content {
    Content::Text { text: words.to_owned() }
}

pub(crate) fn tap(payload: &str) -> Content {
    Content::Tap { payload: payload.to_owned(), label: "אשר".to_owned() }
}

impl Stage {
    /// Sunday at nine, local time: avi is better than michal, and nobody has anything to do.
    pub(crate) fn new() -> Self {
        Self {
            now: Utc.with_ymd_and_hms(2026, 11, 22, 7, 0, 0).unwrap(),
            business: Business {
                id: BusinessId::new("fixi"),
                name: "Fixi".to_owned(),
                timezone: chrono_tz::Asia::Jerusalem,
                locale: Language::He,
                approval: Approval::Pro,
                consent: Consent::Notice,
                hours: hours("sunday-thursday", "08:00-21:00"),
                currency: "ILS".to_owned(),
                emergency_number: "100".to_owned(),
                approval_minutes: 60,
                calendar: BusinessCalendar::default(),
                owners: Vec::new(),
                commission_percent: 10,
                paused_at: None,
                emergency_words: Vec::new(),
                reminder_hours: vec![24, 2],
            },
            pros: vec![pro("avi", 4.8), pro("michal", 4.2)],
            busy: BTreeMap::new(),
            leads: Vec::new(),
            chats: Vec::new(),
            quoted: BTreeMap::new(),
            pending: None,
        }
    }

    /// A visit of an hour that begins so many hours from now.
    pub(crate) fn slot(&self, hours: i64) -> Slot {
        Slot { from: self.now + Duration::hours(hours), to: self.now + Duration::hours(hours + 1) }
    }

    /// A lead with this number, offered to a pro for a visit in four hours, with its customer's chat.
    pub(crate) fn offered(&mut self, number: u64, pro: &str) -> LeadId {
        let conversation = ConversationId::new(format!("chat-{number}"));
        let id = LeadId::new(format!("{conversation}-1"));
        let slot = self.slot(4);
        let change =
            |status| StatusChange { status, at: self.now - Duration::minutes(5), reason: String::new() };
        let address = Address {
            city: Some("tel_aviv".to_owned()),
            street: Some("הרצל".to_owned()),
            street_number: Some("10".to_owned()),
            floor: Some("3".to_owned()),
            apartment: Some("12".to_owned()),
            ..Address::default()
        };
        self.chats.push(Conversation {
            request: Request { issue: Some("נזילה".to_owned()), ..Request::default() },
            lead: Some(id.clone()),
            ..chat(&conversation)
        });
        self.leads.push(Lead {
            id: id.clone(),
            business: BusinessId::new("fixi"),
            number,
            contact: ContactId::new(format!("contact-{number}")),
            conversation,
            language: Language::He,
            status: Status::New,
            history: vec![change(Status::Contacted), change(Status::New)],
            customer_name: Some("דנה".to_owned()),
            customer_phone: Some("+972500001001".to_owned()),
            issue_type: Trade::Plumbing,
            issue_summary: "נזילה".to_owned(),
            item: Some("leak_repair".to_owned()),
            address,
            full_address: "הרצל 10".to_owned(),
            emergency: false,
            media: Vec::new(),
            pro: Some(ProId::new(pro)),
            appointment_time: Some(slot.from),
            slot: Some(slot),
            appointment: Some(AppointmentId::new(format!("{id}-1"))),
            offer: Some(Offer {
                pro: ProId::new(pro),
                round: 1,
                made_at: self.now - Duration::minutes(5),
                expires_at: self.now + Duration::minutes(55),
                thinking_since: Some(self.now - Duration::minutes(5)),
                nudged_at: None,
                customer_asked_at: None,
            }),
            offers_made: 1,
            declined: Vec::new(),
            routing: Vec::new(),
            quote: Some(Quote { item: "leak_repair".to_owned(), min: 250, max: 450 }),
            final_price: None,
            commission: None,
            moved_by_pro: 0,
            rating_asked_at: None,
            review: None,
            needs_human: None,
            served_by: Vec::new(),
            moves: 0,
            care: crate::care::Care::default(),
            further: Vec::new(),
            visits_done: 0,
            waits: None,
        });
        id
    }

    /// A lead that is booked.
    pub(crate) fn booked(&mut self, number: u64, pro: &str) -> LeadId {
        let id = self.offered(number, pro);
        let now = self.now;
        let lead = self.lead_mut(&id);
        lead.offer = None;
        assert!(lead.become_(Status::Booked, now, "approved"));
        id
    }

    pub(crate) fn lead_mut(&mut self, id: &LeadId) -> &mut Lead {
        self.leads.iter_mut().find(|lead| lead.id == *id).unwrap()
    }

    /// A pro has something else to do then.
    pub(crate) fn take(&mut self, pro: &str, slot: Slot) {
        let busy =
            Busy { from: slot.from, to: slot.to, appointment: AppointmentId::new("other"), city: None };
        self.busy.entry(ProId::new(pro)).or_default().push(busy);
    }

    /// What comes of a pro's messages, each with the id of the message that it quotes.
    pub(crate) fn pro_sends(&self, who: &str, sent: &[(Content, Option<&str>)]) -> Decision {
        let pro = self.pros.iter().find(|pro| pro.id.as_str() == who).unwrap().clone();
        let id = ConversationId::new(format!("chat-{who}"));
        let inbound = sent
            .iter()
            .enumerate()
            .map(|(index, (content, quoted))| Inbound {
                id: InboundId::new(format!("in-{index}")),
                at: self.now,
                content: content.clone(),
                reply_to: quoted.map(str::to_owned),
                sender_name: None,
            })
            .collect();
        let jobs = self
            .leads
            .iter()
            .filter(|lead| lead.pro.as_ref() == Some(&pro.id) && lead.status.is_open())
            .cloned()
            .collect();
        let contact = Contact {
            id: ContactId::new(format!("contact-{who}")),
            business: self.business.id.clone(),
            phone: Some(pro.phone.clone()),
            name: None,
            profile_name: None,
            language: None,
            address: None,
            disclosed_at: None,
            consented_at: None,
            opted_out_at: None,
        };
        let conversation = Conversation { pending: self.pending.clone(), ..chat(&id) };
        self.decide(Occasion::Inbox(Box::new(Inbox {
            conversation,
            contact,
            pro: Some(pro),
            inbound,
            history: Vec::new(),
            leads: Vec::new(),
            jobs,
            is_owner: false,
            pro_id: None,
        })))
    }

    /// What comes of one text of a pro.
    pub(crate) fn pro_writes(&self, who: &str, words: &str) -> Decision {
        self.pro_sends(who, &[(text(words), None)])
    }

    /// What comes of a timer.
    pub(crate) fn rings(&self, wake: Wake) -> Decision {
        let about = match wake.subject() {
            WakeSubject::Lead(id) => {
                About::Lead(self.leads.iter().find(|lead| lead.id == *id).unwrap().clone())
            }
            WakeSubject::Pro(id) => {
                About::Pro(Box::new(self.pros.iter().find(|pro| pro.id == *id).unwrap().clone()))
            }
            WakeSubject::Conversation(id) => {
                About::Conversation(self.chats.iter().find(|chat| chat.id == *id).unwrap().clone())
            }
        };
        self.decide(Occasion::Wake { wake, about: Box::new(about) })
    }

    fn decide(&self, occasion: Occasion) -> Decision {
        let mut turn = Turn::new(Snapshot { now: self.now, business: self.business.clone(), occasion });
        for _ in 0..50 {
            match turn.step() {
                Step::Done(decision) => return *decision,
                Step::Look(lookup) => turn.found(self.find(lookup)),
                Step::Ask(ask) => panic!("a model was asked: {ask:?}"),
            }
        }
        panic!("the turn did not end")
    }

    fn find(&self, lookup: Lookup) -> Found {
        let open_jobs = |pro: &ProId| {
            let is_open = |lead: &&Lead| {
                lead.pro.as_ref() == Some(pro) && matches!(lead.status, Status::New | Status::Booked)
            };
            u32::try_from(self.leads.iter().filter(is_open).count()).unwrap()
        };
        match lookup {
            Lookup::Pros => Found::Pros(
                self.pros
                    .iter()
                    .map(|pro| Candidate { pro: pro.clone(), open_jobs: open_jobs(&pro.id) })
                    .collect(),
            ),
            Lookup::Calendars(pros) => Found::Calendars(
                pros.into_iter()
                    .map(|pro| {
                        let busy = self.busy.get(&pro).cloned().unwrap_or_default();
                        (pro, busy)
                    })
                    .collect(),
            ),
            Lookup::LeadNumber => Found::LeadNumber(99),
            Lookup::Quoted(message) => {
                let quoted = self.quoted.get(&message).cloned();
                Found::Quoted(message, quoted)
            }
            Lookup::EndedLeads(pro) => {
                let is_ended = |lead: &&Lead| lead.pro.as_ref() == Some(&pro) && !lead.status.is_open();
                Found::EndedLeads(self.leads.iter().filter(is_ended).cloned().collect())
            }
            Lookup::JobsOf(pro) => {
                let is_job = |lead: &&Lead| lead.pro.as_ref() == Some(&pro) && lead.status.is_open();
                let jobs = self.leads.iter().filter(is_job).cloned().collect();
                Found::JobsOf(pro, jobs)
            }
            Lookup::BusinessLeads => Found::BusinessLeads(self.leads.clone()),
            Lookup::Lead(id) => {
                let lead = self.leads.iter().find(|lead| lead.id == id).cloned().map(Box::new);
                Found::Lead(id, lead)
            }
            Lookup::Conversation(id) => {
                let chat = self.chats.iter().find(|chat| chat.id == id).cloned().map(Box::new);
                Found::Conversation(id, chat)
            }
        }
    }
}

fn chat(id: &ConversationId) -> Conversation {
    Conversation {
        id: id.clone(),
        business: BusinessId::new("fixi"),
        contact: ContactId::new(format!("of-{id}")),
        place: Place {
            channel: Channel::GreenApi,
            account: "1".to_owned(),
            address: "972500001001@c.us".to_owned(),
        },
        language: None,
        request: Request::default(),
        lead: None,
        pending: None,
        misses: BTreeMap::new(),
        paused_until: None,
        last_inbound_at: None,
        customer_mode_until: None,
        unanswered: Vec::new(),
        leads_made: 0,
        needs_human: None,
        reported: None,
        minute: None,
    }
}
