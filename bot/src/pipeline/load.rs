//! What a turn is made of: the chat with its inbox, the person, their leads, and what is looked up on the way. Every
//! document is remembered with its version. Nothing is written here.

use super::documents::Versions;
use super::turn::Subject;
use crate::app::{App, contact_id, conversation_id};
use crate::store::StoreError;
use crate::store::documents::{Document, InboundRow};
use agents::business::Business;
use agents::calendar::{HORIZON_DAYS, STEP_MINUTES};
use agents::contact::Contact;
use agents::conversation::{Conversation, Place};
use agents::decision::WakeSubject;
use agents::id::ProId;
use agents::message::Inbound;
use agents::request::Request;
use agents::turn::{About, Busy, Candidate, Found, Inbox, Line, Lookup, Occasion};
use std::collections::BTreeMap;

/// How many lines of a chat's past are loaded.
const HISTORY: u32 = 30;

/// Loads what the turn is about; none when there is nothing to do.
pub(super) async fn occasion(
    app: &App,
    business: &Business,
    subject: Subject<'_>,
    versions: &mut Versions,
) -> Result<Option<(Occasion, Vec<InboundRow>)>, StoreError> {
    match subject {
        Subject::Timer(wake) => {
            let about = match wake.subject() {
                WakeSubject::Lead(id) => match app.store.lead(id).await? {
                    Some(lead) => About::Lead(versions.keep(lead, Document::Lead)),
                    None => return Ok(None),
                },
                WakeSubject::Conversation(id) => match app.store.conversation(id).await? {
                    Some(chat) => About::Conversation(versions.keep(chat, Document::Conversation)),
                    None => return Ok(None),
                },
            };
            Ok(Some((Occasion::Wake { wake: wake.clone(), about: Box::new(about) }, Vec::new())))
        }
        Subject::Chat(chat) => {
            let rows = app.store.inbox(chat).await?;
            let Some(last) = rows.last() else { return Ok(None) };
            let phone = rows.iter().rev().find_map(|row| row.phone.clone());
            let conversation = match app.store.conversation(chat).await? {
                Some(stored) => versions.keep(stored, Document::Conversation),
                None => new_conversation(business, &last.place, phone.as_deref()),
            };
            let contact = match app.store.contact(&conversation.contact).await? {
                Some(stored) => versions.keep(stored, Document::Contact),
                None => new_contact(business, &conversation, phone.as_deref()),
            };
            let pro = match &contact.phone {
                Some(phone) => app.store.pro_by_phone(&business.id, phone).await?,
                None => None,
            };
            let pro = pro.map(|pro| versions.keep(pro, Document::Pro));
            let mut leads = Vec::new();
            for lead in app.store.leads_of_contact(&contact.id).await? {
                leads.push(versions.keep(lead, Document::Lead));
            }
            let mut jobs = Vec::new();
            if let Some(pro) = &pro {
                for lead in app.store.leads_of_pro(&pro.id).await? {
                    jobs.push(versions.keep(lead, Document::Lead));
                }
            }
            let waiting: Vec<Inbound> = rows.iter().map(|row| row.inbound.clone()).collect();
            let past = app.store.history(chat, HISTORY).await?;
            let newest = rows.iter().map(|row| row.inbound.at).min();
            let history = past
                .into_iter()
                .filter(|said| said.by_us || newest.is_none_or(|newest| said.at < newest))
                .map(|said| Line { by_us: said.by_us, text: said.text })
                .collect();
            let inbox = Inbox { conversation, contact, pro, inbound: waiting, history, leads, jobs };
            Ok(Some((Occasion::Inbox(Box::new(inbox)), rows)))
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
        leads_made: 0,
        needs_human: None,
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
    }
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
            let pros = app.store.pros(&business.id).await?;
            let ids: Vec<ProId> = pros.iter().map(|stored| stored.value.id.clone()).collect();
            let counts = app.store.open_job_counts(&ids).await?;
            let mut candidates = Vec::with_capacity(pros.len());
            for stored in pros {
                let pro = versions.keep(stored, Document::Pro);
                names.insert(pro.id.clone(), pro.name.clone());
                let open_jobs = counts.get(&pro.id).copied().unwrap_or(0);
                candidates.push(Candidate { pro, open_jobs });
            }
            Found::Pros(candidates)
        }
        Lookup::Calendars(pros) => {
            let now = app.now();
            let until = now + chrono::Duration::days(HORIZON_DAYS + 1);
            let mut calendars: BTreeMap<ProId, Vec<Busy>> =
                pros.iter().map(|pro| (pro.clone(), Vec::new())).collect();
            for claim in app.store.claims(&pros, now, until, now).await? {
                let to = claim.step + chrono::Duration::minutes(i64::from(STEP_MINUTES));
                let busy = Busy { from: claim.step, to, appointment: claim.appointment };
                calendars.entry(claim.pro).or_default().push(busy);
            }
            Found::Calendars(calendars)
        }
        Lookup::LeadNumber => Found::LeadNumber(app.store.next_number(&business.id).await?),
        Lookup::Quoted(message) => {
            let mut lead = None;
            for account in &app.config.accounts {
                if let Some(row) = app.store.outbox_by_provider_id(account.channel(), &message).await? {
                    lead = row.lead;
                }
            }
            Found::Quoted(message, lead)
        }
        Lookup::Lead(id) => {
            let lead = app.store.lead(&id).await?.map(|lead| Box::new(versions.keep(lead, Document::Lead)));
            Found::Lead(id, lead)
        }
        Lookup::Conversation(id) => {
            let conversation = app.store.conversation(&id).await?;
            let conversation =
                conversation.map(|stored| Box::new(versions.keep(stored, Document::Conversation)));
            Found::Conversation(id, conversation)
        }
    })
}
