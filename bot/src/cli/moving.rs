//! `fixi backup`, `fixi restore` and `fixi copy`: everything from one place to another, with what arrived.

use crate::config::Config;
use crate::moving::{self, Place};
use anyhow::Context;
use clap::Args;
use std::path::PathBuf;

#[derive(Args, Debug)]
pub(super) struct Options {
    /// What is read: an address of MongoDB, a directory with an embedded store, or a backup file.
    #[arg(long, value_name = "STORE", value_parser = named)]
    from: Named,
    /// What is filled: the same, and empty. A file that is not there yet is named NAME.jsonl.
    #[arg(long, value_name = "STORE", value_parser = named)]
    to: Named,
}

/// A place, as an argument; what is wrong with one is told without showing it.
#[derive(Clone, Debug)]
struct Named(Result<Place, String>);

#[allow(
    clippy::unnecessary_wraps,
    reason = "the parser of arguments wants a result, and would show the argument"
)]
fn named(name: &str) -> Result<Named, std::convert::Infallible> {
    Ok(Named(Place::named(name).map_err(|error| error.to_string())))
}

impl Named {
    fn place(&self, option: &'static str) -> anyhow::Result<&Place> {
        self.0.as_ref().map_err(|problem| anyhow::anyhow!("{option}: {problem}"))
    }
}

pub(super) async fn backup(config: &Config, file: PathBuf) -> anyhow::Result<()> {
    run(&Place::of(config), &Place::File(file)).await
}

pub(super) async fn restore(config: &Config, file: PathBuf) -> anyhow::Result<()> {
    run(&Place::File(file), &Place::of(config)).await
}

pub(super) async fn copy(options: &Options) -> anyhow::Result<()> {
    run(options.from.place("--from")?, options.to.place("--to")?).await
}

async fn run(from: &Place, to: &Place) -> anyhow::Result<()> {
    let moved = moving::run(from, to).await?;
    super::print(&moved.table());
    moved.is_whole().then_some(()).context(
        "what arrived is not what was read: the target is not used. Empty it and move again; if it stays so, keep both \
         and report it",
    )
}
