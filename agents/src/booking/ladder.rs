//! What a customer decides while a pro is silent: another one, or wait. The timers that ask belong to others.

use super::pass_on::{Why, decline};
use crate::decision::{Purpose, Recipient};
use crate::lead::Lead;
use crate::say;
use crate::turn::{Desk, Need};
use locales::args;

/// The customer wants another pro: the offer is taken back and made to the next one, at once (L20).
pub(crate) fn another_pro_wanted(desk: &mut Desk<'_>, lead: &mut Lead) -> Result<(), Need> {
    let Some(asked) = lead.offer.as_ref().map(|offer| offer.pro.clone()) else { return Ok(()) };
    let pros = desk.pros()?;
    if !decline(desk, lead, &asked, Why::Replaced)? {
        return Ok(());
    }
    if let Some(candidate) = pros.iter().find(|candidate| candidate.pro.id == asked) {
        let told =
            say::message(candidate.pro.language, "pro-offer-moved", &args![lead = lead.number.to_string()]);
        desk.say(Recipient::Pro(asked), Purpose::Duty, told, Some(lead));
    }
    Ok(())
}

/// The customer waits for this pro (L21).
pub(crate) fn keep_waiting(desk: &mut Desk<'_>, lead: &mut Lead) -> Result<(), Need> {
    desk.note("keeps_waiting", Some(&lead.id), "");
    Ok(())
}
