//! Street and house number in free text. It invents nothing: without a cue, a known street or a question that asked
//! for the address, words before a number are not a street.

use super::lexicon::{Lexicon, lines};
use super::places::Candidate;
use super::words::{Gap, Text};
use crate::text::clean;
use std::ops::Range;
use std::sync::LazyLock;

/// A street with what was written of the house.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Street {
    pub(crate) name: String,
    pub(crate) number: Option<String>,
    /// The second number of "5/7".
    pub(crate) apartment: Option<String>,
    pub(crate) words: Range<usize>,
}

/// What is known about the message before streets are looked for.
pub(crate) struct Surroundings<'a> {
    pub(crate) places: &'a [Candidate],
    pub(crate) other_numbers: &'a [bool],
    /// Words of floor, apartment and entrance.
    pub(crate) home_words: &'a [bool],
    pub(crate) is_expected: bool,
    /// The city is known from before.
    pub(crate) has_city: bool,
}

static KNOWN: LazyLock<Lexicon<()>> = LazyLock::new(|| lexicon_of("known"));
static STOP: LazyLock<Lexicon<()>> = LazyLock::new(|| lexicon_of("stop"));

fn lexicon_of(heading: &str) -> Lexicon<()> {
    let mut lexicon = Lexicon::new();
    for (_, phrases) in lines(include_str!("../../data/streets.txt")).filter(|(found, _)| *found == heading) {
        phrases.for_each(|phrase| lexicon.add(phrase, ()));
    }
    lexicon
}

/// The text with single spaces and one comma with one space between its parts: the stored form of an address.
#[must_use]
pub fn normalise_address(text: &str) -> String {
    let text = text.replace(['\n', '\r', '،'], ",");
    let parts: Vec<String> = text.split(',').map(clean).filter(|part| !part.is_empty()).collect();
    parts.join(", ")
}

/// Whether a text can be a complete address: a name and a number.
#[must_use]
pub fn is_complete_address(text: &str) -> bool {
    text.chars().any(char::is_alphabetic) && text.chars().any(char::is_numeric)
}

pub(crate) fn is_street_suffix(form: &str) -> bool {
    matches!(
        form,
        "st" | "street"
            | "str"
            | "ave"
            | "avenue"
            | "rd"
            | "road"
            | "blvd"
            | "boulevard"
            | "lane"
            | "ln"
            | "drive"
            | "dr"
            | "way"
            | "court"
            | "ct"
            | "place"
            | "pl"
            | "terrace"
            | "parkway"
            | "pkwy"
            | "circle"
            | "square"
    )
}

/// How a word that announces a street behaves.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Cue {
    /// "רחוב", "ул.": no part of the name.
    Apart,
    /// "שדרות", "проспект": part of the name.
    Part,
}

fn cue(form: &str) -> Option<(Cue, usize)> {
    super::lexicon::beginnings(form).find_map(|prefix| match &form[prefix..] {
        "רחוב" | "רח'" | "רח" | "ул" | "улица" | "улице" | "улицу" | "улицы" | "شارع" => {
            Some((Cue::Apart, prefix))
        }
        "שדרות" | "שד'" | "שדרת" | "סמטת" | "סמטה" | "דרך" | "כיכר" | "проспект" | "проспекте"
        | "бульвар" | "бульваре" | "переулок" | "пр" => Some((Cue::Part, prefix)),
        _ => None,
    })
}

/// The street that the text most surely names.
pub(crate) fn find_street(text: &Text, around: &Surroundings<'_>) -> Option<Street> {
    let cued = (0..text.words.len()).find_map(|index| after_cue(text, index, around));
    if cued.as_ref().is_some_and(|street| street.number.is_some()) {
        return cued;
    }
    let numbers = || (0..text.words.len()).filter(|index| is_house(text, *index, around));
    numbers()
        .find_map(|index| number_first(text, index, around))
        .or_else(|| numbers().find_map(|index| known_before(text, index, around)))
        .or_else(|| cued.clone())
        .or_else(|| numbers().find_map(|index| unknown_before(text, index, around)))
        .filter(|street| street.name.chars().filter(|c| c.is_alphabetic()).count() >= 2)
        .or_else(|| bare_known(text, around))
}

/// A known street that is the whole answer to the question for an address, still without its number.
fn bare_known(text: &Text, around: &Surroundings<'_>) -> Option<Street> {
    let found = KNOWN.longest_at(text, 0).filter(|_| around.is_expected)?;
    let is_whole = found.words.end == text.words.len() && is_street_prefix(text, found.prefix, 0);
    let is_place = around.places.iter().any(|place| place.words == found.words) && !around.has_city;
    (is_whole && !is_place).then(|| Street {
        name: without_prefix(text.raw(found.words.clone()), found.prefix),
        number: None,
        apartment: None,
        words: found.words,
    })
}

fn is_house(text: &Text, index: usize, around: &Surroundings<'_>) -> bool {
    text.is_number(index) && !around.other_numbers[index] && !around.home_words[index]
}

fn after_cue(text: &Text, index: usize, around: &Surroundings<'_>) -> Option<Street> {
    let (cue, prefix) = cue(text.form(index))?;
    let first = index + 1;
    let mut end = first;
    while end < text.words.len()
        && end - first < 4
        && text.gap(end) < Gap::Comma
        && is_name_word(text, end, around)
    {
        let is_next_place = end > first && around.places.iter().any(|place| place.words.start == end);
        if is_next_place || (end > first && is_street_suffix(text.form(end))) {
            break;
        }
        end += 1;
    }
    if end == first {
        return None;
    }
    let is_known = KNOWN.longest_at(text, first).is_some_and(|found| found.prefix == 0);
    if is_known && cue == Cue::Apart {
        // A known name ends the street, so that words after it do not become part of it.
        let known_end = KNOWN.longest_at(text, first).map_or(end, |found| found.words.end);
        if !is_house(text, end, around) || text.gap(end) >= Gap::Comma {
            end = known_end.min(end).max(first + 1);
        }
    }
    let number = number_after(text, end, around);
    if cue == Cue::Part && number.is_none() && !is_known {
        return None;
    }
    let name = match cue {
        Cue::Apart => text.raw(first..end).to_owned(),
        Cue::Part => without_prefix(text.raw(index..end), prefix),
    };
    let after = number.as_ref().map_or(end, |number| number.end);
    let (number, apartment) = number.map_or((None, None), |number| (Some(number.text), number.apartment));
    Some(Street { name, number, apartment, words: index..after })
}

/// The house number right after a street's name, or behind a comma or a word such as "מספר", "дом".
fn number_after(text: &Text, index: usize, around: &Surroundings<'_>) -> Option<House> {
    let is_word = matches!(
        text.form(index),
        "מספר" | "מס'" | "בית" | "дом" | "д" | "no" | "number" | "رقم" | "№" | "#"
    );
    let index = if is_word && text.gap(index) <= Gap::Comma { index + 1 } else { index };
    (is_house(text, index, around) && text.gap(index) <= Gap::Comma).then(|| house(text, index))
}

/// "10 Herzl St", "456 Oak Avenue", "10 Herzl".
fn number_first(text: &Text, index: usize, around: &Surroundings<'_>) -> Option<Street> {
    let house = house(text, index);
    let first = house.end;
    let mut end = first;
    while end < text.words.len() && end - first < 6 && text.gap(end) < Gap::Comma {
        if is_street_suffix(text.form(end)) && end > first {
            return Some(Street {
                name: text.raw(first..end + 1).to_owned(),
                number: Some(house.text),
                apartment: house.apartment,
                words: index..end + 1,
            });
        }
        let is_ordinal = text.is_number(end) || text.gap(end) == Gap::Glued;
        if !is_ordinal && !is_name_word(text, end, around) {
            break;
        }
        end += 1;
    }
    let known = KNOWN
        .longest_at(text, first)
        .filter(|found| found.prefix == 0 && text.gap(first) < Gap::Comma && text.form(first).is_ascii());
    let is_preceded =
        index > 0 && text.gap(index) < Gap::Comma && KNOWN.longest_at(text, index - 1).is_some();
    let end = match known {
        Some(found) if !is_preceded => found.words.end,
        _ if around.is_expected
            && index == text.clause_start(index)
            && end > first
            && text.form(first).is_ascii() =>
        {
            let place = around
                .places
                .iter()
                .map(|place| place.words.start)
                .find(|start| (first..end).contains(start));
            place.unwrap_or(end)
        }
        _ => return None,
    };
    (end > first).then(|| Street {
        name: text.raw(first..end).to_owned(),
        number: Some(house.text),
        apartment: house.apartment,
        words: index..end,
    })
}

/// A street of the list right before a number.
fn known_before(text: &Text, number: usize, around: &Surroundings<'_>) -> Option<Street> {
    let earliest = number.saturating_sub(3);
    let found = (earliest..number).find_map(|start| {
        KNOWN
            .longest_at(text, start)
            .filter(|found| found.words.end == number && is_street_prefix(text, found.prefix, start))
    })?;
    let is_joined = text.gap(number) < Gap::Comma;
    let is_place = around.places.iter().any(|place| place.words == found.words);
    let has_other_place = around.has_city || around.places.iter().any(|place| place.words != found.words);
    // "ירושלים 5" alone is the city and some number; with another city it is a street.
    if !is_joined || (is_place && !has_other_place) {
        return None;
    }
    Some(from_words(text, found.words, found.prefix, number))
}

fn is_street_prefix(text: &Text, prefix: usize, index: usize) -> bool {
    matches!(&text.form(index)[..prefix], "" | "ב" | "ל" | "מ" | "וב" | "שב" | "ב-" | "ب" | "ل")
}

/// Words before a number that are no known street, when something else says that this is an address.
fn unknown_before(text: &Text, number: usize, around: &Surroundings<'_>) -> Option<Street> {
    if text.gap(number) >= Gap::Comma {
        return None;
    }
    let mut start = number;
    while start > 0 && number - start < 3 && is_name_word(text, start - 1, around) {
        let is_place = around.places.iter().any(|place| place.words.contains(&(start - 1)));
        if is_place {
            break;
        }
        start -= 1;
        if text.gap(start) >= Gap::Comma {
            break;
        }
    }
    if start == number {
        return None;
    }
    let end = house(text, number).end;
    let before = start.checked_sub(1).map_or("", |index| text.form(index));
    let is_located =
        matches!(before, "גר" | "גרה" | "גרים" | "נמצא" | "נמצאת" | "נמצאים" | "מגיעים" | "תגיעו");
    let is_announced = matches!(
        before,
        "כתובת"
            | "הכתובת"
            | "כתובתי"
            | "לכתובת"
            | "address"
            | "адрес"
            | "العنوان"
            | "عنواني"
            | "живу"
    );
    let is_before_place = around.places.iter().any(|place| place.words.start == end);
    let is_before_home = around.home_words.get(end).copied().unwrap_or_default();
    let is_whole_clause = text.gap(start) >= Gap::Comma && text.gap(end) >= Gap::Comma;
    let has_more = !around.places.is_empty() || around.home_words.contains(&true);
    let is_street = around.is_expected
        || is_located
        || is_announced
        || is_before_place
        || is_before_home
        || (is_whole_clause && has_more);
    let first = text.form(start);
    let prefix =
        if is_located && first.starts_with('ב') && first.chars().count() > 3 { 'ב'.len_utf8() } else { 0 };
    is_street.then(|| from_words(text, start..number, prefix, number))
}

fn from_words(text: &Text, words: Range<usize>, prefix: usize, number: usize) -> Street {
    let house = house(text, number);
    Street {
        name: without_prefix(text.raw(words.clone()), prefix),
        number: Some(house.text),
        apartment: house.apartment,
        words: words.start..house.end,
    }
}

/// Without the folded prefix's letters; the customer's spelling may differ only by marks, so the cut is by letters.
fn without_prefix(raw: &str, prefix: usize) -> String {
    let letters = prefix / 2;
    raw.char_indices().nth(letters).map_or(raw, |(offset, _)| &raw[offset..]).to_owned()
}

fn is_name_word(text: &Text, index: usize, around: &Surroundings<'_>) -> bool {
    let Some(word) = text.words.get(index) else { return false };
    !word.is_number
        && !around.home_words[index]
        && word.form.chars().any(char::is_alphabetic)
        && !is_stop_word(text, index)
}

/// Whether the word never belongs to a name, of a street or of a person.
pub(crate) fn is_stop_word(text: &Text, index: usize) -> bool {
    STOP.longest_at(text, index).is_some_and(|found| {
        found.words.end == index + 1 && matches!(&text.form(index)[..found.prefix], "" | "ו" | "و")
    })
}

struct House {
    text: String,
    apartment: Option<String>,
    end: usize,
}

/// "10", "10א", "12-14", "5/7" (house 5, apartment 7).
fn house(text: &Text, index: usize) -> House {
    let mut number = text.form(index).to_owned();
    let mut end = index + 1;
    let letter = text.form(end).trim_end_matches('\'');
    let is_single = letter.chars().count() == 1 && !text.is_number(end);
    let is_spaced_letter =
        matches!(letter, "א" | "ב" | "ג") && text.gap(end) == Gap::Space && text.gap(end + 1) >= Gap::Comma;
    if is_single && (text.gap(end) == Gap::Glued || is_spaced_letter) {
        number.push_str(text.raw(end..end + 1).trim_end_matches(['\'', '׳', '’']));
        end += 1;
    }
    let next = || text.form(end).parse::<u32>().ok();
    let is_range = text.gap(end) == Gap::Hyphen && text.form(index).parse().ok() < next();
    if is_range {
        number = format!("{number}-{}", text.form(end));
        end += 1;
    }
    let mut apartment = None;
    if text.gap(end) == Gap::Slash && text.is_number(end) {
        apartment = Some(text.form(end).to_owned());
        end += 1;
    }
    House { text: number, apartment, end }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_stored_in_one_form() {
        assert_eq!(
            normalise_address("  456   Oak Avenue , Overland Park KS 66210 "),
            "456 Oak Avenue, Overland Park KS 66210"
        );
        assert_eq!(normalise_address("הרצל 10 ,, תל אביב\nקומה 3,"), "הרצל 10, תל אביב, קומה 3");
    }

    #[test]
    fn without_a_digit_an_address_is_not_complete() {
        assert!(!is_complete_address("Oak Avenue"));
        assert!(!is_complete_address("12"));
        assert!(is_complete_address("הרצל 10"));
    }
}
