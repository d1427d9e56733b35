//! The table of all routes. What is not in it does not exist; rights, OpenAPI and the tests follow from it.

use super::route::Route;
use super::{conversations, dashboard, events, leads, openapi, session, users};

/// Every route.
pub(super) fn all() -> Vec<Route> {
    [
        openapi::routes(),
        session::routes(),
        dashboard::routes(),
        leads::routes(),
        conversations::routes(),
        events::routes(),
        users::routes(),
    ]
    .concat()
}
