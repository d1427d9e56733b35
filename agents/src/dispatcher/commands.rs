//! What a customer gets without a model: status, a person, taking back, another time, starting over; and answers to
//! the questions that are open.

use super::progress::Pick;
use super::talk::Talk;
use crate::booking::{self, ladder};
use crate::care::{self, CustomerTap};
use crate::conversation::{Pending, Question};
use crate::decision::{Purpose, Recipient};
use crate::lead::{Lead, Status};
use crate::policy;
use crate::pro::Pro;
use crate::request::Request;
use crate::say;
use crate::turn::{Desk, Need};
use crate::understanding::{Reading, YesNo};
use crate::when::{self, When};
use chrono::{DateTime, Utc};
use locales::args;

/// What came of an answer to an open question.
pub(crate) enum Outcome {
    /// Everything is said.
    Said,
    /// The request goes on with this choice.
    GoOn(Pick),
}

/// The pro of a lead.
pub(crate) fn pro_of<'d>(desk: &Desk<'d>, lead: &Lead) -> Result<Option<&'d Pro>, Need> {
    let Some(id) = &lead.pro else { return Ok(None) };
    Ok(desk.pros()?.iter().find(|candidate| candidate.pro.id == *id).map(|candidate| &candidate.pro))
}

/// A person takes over: the bot is silent, the lead is marked, the pro knows (L15).
pub(crate) fn human(desk: &mut Desk<'_>, talk: &mut Talk<'_>) -> Result<(), Need> {
    let pro = match &talk.lead {
        Some(lead) => pro_of(desk, lead)?,
        None => None,
    };
    talk.conversation.paused_until = Some(desk.now + policy::PAUSE);
    talk.conversation.needs_human = Some("asked_for_human".to_owned());
    talk.say("customer-human", &args![]);
    if let Some(lead) = talk.lead.as_mut() {
        lead.needs_human = Some("asked_for_human".to_owned());
        if let (Some(pro), Status::New | Status::Booked) = (pro, lead.status) {
            let unknown = || locales::text(pro.language, "unknown", &args![]);
            let args = args![
                lead = lead.number.to_string(),
                name = lead.customer_name.clone().unwrap_or_else(unknown),
                phone = lead.customer_phone.as_deref().map_or_else(unknown, say::phone)
            ];
            let message = say::message(pro.language, "pro-customer-needs-human", &args);
            desk.say(Recipient::Pro(pro.id.clone()), Purpose::Duty, message, Some(lead));
        }
    }
    desk.note("needs_human", talk.lead.as_ref().map(|lead| &lead.id), "asked_for_human");
    Ok(())
}

/// Where the request stands.
pub(crate) fn status(desk: &Desk<'_>, talk: &mut Talk<'_>) -> Result<(), Need> {
    let Some(lead) = talk.lead.clone().or_else(|| talk.leads.first().cloned()) else {
        talk.say("customer-status-none", &args![]);
        return Ok(());
    };
    let pro = pro_of(desk, &lead)?;
    let slot =
        lead.slot.map(|slot| say::slot(desk.business, talk.language, &slot, desk.now)).unwrap_or_default();
    let issue = || args![issue = lead.issue_summary.as_str()];
    match (lead.status, pro) {
        (Status::New, Some(pro)) => {
            talk.say("customer-status-new", &args![pro = pro.name.as_str(), slot = slot]);
        }
        (Status::Booked, Some(pro)) => {
            let args = args![pro = pro.name.as_str(), slot = slot, phone = say::phone(&pro.phone)];
            talk.say("customer-status-booked", &args);
        }
        (Status::New | Status::Booked | Status::PendingAdminReview, _) => {
            talk.say("customer-status-pending-admin-review", &args![]);
        }
        (Status::Contacted, _) => talk.say("customer-status-contacted", &issue()),
        (Status::Completed, _) => talk.say("customer-status-completed", &issue()),
        (Status::Closed, _) => talk.say("customer-status-closed", &issue()),
        (Status::Cancelled, _) => talk.say("customer-status-cancelled", &issue()),
        (Status::Rejected, _) => talk.say("customer-status-rejected", &args![]),
    }
    Ok(())
}

/// Asks once whether to cancel (B83); what ended already is said to have ended (B88).
pub(crate) fn ask_to_cancel(desk: &mut Desk<'_>, talk: &mut Talk<'_>) -> Result<(), Need> {
    let Some(lead) = &talk.lead else {
        let has_request = talk.conversation.request.issue.is_some();
        let cancelled = talk.leads.first().is_some_and(|lead| lead.status == Status::Cancelled);
        if has_request {
            talk.conversation.request = Request { name: talk.contact.name.clone(), ..Request::default() };
            talk.conversation.pending = None;
            talk.say("customer-cancelled", &args![]);
        } else {
            talk.say(
                if cancelled { "customer-already-cancelled" } else { "customer-nothing-to-cancel" },
                &args![],
            );
        }
        return Ok(());
    };
    let (key, args) = match lead.slot.filter(|_| talk.is_agreed()) {
        Some(slot) => {
            let slot = say::slot(desk.business, talk.language, &slot, desk.now);
            ("customer-cancel-question", args![slot = slot])
        }
        None => ("customer-cancel-request-question", args![issue = lead.issue_summary.clone()]),
    };
    talk.say(key, &args);
    talk.ask(desk.now, Question::ConfirmCancel, policy::CONFIRM_LIFE);
    Ok(())
}

/// Offers other free times of the same pro for an agreed visit.
pub(crate) fn reschedule(desk: &mut Desk<'_>, talk: &mut Talk<'_>) -> Result<(), Need> {
    let agreed = talk.lead.clone().filter(|_| talk.is_agreed());
    let pro = match &agreed {
        Some(lead) => pro_of(desk, lead)?,
        None => None,
    };
    let (Some(lead), Some(pro)) = (agreed, pro) else {
        talk.say("customer-nothing-to-reschedule", &args![]);
        return Ok(());
    };
    let mut free =
        booking::free_slots(desk, pro, lead.item.as_deref(), lead.emergency, lead.appointment.as_ref())?;
    free.retain(|slot| Some(*slot) != lead.slot);
    let words = talk.words();
    let wish = when::read(&words, &when::Context::new(desk.now, desk.business.timezone));
    let (slots, _) = booking::alternatives(desk, &free, Some(&wish));
    if slots.is_empty() {
        talk.conversation.needs_human = Some("no_free_slots".to_owned());
        talk.say("customer-reschedule-none", &args![]);
        return Ok(());
    }
    let current =
        lead.slot.map(|slot| say::slot(desk.business, talk.language, &slot, desk.now)).unwrap_or_default();
    let header = locales::text(talk.language, "customer-reschedule-header", &args![slot = current]);
    let (lines, buttons) = say::slot_choice(desk.business, talk.language, &slots, desk.now);
    talk.say_message(crate::message::Outbound { text: format!("{header}\n{}", lines.join("\n")), buttons });
    talk.ask(desk.now, Question::ChooseSlot { pro: pro.id.clone(), slots }, policy::QUESTION_LIFE);
    Ok(())
}

/// Forgets the request under way; what is agreed with a pro stays agreed (L44).
pub(crate) fn reset(desk: &mut Desk<'_>, talk: &mut Talk<'_>) -> Result<(), Need> {
    if let Some(lead) = talk.lead.as_mut()
        && matches!(lead.status, Status::Contacted | Status::Rejected)
    {
        let _ = lead.become_(Status::Closed, desk.now, "reset_by_customer");
        talk.save_lead_under_way();
    }
    talk.conversation.request = Request::default();
    talk.conversation.lead = None;
    talk.conversation.pending = None;
    talk.conversation.misses.clear();
    talk.lead = None;
    talk.say("customer-reset-done", &args![]);
    Ok(())
}

/// Reads the burst as an answer to the open question. None when it is something else.
pub(crate) fn answered(
    desk: &mut Desk<'_>,
    talk: &mut Talk<'_>,
    pending: &Pending,
    reading: &Reading,
) -> Result<Option<Outcome>, Need> {
    match &pending.question {
        Question::ConfirmCancel => match reading.answer {
            Some(YesNo::Yes) => {
                let pro = match &talk.lead {
                    Some(lead) => pro_of(desk, lead)?,
                    None => None,
                };
                talk.conversation.pending = None;
                let cancelled = match talk.lead.as_mut() {
                    Some(lead) => booking::cancel(desk, lead, pro),
                    None => false,
                };
                talk.say(
                    if cancelled { "customer-cancelled" } else { "customer-already-cancelled" },
                    &args![],
                );
                if cancelled {
                    talk.close_request();
                }
                Ok(Some(Outcome::Said))
            }
            Some(YesNo::No | YesNo::Later) => {
                talk.conversation.pending = None;
                let slot = talk.lead.as_ref().and_then(|lead| lead.slot).filter(|_| talk.is_agreed());
                match slot {
                    Some(slot) => {
                        let slot = say::slot(desk.business, talk.language, &slot, desk.now);
                        talk.say("customer-kept", &args![slot = slot]);
                    }
                    None => talk.say("customer-request-kept", &args![]),
                }
                Ok(Some(Outcome::Said))
            }
            None => {
                talk.conversation.pending = None;
                Ok(None)
            }
        },
        Question::ChooseSlot { slots, .. } => {
            if let Some(number) = reading.number {
                let chosen = usize::try_from(number)
                    .ok()
                    .and_then(|number| number.checked_sub(1))
                    .and_then(|index| slots.get(index));
                if let Some(slot) = chosen {
                    return Ok(Some(Outcome::GoOn(Pick::Chosen(slot.from))));
                }
                if talk.is_bare_number() {
                    talk.say("customer-slot-number-invalid", &args![]);
                    return Ok(Some(Outcome::Said));
                }
            }
            // "Tomorrow at noon works" says when, and is looked up like any other wish (B69).
            let context = when::Context {
                asked_for_time: true,
                ..when::Context::new(desk.now, desk.business.timezone)
            };
            let says_when = super::guard::is_a_wish(&when::read(&talk.words(), &context));
            if reading.answer == Some(YesNo::Yes) && !talk.says_more_than_yes() && !says_when {
                return Ok(Some(match slots.as_slice() {
                    [only] => Outcome::GoOn(Pick::Chosen(only.from)),
                    _ => {
                        talk.say("customer-slot-which", &args![]);
                        Outcome::Said
                    }
                }));
            }
            Ok(None)
        }
        Question::SameAddress => {
            if reading.answer == Some(YesNo::Yes) && reading.street.is_none() {
                talk.conversation.request.address = talk.contact.address.clone().unwrap_or_default();
                talk.conversation.pending = None;
                return Ok(Some(Outcome::GoOn(Pick::Nothing)));
            }
            talk.conversation.pending = None;
            // A question in between leaves the old address to be asked about again.
            if reading.answer == Some(YesNo::No)
                || reading.moved
                || reading.street.is_some()
                || reading.city.is_some()
            {
                talk.contact.address = None;
            }
            Ok(None)
        }
        Question::AnotherPro | Question::CallOffered | Question::VisitDone => {
            let wanted = match (reading.answer, reading.number) {
                (Some(YesNo::Yes), _) | (None, Some(1)) => true,
                (Some(YesNo::No | YesNo::Later), _) | (None, Some(2)) => false,
                (None, _) => return Ok(None),
            };
            care_answered(desk, talk, &pending.question, wanted)?;
            Ok(Some(Outcome::Said))
        }
        Question::Tell { .. }
        | Question::Consent
        | Question::ReviewWords
        | Question::WhichLead { .. }
        | Question::FinalPrice => Ok(None),
    }
}

/// The answer to a question that was asked unasked: 1 or yes, 2 or no.
fn care_answered(
    desk: &mut Desk<'_>,
    talk: &mut Talk<'_>,
    question: &Question,
    wanted: bool,
) -> Result<(), Need> {
    talk.conversation.pending = None;
    if *question == Question::CallOffered {
        let said = care::call_answered(desk, &mut talk.conversation, wanted);
        talk.say_message(said);
        return Ok(());
    }
    let Some(mut lead) = talk.lead.clone() else { return status(desk, talk) };
    if *question == Question::VisitDone {
        let said = care::work_was_done(desk, &mut lead, wanted)?;
        talk.say_message(said);
    } else if lead.status != Status::New {
        return status(desk, talk);
    } else if wanted {
        ladder::another_pro_wanted(desk, &mut lead)?;
    } else {
        ladder::keep_waiting(desk, &mut lead)?;
    }
    talk.lead = Some(lead);
    Ok(())
}

/// A tap on a button of a reminder or of the question whether the work was done: it speaks of that visit, whatever else
/// is under way (B80).
pub(crate) fn tapped(desk: &mut Desk<'_>, talk: &mut Talk<'_>, tap: CustomerTap) -> Result<(), Need> {
    let found = match &tap {
        CustomerTap::Confirm(appointment)
        | CustomerTap::Move(appointment)
        | CustomerTap::Cancel(appointment)
        | CustomerTap::WorkDone(appointment)
        | CustomerTap::WorkNotDone(appointment) => {
            talk.turn_to(|lead| lead.appointment.as_ref() == Some(appointment))
        }
        CustomerTap::AnotherPro(id, round) | CustomerTap::KeepWaiting(id, round) => {
            let is_open = |lead: &Lead| lead.offer.as_ref().is_some_and(|offer| offer.round == *round);
            talk.turn_to(|lead| lead.id == *id && is_open(lead))
        }
    };
    if !found {
        talk.say("customer-visit-gone", &args![]);
        return Ok(());
    }
    match tap {
        CustomerTap::Confirm(appointment) => {
            let Some(mut lead) = talk.lead.clone() else { return Ok(()) };
            let stands = care::confirm(desk, &mut lead, &appointment);
            let slot = lead.slot.map(|slot| say::slot(desk.business, talk.language, &slot, desk.now));
            talk.lead = Some(lead);
            match slot.filter(|_| stands) {
                Some(slot) => talk.say("customer-confirmed", &args![slot = slot]),
                None => talk.say("customer-visit-gone", &args![]),
            }
            Ok(())
        }
        CustomerTap::Move(_) => reschedule(desk, talk),
        CustomerTap::Cancel(_) => ask_to_cancel(desk, talk),
        CustomerTap::WorkDone(_) => care_answered(desk, talk, &Question::VisitDone, true),
        CustomerTap::WorkNotDone(_) => care_answered(desk, talk, &Question::VisitDone, false),
        CustomerTap::AnotherPro(..) => care_answered(desk, talk, &Question::AnotherPro, true),
        CustomerTap::KeepWaiting(..) => care_answered(desk, talk, &Question::AnotherPro, false),
    }
}

/// Whether a bare `1530` may be a time here.
pub(crate) fn asks_for_time(pending: Option<&Pending>) -> bool {
    pending.is_some_and(|pending| match pending.question {
        Question::ChooseSlot { .. } => true,
        Question::Tell { need } => need == crate::conversation::Need::Slot,
        Question::Consent
        | Question::SameAddress
        | Question::ConfirmCancel
        | Question::ReviewWords
        | Question::AnotherPro
        | Question::CallOffered
        | Question::VisitDone
        | Question::WhichLead { .. }
        | Question::FinalPrice => false,
    })
}

/// The one offered slot that a wish fits, if it is only one. A day or a part of one chooses only together with a yes:
/// else there may be better times in it than the one that was offered.
pub(crate) fn only_fitting(
    desk: &Desk<'_>,
    pending: Option<&Pending>,
    wish: &When,
    agrees: bool,
) -> Option<DateTime<Utc>> {
    let Some(Question::ChooseSlot { slots, .. }) = pending.map(|pending| &pending.question) else {
        return None;
    };
    if !super::guard::is_a_wish(wish) || *wish == When::Earliest {
        return None;
    }
    let is_exact = match wish {
        When::Point(_) | When::Candidates(_) => true,
        When::Range { .. }
        | When::Date(_)
        | When::Days { .. }
        | When::Earliest
        | When::Any
        | When::Exclusion(_)
        | When::Past
        | When::Clarify(_)
        | When::None => false,
    };
    if !is_exact && !agrees {
        return None;
    }
    let mut fitting = slots.iter().filter(|slot| wish.allows(slot.from, desk.business.timezone));
    let first = fitting.next()?;
    fitting.next().is_none().then_some(first.from)
}
