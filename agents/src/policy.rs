//! Rules that hold for every message: when a burst is answered, what an opt-out stops, when a person may be written to
//! unasked, how long the provider lets us answer freely.

use crate::business::Business;
use crate::calendar;
use crate::decision::Purpose;
use crate::message::{Channel, Content, Inbound};
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
