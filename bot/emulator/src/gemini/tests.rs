//! Gemini by its documentation and by script.

use std::sync::Arc;

use http::{Method, Request};
use serde_json::{Value, json};

use super::{GeminiAnswer, GeminiDefault, GeminiScript};
use crate::testing::*;
use crate::{Fault, FaultOn, Outcome, Provider, Reply, World};

const LITE: &str = "gemini-2.5-flash-lite";
const FLASH: &str = "gemini-3.5-flash";

fn question(system: &str, text: &str) -> Value {
    json!({
        "systemInstruction": { "parts": [{ "text": system }] },
        "contents": [{ "role": "user", "parts": [{ "text": text }] }],
        "generationConfig": { "responseMimeType": "application/json", "responseSchema": { "type": "OBJECT" } },
    })
}

fn call(model: &str, body: &Value) -> Request<bytes::Bytes> {
    let uri = format!("https://generativelanguage.googleapis.com/v1beta/models/{model}:generateContent");
    request(Method::POST, &uri, &[("x-goog-api-key", "emulated-gemini-key")], body)
}

fn ask(world: &mut World, model: &str, body: &Value) -> Outcome {
    world.handle(NOW, Provider::Gemini, call(model, body))
}

fn said(outcome: &Outcome) -> String {
    let (status, body) = answered(outcome);
    assert_eq!(status, 200, "{body}");
    body["candidates"][0]["content"]["parts"][0]["text"].as_str().unwrap_or_default().to_owned()
}

#[test]
fn answers_are_matched_by_model_and_by_words() {
    let mut world = world();
    let text = |text: &str| GeminiAnswer::Text(text.to_owned());
    world.gemini_will(GeminiScript::next(text("persona")).when_asked("prompt: persona"));
    world.gemini_will(GeminiScript::next(text("flash")).for_model(FLASH));
    world.gemini_will(GeminiScript::next(GeminiAnswer::Json(json!({ "intent": "question" }))));
    assert_eq!(
        said(&ask(&mut world, LITE, &question("prompt: dispatcher", "שלום"))),
        r#"{"intent":"question"}"#
    );
    assert_eq!(said(&ask(&mut world, LITE, &question("prompt: persona", "x"))), "persona");
    assert_eq!(said(&ask(&mut world, FLASH, &question("", "x"))), "flash");
    assert_eq!(world.gemini_scripts_left(), 0);
    assert_eq!(answered(&ask(&mut world, LITE, &question("", "x"))).0, 503);

    let first = world.gemini_requests().next().expect("a request");
    assert_eq!((first.model.as_str(), first.last_turn().as_str()), (LITE, "שלום"));
    assert_eq!(first.system_instruction(), "prompt: dispatcher");
    assert_eq!(first.schema(), Some(&json!({ "type": "OBJECT" })));
    assert_eq!(world.gemini_requests().len(), 4);
}

#[test]
fn usage_and_model_are_told() {
    let mut world = world();
    world.gemini_will(GeminiScript::next(GeminiAnswer::Text("12345678".to_owned())));
    let (_, body) = answered(&ask(&mut world, LITE, &question("1234", "12345678")));
    assert_eq!(body["usageMetadata"]["promptTokenCount"], 3);
    assert_eq!(body["usageMetadata"]["candidatesTokenCount"], 2);
    assert_eq!(body["usageMetadata"]["totalTokenCount"], 5);
    assert_eq!(
        (&body["modelVersion"], &body["candidates"][0]["finishReason"]),
        (&json!(LITE), &json!("STOP"))
    );
}

#[test]
fn unusable_answers_have_their_forms() {
    let value = json!({ "intent": "question", "city": null });
    let reply = |answer: GeminiAnswer| {
        let mut world = world();
        world.gemini_will(GeminiScript::next(answer));
        answered(&ask(&mut world, LITE, &question("", "x")))
    };
    let text =
        |body: &Value| body["candidates"][0]["content"]["parts"][0]["text"].as_str().map(str::to_owned);

    let (_, fenced) = reply(GeminiAnswer::Fenced(value.clone()));
    assert!(text(&fenced).is_some_and(|text| text.contains("```json\n{")));
    let (_, cut) = reply(GeminiAnswer::Truncated(value.clone()));
    assert_eq!(cut["candidates"][0]["finishReason"], "MAX_TOKENS");
    assert!(serde_json::from_str::<Value>(&text(&cut).expect("a text")).is_err());
    let (_, empty) = reply(GeminiAnswer::Empty);
    assert!(empty["candidates"][0]["content"].get("parts").is_none());
    assert_eq!(reply(GeminiAnswer::EmptyObject), (200, json!({})));
    let (_, blocked) = reply(GeminiAnswer::Blocked { reason: "SAFETY".to_owned() });
    assert!(blocked.get("candidates").is_none());
    assert_eq!(blocked["promptFeedback"]["blockReason"], "SAFETY");
    let stopped = GeminiAnswer::Stopped { text: "part".to_owned(), reason: "RECITATION".to_owned() };
    assert_eq!(reply(stopped).1["candidates"][0]["finishReason"], "RECITATION");
    assert_eq!(reply(GeminiAnswer::Raw { status: 502, body: "<html>".to_owned() }), (502, Value::Null));
}

#[test]
fn errors_carry_googles_names_and_delays() {
    let reply = |answer: GeminiAnswer| {
        let mut world = world();
        world.gemini_will(GeminiScript::next(answer));
        answered(&ask(&mut world, LITE, &question("", "x")))
    };
    for (status, name) in
        [(500, "INTERNAL"), (503, "UNAVAILABLE"), (504, "DEADLINE_EXCEEDED"), (403, "PERMISSION_DENIED")]
    {
        let (got, body) = reply(GeminiAnswer::Error { status, retry_after_ms: None });
        assert_eq!((got, body["error"]["status"].as_str()), (status, Some(name)));
    }
    let (status, body) = reply(GeminiAnswer::Error { status: 429, retry_after_ms: Some(34_074) });
    assert_eq!((status, body["error"]["status"].as_str()), (429, Some("RESOURCE_EXHAUSTED")));
    let details = &body["error"]["details"];
    assert_eq!(details[1]["retryDelay"], "34.074s");
    assert!(details[0]["violations"][0]["quotaId"].as_str().is_some_and(|id| id.contains("PerMinute")));
    let (_, day) = reply(GeminiAnswer::DayQuota);
    let id = day["error"]["details"][0]["violations"][0]["quotaId"].as_str().map(str::to_owned);
    assert!(id.is_some_and(|id| id.contains("PerDay")));
}

#[test]
fn delays_hangs_and_cuts_are_told_to_the_caller() {
    let mut world = world();
    let later = GeminiAnswer::After { delay_ms: 9_000, answer: Box::new(GeminiAnswer::Text("x".to_owned())) };
    for answer in [later, GeminiAnswer::Hang, GeminiAnswer::Drop] {
        world.gemini_will(GeminiScript::next(answer));
    }
    let body = question("", "x");
    let late = ask(&mut world, LITE, &body);
    assert_eq!((late.delay_ms, said(&late).as_str()), (9_000, "x"));
    assert!(matches!(ask(&mut world, LITE, &body).reply, Reply::Hang));
    assert!(matches!(ask(&mut world, LITE, &body).reply, Reply::Dropped));
    world.faults(Provider::Gemini).next_call(FaultOn::Sending, Fault::RateLimited { retry_after_s: 3 });
    let (status, answer) = answered(&ask(&mut world, LITE, &body));
    assert_eq!((status, &answer["error"]["details"][1]["retryDelay"]), (429, &json!("3s")));
}

#[test]
fn the_default_can_be_a_function() {
    let mut world = world();
    let echo = Arc::new(|request: &super::GeminiRequest| GeminiAnswer::Text(request.last_turn()));
    world.gemini_otherwise(GeminiDefault::Function(echo));
    assert_eq!(said(&ask(&mut world, LITE, &question("", "same"))), "same");
    world.gemini_otherwise(GeminiDefault::Answer(GeminiAnswer::Empty));
    assert_eq!(said(&ask(&mut world, LITE, &question("", "same"))), "");
}

#[test]
fn keys_models_and_requests_are_checked() {
    let mut world = world();
    let body = question("", "x");
    let uri = format!("/v1beta/models/{LITE}:generateContent");
    let (status, answer) = answered(&world.handle(
        NOW,
        Provider::Gemini,
        request(Method::POST, &uri, &[("x-goog-api-key", "no")], &body),
    ));
    assert_eq!((status, &answer["error"]["details"][0]["reason"]), (400, &json!("API_KEY_INVALID")));
    let without = request(Method::POST, &uri, &[], &body);
    assert_eq!(answered(&world.handle(NOW, Provider::Gemini, without)).0, 403);
    let (status, answer) = answered(&ask(&mut world, "gemini-2.0-flash", &body));
    assert_eq!((status, answer["error"]["status"].as_str()), (404, Some("NOT_FOUND")));
    assert_eq!(world.gemini_requests().len(), 0);

    world.gemini_otherwise(GeminiDefault::Answer(GeminiAnswer::Text("ok".to_owned())));
    let mut status = |change: &dyn Fn(&mut Value)| {
        let mut body = question("", "x");
        change(&mut body);
        answered(&ask(&mut world, LITE, &body)).0
    };
    assert_eq!(status(&|_| {}), 200);
    assert_eq!(status(&|body| body["contents"] = json!([])), 400);
    assert_eq!(status(&|body| body["contents"][0]["parts"] = json!([])), 400);
    assert_eq!(status(&|body| body["contents"][0]["parts"] = json!([{ "txt": "x" }])), 400);
    assert_eq!(status(&|body| body["contents"][0]["role"] = json!("assistant")), 400);
    assert_eq!(status(&|body| body["contents"][0]["role"] = json!("model")), 400);
    assert_eq!(status(&|body| body["generationConfig"]["responseMimeType"] = json!("text/plain")), 400);
    assert_eq!(status(&|body| body["generationConfig"]["responseJsonSchema"] = json!({})), 400);
    assert_eq!(status(&|body| body["generationConfig"]["respnseSchema"] = json!({})), 400);
    assert_eq!(status(&|body| body["generationConfig"] = Value::Null), 200);
}

#[test]
fn models_are_listed_and_tokens_counted() {
    let mut world = world();
    let key = [("x-goog-api-key", "emulated-gemini-key")];
    let list = request(Method::GET, "/gemini/v1beta/models", &key, &Value::Null);
    let (_, answer) = answered(&world.handle(NOW, Provider::Gemini, list));
    assert_eq!(answer["models"][0]["name"], format!("models/{LITE}"));
    let count =
        request(Method::POST, &format!("/v1beta/models/{LITE}:countTokens"), &key, &question("", "12345678"));
    assert_eq!(answered(&world.handle(NOW, Provider::Gemini, count)), (200, json!({ "totalTokens": 2 })));
}
