//! The console's API under `/admin/v1`: thin handlers over the pipeline and the store. The types are those of
//! `admin-api`; one table ([`routes`]) says what there is. Nothing is decided here, no change is made without its line of
//! the audit in the same write, and nothing of another business is there.

mod analytics;
mod call;
mod contacts;
mod conversations;
mod cursor;
mod dashboard;
mod events;
mod guard;
mod jobs;
mod leads;
mod openapi;
mod orders;
mod pros;
mod refusal;
mod route;
mod routes;
mod schedule;
mod session;
mod settings;
mod shown;
mod users;

pub use route::Needs;

use crate::app::App;
use axum::Router;
use axum::body::Body;
use axum::extract::{Path, State};
use axum::http::{Method, Request};
use axum::response::Response;
use axum::routing::{MethodFilter, MethodRouter};
use refusal::Refusal;
use route::Route;
use std::collections::BTreeMap;
use std::sync::Arc;

/// A route, for tests that walk all of them.
#[derive(Clone, Debug)]
pub struct Line {
    /// The method.
    pub method: Method,
    /// The path under [`admin_api::ROOT`], with names in braces.
    pub path: &'static str,
    /// Who may call it.
    pub needs: Needs,
}

/// Every route.
#[must_use]
pub fn table() -> Vec<Line> {
    let line = |route: Route| Line { method: route.method, path: route.path, needs: route.needs };
    routes::all().into_iter().map(line).collect()
}

/// The routes.
pub fn router(app: Arc<App>) -> Router {
    let mut paths: BTreeMap<&'static str, MethodRouter<Arc<App>>> = BTreeMap::new();
    for route in routes::all() {
        let Ok(filter) = MethodFilter::try_from(route.method.clone()) else { continue };
        let methods = paths.remove(route.path).unwrap_or_else(|| MethodRouter::new().fallback(wrong_method));
        let path = route.path;
        let serve = move |State(app): State<Arc<App>>,
                          Path(parameters): Path<BTreeMap<String, String>>,
                          request: Request<Body>| {
            let route = route.clone();
            async move { route.serve(app, parameters, request).await }
        };
        paths.insert(path, methods.on(filter, serve));
    }
    let routes = paths.into_iter().fold(Router::new(), |router, (path, methods)| router.route(path, methods));
    Router::new().nest(admin_api::ROOT, routes.fallback(unknown_path)).with_state(app)
}

async fn unknown_path(State(app): State<Arc<App>>) -> Response {
    refused(&app, Refusal::not_found())
}

async fn wrong_method(State(app): State<Arc<App>>) -> Response {
    refused(&app, Refusal::wrong_method())
}

fn refused(app: &App, refusal: Refusal) -> Response {
    let id = format!("{:016x}", app.outside.dice.below(u64::MAX));
    route::with_id(refusal.answer(&id), &id)
}
