//! The real program as a child: found, started, asked to stop, killed. It is never left running.

use crate::eventually;
use anyhow::{Context, bail};
use std::fs::File;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::time::Duration;

/// Where `fixi` is: beside the tests, in `target/<profile>`.
///
/// # Errors
/// When it has not been built.
pub fn path() -> anyhow::Result<PathBuf> {
    beside("fixi", "bot")
}

/// Where `fixi-admin` is, in the same folder.
///
/// # Errors
/// When it has not been built.
pub fn console() -> anyhow::Result<PathBuf> {
    beside("fixi-admin", "admin-tui")
}

fn beside(name: &str, package: &str) -> anyhow::Result<PathBuf> {
    let test = std::env::current_exe().context("a test knows where it is")?;
    // Tests run from target/<profile>/deps, other programs from beside it.
    let deps = test.ancestors().find(|folder| folder.ends_with("deps"));
    let profile = deps.unwrap_or(&test).parent().context("target/<profile>")?;
    let program = profile.join(format!("{name}{}", std::env::consts::EXE_SUFFIX));
    if !program.exists() {
        bail!(
            "{} is missing: build it with `cargo build -p {package} --bin {name}` (scripts/test does)",
            program.display()
        );
    }
    Ok(program)
}

/// What a process took at most, in MiB; none where nobody tells.
#[must_use]
pub fn memory_mib(id: u32) -> Option<u64> {
    let status = std::fs::read_to_string(format!("/proc/{id}/status")).ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    Some(line.split_whitespace().next()?.parse::<u64>().ok()?.div_ceil(1_024))
}

/// A running program. Dropping it kills it.
#[derive(Debug)]
pub struct Program {
    child: Child,
    log: PathBuf,
}

impl Drop for Program {
    fn drop(&mut self) {
        // It may have ended long ago.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl Program {
    /// Starts a server, to die at a step if one is named, and waits until it says where it listens. Its log is a file of
    /// its own in this folder, by how many were started there.
    ///
    /// # Errors
    /// When it does not start.
    pub async fn serve(
        command: &mut Command,
        die_at: Option<&str>,
        folder: &Path,
        starts: u32,
    ) -> anyhow::Result<(Self, SocketAddr)> {
        if let Some(step) = die_at {
            command.env("FIXI_DIE_AT", step);
        }
        let mut program = Self::start(command, folder.join(format!("log-{starts}.jsonl")))?;
        let address = program.address("\"address\":\"").await?;
        Ok((program, address))
    }

    /// Starts a command; everything that it writes goes to a file.
    ///
    /// # Errors
    /// When it cannot be started.
    pub fn start(command: &mut Command, log: PathBuf) -> anyhow::Result<Self> {
        let file = File::create(&log).with_context(|| format!("{} cannot be written", log.display()))?;
        let child = command.stdin(Stdio::null()).stdout(file.try_clone()?).stderr(file).spawn()?;
        Ok(Self { child, log })
    }

    /// What it wrote so far.
    #[must_use]
    pub fn log(&self) -> String {
        std::fs::read(&self.log).map(|bytes| String::from_utf8_lossy(&bytes).into_owned()).unwrap_or_default()
    }

    /// The address that follows `mark` in what it writes.
    ///
    /// # Errors
    /// When it ends before, or writes no such thing in time.
    pub async fn address(&mut self, mark: &str) -> anyhow::Result<std::net::SocketAddr> {
        let found = eventually("the address of the program", Duration::from_secs(60), async || {
            let log = self.log();
            let rest = log.split_once(mark).map(|(_, rest)| rest);
            let whole = rest.and_then(|rest| rest.split_once(['\n', '/', '"', ' ']));
            match whole.and_then(|(address, _)| address.parse().ok()) {
                Some(address) => Some(Ok(address)),
                None if self.ended().is_some() => Some(Err(())),
                None => None,
            }
        })
        .await;
        match found {
            Ok(Ok(address)) => Ok(address),
            Ok(Err(())) => bail!("the program ended before it listened:\n{}", self.log()),
            Err(error) => Err(error.context(self.log())),
        }
    }

    /// How it ended, if it did.
    pub fn ended(&mut self) -> Option<ExitStatus> {
        self.child.try_wait().ok().flatten()
    }

    /// Its number.
    #[must_use]
    pub fn id(&self) -> u32 {
        self.child.id()
    }

    /// Kills it, as a machine that loses its power would.
    ///
    /// # Errors
    /// When that is not possible.
    pub fn kill(&mut self) -> anyhow::Result<()> {
        self.child.kill()?;
        self.child.wait()?;
        Ok(())
    }

    /// Asks it to stop, as an operator would.
    ///
    /// # Errors
    /// When it cannot be asked.
    pub fn ask_to_stop(&self) -> anyhow::Result<()> {
        self.signal("TERM")
    }

    /// Lets it stand still, as a machine that is moved or swaps does.
    ///
    /// # Errors
    /// When that is not possible.
    pub fn freeze(&self) -> anyhow::Result<()> {
        self.signal("STOP")
    }

    /// Lets it go on where it stood still.
    ///
    /// # Errors
    /// When that is not possible.
    pub fn thaw(&self) -> anyhow::Result<()> {
        self.signal("CONT")
    }

    fn signal(&self, name: &str) -> anyhow::Result<()> {
        let sent = Command::new("kill").args(["-s", name, &self.child.id().to_string()]).status()?;
        anyhow::ensure!(sent.success(), "the program cannot be sent {name}");
        Ok(())
    }

    /// Waits for its end.
    ///
    /// # Errors
    /// When it does not end in time.
    pub async fn end(&mut self, within: Duration) -> anyhow::Result<ExitStatus> {
        let ended = eventually("the end of the program", within, async || self.ended()).await;
        ended.map_err(|error| error.context(self.log()))
    }
}
