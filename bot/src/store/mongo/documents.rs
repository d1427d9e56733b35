//! Documents of a turn as stored: the body, and beside it whatever a query looks at.

use super::errors::Failure;
use super::rows::{arrival, body, date, maybe_date, stored_count, word};
use super::{Mongo, errors};
use crate::store::StoreError;
use crate::store::documents::{Document as Value, Expect, SCHEMA_VERSION};
use mongodb::ClientSession;
use mongodb::bson::{Bson, Document, doc};

impl Mongo {
    /// Writes one document if it is as expected. The write of one document needs no transaction.
    pub(super) async fn write_document(
        &self,
        session: Option<&mut ClientSession>,
        expect: Expect,
        document: &Value,
    ) -> Result<(), Failure> {
        let (collection, id) = (document.collection(), document.id());
        let mut fields = fields(document)?;
        let rows = self.collection(collection);
        let written = match expect {
            Expect::Absent => {
                fields.insert("_id", id);
                fields.insert("version", 1_i64);
                fields.insert("arrival", arrival());
                let insert = rows.insert_one(fields);
                let inserted = match session {
                    Some(session) => insert.session(session).await,
                    None => insert.await,
                };
                inserted.map(|_| true)
            }
            Expect::Version(version) => {
                let version = stored_count(version);
                fields.insert("version", version.saturating_add(1));
                let wanted = doc! { "_id": id, "version": version };
                let update = rows.update_one(wanted, doc! { "$set": fields });
                let updated = match session {
                    Some(session) => update.session(session).await,
                    None => update.await,
                };
                updated.map(|updated| updated.matched_count == 1)
            }
        };
        let conflict = || StoreError::Version { collection, id: id.to_owned() };
        match written {
            Ok(true) => Ok(()),
            Ok(false) => Err(conflict().into()),
            // A lead whose number is taken by another lead counts as a conflict too: the caller gets a fresh number.
            Err(error) if errors::is_duplicate(&error) => Err(conflict().into()),
            Err(error) => Err(error.into()),
        }
    }

    /// Fails when a document that was only read has been changed since. To read it makes no other write conflict; what must
    /// not change at the same moment meets at the calendar's counter.
    pub(super) async fn check_unchanged(
        &self,
        session: &mut ClientSession,
        collection: &'static str,
        id: &str,
        version: u64,
    ) -> Result<(), Failure> {
        let wanted = doc! { "_id": id, "version": stored_count(version) };
        let found = self
            .collection(collection)
            .find_one(wanted)
            .projection(doc! { "_id": 1 })
            .session(session)
            .await?;
        match found {
            Some(_) => Ok(()),
            None => Err(StoreError::Version { collection, id: id.to_owned() }.into()),
        }
    }
}

/// Everything that is kept of a document but its key, its version and its place.
pub(super) fn fields(document: &Value) -> Result<Document, StoreError> {
    let (collection, id) = (document.collection(), document.id());
    let mut fields = doc! { "schema": SCHEMA_VERSION, "business": document.business().as_str() };
    let body = match document {
        Value::Business(business) => body(collection, id, business)?,
        Value::Pro(pro) => {
            fields.insert("phone", pro.phone.as_str());
            body(collection, id, pro)?
        }
        Value::Contact(contact) => body(collection, id, contact)?,
        Value::Conversation(conversation) => {
            fields.insert("contact", conversation.contact.as_str());
            fields.insert("channel", conversation.place.channel.key());
            fields.insert("last_inbound_at", maybe_date(conversation.last_inbound_at));
            fields.insert("is_unreported", conversation.is_unreported());
            body(collection, id, conversation)?
        }
        Value::Lead(lead) => {
            fields.insert("number", stored_count(lead.number));
            fields.insert("contact", lead.contact.as_str());
            fields.insert("pro", lead.pro.as_ref().map_or(Bson::Null, |pro| pro.as_str().into()));
            fields.insert("status", word(&lead.status));
            fields.insert("is_open", lead.status.is_open());
            fields.insert("status_since", maybe_date(lead.status_since()));
            fields.insert("stale_since", maybe_date(lead.stale_since()));
            fields.insert("is_unreported", lead.is_unreported());
            body(collection, id, lead)?
        }
        Value::Appointment(appointment) => {
            fields.insert("lead", appointment.lead.as_str());
            fields.insert("pro", appointment.pro.as_str());
            fields.insert("starts_at", date(appointment.slot.from));
            body(collection, id, appointment)?
        }
        Value::Alert(alert) => {
            fields.insert("waits", alert.waits);
            body(collection, id, alert)?
        }
    };
    fields.insert("body", body);
    Ok(fields)
}
