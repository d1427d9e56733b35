//! How Fixi reaches the world.

pub mod store;
pub mod web;
