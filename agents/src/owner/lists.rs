//! What an owner may look at: the visits of a day, stuck leads, the figures of the week. Nothing changes here.

use super::decide::Office;
use crate::calendar;
use crate::lead::{Lead, Status};
use crate::say;
use crate::turn::{Desk, Need};
use chrono::{DateTime, Days, Duration, Utc};
use locales::args;

/// The most lines of a list.
const SHOWN: usize = 10;
/// How far the figures look back.
const WEEK: Duration = Duration::days(7);

fn figure(count: usize) -> i64 {
    i64::try_from(count).unwrap_or(i64::MAX)
}

/// The visits of a local day, so many days from now (B115 to B117).
pub(super) fn visits(desk: &mut Desk<'_>, office: &Office, days_ahead: u64) -> Result<(), Need> {
    let zone = desk.business.timezone;
    let today = calendar::local(desk.now, zone).date;
    let date = today.checked_add_days(Days::new(days_ahead)).unwrap_or(today);
    let day = office.text(if days_ahead == 0 { "day-today" } else { "day-tomorrow" }, &args![]);
    let is_then = |lead: &Lead| {
        matches!(lead.status, Status::Booked | Status::Completed)
            && lead.slot.is_some_and(|slot| calendar::local(slot.from, zone).date == date)
    };
    let mut visits: Vec<Lead> =
        desk.business_leads()?.iter().flat_map(Lead::by_visit).filter(is_then).collect();
    visits.sort_by_key(|lead| (lead.slot, lead.number));
    if visits.is_empty() {
        let args = args![business = desk.business.name.as_str(), day = day];
        office.tell(desk, "owner-no-visits", &args);
        return Ok(());
    }
    let names = desk.pros()?;
    let unknown = || office.text("unknown", &args![]);
    let line = |lead: &Lead| {
        let pro = names.iter().find(|candidate| Some(&candidate.pro.id) == lead.pro.as_ref());
        let args = args![
            lead = lead.number.to_string(),
            time = lead.slot.map(|slot| say::time(desk.business, slot.from)).unwrap_or_default(),
            name = lead.customer_name.clone().unwrap_or_else(unknown),
            issue = lead.issue_summary.as_str(),
            pro = pro.map_or_else(unknown, |candidate| candidate.pro.name.clone())
        ];
        office.text("owner-visit", &args)
    };
    let lines = visits.iter().take(SHOWN).map(line).collect();
    let emergencies = visits.iter().filter(|lead| lead.emergency).count();
    let args = args![
        day = day,
        count = figure(visits.len()),
        emergencies = emergencies.to_string(),
        standard = (visits.len() - emergencies).to_string()
    ];
    let header = office.text("owner-visits", &args);
    office.list(desk, header, lines);
    Ok(())
}

/// Leads that wait for a person, the most urgent first.
pub(super) fn waiting(desk: &Desk<'_>) -> Result<Vec<Lead>, Need> {
    let mut waiting: Vec<Lead> = desk
        .business_leads()?
        .iter()
        .filter(|lead| lead.status == Status::PendingAdminReview)
        .cloned()
        .collect();
    waiting.sort_by_key(|lead| (!lead.emergency, lead.number));
    waiting.truncate(SHOWN - 1);
    Ok(waiting)
}

/// A stuck lead in one line.
pub(super) fn stuck_line(desk: &Desk<'_>, office: &Office, lead: &Lead) -> String {
    let city = lead.address.city.as_deref().map(|city| say::city(office.language, city));
    let since = lead.became_at(Status::PendingAdminReview).unwrap_or(desk.now);
    let args = args![
        lead = lead.number.to_string(),
        issue = lead.issue_summary.as_str(),
        city = city.unwrap_or_else(|| office.text("unknown", &args![])),
        minutes = (desk.now - since).num_minutes()
    ];
    office.text("owner-stuck-line", &args)
}

/// The leads that wait for a person.
pub(super) fn stuck(desk: &mut Desk<'_>, office: &Office) -> Result<(), Need> {
    let waiting = waiting(desk)?;
    if waiting.is_empty() {
        office.tell(desk, "owner-nothing-stuck", &args![]);
        return Ok(());
    }
    let lines = waiting.iter().map(|lead| stuck_line(desk, office, lead)).collect();
    let header = office.text("owner-stuck", &args![count = figure(waiting.len())]);
    office.list(desk, header, lines);
    Ok(())
}

/// The figures of the last seven days; also the answer to whatever is no command (B126).
pub(super) fn week(desk: &mut Desk<'_>, office: &Office) -> Result<(), Need> {
    let leads = desk.business_leads()?;
    let since = desk.now - WEEK;
    let lately = |at: Option<DateTime<Utc>>| at.is_some_and(|at| at >= since);
    let of = |status: Status| leads.iter().filter(move |lead| lately(lead.became_at(status)));
    let asked = leads.iter().filter(|lead| lately(lead.history.first().map(|change| change.at))).count();
    let done: Vec<&Lead> = of(Status::Completed).collect();
    let sum = |part: fn(&Lead) -> Option<u32>| {
        done.iter().filter_map(|lead| part(lead)).fold(0, u32::saturating_add)
    };
    let amount = |amount| say::amount(desk.business, office.language, amount, amount);
    let waits: Vec<i64> = of(Status::Booked).filter_map(approval_minutes).collect();
    let mut lines = vec![
        office.text("owner-week-leads", &args![count = figure(asked)]),
        office.text("owner-week-booked", &args![count = figure(of(Status::Booked).count())]),
        office.text("owner-week-completed", &args![count = figure(done.len())]),
        office.text(
            "owner-week-revenue",
            &args![
                revenue = amount(sum(|lead| lead.final_price)),
                commission = amount(sum(|lead| lead.commission))
            ],
        ),
    ];
    let count = i64::try_from(waits.len()).unwrap_or(i64::MAX);
    if let Some(minutes) = waits.iter().sum::<i64>().checked_div(count) {
        lines.push(office.text("owner-week-approval", &args![minutes = minutes]));
    }
    let stuck = leads.iter().filter(|lead| lead.status == Status::PendingAdminReview).count();
    lines.push(office.text("owner-week-stuck", &args![count = figure(stuck)]));
    if desk.business.paused_at.is_some() {
        lines.push(office.text("owner-bot-is-paused", &args![]));
    }
    lines.push(office.text("owner-week-more", &args![]));
    let header = office.text("owner-week", &args![business = desk.business.name.as_str()]);
    office.list(desk, header, lines);
    Ok(())
}

/// How long the pro thought about the offer that was taken, in minutes; none where nobody was asked.
fn approval_minutes(lead: &Lead) -> Option<i64> {
    let booked = lead.history.iter().rposition(|change| change.status == Status::Booked)?;
    let asked = lead.history.get(..booked)?.iter().rfind(|change| change.status == Status::New)?;
    Some((lead.history[booked].at - asked.at).num_minutes())
}
