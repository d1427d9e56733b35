//! A decision as one write: documents against their versions, slots, messages with ids made of what they were decided
//! from, and jobs. Nothing is decided here.

use super::documents::Versions;
use super::load::{new_contact, new_conversation};
use super::turn::Subject;
use crate::app::{App, contact_id};
use crate::channels;
use crate::store::StoreError;
use crate::store::documents::{
    Commit, DeliveryState, Document, Expect, InboundRow, Job, JobKind, NewJob, OutboxRow, Settlement,
};
use agents::business::Business;
use agents::conversation::Place;
use agents::decision::{Decision, Recipient};
use agents::id::{ConversationId, OutboxId, ProId};
use agents::message::Outbound;

/// The beginning of the ids of messages that a timer decided; no chat's id begins like that.
const TIMER: &str = "timer";

/// A decision as one write.
pub(super) async fn commit_of(
    app: &App,
    business: &Business,
    job: &Job,
    subject: Subject<'_>,
    decision: Decision,
    rows: &[InboundRow],
    versions: &Versions,
) -> Result<Commit, StoreError> {
    let now = app.now();
    let mut documents = Vec::new();
    documents.extend(decision.conversation.map(Document::Conversation));
    documents.extend(decision.other_conversations.into_iter().map(Document::Conversation));
    documents.extend(decision.contact.map(Document::Contact));
    documents.extend(decision.leads.into_iter().map(Document::Lead));
    documents.extend(decision.pros.into_iter().map(Document::Pro));
    documents.extend(decision.business.map(Document::Business));
    let mut documents: Vec<_> =
        documents.into_iter().map(|document| (versions.expect(&document), document)).collect();
    for appointment in decision.appointments {
        let known = app.store.appointment(&appointment.id).await?;
        let expect = known.map_or(Expect::Absent, |known| Expect::Version(known.version));
        // A visit may change twice in one decision: the last word counts.
        let document = Document::Appointment(appointment);
        documents
            .retain(|(_, other)| (other.collection(), other.id()) != (document.collection(), document.id()));
        documents.push((expect, document));
    }
    // The id of a message is made of what it was decided from, so that the same decision makes the same id.
    let origin = match subject {
        Subject::Chat(chat) => format!("{chat}.{}", versions.of("conversations", chat.as_str()) + 1),
        Subject::Timer(wake) => {
            let lead = wake.lead();
            format!("{TIMER}.{lead}.{}.{}", versions.of("leads", lead.as_str()) + 1, wake.key())
        }
    };
    let mut outbox = Vec::new();
    let mut jobs: Vec<NewJob> = decision
        .timers
        .into_iter()
        .map(|timer| NewJob { kind: JobKind::Wake { wake: timer.wake }, due: timer.due, gather_ms: None })
        .collect();
    for reply in decision.replies {
        let chats = match &reply.to {
            Recipient::Conversation(id) => {
                let place = place_of(app, id, &documents).await?;
                place.map(|place| (id.clone(), place)).into_iter().collect()
            }
            Recipient::Pro(pro) => {
                chat_with_pro(app, business, pro, &mut documents).await?.into_iter().collect()
            }
            Recipient::Owners => {
                let mut chats = Vec::new();
                for phone in app.owner_phones(business) {
                    chats.extend(chat_with_phone(app, business, phone, &mut documents).await?);
                }
                chats
            }
        };
        if chats.is_empty() {
            tracing::error!(%origin, "a message has nobody to go to");
        }
        for (conversation, place) in chats {
            let abilities = app.account(&place).map(channels::Settings::abilities);
            let parts: Vec<Outbound> = match abilities {
                Some(abilities) => channels::split(&reply.message, &abilities),
                None => vec![reply.message.clone()],
            };
            for message in parts {
                outbox.push(OutboxRow {
                    id: OutboxId::new(format!("{origin}.{}", outbox.len() + 1)),
                    business: business.id.clone(),
                    conversation: conversation.clone(),
                    message,
                    purpose: reply.purpose,
                    lead: reply.lead.clone(),
                    not_before: reply.not_before,
                    state: DeliveryState::Queued,
                    reason: None,
                    provider_id: None,
                    attempts: 0,
                    created_at: now,
                    tried_at: None,
                });
            }
            let due = reply.not_before.unwrap_or(now);
            jobs.push(NewJob { kind: JobKind::Deliver { conversation }, due, gather_ms: None });
        }
    }
    Ok(Commit {
        under: Some(job.clone()),
        settle: Some(Settlement::Done),
        documents,
        slots: decision.slots,
        outbox,
        jobs,
        handled: rows.iter().map(|row| row.inbound.id.clone()).collect(),
        notes: decision.notes,
    })
}

/// Whether a message was decided by a timer, and not because somebody did something just now.
pub(crate) fn is_from_timer(id: &OutboxId) -> bool {
    id.as_str().split('.').next() == Some(TIMER)
}

/// Where a chat takes place: as it is about to be written, else as stored.
pub(super) async fn place_of(
    app: &App,
    id: &ConversationId,
    documents: &[(Expect, Document)],
) -> Result<Option<Place>, StoreError> {
    let written = documents.iter().find_map(|(_, document)| match document {
        Document::Conversation(conversation) if conversation.id == *id => Some(conversation.place.clone()),
        _ => None,
    });
    if written.is_some() {
        return Ok(written);
    }
    Ok(app.store.conversation(id).await?.map(|stored| stored.value.place))
}

/// The chat with a pro: where they last wrote, else a new one on the account for first contacts.
pub(super) async fn chat_with_pro(
    app: &App,
    business: &Business,
    pro: &ProId,
    documents: &mut Vec<(Expect, Document)>,
) -> Result<Option<(ConversationId, Place)>, StoreError> {
    let Some(pro) = app.store.pro(pro).await?.map(|stored| stored.value) else { return Ok(None) };
    chat_with_phone(app, business, &pro.phone, documents).await
}

/// The chat with whoever has this phone: where they last wrote, else a new one on the account for first contacts.
async fn chat_with_phone(
    app: &App,
    business: &Business,
    phone: &str,
    documents: &mut Vec<(Expect, Document)>,
) -> Result<Option<(ConversationId, Place)>, StoreError> {
    let Some(account) = app.config.accounts.first() else { return Ok(None) };
    let place = account.place_of(phone);
    let contact = contact_id(&business.id, Some(phone), &place);
    if let Some(known) = app.store.conversation_of_contact(&contact).await?
        && app.account(&known.value.place).is_some()
    {
        return Ok(Some((known.value.id, known.value.place)));
    }
    let conversation = new_conversation(business, &place, Some(phone));
    let id = conversation.id.clone();
    let is_written = documents
        .iter()
        .any(|(_, document)| matches!(document, Document::Conversation(other) if other.id == id));
    if !is_written {
        if app.store.contact(&conversation.contact).await?.is_none() {
            let contact = new_contact(business, &conversation, Some(phone));
            documents.push((Expect::Absent, Document::Contact(contact)));
        }
        documents.push((Expect::Absent, Document::Conversation(conversation)));
    }
    Ok(Some((id, place)))
}
