//! A yes, a no, a not-yet or a number, as the answer to a question. "כן אבל" is not a yes, and "לא משנה לי מתי" no no.

use super::lexicon::{Lexicon, lines};
use super::words::{Gap, Text};
use serde::{Deserialize, Serialize};
use std::sync::LazyLock;

/// The answer to a yes-or-no question.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum YesNo {
    /// Agreed.
    Yes,
    /// Refused.
    No,
    /// Neither: "maybe later", "אחזור אליכם".
    Later,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Yes,
    No,
    /// A no only as the whole message or before a comma.
    Alone,
    Later,
    Filler,
    But,
}

static PHRASES: LazyLock<Lexicon<Kind>> = LazyLock::new(|| {
    let mut lexicon = Lexicon::new();
    for (heading, phrases) in lines(include_str!("../../data/answers.txt")) {
        let kind = match heading {
            "yes" => Kind::Yes,
            "no" => Kind::No,
            "alone" => Kind::Alone,
            "later" => Kind::Later,
            "but" => Kind::But,
            "filler" => Kind::Filler,
            _ => continue,
        };
        phrases.for_each(|phrase| lexicon.add(phrase, kind));
    }
    lexicon
});

/// What else is known of the message.
pub(crate) struct Around<'a> {
    pub(crate) is_time: &'a [bool],
    pub(crate) has_problem: bool,
    pub(crate) has_moved: bool,
}

pub(crate) fn find_answer(text: &Text, around: &Around<'_>) -> Option<YesNo> {
    if text.words.is_empty() {
        return from_emoji(&text.clean);
    }
    // A long message is a story; its first word does not answer anything.
    if text.words.len() > 40 {
        return None;
    }
    let mut index = 0;
    loop {
        let (kind, end) = match longest_phrase(text, index) {
            Some((Kind::Filler, end)) => (None, end),
            Some((kind, end)) => (Some(kind), end),
            None if around.is_time.get(index).copied().unwrap_or_default() || is_time_joint(text, index) => {
                (None, index + 1)
            }
            None => return works(text, index),
        };
        match kind {
            Some(kind) => return conclude(text, kind, end, around),
            None if end >= text.words.len() => return None,
            None => index = end,
        }
    }
}

/// The longest phrase without a prefix; yes, no and later before a filler of the same length.
fn longest_phrase(text: &Text, index: usize) -> Option<(Kind, usize)> {
    let rank = |kind: Kind| u8::from(kind != Kind::Filler) + u8::from(kind == Kind::Later);
    let mut best: Option<(Kind, usize)> = None;
    for found in PHRASES.find_from(text, index).into_iter().filter(|found| found.prefix == 0) {
        let is_better =
            best.is_none_or(|(kind, end)| (found.words.end, rank(*found.value)) > (end, rank(kind)));
        if is_better {
            best = Some((*found.value, found.words.end));
        }
    }
    best
}

fn conclude(text: &Text, kind: Kind, end: usize, around: &Around<'_>) -> Option<YesNo> {
    let has_contrast = has(text, end, Kind::But);
    let is_ended = text.gap(end) >= Gap::Comma;
    let rest = text.words.len().saturating_sub(end);
    let goes_on_lightly = is_ended || is_light(text, end, around);
    match kind {
        Kind::Later => (rest <= 4 && !around.has_problem).then_some(YesNo::Later),
        Kind::Yes if has_contrast || text.has_question_mark() || !goes_on_lightly => None,
        Kind::Yes if has(text, end, Kind::No) => None,
        Kind::Yes if rest <= 6 && has(text, end, Kind::Later) => Some(YesNo::Later),
        Kind::Yes => Some(YesNo::Yes),
        Kind::No | Kind::Alone if !is_ended && around.has_problem => None,
        Kind::No | Kind::Alone if rest <= 6 && has(text, end, Kind::Later) => Some(YesNo::Later),
        Kind::No | Kind::Alone if has_contrast => None,
        Kind::No => (goes_on_lightly || rest <= 3).then_some(YesNo::No),
        Kind::Alone => (is_ended || around.has_moved || is_refusal(text, end) || only_fillers(text, end))
            .then_some(YesNo::No),
        Kind::Filler | Kind::But => None,
    }
}

fn has(text: &Text, start: usize, wanted: Kind) -> bool {
    (start..text.words.len()).any(|index| longest_phrase(text, index).is_some_and(|(kind, _)| kind == wanted))
}

/// Whether what follows a yes without a comma leaves it a yes: thanks, a time, a name of a day.
fn is_light(text: &Text, index: usize, around: &Around<'_>) -> bool {
    let is_time = around.is_time.get(index).copied().unwrap_or_default() || is_time_joint(text, index);
    is_time || matches!(longest_phrase(text, index), Some((Kind::Filler | Kind::Yes, _)))
}

/// "no not really".
fn is_refusal(text: &Text, index: usize) -> bool {
    matches!(longest_phrase(text, index), Some((Kind::No | Kind::Alone, _)))
}

fn only_fillers(text: &Text, start: usize) -> bool {
    (start..text.words.len())
        .all(|index| matches!(longest_phrase(text, index), Some((Kind::Filler | Kind::Alone, _))))
}

/// Small words around a time: "at noon", "ב-10".
fn is_time_joint(text: &Text, index: usize) -> bool {
    matches!(
        text.form(index),
        "at" | "on"
            | "the"
            | "in"
            | "ב"
            | "ל"
            | "ה"
            | "בשעה"
            | "יום"
            | "ביום"
            | "в"
            | "во"
            | "на"
            | "الساعه"
            | "في"
    )
}

/// "tomorrow at noon works".
fn works(text: &Text, index: usize) -> Option<YesNo> {
    let is_agreement = index > 0 && matches!(text.form(index), "works" | "work" | "suits");
    (is_agreement && text.words.len() - index <= 3).then_some(YesNo::Yes)
}

fn from_emoji(clean: &str) -> Option<YesNo> {
    let has = |emoji: &[char]| clean.contains(emoji);
    match (has(&['👍', '👌', '✅', '✔', '☑', '🆗', '🤝', '💯', '🙌']), has(&['👎', '❌', '🚫', '✖']))
    {
        (true, false) => Some(YesNo::Yes),
        (false, true) => Some(YesNo::No),
        _ => None,
    }
}

/// A message that is nothing but a choice: "2", "אופציה 2", "the second one", "2️⃣".
pub(crate) fn find_number(text: &Text) -> Option<u32> {
    const AROUND: &[&str] = &[
        "אופציה",
        "אפשרות",
        "מספר",
        "מס'",
        "בחירה",
        "האופציה",
        "האפשרות",
        "בבקשה",
        "תודה",
        "את",
        "סעיף",
        "option",
        "number",
        "no",
        "choice",
        "please",
        "the",
        "one",
        "#",
        "№",
        "i'll",
        "take",
        "slot",
        "вариант",
        "номер",
        "пожалуйста",
        "خيار",
        "الخيار",
        "رقم",
        "من",
        "فضلك",
        "אני",
        "כן",
        "אוקיי",
        "אוקי",
        "טוב",
        "אז",
        "יופי",
        "מעולה",
        "סבבה",
        "מתאים",
        "מתאימה",
        "לי",
        "לנו",
        "ok",
        "okay",
        "yes",
        "works",
        "for",
        "me",
        "good",
        "great",
        "да",
        "ок",
        "хорошо",
        "мне",
        "подходит",
        "نعم",
        "تمام",
        "مناسب",
        "רוצה",
        "בוחר",
        "בוחרת",
        "ה",
        "th",
        "st",
        "nd",
        "rd",
    ];
    if text.words.len() > 6
        || text.has_question_mark()
        || text.clean.contains(['-', ':', '/', '.']) && text.words.len() > 1
    {
        return None;
    }
    let mut value = None;
    for index in 0..text.words.len() {
        let form = text.form(index);
        let is_one_alone = form == "one" && text.words.len() == 1;
        let number = if text.is_number(index) {
            Some(
                form.parse()
                    .ok()
                    .filter(|_| form.len() <= 6 && (form.len() == 1 || !form.starts_with('0')))?,
            )
        } else if AROUND.contains(&form) && !is_one_alone {
            None
        } else {
            Some(number_word(form)?)
        };
        if number.is_some() && value.is_some() {
            return None;
        }
        value = value.or(number);
    }
    value
}

fn number_word(form: &str) -> Option<u32> {
    Some(match form {
        "אחת" | "אחד" | "ראשון" | "הראשון" | "הראשונה" | "ראשונה" | "one" | "first" | "один" | "первый"
        | "первая" | "первое" | "واحد" | "الاول" | "الاولي" => 1,
        "שתיים" | "שניים" | "שני" | "השני" | "השנייה" | "השניה" | "שנייה" | "two" | "second" | "два"
        | "второй" | "вторая" | "второе" | "اثنان" | "اثنين" | "تنين" | "الثاني" | "الثانيه" => {
            2
        }
        "שלוש" | "שלושה" | "שלישי" | "השלישי" | "השלישית" | "three" | "third" | "три" | "третий"
        | "третья" | "третье" | "ثلاثه" | "الثالث" | "الثالثه" => 3,
        "ארבע" | "ארבעה" | "רביעי" | "הרביעי" | "הרביעית" | "four" | "fourth" | "четыре" | "четвертый"
        | "اربعه" | "الرابع" => 4,
        "חמש" | "חמישה" | "חמישי" | "החמישי" | "החמישית" | "five" | "fifth" | "пять" | "пятый" | "خمسه"
        | "الخامس" => 5,
        _ => return None,
    })
}
