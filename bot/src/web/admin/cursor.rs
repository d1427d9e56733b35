//! Where a page of a list begins, as text that callers hand back and never look into.

use super::refusal::Refusal;
use admin_api::page::Page;
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde::Serialize;
use serde::de::DeserializeOwned;

/// The longest cursor that is read.
const LONGEST: usize = 1024;

/// A place as text.
pub(crate) fn write(place: &impl Serialize) -> String {
    URL_SAFE_NO_PAD.encode(serde_json::to_vec(place).unwrap_or_default())
}

/// The place behind a text.
pub(crate) fn read<C: DeserializeOwned>(text: &str) -> Result<C, Refusal> {
    let refused = || Refusal::invalid("after: is not what `next` of a page was; begin with the first page");
    if text.len() > LONGEST {
        return Err(refused());
    }
    let bytes = URL_SAFE_NO_PAD.decode(text).map_err(|_| refused())?;
    serde_json::from_slice(&bytes).map_err(|_| refused())
}

/// A page of rows of which one more than fits was asked for. `place` is that of the last row that is shown.
pub(crate) fn page<D, R, C: Serialize>(
    mut found: Vec<D>,
    limit: u32,
    place: impl Fn(&D) -> C,
    row: impl FnMut(D) -> R,
) -> Page<R> {
    let limit = usize::try_from(limit).unwrap_or(usize::MAX);
    let is_more = found.len() > limit;
    found.truncate(limit);
    let next = found.last().filter(|_| is_more).map(|last| write(&place(last)));
    Page { rows: found.into_iter().map(row).collect(), next, total: None }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn a_place_comes_back_and_nothing_else_is_read() {
        let written = write(&(7, "ח"));
        assert_eq!(read::<(i64, String)>(&written).unwrap(), (7, "ח".to_owned()));
        for wrong in ["", "*", "aGVsbG8", &written[1..], &"a".repeat(5000)] {
            assert!(read::<(i64, String)>(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn the_last_page_has_no_next() {
        let of = |rows: Vec<u8>| page(rows, 2, |row| *row, |row| row);
        assert_eq!((of(vec![1, 2]).rows, of(vec![1, 2]).next), (vec![1, 2], None));
        assert_eq!((of(vec![1, 2, 3]).rows, of(vec![1, 2, 3]).next), (vec![1, 2], Some(write(&2))));
    }
}
