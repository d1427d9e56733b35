//! Facts from words into the request. A fact that was said stays until the customer says another; what the model
//! claims was checked before it comes here.

use super::guard::{Checked, is_a_wish};
use crate::conversation::{Conversation, Need, Question};
use crate::request::Request;
use crate::text::{fold, truncate};
use crate::understanding::{EmergencyLevel, Expecting, Reading};
use crate::when::When;

/// The longest problem that is kept, in characters.
const LONGEST_ISSUE: usize = 300;

/// Merges what was read into the request. Returns whether anything became known that was not known before.
pub(crate) fn merge(
    request: &mut Request,
    reading: &Reading,
    checked: &Checked,
    when: &When,
    words: &str,
    expecting: Option<Expecting>,
) -> bool {
    let before = request.clone();
    replace(&mut request.name, reading.name.clone().or_else(|| checked.name.clone()));
    if request.trade.is_none() {
        request.trade = reading.trade.or(checked.trade);
    }
    if request.trade.is_some() {
        let said = checked.issue.clone().or_else(|| reading.issue.clone());
        match &mut request.issue {
            None => {
                let issue = said.unwrap_or_else(|| words.to_owned());
                request.issue = Some(truncate(issue.trim(), LONGEST_ISSUE).to_owned());
            }
            // A second thing for the same pro is done in the same visit.
            Some(issue) if reading.trade == request.trade && !reading.intents.asks_price => {
                if let Some(said) = said.filter(|said| !fold(issue).contains(&fold(said))) {
                    *issue = truncate(&format!("{issue}, {}", said.trim()), LONGEST_ISSUE).to_owned();
                }
            }
            Some(_) => {}
        }
    }
    if request.item.is_none() {
        request.item = reading.item.clone();
    }
    let address = &mut request.address;
    // "Do you come to Ramat Gan?" asks; it moves nobody whose place is known.
    if !(reading.intents.asks_area && address.city.is_some()) {
        replace(
            &mut address.city,
            reading.city.as_ref().map(|found| found.key.clone()).or_else(|| checked.city.clone()),
        );
    }
    replace(&mut address.street, reading.street.clone().or_else(|| checked.street.clone()));
    replace(
        &mut address.street_number,
        reading.street_number.clone().or_else(|| checked.street_number.clone()),
    );
    match reading.number {
        // A bare figure after the apartment is known is the floor that was asked for.
        Some(number)
            if expecting == Some(Expecting::FloorApartment)
                && address.floor.is_none()
                && address.apartment.is_some() =>
        {
            address.floor = Some(number.to_string());
        }
        Some(_) | None => {
            replace(&mut address.floor, reading.floor.clone().or_else(|| checked.floor.clone()));
            replace(&mut address.apartment, reading.apartment.clone().or_else(|| checked.apartment.clone()));
        }
    }
    replace(&mut address.entrance, reading.entrance.clone());
    address.private_house |= reading.private_house;
    if expecting == Some(Expecting::Address)
        && address.street.is_some()
        && address.street_number.is_none()
        && let Some(number) = reading.number
    {
        address.street_number = Some(number.to_string());
    }
    request.emergency |= reading.emergency.level == EmergencyLevel::Yes || checked.emergency;
    if is_a_wish(when) {
        request.when = Some(when.clone());
    } else if let Some(wish) = &checked.when {
        request.when = Some(wish.clone());
    }
    *request != before
}

/// What a bare answer would be an answer to.
pub(crate) fn expecting(conversation: &Conversation) -> Option<Expecting> {
    match &conversation.pending.as_ref()?.question {
        Question::Tell { need } => Some(match need {
            Need::Issue => Expecting::Issue,
            Need::City => Expecting::City,
            Need::Address => Expecting::Address,
            Need::FloorApartment => Expecting::FloorApartment,
            Need::Name => Expecting::Name,
            Need::Slot | Need::Choice => return None,
        }),
        Question::SameAddress => Some(Expecting::Address),
        Question::Consent
        | Question::ChooseSlot { .. }
        | Question::ConfirmCancel { .. }
        | Question::ReviewWords
        | Question::Emergency
        | Question::SamePro { .. }
        | Question::NewOrExisting { .. }
        | Question::AnotherPro
        | Question::CallOffered
        | Question::VisitDone
        | Question::EarlierOffered { .. }
        | Question::VisitOffered { .. }
        | Question::WhichLead { .. }
        | Question::FinalPrice
        | Question::Desk(_)
        | Question::Owner(_)
        | Question::SignUp(_) => None,
    }
}

fn replace(fact: &mut Option<String>, said: Option<String>) {
    if let Some(said) = said.filter(|said| !said.trim().is_empty()) {
        *fact = Some(said);
    }
}
