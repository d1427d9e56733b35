//! Scenarios: a conversation in a text file, played through the real front door with a hand-turned clock and pretended
//! providers. `fixi replay` prints the transcript; the tests play every file of `tests/scenarios/`.
//!
//! After every step everything that is due is done, up to ten seconds ahead, and the invariants are checked. Nothing in
//! here is random or waits for real time: the same file gives the same transcript.

mod expect;
mod invariants;
mod script;
mod world;

pub use script::{ScriptError, Step};
pub use world::World;

/// Plays a scenario and returns the transcript.
///
/// # Errors
/// The transcript up to the line that failed, with what was expected there.
pub async fn play(text: &str) -> Result<String, String> {
    let steps = script::parse(text).map_err(|error| error.to_string())?;
    let mut world =
        World::start(&steps).await.map_err(|error| format!("the world cannot start: {error:#}"))?;
    for (line, step) in &steps {
        let outcome = match world.step(step).await {
            Ok(()) => world.check_invariants().await,
            Err(problem) => Err(problem),
        };
        if let Err(problem) = outcome {
            return Err(format!("{}\nline {line}: {problem}", world.transcript()));
        }
    }
    let transcript = world.transcript().to_owned();
    world.stop().await;
    Ok(transcript)
}
