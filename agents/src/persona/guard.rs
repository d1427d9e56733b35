//! The check of what a model proposes to say. Figures may stand in placeholders only; a text with a price, time,
//! rating or status of its own is refused. It never repairs a text: a refused one is asked for again, then replaced.

use super::Question;
use crate::business::Business;
use crate::say;
use crate::text::{clean, fold};
use crate::when::{self, When};
use chrono::{DateTime, Utc};

/// Why a text was refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Violation {
    /// There are no words in it.
    Empty,
    /// It is longer than a person reads on a phone.
    TooLong,
    /// A placeholder that does not exist, or speaks of an item or slot that was not given.
    UnknownPlaceholder,
    /// A figure that neither code nor the customer said.
    OwnFigure,
    /// A currency outside a placeholder.
    OwnPrice,
    /// A day or a time outside a placeholder.
    OwnTime,
    /// It says that something is booked or confirmed, which only code may say.
    OwnStatus,
    /// A link that we did not give.
    OwnLink,
}

impl Violation {
    /// A stable key, for the second attempt's prompt, counters and logs.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Self::Empty => "empty",
            Self::TooLong => "too_long",
            Self::UnknownPlaceholder => "unknown_placeholder",
            Self::OwnFigure => "own_figure",
            Self::OwnPrice => "own_price",
            Self::OwnTime => "own_time",
            Self::OwnStatus => "own_status",
            Self::OwnLink => "own_link",
        }
    }
}

/// The most characters of a reply before figures are filled in.
const LONGEST: usize = 900;

/// Words of money in the four languages, folded. A model has no business with them outside a placeholder.
const CURRENCIES: &[&str] = &[
    "₪",
    "ש\"ח",
    "שח",
    "שקל",
    "שקלים",
    "אגורות",
    "nis",
    "ils",
    "shekel",
    "shekels",
    "$",
    "dollar",
    "dollars",
    "usd",
    "€",
    "euro",
    "euros",
    "דולר",
    "דולרים",
    "יורו",
    "шекель",
    "шекеля",
    "шекелей",
    "руб",
    "рублей",
    "доллар",
    "долларов",
    "евро",
    "شيكل",
    "شيقل",
    "شواكل",
    "دولار",
    "يورو",
];

/// Words that claim a status, folded. Stems, so that they are found inside inflected forms.
const CLAIMS: &[&str] = &[
    "נקבע",
    "קבעתי",
    "קבענו",
    "שיריינתי",
    "שריינתי",
    "מאושר",
    "אישרתי",
    "הוזמן",
    "סגרנו",
    "סגרתי",
    "סיכמנו",
    "deal is done",
    "договорились",
    "הזמנתי",
    "בוטל",
    "ביטלתי",
    "booked",
    "confirmed",
    "i scheduled",
    "is scheduled",
    "reserved",
    "approved",
    "cancelled",
    "canceled",
    "забронирован",
    "подтвержд",
    "записал вас",
    "отменен",
    "تم الحجز",
    "تم التاكيد",
    "تم التأكيد",
    "حجزت",
    "مؤكد",
    "الغيت",
];

/// How Hebrew says that a price is set on site: the only harmless use of the word for "it is set".
const HARMLESS: &str = "הסופי נקבע";

/// The text with its placeholders filled in, or why it may not be said.
///
/// # Errors
///
/// The first violation found.
pub fn render(reply: &str, question: &Question) -> Result<String, Violation> {
    let (reply, _) = super::cut_deal_marker(reply);
    if crate::dispatcher::present(&Some(reply.clone())).is_none() {
        return Err(Violation::Empty);
    }
    if reply.chars().count() > LONGEST {
        return Err(Violation::TooLong);
    }
    let (filled, own_words) = fill(&reply, question)?;
    check_own_words(&own_words, &question.words, &question.business, question.now)?;
    Ok(filled)
}

/// A finished text of the locale files with its placeholders filled in; empty when it has one that does not exist. What
/// translators write is not checked for figures: an example of an address may have some.
pub(crate) fn fill_finished(text: &str, question: &Question) -> String {
    fill(text, question).map(|(filled, _)| filled).unwrap_or_default()
}

/// The text with its placeholders filled in, and the words around them.
fn fill(text: &str, question: &Question) -> Result<(String, String), Violation> {
    let mut filled = String::with_capacity(text.len() * 2);
    let mut own_words = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(start) = rest.find('{') {
        let Some(length) = rest[start..].find('}') else { return Err(Violation::UnknownPlaceholder) };
        filled.push_str(&rest[..start]);
        own_words.push_str(&rest[..start]);
        // A gap keeps the words on both sides apart without meaning anything.
        own_words.push_str(" … ");
        filled.push_str(
            &value(&rest[start + 1..start + length], question).ok_or(Violation::UnknownPlaceholder)?,
        );
        rest = &rest[start + length + 1..];
    }
    filled.push_str(rest);
    own_words.push_str(rest);
    Ok((filled, own_words))
}

/// What a placeholder stands for; none when it does not exist here.
fn value(name: &str, question: &Question) -> Option<String> {
    let (kind, argument) = name.split_once(':').unwrap_or((name, ""));
    match kind.trim() {
        "pro" => Some(question.pro.name.clone()),
        "rating" => say::rating(question.language, &question.pro),
        "price" => question
            .pro
            .price(argument.trim())
            .map(|price| say::price(&question.business, question.language, price)),
        "slot" => {
            let index = argument.trim().parse::<usize>().ok()?.checked_sub(1)?;
            let slot = question.slots.get(index)?;
            Some(say::slot(&question.business, question.language, slot, question.now))
        }
        _ => None,
    }
}

/// Whether words without placeholders hold no figure, time, status or link of a model's own.
pub(crate) fn is_harmless(
    reply: &str,
    customer_words: &str,
    business: &Business,
    now: DateTime<Utc>,
) -> bool {
    let length = reply.chars().count();
    let has_marker = reply.contains(['{', '[']);
    !clean(reply).is_empty()
        && length <= LONGEST
        && !has_marker
        && check_own_words(reply, customer_words, business, now).is_ok()
}

fn check_own_words(
    own_words: &str,
    customer_words: &str,
    business: &Business,
    now: DateTime<Utc>,
) -> Result<(), Violation> {
    let folded = fold(own_words);
    let words: Vec<&str> = folded
        .split(|c: char| !(c.is_alphanumeric() || c == '"' || c == '₪' || c == '$' || c == '€'))
        .collect();
    let is_currency = |word: &&str| CURRENCIES.contains(word) || word.chars().any(|c| "₪$€".contains(c));
    if words.iter().any(is_currency) {
        return Err(Violation::OwnPrice);
    }
    if folded.contains("http") || folded.contains("www.") {
        return Err(Violation::OwnLink);
    }
    let claims = folded.replace(HARMLESS, "");
    if CLAIMS.iter().any(|claim| claims.contains(claim)) {
        return Err(Violation::OwnStatus);
    }
    let context = when::Context::new(now, business.timezone);
    match when::read(own_words, &context) {
        When::None | When::Any | When::Earliest | When::Clarify(_) | When::Exclusion(_) => {}
        When::Point(_)
        | When::Range { .. }
        | When::Date(_)
        | When::Days { .. }
        | When::Candidates(_)
        | When::Past => {
            return Err(Violation::OwnTime);
        }
    }
    let said = fold(customer_words);
    let mut figures = folded.split(|c: char| !c.is_ascii_digit()).filter(|figure| !figure.is_empty());
    let customer_said = |figure: &str| said.split(|c: char| !c.is_ascii_digit()).any(|known| known == figure);
    if figures.any(|figure| !customer_said(figure)) {
        return Err(Violation::OwnFigure);
    }
    Ok(())
}
