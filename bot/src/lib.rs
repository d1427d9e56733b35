//! How Fixi reaches the world.

pub mod business_file;
pub mod store;
