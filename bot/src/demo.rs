//! The bot beside pretended providers, on loopback: what `fixi demo` and `fixi chat` run. Everything between the two is
//! real: HTTP, signatures, redelivery, the store and the workers.

use crate::app::App;
use crate::business_file;
use crate::channels::{self, green_api, meta};
use crate::cli::import;
use crate::config::Config;
use crate::operators;
use crate::outside::{Outside, Request, Transport, Url};
use crate::server::{self, Alone, Running, Work};
use crate::web::demo_page::{self, DemoDoor, DemoPerson, DemoPhones};
use admin_api::access::Role;
use agents::lead::Lead;
use anyhow::Context;
use axum::Router;
use chrono::Utc;
use emulator::{Channel, World};
use futures::FutureExt;
use secrecy::SecretString;
use serde_json::{Value, json};
use std::net::{Ipv4Addr, SocketAddr};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;
use tokio::net::TcpListener;
use tokio::sync::Notify;
use tokio::task::JoinHandle;
use tokio_util::sync::CancellationToken;

/// The marketplace of the demo.
const BUSINESS: &str = include_str!("../demo/fixi.toml");
/// Name and password of the console's user in the demo.
pub const OPERATOR: &str = "demo";
/// The file that keeps what the phones show.
const PHONES: &str = "phones.json";
/// How often the providers' queue is looked at when nobody rings.
const PUMP_EVERY: Duration = Duration::from_millis(40);
/// How often the phones are written down while nothing is told.
const SAVE_EVERY: Duration = Duration::from_secs(1);
/// How many leads the page lists.
const LISTED_LEADS: u32 = 30;
/// Customers to begin with; the page makes more.
const CUSTOMERS: [(Channel, &str, &str); 3] = [
    (Channel::Meta, "972500001001", "דנה"),
    (Channel::Green, "972500001002", "יוסי"),
    (Channel::Meta, "972500001003", "Maya"),
];

/// Whether demo data is put in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Seed {
    /// The marketplace of the demo.
    Marketplace,
    /// Whatever the store has.
    Nothing,
}

/// A running demo.
pub struct Demo {
    /// The bot.
    pub app: Arc<App>,
    /// The pretended providers.
    pub world: Arc<Mutex<World>>,
    /// Rings when a phone did something.
    pub bell: Arc<Notify>,
    /// Who has a phone.
    pub phones: DemoPhones,
    /// Where the page is.
    pub address: SocketAddr,
    running: Running,
    emulator: JoinHandle<()>,
    stop: CancellationToken,
    saved: PathBuf,
}

impl std::fmt::Debug for Demo {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Demo").field("address", &self.address).finish_non_exhaustive()
    }
}

impl Demo {
    /// Starts everything on loopback: the page on `port` (0 for any), state in `directory`.
    ///
    /// # Errors
    /// When the port is taken or the directory cannot be used.
    pub async fn start(config: Config, port: u16, directory: &Path, seed: Seed) -> anyhow::Result<Self> {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, port)).await.with_context(|| {
            format!("port {port} on 127.0.0.1 is taken; choose another with `fixi demo --port 8081`")
        })?;
        let address = listener.local_addr()?;
        let alone = Alone::on(directory)?;
        let saved = directory.join(PHONES);
        let providers = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await?;
        let host = format!("http://{}", providers.local_addr()?);
        let mut settings = emulator::Settings::default();
        settings.meta.media_base = format!("{host}/meta");
        settings.green.media_base = format!("{host}/green");
        let world = Arc::new(Mutex::new(load(&settings, &saved)));
        let stop = CancellationToken::new();
        let emulator = tokio::spawn({
            let routes = emulator::router(world.clone(), || Utc::now().timestamp_millis());
            let stop = stop.clone();
            async move {
                let served =
                    axum::serve(providers, routes).with_graceful_shutdown(stop.cancelled_owned()).await;
                if let Err(error) = served {
                    tracing::error!(%error, "the pretended providers ended");
                }
            }
        });
        let config = Config {
            data_dir: directory.to_owned(),
            // What is pretended never reaches a database of real people.
            mongo_uri: None,
            accounts: accounts(&settings, &host),
            business: None,
            admin_phone: None,
            admin_password: None,
            ..config
        };
        let app = server::open(config, Outside::real()?).await?;
        if seed == Seed::Marketplace {
            let file = business_file::parse(BUSINESS)
                .map_err(|error| anyhow::anyhow!("demo data, {}: {}", error.place, error.problem))?;
            import(&app.store, file).await?;
        }
        if let Some(business) = app.business().await? {
            // On this machine only, and for what is pretended: the password is no secret.
            let password = SecretString::from(OPERATOR.to_owned());
            let id = business.value.id;
            operators::ensure_first(&app.store, OPERATOR, Role::Owner, id, password, app.now()).await?;
        }
        let phones = phones(&app).await?;
        let bell = Arc::new(Notify::new());
        let door = DemoDoor {
            world: world.clone(),
            clock: Arc::new(|| Utc::now().timestamp_millis()),
            wake: bell.clone(),
            phones: phones.clone(),
            events: app.strip.live.clone(),
            recent: app.strip.recent.clone(),
            leads: Arc::new({
                let app = app.clone();
                move || {
                    let app = app.clone();
                    async move { leads(&app).await }.boxed()
                }
            }),
        };
        let routes: Router = server::router(&app).merge(demo_page::router(door));
        let mut running = Running::start(&app, Some(alone), listener, routes, Work::Here).await?;
        let pump = Pump {
            world: world.clone(),
            bell: bell.clone(),
            transport: app.outside.transport.clone(),
            address,
            saved: saved.clone(),
        };
        running.also(|stop| tokio::spawn(pump.run(stop)));
        Ok(Self { app, world, bell, phones, address, running, emulator, stop, saved })
    }

    /// Stops everything; what the phones show is kept.
    ///
    /// # Errors
    /// When the store does not close.
    pub async fn stop(self) -> anyhow::Result<()> {
        // Pages that are open would hold the server up.
        let _ = self.app.strip.live.send(Value::Null);
        self.running.stop().await;
        self.stop.cancel();
        self.emulator.await.context("the pretended providers")?;
        save(&self.world, &self.saved, &mut String::new());
        self.app.store.close().await?;
        Ok(())
    }
}

fn locked(world: &Mutex<World>) -> MutexGuard<'_, World> {
    world.lock().unwrap_or_else(PoisonError::into_inner)
}

/// The accounts at the pretended providers, which are reached under `host`.
#[must_use]
pub fn accounts(settings: &emulator::Settings, host: &str) -> Vec<channels::Settings> {
    vec![
        channels::Settings::GreenApi(green_api::Settings {
            id: settings.green.id_instance.to_string(),
            token: SecretString::from(settings.green.token.clone()),
            base_url: format!("{host}/green"),
            webhook_token: Some(SecretString::from(settings.green.webhook_token.clone())),
            interactive_buttons: true,
        }),
        channels::Settings::Meta(meta::Settings {
            access_token: SecretString::from(settings.meta.access_token.clone()),
            phone_number_id: settings.meta.phone_number_id.clone(),
            waba_id: Some(settings.meta.waba_id.clone()),
            verify_token: SecretString::from(settings.meta.verify_token.clone()),
            app_secret: SecretString::from(settings.meta.app_secret.clone()),
            base_url: format!("{host}/meta/v24.0"),
        }),
    ]
}

/// The phones as they were, or new ones when there is nothing to read.
fn load(settings: &emulator::Settings, saved: &Path) -> World {
    let known = std::fs::read(saved).ok().and_then(|bytes| serde_json::from_slice(&bytes).ok());
    match known.map(|known| World::load(settings.clone(), known)) {
        Some(Ok(world)) => world,
        Some(Err(error)) => {
            tracing::warn!(%error, "the phones cannot be read; they start empty");
            World::new(settings.clone())
        }
        None => World::new(settings.clone()),
    }
}

/// Writes the phones down when they changed, whole or not at all.
fn save(world: &Mutex<World>, saved: &Path, last: &mut String) {
    let text = locked(world).save().to_string();
    if text == *last {
        return;
    }
    let draft = saved.with_extension("draft");
    let written = std::fs::write(&draft, &text).and_then(|()| std::fs::rename(&draft, saved));
    match written {
        Ok(()) => *last = text,
        Err(error) => tracing::warn!(%error, "the phones cannot be written down"),
    }
}

/// Carries the providers' webhooks to the bot.
struct Pump {
    world: Arc<Mutex<World>>,
    bell: Arc<Notify>,
    transport: Transport,
    address: SocketAddr,
    saved: PathBuf,
}

impl Pump {
    async fn run(self, stop: CancellationToken) {
        let mut last = String::new();
        let mut saved_at = tokio::time::Instant::now();
        loop {
            let now = Utc::now().timestamp_millis();
            let posts = locked(&self.world).due_webhooks(now);
            // Written down before the bot hears of it: a phone must not forget what was answered.
            if !posts.is_empty() || saved_at.elapsed() >= SAVE_EVERY {
                save(&self.world, &self.saved, &mut last);
                saved_at = tokio::time::Instant::now();
            }
            for post in posts {
                let status = self.post(&post).await;
                locked(&self.world).webhook_answered(Utc::now().timestamp_millis(), post.id, status);
            }
            tokio::select! {
                () = stop.cancelled() => return,
                () = self.bell.notified() => {}
                () = tokio::time::sleep(PUMP_EVERY) => {}
            }
        }
    }

    /// The status of the bot's answer; 0 when there was none.
    async fn post(&self, post: &emulator::WebhookPost) -> u16 {
        let Ok(url) = Url::parse(&format!("http://{}{}", self.address, post.path)) else { return 0 };
        let mut request = Request::new(post.method.clone(), url);
        request.headers.clone_from(&post.headers);
        request.body = post.body.clone();
        self.transport.send(request).await.map_or(0, |response| response.status.as_u16())
    }
}

/// Who has a phone: some customers, and the pros of the business on Green API.
async fn phones(app: &App) -> anyhow::Result<DemoPhones> {
    let customers = CUSTOMERS
        .map(|(channel, phone, name)| DemoPerson { channel, phone: phone.to_owned(), name: name.to_owned() })
        .to_vec();
    let Some(business) = app.business().await? else { return Ok(DemoPhones { customers, pros: Vec::new() }) };
    let mut pros: Vec<_> =
        app.store.pros(&business.value.id).await?.into_iter().map(|stored| stored.value).collect();
    pros.sort_by(|a, b| a.phone.cmp(&b.phone));
    let pros = pros
        .into_iter()
        .map(|pro| DemoPerson {
            channel: Channel::Green,
            phone: pro.phone.trim_start_matches('+').to_owned(),
            name: pro.name,
        })
        .collect();
    Ok(DemoPhones { customers, pros })
}

/// The newest leads for the page.
async fn leads(app: &App) -> Value {
    let Ok(Some(business)) = app.business().await else { return json!([]) };
    let business = business.value;
    let pros = app.store.pros(&business.id).await.unwrap_or_default();
    let name = |lead: &Lead| {
        let id = lead.pro.as_ref()?;
        pros.iter().find(|stored| stored.value.id == *id).map(|stored| stored.value.name.clone())
    };
    let leads = app.store.leads_of_business(&business.id, LISTED_LEADS).await.unwrap_or_default();
    leads
        .into_iter()
        .map(|stored| stored.value)
        .map(|lead| {
            json!({
                "number": lead.number,
                "status": lead.status,
                "slot": lead.slot.map(|slot| slot.from.timestamp_millis()),
                "pro": name(&lead),
                "trade": lead.issue_type.key(),
                "customer": lead.customer_name,
            })
        })
        .collect()
}
