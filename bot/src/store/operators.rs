//! What is stored of the people who run a business from the console: who they are, their sessions, the answers to
//! requests that may be repeated, failures to sign in, and what they changed. Of passwords and tokens only digests.

use super::documents::Stored;
use super::{Store, StoreError};
use admin_api::access::Role;
use agents::id::BusinessId;
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use std::fmt;

/// A user, as kept in `users` under the name.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct User {
    /// What they sign in with: one name in all businesses.
    pub name: String,
    /// Where they work; a system admin sees the others too.
    pub business: BusinessId,
    /// What they may do.
    pub role: Role,
    /// Whether they may sign in.
    pub active: bool,
    /// The password as a PHC string of argon2id.
    pub password: String,
    /// Sessions of an earlier epoch are over: raised by whatever must end them, in the same write.
    #[serde(default)]
    pub epoch: u64,
    /// When the user was made.
    pub created_at: DateTime<Utc>,
    /// When they last signed in.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub last_seen_at: Option<DateTime<Utc>>,
}

impl fmt::Debug for User {
    /// Leaves out the digest of the password.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("User").field("name", &self.name).field("role", &self.role).finish_non_exhaustive()
    }
}

/// A session, as kept in `sessions` under the digest of its token.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Session {
    /// The SHA-256 of the token, in hexadecimal digits.
    pub id: String,
    /// Whose.
    pub user: String,
    /// Where the user works.
    pub business: BusinessId,
    /// The user's epoch when it began.
    pub epoch: u64,
    /// When it began.
    pub created_at: DateTime<Utc>,
    /// When it was last used, to the minute or so.
    pub used_at: DateTime<Utc>,
    /// From when it is over.
    pub ends_at: DateTime<Utc>,
}

impl fmt::Debug for Session {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Session").field("user", &self.user).finish_non_exhaustive()
    }
}

/// What a request with an idempotency key was answered, as kept in `answers` for a day.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Answered {
    /// Made of the user and the key.
    pub id: String,
    /// In which business.
    pub business: BusinessId,
    /// The digest of the request: the key is good for this request alone.
    pub request: String,
    /// The HTTP status.
    pub status: u16,
    /// The body. It may hold words of people.
    pub body: String,
    /// From when it is forgotten.
    pub ends_at: DateTime<Utc>,
}

impl fmt::Debug for Answered {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Answered").field("status", &self.status).finish_non_exhaustive()
    }
}

/// Failures to sign in with a name, whether there is such a user or not, as kept in `sign_ins`.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SignIns {
    /// The SHA-256 of the name, in hexadecimal digits: people type passwords where names belong.
    pub id: String,
    /// None in particular: the name is not proven.
    pub business: BusinessId,
    /// How many in a row, those under way among them.
    pub failures: u32,
    /// Until when nobody may try.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub locked_until: Option<DateTime<Utc>>,
    /// From when they are forgotten.
    pub ends_at: DateTime<Utc>,
}

impl fmt::Debug for SignIns {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SignIns").field("failures", &self.failures).finish_non_exhaustive()
    }
}

/// What a user changed, as kept in `changes`. It holds no words of people, no phones and no passwords, and is never
/// changed itself.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Change {
    /// Later changes have greater ids, as text.
    pub id: String,
    /// Whose thing it was.
    pub business: BusinessId,
    /// When.
    pub at: DateTime<Utc>,
    /// Which user.
    pub by: String,
    /// What was done, as a key such as `lead.assign`.
    pub action: String,
    /// To what: collection and id.
    pub subject: String,
    /// The changed fields as they were.
    #[serde(default)]
    pub before: Value,
    /// ... and as they became.
    #[serde(default)]
    pub after: Value,
}

/// Which changes are asked for; all given conditions hold.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct WhichChanges {
    /// By this user.
    pub by: Option<String>,
    /// About this thing.
    pub subject: Option<String>,
    /// Older than the change with this id.
    pub before: Option<String>,
}

impl Store {
    /// The user with this name.
    pub async fn user(&self, name: &str) -> Result<Option<Stored<User>>, StoreError> {
        match self {
            Self::Embedded(store) => store.document("users", name).await,
            Self::Mongo(store) => store.document("users", name).await,
        }
    }

    /// The users of a business, by name.
    pub async fn users(&self, business: &BusinessId) -> Result<Vec<Stored<User>>, StoreError> {
        match self {
            Self::Embedded(store) => store.users(business).await,
            Self::Mongo(store) => store.users(business).await,
        }
    }

    /// Whether there is any user, in whatever business.
    pub async fn has_users(&self) -> Result<bool, StoreError> {
        match self {
            Self::Embedded(store) => store.has_users().await,
            Self::Mongo(store) => store.has_users().await,
        }
    }

    /// The session with this digest, also one that is over.
    pub async fn session(&self, id: &str) -> Result<Option<Stored<Session>>, StoreError> {
        match self {
            Self::Embedded(store) => store.document("sessions", id).await,
            Self::Mongo(store) => store.document("sessions", id).await,
        }
    }

    /// The sessions in a business that are not over at `now`, whatever became of their users.
    pub async fn sessions(
        &self,
        business: &BusinessId,
        now: DateTime<Utc>,
    ) -> Result<Vec<Stored<Session>>, StoreError> {
        match self {
            Self::Embedded(store) => store.sessions(business, now).await,
            Self::Mongo(store) => store.sessions(business, now).await,
        }
    }

    /// The answer with this id, also one whose day is over.
    pub async fn answered(&self, id: &str) -> Result<Option<Stored<Answered>>, StoreError> {
        match self {
            Self::Embedded(store) => store.document("answers", id).await,
            Self::Mongo(store) => store.document("answers", id).await,
        }
    }

    /// The failures to sign in with the name of this digest.
    pub async fn sign_ins(&self, id: &str) -> Result<Option<Stored<SignIns>>, StoreError> {
        match self {
            Self::Embedded(store) => store.document("sign_ins", id).await,
            Self::Mongo(store) => store.document("sign_ins", id).await,
        }
    }

    /// What users changed in a business, newest first.
    pub async fn changes(
        &self,
        business: &BusinessId,
        which: &WhichChanges,
        limit: u32,
    ) -> Result<Vec<Change>, StoreError> {
        match self {
            Self::Embedded(store) => store.changes(business, which, limit).await,
            Self::Mongo(store) => store.changes(business, which, limit).await,
        }
    }

    /// Forgets sessions, answers and failures to sign in whose end has come.
    pub async fn forget_ended(&self, now: DateTime<Utc>) -> Result<(), StoreError> {
        match self {
            Self::Embedded(store) => store.forget_ended(now).await,
            Self::Mongo(store) => store.forget_ended(now).await,
        }
    }
}

/// The collections whose documents come to an end by themselves. They are not moved: whoever moves signs in again.
pub(super) const ENDING: [&str; 3] = ["sessions", "answers", "sign_ins"];
