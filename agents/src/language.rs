//! Placeholder until the reader lands.
use serde::{Deserialize, Serialize};
/// Language.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Language {
    /// he
    #[serde(rename = "he")]
    Hebrew,
    /// en
    #[serde(rename = "en")]
    English,
    /// ar
    #[serde(rename = "ar")]
    Arabic,
    /// ru
    #[serde(rename = "ru")]
    Russian,
}
impl Language {
    /// BCP 47 code.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Hebrew => "he",
            Self::English => "en",
            Self::Arabic => "ar",
            Self::Russian => "ru",
        }
    }
}
