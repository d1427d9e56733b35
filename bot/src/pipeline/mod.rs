//! The five verbs on a message's way: receive, then understand, decide and commit in one turn, then deliver.

pub mod deliver;
mod documents;
pub mod receive;
pub mod turn;
mod undelivered;

pub(crate) use undelivered::raise;
