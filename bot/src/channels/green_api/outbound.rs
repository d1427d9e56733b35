//! What we ask of Green API: send, mark as read, show that we type, tell the state. One message is one request; nothing
//! is repeated here. The token is part of every address.

use super::inbound::standing_of;
use super::wire::Answer;
use super::{Settings, refusal};
use crate::channels::compose::{Shape, shape};
use crate::channels::event::Standing;
use crate::channels::outcome::{Class, SendOutcome, retry_after};
use crate::channels::{NotDone, Typing};
use crate::outside::{Outside, Request, Response, Url};
use agents::conversation::Place;
use agents::message::Outbound;
use http::Method;
use secrecy::ExposeSecret;
use serde_json::{Value, json};

/// For how long we are shown as typing.
const TYPING_MILLISECONDS: u32 = 8_000;

/// Hands a message over.
pub(in crate::channels) async fn send(
    settings: &Settings,
    outside: &Outside,
    to: &Place,
    message: &Outbound,
    reply_to: Option<&str>,
) -> SendOutcome {
    let Some(shape) = shape(message, &settings.abilities()) else {
        return SendOutcome::refused(Class::Never, "does_not_fit");
    };
    let (name, body) = method_and_body(to, &shape, reply_to);
    let Some(request) = request(settings, Method::POST, name) else {
        return SendOutcome::refused(Class::StopChannel, "bad_base_url");
    };
    match outside.transport.send(request.json(&body)).await {
        Ok(response) => outcome(&response),
        Err(error) => SendOutcome::of_failure(error),
    }
}

/// Marks a message of a person as read; where asked for, shows that we type.
pub(in crate::channels) async fn mark_read(
    settings: &Settings,
    outside: &Outside,
    place: &Place,
    provider_id: &str,
    typing: Typing,
) -> Result<(), NotDone> {
    let read = json!({"chatId": place.address, "idMessage": provider_id});
    ask(settings, outside, "readChat", &read).await?;
    if typing == Typing::Shown {
        let typing = json!({"chatId": place.address, "typingTime": TYPING_MILLISECONDS});
        ask(settings, outside, "sendTyping", &typing).await?;
    }
    Ok(())
}

/// How the instance stands. Allowed once per second.
pub(in crate::channels) async fn standing(
    settings: &Settings,
    outside: &Outside,
) -> Result<(Standing, String), NotDone> {
    let request = request(settings, Method::GET, "getStateInstance").ok_or(NotDone::BadBaseUrl)?;
    let response = outside.transport.send(request).await?;
    if !response.status.is_success() {
        return Err(NotDone::Refused(response.status.as_u16()));
    }
    let answer: Answer = serde_json::from_slice(&response.body).map_err(|_| NotDone::Unreadable)?;
    let state = answer.state_instance.ok_or(NotDone::Unreadable)?;
    Ok((standing_of(&state), format!("state:{state}")))
}

async fn ask(settings: &Settings, outside: &Outside, method: &str, body: &Value) -> Result<(), NotDone> {
    let request = request(settings, Method::POST, method).ok_or(NotDone::BadBaseUrl)?;
    // The body of the answer is not read: that of `sendTyping` is empty.
    let response = outside.transport.send(request.json(body)).await?;
    if response.status.is_success() { Ok(()) } else { Err(NotDone::Refused(response.status.as_u16())) }
}

/// A request for one of the methods of the instance.
pub(super) fn request(settings: &Settings, method: Method, name: &str) -> Option<Request> {
    let base = settings.base_url.trim_end_matches('/');
    let token = settings.token.expose_secret();
    let url = Url::parse(&format!("{base}/waInstance{}/{name}/{token}", settings.id)).ok()?;
    Some(Request::new(method, url))
}

fn method_and_body(to: &Place, shape: &Shape<'_>, reply_to: Option<&str>) -> (&'static str, Value) {
    match shape {
        Shape::Text(text) => {
            let mut body = json!({"chatId": to.address, "message": text});
            if let Some(id) = reply_to {
                body["quotedMessageId"] = json!(id);
            }
            ("sendMessage", body)
        }
        // Buttons cannot quote.
        Shape::Buttons(text, buttons) => {
            let buttons: Vec<Value> = buttons
                .iter()
                .map(|button| json!({"buttonId": button.payload, "buttonText": button.label}))
                .collect();
            let body = json!({"chatId": to.address, "body": text, "buttons": buttons});
            ("sendInteractiveButtonsReply", body)
        }
    }
}

/// What the answer says about the message. An id means that it is in the queue of the provider.
fn outcome(response: &Response) -> SendOutcome {
    let answer: Answer = serde_json::from_slice(&response.body).unwrap_or_default();
    let status = response.status;
    if status.is_success() {
        return match answer.id_message.filter(|id| !id.is_empty()) {
            Some(provider_id) => SendOutcome::Accepted { provider_id },
            None => SendOutcome::Ambiguous { reason: "green_api_no_id".to_string() },
        };
    }
    let reason = format!("green_api_{}", status.as_u16());
    match refusal::class_of(status, &answer, retry_after(&response.headers)) {
        Some(class) => SendOutcome::refused(class, reason),
        None => SendOutcome::Ambiguous { reason },
    }
}
