//! Questions of people who look at lists: filtered, newest first, page by page. A page begins behind a row and never at a
//! count, so a list that changes meanwhile repeats and drops nothing that stands still. Every question has an index.

use super::documents::{InboundRow, OutboxRow, Stored};
use super::{Store, StoreError};
use agents::contact::Contact;
use agents::conversation::Conversation;
use agents::id::{BusinessId, ContactId, ConversationId, LeadId, ProId};
use agents::lead::{Appointment, Lead, Status};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

/// The row behind which a page begins.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Behind {
    /// What the list is ordered by.
    pub at: DateTime<Utc>,
    /// The id, among rows of the same moment.
    pub id: String,
}

/// Which leads are listed; all given conditions hold.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct WhichLeads {
    /// Standing so.
    pub status: Option<Status>,
    /// With this pro.
    pub pro: Option<ProId>,
    /// Of this person.
    pub contact: Option<ContactId>,
    /// Only those that wait for a person.
    pub needs_human: bool,
    /// Only those that fit one of these.
    pub find: Option<FindLeads>,
}

/// What leads are found by; one of them is enough.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FindLeads {
    /// The short number.
    pub number: Option<u64>,
    /// What the customer's name or the summary begins with, folded ([`agents::text::fold`]); not empty.
    pub words: String,
    /// Keys of towns.
    pub cities: Vec<String>,
}

/// What a person is found by: a name or a phone that begins so.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FindPeople {
    /// What the name begins with, folded; not empty.
    pub name: String,
    /// What the phone begins with, E.164; not empty.
    pub phone: Option<String>,
}

/// Which chats are listed; all given conditions hold.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct WhichChats {
    /// Only those that wait for a person.
    pub needs_human: bool,
    /// Only those in which the bot is silent then.
    pub paused_at: Option<DateTime<Utc>>,
    /// Only with these people.
    pub find: Option<FindPeople>,
}

/// What was said in a chat.
#[derive(Clone, Debug, PartialEq)]
pub enum ChatLine {
    /// By the person.
    Heard(Box<InboundRow>),
    /// By us.
    Told(Box<OutboxRow>),
}

impl ChatLine {
    /// When.
    #[must_use]
    pub fn at(&self) -> DateTime<Utc> {
        match self {
            Self::Heard(row) => row.inbound.at,
            Self::Told(row) => row.created_at,
        }
    }
}

/// How far back the lines of a chat were read: on each side the place of the oldest, in the numbers of the store.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReadUpTo {
    /// Of what was heard.
    pub heard: Option<(i64, i64)>,
    /// Of what was told.
    pub told: Option<(i64, i64)>,
}

/// A page of what was said.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ChatLines {
    /// Oldest first.
    pub lines: Vec<ChatLine>,
    /// Where the page before it begins; none when there is nothing before it.
    pub before: Option<ReadUpTo>,
}

/// A line and its place.
pub(super) type Placed<T> = ((i64, i64), T);

/// Makes a page of the newest lines of both sides, each newest first and one more than fits.
pub(super) fn page(
    heard: Vec<Placed<InboundRow>>,
    told: Vec<Placed<OutboxRow>>,
    read: ReadUpTo,
    limit: usize,
) -> ChatLines {
    let heard = heard.into_iter().map(|(place, row)| (place, ChatLine::Heard(Box::new(row))));
    let told = told.into_iter().map(|(place, row)| (place, ChatLine::Told(Box::new(row))));
    let mut all: Vec<_> = told.chain(heard).collect();
    // Stable: at the same moment what was told is newer than what was heard, each in its own order.
    all.sort_by_key(|(_, line)| std::cmp::Reverse(line.at()));
    let is_more = all.len() > limit;
    all.truncate(limit);
    let mut before = read;
    for (place, line) in &all {
        match line {
            ChatLine::Heard(_) => before.heard = Some(*place),
            ChatLine::Told(_) => before.told = Some(*place),
        }
    }
    let lines = all.into_iter().rev().map(|(_, line)| line).collect();
    ChatLines { lines, before: is_more.then_some(before) }
}

impl Store {
    /// Leads of a business, that whose status changed last first ([`Lead::status_since`]).
    pub async fn list_leads(
        &self,
        business: &BusinessId,
        which: &WhichLeads,
        behind: Option<&Behind>,
        limit: u32,
    ) -> Result<Vec<Stored<Lead>>, StoreError> {
        match self {
            Self::Embedded(store) => store.list_leads(business, which, behind, limit).await,
            Self::Mongo(store) => store.list_leads(business, which, behind, limit).await,
        }
    }

    /// Chats of a business, that in which the person wrote last first; those in which they never wrote come last, as at
    /// [`DateTime::UNIX_EPOCH`].
    pub async fn list_conversations(
        &self,
        business: &BusinessId,
        which: &WhichChats,
        behind: Option<&Behind>,
        limit: u32,
    ) -> Result<Vec<Stored<Conversation>>, StoreError> {
        match self {
            Self::Embedded(store) => store.list_conversations(business, which, behind, limit).await,
            Self::Mongo(store) => store.list_conversations(business, which, behind, limit).await,
        }
    }

    /// People of a business, whoever came last first, each with their place in the order; those behind a place.
    pub async fn list_contacts(
        &self,
        business: &BusinessId,
        find: Option<&FindPeople>,
        behind: Option<i64>,
        limit: u32,
    ) -> Result<Vec<(i64, Stored<Contact>)>, StoreError> {
        match self {
            Self::Embedded(store) => store.list_contacts(business, find, behind, limit).await,
            Self::Mongo(store) => store.list_contacts(business, find, behind, limit).await,
        }
    }

    /// The people with these ids, in any order; those that do not exist are left out.
    pub async fn contacts(&self, ids: &[ContactId]) -> Result<Vec<Stored<Contact>>, StoreError> {
        let ids = ids.iter().map(ContactId::as_str).collect();
        match self {
            Self::Embedded(store) => store.documents_with("contacts", ids).await,
            Self::Mongo(store) => store.documents_with("contacts", ids).await,
        }
    }

    /// What was said in a chat on both sides, suppressed messages too: the newest page, or that before what was read.
    pub async fn chat_lines(
        &self,
        conversation: &ConversationId,
        read: ReadUpTo,
        limit: u32,
    ) -> Result<ChatLines, StoreError> {
        match self {
            Self::Embedded(store) => store.chat_lines(conversation, read, limit).await,
            Self::Mongo(store) => store.chat_lines(conversation, read, limit).await,
        }
    }

    /// The visits of a business that begin at or after `from` and before `to`, whatever became of them, by time; the
    /// first `limit` of them.
    pub async fn appointments_between(
        &self,
        business: &BusinessId,
        from: DateTime<Utc>,
        to: DateTime<Utc>,
        limit: u32,
    ) -> Result<Vec<Stored<Appointment>>, StoreError> {
        match self {
            Self::Embedded(store) => store.appointments_between(business, from, to, limit).await,
            Self::Mongo(store) => store.appointments_between(business, from, to, limit).await,
        }
    }

    /// The leads of a business that were made at or after `from` and before `to`, oldest first, behind a row; the first
    /// `limit` of them. A lead was made when its history began.
    pub async fn leads_made(
        &self,
        business: &BusinessId,
        from: DateTime<Utc>,
        to: DateTime<Utc>,
        behind: Option<&Behind>,
        limit: u32,
    ) -> Result<Vec<Stored<Lead>>, StoreError> {
        match self {
            Self::Embedded(store) => store.leads_made(business, from, to, behind, limit).await,
            Self::Mongo(store) => store.leads_made(business, from, to, behind, limit).await,
        }
    }

    /// When the leads of a business were made that were made since then, oldest first.
    pub async fn moments_of_leads(
        &self,
        business: &BusinessId,
        since: DateTime<Utc>,
    ) -> Result<Vec<DateTime<Utc>>, StoreError> {
        match self {
            Self::Embedded(store) => store.moments_of_leads(business, since).await,
            Self::Mongo(store) => store.moments_of_leads(business, since).await,
        }
    }

    /// How many leads and chats of a business wait for a person.
    pub async fn count_waiting_for_human(&self, business: &BusinessId) -> Result<u64, StoreError> {
        match self {
            Self::Embedded(store) => store.count_waiting_for_human(business).await,
            Self::Mongo(store) => store.count_waiting_for_human(business).await,
        }
    }

    /// How many messages of a business are of unknown fate: all of them, or those about one lead.
    pub async fn count_unsettled(
        &self,
        business: &BusinessId,
        lead: Option<&LeadId>,
    ) -> Result<u64, StoreError> {
        match self {
            Self::Embedded(store) => store.count_unsettled(business, lead).await,
            Self::Mongo(store) => store.count_unsettled(business, lead).await,
        }
    }

    /// Of the newest `limit` messages of a business those that were sent since then and are answered: when each was sent,
    /// and when it was answered.
    pub async fn answer_times(
        &self,
        business: &BusinessId,
        since: DateTime<Utc>,
        limit: u32,
    ) -> Result<Vec<(DateTime<Utc>, DateTime<Utc>)>, StoreError> {
        match self {
            Self::Embedded(store) => store.answer_times(business, since, limit).await,
            Self::Mongo(store) => store.answer_times(business, since, limit).await,
        }
    }
}

/// Columns of lists, told the same way by every store.
pub(super) mod columns {
    use super::{Contact, Conversation, DateTime, Lead, Utc};
    use agents::text::{fold, truncate};

    /// How much of a text is found by its beginning, in characters.
    const FOUND_BY: usize = 48;

    fn beginning(text: &str) -> String {
        truncate(&fold(text), FOUND_BY).to_owned()
    }

    /// What a person's name begins with.
    pub(in crate::store) fn name_of_contact(contact: &Contact) -> String {
        beginning(contact.called().unwrap_or_default())
    }

    /// What the name of a lead's customer begins with.
    pub(in crate::store) fn name_of_lead(lead: &Lead) -> String {
        beginning(lead.customer_name.as_deref().unwrap_or_default())
    }

    /// What the summary of a lead begins with.
    pub(in crate::store) fn issue_of_lead(lead: &Lead) -> String {
        beginning(&lead.issue_summary)
    }

    /// By what leads are ordered.
    pub(in crate::store) fn changed_at(lead: &Lead) -> DateTime<Utc> {
        lead.status_since().unwrap_or(DateTime::UNIX_EPOCH)
    }

    /// When a lead was made.
    pub(in crate::store) fn made_at(lead: &Lead) -> DateTime<Utc> {
        lead.history.first().map_or(DateTime::UNIX_EPOCH, |change| change.at)
    }

    /// By what chats are ordered.
    pub(in crate::store) fn heard_at(chat: &Conversation) -> DateTime<Utc> {
        chat.last_inbound_at.unwrap_or(DateTime::UNIX_EPOCH)
    }
}
