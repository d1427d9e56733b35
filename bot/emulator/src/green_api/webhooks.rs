//! What Green API tells the bot: one notification per POST, strictly in order. A notification that is not answered 200
//! comes again after a minute and holds back everything behind it.

use ::http::{HeaderMap, HeaderValue, Method};
use serde_json::{Value, json};

use super::TapName;
use crate::chat::{Author, Channel, Content, Message};
use crate::outbox::{Pending, WebhookPost};
use crate::world::{Progress, World};

const ANSWER_LIMIT_MS: i64 = 180_000;
const PAUSE_MS: i64 = 60_000;
const KEPT_MS: i64 = 24 * 60 * 60 * 1000;

impl World {
    /// Nothing while notifications of incoming messages are switched off.
    pub(crate) fn green_inbound(&self, phone: &str, message: &Message) -> Option<Value> {
        if !self.state.green.is_on("incomingWebhook") {
            return None;
        }
        let data = match (&message.content, &message.quoted) {
            (Content::Tap { index, button, .. }, _) => {
                let stanza = message.quoted.clone().unwrap_or_default();
                let tap_name = self.state.green.behaviour.tap_name;
                tap(tap_name, &stanza, *index, &button.id, &button.title)
            }
            (_, Some(quoted)) => self.quoting(phone, message, quoted),
            _ => self.green_message_data(message),
        };
        Some(self.notification("incomingMessageReceived", phone, phone, message, data))
    }

    pub(crate) fn green_hand_written(&self, phone: &str, message: &Message) -> Option<Value> {
        if !self.state.green.is_on("outgoingMessageWebhook") {
            return None;
        }
        let data = self.green_message_data(message);
        let own = &self.settings.green.own_phone;
        Some(self.notification("outgoingMessageReceived", phone, own, message, data))
    }

    /// The bot hears of its own message once it has left the queue.
    pub(super) fn green_echo(&mut self, at_ms: i64, phone: &str, id: &str) {
        let green = &self.state.green;
        let message = green.chats.get(phone).and_then(|chat| chat.message(id));
        let Some(message) = message.filter(|_| green.is_on("outgoingAPIMessageWebhook")) else { return };
        let data = self.green_message_data(message);
        let own = &self.settings.green.own_phone;
        let body = self.notification("outgoingAPIMessageReceived", phone, own, message, data);
        self.enqueue(Channel::Green, at_ms, body);
    }

    pub(crate) fn green_announces(&mut self, at_ms: i64, phone: &str, id: &str, progress: Progress) {
        let status = match progress {
            Progress::Failed(131_026) => "noAccount",
            other => other.name(),
        };
        // noAccount and failed cannot be switched off.
        let fatal = matches!(progress, Progress::Failed(_));
        if !fatal && !self.state.green.is_on("outgoingWebhook") {
            return;
        }
        let body = json!({
            "typeWebhook": "outgoingMessageStatus",
            "chatId": self.chat_id(phone),
            "instanceData": self.instance_data(),
            "timestamp": at_ms.div_euclid(1000),
            "idMessage": id,
            "status": status,
            "sendByApi": true,
        });
        self.enqueue(Channel::Green, at_ms, body);
    }

    pub(super) fn green_state_webhook(&mut self, at_ms: i64, state: &str) {
        if !self.state.green.is_on("stateWebhook") {
            return;
        }
        let body = json!({
            "typeWebhook": "stateInstanceChanged",
            "instanceData": self.instance_data(),
            "timestamp": at_ms.div_euclid(1000),
            "stateInstance": state,
        });
        self.enqueue(Channel::Green, at_ms, body);
    }

    fn quoting(&self, phone: &str, message: &Message, quoted: &str) -> Value {
        let original = self.state.green.chats.get(phone).and_then(|chat| chat.message(quoted));
        let by_person = original.is_some_and(|original| original.author == Author::Person);
        let participant = if by_person { phone } else { &self.settings.green.own_phone };
        let participant = self.chat_id(participant);
        json!({
            "typeMessage": "quotedMessage",
            "extendedTextMessageData": {
                "text": message.text, "description": "", "title": "", "previewType": "None",
                "jpegThumbnail": "", "forwardingScore": 0, "isForwarded": false,
                "stanzaId": quoted, "participant": participant,
            },
            "quotedMessage": {
                "stanzaId": quoted, "participant": participant, "typeMessage": "textMessage",
                "textMessage": original.map(|original| original.text.as_str()).unwrap_or_default(),
            },
        })
    }

    fn notification(
        &self,
        kind: &str,
        phone: &str,
        sender: &str,
        message: &Message,
        message_data: Value,
    ) -> Value {
        let chat = self.state.green.chats.get(phone);
        let name = chat.map(|chat| chat.name.as_str()).unwrap_or_default();
        let sender_name = if sender == phone { name } else { "Emulated business" };
        json!({
            "typeWebhook": kind,
            "instanceData": self.instance_data(),
            "timestamp": message.at_ms.div_euclid(1000),
            "idMessage": message.id,
            "senderData": {
                "chatId": self.chat_id(phone),
                "chatName": name,
                "sender": self.chat_id(sender),
                "senderName": sender_name,
                "senderContactName": "",
            },
            "messageData": message_data,
        })
    }

    fn instance_data(&self) -> Value {
        let green = &self.settings.green;
        json!({
            "idInstance": green.id_instance,
            "wid": format!("{}@c.us", green.own_phone),
            "typeInstance": "whatsapp",
        })
    }

    pub(crate) fn green_due(&mut self, now_ms: i64) -> Vec<WebhookPost> {
        let outbox = &mut self.state.green.outbox;
        while outbox.front().is_some_and(|first| now_ms.saturating_sub(first.born_ms) >= KEPT_MS) {
            outbox.pop_front();
        }
        let mut due: Vec<Pending> = Vec::new();
        for pending in outbox.iter_mut() {
            let turn = due.is_empty() || pending.with_previous;
            if !turn || pending.due_ms > now_ms {
                break;
            }
            pending.due_ms = now_ms + ANSWER_LIMIT_MS + PAUSE_MS;
            pending.attempts += 1;
            due.push(pending.clone());
        }
        due.iter().map(|pending| self.green_post(pending)).collect()
    }

    pub(crate) fn green_webhook_answered(&mut self, now_ms: i64, id: u64, status: u16) {
        let outbox = &mut self.state.green.outbox;
        if status == 200 {
            outbox.retain(|pending| pending.id != id);
        } else if let Some(pending) = outbox.iter_mut().find(|pending| pending.id == id) {
            pending.due_ms = now_ms + PAUSE_MS;
        }
    }

    fn green_post(&self, pending: &Pending) -> WebhookPost {
        let green = &self.settings.green;
        let mut headers = HeaderMap::new();
        headers.insert(http::header::CONTENT_TYPE, HeaderValue::from_static("application/json"));
        if !green.webhook_token.is_empty()
            && let Ok(token) = format!("Bearer {}", green.webhook_token).parse()
        {
            headers.insert(http::header::AUTHORIZATION, token);
        }
        WebhookPost {
            id: pending.id,
            channel: Channel::Green,
            attempt: pending.attempts,
            method: Method::POST,
            path: green.webhook_path.clone(),
            headers,
            body: pending.body.to_string().into_bytes().into(),
        }
    }
}

fn tap(name: TapName, stanza: &str, index: usize, id: &str, title: &str) -> Value {
    let selected = json!({
        "stanzaId": stanza, "selectedIndex": index, "selectedId": id, "selectedDisplayText": title,
    });
    match name {
        TapName::InteractiveButtonsResponse => {
            json!({ "typeMessage": "interactiveButtonsResponse", "interactiveButtonsResponse": selected })
        }
        TapName::InteractiveButtonsReply => {
            json!({ "typeMessage": "interactiveButtonsReply", "interactiveButtonsReply": selected })
        }
        TapName::TemplateButtonsReplyMessage => {
            json!({ "typeMessage": "templateButtonsReplyMessage", "templateButtonReplyMessage": selected })
        }
        TapName::ButtonsResponseMessage => json!({
            "typeMessage": "buttonsResponseMessage",
            "buttonsResponseMessage": {
                "stanzaId": stanza, "selectedButtonId": id, "selectedButtonText": title,
            },
        }),
    }
}
