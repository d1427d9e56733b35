//! The persona's question as a prompt. Prices are not put in at all: the model knows placeholders only.

use super::{Goal, Question};
use crate::conversation::Need;
use crate::dispatcher;
use crate::say;
use crate::turn::Line;
use prompts::{Fact, OfferedSlot, PersonaVariables, PriceItem, Rendered};

/// The instructions for the model.
#[must_use]
pub fn rendered_prompt(question: &Question) -> Rendered {
    let fact = |name: &str, value: String| Fact { name: name.to_owned(), value };
    let mut known = vec![fact("issue", question.issue.clone())];
    known.extend(question.customer.clone().map(|name| fact("customer_name", name)));
    if question.introduces {
        known.push(fact("first_message", "introduce {pro}; name {rating} if there is one".to_owned()));
    }
    if let Some(reason) = question.refused {
        known.push(fact("your_last_answer_was_refused", reason.to_owned()));
    }
    let missing = match question.goal {
        Goal::Ask { need, .. } => vec![missing_name(need).to_owned()],
        Goal::OfferSlots { .. } => vec!["which of the free appointments".to_owned()],
        Goal::Converse => Vec::new(),
    };
    let language = question.language;
    prompts::persona(&PersonaVariables {
        business: question.business.name.clone(),
        language: dispatcher::language_line(language),
        now: dispatcher::now_line(question.now, question.business.timezone),
        trade: question.pro.trades.first().map(|trade| say::trade(language, *trade)).unwrap_or_default(),
        persona: question.pro.persona.clone(),
        rated: question.pro.reviews > 0,
        prices: question
            .pro
            .prices
            .iter()
            .map(|price| PriceItem { key: price.item.clone(), name: price.name(language).to_owned() })
            .collect(),
        slots: (1..)
            .zip(&question.slots)
            .map(|(number, slot)| OfferedSlot {
                number,
                time: say::slot(&question.business, language, slot, question.now),
            })
            .collect(),
        known,
        missing,
    })
}

/// The conversation as the model sees it, ending with what the customer just wrote.
#[must_use]
pub fn transcript(question: &Question) -> Vec<Line> {
    dispatcher::with_words(&question.history, &question.words)
}

fn missing_name(need: Need) -> &'static str {
    match need {
        Need::Issue => "what is broken",
        Need::City => "city",
        Need::Address => "street and street_number",
        Need::FloorApartment => "floor and apartment",
        Need::Name => "customer_name",
        Need::Slot => "when",
        Need::Choice => "one of the choices",
    }
}
