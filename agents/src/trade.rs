//! Placeholder until the reader lands.
use serde::{Deserialize, Serialize};
/// Trade.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Trade {
    /// plumbing
    Plumbing,
    /// electricity
    Electricity,
    /// air conditioning
    AirConditioning,
    /// locksmith
    Locksmith,
    /// appliances
    Appliances,
    /// handyman
    Handyman,
    /// painting
    Painting,
}
