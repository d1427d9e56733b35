//! What one message of Meta's webhooks holds. It looks at the message alone, not at the rest of the body.

use super::inbound::inbound_id;
use super::wire::{Interactive, Location, Media, Message, System};
use crate::channels::clean;
use crate::channels::event::{Event, Incident, IncomingMessage, Words};
use agents::message::{Attachment, AttachmentKind, Content, Inbound};

/// The event that this message is.
pub(super) fn event(message: Message, incident: Incident, sender_name: Option<String>) -> Event {
    let kind = message.kind.clone().unwrap_or_default();
    match kind.as_str() {
        "reaction" => {
            match message.reaction.and_then(|reaction| Some((reaction.message_id?, reaction.emoji))) {
                Some((to, emoji)) => {
                    let emoji =
                        emoji.filter(|emoji| !emoji.is_empty()).map(|emoji| Words(clean::text(&emoji)));
                    Event::Reaction { incident, to, emoji }
                }
                None => BROKEN,
            }
        }
        "edit" => match message.edit.and_then(|edit| Some((edit.original_message_id?, edit.message))) {
            Some((original, changed)) => {
                let text = changed.and_then(words).map(Words);
                Event::Edited { incident, original: inbound_id(&original), text }
            }
            None => BROKEN,
        },
        "revoke" => match message.revoke.and_then(|revoke| revoke.original_message_id) {
            Some(original) => Event::Deleted { incident, original: inbound_id(&original) },
            None => BROKEN,
        },
        "system" => message.system.map_or(BROKEN, |system| of_system(system, incident)),
        "sticker" => Event::Ignored { reason: "sticker" },
        "unsupported" => {
            let kind = message.unsupported.as_ref().and_then(|unsupported| unsupported.kind.clone());
            let gone = message.errors.iter().any(|error| error.code == Some(UNAVAILABLE));
            match kind.as_deref() {
                _ if gone => Event::Undecryptable(incident),
                Some("edit") => Event::Ignored { reason: "edit_without_text" },
                Some(kind) if was_meant_for_us(kind) => {
                    let content = Content::Other { name: kind.to_string() };
                    incoming(&message, incident, sender_name, content)
                }
                Some(_) | None => Event::Ignored { reason: "unsupported" },
            }
        }
        _ => match content(&kind, &message) {
            Read::Content(content) => incoming(&message, incident, sender_name, content),
            Read::Nothing(reason) => Event::Ignored { reason },
            Read::Broken => BROKEN,
            Read::UnknownKind => Event::Unknown { reason: "unknown_message_kind" },
        },
    }
}

const BROKEN: Event = Event::Unknown { reason: "missing_content" };

/// "Message unavailable": the provider has it no more; the person may send it again.
const UNAVAILABLE: i64 = 131_060;

/// Kinds that the provider does not hand on although a person meant to tell us something.
fn was_meant_for_us(kind: &str) -> bool {
    matches!(
        kind,
        "poll_creation"
            | "gif"
            | "image"
            | "location"
            | "list"
            | "order"
            | "product"
            | "group_invite"
            | "link_preview"
            | "media_placeholder"
            | "interactive"
    )
}

enum Read {
    Content(Content),
    Nothing(&'static str),
    Broken,
    UnknownKind,
}

fn content(kind: &str, message: &Message) -> Read {
    let found = match kind {
        "text" => match message.text.as_ref().and_then(|text| text.body.as_deref()) {
            Some("") => return Read::Nothing("empty_text"),
            Some(body) => Some(Content::Text { text: clean::text(body) }),
            None => None,
        },
        "image" => media(AttachmentKind::Image, message.image.as_ref()),
        "video" => media(AttachmentKind::Video, message.video.as_ref()),
        "audio" => media(AttachmentKind::Voice, message.audio.as_ref()),
        "document" => media(AttachmentKind::Document, message.document.as_ref()),
        "location" => message.location.as_ref().and_then(location),
        "button" => message.button.as_ref().and_then(|button| {
            let label = button.text.clone().or_else(|| button.payload.clone())?;
            Some(tap(button.payload.as_deref().unwrap_or(&label), &label))
        }),
        "interactive" => match message.interactive.as_ref() {
            Some(Interactive { kind: Some(kind), .. }) if kind == "call_permission_reply" => {
                return Read::Nothing("call_permission");
            }
            interactive => interactive.and_then(choice),
        },
        // What is in a card, a basket or a form is not read: nobody's phone is taken from a card that somebody shared.
        "contacts" | "order" => Some(Content::Other { name: kind.to_string() }),
        "" => None,
        _ => return Read::UnknownKind,
    };
    found.map_or(Read::Broken, Read::Content)
}

fn choice(interactive: &Interactive) -> Option<Content> {
    if interactive.kind.as_deref() == Some("nfm_reply") {
        return Some(Content::Other { name: "nfm_reply".to_string() });
    }
    let choice = interactive.button_reply.as_ref().or(interactive.list_reply.as_ref())?;
    let id = choice.id.as_deref()?;
    Some(tap(id, choice.title.as_deref().unwrap_or(id)))
}

fn tap(payload: &str, label: &str) -> Content {
    Content::Tap { payload: clean::text(payload), label: clean::text(label) }
}

fn media(kind: AttachmentKind, media: Option<&Media>) -> Option<Content> {
    let media = media?;
    let given = |text: &Option<String>| text.as_deref().filter(|text| !text.is_empty()).map(clean::text);
    let attachment = Attachment {
        kind,
        reference: media.id.clone()?,
        mime: media.mime_type.as_deref().map(clean::mime).unwrap_or_default(),
        caption: given(&media.caption),
        file_name: media.filename.as_deref().and_then(clean::file_name),
    };
    Some(Content::Media { attachment })
}

fn location(location: &Location) -> Option<Content> {
    let parts: Vec<String> = [&location.name, &location.address]
        .into_iter()
        .flatten()
        .filter_map(|part| clean::name(part))
        .collect();
    Some(Content::Location {
        latitude: location.latitude?,
        longitude: location.longitude?,
        place: (!parts.is_empty()).then(|| parts.join(", ")),
    })
}

/// The text or caption of a changed message.
fn words(message: Message) -> Option<String> {
    let caption = [message.image, message.video, message.document]
        .into_iter()
        .flatten()
        .find_map(|media| media.caption);
    message.text.and_then(|text| text.body).or(caption).map(|text| clean::text(&text))
}

fn of_system(system: System, incident: Incident) -> Event {
    match system.kind.as_deref() {
        // `customer_changed_number` is how older versions spell it.
        Some("user_changed_number" | "customer_changed_number" | "user_changed_user_id") => {
            Event::IdentityChanged {
                incident,
                phone: system.wa_id.as_deref().and_then(clean::phone).map(Words),
                business_scoped_id: system.user_id,
            }
        }
        Some("customer_identity_changed") => Event::Ignored { reason: "security_code_changed" },
        Some(_) | None => Event::Unknown { reason: "unknown_system_message" },
    }
}

fn incoming(message: &Message, incident: Incident, sender_name: Option<String>, content: Content) -> Event {
    Event::Message(IncomingMessage {
        place: incident.place,
        phone: incident.phone,
        business_scoped_id: incident.business_scoped_id,
        inbound: Inbound {
            id: incident.id,
            at: incident.at,
            content,
            reply_to: message.context.as_ref().and_then(|context| context.id.clone()),
            sender_name,
        },
        advertisement: message.referral.as_ref().and_then(|referral| referral.source_id.clone()),
    })
}
