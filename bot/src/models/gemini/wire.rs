//! Gemini's JSON, `v1beta`: requests are made and responses are read here and nowhere else. A response is read as a
//! plain value first: everything in it is optional, and anything may be added to it any day.

use super::{Failure, Generated, ModelName, Prompt, Usage};
use crate::outside::Response;
use agents::text::{is_blank, truncate};
use agents::turn::Line;
use serde_json::{Value, json};
use std::time::Duration;

/// How long an answer may get, in tokens: several times the longest good one, so that a model that repeats itself does
/// not do it for long.
const LONGEST_ANSWER: u32 = 2_048;

/// The same for models that think first, since thoughts count.
const LONGEST_ANSWER_WITH_THOUGHTS: u32 = 4_096;

/// How much of one line of a conversation is sent, in characters.
const LONGEST_LINE: usize = 4_000;

/// Gemini wants to hear the customer first and last, and no empty text.
const BEFORE_US: &str = "(start of the conversation)";
const WITHOUT_WORDS: &str = "(a message without words)";

/// The body of a request.
pub(super) fn body(model: &ModelName, prompt: &Prompt) -> Value {
    let thinking = Thinking::of(model.as_str());
    let mut config = json!({
        "responseMimeType": "application/json",
        "responseSchema": prompt.schema,
        "maxOutputTokens": LONGEST_ANSWER_WITH_THOUGHTS,
    });
    match thinking {
        Thinking::Budget(tokens) => {
            config["thinkingConfig"] = json!({ "thinkingBudget": tokens });
            config["maxOutputTokens"] = json!(LONGEST_ANSWER + tokens);
        }
        Thinking::Level(level) => config["thinkingConfig"] = json!({ "thinkingLevel": level }),
        Thinking::Unknown => {}
    }
    json!({
        "systemInstruction": { "parts": [{ "text": prompt.system }] },
        "contents": contents(&prompt.lines),
        "generationConfig": config,
    })
}

/// How a model is told to think as little as it can.
#[derive(Debug, PartialEq, Eq)]
enum Thinking {
    /// 2.5.
    Budget(u32),
    /// 3 and later.
    Level(&'static str),
    /// A name that does not tell: nothing is sent, since a wrong setting is refused.
    Unknown,
}

impl Thinking {
    fn of(model: &str) -> Self {
        let Some((version, kind)) = model.strip_prefix("gemini-").and_then(|rest| rest.split_once('-'))
        else {
            return Self::Unknown;
        };
        let (major, minor) = version.split_once('.').unwrap_or((version, "0"));
        let (Ok(major), Ok(minor)) = (major.parse::<u32>(), minor.parse::<u32>()) else {
            return Self::Unknown;
        };
        match (major, minor) {
            // The big one cannot stop thinking altogether.
            (2, 5) if kind.starts_with("pro") => Self::Budget(128),
            (2, 5) => Self::Budget(0),
            (0..=2, _) => Self::Unknown,
            (3, 0..=6) if kind.starts_with("flash") => Self::Level("minimal"),
            (3.., _) => Self::Level("low"),
        }
    }
}

/// The conversation as turns: the customer's and ours in alternation, the customer's first and last.
fn contents(lines: &[Line]) -> Vec<Value> {
    let mut turns: Vec<(bool, String)> = Vec::new();
    for line in lines.iter().filter(|line| !is_blank(&line.text)) {
        let text = truncate(&line.text, LONGEST_LINE);
        match turns.last_mut() {
            Some((by_us, before)) if *by_us == line.by_us => {
                before.push('\n');
                before.push_str(text);
            }
            _ => turns.push((line.by_us, text.to_owned())),
        }
    }
    if turns.first().is_some_and(|(by_us, _)| *by_us) {
        turns.insert(0, (false, BEFORE_US.to_owned()));
    }
    let last = lines.last();
    if turns.last().is_none_or(|(by_us, _)| *by_us) {
        turns.push((false, WITHOUT_WORDS.to_owned()));
    } else if let (Some((_, text)), Some(Line { by_us: false, text: words })) = (turns.last_mut(), last)
        && is_blank(words)
    {
        text.push('\n');
        text.push_str(WITHOUT_WORDS);
    }
    let role = |by_us| if by_us { "model" } else { "user" };
    turns
        .into_iter()
        .map(|(by_us, text)| json!({ "role": role(by_us), "parts": [{ "text": text }] }))
        .collect()
}

/// What a response says.
pub(super) fn read(asked: &ModelName, response: &Response) -> Generated {
    let body = serde_json::from_slice::<Value>(&response.body).ok().map(unwrapped);
    let status = response.status.as_u16();
    let failed = |failure| Generated { text: Err(failure), usage: None };
    match body {
        Some(body) if body.get("error").is_some_and(Value::is_object) => {
            failed(refusal(status, &body["error"], retry_after(response)))
        }
        Some(body) if response.status.is_success() => {
            Generated { text: text(&body), usage: usage(asked, &body) }
        }
        Some(_) | None if response.status.is_success() => failed(Failure::Unreadable),
        Some(_) | None => failed(refusal(status, &Value::Null, retry_after(response))),
    }
}

/// Some ways of asking get their error in a list of one.
fn unwrapped(body: Value) -> Value {
    match body {
        Value::Array(mut items) if items.len() == 1 => items.remove(0),
        other => other,
    }
}

/// The words of the first candidate, when it is finished.
fn text(body: &Value) -> Result<String, Failure> {
    let Some(candidate) = body.pointer("/candidates/0") else {
        let blocked = body.pointer("/promptFeedback/blockReason").is_some();
        return Err(if blocked { Failure::Blocked } else { Failure::Empty });
    };
    // What was said before a stop for another reason is not an answer, whatever the reason will be called.
    match candidate.get("finishReason").and_then(Value::as_str) {
        None | Some("STOP" | "FINISH_REASON_UNSPECIFIED") => {}
        Some("MAX_TOKENS") => return Err(Failure::Cut),
        Some("SAFETY" | "RECITATION" | "LANGUAGE" | "BLOCKLIST" | "PROHIBITED_CONTENT" | "SPII") => {
            return Err(Failure::Blocked);
        }
        Some(_) => return Err(Failure::Unfinished),
    }
    let parts = candidate.pointer("/content/parts").and_then(Value::as_array).into_iter().flatten();
    let said = parts.filter(|part| part.get("thought").and_then(Value::as_bool) != Some(true));
    let text: String = said.filter_map(|part| part.get("text").and_then(Value::as_str)).collect();
    if is_blank(&text) { Err(Failure::Empty) } else { Ok(text) }
}

fn usage(asked: &ModelName, body: &Value) -> Option<Usage> {
    let counts = body.get("usageMetadata")?;
    let count = |name: &str| {
        let value = counts.get(name);
        // Large numbers may come as texts.
        value.and_then(|value| value.as_u64().or_else(|| value.as_str()?.parse().ok())).unwrap_or(0)
    };
    let answered =
        body.get("modelVersion").and_then(Value::as_str).and_then(|name| ModelName::parse(name).ok());
    Some(Usage {
        model: answered.unwrap_or_else(|| asked.clone()),
        prompt: count("promptTokenCount"),
        answer: count("candidatesTokenCount"),
        thoughts: count("thoughtsTokenCount"),
        cached: count("cachedContentTokenCount"),
    })
}

/// Why a request was refused: by the code in the error, else by the status, and where they do not tell by its words.
fn refusal(status: u16, error: &Value, retry_after: Option<Duration>) -> Failure {
    let code =
        error.get("code").and_then(Value::as_u64).and_then(|code| u16::try_from(code).ok()).unwrap_or(status);
    let message = error.get("message").and_then(Value::as_str).unwrap_or_default().to_lowercase();
    let details = error.get("details").and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default();
    let about_key = details
        .iter()
        .filter_map(|detail| detail.get("reason").and_then(Value::as_str))
        .any(|reason| reason.starts_with("API_KEY_"));
    match code {
        400 | 401 | 403 if message.contains("leaked") => Failure::KeyLeaked,
        400 | 401 | 403 if message.contains("api key expired") => Failure::KeyExpired,
        400 | 401 | 403 if about_key || message.contains("api key not valid") => Failure::KeyInvalid,
        400 if message.contains("location is not supported")
            || message.contains("not available in your country") =>
        {
            Failure::Location
        }
        400 if message.contains("token count") => Failure::TooLong,
        // A file or a cache that is gone says nothing about the key.
        403 if message.contains("the file ") || message.contains("cachedcontent") => Failure::Refused,
        401 | 403 => Failure::KeyRefused,
        404 => Failure::NoSuchModel,
        413 => Failure::TooLong,
        429 => quota(details, retry_after),
        408 | 500..=599 => Failure::Unavailable,
        400..=499 => Failure::Refused,
        _ => Failure::Unreadable,
    }
}

fn quota(details: &[Value], retry_after: Option<Duration>) -> Failure {
    let violations =
        details.iter().filter_map(|detail| detail.get("violations").and_then(Value::as_array)).flatten();
    let mut names = violations.filter_map(|violation| violation.get("quotaId").and_then(Value::as_str));
    if names.any(|name| name.contains("PerDay")) {
        return Failure::DayQuota;
    }
    let delay =
        details.iter().find_map(|detail| seconds(detail.get("retryDelay")?.as_str()?.strip_suffix('s')?));
    Failure::MinuteQuota { retry_after: delay.or(retry_after) }
}

fn retry_after(response: &Response) -> Option<Duration> {
    seconds(response.headers.get(http::header::RETRY_AFTER)?.to_str().ok()?.trim())
}

fn seconds(text: &str) -> Option<Duration> {
    Duration::try_from_secs_f64(text.parse().ok()?).ok()
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn models_think_as_little_as_they_can() {
        for (model, expected) in [
            ("gemini-2.5-flash-lite", Thinking::Budget(0)),
            ("gemini-2.5-pro", Thinking::Budget(128)),
            ("gemini-3-flash-preview", Thinking::Level("minimal")),
            ("gemini-3.5-flash-lite", Thinking::Level("minimal")),
            ("gemini-3.1-pro-preview", Thinking::Level("low")),
            ("gemini-3.8-flash", Thinking::Level("low")),
            ("gemini-4-flash", Thinking::Level("low")),
            ("gemini-2.0-flash", Thinking::Unknown),
            ("gemini-flash-latest", Thinking::Unknown),
            ("gemma-4-31b-it", Thinking::Unknown),
        ] {
            assert_eq!(Thinking::of(model), expected, "{model}");
        }
    }

    fn turns(lines: &[(bool, &str)]) -> Vec<(String, String)> {
        let lines: Vec<Line> =
            lines.iter().map(|(by_us, text)| Line { by_us: *by_us, text: (*text).to_owned() }).collect();
        let field =
            |turn: &Value, pointer: &str| turn.pointer(pointer).and_then(Value::as_str).unwrap().to_owned();
        contents(&lines).iter().map(|turn| (field(turn, "/role"), field(turn, "/parts/0/text"))).collect()
    }

    #[test]
    fn turns_alternate_from_the_customer_to_the_customer() {
        let expected = |turns: &[(&str, &str)]| -> Vec<(String, String)> {
            turns.iter().map(|(role, text)| ((*role).to_owned(), (*text).to_owned())).collect()
        };
        assert_eq!(
            turns(&[(false, "a"), (false, "b"), (true, "c"), (true, " "), (true, "d"), (false, "e")]),
            expected(&[("user", "a\nb"), ("model", "c\nd"), ("user", "e")])
        );
        assert_eq!(
            turns(&[(true, "hello"), (false, "hi")]),
            expected(&[("user", BEFORE_US), ("model", "hello"), ("user", "hi")])
        );
        assert_eq!(
            turns(&[(false, "a"), (true, "b"), (false, " \u{200F}")]),
            expected(&[("user", "a"), ("model", "b"), ("user", WITHOUT_WORDS)])
        );
        assert_eq!(
            turns(&[(false, "a"), (false, "")]),
            expected(&[("user", &format!("a\n{WITHOUT_WORDS}"))])
        );
        assert_eq!(turns(&[]), expected(&[("user", WITHOUT_WORDS)]));
    }

    #[test]
    fn errors_are_told_apart_by_what_must_be_done() {
        for (status, error, expected) in [
            (400, json!({ "message": "User location is not supported for the API use." }), Failure::Location),
            (400, json!({ "message": "Please use a valid role: user, model." }), Failure::Refused),
            (401, Value::Null, Failure::KeyRefused),
            (
                403,
                json!({ "message": "no", "details": [{ "reason": "API_KEY_IP_ADDRESS_BLOCKED" }] }),
                Failure::KeyInvalid,
            ),
            (200, json!({ "code": 503 }), Failure::Unavailable),
            (504, Value::Null, Failure::Unavailable),
            (
                429,
                json!({ "details": [{ "retryDelay": "nan" }] }),
                Failure::MinuteQuota { retry_after: None },
            ),
            (
                429,
                json!({ "details": [{ "retryDelay": "-1s" }] }),
                Failure::MinuteQuota { retry_after: None },
            ),
            (
                429,
                json!({ "details": [{ "retryDelay": "0.5s" }] }),
                Failure::MinuteQuota { retry_after: Some(Duration::from_millis(500)) },
            ),
            (302, Value::Null, Failure::Unreadable),
        ] {
            assert_eq!(refusal(status, &error, None), expected, "{status} {error}");
        }
    }

    #[test]
    fn a_delay_may_stand_in_a_header() {
        let model = ModelName::parse("gemini-3.5-flash").unwrap();
        let headers = http::HeaderMap::from_iter([(http::header::RETRY_AFTER, "7".parse().unwrap())]);
        let status = http::StatusCode::TOO_MANY_REQUESTS;
        for (body, delay) in [("", 7), (r#"{"error":{"details":[{"retryDelay":"3s"}]}}"#, 3)] {
            let response = Response { status, headers: headers.clone(), body: body.into() };
            let expected = Failure::MinuteQuota { retry_after: Some(Duration::from_secs(delay)) };
            assert_eq!(read(&model, &response).text, Err(expected));
        }
    }
}
