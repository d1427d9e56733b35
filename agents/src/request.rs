//! What is known of a request for service. Facts are sticky: what was said once is never asked again, and a later
//! statement replaces only the fact that it speaks of.

use crate::message::Attachment;
use crate::trade::Trade;
use crate::when::When;
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use std::fmt;

/// An address, part by part, as the customer gave it.
#[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Address {
    /// The key of a place in the gazetteer.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub city: Option<String>,
    /// The name of the street.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub street: Option<String>,
    /// The number of the house, with its letter: `10`, `10א`, `12-14`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub street_number: Option<String>,
    /// The floor.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub floor: Option<String>,
    /// The apartment.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub apartment: Option<String>,
    /// The entrance of a long building.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub entrance: Option<String>,
    /// A house of its own, where floor and apartment mean nothing.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub private_house: bool,
    /// Where the city is, when the gazetteer does not know it and a map service does (R11).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub point: Option<Point>,
}

/// A point on the map, in millionths of a degree.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Point {
    /// To the north.
    pub north: i32,
    /// To the east.
    pub east: i32,
}

impl Point {
    /// From degrees; what is beyond the poles is at them.
    #[must_use]
    pub fn of_degrees(north: f64, east: f64) -> Self {
        // The cast of a float saturates.
        let millionths = |degrees: f64| (degrees * 1_000_000.0).round() as i32;
        Self { north: millionths(north.clamp(-90.0, 90.0)), east: millionths(east.clamp(-180.0, 180.0)) }
    }

    /// In degrees north and east.
    #[must_use]
    pub fn degrees(self) -> (f64, f64) {
        (f64::from(self.north) / 1_000_000.0, f64::from(self.east) / 1_000_000.0)
    }
}

impl Address {
    /// How many parts are known.
    #[must_use]
    pub(crate) fn parts(&self) -> usize {
        let parts = [&self.city, &self.street, &self.street_number, &self.floor, &self.apartment];
        parts.into_iter().flatten().count() + 2 * usize::from(self.private_house)
    }

    /// Whether it is the same house, wherever in it.
    #[must_use]
    pub(crate) fn is_same_house(&self, other: &Self) -> bool {
        (&self.city, &self.street, &self.street_number) == (&other.city, &other.street, &other.street_number)
    }

    /// City, street and number: enough to look for slots (B28, B30).
    #[must_use]
    pub fn is_findable(&self) -> bool {
        self.city.is_some()
            && self.street.is_some()
            && self.street_number.as_deref().is_some_and(|number| number.chars().any(|c| c.is_ascii_digit()))
    }

    /// Also floor and apartment, unless it is a house of its own: enough to send somebody (L41).
    #[must_use]
    pub fn is_complete(&self) -> bool {
        self.is_findable() && (self.private_house || (self.floor.is_some() && self.apartment.is_some()))
    }
}

/// The facts of one request, gathered over messages.
#[derive(Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Request {
    /// What the customer is called.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// The trade that the problem needs.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub trade: Option<Trade>,
    /// The problem in the customer's own words, at most 300 characters.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub issue: Option<String>,
    /// The line of the price list that it is most likely about.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub item: Option<String>,
    /// Where.
    #[serde(default)]
    pub address: Address,
    /// Whether something is in danger now.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub emergency: bool,
    /// What became of a single sign that may mean danger, or nothing.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub doubt: Option<Doubt>,
    /// Whether the customer was asked for the pro of last time.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub asked_same_pro: bool,
    /// When the customer wants it, as read at the time when it was said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub when: Option<When>,
    /// Photos and voice notes, kept by reference.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub media: Vec<Attachment>,
    /// When the customer, who had fallen silent, was asked whether to go on (B40, B41).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub followed_up_at: Option<DateTime<Utc>>,
}

/// A single sign of danger that may mean nothing (B47).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Doubt {
    /// It was read and nobody was asked yet.
    Seen,
    /// The customer was asked: the same words raise no question again (B49).
    Asked,
}

impl fmt::Debug for Address {
    /// Names no place where a person lives.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Address")
            .field("findable", &self.is_findable())
            .field("complete", &self.is_complete())
            .finish_non_exhaustive()
    }
}

impl fmt::Debug for Request {
    /// Names neither person, place nor words.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Request")
            .field("trade", &self.trade)
            .field("item", &self.item)
            .finish_non_exhaustive()
    }
}
