//! Meta's WhatsApp Cloud API: which paths exist, who may call them, what an error looks like. Sending is in `send`,
//! what may be sent in `limits`, what the bot is told in `webhooks`.

mod limits;
mod send;
mod webhooks;

use ::http::{Method, Response};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use bytes::Bytes;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use crate::call::{self, Call};
use crate::chat::{Author, Chats};
use crate::faults::{CallKind, Fault, Faults};
use crate::outbox::Pending;
use crate::progress::Pace;
use crate::world::World;

/// What Meta does with a free message more than 24 hours after the person's last one.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ClosedWindow {
    /// Answers 131047.
    #[default]
    RefusedAtOnce,
    /// Takes the message and announces `failed` with 131047.
    FailsLater,
    /// Looks away.
    Delivers,
}

/// A template that the account has.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Template {
    /// Name in requests.
    pub name: String,
    /// Language code in requests.
    pub language: String,
    /// The body, with `{{1}}` and so on.
    pub body: String,
    /// Labels of its quick replies.
    pub buttons: Vec<String>,
}

/// Switches of Meta, changeable at any time.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct MetaBehaviour {
    /// The 24 hour rule.
    pub closed_window: ClosedWindow,
    /// The error that every message gets while the account does not work: 190, 368, 131031 and the like.
    pub account_error: Option<i64>,
    /// Templates; every other name is refused.
    pub templates: Vec<Template>,
    /// Up to so many updates that are due together come in one POST.
    pub updates_per_post: usize,
    /// How long after a message was taken `sent` comes.
    pub sent_after_ms: u64,
    /// The same for `delivered`.
    pub delivered_after_ms: u64,
    /// How long after `delivered` `read` comes, on an open chat.
    pub read_after_ms: u64,
}

impl Default for MetaBehaviour {
    fn default() -> MetaBehaviour {
        MetaBehaviour {
            closed_window: ClosedWindow::default(),
            account_error: None,
            templates: Vec::new(),
            updates_per_post: 1,
            sent_after_ms: 300,
            delivered_after_ms: 900,
            read_after_ms: 1_500,
        }
    }
}

impl MetaBehaviour {
    pub(crate) fn pace(&self) -> Pace {
        Pace {
            sent_ms: self.sent_after_ms,
            delivered_ms: self.delivered_after_ms,
            read_ms: self.read_after_ms,
        }
    }
}

#[derive(Clone, Serialize, Deserialize)]
pub(crate) struct MetaState {
    pub(crate) chats: Chats,
    pub(crate) outbox: Vec<Pending>,
    pub(crate) behaviour: MetaBehaviour,
    pub(crate) faults: Faults,
}

impl Default for MetaState {
    fn default() -> MetaState {
        MetaState {
            chats: Chats::new(),
            outbox: Vec::new(),
            behaviour: MetaBehaviour::default(),
            faults: Faults::none(),
        }
    }
}

/// An error in Graph's form.
pub(crate) struct GraphError {
    pub(crate) status: u16,
    pub(crate) code: i64,
    title: &'static str,
    details: Option<String>,
}

impl GraphError {
    pub(crate) fn new(status: u16, code: i64, details: impl Into<String>) -> GraphError {
        GraphError { status, code, title: title(code), details: Some(details.into()) }
    }

    /// A parameter that is wrong in itself.
    pub(crate) fn parameter(details: impl Into<String>) -> GraphError {
        GraphError::new(400, 100, details)
    }

    pub(crate) fn missing(parameter: &str) -> GraphError {
        GraphError::new(400, 131_008, format!("the parameter {parameter} is required"))
    }

    pub(crate) fn value(details: impl Into<String>) -> GraphError {
        GraphError::new(400, 131_009, details)
    }
}

/// Meta's title of an error code.
pub(crate) fn title(code: i64) -> &'static str {
    match code {
        100 => "Invalid parameter",
        368 => "Temporarily blocked for policies violations",
        190 => "Invalid OAuth access token - Cannot parse access token",
        80_007 => "Rate limit issues",
        130_429 => "Rate limit hit",
        131_008 => "Required parameter is missing",
        131_009 => "Parameter value is not valid",
        131_016 => "Service unavailable",
        131_021 => "Recipient cannot be sender",
        131_026 => "Message undeliverable",
        131_031 => "Account has been locked",
        131_047 => "Re-engagement message",
        131_048 => "Spam rate limit hit",
        131_049 => "Meta chose not to deliver",
        131_056 => "(Business Account, Consumer Account) pair rate limit hit",
        131_062 => "Business-scoped User ID recipients not supported",
        132_000 => "Number of parameters does not match the expected number of params",
        132_001 => "Template name does not exist in the translation",
        _ => "Something went wrong",
    }
}

/// The stable business-scoped id of a person.
pub(crate) fn user_id(phone: &str) -> String {
    format!("IL.{}", call::hidden_number(phone))
}

impl World {
    pub(crate) fn meta_call_kind(&self, call: &Call) -> CallKind {
        let body = call.json().unwrap_or(Value::Null);
        let sends =
            call.method == Method::POST && call.path.ends_with("/messages") && body.get("status").is_none();
        if sends { CallKind::Sending } else { CallKind::Asking }
    }

    pub(crate) fn meta_answers(&mut self, now_ms: i64, call: &Call, fault: &Fault) -> Response<Bytes> {
        if call.path.starts_with("/whatsapp_business/attachments") {
            return self.meta_file(now_ms, call);
        }
        if call.bearer() != Some(self.settings.meta.access_token.as_str()) {
            return self.graph_error(&GraphError {
                status: 401,
                code: 190,
                title: title(190),
                details: None,
            });
        }
        if let Some(code) = self.state.meta.behaviour.account_error {
            let status = if code == 190 { 401 } else { 400 };
            return self.graph_error(&GraphError { status, code, title: title(code), details: None });
        }
        let segments = call.segments();
        let [version, object, rest @ ..] = segments.as_slice() else { return self.no_such_object("") };
        if !is_version(version) {
            return self.no_such_object(version);
        }
        let ours = *object == self.settings.meta.phone_number_id;
        let result = match (&call.method, rest) {
            (&Method::POST, ["messages"]) if ours => self.meta_message(now_ms, call, fault),
            (&Method::GET, []) if ours => Ok(json!({
                "id": object,
                "display_phone_number": self.settings.meta.display_phone,
                "verified_name": "Emulated business",
                "quality_rating": "GREEN",
                "platform_type": "CLOUD_API",
            })),
            (&Method::GET, []) if self.state.media.contains_key(*object) => {
                Ok(self.media_object(now_ms, object))
            }
            (&Method::GET, []) if *object == self.settings.meta.waba_id => {
                Ok(json!({ "id": object, "name": "Emulated business" }))
            }
            _ => return self.no_such_object(object),
        };
        match result {
            Ok(body) => call::json(200, &body),
            Err(error) => self.graph_error(&error),
        }
    }

    pub(crate) fn meta_refuses(&mut self, fault: &Fault) -> Response<Bytes> {
        let error = match fault {
            Fault::RateLimited { .. } => GraphError::new(
                429,
                130_429,
                "Message failed to send because there were too many messages sent from this phone number in a short \
                 period of time",
            ),
            Fault::PairLimited => GraphError::new(
                400,
                131_056,
                "Message failed to send because there were too many messages sent from this phone number to the same \
                 phone number in a short period of time.",
            ),
            Fault::QuotaReached => {
                GraphError::new(400, 80_007, "The WhatsApp Business Account has reached its rate limit.")
            }
            Fault::Unavailable => GraphError::new(503, 131_016, "A service is temporarily unavailable."),
            _ => GraphError::new(500, 131_000, "Message failed to send due to an unknown error."),
        };
        self.graph_error(&error)
    }

    fn graph_error(&mut self, error: &GraphError) -> Response<Bytes> {
        let message = match error.code {
            190 => error.title.to_owned(),
            code => format!("(#{code}) {}", error.title),
        };
        let trace = format!("A{}", self.hex(22));
        let mut inner = json!({
            "message": message,
            "type": "OAuthException",
            "code": error.code,
            "fbtrace_id": trace,
        });
        if let Some(details) = &error.details {
            inner["error_data"] = json!({ "messaging_product": "whatsapp", "details": details });
        }
        call::json(error.status, &json!({ "error": inner }))
    }

    fn no_such_object(&mut self, object: &str) -> Response<Bytes> {
        let trace = format!("A{}", self.hex(22));
        let message = format!(
            "Unsupported request. Object with ID '{object}' does not exist, cannot be loaded due to missing \
             permissions, or does not support this operation."
        );
        let body = json!({ "error": {
            "message": message, "type": "GraphMethodException", "code": 100, "error_subcode": 33, "fbtrace_id": trace,
        }});
        call::json(400, &body)
    }

    fn media_object(&self, now_ms: i64, id: &str) -> Value {
        let Some(media) = self.state.media.get(id) else { return Value::Null };
        json!({
            "messaging_product": "whatsapp",
            "url": self.meta_file_url(now_ms, id),
            "mime_type": media.mime,
            "sha256": media.sha256_hex(),
            "file_size": media.bytes().len(),
            "id": id,
        })
    }

    /// An address that works for five minutes.
    pub(crate) fn meta_file_url(&self, now_ms: i64, id: &str) -> String {
        let expires = now_ms.div_euclid(1000) + 300;
        let base = self.settings.meta.media_base.trim_end_matches('/');
        let hash = STANDARD.encode(format!("{id}{expires}")).replace('=', "");
        format!("{base}/whatsapp_business/attachments/?mid={id}&ext={expires}&hash={hash}")
    }

    fn meta_file(&self, now_ms: i64, call: &Call) -> Response<Bytes> {
        if call.bearer() != Some(self.settings.meta.access_token.as_str()) {
            return call::empty(401);
        }
        if call.header("user-agent").is_none_or(str::is_empty) {
            return call::answer(400, "text/html", "<html><body>Error</body></html>");
        }
        let alive = call.query("ext").and_then(|expires| expires.parse::<i64>().ok());
        let alive = alive.is_some_and(|expires| expires >= now_ms.div_euclid(1000));
        match call.query("mid").and_then(|id| self.state.media.get(id)) {
            Some(media) if alive => call::answer(200, &media.mime, media.bytes()),
            Some(_) | None => call::empty(404),
        }
    }

    /// A `wamid`: both numbers and a direction, base64, as WhatsApp makes them.
    pub(crate) fn meta_message_id(&mut self, phone: &str, author: Author) -> String {
        let (direction, digits) = match author {
            Author::Person => (0x12, 20),
            Author::Business | Author::BusinessByHand => (0x11, 18),
        };
        let number = self.number();
        let unique = format!("{}{number:08X}", self.hex(digits - 8));
        let mut bytes = vec![0x1c, 0x18, phone.len().min(255) as u8];
        bytes.extend_from_slice(phone.as_bytes());
        bytes.extend_from_slice(&[0x15, 0x02, 0x00, direction, 0x18, digits as u8]);
        bytes.extend_from_slice(unique.as_bytes());
        bytes.push(0);
        format!("wamid.{}", STANDARD.encode(bytes))
    }
}

fn is_version(text: &str) -> bool {
    let number = text.strip_prefix('v').and_then(|rest| rest.split_once('.'));
    number.is_some_and(|(major, minor)| major.parse::<u8>().is_ok() && minor.parse::<u8>().is_ok())
}

#[cfg(test)]
mod tests;
