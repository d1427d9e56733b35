//! The languages that Fixi speaks. It never detects a language; it only reads tags.

use serde::{Deserialize, Serialize};

/// A language in which every text exists.
#[derive(Clone, Copy, Debug, Default, Deserialize, Eq, Hash, Ord, PartialEq, PartialOrd, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Locale {
    /// Hebrew, the reference and the fallback.
    #[default]
    He,
    /// English.
    En,
    /// Arabic.
    Ar,
    /// Russian.
    Ru,
}

impl Locale {
    /// Every locale, the reference first.
    pub const ALL: [Self; 4] = [Self::He, Self::En, Self::Ar, Self::Ru];

    /// The language subtag, which is also the folder's name and the stored form.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::He => "he",
            Self::En => "en",
            Self::Ar => "ar",
            Self::Ru => "ru",
        }
    }

    /// The language's name in English, for instructions to models and for operators.
    #[must_use]
    pub const fn english_name(self) -> &'static str {
        match self {
            Self::He => "Hebrew",
            Self::En => "English",
            Self::Ar => "Arabic",
            Self::Ru => "Russian",
        }
    }

    /// The locale of a BCP 47 tag such as `he-IL`, in any case and with `_` as well; `None` for other languages.
    /// The withdrawn code `iw`, which older phones still send, is Hebrew.
    #[must_use]
    pub fn from_tag(tag: &str) -> Option<Self> {
        let language = tag.trim().split(['-', '_']).next().unwrap_or_default().to_ascii_lowercase();
        match language.as_str() {
            "he" | "iw" => Some(Self::He),
            "en" => Some(Self::En),
            "ar" => Some(Self::Ar),
            "ru" => Some(Self::Ru),
            _ => None,
        }
    }

    /// Whether the script runs from right to left.
    #[must_use]
    pub const fn is_rtl(self) -> bool {
        matches!(self, Self::He | Self::Ar)
    }
}

impl std::fmt::Display for Locale {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str(self.code())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn region_subtags_and_old_codes_are_read() {
        assert_eq!(Locale::from_tag("he-IL"), Some(Locale::He));
        assert_eq!(Locale::from_tag("iw"), Some(Locale::He));
        assert_eq!(Locale::from_tag("EN_us"), Some(Locale::En));
        assert_eq!(Locale::from_tag(" ar-001 "), Some(Locale::Ar));
        assert_eq!(Locale::from_tag("ru-Cyrl-RU"), Some(Locale::Ru));
        assert_eq!(Locale::from_tag("hebrew"), None);
        assert_eq!(Locale::from_tag(""), None);
    }

    #[test]
    fn every_code_reads_back() {
        for locale in Locale::ALL {
            assert_eq!(Locale::from_tag(locale.code()), Some(locale));
        }
    }
}
