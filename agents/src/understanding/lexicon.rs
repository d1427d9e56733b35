//! Phrases looked up in a text, in one walk whatever their number. It never decides what a phrase implies.
//!
//! A pattern is words with spaces: `נזיל*` is any word that begins so, `..` is up to three words in between. Hebrew
//! and Arabic words also match behind their one-letter prefixes (`בתל אביב`, `והברז`).

use super::words::{Gap, Text, form, is_hebrew};
use std::ops::Range;

/// Phrases, each with what it stands for.
pub(crate) struct Lexicon<T> {
    nodes: Vec<Node>,
    phrases: Vec<Phrase<T>>,
}

#[derive(Default)]
struct Node {
    children: Vec<(char, usize)>,
    exact: Vec<usize>,
    stems: Vec<usize>,
}

struct Phrase<T> {
    rest: Vec<Step>,
    value: T,
}

struct Step {
    form: String,
    is_stem: bool,
    after_gap: bool,
}

/// A phrase found in a text.
pub(crate) struct Found<'a, T> {
    pub(crate) words: Range<usize>,
    /// How many bytes of the first word are prefixes, not part of the phrase.
    pub(crate) prefix: usize,
    pub(crate) value: &'a T,
}

const HEBREW_PREFIXES: &[&str] = &[
    "ה", "ו", "ב", "כ", "ל", "מ", "ש", "וה", "וב", "ול", "ומ", "וש", "שה", "שב", "של", "שמ", "מה", "בה",
    "לה", "כש", "כשה", "ושה", "ומה", "ובה", "ולה", "שמה", "שבה",
];
const ARABIC_PREFIXES: &[&str] =
    &["ال", "و", "ب", "ل", "ف", "ك", "ع", "وال", "بال", "لل", "فال", "وب", "ول", "عال", "ها", "هال"];
const LONGEST_GAP: usize = 3;

/// The places where a word may begin behind its prefixes, the whole word first.
pub(crate) fn beginnings(word: &str) -> impl Iterator<Item = usize> + '_ {
    let prefixes = match word.chars().next() {
        Some(c) if is_hebrew(c) => HEBREW_PREFIXES,
        Some('\u{0620}'..='\u{064A}') => ARABIC_PREFIXES,
        _ => &[],
    };
    std::iter::once(0).chain(prefixes.iter().filter_map(move |prefix| {
        let rest = word.strip_prefix(prefix)?;
        (rest.chars().nth(1).is_some()).then_some(prefix.len())
    }))
}

impl<T> Lexicon<T> {
    pub(crate) fn new() -> Self {
        Self { nodes: vec![Node::default()], phrases: Vec::new() }
    }

    /// Adds a pattern; one without words is left out.
    pub(crate) fn add(&mut self, pattern: &str, value: T) {
        let mut steps = Vec::new();
        let mut after_gap = false;
        for part in pattern.split([' ', '-', '/']).filter(|part| !part.is_empty()) {
            if part == ".." {
                after_gap = true;
                continue;
            }
            let is_stem = part.ends_with('*');
            steps.push(Step { form: form(part.trim_end_matches('*')), is_stem, after_gap });
            after_gap = false;
        }
        if steps.is_empty() {
            return;
        }
        let first = steps.remove(0);
        let mut node = 0;
        for c in first.form.chars() {
            node = self.child_or_new(node, c);
        }
        let phrase = self.phrases.len();
        let Node { exact, stems, .. } = &mut self.nodes[node];
        if first.is_stem {
            stems.push(phrase)
        } else {
            exact.push(phrase)
        }
        self.phrases.push(Phrase { rest: steps, value });
    }

    fn child_or_new(&mut self, node: usize, c: char) -> usize {
        match self.nodes[node].children.binary_search_by_key(&c, |(letter, _)| *letter) {
            Ok(found) => self.nodes[node].children[found].1,
            Err(place) => {
                let new = self.nodes.len();
                self.nodes.push(Node::default());
                self.nodes[node].children.insert(place, (c, new));
                new
            }
        }
    }

    /// Every phrase in the text, by where it begins; overlapping ones are all reported.
    pub(crate) fn find_all<'a>(&'a self, text: &Text) -> Vec<Found<'a, T>> {
        let mut found = Vec::new();
        for index in 0..text.words.len() {
            self.find_at(text, index, &mut found);
        }
        found
    }

    /// The longest phrase that begins with this word, and the word after it.
    pub(crate) fn longest_at<'a>(&'a self, text: &Text, index: usize) -> Option<Found<'a, T>> {
        let mut found = Vec::new();
        self.find_at(text, index, &mut found);
        found.into_iter().max_by_key(|found| (found.words.end, usize::MAX - found.prefix))
    }

    /// Every phrase that begins with this word.
    pub(crate) fn find_from<'a>(&'a self, text: &Text, index: usize) -> Vec<Found<'a, T>> {
        let mut found = Vec::new();
        self.find_at(text, index, &mut found);
        found
    }

    fn find_at<'a>(&'a self, text: &Text, index: usize, found: &mut Vec<Found<'a, T>>) {
        let word = text.form(index);
        for prefix in beginnings(word) {
            let mut node = 0;
            let mut is_whole = true;
            for c in word[prefix..].chars() {
                let Ok(child) = self.nodes[node].children.binary_search_by_key(&c, |(letter, _)| *letter)
                else {
                    is_whole = false;
                    break;
                };
                node = self.nodes[node].children[child].1;
                self.follow(&self.nodes[node].stems, text, index, prefix, found);
            }
            if is_whole {
                self.follow(&self.nodes[node].exact, text, index, prefix, found);
            }
        }
    }

    fn follow<'a>(
        &'a self,
        phrases: &[usize],
        text: &Text,
        index: usize,
        prefix: usize,
        found: &mut Vec<Found<'a, T>>,
    ) {
        for phrase in phrases {
            let phrase = &self.phrases[*phrase];
            if let Some(end) = rest_matches(&phrase.rest, text, index + 1) {
                found.push(Found { words: index..end, prefix, value: &phrase.value });
            }
        }
    }
}

/// Where the phrase ends when its further words follow.
fn rest_matches(steps: &[Step], text: &Text, start: usize) -> Option<usize> {
    let mut index = start;
    for step in steps {
        let skip = if step.after_gap { LONGEST_GAP } else { 0 };
        index = (index..=index + skip)
            .take_while(|candidate| text.gap(*candidate) < Gap::Comma)
            .find(|candidate| step_matches(step, text.form(*candidate)))?
            + 1;
    }
    Some(index)
}

fn step_matches(step: &Step, word: &str) -> bool {
    beginnings(word).any(|prefix| {
        let word = &word[prefix..];
        if step.is_stem { word.starts_with(&step.form) } else { word == step.form }
    })
}

/// The lines of a data file: a heading, a colon, phrases with commas. `#` begins a comment line.
pub(crate) fn lines(
    data: &'static str,
) -> impl Iterator<Item = (&'static str, impl Iterator<Item = &'static str>)> {
    data.lines().filter(|line| !line.starts_with('#')).filter_map(|line| {
        let (heading, phrases) = line.split_once(':')?;
        Some((heading.trim(), phrases.split(',').map(str::trim).filter(|phrase| !phrase.is_empty())))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(pattern: &str, text: &str, expected: bool) {
        let mut lexicon = Lexicon::new();
        lexicon.add(pattern, ());
        assert_eq!(!lexicon.find_all(&Text::new(text)).is_empty(), expected, "{pattern} in {text}");
    }

    #[test]
    fn patterns_match_whole_words_stems_and_gaps() {
        check("לוד", "גרה בלוד", true);
        check("לוד", "ילוד", false);
        check("ברז* .. מטפטף", "הברז שלי במטבח מטפטף", true);
        check("ברז* .. מטפטף", "הברז, משהו אחר מטפטף", false);
        check("תל אביב", "מתל-אביב", true);
        check("نابلس", "بنابلس", true);
        check("leak*", "it is leaking", true);
        check("leak", "it is leaking", false);
    }
}
