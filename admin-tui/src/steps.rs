//! The keys that move in every list, and what they do to its cursor.

use crate::paged::Cursor;

/// A move in a list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "each is the move of that name")]
pub enum Step {
    Down,
    Up,
    PageDown,
    PageUp,
    First,
    Last,
}

impl Step {
    /// By how many rows it goes where so many show.
    #[must_use]
    pub fn by(self, height: usize) -> isize {
        let page = isize::try_from(height.max(1)).unwrap_or(isize::MAX);
        match self {
            Self::Down => 1,
            Self::Up => -1,
            Self::PageDown => page,
            Self::PageUp => -page,
            Self::First => isize::MIN,
            Self::Last => isize::MAX,
        }
    }

    /// Moves the cursor of a list of this length of which so many rows show.
    pub fn apply(self, cursor: &mut Cursor, length: usize, height: usize) {
        cursor.step(self.by(height), length, height);
    }
}

/// A key table: what is given first, then the moves as `$msg(Step)`.
macro_rules! with_steps {
    ($msg:path; $($first:expr),* $(,)?) => {
        &[
            $($first,)*
            $crate::keys::Binding { keys: &[$crate::keys::ch('j'), $crate::keys::DOWN], msg: $msg($crate::steps::Step::Down), help: "console-key-down" },
            $crate::keys::Binding { keys: &[$crate::keys::ch('k'), $crate::keys::UP], msg: $msg($crate::steps::Step::Up), help: "console-key-up" },
            $crate::keys::Binding { keys: &[$crate::keys::PAGE_DOWN, $crate::keys::ctrl('d')], msg: $msg($crate::steps::Step::PageDown), help: "console-key-page-down" },
            $crate::keys::Binding { keys: &[$crate::keys::PAGE_UP, $crate::keys::ctrl('u')], msg: $msg($crate::steps::Step::PageUp), help: "console-key-page-up" },
            $crate::keys::Binding { keys: &[$crate::keys::HOME, $crate::keys::ch('g')], msg: $msg($crate::steps::Step::First), help: "console-key-first" },
            $crate::keys::Binding { keys: &[$crate::keys::END, $crate::keys::ch('G')], msg: $msg($crate::steps::Step::Last), help: "console-key-last" },
        ]
    };
}
pub(crate) use with_steps;
