//! A model that may answer anything: sensible words, invented prices, wrong placeholders, nonsense, nothing.

use super::chance::Chance;
use super::stage::Stage;
use crate::replay::net::locked;
use emulator::{GeminiAnswer, GeminiDefault, GeminiRequest};
use serde_json::{Value, json};
use std::sync::{Arc, Mutex, Weak};

/// Makes the pretended models answer by chance, well in about half of all cases.
pub(super) fn answers_by_chance(stage: &Arc<Stage>, chance: Chance) {
    let chance = Mutex::new(chance);
    let counted: Weak<Stage> = Arc::downgrade(stage);
    let answer = move |request: &GeminiRequest| {
        let mut chance = locked(&chance);
        let (name, answer) = if chance.happens(5_000) {
            ("sensible", GeminiAnswer::Json(sensible(&mut chance, request)))
        } else {
            misbehaves(&mut chance, request)
        };
        if let Some(stage) = counted.upgrade() {
            stage.count(&format!("model {name}"));
        }
        answer
    };
    locked(&stage.emulator).gemini_otherwise(GeminiDefault::Function(Arc::new(answer)));
}

fn is_persona(request: &GeminiRequest) -> bool {
    request.system_instruction().contains("You write WhatsApp messages")
}

fn sensible(chance: &mut Chance, request: &GeminiRequest) -> Value {
    if !is_persona(request) {
        return json!({ "intent": "service_request", "issue_type": "plumbing", "issue_summary": "נזילה" });
    }
    let slot = 1 + chance.below(3);
    chance
        .one_of(&[
            json!({ "reply": "היי, העוזר של {pro}. {price:leak_repair}. מה הכתובת?", "quoted_items": ["leak_repair"] }),
            json!({ "reply": format!("{{slot:{slot}}}, מעולה."), "chosen_slot": slot, "is_deal": true }),
            json!({ "reply": "רשמנו. עוד משהו שכדאי לדעת?", "is_deal": false }),
        ])
        .clone()
}

fn misbehaves(chance: &mut Chance, request: &GeminiRequest) -> (&'static str, GeminiAnswer) {
    let well = sensible(chance, request);
    let reply = |text: &str| GeminiAnswer::Json(json!({ "reply": text, "is_deal": true, "chosen_slot": 1 }));
    let wrong_words = if is_persona(request) {
        [
            ("invents a price", reply("התיקון יעלה 137 ש״ח, נשמע טוב?")),
            ("invents a time", reply("נגיע היום בשעה 17:07, סבבה?")),
            ("wrong placeholders", reply("{slot:9} ב-{price:unicorn}, {foo}")),
            ("hands off", GeminiAnswer::Json(json!({ "reply": "אדם יענה.", "hand_off": true }))),
        ]
    } else {
        let intent = |intent: &str| GeminiAnswer::Json(json!({ "intent": intent, "status": "booked" }));
        [
            ("reads a cancellation", intent("cancellation")),
            ("reads a wish for a person", intent("human")),
            ("reads small talk", intent("small_talk")),
            ("invents an intent", intent("transfer_money")),
        ]
    };
    let failures = [
        ("garbage", GeminiAnswer::Text("<<< not json >>>".to_owned())),
        ("code fence", GeminiAnswer::Fenced(well.clone())),
        ("truncated", GeminiAnswer::Truncated(well.clone())),
        ("empty", GeminiAnswer::Empty),
        ("empty object", GeminiAnswer::EmptyObject),
        ("blocked", GeminiAnswer::Blocked { reason: "SAFETY".to_owned() }),
        ("stopped", GeminiAnswer::Stopped { text: "{\"re".to_owned(), reason: "RECITATION".to_owned() }),
        ("429", GeminiAnswer::Error { status: 429, retry_after_ms: Some(20_000) }),
        ("500", GeminiAnswer::Error { status: 500, retry_after_ms: None }),
        ("503", GeminiAnswer::Error { status: 503, retry_after_ms: None }),
        ("day quota", GeminiAnswer::DayQuota),
        ("raw", GeminiAnswer::Raw { status: 200, body: "[]".to_owned() }),
        ("hangs", GeminiAnswer::Hang),
        ("cut", GeminiAnswer::Drop),
        ("slow", GeminiAnswer::After { delay_ms: 9_000, answer: Box::new(GeminiAnswer::Json(well)) }),
    ];
    if chance.happens(4_000) { chance.one_of(&wrong_words).clone() } else { chance.one_of(&failures).clone() }
}
