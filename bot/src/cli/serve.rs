//! `fixi serve`: the bot for real. It says what is missing before it listens, and stops without dropping work.

use crate::config::Config;
use crate::outside::Outside;
use crate::server::{self, Alone, Running};
use anyhow::Context;
use clap::{Args, ValueEnum};
use tokio::net::TcpListener;

#[derive(Args, Debug)]
pub(super) struct Options {
    /// What this process does. One process does everything; several on one store come with MongoDB.
    #[arg(long, value_enum, default_value = "all")]
    role: Role,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Role {
    /// Webhooks and background work.
    All,
}

pub(super) async fn run(config: Config, options: Options) -> anyhow::Result<()> {
    match options.role {
        Role::All => {}
    }
    anyhow::ensure!(
        !config.accounts.is_empty(),
        "no account is set: set GREEN_API_ID or META_WA_PHONE_NUMBER_ID and what belongs to it, or try `fixi demo`"
    );
    let listen = config.listen;
    let alone = Alone::on(&config.data_dir)?;
    let app = server::open(config, Outside::real()?).await?;
    anyhow::ensure!(
        app.business().await?.is_some(),
        "there is no business yet: run `fixi business import FILE.toml`"
    );
    let listener = TcpListener::bind(listen).await.with_context(|| {
        format!("FIXI_LISTEN: {listen} cannot be listened on; is something else running there?")
    })?;
    let address = listener.local_addr()?;
    let routes = server::router(&app).merge(server::plain_page());
    let running = Running::start(&app, alone, listener, routes).await?;
    tracing::info!(%address, accounts = app.config.accounts.len(), "fixi serves");
    super::serve::stopped().await;
    tracing::info!("stopping");
    running.stop().await;
    app.store.close().await?;
    Ok(())
}

/// Returns when the process is asked to stop.
pub(super) async fn stopped() {
    let interrupted = tokio::signal::ctrl_c();
    #[cfg(unix)]
    {
        use tokio::signal::unix::{SignalKind, signal};
        match signal(SignalKind::terminate()) {
            Ok(mut terminated) => tokio::select! {
                _ = interrupted => {}
                _ = terminated.recv() => {}
            },
            Err(_) => {
                let _ = interrupted.await;
            }
        }
    }
    #[cfg(not(unix))]
    {
        let _ = interrupted.await;
    }
}
