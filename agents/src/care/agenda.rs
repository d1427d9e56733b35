//! A pro's day: the visits of one date, in order, as one message.

use crate::business::Business;
use crate::lead::{Lead, Status};
use crate::message::Outbound;
use crate::pro::Pro;
use crate::say;
use chrono::{DateTime, NaiveDate, Utc};
use locales::{args, text};

/// The message with a pro's visits of a local date; none on a day without any.
#[must_use]
pub fn agenda(
    business: &Business,
    pro: &Pro,
    leads: &[Lead],
    date: NaiveDate,
    now: DateTime<Utc>,
) -> Option<Outbound> {
    let is_that_day = |lead: &Lead| {
        lead.status == Status::Booked
            && lead.pro.as_ref() == Some(&pro.id)
            && lead.slot.is_some_and(|slot| slot.from.with_timezone(&business.timezone).date_naive() == date)
    };
    let mut visits: Vec<Lead> = leads.iter().flat_map(Lead::by_visit).filter(is_that_day).collect();
    visits.sort_by_key(|lead| lead.slot);
    if visits.is_empty() {
        return None;
    }
    let language = pro.language;
    let count = i64::try_from(visits.len()).unwrap_or(i64::MAX);
    let mut lines = vec![text(language, "pro-agenda-header", &args![count = count])];
    for lead in &visits {
        let unknown = || text(language, "unknown", &args![]);
        let slot = lead.slot.map(|slot| say::slot(business, language, &slot, now)).unwrap_or_default();
        lines.push(text(
            language,
            "pro-agenda-line",
            &args![
                lead = lead.number.to_string(),
                slot = slot,
                name = lead.customer_name.clone().unwrap_or_else(unknown),
                address = say::address(language, &lead.address),
                issue = lead.issue_summary.as_str()
            ],
        ));
    }
    Some(Outbound::text(lines.join("\n")))
}
