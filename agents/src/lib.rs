//! Fixi's decisions: pure functions over values, without IO, clock, chance, async or logging.

pub mod booking;
pub mod business;
pub mod calendar;
pub mod contact;
pub mod conversation;
pub mod decision;
pub mod dispatcher;
pub mod id;
pub mod language;
pub mod lead;
pub mod message;
pub mod persona;
pub mod policy;
pub mod pro;
pub mod pro_desk;
pub mod request;
pub mod routing;
pub mod say;
pub mod text;
pub mod trade;
pub mod turn;
pub mod understanding;
pub mod when;
pub mod words;
