//! Finds what is wrong with the texts: gaps, strangers, lost variables, wrong plural forms, untranslated lines.
//! It only reports; it never repairs.

use crate::files::{FILES, Source, WORDS};
use crate::shape::{self, Message, Selection};
use crate::{Locale, Word};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

/// Something wrong with one text of one locale.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Problem {
    /// Whose text it is.
    pub locale: Locale,
    /// The file's name inside the locale's folder.
    pub file: &'static str,
    /// The key, or the beginning of what could not be read.
    pub key: String,
    /// What is wrong.
    pub flaw: Flaw,
}

/// What can be wrong with a text.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum Flaw {
    /// Not a Fluent message.
    Junk,
    /// A part of Fluent that this crate does not follow, such as terms and functions.
    Unsupported(&'static str),
    /// The key stands more than once in the locale.
    Duplicate,
    /// The reference has the key, this locale has not.
    Missing,
    /// This locale has the key, the reference has not.
    Unknown,
    /// A variable that the reference text does not have.
    UnknownVariable(&'static str),
    /// A variable of the reference text that was lost in translation.
    LostVariable(&'static str),
    /// A plural form that the language has and the text has not.
    MissingPlural(&'static str),
    /// A plural form that the language does not have, or a default other than `other`.
    UnknownPlural(&'static str),
    /// Not one letter of the locale's script.
    NotTranslated,
    /// A key of the words file that is no [`Word`], or a word without synonyms.
    NotAWord,
}

/// Every problem of the embedded texts.
#[must_use]
pub fn check() -> Vec<Problem> {
    let mut problems = check_sources(FILES);
    for source in FILES.iter().filter(|source| source.file == WORDS) {
        problems.extend(check_words(*source));
    }
    problems
}

fn check_sources(sources: &[Source]) -> Vec<Problem> {
    let mut problems = Vec::new();
    let mut locales: BTreeMap<Locale, BTreeMap<&str, (&'static str, Message)>> = BTreeMap::new();
    for source in sources {
        let texts = locales.entry(source.locale).or_default();
        let problem =
            |key: &str, flaw| Problem { locale: source.locale, file: source.file, key: key.to_owned(), flaw };
        let shape = shape::read(source.text);
        problems.extend(
            shape.junk.iter().map(|junk| problem(junk.lines().next().unwrap_or_default(), Flaw::Junk)),
        );
        for message in shape.messages {
            problems
                .extend(check_message(source, &message).into_iter().map(|flaw| problem(message.key, flaw)));
            if let Some((_, earlier)) = texts.insert(message.key, (source.file, message)) {
                problems.push(problem(earlier.key, Flaw::Duplicate));
            }
        }
    }
    let Some(reference) = locales.get(&Locale::default()) else { return problems };
    for (locale, texts) in &locales {
        for (key, (file, expected)) in reference {
            let problem = |flaw| Problem { locale: *locale, file, key: (*key).to_owned(), flaw };
            let Some((_, message)) = texts.get(key) else {
                problems.push(problem(Flaw::Missing));
                continue;
            };
            let (names, found) = (&expected.variables, &message.variables);
            problems.extend(found.difference(names).map(|name| problem(Flaw::UnknownVariable(name))));
            problems.extend(names.difference(found).map(|name| problem(Flaw::LostVariable(name))));
        }
        for (key, (file, _)) in texts.iter().filter(|(key, _)| !reference.contains_key(*key)) {
            problems.push(Problem { locale: *locale, file, key: (*key).to_owned(), flaw: Flaw::Unknown });
        }
    }
    problems
}

fn check_message(source: &Source, message: &Message) -> Vec<Flaw> {
    let mut flaws: Vec<Flaw> = message.unsupported.iter().map(|part| Flaw::Unsupported(part)).collect();
    for selection in &message.selections {
        flaws.extend(check_plural(source.locale, selection));
    }
    let letters: Vec<char> =
        message.pieces.iter().flat_map(|piece| piece.chars()).filter(|c| c.is_alphabetic()).collect();
    let own = |c: &char| is_of_script(source.locale, *c);
    // English texts must hold no other script either; the others may quote English, as in a brand or a command.
    let translated = match source.locale {
        Locale::En => letters.iter().all(own),
        Locale::He | Locale::Ar | Locale::Ru => letters.is_empty() || letters.iter().any(own),
    };
    if source.file != WORDS && !translated {
        flaws.push(Flaw::NotTranslated);
    }
    flaws
}

fn is_of_script(locale: Locale, c: char) -> bool {
    match locale {
        Locale::He => matches!(c, '\u{05D0}'..='\u{05EA}'),
        Locale::En => c.is_ascii_alphabetic(),
        Locale::Ar => matches!(c, '\u{0621}'..='\u{064A}'),
        Locale::Ru => matches!(c, '\u{0410}'..='\u{044F}' | 'ё' | 'Ё'),
    }
}

/// Selections by plural form must name the forms of the language; selections by something else are left alone.
fn check_plural(locale: Locale, selection: &Selection) -> Vec<Flaw> {
    const FORMS: [&str; 6] = ["zero", "one", "two", "few", "many", "other"];
    if !selection.arms.iter().any(|arm| FORMS.contains(arm)) {
        return Vec::new();
    }
    // The plural rules of the library know a `many` in Hebrew that modern Hebrew does not have: with `other` as the
    // default and no `many`, both give the same text.
    let (needed, allowed): (&[&'static str], &[&'static str]) = match locale {
        Locale::He => (&["one", "other"], &["two"]),
        Locale::En => (&["one", "other"], &[]),
        Locale::Ar => (&["one", "two", "few", "many", "other"], &["zero"]),
        Locale::Ru => (&["one", "few", "many", "other"], &[]),
    };
    let arms: BTreeSet<&str> = selection.arms.iter().copied().collect();
    let missing = needed.iter().filter(|form| !arms.contains(*form)).map(|form| Flaw::MissingPlural(form));
    let unknown = selection
        .arms
        .iter()
        .filter(|arm| FORMS.contains(*arm) && !needed.contains(arm) && !allowed.contains(arm))
        .map(|arm| Flaw::UnknownPlural(arm));
    let default = (selection.default != "other").then_some(Flaw::UnknownPlural(selection.default));
    missing.chain(unknown).chain(default).collect()
}

fn check_words(source: Source) -> Vec<Problem> {
    let shape = shape::read(source.text);
    let written: BTreeSet<&str> = shape.messages.iter().map(|message| message.key).collect();
    let known: BTreeSet<&str> = Word::ALL.iter().map(|word| word.key()).collect();
    let strangers = written.symmetric_difference(&known).copied();
    let empty = shape.messages.iter().filter(|message| {
        !message.variables.is_empty() || crate::words::split(&message.pieces).next().is_none()
    });
    strangers
        .chain(empty.map(|message| message.key))
        .map(|key| Problem {
            locale: source.locale,
            file: source.file,
            key: key.to_owned(),
            flaw: Flaw::NotAWord,
        })
        .collect()
}

impl fmt::Display for Problem {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { locale, file, key, flaw } = self;
        write!(formatter, "{locale}/{file}: `{key}` ")?;
        match flaw {
            Flaw::Junk => write!(formatter, "is not a message"),
            Flaw::Unsupported(part) => write!(formatter, "uses a {part}, which is not supported"),
            Flaw::Duplicate => write!(formatter, "stands twice"),
            Flaw::Missing => write!(formatter, "is missing"),
            Flaw::Unknown => write!(formatter, "is not in the reference locale"),
            Flaw::UnknownVariable(name) => write!(formatter, "uses the unknown variable ${name}"),
            Flaw::LostVariable(name) => write!(formatter, "lost the variable ${name}"),
            Flaw::MissingPlural(form) => write!(formatter, "lacks the plural form `{form}`"),
            Flaw::UnknownPlural(form) => write!(formatter, "has the plural form `{form}` or default"),
            Flaw::NotTranslated => write!(formatter, "is not in the language of its folder"),
            Flaw::NotAWord => write!(formatter, "does not match the list of words"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_embedded_texts_have_no_problem() {
        let problems: Vec<String> = check().iter().map(ToString::to_string).collect();
        assert!(problems.is_empty(), "{}", problems.join("\n"));
    }

    fn flaws(he: &'static str, ru: &'static str) -> Vec<(String, Flaw)> {
        let sources = [
            Source { locale: Locale::He, file: "a.ftl", text: he },
            Source { locale: Locale::Ru, file: "a.ftl", text: ru },
        ];
        check_sources(&sources).into_iter().map(|problem| (problem.key, problem.flaw)).collect()
    }

    #[track_caller]
    fn check_flaw(he: &'static str, ru: &'static str, flaw: Flaw) {
        assert_eq!(flaws(he, ru), [("a".to_owned(), flaw)]);
    }

    #[test]
    fn a_good_pair_has_no_flaw() {
        assert_eq!(flaws("a = אב { $x }\nb = { $x }", "a = { $x } аб OK\nb = { $x }"), []);
    }

    #[test]
    fn gaps_and_strangers_are_found() {
        check_flaw("a = אב\nb = ג", "b = г", Flaw::Missing);
        check_flaw("b = ג", "a = аб\nb = г", Flaw::Unknown);
        check_flaw("a = אב", "a = аб\na = вг", Flaw::Duplicate);
        check_flaw("a = אב", "a = Good morning", Flaw::NotTranslated);
    }

    #[test]
    fn variables_must_be_the_same() {
        check_flaw("a = אב", "a = аб { $nmae }", Flaw::UnknownVariable("nmae"));
        check_flaw("a = אב { $price }", "a = аб", Flaw::LostVariable("price"));
        check_flaw("a = אב", "a = аб { NUMBER(3) }", Flaw::Unsupported("function"));
    }

    #[test]
    fn plural_forms_are_those_of_the_language() {
        let he = "a = { $n ->\n [one] אחד\n *[other] הרבה { $n }\n }";
        check_flaw(
            he,
            "a = { $n ->\n [one] а\n [few] б\n *[other] в { $n }\n }",
            Flaw::MissingPlural("many"),
        );
        check_flaw(
            "a = { $n ->\n [one] אחד\n [many] רבים\n *[other] הרבה\n }",
            "a = { $n ->\n [1] а\n *[2] б\n }",
            Flaw::UnknownPlural("many"),
        );
    }

    #[test]
    fn what_cannot_be_read_is_named_by_its_first_line() {
        assert_eq!(flaws("a = אב", "a = аб\nb { x"), [("b { x".to_owned(), Flaw::Junk)]);
    }
}
