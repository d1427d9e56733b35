//! Every text that the program asks for exists with its variables, and every text that exists is asked for. It reads
//! sources as text and never judges how a text reads.

use agents::concern::Concern;
use agents::trade::Trade;
use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

/// Beginnings of keys that are completed at run time: in the page's script, by a trade's key, by a word's list.
const FAMILIES: &[&str] = &[
    "concern-",
    "console-action-",
    "console-approval-",
    "console-because-",
    "console-chat-role-",
    "console-consent-",
    "console-delivery-",
    "console-down-",
    "console-field-",
    "console-job-",
    "console-kind-",
    "console-moment-",
    "console-parameter-",
    "console-provider-",
    "console-purpose-",
    "console-status-",
    "console-users-may-",
    "console-waits-",
    "demo-choose-",
    "demo-empty-",
    "demo-fact-",
    "demo-intent-",
    "demo-note-",
    "demo-phone-",
    "demo-status-",
    "demo-step-",
    "demo-suggest-",
    "demo-tick-",
    "demo-value-",
    "demo-why-",
    "trade-",
    "word-",
];

/// Keys that are chosen at run time, with the variables that each of the choices is given.
const CHOSEN: &[(&[&str], &[&str])] = &[
    (
        &[
            "weekday-sunday",
            "weekday-monday",
            "weekday-tuesday",
            "weekday-wednesday",
            "weekday-thursday",
            "weekday-friday",
            "weekday-saturday",
            "day-today",
            "day-tomorrow",
        ],
        &[],
    ),
    (
        &[
            "customer-ask-issue",
            "customer-ask-issue-again",
            "customer-ask-city",
            "customer-ask-city-again",
            "customer-ask-address",
            "customer-ask-address-again",
            "customer-ask-floor-apartment",
            "customer-ask-floor-apartment-again",
            "customer-ask-name",
            "customer-ask-name-again",
            "customer-ask-time",
            "customer-ask-time-again",
        ],
        &[],
    ),
    (&["part-floor", "part-apartment", "button-approve", "button-reject"], &[]),
    (&["address-floor", "address-apartment", "address-entrance"], &["value"]),
    (&["pro-menu-state-available", "pro-menu-state-vacation", "pro-vacation", "pro-available"], &[]),
    (&["pro-paused", "pro-resumed"], &["name"]),
    (&["pro-history-done", "pro-history-cancelled", "pro-history-closed"], &[]),
    (&["pro-stats-this-month", "pro-stats-last-month"], &[]),
    (&["owner-bot-paused", "owner-bot-resumed", "customer-stopped", "customer-started"], &[]),
    (&["owner-assigned", "owner-assigned-times", "owner-assign-impossible"], &["lead", "pro"]),
    (&["owner-applicant-taken", "owner-applicant-declined"], &["name"]),
    (&["pro-sign-up-approved", "pro-sign-up-declined"], &["business"]),
];

/// Literals that begin like a key and are something else: the kind of an act of a replay.
const NO_KEYS: &[&str] = &["persona-text"];

/// The sources below these folders with one of these endings, each without its unit tests.
fn sources(folders: &[&str], endings: &[&str]) -> Vec<(PathBuf, String)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let mut waiting: Vec<PathBuf> = folders.iter().map(|folder| root.join(folder)).collect();
    let mut found = Vec::new();
    while let Some(path) = waiting.pop() {
        if path.is_dir() {
            let entries = fs::read_dir(&path).expect("a folder of sources");
            waiting.extend(entries.map(|entry| entry.expect("a readable entry").path()));
        } else if path.ends_with("tests.rs") {
            // A file of unit tests asks for nothing that a person reads.
        } else if path.extension().is_some_and(|end| endings.iter().any(|wanted| end == *wanted)) {
            let mut source = fs::read_to_string(&path).expect("a source");
            if let Some(tests) = source.find("#[cfg(test)]\nmod tests {") {
                source.truncate(tests);
            }
            found.push((path, source));
        }
    }
    assert!(!found.is_empty(), "the folders of sources have moved");
    found
}

#[test]
fn every_call_asks_for_a_text_that_exists_with_its_variables() {
    let problems: Vec<String> = sources(&["admin-tui/src", "agents/src", "bot/src"], &["rs"])
        .iter()
        .flat_map(|(path, source)| {
            locales::check_calls(source)
                .into_iter()
                .filter(|problem| !NO_KEYS.contains(&problem.key.as_str()))
                .map(move |problem| format!("{}, {problem}", path.display()))
        })
        .collect();
    assert!(problems.is_empty(), "{}", problems.join("\n"));
}

/// The texts of a family are exactly those of these words.
fn assert_family(family: &str, words: impl IntoIterator<Item = &'static str>) {
    let expected: BTreeSet<String> = words.into_iter().map(|word| format!("{family}{word}")).collect();
    let found: BTreeSet<String> =
        locales::keys().filter(|key| key.starts_with(family)).map(str::to_owned).collect();
    assert_eq!(found, expected);
}

#[test]
fn every_trade_has_a_name_and_every_name_a_trade() {
    assert_family("trade-", Trade::ALL.iter().map(|trade| trade.key()));
}

#[test]
fn every_reason_for_a_person_to_look_has_words() {
    assert_family("concern-", Concern::ALL.into_iter().map(Concern::key));
}

#[test]
fn texts_that_are_chosen_at_run_time_have_the_variables_of_their_choice() {
    for (keys, variables) in CHOSEN {
        for key in *keys {
            let needed = locales::variables(key).map(|needed| needed.iter().copied().collect::<Vec<_>>());
            assert_eq!(needed.as_deref(), Some(*variables), "{key}");
        }
    }
}

#[test]
fn every_text_is_asked_for() {
    let code = |endings| {
        let sources = sources(&["admin-tui/src", "agents/src", "bot/src"], endings);
        sources.into_iter().map(|(_, source)| source).collect::<String>()
    };
    let (rust, page) = (code(&["rs"]), code(&["js", "html"]));
    let quoted = |source: &str, name: &str| source.contains(&format!("\"{name}\""));
    let unused: Vec<&str> = locales::keys()
        .filter(|key| !FAMILIES.iter().any(|family| key.starts_with(family)))
        .filter(|key| !quoted(&rust, key))
        // The page names a text by the part after the family.
        .filter(|key| key.strip_prefix("demo-").is_none_or(|name| !quoted(&page, name)))
        .collect();
    assert!(unused.is_empty(), "nothing asks for {}", unused.join(", "));
}
