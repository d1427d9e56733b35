//! A list of any length of which some pages are held: those around the row that is chosen. Pages are asked for as one
//! scrolls; what is far away is dropped and asked for again.

use crate::screens::Ticket;
use admin_api::page::{Page, Window};

/// How many rows a page has.
pub const ROWS: u32 = 100;
/// How many pages are held at most.
pub const MOST_PAGES: usize = 6;
/// So many rows before the end of what is there the next page is asked for.
const AHEAD: usize = 40;

/// Something that stands in a list.
pub trait Row {
    /// Its id.
    fn id(&self) -> &str;
}

/// Which row of a list is chosen, and which is the first that shows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Cursor {
    /// The chosen row.
    pub chosen: usize,
    /// The first row that shows.
    pub top: usize,
}

impl Cursor {
    /// Moves by so many rows in a list of this length of which so many rows show.
    pub fn step(&mut self, by: isize, length: usize, height: usize) {
        self.put(self.chosen.saturating_add_signed(by), length, height);
    }

    /// Chooses a row, or the last when there are fewer.
    pub fn put(&mut self, row: usize, length: usize, height: usize) {
        self.chosen = row.min(length.saturating_sub(1));
        self.top = self.first(height);
    }

    /// The first row that shows when so many do: the chosen one is always among them.
    #[must_use]
    pub fn first(&self, height: usize) -> usize {
        let lowest = (self.chosen + 1).saturating_sub(height.max(1));
        self.top.clamp(lowest, self.chosen)
    }
}

/// A list of which some pages are held.
#[derive(Clone, Debug)]
pub struct Paged<T> {
    slots: Vec<Slot<T>>,
    /// Which row.
    pub cursor: Cursor,
    /// How many rows there are in all, where the server says so.
    pub total: Option<u64>,
    asked: Option<(Ticket, usize)>,
    /// Whether the last known page is the last.
    whole: bool,
}

#[derive(Clone, Debug)]
struct Slot<T> {
    after: Option<String>,
    rows: Option<Vec<T>>,
    /// How many rows it has, also while they are not held.
    length: usize,
    /// Whether the rows may be older than what the server has.
    old: bool,
}

impl<T> Default for Paged<T> {
    fn default() -> Self {
        let first = Slot { after: None, rows: None, length: 0, old: false };
        Self { slots: vec![first], cursor: Cursor::default(), total: None, asked: None, whole: false }
    }
}

impl<T: Row> Paged<T> {
    /// How many rows are known so far.
    #[must_use]
    pub fn len(&self) -> usize {
        self.slots.iter().map(|slot| slot.length).sum()
    }

    /// Whether none is known.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// How many rows are held.
    #[must_use]
    pub fn held(&self) -> usize {
        self.slots.iter().filter_map(|slot| slot.rows.as_ref()).map(Vec::len).sum()
    }

    /// Whether the first answer has come.
    #[must_use]
    pub fn is_known(&self) -> bool {
        self.whole || !self.is_empty()
    }

    /// The page of a row, and the row's place in it.
    fn place(&self, row: usize) -> Option<(usize, usize)> {
        let mut before = 0;
        for (page, slot) in self.slots.iter().enumerate() {
            if row < before + slot.length {
                return Some((page, row - before));
            }
            before += slot.length;
        }
        None
    }

    /// A row, if it is held.
    #[must_use]
    pub fn get(&self, row: usize) -> Option<&T> {
        let (page, at) = self.place(row)?;
        self.slots[page].rows.as_ref()?.get(at)
    }

    /// The chosen row.
    #[must_use]
    pub fn chosen(&self) -> Option<&T> {
        self.get(self.cursor.chosen)
    }

    /// The held row with this id.
    pub fn find_mut(&mut self, id: &str) -> Option<&mut T> {
        self.slots.iter_mut().filter_map(|slot| slot.rows.as_mut()).flatten().find(|row| row.id() == id)
    }

    /// Moves by so many rows of which so many show.
    pub fn step(&mut self, by: isize, height: usize) {
        self.cursor.step(by, self.len(), height);
    }

    /// Chooses a row.
    pub fn put(&mut self, row: usize, height: usize) {
        self.cursor.put(row, self.len(), height);
    }

    /// Everything may have changed: what shows is asked for again, and stays until the answer is there.
    pub fn outdate(&mut self) {
        for slot in &mut self.slots {
            slot.old = true;
        }
    }

    /// The page that should be asked for now, if any, with so many rows showing. One at a time.
    #[must_use]
    pub fn wanted(&self, height: usize) -> Option<(usize, Window)> {
        if self.asked.is_some() {
            return None;
        }
        let top = self.cursor.first(height);
        let rows = [self.cursor.chosen, top, top + height.saturating_sub(1), self.cursor.chosen + AHEAD];
        let pages = rows.iter().map(|row| match self.place(*row) {
            Some((page, _)) => page,
            None => self.slots.len() - 1,
        });
        let page = pages.into_iter().find(|page| {
            let slot = &self.slots[*page];
            (slot.rows.is_none() && !(self.whole && slot.length == 0)) || slot.old
        })?;
        Some((page, Window { after: self.slots[page].after.clone(), limit: Some(ROWS) }))
    }

    /// A page was asked for.
    pub fn asked(&mut self, ticket: Ticket, page: usize) {
        self.asked = Some((ticket, page));
        // What changes from now on, the answer may not show.
        self.slots[page].old = false;
    }

    /// Whether an answer belongs to this list.
    #[must_use]
    pub fn waits_for(&self, ticket: Ticket) -> bool {
        self.asked.is_some_and(|(asked, _)| asked == ticket)
    }

    /// The question failed; it is asked again when [`Paged::wanted`] is next asked.
    pub fn failed(&mut self) {
        if let Some((_, page)) = self.asked.take() {
            self.slots[page].old = true;
        }
    }

    /// Takes an answer. The chosen row stays the chosen one, wherever it stands now.
    pub fn take(&mut self, answer: Page<T>) {
        let Some((_, page)) = self.asked.take() else { return };
        let chosen = self.chosen().map(|row| row.id().to_owned());
        let before: usize = self.slots[..page].iter().map(|slot| slot.length).sum();
        self.total = answer.total.or(self.total);
        let slot = &mut self.slots[page];
        slot.length = answer.rows.len();
        slot.rows = Some(answer.rows);
        match answer.next {
            None => {
                self.slots.truncate(page + 1);
                self.whole = true;
            }
            Some(next) => {
                self.whole = false;
                match self.slots.get_mut(page + 1) {
                    Some(following) if following.after.as_ref() == Some(&next) => {}
                    Some(following) => {
                        // The pages below begin elsewhere now. The next one keeps showing until its answer is there.
                        following.after = Some(next);
                        following.old = true;
                        self.slots.truncate(page + 2);
                    }
                    None => self.slots.push(Slot { after: Some(next), rows: None, length: 0, old: false }),
                }
            }
        }
        let rows = self.slots[page].rows.as_deref().unwrap_or_default();
        if let Some(at) = chosen.and_then(|id| rows.iter().position(|row| row.id() == id)) {
            self.cursor.chosen = before + at;
        }
        self.cursor.chosen = self.cursor.chosen.min(self.len().saturating_sub(1));
        self.drop_far();
    }

    fn drop_far(&mut self) {
        let here = self.place(self.cursor.chosen).map_or(0, |(page, _)| page);
        let near = MOST_PAGES / 2;
        for (page, slot) in self.slots.iter_mut().enumerate() {
            if page.abs_diff(here) >= near {
                slot.rows = None;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Clone, Debug)]
    struct Line(String);

    impl Row for Line {
        fn id(&self) -> &str {
            &self.0
        }
    }

    /// A server with rows `first..last`, a page of which begins behind the row `after`.
    fn answer(rows: std::ops::Range<u32>, window: &Window) -> Page<Line> {
        let start = window.after.as_ref().map_or(rows.start, |after| after.parse::<u32>().unwrap_or(0) + 1);
        let end = (start + window.limit.unwrap_or(ROWS)).min(rows.end);
        let next = (end < rows.end).then(|| (end - 1).to_string());
        Page { rows: (start..end).map(|row| Line(row.to_string())).collect(), next, total: None }
    }

    fn load(list: &mut Paged<Line>, rows: std::ops::Range<u32>) -> usize {
        let mut asked = 0;
        while let Some((page, window)) = list.wanted(20) {
            asked += 1;
            list.asked(Ticket(1), page);
            list.take(answer(rows.clone(), &window));
            assert!(asked < 50, "it never has enough");
        }
        asked
    }

    #[test]
    fn a_hundred_thousand_rows_are_never_held() {
        let mut list = Paged::default();
        for _ in 0..1_000 {
            load(&mut list, 0..100_000);
            list.step(100, 20);
            assert!(list.held() <= MOST_PAGES * ROWS as usize, "{}", list.held());
        }
        load(&mut list, 0..100_000);
        assert_eq!(list.cursor.chosen, 99_999);
        assert_eq!(list.chosen().map(|row| row.0.as_str()), Some("99999"));
        for _ in 0..1_000 {
            list.step(-100, 20);
            load(&mut list, 0..100_000);
            assert!(list.chosen().is_some());
        }
        assert_eq!(list.chosen().map(|row| row.0.as_str()), Some("0"));
    }

    #[test]
    fn the_chosen_row_stays_chosen_when_rows_come_above_it() {
        let mut list = Paged::default();
        load(&mut list, 10..50);
        list.step(5, 20);
        assert_eq!(list.chosen().map(|row| row.0.as_str()), Some("15"));
        list.outdate();
        load(&mut list, 7..50);
        assert_eq!(list.chosen().map(|row| row.0.as_str()), Some("15"));
        assert_eq!(list.cursor.chosen, 8);
    }

    #[test]
    fn an_empty_list_is_asked_once() {
        let mut list: Paged<Line> = Paged::default();
        assert_eq!(load(&mut list, 0..0), 1);
        assert!(list.is_known() && list.is_empty());
    }

    #[test]
    fn a_failed_question_is_asked_again() {
        let mut list: Paged<Line> = Paged::default();
        let (page, _) = list.wanted(20).expect("the first page");
        list.asked(Ticket(1), page);
        assert_eq!(list.wanted(20), None);
        list.failed();
        assert!(list.wanted(20).is_some());
    }
}
