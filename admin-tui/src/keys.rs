//! Keys, and the one table that says what they do. What `?` shows, what the bottom line hints at and what a click on a
//! hint does all come from it.

use ratatui::crossterm::event::{KeyCode, KeyEvent, KeyModifiers};
use std::fmt;

/// A key as the table names it. Shift is part of the letter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Key {
    /// Which.
    pub code: KeyCode,
    /// With Control.
    pub ctrl: bool,
    /// With Alt.
    pub alt: bool,
}

/// A letter or sign.
#[must_use]
pub const fn ch(c: char) -> Key {
    Key { code: KeyCode::Char(c), ctrl: false, alt: false }
}

/// A letter with Control.
#[must_use]
pub const fn ctrl(c: char) -> Key {
    Key { code: KeyCode::Char(c), ctrl: true, alt: false }
}

/// Any other key.
#[must_use]
pub const fn code(code: KeyCode) -> Key {
    Key { code, ctrl: false, alt: false }
}

/// Escape.
pub const ESC: Key = code(KeyCode::Esc);
/// Enter.
pub const ENTER: Key = code(KeyCode::Enter);
/// Tab.
pub const TAB: Key = code(KeyCode::Tab);
/// Tab backwards.
pub const BACK_TAB: Key = code(KeyCode::BackTab);
/// Up.
pub const UP: Key = code(KeyCode::Up);
/// Down.
pub const DOWN: Key = code(KeyCode::Down);
/// Left.
pub const LEFT: Key = code(KeyCode::Left);
/// Right.
pub const RIGHT: Key = code(KeyCode::Right);
/// A page up.
pub const PAGE_UP: Key = code(KeyCode::PageUp);
/// A page down.
pub const PAGE_DOWN: Key = code(KeyCode::PageDown);
/// To the beginning.
pub const HOME: Key = code(KeyCode::Home);
/// To the end.
pub const END: Key = code(KeyCode::End);
/// Space.
pub const SPACE: Key = ch(' ');

/// A line of the key table.
#[derive(Clone, Copy, Debug)]
pub struct Binding<M: 'static> {
    /// Any of these.
    pub keys: &'static [Key],
    /// Does this.
    pub msg: M,
    /// The key of its text in the locale files.
    pub help: &'static str,
}

/// What a table does with a key. Letters of a Hebrew, Russian or Arabic keyboard count as the Latin ones in their place.
#[must_use]
pub fn find<M: Copy>(table: &[Binding<M>], key: Key) -> Option<M> {
    let of = |key: Key| table.iter().find(|binding| binding.keys.contains(&key)).map(|binding| binding.msg);
    of(key).or_else(|| key.latin().and_then(of))
}

impl From<KeyEvent> for Key {
    fn from(event: KeyEvent) -> Self {
        Self {
            code: event.code,
            ctrl: event.modifiers.contains(KeyModifiers::CONTROL),
            alt: event.modifiers.contains(KeyModifiers::ALT),
        }
    }
}

/// Letters of other keyboards, and the Latin ones in the same places.
const LAYOUTS: &[(&str, &str)] = &[
    ("קראטוןםפשדגכעיחלךזסבהנמצ", "ertyuiopasdfghjklzxcvbnm"),
    ("йцукенгшщзфывапролдячсмить", "qwertyuiopasdfghjklzxcvbnm"),
    ("ЙЦУКЕНГШЩЗФЫВАПРОЛДЯЧСМИТЬ", "QWERTYUIOPASDFGHJKLZXCVBNM"),
    ("ضصثقفغعهخحشسيبلاتنمئءؤرىة", "qwertyuiopasdfghjklzxcvnm"),
];

impl Key {
    /// The key that has the same place on a Latin keyboard, for a letter of another script.
    #[must_use]
    pub fn latin(self) -> Option<Self> {
        let KeyCode::Char(c) = self.code else { return None };
        LAYOUTS.iter().find_map(|(from, to)| {
            let at = from.chars().position(|letter| letter == c)?;
            to.chars().nth(at).map(|latin| Self { code: KeyCode::Char(latin), ..self })
        })
    }

    /// The letter that it types, if it types one.
    #[must_use]
    pub fn typed(self) -> Option<char> {
        match self.code {
            KeyCode::Char(c) if !self.ctrl && !self.alt => Some(c),
            _ => None,
        }
    }

    /// Reads what [`fmt::Display`] writes, such as `Enter`, `Ctrl-r`, `j`.
    #[must_use]
    pub fn parse(name: &str) -> Option<Self> {
        if let Some(letter) = name.strip_prefix("Ctrl-") {
            return Self::parse(letter).map(|key| Self { ctrl: true, ..key });
        }
        if let Some(letter) = name.strip_prefix("Alt-") {
            return Self::parse(letter).map(|key| Self { alt: true, ..key });
        }
        let mut chars = name.chars();
        if let (Some(c), None) = (chars.next(), chars.next()) {
            return Some(ch(c));
        }
        NAMES.iter().find(|(_, written)| *written == name).map(|(key, _)| code(*key))
    }
}

const NAMES: &[(KeyCode, &str)] = &[
    (KeyCode::Esc, "Esc"),
    (KeyCode::Enter, "Enter"),
    (KeyCode::Tab, "Tab"),
    (KeyCode::BackTab, "Shift-Tab"),
    (KeyCode::Up, "↑"),
    (KeyCode::Down, "↓"),
    (KeyCode::Left, "←"),
    (KeyCode::Right, "→"),
    (KeyCode::PageUp, "PgUp"),
    (KeyCode::PageDown, "PgDn"),
    (KeyCode::Home, "Home"),
    (KeyCode::End, "End"),
    (KeyCode::Backspace, "Backspace"),
    (KeyCode::Delete, "Del"),
    (KeyCode::Char(' '), "Space"),
];

impl fmt::Display for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.ctrl {
            f.write_str("Ctrl-")?;
        }
        if self.alt {
            f.write_str("Alt-")?;
        }
        match (NAMES.iter().find(|(code, _)| *code == self.code), self.code) {
            (Some((_, name)), _) => f.write_str(name),
            (None, KeyCode::Char(c)) => write!(f, "{c}"),
            (None, other) => write!(f, "{other:?}"),
        }
    }
}

/// The keys of a binding as people read them: `j/↓`.
#[must_use]
pub fn names(keys: &[Key]) -> String {
    keys.iter().map(ToString::to_string).collect::<Vec<_>>().join("/")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn layouts_have_a_latin_letter_for_each() {
        for (from, to) in LAYOUTS {
            assert_eq!(from.chars().count(), to.chars().count(), "{from}");
        }
        assert_eq!(ch('ח').latin(), Some(ch('j')));
        assert_eq!(ch('о').latin(), Some(ch('j')));
        assert_eq!(ch('ت').latin(), Some(ch('j')));
        assert_eq!(ch('j').latin(), None);
    }

    #[test]
    fn what_is_shown_is_read_back() {
        for key in [ESC, ENTER, ctrl('r'), ch('ש'), SPACE, PAGE_DOWN, BACK_TAB] {
            assert_eq!(Key::parse(&key.to_string()), Some(key));
        }
        assert_eq!(Key::parse("nonsense"), None);
    }
}
