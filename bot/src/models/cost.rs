//! What tokens cost. It knows list prices of some models as of a date and never guesses: a model that is not in the
//! table, or a day after its price was said to end, has no cost (B142).
//!
//! Source: <https://ai.google.dev/gemini-api/docs/pricing>, paid tier, text, as published in October 2026.

use super::name::ModelName;
use chrono::NaiveDate;

/// What one answer took.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Usage {
    /// The model that really answered, which may be another than the one that was asked.
    pub model: ModelName,
    /// Tokens of the question, those from a cache among them.
    pub prompt: u64,
    /// Tokens of the answer, without thoughts.
    pub answer: u64,
    /// Tokens of thoughts, paid like the answer.
    pub thoughts: u64,
    /// Tokens of the question that came from a cache.
    pub cached: u64,
}

/// A price list: thousandths of a US dollar per million tokens, which is billionths of a dollar per token.
struct Price {
    model: &'static str,
    /// The first and the last day (year, month, day); none without an announced one.
    from: Option<(i32, u32, u32)>,
    until: Option<(i32, u32, u32)>,
    prompt: u64,
    cached: u64,
    answer: u64,
}

const fn price(model: &'static str, prompt: u64, cached: u64, answer: u64) -> Price {
    Price { model, from: None, until: None, prompt, cached, answer }
}

/// Half price to the end of 2026, as announced.
const fn until_2026(model: &'static str) -> Price {
    Price { until: Some((2026, 12, 31)), ..price(model, 750, 75, 3_750) }
}

const fn from_2027(model: &'static str) -> Price {
    Price { from: Some((2027, 1, 1)), ..price(model, 1_500, 150, 7_500) }
}

const PRICES: [Price; 11] = [
    price("gemini-2.5-flash-lite", 100, 10, 400),
    price("gemini-2.5-flash", 300, 30, 2_500),
    price("gemini-3.1-flash-lite", 250, 25, 1_500),
    price("gemini-3.5-flash-lite", 300, 30, 2_500),
    price("gemini-3.5-flash", 1_500, 150, 9_000),
    until_2026("gemini-3.6-flash"),
    from_2027("gemini-3.6-flash"),
    until_2026("gemini-3.7-flash"),
    from_2027("gemini-3.7-flash"),
    until_2026("gemini-3.8-flash"),
    from_2027("gemini-3.8-flash"),
];

impl Usage {
    /// What it costs in billionths of a US dollar, by the list price of that day; none when the price is not known.
    #[must_use]
    pub fn nano_dollars(&self, on: NaiveDate) -> Option<u64> {
        let name = without_revision(self.model.as_str());
        let price = PRICES.iter().find(|price| price.model == name && price.holds(on))?;
        let cached = self.cached.min(self.prompt);
        let prompt = (self.prompt - cached).saturating_mul(price.prompt);
        let answer = self.answer.saturating_add(self.thoughts).saturating_mul(price.answer);
        Some(prompt.saturating_add(cached.saturating_mul(price.cached)).saturating_add(answer))
    }
}

impl Price {
    fn holds(&self, on: NaiveDate) -> bool {
        let date = |(year, month, day): (i32, u32, u32)| NaiveDate::from_ymd_opt(year, month, day);
        self.from.and_then(date).is_none_or(|from| from <= on)
            && self.until.and_then(date).is_none_or(|until| on <= until)
    }
}

/// `gemini-2.5-flash-001` costs what `gemini-2.5-flash` costs.
fn without_revision(name: &str) -> &str {
    match name.rsplit_once('-') {
        Some((model, revision)) if revision.len() == 3 && revision.bytes().all(|b| b.is_ascii_digit()) => {
            model
        }
        _ => name,
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    fn cost(model: &str, [prompt, answer, thoughts, cached]: [u64; 4], year: i32) -> Option<u64> {
        let model = ModelName::parse(model).unwrap();
        let on = NaiveDate::from_ymd_opt(year, 6, 1).unwrap();
        Usage { model, prompt, answer, thoughts, cached }.nano_dollars(on)
    }

    #[test]
    fn known_models_have_a_price() {
        let million = 1_000_000;
        assert_eq!(cost("gemini-2.5-flash-lite", [million, 0, 0, 0], 2026), Some(100_000_000));
        assert_eq!(cost("gemini-2.5-flash-lite-001", [1_000, 100, 0, 0], 2026), Some(140_000));
        assert_eq!(
            cost("gemini-3.5-flash-lite", [1_000, 100, 50, 400], 2026),
            Some(180_000 + 12_000 + 375_000)
        );
        assert_eq!(cost("gemini-3.5-flash-lite", [0; 4], 2026), Some(0));
    }

    #[test]
    fn a_price_that_ends_is_not_used_after_its_end() {
        assert_eq!(cost("gemini-3.8-flash", [1_000, 0, 0, 0], 2026), Some(750_000));
        assert_eq!(cost("gemini-3.8-flash", [1_000, 0, 0, 0], 2027), Some(1_500_000));
    }

    #[test]
    fn unknown_models_have_no_price() {
        for model in ["gemini-9-flash", "gemini-2.5-flash-lite-preview-06-17", "gemma-4"] {
            assert_eq!(cost(model, [1_000, 100, 0, 0], 2026), None, "{model}");
        }
    }

    #[test]
    fn absurd_numbers_are_no_panic() {
        assert_eq!(cost("gemini-3.5-flash", [u64::MAX; 4], 2026), Some(u64::MAX));
        assert_eq!(cost("gemini-3.5-flash", [10, 0, 0, 500], 2026), Some(1_500));
    }
}
