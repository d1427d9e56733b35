//! Signing in and out, and who one is.

use super::call::Call;
use super::refusal::Refusal;
use super::route::{Needs, Nothing, Route};
use crate::app::App;
use crate::operators::{self, NotDone};
use crate::store::StoreError;
use crate::store::documents::{Document, Expect, Session};
use admin_api::access::{Action, allow};
use admin_api::session::{BusinessLine, Me, SignIn, SignedIn};
use agents::business::Business;
use axum::http::Method;
use secrecy::{ExposeSecret, SecretString};
use std::sync::Arc;

pub(super) fn routes() -> Vec<Route> {
    vec![
        Route::open(Method::POST, "/session", "Signs in.", sign_in),
        Route::of(Method::GET, "/session", Needs::Session, "Who one is, and where.", who),
        Route::of(Method::DELETE, "/session", Needs::Session, "Signs out.", sign_out),
    ]
}

async fn sign_in(app: Arc<App>, asked: SignIn) -> Result<SignedIn, Refusal> {
    let let_in = operators::sign_in(&app, &asked.name, SecretString::from(asked.password)).await;
    let let_in = let_in.map_err(|error| match error {
        NotDone::Store(error) => Refusal::from(error),
        NotDone::Locked(until) => {
            let left = (until - app.now()).num_milliseconds().max(1);
            Refusal::locked_out(u64::try_from(left).unwrap_or(1).div_ceil(1_000))
        }
        NotDone::Wrong => Refusal::wrong_password(),
        NotDone::NoHash => Refusal::broken("a password could not be hashed"),
        NotDone::BadName | NotDone::BadPassword | NotDone::Exists | NotDone::NoUser => {
            Refusal::wrong_password()
        }
    })?;
    let business = app.store.business(&let_in.user.business).await?.ok_or_else(Refusal::not_found)?;
    let is_over_all = allow(let_in.user.role, Action::SeeBusinesses);
    let me = me(&app, &let_in.user.name, let_in.user.role, &business.value, is_over_all).await?;
    Ok(SignedIn { token: let_in.token.expose_secret().to_owned(), expires_at: let_in.session.ends_at, me })
}

async fn who(call: Call<Nothing>) -> Result<Me, Refusal> {
    let caller = &call.caller;
    let is_over_all = allow(caller.role, Action::SeeBusinesses);
    Ok(me(&call.app, &caller.name, caller.role, call.business(), is_over_all).await?)
}

async fn me(
    app: &App,
    name: &str,
    role: admin_api::access::Role,
    business: &Business,
    is_over_all: bool,
) -> Result<Me, StoreError> {
    let businesses = match is_over_all {
        true => app.store.businesses().await?.iter().map(|stored| line(&stored.value)).collect(),
        false => vec![line(business)],
    };
    Ok(Me {
        name: name.to_owned(),
        role,
        business: line(business),
        businesses,
        server: env!("CARGO_PKG_VERSION").to_owned(),
    })
}

fn line(business: &Business) -> BusinessLine {
    BusinessLine {
        key: business.id.to_string(),
        name: business.name.clone(),
        timezone: business.timezone.name().to_owned(),
        currency: business.currency.clone(),
        locale: business.locale.code().to_owned(),
    }
}

/// Ends the session, whatever becomes of it meanwhile.
async fn sign_out(call: Call<Nothing>) -> Result<(), Refusal> {
    let id = call.caller.session.value.id.clone();
    let Some(stored) = call.app.store.session(&id).await? else { return Ok(()) };
    let ended = Session { ends_at: call.now(), ..stored.value };
    let write = (Expect::Version(stored.version), Document::Session(ended));
    Ok(call.app.store.put_documents(vec![write], call.now()).await?)
}
