//! The commands of `fixi`, one file each. They print for people; everything else is done elsewhere.

mod admin;
mod business;
mod chat;
mod contacts;
mod demo;
mod doctor;
mod jobs;
mod moving;
mod sending;
mod serve;

pub(crate) use business::import;

use crate::config::{Config, LogFormat};
use clap::{Parser, Subcommand};
use std::io::IsTerminal;
use std::path::PathBuf;
use tracing_subscriber::EnvFilter;

/// The front desk of service businesses, on WhatsApp.
#[derive(Debug, Parser)]
#[command(name = "fixi", version, about)]
pub struct Fixi {
    /// A file with settings; the environment comes before it.
    #[arg(long, global = true, value_name = "FILE")]
    config: Option<PathBuf>,
    #[command(subcommand)]
    command: Option<Command>,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// The demo: bot, pretended providers and a page with two phones. Needs no key, account, database or network.
    Demo(demo::Options),
    /// The bot for real, from environment and settings file.
    Serve(serve::Options),
    /// Talk to the bot in this terminal, as a customer or as a pro.
    Chat(chat::Options),
    /// Check settings, store, business, texts and prompts, and say what to do.
    Doctor(doctor::Options),
    /// Run a scenario file and print the transcript.
    Replay {
        /// The scenario.
        file: PathBuf,
    },
    /// A business as a file.
    #[command(subcommand)]
    Business(business::Command),
    /// Users of the console.
    #[command(subcommand)]
    Admin(admin::Command),
    /// Background jobs and dead letters.
    #[command(subcommand)]
    Jobs(jobs::Command),
    /// Write everything of a person into a file, as one readable document.
    ExportContact {
        /// Their id, as the console shows it.
        id: String,
        /// The file; it must not be there yet.
        file: PathBuf,
    },
    /// Remove a person for good. Asks for a word first. Run again after an interruption, it goes on.
    EraseContact {
        /// Their id, as the console shows it.
        id: String,
    },
    /// Stop everything that would be sent, at once, whatever asks for it; what is to be said waits.
    Pause,
    /// Let messages leave again.
    Resume,
    /// Write everything that the store of the settings holds into a file, also while a server runs on it.
    Backup {
        /// The file; it must not be there yet.
        file: PathBuf,
    },
    /// Fill the empty store of the settings from a backup file. Run again after an interruption, it goes on.
    Restore {
        /// The file.
        file: PathBuf,
    },
    /// Fill an empty store from another one. Run again after an interruption, it goes on.
    Copy(moving::Options),
}

/// Runs a command.
///
/// # Errors
/// What went wrong and what to do, for people.
pub async fn run(fixi: Fixi) -> anyhow::Result<()> {
    let command = fixi.command.unwrap_or_else(|| Command::Demo(demo::Options::default()));
    // A scenario has settings of its own.
    if let Command::Replay { file } = &command {
        return replay(file).await;
    }
    let config = Config::from_environment(fixi.config.as_deref())?;
    log_to_stderr(config.log_format, matches!(command, Command::Serve(_)));
    match command {
        Command::Demo(options) => demo::run(config, options).await,
        Command::Serve(options) => serve::run(config, options).await,
        Command::Chat(options) => chat::run(config, options).await,
        Command::Doctor(options) => doctor::run(config, options).await,
        Command::Business(command) => business::run(config, command).await,
        Command::Admin(command) => admin::run(config, command).await,
        Command::Jobs(command) => jobs::run(config, command).await,
        Command::ExportContact { id, file } => contacts::export(config, id, &file).await,
        Command::EraseContact { id } => contacts::erase(config, id).await,
        Command::Pause => sending::pause(config).await,
        Command::Resume => sending::resume(config).await,
        Command::Backup { file } => moving::backup(&config, file).await,
        Command::Restore { file } => moving::restore(&config, file).await,
        Command::Copy(options) => moving::copy(&options).await,
        Command::Replay { .. } => Ok(()),
    }
}

async fn replay(file: &std::path::Path) -> anyhow::Result<()> {
    use anyhow::Context;
    let text = std::fs::read_to_string(file).with_context(|| format!("{} cannot be read", file.display()))?;
    match crate::replay::play(&text).await {
        Ok(transcript) => {
            print(&transcript);
            Ok(())
        }
        Err(failure) => {
            print(&failure);
            anyhow::bail!("the scenario did not go as it says")
        }
    }
}

/// Prints for people.
#[allow(clippy::print_stdout)]
fn print(text: &str) {
    println!("{}", text.trim_end());
}

fn log_to_stderr(format: LogFormat, is_service: bool) {
    let quiet = if is_service { "info" } else { "warn" };
    let filter = EnvFilter::try_from_default_env().unwrap_or_else(|_| EnvFilter::new(quiet));
    let builder = tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_ansi(std::io::stderr().is_terminal())
        .with_writer(std::io::stderr);
    match format {
        LogFormat::Text => builder.init(),
        LogFormat::Json => builder.json().init(),
    }
}
