//! The console's API over HTTP, in process. Every answer of every test is held against the served description (`described`).

#![allow(clippy::unwrap_used, clippy::expect_used)]

mod chats;
mod described;
mod erasing;
mod errors;
mod events;
mod figures;
mod leads;
mod office;
mod people;
mod pros;
mod repeated;
mod rights;
mod running;
mod schedule;
mod sessions;
mod users;
