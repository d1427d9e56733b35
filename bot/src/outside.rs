//! Everything that is not deterministic: the clock, the network and the dice. Whoever needs one of them is handed this;
//! nothing else in the program asks the operating system. It knows no provider and no message.

use bytes::{Bytes, BytesMut};
use chrono::{DateTime, Utc};
use futures::future::BoxFuture;
use http::header::{AUTHORIZATION, CONTENT_TYPE};
use http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode};
use rand::rngs::StdRng;
use rand::{RngExt, SeedableRng};
use secrecy::{ExposeSecret, SecretString};
use std::fmt;
use std::ops::Range;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

pub use reqwest::Url;

/// Sent with every request: Meta's media host refuses clients that do not name themselves.
const USER_AGENT: &str = concat!("fixi/", env!("CARGO_PKG_VERSION"));

/// A connection that is not made within this time is given up while it is still certain that nothing was sent.
const CONNECT_TIMEOUT: Duration = Duration::from_secs(10);

/// The clock, the network and the dice.
#[derive(Clone, Debug)]
pub struct Outside {
    /// What time it is.
    pub clock: Clock,
    /// The way to other hosts.
    pub transport: Transport,
    /// Chance.
    pub dice: Dice,
}

impl Outside {
    /// The real one.
    ///
    /// # Errors
    /// When the certificates of this machine cannot be loaded.
    pub fn real() -> Result<Self, NoCertificates> {
        Ok(Self { clock: Clock::of_system(), transport: Transport::network()?, dice: Dice::from_system() })
    }
}

/// What time it is.
#[derive(Clone, Debug)]
pub enum Clock {
    /// The clock of the machine, this much ahead of it.
    System {
        /// Zero, except in crash tests.
        ahead: chrono::Duration,
    },
    /// A clock that stands still until it is moved.
    Manual(ManualClock),
}

impl Clock {
    /// The clock of the machine. `FIXI_CLOCK_AHEAD_SECONDS`, which like `FIXI_DIE_AT` is for crash tests only, puts it
    /// ahead by so many seconds: a process that was killed is started again "minutes later" without waiting for them.
    #[must_use]
    pub fn of_system() -> Self {
        let seconds =
            std::env::var("FIXI_CLOCK_AHEAD_SECONDS").ok().and_then(|value| value.parse::<u32>().ok());
        Self::System { ahead: chrono::Duration::seconds(seconds.unwrap_or(0).into()) }
    }

    /// The time, UTC.
    #[must_use]
    pub fn now(&self) -> DateTime<Utc> {
        match self {
            Self::System { ahead } => Utc::now() + *ahead,
            Self::Manual(clock) => clock.now(),
        }
    }
}

/// A clock for tests and replays. Clones show the same time.
#[derive(Clone, Debug)]
pub struct ManualClock(Arc<Mutex<DateTime<Utc>>>);

impl ManualClock {
    /// A clock that shows this time.
    #[must_use]
    pub fn new(at: DateTime<Utc>) -> Self {
        Self(Arc::new(Mutex::new(at)))
    }

    /// The time that it shows.
    #[must_use]
    pub fn now(&self) -> DateTime<Utc> {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Puts it to this time, which may be an earlier one.
    pub fn set(&self, at: DateTime<Utc>) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = at;
    }

    /// Moves it on.
    pub fn advance(&self, by: Duration) {
        let mut now = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        *now += by;
    }
}

/// Chance, from the operating system or from a seed. Clones share one sequence.
#[derive(Clone)]
pub struct Dice(Arc<Mutex<StdRng>>);

impl Dice {
    /// Chance that nobody can foresee.
    #[must_use]
    pub fn from_system() -> Self {
        Self(Arc::new(Mutex::new(rand::make_rng())))
    }

    /// Chance that is the same in every run.
    #[must_use]
    pub fn seeded(seed: u64) -> Self {
        Self(Arc::new(Mutex::new(StdRng::seed_from_u64(seed))))
    }

    /// A number from 0 up to but without `limit`; 0 when the limit is 0.
    #[must_use]
    pub fn below(&self, limit: u64) -> u64 {
        if limit == 0 {
            return 0;
        }
        self.0.lock().unwrap_or_else(PoisonError::into_inner).random_range(0..limit)
    }

    /// A time within the range; its start when the range is empty.
    #[must_use]
    pub fn jitter(&self, range: Range<Duration>) -> Duration {
        let width = range.end.saturating_sub(range.start);
        range.start + Duration::from_nanos(self.below(u64::try_from(width.as_nanos()).unwrap_or(u64::MAX)))
    }
}

impl fmt::Debug for Dice {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Dice")
    }
}

/// A request to another host.
#[derive(Clone)]
pub struct Request {
    /// The method.
    pub method: Method,
    /// The address. May hold a token: never show more of it than the host.
    pub url: Url,
    /// The headers; those with secrets are marked as sensitive.
    pub headers: HeaderMap,
    /// The body.
    pub body: Bytes,
    /// How long the whole exchange may take.
    pub timeout: Duration,
    /// How many bytes of an answer are read; a longer one is an error.
    pub limit: usize,
}

impl Request {
    /// A request without headers and body, with 30 seconds and 1 MiB.
    #[must_use]
    pub fn new(method: Method, url: Url) -> Self {
        Self {
            method,
            url,
            headers: HeaderMap::new(),
            body: Bytes::new(),
            timeout: Duration::from_secs(30),
            limit: 1024 * 1024,
        }
    }

    /// With this JSON as body.
    #[must_use]
    pub fn json(mut self, body: &serde_json::Value) -> Self {
        self.headers.insert(CONTENT_TYPE, HeaderValue::from_static("application/json"));
        self.body = Bytes::from(body.to_string());
        self
    }

    /// With `Authorization: Bearer` and this token. A token that cannot be a header is left out, so that the host
    /// refuses the request.
    #[must_use]
    pub fn bearer(self, token: &SecretString) -> Self {
        self.secret_header(AUTHORIZATION, &format!("Bearer {}", token.expose_secret()))
    }

    /// With a header whose value is never shown. A value that cannot be a header is left out.
    #[must_use]
    pub fn secret_header(mut self, name: HeaderName, value: &str) -> Self {
        if let Ok(mut value) = HeaderValue::from_str(value) {
            value.set_sensitive(true);
            self.headers.insert(name, value);
        }
        self
    }
}

impl fmt::Debug for Request {
    /// Names method and host only: paths and queries hold tokens, bodies hold what people say.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Request({} {})", self.method, self.url.host_str().unwrap_or("?"))
    }
}

/// What a host answered.
#[derive(Clone)]
pub struct Response {
    /// The status.
    pub status: StatusCode,
    /// The headers.
    pub headers: HeaderMap,
    /// The whole body.
    pub body: Bytes,
}

impl fmt::Debug for Response {
    /// Names status and length only.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Response({}, {} bytes)", self.status.as_u16(), self.body.len())
    }
}

/// Why there is no answer. Only the first two are certain that the host did not get the request.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum TransportError {
    /// No connection was made, so nothing was sent.
    #[error("no connection to the host")]
    Connect,
    /// The request was not made at all: only https goes out, except to this machine.
    #[error("a request that must not be made")]
    NotAllowed,
    /// No answer in time. The host may have done what was asked.
    #[error("no answer in time")]
    Timeout,
    /// The connection was lost. The host may have done what was asked.
    #[error("the connection was lost")]
    Broken,
    /// The answer is longer than the request allows. The host has done what was asked, or refused it.
    #[error("the answer is too long")]
    TooLarge,
}

impl TransportError {
    /// Whether it is certain that the host did not get the request, so that it may be made again.
    #[must_use]
    pub fn surely_not_sent(self) -> bool {
        match self {
            Self::Connect | Self::NotAllowed => true,
            Self::Timeout | Self::Broken | Self::TooLarge => false,
        }
    }

    /// A stable key.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Self::Connect => "no_connection",
            Self::NotAllowed => "request_not_allowed",
            Self::Timeout => "timeout",
            Self::Broken => "connection_lost",
            Self::TooLarge => "answer_too_large",
        }
    }
}

/// The network cannot be used safely: this machine has no list of whom to trust.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the certificates of this machine cannot be loaded")]
pub struct NoCertificates;

/// What stands for the network in the demo and in tests.
pub type InProcess =
    Arc<dyn Fn(Request) -> BoxFuture<'static, Result<Response, TransportError>> + Send + Sync>;

/// The way to other hosts.
#[derive(Clone)]
pub enum Transport {
    /// The internet.
    Network(reqwest::Client),
    /// A function of this process.
    InProcess(InProcess),
}

impl fmt::Debug for Transport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Network(_) => "Network",
            Self::InProcess(_) => "InProcess",
        })
    }
}

impl Transport {
    /// The internet, through rustls with ring. Redirects are answers, not followed: a token must not travel on.
    ///
    /// # Errors
    /// When the certificates of this machine cannot be loaded.
    pub fn network() -> Result<Self, NoCertificates> {
        // The provider belongs to the process; an error only says that it is installed already.
        let _ = rustls::crypto::ring::default_provider().install_default();
        reqwest::Client::builder()
            .redirect(reqwest::redirect::Policy::none())
            .connect_timeout(CONNECT_TIMEOUT)
            .build()
            .map(Self::Network)
            .map_err(|_| NoCertificates)
    }

    /// Asks a host and reads its whole answer. Any status is an answer.
    ///
    /// # Errors
    /// When there is no whole answer; the error says whether the host may have got the request.
    pub async fn send(&self, mut request: Request) -> Result<Response, TransportError> {
        if !may_be_called(&request.url) {
            return Err(TransportError::NotAllowed);
        }
        request
            .headers
            .entry(http::header::USER_AGENT)
            .or_insert_with(|| HeaderValue::from_static(USER_AGENT));
        match self {
            Self::Network(client) => over_network(client, request).await,
            Self::InProcess(answer) => {
                let limit = request.limit;
                let response = answer(request).await?;
                if response.body.len() > limit { Err(TransportError::TooLarge) } else { Ok(response) }
            }
        }
    }
}

/// Only https, except to this machine, where the emulator listens.
fn may_be_called(url: &Url) -> bool {
    let loopback = match url.host_str() {
        None => return false,
        Some(host) => {
            let address = host.trim_start_matches('[').trim_end_matches(']');
            host == "localhost" || address.parse::<std::net::IpAddr>().is_ok_and(|ip| ip.is_loopback())
        }
    };
    url.scheme() == "https" || (url.scheme() == "http" && loopback)
}

async fn over_network(client: &reqwest::Client, request: Request) -> Result<Response, TransportError> {
    let answer = client
        .request(request.method, request.url)
        .headers(request.headers)
        .body(request.body)
        .timeout(request.timeout)
        .send()
        .await;
    let mut answer = answer.map_err(|error| classify(&error))?;
    let status = answer.status();
    let headers = std::mem::take(answer.headers_mut());
    let mut body = BytesMut::new();
    while let Some(piece) = answer.chunk().await.map_err(|error| classify(&error))? {
        if body.len() + piece.len() > request.limit {
            return Err(TransportError::TooLarge);
        }
        body.extend_from_slice(&piece);
    }
    Ok(Response { status, headers, body: body.freeze() })
}

/// A connection that failed (name not found, refused, no TLS, too slow to open) means that nothing was written.
/// Everything after that may have arrived.
fn classify(error: &reqwest::Error) -> TransportError {
    if error.is_connect() {
        TransportError::Connect
    } else if error.is_builder() {
        TransportError::NotAllowed
    } else if error.is_timeout() {
        TransportError::Timeout
    } else {
        TransportError::Broken
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use tokio::io::{AsyncReadExt, AsyncWriteExt};
    use tokio::net::TcpListener;

    /// A host that reads one request, writes this and closes.
    async fn host(answer: &'static [u8]) -> Url {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let port = listener.local_addr().unwrap().port();
        tokio::spawn(async move {
            let (mut stream, _) = listener.accept().await.unwrap();
            let mut buffer = [0; 4096];
            let _ = stream.read(&mut buffer).await;
            let _ = stream.write_all(answer).await;
        });
        Url::parse(&format!("http://127.0.0.1:{port}/secret-token")).unwrap()
    }

    async fn outcome(url: Url, limit: usize) -> Result<u16, TransportError> {
        let request = Request { limit, ..Request::new(Method::GET, url) };
        let response = Transport::network().unwrap().send(request).await?;
        Ok(response.status.as_u16())
    }

    #[tokio::test]
    async fn any_status_is_an_answer() {
        let url = host(b"HTTP/1.1 503 Busy\r\ncontent-length: 2\r\n\r\nno").await;
        assert_eq!(outcome(url, 100).await, Ok(503));
    }

    #[tokio::test]
    async fn redirects_are_not_followed() {
        let url =
            host(b"HTTP/1.1 302 Found\r\nlocation: http://127.0.0.1:1/\r\ncontent-length: 0\r\n\r\n").await;
        assert_eq!(outcome(url, 100).await, Ok(302));
    }

    #[tokio::test]
    async fn a_long_answer_is_not_read() {
        let url = host(b"HTTP/1.1 200 OK\r\ncontent-length: 6\r\n\r\n123456").await;
        assert_eq!(outcome(url, 5).await, Err(TransportError::TooLarge));
    }

    #[tokio::test]
    async fn a_connection_lost_after_the_request_is_ambiguous() {
        let error = outcome(host(b"").await, 100).await.unwrap_err();
        assert_eq!((error, error.surely_not_sent()), (TransportError::Broken, false));
        let cut = host(b"HTTP/1.1 200 OK\r\ncontent-length: 6\r\n\r\n123").await;
        assert_eq!(outcome(cut, 100).await, Err(TransportError::Broken));
    }

    #[tokio::test]
    async fn a_refused_connection_was_surely_not_sent() {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let port = listener.local_addr().unwrap().port();
        drop(listener);
        let url = Url::parse(&format!("http://127.0.0.1:{port}/")).unwrap();
        let error = outcome(url, 100).await.unwrap_err();
        assert_eq!((error, error.surely_not_sent()), (TransportError::Connect, true));
    }

    #[tokio::test]
    async fn no_answer_in_time_is_ambiguous() {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let port = listener.local_addr().unwrap().port();
        let url = Url::parse(&format!("http://127.0.0.1:{port}/")).unwrap();
        let request = Request { timeout: Duration::from_millis(50), ..Request::new(Method::GET, url) };
        let error = Transport::network().unwrap().send(request).await.unwrap_err();
        assert_eq!((error, error.surely_not_sent()), (TransportError::Timeout, false));
    }

    #[test]
    fn only_https_leaves_the_machine() {
        for (url, allowed) in [
            ("https://graph.facebook.com/v24.0", true),
            ("http://graph.facebook.com/v24.0", false),
            ("http://127.0.0.1:8080/", true),
            ("http://[::1]:8080/", true),
            ("http://localhost:8080/", true),
            ("http://localhost.example.com/", false),
            ("ftp://127.0.0.1/", false),
            ("http://169.254.169.254/latest", false),
        ] {
            assert_eq!(may_be_called(&Url::parse(url).unwrap()), allowed, "{url}");
        }
    }

    #[test]
    fn a_request_shows_its_host_only() {
        let url =
            Url::parse("https://7103.api.greenapi.com/waInstance1/sendMessage/secret?x=secret").unwrap();
        let request = Request::new(Method::POST, url).bearer(&SecretString::from("secret"));
        assert_eq!(format!("{request:?}"), "Request(POST 7103.api.greenapi.com)");
        assert!(!format!("{:?}", request.headers).contains("secret"));
    }

    #[test]
    fn a_seed_gives_the_same_throws() {
        let throws = |dice: Dice| (0..20).map(|_| dice.below(6)).collect::<Vec<_>>();
        assert_eq!(throws(Dice::seeded(7)), throws(Dice::seeded(7)));
        assert!(throws(Dice::from_system()).iter().all(|throw| *throw < 6));
        assert_eq!(Dice::seeded(1).below(0), 0);
        let range = Duration::from_secs(2)..Duration::from_secs(3);
        assert!(range.contains(&Dice::seeded(1).jitter(range.clone())));
        assert_eq!(
            Dice::seeded(1).jitter(Duration::from_secs(3)..Duration::from_secs(2)),
            Duration::from_secs(3)
        );
    }

    #[test]
    fn a_manual_clock_moves_when_told() {
        let clock = ManualClock::new(DateTime::UNIX_EPOCH);
        let shown = Clock::Manual(clock.clone());
        clock.advance(Duration::from_secs(90));
        assert_eq!(shown.now().timestamp(), 90);
        clock.set(DateTime::UNIX_EPOCH);
        assert_eq!(shown.now(), DateTime::UNIX_EPOCH);
    }
}
