//! Green API's sending queue: a call only puts a message in it; messages leave one by one with a pause between them.

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::{Refusal, bad_data};
use crate::call::{Call, length, text_at};
use crate::chat::{Author, Channel, Content, MediaKind, Message, ShownButton};
use crate::faults::Fault;
use crate::world::{Happening, World};

const LONGEST_TEXT: usize = 20_000;
const QUEUE_KEEPS_MS: i64 = 24 * 60 * 60 * 1000;

#[derive(Clone, Serialize, Deserialize)]
pub(crate) struct Queued {
    method: String,
    phone: String,
    message: Message,
    request: Value,
    fails: Option<i64>,
}

impl World {
    pub(super) fn green_sends(
        &mut self,
        now_ms: i64,
        method: &str,
        call: &Call,
        fault: &Fault,
    ) -> Result<Value, Refusal> {
        if self.state.green.account == super::GreenAccountState::Starting {
            let message = "instance in starting process try later".to_owned();
            return Err(Refusal { status: 400, message });
        }
        let body = call.json().ok_or_else(bad_data)?;
        let phone = self.green_phone(&body)?;
        let mut message = match method {
            "sendMessage" => text_message(&body)?,
            "sendFileByUrl" => file_message(&body)?,
            _ => buttons_message(&body)?,
        };
        let typing_ms = match body.get("typingTime") {
            None | Some(Value::Null) => 0,
            Some(time) => {
                let time = time.as_i64().filter(|time| (1_000..=20_000).contains(time));
                time.ok_or_else(|| Refusal::validation("'typingTime' must be from 1000 to 20000"))?
            }
        };
        if self.state.green.behaviour.quota_reached {
            return Err(Refusal { status: 466, message: String::new() });
        }
        message.id = self.green_message_id(Author::Business);
        message.at_ms = now_ms;
        let quoted = text_at(&body, "/quotedMessageId");
        message.quoted = Some(quoted.to_owned()).filter(|quoted| !quoted.is_empty());
        message.quirk = fault.status_quirk();
        let fails = fault.fails_later();
        let id = message.id.clone();
        let queued = Queued { method: method.to_owned(), phone, message, request: body, fails };
        self.state.green.queue.push_back(queued);
        self.green_leaves_next(now_ms, &id, typing_ms);
        Ok(json!({ "idMessage": id }))
    }

    /// Plans when a queued message leaves: after those before it, with the pause of the settings between two.
    fn green_leaves_next(&mut self, now_ms: i64, id: &str, typing_ms: i64) {
        let green = &mut self.state.green;
        let pause_ms =
            green.flags.get("delaySendMessagesMilliseconds").and_then(Value::as_i64).unwrap_or(500);
        let leaves_ms = now_ms.max(green.next_leave_ms).saturating_add(typing_ms);
        green.next_leave_ms = leaves_ms.saturating_add(pause_ms);
        self.schedule(leaves_ms, Happening::GreenLeaves { id: id.to_owned() });
    }

    /// The account works again: everything that waited leaves, in its order.
    pub(super) fn green_queue_moves(&mut self, now_ms: i64) {
        self.state.green.queue.retain(|queued| now_ms.saturating_sub(queued.message.at_ms) < QUEUE_KEEPS_MS);
        let waiting =
            self.state.green.queue.iter().map(|queued| queued.message.id.clone()).collect::<Vec<_>>();
        for id in waiting {
            self.green_leaves_next(now_ms, &id, 0);
        }
    }

    pub(crate) fn green_message_leaves(&mut self, at_ms: i64, id: &str) {
        let green = &mut self.state.green;
        if !green.account.lets_messages_out() {
            return;
        }
        let Some(place) = green.queue.iter().position(|queued| queued.message.id == id) else { return };
        let Some(mut queued) = green.queue.remove(place) else { return };
        queued.message.at_ms = at_ms;
        let chat = green.chats.entry(queued.phone.clone()).or_default();
        chat.typing_until_ms = 0;
        chat.messages.push(queued.message);
        self.green_echo(at_ms, &queued.phone, id);
        self.plan_delivery(at_ms, Channel::Green, &queued.phone, id, queued.fails);
    }

    pub(super) fn green_queue(&self) -> Value {
        let rows = self.state.green.queue.iter().map(
            |queued| json!({ "messageID": queued.message.id, "type": queued.method, "body": queued.request }),
        );
        Value::Array(rows.collect())
    }
}

fn blank(content: Content, text: &str) -> Message {
    Message::new(String::new(), Author::Business, content, text, 0)
}

fn text_message(body: &Value) -> Result<Message, Refusal> {
    let text = text_at(body, "/message");
    match length(text) {
        0 => Err(Refusal::validation("'message' is not allowed to be empty")),
        1..=LONGEST_TEXT => Ok(blank(Content::Text, text)),
        _ => Err(Refusal::validation("'message' length must be less than or equal to 20000 characters long")),
    }
}

fn file_message(body: &Value) -> Result<Message, Refusal> {
    let (url, file_name) = (text_at(body, "/urlFile"), text_at(body, "/fileName"));
    if !url.starts_with("http") {
        return Err(Refusal::validation("'urlFile' must be an address"));
    }
    let Some((_, extension)) = file_name.rsplit_once('.') else {
        return Err(Refusal::validation("'fileName' must have an extension"));
    };
    let caption = text_at(body, "/caption");
    if length(caption) > LONGEST_TEXT {
        return Err(Refusal::validation("'caption' is too long"));
    }
    let kind = match extension.to_ascii_lowercase().as_str() {
        "jpg" | "jpeg" | "png" | "webp" => MediaKind::Image,
        "mp4" | "mov" | "3gp" => MediaKind::Video,
        "ogg" | "oga" | "opus" => MediaKind::Voice,
        _ => MediaKind::Document,
    };
    let content = Content::Link { kind, url: url.to_owned(), file_name: file_name.to_owned() };
    Ok(blank(content, caption))
}

fn buttons_message(body: &Value) -> Result<Message, Refusal> {
    let text = text_at(body, "/body");
    if !(1..=LONGEST_TEXT).contains(&length(text)) {
        return Err(Refusal::validation("'body' must have 1 to 20000 characters"));
    }
    let buttons = body.get("buttons").and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default();
    if !(1..=3).contains(&buttons.len()) {
        return Err(Refusal::validation("'buttons' must contain 1 to 3 items"));
    }
    let mut message = blank(Content::Buttons, text);
    message.header = text_at(body, "/header").to_owned();
    message.footer = text_at(body, "/footer").to_owned();
    for button in buttons {
        let (id, title) = (text_at(button, "/buttonId"), text_at(button, "/buttonText"));
        if id.is_empty() {
            return Err(Refusal::validation("'buttonId' is required"));
        }
        if !(1..=25).contains(&length(title)) {
            return Err(Refusal::validation("'buttonText' must have 1 to 25 characters"));
        }
        if message.buttons.iter().any(|other| other.id == id) {
            return Err(Refusal::validation("'buttonId' must be unique"));
        }
        message.buttons.push(ShownButton { id: id.to_owned(), title: title.to_owned(), description: None });
    }
    Ok(message)
}
