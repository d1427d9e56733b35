//! Runs simulated worlds. The worlds are in `bot::simulation`; here only the program that runs them is built and
//! started.

use anyhow::{Context, ensure};
use clap::Args;
use std::process::Command;

/// Optimised, with every check of the dev profile.
const PROFILE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/worlds.toml");

/// What is run.
#[derive(Debug, Args)]
pub(crate) struct Options {
    /// How many worlds; without it and with a seed, only the world of that seed.
    #[arg(long)]
    worlds: Option<u64>,
    /// The seed of the first world.
    #[arg(long)]
    seed: Option<u64>,
    /// Print everything that happened: of one world line by line, of several how often each thing.
    #[arg(long)]
    trace: bool,
    /// Break a promise of the store on purpose: `dedupe`, `version`, `slot` or `fence`.
    #[arg(long = "break")]
    broken: Option<String>,
}

pub(crate) fn run(options: &Options) -> anyhow::Result<()> {
    let mut command = Command::new(env!("CARGO"));
    command.args(["run", "--quiet", "--config", PROFILE, "--package", "tests", "--bin", "simulate", "--"]);
    for (name, value) in [("--worlds", options.worlds), ("--seed", options.seed)] {
        if let Some(value) = value {
            command.arg(name).arg(value.to_string());
        }
    }
    if options.trace {
        command.arg("--trace");
    }
    if let Some(broken) = &options.broken {
        command.arg(format!("--break-{broken}"));
    }
    let status = command.status().context("cargo cannot be started")?;
    ensure!(status.success(), "a world fell");
    Ok(())
}
