//! What is read together, each in one command.

use super::Mongo;
use super::rows::{parse_all, stored};
use super::several::Question;
use crate::store::documents::Stored;
use crate::store::views::{Opening, Person, Waiting};
use crate::store::{StoreError, history};
use agents::id::{BusinessId, ContactId, ConversationId};
use mongodb::bson::{Document, doc};
use serde::de::DeserializeOwned;

impl Mongo {
    pub(in crate::store) async fn opening(
        &self,
        business: Option<&BusinessId>,
        chat: &ConversationId,
        limit: u32,
    ) -> Result<Opening, StoreError> {
        self.within(async {
            let [businesses, conversation, inbox, heard, told] = self
                .several([
                    first_business(business),
                    by_id("conversations", chat.as_str()),
                    inbox(chat),
                    heard(chat, limit),
                    told(chat, limit),
                ])
                .await?;
            Ok(Opening {
                business: self.known("businesses", &businesses).await?.into_iter().next(),
                conversation: first("conversations", &conversation)?,
                inbox: parse_all("messages", &inbox)?,
                history: history::merged(parse_all("messages", &heard)?, parse_all("outbox", &told)?, limit),
            })
        })
        .await
    }

    pub(in crate::store) async fn person(
        &self,
        business: &BusinessId,
        contact: &ContactId,
        phone: Option<&str>,
    ) -> Result<Person, StoreError> {
        self.within(async {
            let contacts = by_id("contacts", contact.as_str());
            let wanted = doc! { "contact": contact.as_str() };
            let leads = Question::of("leads", wanted, doc! { "number": -1 }, None);
            let (contacts, leads, pros) = match phone {
                Some(phone) => {
                    let wanted = doc! { "business": business.as_str(), "phone": phone };
                    let pros = Question::of("members", wanted, doc! { "_id": 1 }, Some(1));
                    self.several([contacts, leads, pros]).await?.into()
                }
                None => {
                    let [contacts, leads] = self.several([contacts, leads]).await?;
                    (contacts, leads, Vec::new())
                }
            };
            Ok(Person {
                contact: first("contacts", &contacts)?,
                pro: first("members", &pros)?,
                leads: leads.iter().map(|row| stored("leads", row)).collect::<Result<_, _>>()?,
            })
        })
        .await
    }

    pub(in crate::store) async fn front(
        &self,
        business: Option<&BusinessId>,
        chat: &ConversationId,
        accounts: &[String],
        limit: u32,
    ) -> Result<Waiting, StoreError> {
        self.within(async {
            let [businesses, conversation, contact, rows, lead, accounts] = self
                .several([
                    first_business(business),
                    by_id("conversations", chat.as_str()),
                    by_id("conversations", chat.as_str()).pointing_to("contacts", "contact"),
                    waiting(chat, limit),
                    waiting(chat, 1).pointing_to("leads", "body.lead"),
                    Question::of("accounts", doc! { "_id": { "$in": accounts } }, doc! { "_id": 1 }, None),
                ])
                .await?;
            Ok(Waiting {
                business: self.known("businesses", &businesses).await?.into_iter().next(),
                conversation: first("conversations", &conversation)?,
                contact: first("contacts", &contact)?,
                rows: parse_all("outbox", &rows)?,
                lead: first("leads", &lead)?,
                accounts: accounts.iter().map(|row| stored("accounts", row)).collect::<Result<_, _>>()?,
            })
        })
        .await
    }
}

/// The messages of a chat that are not answered yet.
pub(super) fn inbox(chat: &ConversationId) -> Question {
    let wanted = doc! { "conversation": chat.as_str(), "is_handled": false };
    Question::of("messages", wanted, doc! { "at": 1, "arrival": 1 }, None)
}

/// The newest words that came in.
pub(super) fn heard(chat: &ConversationId, limit: u32) -> Question {
    let wanted = doc! { "conversation": chat.as_str(), "has_words": true };
    Question::of("messages", wanted, doc! { "at": -1, "arrival": -1 }, Some(limit))
}

/// The newest texts of ours.
pub(super) fn told(chat: &ConversationId, limit: u32) -> Question {
    let wanted = doc! { "conversation": chat.as_str(), "state": { "$ne": "suppressed" } };
    Question::of("outbox", wanted, doc! { "created_at": -1, "sequence": -1 }, Some(limit))
}

/// The messages of ours that wait to be sent.
pub(super) fn waiting(chat: &ConversationId, limit: u32) -> Question {
    let wanted = doc! { "conversation": chat.as_str(), "is_waiting": true };
    Question::of("outbox", wanted, doc! { "sequence": 1 }, Some(limit))
}

fn first_business(business: Option<&BusinessId>) -> Question {
    let business = match business {
        Some(business) => by_id("businesses", business.as_str()),
        None => Question::of("businesses", doc! {}, doc! { "_id": 1 }, Some(1)),
    };
    business.only_versions()
}

fn by_id(collection: &'static str, id: &str) -> Question {
    Question::of(collection, doc! { "_id": id }, doc! {}, None)
}

fn first<T: DeserializeOwned>(
    collection: &'static str,
    rows: &[Document],
) -> Result<Option<Stored<T>>, StoreError> {
    rows.first().map(|row| stored(collection, row)).transpose()
}
