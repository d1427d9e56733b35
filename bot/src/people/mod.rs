//! People: what there is of one, taken out, merged into another, or removed for good.

pub mod erase;
pub mod export;
pub mod marks;
pub mod merge;

use crate::store::documents::Stored;
use crate::store::{Store, StoreError};
use agents::contact::Contact;
use agents::conversation::Conversation;
use agents::id::{BusinessId, ContactId, LeadId};
use agents::lead::{Appointment, Lead};

/// A person and everything that is theirs by its keys.
#[derive(Clone, Debug)]
pub struct Person {
    /// Who.
    pub contact: Stored<Contact>,
    /// Their chats, the latest first.
    pub chats: Vec<Stored<Conversation>>,
    /// Their leads, newest first.
    pub leads: Vec<Stored<Lead>>,
    /// The visits of those.
    pub visits: Vec<Stored<Appointment>>,
}

impl Person {
    /// The person with this id in a business; none when there is none.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub async fn load(
        store: &Store,
        business: &BusinessId,
        id: &ContactId,
    ) -> Result<Option<Self>, StoreError> {
        let contact = store.contact(id).await?.filter(|contact| contact.value.business == *business);
        let Some(contact) = contact else { return Ok(None) };
        let chats = store.conversations_of_contacts(std::slice::from_ref(id)).await?;
        let leads = store.leads_of_contact(id).await?;
        let ids: Vec<LeadId> = leads.iter().map(|lead| lead.value.id.clone()).collect();
        let visits = store.appointments_of_leads(&ids).await?;
        Ok(Some(Self { contact, chats, leads, visits }))
    }
}
