//! The `fixi` command. Without a word it starts the demo.

use clap::Parser;
use std::process::ExitCode;
use std::time::Duration;

/// How long work that blocks its thread may hold up the end.
const LAST_WORK: Duration = Duration::from_secs(1);

fn main() -> ExitCode {
    let command = bot::cli::Fixi::parse();
    let outcome = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
        .map_err(anyhow::Error::from)
        .and_then(|runtime| {
            let outcome = runtime.block_on(bot::cli::run(command));
            runtime.shutdown_timeout(LAST_WORK);
            outcome
        });
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        // What went wrong and what to do, in one line for people; never a backtrace.
        Err(error) => {
            eprintln!("fixi: {error:#}");
            ExitCode::FAILURE
        }
    }
}
