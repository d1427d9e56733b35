//! Events as one line of text each, so that they can be compared and read. Everything that a caller acts on is in it.

use agents::conversation::Place;
use agents::message::{AttachmentKind, Content};
use bot::channels::{Event, Incident, IncomingMessage};
use chrono::{DateTime, Utc};

/// The accounts of nearly all fixtures; others are named.
fn is_usual(account: &str) -> bool {
    ["200000000000001", "7103000001"].contains(&account)
}

pub(crate) fn event(event: &Event) -> String {
    match event {
        Event::Message(message) => incoming(message),
        Event::Undecryptable(who) => format!("undecryptable {}", incident(who)),
        Event::Edited { incident: who, original, text } => {
            format!("edited {original} to {:?} {}", text.as_ref().map(|text| &text.0), incident(who))
        }
        Event::Deleted { incident: who, original } => format!("deleted {original} {}", incident(who)),
        Event::Reaction { incident: who, to, emoji } => {
            let emoji = emoji.as_ref().map_or("none", |emoji| &emoji.0);
            format!("reaction {emoji} to {to} {}", incident(who))
        }
        Event::MissedCall(who) => format!("missed call {}", incident(who)),
        Event::IdentityChanged { incident: who, phone, business_scoped_id } => {
            let phone = phone.as_ref().map_or("?", |phone| &phone.0);
            format!("is now {phone} {} {}", business_scoped_id.as_deref().unwrap_or("-"), incident(who))
        }
        Event::Marketing { incident: who, wish } => format!("marketing {wish:?} {}", incident(who)),
        Event::HumanAnswered { incident: who, text } => {
            format!("a human answered {:?} {}", text.as_ref().map(|text| &text.0), incident(who))
        }
        Event::Echo { place: to, provider_id, text, at } => {
            let text = text.as_ref().map(|text| &text.0);
            format!("echo {provider_id} {text:?} to {} at {}", place(to), seconds(*at))
        }
        Event::Status(status) => {
            let outbox = status.outbox.as_ref().map(|outbox| format!(" of {outbox}")).unwrap_or_default();
            let reason =
                status.reason.as_ref().map(|reason| format!(" because {reason}")).unwrap_or_default();
            let id = &status.provider_id;
            format!("status {:?}{reason}{outbox} for {id} at {}", status.state, seconds(status.at))
        }
        Event::AccountState { account, standing, reason, .. } => {
            let on = if is_usual(account) { String::new() } else { format!(" on {account}") };
            format!("account {standing:?} {reason}{on}")
        }
        Event::Template { account, name, language, state } => {
            format!("template {name} {language} {state} on {account}")
        }
        Event::Ignored { reason } => format!("ignored {reason}"),
        Event::Unknown { reason } => format!("unknown {reason}"),
    }
}

/// `KIND from WHO (NAME) WHAT`, then what it quotes, its advertisement and its place in time.
fn incoming(message: &IncomingMessage) -> String {
    let inbound = &message.inbound;
    let who = Incident {
        id: inbound.id.clone(),
        place: message.place.clone(),
        phone: message.phone.clone(),
        business_scoped_id: message.business_scoped_id.clone(),
        at: inbound.at,
    };
    let name = inbound.sender_name.as_deref().unwrap_or("-");
    let quoting = inbound.reply_to.as_ref().map(|id| format!(" quoting {id}")).unwrap_or_default();
    let ad = message.advertisement.as_ref().map(|ad| format!(" from ad {ad}")).unwrap_or_default();
    format!("{}{quoting}{ad} {} ({name})", content(&inbound.content), incident(&who))
}

fn content(content: &Content) -> String {
    match content {
        Content::Text { text } if text.len() > 500 => {
            let start: String = text.chars().take(5).collect();
            format!("text {start:?}… of {} bytes", text.len())
        }
        Content::Text { text } => format!("text {text:?}"),
        Content::Tap { payload, label } => format!("tap {payload:?} {label:?}"),
        Content::Media { attachment } => {
            let kind = match attachment.kind {
                AttachmentKind::Image => "image",
                AttachmentKind::Video => "video",
                AttachmentKind::Voice => "voice",
                AttachmentKind::Document => "document",
            };
            let caption =
                attachment.caption.as_ref().map(|caption| format!(" {caption:?}")).unwrap_or_default();
            let file =
                attachment.file_name.as_ref().map(|file| format!(" file {file:?}")).unwrap_or_default();
            format!("{kind} {:?}{caption}{file} at {}", attachment.mime, attachment.reference)
        }
        Content::Location { latitude, longitude, place } => {
            format!("location {latitude} {longitude} {:?}", place.as_deref().unwrap_or("-"))
        }
        Content::Other { name } => format!("other {name}"),
    }
}

/// `from ADDRESS [PHONE USER] at SECONDS as ID`.
fn incident(who: &Incident) -> String {
    let phone = who.phone.as_deref().unwrap_or("-");
    let user = who.business_scoped_id.as_ref().map(|user| format!(" {user}")).unwrap_or_default();
    format!("from {} [{phone}{user}] at {} as {}", place(&who.place), seconds(who.at), who.id)
}

fn place(place: &Place) -> String {
    let on = if is_usual(&place.account) { String::new() } else { format!(" on {}", place.account) };
    format!("{}{on}", place.address)
}

/// Seconds since 1,790,000,000, the time of nearly all fixtures.
fn seconds(at: DateTime<Utc>) -> i64 {
    at.timestamp() - 1_790_000_000
}
