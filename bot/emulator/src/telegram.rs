//! Telegram's Bot API as far as an operator's alerts need it: `sendMessage`, with the errors that the documentation names.

use crate::call::{self, Call};
use crate::faults::{Fault, Faults};
use crate::world::World;
use bytes::Bytes;
use http::Response;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

/// The most characters that one message may have.
const LONGEST: usize = 4096;

#[derive(Clone, Serialize, Deserialize)]
pub(crate) struct TelegramState {
    pub(crate) faults: Faults,
    /// Chat and text, in the order of sending.
    sent: Vec<(String, String)>,
}

impl Default for TelegramState {
    fn default() -> TelegramState {
        TelegramState { faults: Faults::none(), sent: Vec::new() }
    }
}

impl World {
    /// What was sent to a chat on Telegram, oldest first.
    pub fn telegram_chat(&self, chat: &str) -> Vec<String> {
        self.state.telegram.sent.iter().filter(|(to, _)| to == chat).map(|(_, text)| text.clone()).collect()
    }

    pub(crate) fn telegram_answers(&mut self, call: &Call) -> Response<Bytes> {
        let token = format!("bot{}", self.settings.telegram_token);
        let body = match call.segments().as_slice() {
            [given, _] if *given != token => return refused(401, "Unauthorized"),
            [_, "sendMessage"] => call.json().unwrap_or(Value::Null),
            _ => return refused(404, "Not Found"),
        };
        let chat = match &body["chat_id"] {
            Value::String(chat) => chat.clone(),
            Value::Number(chat) => chat.to_string(),
            _ => return refused(400, "Bad Request: chat_id is empty"),
        };
        let text = body["text"].as_str().unwrap_or_default();
        if text.is_empty() {
            return refused(400, "Bad Request: message text is empty");
        }
        if call::length(text) > LONGEST {
            return refused(400, "Bad Request: message is too long");
        }
        self.state.telegram.sent.push((chat, text.to_owned()));
        let number = self.state.telegram.sent.len();
        call::json(200, &json!({ "ok": true, "result": { "message_id": number, "text": text } }))
    }
}

fn refused(code: u16, description: &str) -> Response<Bytes> {
    call::json(code, &json!({ "ok": false, "error_code": code, "description": description }))
}

/// What a fault makes of a call.
pub(crate) fn refuses(fault: &Fault) -> Response<Bytes> {
    match fault {
        Fault::RateLimited { retry_after_s } => call::json(
            429,
            &json!({
                "ok": false, "error_code": 429,
                "description": format!("Too Many Requests: retry after {retry_after_s}"),
                "parameters": { "retry_after": retry_after_s },
            }),
        ),
        _ => refused(502, "Bad Gateway"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::settings::Settings;
    use crate::world::Provider;
    use http::Request;

    #[test]
    fn a_message_is_shown_once_with_the_right_token() {
        let settings = Settings::default();
        let token = settings.telegram_token.clone();
        let mut world = World::new(settings);
        let send = |world: &mut World, token: &str, text: &str| {
            let body = json!({ "chat_id": "-100", "text": text }).to_string();
            let request = Request::post(format!("/telegram/bot{token}/sendMessage"))
                .body(Bytes::from(body))
                .expect("a valid request");
            let outcome = world.handle(0, Provider::Telegram, request);
            outcome.answer().map(|answer| answer.status().as_u16())
        };
        assert_eq!(send(&mut world, &token, "hello"), Some(200));
        assert_eq!(send(&mut world, "1:wrong", "hello"), Some(401));
        assert_eq!(send(&mut world, &token, ""), Some(400));
        assert_eq!(send(&mut world, &token, &"x".repeat(4097)), Some(400));
        assert_eq!(world.telegram_chat("-100"), ["hello"]);
        assert!(world.telegram_chat("-200").is_empty());
    }
}
