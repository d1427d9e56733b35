//! Chance from a seed, and a count of what it brought about. Neither looks at the machine.

use std::collections::BTreeMap;
use std::time::Duration;

/// A small generator (splitmix64): the same seed throws the same numbers on every machine and in every version.
#[derive(Clone, Debug)]
pub(super) struct Chance(u64);

impl Chance {
    /// Chance of a seed, for one purpose: two purposes of one seed have nothing in common.
    pub(super) fn new(seed: u64, purpose: &str) -> Self {
        let mixed = purpose.bytes().fold(seed, |mixed, byte| Self(mixed ^ u64::from(byte)).next());
        Self(mixed)
    }

    pub(super) fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    }

    /// A number below `limit`; 0 when the limit is 0.
    pub(super) fn below(&mut self, limit: usize) -> usize {
        let limit = u64::try_from(limit).unwrap_or(u64::MAX).max(1);
        usize::try_from(self.next() % limit).unwrap_or(0)
    }

    /// Whether something happens that happens `rate` times in ten thousand.
    pub(super) fn happens(&mut self, rate: u32) -> bool {
        // Thrown even for a rate of none, so that a changed rate does not move every later throw.
        self.next() % 10_000 < u64::from(rate)
    }

    /// One of several.
    pub(super) fn one_of<'a, T>(&mut self, items: &'a [T]) -> &'a T {
        &items[self.below(items.len())]
    }

    /// A length of time: short ones as often as long ones, so that both a moment and an hour are met.
    pub(super) fn length(&mut self, shortest: Duration, longest: Duration) -> chrono::Duration {
        let (low, high) = (shortest.as_millis().max(1) as f64, longest.as_millis().max(2) as f64);
        let share = self.below(1_000) as f64 / 1_000.0;
        let millis = low * (high / low).powf(share);
        chrono::Duration::milliseconds(millis as i64)
    }
}

/// How often each thing happened.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Tally(BTreeMap<String, u64>);

impl Tally {
    /// Counts one more.
    pub fn add(&mut self, what: &str) {
        match self.0.get_mut(what) {
            Some(count) => *count += 1,
            None => {
                self.0.insert(what.to_owned(), 1);
            }
        }
    }

    /// How often it happened.
    #[must_use]
    pub fn of(&self, what: &str) -> u64 {
        self.0.get(what).copied().unwrap_or(0)
    }

    /// Adds all counts of another.
    pub fn join(&mut self, other: &Self) {
        for (what, count) in &other.0 {
            *self.0.entry(what.clone()).or_default() += count;
        }
    }

    /// Everything that happened, by name.
    pub fn iter(&self) -> impl Iterator<Item = (&str, u64)> {
        self.0.iter().map(|(what, count)| (what.as_str(), *count))
    }
}
