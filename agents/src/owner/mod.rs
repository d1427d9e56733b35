//! The owner in chat: what an owner may type, and what it does. No model is asked. What does what is in
//! [`crate::table::owner`]; nothing changes before the owner has picked or said yes.

mod applicants;
mod decide;
mod hear;
mod leads;
mod lists;

pub(crate) use applicants::{decide as answer_applicant, invitation};
pub(crate) use decide::decide;
pub(crate) use hear::is_for_owner;
