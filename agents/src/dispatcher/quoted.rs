//! A message that quotes an older one is about the request of that one, whatever else is under way.

use super::talk::{Aside, Talk};
use crate::booking;
use crate::turn::{Desk, Need};

/// Turns to the request that the newest quote is about, and puts the one under way aside.
pub(crate) fn turn_to(desk: &Desk<'_>, talk: &mut Talk<'_>) -> Result<(), Need> {
    let Some(message) = talk.inbox.inbound.iter().rev().find_map(|inbound| inbound.reply_to.clone()) else {
        return Ok(());
    };
    let Some(id) = desk.quoted(&message)?.map(|quoted| quoted.lead.clone()) else { return Ok(()) };
    let Some(lead) = talk.leads.iter().find(|lead| lead.id == id).cloned() else { return Ok(()) };
    talk.quoted = Some(id.clone());
    if talk.lead.as_ref().is_some_and(|under_way| under_way.id == id) || !lead.status.is_open() {
        return Ok(());
    }
    let pending = talk.conversation.pending.take();
    let is_about_it = pending.as_ref().is_some_and(|pending| pending.lead.as_ref() == Some(&id));
    let request = std::mem::replace(&mut talk.conversation.request, booking::request_of(&lead));
    talk.conversation.request.media.extend(request.media.iter().skip(talk.media_before).cloned());
    let aside = Aside {
        lead: talk.conversation.lead.replace(id),
        request,
        pending: if is_about_it { None } else { pending.clone() },
    };
    talk.conversation.pending = pending.filter(|_| is_about_it);
    if let Some(under_way) = talk.lead.replace(lead) {
        talk.keep(under_way);
    }
    talk.aside = Some(aside);
    Ok(())
}
