//! What Green API is asked about one chat: whether the person has WhatsApp, typing, read marks, files; and how chats
//! are named. It never sends a message.

use serde_json::{Value, json};

use super::{Refusal, bad_data};
use crate::call::{Call, digits, hidden_number, text_at};
use crate::chat::{Content, Presence};
use crate::world::World;

impl World {
    pub(super) fn green_check(&self, call: &Call) -> Result<Value, Refusal> {
        let number = call.json().and_then(|body| body.get("phoneNumber").cloned()).unwrap_or(Value::Null);
        let phone = digits(&number.to_string());
        if !(7..=15).contains(&phone.len()) {
            return Err(Refusal::validation("'phoneNumber' must be a phone number"));
        }
        let chat = self.state.green.chats.get(&phone);
        let exists = chat.is_none_or(|chat| chat.presence != Presence::NoAccount);
        let mut answer = json!({ "existsWhatsapp": exists });
        if chat.is_some_and(|chat| chat.hides_number) {
            answer["chatId"] = json!(self.chat_id(&phone));
        }
        Ok(answer)
    }

    pub(super) fn green_typing(&mut self, now_ms: i64, call: &Call) -> Result<(), Refusal> {
        let body = call.json().ok_or_else(bad_data)?;
        let phone = self.green_phone(&body)?;
        let time = body.get("typingTime").map_or(Some(3_000), Value::as_i64);
        let time = time.filter(|time| (1_000..=20_000).contains(time));
        let time = time.ok_or_else(|| Refusal::validation("'typingTime' must be from 1000 to 20000"))?;
        self.state.green.chats.entry(phone).or_default().typing_until_ms = now_ms.saturating_add(time);
        Ok(())
    }

    pub(super) fn green_reads(&mut self, call: &Call) -> Result<Value, Refusal> {
        let body = call.json().ok_or_else(bad_data)?;
        let phone = self.green_phone(&body)?;
        let id = Some(text_at(&body, "/idMessage")).filter(|id| !id.is_empty());
        let read = self.state.green.chats.get_mut(&phone).is_some_and(|chat| chat.business_reads(id));
        Ok(json!({ "setRead": read }))
    }

    pub(super) fn green_download(&self, call: &Call) -> Result<Value, Refusal> {
        let body = call.json().ok_or_else(bad_data)?;
        let phone = self.green_phone(&body)?;
        let chat = self.state.green.chats.get(&phone);
        let message = chat.and_then(|chat| chat.message(text_at(&body, "/idMessage")));
        match message.map(|message| &message.content) {
            Some(Content::Media { media, .. }) => Ok(json!({ "downloadUrl": self.green_file_url(media) })),
            _ => Err(Refusal { status: 400, message: "message not found or has no file".to_owned() }),
        }
    }

    pub(super) fn green_file_url(&self, id: &str) -> String {
        let extension = self.state.media.get(id).map_or("bin", |media| media.extension());
        format!("{}/files/{id}.{extension}", self.settings.green.media_base.trim_end_matches('/'))
    }

    /// How notifications name a chat: by number, or by a linked id where the number is hidden.
    pub(super) fn chat_id(&self, phone: &str) -> String {
        match self.state.green.chats.get(phone) {
            Some(chat) if chat.hides_number => linked_id(phone),
            Some(_) | None => format!("{phone}@c.us"),
        }
    }

    /// The phone behind the `chatId` of a request. Only chats with one person exist here.
    pub(super) fn green_phone(&self, body: &Value) -> Result<String, Refusal> {
        let chat_id = text_at(body, "/chatId");
        if chat_id.ends_with("@lid") {
            let known = self.state.green.chats.keys().find(|phone| linked_id(phone) == chat_id);
            return known.cloned().ok_or_else(|| Refusal::validation("'chatId' is not known"));
        }
        match chat_id.strip_suffix("@c.us") {
            Some(phone)
                if phone.bytes().all(|sign| sign.is_ascii_digit()) && (7..=15).contains(&phone.len()) =>
            {
                Ok(phone.to_owned())
            }
            _ => Err(Refusal::validation("'chatId' must be the id of a chat with a person")),
        }
    }
}

fn linked_id(phone: &str) -> String {
    format!("{}@lid", hidden_number(phone))
}
