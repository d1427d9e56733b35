//! The world as a whole: the same seed and calls give the same bytes, a saved world goes on where it was, and nothing
//! secret is printed.

use http::Method;
use serde_json::json;

use crate::testing::*;
use crate::{Channel, Faults, GeminiAnswer, GeminiScript, Provider, Rates, Reply, Settings, World};

fn stormy(seed: u64) -> World {
    let mut world = World::new(Settings { seed, ..Settings::default() });
    let rates = Rates {
        late: 0.1,
        hang: 0.05,
        drop_before: 0.1,
        drop_after: 0.1,
        rate_limited: 0.1,
        server_error: 0.1,
        out_of_order: 0.1,
        webhook_twice: 0.2,
        webhook_late: 0.2,
    };
    for (provider, salt) in [(Provider::Meta, 1), (Provider::Green, 2), (Provider::Gemini, 3)] {
        *world.faults(provider) = Faults::from_seed(seed ^ salt, rates);
    }
    world
}

/// Everything that leaves the world during a fixed sequence of calls.
fn play(world: &mut World, from_ms: i64, rounds: i64) -> Vec<String> {
    let mut seen = Vec::new();
    for round in 0..rounds {
        let now = from_ms + round * 10_000;
        world.phone_sends_text(now, Channel::Meta, DANA, "Dana", &format!("message {round}"));
        world.phone_sends_text(now, Channel::Green, AVI, "Avi", &format!("message {round}"));
        let text =
            json!({ "messaging_product": "whatsapp", "to": DANA, "type": "text", "text": { "body": "x" } });
        let say = json!({ "chatId": format!("{AVI}@c.us"), "message": "x" });
        let outcomes = [
            world.handle(now, Provider::Meta, to_meta(&text)),
            world.handle(now, Provider::Green, to_green(Method::POST, "sendMessage", &say)),
        ];
        for outcome in outcomes {
            let answer = match &outcome.reply {
                Reply::Answer(answer) => {
                    format!("{} {}", answer.status(), String::from_utf8_lossy(answer.body()))
                }
                Reply::Hang => "hang".to_owned(),
                Reply::Dropped => "dropped".to_owned(),
            };
            seen.push(format!("{} {answer}", outcome.delay_ms));
        }
        for post in world.due_webhooks(now + 5_000) {
            seen.push(format!("{} {} {}", post.id, post.attempt, String::from_utf8_lossy(&post.body)));
            world.webhook_answered(now + 5_000, post.id, if round % 5 == 0 { 500 } else { 200 });
        }
    }
    seen
}

#[test]
fn one_seed_and_one_sequence_give_the_same_bytes() {
    let (mut one, mut other) = (stormy(42), stormy(42));
    let seen = play(&mut one, NOW, 60);
    assert_eq!(seen, play(&mut other, NOW, 60));
    assert_eq!(one.save().to_string(), other.save().to_string());
    assert_ne!(seen, play(&mut stormy(43), NOW, 60));
    for word in ["hang", "dropped", "429", "500"] {
        assert!(seen.iter().any(|line| line.contains(word)), "{word} happens");
    }
}

#[test]
fn how_often_somebody_looks_changes_nothing() {
    let play = |looks: i64| {
        let mut world = world();
        world.phone_sends_text(NOW, Channel::Meta, DANA, "Dana", "hi");
        let text =
            json!({ "messaging_product": "whatsapp", "to": DANA, "type": "text", "text": { "body": "x" } });
        meta(&mut world, NOW, &text);
        for look in 0..=looks {
            world.handle(NOW + look * (10_000 / looks), Provider::Gemini, to_meta(&json!(null)));
        }
        take_all(&mut world, NOW + 10_000).iter().map(|post| post.body.clone()).collect::<Vec<_>>()
    };
    assert_eq!(play(1), play(1000));
}

#[test]
fn a_saved_world_goes_on_where_it_was() {
    let mut world = stormy(7);
    world.gemini_will(GeminiScript::next(GeminiAnswer::Json(json!({ "intent": "status" }))));
    play(&mut world, NOW, 20);
    let saved = world.save();
    let mut loaded =
        World::load(Settings { seed: 7, ..Settings::default() }, saved.clone()).expect("a saved world");
    assert_eq!(loaded.save(), saved);
    assert_eq!(loaded.phone_screen(Channel::Meta, DANA), world.phone_screen(Channel::Meta, DANA));
    assert_eq!(loaded.gemini_scripts_left(), 1);
    let later = NOW + 1_000_000;
    assert_eq!(play(&mut loaded, later, 20), play(&mut world, later, 20));
    assert!(World::load(Settings::default(), json!({ "phones": 1 })).is_err());
}

#[test]
fn nothing_secret_is_printed_or_saved() {
    let mut world = world();
    world.phone_sends_text(NOW, Channel::Meta, DANA, "Dana", "private words");
    let post = world.due_webhooks(NOW).pop().expect("a webhook");
    let shown = world.phone_screen(Channel::Meta, DANA);
    let outcome = world.handle(NOW, Provider::Meta, to_meta(&json!({})));
    let verify = world.verify_request();
    let printed = format!("{world:?} {:?} {post:?} {shown:?} {outcome:?} {verify:?}", Settings::default());
    let saved = world.save().to_string();
    let settings = Settings::default();
    for secret in [
        &settings.meta.access_token,
        &settings.meta.app_secret,
        &settings.meta.verify_token,
        &settings.green.token,
        &settings.green.webhook_token,
        &settings.gemini.api_key,
    ] {
        assert!(!printed.contains(secret.as_str()) && !saved.contains(secret.as_str()));
    }
    assert!(!printed.contains("private words") && !printed.contains(DANA));
}

#[test]
fn the_two_channels_of_one_phone_are_apart() {
    let mut world = world();
    world.phone_sends_text(NOW, Channel::Meta, "+972 50-000-1001", "Dana", "meta");
    world.phone_sends_text(NOW, Channel::Green, DANA, "Dana", "green");
    assert_eq!(world.phones(Channel::Meta), [DANA]);
    assert_eq!(world.phone_screen(Channel::Green, DANA).len(), 1);
    assert!(world.phone_screen(Channel::Meta, DANA)[0].from_me);
    assert_eq!(Provider::of_path("/green/waInstance1/x/y"), Some(Provider::Green));
    assert_eq!(Provider::of_path("/greenish/x"), None);
}
