//! The texts, ready to be formatted. Built once from the embedded files, never changed, never panics.
//!
//! Direction marks around variables are off: they would break links, phone numbers and comparison. A channel that
//! wants them adds them where it knows what a value is.

use crate::files::FILES;
use crate::{Args, Locale, shape};
use fluent_bundle::FluentResource;
use fluent_bundle::concurrent::FluentBundle;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;
use unic_langid::LanguageIdentifier;

struct Catalog {
    bundles: BTreeMap<Locale, FluentBundle<FluentResource>>,
    reference: BTreeMap<&'static str, BTreeSet<&'static str>>,
}

static CATALOG: LazyLock<Catalog> = LazyLock::new(Catalog::build);

/// The text of a key in a locale, else in Hebrew, else the key itself.
///
/// A variable that was not given stays visible by its name; [`check_calls`](crate::check_calls) finds such calls.
#[must_use]
pub fn text(locale: Locale, key: &str, args: &Args<'_>) -> String {
    CATALOG
        .format(locale, key, args)
        .or_else(|| CATALOG.format(Locale::default(), key, args))
        .unwrap_or_else(|| key.to_owned())
}

/// Every key of the reference locale, sorted.
pub fn keys() -> impl Iterator<Item = &'static str> {
    CATALOG.reference.keys().copied()
}

/// The variables that a text needs; `None` for an unknown key.
#[must_use]
pub fn variables(key: &str) -> Option<&'static BTreeSet<&'static str>> {
    CATALOG.reference.get(key)
}

impl Catalog {
    fn build() -> Self {
        let mut catalog = Self { bundles: BTreeMap::new(), reference: BTreeMap::new() };
        for locale in Locale::ALL {
            let language = locale.code().parse::<LanguageIdentifier>().unwrap_or_default();
            let mut bundle = FluentBundle::new_concurrent(vec![language]);
            bundle.set_use_isolating(false);
            for source in FILES.iter().filter(|source| source.locale == locale) {
                // `check` reports broken entries and duplicates; what could be read is still of use.
                let resource =
                    FluentResource::try_new(source.text.to_owned()).unwrap_or_else(|(part, _)| part);
                let _duplicates = bundle.add_resource(resource);
                if locale == Locale::default() {
                    let messages = shape::read(source.text).messages;
                    catalog
                        .reference
                        .extend(messages.into_iter().map(|message| (message.key, message.variables)));
                }
            }
            catalog.bundles.insert(locale, bundle);
        }
        catalog
    }

    fn format(&self, locale: Locale, key: &str, args: &Args<'_>) -> Option<String> {
        let bundle = self.bundles.get(&locale)?;
        let pattern = bundle.get_message(key)?.value()?;
        let mut errors = Vec::new();
        Some(bundle.format_pattern(pattern, Some(args.values()), &mut errors).into_owned())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::args;

    #[test]
    fn an_unknown_key_is_shown_as_itself() {
        assert_eq!(text(Locale::Ru, "no-such-key", &args![]), "no-such-key");
        assert_eq!(variables("no-such-key"), None);
    }

    #[test]
    fn variables_are_put_in_without_direction_marks() {
        let line = text(Locale::He, "customer-slot-line", &args![number = 2, slot = "22.11 14:00"]);
        assert_eq!(line, "2. 22.11 14:00");
    }

    #[test]
    fn a_missing_variable_keeps_the_language_and_does_not_panic() {
        let line = text(Locale::Ru, "customer-greeting", &args![]);
        assert!(line.contains("{$business}"), "{line}");
    }

    #[test]
    fn every_text_of_every_locale_formats_completely() {
        for locale in Locale::ALL {
            for (key, variables) in &CATALOG.reference {
                for count in [0, 1, 2, 3, 5, 11, 20, 21, 100] {
                    let args = variables.iter().fold(Args::new(), |args, name| args.number(name, count));
                    let line = text(locale, key, &args);
                    assert!(!line.is_empty() && line != *key, "{locale} {key}: {line}");
                    assert!(!line.contains(['{', '}', '\u{2068}', '\u{2069}']), "{locale} {key}: {line}");
                }
            }
        }
    }

    #[test]
    fn numbers_choose_the_plural_form() {
        let files = |locale, count: i64| text(locale, "pro-media-count", &args![count = count]);
        assert_eq!(files(Locale::He, 1), "קובץ אחד מהלקוח");
        assert_eq!(files(Locale::He, 2), "שני קבצים מהלקוח");
        assert_eq!(files(Locale::He, 20), "20 קבצים מהלקוח");
        assert_eq!(files(Locale::En, 1), "1 file from the customer");
        assert_eq!(files(Locale::Ru, 21), "21 файл от клиента");
        assert_eq!(files(Locale::Ru, 3), "3 файла от клиента");
        assert_eq!(files(Locale::Ru, 60), "60 файлов от клиента");
        assert_eq!(files(Locale::Ar, 2), "ملفان من الزبون");
        assert_eq!(files(Locale::Ar, 5), "5 ملفات من الزبون");
        assert_eq!(files(Locale::Ar, 60), "60 ملفًا من الزبون");
    }

    #[test]
    fn a_date_is_written_as_each_language_writes_it() {
        let date = |locale| {
            let weekday = text(locale, "weekday-sunday", &args![]);
            let date = text(locale, "date-day-month", &args![day = 22, month = 11]);
            text(locale, "slot-weekday-date-time", &args![weekday = weekday, date = date, time = "14:00"])
        };
        assert_eq!(date(Locale::He), "יום ראשון 22.11 בשעה 14:00");
        assert_eq!(date(Locale::En), "Sunday, 22 Nov at 14:00");
        assert_eq!(date(Locale::Ar), "الأحد 22 نوفمبر الساعة 14:00");
        assert_eq!(date(Locale::Ru), "воскресенье, 22 ноября, 14:00");
    }
}
