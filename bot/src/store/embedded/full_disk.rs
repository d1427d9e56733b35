//! A disk that is full, as a provider and an operator see it: refused so that it comes again, whole or not at all, and
//! over once there is room.

#![allow(clippy::unwrap_used, reason = "a test may fail by a panic")]

use super::Embedded;
use crate::app::App;
use crate::config::Config;
use crate::outside::{Clock, Dice, Outside, Transport, TransportError};
use crate::server;
use crate::store::Store;
use crate::store::documents::{Document, Expect};
use axum::Router;
use axum::body::Body;
use axum::http::{Request, StatusCode};
use std::collections::BTreeMap;
use std::sync::Arc;
use tower::ServiceExt;

/// More than fits into the pages that are left.
const MESSAGES: u64 = 60;

async fn take_at_most(store: &Embedded, more: i64) {
    let limited = store.write(move |connection| {
        let pages: i64 = connection.query_row("PRAGMA page_count", [], |row| row.get(0))?;
        connection.query_row(&format!("PRAGMA max_page_count = {}", pages + more), [], |_| Ok(()))?;
        Ok(())
    });
    limited.await.unwrap();
}

async fn ask(router: &Router, request: Request<Body>) -> StatusCode {
    router.clone().oneshot(request).await.unwrap().status()
}

async fn ready(router: &Router) -> StatusCode {
    ask(router, Request::get("/readyz").body(Body::empty()).unwrap()).await
}

/// A message of a person of their own, so that each asks for a turn of its own.
async fn webhook(router: &Router, person: u64) -> StatusCode {
    let words = "x".repeat(6_000);
    let from = format!("{}@c.us", 972_500_000_000 + person);
    let body = format!(
        r#"{{"typeWebhook":"incomingMessageReceived","instanceData":{{"idInstance":7103000001,"wid":"97250000999@c.us","typeInstance":"whatsapp"}},
        "timestamp":1795330800,"idMessage":"m{person}","senderData":{{"chatId":"{from}","sender":"{from}","senderName":"x"}},
        "messageData":{{"typeMessage":"textMessage","textMessageData":{{"textMessage":"{words}"}}}}}}"#
    );
    let request = Request::post("/webhook/green-api").header("authorization", "Bearer webhook-token");
    ask(router, request.body(Body::from(body)).unwrap()).await
}

#[tokio::test]
async fn a_full_disk_is_answered_with_503_until_there_is_room() {
    let directory = tempfile::tempdir().unwrap();
    let embedded = Embedded::open(directory.path()).await.unwrap();
    let store = Store::Embedded(embedded.clone());
    let file = crate::business_file::parse(include_str!("../../../demo/fixi.toml")).unwrap();
    let outside = Outside {
        clock: Clock::of_system(),
        transport: Transport::InProcess(Arc::new(|_| Box::pin(async { Err(TransportError::Connect) }))),
        dice: Dice::seeded(1),
    };
    let documents = vec![(Expect::Absent, Document::Business(file.business))];
    store.put_documents(documents, outside.clock.now()).await.unwrap();
    let settings = BTreeMap::from([
        ("GREEN_API_ID", "7103000001"),
        ("GREEN_API_TOKEN", "token"),
        ("GREEN_API_WEBHOOK_TOKEN", "webhook-token"),
        ("GREEN_API_BASE_URL", "http://127.0.0.1:9"),
    ]);
    let config = Config::read(&|name| settings.get(name).map(|&value| value.to_owned()), None).unwrap();
    let router = server::router(&App::new(config, store.clone(), outside));
    assert_eq!((webhook(&router, 0).await, ready(&router).await), (StatusCode::OK, StatusCode::OK));

    take_at_most(&embedded, 6).await;
    let mut refused = Vec::new();
    for person in 1..MESSAGES {
        match webhook(&router, person).await {
            StatusCode::OK => {}
            StatusCode::SERVICE_UNAVAILABLE => refused.push(person),
            other => panic!("{other}"),
        }
    }
    let counts = store.counts().await.unwrap();
    let taken = MESSAGES - refused.len() as u64;
    assert!(taken > 1 && taken < MESSAGES, "the disk was to be full on the way: {taken}");
    assert_eq!(
        (counts["messages"], counts["jobs"]),
        (taken, taken),
        "what was answered is there, whole, and no more"
    );
    assert_eq!(ready(&router).await, StatusCode::SERVICE_UNAVAILABLE, "an operator sees it");

    take_at_most(&embedded, 10_000).await;
    assert_eq!(ready(&router).await, StatusCode::OK);
    // The provider comes again with all that was refused, and once more with one that was not.
    refused.push(0);
    for person in refused {
        assert_eq!(webhook(&router, person).await, StatusCode::OK);
    }
    let counts = store.counts().await.unwrap();
    assert_eq!((counts["messages"], counts["jobs"]), (MESSAGES, MESSAGES), "everything came, each once");
}
