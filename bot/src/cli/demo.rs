//! `fixi demo`: a page with two phones, on this machine only.

use crate::config::Config;
use crate::demo::{Demo, OPERATOR, Seed};
use clap::Args;
use std::path::PathBuf;

#[derive(Args, Debug, Default)]
pub(super) struct Options {
    /// The port of the page on 127.0.0.1; by default that of FIXI_LISTEN.
    #[arg(long)]
    port: Option<u16>,
    /// Where the demo keeps its state; by default `demo` under FIXI_DATA_DIR.
    #[arg(long, value_name = "DIR")]
    data: Option<PathBuf>,
    /// Start without the demo's marketplace.
    #[arg(long)]
    no_seed: bool,
}

pub(super) async fn run(config: Config, options: Options) -> anyhow::Result<()> {
    let port = options.port.unwrap_or(config.listen.port());
    let directory = options.data.unwrap_or_else(|| config.data_dir.join("demo"));
    let seed = if options.no_seed { Seed::Nothing } else { Seed::Marketplace };
    let demo = Demo::start(config, port, &directory, seed).await?;
    super::print(&format!(
        "Two phones are ready at http://{}/\nOne writes as a customer, the other answers as a pro. Ctrl-C stops; state is kept in {}.\nThe console: fixi-admin --url http://{}, name {OPERATOR}, password {OPERATOR}.",
        demo.address,
        directory.display(),
        demo.address
    ));
    super::serve::stopped().await;
    demo.stop().await
}
