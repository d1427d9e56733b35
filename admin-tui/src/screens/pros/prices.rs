//! A price list under way: its lines, and the form of one of them, checked with every letter that is typed.

use super::{Cx, Msg};
use crate::input::Input;
use crate::keys::Key;
use crate::paged::Cursor;
use crate::paint::{Painter, Side, Size};
use crate::table::{Column, Line, cell, table};
use admin_api::pro::Price;
use ratatui::layout::Rect;

/// The longest visit, in minutes.
const LONGEST: u32 = 1_440;
/// The largest amount that is no slip of the finger, in whole units of the currency.
const MOST: u32 = 1_000_000;

/// A price list under way.
pub(super) struct Prices {
    pub(super) lines: Vec<Price>,
    pub(super) cursor: Cursor,
    pub(super) form: Option<Box<Form>>,
}

/// The form of a line.
pub(super) struct Form {
    /// Which line; none for a new one.
    line: Option<usize>,
    inputs: [Input; 8],
    at: usize,
    /// The keys of other lines.
    taken: Vec<String>,
}

/// The fields in their order, and the keys of their names.
const FIELDS: [&str; 8] = [
    "console-price-item",
    "console-price-he",
    "console-price-en",
    "console-price-ar",
    "console-price-ru",
    "console-price-min",
    "console-price-max",
    "console-price-minutes",
];
const ITEM: usize = 0;
const LANGUAGES: [&str; 4] = ["he", "en", "ar", "ru"];
const MIN: usize = 5;
const MAX: usize = 6;
const MINUTES: usize = 7;

const COLUMNS: &[Column] = &[
    Column::new("console-price-item", Size::Share(2)),
    Column::new("console-price-name", Size::Share(3)),
    Column::new("console-price-min", Size::Fixed(10)).number(),
    Column::new("console-price-max", Size::Fixed(10)).number(),
    Column::new("console-price-minutes", Size::Fixed(10)).number(),
];

impl Prices {
    pub(super) fn of(lines: Vec<Price>) -> Self {
        Self { lines, cursor: Cursor::default(), form: None }
    }

    pub(super) fn update(&mut self, msg: Msg, cx: &mut Cx<'_, Msg>) {
        match msg {
            Msg::Add => self.form = Some(Box::new(Form::new(&self.lines, None))),
            Msg::Change if self.lines.is_empty() => {}
            Msg::Change => self.form = Some(Box::new(Form::new(&self.lines, Some(self.cursor.chosen)))),
            Msg::Remove if self.cursor.chosen < self.lines.len() => {
                self.lines.remove(self.cursor.chosen);
                self.cursor.chosen = self.cursor.chosen.min(self.lines.len().saturating_sub(1));
            }
            Msg::NextField => self.turn(1),
            Msg::PreviousField => self.turn(FIELDS.len() - 1),
            Msg::Take => self.take(cx),
            _ => {}
        }
    }

    fn turn(&mut self, by: usize) {
        if let Some(form) = &mut self.form {
            form.at = (form.at + by) % FIELDS.len();
        }
    }

    fn take(&mut self, cx: &mut Cx<'_, Msg>) {
        let Some(form) = &mut self.form else { return };
        if let Some((field, key)) = form.first_problem() {
            form.at = field;
            let text = cx.look().t(key);
            cx.notice(crate::model::Notice::bad(text));
            return;
        }
        let price = form.price();
        match form.line {
            Some(line) => self.lines[line] = price,
            None => {
                self.lines.push(price);
                self.cursor.chosen = self.lines.len() - 1;
            }
        }
        self.form = None;
    }

    pub(super) fn paint(&self, paint: &mut Painter<'_>, area: Rect) {
        let look = paint.look;
        let theme = &look.theme;
        table(paint, area, COLUMNS, 1, self.cursor, self.lines.len(), |at| {
            let price = self.lines.get(at)?;
            let own = price.names.get(look.locale.code()).or_else(|| price.names.values().next());
            let cells = vec![
                cell(&price.item, theme.dim),
                cell(own.cloned().unwrap_or_default(), theme.text),
                cell(look.money(price.min.into()), theme.text),
                cell(look.money(price.max.into()), theme.text),
                cell(price.minutes.to_string(), theme.text),
            ];
            Some(Line { cells, marked: false })
        });
        if let Some(form) = &self.form {
            form.paint(paint, area);
        }
    }
}

impl Form {
    fn new(lines: &[Price], line: Option<usize>) -> Self {
        let others = lines.iter().enumerate().filter(|(at, _)| Some(*at) != line);
        let taken = others.map(|(_, price)| price.item.clone()).collect();
        let texts = match line.and_then(|line| lines.get(line)) {
            None => [const { String::new() }; 8],
            Some(price) => {
                let name = |language: &str| price.names.get(language).cloned().unwrap_or_default();
                let [he, en, ar, ru] = LANGUAGES.map(name);
                let (min, max) = (price.min.to_string(), price.max.to_string());
                [price.item.clone(), he, en, ar, ru, min, max, price.minutes.to_string()]
            }
        };
        Self { line, inputs: texts.map(Input::with), at: 0, taken }
    }

    pub(super) fn key(&mut self, key: Key) {
        self.inputs[self.at].key(key);
    }

    pub(super) fn insert(&mut self, text: &str) {
        self.inputs[self.at].insert(&text.replace('\n', " "));
    }

    fn text(&self, field: usize) -> &str {
        self.inputs[field].text().trim()
    }

    fn number(&self, field: usize) -> Option<u32> {
        self.text(field).parse().ok()
    }

    /// The key of what is wrong with a field, if anything is.
    fn problem(&self, field: usize) -> Option<&'static str> {
        let good = match field {
            ITEM => {
                let item = self.text(ITEM);
                if self.taken.iter().any(|taken| taken == item) {
                    return Some("console-price-taken");
                }
                let letter = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || matches!(c, '-' | '_');
                (1..=40).contains(&item.len()) && item.chars().all(letter)
            }
            MIN => self.number(MIN).is_some_and(|min| min <= MOST),
            MAX => {
                let max = self.number(MAX);
                if let (Some(min), Some(max)) = (self.number(MIN), max)
                    && max < min
                {
                    return Some("console-price-below");
                }
                max.is_some_and(|max| max <= MOST)
            }
            MINUTES => self.number(MINUTES).is_some_and(|minutes| (1..=LONGEST).contains(&minutes)),
            // One name is enough, in any language.
            1 => (1..=LANGUAGES.len()).any(|field| !self.text(field).is_empty()),
            _ => true,
        };
        let key = match field {
            ITEM => "console-price-bad-item",
            MIN | MAX => "console-price-bad-amount",
            MINUTES => "console-price-bad-minutes",
            _ => "console-price-no-name",
        };
        (!good).then_some(key)
    }

    fn first_problem(&self) -> Option<(usize, &'static str)> {
        (0..FIELDS.len()).find_map(|field| Some((field, self.problem(field)?)))
    }

    /// The line; only asked for when no field has a problem.
    fn price(&self) -> Price {
        let names = LANGUAGES.iter().zip(1..).filter(|(_, field)| !self.text(*field).is_empty());
        Price {
            item: self.text(ITEM).to_owned(),
            names: names
                .map(|(language, field)| ((*language).to_owned(), self.text(field).to_owned()))
                .collect(),
            min: self.number(MIN).unwrap_or_default(),
            max: self.number(MAX).unwrap_or_default(),
            minutes: self.number(MINUTES).unwrap_or_default(),
        }
    }

    fn paint(&self, paint: &mut Painter<'_>, area: Rect) {
        let look = paint.look;
        let theme = &look.theme;
        let key = if self.line.is_some() { "console-pros-price-change" } else { "console-pros-price-add" };
        let inside = paint.window(area, area.width.min(76), 10, &look.t(key));
        for (field, y) in (0..FIELDS.len()).zip(inside.y..inside.bottom()) {
            let line = Rect { y, height: 1, ..inside };
            let sizes = [Size::Fixed(2), Size::Fixed(16), Size::Share(3), Size::Fixed(1), Size::Share(3)];
            let cells = paint.columns(line, &sizes);
            if field == self.at {
                paint.text(cells[0], "›", theme.accent, Side::Start);
            }
            paint.text(cells[1], &look.t(FIELDS[field]), theme.dim, Side::Start);
            let (text, at) = self.inputs[field].shown();
            if field == self.at {
                paint.input(cells[2], &text, at, theme.text);
            } else {
                paint.text(cells[2], &text, theme.text, Side::Own);
            }
            if let Some(key) = self.problem(field) {
                paint.text(cells[4], &format!("✗ {}", look.t(key)), theme.bad, Side::Start);
            }
        }
    }
}
