//! How far a pro's places are from where the work is: by positions, and by names where a position is not known.

use super::Position;
use crate::pro::{Area, Pro};
use crate::text::fold;
use crate::understanding::places::distance_between;

/// Two names at the same position are one place.
const SAME_PLACE_KM: f64 = 0.1;
/// Letters that Hebrew writes before a name: in, from, to, the, that, and.
const PREFIXES: [char; 6] = ['ב', 'מ', 'ל', 'ה', 'ש', 'ו'];

/// Where the work is.
pub(super) struct Destination<'a> {
    city: Option<&'a str>,
    text: Option<&'a str>,
    position: Option<(f64, f64)>,
}

impl<'a> Destination<'a> {
    pub(super) fn new(city: Option<&'a str>, text: Option<&'a str>, position: Position<'_>) -> Self {
        let found = city.and_then(position).or_else(|| text.and_then(position));
        Self { city, text, position: found }
    }

    /// Whether there is neither a place nor a text in which one could be named.
    pub(super) fn is_unknown(&self) -> bool {
        self.position.is_none()
            && [self.city, self.text].into_iter().flatten().all(|text| words(text).is_empty())
    }

    /// Whether the city is this name, or the text has it in it.
    fn names(&self, name: &str) -> bool {
        let name = words(name);
        !name.is_empty()
            && (self.city.is_some_and(|city| words(city) == name)
                || self.text.is_some_and(|text| has_name(&words(text), &name)))
    }
}

/// How a pro's nearest place lies to the work.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Reach {
    /// It is one of their places, or within the distance that they go.
    Own,
    /// One of their places is named in the text.
    Text,
    /// So many kilometres beyond the places that they name.
    Away(f64),
    /// It cannot be said.
    Unknown,
}

impl Reach {
    pub(super) fn kilometres(self) -> Option<f64> {
        match self {
            Self::Own | Self::Text => Some(0.0),
            Self::Away(kilometres) => Some(kilometres),
            Self::Unknown => None,
        }
    }

    pub(super) fn is_own_place(self) -> bool {
        match self {
            Self::Own | Self::Text => true,
            Self::Away(_) | Self::Unknown => false,
        }
    }

    /// The reason for operators, with its figure.
    pub(super) fn reason(self) -> String {
        match self {
            Self::Own => "area=own".to_owned(),
            Self::Text => "area=text".to_owned(),
            Self::Away(kilometres) => format!("distance_km={kilometres:.1}"),
            Self::Unknown => "distance_km=?".to_owned(),
        }
    }

    /// Why somebody outside all rings is ruled out.
    pub(super) fn too_far(self) -> &'static str {
        match self {
            Self::Own | Self::Text | Self::Away(_) => "too_far",
            Self::Unknown => "area_unknown",
        }
    }
}

/// The best of a pro's places. A position decides wherever both are known, so that a street that is called like a town
/// misleads nobody; names decide for the rest.
pub(super) fn reach(pro: &Pro, destination: &Destination<'_>, position: Position<'_>) -> Reach {
    let mut best = Reach::Unknown;
    for area in &pro.areas {
        let (name, radius_km) = match area {
            Area::Place(name) => (name.as_str(), 0.0),
            Area::Around { city, radius_km } => (city.as_str(), *radius_km),
        };
        let here = match (destination.position, position(name)) {
            (Some(work), Some(place)) => {
                let beyond = distance_between(work, place) - radius_km;
                if beyond < SAME_PLACE_KM { Reach::Own } else { Reach::Away(beyond) }
            }
            _ if destination.names(name) => Reach::Text,
            _ => Reach::Unknown,
        };
        best = nearer(best, here);
    }
    best
}

/// The place that a text names and that only pros know by name: it is on no map (L42).
pub fn named_place<'a>(
    pros: impl IntoIterator<Item = &'a Pro>,
    text: &str,
    position: Position<'_>,
) -> Option<&'a str> {
    let text = words(text);
    let names = pros.into_iter().flat_map(|pro| &pro.areas).map(|area| match area {
        Area::Place(name) | Area::Around { city: name, .. } => name.as_str(),
    });
    let is_named = |name: &&str| {
        let name_words = words(name);
        !name_words.is_empty() && position(name).is_none() && has_name(&text, &name_words)
    };
    // The longer name says more: a new quarter has its town's name in it.
    names.filter(is_named).max_by_key(|name| name.chars().count())
}

fn nearer(a: Reach, b: Reach) -> Reach {
    match (a, b) {
        (Reach::Own, _) | (_, Reach::Own) => Reach::Own,
        (Reach::Text, _) | (_, Reach::Text) => Reach::Text,
        (Reach::Away(a), Reach::Away(b)) => Reach::Away(a.min(b)),
        (Reach::Away(kilometres), Reach::Unknown) | (Reach::Unknown, Reach::Away(kilometres)) => {
            Reach::Away(kilometres)
        }
        (Reach::Unknown, Reach::Unknown) => Reach::Unknown,
    }
}

fn words(text: &str) -> Vec<String> {
    fold(text)
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(str::to_owned)
        .collect()
}

/// Whether the words of the name follow each other in the text; the first may have a Hebrew prefix.
fn has_name(text: &[String], name: &[String]) -> bool {
    text.windows(name.len()).any(|window| {
        let is_first = window[0] == name[0] || window[0].strip_prefix(PREFIXES) == Some(name[0].as_str());
        is_first && window[1..] == name[1..]
    })
}
