//! A pro's visits as a calendar (RFC 5545) that their own calendar program subscribes to. Whoever knows the link reads
//! it, so the link holds a secret that is made when it is first asked for and can be made anew. It writes nothing.

use crate::app::App;
use crate::outside::Dice;
use crate::store::StoreError;
use crate::store::documents::Stored;
use agents::business::Business;
use agents::id::{BusinessId, LeadId, ProId};
use agents::lead::{Appointment, AppointmentState, Lead};
use agents::pro::Pro;
use agents::say;
use axum::Router;
use axum::extract::{Path, State};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use chrono::{DateTime, Duration, Utc};
use icalendar::{Calendar, Component, Event, EventLike, EventStatus};
use std::collections::BTreeMap;
use std::sync::Arc;
use subtle::ConstantTimeEq;

/// How far back visits are shown, in days.
const PAST_DAYS: i64 = 60;
/// How far ahead visits are shown, in days: further than any can be booked.
const AHEAD_DAYS: i64 = 60;
/// The most visits that are shown: as many as these days have hours of daylight.
const VISITS: u32 = 1500;

/// How often calendar programs are asked to look again.
const READ_AGAIN: Duration = Duration::minutes(15);

/// The route.
pub fn router(app: Arc<App>) -> Router {
    Router::new().route("/calendar/{pro}/{file}", get(show)).with_state(app)
}

/// A secret that nobody can guess: 256 bits of chance, as they stand in a link.
#[must_use]
pub fn new_secret(dice: &Dice) -> String {
    (0..4).map(|_| format!("{:016x}", dice.below(u64::MAX))).collect()
}

/// The link to a pro's calendar; none as long as the pro has no secret.
#[must_use]
pub fn link(public_url: &str, pro: &Pro) -> Option<String> {
    let secret = pro.calendar_secret.as_ref()?;
    Some(format!("{}/calendar/{}/{secret}.ics", public_url.trim_end_matches('/'), pro.id))
}

async fn show(State(app): State<Arc<App>>, Path((pro, file)): Path<(String, String)>) -> Response {
    match calendar(&app, &ProId::new(pro), &file).await {
        Ok(Some(text)) => {
            let headers = [
                (header::CONTENT_TYPE, "text/calendar; charset=utf-8"),
                (header::CACHE_CONTROL, "private"),
                (header::REFERRER_POLICY, "no-referrer"),
            ];
            (headers, text).into_response()
        }
        Ok(None) => StatusCode::NOT_FOUND.into_response(),
        Err(error) => {
            tracing::warn!(%error, "a calendar cannot be shown");
            StatusCode::SERVICE_UNAVAILABLE.into_response()
        }
    }
}

/// The calendar behind a link; none when there is no such pro or the secret is not theirs, which look the same.
async fn calendar(app: &App, id: &ProId, file: &str) -> Result<Option<String>, StoreError> {
    let Some(given) = file.strip_suffix(".ics") else { return Ok(None) };
    let Some(pro) = app.store.pro(id).await? else { return Ok(None) };
    let pro = pro.value;
    let is_right =
        pro.calendar_secret.as_ref().is_some_and(|secret| secret.as_bytes().ct_eq(given.as_bytes()).into());
    let Some(business) = app.store.business(&pro.business).await?.filter(|_| is_right) else {
        return Ok(None);
    };
    let now = app.now();
    let (from, to) = (now - Duration::days(PAST_DAYS), now + Duration::days(AHEAD_DAYS));
    let visits = app.store.appointments_of_pro(id, from, to, VISITS).await?;
    let leads: Vec<LeadId> = visits.iter().map(|visit| visit.value.lead.clone()).collect();
    let leads = app.store.leads(&leads).await?;
    let leads = leads.into_iter().map(|stored| (stored.value.id.clone(), stored.value)).collect();
    Ok(Some(render(&business.value, &pro, &visits, &leads, now)))
}

/// Writes visits as a calendar. Of a visit that was taken back only its time and number are told.
fn render(
    business: &Business,
    pro: &Pro,
    visits: &[Stored<Appointment>],
    leads: &BTreeMap<LeadId, Lead>,
    now: DateTime<Utc>,
) -> String {
    let mut calendar = Calendar::empty();
    for property in [
        ("VERSION", "2.0"),
        ("PRODID", "-//Fixi//Fixi//EN"),
        ("CALSCALE", "GREGORIAN"),
        ("METHOD", "PUBLISH"),
    ] {
        calendar.append_property(property);
    }
    calendar.name(&format!("{}: {}", business.name, pro.name)).ttl(&READ_AGAIN);
    for visit in visits {
        calendar.push(event(&business.id, pro, visit, leads.get(&visit.value.lead), now));
    }
    calendar.to_string()
}

fn event(
    business: &BusinessId,
    pro: &Pro,
    stored: &Stored<Appointment>,
    lead: Option<&Lead>,
    now: DateTime<Utc>,
) -> Event {
    let visit = &stored.value;
    let (status, is_on) = match visit.state {
        AppointmentState::Held => (EventStatus::Tentative, true),
        AppointmentState::Booked | AppointmentState::Done | AppointmentState::NoShow => {
            (EventStatus::Confirmed, true)
        }
        AppointmentState::Cancelled => (EventStatus::Cancelled, false),
    };
    let mut event = Event::new();
    event
        .uid(&format!("{}@{business}.fixi", visit.id))
        .timestamp(now)
        // Every write counts up, so a later state of a visit always has a higher number.
        .sequence(u32::try_from(stored.version.saturating_sub(1)).unwrap_or(u32::MAX))
        .starts(visit.slot.from)
        .ends(visit.slot.to)
        .status(status);
    let Some(lead) = lead else { return event.done() };
    let name = lead.customer_name.as_deref().and_then(|name| name.split_whitespace().next());
    let name = name.filter(|_| is_on).map(|name| format!(", {name}")).unwrap_or_default();
    let trade = say::trade(pro.language, lead.issue_type);
    event.summary(&format!("{trade} #{}{name}", lead.number));
    if is_on {
        event.description(&lead.issue_summary);
        if !lead.full_address.is_empty() {
            event.location(&lead.full_address);
        }
    }
    event.done()
}

#[cfg(test)]
mod tests;
