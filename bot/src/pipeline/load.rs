//! What a turn is made of: the chat with its inbox, the person, their leads, and what is looked up on the way. Every
//! document is remembered with its version. Nothing is written here.

use super::documents::Versions;
use super::turn::Subject;
use crate::app::{App, contact_id, conversation_id};
use crate::business_file::pro_id;
use crate::geocoder;
use crate::store::StoreError;
use crate::store::documents::InboundRow;
use crate::store::views::ProAtWork;
use agents::booking::offered_round;
use agents::business::Business;
use agents::calendar::{HORIZON_DAYS, STEP_MINUTES};
use agents::contact::Contact;
use agents::conversation::{Conversation, Place};
use agents::decision::WakeSubject;
use agents::id::{AppointmentId, ProId};
use agents::lead::{Appointment, Lead, Status};
use agents::message::Inbound;
use agents::request::Request;
use agents::turn::{About, Busy, Candidate, Found, Inbox, Line, Lookup, Occasion, Quoted};
use chrono::{Duration, Timelike};
use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

/// How many lines of a chat's past are loaded.
const HISTORY: u32 = 30;
/// How many ended leads a pro's figures are made of.
const ENDED: u32 = 300;
/// How many leads an owner's figures are made of, besides those of one status that must not be missed.
const NEWEST: u32 = 1_000;
const OF_STATUS: u32 = 500;

/// What a turn is about, loaded.
pub(super) struct Loaded {
    pub(super) business: Business,
    /// None when there is nothing to do.
    pub(super) occasion: Option<(Occasion, Vec<InboundRow>)>,
    /// The pros, where they were read with the rest.
    pub(super) candidates: Option<Vec<Candidate>>,
}

/// Loads what the turn is about; none without a business.
pub(super) async fn load(
    app: &App,
    subject: Subject<'_>,
    versions: &mut Versions,
) -> Result<Option<Loaded>, StoreError> {
    match subject {
        Subject::Timer(wake) => {
            let Some(business) = app.business().await? else { return Ok(None) };
            let business = versions.keep(business);
            let about = match wake.subject() {
                WakeSubject::Lead(id) => {
                    let lead = app.store.lead(id).await?;
                    lead.map(|lead| About::Lead(versions.keep(lead)))
                }
                WakeSubject::Conversation(id) => {
                    let chat = app.store.conversation(id).await?;
                    chat.map(|chat| About::Conversation(versions.keep(chat)))
                }
                WakeSubject::Pro(id) => {
                    let pro = app.store.pro(id).await?;
                    pro.map(|pro| About::Pro(Box::new(versions.keep(pro))))
                }
            };
            let occasion = about
                .map(|about| (Occasion::Wake { wake: wake.clone(), about: Box::new(about) }, Vec::new()));
            Ok(Some(Loaded { business, occasion, candidates: None }))
        }
        Subject::Chat(chat) => {
            let opening = app.store.opening(app.business_id().as_ref(), chat, HISTORY).await?;
            let Some(business) = opening.business else { return Ok(None) };
            let business = versions.keep(business);
            let rows = opening.inbox;
            let Some(last) = rows.last() else {
                return Ok(Some(Loaded { business, occasion: None, candidates: None }));
            };
            let shown = rows.iter().rev().find_map(|row| row.phone.as_deref());
            let conversation = match opening.conversation {
                Some(stored) => versions.keep(stored),
                None => new_conversation(&business, &last.place, shown),
            };
            let person = app.store.person(&business.id, &conversation.contact).await?;
            let contact = match person.contact {
                Some(stored) => versions.keep(stored),
                None => new_contact(&business, &conversation, shown),
            };
            let candidates = candidates(person.pros, versions);
            let is_theirs = |candidate: &&Candidate| contact.phone.as_ref() == Some(&candidate.pro.phone);
            let pro = candidates.iter().find(is_theirs).map(|candidate| candidate.pro.clone());
            let leads = person.leads.into_iter().map(|lead| versions.keep(lead)).collect();
            let mut jobs = Vec::new();
            if let Some(pro) = &pro {
                for lead in app.store.leads_of_pro(&pro.id).await? {
                    jobs.push(versions.keep(lead));
                }
            }
            let waiting: Vec<Inbound> = rows.iter().map(|row| row.inbound.clone()).collect();
            let newest = rows.iter().map(|row| row.inbound.at).min();
            let past = opening.history.into_iter();
            let history = past
                .filter(|said| said.by_us || newest.is_none_or(|newest| said.at < newest))
                .map(|said| Line { by_us: said.by_us, text: said.text })
                .collect();
            let is_owner = contact.phone.as_deref().is_some_and(|phone| app.is_owner(&business, phone));
            let pro_id = contact.phone.as_deref().map(|phone| pro_id(&business.id, phone));
            let inbox = Inbox {
                conversation,
                contact,
                pro,
                inbound: waiting,
                history,
                leads,
                jobs,
                is_owner,
                pro_id,
            };
            let occasion = Some((Occasion::Inbox(Box::new(inbox)), rows));
            Ok(Some(Loaded { business, occasion, candidates: Some(candidates) }))
        }
    }
}

pub(super) fn new_conversation(business: &Business, place: &Place, phone: Option<&str>) -> Conversation {
    Conversation {
        id: conversation_id(&business.id, place),
        business: business.id.clone(),
        contact: contact_id(&business.id, phone, place),
        place: place.clone(),
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

pub(super) fn new_contact(business: &Business, conversation: &Conversation, phone: Option<&str>) -> Contact {
    Contact {
        id: conversation.contact.clone(),
        business: business.id.clone(),
        phone: phone.map(str::to_owned),
        name: None,
        profile_name: None,
        language: None,
        address: None,
        disclosed_at: None,
        consented_at: None,
        opted_out_at: None,
        also: Vec::new(),
    }
}

/// The visits of pros, each once: from the beginning of this local day, since what was earlier today counts for how
/// many a day may have, to the end of the horizon. Two questions, however many pros there are.
async fn calendars(
    app: &App,
    business: &Business,
    pros: &[ProId],
) -> Result<BTreeMap<ProId, Vec<Busy>>, StoreError> {
    let now = app.now();
    let since_midnight = now.with_timezone(&business.timezone).num_seconds_from_midnight();
    // An hour more, for the day on which the clocks are changed.
    let from = now - Duration::seconds(i64::from(since_midnight)) - Duration::hours(1);
    let until = now + Duration::days(HORIZON_DAYS + 1);
    let claims = app.store.claims(pros, from, until, now).await?;
    let ids: BTreeSet<AppointmentId> = claims.iter().map(|claim| claim.appointment.clone()).collect();
    let ids: Vec<AppointmentId> = ids.into_iter().collect();
    let known = app.store.appointments(&ids).await?;
    let known: BTreeMap<&AppointmentId, &Appointment> =
        known.iter().map(|stored| (&stored.value.id, &stored.value)).collect();
    let mut calendars: BTreeMap<ProId, Vec<Busy>> =
        pros.iter().map(|pro| (pro.clone(), Vec::new())).collect();
    for claim in claims {
        let busy = calendars.entry(claim.pro).or_default();
        let to = claim.step + Duration::minutes(i64::from(STEP_MINUTES));
        // The steps of a visit come one after the other.
        match busy.last_mut().filter(|last| last.appointment == claim.appointment) {
            Some(last) => last.to = last.to.max(to),
            None => busy.push(Busy { from: claim.step, to, appointment: claim.appointment, city: None }),
        }
    }
    for busy in calendars.values_mut().flatten() {
        if let Some(visit) = known.get(&busy.appointment) {
            (busy.from, busy.to) = (visit.slot.from, visit.slot.to);
            busy.city.clone_from(&visit.city);
        }
    }
    Ok(calendars)
}

fn candidates(pros: Vec<ProAtWork>, versions: &mut Versions) -> Vec<Candidate> {
    let candidate =
        |at_work: ProAtWork| Candidate { pro: versions.keep(at_work.pro), open_jobs: at_work.open_jobs };
    pros.into_iter().map(candidate).collect()
}

/// The names of pros, for whoever looks on.
pub(super) fn names_of(candidates: &[Candidate]) -> impl Iterator<Item = (ProId, String)> {
    candidates.iter().map(|candidate| (candidate.pro.id.clone(), candidate.pro.name.clone()))
}

/// Looks something up for the turn.
pub(super) async fn look(
    app: &App,
    business: &Business,
    lookup: Lookup,
    versions: &mut Versions,
    names: &mut BTreeMap<ProId, String>,
) -> Result<Found, StoreError> {
    Ok(match lookup {
        Lookup::Pros => {
            let candidates = candidates(app.store.pros_at_work(&business.id).await?, versions);
            names.extend(names_of(&candidates));
            Found::Pros(candidates)
        }
        Lookup::Calendars(pros) => Found::Calendars(calendars(app, business, &pros).await?),
        Lookup::LeadNumber => Found::LeadNumber(app.store.next_number(&business.id).await?),
        Lookup::Quoted(message) => {
            let mut quoted = None;
            for account in &app.config.accounts {
                if let Some(row) = app.store.outbox_by_provider_id(account.channel(), &message).await? {
                    quoted = row.lead.map(|lead| {
                        let round = offered_round(&row.message, &lead);
                        Quoted { lead, round }
                    });
                }
            }
            Found::Quoted(message, quoted)
        }
        Lookup::EndedLeads(pro) => {
            let mut leads = Vec::new();
            for lead in app.store.ended_leads_of_pro(&pro, ENDED).await? {
                leads.push(versions.keep(lead));
            }
            Found::EndedLeads(leads)
        }
        Lookup::JobsOf(pro) => {
            let mut leads = Vec::new();
            for lead in app.store.leads_of_pro(&pro).await? {
                leads.push(versions.keep(lead));
            }
            Found::JobsOf(pro, leads)
        }
        Lookup::BusinessLeads => {
            let mut leads: BTreeMap<Reverse<u64>, Lead> = BTreeMap::new();
            let newest = app.store.leads_of_business(&business.id, NEWEST).await?;
            let booked = app.store.leads_in(&business.id, Status::Booked, OF_STATUS).await?;
            let waiting = app.store.leads_in(&business.id, Status::PendingAdminReview, OF_STATUS).await?;
            for stored in newest.into_iter().chain(booked).chain(waiting) {
                // The same lead may be found twice, and may have changed in between: the first version counts.
                if !leads.contains_key(&Reverse(stored.value.number)) {
                    let lead = versions.keep(stored);
                    leads.insert(Reverse(lead.number), lead);
                }
            }
            Found::BusinessLeads(leads.into_values().collect())
        }
        Lookup::Lead(id) => {
            let lead = app.store.lead(&id).await?.map(|lead| Box::new(versions.keep(lead)));
            Found::Lead(id, lead)
        }
        Lookup::Place(name) => {
            let point = geocoder::find(app, business, &name).await?;
            Found::Place(name, point)
        }
        Lookup::Conversation(id) => {
            let conversation = app.store.conversation(&id).await?;
            let conversation = conversation.map(|stored| Box::new(versions.keep(stored)));
            Found::Conversation(id, conversation)
        }
    })
}
