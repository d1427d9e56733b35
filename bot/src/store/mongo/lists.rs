//! Lists of people who look, each with an index that begins with what is asked for and ends in the order.

use super::Mongo;
use super::rows::{date, maybe_time, number, parse, stored, word};
use crate::store::StoreError;
use crate::store::documents::{InboundRow, OutboxRow, Stored};
use crate::store::lists::{Behind, ChatLines, FindPeople, Placed, ReadUpTo, WhichChats, WhichLeads, page};
use agents::contact::Contact;
use agents::conversation::Conversation;
use agents::id::{BusinessId, ConversationId, LeadId};
use agents::lead::{Appointment, Lead};
use chrono::{DateTime, Utc};
use futures::TryStreamExt;
use mongodb::bson::{self, Bson, Document, doc};
use serde::de::DeserializeOwned;

/// Behind every text that begins with something.
const END: char = '\u{10FFFF}';

fn begins(words: &str) -> Document {
    doc! { "$gte": words, "$lt": format!("{words}{END}") }
}

/// Rows behind one, in a descending order.
fn behind_row(wanted: &mut Document, column: &str, behind: Option<&Behind>) {
    let Some(behind) = behind else { return };
    let at = date(behind.at);
    wanted.insert(column, doc! { "$lte": at });
    let beyond = vec![doc! { column: { "$lt": at } }, doc! { "_id": { "$lt": &behind.id } }];
    let mut both = vec![doc! { "$or": beyond }];
    if let Some(Bson::Array(other)) = wanted.remove("$or") {
        both.push(doc! { "$or": other });
    }
    wanted.insert("$and", both);
}

/// The leads that are asked for.
fn leads(business: &BusinessId, which: &WhichLeads, behind: Option<&Behind>) -> Document {
    let mut wanted = doc! { "business": business.as_str() };
    if let Some(status) = which.status {
        wanted.insert("status", word(&status));
    }
    if let Some(pro) = &which.pro {
        wanted.insert("pro", pro.as_str());
    }
    if let Some(contact) = &which.contact {
        wanted.insert("contact", contact.as_str());
    }
    if which.needs_human {
        wanted.insert("for_human", true);
    }
    if let Some(find) = &which.find {
        // The business in each branch, so that each has an index of its own.
        let of = |mut branch: Document| {
            branch.insert("business", business.as_str());
            branch
        };
        let mut any = vec![
            of(doc! { "find_name": begins(&find.words) }),
            of(doc! { "find_issue": begins(&find.words) }),
        ];
        if !find.cities.is_empty() {
            any.push(of(doc! { "city": { "$in": &find.cities } }));
        }
        if let Some(number) = find.number {
            any.push(of(doc! { "number": super::rows::stored_count(number) }));
        }
        wanted.insert("$or", any);
    }
    behind_row(&mut wanted, "changed_at", behind);
    wanted
}

/// The people that are asked for.
fn people(business: &BusinessId, find: &FindPeople) -> Document {
    let of = |column: &str, words: &str| doc! { "business": business.as_str(), column: begins(words) };
    let mut any = vec![of("find_name", &find.name)];
    any.extend(find.phone.as_ref().map(|phone| of("phone", phone)));
    doc! { "$or": any }
}

/// One side of a chat, newest first, before a place.
async fn side<T: DeserializeOwned>(
    store: &Mongo,
    collection: &'static str,
    [at, place]: [&'static str; 2],
    conversation: &ConversationId,
    before: Option<(i64, i64)>,
    limit: u32,
) -> Result<Vec<Placed<T>>, StoreError> {
    let mut wanted = doc! { "conversation": conversation.as_str() };
    if let Some((moment, row)) = before {
        let moment = bson::DateTime::from_millis(moment);
        wanted.insert(at, doc! { "$lte": moment });
        wanted.insert("$or", vec![doc! { at: { "$lt": moment } }, doc! { place: { "$lt": row } }]);
    }
    let rows = store.find(collection, wanted, doc! { at: -1, place: -1 }, Some(limit)).await?;
    rows.iter()
        .map(|row| {
            let moment = row.get_datetime(at).map_or(0, |moment| moment.timestamp_millis());
            Ok(((moment, number(row, place)), parse(collection, row)?))
        })
        .collect()
}

impl Mongo {
    pub(in crate::store) async fn list_leads(
        &self,
        business: &BusinessId,
        which: &WhichLeads,
        behind: Option<&Behind>,
        limit: u32,
    ) -> Result<Vec<Stored<Lead>>, StoreError> {
        let order = doc! { "changed_at": -1, "_id": -1 };
        self.documents("leads", leads(business, which, behind), order, Some(limit)).await
    }

    pub(in crate::store) async fn list_conversations(
        &self,
        business: &BusinessId,
        which: &WhichChats,
        behind: Option<&Behind>,
        limit: u32,
    ) -> Result<Vec<Stored<Conversation>>, StoreError> {
        self.within(async {
            let mut wanted = doc! { "business": business.as_str() };
            if which.needs_human {
                wanted.insert("for_human", true);
            }
            if let Some(at) = which.paused_at {
                wanted.insert("paused_until", doc! { "$gt": date(at) });
            }
            if let Some(find) = &which.find {
                let only_ids = doc! { "_id": 1 };
                let contacts = self.collection("contacts");
                let found: Vec<Document> =
                    contacts.find(people(business, find)).projection(only_ids).await?.try_collect().await?;
                let ids: Vec<Bson> = found.iter().filter_map(|row| row.get("_id").cloned()).collect();
                wanted.insert("contact", doc! { "$in": ids });
            }
            behind_row(&mut wanted, "heard_at", behind);
            let order = doc! { "heard_at": -1, "_id": -1 };
            let rows = self.find("conversations", wanted, order, Some(limit)).await?;
            rows.iter().map(|row| stored("conversations", row)).collect()
        })
        .await
    }

    pub(in crate::store) async fn list_contacts(
        &self,
        business: &BusinessId,
        find: Option<&FindPeople>,
        behind: Option<i64>,
        limit: u32,
    ) -> Result<Vec<(i64, Stored<Contact>)>, StoreError> {
        self.within(async {
            let mut wanted = match find {
                Some(find) => people(business, find),
                None => doc! { "business": business.as_str() },
            };
            if let Some(behind) = behind {
                wanted.insert("arrival", doc! { "$lt": behind });
            }
            let rows = self.find("contacts", wanted, doc! { "arrival": -1 }, Some(limit)).await?;
            rows.iter().map(|row| Ok((number(row, "arrival"), stored("contacts", row)?))).collect()
        })
        .await
    }

    pub(in crate::store) async fn chat_lines(
        &self,
        conversation: &ConversationId,
        read: ReadUpTo,
        limit: u32,
    ) -> Result<ChatLines, StoreError> {
        self.within(async {
            let one_more = limit.saturating_add(1);
            let (heard, told): (Vec<Placed<InboundRow>>, Vec<Placed<OutboxRow>>) = futures::try_join!(
                side(self, "messages", ["at", "arrival"], conversation, read.heard, one_more),
                side(self, "outbox", ["created_at", "sequence"], conversation, read.told, one_more),
            )?;
            Ok(page(heard, told, read, usize::try_from(limit).unwrap_or(usize::MAX)))
        })
        .await
    }

    pub(in crate::store) async fn appointments_between(
        &self,
        business: &BusinessId,
        from: DateTime<Utc>,
        to: DateTime<Utc>,
        limit: u32,
    ) -> Result<Vec<Stored<Appointment>>, StoreError> {
        let wanted =
            doc! { "business": business.as_str(), "starts_at": { "$gte": date(from), "$lt": date(to) } };
        self.documents("appointments", wanted, doc! { "starts_at": 1, "_id": 1 }, Some(limit)).await
    }

    pub(in crate::store) async fn leads_made(
        &self,
        business: &BusinessId,
        from: DateTime<Utc>,
        to: DateTime<Utc>,
        behind: Option<&Behind>,
        limit: u32,
    ) -> Result<Vec<Stored<Lead>>, StoreError> {
        let mut wanted = doc! { "business": business.as_str() };
        let from = behind.map_or(from, |behind| from.max(behind.at));
        wanted.insert("made_at", doc! { "$gte": date(from), "$lt": date(to) });
        if let Some(behind) = behind {
            let beyond = doc! { "made_at": { "$gt": date(behind.at) } };
            wanted.insert("$or", vec![beyond, doc! { "_id": { "$gt": &behind.id } }]);
        }
        self.documents("leads", wanted, doc! { "made_at": 1, "_id": 1 }, Some(limit)).await
    }

    pub(in crate::store) async fn moments_of_leads(
        &self,
        business: &BusinessId,
        since: DateTime<Utc>,
    ) -> Result<Vec<DateTime<Utc>>, StoreError> {
        self.within(async {
            let wanted = doc! { "business": business.as_str(), "made_at": { "$gte": date(since) } };
            let found = self
                .collection("leads")
                .find(wanted)
                .projection(doc! { "_id": 0, "made_at": 1 })
                .sort(doc! { "made_at": 1 })
                .await?;
            let rows: Vec<Document> = found.try_collect().await?;
            Ok(rows.iter().filter_map(|row| maybe_time(row, "made_at")).collect())
        })
        .await
    }

    pub(in crate::store) async fn count_waiting_for_human(
        &self,
        business: &BusinessId,
    ) -> Result<u64, StoreError> {
        self.within(async {
            let wanted = doc! { "business": business.as_str(), "for_human": true };
            let leads = self.collection("leads").count_documents(wanted.clone()).await?;
            Ok(leads + self.collection("conversations").count_documents(wanted).await?)
        })
        .await
    }

    pub(in crate::store) async fn count_unsettled(
        &self,
        business: &BusinessId,
        lead: Option<&LeadId>,
    ) -> Result<u64, StoreError> {
        self.within(async {
            let mut wanted = doc! { "business": business.as_str(), "state": "unsettled" };
            if let Some(lead) = lead {
                wanted.insert("body.lead", lead.as_str());
            }
            Ok(self.collection("outbox").count_documents(wanted).await?)
        })
        .await
    }

    pub(in crate::store) async fn answer_times(
        &self,
        business: &BusinessId,
        since: DateTime<Utc>,
        limit: u32,
    ) -> Result<Vec<(DateTime<Utc>, DateTime<Utc>)>, StoreError> {
        self.within(async {
            let newest = self
                .collection("messages")
                .find(doc! { "business": business.as_str() })
                .sort(doc! { "arrival": -1 })
                .limit(i64::from(limit.max(1)))
                .projection(doc! { "at": 1, "handled_at": 1, "_id": 0 })
                .await?;
            let mut rows: Vec<Document> = newest.try_collect().await?;
            rows.reverse();
            let pairs =
                rows.iter().filter_map(|row| Some((maybe_time(row, "at")?, maybe_time(row, "handled_at")?)));
            Ok(pairs.filter(|(at, _)| *at >= since).collect())
        })
        .await
    }
}
