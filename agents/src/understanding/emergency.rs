//! Danger and haste by words, so that a burst pipe is an emergency even when every model is down. It never decides
//! what is done about it.

use super::lexicon::{Lexicon, lines};
use super::negation::is_denied;
use super::words::{Gap, Text};
use serde::{Deserialize, Serialize};
use std::sync::LazyLock;

/// How sure the words make an emergency.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum EmergencyLevel {
    /// No sign of one.
    #[default]
    No,
    /// One sign that may mean nothing: the customer should be asked.
    Ambiguous,
    /// Treat it as one without asking.
    Yes,
}

/// What the words say about danger.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Emergency {
    /// The conclusion.
    pub level: EmergencyLevel,
    /// How likely an emergency is, from 0 to 1.
    pub confidence: f32,
    /// The keys of the signs, in the order of the text: `burst_pipe`, `flooding`.
    pub reasons: Vec<String>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Weight {
    Sure,
    Unsure,
    /// Withdraws the unsure signs.
    Calm,
    /// Words that contain a sign and mean none: "smoke detector".
    Harmless,
}

static SIGNS: LazyLock<Lexicon<(&'static str, Weight)>> = LazyLock::new(|| {
    let mut lexicon = Lexicon::new();
    for (heading, phrases) in lines(include_str!("../../data/emergencies.txt")) {
        let Some((reason, weight)) = heading.split_once('/') else { continue };
        let weight = match weight {
            "sure" => Weight::Sure,
            "unsure" => Weight::Unsure,
            "calm" => Weight::Calm,
            _ => Weight::Harmless,
        };
        phrases.for_each(|phrase| lexicon.add(phrase, (reason, weight)));
    }
    lexicon
});

/// Words that put an event into the past, where it is no danger by itself.
const PAST: &[&str] = &[
    "שעבר",
    "שעברה",
    "בעבר",
    "last",
    "ago",
    "previously",
    "прошлой",
    "прошлом",
    "назад",
    "الماضي",
    "الماضيه",
];

/// The danger in the text by the words of a business that has words of its own: each of them is a sure sign.
pub(crate) fn find_own_emergency(text: &Text, patterns: &[String]) -> Emergency {
    let mut own = Lexicon::new();
    for pattern in patterns {
        own.add(pattern, ());
    }
    let harmless: Vec<_> = SIGNS
        .find_all(text)
        .into_iter()
        .filter(|found| found.value.1 == Weight::Harmless)
        .map(|found| found.words)
        .collect();
    let is_meant = |words: &std::ops::Range<usize>| {
        !harmless.iter().any(|harmless| harmless.contains(&words.start))
            && !is_denied(text, words)
            && !is_past(text, words.start)
    };
    match own.find_all(text).into_iter().filter(|found| is_meant(&found.words)).count() {
        0 => Emergency::default(),
        count => Emergency {
            level: EmergencyLevel::Yes,
            confidence: if count == 1 { 0.85 } else { 0.95 },
            reasons: vec!["own_words".to_owned()],
        },
    }
}

/// The signs of danger in the text; the second value tells for every word whether it belongs to one.
pub(crate) fn find_emergency(text: &Text) -> (Emergency, Vec<bool>) {
    let mut words = vec![false; text.words.len()];
    let found = SIGNS.find_all(text);
    let harmless: Vec<_> = found
        .iter()
        .filter(|found| found.value.1 == Weight::Harmless)
        .map(|found| found.words.clone())
        .collect();
    let mut sure: Vec<&str> = Vec::new();
    let mut unsure: Vec<&str> = Vec::new();
    let mut is_calm = false;
    for sign in &found {
        let (reason, weight) = *sign.value;
        let is_inside = harmless.iter().any(|harmless| harmless.contains(&sign.words.start));
        match weight {
            Weight::Harmless => continue,
            Weight::Calm => is_calm = true,
            Weight::Sure | Weight::Unsure if is_inside || is_denied(text, &sign.words) => continue,
            Weight::Sure if !is_past(text, sign.words.start) => add(&mut sure, reason),
            Weight::Sure | Weight::Unsure => add(&mut unsure, reason),
        }
        if weight != Weight::Calm {
            words[sign.words.clone()].fill(true);
        }
    }
    if is_calm {
        unsure.clear();
    }
    unsure.retain(|reason| !sure.contains(reason));
    let count = u8::try_from(sure.len()).unwrap_or(u8::MAX);
    let (level, confidence) = match (sure.len(), unsure.len()) {
        (0, 0) => (EmergencyLevel::No, 0.0),
        (0, 1) => (EmergencyLevel::Ambiguous, 0.5),
        (0, _) => (EmergencyLevel::Yes, 0.8),
        _ => (EmergencyLevel::Yes, (0.85 + 0.05 * f32::from(count - 1)).min(0.97)),
    };
    let reasons = sure.into_iter().chain(unsure).map(str::to_owned).collect();
    (Emergency { level, confidence, reasons }, words)
}

fn is_past(text: &Text, index: usize) -> bool {
    let is_joined = |word: &usize| text.gap(*word) < Gap::Comma;
    let before = (index.saturating_sub(10)..index).rev().take_while(|word| is_joined(&(word + 1)));
    let after = (index + 1..index + 10).take_while(is_joined);
    before.chain(after).any(|word| PAST.contains(&text.form(word)))
}

fn add<'a>(reasons: &mut Vec<&'a str>, reason: &'a str) {
    if !reasons.contains(&reason) {
        reasons.push(reason);
    }
}
