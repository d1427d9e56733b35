//! How Fixi reaches the world: the five verbs on a message's way, and everything that they pass through.
//!
//! `web` takes webhooks and proves them, and serves the console's API to `operators`; `pipeline` receives, makes turns and delivers; `jobs` runs what is due; `store`
//! keeps everything; `channels` and `models` speak to providers; `outside` is clock, network and dice. Decisions are
//! made in the crate `agents`, never here.

pub mod app;
pub mod business_file;
pub mod channels;
pub mod cli;
pub mod config;
pub mod counters;
pub mod crash;
pub mod demo;
pub mod figures;
mod geocoder;
pub mod jobs;
pub mod models;
pub mod moving;
pub mod operators;
mod other_calendar;
pub mod outside;
pub mod people;
pub mod pipeline;
pub mod pressure;
pub mod replay;
pub mod server;
pub mod simulation;
pub mod store;
pub mod web;
