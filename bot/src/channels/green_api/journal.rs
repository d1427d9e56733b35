//! Whether a message whose answer was lost was sent after all: looked up in the provider's queue and in its journal.
//! It sends nothing.

use super::Settings;
use super::outbound::request;
use crate::channels::compose::{Shape, shape};
use crate::channels::{Found, NotDone};
use crate::outside::Outside;
use agents::conversation::Place;
use agents::message::Outbound;
use chrono::{DateTime, TimeDelta, Utc};
use http::Method;
use serde_json::Value;

/// The journal shows a message up to two minutes late; before that, not finding it proves nothing.
const JOURNAL_DELAY: TimeDelta = TimeDelta::seconds(150);

/// How far the provider's clock may be behind ours.
const CLOCK_DIFFERENCE: TimeDelta = TimeDelta::seconds(30);

/// The journal keeps a day unless asked for more.
const LONGEST_LOOK_BACK_MINUTES: i64 = 24 * 60;

/// The most that is read of an answer: a day of a busy instance.
const LONGEST_ANSWER: usize = 16 * 1024 * 1024;

/// Looks for a message with this text that went to this chat since `tried_at` and that is not one of `known`, the
/// provider's ids of other messages of ours.
pub(in crate::channels) async fn find_sent(
    settings: &Settings,
    outside: &Outside,
    to: &Place,
    message: &Outbound,
    tried_at: DateTime<Utc>,
    known: &[String],
) -> Result<Found, NotDone> {
    let text = match shape(message, &settings.abilities()) {
        Some(Shape::Text(text)) => text,
        Some(Shape::Buttons(text, _)) => text.to_string(),
        // What does not fit was never handed over.
        None => return Ok(Found::NotSent),
    };
    let is_new = |id: &str| !known.iter().any(|known| known == id);
    // The journal is asked last: a message that leaves the queue between the two is then in it.
    let queue = rows(settings, outside, "showMessagesQueue", None).await?;
    let now = outside.clock.now();
    let minutes = ((now - tried_at).num_minutes() + 2).clamp(1, LONGEST_LOOK_BACK_MINUTES);
    let journal = rows(settings, outside, "lastOutgoingMessages", Some(minutes)).await?;
    let queued = queue.iter().filter(|row| row["body"]["chatId"] == to.address.as_str());
    let queued = queued.filter(|row| holds(&row["body"], &text)).filter_map(|row| row["messageID"].as_str());
    let earliest = (tried_at - CLOCK_DIFFERENCE).timestamp();
    let sent = journal
        .iter()
        .filter(|row| row["chatId"] == to.address.as_str() && row["sendByApi"] != false)
        .filter(|row| row["timestamp"].as_i64().is_some_and(|at| at >= earliest))
        .filter(|row| holds(row, &text))
        .filter_map(|row| row["idMessage"].as_str());
    if let Some(id) = queued.chain(sent).find(|id| is_new(id)) {
        return Ok(Found::Sent { provider_id: id.to_string() });
    }
    let out_of_reach = now - tried_at > TimeDelta::minutes(LONGEST_LOOK_BACK_MINUTES);
    Ok(if out_of_reach || now - tried_at < JOURNAL_DELAY { Found::CannotTell } else { Found::NotSent })
}

async fn rows(
    settings: &Settings,
    outside: &Outside,
    name: &str,
    minutes: Option<i64>,
) -> Result<Vec<Value>, NotDone> {
    let mut request = request(settings, Method::GET, name).ok_or(NotDone::BadBaseUrl)?;
    if let Some(minutes) = minutes {
        request.url.set_query(Some(&format!("minutes={minutes}")));
    }
    request.limit = LONGEST_ANSWER;
    let response = outside.transport.send(request).await?;
    if !response.status.is_success() {
        return Err(NotDone::Refused(response.status.as_u16()));
    }
    serde_json::from_slice(&response.body).map_err(|_| NotDone::Unreadable)
}

/// Whether this text stands anywhere in a row but in what it quotes: each kind of message has its own field for it, and
/// that of buttons is not documented.
fn holds(row: &Value, text: &str) -> bool {
    match row {
        Value::String(found) => found.trim() == text.trim(),
        Value::Array(items) => items.iter().any(|item| holds(item, text)),
        Value::Object(fields) => {
            fields.iter().any(|(name, value)| name != "quotedMessage" && holds(value, text))
        }
        Value::Null | Value::Bool(_) | Value::Number(_) => false,
    }
}
