//! Signing in and out. A session is a bearer token; the server keeps only its digest.

use crate::access::Role;
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use std::fmt;

/// `POST /session`: name and password.
#[derive(Clone, Serialize, Deserialize)]
pub struct SignIn {
    /// The user's name.
    pub name: String,
    /// The password.
    pub password: String,
}

impl fmt::Debug for SignIn {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("SignIn")
    }
}

/// Its answer.
#[derive(Clone, Serialize, Deserialize)]
pub struct SignedIn {
    /// Goes into `Authorization: Bearer …`. Shown once.
    pub token: String,
    /// When it ends unless it is used; every use moves this on, up to a week after signing in.
    pub expires_at: DateTime<Utc>,
    /// Who one is.
    pub me: Me,
}

impl fmt::Debug for SignedIn {
    /// Leaves the token out.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SignedIn").field("me", &self.me).finish_non_exhaustive()
    }
}

/// `GET /session`: who one is and where. `DELETE /session` ends it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Me {
    /// The user's name.
    pub name: String,
    /// What they may do.
    pub role: Role,
    /// The business that is looked at.
    pub business: BusinessLine,
    /// All that may be looked at: one, unless the role sees every business. Another is chosen with the header
    /// `Fixi-Business: KEY`.
    pub businesses: Vec<BusinessLine>,
    /// The version of the server.
    pub server: String,
}

/// A business, shortly.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct BusinessLine {
    /// Its key.
    pub key: String,
    /// What customers call it.
    pub name: String,
    /// The IANA name of its zone, such as `Asia/Jerusalem`.
    pub timezone: String,
    /// The ISO 4217 code of its prices, which are in whole units.
    pub currency: String,
    /// The code of its language.
    pub locale: String,
}
