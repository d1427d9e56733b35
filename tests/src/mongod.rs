//! A MongoDB of a test's own, which may be killed and started again on the same data. Where there is none to be had the
//! test fails: `scripts/mongod` says what to do.

use crate::binary::Program;
use anyhow::{Context, ensure};
use std::net::{Ipv4Addr, TcpListener};
use std::process::Command;
use std::time::Duration;

const SCRIPT: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../scripts/mongod");

/// How long a server may take until it takes writes.
const PATIENCE: Duration = Duration::from_secs(60);

/// Ports below those that the machine gives away by itself: a server that is started again must get its own back.
const PORTS: std::ops::Range<u16> = 20_000..30_000;

/// The server. Dropping it kills it.
#[derive(Debug)]
pub struct Mongod {
    directory: tempfile::TempDir,
    port: u16,
    server: Option<Program>,
}

impl Mongod {
    /// Starts a server with no data.
    ///
    /// # Errors
    /// When there is none, or it does not take writes in time.
    pub async fn start() -> anyhow::Result<Self> {
        let mut server = Self { directory: tempfile::tempdir()?, port: free_port()?, server: None };
        server.restart().await?;
        Ok(server)
    }

    /// The address of an empty database of this name.
    #[must_use]
    pub fn uri(&self, database: &str) -> String {
        format!("mongodb://127.0.0.1:{}/{database}?replicaSet=rs0", self.port)
    }

    /// Starts it on the data that it had, and waits until it takes writes.
    ///
    /// # Errors
    /// When it does not.
    pub async fn restart(&mut self) -> anyhow::Result<()> {
        ensure!(self.server.is_none(), "MongoDB runs already");
        let (folder, port) = (self.directory.path(), self.port.to_string());
        let mut command = Command::new(SCRIPT);
        command.arg("at").arg(folder).arg(&port);
        self.server = Some(Program::start(&mut command, folder.join("script"))?);
        let mut command = Command::new(SCRIPT);
        let mut ready = Program::start(command.arg("ready").arg(&port), folder.join("ready"))?;
        let status = ready.end(PATIENCE).await?;
        ensure!(status.success(), "{}{}", ready.log(), self.last_words());
        Ok(())
    }

    /// Kills it, as a machine that loses its power would.
    ///
    /// # Errors
    /// When that is not possible.
    pub fn kill(&mut self) -> anyhow::Result<()> {
        self.server.take().context("MongoDB does not run")?.kill()
    }

    fn last_words(&self) -> String {
        let read = |name: &str| std::fs::read_to_string(self.directory.path().join(name)).unwrap_or_default();
        let log = read("log");
        let lines: Vec<&str> = log.lines().collect();
        format!("{}{}{}", read("script"), read("errors"), lines[lines.len().saturating_sub(3)..].join("\n"))
    }
}

/// A port on which nothing listens. The search begins at another one in every process.
fn free_port() -> anyhow::Result<u16> {
    let from = u16::try_from(std::process::id() % u32::from(PORTS.end - PORTS.start))? + PORTS.start;
    let is_free = |port: &u16| TcpListener::bind((Ipv4Addr::LOCALHOST, *port)).is_ok();
    (from..PORTS.end).chain(PORTS.start..from).find(is_free).context("no port is free")
}
