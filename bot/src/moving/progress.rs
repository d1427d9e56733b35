//! How far a move is: a bar on a terminal, else a line for each of its parts. It is all on the error output, so that the
//! result can be read by a program.

use indicatif::{ProgressBar, ProgressStyle};
use std::io::IsTerminal;

/// How far a move is.
pub(super) struct Progress {
    bar: Option<ProgressBar>,
}

impl Progress {
    /// Begins the first part, of about so many rows.
    pub(super) fn new(part: &'static str, rows: u64) -> Self {
        let bar = std::io::stderr().is_terminal().then(|| {
            let style =
                ProgressStyle::with_template("{msg:9} {wide_bar} {human_pos}/{human_len} rows, {eta} left");
            ProgressBar::new(0).with_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()))
        });
        let mut progress = Self { bar };
        progress.next(part, rows);
        progress
    }

    /// Begins the next part.
    #[allow(clippy::print_stderr, reason = "it is for the person who waits")]
    pub(super) fn next(&mut self, part: &'static str, rows: u64) {
        match &self.bar {
            Some(bar) => {
                bar.reset();
                bar.set_length(rows);
                bar.set_message(part);
            }
            None => eprintln!("{part} {rows} rows"),
        }
    }

    /// So many more are done.
    pub(super) fn add(&mut self, rows: usize) {
        if let Some(bar) = &self.bar {
            bar.inc(u64::try_from(rows).unwrap_or_default());
        }
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        if let Some(bar) = &self.bar {
            bar.finish_and_clear();
        }
    }
}
