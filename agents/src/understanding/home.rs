//! Floor, apartment, entrance and private house. It never takes a number that has no cue, except as the answer to a
//! question that asked for it.

use super::lexicon::{Lexicon, beginnings};
use super::words::{Gap, Text};
use std::sync::LazyLock;

/// Where inside the building.
#[derive(Default)]
pub(crate) struct Home {
    pub(crate) floor: Option<String>,
    pub(crate) apartment: Option<String>,
    pub(crate) entrance: Option<String>,
    pub(crate) is_private_house: bool,
    /// For every word whether it was read here.
    pub(crate) words: Vec<bool>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Part {
    Floor,
    Apartment,
    Entrance,
}

static PRIVATE: LazyLock<Lexicon<()>> = LazyLock::new(|| {
    let mut lexicon = Lexicon::new();
    let patterns = "בית פרטי|בבית פרטי|וילה|ווילה|קוטג'|צמוד קרקע|צמודי קרקע|דו משפחתי|בלי דירה|אין דירה|אין קומה|private house|private home|villa|single family|detached house|cottage|townhouse|no apartment|частный дом|частном доме|вилла|коттедж|بيت خاص|بيت مستقل|فيلا|بيت ارضي";
    for pattern in patterns.split('|') {
        lexicon.add(pattern, ());
    }
    lexicon
});

fn part(form: &str) -> Option<Part> {
    beginnings(form).find_map(|prefix| match &form[prefix..] {
        "קומה" | "קומת" | "ק'" | "ק" | "קומ'" | "floor" | "fl" | "flr" | "этаж" | "этаже" | "эт" | "طابق"
        | "الدور" | "دور" => Some(Part::Floor),
        "דירה" | "דירת" | "ד'" | "דיר'" | "ד" | "דירה'" | "apt" | "apartment" | "unit" | "flat" | "suite"
        | "#" | "кв" | "квартира" | "квартире" | "квартиру" | "شقه" | "بيت رقم" => {
            Some(Part::Apartment)
        }
        "כניסה" | "כנ'" | "כנ" | "entrance" | "подъезд" | "подъезде" | "مدخل" => {
            Some(Part::Entrance)
        }
        _ => None,
    })
}

fn ordinal(form: &str) -> Option<&'static str> {
    beginnings(form).find_map(|prefix| {
        Some(match &form[prefix..] {
            "קרקע" | "ground" | "первичный" | "ارضي" | "الارضي" => "0",
            "ראשונה" | "אחת" | "first" | "1st" | "первый" | "первом" | "اول" | "الاول" => {
                "1"
            }
            "שנייה" | "שניה" | "שתיים" | "second" | "второй" | "втором" | "ثاني" | "الثاني" => {
                "2"
            }
            "שלישית" | "שלוש" | "third" | "третий" | "третьем" | "ثالث" | "الثالث" => {
                "3"
            }
            "רביעית" | "ארבע" | "fourth" | "четвертый" | "четвертом" | "رابع" | "الرابع" => {
                "4"
            }
            "חמישית" | "חמש" | "fifth" | "пятый" | "пятом" | "خامس" | "الخامس" => {
                "5"
            }
            "שישית" | "שש" | "sixth" | "шестой" | "шестом" | "سادس" | "السادس" => {
                "6"
            }
            "שביעית" | "שבע" | "seventh" | "седьмой" | "седьмом" | "سابع" | "السابع" => {
                "7"
            }
            "שמינית" | "שמונה" | "eighth" | "восьмой" | "восьмом" | "ثامن" | "الثامن" => {
                "8"
            }
            "תשיעית" | "תשע" | "ninth" | "девятый" | "девятом" | "تاسع" | "التاسع" => {
                "9"
            }
            "עשירית" | "עשר" | "tenth" | "десятый" | "десятом" | "عاشر" | "العاشر" => {
                "10"
            }
            "מרתף" | "basement" | "подвал" => "-1",
            _ => return None,
        })
    })
}

/// "קומה ב'": floors are also counted by letters.
fn hebrew_letter_number(form: &str) -> Option<&'static str> {
    Some(match form.trim_end_matches('\'') {
        "א" => "1",
        "ב" => "2",
        "ג" => "3",
        "ד" => "4",
        "ה" => "5",
        "ו" => "6",
        "ז" => "7",
        "ח" => "8",
        _ => return None,
    })
}

pub(crate) fn find_home(text: &Text, other_numbers: &[bool]) -> Home {
    let mut home = Home { words: vec![false; text.words.len()], ..Home::default() };
    for found in PRIVATE.find_all(text) {
        if found.prefix == 0 || text.form(found.words.start).starts_with(['ב', 'ה', 'ب']) {
            home.is_private_house = true;
            home.words[found.words].fill(true);
        }
    }
    for index in 0..text.words.len() {
        if home.words[index] {
            continue;
        }
        let Some(part) = part(text.form(index)) else { continue };
        let is_abbreviated = text.form(index).chars().filter(|c| c.is_alphabetic()).count() <= 1;
        let after = value_after(text, index, part, other_numbers);
        let value = match part {
            // "3rd floor" and "третий этаж" say it before, "floor 3" after; what stands before is nearer.
            Part::Floor if !is_abbreviated => value_before(text, index, other_numbers, &home.words).or(after),
            Part::Floor | Part::Apartment | Part::Entrance => {
                after.filter(|value| !is_abbreviated || value.0.chars().all(|c| c.is_ascii_digit()))
            }
        };
        let Some((value, first, last)) = value else { continue };
        let place = match part {
            Part::Floor => &mut home.floor,
            Part::Apartment => &mut home.apartment,
            Part::Entrance => &mut home.entrance,
        };
        if place.is_none() {
            *place = Some(value);
        }
        home.words[first.min(index)..=last.max(index)].fill(true);
    }
    home
}

/// Numbers in an answer to "which floor and apartment?": two are both in that order, one alone is the apartment.
pub(crate) fn read_bare_answer(text: &Text, home: &mut Home, other_numbers: &[bool]) {
    let numbers: Vec<usize> = (0..text.words.len())
        .filter(|index| text.is_number(*index) && !home.words[*index] && !other_numbers[*index])
        .collect();
    match (numbers.as_slice(), &home.floor, &home.apartment) {
        ([floor, apartment], None, None) => {
            home.floor = Some(with_letter(text, *floor).0);
            home.apartment = Some(with_letter(text, *apartment).0);
        }
        ([apartment], _, None) => home.apartment = Some(with_letter(text, *apartment).0),
        ([floor], None, Some(_)) => home.floor = Some(text.form(*floor).to_owned()),
        _ => return,
    }
    numbers.iter().for_each(|index| home.words[*index] = true);
}

/// The answer to "which floor?": a number, or a word such as "קרקע".
pub(crate) fn read_bare_floor(text: &Text, home: &mut Home) {
    let is_short = text.words.len() <= 3;
    if home.floor.is_none() && is_short {
        let value = |index: usize| match text.is_number(index) {
            true => Some(text.form(index)),
            false => ordinal(text.form(index)),
        };
        home.floor = (0..text.words.len()).find_map(value).map(str::to_owned);
    }
}

fn value_after(
    text: &Text,
    cue: usize,
    part: Part,
    other_numbers: &[bool],
) -> Option<(String, usize, usize)> {
    let mut index = cue + 1;
    let is_connector = |form: &str| {
        matches!(form, "מספר" | "מס'" | "number" | "no" | "#" | "№" | "номер" | "رقم" | "היא" | "is")
    };
    if is_connector(text.form(index)) {
        index += 1;
    }
    let is_near = text.gap(index) < Gap::Comma
        || text.clean.get(text.words.get(cue)?.place.end..text.words.get(index)?.place.start)?.trim() == ":";
    if !is_near {
        return None;
    }
    if text.is_number(index) {
        if other_numbers[index] {
            return None;
        }
        let (mut value, last) = with_letter(text, index);
        let is_negative = part == Part::Floor
            && text.gap(index) == Gap::Hyphen
            && text.clean[..text.words[index].place.start].ends_with(" -");
        if is_negative {
            value.insert(0, '-');
        }
        return Some((value, index, last));
    }
    if part == Part::Floor {
        let is_alone = !text.is_number(index + 1);
        let value =
            ordinal(text.form(index)).or_else(|| hebrew_letter_number(text.form(index)).filter(|_| is_alone));
        return value.map(|value| (value.to_owned(), index, index));
    }
    let letter = text.form(index).trim_end_matches('\'');
    let is_letter =
        letter.chars().count() == 1 && letter.chars().all(char::is_alphabetic) && !text.is_number(index + 1);
    (part == Part::Entrance && is_letter)
        .then(|| (text.raw(index..index + 1).trim_end_matches(['\'', '׳', '’']).to_owned(), index, index))
}

fn value_before(
    text: &Text,
    cue: usize,
    other_numbers: &[bool],
    taken: &[bool],
) -> Option<(String, usize, usize)> {
    let is_free = |index: usize| text.gap(index + 1) < Gap::Comma && !taken[index];
    let index = cue.checked_sub(1).filter(|index| is_free(*index))?;
    if let Some(value) = ordinal(text.form(index)) {
        return Some((value.to_owned(), index, cue));
    }
    let is_ending =
        matches!(text.form(index), "st" | "nd" | "rd" | "th" | "й" | "ом" | "ем" | "м" | "ый" | "ий" | "ой");
    let number = if is_ending { index.checked_sub(1)? } else { index };
    let is_russian_or_english = !text.form(cue).starts_with(super::words::is_hebrew);
    let is_ordinal = is_ending || text.form(cue).starts_with("эт");
    (text.is_number(number)
        && is_ordinal
        && is_russian_or_english
        && !other_numbers[number]
        && !taken[number])
        .then(|| (text.form(number).to_owned(), number, cue))
}

fn with_letter(text: &Text, number: usize) -> (String, usize) {
    let next = number + 1;
    let is_letter =
        text.gap(next) == Gap::Glued && text.form(next).chars().count() == 1 && !text.is_number(next);
    if is_letter {
        return (text.raw(number..next + 1).to_owned(), next);
    }
    (text.form(number).to_owned(), number)
}
