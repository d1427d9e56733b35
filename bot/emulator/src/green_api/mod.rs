//! Green API: which methods exist, who may call them, the account's state and settings. Sending is in `send`, the
//! lists of what was sent in `journal`, what the bot is told in `webhooks`.

mod chats;
mod journal;
mod send;
mod webhooks;

use std::collections::VecDeque;

use ::http::{Method, Response};
use bytes::Bytes;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};

use crate::call::{self, Call};
use crate::chat::{Author, Chats};
use crate::faults::{CallKind, Fault, Faults};
use crate::outbox::Pending;
use crate::progress::Pace;
use crate::world::World;
use send::Queued;

/// State of the instance, as `getStateInstance` names it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum GreenAccountState {
    /// Works.
    #[default]
    Authorized,
    /// The phone was unlinked: messages wait in the queue.
    NotAuthorized,
    /// Banned by WhatsApp: messages wait in the queue.
    Blocked,
    /// Restarting: sending answers 400.
    Starting,
    /// Limited by WhatsApp; messages still leave.
    YellowCard,
}

impl GreenAccountState {
    fn name(self) -> &'static str {
        match self {
            GreenAccountState::Authorized => "authorized",
            GreenAccountState::NotAuthorized => "notAuthorized",
            GreenAccountState::Blocked => "blocked",
            GreenAccountState::Starting => "starting",
            GreenAccountState::YellowCard => "yellowCard",
        }
    }

    pub(crate) fn lets_messages_out(self) -> bool {
        match self {
            GreenAccountState::Authorized | GreenAccountState::YellowCard => true,
            GreenAccountState::NotAuthorized | GreenAccountState::Blocked | GreenAccountState::Starting => {
                false
            }
        }
    }
}

/// Under which name an instance reports a tapped button; all four have been seen.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum TapName {
    /// `interactiveButtonsResponse`
    #[default]
    InteractiveButtonsResponse,
    /// `interactiveButtonsReply`
    InteractiveButtonsReply,
    /// `templateButtonsReplyMessage`
    TemplateButtonsReplyMessage,
    /// `buttonsResponseMessage`
    ButtonsResponseMessage,
}

/// Switches of Green API, changeable at any time.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct GreenBehaviour {
    /// How taps are reported.
    pub tap_name: TapName,
    /// The plan's quota is used up: sending answers 466.
    pub quota_reached: bool,
    /// The token does not work any more: everything answers this status with an empty body.
    pub refuses_with: Option<u16>,
    /// How long a sent message is missing from `lastOutgoingMessages`.
    pub journal_lag_ms: u64,
    /// How long after a message left the queue `sent` comes.
    pub sent_after_ms: u64,
    /// The same for `delivered`.
    pub delivered_after_ms: u64,
    /// How long after `delivered` `read` comes, on an open chat.
    pub read_after_ms: u64,
}

impl Default for GreenBehaviour {
    fn default() -> GreenBehaviour {
        GreenBehaviour {
            tap_name: TapName::default(),
            quota_reached: false,
            refuses_with: None,
            journal_lag_ms: 0,
            sent_after_ms: 300,
            delivered_after_ms: 900,
            read_after_ms: 1_500,
        }
    }
}

impl GreenBehaviour {
    pub(crate) fn pace(&self) -> Pace {
        Pace {
            sent_ms: self.sent_after_ms,
            delivered_ms: self.delivered_after_ms,
            read_ms: self.read_after_ms,
        }
    }
}

#[derive(Clone, Serialize, Deserialize)]
pub(crate) struct GreenState {
    pub(crate) chats: Chats,
    pub(crate) outbox: VecDeque<Pending>,
    pub(crate) behaviour: GreenBehaviour,
    pub(crate) faults: Faults,
    account: GreenAccountState,
    queue: VecDeque<Queued>,
    next_leave_ms: i64,
    /// What `getSettings` shows, without the webhook token.
    flags: Map<String, Value>,
}

impl Default for GreenState {
    fn default() -> GreenState {
        let on = [
            "incomingWebhook",
            "outgoingWebhook",
            "outgoingMessageWebhook",
            "outgoingAPIMessageWebhook",
            "stateWebhook",
        ];
        let off = [
            "pollMessageWebhook",
            "incomingCallWebhook",
            "outgoingCallWebhook",
            "incomingBlockWebhook",
            "editedMessageWebhook",
            "deletedMessageWebhook",
            "markIncomingMessagesReaded",
            "markIncomingMessagesReadedOnReply",
            "keepOnlineStatus",
            "deviceWebhook",
            "statusInstanceWebhook",
        ];
        let mut flags = Map::new();
        flags.extend(on.map(|name| (name.to_owned(), json!("yes"))));
        flags.extend(off.map(|name| (name.to_owned(), json!("no"))));
        flags.insert("delaySendMessagesMilliseconds".to_owned(), json!(500));
        flags.insert("webhookUrl".to_owned(), json!("https://bot.example.invalid/webhook/green-api"));
        GreenState {
            chats: Chats::new(),
            outbox: VecDeque::new(),
            behaviour: GreenBehaviour::default(),
            faults: Faults::none(),
            account: GreenAccountState::default(),
            queue: VecDeque::new(),
            next_leave_ms: i64::MIN,
            flags,
        }
    }
}

impl GreenState {
    fn is_on(&self, flag: &str) -> bool {
        self.flags.get(flag).and_then(Value::as_str) == Some("yes")
    }
}

/// A refusal in Green API's form.
pub(crate) struct Refusal {
    status: u16,
    message: String,
}

impl Refusal {
    fn validation(details: &str) -> Refusal {
        Refusal { status: 400, message: format!("Validation failed. Details: {details}") }
    }
}

impl World {
    pub(crate) fn green_call_kind(&self, call: &Call) -> CallKind {
        match call.segments().as_slice() {
            [_, method, ..] if method.starts_with("send") && *method != "sendTyping" => CallKind::Sending,
            _ => CallKind::Asking,
        }
    }

    pub(crate) fn green_answers(&mut self, now_ms: i64, call: &Call, fault: &Fault) -> Response<Bytes> {
        let segments = call.segments();
        if let ["files", name] = segments.as_slice() {
            let id = name.split('.').next().unwrap_or_default();
            return match self.state.media.get(id) {
                Some(media) => call::answer(200, &media.mime, media.bytes()),
                None => call::empty(404),
            };
        }
        let [instance, method, token, ..] = segments.as_slice() else { return not_found() };
        if *instance != format!("waInstance{}", self.settings.green.id_instance) {
            return call::empty(403);
        }
        if let Some(status) = self.state.green.behaviour.refuses_with {
            return call::empty(status);
        }
        if *token != self.settings.green.token {
            return call::empty(401);
        }
        let result = match (&call.method, *method) {
            (&Method::POST, "sendMessage" | "sendInteractiveButtonsReply" | "sendFileByUrl") => {
                self.green_sends(now_ms, method, call, fault)
            }
            (_, "sendButtons" | "sendTemplateButtons" | "sendListMessage") => return call::empty(403),
            (&Method::POST, "sendTyping") => match self.green_typing(now_ms, call) {
                Ok(()) => return call::empty(200),
                Err(refusal) => Err(refusal),
            },
            (&Method::POST, "readChat") => self.green_reads(call),
            (&Method::GET, "getStateInstance") => Ok(json!({ "stateInstance": self.state.green.account })),
            (&Method::GET, "getSettings") => Ok(self.green_settings()),
            (&Method::POST, "setSettings") => self.green_set_settings(call),
            (&Method::POST, "checkWhatsapp") => self.green_check(call),
            (&Method::GET, "lastOutgoingMessages") => Ok(self.green_outgoing(now_ms, call)),
            (&Method::GET, "lastIncomingMessages") => Ok(self.green_incoming(now_ms, call)),
            (&Method::GET, "showMessagesQueue") => Ok(self.green_queue()),
            (&Method::GET, "clearMessagesQueue") => {
                self.state.green.queue.clear();
                Ok(json!({ "isCleared": true }))
            }
            (&Method::POST, "downloadFile") => self.green_download(call),
            (&Method::GET, "receiveNotification") => {
                let message = "custom webhook url is set, remove it to use this method".to_owned();
                Err(Refusal { status: 400, message })
            }
            _ => return not_found(),
        };
        match result {
            Ok(body) => call::json(200, &body),
            Err(refusal) if refusal.status == 466 => self.quota_answer(method),
            Err(refusal) => call::json(refusal.status, &json!({ "message": refusal.message })),
        }
    }

    pub(crate) fn green_refuses(&self, call: &Call, fault: &Fault) -> Response<Bytes> {
        match fault {
            Fault::RateLimited { .. } | Fault::PairLimited => {
                let mut response = call::empty(429);
                let headers = response.headers_mut();
                headers.insert("x-ratelimit-remaining", http::HeaderValue::from_static("0"));
                headers.insert("x-ratelimit-replenish-rate", http::HeaderValue::from_static("50"));
                response
            }
            Fault::QuotaReached => {
                self.quota_answer(call.segments().get(1).copied().unwrap_or("sendMessage"))
            }
            Fault::Unavailable => call::empty(503),
            _ => call::empty(500),
        }
    }

    fn quota_answer(&self, method: &str) -> Response<Bytes> {
        let description = "the quota of requests or of chats of this plan is used up";
        let correspondents = self.state.green.chats.keys().take(3).map(|phone| self.chat_id(phone));
        let body = json!({
            "invokeStatus": {
                "method": method, "used": 3, "total": 3, "status": "QUOTE_EXCEEDED", "description": description,
            },
            "correspondentsStatus": {
                "used": 3, "total": 3, "status": "CORRESPONDENTS_QUOTE_EXCEEDED", "description": description,
                "availableCorrespondents": correspondents.collect::<Vec<_>>(),
            },
        });
        call::json(466, &body)
    }

    /// The instance's state changes, which the bot is told. Messages that waited leave when they may.
    pub fn green_account_becomes(&mut self, now_ms: i64, account: GreenAccountState) {
        self.advance(now_ms);
        let before = std::mem::replace(&mut self.state.green.account, account);
        if before == account {
            return;
        }
        self.green_state_webhook(now_ms, account.name());
        if account.lets_messages_out() && !before.lets_messages_out() {
            self.green_queue_moves(now_ms);
        }
        self.advance(now_ms);
    }

    fn green_settings(&self) -> Value {
        let mut settings = self.state.green.flags.clone();
        settings.insert("wid".to_owned(), json!(format!("{}@c.us", self.settings.green.own_phone)));
        settings.insert("webhookUrlToken".to_owned(), json!(self.settings.green.webhook_token));
        Value::Object(settings)
    }

    fn green_set_settings(&mut self, call: &Call) -> Result<Value, Refusal> {
        let Some(Value::Object(wanted)) = call.json() else { return Err(bad_data()) };
        for (name, value) in &wanted {
            let valid = match (name.as_str(), value) {
                ("webhookUrl" | "webhookUrlToken", Value::String(_)) => true,
                ("delaySendMessagesMilliseconds", value) => {
                    value.as_u64().is_some_and(|delay| (500..=600_000).contains(&delay))
                }
                (name, Value::String(flag)) => {
                    self.state.green.flags.contains_key(name) && matches!(flag.as_str(), "yes" | "no")
                }
                _ => false,
            };
            if !valid {
                return Err(Refusal::validation(&format!("'{name}' is not a setting with this value")));
            }
        }
        for (name, value) in wanted {
            match (name.as_str(), value) {
                ("webhookUrlToken", value) => {
                    self.settings.green.webhook_token = value.as_str().unwrap_or_default().to_owned();
                }
                (_, value) => {
                    self.state.green.flags.insert(name, value);
                }
            }
        }
        Ok(json!({ "saveSettings": true }))
    }

    pub(crate) fn green_message_id(&mut self, author: Author) -> String {
        let number = self.number();
        match author {
            Author::Person => format!("3A{}{number:08X}", self.hex(10)),
            Author::Business => format!("BAE5{}{number:08X}", self.hex(4)),
            Author::BusinessByHand => format!("F7AE{}{number:08X}", self.hex(20)),
        }
    }
}

fn bad_data() -> Refusal {
    Refusal { status: 400, message: "bad request data".to_owned() }
}

fn not_found() -> Response<Bytes> {
    call::answer(404, "text/html", "<html><body>404</body></html>")
}

#[cfg(test)]
mod tests;
