//! The front door: an app over an open store, its routes, and the workers. Tests come in here too, with a clock of
//! their own and no workers.

use crate::app::App;
use crate::config::Config;
use crate::jobs;
use crate::outside::Outside;
use crate::store::{Store, StoreError};
use crate::web;
use axum::Router;
use axum::routing::get;
use std::sync::Arc;
use tokio::net::TcpListener;
use tokio::task::JoinHandle;
use tokio_util::sync::CancellationToken;

/// Opens the store of the settings and makes an app.
///
/// # Errors
/// When the store cannot be opened.
pub async fn open(config: Config, outside: Outside) -> Result<Arc<App>, StoreError> {
    let store = Store::open(&config).await?;
    Ok(App::new(config, store, outside))
}

/// Everything that providers and monitors call.
pub fn router(app: &Arc<App>) -> Router {
    web::webhooks::router(app.clone()).merge(web::health::router(app.clone()))
}

/// The page of a server that is no demo.
pub fn plain_page() -> Router {
    Router::new().route(
        "/",
        get(|| async { "Fixi answers WhatsApp messages for service businesses. There is nothing to see here; see /healthz.\n" }),
    )
}

/// A running server.
#[derive(Debug)]
pub struct Running {
    stop: CancellationToken,
    tasks: Vec<JoinHandle<()>>,
}

impl Running {
    /// Serves these routes on a listener and works on what is due, until [`Running::stop`].
    #[must_use]
    pub fn start(app: &Arc<App>, listener: TcpListener, routes: Router) -> Self {
        let stop = CancellationToken::new();
        let serving = {
            let stop = stop.clone();
            tokio::spawn(async move {
                let served =
                    axum::serve(listener, routes).with_graceful_shutdown(stop.cancelled_owned()).await;
                if let Err(error) = served {
                    tracing::error!(%error, "the web server ended");
                }
            })
        };
        let owner = format!("{}-{}", std::process::id(), app.outside.dice.below(u64::MAX));
        let working = tokio::spawn(jobs::work_until(app.clone(), owner, stop.clone()));
        Self { stop, tasks: vec![serving, working] }
    }

    /// Adds work that ends with the server.
    pub fn also(&mut self, task: impl FnOnce(CancellationToken) -> JoinHandle<()>) {
        self.tasks.push(task(self.stop.clone()));
    }

    /// Takes no new work, finishes what is under way, and returns.
    pub async fn stop(self) {
        self.stop.cancel();
        for task in self.tasks {
            if let Err(error) = task.await {
                tracing::error!(%error, "a task ended badly");
            }
        }
    }
}
