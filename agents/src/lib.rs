//! Fixi's decisions: pure functions over values, without IO, clock, chance, async or logging.

pub mod language;
pub mod text;
pub mod trade;
pub mod understanding;
pub mod when;
