//! The world of a scenario: one app on an embedded store in a temporary folder, pretended providers without sockets,
//! and a clock that only moves when it is told to.

use super::marketplace;
use super::net::{Net, Planned, locked};
use super::people::{CUSTOMERS, OPERATOR, PROS, name, phone};
use super::script::{Pace, Step, duration};
use crate::app::{App, conversation_id};
use crate::config::{Config, LogFormat, Telegram};
use crate::demo::accounts;
use crate::jobs;
use crate::models::ModelName;
use crate::outside::{Clock, Dice, ManualClock, Outside, Transport};
use crate::server;
use crate::store::documents::{Document, Expect, JobState, Recurring};
use agents::business::Business;
use agents::id::ConversationId;
use agents::lead::Slot;
use agents::pro::Pro;
use anyhow::{Context, bail};
use axum::Router;
use chrono::{DateTime, Duration, NaiveDateTime, TimeZone, Utc};
use emulator::{Channel, MediaKind, PhoneFile, Provider, WebhookFault};
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard};

/// Where the pretended providers are; nothing listens there.
pub(crate) const HOST: &str = "http://127.0.0.1:9";
/// How far ahead is looked for what follows a step.
const AHEAD: Duration = Duration::seconds(10);
/// More rounds than anything needs that comes to rest.
const ROUNDS: u32 = 20_000;

/// The world.
pub struct World {
    pub(super) app: Arc<App>,
    /// Where the files are that are posted.
    pub(super) folder: PathBuf,
    pub(super) net: Arc<Net>,
    directory: PathBuf,
    pub(super) config: Config,
    pub(super) read: BTreeMap<String, usize>,
    /// The events of calendars that pros keep elsewhere.
    pub(super) calendars: BTreeMap<String, String>,
    transcript: String,
    /// The cells of the table that decisions came through.
    pub(super) cells: BTreeSet<String>,
    /// Attempts that did not come through the cell they name.
    pub(super) missed: Vec<String>,
}

impl std::fmt::Debug for World {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("World")
    }
}

impl World {
    /// The world of these steps, before the first of them.
    ///
    /// # Errors
    /// When a person is not known, or the store cannot be made.
    pub async fn start(steps: &[(usize, Step)]) -> anyhow::Result<Self> {
        let file = marketplace::of(steps)?;
        let mut begin = NaiveDateTime::parse_from_str("2026-11-22 09:00", "%Y-%m-%d %H:%M")?;
        // The operator works through the account for first contacts, as the pros do.
        let (mut green, mut meta) = (BTreeSet::from([OPERATOR.to_owned()]), BTreeSet::new());
        for (_, step) in steps {
            match step {
                Step::Begin(at) => begin = *at,
                Step::Green(who) => {
                    green.insert(who.clone());
                }
                Step::Meta(who) => {
                    meta.insert(who.clone());
                }
                _ => {}
            }
        }
        let now = local(&file.business, begin)?;
        let settings = emulator::Settings::default();
        let clock = ManualClock::new(now);
        let net = Arc::new(Net {
            emulator: Mutex::new(emulator::World::new(settings.clone())),
            clock: clock.clone(),
            router: Mutex::new(None),
            planned: Mutex::default(),
            green: Mutex::new(green),
            meta: Mutex::new(meta),
        });
        let directory = fresh_directory()?;
        let mut config = config(&settings, &directory)?;
        for (_, step) in steps {
            match step {
                Step::Business(key, value) if key == "operator" => operator(&mut config, &settings, value)?,
                Step::Business(key, _) if key == "geocoder" => {
                    config.geocoder_url = Some(format!("{HOST}/web"));
                }
                Step::Business(key, value) if key == "jobs" => switch_on(&mut config, value)?,
                _ => {}
            }
        }
        locked(&net.emulator).meta().templates = approved(&file.business);
        let app = open(&config, &net).await?;
        let documents = std::iter::once(Document::Business(file.business))
            .chain(file.pros.into_iter().map(Document::Pro))
            .map(|document| (Expect::Absent, document))
            .collect();
        app.store.put_documents(documents, now).await?;
        Ok(Self {
            app,
            folder: PathBuf::new(),
            net,
            directory,
            config,
            read: BTreeMap::new(),
            calendars: BTreeMap::new(),
            transcript: String::new(),
            cells: BTreeSet::new(),
            missed: Vec::new(),
        })
    }

    /// What happened so far, as people would read it.
    #[must_use]
    pub fn transcript(&self) -> &str {
        &self.transcript
    }

    /// Lets go of everything.
    pub async fn stop(self) {
        let _ = self.app.store.close().await;
        let _ = std::fs::remove_dir_all(&self.directory);
    }

    pub(super) fn router(&self) -> Option<Router> {
        locked(&self.net.router).clone()
    }

    pub(super) fn emulator(&self) -> MutexGuard<'_, emulator::World> {
        locked(&self.net.emulator)
    }

    pub(super) fn screen(&self, who: &str) -> Vec<emulator::ShownMessage> {
        let channel = self.net.channel(who);
        self.emulator().phone_screen(channel, &phone(who))
    }

    pub(super) fn people() -> impl Iterator<Item = &'static str> {
        PROS.iter().map(|(name, _)| *name).chain(CUSTOMERS.iter().map(|(name, _, _)| *name))
    }

    /// A person's phone as it is stored.
    pub(super) fn e164(who: &str) -> String {
        format!("+{}", phone(who))
    }

    /// The chat of a person on the channel that they use, whether it exists yet or not.
    pub(super) async fn chat_id(&self, who: &str) -> Result<ConversationId, String> {
        let business = self.business().await?;
        let wanted = match self.net.channel(who) {
            Channel::Green => agents::message::Channel::GreenApi,
            Channel::Meta => agents::message::Channel::Meta,
        };
        let account = self.app.config.accounts.iter().find(|account| account.channel() == wanted);
        let place = account.ok_or("no account on that channel")?.place_of(&Self::e164(who));
        Ok(conversation_id(&business.id, &place))
    }

    pub(super) async fn business(&self) -> Result<Business, String> {
        let business = self.app.business().await.map_err(|error| error.to_string())?;
        business.map(|stored| stored.value).ok_or_else(|| "no business".to_owned())
    }

    pub(super) async fn pro(&self, who: &str) -> Result<Pro, String> {
        let business = self.business().await?;
        let pro = self.app.store.pro_by_phone(&business.id, &Self::e164(who)).await;
        pro.map_err(|error| error.to_string())?
            .map(|stored| stored.value)
            .ok_or_else(|| format!("{who} is not stored"))
    }

    pub(super) fn say(&mut self, line: &str) {
        self.transcript.push_str(line);
        self.transcript.push('\n');
    }

    /// Does one step and everything that follows from it.
    ///
    /// # Errors
    /// What was expected and is not so.
    pub async fn step(&mut self, step: &Step) -> Result<(), String> {
        match step {
            Step::Business(..) | Step::File(..) | Step::Green(_) | Step::Meta(_) | Step::Begin(_) => Ok(()),
            Step::Pass(length) => self.pass(*length).await,
            Step::Writes { who, text, pace } => {
                let shown: String = text.chars().take(300).collect();
                self.say(&format!("{who}> {shown}"));
                match pace {
                    Pace::Settled => {
                        self.net.writes(who, text);
                        self.settle().await
                    }
                    Pace::Burst => {
                        self.net.writes(who, text);
                        self.net.post_webhooks().await;
                        Ok(())
                    }
                    Pace::Later(length) => {
                        let at = self.net.clock.now() + *length;
                        locked(&self.net.planned).push(Planned { at, who: who.clone(), text: text.clone() });
                        Ok(())
                    }
                }
            }
            Step::Sends { who, what, caption } => self.sends(who, what, caption.as_deref()).await,
            Step::Uses(who, channel) => self.uses(who, channel),
            Step::Taps(who, button) => {
                let message = self
                    .screen(who)
                    .into_iter()
                    .rev()
                    .find(|message| !message.from_me && !message.buttons.is_empty());
                let message = message.ok_or_else(|| format!("{who} sees no button"))?;
                let index = button.checked_sub(1).ok_or("buttons are counted from 1")?;
                let label = message.buttons.get(index).map(|button| button.title.clone()).unwrap_or_default();
                self.say(&format!("{who} taps {label}"));
                let (channel, now) = (self.net.channel(who), self.net.now_ms());
                let tapped = self.emulator().phone_taps_button(now, channel, &phone(who), &message.id, index);
                tapped.map_err(|error| error.to_string())?;
                self.settle().await
            }
            Step::TapsOld(who, payload) => {
                self.say(&format!("{who} taps {payload}"));
                let (channel, now) = (self.net.channel(who), self.net.now_ms());
                self.emulator().phone_taps_old_button(now, channel, &phone(who), payload);
                self.settle().await
            }
            Step::Quotes(who, number, text) => {
                let screen = self.screen(who);
                let quoted = number
                    .checked_sub(1)
                    .and_then(|index| screen.get(index))
                    .ok_or("there is no such message")?;
                self.say(&format!("{who}> (to message {number}) {text}"));
                let (channel, now) = (self.net.channel(who), self.net.now_ms());
                let sent = self.emulator().phone_replies(now, channel, &phone(who), &quoted.id, text);
                sent.map_err(|error| error.to_string())?;
                self.settle().await
            }
            Step::Reads(who, pieces) => self.reads(who, pieces),
            Step::Telegram(pieces) => self.telegram(pieces.as_deref()),
            Step::Silence(who) => self.silence(who),
            Step::Skip(who) => self.skip(who),
            Step::Post(provider, file, proof, status) => self.post(provider, file, *proof, *status).await,
            Step::Expect(what) => self.expect(what).await,
            Step::Model(what) => self.model(what),
            Step::Fault(provider, fault) => self.fault(provider, fault),
            Step::Account(provider, state) => self.account(provider, state).await,
            Step::Web(what) => self.web(what),
            Step::Sending(goes) => self.sending(*goes).await,
            Step::Webhook(what) => {
                let fault = match what.split_once(' ') {
                    None if what == "twice" => WebhookFault::Twice { after_ms: 0 },
                    Some(("late", length)) => {
                        let delay = duration(length)?.num_milliseconds();
                        WebhookFault::Late { delay_ms: u64::try_from(delay).unwrap_or(0) }
                    }
                    _ => return Err(format!("a webhook is not `{what}`")),
                };
                for provider in [Provider::Meta, Provider::Green] {
                    let mut emulator = self.emulator();
                    emulator.faults(provider).next_webhook(fault.clone());
                }
                Ok(())
            }
            Step::Store(works) => self.store(*works).await,
            Step::Take(who, at, minutes) => self.take(who, *at, *minutes).await,
            Step::Blocks(who, at, minutes) => self.blocks(who, *at, *minutes).await,
            Step::Fill(who) => {
                let pro = self.pro(who).await?;
                let now = self.app.now();
                let span = Slot { from: now - Duration::hours(1), to: now + Duration::days(40) };
                self.claim(&pro, span, "filled").await
            }
            Step::Restart => self.restart().await,
            Step::Try(cell, step) => self.attempt(cell, step).await,
            Step::Ask(who, question) => self.ask(who, question).await,
            Step::Idle => self.idle().await,
        }
    }

    pub(super) fn sends_now(&self, who: &str, what: &str, caption: Option<&str>) -> Result<(), String> {
        let (channel, now, number) = (self.net.channel(who), self.net.now_ms(), phone(who));
        let (kind, mime) = match what {
            "photo" => (MediaKind::Image, "image/jpeg"),
            "voice" => (MediaKind::Voice, "audio/ogg; codecs=opus"),
            "document" => (MediaKind::Document, "application/pdf"),
            "location" => {
                let place = emulator::Place { latitude: 32.08, longitude: 34.78, name: None, address: None };
                self.emulator().phone_sends_location(now, channel, &number, name(who), place);
                return Ok(());
            }
            other => return Err(format!("nobody can send a {other}")),
        };
        let file = PhoneFile {
            kind,
            mime: mime.to_owned(),
            bytes: bytes::Bytes::from_static(b"not really a file"),
            caption: caption.unwrap_or_default().to_owned(),
            file_name: String::new(),
        };
        self.emulator().phone_sends_file(now, channel, &number, name(who), file);
        Ok(())
    }

    async fn restart(&mut self) -> Result<(), String> {
        self.say("(restart)");
        let _ = self.app.store.close().await;
        self.app = open(&self.config, &self.net).await.map_err(|error| format!("{error:#}"))?;
        self.settle().await
    }

    async fn pass(&mut self, length: Duration) -> Result<(), String> {
        let end = self.net.clock.now() + length;
        self.run_until(end).await?;
        self.net.clock.set(end.max(self.net.clock.now()));
        self.settle().await
    }

    /// Does everything that is due now or within the next seconds.
    pub(super) async fn settle(&mut self) -> Result<(), String> {
        self.run_until(self.net.clock.now() + AHEAD).await
    }

    /// Does everything that is due up to a moment, in the order of time.
    async fn run_until(&mut self, end: DateTime<Utc>) -> Result<(), String> {
        for _ in 0..ROUNDS {
            self.net.send_planned();
            if self.net.post_webhooks().await || self.run_one().await? {
                continue;
            }
            let Some(next) = self.next_event().await?.filter(|next| *next <= end) else { return Ok(()) };
            self.net.clock.set(next.max(self.net.clock.now()));
        }
        Err("the world does not come to rest".to_owned())
    }

    async fn run_one(&self) -> Result<bool, String> {
        match jobs::run_one(&self.app, "replay").await {
            Ok(ran) => Ok(ran),
            // A broken store has no work to give.
            Err(crate::store::StoreError::Unavailable(_)) => Ok(false),
            Err(error) => Err(error.to_string()),
        }
    }

    /// When something happens next by itself.
    async fn next_event(&self) -> Result<Option<DateTime<Utc>>, String> {
        let job = self.app.store.next_due().await.ok().flatten();
        let lease = self.app.store.next_lease_end().await.ok().flatten();
        let webhook = self.emulator().next_webhook_at().and_then(DateTime::from_timestamp_millis);
        let planned = locked(&self.net.planned).iter().map(|planned| planned.at).min();
        let now = self.net.clock.now();
        // What is overdue and was not done cannot be done now: it is no event to wait for.
        Ok([job, lease, webhook, planned].into_iter().flatten().filter(|at| *at > now).min())
    }

    /// Nothing is left to do but timers, which lie ahead.
    async fn idle(&mut self) -> Result<(), String> {
        self.settle().await?;
        let jobs = self.app.store.jobs(100).await.map_err(|error| error.to_string())?;
        let left: Vec<String> = jobs
            .rows
            .iter()
            .filter(|job| {
                let is_work = job.id.starts_with("turn/") || job.id.starts_with("deliver/");
                job.state == JobState::Dead || is_work
            })
            .map(|job| format!("{} {:?} {:?}", job.id, job.state, job.reason))
            .collect();
        if left.is_empty() { Ok(()) } else { Err(format!("left over: {}", left.join("; "))) }
    }
}

/// How the operator is told: `whatsapp`, `telegram` or `both`. Their jobs run only then, since they are often due.
fn operator(config: &mut Config, settings: &emulator::Settings, how: &str) -> anyhow::Result<()> {
    let (whatsapp, telegram) = match how {
        "whatsapp" => (true, false),
        "telegram" => (false, true),
        "both" => (true, true),
        _ => bail!("the operator is told by whatsapp, telegram or both"),
    };
    if whatsapp {
        config.admin_phone = Some(World::e164(OPERATOR));
        config.jobs_off.retain(|job| *job != Recurring::Reporter);
    }
    if telegram {
        config.telegram = Some(Telegram {
            token: settings.telegram_token.clone().into(),
            chat: OPERATOR.to_owned(),
            base_url: format!("{HOST}/telegram"),
        });
        config.jobs_off.retain(|job| *job != Recurring::Pager);
    }
    Ok(())
}

/// Switches recurring jobs on that are off in stories.
fn switch_on(config: &mut Config, names: &str) -> anyhow::Result<()> {
    for name in names.split(',') {
        anyhow::ensure!(Recurring::ALL.iter().any(|job| job.key() == name), "no job is called {name}");
        config.jobs_off.retain(|job| job.key() != name);
    }
    Ok(())
}

/// The templates of a business as Meta has them: every figure in its place, and a quick reply for each. One whose name
/// begins with `unknown` was never approved.
fn approved(business: &Business) -> Vec<emulator::Template> {
    let known = business.templates.iter().filter(|template| !template.name.starts_with("unknown"));
    known
        .map(|template| {
            let places = (1..=template.parameters.len()).map(|place| format!("{{{{{place}}}}}"));
            emulator::Template {
                name: template.name.clone(),
                language: template.language.clone(),
                body: format!("[{}] {}", template.name, places.collect::<Vec<_>>().join(" | ")),
                buttons: (1..=template.buttons).map(|place| format!("reply {place}")).collect(),
            }
        })
        .collect()
}

/// A local time of the business as a moment; in a gap or a fold, the first reading.
pub(crate) fn local(business: &Business, at: NaiveDateTime) -> anyhow::Result<DateTime<Utc>> {
    let moment =
        business.timezone.from_local_datetime(&at).earliest().context("there is no such local time")?;
    Ok(moment.to_utc())
}

pub(super) fn outside(net: &Arc<Net>) -> Outside {
    let network = net.clone();
    Outside {
        clock: Clock::Manual(net.clock.clone()),
        transport: Transport::InProcess(Arc::new(move |request| Box::pin(network.clone().answer(request)))),
        dice: Dice::seeded(1),
    }
}

pub(super) async fn open(config: &Config, net: &Arc<Net>) -> anyhow::Result<Arc<App>> {
    let app = server::open(config.clone(), outside(net)).await?;
    crate::jobs::recurring::ensure(&app).await?;
    *locked(&net.router) = Some(server::router(&app));
    Ok(app)
}

/// Settings of an app whose providers are pretended, without a model.
pub(crate) fn config(settings: &emulator::Settings, directory: &Path) -> anyhow::Result<Config> {
    Ok(Config {
        listen: "127.0.0.1:0".parse()?,
        data_dir: directory.to_owned(),
        mongo_uri: None,
        public_url: None,
        timezone: chrono_tz::Asia::Jerusalem,
        business: None,
        admin_phone: None,
        admin_password: None,
        accounts: accounts(settings, HOST),
        chain: ModelName::parse_chain("gemini-2.5-flash-lite,gemini-3.5-flash-lite").context("a chain")?,
        gemini: None,
        dry_run: false,
        telegram: None,
        geocoder_url: None,
        sos_timeout_minutes: 60,
        jobs_off: vec![
            Recurring::Sweep,
            Recurring::Reporter,
            Recurring::Pager,
            Recurring::Accounts,
            Recurring::Feeds,
        ],
        log_format: LogFormat::Text,
    })
}

/// In memory where the machine has such a folder: a story asks what is kept over a restart, not over a power cut.
fn fresh_directory() -> anyhow::Result<PathBuf> {
    let in_memory = Path::new("/dev/shm");
    let parent = if in_memory.is_dir() { in_memory.to_owned() } else { std::env::temp_dir() };
    let directory = tempfile::Builder::new().prefix("fixi-replay-").tempdir_in(parent)?;
    Ok(directory.keep())
}
