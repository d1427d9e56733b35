//! How Fixi reaches the world.

pub mod models;
pub mod outside;
pub mod store;
