//! The table of all routes. What is not in it does not exist; rights, OpenAPI and the tests follow from it.

use super::route::Route;
use super::{
    analytics, contacts, conversations, dashboard, events, jobs, leads, openapi, pros, schedule, session,
    settings, users,
};

/// Every route.
pub(super) fn all() -> Vec<Route> {
    [
        openapi::routes(),
        session::routes(),
        dashboard::routes(),
        leads::routes(),
        conversations::routes(),
        events::routes(),
        pros::routes(),
        schedule::routes(),
        contacts::routes(),
        jobs::routes(),
        settings::routes(),
        analytics::routes(),
        users::routes(),
    ]
    .concat()
}
