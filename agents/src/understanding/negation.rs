//! Whether words are denied: "אין הצפה", "not a gas leak", "без потопа". It reads no meaning beyond that.

use super::lexicon::Lexicon;
use super::words::{Gap, Text};
use std::ops::Range;
use std::sync::LazyLock;

/// How many words may stand between a denial and what it denies.
const REACH: usize = 3;

/// How far a denying word reaches.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Denial {
    /// Denies a thing: "אין", "without".
    Thing,
    /// Denies the next word or two: "לא", "not".
    Next,
    /// Ends the reach of a denial: "אבל", "but", "יש".
    Stop,
}

static DENIALS: LazyLock<Lexicon<Denial>> = LazyLock::new(|| {
    let mut lexicon = Lexicon::new();
    for (denial, patterns) in [
        (
            Denial::Thing,
            "אין|בלי|ללא|איננה|איננו|אינה|אינו|no|without|isn't|ain't|never|нет|без|нету|لا يوجد|ما في|مافي|بدون|ليس|ليست|مش|مو|مفيش|ماكو|بلا",
        ),
        (Denial::Next, "לא|אל|not|don't|doesn't|aren't|wasn't|не|ни|لا|لم|ما"),
        (Denial::Stop, "אבל|אלא|יש|רק|but|however|only|there|just|но|есть|только|а|لكن|بس|في|فيه|and|וגם|и"),
    ] {
        for pattern in patterns.split('|') {
            lexicon.add(pattern, denial);
        }
    }
    lexicon
});

/// Words between a denial and what it denies that do not weaken it: "לא הייתה הצפה", "not a real fire".
const TRANSPARENT: &[&str] = &[
    "a",
    "an",
    "the",
    "any",
    "really",
    "real",
    "even",
    "was",
    "been",
    "want",
    "to",
    "of",
    "ממש",
    "היה",
    "הייתה",
    "היתה",
    "שום",
    "רוצה",
    "רוצים",
    "צריך",
    "צריכה",
    "זה",
    "זו",
    "כזה",
    "כזאת",
    "с",
    "было",
    "было",
    "была",
    "хочу",
    "надо",
    "никакого",
    "никакой",
    "اي",
    "اريد",
    "بدي",
    "هناك",
];

/// Whether the found words are denied by what stands before them in their clause, or by a final "אין"/"no".
pub(crate) fn is_denied(text: &Text, found: &Range<usize>) -> bool {
    is_denied_within(text, found, REACH)
}

/// Whether a denial stands right before the found words. "לא עובד המזגן" denies the work, not the air conditioner.
pub(crate) fn is_denied_directly(text: &Text, found: &Range<usize>) -> bool {
    is_denied_within(text, found, 0)
}

fn is_denied_within(text: &Text, found: &Range<usize>, reach: usize) -> bool {
    let mut index = found.start;
    let mut between = 0;
    while index > 0 && text.gap(index) < Gap::Comma && between <= reach {
        index -= 1;
        if let Some(denial) = denial_at(text, index, found.start) {
            return match denial {
                Denial::Thing => true,
                Denial::Next => between == 0 || is_list(text, index, found.start),
                Denial::Stop => false,
            };
        }
        // "אין לי חשמל והכל מוצף": "and" begins a new statement.
        let word = text.form(index);
        if word.starts_with('ו') && word.chars().count() > 3 {
            break;
        }
        if !TRANSPARENT.contains(&text.form(index)) {
            between += 1;
        }
    }
    let next = found.end;
    matches!(text.form(next), "אין" | "no" | "нет" | "لا") && text.gap(next + 1) >= Gap::Comma
}

/// "no flooding or sewage": the second thing is as far away as the list is long.
fn is_list(text: &Text, start: usize, end: usize) -> bool {
    (start..end).any(|index| matches!(text.form(index), "or" | "nor" | "או" | "или" | "او"))
}

/// What the words that begin here do, when they end before `end`.
fn denial_at(text: &Text, index: usize, end: usize) -> Option<Denial> {
    let word = text.form(index);
    let found = DENIALS.longest_at(text, index)?;
    // "של" or "בא" would otherwise be read as a prefix before a denial; only "and", "that" and "when" come before one.
    let prefix = &word[..found.prefix];
    let is_allowed = matches!(prefix, "" | "ו" | "ש" | "כש" | "و");
    (is_allowed && found.words.end <= end).then_some(*found.value)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, word: &str, expected: bool) {
        let text = Text::new(text);
        let index =
            (0..text.words.len()).find(|index| text.form(*index) == word).expect("the word is in the text");
        assert_eq!(is_denied(&text, &(index..index + 1)), expected, "{}", text.clean);
    }

    #[test]
    fn a_denial_reaches_its_thing_and_no_further() {
        check("אין הצפה", "הצפה", true);
        check("אין לי חשמל ויש הצפה", "הצפה", false);
        check("no flooding, just a slow drip", "flooding", true);
        check("no power, flooding", "flooding", false);
        check("this is not a leak", "leak", true);
        check("הצפה אין", "הצפה", true);
        check("нет потопа", "потопа", true);
        check("لا يوجد تسريب", "تسريب", true);
    }
}
