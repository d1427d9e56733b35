//! Questions about what there is of people.

use super::documents::{InboundRow, OutboxRow, Stored};
use super::{Store, StoreError};
use agents::conversation::Conversation;
use agents::id::LeadId;
use agents::id::{ContactId, ConversationId};
use agents::lead::Appointment;
use std::collections::HashMap;

impl Store {
    /// The chats of these people, of each the one in which they wrote last first.
    pub async fn conversations_of_contacts(
        &self,
        contacts: &[ContactId],
    ) -> Result<Vec<Stored<Conversation>>, StoreError> {
        match self {
            Self::Embedded(store) => store.conversations_of_contacts(contacts).await,
            Self::Mongo(store) => store.conversations_of_contacts(contacts).await,
        }
    }

    /// How many leads each of these people has; who has none is left out.
    pub async fn lead_counts(&self, contacts: &[ContactId]) -> Result<HashMap<ContactId, u32>, StoreError> {
        match self {
            Self::Embedded(store) => store.lead_counts(contacts).await,
            Self::Mongo(store) => store.lead_counts(contacts).await,
        }
    }

    /// The visits of these leads, in any order.
    pub async fn appointments_of_leads(
        &self,
        leads: &[LeadId],
    ) -> Result<Vec<Stored<Appointment>>, StoreError> {
        match self {
            Self::Embedded(store) => store.appointments_of_leads(leads).await,
            Self::Mongo(store) => store.appointments_of_leads(leads).await,
        }
    }

    /// Everything that came in a chat, in the order in which it was sent. It reads the whole chat.
    pub async fn messages_of(&self, conversation: &ConversationId) -> Result<Vec<InboundRow>, StoreError> {
        match self {
            Self::Embedded(store) => store.messages_of(conversation).await,
            Self::Mongo(store) => store.messages_of(conversation).await,
        }
    }

    /// Everything that was to be said in a chat, in order. It reads the whole chat.
    pub async fn outbox_of(&self, conversation: &ConversationId) -> Result<Vec<OutboxRow>, StoreError> {
        match self {
            Self::Embedded(store) => store.outbox_of(conversation).await,
            Self::Mongo(store) => store.outbox_of(conversation).await,
        }
    }
}
