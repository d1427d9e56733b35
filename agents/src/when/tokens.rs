//! Cuts a message into words, numbers and signs, and gives each word its meaning from the lexicon. It decides
//! nothing about time.

use super::lexicon::{self, Term};
use crate::text;

/// Longer messages are read as far as this; no one names a time after it.
const LIMIT: usize = 2_000;

/// A piece of the message.
#[derive(Debug, Clone)]
pub(super) struct Token {
    pub(super) term: Term,
    /// The Hebrew one-letter words written together with this one: `ב` of `בעשר`.
    pub(super) prefix: String,
    /// The folded word without quotes; empty for numbers and signs.
    pub(super) word: String,
    /// Whether it follows the token before it without a space.
    pub(super) glued: bool,
}

impl Token {
    pub(super) fn number(&self) -> Option<u32> {
        match self.term {
            Term::Number { value, .. } => Some(value),
            _ => None,
        }
    }

    pub(super) fn digits(&self) -> usize {
        match self.term {
            Term::Number { digits, .. } => digits,
            _ => 0,
        }
    }

    pub(super) fn has_prefix(&self, letter: char) -> bool {
        self.prefix.contains(letter)
    }
}

/// The message as tokens, phrases of the lexicon joined into one.
pub(super) fn tokenize(message: &str) -> Vec<Token> {
    let folded = text::fold(message).replace("a.m", "am").replace("p.m", "pm");
    join_phrases(attach_prefixes(cut(text::truncate(&folded, LIMIT))))
}

fn cut(folded: &str) -> Vec<Token> {
    let characters: Vec<char> = folded.chars().collect();
    let mut tokens = Vec::new();
    let (mut at, mut glued) = (0, false);
    while let Some(&c) = characters.get(at) {
        let start = at;
        if c.is_whitespace() {
            at += 1;
            glued = false;
            continue;
        }
        let (term, word) = if c.is_ascii_digit() {
            while characters.get(at).is_some_and(char::is_ascii_digit) {
                at += 1;
            }
            (number(&characters[start..at]), String::new())
        } else if c.is_alphabetic() {
            at = word_end(&characters, start);
            let mut word: String = characters[start..at].iter().filter(|c| !is_quote(**c)).collect();
            // The sign of an abbreviated letter ("יום ב'") is what tells it from the preposition.
            if word.chars().count() == 1 && at - start > 1 {
                word.push('\'');
            }
            (Term::Unknown, word)
        } else {
            at += 1;
            (Term::Sign(c), String::new())
        };
        tokens.push(Token { term, prefix: String::new(), word, glued });
        glued = true;
    }
    tokens
}

fn number(digits: &[char]) -> Term {
    let text: String = digits.iter().collect();
    match text.parse::<u32>() {
        Ok(value) if digits.len() <= 4 => Term::Number { value, digits: digits.len() },
        _ => Term::LongNumber(digits.len()),
    }
}

fn word_end(characters: &[char], start: usize) -> usize {
    let mut end = start;
    while let Some(&c) = characters.get(end) {
        let after = characters.get(end + 1).copied();
        let inner_quote = is_quote(c) && after.is_some_and(char::is_alphabetic);
        let geresh = c == '\'' && characters[end - 1] >= '\u{05D0}' && characters[end - 1] <= '\u{05EA}';
        if !(c.is_alphabetic() || inner_quote || geresh) {
            break;
        }
        end += 1;
    }
    end
}

fn is_quote(c: char) -> bool {
    c == '\'' || c == '"'
}

const PREFIX_LETTERS: &str = "ובלהמשכ";

fn is_prefix(word: &str) -> bool {
    !word.is_empty() && word.chars().count() <= 3 && word.chars().all(|c| PREFIX_LETTERS.contains(c))
}

/// `ב-9`, `ב 9` and `ב9` become a number with the prefix `ב`.
fn attach_prefixes(tokens: Vec<Token>) -> Vec<Token> {
    let mut out: Vec<Token> = Vec::with_capacity(tokens.len());
    let mut at = 0;
    while at < tokens.len() {
        let token = &tokens[at];
        let dash =
            usize::from(tokens.get(at + 1).is_some_and(|next| next.term == Term::Sign('-') && next.glued));
        if let Some(next) = tokens.get(at + 1 + dash) {
            let is_number = matches!(next.term, Term::Number { .. } | Term::LongNumber(_));
            let names_weekday = token.word.chars().count() == 1
                && !next.glued
                && out.last().is_some_and(|day| matches!(day.word.as_str(), "יום" | "ביום" | "ליום"));
            let joined = is_prefix(&token.word)
                && !names_weekday
                && (is_number && (next.glued || dash == 0)
                    || dash == 1 && next.glued && !next.word.is_empty());
            if joined {
                let mut next = next.clone();
                next.prefix.clone_from(&token.word);
                next.glued = token.glued;
                if next.word.is_empty() {
                    out.push(next);
                } else {
                    next.word = format!("{}{}", next.prefix, next.word);
                    next.prefix.clear();
                    out.push(next);
                }
                at += 2 + dash;
                continue;
            }
        }
        out.push(token.clone());
        at += 1;
    }
    out
}

fn join_phrases(tokens: Vec<Token>) -> Vec<Token> {
    let mut out = Vec::with_capacity(tokens.len());
    let mut at = 0;
    while at < tokens.len() {
        if tokens[at].word.is_empty() {
            out.push(tokens[at].clone());
            at += 1;
            continue;
        }
        let words: Vec<&str> = tokens[at..]
            .iter()
            .take(lexicon::LONGEST)
            .map(|token| token.word.as_str())
            .take_while(|word| !word.is_empty())
            .collect();
        let (term, prefix, length) = stems(words[0])
            .find_map(|(prefix, stem)| lexicon::find(stem, &words[1..]).map(|(term, n)| (term, prefix, n)))
            .unwrap_or((Term::Unknown, "", 1));
        if term != Term::Filler {
            let mut token = tokens[at].clone();
            token.term = term;
            token.prefix = prefix.to_owned();
            out.push(token);
        }
        at += length;
    }
    out
}

/// The word itself, then without one, two and three of the letters that Hebrew writes together with a word.
fn stems(word: &str) -> impl Iterator<Item = (&str, &str)> {
    std::iter::once(0)
        .chain(
            word.char_indices()
                .take(3)
                .take_while(|(_, c)| PREFIX_LETTERS.contains(*c))
                .map(|(at, c)| at + c.len_utf8()),
        )
        .map(|at| word.split_at(at))
        .filter(|(_, stem)| !stem.is_empty())
}
