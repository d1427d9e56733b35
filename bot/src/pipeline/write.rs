//! A decision as one write: documents against their versions, slots, messages with ids made of what they were decided
//! from, and jobs. Nothing is decided here.

use super::alerts::pager_job;
use super::documents::Versions;
use super::load::{new_contact, new_conversation};
use super::turn::Subject;
use crate::app::{App, contact_id};
use crate::channels;
use crate::store::StoreError;
use crate::store::documents::{
    Commit, Document, Expect, InboundRow, Job, JobKind, NewJob, OutboxRow, Settlement,
};
use agents::business::Business;
use agents::care::{Alert, Raised};
use agents::conversation::Place;
use agents::decision::{Decision, Note, Recipient, Reply, WakeSubject};
use agents::id::{ConversationId, OutboxId, ProId};
use agents::message::Outbound;

/// The beginning of the ids of messages that a timer decided; no chat's id begins like that.
const TIMER: &str = "timer";
/// ... and then, that of the operator's report.
pub(crate) const REPORT: &str = "report";

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
    let said_about = decision.replies.iter().find_map(|reply| reply.lead.clone());
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
    for alert in &decision.alerts {
        if let Some(raised) = raised(app, business, alert).await? {
            documents.push(raised);
        }
    }
    // The id of a message is made of what it was decided from, so that the same decision makes the same id.
    let origin = match subject {
        Subject::Chat(chat) => format!("{chat}.{}", versions.of("conversations", chat.as_str()) + 1),
        Subject::Timer(wake) => {
            let (id, version) = match wake.subject() {
                WakeSubject::Lead(lead) => (lead.as_str(), versions.of("leads", lead.as_str())),
                WakeSubject::Conversation(chat) => {
                    (chat.as_str(), versions.of("conversations", chat.as_str()))
                }
                // The pro is only read: what is said follows from a lead that is written.
                WakeSubject::Pro(pro) => {
                    let lead = said_about.as_ref().map_or(pro.as_str(), |lead| lead.as_str());
                    (lead, versions.of("leads", lead))
                }
            };
            format!("{TIMER}.{id}.{}.{}", version + 1, wake.key())
        }
    };
    let mut jobs: Vec<NewJob> = decision
        .timers
        .into_iter()
        .map(|timer| NewJob { kind: JobKind::Wake { wake: timer.wake }, due: timer.due, gather_ms: None })
        .collect();
    if !decision.alerts.is_empty() {
        jobs.extend(pager_job(app, now));
    }
    let outbox = address(app, business, &origin, decision.replies, &mut documents, &mut jobs).await?;
    let looked_at = decision.calendars.iter().map(|seen| &seen.pro);
    Ok(Commit {
        under: Some(job.clone()),
        settle: Some(Settlement::Done),
        unchanged: versions.of_pros(looked_at, &documents),
        documents,
        calendars: decision.calendars,
        slots: decision.slots,
        outbox,
        jobs,
        handled: rows.iter().map(|row| row.inbound.id.clone()).collect(),
        notes: decision.notes,
    })
}

/// What an alert makes of what is stored of it; none when nobody can be told out of band.
pub(super) async fn raised(
    app: &App,
    business: &Business,
    alert: &Alert,
) -> Result<Option<(Expect, Document)>, StoreError> {
    if app.config.telegram.is_none() {
        return Ok(None);
    }
    let known = app.store.alert(&alert.id()).await?;
    let expect = known.as_ref().map_or(Expect::Absent, |known| Expect::Version(known.version));
    let raised = Raised::after(known.map(|known| known.value), alert, &business.id, app.now());
    Ok(Some((expect, Document::Alert(raised))))
}

/// The rows of messages to people, in order, with the deliveries that they ask for. A pro who has no chat yet gets one.
async fn address(
    app: &App,
    business: &Business,
    origin: &str,
    replies: Vec<Reply>,
    documents: &mut Vec<(Expect, Document)>,
    jobs: &mut Vec<NewJob>,
) -> Result<Vec<OutboxRow>, StoreError> {
    let now = app.now();
    let mut outbox = Vec::new();
    for reply in replies {
        let chats = match &reply.to {
            Recipient::Conversation(id) => {
                let place = place_of(app, id, documents).await?;
                place.map(|place| (id.clone(), place)).into_iter().collect()
            }
            Recipient::Pro(pro) => chat_with_pro(app, business, pro, documents).await?.into_iter().collect(),
            Recipient::Owners => {
                let mut chats = Vec::new();
                for phone in app.owner_phones(business) {
                    chats.extend(chat_at(app, business, phone, documents).await?);
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
                    purpose: reply.purpose,
                    lead: reply.lead.clone(),
                    not_before: reply.not_before,
                    ..OutboxRow::queued(
                        OutboxId::new(format!("{origin}.{}", outbox.len() + 1)),
                        business.id.clone(),
                        conversation.clone(),
                        message,
                        now,
                    )
                });
            }
            let due = reply.not_before.unwrap_or(now);
            jobs.push(NewJob { kind: JobKind::Deliver { conversation }, due, gather_ms: None });
        }
    }
    Ok(outbox)
}

/// What a job that comes back by itself tells people, with the documents that prove that it did.
pub(crate) struct Told {
    /// Where the ids of the messages begin; the same telling has the same.
    pub(crate) origin: String,
    /// What is written with it, or none of it.
    pub(crate) documents: Vec<(Expect, Document)>,
    /// What is said.
    pub(crate) replies: Vec<Reply>,
    /// What is noted.
    pub(crate) notes: Vec<Note>,
}

/// Tells people something outside of any turn: whole, or not at all when a document was changed meanwhile. Returns
/// whether it was written.
pub(crate) async fn tell(app: &App, business: &Business, told: Told) -> Result<bool, StoreError> {
    let Told { origin, mut documents, replies, notes } = told;
    let mut jobs = Vec::new();
    let origin = format!("{TIMER}.{origin}");
    let outbox = address(app, business, &origin, replies, &mut documents, &mut jobs).await?;
    let commit = Commit { documents, outbox, jobs, notes, ..Commit::default() };
    match app.store.commit(commit, app.now()).await {
        Ok(()) => {
            app.wake.notify_one();
            Ok(true)
        }
        Err(StoreError::Version { .. }) => Ok(false),
        Err(error) => Err(error),
    }
}

/// Whether a message is the operator's report.
pub(super) fn is_report(id: &OutboxId) -> bool {
    id.as_str().starts_with(&format!("{TIMER}.{REPORT}."))
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
    chat_at(app, business, &pro.phone, documents).await
}

/// The chat with somebody of the house by their phone: the operator.
pub(crate) async fn chat_with_phone(
    app: &App,
    business: &Business,
    phone: &str,
    documents: &mut Vec<(Expect, Document)>,
) -> Result<Option<ConversationId>, StoreError> {
    Ok(chat_at(app, business, phone, documents).await?.map(|(chat, _)| chat))
}

async fn chat_at(
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
