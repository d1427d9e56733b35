//! Time that can be booked: weekly hours, slots, and what is free. It knows no pro and no lead, and writes no text.

mod choose;
mod crowd;
mod hours;
mod open;
mod opening;
#[cfg(test)]
mod rules_tests;
mod settings;
mod slots;
#[cfg(test)]
mod tests;

use chrono::{DateTime, Datelike, NaiveDate, Timelike, Utc};
use chrono_tz::Tz;
use serde::{Deserialize, Serialize};

pub use choose::{spread, spread_wanted};
pub use crowd::crowd;
pub use hours::{HoursError, parse_day, parse_time, parse_weekdays, write_day, write_time, write_weekdays};
pub use open::{day_begins, is_open, next_open};
pub use opening::Opening;
pub use settings::{
    Blocked, BlockedBy, BusinessCalendar, Closures, Days, FeedAddress, Holidays, OtherDay, ProCalendar,
    Travel, VisitRules,
};
pub use slots::{Refusal, SlotSearch, Taken, free_slots, is_free, may_take, share_a_step, steps};

/// The grid of the calendar: every slot begins on a whole step of UTC, and a visit claims every step it touches.
pub const STEP_MINUTES: u32 = 30;

/// How far ahead visits are offered.
pub const HORIZON_DAYS: i64 = 14;

/// Opening hours by weekday, in minutes after local midnight; half open; Sunday first.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct WeekHours {
    /// For each weekday from Sunday, the spans in which work is possible, in order.
    pub days: [Vec<(u16, u16)>; 7],
}

/// What the clock and the calendar on the wall say at a moment, for writing it down.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LocalTime {
    /// The day.
    pub date: NaiveDate,
    /// The day of the week; Sunday is 0.
    pub weekday: u8,
    /// 0 to 23.
    pub hour: u8,
    /// 0 to 59.
    pub minute: u8,
}

impl LocalTime {
    /// Minutes after midnight, as the clock shows them.
    #[must_use]
    pub fn minute_of_day(self) -> u16 {
        u16::from(self.hour) * 60 + u16::from(self.minute)
    }
}

/// The local reading of a moment. There is always exactly one, also on the days when the clocks are changed.
#[must_use]
pub fn local(moment: DateTime<Utc>, zone: Tz) -> LocalTime {
    let local = moment.with_timezone(&zone);
    let small = |number: u32| u8::try_from(number).expect("weekdays, hours and minutes are below 60");
    LocalTime {
        date: local.date_naive(),
        weekday: small(local.weekday().num_days_from_sunday()),
        hour: small(local.hour()),
        minute: small(local.minute()),
    }
}
