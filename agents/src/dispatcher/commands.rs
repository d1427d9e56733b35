//! What a customer gets without a model: consent, status, a person, taking back, another time, starting over.

use super::read::Heard;
use super::talk::Talk;
use super::{choices, decide, read, visits, waitlist};
use crate::booking;
use crate::care::{self, CustomerTap};
use crate::concern::Concern;
use crate::conversation::{Pending, Question};
use crate::decision::{Purpose, Recipient};
use crate::lead::{Lead, Status};
use crate::policy;
use crate::pro::Pro;
use crate::request::Request;
use crate::say;
use crate::table::customer::State;
use crate::turn::{Desk, Need};
use crate::when::{self, When};
use chrono::{DateTime, Utc};
use locales::args;

/// The pro of a lead.
pub(crate) fn pro_of<'d>(desk: &Desk<'d>, lead: &Lead) -> Result<Option<&'d Pro>, Need> {
    let Some(id) = &lead.pro else { return Ok(None) };
    Ok(desk.pros()?.iter().find(|candidate| candidate.pro.id == *id).map(|candidate| &candidate.pro))
}

/// Under `consent = "ask"` nothing is done before a yes (L39, L40).
pub(crate) fn ask_consent(desk: &Desk<'_>, talk: &mut Talk<'_>) {
    talk.contact.disclosed_at.get_or_insert(desk.now);
    talk.ask(desk.now, Question::Consent, policy::QUESTION_LIFE);
    talk.say("customer-consent-request", &args![business = desk.business.name.as_str()]);
}

/// The yes starts with what was already written (L39).
pub(crate) fn agree(desk: &mut Desk<'_>, talk: &mut Talk<'_>) -> Result<(), Need> {
    talk.contact.consented_at = Some(desk.now);
    talk.contact.disclosed_at.get_or_insert(desk.now);
    talk.conversation.pending = None;
    desk.note("consented", None, "");
    talk.recall_earlier_words();
    if talk.is_yes() {
        // Nothing was written before that could be gone on with.
        talk.say("customer-ask-name-and-issue", &args![]);
        talk.ask_for_fact(desk.now, crate::conversation::Need::Issue);
        return Ok(());
    }
    decide::by_table(desk, talk)
}

/// A person takes over: the bot is silent, the lead is marked, the pro knows (L15). Asked for again in the pause, it is
/// acknowledged again (M26).
pub(crate) fn human(desk: &mut Desk<'_>, talk: &mut Talk<'_>, state: State) -> Result<(), Need> {
    talk.conversation.paused_until = Some(desk.now + policy::PAUSE);
    talk.say("customer-human", &args![]);
    if state == State::Paused {
        return Ok(());
    }
    // That a message did not arrive is still to be seen when this wish is taken back.
    if !talk.conversation.needs_human.is_some_and(Concern::is_of_delivery) {
        talk.conversation.needs_human = Some(Concern::AskedForHuman);
    }
    desk.note("needs_human", talk.lead.as_ref().map(|lead| &lead.id), Concern::AskedForHuman.key());
    tell_pro_of_wish(desk, talk, Concern::AskedForHuman)
}

/// Marks the lead under way with what the customer wants of a person, and tells the pro of an agreed visit.
pub(crate) fn tell_pro_of_wish(desk: &mut Desk<'_>, talk: &mut Talk<'_>, wish: Concern) -> Result<(), Need> {
    let Some(lead) = talk.lead.as_mut() else { return Ok(()) };
    lead.needs_human = Some(wish);
    let lead = lead.clone();
    if let (Some(pro), Status::New | Status::Booked) = (pro_of(desk, &lead)?, lead.status) {
        let unknown = || locales::text(pro.language, "unknown", &args![]);
        let args = args![
            lead = lead.number.to_string(),
            name = lead.customer_name.clone().unwrap_or_else(unknown),
            phone = lead.customer_phone.as_deref().map_or_else(unknown, say::phone)
        ];
        let message = say::message(pro.language, "pro-customer-needs-human", &args);
        desk.say(Recipient::Pro(pro.id.clone()), Purpose::Duty, message, Some(&lead));
    }
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
            visits::tell_further(desk, talk, &lead);
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
    if talk.lead.is_none() {
        // What was put aside may still be taken back: the visit that is agreed, if it is only one.
        let mut agreed = talk.leads.iter().filter(|lead| matches!(lead.status, Status::New | Status::Booked));
        if let (Some(lead), None, None) = (agreed.next(), agreed.next(), &talk.conversation.request.issue) {
            let lead = lead.clone();
            talk.take_up(&lead);
        }
    }
    if talk.lead.is_none() {
        if talk.conversation.request.issue.is_some() {
            return drop_request(desk, talk);
        }
        let cancelled = talk.leads.first().is_some_and(|lead| lead.status == Status::Cancelled);
        let key = if cancelled { "customer-already-cancelled" } else { "customer-nothing-to-cancel" };
        talk.say(key, &args![]);
        return Ok(());
    }
    cancel_question(desk, talk, false);
    Ok(())
}

fn cancel_question(desk: &Desk<'_>, talk: &mut Talk<'_>, again: bool) {
    let Some(lead) = &talk.lead else { return };
    let (key, args) = match lead.slot.filter(|_| talk.is_agreed()) {
        Some(slot) => {
            let slot = say::slot(desk.business, talk.language, &slot, desk.now);
            ("customer-cancel-question", args![slot = slot])
        }
        None => ("customer-cancel-request-question", args![issue = lead.issue_summary.clone()]),
    };
    talk.say(key, &args);
    talk.ask(desk.now, Question::ConfirmCancel { again }, policy::CONFIRM_LIFE);
}

/// Something else was said: the question is asked once more, and the next time the words are heard as usual (B86).
pub(crate) fn repeat_cancel(desk: &mut Desk<'_>, talk: &mut Talk<'_>) -> Result<(), Need> {
    let asked = talk.conversation.pending.take().map(|pending| pending.question);
    match asked {
        Some(Question::ConfirmCancel { again: false }) if talk.lead.is_some() => {
            cancel_question(desk, talk, true);
            Ok(())
        }
        Some(_) | None => decide::by_table(desk, talk),
    }
}

/// A request on which nothing is agreed is taken back without a question (M19).
pub(crate) fn drop_request(desk: &mut Desk<'_>, talk: &mut Talk<'_>) -> Result<(), Need> {
    talk.conversation.pending = None;
    if let Some(lead) = talk.lead.as_mut() {
        booking::cancel(desk, lead, None);
    }
    talk.close_request();
    talk.say("customer-cancelled", &args![]);
    Ok(())
}

/// The customer takes it back for good: once (B84).
pub(crate) fn cancel_it(desk: &mut Desk<'_>, talk: &mut Talk<'_>) -> Result<(), Need> {
    if visits::cancel_one(desk, talk)? {
        return Ok(());
    }
    let pro = match &talk.lead {
        Some(lead) => pro_of(desk, lead)?,
        None => None,
    };
    talk.conversation.pending = None;
    let cancelled = talk.lead.as_mut().is_some_and(|lead| booking::cancel(desk, lead, pro));
    talk.say(if cancelled { "customer-cancelled" } else { "customer-already-cancelled" }, &args![]);
    if cancelled {
        talk.close_request();
    }
    Ok(())
}

/// It stays as it was (B85).
pub(crate) fn keep_it(desk: &Desk<'_>, talk: &mut Talk<'_>) {
    talk.conversation.pending = None;
    match talk.lead.as_ref().and_then(|lead| lead.slot).filter(|_| talk.is_agreed()) {
        Some(slot) => {
            let slot = say::slot(desk.business, talk.language, &slot, desk.now);
            talk.say("customer-kept", &args![slot = slot]);
        }
        None => talk.say("customer-request-kept", &args![]),
    }
}

/// None of the other times: the agreed one stays (M30). Whom none of them suited is called by a person (B90).
pub(crate) fn keep_time(desk: &mut Desk<'_>, talk: &mut Talk<'_>) {
    keep_it(desk, talk);
    if talk.is_no() {
        talk.conversation.needs_human = Some(Concern::NoTimeFits);
        if let Some(lead) = talk.lead.as_mut() {
            desk.flag(lead, Concern::NoTimeFits);
        }
        talk.say("customer-human-will-look", &args![]);
        waitlist::suggest(talk);
    }
}

/// The agreed visit is confirmed, by name of its time (B81); without one that is said (B82).
pub(crate) fn confirm_visit(desk: &mut Desk<'_>, talk: &mut Talk<'_>) -> Result<(), Need> {
    let is_ahead =
        |lead: &Lead| lead.status == Status::Booked && lead.slot.is_some_and(|slot| slot.from > desk.now);
    let under_way = talk.lead.as_ref().filter(|lead| is_ahead(lead));
    let next = || talk.leads.iter().filter(|lead| is_ahead(lead)).min_by_key(|lead| lead.slot);
    let Some(mut lead) = under_way.or_else(next).cloned() else {
        if talk.lead.is_some() {
            return status(desk, talk);
        }
        talk.say("customer-nothing-to-confirm", &args![]);
        return Ok(());
    };
    let slot = lead.slot.map(|slot| say::slot(desk.business, talk.language, &slot, desk.now));
    talk.say("customer-confirmed", &args![slot = slot.unwrap_or_default()]);
    if let Some(visit) = lead.appointment.clone() {
        let _ = care::confirm(desk, &mut lead, &visit);
    }
    match &talk.lead {
        Some(under_way) if under_way.id == lead.id => talk.lead = Some(lead),
        Some(_) | None => talk.save(lead),
    }
    Ok(())
}

/// The pro has not answered yet (M22).
pub(crate) fn still_waiting(desk: &Desk<'_>, talk: &mut Talk<'_>) -> Result<(), Need> {
    let pro = match &talk.lead {
        Some(lead) if lead.status == Status::New => pro_of(desk, lead)?,
        Some(_) | None => None,
    };
    match pro {
        Some(pro) => talk.say("customer-still-waiting", &args![pro = pro.name.as_str()]),
        None => return status(desk, talk),
    }
    Ok(())
}

/// Thanks for thanks; a greeting is greeted back, and where a visit is agreed it tells how that stands.
pub(crate) fn welcome(desk: &mut Desk<'_>, talk: &mut Talk<'_>, heard: Heard) -> Result<(), Need> {
    let hints = &heard.reading.intents;
    // A sign of joy came without words.
    let is_courtesy = hints.thanks || hints.goodbye || talk.has_nothing_to_read();
    match talk.lead.clone() {
        Some(lead) if is_courtesy => {
            match pro_of(desk, &lead)?.filter(|_| lead.status == Status::New) {
                Some(pro) => {
                    talk.say("customer-you-are-welcome-waiting", &args![pro = pro.name.as_str()]);
                }
                None => talk.say("customer-you-are-welcome", &args![]),
            }
            Ok(())
        }
        Some(_) => status(desk, talk),
        None if is_courtesy => {
            talk.say("customer-you-are-welcome", &args![]);
            Ok(())
        }
        None => read::go_on(desk, talk, heard),
    }
}

/// Something went wrong: a person looks, and the bot goes on.
pub(crate) fn hear_complaint(desk: &mut Desk<'_>, talk: &mut Talk<'_>) {
    talk.conversation.needs_human = Some(Concern::Complaint);
    if let Some(lead) = talk.lead.as_mut() {
        lead.needs_human = Some(Concern::Complaint);
    }
    desk.note("needs_human", talk.lead.as_ref().map(|lead| &lead.id), Concern::Complaint.key());
    talk.say("customer-complaint", &args![]);
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
    let mut free = booking::free_slots(desk, pro, booking::Errand::anew(&lead))?;
    free.retain(|slot| Some(*slot) != lead.slot);
    let words = talk.words();
    let wish = when::read(&words, &when::Context::new(desk.now, desk.business.timezone));
    if let Some(slot) = lead.slot.filter(|slot| wish == When::Point(slot.from)) {
        let slot = say::slot(desk.business, talk.language, &slot, desk.now);
        talk.conversation.pending = None;
        talk.say("customer-no-change", &args![slot = slot]);
        return Ok(());
    }
    let (slots, _) = booking::alternatives(desk, &free, Some(&wish));
    if slots.is_empty() {
        let mut lead = lead;
        desk.flag(&mut lead, Concern::NoTimeFits);
        talk.lead = Some(lead);
        talk.conversation.pending = None;
        talk.conversation.needs_human = Some(Concern::NoTimeFits);
        talk.say("customer-reschedule-none", &args![]);
        waitlist::suggest(talk);
        return Ok(());
    }
    let current =
        lead.slot.map(|slot| say::slot(desk.business, talk.language, &slot, desk.now)).unwrap_or_default();
    let header = locales::text(talk.language, "customer-reschedule-header", &args![slot = current]);
    let (lines, buttons) = say::slot_choice(desk.business, talk.language, &slots, desk.now);
    talk.say_message(crate::message::Outbound {
        text: format!("{header}\n{}", lines.join("\n")),
        buttons,
        figures: None,
    });
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

/// Whether the work was done, as the customer says.
pub(crate) fn work_was_done(desk: &mut Desk<'_>, talk: &mut Talk<'_>, done: bool) -> Result<(), Need> {
    talk.conversation.pending = None;
    let Some(mut lead) = talk.lead.clone() else { return status(desk, talk) };
    let said = care::work_was_done(desk, &mut lead, done)?;
    talk.say_message(said);
    talk.lead = Some(lead);
    Ok(())
}

/// A tap on a button of a reminder or of the question whether the work was done: it speaks of that visit, whatever else
/// is under way (B80).
pub(crate) fn tapped(desk: &mut Desk<'_>, talk: &mut Talk<'_>) -> Result<(), Need> {
    let Some(tap) = talk.tapped() else { return Ok(()) };
    let found = match &tap {
        CustomerTap::Confirm(appointment)
        | CustomerTap::Move(appointment)
        | CustomerTap::Cancel(appointment)
        | CustomerTap::WorkDone(appointment)
        | CustomerTap::WorkNotDone(appointment) => {
            let found = talk.turn_to(|lead| lead.slot_of(appointment).is_some());
            visits::turn_to(talk, appointment);
            found
        }
        // Of a job that may be finished, so it need not be under way.
        CustomerTap::TakeVisit(appointment) => return visits::take_this(desk, talk, appointment),
        CustomerTap::RefuseVisit(appointment) => return visits::refuse_this(desk, talk, appointment),
        CustomerTap::AnotherPro(id, round) | CustomerTap::KeepWaiting(id, round) => {
            let is_open = |lead: &Lead| lead.offer.as_ref().is_some_and(|offer| offer.round == *round);
            talk.turn_to(|lead| lead.id == *id && is_open(lead))
        }
        CustomerTap::TellIfFree(id) | CustomerTap::TakeEarlier(id, _) | CustomerTap::LeaveEarlier(id, _) => {
            talk.turn_to(|lead| lead.id == *id)
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
        CustomerTap::WorkDone(_) => work_was_done(desk, talk, true),
        CustomerTap::WorkNotDone(_) => work_was_done(desk, talk, false),
        CustomerTap::AnotherPro(..) => choices::take_another_pro(desk, talk),
        CustomerTap::KeepWaiting(..) => choices::keep_waiting(desk, talk),
        // Answered above.
        CustomerTap::TakeVisit(_) | CustomerTap::RefuseVisit(_) => Ok(()),
        CustomerTap::TellIfFree(_) => waitlist::wait(desk, talk),
        CustomerTap::TakeEarlier(_, round) => waitlist::take(desk, talk, round),
        CustomerTap::LeaveEarlier(_, round) => {
            waitlist::leave(desk, talk, round);
            Ok(())
        }
    }
}

/// Whether a bare `1530` may be a time here.
pub(crate) fn asks_for_time(pending: Option<&Pending>) -> bool {
    pending.is_some_and(|pending| match pending.question {
        Question::ChooseSlot { .. } => true,
        Question::Tell { need } => need == crate::conversation::Need::Slot,
        Question::Consent
        | Question::SameAddress
        | Question::ConfirmCancel { .. }
        | Question::ReviewWords
        | Question::Emergency
        | Question::SamePro { .. }
        | Question::NewOrExisting { .. }
        | Question::AnotherPro
        | Question::CallOffered
        | Question::VisitDone
        | Question::EarlierOffered { .. }
        | Question::VisitOffered { .. }
        | Question::WhichLead { .. }
        | Question::FinalPrice
        | Question::Desk(_)
        | Question::Owner(_)
        | Question::SignUp(_) => false,
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
