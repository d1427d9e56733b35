//! What a request is refused with: always JSON, with one sentence that says what to do. It never repeats what was sent.

use crate::store::StoreError;
use admin_api::error::{Problem, Refused};
use axum::Json;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde::Serialize;

/// Why a request was not done.
#[derive(Debug)]
pub(crate) enum Refusal {
    /// For the caller.
    Told(Box<Told>),
    /// Something changed between reading and writing: nothing was written, and the request is to be made again from the
    /// start.
    Raced,
}

/// A refusal that is told.
#[derive(Debug)]
pub(crate) struct Told {
    pub(crate) status: StatusCode,
    pub(crate) body: Refused,
    /// What is wrong, for the log alone.
    pub(crate) cause: Option<String>,
}

impl Refusal {
    fn of(status: StatusCode, problem: Problem, message: impl Into<String>) -> Self {
        let body =
            Refused { problem, message: message.into(), current: None, retry_after_s: None, request: None };
        Self::Told(Box::new(Told { status, body, cause: None }))
    }

    pub(crate) fn sign_in_again() -> Self {
        let message = "there is no session, or it ended; sign in with POST /admin/v1/session";
        Self::of(StatusCode::UNAUTHORIZED, Problem::SignInAgain, message)
    }

    pub(crate) fn wrong_password() -> Self {
        let message =
            "name or password is wrong; a forgotten password is set with `fixi admin user passwd NAME`";
        Self::of(StatusCode::UNAUTHORIZED, Problem::WrongPassword, message)
    }

    pub(crate) fn locked_out(seconds: u64) -> Self {
        let message = "too many failures with this name; wait and try again";
        Self::of(StatusCode::TOO_MANY_REQUESTS, Problem::LockedOut, message).after(seconds)
    }

    pub(crate) fn forbidden() -> Self {
        let message = "your role may not do this; ask an owner of the business";
        Self::of(StatusCode::FORBIDDEN, Problem::Forbidden, message)
    }

    /// There is no such thing, or it is another business's: the two look the same (B125).
    pub(crate) fn not_found() -> Self {
        Self::of(StatusCode::NOT_FOUND, Problem::NotFound, "there is no such thing in this business")
    }

    pub(crate) fn wrong_method() -> Self {
        let message = "this path does not take this method; see GET /admin/v1/openapi.json";
        Self::of(StatusCode::METHOD_NOT_ALLOWED, Problem::NotFound, message)
    }

    /// Somebody else changed it meanwhile; `current` is how it is now.
    pub(crate) fn conflict(current: &impl Serialize) -> Self {
        let message = "somebody else changed it meanwhile; look at it as it is now and choose";
        let Self::Told(mut told) = Self::of(StatusCode::CONFLICT, Problem::Conflict, message) else {
            return Self::Raced;
        };
        told.body.current = serde_json::to_value(current).ok();
        Self::Told(told)
    }

    /// It cannot be done as things are.
    pub(crate) fn not_now(message: impl Into<String>) -> Self {
        Self::of(StatusCode::CONFLICT, Problem::NotNow, message)
    }

    /// A value is out of range; the message names the field.
    pub(crate) fn invalid(message: impl Into<String>) -> Self {
        Self::of(StatusCode::UNPROCESSABLE_ENTITY, Problem::Invalid, message)
    }

    /// The request cannot be read at all.
    pub(crate) fn unreadable(message: impl Into<String>) -> Self {
        Self::of(StatusCode::BAD_REQUEST, Problem::Invalid, message)
    }

    pub(crate) fn too_large() -> Self {
        let message = "the body is larger than 1 MiB; send less at once";
        Self::of(StatusCode::PAYLOAD_TOO_LARGE, Problem::Invalid, message)
    }

    pub(crate) fn unavailable() -> Self {
        let message = "the store cannot be reached just now; try again";
        Self::of(StatusCode::SERVICE_UNAVAILABLE, Problem::Unavailable, message).after(2)
    }

    /// A defect of ours, whose cause is for the log.
    pub(crate) fn broken(cause: impl Into<String>) -> Self {
        let message = "this is a defect of the server; its log says more under the id of the request";
        Self::of(StatusCode::INTERNAL_SERVER_ERROR, Problem::Broken, message).because(cause)
    }

    fn after(mut self, seconds: u64) -> Self {
        if let Self::Told(told) = &mut self {
            told.body.retry_after_s = Some(seconds);
        }
        self
    }

    fn because(mut self, cause: impl Into<String>) -> Self {
        if let Self::Told(told) = &mut self {
            told.cause = Some(cause.into());
        }
        self
    }

    /// The answer, and the log's line where an operator must know.
    pub(crate) fn answer(self, request: &str) -> Response {
        let mut told = match self {
            Self::Told(told) => told,
            Self::Raced => {
                let Self::Told(told) = Self::unavailable() else {
                    return StatusCode::SERVICE_UNAVAILABLE.into_response();
                };
                told
            }
        };
        if let Some(cause) = &told.cause {
            tracing::error!(request.id = request, cause, "a request of the console failed");
        }
        told.body.request = Some(request.to_owned());
        let retry_after = told.body.retry_after_s;
        let mut response = (told.status, Json(&told.body)).into_response();
        if let Some(seconds) = retry_after {
            response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(seconds));
        }
        response
    }
}

impl From<StoreError> for Refusal {
    fn from(error: StoreError) -> Self {
        match error {
            StoreError::Version { .. } | StoreError::SlotTaken { .. } => Self::Raced,
            StoreError::Unavailable(_) | StoreError::LeaseLost { .. } => {
                Self::unavailable().because(error.to_string())
            }
            StoreError::Unreadable { .. } => Self::broken(error.to_string()),
        }
    }
}
