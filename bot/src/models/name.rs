//! The name of a model, as it stands in an address and in settings. It never says whether the model exists.

use std::fmt;

/// The name of a model, such as `gemini-3.5-flash-lite`: letters, digits, `.`, `-` and `_`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ModelName(String);

/// A name that cannot be a model's.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0:?} is not the name of a model")]
pub struct NotAModelName(String);

/// The word in a list of models that stands for answering by rules.
const OFFLINE: &str = "offline";

/// No vendor has longer ones.
const LONGEST: usize = 80;

impl ModelName {
    /// Reads a name, with or without `models/` before it.
    ///
    /// # Errors
    /// When it is empty, too long or has characters that do not belong into an address.
    pub fn parse(text: &str) -> Result<Self, NotAModelName> {
        let name = text.trim();
        let name = name.strip_prefix("models/").unwrap_or(name);
        let allowed = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_');
        // Dots alone would be another place in an address.
        let named = name.starts_with(|c: char| c.is_ascii_alphanumeric());
        if named && name.len() <= LONGEST && name.chars().all(allowed) {
            Ok(Self(name.to_ascii_lowercase()))
        } else {
            Err(NotAModelName(text.chars().take(LONGEST).collect()))
        }
    }

    /// Reads a list such as `a,b,c`, first to last. It ends at `offline`, which comes last in any case.
    ///
    /// # Errors
    /// When one of the names cannot be a model's.
    pub fn parse_chain(text: &str) -> Result<Vec<Self>, NotAModelName> {
        let mut chain = Vec::new();
        let names = text.split(',').map(str::trim).filter(|name| !name.is_empty());
        for name in names.take_while(|name| !name.eq_ignore_ascii_case(OFFLINE)) {
            let name = Self::parse(name)?;
            if !chain.contains(&name) {
                chain.push(name);
            }
        }
        Ok(chain)
    }

    /// The name without `models/`.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for ModelName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_cannot_lead_anywhere_else() {
        for (text, expected) in [
            ("gemini-3.5-flash", Some("gemini-3.5-flash")),
            (" models/Gemini-3.5-Flash ", Some("gemini-3.5-flash")),
            ("", None),
            ("..", None),
            ("a/b", None),
            ("a?key=b", None),
            ("a:b", None),
            ("דגם", None),
        ] {
            let name = ModelName::parse(text).ok();
            assert_eq!(name.as_ref().map(ModelName::as_str), expected, "{text}");
        }
    }

    #[test]
    fn a_chain_ends_at_offline_and_names_nobody_twice() {
        let chain = |text: &str| {
            ModelName::parse_chain(text)
                .map(|names| names.iter().map(ToString::to_string).collect::<Vec<_>>())
        };
        assert_eq!(chain("a, b,,a,offline,c"), Ok(vec!["a".to_owned(), "b".to_owned()]));
        assert_eq!(chain("offline"), Ok(Vec::new()));
        assert!(chain("a,b c").is_err());
    }
}
