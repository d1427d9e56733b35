//! Dying on purpose: the crash tests name a durable step, and the process ends there as if it had been killed. It does
//! nothing unless `FIXI_DIE_AT` is set. Its sibling `FIXI_CLOCK_AHEAD_SECONDS` (see [`crate::outside::Clock`]) starts a
//! process with its clock ahead, so that a test need not wait for leases and settling. Both are for crash tests only and
//! no setting of an operator. A simulation is told of every step instead, and kills the process by forgetting it.

use std::fmt;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};

/// A step after which everything that it did is durable.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// A webhook is accepted, and not answered yet.
    Accepted,
    /// A turn is claimed.
    TurnClaimed,
    /// A turn is decided, and not committed.
    Decided,
    /// A turn is committed.
    Committed,
    /// A lane is claimed.
    LaneClaimed,
    /// A message is marked as being handed over, and is not handed over.
    MarkedSending,
    /// A message is handed over, and that is not written down.
    HandedOver,
    /// A message is written down as sent.
    Recorded,
    /// A batch of a move is in its target. No message passes here.
    BatchMoved,
}

impl Step {
    /// Every step, in the order of a message's way.
    pub const ALL: [Self; 8] = [
        Self::Accepted,
        Self::TurnClaimed,
        Self::Decided,
        Self::Committed,
        Self::LaneClaimed,
        Self::MarkedSending,
        Self::HandedOver,
        Self::Recorded,
    ];

    /// The name that `FIXI_DIE_AT` takes.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Self::Accepted => "accepted",
            Self::TurnClaimed => "turn_claimed",
            Self::Decided => "decided",
            Self::Committed => "committed",
            Self::LaneClaimed => "lane_claimed",
            Self::MarkedSending => "marked_sending",
            Self::HandedOver => "handed_over",
            Self::Recorded => "recorded",
            Self::BatchMoved => "batch_moved",
        }
    }
}

/// Where to die, and after how many times.
#[derive(Default)]
pub struct CrashPlan {
    at: Option<Step>,
    left: AtomicU32,
    told: Option<Arc<dyn Fn(Step) + Send + Sync>>,
}

impl fmt::Debug for CrashPlan {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("CrashPlan").field("at", &self.at).field("left", &self.left).finish_non_exhaustive()
    }
}

impl CrashPlan {
    /// The plan of `FIXI_DIE_AT`, such as `committed` or `committed:3` for the third time.
    #[must_use]
    pub fn from_environment() -> Self {
        let Ok(value) = std::env::var("FIXI_DIE_AT") else { return Self::default() };
        let (name, count) = value.split_once(':').unwrap_or((&value, "1"));
        let at = Step::ALL.into_iter().chain([Step::BatchMoved]).find(|step| step.key() == name);
        Self { at, left: AtomicU32::new(count.parse().unwrap_or(1)), told: None }
    }

    /// A plan that never ends the process, and tells of every step.
    pub(crate) fn told(told: Arc<dyn Fn(Step) + Send + Sync>) -> Self {
        Self { told: Some(told), ..Self::default() }
    }

    /// Ends the process when the plan says so: at once, without unwinding, flushing or answering.
    pub fn passed(&self, step: Step) {
        if let Some(told) = &self.told {
            told(step);
        }
        if self.at == Some(step) && self.left.fetch_sub(1, Ordering::SeqCst) == 1 {
            std::process::abort();
        }
    }
}
