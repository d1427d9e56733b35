//! Pictures, films and recordings that belong to a request under way (B35).

use super::talk::Talk;
use crate::decision::{Purpose, Recipient};
use crate::say;
use crate::turn::{Desk, Need};
use locales::{args, text};

/// Keeps what was sent with the request; a pro who was asked already, or comes, hears of it.
pub(super) fn keep(desk: &mut Desk<'_>, talk: &mut Talk<'_>) -> Result<(), Need> {
    talk.say("customer-media-added", &args![]);
    talk.keep_media_on_lead();
    let count = talk.conversation.request.media.len().saturating_sub(talk.media_before);
    let Some(lead) = talk.lead.clone().filter(|_| talk.is_agreed() && count > 0) else { return Ok(()) };
    let Some(pro) = super::commands::pro_of(desk, &lead)? else { return Ok(()) };
    let count = i64::try_from(count).unwrap_or(i64::MAX);
    let added = text(pro.language, "pro-media-count", &args![count = count]);
    let args = args![lead = lead.number.to_string(), added = added];
    let told = say::message(pro.language, "pro-customer-added", &args);
    desk.say(Recipient::Pro(pro.id.clone()), Purpose::Duty, told, Some(&lead));
    Ok(())
}
