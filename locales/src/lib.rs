//! What Fixi says to people, in Hebrew, English, Arabic and Russian, and the words that people may type.
//!
//! The texts are Fluent files in `he/ en/ ar/ ru/`, embedded when this crate is built; Hebrew is the reference.
//! To add a text: write it in the same file of all four folders and call [`text`] with its key. To add a file: add one
//! line in `files.rs`. `cargo test -p locales` names every gap, and [`check_calls`] does the same for call sites.
//!
//! This crate never reads a file at run time, never panics on a missing text, and formats no dates or money: callers
//! pass those as finished strings, and numbers as numbers where a plural depends on them.

mod args;
mod calls;
mod catalog;
mod check;
mod files;
mod locale;
mod shape;
mod words;

pub use args::{Args, Argument};
pub use calls::{CallProblem, check_calls};
pub use catalog::{keys, text, variables};
pub use check::{Flaw, Problem, check};
pub use locale::Locale;
pub use words::{Role, Word, synonyms, words};
