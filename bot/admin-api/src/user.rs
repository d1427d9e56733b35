//! Users of the console.

use crate::access::Role;
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use std::fmt;

/// A user. `GET /users` answers all of the business, by name.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct User {
    /// The name, which is the id: 1 to 64 letters, digits, dots, dashes.
    pub name: String,
    /// Its version.
    pub version: u64,
    /// What they may do.
    pub role: Role,
    /// Whether they may sign in.
    pub active: bool,
    /// When they last signed in.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub last_seen_at: Option<DateTime<Utc>>,
    /// How many sessions they have.
    pub sessions: u32,
}

/// `POST /users`: a new user, below one's own role or equal to it.
#[derive(Clone, Serialize, Deserialize)]
pub struct NewUser {
    /// The name.
    pub name: String,
    /// What they may do.
    pub role: Role,
    /// At least 10 characters.
    pub password: String,
}

impl fmt::Debug for NewUser {
    /// Leaves the password out.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("NewUser").field("name", &self.name).field("role", &self.role).finish_non_exhaustive()
    }
}

/// `PATCH /users/{name}`: what is given changes. A new password, a lower role and switching off end all their sessions.
#[derive(Clone, Default, Serialize, Deserialize)]
pub struct EditUser {
    /// The version that was seen.
    pub version: u64,
    /// What they may do.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub role: Option<Role>,
    /// Whether they may sign in.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub active: Option<bool>,
    /// At least 10 characters.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub password: Option<String>,
}

impl fmt::Debug for EditUser {
    /// Leaves the password out.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("EditUser")
            .field("role", &self.role)
            .field("active", &self.active)
            .finish_non_exhaustive()
    }
}
