//! Fixi's decisions: pure functions over values, without IO, clock, chance, async or logging.

pub mod business;
pub mod calendar;
pub mod contact;
pub mod conversation;
pub mod decision;
pub mod id;
pub mod language;
pub mod lead;
pub mod message;
pub mod pro;
pub mod request;
pub mod routing;
pub mod text;
pub mod trade;
pub mod understanding;
pub mod when;
