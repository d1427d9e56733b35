//! A program in a terminal of its own, as a person has it: keys go in, and what stands on the screen is read. The terminal
//! is a real pseudo terminal and an emulation of the usual one; it knows nothing of any program.

use crate::eventually;
use anyhow::{Context, anyhow, ensure};
use pty_process::Size;
use pty_process::blocking::{Command, Pty, open};
use std::io::{ErrorKind, Read, Write};
use std::num::NonZeroU16;
use std::process::{Child, ExitStatus};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};
use vt100::{Callbacks, Parser, Screen};

/// How long a screen may take to show what is waited for.
const PATIENCE: Duration = Duration::from_secs(30);
/// How long a picture stands still before it is taken for whole.
const STILL: Duration = Duration::from_millis(5);

/// What a program asked of the terminal beside drawing.
#[derive(Debug, Default)]
struct Asked {
    titles: u32,
    copied: u32,
    bells: u32,
}

impl Callbacks for Asked {
    fn audible_bell(&mut self, _: &mut Screen) {
        self.bells += 1;
    }

    fn set_window_title(&mut self, _: &mut Screen, _: &[u8]) {
        self.titles += 1;
    }

    fn copy_to_clipboard(&mut self, _: &mut Screen, _: &[u8], _: &[u8]) {
        self.copied += 1;
    }
}

/// A running program and its terminal. Dropping it kills the program.
pub struct Terminal {
    pty: Arc<Pty>,
    child: Child,
    drawn: Arc<Mutex<Parser<Asked>>>,
    strokes: Arc<Mutex<Vec<Instant>>>,
    reader: Option<JoinHandle<()>>,
}

impl std::fmt::Debug for Terminal {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Terminal").field("child", &self.child.id()).finish_non_exhaustive()
    }
}

impl Drop for Terminal {
    fn drop(&mut self) {
        // It may have ended long ago.
        let _ = self.child.kill();
        let _ = self.child.wait();
        // The terminal hangs up with its last program.
        self.reader.take().map(JoinHandle::join);
    }
}

impl Terminal {
    /// Starts a program on a terminal of this size.
    ///
    /// # Errors
    /// When there are no terminals to be had, or the program does not start.
    pub fn start(command: Command, columns: u16, rows: u16) -> anyhow::Result<Self> {
        let (pty, slave) = open().context("a pseudo terminal")?;
        pty.resize(Size::new(rows, columns))?;
        let child = command.spawn(slave)?;
        let pty = Arc::new(pty);
        let drawn = Arc::new(Mutex::new(Parser::new_with_callbacks(
            some(rows)?,
            some(columns)?,
            0,
            Asked::default(),
        )));
        let strokes = Arc::default();
        let reader = std::thread::spawn({
            let (pty, drawn, strokes) = (pty.clone(), drawn.clone(), Arc::clone(&strokes));
            move || read_all(&pty, &drawn, &strokes)
        });
        Ok(Self { pty, child, drawn, strokes, reader: Some(reader) })
    }

    fn drawn(&self) -> MutexGuard<'_, Parser<Asked>> {
        self.drawn.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Types, as a terminal sends it: `\r` is Enter, `\x1b` Escape, `\t` Tab.
    ///
    /// # Errors
    /// When the program has gone.
    pub fn types(&self, keys: &str) -> anyhow::Result<()> {
        (&*self.pty).write_all(keys.as_bytes())?;
        Ok(())
    }

    /// Types, and measures until the picture that follows is drawn: the first that stands still for a moment, so that one
    /// which comes with an answer of a server later does not count. None when nothing changes on the screen.
    ///
    /// # Errors
    /// When the program has gone.
    pub async fn drawn_after(&self, keys: &str) -> anyhow::Result<Option<Duration>> {
        let strokes = || self.strokes.lock().unwrap_or_else(PoisonError::into_inner);
        strokes().clear();
        let begun = Instant::now();
        self.types(keys)?;
        let picture = async || {
            let strokes = strokes();
            let gap = |pair: &[Instant]| pair[1] - pair[0] >= STILL;
            if let Some(at) = strokes.windows(2).position(gap) {
                return Some(strokes[at] - begun);
            }
            strokes.last().filter(|last| last.elapsed() >= STILL).map(|last| *last - begun)
        };
        Ok(eventually("a picture", Duration::from_millis(500), picture).await.ok())
    }

    /// Pulls the window to another size.
    ///
    /// # Errors
    /// When the terminal has gone.
    pub fn resize(&self, columns: u16, rows: u16) -> anyhow::Result<()> {
        self.drawn().screen_mut().set_size(some(rows)?, some(columns)?);
        Ok(self.pty.resize(Size::new(rows, columns))?)
    }

    /// What stands on the screen, line by line.
    #[must_use]
    pub fn screen(&self) -> String {
        self.drawn().screen().contents()
    }

    /// Whether a program has the whole screen, so that what stood there before comes back after it.
    #[must_use]
    pub fn is_taken(&self) -> bool {
        self.drawn().screen().alternate_screen()
    }

    /// Whether the terminal is as it was before: what was there is back, with a cursor, no mouse and no marks of pasting.
    #[must_use]
    pub fn is_given_back(&self) -> bool {
        let drawn = self.drawn();
        let screen = drawn.screen();
        !screen.alternate_screen()
            && !screen.hide_cursor()
            && !screen.bracketed_paste()
            && screen.mouse_protocol_mode() == vt100::MouseProtocolMode::None
    }

    /// How often the program rang, named the window, or wrote to the clipboard.
    #[must_use]
    pub fn tricks(&self) -> u32 {
        let drawn = self.drawn();
        let Asked { titles, copied, bells } = drawn.callbacks();
        titles + copied + bells
    }

    /// Waits until a text stands on the screen.
    ///
    /// # Errors
    /// When it does not come; the screen is in the error.
    pub async fn shows(&self, text: &str) -> anyhow::Result<()> {
        self.until(text, |screen| screen.contains(text)).await
    }

    /// Waits until the screen is so.
    ///
    /// # Errors
    /// When it does not become so; the screen is in the error.
    pub async fn until(&self, what: &str, mut is_so: impl FnMut(&str) -> bool) -> anyhow::Result<()> {
        let seen = eventually(what, PATIENCE, async || is_so(&self.screen()).then_some(())).await;
        seen.map_err(|error| anyhow!("{error:#}; on the screen:\n{}", self.screen()))
    }

    /// The number of the program.
    #[must_use]
    pub fn id(&self) -> u32 {
        self.child.id()
    }

    /// Waits for the program's end, and until all that it wrote is on the screen.
    ///
    /// # Errors
    /// When it does not end in time.
    pub async fn end(&mut self) -> anyhow::Result<ExitStatus> {
        let child = &mut self.child;
        let ended = eventually("the end", PATIENCE, async || child.try_wait().ok().flatten()).await;
        let status = ended.map_err(|error| anyhow!("{error:#}; on the screen:\n{}", self.screen()))?;
        let reader = self.reader.take().context("it ended before")?;
        let read = tokio::task::spawn_blocking(move || reader.join()).await?;
        ensure!(read.is_ok(), "what it wrote could not be read");
        Ok(status)
    }
}

fn some(cells: u16) -> anyhow::Result<NonZeroU16> {
    NonZeroU16::new(cells).context("a terminal has at least one cell")
}

fn read_all(mut pty: &Pty, drawn: &Mutex<Parser<Asked>>, strokes: &Mutex<Vec<Instant>>) {
    let mut bytes = [0; 8_192];
    loop {
        match pty.read(&mut bytes) {
            Ok(read) if read > 0 => {
                strokes.lock().unwrap_or_else(PoisonError::into_inner).push(Instant::now());
                drawn.lock().unwrap_or_else(PoisonError::into_inner).process(&bytes[..read]);
            }
            Err(error) if error.kind() == ErrorKind::Interrupted => {}
            // The last program on the terminal has gone.
            Ok(_) | Err(_) => return,
        }
    }
}
