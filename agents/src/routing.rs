//! Placeholder for routing.
use crate::id::ProId;
use crate::lead::Ranked;
use crate::pro::Pro;
use crate::trade::Trade;
use chrono::{DateTime, Utc};
/// rings
pub const RINGS_KM: [f64; 3] = [10.0, 20.0, 30.0];
/// q
pub struct RoutingQuestion<'a> {
    /// q
    pub trade: Trade,
    /// q
    pub city: Option<&'a str>,
    /// q
    pub city_text: Option<&'a str>,
    /// q
    pub emergency: bool,
    /// q
    pub now: DateTime<Utc>,
    /// q
    pub declined: &'a [ProId],
    /// q
    pub candidates: &'a [Candidate<'a>],
    /// q
    pub ring_km: &'a [f64],
    /// q
    pub position: &'a dyn Fn(&str) -> Option<(f64, f64)>,
}
/// c
pub struct Candidate<'a> {
    /// q
    pub pro: &'a Pro,
    /// q
    pub open_jobs: u32,
    /// q
    pub next_free: Option<DateTime<Utc>>,
    /// q
    pub has_slot_in_wanted: bool,
}
/// r
pub struct Routing {
    /// q
    pub ranked: Vec<Ranked>,
    /// q
    pub chosen: Option<ProId>,
}
/// q
pub fn rank(q: &RoutingQuestion<'_>) -> Routing {
    Routing { ranked: vec![], chosen: q.candidates.first().map(|c| c.pro.id.clone()) }
}
/// q
pub fn serves(_: &Pro, _: &str, _: &dyn Fn(&str) -> Option<(f64, f64)>) -> bool {
    true
}
