//! Gemini: checks requests as Google does, remembers them, and answers by script. It never invents an answer.

mod answer;
mod script;

use std::collections::VecDeque;

use ::http::{Method, Response};
use bytes::Bytes;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

pub use script::{GeminiAnswer, GeminiDefault, GeminiFunction, GeminiRequest, GeminiScript};

use crate::call::{self, Call, Outcome, text_at};
use crate::faults::{Fault, Faults};
use crate::world::World;
use answer::{Quota, Refused};

/// So many requests are remembered; a demo that runs for days must not grow.
const REMEMBERED: usize = 500;

const CONFIG_FIELDS: [&str; 18] = [
    "temperature",
    "topP",
    "topK",
    "maxOutputTokens",
    "stopSequences",
    "candidateCount",
    "seed",
    "responseMimeType",
    "responseSchema",
    "responseJsonSchema",
    "thinkingConfig",
    "responseModalities",
    "presencePenalty",
    "frequencyPenalty",
    "responseLogprobs",
    "logprobs",
    "mediaResolution",
    "speechConfig",
];

/// What is kept only while the world lives.
#[derive(Default)]
pub(crate) struct Gemini {
    default: GeminiDefault,
    requests: VecDeque<GeminiRequest>,
}

#[derive(Clone, Serialize, Deserialize)]
pub(crate) struct GeminiState {
    pub(crate) faults: Faults,
    scripts: VecDeque<GeminiScript>,
}

impl Default for GeminiState {
    fn default() -> GeminiState {
        GeminiState { faults: Faults::none(), scripts: VecDeque::new() }
    }
}

impl World {
    /// Writes down an answer. A request takes the first that matches it.
    pub fn gemini_will(&mut self, script: GeminiScript) {
        self.state.gemini.scripts.push_back(script);
    }

    /// What is answered when nothing is written down; at first 503 for everything.
    pub fn gemini_otherwise(&mut self, default: GeminiDefault) {
        self.gemini.default = default;
    }

    /// What was asked so far with a valid key, oldest first; the last five hundred.
    pub fn gemini_requests(&self) -> impl DoubleEndedIterator<Item = &GeminiRequest> + ExactSizeIterator {
        self.gemini.requests.iter()
    }

    /// How many written-down answers have not been used.
    pub fn gemini_scripts_left(&self) -> usize {
        self.state.gemini.scripts.len()
    }

    pub(crate) fn gemini_answers(&mut self, now_ms: i64, call: &Call) -> Outcome {
        match self.gemini_call(now_ms, call) {
            Ok(outcome) => outcome,
            Err(refused) => Outcome::at_once(refused.response()),
        }
    }

    fn gemini_call(&mut self, now_ms: i64, call: &Call) -> Result<Outcome, Refused> {
        match call.header("x-goog-api-key").or_else(|| call.query("key")) {
            None => return Err(answer::no_key()),
            Some(key) if key != self.settings.gemini.api_key => return Err(answer::invalid_key()),
            Some(_) => {}
        }
        let models = &self.settings.gemini.models;
        let segments = call.segments();
        let name = match segments.as_slice() {
            ["v1beta", "models"] if call.method == Method::GET => {
                let models = models.iter().map(|model| model_object(model)).collect::<Vec<_>>();
                return Ok(Outcome::at_once(call::json(200, &json!({ "models": models }))));
            }
            ["v1beta", "models", name] => *name,
            _ => return Err(Refused { status: 404, message: "Not Found".to_owned(), details: Vec::new() }),
        };
        let (model, action) = name.split_once(':').unwrap_or((name, ""));
        if !models.iter().any(|known| known == model) {
            return Err(answer::unknown_model(model));
        }
        if action.is_empty() && call.method == Method::GET {
            return Ok(Outcome::at_once(call::json(200, &model_object(model))));
        }
        let body = call.json().filter(Value::is_object);
        let body = body.ok_or_else(|| Refused::argument("Invalid JSON payload received."))?;
        match action {
            "countTokens" => {
                let body = json!({ "totalTokens": answer::tokens(&body) });
                Ok(Outcome::at_once(call::json(200, &body)))
            }
            "generateContent" if call.method == Method::POST => {
                let model = model.to_owned();
                Ok(self.generate(GeminiRequest { at_ms: now_ms, model, body }))
            }
            _ => Err(answer::unknown_model(model)),
        }
    }

    fn generate(&mut self, request: GeminiRequest) -> Outcome {
        let checked = check(&request.body);
        self.gemini.requests.push_back(request.clone());
        if self.gemini.requests.len() > REMEMBERED {
            self.gemini.requests.pop_front();
        }
        if let Err(refused) = checked {
            return Outcome::at_once(refused.response());
        }
        let scripts = &mut self.state.gemini.scripts;
        let place = scripts.iter().position(|script| script.matches(&request));
        let answer = match place.and_then(|place| scripts.remove(place)) {
            Some(script) => script.answer,
            None => match &self.gemini.default {
                GeminiDefault::Answer(answer) => answer.clone(),
                GeminiDefault::Function(function) => function(&request),
            },
        };
        let response_id = format!("resp{}", self.hex(16));
        answer::outcome(&answer, &request.model, &request.body, &response_id)
    }
}

/// A fault, in Google's form.
pub(crate) fn refuses(call: &Call, fault: &Fault) -> Response<Bytes> {
    let name = call.segments().last().copied().unwrap_or_default();
    let model = name.split(':').next().unwrap_or_default();
    let refused = match fault {
        Fault::RateLimited { retry_after_s } => {
            answer::quota(model, Quota::Minute, u64::from(*retry_after_s) * 1000)
        }
        Fault::PairLimited => answer::quota(model, Quota::Minute, 34_000),
        Fault::QuotaReached => answer::quota(model, Quota::Day, 12_000),
        Fault::Unavailable => answer::error(503, model, None),
        _ => answer::error(500, model, None),
    };
    refused.response()
}

fn model_object(model: &str) -> Value {
    json!({
        "name": format!("models/{model}"),
        "version": "001",
        "displayName": model,
        "inputTokenLimit": 1_048_576,
        "outputTokenLimit": 65_536,
        "supportedGenerationMethods": ["generateContent", "countTokens"],
    })
}

/// What Google refuses before a model sees it.
fn check(body: &Value) -> Result<(), Refused> {
    let turns = body.get("contents").and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default();
    let Some(last) = turns.last() else {
        return Err(Refused::argument("* GenerateContentRequest.contents: contents is not specified\n"));
    };
    for (place, turn) in turns.iter().enumerate() {
        let field = format!("* GenerateContentRequest.contents[{place}]");
        if !matches!(text_at(turn, "/role"), "user" | "model" | "") {
            return Err(Refused::argument("Please use a valid role: user, model."));
        }
        let parts = turn.get("parts").and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default();
        if parts.is_empty() {
            return Err(Refused::argument(format!("{field}.parts: contents.parts must not be empty.\n")));
        }
        let kinds = ["text", "inlineData", "fileData", "functionCall", "functionResponse"];
        if parts.iter().any(|part| kinds.iter().all(|kind| part.get(*kind).is_none())) {
            return Err(Refused::argument(format!(
                "{field}.parts[0].data: required oneof field 'data' must have one initialized field\n"
            )));
        }
    }
    if text_at(last, "/role") == "model" {
        return Err(Refused::argument("The last turn must not be of the model."));
    }
    let Some(config) = body.get("generationConfig") else { return Ok(()) };
    let fields = config.as_object().map(|fields| fields.keys()).into_iter().flatten();
    if let Some(unknown) = fields.into_iter().find(|name| !CONFIG_FIELDS.contains(&name.as_str())) {
        return Err(answer::unknown_field(unknown, "generation_config"));
    }
    let schemas = ["responseSchema", "responseJsonSchema"];
    let given = schemas.iter().filter(|name| config.get(**name).is_some()).count();
    if given > 1 {
        return Err(Refused::argument("only one of response_schema and response_json_schema can be set"));
    }
    let mime = text_at(config, "/responseMimeType");
    if given == 1 && !matches!(mime, "application/json" | "text/x.enum") {
        return Err(Refused::argument(
            "* GenerateContentRequest.generation_config.response_schema: only allowed with response_mime_type \
             application/json\n",
        ));
    }
    Ok(())
}

#[cfg(test)]
mod tests;
