//! The measured program: a release build of `fixi serve` on a store of its own, with what it takes of the machine.

use crate::load::Line;
use anyhow::{Context, bail, ensure};
use serde_json::Value;
use std::fs::File;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

/// How often is looked whether something has happened: each look asks the store several questions that the load pays for.
const LOOK_EVERY: Duration = Duration::from_millis(200);

/// The running program. Dropping it kills it.
#[derive(Debug)]
pub(crate) struct Server {
    child: Child,
    /// Where it listens.
    pub(crate) address: SocketAddr,
}

/// How long there must have been no work: longer than messages are gathered.
const STILL: Duration = Duration::from_secs(7);

impl Drop for Server {
    fn drop(&mut self) {
        // It may have ended already.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// The program with settings that reach only the pretended providers.
fn command(program: &Path, directory: &Path, providers: SocketAddr, more: &Settings) -> Command {
    let settings = emulator::Settings::default();
    let mut command = Command::new(program);
    command
        .env_clear()
        .env("FIXI_LISTEN", "127.0.0.1:0")
        .env("FIXI_DATA_DIR", directory.join("data"))
        .env("META_WA_PHONE_NUMBER_ID", &settings.meta.phone_number_id)
        .env("META_WA_ACCESS_TOKEN", &settings.meta.access_token)
        .env("META_WA_VERIFY_TOKEN", &settings.meta.verify_token)
        .env("META_WA_APP_SECRET", &settings.meta.app_secret)
        .env("GREEN_API_ID", settings.green.id_instance.to_string())
        .env("GREEN_API_TOKEN", &settings.green.token)
        .env("GREEN_API_WEBHOOK_TOKEN", &settings.green.webhook_token)
        .env("GREEN_API_BASE_URL", format!("http://{providers}/green"))
        .env("META_GRAPH_BASE_URL", format!("http://{providers}/meta/v24.0"))
        .env("GEMINI_BASE_URL", format!("http://{providers}/gemini"))
        .env("RUST_LOG", "info")
        .env("FIXI_LOG_FORMAT", "json")
        .envs(more.iter().map(|(name, value)| (name, value)));
    command
}

/// Which settings a measurement adds.
pub(crate) type Settings = Vec<(&'static str, String)>;

impl Server {
    /// Puts the demo's marketplace into a new store and starts the program.
    pub(crate) async fn start(
        program: &Path,
        directory: &Path,
        providers: SocketAddr,
        settings: &Settings,
    ) -> anyhow::Result<Self> {
        let business: PathBuf = Path::new(env!("CARGO_MANIFEST_DIR")).join("../bot/demo/fixi.toml");
        let imported = command(program, directory, providers, settings)
            .args(["business", "import"])
            .arg(business)
            .output()?;
        ensure!(imported.status.success(), "the business: {}", String::from_utf8_lossy(&imported.stderr));
        let log = directory.join("log.jsonl");
        let file = File::create(&log)?;
        let mut child = command(program, directory, providers, settings)
            .arg("serve")
            .stdin(Stdio::null())
            .stdout(file.try_clone()?)
            .stderr(file)
            .spawn()?;
        let begun = Instant::now();
        loop {
            let text = std::fs::read_to_string(&log)?;
            let found = text.split_once("\"address\":\"").and_then(|(_, rest)| rest.split_once('"'));
            if let Some((address, _)) = found {
                return Ok(Self { child, address: address.parse()? });
            }
            if child.try_wait()?.is_some() || begun.elapsed() > Duration::from_secs(30) {
                let _ = child.kill();
                bail!("the program does not listen:\n{text}");
            }
            tokio::time::sleep(LOOK_EVERY).await;
        }
    }

    /// Resident memory, in bytes.
    pub(crate) fn memory(&self) -> anyhow::Result<u64> {
        self.status("VmRSS:")
    }

    fn status(&self, name: &str) -> anyhow::Result<u64> {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.child.id()))
            .context("memory is read from /proc, which only Linux has")?;
        let line = status.lines().find_map(|line| line.strip_prefix(name)).context("the line of /proc")?;
        let kilobytes: u64 = line.trim().trim_end_matches(" kB").parse()?;
        Ok(kilobytes * 1024)
    }

    /// Seconds of processor time that it took so far, as (itself, the kernel for it).
    pub(crate) fn processor(&self) -> anyhow::Result<(f64, f64)> {
        let stat = std::fs::read_to_string(format!("/proc/{}/stat", self.child.id()))?;
        let after = stat.rsplit_once(')').context("the form of /proc")?.1;
        let mut fields = after.split_whitespace().skip(11);
        let mut next = || -> anyhow::Result<f64> {
            let ticks: f64 = fields.next().context("the form of /proc")?.parse()?;
            // USER_HZ is 100 on every Linux that this runs on.
            Ok(ticks / 100.0)
        };
        Ok((next()?, next()?))
    }

    /// Jobs that are due or run.
    async fn jobs(&self, line: &mut Line) -> anyhow::Result<u64> {
        let (_, body) = line.ask(b"GET /readyz HTTP/1.1\r\nhost: fixi\r\n\r\n").await?;
        let known: Value = serde_json::from_slice(&body)?;
        let count = |name: &str| known["jobs"][name].as_u64();
        ensure!(count("dead") == Some(0), "jobs died");
        Ok(count("ready").context("jobs")? + count("running").context("jobs")?)
    }

    /// Waits until there has been no work for a while, and returns the moment from which on there was none. Timers that
    /// wait for their time are no work.
    pub(crate) async fn drained(&self, within: Duration) -> anyhow::Result<Instant> {
        let mut line = Line::open(self.address).await?;
        let begun = Instant::now();
        let mut none_since: Option<Instant> = None;
        loop {
            match (self.jobs(&mut line).await?, none_since) {
                (0, Some(since)) if since.elapsed() >= STILL => return Ok(since),
                (0, Some(_)) => {}
                (0, None) => none_since = Some(Instant::now()),
                _ => none_since = None,
            }
            ensure!(begun.elapsed() < within, "work is left after {} s", within.as_secs());
            tokio::time::sleep(LOOK_EVERY).await;
        }
    }
}
