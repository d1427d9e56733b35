//! Booking: from an agreed time to a visit that stands, and back. It claims and frees time, asks the pro, and sees to
//! it that a customer whose pro says no, or nothing, is offered on.

mod assign;
mod by_pro;
mod free;
mod ladder;
mod offer;
mod pass_on;
#[cfg(test)]
mod tests;

pub(crate) use assign::{Assigned, assign, close};
pub(crate) use by_pro::{move_visit, no_show, take_back_booking};
pub(crate) use free::{Errand, alternatives, free_slots, slot_at};
pub(crate) use ladder::{another_pro_wanted, keep_waiting};
pub(crate) use offer::{approve, cancel, close_deal, complete, release, set_visit};
pub use offer::{is_offer, offered_round};
pub(crate) use pass_on::{Why, decline, offer_expired, offer_undeliverable, request_of, route};
