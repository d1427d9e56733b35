//! Live events: told soon, told once, and nothing of others.

use crate::office::Office;
use axum::body::BodyDataStream;
use bot::store::documents::Document;
use futures::StreamExt;
use serde_json::{Value, json};
use std::time::{Duration, Instant};

struct Stream(BodyDataStream, String);

impl Stream {
    async fn open(office: &Office, user: &str, last: Option<&str>) -> Self {
        let response = office.listen(user, last).await;
        assert_eq!(response.status().as_u16(), 200);
        assert_eq!(response.headers()["content-type"], "text/event-stream");
        Self(response.into_body().into_data_stream(), String::new())
    }

    /// The next block of the stream; none at its end.
    async fn block(&mut self) -> Option<String> {
        loop {
            if let Some((block, rest)) = self.1.split_once("\n\n") {
                let (block, rest) = (block.to_owned(), rest.to_owned());
                self.1 = rest;
                return Some(block);
            }
            let piece =
                tokio::time::timeout(Duration::from_secs(5), self.0.next()).await.expect("no event")?;
            self.1.push_str(std::str::from_utf8(&piece.unwrap()).unwrap());
        }
    }

    /// The next event with its id.
    async fn event(&mut self) -> Option<(String, Value)> {
        loop {
            let block = self.block().await?;
            let field =
                |name: &str| block.lines().find_map(|line| line.strip_prefix(name)).map(str::to_owned);
            if let (Some(id), Some(data)) = (field("id: "), field("data: ")) {
                return Some((id, serde_json::from_str(&data).unwrap()));
            }
        }
    }
}

#[tokio::test]
async fn a_change_is_told_within_200_ms_of_its_commit() {
    let office = Office::open().await;
    let lead = office.waiting(17).await;
    let mut stream = Stream::open(&office, "gil", None).await;
    office.post(&format!("/leads/{lead}/notes"), json!({ "text": "x" })).await;
    let committed = Instant::now();
    let (_, event) = stream.event().await.unwrap();
    assert!(committed.elapsed() < Duration::from_millis(200), "{:?}", committed.elapsed());
    let version = office.lead(&lead).await.version;
    assert_eq!(event, json!({ "event": "lead", "id": lead, "number": 17, "version": version }));
}

#[tokio::test]
async fn whoever_comes_back_gets_what_was_missed_each_once_and_in_order() {
    let office = Office::open().await;
    let dana = office.customer("דנה", "972500000560").await;
    let mut stream = Stream::open(&office, "olga", None).await;
    office.hears(&dana, "m1", "סטטוס").await;
    let (first, event) = stream.event().await.unwrap();
    assert_eq!(event, json!({ "event": "conversation", "id": dana.chat }));
    let mut live = vec![first.clone()];
    for _ in 0..2 {
        live.push(stream.event().await.unwrap().0);
    }
    drop(stream);
    let mut again = Stream::open(&office, "olga", Some(&first)).await;
    for id in &live[1..] {
        assert_eq!(again.event().await.unwrap().0, *id);
    }
    for unknown in ["0-1", "x", &first.replace('-', "-9")] {
        let mut stream = Stream::open(&office, "olga", Some(unknown)).await;
        assert_eq!(stream.event().await.unwrap().1, json!({ "event": "resync" }), "{unknown}");
    }
}

#[tokio::test]
async fn nothing_of_another_business_and_no_words_are_told() {
    let office = Office::open().await;
    let mut stream = Stream::open(&office, "eve", None).await;
    let dana = office.customer("דנה", "972500000561").await;
    office.hears(&dana, "m1", "סוד").await;
    let other: agents::pro::Pro = agents::pro::Pro {
        id: agents::id::ProId::new("their-pro"),
        business: agents::id::BusinessId::new("other"),
        ..office.pros[0].clone()
    };
    office.put(vec![Document::Pro(other)]).await;
    assert_eq!(stream.event().await.unwrap().1, json!({ "event": "pro", "id": "their-pro" }));
}

#[tokio::test]
async fn a_slow_reader_is_told_to_look_again_and_cut_off() {
    let office = Office::open().await;
    let lead = office.waiting(17).await;
    let mut stream = Stream::open(&office, "olga", None).await;
    stream.block().await.unwrap();
    // Changes of one lead, more than are kept for a reader.
    let mut stored = office.lead(&lead).await;
    for _ in 0..1_100 {
        let write =
            (bot::store::documents::Expect::Version(stored.version), Document::Lead(stored.value.clone()));
        office.store().put_documents(vec![write], office.app.now()).await.unwrap();
        stored.version += 1;
    }
    let (id, event) = stream.event().await.unwrap();
    assert_eq!(event, json!({ "event": "resync" }));
    assert!(stream.event().await.is_none(), "the stream ends");
    let mut again = Stream::open(&office, "olga", Some(&id)).await;
    office.post(&format!("/leads/{lead}/notes"), json!({ "text": "x" })).await;
    assert_eq!(again.event().await.unwrap().1["event"], "lead", "and goes on from there");
}

#[tokio::test]
async fn the_stop_of_the_server_ends_the_streams() {
    let office = Office::open().await;
    let mut stream = Stream::open(&office, "olga", None).await;
    stream.block().await.unwrap();
    office.store().news().close();
    assert!(stream.event().await.is_none());
}
