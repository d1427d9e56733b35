//! The first screen: figures that are read from indexes, however much there is.

use super::call::Call;
use super::refusal::Refusal;
use super::route::{Nothing, Route};
use super::shown;
use crate::store::documents::Stored;
use crate::store::outer::AccountHealth;
use admin_api::access::Action;
use admin_api::dashboard::{Dashboard, ProviderHealth, Queue, Visit};
use agents::calendar::local;
use agents::id::LeadId;
use agents::lead::{Appointment, AppointmentState, Lead};
use chrono::{DateTime, Days, NaiveDate, TimeDelta, TimeZone, Utc};
use chrono_tz::Tz;
use std::collections::BTreeMap;

/// For how many hours answers are timed.
const HOURS: usize = 24;
/// ... by how many of the newest messages.
const TIMED: u32 = 5_000;
/// For how many local days leads are counted.
const DAYS: usize = 14;
/// The most visits of a day.
const VISITS: u32 = 500;

pub(super) fn routes() -> Vec<Route> {
    vec![Route::get("/dashboard", Action::Read, "What is going on, at a glance.", show)]
}

async fn show(call: Call<Nothing>) -> Result<Dashboard, Refusal> {
    let (store, business, now) = (&call.app.store, call.business(), call.now());
    let zone = business.timezone;
    let today = local(now, zone).date;
    let first_day = today.checked_sub_days(Days::new(DAYS as u64 - 1)).unwrap_or(today);
    let since = now - TimeDelta::hours(HOURS as i64);
    let (from, to) = (midnight(zone, today), midnight(zone, today + Days::new(1)));
    let (by_status, needs_human, visits, answers, made, work, unsettled, pros, spent, accounts) = tokio::try_join!(
        store.leads_by_status(&business.id),
        store.count_waiting_for_human(&business.id),
        store.appointments_between(&business.id, from, to, VISITS),
        store.answer_times(&business.id, since, TIMED),
        store.moments_of_leads(&business.id, midnight(zone, first_day)),
        store.workload(now),
        store.count_unsettled(&business.id, None),
        store.pros(&business.id),
        store.spent_on(&business.id, today),
        store.accounts(),
    )?;
    let leads: Vec<LeadId> = visits.iter().map(|visit| visit.value.lead.clone()).collect();
    let leads = store.leads(&leads).await?;
    let leads: BTreeMap<LeadId, Lead> =
        leads.into_iter().map(|stored| (stored.value.id.clone(), stored.value)).collect();
    let names = shown::names(&pros);
    let is_on = |visit: &&Stored<Appointment>| visit.value.state != AppointmentState::Cancelled;
    let visit = |stored: &Stored<Appointment>| {
        let visit = &stored.value;
        let lead = leads.get(&visit.lead);
        Visit {
            from: visit.slot.from,
            to: visit.slot.to,
            pro_name: names.get(&visit.pro).cloned().unwrap_or_default(),
            lead: visit.lead.to_string(),
            lead_number: lead.map_or(0, |lead| lead.number),
            city: lead.and_then(|lead| shown::city(business, lead)),
            confirmed: visit.confirmed_at.is_some(),
            held: visit.state == AppointmentState::Held,
        }
    };
    Ok(Dashboard {
        at: now,
        leads: by_status.into_iter().map(|(status, count)| (shown::status(status), count)).collect(),
        needs_human,
        today: visits.iter().filter(is_on).map(visit).collect(),
        answer_seconds: medians(&answers, since),
        leads_per_day: per_day(&made, zone, first_day),
        queue: Queue { ready: work.due, running: work.running, dead: work.dead, unsettled },
        providers: providers(&call, &accounts),
        model_cost_today: (spent.unknown == 0).then_some(spent.micro_dollars),
        paused: business.paused_at.is_some(),
    })
}

/// The first moment of a local day: midnight, or when the clocks skip it, the first hour after.
fn midnight(zone: Tz, date: NaiveDate) -> DateTime<Utc> {
    let first = (0..3).find_map(|hour| zone.from_local_datetime(&date.and_hms_opt(hour, 0, 0)?).earliest());
    first.map_or(DateTime::UNIX_EPOCH, |first| first.to_utc())
}

/// The median of the seconds to an answer, by the hour in which the message was sent.
fn medians(answers: &[(DateTime<Utc>, DateTime<Utc>)], since: DateTime<Utc>) -> Vec<Option<u32>> {
    let mut hours: Vec<Vec<u32>> = vec![Vec::new(); HOURS];
    for (sent, answered) in answers {
        let hour = usize::try_from((*sent - since).num_hours()).unwrap_or(0).min(HOURS - 1);
        hours[hour].push(u32::try_from((*answered - *sent).num_seconds().max(0)).unwrap_or(u32::MAX));
    }
    let median = |mut seconds: Vec<u32>| {
        seconds.sort_unstable();
        seconds.get(seconds.len() / 2).copied()
    };
    hours.into_iter().map(median).collect()
}

fn per_day(made: &[DateTime<Utc>], zone: Tz, first_day: NaiveDate) -> Vec<u32> {
    let mut days = vec![0_u32; DAYS];
    for moment in made {
        let day = (local(*moment, zone).date - first_day).num_days();
        if let Some(count) = usize::try_from(day).ok().and_then(|day| days.get_mut(day)) {
            *count += 1;
        }
    }
    days
}

/// What is known without asking anybody: a first screen waits for no provider.
fn providers<T>(call: &Call<T>, stopped: &[Stored<AccountHealth>]) -> Vec<ProviderHealth> {
    let works = |name: &str| ProviderHealth { name: name.to_owned(), ok: true, reason: None, since: None };
    let app = &call.app;
    let accounts = app.config.accounts.iter().map(|account| {
        let works = works(account.channel().key());
        let health = AccountHealth::among(stopped, account.channel(), account.account());
        match health.and_then(|health| health.value.stopped.as_ref()) {
            Some(stopped) => ProviderHealth {
                ok: false,
                reason: Some(stopped.reason.clone()),
                since: Some(stopped.since),
                ..works
            },
            None => works,
        }
    });
    let models: Vec<ProviderHealth> = match app.models.health(call.now()) {
        Some(models) => models
            .map(|(model, is_up)| ProviderHealth {
                ok: is_up,
                reason: (!is_up).then(|| "resting".to_owned()),
                ..works(model.as_str())
            })
            .collect(),
        None => vec![works("rules")],
    };
    accounts.chain(models).chain([works("store")]).collect()
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    fn at(text: &str) -> DateTime<Utc> {
        text.parse().unwrap()
    }

    #[test]
    fn a_day_begins_at_local_midnight_also_when_the_clocks_change() {
        let begins = |year, month, day| {
            midnight(chrono_tz::Asia::Jerusalem, NaiveDate::from_ymd_opt(year, month, day).unwrap())
        };
        assert_eq!(begins(2026, 11, 22), at("2026-11-21T22:00:00Z"));
        assert_eq!(begins(2026, 7, 1), at("2026-06-30T21:00:00Z"));
        // Beirut's clocks skip midnight.
        let skipped = midnight(chrono_tz::Asia::Beirut, NaiveDate::from_ymd_opt(2026, 3, 29).unwrap());
        assert_eq!(skipped, at("2026-03-28T22:00:00Z"));
    }

    #[test]
    fn the_median_is_by_the_hour_of_the_message() {
        let since = at("2026-11-22T00:00:00Z");
        let answer = |minutes: i64, seconds: i64| {
            let sent = since + TimeDelta::minutes(minutes);
            (sent, sent + TimeDelta::seconds(seconds))
        };
        let found = medians(&[answer(1, 5), answer(2, 9), answer(3, 7), answer(1439, 2)], since);
        assert_eq!((found.len(), found[0], found[1], found[23]), (24, Some(7), None, Some(2)));
    }
}
