//! Tells the operator by WhatsApp what waits for a person: everything in one message, each lead and each chat once per
//! reason. They are marked in the same write as the message, so that nobody is told twice.

use super::{JobError, Outcome};
use crate::app::App;
use crate::pipeline::{self, Told};
use crate::store::documents::{Document, Expect};
use agents::care::{self, WaitingChat};
use agents::decision::{Purpose, Recipient, Reply};
use agents::lead::Lead;

/// How many leads one report takes; the rest comes with the next.
const MOST: u32 = 100;

/// Reports once.
pub(super) async fn run(app: &App) -> Result<Outcome, JobError> {
    let Some(business) = app.business().await? else { return Ok(outcome("no_business", 0)) };
    let business = business.value;
    let leads = app.store.unreported_leads(&business.id, MOST).await?;
    let chats = app.store.unreported_chats(&business.id, MOST).await?;
    let count = u64::try_from(leads.len() + chats.len()).unwrap_or(u64::MAX);
    let Some(phone) = &app.config.admin_phone else { return Ok(outcome("no_admin_phone", count)) };
    let values: Vec<Lead> = leads.iter().map(|stored| stored.value.clone()).collect();
    let mut waiting = Vec::new();
    for chat in &chats {
        let Some(concern) = chat.value.needs_human else { continue };
        let lead = match &chat.value.lead {
            Some(lead) => app.store.lead(lead).await?.map(|lead| lead.value),
            None => None,
        };
        // Told of with the lead, in this report or in an earlier one.
        if lead.as_ref().is_none_or(|lead| lead.care.reported != Some(concern)) {
            waiting.push(WaitingChat { concern, number: lead.map(|lead| lead.number) });
        }
    }
    let message = care::report(business.locale, &values, &waiting);
    let mut documents: Vec<(Expect, Document)> = leads
        .into_iter()
        .map(|stored| {
            let mut lead = stored.value;
            lead.care.reported = lead.needs_human;
            (Expect::Version(stored.version), Document::Lead(lead))
        })
        .collect();
    documents.extend(chats.into_iter().map(|stored| {
        let mut chat = stored.value;
        chat.reported = chat.needs_human;
        (Expect::Version(stored.version), Document::Conversation(chat))
    }));
    let Some(message) = message else {
        if !documents.is_empty() {
            app.store.put_documents(documents, app.now()).await?;
        }
        return Ok(outcome("reported", 0));
    };
    let Some(chat) = pipeline::chat_with_phone(app, &business, phone, &mut documents).await? else {
        return Ok(outcome("no_account", count));
    };
    let told = Told {
        origin: format!("{}.{}", pipeline::REPORT, app.now().timestamp_millis()),
        documents,
        replies: vec![Reply {
            to: Recipient::Conversation(chat),
            purpose: Purpose::Duty,
            message,
            lead: None,
            not_before: None,
        }],
        notes: Vec::new(),
    };
    // A lead that changed meanwhile is reported next time, with the others.
    match pipeline::tell(app, &business, told).await? {
        true => Ok(outcome("reported", count)),
        false => Err(JobError::Failed("leads_changed")),
    }
}

fn outcome(key: &'static str, leads: u64) -> Outcome {
    Outcome { key, counts: vec![("leads", leads)] }
}
