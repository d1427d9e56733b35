//! The languages that Fixi speaks, and which of them a text is written in. It never translates anything.

use serde::{Deserialize, Serialize};

/// A language that Fixi answers in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Language {
    /// עברית, the first language of the product.
    #[default]
    #[serde(rename = "he")]
    Hebrew,
    /// English.
    #[serde(rename = "en")]
    English,
    /// العربية
    #[serde(rename = "ar")]
    Arabic,
    /// Русский
    #[serde(rename = "ru")]
    Russian,
}

impl Language {
    /// Every language, Hebrew first.
    pub const ALL: [Self; 4] = [Self::Hebrew, Self::English, Self::Arabic, Self::Russian];

    /// The BCP 47 code, which is also the stored form.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::Hebrew => "he",
            Self::English => "en",
            Self::Arabic => "ar",
            Self::Russian => "ru",
        }
    }

    /// The language of a BCP 47 code; a region (`en-US`) and the old code `iw` are understood.
    #[must_use]
    pub fn from_key(key: &str) -> Option<Self> {
        let primary = key.split(['-', '_']).next().unwrap_or_default();
        if primary.eq_ignore_ascii_case("iw") {
            return Some(Self::Hebrew);
        }
        Self::ALL.into_iter().find(|language| primary.eq_ignore_ascii_case(language.key()))
    }

    /// Whether the language is written from right to left.
    #[must_use]
    pub const fn is_right_to_left(self) -> bool {
        matches!(self, Self::Hebrew | Self::Arabic)
    }

    /// The language most of the text's letters belong to; `None` without letters.
    ///
    /// Latin letters count half beside another script, because people put brand and model names, links and
    /// addresses in Latin letters into Hebrew, Arabic and Russian sentences.
    #[must_use]
    pub fn detect(text: &str) -> Option<Self> {
        let [mut hebrew, mut latin, mut arabic, mut cyrillic] = [0_usize; 4];
        for c in text.chars() {
            match c {
                'א'..='ת' | '\u{FB1D}'..='\u{FB4F}' => hebrew += 2,
                '\u{0620}'..='\u{064A}'
                | '\u{066E}'..='\u{06D3}'
                | '\u{06FA}'..='\u{06FF}'
                | '\u{FB50}'..='\u{FDFF}'
                | '\u{FE70}'..='\u{FEFC}' => arabic += 2,
                '\u{0400}'..='\u{04FF}' => cyrillic += 2,
                'a'..='z' | 'A'..='Z' | '\u{00C0}'..='\u{024F}' => latin += 1,
                _ => {}
            }
        }
        let counts = [
            (hebrew, Self::Hebrew),
            (arabic, Self::Arabic),
            (cyrillic, Self::Russian),
            (latin, Self::English),
        ];
        let most = counts.iter().map(|(count, _)| *count).max().filter(|count| *count > 0)?;
        counts.into_iter().find(|(count, _)| *count == most).map(|(_, language)| language)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_is_read_and_written_the_same() {
        for language in Language::ALL {
            assert_eq!(Language::from_key(language.key()), Some(language));
            assert_eq!(
                serde_json::to_string(&language).expect("a language is json"),
                format!("\"{}\"", language.key())
            );
        }
        assert_eq!(Language::from_key("en-US"), Some(Language::English));
        assert_eq!(Language::from_key("iw"), Some(Language::Hebrew));
        assert_eq!(Language::from_key("fr"), None);
    }

    #[test]
    fn brand_names_do_not_change_the_language() {
        assert_eq!(Language::detect("המזגן Electra Platinum לא מקרר"), Some(Language::Hebrew));
        assert_eq!(Language::detect("не работает Samsung"), Some(Language::Russian));
        assert_eq!(Language::detect("المكيف لا يبرد"), Some(Language::Arabic));
        assert_eq!(Language::detect("my sink leaks"), Some(Language::English));
        assert_eq!(Language::detect("050-123 👍"), None);
    }
}
