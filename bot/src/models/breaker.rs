//! Which models are left alone for a while, because they failed. It is told the time and asks nobody.

use super::failure::{Effect, Failure};
use super::name::ModelName;
use chrono::{DateTime, Utc};
use std::collections::BTreeMap;
use std::fmt;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

/// So many failures in a row close the way to a model.
const FAILURES: u32 = 3;

/// The first rest; each one that follows without a success in between is twice as long.
const FIRST_REST: Duration = Duration::from_secs(30);

/// The longest rest.
const LONGEST_REST: Duration = Duration::from_secs(600);

/// How long everybody else waits for the one try after a rest. If the try is dropped half way, another may be made
/// after this.
const TRIAL: Duration = Duration::from_secs(30);

/// The breakers of one vendor.
#[derive(Default)]
pub(super) struct Breakers(Mutex<Known>);

#[derive(Default)]
struct Known {
    vendor: Breaker,
    models: BTreeMap<ModelName, Breaker>,
}

#[derive(Default)]
struct Breaker {
    failures: u32,
    rest: Option<Rest>,
}

#[derive(Clone, Copy)]
struct Rest {
    /// Until when nobody may try.
    until: DateTime<Utc>,
    /// How long it was made.
    length: Duration,
    /// Whether the one try after it is under way.
    tried: bool,
}

impl Breaker {
    fn rests(&self, now: DateTime<Utc>) -> bool {
        self.rest.is_some_and(|rest| now < rest.until)
    }

    /// Whether a try may be made; after a rest, one.
    fn admit(&mut self, now: DateTime<Utc>) -> bool {
        match &mut self.rest {
            None => true,
            Some(rest) if now < rest.until => false,
            Some(rest) => {
                (rest.until, rest.tried) = (now + TRIAL, true);
                true
            }
        }
    }

    fn rest(&mut self, now: DateTime<Utc>, at_least: Duration) {
        let length = match self.rest {
            None => FIRST_REST,
            Some(Rest { length, tried: true, .. }) => length.saturating_mul(2),
            // Questions that were under way when the rest began fail with it; they do not make it longer.
            Some(Rest { length, tried: false, .. }) if length >= at_least => return,
            Some(Rest { tried: false, .. }) => at_least,
        };
        let length = length.clamp(FIRST_REST, LONGEST_REST).max(at_least);
        self.begin(now, length);
    }

    fn begin(&mut self, now: DateTime<Utc>, length: Duration) {
        *self = Self { failures: 0, rest: Some(Rest { until: now + length, length, tried: false }) };
    }

    fn count(&mut self, now: DateTime<Utc>) {
        self.failures = self.failures.saturating_add(1);
        // After a rest there is no second and third chance.
        if self.failures >= FAILURES || self.rest.is_some() {
            self.rest(now, Duration::ZERO);
        }
    }
}

impl Breakers {
    /// Whether this model may be asked now. A yes after a rest is the one try: it must be made.
    pub(super) fn admit(&self, model: &ModelName, now: DateTime<Utc>) -> bool {
        let mut known = self.known();
        if known.vendor.rests(now) || known.models.get(model).is_some_and(|breaker| breaker.rests(now)) {
            return false;
        }
        known.vendor.admit(now) && known.models.entry(model.clone()).or_default().admit(now)
    }

    /// Whether this model is left alone now.
    pub(super) fn rests(&self, model: &ModelName, now: DateTime<Utc>) -> bool {
        let known = self.known();
        known.vendor.rests(now) || known.models.get(model).is_some_and(|breaker| breaker.rests(now))
    }

    /// Takes note of how a try ended.
    pub(super) fn ended(&self, model: &ModelName, now: DateTime<Utc>, failure: Option<Failure>) {
        let mut known = self.known();
        let effect = failure.map_or(Effect::Works, Failure::effect);
        if effect == Effect::VendorRests {
            known.vendor.rest(now, Duration::ZERO);
            return;
        }
        // Whatever else went wrong, it was not the key. If that proves untrue, the next try says so again.
        known.vendor = Breaker::default();
        let breaker = known.models.entry(model.clone()).or_default();
        match effect {
            Effect::Works => *breaker = Breaker::default(),
            Effect::Counts => breaker.count(now),
            Effect::Rests => breaker.rest(now, Duration::ZERO),
            Effect::RestsLong => breaker.rest(now, LONGEST_REST),
            Effect::RestsFor(delay) => breaker.begin(now, delay.min(LONGEST_REST)),
            Effect::VendorRests => {}
        }
    }

    fn known(&self) -> MutexGuard<'_, Known> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl fmt::Debug for Breakers {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Breakers")
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    fn at(seconds: i64) -> DateTime<Utc> {
        DateTime::from_timestamp(seconds, 0).unwrap()
    }

    fn model(name: &str) -> ModelName {
        ModelName::parse(name).unwrap()
    }

    #[test]
    fn two_failures_and_a_success_are_not_three_failures() {
        let (breakers, model) = (Breakers::default(), model("a"));
        for outcome in
            [Some(Failure::Timeout), Some(Failure::Empty), None, Some(Failure::Timeout), Some(Failure::Cut)]
        {
            assert!(breakers.admit(&model, at(0)));
            breakers.ended(&model, at(0), outcome);
        }
        assert!(breakers.admit(&model, at(0)));
        breakers.ended(&model, at(0), Some(Failure::Unavailable));
        assert!(!breakers.admit(&model, at(29)));
    }

    #[test]
    fn rests_double_up_to_ten_minutes_and_one_try_is_made_after_each() {
        let (breakers, model) = (Breakers::default(), model("a"));
        let mut now = 0;
        breakers.ended(&model, at(now), Some(Failure::NoSuchModel));
        for rest in [30, 60, 120, 240, 480, 600, 600] {
            assert!(!breakers.admit(&model, at(now + rest - 1)), "{rest}");
            now += rest;
            assert!(breakers.admit(&model, at(now)), "{rest}");
            assert!(!breakers.admit(&model, at(now)), "only one try after {rest}");
            breakers.ended(&model, at(now), Some(Failure::Unavailable));
        }
        now += 600;
        assert!(breakers.admit(&model, at(now)));
        breakers.ended(&model, at(now), None);
        assert!(breakers.admit(&model, at(now)) && breakers.admit(&model, at(now)));
    }

    #[test]
    fn a_try_that_was_dropped_does_not_close_the_way_for_ever() {
        let (breakers, model) = (Breakers::default(), model("a"));
        breakers.ended(&model, at(0), Some(Failure::NoSuchModel));
        assert!(breakers.admit(&model, at(30)));
        assert!(!breakers.admit(&model, at(59)));
        assert!(breakers.admit(&model, at(60)));
    }

    #[test]
    fn questions_that_were_under_way_do_not_make_a_rest_longer() {
        let (breakers, model) = (Breakers::default(), model("a"));
        for second in 0..20 {
            breakers.ended(&model, at(second), Some(Failure::Timeout));
            breakers.ended(&model, at(second), Some(Failure::NoSuchModel));
        }
        assert!(!breakers.admit(&model, at(29)));
        assert!(breakers.admit(&model, at(31)));
        breakers.ended(&model, at(31), Some(Failure::DayQuota));
        assert!(!breakers.admit(&model, at(630)) && breakers.admit(&model, at(631)));
    }

    #[test]
    fn a_key_closes_the_way_to_every_model() {
        let (breakers, first, second) = (Breakers::default(), model("a"), model("b"));
        breakers.ended(&first, at(0), Some(Failure::KeyLeaked));
        assert!(!breakers.admit(&first, at(29)) && !breakers.admit(&second, at(29)));
        assert!(breakers.admit(&second, at(30)));
        assert!(!breakers.admit(&first, at(30)), "one try of the vendor, not one for each model");
        breakers.ended(&second, at(30), None);
        assert!(breakers.admit(&first, at(30)));
    }

    #[test]
    fn a_delay_that_was_named_is_kept_and_a_quota_of_the_day_rests_longest() {
        let (breakers, first, second) = (Breakers::default(), model("a"), model("b"));
        let quota = Failure::MinuteQuota { retry_after: Some(Duration::from_secs(34)) };
        breakers.ended(&first, at(0), Some(quota));
        assert!(!breakers.admit(&first, at(33)) && breakers.admit(&first, at(34)));
        breakers.ended(&second, at(0), Some(Failure::DayQuota));
        assert!(!breakers.admit(&second, at(599)) && breakers.admit(&second, at(600)));
    }

    #[test]
    fn blocked_words_do_not_close_the_way() {
        let (breakers, model) = (Breakers::default(), model("a"));
        for _ in 0..5 {
            assert!(breakers.admit(&model, at(0)));
            breakers.ended(&model, at(0), Some(Failure::Blocked));
        }
        assert!(breakers.admit(&model, at(0)));
    }
}
