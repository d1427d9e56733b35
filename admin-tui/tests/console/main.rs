//! Keys in, screen out: the console on a virtual terminal, its questions answered by the test. No network, no clock.

#![allow(clippy::unwrap_used)]

mod analytics;
mod audit;
mod chats;
mod chats_deeds;
mod contacts;
mod dashboard;
mod data;
mod grammar;
mod harness;
mod jobs;
mod leads;
mod leads_deeds;
mod pros;
mod pros_prices;
mod schedule;
mod schedule_deeds;
mod settings;
mod templates;
mod users;
