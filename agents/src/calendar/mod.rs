//! Time that can be booked: weekly hours, slots, and what is free.

use serde::{Deserialize, Serialize};

/// Opening hours by weekday, in minutes after local midnight; half open; Sunday first.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct WeekHours {
    /// For each weekday from Sunday, the spans in which work is possible, in order.
    pub days: [Vec<(u16, u16)>; 7],
}
