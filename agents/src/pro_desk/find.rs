//! A pro looks for a request that nobody took (L33).

use super::decide::Seat;
use crate::booking::{self, Assigned};
use crate::lead::{Lead, Status};
use crate::routing;
use crate::turn::{Desk, Need};
use crate::understanding::places;
use chrono::Duration;
use locales::args;

/// How long a pro waits between two looks.
const BETWEEN: Duration = Duration::minutes(10);

/// Gives the pro the oldest lead in review that fits their trade and area, at most once in a while.
pub(super) fn find(desk: &mut Desk<'_>, seat: &mut Seat) -> Result<(), Need> {
    let ready_at = seat.pro.desk.searched_at.map(|searched_at| searched_at + BETWEEN);
    if let Some(ready_at) = ready_at.filter(|ready_at| *ready_at > desk.now) {
        let minutes = ((ready_at - desk.now).num_seconds() + 59) / 60;
        seat.tell(desk, "pro-find-wait", &args![minutes = minutes]);
        return Ok(());
    }
    let mut waiting: Vec<Lead> =
        desk.business_leads()?.iter().filter(|lead| fits(lead, seat)).cloned().collect();
    waiting.sort_by_key(|lead| (!lead.emergency, lead.number));
    seat.pro.desk.searched_at = Some(desk.now);
    seat.pro_changed = true;
    for mut lead in waiting {
        match booking::assign(desk, &mut lead, &seat.pro, "pro")? {
            Assigned::Impossible => {}
            Assigned::Offered => {
                // The offer itself says everything.
                seat.jobs.push((lead, true));
                return Ok(());
            }
            Assigned::TimesOffered => {
                let args = args![lead = lead.number.to_string(), issue = lead.issue_summary.as_str()];
                seat.tell(desk, "pro-found-lead", &args);
                seat.jobs.push((lead, true));
                return Ok(());
            }
        }
    }
    seat.tell(desk, "pro-found-nothing", &args![]);
    Ok(())
}

fn fits(lead: &Lead, seat: &Seat) -> bool {
    let pro = &seat.pro;
    lead.status == Status::PendingAdminReview
        && pro.trades.contains(&lead.issue_type)
        && lead.customer_phone.as_deref() != Some(pro.phone.as_str())
        && !lead.declined.contains(&pro.id)
        && lead.address.city.as_deref().is_some_and(|city| routing::serves(pro, city, &places::position))
}
