//! Queues of the writers of this process for the lanes of chats. Two transactions that write one row at once cannot both
//! be committed: the server refuses the later one at its first step there, and whatever it did before was in vain.
//! With many writers nearly everything is in vain, and who is served is luck. So writers of one process go one after
//! the other, first come, first served, and only whole processes meet each other at the server.

use std::collections::BTreeSet;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::sync::Arc;
use tokio::sync::{Mutex, OwnedMutexGuard};

/// How many queues there are. Chats that share one by chance wait for each other needlessly, for milliseconds.
const QUEUES: usize = 1_024;

/// Among how many rows the total of one day, model and agent is spread: as many as turns run at once in a process.
const PARTS: usize = 16;

/// The queues.
pub(super) struct Lanes(Vec<Arc<Mutex<()>>>);

/// The first places in some queues, until it is dropped.
pub(super) struct Turn {
    _first: Vec<OwnedMutexGuard<()>>,
}

impl Default for Lanes {
    fn default() -> Self {
        Self((0..QUEUES).map(|_| Arc::default()).collect())
    }
}

impl Lanes {
    /// Waits for its turn in the lanes of all these chats.
    pub(super) async fn turn<'a>(&self, chats: impl Iterator<Item = &'a str>) -> Turn {
        // In one order for everybody, so that no two wait for each other; each once.
        let places: BTreeSet<usize> = chats.map(place).collect();
        let mut first = Vec::with_capacity(places.len());
        for place in places {
            first.push(self.0[place].clone().lock_owned().await);
        }
        Turn { _first: first }
    }
}

/// The parts of the totals to which turns of the whole business add. A transaction does not see what was committed since
/// it began, so the server refuses every addition to a part to which another one added meanwhile, even when they did not
/// touch it at once: each has a part for itself from its beginning to its end.
pub(super) struct Parts {
    parts: Vec<Arc<Mutex<()>>>,
    /// Where this process looks first, since others look too.
    first: usize,
}

/// A part, until it is dropped.
pub(super) struct Part {
    pub(super) number: i64,
    _taken: OwnedMutexGuard<()>,
}

impl Default for Parts {
    fn default() -> Self {
        let parts = (0..PARTS).map(|_| Arc::default()).collect();
        Self { parts, first: rand::random_range(0..PARTS) }
    }
}

impl Parts {
    /// A part that is free, else one of them once it is.
    pub(super) async fn free(&self) -> Part {
        let in_turn = || (0..PARTS).map(|at| (self.first + at) % PARTS);
        let free = in_turn().find_map(|at| Some((at, self.parts[at].clone().try_lock_owned().ok()?)));
        let (at, taken) = match free {
            Some(free) => free,
            None => {
                let at = rand::random_range(0..PARTS);
                (at, self.parts[at].clone().lock_owned().await)
            }
        };
        Part { number: i64::try_from(at).unwrap_or_default(), _taken: taken }
    }
}

fn place(chat: &str) -> usize {
    let mut hasher = DefaultHasher::new();
    chat.hash(&mut hasher);
    usize::try_from(hasher.finish() % QUEUES as u64).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use futures::FutureExt;

    #[test]
    fn who_wants_a_lane_that_is_taken_waits_and_the_others_do_not() {
        let lanes = Lanes::default();
        let chats = |chats: &'static [&str]| chats.iter().copied();
        let both = lanes.turn(chats(&["a", "b", "a"])).now_or_never().expect("nobody is there");
        let mut waits = Box::pin(lanes.turn(chats(&["b", "c"])));
        assert!((&mut waits).now_or_never().is_none());
        assert!(lanes.turn(chats(&["d"])).now_or_never().is_some());
        drop(both);
        assert!(waits.now_or_never().is_some());
    }

    #[test]
    fn everybody_has_a_part_for_themselves_as_long_as_there_are_any() {
        let parts = Parts::default();
        let mut taken: Vec<Part> =
            (0..PARTS).map(|_| parts.free().now_or_never().expect("a free one")).collect();
        let numbers: BTreeSet<i64> = taken.iter().map(|part| part.number).collect();
        assert_eq!(numbers.len(), PARTS);
        let mut waits = Box::pin(parts.free());
        assert!((&mut waits).now_or_never().is_none());
        taken.clear();
        assert!(waits.now_or_never().is_some());
    }

    #[test]
    fn a_writer_without_a_lane_never_waits() {
        assert!(Lanes::default().turn(std::iter::empty()).now_or_never().is_some());
    }
}
