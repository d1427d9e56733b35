//! Placeholder until the reader of times lands.
use serde::{Deserialize, Serialize};
/// What an expression of time means.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum When {
    /// None.
    None,
}
