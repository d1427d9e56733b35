//! Every recorded answer of Gemini, one row each: what the chain makes of it, or why it is not used and what would
//! happen if it came all the same.

use crate::desk::{self, FIRST};
use agents::turn::{Answer, Ask};
use bot::models::{Asked, Failure, Models, TURN_BUDGET};
use bot::outside::{ManualClock, Response};
use serde_json::{Value, json};
use std::collections::BTreeSet;
use std::path::PathBuf;
use std::time::Duration;

/// What becomes of a recorded answer to the dispatcher's question.
enum Expectation {
    /// A typed answer.
    Answered,
    /// The model's words begin like this. They are no JSON, so they are no answer.
    Words(&'static str),
    /// No answer.
    Fails(Failure),
    /// We never ask for this; if it came, it would be no answer for the second reason.
    NotUsed(&'static str, Failure),
}

use Expectation::{Answered, Fails, NotUsed, Words};

const TOOLS: &str = "no tools are declared: models propose, code looks up";
const FILES: &str = "no files are uploaded to Gemini";
const CACHE: &str = "no cache is made: prompts are short";
const STREAM: &str = "answers are checked as a whole, so they are not streamed";
const MEDIA: &str = "questions carry words only";

#[rustfmt::skip]
const ROWS: &[(&str, Expectation)] = &[
    ("ok_text_3x_signature.json", Words("Hello! What happened?")),
    ("ok_text_several_parts.json", Words("Здравствуйте! Чем помочь?")),
    ("ok_text_too_long_for_channel.json", Words("מילה מילה מילה")),
    ("bad_json_fenced.json", Answered),
    ("bad_json_repeating_until_limit.json", Fails(Failure::Cut)),
    ("ok_call_25_no_id.json", NotUsed(TOOLS, Failure::Empty)),
    ("ok_call_3x_id_signature.json", NotUsed(TOOLS, Failure::Empty)),
    ("ok_function_response_turn.json", NotUsed(TOOLS, Failure::Malformed)),
    ("ok_call_with_text.json", NotUsed(TOOLS, Failure::Malformed)),
    ("bad_call_unknown_tool.json", NotUsed(TOOLS, Failure::Empty)),
    ("bad_call_missing_args.json", NotUsed(TOOLS, Failure::Empty)),
    ("bad_malformed_function_call.json", NotUsed(TOOLS, Failure::Unfinished)),
    ("finish_recitation.json", Fails(Failure::Blocked)),
    ("finish_prohibited_content.json", Fails(Failure::Blocked)),
    ("finish_spii.json", Fails(Failure::Blocked)),
    ("finish_other.json", Fails(Failure::Unfinished)),
    ("finish_malformed_response.json", Fails(Failure::Unfinished)),
    ("finish_missing_thought_signature.json", NotUsed(TOOLS, Failure::Unfinished)),
    ("finish_too_many_tool_calls.json", NotUsed(TOOLS, Failure::Unfinished)),
    ("finish_safety_partial_text.json", Fails(Failure::Blocked)),
    ("finish_missing.json", Words("hm")),
    ("blocked_prompt_safety.json", Fails(Failure::Blocked)),
    ("blocked_prompt_prohibited.json", Fails(Failure::Blocked)),
    ("empty_whitespace_text.json", Fails(Failure::Empty)),
    ("empty_object.json", Fails(Failure::Empty)),
    ("unknown_part_kind.json", Words("ok")),
    ("ok_image_inline.json", NotUsed(MEDIA, Failure::Malformed)),
    ("ok_audio_ogg_inline.json", NotUsed(MEDIA, Failure::Malformed)),
    ("ok_pdf_inline.json", NotUsed(MEDIA, Failure::Malformed)),
    ("err_400_image_unreadable.json", NotUsed(MEDIA, Failure::Refused)),
    ("err_400_api_key_invalid.json", Fails(Failure::KeyInvalid)),
    ("err_400_api_key_expired.json", Fails(Failure::KeyExpired)),
    ("err_403_no_key.json", Fails(Failure::KeyRefused)),
    ("err_403_key_leaked.json", Fails(Failure::KeyLeaked)),
    ("err_404_model.json", Fails(Failure::NoSuchModel)),
    ("err_400_schema.json", Fails(Failure::Refused)),
    ("err_400_unknown_field.json", Fails(Failure::Refused)),
    ("err_400_token_limit.json", Fails(Failure::TooLong)),
    ("err_400_token_limit_old.json", Fails(Failure::TooLong)),
    ("err_400_missing_thought_signature.json", NotUsed(TOOLS, Failure::Refused)),
    ("err_400_function_parts_mismatch.json", NotUsed(TOOLS, Failure::Refused)),
    ("err_429_per_minute.json", Fails(Failure::MinuteQuota { retry_after: Some(Duration::from_secs(34)) })),
    ("err_429_per_day.json", Fails(Failure::DayQuota)),
    ("err_429_no_details.json", Fails(Failure::MinuteQuota { retry_after: None })),
    ("err_503_overloaded.json", Fails(Failure::Unavailable)),
    ("err_502_html.json", Fails(Failure::Unavailable)),
    ("err_400_sampling_params_3x.json", Fails(Failure::Refused)),
    ("files_upload_finalize.json", NotUsed(FILES, Failure::Empty)),
    ("files_get_processing.json", NotUsed(FILES, Failure::Empty)),
    ("files_get_failed.json", NotUsed(FILES, Failure::Unreadable)),
    ("err_400_file_not_active.json", NotUsed(FILES, Failure::Refused)),
    ("err_403_file_gone.json", NotUsed(FILES, Failure::Refused)),
    ("err_400_cache_too_small.json", NotUsed(CACHE, Failure::Refused)),
    ("cache_delete.json", NotUsed(CACHE, Failure::Empty)),
    ("sse_ok_text.sse", NotUsed(STREAM, Failure::Unreadable)),
    ("sse_ok_multiline_data.sse", NotUsed(STREAM, Failure::Unreadable)),
    ("sse_ok_function_call.sse", NotUsed(STREAM, Failure::Unreadable)),
    ("sse_ok_no_trailing_blank.sse", NotUsed(STREAM, Failure::Unreadable)),
    ("sse_safety_mid_stream.sse", NotUsed(STREAM, Failure::Unreadable)),
    ("sse_prompt_blocked.sse", NotUsed(STREAM, Failure::Unreadable)),
    ("sse_error_mid_stream_bare_json.sse", NotUsed(STREAM, Failure::Unreadable)),
    ("sse_error_mid_stream_data_event.sse", NotUsed(STREAM, Failure::Unreadable)),
    ("sse_error_first_bare_json.sse", NotUsed(STREAM, Failure::KeyInvalid)),
    ("sse_truncated_mid_event.sse", NotUsed(STREAM, Failure::Unreadable)),
];

fn folder() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("fixtures/gemini")
}

fn bytes(file: &str) -> Vec<u8> {
    std::fs::read(folder().join(file)).unwrap_or_else(|error| panic!("{file}: {error}"))
}

fn json_of(file: &str) -> Value {
    serde_json::from_slice(&bytes(file)).unwrap_or_else(|error| panic!("{file}: {error}"))
}

fn response(status: u16, body: Vec<u8>) -> Response {
    let status = http::StatusCode::from_u16(status).unwrap();
    Response { status, headers: http::HeaderMap::new(), body: body.into() }
}

/// The response in a file: of a recorded exchange, or the bytes of a stream.
fn recorded(file: &str) -> Response {
    if file.ends_with(".sse") {
        let status = if file == "sse_error_first_bare_json.sse" { 400 } else { 200 };
        return response(status, bytes(file));
    }
    let exchange = json_of(file);
    let status =
        exchange["response"]["status"].as_u64().and_then(|status| u16::try_from(status).ok()).unwrap();
    match &exchange["response"]["body"] {
        Value::String(text) => response(status, text.clone().into_bytes()),
        body => response(status, body.to_string().into_bytes()),
    }
}

/// One model that gives this response to this question.
async fn ask(ask: &Ask, response: Response) -> Asked {
    let clock = ManualClock::new(desk::start());
    let outside = desk::outside(&clock, move |_| Ok(response.clone()));
    let models: Models = desk::models(FIRST);
    models.ask(&outside, ask, TURN_BUDGET).await
}

fn same(failure: Option<Failure>, expected: Failure) -> bool {
    match (failure, expected) {
        // Fractions of a second do not matter.
        (
            Some(Failure::MinuteQuota { retry_after: Some(found) }),
            Failure::MinuteQuota { retry_after: Some(expected) },
        ) => found.as_secs() == expected.as_secs(),
        (found, expected) => found == Some(expected),
    }
}

#[test]
fn every_recorded_answer_has_a_row_and_every_reason_is_given() {
    let index = String::from_utf8(bytes("INDEX.csv")).unwrap();
    let listed: BTreeSet<&str> = index.lines().skip(1).filter_map(|line| line.split(',').next()).collect();
    let rows: BTreeSet<&str> = ROWS.iter().map(|(file, _)| *file).collect();
    assert_eq!(listed, rows);
    assert_eq!(rows.len(), ROWS.len());
    let files: BTreeSet<String> = std::fs::read_dir(folder())
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .filter(|name| name != "INDEX.csv")
        .collect();
    assert_eq!(files, rows.iter().map(|file| (*file).to_owned()).collect());
    for (file, expectation) in ROWS {
        if let NotUsed(reason, _) = expectation {
            assert!(!reason.is_empty(), "{file}");
        }
    }
}

#[tokio::test]
async fn every_recorded_answer_is_taken_for_what_it_is() {
    for (file, expectation) in ROWS {
        let recorded = recorded(file);
        let asked = ask(&desk::dispatch(), recorded.clone()).await;
        let failure = asked.attempts[0].failure;
        let Answer::Dispatch(understood) = &asked.answer else {
            panic!("{file}: another question was answered")
        };
        assert_eq!(understood.by_model, failure.is_none(), "{file}");
        assert_eq!(asked.degraded, failure.is_some(), "{file}");
        match expectation {
            Answered => assert_eq!(failure, None, "{file}"),
            Words(_) => assert_eq!(failure, Some(Failure::Malformed), "{file}"),
            Fails(expected) | NotUsed(_, expected) => {
                assert!(same(failure, *expected), "{file}: {failure:?} instead of {expected:?}");
            }
        }
        let body: Option<Value> = serde_json::from_slice(&recorded.body).ok();
        let counted = body.and_then(|body| body.get("usageMetadata")?.get("promptTokenCount")?.as_u64());
        assert_eq!(asked.usage().next().map(|usage| usage.prompt), counted, "{file}");
    }
}

/// A model without structured output says its words and a deal: so the words can be seen in the reply.
#[tokio::test]
async fn words_are_the_parts_that_are_words() {
    for (file, expectation) in ROWS {
        let Words(begin) = expectation else { continue };
        let mut body = json_of(file)["response"]["body"].clone();
        let parts = body.pointer_mut("/candidates/0/content/parts").and_then(Value::as_array_mut).unwrap();
        parts.insert(0, json!({ "thought": true, "text": "they want a plumber" }));
        parts.push(json!({ "text": " [DEAL: מחר בעשר | הרצל 10, תל אביב | נזילה]" }));
        let asked = ask(&desk::speak(), response(200, body.to_string().into_bytes())).await;
        let Answer::Persona(spoken) = &asked.answer else { panic!("{file}: another question was answered") };
        assert_eq!(asked.attempts[0].failure, None, "{file}");
        assert!(spoken.by_model && spoken.reply.starts_with(begin), "{file}");
        assert!(spoken.reply.ends_with("| נזילה]"), "{file}: the deal is read by the agents");
    }
}

#[tokio::test]
async fn usage_tells_thoughts_and_the_model_that_answered() {
    let asked = ask(&desk::dispatch(), recorded("ok_text_3x_signature.json")).await;
    let usage = asked.usage().next().unwrap();
    assert_eq!((usage.prompt, usage.answer, usage.thoughts, usage.cached), (30, 7, 58, 0));
    assert_eq!(usage.model.as_str(), "gemini-3.5-flash-lite", "{FIRST} was asked, another answered");
    assert_eq!(asked.attempts[0].model.as_str(), FIRST);
}

#[tokio::test]
async fn any_piece_of_a_good_answer_is_read_without_a_panic() {
    let whole = recorded("bad_json_fenced.json");
    for end in 0..whole.body.len() {
        let cut = Response { body: whole.body.slice(..end), ..whole.clone() };
        let asked = ask(&desk::dispatch(), cut).await;
        assert_eq!(asked.attempts[0].failure, Some(Failure::Unreadable), "cut after {end}");
    }
}
