//! What Green API's statuses mean for us. Most refusals have an empty body, so the HTTP status decides.

use super::wire::Answer;
use crate::channels::outcome::Class;
use http::StatusCode;
use std::time::Duration;

/// An instance that starts needs up to five minutes; asking in between costs little.
const START_PAUSE: Duration = Duration::from_secs(30);

/// What may follow an answer that is an error; none when nobody can tell whether the message was taken: an error of the
/// server may come after the message went into its queue.
pub(super) fn class_of(status: StatusCode, answer: &Answer, retry_after: Option<Duration>) -> Option<Class> {
    let message = answer.message.as_deref().unwrap_or_default().to_lowercase();
    let quota_of_chats = answer.correspondents_status.as_ref().and_then(|quota| quota.status.as_deref());
    Some(match status.as_u16() {
        400 if message.contains("starting") => Class::Retry { after: Some(START_PAUSE) },
        400 if ["not authorized", "expired", "deleted"].iter().any(|word| message.contains(word)) => {
            Class::StopChannel
        }
        401 | 403 => Class::StopChannel,
        429 => Class::Retry { after: Some(retry_after.unwrap_or(Duration::from_secs(1))) },
        // The small plan allows a few chats; people in them are still reached.
        466 if quota_of_chats.is_some_and(|status| status.contains("EXCEEDED")) => Class::Undeliverable,
        466 => Class::StopChannel,
        408 | 499..=599 => return None,
        _ => Class::Never,
    })
}
