//! The variables of one text. Never shown by `Debug`, since they hold names, addresses and phone numbers.

use fluent_bundle::{FluentArgs, FluentValue};
use std::borrow::Cow;

/// A value of a variable: text, or a number that may choose a plural form.
pub struct Argument<'a>(FluentValue<'a>);

/// Named values for [`text`](crate::text), usually written with [`args!`](crate::args!).
#[derive(Default)]
pub struct Args<'a>(FluentArgs<'a>);

/// `args![business = name, count = 3]`: the variables of a text.
#[macro_export]
macro_rules! args {
    ($($name:ident = $value:expr),* $(,)?) => {
        $crate::Args::new()$(.with(stringify!($name), $value))*
    };
}

impl<'a> Args<'a> {
    /// No variables.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a variable of either kind.
    #[must_use]
    pub fn with(mut self, name: &'static str, value: impl Into<Argument<'a>>) -> Self {
        self.0.set(name, value.into().0);
        self
    }

    /// Adds a text.
    #[must_use]
    pub fn text(self, name: &'static str, value: impl Into<Cow<'a, str>>) -> Self {
        self.with(name, Argument(FluentValue::String(value.into())))
    }

    /// Adds a number. Plural forms look at numbers only: the text `"1"` would never be singular.
    #[must_use]
    pub fn number(self, name: &'static str, value: i64) -> Self {
        self.with(name, value)
    }

    /// The variables as people would read them, by name.
    pub fn texts(&self) -> impl Iterator<Item = (String, String)> {
        self.0.iter().filter_map(|(name, value)| {
            let text = match value {
                FluentValue::String(text) => text.to_string(),
                FluentValue::Number(number) => number.as_string().into_owned(),
                FluentValue::Custom(_) | FluentValue::None | FluentValue::Error => return None,
            };
            Some((name.to_owned(), text))
        })
    }

    pub(crate) fn values(&self) -> &FluentArgs<'a> {
        &self.0
    }
}

impl std::fmt::Debug for Args<'_> {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.debug_set().entries(self.0.iter().map(|(name, _)| name)).finish()
    }
}

impl<'a> From<&'a str> for Argument<'a> {
    fn from(value: &'a str) -> Self {
        Self(FluentValue::String(Cow::Borrowed(value)))
    }
}

impl<'a> From<&'a String> for Argument<'a> {
    fn from(value: &'a String) -> Self {
        Self::from(value.as_str())
    }
}

impl From<String> for Argument<'_> {
    fn from(value: String) -> Self {
        Self(FluentValue::String(Cow::Owned(value)))
    }
}

impl<'a> From<Cow<'a, str>> for Argument<'a> {
    fn from(value: Cow<'a, str>) -> Self {
        Self(FluentValue::String(value))
    }
}

macro_rules! from_numbers {
    ($($number:ty)*) => {$(
        impl From<$number> for Argument<'_> {
            fn from(value: $number) -> Self {
                Self(FluentValue::from(value))
            }
        }
    )*};
}

from_numbers!(u8 u16 u32 u64 usize i32 i64);

#[cfg(test)]
mod tests {
    #[test]
    fn debug_shows_names_of_variables_and_no_values() {
        let args = args![name = "Dana", count = 3];
        let shown = format!("{args:?}");
        assert!(shown.contains("name") && shown.contains("count"), "{shown}");
        assert!(!shown.contains("Dana") && !shown.contains('3'), "{shown}");
    }
}
