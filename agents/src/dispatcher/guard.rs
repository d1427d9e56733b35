//! The check of what a model understood: a fact counts only when it can be traced to what the customer wrote, or to
//! something that exists. It adds nothing of its own.

use super::{Intent, Understood};
use crate::text::{clean, fold, truncate};
use crate::trade::Trade;
use crate::understanding::{Reading, places};
use crate::when::{self, When};

/// Facts that were checked.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Checked {
    pub(crate) intent: Option<Intent>,
    pub(crate) name: Option<String>,
    pub(crate) city: Option<String>,
    /// A city in the customer's words that the gazetteer does not know.
    pub(crate) place: Option<String>,
    pub(crate) street: Option<String>,
    pub(crate) street_number: Option<String>,
    pub(crate) floor: Option<String>,
    pub(crate) apartment: Option<String>,
    pub(crate) trade: Option<Trade>,
    pub(crate) issue: Option<String>,
    pub(crate) emergency: bool,
    pub(crate) when: Option<When>,
}

impl Checked {
    /// What the rules alone would say.
    pub(crate) fn by_rules(reading: &Reading) -> Self {
        Self { intent: super::offline::intent(reading), ..Self::default() }
    }

    /// Whether a model found a fact of an address, a name or a time.
    pub(crate) fn has_fact(&self) -> bool {
        self.name.is_some()
            || self.city.is_some()
            || self.street.is_some()
            || self.street_number.is_some()
            || self.floor.is_some()
            || self.apartment.is_some()
            || self.when.is_some()
    }
}

/// The longest summary of a problem that is kept, in characters.
const LONGEST_ISSUE: usize = 300;

/// The longest name of a place, in characters.
pub(super) const LONGEST_PLACE: usize = 40;

/// Keeps of an answer what holds. `words` is everything that the customer wrote in this burst.
pub(crate) fn check(understood: &Understood, words: &str, trades: &[Trade], time: &when::Context) -> Checked {
    let said = fold(&format!("{words} {}", understood.transcription.as_deref().unwrap_or_default()));
    let traced = |value: &Option<String>| present(value).filter(|value| said.contains(&fold(value)));
    Checked {
        intent: understood.intent,
        name: traced(&understood.customer_name)
            .filter(|name| name.chars().count() <= 60 && !name.contains(char::is_numeric)),
        city: present(&understood.city)
            .and_then(|city| places::by_name(&city).map(|place| place.key.to_owned())),
        place: traced(&understood.city)
            .filter(|city| places::by_name(city).is_none() && city.chars().count() <= LONGEST_PLACE),
        street: traced(&understood.street).filter(|street| street.chars().count() <= 80),
        street_number: traced_number(&understood.street_number, &said),
        floor: traced_number(&understood.floor, &said),
        apartment: traced_number(&understood.apartment, &said),
        trade: present(&understood.issue_type)
            .and_then(|key| Trade::from_key(&key))
            .filter(|trade| trades.contains(trade)),
        issue: present(&understood.issue_summary).map(|issue| truncate(&issue, LONGEST_ISSUE).to_owned()),
        emergency: understood.emergency.unwrap_or(false),
        when: traced(&understood.appointment_time).map(|words| when::read(&words, time)).filter(is_a_wish),
    }
}

/// Whether a reading of time says something that slots can be chosen by.
pub(crate) fn is_a_wish(when: &When) -> bool {
    match when {
        When::Point(_)
        | When::Range { .. }
        | When::Date(_)
        | When::Days { .. }
        | When::Candidates(_)
        | When::Earliest
        | When::Exclusion(_) => true,
        When::Any | When::Past | When::Clarify(_) | When::None => false,
    }
}

/// The value, unless it says that there is none (B145).
pub(crate) fn present(value: &Option<String>) -> Option<String> {
    let value = clean(value.as_deref()?);
    let nothing = ["", "unknown", "n/a", "na", "none", "null", "-", "לא ידוע", "не указано", "غير معروف"];
    (!nothing.contains(&value.to_lowercase().as_str())).then_some(value)
}

fn traced_number(value: &Option<String>, said: &str) -> Option<String> {
    let value = fold(&present(value).filter(|value| value.chars().count() <= 8)?);
    let digits: String = value.chars().filter(char::is_ascii_digit).collect();
    let known =
        said.split(|c: char| !c.is_ascii_digit()).any(|figure| !figure.is_empty() && figure == digits);
    (known || (digits.is_empty() && said.contains(&value))).then_some(value)
}
