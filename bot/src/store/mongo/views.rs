//! What is read together, each in one command.

use super::rows::{parse_all, stored};
use super::several::Question;
use super::{Mongo, queries};
use crate::store::documents::Stored;
use crate::store::views::{self, Opening, Person, ProAtWork, Waiting};
use crate::store::{StoreError, history};
use agents::id::{BusinessId, ContactId, ConversationId, ProId};
use agents::pro::Pro;
use mongodb::bson::{Document, doc};
use serde::de::DeserializeOwned;
use std::collections::BTreeSet;

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
    ) -> Result<Person, StoreError> {
        self.within(async {
            let expected = self.inner.known.pros_of(business);
            let [contacts, leads, pros, jobs] = self
                .several([
                    by_id("contacts", contact.as_str()),
                    queries::leads_of(contact),
                    queries::pros(business),
                    queries::jobs_of(business, expected.iter()),
                ])
                .await?;
            Ok(Person {
                contact: first("contacts", &contacts)?,
                leads: leads.iter().map(|row| stored("leads", row)).collect::<Result<_, _>>()?,
                pros: self.at_work(business, &expected, &pros, &jobs).await?,
            })
        })
        .await
    }

    pub(in crate::store) async fn pros_at_work(
        &self,
        business: &BusinessId,
    ) -> Result<Vec<ProAtWork>, StoreError> {
        self.within(async {
            let expected = self.inner.known.pros_of(business);
            let questions = [queries::pros(business), queries::jobs_of(business, expected.iter())];
            let [pros, jobs] = self.several(questions).await?;
            self.at_work(business, &expected, &pros, &jobs).await
        })
        .await
    }

    /// The pros of the answers to two questions that were asked together. Whose jobs are to be counted is not known before
    /// the pros are, so those of the last time were: mostly they are the same, and those who are new are counted now.
    async fn at_work(
        &self,
        business: &BusinessId,
        expected: &BTreeSet<ProId>,
        pros: &[Document],
        jobs: &[Document],
    ) -> Result<Vec<ProAtWork>, StoreError> {
        let pros: Vec<Stored<Pro>> = self.known("members", pros).await?;
        let mut jobs = queries::counted(jobs);
        let ids: BTreeSet<ProId> = pros.iter().map(|pro| pro.value.id.clone()).collect();
        let mut new = ids.difference(expected).peekable();
        if new.peek().is_some() {
            let [more] = self.several([queries::jobs_of(business, new)]).await?;
            jobs.extend(queries::counted(&more));
            self.inner.known.put_pros(business, ids);
        }
        Ok(views::at_work(pros, &jobs))
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
