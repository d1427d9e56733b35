//! Everything outside of the programs: pretended providers on loopback, phones, and the clock that everybody shares.
//! Providers post their webhooks to whoever is behind the door and repeat what was not answered. It knows nothing of
//! how many programs there are, nor where they keep their state.

use crate::binary;
use anyhow::Context;
use bot::outside::{Request, Transport, Url};
use chrono::{DateTime, Datelike, Days, NaiveTime, TimeZone, Utc, Weekday};
use emulator::{Channel, ShownMessage, WebhookPost, World};
use std::net::{Ipv4Addr, SocketAddr};
use std::process::Command;
use std::sync::atomic::{AtomicI64, AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;
use tokio::net::TcpListener;
use tokio::sync::RwLock;
use tokio::task::{JoinHandle, JoinSet};

/// How often the providers look whether they have something to post.
const PUMP_EVERY: Duration = Duration::from_millis(5);

/// Both channels.
pub const CHANNELS: [Channel; 2] = [Channel::Meta, Channel::Green];

/// The street.
#[derive(Debug)]
pub struct Street {
    world: Arc<Mutex<World>>,
    providers: SocketAddr,
    ahead_seconds: AtomicI64,
    posts: AtomicU64,
    refused: AtomicU64,
    /// Where webhooks go; held while they are posted.
    door: Arc<RwLock<Option<SocketAddr>>>,
    transport: Transport,
}

/// What goes on in the street by itself. It ends with this value.
#[derive(Debug)]
pub struct Traffic([JoinHandle<()>; 2]);

impl Drop for Traffic {
    fn drop(&mut self) {
        self.0.iter().for_each(JoinHandle::abort);
    }
}

impl Street {
    /// A street on which nobody has written yet, on a Monday morning.
    ///
    /// # Errors
    /// When something on this machine is missing.
    pub async fn open() -> anyhow::Result<(Arc<Self>, Traffic)> {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await?;
        let street = Arc::new(Self {
            world: Arc::new(Mutex::new(World::new(emulator::Settings::default()))),
            providers: listener.local_addr()?,
            ahead_seconds: AtomicI64::new(until_monday_morning()?),
            posts: AtomicU64::new(0),
            refused: AtomicU64::new(0),
            door: Arc::default(),
            transport: Transport::network()?,
        });
        let clock = street.clone();
        let routes = emulator::router(street.world.clone(), move || clock.now_ms());
        let serving = tokio::spawn(async move {
            if let Err(error) = axum::serve(listener, routes).await {
                panic!("the pretended providers ended: {error}");
            }
        });
        let pumping = tokio::spawn(street.clone().pump());
        Ok((street, Traffic([serving, pumping])))
    }

    /// The phones and the providers.
    pub fn world(&self) -> MutexGuard<'_, World> {
        self.world.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The moment, as everybody in this test sees it.
    #[must_use]
    pub fn now(&self) -> DateTime<Utc> {
        Utc::now() + chrono::Duration::seconds(self.ahead_seconds.load(Ordering::SeqCst))
    }

    /// The moment as providers count it.
    #[must_use]
    pub fn now_ms(&self) -> i64 {
        self.now().timestamp_millis()
    }

    /// Lets this much time pass in no time. Only while no program runs: its clock is set at its start.
    pub(crate) fn pass(&self, seconds: i64) {
        self.ahead_seconds.fetch_add(seconds, Ordering::SeqCst);
    }

    /// The program with the settings of this street; only its store is not named.
    ///
    /// # Errors
    /// When it has not been built.
    pub fn command(&self) -> anyhow::Result<Command> {
        let settings = emulator::Settings::default();
        let providers = self.providers;
        let mut command = Command::new(binary::path()?);
        command
            .env_clear()
            .env("FIXI_LISTEN", "127.0.0.1:0")
            .env("FIXI_LOG_FORMAT", "json")
            .env("RUST_LOG", "info")
            .env("TIMEZONE", "Asia/Jerusalem")
            .env("GREEN_API_ID", settings.green.id_instance.to_string())
            .env("GREEN_API_TOKEN", &settings.green.token)
            .env("GREEN_API_WEBHOOK_TOKEN", &settings.green.webhook_token)
            .env("GREEN_API_BASE_URL", format!("http://{providers}/green"))
            .env("META_WA_PHONE_NUMBER_ID", &settings.meta.phone_number_id)
            .env("META_WA_WABA_ID", &settings.meta.waba_id)
            .env("META_WA_ACCESS_TOKEN", &settings.meta.access_token)
            .env("META_WA_VERIFY_TOKEN", &settings.meta.verify_token)
            .env("META_WA_APP_SECRET", &settings.meta.app_secret)
            .env("META_GRAPH_BASE_URL", format!("http://{providers}/meta/v24.0"))
            .env("GEMINI_BASE_URL", format!("http://{providers}/gemini"))
            .env("FIXI_CLOCK_AHEAD_SECONDS", self.ahead_seconds.load(Ordering::SeqCst).to_string());
        Ok(command)
    }

    /// A person writes.
    pub fn writes(&self, channel: Channel, phone: &str, text: &str) {
        let now = self.now_ms();
        self.world().phone_sends_text(now, channel, phone, "", text);
    }

    /// What the bot said to a person, in order.
    #[must_use]
    pub fn heard(&self, channel: Channel, phone: &str) -> Vec<String> {
        let screen = self.world().phone_screen(channel, phone);
        screen.into_iter().filter(|message| !message.from_me).map(|message| message.text).collect()
    }

    /// The bubbles of a phone.
    #[must_use]
    pub fn screen(&self, channel: Channel, phone: &str) -> Vec<ShownMessage> {
        self.world().phone_screen(channel, phone)
    }

    /// Everybody who wrote or was written to.
    #[must_use]
    pub fn phones(&self) -> Vec<(Channel, String)> {
        let world = self.world();
        let of = |channel| world.phones(channel).into_iter().map(move |phone| (channel, phone));
        CHANNELS.into_iter().flat_map(of).collect()
    }

    /// How many webhooks were posted so far, and how many bubbles all phones show: a measure of how far a story has come
    /// that moves in small steps.
    #[must_use]
    pub fn progress(&self) -> u64 {
        let phones = self.phones();
        let world = self.world();
        let shown: usize = phones.iter().map(|(channel, phone)| world.phone_bubbles(*channel, phone)).sum();
        drop(world);
        self.posts.load(Ordering::SeqCst) + u64::try_from(shown).unwrap_or(0)
    }

    /// How many webhooks were answered 503 so far.
    #[must_use]
    pub fn refused(&self) -> u64 {
        self.refused.load(Ordering::SeqCst)
    }

    /// How many webhooks were posted, if none waits.
    pub(crate) fn silent_after(&self) -> Option<u64> {
        let is_silent = self.world().next_webhook_at().is_none();
        is_silent.then(|| self.posts.load(Ordering::SeqCst))
    }

    /// Where webhooks go.
    pub(crate) async fn door(&self) -> Option<SocketAddr> {
        *self.door.read().await
    }

    /// Asks for a page of a program.
    ///
    /// # Errors
    /// When it does not answer.
    pub async fn ask(&self, address: SocketAddr, path: &str) -> anyhow::Result<bot::outside::Response> {
        let url = Url::parse(&format!("http://{address}{path}"))?;
        self.transport.send(Request::new(http::Method::GET, url)).await.context("the program does not answer")
    }

    /// Posts a webhook; 0 stands for no answer.
    pub async fn post(&self, to: SocketAddr, post: &WebhookPost) -> u16 {
        let Ok(url) = Url::parse(&format!("http://{to}{}", post.path)) else { return 0 };
        let mut request = Request::new(post.method.clone(), url);
        request.headers.clone_from(&post.headers);
        request.body = post.body.clone();
        self.transport.send(request).await.map_or(0, |response| response.status.as_u16())
    }

    async fn pump(self: Arc<Self>) {
        let mut posting = JoinSet::new();
        loop {
            // Held until the last of these is answered, and taken once: whoever closes the door waits for that.
            let door = Arc::new(self.door.clone().read_owned().await);
            if let Some(address) = **door {
                let due = self.world().due_webhooks(self.now_ms());
                for post in due {
                    let (street, door) = (self.clone(), door.clone());
                    posting.spawn(async move {
                        street.posts.fetch_add(1, Ordering::SeqCst);
                        let status = street.post(address, &post).await;
                        if status == 503 {
                            street.refused.fetch_add(1, Ordering::SeqCst);
                        }
                        let now = street.now_ms();
                        street.world().webhook_answered(now, post.id, status);
                        drop(door);
                    });
                }
            }
            drop(door);
            while posting.try_join_next().is_some() {}
            tokio::time::sleep(PUMP_EVERY).await;
        }
    }

    /// Holds back all webhooks until the program is started again; those under way are answered or given up.
    pub async fn close_door(&self) -> Option<SocketAddr> {
        self.door.write().await.take()
    }

    /// Lets webhooks through again.
    pub async fn open_door(&self, address: SocketAddr) {
        *self.door.write().await = Some(address);
    }
}

/// How far ahead of the machine a Monday morning is on which everybody works: what a test sees must not depend on when
/// it runs.
fn until_monday_morning() -> anyhow::Result<i64> {
    let zone = chrono_tz::Asia::Jerusalem;
    let now = Utc::now();
    let mut day = now.with_timezone(&zone).date_naive() + Days::new(1);
    while day.weekday() != Weekday::Mon {
        day = day + Days::new(1);
    }
    let morning = day.and_time(NaiveTime::from_hms_opt(9, 1, 0).context("09:01 is a time")?);
    let morning = zone.from_local_datetime(&morning).single().context("09:01 happens once a day")?;
    Ok((morning.with_timezone(&Utc) - now).num_seconds())
}
