//! How Fixi reaches the world.

pub mod channels;
pub mod outside;
pub mod store;
