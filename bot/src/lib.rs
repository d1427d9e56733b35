//! How Fixi reaches the world.

pub mod business_file;
pub mod channels;
pub mod outside;
pub mod store;
