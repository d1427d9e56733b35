//! The front door: an app over an open store, its routes, and the workers. Tests come in here too, with a clock of
//! their own and no workers.

use crate::app::App;
use crate::config::Config;
use crate::jobs;
use crate::outside::Outside;
use crate::store::{Store, StoreError};
use crate::web;
use anyhow::Context;
use axum::Router;
use axum::routing::get;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;
use tokio::net::TcpListener;
use tokio::task::JoinHandle;
use tokio_util::sync::CancellationToken;

/// How long callers get to finish their requests once the stop was asked for. A webhook takes milliseconds; whoever
/// holds a connection open for longer must not hold up the stop, and is told nothing, so that a provider repeats it.
const LAST_REQUESTS: Duration = Duration::from_secs(5);

/// Opens the store of the settings and makes an app.
///
/// # Errors
/// When the store cannot be opened.
pub async fn open(config: Config, outside: Outside) -> Result<Arc<App>, StoreError> {
    let store = Store::open(&config).await?;
    Ok(App::new(config, store, outside))
}

/// Everything that providers, monitors, calendar programs and consoles call.
pub fn router(app: &Arc<App>) -> Router {
    web::webhooks::router(app.clone())
        .merge(web::calendar::router(app.clone()))
        .merge(web::health::router(app.clone()))
        .merge(web::admin::router(app.clone()))
}

/// The page of a server that is no demo.
pub fn plain_page() -> Router {
    Router::new().route(
        "/",
        get(|| async { "Fixi answers WhatsApp messages for service businesses. There is nothing to see here; see /healthz.\n" }),
    )
}

/// The file whose lock says that a server runs on a data directory.
const LOCK: &str = "server.lock";

/// The right to be the one server on a data directory; gone with the value, or with the process however it ends.
#[derive(Debug)]
pub struct Alone(#[expect(dead_code, reason = "held for its lock")] std::fs::File);

impl Alone {
    /// Takes the right.
    ///
    /// # Errors
    /// When another server runs there, or the directory cannot be used.
    pub fn on(data_dir: &Path) -> anyhow::Result<Self> {
        std::fs::create_dir_all(data_dir)
            .with_context(|| format!("{} cannot be made", data_dir.display()))?;
        let path = data_dir.join(LOCK);
        let file =
            std::fs::File::create(&path).with_context(|| format!("{} cannot be written", path.display()))?;
        match file.try_lock() {
            Ok(()) => Ok(Self(file)),
            Err(std::fs::TryLockError::WouldBlock) => anyhow::bail!(
                "another fixi runs on {}; stop it, or give this one another directory with FIXI_DATA_DIR or --data",
                data_dir.display()
            ),
            Err(std::fs::TryLockError::Error(error)) => {
                Err(error).with_context(|| format!("{} cannot be locked", path.display()))
            }
        }
    }
}

/// Where background work is done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Work {
    /// In this process.
    Here,
    /// In others on the same store.
    Elsewhere,
}

/// A running server.
#[derive(Debug)]
pub struct Running {
    _alone: Option<Alone>,
    store: Store,
    stop: CancellationToken,
    tasks: Vec<JoinHandle<()>>,
}

impl Running {
    /// Serves these routes on a listener and works on what is due, if this is the process for that, until
    /// [`Running::stop`]. Who is alone with the store takes up at once what a dead server had begun.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn start(
        app: &Arc<App>,
        alone: Option<Alone>,
        listener: TcpListener,
        routes: Router,
        work: Work,
    ) -> Result<Self, StoreError> {
        if alone.is_some() {
            let begun = app.store.end_leases(app.now()).await?;
            if begun > 0 {
                tracing::info!(jobs = begun, "work that was begun before the last stop is taken up");
            }
        }
        let stop = CancellationToken::new();
        let serving = {
            let stop = stop.clone();
            tokio::spawn(async move {
                let served = axum::serve(listener, routes)
                    .with_graceful_shutdown(stop.clone().cancelled_owned())
                    .into_future();
                let too_long = async {
                    stop.cancelled().await;
                    tokio::time::sleep(LAST_REQUESTS).await;
                };
                tokio::select! {
                    served = served => if let Err(error) = served {
                        tracing::error!(%error, "the web server ended");
                    },
                    () = too_long => tracing::warn!("stopped while a request was still coming in"),
                }
            })
        };
        let mut tasks = vec![serving];
        if work == Work::Here {
            let owner = format!("{}-{}", std::process::id(), app.outside.dice.below(u64::MAX));
            tasks.push(tokio::spawn(jobs::work_until(app.clone(), owner, stop.clone())));
        }
        Ok(Self { _alone: alone, store: app.store.clone(), stop, tasks })
    }

    /// Adds work that ends with the server.
    pub fn also(&mut self, task: impl FnOnce(CancellationToken) -> JoinHandle<()>) {
        self.tasks.push(task(self.stop.clone()));
    }

    /// Takes no new work, finishes what is under way, and returns.
    pub async fn stop(self) {
        self.stop.cancel();
        // Consoles that listen would hold the server up.
        self.store.news().close();
        for task in self.tasks {
            if let Err(error) = task.await {
                tracing::error!(%error, "a task ended badly");
            }
        }
    }
}
