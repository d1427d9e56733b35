//! Pages and doors over HTTP: bytes in, a call, bytes out. Nothing in here decides anything.

pub mod demo_page;
pub mod strip;
