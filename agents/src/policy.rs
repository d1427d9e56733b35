//! Rules that hold for every message: when a burst is answered, what an opt-out stops, when a person may be written to
//! unasked, how long the provider lets us answer freely.

use crate::business::Business;
use crate::calendar;
use crate::conversation::Conversation;
use crate::decision::Purpose;
use crate::message::{Channel, Content, Inbound};
use crate::template::TemplateUse;
use crate::words;
use chrono::{DateTime, Duration, Utc};

/// How long a chat must be silent before a burst is answered, in milliseconds.
pub const GATHER_MS: i64 = 1_500;
/// How long a burst may go on before it is answered anyway, in milliseconds from its first message.
pub const GATHER_AT_MOST_MS: i64 = 6_000;
/// How long the bot is silent after a person was asked for.
pub const PAUSE: Duration = Duration::minutes(15);
/// How long a question to a person stays open.
pub const QUESTION_LIFE: Duration = Duration::hours(4);
/// How long the question whether to cancel stays open (B87).
pub const CONFIRM_LIFE: Duration = Duration::minutes(30);
/// How long the question for the final price stays open (M46).
pub const PRICE_LIFE: Duration = Duration::minutes(10);
/// How many messages of one chat are read in a minute (B15).
pub const MESSAGES_A_MINUTE: u32 = 20;
/// The longest words of a customer that are kept with a question or a job, in characters.
pub const LONGEST_KEPT_WORDS: usize = 300;
/// How long a customer who stated a problem may be silent before they are asked whether to go on (B40).
pub const INTAKE_SILENCE: Duration = Duration::hours(2);
/// After so long a silence nobody is followed up any more (B107).
pub const FOLLOW_UP_LIFE: Duration = Duration::days(7);
/// After so long without a word a request counts as abandoned.
pub const ABANDONED_AFTER: Duration = Duration::days(7);
/// How long after the end of a visit its pro is asked whether it is done.
pub const VISIT_OVER: Duration = Duration::hours(2);
/// How long after the work stars are read as a rating.
pub const RATING_LIFE: Duration = Duration::days(7);

/// Whether a message needs no model and so no waiting for more: a tap, a command, a number, a yes or a no.
#[must_use]
pub fn is_answered_at_once(inbound: &Inbound) -> bool {
    match &inbound.content {
        Content::Tap { .. } => true,
        Content::Text { text } => words::is_whole_message_known(text),
        Content::Media { .. } | Content::Location { .. } | Content::Other { .. } => false,
    }
}

/// When a person on this channel may no longer be answered freely: 24 hours after their last message on Meta's Cloud
/// API (developers.facebook.com, "customer service windows"); never on Green API.
#[must_use]
pub fn window_closes_at(channel: Channel, last_inbound_at: Option<DateTime<Utc>>) -> Option<DateTime<Utc>> {
    match channel {
        Channel::GreenApi => None,
        Channel::Meta => Some(last_inbound_at.map_or(DateTime::UNIX_EPOCH, |at| at + Duration::hours(24))),
    }
}

/// Whether a channel sends templates, which need an approval there: Meta's Cloud API alone.
#[must_use]
pub fn has_templates(channel: Channel) -> bool {
    match channel {
        Channel::Meta => true,
        Channel::GreenApi => false,
    }
}

/// Whether a customer may be asked something unasked in this chat: no person has taken it over, and the provider lets us
/// write (B111).
#[must_use]
pub fn may_be_asked(conversation: &Conversation, now: DateTime<Utc>) -> bool {
    conversation.paused_until.is_none_or(|until| until <= now) && is_window_open(conversation, now)
}

/// The same, where an approved template of the business may ask it outside of the window.
#[must_use]
pub fn may_be_asked_as(
    business: &Business,
    conversation: &Conversation,
    purpose: TemplateUse,
    now: DateTime<Utc>,
) -> bool {
    let has_template = business.templates.iter().any(|template| template.purpose == purpose);
    conversation.paused_until.is_none_or(|until| until <= now)
        && (has_template || is_window_open(conversation, now))
}

/// Whether a chat may be written to freely then.
#[must_use]
pub fn is_window_open(conversation: &Conversation, at: DateTime<Utc>) -> bool {
    window_closes_at(conversation.place.channel, conversation.last_inbound_at)
        .is_none_or(|closes| closes > at)
}

/// Whether somebody who opted out still gets a message of this purpose: answers and duty, but no news (B71, B101, B102).
#[must_use]
pub fn reaches_opted_out(purpose: Purpose) -> bool {
    match purpose {
        Purpose::Answer | Purpose::Duty => true,
        Purpose::Update => false,
    }
}

/// The first moment, from now on, at which a customer may be told of what the bot found out by itself: now in
/// business hours or in an emergency, else when the business opens.
#[must_use]
pub fn polite_moment(business: &Business, now: DateTime<Utc>, emergency: bool) -> Option<DateTime<Utc>> {
    if emergency {
        return None;
    }
    calendar::next_open(&business.hours, business.timezone, now).filter(|open| *open > now)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;
    use crate::turn::stage::Stage;

    #[test]
    fn news_waits_for_the_opening_but_not_in_an_emergency() {
        let stage = Stage::new();
        let at = |text: &str| DateTime::parse_from_rfc3339(text).unwrap().to_utc();
        for (now, told) in [
            ("2026-11-22T09:00:00+02:00", None),
            ("2026-11-22T20:59:00+02:00", None),
            ("2026-11-22T21:00:00+02:00", Some("2026-11-23T08:00:00+02:00")),
            ("2026-11-23T03:00:00+02:00", Some("2026-11-23T08:00:00+02:00")),
            // Over the weekend, and over the change to summer time.
            ("2026-11-26T22:00:00+02:00", Some("2026-11-29T08:00:00+02:00")),
            ("2027-03-25T22:00:00+02:00", Some("2027-03-28T08:00:00+03:00")),
        ] {
            assert_eq!(polite_moment(&stage.business, at(now), false), told.map(at), "{now}");
            assert_eq!(polite_moment(&stage.business, at(now), true), None, "{now}");
        }
    }

    #[test]
    fn an_opt_out_stops_news_and_nothing_else() {
        assert!(reaches_opted_out(Purpose::Answer));
        assert!(reaches_opted_out(Purpose::Duty));
        assert!(!reaches_opted_out(Purpose::Update));
    }

    #[test]
    fn only_meta_has_a_window_and_it_never_opened_for_who_never_wrote() {
        let now = Stage::new().now;
        assert_eq!(window_closes_at(Channel::GreenApi, None), None);
        assert_eq!(window_closes_at(Channel::Meta, Some(now)), Some(now + Duration::hours(24)));
        assert!(window_closes_at(Channel::Meta, None).unwrap() < now);
    }
}
