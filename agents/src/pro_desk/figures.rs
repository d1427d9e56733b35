//! What a pro may look at: the menu, offers, the day, jobs, the past, figures and reviews. Nothing changes here.

use super::decide::Seat;
use crate::calendar;
use crate::lead::{Lead, Status};
use crate::message::Outbound;
use crate::say;
use crate::turn::{Desk, Need};
use chrono::{DateTime, Datelike, Utc};
use locales::{args, text};

/// How many ended jobs and reviews are shown.
const SHOWN: usize = 5;

fn figure(count: usize) -> i64 {
    i64::try_from(count).unwrap_or(i64::MAX)
}

/// The menu with real figures.
pub(super) fn menu(desk: &mut Desk<'_>, seat: &Seat) {
    let language = seat.pro.language;
    let state = if seat.pro.on_vacation { "pro-menu-state-vacation" } else { "pro-menu-state-available" };
    let lines = [
        text(language, "pro-menu-header", &args![name = seat.pro.name.as_str()]),
        text(language, "pro-menu-offers", &args![count = figure(seat.jobs_of(Status::New).len())]),
        text(language, "pro-menu-jobs", &args![count = figure(seat.jobs_of(Status::Booked).len())]),
        rating(seat),
        text(language, state, &args![]),
        text(language, "pro-menu-commands", &args![]),
    ];
    seat.send(desk, Outbound::text(lines.join("\n")), None);
}

fn rating(seat: &Seat) -> String {
    match seat.pro.reviews {
        0 => seat.text("pro-menu-no-rating", &args![]),
        count => {
            let rating = format!("{:.1}", seat.pro.rating);
            seat.text("pro-menu-rating", &args![rating = rating, count = i64::from(count)])
        }
    }
}

/// A lead in one line: its number, what is broken, where, when.
fn line(desk: &Desk<'_>, seat: &Seat, lead: &Lead) -> String {
    let language = seat.pro.language;
    let when = lead.slot.map(|slot| say::slot(desk.business, language, &slot, desk.now));
    let city = lead.address.city.as_deref().map(|city| say::city(language, city));
    let parts = [Some(lead.issue_summary.clone()), city, when];
    let parts: Vec<String> = parts.into_iter().flatten().collect();
    let args = args![lead = lead.number.to_string(), issue = parts.join(", ")];
    text(language, "pro-which-line", &args)
}

fn list(desk: &mut Desk<'_>, seat: &Seat, header: String, lines: Vec<String>) {
    let message = std::iter::once(header).chain(lines).collect::<Vec<_>>().join("\n");
    seat.send(desk, Outbound::text(message), None);
}

/// The offers that wait.
pub(super) fn offers(desk: &mut Desk<'_>, seat: &Seat) {
    let open = seat.jobs_of(Status::New);
    if open.is_empty() {
        seat.tell(desk, "pro-no-open-offers", &args![]);
        return;
    }
    let lines = open.iter().map(|lead| line(desk, seat, lead)).collect();
    let header = seat.text("pro-menu-offers", &args![count = figure(open.len())]);
    list(desk, seat, header, lines);
}

/// The visits of the local day, with times, addresses and the way there.
pub(super) fn today(desk: &mut Desk<'_>, seat: &Seat) {
    let zone = desk.business.timezone;
    let today = calendar::local(desk.now, zone).date;
    let is_today = |lead: &Lead| lead.slot.is_some_and(|slot| calendar::local(slot.from, zone).date == today);
    let booked = seat.jobs_of(Status::Booked).into_iter();
    let mut visits: Vec<Lead> = booked.flat_map(Lead::by_visit).filter(is_today).collect();
    visits.sort_by_key(|lead| (lead.slot, lead.number));
    if visits.is_empty() {
        seat.tell(desk, "pro-today-none", &args![]);
        return;
    }
    let language = seat.pro.language;
    let unknown = || text(language, "unknown", &args![]);
    let visit = |lead: &Lead| {
        let time = lead.slot.map(|slot| say::time(desk.business, slot.from)).unwrap_or_default();
        let args = args![
            lead = lead.number.to_string(),
            time = time,
            issue = lead.issue_summary.as_str(),
            name = lead.customer_name.clone().unwrap_or_else(unknown),
            phone = lead.customer_phone.as_deref().map_or_else(unknown, say::phone),
            address = say::address(language, &lead.address),
            link = say::navigation_link(&lead.address).unwrap_or_default()
        ];
        text(language, "pro-today-visit", &args)
    };
    let lines = visits.iter().map(visit).collect();
    let header = seat.text("pro-today-header", &args![count = figure(visits.len())]);
    list(desk, seat, header, lines);
}

/// The open jobs: booked, and those whose customer has not chosen a time.
pub(super) fn jobs(desk: &mut Desk<'_>, seat: &Seat) {
    let open = [Status::Booked, Status::Contacted].map(|status| seat.jobs_of(status)).concat();
    let open: Vec<Lead> = open.into_iter().flat_map(Lead::by_visit).collect();
    if open.is_empty() {
        seat.tell(desk, "pro-no-open-jobs", &args![]);
        return;
    }
    let lines = open.iter().map(|lead| line(desk, seat, lead)).collect();
    let header = seat.text("pro-menu-jobs", &args![count = figure(seat.jobs_of(Status::Booked).len())]);
    list(desk, seat, header, lines);
}

/// The jobs that ended.
pub(super) fn history(desk: &mut Desk<'_>, seat: &Seat) -> Result<(), Need> {
    let ended = ended(desk, seat)?;
    if ended.is_empty() {
        seat.tell(desk, "pro-history-none", &args![]);
        return Ok(());
    }
    let lines = ended.iter().take(SHOWN).map(|lead| {
        let key = match lead.status {
            Status::Completed => "pro-history-done",
            Status::Cancelled => "pro-history-cancelled",
            Status::Contacted
            | Status::New
            | Status::Booked
            | Status::Closed
            | Status::Rejected
            | Status::PendingAdminReview => "pro-history-closed",
        };
        let paid = lead.final_price.map(|price| say::amount(desk.business, seat.pro.language, price, price));
        let end = [Some(seat.text(key, &args![])), paid].into_iter().flatten().collect::<Vec<_>>().join(", ");
        format!("{} · {end}", line(desk, seat, lead))
    });
    let lines = lines.collect();
    let header = seat.text("pro-history-header", &args![]);
    list(desk, seat, header, lines);
    Ok(())
}

/// Leads that ended, also in this very turn, newest first.
fn ended(desk: &Desk<'_>, seat: &Seat) -> Result<Vec<Lead>, Need> {
    let mut ended = desk.ended_leads(&seat.pro.id)?.to_vec();
    for lead in desk.decision.leads.iter().chain(seat.jobs.iter().map(|(lead, _)| lead)) {
        if !lead.status.is_open() && lead.pro.as_ref() == Some(&seat.pro.id) {
            ended.retain(|other| other.id != lead.id);
            ended.push(lead.clone());
        }
    }
    ended.sort_by_key(|lead| std::cmp::Reverse(lead.number));
    Ok(ended)
}

/// The pro's figures: this month and the last one, by the local date of completion.
pub(super) fn stats(desk: &mut Desk<'_>, seat: &Seat) -> Result<(), Need> {
    let ended = ended(desk, seat)?;
    let zone = desk.business.timezone;
    let month = |at: DateTime<Utc>| {
        let date = calendar::local(at, zone).date;
        i64::from(date.year()) * 12 + i64::from(date.month0())
    };
    let this = month(desk.now);
    let language = seat.pro.language;
    let of_month = |key: &str, wanted: i64| {
        let done: Vec<&Lead> = ended
            .iter()
            .filter(|lead| lead.status == Status::Completed)
            .filter(|lead| lead.became_at(Status::Completed).map(month) == Some(wanted))
            .collect();
        let sum = |part: fn(&Lead) -> Option<u32>| -> u32 {
            done.iter().filter_map(|lead| part(lead)).fold(0, u32::saturating_add)
        };
        let (revenue, commission) = (sum(|lead| lead.final_price), sum(|lead| lead.commission));
        let amount = |amount| say::amount(desk.business, language, amount, amount);
        let name = text(language, key, &args![]);
        let args = args![
            month = name,
            count = figure(done.len()),
            revenue = amount(revenue),
            commission = amount(commission)
        ];
        text(language, "pro-stats-month", &args)
    };
    let desk_figures = &seat.pro.desk;
    let acceptance = match desk_figures.acceptance_percent() {
        Some(percent) => seat.text("pro-stats-acceptance", &args![percent = i64::from(percent)]),
        None => seat.text("pro-stats-no-offers", &args![]),
    };
    let lines = vec![
        of_month("pro-stats-this-month", this),
        of_month("pro-stats-last-month", this - 1),
        rating(seat),
        acceptance,
        seat.text("pro-stats-no-shows", &args![count = i64::from(desk_figures.customer_no_shows)]),
    ];
    let header = seat.text("pro-stats-header", &args![]);
    list(desk, seat, header, lines);
    Ok(())
}

/// What customers said last.
pub(super) fn reviews(desk: &mut Desk<'_>, seat: &Seat) -> Result<(), Need> {
    let ended = ended(desk, seat)?;
    let lines: Vec<String> = ended
        .iter()
        .filter_map(|lead| lead.review.as_ref().map(|review| (lead, review)))
        .take(SHOWN)
        .map(|(lead, review)| {
            let stars = "★".repeat(usize::from(review.stars));
            match &review.words {
                Some(words) => format!("{}: {stars} {words}", lead.number),
                None => format!("{}: {stars}", lead.number),
            }
        })
        .collect();
    if lines.is_empty() {
        seat.tell(desk, "pro-reviews-none", &args![]);
        return Ok(());
    }
    let header = rating(seat);
    list(desk, seat, header, lines);
    Ok(())
}
