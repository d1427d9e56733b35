//! The client against servers that are raw sockets: what each kind of wrong server comes to, and that changes are repeated
//! with the same key only.

#![allow(clippy::unwrap_used)]

use super::*;
use crate::access::Role;
use crate::conversation::{Say, TakeOver};
use crate::error::Problem;
use crate::event::Event;
use crate::lead::{LeadFilter, LeadStatus};
use crate::page::Window;
use crate::session::{BusinessLine, Me};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpListener;
use tokio::sync::mpsc::{UnboundedReceiver, unbounded_channel};

/// A server that answers each connection with the next of these and closes; what it was asked comes out.
async fn server(answers: Vec<String>) -> (Client, UnboundedReceiver<String>) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = listener.local_addr().unwrap().port();
    let (sender, receiver) = unbounded_channel();
    tokio::spawn(async move {
        for answer in answers {
            let (mut stream, _) = listener.accept().await.unwrap();
            let mut asked = Vec::new();
            let mut buffer = [0; 4_096];
            while !is_whole(&asked) {
                let count = stream.read(&mut buffer).await.unwrap();
                if count == 0 {
                    break;
                }
                asked.extend_from_slice(&buffer[..count]);
            }
            sender.send(String::from_utf8(asked).unwrap()).unwrap();
            stream.write_all(answer.as_bytes()).await.unwrap();
        }
    });
    (Client::new(&format!("http://127.0.0.1:{port}")).unwrap(), receiver)
}

fn is_whole(asked: &[u8]) -> bool {
    let text = String::from_utf8_lossy(asked);
    let Some((head, body)) = text.split_once("\r\n\r\n") else { return false };
    let length =
        head.lines().find_map(|line| line.to_lowercase().strip_prefix("content-length: ")?.parse().ok());
    body.len() >= length.unwrap_or(0)
}

fn answer(status: &str, body: &str) -> String {
    format!("HTTP/1.1 {status}\r\ncontent-length: {}\r\nconnection: close\r\n\r\n{body}", body.len())
}

fn me(version: &str) -> String {
    let business = BusinessLine {
        key: "fixi".to_owned(),
        name: "Fixi".to_owned(),
        timezone: "Asia/Jerusalem".to_owned(),
        currency: "ILS".to_owned(),
        locale: "he".to_owned(),
    };
    let businesses = vec![business.clone()];
    let me =
        Me { name: "dana".to_owned(), role: Role::Owner, business, businesses, server: version.to_owned() };
    serde_json::to_string(&me).unwrap()
}

#[test]
fn addresses_are_checked_before_anything_is_sent() {
    let failure = |address: &str| Client::new(address).err();
    assert_eq!(failure("nonsense"), Some(Failure::BadAddress));
    assert_eq!(failure("mailto:a@b"), Some(Failure::BadAddress));
    assert_eq!(failure("http://bot.example.com"), Some(Failure::Insecure));
    assert_eq!(failure("http://localhost.example.com"), Some(Failure::Insecure));
    for good in
        ["https://bot.example.com", "http://127.0.0.1:8080/", "http://[::1]:8080", " http://localhost:1 "]
    {
        assert_eq!(failure(good), None, "{good}");
    }
}

#[test]
fn ids_stay_one_segment_of_the_path() {
    let client = Client::new("https://bot.example.com/behind/proxy/").unwrap();
    let url = client.url(&["leads", "../users?x=1#/", "notes"]);
    assert_eq!(
        url.as_str(),
        "https://bot.example.com/behind/proxy/admin/v1/leads/..%2Fusers%3Fx=1%23%2F/notes"
    );
}

#[test]
fn a_filter_becomes_a_query() {
    let mut url = Url::parse("http://localhost/").unwrap();
    let filter = LeadFilter {
        status: Some(LeadStatus::PendingAdminReview),
        needs_human: true,
        q: Some("תל אביב&x=1".to_owned()),
        window: Window { after: None, limit: Some(50) },
        ..LeadFilter::default()
    };
    add_query(&mut url, &filter);
    let pairs: Vec<(String, String)> = url.query_pairs().into_owned().collect();
    let expected =
        [("limit", "50"), ("needs_human", "true"), ("q", "תל אביב&x=1"), ("status", "pending_admin_review")];
    assert_eq!(pairs, expected.map(|(name, value)| (name.to_owned(), value.to_owned())));
}

#[tokio::test]
async fn the_session_and_the_business_travel_as_headers() {
    let (client, mut asked) = server(vec![answer("200 OK", &me("999.0.0"))]).await;
    let client = client.signed_in(Some("secret")).looking_at(Some("north"));
    assert_eq!(client.me().await.unwrap().name, "dana");
    let asked = asked.recv().await.unwrap().to_lowercase();
    assert!(asked.contains("get /admin/v1/session http/1.1"), "{asked}");
    assert!(asked.contains("authorization: bearer secret") && asked.contains("fixi-business: north"));
    assert!(!format!("{client:?}").contains("secret"));
}

#[tokio::test]
async fn an_older_server_is_named() {
    let (client, _asked) = server(vec![answer("200 OK", &me("0.0.9"))]).await;
    assert_eq!(client.me().await, Err(Failure::OldServer { server: "0.0.9".to_owned() }));
}

#[tokio::test]
async fn another_program_is_told_from_a_bot() {
    let pages = vec![answer("404 Not Found", "<html>nginx</html>"), answer("200 OK", "<html>hello</html>")];
    let (client, _asked) = server(pages).await;
    assert_eq!(client.me().await, Err(Failure::NotFixi { status: 404 }));
    assert_eq!(client.me().await, Err(Failure::Unreadable));
}

#[tokio::test]
async fn a_redirect_does_not_take_the_token_along() {
    let (client, _asked) = server(vec![
        "HTTP/1.1 302 Found\r\nlocation: http://127.0.0.1:1/\r\ncontent-length: 0\r\n\r\n".to_owned(),
    ])
    .await;
    assert_eq!(client.signed_in(Some("secret")).me().await, Err(Failure::NotFixi { status: 302 }));
}

#[tokio::test]
async fn nobody_there_may_pass() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = listener.local_addr().unwrap().port();
    drop(listener);
    let failure = Client::new(&format!("http://127.0.0.1:{port}")).unwrap().me().await.unwrap_err();
    assert_eq!(failure, Failure::Unreachable);
    assert!(failure.may_pass());
}

#[tokio::test]
async fn https_to_a_server_without_it_is_named() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = listener.local_addr().unwrap().port();
    tokio::spawn(async move {
        let (mut stream, _) = listener.accept().await.unwrap();
        stream.write_all(b"HTTP/1.1 400 Bad Request\r\n\r\n").await.unwrap();
    });
    assert_eq!(Client::new(&format!("https://127.0.0.1:{port}")).unwrap().me().await, Err(Failure::NoTls));
}

#[tokio::test]
async fn what_the_server_refuses_comes_whole() {
    let body = r#"{"problem":"locked_out","message":"try later","retry_after_s":90}"#;
    let (client, _asked) = server(vec![answer("429 Too Many Requests", body)]).await;
    let failure = client.me().await.unwrap_err();
    assert_eq!(failure.problem(), Some(Problem::LockedOut));
    assert!(matches!(failure, Failure::Refused(refused) if refused.retry_after_s == Some(90)));
}

#[tokio::test]
async fn a_change_that_may_have_arrived_is_repeated_with_the_same_key() {
    let (client, mut asked) = server(vec![String::new(), answer("200 OK", "{}")]).await;
    client.take_over("c1", &TakeOver { minutes: 30, version: 1 }, "key-1").await.unwrap();
    for _ in 0..2 {
        let asked = asked.recv().await.unwrap().to_lowercase();
        assert!(asked.starts_with("post /admin/v1/conversations/c1/take-over"), "{asked}");
        assert!(asked.contains("idempotency-key: key-1"));
    }
}

#[tokio::test]
async fn it_is_repeated_once() {
    let (client, mut asked) = server(vec![String::new(), String::new(), answer("200 OK", "{}")]).await;
    let said = client.say("c1", &Say { text: "hello".to_owned() }, "key-1").await;
    assert_eq!(said.err(), Some(Failure::Lost));
    asked.close();
    let mut count = 0;
    while asked.recv().await.is_some() {
        count += 1;
    }
    assert_eq!(count, 2);
}

#[tokio::test]
async fn a_change_may_answer_nothing() {
    let (client, _asked) = server(vec!["HTTP/1.1 204 No Content\r\n\r\n".to_owned()]).await;
    client.sign_out("key").await.unwrap();
}

fn stream(events: &str) -> String {
    format!("HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\nconnection: close\r\n\r\n{events}")
}

#[tokio::test(start_paused = true)]
async fn a_lost_stream_is_taken_up_where_it_was() {
    let first = stream(": hello\n\nid: 7-1\n\nid: 7-2\ndata: {\"event\":\"settings\"}\n\n");
    let second = stream("id: 7-3\ndata: {\"event\":\"something_new\"}\n\n");
    let refused = answer("401 Unauthorized", r#"{"problem":"sign_in_again","message":"sign in again"}"#);
    let (client, mut asked) = server(vec![first, second, refused]).await;
    let mut live = client.live();
    assert_eq!(live.next().await, Signal::Up);
    assert_eq!(live.next().await, Signal::Event(Event::Settings));
    assert!(matches!(live.next().await, Signal::Down(_)));
    assert_eq!(live.next().await, Signal::Up);
    // What this version does not know may concern anything.
    assert_eq!(live.next().await, Signal::Event(Event::Resync));
    assert!(matches!(live.next().await, Signal::Down(_)));
    assert!(
        matches!(live.next().await, Signal::Ended(failure) if failure.problem() == Some(Problem::SignInAgain))
    );
    assert!(!asked.recv().await.unwrap().to_lowercase().contains("last-event-id"));
    assert!(asked.recv().await.unwrap().to_lowercase().contains("last-event-id: 7-2"));
    assert!(asked.recv().await.unwrap().to_lowercase().contains("last-event-id: 7-3"));
}
