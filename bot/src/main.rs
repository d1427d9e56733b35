//! The `fixi` command. Without a word it starts the demo.

use clap::Parser;
use std::process::ExitCode;

fn main() -> ExitCode {
    let command = bot::cli::Fixi::parse();
    let outcome = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
        .map_err(anyhow::Error::from)
        .and_then(|runtime| runtime.block_on(bot::cli::run(command)));
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        // What went wrong and what to do, in one line for people; never a backtrace.
        Err(error) => {
            eprintln!("fixi: {error:#}");
            ExitCode::FAILURE
        }
    }
}
