//! What Meta tells the bot: messages and statuses, escaped, signed, and posted again until somebody answers 200.

use ::http::{HeaderMap, HeaderValue, Method};
use hmac::{Hmac, KeyInit, Mac};
use serde_json::{Value, json};
use sha2::Sha256;

use super::{title, user_id};
use crate::chat::{Author, Channel, Content, MediaKind, Message, TapKind};
use crate::media::hex;
use crate::outbox::{Pending, VerifyRequest, WebhookPost};
use crate::world::{Progress, World};

/// An answer that takes longer counts as none.
const ANSWER_LIMIT_MS: i64 = 10_000;
/// Pauses between attempts; the last one repeats.
const PAUSES_MS: [i64; 8] = [5_000, 20_000, 60_000, 300_000, 900_000, 3_600_000, 7_200_000, 14_400_000];
const KEPT_MS: i64 = 7 * 24 * 60 * 60 * 1000;
const HELP: &str =
    "https://developers.facebook.com/documentation/business-messaging/whatsapp/support/error-codes";

impl World {
    /// The handshake that Meta does when the webhook is set up.
    pub fn verify_request(&mut self) -> VerifyRequest {
        let challenge = (1_000_000_000 + self.number() * 7_919).to_string();
        let meta = &self.settings.meta;
        let path = format!(
            "{}?hub.mode=subscribe&hub.challenge={challenge}&hub.verify_token={}",
            meta.webhook_path,
            percent_encoded(&meta.verify_token),
        );
        VerifyRequest { path, challenge }
    }

    pub(crate) fn meta_inbound(&self, phone: &str, message: &Message) -> Value {
        let chat = self.state.meta.chats.get(phone);
        let hides_number = chat.is_some_and(|chat| chat.hides_number);
        let mut value = json!({
            "from_user_id": user_id(phone),
            "id": message.id,
            "timestamp": seconds(message.at_ms),
        });
        if !hides_number {
            value["from"] = json!(phone);
        }
        if let Some(quoted) = &message.quoted {
            value["context"] = json!({ "from": self.settings.meta.display_phone, "id": quoted });
            let own = chat.and_then(|chat| chat.message(quoted));
            if own.is_some_and(|quoted| quoted.author == Author::Person) {
                value["context"]["from"] = json!(phone);
            }
        }
        let (kind, part) = self.inbound_part(message);
        value["type"] = json!(kind);
        value[kind] = part;
        let mut update = self.update(phone);
        update["messages"] = json!([value]);
        update
    }

    fn inbound_part(&self, message: &Message) -> (&'static str, Value) {
        match &message.content {
            Content::Location(place) => {
                let mut part = json!({ "latitude": place.latitude, "longitude": place.longitude });
                if let Some(name) = &place.name {
                    part["name"] = json!(name);
                }
                if let Some(address) = &place.address {
                    part["address"] = json!(address);
                }
                ("location", part)
            }
            Content::Media { kind, media } => self.inbound_file(message, *kind, media),
            Content::Tap { kind: TapKind::TemplateButton, button, .. } => {
                ("button", json!({ "payload": button.id, "text": button.title }))
            }
            Content::Tap { kind: TapKind::ListRow, button, .. } => {
                let mut reply = json!({ "id": button.id, "title": button.title });
                if let Some(description) = &button.description {
                    reply["description"] = json!(description);
                }
                ("interactive", json!({ "type": "list_reply", "list_reply": reply }))
            }
            Content::Tap { kind: TapKind::Button, button, .. } => {
                let reply = json!({ "id": button.id, "title": button.title });
                ("interactive", json!({ "type": "button_reply", "button_reply": reply }))
            }
            _ => ("text", json!({ "body": message.text })),
        }
    }

    fn inbound_file(&self, message: &Message, kind: MediaKind, id: &str) -> (&'static str, Value) {
        let mut part = json!({ "id": id });
        if let Some(media) = self.state.media.get(id) {
            part["mime_type"] = json!(media.mime);
            part["sha256"] = json!(media.sha256_base64());
            part["url"] = json!(self.meta_file_url(message.at_ms, id));
            if !media.file_name.is_empty() && kind == MediaKind::Document {
                part["filename"] = json!(media.file_name);
            }
        }
        if !message.text.is_empty() {
            part["caption"] = json!(message.text);
        }
        match kind {
            MediaKind::Image => ("image", part),
            MediaKind::Video => ("video", part),
            MediaKind::Document => ("document", part),
            MediaKind::Voice => {
                part["voice"] = json!(true);
                ("audio", part)
            }
        }
    }

    /// A coexistence number: what a human typed in the business app.
    pub(crate) fn meta_hand_written(&self, phone: &str, message: &Message) -> Option<Value> {
        let mut update = self.update(phone);
        if let Some(fields) = update.as_object_mut() {
            fields.remove("contacts");
        }
        update["message_echoes"] = json!([{
            "from": self.settings.meta.display_phone,
            "to": phone,
            "to_user_id": user_id(phone),
            "id": message.id,
            "timestamp": seconds(message.at_ms),
            "type": "text",
            "text": { "body": message.text },
        }]);
        Some(update)
    }

    pub(crate) fn meta_announces(&mut self, at_ms: i64, phone: &str, id: &str, progress: Progress) {
        let Some(chat) = self.state.meta.chats.get(phone) else { return };
        let hides_number = chat.hides_number;
        let Some(message) = chat.message(id).filter(|message| message.author == Author::Business) else {
            return;
        };
        let mut status = json!({ "id": id, "status": progress.name(), "timestamp": seconds(at_ms) });
        if !hides_number {
            status["recipient_id"] = json!(phone);
        }
        if let Some(callback) = &message.callback {
            status["biz_opaque_callback_data"] = json!(callback);
        }
        let category = match message.content {
            Content::Template => ("utility", "regular"),
            _ => ("service", "free_customer_service"),
        };
        match progress {
            Progress::Failed(code) => {
                let title = title(code);
                status["errors"] = json!([{
                    "code": code, "title": title, "message": title,
                    "error_data": { "details": title }, "href": HELP,
                }]);
            }
            Progress::Sent | Progress::Delivered => {
                status["pricing"] = json!({
                    "billable": category.0 == "utility", "pricing_model": "PMP",
                    "type": category.1, "category": category.0,
                });
            }
            Progress::Read => {}
        }
        let mut update = self.update(phone);
        if matches!(progress, Progress::Failed(_)) {
            if let Some(fields) = update.as_object_mut() {
                fields.remove("contacts");
            }
        } else {
            status["recipient_user_id"] = json!(user_id(phone));
        }
        update["statuses"] = json!([status]);
        self.enqueue(Channel::Meta, at_ms, update);
    }

    /// The part that every update has.
    fn update(&self, phone: &str) -> Value {
        let meta = &self.settings.meta;
        let chat = self.state.meta.chats.get(phone);
        let name = chat.map(|chat| chat.name.as_str()).unwrap_or_default();
        let mut contact = json!({ "profile": { "name": name }, "user_id": user_id(phone) });
        if !chat.is_some_and(|chat| chat.hides_number) {
            contact["wa_id"] = json!(phone);
        }
        json!({
            "messaging_product": "whatsapp",
            "metadata": {
                "display_phone_number": meta.display_phone,
                "phone_number_id": meta.phone_number_id,
            },
            "contacts": [contact],
        })
    }

    pub(crate) fn meta_due(&mut self, now_ms: i64) -> Vec<WebhookPost> {
        let most = self.state.meta.behaviour.updates_per_post.max(1);
        let outbox = &mut self.state.meta.outbox;
        outbox.retain(|pending| now_ms.saturating_sub(pending.born_ms) < KEPT_MS);
        // In the order of their times, so that a late webhook really is overtaken.
        outbox.sort_by_key(|pending| (pending.due_ms, pending.id));
        join(outbox, now_ms, most);
        let mut due = Vec::new();
        for pending in outbox.iter_mut().filter(|pending| pending.due_ms <= now_ms) {
            pending.due_ms = now_ms + ANSWER_LIMIT_MS + pause(pending.attempts);
            pending.attempts += 1;
            due.push(pending.clone());
        }
        due.iter().map(|pending| self.meta_post(pending)).collect()
    }

    pub(crate) fn meta_webhook_answered(&mut self, now_ms: i64, id: u64, status: u16) {
        let outbox = &mut self.state.meta.outbox;
        if status == 200 {
            outbox.retain(|pending| pending.id != id);
        } else if let Some(pending) = outbox.iter_mut().find(|pending| pending.id == id) {
            pending.due_ms = now_ms + pause(pending.attempts.saturating_sub(1));
        }
    }

    fn meta_post(&self, pending: &Pending) -> WebhookPost {
        let meta = &self.settings.meta;
        let updates = match &pending.body {
            Value::Array(updates) => updates.clone(),
            update => vec![update.clone()],
        };
        let changes = updates.into_iter().map(|update| {
            let field =
                if update.get("message_echoes").is_some() { "smb_message_echoes" } else { "messages" };
            json!({ "value": update, "field": field })
        });
        let body = json!({
            "object": "whatsapp_business_account",
            "entry": [{ "id": meta.waba_id, "changes": changes.collect::<Vec<_>>() }],
        });
        let body = escaped(&body.to_string());
        let mut headers = HeaderMap::new();
        headers.insert(http::header::CONTENT_TYPE, HeaderValue::from_static("application/json"));
        if let Ok(signature) = signature(&meta.app_secret, body.as_bytes()).parse() {
            headers.insert("x-hub-signature-256", signature);
        }
        WebhookPost {
            id: pending.id,
            channel: Channel::Meta,
            attempt: pending.attempts,
            method: Method::POST,
            path: meta.webhook_path.clone(),
            headers,
            body: body.into_bytes().into(),
        }
    }
}

/// Joins updates that are due together and have not been tried yet, so that up to `most` share a post.
fn join(outbox: &mut Vec<Pending>, now_ms: i64, most: usize) {
    if most == 1 {
        return;
    }
    let (fresh, mut rest): (Vec<Pending>, Vec<Pending>) =
        outbox.drain(..).partition(|pending| pending.due_ms <= now_ms && pending.attempts == 0);
    for group in fresh.chunks(most) {
        let mut joined = group[0].clone();
        joined.body = group.iter().map(|pending| pending.body.clone()).collect();
        rest.push(joined);
    }
    rest.sort_by_key(|pending| (pending.due_ms, pending.id));
    *outbox = rest;
}

fn pause(attempts: u32) -> i64 {
    let place = (attempts as usize).min(PAUSES_MS.len() - 1);
    PAUSES_MS[place]
}

fn seconds(at_ms: i64) -> String {
    at_ms.div_euclid(1000).to_string()
}

/// `X-Hub-Signature-256` of these bytes.
pub(super) fn signature(app_secret: &str, body: &[u8]) -> String {
    let mut mac =
        Hmac::<Sha256>::new_from_slice(app_secret.as_bytes()).expect("HMAC takes a key of any length");
    mac.update(body);
    format!("sha256={}", hex(&mac.finalize().into_bytes()))
}

/// JSON as Meta writes it: nothing outside ASCII, and escaped slashes. Outside strings JSON has neither.
pub(super) fn escaped(json: &str) -> String {
    let mut text = String::with_capacity(json.len());
    for sign in json.chars() {
        match sign {
            '/' => text.push_str("\\/"),
            sign if sign.is_ascii() => text.push(sign),
            sign => {
                for unit in sign.encode_utf16(&mut [0; 2]) {
                    text.push_str(&format!("\\u{unit:04x}"));
                }
            }
        }
    }
    text
}

fn percent_encoded(text: &str) -> String {
    let mut encoded = String::new();
    for byte in text.bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'_' | b'.' | b'~' => {
                encoded.push(char::from(byte))
            }
            byte => encoded.push_str(&format!("%{byte:02X}")),
        }
    }
    encoded
}
