//! What is read together, in as few looks as a store needs: the beginning of a turn, the person that it is about, the pros
//! who may be asked, and the front of a lane. Each sees everything that was committed before it was asked.

use super::documents::{InboundRow, OutboxRow, Said, Stored};
use super::lane::{LOOKED_AT, Lane};
use super::outer::AccountHealth;
use super::{Store, StoreError};
use agents::business::Business;
use agents::contact::Contact;
use agents::conversation::Conversation;
use agents::id::{BusinessId, ContactId, ConversationId, LeadId, ProId};
use agents::lead::Lead;
use agents::pro::Pro;
use chrono::{DateTime, Utc};
use futures::FutureExt;
use std::collections::HashMap;

/// What the turn of a chat begins with.
#[derive(Debug)]
pub struct Opening {
    /// The business that was asked for, else the first by id.
    pub business: Option<Stored<Business>>,
    /// The chat; none that has said nothing yet.
    pub conversation: Option<Stored<Conversation>>,
    /// The messages that are not answered yet, in the order in which they were sent.
    pub inbox: Vec<InboundRow>,
    /// The newest lines, oldest first: see [`Store::history`].
    pub history: Vec<Said>,
}

/// What is known of a person, and whom they can be given to.
#[derive(Debug)]
pub struct Person {
    /// The person.
    pub contact: Option<Stored<Contact>>,
    /// The leads of the person, newest first.
    pub leads: Vec<Stored<Lead>>,
    /// The pros of the business.
    pub pros: Vec<ProAtWork>,
}

/// A pro and how many jobs they have: see [`Store::open_job_counts`].
#[derive(Clone, Debug)]
pub struct ProAtWork {
    /// The pro.
    pub pro: Stored<Pro>,
    /// Leads that are offered to them or booked.
    pub open_jobs: u32,
}

/// The front of a lane, with everything that decides whether it may leave.
#[derive(Debug)]
pub struct Front {
    /// The business that was asked for, else the first by id.
    pub business: Option<Stored<Business>>,
    /// The chat.
    pub conversation: Option<Stored<Conversation>>,
    /// Its person.
    pub contact: Option<Stored<Contact>>,
    /// The lane.
    pub lane: Lane,
    /// The lead that the message at the front is about.
    pub lead: Option<Stored<Lead>>,
    /// The accounts that were asked for and stopped at some time.
    pub accounts: Vec<Stored<AccountHealth>>,
}

/// The rows of a front, before it is known which of them may leave.
pub(super) struct Waiting {
    pub(super) business: Option<Stored<Business>>,
    pub(super) conversation: Option<Stored<Conversation>>,
    pub(super) contact: Option<Stored<Contact>>,
    pub(super) rows: Vec<OutboxRow>,
    /// The lead of the first of them.
    pub(super) lead: Option<Stored<Lead>>,
    pub(super) accounts: Vec<Stored<AccountHealth>>,
}

impl Store {
    /// What the turn of a chat begins with.
    pub async fn opening(
        &self,
        business: Option<&BusinessId>,
        chat: &ConversationId,
        history: u32,
    ) -> Result<Opening, StoreError> {
        if let Self::Mongo(store) = self {
            return store.opening(business, chat, history).boxed().await;
        }
        Ok(Opening {
            business: self.business_or_first(business).await?,
            conversation: self.conversation(chat).await?,
            inbox: self.inbox(chat).await?,
            history: self.history(chat, history).await?,
        })
    }

    /// What is known of a person, and the pros of the business.
    pub async fn person(&self, business: &BusinessId, contact: &ContactId) -> Result<Person, StoreError> {
        if let Self::Mongo(store) = self {
            return store.person(business, contact).boxed().await;
        }
        Ok(Person {
            contact: self.contact(contact).await?,
            leads: self.leads_of_contact(contact).await?,
            pros: self.pros_at_work(business).await?,
        })
    }

    /// All pros of a business, by id.
    pub async fn pros_at_work(&self, business: &BusinessId) -> Result<Vec<ProAtWork>, StoreError> {
        if let Self::Mongo(store) = self {
            return store.pros_at_work(business).boxed().await;
        }
        let pros = self.pros(business).await?;
        let ids: Vec<ProId> = pros.iter().map(|pro| pro.value.id.clone()).collect();
        Ok(at_work(pros, &self.open_job_counts(business, &ids).await?))
    }

    /// The front of a chat's lane; the accounts by their ids.
    pub async fn front(
        &self,
        business: Option<&BusinessId>,
        chat: &ConversationId,
        accounts: &[String],
        now: DateTime<Utc>,
    ) -> Result<Front, StoreError> {
        let waiting = match self {
            Self::Embedded(store) => {
                let conversation = self.conversation(chat).await?;
                Waiting {
                    business: self.business_or_first(business).await?,
                    contact: match &conversation {
                        Some(conversation) => self.contact(&conversation.value.contact).await?,
                        None => None,
                    },
                    conversation,
                    rows: store.outbox_waiting(chat, LOOKED_AT).await?,
                    lead: None,
                    accounts: store
                        .documents_with("accounts", accounts.iter().map(String::as_str).collect())
                        .await?,
                }
            }
            Self::Mongo(store) => store.front(business, chat, accounts, LOOKED_AT).boxed().await?,
        };
        let Waiting { business, conversation, contact, rows, lead, accounts } = waiting;
        let lane = Lane::of(rows, now);
        let about = lane.front.as_ref().and_then(|row| row.lead.as_ref());
        let lead = self.lead_from(lead, about).await?;
        Ok(Front { business, conversation, contact, lane, lead, accounts })
    }

    /// The lead that is wanted: the one that was read already, if it is that.
    async fn lead_from(
        &self,
        read: Option<Stored<Lead>>,
        wanted: Option<&LeadId>,
    ) -> Result<Option<Stored<Lead>>, StoreError> {
        match (read, wanted) {
            (_, None) => Ok(None),
            (Some(read), Some(wanted)) if read.value.id == *wanted => Ok(Some(read)),
            (_, Some(wanted)) => self.lead(wanted).await,
        }
    }

    async fn business_or_first(
        &self,
        business: Option<&BusinessId>,
    ) -> Result<Option<Stored<Business>>, StoreError> {
        match business {
            Some(business) => self.business(business).await,
            None => Ok(self.businesses().await?.into_iter().next()),
        }
    }
}

/// The pros with their jobs; those who are not counted have none.
pub(super) fn at_work(pros: Vec<Stored<Pro>>, jobs: &HashMap<ProId, u32>) -> Vec<ProAtWork> {
    let at_work = |pro: Stored<Pro>| {
        let open_jobs = jobs.get(&pro.value.id).copied().unwrap_or(0);
        ProAtWork { pro, open_jobs }
    };
    pros.into_iter().map(at_work).collect()
}
