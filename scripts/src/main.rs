//! What developers run besides cargo itself: `cargo xtask bench`. It is no part of the product.

mod bench;
mod load;
mod providers;
mod server;

use clap::{Parser, Subcommand};

/// Chores of this repository.
#[derive(Debug, Parser)]
#[command(name = "cargo xtask")]
struct Xtask {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Measure a release build: webhooks, turns, memory, size.
    Bench(bench::Options),
}

fn main() -> anyhow::Result<()> {
    match Xtask::parse().command {
        Command::Bench(options) => bench::run(&options),
    }
}
