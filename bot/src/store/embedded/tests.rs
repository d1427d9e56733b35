//! What only a look inside can show: a disk that is full, a file that is locked, an upgrade, a queue that is full.

#![allow(clippy::unwrap_used, reason = "a test may fail by a panic")]

use super::{Embedded, Reach, queries};
use crate::store::StoreError;
use crate::store::documents::{JobClass, JobKind, NewJob, Oddity, SCHEMA_VERSION};
use agents::id::ConversationId;
use agents::message::Channel;
use chrono::{DateTime, TimeDelta, Utc};
use rusqlite::Connection;
use std::time::Duration;
use tempfile::TempDir;

fn now() -> DateTime<Utc> {
    DateTime::UNIX_EPOCH + TimeDelta::days(20_000)
}

fn oddity(size: usize) -> Oddity {
    Oddity { channel: Channel::Meta, reason: "unknown_kind".to_owned(), body: "x".repeat(size), at: now() }
}

async fn open() -> (TempDir, Embedded) {
    let directory = tempfile::tempdir().unwrap();
    let store = Embedded::open(directory.path()).await.unwrap();
    (directory, store)
}

#[tokio::test]
async fn a_full_disk_is_told_and_leaves_nothing_half_written() {
    let (_directory, store) = open().await;
    store.keep_oddity(oddity(10)).await.unwrap();
    store
        .write(|connection| {
            let pages: i64 = connection.query_row("PRAGMA page_count", [], |row| row.get(0))?;
            connection.query_row(&format!("PRAGMA max_page_count = {}", pages + 4), [], |_| Ok(()))?;
            Ok(())
        })
        .await
        .unwrap();

    let mut refused = 0;
    let writes: Vec<_> = (0..20).map(|_| store.keep_oddity(oddity(3_000))).collect();
    for written in futures::future::join_all(writes).await {
        match written {
            Ok(()) => {}
            Err(StoreError::Unavailable(_)) => refused += 1,
            Err(other) => panic!("{other}"),
        }
    }
    assert!(refused > 0, "the disk was to be full");
    assert!(matches!(store.ping().await, Err(StoreError::Unavailable(_))), "it is not ready to take more");
    let kept = store.oddities(100).await.unwrap().len();
    assert_eq!(kept, 1 + 20 - refused, "what was answered is there, and nothing else");

    store
        .write(|connection| Ok(connection.query_row("PRAGMA max_page_count = 100000", [], |_| Ok(()))?))
        .await
        .unwrap();
    store.ping().await.unwrap();
    store.keep_oddity(oddity(3_000)).await.expect("it goes on when there is room again");
}

#[tokio::test]
async fn a_write_that_fails_in_the_middle_is_undone_alone() {
    let (_directory, store) = open().await;
    let failing = store.write(|connection| {
        connection.execute("INSERT INTO oddities(schema, body) VALUES(1, '{}')", [])?;
        Err::<(), _>(StoreError::Unavailable("on purpose".to_owned()))
    });
    let (kept, failed) = tokio::join!(store.keep_oddity(oddity(10)), failing);
    kept.unwrap();
    assert!(failed.is_err());
    assert_eq!(store.oddities(10).await.unwrap().len(), 1);
}

#[tokio::test]
async fn a_locked_file_is_unavailable_and_comes_back() {
    let (_directory, store) = open().await;
    store.write(|connection| Ok(connection.busy_timeout(Duration::ZERO)?)).await.unwrap();
    let Reach::Threads(inner) = &store.reach else { panic!("a store with threads") };
    let other = Connection::open(&inner.file).unwrap();
    other.execute_batch("BEGIN IMMEDIATE").unwrap();
    assert!(matches!(store.keep_oddity(oddity(1)).await, Err(StoreError::Unavailable(_))));
    assert!(store.ping().await.is_err(), "an operator sees it");
    assert_eq!(store.oddities(10).await.unwrap(), [], "reading goes on");
    other.execute_batch("ROLLBACK").unwrap();
    store.keep_oddity(oddity(1)).await.unwrap();
    store.ping().await.unwrap();
}

#[tokio::test]
async fn a_full_queue_refuses_at_once() {
    let (_directory, store) = open().await;
    let (go, wait) = std::sync::mpsc::channel::<()>();
    let mut writes: Vec<_> = vec![Box::pin(store.write(move |_| {
        let _ = wait.recv();
        Ok(())
    })) as futures::future::BoxFuture<'_, Result<(), StoreError>>];
    for _ in 0..1_200 {
        writes.push(Box::pin(store.write(|_| Ok(()))));
    }
    let mut refused = 0;
    for write in &mut writes {
        if let Some(answer) = futures::FutureExt::now_or_never(write) {
            assert!(matches!(answer, Err(StoreError::Unavailable(_))));
            refused += 1;
        }
    }
    go.send(()).unwrap();
    assert!((100..=200).contains(&refused), "{refused} were refused");
}

#[tokio::test]
async fn a_file_of_a_newer_program_is_refused_by_name() {
    let (directory, store) = open().await;
    store.write(|connection| Ok(connection.pragma_update(None, "user_version", 99)?)).await.unwrap();
    store.close().await.unwrap();
    let refused = Embedded::open(directory.path()).await.unwrap_err();
    assert!(matches!(refused, StoreError::Unreadable { collection: "store", .. }), "{refused}");
}

#[tokio::test]
async fn a_row_of_a_newer_program_is_refused_by_name() {
    let (_directory, store) = open().await;
    store.keep_oddity(oddity(1)).await.unwrap();
    store
        .write(|connection| Ok(connection.execute("UPDATE oddities SET schema = ?1", [SCHEMA_VERSION + 1])?))
        .await
        .unwrap();
    let refused = store.oddities(1).await.unwrap_err();
    assert!(matches!(refused, StoreError::Unreadable { collection: "oddities", .. }), "{refused}");
}

#[tokio::test]
async fn a_row_of_an_older_shape_is_upgraded_when_it_is_read() {
    let (_directory, store) = open().await;
    store.keep_oddity(oddity(1)).await.unwrap();
    store
        .write(|connection| {
            let older = "UPDATE oddities SET schema = 0, body = replace(body, 'reason', 'why')";
            Ok(connection.execute(older, [])?)
        })
        .await
        .unwrap();
    assert_eq!(store.oddities(1).await.unwrap(), [oddity(1)]);
}

#[tokio::test]
async fn a_job_that_cannot_be_read_does_not_block_the_others() {
    let (_directory, store) = open().await;
    let job = |chat: &str, due| NewJob {
        kind: JobKind::Turn { conversation: ConversationId::new(chat) },
        due,
        gather_ms: None,
    };
    store.ask(vec![job("old", now()), job("good", now() + TimeDelta::seconds(1))], now()).await.unwrap();
    store
        .write(|connection| Ok(connection.execute("UPDATE jobs SET schema = 99 WHERE id = 'turn/old'", [])?))
        .await
        .unwrap();
    let later = now() + TimeDelta::seconds(2);
    let claimed = store.claim(JobClass::ALL, later, "test", TimeDelta::seconds(60)).await.unwrap();
    assert_eq!(claimed.map(|job| job.kind.id()).as_deref(), Some("turn/good"));
    let dead = store.dead_jobs().await.unwrap();
    assert_eq!((dead[0].id.as_str(), dead[0].reason.as_str()), ("turn/old", "unreadable"));
}

#[tokio::test]
async fn what_is_wrong_with_a_row_is_told_without_its_words() {
    let (_directory, store) = open().await;
    store.keep_oddity(oddity(1)).await.unwrap();
    store
        .write(|connection| {
            Ok(connection.execute("UPDATE oddities SET body = '{\"channel\":\"972500000001\"}'", [])?)
        })
        .await
        .unwrap();
    let refused = store.oddities(1).await.unwrap_err();
    assert!(!refused.to_string().contains("97250"), "{refused}");
}

#[tokio::test]
async fn every_statement_on_the_hot_path_has_an_index() {
    let (_directory, store) = open().await;
    let plans = [
        "SELECT id FROM jobs WHERE class = 'turn' AND wake_at IS NOT NULL AND wake_at <= 5 ORDER BY wake_at LIMIT 1",
        "SELECT min(wake_at) FROM jobs WHERE state = 'ready'",
        "SELECT id FROM messages WHERE conversation = 'c' AND handled_at IS NULL ORDER BY at, arrival",
        "SELECT id FROM messages WHERE conversation = 'c' AND has_words = 1 ORDER BY at DESC, arrival DESC LIMIT 5",
        "SELECT id FROM outbox WHERE conversation = 'c' AND state <> 'suppressed'
         ORDER BY created_at DESC, sequence DESC LIMIT 5",
        "SELECT id FROM outbox WHERE conversation = 'c' AND state IN ('queued', 'sending') AND state = 'queued'
         ORDER BY sequence LIMIT 1",
        "SELECT id FROM outbox WHERE provider_id = 'p' ORDER BY sequence DESC LIMIT 1",
        "SELECT step FROM slot_claims WHERE pro IN (SELECT value FROM json_each('[]')) AND step >= 1 AND step < 9
         ORDER BY pro, step",
        "SELECT id FROM leads WHERE contact = 'c' ORDER BY number DESC",
        "SELECT id FROM leads WHERE pro = 'p' AND is_open = 1 ORDER BY number",
        "SELECT id FROM conversations WHERE contact = 'c' ORDER BY last_inbound_at DESC, id LIMIT 1",
    ];
    for sql in plans {
        let plan: Vec<String> = store
            .read(move |connection| {
                let mut statement = connection.prepare(&format!("EXPLAIN QUERY PLAN {sql}"))?;
                let lines = statement.query_map([], |row| row.get(3))?;
                Ok(lines.collect::<Result<_, _>>()?)
            })
            .await
            .unwrap();
        let walks = plan.iter().any(|line| line.starts_with("SCAN") && !line.contains("json_each"));
        assert!(!walks, "{sql}: {plan:?}");
    }
}

/// A busy market has a hundred thousand open leads, and every turn asks who has how much to do.
#[tokio::test]
async fn jobs_are_counted_without_reading_a_lead() {
    let (_directory, store) = open().await;
    let plan: Vec<String> = store
        .read(|connection| {
            let mut statement = connection.prepare(&format!("EXPLAIN QUERY PLAN {}", queries::JOBS))?;
            let lines = statement.query_map(["fixi", "[]"], |row| row.get(3))?;
            Ok(lines.collect::<Result<_, _>>()?)
        })
        .await
        .unwrap();
    let expected =
        "SEARCH leads USING COVERING INDEX leads_by_pro_and_status (business=? AND pro=? AND status=?)";
    assert!(plan.iter().any(|line| line == expected), "{plan:?}");
}
