//! How Fixi reaches the world.

pub mod store;
