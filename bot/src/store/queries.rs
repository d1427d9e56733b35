//! The named questions that the store answers. They change nothing; each sees everything that was committed before
//! it was asked. A row that a newer program wrote makes its question fail with [`StoreError::Unreadable`].

use super::documents::{
    Claim, DeadJob, InboundRow, JobKind, JobList, JobRow, Noted, Oddity, OutboxRow, Said, Stored, Workload,
};
use super::{Store, StoreError};
use agents::business::Business;
use agents::contact::Contact;
use agents::conversation::Conversation;
use agents::id::{AppointmentId, BusinessId, ContactId, ConversationId, LeadId, OutboxId, ProId};
use agents::lead::{Appointment, Lead, Status};
use agents::message::Channel;
use agents::pro::Pro;
use chrono::{DateTime, Utc};
use std::collections::{BTreeMap, HashMap};

impl Store {
    /// The business with this id.
    pub async fn business(&self, id: &BusinessId) -> Result<Option<Stored<Business>>, StoreError> {
        match self {
            Self::Embedded(store) => store.document("businesses", id.as_str()).await,
            Self::Mongo(store) => store.document("businesses", id.as_str()).await,
        }
    }

    /// The pro with this id.
    pub async fn pro(&self, id: &ProId) -> Result<Option<Stored<Pro>>, StoreError> {
        match self {
            Self::Embedded(store) => store.document("members", id.as_str()).await,
            Self::Mongo(store) => store.document("members", id.as_str()).await,
        }
    }

    /// The contact with this id.
    pub async fn contact(&self, id: &ContactId) -> Result<Option<Stored<Contact>>, StoreError> {
        match self {
            Self::Embedded(store) => store.document("contacts", id.as_str()).await,
            Self::Mongo(store) => store.document("contacts", id.as_str()).await,
        }
    }

    /// The conversation with this id.
    pub async fn conversation(
        &self,
        id: &ConversationId,
    ) -> Result<Option<Stored<Conversation>>, StoreError> {
        match self {
            Self::Embedded(store) => store.document("conversations", id.as_str()).await,
            Self::Mongo(store) => store.document("conversations", id.as_str()).await,
        }
    }

    /// The lead with this id.
    pub async fn lead(&self, id: &LeadId) -> Result<Option<Stored<Lead>>, StoreError> {
        match self {
            Self::Embedded(store) => store.document("leads", id.as_str()).await,
            Self::Mongo(store) => store.document("leads", id.as_str()).await,
        }
    }

    /// The appointment with this id.
    pub async fn appointment(&self, id: &AppointmentId) -> Result<Option<Stored<Appointment>>, StoreError> {
        match self {
            Self::Embedded(store) => store.document("appointments", id.as_str()).await,
            Self::Mongo(store) => store.document("appointments", id.as_str()).await,
        }
    }

    /// The appointments with these ids, in any order; those that do not exist are left out.
    pub async fn appointments(&self, ids: &[AppointmentId]) -> Result<Vec<Stored<Appointment>>, StoreError> {
        let ids = ids.iter().map(AppointmentId::as_str).collect();
        match self {
            Self::Embedded(store) => store.documents_with("appointments", ids).await,
            Self::Mongo(store) => store.documents_with("appointments", ids).await,
        }
    }

    /// The leads with these ids, in any order; those that do not exist are left out.
    pub async fn leads(&self, ids: &[LeadId]) -> Result<Vec<Stored<Lead>>, StoreError> {
        let ids = ids.iter().map(LeadId::as_str).collect();
        match self {
            Self::Embedded(store) => store.documents_with("leads", ids).await,
            Self::Mongo(store) => store.documents_with("leads", ids).await,
        }
    }

    /// The appointments of a pro that begin at or after `from` and before `to`, whatever became of them, by time; the
    /// first `limit` of them.
    pub async fn appointments_of_pro(
        &self,
        pro: &ProId,
        from: DateTime<Utc>,
        to: DateTime<Utc>,
        limit: u32,
    ) -> Result<Vec<Stored<Appointment>>, StoreError> {
        match self {
            Self::Embedded(store) => store.appointments_of_pro(pro, from, to, limit).await,
            Self::Mongo(store) => store.appointments_of_pro(pro, from, to, limit).await,
        }
    }

    /// All businesses, by id.
    pub async fn businesses(&self) -> Result<Vec<Stored<Business>>, StoreError> {
        match self {
            Self::Embedded(store) => store.all("businesses").await,
            Self::Mongo(store) => store.all("businesses").await,
        }
    }

    /// All pros of a business, by id.
    pub async fn pros(&self, business: &BusinessId) -> Result<Vec<Stored<Pro>>, StoreError> {
        match self {
            Self::Embedded(store) => store.pros(business).await,
            Self::Mongo(store) => store.pros(business).await,
        }
    }

    /// The pro of a business with this phone (E.164 with a leading plus sign).
    pub async fn pro_by_phone(
        &self,
        business: &BusinessId,
        phone: &str,
    ) -> Result<Option<Stored<Pro>>, StoreError> {
        match self {
            Self::Embedded(store) => store.pro_by_phone(business, phone).await,
            Self::Mongo(store) => store.pro_by_phone(business, phone).await,
        }
    }

    /// The chat in which a person wrote last.
    pub async fn conversation_of_contact(
        &self,
        contact: &ContactId,
    ) -> Result<Option<Stored<Conversation>>, StoreError> {
        match self {
            Self::Embedded(store) => store.conversation_of_contact(contact).await,
            Self::Mongo(store) => store.conversation_of_contact(contact).await,
        }
    }

    /// The chats of a person, the one in which they wrote last first.
    pub async fn conversations_of_contact(
        &self,
        contact: &ContactId,
    ) -> Result<Vec<Stored<Conversation>>, StoreError> {
        match self {
            Self::Embedded(store) => store.conversations_of_contact(contact).await,
            Self::Mongo(store) => store.conversations_of_contact(contact).await,
        }
    }

    /// All leads of a person, newest first.
    pub async fn leads_of_contact(&self, contact: &ContactId) -> Result<Vec<Stored<Lead>>, StoreError> {
        match self {
            Self::Embedded(store) => store.leads_of_contact(contact).await,
            Self::Mongo(store) => store.leads_of_contact(contact).await,
        }
    }

    /// The open leads of a pro, oldest first.
    pub async fn leads_of_pro(&self, pro: &ProId) -> Result<Vec<Stored<Lead>>, StoreError> {
        match self {
            Self::Embedded(store) => store.leads_of_pro(pro).await,
            Self::Mongo(store) => store.leads_of_pro(pro).await,
        }
    }

    /// The ended leads of a pro, newest first.
    pub async fn ended_leads_of_pro(&self, pro: &ProId, limit: u32) -> Result<Vec<Stored<Lead>>, StoreError> {
        match self {
            Self::Embedded(store) => store.ended_leads_of_pro(pro, limit).await,
            Self::Mongo(store) => store.ended_leads_of_pro(pro, limit).await,
        }
    }

    /// The leads of a business that stand so, newest first.
    pub async fn leads_in(
        &self,
        business: &BusinessId,
        status: Status,
        limit: u32,
    ) -> Result<Vec<Stored<Lead>>, StoreError> {
        match self {
            Self::Embedded(store) => store.leads_in(business, status, limit).await,
            Self::Mongo(store) => store.leads_in(business, status, limit).await,
        }
    }

    /// The newest leads of a business, newest first.
    pub async fn leads_of_business(
        &self,
        business: &BusinessId,
        limit: u32,
    ) -> Result<Vec<Stored<Lead>>, StoreError> {
        match self {
            Self::Embedded(store) => store.documents_of("leads", business, limit).await,
            Self::Mongo(store) => store.documents_of("leads", business, limit).await,
        }
    }

    /// The newest visits of a business, newest first.
    pub async fn appointments_of_business(
        &self,
        business: &BusinessId,
        limit: u32,
    ) -> Result<Vec<Stored<Appointment>>, StoreError> {
        match self {
            Self::Embedded(store) => store.documents_of("appointments", business, limit).await,
            Self::Mongo(store) => store.documents_of("appointments", business, limit).await,
        }
    }

    /// The newest chats of a business, newest first.
    pub async fn conversations_of_business(
        &self,
        business: &BusinessId,
        limit: u32,
    ) -> Result<Vec<Stored<Conversation>>, StoreError> {
        match self {
            Self::Embedded(store) => store.documents_of("conversations", business, limit).await,
            Self::Mongo(store) => store.documents_of("conversations", business, limit).await,
        }
    }

    /// The newest messages to people of a business, newest first.
    pub async fn outbox_of_business(
        &self,
        business: &BusinessId,
        limit: u32,
    ) -> Result<Vec<OutboxRow>, StoreError> {
        match self {
            Self::Embedded(store) => store.outbox_of_business(business, limit).await,
            Self::Mongo(store) => store.outbox_of_business(business, limit).await,
        }
    }

    /// The lead of a business with this short number.
    pub async fn lead_by_number(
        &self,
        business: &BusinessId,
        number: u64,
    ) -> Result<Option<Stored<Lead>>, StoreError> {
        match self {
            Self::Embedded(store) => store.lead_by_number(business, number).await,
            Self::Mongo(store) => store.lead_by_number(business, number).await,
        }
    }

    /// How many leads of a business stand where. A status without leads is left out.
    pub async fn leads_by_status(&self, business: &BusinessId) -> Result<HashMap<Status, u64>, StoreError> {
        match self {
            Self::Embedded(store) => store.leads_by_status(business).await,
            Self::Mongo(store) => store.leads_by_status(business).await,
        }
    }

    /// How many jobs each of these pros of a business has: leads that are offered to them (`new`) or `booked`. Every pro
    /// asked for is in the answer.
    pub async fn open_job_counts(
        &self,
        business: &BusinessId,
        pros: &[ProId],
    ) -> Result<HashMap<ProId, u32>, StoreError> {
        match self {
            Self::Embedded(store) => store.open_job_counts(business, pros).await,
            Self::Mongo(store) => store.open_job_counts(business, pros).await,
        }
    }

    /// The steps of these pros that touch the time from `from` to `to` and are taken at `now`, by pro and time.
    pub async fn claims(
        &self,
        pros: &[ProId],
        from: DateTime<Utc>,
        to: DateTime<Utc>,
        now: DateTime<Utc>,
    ) -> Result<Vec<Claim>, StoreError> {
        match self {
            Self::Embedded(store) => store.claims(pros, from, to, now).await,
            Self::Mongo(store) => store.claims(pros, from, to, now).await,
        }
    }

    /// The messages of a chat that are not answered yet, in the order in which they were sent.
    pub async fn inbox(&self, conversation: &ConversationId) -> Result<Vec<InboundRow>, StoreError> {
        match self {
            Self::Embedded(store) => store.inbox(conversation).await,
            Self::Mongo(store) => store.inbox(conversation).await,
        }
    }

    /// The newest lines of a chat, oldest first: words that came in, and texts of ours that were not suppressed.
    pub async fn history(&self, conversation: &ConversationId, limit: u32) -> Result<Vec<Said>, StoreError> {
        match self {
            Self::Embedded(store) => store.history(conversation, limit).await,
            Self::Mongo(store) => store.history(conversation, limit).await,
        }
    }

    /// The provider's ids of the newest messages of a chat that have one.
    pub async fn provider_ids(
        &self,
        conversation: &ConversationId,
        limit: u32,
    ) -> Result<Vec<String>, StoreError> {
        match self {
            Self::Embedded(store) => store.provider_ids(conversation, limit).await,
            Self::Mongo(store) => store.provider_ids(conversation, limit).await,
        }
    }

    /// The message to a person with our id.
    pub async fn outbox_by_id(&self, id: &OutboxId) -> Result<Option<OutboxRow>, StoreError> {
        match self {
            Self::Embedded(store) => store.outbox_by_id(id).await,
            Self::Mongo(store) => store.outbox_by_id(id).await,
        }
    }

    /// The message to a person with the provider's id.
    pub async fn outbox_by_provider_id(
        &self,
        channel: Channel,
        provider_id: &str,
    ) -> Result<Option<OutboxRow>, StoreError> {
        match self {
            Self::Embedded(store) => store.outbox_by_provider_id(channel, provider_id).await,
            Self::Mongo(store) => store.outbox_by_provider_id(channel, provider_id).await,
        }
    }

    /// When the next waiting job is due, which may be in the past.
    pub async fn next_due(&self) -> Result<Option<DateTime<Utc>>, StoreError> {
        match self {
            Self::Embedded(store) => store.next_due().await,
            Self::Mongo(store) => store.next_due().await,
        }
    }

    /// When the first lease ends unless it is renewed, which may be in the past.
    pub async fn next_lease_end(&self) -> Result<Option<DateTime<Utc>>, StoreError> {
        match self {
            Self::Embedded(store) => store.next_lease_end().await,
            Self::Mongo(store) => store.next_lease_end().await,
        }
    }

    /// The jobs that gave up, oldest first.
    pub async fn dead_jobs(&self) -> Result<Vec<DeadJob>, StoreError> {
        match self {
            Self::Embedded(store) => store.dead_jobs().await,
            Self::Mongo(store) => store.dead_jobs().await,
        }
    }

    /// What a dead job does; none when there is no such dead job.
    pub async fn dead_job(&self, id: &str) -> Result<Option<JobKind>, StoreError> {
        match self {
            Self::Embedded(store) => store.dead_job(id).await,
            Self::Mongo(store) => store.dead_job(id).await,
        }
    }

    /// The jobs with these ids, in any order; those that do not exist are left out.
    pub async fn jobs_with(&self, ids: Vec<String>) -> Result<Vec<JobRow>, StoreError> {
        match self {
            Self::Embedded(store) => store.jobs_with(ids).await,
            Self::Mongo(store) => store.jobs_with(ids).await,
        }
    }

    /// How much work there is now: as fast as there is little of it, however many timers wait for their time.
    pub async fn workload(&self, now: DateTime<Utc>) -> Result<Workload, StoreError> {
        match self {
            Self::Embedded(store) => store.workload(now).await,
            Self::Mongo(store) => store.workload(now).await,
        }
    }

    /// All jobs, counted by state, and the first `limit` of them in full.
    pub async fn jobs(&self, limit: u32) -> Result<JobList, StoreError> {
        match self {
            Self::Embedded(store) => store.jobs(limit).await,
            Self::Mongo(store) => store.jobs(limit).await,
        }
    }

    /// The newest odd events, newest first.
    pub async fn oddities(&self, limit: u32) -> Result<Vec<Oddity>, StoreError> {
        match self {
            Self::Embedded(store) => store.oddities(limit).await,
            Self::Mongo(store) => store.oddities(limit).await,
        }
    }

    /// The newest lines of the audit, newest first.
    pub async fn notes(&self, limit: u32) -> Result<Vec<Noted>, StoreError> {
        match self {
            Self::Embedded(store) => store.notes(limit).await,
            Self::Mongo(store) => store.notes(limit).await,
        }
    }

    /// How many rows each collection has.
    pub async fn counts(&self) -> Result<BTreeMap<&'static str, u64>, StoreError> {
        match self {
            Self::Embedded(store) => store.counts().await,
            Self::Mongo(store) => store.counts().await,
        }
    }
}
