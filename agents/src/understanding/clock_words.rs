//! Numbers that are no part of an address: times, dates, prices, phones, measures. It does not read them, only marks
//! them, so that "ב-10" is never a house and "הרצל 10" never an hour.

use super::lexicon::Lexicon;
use super::words::{Gap, Text};
use std::sync::LazyLock;

const BEFORE: &[&str] = &[
    "בשעה",
    "שעה",
    "לשעה",
    "השעה",
    "משעה",
    "ב",
    "עד",
    "מ",
    "ל",
    "ה",
    "כ",
    "בסביבות",
    "סביבות",
    "בערך",
    "לקראת",
    "אחרי",
    "לפני",
    "בעוד",
    "עוד",
    "תוך",
    "בין",
    "גיל",
    "בן",
    "מחר",
    "היום",
    "הערב",
    "מחרתיים",
    "בבוקר",
    "בערב",
    "at",
    "by",
    "until",
    "till",
    "before",
    "after",
    "around",
    "about",
    "within",
    "between",
    "tomorrow",
    "today",
    "tonight",
    "since",
    "under",
    "over",
    "aged",
    "age",
    "в",
    "во",
    "до",
    "с",
    "к",
    "после",
    "около",
    "через",
    "завтра",
    "сегодня",
    "الساعه",
    "ساعه",
    "للساعه",
    "حتي",
    "بعد",
    "قبل",
    "غدا",
    "بكرا",
    "$",
    "₪",
    "€",
    "אופציה",
    "אפשרות",
    "option",
    "вариант",
    "خيار",
    "+",
    "דגם",
    "model",
    "модель",
    "טלפון",
    "נייד",
    "phone",
    "тел",
    "телефон",
    "هاتف",
    "קוד",
    "code",
    "код",
];
const AFTER: &[&str] = &[
    "am",
    "pm",
    "a",
    "o'clock",
    "oclock",
    "בבוקר",
    "בערב",
    "בצהריים",
    "בצהרים",
    "בלילה",
    "אחה\"צ",
    "אחר",
    "לפנות",
    "בדיוק",
    "וחצי",
    "ורבע",
    "ש\"ח",
    "שח",
    "שקל",
    "שקלים",
    "nis",
    "ils",
    "shekel",
    "shekels",
    "₪",
    "$",
    "€",
    "%",
    "usd",
    "dollars",
    "percent",
    "час",
    "часа",
    "часов",
    "утра",
    "вечера",
    "дня",
    "ночи",
    "минут",
    "минуты",
    "дней",
    "лет",
    "года",
    "год",
    "шекелей",
    "шек",
    "руб",
    "мин",
    "hours",
    "hour",
    "hrs",
    "minutes",
    "minute",
    "mins",
    "min",
    "days",
    "day",
    "weeks",
    "week",
    "months",
    "years",
    "year",
    "yrs",
    "דקות",
    "דקה",
    "שעות",
    "שעה",
    "ימים",
    "יום",
    "שבועות",
    "שבוע",
    "שנים",
    "שנה",
    "חודשים",
    "חדרים",
    "חדר",
    "חד'",
    "rooms",
    "room",
    "bedroom",
    "bedrooms",
    "комнат",
    "комнаты",
    "комнатная",
    "غرف",
    "غرفه",
    "دقيقه",
    "دقايق",
    "ساعات",
    "ساعه",
    "ايام",
    "شيكل",
    "شاقل",
    "صباحا",
    "مساء",
    "ظهرا",
    "סנטימטר",
    "מטר",
    "מטרים",
    "מ\"ר",
    "ס\"מ",
    "cm",
    "mm",
    "meters",
    "metres",
    "inch",
    "inches",
    "feet",
    "ft",
    "kg",
    "קילו",
    "ק\"ג",
    "ליטר",
    "litre",
    "liters",
    "кг",
    "метров",
    "литров",
    "פעמים",
    "times",
    "раза",
    "раз",
    "אחוז",
    "מעלות",
    "degrees",
    "градусов",
    "אמפר",
    "וואט",
    "amp",
    "amps",
    "watt",
    "watts",
    "btu",
    "hp",
    "volt",
    "לחודש",
    "בחודש",
    "ינואר",
    "בינואר",
    "פברואר",
    "בפברואר",
    "במרץ",
    "באפריל",
    "במאי",
    "ביוני",
    "ביולי",
    "באוגוסט",
    "בספטמבר",
    "באוקטובר",
    "בנובמבר",
    "בדצמבר",
    "january",
    "february",
    "march",
    "april",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
    "מזגנים",
    "יחידות",
    "units",
    "acs",
    "שקעים",
    "outlets",
    "דלתות",
    "doors",
    "אנשים",
    "people",
    "נקודות",
    "ילדים",
    "kids",
    "children",
    "toilets",
    "sinks",
    "taps",
    "faucets",
    "or",
    "כיסאות",
    "מדפים",
    "shelves",
    "windows",
    "חלונות",
    "works",
];

static TIME_WORDS: LazyLock<Lexicon<()>> = LazyLock::new(|| {
    let mut lexicon = Lexicon::new();
    let patterns = "מחר|היום|מחרתיים|הערב|בבוקר|בערב|בצהריים|אחר הצהריים|אחרי הצהריים|אחה\"צ|הלילה|בלילה|יום ראשון|יום שני|יום שלישי|יום רביעי|יום חמישי|יום שישי|שבת|עכשיו|השבוע|שבוע הבא|tomorrow|today|tonight|this evening|this morning|in the morning|in the evening|afternoon|noon|at noon|monday|tuesday|wednesday|thursday|friday|saturday|sunday|next week|right now|now|завтра|сегодня|послезавтра|утром|вечером|днем|сейчас|в понедельник|во вторник|в среду|в четверг|в пятницу|غدا|بكرا|بكره|اليوم|الليله|صباحا|مساء|الان|هلق|בשעה|الساعه|am|pm|o'clock|утра|вечера";
    for pattern in patterns.split('|') {
        lexicon.add(pattern, ());
    }
    lexicon
});

/// For every word whether it is a number of another kind than an address has.
pub(crate) fn other_numbers(text: &Text) -> Vec<bool> {
    let mut marks = vec![false; text.words.len()];
    let mut index = 0;
    while index < text.words.len() {
        if !text.is_number(index) {
            index += 1;
            continue;
        }
        let mut end = index + 1;
        while text.is_number(end) && text.gap(end) <= Gap::Colon {
            end += 1;
        }
        let digits: usize = (index..end).map(|word| text.form(word).len()).sum();
        let is_split = (index + 1..end).any(|word| matches!(text.gap(word), Gap::Colon | Gap::Dot));
        let is_first_long = text.form(index).len() > 5;
        let is_other = is_split || digits >= 9 || is_first_long || is_measured(text, index, end);
        marks[index..end].fill(is_other);
        index = end;
    }
    marks
}

fn is_measured(text: &Text, start: usize, end: usize) -> bool {
    let is_before = start > 0
        && (text.gap(start) < Gap::Comma)
        && BEFORE.contains(&text.form(start - 1))
        && !is_age_or_street(text, start);
    let is_after =
        text.gap(end) < Gap::Comma && AFTER.contains(&text.form(end)) && !is_letter_of_house(text, end);
    is_before || is_after
}

/// "10a" is a house; "10 a.m." is a time.
fn is_letter_of_house(text: &Text, index: usize) -> bool {
    text.form(index) == "a" && text.gap(index) == Gap::Glued && text.form(index + 1) != "m"
}

/// The word before is a cue only as a word of its own: "at 10 Herzl St" names a house.
fn is_age_or_street(text: &Text, number: usize) -> bool {
    let before = text.form(number - 1);
    matches!(before, "at" | "by" | "в" | "after" | "before" | "near" | "between")
        && (number + 1..=number + 4)
            .any(|index| text.gap(index) < Gap::Comma && super::address::is_street_suffix(text.form(index)))
}

/// For every word whether it belongs to an expression of time, to leave it out of a summary.
pub(crate) fn time_words(text: &Text) -> Vec<bool> {
    let mut marks = other_numbers(text);
    for found in TIME_WORDS.find_all(text) {
        marks[found.words].fill(true);
    }
    marks
}
