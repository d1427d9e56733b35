//! The web: thin handlers, bytes in and bytes out. Nothing is decided or stored here but through the pipeline.

pub mod admin;
pub mod calendar;
pub mod demo_page;
pub mod health;
pub mod strip;
pub mod webhooks;
