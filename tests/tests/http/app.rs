//! An app over a store of its own, with the demo's business, a hand-turned clock and a network that never answers.

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::{Method, Request, StatusCode};
use bot::app::App;
use bot::channels::{Settings, green_api, meta as meta_channel};
use bot::config::{Config, LogFormat};
use bot::models::ModelName;
use bot::outside::{Clock, Dice, ManualClock, Outside, Transport, TransportError};
use bot::store::documents::{Document, Expect, OutboxRow};
use bot::{business_file, server};
use chrono::{DateTime, Duration};
use hmac::{Hmac, KeyInit, Mac};
use secrecy::SecretString;
use sha2::Sha256;
use std::sync::Arc;
use tower::ServiceExt;

const APP_SECRET: &str = "a-test-app-secret";
pub(crate) const GREEN_TOKEN: &str = "a-test-webhook-token";
const BUSINESS: &str = include_str!("../../../bot/demo/fixi.toml");

/// A network that cannot be reached.
pub(crate) const QUIET: fn() -> Result<bot::outside::Response, TransportError> =
    || Err(TransportError::Connect);
/// A network whose use is a bug.
pub(crate) const PANICS: fn() -> Result<bot::outside::Response, TransportError> =
    || panic!("a message that cannot be handed over");

/// The front door of an app.
pub(crate) struct Door {
    pub(crate) app: Arc<App>,
    pub(crate) router: Router,
    clock: ManualClock,
    _directory: tempfile::TempDir,
}

/// A request that can be sent more than once.
pub(crate) struct Post {
    method: Method,
    path: String,
    proof: Option<(&'static str, String)>,
    body: Vec<u8>,
}

pub(crate) fn fixture(name: &str) -> Vec<u8> {
    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures").join(name);
    std::fs::read(path).expect("a fixture")
}

/// The signature that Meta would send.
pub(crate) fn sign(body: &[u8]) -> String {
    let mut mac = Hmac::<Sha256>::new_from_slice(APP_SECRET.as_bytes()).expect("any length is a key");
    mac.update(body);
    let digits: String = mac.finalize().into_bytes().iter().map(|byte| format!("{byte:02x}")).collect();
    format!("sha256={digits}")
}

pub(crate) fn meta(body: &[u8]) -> Post {
    let proof = Some(("x-hub-signature-256", sign(body)));
    Post { method: Method::POST, path: "/webhook/meta".to_owned(), proof, body: body.to_vec() }
}

pub(crate) fn green(body: &[u8]) -> Post {
    let proof = Some(("authorization", format!("Bearer {GREEN_TOKEN}")));
    Post { method: Method::POST, path: "/webhook/green-api".to_owned(), proof, body: body.to_vec() }
}

pub(crate) fn plain(method: Method, path: &str) -> Post {
    Post { method, path: path.to_owned(), proof: None, body: Vec::new() }
}

impl Door {
    pub(crate) async fn open(network: fn() -> Result<bot::outside::Response, TransportError>) -> Self {
        let directory = tempfile::tempdir().expect("a folder");
        let clock = ManualClock::new(DateTime::from_timestamp(1_790_000_010, 0).expect("a moment"));
        let outside = Outside {
            clock: Clock::Manual(clock.clone()),
            transport: Transport::InProcess(Arc::new(move |_| Box::pin(async move { network() }))),
            dice: Dice::seeded(1),
        };
        let secret = |text: &str| SecretString::from(text.to_owned());
        let config = Config {
            listen: "127.0.0.1:0".parse().expect("an address"),
            data_dir: directory.path().to_owned(),
            public_url: None,
            timezone: chrono_tz::Asia::Jerusalem,
            business: None,
            admin_phone: None,
            admin_password: None,
            mongo_uri: None,
            accounts: vec![
                Settings::GreenApi(green_api::Settings {
                    id: "7103000001".to_owned(),
                    token: secret("token"),
                    base_url: "http://127.0.0.1:9/green".to_owned(),
                    webhook_token: Some(secret(GREEN_TOKEN)),
                    interactive_buttons: true,
                }),
                Settings::Meta(meta_channel::Settings {
                    access_token: secret("token"),
                    phone_number_id: "200000000000001".to_owned(),
                    waba_id: None,
                    verify_token: secret("verify"),
                    app_secret: secret(APP_SECRET),
                    base_url: "http://127.0.0.1:9/meta/v24.0".to_owned(),
                }),
            ],
            chain: ModelName::parse_chain("gemini-2.5-flash-lite").expect("a chain"),
            gemini: None,
            dry_run: false,
            telegram: None,
            geocoder_url: None,
            sos_timeout_minutes: 60,
            jobs_off: Vec::new(),
            log_format: LogFormat::Text,
        };
        let app = server::open(config, outside).await.expect("a store");
        let file = business_file::parse(BUSINESS).expect("the demo's business");
        let documents = std::iter::once(Document::Business(file.business))
            .chain(file.pros.into_iter().map(Document::Pro))
            .map(|document| (Expect::Absent, document))
            .collect();
        app.store.put_documents(documents, app.now()).await.expect("a written business");
        let router = server::router(&app);
        Self { app, router, clock, _directory: directory }
    }

    pub(crate) fn pass(&self, by: Duration) {
        self.clock.set(self.clock.now() + by);
    }

    pub(crate) async fn send(&self, post: &Post) -> StatusCode {
        let mut request = Request::builder().method(post.method.clone()).uri(&post.path);
        if let Some((name, value)) = &post.proof {
            request = request.header(*name, value.as_bytes());
        }
        let request = request.body(Body::from(post.body.clone())).expect("a request");
        self.router.clone().oneshot(request).await.expect("an answer").status()
    }

    pub(crate) async fn post(
        &self,
        path: &str,
        header: &'static str,
        value: Option<&str>,
        body: &[u8],
    ) -> StatusCode {
        let proof = value.map(|value| (header, value.to_owned()));
        let post = Post { method: Method::POST, path: path.to_owned(), proof, body: body.to_vec() };
        self.send(&post).await
    }

    pub(crate) async fn get(&self, path: &str) -> (StatusCode, String) {
        let request = Request::get(path).body(Body::empty()).expect("a request");
        let answer = self.router.clone().oneshot(request).await.expect("an answer");
        let status = answer.status();
        let body = to_bytes(answer.into_body(), 1 << 20).await.expect("a body");
        (status, String::from_utf8_lossy(&body).into_owned())
    }

    pub(crate) fn counter(&self, line: &str) -> u64 {
        self.app.counters.value(line)
    }

    pub(crate) async fn rows(&self, collection: &str) -> u64 {
        self.app.store.counts().await.expect("counts")[collection]
    }

    pub(crate) async fn outbox(&self) -> Vec<OutboxRow> {
        let business = self.app.business().await.expect("a store").expect("a business").value;
        self.app.store.outbox_of_business(&business.id, 100).await.expect("rows")
    }

    /// Whether a chat is marked for a person.
    pub(crate) async fn needs_human(&self) -> bool {
        let business = self.app.business().await.expect("a store").expect("a business").value;
        let chats = self.app.store.conversations_of_business(&business.id, 100).await.expect("chats");
        let of_chats = chats.iter().any(|chat| chat.value.needs_human.is_some());
        let leads = self.app.store.leads_of_business(&business.id, 100).await.expect("leads");
        of_chats || leads.iter().any(|lead| lead.value.needs_human.is_some())
    }
}
