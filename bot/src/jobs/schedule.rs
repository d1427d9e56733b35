//! When a failed attempt is made again. Pure but for the dice, which are handed in.

use crate::outside::Dice;
use chrono::Duration;

/// The wait after the first failure.
const FIRST: Duration = Duration::seconds(1);
/// No wait is longer.
const LONGEST: Duration = Duration::minutes(10);

/// How long to wait after this many attempts: doubling from one second to ten minutes, each shortened by up to half at
/// random, so that what failed together does not come back together.
#[must_use]
pub fn backoff(attempts: u32, dice: &Dice) -> Duration {
    let doubled = FIRST * 2_i32.pow(attempts.saturating_sub(1).min(10));
    let wait = doubled.min(LONGEST);
    let half = wait / 2;
    let jitter =
        i64::try_from(dice.below(u64::try_from(half.num_milliseconds()).unwrap_or(1).max(1))).unwrap_or(0);
    half + Duration::milliseconds(jitter)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn waits_double_up_to_a_limit_and_never_vanish() {
        let dice = Dice::seeded(7);
        for attempts in 1..40 {
            let wait = backoff(attempts, &dice);
            assert!(wait >= FIRST / 2 && wait <= LONGEST, "{attempts}: {wait}");
        }
        assert!(backoff(12, &dice) >= LONGEST / 2);
    }
}
