//! `lastOutgoingMessages` and `lastIncomingMessages`: what was said, newest first, and how messages look in JSON. It
//! changes nothing.

use serde_json::{Value, json};

use crate::call::Call;
use crate::chat::{Author, Chat, Content, MediaKind, Message, MessageState, Presence};
use crate::world::World;

const DEFAULT_MINUTES: i64 = 1440;

impl World {
    pub(super) fn green_outgoing(&self, now_ms: i64, call: &Call) -> Value {
        let known_before = now_ms.saturating_sub_unsigned(self.state.green.behaviour.journal_lag_ms);
        self.green_journal(now_ms, call, |phone, chat, message| {
            if message.author == Author::Person || message.at_ms > known_before {
                return None;
            }
            let mut row = self.journal_row("outgoing", phone, message);
            row["statusMessage"] = json!(status(chat, message));
            row["sendByApi"] = json!(message.author == Author::Business);
            Some(row)
        })
    }

    pub(super) fn green_incoming(&self, now_ms: i64, call: &Call) -> Value {
        self.green_journal(now_ms, call, |phone, chat, message| {
            if message.author != Author::Person {
                return None;
            }
            let mut row = self.journal_row("incoming", phone, message);
            row["senderId"] = json!(self.chat_id(phone));
            row["senderName"] = json!(chat.name);
            row["senderContactName"] = json!("");
            Some(row)
        })
    }

    fn green_journal(
        &self,
        now_ms: i64,
        call: &Call,
        row: impl Fn(&str, &Chat, &Message) -> Option<Value>,
    ) -> Value {
        let minutes = call.query("minutes").and_then(|minutes| minutes.parse().ok());
        let since = now_ms.saturating_sub(minutes.unwrap_or(DEFAULT_MINUTES).saturating_mul(60_000));
        let mut rows = Vec::new();
        for (phone, chat) in &self.state.green.chats {
            for message in chat.messages.iter().filter(|message| message.at_ms >= since) {
                rows.extend(row(phone, chat, message).map(|row| (message.at_ms, row)));
            }
        }
        rows.sort_by_key(|(at_ms, _)| std::cmp::Reverse(*at_ms));
        Value::Array(rows.into_iter().map(|(_, row)| row).collect())
    }

    fn journal_row(&self, direction: &str, phone: &str, message: &Message) -> Value {
        let mut row = self.green_message_data(message);
        // The journal lays the parts of a message flat.
        if let Some(file) = row.as_object_mut().and_then(|row| row.remove("fileMessageData")) {
            for name in ["downloadUrl", "caption", "fileName", "mimeType"] {
                row[name] = file[name].clone();
            }
        }
        if let Some(text) = row.as_object_mut().and_then(|row| row.remove("extendedTextMessageData")) {
            row["textMessage"] = text["text"].clone();
            row["extendedTextMessage"] = text;
        }
        if let Some(text) = row.as_object_mut().and_then(|row| row.remove("textMessageData")) {
            row["textMessage"] = text["textMessage"].clone();
        }
        row["type"] = json!(direction);
        row["idMessage"] = json!(message.id);
        row["timestamp"] = json!(message.at_ms.div_euclid(1000));
        row["chatId"] = json!(self.chat_id(phone));
        row
    }

    /// `messageData` of a message of either side.
    pub(super) fn green_message_data(&self, message: &Message) -> Value {
        match &message.content {
            Content::Location(place) => json!({
                "typeMessage": "locationMessage",
                "locationMessageData": {
                    "nameLocation": place.name.clone().unwrap_or_default(),
                    "address": place.address.clone().unwrap_or_default(),
                    "jpegThumbnail": "",
                    "latitude": place.latitude,
                    "longitude": place.longitude,
                    "isForwarded": false,
                    "forwardingScore": 0,
                },
            }),
            Content::Media { kind, media } => {
                let kept = self.state.media.get(media);
                let mime = kept.map(|kept| kept.mime.as_str()).unwrap_or_default();
                let extension = kept.map_or("bin", |kept| kept.extension());
                let file_name = match kept.map(|kept| kept.file_name.as_str()) {
                    Some(name) if !name.is_empty() => name.to_owned(),
                    _ => format!("{media}.{extension}"),
                };
                file(*kind, &self.green_file_url(media), &file_name, mime, &message.text)
            }
            Content::Link { kind, url, file_name } => file(*kind, url, file_name, "", &message.text),
            Content::Buttons => {
                let buttons = message.buttons.iter().map(
                    |button| json!({ "type": "reply", "buttonId": button.id, "buttonText": button.title }),
                );
                json!({
                    "typeMessage": "interactiveButtonsReply",
                    "interactiveButtonsReply": {
                        "titleText": message.header,
                        "contentText": message.text,
                        "footerText": message.footer,
                        "buttons": buttons.collect::<Vec<_>>(),
                    },
                })
            }
            _ if message.author == Author::Business => json!({
                "typeMessage": "extendedTextMessage",
                "extendedTextMessageData": {
                    "text": message.text, "description": "", "title": "", "previewType": "None",
                    "jpegThumbnail": "", "forwardingScore": 0, "isForwarded": false, "isTemplateMessage": false,
                },
            }),
            _ => json!({
                "typeMessage": "textMessage",
                "textMessageData": { "textMessage": message.text },
            }),
        }
    }
}

fn file(kind: MediaKind, url: &str, file_name: &str, mime: &str, caption: &str) -> Value {
    let type_message = match kind {
        MediaKind::Image => "imageMessage",
        MediaKind::Voice => "audioMessage",
        MediaKind::Video => "videoMessage",
        MediaKind::Document => "documentMessage",
    };
    json!({
        "typeMessage": type_message,
        "fileMessageData": {
            "downloadUrl": url, "caption": caption, "fileName": file_name, "jpegThumbnail": "",
            "mimeType": mime, "isForwarded": false, "forwardingScore": 0,
        },
    })
}

fn status(chat: &Chat, message: &Message) -> &'static str {
    match message.state {
        MessageState::Sent => "sent",
        MessageState::Delivered => "delivered",
        MessageState::Read => "read",
        MessageState::Failed if chat.presence == Presence::NoAccount => "noAccount",
        MessageState::Failed => "failed",
    }
}
