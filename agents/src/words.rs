//! The words that people type as whole messages, and what they mean. The words themselves belong to the translators:
//! they live in the locale files; this compares.

use crate::text::fold_command;
use locales::{Role, Word};
use std::collections::HashMap;
use std::sync::LazyLock;

/// Every synonym, folded, by role.
static SYNONYMS: LazyLock<HashMap<(Role, String), Word>> = LazyLock::new(|| {
    let mut map = HashMap::new();
    for (word, synonyms) in locales::synonyms() {
        for synonym in synonyms {
            map.insert((word.role(), fold_command(synonym)), *word);
        }
    }
    map
});

/// The longest text that can be a command, in bytes: a long message is never folded just to be compared.
const LONGEST: usize = 400;

/// What the whole message means to a person of this role; words for everybody come first.
#[must_use]
pub fn whole_message(text: &str, role: Role) -> Option<Word> {
    if text.len() > LONGEST {
        return None;
    }
    let folded = fold_command(text);
    SYNONYMS.get(&(Role::Anyone, folded.clone())).or_else(|| SYNONYMS.get(&(role, folded))).copied()
}

/// A command with a short number after it: `אשר 17`.
#[must_use]
pub fn with_number(text: &str, role: Role) -> Option<(Word, Option<u64>)> {
    if text.len() > LONGEST {
        return None;
    }
    if let Some(word) = whole_message(text, role) {
        return Some((word, None));
    }
    let folded = fold_command(text);
    let (command, number) = folded.rsplit_once(' ')?;
    let number = number.trim_start_matches('#').parse().ok()?;
    // `1 17` is no command: a digit stands for a word only when it is alone.
    if command.chars().all(|c| c.is_ascii_digit()) {
        return None;
    }
    Some((whole_message(command, role)?, Some(number)))
}

/// What stands after one of the words for `word`, with which the message begins.
#[must_use]
pub fn after(text: &str, word: Word) -> Option<&str> {
    let text = text.get(..LONGEST.min(text.len())).unwrap_or(text).trim_start();
    let ends = text.char_indices().filter(|(_, c)| c.is_whitespace() || *c == ':').map(|(at, _)| at);
    // The longest beginning counts: a word may begin another.
    let mut ends: Vec<usize> = ends.take(4).collect();
    ends.reverse();
    ends.into_iter().find_map(|end| {
        let folded = fold_command(&text[..end]);
        let is_word = SYNONYMS.get(&(word.role(), folded)) == Some(&word);
        is_word.then(|| text[end..].trim_start_matches(|c: char| c.is_whitespace() || c == ':'))
    })
}

/// Whether the whole message is a command of anybody, or a bare number of at most three digits.
#[must_use]
pub fn is_whole_message_known(text: &str) -> bool {
    if text.len() > LONGEST {
        return false;
    }
    let folded = fold_command(text);
    let number = !folded.is_empty() && folded.len() <= 3 && folded.chars().all(|c| c.is_ascii_digit());
    number
        || [Role::Customer, Role::Pro, Role::Owner]
            .iter()
            .filter_map(|role| whole_message(text, *role))
            // A day is mostly a customer's answer, and more may follow.
            .any(|word| !matches!(word, Word::Today | Word::Tomorrow | Word::Week))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn commands_are_whole_messages_of_any_case_and_punctuation() {
        for (text, role, word) in [
            ("STOP", Role::Customer, Some(Word::Stop)),
            ("Stop!!", Role::Pro, Some(Word::Stop)),
            ("הסר.", Role::Customer, Some(Word::Stop)),
            ("stop by at 5", Role::Customer, None),
            ("cancel", Role::Customer, Some(Word::Cancel)),
            ("?", Role::Customer, Some(Word::Status)),
            ("אשר", Role::Pro, Some(Word::Approve)),
            ("אשר", Role::Customer, None),
            ("1", Role::Pro, Some(Word::Approve)),
            ("1", Role::Customer, None),
            ("", Role::Customer, None),
        ] {
            assert_eq!(whole_message(text, role), word, "{text}");
        }
        assert_eq!(whole_message(&"stop ".repeat(500), Role::Customer), None);
    }

    #[test]
    fn a_number_may_follow_a_word_but_not_a_digit() {
        assert_eq!(with_number("אשר 17", Role::Pro), Some((Word::Approve, Some(17))));
        assert_eq!(with_number("reject #3.", Role::Pro), Some((Word::Reject, Some(3))));
        assert_eq!(with_number("אשר", Role::Pro), Some((Word::Approve, None)));
        for text in ["1 17", "אשר אשר", "אשר 17 18", "17", "אשר -1", "אשר 99999999999999999999999"]
        {
            assert_eq!(with_number(text, Role::Pro), None, "{text}");
        }
    }
}
