//! The five verbs on a message's way: receive, then understand, decide and commit in one turn, then deliver.

pub mod accounts;
pub mod alerts;
mod change;
pub mod deliver;
mod departure;
mod documents;
mod load;
pub mod order;
pub(crate) mod preview;
pub mod receive;
mod show;
pub mod spending;
pub mod turn;
mod undelivered;
mod write;

pub(crate) use change::chat as change_chat;
pub(crate) use receive::record_kept;
pub(crate) use spending::write_left_over;
pub(crate) use undelivered::{raise, raise_chat};
pub(crate) use write::{REPORT, Told, chat_with_phone, is_from_timer, tell};
