//! Keys in, screen out: the console on a virtual terminal, its questions answered by the test. No network, no clock.

#![allow(clippy::unwrap_used)]

mod chats;
mod chats_deeds;
mod dashboard;
mod data;
mod grammar;
mod harness;
mod leads;
mod leads_deeds;
