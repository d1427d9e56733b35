//! Understand, decide, commit: one turn of a chat, or of a timer. The decision is made by `agents`; here it is fed,
//! and written whole or not at all. Nothing is sent here.

use super::documents::Versions;
use crate::app::{App, contact_id, conversation_id};
use crate::channels::{self, Typing};
use crate::crash::Step as Crash;
use crate::models::TURN_BUDGET;
use crate::store::StoreError;
use crate::store::documents::{
    Commit, DeliveryState, Document, InboundRow, Job, JobKind, NewJob, OutboxRow, Settlement,
};
use crate::web::strip::{RankedPro, StripEvent};
use agents::business::Business;
use agents::calendar::{HORIZON_DAYS, STEP_MINUTES};
use agents::contact::Contact;
use agents::conversation::{Conversation, Place};
use agents::decision::{Decision, Purpose, Recipient, Wake};
use agents::id::{ConversationId, OutboxId, ProId};
use agents::message::{Inbound, Outbound};
use agents::request::Request;
use agents::turn::{Busy, Candidate, Found, Inbox, Line, Lookup, Occasion, Snapshot, Step, Turn};
use chrono::{DateTime, Utc};
use std::collections::BTreeMap;

/// How often a decision is made again because what it was made of had changed.
const RELOADS: u32 = 10;
/// How many lines of a chat's past are loaded.
const HISTORY: u32 = 30;
/// The beginning of the ids of messages that a timer decided; no chat's id begins like that.
const TIMER: &str = "timer";
/// More steps than any turn needs: a turn that wants more is broken.
const STEPS: u32 = 64;

/// Why a turn did not come to an end.
#[derive(Debug, thiserror::Error)]
pub enum TurnError {
    /// The store could not be read or written.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// What it was made of changed again and again.
    #[error("the turn met too many conflicts")]
    Contended,
    /// The machine asked without end.
    #[error("the turn did not end")]
    Endless,
    /// There is no business.
    #[error("no business: run `fixi business import FILE.toml`")]
    NoBusiness,
}

/// What a turn is about.
#[derive(Clone, Copy, Debug)]
pub enum Subject<'a> {
    /// A chat with messages that wait.
    Chat(&'a ConversationId),
    /// A timer that rang.
    Timer(&'a Wake),
}

/// Makes the turn, however often what it is made of changes, and settles its job with it.
///
/// # Errors
/// When the store fails, or the turn does not come to an end; the job is then to be tried again.
pub async fn run(app: &App, job: &Job, subject: Subject<'_>) -> Result<(), TurnError> {
    app.crash.passed(Crash::TurnClaimed);
    let deadline = app.now() + TURN_BUDGET;
    for attempt in 1..=RELOADS {
        match once(app, job, subject, deadline, attempt).await {
            Err(TurnError::Store(StoreError::Version { .. } | StoreError::SlotTaken { .. })) => {
                app.counters.job("turn", "conflict");
            }
            other => return other,
        }
    }
    Err(TurnError::Contended)
}

async fn once(
    app: &App,
    job: &Job,
    subject: Subject<'_>,
    deadline: DateTime<Utc>,
    attempt: u32,
) -> Result<(), TurnError> {
    let mut versions = Versions::default();
    let business = app.business().await?.ok_or(TurnError::NoBusiness)?;
    let business = versions.keep(business, Document::Business);
    let now = app.now();
    let Some((occasion, rows)) = occasion(app, &business, subject, &mut versions).await? else {
        app.store.settle(job, Settlement::Done, now).await?;
        return Ok(());
    };
    let chat = match &occasion {
        Occasion::Inbox(inbox) => inbox.conversation.id.clone(),
        Occasion::Wake { lead, .. } => lead.conversation.clone(),
    };
    let from = match &occasion {
        Occasion::Inbox(inbox) if inbox.pro.is_some() => "pro",
        Occasion::Inbox(_) | Occasion::Wake { .. } => "customer",
    };
    let place = rows.last().map(|row| (row.place.clone(), row.inbound.id.clone()));
    let mut turn = Turn::new(Snapshot { now, business: business.clone(), occasion });
    let mut names = BTreeMap::new();
    let mut shown_typing = false;
    for _ in 0..STEPS {
        match turn.step() {
            Step::Ask(ask) => {
                if let Some((place, inbound)) = place.as_ref().filter(|_| !shown_typing) {
                    shown_typing = true;
                    if let Some(account) = app.account(place).filter(|_| !app.config.dry_run) {
                        // Blue ticks and typing are a courtesy: nothing depends on them.
                        let shown =
                            channels::mark_read(account, &app.outside, place, inbound, Typing::Shown).await;
                        app.counters.delivery(
                            place.channel.key(),
                            if shown.is_ok() { "marked_read" } else { "mark_read_failed" },
                        );
                    }
                }
                let left = (deadline - app.now()).to_std().unwrap_or_default();
                let asked = app.models.ask(&app.outside, &ask, left).await;
                for attempt in &asked.attempts {
                    app.counters.model(attempt.model.as_str(), attempt.outcome());
                }
                for usage in &asked.usage {
                    app.counters.tokens(usage.model.as_str(), "in", usage.prompt);
                    app.counters.tokens(usage.model.as_str(), "out", usage.answer);
                }
                turn.answered(asked.answer);
            }
            Step::Look(lookup) => {
                let found = look(app, &business, lookup, &mut versions, &mut names).await?;
                turn.found(found);
            }
            Step::Done(decision) => {
                app.crash.passed(Crash::Decided);
                show(app, &chat, &decision, &names, from);
                let commit = commit_of(app, &business, job, subject, *decision, &rows, &versions).await?;
                let replies = commit.outbox.len();
                app.store.commit(commit, now).await?;
                app.crash.passed(Crash::Committed);
                let at = app.now().timestamp_millis();
                let event = StripEvent::committed(at, &job_turn(job), chat.as_str(), attempt);
                app.strip.add(&event.with("replies", &replies.to_string()));
                app.wake.notify_one();
                return Ok(());
            }
        }
    }
    Err(TurnError::Endless)
}

/// Loads what the turn is about; none when there is nothing to do.
async fn occasion(
    app: &App,
    business: &Business,
    subject: Subject<'_>,
    versions: &mut Versions,
) -> Result<Option<(Occasion, Vec<InboundRow>)>, StoreError> {
    match subject {
        Subject::Timer(wake) => {
            let Some(lead) = app.store.lead(wake.lead()).await? else { return Ok(None) };
            let lead = Box::new(versions.keep(lead, Document::Lead));
            Ok(Some((Occasion::Wake { wake: wake.clone(), lead }, Vec::new())))
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

fn new_conversation(business: &Business, place: &Place, phone: Option<&str>) -> Conversation {
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

fn new_contact(business: &Business, conversation: &Conversation, phone: Option<&str>) -> Contact {
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
async fn look(
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

/// A decision as one write.
async fn commit_of(
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
    let mut documents: Vec<_> =
        documents.into_iter().map(|document| (versions.expect(&document), document)).collect();
    for appointment in decision.appointments {
        let known = app.store.appointment(&appointment.id).await?;
        let expect = known.map_or(crate::store::documents::Expect::Absent, |known| {
            crate::store::documents::Expect::Version(known.version)
        });
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
        let conversation = match reply.to {
            Recipient::Conversation(id) => {
                let place = place_of(app, &id, &documents).await?;
                place.map(|place| (id, place))
            }
            Recipient::Pro(pro) => chat_with_pro(app, business, &pro, &mut documents).await?,
        };
        let Some((conversation, place)) = conversation else {
            tracing::error!(%origin, "a message has nobody to go to");
            continue;
        };
        let abilities = app.account(&place).map(channels::Settings::abilities);
        let parts: Vec<Outbound> = match abilities {
            Some(abilities) => channels::split(&reply.message, &abilities),
            None => vec![reply.message],
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
async fn place_of(
    app: &App,
    id: &ConversationId,
    documents: &[(crate::store::documents::Expect, Document)],
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
async fn chat_with_pro(
    app: &App,
    business: &Business,
    pro: &ProId,
    documents: &mut Vec<(crate::store::documents::Expect, Document)>,
) -> Result<Option<(ConversationId, Place)>, StoreError> {
    let Some(pro) = app.store.pro(pro).await?.map(|stored| stored.value) else { return Ok(None) };
    let Some(account) = app.config.accounts.first() else { return Ok(None) };
    let place = account.place_of(&pro.phone);
    let contact = contact_id(&business.id, Some(&pro.phone), &place);
    if let Some(known) = app.store.conversation_of_contact(&contact).await?
        && app.account(&known.value.place).is_some()
    {
        return Ok(Some((known.value.id, known.value.place)));
    }
    let conversation = new_conversation(business, &place, Some(&pro.phone));
    let id = conversation.id.clone();
    let is_written = documents
        .iter()
        .any(|(_, document)| matches!(document, Document::Conversation(other) if other.id == id));
    if !is_written {
        if app.store.contact(&conversation.contact).await?.is_none() {
            let contact = new_contact(business, &conversation, Some(&pro.phone));
            documents.push((crate::store::documents::Expect::Absent, Document::Contact(contact)));
        }
        documents.push((crate::store::documents::Expect::Absent, Document::Conversation(conversation)));
    }
    Ok(Some((id, place)))
}

/// Gives a turn up: the customer hears an apology once, and a person sees the chat (B10).
///
/// # Errors
/// When the store fails: the job is then tried once more.
pub async fn give_up(app: &App, job: &Job, chat: &ConversationId, reason: String) -> Result<(), TurnError> {
    let now = app.now();
    let mut versions = Versions::default();
    let business = app.business().await?.ok_or(TurnError::NoBusiness)?.value;
    let rows = app.store.inbox(chat).await?;
    let Some(last) = rows.last() else {
        app.store.settle(job, Settlement::Dead { reason }, now).await?;
        return Ok(());
    };
    let mut conversation = match app.store.conversation(chat).await? {
        Some(stored) => versions.keep(stored, Document::Conversation),
        None => new_conversation(&business, &last.place, last.phone.as_deref()),
    };
    conversation.needs_human = Some("turn_failed".to_owned());
    let language = conversation.language.unwrap_or(business.locale);
    let args = locales::Args::new().text("number", business.emergency_number.as_str());
    let message = Outbound::text(locales::text(language, "customer-apology", &args));
    let origin = format!("{chat}.{}", versions.of("conversations", chat.as_str()) + 1);
    let document = Document::Conversation(conversation);
    let commit = Commit {
        under: Some(job.clone()),
        settle: Some(Settlement::Dead { reason }),
        documents: vec![(versions.expect(&document), document)],
        outbox: vec![OutboxRow {
            id: OutboxId::new(format!("{origin}.apology")),
            business: business.id,
            conversation: chat.clone(),
            message,
            purpose: Purpose::Answer,
            lead: None,
            not_before: None,
            state: DeliveryState::Queued,
            reason: None,
            provider_id: None,
            attempts: 0,
            created_at: now,
            tried_at: None,
        }],
        jobs: vec![NewJob {
            kind: JobKind::Deliver { conversation: chat.clone() },
            due: now,
            gather_ms: None,
        }],
        handled: rows.into_iter().map(|row| row.inbound.id).collect(),
        ..Commit::default()
    };
    app.store.commit(commit, now).await?;
    app.wake.notify_one();
    Ok(())
}

/// Counts what was decided and shows it on the strip.
fn show(app: &App, chat: &ConversationId, decision: &Decision, names: &BTreeMap<ProId, String>, from: &str) {
    let at = app.now().timestamp_millis();
    let turn = format!("{chat}@{at}");
    let number = decision.leads.first().map(|lead| lead.number);
    let with_lead = |event: StripEvent| number.map_or(event.clone(), |number| event.lead(number));
    let name = |id: &str| names.get(&ProId::new(id)).cloned().unwrap_or_else(|| id.to_owned());
    let mut ranked = Vec::new();
    for note in &decision.notes {
        app.counters.note(&note.key);
        match note.key.as_str() {
            "understood" => {
                app.strip.add(&with_lead(StripEvent::understood(at, &turn, chat.as_str(), &note.detail)))
            }
            "ranked" => ranked.extend(
                RankedPro::from_note(&note.detail).map(|pro| RankedPro { pro: name(&pro.pro), ..pro }),
            ),
            "routed" => {
                let chosen = note.detail.strip_prefix("pro=").map(name).unwrap_or_default();
                let ranked = std::mem::take(&mut ranked);
                app.strip.add(&with_lead(StripEvent::routed(at, &turn, chat.as_str(), &chosen, ranked)));
            }
            key => app.strip.add(&with_lead(StripEvent::note(at, &turn, chat.as_str(), key, &note.detail))),
        }
    }
    if !ranked.is_empty() {
        app.strip.add(&with_lead(StripEvent::routed(at, &turn, chat.as_str(), "", ranked)));
    }
    let event = StripEvent::decided(at, &turn, chat.as_str(), decision.replies.len(), decision.timers.len());
    app.strip.add(&with_lead(event.with("from", from)));
}

fn job_turn(job: &Job) -> String {
    job.kind.id()
}
