//! Questions about what there is of people.

use super::Mongo;
use super::rows::{count, parse_all, text};
use crate::store::StoreError;
use crate::store::documents::{InboundRow, OutboxRow, Stored};
use agents::conversation::Conversation;
use agents::id::{ContactId, ConversationId, LeadId};
use agents::lead::Appointment;
use futures::TryStreamExt;
use mongodb::bson::{Document, doc};
use std::collections::HashMap;

impl Mongo {
    pub(in crate::store) async fn conversations_of_contacts(
        &self,
        contacts: &[ContactId],
    ) -> Result<Vec<Stored<Conversation>>, StoreError> {
        let ids: Vec<&str> = contacts.iter().map(ContactId::as_str).collect();
        let order = doc! { "contact": 1, "last_inbound_at": -1, "_id": 1 };
        self.documents("conversations", doc! { "contact": { "$in": ids } }, order, None).await
    }

    pub(in crate::store) async fn lead_counts(
        &self,
        contacts: &[ContactId],
    ) -> Result<HashMap<ContactId, u32>, StoreError> {
        self.within(async {
            let ids: Vec<&str> = contacts.iter().map(ContactId::as_str).collect();
            let stages = [
                doc! { "$match": { "contact": { "$in": ids } } },
                doc! { "$group": { "_id": "$contact", "leads": { "$sum": 1 } } },
            ];
            let groups: Vec<Document> =
                self.collection("leads").aggregate(stages).await?.try_collect().await?;
            let counted = groups.iter().map(|group| {
                let contact = ContactId::new(text(group, "_id").unwrap_or_default());
                (contact, u32::try_from(count(group, "leads")).unwrap_or(u32::MAX))
            });
            Ok(counted.collect())
        })
        .await
    }

    pub(in crate::store) async fn appointments_of_leads(
        &self,
        leads: &[LeadId],
    ) -> Result<Vec<Stored<Appointment>>, StoreError> {
        let ids: Vec<&str> = leads.iter().map(LeadId::as_str).collect();
        self.documents("appointments", doc! { "lead": { "$in": ids } }, doc! { "_id": 1 }, None).await
    }

    pub(in crate::store) async fn messages_of(
        &self,
        conversation: &ConversationId,
    ) -> Result<Vec<InboundRow>, StoreError> {
        self.within(async {
            let wanted = doc! { "conversation": conversation.as_str() };
            parse_all("messages", &self.find("messages", wanted, doc! { "at": 1, "arrival": 1 }, None).await?)
        })
        .await
    }

    pub(in crate::store) async fn outbox_of(
        &self,
        conversation: &ConversationId,
    ) -> Result<Vec<OutboxRow>, StoreError> {
        self.within(async {
            let wanted = doc! { "conversation": conversation.as_str() };
            let order = doc! { "created_at": 1, "sequence": 1 };
            parse_all("outbox", &self.find("outbox", wanted, order, None).await?)
        })
        .await
    }
}
