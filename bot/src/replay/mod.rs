//! Scenarios: a conversation in a text file, played through the real front door with a hand-turned clock and pretended
//! providers. `fixi replay` prints the transcript; the tests play every file of `tests/scenarios/`.
//!
//! After every step everything that is due is done, up to ten seconds ahead, and the invariants are checked. Nothing in
//! here is random or waits for real time: the same file gives the same transcript.

pub(crate) mod acts;
mod attempt;
mod expect;
pub(crate) mod facts;
pub(crate) mod invariants;
pub(crate) mod marketplace;
pub(crate) mod net;
pub(crate) mod people;
mod post;
mod script;
pub(crate) mod world;

pub use facts::Seen;
pub use invariants::check_invariants;
pub use script::{ScriptError, Step};
pub use world::World;

use std::collections::BTreeSet;
use std::path::Path;

/// What came of a scenario.
#[derive(Clone, Debug)]
pub struct Played {
    /// What happened, as people would read it.
    pub transcript: String,
    /// Where the story ended, without moments: leads, visits, taken time and what the phones show. Two runs of a story
    /// that only died at different places end alike.
    pub ending: String,
    /// The cells of the table that decisions came through.
    pub cells: BTreeSet<String>,
}

/// Plays a scenario and returns the transcript. Files that it posts are looked for in the present folder.
///
/// # Errors
/// The transcript up to the line that failed, with what was expected there.
pub async fn play(text: &str) -> Result<String, String> {
    play_in(Path::new("."), text).await.map(|played| played.transcript)
}

/// Plays a scenario whose files are in this folder.
///
/// # Errors
/// The transcript up to the line that failed, with what was expected there.
pub async fn play_in(folder: &Path, text: &str) -> Result<Played, String> {
    let steps = script::parse(text).map_err(|error| error.to_string())?;
    let mut world =
        World::start(&steps).await.map_err(|error| format!("the world cannot start: {error:#}"))?;
    folder.clone_into(&mut world.folder);
    for (line, step) in &steps {
        let outcome = match world.step(step).await {
            Ok(()) => world.check_invariants().await,
            Err(problem) => Err(problem),
        };
        world.note_cells().await;
        if let Err(problem) = outcome {
            return Err(format!("{}\nline {line}: {problem}", world.transcript()));
        }
    }
    if !world.missed.is_empty() {
        return Err(format!("{}\n{}", world.transcript(), world.missed.join("\n")));
    }
    let cells = std::mem::take(&mut world.cells);
    let transcript = world.transcript().to_owned();
    // A scenario may end with a broken store, which has no ending to tell.
    let ending = world.facts().await.map(|facts| facts.ending()).unwrap_or_default();
    world.stop().await;
    Ok(Played { transcript, ending, cells })
}
