//! The settings of a business that can be changed while it runs, under the rules of the business file.

use super::call::{Call, Done};
use super::pros::{in_file, refused};
use super::refusal::Refusal;
use super::route::{Nothing, Route};
use crate::business_file::edit_business;
use crate::store::documents::{Commit, Document, Expect, Stored};
use admin_api::access::Action;
use admin_api::settings::{EditSettings, Settings};
use agents::business::Business;
use serde::Serialize;
use toml::Value;

pub(super) fn routes() -> Vec<Route> {
    vec![
        Route::get("/settings", Action::Read, "The settings of the business.", shown),
        Route::patch(
            "/settings",
            Action::EditSettings,
            "Changes settings, under the rules of the business file.",
            change,
        ),
    ]
}

/// The stored word of a choice.
fn word(choice: impl Serialize) -> String {
    match serde_json::to_value(choice) {
        Ok(serde_json::Value::String(word)) => word,
        Ok(_) | Err(_) => String::new(),
    }
}

fn settings<T>(call: &Call<T>, stored: &Stored<Business>) -> Settings {
    let business = &stored.value;
    Settings {
        version: stored.version,
        name: business.name.clone(),
        locale: business.locale.code().to_owned(),
        timezone: business.timezone.name().to_owned(),
        paused: business.paused_at.is_some(),
        approval: word(business.approval),
        consent: word(business.consent),
        hours: business.hours.to_map(),
        approval_minutes: business.approval_minutes,
        reminder_hours: business.reminder_hours.clone(),
        commission_percent: business.commission_percent,
        emergency_number: business.emergency_number.clone(),
        emergency_words: business.emergency_words.clone(),
        models: call.app.config.chain.iter().map(|model| model.as_str().to_owned()).collect(),
        jobs_off: call.app.config.jobs_off.iter().map(|name| name.key().to_owned()).collect(),
    }
}

async fn now<T>(call: &Call<T>) -> Result<Stored<Business>, Refusal> {
    call.app.store.business(&call.business().id).await?.ok_or_else(Refusal::not_found)
}

async fn shown(call: Call<Nothing>) -> Result<Settings, Refusal> {
    Ok(settings(&call, &now(&call).await?))
}

async fn change(call: Call<EditSettings>) -> Result<Settings, Refusal> {
    let asked = &call.asked;
    let before = now(&call).await?;
    if before.version != asked.version {
        return Err(Refusal::conflict(&settings(&call, &before)));
    }
    let mut fields: Vec<(&'static str, Value)> = Vec::new();
    let mut set = |name, value: Option<Value>| fields.extend(value.map(|value| (name, value)));
    set("name", asked.name.as_deref().map(Value::from));
    set("approval", asked.approval.as_deref().map(Value::from));
    set("hours", asked.hours.as_ref().map(in_file).transpose()?);
    set("approval_minutes", asked.approval_minutes.map(|minutes| Value::from(i64::from(minutes))));
    set("reminder_hours", asked.reminder_hours.as_ref().map(in_file).transpose()?);
    set("commission_percent", asked.commission_percent.map(|percent| Value::from(i64::from(percent))));
    set("emergency_words", asked.emergency_words.as_ref().map(in_file).transpose()?);
    let mut after = edit_business(&before.value, fields).map_err(refused)?;
    if let Some(pauses) = asked.paused {
        // As when an owner says it in chat: a pause that goes on keeps its beginning.
        after.paused_at = if pauses { before.value.paused_at.or(Some(call.now())) } else { None };
    }
    let shown_fields = [
        "name",
        "approval",
        "hours",
        "approval_minutes",
        "reminder_hours",
        "commission_percent",
        "emergency_words",
        "paused_at",
    ];
    let subject = format!("businesses/{}", after.id);
    let done = Done::changed("settings.change", subject, &before.value, &after, &shown_fields);
    let documents = vec![(Expect::Version(before.version), Document::Business(after.clone()))];
    call.commit(Commit { documents, ..Commit::default() }, done).await?;
    Ok(settings(&call, &Stored { value: after, version: before.version + 1 }))
}
