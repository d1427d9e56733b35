//! What operators' programs and the bot say to each other under `/admin/v1`: requests, answers and events as types, who
//! may do what, and a client. It knows no store, no rules of the business and no terminal.
//!
//! All times are UTC; local days are dates of the business's zone, which [`session::Me`] names. Ids are opaque. Every answer
//! about a thing that can be changed carries its `version`; a change names the version that its author saw and is refused
//! with [`error::Problem`] `conflict`, and the thing as it is now, when somebody else was faster.

pub mod access;
pub mod analytics;
pub mod audit;
pub mod contact;
pub mod conversation;
pub mod dashboard;
pub mod error;
pub mod event;
pub mod job;
pub mod lead;
pub mod page;
pub mod pro;
pub mod schedule;
pub mod session;
pub mod settings;
pub mod user;

/// Where everything below is served.
pub const ROOT: &str = "/admin/v1";
/// The header that makes a request that changes something safe to repeat: the same key within a day gives the first
/// answer again and changes nothing.
pub const IDEMPOTENCY_KEY: &str = "Idempotency-Key";
