//! Long lists come in pages.

use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serialize};

/// The most rows of a page; a request for more gets as many.
pub const MOST_ROWS: u32 = 200;

/// A page of a list.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Page<T> {
    /// The rows, in the order of the list.
    pub rows: Vec<T>,
    /// What `after` of the next request is; none when this is the last page. Opaque.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub next: Option<String>,
    /// How many rows the whole list has, where that is known without reading it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub total: Option<u64>,
}

/// Which page is wanted.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Window {
    /// `next` of the page before; none for the first.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub after: Option<String>,
    /// How many rows, at most [`MOST_ROWS`]; 50 when unsaid.
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "number")]
    pub limit: Option<u32>,
}

/// Reads a number also from text: a query string that is flattened into a filter has nothing else.
fn number<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<u32>, D::Error> {
    #[derive(Deserialize)]
    #[serde(untagged)]
    enum Written {
        Number(u32),
        Text(String),
    }
    match Option::<Written>::deserialize(deserializer)? {
        None => Ok(None),
        Some(Written::Number(number)) => Ok(Some(number)),
        Some(Written::Text(text)) => {
            text.parse().map(Some).map_err(|_| D::Error::custom("limit is no number"))
        }
    }
}
