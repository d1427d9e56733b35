//! What the crate's own tests share: a world, its requests, and a bot that answers every webhook.

use bytes::Bytes;
use http::{Method, Request};
use serde_json::Value;

use crate::{Outcome, Provider, Settings, WebhookPost, World};

pub(crate) const NOW: i64 = 1_790_000_000_000;
pub(crate) const DANA: &str = "972500001001";
pub(crate) const AVI: &str = "972500001002";

pub(crate) fn world() -> World {
    World::new(Settings::default())
}

pub(crate) fn request(method: Method, uri: &str, headers: &[(&str, &str)], body: &Value) -> Request<Bytes> {
    let mut request = Request::builder().method(method).uri(uri);
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    let body = if body.is_null() { Bytes::new() } else { Bytes::from(body.to_string()) };
    request.body(body).expect("a valid request")
}

pub(crate) fn to_meta(body: &Value) -> Request<Bytes> {
    let meta = Settings::default().meta;
    let uri = format!("https://graph.facebook.com/v24.0/{}/messages", meta.phone_number_id);
    let bearer = format!("Bearer {}", meta.access_token);
    request(Method::POST, &uri, &[("authorization", &bearer)], body)
}

pub(crate) fn to_green(method: Method, name: &str, body: &Value) -> Request<Bytes> {
    let green = Settings::default().green;
    let (name, query) = name.split_once('?').unwrap_or((name, ""));
    let uri = format!(
        "https://7103.api.greenapi.com/waInstance{}/{name}/{}?{query}",
        green.id_instance, green.token
    );
    request(method, &uri, &[], body)
}

/// Status and JSON body; a body that is not JSON is null.
pub(crate) fn answered(outcome: &Outcome) -> (u16, Value) {
    let answer = outcome.answer().expect("an answer");
    (answer.status().as_u16(), serde_json::from_slice(answer.body()).unwrap_or(Value::Null))
}

pub(crate) fn meta(world: &mut World, now_ms: i64, body: &Value) -> (u16, Value) {
    answered(&world.handle(now_ms, Provider::Meta, to_meta(body)))
}

pub(crate) fn green(
    world: &mut World,
    now_ms: i64,
    method: Method,
    name: &str,
    body: &Value,
) -> (u16, Value) {
    answered(&world.handle(now_ms, Provider::Green, to_green(method, name, body)))
}

pub(crate) fn body(post: &WebhookPost) -> Value {
    serde_json::from_slice(&post.body).expect("webhooks are JSON")
}

/// Takes every webhook until `until_ms`, turning the clock to each, and answers 200.
pub(crate) fn take_all(world: &mut World, until_ms: i64) -> Vec<WebhookPost> {
    let mut taken = Vec::new();
    while let Some(at_ms) = world.next_webhook_at().filter(|at_ms| *at_ms <= until_ms) {
        for post in world.due_webhooks(at_ms) {
            world.webhook_answered(at_ms, post.id, 200);
            taken.push(post);
        }
    }
    taken
}

/// Every place in a JSON value, with the kind of what is there; lists count by their first item.
pub(crate) fn form(value: &Value) -> Vec<String> {
    fn walk(value: &Value, path: &str, places: &mut Vec<String>) {
        match value {
            Value::Object(fields) => {
                fields.iter().for_each(|(name, field)| walk(field, &format!("{path}/{name}"), places));
            }
            Value::Array(items) => {
                items.iter().take(1).for_each(|item| walk(item, &format!("{path}/0"), places))
            }
            Value::String(_) => places.push(format!("{path} string")),
            Value::Number(_) => places.push(format!("{path} number")),
            Value::Bool(_) => places.push(format!("{path} boolean")),
            Value::Null => places.push(format!("{path} null")),
        }
    }
    let mut places = Vec::new();
    walk(value, "", &mut places);
    places.sort();
    places
}

/// The form of a recorded payload.
pub(crate) fn recorded(json: &str) -> Vec<String> {
    form(&serde_json::from_str(json).expect("a recorded payload is JSON"))
}

/// The statuses in Meta's webhooks, in order.
pub(crate) fn meta_statuses(posts: &[WebhookPost]) -> Vec<String> {
    let mut names = Vec::new();
    for post in posts {
        let body = body(post);
        for change in body["entry"][0]["changes"].as_array().into_iter().flatten() {
            for status in change["value"]["statuses"].as_array().into_iter().flatten() {
                names.push(status["status"].as_str().unwrap_or_default().to_owned());
            }
        }
    }
    names
}
