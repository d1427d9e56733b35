//! The models: who is asked, for how long, and who is asked next. A question goes through the chain within the time
//! that is left of the turn; models that failed lately rest; and when nobody is left the rules answer, so that there
//! always is an answer. Nothing that a model says is believed here, and it is not tried twice with the same model.
//!
//! - `gemini` one vendor: its wire format and its errors; `offline` the rules
//! - `name`, `failure`, `breaker` what the chain is made of; `reading` words to answers; `cost` what it took

mod breaker;
mod cost;
mod failure;
pub mod gemini;
mod name;
mod offline;
mod reading;

pub use cost::Usage;
pub use failure::Failure;
pub use name::{ModelName, NotAModelName};

use crate::outside::Outside;
use agents::turn::{Answer, Ask};
use agents::{dispatcher, persona};
use breaker::Breakers;
use chrono::{DateTime, Utc};
use std::time::Duration;

/// How long the models of one turn may take together, unless the caller has less.
pub const TURN_BUDGET: Duration = Duration::from_secs(12);

/// The chain when the settings name none.
pub const DEFAULT_CHAIN: &str = "gemini-2.5-flash-lite,gemini-3.5-flash-lite,gemini-3.5-flash";

/// What a try gets at least, if there is so much left.
const FAIR_TRY: Duration = Duration::from_secs(2);

/// In less than this no model answers; the rules do.
const SHORTEST_TRY: Duration = Duration::from_millis(500);

/// The models of the program and what is known about their health.
#[derive(Debug)]
pub struct Models {
    chain: Vec<ModelName>,
    gemini: Option<gemini::Settings>,
    breakers: Breakers,
}

/// An answer and how it came about.
#[derive(Debug)]
pub struct Asked {
    /// The answer, by a model or by the rules.
    pub answer: Answer,
    /// Which prompt was rendered, by id and version, to be stored with the answer; none when no model was asked.
    pub prompt: Option<(&'static str, u32)>,
    /// The tries, in order.
    pub attempts: Vec<Attempt>,
    /// Whether the rules answered although there are models.
    pub degraded: bool,
}

/// One try with one model.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Attempt {
    /// The model that was asked.
    pub model: ModelName,
    /// Why it did not answer; none when it did.
    pub failure: Option<Failure>,
    /// How long it took.
    pub took: Duration,
    /// What it took in tokens, as far as the vendor said; a worthless answer is paid for, too.
    pub usage: Option<Usage>,
}

impl Attempt {
    /// A stable key: `answered`, or why not.
    #[must_use]
    pub fn outcome(&self) -> &'static str {
        self.failure.map_or("answered", Failure::key)
    }
}

impl Models {
    /// These models, first to last. Without settings of a vendor the rules answer everything.
    #[must_use]
    pub fn new(chain: Vec<ModelName>, gemini: Option<gemini::Settings>) -> Self {
        Self { chain, gemini, breakers: Breakers::default() }
    }

    /// The models in order, each with whether it may be asked now, for diagnosis; none where the rules answer everything.
    #[must_use]
    pub fn health(&self, now: DateTime<Utc>) -> Option<impl Iterator<Item = (&ModelName, bool)>> {
        let is_set = self.gemini.is_some() && !self.chain.is_empty();
        is_set.then(|| self.chain.iter().map(move |model| (model, !self.breakers.rests(model, now))))
    }

    /// Answers a question of a turn within `budget`, which is what is left of the turn's time for models. It always
    /// answers; at the latest a moment after the budget is used up.
    pub async fn ask(&self, outside: &Outside, ask: &Ask, budget: Duration) -> Asked {
        let by_rules =
            |attempts, prompt, degraded| Asked { answer: by_rules(ask), prompt, attempts, degraded };
        let Some(settings) = self.gemini.as_ref().filter(|_| !self.chain.is_empty()) else {
            return by_rules(Vec::new(), None, false);
        };
        let (mut attempts, mut rendered) = (Vec::new(), None);
        let start = outside.clock.now();
        for (place, model) in self.chain.iter().enumerate() {
            let now = outside.clock.now();
            let left = budget.saturating_sub(between(start, now));
            if left < SHORTEST_TRY {
                break;
            }
            if !self.breakers.admit(model, now) {
                continue;
            }
            let others =
                self.chain[place + 1..].iter().filter(|other| !self.breakers.rests(other, now)).count();
            let (prompt, version) = rendered.get_or_insert_with(|| prompt(ask));
            let asked = *version;
            let generated =
                gemini::generate(settings, &outside.transport, model, prompt, share(left, others)).await;
            let answer = generated.text.and_then(|text| reading::read(ask, prompt.schema, &text));
            let ended = outside.clock.now();
            let failure = answer.as_ref().err().copied();
            self.breakers.ended(model, ended, failure);
            let (took, usage) = (between(now, ended), generated.usage);
            let attempt = Attempt { model: model.clone(), failure, took, usage };
            note(&attempt);
            attempts.push(attempt);
            if let Ok(answer) = answer {
                return Asked { answer, prompt: Some(asked), attempts, degraded: false };
            }
        }
        by_rules(attempts, rendered.map(|(_, version)| version), true)
    }
}

/// The answer of the rules, which ask nobody and cost nothing.
#[must_use]
pub fn by_rules(ask: &Ask) -> Answer {
    offline::answer(ask)
}

impl Asked {
    /// What the tries took, as far as the vendor said.
    pub fn usage(&self) -> impl Iterator<Item = &Usage> {
        self.attempts.iter().filter_map(|attempt| attempt.usage.as_ref())
    }
}

/// How long a try may take while so much is left for it and for the others.
fn share(left: Duration, others: usize) -> Duration {
    let tries = u32::try_from(others).unwrap_or(u32::MAX).saturating_add(1);
    (left / tries).max(FAIR_TRY).min(left)
}

/// The time between; none when the clock was put back.
fn between(start: DateTime<Utc>, end: DateTime<Utc>) -> Duration {
    (end - start).to_std().unwrap_or_default()
}

fn prompt(ask: &Ask) -> (gemini::Prompt, (&'static str, u32)) {
    let (rendered, lines, schema) = match ask {
        Ask::Dispatch(question) => (
            dispatcher::rendered_prompt(question),
            dispatcher::transcript(question),
            prompts::dispatcher_schema(),
        ),
        Ask::Persona(question) => {
            (persona::rendered_prompt(question), persona::transcript(question), prompts::persona_schema())
        }
    };
    (gemini::Prompt { system: rendered.system, lines, schema }, (rendered.id, rendered.version))
}

/// A failure is handled here, by going on, so it is logged here.
fn note(attempt: &Attempt) {
    let Some(failure) = attempt.failure else { return };
    let (model, outcome, took) = (attempt.model.as_str(), failure.key(), attempt.took.as_millis());
    if failure.needs_a_person() {
        tracing::error!(model, outcome, took, "a model cannot be used");
    } else {
        tracing::warn!(model, outcome, took, "a model did not answer");
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_try_gets_its_share_but_never_more_than_there_is() {
        let seconds = Duration::from_secs;
        assert_eq!(share(seconds(12), 2), seconds(4));
        assert_eq!(share(seconds(12), 0), seconds(12));
        assert_eq!(share(seconds(3), 2), seconds(2));
        assert_eq!(share(seconds(1), 2), seconds(1));
    }

    #[test]
    fn the_default_chain_can_be_read() {
        assert_eq!(ModelName::parse_chain(DEFAULT_CHAIN).map(|chain| chain.len()), Ok(3));
    }
}
