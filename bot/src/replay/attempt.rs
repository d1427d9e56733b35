//! Attempts: one step from a story's present, whose cell of the table is checked and which then has not happened. So all
//! that may be said at one point of a story stands side by side.

use super::World;
use super::net::locked;
use super::script::Step;
use super::world::open;
use agents::conversation::{Pending, Question};
use agents::id::AppointmentId;
use agents::policy;
use std::path::Path;

/// More notes than a story makes.
const NOTES: u32 = 5_000;
/// How many notes one step makes at most.
const NEWEST: u32 = 60;

impl World {
    /// Remembers through which cells the newest decisions came.
    pub(super) async fn note_cells(&mut self) {
        // A broken store has nothing to tell.
        for noted in self.app.store.notes(NEWEST).await.unwrap_or_default() {
            if noted.note.key == "cell" {
                self.cells.insert(noted.note.detail);
            }
        }
    }

    /// Does a step, looks whether its decision came through this cell, and takes everything back.
    pub(super) async fn attempt(&mut self, cell: &str, step: &Step) -> Result<(), String> {
        let now = self.net.clock.now();
        let read = self.read.clone();
        let emulator = self.emulator().save();
        let aside = tempfile::tempdir().map_err(|error| error.to_string())?;
        self.close_and(|directory| copy(directory, aside.path())).await?;

        let before = self.app.store.notes(NOTES).await.map_err(|error| error.to_string())?.len();
        let outcome = match Box::pin(self.step(step)).await {
            Ok(()) => self.check_invariants().await,
            Err(problem) => Err(problem),
        };
        let notes = self.app.store.notes(NOTES).await.map_err(|error| error.to_string())?;
        let made = notes.len().saturating_sub(before);
        let cells: Vec<String> = notes
            .into_iter()
            .take(made)
            .filter(|noted| noted.note.key == "cell")
            .map(|noted| noted.note.detail)
            .collect();
        self.cells.extend(cells.iter().cloned());
        if !cells.iter().any(|found| found == cell) {
            self.missed.push(format!("{cell}: the decision came through {}", cells.join(", ")));
        }

        self.net.clock.set(now);
        self.read = read;
        let settings = emulator::Settings::default();
        let restored = emulator::World::load(settings, emulator).map_err(|error| error.to_string())?;
        *locked(&self.net.emulator) = restored;
        self.close_and(|directory| copy(aside.path(), directory)).await?;
        outcome
    }

    /// Closes the store, does something to its files and opens it again.
    async fn close_and(&mut self, act: impl Fn(&Path) -> std::io::Result<()>) -> Result<(), String> {
        let _ = self.app.store.close().await;
        act(&self.config.data_dir).map_err(|error| error.to_string())?;
        self.app = open(&self.config, &self.net).await.map_err(|error| format!("{error:#}"))?;
        Ok(())
    }

    /// Opens a question in a chat, as a timer would.
    pub(super) async fn ask(&self, who: &str, question: &str) -> Result<(), String> {
        let question = match question {
            "another_pro" => Question::AnotherPro,
            "call_offered" => Question::CallOffered,
            "visit_done" => Question::VisitDone,
            "visit_offered" => Question::VisitOffered { appointment: AppointmentId::new("gone") },
            "earlier_offered" => Question::EarlierOffered { round: 1 },
            other => return Err(format!("nobody asks {other}")),
        };
        let id = self.chat_id(who).await?;
        let now = self.app.now();
        let asked = crate::pipeline::change_chat(&self.app, &id, |chat| {
            chat.paused_until = None;
            chat.pending = Some(Pending {
                question: question.clone(),
                lead: chat.lead.clone(),
                asked_at: now,
                expires_at: now + policy::QUESTION_LIFE,
            });
            true
        });
        match asked.await.map_err(|error| error.to_string())? {
            true => Ok(()),
            false => Err(format!("{who} has no chat")),
        }
    }
}

/// Makes the files of one folder those of another.
fn copy(from: &Path, to: &Path) -> std::io::Result<()> {
    for entry in std::fs::read_dir(to)? {
        let path = entry?.path();
        if path.is_file() {
            std::fs::remove_file(path)?;
        }
    }
    for entry in std::fs::read_dir(from)? {
        let path = entry?.path();
        if let Some(name) = path.file_name().filter(|_| path.is_file()) {
            std::fs::copy(&path, to.join(name))?;
        }
    }
    Ok(())
}
