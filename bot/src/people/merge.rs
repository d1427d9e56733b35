//! Two contacts that are one person become one: chats and leads of the other are this one's, and the other is gone.

use super::Person;
use crate::app::App;
use crate::store::StoreError;
use crate::store::documents::{Commit, Document, Expect, Removed};
use agents::business::Business;
use agents::contact::Contact;
use agents::id::ContactId;
use agents::lead::{Lead, visits_clash};

/// Why two contacts were not made one.
#[derive(Debug, thiserror::Error)]
pub enum MergeError {
    /// The store could not be read or written.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// One of them is not in this business.
    #[error("there is no such person")]
    NotFound,
    /// This one is not as it was seen, or something of either changed meanwhile.
    #[error("the person changed meanwhile")]
    Changed,
    /// One person cannot be merged into themselves.
    #[error("this is the same contact")]
    Same,
    /// The other works here: chats with them are found by their phone.
    #[error("the other is a pro or an owner")]
    WorksHere,
    /// Both have visits at the same time.
    #[error("both have visits at the same time")]
    Clash,
}

/// Merges the other into the one, which must have this version, and writes `with` in the same commit.
///
/// # Errors
/// See [`MergeError`]; nothing is changed then.
pub async fn merge(
    app: &App,
    business: &Business,
    one: &ContactId,
    version: u64,
    other: &ContactId,
    with: Vec<(Expect, Document)>,
) -> Result<(), MergeError> {
    if one == other {
        return Err(MergeError::Same);
    }
    let into = Person::load(&app.store, &business.id, one).await?.ok_or(MergeError::NotFound)?;
    let from = Person::load(&app.store, &business.id, other).await?.ok_or(MergeError::NotFound)?;
    if into.contact.version != version {
        return Err(MergeError::Changed);
    }
    if works_here(app, business, &from.contact.value).await? {
        return Err(MergeError::WorksHere);
    }
    let leads =
        |person: &Person| -> Vec<Lead> { person.leads.iter().map(|lead| lead.value.clone()).collect() };
    if visits_clash(&leads(&into), &leads(&from)) {
        return Err(MergeError::Clash);
    }
    let removed =
        vec![Removed { collection: "contacts", id: other.to_string(), version: from.contact.version }];
    let merged = into.contact.value.with(from.contact.value);
    let mut documents = vec![(Expect::Version(version), Document::Contact(merged))];
    for mut chat in from.chats {
        chat.value.contact = one.clone();
        documents.push((Expect::Version(chat.version), Document::Conversation(chat.value)));
    }
    for mut lead in from.leads {
        lead.value.contact = one.clone();
        documents.push((Expect::Version(lead.version), Document::Lead(lead.value)));
    }
    documents.extend(with);
    match app.store.commit(Commit { documents, removed, ..Commit::default() }, app.now()).await {
        Ok(()) => Ok(()),
        Err(StoreError::Version { .. }) => Err(MergeError::Changed),
        Err(error) => Err(error.into()),
    }
}

async fn works_here(app: &App, business: &Business, contact: &Contact) -> Result<bool, StoreError> {
    for phone in contact.phones() {
        if app.is_owner(business, phone) || app.store.pro_by_phone(&business.id, phone).await?.is_some() {
            return Ok(true);
        }
    }
    Ok(false)
}
