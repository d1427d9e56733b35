//! Bodies that are cut, scrambled or of the wrong shape: whatever arrives, nothing panics, and what can be read is read.

use super::{fixture, from_green_api, from_meta, received_at, rows, shown};
use bot::channels::{Verified, parse};
use bot::outside::Dice;
use serde_json::{Value, json};

/// Makes a body one that this provider sent.
type Prove = fn(Vec<u8>) -> Verified;

const PROVIDERS: [(&str, Prove); 2] = [("meta", from_meta), ("green_api", from_green_api)];

/// The webhook bodies of a folder that are not very long.
fn bodies(folder: &str) -> Vec<Vec<u8>> {
    let files = rows(folder, "INDEX.csv").into_iter().map(|row| row[0].clone());
    files
        .filter(|file| !file.starts_with("api_") && !file.starts_with("http_"))
        .map(|file| fixture(folder, &file))
        .filter(|body| body.len() < 10_000)
        .collect()
}

#[test]
fn cut_bodies_are_unreadable() {
    for (folder, prove) in PROVIDERS {
        for body in bodies(folder) {
            for end in (0..body.len()).step_by(29) {
                let whole: Result<Value, _> = serde_json::from_slice(&body[..end]);
                if whole.is_err() {
                    assert_eq!(shown(parse(&prove(body[..end].to_vec()), received_at())), ["unreadable"]);
                }
            }
        }
    }
}

#[test]
fn flipped_bytes_break_nothing_else() {
    let dice = Dice::seeded(20_260_921);
    for (folder, prove) in PROVIDERS {
        for body in bodies(folder) {
            for _ in 0..60 {
                let mut body = body.clone();
                for _ in 0..=dice.below(3) {
                    let at = usize::try_from(dice.below(body.len() as u64)).unwrap();
                    body[at] = u8::try_from(dice.below(256)).unwrap();
                }
                let _ = parse(&prove(body), received_at());
            }
        }
    }
}

#[test]
fn every_field_may_be_missing_or_of_another_type() {
    let odd = [
        Value::Null,
        json!(7),
        json!("x"),
        json!([]),
        json!({}),
        json!([[]]),
        json!(1e300),
        json!(true),
        json!([null, 3]),
    ];
    for (folder, prove) in PROVIDERS {
        for body in bodies(folder) {
            let Ok(whole) = serde_json::from_slice::<Value>(&body) else { continue };
            for (at, path) in paths(&whole, String::new()).into_iter().enumerate() {
                // A third of the odd values each, in turn: the same fields stand in every body.
                for value in odd.iter().skip(at % 3).step_by(3) {
                    let mut changed = whole.clone();
                    *changed.pointer_mut(&path).unwrap() = value.clone();
                    let readable = parse(&prove(changed.to_string().into_bytes()), received_at()).is_ok();
                    assert!(readable, "{folder} {path} as {value}");
                }
            }
        }
    }
}

/// The paths of all values in this one, but not of itself.
fn paths(value: &Value, at: String) -> Vec<String> {
    let inner: Vec<(String, &Value)> = match value {
        Value::Object(fields) => fields.iter().map(|(name, value)| (name.clone(), value)).collect(),
        Value::Array(items) => items.iter().enumerate().map(|(at, value)| (at.to_string(), value)).collect(),
        _ => Vec::new(),
    };
    inner
        .into_iter()
        .flat_map(|(name, value)| {
            let path = format!("{at}/{}", name.replace('~', "~0").replace('/', "~1"));
            let mut all = paths(value, path.clone());
            all.push(path);
            all
        })
        .collect()
}

#[test]
fn one_broken_message_does_not_take_the_others_with_it() {
    let mut body: Value =
        serde_json::from_slice(&fixture("meta", "wh_several_messages_one_webhook.json")).unwrap();
    let messages = body.pointer_mut("/entry/0/changes/0/value/messages").unwrap();
    messages[0] = json!("nonsense");
    messages[1]["image"] = json!(null);
    messages[2]["from"] = json!(null);
    let events = shown(parse(&from_meta(body.to_string().into_bytes()), received_at()));
    assert_eq!(events[..2], ["unknown missing_id", "unknown missing_content"]);
    assert!(events[2].starts_with("text \"Hello\" from IL.1000000000000002 [- IL.1000000000000002]"));
    assert!(events[2].ends_with("(Alex Sample)") && events[3].starts_with("text \"דחוף!!\""));
}
