//! Lists of people who look, each by an index that is named: SQLite without statistics would now and then choose one
//! that makes it read a whole table.

use super::Embedded;
use super::rows::{Raw, id_list};
use super::rows::{count, documents, maybe_time, micros, stored_count, time, word};
use crate::store::StoreError;
use crate::store::documents::{InboundRow, OutboxRow, Stored};
use crate::store::lists::{
    Behind, ChatLines, FindLeads, FindPeople, Placed, ReadUpTo, WhichChats, WhichLeads, page,
};
use agents::contact::Contact;
use agents::conversation::Conversation;
use agents::id::{BusinessId, ConversationId, LeadId};
use agents::lead::{Appointment, Lead};
use chrono::{DateTime, Utc};
use rusqlite::types::Value;
use rusqlite::{Connection, params, params_from_iter};
use serde::de::DeserializeOwned;

/// Behind every text that begins with something.
const END: char = '\u{10FFFF}';

/// A question as it grows.
pub(super) struct Question {
    pub(super) sql: String,
    pub(super) values: Vec<Value>,
}

impl Question {
    fn new(sql: String, values: Vec<Value>) -> Self {
        Self { sql, values }
    }

    fn and(&mut self, condition: &str, values: impl IntoIterator<Item = Value>) {
        self.sql.push_str(" AND ");
        self.sql.push_str(condition);
        self.values.extend(values);
    }

    /// Newest first, behind a row. Where it begins is said twice, since the index is entered by the column alone.
    fn page(&mut self, column: &str, behind: Option<&Behind>, limit: u32) {
        if let Some(behind) = behind {
            let at = Value::from(micros(behind.at));
            let condition = format!("{column} <= ? AND ({column}, id) < (?, ?)");
            self.and(&condition, [at.clone(), at, Value::from(behind.id.clone())]);
        }
        self.sql.push_str(&format!(" ORDER BY {column} DESC, id DESC LIMIT ?"));
        self.values.push(Value::from(i64::from(limit)));
    }
}

fn text(text: &str) -> Value {
    Value::from(text.to_owned())
}

fn prefix(words: &str) -> [Value; 2] {
    [text(words), Value::from(format!("{words}{END}"))]
}

/// The leads that are asked for.
pub(super) fn leads(
    business: &BusinessId,
    which: &WhichLeads,
    behind: Option<&Behind>,
    limit: u32,
) -> Question {
    let index = match which {
        WhichLeads { find: Some(_), .. } => "sqlite_autoindex_leads_1",
        WhichLeads { contact: Some(_), .. } => "leads_by_contact",
        WhichLeads { needs_human: true, .. } => "leads_for_human",
        WhichLeads { pro: Some(_), status: Some(_), .. } => "leads_by_pro_and_status",
        WhichLeads { pro: Some(_), .. } => "leads_by_pro",
        WhichLeads { status: Some(_), .. } => "leads_by_status_and_change",
        WhichLeads { .. } => "leads_by_change",
    };
    let sql = format!("SELECT id, schema, body, version FROM leads INDEXED BY {index} WHERE business = ?");
    let mut question = Question::new(sql, vec![text(business.as_str())]);
    if let Some(find) = &which.find {
        let (sql, values) = found(business, find);
        question.and(&format!("id IN ({sql})"), values);
    }
    if let Some(contact) = &which.contact {
        question.and("contact = ?", [text(contact.as_str())]);
    }
    if which.needs_human {
        question.and("for_human = 1", []);
    }
    if let Some(pro) = &which.pro {
        question.and("pro = ?", [text(pro.as_str())]);
    }
    if let Some(status) = which.status {
        question.and("status = ?", [Value::from(word(&status))]);
    }
    question.page("changed_at", behind, limit);
    question
}

/// The ids of leads by what they are found by.
fn found(business: &BusinessId, find: &FindLeads) -> (String, Vec<Value>) {
    let mut parts = Vec::new();
    let mut values = Vec::new();
    for (index, column) in [("leads_by_name", "find_name"), ("leads_by_issue", "find_issue")] {
        parts.push(format!(
            "SELECT id FROM leads INDEXED BY {index} WHERE business = ? AND {column} >= ? AND {column} < ?"
        ));
        values.push(text(business.as_str()));
        values.extend(prefix(&find.words));
    }
    if !find.cities.is_empty() {
        parts.push(
            "SELECT id FROM leads INDEXED BY leads_by_city
             WHERE business = ? AND city IN (SELECT value FROM json_each(?))"
                .to_owned(),
        );
        values.push(text(business.as_str()));
        values.push(Value::from(id_list(find.cities.iter().map(String::as_str))));
    }
    if let Some(number) = find.number {
        parts.push(
            "SELECT id FROM leads INDEXED BY leads_by_number WHERE business = ? AND number = ?".to_owned(),
        );
        values.push(text(business.as_str()));
        values.push(Value::from(stored_count(number)));
    }
    (parts.join(" UNION ALL "), values)
}

/// The chats that are asked for.
pub(super) fn conversations(
    business: &BusinessId,
    which: &WhichChats,
    behind: Option<&Behind>,
    limit: u32,
) -> Question {
    let index = match which {
        WhichChats { find: Some(_), .. } => "conversations_by_contact",
        WhichChats { needs_human: true, .. } => "conversations_for_human",
        WhichChats { paused_at: Some(_), .. } => "conversations_paused",
        WhichChats { .. } => "conversations_by_hearing",
    };
    let sql =
        format!("SELECT id, schema, body, version FROM conversations INDEXED BY {index} WHERE business = ?");
    let mut question = Question::new(sql, vec![text(business.as_str())]);
    if let Some(find) = &which.find {
        let (sql, values) = people(business, find, "id");
        question.and(&format!("contact IN ({sql})"), values);
    }
    if which.needs_human {
        question.and("for_human = 1", []);
    }
    if let Some(at) = which.paused_at {
        question.and("paused_until > ?", [Value::from(micros(at))]);
    }
    question.page("heard_at", behind, limit);
    question
}

/// A column of people by what they are found by.
fn people(business: &BusinessId, find: &FindPeople, column: &str) -> (String, Vec<Value>) {
    let mut sql = format!(
        "SELECT {column} FROM contacts INDEXED BY contacts_by_name
         WHERE business = ? AND find_name >= ? AND find_name < ?"
    );
    let mut values = vec![text(business.as_str())];
    values.extend(prefix(&find.name));
    if let Some(phone) = &find.phone {
        sql.push_str(&format!(
            " UNION ALL SELECT {column} FROM contacts INDEXED BY contacts_by_phone
              WHERE business = ? AND phone >= ? AND phone < ?"
        ));
        values.push(text(business.as_str()));
        values.extend(prefix(phone));
    }
    (sql, values)
}

/// The people that are asked for.
pub(super) fn contacts(
    business: &BusinessId,
    find: Option<&FindPeople>,
    behind: Option<i64>,
    limit: u32,
) -> Question {
    let columns = "SELECT id, schema, body, version, rowid FROM contacts";
    let mut question = match find {
        None => Question::new(
            format!("{columns} INDEXED BY contacts_by_business WHERE business = ?"),
            vec![text(business.as_str())],
        ),
        Some(find) => {
            let (sql, values) = people(business, find, "rowid");
            Question::new(format!("{columns} WHERE rowid IN ({sql})"), values)
        }
    };
    if let Some(behind) = behind {
        question.and("rowid < ?", [Value::from(behind)]);
    }
    question.sql.push_str(" ORDER BY rowid DESC LIMIT ?");
    question.values.push(Value::from(i64::from(limit)));
    question
}

/// One side of a chat, newest first, before a place.
pub(super) fn side(
    table: &str,
    columns: [&str; 2],
    conversation: &ConversationId,
    before: Option<(i64, i64)>,
    limit: u32,
) -> Question {
    let [at, place] = columns;
    let sql = format!("SELECT id, schema, body, {at}, {place} FROM {table} WHERE conversation = ?");
    let mut question = Question::new(sql, vec![text(conversation.as_str())]);
    if let Some((moment, row)) = before {
        let condition = format!("{at} <= ? AND ({at}, {place}) < (?, ?)");
        question.and(&condition, [Value::from(moment), Value::from(moment), Value::from(row)]);
    }
    question.sql.push_str(&format!(" ORDER BY {at} DESC, {place} DESC LIMIT ?"));
    question.values.push(Value::from(i64::from(limit)));
    question
}

pub(super) const HEARD: (&str, [&str; 2]) = ("messages", ["at", "arrival"]);
pub(super) const TOLD: (&str, [&str; 2]) = ("outbox", ["created_at", "sequence"]);

fn placed<T: DeserializeOwned>(
    connection: &Connection,
    collection: &'static str,
    question: Question,
) -> Result<Vec<Placed<T>>, StoreError> {
    let mut statement = connection.prepare_cached(&question.sql)?;
    let mut rows = statement.query(params_from_iter(question.values))?;
    let mut found = Vec::new();
    while let Some(row) = rows.next()? {
        let place = (row.get(3)?, row.get(4)?);
        found.push((place, Raw::of(row)?.parse(collection)?));
    }
    Ok(found)
}

impl Embedded {
    async fn list<T: DeserializeOwned + Send + 'static>(
        &self,
        collection: &'static str,
        question: Question,
    ) -> Result<Vec<Stored<T>>, StoreError> {
        self.read(move |connection| {
            documents(connection, collection, &question.sql, params_from_iter(question.values))
        })
        .await
    }

    pub(in crate::store) async fn list_leads(
        &self,
        business: &BusinessId,
        which: &WhichLeads,
        behind: Option<&Behind>,
        limit: u32,
    ) -> Result<Vec<Stored<Lead>>, StoreError> {
        self.list("leads", leads(business, which, behind, limit)).await
    }

    pub(in crate::store) async fn list_conversations(
        &self,
        business: &BusinessId,
        which: &WhichChats,
        behind: Option<&Behind>,
        limit: u32,
    ) -> Result<Vec<Stored<Conversation>>, StoreError> {
        self.list("conversations", conversations(business, which, behind, limit)).await
    }

    pub(in crate::store) async fn list_contacts(
        &self,
        business: &BusinessId,
        find: Option<&FindPeople>,
        behind: Option<i64>,
        limit: u32,
    ) -> Result<Vec<(i64, Stored<Contact>)>, StoreError> {
        let question = contacts(business, find, behind, limit);
        self.read(move |connection| {
            let mut statement = connection.prepare_cached(&question.sql)?;
            let mut rows = statement.query(params_from_iter(question.values))?;
            let mut found = Vec::new();
            while let Some(row) = rows.next()? {
                let (version, place) = (count(row.get(3)?), row.get(4)?);
                found.push((place, Stored { value: Raw::of(row)?.parse("contacts")?, version }));
            }
            Ok(found)
        })
        .await
    }

    pub(in crate::store) async fn chat_lines(
        &self,
        conversation: &ConversationId,
        read: ReadUpTo,
        limit: u32,
    ) -> Result<ChatLines, StoreError> {
        let one_more = limit.saturating_add(1);
        let heard = side(HEARD.0, HEARD.1, conversation, read.heard, one_more);
        let told = side(TOLD.0, TOLD.1, conversation, read.told, one_more);
        self.read(move |connection| {
            let heard: Vec<Placed<InboundRow>> = placed(connection, HEARD.0, heard)?;
            let told: Vec<Placed<OutboxRow>> = placed(connection, TOLD.0, told)?;
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
        let sql = "SELECT id, schema, body, version FROM appointments INDEXED BY appointments_by_start
                   WHERE business = ? AND starts_at >= ? AND starts_at < ? ORDER BY starts_at, id LIMIT ?";
        let values = vec![
            text(business.as_str()),
            Value::from(micros(from)),
            Value::from(micros(to)),
            Value::from(i64::from(limit)),
        ];
        self.list("appointments", Question::new(sql.to_owned(), values)).await
    }

    pub(in crate::store) async fn leads_made(
        &self,
        business: &BusinessId,
        from: DateTime<Utc>,
        to: DateTime<Utc>,
        behind: Option<&Behind>,
        limit: u32,
    ) -> Result<Vec<Stored<Lead>>, StoreError> {
        let sql = "SELECT id, schema, body, version FROM leads INDEXED BY leads_by_making
                   WHERE business = ? AND made_at >= ? AND made_at < ? AND (made_at, id) > (?, ?)
                   ORDER BY made_at, id LIMIT ?";
        let (at, id) = behind.map_or((i64::MIN, ""), |behind| (micros(behind.at), behind.id.as_str()));
        let values = vec![
            text(business.as_str()),
            Value::from(micros(from).max(at)),
            Value::from(micros(to)),
            Value::from(at),
            text(id),
            Value::from(i64::from(limit)),
        ];
        self.list("leads", Question::new(sql.to_owned(), values)).await
    }

    pub(in crate::store) async fn moments_of_leads(
        &self,
        business: &BusinessId,
        since: DateTime<Utc>,
    ) -> Result<Vec<DateTime<Utc>>, StoreError> {
        let business = business.clone();
        self.read(move |connection| {
            let mut statement = connection.prepare_cached(
                "SELECT made_at FROM leads INDEXED BY leads_by_making
                 WHERE business = ?1 AND made_at >= ?2 ORDER BY made_at",
            )?;
            let rows =
                statement.query_map(params![business.as_str(), micros(since)], |row| row.get::<_, i64>(0))?;
            rows.map(|made_at| time(made_at?)).collect()
        })
        .await
    }

    pub(in crate::store) async fn count_waiting_for_human(
        &self,
        business: &BusinessId,
    ) -> Result<u64, StoreError> {
        let business = business.clone();
        self.read(move |connection| {
            let mut all = 0;
            for (table, index) in [("leads", "leads_for_human"), ("conversations", "conversations_for_human")]
            {
                let sql = format!(
                    "SELECT count(*) FROM {table} INDEXED BY {index} WHERE business = ?1 AND for_human = 1"
                );
                let found = connection
                    .prepare_cached(&sql)?
                    .query_row([business.as_str()], |row| row.get::<_, i64>(0))?;
                all += count(found);
            }
            Ok(all)
        })
        .await
    }

    pub(in crate::store) async fn count_unsettled(
        &self,
        business: &BusinessId,
        lead: Option<&LeadId>,
    ) -> Result<u64, StoreError> {
        let (business, lead) = (business.clone(), lead.cloned());
        self.read(move |connection| {
            let sql = "SELECT count(*) FROM outbox INDEXED BY outbox_unsettled
                       WHERE business = ?1 AND state = 'unsettled'
                         AND (?2 IS NULL OR json_extract(body, '$.lead') = ?2)";
            let wanted = params![business.as_str(), lead.as_ref().map(LeadId::as_str)];
            let found = connection.prepare_cached(sql)?.query_row(wanted, |row| row.get::<_, i64>(0))?;
            Ok(count(found))
        })
        .await
    }

    pub(in crate::store) async fn answer_times(
        &self,
        business: &BusinessId,
        since: DateTime<Utc>,
        limit: u32,
    ) -> Result<Vec<(DateTime<Utc>, DateTime<Utc>)>, StoreError> {
        let business = business.clone();
        self.read(move |connection| {
            let mut statement = connection.prepare_cached(
                "SELECT at, handled_at FROM messages
                 WHERE arrival > (SELECT coalesce(max(arrival), 0) FROM messages) - ?1 AND business = ?2
                   AND at >= ?3 AND handled_at IS NOT NULL ORDER BY arrival",
            )?;
            let mut rows = statement.query(params![limit, business.as_str(), micros(since)])?;
            let mut found = Vec::new();
            while let Some(row) = rows.next()? {
                if let Some(handled_at) = maybe_time(row.get(1)?)? {
                    found.push((time(row.get(0)?)?, handled_at));
                }
            }
            Ok(found)
        })
        .await
    }
}
