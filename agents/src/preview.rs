//! A made-up turn, to hear how a pro would answer some words. It ends like a real one; its caller throws everything away
//! but what is said.

use crate::business::Business;
use crate::contact::Contact;
use crate::conversation::{Conversation, Place};
use crate::id::{ContactId, ConversationId, InboundId};
use crate::language;
use crate::message::{Channel, Content, Inbound};
use crate::pro::{Area, Pro};
use crate::request::{Address, Request};
use crate::turn::{Candidate, Inbox, Occasion, Snapshot};
use crate::understanding::{self, Context, places};
use chrono::{DateTime, Utc};
use std::collections::BTreeMap;

/// The chat of a made-up turn; no chat has this id.
pub const CHAT: &str = "preview";

/// A customer whom the business knows writes these words; their problem is one of the pro's trade, in a place where the
/// pro goes.
#[must_use]
pub fn snapshot(business: &Business, pro: &Pro, words: &str, now: DateTime<Utc>) -> Snapshot {
    let language = language::detect(words).unwrap_or(business.locale);
    let city = pro.areas.iter().find_map(|area| match area {
        Area::Place(name) | Area::Around { city: name, .. } => places::by_name(name),
    });
    let address = Address { city: city.map(|place| place.key.to_owned()), ..Address::default() };
    let said = understanding::read(words, &Context { trades: &pro.trades, city: None, expecting: None });
    // Words that state a problem begin a request of their own.
    let issue =
        said.trade.is_none().then(|| crate::text::truncate(&crate::text::clean(words), 300).to_owned());
    let trade = pro.trades.first().copied().filter(|_| issue.is_some());
    let request = Request { trade, issue, address, ..Request::default() };
    let contact = Contact {
        id: ContactId::new(CHAT),
        business: business.id.clone(),
        phone: None,
        name: None,
        profile_name: None,
        language: Some(language),
        address: None,
        disclosed_at: Some(now),
        consented_at: Some(now),
        opted_out_at: None,
        also: Vec::new(),
    };
    let conversation = Conversation {
        id: ConversationId::new(CHAT),
        business: business.id.clone(),
        contact: contact.id.clone(),
        place: Place { channel: Channel::Meta, account: String::new(), address: String::new() },
        language: Some(language),
        request,
        lead: None,
        pending: None,
        misses: BTreeMap::new(),
        paused_until: None,
        last_inbound_at: Some(now),
        customer_mode_until: None,
        unanswered: Vec::new(),
        leads_made: 0,
        needs_human: None,
        minute: None,
        reported: None,
    };
    let inbound = Inbound {
        id: InboundId::new(CHAT),
        at: now,
        content: Content::Text { text: words.to_owned() },
        reply_to: None,
        sender_name: None,
    };
    let inbox = Inbox {
        conversation,
        contact,
        pro: None,
        inbound: vec![inbound],
        history: Vec::new(),
        leads: Vec::new(),
        jobs: Vec::new(),
        is_owner: false,
        pro_id: None,
    };
    // A pause is no reason not to try a voice.
    let business = Business { paused_at: None, ..business.clone() };
    Snapshot { now, business, occasion: Occasion::Inbox(Box::new(inbox)) }
}

/// The pro as the only one there is, with time, whatever keeps them from jobs just now.
#[must_use]
pub fn candidate(pro: &Pro) -> Candidate {
    let pro = Pro { active: true, approved: true, on_vacation: false, ..pro.clone() };
    Candidate { pro, open_jobs: 0 }
}
