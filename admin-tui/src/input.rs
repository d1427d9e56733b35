//! A line that is typed into. It holds text in memory's order, moves by whole letters with their marks, and never paints.

use crate::keys::Key;
use ratatui::crossterm::event::KeyCode;
use unicode_segmentation::UnicodeSegmentation;

/// The most characters that a line takes.
const LONGEST: usize = 4_096;

/// The text and where the cursor stands in it.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Input {
    text: String,
    /// In bytes, always between two letters.
    at: usize,
    /// Whether it must not be shown.
    secret: bool,
}

impl std::fmt::Debug for Input {
    /// Leaves the text out: it may be a password or words to a customer.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Input({} bytes)", self.text.len())
    }
}

impl Input {
    /// With this text, the cursor behind it.
    #[must_use]
    pub fn with(text: impl Into<String>) -> Self {
        let text = text.into();
        Self { at: text.len(), text, secret: false }
    }

    /// Empty, and shown as dots.
    #[must_use]
    pub fn secret() -> Self {
        Self { secret: true, ..Self::default() }
    }

    /// The text.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The text as it may be shown, and the cursor in it.
    #[must_use]
    pub fn shown(&self) -> (String, usize) {
        if !self.secret {
            return (self.text.clone(), self.at);
        }
        let dots = |text: &str| "•".repeat(text.graphemes(true).count());
        (dots(&self.text), dots(&self.text[..self.at]).len())
    }

    /// Where the cursor stands, in bytes.
    #[must_use]
    pub fn at(&self) -> usize {
        self.at
    }

    /// Puts the cursor before the letter that begins at this byte; elsewhere it stays where it is.
    pub fn put(&mut self, at: usize) {
        if self.text.is_char_boundary(at) {
            self.at = at;
        }
    }

    /// Takes the text out and leaves nothing.
    pub fn take(&mut self) -> String {
        self.at = 0;
        std::mem::take(&mut self.text)
    }

    /// Puts this text in place of what is there.
    pub fn set(&mut self, text: impl Into<String>) {
        self.text = text.into();
        self.at = self.text.len();
    }

    /// Inserts what was pasted.
    pub fn insert(&mut self, text: &str) {
        let room = LONGEST.saturating_sub(self.text.chars().count());
        let text: String =
            text.replace("\r\n", "\n").chars().map(|c| if c == '\r' { '\n' } else { c }).take(room).collect();
        self.text.insert_str(self.at, &text);
        self.at += text.len();
    }

    /// Does what a key does in a line. False when the key means nothing here.
    pub fn key(&mut self, key: Key) -> bool {
        match (key.code, key.ctrl, key.alt) {
            (KeyCode::Enter, false, true) => self.insert("\n"),
            (KeyCode::Char(c), false, false) => self.insert(c.encode_utf8(&mut [0; 4])),
            (KeyCode::Backspace, false, false) | (KeyCode::Char('h'), true, _) => {
                self.remove(self.before()..self.at)
            }
            (KeyCode::Delete, ..) => self.remove(self.at..self.after()),
            (KeyCode::Char('w'), true, _) | (KeyCode::Backspace, ..) => {
                self.remove(self.word_before()..self.at)
            }
            (KeyCode::Char('u'), true, _) => self.remove(0..self.at),
            (KeyCode::Char('k'), true, _) => self.remove(self.at..self.text.len()),
            (KeyCode::Left, false, _) => self.at = self.before(),
            (KeyCode::Right, false, _) => self.at = self.after(),
            (KeyCode::Left, true, _) => self.at = self.word_before(),
            (KeyCode::Right, true, _) => self.at = self.word_after(),
            (KeyCode::Home, ..) | (KeyCode::Char('a'), true, _) => self.at = 0,
            (KeyCode::End, ..) | (KeyCode::Char('e'), true, _) => self.at = self.text.len(),
            _ => return false,
        }
        true
    }

    fn remove(&mut self, range: std::ops::Range<usize>) {
        self.at = range.start;
        self.text.replace_range(range, "");
    }

    fn before(&self) -> usize {
        self.text[..self.at].grapheme_indices(true).next_back().map_or(0, |(at, _)| at)
    }

    fn after(&self) -> usize {
        self.text[self.at..].graphemes(true).next().map_or(self.at, |letter| self.at + letter.len())
    }

    fn word_before(&self) -> usize {
        let head = self.text[..self.at].trim_end();
        head.rfind(char::is_whitespace)
            .map_or(0, |at| at + head[at..].chars().next().map_or(1, char::len_utf8))
    }

    fn word_after(&self) -> usize {
        let tail = &self.text[self.at..];
        let word = tail.len() - tail.trim_start().len();
        tail[word..].find(char::is_whitespace).map_or(self.text.len(), |at| self.at + word + at)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::keys::{ch, code, ctrl};

    fn typed(text: &str, keys: &[Key]) -> (String, usize) {
        let mut input = Input::with(text);
        for key in keys {
            input.key(*key);
        }
        (input.text.clone(), input.at)
    }

    #[test]
    fn letters_go_with_their_marks() {
        let back = code(KeyCode::Backspace);
        assert_eq!(typed("שָׁ", &[back]), (String::new(), 0));
        assert_eq!(typed("aש", &[crate::keys::LEFT, ch('b')]), ("abש".into(), 2));
        assert_eq!(typed("a👩\u{200d}🔧", &[back]), ("a".into(), 1));
    }

    #[test]
    fn words_and_lines_are_cut() {
        assert_eq!(typed("שלום לכולם", &[ctrl('w')]), ("שלום ".into(), 9));
        assert_eq!(typed("one two", &[ctrl('u'), ch('x')]), ("x".into(), 1));
        assert_eq!(typed("one two", &[crate::keys::HOME, ctrl('k')]), (String::new(), 0));
    }

    #[test]
    fn a_secret_shows_dots_only() {
        let mut input = Input::secret();
        input.insert("סוד");
        assert_eq!(input.shown().0, "•••");
        assert!(!format!("{input:?}").contains("סוד"));
    }
}
