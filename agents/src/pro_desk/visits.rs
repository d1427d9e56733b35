//! A job that needs another visit: `ביקור נוסף מחר 10:00`, for a booked job or one that was finished just now.

use super::decide::Seat;
use super::jobs::ask_which;
use crate::booking::{self, Errand, further};
use crate::calendar::HORIZON_DAYS;
use crate::conversation::ProAction;
use crate::lead::{Lead, Slot, Status};
use crate::message::{Inbound, Outbound};
use crate::say;
use crate::turn::{Desk, Need};
use crate::when::{self, When};
use crate::words;
use chrono::Duration;
use locales::{Word, args};

/// How long after the end of a job its pro may add a visit.
const AFTERWARDS: Duration = Duration::hours(24);
/// The longest visit that is written with its end.
const LONGEST: Duration = Duration::hours(12);

/// Asks the customer of a job whether another visit at the time after the word suits: of the job whose message is quoted,
/// else of that of the number, else of the only one, else asks which.
pub(super) fn another(
    desk: &mut Desk<'_>,
    seat: &mut Seat,
    words: &str,
    inbound: &Inbound,
) -> Result<(), Need> {
    let rest = words::after(words, Word::AnotherVisit).unwrap_or_default();
    let mut jobs = jobs(desk, seat)?;
    let (number, time) = split_number(rest, &jobs);
    if let Some(number) = number {
        jobs.retain(|lead| lead.number == number);
    } else if let Some(message) = &inbound.reply_to
        && let Some(quoted) = desk.quoted(message)?
    {
        jobs.retain(|lead| lead.id == quoted.lead);
    }
    if jobs.is_empty() {
        seat.tell(desk, "pro-no-open-jobs", &args![]);
        return Ok(());
    }
    let Some(slot) = slot_of(desk, seat, jobs.first(), time) else {
        seat.tell(desk, "pro-another-visit-how", &args![]);
        return Ok(());
    };
    match jobs.as_slice() {
        [only] => propose(desk, seat, only.clone(), slot),
        several => {
            let numbers = several.iter().map(|lead| lead.number).collect();
            ask_which(desk, seat, ProAction::AnotherVisit, numbers, Some(slot));
            Ok(())
        }
    }
}

/// The same for the job of this number, out of those that were listed.
pub(super) fn for_number(desk: &mut Desk<'_>, seat: &mut Seat, number: u64, slot: Slot) -> Result<(), Need> {
    match jobs(desk, seat)?.into_iter().find(|lead| lead.number == number) {
        Some(lead) => propose(desk, seat, lead, slot),
        None => {
            seat.tell(desk, "pro-no-open-jobs", &args![]);
            Ok(())
        }
    }
}

/// The booked jobs, and those that were finished just now.
fn jobs(desk: &Desk<'_>, seat: &Seat) -> Result<Vec<Lead>, Need> {
    let mut jobs: Vec<Lead> = seat.jobs_of(Status::Booked).into_iter().cloned().collect();
    let is_recent = |lead: &Lead| {
        lead.status == Status::Completed
            && lead.became_at(Status::Completed).is_some_and(|at| at + AFTERWARDS > desk.now)
    };
    let in_this_turn = desk.decision.leads.iter().chain(seat.jobs.iter().map(|(lead, _)| lead));
    for lead in in_this_turn.chain(desk.ended_leads(&seat.pro.id)?) {
        if is_recent(lead)
            && lead.pro.as_ref() == Some(&seat.pro.id)
            && !jobs.iter().any(|other| other.id == lead.id)
        {
            jobs.push(lead.clone());
        }
    }
    jobs.sort_by_key(|lead| lead.number);
    Ok(jobs)
}

/// The number of a job before the time: `ביקור נוסף 17 מחר 10:00`.
fn split_number<'w>(words: &'w str, jobs: &[Lead]) -> (Option<u64>, &'w str) {
    let (first, rest) = words.split_once(' ').unwrap_or((words, ""));
    let number = first.trim_start_matches('#').parse().ok();
    match number.filter(|number| jobs.iter().any(|lead| lead.number == *number)) {
        Some(number) => (Some(number), rest.trim()),
        None => (None, words),
    }
}

/// The time that the words name, for a visit as long as such a job takes; none when it is none, has gone by or is too far
/// away.
fn slot_of(desk: &Desk<'_>, seat: &Seat, lead: Option<&Lead>, words: &str) -> Option<Slot> {
    let minutes = seat.pro.visit_minutes(lead.and_then(|lead| lead.item.as_deref()));
    let length = Duration::minutes(i64::from(minutes));
    let slot = match when::read(words, &when::Context::new(desk.now, desk.business.timezone)) {
        When::Point(from) => Slot { from, to: from + length },
        When::Range { from, to } if to - from <= LONGEST => Slot { from, to },
        When::Range { .. }
        | When::Date(_)
        | When::Days { .. }
        | When::Candidates(_)
        | When::Earliest
        | When::Any
        | When::Exclusion(_)
        | When::Past
        | When::Clarify(_)
        | When::None => return None,
    };
    let last = desk.now + Duration::days(HORIZON_DAYS);
    (slot.from > desk.now && slot.to < last).then_some(slot)
}

fn propose(desk: &mut Desk<'_>, seat: &mut Seat, mut lead: Lead, slot: Slot) -> Result<(), Need> {
    let language = seat.pro.language;
    let number = lead.number.to_string();
    if booking::may_take(desk, &seat.pro, Errand::further(&lead), slot)?.is_err() {
        let free = booking::free_slots(desk, &seat.pro, Errand::further(&lead))?;
        let (near, _) = booking::alternatives(desk, &free, Some(&When::Point(slot.from)));
        let when = |slot: &Slot| say::slot(desk.business, language, slot, desk.now);
        let lines = near.iter().map(|slot| format!("- {}", when(slot)));
        let header = seat.text("pro-another-visit-not-free", &args![lead = number, slot = when(&slot)]);
        let message = std::iter::once(header).chain(lines).collect::<Vec<_>>().join("\n");
        seat.send(desk, Outbound::text(message), Some(&lead));
        return Ok(());
    }
    let proposed = further::propose(desk, &mut lead, &seat.pro, slot)?;
    let slot = say::slot(desk.business, language, &slot, desk.now);
    let key = match proposed {
        further::Proposed::Asked => "pro-another-visit-asked",
        further::Proposed::Unreachable => "pro-another-visit-unreachable",
    };
    let phone = lead.customer_phone.as_deref().map(say::phone).unwrap_or_default();
    let said = say::message(language, key, &args![lead = number, slot = slot, phone = phone]);
    seat.send(desk, said, Some(&lead));
    match seat.jobs.iter().position(|(other, _)| other.id == lead.id) {
        Some(index) => seat.jobs[index] = (lead, true),
        None => seat.jobs.push((lead, true)),
    }
    Ok(())
}
