//! `fixi serve`: the bot for real. It says what is missing before it listens, and stops without dropping work.

use crate::config::Config;
use crate::operators;
use crate::outside::Outside;
use crate::server::{self, Alone, Running, Work};
use admin_api::access::Role as UserRole;
use anyhow::Context;
use clap::{Args, ValueEnum};
use tokio::net::TcpListener;

#[derive(Args, Debug)]
pub(super) struct Options {
    /// What this process does. Several processes on one store need MongoDB.
    #[arg(long, value_enum, default_value = "all")]
    role: Role,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Role {
    /// Webhooks and background work.
    All,
    /// Webhooks only.
    Web,
    /// Background work only; health is still answered.
    Worker,
}

pub(super) async fn run(config: Config, options: Options) -> anyhow::Result<()> {
    anyhow::ensure!(
        options.role == Role::All || config.mongo_uri.is_some(),
        "MONGO_URI: is not set, but `--role web` and `--role worker` share a store; without it one process does everything"
    );
    anyhow::ensure!(
        !config.accounts.is_empty(),
        "no account is set: set GREEN_API_ID or META_WA_PHONE_NUMBER_ID and what belongs to it, or try `fixi demo`"
    );
    let listen = config.listen;
    let alone = match config.mongo_uri {
        Some(_) => None,
        None => Some(Alone::on(&config.data_dir)?),
    };
    let app = server::open(config, Outside::real()?).await?;
    let Some(business) = app.business().await? else {
        anyhow::bail!("there is no business yet: run `fixi business import FILE.toml`")
    };
    if let Some(password) = app.config.admin_password.clone() {
        let id = business.value.id;
        let made =
            operators::ensure_first(&app.store, "admin", UserRole::SystemAdmin, id, password, app.now())
                .await?;
        if made {
            tracing::info!("the first user of the console, admin, was made");
        }
    }
    let listener = TcpListener::bind(listen).await.with_context(|| {
        format!("FIXI_LISTEN: {listen} cannot be listened on; is something else running there?")
    })?;
    let address = listener.local_addr()?;
    let (routes, work) = match options.role {
        Role::All => (server::router(&app).merge(server::plain_page()), Work::Here),
        Role::Web => (server::router(&app).merge(server::plain_page()), Work::Elsewhere),
        Role::Worker => (crate::web::health::router(app.clone()), Work::Here),
    };
    let running = Running::start(&app, alone, listener, routes, work).await?;
    tracing::info!(%address, role = ?options.role, accounts = app.config.accounts.len(), "fixi serves");
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
