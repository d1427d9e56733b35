//! What a pro does to a lead: which one is meant, whether it still applies, and what becomes of it.

use super::decide::Seat;
use super::{approve, change, figures, visits};
use crate::booking::{self, Hindrance, Why};
use crate::care::{self, ProTap};
use crate::conversation::{ProAction, Question};
use crate::id::LeadId;
use crate::lead::{Lead, Slot, Status};
use crate::message::{Inbound, Outbound};
use crate::policy;
use crate::pro::Pro;
use crate::say;
use crate::text::fold_command;
use crate::turn::{Desk, Need};
use locales::{args, text};

/// Whether an action has a meaning for a lead in its present state.
fn applies(action: ProAction, lead: &Lead, pro: &Pro, desk: &Desk<'_>) -> bool {
    match action {
        ProAction::Approve | ProAction::Reject | ProAction::FreeAndApprove => {
            lead.status == Status::New && lead.offer.as_ref().is_some_and(|offer| offer.pro == pro.id)
        }
        ProAction::Done | ProAction::Cancel | ProAction::Move | ProAction::AnotherVisit => {
            lead.status == Status::Booked
        }
        ProAction::NoShow => {
            let has_begun = |visit: Lead| visit.slot.is_some_and(|slot| slot.from <= desk.now);
            lead.status == Status::Booked && lead.by_visit().into_iter().any(has_begun)
        }
        ProAction::Pause | ProAction::Resume => lead.status.is_open(),
    }
}

/// Does it to the lead whose message is quoted, else to that of the number, else to the only one that it can mean, else
/// asks which.
pub(super) fn act(
    desk: &mut Desk<'_>,
    seat: &mut Seat,
    action: ProAction,
    number: Option<u64>,
    inbound: &Inbound,
) -> Result<(), Need> {
    let quoted = match &inbound.reply_to {
        Some(message) => desk.quoted(message)?.cloned(),
        None => None,
    };
    if let Some(quoted) = quoted {
        return act_on(desk, seat, action, &quoted.lead, quoted.round);
    }
    let fitting: Vec<&Lead> = seat
        .jobs
        .iter()
        .map(|(lead, _)| lead)
        .filter(|lead| applies(action, lead, &seat.pro, desk) && number.is_none_or(|n| lead.number == n))
        .collect();
    match fitting.as_slice() {
        [] => {
            let (key, args) = match (action, number) {
                (ProAction::Approve | ProAction::Reject | ProAction::FreeAndApprove, Some(number)) => {
                    ("pro-no-such-offer", args![lead = number.to_string()])
                }
                (ProAction::Approve | ProAction::Reject | ProAction::FreeAndApprove, None) => {
                    ("pro-no-open-offers", args![])
                }
                (ProAction::NoShow, _) => ("pro-no-begun-jobs", args![]),
                (
                    ProAction::Done
                    | ProAction::Pause
                    | ProAction::Resume
                    | ProAction::Cancel
                    | ProAction::Move
                    | ProAction::AnotherVisit,
                    _,
                ) => ("pro-no-open-jobs", args![]),
            };
            seat.tell(desk, key, &args);
            Ok(())
        }
        [only] => {
            let id = only.id.clone();
            act_on(desk, seat, action, &id, None)
        }
        several => {
            let numbers = several.iter().map(|lead| lead.number).collect();
            ask_which(desk, seat, action, numbers, None);
            Ok(())
        }
    }
}

/// A plain yes or no means the only open offer; with several it would be a guess.
pub(super) fn act_on_only(
    desk: &mut Desk<'_>,
    seat: &mut Seat,
    action: ProAction,
    inbound: &Inbound,
) -> Result<(), Need> {
    if seat.jobs.iter().filter(|(lead, _)| applies(action, lead, &seat.pro, desk)).count() == 1 {
        return act(desk, seat, action, None, inbound);
    }
    figures::menu(desk, seat);
    Ok(())
}

pub(super) fn ask_which(
    desk: &mut Desk<'_>,
    seat: &mut Seat,
    action: ProAction,
    numbers: Vec<u64>,
    slot: Option<Slot>,
) {
    let line = |lead: &Lead| {
        let args = args![lead = lead.number.to_string(), issue = lead.issue_summary.as_str()];
        let mut line = text(seat.pro.language, "pro-which-line", &args);
        if let Some(slot) = lead.slot {
            line = format!("{line}, {}", say::slot(desk.business, seat.pro.language, &slot, desk.now));
        }
        line
    };
    let listed = seat.jobs.iter().filter(|(lead, _)| numbers.contains(&lead.number));
    let lines = listed.map(|(lead, _)| line(lead));
    let question = seat.text("pro-which-job-header", &args![]);
    let message = std::iter::once(question).chain(lines).collect::<Vec<_>>().join("\n");
    seat.ask(desk, Question::WhichLead { action, numbers, slot }, None, policy::QUESTION_LIFE);
    seat.send(desk, Outbound::text(message), None);
}

/// Does what was asked about to the lead of this number.
pub(super) fn pick(desk: &mut Desk<'_>, seat: &mut Seat, number: Option<u64>) -> Result<(), Need> {
    let Some(Question::WhichLead { action, numbers, slot: wanted }) = question(seat) else { return Ok(()) };
    let picked = number.filter(|number| numbers.contains(number));
    if let (Some(slot), Some(number)) = (wanted, picked) {
        return visits::for_number(desk, seat, number, slot);
    }
    let lead = picked.and_then(|number| seat.jobs.iter().find(|(lead, _)| lead.number == number));
    match lead.map(|(lead, _)| lead.id.clone()) {
        Some(id) => act_on(desk, seat, action, &id, None),
        None => {
            ask_which(desk, seat, action, numbers, wanted);
            Ok(())
        }
    }
}

/// Lists the leads again.
pub(super) fn ask_again(desk: &mut Desk<'_>, seat: &mut Seat) -> Result<(), Need> {
    if let Some(Question::WhichLead { action, numbers, slot }) = question(seat) {
        ask_which(desk, seat, action, numbers, slot);
    }
    Ok(())
}

fn question(seat: &Seat) -> Option<Question> {
    seat.pending.as_ref().map(|pending| pending.question.clone())
}

/// Does it to this lead, if it is this pro's and the action still applies: a second tap, a tap on an offer that was
/// replaced, a quote of one, or one of somebody else's, changes nothing.
pub(super) fn act_on(
    desk: &mut Desk<'_>,
    seat: &mut Seat,
    action: ProAction,
    id: &LeadId,
    round: Option<u32>,
) -> Result<(), Need> {
    let language = seat.pro.language;
    let answers_offer = matches!(action, ProAction::Approve | ProAction::Reject | ProAction::FreeAndApprove);
    let is_meant = |lead: &Lead| {
        lead.id == *id
            && applies(action, lead, &seat.pro, desk)
            && round
                .filter(|_| answers_offer)
                .is_none_or(|round| lead.offer.as_ref().is_some_and(|offer| offer.round == round))
    };
    let index = seat.jobs.iter().position(|(lead, _)| is_meant(lead));
    let Some(index) = index else {
        desk.note("action_refused", None, format!("action={action:?} pro={}", seat.pro.id));
        seat.tell(desk, "pro-offer-gone", &args![]);
        return Ok(());
    };
    let mut lead = seat.jobs[index].0.clone();
    if matches!(action, ProAction::Done | ProAction::NoShow) && round.is_none() {
        lead.turn_to_begun(desk.now);
    }
    if action == ProAction::Move {
        lead.turn_to_next(desk.now);
        seat.jobs[index] = (lead.clone(), true);
    }
    if action == ProAction::FreeAndApprove {
        approve::free(desk, seat, &lead);
        return act_on(desk, seat, ProAction::Approve, id, round);
    }
    let hindrance =
        if action == ProAction::Approve { booking::hindrance(desk, &lead, &seat.pro)? } else { None };
    if let Some(hindrance) = hindrance.as_ref().filter(|hindrance| **hindrance != Hindrance::Gone) {
        // Nothing changes: the time stays held until the pro has made room for it, or has declined.
        approve::stopped(desk, seat, &lead, hindrance);
        return Ok(());
    }
    let number = args![lead = lead.number.to_string()];
    let said = match action {
        ProAction::Approve if hindrance == Some(Hindrance::Gone) => {
            booking::decline(desk, &mut lead, &seat.pro.id, Why::SlotGone)?;
            say::message(language, "pro-slot-taken", &number)
        }
        ProAction::Approve => {
            booking::approve(desk, &mut lead, &seat.pro);
            seat.pro.desk.offers_taken += 1;
            seat.pro_changed = true;
            let slot =
                lead.slot.map(|slot| say::slot(desk.business, language, &slot, desk.now)).unwrap_or_default();
            let unknown = || text(language, "unknown", &args![]);
            let args = args![
                lead = lead.number.to_string(),
                slot = slot,
                name = lead.customer_name.clone().unwrap_or_else(unknown),
                phone = lead.customer_phone.as_deref().map_or_else(unknown, say::phone),
                address = say::address(language, &lead.address)
            ];
            say::message(language, "pro-approved", &args)
        }
        ProAction::Reject => {
            booking::decline(desk, &mut lead, &seat.pro.id, Why::Rejected)?;
            seat.pro.desk.offers_declined += 1;
            seat.pro_changed = true;
            say::message(language, "pro-rejected", &number)
        }
        ProAction::Done if has_next_visit(&lead) => {
            let next = booking::further::finish(desk, &mut lead, &seat.pro);
            let slot = next.map(|slot| say::slot(desk.business, language, &slot, desk.now));
            let args = args![lead = lead.number.to_string(), slot = slot.unwrap_or_default()];
            say::message(language, "pro-visit-done-next", &args)
        }
        ProAction::Done => {
            booking::complete(desk, &mut lead, &seat.pro);
            seat.ask(desk, Question::FinalPrice, Some(&lead), policy::PRICE_LIFE);
            let done = text(language, "pro-done", &number);
            let number = args![lead = lead.number.to_string()];
            Outbound::text(format!("{done}\n{}", text(language, "pro-ask-price", &number)))
        }
        // Went on as an approval above; another visit has a time with it.
        ProAction::FreeAndApprove | ProAction::AnotherVisit => return Ok(()),
        ProAction::Cancel => return change::ask_reason(desk, seat, &lead),
        ProAction::Move => return change::ask_time(desk, seat, &lead),
        ProAction::NoShow => {
            let Some(visit) = lead.appointment.clone() else { return Ok(()) };
            let told = care::customer_not_there(desk, &mut lead, &seat.pro, &visit)?;
            seat.pro.desk.customer_no_shows += 1;
            seat.pro_changed = true;
            told.unwrap_or_else(|| say::message(language, "pro-no-open-jobs", &args![]))
        }
        ProAction::Pause | ProAction::Resume => {
            let Some(mut conversation) = desk.conversation(&lead.conversation)? else {
                return Ok(());
            };
            conversation.paused_until = (action == ProAction::Pause).then(|| desk.now + policy::PAUSE);
            desk.save_conversation(conversation);
            desk.note(
                if action == ProAction::Pause { "paused" } else { "resumed" },
                Some(&lead.id),
                "by=pro",
            );
            let name = lead.customer_name.clone().unwrap_or_else(|| text(language, "unknown", &args![]));
            let key = if action == ProAction::Pause { "pro-paused" } else { "pro-resumed" };
            say::message(language, key, &args![name = name])
        }
    };
    seat.send(desk, said, Some(&lead));
    seat.jobs[index] = (lead, true);
    Ok(())
}

/// Whether the job goes on after the visit that is being finished.
fn has_next_visit(lead: &Lead) -> bool {
    lead.further.iter().any(|visit| visit.asked_until.is_none())
}

/// A whole amount, with or without a currency.
fn read_price(folded: &str) -> Option<u32> {
    let digits: String = folded.chars().filter(char::is_ascii_digit).collect();
    let rest: String = folded.chars().filter(|c| !c.is_ascii_digit() && !" ,₪\"".contains(*c)).collect();
    if digits.is_empty() || !["", "שח", "שקל", "שקלים", "nis", "ils"].contains(&rest.as_str()) {
        return None;
    }
    // One digit is no price: nobody works for that little.
    digits.parse().ok().filter(|price| (10..1_000_000).contains(price))
}

/// Keeps what was paid and the business's share of it (L50).
pub(super) fn price(desk: &mut Desk<'_>, seat: &mut Seat, words: &str) -> Result<(), Need> {
    let id = seat.pending.as_ref().and_then(|pending| pending.lead.clone());
    let (Some(price), Some(id)) = (read_price(&fold_command(words)), id) else {
        seat.tell(desk, "pro-price-invalid", &args![]);
        return Ok(());
    };
    seat.room.conversation.pending = None;
    // The job is completed, so it is no longer among the open ones; but it may be since this very turn.
    let known = seat.jobs.iter().position(|(lead, _)| lead.id == id);
    let decided = desk.decision.leads.iter().rev().find(|lead| lead.id == id).cloned();
    let mut lead = match (known, decided) {
        (Some(index), _) => seat.jobs[index].0.clone(),
        (None, Some(decided)) => decided,
        (None, None) => match desk.lead(&id)? {
            Some(lead) => lead.clone(),
            None => return Ok(()),
        },
    };
    lead.final_price = Some(price);
    let share = u64::from(price) * u64::from(desk.business.commission_percent.min(100));
    lead.commission = u32::try_from((share + 50) / 100).ok();
    let args = args![
        price = say::amount(desk.business, seat.pro.language, price, price),
        lead = lead.number.to_string()
    ];
    let said = say::message(seat.pro.language, "pro-price-saved", &args);
    seat.send(desk, said, Some(&lead));
    match known {
        Some(index) => seat.jobs[index] = (lead, true),
        None => seat.jobs.push((lead, true)),
    }
    Ok(())
}

/// A tap on the question whether a visit is done. One that is no longer this pro's changes nothing.
pub(super) fn visit_answered(desk: &mut Desk<'_>, seat: &mut Seat, tap: &ProTap) -> Result<(), Need> {
    let is_meant = |lead: &Lead| lead.status == Status::Booked && lead.slot_of(tap.appointment()).is_some();
    let Some(index) = seat.jobs.iter().position(|(lead, _)| is_meant(lead)) else {
        seat.tell(desk, "pro-no-open-jobs", &args![]);
        return Ok(());
    };
    let _ = seat.jobs[index].0.turn_to(tap.appointment());
    let lead = seat.jobs[index].0.clone();
    match tap {
        // Of that visit, whichever comes first.
        ProTap::Done(_) => act_on(desk, seat, ProAction::Done, &lead.id, Some(0)),
        ProTap::NotThere(_) => act_on(desk, seat, ProAction::NoShow, &lead.id, Some(0)),
        ProTap::NotYet(_) => {
            let told = care::not_yet(&seat.pro, &lead);
            seat.send(desk, told, Some(&lead));
            Ok(())
        }
    }
}
