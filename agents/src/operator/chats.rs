//! What the team does in a chat from the console: takes it over, writes, gives it back.

use super::{Refused, refuse};
use crate::conversation::Conversation;
use crate::decision::{Purpose, Recipient};
use crate::message::Outbound;
use crate::policy;
use crate::say;
use crate::template::{self, Chosen};
use crate::turn::{Desk, Need};
use chrono::{DateTime, Utc};
use locales::args;

/// The bot is silent until then, and the person is told that somebody comes, unless somebody is there already.
pub(super) fn take_over(
    desk: &mut Desk<'_>,
    mut chat: Conversation,
    until: DateTime<Utc>,
) -> Result<(), Need> {
    let is_taken = chat.paused_until.is_some_and(|until| until > desk.now);
    chat.paused_until = Some(until);
    desk.note("taken_over", chat.lead.as_ref(), "by=team");
    if !is_taken && policy::is_window_open(&chat, desk.now) {
        let language = chat.language.unwrap_or(desk.business.locale);
        let told = say::message(language, "customer-human", &args![]);
        desk.say(Recipient::Conversation(chat.id.clone()), Purpose::Answer, told, None);
    }
    desk.save_conversation(chat);
    Ok(())
}

/// The bot answers again from the next message on, and nobody waits for a person any more.
pub(super) fn give_back(desk: &mut Desk<'_>, mut chat: Conversation) -> Result<(), Need> {
    chat.paused_until = None;
    chat.needs_human = None;
    desk.note("given_back", chat.lead.as_ref(), "by=team");
    desk.save_conversation(chat);
    Ok(())
}

/// Somebody of the business writes: the bot stays out of it for a while, and whoever waited for a person has one.
pub(super) fn write(desk: &mut Desk<'_>, chat: Conversation, text: &str) -> Result<(), Need> {
    if !policy::is_window_open(&chat, desk.now) {
        return refuse(desk, Refused::WindowClosed);
    }
    say(desk, chat, Purpose::Answer, Outbound::text(text));
    Ok(())
}

/// Somebody of the business sends an approved template, which reaches a person long after their last word, but never one
/// who wants none.
pub(super) fn send_template(desk: &mut Desk<'_>, chat: Conversation, chosen: &Chosen) -> Result<(), Need> {
    let message = template::message_of(desk.business, chosen.clone());
    let Some(message) = message.filter(|_| policy::has_templates(chat.place.channel)) else {
        return refuse(desk, Refused::NoTemplate);
    };
    say(desk, chat, Purpose::Update, message);
    Ok(())
}

fn say(desk: &mut Desk<'_>, mut chat: Conversation, purpose: Purpose, message: Outbound) {
    chat.paused_until = chat.paused_until.max(Some(desk.now + policy::PAUSE));
    chat.needs_human = None;
    desk.note("answered", chat.lead.as_ref(), "by=team");
    desk.say(Recipient::Conversation(chat.id.clone()), purpose, message, None);
    desk.save_conversation(chat);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::concern::Concern;
    use crate::decision::{Decision, Wake};
    use crate::id::ConversationId;
    use crate::message::Channel;
    use crate::operator::Order;
    use crate::template::TemplateUse;
    use crate::turn::stage::Stage;
    use chrono::Duration;

    fn stage() -> (Stage, ConversationId) {
        let mut stage = Stage::new();
        stage.offered(17, "avi");
        let chat = stage.chats[0].id.clone();
        (stage, chat)
    }

    fn left(decision: &Decision) -> &Conversation {
        &decision.other_conversations[0]
    }

    #[test]
    fn a_chat_that_is_taken_over_is_silent_for_as_long_as_asked_and_its_person_is_told_once() {
        let (mut stage, chat) = stage();
        let until = stage.now + Duration::hours(2);
        let take = |stage: &Stage| stage.orders(Order::TakeOver { chat: chat.clone(), until }, None);
        let taken = take(&stage);
        assert_eq!(left(&taken).paused_until, Some(until));
        assert_eq!(taken.replies.len(), 1);
        let wake = Wake::PauseOver { conversation: chat.clone() };
        assert!(taken.timers.iter().any(|timer| timer.wake == wake && timer.due == until));
        stage.chats[0] = left(&taken).clone();
        assert!(take(&stage).replies.is_empty(), "somebody is there already");
    }

    #[test]
    fn whoever_writes_keeps_the_bot_out_and_answers_whoever_waited() {
        let (mut stage, chat) = stage();
        stage.chats[0].needs_human = Some(Concern::AskedForHuman);
        let write = |stage: &Stage| {
            stage.orders(Order::Write { chat: chat.clone(), text: "שלום, כאן דנה".to_owned() }, None)
        };
        let written = write(&stage);
        assert_eq!(written.replies[0].message.text, "שלום, כאן דנה");
        assert_eq!(left(&written).paused_until, Some(stage.now + policy::PAUSE));
        assert_eq!(left(&written).needs_human, None);
        let later = stage.now + Duration::hours(5);
        stage.chats[0].paused_until = Some(later);
        assert_eq!(left(&write(&stage)).paused_until, Some(later), "a longer silence stays");
        stage.chats[0].place.channel = Channel::Meta;
        stage.chats[0].last_inbound_at = Some(stage.now - Duration::hours(25));
        let refused = write(&stage);
        assert_eq!((refused.refused, refused.replies.len()), (Some(Refused::WindowClosed), 0));
    }

    #[test]
    fn a_template_is_sent_beyond_the_window_where_the_channel_and_the_business_have_it() {
        let (mut stage, chat) = stage();
        stage.chats[0].place.channel = Channel::Meta;
        stage.chats[0].last_inbound_at = Some(stage.now - Duration::days(3));
        stage.chats[0].needs_human = Some(Concern::AskedForHuman);
        stage.business.templates = vec![template::Template {
            purpose: TemplateUse::News,
            name: "news".to_owned(),
            language: "he".to_owned(),
            parameters: vec!["text".to_owned()],
            buttons: 0,
        }];
        let chosen = |name: &str, parameters: &[&str]| Chosen {
            name: name.to_owned(),
            language: "he".to_owned(),
            parameters: parameters.iter().map(|words| (*words).to_owned()).collect(),
        };
        let send = |stage: &Stage, template| {
            stage.orders(Order::SendTemplate { chat: chat.clone(), template }, None)
        };
        let sent = send(&stage, chosen("news", &["החלק הגיע\nאפשר לקבוע"]));
        assert_eq!((sent.replies[0].purpose, left(&sent).needs_human), (Purpose::Update, None));
        let filled = template::fill(&stage.business, &sent.replies[0].message).unwrap();
        assert_eq!(
            (filled.name.as_str(), filled.parameters),
            ("news", vec!["החלק הגיע · אפשר לקבוע".to_owned()])
        );
        for wrong in [chosen("offers", &["x"]), chosen("news", &[]), chosen("news", &["x", "y"])] {
            let refused = send(&stage, wrong);
            assert_eq!((refused.refused, refused.replies.len()), (Some(Refused::NoTemplate), 0));
        }
        stage.business.templates[0].parameters.push("business".to_owned());
        assert!(
            template::fill(&stage.business, &sent.replies[0].message).is_none(),
            "it was made anew since"
        );
        stage.chats[0].place.channel = Channel::GreenApi;
        let refused = send(&stage, chosen("news", &["x", "y"]));
        assert_eq!(refused.refused, Some(Refused::NoTemplate), "Green API knows none");
    }

    #[test]
    fn a_chat_that_is_given_back_is_the_bots() {
        let (mut stage, chat) = stage();
        stage.chats[0].paused_until = Some(stage.now + Duration::hours(5));
        stage.chats[0].needs_human = Some(Concern::AskedForHuman);
        let given = stage.orders(Order::GiveBack { chat }, None);
        assert_eq!((left(&given).paused_until, left(&given).needs_human), (None, None));
        assert!(given.replies.is_empty());
        assert_eq!(
            stage.orders(Order::GiveBack { chat: ConversationId::new("x") }, None).refused,
            Some(Refused::NoChat)
        );
    }
}
