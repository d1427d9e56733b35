//! The gazetteer: cities and towns, their names in four languages, and where they are. It never asks a map service.

use super::lexicon::Lexicon;
use super::words::{Gap, Text, form};
use serde::{Deserialize, Serialize};
use std::collections::HashMap;
use std::ops::Range;
use std::sync::LazyLock;

use crate::language::Language;

/// A city, town or village.
#[derive(Clone, Debug, PartialEq)]
pub struct Place {
    /// The stable name, in Latin letters: `tel_aviv`.
    pub key: &'static str,
    /// Degrees north.
    pub latitude: f64,
    /// Degrees east.
    pub longitude: f64,
    names: [Vec<&'static str>; 4],
}

impl Place {
    /// The usual name in a language.
    #[must_use]
    pub fn name(&self, language: Language) -> &'static str {
        let index = match language {
            Language::He => 0,
            Language::En => 1,
            Language::Ar => 2,
            Language::Ru => 3,
        };
        self.names[index].first().copied().unwrap_or(self.key)
    }

    /// Every spelling in every language, the usual ones first within a language.
    pub fn names(&self) -> impl Iterator<Item = &'static str> {
        self.names.iter().flatten().copied()
    }
}

/// A place named in a text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PlaceMatch {
    /// The key of the [`Place`].
    pub key: String,
    /// The customer's own words.
    pub words: String,
}

/// A place at its words; `is_weak` when the name is also a common word or a person's name.
pub(crate) struct Candidate {
    pub(crate) place: &'static Place,
    pub(crate) words: Range<usize>,
    pub(crate) prefix: usize,
    pub(crate) is_weak: bool,
}

struct Gazetteer {
    places: Vec<Place>,
    by_key: HashMap<&'static str, usize>,
    by_name: HashMap<String, usize>,
    lexicon: Lexicon<(usize, bool)>,
}

static GAZETTEER: LazyLock<Gazetteer> =
    LazyLock::new(|| read_gazetteer(include_str!("../../data/gazetteer.csv")));

/// Every place, the largest first.
#[must_use]
pub fn all() -> &'static [Place] {
    &GAZETTEER.places
}

/// The place of a key.
#[must_use]
pub fn by_key(key: &str) -> Option<&'static Place> {
    GAZETTEER.by_key.get(key).map(|index| &GAZETTEER.places[*index])
}

/// The place whose name or key this is; the whole text must be the name, in any language and spelling.
#[must_use]
pub fn by_name(name: &str) -> Option<&'static Place> {
    let key = name_key(name);
    let found = GAZETTEER.by_name.get(&key).map(|index| &GAZETTEER.places[*index]);
    found.or_else(|| by_key(&key.replace(' ', "_")))
}

/// The first place that the text surely names, whole words only, the longest name first.
#[must_use]
pub fn find(text: &str) -> Option<PlaceMatch> {
    let text = Text::new(text);
    let candidate = candidates(&text).into_iter().find(|candidate| is_sure(&text, candidate))?;
    Some(to_match(&text, &candidate))
}

/// The way between two places as the bird flies.
#[must_use]
pub fn distance_km(a: &Place, b: &Place) -> f64 {
    distance_between((a.latitude, a.longitude), (b.latitude, b.longitude))
}

/// The way between two points of (degrees north, degrees east), by the haversine formula.
#[must_use]
pub fn distance_between(a: (f64, f64), b: (f64, f64)) -> f64 {
    const EARTH_RADIUS_KM: f64 = 6371.0088;
    let (latitude_a, latitude_b) = (a.0.to_radians(), b.0.to_radians());
    let half_latitude = (latitude_b - latitude_a) / 2.0;
    let half_longitude = (b.1 - a.1).to_radians() / 2.0;
    let h = half_latitude.sin().powi(2) + latitude_a.cos() * latitude_b.cos() * half_longitude.sin().powi(2);
    2.0 * EARTH_RADIUS_KM * h.sqrt().clamp(0.0, 1.0).asin()
}

/// Degrees north and east of the place with this key or name.
#[must_use]
pub fn position(name: &str) -> Option<(f64, f64)> {
    by_key(name).or_else(|| by_name(name)).map(|place| (place.latitude, place.longitude))
}

/// All places named in the text, without those inside a longer name.
pub(crate) fn candidates(text: &Text) -> Vec<Candidate> {
    let mut candidates: Vec<Candidate> = Vec::new();
    let mut index = 0;
    while index < text.words.len() {
        let Some(found) = GAZETTEER.lexicon.longest_at(text, index) else {
            index += 1;
            continue;
        };
        let (place, is_weak) = *found.value;
        index = found.words.end;
        candidates.push(Candidate {
            place: &GAZETTEER.places[place],
            words: found.words,
            prefix: found.prefix,
            is_weak,
        });
    }
    candidates
}

/// Whether the words mean the place: always for a name that is nothing else, by its surroundings for the others.
pub(crate) fn is_sure(text: &Text, candidate: &Candidate) -> bool {
    if !candidate.is_weak {
        return true;
    }
    let Range { start, end } = candidate.words.clone();
    let is_whole_clause = text.gap(start) >= Gap::Comma && text.gap(end) >= Gap::Comma;
    if start == 0 && end == text.words.len() {
        return true;
    }
    let prefix = &text.form(start)[..candidate.prefix];
    // "באזור המרכז" is an area, and "בבית אבא" no town: a name that is a common noun needs "העיר" before it.
    let name = &text.form(start)[candidate.prefix..];
    let is_noun = end == start + 1 && matches!(name, "אזור" | "קדימה" | "ראשון" | "מעלות");
    let before = start.checked_sub(1).map_or("", |before| text.form(before));
    if matches!(
        before,
        "העיר"
            | "בעיר"
            | "מהעיר"
            | "עיר"
            | "ביישוב"
            | "city"
            | "town"
            | "город"
            | "городе"
            | "مدينه"
    ) {
        return true;
    }
    if is_noun {
        return is_whole_clause && start > 0 && text.is_number(start - 1) && text.gap(start) >= Gap::Comma;
    }
    let is_located = matches!(prefix, "ב" | "שב" | "וב" | "ب")
        || matches!(before, "in" | "from" | "near" | "at" | "в" | "из" | "во" | "في" | "من");
    let after_number = start > 0 && text.is_number(start - 1);
    is_located || (is_whole_clause && after_number) || (is_whole_clause && text.words.len() <= 8 && start > 1)
}

pub(crate) fn to_match(text: &Text, candidate: &Candidate) -> PlaceMatch {
    let raw = text.raw(candidate.words.clone());
    // The prefix of a Hebrew or Arabic word is as long in the customer's spelling, unless vowel marks are written.
    let words = raw.get(candidate.prefix..).unwrap_or(raw).to_owned();
    PlaceMatch { key: candidate.place.key.to_owned(), words }
}

/// The names of a gazetteer column; a name after `?` is also a common word.
fn column(column: &'static str) -> impl Iterator<Item = (&'static str, bool)> {
    column.split('|').map(str::trim).filter(|name| !name.is_empty()).map(|name| {
        match name.strip_prefix('?') {
            Some(name) => (name, true),
            None => (name, false),
        }
    })
}

fn name_key(name: &str) -> String {
    let text = Text::new(name);
    let forms: Vec<&str> = text.words.iter().map(|word| word.form.as_str()).collect();
    forms.join(" ")
}

fn read_gazetteer(data: &'static str) -> Gazetteer {
    let mut gazetteer = Gazetteer {
        places: Vec::new(),
        by_key: HashMap::new(),
        by_name: HashMap::new(),
        lexicon: Lexicon::new(),
    };
    for line in data.lines().filter(|line| !line.starts_with('#')) {
        let columns: Vec<&'static str> = line.split(';').map(str::trim).collect();
        let &[key, latitude, longitude, hebrew, english, arabic, russian] = columns.as_slice() else {
            continue;
        };
        let (Ok(latitude), Ok(longitude)) = (latitude.parse::<f64>(), longitude.parse::<f64>()) else {
            continue;
        };
        let index = gazetteer.places.len();
        for (name, is_weak) in [hebrew, english, arabic, russian].into_iter().flat_map(column) {
            gazetteer.by_name.entry(name_key(name)).or_insert(index);
            for declined in declensions(name) {
                gazetteer.by_name.entry(name_key(&declined)).or_insert(index);
                gazetteer.lexicon.add(&declined, (index, is_weak));
            }
        }
        let names: [Vec<&str>; 4] =
            [hebrew, english, arabic, russian].map(|names| column(names).map(|(name, _)| name).collect());
        gazetteer.by_key.insert(key, index);
        gazetteer.places.push(Place { key, latitude, longitude, names });
    }
    gazetteer
}

/// The name and, for Russian, its cases: "Хайфа", "в Хайфе", "из Хайфы".
fn declensions(name: &str) -> Vec<String> {
    let Some(last) = name.chars().last().filter(|c| ('\u{0400}'..='\u{04FF}').contains(c)) else {
        return vec![name.to_owned()];
    };
    let stem = &name[..name.len() - last.len_utf8()];
    let (stem, endings): (&str, &[&str]) = match last {
        'а' => (stem, &["а", "ы", "е", "у", "ой", "и"]),
        'я' => (stem, &["я", "и", "е", "ю", "ей"]),
        'ь' => (stem, &["ь", "я", "ю", "е", "и", "ем"]),
        'й' => (stem, &["й", "я", "ю", "е", "ем"]),
        'и' | 'о' | 'у' | 'э' | 'е' | 'ы' => (name, &[""]),
        _ => (name, &["", "а", "у", "ом", "е"]),
    };
    endings.iter().map(|ending| form(&format!("{stem}{ending}"))).collect()
}
