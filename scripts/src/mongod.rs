//! A MongoDB for one run of the benchmark, from `scripts/mongod`: the one of `MONGO_TEST_URI`, else one whose data is on
//! the same disk as the build. It ends with this value.

use anyhow::{Context, ensure};
use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};

/// The server.
pub(crate) struct Mongod {
    script: Child,
    /// Its address, without a database.
    pub(crate) uri: String,
}

impl Drop for Mongod {
    fn drop(&mut self) {
        // The script ends its server when its input ends.
        drop(self.script.stdin.take());
        let _ = self.script.wait();
    }
}

impl Mongod {
    /// Starts it with its data in this folder.
    pub(crate) fn start(folder: &Path) -> anyhow::Result<Self> {
        let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("mongod");
        let mut command = Command::new(&script);
        command.env("TMPDIR", folder).stdin(Stdio::piped()).stdout(Stdio::piped());
        let mut script = command.spawn().with_context(|| script.display().to_string())?;
        let mut uri = String::new();
        BufReader::new(script.stdout.take().context("its output")?).read_line(&mut uri)?;
        ensure!(!uri.trim().is_empty(), "there is no MongoDB, see above; `--store embedded` does without");
        Ok(Self { script, uri: uri.trim().to_owned() })
    }

    /// The address of a database of this run.
    pub(crate) fn database(&self, name: &str) -> String {
        let (hosts, options) = self.uri.split_once("/?").unwrap_or((&self.uri, ""));
        format!("{}/{name}_{}?{options}", hosts.trim_end_matches('/'), std::process::id())
    }
}
