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

/// What the whole message means to a person of this role; words for everybody come first.
#[must_use]
pub fn whole_message(text: &str, role: Role) -> Option<Word> {
    // A command is short: a long message is never folded just to be compared.
    if text.len() > 400 {
        return None;
    }
    let folded = fold_command(text);
    SYNONYMS.get(&(Role::Anyone, folded.clone())).or_else(|| SYNONYMS.get(&(role, folded))).copied()
}

/// A command with a short number after it: `אשר 17`.
#[must_use]
pub fn with_number(text: &str, role: Role) -> Option<(Word, Option<u64>)> {
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

/// Whether the whole message is a command of anybody, or a bare number of at most three digits.
#[must_use]
pub fn is_whole_message_known(text: &str) -> bool {
    let folded = fold_command(text);
    let number = !folded.is_empty() && folded.len() <= 3 && folded.chars().all(|c| c.is_ascii_digit());
    number || [Role::Customer, Role::Pro].iter().any(|role| whole_message(text, *role).is_some())
}
