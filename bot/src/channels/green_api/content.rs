//! What one message of Green API's notifications holds. It looks at the message alone.

use super::inbound::inbound_id;
use super::wire::{Choice, FileMessageData, ListChoice, LocationMessageData, MessageData};
use crate::channels::clean;
use crate::channels::event::{Event, Incident, IncomingMessage, Words};
use agents::message::{Attachment, AttachmentKind, Content, Inbound};
use serde_json::Value;

const BROKEN: Event = Event::Unknown { reason: "missing_content" };

/// The event that this message of a person is.
pub(super) fn event(data: &MessageData, incident: Incident, sender_name: Option<String>) -> Event {
    let content = match data.type_message.as_deref().unwrap_or_default() {
        "textMessage" | "extendedTextMessage" | "quotedMessage" => match raw_words(data) {
            None => return BROKEN,
            Some("") => return Event::Ignored { reason: "empty_text" },
            // What the provider writes when a message could not be decrypted, or was one of the app itself.
            Some("{{SWE001}}") => return Event::Undecryptable(incident),
            Some(text) if is_placeholder(text) => return Event::Ignored { reason: "placeholder" },
            Some(text) => Some(Content::Text { text: clean::text(text) }),
        },
        "imageMessage" => media(AttachmentKind::Image, data),
        "videoMessage" => media(AttachmentKind::Video, data),
        "audioMessage" => media(AttachmentKind::Voice, data),
        "documentMessage" => media(AttachmentKind::Document, data),
        "stickerMessage" => return Event::Ignored { reason: "sticker" },
        "locationMessage" => data.location_message_data.as_ref().and_then(location),
        // What is in a card or a basket is not read: nobody's phone is taken from a card that somebody shared.
        kind @ ("contactMessage"
        | "contactsArrayMessage"
        | "orderMessage"
        | "productMessage"
        | "groupInviteMessage"
        | "pollMessage") => Some(Content::Other { name: kind.to_string() }),
        "interactiveButtonsResponse" => data.interactive_buttons_response.as_ref().and_then(choice),
        "templateButtonsReplyMessage" | "templateButtonReplyMessage" => {
            data.template_button_reply_message.as_ref().and_then(choice)
        }
        "buttonsResponseMessage" => data.buttons_response_message.as_ref().and_then(choice),
        "listResponseMessage" => data.list_response_message.as_ref().and_then(list_choice),
        // A tap in one reading of the documents; in the other a message of another bot that has buttons.
        "interactiveButtonsReply" => match data.interactive_buttons_reply.as_ref().and_then(choice) {
            Some(content) => Some(content),
            None => return OF_A_BOT,
        },
        "interactiveButtons" | "buttonsMessage" | "listMessage" | "templateMessage" => return OF_A_BOT,
        "reactionMessage" => return reaction(data, incident),
        "editedMessage" => return edited(data, incident),
        "deletedMessage" => {
            let original =
                data.deleted_message_data.as_ref().and_then(|deleted| deleted.stanza_id.as_deref());
            return match original {
                Some(original) => {
                    Event::Deleted { original: inbound_id(&incident.place.account, original), incident }
                }
                None => BROKEN,
            };
        }
        "pollUpdateMessage" => return Event::Ignored { reason: "poll_vote" },
        "" => None,
        _ => return Event::Unknown { reason: "unknown_message_kind" },
    };
    match content {
        Some(content) => incoming(data, incident, sender_name, content),
        None => BROKEN,
    }
}

/// Two bots that answer each other never stop.
const OF_A_BOT: Event = Event::Ignored { reason: "message_of_a_bot" };

/// The text of a message, its caption or what stands above its buttons: for the timeline, and to know an echo by.
pub(super) fn words(data: &MessageData) -> Option<Words> {
    let caption = data.file_message_data.as_ref().and_then(|file| file.caption.as_deref());
    let above_buttons =
        data.interactive_buttons_reply.as_ref().and_then(|buttons| buttons.content_text.as_deref());
    let caption = caption.or(above_buttons);
    raw_words(data).or(caption).filter(|text| !text.is_empty()).map(|text| Words(clean::text(text)))
}

/// The text, in whichever of the two objects it is.
fn raw_words(data: &MessageData) -> Option<&str> {
    let plain = data.text_message_data.as_ref().and_then(|text| text.text_message.as_deref());
    plain.or_else(|| data.extended_text_message_data.as_ref()?.text.as_deref())
}

fn is_placeholder(text: &str) -> bool {
    text.strip_prefix("{{SWE")
        .and_then(|rest| rest.strip_suffix("}}"))
        .is_some_and(|digits| !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit()))
}

fn media(kind: AttachmentKind, data: &MessageData) -> Option<Content> {
    let file: &FileMessageData = data.file_message_data.as_ref()?;
    let attachment = Attachment {
        kind,
        // Empty when the file has to be asked for by the id of the message.
        reference: file.download_url.clone().unwrap_or_default(),
        mime: file.mime_type.as_deref().map(clean::mime).unwrap_or_default(),
        caption: file.caption.as_deref().filter(|caption| !caption.is_empty()).map(clean::text),
        // Of other kinds it is made up by the provider.
        file_name: file
            .file_name
            .as_deref()
            .filter(|_| kind == AttachmentKind::Document)
            .and_then(clean::file_name),
    };
    Some(Content::Media { attachment })
}

fn location(location: &LocationMessageData) -> Option<Content> {
    let parts: Vec<String> = [&location.name_location, &location.address]
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

/// A tap; a label alone is what the person would have typed.
fn choice(choice: &Choice) -> Option<Content> {
    let given = |one: &Option<String>, other: &Option<String>| {
        one.clone().or_else(|| other.clone()).filter(|text| !text.is_empty()).map(|text| clean::text(&text))
    };
    let payload = given(&choice.selected_id, &choice.selected_button_id);
    let label = given(&choice.selected_display_text, &choice.selected_button_text);
    match (payload, label) {
        (Some(payload), label) => {
            let label = label.unwrap_or_else(|| payload.clone());
            Some(Content::Tap { payload, label })
        }
        (None, Some(text)) => Some(Content::Text { text }),
        (None, None) => None,
    }
}

fn list_choice(choice: &ListChoice) -> Option<Content> {
    let row = match &choice.single_select_reply {
        Value::String(row) => Some(row.as_str()),
        other => other.get("selectedRowId").and_then(Value::as_str),
    };
    let title = choice.title.as_deref().filter(|title| !title.is_empty()).map(clean::text);
    match (row.filter(|row| !row.is_empty()).map(clean::text), title) {
        (Some(payload), title) => {
            let label = title.unwrap_or_else(|| payload.clone());
            Some(Content::Tap { payload, label })
        }
        (None, Some(text)) => Some(Content::Text { text }),
        (None, None) => None,
    }
}

/// The emoji is where the words of a text would be: it must never be taken for one.
fn reaction(data: &MessageData, incident: Incident) -> Event {
    match quoted(data) {
        Some(to) => {
            let emoji =
                raw_words(data).filter(|emoji| !emoji.is_empty()).map(|emoji| Words(clean::text(emoji)));
            Event::Reaction { incident, to, emoji }
        }
        None => BROKEN,
    }
}

fn edited(data: &MessageData, incident: Incident) -> Event {
    let Some(changed) = data.edited_message_data.as_ref() else { return BROKEN };
    let Some(original) = changed.stanza_id.as_deref() else { return BROKEN };
    let text = changed.text_message.as_deref().or(changed.caption.as_deref());
    Event::Edited {
        original: inbound_id(&incident.place.account, original),
        text: text.map(|text| Words(clean::text(text))),
        incident,
    }
}

/// The provider's id of the message that is quoted, answered or tapped on.
fn quoted(data: &MessageData) -> Option<String> {
    let choices = [
        &data.interactive_buttons_response,
        &data.interactive_buttons_reply,
        &data.template_button_reply_message,
        &data.buttons_response_message,
    ];
    data.quoted_message
        .as_ref()
        .and_then(|quoted| quoted.stanza_id.clone())
        .or_else(|| data.extended_text_message_data.as_ref()?.stanza_id.clone())
        .or_else(|| choices.into_iter().flatten().find_map(|choice| choice.stanza_id.clone()))
        .or_else(|| data.list_response_message.as_ref()?.stanza_id.clone())
        .filter(|id| !id.is_empty())
}

fn incoming(data: &MessageData, incident: Incident, sender_name: Option<String>, content: Content) -> Event {
    let advertisement = data
        .extended_text_message_data
        .as_ref()
        .filter(|text| text.show_ad_attribution)
        .and_then(|text| text.source_id.clone());
    Event::Message(IncomingMessage {
        place: incident.place,
        phone: incident.phone,
        business_scoped_id: incident.business_scoped_id,
        inbound: Inbound { id: incident.id, at: incident.at, content, reply_to: quoted(data), sender_name },
        advertisement,
    })
}
