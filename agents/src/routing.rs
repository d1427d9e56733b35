//! Which pro takes a request, and why: a ranked list in which every pro has reasons, also those who are ruled out. It
//! looks nothing up: places, calendars and loads are given to it.
//!
//! A pro is ruled out who does another trade, is inactive, not approved or on vacation, said no to this request, has
//! as many open jobs as they take, has no free time, or works too far away. The others are scored:
//!
//! ```text
//! score = (rating * reviews + 4.0 * 5) / (reviews + 5)    a few reviews prove little: everybody begins with five of 4.0
//!       + 1.0                                             when free at the time that the customer wants
//!       + 0.5                                             when the place is one of the pro's own
//!       + 0.5 * (1 - hours until free / 72)               not below 0; in an emergency 3.0 * (1 - hours / 24)
//!       + 1.0                                             when the customer was served well by the pro before
//!       - 0.2 * open jobs                                 at most 2.0
//!       - 0.3 * times that the pro did not come           at most 1.5
//!       - 20 * rings                                      0 in the first ring, so a nearer ring always wins
//! ```
//!
//! Scores are rounded to tenths; among equals the nearest wins, then the least busy, the soonest free, the id. A place
//! of the pro's own belongs to the first ring.

mod area;
#[cfg(test)]
mod tests;

use crate::concern::Concern;
use crate::id::ProId;
use crate::lead::Ranked;
use crate::pro::Pro;
use crate::trade::Trade;
pub use area::named_place;
use area::{Destination, Reach, reach};
use chrono::{DateTime, Utc};
use std::cmp::Ordering;

/// How far around the places that a pro names they are looked for, ring by ring, in kilometres.
pub const RINGS_KM: [f64; 3] = [10.0, 20.0, 30.0];

const USUAL_RATING: f64 = 4.0;
const USUAL_REVIEWS: f64 = 5.0;
const WANTED_SLOT_BONUS: f64 = 1.0;
const OWN_PLACE_BONUS: f64 = 0.5;
const OPEN_JOB_COST: f64 = 0.2;
const OPEN_JOBS_COST_MOST: f64 = 2.0;
const SERVED_BONUS: f64 = 1.0;
const NO_SHOW_COST: f64 = 0.3;
const NO_SHOWS_COST_MOST: f64 = 1.5;
/// More than all other parts of a score together.
const RING_COST: f64 = 20.0;

/// Where a name of a place lies, in degrees north and east, as far as it is known.
pub type Position<'a> = &'a dyn Fn(&str) -> Option<(f64, f64)>;

/// Everything that decides who takes a request.
pub struct RoutingQuestion<'a> {
    /// The work.
    pub trade: Trade,
    /// The key or the name of the place.
    pub city: Option<&'a str>,
    /// The place as the customer wrote it, or the whole address: searched for the pros' places where the position of
    /// one of them is not known.
    pub city_text: Option<&'a str>,
    /// Whether something is in danger: then the soonest is worth more than the best.
    pub emergency: bool,
    /// The present.
    pub now: DateTime<Utc>,
    /// Who said no to this request already.
    pub declined: &'a [ProId],
    /// Who could be asked.
    pub candidates: &'a [Candidate<'a>],
    /// The rings, from the nearest; usually [`RINGS_KM`].
    pub ring_km: &'a [f64],
    /// The gazetteer.
    pub position: Position<'a>,
}

/// A pro and how busy they are.
pub struct Candidate<'a> {
    /// Who.
    pub pro: &'a Pro,
    /// How many jobs are open.
    pub open_jobs: u32,
    /// When the first free slot begins; none when there is none within the booking horizon.
    pub next_free: Option<DateTime<Utc>>,
    /// Whether a slot is free at the time that the customer wants.
    pub has_slot_in_wanted: bool,
    /// Whether the customer was served well by them before.
    pub has_served: bool,
}

/// Who takes a request.
#[derive(Clone, Debug, PartialEq)]
pub struct Routing {
    /// Everybody: the best first, those who are ruled out last.
    pub ranked: Vec<Ranked>,
    /// The best.
    pub chosen: Option<ProId>,
    /// Why nobody is chosen and a person should look.
    pub fallback: Option<Fallback>,
}

/// Why nobody is chosen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fallback {
    /// Nobody who works now does this trade.
    NoPro,
    /// It is not known where the customer is.
    PlaceUnknown,
    /// Nobody works within the last ring.
    NoneNear,
    /// Everybody near said no.
    AllDeclined,
    /// Everybody near who is left has enough to do, or no free time.
    AllBusy,
}

impl Fallback {
    /// What a person is to see to then.
    #[must_use]
    pub fn concern(self) -> Concern {
        match self {
            Self::NoPro => Concern::NoProOfTrade,
            Self::PlaceUnknown => Concern::PlaceUnknown,
            Self::NoneNear => Concern::NoProInArea,
            Self::AllDeclined => Concern::AllDeclined,
            Self::AllBusy => Concern::AllBusy,
        }
    }
}

/// Ranks the candidates.
#[must_use]
pub fn rank(question: &RoutingQuestion<'_>) -> Routing {
    let destination = Destination::new(question.city, question.city_text, question.position);
    let mut judged: Vec<Judged<'_>> =
        question.candidates.iter().map(|candidate| judge(question, candidate, &destination)).collect();
    judged.sort_by(|a, b| a.better(b));
    let chosen =
        judged.first().filter(|judged| judged.score.is_some()).map(|judged| judged.candidate.pro.id.clone());
    let fallback = if chosen.is_some() { None } else { Some(why_nobody(&judged, &destination)) };
    let ranked = judged
        .into_iter()
        .map(|judged| Ranked {
            pro: judged.candidate.pro.id.clone(),
            score: judged.score,
            reasons: judged.reasons,
        })
        .collect();
    Routing { ranked, chosen, fallback }
}

/// Whether work in this place may ever go to this pro: approved and active, and the place within the last of
/// [`RINGS_KM`]. A vacation or a full calendar changes nothing.
#[must_use]
pub fn serves(pro: &Pro, place: &str, position: Position<'_>) -> bool {
    let destination = Destination::new(Some(place), None, position);
    pro.active && pro.approved && ring_of(reach(pro, &destination, position), &RINGS_KM).is_some()
}

struct Judged<'a> {
    candidate: &'a Candidate<'a>,
    score: Option<f64>,
    distance_km: f64,
    is_available: bool,
    is_near: bool,
    has_declined: bool,
    reasons: Vec<String>,
}

impl Judged<'_> {
    fn better(&self, other: &Self) -> Ordering {
        let score = |judged: &Self| judged.score.unwrap_or(f64::NEG_INFINITY);
        let soonest = |judged: &Self| judged.candidate.next_free.unwrap_or(DateTime::<Utc>::MAX_UTC);
        score(other)
            .total_cmp(&score(self))
            .then(self.distance_km.total_cmp(&other.distance_km))
            .then(self.candidate.open_jobs.cmp(&other.candidate.open_jobs))
            .then(soonest(self).cmp(&soonest(other)))
            .then(self.candidate.pro.id.cmp(&other.candidate.pro.id))
    }
}

fn judge<'a>(
    question: &RoutingQuestion<'_>,
    candidate: &'a Candidate<'a>,
    destination: &Destination<'_>,
) -> Judged<'a> {
    let pro = candidate.pro;
    let reach = reach(pro, destination, question.position);
    let ring = ring_of(reach, question.ring_km);
    let has_declined = question.declined.contains(&pro.id);
    let out_of_service = [
        (!pro.trades.contains(&question.trade), "other_trade"),
        (!pro.active, "inactive"),
        (!pro.approved, "not_approved"),
        (pro.on_vacation, "on_vacation"),
    ];
    let out_for_now = [
        (has_declined, "declined"),
        (ring.is_none(), reach.too_far()),
        (candidate.open_jobs >= pro.max_open_jobs, "overloaded"),
        (candidate.next_free.is_none(), "no_free_slot"),
    ];
    let is_available = !out_of_service.iter().any(|(is_out, _)| *is_out);
    let mut reasons: Vec<String> = out_of_service
        .into_iter()
        .chain(out_for_now)
        .filter(|(is_out, _)| *is_out)
        .map(|(_, reason)| reason.to_owned())
        .collect();
    let score = match (ring, candidate.next_free) {
        (Some(ring), Some(next_free)) if reasons.is_empty() => {
            let hours = hours_until(question.now, next_free);
            reasons.push(format!("ring={}", ring + 1));
            reasons.push(format!("rating={:.1} reviews={}", smoothed_rating(pro), pro.reviews));
            reasons.push(format!("free_in_hours={hours:.1}"));
            if candidate.has_slot_in_wanted {
                reasons.push("wanted_slot".to_owned());
            }
            if candidate.has_served {
                reasons.push("returning_customer".to_owned());
            }
            if pro.no_shows > 0 {
                reasons.push(format!("no_shows={}", pro.no_shows));
            }
            Some(score(question, candidate, reach, ring, hours))
        }
        _ => None,
    };
    reasons.push(reach.reason());
    reasons.push(format!("open_jobs={}/{}", candidate.open_jobs, pro.max_open_jobs));
    let distance_km = reach.kilometres().unwrap_or(f64::INFINITY);
    Judged { candidate, score, distance_km, is_available, is_near: ring.is_some(), has_declined, reasons }
}

fn score(
    question: &RoutingQuestion<'_>,
    candidate: &Candidate<'_>,
    reach: Reach,
    ring: usize,
    hours_until_free: f64,
) -> f64 {
    let (soon_bonus, soon_hours) = if question.emergency { (3.0, 24.0) } else { (0.5, 72.0) };
    let mut score = smoothed_rating(candidate.pro);
    score += soon_bonus * (1.0 - hours_until_free / soon_hours).max(0.0);
    if candidate.has_slot_in_wanted {
        score += WANTED_SLOT_BONUS;
    }
    if reach.is_own_place() {
        score += OWN_PLACE_BONUS;
    }
    if candidate.has_served {
        score += SERVED_BONUS;
    }
    score -= (f64::from(candidate.open_jobs) * OPEN_JOB_COST).min(OPEN_JOBS_COST_MOST);
    score -= (f64::from(candidate.pro.no_shows) * NO_SHOW_COST).min(NO_SHOWS_COST_MOST);
    score -= RING_COST * f64::from(u32::try_from(ring).unwrap_or(u32::MAX));
    (score * 10.0).round() / 10.0
}

fn smoothed_rating(pro: &Pro) -> f64 {
    let reviews = f64::from(pro.reviews);
    (pro.rating.clamp(0.0, 5.0) * reviews + USUAL_RATING * USUAL_REVIEWS) / (reviews + USUAL_REVIEWS)
}

fn hours_until(now: DateTime<Utc>, moment: DateTime<Utc>) -> f64 {
    let minutes = (moment - now).num_minutes().clamp(0, i64::from(u32::MAX));
    f64::from(u32::try_from(minutes).unwrap_or(u32::MAX)) / 60.0
}

/// The index of the ring that a pro is in; a place of their own is in the first, whatever the rings.
fn ring_of(reach: Reach, ring_km: &[f64]) -> Option<usize> {
    match reach {
        Reach::Own | Reach::Text => Some(0),
        Reach::Away(kilometres) => ring_km.iter().position(|ring| kilometres <= *ring),
        Reach::Unknown => None,
    }
}

fn why_nobody(judged: &[Judged<'_>], destination: &Destination<'_>) -> Fallback {
    let available: Vec<_> = judged.iter().filter(|judged| judged.is_available).collect();
    let near: Vec<_> = available.iter().filter(|judged| judged.is_near).collect();
    if available.is_empty() {
        Fallback::NoPro
    } else if near.is_empty() {
        if destination.is_unknown() { Fallback::PlaceUnknown } else { Fallback::NoneNear }
    } else if near.iter().all(|judged| judged.has_declined) {
        Fallback::AllDeclined
    } else {
        Fallback::AllBusy
    }
}
