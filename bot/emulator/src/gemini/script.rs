//! What a test or the demo wants Gemini to say. It never looks at a request; matching and answering are next door.

use std::fmt;
use std::sync::Arc;

use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::call::text_at;

/// One answer of a model.
#[derive(Clone, PartialEq, Serialize, Deserialize)]
pub enum GeminiAnswer {
    /// A value, as the JSON text that structured output gives.
    Json(Value),
    /// Any text.
    Text(String),
    /// A value between code fences, with a sentence before it.
    Fenced(Value),
    /// A value whose text stops in the middle (`MAX_TOKENS`).
    Truncated(Value),
    /// A candidate without parts: thinking used the whole budget.
    Empty,
    /// An empty object, with status 200.
    EmptyObject,
    /// The prompt is blocked: no candidates.
    Blocked {
        /// Such as `SAFETY` or `PROHIBITED_CONTENT`.
        reason: String,
    },
    /// The answer is stopped: `text` so far and this `finishReason`.
    Stopped {
        /// What had been said.
        text: String,
        /// Such as `SAFETY` or `RECITATION`.
        reason: String,
    },
    /// An error in Google's form.
    Error {
        /// HTTP status; the name (`UNAVAILABLE`, `RESOURCE_EXHAUSTED`, ...) goes with it.
        status: u16,
        /// Given as RetryInfo.
        retry_after_ms: Option<u64>,
    },
    /// The quota of the day is used up, with a retry delay that must not be believed.
    DayQuota,
    /// Exactly this.
    Raw {
        /// HTTP status.
        status: u16,
        /// Body.
        body: String,
    },
    /// The connection stays open and nothing comes.
    Hang,
    /// The connection is cut.
    Drop,
    /// Another answer, later.
    After {
        /// How long it takes.
        delay_ms: u64,
        /// What then comes.
        answer: Box<GeminiAnswer>,
    },
}

/// An answer written down for one coming request.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct GeminiScript {
    /// Only for this model.
    pub model: Option<String>,
    /// Only for a request whose texts contain this, such as a prompt's id.
    pub contains: Option<String>,
    /// What is said.
    pub answer: GeminiAnswer,
}

impl GeminiScript {
    /// For the next request, whatever it is.
    pub fn next(answer: GeminiAnswer) -> GeminiScript {
        GeminiScript { model: None, contains: None, answer }
    }

    /// Only for this model.
    pub fn for_model(mut self, model: &str) -> GeminiScript {
        self.model = Some(model.to_owned());
        self
    }

    /// Only for a request whose texts contain this.
    pub fn when_asked(mut self, contains: &str) -> GeminiScript {
        self.contains = Some(contains.to_owned());
        self
    }

    pub(super) fn matches(&self, request: &GeminiRequest) -> bool {
        let model = self.model.as_ref().is_none_or(|model| *model == request.model);
        let contains = self.contains.as_ref().is_none_or(|wanted| mentions(&request.body, wanted));
        model && contains
    }
}

/// One `generateContent` that passed the key check.
#[derive(Clone, PartialEq)]
pub struct GeminiRequest {
    /// When, in unix milliseconds.
    pub at_ms: i64,
    /// Model of the path.
    pub model: String,
    /// Body.
    pub body: Value,
}

impl GeminiRequest {
    /// The JSON schema that the answer was asked to follow.
    pub fn schema(&self) -> Option<&Value> {
        let config = self.body.get("generationConfig")?;
        config.get("responseSchema").or_else(|| config.get("responseJsonSchema"))
    }

    /// The system instruction, its parts one below the other.
    pub fn system_instruction(&self) -> String {
        let parts = self.body.pointer("/systemInstruction/parts").and_then(Value::as_array);
        let parts = parts.map(Vec::as_slice).unwrap_or_default();
        parts.iter().map(|part| text_at(part, "/text")).collect::<Vec<_>>().join("\n")
    }

    /// The text parts of the last turn, one below the other.
    pub fn last_turn(&self) -> String {
        let turn = self.body.get("contents").and_then(Value::as_array).and_then(|turns| turns.last());
        let parts = turn.and_then(|turn| turn.get("parts")).and_then(Value::as_array);
        let parts = parts.map(Vec::as_slice).unwrap_or_default();
        let texts = parts.iter().map(|part| text_at(part, "/text")).filter(|text| !text.is_empty());
        texts.collect::<Vec<_>>().join("\n")
    }
}

/// A function that answers requests for which nothing is written down.
pub type GeminiFunction = Arc<dyn Fn(&GeminiRequest) -> GeminiAnswer + Send + Sync>;

/// What is answered when nothing is written down.
#[derive(Clone)]
pub enum GeminiDefault {
    /// Always the same.
    Answer(GeminiAnswer),
    /// Whatever the function says.
    Function(GeminiFunction),
}

impl Default for GeminiDefault {
    fn default() -> GeminiDefault {
        GeminiDefault::Answer(GeminiAnswer::Error { status: 503, retry_after_ms: None })
    }
}

fn mentions(value: &Value, wanted: &str) -> bool {
    match value {
        Value::String(text) => text.contains(wanted),
        Value::Array(items) => items.iter().any(|item| mentions(item, wanted)),
        Value::Object(fields) => fields.values().any(|field| mentions(field, wanted)),
        Value::Null | Value::Bool(_) | Value::Number(_) => false,
    }
}

// Answers and requests hold people's words: only their kind may reach a log.
impl fmt::Debug for GeminiAnswer {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let kind = match self {
            GeminiAnswer::Json(_) => "Json",
            GeminiAnswer::Text(_) => "Text",
            GeminiAnswer::Fenced(_) => "Fenced",
            GeminiAnswer::Truncated(_) => "Truncated",
            GeminiAnswer::Empty => "Empty",
            GeminiAnswer::EmptyObject => "EmptyObject",
            GeminiAnswer::Blocked { .. } => "Blocked",
            GeminiAnswer::Stopped { .. } => "Stopped",
            GeminiAnswer::Error { status, .. } => return write!(out, "Error({status})"),
            GeminiAnswer::DayQuota => "DayQuota",
            GeminiAnswer::Raw { status, .. } => return write!(out, "Raw({status})"),
            GeminiAnswer::Hang => "Hang",
            GeminiAnswer::Drop => "Drop",
            GeminiAnswer::After { delay_ms, answer } => {
                return write!(out, "After({delay_ms} ms, {answer:?})");
            }
        };
        out.write_str(kind)
    }
}

impl fmt::Debug for GeminiRequest {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.debug_struct("GeminiRequest")
            .field("at_ms", &self.at_ms)
            .field("model", &self.model)
            .finish_non_exhaustive()
    }
}

impl fmt::Debug for GeminiDefault {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            GeminiDefault::Answer(answer) => write!(out, "Answer({answer:?})"),
            GeminiDefault::Function(_) => out.write_str("Function"),
        }
    }
}
