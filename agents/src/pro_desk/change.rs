//! A booked job that the pro takes back or moves: the question, and what comes of the answer. Nothing changes before it.

use super::decide::Seat;
use crate::booking;
use crate::conversation::{DeskQuestion, Question};
use crate::lead::{Lead, Slot};
use crate::message::Outbound;
use crate::policy;
use crate::say;
use crate::text::{clean, truncate};
use crate::turn::{Desk, Need};
use locales::args;

/// The longest reason that a customer is told, in characters.
const LONGEST_REASON: usize = 200;

/// Asks why the job is taken back; the answer is the confirmation.
pub(super) fn ask_reason(desk: &mut Desk<'_>, seat: &mut Seat, lead: &Lead) -> Result<(), Need> {
    seat.ask(desk, Question::Desk(DeskQuestion::CancelReason), Some(lead), policy::QUESTION_LIFE);
    let slot = lead.slot.map(|slot| say::slot(desk.business, seat.pro.language, &slot, desk.now));
    let args = args![lead = lead.number.to_string(), slot = slot.unwrap_or_default()];
    let question = say::message(seat.pro.language, "pro-ask-cancel-reason", &args);
    seat.send(desk, question, Some(lead));
    Ok(())
}

/// The same again.
pub(super) fn ask_reason_again(desk: &mut Desk<'_>, seat: &mut Seat) -> Result<(), Need> {
    match seat.job_of_question() {
        Some((_, lead)) => ask_reason(desk, seat, &lead),
        None => gone(desk, seat),
    }
}

/// Takes the job back (L26, B96).
pub(super) fn cancel(desk: &mut Desk<'_>, seat: &mut Seat, words: Option<&str>) -> Result<(), Need> {
    let Some((index, mut lead)) = seat.job_of_question() else { return gone(desk, seat) };
    let reason = words.map(clean);
    let reason = reason.as_deref().map(|reason| truncate(reason, LONGEST_REASON));
    if !booking::take_back_booking(desk, &mut lead, &seat.pro, reason)? {
        return gone(desk, seat);
    }
    seat.pro.desk.jobs_cancelled += 1;
    seat.pro_changed = true;
    let said = say::message(seat.pro.language, "pro-job-cancelled", &args![lead = lead.number.to_string()]);
    seat.send(desk, said, Some(&lead));
    seat.jobs[index] = (lead, true);
    Ok(())
}

/// Offers the pro's own free times for a booked visit (L30).
pub(super) fn ask_time(desk: &mut Desk<'_>, seat: &mut Seat, lead: &Lead) -> Result<(), Need> {
    let free = other_times(desk, seat, lead)?;
    let (slots, _) = booking::alternatives(desk, &free, None);
    if slots.is_empty() {
        seat.tell(desk, "pro-no-other-times", &args![lead = lead.number.to_string()]);
        return Ok(());
    }
    show_times(desk, seat, lead, slots);
    Ok(())
}

fn other_times(desk: &Desk<'_>, seat: &Seat, lead: &Lead) -> Result<Vec<Slot>, Need> {
    let mut free = booking::free_slots(desk, &seat.pro, booking::Errand::anew(lead))?;
    free.retain(|slot| Some(*slot) != lead.slot);
    Ok(free)
}

fn show_times(desk: &mut Desk<'_>, seat: &mut Seat, lead: &Lead, slots: Vec<Slot>) {
    let (lines, buttons) = say::slot_choice(desk.business, seat.pro.language, &slots, desk.now);
    let header = seat.text("pro-move-header", &args![lead = lead.number.to_string()]);
    let message = Outbound { text: format!("{header}\n{}", lines.join("\n")), buttons, figures: None };
    seat.ask(desk, Question::Desk(DeskQuestion::MoveTo { slots }), Some(lead), policy::QUESTION_LIFE);
    seat.send(desk, message, Some(lead));
}

/// The same again.
pub(super) fn ask_time_again(desk: &mut Desk<'_>, seat: &mut Seat) -> Result<(), Need> {
    let question = seat.pending.as_ref().map(|pending| pending.question.clone());
    match (seat.job_of_question(), question) {
        (Some((_, lead)), Some(Question::Desk(DeskQuestion::MoveTo { slots }))) => {
            show_times(desk, seat, &lead, slots);
            Ok(())
        }
        _ => gone(desk, seat),
    }
}

/// Moves the visit to the time of this number, if it is still free.
pub(super) fn pick_time(desk: &mut Desk<'_>, seat: &mut Seat, number: Option<u64>) -> Result<(), Need> {
    let Some(Question::Desk(DeskQuestion::MoveTo { slots })) =
        seat.pending.as_ref().map(|pending| pending.question.clone())
    else {
        return Ok(());
    };
    let index = number.and_then(|number| usize::try_from(number).ok()?.checked_sub(1));
    let Some(slot) = index.and_then(|index| slots.get(index)).copied() else {
        return ask_time_again(desk, seat);
    };
    let Some((index, mut lead)) = seat.job_of_question() else { return gone(desk, seat) };
    if !other_times(desk, seat, &lead)?.contains(&slot) {
        return ask_time(desk, seat, &lead);
    }
    booking::move_visit(desk, &mut lead, &seat.pro, slot);
    let args = args![
        lead = lead.number.to_string(),
        slot = say::slot(desk.business, seat.pro.language, &slot, desk.now)
    ];
    let said = say::message(seat.pro.language, "pro-job-moved", &args);
    seat.send(desk, said, Some(&lead));
    seat.jobs[index] = (lead, true);
    Ok(())
}

/// The job that was asked about is not the pro's any more.
fn gone(desk: &mut Desk<'_>, seat: &mut Seat) -> Result<(), Need> {
    seat.tell(desk, "pro-no-open-jobs", &args![]);
    Ok(())
}
