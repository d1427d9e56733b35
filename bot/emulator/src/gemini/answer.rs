//! The forms in which Gemini answers and refuses. It decides nothing.

use ::http::Response;
use bytes::Bytes;
use serde_json::{Value, json};

use super::script::GeminiAnswer;
use crate::call::{self, Outcome, length, text_at};

/// A request that Gemini does not take.
pub(super) struct Refused {
    pub(super) status: u16,
    pub(super) message: String,
    pub(super) details: Vec<Value>,
}

impl Refused {
    pub(super) fn argument(message: impl Into<String>) -> Refused {
        Refused { status: 400, message: message.into(), details: Vec::new() }
    }

    pub(super) fn response(&self) -> Response<Bytes> {
        let mut error = json!({ "code": self.status, "message": self.message, "status": name(self.status) });
        if !self.details.is_empty() {
            error["details"] = json!(self.details);
        }
        call::json(self.status, &json!({ "error": error }))
    }
}

fn name(status: u16) -> &'static str {
    match status {
        400 => "INVALID_ARGUMENT",
        403 => "PERMISSION_DENIED",
        404 => "NOT_FOUND",
        429 => "RESOURCE_EXHAUSTED",
        500 => "INTERNAL",
        503 => "UNAVAILABLE",
        504 => "DEADLINE_EXCEEDED",
        _ => "UNKNOWN",
    }
}

pub(super) fn invalid_key() -> Refused {
    Refused {
        status: 400,
        message: "API key not valid. Please pass a valid API key.".to_owned(),
        details: vec![json!({
            "@type": "type.googleapis.com/google.rpc.ErrorInfo",
            "reason": "API_KEY_INVALID",
            "domain": "googleapis.com",
            "metadata": { "service": "generativelanguage.googleapis.com" },
        })],
    }
}

pub(super) fn no_key() -> Refused {
    let message = "Method doesn't allow unregistered callers (callers without established identity). Please use API \
                   Key or other form of API consumer identity to call this API.";
    Refused { status: 403, message: message.to_owned(), details: Vec::new() }
}

pub(super) fn unknown_model(model: &str) -> Refused {
    let message = format!(
        "models/{model} is not found for API version v1beta, or is not supported for generateContent. Call \
         ModelService.ListModels to see the list of available models and their supported methods."
    );
    Refused { status: 404, message, details: Vec::new() }
}

pub(super) fn unknown_field(name: &str, place: &str) -> Refused {
    let message =
        format!("Invalid JSON payload received. Unknown name \"{name}\" at '{place}': Cannot find field.");
    let details = vec![json!({
        "@type": "type.googleapis.com/google.rpc.BadRequest",
        "fieldViolations": [{ "field": place, "description": message }],
    })];
    Refused { status: 400, message, details }
}

#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Quota {
    Minute,
    Day,
}

pub(super) fn quota(model: &str, quota: Quota, retry_after_ms: u64) -> Refused {
    let (id, value) = match quota {
        Quota::Minute => ("GenerateRequestsPerMinutePerProjectPerModel-FreeTier", "15"),
        Quota::Day => ("GenerateRequestsPerDayPerProjectPerModel-FreeTier", "20"),
    };
    let delay = match retry_after_ms % 1000 {
        0 => format!("{}s", retry_after_ms / 1000),
        rest => format!("{}.{rest:03}s", retry_after_ms / 1000),
    };
    let details = vec![
        json!({
            "@type": "type.googleapis.com/google.rpc.QuotaFailure",
            "violations": [{
                "quotaMetric": "generativelanguage.googleapis.com/generate_content_free_tier_requests",
                "quotaId": id,
                "quotaDimensions": { "location": "global", "model": model },
                "quotaValue": value,
            }],
        }),
        json!({ "@type": "type.googleapis.com/google.rpc.RetryInfo", "retryDelay": delay }),
    ];
    let message = format!(
        "You exceeded your current quota, please check your plan and billing details.\nPlease retry in {delay}."
    );
    Refused { status: 429, message, details }
}

pub(super) fn error(status: u16, model: &str, retry_after_ms: Option<u64>) -> Refused {
    let message = match status {
        429 => return quota(model, Quota::Minute, retry_after_ms.unwrap_or(34_000)),
        503 => "The model is overloaded. Please try again later.",
        504 => "The request timed out. Please try again.",
        500 => "An internal error has occurred. Please retry.",
        403 => "Your API key was reported as leaked. Please use another API key.",
        _ => "Request contains an invalid argument.",
    };
    let details = retry_after_ms.map(|delay| {
        let delay = format!("{}.{:03}s", delay / 1000, delay % 1000);
        json!({ "@type": "type.googleapis.com/google.rpc.RetryInfo", "retryDelay": delay })
    });
    Refused { status, message: message.to_owned(), details: details.into_iter().collect() }
}

/// An answer to this request.
pub(super) fn outcome(answer: &GeminiAnswer, model: &str, body: &Value, response_id: &str) -> Outcome {
    let prompt_tokens = tokens(body);
    let text = match answer {
        GeminiAnswer::After { delay_ms, answer } => {
            let mut later = outcome(answer, model, body, response_id);
            later.delay_ms = later.delay_ms.saturating_add(*delay_ms);
            return later;
        }
        GeminiAnswer::Hang => return Outcome::hang(),
        GeminiAnswer::Drop => return Outcome::dropped(),
        GeminiAnswer::Raw { status, body } => {
            let kind = if body.starts_with('<') { "text/html" } else { "application/json; charset=UTF-8" };
            return Outcome::at_once(call::answer(*status, kind, body.clone()));
        }
        GeminiAnswer::Error { status, retry_after_ms } => {
            return Outcome::at_once(error(*status, model, *retry_after_ms).response());
        }
        GeminiAnswer::DayQuota => {
            return Outcome::at_once(quota(model, Quota::Day, 12_000).response());
        }
        GeminiAnswer::EmptyObject => return Outcome::at_once(call::json(200, &json!({}))),
        GeminiAnswer::Blocked { reason } => {
            let body = json!({
                "promptFeedback": { "blockReason": reason },
                "usageMetadata": { "promptTokenCount": prompt_tokens, "totalTokenCount": prompt_tokens },
                "modelVersion": model,
                "responseId": response_id,
            });
            return Outcome::at_once(call::json(200, &body));
        }
        GeminiAnswer::Empty => None,
        GeminiAnswer::Json(value) => Some((value.to_string(), "STOP")),
        GeminiAnswer::Text(text) => Some((text.clone(), "STOP")),
        GeminiAnswer::Fenced(value) => Some((format!("Here is the JSON:\n```json\n{value:#}\n```"), "STOP")),
        GeminiAnswer::Truncated(value) => {
            let whole = value.to_string();
            let half = whole.chars().count() / 2;
            Some((whole.chars().take(half).collect(), "MAX_TOKENS"))
        }
        GeminiAnswer::Stopped { text, reason } => Some((text.clone(), reason.as_str())),
    };
    let (content, reason, said_tokens) = match text {
        Some((text, reason)) => {
            let said = length(&text).div_ceil(4);
            (json!({ "role": "model", "parts": [{ "text": text }] }), reason, said)
        }
        None => (json!({ "role": "model" }), "MAX_TOKENS", 0),
    };
    let mut usage = json!({
        "promptTokenCount": prompt_tokens,
        "totalTokenCount": prompt_tokens + said_tokens,
        "promptTokensDetails": [{ "modality": "TEXT", "tokenCount": prompt_tokens }],
    });
    if said_tokens > 0 {
        usage["candidatesTokenCount"] = json!(said_tokens);
    }
    let body = json!({
        "candidates": [{ "content": content, "finishReason": reason, "index": 0 }],
        "usageMetadata": usage,
        "modelVersion": model,
        "responseId": response_id,
    });
    Outcome::at_once(call::json(200, &body))
}

/// About what Gemini would count: four characters of text to a token, and a fixed price for a file.
pub(super) fn tokens(body: &Value) -> usize {
    let system = body.pointer("/systemInstruction/parts").and_then(Value::as_array).into_iter().flatten();
    let turns = body.get("contents").and_then(Value::as_array).into_iter().flatten();
    let parts = turns.filter_map(|turn| turn.get("parts").and_then(Value::as_array)).flatten();
    let count = |part: &Value| match part.get("inlineData").or_else(|| part.get("fileData")) {
        Some(_) => 258,
        None => length(text_at(part, "/text")).div_ceil(4),
    };
    system.chain(parts).map(count).sum()
}
