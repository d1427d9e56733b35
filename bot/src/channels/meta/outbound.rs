//! What we ask of Meta's Cloud API: send, mark as read, show that we type. One message is one request; nothing is
//! repeated here.

use super::wire::Answer;
use super::{ABILITIES, Settings, refusal};
use crate::channels::compose::{Shape, shape};
use crate::channels::outcome::{Class, SendOutcome, retry_after};
use crate::channels::{NotDone, Typing};
use crate::outside::{Outside, Request, Response, Url};
use agents::conversation::Place;
use agents::id::OutboxId;
use agents::message::Outbound;
use agents::template::Filled;
use http::Method;
use serde_json::{Value, json};

/// Hands a message over.
pub(in crate::channels) async fn send(
    settings: &Settings,
    outside: &Outside,
    to: &Place,
    message: &Outbound,
    outbox: &OutboxId,
    reply_to: Option<&str>,
) -> SendOutcome {
    let Some(shape) = shape(message, &ABILITIES) else {
        return SendOutcome::refused(Class::Never, "does_not_fit");
    };
    hand_over(settings, outside, &body(to, &shape, outbox, reply_to)).await
}

/// Hands a template over.
pub(in crate::channels) async fn send_template(
    settings: &Settings,
    outside: &Outside,
    to: &Place,
    template: &Filled,
    outbox: &OutboxId,
) -> SendOutcome {
    hand_over(settings, outside, &template_body(to, template, outbox)).await
}

async fn hand_over(settings: &Settings, outside: &Outside, body: &Value) -> SendOutcome {
    let Some(request) = request(settings, body) else {
        return SendOutcome::refused(Class::StopChannel, "bad_base_url");
    };
    match outside.transport.send(request).await {
        Ok(response) => outcome(&response),
        Err(error) => SendOutcome::of_failure(error),
    }
}

/// Marks a message of a person, and all before it, as read; where asked for, shows that we type until we send or 25
/// seconds have passed. Both are one request.
pub(in crate::channels) async fn mark_read(
    settings: &Settings,
    outside: &Outside,
    provider_id: &str,
    typing: Typing,
) -> Result<(), NotDone> {
    let mut body = json!({"messaging_product": "whatsapp", "status": "read", "message_id": provider_id});
    if typing == Typing::Shown {
        body["typing_indicator"] = json!({"type": "text"});
    }
    let request = request(settings, &body).ok_or(NotDone::BadBaseUrl)?;
    let response = outside.transport.send(request).await?;
    if response.status.is_success() { Ok(()) } else { Err(NotDone::Refused(response.status.as_u16())) }
}

fn request(settings: &Settings, body: &Value) -> Option<Request> {
    let base = settings.base_url.trim_end_matches('/');
    let url = Url::parse(&format!("{base}/{}/messages", settings.phone_number_id)).ok()?;
    Some(Request::new(Method::POST, url).bearer(&settings.access_token).json(body))
}

/// What every message has: whom it is for, and our id.
fn envelope(to: &Place, outbox: &OutboxId) -> Value {
    let mut body = json!({
        "messaging_product": "whatsapp",
        "recipient_type": "individual",
        "biz_opaque_callback_data": outbox.as_str(),
    });
    // People who hide their number are reached by their business-scoped id, which has its own field.
    let is_number = to.address.bytes().all(|byte| byte.is_ascii_digit());
    body[if is_number { "to" } else { "recipient" }] = json!(to.address);
    body
}

fn template_body(to: &Place, template: &Filled, outbox: &OutboxId) -> Value {
    let mut components = Vec::new();
    if !template.parameters.is_empty() {
        let parameters: Vec<Value> =
            template.parameters.iter().map(|text| json!({"type": "text", "text": text})).collect();
        components.push(json!({"type": "body", "parameters": parameters}));
    }
    components.extend(template.payloads.iter().enumerate().map(|(index, payload)| {
        json!({
            "type": "button", "sub_type": "quick_reply", "index": index.to_string(),
            "parameters": [{"type": "payload", "payload": payload}],
        })
    }));
    let mut body = envelope(to, outbox);
    body["type"] = json!("template");
    body["template"] =
        json!({"name": template.name, "language": {"code": template.language}, "components": components});
    body
}

fn body(to: &Place, shape: &Shape<'_>, outbox: &OutboxId, reply_to: Option<&str>) -> Value {
    let mut body = envelope(to, outbox);
    match shape {
        Shape::Text(text) => {
            body["type"] = json!("text");
            body["text"] = json!({"preview_url": false, "body": text});
        }
        Shape::Buttons(text, buttons) => {
            let buttons: Vec<Value> = buttons
                .iter()
                .map(
                    |button| json!({"type": "reply", "reply": {"id": button.payload, "title": button.label}}),
                )
                .collect();
            body["type"] = json!("interactive");
            body["interactive"] =
                json!({"type": "button", "body": {"text": text}, "action": {"buttons": buttons}});
        }
    }
    if let Some(message_id) = reply_to {
        body["context"] = json!({"message_id": message_id});
    }
    body
}

/// What the answer says about the message.
fn outcome(response: &Response) -> SendOutcome {
    let answer: Answer = serde_json::from_slice(&response.body).unwrap_or_default();
    let after = retry_after(&response.headers);
    let code = answer.error.and_then(|error| error.code);
    if let Some((code, class)) = code.and_then(|code| Some((code, refusal::class_of(code, after)?))) {
        return SendOutcome::refused(class, format!("meta_{code}"));
    }
    let status = response.status;
    if status.is_success() {
        return match answer.messages.into_iter().find_map(|message| message.id) {
            Some(provider_id) => SendOutcome::Accepted { provider_id },
            None => SendOutcome::Ambiguous { reason: "meta_no_id".to_string() },
        };
    }
    let reason = match code {
        Some(code) => format!("meta_{code}"),
        None => format!("meta_http_{}", status.as_u16()),
    };
    match refusal::class_of_status(status, after) {
        Some(class) => SendOutcome::refused(class, reason),
        None => SendOutcome::Ambiguous { reason },
    }
}
