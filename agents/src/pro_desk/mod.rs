//! The pro's desk in chat: what a pro may type, and what it does. Everything works with one thumb: a word, a digit, a
//! tap, or an answer that quotes an offer. No model is asked.

mod decide;
#[cfg(test)]
mod tests;

pub(crate) use decide::decide;
