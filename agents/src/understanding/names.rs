//! The customer's name, when they say it. A problem is never a name.

use super::lexicon::{Lexicon, lines};
use super::words::{Gap, Text};
use std::ops::Range;
use std::sync::LazyLock;

#[derive(Clone, Copy, PartialEq, Eq)]
enum Cue {
    /// "קוראים לי": a name follows.
    Strong,
    /// "אני", "this is": a name may follow.
    Weak,
}

static CUES: LazyLock<Lexicon<Cue>> = LazyLock::new(|| {
    let mut lexicon = Lexicon::new();
    for (heading, phrases) in lines(include_str!("../../data/first_names.txt")) {
        let cue = match heading {
            "strong" => Cue::Strong,
            "weak" => Cue::Weak,
            _ => continue,
        };
        phrases.for_each(|phrase| lexicon.add(phrase, cue));
    }
    lexicon
});
static FIRST_NAMES: LazyLock<Lexicon<()>> = LazyLock::new(|| {
    let mut lexicon = Lexicon::new();
    for (_, phrases) in
        lines(include_str!("../../data/first_names.txt")).filter(|(heading, _)| *heading == "name")
    {
        phrases.for_each(|phrase| lexicon.add(phrase, ()));
    }
    lexicon
});

/// English words that follow "I'm" and may begin with a capital, but are no name.
const NOT_NAMES: &[&str] = &[
    "locked",
    "looking",
    "interested",
    "sorry",
    "here",
    "home",
    "available",
    "not",
    "fine",
    "good",
    "ok",
    "okay",
    "free",
    "busy",
    "waiting",
    "having",
    "getting",
    "calling",
    "writing",
    "sure",
    "afraid",
    "stuck",
    "without",
    "still",
    "urgent",
    "new",
    "done",
    "ready",
    "happy",
    "israeli",
    "jewish",
    "happening",
    "leaking",
    "broken",
    "great",
    "just",
    "hoping",
    "trying",
    "renting",
    "living",
    "going",
    "out",
    "back",
    "late",
    "desperate",
    "flooded",
    "flooding",
    "really",
    "very",
    "so",
    "also",
    "thinking",
    "about",
    "almost",
    "that's",
    "what",
    "why",
    "where",
    "when",
    "how",
    "help",
    "regarding",
    "again",
];

/// The name and its words. `is_other` tells of every word whether it already means something else.
pub(crate) fn find_name(text: &Text, is_other: &dyn Fn(usize) -> bool) -> Option<(String, Range<usize>)> {
    for cue_start in 0..text.words.len() {
        let Some(cue) =
            CUES.longest_at(text, cue_start).filter(|cue| is_word_prefix(text, cue_start, cue.prefix))
        else {
            continue;
        };
        let start = cue.words.end;
        // "שם: משה" is a name; "שם" alone means "there".
        let is_labelled = matches!(text.form(cue_start), "שם" | "name" | "имя") && is_first_name(text, start);
        let may_pause = *cue.value == Cue::Strong || is_labelled;
        let is_close = text.gap(start) < Gap::Comma || (may_pause && text.gap(start) == Gap::Comma);
        let accepted = match cue.value {
            Cue::Strong => true,
            Cue::Weak => is_first_name(text, start) || is_capitalised_alone(text, start),
        };
        if !is_close || !accepted || !may_be_name(text, start, is_other) {
            continue;
        }
        let end = name_end(text, start, is_other);
        return Some((text.raw(start..end).to_owned(), cue_start..end));
    }
    None
}

/// The whole message as the answer to "what is your name?": one to four words, nothing else in it.
pub(crate) fn bare_name(text: &Text, is_other: &dyn Fn(usize) -> bool) -> Option<(String, Range<usize>)> {
    let count = text.words.len();
    let is_short = (1..=4).contains(&count) && text.clean.chars().count() <= 60;
    let has_letters = text.clean.chars().filter(|c| c.is_alphabetic()).count() >= 2;
    let is_name = (0..count).all(|index| {
        (may_be_name(text, index, is_other) || is_first_name(text, index))
            && (index == 0 || text.gap(index) < Gap::Comma)
    });
    (is_short && has_letters && is_name && !text.has_question_mark())
        .then(|| (text.raw(0..count).to_owned(), 0..count))
}

/// Whether the message begins with a name that people have.
pub(crate) fn begins_with_first_name(text: &Text) -> bool {
    !text.words.is_empty() && is_first_name(text, 0)
}

fn is_word_prefix(text: &Text, index: usize, prefix: usize) -> bool {
    matches!(&text.form(index)[..prefix], "" | "ו" | "و")
}

fn is_first_name(text: &Text, index: usize) -> bool {
    FIRST_NAMES.longest_at(text, index).is_some_and(|found| found.prefix == 0)
}

/// "I'm Priya" at the end of its clause.
fn is_capitalised_alone(text: &Text, index: usize) -> bool {
    let raw = text.raw(index..index + 1);
    let mut letters = raw.chars();
    let is_capitalised = letters.next().is_some_and(|c| c.is_uppercase() && c.is_alphabetic())
        && letters.clone().count() > 1
        && letters.all(char::is_lowercase);
    let is_followed = text.gap(index + 1) >= Gap::Comma
        || matches!(text.form(index + 1), "from" | "and" | "in" | "at" | "из" | "и");
    is_capitalised
        && (is_followed || text.raw(index + 1..index + 2).chars().next().is_some_and(char::is_uppercase))
}

fn may_be_name(text: &Text, index: usize, is_other: &dyn Fn(usize) -> bool) -> bool {
    let Some(word) = text.words.get(index) else { return false };
    let letters = word.form.chars().filter(|c| c.is_alphabetic()).count();
    let is_word = !word.is_number && letters > 0 && letters <= 30;
    is_word && !NOT_NAMES.contains(&word.form.as_str()) && (is_first_name(text, index) || !is_other(index))
}

/// A surname or two may follow, when the clause ends after them or goes on with an ordinary word.
fn name_end(text: &Text, start: usize, is_other: &dyn Fn(usize) -> bool) -> usize {
    let mut end = start + 1;
    while end < start + 3 && text.gap(end) < Gap::Comma {
        let is_surname = may_be_name(text, end, is_other) && !text.form(end).starts_with("וי");
        if !is_surname || (is_other(end) && !is_first_name(text, end)) {
            break;
        }
        end += 1;
    }
    end
}
