//! Chats in which somebody fell silent: a customer in the middle of a request (B40, B41, B107), or the person who had taken
//! over (L17).

use crate::concern::Concern;
use crate::conversation::{Conversation, Pending, Question};
use crate::decision::{Purpose, Recipient, Reply, Timer, Wake};
use crate::lead::{Lead, Status};
use crate::message::Button;
use crate::policy;
use crate::say;
use crate::turn::{Desk, Need};
use chrono::Duration;
use locales::{args, text};

/// Asks a customer who stated a problem and fell silent whether to go on: once, gently, and while the provider lets us.
/// Somebody who put it off, or whom a person looks after, is left alone (B68).
pub(crate) fn intake_silent(desk: &mut Desk<'_>, chat: &Conversation) -> Result<(), Need> {
    let Some(last) = chat.last_inbound_at else { return Ok(()) };
    let Some(issue) = chat.request.issue.clone() else { return Ok(()) };
    if chat.request.followed_up_at.is_some() || chat.pending.is_none() || chat.needs_human.is_some() {
        return Ok(());
    }
    let due = last + policy::INTAKE_SILENCE;
    if due > desk.now {
        let wake = Wake::IntakeSilent { conversation: chat.id.clone() };
        desk.decision.timers.push(Timer { due, wake });
        return Ok(());
    }
    let lead = match &chat.lead {
        Some(id) => desk.lead(id)?.cloned(),
        None => None,
    };
    let is_open = |lead: &Lead| lead.status == Status::Contacted && lead.needs_human.is_none();
    if lead.as_ref().is_some_and(|lead| !is_open(lead)) || last + policy::FOLLOW_UP_LIFE < desk.now {
        return Ok(());
    }
    let mut chat = chat.clone();
    chat.request.followed_up_at = Some(desk.now);
    chat.needs_human = Some(Concern::PartialIntake);
    desk.note("needs_human", lead.as_ref().map(|lead| &lead.id), Concern::PartialIntake.key());
    let not_before = policy::polite_moment(desk.business, desk.now, chat.request.emergency);
    let told_at = not_before.unwrap_or(desk.now);
    if policy::may_be_asked(&chat, told_at) {
        let language = chat.language.unwrap_or(desk.business.locale);
        let is_plain =
            issue.chars().count() <= 60 && !issue.chars().any(|c| c.is_numeric() || "{}*_~".contains(c));
        let message = match is_plain {
            true => say::message(language, "customer-follow-up", &args![issue = issue]),
            false => say::message(language, "customer-follow-up-plain", &args![]),
        };
        if let Some(pending) = chat.pending.as_mut() {
            // The question that stands is the one that is to be answered now.
            pending.expires_at = pending.expires_at.max(told_at + policy::QUESTION_LIFE);
        }
        desk.decision.replies.push(Reply {
            to: Recipient::Conversation(chat.id.clone()),
            purpose: Purpose::Update,
            message,
            lead: lead.map(|lead| lead.id),
            not_before,
        });
        desk.note("followed_up", chat.lead.as_ref(), "");
    }
    desk.save_conversation(chat);
    Ok(())
}

/// Ends a pause that nobody used, and offers a call to the customer who had asked for a person (L17).
pub(crate) fn pause_over(desk: &mut Desk<'_>, chat: &Conversation) -> Result<(), Need> {
    let Some(until) = chat.paused_until else { return Ok(()) };
    if until > desk.now {
        let wake = Wake::PauseOver { conversation: chat.id.clone() };
        desk.decision.timers.push(Timer { due: until, wake });
        return Ok(());
    }
    let mut chat = chat.clone();
    chat.paused_until = None;
    let lead = match &chat.lead {
        Some(id) => desk.lead(id)?.cloned(),
        None => None,
    };
    let not_before = policy::polite_moment(desk.business, desk.now, chat.request.emergency);
    let told_at = not_before.unwrap_or(desk.now);
    let is_wanted = chat.needs_human == Some(Concern::AskedForHuman);
    if is_wanted && policy::is_window_open(&chat, told_at) {
        chat.pending = Some(Pending {
            question: Question::CallOffered,
            lead: chat.lead.clone(),
            asked_at: desk.now,
            expires_at: told_at + Duration::hours(4),
        });
        let language = chat.language.unwrap_or(desk.business.locale);
        let mut message = say::message(language, "customer-call-offer", &args![]);
        message.buttons = [("call:yes", "button-yes"), ("call:no", "button-no")]
            .map(|(payload, label)| Button {
                payload: payload.to_owned(),
                label: text(language, label, &args![]),
            })
            .to_vec();
        desk.decision.replies.push(Reply {
            to: Recipient::Conversation(chat.id.clone()),
            purpose: Purpose::Update,
            message,
            lead: lead.as_ref().map(|lead| lead.id.clone()),
            not_before,
        });
    }
    desk.note("pause_over", lead.as_ref().map(|lead| &lead.id), "");
    desk.save_conversation(chat);
    Ok(())
}
