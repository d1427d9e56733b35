//! Users of the console: making them, their passwords, signing in and out. A wrong name costs as long as a wrong password,
//! and who fails too often waits, in whatever process they try. It answers no request and prints nothing.

use crate::app::App;
use crate::store::documents::{Document, Expect, Session, SignIns, Stored, User};
use crate::store::{Store, StoreError};
use admin_api::access::Role;
use agents::id::BusinessId;
use argon2::Argon2;
use argon2::password_hash::phc::PasswordHash;
use argon2::password_hash::{PasswordHasher, PasswordVerifier};
use chrono::{DateTime, TimeDelta, Utc};
use rand::RngExt;
use secrecy::{ExposeSecret, SecretString};
use sha2::{Digest, Sha256};
use std::fmt::Write as _;
use std::sync::LazyLock;

/// The shortest password, in characters.
pub const SHORTEST_PASSWORD: usize = 10;
/// The longest, in bytes: more would only be work.
const LONGEST_PASSWORD: usize = 1024;
/// How long a session lasts without being used.
pub const IDLE: TimeDelta = TimeDelta::hours(12);
/// How long it lasts at most.
pub const LONGEST_SESSION: TimeDelta = TimeDelta::days(7);
/// How many failures in a row lock a name.
const FAILURES: u32 = 5;
/// For how long the first time; it doubles with each further failure.
const LOCKED: TimeDelta = TimeDelta::minutes(1);
/// ... up to here.
const LOCKED_AT_MOST: TimeDelta = TimeDelta::hours(24);
/// After how long failures are forgotten.
const FAILURES_KEPT: TimeDelta = TimeDelta::days(1);
/// How often a write that met another one is made again.
const RELOADS: u32 = 8;

/// Why somebody was not made a user, or not let in.
#[derive(Debug, thiserror::Error)]
pub enum NotDone {
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// Not a name.
    #[error("a name has 1 to 64 letters, digits, dots and dashes of ASCII")]
    BadName,
    /// Too short or too long.
    #[error("a password has at least 10 characters and at most 1,024 bytes")]
    BadPassword,
    /// There is one of this name.
    #[error(
        "there is a user of this name; choose another, or set a password with `fixi admin user passwd NAME`"
    )]
    Exists,
    /// There is none.
    #[error("there is no user of this name; `fixi admin user add NAME --role ROLE` makes one")]
    NoUser,
    /// Name or password is wrong, or the user is switched off.
    #[error("name or password is wrong")]
    Wrong,
    /// Too many failures.
    #[error("too many failures; locked until {0}")]
    Locked(DateTime<Utc>),
    /// The system has no chance or no memory for a password.
    #[error("a password cannot be hashed on this machine")]
    NoHash,
}

/// Somebody who was let in.
#[derive(Debug)]
pub struct LetIn {
    /// The token, which is kept nowhere else.
    pub token: SecretString,
    /// The session.
    pub session: Session,
    /// Who.
    pub user: User,
}

/// Whether this can be a user's name.
#[must_use]
pub fn is_name(name: &str) -> bool {
    (1..=64).contains(&name.len())
        && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'-'))
}

/// Checks the length of a password.
///
/// # Errors
/// When it is too short or too long.
pub fn check_password(password: &str) -> Result<(), NotDone> {
    let is_good = password.chars().count() >= SHORTEST_PASSWORD && password.len() <= LONGEST_PASSWORD;
    if is_good { Ok(()) } else { Err(NotDone::BadPassword) }
}

/// The digest of a password, by argon2id with a salt of its own. It takes a core for some hundredths of a second.
///
/// # Errors
/// When the system has no chance or no memory.
pub async fn hash(password: SecretString) -> Result<String, NotDone> {
    let hashed = tokio::task::spawn_blocking(move || hash_now(password.expose_secret())).await;
    hashed.ok().flatten().ok_or(NotDone::NoHash)
}

fn hash_now(password: &str) -> Option<String> {
    Argon2::default().hash_password(password.as_bytes()).ok().map(|hash| hash.to_string())
}

/// Whether a password is the one of this digest. Without a digest it takes as long and is never right.
async fn is_right(password: SecretString, hash: Option<String>) -> bool {
    /// The digest of nobody's password.
    static NOBODY: LazyLock<Option<String>> = LazyLock::new(|| hash_now("nobody has this password"));
    let verified = tokio::task::spawn_blocking(move || {
        let is_known = hash.is_some();
        let Some(hash) = hash.or_else(|| NOBODY.clone()) else { return false };
        let Ok(hash) = PasswordHash::new(&hash) else { return false };
        let is_same = Argon2::default().verify_password(password.expose_secret().as_bytes(), &hash).is_ok();
        is_same && is_known
    });
    verified.await.unwrap_or(false)
}

/// A new user. The caller has checked who may make one.
///
/// # Errors
/// When name or password are none, the name is taken, or the store fails.
pub async fn new_user(
    name: &str,
    role: Role,
    business: BusinessId,
    password: SecretString,
    now: DateTime<Utc>,
) -> Result<User, NotDone> {
    if !is_name(name) {
        return Err(NotDone::BadName);
    }
    let password = hash(password).await?;
    Ok(User {
        name: name.to_owned(),
        business,
        role,
        active: true,
        password,
        epoch: 1,
        created_at: now,
        last_seen_at: None,
    })
}

/// Makes a user and writes it.
///
/// # Errors
/// As [`new_user`], and when the store fails.
pub async fn add(store: &Store, user: User, now: DateTime<Utc>) -> Result<(), NotDone> {
    match store.put_documents(vec![(Expect::Absent, Document::User(user))], now).await {
        Err(StoreError::Version { .. }) => Err(NotDone::Exists),
        written => Ok(written?),
    }
}

/// Gives a user another password, which ends their sessions and the lock of their name.
///
/// # Errors
/// When there is no such user, the password is none, or the store fails.
pub async fn set_password(
    store: &Store,
    name: &str,
    password: SecretString,
    now: DateTime<Utc>,
) -> Result<(), NotDone> {
    let password = hash(password).await?;
    for _ in 0..RELOADS {
        let Some(stored) = store.user(name).await? else { return Err(NotDone::NoUser) };
        let user = User { password: password.clone(), epoch: stored.value.epoch + 1, ..stored.value };
        let mut documents = vec![(Expect::Version(stored.version), Document::User(user))];
        if let Some(failures) = store.sign_ins(&id_of_name(name)).await? {
            let forgotten = SignIns { failures: 0, locked_until: None, ..failures.value };
            documents.push((Expect::Version(failures.version), Document::SignIns(forgotten)));
        }
        match store.put_documents(documents, now).await {
            Err(StoreError::Version { .. }) => {}
            written => return Ok(written?),
        }
    }
    Err(StoreError::Unavailable("the user is changed again and again".to_owned()).into())
}

/// Makes the user of this name unless there is any user at all. Returns whether it was made.
///
/// # Errors
/// When the password is none, or the store fails.
pub async fn ensure_first(
    store: &Store,
    name: &str,
    role: Role,
    business: BusinessId,
    password: SecretString,
    now: DateTime<Utc>,
) -> Result<bool, NotDone> {
    if store.has_users().await? {
        return Ok(false);
    }
    match add(store, new_user(name, role, business, password, now).await?, now).await {
        Ok(()) => Ok(true),
        // Another process was faster.
        Err(NotDone::Exists) => Ok(false),
        Err(error) => Err(error),
    }
}

/// Signs in.
///
/// # Errors
/// When name or password is wrong, the name is locked, or the store fails.
pub async fn sign_in(app: &App, name: &str, password: SecretString) -> Result<LetIn, NotDone> {
    let now = app.now();
    app.store.forget_ended(now).await?;
    // Counted as a failure before it is known to be none, so that many tries at once count too.
    count_try(&app.store, name, now).await?;
    let user = app.store.user(name).await?;
    let digest = user.as_ref().map(|user| user.value.password.clone());
    let is_right = {
        let _turn = app.hashing.acquire().await.map_err(|_| NotDone::NoHash)?;
        is_right(password, digest).await
    };
    let Some(user) = user.filter(|user| is_right && user.value.active) else { return Err(NotDone::Wrong) };
    begin(&app.store, user, now).await
}

/// The key of what failed under a name. The name itself may be a password that somebody typed in the wrong place.
#[must_use]
pub fn id_of_name(name: &str) -> String {
    hex(&Sha256::digest(name.as_bytes()))
}

/// The key of a session: the digest of its token.
#[must_use]
pub fn id_of_token(token: &str) -> String {
    hex(&Sha256::digest(token.as_bytes()))
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::with_capacity(bytes.len() * 2), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}

/// Counts a try, or refuses it while the name is locked.
async fn count_try(store: &Store, name: &str, now: DateTime<Utc>) -> Result<(), NotDone> {
    let id = id_of_name(name);
    for _ in 0..RELOADS {
        let known = store.sign_ins(&id).await?;
        let before = known.as_ref().map(|known| &known.value);
        if let Some(until) = before.and_then(|before| before.locked_until).filter(|until| *until > now) {
            return Err(NotDone::Locked(until));
        }
        let failures = before.map_or(0, |before| before.failures) + 1;
        let locked_until = (failures >= FAILURES).then(|| now + lock(failures));
        let tried = SignIns {
            id: id.clone(),
            business: BusinessId::new(String::new()),
            failures,
            locked_until,
            ends_at: locked_until.unwrap_or(now) + FAILURES_KEPT,
        };
        let expect = known.map_or(Expect::Absent, |known| Expect::Version(known.version));
        match store.put_documents(vec![(expect, Document::SignIns(tried))], now).await {
            Err(StoreError::Version { .. }) => {}
            written => return Ok(written?),
        }
    }
    Err(StoreError::Unavailable("too many try this name at once".to_owned()).into())
}

/// For how long so many failures lock a name.
fn lock(failures: u32) -> TimeDelta {
    let doublings = failures.saturating_sub(FAILURES).min(16);
    (LOCKED * (1 << doublings)).min(LOCKED_AT_MOST)
}

/// Begins a session and forgets the failures.
async fn begin(store: &Store, user: Stored<User>, now: DateTime<Utc>) -> Result<LetIn, NotDone> {
    let token = {
        let mut chance = rand::rng();
        (0..4).map(|_| format!("{:016x}", chance.random::<u64>())).collect::<String>()
    };
    let mut user = user;
    for _ in 0..RELOADS {
        let session = Session {
            id: id_of_token(&token),
            user: user.value.name.clone(),
            business: user.value.business.clone(),
            epoch: user.value.epoch,
            created_at: now,
            used_at: now,
            ends_at: now + IDLE,
        };
        let seen = User { last_seen_at: Some(now), ..user.value.clone() };
        let mut documents = vec![
            (Expect::Absent, Document::Session(session.clone())),
            (Expect::Version(user.version), Document::User(seen.clone())),
        ];
        if let Some(failures) = store.sign_ins(&id_of_name(&seen.name)).await? {
            let forgotten = SignIns { failures: 0, locked_until: None, ends_at: now, ..failures.value };
            documents.push((Expect::Version(failures.version), Document::SignIns(forgotten)));
        }
        match store.put_documents(documents, now).await {
            Ok(()) => return Ok(LetIn { token: SecretString::from(token), session, user: seen }),
            Err(StoreError::Version { .. }) => {}
            Err(error) => return Err(error.into()),
        }
        // Signing in elsewhere changes the user too. A password that changed meanwhile makes this one wrong.
        let Some(again) = store.user(&user.value.name).await? else { return Err(NotDone::Wrong) };
        if again.value.password != user.value.password || !again.value.active {
            return Err(NotDone::Wrong);
        }
        user = again;
    }
    Err(StoreError::Unavailable("too many sign in at once".to_owned()).into())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_lock_doubles_and_has_an_end() {
        let minutes: Vec<i64> = (5..=9).map(|failures| lock(failures).num_minutes()).collect();
        assert_eq!(minutes, [1, 2, 4, 8, 16]);
        assert_eq!(lock(u32::MAX), LOCKED_AT_MOST);
    }

    #[test]
    fn names_are_plain() {
        for name in ["admin", "a", "dana.levi-2", "7", &"n".repeat(64)] {
            assert!(is_name(name), "{name}");
        }
        for name in ["", "דנה", "a b", "a/b", "a\n", "a_b", &"n".repeat(65)] {
            assert!(!is_name(name), "{name}");
        }
    }

    #[tokio::test]
    async fn a_password_is_right_for_its_own_digest_alone() {
        let secret = |text: &str| SecretString::from(text.to_owned());
        let digest = hash(secret("correct horse")).await.expect("a digest");
        assert!(digest.starts_with("$argon2id$"), "{digest}");
        assert_ne!(digest, hash(secret("correct horse")).await.expect("a digest"), "each has its own salt");
        assert!(is_right(secret("correct horse"), Some(digest.clone())).await);
        assert!(!is_right(secret("correct horsf"), Some(digest)).await);
        assert!(!is_right(secret("nobody has this password"), None).await);
    }
}
