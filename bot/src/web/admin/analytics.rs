//! Figures by a period of local days, by trade and by pro, also as CSV. Leads of the period are read page by page by an index
//! and added up; no other lead is looked at.

use super::call::Call;
use super::refusal::Refusal;
use super::route::Route;
use crate::figures::{HEADINGS, Sum, cell, csv_line};
use crate::store::lists::Behind;
use admin_api::access::Action;
use admin_api::analytics::{Analytics, By, DayFigures, Figures, Period};
use agents::calendar::{day_begins, local};
use agents::id::ProId;
use axum::http::{HeaderMap, header};
use axum::response::{IntoResponse, Response};
use chrono::NaiveDate;
use std::collections::{BTreeMap, HashMap};

/// How many local days at most.
const MOST_DAYS: i64 = 366;
/// How many leads are read at once.
const AT_ONCE: u32 = 500;

pub(super) fn routes() -> Vec<Route> {
    let see = Action::SeeFigures;
    let about = "Figures of the leads that were made in a period of local days.";
    let csv = "The same as CSV: a line per day, or per trade or pro. No cell is a formula.";
    vec![
        Route::get("/analytics", see, about, figures),
        Route::raw("/analytics.csv", see, csv, "text/csv; charset=utf-8", as_csv),
    ]
}

async fn figures(call: Call<Period>) -> Result<Analytics, Refusal> {
    add_up(&call).await
}

async fn add_up(call: &Call<Period>) -> Result<Analytics, Refusal> {
    let Period { from, to, .. } = call.asked;
    if to < from || (to - from).num_days() >= MOST_DAYS {
        return Err(Refusal::invalid("to: must not be before `from`, and 366 days at most in all"));
    }
    let zone = call.business().timezone;
    let end = to.succ_opt().ok_or_else(|| Refusal::invalid("to: the date is out of range"))?;
    let (begins, ends) = (day_begins(zone, from), day_begins(zone, end));
    let mut days: BTreeMap<NaiveDate, Sum> =
        from.iter_days().take_while(|date| *date <= to).map(|date| (date, Sum::default())).collect();
    let mut total = Sum::default();
    let mut trades: HashMap<String, Sum> = HashMap::new();
    let mut pros: HashMap<ProId, Sum> = HashMap::new();
    let mut behind: Option<Behind> = None;
    loop {
        let business = &call.business().id;
        let leads = call.app.store.leads_made(business, begins, ends, behind.as_ref(), AT_ONCE).await?;
        for lead in leads.iter().map(|stored| &stored.value) {
            let Some(made) = lead.history.first() else { continue };
            if let Some(day) = days.get_mut(&local(made.at, zone).date) {
                day.add(lead);
            }
            total.add(lead);
            trades.entry(lead.issue_type.key().to_owned()).or_default().add(lead);
            if let Some(pro) = &lead.pro {
                pros.entry(pro.clone()).or_default().add(lead);
            }
        }
        let is_last = u32::try_from(leads.len()).is_ok_and(|read| read < AT_ONCE);
        behind = leads.last().and_then(|stored| {
            let at = stored.value.history.first()?.at;
            Some(Behind { at, id: stored.value.id.to_string() })
        });
        if is_last || behind.is_none() {
            break;
        }
    }
    // Models are asked before a request is stated too, so what they took is of days and not of trades or pros.
    for (date, spent) in call.app.store.usage_by_day(&call.business().id, from, to).await? {
        total.spend(&spent);
        if let Some(day) = days.get_mut(&date) {
            day.spend(&spent);
        }
    }
    let names: HashMap<ProId, String> = call
        .app
        .store
        .pros(&call.business().id)
        .await?
        .into_iter()
        .map(|pro| (pro.value.id, pro.value.name))
        .collect();
    let pros = pros.into_iter().map(|(id, sum)| {
        let name = names.get(&id).cloned().unwrap_or_else(|| id.to_string());
        (name, sum)
    });
    Ok(Analytics {
        days: days.into_iter().map(|(date, sum)| DayFigures { date, figures: sum.figures() }).collect(),
        total: total.figures(),
        trades: most_first(trades.into_iter()),
        pros: most_first(pros),
        usage_known: true,
    })
}

fn most_first(sums: impl Iterator<Item = (String, Sum)>) -> Vec<(String, Figures)> {
    let mut figures: Vec<_> = sums.map(|(name, sum)| (name, sum.figures())).collect();
    figures.sort_by(|a, b| (b.1.leads, &a.0).cmp(&(a.1.leads, &b.0)));
    figures
}

async fn as_csv(call: Call<Period>, _headers: HeaderMap) -> Result<Response, Refusal> {
    let found = add_up(&call).await?;
    let by = call.asked.by.unwrap_or(By::Day);
    let (of, lines): (&str, Vec<(String, Figures)>) = match by {
        By::Day => ("day", found.days.into_iter().map(|day| (day.date.to_string(), day.figures)).collect()),
        By::Trade => ("trade", found.trades),
        By::Pro => ("pro", found.pros),
    };
    let mut csv = format!("{},{HEADINGS}\r\n", cell(of));
    for (of, figures) in &lines {
        csv.push_str(&csv_line(of, figures));
    }
    let name = format!("attachment; filename=\"fixi-{}-{}.csv\"", call.asked.from, call.asked.to);
    let headers =
        [(header::CONTENT_TYPE, "text/csv; charset=utf-8".to_owned()), (header::CONTENT_DISPOSITION, name)];
    Ok((headers, csv).into_response())
}
