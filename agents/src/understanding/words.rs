//! A message cut into words, each with its folded form and what stands between it and the word before.
//! It knows scripts and punctuation; it never knows what a word means.

use crate::text::{clean, fold};
use std::ops::Range;

/// What separates a word from the one before it, weakest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Gap {
    /// Nothing: a letter beside a digit, as in `10א`.
    Glued,
    Space,
    Hyphen,
    Slash,
    /// A dot between two digits.
    Dot,
    /// A colon between two digits.
    Colon,
    /// The end of a part of a sentence.
    Comma,
    /// The end of a sentence or line, or the beginning of the message.
    Sentence,
}

/// A run of letters, a run of digits, or one symbol that has a meaning of its own.
#[derive(Clone, Debug)]
pub(crate) struct Word {
    /// Where it stands in [`Text::clean`].
    pub(crate) place: Range<usize>,
    /// The form for matching.
    pub(crate) form: String,
    pub(crate) gap: Gap,
    pub(crate) is_number: bool,
}

/// A cleaned message and its words.
pub(crate) struct Text {
    pub(crate) clean: String,
    pub(crate) words: Vec<Word>,
}

/// Abbreviations after which a full stop does not end a sentence.
const ABBREVIATIONS: &[&str] = &[
    "ул", "кв", "д", "пр", "эт", "г", "им", "под", "стр", "st", "ave", "apt", "no", "fl", "blvd", "rd", "dr",
    "mr", "mrs", "ms", "רח", "שד", "ק", "ד", "מס", "כנ",
];

impl Text {
    pub(crate) fn new(text: &str) -> Self {
        let lines: Vec<String> = text.lines().map(clean).filter(|line| !line.is_empty()).collect();
        let clean = lines.join("\n");
        let words = cut(&clean);
        Self { clean, words }
    }

    pub(crate) fn form(&self, index: usize) -> &str {
        self.words.get(index).map_or("", |word| word.form.as_str())
    }

    /// The customer's own spelling of some neighbouring words.
    pub(crate) fn raw(&self, words: Range<usize>) -> &str {
        match (self.words.get(words.start), words.end.checked_sub(1).and_then(|last| self.words.get(last))) {
            (Some(first), Some(last)) if words.start < words.end => {
                &self.clean[first.place.start..last.place.end]
            }
            _ => "",
        }
    }

    /// The gap before a word; after the last word there is the end of the sentence.
    pub(crate) fn gap(&self, index: usize) -> Gap {
        self.words.get(index).map_or(Gap::Sentence, |word| word.gap)
    }

    pub(crate) fn is_number(&self, index: usize) -> bool {
        self.words.get(index).is_some_and(|word| word.is_number)
    }

    /// The words from `index` back to the last comma or sentence end.
    pub(crate) fn clause_start(&self, index: usize) -> usize {
        let mut start = index.min(self.words.len());
        while start > 0 && self.gap(start) < Gap::Comma {
            start -= 1;
        }
        start
    }

    /// The end (exclusive) of the clause that holds the word.
    pub(crate) fn clause_end(&self, index: usize) -> usize {
        let mut end = index + 1;
        while end < self.words.len() && self.gap(end) < Gap::Comma {
            end += 1;
        }
        end.min(self.words.len())
    }

    pub(crate) fn has_question_mark(&self) -> bool {
        self.clean.contains(['?', '؟'])
    }
}

/// The form in which words and patterns are compared: folded, with the Arabic letters that people interchange made one.
pub(crate) fn form(raw: &str) -> String {
    let folded = fold(raw);
    if folded.is_ascii() || !folded.chars().any(|c| ('\u{0600}'..='\u{06FF}').contains(&c)) {
        return folded;
    }
    folded
        .chars()
        .map(|c| match c {
            'أ' | 'إ' | 'آ' | 'ٱ' => 'ا',
            'ة' => 'ه',
            'ى' | 'ی' => 'ي',
            'ؤ' => 'و',
            'ئ' => 'ي',
            'ک' => 'ك',
            other => other,
        })
        .collect()
}

pub(crate) fn is_hebrew(c: char) -> bool {
    ('א'..='ת').contains(&c)
}

fn is_apostrophe(c: char) -> bool {
    matches!(c, '\'' | '’' | '‘' | '׳' | 'ʼ' | '`' | '´')
}

fn is_double_quote(c: char) -> bool {
    matches!(c, '"' | '״' | '“' | '”' | '„')
}

fn is_mark(c: char) -> bool {
    matches!(c, '\u{0591}'..='\u{05BD}' | '\u{05BF}' | '\u{05C1}' | '\u{05C2}' | '\u{05C4}' | '\u{05C5}' | '\u{05C7}'
        | '\u{0640}' | '\u{064B}'..='\u{065F}' | '\u{0670}')
}

fn is_digit(c: char) -> bool {
    c.is_ascii_digit() || ('\u{0660}'..='\u{0669}').contains(&c) || ('\u{06F0}'..='\u{06F9}').contains(&c)
}

fn is_letter(c: char) -> bool {
    (c.is_alphanumeric() && !is_digit(c)) || is_mark(c)
}

fn is_symbol(c: char) -> bool {
    matches!(c, '#' | '№' | '₪' | '$' | '€' | '%' | '+')
}

fn cut(clean: &str) -> Vec<Word> {
    let characters: Vec<(usize, char)> = clean.char_indices().collect();
    let at = |index: usize| characters.get(index).map(|(_, c)| *c);
    let offset = |index: usize| characters.get(index).map_or(clean.len(), |(offset, _)| *offset);
    let mut words: Vec<Word> = Vec::new();
    let mut index = 0;
    let mut between = 0;
    while let Some(c) = at(index) {
        let end = if is_digit(c) {
            (index..).find(|next| !at(*next).is_some_and(is_digit)).unwrap_or(index + 1)
        } else if is_letter(c) {
            end_of_letters(index, &at)
        } else if is_symbol(c) {
            index + 1
        } else {
            index += 1;
            continue;
        };
        let place = offset(index)..offset(end);
        let gap = match words.last() {
            None => Gap::Sentence,
            Some(last) => {
                let is_decimal = last.is_number && is_digit(c);
                let abbreviated = ABBREVIATIONS.contains(&last.form.trim_end_matches('\''));
                gap_of(&clean[offset(between)..place.start], is_decimal, abbreviated)
            }
        };
        words.push(Word { form: form(&clean[place.clone()]), place, gap, is_number: is_digit(c) });
        index = end;
        between = end;
    }
    words
}

/// Where a run of letters ends; marks of abbreviation inside Hebrew words (`ת"א`, `רח'`) and apostrophes belong to it.
fn end_of_letters(start: usize, at: &impl Fn(usize) -> Option<char>) -> usize {
    let mut end = start + 1;
    while let Some(c) = at(end) {
        let before = at(end - 1);
        let after = at(end + 1);
        let is_inside = after.is_some_and(is_letter);
        let is_part = is_letter(c)
            || (is_apostrophe(c) && before.is_some_and(is_letter) && is_inside)
            || (is_apostrophe(c) && before.is_some_and(is_hebrew) && end - start <= 4)
            || (is_double_quote(c) && before.is_some_and(is_hebrew) && after.is_some_and(is_hebrew));
        if !is_part {
            break;
        }
        end += 1;
    }
    end
}

fn gap_of(between: &str, is_decimal: bool, abbreviated: bool) -> Gap {
    let mut gap = if between.is_empty() { Gap::Glued } else { Gap::Space };
    let spaced = between.starts_with(' ') && between.ends_with(' ');
    for c in between.chars() {
        let this = match c {
            '\n' | '!' | '?' | '؟' | ';' | '؛' | '…' => Gap::Sentence,
            '.' if is_decimal && between.len() == 1 => Gap::Dot,
            '.' if abbreviated => Gap::Space,
            '.' => Gap::Sentence,
            ':' if is_decimal && between.len() == 1 => Gap::Colon,
            ':' if abbreviated => Gap::Space,
            ',' | '،' | ':' | '(' | ')' | '[' | ']' | '|' | '•' | '·' => Gap::Comma,
            '/' | '\\' => Gap::Slash,
            '-' | '־' | '–' | '—' | '‐' | '‑' if spaced && between.chars().count() > 2 => Gap::Comma,
            '-' | '־' | '–' | '—' | '‐' | '‑' => Gap::Hyphen,
            _ => Gap::Space,
        };
        gap = gap.max(this);
    }
    gap
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: &str) {
        let text = Text::new(text);
        let shown: Vec<&str> = text.words.iter().map(|word| word.form.as_str()).collect();
        assert_eq!(shown.join("|"), expected);
    }

    #[test]
    fn words_keep_their_marks_of_abbreviation() {
        check("רח׳ הרצל 10א, ת״א", "רח'|הרצל|10|א|ת\"א");
        check("ב-10:30 ב10", "ב|10|30|ב|10");
        check("I'm at 'home', don't", "i'm|at|home|don't");
        check("מָחָר", "מחר");
        check("أريد ٥ ₪", "اريد|5|₪");
    }

    #[test]
    fn gaps_tell_clauses_apart() {
        let text = Text::new("ул. Герцль 10, кв. 5. да\nнет");
        let gaps: Vec<Gap> = text.words.iter().map(|word| word.gap).collect();
        assert_eq!(
            gaps,
            [Gap::Sentence, Gap::Space, Gap::Space, Gap::Comma, Gap::Space, Gap::Sentence, Gap::Sentence]
        );
    }
}
