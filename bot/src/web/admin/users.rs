//! Users of the console, and what they changed.

use super::call::{Call, Done};
use super::cursor;
use super::refusal::Refusal;
use super::route::{Nothing, Route};
use crate::operators::{self, NotDone};
use crate::store::documents::{Commit, Document, Expect, Stored, User};
use crate::store::operators::WhichChanges;
use admin_api::access::Action;
use admin_api::audit::{AuditFilter, AuditLine};
use admin_api::page::Page;
use admin_api::user;
use secrecy::SecretString;
use std::collections::BTreeMap;

pub(super) fn routes() -> Vec<Route> {
    let edit = Action::EditUsers;
    vec![
        Route::get("/users", edit, "All users of the business, by name.", list),
        Route::post("/users", edit, "Makes a user below one's own role or equal to it.", make),
        Route::patch("/users/{name}", edit, "Changes a user.", change),
        Route::get("/audit", Action::SeeAudit, "Who changed what, newest first.", audit),
    ]
}

async fn list(call: Call<Nothing>) -> Result<Vec<user::User>, Refusal> {
    let users = call.app.store.users(&call.business().id).await?;
    let sessions = sessions(&call).await?;
    Ok(users.iter().map(|stored| shown(stored, &sessions)).collect())
}

/// How many sessions each user has: those of today's epoch that are not over.
async fn sessions<T>(call: &Call<T>) -> Result<BTreeMap<(String, u64), u32>, Refusal> {
    let mut counted = BTreeMap::new();
    for session in call.app.store.sessions(&call.business().id, call.now()).await? {
        *counted.entry((session.value.user, session.value.epoch)).or_default() += 1;
    }
    Ok(counted)
}

fn shown(stored: &Stored<User>, sessions: &BTreeMap<(String, u64), u32>) -> user::User {
    let user = &stored.value;
    user::User {
        name: user.name.clone(),
        version: stored.version,
        role: user.role,
        active: user.active,
        last_seen_at: user.last_seen_at,
        sessions: sessions.get(&(user.name.clone(), user.epoch)).copied().unwrap_or(0),
    }
}

fn subject(name: &str) -> String {
    format!("users/{name}")
}

async fn make(call: Call<user::NewUser>) -> Result<user::User, Refusal> {
    let asked = &call.asked;
    // Roles are ordered, the mightiest first.
    if asked.role < call.caller.role {
        return Err(Refusal::forbidden());
    }
    operators::check_password(&asked.password).map_err(refused)?;
    let password = SecretString::from(asked.password.clone());
    let business = call.business().id.clone();
    let user = operators::new_user(&asked.name, asked.role, business, password, call.now()).await;
    let user = user.map_err(refused)?;
    if call.app.store.user(&user.name).await?.is_some() {
        return Err(Refusal::not_now(
            "there is a user of this name, maybe in another business; choose another",
        ));
    }
    let done = Done {
        action: "user.add",
        subject: subject(&user.name),
        before: serde_json::Value::Null,
        after: serde_json::json!({ "role": user.role }),
    };
    let documents = vec![(Expect::Absent, Document::User(user.clone()))];
    call.commit(Commit { documents, ..Commit::default() }, done).await?;
    Ok(shown(&Stored { value: user, version: 1 }, &BTreeMap::new()))
}

fn refused(error: NotDone) -> Refusal {
    match error {
        NotDone::Store(error) => error.into(),
        NotDone::NoHash => Refusal::broken("a password could not be hashed"),
        NotDone::BadName | NotDone::BadPassword => Refusal::invalid(format!("{error}")),
        NotDone::Exists | NotDone::NoUser | NotDone::Wrong | NotDone::Locked(_) => {
            Refusal::not_now(format!("{error}"))
        }
    }
}

async fn change(call: Call<user::EditUser>) -> Result<user::User, Refusal> {
    let asked = &call.asked;
    let stored = call.own(call.app.store.user(call.id("name")).await?, |user| &user.business)?;
    let sessions = sessions(&call).await?;
    if stored.version != asked.version {
        return Err(Refusal::conflict(&shown(&stored, &sessions)));
    }
    let before = stored.value;
    if before.role < call.caller.role || asked.role.is_some_and(|role| role < call.caller.role) {
        return Err(Refusal::forbidden());
    }
    let is_self = before.name == call.caller.name;
    if is_self && (asked.active == Some(false) || asked.role.is_some_and(|role| role != before.role)) {
        return Err(Refusal::not_now(
            "nobody changes their own role or switches themselves off; ask another user",
        ));
    }
    let mut after = before.clone();
    after.role = asked.role.unwrap_or(before.role);
    after.active = asked.active.unwrap_or(before.active);
    if let Some(password) = &asked.password {
        operators::check_password(password).map_err(refused)?;
        after.password = operators::hash(SecretString::from(password.clone())).await.map_err(refused)?;
    }
    // Whoever may do less, or is not sure to be the same person, signs in again.
    let ends_sessions = asked.password.is_some() || after.role != before.role || !after.active;
    if ends_sessions {
        after.epoch += 1;
    }
    let mut done = Done::changed("user.change", subject(&before.name), &before, &after, &["role", "active"]);
    if asked.password.is_some()
        && let Some(fields) = done.after.as_object_mut()
    {
        fields.insert("password".to_owned(), "changed".into());
    }
    let documents = vec![(Expect::Version(stored.version), Document::User(after.clone()))];
    call.commit(Commit { documents, ..Commit::default() }, done).await?;
    Ok(shown(&Stored { value: after, version: stored.version + 1 }, &sessions))
}

async fn audit(call: Call<AuditFilter>) -> Result<Page<AuditLine>, Refusal> {
    let asked = &call.asked;
    let limit = Call::<AuditFilter>::rows(&asked.window);
    let which = WhichChanges {
        by: asked.by.clone(),
        subject: asked.subject.clone(),
        before: Call::<AuditFilter>::behind(&asked.window)?,
    };
    let found = call.app.store.changes(&call.business().id, &which, limit + 1).await?;
    Ok(cursor::page(found, limit, |change| change.id.clone(), line))
}

fn line(change: crate::store::documents::Change) -> AuditLine {
    AuditLine {
        id: change.id,
        at: change.at,
        by: change.by,
        action: change.action,
        subject: change.subject,
        before: change.before,
        after: change.after,
    }
}
