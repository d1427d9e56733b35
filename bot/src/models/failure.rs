//! Why a model did not answer, and what that means for the next question. It holds neither texts nor keys, so that it
//! may be logged as it is.

use std::time::Duration;

/// Why a model did not answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Failure {
    /// The key does not exist.
    #[error("the key is not valid")]
    KeyInvalid,
    /// The key was good once.
    #[error("the key has expired")]
    KeyExpired,
    /// The key was found in public and blocked.
    #[error("the key was reported as leaked")]
    KeyLeaked,
    /// The key is missing, or may not do this.
    #[error("the key may not be used for this")]
    KeyRefused,
    /// The vendor does not serve this place.
    #[error("the vendor does not serve this location")]
    Location,
    /// The model does not exist, or not any more.
    #[error("there is no such model")]
    NoSuchModel,
    /// Too many requests in the last minute.
    #[error("too many requests per minute")]
    MinuteQuota {
        /// When it may be tried again, if the vendor said.
        retry_after: Option<Duration>,
    },
    /// The quota of the day is used up. A short delay that comes with it is not believed.
    #[error("the quota of the day is used up")]
    DayQuota,
    /// Overloaded or broken, for now.
    #[error("the vendor is not available")]
    Unavailable,
    /// No answer in its share of the time.
    #[error("no answer in time")]
    Timeout,
    /// No connection, or it was lost.
    #[error("the connection failed")]
    Connection,
    /// The vendor refuses the form of the request: a mistake of ours.
    #[error("the request was refused")]
    Refused,
    /// The conversation is longer than the model reads.
    #[error("the request is too long")]
    TooLong,
    /// The vendor does not want to answer this.
    #[error("the answer was blocked")]
    Blocked,
    /// There are no words in the answer.
    #[error("the answer is empty")]
    Empty,
    /// The answer stops at the limit of its length.
    #[error("the answer was cut")]
    Cut,
    /// The model stopped for a reason that makes what it said worthless.
    #[error("the answer was not finished")]
    Unfinished,
    /// The words are not the value that was asked for.
    #[error("the answer is not what was asked for")]
    Malformed,
    /// The response is nothing that the vendor documents.
    #[error("the response cannot be read")]
    Unreadable,
}

/// What a failure means for the questions that come next.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Effect {
    /// The model works; it was about this question.
    Works,
    /// One of several in a row.
    Counts,
    /// This model needs a rest at once.
    Rests,
    /// This model needs a rest until tomorrow, so as long as there is.
    RestsLong,
    /// This model said how long.
    RestsFor(Duration),
    /// No model of this vendor will answer.
    VendorRests,
}

impl Failure {
    /// A stable key, for logs and counters.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Self::KeyInvalid => "key_invalid",
            Self::KeyExpired => "key_expired",
            Self::KeyLeaked => "key_leaked",
            Self::KeyRefused => "key_refused",
            Self::Location => "location",
            Self::NoSuchModel => "no_such_model",
            Self::MinuteQuota { .. } => "minute_quota",
            Self::DayQuota => "day_quota",
            Self::Unavailable => "unavailable",
            Self::Timeout => "timeout",
            Self::Connection => "connection",
            Self::Refused => "refused",
            Self::TooLong => "too_long",
            Self::Blocked => "blocked",
            Self::Empty => "empty",
            Self::Cut => "cut",
            Self::Unfinished => "unfinished",
            Self::Malformed => "malformed",
            Self::Unreadable => "unreadable",
        }
    }

    /// Whether it stays as it is until a person does something: an operator is alerted.
    #[must_use]
    pub fn needs_a_person(self) -> bool {
        match self {
            Self::KeyInvalid
            | Self::KeyExpired
            | Self::KeyLeaked
            | Self::KeyRefused
            | Self::Location
            | Self::NoSuchModel
            | Self::DayQuota
            | Self::Refused => true,
            Self::MinuteQuota { .. }
            | Self::Unavailable
            | Self::Timeout
            | Self::Connection
            | Self::TooLong
            | Self::Blocked
            | Self::Empty
            | Self::Cut
            | Self::Unfinished
            | Self::Malformed
            | Self::Unreadable => false,
        }
    }

    pub(super) fn effect(self) -> Effect {
        match self {
            Self::KeyInvalid | Self::KeyExpired | Self::KeyLeaked | Self::KeyRefused | Self::Location => {
                Effect::VendorRests
            }
            Self::NoSuchModel => Effect::Rests,
            Self::DayQuota => Effect::RestsLong,
            Self::MinuteQuota { retry_after: Some(delay) } => Effect::RestsFor(delay),
            // A customer whose words are blocked must not take the model from everybody else.
            Self::Blocked | Self::TooLong => Effect::Works,
            Self::MinuteQuota { retry_after: None }
            | Self::Unavailable
            | Self::Timeout
            | Self::Connection
            | Self::Refused
            | Self::Empty
            | Self::Cut
            | Self::Unfinished
            | Self::Malformed
            | Self::Unreadable => Effect::Counts,
        }
    }
}
