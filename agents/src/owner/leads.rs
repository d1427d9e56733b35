//! ניהול: a stuck lead is picked, then what is to be done with it, then by whom (L32, M55 to M57). What was picked is
//! part of the open question, so a number means what the owner saw.

use super::decide::Office;
use super::lists;
use crate::booking::{self, Assigned};
use crate::conversation::{OwnerChange, OwnerQuestion};
use crate::id::{LeadId, ProId};
use crate::lead::{Lead, Ranked, Status};
use crate::pro::Pro;
use crate::say;
use crate::turn::{Desk, Need};
use locales::args;

/// The most pros of a list.
const SHOWN: usize = 9;

fn nth<T: Clone>(list: &[T], number: Option<usize>) -> Option<T> {
    list.get(number?.checked_sub(1)?).cloned()
}

/// Lists the stuck leads to pick one.
pub(super) fn manage(desk: &mut Desk<'_>, office: &mut Office) -> Result<(), Need> {
    let waiting = lists::waiting(desk)?;
    if waiting.is_empty() {
        office.tell(desk, "owner-nothing-stuck", &args![]);
        return Ok(());
    }
    let lines = waiting.iter().enumerate().map(|(index, lead)| {
        let line = lists::stuck_line(desk, office, lead);
        format!("{}. {line}", index + 1)
    });
    let lines = lines.collect();
    let header = office.text("owner-pick-lead", &args![]);
    let leads = waiting.into_iter().map(|lead| lead.id).collect();
    office.ask(desk, OwnerQuestion::PickLead { leads }, None);
    office.list(desk, header, lines);
    Ok(())
}

/// The lead, if it still waits.
fn stuck_lead(desk: &Desk<'_>, id: &LeadId) -> Result<Option<Lead>, Need> {
    let decided = desk.decision.leads.iter().rev().find(|lead| lead.id == *id);
    let lead = match decided {
        Some(lead) => Some(lead.clone()),
        None => desk.lead(id)?.cloned(),
    };
    Ok(lead.filter(|lead| lead.status == Status::PendingAdminReview))
}

/// The lead of the open question, if it still waits; else says that it does not.
fn lead_of_question(desk: &mut Desk<'_>, office: &Office) -> Result<Option<Lead>, Need> {
    let id = office.pending.as_ref().and_then(|pending| pending.lead.clone());
    let lead = match id {
        Some(id) => stuck_lead(desk, &id)?,
        None => None,
    };
    if lead.is_none() {
        office.tell(desk, "owner-lead-is-gone", &args![]);
    }
    Ok(lead)
}

fn ask_again(desk: &mut Desk<'_>, office: &mut Office) {
    office.room.conversation.pending = office.pending.clone();
    office.tell(desk, "owner-no-choice", &args![]);
}

/// Asks what is to be done with the lead of this number.
pub(super) fn pick_lead(desk: &mut Desk<'_>, office: &mut Office, number: Option<usize>) -> Result<(), Need> {
    let Some(OwnerQuestion::PickLead { leads }) = office.asked() else { return Ok(()) };
    let Some(id) = nth(&leads, number) else {
        ask_again(desk, office);
        return Ok(());
    };
    let Some(lead) = stuck_lead(desk, &id)? else {
        office.tell(desk, "owner-lead-is-gone", &args![]);
        return Ok(());
    };
    office.ask(desk, OwnerQuestion::LeadAction, Some(id));
    let line = lists::stuck_line(desk, office, &lead);
    let unknown = || office.text("unknown", &args![]);
    let args = args![
        line = line,
        name = lead.customer_name.clone().unwrap_or_else(unknown),
        phone = lead.customer_phone.as_deref().map_or_else(unknown, say::phone)
    ];
    office.tell(desk, "owner-lead-action", &args);
    Ok(())
}

/// Asks whether to close it.
pub(super) fn ask_to_close(desk: &mut Desk<'_>, office: &mut Office) -> Result<(), Need> {
    let Some(lead) = lead_of_question(desk, office)? else { return Ok(()) };
    let args = args![lead = lead.number.to_string()];
    office.ask(desk, OwnerQuestion::Confirm { change: OwnerChange::Close }, Some(lead.id));
    office.tell(desk, "owner-ask-close", &args);
    Ok(())
}

/// Lists the pros of the trade, ranked, with reasons.
pub(super) fn list_pros(desk: &mut Desk<'_>, office: &mut Office) -> Result<(), Need> {
    let Some(mut lead) = lead_of_question(desk, office)? else { return Ok(()) };
    // Whoever declined may be asked again: the owner decides.
    lead.declined.clear();
    let routing = booking::route(desk, &lead, None)?;
    let candidates = desk.pros()?;
    let pro = |id: &ProId| candidates.iter().map(|candidate| &candidate.pro).find(|pro| pro.id == *id);
    let listed: Vec<(&Ranked, &Pro)> = routing
        .ranked
        .iter()
        .filter_map(|ranked| Some((ranked, pro(&ranked.pro)?)))
        .filter(|(_, pro)| pro.active && pro.approved)
        .take(SHOWN)
        .collect();
    if listed.is_empty() {
        office.tell(desk, "owner-no-pros", &args![]);
        return Ok(());
    }
    let fitting = listed.iter().filter(|(ranked, _)| ranked.score.is_some()).count();
    let lines = listed.iter().enumerate().map(|(index, (ranked, pro))| {
        let reasons = reasons(office, ranked, pro);
        format!("{}. {} · {reasons}", index + 1, pro.name)
    });
    let lines = lines.collect();
    let pros = listed.iter().map(|(_, pro)| pro.id.clone()).collect();
    let header = office.text("owner-pick-pro", &args![lead = lead.number.to_string()]);
    office.ask(desk, OwnerQuestion::PickPro { pros, fitting }, Some(lead.id));
    office.list(desk, header, lines);
    Ok(())
}

/// Why a pro stands where they stand, in words.
fn reasons(office: &Office, ranked: &Ranked, pro: &Pro) -> String {
    let has = |key: &str| ranked.reasons.iter().any(|reason| reason == key);
    let mut parts = vec![
        say::rating(office.language, pro).unwrap_or_else(|| office.text("pro-menu-no-rating", &args![])),
    ];
    let jobs = ranked.reasons.iter().find_map(|reason| reason.strip_prefix("open_jobs="));
    if let Some(jobs) = jobs {
        parts.push(office.text("owner-why-jobs", &args![jobs = jobs]));
    }
    if has("on_vacation") {
        parts.push(office.text("owner-why-vacation", &args![]));
    }
    if has("no_free_slot") {
        parts.push(office.text("owner-why-busy", &args![]));
    }
    if has("overloaded") {
        parts.push(office.text("owner-why-overloaded", &args![]));
    }
    if ranked.score.is_some() {
        parts.push(office.text("owner-why-fits", &args![]));
    } else if !["on_vacation", "no_free_slot", "overloaded"].iter().any(|key| has(key)) {
        parts.push(office.text("owner-why-far", &args![]));
    }
    parts.join(", ")
}

/// Gives the lead to the pro of this number; one who does not fit is asked about once more.
pub(super) fn pick_pro(desk: &mut Desk<'_>, office: &mut Office, number: Option<usize>) -> Result<(), Need> {
    let Some(OwnerQuestion::PickPro { pros, fitting }) = office.asked() else { return Ok(()) };
    let Some(pro) = nth(&pros, number) else {
        ask_again(desk, office);
        return Ok(());
    };
    let Some(lead) = lead_of_question(desk, office)? else { return Ok(()) };
    if number.is_some_and(|number| number <= fitting) {
        return assign(desk, office, lead, &pro);
    }
    let name = desk.pros()?.iter().find(|candidate| candidate.pro.id == pro);
    let args = args![
        lead = lead.number.to_string(),
        pro = name.map(|candidate| candidate.pro.name.clone()).unwrap_or_default()
    ];
    office.ask(desk, OwnerQuestion::Confirm { change: OwnerChange::Assign { pro } }, Some(lead.id));
    office.tell(desk, "owner-ask-assign", &args);
    Ok(())
}

/// Makes the change that was asked about.
pub(super) fn change(desk: &mut Desk<'_>, office: &mut Office) -> Result<(), Need> {
    let Some(OwnerQuestion::Confirm { change }) = office.asked() else { return Ok(()) };
    let Some(mut lead) = lead_of_question(desk, office)? else { return Ok(()) };
    match change {
        OwnerChange::Assign { pro } => assign(desk, office, lead, &pro),
        OwnerChange::Close => {
            booking::close(desk, &mut lead);
            office.tell(desk, "owner-closed", &args![lead = lead.number.to_string()]);
            desk.decision.leads.push(lead);
            Ok(())
        }
    }
}

fn assign(desk: &mut Desk<'_>, office: &Office, mut lead: Lead, pro: &ProId) -> Result<(), Need> {
    let pro = desk.pros()?.iter().find(|candidate| candidate.pro.id == *pro);
    let Some(pro) = pro.map(|candidate| candidate.pro.clone()) else { return Ok(()) };
    let args = args![lead = lead.number.to_string(), pro = pro.name.as_str()];
    lead.declined.clear();
    let key = match booking::assign(desk, &mut lead, &pro, "owner")? {
        Assigned::Offered => "owner-assigned",
        Assigned::TimesOffered => "owner-assigned-times",
        Assigned::Impossible => {
            office.tell(desk, "owner-assign-impossible", &args);
            return Ok(());
        }
    };
    office.tell(desk, key, &args);
    desk.decision.leads.push(lead);
    Ok(())
}
