//! The embedded Fluent files: one line per file name, which must exist in all four folders.

use crate::Locale;

/// One embedded file.
#[derive(Clone, Copy)]
pub(crate) struct Source {
    pub(crate) locale: Locale,
    pub(crate) file: &'static str,
    pub(crate) text: &'static str,
}

/// The file of the words that people may type; its values are lists, not sentences.
pub(crate) const WORDS: &str = "words.ftl";

macro_rules! embed {
    ($($file:literal)*) => {
        pub(crate) const FILES: &[Source] = &[$(
            Source { locale: Locale::He, file: $file, text: include_str!(concat!("../he/", $file)) },
            Source { locale: Locale::En, file: $file, text: include_str!(concat!("../en/", $file)) },
            Source { locale: Locale::Ar, file: $file, text: include_str!(concat!("../ar/", $file)) },
            Source { locale: Locale::Ru, file: $file, text: include_str!(concat!("../ru/", $file)) },
        )*];
    };
}

embed! {
    "calendar.ftl"
    "care.ftl"
    "console.ftl"
    "console_office.ftl"
    "console_pros.ftl"
    "customer.ftl"
    "demo.ftl"
    "owner.ftl"
    "pro.ftl"
    "trades.ftl"
    "words.ftl"
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;
    use std::path::Path;

    #[test]
    fn every_file_in_the_folders_is_embedded() {
        let embedded: BTreeSet<String> =
            FILES.iter().map(|source| format!("{}/{}", source.locale, source.file)).collect();
        let mut found = BTreeSet::new();
        for locale in Locale::ALL {
            let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join(locale.code());
            for entry in std::fs::read_dir(folder).expect("the folder is in the repository") {
                found.insert(format!(
                    "{locale}/{}",
                    entry.expect("a readable entry").file_name().to_string_lossy()
                ));
            }
        }
        assert_eq!(embedded, found);
    }
}
