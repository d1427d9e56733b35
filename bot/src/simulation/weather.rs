//! What goes wrong in a world and how often: every world has a weather of its own, since faults that never come alone
//! hide each other.

use super::chance::Chance;

/// Rates, in ten thousand.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Weather {
    /// Deaths, per wait of a future.
    pub(super) deaths: u32,
    /// Deaths, per durable step.
    pub(super) deaths_at_steps: u32,
    /// Freezes of a whole process, per wait.
    pub(super) freezes: u32,
    /// Jumps of the clock, per wait.
    pub(super) jumps: u32,
    /// Stalls, per access of the store.
    pub(super) stalls: u32,
    /// Times in which the store refuses everything, per access.
    pub(super) outages: u32,
    /// Refusals, per access.
    pub(super) refused: u32,
    /// Lost answers, per write.
    pub(super) answers_lost: u32,
    /// Misbehaviour of a provider, per call.
    pub(super) calls: u32,
    /// Posts that do not arrive, per post; the provider repeats them.
    pub(super) posts_lost: u32,
    /// Posts that the provider never makes, per post.
    pub(super) posts_swallowed: u32,
}

impl Weather {
    pub(super) fn of(chance: &mut Chance) -> Self {
        // Each kind is off in half of all worlds, and of different strength in the others.
        let mut rate = |strongest: u32| {
            let strength = *chance.one_of(&[0, 0, 0, 1, 3, 10]);
            strongest * strength / 10
        };
        Self {
            deaths: rate(80),
            deaths_at_steps: rate(300),
            freezes: rate(60),
            jumps: rate(20),
            stalls: rate(100),
            outages: rate(30),
            refused: rate(200),
            answers_lost: rate(300),
            calls: rate(2_000),
            posts_lost: rate(800),
            posts_swallowed: rate(300),
        }
    }
}
