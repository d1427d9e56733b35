//! `POST /{phone_number_id}/messages`: read marks, typing, and messages on their way to a phone. It never checks the
//! forms of messages; `limits` does.

use serde_json::{Value, json};

use super::limits::{self, Draft};
use super::{ClosedWindow, GraphError, user_id};
use crate::call::{Call, digits, length, text_at};
use crate::chat::{Author, Channel, Content, Message, ShownButton};
use crate::faults::Fault;
use crate::world::World;

const WINDOW_MS: i64 = 24 * 60 * 60 * 1000;
const TYPING_MS: i64 = 25_000;

impl World {
    pub(super) fn meta_message(
        &mut self,
        now_ms: i64,
        call: &Call,
        fault: &Fault,
    ) -> Result<Value, GraphError> {
        let body = call.json().ok_or_else(|| GraphError::parameter("the body is not JSON"))?;
        if text_at(&body, "/messaging_product") != "whatsapp" {
            return Err(GraphError::parameter("The parameter messaging_product is required."));
        }
        if body.get("status").is_some() {
            return self.meta_reads(now_ms, &body);
        }
        let phone = self.receiver(&body)?;
        let draft = match text_at(&body, "/type") {
            "template" => self.template(&body)?,
            _ => limits::draft(&body)?,
        };
        if let Content::Media { media, .. } = &draft.content
            && !self.state.media.contains_key(media)
        {
            return Err(GraphError::value("the media id does not exist"));
        }
        let callback = text_at(&body, "/biz_opaque_callback_data");
        if length(callback) > 512 {
            return Err(GraphError::value("biz_opaque_callback_data must have at most 512 characters"));
        }
        let open = self.window_is_open(now_ms, &phone) || matches!(draft.content, Content::Template);
        let mut fails = fault.fails_later();
        match self.state.meta.behaviour.closed_window {
            ClosedWindow::RefusedAtOnce if !open => {
                return Err(GraphError::new(
                    400,
                    131_047,
                    "Message failed to send because more than 24 hours have passed since the customer last replied \
                     to this number.",
                ));
            }
            ClosedWindow::FailsLater if !open => fails = Some(131_047),
            ClosedWindow::RefusedAtOnce | ClosedWindow::FailsLater | ClosedWindow::Delivers => {}
        }
        let template = matches!(draft.content, Content::Template);
        let id = self.meta_message_id(&phone, Author::Business);
        let mut message = Message::new(id.clone(), Author::Business, draft.content, &draft.text, now_ms);
        (message.header, message.footer, message.buttons) = (draft.header, draft.footer, draft.buttons);
        message.callback = Some(callback.to_owned()).filter(|callback| !callback.is_empty());
        message.quirk = fault.status_quirk();
        let chat = self.state.meta.chats.entry(phone.clone()).or_default();
        let quoted = text_at(&body, "/context/message_id");
        message.quoted = chat.message(quoted).map(|message| message.id.clone());
        chat.typing_until_ms = 0;
        chat.messages.push(message);
        self.plan_delivery(now_ms, Channel::Meta, &phone, &id, fails);

        let to = text_at(&body, "/to");
        let contact = match to {
            "" => json!({ "input": text_at(&body, "/recipient"), "user_id": user_id(&phone) }),
            to => json!({ "input": to, "wa_id": phone }),
        };
        let mut sent = json!({ "id": id });
        if template {
            sent["message_status"] = json!("accepted");
        }
        Ok(json!({ "messaging_product": "whatsapp", "contacts": [contact], "messages": [sent] }))
    }

    /// Whom the request is for: `to` wins over `recipient`.
    fn receiver(&self, body: &Value) -> Result<String, GraphError> {
        let (to, recipient) = (text_at(body, "/to"), text_at(body, "/recipient"));
        if to.is_empty() && recipient.is_empty() {
            return Err(GraphError::parameter("The parameter to is required."));
        }
        if !matches!(text_at(body, "/recipient_type"), "" | "individual") {
            return Err(GraphError::value("recipient_type must be individual"));
        }
        if to.is_empty() {
            let known = self.state.meta.chats.keys().find(|phone| user_id(phone) == recipient);
            return known.cloned().ok_or_else(|| GraphError::value("the recipient is not known"));
        }
        let phone = digits(to);
        let written_as_number = to.chars().all(|sign| sign.is_ascii_digit() || "+-() ".contains(sign));
        if !written_as_number || !(7..=15).contains(&phone.len()) {
            return Err(GraphError::value("the phone number of the recipient is not valid"));
        }
        if phone == self.settings.meta.display_phone {
            return Err(GraphError::new(400, 131_021, "Recipient and sender are the same."));
        }
        Ok(phone)
    }

    fn window_is_open(&self, now_ms: i64, phone: &str) -> bool {
        let last = self.state.meta.chats.get(phone).and_then(|chat| chat.last_inbound_ms);
        last.is_some_and(|last| now_ms.saturating_sub(last) < WINDOW_MS)
    }

    fn meta_reads(&mut self, now_ms: i64, body: &Value) -> Result<Value, GraphError> {
        if text_at(body, "/status") != "read" {
            return Err(GraphError::value("status must be read"));
        }
        let typing = match body.get("typing_indicator") {
            None | Some(Value::Null) => false,
            Some(indicator) if text_at(indicator, "/type") == "text" => true,
            Some(_) => return Err(GraphError::value("typing_indicator.type must be text")),
        };
        let id = text_at(body, "/message_id");
        if id.is_empty() {
            return Err(GraphError::missing("message_id"));
        }
        let chats = self.state.meta.chats.values_mut();
        let Some(chat) = chats.into_iter().find(|chat| chat.message(id).is_some()) else {
            return Err(GraphError::value("the message id is not known"));
        };
        if !chat.business_reads(Some(id)) {
            return Err(GraphError::value("the message was not received by this number"));
        }
        if typing {
            chat.typing_until_ms = now_ms.saturating_add(TYPING_MS);
        }
        Ok(json!({ "success": true }))
    }

    /// A template as the person sees it.
    fn template(&self, body: &Value) -> Result<Draft, GraphError> {
        let name = text_at(body, "/template/name");
        let language = text_at(body, "/template/language/code");
        if name.is_empty() {
            return Err(GraphError::missing("template.name"));
        }
        if language.is_empty() {
            return Err(GraphError::missing("template.language.code"));
        }
        if text_at(body, "/to").is_empty() && text_at(body, "/template/category") == "authentication" {
            return Err(GraphError::new(400, 131_062, "a phone number is needed for this template"));
        }
        let components = body.pointer("/template/components").and_then(Value::as_array);
        let components = components.map(Vec::as_slice).unwrap_or_default();
        let parameters = components
            .iter()
            .filter(|component| text_at(component, "/type") == "body")
            .filter_map(|component| component.get("parameters").and_then(Value::as_array))
            .flatten()
            .map(|parameter| text_at(parameter, "/text").to_owned())
            .collect::<Vec<_>>();
        let templates = &self.state.meta.behaviour.templates;
        let known = templates.iter().find(|known| known.name == name && known.language == language);
        let (text, labels) = match known {
            Some(known) => {
                let wanted = (1..).take_while(|n| known.body.contains(&format!("{{{{{n}}}}}"))).count();
                if wanted != parameters.len() {
                    let details = format!("expected {wanted} parameters, received {}", parameters.len());
                    return Err(GraphError::new(400, 132_000, details));
                }
                let mut text = known.body.clone();
                for (place, parameter) in parameters.iter().enumerate() {
                    text = text.replace(&format!("{{{{{}}}}}", place + 1), parameter);
                }
                (text, known.buttons.clone())
            }
            None => {
                let details = format!("template name ({name}) does not exist in {language}");
                return Err(GraphError::new(404, 132_001, details));
            }
        };
        if length(&text) > 1024 {
            return Err(GraphError::new(400, 132_005, "the body of the template is too long"));
        }
        let buttons = quick_replies(components, &labels);
        let (header, footer) = (String::new(), String::new());
        Ok(Draft { content: Content::Template, header, text, footer, buttons })
    }
}

/// Quick replies: the payload comes with the request, the label with the template.
fn quick_replies(components: &[Value], labels: &[String]) -> Vec<ShownButton> {
    let payloads = components
        .iter()
        .filter(|component| text_at(component, "/sub_type") == "quick_reply")
        .map(|component| text_at(component, "/parameters/0/payload"))
        .collect::<Vec<_>>();
    (0..payloads.len().max(labels.len()))
        .map(|place| {
            let payload = payloads.get(place).copied().unwrap_or_default();
            let title = labels.get(place).map_or(payload, String::as_str);
            let id = if payload.is_empty() { title } else { payload };
            ShownButton { id: id.to_owned(), title: title.to_owned(), description: None }
        })
        .collect()
}
