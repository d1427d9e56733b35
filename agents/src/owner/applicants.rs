//! Who wants to work with the business: the owner takes or declines them, by a button or from the list.

use super::decide::Office;
use crate::conversation::OwnerQuestion;
use crate::decision::{Purpose, Recipient};
use crate::id::ProId;
use crate::language::Language;
use crate::message::{Button, Outbound};
use crate::pro::{Area, Pro};
use crate::say;
use crate::turn::{Desk, Need};
use locales::{args, text};

/// What an owner is told of a sign-up, with buttons that answer it.
pub(crate) fn invitation(language: Language, pro: &Pro) -> Outbound {
    let button = |action: &str, label: &str| Button {
        payload: format!("sign_up:{action}:{}", pro.id),
        label: text(language, label, &args![]),
    };
    Outbound {
        text: format!("{}\n{}", text(language, "owner-sign-up", &args![]), described(language, pro)),
        buttons: vec![button("approve", "button-approve"), button("reject", "button-reject")],
        figures: None,
    }
}

/// An applicant in lines.
fn described(language: Language, pro: &Pro) -> String {
    let trades: Vec<String> = pro.trades.iter().map(|trade| say::trade(language, *trade)).collect();
    let areas: Vec<&str> = pro
        .areas
        .iter()
        .map(|area| match area {
            Area::Place(name) => name.as_str(),
            Area::Around { city, .. } => city.as_str(),
        })
        .collect();
    let prices = pro.desk.sign_up.as_ref().and_then(|sign_up| sign_up.prices.clone());
    let args = args![
        name = pro.name.as_str(),
        phone = say::phone(&pro.phone),
        trades = trades.join(", "),
        areas = areas.join(", "),
        prices = prices.unwrap_or_else(|| text(language, "sign-up-no-prices", &args![]))
    ];
    text(language, "owner-applicant", &args)
}

fn waiting(desk: &Desk<'_>) -> Result<Vec<Pro>, Need> {
    let is_waiting = |pro: &&Pro| {
        pro.is_pending() && pro.desk.sign_up.as_ref().is_some_and(|sign_up| sign_up.declined_at.is_none())
    };
    Ok(desk.pros()?.iter().map(|candidate| &candidate.pro).filter(is_waiting).cloned().collect())
}

/// Lists who waits for an answer.
pub(super) fn list(desk: &mut Desk<'_>, office: &mut Office) -> Result<(), Need> {
    let waiting = waiting(desk)?;
    if waiting.is_empty() {
        office.tell(desk, "owner-no-applicants", &args![]);
        return Ok(());
    }
    let line = |(index, pro): (usize, &Pro)| {
        let trades: Vec<String> =
            pro.trades.iter().map(|trade| say::trade(office.language, *trade)).collect();
        format!("{}. {} · {}", index + 1, pro.name, trades.join(", "))
    };
    let lines = waiting.iter().enumerate().map(line).collect();
    let header = office.text("owner-applicants", &args![]);
    let pros = waiting.into_iter().map(|pro| pro.id).collect();
    office.ask(desk, OwnerQuestion::PickApplicant { pros }, None);
    office.list(desk, header, lines);
    Ok(())
}

/// Shows the applicant of this number and asks.
pub(super) fn pick(desk: &mut Desk<'_>, office: &mut Office, number: Option<usize>) -> Result<(), Need> {
    let Some(OwnerQuestion::PickApplicant { pros }) = office.asked() else { return Ok(()) };
    let picked = number.and_then(|number| pros.get(number.checked_sub(1)?));
    let pro = match picked {
        Some(id) => waiting(desk)?.into_iter().find(|pro| pro.id == *id),
        None => {
            office.room.conversation.pending = office.pending.clone();
            office.tell(desk, "owner-no-choice", &args![]);
            return Ok(());
        }
    };
    let Some(pro) = pro else {
        office.tell(desk, "owner-applicant-is-gone", &args![]);
        return Ok(());
    };
    let question = office.text("owner-ask-applicant", &args![]);
    let message = format!("{}\n{question}", described(office.language, &pro));
    office.ask(desk, OwnerQuestion::Applicant { pro: pro.id }, None);
    office.send(desk, Outbound::text(message));
    Ok(())
}

/// Answers the applicant who was asked about.
pub(super) fn answer_asked(desk: &mut Desk<'_>, office: &Office, takes: bool) -> Result<(), Need> {
    match office.asked() {
        Some(OwnerQuestion::Applicant { pro }) => answer(desk, office, &pro, takes),
        _ => Ok(()),
    }
}

/// Takes or declines an applicant and tells them; a second answer changes nothing.
pub(super) fn answer(desk: &mut Desk<'_>, office: &Office, id: &ProId, takes: bool) -> Result<(), Need> {
    let Some(name) = decide(desk, id, takes)? else {
        office.tell(desk, "owner-applicant-is-gone", &args![]);
        return Ok(());
    };
    let said = if takes { "owner-applicant-taken" } else { "owner-applicant-declined" };
    office.tell(desk, said, &args![name = name]);
    Ok(())
}

/// Takes or declines an applicant and tells them. Returns their name; none when they do not wait for it (any more).
pub(crate) fn decide(desk: &mut Desk<'_>, id: &ProId, takes: bool) -> Result<Option<String>, Need> {
    let decided = desk.decision.pros.iter().any(|pro| pro.id == *id);
    let found = waiting(desk)?.into_iter().find(|pro| pro.id == *id && !decided);
    let Some(mut pro) = found else { return Ok(None) };
    let told = if takes {
        pro.approved = true;
        pro.active = true;
        "pro-sign-up-approved"
    } else {
        if let Some(sign_up) = pro.desk.sign_up.as_mut() {
            sign_up.declined_at = Some(desk.now);
        }
        "pro-sign-up-declined"
    };
    desk.note(if takes { "pro_approved" } else { "pro_declined" }, None, format!("pro={id}"));
    let args = args![business = desk.business.name.as_str()];
    let told = say::message(pro.language, told, &args);
    desk.say(Recipient::Pro(pro.id.clone()), Purpose::Duty, told, None);
    let name = pro.name.clone();
    desk.decision.pros.push(pro);
    Ok(Some(name))
}
