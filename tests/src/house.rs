//! One `fixi serve` of its own, on a store of its own, between pretended providers on loopback. Providers post their
//! webhooks to it and repeat what was not answered; it may be killed at any moment and started again minutes later,
//! since its clock and that of the providers are moved together.

use crate::binary::{self, Program};
use crate::eventually;
use anyhow::{Context, ensure};
use bot::outside::{Request, Transport, Url};
use bot::store::Store;
use bot::store::documents::{JobRow, JobState};
use chrono::{DateTime, Datelike, Days, NaiveTime, TimeZone, Utc, Weekday};
use emulator::{Channel, ShownMessage, WebhookPost, World};
use serde_json::Value;
use std::net::{Ipv4Addr, SocketAddr};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::atomic::{AtomicI64, AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;
use tokio::net::TcpListener;
use tokio::sync::Mutex as Gate;
use tokio::task::JoinHandle;

/// How often the providers look whether they have something to post.
const PUMP_EVERY: Duration = Duration::from_millis(5);
/// How long a step of a story may take before the test fails.
pub const STEP: Duration = Duration::from_secs(90);

/// The house.
#[derive(Debug)]
pub struct House {
    /// What people do on their phones, and see there.
    pub street: Arc<Street>,
    directory: tempfile::TempDir,
    providers: SocketAddr,
    program: Option<Program>,
    starts: u32,
    tasks: Vec<JoinHandle<()>>,
}

/// Everything outside of the program.
#[derive(Debug)]
pub struct Street {
    world: Arc<Mutex<World>>,
    ahead_seconds: AtomicI64,
    posts: AtomicU64,
    /// Where webhooks go; held while they are posted.
    door: Gate<Option<SocketAddr>>,
    transport: Transport,
}

impl Drop for House {
    fn drop(&mut self) {
        for task in &self.tasks {
            task.abort();
        }
    }
}

impl Street {
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

    /// How many webhooks were posted so far, and how many messages of the bot all phones show: a measure of how far a
    /// story has come that moves in small steps.
    #[must_use]
    pub fn progress(&self) -> u64 {
        let world = self.world();
        let shown: usize = [Channel::Meta, Channel::Green]
            .into_iter()
            .flat_map(|channel| world.phones(channel).into_iter().map(move |phone| (channel, phone)))
            .map(|(channel, phone)| world.phone_screen(channel, &phone).iter().filter(|m| !m.from_me).count())
            .sum();
        self.posts.load(Ordering::SeqCst) + u64::try_from(shown).unwrap_or(0)
    }

    /// How many webhooks were posted, if none waits.
    fn silent_after(&self) -> Option<u64> {
        let is_silent = self.world().next_webhook_at().is_none();
        is_silent.then(|| self.posts.load(Ordering::SeqCst))
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
        loop {
            {
                let door = self.door.lock().await;
                if let Some(address) = *door {
                    let due = self.world().due_webhooks(self.now_ms());
                    for post in due {
                        self.posts.fetch_add(1, Ordering::SeqCst);
                        let status = self.post(address, &post).await;
                        let now = self.now_ms();
                        self.world().webhook_answered(now, post.id, status);
                    }
                }
            }
            tokio::time::sleep(PUMP_EVERY).await;
        }
    }

    /// Holds back all webhooks until the program is started again; those under way are answered or given up.
    pub async fn close_door(&self) -> Option<SocketAddr> {
        self.door.lock().await.take()
    }

    /// Lets webhooks through again.
    pub async fn open_door(&self, address: SocketAddr) {
        *self.door.lock().await = Some(address);
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

impl House {
    /// A house with the marketplace of the demo in its store; the program is not started yet.
    ///
    /// # Errors
    /// When something on this machine is missing.
    pub async fn build() -> anyhow::Result<Self> {
        let directory = tempfile::tempdir()?;
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await?;
        let providers = listener.local_addr()?;
        let street = Arc::new(Street {
            world: Arc::new(Mutex::new(World::new(emulator::Settings::default()))),
            ahead_seconds: AtomicI64::new(until_monday_morning()?),
            posts: AtomicU64::new(0),
            door: Gate::new(None),
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
        let house =
            Self { street, directory, providers, program: None, starts: 0, tasks: vec![serving, pumping] };
        let business = Path::new(env!("CARGO_MANIFEST_DIR")).join("../bot/demo/fixi.toml");
        let imported = house.command()?.args(["business", "import"]).arg(business).output()?;
        ensure!(imported.status.success(), "the business: {}", String::from_utf8_lossy(&imported.stderr));
        Ok(house)
    }
    /// The program with the settings of this house.
    fn command(&self) -> anyhow::Result<Command> {
        let settings = emulator::Settings::default();
        let providers = self.providers;
        let mut command = Command::new(binary::path()?);
        command
            .env_clear()
            .env("FIXI_LISTEN", "127.0.0.1:0")
            .env("FIXI_DATA_DIR", self.data())
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
            .env("FIXI_CLOCK_AHEAD_SECONDS", self.street.ahead_seconds.load(Ordering::SeqCst).to_string());
        Ok(command)
    }

    /// Where the program keeps its store.
    #[must_use]
    pub fn data(&self) -> PathBuf {
        self.directory.path().join("data")
    }

    /// Starts the program, to die at a step if one is named, and lets webhooks through once it listens.
    ///
    /// # Errors
    /// When it does not start.
    pub async fn start(&mut self, die_at: Option<&str>) -> anyhow::Result<SocketAddr> {
        let mut command = self.command()?;
        command.arg("serve");
        if let Some(step) = die_at {
            command.env("FIXI_DIE_AT", step);
        }
        self.starts += 1;
        let log = self.directory.path().join(format!("log-{}.jsonl", self.starts));
        let mut program = Program::start(&mut command, log)?;
        let address = program.address("\"address\":\"").await?;
        self.program = Some(program);
        self.street.open_door(address).await;
        Ok(address)
    }

    /// Lets this much time pass in no time. Only while the program does not run: its clock is set at its start.
    pub fn pass(&mut self, seconds: u32) {
        self.program = None;
        self.street.ahead_seconds.fetch_add(seconds.into(), Ordering::SeqCst);
    }

    /// The running program.
    ///
    /// # Errors
    /// When it was not started.
    pub fn program(&mut self) -> anyhow::Result<&mut Program> {
        self.program.as_mut().context("the program was not started")
    }

    /// Whether the program ended by itself.
    pub fn has_died(&mut self) -> bool {
        self.program.as_mut().is_some_and(|program| program.ended().is_some())
    }

    /// What the program wrote since its last start.
    #[must_use]
    pub fn log(&self) -> String {
        self.program.as_ref().map(Program::log).unwrap_or_default()
    }

    /// Asks the program to stop and waits until it has. Webhooks are held back from then on.
    ///
    /// # Errors
    /// When it does not stop in 20 seconds, or not as it should.
    pub async fn stop(&mut self) -> anyhow::Result<()> {
        let program = self.program()?;
        program.ask_to_stop()?;
        let status = program.end(Duration::from_secs(20)).await?;
        ensure!(status.success(), "the program ended with {status}:\n{}", self.log());
        self.street.close_door().await;
        self.program = None;
        Ok(())
    }

    /// The store, while the program does not run: two processes on it would hide what one of them must do alone.
    ///
    /// # Errors
    /// When the program runs, or the store cannot be opened.
    pub async fn store(&mut self) -> anyhow::Result<Store> {
        ensure!(self.program.is_none() || self.has_died(), "the program still has the store");
        Ok(Store::open_embedded(&self.data()).await?)
    }

    /// Whether nothing is under way, at the providers or in the program, but for timers.
    pub async fn is_at_rest(&self) -> bool {
        // The providers are asked before and after the program, and must not have spoken to it in between: what it
        // said last shows there, and what they said last shows in it.
        let Some(before) = self.street.silent_after() else { return false };
        let is_idle = self.is_program_idle().await.unwrap_or(false);
        is_idle && self.street.silent_after() == Some(before)
    }

    async fn is_program_idle(&self) -> anyhow::Result<bool> {
        let address = self.street.door.lock().await.context("the program does not run")?;
        let url = Url::parse(&format!("http://{address}/readyz"))?;
        let response = self.street.transport.send(Request::new(http::Method::GET, url)).await?;
        let known: Value = serde_json::from_slice(&response.body)?;
        Ok(known["jobs"]["running"] == 0 && self.has_only_timers().await?)
    }

    /// The program's own counts do not tell a timer from work that waits, so the store is asked beside it.
    async fn has_only_timers(&self) -> anyhow::Result<bool> {
        let store = Store::open_embedded(&self.data()).await?;
        let jobs = store.jobs(100).await?;
        store.close().await?;
        let is_over = |job: &JobRow| {
            let lies_ahead = ["offer_expired/", "recurring/"].iter().any(|start| job.id.starts_with(start));
            lies_ahead || job.state == JobState::Dead
        };
        Ok(jobs.leased == 0 && jobs.rows.iter().all(is_over))
    }
}

/// Waits until nothing is under way but timers.
///
/// # Errors
/// When that takes too long.
pub async fn rest(house: &House) -> anyhow::Result<()> {
    eventually("rest", STEP, async || house.is_at_rest().await.then_some(())).await
}
