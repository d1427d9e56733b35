//! What the dispatcher understands when there is no model: the intent by rules. The facts are read by the rules in
//! any case, so nothing of them is said here.

use super::{Intent, Question, Understood};
use crate::understanding::{self, Context, Reading};

/// An answer by rules alone.
#[must_use]
pub fn understand(question: &Question) -> Understood {
    let reading = understanding::read(
        &question.words,
        &Context { trades: &question.trades, city: None, expecting: None },
    );
    Understood { intent: intent(&reading), ..Understood::default() }
}

/// The intent by rules.
pub(super) fn intent(reading: &Reading) -> Option<Intent> {
    let hints = &reading.intents;
    Some(if hints.wants_human {
        Intent::Human
    } else if hints.wants_cancel {
        Intent::Cancellation
    } else if hints.wants_reschedule {
        Intent::BookingChange
    } else if hints.asks_status {
        Intent::Status
    } else if reading.trade.is_some() || reading.issue.is_some() {
        Intent::ServiceRequest
    } else if hints.asks_price || hints.asks_slots || hints.asks_area {
        Intent::Question
    } else if hints.complaint {
        Intent::Complaint
    } else if hints.greeting || hints.thanks {
        Intent::SmallTalk
    } else if hints.off_topic {
        Intent::OffTopic
    } else {
        Intent::ServiceRequest
    })
}
