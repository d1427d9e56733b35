//! A person's data as one document that they can read (B131): nothing of it is masked.

use super::Person;
use super::marks::Marks;
use crate::store::{Store, StoreError};
use agents::business::Business;
use agents::id::ContactId;
use serde_json::{Value, json};
use std::sync::Arc;

/// Everything of a person: their contact, chats with what was said on both sides, leads, visits, reviews, and where the
/// audits speak of them. None when there is no such person in the business.
///
/// # Errors
/// When the store cannot be read.
pub async fn export(store: &Store, business: &Business, id: &ContactId) -> Result<Option<Value>, StoreError> {
    let Some(person) = Person::load(store, &business.id, id).await? else { return Ok(None) };
    let mut chats = Vec::new();
    for chat in &person.chats {
        let received = store.messages_of(&chat.value.id).await?;
        let sent = store.outbox_of(&chat.value.id).await?;
        chats.push(json!({ "chat": chat.value, "received": received, "sent": sent }));
    }
    let reviews: Vec<Value> = person
        .leads
        .iter()
        .filter_map(|lead| {
            let review = lead.value.review.as_ref()?;
            Some(json!({ "lead": lead.value.number, "stars": review.stars, "words": review.words, "at": review.at }))
        })
        .collect();
    let leads: Vec<_> = person.leads.iter().map(|lead| &lead.value).collect();
    let visits: Vec<_> = person.visits.iter().map(|visit| &visit.value).collect();
    let marks = Arc::new(Marks::of(&person));
    let mut audit = Vec::new();
    for collection in ["audit", "changes"] {
        let marks = Arc::clone(&marks);
        let rows = store.find_rows_in(collection, Arc::new(move |text| marks.is_theirs(text))).await?;
        audit.extend(rows.into_iter().filter_map(|row| row.body));
    }
    Ok(Some(json!({
        "business": business.name,
        "contact": person.contact.value,
        "chats": chats,
        "leads": leads,
        "visits": visits,
        "reviews": reviews,
        "audit": audit,
    })))
}
