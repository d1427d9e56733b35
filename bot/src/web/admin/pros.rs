//! Pros: all of them, one whole, changes under the rules of the business file, answers to who signed up, and how one would
//! sound.

use super::call::{Call, Done};
use super::contacts::sealed;
use super::orders::not_carried_out;
use super::refusal::Refusal;
use super::route::{Nothing, Route};
use crate::business_file::{FileError, edit_pro};
use crate::pipeline::order;
use crate::pipeline::preview;
use crate::store::documents::{Commit, Document, Expect, Stored};
use admin_api::access::Action;
use admin_api::pro::{
    AreaRule, DecideApplicant, EditPro, Preview, Previewed, Price, ProDetail, ProLine, ProState,
};
use agents::id::ProId;
use agents::operator::Order;
use agents::pro::{Area, Pro};
use serde::Serialize;
use serde_json::json;
use std::collections::HashMap;
use toml::Value;

/// The longest words of a preview, in characters.
const LONGEST_PREVIEW: usize = 1_000;

pub(super) fn routes() -> Vec<Route> {
    let edit = Action::EditPros;
    vec![
        Route::get("/pros", Action::Read, "All pros of the business, by name.", list),
        Route::get("/pros/{id}", Action::Read, "A pro, whole.", one),
        Route::patch("/pros/{id}", edit, "Changes a pro, under the rules of the business file.", change),
        Route::post("/pros/{id}/decide", edit, "Takes or declines who signed up; they are told.", decide),
        Route::post(
            "/pros/{id}/preview",
            edit,
            "How this pro would answer. Nothing is sent or kept.",
            try_out,
        ),
    ]
}

fn state(pro: &Pro) -> ProState {
    let is_declined = pro.desk.sign_up.as_ref().is_some_and(|sign_up| sign_up.declined_at.is_some());
    match pro {
        pro if pro.is_pending() && is_declined => ProState::Declined,
        pro if pro.is_pending() => ProState::Applicant,
        pro if !pro.active || !pro.approved => ProState::Inactive,
        pro if pro.on_vacation => ProState::Vacation,
        _ => ProState::Active,
    }
}

/// The stored word of a choice.
fn word(choice: impl Serialize) -> String {
    match serde_json::to_value(choice) {
        Ok(serde_json::Value::String(word)) => word,
        Ok(_) | Err(_) => String::new(),
    }
}

fn line(stored: &Stored<Pro>, open_jobs: u32) -> ProLine {
    let pro = &stored.value;
    let area = |area: &Area| match area {
        Area::Place(name) => name.clone(),
        Area::Around { city, radius_km } => format!("{city} +{radius_km} km"),
    };
    ProLine {
        id: pro.id.to_string(),
        version: stored.version,
        name: pro.name.clone(),
        phone: pro.phone.clone(),
        state: state(pro),
        trades: pro.trades.iter().map(word).collect(),
        areas: pro.areas.iter().map(area).collect(),
        rating: pro.rating,
        reviews: pro.reviews,
        open_jobs,
        acceptance_percent: pro.desk.acceptance_percent(),
    }
}

fn detail(stored: &Stored<Pro>, open_jobs: u32) -> ProDetail {
    let pro = &stored.value;
    let rule = |area: &Area| match area {
        Area::Place(name) => AreaRule { city: name.clone(), radius_km: None },
        Area::Around { city, radius_km } => AreaRule { city: city.clone(), radius_km: Some(*radius_km) },
    };
    let price = |price: &agents::pro::Price| Price {
        item: price.item.clone(),
        names: price.names.clone(),
        min: price.min,
        max: price.max,
        minutes: price.minutes,
    };
    ProDetail {
        line: line(stored, open_jobs),
        persona: pro.persona.clone(),
        prices: pro.prices.iter().map(price).collect(),
        area_rules: pro.areas.iter().map(rule).collect(),
        slot_minutes: pro.slot_minutes,
        max_open_jobs: pro.max_open_jobs,
        language: pro.language.code().to_owned(),
        hours: pro.hours.to_map(),
        applied_prices: pro.desk.sign_up.as_ref().and_then(|sign_up| sign_up.prices.clone()),
    }
}

async fn open_jobs<T>(call: &Call<T>, pros: &[ProId]) -> Result<HashMap<ProId, u32>, Refusal> {
    Ok(call.app.store.open_job_counts(&call.business().id, pros).await?)
}

async fn shown<T>(call: &Call<T>, stored: &Stored<Pro>) -> Result<ProDetail, Refusal> {
    let id = &stored.value.id;
    let counts = open_jobs(call, std::slice::from_ref(id)).await?;
    Ok(detail(stored, counts.get(id).copied().unwrap_or(0)))
}

async fn list(call: Call<Nothing>) -> Result<Vec<ProLine>, Refusal> {
    let mut pros = call.app.store.pros(&call.business().id).await?;
    pros.sort_by(|a, b| (&a.value.name, &a.value.id).cmp(&(&b.value.name, &b.value.id)));
    let ids: Vec<ProId> = pros.iter().map(|stored| stored.value.id.clone()).collect();
    let counts = open_jobs(&call, &ids).await?;
    Ok(pros.iter().map(|stored| line(stored, counts.get(&stored.value.id).copied().unwrap_or(0))).collect())
}

async fn one(call: Call<Nothing>) -> Result<ProDetail, Refusal> {
    let stored = call.pro(&ProId::new(call.id("id"))).await?;
    shown(&call, &stored).await
}

/// The pro of the path, as its caller saw it.
pub(super) async fn as_seen<T>(call: &Call<T>, version: u64) -> Result<Stored<Pro>, Refusal> {
    let stored = call.pro(&ProId::new(call.id("id"))).await?;
    if stored.version != version {
        return Err(Refusal::conflict(&shown(call, &stored).await?));
    }
    Ok(stored)
}

/// Writes a changed pro with its line of the audit.
pub(super) async fn save<T>(
    call: &Call<T>,
    before: &Stored<Pro>,
    after: Pro,
    done: Done,
) -> Result<ProDetail, Refusal> {
    let documents = vec![(Expect::Version(before.version), Document::Pro(after.clone()))];
    call.commit(Commit { documents, ..Commit::default() }, done).await?;
    shown(call, &Stored { value: after, version: before.version + 1 }).await
}

pub(super) fn subject(pro: &ProId) -> String {
    format!("members/{pro}")
}

/// A rule of the file that was broken, by the field.
pub(super) fn refused(error: FileError) -> Refusal {
    Refusal::invalid(format!("{}: {}", error.place, error.problem))
}

/// A value as a file has it.
pub(super) fn in_file(value: impl Serialize) -> Result<Value, Refusal> {
    Value::try_from(value).map_err(|_| Refusal::invalid("a value is out of range"))
}

async fn change(call: Call<EditPro>) -> Result<ProDetail, Refusal> {
    let asked = &call.asked;
    let before = as_seen(&call, asked.version).await?;
    let mut fields: Vec<(&'static str, Value)> = Vec::new();
    let mut set = |name, value: Option<Value>| fields.extend(value.map(|value| (name, value)));
    set("name", asked.name.as_deref().map(Value::from));
    set("persona", asked.persona.as_deref().map(Value::from));
    set("trades", asked.trades.as_ref().map(in_file).transpose()?);
    set("prices", asked.prices.as_ref().map(in_file).transpose()?);
    set("hours", asked.hours.as_ref().map(in_file).transpose()?);
    set("active", asked.active.map(Value::from));
    set("on_vacation", asked.on_vacation.map(Value::from));
    set("slot_minutes", asked.slot_minutes.map(|minutes| Value::from(i64::from(minutes))));
    set("max_open_jobs", asked.max_open_jobs.map(|jobs| Value::from(i64::from(jobs))));
    set("areas", asked.area_rules.as_ref().map(|rules| areas(rules)).transpose()?);
    let after = edit_pro(call.business(), &before.value, fields).map_err(refused)?;
    let shown_fields = [
        "name",
        "persona",
        "trades",
        "prices",
        "hours",
        "active",
        "on_vacation",
        "slot_minutes",
        "max_open_jobs",
        "areas",
    ];
    let done = Done::changed("pro.change", subject(&after.id), &before.value, &after, &shown_fields);
    save(&call, &before, after, done).await
}

/// Areas as a file has them: a name, or a name with kilometres.
fn areas(rules: &[AreaRule]) -> Result<Value, Refusal> {
    let area = |rule: &AreaRule| match rule.radius_km {
        None => Ok(Value::from(rule.city.as_str())),
        Some(_) => in_file(rule),
    };
    Ok(Value::Array(rules.iter().map(area).collect::<Result<_, _>>()?))
}

async fn decide(call: Call<DecideApplicant>) -> Result<ProDetail, Refusal> {
    let DecideApplicant { take, version } = call.asked;
    let before = as_seen(&call, version).await?;
    let id = before.value.id.clone();
    let done = Done {
        action: if take { "pro.take" } else { "pro.decline" },
        subject: subject(&id),
        before: json!({ "state": state(&before.value) }),
        after: json!({ "state": if take { ProState::Active } else { ProState::Declined } }),
    };
    let order = Order::AnswerApplicant { pro: id.clone(), takes: take };
    let about = order::About { lead: None, is_as_seen: &|_| true, with: sealed(&call, done) };
    order::carry_out(&call.app, &call.caller.business, &order, about).await.map_err(not_carried_out)?;
    let stored = call.pro(&id).await?;
    shown(&call, &stored).await
}

async fn try_out(call: Call<Preview>) -> Result<Previewed, Refusal> {
    let Preview { text, persona } = &call.asked;
    if agents::text::is_blank(text) || text.chars().count() > LONGEST_PREVIEW {
        return Err(Refusal::invalid("text: write what a customer would, up to 1,000 characters"));
    }
    let stored = call.pro(&ProId::new(call.id("id"))).await?;
    let pro = match persona {
        None => stored.value,
        Some(persona) => {
            let fields = vec![("persona", Value::from(persona.as_str()))];
            edit_pro(call.business(), &stored.value, fields).map_err(refused)?
        }
    };
    let said = preview::say(&call.app, call.business(), &pro, text).await;
    let said = said.map_err(not_carried_out)?;
    Ok(Previewed { reply: said.reply, model: said.model.unwrap_or_else(|| "rules".to_owned()) })
}
