//! The `fixi` command. Without a word it starts the demo.

use clap::Parser;

fn main() -> anyhow::Result<()> {
    let command = bot::cli::Fixi::parse();
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    runtime.block_on(bot::cli::run(command))
}
