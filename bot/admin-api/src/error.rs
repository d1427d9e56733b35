//! What a request is refused with.

use serde::{Deserialize, Serialize};
use serde_json::Value;

/// Why, as a key that programs act on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Problem {
    /// 401: no session, or it ended.
    SignInAgain,
    /// 401: wrong name or password.
    WrongPassword,
    /// 429: too many failures; try again after [`Refused::retry_after_s`].
    LockedOut,
    /// 403: the role may not do this.
    Forbidden,
    /// 404: there is no such thing in this business.
    NotFound,
    /// 409: somebody else changed it; [`Refused::current`] is how it is now.
    Conflict,
    /// 409: it cannot be done as things are; `message` says why (a slot is taken, a status cannot follow).
    NotNow,
    /// 400 or 422: the request cannot be read, or a value is out of range; `message` names the field.
    Invalid,
    /// 503: the store cannot be reached just now.
    Unavailable,
    /// 500: a defect; it is in the log under `request`.
    Broken,
}

/// The body of every answer that is no success.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Refused {
    /// Why.
    pub problem: Problem,
    /// One sentence for a person, in English, which says what to do. The console has its own words for the problem.
    pub message: String,
    /// The thing as it is now, for [`Problem::Conflict`].
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub current: Option<Value>,
    /// After how many seconds to try again.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub retry_after_s: Option<u64>,
    /// The id of the request in the server's log.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub request: Option<String>,
}
