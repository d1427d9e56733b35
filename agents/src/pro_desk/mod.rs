//! The pro's desk in chat: what a pro may type, and what it does. Everything works with one thumb: a word, a digit, a
//! tap, or an answer that quotes an offer. No model is asked. What does what is in [`crate::table::pro`].

mod approve;
mod calendar;
mod change;
mod decide;
mod figures;
mod find;
mod hear;
mod hours;
mod jobs;
mod mode;
#[cfg(test)]
mod tests;
mod visits;

pub(crate) use decide::decide;
pub(crate) use hear::{cell_of, is_for_customer};
