//! Telling what changes in the database, by whatever process, from a change stream. Watching begins with the first who
//! asks: most processes have nobody who does.

use super::errors::told;
use super::rows::{count, text};
use crate::store::news::{Event, Feed};
use agents::id::{AppointmentId, BusinessId, ConversationId, LeadId, ProId};
use futures::StreamExt;
use mongodb::Database;
use mongodb::bson::{Document, doc};
use mongodb::error::Error;
use mongodb::options::FullDocumentType;
use std::time::Duration;
use tokio_util::task::AbortOnDropHandle;

/// How long to wait before listening again.
const PAUSE: Duration = Duration::from_secs(2);

/// Tells the feed until what is returned is dropped.
pub(super) fn keep_telling(database: Database, feed: Feed) -> AbortOnDropHandle<()> {
    AbortOnDropHandle::new(tokio::spawn(async move {
        loop {
            if let Err(error) = listen(&database, &feed).await {
                tracing::warn!(problem = told(&error), "changes are not told to consoles just now");
            }
            tokio::time::sleep(PAUSE).await;
        }
    }))
}

async fn listen(database: &Database, feed: &Feed) -> Result<(), Error> {
    let on_screens =
        ["leads", "conversations", "members", "appointments", "businesses", "messages", "outbox"];
    let wanted = doc! { "$match": { "$or": [
        { "ns.coll": { "$in": &on_screens[..5] }, "operationType": { "$in": ["insert", "update", "replace"] } },
        { "ns.coll": "messages", "operationType": "insert" },
        { "ns.coll": "outbox", "operationType": { "$in": ["insert", "update", "replace"] } },
        // A job that gives up gets this date, and one that comes back loses it.
        { "ns.coll": "jobs", "operationType": "update", "updateDescription.updatedFields.dead_at": { "$exists": true } },
    ] } };
    let ids_only = doc! { "$project": {
        "ns.coll": 1, "operationType": 1, "documentKey._id": 1, "fullDocument.business": 1, "fullDocument.number": 1,
        "fullDocument.version": 1, "fullDocument.conversation": 1, "fullDocument.pro": 1,
    } };
    let changes =
        database.watch().pipeline([wanted, ids_only]).full_document(FullDocumentType::UpdateLookup).await?;
    // Whatever changed before this moment was not told.
    feed.tell(None, Event::Anything);
    let mut changes = changes.with_type::<Document>();
    while let Some(change) = changes.next().await {
        let change = change?;
        if let Some((business, event)) = event(&change) {
            feed.tell(business.as_ref(), event);
        }
    }
    Ok(())
}

fn event(change: &Document) -> Option<(Option<BusinessId>, Event)> {
    let collection = change.get_document("ns").ok()?.get_str("coll").ok()?;
    if collection == "jobs" {
        return Some((None, Event::Jobs));
    }
    let id = text(change.get_document("documentKey").ok()?, "_id")?;
    // Removed meanwhile: there is nothing to look at.
    let row = change.get_document("fullDocument").ok()?;
    let business = BusinessId::new(text(row, "business")?);
    let conversation = || text(row, "conversation").map(ConversationId::new);
    let event = match collection {
        "leads" => {
            Event::Lead { id: LeadId::new(id), number: count(row, "number"), version: count(row, "version") }
        }
        "conversations" => Event::Conversation { id: ConversationId::new(id) },
        "members" => Event::Pro { id: ProId::new(id) },
        "appointments" => {
            Event::Appointment { id: AppointmentId::new(id), pro: ProId::new(text(row, "pro")?) }
        }
        "businesses" => Event::Business,
        "messages" => Event::Conversation { id: conversation()? },
        "outbox" if text(change, "operationType").as_deref() == Some("insert") => {
            Event::Conversation { id: conversation()? }
        }
        "outbox" => Event::Delivery { conversation: conversation()? },
        _ => return None,
    };
    Some((Some(business), event))
}
