//! What stands against a visit that a pro says yes to: the calendar may have changed since the time was agreed (B59). It
//! reads the calendar and decides nothing.

use super::free::{Errand, may_take};
use crate::calendar::{Blocked, BlockedBy, Refusal};
use crate::lead::Lead;
use crate::pro::Pro;
use crate::turn::{Desk, Need};

/// What stands against it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Hindrance {
    /// The time belongs to another visit, which can only be after the hold ran out.
    Gone,
    /// The pro blocked it, and can free it.
    BlockedByPro(Blocked),
    /// The business blocked it.
    BlockedByBusiness(Blocked),
    /// The pro or the business does not work then any more.
    Closed,
    /// The day has as many visits as it may.
    DayFull,
    /// Another visit is so near that there is no time for the pause and the way.
    TooNear,
}

/// What stands against the visit of a lead that this pro was asked about; none when nothing does.
///
/// # Errors
/// What has to be looked up first.
pub(crate) fn hindrance(desk: &Desk<'_>, lead: &Lead, pro: &Pro) -> Result<Option<Hindrance>, Need> {
    let Some(slot) = lead.slot else { return Ok(Some(Hindrance::Gone)) };
    let calendars = desk.calendars(std::slice::from_ref(&pro.id))?;
    let is_gone = calendars.get(&pro.id).into_iter().flatten().any(|busy| {
        busy.from < slot.to && slot.from < busy.to && Some(&busy.appointment) != lead.appointment.as_ref()
    });
    if is_gone {
        return Ok(Some(Hindrance::Gone));
    }
    let Err(refusal) = may_take(desk, pro, Errand::approved(lead), slot)? else { return Ok(None) };
    Ok(match refusal {
        // The pro says yes while it begins, or to what a timer is about to take back.
        Refusal::TooSoon | Refusal::InvalidRange => None,
        Refusal::Closed => Some(Hindrance::Closed),
        Refusal::DayFull => Some(Hindrance::DayFull),
        Refusal::Conflict => Some(Hindrance::TooNear),
        Refusal::Blocked => {
            let mut meets = pro
                .calendar
                .blocked
                .iter()
                .filter(|blocked| blocked.from < slot.to && slot.from < blocked.to);
            // What the pro cannot free counts first.
            let fixed = meets.clone().find(|blocked| blocked.by == BlockedBy::File).cloned();
            fixed
                .map(Hindrance::BlockedByBusiness)
                .or_else(|| meets.next().cloned().map(Hindrance::BlockedByPro))
        }
    })
}
