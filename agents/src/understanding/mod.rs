//! The rule-based reader: what a customer's message says, understood without a model.
//!
//! It reads place, address, name, trade, problem, danger, answers and hints in Hebrew, English, Arabic and Russian. It
//! never reads times (see `when`), never decides what to answer, and knows nothing but the text and the last question.

mod address;
mod answer;
mod clock_words;
mod emergency;
mod home;
mod intents;
mod lexicon;
mod names;
mod negation;
pub mod places;
mod problem;
mod words;

pub use crate::language::Language;
pub use crate::trade::Trade;
pub use address::{is_complete_address, normalise_address};
pub use answer::YesNo;
pub use emergency::{Emergency, EmergencyLevel};
pub use intents::Intents;
pub use places::{Place, PlaceMatch};

use address::{Street, Surroundings, find_street};
use serde::{Deserialize, Serialize};
use std::fmt;
use words::{Gap, Text};

/// The question that was asked last, so that a bare answer is read by it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Expecting {
    /// What is broken.
    Issue,
    /// In which city.
    City,
    /// Street and number.
    Address,
    /// Floor and apartment.
    FloorApartment,
    /// The floor alone.
    Floor,
    /// The apartment alone.
    Apartment,
    /// The customer's name.
    Name,
    /// When; read by `when`, so that bare numbers are no address.
    Time,
    /// One of numbered choices.
    Choice,
    /// Yes or no.
    YesNo,
}

/// What is known before the message is read.
#[derive(Clone, Copy, Debug, Default)]
pub struct Context<'a> {
    /// The trades that this business serves; they settle which of two fitting trades is meant.
    pub trades: &'a [Trade],
    /// The city (key or name) that is known already.
    pub city: Option<&'a str>,
    /// The question that was asked last.
    pub expecting: Option<Expecting>,
}

/// Whether somebody wants to be told when an earlier time is free, and says nothing that is a request besides.
#[must_use]
pub fn asks_to_be_told(text: &str) -> bool {
    // Hardly anybody does: reading the rest is for those.
    let words = Text::new(crate::text::truncate(text, LONGEST_MESSAGE));
    let nothing_skipped = vec![false; words.words.len()];
    if !intents::find_intents(&words, &nothing_skipped).intents.wants_to_be_told {
        return false;
    }
    let reading = read(text, &Context { trades: Trade::ALL, city: None, expecting: None });
    reading.intents.wants_to_be_told && reading.issue.is_none() && reading.street.is_none()
}

/// The number that a whole message is, as in a choice: "2", "the second one".
#[must_use]
pub fn number(text: &str) -> Option<u32> {
    answer::find_number(&Text::new(crate::text::truncate(text, LONGEST_MESSAGE)))
}

/// The danger that a message speaks of by the words of one business, which are patterns as in the lexicons: `..` is up to
/// three words, `*` any ending.
#[must_use]
pub fn emergency_by(text: &str, patterns: &[String]) -> Emergency {
    emergency::find_own_emergency(&Text::new(crate::text::truncate(text, LONGEST_MESSAGE)), patterns)
}

/// What a message says. A field is empty when the message does not say it.
#[derive(Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Reading {
    /// The language it is written in; `None` without letters.
    pub language: Option<Language>,
    /// The city.
    pub city: Option<PlaceMatch>,
    /// The street, without "רחוב".
    pub street: Option<String>,
    /// "10", "10א", "12-14".
    pub street_number: Option<String>,
    /// "3", "0" for the ground floor, "-1" for the basement.
    pub floor: Option<String>,
    /// "12", "12א".
    pub apartment: Option<String>,
    /// "ב", "2".
    pub entrance: Option<String>,
    /// A house of its own, which has neither floor nor apartment.
    pub private_house: bool,
    /// The customer's name.
    pub name: Option<String>,
    /// The trade that the problem belongs to, also when the business does not serve it.
    pub trade: Option<Trade>,
    /// The problem in the customer's own words, shortened.
    pub issue: Option<String>,
    /// The service item that it probably is: `leak_repair`.
    pub item: Option<String>,
    /// Signs of danger.
    pub emergency: Emergency,
    /// The answer to a yes-or-no question.
    pub answer: Option<YesNo>,
    /// A number or choice that is the whole message.
    pub number: Option<u32>,
    /// Hints of what is wanted.
    pub intents: Intents,
    /// The customer says that the known address is an old one.
    pub moved: bool,
}

/// Shows what was found, never the words themselves: they are the customer's.
impl fmt::Debug for Reading {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Reading")
            .field("language", &self.language)
            .field("city", &self.city.as_ref().map(|city| city.key.as_str()))
            .field("has_street", &self.street.is_some())
            .field("has_name", &self.name.is_some())
            .field("trade", &self.trade)
            .field("item", &self.item)
            .field("emergency", &self.emergency)
            .field("answer", &self.answer)
            .field("intents", &self.intents.keys())
            .finish_non_exhaustive()
    }
}

/// The most of a message that is read. Nobody describes a problem in more; it bounds the work of a hostile message.
const LONGEST_MESSAGE: usize = 70_000;

/// Reads a message by itself and by the last question.
#[must_use]
pub fn read(text: &str, context: &Context<'_>) -> Reading {
    let text = Text::new(crate::text::truncate(text, LONGEST_MESSAGE));
    let is_expected =
        |expected: &[Expecting]| context.expecting.is_some_and(|expecting| expected.contains(&expecting));

    let other_numbers = clock_words::other_numbers(&text);
    let is_time = clock_words::time_words(&text);
    let mut home = home::find_home(&text, &other_numbers);
    if is_expected(&[Expecting::FloorApartment, Expecting::Apartment]) {
        home::read_bare_answer(&text, &mut home, &other_numbers);
    } else if is_expected(&[Expecting::Floor]) {
        home::read_bare_floor(&text, &mut home);
    }
    let places = places::candidates(&text);
    let is_number_answer = is_expected(&[Expecting::Choice, Expecting::Time]);
    let street = find_street(
        &text,
        &Surroundings {
            places: &places,
            other_numbers: &other_numbers,
            home_words: &home.words,
            is_expected: is_expected(&[Expecting::Address]),
            has_city: context.city.is_some(),
        },
    )
    .filter(|street| !is_number_answer || text.words.len() > 3 || street.number.is_none());
    let mut is_address = home.words.clone();
    if let Some(street) = &street {
        is_address[street.words.clone()].fill(true);
    }
    let problem = problem::find_problem(&text, context.trades, &is_address);
    let (emergency, is_danger) = emergency::find_emergency(&text);
    let found_intents = intents::find_intents(&text, &is_address);

    let is_sure_place: Vec<bool> = mark(text.words.len(), &places, |place| !place.is_weak);
    let is_other = |index: usize| {
        problem.words[index]
            || is_danger[index]
            || is_address[index]
            || is_time[index]
            || is_sure_place[index]
            || found_intents.courtesy[index]
            || address::is_stop_word(&text, index)
    };
    let mut name = names::find_name(&text, &is_other);
    let around = answer::Around {
        is_time: &is_time,
        has_problem: problem.is_found(),
        has_moved: found_intents.has_moved,
    };
    let answer = answer::find_answer(&text, &around);
    // The first question asks for the name and the problem together.
    let is_bare_name_expected = is_expected(&[Expecting::Name])
        || (is_expected(&[Expecting::Issue]) && !problem.is_found() && names::begins_with_first_name(&text));
    if name.is_none()
        && is_bare_name_expected
        && answer.is_none()
        && found_intents.intents == Intents::default()
    {
        name = names::bare_name(&text, &is_other);
    }
    let name_words = name.as_ref().map_or(0..0, |(_, words)| words.clone());

    let city = find_city(&text, &places, street.as_ref(), found_intents.has_moved, &|place| {
        let is_inside_name = name_words.contains(&place.words.start);
        let is_answer = is_expected(&[Expecting::City]) && text.words.len() <= 4;
        !is_inside_name && (is_answer || places::is_sure(&text, place))
    });

    let mut left_out = is_address;
    for index in 0..text.words.len() {
        left_out[index] |= is_time[index] || found_intents.courtesy[index] || name_words.contains(&index);
    }
    if let Some(city) = city {
        left_out[city.words.clone()].fill(true);
    }
    let is_problem: Vec<bool> = problem.words.iter().zip(&is_danger).map(|(a, b)| *a || *b).collect();
    let is_issue_asked = is_expected(&[Expecting::Issue]) && answer.is_none() && text.words.len() > 1;
    let issue = if emergency.reasons.is_empty() && !problem.is_found() && !is_issue_asked {
        None
    } else {
        problem::summary(&text, &is_problem, &left_out, is_issue_asked)
    };

    let mut intents = found_intents.intents;
    // "מתי אתם מגיעים" asks for a time; only with a place or a question mark it asks for an area.
    intents.asks_area &= (city.is_some() || text.has_question_mark()) && !intents.asks_slots;
    intents.off_topic &= !problem.is_found() && city.is_none() && street.is_none() && !intents.asks_price;

    let (street_name, street_number, slash_apartment) =
        street.map_or((None, None, None), |street| (Some(street.name), street.number, street.apartment));
    Reading {
        language: crate::language::detect(&text.clean),
        city: city.map(|city| places::to_match(&text, city)),
        street: street_name,
        street_number,
        floor: home.floor,
        apartment: home.apartment.or(slash_apartment),
        entrance: home.entrance,
        private_house: home.is_private_house,
        name: name.map(|(name, _)| name),
        trade: problem.trade.or_else(|| trade_of_danger(&emergency)),
        issue,
        item: problem.item.map(str::to_owned),
        emergency,
        answer,
        number: answer::find_number(&text),
        intents,
        moved: found_intents.has_moved,
    }
}

/// The trade that a danger alone points to.
fn trade_of_danger(emergency: &Emergency) -> Option<Trade> {
    emergency.reasons.iter().find_map(|reason| match reason.as_str() {
        "burst_pipe" | "flooding" | "sewage_backup" | "sewage_smell" | "strong_leak" | "no_water" => {
            Some(Trade::Plumbing)
        }
        "sparks" | "electric_shock" | "short_circuit" | "power_outage" | "burning_smell" => {
            Some(Trade::Electricity)
        }
        "gas" => Some(Trade::Gas),
        "locked_out" => Some(Trade::Locksmith),
        _ => None,
    })
}

fn mark(
    count: usize,
    places: &[places::Candidate],
    wanted: impl Fn(&places::Candidate) -> bool,
) -> Vec<bool> {
    let mut marks = vec![false; count];
    for place in places.iter().filter(|place| wanted(place)) {
        marks[place.words.clone()].fill(true);
    }
    marks
}

/// The city that is meant: none that is part of a street's name; after a move, where to; else the one behind the
/// street, else the first.
fn find_city<'a>(
    text: &Text,
    places: &'a [places::Candidate],
    street: Option<&Street>,
    has_moved: bool,
    is_meant: &dyn Fn(&places::Candidate) -> bool,
) -> Option<&'a places::Candidate> {
    let is_street =
        |place: &places::Candidate| street.is_some_and(|street| street.words.contains(&place.words.start));
    let is_from = |place: &places::Candidate| {
        let prefix = &text.form(place.words.start)[..place.prefix];
        let before = place.words.start.checked_sub(1).map_or("", |index| text.form(index));
        prefix.ends_with('מ') || matches!(before, "from" | "из" | "من")
    };
    let is_denied = |place: &places::Candidate| negation::is_denied_directly(text, &place.words);
    let meant: Vec<&places::Candidate> =
        places.iter().filter(|place| !is_street(place) && is_meant(place) && !is_denied(place)).collect();
    if has_moved && let Some(place) = meant.iter().find(|place| !is_from(place)) {
        return Some(place);
    }
    let after_street = street.and_then(|street| {
        let is_next = |place: &&&places::Candidate| {
            place.words.start >= street.words.end
                && place.words.start - street.words.end <= 6
                && (street.words.end..=place.words.start)
                    .all(|index| text.gap(index) < Gap::Sentence || index == street.words.end)
        };
        meant.iter().find(is_next).copied()
    });
    after_street.or_else(|| meant.first().copied())
}
