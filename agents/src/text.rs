//! Folding of what people type into a form that can be compared, without touching what is stored.
//!
//! Two forms: [`clean`] keeps words and case and is safe to show; [`fold`] is for matching only.

/// Characters that carry no letter: direction marks, zero-width characters, byte-order mark, soft hyphen,
/// and control characters other than the line break.
fn is_invisible(c: char) -> bool {
    matches!(c,
        '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{2069}'
        | '\u{061C}' | '\u{FEFF}' | '\u{00AD}' | '\u{180E}' | '\u{034F}')
        || (c.is_control() && c != '\n')
}

/// Hebrew points and accents (niqqud, te'amim), which change nothing about which word it is.
fn is_hebrew_mark(c: char) -> bool {
    matches!(c, '\u{0591}'..='\u{05BD}' | '\u{05BF}' | '\u{05C1}'..='\u{05C2}' | '\u{05C4}'..='\u{05C5}' | '\u{05C7}')
}

/// Arabic vowel marks and the stretching tatweel.
fn is_arabic_mark(c: char) -> bool {
    matches!(c, '\u{0640}' | '\u{064B}'..='\u{065F}' | '\u{0670}')
}

/// The text without invisible characters, white space collapsed to single spaces, trimmed.
///
/// The zero-width joiner inside an emoji sequence is kept, so that a family stays one emoji.
#[must_use]
pub fn clean(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut previous = ' ';
    let mut characters = text.chars().peekable();
    while let Some(c) = characters.next() {
        if c == '\u{200D}' && is_emoji(previous) && characters.peek().is_some_and(|next| is_emoji(*next)) {
            out.push(c);
        } else if c.is_whitespace() {
            if !out.ends_with(' ') && !out.is_empty() {
                out.push(' ');
            }
        } else if !is_invisible(c) {
            out.push(c);
            if c != '\u{FE0F}' {
                previous = c;
            }
        }
    }
    out.truncate(out.trim_end().len());
    out
}

/// The form in which words are compared: [`clean`], lower case, without niqqud and Arabic vowel marks, with the
/// Hebrew maqaf and all dashes as `-`, geresh and curly quotes as `'` and `"`, and Arabic-Indic digits as ASCII.
#[must_use]
pub fn fold(text: &str) -> String {
    clean(text)
        .chars()
        .filter(|c| !is_hebrew_mark(*c) && !is_arabic_mark(*c))
        .flat_map(|c| {
            let c = match c {
                '\u{05BE}' | '\u{2010}'..='\u{2015}' | '\u{2212}' => '-',
                '\u{05F3}' | '\u{2018}' | '\u{2019}' | '\u{02BC}' | '`' | '\u{00B4}' => '\'',
                '\u{05F4}' | '\u{201C}' | '\u{201D}' | '\u{201E}' | '\u{00AB}' | '\u{00BB}' => '"',
                '\u{0660}'..='\u{0669}' => shift_digit(c, 0x0660),
                '\u{06F0}'..='\u{06F9}' => shift_digit(c, 0x06F0),
                'ё' | 'Ё' => 'е',
                other => other,
            };
            lower(c)
        })
        .collect()
}

/// A character in lower case. Most that are read here are of scripts without case, which need not be looked up.
fn lower(c: char) -> impl Iterator<Item = char> {
    let (only, looked_up) = match c {
        '\0'..='\u{7F}' => (Some(c.to_ascii_lowercase()), None),
        '\u{0590}'..='\u{07FF}' => (Some(c), None),
        _ => (None, Some(c.to_lowercase())),
    };
    only.into_iter().chain(looked_up.into_iter().flatten())
}

/// [`fold`] without the punctuation at both ends: the form in which a whole message is compared with a command.
/// A message of punctuation only (`?`) is kept as it is, since `?` is a command itself.
#[must_use]
pub fn fold_command(text: &str) -> String {
    let folded = fold(text);
    let bare = folded.trim_matches(|c: char| c.is_whitespace() || ".,!?;:\"'()״…،؟".contains(c));
    if bare.is_empty() { folded } else { bare.to_owned() }
}

/// Whether nothing that a person could have meant is left: empty, white space or invisible characters only.
#[must_use]
pub fn is_blank(text: &str) -> bool {
    clean(text).is_empty()
}

/// Whether the text holds emoji and punctuation but not one letter or digit.
#[must_use]
pub fn is_emoji_only(text: &str) -> bool {
    let text = clean(text);
    !text.is_empty() && !text.chars().any(char::is_alphanumeric) && text.chars().any(is_emoji)
}

/// At most `limit` characters (Unicode scalar values), cut at the end.
#[must_use]
pub fn truncate(text: &str, limit: usize) -> &str {
    text.char_indices().nth(limit).map_or(text, |(end, _)| &text[..end])
}

/// Reads a missing value and an explicit `null` alike as the type's default, for answers of models.
///
/// # Errors
///
/// When the value is there and of another type.
pub(crate) fn null_is_default<'de, D, T>(deserializer: D) -> Result<T, D::Error>
where
    D: serde::Deserializer<'de>,
    T: serde::Deserialize<'de> + Default,
{
    use serde::Deserialize;
    Ok(Option::<T>::deserialize(deserializer)?.unwrap_or_default())
}

fn is_emoji(c: char) -> bool {
    matches!(c, '\u{1F000}'..='\u{1FAFF}' | '\u{2600}'..='\u{27BF}' | '\u{2B00}'..='\u{2BFF}' | '\u{FE0F}' | '\u{2190}'..='\u{21FF}')
}

fn shift_digit(c: char, zero: u32) -> char {
    char::from_digit(c as u32 - zero, 10).unwrap_or(c)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_character_gets_its_lower_case() {
        for c in ('\0'..='\u{FFFF}').chain(['𐐀', 'İ']) {
            assert!(lower(c).eq(c.to_lowercase()), "{c:?}");
        }
    }

    #[test]
    fn folding_removes_what_does_not_change_the_word() {
        assert_eq!(fold("  מָחָר \u{200F}ב\u{05BE}9 "), "מחר ב-9");
        assert_eq!(fold("יום ב׳"), "יום ב'");
        assert_eq!(fold("STOP"), "stop");
        assert_eq!(fold("٠٥٠-١٢٣"), "050-123");
    }

    #[test]
    fn a_command_is_compared_without_its_final_punctuation() {
        assert_eq!(fold_command(" אשר. "), "אשר");
        assert_eq!(fold_command("Stop!!"), "stop");
        assert_eq!(fold_command("?"), "?");
    }

    #[test]
    fn blank_means_nothing_visible() {
        assert!(is_blank("\u{200B}\u{200F} \u{2066}\u{2069}"));
        assert!(!is_blank("א"));
        assert!(is_emoji_only("🙏👨\u{200D}👩\u{200D}👧"));
        assert!(!is_emoji_only("ok 👍"));
    }

    #[test]
    fn cleaning_keeps_a_joined_emoji_whole() {
        assert_eq!(clean("a\u{200B}b 👩\u{200D}🔧"), "ab 👩\u{200D}🔧");
    }

    #[test]
    fn truncation_counts_characters_not_bytes() {
        assert_eq!(truncate("שלום", 2), "של");
        assert_eq!(truncate("ab", 5), "ab");
    }
}
