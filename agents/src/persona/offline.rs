//! What the pro says when there is no model: finished texts of the locale files, with the same placeholders that a
//! model would use.

use super::{Goal, Offering, Question, Spoken};
use crate::conversation::Need;
use locales::{args, text};

/// A reply by rules alone. A test walks every goal in every language.
#[must_use]
pub fn speak(question: &Question) -> Spoken {
    let language = question.language;
    let plain = |key: &str| text(language, key, &args![]);
    let mut parts = Vec::new();
    let item = question.item.as_deref().filter(|item| question.pro.price(item).is_some());
    if question.introduces {
        let key =
            if question.pro.reviews > 0 { "persona-introduction-rated" } else { "persona-introduction" };
        parts.push(text(language, key, &args![pro = "{pro}", rating = "{rating}"]));
    }
    if question.introduces || question.asks_price {
        match item.and_then(|item| question.pro.price(item)) {
            Some(price) => parts.push(text(
                language,
                "customer-price-quote",
                &args![item = price.name(language), price = format!("{{price:{}}}", price.item)],
            )),
            None if question.asks_price => parts.push(plain("customer-price-after-visit")),
            None => {}
        }
    }
    let goal = match question.goal {
        Goal::Ask { need, again } => {
            parts.push(ask_for(question, need, again));
            None
        }
        Goal::OfferSlots { why: Offering::First | Offering::Wanted } => {
            Some(if question.slots.len() == 1 { "customer-slot-single" } else { "customer-slots-header" })
        }
        Goal::OfferSlots { why: Offering::Instead } => Some("customer-slots-instead"),
        Goal::OfferSlots { why: Offering::Taken } => Some("customer-slots-taken"),
        Goal::Converse if parts.is_empty() => Some("customer-anything-else"),
        Goal::Converse => None,
    };
    if let Some(key) = goal {
        parts.push(text(language, key, &args![pro = "{pro}"]));
    }
    let quoted_items = item.map(|item| vec![item.to_owned()]).unwrap_or_default();
    Spoken { reply: parts.join("\n"), quoted_items, ..Spoken::default() }
}

/// The words that ask for the fact which is the question's goal; empty when it has another goal.
pub(crate) fn ask(question: &Question) -> String {
    match question.goal {
        Goal::Ask { need, again } => ask_for(question, need, again),
        Goal::OfferSlots { .. } | Goal::Converse => String::new(),
    }
}

/// Asks for a fact, and where half of it is known, only for the other half (L41).
fn ask_for(question: &Question, need: Need, again: bool) -> String {
    let language = question.language;
    let address = &question.address;
    let missing = |part: &str| {
        let part = text(language, part, &args![]);
        text(language, "customer-ask-address-missing", &args![missing = part])
    };
    match (need, &address.street, &address.floor, &address.apartment) {
        (Need::Address, Some(street), _, _) if address.street_number.is_none() => {
            // Braces in a customer's words are no placeholders.
            let street = street.replace(['{', '}'], "");
            text(language, "customer-ask-street-number", &args![street = street])
        }
        (Need::Address, _, _, _) if question.asks_times => {
            text(language, "customer-ask-address-for-times", &args![])
        }
        (Need::FloorApartment, _, Some(_), None) => missing("part-apartment"),
        (Need::FloorApartment, _, None, Some(_)) => missing("part-floor"),
        _ => text(language, ask_key(need, again), &args![]),
    }
}

/// The text that asks for a fact of which nothing is known.
pub(crate) fn ask_key(need: Need, again: bool) -> &'static str {
    match (need, again) {
        (Need::Issue, false) => "customer-ask-issue",
        (Need::Issue, true) => "customer-ask-issue-again",
        (Need::City, false) => "customer-ask-city",
        (Need::City, true) => "customer-ask-city-again",
        (Need::Address, false) => "customer-ask-address",
        (Need::Address, true) => "customer-ask-address-again",
        (Need::FloorApartment, false) => "customer-ask-floor-apartment",
        (Need::FloorApartment, true) => "customer-ask-floor-apartment-again",
        (Need::Name, false) => "customer-ask-name",
        (Need::Name, true) => "customer-ask-name-again",
        (Need::Slot, false) => "customer-ask-time",
        (Need::Slot, true) => "customer-ask-time-again",
        (Need::Choice, _) => "customer-slot-number-invalid",
    }
}
