//! One `fixi serve` of its own, on a store of its own, on a street of its own. It may be killed at any moment and started
//! again minutes later, since its clock and that of the providers are moved together.

use crate::binary::Program;
use crate::eventually;
use crate::sleeps;
use crate::street::{Street, Traffic};
use anyhow::{Context, ensure};
use bot::store::Store;
use bot::store::documents::{JobRow, JobState};
use serde_json::Value;
use std::io::Write;
use std::net::{Ipv4Addr, SocketAddr, TcpListener};
use std::path::PathBuf;
use std::process::{Command, Stdio};
use std::sync::Arc;
use std::time::Duration;

/// How long a step of a story may take before the test fails.
pub const STEP: Duration = Duration::from_secs(120);

/// The business of the tests.
pub(crate) const BUSINESS: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../bot/demo/fixi.toml");

/// The house.
#[derive(Debug)]
pub struct House {
    /// What people do on their phones, and see there.
    pub street: Arc<Street>,
    directory: tempfile::TempDir,
    program: Option<Program>,
    starts: u32,
    address: Option<SocketAddr>,
    _traffic: Traffic,
}

impl House {
    /// A house with the marketplace of the demo in its store; the program is not started yet.
    ///
    /// # Errors
    /// When something on this machine is missing.
    pub async fn build() -> anyhow::Result<Self> {
        let house = Self::empty().await?;
        house.move_in()?;
        Ok(house)
    }

    /// A house with nothing in its store.
    ///
    /// # Errors
    /// When something on this machine is missing.
    pub async fn empty() -> anyhow::Result<Self> {
        let (street, traffic) = Street::open().await?;
        let directory = tempfile::tempdir()?;
        Ok(Self { street, directory, program: None, starts: 0, address: None, _traffic: traffic })
    }

    /// Puts the marketplace of the demo into its store.
    ///
    /// # Errors
    /// When the program refuses it.
    pub fn move_in(&self) -> anyhow::Result<()> {
        let imported = self.command()?.args(["business", "import", BUSINESS]).output()?;
        ensure!(imported.status.success(), "the business: {}", String::from_utf8_lossy(&imported.stderr));
        Ok(())
    }

    /// The program with the settings of this house.
    fn command(&self) -> anyhow::Result<Command> {
        let mut command = self.street.command()?;
        command.env("FIXI_DATA_DIR", self.data());
        Ok(command)
    }

    /// Where the program keeps its store.
    #[must_use]
    pub fn data(&self) -> PathBuf {
        self.directory.path().join("data")
    }

    /// Makes a user of the console, while the program does not run.
    ///
    /// # Errors
    /// When the program makes none.
    pub fn user(&self, name: &str, role: &str, password: &str) -> anyhow::Result<()> {
        let mut command = self.command()?;
        command.args(["admin", "user", "add", name, "--role", role]).stdin(Stdio::piped());
        let mut adding = command.stdout(Stdio::null()).stderr(Stdio::piped()).spawn()?;
        writeln!(adding.stdin.take().context("its input")?, "{password}")?;
        let added = adding.wait_with_output()?;
        ensure!(added.status.success(), "the user: {}", String::from_utf8_lossy(&added.stderr));
        Ok(())
    }

    /// From its next start on the program listens where it can be found again. No connection of this machine begins at
    /// such a port by itself, so nobody takes it while the program is away.
    ///
    /// # Errors
    /// When all ports are taken.
    pub fn stays_in_place(&mut self) -> anyhow::Result<()> {
        let first = 20_000 + u16::try_from(std::process::id() % 10_000)?;
        let free = (first..first + 100)
            .map(|port| SocketAddr::from((Ipv4Addr::LOCALHOST, port)))
            .find(|address| TcpListener::bind(address).is_ok());
        self.address = Some(free.context("no port is free")?);
        Ok(())
    }

    /// Starts the program, to die at a step if one is named, and lets webhooks through once it listens.
    ///
    /// # Errors
    /// When it does not start.
    pub async fn start(&mut self, die_at: Option<&str>) -> anyhow::Result<SocketAddr> {
        let mut command = self.command()?;
        command.arg("serve");
        if let Some(address) = self.address {
            command.env("FIXI_LISTEN", address.to_string());
        }
        self.starts += 1;
        let (program, address) =
            Program::serve(&mut command, die_at, self.directory.path(), self.starts).await?;
        self.program = Some(program);
        self.street.open_door(address).await;
        Ok(address)
    }

    /// Lets this much time pass in no time. Only while the program does not run: its clock is set at its start.
    pub fn pass(&mut self, seconds: u32) {
        self.program = None;
        self.street.pass(seconds.into());
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
        let address = self.street.door().await.context("the program does not run")?;
        let response = self.street.ask(address, "/readyz").await?;
        let known: Value = serde_json::from_slice(&response.body)?;
        Ok(known["jobs"]["running"] == 0 && self.has_only_timers().await?)
    }

    /// The program's own counts do not tell a timer from work that waits, so the store is asked beside it.
    async fn has_only_timers(&self) -> anyhow::Result<bool> {
        let store = Store::open_embedded(&self.data()).await?;
        let jobs = store.jobs(100).await?;
        store.close().await?;
        let now = self.street.now();
        let is_over = |job: &JobRow| sleeps(job, now) || job.state == JobState::Dead;
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
