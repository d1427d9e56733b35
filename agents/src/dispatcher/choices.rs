//! Answers to questions with few answers: which time, where, which pro, is it urgent, is it new. Each is read only against
//! its own open question.

use super::progress::{self, Pick};
use super::read::{self, Heard, offered};
use super::talk::Talk;
use super::{commands, reply};
use crate::booking::ladder;
use crate::concern::Concern;
use crate::conversation::{Need as Fact, Question};
use crate::decision::{Purpose, Recipient};
use crate::policy;
use crate::say;
use crate::turn::{Desk, Need};
use crate::understanding::Reading;
use locales::args;

/// The time with the number that was sent.
pub(super) fn take_number(desk: &mut Desk<'_>, talk: &mut Talk<'_>) -> Result<(), Need> {
    let index = talk.number().and_then(|number| usize::try_from(number).ok()?.checked_sub(1));
    let slots = offered(talk.conversation.pending.as_ref()).unwrap_or_default();
    match index.and_then(|index| slots.get(index)).map(|slot| slot.from) {
        Some(start) => progress::advance(desk, talk, Pick::Chosen(start), &Reading::default()),
        None => ask_for_number(desk, talk),
    }
}

/// A yes takes the only time that was offered; of several it says none.
pub(super) fn take_only(desk: &mut Desk<'_>, talk: &mut Talk<'_>) -> Result<(), Need> {
    let only = match offered(talk.conversation.pending.as_ref()).unwrap_or_default() {
        [only] => Some(only.from),
        _ => None,
    };
    match only {
        Some(start) => progress::advance(desk, talk, Pick::Chosen(start), &Reading::default()),
        None => {
            talk.say("customer-slot-which", &args![]);
            Ok(())
        }
    }
}

/// The offered time that the words name, else other times that fit them (B33).
pub(super) fn take_wish(desk: &mut Desk<'_>, talk: &mut Talk<'_>, heard: Heard) -> Result<(), Need> {
    let agrees = heard.reading.answer == Some(crate::understanding::YesNo::Yes);
    let wish = heard.wish.unwrap_or(crate::when::When::None);
    match commands::only_fitting(desk, heard.pending.as_ref(), &wish, agrees) {
        Some(start) => progress::advance(desk, talk, Pick::Chosen(start), &heard.reading),
        None => commands::reschedule(desk, talk),
    }
}

/// The list stays open, and one of its numbers is asked for (M29).
pub(super) fn ask_for_number(desk: &mut Desk<'_>, talk: &mut Talk<'_>) -> Result<(), Need> {
    talk.say("customer-slot-number-invalid", &args![]);
    reply::note_miss(desk, talk, Fact::Choice, true);
    Ok(())
}

/// It is where it was last time (B25).
pub(super) fn take_same_address(desk: &mut Desk<'_>, talk: &mut Talk<'_>) -> Result<(), Need> {
    talk.conversation.request.address = talk.contact.address.clone().unwrap_or_default();
    talk.conversation.pending = None;
    progress::advance(desk, talk, Pick::Nothing, &Reading::default())
}

/// It is somewhere else; the words may say where (B26). A question in between leaves the old address to be asked about
/// again.
pub(super) fn another_address(desk: &mut Desk<'_>, talk: &mut Talk<'_>, heard: Heard) -> Result<(), Need> {
    let reading = &heard.reading;
    let says_no = reading.answer == Some(crate::understanding::YesNo::No) || talk.is_no();
    if says_no || reading.moved || reading.street.is_some() || reading.city.is_some() {
        talk.contact.address = None;
    }
    read::go_on(desk, talk, heard)
}

/// The pro of last time takes it (M32).
pub(super) fn take_same_pro(desk: &mut Desk<'_>, talk: &mut Talk<'_>) -> Result<(), Need> {
    let pending = talk.conversation.pending.take();
    if let Some(Question::SamePro { pro }) = pending.map(|pending| pending.question)
        && let Some(candidate) = desk.pros()?.iter().find(|candidate| candidate.pro.id == pro)
    {
        progress::give_to(desk, talk, &candidate.pro);
    }
    progress::advance(desk, talk, Pick::Nothing, &Reading::default())
}

/// The customer says that it is an emergency (B48).
pub(super) fn mark_emergency(desk: &mut Desk<'_>, talk: &mut Talk<'_>) -> Result<(), Need> {
    talk.conversation.pending = None;
    talk.conversation.request.emergency = true;
    let lead = talk.lead.as_ref().map(|lead| lead.id.clone());
    desk.note("danger_read", lead.as_ref(), "confidence=0.97 signs=user_confirmed");
    progress::warn_of_danger(desk, talk);
    progress::advance(desk, talk, Pick::Nothing, &Reading::default())
}

/// A problem of the trade for which somebody comes already: the visit, or something new? Another trade is something new,
/// and a quote says what it is about.
pub(super) fn ask_new_or_existing(
    desk: &mut Desk<'_>,
    talk: &mut Talk<'_>,
    heard: Heard,
) -> Result<(), Need> {
    let Some(lead) = talk.lead.clone() else { return read::go_on(desk, talk, heard) };
    if heard.reading.trade != Some(lead.issue_type) {
        return read::go_on(desk, talk, heard);
    }
    if talk.quoted.as_ref() == Some(&lead.id) {
        return add_to_existing(desk, talk, heard);
    }
    let words = crate::text::truncate(&talk.words(), policy::LONGEST_KEPT_WORDS).to_owned();
    talk.say("customer-new-or-existing", &args![issue = lead.issue_summary.as_str()]);
    talk.ask(desk.now, Question::NewOrExisting { words }, policy::QUESTION_LIFE);
    Ok(())
}

/// Something new: it begins with the words that were written already.
pub(super) fn start_new(desk: &mut Desk<'_>, talk: &mut Talk<'_>) -> Result<(), Need> {
    let pending = talk.conversation.pending.take();
    if let Some(Question::NewOrExisting { words }) = pending.map(|pending| pending.question) {
        talk.texts = vec![words];
    }
    talk.start_new_request();
    read::read(desk, talk, crate::table::customer::State::Idle)
}

/// The words belong to what is agreed: they are kept with it and the pro gets them.
pub(super) fn add_to_existing(desk: &mut Desk<'_>, talk: &mut Talk<'_>, heard: Heard) -> Result<(), Need> {
    let asked = talk.conversation.pending.take().map(|pending| pending.question);
    let words = match asked {
        Some(Question::NewOrExisting { words }) => words,
        Some(_) | None => talk.words(),
    };
    let Some(mut lead) = talk.lead.clone() else { return read::go_on(desk, talk, heard) };
    if heard.reading.trade.is_some_and(|trade| trade != lead.issue_type) {
        talk.start_new_request();
        return read::go_on(desk, talk, heard);
    }
    let words = crate::text::clean(crate::text::truncate(&words, policy::LONGEST_KEPT_WORDS));
    let is_known = crate::text::fold(&lead.issue_summary).contains(&crate::text::fold(&words));
    if is_known {
        return commands::status(desk, talk);
    }
    lead.issue_summary = format!("{}, {words}", lead.issue_summary);
    talk.conversation.request.issue = Some(lead.issue_summary.clone());
    if let Some(pro) = commands::pro_of(desk, &lead)? {
        let args = args![lead = lead.number.to_string(), added = words];
        let told = say::message(pro.language, "pro-customer-added", &args);
        desk.say(Recipient::Pro(pro.id.clone()), Purpose::Duty, told, Some(&lead));
        talk.say("customer-added-to-visit", &args![pro = pro.name.as_str()]);
    } else {
        talk.say("customer-issue-added", &args![]);
    }
    desk.note("words_added", Some(&lead.id), "");
    talk.lead = Some(lead);
    Ok(())
}

/// The customer does not wait for a silent pro any longer (L20).
pub(super) fn take_another_pro(desk: &mut Desk<'_>, talk: &mut Talk<'_>) -> Result<(), Need> {
    talk.conversation.pending = None;
    let Some(mut lead) = talk.lead.clone() else { return Ok(()) };
    desk.save_conversation(talk.conversation.clone());
    ladder::another_pro_wanted(desk, &mut lead)?;
    talk.take_back_conversation(desk);
    talk.lead = Some(lead);
    Ok(())
}

/// The customer waits for this pro (L21).
pub(super) fn keep_waiting(desk: &mut Desk<'_>, talk: &mut Talk<'_>) -> Result<(), Need> {
    talk.conversation.pending = None;
    match talk.lead.as_mut() {
        Some(lead) => ladder::keep_waiting(desk, lead),
        None => Ok(()),
    }
}

/// Somebody is to call (L17).
pub(super) fn accept_call(desk: &mut Desk<'_>, talk: &mut Talk<'_>) -> Result<(), Need> {
    talk.conversation.pending = None;
    talk.conversation.needs_human = Some(Concern::CallWanted);
    desk.note("needs_human", talk.lead.as_ref().map(|lead| &lead.id), Concern::CallWanted.key());
    talk.say("customer-call-noted", &args![]);
    commands::tell_pro_of_wish(desk, talk, Concern::CallWanted)
}
