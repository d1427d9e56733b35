//! A web process and two workers on one MongoDB, on a street of their own. Each of them, and MongoDB, may be killed, frozen
//! and started again at any moment while people write.

use crate::binary::Program;
use crate::crowd::Crowd;
use crate::house::BUSINESS;
use crate::mongod::Mongod;
use crate::sleeps;
use crate::street::{Street, Traffic};
use anyhow::{Context, bail, ensure};
use bot::store::Store;
use bot::store::documents::{DeliveryState, JobRow, OutboxRow};
use chrono::{DateTime, TimeDelta, Utc};
use std::collections::BTreeMap;
use std::process::Command;
use std::sync::Arc;
use std::time::{Duration, Instant};

/// More rows than any story has.
const ALL: u32 = 10_000;
/// What waits for longer than this is not waited for: everybody is stopped and started again later.
const SOON: TimeDelta = TimeDelta::seconds(2);
/// How long rest may take: a message whose fate nobody tells is asked about every 15 seconds for five minutes, and each of
/// these steps takes some seconds here.
const REST: Duration = Duration::from_secs(300);
/// How long nothing may have changed before anything is taken to wait.
const STILL: Duration = Duration::from_secs(1);

/// How often rest is looked for: to look reads all jobs.
const LOOK_EVERY: Duration = Duration::from_millis(50);

/// The business with pros who take on more than any crowd asks for.
fn with_room(business: &str) -> String {
    business.replace("[[pros]]\n", "[[pros]]\nmax_open_jobs = 200\n")
}

/// One of the processes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Member {
    /// Takes webhooks.
    Web,
    /// A worker.
    First,
    /// The other worker.
    Second,
}

impl Member {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Web, Self::First, Self::Second];

    fn role(self) -> &'static str {
        match self {
            Self::Web => "web",
            Self::First | Self::Second => "worker",
        }
    }
}

/// The cluster.
#[derive(Debug)]
pub struct Cluster {
    /// What people do on their phones, and see there.
    pub street: Arc<Street>,
    /// The store that the processes share.
    pub store: Store,
    /// Where the store is.
    pub mongod: Mongod,
    settings: Vec<(&'static str, String)>,
    programs: BTreeMap<Member, Program>,
    starts: u32,
    directory: tempfile::TempDir,
    _traffic: Traffic,
}

impl Cluster {
    /// A cluster with the marketplace of the demo in its store and these settings; no process is started yet.
    ///
    /// # Errors
    /// When something on this machine is missing.
    pub async fn build(settings: Vec<(&'static str, String)>) -> anyhow::Result<Self> {
        let mongod = Mongod::start().await?;
        let (street, traffic) = Street::open().await?;
        let store = Store::open_mongo(&mongod.uri("fixi")).await?;
        let directory = tempfile::tempdir()?;
        let cluster = Self {
            street,
            store,
            mongod,
            settings,
            programs: BTreeMap::new(),
            starts: 0,
            directory,
            _traffic: traffic,
        };
        let business = cluster.directory.path().join("business.toml");
        std::fs::write(&business, with_room(&std::fs::read_to_string(BUSINESS)?))?;
        let imported = cluster.command()?.args(["business", "import"]).arg(&business).output()?;
        ensure!(imported.status.success(), "the business: {}", String::from_utf8_lossy(&imported.stderr));
        Ok(cluster)
    }

    /// The program with the settings of this cluster.
    fn command(&self) -> anyhow::Result<Command> {
        let mut command = self.street.command()?;
        command.env("MONGO_URI", self.mongod.uri("fixi"));
        command.envs(self.settings.iter().map(|(name, value)| (name, value)));
        Ok(command)
    }

    /// Starts all processes that do not run.
    ///
    /// # Errors
    /// When one does not start.
    pub async fn start_all(&mut self) -> anyhow::Result<()> {
        for member in Member::ALL {
            if !self.programs.contains_key(&member) {
                self.start(member, None).await?;
            }
        }
        Ok(())
    }

    /// Starts a process, to die at a step if one is named.
    ///
    /// # Errors
    /// When it does not start.
    pub async fn start(&mut self, member: Member, die_at: Option<&str>) -> anyhow::Result<()> {
        let mut command = self.command()?;
        command.args(["serve", "--role", member.role()]);
        self.starts += 1;
        let (program, address) =
            Program::serve(&mut command, die_at, self.directory.path(), self.starts).await?;
        self.programs.insert(member, program);
        if member == Member::Web {
            self.street.open_door(address).await;
        }
        Ok(())
    }

    /// A running process.
    ///
    /// # Errors
    /// When it does not run.
    pub fn program(&mut self, member: Member) -> anyhow::Result<&mut Program> {
        self.programs.get_mut(&member).with_context(|| format!("{member:?} does not run"))
    }

    /// Kills a process, as a machine that loses its power would. Webhooks on their way to the web process find nobody.
    ///
    /// # Errors
    /// When it does not run.
    pub async fn kill(&mut self, member: Member) -> anyhow::Result<()> {
        self.program(member)?.kill()?;
        self.programs.remove(&member);
        if member == Member::Web {
            self.street.close_door().await;
        }
        Ok(())
    }

    /// Stops all processes as an operator would, and lets time pass until a moment.
    async fn pass_until(&mut self, then: DateTime<Utc>) -> anyhow::Result<()> {
        for program in self.programs.values() {
            program.ask_to_stop()?;
        }
        for (member, program) in &mut self.programs {
            let status = program.end(Duration::from_secs(40)).await?;
            ensure!(status.success(), "{member:?} ended with {status}:\n{}", program.log());
        }
        self.programs.clear();
        self.street.close_door().await;
        self.street.pass((then - self.street.now()).num_seconds().max(0) + 1);
        self.start_all().await
    }

    /// What the processes that run complained of.
    #[must_use]
    pub fn complaints(&self) -> String {
        let logs = self.programs.iter().map(|(member, program)| (member, program.log()));
        let lines = logs.flat_map(|(member, log)| {
            let complaints = log.lines().filter(|line| !line.contains("\"INFO\""));
            complaints.map(|line| format!("{member:?} {line}\n")).collect::<Vec<_>>()
        });
        lines.collect()
    }

    /// Which process has a job.
    ///
    /// # Errors
    /// When none has.
    pub fn holder(&self, job: &JobRow) -> anyhow::Result<Member> {
        let owner = job.owner.as_deref().context("the job has no owner")?;
        let process = owner.split('-').next().context("an owner begins with its process")?;
        let mut members = self.programs.iter();
        let found = members.find(|(_, program)| program.id().to_string() == process);
        Ok(*found.with_context(|| format!("{owner} is none of the processes"))?.0)
    }

    /// Jobs that wait or run or are dead, but for timers.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub async fn work(&self) -> anyhow::Result<Vec<JobRow>> {
        let now = self.street.now();
        let jobs = self.store.jobs(ALL).await?.rows.into_iter();
        Ok(jobs.filter(|job| !sleeps(job, now)).collect())
    }

    /// All messages to people, oldest first.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub async fn outbox(&self) -> anyhow::Result<Vec<OutboxRow>> {
        let business = self.store.businesses().await?.first().context("a business")?.value.id.clone();
        let mut rows = self.store.outbox_of_business(&business, ALL).await?;
        rows.reverse();
        Ok(rows)
    }

    /// When the next thing happens that is not a person's doing; none at rest.
    async fn next(&self) -> anyhow::Result<Option<DateTime<Utc>>> {
        let silent = self.street.silent_after();
        let webhook = self.street.world().next_webhook_at().and_then(DateTime::from_timestamp_millis);
        let now = self.street.now();
        let work = self.work().await?;
        let job = work.iter().map(|job| job.lease_until.or(job.due).unwrap_or(now)).min();
        let next = webhook.into_iter().chain(job).min();
        // The providers must not have spoken while the store was asked: what they said may not be in it yet.
        let is_sure = silent.is_some() && silent == self.street.silent_after();
        Ok(if is_sure { next } else { Some(next.unwrap_or(now)) })
    }

    /// Waits until all stories have come to their end and nothing is under way but timers. What would take minutes by
    /// the clock (a provider's pause, a journal's delay, patience with a status) takes none here.
    ///
    /// # Errors
    /// When that takes too long, or a story is stuck.
    pub async fn rest(&mut self, crowd: &Crowd) -> anyhow::Result<()> {
        let begun = Instant::now();
        let mut last = (None, 0);
        let mut since = Instant::now();
        loop {
            if begun.elapsed() > REST {
                bail!("no rest: {:?}\n{}{}", self.work().await?, crowd.state(), self.complaints());
            }
            let next = self.next().await?;
            if (next, self.street.progress()) != last {
                last = (next, self.street.progress());
                since = Instant::now();
            }
            match next {
                None if crowd.is_content() => return Ok(()),
                None if since.elapsed() > STILL => {
                    let rows = self.outbox().await?;
                    let lost = rows.iter().filter(|row| row.state == DeliveryState::Unsettled);
                    if !crowd.guess(lost) {
                        bail!("a story is stuck:\n{}", crowd.state());
                    }
                }
                Some(next) if next > self.street.now() + SOON && since.elapsed() > STILL => {
                    self.pass_until(next).await?;
                    since = Instant::now();
                }
                None | Some(_) => {}
            }
            tokio::time::sleep(LOOK_EVERY).await;
        }
    }
}
