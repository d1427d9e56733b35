//! Fixi's decisions: pure functions over values, without IO, clock, chance, async or logging.

pub mod text;
pub mod understanding;
pub mod when;
