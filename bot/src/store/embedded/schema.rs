//! The tables and how they came to be. Bodies are JSON text with the version of their shape; whatever a query looks
//! at is a real column beside the body, written together with it.
//!
//! `PRAGMA user_version` counts the upgrades that a file has had. A file with more of them than this program knows is
//! refused, never guessed at.

use super::StoreError;
use rusqlite::{Connection, Transaction, TransactionBehavior};

/// One upgrade leads from its place in the list to the next version. What is here has been released: it is never
/// edited, only followed by another.
const UPGRADES: &[fn(&Transaction<'_>) -> rusqlite::Result<()>] = &[
    make_tables,
    keep_last_runs,
    find_appointments_by_pro,
    index_ended_leads,
    find_what_waits,
    find_chats,
    list_for_operators,
    remember_erased_chats,
    keep_usage,
    know_the_outside,
];

/// Brings the tables up to date, in one transaction.
pub(super) fn upgrade(connection: &mut Connection) -> Result<(), StoreError> {
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    let found: i64 = transaction.query_row("PRAGMA user_version", [], |row| row.get(0))?;
    let Some(missing) = usize::try_from(found).ok().and_then(|found| UPGRADES.get(found..)) else {
        return Err(StoreError::Unreadable {
            collection: "store",
            id: super::FILE.to_owned(),
            problem: format!("its version is {found}, this program knows versions up to {}", UPGRADES.len()),
        });
    };
    for upgrade in missing {
        upgrade(&transaction)?;
    }
    transaction.pragma_update(None, "user_version", UPGRADES.len() as i64)?;
    Ok(transaction.commit()?)
}

/// The collections, for counting.
pub(super) const COLLECTIONS: &[&str] = &[
    "businesses",
    "members",
    "contacts",
    "conversations",
    "leads",
    "appointments",
    "messages",
    "outbox",
    "jobs",
    "slot_claims",
    "audit",
    "oddities",
    "early_statuses",
    "alerts",
    "erased_chats",
    "users",
    "sessions",
    "answers",
    "sign_ins",
    "changes",
    "usage",
    "usage_days",
    "accounts",
    "places",
    "feeds",
];

fn make_tables(transaction: &Transaction<'_>) -> rusqlite::Result<()> {
    transaction.execute_batch(TABLES)
}

/// Recurring jobs remember how they went.
fn keep_last_runs(transaction: &Transaction<'_>) -> rusqlite::Result<()> {
    transaction.execute_batch("ALTER TABLE jobs ADD COLUMN last TEXT")
}

/// Visits by pro and time. Those that are there already are told by their bodies, to the second.
fn find_appointments_by_pro(transaction: &Transaction<'_>) -> rusqlite::Result<()> {
    transaction.execute_batch(
        "
ALTER TABLE appointments ADD COLUMN pro TEXT NOT NULL DEFAULT '';
ALTER TABLE appointments ADD COLUMN starts_at INTEGER NOT NULL DEFAULT 0;
UPDATE appointments SET
  pro = json_extract(body, '$.pro'),
  starts_at = CAST(strftime('%s', json_extract(body, '$.slot.from')) AS INTEGER) * 1000000;
CREATE INDEX appointments_by_pro ON appointments(pro, starts_at, id);
",
    )
}

/// A pro's past is asked for by its newest leads.
fn index_ended_leads(transaction: &Transaction<'_>) -> rusqlite::Result<()> {
    transaction.execute_batch("CREATE INDEX ended_leads_by_pro ON leads(pro, number DESC) WHERE is_open = 0;")
}

/// What the healer, the janitor, the reporter and the pager look for.
fn find_what_waits(transaction: &Transaction<'_>) -> rusqlite::Result<()> {
    transaction.execute_batch(WAITING)
}

/// Chats that a person must look at, for the reporter. Those that are there already are told by their bodies.
fn find_chats(transaction: &Transaction<'_>) -> rusqlite::Result<()> {
    transaction.execute_batch(
        "
ALTER TABLE conversations ADD COLUMN is_unreported INTEGER NOT NULL DEFAULT 0;
UPDATE conversations SET is_unreported = coalesce(json_extract(body, '$.needs_human'), 'business_paused')
  <> 'business_paused';
CREATE INDEX unreported_chats ON conversations(business, id) WHERE is_unreported = 1;
",
    )
}

/// Chats whose person was removed: what was on its way then is not taken in.
fn remember_erased_chats(transaction: &Transaction<'_>) -> rusqlite::Result<()> {
    transaction.execute_batch(
        "
CREATE TABLE erased_chats(id TEXT PRIMARY KEY NOT NULL, at INTEGER NOT NULL) STRICT;
CREATE INDEX erased_chats_by_age ON erased_chats(at);
",
    )
}

/// Calls of models, and the running totals of days.
fn keep_usage(transaction: &Transaction<'_>) -> rusqlite::Result<()> {
    transaction.execute_batch(
        "
CREATE TABLE usage(
  number INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL UNIQUE, schema INTEGER NOT NULL, body TEXT NOT NULL,
  business TEXT NOT NULL, lead TEXT
) STRICT;
CREATE INDEX usage_by_business ON usage(business, number);
CREATE INDEX usage_by_lead ON usage(lead) WHERE lead IS NOT NULL;

CREATE TABLE usage_days(
  business TEXT NOT NULL, day TEXT NOT NULL, model TEXT NOT NULL, agent TEXT NOT NULL, part INTEGER NOT NULL,
  calls INTEGER NOT NULL, prompt INTEGER NOT NULL, answer INTEGER NOT NULL, thoughts INTEGER NOT NULL,
  cached INTEGER NOT NULL, micro_dollars INTEGER NOT NULL, unknown INTEGER NOT NULL,
  PRIMARY KEY(business, day, model, agent, part)
) STRICT;
",
    )
}

/// Accounts, places and calendars of the outside.
fn know_the_outside(transaction: &Transaction<'_>) -> rusqlite::Result<()> {
    ["accounts", "places", "feeds"].iter().try_for_each(|collection| {
        transaction.execute_batch(&format!(
            "CREATE TABLE {collection}(
               id TEXT PRIMARY KEY NOT NULL, version INTEGER NOT NULL, schema INTEGER NOT NULL, body TEXT NOT NULL,
               business TEXT NOT NULL
             ) STRICT;"
        ))
    })
}

/// Leads that are there already get their columns from their bodies; moments in those have whole seconds at least.
const WAITING: &str = "
ALTER TABLE leads ADD COLUMN status_since INTEGER;
ALTER TABLE leads ADD COLUMN stale_since INTEGER;
ALTER TABLE leads ADD COLUMN is_unreported INTEGER NOT NULL DEFAULT 0;
UPDATE leads SET status_since = unixepoch(json_extract(body, '$.history[#-1].at')) * 1000000,
  is_unreported = json_extract(body, '$.needs_human') IS NOT NULL;
UPDATE leads SET stale_since = status_since WHERE status IN ('new', 'contacted', 'rejected') AND is_unreported = 0;
DROP INDEX leads_by_status;
CREATE INDEX leads_by_status ON leads(business, status, status_since, id);
CREATE INDEX stale_leads ON leads(business, stale_since, id) WHERE stale_since IS NOT NULL;
CREATE INDEX unreported_leads ON leads(business, number) WHERE is_unreported = 1;

CREATE TABLE alerts(
  id TEXT PRIMARY KEY NOT NULL, version INTEGER NOT NULL, schema INTEGER NOT NULL, body TEXT NOT NULL,
  business TEXT NOT NULL, waits INTEGER NOT NULL
) STRICT;
CREATE INDEX waiting_alerts ON alerts(business, id) WHERE waits = 1;
";

/// What people see who run a business: lists, users, what users changed. Rows that are there already get their columns
/// from their bodies.
fn list_for_operators(transaction: &Transaction<'_>) -> rusqlite::Result<()> {
    transaction.execute_batch(OPERATORS)?;
    let fold = |text: Option<String>| {
        let folded = agents::text::fold(&text.unwrap_or_default());
        agents::text::truncate(&folded, 48).to_owned()
    };
    for (read, write) in [
        (
            "SELECT rowid, coalesce(json_extract(body, '$.name'), json_extract(body, '$.profile_name')), NULL
             FROM contacts",
            "UPDATE contacts SET find_name = ?2 WHERE rowid = ?1 AND ?3 = ''",
        ),
        (
            "SELECT rowid, json_extract(body, '$.customer_name'), json_extract(body, '$.issue_summary') FROM leads",
            "UPDATE leads SET find_name = ?2, find_issue = ?3 WHERE rowid = ?1",
        ),
    ] {
        let mut write = transaction.prepare(write)?;
        let mut read = transaction.prepare(read)?;
        let rows: Vec<(i64, Option<String>, Option<String>)> = read
            .query_map([], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?
            .collect::<rusqlite::Result<_>>()?;
        for (rowid, name, issue) in rows {
            write.execute((rowid, fold(name), fold(issue)))?;
        }
    }
    Ok(())
}

/// Moments in bodies have whole seconds at least.
const OPERATORS: &str = "
ALTER TABLE leads ADD COLUMN changed_at INTEGER NOT NULL DEFAULT 0;
ALTER TABLE leads ADD COLUMN made_at INTEGER NOT NULL DEFAULT 0;
ALTER TABLE leads ADD COLUMN for_human INTEGER NOT NULL DEFAULT 0;
ALTER TABLE leads ADD COLUMN find_name TEXT NOT NULL DEFAULT '';
ALTER TABLE leads ADD COLUMN find_issue TEXT NOT NULL DEFAULT '';
ALTER TABLE leads ADD COLUMN city TEXT;
UPDATE leads SET changed_at = coalesce(status_since, 0),
  made_at = coalesce(unixepoch(json_extract(body, '$.history[0].at')) * 1000000, 0),
  for_human = json_extract(body, '$.needs_human') IS NOT NULL,
  city = json_extract(body, '$.address.city');
CREATE INDEX leads_by_change ON leads(business, changed_at, id);
CREATE INDEX leads_by_status_and_change ON leads(business, status, changed_at, id);
CREATE INDEX leads_by_pro ON leads(business, pro, changed_at, id);
CREATE INDEX leads_by_pro_and_status ON leads(business, pro, status, changed_at, id);
CREATE INDEX leads_for_human ON leads(business, changed_at, id) WHERE for_human = 1;
CREATE INDEX leads_by_making ON leads(business, made_at, id);
CREATE INDEX leads_by_name ON leads(business, find_name, id);
CREATE INDEX leads_by_issue ON leads(business, find_issue, id);
CREATE INDEX leads_by_city ON leads(business, city, id);

ALTER TABLE conversations ADD COLUMN heard_at INTEGER NOT NULL DEFAULT 0;
ALTER TABLE conversations ADD COLUMN for_human INTEGER NOT NULL DEFAULT 0;
ALTER TABLE conversations ADD COLUMN paused_until INTEGER;
UPDATE conversations SET heard_at = coalesce(last_inbound_at, 0),
  for_human = json_extract(body, '$.needs_human') IS NOT NULL,
  paused_until = unixepoch(json_extract(body, '$.paused_until')) * 1000000;
CREATE INDEX conversations_by_hearing ON conversations(business, heard_at, id);
CREATE INDEX conversations_for_human ON conversations(business, heard_at, id) WHERE for_human = 1;
CREATE INDEX conversations_paused ON conversations(business, heard_at, id) WHERE paused_until IS NOT NULL;

ALTER TABLE contacts ADD COLUMN phone TEXT;
ALTER TABLE contacts ADD COLUMN find_name TEXT NOT NULL DEFAULT '';
UPDATE contacts SET phone = json_extract(body, '$.phone');
CREATE INDEX contacts_by_business ON contacts(business);
CREATE INDEX contacts_by_name ON contacts(business, find_name, id);
CREATE INDEX contacts_by_phone ON contacts(business, phone, id);

CREATE INDEX appointments_by_start ON appointments(business, starts_at, id);
DROP INDEX messages_with_words;
CREATE INDEX messages_past ON messages(conversation, at, arrival);
CREATE INDEX outbox_unsettled ON outbox(business) WHERE state = 'unsettled';

CREATE TABLE users(
  id TEXT PRIMARY KEY NOT NULL, version INTEGER NOT NULL, schema INTEGER NOT NULL, body TEXT NOT NULL,
  business TEXT NOT NULL
) STRICT;
CREATE INDEX users_by_business ON users(business, id);
CREATE TABLE sessions(
  id TEXT PRIMARY KEY NOT NULL, version INTEGER NOT NULL, schema INTEGER NOT NULL, body TEXT NOT NULL,
  business TEXT NOT NULL, ends_at INTEGER NOT NULL
) STRICT;
CREATE INDEX sessions_by_end ON sessions(ends_at);
CREATE INDEX sessions_by_business ON sessions(business, ends_at);
CREATE TABLE answers(
  id TEXT PRIMARY KEY NOT NULL, version INTEGER NOT NULL, schema INTEGER NOT NULL, body TEXT NOT NULL,
  business TEXT NOT NULL, ends_at INTEGER NOT NULL
) STRICT;
CREATE INDEX answers_by_end ON answers(ends_at);
CREATE TABLE sign_ins(
  id TEXT PRIMARY KEY NOT NULL, version INTEGER NOT NULL, schema INTEGER NOT NULL, body TEXT NOT NULL,
  business TEXT NOT NULL, ends_at INTEGER NOT NULL
) STRICT;
CREATE INDEX sign_ins_by_end ON sign_ins(ends_at);
CREATE TABLE changes(
  id TEXT PRIMARY KEY NOT NULL, version INTEGER NOT NULL, schema INTEGER NOT NULL, body TEXT NOT NULL,
  business TEXT NOT NULL, author TEXT NOT NULL, subject TEXT NOT NULL
) STRICT;
CREATE INDEX changes_by_business ON changes(business, id);
CREATE INDEX changes_by_author ON changes(business, author, id);
CREATE INDEX changes_by_subject ON changes(business, subject, id);
";

/// Times are microseconds since 1970, UTC.
const TABLES: &str = "
CREATE TABLE businesses(
  id TEXT PRIMARY KEY NOT NULL, version INTEGER NOT NULL, schema INTEGER NOT NULL, body TEXT NOT NULL
) STRICT;

CREATE TABLE members(
  id TEXT PRIMARY KEY NOT NULL, version INTEGER NOT NULL, schema INTEGER NOT NULL, body TEXT NOT NULL,
  business TEXT NOT NULL, phone TEXT NOT NULL
) STRICT;
CREATE INDEX members_by_phone ON members(business, phone);

CREATE TABLE contacts(
  id TEXT PRIMARY KEY NOT NULL, version INTEGER NOT NULL, schema INTEGER NOT NULL, body TEXT NOT NULL,
  business TEXT NOT NULL
) STRICT;

CREATE TABLE conversations(
  id TEXT PRIMARY KEY NOT NULL, version INTEGER NOT NULL, schema INTEGER NOT NULL, body TEXT NOT NULL,
  business TEXT NOT NULL, contact TEXT NOT NULL, channel TEXT NOT NULL, last_inbound_at INTEGER
) STRICT;
CREATE INDEX conversations_by_contact ON conversations(contact, last_inbound_at);

CREATE TABLE leads(
  id TEXT PRIMARY KEY NOT NULL, version INTEGER NOT NULL, schema INTEGER NOT NULL, body TEXT NOT NULL,
  business TEXT NOT NULL, number INTEGER NOT NULL, contact TEXT NOT NULL, pro TEXT, status TEXT NOT NULL,
  is_open INTEGER NOT NULL
) STRICT;
CREATE UNIQUE INDEX leads_by_number ON leads(business, number);
CREATE INDEX leads_by_contact ON leads(contact, number);
CREATE INDEX leads_by_status ON leads(business, status);
CREATE INDEX open_leads_by_pro ON leads(pro, number) WHERE is_open = 1;

CREATE TABLE appointments(
  id TEXT PRIMARY KEY NOT NULL, version INTEGER NOT NULL, schema INTEGER NOT NULL, body TEXT NOT NULL,
  business TEXT NOT NULL, lead TEXT NOT NULL
) STRICT;
CREATE INDEX appointments_by_lead ON appointments(lead);

CREATE TABLE slot_claims(
  pro TEXT NOT NULL, step INTEGER NOT NULL, appointment TEXT NOT NULL, until INTEGER, PRIMARY KEY(pro, step)
) STRICT, WITHOUT ROWID;
CREATE INDEX slot_claims_by_appointment ON slot_claims(appointment);

CREATE TABLE messages(
  arrival INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL UNIQUE, schema INTEGER NOT NULL, body TEXT NOT NULL,
  business TEXT NOT NULL, conversation TEXT NOT NULL, at INTEGER NOT NULL, has_words INTEGER NOT NULL,
  handled_at INTEGER
) STRICT;
CREATE INDEX messages_to_handle ON messages(conversation, at, arrival) WHERE handled_at IS NULL;
CREATE INDEX messages_with_words ON messages(conversation, at, arrival) WHERE has_words = 1;

CREATE TABLE outbox(
  sequence INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL UNIQUE, schema INTEGER NOT NULL, body TEXT NOT NULL,
  business TEXT NOT NULL, conversation TEXT NOT NULL, state TEXT NOT NULL, provider_id TEXT, not_before INTEGER,
  created_at INTEGER NOT NULL
) STRICT;
CREATE INDEX outbox_lane ON outbox(conversation, sequence) WHERE state IN ('queued', 'sending');
CREATE INDEX outbox_past ON outbox(conversation, created_at, sequence);
CREATE INDEX outbox_by_provider_id ON outbox(provider_id) WHERE provider_id IS NOT NULL;

CREATE TABLE early_statuses(
  channel TEXT NOT NULL, provider_id TEXT NOT NULL, state TEXT NOT NULL, reason TEXT, at INTEGER NOT NULL,
  kept_at INTEGER NOT NULL, PRIMARY KEY(channel, provider_id)
) STRICT;
CREATE INDEX early_statuses_by_age ON early_statuses(kept_at);

-- due, first_asked_at and at_once are what is asked for next: while a job runs, what was asked for since it began.
CREATE TABLE jobs(
  id TEXT PRIMARY KEY NOT NULL, schema INTEGER NOT NULL, body TEXT NOT NULL, class TEXT NOT NULL,
  state TEXT NOT NULL, due INTEGER, first_asked_at INTEGER, at_once INTEGER, held_until INTEGER,
  lease_until INTEGER, owner TEXT, token INTEGER NOT NULL DEFAULT 0, attempts INTEGER NOT NULL DEFAULT 0,
  reason TEXT, dead_at INTEGER,
  wake_at INTEGER GENERATED ALWAYS AS (CASE state WHEN 'ready' THEN due WHEN 'leased' THEN lease_until END) VIRTUAL
) STRICT;
CREATE INDEX jobs_to_claim ON jobs(class, wake_at) WHERE wake_at IS NOT NULL;
CREATE INDEX jobs_by_state ON jobs(state, wake_at);

CREATE TABLE audit(
  number INTEGER PRIMARY KEY AUTOINCREMENT, business TEXT, at INTEGER NOT NULL, schema INTEGER NOT NULL,
  body TEXT NOT NULL
) STRICT;

CREATE TABLE oddities(
  number INTEGER PRIMARY KEY AUTOINCREMENT, schema INTEGER NOT NULL, body TEXT NOT NULL
) STRICT;

CREATE TABLE counters(name TEXT PRIMARY KEY NOT NULL, value INTEGER NOT NULL) STRICT, WITHOUT ROWID;
";

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test may fail by a panic")]

    use super::*;
    use crate::store::documents::{Document, Expect, JobClass};
    use crate::store::embedded::Embedded;
    use crate::store::waiting::Left;
    use agents::id::{BusinessId, ProId};
    use agents::lead::{Appointment, Lead};
    use chrono::{DateTime, TimeDelta, Utc};
    use rusqlite::types::Value;
    use serde_json::json;
    use std::path::Path;

    const MOMENT: &str = "2026-11-22T07:00:00Z";

    fn moment() -> DateTime<Utc> {
        DateTime::from_timestamp(1_795_330_800, 0).unwrap()
    }

    /// One lead of each kind that a question tells from the others.
    fn leads() -> Vec<serde_json::Value> {
        let lead = |number: u64, status: &str, needs_human: Option<&str>| {
            json!({
                "id": format!("l{number}"), "business": "fixi", "number": number, "contact": "k", "pro": "p-avi",
                "conversation": "c", "language": "he", "status": status, "issue_type": "plumbing",
                "history": [
                    {"status": "contacted", "at": "2026-11-21T07:00:00Z", "reason": "stated"},
                    {"status": status, "at": MOMENT, "reason": "x"},
                ],
                "issue_summary": "x", "address": {}, "emergency": false, "needs_human": needs_human,
            })
        };
        let mut leads = vec![
            lead(1, "contacted", None),
            lead(2, "new", None),
            lead(3, "booked", None),
            lead(4, "rejected", Some("stuck")),
            lead(5, "closed", None),
            lead(6, "contacted", None),
        ];
        leads[5]["history"] = json!([]);
        leads
    }

    fn visit() -> serde_json::Value {
        json!({
            "id": "a1", "business": "fixi", "lead": "l3", "pro": "p-avi", "state": "booked",
            "slot": {"from": MOMENT, "to": "2026-11-22T08:00:00Z"},
        })
    }

    /// A file as the first version left it.
    fn write_first_version(directory: &Path) {
        let mut file = Connection::open(directory.join(crate::store::embedded::FILE)).unwrap();
        let transaction = file.transaction().unwrap();
        UPGRADES[0](&transaction).unwrap();
        for lead in leads() {
            let is_open = lead["status"] != "closed";
            transaction
                .execute(
                    "INSERT INTO leads VALUES(?1, 3, 1, ?2, 'fixi', ?3, 'k', 'p-avi', ?4, ?5)",
                    (
                        lead["id"].as_str(),
                        lead.to_string(),
                        lead["number"].as_i64(),
                        lead["status"].as_str(),
                        is_open,
                    ),
                )
                .unwrap();
        }
        let visit = visit().to_string();
        transaction
            .execute("INSERT INTO appointments VALUES('a1', 1, 1, ?1, 'fixi', 'l3')", [visit])
            .unwrap();
        let job = r#"{"kind":"turn","conversation":"c"}"#;
        let asked = "INSERT INTO jobs(id, schema, body, class, state, due) VALUES('turn/c', 1, ?1, 'turn', 'ready', 1)";
        transaction.execute(asked, [job]).unwrap();
        transaction.pragma_update(None, "user_version", 1).unwrap();
        transaction.commit().unwrap();
    }

    /// Everything that questions look at, of the rows of a table.
    async fn columns(store: &Embedded, table: &'static str) -> Vec<Vec<(String, Value)>> {
        store
            .read(move |connection| {
                let mut statement = connection.prepare(&format!("SELECT * FROM {table} ORDER BY id"))?;
                let names: Vec<String> = statement.column_names().map(str::to_owned).collect();
                let rows = statement.query_map([], |row| {
                    let cells = names.iter().enumerate();
                    cells
                        .filter(|(_, name)| !["body", "version", "schema"].contains(&name.as_str()))
                        .map(|(at, name)| Ok((name.clone(), row.get(at)?)))
                        .collect::<rusqlite::Result<Vec<_>>>()
                })?;
                Ok(rows.collect::<Result<_, _>>()?)
            })
            .await
            .unwrap()
    }

    /// All upgrades in order leave what today's program would have written.
    #[tokio::test]
    async fn a_file_of_the_first_version_is_found_by_every_question() {
        let [old, new] = [tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap()];
        write_first_version(old.path());
        let upgraded = Embedded::open(old.path()).await.unwrap();
        let fresh = Embedded::open(new.path()).await.unwrap();
        let leads =
            leads().into_iter().map(|lead| Document::Lead(serde_json::from_value::<Lead>(lead).unwrap()));
        let visit = Document::Appointment(serde_json::from_value::<Appointment>(visit()).unwrap());
        let documents = leads.chain([visit]).map(|document| (Expect::Absent, document)).collect();
        let commit = crate::store::documents::Commit { documents, ..Default::default() };
        fresh.commit(commit, moment()).await.unwrap();
        for table in ["leads", "appointments"] {
            assert_eq!(columns(&upgraded, table).await, columns(&fresh, table).await, "{table}");
        }

        let business = BusinessId::new("fixi");
        let found = |left| upgraded.left_leads(&business, left, moment(), None, 9);
        let ids = |found: Vec<crate::store::waiting::Cursor>| -> Vec<String> {
            found.into_iter().map(|found| found.lead.to_string()).collect()
        };
        assert_eq!(ids(found(Left::Stale).await.unwrap()), ["l1", "l2"]);
        assert_eq!(ids(found(Left::Lying).await.unwrap()), ["l1"]);
        assert_eq!(upgraded.unreported_leads(&business, 9).await.unwrap()[0].value.number, 4);
        assert!(upgraded.waiting_alerts(&business, 9).await.unwrap().is_empty());
        let later = moment() + TimeDelta::hours(1);
        let visits = upgraded.appointments_of_pro(&ProId::new("p-avi"), moment(), later, 9).await.unwrap();
        assert_eq!(visits.len(), 1);
        let job = upgraded.claim(JobClass::ALL, moment(), "test", TimeDelta::seconds(60)).await.unwrap();
        assert_eq!(job.map(|job| job.kind.id()).as_deref(), Some("turn/c"));
    }

    /// A step of the chain that fails leaves the file as it was, for the older program.
    #[test]
    fn an_upgrade_that_fails_changes_nothing() {
        let directory = tempfile::tempdir().unwrap();
        write_first_version(directory.path());
        let mut file = Connection::open(directory.path().join(crate::store::embedded::FILE)).unwrap();
        file.execute("UPDATE leads SET body = 'no json' WHERE id = 'l1'", []).unwrap();
        assert!(upgrade(&mut file).is_err());
        let version: i64 = file.query_row("PRAGMA user_version", [], |row| row.get(0)).unwrap();
        assert_eq!(version, 1);
        assert!(file.prepare("SELECT last FROM jobs").is_err(), "nothing of the chain is there");
    }
}
