//! How many webhooks wait to be made durable. Taking in comes before working off: what a provider is not answered in time
//! it sends again, and what is taken in can wait a moment. It holds nothing back for long, and nothing at all while few
//! wait.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;
use tokio::sync::Notify;

/// From how many on work makes room.
const MANY: usize = 12;
/// For how long at most: nobody waits for ever, however many write.
const LONGEST: Duration = Duration::from_secs(1);

/// The webhooks that wait.
#[derive(Debug, Default)]
pub struct Pressure {
    waiting: AtomicUsize,
    eased: Notify,
}

/// A webhook that waits, until this is dropped.
#[derive(Debug)]
pub struct Waiting<'a>(&'a Pressure);

impl Drop for Waiting<'_> {
    fn drop(&mut self) {
        if self.0.waiting.fetch_sub(1, Ordering::SeqCst) == MANY {
            self.0.eased.notify_waiters();
        }
    }
}

impl Pressure {
    /// One more waits.
    pub fn enter(&self) -> Waiting<'_> {
        self.waiting.fetch_add(1, Ordering::SeqCst);
        Waiting(self)
    }

    /// Waits until few wait, for a second at most.
    pub async fn eased(&self) {
        self.eased_within(LONGEST).await;
    }

    async fn eased_within(&self, longest: Duration) {
        let few = async {
            loop {
                let eased = self.eased.notified();
                if self.waiting.load(Ordering::SeqCst) < MANY {
                    return;
                }
                eased.await;
            }
        };
        // Enough of waiting is no failure.
        let _ = tokio::time::timeout(longest, few).await;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use futures::FutureExt;

    #[tokio::test]
    async fn work_makes_room_while_many_wait_and_not_for_ever() {
        let pressure = Pressure::default();
        let mut waiting: Vec<_> = (1..MANY).map(|_| pressure.enter()).collect();
        assert!(pressure.eased().now_or_never().is_some(), "few wait");
        waiting.push(pressure.enter());
        pressure.eased_within(Duration::ZERO).await;
        let eased = pressure.eased();
        tokio::pin!(eased);
        assert!((&mut eased).now_or_never().is_none(), "many wait");
        waiting.pop();
        assert!((&mut eased).now_or_never().is_some(), "it goes on at once");
    }
}
