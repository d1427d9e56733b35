//! Booking: from an agreed time to a visit that stands, and back. It claims and frees time, asks the pro, and sees to
//! it that a customer whose pro says no, or nothing, is offered on ([`ladder`]: what happens while a pro is silent).

mod assign;
mod by_pro;
mod free;
pub(crate) mod further;
mod hindrance;
pub(crate) mod ladder;
mod offer;
mod pass_on;
mod seen;
#[cfg(test)]
mod tests;

pub(crate) use assign::{Assigned, assign, close};
pub(crate) use by_pro::{move_visit, take_back_booking};
pub(crate) use free::{Errand, alternatives, free_slots, may_take, slot_at};
pub(crate) use hindrance::{Hindrance, hindrance};
pub(crate) use offer::{
    approve, cancel, close_deal, complete, hold_aside, offer_payload, release, set_visit,
};
pub use offer::{is_offer, offered_round};
pub(crate) use pass_on::{
    Why, decline, is_free_for, offer_expired, offer_new_times, offer_undeliverable, request_of, route,
    take_back,
};
pub(crate) use seen::{note_what_was_seen, watch_calendar};
