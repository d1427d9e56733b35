//! `cargo xtask`: what the project checks and measures about itself. Nothing here is part of the product.

mod bench;
mod deals;
mod load;
mod mongod;
mod pickups;
mod providers;
mod server;
mod simulate;
mod tidy;

use clap::{Parser, Subcommand};
use std::process::ExitCode;

/// Chores of this repository.
#[derive(Debug, Parser)]
#[command(name = "cargo xtask")]
struct Xtask {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Check the rules of the house: who may depend on whom, what is pure, how files begin.
    Tidy,
    /// Measure a release build: webhooks, turns, memory, size.
    Bench(bench::Options),
    /// Run simulated worlds from seeds, and say which fell.
    Simulate(simulate::Options),
}

fn main() -> ExitCode {
    let outcome = match Xtask::parse().command {
        Command::Tidy => tidy::run(),
        Command::Bench(options) => bench::run(&options),
        Command::Simulate(options) => simulate::run(&options),
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("xtask: {error:#}");
            ExitCode::FAILURE
        }
    }
}
