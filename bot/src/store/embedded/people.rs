//! Questions about what there is of people.

use super::Embedded;
use super::rows::{documents, id_list, rows};
use crate::store::StoreError;
use crate::store::documents::{InboundRow, OutboxRow, Stored};
use agents::conversation::Conversation;
use agents::id::{ContactId, ConversationId, LeadId};
use agents::lead::Appointment;
use std::collections::HashMap;

impl Embedded {
    pub(in crate::store) async fn conversations_of_contacts(
        &self,
        contacts: &[ContactId],
    ) -> Result<Vec<Stored<Conversation>>, StoreError> {
        let contacts = id_list(contacts.iter().map(ContactId::as_str));
        self.read(move |connection| {
            let sql = "SELECT id, schema, body, version FROM conversations
                       WHERE contact IN (SELECT value FROM json_each(?1))
                       ORDER BY contact, last_inbound_at DESC, id";
            documents(connection, "conversations", sql, [contacts])
        })
        .await
    }

    pub(in crate::store) async fn lead_counts(
        &self,
        contacts: &[ContactId],
    ) -> Result<HashMap<ContactId, u32>, StoreError> {
        let contacts = id_list(contacts.iter().map(ContactId::as_str));
        self.read(move |connection| {
            let mut statement = connection.prepare_cached(
                "SELECT contact, count(*) FROM leads
                 WHERE contact IN (SELECT value FROM json_each(?1)) GROUP BY contact",
            )?;
            let counted = statement
                .query_map([contacts], |row| Ok((ContactId::new(row.get::<_, String>(0)?), row.get(1)?)))?;
            Ok(counted.collect::<Result<_, _>>()?)
        })
        .await
    }

    pub(in crate::store) async fn appointments_of_leads(
        &self,
        leads: &[LeadId],
    ) -> Result<Vec<Stored<Appointment>>, StoreError> {
        let leads = id_list(leads.iter().map(LeadId::as_str));
        self.read(move |connection| {
            let sql = "SELECT id, schema, body, version FROM appointments
                       WHERE lead IN (SELECT value FROM json_each(?1)) ORDER BY id";
            documents(connection, "appointments", sql, [leads])
        })
        .await
    }

    pub(in crate::store) async fn messages_of(
        &self,
        conversation: &ConversationId,
    ) -> Result<Vec<InboundRow>, StoreError> {
        let conversation = conversation.clone();
        self.read(move |connection| {
            let sql = "SELECT id, schema, body FROM messages WHERE conversation = ?1 ORDER BY at, arrival";
            rows(connection, "messages", sql, [conversation.as_str()])
        })
        .await
    }

    pub(in crate::store) async fn outbox_of(
        &self,
        conversation: &ConversationId,
    ) -> Result<Vec<OutboxRow>, StoreError> {
        let conversation = conversation.clone();
        self.read(move |connection| {
            let sql =
                "SELECT id, schema, body FROM outbox WHERE conversation = ?1 ORDER BY created_at, sequence";
            rows(connection, "outbox", sql, [conversation.as_str()])
        })
        .await
    }
}
