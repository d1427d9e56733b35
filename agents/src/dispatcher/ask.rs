//! The dispatcher's question as a prompt. Figures and words are put in; nothing is decided.

use super::Question;
use crate::say;
use crate::turn::Line;
use prompts::{DispatcherVariables, Fact, Rendered};

/// How much of a text is sent to a model, in characters.
const LONGEST_WORDS: usize = 4_000;

/// The instructions for the model.
#[must_use]
pub fn rendered_prompt(question: &Question) -> Rendered {
    let trades = question
        .trades
        .iter()
        .map(|trade| prompts::Trade {
            key: trade.key().to_owned(),
            names: say::trade(question.language, *trade),
        })
        .collect();
    let known = question
        .facts
        .iter()
        .map(|(name, value)| Fact { name: (*name).to_owned(), value: value.clone() })
        .collect();
    prompts::dispatcher(&DispatcherVariables {
        business: question.business.name.clone(),
        language: language_line(question.language),
        now: now_line(question.now, question.business.timezone),
        trades,
        known,
        missing: (!question.asked.is_empty()).then(|| question.asked.clone()).into_iter().collect(),
    })
}

/// The conversation as the model sees it, ending with what the customer just wrote.
#[must_use]
pub fn transcript(question: &Question) -> Vec<Line> {
    with_words(&question.history, &question.words)
}

pub(crate) fn with_words(history: &[Line], words: &str) -> Vec<Line> {
    let words = crate::text::truncate(words, LONGEST_WORDS).to_owned();
    history.iter().cloned().chain(std::iter::once(Line { by_us: false, text: words })).collect()
}

pub(crate) fn language_line(language: crate::language::Language) -> String {
    format!("{} ({})", language.english_name(), language.code())
}

pub(crate) fn now_line(now: chrono::DateTime<chrono::Utc>, zone: chrono_tz::Tz) -> String {
    format!("{} {zone}", now.with_timezone(&zone).format("%A %Y-%m-%d %H:%M"))
}
