//! The week of pros: when visits are possible, what is in them, times that are blocked, days with other hours, and visits that
//! are moved or cancelled.

use super::call::{Call, Done};
use super::contacts::sealed;
use super::orders::not_carried_out;
use super::pros::{as_seen, save, subject};
use super::refusal::Refusal;
use super::route::Route;
use crate::pipeline::order;
use crate::store::documents::Stored;
use admin_api::access::Action;
use admin_api::pro::ProDetail;
use admin_api::schedule::{
    Block, CancelVisit, Day, MoveVisit, ProSchedule, ScheduleWindow, SetException, Span, SpanKind, Unblock,
};
use agents::business::Business;
use agents::calendar::{self, Blocked, BlockedBy, Opening, STEP_MINUTES, VisitRules};
use agents::id::{AppointmentId, LeadId, ProId};
use agents::lead::{Appointment, AppointmentState, Lead};
use agents::operator::Order;
use agents::pro::Pro;
use agents::say;
use chrono::{Days, NaiveDate};
use serde_json::json;
use std::collections::HashMap;

/// How many local days are shown at once.
const MOST_DAYS: u32 = 31;
/// More visits than a business has in that many days.
const MOST_VISITS: u32 = 20_000;
/// The longest time that is blocked at once, in days.
const LONGEST_BLOCK_DAYS: i64 = 366;
/// The longest reason, in characters.
const LONGEST_REASON: usize = 300;

pub(super) fn routes() -> Vec<Route> {
    let (edit, work) = (Action::EditPros, Action::WorkLeads);
    vec![
        Route::get("/schedule", Action::Read, "Some local days of all pros, or of one.", week),
        Route::post("/pros/{id}/block", edit, "No new visits then; visits that are agreed stay.", block),
        Route::post("/pros/{id}/unblock", edit, "Frees every blocked time that touches this one.", unblock),
        Route::post(
            "/pros/{id}/exception",
            edit,
            "Other hours on one local day, or as every week.",
            exception,
        ),
        Route::post(
            "/appointments/{id}/move",
            work,
            "Moves a booked visit; customer and pro are told.",
            move_visit,
        ),
        Route::post(
            "/appointments/{id}/cancel",
            work,
            "Cancels a visit; customer and pro are told.",
            cancel_visit,
        ),
    ]
}

async fn week(call: Call<ScheduleWindow>) -> Result<Vec<ProSchedule>, Refusal> {
    let ScheduleWindow { from, days, pro } = &call.asked;
    if !(1..=MOST_DAYS).contains(days) {
        return Err(Refusal::invalid("days: write 1 to 31"));
    }
    let out_of_range = || Refusal::invalid("from: the date is out of range");
    let to = from.checked_add_days(Days::new(u64::from(*days))).ok_or_else(out_of_range)?;
    let zone = call.business().timezone;
    let (begins, ends) = (calendar::day_begins(zone, *from), calendar::day_begins(zone, to));
    let mut pros = match pro {
        Some(id) => vec![call.pro(&ProId::new(id.clone())).await?],
        None => call.app.store.pros(&call.business().id).await?,
    };
    // Who signed up has no week yet.
    pros.retain(|pro| pro.value.approved);
    pros.sort_by(|a, b| (&a.value.name, &a.value.id).cmp(&(&b.value.name, &b.value.id)));
    let visits = match pro {
        Some(id) => {
            call.app.store.appointments_of_pro(&ProId::new(id.clone()), begins, ends, MOST_VISITS).await?
        }
        None => call.app.store.appointments_between(&call.business().id, begins, ends, MOST_VISITS).await?,
    };
    let ids: Vec<LeadId> = visits.iter().map(|visit| visit.value.lead.clone()).collect();
    let leads: HashMap<LeadId, Lead> = call
        .app
        .store
        .leads(&ids)
        .await?
        .into_iter()
        .map(|lead| (lead.value.id.clone(), lead.value))
        .collect();
    let mut spans: HashMap<ProId, Vec<Span>> = HashMap::new();
    for visit in &visits {
        let span = span(call.business(), visit, leads.get(&visit.value.lead));
        spans.entry(visit.value.pro.clone()).or_default().extend(span);
    }
    let week = |pro: Stored<Pro>| {
        let spans = spans.remove(&pro.value.id).unwrap_or_default();
        week_of(call.business(), &pro, *from, *days, &spans)
    };
    Ok(pros.into_iter().map(week).collect())
}

fn week_of(
    business: &Business,
    pro: &Stored<Pro>,
    from: NaiveDate,
    days: u32,
    spans: &[Span],
) -> ProSchedule {
    let days = from.iter_days().take(usize::try_from(days).unwrap_or_default());
    ProSchedule {
        pro: pro.value.id.to_string(),
        name: pro.value.name.clone(),
        version: pro.version,
        days: days.map(|date| day_of(business, &pro.value, date, spans)).collect(),
    }
}

fn day_of(business: &Business, pro: &Pro, date: NaiveDate, spans: &[Span]) -> Day {
    let own = &pro.calendar;
    // As in an emergency, so that mornings that are kept for those show as open.
    let opening = Opening::of_pro(&pro.hours, own, &business.calendar, VisitRules::default(), true);
    let exception = own.other_days.iter().any(|day| day.date == date);
    let closed = business.calendar.closures.why_closed(date, own.works_on_holidays);
    let begins = calendar::day_begins(business.timezone, date);
    let ends = date.succ_opt().map_or(begins, |next| calendar::day_begins(business.timezone, next));
    let visits = spans.iter().filter(|span| (begins..ends).contains(&span.from)).cloned();
    let blocked = own.blocked.iter().filter(|blocked| blocked.from < ends && begins < blocked.to);
    let blocked = blocked.map(|blocked| Span {
        from: blocked.from.max(begins),
        to: blocked.to.min(ends),
        kind: SpanKind::Blocked,
        appointment: None,
        version: None,
        lead: None,
        lead_number: None,
        label: blocked.reason.clone(),
        confirmed: false,
    });
    let mut spans: Vec<Span> = visits.chain(blocked).collect();
    spans.sort_by_key(|span| (span.from, span.to));
    Day {
        date,
        open: opening.on(date),
        exception,
        closed: closed.filter(|_| !exception).map(str::to_owned),
        spans,
    }
}

/// A visit in a week; none of one that nobody makes.
fn span(business: &Business, stored: &Stored<Appointment>, lead: Option<&Lead>) -> Option<Span> {
    let visit = &stored.value;
    let kind = match visit.state {
        AppointmentState::Held => SpanKind::Held,
        AppointmentState::Booked => SpanKind::Booked,
        AppointmentState::Done => SpanKind::Done,
        AppointmentState::NoShow => SpanKind::NoShow,
        AppointmentState::Cancelled => return None,
    };
    let customer = lead.and_then(|lead| lead.customer_name.clone());
    let city = visit.city.as_deref().map(|city| say::city(business.locale, city));
    Some(Span {
        from: visit.slot.from,
        to: visit.slot.to,
        kind,
        appointment: Some(visit.id.to_string()),
        version: Some(stored.version),
        lead: Some(visit.lead.to_string()),
        lead_number: lead.map(|lead| lead.number),
        label: customer.into_iter().chain(city).collect::<Vec<_>>().join(", "),
        confirmed: visit.confirmed_at.is_some(),
    })
}

/// What is changed of a calendar, for the audit: times and keys.
fn change_of(action: &'static str, before: &Pro, after: &Pro) -> Done {
    let shown = |pro: &Pro| json!({ "blocked": pro.calendar.blocked, "other_days": pro.calendar.other_days });
    let fields = ["blocked", "other_days"];
    Done::changed(action, subject(&before.id), &shown(before), &shown(after), &fields)
}

async fn block(call: Call<Block>) -> Result<ProDetail, Refusal> {
    let Block { from, to, reason, version } = &call.asked;
    let before = as_seen(&call, *version).await?;
    let is_span = from < to && (*to - *from).num_days() <= LONGEST_BLOCK_DAYS;
    if !is_span {
        return Err(Refusal::invalid("to: must be later than `from`, by a year at most"));
    }
    if *to <= call.now() {
        return Err(Refusal::invalid("to: is past; block a time to come"));
    }
    let reason = if reason.is_empty() { "break" } else { reason.as_str() };
    if !crate::business_file::is_key(reason) {
        return Err(Refusal::invalid(
            "reason: write a key of 1 to 40 lower-case Latin letters, digits, - or _",
        ));
    }
    let mut after = before.value.clone();
    // As the pro's own, so that the import of a file lets it stand.
    let blocked = Blocked { from: *from, to: *to, reason: reason.to_owned(), by: BlockedBy::Pro };
    after.calendar.block(blocked, call.now());
    let done = change_of("pro.block", &before.value, &after);
    save(&call, &before, after, done).await
}

async fn unblock(call: Call<Unblock>) -> Result<ProDetail, Refusal> {
    let Unblock { from, to, version } = &call.asked;
    let before = as_seen(&call, *version).await?;
    let mut after = before.value.clone();
    if from >= to {
        return Err(Refusal::invalid("to: must be later than `from`"));
    }
    if after.calendar.unblock(*from, *to) == 0 {
        return Err(Refusal::not_now("nothing is blocked then"));
    }
    let done = change_of("pro.unblock", &before.value, &after);
    save(&call, &before, after, done).await
}

async fn exception(call: Call<SetException>) -> Result<ProDetail, Refusal> {
    let SetException { date, hours, version } = &call.asked;
    let before = as_seen(&call, *version).await?;
    let hours = hours.as_deref().map(|hours| calendar::parse_day(&date.to_string(), hours)).transpose();
    let hours = hours.map_err(|error| Refusal::invalid(format!("hours: {error}")))?;
    let mut after = before.value.clone();
    after.calendar.set_day(*date, hours);
    let done = change_of("pro.exception", &before.value, &after);
    save(&call, &before, after, done).await
}

/// The visit of the path as its caller saw it, with its lead.
async fn visit_as_seen<T>(
    call: &Call<T>,
    version: u64,
) -> Result<(Stored<Appointment>, Stored<Lead>), Refusal> {
    let visit = call.appointment(&AppointmentId::new(call.id("id"))).await?;
    let lead = call.lead(&visit.value.lead).await?;
    if visit.version != version {
        return Err(Refusal::conflict(&span(call.business(), &visit, Some(&lead.value))));
    }
    if lead.value.appointment.as_ref() != Some(&visit.value.id) {
        return Err(Refusal::not_now("this visit is over or was replaced; look at the lead as it is now"));
    }
    Ok((visit, lead))
}

async fn move_visit(call: Call<MoveVisit>) -> Result<Span, Refusal> {
    let MoveVisit { from, version } = call.asked;
    if from.timestamp() % (i64::from(STEP_MINUTES) * 60) != 0 || from.timestamp_subsec_nanos() != 0 {
        return Err(Refusal::invalid("from: visits begin on the full or the half hour"));
    }
    let (visit, lead) = visit_as_seen(&call, version).await?;
    let done = Done {
        action: "visit.move",
        subject: subject_of(&visit.value.id),
        before: json!({ "from": visit.value.slot.from, "lead": lead.value.id }),
        after: json!({ "from": from }),
    };
    carry_out(&call, &visit, &Order::MoveVisit { from }, done).await?;
    let lead = call.lead(&lead.value.id).await?;
    let id = lead.value.appointment.clone().ok_or(Refusal::Raced)?;
    let visit = call.appointment(&id).await?;
    span(call.business(), &visit, Some(&lead.value)).ok_or(Refusal::Raced)
}

async fn cancel_visit(call: Call<CancelVisit>) -> Result<(), Refusal> {
    let CancelVisit { reason, version } = &call.asked;
    let reason = agents::text::clean(reason);
    if reason.chars().count() > LONGEST_REASON {
        return Err(Refusal::invalid("reason: at most 300 characters"));
    }
    let (visit, lead) = visit_as_seen(&call, *version).await?;
    // The reason is words for people and stays out of the audit.
    let done = Done {
        action: "visit.cancel",
        subject: subject_of(&visit.value.id),
        before: json!({ "state": visit.value.state, "lead": lead.value.id }),
        after: json!({ "state": AppointmentState::Cancelled }),
    };
    carry_out(&call, &visit, &Order::CancelVisit { reason }, done).await
}

async fn carry_out<T>(
    call: &Call<T>,
    visit: &Stored<Appointment>,
    order: &Order,
    done: Done,
) -> Result<(), Refusal> {
    let id = &visit.value.id;
    let about = order::About {
        lead: Some(&visit.value.lead),
        is_as_seen: &|lead| lead.is_some_and(|lead| lead.value.appointment.as_ref() == Some(id)),
        with: sealed(call, done),
    };
    order::carry_out(&call.app, &call.caller.business, order, about).await.map_err(not_carried_out)?;
    Ok(())
}

fn subject_of(visit: &AppointmentId) -> String {
    format!("appointments/{visit}")
}
