//! The models behind their front door: questions go in, the pretended Gemini misbehaves, and an answer always comes
//! out in time. Time moves only when something takes time; nothing here waits.

#![allow(clippy::unwrap_used)]

#[path = "models/desk.rs"]
mod desk;
#[path = "models/recorded.rs"]
mod recorded;

use agents::dispatcher::{self, Intent};
use agents::persona;
use agents::turn::{Answer, Ask};
use bot::models::{Asked, DEFAULT_CHAIN, Failure, ModelName, Models, TURN_BUDGET};
use desk::{Desk, FIRST, KEY, SECOND, THIRD, WORDS};
use emulator::{Fault, FaultOn, GeminiAnswer, GeminiDefault, Provider};
use serde_json::json;
use std::time::Duration;

fn seconds(seconds: u64) -> Duration {
    Duration::from_secs(seconds)
}

fn good() -> GeminiAnswer {
    GeminiAnswer::Json(desk::understood())
}

fn busy() -> GeminiAnswer {
    GeminiAnswer::Error { status: 503, retry_after_ms: None }
}

/// The outcomes of the tries, with the models' names.
fn tries(asked: &Asked) -> Vec<(&str, &'static str)> {
    asked.attempts.iter().map(|attempt| (attempt.model.as_str(), attempt.outcome())).collect()
}

#[track_caller]
fn is_by_rules(asked: &Asked, ask: &Ask) {
    match (&asked.answer, ask) {
        (Answer::Dispatch(answer), Ask::Dispatch(question)) => {
            assert_eq!(**answer, dispatcher::understand_by_rules(question));
            assert!(!answer.by_model);
        }
        (Answer::Persona(answer), Ask::Persona(question)) => {
            assert_eq!(**answer, persona::speak_by_rules(question));
            assert!(!answer.by_model);
        }
        _ => panic!("another question was answered"),
    }
}

#[tokio::test]
async fn the_dispatchers_question_is_answered_in_hebrew() {
    let (desk, models) = (Desk::new(), desk::models(DEFAULT_CHAIN));
    desk.will(FIRST, good());
    let asked = models.ask(&desk.outside, &desk::dispatch(), TURN_BUDGET).await;
    let Answer::Dispatch(understood) = &asked.answer else { panic!("another question was answered") };
    assert!(understood.by_model);
    assert_eq!(understood.intent, Some(Intent::ServiceRequest));
    assert_eq!(
        (understood.city.as_deref(), understood.street_number.as_deref()),
        (Some("תל אביב"), Some("10"))
    );
    assert_eq!(tries(&asked), [(FIRST, "answered")]);
    assert!(!asked.degraded);
    assert_eq!(asked.prompt.map(|(id, _)| id), Some("dispatcher"));
    assert_eq!(asked.usage().count(), 1);
    assert!(asked.usage().next().unwrap().prompt > 100 && asked.usage().next().unwrap().answer > 0);
    let cost = asked.usage().next().unwrap().nano_dollars(desk::start().date_naive()).unwrap();
    assert_eq!(cost, asked.usage().next().unwrap().prompt * 100 + asked.usage().next().unwrap().answer * 400);
}

#[tokio::test]
async fn the_personas_question_is_answered_in_hebrew() {
    let (desk, models) = (Desk::new(), desk::models(DEFAULT_CHAIN));
    desk.will(FIRST, GeminiAnswer::Json(desk::spoken()));
    let asked = models.ask(&desk.outside, &desk::speak(), TURN_BUDGET).await;
    let Answer::Persona(spoken) = &asked.answer else { panic!("another question was answered") };
    assert!(spoken.by_model);
    assert_eq!(spoken.quoted_items, ["leak_repair"]);
    let words = persona::render(&spoken.reply, &desk::persona_question()).unwrap();
    assert!(words.contains("אבי כהן") && words.contains("250"), "{words}");
    assert_eq!(asked.prompt.map(|(id, _)| id), Some("persona"));
}

#[tokio::test]
async fn a_request_has_what_gemini_wants_and_nothing_that_it_refuses() {
    let (desk, models) = (Desk::new(), desk::models(&format!("{FIRST},{SECOND}")));
    desk.will(FIRST, busy());
    desk.will(SECOND, good());
    models.ask(&desk.outside, &desk::dispatch(), TURN_BUDGET).await;
    for (place, model, thinking) in
        [(0, FIRST, json!({ "thinkingBudget": 0 })), (1, SECOND, json!({ "thinkingLevel": "minimal" }))]
    {
        let request = desk.requests.lock().unwrap()[place].clone();
        assert_eq!(
            request.url.as_str(),
            format!("https://gemini.test/v1beta/models/{model}:generateContent")
        );
        let key = request.headers.get("x-goog-api-key").unwrap();
        assert!(key.is_sensitive() && key == KEY);
        let body = desk.body(place);
        let config = body["generationConfig"].as_object().unwrap();
        assert_eq!(config["responseMimeType"], "application/json");
        let schema = &config["responseSchema"];
        assert_eq!(
            (&schema["type"], &schema["properties"]["intent"]["type"]),
            (&json!("OBJECT"), &json!("STRING"))
        );
        assert_eq!(config["thinkingConfig"], thinking);
        assert!(config["maxOutputTokens"].as_u64().unwrap() >= 1_024);
        assert_eq!(config.len(), 4, "no temperature, topP, topK, candidateCount");
        assert!(body["systemInstruction"]["parts"][0]["text"].as_str().unwrap().contains("plumbing"));
        let turns = body["contents"].as_array().unwrap();
        let roles: Vec<&str> = turns.iter().filter_map(|turn| turn["role"].as_str()).collect();
        assert_eq!(roles, ["user", "model", "user"]);
        assert_eq!(turns[0]["parts"][0]["text"], "היי\nיש מישהו?");
        assert_eq!(turns[2]["parts"][0]["text"], WORDS);
    }
}

#[tokio::test]
async fn an_address_with_a_path_stays_in_front() {
    let desk = Desk::new();
    let mut settings = desk::settings(KEY);
    settings.base_url = "http://127.0.0.1:9/gemini/".parse().unwrap();
    let models = Models::new(ModelName::parse_chain(FIRST).unwrap(), Some(settings));
    desk.will(FIRST, good());
    let asked = models.ask(&desk.outside, &desk::dispatch(), TURN_BUDGET).await;
    assert_eq!(tries(&asked), [(FIRST, "answered")]);
    assert_eq!(
        desk.requests.lock().unwrap()[0].url.path(),
        format!("/gemini/v1beta/models/{FIRST}:generateContent")
    );
}

#[tokio::test]
async fn every_kind_of_failure_moves_on_to_the_next_model() {
    let error = |status, retry_after_ms| GeminiAnswer::Error { status, retry_after_ms };
    let raw = |status, body: &str| GeminiAnswer::Raw { status, body: body.to_owned() };
    let stopped =
        |reason: &str| GeminiAnswer::Stopped { text: "חלק".to_owned(), reason: reason.to_owned() };
    let late = GeminiAnswer::After { delay_ms: 60_000, answer: Box::new(good()) };
    for (answer, expected) in [
        (error(429, None), "minute_quota"),
        (error(429, Some(1_500)), "minute_quota"),
        (GeminiAnswer::DayQuota, "day_quota"),
        (error(400, None), "refused"),
        (error(500, None), "unavailable"),
        (error(503, None), "unavailable"),
        (error(504, None), "unavailable"),
        (raw(502, "<!DOCTYPE html><html><title>Error 502</title></html>"), "unavailable"),
        (raw(404, r#"{"error":{"code":404,"status":"NOT_FOUND"}}"#), "no_such_model"),
        (raw(200, "<html>"), "unreadable"),
        (raw(200, "[]"), "empty"),
        (raw(200, r#"[{"error":{"code":503}}]"#), "unavailable"),
        (raw(200, r#"{"candidates":{"0":7}}"#), "empty"),
        (GeminiAnswer::EmptyObject, "empty"),
        (GeminiAnswer::Empty, "cut"),
        (GeminiAnswer::Text(" \n\u{200F}".to_owned()), "empty"),
        (GeminiAnswer::Blocked { reason: "SAFETY".to_owned() }, "blocked"),
        (stopped("PROHIBITED_CONTENT"), "blocked"),
        (stopped("A_REASON_OF_NEXT_YEAR"), "unfinished"),
        (GeminiAnswer::Truncated(desk::understood()), "cut"),
        (GeminiAnswer::Text("אשמח לעזור!".to_owned()), "malformed"),
        (GeminiAnswer::Text(r#"{"intent":"service_request","city":"תל"#.to_owned()), "malformed"),
        (GeminiAnswer::Json(json!({ "weather": "fine" })), "malformed"),
        (GeminiAnswer::Hang, "timeout"),
        (late, "timeout"),
        (GeminiAnswer::Drop, "connection"),
    ] {
        let (desk, models) = (Desk::new(), desk::models(DEFAULT_CHAIN));
        desk.will(FIRST, answer);
        desk.will(SECOND, good());
        let asked = models.ask(&desk.outside, &desk::dispatch(), TURN_BUDGET).await;
        assert_eq!(tries(&asked), [(FIRST, expected), (SECOND, "answered")]);
        assert!(matches!(&asked.answer, Answer::Dispatch(understood) if understood.by_model), "{expected}");
        assert!(!asked.degraded, "{expected}");
        assert!(desk.passed() <= TURN_BUDGET, "{expected}");
    }
}

#[tokio::test]
async fn a_model_that_was_retired_is_skipped_for_a_while() {
    let (desk, models) = (Desk::new(), desk::models(&format!("gemini-2.0-flash,{SECOND}")));
    desk.world.lock().unwrap().gemini_otherwise(GeminiDefault::Answer(good()));
    let ask = desk::dispatch();
    let asked = models.ask(&desk.outside, &ask, TURN_BUDGET).await;
    assert_eq!(tries(&asked), [("gemini-2.0-flash", "no_such_model"), (SECOND, "answered")]);
    assert!(asked.attempts[0].failure.unwrap().needs_a_person());
    let asked = models.ask(&desk.outside, &ask, TURN_BUDGET).await;
    assert_eq!(tries(&asked), [(SECOND, "answered")]);
}

#[tokio::test]
async fn answers_in_fences_are_answers() {
    let (desk, models) = (Desk::new(), desk::models(FIRST));
    desk.will(FIRST, GeminiAnswer::Fenced(desk::understood()));
    let asked = models.ask(&desk.outside, &desk::dispatch(), TURN_BUDGET).await;
    assert!(matches!(&asked.answer, Answer::Dispatch(answer) if answer.city.as_deref() == Some("תל אביב")));
    desk.will(FIRST, GeminiAnswer::Fenced(desk::spoken()));
    let asked = models.ask(&desk.outside, &desk::speak(), TURN_BUDGET).await;
    assert!(matches!(&asked.answer, Answer::Persona(answer) if answer.reply.contains("{price:leak_repair}")));
}

#[tokio::test]
async fn a_persona_may_speak_without_json_when_it_ends_with_a_deal() {
    let (desk, models) = (Desk::new(), desk::models(FIRST));
    let text = "מעולה, נתראה! [DEAL: מחר בעשר | הרצל 10, תל אביב | נזילה]";
    desk.will(FIRST, GeminiAnswer::Text(text.to_owned()));
    let asked = models.ask(&desk.outside, &desk::speak(), TURN_BUDGET).await;
    assert!(matches!(&asked.answer, Answer::Persona(answer) if answer.reply == text && answer.by_model));
    for answer in
        [GeminiAnswer::Text("מעולה, נתראה!".to_owned()), GeminiAnswer::Json(json!({ "reply": " " }))]
    {
        desk.will(FIRST, answer);
        let ask = desk::speak();
        let asked = models.ask(&desk.outside, &ask, TURN_BUDGET).await;
        is_by_rules(&asked, &ask);
        assert_eq!(asked.attempts.len(), 1, "one round");
    }
}

#[tokio::test]
async fn three_failures_in_a_row_give_a_model_a_rest_that_doubles() {
    let (desk, models, ask) = (Desk::new(), desk::models(FIRST), desk::dispatch());
    for _ in 0..3 {
        assert_eq!(models.ask(&desk.outside, &ask, TURN_BUDGET).await.attempts.len(), 1);
    }
    for rest in [30, 60, 120, 240, 480, 600, 600] {
        desk.clock.advance(seconds(rest - 1));
        let resting = models.ask(&desk.outside, &ask, TURN_BUDGET).await;
        assert_eq!(tries(&resting), [], "{rest}");
        assert!(resting.degraded);
        is_by_rules(&resting, &ask);
        assert_eq!(
            models.health(desk.clock.now()).and_then(|mut all| all.next()).map(|(_, available)| available),
            Some(false)
        );
        desk.clock.advance(seconds(1));
        let tried = models.ask(&desk.outside, &ask, TURN_BUDGET).await;
        assert_eq!(tries(&tried), [(FIRST, "unavailable")], "{rest}");
    }
    desk.clock.advance(seconds(600));
    desk.will(FIRST, good());
    assert_eq!(tries(&models.ask(&desk.outside, &ask, TURN_BUDGET).await), [(FIRST, "answered")]);
    for _ in 0..2 {
        assert_eq!(models.ask(&desk.outside, &ask, TURN_BUDGET).await.attempts.len(), 1);
    }
    desk.will(FIRST, good());
    assert_eq!(tries(&models.ask(&desk.outside, &ask, TURN_BUDGET).await), [(FIRST, "answered")]);
}

#[tokio::test]
async fn nobody_answers_and_the_customer_is_answered_in_time() {
    for ask in [desk::dispatch(), desk::speak()] {
        let (desk, models) = (Desk::new(), desk::models(DEFAULT_CHAIN));
        desk.world.lock().unwrap().gemini_otherwise(GeminiDefault::Answer(GeminiAnswer::Hang));
        let asked = models.ask(&desk.outside, &ask, TURN_BUDGET).await;
        assert_eq!(tries(&asked), [(FIRST, "timeout"), (SECOND, "timeout"), (THIRD, "timeout")]);
        assert_eq!(desk.timeouts(), [4, 4, 4]);
        assert_eq!(desk.passed(), TURN_BUDGET);
        assert!(asked.degraded);
        is_by_rules(&asked, &ask);
    }
}

#[tokio::test]
async fn the_time_of_a_turn_is_shared_and_never_exceeded() {
    for (budget, expected) in
        [(12, vec![4, 4, 4]), (9, vec![3, 3, 3]), (5, vec![2, 2, 1]), (3, vec![2, 1]), (1, vec![1])]
    {
        let (desk, models) = (Desk::new(), desk::models(DEFAULT_CHAIN));
        desk.world.lock().unwrap().gemini_otherwise(GeminiDefault::Answer(GeminiAnswer::Hang));
        models.ask(&desk.outside, &desk::dispatch(), seconds(budget)).await;
        assert_eq!(desk.timeouts(), expected, "{budget}");
        assert_eq!(desk.passed(), seconds(budget), "{budget}");
    }
    for budget in [Duration::ZERO, Duration::from_millis(499)] {
        let (desk, models, ask) = (Desk::new(), desk::models(DEFAULT_CHAIN), desk::dispatch());
        let asked = models.ask(&desk.outside, &ask, budget).await;
        is_by_rules(&asked, &ask);
        assert_eq!(desk.asked(), 0);
    }
}

#[tokio::test]
async fn time_that_one_model_does_not_use_belongs_to_the_others() {
    let (desk, models) = (Desk::new(), desk::models(DEFAULT_CHAIN));
    desk.will(FIRST, busy());
    desk.will(SECOND, GeminiAnswer::Hang);
    desk.will(THIRD, GeminiAnswer::After { delay_ms: 5_900, answer: Box::new(good()) });
    let asked = models.ask(&desk.outside, &desk::dispatch(), TURN_BUDGET).await;
    assert_eq!(tries(&asked), [(FIRST, "unavailable"), (SECOND, "timeout"), (THIRD, "answered")]);
    assert_eq!(desk.timeouts(), [4, 6, 6]);
    assert_eq!(
        asked.attempts.iter().map(|attempt| attempt.took.as_millis()).collect::<Vec<_>>(),
        [0, 6_000, 5_900]
    );
}

#[tokio::test]
async fn a_model_that_rests_leaves_its_share() {
    let (desk, models, ask) = (Desk::new(), desk::models(&format!("{FIRST},{SECOND}")), desk::dispatch());
    desk.will(SECOND, GeminiAnswer::DayQuota);
    models.ask(&desk.outside, &ask, TURN_BUDGET).await;
    models.ask(&desk.outside, &ask, TURN_BUDGET).await;
    assert_eq!(desk.timeouts(), [6, 12, 12]);
}

#[tokio::test]
async fn a_quota_of_the_day_is_not_tried_again_when_it_says() {
    let (desk, models, ask) = (Desk::new(), desk::models(FIRST), desk::dispatch());
    desk.will(FIRST, GeminiAnswer::DayQuota);
    let asked = models.ask(&desk.outside, &ask, TURN_BUDGET).await;
    assert_eq!(tries(&asked), [(FIRST, "day_quota")]);
    assert!(asked.attempts[0].failure.unwrap().needs_a_person());
    desk.clock.advance(seconds(599));
    assert_eq!(models.ask(&desk.outside, &ask, TURN_BUDGET).await.attempts, []);
    desk.clock.advance(seconds(1));
    assert_eq!(models.ask(&desk.outside, &ask, TURN_BUDGET).await.attempts.len(), 1);
}

#[tokio::test]
async fn a_quota_of_the_minute_is_tried_again_when_it_says() {
    let (desk, models, ask) = (Desk::new(), desk::models(FIRST), desk::dispatch());
    desk.world.lock().unwrap().gemini_otherwise(GeminiDefault::Answer(good()));
    let limited = Fault::RateLimited { retry_after_s: 34 };
    desk.world.lock().unwrap().faults(Provider::Gemini).next_call(FaultOn::Sending, limited);
    let asked = models.ask(&desk.outside, &ask, TURN_BUDGET).await;
    assert_eq!(asked.attempts[0].failure, Some(Failure::MinuteQuota { retry_after: Some(seconds(34)) }));
    desk.clock.advance(seconds(33));
    assert_eq!(models.ask(&desk.outside, &ask, TURN_BUDGET).await.attempts, []);
    desk.clock.advance(seconds(1));
    assert_eq!(tries(&models.ask(&desk.outside, &ask, TURN_BUDGET).await), [(FIRST, "answered")]);
}

#[tokio::test]
async fn a_bad_key_stops_the_chain_at_once() {
    let (desk, ask) = (Desk::new(), desk::dispatch());
    let models =
        Models::new(ModelName::parse_chain(DEFAULT_CHAIN).unwrap(), Some(desk::settings("wrong-key")));
    let asked = models.ask(&desk.outside, &ask, TURN_BUDGET).await;
    assert_eq!(tries(&asked), [(FIRST, "key_invalid")]);
    assert!(asked.degraded && asked.attempts[0].failure.unwrap().needs_a_person());
    is_by_rules(&asked, &ask);
    assert_eq!(
        models.ask(&desk.outside, &ask, TURN_BUDGET).await.attempts,
        [],
        "the key rests, not only the model"
    );
    desk.clock.advance(seconds(30));
    assert_eq!(models.ask(&desk.outside, &ask, TURN_BUDGET).await.attempts.len(), 1);
    assert_eq!((desk.asked(), desk.passed()), (2, seconds(30)));
}

#[tokio::test]
async fn a_leaked_key_stops_the_chain_and_a_new_try_opens_it() {
    let (desk, models, ask) = (Desk::new(), desk::models(DEFAULT_CHAIN), desk::dispatch());
    desk.will(FIRST, GeminiAnswer::Error { status: 403, retry_after_ms: None });
    let asked = models.ask(&desk.outside, &ask, TURN_BUDGET).await;
    assert_eq!(tries(&asked), [(FIRST, "key_leaked")]);
    desk.clock.advance(seconds(30));
    desk.world.lock().unwrap().gemini_otherwise(GeminiDefault::Answer(good()));
    assert_eq!(tries(&models.ask(&desk.outside, &ask, TURN_BUDGET).await), [(FIRST, "answered")]);
}

#[tokio::test]
async fn a_key_that_cannot_be_a_header_is_no_panic() {
    let (desk, ask) = (Desk::new(), desk::dispatch());
    let models = Models::new(ModelName::parse_chain(FIRST).unwrap(), Some(desk::settings("two\nlines")));
    let asked = models.ask(&desk.outside, &ask, TURN_BUDGET).await;
    assert_eq!(tries(&asked), [(FIRST, "key_refused")]);
}

#[tokio::test]
async fn without_a_key_or_a_chain_the_rules_answer_and_nobody_is_alarmed() {
    let chain = ModelName::parse_chain(DEFAULT_CHAIN).unwrap();
    for models in [Models::new(chain, None), Models::new(Vec::new(), Some(desk::settings(KEY)))] {
        for ask in [desk::dispatch(), desk::speak()] {
            let desk = Desk::new();
            let asked = models.ask(&desk.outside, &ask, TURN_BUDGET).await;
            is_by_rules(&asked, &ask);
            assert_eq!((desk.asked(), asked.degraded, asked.prompt), (0, false, None));
        }
    }
}

#[tokio::test]
async fn words_that_are_blocked_do_not_take_the_model_from_others() {
    let (desk, models, ask) = (Desk::new(), desk::models(FIRST), desk::dispatch());
    for _ in 0..5 {
        desk.will(FIRST, GeminiAnswer::Blocked { reason: "PROHIBITED_CONTENT".to_owned() });
        assert_eq!(tries(&models.ask(&desk.outside, &ask, TURN_BUDGET).await), [(FIRST, "blocked")]);
    }
    desk.will(FIRST, good());
    assert_eq!(tries(&models.ask(&desk.outside, &ask, TURN_BUDGET).await), [(FIRST, "answered")]);
}

#[tokio::test]
async fn worthless_answers_are_paid_for_and_recorded() {
    let (desk, models) = (Desk::new(), desk::models(DEFAULT_CHAIN));
    desk.will(FIRST, GeminiAnswer::Truncated(desk::understood()));
    desk.will(SECOND, GeminiAnswer::Text("no".to_owned()));
    let asked = models.ask(&desk.outside, &desk::dispatch(), TURN_BUDGET).await;
    let used: Vec<&str> = asked.usage().map(|usage| usage.model.as_str()).collect();
    assert_eq!(used, [FIRST, SECOND]);
    assert!(asked.usage().all(|usage| usage.prompt > 0 && usage.answer > 0));
}

#[tokio::test]
async fn neither_key_nor_words_show() {
    let (desk, models) = (Desk::new(), desk::models(DEFAULT_CHAIN));
    let mut shown =
        vec![format!("{models:?}"), format!("{:?}", desk::settings(KEY)), format!("{:?}", desk.outside)];
    let said = "סוד כמוס";
    for (ask, answer) in [
        (
            desk::dispatch(),
            GeminiAnswer::Json(json!({ "intent": "status", "reply": said, "customer_name": said })),
        ),
        (desk::dispatch(), GeminiAnswer::Text(said.to_owned())),
        (desk::speak(), GeminiAnswer::Json(json!({ "reply": said, "street": said }))),
        (desk::speak(), GeminiAnswer::Text(said.to_owned())),
        (
            desk::speak(),
            GeminiAnswer::Raw { status: 400, body: json!({ "error": { "message": said } }).to_string() },
        ),
    ] {
        desk.will(FIRST, answer);
        let asked = models.ask(&desk.outside, &ask, TURN_BUDGET).await;
        shown.push(format!("{asked:?} {ask:?}"));
        shown.extend(asked.attempts.iter().filter_map(|attempt| Some(attempt.failure?.to_string())));
    }
    shown.extend(
        desk.requests.lock().unwrap().iter().map(|request| format!("{request:?} {:?}", request.headers)),
    );
    for text in shown {
        for secret in [KEY, WORDS, "הרצל", said, "אבי כהן", "+972"] {
            assert!(!text.contains(secret), "{text}");
        }
    }
}

/// A turn runs on any thread and may be dropped half way.
#[test]
fn a_question_can_be_asked_on_any_thread_and_given_up() {
    fn is_send<T: Send>(value: T) -> T {
        value
    }
    let (desk, models, ask) = (Desk::new(), desk::models(DEFAULT_CHAIN), desk::dispatch());
    drop(is_send(models.ask(&desk.outside, &ask, TURN_BUDGET)));
    assert_eq!(desk.asked(), 0);
}
