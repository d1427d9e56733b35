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
    fn a_writer_without_a_lane_never_waits() {
        assert!(Lanes::default().turn(std::iter::empty()).now_or_never().is_some());
    }
}
