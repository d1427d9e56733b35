//! What becomes of a message that is handed to a provider. It decides nothing: the class says what may follow, the
//! pipeline does it.

use crate::outside::TransportError;
use std::time::Duration;

/// What a provider made of a message.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SendOutcome {
    /// It took the message. Whether the person gets it is told later, by a status.
    Accepted {
        /// The provider's id of the message.
        provider_id: String,
    },
    /// It surely did not take it.
    Refused {
        /// Why, as a key with the provider's code.
        reason: String,
        /// What may follow.
        class: Class,
    },
    /// Nobody can tell. It is settled by a status, by an echo or by asking; never by sending again.
    Ambiguous {
        /// Why, as a key.
        reason: String,
    },
}

impl SendOutcome {
    /// A refusal.
    pub(super) fn refused(class: Class, reason: impl Into<String>) -> Self {
        Self::Refused { reason: reason.into(), class }
    }

    /// What a failed exchange means for a message.
    pub(super) fn of_failure(error: TransportError) -> Self {
        match error {
            TransportError::Connect => Self::refused(Class::Retry { after: None }, error.key()),
            TransportError::NotAllowed => Self::refused(Class::Never, error.key()),
            TransportError::Timeout | TransportError::Broken | TransportError::TooLarge => {
                Self::Ambiguous { reason: error.key().to_string() }
            }
        }
    }
}

/// What may follow a refusal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Class {
    /// The same may be tried again, not before this time has passed where one is named.
    Retry {
        /// How long to wait at least.
        after: Option<Duration>,
    },
    /// The same may be tried again, but this person gets too many; others are not held up. Each further refusal
    /// calls for a longer wait.
    RetryThisPerson {
        /// How long to wait at least.
        after: Duration,
    },
    /// The person wrote too long ago for free words; only a template may be sent.
    WindowClosed,
    /// This person cannot be reached here: another channel, or a human.
    Undeliverable,
    /// Nothing can be sent on this channel until an operator acts.
    StopChannel,
    /// It is our mistake; the same will be refused again.
    Never,
}

impl Class {
    /// A stable key.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Self::Retry { .. } => "retry",
            Self::RetryThisPerson { .. } => "retry_this_person",
            Self::WindowClosed => "window_closed",
            Self::Undeliverable => "undeliverable",
            Self::StopChannel => "stop_channel",
            Self::Never => "never",
        }
    }
}

/// The reason of a failed status: the class, a colon and the provider's code.
pub(super) fn failure(class: Class, code: &str) -> String {
    format!("{}:{code}", class.key())
}

/// The seconds of a `Retry-After` header, at most an hour; a date in it is not read.
pub(super) fn retry_after(headers: &http::HeaderMap) -> Option<Duration> {
    let seconds: u64 = headers.get(http::header::RETRY_AFTER)?.to_str().ok()?.trim().parse().ok()?;
    Some(Duration::from_secs(seconds.min(3600)))
}
